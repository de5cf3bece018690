"""Build the whole site: run every lesson once an edition, and render what came out.

The site is made beside its place and moved there when it is whole: a build that fails,
or is stopped, leaves the site that was there.
"""

import contextlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cxlab.course.browser import find_browser
from cxlab.course.files import CannotWrite
from cxlab.course.glossary import glossary
from cxlab.course.manifest import Manifest, manifest
from cxlab.course.run import Run, RunResult, run_many
from cxlab.datasets import registry
from cxlab.register import claims
from cxlab.root import project_root

if TYPE_CHECKING:
    from cxlab.course.render.site import Judged

# What a build tells while it works: how many steps are done, of how many, and which.
OnStep = Callable[[int, int, str], object]


class BuildFailed(RuntimeError):
    """The site could not be built; the one that was there is as it was."""


class AlreadyBuilding(RuntimeError):
    """Another build is at work in this clone."""


@dataclass(frozen=True, kw_only=True)
class Built:
    """A site that was built."""

    site: Path
    pages: int
    seconds: float
    left_out: tuple[str, ...]  # what could not be made here, each with its remedy

    def __str__(self) -> str:
        """Say what was built, what was left out, and end with the path to open."""
        lines = [f"{self.pages} pages in {self.seconds:.0f} s."]
        lines += [f"Left out: {one}" for one in self.left_out]
        return "\n".join([*lines, f"Open {self.site / 'index.html'}"])


def page_names(course: Manifest) -> list[str]:
    """Return the path of every page of the site, as seen from its folder."""
    from cxlab.course.render.lesson import EDITIONS
    from cxlab.course.render.site import folder_of

    around = ["index.html", "register.html", "glossary.html", "data.html"]
    tables = [f"data/{name}.html" for name in registry()]
    lessons = [
        f"{folder_of(name)}/{edition}.html"
        for name in course.lessons
        for edition in EDITIONS
    ]
    return around + tables + lessons


def build(
    *,
    site: Path | None = None,
    fresh: bool = False,
    workers: int | None = None,
    on_step: OnStep | None = None,
) -> Built:
    """Build the site.

    Parameters
    ----------
    site
        Where it is to stand; None: ``build/site``. The folder is replaced as a whole.
    fresh
        Run even the lessons whose results are in the cache.
    workers
        How many lessons run at once; None: as many as there are processors.
    on_step
        Called as the work goes on.

    Raises
    ------
    BuildFailed
        If a lesson fails, or a page cannot be made of it.
    AlreadyBuilding
        If another build is at work.
    CannotWrite
        If the disk is full, or the folder read-only.
    """
    started = time.monotonic()
    course, place = manifest(), site or project_root() / "build" / "site"
    steps = _Steps(on_step, total=3 * len(course.lessons) + 1)
    with _alone(place.parent):
        results = _run(course, fresh=fresh, workers=workers, steps=steps)
        with _in_place_of(place) as new:
            left_out = _Site(course, results, new).write(steps)
    return Built(
        site=place,
        pages=len(page_names(course)),
        seconds=time.monotonic() - started,
        left_out=tuple(left_out),
    )


class _Steps:
    """Counts the steps of a build."""

    def __init__(self, on_step: OnStep | None, *, total: int) -> None:
        self._on_step, self._total, self._done = on_step, total, 0

    def __call__(self, what: str) -> None:
        self._done += 1
        if self._on_step is not None:
            self._on_step(self._done, self._total, what)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the lock of the build folder, or refuse at once."""
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "build.lock", timeout=0):
            yield
    except Timeout as error:
        raise AlreadyBuilding(
            f"Another build is at work in {folder}. Wait until it ends, then build "
            "again: what has not changed comes from the cache."
        ) from error
    except PermissionError as error:
        raise CannotWrite(
            f"{folder} cannot be written to ({error.strerror}). Nothing was changed. "
            "Build in a clone that is yours."
        ) from error


def _run(
    course: Manifest, *, fresh: bool, workers: int | None, steps: _Steps
) -> Mapping[tuple[str, str], RunResult]:
    """Run each lesson twice: whole, for four pages; and as trainees get it."""
    runs = [
        Run(lesson=name, edition=edition)
        for name in course.lessons
        for edition in ("full", "trainee")
    ]
    results = run_many(
        runs,
        fresh=fresh,
        workers=workers,
        on_done=lambda result: steps(f"ran {result.run}"),
    )
    failed = [f"{result.run}: {result.failure}" for result in results if not result.ok]
    if failed:
        raise BuildFailed(
            "The site was not built, and the last one stays as it was:\n"
            + "\n".join(failed)
        )
    return {(result.run.lesson, result.run.edition): result for result in results}


@contextlib.contextmanager
def _in_place_of(site: Path) -> Iterator[Path]:
    """Give a folder to build in; move it to the site's place once all went well."""
    new = Path(tempfile.mkdtemp(prefix=".site-", dir=site.parent))
    new.chmod(0o755)
    old = new.with_name(f"{new.name}-old")
    try:
        yield new
        if site.exists():
            site.rename(old)
        try:
            new.rename(site)
        except OSError:
            if old.exists():
                old.rename(site)
            raise
    except OSError as error:
        if isinstance(error, CannotWrite):
            raise
        raise CannotWrite(
            f"The site could not be written ({error.strerror or error}). The last one "
            "stays as it was. Free some space, or close what has its files open."
        ) from error
    finally:
        for folder in (new, old):
            shutil.rmtree(folder, ignore_errors=True)


class _Site:
    """Writes the pages of all lessons, and those around them, into a folder."""

    def __init__(
        self,
        course: Manifest,
        results: Mapping[tuple[str, str], RunResult],
        folder: Path,
    ) -> None:
        from cxlab.course.render.lesson import EDITIONS, PRINTED

        self.course, self.folder = course, folder
        self._results = results
        self._editions, self._printed = EDITIONS, PRINTED

    def write(self, steps: _Steps) -> list[str]:
        """Write everything; return what had to be left out."""
        browser = find_browser()
        left_out: list[str] = []
        printed: dict[tuple[str, str], bool] = {}
        if browser is None:
            left_out.append(
                "PDF, because there is no Chromium, Chrome or Edge here. Install one "
                "(`cxlab doctor` says how); each page prints well from any browser."
            )
        else:
            left_out += self._print_all(browser, printed)
        for name in self.course.lessons:
            self._write_lesson(name, printed)
            steps(f"rendered {name}")
        self._write_around()
        steps("rendered the register and the other pages")
        return left_out

    def _notebook(self, name: str, edition: str) -> RunResult:
        return self._results[name, "trainee" if edition == "trainee" else "full"]

    def _page(self, name: str, edition: str, *, printed: Sequence[str] | None) -> str:
        """Render one page; ``printed`` is None for the page that stands alone."""
        from cxlab.course.render.lesson import frame_of, paper_frame, render_edition

        lesson = self.course.lessons[name]
        frame = (
            paper_frame(self.course, lesson, edition)
            if printed is None
            else frame_of(self.course, lesson, edition, printed=printed)
        )
        notebook = self._notebook(name, edition).notebook
        try:
            return render_edition(notebook, edition, frame=frame, register=claims())
        except ValueError as error:
            raise BuildFailed(
                f"The page {edition} of {name} cannot be made, and the last site stays "
                f"as it was: {error}"
            ) from error

    def _print_all(
        self, browser: Path, printed: dict[tuple[str, str], bool]
    ) -> list[str]:
        """Print every page that is printed; return what the browser would not."""
        from cxlab.course.render.pdf import NotPrinted, print_pdf

        jobs: dict[tuple[str, str], Future[None]] = {}
        with ThreadPoolExecutor() as threads:
            for name in self.course.lessons:
                place = self._lesson_folder(name)
                for edition in self._printed:
                    page = self._page(name, edition, printed=None)
                    jobs[name, edition] = threads.submit(
                        print_pdf, page, place / f"{edition}.pdf", browser=browser
                    )
        left_out = []
        for key, job in jobs.items():
            try:
                job.result()
                printed[key] = True
            except NotPrinted as error:
                left_out.append(f"the PDF {key[1]} of {key[0]}. {error}")
        return left_out

    def _lesson_folder(self, name: str) -> Path:
        from cxlab.course.render.site import folder_of

        place = self.folder / folder_of(name)
        place.mkdir(parents=True, exist_ok=True)
        return place

    def _write_lesson(self, name: str, printed: Mapping[tuple[str, str], bool]) -> None:
        there = [edition for edition in self._printed if printed.get((name, edition))]
        for edition in self._editions:
            page = self._page(name, edition, printed=there)
            _write(self._lesson_folder(name) / f"{edition}.html", page)

    def _write_around(self) -> None:
        """Write the first screen, the register, the glossary and the data pages."""
        from cxlab.course.render import site

        course, verdicts = self.course, self._verdicts()
        further = {
            f"{key}.html": label
            for key, label in self._editions.items()
            if key != "trainee"
        }
        pages = {
            "index.html": site.render_index(
                course, claims=claims(), verdicts=verdicts, editions=further
            ),
            "register.html": site.render_register(
                course, claims=claims(), verdicts=verdicts
            ),
            "glossary.html": site.render_glossary(course, glossary()),
            "data.html": site.render_data(course, registry()),
        }
        for table in registry().values():
            pages[f"data/{table.name}.html"] = site.render_dataset(course, table)
        (self.folder / "data").mkdir()
        for name, page in pages.items():
            _write(self.folder / name, page)

    def _verdicts(self) -> "list[Judged]":
        from cxlab.course.render.site import judged

        return [
            verdict
            for name in self.course.lessons
            for verdict in judged(name, self._results[name, "full"].records)
        ]


def _write(path: Path, page: str) -> None:
    path.write_text(page, encoding="utf-8", newline="\n")
