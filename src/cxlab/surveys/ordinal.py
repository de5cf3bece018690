"""What moves an answer that is only an order: low, medium, high.

The mean of "low, medium, high" is the mean of words. The ordinal model asks instead how
the odds of a higher answer change, by the same factor at each step of the scale.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxlab.intervals import z_value
from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class OrdinalFit:
    """Log odds of a higher answer for each group against its reference."""

    coefficients: pd.Series  # log odds ratios; index such as "Infl: High"
    errors: pd.Series  # their standard errors
    cuts: tuple[float, ...]  # between the answers, on the log-odds scale
    answers: tuple[str, ...]  # from the lowest
    log_likelihood: float
    n: int

    def estimates(self, *, level: float = 0.95) -> list[Estimate]:
        """Return each coefficient with its interval."""
        values = self.coefficients.to_numpy(dtype=float)
        reaches = z_value(level) * self.errors.to_numpy(dtype=float)
        return [
            Estimate(
                quantity=str(name),
                estimate=float(value),
                low=float(value - reach),
                high=float(value + reach),
                level=level,
                n=self.n,
                unit="log odds",
            )
            for name, value, reach in zip(
                self.coefficients.index, values, reaches, strict=True
            )
        ]

    def summary(self) -> pd.DataFrame:
        """Return the coefficients as the tidy table."""
        return tidy(self.estimates())

    def __str__(self) -> str:
        """Say the largest one as odds."""
        largest = int(self.coefficients.abs().to_numpy().argmax())
        times = np.exp(self.coefficients.iloc[largest])
        return (
            f"{self.coefficients.index[largest]} multiplies the odds of a higher "
            f"answer by {times:.2f} (n = {self.n})."
        )

    def describe(self) -> str:
        """Say what a picture of the coefficients shows."""
        listed = ", ".join(f"{k} {v:+.2f}" for k, v in self.coefficients.items())
        return f"Log odds of a higher answer, against each reference: {listed}."


def fit_ordinal(
    data: pd.DataFrame,
    *,
    outcome: str,
    predictors: Mapping[str, Sequence[str]],
    weights: str,
) -> OrdinalFit:
    """Fit the proportional-odds model to a table of counts.

    Parameters
    ----------
    data : DataFrame
        One row per cell; ``outcome`` is an ordered category.
    outcome : str
        Column of the answers.
    predictors : mapping
        Column to its groups; the first is the reference.
    weights : str
        Column with the number of customers in the cell.

    Raises
    ------
    TypeError
        If the outcome is no ordered category: an alphabetical order would be a guess.
    ArithmeticError
        If the fit does not settle.

    Notes
    -----
    log odds(answer > k) = b1 x1 + b2 x2 + ... - cut_k, the same b at every k.
    """
    # statsmodels costs over a second to import, and one passage needs it
    from statsmodels.miscmodels.ordinal_model import OrderedModel

    answers = data[outcome].dtype
    if not isinstance(answers, pd.CategoricalDtype) or not answers.ordered:
        raise TypeError(
            f"{outcome} is {answers}, not an ordered category: say which answer is low "
            "and which is high, with pd.Categorical(..., ordered=True)."
        )
    people = data.loc[data.index.repeat(data[weights])].reset_index(drop=True)
    columns = {
        f"{name}: {group}": (people[name] == group).astype(float)
        for name, groups in predictors.items()
        for group in list(groups)[1:]
    }
    model = OrderedModel(people[outcome], pd.DataFrame(columns), distr="logit")
    fit = model.fit(method="bfgs", maxiter=500, disp=False)
    if not fit.mle_retvals["converged"]:
        raise ArithmeticError(
            "the ordinal model did not settle after 500 steps: a group may be empty, "
            "or an answer may never have been given."
        )
    names = list(columns)
    return OrdinalFit(
        coefficients=fit.params[names].astype(float),
        errors=fit.bse[names].astype(float),
        cuts=tuple(
            float(c) for c in model.transform_threshold_params(fit.params)[1:-1]
        ),
        answers=tuple(str(a) for a in answers.categories),
        log_likelihood=float(fit.llf),
        n=len(people),
    )
