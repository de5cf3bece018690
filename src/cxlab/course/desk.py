"""Who asked for which run, who runs it now, and what came of it.

Jobs that are the same share a key, and a key runs once: here, in another process at the
same time, or never again while it is in the cache.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from cxlab.course.cache import Cache, Entry, digest, key_of
from cxlab.course.parameters import parameters_of
from cxlab.course.pool import Pool
from cxlab.course.runs import Failure, Job, Run, RunResult

if TYPE_CHECKING:
    from filelock import BaseFileLock


_PATIENCE = 0.1  # s between two looks at what another process runs


class Locks:
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


class Desk:
    """Who asked for what: the jobs by key, and the results as they come."""

    def __init__(
        self,
        jobs: Sequence[Job],
        *,
        cache: Cache,
        around: str,
        on_done: Callable[[RunResult], object] | None,
    ) -> None:
        self.cache = cache
        self._jobs = jobs
        self._keys = [run_key(job, around) for job in jobs]
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

    def sources(self, keys: Iterable[str]) -> set[str]:
        """Return the texts of the notebooks of these keys."""
        return {self._job(key).source for key in keys}

    def run(
        self,
        keys: Iterable[str],
        pool: Pool,
        locks: Locks,
        *,
        time_limit: float,
        unchanged: Callable[[], bool],
    ) -> None:
        """Run what nobody else runs; wait for what somebody else does.

        Parameters
        ----------
        keys
            Of the runs.
        pool
            Who runs them.
        locks
            Who runs what, among all processes.
        time_limit
            Seconds that a lesson may run.
        unchanged
            Tells whether our source is still what was read; else nothing is kept.
        """
        waiting, running = deque(keys), set[str]()
        while waiting or running:
            for _ in range(len(waiting)):
                key = waiting.popleft()
                if len(running) > pool.workers or not locks.take(key):
                    waiting.append(key)  # later, or another process runs it now
                elif locks.wanted and self.take(key):
                    locks.release(key)  # another process ran it meanwhile
                else:
                    pool.submit(key, self._order(key, time_limit))
                    running.add(key)
            if not running:
                time.sleep(_PATIENCE if waiting else 0)
            elif done := pool.next(timeout=_PATIENCE if waiting else None):
                key, answer = done
                self._file(key, answer, keep=unchanged())
                running.remove(key)
                locks.release(key)

    def _order(self, key: str, time_limit: float) -> dict[str, Any]:
        job = self._job(key)
        return {
            "source": job.source,
            "edition": job.run.edition,
            "parameters": dict(job.parameters),
            "cwd": str(job.cwd),
            "time_limit": time_limit,
        }

    def _file(self, key: str, answer: Mapping[str, Any], *, keep: bool) -> None:
        """Keep what a worker answered, if all went well."""
        told = answer["failure"]
        timing = {name: answer[name] for name in ("seconds", "cell_seconds")}
        records = answer["records"]
        if told is None and keep:
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


def run_key(job: Job, around: str) -> str:
    """Return the key of a run: all that it depends on, boiled down.

    Parameters
    ----------
    job
        The run.
    around
        What ``cache.surroundings`` says of its kind of kernel.
    """
    return key_of(
        around,
        job.source,
        job.run.edition,
        dict(job.parameters),
        {name: digest(path) for name, path in _file_parameters(job)},
    )


def _file_parameters(job: Job) -> Iterable[tuple[str, Path]]:
    """Give the parameters that name a file, wherever the lesson would look for it."""
    defaults = {k: p.default for k, p in parameters_of(job.source).items()}
    for name, value in {**defaults, **job.parameters}.items():
        if isinstance(value, str) and value and (job.cwd / value).is_file():
            yield name, job.cwd / value
