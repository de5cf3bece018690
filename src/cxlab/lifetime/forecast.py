"""A forecast that can be caught out: fit the first weeks, and hold back the rest.

What was held back was known to nobody who fitted. The forecast is drawn with its band,
and the band holds both kinds of not knowing: the parameters, and the customers' luck.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.lifetime.buyers import Buyers
from cxlab.lifetime.fitting import Fitted

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """Repeat purchases of a cohort: what came, what was expected, and how surely.

    All three count purchases from the first week to the end of each week. Up to
    ``start`` the expected ones are fitted; after it they are forecast, from what each
    customer had done by then.
    """

    weeks: Floats
    actual: Floats
    expected: Floats
    low: Floats  # the band; what was expected itself up to the start
    high: Floats
    start: int  # weeks that were fitted
    customers: int
    level: float

    @property
    def came(self) -> float:
        """Purchases that came in the weeks held back."""
        return float(self.actual[-1] - self.actual[self.start])

    @property
    def foretold(self) -> float:
        """Purchases that were forecast for them."""
        return float(self.expected[-1] - self.expected[self.start])

    @property
    def limits(self) -> tuple[float, float]:
        """Band of the forecast for all the weeks held back."""
        base = self.actual[self.start]
        return float(self.low[-1] - base), float(self.high[-1] - base)

    @property
    def same_pace(self) -> float:
        """Purchases in the weeks held back if the pace of those before went on."""
        return float(
            self.actual[self.start] / self.start * (self.weeks[-1] - self.start)
        )

    @property
    def miss(self) -> float:
        """Share by which the forecast lies above (or below) what came."""
        return self.foretold / self.came - 1

    @property
    def within(self) -> bool:
        """Whether what came lies in the band."""
        low, high = self.limits
        return low <= self.came <= high

    def describe(self) -> str:
        """Say the picture in a sentence."""
        low, high = self.limits
        return (
            f"Repeat purchases of {self.customers:,} customers, week by week, over "
            f"{self.weeks[-1]:.0f} weeks. After week {self.start}, "
            f"{self.foretold:,.0f} were forecast, with a band from {low:,.0f} to "
            f"{high:,.0f}; {self.came:,.0f} came."
        )


def count_histories(purchases: pd.DataFrame, *, weeks: int) -> pd.DataFrame:
    """Reduce a log of purchases to what is known of each customer after some weeks.

    Two rows of a customer on one day are one purchase.

    Parameters
    ----------
    purchases : DataFrame
        ``customer``, ``date`` and ``dollars``; the first purchase of each is in it.
    weeks
        Weeks from the first day in the log that are looked at.

    Returns
    -------
    DataFrame
        A row per customer: ``repeats``; ``last`` and ``age``, weeks; ``spend``, mean of
        the repeat purchases (0 without any).

    Examples
    --------
    >>> log = pd.DataFrame({"customer": [1, 1, 1], "dollars": [9.0, 20.0, 30.0]})
    >>> log["date"] = pd.to_datetime(["1997-01-01", "1997-01-08", "1997-01-15"])
    >>> count_histories(log, weeks=4).round(2).to_dict("list")
    {'repeats': [2], 'last': [2.0], 'age': [3.86], 'spend': [25.0]}
    """
    days, first = _days(purchases)
    seen = days[days["day"] < 7 * weeks]
    repeat = seen[seen["day"] > seen["first"]]
    by = repeat.groupby("customer")
    table = pd.DataFrame(index=first.index[first < 7 * weeks])
    table["repeats"] = by.size().reindex(table.index, fill_value=0)
    table["last"] = by["day"].max().reindex(table.index) - first
    table["last"] = table["last"].fillna(0) / 7
    table["age"] = (7 * weeks - 1 - first.reindex(table.index)) / 7
    table["spend"] = by["dollars"].mean().reindex(table.index, fill_value=0.0)
    return table


def forecast(
    fitted: Fitted[Buyers],
    purchases: pd.DataFrame,
    *,
    start: int,
    end: int,
    draws: int,
    rng: np.random.Generator,
    level: float = 0.95,
) -> Forecast:
    """Forecast the weeks that were held back, and lay what came beside it.

    Parameters
    ----------
    fitted
        Fitted to the histories of the first ``start`` weeks of the same log.
    purchases : DataFrame
        The whole log, as for `count_histories`.
    start, end
        Weeks fitted, and weeks in all.
    draws
        Futures drawn for the band, at least 20.
    """
    if not (0 < start < end and draws >= 20):
        raise ValueError(
            f"start={start}, end={end}, draws={draws}: some weeks must be held back, "
            "and a band needs at least 20 draws."
        )
    histories = count_histories(purchases, weeks=start)
    actual = _actual(purchases, histories, end=end)
    ahead = np.arange(1, end - start + 1)
    before = _fitted_weeks(fitted.model, histories["age"].to_numpy(), start=start)
    after = actual[start] + _ahead(fitted.model, histories, ahead)
    futures = [
        draw_futures(fitted.draw(rng), histories, weeks=end - start, rng=rng)
        for _ in range(draws)
    ]
    tails = [(1 - level) / 2, (1 + level) / 2]
    low, high = actual[start] + np.quantile(np.cumsum(futures, axis=1), tails, axis=0)
    seen = actual[start]
    return Forecast(
        weeks=np.arange(end + 1, dtype=float),
        actual=actual,
        expected=np.concatenate([before[:-1], [seen], after]),
        low=np.concatenate([before[:-1], [seen], low]),
        high=np.concatenate([before[:-1], [seen], high]),
        start=start,
        customers=len(histories),
        level=level,
    )


def draw_futures(
    model: Buyers, histories: pd.DataFrame, *, weeks: int, rng: np.random.Generator
) -> Floats:
    """Draw one future of customers: purchases in each of the weeks to come.

    Notes
    -----
    Of one who is still there, pace and chance to go are known only up to
    Gamma(r + x, alpha + age) and Beta(a, b + x), independent of each other.
    """
    x, last, age = (histories[c].to_numpy(float) for c in ("repeats", "last", "age"))
    there = rng.random(len(x)) < model.alive(x, last, age)
    pace = rng.gamma(model.r + x[there]) / (model.alpha + age[there])
    go = rng.beta(model.a, model.b + x[there])
    time, total = np.zeros(len(pace)), np.zeros(weeks)
    while len(time):
        # a pace of 0 comes from a Gamma below the smallest number: she never buys
        time = time + rng.exponential(size=len(time)) / np.maximum(pace, 1e-300)
        inside = time < weeks
        total += np.bincount(time[inside].astype(np.int64), minlength=weeks)
        goes_on = inside & (rng.random(len(time)) >= go)
        time, pace, go = time[goes_on], pace[goes_on], go[goes_on]
    return total


def means_by_repeats(
    model: Buyers,
    purchases: pd.DataFrame,
    *,
    start: int,
    end: int,
    most: int = 7,
) -> pd.DataFrame:
    """Return the mean purchases after the start, forecast and real, by those before.

    Returns
    -------
    DataFrame
        A row for 0, 1, .. ``most`` or more repeats: ``customers``, ``forecast`` and
        ``came``, purchases per customer.
    """
    histories = count_histories(purchases, weeks=start)
    later = count_histories(purchases, weeks=end).reindex(histories.index)
    three = (histories[c].to_numpy(float) for c in ("repeats", "last", "age"))
    table = pd.DataFrame({"forecast": model.to_come(end - start, *three)})
    table["came"] = (later["repeats"] - histories["repeats"]).to_numpy()
    by = table.groupby(histories["repeats"].clip(upper=most).to_numpy())
    means = by.mean()
    means.insert(0, "customers", by.size())
    return means.rename_axis("repeats")


def _days(purchases: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Return a row per customer and day with a purchase, and each one's first day."""
    day = (purchases["date"] - purchases["date"].min()).dt.days
    log = purchases.assign(day=day).groupby(["customer", "day"])
    days = log["dollars"].sum().reset_index()
    first = days.groupby("customer")["day"].min()
    days["first"] = days["customer"].map(first)
    return days, first


def _actual(purchases: pd.DataFrame, histories: pd.DataFrame, *, end: int) -> Floats:
    days, _ = _days(purchases)
    mine = days["customer"].isin(histories.index) & (days["day"] > days["first"])
    week = days.loc[mine & (days["day"] < 7 * end), "day"] // 7
    counts = np.bincount(week.to_numpy(np.int64), minlength=end)
    return np.concatenate([[0.0], np.cumsum(counts)])


def _fitted_weeks(model: Buyers, age: Floats, *, start: int) -> Floats:
    ages, people = np.unique(age, return_counts=True)
    gone_by = ages[:, None] - start + np.arange(start + 1)[None, :]
    each = model.expected(np.maximum(gone_by, 0))
    return np.asarray(people @ each)


def _ahead(model: Buyers, histories: pd.DataFrame, weeks: NDArray[np.int64]) -> Floats:
    alike = histories.groupby(["repeats", "last", "age"]).size().reset_index()
    x, last, age, people = (alike[c].to_numpy(float)[:, None] for c in alike.columns)
    return np.asarray(
        (people * model.to_come(weeks[None, :], x, last, age)).sum(axis=0)
    )
