"""What a lesson says to the reader, and what it leaves for the tests."""

import base64
import math
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from cxlab import lesson
from cxlab.plots import style
from cxlab.records import FIGURE_MIME, MIME

ALT = "A bar chart in which the middle bar is the highest of the three."


@pytest.fixture
def outputs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, Any]]:
    """Collect what a cell would show: pairs of data and metadata."""
    seen: list[tuple[Any, Any]] = []
    monkeypatch.setattr("IPython.core.getipython.get_ipython", object)
    monkeypatch.setattr(
        "IPython.display.publish_display_data",
        lambda data, meta: seen.append((data, meta)),
    )
    return seen


@style.styled
def bars() -> Any:
    """Draw three bars with a message."""
    ax = style.new_axes()
    ax.bar([1, 2, 3], [1, 3, 2])
    style.say_message(ax, "The middle is the highest")
    return ax


def test_a_record_gives_its_value_back(outputs: list[tuple[Any, Any]]) -> None:
    """So that it can stand in the middle of a sum."""
    assert lesson.record("share", np.float64(0.25), "share") == 0.25
    payload = outputs[0][0][MIME]
    assert payload == {
        "kind": "result",
        "name": "share",
        "value": 0.25,
        "unit": "share",
    }
    assert type(payload["value"]) is float


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_result_that_is_not_finite_is_refused(value: float) -> None:
    """No test could hold it."""
    with pytest.raises(ValueError, match="not finite"):
        lesson.record("share", value)


def test_a_table_is_no_result() -> None:
    """The numbers that matter are recorded one by one."""
    with pytest.raises(TypeError, match="one by one"):
        lesson.record("table", pd.DataFrame())  # type: ignore[type-var]


def test_a_sentence_computes_its_numbers(outputs: list[tuple[Any, Any]]) -> None:
    """A number typed in would stay when the knob turns."""
    lesson.say("{share:.0%} would leave", share=0.2)
    data, meta = outputs[0]
    assert data["text/markdown"] == "20% would leave"
    assert meta["cxlab"]["kind"] == "say"


def test_a_figure_is_drawn_for_page_phone_and_slide(
    outputs: list[tuple[Any, Any]],
) -> None:
    """Each at its own width, so that no text is shrunk."""
    lesson.show(bars(), alt=ALT, data="mobi")
    (data, meta), (source, _) = outputs
    widths = [data[FIGURE_MIME][name]["width"] for name in ("narrow", "slide")]
    assert widths == [328, 614]
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert data[FIGURE_MIME]["message"] == "The middle is the highest"
    assert meta["image/png"]["alt"] == ALT
    assert source["text/plain"].startswith("REAL. ECSI")


def test_a_figure_without_words_for_the_blind_is_refused() -> None:
    """'plot' says nothing to those who do not see it."""
    with pytest.raises(ValueError, match="on the telephone"):
        lesson.show(bars(), alt="a plot", data="mobi")


def test_a_figure_of_unknown_data_is_refused() -> None:
    """Every picture says whether its people are real."""
    with pytest.raises(ValueError, match="no table 'mob'"):
        lesson.show(bars(), alt=ALT, data="mob")


def test_a_table_is_clean_html(outputs: list[tuple[Any, Any]]) -> None:
    """Caption and header cells with scope; what a cell holds is escaped."""
    table = pd.DataFrame({"group": ["<easy>", "hard"], "share": [0.09, 0.96]})
    lesson.show(table, alt=ALT, data="mobi", formats={"share": "{:.0%}"})
    page = outputs[0][0]["text/html"]
    assert f"<caption>{ALT}</caption>" in page
    assert '<th scope="row">&lt;easy&gt;</th><td class="cx-number">9%</td>' in page
    assert "<th></th>" not in page


def test_a_readers_own_table_says_itself_where_it_is_from(
    outputs: list[tuple[Any, Any]],
) -> None:
    """It is in no registry."""
    own = SimpleNamespace(label="REAL", source="Your own table visits.csv, 812 rows.")
    lesson.show(bars(), alt=ALT, data=own)
    assert outputs[0][1]["cxlab"]["source"] == f"REAL. {own.source}"


def test_a_claim_shows_its_evidence_and_the_authors_answer(
    outputs: list[tuple[Any, Any]],
) -> None:
    """A fair verdict lets the other side speak."""
    lesson.claim(
        "E13",
        verdict="open",
        found="In a world we made up, it can be so.",
        because="No cut-offs are printed.",
        evidence="illustration",
    )
    data, _ = outputs[0]
    assert data[MIME]["verdict"] == "open"
    assert "never evidence" in data["text/html"]
    assert "The author would answer" in data["text/html"]


def test_an_illustration_cannot_uphold_a_claim() -> None:
    """The lesson stops there and then."""
    with pytest.raises(ValueError, match="never evidence"):
        lesson.claim(
            "E13", verdict="holds", found="x", because="y", evidence="illustration"
        )


def test_a_guess_is_kept(outputs: list[tuple[Any, Any]]) -> None:
    """It is compared later with what came out."""
    lesson.predict("middle", 50)
    assert lesson.predicted("middle") == 50
    lesson.predict("middle", None)
    assert lesson.predicted("middle") is None
    assert "No guess yet" in outputs[1][0]["text/plain"]


def test_what_came_out_is_kept_beside_the_guess(outputs: list[tuple[Any, Any]]) -> None:
    """Readers see how near their guesses come; a page shows nothing of it."""
    lesson.predict("middle", 50)
    assert lesson.predicted("middle", np.float64(56.4), within=5) == 50
    data, _ = outputs[1]
    outcome = {"kind": "outcome", "id": "middle", "value": 56.4, "within": 5.0}
    assert data == {MIME: outcome}


CheckCall = Callable[[object], str]


@pytest.fixture
def ask(outputs: list[tuple[Any, Any]]) -> CheckCall:
    """Ask one exercise: twenty times, where ten is half of it."""

    def answer(given: object) -> str:
        lesson.check(
            "times",
            given,
            expect=20.0,
            near_misses={10.0: "That is half of them."},
            hint="Count again.",
            tol=0.5,
        )
        said: str = outputs[-1][0]["text/plain"]
        return said

    return answer


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, "Not answered"),
        (20, "Right."),
        (20.5, "Right."),
        ("20", "Right."),
        (np.float64(19.6), "Right."),
        (10, "Not yet. That is half of them."),
        (7, "Not yet. Count again."),
        ("twenty", "Not yet. Give one number"),
        ([20], "Not yet. Give one number"),
        (math.nan, "Not yet. Give one number"),
        (True, "Not yet. Give one number"),
    ],
)
def test_a_check_answers_every_kind_of_answer(
    ask: CheckCall, given: object, said: str
) -> None:
    """Right, a likely mistake, another mistake, or not answered; never an error."""
    assert ask(given).startswith(said)


def test_a_check_knows_when_its_near_misses_collide(
    outputs: list[tuple[Any, Any]],
) -> None:
    """Two mistakes within tol of each other would get the wrong hint."""
    for misses, faithful in (
        ({10.0: "a", 11.0: "b"}, True),
        ({10: "a", 10.2: "b"}, False),
    ):
        lesson.check("x", None, expect=20.0, hint="c", near_misses=misses, tol=0.5)
        assert outputs[-1][0][MIME]["faithful"] is faithful


def test_outside_a_notebook_the_words_are_printed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The same functions work in a plain Python session."""
    lesson.say("{n} customers", n=3)
    assert capsys.readouterr().out == "3 customers\n"
