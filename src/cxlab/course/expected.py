"""The numbers each lesson is held to: tests/expected/<lesson>.toml.

Per profile and result: either what a source printed (``published``, ``source``) or
what we found when we last looked (``value``); a tolerance, and why this tolerance where
it is looser than the default. Besides, the verdicts::

    [fast.odds_ratio]
    published = 242.67
    source = "effort 1.4"
    rel = 1e-4
    why = "printed to two decimals"

    [fast.verdicts]
    E13 = "overstated"

and how firmly each verdict stands over seeds (``stability``).
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cxlab.answers import Value
from cxlab.course.expectation import BadExpectation, Expectation
from cxlab.course.files import write_over
from cxlab.course.manifest import PROFILES
from cxlab.course.stability import STABILITY_TABLE, Stability, read_stability
from cxlab.register import VERDICTS
from cxlab.root import project_root

VERDICT_TABLE = "verdicts"
_KEYS = {"value", "published", "source", "rel", "abs", "why"}
_DIGITS = 10  # significant digits of an accepted value: far below any tolerance


@dataclass(frozen=True, kw_only=True)
class Expected:
    """All that one lesson is held to, by profile."""

    lesson: str
    results: Mapping[str, Mapping[str, Expectation]]
    verdicts: Mapping[str, Mapping[str, str]]
    stability: Mapping[str, Stability] = field(default_factory=dict)  # by claim


@dataclass(frozen=True, kw_only=True)
class Mismatch:
    """One way in which a run is not what it must be."""

    lesson: str
    profile: str
    name: str  # of the result, or id of the claim
    trouble: str  # differs, not expected, not recorded, recorded twice or no file
    expected: Value | None = None
    found: Value | None = None
    tolerance: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        """Say it in a line or two: lesson, result, expected, found, tolerance."""
        head = f"{self.lesson} ({self.profile}), {self.name}"
        if self.trouble == "differs":
            said = f"expected {self.expected!r} {self.tolerance}, found {self.found!r}"
        elif self.found is not None:
            said = f"{self.trouble}, found {self.found!r}"
        else:
            said = self.trouble
        return f"{head}: {said}." + (f" {self.remedy}" if self.remedy else "")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One line that accepting has written."""

    lesson: str
    profile: str
    name: str
    before: Value | None  # None: there was none
    after: Value

    def __str__(self) -> str:
        """Say what it was and what it is now."""
        was = "new" if self.before is None else repr(self.before)
        return f"{self.lesson} ({self.profile}), {self.name}: {was} -> {self.after!r}"


def expected_path(lesson: str) -> Path:
    """Return where a lesson's expected numbers stand."""
    return project_root() / "tests" / "expected" / f"{lesson}.toml"


def load_expected(lesson: str) -> Expected | None:
    """Read what a lesson is held to; None if it has no file.

    Raises
    ------
    BadExpectation
        If the file holds something that would hold nothing; every one is named.
    """
    try:
        text = expected_path(lesson).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    return parse_expected(text, lesson=lesson)


def stability_of(lesson: str) -> Mapping[str, Stability]:
    """Read how firmly each verdict of a lesson stands, by claim.

    Empty if the lesson judges nothing, or has not been swept: ``cxlab sweep --accept``.

    Raises
    ------
    BadExpectation
        As ``load_expected`` does.
    """
    expected = load_expected(lesson)
    return {} if expected is None else expected.stability


def parse_expected(text: str, *, lesson: str) -> Expected:
    """Read the text of a file of expected numbers; see ``load_expected``."""
    try:
        profiles = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadExpectation(f"{lesson}.toml is not TOML: {error}.") from error
    stability, complaints = _stability(profiles.pop(STABILITY_TABLE, {}), lesson)
    complaints += [
        f"{lesson}.toml: [{name}] is no profile. Choose one of: {', '.join(PROFILES)}."
        for name in profiles
        if name not in PROFILES
    ]
    results: dict[str, dict[str, Expectation]] = {}
    verdicts: dict[str, Mapping[str, str]] = {}
    for profile, table in profiles.items():
        verdicts[profile] = table.pop(VERDICT_TABLE, {})
        complaints += [
            f"{lesson}.toml, [{profile}.{VERDICT_TABLE}] {claim}: {verdict!r} is no "
            f"verdict. Choose one of: {', '.join(VERDICTS)}."
            for claim, verdict in verdicts[profile].items()
            if verdict not in VERDICTS
        ]
        results[profile] = {}
        for name, row in table.items():
            try:
                results[profile][name] = _expectation(row)
            except BadExpectation as error:
                complaints.append(f"{lesson}.toml, [{profile}.{name}] {error}")
    if complaints:
        raise BadExpectation("\n".join(complaints))
    return Expected(
        lesson=lesson, results=results, verdicts=verdicts, stability=stability
    )


def _stability(
    table: Mapping[str, object], lesson: str
) -> tuple[dict[str, Stability], list[str]]:
    found: dict[str, Stability] = {}
    complaints: list[str] = []
    for claim, row in table.items():
        try:
            found[claim] = read_stability(row)
        except BadExpectation as error:
            complaints.append(f"{lesson}.toml, [{STABILITY_TABLE}.{claim}] {error}")
    return found, complaints


def _expectation(row: object) -> Expectation:
    if not isinstance(row, Mapping):
        raise BadExpectation(f"is {row!r}. Write a table with a value.")
    if unknown := sorted(set(row) - _KEYS):
        raise BadExpectation(
            f"says {', '.join(unknown)}. It may say {', '.join(sorted(_KEYS))}."
        )
    if ("value" in row) == ("published" in row):
        raise BadExpectation("needs either a value or what is published, and not both.")
    published = "published" in row
    value = row["published"] if published else row["value"]
    if not isinstance(value, int | float | str | bool):
        raise BadExpectation(f"is {value!r}. It may be a number, a text or a bool.")
    rest = {k: v for k, v in row.items() if k not in {"value", "published"}}
    return Expectation(value=value, published=published, **rest)


def results_of(records: Iterable[Mapping[str, Any]]) -> dict[str, Value]:
    """Return the named results among the records of a run."""
    return {r["name"]: r["value"] for r in records if r["kind"] == "result"}


def verdicts_of(records: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the verdicts among the records of a run, by claim."""
    return {r["id"]: r["verdict"] for r in records if r["kind"] == "claim"}


def compare(
    expected: Expected | None,
    *,
    lesson: str,
    profile: str,
    records: Iterable[Mapping[str, Any]],
) -> list[Mismatch]:
    """Hold what a run recorded against what is expected of it.

    Parameters
    ----------
    expected
        What ``load_expected`` gave; None if the lesson has no file.
    lesson, profile
        Which run it was.
    records
        What it recorded.

    Returns
    -------
    list of Mismatch
        Empty if everything is as it must be.
    """
    recorded = list(records)

    def mismatch(name: str, trouble: str, **more: Any) -> Mismatch:
        return Mismatch(
            lesson=lesson, profile=profile, name=name, trouble=trouble, **more
        )

    if expected is None:
        remedy = f"Make it: cxlab verify {lesson} --accept. Then read every number."
        name = f"tests/expected/{lesson}.toml"
        return [mismatch(name, "there is no such file", remedy=remedy)]
    found = {**results_of(recorded), **verdicts_of(recorded)}
    wanted = {
        **expected.results.get(profile, {}),
        **{
            claim: Expectation(value=verdict)
            for claim, verdict in expected.verdicts.get(profile, {}).items()
        },
    }
    accept = f"If it belongs there: cxlab verify {lesson} --accept"
    remove = f"Record it again, or take it out of tests/expected/{lesson}.toml."
    return [
        *(mismatch(name, "is recorded twice") for name in _twice(recorded)),
        *(
            mismatch(
                name,
                "differs",
                expected=one.value,
                found=found[name],
                tolerance=one.tolerance,
                remedy=f"It is published: {one.source}." if one.published else "",
            )
            for name, one in wanted.items()
            if name in found and not one.admits(found[name])
        ),
        *(
            mismatch(name, "is expected and no longer recorded", remedy=remove)
            for name in wanted
            if name not in found
        ),
        *(
            mismatch(name, "is not expected", found=value, remedy=accept)
            for name, value in found.items()
            if name not in wanted
        ),
    ]


def _twice(records: Iterable[Mapping[str, Any]]) -> list[str]:
    names = Counter(
        r["name"] if r["kind"] == "result" else r["id"]
        for r in records
        if r["kind"] in {"result", "claim"}
    )
    return [name for name, times in names.items() if times > 1]


def accept(
    lesson: str, profile: str, records: Iterable[Mapping[str, Any]]
) -> list[Change]:
    """Write what a run recorded as what is expected from now on.

    Only values are written: those that are off, and those that were missing. What is
    published, the tolerances, their reasons and every comment stay as they are.

    Returns
    -------
    list of Change
        What was written; empty if nothing was.

    Raises
    ------
    BadExpectation
        If the file would then hold something that holds nothing; it is not written.
    CannotWrite
        If it cannot be written.
    """
    import tomlkit

    path = expected_path(lesson)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    expected = parse_expected(text, lesson=lesson)
    document: Any = tomlkit.parse(text) if text else _new_document(lesson)
    table = document.setdefault(profile, tomlkit.table(is_super_table=True))
    changes: list[Change] = []

    def changed(name: str, before: Value | None, after: Value) -> None:
        changes.append(
            Change(
                lesson=lesson, profile=profile, name=name, before=before, after=after
            )
        )

    recorded = list(records)
    wanted = expected.results.get(profile, {})
    for name, value in results_of(recorded).items():
        one = wanted.get(name)
        if one is not None and (one.published or one.admits(value)):
            continue
        if one is None:
            table[name] = _new_table("value", _rounded(value))
        else:
            table[name]["value"] = _rounded(value)
        changed(name, None if one is None else one.value, _rounded(value))
    judged = expected.verdicts.get(profile, {})
    for claim, verdict in verdicts_of(recorded).items():
        if judged.get(claim) != verdict:
            if VERDICT_TABLE in table:
                table[VERDICT_TABLE][claim] = verdict
            else:
                table[VERDICT_TABLE] = _new_table(claim, verdict)
            changed(claim, judged.get(claim), verdict)
    if changes:
        written = tomlkit.dumps(document).rstrip() + "\n"
        parse_expected(written, lesson=lesson)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_over(path, written)
    return changes


def _new_document(lesson: str) -> Any:
    import tomlkit

    document = tomlkit.document()
    document.add(
        tomlkit.comment(f"What {lesson} must find. Values: cxlab verify --accept")
    )
    document.add(tomlkit.comment("Printed figures, tolerances and reasons: by hand."))
    document.add(tomlkit.nl())
    return document


def _new_table(key: str, value: Value) -> Any:
    import tomlkit

    table = tomlkit.table()
    table[key] = value
    table.add(tomlkit.nl())
    return table


def _rounded(value: Value) -> Value:
    return float(f"{value:.{_DIGITS}g}") if isinstance(value, float) else value
