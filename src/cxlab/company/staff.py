"""Branches and those who work there: the first half of the chain.

What employees work with moves how they feel; how they felt last month moves the service
that customers get this month; and how they feel moves who quits, and whoever is new
serves less well. Each branch has a level of its own that never changes, and swings.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from cxlab.company.calendar import DAY, when
from cxlab.company.draws import Keys, keys, normal, uniform
from cxlab.company.truth import Truth

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

GREEN = 3  # months in which an employee is new
_YEARS = 8  # before the first day in which the first employees joined


@dataclass(frozen=True, kw_only=True)
class Quits:
    """Employees who quit in a month."""

    row: Ints  # line in the table of employees
    at: Ints  # seconds
    felt: Floats  # how satisfied, points


@dataclass(frozen=True, kw_only=True)
class StaffMonth:
    """What a month brought to the branches; arrays of one entry a branch."""

    quality: Floats  # internal quality as employees rate it, points
    satisfaction: Floats  # of employees, mean, points
    service: Floats  # what customers get on average, points
    quit: Ints  # employees who did


class Staff:
    """The employees of all branches, month after month.

    Parameters
    ----------
    truth
        How the chain works.
    branch
        One key for each branch.
    size
        Employees in each branch; whoever quits is replaced the next day.
    """

    def __init__(self, truth: Truth, branch: Keys, *, size: int) -> None:
        """Open the branches with people who have been there for some time."""
        self.truth, self.branch, self.size = truth, branch, size
        shape = (len(branch), size)
        self.turn = np.zeros(shape, dtype=np.int64)  # how many sat here before
        self.since = np.full(shape, -99)  # month
        self.rows = shape[0] * size
        self.row = np.arange(self.rows).reshape(shape)  # line in the table
        self.key = keys("employee", branch[:, None], np.arange(size), self.turn)
        self.mood, self.skill = np.empty(shape), np.empty(shape)
        self._meet(np.ones(shape, dtype=bool))
        back = uniform(self.key, "started") * _YEARS * 365 * DAY
        self.joined = [-np.floor(back).astype(np.int64).ravel()]  # by line, seconds
        self.home = [np.repeat(np.arange(shape[0]), size)]  # by line, branch
        self.left: list[Quits] = []
        self.service_trait = truth.trait_sd * normal(branch, "quality trait")
        self.internal = truth.internal_sd * normal(branch, "staff trait")
        calm = truth.swing_sd / np.sqrt(1 - truth.swing_stays**2)
        self.mood_swing = calm * normal(branch, "staff shock")
        self.service_swing = calm * normal(branch, "quality shock")
        self.satisfaction = self._feel(self.internal)

    def month(self, month: int, *, lift: Floats, first: int, last: int) -> StaffMonth:
        """Let a month pass in every branch.

        Parameters
        ----------
        month
            From 0.
        lift
            Points of internal quality that a plan adds in each branch.
        first, last
            When the month starts and ends, seconds.
        """
        truth = self.truth
        felt = self.satisfaction.mean(axis=1) - truth.staff
        new = (self.since > month - GREEN).mean(axis=1)
        self.service_swing = (
            truth.swing_stays * self.service_swing
            + truth.service_staff * felt
            + truth.swing_sd * normal(self.branch, "quality shock", month=month + 1)
        )
        service = truth.service + self.service_trait + self.service_swing
        self.mood_swing = truth.swing_stays * self.mood_swing
        self.mood_swing += truth.swing_sd * normal(
            self.branch, "staff shock", month=month + 1
        )
        internal = self.internal + lift
        self.satisfaction = self._feel(internal)
        felt_now = self.satisfaction.mean(axis=1)
        quit_ = self._quit(month, first=first, last=last)
        self.satisfaction = self._feel(internal)  # of whoever sits there now
        rating = normal(self.branch, "rating", month=month)
        apart = truth.rating_sd / np.sqrt(self.size) * rating
        return StaffMonth(
            quality=np.clip(truth.internal + internal + apart, 1, 7),
            satisfaction=felt_now,
            service=service - truth.newcomers * new,
            quit=quit_,
        )

    def seated(self, home: Ints, chance: Floats, at: Ints) -> tuple[Ints, Floats]:
        """Return who is met in these branches at these moments, and with what skill.

        Returns
        -------
        row : ndarray
            Lines in the table of employees.
        skill : ndarray
            Points of effort that they save.
        """
        seat = np.floor(chance * self.size).astype(np.int64)
        there = at < self.quit_at[home, seat]
        row = np.where(there, self.row_before[home, seat], self.row[home, seat])
        skill = np.where(there, self.skill_before[home, seat], self.skill[home, seat])
        return row, skill

    def _feel(self, internal: Floats) -> Floats:
        """Return how satisfied each employee is, points."""
        truth = self.truth
        branch = truth.staff + truth.staff_internal * internal + self.mood_swing
        return np.asarray(
            np.rint(100 * np.clip(branch[:, None] + self.mood, 1, 7)) / 100
        )

    def _meet(self, new: Bools) -> None:
        """Draw the people who take these seats."""
        home, seat = np.nonzero(new)
        key = keys("employee", self.branch[home], seat, self.turn[new])
        self.key[new] = key
        self.mood[new] = self.truth.staff_sd * normal(key, "mood")
        self.skill[new] = self.truth.skill_sd * normal(key, "effort")

    def _quit(self, month: int, *, first: int, last: int) -> Ints:
        """Let people quit and others take their seats; return how many, by branch."""
        odds = self.truth.quits - self.truth.quits_mood * (
            self.satisfaction - self.truth.staff
        )
        gone = uniform(self.key, "quits", month=month) < expit(odds)
        gone &= self.since < month
        at = when(uniform(self.key[gone], "quits when", month=month), first, last)
        # the day on which one quits is her last, and the next day the other's first
        at = np.minimum(at // DAY * DAY + DAY, last - DAY)
        self.row_before, self.skill_before = self.row.copy(), self.skill.copy()
        self.quit_at = np.full(gone.shape, last)
        self.quit_at[gone] = at
        felt = self.satisfaction[gone]
        self.left.append(Quits(row=self.row[gone], at=at - DAY, felt=felt))
        self.joined.append(at)
        self.home.append(np.nonzero(gone)[0])
        self.turn[gone] += 1
        self.since[gone] = month
        self.row[gone] = self.rows + np.arange(len(at))
        self.rows += len(at)
        self._meet(gone)
        return np.asarray(gone.sum(axis=1))
