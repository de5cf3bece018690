"""The jury's board: three questions to each arrow, and the verdict that follows."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from matplotlib.axes import Axes
from matplotlib.transforms import blended_transform_factory

from cxlab import palette
from cxlab.meta import Case
from cxlab.plots import style

WORDS = MappingProxyType(
    {
        "message": "{hold} of {all} arrows hold, {limits} with limits; {open} stay "
        "open",
        "key": "1 go together  2 which way  3 not opposed",
        "yes": "■",
        "no": "-",
        "holds": "holds",
        "holds with limits": "holds with\nlimits",
        "open": "open",
        "cannot be tested here": "not tested",
    }
)
_COLOURS = MappingProxyType(
    {
        "holds": palette.FOUND,
        "holds with limits": palette.THIRD,
        "open": palette.BOOK,
        "cannot be tested here": palette.MUTED,
    }
)
_QUESTIONS = ("together", "direction", "unopposed")
_PLACES = (0.0, 0.7, 1.4)  # the verdict needs the room, on a phone above all
_VERDICT = 1.95
_RIGHT = 5.2


@style.styled
def plot_board(
    cases: Sequence[Case],
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw three answers and a verdict for each arrow, the first arrow on top.

    Parameters
    ----------
    cases
        One for each arrow; see ``cxlab.meta.weigh``.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.jury.WORDS``.
    """
    said = {**WORDS, **(words or {})}
    ax = style.new_axes(ax, height=0.9 + 0.58 * len(cases))
    for row, case in enumerate(cases):
        for x, name in zip(_PLACES, _QUESTIONS, strict=True):
            yes = getattr(case, name)
            ax.text(
                x,
                row,
                said["yes"] if yes else said["no"],
                ha="center",
                va="center",
                color=palette.INK if yes else palette.REST,
            )
        ax.text(
            _VERDICT,
            row,
            said[case.verdict],
            va="center",
            fontweight="bold",
            linespacing=0.95,
            color=_COLOURS[case.verdict],
        )
        if row:
            ax.axhline(row - 0.5, color=palette.HAIRLINE, lw=0.8)
    for number, x in enumerate(_PLACES, 1):
        ax.text(x, -0.55, str(number), ha="center", va="bottom", color=palette.MUTED)
    _key(ax, said["key"])
    names = [case.arrow.replace(" > ", "\n→ ") for case in cases]
    ax.set_yticks(range(len(cases)), names, linespacing=0.95)
    ax.set(xlim=(-0.5, _RIGHT), ylim=(len(cases) - 0.5, -1.1), xticks=[])
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=False)
    ax.spines[["left", "bottom"]].set_visible(False)
    verdicts = [case.verdict for case in cases]
    style.say_message(
        ax,
        said["message"].format(
            hold=verdicts.count("holds"),
            all=len(cases),
            limits=verdicts.count("holds with limits"),
            open=verdicts.count("open"),
        ),
    )
    return ax


def _key(ax: Axes, text: str) -> None:
    """Say what the three columns ask, from the left edge of the figure."""
    style.say_y(ax, " ")  # room for one line above the picture
    key = ax.annotate(
        text,
        xy=(0.01, 1),
        xycoords=blended_transform_factory(
            style.figure_of(ax).transFigure, ax.transAxes
        ),
        xytext=(0, 6),
        textcoords="offset points",
        color=palette.MUTED,
    )
    key.set_in_layout(False)
