"""The site in a folder: every page of every lesson, the pages around them, and PDF."""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from cxlab.course.expected import stability_of
from cxlab.course.glossary import glossary
from cxlab.course.manifest import Manifest
from cxlab.course.render import reference, room, site
from cxlab.course.render.autopsy import PAGE as AUTOPSY
from cxlab.course.render.autopsy import render_autopsy
from cxlab.course.render.frame import Frame, Link
from cxlab.course.render.judged import Judged, judged
from cxlab.course.render.lesson import (
    EDITIONS,
    PRINTED,
    frame_of,
    paper_frame,
    render_edition,
)
from cxlab.course.render.paper import PAPER, render_paper
from cxlab.course.render.pdf import NotPrinted, print_pdf
from cxlab.course.render.register import render_register
from cxlab.course.run import RunResult
from cxlab.course.stability import Stability
from cxlab.datasets import registry
from cxlab.register import claims

NO_BROWSER = (
    "PDF, because there is no Chromium, Chrome or Edge here. Install one (`cxlab "
    "doctor` says how); each page prints well from any browser."
)


class PageFailed(ValueError):
    """A page cannot be made of what a lesson shows."""


def page_names(course: Manifest) -> list[str]:
    """Return the path of every page of the site, as seen from its folder."""
    around = [
        "index.html",
        *room.PAGES,
        "register.html",
        AUTOPSY,
        "glossary.html",
        "data.html",
    ]
    tables = [f"data/{name}.html" for name in registry()]
    lessons = [
        f"{site.folder_of(name)}/{edition}.html"
        for name in course.lessons
        for edition in EDITIONS
    ]
    papers = [
        f"{site.folder_of(lesson.name)}/{PAPER}"
        for lesson in course.lessons.values()
        if lesson.paper
    ]
    return around + tables + lessons + papers


def write_site(
    folder: Path,
    course: Manifest,
    results: Mapping[tuple[str, str], RunResult],
    *,
    browser: Path | None,
    on_page: Callable[[str], object],
) -> list[str]:
    """Write every page into a folder; return what had to be left out, in words.

    Parameters
    ----------
    folder
        An empty folder.
    course
        The manifest.
    results
        Of each lesson the runs ``"full"`` and ``"trainee"``.
    browser
        What prints the PDF; None leaves them out.
    on_page
        Told what has been done, once a lesson and once at the end.

    Raises
    ------
    PageFailed
        If a page cannot be made.
    OSError
        If it cannot be written.
    """
    writer = _Writer(folder, course, results)
    left_out = [NO_BROWSER] if browser is None else writer.print_all(browser)
    for name in course.lessons:
        writer.write_lesson(name)
        on_page(f"rendered {name}")
    writer.write_around()
    on_page("rendered the register and the other pages")
    return left_out


class _Writer:
    """Writes the pages of all lessons, and those around them, into a folder."""

    def __init__(
        self,
        folder: Path,
        course: Manifest,
        results: Mapping[tuple[str, str], RunResult],
    ) -> None:
        self.folder, self.course, self.results = folder, course, results
        self.printed: set[tuple[str, str]] = set()  # of these there is a PDF

    def print_all(self, browser: Path) -> list[str]:
        """Print every page that is printed; return what the browser would not."""
        jobs: dict[tuple[str, str], Future[None]] = {}
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as threads:
            for name in self.course.lessons:
                for edition in PRINTED:
                    frame = paper_frame(self.course, self.course.lessons[name], edition)
                    page = self._page(name, edition, frame)
                    path = self._place(name) / f"{edition}.pdf"
                    job = threads.submit(print_pdf, page, path, browser=browser)
                    jobs[name, edition] = job
                if self.course.lessons[name].paper:
                    path = (self._place(name) / PAPER).with_suffix(".pdf")
                    page = self._paper(name)
                    job = threads.submit(print_pdf, page, path, browser=browser)
                    jobs[name, "paper"] = job
            for page_name, page in self._room(alone=True).items():
                stem = page_name.removesuffix(".html")
                path = self.folder / f"{stem}.pdf"
                job = threads.submit(print_pdf, page, path, browser=browser)
                jobs["the facilitator's room", stem] = job
        return [said for key, job in jobs.items() if (said := self._settle(key, job))]

    def _settle(self, key: tuple[str, str], job: "Future[None]") -> str:
        """Note that a PDF is there; return in words why it is not, if it is not."""
        try:
            job.result()
        except NotPrinted as error:
            return f"the PDF {key[1]} of {key[0]}. {error}"
        self.printed.add(key)
        return ""

    def _page(self, name: str, edition: str, frame: Frame) -> str:
        result = self.results[name, "trainee" if edition == "trainee" else "full"]
        try:
            return render_edition(
                result.notebook, edition, frame=frame, register=claims()
            )
        except ValueError as error:
            raise PageFailed(
                f"The page {edition} of {name} cannot be made: {error}"
            ) from error

    def _paper(self, name: str, links: tuple[Link, ...] = ()) -> str:
        """Return the paper that a lesson hands in."""
        notebook = self.results[name, "full"].notebook
        try:
            return render_paper(notebook, course=self.course.title, links=links)
        except ValueError as error:
            raise PageFailed(f"{name} has no board paper: {error}") from error

    def _room(self, *, alone: bool = False) -> dict[str, str]:
        """Return the pages of the facilitator's room; alone, as they are printed."""
        printed = [f"{stem}.html" for _, stem in self.printed]
        return room.render_room(self.course, claims(), printed=printed, alone=alone)

    def _place(self, name: str) -> Path:
        place = self.folder / site.folder_of(name)
        place.mkdir(parents=True, exist_ok=True)
        return place

    def write_lesson(self, name: str) -> None:
        """Write every edition of a lesson."""
        lesson = self.course.lessons[name]
        printed = [e for e in (*PRINTED, "paper") if (name, e) in self.printed]
        if lesson.paper:
            links = site.navigation("../../", course=self.course.title)
            _write(self._place(name) / PAPER, self._paper(name, links))
        for edition in EDITIONS:
            frame = frame_of(self.course, lesson, edition, printed=printed)
            _write(
                self._place(name) / f"{edition}.html", self._page(name, edition, frame)
            )

    def write_around(self) -> None:
        """Write the first screen, the register, the glossary and the data pages."""
        course, known, verdicts = self.course, claims(), self._verdicts()
        further = {f"{k}.html": v for k, v in EDITIONS.items() if k != "trainee"}
        pages = {
            "index.html": site.render_index(
                course, claims=known, verdicts=verdicts, editions=further
            ),
            "register.html": render_register(
                course, claims=known, verdicts=verdicts, stability=self._stability()
            ),
            AUTOPSY: render_autopsy(course, claims=known),
            "glossary.html": reference.render_glossary(course, glossary()),
            "data.html": reference.render_data(course, registry()),
            **self._room(),
        }
        for table in registry().values():
            pages[f"data/{table.name}.html"] = reference.render_dataset(course, table)
        (self.folder / "data").mkdir()
        for name, page in pages.items():
            _write(self.folder / name, page)

    def _verdicts(self) -> list[Judged]:
        return [
            verdict
            for name in self.course.lessons
            for verdict in judged(name, self.results[name, "full"].records)
        ]

    def _stability(self) -> dict[str, Stability]:
        return {
            claim: one
            for name in self.course.lessons
            for claim, one in stability_of(name).items()
        }


def _write(path: Path, page: str) -> None:
    path.write_text(page, encoding="utf-8", newline="\n")
