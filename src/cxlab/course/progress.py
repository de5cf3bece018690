"""How far a long thing has come: a bar for a person, a line each for a log."""

import contextlib
import sys
from collections.abc import Callable, Iterator

Done = Callable[[object], None]  # called with what is done, which says itself


@contextlib.contextmanager
def progress(title: str, total: int) -> Iterator[Done]:
    """Show how many of a number of things are done, on stderr.

    A terminal gets a bar; anything else, such as the log of a build, a line for each.

    Parameters
    ----------
    title
        What is being done, in two or three words.
    total
        How many things there are to do.
    """
    if sys.stderr.isatty():
        with _bar(title, total) as done:
            yield done
    else:
        yield _lines(title, total)


@contextlib.contextmanager
def _bar(title: str, total: int) -> Iterator[Done]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeElapsedColumn as Elapsed

    columns = (
        TextColumn(title),
        BarColumn(),
        MofNCompleteColumn(),
        Elapsed(),
        TextColumn("{task.fields[last]}"),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True) as bars:
        task = bars.add_task(title, total=total, last="")

        def done(thing: object) -> None:
            bars.update(task, advance=1, last=str(thing))

        yield done


def _lines(title: str, total: int) -> Done:
    count = 0

    def done(thing: object) -> None:
        nonlocal count
        count += 1
        print(f"{title} {count}/{total}: {thing}", file=sys.stderr, flush=True)

    return done
