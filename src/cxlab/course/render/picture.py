"""The picture of all verdicts: a row a book, a column a verdict, a mark a claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cxlab.course.manifest import Manifest
from cxlab.course.render.judged import Judged, by_book, by_word, word_on
from cxlab.course.render.verdicts import QUOTED, glyph, slug
from cxlab.register import Claim


@dataclass(frozen=True, kw_only=True)
class Column:
    """A verdict at the head of the picture."""

    word: str
    name: Markup  # the same, and where it may be parted
    slug: str
    glyph: Markup
    count: int


@dataclass(frozen=True, kw_only=True)
class Row:
    """A book, and its claims under each verdict."""

    key: str
    title: str
    cells: tuple[tuple[Claim, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """All verdicts, as they are drawn; nothing but the counts is computed here."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    judged: int  # claims in the picture
    quoted: int  # figures of the register that are only quoted

    @property
    def message(self) -> str:
        """What the picture shows, in one sentence."""
        counts = {column.word: column.count for column in self.columns}
        return (
            f"Of {self.judged} printed claims {counts['holds']} hold as they stand and "
            f"{counts['holds with limits']} with limits; "
            f"{counts['overstated'] + counts['misquoted']} say more, or something "
            f"else, than the evidence bears."
        )


def picture_of(
    manifest: Manifest, *, claims: Mapping[str, Claim], verdicts: Sequence[Judged]
) -> Picture:
    """Return the picture of all verdicts.

    Parameters
    ----------
    manifest
        The course; it orders the books.
    claims
        The register, by claim id.
    verdicts
        What the lessons found.
    """
    groups = by_word(claims, verdicts)
    quoted = groups.pop(QUOTED, [])
    drawn = [claim for group in groups.values() for claim in group]
    words = {claim.id: word_on(claim, verdicts) for claim in drawn}
    return Picture(
        columns=tuple(
            Column(
                word=word,
                name=_parted(word),
                slug=slug(word),
                glyph=_glyph(word),
                count=len(group),
            )
            for word, group in groups.items()
        ),
        rows=tuple(
            Row(
                key=shelf.key,
                title=shelf.short,
                cells=tuple(
                    tuple(one for one in shelf.claims if words[one.id] == word)
                    for word in groups
                ),
            )
            for shelf in by_book(manifest, drawn)
        ),
        judged=len(drawn),
        quoted=len(quoted),
    )


def _glyph(word: str) -> Markup:
    return Markup(glyph(word))  # noqa: S704


def _parted(word: str) -> Markup:
    """Return a word with soft hyphens, for the narrow heads on a phone."""
    for end in ("stated", "quoted"):
        word = word.replace(end, f"&shy;{end}")
    return Markup(word)  # noqa: S704
