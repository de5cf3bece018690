"""The claim register: what each book prints, how surely, and how it is judged.

Verdicts, kinds of evidence and statuses are closed lists, so that a verdict means the
same in every lesson.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from cxlab.root import project_root

VERDICTS = (
    "holds",
    "holds with limits",
    "overstated",
    "misquoted",
    "open",
    "cannot be tested here",
)
# A lesson must compute a verdict; only these may be written down as they are.
LITERAL_VERDICTS = VERDICTS[3:]
ILLUSTRATION = "illustration"
EVIDENCE: Mapping[str, str] = {
    "arithmetic": "arithmetic on printed figures",
    "real data": "re-analysis of real data",
    "published table": "re-analysis of a published table",
    "published studies": "published studies, not re-analysed",
    ILLUSTRATION: "illustration: a mechanism, never evidence",
}
# What is said of a finding that gives no interval, by the first kind of its evidence.
NO_INTERVAL: Mapping[str, str] = {
    "arithmetic": "No interval: arithmetic.",
    "published table": "No interval: read off a published table.",
    "published studies": "No interval: studies are counted.",
    ILLUSTRATION: "No interval: a made-up world is no sample of customers.",
}
STATUSES = ("verified", "partly", "derived")


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One row of the register."""

    id: str
    book: str  # key of the book in course.toml
    says: str  # what the book says, in our words
    figure: str  # the figure as it is printed, or ""
    numbers: tuple[float, ...]  # numbers that may be quoted with this id
    source: str
    status: str  # verified (seen or quoted), partly (half seen), derived (arithmetic)
    tested: str  # how the course tests it
    lesson: str
    answer: str  # what the author would answer


def _claim(claim_id: str, row: Mapping[str, object]) -> Claim:
    numbers = row.get("numbers", [])
    if not isinstance(numbers, list):
        raise TypeError(f"claims.toml, {claim_id}: numbers must be a list of numbers.")
    if row.get("status") not in STATUSES:
        raise ValueError(
            f"claims.toml, {claim_id}: status {row.get('status')!r} is not one of "
            f"{', '.join(STATUSES)}. A figure of status 'memory' is never printed."
        )
    words = {
        name: str(row.get(name, ""))
        for name in ("book", "says", "figure", "source", "status", "tested", "lesson")
    }
    return Claim(
        id=claim_id,
        numbers=tuple(float(x) for x in numbers),
        answer=str(row.get("answer", "")),
        **words,
    )


@cache
def claims() -> Mapping[str, Claim]:
    """Read the register, by claim id.

    Raises
    ------
    ValueError
        If a row's status is not in the closed list.
    """
    path = project_root() / "course" / "claims.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    return {claim_id: _claim(claim_id, row) for claim_id, row in rows.items()}


def claim_named(claim_id: str) -> Claim:
    """Return one claim of the register.

    Raises
    ------
    ValueError
        If the register holds no such id; the nearest one is named.
    """
    register = claims()
    if claim_id not in register:
        near = get_close_matches(claim_id, register, n=1, cutoff=0.0)
        raise ValueError(
            f"The register holds no claim {claim_id!r}"
            + (f"; the nearest is {near[0]!r}" if near else "")
            + ". Add it to course/claims.toml, with its source, or correct the id."
        )
    return register[claim_id]


def check_verdict(verdict: str, evidence: tuple[str, ...]) -> None:
    """Refuse a verdict that is no verdict, or that its evidence cannot carry.

    Raises
    ------
    ValueError
        If the verdict or a kind of evidence is not in the closed list, or if an
        illustration alone would carry more than "open".
    """
    if verdict not in VERDICTS:
        raise ValueError(
            f"{verdict!r} is no verdict. Choose one of: {', '.join(VERDICTS)}."
        )
    unknown = [kind for kind in evidence if kind not in EVIDENCE]
    if unknown or not evidence:
        raise ValueError(
            f"{unknown or evidence!r} is no kind of evidence. "
            f"Name one or more of: {', '.join(EVIDENCE)}."
        )
    if set(evidence) == {ILLUSTRATION} and verdict not in ("open", VERDICTS[-1]):
        raise ValueError(
            f"An illustration shows a mechanism and is never evidence: it cannot carry "
            f"{verdict!r}. Say 'open' or 'cannot be tested here', or bring evidence."
        )


def interval_note(found: str, evidence: tuple[str, ...]) -> str:
    """Say why a finding gives no interval; nothing if it speaks of one.

    Parameters
    ----------
    found
        The sentence that says what came out.
    evidence
        The kinds of evidence it rests on.

    Raises
    ------
    ValueError
        If it rests on real data and does not speak of an interval at all.

    Examples
    --------
    >>> interval_note("20% (95% interval 16% to 25%) leave.", ("real data",))
    ''
    >>> interval_note("The odds are 243 times as high.", ("arithmetic",))
    'No interval: arithmetic.'
    """
    if "interval" in found.lower():
        return ""
    if "real data" in evidence:
        raise ValueError(
            f"found={found!r} rests on real data and gives no interval. Put the "
            "Estimate into the sentence, as {ratio:.2f}, which says its interval; or "
            "end it with 'No interval:' and the reason."
        )
    return NO_INTERVAL[evidence[0]]
