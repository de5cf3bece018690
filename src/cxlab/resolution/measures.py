"""One rate, two definitions: counted as the company does, and as its customers do."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.intervals import share
from cxlab.resolution.doors import Doors
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class FirstContact:
    """One rate of first-contact resolution as two sides define it."""

    company: Estimate  # share without a callback that the company's rule counts
    customer: Estimate  # share of first contacts that the customer calls done
    window_days: float  # a later callback is not counted
    same_channel: bool  # True: a callback through another channel is not counted
    open_cases: int  # left out: their window was not over when the log ended

    @property
    def gap(self) -> float:
        """Company less customer, in share."""
        return self.company.estimate - self.customer.estimate

    def summary(self) -> pd.DataFrame:
        """Return both measures in the course's tidy table."""
        return tidy([self.company, self.customer])

    def __str__(self) -> str:
        """Say both in one sentence."""
        return (
            f"Within {self.window_days:g} days the company counts "
            f"{self.company.estimate:.0%} as resolved at first contact; of the "
            f"customers, {self.customer.estimate:.0%} say that all was done."
        )


@dataclass(frozen=True, kw_only=True)
class WindowCurve:
    """Both measures for windows from short to long, from the same log."""

    same_channel: tuple[FirstContact, ...]  # callbacks through the same channel only
    any_channel: tuple[FirstContact, ...]

    @property
    def windows(self) -> Floats:
        """Lengths of the windows, days, rising."""
        return np.array([m.window_days for m in self.same_channel])

    def describe(self) -> str:
        """Say what a picture of the curve shows."""
        first, last = self.same_channel[0], self.same_channel[-1]
        widest = self.any_channel[-1]
        return (
            f"Lines over the length of the window. Counting the same channel only, the "
            f"company's share resolved falls from {first.company.estimate:.0%} at "
            f"{first.window_days:g} days to {last.company.estimate:.0%} at "
            f"{last.window_days:g}; counting every channel it ends at "
            f"{widest.company.estimate:.0%}. The customers' share stays near "
            f"{widest.customer.estimate:.0%} throughout."
        )


def first_contact_measures(
    cases: pd.DataFrame, *, window_days: float = 7, same_channel: bool = True
) -> FirstContact:
    """Count first-contact resolution as the company does, and as its customers do.

    Parameters
    ----------
    cases : DataFrame
        From `first_contacts`.
    window_days : float
        The company counts a callback up to this many days later, 0 or more.
    same_channel : bool
        True: only callbacks through the channel of the first contact count.

    Raises
    ------
    ValueError
        If no case has been watched for the whole window, or no customer was asked.

    Notes
    -----
    Cases whose window was not over when the log ended are left out of both measures:
    their silence says nothing yet. Customers who were not asked are left out of theirs.
    """
    watched = _watched(cases, window_days)
    back = watched["next_same_days" if same_channel else "next_days"]
    asked = watched["done"].dropna()
    if asked.empty:
        raise ValueError(
            "No customer of these cases was asked whether all was done. Ask a sample "
            "of them; the log alone cannot know."
        )
    return FirstContact(
        company=share(
            int((back > window_days).sum()), len(watched), quantity="company's view"
        ),
        customer=share(int(asked.sum()), len(asked), quantity="customers' view"),
        window_days=window_days,
        same_channel=same_channel,
        open_cases=len(cases) - len(watched),
    )


def window_curve(cases: pd.DataFrame, *, windows: Iterable[float]) -> WindowCurve:
    """Count both measures for several windows, through the same and any channel.

    Parameters
    ----------
    cases : DataFrame
        From `first_contacts`.
    windows
        Lengths in days, rising. Only cases watched for the longest are counted, so that
        the curve compares windows and not customers.
    """
    lengths = list(windows)
    watched = _watched(cases, max(lengths))

    def measures(*, same_channel: bool) -> tuple[FirstContact, ...]:
        return tuple(
            first_contact_measures(watched, window_days=w, same_channel=same_channel)
            for w in lengths
        )

    return WindowCurve(
        same_channel=measures(same_channel=True),
        any_channel=measures(same_channel=False),
    )


def doors_taken(cases: pd.DataFrame, *, window_days: float = 7) -> Doors:
    """Count where the first contacts went that did not do the whole issue.

    Parameters
    ----------
    cases : DataFrame
        From `first_contacts`; only those whose customer was asked, and whose window
        was over, are counted.
    window_days : float
        The company's window, 0 or more.
    """
    asked = _watched(cases, window_days).dropna(subset=["done"])
    failed = ~asked["done"].to_numpy(dtype=bool)
    silent = np.isinf(asked["next_days"].to_numpy())
    same = asked["next_same_days"].to_numpy()
    return Doors(
        done=float((~failed).mean()),
        silent=float((failed & silent).mean()),
        elsewhere=float((failed & ~silent & np.isinf(same)).mean()),
        late=float((failed & np.isfinite(same) & (same > window_days)).mean()),
        counted=float((failed & (same <= window_days)).mean()),
        window_days=window_days,
        back_though_done=float((~failed & (same <= window_days)).mean()),
        n=len(asked),
    )


def _watched(cases: pd.DataFrame, window_days: float) -> pd.DataFrame:
    """Return the cases that were watched for the whole window."""
    if window_days < 0:
        raise ValueError(f"window_days={window_days}: a window has 0 or more days.")
    watched = cases[cases["seen_days"] >= window_days]
    if watched.empty:
        longest = cases["seen_days"].max() if len(cases) else 0
        raise ValueError(
            f"No case was watched for {window_days:g} days; the longest was watched "
            f"for {longest:g}. Choose a shorter window, or wait for a longer log."
        )
    return watched
