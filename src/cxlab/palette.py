"""The one visual language: colours and sizes from which plots and css are both made.

The reader learns it once: orange is what the book prints, blue is what we found,
dashed black is the truth we planted. Colour never stands alone: a shape or a direct
label says the same.
"""

from types import MappingProxyType

COLOURS = MappingProxyType(
    {
        "paper": "#ffffff",
        "ink": "#1b1f24",  # text, axes, and the truth we planted (dashed)
        "muted": "#57606a",  # secondary text, units, sources
        "book": "#b5480a",  # what the book prints
        "found": "#0b5cad",  # what we found
        "third": "#00726b",
        "fourth": "#7a3e9d",
        "rest": "#7b858f",  # the rest, the middle, context; never small text
        "wash": "#f7f5f0",  # quiet background of notes and tables' heads
        "hairline": "#d5d8dc",  # rules between things; carries no meaning
    }
)
INK = COLOURS["ink"]
MUTED = COLOURS["muted"]
BOOK = COLOURS["book"]
FOUND = COLOURS["found"]
THIRD = COLOURS["third"]
FOURTH = COLOURS["fourth"]
REST = COLOURS["rest"]
WASH = COLOURS["wash"]
HAIRLINE = COLOURS["hairline"]
PAPER = COLOURS["paper"]
SERIES = (FOUND, BOOK, THIRD, FOURTH)  # in the order in which series are coloured

SCALE = 1.2  # ratio of one heading size to the next
BODY_PX = 18
LINE_HEIGHT = 1.55
TEXT_COLUMN_PX = 660  # about 70 characters of the body text
SLIDE_PX = (1280, 720)
# A figure is drawn at the width at which it is read, so that its 11 pt are 11 pt.
FIGURE_INCHES = TEXT_COLUMN_PX / 96
NARROW_INCHES = 328 / 96  # a phone of 360 px, less its margins
FIGURE_PT = 11  # text in a figure, in points as shown on a page


def luminance(colour: str) -> float:
    """Relative luminance of a ``#rrggbb`` colour, 0 black .. 1 white (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 none .. 21 black on white (WCAG 2.2).

    Examples
    --------
    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
