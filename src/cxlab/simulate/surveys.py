"""Customers who answer: repeated surveys, equal scores that race, reversed scales."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, ndtri

from cxlab.surveys import CES_VERSIONS, TwoGroups, scale_named

RUNNERS = ("satisfaction", "recommendation", "ease")


def repeated_surveys(
    truth: TwoGroups, *, n: int, surveys: int, rng: np.random.Generator
) -> list[TwoGroups]:
    """Ask ``n`` customers of the same market again and again.

    Parameters
    ----------
    truth : TwoGroups
        The whole market: the shares of its four cells.
    n : int
        Customers asked in each survey, at least 4.
    surveys : int
        How many surveys, at least 1.
    rng : Generator
        Where the randomness comes from.

    Returns
    -------
    list of TwoGroups
        One per survey, in whole customers; a cell may be empty by chance.
    """
    if n < 4 or surveys < 1:
        raise ValueError(
            f"n={n}, surveys={surveys}: ask at least 4 customers in at least 1 survey."
        )
    shares = truth.counts.ravel() / truth.n
    drawn = rng.multinomial(n, shares / shares.sum(), size=surveys)
    return [
        TwoGroups(
            dissatisfied_leave=float(a),
            dissatisfied_stay=float(b),
            satisfied_leave=float(c),
            satisfied_stay=float(d),
        )
        for a, b, c, d in drawn
    ]


@dataclass(frozen=True, kw_only=True)
class Race:
    """Scores of the same customers and who stayed, with the truth behind them."""

    scores: pd.DataFrame  # answers, 0 to 10, one column per score
    stayed: NDArray[np.bool_]
    noise: dict[str, float]  # how far each score strays from loyalty, SD


def race(
    *,
    n: int,
    rng: np.random.Generator,
    noise: dict[str, float] | None = None,
    share_stay: float = 0.75,
) -> Race:
    """Draw customers whose loyalty shows in several scores and in staying.

    Parameters
    ----------
    n : int
        Customers, at least 20.
    rng : Generator
        Where the randomness comes from.
    noise : dict, optional
        Score to how far it strays from loyalty, in standard deviations of loyalty.
        By default satisfaction, recommendation and ease stray equally far.
    share_stay : float
        About how many stay, 0-1.

    Notes
    -----
    Loyalty is standard normal. A score is 7 + 1.6 (loyalty + noise), rounded and cut
    off at 0 and 10; staying has odds exp(a + 1.2 loyalty), with a set for the share.
    """
    if n < 20 or not 0 < share_stay < 1:
        raise ValueError(
            f"n={n}, share_stay={share_stay}: draw at least 20 customers of whom some "
            "stay and some leave."
        )
    strays = dict.fromkeys(RUNNERS, 1.0) if noise is None else dict(noise)
    loyalty = rng.standard_normal(n)
    # a logistic slope of 1.2 spreads the odds as a probit with variance 1 + .5 would
    chance = expit(1.2 * loyalty + 1.7 * np.sqrt(1.5) * ndtri(share_stay))
    stayed = rng.random(n) < chance
    if stayed.all() or not stayed.any():
        raise ValueError(
            f"all of {n} customers did the same: draw more customers, or a share_stay "
            "further from 0 and 1."
        )
    scores = {
        name: np.clip(
            np.round(7 + 1.6 * (loyalty + stray * rng.standard_normal(n))), 0, 10
        )
        for name, stray in strays.items()
    }
    return Race(scores=pd.DataFrame(scores), stayed=stayed, noise=strays)


def effort_answers(
    *, n: int, ces_version: str, rng: np.random.Generator, correlation: float = 0.5
) -> pd.DataFrame:
    """Draw customers who were asked about effort in one version, and satisfaction.

    Parameters
    ----------
    n : int
        Customers, at least 1.
    ces_version : str
        The version that was really asked, "1.0" or "2.0".
    rng : Generator
        Where the randomness comes from.
    correlation : float
        Of ease and satisfaction, -1 .. 1, before both are put on their scales.

    Returns
    -------
    DataFrame
        ``effort`` on the scale of the version and ``satisfaction`` on 1 to 5.
    """
    if ces_version not in CES_VERSIONS or n < 1:
        raise ValueError(
            f"n={n}, ces_version={ces_version!r}: draw at least 1 customer; the "
            f"versions are {', '.join(CES_VERSIONS)}."
        )
    scale, csat = scale_named(f"ces {ces_version}"), scale_named("csat")
    ease, own = rng.standard_normal((2, n))
    happy = correlation * ease + np.sqrt(1 - correlation**2) * own
    signed = ease if scale.high_is_good else -ease
    middle = (scale.lowest + scale.highest) / 2
    answers = np.round(middle + (scale.highest - scale.lowest) / 4 * signed)
    return pd.DataFrame(
        {
            "effort": np.clip(answers, scale.lowest, scale.highest).astype(int),
            "satisfaction": np.clip(
                np.round(3.5 + happy), csat.lowest, csat.highest
            ).astype(int),
        }
    )


def agents(
    *, n_agents: int, per_agent: int, spread: float, rng: np.random.Generator
) -> pd.DataFrame:
    """Draw customers who share agents, some of whom are better than others.

    Parameters
    ----------
    n_agents, per_agent : int
        Agents, and customers of each.
    spread : float
        How far agents differ, in points of the answer; 0: not at all.
    rng : Generator
        Where the randomness comes from.

    Returns
    -------
    DataFrame
        ``agent`` and ``recommend``, 0 to 10, one row per customer.
    """
    if min(n_agents, per_agent) < 1 or spread < 0:
        raise ValueError(
            f"n_agents={n_agents}, per_agent={per_agent}, spread={spread}: at least "
            "one agent and one customer, and a spread of 0 or more."
        )
    level = np.repeat(8 + spread * rng.standard_normal(n_agents), per_agent)
    answers = np.round(level + 1.5 * rng.standard_normal(len(level)))
    return pd.DataFrame(
        {
            "agent": np.repeat(np.arange(n_agents), per_agent),
            "recommend": np.clip(answers, 0, 10).astype(int),
        }
    )
