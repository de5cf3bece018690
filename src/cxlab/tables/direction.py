"""Whether a scale runs the way it must, and as far: what its answers let one suspect.

A scale written the other way round, or with fewer points, breaks no rule of the cells.
It shows in what goes with it: hard contacts that are resolved, easy ones that anger.
Two readings are possible then, so the file is refused until one is said.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cxlab.tables.reading import Reading

_PAIRS, _SURE = 30, 4.0  # rows needed; distance from no relation, in standard errors
_LOOKED_AT = 100_000  # rows of a long table, evenly spread
_ANSWERS = 100  # from which on an end of the scale that nobody uses is odd
_SHORTER = ((1.0, 5.0), (1.0, 7.0), (-2.0, 2.0))  # ends of other common scales


def check_direction(frame: pd.DataFrame, reading: Reading) -> None:
    """Note scales that seem to run the wrong way, or to end sooner, unless it was said.

    Parameters
    ----------
    frame
        Read and within all rules.
    reading
        Where to note it.
    """
    options = reading.options
    if "effort" in frame and "effort" not in {*options.reverse, *options.as_is}:
        _effort(frame, reading)
    for column in reading.schema.columns:
        if column.is_scale and column.whole and column.name in frame:
            said = column.name in options.scales
            ends = _ends(frame[column.name])
            if not said and ends in _SHORTER and ends != (column.low, column.high):
                _note_shorter(frame[column.name], column.name, ends, reading)


def _effort(frame: pd.DataFrame, reading: Reading) -> None:
    wrong, right = [], []
    for name, sign in reading.schema.anchors.items():
        if name not in frame:
            continue
        strength = sign * _rank_z(frame["effort"], frame[name])
        if strength < -_SURE:
            wrong.append(name)
        elif strength > _SURE:
            right.append(name)
    if not wrong:
        return
    how = " and ".join(_goes_with(wrong, reading))
    doubt = f", though not with {' and '.join(right)}" if right else ""
    place = int(np.argmax(frame["effort"].notna().to_numpy()))
    reading.findings.add(
        f"effort seems to be reversed: {how}{doubt}. 1 must mean easy and 7 hard: say "
        "--reversed effort if high means easy in this file, or --not-reversed effort",
        row=reading.raw.row(place),
        column=reading.header("effort"),
        value=reading.raw.text(reading.places["effort"], place),
        kind="direction",
    )


def _goes_with(wrong: list[str], reading: Reading) -> Iterator[str]:
    """Say with what effort goes the wrong way."""
    for sign, word in ((-1, "high"), (1, "low")):
        names = [name for name in wrong if reading.schema.anchors[name] == sign]
        if names:
            yield f"it is {word} where {' and '.join(names)} is high"


def _rank_z(effort: pd.Series, other: pd.Series) -> float:
    """Return the rank correlation in standard errors; 0 where too few rows tell."""
    step = max(1, len(effort) // _LOOKED_AT)
    pair = {"a": effort[::step], "b": other[::step].astype("float64")}
    both = pd.DataFrame(pair).dropna()
    if len(both) < _PAIRS or both["a"].nunique() < 2 or both["b"].nunique() < 2:
        return 0.0
    ranks = both.rank()
    return float(ranks["a"].corr(ranks["b"]) * np.sqrt(len(both) - 1))


def _ends(answers: pd.Series) -> tuple[float, float]:
    known = answers.dropna()
    if len(known) < _ANSWERS:
        return (np.nan, np.nan)
    return float(known.min()), float(known.max())


def _note_shorter(
    answers: pd.Series, name: str, ends: tuple[float, float], reading: Reading
) -> None:
    column = reading.schema[name]
    place = int(np.argmax((answers == ends[1]).to_numpy()))
    low, high = ends
    reading.findings.add(
        f"no answer lies outside {low:g} to {high:g}, on a scale from {column.low:g} "
        f"to {column.high:g}: is the file's scale shorter? Say --scale "
        f"{name}={low:g}-{high:g} if so (it is stretched then), else --scale "
        f"{name}={column.low:g}-{column.high:g}",
        row=reading.raw.row(place),
        column=reading.header(name),
        value=reading.raw.text(reading.places[name], place),
        kind="shorter",
    )


def turned(frame: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return the table with its scales as ours: the right way up, from end to end."""
    new = {}
    for column in reading.schema.columns:
        name, (low, high) = column.name, reading.options.ends(column)
        if name not in frame or not column.is_scale or low is None or high is None:
            continue
        answers = frame[name]
        if name in reading.options.reverse:
            answers = low + high - answers
            reading.found[name] = "turned round, as said"
        if (low, high) != (column.low, column.high):
            assert column.low is not None
            assert column.high is not None
            step = (column.high - column.low) / (high - low)
            answers = column.low + (answers - low) * step
            reading.found[name] = f"stretched from {low:g} .. {high:g}, as said"
        new[name] = answers
    return frame.assign(**new)
