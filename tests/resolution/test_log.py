"""The one door for contact logs: a row per customer and issue, whatever the order."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab.resolution import LOG_COLUMNS, first_contacts
from cxlab.simulate.contacts import ContactWorld, contact_log

# Ten contacts, as they might lie on a table.
TEN = pd.DataFrame(
    [
        ("Ann", "bill", 0, "phone", False),
        ("Ann", "bill", 3, "phone", True),
        ("Ben", "bill", 1, "phone", False),
        ("Ben", "bill", 2, "mail", False),
        ("Ben", "bill", 4, "phone", True),
        ("Cem", "fault", 1, "chat", False),
        ("Cem", "fault", 15, "chat", True),
        ("Dee", "fault", 2, "phone", False),
        ("Eva", "bill", 5, "phone", True),
        ("Eva", "fault", 9, "mail", True),
    ],
    columns=list(LOG_COLUMNS),
)


def _case(cases: pd.DataFrame, customer: str, issue: str) -> pd.Series:
    found = cases[(cases["customer"] == customer) & (cases["issue"] == issue)]
    assert len(found) == 1
    return found.iloc[0]


def test_ten_contacts_by_hand() -> None:
    """Six issues of five customers; Ben's mail comes before his second call."""
    cases = first_contacts(TEN)
    assert len(cases) == 6
    ben = _case(cases, "Ben", "bill")
    assert (ben["next_days"], ben["next_same_days"], ben["contacts"]) == (1, 3, 3)
    assert not ben["done"]
    dee = _case(cases, "Dee", "fault")
    assert np.isinf(dee["next_days"])
    assert dee["seen_days"] == 13
    assert _case(cases, "Eva", "bill")["done"]


def _sorted(cases: pd.DataFrame) -> pd.DataFrame:
    return cases.sort_values(["customer", "issue"]).reset_index(drop=True)


@given(st.permutations(range(10)))
def test_the_order_of_the_rows_does_not_matter(order: list[int]) -> None:
    """An export is not sorted."""
    shuffled = first_contacts(TEN.iloc[order])
    pd.testing.assert_frame_equal(_sorted(shuffled), _sorted(first_contacts(TEN)))


def test_a_log_cut_by_customer_gives_the_same_rows() -> None:
    """What lets the door run spread over many machines."""
    log, _ = contact_log(ContactWorld(), n=300, rng=np.random.default_rng(1))
    until = log["day"].max()
    parts = [first_contacts(part, until=until) for _, part in log.groupby("customer")]
    pd.testing.assert_frame_equal(
        _sorted(pd.concat(parts)), _sorted(first_contacts(log)), check_categorical=False
    )


def test_a_plain_loop_finds_the_same() -> None:
    """Another way to the same rows: customer by customer, in Python."""
    log, _ = contact_log(ContactWorld(), n=400, rng=np.random.default_rng(2))
    cases = first_contacts(log).set_index(["customer", "issue"])
    for key, group in log.groupby(["customer", "issue"], observed=True):
        rows = group.sort_values("day")
        since = rows["day"] - rows["day"].iloc[0]
        same = rows["channel"] == rows["channel"].iloc[0]
        found = cases.loc[key]
        assert found["next_days"] == min(since.iloc[1:], default=np.inf)
        assert found["next_same_days"] == min(since[same].iloc[1:], default=np.inf)
        assert found["done"] == rows["done"].iloc[0]


def test_timestamps_do_as_well_as_days() -> None:
    """Half a day is half a day."""
    start = pd.Timestamp("2026-03-01")
    dated = TEN.assign(day=start + pd.to_timedelta(TEN["day"] / 2, unit="D"))
    found = _case(first_contacts(dated), "Ann", "bill")
    assert found["next_days"] == pytest.approx(1.5)


def test_two_contacts_at_one_moment_stay_in_their_order() -> None:
    """A callback within the same minute is a callback after no time."""
    log = TEN.iloc[[0, 1]].assign(day=0)
    assert _case(first_contacts(log), "Ann", "bill")["next_days"] == 0


def test_who_was_not_asked_stays_unknown() -> None:
    """No answer is neither yes nor no."""
    log = TEN.assign(done=TEN["done"].astype("object").where(TEN["customer"] != "Dee"))
    assert pd.isna(_case(first_contacts(log), "Dee", "fault")["done"])


def test_a_missing_column_is_named_with_its_meaning() -> None:
    """What the log must hold stands in the message."""
    with pytest.raises(ValueError, match=r"lacks channel.*through which door"):
        first_contacts(TEN.drop(columns="channel"))


def test_an_empty_log_is_refused() -> None:
    """No contacts, no cases."""
    with pytest.raises(ValueError, match="at least one row"):
        first_contacts(TEN.iloc[:0])


def test_a_contact_without_a_day_is_refused() -> None:
    """It could be a first contact or a callback; nothing is guessed."""
    holes = TEN.assign(day=TEN["day"].where(TEN["day"] != 15))
    with pytest.raises(ValueError, match="'day': 1"):
        first_contacts(holes)


def test_a_log_cannot_end_before_its_last_contact() -> None:
    """A wrong end would make open cases look closed."""
    with pytest.raises(ValueError, match=r"until=10.*day 15"):
        first_contacts(TEN, until=10)


def test_the_log_is_left_as_it_was() -> None:
    """The door reads, and writes nothing."""
    before = TEN.copy()
    first_contacts(TEN)
    pd.testing.assert_frame_equal(TEN, before)
