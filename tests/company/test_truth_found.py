"""The methods of parts 0 to 5, let loose on the company's tables, find its truth.

Answers are whole numbers and end at 1 and 7, which pulls slopes in by a few percent;
where an interval is narrower than that, the tolerance says so.
"""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, ndtr

from cxlab.account import customer_months, fit_account
from cxlab.company import SCENARIOS, Truth, company
from cxlab.delight import judge_lift, three_groups
from cxlab.drivers import adjusted_ratios, raw_ratios
from cxlab.effort import share_by_group
from cxlab.levels import icc
from cxlab.links import measure_chain
from cxlab.mediation import fit as mediate
from cxlab.memory import follow, weights
from cxlab.onboarding import piecewise_rates
from cxlab.panel import cross_lag
from cxlab.paths import fit, path_model
from cxlab.resolution import expected_doors, first_contact_measures, first_contacts
from cxlab.surveys import net_promoter

# the same tables on every Python (test_checksums.py): what is found in them is the same
pytestmark = pytest.mark.once

FIRST = pd.Timestamp("2024-01-01")
MONTHS = 24
PULLED_IN = 0.05  # of a slope, by scales that end and by whole numbers


def _holds(found, truth, *, near=0.0):
    """Whether the truth lies in the interval, or the estimate so near to it."""
    inside = found.low <= truth <= found.high
    return inside or abs(found.estimate - truth) <= near * abs(truth)


def _months_since_start(times):
    """Months of real length since the first day, with fractions."""
    month = times.dt.to_period("M")
    first, last = month.dt.start_time, (month + 1).dt.start_time
    whole = (month.dt.year - FIRST.year) * 12 + month.dt.month - 1
    return (whole + (times - first) / (last - first)).to_numpy()


# Part 0: what customers say


def test_gaps_of_touches_are_those_that_were_planted(grown) -> None:
    touches, truth = grown.touches, grown.truth
    gap = (touches["size"] - touches["expectation"]).groupby(touches["kind"]).mean()
    planted = {
        "gesture": truth.gesture_gap,
        "failure": -truth.failure_gap,
    }
    for kind, size in planted.items():
        assert gap[kind] == pytest.approx(size, abs=0.05)


def test_recommending_follows_satisfaction_as_planted(grown) -> None:
    """And the score is that of the distribution that the truth makes."""
    said, truth = _bent(grown.surveys), grown.truth
    on = ["satisfaction", "below", "above"]
    found = weights(said, of="recommend", on=on)
    planted = (
        truth.recommend_satisfaction,
        truth.recommend_below,
        truth.recommend_above,
    )
    for part, size in zip(on, planted, strict=True):
        assert _holds(found[part], size, near=PULLED_IN), part
    mean = truth.recommend + (said[on] - [4.5, 0, 0]) @ np.array(planted)
    promotes = 1 - ndtr((8.5 - mean) / truth.answer_sd)
    refuses = ndtr((6.5 - mean) / truth.answer_sd)
    score = net_promoter(said["recommend"], scale="nps")
    assert score.score == pytest.approx(100 * (promotes - refuses).mean(), abs=1.5)


# Part 1: effort


def test_what_makes_effort_is_found_again() -> None:
    """Every cause of it; the file is honest here, so that what is open can be seen."""
    truth = Truth(marked_solved=0.0, issue_share=0.2, transfers=0.8)
    log = company(3000, months=12, truth=truth, seed=11).contacts
    log = log[log["issue"] != "complaint"].sort_values("time")
    before = log.groupby(["customer_id", "issue"], observed=True)["time"].shift()
    again = (log["time"] - before) < pd.Timedelta("25D")
    log = log.assign(again=again, open=~log["resolved"]).dropna(subset=["effort"])
    causes = ["transfers", "repeated_information", "again", "open"]
    found = weights(log.astype(dict.fromkeys(causes, float)), of="effort", on=causes)
    planted = (
        truth.effort_transfer,
        truth.effort_repeat,
        truth.effort_callback,
        truth.effort_unsolved,
    )
    for cause, size in zip(causes, planted, strict=True):
        # some of what looks like a callback is a new issue of the same kind
        assert _holds(found[cause], size, near=0.12), cause


def test_a_transfer_looks_bad_and_is_hardly_to_blame(grown) -> None:
    """Whoever is transferred has to repeat things: raw, a transfer carries that."""
    log = grown.contacts.dropna(subset=["effort"])
    table = pd.DataFrame(
        {
            "hard": (log["effort"] >= 5).astype(int),
            "moved": (log["transfers"] > 0).astype(int),
            "repeated": log["repeated_information"].astype(int),
        }
    )
    both = {"outcome": "hard", "drivers": ["moved", "repeated"]}
    raw, fair = raw_ratios(table, **both), adjusted_ratios(table, **both)
    assert raw.of("moved").low > 1.6
    assert 1.0 < fair.of("moved").estimate < 1.35
    assert fair.of("repeated").low > 2.5


def test_effort_makes_a_contact_a_worse_touch_by_the_planted_slope(grown) -> None:
    felt = grown.touches[grown.touches["kind"] == "contact"]
    keys = ["customer_id", "time"]
    log = grown.contacts[[*keys, "effort"]].dropna().astype({"customer_id": str})
    rows = log.merge(felt.astype({"customer_id": str}), on=keys)
    found = weights(rows, of="size", on=["effort"])["effort"]
    assert found.estimate == pytest.approx(-grown.truth.contact_effort, rel=0.02)


def test_more_of_those_with_hard_contacts_leave() -> None:
    """Uphill: all effort of half a year, and who leaves in the next quarter.

    Planted is no odds ratio, but a chain: effort, a worse touch, the balance, leaving.
    """
    hard = company(4000, months=9, truth=SCENARIOS["uphill"], seed=2)
    cut = pd.Timestamp("2024-07-01")
    log = hard.contacts[hard.contacts["time"] < cut].astype({"customer_id": str})
    effort = (log["effort"] - 1).groupby(log["customer_id"]).sum(min_count=1).dropna()
    left = hard.customers.set_index("customer_id")["left"].reindex(effort.index)
    there = ~(left < cut)
    by = share_by_group(effort[there], left.notna()[there], share_extreme=0.25)
    assert by.odds_ratio().low > 1.2


def test_the_log_books_as_resolved_what_the_doors_let_through(grown) -> None:
    """The company's own measure, from the planted shares of callbacks and channels."""
    truth, log = grown.truth, grown.contacts
    log = log[log["issue"] != "complaint"]
    renamed = {"customer_id": "customer", "time": "day", "resolved": "done"}
    log = log.rename(columns=renamed).astype({"customer": str})
    cases = first_contacts(log[["customer", "issue", "day", "channel", "done"]])
    found = first_contact_measures(cases, window_days=7).company
    level = grown.months["customer_satisfaction"].notna().mean()
    doors = expected_doors(
        true_share=float(expit(truth.solved)),
        callback_share=truth.call_back,
        same_channel=truth.same_channel,
        window_days=7,
        mean_delay_days=truth.call_back_days,
    )
    assert level == 1.0
    # service lies a little above its planted mean here, and some first contacts are new
    # issues of a kind that the customer has had before
    assert found.estimate == pytest.approx(doors.company, abs=0.012)


# Part 2: delight and word of mouth


def _bent(surveys):
    met = surveys["met"]
    return surveys.assign(below=np.minimum(met, 0), above=np.maximum(met, 0))


@pytest.mark.parametrize("above", [0.0, 0.3])
def test_staying_rises_above_met_as_far_as_planted(above) -> None:
    truth = Truth(stay_above=above, asked_share=0.4)
    said = _bent(company(3000, months=8, truth=truth, seed=4).surveys)
    found = weights(said, of="stay", on=["satisfaction", "quality", "below", "above"])
    assert abs(found["above"].estimate - above) < 0.05
    assert found["below"].estimate == pytest.approx(truth.stay_below, abs=0.06)
    lift = judge_lift(three_groups(said["met"], said["stay"], met=(0, 0)), margin=0.25)
    assert lift.answer == ("small enough" if above == 0 else "too large to ignore")


def test_a_friend_comes_for_so_many_good_touches(grown) -> None:
    truth, touches = grown.truth, grown.touches
    told = touches["size"] - touches["expectation"] >= truth.told_gap - 1e-9
    told = told[touches["time"] < "2025-12-01"].sum()
    new = grown.customers[grown.customers["joined"] >= FIRST]
    friends = (new["acquired_by"] == "a friend").sum()
    assert friends / told == pytest.approx(
        truth.friends, abs=4 * np.sqrt(friends) / told
    )


# Part 3: the account, its memory, and who leaves


@pytest.fixture(scope="module")
def account():
    """The account as lesson 30 finds it, from the tables alone."""
    made = company(6000, truth=Truth(join_share=0.05), seed=5)
    people, touches = made.customers, made.touches
    begins = np.where(
        people["joined"] < FIRST, 0, np.floor(_months_since_start(people["joined"])) + 1
    )
    gone = people["left"].notna().to_numpy()
    ends = np.where(
        gone, _months_since_start(people["left"].fillna(FIRST)) // 1 + 1, 24
    )
    months = (ends - begins).astype(int)
    seen = months > 0
    ids = people["customer_id"]
    table = pd.DataFrame({"customer": ids, "months": months, "left": gone})[seen]
    start = pd.Series(begins, index=ids)
    who = touches["customer_id"].astype(str)
    log = pd.DataFrame(
        {
            "customer": who,
            "month": _months_since_start(touches["time"]) - who.map(start).to_numpy(),
            "kind": touches["kind"],
            "size": touches["size"],
            "expectation": touches["expectation"],
        }
    )
    rows = customer_months(log, table)
    new = (people["joined"] >= FIRST).to_numpy()[seen]
    early = (rows.row_month <= 3) & new[rows.row_customer]
    return made.truth, fit_account(rows, jump=early.astype(float))


@pytest.mark.parametrize(
    "name", ["start", "slope", "loss_weight", "decay_deposit", "decay_withdrawal"]
)
def test_the_account_that_decides_who_leaves_is_found(account, name) -> None:
    truth, found = account
    planted = getattr(truth if name in ("start", "slope") else truth.rules, name)
    assert found[name].low <= planted <= found[name].high


def test_the_first_months_of_new_customers_stand_out_by_the_planted_odds(
    account,
) -> None:
    truth, found = account
    assert found["jump"].low <= truth.early <= found["jump"].high


def test_expectations_follow_by_the_planted_share(grown) -> None:
    """One customer's months, by lesson 31: E moves by a part of the mean surprise."""
    own = grown.touches["customer_id"].value_counts().index[0]
    rows = grown.touches[grown.touches["customer_id"] == own]
    months = rows.groupby(rows["time"].dt.to_period("M"))
    got, expected = months["size"].mean(), months["expectation"].first()
    chase = follow(got, eta=grown.truth.learns, start=expected.iloc[0])
    assert len(got) > 10
    # two decimals a month, and what is rounded is learnt from
    assert chase.expectation == pytest.approx(expected.to_numpy(), abs=0.03)


def test_the_worst_moment_and_the_last_are_what_is_remembered(grown) -> None:
    """Of the months with two touches or more; whole numbers pull in nothing here."""
    touches, truth = grown.touches, grown.truth
    month = {"month": lambda t: t["time"].dt.to_period("M")}
    gaps = touches.assign(gap=touches["size"] - touches["expectation"], **month)
    by = gaps.astype({"customer_id": str}).groupby(["customer_id", "month"])["gap"]
    lived = by.agg(worst="min", last="last", mean="mean", touches="size").reset_index()
    said = grown.surveys.assign(**month).astype({"customer_id": str})
    rows = said.merge(lived, on=["customer_id", "month"]).query("touches > 1")
    found = weights(rows, of="met", on=["worst", "last", "mean"])
    for part in ("worst", "last", "mean"):
        assert found[part].estimate == pytest.approx(getattr(truth, part), abs=0.06)


def test_complaining_and_mending_are_counted_as_planted(grown) -> None:
    truth, kinds = grown.truth, grown.touches["kind"].value_counts()
    complaints = (grown.contacts["issue"] == "complaint").sum()
    assert complaints / kinds["failure"] == pytest.approx(
        truth.complain_share, abs=0.02
    )
    assert kinds["recovery"] / complaints == pytest.approx(
        truth.mended_share, abs=0.035
    )


def test_a_leaky_start_shows_in_the_rates_of_the_first_days() -> None:
    """Planted odds of e^2.6, pulled down by accounts that are still empty, not full."""
    leaky = company(3000, truth=SCENARIOS["leaky start"], seed=6).customers
    new = leaky[leaky["joined"] >= FIRST]
    end = pd.Timestamp("2026-01-01")
    days = (new["left"].fillna(end) - new["joined"]).dt.days + 0.5
    rates = piecewise_rates(days, new["left"].notna(), edges=[0, 107, 760])
    assert rates.ratio().low > 2.5


def test_customers_buy_at_paces_spread_as_planted(grown) -> None:
    """Of those there throughout: mean and shape of the gamma, by the two moments."""
    truth, people = grown.truth, grown.customers
    stayed = people[(people["joined"] < FIRST) & people["left"].isna()]["customer_id"]
    bought = grown.purchases["customer_id"].astype(str).value_counts()
    times = bought.reindex(stayed, fill_value=0)
    mean, variance = times.mean(), times.var()
    assert mean / MONTHS == pytest.approx(truth.pace, rel=0.04)
    assert mean**2 / (variance - mean) == pytest.approx(truth.pace_shape, rel=0.08)


def test_a_customer_is_worth_what_the_truth_says_a_month(grown) -> None:
    """Revenue of a customer-month: pace, times the mean of a log-normal basket."""
    truth, months = grown.truth, grown.months
    spread = truth.basket_between**2 + truth.basket_within**2
    worth = truth.pace * truth.basket * np.exp(spread / 2)
    stayed = months["customers"].sum() - months["left"].sum()
    first = grown.customers["joined"] >= FIRST
    bought = months["revenue"].sum() - first.sum() * truth.basket * np.exp(spread / 2)
    assert bought / stayed == pytest.approx(worth, rel=0.03)


# Parts 4 and 5: the chain, and which way round


@pytest.fixture(scope="module")
def linked():
    """Many branches, asked often: what is between branches needs branches.

    The balance moves no answer here: it is better in better branches, and whoever does
    not hold it equal, as no survey can, gives part of it to quality.
    """
    truth = Truth(asked_share=0.5, swing_sd=0.4, satisfaction_balance=0.0)
    return company(6000, months=24, n_branches=100, truth=truth, seed=8)


def test_the_arrows_between_answers_are_those_that_were_planted(linked) -> None:
    said, truth = _bent(linked.surveys), linked.truth
    planted = {
        ("value", "quality"): truth.value_quality,
        ("satisfaction", "quality"): truth.satisfaction_quality,
        ("satisfaction", "value"): truth.satisfaction_value,
        ("stay", "satisfaction"): truth.stay_satisfaction,
        ("stay", "quality"): truth.stay_quality,
    }
    before = {
        "value": ["quality"],
        "satisfaction": ["quality", "value"],
        "stay": ["satisfaction", "quality", "below", "above"],
    }
    found = {end: weights(said, of=end, on=on) for end, on in before.items()}
    for (end, start), size in planted.items():
        assert found[end][start].estimate == pytest.approx(size, rel=PULLED_IN), end


def test_a_path_model_finds_the_same_arrows_in_standard_deviations(linked) -> None:
    said, truth = linked.surveys, linked.truth
    model = path_model(
        {"Q": "quality", "V": "value", "S": "satisfaction"},
        ["Q > V", "Q > S", "V > S"],
    )
    found, sd = fit(said, model).paths, said.std(numeric_only=True)
    planted = {
        "Q > V": truth.value_quality * sd["quality"] / sd["value"],
        "Q > S": truth.satisfaction_quality * sd["quality"] / sd["satisfaction"],
        "V > S": truth.satisfaction_value * sd["value"] / sd["satisfaction"],
    }
    for arrow, size in planted.items():
        assert found[arrow] == pytest.approx(size, rel=PULLED_IN), arrow


def test_what_satisfaction_carries_is_found_unless_goodwill_hides() -> None:
    """Hidden goodwill is handed to satisfaction, by lesson 41's closed form."""
    for goodwill in (0.0, 0.5):
        truth = Truth(goodwill=goodwill, asked_share=0.5, satisfaction_balance=0.0)
        said = company(3000, months=6, truth=truth, seed=9).surveys
        names = {"x": "quality", "m": "satisfaction", "y": "stay"}
        found = mediate(said, **names, covariates=["value", "met"])
        left = goodwill**2 + truth.answer_sd**2 + 1 / 12
        b = truth.stay_satisfaction + goodwill**2 / left
        assert found.b["satisfaction"] == pytest.approx(b, rel=PULLED_IN)
        a = truth.satisfaction_quality
        assert found.a["satisfaction"] == pytest.approx(a, rel=0.08)


def test_so_much_of_an_answer_is_the_branchs(linked) -> None:
    """Trait and staff between branches; swings, customers and rounding inside them."""
    truth = linked.truth
    carry = truth.service_staff / (1 - truth.swing_stays)
    size = (linked.employees["left"].isna()).sum() / 100
    staff = (truth.staff_internal * truth.internal_sd) ** 2 + truth.staff_sd**2 / size
    between = truth.trait_sd**2 + carry**2 * staff
    swing = truth.swing_sd**2 / (1 - truth.swing_stays**2)
    whole = (
        between + swing * (1 + truth.service_staff**2) + truth.quality_sd**2 + 1 / 12
    )
    found = icc(linked.surveys["quality"], linked.surveys["branch_id"].astype(str)).one
    assert found.low <= between / whole <= found.high


def test_the_links_of_the_chain_between_branches_are_those_planted(linked) -> None:
    truth = linked.truth
    by = linked.months.groupby("branch_id", observed=True)
    boxes = ["quality", "employee_satisfaction", "customer_satisfaction", "loyalty"]
    branches = by[boxes].mean().reset_index()
    first = weights(branches, of=boxes[1], on=[boxes[0]])[boxes[0]]
    assert first.low <= truth.staff_internal <= first.high
    answer = truth.satisfaction_quality + truth.satisfaction_value * truth.value_quality
    carried = truth.service_staff / (1 - truth.swing_stays) * answer
    second = weights(branches, of=boxes[2], on=[boxes[1]])[boxes[1]]
    assert second.low <= carried <= second.high
    chain = measure_chain(branches, boxes, rng=np.random.default_rng(1), n_boot=200)
    assert all(one.estimate > 0 for one in chain.arrows)
    assert chain.product.estimate < min(one.estimate for one in chain.arrows)


def test_staff_move_customers_and_customers_do_not_move_staff(linked) -> None:
    """The panel of lesson 44, with the level of each branch taken out.

    What is seen of service are the answers of a dozen customers a branch and month.
    """
    said = linked.surveys.assign(wave=linked.surveys["time"].dt.to_period("M"))
    judged = said.groupby(["branch_id", "wave"], observed=True)["quality"].mean()
    staff = linked.months.set_index(["branch_id", "month"])["employee_satisfaction"]
    panel = judged.reset_index(name="customers").rename(columns={"branch_id": "branch"})
    panel["staff"] = staff.sort_index().to_numpy()
    found = cross_lag(panel.astype({"branch": str}), model="centred")
    assert found.forward.low <= linked.truth.service_staff <= found.forward.high
    assert found.forward.low > 0
    assert abs(found.reverse.estimate) < 0.05
