"""The picture of a verdict: their claim as an orange bar, our finding as a blue one.

The two bars say without words how far a claim carries, so the same small picture stands
beside a verdict in a lesson, in the register and on the first screen.
"""

from cxlab.register import VERDICTS

_WIDTH, _HEIGHT, _BAR = 44, 19, 7
_NOT_JUDGED = "not judged yet"


def glyph(verdict: str) -> str:
    """Return the two bars of a verdict as svg; the word stands beside them in text.

    Raises
    ------
    ValueError
        If there is no such verdict.
    """
    # Where our bar begins and how long it is, as shares of theirs.
    spans = {
        "holds": (0.0, 1.0, "found"),
        "holds with limits": (0.0, 0.7, "found"),
        "overstated": (0.0, 0.3, "found"),
        "misquoted": (0.4, 0.6, "found"),
        "open": (0.0, 1.0, "hollow"),
        "cannot be tested here": (0.0, 0.0, "found"),
        _NOT_JUDGED: (0.0, 0.0, "found"),
    }
    if verdict not in spans:
        raise ValueError(f"{verdict!r} is no verdict: {', '.join(VERDICTS)}.")
    start, length, kind = spans[verdict]
    theirs = 0.6 if verdict == "misquoted" else 1.0
    bars = [_bar(0, theirs, top=1, kind="book")]
    if length:
        bars.append(_bar(start, length, top=1 + _BAR + 3, kind=kind))
    else:
        bars.append(
            f'<line class="none" x1="1" x2="{_WIDTH - 1}" '
            f'y1="{2.5 + 1.5 * _BAR + 1}" y2="{2.5 + 1.5 * _BAR + 1}"/>'
        )
    return (
        f'<svg class="glyph" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" '
        f'height="{_HEIGHT}" aria-hidden="true" focusable="false">{"".join(bars)}</svg>'
    )


def _bar(start: float, length: float, *, top: float, kind: str) -> str:
    room = _WIDTH - 2
    return (
        f'<rect class="{kind}" x="{1 + start * room:.1f}" y="{top}" '
        f'width="{length * room:.1f}" height="{_BAR}"/>'
    )
