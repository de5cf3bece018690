"""A jury's rule: three questions to the papers on an arrow, and the verdict from them.

The rule is fixed before the papers are read and is the same for every arrow. It counts
no votes and no stars: one paper that can tell which way round it goes outweighs many
that cannot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

# Designs in which the cause was moved, or came first, with the rest held.
TELLS_DIRECTION = ("experiment", "natural experiment", "panel", "followed up")
CANNOT_TELL = ("correlations", "survey", "formula")
SIGNS = ("+", "±", "0", "-")  # a link, one with limits, none, the reverse
QUESTIONS = MappingProxyType(
    {
        "together": "Do the two move together in some paper?",
        "direction": "Can some paper tell that the first moves the second?",
        "unopposed": "Does no paper find nothing, or the reverse?",
    }
)
_NEEDED = ("arrow", "side", "sign", "design", "study", "finds")
_BECAUSE = MappingProxyType(
    {
        "holds": "One paper can tell the direction, and no paper finds nothing.",
        "holds with limits": "One paper can tell the direction; another finds nothing "
        "where it looked.",
        "open": "The two go together, and no paper here can tell which moves which.",
        "cannot be tested here": "No paper is left that finds the link.",
    }
)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One arrow before the jury: the three answers, and what follows."""

    arrow: str
    together: bool
    direction: bool
    unopposed: bool
    heard: str  # the papers and what they find, in a sentence or two

    @property
    def because(self) -> str:
        """The sentence that leads from the three answers to the verdict."""
        return _BECAUSE[self.verdict]

    @property
    def verdict(self) -> str:
        """The verdict of the register that follows from the three answers."""
        if not self.together:
            return "cannot be tested here"
        if not self.direction:
            return "open"
        return "holds" if self.unopposed else "holds with limits"


def weigh(papers: pd.DataFrame) -> tuple[Case, ...]:
    """Ask the three questions of every arrow.

    Parameters
    ----------
    papers : DataFrame
        One row per paper: ``arrow``, ``side`` (for or against), ``sign`` (+ a link, ±
        one with limits, 0 none, - the reverse), ``design``, ``study`` and ``finds``.

    Returns
    -------
    tuple of Case
        One per arrow, in the order of the table.

    Raises
    ------
    ValueError
        If a column is missing, or a word is not in its list.

    Examples
    --------
    A survey finds a link; an experiment does not.

    >>> papers = pd.DataFrame({"arrow": ["A > B"] * 2, "side": ["for", "against"],
    ...     "sign": ["+", "0"], "design": ["survey", "experiment"],
    ...     "study": ["One (2001)", "Two (2002)"], "finds": ["a link", "none"]})
    >>> weigh(papers)[0].verdict
    'open'
    >>> weigh(papers)[0].heard
    'One (2001), survey: a link. Two (2002), experiment: none.'
    """
    _check(papers)
    cases = []
    for arrow, rows in papers.groupby("arrow", sort=False):
        found = rows["sign"] == "+"
        cases.append(
            Case(
                arrow=str(arrow),
                together=bool(found.any()),
                direction=bool((found & rows["design"].isin(TELLS_DIRECTION)).any()),
                unopposed=not rows["sign"].isin(["0", "-"]).any(),
                heard=" ".join(
                    f"{row.study}, {row.design}: {row.finds}."
                    for row in rows.itertuples()
                ),
            )
        )
    return tuple(cases)


def holding(papers: pd.DataFrame, *, without: Sequence[str] = ()) -> int:
    """Count the arrows that hold, with or without limits, once designs are struck out.

    Parameters
    ----------
    papers : DataFrame
        As for `weigh`.
    without : sequence of str
        Designs whose papers nobody may hear.
    """
    left = papers[~papers["design"].isin(list(without))]
    return sum(case.verdict.startswith("holds") for case in weigh(left))


def cards(papers: pd.DataFrame) -> pd.DataFrame:
    """Lay the papers out for the room: one row each, the arrow named once.

    Parameters
    ----------
    papers : DataFrame
        As for `weigh`, with ``unit`` (what one row of the data is) and ``interest``
        (who gains by the finding).
    """
    first = ~papers["arrow"].duplicated()
    arrows = papers["arrow"].str.replace(" > ", " → ").where(first, "")
    table = pd.DataFrame(
        {
            "sign": papers["sign"],
            "finds": papers["finds"],
            "how, in what": papers["design"] + "; " + papers["unit"],
            "study": papers["study"],
            "who gains": papers["interest"],
        }
    )
    return table.set_axis(pd.Index(arrows, name="arrow"))


def board(cases: Sequence[Case]) -> str:
    """Say on the telephone what the picture of all verdicts shows."""
    said = "; ".join(f"{case.arrow}: {case.verdict}" for case in cases)
    return f"Three questions to the papers on each arrow, and the verdicts. {said}."


def _check(papers: pd.DataFrame) -> None:
    if missing := [name for name in _NEEDED if name not in papers.columns]:
        raise ValueError(
            f"the table has no column {', '.join(missing)}. The jury needs: "
            f"{', '.join(_NEEDED)}."
        )
    allowed = {
        "side": ("for", "against"),
        "sign": SIGNS,
        "design": TELLS_DIRECTION + CANNOT_TELL,
    }
    for name, words in allowed.items():
        if unknown := sorted(set(papers[name].astype(str)) - set(words)):
            raise ValueError(
                f"{name} says {', '.join(unknown)}. Choose from: {', '.join(words)}."
            )
