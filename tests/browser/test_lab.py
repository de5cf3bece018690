"""A trainee's hour: JupyterLab, one lesson, one answer wrong, then right, saved."""

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cxlab.course.cli import main
from cxlab.course.lab import lab_command, lab_environment
from cxlab.course.notebooks import read_notebook, tags
from cxlab.records import records_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

LESSON = "10_effort_and_disloyalty"
STARTER = "odds_ratio = None"
WRONG, HINT = "odds_ratio = 96 / 9", "That is the ratio of the shares."
RIGHT, PRAISE = "odds_ratio = (96 / 4) / (9 / 91)", "Right. Are the book's other pairs"
TOKEN = "a-token-for-this-test"
PATIENCE = 120.0  # seconds for anything that a kernel does


@dataclass(frozen=True)
class Lab:
    """A JupyterLab at work on a trainee's folder."""

    address: str
    folder: Path

    def get(self, what: str) -> Any:
        """Ask the server, as the page does."""
        request = urllib.request.Request(
            f"{self.address}/{what}", headers={"Authorization": f"token {TOKEN}"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)


def _until(true: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            pytest.fail(f"For {PATIENCE:.0f} s there was no sign of {what}.")
        time.sleep(0.2)


@pytest.fixture
def jupyter(tmp_path: Path) -> Iterator[Lab]:
    """Make a trainee's folder with `cxlab start`, and open JupyterLab on it."""
    folder = tmp_path / "my lessons"
    assert main(["start", str(folder)]) == 0
    settings = tmp_path / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    # All cells are there at once, so that each can be found without scrolling.
    tracker = settings / "tracker.jupyterlab-settings"
    tracker.write_text('{"windowingMode": "none"}', encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [f"--port={port}", f"--IdentityProvider.token={TOKEN}", "--allow-root"]
    homes = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    environment = {
        **os.environ,
        **{name: str(tmp_path / name.lower()) for name in (*homes, "IPYTHONDIR")},
        "JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(tmp_path / "workspaces"),
    }
    command = lab_command(folder, browser=False, options=options)
    log = tmp_path / "lab.log"
    lab = Lab(address=f"http://127.0.0.1:{port}", folder=folder)
    with log.open("wb") as heard:
        server = subprocess.Popen(
            command, env=lab_environment(environment), stdout=heard, stderr=heard
        )
        try:
            _until(lambda: _answers(lab, server), "JupyterLab")
            yield lab
        finally:
            server.terminate()
            server.wait(timeout=30)


def _answers(lab: Lab, server: "subprocess.Popen[bytes]") -> bool:
    assert server.poll() is None, "JupyterLab ended before it began"
    try:
        return bool(lab.get("api/status"))
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@pytest.fixture
def opened(jupyter: Lab, chromium: "Browser") -> "Iterator[tuple[Page, list[str]]]":
    """The lesson in the browser, its kernel connected; and what was asked elsewhere."""
    elsewhere: list[str] = []
    context = chromium.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith((jupyter.address, "data:", "blob:", "ws://127."))
            else elsewhere.append(asked.url)
        ),
    )
    page.goto(f"{jupyter.address}/lab/tree/{LESSON}.ipynb?token={TOKEN}")
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=PATIENCE * 1000)
    # The page says "idle" before the kernel hears it; Run All would then be lost.
    _until(lambda: _connected(jupyter), "a kernel that is connected")
    yield page, elsewhere
    context.close()


def _connected(lab: Lab) -> bool:
    kernels = lab.get("api/kernels")
    return bool(kernels) and all(
        kernel["connections"] > 0 and kernel["execution_state"] == "idle"
        for kernel in kernels
    )


def _run_all(page: "Page", lab: Lab) -> None:
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    prompts, checks = page.locator(".jp-InputPrompt"), page.locator(".cx-check")
    wanted = sum("check" in tags(cell) for cell in read_notebook(LESSON).cells)

    def done() -> bool:
        # A folded cell has no prompt; its check tells that it has run.
        waiting = [text for text in prompts.all_text_contents() if "*" in text]
        return not waiting and checks.count() == wanted and _connected(lab)

    _until(done, "the end of Run All")


def _answer(page: "Page", cell: "Locator", answer: str) -> None:
    """Type an answer in place of what the cell holds; run it, and its check below."""
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(answer)
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")


def test_a_trainee_is_told_the_mistake_then_gets_it_right_and_keeps_it(
    jupyter: Lab, opened: "tuple[Page, list[str]]"
) -> None:
    page, elsewhere = opened
    _run_all(page, jupyter)
    assert page.locator(".jp-RenderedText[data-mime-type$='stderr']").count() == 0
    checks = page.locator(".cx-check")
    assert set(checks.all_text_contents()) == {checks.first.text_content()}
    assert (checks.first.text_content() or "").startswith("Not answered yet.")

    sources = page.locator(".jp-CodeCell .cm-content").all_text_contents()
    cell = page.locator(".jp-CodeCell:has(.cm-content)").nth(sources.index(STARTER))
    _answer(page, cell, WRONG)
    page.locator(".cx-check[data-outcome='not yet']").filter(has_text=HINT).wait_for()
    _answer(page, cell, RIGHT)
    page.locator(".cx-check[data-outcome='right']").filter(has_text=PRAISE).wait_for()

    page.keyboard.press("Control+s")
    file = jupyter.folder / f"{LESSON}.ipynb"
    _until(lambda: RIGHT in file.read_text(encoding="utf-8"), "the saved answer")
    saved = {
        record["id"]: record["outcome"]
        for record in records_of(read_notebook(file))
        if record["kind"] == "check"
    }
    assert list(saved.values()).count("right") == 1
    assert set(saved.values()) == {"right", "not answered"}
    assert elsewhere == []


def test_a_folded_check_says_what_to_do_and_nothing_else(
    opened: "tuple[Page, list[str]]",
) -> None:
    """JupyterLab shows the first line of what is folded away."""
    page, _ = opened
    bars = page.locator(".jp-CodeCell .jp-InputPlaceholder").all_text_contents()
    assert {bar.strip(" \u2022") for bar in bars} == {
        "# Run this cell to have your answer checked."
    }
    assert page.get_by_text(HINT).count() == 0
