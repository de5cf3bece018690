"""One lesson over a grid of parameters: how often each verdict and each sign holds.

A verdict that hangs on one seed is no verdict. A run is a plain function of lesson,
parameters and profile that gives a small value, so a grid may be spread over machines.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxlab.course.cache import Cache, default_cache
from cxlab.course.expected import results_of, verdicts_of
from cxlab.course.files import write_over
from cxlab.course.parameters import BadParameters, Parameter, Value, parameters_of
from cxlab.course.run import Run, RunResult, job_of, run_jobs
from cxlab.course.runs import Job
from cxlab.records import UNSEEN

if TYPE_CHECKING:
    import pandas as pd

_MANY = 2000  # runs: more is surely a slip in a range
_KEPT = 4000  # runs without their pages: each is some thousand bytes


@dataclass(frozen=True, kw_only=True)
class Share:
    """How often a verdict or a sign came out as it mostly does."""

    name: str  # of the result, or id of the claim
    kind: str  # verdict or sign
    mostly: str  # what came out most often: a verdict, or +, - or 0
    share: float  # of the runs, 0-1
    runs: int  # that recorded it

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.name}: {self.mostly} in {self.share:.0%} of {self.runs} runs"


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """What a lesson found over a grid."""

    lesson: str
    profile: str
    grid: Mapping[str, tuple[Value, ...]]
    results: tuple[RunResult, ...]

    @property
    def ok(self) -> bool:
        """Whether every run came to its end."""
        return all(result.ok for result in self.results)

    def shares(self) -> list[Share]:
        """Return how often each verdict, then each sign, came out as it mostly does."""
        verdicts: dict[str, list[str]] = {}
        signs: dict[str, list[str]] = {}
        for result in self.results:
            for claim, verdict in verdicts_of(result.records).items():
                verdicts.setdefault(claim, []).append(verdict)
            for name, value in results_of(result.records).items():
                if isinstance(value, int | float) and not isinstance(value, bool):
                    signs.setdefault(name, []).append(_sign(value))
        return [
            *(_share(name, "verdict", found) for name, found in verdicts.items()),
            *(_share(name, "sign", found) for name, found in signs.items()),
        ]

    def table(self) -> "pd.DataFrame":
        """Return all that was found, tidy: one row per run and result or verdict.

        Returns
        -------
        DataFrame
            Columns lesson, profile, one per parameter of the grid, then kind
            (``"result"``, ``"verdict"`` or ``"failure"``), name, value and unit.
        """
        import pandas as pd

        columns = ["lesson", "profile", *self.grid, "kind", "name", "value", "unit"]
        rows = [row for result in self.results for row in self._rows(result)]
        return pd.DataFrame(rows, columns=columns)

    def _rows(self, result: RunResult) -> Iterable[list[object]]:
        turned = [result.run.parameters[name] for name in self.grid]
        head = [self.lesson, self.profile, *turned]
        for record in result.records:
            if record["kind"] == "result":
                name, value, unit = record["name"], record["value"], record["unit"]
                yield [*head, "result", name, value, unit]
            elif record["kind"] == "claim":
                yield [*head, "verdict", record["id"], record["verdict"], ""]
        if result.failure is not None:
            yield [*head, "failure", result.failure.kind, result.failure.message, ""]

    def write_csv(self, path: Path) -> None:
        """Write the tidy table; nothing is left half-written.

        Raises
        ------
        CannotWrite
            If it cannot be written.
        """
        write_over(path, self.table().to_csv(index=False, lineterminator="\n"))


def _sign(value: float) -> str:
    return "0" if value == 0 else "+" if value > 0 else "-"


def _share(name: str, kind: str, found: list[str]) -> Share:
    mostly, times = Counter(found).most_common(1)[0]
    return Share(
        name=name, kind=kind, mostly=mostly, share=times / len(found), runs=len(found)
    )


def run_unseen(jobs: Sequence[Job], **options: Any) -> list[RunResult]:
    """Run jobs for their records: no picture is drawn, and no page is kept.

    Parameters
    ----------
    jobs
        What to run.
    **options
        As ``run_jobs`` takes them.
    """
    folder = default_cache().folder / "sweeps"
    cache = Cache(folder, kept=_KEPT, records_only=True)
    return run_jobs(jobs, cache=cache, env={UNSEEN: "1"}, **options)


def sweep(
    lesson: str,
    grid: Mapping[str, str | Iterable[Value]],
    *,
    profile: str = "fast",
    on_done: Callable[[RunResult], object] | None = None,
    **options: Any,
) -> Sweep:
    """Run a lesson at every point of a grid.

    Parameters
    ----------
    lesson
        Its name, or the number it begins with.
    grid
        By parameter: its values, or their text as ``values_of`` reads it.
    profile
        ``"fast"`` or ``"full"``.
    on_done
        Called with each run as it comes, for a progress bar.
    **options
        ``workers``, ``fresh``, ``kernel``, ``time_limit``: see ``run_jobs``.

    Raises
    ------
    UnknownLesson, BadParameters
        If something is wrong before anything runs.
    """
    knobs = parameters_of(job_of(Run(lesson=lesson, profile=profile)).source)
    axes = {
        name: tuple(values_of(given, knobs.get(name)))
        if isinstance(given, str)
        else tuple(given)
        for name, given in grid.items()
    }
    points = [dict(zip(axes, point, strict=True)) for point in product(*axes.values())]
    if len(points) > _MANY:
        raise BadParameters(
            f"The grid has {len(points)} points; at most {_MANY} are run at once. "
            "Sweep fewer values, or one parameter after the other."
        )
    runs = [Run(lesson=lesson, profile=profile, parameters=point) for point in points]
    jobs = [job_of(run) for run in runs]
    results = run_unseen(jobs, on_done=on_done, **options)
    return Sweep(
        lesson=results[0].run.lesson,
        profile=profile,
        grid=axes,
        results=tuple(results),
    )


def values_of(text: str, knob: Parameter | None) -> list[Value]:
    """Read the values of one parameter: ``1:20``, ``0.1:0.5:0.1`` or ``flat,convex``.

    Both ends of a range are included.

    Parameters
    ----------
    text
        What was typed.
    knob
        The parameter; None if the lesson has none of that name, and says so later.

    Raises
    ------
    BadParameters
        If the range cannot be walked, or a value is not allowed.

    Examples
    --------
    >>> from cxlab.course.parameters import parse_line
    >>> values_of("1:4", parse_line("seed: int = 1  # of the world [0 .. 99]"))
    [1, 2, 3, 4]
    >>> values_of("0:1:0.25", parse_line("share: float = 0.5  # easy [0 .. 1]"))
    [0.0, 0.25, 0.5, 0.75, 1.0]
    """
    given: list[Any] = text.split(",")
    if ":" in text and (knob is None or knob.type in {"int", "float"}):
        given = _range(text, knob)
    return [one if knob is None else knob.accept(one) for one in given]


def _range(text: str, knob: Parameter | None) -> list[float]:
    name = "" if knob is None else f"{knob.name} = "
    try:
        low, high, *rest = (float(part) for part in text.split(":"))
        (step,) = rest or [1.0]
    except ValueError as error:
        raise BadParameters(
            f"{name}{text!r} is no range. Write 1:20, or 0.1:0.5:0.1 with a step."
        ) from error
    if not low <= high or not step > 0:
        raise BadParameters(
            f"{name}{text!r} is empty. Write the smaller end first, and a step above 0."
        )
    count = int((high - low) / step + 1e-9) + 1  # both ends, despite rounding
    if count > _MANY:
        raise BadParameters(f"{name}{text!r} has {count} values; at most {_MANY} run.")
    values = [round(low + index * step, 12) for index in range(count)]
    whole = knob is None or knob.type == "int"
    return [int(v) if whole and v == int(v) else v for v in values]
