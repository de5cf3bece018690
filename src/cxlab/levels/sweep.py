"""The likelihood of crossed groups, by sweeping out one factor after the other.

With one random term per factor, the block of the factor with most levels is diagonal
and is swept out at once. What is left is a table as wide as the other factors: one
Cholesky factor of it gives the likelihood and the effects, and its inverse the slope of
the likelihood, so that a search takes a dozen steps.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg import cho_solve
from scipy.linalg.lapack import dpotrf, dpotri

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Swept:
    """What a table says at given ratios, once everything has been swept out."""

    variances: Floats  # of each factor, and last of the rest
    deviance: float  # minus twice the log-likelihood
    slopes: Floats  # of the deviance along the log of each ratio
    fixed: Floats
    errors: Floats  # standard errors of `fixed`
    effects: tuple[pd.Series, ...]  # of each level, shrunken, by factor


class Table:
    """The cross-products of one table, made once and used at every step.

    Parameters
    ----------
    y : ndarray, shape (n,)
        Marks.
    design : ndarray, shape (n, p)
        Columns whose effect is the same for everybody; the first is ones.
    factors : DataFrame, n rows
        One column per kind of group.
    """

    def __init__(self, y: Floats, design: Floats, factors: pd.DataFrame) -> None:
        coded = {name: pd.factorize(factors[name]) for name in factors}
        self.names = sorted(coded, key=lambda name: -len(coded[name][1]))
        self._labels = [pd.Index(coded[name][1], name=name) for name in self.names]
        self._sizes = [len(labels) for labels in self._labels]
        self._cuts = np.cumsum([0, *self._sizes[1:]])
        self._n, self._p = design.shape
        first, *rest = (_indicator(coded[name][0]) for name in self.names)
        others = sparse.hstack([sparse.csr_matrix((self._n, 0)), *rest]).tocsr()
        data = np.column_stack([design, y])
        self._counts = np.asarray(first.sum(axis=0)).ravel()
        self._cross = (first.T @ others).tocsr()
        self._gram = (others.T @ others).toarray()
        self._products = first.T @ data, others.T @ data, data.T @ data

    def swept(self, log_ratios: Floats, *, restricted: bool) -> Swept:
        """Sweep out the largest factor, then the others, then the fixed effects.

        Parameters
        ----------
        log_ratios : ndarray, one per factor, as in `names`
            Log of its standard deviation in units of the rest's.
        restricted : bool
            Whether the likelihood is the restricted one.
        """
        ratios, p = np.exp(log_ratios), self._p
        scale = np.repeat(ratios[1:], self._sizes[1:])
        of_first, of_others, of_data = self._products
        pivot = ratios[0] ** 2 * self._counts + 1
        shrink = ratios[0] / np.sqrt(pivot)
        first = shrink[:, None] * of_first
        cross = self._cross.multiply(shrink[:, None]).multiply(scale).tocsr()
        block = scale[:, None] * self._gram * scale - (cross.T @ cross).toarray()
        block[np.diag_indices_from(block)] += 1
        root, inverse = _root_and_inverse(block)
        right = scale[:, None] * of_others - cross.T @ first
        others = cho_solve((root, True), right, check_finite=False)
        left = of_data - first.T @ first - right.T @ others
        own = np.linalg.inv(np.linalg.cholesky(left[:p, :p]))
        fixed = own.T @ own @ left[:p, p]
        squares = float(left[p, p] - left[p, :p] @ fixed)
        free = self._n - p if restricted else self._n
        log_det = np.log(pivot).sum() + 2 * np.log(np.diag(root)).sum()
        log_det -= 2 * np.log(np.diag(own)).sum() if restricted else 0
        # Henderson's equations solved, a column for each of `design`, and for y
        solved = [(first - cross @ others) / np.sqrt(pivot)[:, None]]
        solved += [others[a:b] for a, b in pairwise(self._cuts)]
        traces = self._traces(inverse, cross, pivot)
        if restricted:
            traces += [((part[:, :p] @ own.T) ** 2).sum() for part in solved]
        parts = [part @ np.append(-fixed, 1.0) for part in solved]
        variance = squares / free
        lengths = np.array([part @ part for part in parts])
        return Swept(
            variances=np.append(ratios**2, 1.0) * variance,
            deviance=float(log_det + free * (1 + np.log(2 * np.pi * variance))),
            slopes=2 * (np.array(self._sizes) - traces - lengths / variance),
            fixed=fixed,
            errors=np.sqrt((own**2).sum(axis=0) * variance),
            effects=tuple(
                pd.Series(ratio * part, index=labels)
                for ratio, part, labels in zip(ratios, parts, self._labels, strict=True)
            ),
        )

    def _traces(
        self, inverse: Floats, cross: sparse.csr_matrix, pivot: Floats
    ) -> Floats:
        """Return the trace of each factor's block of the inverse of all."""
        halves = sparse.csr_matrix(cross.multiply(1 / np.sqrt(pivot)[:, None]))
        square, diagonal = (halves.T @ halves).toarray(), np.diag(inverse)
        # both are symmetric, and of the inverse only the lower half is there
        within = 2 * np.vdot(square, inverse) - np.diag(square) @ diagonal
        blocks = [diagonal[a:b].sum() for a, b in pairwise(self._cuts)]
        return np.array([(1 / pivot).sum() + within, *blocks])


def _root_and_inverse(block: Floats) -> tuple[Floats, Floats]:
    """Return the Cholesky factor, and the lower half of the inverse."""
    if not len(block):
        return block, block
    root, trouble = dpotrf(block, lower=1)
    inverse, again = dpotri(root, lower=1)
    if trouble or again:
        raise ValueError("The groups cannot be told apart: two factors are the same.")
    return root, inverse


def _indicator(codes: NDArray[np.int64]) -> sparse.csr_matrix:
    rows = np.arange(len(codes))
    return sparse.csr_matrix((np.ones(len(codes)), (rows, codes)))
