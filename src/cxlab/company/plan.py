"""A plan: how much money goes to which of five strategies each month."""

import math
from dataclasses import astuple, dataclass

STRATEGIES = ("ease", "delight", "onboarding", "people", "recovery")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Money per month for each strategy, for the whole company, at least 0.

    Examples
    --------
    >>> plan = Plan(ease=300, recovery=200)
    >>> plan.total, plan.money["recovery"]
    (500.0, 200)
    >>> str(Plan())
    'Spend nothing.'
    """

    ease: float = 0.0  # money per month: fewer transfers, less to repeat, more solved
    delight: float = 0.0  # gestures that go beyond what is expected
    onboarding: float = 0.0  # the first 100 days of a new customer
    people: float = 0.0  # what employees work with: internal quality
    recovery: float = 0.0  # failures noticed and put right

    def __post_init__(self) -> None:
        """Refuse money that cannot be spent."""
        for name, money in self.money.items():
            if not (math.isfinite(money) and money >= 0):
                raise ValueError(
                    f"{name}={money}: money per month is a finite number of at least "
                    "0. To take money away from a strategy, give it less."
                )

    @property
    def money(self) -> dict[str, float]:
        """Money per month by strategy."""
        return dict(zip(STRATEGIES, astuple(self), strict=True))

    @property
    def total(self) -> float:
        """Money per month in all."""
        return sum(self.money.values())

    def __str__(self) -> str:
        """Say the plan in one line."""
        spent = {name: money for name, money in self.money.items() if money}
        if not spent:
            return "Spend nothing."
        return "Each month: " + ", ".join(f"{m:,.0f} on {n}" for n, m in spent.items())
