"""Build the whole site: run every lesson once an edition, and render what came out.

The site is made beside its place and moved there when it is whole: a build that fails,
or is stopped, leaves the site that was there.
"""

import contextlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cxlab.course.browser import find_browser
from cxlab.course.files import CannotWrite
from cxlab.course.manifest import Manifest, manifest
from cxlab.course.run import Run, RunResult, run_many
from cxlab.root import project_root

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
            pages, left_out = _write(new, course, results, steps)
    return Built(
        site=place,
        pages=pages,
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


def _write(
    folder: Path,
    course: Manifest,
    results: Mapping[tuple[str, str], RunResult],
    steps: _Steps,
) -> tuple[int, list[str]]:
    """Write all pages; return how many there are, and what was left out."""
    # Rendering imports what only a build needs.
    from cxlab.course.render.folder import PageFailed, page_names, write_site

    try:
        left_out = write_site(
            folder, course, results, browser=find_browser(), on_page=steps
        )
    except PageFailed as error:
        raise BuildFailed(
            f"The site was not built, and the last one stays as it was. {error}"
        ) from error
    return len(page_names(course)), left_out
