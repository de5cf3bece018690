"""Part 6: months of one's own against their own limits."""

import pandas as pd

from cxlab import control
from cxlab.control import Chart
from cxlab.readings.reading import CannotRead, Reading, need
from cxlab.results import Estimate

_SHORTEST = 10  # months: half of them must hold four moving ranges


def calm_months(months: pd.DataFrame) -> Reading:
    """Read whether later months are like the first ones: complaints and satisfaction.

    Parameters
    ----------
    months : DataFrame
        One row a branch and month, with customers, complaints and customer_satisfaction
        (1-7). Branches are added up.

    Notes
    -----
    Limits are learned from the first half of the months and frozen. Complaints get the
    limits of a p' chart, but never narrower ones than chance alone, which so few months
    cannot prove; satisfaction gets those of an XmR chart. A point outside counts.
    """
    columns = ["month", "customers", "complaints", "customer_satisfaction"]
    rows = need(months, columns, table="months")
    weight = rows["customers"].astype(float)
    points = weight * rows["customer_satisfaction"].astype(float)
    sums = (
        rows.assign(points=points)
        .groupby("month")[["customers", "complaints", "points"]]
        .sum()
        .astype(float)
    )
    if len(sums) < _SHORTEST:
        raise CannotRead(
            f"The table months has {len(sums)} months; a baseline and a time after it "
            f"need {_SHORTEST} or more. Bring more months."
        )
    half = len(sums) // 2
    counts = sums["complaints"], sums["customers"]
    try:
        plain = control.p_chart(*counts, baseline=half)
        complain = control.p_prime_chart(*counts, baseline=half)
        content = control.xmr(sums["points"] / sums["customers"], baseline=half)
    except ValueError as error:
        raise CannotRead(f"The months cannot be charted: {error}") from error
    stretch = float(complain.sigma[0] / plain.sigma[0])
    if stretch < 1:
        complain = plain
    return Reading(
        about="Your months against the limits of the first half of them",
        estimates=(
            Estimate(
                quantity="sigma z of complaints", estimate=stretch, n=half, unit="times"
            ),
            *_limits("complaints", complain, times=100, unit="of 100 customers"),
            *_limits("satisfaction", content, times=1, unit="points"),
        ),
        sentence=f"Of the {len(sums) - half} months after the first {half}, those "
        f"outside are {_later(complain)} for complaints and {_later(content)} for "
        f"satisfaction. Shares of complaints stray {stretch:.1f} times as far as "
        "chance alone would have it.",
    )


def _later(chart: Chart) -> int:
    """Count the points outside after the baseline."""
    return int((chart.signals()["point"] >= chart.baseline).sum())


def _limits(name: str, chart: Chart, *, times: int, unit: str) -> list[Estimate]:
    """Return mean, both limits and points outside; limits are those of the last."""
    numbers = {
        "mean": chart.centre,
        "lower limit": float(chart.low[-1]),
        "upper limit": float(chart.high[-1]),
    }
    rows = [
        Estimate(
            quantity=f"{name}, {what}",
            estimate=times * number,
            n=chart.baseline,
            unit=unit,
        )
        for what, number in numbers.items()
    ]
    outside = Estimate(
        quantity=f"{name}, later months outside",
        estimate=_later(chart),
        n=chart.values.size - chart.baseline,
        unit="months",
    )
    return [*rows, outside]
