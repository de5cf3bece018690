"""A page to hang up: what a trainee has worked out, and how near the guesses came.

It is made from what lies saved in the trainee's own folder, by whoever owns the folder,
and it says so. Name and date are written by hand: nothing here knows either.
"""

import math
from collections import Counter
from typing import Any

from markupsafe import Markup

from cxlab.course.manifest import Manifest
from cxlab.course.render.frame import Frame
from cxlab.course.render.site import whole_page
from cxlab.course.status import Guess, Status
from cxlab.intervals import share

FAR = 5  # bands from what came out; whatever is farther is drawn here
_DOT, _GAP = 6.0, 15.0  # radius of a dot, and how far one is from the next
_WIDTH, _EDGE = 344.0, 22.0


def render_certificate(course: Manifest, status: Status) -> str:
    """Return the certificate of a folder as a page that opens and prints anywhere."""
    guesses = status.guesses
    return whole_page(
        "certificate.html",
        sheets=("room", "certificate"),
        frame=Frame(course=course.title),
        right=status.right,
        checks=status.checks,
        complete=sum(one.complete for one in status.lessons),
        lessons=[
            {
                "number": one.lesson.name.partition("_")[0],
                "title": one.lesson.title,
                "right": one.right,
                "checks": one.checks,
                "complete": one.complete,
                "guesses": [_row(guess) for guess in one.guesses],
            }
            for one in status.lessons
            if one.right or one.guesses
        ],
        guesses=len(guesses),
        near=status.near,
        interval=_interval(status),
        calibration=calibration(guesses),
        picture=picture(guesses),
    )


def _interval(status: Status) -> str:
    """Say how far the share of near guesses can be trusted, in guesses of 100."""
    if not status.guesses:
        return ""
    found = share(status.near, len(status.guesses))
    return f"{100 * (found.low or 0):.0f} to {100 * (found.high or 0):.0f}"


def _row(guess: Guess) -> dict[str, Any]:
    return {
        "value": _short(guess.value),
        "came_out": _short(guess.came_out),
        "near": guess.near,
    }


def _short(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:,.3g}"


def calibration(guesses: tuple[Guess, ...]) -> str:
    """Say how guesses lean, in a sentence; it is the picture's text as well."""
    steps = [guess.steps for guess in guesses if guess.steps is not None]
    if not steps:
        return "No guess in numbers has met what came out yet."
    near = sum(abs(one) <= 1 for one in steps)
    high = sum(one > 1 for one in steps)
    return (
        f"Of {len(steps)} guesses in numbers {near} came near, {high} were too high "
        f"and {len(steps) - near - high} too low."
    )


def picture(guesses: tuple[Guess, ...]) -> Markup:
    """Draw each guess as a dot above how far off it was; "" if there is none."""
    steps = [guess.steps for guess in guesses if guess.steps is not None]
    if not steps:
        return Markup("")
    piles: Counter[float] = Counter()
    dots = []
    for one in sorted(steps):
        place, near = max(-FAR, min(FAR, round(2 * one) / 2)), abs(one) <= 1
        if not near:  # a dot outside is drawn outside, however close it was
            place = math.copysign(max(abs(place), 1.5), one)
        piles[place] += 1
        dots.append((place, piles[place], near))
    floor = _GAP * max(piles.values()) + 14
    band = f'x="{_x(-1.25):.1f}" width="{_x(1.25) - _x(-1.25):.1f}"'
    middle = f'x1="{_x(0):.1f}" x2="{_x(0):.1f}"'
    low = f'y1="{floor:.1f}" y2="{floor:.1f}"'
    parts = [
        f'<rect class="band" {band} y="4" height="{floor - 4:.1f}"/>',
        f'<line class="came-out" {middle} y1="4" y2="{floor:.1f}"/>',
        f'<line class="axis" x1="0" x2="{_WIDTH:.0f}" {low}/>',
    ]
    parts += [
        f'<circle class="{"near" if near else "far"}" cx="{_x(place):.1f}" '
        f'cy="{floor - _GAP * (row - 0.5):.1f}" r="{_DOT}"/>'
        for place, row, near in dots
    ]
    words = {
        -FAR: ("start", "too low"),
        0: ("middle", "near"),
        FAR: ("end", "too high"),
    }
    parts += [
        f'<text x="{_x(at) + at * _EDGE / FAR:.1f}" y="{floor + 19:.1f}" '
        f'text-anchor="{anchor}">{word}</text>'
        for at, (anchor, word) in words.items()
    ]
    return Markup(  # noqa: S704 - numbers and our own words alone
        f'<svg class="guesses" viewBox="0 0 {_WIDTH:.0f} {floor + 26:.0f}" role="img" '
        f'aria-label="{calibration(guesses)}">{"".join(parts)}</svg>'
    )


def _x(steps: float) -> float:
    return _WIDTH / 2 + steps * (_WIDTH / 2 - _EDGE) / FAR
