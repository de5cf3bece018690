"""Ask whether a tidy table vouches for its drawing: deal the questions out anew.

Swap the headings of the columns like cards, keep the drawing, fit again. Every box is
then a random handful of questions. If the table comes out as tidy, its tidiness came
from what all the questions share, and says nothing about which question belongs where.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxlab.paths import engine
from cxlab.paths.fitting import fit
from cxlab.paths.model import Floats, PathModel, unknown
from cxlab.paths.statistics import statistic
from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class Shuffled:
    """One table as drawn, and as it comes out when the questions are dealt anew."""

    of: str  # what was computed, as in `bootstrap`
    quantities: tuple[str, ...]
    estimate: Floats  # (quantities,) with every question in its own box
    dealt: Floats  # (deals, quantities) with the questions dealt at random
    n: int  # people, the same in every deal
    unit: str

    def of_one(self, quantity: str) -> Floats:
        """Return one quantity in all deals."""
        if quantity not in self.quantities:
            raise ValueError(unknown("quantity", quantity, self.quantities))
        return self.dealt[:, self.quantities.index(quantity)]

    def share_as_high(self, quantity: str) -> float:
        """Share of deals in which this comes out at least as high as drawn, 0-1."""
        drawn = self.estimate[self.quantities.index(quantity)]
        return float((self.of_one(quantity) >= drawn).mean())

    def summary(self, *, level: float = 0.9) -> pd.DataFrame:
        """Return, as the tidy table, each quantity as drawn and then as dealt.

        The interval of a row "dealt: ..." holds that share of the deals; it says how
        much deals differ, not how sure anything is.
        """
        ends = np.quantile(self.dealt, [(1 - level) / 2, 0.5, (1 + level) / 2], axis=0)
        drawn = [
            Estimate(quantity=name, estimate=float(value), n=self.n, unit=self.unit)
            for name, value in zip(self.quantities, self.estimate, strict=True)
        ]
        dealt = [
            Estimate(
                quantity=f"dealt: {name}",
                estimate=float(middle),
                low=float(low),
                high=float(high),
                level=level,
                n=self.n,
                unit=self.unit,
            )
            for name, (low, middle, high) in zip(self.quantities, ends.T, strict=True)
        ]
        return tidy(drawn + dealt)

    def describe(self, quantity: str) -> str:
        """Say what a picture of the deals of one quantity shows."""
        low, middle, high = np.quantile(self.of_one(quantity), [0.05, 0.5, 0.95])
        drawn = self.estimate[self.quantities.index(quantity)]
        return (
            f"Dealt at random, the questions reach the {drawn:.2f} of the drawing in "
            f"{100 * self.share_as_high(quantity):.0f} of 100 deals ({self.of} of "
            f"{quantity}). Of {len(self.dealt)} deals, half lie above {middle:.2f}, "
            f"nine in ten between {low:.2f} and {high:.2f}."
        )

    def __str__(self) -> str:
        """Say how many deals there are."""
        return f"{len(self.dealt)} random deals of the questions, {self.of}"


def shuffle_items(
    data: pd.DataFrame,
    model: PathModel,
    *,
    rng: np.random.Generator,
    of: str = "R2",
    n_deals: int = 500,
    scheme: str = "centroid",
    scaled: bool = True,
) -> Shuffled:
    """Tell how the table would look had the questions been put into boxes at random.

    Parameters
    ----------
    data, model, scheme, scaled
        As in `fit`. The boxes keep their sizes and their arrows.
    rng : Generator
        Source of the deals.
    of : str
        As in `bootstrap`.
    n_deals : int
        How often the questions are dealt.

    Raises
    ------
    ValueError
        If no deal is asked for, the statistic is unknown, or the data cannot be
        fitted.
    """
    if n_deals < 1:
        raise ValueError(f"{n_deals} deals were asked for. Ask for at least 1.")
    what = statistic(of)
    whole = fit(data, model, scheme=scheme, scaled=scaled)
    table = whole.solution.covariances[0]
    deals = rng.permuted(np.tile(np.arange(len(table)), (n_deals, 1)), axis=1)
    tables = table[deals[:, :, None], deals[:, None, :]]
    dealt = what.compute(engine.solve(tables, model, scheme=scheme), model)
    return Shuffled(
        of=of,
        quantities=what.names(model),
        estimate=what.compute(whole.solution, model)[0],
        dealt=dealt[np.isfinite(dealt).all(axis=1)],
        n=int(whole.n or 0),
        unit=what.unit,
    )
