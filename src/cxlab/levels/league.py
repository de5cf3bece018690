"""League tables: what a mean says, and what is left of it once luck is taken off.

Whoever has few customers has the luck of few: the top and the bottom of a raw table are
full of them. Pulling each mean towards the middle, the more the fewer answers stand
behind it, gives the better guess of what the next customers will say.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.levels.icc import Icc, _grouped, icc
from cxlab.results import Estimate

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class League:
    """Every group with its raw mean and its shrunken one."""

    table: pd.DataFrame  # by group: answers, mean, trust, shrunken, sd, ranks
    middle: float  # to which the means are pulled
    icc: Icc

    def top(self, k: int, *, by: str = "mean") -> pd.DataFrame:
        """Return the best k, by "mean" or by "shrunken"."""
        if by not in {"mean", "shrunken"}:
            raise ValueError(f'by={by!r}: rank by "mean" or by "shrunken".')
        return self.table.sort_values(by, ascending=False, kind="stable").head(k)

    def chance_first(
        self, group: object, *, rng: np.random.Generator, n_draws: int = 2000
    ) -> Estimate:
        """Return the chance that a group is truly the best, as far as marks can tell.

        Parameters
        ----------
        group
            Its name in the table.
        rng : Generator
            Where the randomness comes from.
        n_draws : int
            How many possible truths are drawn.

        Notes
        -----
        Each group's own mean is drawn from a bell curve around its shrunken mean.
        """
        place = int(self.table.index.get_indexer(pd.Index([group]))[0])
        if place < 0:
            raise ValueError(f"There is no group {group!r} in this league.")
        truths = self._truths(rng, n_draws)
        share = float((truths.argmax(axis=1) == place).mean())
        return Estimate(quantity=f"{group} is the best", estimate=share, unit="share")

    def place_of(
        self,
        group: object,
        *,
        rng: np.random.Generator,
        n_draws: int = 2000,
        level: float = 0.95,
    ) -> Estimate:
        """Return the place of a group in the table, with an interval; 1 is the best.

        Parameters
        ----------
        group
            Its name in the table.
        rng : Generator
            Where the randomness comes from.
        n_draws : int
            How many possible truths are drawn.
        level : float
            Of the interval.
        """
        place = int(self.table.index.get_indexer(pd.Index([group]))[0])
        if place < 0:
            raise ValueError(f"There is no group {group!r} in this league.")
        truths = self._truths(rng, n_draws)
        places = 1 + (truths > truths[:, [place]]).sum(axis=1)
        tail = (1 - level) / 2
        low, middle, high = np.quantile(places, [tail, 0.5, 1 - tail])
        return Estimate(
            quantity=f"place of {group}",
            estimate=float(middle),
            low=float(low),
            high=float(high),
            level=level,
            n=len(self.table),
            unit="place",
        )

    def _truths(self, rng: np.random.Generator, n_draws: int) -> Floats:
        centre, spread = self.table["shrunken"], self.table["sd"]
        noise = rng.standard_normal((n_draws, len(self.table)))
        return np.asarray(centre.to_numpy() + spread.to_numpy() * noise)

    def describe(self, k: int) -> str:
        """Say what the picture of the best k shows."""
        best = self.top(k)
        return (
            f"The {k} best raw means and what is left of each: from "
            f"{best['mean'].iloc[0]:.2f} to {best['shrunken'].iloc[0]:.2f} for the "
            f"first, with {best['answers'].iloc[0]} answers."
        )

    def describe_funnel(self) -> str:
        """Say what the picture of all groups by their number of answers shows."""
        return (
            f"{len(self.table)} dots, one a group: its mean over its number of "
            f"answers. Left, with few answers, they fan out around {self.middle:.2f}; "
            "right they draw together."
        )


def league(answers: ArrayLike, groups: ArrayLike) -> League:
    """Rank groups by their mean, and by what is left once luck is taken off.

    Parameters
    ----------
    answers : array_like, shape (n,)
        One number per customer, high is good.
    groups : array_like, shape (n,)
        Whom each answer is about.

    Returns
    -------
    League
        With, by group, ``answers`` (count), ``mean`` (raw), ``trust`` (0-1: how much of
        its distance from the middle is its own), ``shrunken``, ``sd`` (how unsure that
        is), and ``place`` by mean and by shrunken mean.

    Notes
    -----
    trust = n / (n + W / T) with W the variance inside groups and T that of the groups'
    own means; shrunken = middle + trust (mean - middle); sd = sqrt(T (1 - trust)). The
    middle is the mean of the groups, each weighed by its trust.

    References
    ----------
    Efron & Morris (1977), Stein's paradox in statistics, Scientific American 236(5).

    Examples
    --------
    Two groups with the same mean; one has three answers, one has one.

    >>> found = league([5, 5, 5, 5, 1, 2, 3, 2], list("aaabcccc"))
    >>> found.table["shrunken"].round(2).to_dict()
    {'a': 4.96, 'b': 4.9, 'c': 2.05}
    """
    y, codes, sizes = _grouped(answers, groups)
    found = icc(y, codes)
    if found.between <= 0:
        raise ValueError(
            "The groups differ no more than luck alone makes them, so every mean would "
            "be pulled to the middle. There is nothing to rank."
        )
    means = np.bincount(codes, weights=y) / sizes
    trust = sizes / (sizes + found.within / found.between)
    middle = float((trust * means).sum() / trust.sum())
    table = pd.DataFrame(
        {
            "answers": sizes,
            "mean": means,
            "trust": trust,
            "shrunken": middle + trust * (means - middle),
            "sd": np.sqrt(found.between * (1 - trust)),
        },
        index=pd.Index(pd.factorize(np.asarray(groups))[1], name="group"),
    )
    for name in ("mean", "shrunken"):
        places = table[name].rank(ascending=False, method="min").astype(int)
        table[f"place by {name}"] = places
    return League(table=table, middle=middle, icc=found)


@dataclass(frozen=True, kw_only=True)
class NextCustomers:
    """How well the mean of some customers foretells the mean of others."""

    raw_error: float  # mean squared error of the raw mean, squared units
    shrunken_error: float
    top_raw: float  # what the best groups had with the first customers
    top_shrunken: float  # what was left of that
    top_next: float  # and what they had with the others
    k: int  # how many are called the best
    n_groups: int

    @property
    def saved(self) -> float:
        """Share of the error that shrinking takes away."""
        return 1 - self.shrunken_error / self.raw_error

    def __str__(self) -> str:
        """Say what became of the best."""
        return (
            f"The best {self.k} had {self.top_raw:.2f}; shrunken, "
            f"{self.top_shrunken:.2f}; with other raters they had {self.top_next:.2f}."
        )


def next_customers(
    answers: ArrayLike,
    groups: ArrayLike,
    raters: ArrayLike,
    *,
    k: int = 20,
    rng: np.random.Generator,
) -> NextCustomers:
    """Build the league from half of the raters, and look at what the others say.

    Parameters
    ----------
    answers, groups : array_like, shape (n,)
        As in `league`.
    raters : array_like, shape (n,)
        Who answered: nobody is in both halves.
    k : int
        How many groups are called the best.
    rng : Generator
        Who falls into which half.
    """
    y, names = np.asarray(answers, dtype=float), np.asarray(groups)
    codes, people = pd.factorize(np.asarray(raters))
    first = rng.permutation(len(people))[codes] < len(people) / 2
    ahead = league(y[first], names[first]).table
    later = pd.Series(y[~first]).groupby(names[~first]).mean()
    both = ahead.join(later.rename("next"), how="inner")
    best = both.sort_values("mean", ascending=False, kind="stable").head(k)
    errors = ((both[["mean", "shrunken"]].sub(both["next"], axis=0)) ** 2).mean()
    return NextCustomers(
        raw_error=float(errors["mean"]),
        shrunken_error=float(errors["shrunken"]),
        top_raw=float(best["mean"].mean()),
        top_shrunken=float(best["shrunken"].mean()),
        top_next=float(best["next"].mean()),
        k=k,
        n_groups=len(both),
    )
