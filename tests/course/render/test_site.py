"""The pages around the lessons say what was found, and where to see it."""

import re

import pytest

from cxlab.course.glossary import Term, glossary
from cxlab.course.manifest import Manifest, manifest
from cxlab.course.render.judged import Judged, judged
from cxlab.course.render.picture import picture_of
from cxlab.course.render.reference import render_data, render_dataset, render_glossary
from cxlab.course.render.site import render_index
from cxlab.datasets import LABELS, registry
from cxlab.register import VERDICTS, Claim


@pytest.fixture
def course() -> Manifest:
    return manifest()


@pytest.fixture
def verdict(course: Manifest, claim_id: str) -> Judged:
    return Judged(
        claim=claim_id,
        verdict="overstated",
        found="Five fifths rise.",
        because="It hides the middle.",
        evidence=("arithmetic",),
        lesson=next(iter(course.lessons)),
        cell="verdict",
    )


def test_the_first_screen_has_one_sentence_one_picture_three_doors(
    course: Manifest, claims: dict[str, Claim], verdict: Judged
) -> None:
    html = render_index(course, claims=claims, verdicts=[verdict], editions={})
    assert f"<h1>{course.sentence}</h1>" in html
    assert html.count('class="glyph"') >= len(VERDICTS)
    assert re.findall(r"<strong>(Learn|Teach|Check)</strong>", html) == [
        "Learn",
        "Teach",
        "Check",
    ]


def test_every_claim_stands_in_the_picture_once(
    course: Manifest, claims: dict[str, Claim], verdict: Judged
) -> None:
    html = render_index(course, claims=claims, verdicts=[verdict], editions={})
    shown = re.findall(r'<li><a href="register.html#([^"]+)" title', html)
    judged_ones = {key for key, one in claims.items() if one.lesson} | {verdict.claim}
    assert sorted(shown) == sorted(judged_ones)


def test_the_picture_groups_claims_by_book_and_verdict(
    course: Manifest, claims: dict[str, Claim], verdict: Judged
) -> None:
    """Each claim stands in the row of its book, under the verdict it met."""
    picture = picture_of(course, claims=claims, verdicts=[verdict])
    words = [column.word for column in picture.columns]
    assert words[: len(VERDICTS)] == list(VERDICTS)
    place = words.index("overstated")
    [row] = [row for row in picture.rows if row.cells[place]]
    assert row.key == (claims[verdict.claim].book or "other")
    assert row.cells[place] == (claims[verdict.claim],)
    drawn = sum(len(cell) for row in picture.rows for cell in row.cells)
    assert drawn == picture.judged == sum(column.count for column in picture.columns)
    assert picture.judged + picture.quoted == len(claims)


def test_each_mark_has_a_name_and_its_claim_as_a_hint(
    course: Manifest, claims: dict[str, Claim], verdict: Judged
) -> None:
    """A mark without a name would be nothing to those who do not see it."""
    html = render_index(course, claims=claims, verdicts=[verdict], editions={})
    assert f'aria-label="{verdict.claim}, overstated"' in html
    assert picture_of(course, claims=claims, verdicts=[verdict]).message in html


def test_what_no_lesson_judged_is_called_so(
    course: Manifest, claims: dict[str, Claim], verdict: Judged
) -> None:
    html = render_index(course, claims=claims, verdicts=[], editions={})
    assert "not judged yet" in html
    everything = [Judged(**{**vars(verdict), "claim": one}) for one in claims]
    html = render_index(course, claims=claims, verdicts=everything, editions={})
    assert "not judged yet" not in html


def test_lessons_are_listed_with_minutes_routes_and_editions(
    course: Manifest, claims: dict[str, Claim]
) -> None:
    editions = {"slides.html": "Slides"}
    html = render_index(course, claims=claims, verdicts=[], editions=editions)
    for name, lesson in course.lessons.items():
        assert f'href="lessons/{name}/trainee.html">{lesson.title}</a>' in html
        assert f"{lesson.teach} minutes to teach, {lesson.practise} to practise" in html
        assert f'href="lessons/{name}/slides.html">Slides</a>' in html
    for route in course.routes.values():
        assert f"<h3>{route.title}</h3>" in html


def test_verdicts_are_read_from_the_records_of_a_run() -> None:
    record = {
        "kind": "claim",
        "id": "E13",
        "verdict": "holds",
        "found": "x",
        "because": "y",
        "evidence": ["arithmetic"],
        "cell": "worth",
    }
    assert judged("10_effort", [{"kind": "result"}, record])[0].cell == "worth"


def test_the_glossary_gives_formula_function_and_russian(course: Manifest) -> None:
    term = Term(
        key="odds",
        term="odds",
        definition="Share over its rest, $p/(1-p)$.",
        formula=r"\frac{p}{1-p}",
        function="cxlab.effort.odds",
        russian="шансы",
    )
    html = render_glossary(course, [term])
    assert html.count("<math") == 2
    assert '<span class="russian" lang="ru">шансы</span>' in html
    assert "Course Math" in html


def test_every_term_of_the_glossary_can_be_rendered(course: Manifest) -> None:
    html = render_glossary(course, glossary())
    assert all(f'id="{term.key}"' in html for term in glossary())


def test_every_table_has_its_page(course: Manifest) -> None:
    listed = render_data(course, registry())
    for table in registry().values():
        assert f'href="data/{table.name}.html"' in listed
        html = render_dataset(course, table)
        assert f'<p class="eyebrow">{table.label}</p>' in html
        assert table.sha256 in html
        assert html.count('<th scope="row">') == len(table.columns)


def test_tables_are_listed_under_their_label(course: Manifest) -> None:
    html = render_data(course, registry())
    shown = re.findall(r"<h2>([A-Z ]+)</h2>", html)
    there = {table.label for table in registry().values()}
    assert shown == [label for label in LABELS if label in there]
