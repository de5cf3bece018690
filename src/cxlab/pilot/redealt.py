"""Looking early at real customers: their cards dealt again, so that they do nothing.

Whether a promise of one in twenty is kept need not be believed. Take the customers of a
real experiment, shuffle them and the cards, and look after each part of them. Whatever
is then found was found by looking.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cxlab.intervals import wilson_limits
from cxlab.results import Estimate

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class DealtLooks:
    """Many dealings that do nothing, each looked at several times."""

    z: Floats  # shape (dealings, looks): difference of shares in standard errors
    n: int  # customers in each dealing
    seen: tuple[int, ...]  # customers seen at each look

    def crossed(self, line: float) -> NDArray[np.bool_]:
        """Return which dealings cross the line at some look."""
        return np.asarray((np.abs(self.z) >= line).any(axis=1))

    def error(self, line: float, *, level: float = 0.95) -> Estimate:
        """Share of dealings called a difference at some look, with its interval."""
        return self._share(int(self.crossed(line).sum()), "at some look", level)

    def error_at_end(self, line: float, *, level: float = 0.95) -> Estimate:
        """Share of dealings called a difference at the last look, with its interval."""
        hits = int((np.abs(self.z[:, -1]) >= line).sum())
        return self._share(hits, "at the last look", level)

    def _share(self, hits: int, when: str, level: float) -> Estimate:
        low, high = wilson_limits(hits, len(self.z), level=level)
        return Estimate(
            quantity=f"dealings called a difference {when}",
            estimate=hits / len(self.z),
            low=float(low),
            high=float(high),
            level=level,
            n=len(self.z),
            unit="share",
        )

    def first(self, dealings: int) -> "DealtLooks":
        """Return the first so many dealings, for a picture."""
        return DealtLooks(z=self.z[:dealings], n=self.n, seen=self.seen)

    def describe(self) -> str:
        """Say what a picture of these dealings shows."""
        return (
            f"{len(self.z)} dealings of the same {self.n} cards that do nothing, each "
            f"looked at {len(self.seen)} times; a line for each wanders around 0, and "
            "some cross the usual line at one look and are back by the next."
        )


def deal_and_look(
    yes: ArrayLike,
    *,
    treated: int,
    looks: int,
    dealings: int,
    rng: np.random.Generator,
) -> DealtLooks:
    """Deal the cards again and look after equal parts of the customers.

    Parameters
    ----------
    yes : array_like of bool, shape (n,)
        Who said yes, whatever the card.
    treated
        How many cards of the kind that is tried.
    looks, dealings
        Looks at each dealing, and how many dealings.

    Notes
    -----
    Both the customers and the cards come in an order drawn by lot. The difference of
    two shares is divided by its standard error with both groups together.
    """
    said = np.asarray(yes, dtype=bool)
    n = len(said)
    if not 0 < treated < n or looks < 1 or dealings < 1 or n < 10 * looks:
        raise ValueError(
            f"treated={treated} of {n}, looks={looks}, dealings={dealings}: some get "
            "the card and some do not, and each look needs ten customers or more."
        )
    card = np.arange(n) < treated
    got = rng.permuted(np.broadcast_to(card, (dealings, n)), axis=1)
    tips = rng.permuted(np.broadcast_to(said, (dealings, n)), axis=1)
    seen = [round(n * (k + 1) / looks) for k in range(looks)]
    z = np.column_stack([_z(got[:, :m], tips[:, :m]) for m in seen])
    return DealtLooks(z=z, n=n, seen=tuple(seen))


def _z(got: NDArray[np.bool_], yes: NDArray[np.bool_]) -> Floats:
    """Difference of two shares in standard errors; 0 where there is nothing to tell."""
    n, m = got.sum(axis=1), (~got).sum(axis=1)
    a, b = (got & yes).sum(axis=1), (~got & yes).sum(axis=1)
    both = (a + b) / (n + m)
    spread = both * (1 - both) * (n + m)
    top = a * m - b * n
    # (a/n - b/m) / sqrt(p (1-p) (1/n + 1/m)), multiplied out so that nothing is 0/0
    below = np.sqrt(np.maximum(spread * n * m, 1e-12))
    return np.asarray(top / below)
