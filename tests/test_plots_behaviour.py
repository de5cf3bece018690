"""Pictures of loyal customers carry the numbers of their results."""

import numpy as np
import pandas as pd
import pytest

from cxlab import behaviour, palette, plots
from cxlab.plots import style
from cxlab.simulate.behaviour import BrandWorld, buyers


def test_corners_stand_at_their_means() -> None:
    """Two lines, easy and hard to leave, from the less satisfied to the satisfied."""
    kinds = {(1, 1): 4.0, (1, 5): 5.0, (7, 1): 5.5, (7, 5): 6.0}
    rows = [(s, t, y + d) for (s, t), y in kinds.items() for d in (-0.5, 0, 0.5)]
    held = behaviour.held_by(*(pd.Series(column) for column in zip(*rows, strict=True)))
    ax = plots.plot_held(held)
    lines = [list(line.get_ydata()) for line in ax.lines if len(line.get_xdata()) == 2]
    assert lines[:2] == [pytest.approx([4, 5.5]), pytest.approx([5, 6])]


def test_brands_lie_where_they_were_counted() -> None:
    """Open marks and a dashed truth for a world; filled marks for real brands."""
    counts, truth = buyers(BrandWorld(), n=500, rng=np.random.default_rng(1))
    table = behaviour.brand_table(counts)
    made, real = (plots.plot_brands(table, truth, real=kind) for kind in (False, True))
    assert made.lines[1].get_ydata() == pytest.approx(table["per_buyer"])
    assert made.lines[1].get_xdata() == pytest.approx(100 * table["buyers"])
    assert made.lines[1].get_markerfacecolor() == "none"
    assert made.lines[0].get_linestyle() == "--"
    assert real.lines[1].get_markerfacecolor() == palette.FOUND


def test_shop_pictures_show_means_from_zero() -> None:
    """Four panels with a zero each; two lines of months."""
    rng = np.random.default_rng(2)
    week, household = np.meshgrid(np.arange(1, 53), np.arange(80), indexing="ij")
    comes = rng.random(week.shape) < np.linspace(0.4, 1, 80)[household]
    table = pd.DataFrame({"household": household[comes], "week": week[comes]})
    table = table.assign(dollars=20.0, card_discount=5.0)
    found = behaviour.by_regularity(table)
    panels = style.figure_of(plots.plot_regulars(found)).axes
    assert len(panels) == 4
    assert {panel.get_ylim()[0] for panel in panels} == {0}
    stayed = 100 * found.means("stayed")["estimate"]
    assert panels[0].lines[0].get_ydata() == pytest.approx(stayed)
    tenure = behaviour.by_tenure(table)
    drawn = plots.plot_tenure(tenure).lines[0].get_ydata()
    assert drawn == pytest.approx(tenure.of("every")["dollars"])
    words = {"every": "always"}
    texts = [text.get_text() for text in plots.plot_tenure(tenure, words=words).texts]
    assert "always" in texts
