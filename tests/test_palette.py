"""Colours can be told apart: on the page, by those who see few, and in grey print."""

from itertools import combinations

import pytest

from cxlab import palette

TEXT = ("ink", "muted", "book", "found", "third", "fourth")


@pytest.mark.parametrize("name", TEXT)
@pytest.mark.parametrize("ground", ["paper", "wash"])
def test_text_colours_are_readable(name: str, ground: str) -> None:
    """WCAG 2.2 AA asks 4.5:1 of text, on white and on the quiet wash."""
    assert palette.contrast(palette.COLOURS[name], palette.COLOURS[ground]) >= 4.5


def test_the_rest_is_visible_as_a_mark() -> None:
    """Large marks need 3:1 against the paper."""
    assert palette.contrast(palette.REST, palette.PAPER) >= 3


def _lightness(colour: str) -> float:
    """CIE L*, 0 black .. 100 white, from the relative luminance."""
    y = palette.luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def test_claim_and_finding_differ_from_context_in_grey_print() -> None:
    """Bars that stand side by side keep apart when the printer has no colour."""
    neighbours = [
        ("book", "rest"),
        ("found", "rest"),
        ("ink", "found"),
        ("ink", "book"),
    ]
    for one, other in neighbours:
        gap = abs(_lightness(palette.COLOURS[one]) - _lightness(palette.COLOURS[other]))
        assert gap >= 10, (one, other, gap)


def _seen_without(cone: str, colour: str) -> tuple[float, ...]:
    """How a dichromat sees a colour (Vienot, Brettel & Mollon 1999, linear RGB)."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    ]
    rows = {
        "red": ((0.1124, 0.8876, 0.0), (0.1124, 0.8876, 0.0), (0.0040, -0.0040, 1.0)),
        "green": ((0.2928, 0.7072, 0.0), (0.2928, 0.7072, 0.0), (-0.0223, 0.0223, 1.0)),
    }[cone]
    return tuple(sum(w * c for w, c in zip(row, linear, strict=True)) for row in rows)


@pytest.mark.parametrize("cone", ["red", "green"])
def test_claim_and_finding_differ_for_the_colour_blind(cone: str) -> None:
    """Orange against blue is safe where red against green is not."""
    for one, other in combinations(("book", "found"), 2):
        first = _seen_without(cone, palette.COLOURS[one])
        second = _seen_without(cone, palette.COLOURS[other])
        assert max(abs(a - b) for a, b in zip(first, second, strict=True)) > 0.2


def test_contrast_does_not_depend_on_the_order() -> None:
    """Dark on light reads as well as light on dark."""
    assert palette.contrast("#0b5cad", "#ffffff") == palette.contrast(
        "#ffffff", "#0b5cad"
    )
