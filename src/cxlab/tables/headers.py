"""Which column of the file is which of ours: by its name, or by one that is listed.

A name that is read as another is said in the report, to be confirmed; no column is
taken for one of ours because of what it holds.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from cxlab.tables.findings import Findings, listed
from cxlab.tables.options import Options
from cxlab.tables.raw import Raw
from cxlab.tables.schema import Column, Schema


@dataclass(frozen=True, kw_only=True)
class Matched:
    """Where each of our columns stands in the file."""

    places: Mapping[str, int]
    renamed: Mapping[str, str]  # ours: what the file calls it
    ignored: tuple[str, ...]  # headers that are none of ours


def score(headers: Sequence[str], schema: Schema, options: Options) -> int:
    """Return how many of the table's columns a row of headers names."""
    names = set(map(_plain, headers))
    return sum(bool(names & _spelt(column, options)) for column in schema.columns)


def matched(raw: Raw, schema: Schema, options: Options, findings: Findings) -> Matched:
    """Find our columns among the headers; note what is missing, doubled or unclear.

    Parameters
    ----------
    raw
        The file.
    schema
        What it must be.
    options
        What was said about it.
    findings
        Where to note it.
    """
    places: dict[str, int] = {}
    missing: list[Column] = []
    for column in schema.columns:
        found = _found(raw.headers, column, options)
        if len(found) == 1:
            places[column.name] = found[0]
            _direction(raw.headers[found[0]], column, options, findings)
        elif found:
            findings.add(
                f"{len(found)} headers say {column.name}: keep one",
                row=1, column=column.name, value=raw.headers[found[1]],
            )  # fmt: skip
            places[column.name] = found[0]
        elif not column.optional or column.name in options.columns:
            missing.append(column)
    for column in missing:
        headers = raw.headers if column is missing[0] else ()
        _missing(headers, column, options, findings)
    _nameless(raw, findings)
    used = set(places.values())
    renamed = {n: raw.headers[p] for n, p in places.items() if raw.headers[p] != n}
    ignored = tuple(h for p, h in enumerate(raw.headers) if h and p not in used)
    return Matched(places=places, renamed=renamed, ignored=ignored)


def _plain(header: str) -> str:
    """Return a header without what people write differently: case, blanks, signs.

    Examples
    --------
    >>> _plain(" Customer-ID ")
    'customer_id'
    """
    return re.sub(r"[\W_]+", "_", header.casefold()).strip("_")


def _spelt(column: Column, options: Options) -> set[str]:
    if column.name in options.columns:
        return {_plain(options.columns[column.name])}
    return {column.name, *column.aliases, *column.either_way}


def _found(headers: Sequence[str], column: Column, options: Options) -> list[int]:
    """Return the places of a column: those that bear its very name, else an alias."""
    wanted = options.columns.get(column.name, column.name)
    exact = [place for place, header in enumerate(headers) if header == wanted]
    plain = [place for place, h in enumerate(headers) if _plain(h) == _plain(wanted)]
    if exact or plain:
        return exact + [place for place in plain if place not in exact]
    spelt = _spelt(column, options)
    return [place for place, header in enumerate(headers) if _plain(header) in spelt]


def _direction(
    header: str, column: Column, options: Options, findings: Findings
) -> None:
    """Refuse a header under which some write the scale up and others down."""
    said = column.name in {*options.reverse, *options.as_is}
    if _plain(header) in column.either_way and not said:
        findings.add(
            f"scales of that name run up in some firms and down in others: say "
            f"--reversed {column.name} if high means the opposite of "
            f"'{column.unit}', else --not-reversed {column.name}",
            row=1, column=column.name, value=header,
        )  # fmt: skip


def _missing(
    headers: Sequence[str], column: Column, options: Options, findings: Findings
) -> None:
    wanted = options.columns.get(column.name, column.name)
    near = get_close_matches(wanted, headers, n=1, cutoff=0.6)
    like = near[0] if near else "NAME IN THE FILE"
    others = f". The file has {listed(map(repr, headers))}" if headers else ""
    findings.add(
        f"this column is missing: {column.meaning}, {column.rule}. If it is there "
        f"under another name: --column {column.name}={like!r}{others}",
        row=1,
        column=wanted,
        kind="missing",
    )


def _nameless(raw: Raw, findings: Findings) -> None:
    """Note a column that holds something and has no header."""
    for place, header in enumerate(raw.headers):
        if header:
            continue
        for at in range(raw.size):
            if raw.text(place, at).strip():
                findings.add(
                    f"column number {place + 1} has cells and no header: name it in "
                    "row 1, or empty it",
                    row=raw.row(at), column=f"number {place + 1}",
                    value=raw.text(place, at),
                )  # fmt: skip
                break
