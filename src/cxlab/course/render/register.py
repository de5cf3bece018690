"""The claim register as a page: what the books say, what we found, how firmly."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from cxlab.course.manifest import Manifest
from cxlab.course.render.judged import Judged, Shelf, by_book, by_word, word_on
from cxlab.course.render.site import folder_of, frame_at, whole_page
from cxlab.course.render.text import Writer
from cxlab.course.render.theme import script
from cxlab.course.render.verdicts import MEANS, QUOTED, glyph, slug
from cxlab.course.stability import Stability
from cxlab.register import EVIDENCE, Claim

_STATUS = {
    "verified": "seen at its publisher, or quoted from it",
    "partly": "seen in part",
    "derived": "arithmetic on printed figures",
}


def render_register(
    manifest: Manifest,
    *,
    claims: Mapping[str, Claim],
    verdicts: Sequence[Judged],
    stability: Mapping[str, Stability],
) -> str:
    """Return the claim register.

    Parameters
    ----------
    manifest
        The course; it orders the books.
    claims
        The register, by claim id.
    verdicts
        What the lessons found.
    stability
        How often each verdict came out over seeds, by claim id.
    """
    writer = Writer(lambda claim_id: f"#{claim_id}", claims)
    shelves = by_book(manifest, claims.values())
    groups = by_word(claims, verdicts)

    def entry(claim: Claim) -> dict[str, Any]:
        own = [verdict for verdict in verdicts if verdict.claim == claim.id]
        word = word_on(claim, verdicts)
        return {
            "claim": claim,
            "says": _inline(writer, claim.says),
            "status": _STATUS[claim.status],
            "word": word,
            "slug": slug(word),
            "glyph": _mark(word),
            "firmness": firmness(word, stability.get(claim.id)) if own else "",
            "verdicts": [_verdict(manifest, verdict, writer) for verdict in own],
        }

    return whole_page(
        "register.html",
        frame=frame_at(manifest, "register.html"),
        total=len(claims),
        legend=[
            {"verdict": verdict, "glyph": _mark(verdict), "means": means}
            for verdict, means in MEANS.items()
        ],
        evidence=list(EVIDENCE.values()),
        choices=[_books(shelves), _words(groups)],
        books=[
            {
                "shelf": shelf,
                "entries": sorted(map(entry, shelf.claims), key=_judged_first),
            }
            for shelf in shelves
        ],
        script=script("register"),
    )


def _judged_first(entry: Mapping[str, Any]) -> bool:
    """Let what is only quoted follow what is judged; within both, order by id."""
    return bool(entry["word"] == QUOTED)


def firmness(word: str, stability: Stability | None) -> str:
    """Say how a verdict stands when the dice are thrown anew.

    Examples
    --------
    >>> firmness("open", Stability(verdict="open", times=19, runs=20, draws=True))
    'the same in 19 of 20 seeds'
    >>> firmness("open", None)
    'not swept yet'
    """
    if stability is None:
        return "not swept yet"
    if stability.verdict != word:
        return f"{stability}, where this page says {word}"
    if not stability.draws:
        return "uses no draw: every seed gives the same"
    return f"the same in {stability.times} of {stability.runs} seeds"


def _books(shelves: Sequence[Shelf]) -> dict[str, Any]:
    options = [
        {"value": one.key, "label": one.short, "count": len(one.claims), "glyph": ""}
        for one in shelves
    ]
    return {"name": "book", "legend": "Book", "options": options}


def _words(groups: Mapping[str, Sequence[Claim]]) -> dict[str, Any]:
    options = [
        {"value": slug(word), "label": word, "count": len(own), "glyph": _mark(word)}
        for word, own in groups.items()
    ]
    return {"name": "verdict", "legend": "Verdict", "options": options}


def _verdict(manifest: Manifest, verdict: Judged, writer: Writer) -> dict[str, Any]:
    return {
        "found": _inline(writer, verdict.found),
        "interval": verdict.interval,
        "because": _inline(writer, verdict.because),
        "evidence": [EVIDENCE[kind] for kind in verdict.evidence],
        "lesson": manifest.lessons[verdict.lesson].title,
        "href": f"{folder_of(verdict.lesson)}/trainee.html#cell-{verdict.cell}",
    }


def _mark(word: str) -> Markup:
    return Markup(glyph(word))  # noqa: S704


def _inline(writer: Writer, markdown: str) -> Markup:
    return Markup(writer.inline(markdown))  # noqa: S704
