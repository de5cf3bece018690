"""Make the README's picture: a section of a rendered lesson, as a trainee sees it.

python tools/picture.py        (make picture)

The one generated file that is committed, so that a reader of the README sees what the
two commands make before running them.
"""

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from cxlab.course.browser import QUIET, find_browser
from cxlab.course.cli import main as cxlab
from cxlab.root import project_root

LESSON = "10_effort_and_disloyalty"
WIDTH, HEIGHT = 900, 1600  # pixels of the page; the height is cut to the section
MARGIN = 40
COLOURS = 128  # a page of text and one figure needs no more
# From the heading of the section whose figure shows real customers to that figure.
SECTION = """() => {
  const all = [...document.querySelectorAll("h2, figure")];
  const isReal = e => e.matches("figure") && e.innerText.includes("REAL.");
  const figure = all.findIndex(isReal);
  const heading = all.slice(0, figure).reverse().find(e => e.matches("h2"));
  const box = e => e.getBoundingClientRect();
  return [box(heading).top, box(all[figure]).bottom];
}"""


def photograph(page_file: Path, picture: Path, browser: Path) -> None:
    """Photograph the section of a page that shows real customers first."""
    with sync_playwright() as playwright:
        window = playwright.chromium.launch(
            executable_path=str(browser), args=list(QUIET)
        )
        page = window.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=1.5
        )
        page.goto(page_file.as_uri())
        top, bottom = page.evaluate(SECTION)
        page.screenshot(
            path=str(picture),
            full_page=True,
            clip={
                "x": 0,
                "y": top - MARGIN,
                "width": WIDTH,
                "height": bottom - top + MARGIN + 20,
            },
        )
        window.close()


def main() -> int:
    """Render the lesson, photograph it and write docs/lesson.png."""
    browser = find_browser()
    if browser is None:
        print(
            "No Chromium, Chrome or Edge was found: cxlab doctor says how to get one."
        )
        return 1
    picture = project_root() / "docs" / "lesson.png"
    picture.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        page, raw = Path(folder) / "lesson.html", Path(folder) / "lesson.png"
        if code := cxlab(["run", LESSON, "--edition", "trainee", "-o", str(page)]):
            return code
        photograph(page, raw, browser)
        image = Image.open(raw).convert("RGB").quantize(COLOURS)
        image.save(picture, optimize=True)
    print(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
