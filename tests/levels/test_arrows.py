"""The form in which levels meet the drawing of the chain."""

import pytest

from cxlab import plots
from cxlab.levels import levels

NINE = [4, 6, 8, 8, 10, 12, 12, 14, 16], [50, 48, 46, 62, 60, 58, 74, 72, 71]


def test_its_arrows_are_the_link_of_branches_and_the_link_inside_them():
    found = levels(*NINE, list("AAABBBCCC"))
    of_branches, of_people = found.arrows
    assert of_branches.estimate == found.between
    assert of_people.estimate == found.within
    assert of_people.n == 9 - 3 + 1


def test_the_chain_draws_them_side_by_side():
    ax = plots.plot_chain(levels(*NINE, list("AAABBBCCC")))
    said = {text.get_text().replace("\n", " ") for text in ax.texts}
    assert {"x of branches", "y of branches", "x of people", "y of people"} <= said


def test_printed_levels_draw_without_intervals():
    from cxlab.levels import Levels

    etas = dict.fromkeys(("eta_between_x", "eta_between_y"), 0.6)
    etas |= dict.fromkeys(("eta_within_x", "eta_within_y"), 0.8)
    arrows = Levels(between=0.5, within=-0.2, **etas).arrows
    assert [one.estimate for one in arrows] == pytest.approx([0.5, -0.2])
    assert [one.low for one in arrows] == [None, None]
