"""The board paper: one page that says what to do, why, and what would change our mind.

Every sentence is computed from the reading and the choice that somebody made; only the
objection and the name are in her own words. It answers, in this order, what a board
asks and the rubric of the facilitator's room marks.
"""

import html
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cxlab.strategy.luck import LuckAndSkill
from cxlab.strategy.plans import NOTHING, name_plan, split_budget
from cxlab.strategy.readings import STATES, Readings
from cxlab.strategy.regret import Played

# What a reader looks for, by heading of the paper: what the rubric marks.
CRITERIA: Mapping[str, str] = {
    "The question": "one decision, with its money and its time",
    "What our customers did": "each share says of whom, with its interval; what else "
    "would explain it",
    "The decision": "what to do, what it costs, and what is given up for it",
    "How sure we are": "a range, the regret, and how much of a result is luck",
    "The other side": "the strongest objection, and what would change our mind",
    "The test": "whom to compare with whom, how many, and when it stops",
}


def criteria() -> pd.DataFrame:
    """Return the headings of the page, and what a reader looks for under each."""
    asked = pd.Series(CRITERIA, name="a reader looks for")
    return asked.rename_axis("heading of the page").to_frame()


_HEAD = (
    "| strategy | who was compared | leave, of 1,000 a month | at most |",
    "|---|---|---:|---:|",
)
_STORY = (
    "Nobody was put into these groups by lot: customers in trouble may have been on "
    "their way out before."
)
ROOM = 220  # characters of one's own words that fit on the page


@dataclass(frozen=True, kw_only=True)
class BoardPaper:
    """One page for a board, computed from a reading and a choice."""

    readings: Readings
    shares: Mapping[str, float]  # weights of the five strategies
    budget: float  # money per month
    months: int
    played: Played  # every plan of the grid, and the one chosen under `chosen`
    chosen: str  # name of the chosen plan among those played
    luck: LuckAndSkill
    mind: str = ""  # what would change our mind, in one's own words
    name: str = ""  # who signs it

    @property
    def title(self) -> str:
        """The decision as a headline."""
        plan = name_plan(self.shares)
        if plan == NOTHING:
            plan = "keep the money"
        return f"{plan.capitalize()}: {self.budget:,.0f} a month"

    @property
    def sections(self) -> dict[str, str]:
        """The text of each section in markdown, under the headings of ``CRITERIA``."""
        written = (
            self._question(),
            self._customers(),
            self._decision(),
            self._sure(),
            self._other_side(),
            self._test(),
        )
        return dict(zip(CRITERIA, written, strict=True))

    def _question(self) -> str:
        return (
            f"We can spend {self.budget:,.0f} a month for {self.months} months. Which "
            "of five strategies should have it, so that profit is highest at the end?"
        )

    def _customers(self) -> str:
        rows = [self._row(name) for name in self.readings.order]
        leaving = f"Of 1,000 customers, {self.readings.leaving:.0f} leave in a year."
        lines = [
            f"{leaving} What each strategy could save of them, at most:",
            "",
            *(_HEAD if rows else ()),
            *rows,
            "",
            *(f"No reading of {k}: {why}." for k, why in self.readings.missing.items()),
            _STORY,
        ]
        return "\n".join(lines)

    def _row(self, strategy: str) -> str:
        one, (worse, better, _) = self.readings[strategy], STATES[strategy]
        pair = f"{1000 * one.worse.estimate:.0f} : {1000 * one.better.estimate:.0f}"
        ceiling = one.ceiling
        most = f"{ceiling.estimate:.0f} ({ceiling.low:.0f} to {ceiling.high:.0f})"
        return f"| {strategy} | {worse} : {better} | {pair} | {most} |"

    def _decision(self) -> str:
        money = split_budget(self.budget, self.shares)
        spent = [f"{m:,.0f} on {name}" for name, m in money.items() if m]
        without = [name for name, m in money.items() if not m]
        said = f"Each month: {', '.join(spent)}." if spent else "Keep the money."
        given_up = ", ".join(without) or "more of any one of them"
        return f"{said} Given up for it: {given_up}."

    def _sure(self) -> str:
        regret, count = self.played.regret(self.chosen), len(self.played.profits)
        replays = self.played.profits.shape[1]
        return (
            f"In {replays} replays of a made-up company this plan came out as number "
            f"{self.played.rank(self.chosen)} of {count}. It left {regret:,.0f} on the "
            f"table against the best, {self.played.best}. Between two managers with a "
            f"company each, {self.luck.apart:.0%} of the spread is luck, so one result "
            f"{'proves little' if self.luck.apart.estimate > 0.5 else 'tells a part'}."
        )

    def _other_side(self) -> str:
        if self.mind.strip():
            words = " ".join(self.mind.split())
            cut = words if len(words) <= ROOM else f"{words[: ROOM - 1]}…"
            return f"We would change our mind: {html.escape(cut)}"
        order = self.readings.order
        if len(order) < 2:
            return "We would change our mind if a reading that we lack said otherwise."
        first, second = (self.readings[name].ceiling for name in order[:2])
        apart = (first.low or 0.0) > (second.high or 0.0)
        weigh = "are apart" if apart else "overlap"
        return (
            f"The intervals of {order[0]} and {order[1]} {weigh}, and a ceiling is no "
            f"price. We would change our mind if a pilot moved fewer customers by "
            f"{order[0]} than by {order[1]} for the same money."
        )

    def _test(self) -> str:
        mine = self.readings.readings.get(self._main())
        if mine is None or mine.worse.estimate <= mine.better.estimate:
            return (
                "Deal half of the branches by lot, and count who leaves on both sides."
            )
        if mine.strategy == "people":
            return (
                "Deal people by lot to half of the branches, and compare branches, not "
                "their customers, who share one staff. Number and last month are fixed "
                "before the start; then it stops."
            )
        each = customers_needed(mine.worse.estimate, mine.better.estimate)
        return (
            f"Deal {mine.strategy} by lot. To see leaving fall from "
            f"{1000 * mine.worse.estimate:.0f} to {1000 * mine.better.estimate:.0f} of "
            f"1,000 within a month takes {each:,} customer-months a side "
            f"({STATES[mine.strategy][0]}), fixed before the start; then it stops."
        )

    def _main(self) -> str:
        """Return the strategy that gets most; of several, the highest ceiling's."""
        most = max(self.shares.values(), default=0)
        first = [name for name, x in self.shares.items() if x == most and x > 0]
        order = [name for name in self.readings.order if name in first]
        return next(iter(order or first), "")

    def markdown(self) -> str:
        """Return the whole paper as markdown, without its source line."""
        parts = [f"**{self.title}**"]
        parts += [f"**{head}.** {text}" for head, text in self.sections.items()]
        if self.name.strip():
            parts.append(f"*{html.escape(self.name.strip()[:80])}*")
        return "\n\n".join(parts)

    def __str__(self) -> str:
        """Say the decision and its regret in one sentence."""
        return f"{self.title}. {self._sure()}"


def customers_needed(one: float, other: float, *, power: float = 0.8) -> int:
    """Return how many a side it takes to see one share fall to another.

    Parameters
    ----------
    one, other
        Two shares, 0-1, not equal.
    power
        How often the fall is to be seen, 0-1, with a two-sided test at 5 of 100.

    Notes
    -----
    The textbook's n = (1.96 + 0.84)^2 (p(1-p) + q(1-q)) / (p - q)^2.

    Examples
    --------
    >>> customers_needed(0.05, 0.03)
    1504
    """
    from math import ceil

    from scipy.special import ndtri

    if one == other or not (0 <= one <= 1 and 0 <= other <= 1):
        raise ValueError(
            f"one={one}, other={other}: give two different shares, 0-1. No number of "
            "customers shows a fall that is not there."
        )
    reach = float(ndtri(0.975) + ndtri(power))
    spread = one * (1 - one) + other * (1 - other)
    return ceil(spread * (reach / (one - other)) ** 2)
