"""Three questions, fixed before, and the verdicts that follow from the answers."""

import pandas as pd
import pytest

from cxlab import meta
from cxlab.datasets import load_published
from cxlab.register import VERDICTS


def papers(*rows):
    columns = ["sign", "design"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(arrow="A > B", side="for", study="One (2001)", finds="it")


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        ([("+", "experiment")], "holds"),
        ([("+", "panel"), ("±", "survey")], "holds"),
        ([("+", "panel"), ("0", "survey")], "holds with limits"),
        ([("+", "natural experiment"), ("-", "correlations")], "holds with limits"),
        ([("+", "correlations")], "open"),
        ([("+", "survey"), ("0", "experiment")], "open"),
        ([("±", "experiment")], "cannot be tested here"),
    ],
)
def test_the_verdict_follows_from_three_answers(rows, verdict):
    """A link, a paper that tells the direction, and nobody who finds nothing."""
    (case,) = meta.weigh(papers(*rows))
    assert case.verdict == verdict
    assert verdict in VERDICTS
    assert case.because


def test_the_seven_arrows_of_the_chain():
    """The middle of the chain holds; where it reaches money it is open."""
    cases = meta.weigh(load_published("chain_papers"))
    assert [case.verdict for case in cases] == [
        "holds",
        "holds with limits",
        "holds with limits",
        "holds",
        "holds with limits",
        "open",
        "open",
    ]
    assert "Silvestro & Cross (2000), correlations" in cases[-1].heard
    assert "Customers loyal > Profit: open" in meta.board(cases)


def test_each_verdict_hangs_on_one_paper():
    """Strike out the paper that tells the direction, and the arrow is open."""
    table = load_published("chain_papers")
    left = table[table["study"] != "Bloom et al. (2015)"]
    assert meta.weigh(left)[0].verdict == "open"
    counts = [meta.holding(table, without=w) for w in ([], ["experiment"])]
    assert counts == [5, 3]


def test_the_cards_name_each_arrow_once():
    """Seven names in eighteen rows, and none of the words is lost."""
    table = load_published("chain_papers")
    cards = meta.cards(table)
    assert sum(name != "" for name in cards.index) == 7
    assert cards.index[0] == "Service inside → Staff satisfied"
    assert cards["how, in what"].iloc[0] == "experiment; call-centre staff"
    assert list(cards["finds"]) == list(table["finds"])


def test_a_table_that_cannot_be_weighed_is_refused():
    """Each message says what the table must hold."""
    good = papers(("+", "survey"))
    with pytest.raises(ValueError, match="no column sign"):
        meta.weigh(good.drop(columns="sign"))
    with pytest.raises(ValueError, match="design says feeling"):
        meta.weigh(good.assign(design="feeling"))
