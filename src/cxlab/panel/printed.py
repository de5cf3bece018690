"""What published panels say about the direction, and when that settles it.

Abstracts print which arrow was found, seldom its size; of one panel we have sizes and
p-values. Both can be read again without the data: an interval follows from an estimate
and its p-value, and a verdict from a rule that says which studies count.
"""

from collections.abc import Iterable, Mapping

from scipy.special import ndtri

from cxlab.intervals import z_value
from cxlab.results import Estimate

STAFF_FIRST, CUSTOMERS_FIRST = "staff first", "customers first"
BOTH, NEITHER = "both ways", "neither way"
_FOUND = {
    (True, False): STAFF_FIRST,
    (False, True): CUSTOMERS_FIRST,
    (True, True): BOTH,
    (False, False): NEITHER,
}


def interval_from_p(
    estimate: float, p: float, *, quantity: str, n: int, level: float = 0.95
) -> Estimate:
    """Return the interval that belongs to a printed estimate and its p-value.

    Parameters
    ----------
    estimate : float
        As printed, not 0.
    p : float
        Two-sided p-value against zero, between 0 and 1.

    Notes
    -----
    The standard error is the estimate divided by the normal quantile of its p-value.

    Examples
    --------
    A p-value of .05 is an interval that ends at zero.

    >>> print(interval_from_p(0.2, 0.05, quantity="arrow", n=400))
    arrow: 0.2 (95% interval 0 to 0.4, n = 400)
    """
    if not 0 < p < 1 or estimate == 0:
        raise ValueError(
            f"estimate={estimate} with p={p}: the p-value lies between 0 and 1 and the "
            "estimate is not 0; otherwise no standard error follows from them."
        )
    reach = z_value(level) * abs(estimate) / float(ndtri(1 - p / 2))
    return Estimate(
        quantity=quantity,
        estimate=estimate,
        low=_tidy(estimate - reach),
        high=_tidy(estimate + reach),
        level=level,
        n=n,
    )


def direction_verdict(studies: Iterable[Mapping[str, object]]) -> str:
    """Return the verdict on "staff first" that a list of studies allows.

    A study counts if it looked both ways and removed what is stable about each unit.

    Parameters
    ----------
    studies : iterable of mappings
        With ``staff_to_customers`` and ``customers_to_staff``: "found", "not found" or
        "not asked"; and ``stable_removed``: "yes" or "not said".

    Returns
    -------
    str
        "holds with limits" if there are studies that count and all find staff first;
        "overstated" if all find customers first; otherwise "open".

    Examples
    --------
    >>> one = {"staff_to_customers": "found", "customers_to_staff": "not found"}
    >>> direction_verdict([{**one, "stable_removed": "not said"}])
    'open'
    >>> direction_verdict([{**one, "stable_removed": "yes"}])
    'holds with limits'
    """
    found = set()
    for study in studies:
        ways = (study["staff_to_customers"], study["customers_to_staff"])
        strange = set(ways) - {"found", "not found", "not asked"}
        if strange or study["stable_removed"] not in ("yes", "not said"):
            raise ValueError(
                f"{dict(study)}: an arrow is 'found', 'not found' or 'not asked', "
                "and stable_removed is 'yes' or 'not said'. Read the study again, "
                "and say which."
            )
        if "not asked" not in ways and study["stable_removed"] == "yes":
            found.add(_FOUND[ways[0] == "found", ways[1] == "found"])
    if found == {STAFF_FIRST}:
        return "holds with limits"
    return "overstated" if found == {CUSTOMERS_FIRST} else "open"


def _tidy(end: float) -> float:
    """Take rounding dust for the zero that it is."""
    return 0.0 if abs(end) < 1e-12 else end
