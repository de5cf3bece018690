"""Two companies that many tests look at, made once."""

import pytest

from cxlab.company import Company, Truth, company


@pytest.fixture(scope="session")
def grown() -> Company:
    """Large enough to find coefficients again: 12,000 customers in 40 branches."""
    return company(12_000, n_branches=40, truth=Truth(), seed=3)


@pytest.fixture(scope="session")
def small() -> Company:
    return company(400, months=8, n_branches=8, seed=2024)
