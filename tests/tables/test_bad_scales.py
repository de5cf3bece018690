"""Scales that run the other way, or end sooner: both readings are possible, so ask."""

import pytest

pytestmark = pytest.mark.once  # the same rules on every Python

UP = ["7", "6", "2", "1"]  # effort, or what effort should be the opposite of
YES = ["true", "true", "false", "false"]


def contacts(**columns):
    """Return 120 contacts of which columns repeat these cells, the rest little."""
    plain = {"transfers": [""], "repeated_information": [""], "minutes": [""]}

    def make(t):
        made = t("contacts").long(120)
        for column, cells in {**plain, **columns}.items():
            made.all(column, cells)
        return made.text()

    return make


def surveys(**columns):
    def make(t):
        made = t("surveys").long(120)
        for column, cells in columns.items():
            made.all(column, cells)
        return made.text()

    return make


SAY = "1 must mean easy and 7 hard: say --reversed effort if high means easy"
SCALES = {
    "hard contacts are the resolved ones": (
        "contacts",
        contacts(effort=UP, resolved=YES),
        ["row 2, column effort, value '7': effort seems to be reversed: it is high",
         "where resolved is high. " + SAY, "or --not-reversed effort"],
    ),
    "easy contacts are handed on": (
        "contacts",
        contacts(effort=UP, resolved=["true"], transfers=["0", "0", "3", "4"]),
        ["effort seems to be reversed: it is low where transfers is high. " + SAY],
    ),
    "one sign says reversed, another does not": (
        "contacts",
        contacts(effort=UP, resolved=YES, transfers=["3", "4", "0", "0"]),
        ["it is high where resolved is high, though not with transfers"],
    ),
    "those it was hard for are satisfied": (
        "surveys",
        surveys(effort=UP, satisfaction=["6", "7", "1", "2"], stay=["4"], met=["0"],
                recommend=["5"], quality=["7", "1"], value=["7", "1"]),
        ["row 2, column effort, value '7': effort seems to be reversed: it is high",
         "where satisfaction is high. " + SAY],
    ),
    "those it was hard for recommend": (
        "surveys",
        surveys(effort=UP, satisfaction=["7", "1", "4"], stay=["7", "1", "4"],
                met=["0"], recommend=["9", "8", "2", "0"]),
        ["it is high where recommend is high. " + SAY],
    ),
    "five points taken for seven": (
        "contacts",
        contacts(effort=["5", "4", "3", "2", "1"], resolved=["true"]),
        ["row 2, column effort, value '5': no answer lies outside 1 to 5, on a scale "],
    ),
    "minus two to two taken for three": (
        "surveys",
        surveys(met=["-2", "-1", "0", "1", "2"], satisfaction=["7", "1"], effort=[""],
                stay=["7", "1"], quality=["7", "1"], value=["7", "1"]),
        ["column met, value '2': no answer lies outside -2 to 2, on a scale from -3 t"],
    ),
    "seven points taken for eleven": (
        "surveys",
        surveys(recommend=["1", "7", "4"], satisfaction=["7", "1"], effort=[""],
                stay=["7", "1"], met=["3", "-3"], quality=["7", "1"], value=["7", "1"]),
        ["column recommend, value '7': no answer lies outside 1 to 7, on a scale from"],
    ),
}  # fmt: skip
NAMES = {
    "CES": ["row 1, column effort, value 'CES': scales of that name run up in some"],
    "ease": ["row 1, column effort, value 'ease': scales of that name run up in some"],
}
SAID = {
    "what lies beyond the ends that were said": (
        "--scale effort=1-5",
        ["row 3, column effort, value '6': must be a number from 1 to 5, as --scale s"],
    ),
    "ends that are none": ("--scale effort=5", ["Write it as --scale effort=1-5"]),
    "ends upside down": ("--scale effort=7-1", ["Write it as --scale effort=1-5"]),
    "a scale that is none": (
        "--scale minutes=1-5",
        ["minutes of contacts is no scale that could be turned or stretched; scales a"],
    ),
    "turning what is no scale": ("--reversed minutes", ["minutes of contacts is no s"]),
    "turning what there is not": (
        "--reversed efforts",
        ["has no column 'efforts'; the nearest is 'effort'"],
    ),
    "both at once": (
        "--reversed effort --not-reversed effort",
        ["effort cannot be both reversed and not reversed: say one"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SCALES)
def test_a_scale_that_may_be_read_in_two_ways_is_refused(case, bad, refused):
    table, make, said = SCALES[case]
    refused(bad(make, said, table=table))


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_does_not_tell_the_direction_is_refused(name, bad, refused):
    refused(bad(lambda t: t("contacts").head(effort=name).text(), NAMES[name]))


@pytest.mark.parametrize("case", SAID)
def test_what_is_said_of_a_scale_must_be_true(case, bad, refused):
    options, said = SAID[case]
    make = contacts(effort=["5", "6", "1", "2"], resolved=YES)
    refused(bad(make, said, options=options))


class TestWhatSettlesIt:
    def test_said_to_be_reversed_it_is_turned(self, read):
        make = contacts(effort=UP, resolved=YES)
        checked = read(make, options={"reverse": ("effort",)})
        assert checked.frame["effort"].head(4).tolist() == [1, 2, 6, 7]
        assert checked.found["effort"] == "turned round, as said"

    def test_said_not_to_be_it_stays(self, read):
        checked = read(
            contacts(effort=UP, resolved=YES), options={"as_is": ("effort",)}
        )
        assert checked.frame["effort"].head(4).tolist() == [7, 6, 2, 1]

    def test_said_to_have_five_points_it_is_stretched_to_seven(self, read):
        make = contacts(effort=["1", "2", "3", "4", "5"], resolved=["true"])
        checked = read(make, options={"scales": {"effort": (1, 5)}})
        assert checked.frame["effort"].head(5).tolist() == [1, 2.5, 4, 5.5, 7]
        assert checked.found["effort"] == "stretched from 1 .. 5, as said"

    def test_turned_and_stretched_at_once(self, read):
        make = contacts(effort=["1", "2", "3", "4", "5"], resolved=["true"])
        said = {"scales": {"effort": (1, 5)}, "reverse": ("effort",)}
        checked = read(make, options=said)
        assert checked.frame["effort"].head(5).tolist() == [7, 5.5, 4, 2.5, 1]

    def test_said_to_have_seven_it_stays(self, read):
        make = contacts(effort=["1", "2", "3", "4", "5"], resolved=["true"])
        checked = read(make, options={"scales": {"effort": (1, 7)}})
        assert checked.frame["effort"].max() == 5

    def test_a_scale_the_right_way_round_is_not_asked_about(self, read):
        make = contacts(effort=UP, resolved=["false", "false", "true", "true"])
        assert len(read(make).frame) == 120

    def test_few_rows_prove_nothing(self, read):
        """Thirty pairs are needed: in four, anything goes together by chance."""

        def make(t):
            return t("contacts").long(28).all("effort", UP).all("resolved", YES).text()

        assert len(read(make).frame) == 28
