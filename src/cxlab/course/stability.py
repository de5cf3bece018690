"""How firmly a verdict stands: how often it came out when the dice were thrown anew.

Stands in tests/expected/<lesson>.toml, one table per claim, written by
``cxlab sweep --accept``::

    [stability.E13]
    verdict = "overstated"
    share = "19/20"
    draws = true
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cxlab.course.expectation import BadExpectation
from cxlab.register import VERDICTS

STABILITY_TABLE = "stability"
_KEYS = {"verdict", "share", "draws"}
_SHARE = re.compile(r"(\d+)/(\d+)")


@dataclass(frozen=True, kw_only=True)
class Stability:
    """How often one verdict came out over seeds.

    Examples
    --------
    >>> one = Stability(verdict="overstated", times=19, runs=20, draws=True)
    >>> print(one)
    overstated in 19 of 20 runs
    >>> one.steady
    False
    """

    verdict: str  # that came out most often
    times: int  # it came out
    runs: int  # one per seed
    draws: bool  # whether what the claim says moved with the seed at all

    @property
    def share(self) -> str:
        """The counts, as they are written: ``19/20``."""
        return f"{self.times}/{self.runs}"

    @property
    def steady(self) -> bool:
        """Whether it came out every time."""
        return self.times == self.runs

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.verdict} in {self.times} of {self.runs} runs"


def read_stability(row: object) -> Stability:
    """Read one table as it stands in the file.

    Raises
    ------
    BadExpectation
        If it says anything else than a verdict, its share and whether it draws.
    """
    if not isinstance(row, Mapping) or set(row) != _KEYS:
        raise BadExpectation(f"needs {', '.join(sorted(_KEYS))}, and nothing else.")
    verdict, share, draws = row["verdict"], str(row["share"]), row["draws"]
    counts = _SHARE.fullmatch(share)
    times, runs = map(int, counts.groups()) if counts else (0, 0)
    if not 0 < times <= runs:
        raise BadExpectation(f'share: {share!r} is no share. Write it as "19/20".')
    if verdict not in VERDICTS:
        raise BadExpectation(
            f"{verdict!r} is no verdict. Choose one of: {', '.join(VERDICTS)}."
        )
    if not isinstance(draws, bool):
        raise BadExpectation(f"draws: {draws!r} is neither true nor false.")
    return Stability(verdict=verdict, times=times, runs=runs, draws=draws)
