"""Pictures of many studies: what each found, and what is missing."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from cxlab import palette
from cxlab.meta import Pooled
from cxlab.plots import style

WORDS = MappingProxyType(
    {
        "studies_message": "The average is {mean:.2f}; the next company's truth lies "
        "between {low:.2f} and {high:.2f}",
        "average": "average",
        "next": "next\ncompany",
        "y": "people asked",
        "x": "correlation found",
        "drawer_message": "{hidden} of {done} studies stay in the drawer, and the "
        "average goes from {all_of_it:.2f} to {printed:.2f}",
        "printed": "printed",
        "hidden": "x in the drawer",
        "truth": "planted",
    }
)
_TICKS = (30, 100, 300, 1000)


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


@style.styled
def plot_studies(
    pooled: Pooled,
    *,
    people: ArrayLike,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw studies by what they found and how many people they asked.

    Parameters
    ----------
    pooled
        The studies and their average, in correlations; filled squares, as they are
        taken from a published table.
    people
        People behind each study.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.meta.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.4)
    mean, after = pooled.average, pooled.next_study
    assert after.low is not None
    assert after.high is not None
    assert mean.low is not None
    assert mean.high is not None
    ax.axvspan(after.low, after.high, color=palette.HAIRLINE, alpha=0.55, lw=0)
    ax.axvspan(mean.low, mean.high, color=palette.FOUND, alpha=0.3, lw=0)
    ax.axvline(mean.estimate, color=palette.FOUND)
    ax.axvline(0, color=palette.INK, lw=1)
    ax.plot(
        pooled.studies.effects,
        people,
        linestyle="",
        marker="s",
        markersize=5,
        color=palette.INK,
        markeredgecolor=palette.PAPER,
        markeredgewidth=0.6,
    )
    _by_people(ax, people, said)
    _over(ax, mean.estimate, said["average"], palette.FOUND)
    _over(ax, after.high, said["next"], palette.MUTED, side="right")
    style.say_message(
        ax,
        said["studies_message"].format(
            mean=mean.estimate, low=after.low, high=after.high
        ),
    )
    return ax


@style.styled
def plot_drawer(
    done: pd.DataFrame,
    *,
    printed: Pooled,
    everything: Pooled,
    truth: float,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw a made-up literature: what was printed, and what stayed in the drawer.

    Parameters
    ----------
    done
        Every study: ``people``, ``r`` and ``printed``.
    printed, everything
        The average of the printed ones, and of all, in correlations.
    truth
        The planted mean, a correlation.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.meta.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.4)
    seen = done["printed"].to_numpy(dtype=bool)
    looks = ((~seen, "x", palette.REST), (seen, "o", palette.FOUND))
    for chosen, marker, colour in looks:
        ax.plot(
            done["r"][chosen],
            done["people"][chosen],
            linestyle="",
            marker=marker,
            color=colour,
            markersize=5.5,
            markerfacecolor=palette.PAPER,
            markeredgewidth=1.5,
        )
    ax.axvline(truth, color=palette.INK, linestyle=(0, (4, 3)), lw=1.8)
    ax.axvline(printed.average.estimate, color=palette.FOUND)
    _by_people(ax, done["people"], said)
    _over(ax, truth, said["truth"], palette.INK, side="left")
    _over(ax, printed.average.estimate, f"○ {said['printed']}", palette.FOUND, "right")
    ax.annotate(
        said["hidden"],
        xy=(0, 1),
        xycoords="axes fraction",
        xytext=(4, -19),
        textcoords="offset points",
        va="top",
        color=palette.MUTED,
    )
    style.say_message(
        ax,
        said["drawer_message"].format(
            hidden=int((~seen).sum()),
            done=len(done),
            all_of_it=everything.average.estimate,
            printed=printed.average.estimate,
        ),
    )
    return ax


def _by_people(ax: Axes, people: ArrayLike, said: Mapping[str, str]) -> None:
    """Few people below, many above, in doublings; room for words on top."""
    sizes = np.asarray(people, dtype=float)
    ax.set_yscale("log")
    ax.set_ylim(sizes.min() * 0.8, sizes.max() * 3.2)
    inside = [tick for tick in _TICKS if sizes.min() * 0.8 <= tick <= sizes.max() * 1.3]
    ax.set_yticks(inside, [str(tick) for tick in inside])
    ax.minorticks_off()
    ax.set_xlabel(said["x"])
    style.say_y(ax, said["y"])


def _over(ax: Axes, x: float, text: str, colour: str, side: str = "left") -> None:
    """Name a vertical line beside its upper end."""
    ax.annotate(
        text,
        xy=(x, 1),
        xycoords=ax.get_xaxis_transform(),
        xytext=(-5 if side == "left" else 5, -3),
        textcoords="offset points",
        ha="right" if side == "left" else "left",
        va="top",
        color=colour,
        annotation_clip=False,
    )
