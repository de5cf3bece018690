"""The built-in examples: the tables of one small invented company."""

from functools import cache

import pandas as pd

SEED = 2024
CUSTOMERS, BRANCHES, MONTHS = 2000, 20, 24


@cache
def example(name: str) -> pd.DataFrame:
    """Return one table of a small company, always the same.

    Parameters
    ----------
    name
        Of the table: a name of SCHEMAS.
    """
    frame: pd.DataFrame = getattr(_company(), name)
    return frame


@cache
def _company() -> object:
    from cxlab.company import company  # costs a second, and most lessons need none

    return company(CUSTOMERS, months=MONTHS, n_branches=BRANCHES, seed=SEED)
