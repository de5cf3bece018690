"""What one looks up: the glossary, and the pages of the tables."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from cxlab.course.glossary import Term
from cxlab.course.manifest import Manifest
from cxlab.course.render.frame import Link
from cxlab.course.render.site import folder_of, frame_at, whole_page
from cxlab.course.render.text import Writer, formula
from cxlab.datasets import LABELS, Dataset

_LABEL_MEANS = {
    "REAL": "Answers and behaviour of people, as they were recorded.",
    "FICTIONAL": "Invented by somebody else, to teach with.",
    "GENERATED": "Made by this course from a seed; its truth is an argument.",
    "PUBLISHED TABLE": "Printed in a paper or a book, and typed in from there.",
}


def render_glossary(manifest: Manifest, terms: Sequence[Term]) -> str:
    """Return the words of the course, with their formulas and Russian terms."""
    writer = Writer(lambda claim_id: f"register.html#{claim_id}", ())
    shown = [
        {
            "key": term.key,
            "term": term.term,
            "definition": Markup(writer.inline(term.definition)),  # noqa: S704
            "formula": Markup(formula(term.formula) if term.formula else ""),  # noqa: S704
            "function": term.function,
            "russian": term.russian,
        }
        for term in terms
    ]
    body = "".join(f"{term['definition']}{term['formula']}" for term in shown)
    frame = frame_at(manifest, "glossary.html")
    return whole_page("glossary.html", body, frame=frame, terms=shown)


def render_data(manifest: Manifest, tables: Mapping[str, Dataset]) -> str:
    """Return the list of all tables, by label."""
    groups = [
        {
            "label": label,
            "means": _LABEL_MEANS[label],
            "tables": [
                {"name": t.name, "title": t.title, "size": _size(t)}
                for t in tables.values()
                if t.label == label
            ],
        }
        for label in LABELS
    ]
    return whole_page(
        "data.html",
        frame=frame_at(manifest, "data.html"),
        groups=[group for group in groups if group["tables"]],
    )


def render_dataset(manifest: Manifest, table: Dataset) -> str:
    """Return the page of one table: origin, licence, columns, what is invented."""
    lessons = [
        Link(label=lesson.title, href=f"../{folder_of(lesson.name)}/trainee.html")
        for lesson in manifest.lessons.values()
        if table.name in lesson.data
    ]
    return whole_page(
        "dataset.html",
        frame=frame_at(manifest, "", home="../"),
        table=table,
        size=_size(table),
        lessons=lessons,
    )


def _size(table: Dataset) -> str:
    if table.rows is None:
        return "as many rows as the lesson asks for"
    return f"{table.rows:,} rows" if table.rows > 1 else "1 row"
