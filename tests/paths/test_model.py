"""What a path model is, and how it refuses a drawing that cannot be fitted."""

import pytest

from cxlab.paths import ECSI, PathModel, path_model

TWO = {"Value": "V1 V2", "Loyalty": "L1"}


def test_both_notations_give_the_same_value():
    """A frozen value: equal, hashable, whatever the notation."""
    friendly = path_model(TWO, ["Value > Loyalty"])
    strict = PathModel(
        blocks=(("Value", ("V1", "V2")), ("Loyalty", ("L1",))),
        paths=(("Value", "Loyalty"),),
    )
    assert friendly == strict
    assert hash(friendly) == hash(strict)


def test_arrows_may_be_pairs_and_items_may_be_lists():
    model = path_model({"A": ["a"], "B": ["b"]}, [("A", "B")])
    assert model.path_names == ("A > B",)


def test_membership_and_arrows_are_the_drawing_as_tables():
    model = path_model(TWO, ["Value > Loyalty"])
    assert model.membership.tolist() == [[1, 0], [1, 0], [0, 1]]
    assert model.arrows.tolist() == [[False, True], [False, False]]


def test_routes_are_all_pairs_that_arrows_connect():
    chain = path_model({"A": "a", "B": "b", "C": "c"}, ["A > B", "B > C"])
    assert chain.routes == (("A", "B"), ("A", "C"), ("B", "C"))


def test_ecsi_is_the_printed_model():
    """Tenenhaus et al. (2005): 7 boxes, 24 questions, 12 arrows, 6 equations."""
    assert (len(ECSI.constructs), len(ECSI.items), len(ECSI.paths)) == (7, 24, 12)
    assert ECSI.endogenous == ECSI.constructs[1:]
    assert ECSI.items_of("Complaints") == ("CUSCO",)


@pytest.mark.parametrize(
    ("blocks", "paths", "message"),
    [
        (
            {"A": "a", "B": "b"},
            ["A > C"],
            "No construct is called 'C'. Use one of A, B",
        ),
        ({"Value": "a", "B": "b"}, ["Valu > B"], "did you mean 'Value'"),
        ({"A": "a", "B": "a"}, ["A > B"], "The item a stands in both A and B"),
        ({"A": "a a", "B": "b"}, ["A > B"], "The item a stands in both A and A"),
        ({"A": "", "B": "b"}, ["A > B"], "A has no items"),
        ({"A": "a", "B": "b", "C": "c"}, ["A > B"], "No path starts or ends at C"),
        ({"A": "a", "B": "b"}, ["A > B", "A > B"], "A > B is given twice"),
        ({"A": "a", "B": "b"}, ["A > B", "B > A"], "run in a circle among A, B"),
        ({"A": "a", "B": "b"}, ["A > A", "A > B"], "run in a circle among A, B"),
        ({"A": "a", "B": "b"}, ["A - B"], "a start and an end; 'A - B' was given"),
        ({"A": "a", "B": "b"}, ["A > B > A"], "Write it as 'Satisfaction > Loyalty'"),
    ],
)
def test_a_drawing_that_cannot_be_fitted_is_refused(blocks, paths, message):
    with pytest.raises(ValueError, match=message):
        path_model(blocks, paths)


def test_a_circle_names_only_what_runs_in_it():
    """What leads into the circle is innocent."""
    with pytest.raises(ValueError, match="in a circle among B, C"):
        path_model({"A": "a", "B": "b", "C": "c"}, ["A > B", "B > C", "C > B"])


def test_an_unknown_construct_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="did you mean 'Loyalty'"):
        ECSI.items_of("Loyality")
