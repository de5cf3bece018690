"""A small lesson with one of everything, executed without a kernel."""

import copy
from typing import Any

import IPython.core.getipython
import IPython.display
import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cxlab import register
from cxlab.course import editions
from cxlab.register import Claim

CLAIM, OTHER = sorted(register.claims())[:2]

SETUP = """\
import pandas as pd
from matplotlib.figure import Figure
from cxlab.lesson import check, claim, predict, record, say, show
from cxlab.plots import style
share_easy, share_hard = 0.2, 0.8"""
FIGURE = """\
ax = style.new_axes(height=3.0)
ax.bar([1, 2], [share_easy, share_hard])
style.say_message(ax, "Hard contacts turn four times as many away")
show(ax, alt="Two bars: 20 of 100 after an easy contact, 80 of 100 after a hard one.",
     data="mobi")"""
TABLE = """\
table = pd.DataFrame({"contact": ["easy", "hard"], "share": [0.2, 0.8]})
show(table, alt="Share that turned away, by kind of contact.", data="mobi")"""
CHECK = """\
check("times", times, expect=share_hard / share_easy, near_misses={0.6: "SECRET-MISS"},
      hint="SECRET-HINT", right="SECRET-RIGHT")"""
VERDICT = f"""\
claim("{CLAIM}", verdict="overstated", found="Five fifths [{OTHER}]. No interval.",
      because="It hides the middle.", evidence=["arithmetic", "real data"])"""


def _markdown(cell_id: str, source: str, *words: str) -> NotebookNode:
    return new_markdown_cell(source, id=cell_id, metadata={"tags": list(words)})


def _code(cell_id: str, source: str, *words: str) -> NotebookNode:
    return new_code_cell(source, id=cell_id, metadata={"tags": list(words)})


def small_lesson() -> NotebookNode:
    """Return a lesson with one of everything that a lesson may hold."""
    cells = [
        _markdown(
            "opening", f"# How hard is *hard*?\n\nThe book prints 96% [{CLAIM}]."
        ),
        _code("knobs", "n: int = 2000  # customers [100 .. 100000]", "parameters"),
        _code("injected", "n = 500", "injected-parameters"),
        _code("setup", SETUP, "hide-input"),
        _markdown("question", "## First, a guess\n\nHow many of 100 turn away?"),
        _code("guess", 'predict("of-100", None)'),
        _markdown("note", "SECRET-NOTE Let the silence work.", "facilitator"),
        _markdown("bars", "## Two bars hide the middle\n\n**Look at the ends.** Only."),
        _code("figure", FIGURE),
        _code("sentence", 'say("{n} of 100 turn away.", n=round(100 * share_hard))'),
        _markdown("odds", "## Odds grow faster\n\nOdds are $p/(1-p)$; it costs \\$5."),
        _code("table", TABLE),
        _code("by-hand", 'record("times", share_hard / share_easy)', "slide-code"),
        _markdown("turn", "**Your turn.** How many times? Use `times`.", "exercise"),
        _code("starter", "times = None", "exercise"),
        _code("answer", "times = share_hard / share_easy  # SECRET-ANSWER", "solution"),
        _code("check", CHECK, "check"),
        _markdown("deep", "## SECRET-DEPTH\n\n$$\\sqrt{x}$$", "deeper"),
        _code("deep-code", "share_hard**2", "deeper"),
        _markdown("worth", "## What the claim is worth"),
        _code(
            "verdict",
            VERDICT,
        ),
        _code("skipped", 'say("SKIPPED on slides.")', "slide-skip"),
        _markdown("monday", "## On Monday\n\nAsk for the middle."),
    ]
    return new_notebook(cells=cells)


def _execute(notebook: NotebookNode) -> NotebookNode:
    """Run the cells of a notebook here, keeping what they would display."""
    shown: list[NotebookNode] = []

    def publish(data: dict[str, Any], metadata: dict[str, Any]) -> None:
        shown.append(new_output("display_data", data=data, metadata=metadata))

    names: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(IPython.core.getipython, "get_ipython", object)
        patch.setattr(IPython.display, "publish_display_data", publish)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                shown.clear()
                exec(cell.source, names)
                cell.outputs = nbformat.from_dict([dict(one) for one in shown])
    return notebook


@pytest.fixture(scope="session")
def executed() -> NotebookNode:
    return _execute(small_lesson())


@pytest.fixture(scope="session")
def executed_unanswered() -> NotebookNode:
    return _execute(editions.trainee(small_lesson()))


@pytest.fixture
def lesson(executed: NotebookNode) -> NotebookNode:
    """The small lesson, executed as a whole."""
    return copy.deepcopy(executed)


@pytest.fixture
def unanswered(executed_unanswered: NotebookNode) -> NotebookNode:
    """The small lesson as a trainee has it, executed unanswered."""
    return copy.deepcopy(executed_unanswered)


@pytest.fixture
def claims() -> dict[str, Claim]:
    return dict(register.claims())


@pytest.fixture
def claim_id() -> str:
    """A claim that the small lesson quotes and judges."""
    return CLAIM
