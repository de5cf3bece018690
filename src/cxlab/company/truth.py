"""The truth of a company: every coefficient by which its customers and branches move.

Nothing here was measured anywhere. Each number has a unit and a meaning, which
``Truth().table()`` lists, and each can be set to another: a method that is let loose on
the company's tables can then be held against it.
"""

import math
from dataclasses import dataclass, field, fields
from typing import Any

import pandas as pd

from cxlab.account import Rules

_COUNTED = (
    "times",
    "transfers",
    "customers",
    "purchases per month",
    "money",
    "money per month",
    "money per minute",
    "minutes",
    "months",
)


def _is(default: Any, unit: str, meaning: str) -> Any:
    """Make a field that knows its unit and its meaning."""
    return field(default=default, metadata={"unit": unit, "meaning": meaning})


@dataclass(frozen=True, kw_only=True)
class Truth:
    """Every coefficient of a company; points are those of 1-7 scales, high is more.

    Examples
    --------
    >>> Truth(start=-3.5).table().loc["start", "unit"]
    'log odds'
    """

    # the account of a customer, and who leaves
    rules: Rules = field(
        default=Rules(loss_weight=2.25, decay_deposit=0.2, decay_withdrawal=0.25),
        metadata={"unit": "rules", "meaning": "what a touch is worth, how it fades"},
    )
    start: float = _is(-4.4, "log odds", "to leave in a month, at a balance of 0")
    slope: float = _is(0.4, "log odds per point", "less for each point of balance")
    # what customers expect
    promise: float = _is(5.0, "points", "what customers expect of their first touch")
    promise_sd: float = _is(0.3, "points", "by how much they differ in it")
    learns: float = _is(
        0.08, "share", "of each month's surprise that is expected from then on"
    )
    # the first 100 days
    early: float = _is(
        1.0, "log odds", "more to leave, in the three months after that of joining"
    )
    early_issues: float = _is(1.5, "times", "as many issues in these months as later")
    # everyday service, and what goes beyond it
    service_share: float = _is(
        0.5, "share per month", "of customers with an everyday touch"
    )
    service_sd: float = _is(0.8, "points", "by which such touches differ in a branch")
    gesture_share: float = _is(0.02, "share per month", "of customers with a gesture")
    gesture_gap: float = _is(1.5, "points", "by which a gesture exceeds expectation")
    # failures, and how they are put right
    failure_share: float = _is(0.05, "share per month", "of customers with a failure")
    failure_service: float = _is(
        0.5, "log rate per point", "fewer for each point of the branch's service"
    )
    failure_gap: float = _is(2.0, "points", "by which it falls below expectation")
    complain_share: float = _is(0.35, "share", "of those with a failure who complain")
    voice: float = _is(
        0.3, "correlation", "of speaking up with the bond, which nobody measures"
    )
    mended_share: float = _is(0.5, "share", "of noticed failures that are put right")
    mended_gap: float = _is(2.2, "points", "by which that exceeds expectation")
    # contacts and their effort
    issue_share: float = _is(0.12, "share per month", "of customers with an issue")
    solved: float = _is(0.4, "log odds", "that the first contact does the whole issue")
    solved_quality: float = _is(
        0.5, "log odds per point", "more for each point of the branch's service"
    )
    call_back: float = _is(
        0.75, "share", "of those whose issue is not done who contact it again"
    )
    call_back_days: float = _is(5.0, "days", "until they do, mean")
    same_channel: float = _is(0.65, "share", "of these who take the same channel")
    marked_solved: float = _is(
        0.5, "share", "of issues not done that the file calls resolved"
    )
    transfers: float = _is(0.4, "transfers", "per contact with an employee, mean")
    repeats: float = _is(-1.6, "log odds", "to have to repeat information")
    repeats_transfer: float = _is(1.8, "log odds", "more after a transfer")
    repeats_callback: float = _is(1.0, "log odds", "more when calling back")
    effort: float = _is(2.6, "points", "of a contact where nothing goes wrong")
    effort_transfer: float = _is(0.1, "points", "more for each transfer")
    effort_repeat: float = _is(1.2, "points", "more if information is repeated")
    effort_callback: float = _is(0.8, "points", "more when calling back")
    effort_unsolved: float = _is(0.9, "points", "more if the issue is not done")
    effort_sd: float = _is(0.8, "points", "by which contacts differ otherwise")
    skill_sd: float = _is(0.3, "points", "of effort by which employees differ")
    effort_answered: float = _is(0.5, "share", "of contacts with an answer on effort")
    contact_size: float = _is(6.2, "points", "what a contact of effort 1 is felt as")
    contact_effort: float = _is(0.5, "points per point", "less for more effort")
    contact_sd: float = _is(0.4, "points", "by which it differs otherwise")
    # branches and their people
    internal: float = _is(4.5, "points", "internal quality, mean over branches")
    internal_sd: float = _is(0.6, "points", "by which branches differ in it")
    rating_sd: float = _is(0.5, "points", "by which employees differ in rating it")
    staff: float = _is(4.6, "points", "employee satisfaction, mean over branches")
    staff_internal: float = _is(
        0.5, "points per point", "more for each point of internal quality"
    )
    staff_sd: float = _is(0.7, "points", "by which employees of a branch differ")
    swing_sd: float = _is(
        0.3, "points", "shock to a branch's staff in a month, and to its service"
    )
    swing_stays: float = _is(0.4, "share", "of such a swing left a month later")
    quits: float = _is(-3.9, "log odds", "of an employee to quit, at average mood")
    quits_mood: float = _is(0.8, "log odds per point", "less for more satisfaction")
    service: float = _is(5.0, "points", "service of a branch, mean over branches")
    trait_sd: float = _is(0.3, "points", "by which branches differ in it for ever")
    service_staff: float = _is(
        0.25, "points per point", "more for last month's employee satisfaction"
    )
    newcomers: float = _is(
        0.8, "points per share", "less for staff in their first three months"
    )
    # what customers answer
    asked_share: float = _is(
        0.1, "share per month", "of customers with a touch who answer a survey"
    )
    worst: float = _is(0.5, "share", "of the month's worst gap in what is remembered")
    last: float = _is(0.5, "share", "of its last gap")
    mean: float = _is(0.0, "share", "of its mean gap")
    quality_sd: float = _is(0.8, "points", "by which customers judge service apart")
    value: float = _is(4.5, "points", "of value, at a quality in the middle, 4.5")
    value_quality: float = _is(0.5, "points per point", "of value, for quality")
    satisfaction: float = _is(
        4.8, "points", "of satisfaction, at a quality and a value of 4.5"
    )
    satisfaction_quality: float = _is(0.4, "points per point", "for quality")
    satisfaction_value: float = _is(0.3, "points per point", "for value")
    satisfaction_balance: float = _is(0.1, "points per point", "for the balance")
    stay: float = _is(
        4.7, "points", "of stay, at a satisfaction and a quality of 4.5, as expected"
    )
    stay_satisfaction: float = _is(0.5, "points per point", "for satisfaction")
    stay_quality: float = _is(0.2, "points per point", "for quality, directly")
    stay_below: float = _is(0.3, "points per point", "for met, below expectation")
    stay_above: float = _is(0.0, "points per point", "for met, above expectation")
    recommend: float = _is(
        6.8, "points", "of 0-10, at a satisfaction of 4.5, as expected"
    )
    recommend_satisfaction: float = _is(1.0, "points per point", "for satisfaction")
    recommend_below: float = _is(0.4, "points per point", "for met, below expectation")
    recommend_above: float = _is(0.1, "points per point", "for met, above expectation")
    goodwill: float = _is(
        0.0, "points per SD", "of the bond, in satisfaction and in stay alike"
    )
    answer_sd: float = _is(0.8, "points", "by which an answer differs otherwise")
    # who is there on the first day, and who joins
    tenure: float = _is(36.0, "months", "since opening customers joined, mean")
    friends_before: float = _is(0.3, "share", "of them whom a friend brought")
    join_share: float = _is(
        0.02, "share per month", "of the opening customers who join after adverts"
    )
    told_gap: float = _is(1.2, "points", "above or below expectation that is told")
    friends: float = _is(0.05, "customers", "who join for each good touch told")
    bad_word: float = _is(
        1.0, "log rate", "of adverts lost for each bad touch per customer"
    )
    # what customers buy, and what it costs to serve them
    pace: float = _is(0.8, "purchases per month", "mean of all customers")
    pace_shape: float = _is(1.5, "number", "of the gamma by which they differ")
    basket: float = _is(25.0, "money", "typical amount of a purchase, median")
    basket_between: float = _is(0.4, "log money", "SD between customers")
    basket_within: float = _is(0.4, "log money", "SD between a customer's purchases")
    margin: float = _is(0.5, "share", "of revenue left after goods")
    serving: float = _is(1.0, "money per month", "to serve a customer")
    minutes: float = _is(6.0, "minutes", "of a contact without transfer, median")
    minutes_sd: float = _is(0.5, "log minutes", "by which contacts differ")
    minutes_transfer: float = _is(0.5, "share", "of that more for each transfer")
    minute: float = _is(0.6, "money per minute", "of a contact with an employee")
    mending: float = _is(2.0, "money", "to put a failure right")
    joining: float = _is(15.0, "money", "of adverts for each customer they bring")
    hiring: float = _is(60.0, "money", "to replace an employee")
    # what a plan does at most; half of the way each ``dose * log 2``
    dose: float = _is(
        0.3,
        "money per customer and month",
        "at which a strategy reaches 63% of what it can do",
    )
    ease_effort: float = _is(0.7, "points", "less effort, at most")
    ease_solved: float = _is(0.8, "log odds", "more that an issue is done, at most")
    ease_smooth: float = _is(
        0.6, "share", "of transfers and of odds to repeat taken away, at most"
    )
    delight_gestures: float = _is(
        0.08, "share per month", "of customers with a gesture more, at most"
    )
    onboarding_cut: float = _is(0.8, "share", "of what is early taken away, at most")
    people_internal: float = _is(1.0, "points", "more internal quality, at most")
    recovery_noticed: float = _is(0.8, "share", "of silent failures noticed, at most")
    recovery_mended: float = _is(
        0.9, "share", "of what is not put right that will be, at most"
    )

    def __post_init__(self) -> None:
        """Refuse a truth that no company can have."""
        rules = self.rules
        if rules.forgetting != "exponential" or rules.buffer:
            raise ValueError(
                f"rules={rules}: a company's accounts are kept month by month, which "
                "needs exponential forgetting and no buffer."
            )
        for one in fields(self):
            if one.name != "rules":
                _check(one.name, getattr(self, one.name), one.metadata["unit"])
        if not -1 < self.voice < 1 or not 0 < self.complain_share < 1:
            raise ValueError(
                f"voice={self.voice}, complain_share={self.complain_share}: a "
                "correlation between -1 and 1, and a share between 0 and 1."
            )
        if not -1 < self.swing_stays < 1:
            raise ValueError(
                f"swing_stays={self.swing_stays}: swings would grow without end. Give "
                "a share from 0 to below 1."
            )
        if min(self.dose, self.pace_shape, self.call_back_days, self.basket) <= 0:
            raise ValueError(
                f"dose={self.dose}, pace_shape={self.pace_shape}, call_back_days="
                f"{self.call_back_days}, basket={self.basket}: all four are above 0."
            )

    def table(self) -> pd.DataFrame:
        """Return every coefficient with its value, unit and meaning."""
        rows = [
            (
                one.name,
                getattr(self, one.name),
                one.metadata["unit"],
                one.metadata["meaning"],
            )
            for one in fields(self)
        ]
        columns = ["coefficient", "value", "unit", "meaning"]
        return pd.DataFrame(rows, columns=columns).set_index("coefficient")


def _check(name: str, value: float, unit: str) -> None:
    """Refuse a coefficient that its unit does not allow."""
    if not math.isfinite(value):
        raise ValueError(f"{name}={value}: give a finite number ({unit}).")
    if unit in ("share", "share per month") and not 0 <= value <= 1:
        raise ValueError(f"{name}={value}: a {unit} lies between 0 and 1.")
    if name.endswith("_sd") and value < 0:
        raise ValueError(f"{name}={value}: a standard deviation is at least 0.")
    if unit in _COUNTED and value < 0:
        raise ValueError(f"{name}={value}: {unit} are counted from 0.")
