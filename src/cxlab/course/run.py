"""Running lessons: validated first, executed once, kept if they succeed.

papermill executes every run (``worker``), in processes side by side (``pool``), and an
unchanged run comes from the ``cache``. The ``desk`` sees to it that nothing runs twice.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from cxlab.course.cache import Cache, default_cache, surroundings
from cxlab.course.desk import Desk, Locks
from cxlab.course.imports import modules_of
from cxlab.course.pool import Pool, kind_of_kernel
from cxlab.course.runs import Failure, Job, Run, RunResult, job_of, source_job

__all__ = [
    "Failure",
    "Job",
    "Run",
    "RunResult",
    "job_of",
    "run_jobs",
    "run_lesson",
    "run_many",
    "source_job",
]

TIME_LIMIT = 300.0  # seconds a lesson may run


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
    env: Mapping[str, str] | None = None,
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
    env
        Environment variables that lessons see on our own workers. They are not part of
        what makes two runs the same: with them comes a cache of one's own.
    """
    kind = pool.kernel if pool else kind_of_kernel(kernel)
    # A warm process has our source as it was when it was started.
    around = pool.surroundings if pool else surroundings(kind)
    desk = Desk(
        jobs,
        cache=cache or default_cache(),
        around=around,
        on_done=on_done,
    )
    left = desk.keys() if fresh else desk.take_from_cache()
    if left:
        with ExitStack() as stack:
            # Closed last of all: whatever happens, no lock and no kernel is left.
            crew = pool or stack.enter_context(
                Pool(
                    workers=workers,
                    kernel=kernel,
                    env=env,
                    modules=modules_of(desk.sources(left)),
                )
            )
            locks = stack.enter_context(Locks(desk.cache, wanted=not fresh))
            desk.run(
                left,
                crew,
                locks,
                time_limit=time_limit,
                unchanged=lambda: around == crew.surroundings == surroundings(kind),
            )
    return desk.results()
