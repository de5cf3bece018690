"""How far a long thing has come: a bar for a person, a line each for a log."""

import contextlib
import itertools
import sys
from collections.abc import Callable, Iterator

# Called as work goes on: how many steps are done, of how many if that is known, and
# the last of them.
OnStep = Callable[[int, int | None, str], None]


@contextlib.contextmanager
def progress(title: str) -> Iterator[OnStep]:
    """Show on stderr how many steps of something long are done.

    A terminal gets a bar; anything else, such as the log of a build, a line a step.

    Parameters
    ----------
    title
        What is being done, in a word or two.
    """
    if sys.stderr.isatty():
        with _bar(title) as step:
            yield step
    else:
        yield lambda done, total, what: _line(title, done, total, what)


def counted(step: OnStep, total: int | None = None) -> Callable[[object], None]:
    """Return what is called with each thing that is done, and counts them."""
    count = itertools.count(1)
    return lambda thing: step(next(count), total, str(thing))


def _line(title: str, done: int, total: int | None, what: str) -> None:
    if done:
        of = "" if total is None else f"/{total}"
        print(f"{title} {done}{of}: {what}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def _bar(title: str) -> Iterator[OnStep]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        TextColumn(title),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    bars = Progress(*columns, console=Console(stderr=True), transient=True)
    with bars:
        task = bars.add_task("", total=None)

        def step(done: int, total: int | None, what: str) -> None:
            bars.update(task, completed=done, total=total, description=what)

        yield step
