"""A literature whose truth we set, in which dull results may stay in the drawer."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr

from cxlab.meta import Studies, asymmetry, fisher, pool, trim_and_fill

_SIGNIFICANT = 1.959963984540054  # the customary hurdle: z above 1.96


@dataclass(frozen=True, kw_only=True)
class EvidenceWorld:
    """What is true, how far truths differ, and what happens to dull results."""

    truth: float = 0.10  # mean of the true links, Fisher z
    heterogeneity: float = 0.10  # standard deviation of the true links
    drawer: float = 0.8  # share of the results that are not significant and stay put
    smallest: int = 30  # people in the smallest study
    largest: int = 800  # people in the largest study

    def __post_init__(self) -> None:
        """Refuse a world that cannot be."""
        if not 0 <= self.drawer < 1 or self.heterogeneity < 0:
            raise ValueError(
                f"drawer={self.drawer}, heterogeneity={self.heterogeneity}: the drawer "
                "holds a share from 0 to less than 1, and a spread is not negative."
            )
        if not 4 <= self.smallest <= self.largest:
            raise ValueError(
                f"smallest={self.smallest}, largest={self.largest}: a study has at "
                "least 4 people, and the largest is not smaller than the smallest."
            )

    def printed(self, people: int) -> tuple[float, float]:
        """Return what is printed of endless studies of one size, exactly.

        Returns
        -------
        share, mean : float
            Share of the studies that is printed, and their mean effect, Fisher z.

        Notes
        -----
        Effects follow a bell curve with standard deviation s about the truth m; those
        beyond the hurdle c are printed, and 1 - drawer of the others. With a the
        distance (m - c) / s, the share is 1 - drawer (1 - Phi(a)) and the mean is
        m + drawer s phi(a) / share.
        """
        error = 1 / np.sqrt(people - 3)
        s = np.sqrt(self.heterogeneity**2 + error**2)
        a = (self.truth - _SIGNIFICANT * error) / s
        share = 1 - self.drawer * (1 - ndtr(a))
        density = np.exp(-(a**2) / 2) / np.sqrt(2 * np.pi)
        return float(share), float(self.truth + self.drawer * s * density / share)


def literature(
    world: EvidenceWorld, *, k: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, EvidenceWorld]:
    """Draw every study that was done, and mark those that were printed.

    Parameters
    ----------
    world : EvidenceWorld
        What is true, and the drawer.
    k : int
        Studies done, at least 2.
    rng : Generator
        Where the randomness comes from.

    Returns
    -------
    done : DataFrame, k rows
        ``people``; ``r``, the correlation found; ``printed``, true or false.
    world : EvidenceWorld
        As given.
    """
    if k < 2:
        raise ValueError(f"k={k}: a literature has at least two studies.")
    sizes = rng.uniform(np.log(world.smallest), np.log(world.largest), k)
    people = np.round(np.exp(sizes)).astype(int)
    errors = 1 / np.sqrt(people - 3)
    truths = world.truth + world.heterogeneity * rng.standard_normal(k)
    found = truths + errors * rng.standard_normal(k)
    lucky = rng.random(k) >= world.drawer
    printed = (found > _SIGNIFICANT * errors) | lucky
    table = pd.DataFrame({"people": people, "r": np.tanh(found), "printed": printed})
    return table, world


def as_studies(done: pd.DataFrame) -> Studies:
    """Put drawn studies side by side on Fisher's scale."""
    return fisher(done["r"], done["people"])


def repaired(
    world: EvidenceWorld, *, k: int, n_worlds: int, rng: np.random.Generator
) -> pd.DataFrame:
    """Draw literatures and see what pooling and two repairs make of what is printed.

    Parameters
    ----------
    world : EvidenceWorld
        What is true, and the drawer.
    k : int
        Studies done in each literature.
    n_worlds : int
        Literatures, at least 2.
    rng : Generator
        Where the randomness comes from.

    Returns
    -------
    DataFrame
        One row per way of averaging: ``average`` over the literatures, and between
        which values 95 of 100 of them lie (``low``, ``high``); correlations. All
        studies pooled; the printed ones; the printed ones with mirror images filled
        in; the line of the printed ones led to a study without chance.
    """
    rows = []
    for _ in range(n_worlds):
        done, _ = literature(world, k=k, rng=rng)
        seen = as_studies(done[done["printed"]])
        rows.append(
            [
                pool(as_studies(done), method="DL").average.estimate,
                pool(seen, method="DL").average.estimate,
                trim_and_fill(seen, method="DL").pooled.average.estimate,
                asymmetry(seen, method="DL").at_no_error,
            ]
        )
    found = np.tanh(np.array(rows))
    low, high = np.quantile(found, [0.025, 0.975], axis=0)
    ways = ["all studies", "printed", "mirror images filled in", "line to no error"]
    columns = {"average": found.mean(axis=0), "low": low, "high": high}
    return pd.DataFrame(columns, index=pd.Index(ways, name="pooled from"))
