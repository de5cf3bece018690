"""The register tells all of each claim, and how firmly its verdict stands."""

import re

import pytest

from cxlab.course.manifest import Manifest, manifest
from cxlab.course.render.judged import Judged, by_book
from cxlab.course.render.register import firmness, render_register
from cxlab.course.render.verdicts import slug
from cxlab.course.stability import Stability
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
        interval="No interval: arithmetic.",
    )


@pytest.fixture
def html(course: Manifest, claims: dict[str, Claim], verdict: Judged) -> str:
    firm = Stability(verdict="overstated", times=19, runs=20, draws=True)
    return render_register(
        course, claims=claims, verdicts=[verdict], stability={verdict.claim: firm}
    )


def test_the_register_tells_all_of_a_claim(
    claims: dict[str, Claim], verdict: Judged, html: str
) -> None:
    """What is printed, where, how it was tested, what came out, how firmly, and so."""
    claim = claims[verdict.claim]
    entry = html[html.index(f'id="{claim.id}"') :]
    entry = entry[: entry.index("</section>")]
    for said in (
        claim.figure,
        claim.tested,
        "overstated",
        "the same in 19 of 20 seeds",
        verdict.found,
        verdict.interval,
        verdict.because,
        claim.answer,
    ):
        assert said in entry
    link = f"lessons/{verdict.lesson}/trainee.html#cell-verdict"
    assert f'<a href="{link}">' in entry


def test_the_register_holds_every_claim(claims: dict[str, Claim], html: str) -> None:
    assert sorted(re.findall(r'class="entry" id="([^"]+)"', html)) == sorted(claims)


def test_each_choice_says_how_many_claims_it_gives(
    course: Manifest, claims: dict[str, Claim], html: str
) -> None:
    """Without a network and before any script: the counts stand in the file."""
    counts = dict(
        re.findall(
            r'id="book=([^"]+)">.*?<span class="count">(\d+)</span>', html, re.DOTALL
        )
    )
    shelves = by_book(course, claims.values())
    assert counts == {shelf.key: str(len(shelf.claims)) for shelf in shelves}
    for word in VERDICTS:
        assert f'id="verdict={slug(word)}"' in html


@pytest.mark.parametrize(
    ("stability", "said"),
    [
        (None, "not swept yet"),
        (("open", 20, True), "the same in 20 of 20 seeds"),
        (("open", 20, False), "uses no draw: every seed gives the same"),
        (("holds", 11, True), "holds in 11 of 20 runs, where this page says open"),
    ],
)
def test_how_firmly_a_verdict_stands_is_said(
    stability: tuple[str, int, bool] | None, said: str
) -> None:
    """Also where the sweep would rather have another verdict."""
    firm = stability and Stability(
        verdict=stability[0], times=stability[1], runs=20, draws=stability[2]
    )
    assert firmness("open", firm) == said


def test_a_book_that_the_course_does_not_have_is_named(
    course: Manifest, claims: dict[str, Claim], claim_id: str
) -> None:
    strange = Claim(**{**vars(claims[claim_id]), "book": "unknown"})
    with pytest.raises(ValueError, match=r"'unknown' that course\.toml does not"):
        by_book(course, [strange])
