"""Dealing by lot: chance chooses who gets it, so that nothing else does.

Whoever is chosen for a reason differs by that reason: the keen, the worst, the near.
A lot knows no reasons. What is dealt is a *unit*: a branch, if the whole branch changes
its ways; a customer, if each can be treated apart.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd


def deal(
    units: Sequence[object], *, rng: np.random.Generator, n: int | None = None
) -> pd.Series:
    """Draw by lot which units get it.

    Parameters
    ----------
    units
        Their names, each once.
    rng
        Where the chance comes from; write its seed down before the draw.
    n
        How many get it; None: half of them, rounded down.

    Returns
    -------
    Series of bool
        True for those drawn, by name, in the order given.

    Examples
    --------
    >>> drawn = deal(["north", "south", "east", "west"], rng=np.random.default_rng(4))
    >>> int(drawn.sum()), list(drawn.index)
    (2, ['north', 'south', 'east', 'west'])
    """
    names = pd.Index(list(units), dtype=object)
    if not names.is_unique:
        twice = names[names.duplicated()][0]
        raise ValueError(
            f"{twice!r} stands twice among the units: what is dealt is a unit, and a "
            "unit is dealt once. Give each name once, not one row for each week."
        )
    wanted = len(names) // 2 if n is None else n
    if not 0 < wanted < len(names):
        raise ValueError(
            f"n={wanted} of {len(names)} units: at least one must get it and at least "
            "one must go without, or there is nothing to compare with."
        )
    drawn = np.zeros(len(names), dtype=bool)
    drawn[rng.choice(len(names), size=wanted, replace=False)] = True
    return pd.Series(drawn, index=names, name="drawn")
