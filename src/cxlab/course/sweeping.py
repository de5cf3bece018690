"""`cxlab sweep`: one lesson over a grid, or lessons over seeds, told as a table."""

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cxlab.course.expected import stability_of
from cxlab.course.manifest import manifest
from cxlab.course.progress import counted, progress
from cxlab.course.seeds import (
    SEEDS,
    accept_stability,
    against_expected,
    chosen_by,
    stability,
    sweep_seeds,
)
from cxlab.course.sweep import Sweep, sweep, values_of
from cxlab.course.verbs import FAILED, FINE, print_table
from cxlab.root import project_root


def sweep_grid(
    asked: argparse.Namespace, grid: Mapping[str, str], how: Mapping[str, Any]
) -> int:
    """Run one lesson over a grid of its knobs, and return the exit code.

    Raises
    ------
    ValueError
        If what was asked is asked of seeds only, or of several lessons.
    """
    if asked.accept or asked.against_expected or asked.chosen_by:
        raise ValueError(
            "Counts are kept of the usual seeds only. Leave out -p, or leave out "
            "--accept, --against-expected and --chosen-by."
        )
    if len(asked.lesson) != 1:
        raise ValueError(
            "Knobs are those of one lesson. Name it: cxlab sweep 10 -p ..."
        )
    [lesson] = asked.lesson
    with progress("sweeping") as step:
        done = counted(step)
        swept = sweep(
            lesson,
            grid,
            profile=asked.profile,
            workers=asked.workers,
            **how,
            on_done=lambda result: done(result.run),
        )
    print_table(
        ("kind", "name", "mostly", "share", "runs"),
        [(s.kind, s.name, s.mostly, f"{s.share:.0%}", s.runs) for s in swept.shares()],
    )
    _say_what_stopped([swept])
    _write(swept, asked.table)
    return FINE if swept.ok else FAILED


def sweep_over_seeds(asked: argparse.Namespace, how: Mapping[str, Any]) -> int:
    """Run lessons over the usual seeds, and return the exit code."""
    if asked.profile != "fast":
        raise ValueError("Counts are kept of the fast profile. Leave out --profile.")
    lessons = _lessons(asked)
    if asked.table and len(lessons) != 1:
        raise ValueError("One table holds one lesson. Leave out -o, or name a lesson.")
    with progress("sweeping") as step:
        done = counted(step, len(lessons) * len(values_of(SEEDS, None)))
        swept = sweep_seeds(
            lessons,
            workers=asked.workers,
            **how,
            on_done=lambda result: done(result.run),
        )
    print_table(
        ("lesson", "claim", "verdict", "share", "draws", "expected"),
        [
            (one.lesson, claim, found.verdict, found.share,
             "draws" if found.draws else "the same", _kept(one.lesson, claim))
            for one in swept
            for claim, found in stability(one).items()
        ],
    )  # fmt: skip
    _say_what_stopped(swept)
    for one in swept:
        _write(one, asked.table)
    complaints: list[str] = []
    if asked.accept:
        for change in (change for one in swept for change in accept_stability(one)):
            print(change)
    if asked.against_expected:
        complaints = [said for one in swept for said in against_expected(one)]
        for said in complaints:
            print(f"\n{said}", file=sys.stderr)
    return FINE if all(one.ok for one in swept) and not complaints else FAILED


def _lessons(asked: argparse.Namespace) -> list[str]:
    course = manifest()
    named = [course.lesson(name).name for name in asked.lesson]
    lessons = named or list(course.lessons)
    return chosen_by(asked.chosen_by, lessons) if asked.chosen_by else lessons


def _kept(lesson: str, claim: str) -> str:
    one = stability_of(lesson).get(claim)
    return f"{one.verdict} {one.share}" if one else "not swept yet"


def _say_what_stopped(swept: Iterable[Sweep]) -> None:
    for result in (result for one in swept for result in one.results):
        if not result.ok:
            print(f"\n{result.run}: {result.failure}", file=sys.stderr)


def _write(swept: Sweep, path: Path | None) -> None:
    table = path or project_root() / "build/sweeps" / f"{swept.lesson}.csv"
    table.parent.mkdir(parents=True, exist_ok=True)
    swept.write_csv(table)
    print(f"Every result and verdict: {table}")
