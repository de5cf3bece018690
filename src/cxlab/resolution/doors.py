"""Where first contacts go that did not do the whole issue: four ways, one counted."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Doors:
    """Where the first contacts go that did not do the whole issue. Shares sum to 1."""

    done: float  # the customer says that the whole issue was done
    silent: float  # not done, and never heard of again
    elsewhere: float  # not done, and back through another channel only
    late: float  # not done, and back through the same channel, after the window
    counted: float  # not done, and back in time to be counted as not resolved
    window_days: float
    back_though_done: float = 0.0  # part of the done: back in time, and counted too
    n: int | None = None  # cases behind the shares; None: computed, not counted

    @property
    def company(self) -> float:
        """What the company books as resolved: all but the counted."""
        return 1 - self.counted - self.back_though_done

    def shares(self) -> Mapping[str, float]:
        """Return the five shares by name, the done first."""
        names = ("done", "silent", "elsewhere", "late", "counted")
        return {name: getattr(self, name) for name in names}

    def describe(self) -> str:
        """Say what a picture of a hundred customers shows."""
        k = {name: 100 * value for name, value in self.shares().items()}
        return (
            f"A hundred customers as dots, by what became of their first contact: "
            f"{k['done']:.0f} were done; {k['silent']:.0f} gave up, "
            f"{k['elsewhere']:.0f} came back through another channel and "
            f"{k['late']:.0f} after {self.window_days:g} days; {k['counted']:.0f} were "
            f"counted as not resolved. The company books all but these: "
            f"{100 * self.company:.0f}."
        )


def expected_doors(
    *,
    true_share: float,
    callback_share: float,
    same_channel: float,
    window_days: float,
    mean_delay_days: float,
) -> Doors:
    """Compute where first contacts go when callbacks come after a waiting time.

    Parameters
    ----------
    true_share : float
        Share of customers whose whole issue is done at first contact, 0-1.
    callback_share : float
        Of the others, the share that contacts the company again at all, 0-1.
    same_channel : float
        Of these, the share that comes back through the same channel, 0-1.
    window_days : float
        How long a callback counts, days, 0 or more.
    mean_delay_days : float
        Mean of the waiting time, which is exponential, days, above 0.

    Examples
    --------
    Forty of a hundred are done; the company books 78.

    >>> doors = expected_doors(true_share=0.4, callback_share=0.75, same_channel=0.65,
    ...                        window_days=7, mean_delay_days=5)
    >>> round(100 * doors.company, 2)
    77.96
    """
    shares = (true_share, callback_share, same_channel)
    if not all(0 <= s <= 1 for s in shares) or window_days < 0 or mean_delay_days <= 0:
        raise ValueError(
            f"true_share, callback_share, same_channel = {shares}, window_days="
            f"{window_days}, mean_delay_days={mean_delay_days}: shares lie between 0 "
            "and 1, the window is 0 or more days, the delay above 0. Give 75% as 0.75."
        )
    failed = 1 - true_share
    back = failed * callback_share
    same = back * same_channel
    late = same * float(np.exp(-window_days / mean_delay_days))
    return Doors(
        done=true_share,
        silent=failed - back,
        elsewhere=back - same,
        late=late,
        counted=same - late,
        window_days=window_days,
    )


def web_share(*, failed_online: float, phoned_first: float) -> float:
    """Return the share of calls that come from people who tried the web first.

    Parameters
    ----------
    failed_online : float
        Calls from people whom the web site did not help, 0 or more.
    phoned_first : float
        Calls from people who never tried it, 0 or more; not both 0.

    Examples
    --------
    >>> web_share(failed_online=58, phoned_first=42)
    0.58
    """
    if min(failed_online, phoned_first) < 0 or failed_online + phoned_first <= 0:
        raise ValueError(
            f"failed_online={failed_online}, phoned_first={phoned_first}: both are "
            "numbers of calls, 0 or more, and there must be some. Give counts."
        )
    return failed_online / (failed_online + phoned_first)


def fall_needed(share_now: float, share_goal: float) -> float:
    """Return by what part the web must fail less often to reach a share of calls.

    The calls of those who never tried the web stay as they are, so the whole shrinks
    with the part: a fall of the share is a larger fall of the failures.

    Parameters
    ----------
    share_now, share_goal : float
        Share of calls that come from the web, today and as a goal, 0-1.

    Notes
    -----
    1 - odds(goal) / odds(now), with odds = share / (1 - share).

    Examples
    --------
    From 58 in 100 calls to 40 in 100: the web must fail less than half as often.

    >>> round(fall_needed(0.58, 0.40), 3)
    0.517
    """
    if not (0 < share_now < 1 and 0 <= share_goal <= share_now):
        raise ValueError(
            f"share_now={share_now}, share_goal={share_goal}: the share now lies "
            "between 0 and 1, and the goal is 0 or more and not above it. Give 58% as "
            "0.58."
        )
    return 1 - (share_goal / (1 - share_goal)) / (share_now / (1 - share_now))


@dataclass(frozen=True, kw_only=True)
class WebGoal:
    """A hundred calls today, and what is left of them when the web fails less often."""

    share_now: float  # of calls that come from people who tried the web first, 0-1
    share_goal: float

    @property
    def fall(self) -> float:
        """By what part the web must fail less often."""
        return fall_needed(self.share_now, self.share_goal)

    @property
    def calls_left(self) -> float:
        """Calls that remain of a hundred."""
        return 100 * (1 - self.share_now * self.fall)

    def describe(self) -> str:
        """Say what a picture of the goal shows."""
        now = 100 * self.share_now
        return (
            f"Two stacked bars. Of 100 calls today {now:.0f} come from the web and "
            f"{100 - now:.0f} do not. To make the web's share {self.share_goal:.0%}, "
            f"its calls must fall to {self.calls_left - 100 + now:.0f}, by "
            f"{self.fall:.1%}; {self.calls_left:.0f} calls are left in all."
        )
