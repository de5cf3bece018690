"""Where a delight brings more for its money than ease: a map over two knobs.

One knob is how much customers forget of what they expect, the other the price of the
delight. Two lines divide the map: the price at which both bring the same for each unit
of money, and the price at which the delight only just brings what it costs.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cxlab.simulate.market import DELIGHT, EASE, Action, Market

Floats = NDArray[np.float64]

NEITHER = "neither"


@dataclass(frozen=True, kw_only=True)
class PriceMap:
    """The two prices of a delight that matter, by how much customers forget."""

    market: Market
    delight: Action  # at the price the reader has set
    ease: Action
    forgetting: Floats  # share of what is expected, forgotten within a month
    even: Floats  # price at which both bring the same for each unit of money
    pays: Floats  # price at which the delight just brings what it costs

    @property
    def ease_brings(self) -> float:
        """Money that a unit spent on ease brings."""
        return self.market.act(self.ease).per_money

    @property
    def delight_brings(self) -> float:
        """Money that a unit spent on the delight brings, at the reader's knobs."""
        return self.market.act(self.delight).per_money

    @property
    def border(self) -> Floats:
        """Price below which a unit of money is best spent on the delight."""
        return np.minimum(self.even, self.pays)

    @property
    def here(self) -> tuple[float, float]:
        """Both prices at the reader's own forgetting: even, and just paying."""
        mine = self.market.forgetting
        even = float(np.interp(mine, self.forgetting, self.even))
        return even, float(np.interp(mine, self.forgetting, self.pays))

    @property
    def best(self) -> str:
        """What a unit of money is best spent on at the reader's knobs."""
        brings = {DELIGHT: self.delight_brings, EASE: self.ease_brings, NEITHER: 1.0}
        return max(brings, key=lambda name: brings[name])

    def __str__(self) -> str:
        """Say where the border lies in one sentence."""
        return (
            f"If {self.market.forgetting:.0%} is forgotten within a month, a delight "
            f"brings more than ease below a price of {self.here[0]:.2f}, and what it "
            f"costs below {self.here[1]:.2f}."
        )

    def describe(self) -> str:
        """Say what a picture of the map shows."""
        return (
            "Map of the price of a delight by how much is forgotten, with two lines: "
            f"where ease brings as much, and where the delight just pays. {self}"
        )


def price_map(
    market: Market, *, delight: Action, ease: Action, steps: int = 41
) -> PriceMap:
    """Return at which prices a delight beats ease, for every degree of forgetting.

    Notes
    -----
    What an action brings does not depend on its price, so that one run for each degree
    of forgetting gives both lines exactly.
    """
    if steps < 2:
        raise ValueError(f"steps={steps}: a line needs at least two points.")
    values = np.unique([*np.linspace(0, 1, steps), market.forgetting])
    worlds = [replace(market, forgetting=float(f)) for f in values]
    one = np.array([world.act(delight).per_customer for world in worlds])
    other = np.array([world.act(ease).per_customer for world in worlds])
    return PriceMap(
        market=market,
        delight=delight,
        ease=ease,
        forgetting=values,
        even=ease.cost * one / other,
        pays=one,
    )


@dataclass(frozen=True, kw_only=True)
class ForgettingCurve:
    """Customer-months that a delight wins, by how much of it is forgotten."""

    forgetting: Floats
    easy: Floats  # where all who leave a firm go to the other one
    hard: Floats  # where none of them does
    a_little: float  # the degree of forgetting that is compared with none

    @property
    def easy_change(self) -> float:
        """What a little forgetting does where customers are easy to take."""
        return float(np.interp(self.a_little, self.forgetting, self.easy)) - float(
            self.easy[0]
        )

    @property
    def hard_change(self) -> float:
        """What a little forgetting does where customers are hard to take."""
        return float(np.interp(self.a_little, self.forgetting, self.hard)) - float(
            self.hard[0]
        )

    def __str__(self) -> str:
        """Say both changes in one sentence."""
        return (
            f"If {self.a_little:.0%} is forgotten in a month and not nothing, a "
            f"delight wins {_more(self.easy_change)} where the rival's customers are "
            f"easy to take, and {_more(self.hard_change)} where they are not."
        )

    def describe(self) -> str:
        """Say what a picture of both curves shows."""
        return f"Two lines of customer-months won, by what is forgotten. {self}"


def _more(change: float) -> str:
    """Say a change with its direction in words."""
    return f"{abs(change):.0f} customer-months {'more' if change > 0 else 'fewer'}"


def forgetting_curve(
    market: Market, action: Action, *, a_little: float = 0.1, steps: int = 41
) -> ForgettingCurve:
    """Return what forgetting does to a delight, with and without a rival to rob.

    References
    ----------
    Rust and Oliver (2000), Journal of the Academy of Marketing Science 28(1), 86-94,
    for the question and the signs; the market is ours.
    """
    values = np.unique([*np.linspace(0, 1, steps), a_little])

    def kept(moving: float) -> Floats:
        worlds = (replace(market, forgetting=float(f), moving=moving) for f in values)
        return np.array([world.act(action).kept for world in worlds])

    return ForgettingCurve(
        forgetting=values, easy=kept(1.0), hard=kept(0.0), a_little=a_little
    )
