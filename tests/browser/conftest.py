"""What the browser suites share: a built site, and a Chromium with the network cut."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from filelock import FileLock

from cxlab.course.browser import QUIET, find_browser
from cxlab.course.build import build

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route

WIDE = {"width": 1440, "height": 900}


def _unavailable(reason: str) -> NoReturn:
    """Skip and say why; where CI=true nothing may be skipped."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason} With CI=true nothing may be skipped.")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """A Chromium, started once."""
    found = find_browser()
    if found is None:
        _unavailable("There is no Chromium, Chrome or Edge here; see `cxlab doctor`.")
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        _unavailable("playwright is not installed; see `cxlab doctor`.")
    with sync_playwright() as playwright:
        flags = [flag for flag in QUIET if flag != "--headless"]
        browser = playwright.chromium.launch(executable_path=str(found), args=flags)
        yield browser
        browser.close()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the suite open a site that was just built, in place of one of its own."""
    parser.addoption("--site", type=Path, help="a built site, to be opened as it is")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """The whole site, built once from the lessons as they are, for all workers."""
    if given := pytestconfig.getoption("--site", default=None):
        assert (given / "index.html").is_file(), f"{given} is not a built site."
        return Path(given).resolve()
    place = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        place = place.parent
    with FileLock(place / "site.lock"):
        if not (place / "site" / "index.html").is_file():
            build(site=place / "site")
    return place / "site"


@dataclass
class Opened:
    """A page that is open, and what it asked for and complained of."""

    page: "Page"
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def violations(
        self, *, within: str = "html", layered: bool = False, colours: bool = True
    ) -> str:
        """Return what axe finds against WCAG 2.2 AA, as text; "" if nothing.

        Text that axe believes to be under something else it lets pass unseen; here that
        is a finding, unless the page is layered on purpose. Colours take four fifths of
        its time: the same page need not be asked for them on every screen.
        """
        from axe_playwright_python.base import AXE_SCRIPT, AxeResults

        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        options = {
            "runOnly": levels,
            "resultTypes": ["violations", "incomplete"],
            "rules": {"color-contrast": {"enabled": colours}},
        }
        found = AxeResults(
            self.page.evaluate("([c, o]) => axe.run(c, o)", [within, options])
        )
        unsure = [
            f"{check['message']} {node['html'][:120]}"
            for rule in found.response["incomplete"]
            for node in rule["nodes"]
            for check in node["any"]
            if check["id"] == "color-contrast" and not layered
            if check["data"].get("messageKey") == "bgOverlap"
        ]
        report = found.generate_report() if found.violations_count else ""
        return "\n".join([report, *unsure]).strip()


@pytest.fixture(scope="session")
def open_page(chromium: "Browser") -> Callable[..., AbstractContextManager[Opened]]:
    """Open files with the network cut; everything they ask for is written down."""

    @contextmanager
    def opened_page(path: Path, **options: Any) -> Iterator[Opened]:
        context = chromium.new_context(**{"viewport": WIDE, **options}, offline=True)
        opened = Opened(page=context.new_page())

        def asked(route: "Route", request: "Request") -> None:
            opened.requests.append(request.url)
            local = request.url.startswith(("file:", "data:"))
            route.continue_() if local else route.abort()

        def said(message: "ConsoleMessage") -> None:
            if message.type in ("error", "warning"):
                opened.complaints.append(message.text)

        context.route("**/*", asked)
        opened.page.on("console", said)
        opened.page.on("pageerror", lambda e: opened.complaints.append(str(e)))
        opened.page.goto(path.as_uri(), wait_until="load")
        yield opened
        context.close()

    return opened_page
