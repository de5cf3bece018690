"""From one row per customer to five groups: ranking, cutting, counting.

Effort runs from 1 easy to 7 hard everywhere in the course. Only the order of customers
counts: any relabelling that keeps the order gives the same groups.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

from cxlab.effort.groups import GroupShares
from cxlab.latent import Link

Floats = NDArray[np.float64]

EFFORT_RANGE = (1.0, 7.0)  # points, 1 easy .. 7 hard
GROUPS = 5


def share_by_group(
    ranking: ArrayLike,
    disloyal: ArrayLike,
    *,
    share_extreme: float = 0.2,
    ends: tuple[str, str] = ("easiest contacts", "hardest contacts"),
    level: float = 0.95,
) -> GroupShares:
    """Rank customers, cut two ends and three groups between, and count the disloyal.

    Parameters
    ----------
    ranking : array_like, shape (n,)
        What customers are ranked by, from good to bad. Only the order counts;
        customers with the same value stay together.
    disloyal : array_like of bool, shape (n,)
        Who is disloyal.
    share_extreme : float
        Share of customers in each end, above 0 and below .5. Fifths are .2.
    ends : tuple of str
        What to call the first group and the last.

    Returns
    -------
    GroupShares

    Raises
    ------
    ValueError
        If answers are missing, or so many are equal that the cut would part customers
        who gave the same answer.

    Examples
    --------
    Ten customers, ranked by how hard their contact was. The slide shows 0% and 100%.

    >>> effort = [1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 7]
    >>> disloyal = [0, 0, 0, 1, 1, 0, 0, 1, 1, 1]
    >>> found = share_by_group(effort, disloyal)
    >>> found.low, found.high, found.hits
    (0.0, 1.0, (0, 1, 1, 1, 2))
    """
    values, said = _ranking_and_answers(ranking, disloyal)
    link = Link(correlation=0.0, base=0.5, share_extreme=share_extreme)
    ranks = (rankdata(values) - 0.5) / len(values)
    group = np.searchsorted(link.edges[1:-1], ranks, side="right")
    sizes = np.bincount(group, minlength=GROUPS)
    meant = np.diff(link.edges) * len(values)
    if np.any(np.abs(sizes - meant) > np.maximum(0.5 * meant, 1)):
        raise ValueError(
            f"groups of {np.round(meant, 1).tolist()} customers were asked for, and "
            f"equal answers allow only {sizes.tolist()}: there are "
            f"{np.unique(values).size} different values. Customers who gave the same "
            "answer are not parted at random. Use a finer measure of effort, such as "
            "the mean of several questions, or a larger share_extreme."
        )
    hits = np.bincount(group, weights=said, minlength=GROUPS)
    return GroupShares(
        hits=tuple(int(x) for x in hits),
        sizes=tuple(int(x) for x in sizes),
        share_extreme=share_extreme,
        ends=ends,
        level=level,
    )


def disloyal_by_group(
    contacts: pd.DataFrame, *, share_extreme: float = 0.2, level: float = 0.95
) -> GroupShares:
    """Return how many are disloyal, from the easiest contacts to the hardest.

    Parameters
    ----------
    contacts : DataFrame
        One row per contact; ``effort``, points, 1 easy .. 7 hard; ``disloyal``, true
        or false.
    share_extreme : float
        Share of the contacts in each of the two ends.

    Raises
    ------
    ValueError
        If a column is missing, effort is off its scale, or the groups cannot be cut.
    """
    missing = {"effort", "disloyal"} - set(contacts.columns)
    if missing:
        raise ValueError(
            f"the table has the columns {', '.join(map(str, contacts.columns))}; "
            f"{' and '.join(sorted(missing))} is missing. Rename your columns first."
        )
    easy, hard = EFFORT_RANGE
    off = contacts.loc[~contacts["effort"].between(easy, hard), "effort"]
    if len(off):
        raise ValueError(
            f"effort={off.iloc[0]} in row {off.index[0]}: effort runs from 1 easy to 7 "
            "hard, and none may be missing. CES 2.0 runs the other way: turn it with "
            "8 - score."
        )
    return share_by_group(
        contacts["effort"],
        contacts["disloyal"],
        share_extreme=share_extreme,
        level=level,
    )


def disloyal_by_fifth(contacts: pd.DataFrame) -> GroupShares:
    """Return how many are disloyal in each fifth, easiest contacts first."""
    return disloyal_by_group(contacts, share_extreme=0.2)


def least_loyal(loyalty: ArrayLike, *, share: float) -> NDArray[np.bool_]:
    """Call the least loyal customers disloyal: as near to a given share as ties allow.

    Parameters
    ----------
    loyalty : array_like, shape (n,)
        Points, high is loyal.
    share : float
        Share of customers to be called disloyal, 0-1.

    Examples
    --------
    Half are wanted; three customers tie at 5, so two or five can be had: two is nearer.

    >>> least_loyal([1, 2, 5, 5, 5, 9], share=0.5).tolist()
    [True, True, False, False, False, False]
    """
    values = np.asarray(loyalty, dtype=float)
    if not 0 < share < 1 or not np.all(np.isfinite(values)):
        raise ValueError(
            f"share={share} of {values.size} answers: give a share strictly between 0 "
            "and 1, and leave out customers without an answer."
        )
    cuts = np.unique(values)
    below = np.searchsorted(np.sort(values), cuts) / values.size
    nearest: NDArray[np.bool_] = values < cuts[np.argmin(np.abs(below - share))]
    return nearest


def _ranking_and_answers(
    ranking: ArrayLike, disloyal: ArrayLike
) -> tuple[Floats, NDArray[np.int64]]:
    """Tidy the two columns: numbers without gaps, and answers that are yes or no."""
    values = np.asarray(ranking, dtype=float)
    answers = np.asarray(disloyal)
    if values.ndim != 1 or values.shape != answers.shape or values.size < GROUPS:
        raise ValueError(
            f"a ranking of shape {values.shape} and answers of shape {answers.shape}: "
            f"give one number and one answer per customer, at least {GROUPS} of them."
        )
    gaps = int(np.sum(~np.isfinite(values)))
    if gaps:
        raise ValueError(
            f"{gaps} of {values.size} customers have no value to be ranked by. Leave "
            "them out, and say how many they are."
        )
    if not np.all(np.isin(answers, (0, 1))):
        raise ValueError(
            "the answers hold something else than true or false (1 or 0). Decide first "
            "who counts as disloyal."
        )
    return values, answers.astype(np.int64)
