"""Part 5: the chain over branches, what satisfaction carries, paths, and branches."""

import numpy as np
import pandas as pd

from cxlab import levels, links, mediation
from cxlab import paths as path_models
from cxlab.readings.reading import CannotRead, Reading, need
from cxlab.results import Estimate

BOXES = (
    "quality",
    "employee_satisfaction",
    "customer_satisfaction",
    "loyalty",
    "profit",
)
_DRAWING = {
    "Quality": "quality",
    "Value": "value",
    "Satisfaction": "satisfaction",
    "Loyalty": "recommend stay",
}
_ARROWS = (
    "Quality > Value",
    "Quality > Satisfaction",
    "Value > Satisfaction",
    "Satisfaction > Loyalty",
)


def chain(months: pd.DataFrame, *, seed: int) -> Reading:
    """Read the links of the chain over branches, and what its two ends share.

    Parameters
    ----------
    months : DataFrame
        One row a branch and month, with customers and the boxes of ``BOXES``.
    seed
        Of the resampling.
    """
    rows = need(months, ["branch_id", "customers", *BOXES], table="months")
    rows = rows.assign(profit=rows["profit"] / rows["customers"].clip(lower=1))
    means = rows.groupby("branch_id")[list(BOXES)].mean()
    if len(means) < 5:
        raise CannotRead(
            f"The table months has {len(means)} branches; a correlation needs five or "
            "more, and twenty to mean anything. Bring more branches."
        )
    named = means.set_axis([_plain(box) for box in means.columns], axis=1)
    found = links.measure_chain(
        named, list(named.columns), rng=np.random.default_rng([seed, 90]), n_boot=500
    )
    return Reading(
        about="The links of the chain over your branches",
        estimates=(found.ends, found.product, *found.arrows),
        sentence=f"Over {len(means)} branches the two ends go together at "
        f"{found.ends:.2f}; the links in between multiply to {found.product:.2f}.",
    )


def carried(surveys: pd.DataFrame, *, seed: int) -> Reading:
    """Read how much of the link from quality to loyalty goes through satisfaction.

    Parameters
    ----------
    surveys : DataFrame
        Answers with quality, satisfaction and stay (1-7 each).
    seed
        Of the resampling.
    """
    columns = ["quality", "satisfaction", "stay"]
    asked = need(surveys, columns, table="surveys")[columns].astype(float)
    drawn = mediation.bootstrap(
        asked,
        x="quality",
        m="satisfaction",
        y="stay",
        rng=np.random.default_rng([seed, 91]),
        n_boot=1000,
    )
    through, total = drawn.percentile(), drawn.percentile("total")
    return Reading(
        about="How quality goes with the intention to stay",
        estimates=(through, drawn.percentile("direct"), total),
        sentence=f"One point of quality goes with {total:.2f} points of the intention "
        f"to stay, of which {through.estimate:.2f} by way of satisfaction. A cause "
        "nobody asked about would draw the same arrows.",
    )


def paths(surveys: pd.DataFrame, *, seed: int) -> Reading:
    """Read a small path model from a survey: quality, value, satisfaction, loyalty.

    Parameters
    ----------
    surveys : DataFrame
        Answers with quality, value, satisfaction, stay (1-7) and recommend (0-10).
    seed
        Of the resampling.
    """
    columns = [column for items in _DRAWING.values() for column in items.split()]
    asked = need(surveys, columns, table="surveys")[columns].astype(float)
    drawn = path_models.bootstrap(
        asked,
        path_models.path_model(_DRAWING, _ARROWS),
        rng=np.random.default_rng([seed, 92]),
        n_boot=200,
    )
    arrows = tuple(drawn.one(name) for name in drawn.quantities)
    last = arrows[-1]
    return Reading(
        about="The arrows of a small path model",
        estimates=(last, *arrows[:-1]),
        sentence=f"From satisfaction to loyalty the arrow is {last:.2f}. Each other "
        "box is one question, so that its noise shortens every arrow.",
    )


def branches(surveys: pd.DataFrame) -> Reading:
    """Read how much of the differences between customers belongs to their branch.

    Parameters
    ----------
    surveys : DataFrame
        Answers with branch_id and satisfaction (1-7). Branches under five are left out.
    """
    asked = need(surveys, ["branch_id", "satisfaction"], table="surveys")
    sizes = asked.groupby("branch_id")["satisfaction"].transform("size")
    asked = asked[sizes >= 5]
    if asked["branch_id"].nunique() < 2:
        raise CannotRead(
            "Fewer than two branches have five answers. Bring a longer table of "
            "surveys, with its branches in `branch_id`."
        )
    answers, groups = asked["satisfaction"].astype(float), asked["branch_id"]
    found = levels.icc(answers, groups)
    table = levels.league(answers, groups).table
    spans = {
        "raw means, best less worst branch": np.ptp(table["mean"]),
        "the same, once luck is taken off": np.ptp(table["shrunken"]),
    }
    raw, fair = spans.values()
    return Reading(
        about="Whose the differences in satisfaction are",
        estimates=(
            found.one,
            found.mean,
            *(
                Estimate(
                    quantity=name, estimate=float(span), n=len(asked), unit="points"
                )
                for name, span in spans.items()
            ),
        ),
        sentence=f"Of the differences between customers, {found.one:.0%} lie between "
        f"branches. Best and worst of {groups.nunique()} branches are {raw:.1f} points "
        f"apart, and {fair:.1f} once luck is taken off.",
    )


def _plain(box: str) -> str:
    return "profit a customer" if box == "profit" else box.replace("_", " ")
