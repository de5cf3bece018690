"""The picture of a verdict: their claim as an orange bar, our finding as a blue one.

The two bars say without words how far a claim carries, so the same small picture stands
beside a verdict in a lesson, in the register and on the first screen.
"""

from cxlab.register import VERDICTS

_WIDTH, _HEIGHT, _BAR = 44, 19, 7
NOT_JUDGED = "not judged yet"
QUOTED = "quoted, not judged by itself"
MEANS = {
    "holds": "What is printed came out again.",
    "holds with limits": "It came out again, and not everywhere it is told.",
    "overstated": "There is something to it, and less than is printed.",
    "misquoted": "The source says something else than what is printed.",
    "open": "Good evidence points both ways, or too little points anywhere.",
    "cannot be tested here": "No data that we may use could decide it.",
}
# Kind, beginning and length of our bar; the last two as shares of the width.
_OURS = {
    "holds": ("found", 0.0, 1.0),
    "holds with limits": ("found", 0.0, 0.7),
    "overstated": ("found", 0.0, 0.3),
    "misquoted": ("found", 0.4, 0.6),
    "open": ("hollow", 0.0, 1.0),
    "cannot be tested here": ("none", 0.0, 1.0),
    NOT_JUDGED: ("", 0.0, 0.0),
    QUOTED: ("", 0.0, 0.0),
}


def slug(word: str) -> str:
    """Return a verdict as it stands in an address: ``holds-with-limits``."""
    return word.replace(",", "").replace(" ", "-")


def glyph(verdict: str) -> str:
    """Return the two bars of a verdict as svg; the word stands beside them in text.

    Raises
    ------
    ValueError
        If there is no such verdict.
    """
    if verdict not in _OURS:
        raise ValueError(
            f"{verdict!r} is no verdict. Choose one of: {', '.join(VERDICTS)}."
        )
    kind, start, length = _OURS[verdict]
    theirs = 0.6 if verdict == "misquoted" else 1.0  # ours lies beside it
    bars = _bar("book", 0.0, theirs, top=1)
    if kind:
        bars += _bar(kind, start, length, top=_BAR + 4)
    return (
        f'<svg class="glyph" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" '
        f'height="{_HEIGHT}" aria-hidden="true" focusable="false">{bars}</svg>'
    )


def _bar(kind: str, start: float, length: float, *, top: int) -> str:
    room = _WIDTH - 2
    left, right = 1 + start * room, 1 + (start + length) * room
    if kind == "none":
        middle = top + _BAR / 2
        return f'<path class="none" d="M{left:.1f} {middle}H{right:.1f}"/>'
    return (
        f'<rect class="{kind}" x="{left:.1f}" y="{top}" '
        f'width="{right - left:.1f}" height="{_BAR}"/>'
    )
