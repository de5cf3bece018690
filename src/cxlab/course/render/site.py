"""The pages around the lessons: the first screen and the claim register."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from cxlab.course.manifest import Lesson, Manifest
from cxlab.course.render.frame import Frame, Link
from cxlab.course.render.maths import characters, font_face
from cxlab.course.render.text import Writer
from cxlab.course.render.theme import environment, style
from cxlab.course.render.verdicts import MEANS, NOT_JUDGED, QUOTED, glyph
from cxlab.course.render.whole import self_contained
from cxlab.register import EVIDENCE, VERDICTS, Claim

_STATUS = {
    "verified": "seen at its publisher, or quoted from it",
    "partly": "seen in part",
    "derived": "arithmetic on printed figures",
}


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
        )
        for record in records
        if record.get("kind") == "claim"
    ]


def navigation(home: str, current: str = "", *, course: str) -> tuple[Link, ...]:
    """Return the links at the head of every page of the site.

    Parameters
    ----------
    home
        The way to the first screen's folder, such as ``"../../"``.
    current
        File name of the page that is open, if it is one of these.
    course
        Title of the course.
    """
    names = {
        "index.html": course,
        "teach.html": "Teach",
        "register.html": "Register",
        "autopsy.html": "Autopsy",
        "glossary.html": "Glossary",
        "data.html": "Data",
    }
    return tuple(
        Link(label=label, href=home + name, current=name == current)
        for name, label in names.items()
    )


def whole_page(
    template: str, body: str = "", *, sheets: Sequence[str] = (), **values: Any
) -> str:
    """Fill in a page around the lessons; its formulas are those of ``body``.

    ``sheets`` are style sheets that only this page needs.
    """
    css = font_face(characters(body)) + style("base", "page", "site", *sheets, "print")
    page = environment().get_template(template)
    return self_contained(page.render(css=Markup(css), **values))  # noqa: S704


def frame_at(manifest: Manifest, name: str, *, home: str = "") -> Frame:
    """Return what stands around a page of that name, at the head of the site."""
    site = navigation(home, name, course=manifest.title)
    return Frame(course=manifest.title, site=site, wide=name == "index.html")


def folder_of(lesson: str) -> str:
    """Return the folder of a lesson's pages, as seen from the first screen."""
    return f"lessons/{lesson}"


def render_index(
    manifest: Manifest,
    *,
    claims: Mapping[str, Claim],
    verdicts: Sequence[Judged],
    editions: Mapping[str, str],
) -> str:
    """Return the first screen, and the lessons by part and by route.

    Parameters
    ----------
    manifest
        The course.
    claims
        The register, by claim id.
    verdicts
        What the lessons found.
    editions
        File name of each further edition of a lesson, and what it is called.
    """
    groups: dict[str, list[Claim]] = {
        word: [one for one in claims.values() if _word(one, verdicts) == word]
        for word in (*VERDICTS, NOT_JUDGED, QUOTED)
    }
    quoted = groups.pop(QUOTED)
    if not groups[NOT_JUDGED]:
        del groups[NOT_JUDGED]
    shown = {
        name: _listed(manifest, lesson, editions)
        for name, lesson in manifest.lessons.items()
    }
    return whole_page(
        "index.html",
        frame=frame_at(manifest, "index.html"),
        sentence=manifest.sentence,
        total=len(claims) - len(quoted),
        quoted=len(quoted),
        rows=[
            {"verdict": verdict, "claims": group, "glyph": _mark(verdict)}
            for verdict, group in groups.items()
        ],
        parts=[
            {
                "number": part.number,
                "title": part.title,
                "lessons": [
                    shown[name]
                    for name, lesson in manifest.lessons.items()
                    if lesson.part == part.number
                ],
            }
            for part in manifest.parts.values()
        ],
        routes=[
            {
                "title": route.title,
                "says": route.says,
                "lessons": [shown[name] for name in route.lessons],
                "teach": sum(manifest.lessons[n].teach for n in route.lessons),
                "practise": sum(manifest.lessons[n].practise for n in route.lessons),
            }
            for route in manifest.routes.values()
        ],
    )


def _listed(
    manifest: Manifest, lesson: Lesson, editions: Mapping[str, str]
) -> dict[str, Any]:
    folder = folder_of(lesson.name)
    return {
        "title": lesson.title,
        "folder": folder,
        "teach": lesson.teach,
        "practise": lesson.practise,
        "outcome": lesson.outcome,
        "routes": [route.title for route in manifest.routes_of(lesson.name)],
        "links": [
            Link(label=label, href=f"{folder}/{name}")
            for name, label in editions.items()
        ],
    }


def _mark(verdict: str) -> Markup:
    return Markup(glyph(verdict))  # noqa: S704


def _word(claim: Claim, verdicts: Sequence[Judged]) -> str:
    """Return the verdict on a claim, or why there is none."""
    own = [verdict.verdict for verdict in verdicts if verdict.claim == claim.id]
    return own[-1] if own else NOT_JUDGED if claim.lesson else QUOTED


def render_register(
    manifest: Manifest, *, claims: Mapping[str, Claim], verdicts: Sequence[Judged]
) -> str:
    """Return the claim register: what the books say, what we found."""
    writer = Writer(lambda claim_id: f"#{claim_id}", claims)
    books: dict[str, dict[str, Any]] = {}
    for claim in sorted(claims.values(), key=lambda claim: claim.id):
        book = books.setdefault(claim.book, _book(manifest, claim.book))
        book["entries"].append(_entry(manifest, claim, verdicts, writer))
    in_order = [books[key] for key in (*manifest.books, *books) if key in books]
    return whole_page(
        "register.html",
        frame=frame_at(manifest, "register.html"),
        legend=[
            {"verdict": verdict, "glyph": _mark(verdict), "means": means}
            for verdict, means in MEANS.items()
        ],
        evidence=list(EVIDENCE.values()),
        books=list({book["key"]: book for book in in_order}.values()),
    )


def _book(manifest: Manifest, key: str) -> dict[str, Any]:
    if not key:
        title, by = "Not in the books", "Critics, papers and reports that are quoted"
    elif key in manifest.books:
        book = manifest.books[key]
        title, by = book.title, f"{book.authors}, {book.year}"
    else:
        raise ValueError(
            f"claims.toml names a book {key!r} that course.toml does not have. "
            f"Its books are: {', '.join(manifest.books)}."
        )
    return {"key": key or "other", "title": title, "by": by, "entries": []}


def _entry(
    manifest: Manifest, claim: Claim, verdicts: Sequence[Judged], writer: Writer
) -> dict[str, Any]:
    own = [verdict for verdict in verdicts if verdict.claim == claim.id]
    word = _word(claim, verdicts)
    return {
        "claim": claim,
        "says": _inline(writer, claim.says),
        "status": _STATUS[claim.status],
        "word": word,
        "glyph": _mark(word),
        "verdicts": [
            {
                "found": _inline(writer, verdict.found),
                "because": _inline(writer, verdict.because),
                "evidence": [EVIDENCE[kind] for kind in verdict.evidence],
                "lesson": manifest.lessons[verdict.lesson].title,
                "href": f"{folder_of(verdict.lesson)}/trainee.html#cell-{verdict.cell}",
            }
            for verdict in own
        ],
    }


def _inline(writer: Writer, markdown: str) -> Markup:
    return Markup(writer.inline(markdown))  # noqa: S704
