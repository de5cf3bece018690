"""Pictures of delight: three boxes, the whole line, and the lift beside its margin."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes

from cxlab import palette
from cxlab.delight import AnswerMeans, BandSweep, Equivalence, ShapeFit, ThreeGroups
from cxlab.plots import style
from cxlab.results import Estimate
from cxlab.simulate.delight import DelightWorld

WORDS = MappingProxyType(
    {
        "below": "below",
        "met": "met",
        "exceeded": "exceeded",
        "loyalty": "loyalty, points of 100",
        "boxes_message": "Three boxes show one plateau and three rises",
        "lines_message": "{first} and {second} share all three means, and one of the "
        "two is flat in the middle",
        "lines_plain": "The whole line tells what three means cannot",
        "gap": "experience less expectation, SD",
        "small enough": "small enough",
        "too large to ignore": "too large to ignore",
        "cannot tell": "cannot tell",
        "lift": "lift, points of 100",
        "margin": "margin",
        "sizes_message": "Is the lift small enough? {few:,} customers: {answer_few}; "
        "{many:,}: {answer_many}",
        "bands_message": "Loyalty rises above “met” under {large} of {all} bands",
        "band": "{low} to {high}",
        "fixed": "{low} to {high}, fixed",
        "bands_y": "answers called “met”",
        "answers_message": "Real customers at the top are {lift:.0f} points more "
        "loyal than those in the middle",
        "answers_x": "answer: 1 fell short to 10 exceeded",
        "met_band": "“met”",
    }
)

_TIE = 0.05  # points: true means closer than this are the same


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


def _points(
    ax: Axes, places: Sequence[float], means: Sequence[Estimate], *, real: bool = False
) -> None:
    """Draw means with intervals, filled if the customers are real."""
    for x, mean in zip(places, means, strict=True):
        ax.vlines(x, mean.low or 0, mean.high or 0, colors=palette.FOUND, lw=2)
        fill = palette.FOUND if real else palette.PAPER
        ax.plot(x, mean.estimate, "o", mec=palette.FOUND, mfc=fill, mew=2, ms=8)


@style.styled
def plot_three_boxes(
    groups: Mapping[str, ThreeGroups], *, words: Mapping[str, str] | None = None
) -> Axes:
    """Draw mean loyalty below, at and above expectations, one panel a world.

    Parameters
    ----------
    groups
        The three means of each world, by its name.
    words
        Replaces words of ``cxlab.plots.delight.WORDS``.
    """
    said = _words(words)
    panels = style.new_panels(1, len(groups), height=3.4)
    for ax, (name, found) in zip(panels, groups.items(), strict=True):
        _points(ax, (0, 1, 2), found.estimates)
        ax.plot((0, 1, 2), found.means, color=palette.FOUND, lw=1.2, zorder=1)
        ax.set(xlim=(-0.6, 2.6), xticks=(0, 1, 2))
        ax.set_xticklabels([said[k] for k in ("below", "met", "exceeded")], rotation=90)
        ax.set_xlabel(name, fontweight="bold")
    style.say_y(panels[0], said["loyalty"])
    style.say_message(panels[0], said["boxes_message"])
    return panels[0]


@style.styled
def plot_four_lines(
    fits: Mapping[str, ShapeFit],
    groups: Mapping[str, ThreeGroups],
    *,
    truths: Mapping[str, DelightWorld],
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the fitted line of each world, its three means and its planted truth.

    Parameters
    ----------
    fits
        The line with two bends, by the name of the world.
    groups
        The three means of the same worlds.
    truths
        The worlds; their lines are dashed.
    words
        Replaces words of ``cxlab.plots.delight.WORDS``.
    """
    said = _words(words)
    panels = style.new_panels(2, 2, height=5.2)
    gap = np.linspace(-2.2, 2.2, 221)
    for ax, (name, fit) in zip(panels, fits.items(), strict=True):
        world = truths[name]
        ax.axvspan(*fit.edges, color=palette.WASH, zorder=0)
        ax.plot(gap, fit.line(gap), color=palette.FOUND, lw=3)
        ax.plot(gap, world.line(gap), color=palette.INK, ls="--", lw=1.6, zorder=3)
        _points(ax, world.centres, groups[name].estimates)
        ax.text(0.04, 0.94, name, transform=ax.transAxes, va="top", fontweight="bold")
    ax = panels[0]
    low, high = fits[next(iter(fits))].edges
    ax.text(
        (low + high) / 2,
        0.04,
        said["met_band"],
        ha="center",
        color=palette.MUTED,
        transform=ax.get_xaxis_transform(),
    )
    style.figure_of(ax).supxlabel(said["gap"], fontsize=palette.FIGURE_PT)
    style.say_y(ax, said["loyalty"])
    twins = _twins(truths)
    message = (
        said["lines_message"].format(first=twins[0], second=twins[1])
        if twins
        else said["lines_plain"]
    )
    style.say_message(ax, message)
    return ax


def _twins(truths: Mapping[str, DelightWorld]) -> tuple[str, str] | None:
    """Return two worlds whose three true means are the same."""
    names = list(truths)
    pairs = [(a, b) for k, a in enumerate(names) for b in names[k + 1 :]]
    for one, other in pairs:
        if np.allclose(truths[one].means, truths[other].means, atol=_TIE):
            return one, other
    return None


@style.styled
def plot_lifts(
    judged: Mapping[str, Equivalence],
    *,
    message: str,
    real: bool = False,
    name_answers: bool = True,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw lifts with their intervals beside the margin, one row each.

    Parameters
    ----------
    judged
        Lifts held against one margin, by the name of the row.
    message
        What the picture says.
    real
        True fills the marks: the customers are real.
    name_answers
        Whether each row says at its end what its interval answers.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.delight.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=1.4 + 0.3 * len(judged))
    margin = next(iter(judged.values())).margin
    ax.axvspan(-margin, margin, color=palette.HAIRLINE, alpha=0.6, zorder=0)
    ax.vlines(0, -0.3, len(judged), colors=palette.INK, lw=1)
    for row, one in enumerate(judged.values()):
        low, high = one.ends
        ax.hlines(row, low, high, colors=palette.FOUND, lw=2.4)
        fill = palette.FOUND if real else palette.PAPER
        ax.plot(one.lift.estimate, row, "o", mec=palette.FOUND, mfc=fill, mew=2, ms=8)
        if name_answers:
            _answer(ax, row, said[one.answer])
    ax.set(yticks=range(len(judged)), ylim=(len(judged) - 0.4, -0.9))
    ax.set_yticklabels(list(judged))
    ax.text(0, -0.85, said["margin"], ha="center", va="top", color=palette.MUTED)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(visible=False, axis="y")
    ax.set_xlabel(said["lift"])
    style.say_message(ax, message)
    return ax


def _answer(ax: Axes, row: int, answer: str) -> None:
    """Write at the end of a row what its interval answers."""
    ax.annotate(
        answer,
        xy=(1.0, row),
        xycoords=ax.get_yaxis_transform(),
        va="center",
        color=palette.MUTED,
    )


@style.styled
def plot_lifts_by_size(
    judged: Mapping[int, Equivalence],
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the lift found among few and many customers beside the margin.

    Parameters
    ----------
    judged
        Lifts held against one margin, by the number of customers asked.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.delight.WORDS``.
    """
    said = _words(words)
    few, many = min(judged), max(judged)
    message = said["sizes_message"].format(
        few=few,
        many=many,
        answer_few=said[judged[few].answer],
        answer_many=said[judged[many].answer],
    )
    rows = {f"{n:,}": judged[n] for n in sorted(judged)}
    return plot_lifts(rows, message=message, ax=ax, words=words)


@style.styled
def plot_lifts_by_band(
    sweep: BandSweep, *, ax: Axes | None = None, words: Mapping[str, str] | None = None
) -> Axes:
    """Draw the lift of real customers under every band that might be called met.

    Parameters
    ----------
    sweep
        The lifts; the band fixed first is named as such.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.delight.WORDS``.
    """
    said = _words(words)
    rows = {}
    for band, one in zip(sweep.bands, sweep.judged, strict=True):
        name = said["fixed" if band == sweep.fixed else "band"]
        rows[name.format(low=band[0], high=band[1])] = one
    large = sweep.count("too large to ignore")
    message = said["bands_message"].format(large=large, all=len(sweep.bands))
    ax = plot_lifts(
        rows, message=message, real=True, name_answers=False, ax=ax, words=words
    )
    style.say_y(ax, said["bands_y"])
    ax.get_yticklabels()[sweep.bands.index(sweep.fixed)].set_fontweight("bold")
    return ax


@style.styled
def plot_by_answer(
    means: AnswerMeans,
    *,
    met: tuple[int, int],
    lift: float,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw mean loyalty of real customers by how expectations were fulfilled.

    Parameters
    ----------
    means
        Loyalty by answer.
    met
        The band that was called met before anybody looked; shaded.
    lift
        Loyalty above the band less that within it, points; said in the message.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.delight.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.9)
    ax.axvspan(met[0] - 0.5, met[1] + 0.5, color=palette.WASH, zorder=0)
    ax.text(
        sum(met) / 2,
        0.04,
        said["met_band"],
        ha="center",
        color=palette.MUTED,
        transform=ax.get_xaxis_transform(),
    )
    _points(ax, means.answers, means.means, real=True)
    ax.set(xticks=means.answers, ylim=(0, 100))
    ax.set_xlabel(said["answers_x"])
    style.say_y(ax, said["loyalty"])
    style.say_message(ax, said["answers_message"].format(lift=lift))
    return ax
