"""What counts as a signal: one point far out, or a run that chance seldom makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """So many of so many points beyond a line, all on the same side of the centre."""

    name: str
    hits: int  # points beyond the line
    of: int  # among so many in a row, the last of them the present one
    beyond: float  # the line, in sigmas from the centre; 0 is the centre itself

    def __post_init__(self) -> None:
        """Refuse rules that cannot be."""
        if not 1 <= self.hits <= self.of <= 16 or self.beyond < 0:
            raise ValueError(
                f"{self.name}: {self.hits} of {self.of} points beyond {self.beyond} "
                "sigmas. A rule asks for 1 or more of at most 16 points, beyond a line "
                "at 0 sigmas or further out."
            )

    def found(self, z: ArrayLike) -> Bools:
        """Return at which points the rule is met, on either side of the centre.

        Parameters
        ----------
        z : array_like, shape (n_points,)
            Distances from the centre in sigmas, in order of time.

        Examples
        --------
        >>> two = Rule(name="2 of 3 beyond 2", hits=2, of=3, beyond=2)
        >>> two.found([2.5, 0.0, 2.1, 2.1, 0.0, -2.5]).tolist()
        [False, False, True, True, False, False]
        """
        points = np.asarray(z, dtype=float)
        met = np.zeros(points.shape, dtype=bool)
        for side in (points, -points):
            hit = side > self.beyond
            counts = np.convolve(hit, np.ones(self.of, dtype=int))[: points.size]
            met |= hit & (counts >= self.hits)
        return met


# Western Electric (1956), Statistical Quality Control Handbook
FOUR_RULES = (
    Rule(name="1 beyond 3 sigmas", hits=1, of=1, beyond=3),
    Rule(name="2 of 3 beyond 2 sigmas", hits=2, of=3, beyond=2),
    Rule(name="4 of 5 beyond 1 sigma", hits=4, of=5, beyond=1),
    Rule(name="8 in a row on one side", hits=8, of=8, beyond=0),
)
ONE_RULE = FOUR_RULES[:1]
RULES: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {"one": ONE_RULE, "four": FOUR_RULES}
)


def rules_named(name: str) -> tuple[Rule, ...]:
    """Return the rules of a name: one, or four.

    Raises
    ------
    ValueError
        If there is no such name.
    """
    if name not in RULES:
        raise ValueError(
            f"rules={name!r}: choose one of {', '.join(RULES)}. 'one' is a point "
            "beyond three sigmas, 'four' adds three kinds of runs."
        )
    return RULES[name]


def find_signals(z: ArrayLike, *, rules: Sequence[Rule] = ONE_RULE) -> pd.DataFrame:
    """Return the points at which a rule is met, in order of time.

    Parameters
    ----------
    z : array_like, shape (n_points,)
        Distances from the centre in sigmas.
    rules
        What counts as a signal.

    Returns
    -------
    DataFrame
        ``point`` (0 is the first), ``side`` (above or below) and ``rule``: the first of
        the rules that is met there.

    Examples
    --------
    >>> find_signals([0.5, -3.2, 0.1])
       point   side               rule
    0      1  below  1 beyond 3 sigmas
    """
    points = np.asarray(z, dtype=float)
    found = np.array([rule.found(points) for rule in rules]).reshape(len(rules), -1)
    at = np.flatnonzero(found.any(axis=0))
    return pd.DataFrame(
        {
            "point": at,
            "side": np.where(points[at] > 0, "above", "below"),
            "rule": [rules[k].name for k in found[:, at].argmax(axis=0)],
        }
    )
