"""Progress is read from saved notebooks, and no broken one stops the reading."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook, new_output, writes

from cxlab.course import cli
from cxlab.course import status as module
from cxlab.course.manifest import manifest
from cxlab.course.render.certificate import calibration, picture, render_certificate
from cxlab.course.start import RECORD, start
from cxlab.course.status import Guess, NothingGiven, status
from cxlab.course.told import lines, tell
from cxlab.records import MIME

LESSON = "10_effort_and_disloyalty"


def _cell(*payloads: object, source: str = "", check: bool = False) -> Any:
    outputs = [new_output("display_data", data={MIME: one}) for one in payloads]
    metadata = {"tags": ["check"]} if check else {}
    return new_code_cell(source, outputs=outputs, metadata=metadata)


def _checks(*outcomes: str | None) -> list[Any]:
    """Make one check each; None: it was never run."""
    return [
        _cell(*([] if said is None else [_check(f"c{k}", said)]), check=True)
        for k, said in enumerate(outcomes)
    ]


def _check(name: str, outcome: str) -> dict[str, str]:
    return {"kind": "check", "id": name, "outcome": outcome}


def _guess(value: object, came_out: object, within: object = 10.0) -> list[Any]:
    return [
        _cell({"kind": "prediction", "id": "g", "value": value},
              source='predict("g", None)'),
        _cell({"kind": "outcome", "id": "g", "value": came_out, "within": within}),
    ]  # fmt: skip


def _saved(folder: Path, cells: Iterable[Any], name: str = LESSON) -> None:
    (folder / f"{name}.ipynb").write_text(
        writes(new_notebook(cells=list(cells))), encoding="utf-8"
    )


def _read(folder: Path) -> module.LessonStatus:
    [one] = status(folder).lessons
    return one


def test_checks_are_counted_by_what_they_said_last(tmp_path: Path) -> None:
    """A check that is run again has one outcome, and one never run is open."""
    again = _cell(_check("c0", "not yet"), _check("c0", "right"), check=True)
    _saved(tmp_path, [again, *_checks("right", "not yet", "not answered", None)[1:]])
    found = _read(tmp_path)
    assert (found.right, found.not_yet, found.unanswered) == (1, 1, 2)
    assert not found.complete


def test_a_lesson_is_complete_when_every_check_is_right(tmp_path: Path) -> None:
    """One open check is not complete; no check at all is not, either."""
    _saved(tmp_path, _checks("right", "right"))
    assert _read(tmp_path).complete
    _saved(tmp_path, [])
    assert not _read(tmp_path).complete


@pytest.mark.parametrize(
    ("value", "came_out", "within", "steps", "near"),
    [
        (50, 56.4, 10.0, -0.64, True),
        (66.4, 56.4, 10.0, 1.0, True),  # on the edge counts
        (80, 16.0, 10.0, 6.4, False),
        ("b", "B", 10.0, None, True),
        ("A", "B", 10.0, None, False),
    ],
)
def test_a_guess_is_near_within_its_band(
    value: Any, came_out: Any, within: float, steps: float | None, *, near: bool
) -> None:
    """How far off is told in bands, so that months and shares can stand together."""
    guess = Guess(lesson=LESSON, value=value, came_out=came_out, within=within)
    assert (guess.steps, guess.near) == (steps, near)


def test_a_guess_without_what_came_out_is_made_and_not_judged(tmp_path: Path) -> None:
    """She has guessed, and not yet read on."""
    _saved(tmp_path, _guess(30, None))
    found = _read(tmp_path)
    assert (found.asked, found.guessed, found.guesses) == (1, 1, ())


@pytest.mark.parametrize(
    ("value", "came_out", "within"),
    [
        (None, 5.0, 1.0),
        (float("nan"), 5.0, 1.0),
        (5.0, float("inf"), 1.0),
        (True, 5.0, 1.0),
        ([5], 5.0, 1.0),
        ("A", 5.0, 1.0),
        (5.0, 5.0, 0.0),
        (5.0, 5.0, "much"),
        (5.0, 5.0, None),
    ],
)
def test_what_cannot_be_compared_is_left_out(
    tmp_path: Path, value: object, came_out: object, within: object
) -> None:
    """Records can be edited by hand, as all of a notebook can."""
    _saved(tmp_path, _guess(value, came_out, within))
    assert _read(tmp_path).guesses == ()


BROKEN = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe\x00",
    b'{"cells": 5, "metadata": {}, "nbformat": 4}',
    b'{"cells": [5, null, []], "metadata": {}, "nbformat": 4}',
    b'{"cells": [{"outputs": 5}], "metadata": {}, "nbformat": 4}',
    b'{"cells": [{"source": 5, "outputs": [5]}], "metadata": {}, "nbformat": 4}',
    b'{"cells": [{"metadata": 5, "source": ["x"]}], "metadata": {}, "nbformat": 4}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("data", BROKEN, ids=range(len(BROKEN)))
def test_no_broken_notebook_stops_the_reading(tmp_path: Path, data: bytes) -> None:
    """The others are read all the same, and the broken one is left as it is."""
    _saved(tmp_path, _checks("right"))
    broken = tmp_path / "11_effort_drivers.ipynb"
    broken.write_bytes(data)
    found = status(tmp_path)
    assert [one.right for one in found.lessons] == [1, 0]
    assert broken.read_bytes() == data
    render_certificate(manifest(), found)
    lines(found)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["kind", "id", "outcome", "value", "within", "data", MIME]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(output=json_values, tags=json_values)
def test_whatever_lies_in_an_output_is_survived(output: object, tags: object) -> None:
    """Other tools write into notebooks, too."""
    cell = {"cell_type": "code", "metadata": {"tags": tags}, "outputs": [output]}
    found = module._of_cells(manifest().lesson("10"), "x.ipynb", [cell], "")
    assert found.right == 0 or found.checks <= 1


def test_a_folder_as_it_was_given_is_all_open(tmp_path: Path) -> None:
    """Every check of the lesson is counted, though nothing has been run."""
    start(tmp_path, lessons=["10", "42"])
    found = status(tmp_path)
    assert [one.lesson.name[:2] for one in found.lessons] == ["10", "42"]
    assert all(one.unanswered == one.checks > 0 for one in found.lessons)
    assert [one.asked for one in found.lessons] == [1, 2]
    assert [one.remark for one in found.lessons] == ["", ""]


def test_a_lesson_that_has_changed_since_is_named(tmp_path: Path) -> None:
    """The trainee learns how to get the new one."""
    start(tmp_path, lessons=["10"])
    note = json.loads((tmp_path / RECORD).read_text(encoding="utf-8"))
    note["given"] = {LESSON: {f"{LESSON}.ipynb": "as it was last year"}}
    (tmp_path / RECORD).write_text(json.dumps(note), encoding="utf-8")
    assert "has changed: cxlab start" in _read(tmp_path).remark
    start(tmp_path, lessons=["10"])
    assert _read(tmp_path).remark == ""  # it was the same one, under its own name


def test_the_file_in_which_most_was_done_counts(tmp_path: Path) -> None:
    """An update beside a lesson half done takes nothing away."""
    _saved(tmp_path, _checks("right", "right", None))
    _saved(tmp_path, _checks(None, None, None), f"{LESSON} (update)")
    found = _read(tmp_path)
    assert (found.file, found.right) == (f"{LESSON}.ipynb", 2)
    assert found.remark == "an update lies beside it"


def test_a_damaged_record_is_said_and_survived(tmp_path: Path) -> None:
    """The notebooks count, not the note of them."""
    _saved(tmp_path, _checks("right"))
    (tmp_path / RECORD).write_text("{", encoding="utf-8")
    assert "cannot be read" in _read(tmp_path).remark
    assert _read(tmp_path).right == 1


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    """Most likely it is the wrong one."""
    with pytest.raises(NothingGiven, match="cxlab start"):
        status(tmp_path)
    assert cli.main(["status", str(tmp_path)]) == 2


def test_the_report_adds_up(tmp_path: Path) -> None:
    """One line a lesson, and the sum in words."""
    _saved(tmp_path, [*_checks("right", "not yet"), *_guess(50, 56.4)])
    report = lines(status(tmp_path))
    assert report[1].split() == [LESSON, "1", "1", "0", "1", "of", "1"]
    assert report[-1].endswith(
        "1 of 2 checks right in 1 lesson. 1 of 1 guesses came near."
    )


def test_a_certificate_is_a_page_with_its_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What stands on it is what was saved."""
    _saved(tmp_path, [*_checks("right", "right"), *_guess(80, 56.4)])
    page = tmp_path / "certificate.html"
    assert cli.main(["status", str(tmp_path), "--certificate", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert "2 of 2 checks right, and one lesson complete. 0 of 1 guesses" in text
    assert "80" in text
    assert "56.4" in text
    assert str(tmp_path) not in text
    assert f"Open {page}" in capsys.readouterr().out


def test_a_certificate_never_takes_the_place_of_a_notebook(tmp_path: Path) -> None:
    """A mistyped name must not cost an evening's answers."""
    _saved(tmp_path, _checks("right"))
    own = tmp_path / f"{LESSON}.ipynb"
    before = own.read_bytes()
    with pytest.raises(ValueError, match=r"end in \.html"):
        tell(str(tmp_path), own)
    assert own.read_bytes() == before


def _of(*steps: float) -> tuple[Guess, ...]:
    return tuple(
        Guess(lesson=LESSON, value=10 * step, came_out=0.0, within=10.0)
        for step in steps
    )


def test_the_picture_shows_every_guess_and_says_what_it_shows() -> None:
    """Near dots are filled and inside the band; the rest are not, however close."""
    drawn = str(picture(_of(0.2, -1.05, 3, 99)))
    assert drawn.count('class="near"') == 1
    assert drawn.count('class="far"') == 3
    words = "Of 4 guesses in numbers 1 came near, 2 were too high and 1 too low."
    assert calibration(_of(0.2, -1.05, 3, 99)) == words
    assert f'aria-label="{words}"' in drawn


def test_without_numbers_there_is_no_picture() -> None:
    """Letters are right or wrong, and have no distance."""
    guess = Guess(lesson=LESSON, value="A", came_out="B", within=1.0)
    assert str(picture((guess,))) == ""
    assert "No guess in numbers" in calibration((guess,))
