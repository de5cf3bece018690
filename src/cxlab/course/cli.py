"""The command line: thin verbs over functions that do the same.

Each verb parses, calls, prints and returns an exit code: 0 fine, 1 something failed,
2 wrong usage or bad data, 130 stopped by Ctrl-C. Whatever costs time to import is
imported in the verb that needs it.
"""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from cxlab.course.run import RunResult

FINE, FAILED, WRONG, STOPPED = 0, 1, 2, 130
EDITIONS = ("trainee", "solution", "facilitator", "slides", "handout")


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks, and return its exit code."""
    try:
        asked = _parser().parse_args(argv)
    except SystemExit as stop:  # argparse has said what was wrong, or given help
        return stop.code if isinstance(stop.code, int) else WRONG
    verb: Callable[[argparse.Namespace], int] = asked.verb
    try:
        return verb(asked)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:  # `cxlab list | head`: nobody reads on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except ModuleNotFoundError as error:
        print(f"cxlab {asked.name}: {error}. What to do: cxlab doctor", file=sys.stderr)
        return FAILED
    except (ValueError, TypeError, OSError, RuntimeError) as error:
        if not _meant_to_be_read(error):
            raise
        print(f"cxlab {asked.name}: {error}", file=sys.stderr)
        return WRONG if _blames_what_was_given(error) else FAILED


def _meant_to_be_read(error: BaseException) -> bool:
    """Say whether a message tells its reader what to do.

    The course's own do, and the system's, such as that of a full disk. Anything else
    is a mistake of ours, and then the whole traceback is wanted.
    """
    if isinstance(error, OSError):
        return True
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    raised_in = Path(trace.tb_frame.f_code.co_filename if trace else "")
    return raised_in.is_relative_to(Path(__file__).resolve().parents[1])


def _blames_what_was_given(error: BaseException) -> bool:
    given = (ValueError, TypeError, FileNotFoundError, NotADirectoryError)
    return isinstance(error, given)


class _Parser(argparse.ArgumentParser):
    """A parser that knows the nearest word to a mistyped one."""

    def error(self, message: str) -> NoReturn:
        """Say what was wrong, with the nearest verb, and end with code 2."""
        words = message.replace('"', "'").split("'")
        if message.startswith("argument VERB: invalid choice"):
            near = get_close_matches(words[1], VERBS, n=1, cutoff=0.0)
            message = f"There is no {words[1]!r}; the nearest is {near[0]!r}."
        super().error(message)


def _list(asked: argparse.Namespace) -> int:
    """Print every lesson with its minutes, by part, and the routes."""
    from cxlab.course.manifest import manifest

    course = manifest()
    for part in course.parts.values():
        lessons = [one for one in course.lessons.values() if one.part == part.number]
        if lessons:
            print(f"Part {part.number}. {part.title}")
        for one in lessons:
            minutes = f"{one.teach} + {one.practise} min"
            print(f"  {one.name:<28} {minutes:>12}  {one.title}")
    for route in course.routes.values():
        print(f"Route {route.name}: {route.says} {', '.join(route.lessons)}")
    return FINE


def _start(asked: argparse.Namespace) -> int:
    """Give a trainee the lessons, in a folder of his own."""
    from cxlab.course.start import start

    started = start(asked.folder, lessons=asked.lesson or None)
    print(started)
    print(f"Open them: cxlab lab {started.folder}")
    return FINE


def _lab(asked: argparse.Namespace) -> int:
    """Open JupyterLab on a trainee's folder."""
    from cxlab.course.lab import lab

    return lab(asked.folder, browser=not asked.no_browser, options=asked.options)


def _present(asked: argparse.Namespace) -> int:
    """Serve the built site to this machine."""
    from cxlab.course.present import present

    present(asked.port, browser=not asked.no_browser)
    return FINE


def _doctor(asked: argparse.Namespace) -> int:
    """Say what is missing, and how to mend it."""
    from cxlab.course.doctor import examine

    findings = examine()
    for finding in findings:
        print(finding)
    return FINE if all(one.good or not one.needed for one in findings) else FAILED


def _run(asked: argparse.Namespace) -> int:
    """Run one lesson with parameters of your own, and print what it recorded."""
    from cxlab.course.progress import progress
    from cxlab.course.run import Run, run_many

    run = Run(
        lesson=asked.lesson,
        edition="trainee" if asked.edition == "trainee" else "full",
        profile=asked.profile,
        parameters=_pairs(asked.parameters),
    )
    with progress("running") as step:
        step(0, 1, str(run))
        [result] = run_many([run], fresh=asked.fresh)
        step(1, 1, str(run))
    if not result.ok:
        print(f"{result.run}: {result.failure}", file=sys.stderr)
        return FAILED
    _print_results(result.records)
    if asked.page is not None:
        _write_page(result, asked.edition, asked.page)
    return FINE


def _print_results(records: Sequence[Mapping[str, Any]]) -> None:
    results = [one for one in records if one["kind"] == "result"]
    rows = [(one["name"], _short(one["value"]), one["unit"]) for one in results]
    _table(("result", "value", "unit"), rows)


def _write_page(result: "RunResult", edition: str, page: Path) -> None:
    from cxlab.course.files import write_over
    from cxlab.course.render.lesson import render_run

    write_over(page, render_run(result, edition))
    print(f"Open {page.absolute()}")


def _pairs(given: Sequence[str]) -> dict[str, str]:
    """Read NAME=VALUE, as often as it was given."""
    for one in given:
        if "=" not in one:
            raise ValueError(f"-p {one} says no value. Write it as -p {one}=VALUE")
    return {name.strip(): value for name, _, value in (p.partition("=") for p in given)}


def _short(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under a head, each column as wide as it must be."""
    lines = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print("  ".join(padded).rstrip())


def _build(asked: argparse.Namespace) -> int:
    """Run every lesson and render the whole site into build/site."""
    from cxlab.course.build import build
    from cxlab.course.progress import progress

    with progress("building") as step:
        built = build(fresh=asked.fresh, workers=asked.workers, on_step=step)
    print(built)
    return FINE


def _check(asked: argparse.Namespace) -> int:
    """Hold every lesson and the course to the house rules."""
    from cxlab.course.rules import check_course

    findings = check_course()
    for finding in findings:
        print(finding)
    print(f"{len(findings)} places to mend" if findings else "All rules hold.")
    return FAILED if findings else FINE


# Every verb: what it does, in the words of --help, and its function.
VERBS: dict[str, Callable[[argparse.Namespace], int]] = {
    "list": _list,
    "start": _start,
    "lab": _lab,
    "run": _run,
    "build": _build,
    "present": _present,
    "check": _check,
    "doctor": _doctor,
}


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="cxlab",
        description="A course in customer loyalty whose every number is tested.",
        epilog="A lesson is named in full, or by its number: cxlab run 10",
    )
    verbs = parser.add_subparsers(dest="name", metavar="VERB", required=True)
    made = {
        name: verbs.add_parser(name, help=_first(verb), description=verb.__doc__)
        for name, verb in VERBS.items()
    }
    for name, verb in VERBS.items():
        made[name].set_defaults(verb=verb)
    for name in ("start", "lab"):
        made[name].add_argument("folder", nargs="?", help="where to (my-lessons)")
    made["start"].add_argument("--lesson", action="append", help="only this one")
    made["lab"].add_argument("--no-browser", action="store_true", help="open no window")
    made["lab"].add_argument("options", nargs="*", help="after --: JupyterLab's own")
    for name in ("run",):
        made[name].add_argument("lesson")
        made[name].add_argument(
            "-p", dest="parameters", action="append", default=[], metavar="NAME=VALUE"
        )
    run = made["run"]
    run.add_argument(
        "-o",
        dest="page",
        type=Path,
        metavar="PAGE.html",
        help="write it as a page, too",
    )
    run.add_argument(
        "--edition", choices=EDITIONS, default="solution", help="of the page (solution)"
    )
    run.add_argument("--profile", choices=("fast", "full"), default="full")
    for name in ("run", "build"):
        made[name].add_argument(
            "--fresh", action="store_true", help="run what is in the cache, too"
        )
    for name in ("build",):
        made[name].add_argument("--workers", type=int, help="how many at once (cores)")
    made["present"].add_argument("--port", type=int)
    made["present"].add_argument("--no-browser", action="store_true")
    return parser


def _first(verb: Callable[[argparse.Namespace], int]) -> str:
    return (verb.__doc__ or "").split("\n")[0].rstrip(".")


if __name__ == "__main__":
    sys.exit(main())
