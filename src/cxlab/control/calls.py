"""Days of a call centre, each held against its own weekday first."""

import pandas as pd


def daily_calls(calls: pd.DataFrame) -> pd.DataFrame:
    """Add up the calls of each day, and note what is known of the day beforehand.

    Parameters
    ----------
    calls : DataFrame
        ``DateTime``, start of five minutes, and ``Calls``.

    Returns
    -------
    DataFrame
        ``day``, ``calls``, ``weekday`` (0 is Monday), ``week`` (0 is the first),
        ``after_gap`` (True if the working day before is missing) and ``turn`` (True in
        the last three and the first five days of a month).
    """
    totals = calls.groupby(calls["DateTime"].dt.normalize())["Calls"].sum()
    day = pd.DatetimeIndex(totals.index)
    working = pd.Series(pd.bdate_range(day[0], day[-1]))
    before = set(working[~working.isin(day)] + pd.offsets.BDay(1))
    monday = day - pd.to_timedelta(day.day_of_week, unit="D")
    return pd.DataFrame(
        {
            "day": day,
            "calls": totals.to_numpy(),
            "weekday": day.day_of_week,
            "week": (monday - monday[0]).days // 7,
            "after_gap": [one in before for one in day],
            "turn": (day.day <= 5) | (day.day > day.days_in_month - 3),
        }
    )


def against_own_weekday(days: pd.DataFrame, *, baseline: int) -> pd.Series:
    """Return each day's calls less what is usual on its weekday.

    Parameters
    ----------
    days : DataFrame
        From `daily_calls`.
    baseline
        What is usual is the median of each weekday in so many first days: one odd
        Monday must not set the measure for all Mondays.

    Returns
    -------
    Series
        Calls above (or below) the usual, in order of time.
    """
    first = days.iloc[:baseline]
    usual = first.groupby("weekday")["calls"].median()
    missing = sorted(set(days["weekday"]) - set(usual.index))
    if missing:
        raise ValueError(
            f"the first {baseline} days hold no weekday {missing} (0 is Monday): what "
            "is usual on it cannot be learned. Take a longer baseline."
        )
    return days["calls"] - days["weekday"].map(usual)
