"""Every lesson over the same twenty seeds: how firmly each verdict stands.

The counts are kept beside the lesson's numbers and shown beside its verdicts. Each
commit has two lessons run over all seeds again, and it chooses which.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from cxlab.course.expected import (
    Change,
    expected_path,
    parse_expected,
    stability_of,
    verdicts_of,
)
from cxlab.course.files import write_over
from cxlab.course.manifest import manifest
from cxlab.course.run import Run, RunResult, job_of
from cxlab.course.runs import Job
from cxlab.course.stability import STABILITY_TABLE, Stability
from cxlab.course.sweep import Sweep, run_unseen, values_of

SEEDS = "1:20"
_MAY_DIFFER = (
    1  # run: another processor rounds otherwise, and a verdict on the edge tips
)
_SAYS = f"How often each verdict came out over the seeds {SEEDS}: cxlab sweep --accept"


class NeverSwept(RuntimeError):
    """What cannot be written: a lesson stopped on the way."""


def sweep_seeds(
    lessons: Iterable[str] | None = None,
    *,
    on_done: Callable[[RunResult], object] | None = None,
    **options: Any,
) -> list[Sweep]:
    """Run lessons at twenty seeds each, in the fast profile, in one go.

    A sweep that was interrupted goes on where it stopped: each run is kept.

    Parameters
    ----------
    lessons
        Names, or the numbers they begin with; None: the whole course.
    on_done
        Called with each run as it comes, for a progress bar.
    **options
        ``workers``, ``fresh``, ``kernel``, ``time_limit``: see ``run_jobs``.

    Raises
    ------
    UnknownLesson, BadParameters
        If something is wrong before anything runs.
    """
    course = manifest()
    chosen = [course.lesson(name).name for name in lessons or course.lessons]
    jobs = {name: list(_jobs(name)) for name in dict.fromkeys(chosen)}
    every = [job for some in jobs.values() for job in some]
    results = run_unseen(every, on_done=on_done, **options)
    by_lesson = {name: [r for r in results if r.run.lesson == name] for name in jobs}
    return [
        Sweep(
            lesson=name,
            profile="fast",
            grid={"seed": tuple(r.run.parameters["seed"] for r in found)},
            results=tuple(found),
        )
        for name, found in by_lesson.items()
    ]


def _jobs(lesson: str) -> Iterator[Job]:
    for seed in values_of(SEEDS, None):
        run = Run(lesson=lesson, profile="fast", parameters={"seed": seed})
        yield job_of(run)


def stability(swept: Sweep) -> dict[str, Stability]:
    """Return how often each verdict came out, by claim.

    A claim draws if anything that it recorded moved with the seed. What is arithmetic,
    or looks at real data without drawing from them, is the same every time.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for result in swept.results:
        for record in result.records:
            if record["kind"] == "claim":
                found.setdefault(record["id"], []).append(record)
    return {
        claim: _stability([r["verdict"] for r in records], draws=_differ(records))
        for claim, records in found.items()
    }


def _stability(verdicts: list[str], *, draws: bool) -> Stability:
    verdict, times = Counter(verdicts).most_common(1)[0]
    return Stability(verdict=verdict, times=times, runs=len(verdicts), draws=draws)


def _differ(records: list[dict[str, Any]]) -> bool:
    return any(record != records[0] for record in records)


def accept_stability(swept: Sweep) -> list[Change]:
    """Write how firmly each verdict stands into the lesson's expected numbers.

    Everything else in the file, and every comment, stays as it is.

    Returns
    -------
    list of Change
        What was written; empty if nothing was.

    Raises
    ------
    NeverSwept
        If a run stopped before its end.
    BadExpectation
        If the file is not what it must be; it is not written.
    CannotWrite
        If it cannot be written.
    """
    import tomlkit

    if stopped := [str(result.run) for result in swept.results if not result.ok]:
        raise NeverSwept(
            f"{swept.lesson} was not swept: {len(stopped)} of {len(swept.results)} "
            f"runs stopped, the first is {stopped[0]}. Mend it, and sweep again."
        )
    path = expected_path(swept.lesson)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    before = dict(parse_expected(text, lesson=swept.lesson).stability)
    after = stability(swept)
    if before == after:
        return []
    changes = list(_changes(swept.lesson, before, after))
    document: Any = tomlkit.parse(text)
    if STABILITY_TABLE not in document:
        document.add(tomlkit.nl())
        document.add(tomlkit.comment(_SAYS))
        document[STABILITY_TABLE] = tomlkit.table(is_super_table=True)
    table = document[STABILITY_TABLE]
    for change in changes:
        one = after.get(change.name)
        if one is None:
            del table[change.name]
        elif change.name in table:
            table[change.name].update(_fields(one))
        else:
            table[change.name] = _row(one)
    written = tomlkit.dumps(document).rstrip() + "\n"
    parse_expected(written, lesson=swept.lesson)
    write_over(path, written)
    return changes


def _row(one: Stability) -> Any:
    import tomlkit

    row = tomlkit.table()
    row.update(_fields(one))
    row.add(tomlkit.nl())
    return row


def _fields(one: Stability) -> dict[str, str | bool]:
    return {"verdict": one.verdict, "share": one.share, "draws": one.draws}


def _changes(
    lesson: str, before: dict[str, Stability], after: dict[str, Stability]
) -> Iterator[Change]:
    for claim in dict.fromkeys([*after, *before]):
        was, now = before.get(claim), after.get(claim)
        if was != now:
            yield Change(
                lesson=lesson,
                profile=f"seeds {SEEDS}",
                name=claim,
                before=None if was is None else str(was),
                after="no longer judged" if now is None else str(now),
            )


def against_expected(swept: Sweep) -> list[str]:
    """Hold a sweep to the counts that are kept; say everything that is wrong.

    One run in twenty may give another verdict than where the counts were taken, since
    other processors round otherwise. More is a change that nobody has accepted.
    """
    lesson = swept.lesson
    stopped = [f"{r.run}: {r.failure}" for r in swept.results if not r.ok]
    found, kept = stability(swept), stability_of(lesson)
    accept = f"If that is as it should be: cxlab sweep {lesson} --accept"
    complaints = []
    for claim in dict.fromkeys([*kept, *found]):
        was, now = kept.get(claim), found.get(claim)
        if was is None:
            says = f"came out as {now}, and no counts are kept"
        elif now is None:
            says = f"is kept as {was}, and no run judges it"
        elif _moved(claim, was, swept) > _MAY_DIFFER:
            says = f"is kept as {was}, and came out as {now}"
        elif was.times == now.times and was.draws != now.draws:
            says = f"is kept as {was} that {_moves(was)}, and now {_moves(now)}"
        else:
            continue
        complaints.append(f"{lesson}, {claim}: {says}. {accept}")
    return stopped + complaints


def _moves(one: Stability) -> str:
    return "draw" if one.draws else "say the same"


def _moved(claim: str, was: Stability, swept: Sweep) -> int:
    """Return by how many runs the verdict that is kept came out more or less often."""
    verdicts = [verdicts_of(result.records).get(claim) for result in swept.results]
    return abs(was.times - verdicts.count(was.verdict))


def chosen_by(commit: str, lessons: Iterable[str], *, count: int = 2) -> list[str]:
    """Return the lessons that a commit chooses: by lot, and always the same.

    Examples
    --------
    >>> chosen_by("93093ea", ["10_effort", "20_delight", "42_path", "45_weight"])
    ['10_effort', '42_path']
    """

    def lot(lesson: str) -> bytes:
        return hashlib.sha256(f"{commit} {lesson}".encode()).digest()

    return sorted(lessons, key=lot)[:count]
