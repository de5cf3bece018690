"""Every lesson run, and held to its numbers and verdicts: a row per lesson and profile.

Running and comparing are ``run`` and ``expected``; this module puts them side by side.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cxlab.course.expected import (
    Change,
    Expected,
    Mismatch,
    accept,
    compare,
    load_expected,
    results_of,
    verdicts_of,
)
from cxlab.course.manifest import PROFILES, manifest
from cxlab.course.run import Failure, Run, RunResult, run_many


@dataclass(frozen=True, kw_only=True)
class Row:
    """How one lesson did in one profile."""

    lesson: str
    profile: str
    seconds: float  # that it took when it ran
    cached: bool  # it did not run now
    held: int = 0  # results that are what they must be
    drifted: int = 0  # results that are not
    verdicts: Mapping[str, str]  # by claim
    mismatches: tuple[Mismatch, ...] = ()
    failure: Failure | None = None

    @property
    def ok(self) -> bool:
        """Whether it ran to its end, and everything is as it must be."""
        return self.failure is None and not self.mismatches

    def complaints(self) -> list[str]:
        """Say everything that is wrong, one text for each; empty if nothing is."""
        stopped = (
            [f"{self.lesson} ({self.profile}): {self.failure}"] if self.failure else []
        )
        return stopped + [str(mismatch) for mismatch in self.mismatches]


@dataclass(frozen=True, kw_only=True)
class Verification:
    """All the rows, and what was accepted on the way."""

    rows: tuple[Row, ...]
    changes: tuple[Change, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every lesson holds in every profile."""
        return all(row.ok for row in self.rows)


def verify(
    lessons: Iterable[str] | None = None,
    *,
    profiles: Iterable[str] = PROFILES,
    accepting: bool = False,
    on_done: Callable[[RunResult], object] | None = None,
    **options: Any,
) -> Verification:
    """Run lessons, and hold what they record to what is expected.

    Parameters
    ----------
    lessons
        Names, or the numbers they begin with; None: the whole course.
    profiles
        ``"fast"``, ``"full"`` or both.
    accepting
        Write what was found as what is expected from now on; published figures stay.
    on_done
        Called with each run as it comes, for a progress bar.
    **options
        ``workers``, ``fresh``, ``kernel``, ``time_limit``: see ``run_jobs``.

    Raises
    ------
    UnknownLesson, BadParameters, BadExpectation
        If something is wrong before anything runs.
    """
    course = manifest()
    chosen = [course.lesson(name).name for name in lessons or course.lessons]
    held_to = {name: load_expected(name) for name in chosen}
    runs = [Run(lesson=n, profile=p) for n in dict.fromkeys(chosen) for p in profiles]
    results = run_many(runs, on_done=on_done, **options)
    changes: list[Change] = []
    if accepting:
        for result in results:
            if result.ok:
                run = result.run
                changes += accept(run.lesson, run.profile, result.records)
        held_to = {name: load_expected(name) for name in chosen}
    rows = [row_of(result, held_to[result.run.lesson]) for result in results]
    return Verification(rows=tuple(rows), changes=tuple(changes))


def row_of(result: RunResult, expected: Expected | None) -> Row:
    """Hold one run to what is expected of it; None: its file is missing."""
    lesson, profile = result.run.lesson, result.run.profile
    mismatches: list[Mismatch] = []
    if result.ok:
        mismatches = compare(
            expected, lesson=lesson, profile=profile, records=result.records
        )
    off = {mismatch.name for mismatch in mismatches}
    names = results_of(result.records)
    return Row(
        lesson=lesson,
        profile=profile,
        seconds=result.seconds,
        cached=result.cached,
        held=0 if expected is None else len(set(names) - off),
        drifted=len(off),
        verdicts=verdicts_of(result.records),
        mismatches=tuple(mismatches),
        failure=result.failure,
    )
