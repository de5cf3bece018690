"""What the lessons found, as the pages around them tell it: claim by claim."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cxlab.course.manifest import Manifest
from cxlab.course.render.verdicts import NOT_JUDGED, QUOTED
from cxlab.register import VERDICTS, Claim


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A verdict as a lesson recorded it, and where."""

    claim: str
    verdict: str
    found: str
    because: str
    evidence: tuple[str, ...]
    lesson: str
    cell: str  # id of the cell that shows it
    interval: str = ""  # why what was found gives no interval, if it gives none


def judged(lesson: str, records: Iterable[Mapping[str, Any]]) -> list[Judged]:
    """Return the verdicts among the records of one run of a lesson."""
    return [
        Judged(
            claim=record["id"],
            verdict=record["verdict"],
            found=record["found"],
            because=record["because"],
            evidence=tuple(record["evidence"]),
            lesson=lesson,
            cell=record.get("cell", ""),
            interval=record.get("interval", ""),
        )
        for record in records
        if record.get("kind") == "claim"
    ]


def word_on(claim: Claim, verdicts: Sequence[Judged]) -> str:
    """Return the verdict on a claim, or why there is none."""
    own = [verdict.verdict for verdict in verdicts if verdict.claim == claim.id]
    return own[-1] if own else NOT_JUDGED if claim.lesson else QUOTED


def by_word(
    claims: Mapping[str, Claim], verdicts: Sequence[Judged]
) -> dict[str, list[Claim]]:
    """Return the claims by verdict; then those without one, if there are any."""
    groups: dict[str, list[Claim]] = {
        word: [one for one in claims.values() if word_on(one, verdicts) == word]
        for word in (*VERDICTS, NOT_JUDGED, QUOTED)
    }
    for word in (NOT_JUDGED, QUOTED):
        if not groups[word]:
            del groups[word]
    return groups


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """A book, and the claims of the register that stand in it."""

    key: str
    title: str
    by: str
    claims: tuple[Claim, ...]

    @property
    def short(self) -> str:
        """The title without what follows its colon."""
        return self.title.split(":")[0]


def by_book(manifest: Manifest, claims: Iterable[Claim]) -> list[Shelf]:
    """Return the claims by book, in the order of the manifest; the others come last.

    Raises
    ------
    ValueError
        If a claim names a book that the manifest does not have.
    """
    found: dict[str, list[Claim]] = {key: [] for key in (*manifest.books, "")}
    for claim in claims:
        if claim.book not in found:
            raise ValueError(
                f"claims.toml names a book {claim.book!r} that course.toml does not "
                f"have. Its books are: {', '.join(manifest.books)}."
            )
        found[claim.book].append(claim)
    return [_shelf(manifest, key, own) for key, own in found.items() if own]


def _shelf(manifest: Manifest, key: str, claims: Iterable[Claim]) -> Shelf:
    title, by = "Not in the books", "Critics, papers and reports"
    if key:
        book = manifest.books[key]
        title, by = book.title, f"{book.authors}, {book.year}"
    return Shelf(
        key=key or "other",
        title=title,
        by=by,
        claims=tuple(sorted(claims, key=lambda claim: claim.id)),
    )
