"""Running lessons: validated first, executed once, kept if they succeed.

papermill executes every run (``worker``), in processes side by side (``pool``), and an
unchanged run comes from the ``cache``. This module puts the three together.
"""

import ast
import json
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from cxlab.course.cache import Cache, Entry, default_cache, digest, key_of, surroundings
from cxlab.course.manifest import manifest
from cxlab.course.parameters import parameters_of, resolve
from cxlab.course.pool import Pool, kind_of_kernel

if TYPE_CHECKING:
    from filelock import BaseFileLock
    from nbformat import NotebookNode

EDITIONS = ("full", "trainee", "solution")
TIME_LIMIT = 300.0  # seconds a lesson may run
_NOTHING: Mapping[str, Any] = MappingProxyType({})
# What the warm process may import for the lessons: none of these starts a thread.
_PRELOADED = {"cxlab", "matplotlib", "numpy", "pandas", "scipy", "statsmodels"}


@dataclass(frozen=True, kw_only=True)
class Run:
    """One way to run one lesson."""

    lesson: str  # its name, or the number it begins with
    edition: str = "full"  # full, trainee or solution
    profile: str = "full"  # full or fast
    parameters: Mapping[str, Any] = field(default_factory=dict)  # over the profile's

    def __str__(self) -> str:
        """Say which run it is, as it is shown beside a progress bar."""
        turned = "".join(f" {k}={v}" for k, v in self.parameters.items())
        edition = "" if self.edition == "full" else f" {self.edition} edition"
        return f"{self.lesson}{edition} ({self.profile}){turned}"


@dataclass(frozen=True, kw_only=True)
class Failure:
    """Why a lesson did not run to its end in silence."""

    kind: str  # error, stderr, time limit, dead kernel, no kernel or runner
    message: str  # last line of the error, or what was written to stderr
    cell: str = ""  # id of the cell
    number: int = 0  # its place in the lesson, from 1; 0: no cell
    source: str = ""  # of the cell

    def __str__(self) -> str:
        """Say where it stopped, show the cell and what was said."""
        if not self.number:
            return self.message
        verb = "wrote to stderr" if self.kind == "stderr" else "stopped the lesson"
        shown = "\n".join(f"    {line}" for line in self.source.splitlines())
        return f"cell {self.number} ({self.cell}) {verb}:\n{shown}\n  {self.message}"


@dataclass(frozen=True, kw_only=True)
class RunResult:
    """What came out of a run."""

    run: Run
    ok: bool
    seconds: float  # from asking for a kernel until the notebook was there
    cell_seconds: float  # of these, spent in its cells
    executed: str = field(repr=False)  # text of the executed notebook; "" if it stopped
    records: tuple[dict[str, Any], ...] = ()
    stderr: str = ""
    failure: Failure | None = None
    cached: bool = False  # it did not run now

    @cached_property
    def notebook(self) -> "NotebookNode":
        """The executed notebook, without papermill's timestamps.

        Raises
        ------
        ValueError
            If the lesson stopped before its end.
        """
        from cxlab.course.notebooks import parse_notebook

        if not self.executed:
            raise ValueError(f"{self.run} stopped before its end: {self.failure}")
        return parse_notebook(self.executed, name=str(self.run))


@dataclass(frozen=True, kw_only=True)
class Job:
    """A run whose notebook has been read and whose parameters have been checked."""

    run: Run
    source: str  # text of the notebook
    parameters: Mapping[str, Any]  # only those that differ from the notebook's own
    cwd: Path  # where the lesson believes to be


def job_of(run: Run) -> Job:
    """Read the lesson of a run, and check everything that can be checked before it.

    Raises
    ------
    UnknownLesson
        If the course has no such lesson.
    FileNotFoundError
        If its notebook is not there.
    BadParameters, BadParameterCell
        If the lesson does not take these parameters.
    ValueError
        If there is no such edition or profile.
    """
    lesson = manifest().lesson(run.lesson)
    if run.edition not in EDITIONS:
        raise ValueError(
            f"There is no edition {run.edition!r}. "
            f"Choose one of: {', '.join(EDITIONS)}."
        )
    given = {**lesson.profile(run.profile), **run.parameters}
    named = Run(
        lesson=lesson.name,
        edition=run.edition,
        profile=run.profile,
        parameters=dict(run.parameters),
    )
    try:
        source = lesson.notebook.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise FileNotFoundError(
            f"The course lists {lesson.name}, and {lesson.notebook} is not there. "
            f"Restore it: git checkout notebooks/{lesson.notebook.name}"
        ) from error
    return source_job(named, source, lesson.notebook, given)


def source_job(run: Run, source: str, path: Path, given: Mapping[str, Any]) -> Job:
    """Make a job of any notebook's text, as if it lay at a path.

    Raises
    ------
    BadParameters, BadParameterCell
        If the notebook does not take the given parameters.
    DamagedNotebook
        If the text is no notebook.
    """
    try:
        knobs = parameters_of(source)
    except (json.JSONDecodeError, KeyError, TypeError):
        from cxlab.course.notebooks import parse_notebook

        parse_notebook(source, name=path.name)  # says what is wrong with it
        raise
    return Job(
        run=run, source=source, parameters=resolve(knobs, given), cwd=path.parent
    )


def run_lesson(
    run: Run,
    *,
    fresh: bool = False,
    kernel: str = "auto",
    time_limit: float = TIME_LIMIT,
) -> RunResult:
    """Run one lesson; see ``run_many``."""
    return run_many([run], fresh=fresh, kernel=kernel, time_limit=time_limit)[0]


def run_many(runs: Iterable[Run], **options: Any) -> list[RunResult]:
    """Run lessons side by side.

    Nothing starts before every run has been checked.

    Parameters
    ----------
    runs
        What to run.
    **options
        As ``run_jobs`` takes them.

    Returns
    -------
    list of RunResult
        In the order of the runs. A lesson that fails is a result, not an exception.
    """
    return run_jobs([job_of(run) for run in runs], **options)


def run_jobs(
    jobs: Sequence[Job],
    *,
    workers: int | None = None,
    fresh: bool = False,
    kernel: str = "auto",
    time_limit: float = TIME_LIMIT,
    on_done: Callable[[RunResult], object] | None = None,
    cache: Cache | None = None,
    pool: Pool | None = None,
) -> list[RunResult]:
    """Run jobs side by side, each once, taking those not changed from the cache.

    Parameters
    ----------
    jobs
        What to run; two that are the same run once.
    workers
        How many at once; None: as many as there are processors.
    fresh
        Run even what is in the cache.
    kernel
        ``"auto"`` (forked on Linux), ``"forked"`` or ``"ordinary"``.
    time_limit
        Seconds that a lesson may run.
    on_done
        Called with each result as it comes, in this thread.
    cache
        Where runs are kept; None: build/cache.
    pool
        Workers that are already there; None: our own, for this call.
    """
    kind = pool.kernel if pool else kind_of_kernel(kernel)
    desk = _Desk(
        jobs,
        cache=cache or default_cache(),
        # A warm process has our source as it was when it was started.
        around=pool.surroundings if pool else surroundings(kind),
        unchanged=lambda around: around == surroundings(kind),
        on_done=on_done,
    )
    left = desk.keys() if fresh else desk.take_from_cache()
    if left:
        with ExitStack() as stack:
            # Closed last of all: whatever happens, no lock and no kernel is left.
            crew = pool or stack.enter_context(
                Pool(workers=workers, kernel=kernel, modules=desk.modules(left))
            )
            locks = stack.enter_context(_Locks(desk.cache, wanted=not fresh))
            desk.run(left, crew, locks, time_limit=time_limit)
    return desk.results()


class _Desk:
    """Who asked for what: the jobs by key, and the results as they come."""

    def __init__(
        self,
        jobs: Sequence[Job],
        *,
        cache: Cache,
        around: str,
        unchanged: Callable[[str], bool],
        on_done: Callable[[RunResult], object] | None,
    ) -> None:
        self.cache = cache
        self._around = around
        self._unchanged = unchanged
        self._jobs = jobs
        self._keys = [_key(job, around) for job in jobs]
        self._results: dict[str, RunResult] = {}
        self._on_done = on_done

    def keys(self) -> list[str]:
        """Give every key once, the full profiles first: the longest are best begun."""
        longest_first = sorted(
            zip(self._keys, self._jobs, strict=True),
            key=lambda pair: pair[1].run.profile != "full",
        )
        return list(dict.fromkeys(key for key, _ in longest_first))

    def take_from_cache(self) -> list[str]:
        """Take what is kept; return the keys of what is not."""
        return [key for key in self.keys() if not self.take(key)]

    def take(self, key: str) -> bool:
        """Take one run from the cache; say whether it was there."""
        if entry := self.cache.get(key):
            done = {**entry.summary, "records": tuple(entry.summary["records"])}
            self._settle(key, executed=entry.executed, ok=True, cached=True, **done)
        return entry is not None

    def modules(self, keys: Iterable[str]) -> list[str]:
        """Return what the lessons of these keys import, for the warm process."""
        sources = {self._job(key).source for key in keys}
        return sorted({name for source in sources for name in _imports(source)})

    def run(
        self, keys: Iterable[str], pool: Pool, locks: "_Locks", *, time_limit: float
    ) -> None:
        """Run what nobody else runs; wait for what somebody else does."""
        waiting, running = deque(keys), 0
        while waiting or running:
            free = pool.workers + 1 - running
            for key in list(waiting)[: max(free, 0)]:
                waiting.remove(key)
                if not locks.take(key):
                    waiting.append(key)  # another process runs it now
                elif locks.wanted and self.take(key):
                    locks.release(key)  # another process ran it meanwhile
                else:
                    pool.submit(key, self._order(key, time_limit))
                    running += 1
            done = (
                pool.next(timeout=0.1 if waiting and running <= pool.workers else None)
                if running
                else None
            )
            if done is not None:
                running -= 1
                self._file(*done)
                locks.release(done[0])
            elif waiting and not running:
                time.sleep(0.1)

    def _order(self, key: str, time_limit: float) -> dict[str, Any]:
        job = self._job(key)
        return {
            "source": job.source,
            "edition": job.run.edition,
            "parameters": dict(job.parameters),
            "cwd": str(job.cwd),
            "time_limit": time_limit,
        }

    def _file(self, key: str, answer: Mapping[str, Any]) -> None:
        """Keep what a worker answered, if all went well."""
        told = answer["failure"]
        timing = {name: answer[name] for name in ("seconds", "cell_seconds")}
        records = answer["records"]
        if told is None and self._unchanged(self._around):
            summary = {**timing, "records": records}
            self.cache.put(key, Entry(summary=summary, executed=answer["notebook"]))
        self._settle(
            key,
            ok=told is None,
            executed=answer["notebook"],
            records=tuple(records),
            stderr=answer["stderr"],
            failure=None if told is None else Failure(**told),
            **timing,
        )

    def _settle(self, key: str, **fields: Any) -> None:
        result = RunResult(run=self._job(key).run, **fields)
        self._results[key] = result
        if self._on_done is not None:
            self._on_done(result)

    def _job(self, key: str) -> Job:
        return self._jobs[self._keys.index(key)]

    def results(self) -> list[RunResult]:
        """Return the results in the order in which the jobs were given."""
        found = [self._results[key] for key in self._keys]
        return [
            result if result.run == job.run else _for(job.run, result)
            for job, result in zip(self._jobs, found, strict=True)
        ]


def _for(run: Run, result: RunResult) -> RunResult:
    """Give the result of one run to another that is the same."""
    fields = {name: getattr(result, name) for name in result.__dataclass_fields__}
    return RunResult(**{**fields, "run": run})


def _key(job: Job, around: str) -> str:
    return key_of(
        around,
        job.source,
        job.run.edition,
        dict(job.parameters),
        str(job.cwd),
        {name: digest(path) for name, path in _file_parameters(job)},
    )


def _file_parameters(job: Job) -> Iterable[tuple[str, Path]]:
    """Give the parameters that name a file, wherever the lesson would look for it."""
    defaults = {k: p.default for k, p in parameters_of(job.source).items()}
    for name, value in {**defaults, **job.parameters}.items():
        if isinstance(value, str) and value and (job.cwd / value).is_file():
            yield name, job.cwd / value


def _imports(source: str) -> Iterable[str]:
    """Give what the code cells of a notebook import and the warm process may."""
    for cell in json.loads(source)["cells"]:
        if cell["cell_type"] == "code":
            for name in _imported("".join(cell["source"])):
                if name.split(".")[0] in _PRELOADED:
                    yield name


def _imported(code: str) -> Iterable[str]:
    try:
        tree = ast.parse(code)
    except SyntaxError:  # a magic, or a mistake that the lesson will show
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


class _Locks:
    """One lock per run, so that two builds at once run it once."""

    def __init__(self, cache: Cache, *, wanted: bool) -> None:
        self.wanted = wanted
        self._cache = cache
        self._held: dict[str, BaseFileLock] = {}

    def take(self, key: str) -> bool:
        """Take the lock of a run; say whether it was free."""
        if not self.wanted:
            return True
        from filelock import FileLock, Timeout

        try:
            lock = FileLock(self._cache.lock(key))
            lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError:  # no lock can be had: better run it twice than not at all
            return True
        self._held[key] = lock
        return True

    def release(self, key: str) -> None:
        """Let go of the lock of a run."""
        if key in self._held:
            self._held.pop(key).release()

    def __enter__(self) -> Self:
        """Return the locks themselves."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of all of them."""
        for key in list(self._held):
            self.release(key)
