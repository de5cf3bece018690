"""JupyterLab opens on the trainee's folder, in this environment, and stays offline."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from cxlab.course import lab


@pytest.fixture
def folder(tmp_path):
    (tmp_path / ".cxlab.json").write_text('{"given": {}}', "utf-8")
    return tmp_path


def under_lab(code: str, **environment: str) -> str:
    """Run a line of Python in the environment that JupyterLab is given."""
    env = lab.lab_environment({**os.environ, **environment})
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_without_jupyterlab_it_says_what_to_install(folder, monkeypatch):
    monkeypatch.setattr(lab.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(lab.LabMissing, match="pip install -r requirements"):
        lab.lab(folder)


@pytest.fixture
def installed(monkeypatch):
    """Whether or not JupyterLab is there (the small lock leaves it out), say it is."""
    monkeypatch.setattr(lab.importlib.util, "find_spec", lambda _name: True)


@pytest.mark.usefixtures("installed")
def test_a_folder_without_lessons_is_given_them_first(tmp_path, monkeypatch):
    given = []
    monkeypatch.setattr(lab, "start", given.append)
    monkeypatch.setattr(lab, "_run", lambda _command, _environment: 0)
    assert lab.lab(tmp_path / "mine") == 0
    assert given == [tmp_path / "mine"]


@pytest.mark.usefixtures("installed")
def test_a_folder_with_lessons_is_opened_as_it_is(folder, monkeypatch):
    """Opening the lab must not put updates into the folder; `start` does that."""
    monkeypatch.setattr(lab, "start", lambda _path: pytest.fail("started again"))
    monkeypatch.setattr(lab, "_run", lambda command, _environment: len(command))
    assert lab.lab(folder) > 0


def test_it_runs_in_the_environment_of_cxlab(folder):
    command = lab.lab_command(folder, browser=False, options=["--port=8890"])
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert f"--ServerApp.root_dir={folder}" in command
    assert command[-2:] == ["--no-browser", "--port=8890"]


def test_a_kernel_of_another_environment_does_not_get_in_between(tmp_path):
    """A user's own `python3` kernel elsewhere has no cxlab."""
    spec = tmp_path / "kernels" / "python3"
    spec.mkdir(parents=True)
    decoy = {"argv": ["/elsewhere/python"], "display_name": "x", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(decoy), "utf-8")
    code = (
        "from jupyter_client.kernelspec import KernelSpecManager;"
        "print(KernelSpecManager().get_kernel_spec('python3').argv[0])"
    )
    found = under_lab(code, JUPYTER_DATA_DIR=str(tmp_path))
    assert "elsewhere" not in found


def test_a_users_own_configuration_path_is_kept():
    env = lab.lab_environment({"JUPYTER_CONFIG_PATH": "/mine"})
    ours, theirs = env["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert (Path(ours) / "labconfig").is_dir()
    assert theirs == "/mine"


def test_the_real_jupyterlab_asks_for_no_news_and_ends_with_us(folder, tmp_path):
    """The settings are read back from the server that was started."""
    pytest.importorskip("jupyterlab", reason="JupyterLab is not installed here")
    code = (
        "from cxlab.course.lab import lab; import sys;"
        "sys.exit(lab(sys.argv[1], browser=False, options=sys.argv[2:]))"
    )
    options = ["--allow-root", "--port=0", "--ServerApp.token=open"]
    command = [sys.executable, "-c", code, str(folder), *options]
    env = {**os.environ, "JUPYTER_CONFIG_DIR": str(tmp_path / "config")}
    log = tmp_path / "log.txt"
    with (
        log.open("w+", encoding="utf-8") as out,
        subprocess.Popen(command, stdout=out, stderr=out, env=env) as process,
    ):
        try:
            address = wait_for(log, r"http://127\.0\.0\.1:\d+/")
            plugin = "@jupyterlab/apputils-extension:notification"
            page = read(f"{address}lab/api/settings/{plugin}?token=open")
            properties = json.loads(page)["schema"]["properties"]
            assert properties["fetchNews"]["default"] == "false"
            assert properties["checkForUpdates"]["default"] is False
            assert '"news": {"disabled": true}' in read(f"{address}lab?token=open")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)
    assert gone(address), log.read_text("utf-8")


def wait_for(log: Path, pattern: str) -> str:
    """Wait until a server has said where it is."""
    for _ in range(300):
        if found := re.search(pattern, log.read_text("utf-8")):
            return found[0]
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8"))


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return answer.read().decode("utf-8")


def gone(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()
    except OSError:
        return True
    return False
