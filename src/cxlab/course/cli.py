"""The command line: it parses, calls a verb, and makes failures readable.

Exit codes: 0 fine, 1 something failed, 2 wrong usage or bad data, 130 stopped by
Ctrl-C. Nothing heavy is imported here, so that ``cxlab --help`` answers at once.
"""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

from cxlab.course.verbs import FAILED, FINE, STOPPED, VERBS, WRONG

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
    _for_people(made)
    _for_runs(made)
    _for_tables(made["data"])
    return parser


def _for_people(verbs: Mapping[str, argparse.ArgumentParser]) -> None:
    """Give the verbs of trainees and presenters their arguments."""
    for name in ("start", "lab", "status"):
        verbs[name].add_argument("folder", nargs="?", help="where to (my-lessons)")
    verbs["status"].add_argument("--certificate", type=Path, metavar="PAGE.html",
                                 help="write a page to print and sign")  # fmt: skip
    verbs["start"].add_argument("--lesson", action="append", help="only this one")
    verbs["lab"].add_argument("options", nargs="*", help="after --: JupyterLab's own")
    verbs["present"].add_argument("--port", type=int, help="(the first that is free)")
    paper = verbs["paper"]
    paper.add_argument("notebook", type=Path, help="yours, run and saved")
    paper.add_argument("-o", dest="page", type=Path, metavar="PAPER.pdf",
                       help="(board-paper.pdf)")  # fmt: skip
    for name in ("lab", "present"):
        verbs[name].add_argument(
            "--no-browser", action="store_true", help="open no window"
        )


def _for_runs(verbs: Mapping[str, argparse.ArgumentParser]) -> None:
    """Give the verbs that run lessons their arguments."""
    run, verify, sweep, build = (verbs[n] for n in ("run", "verify", "sweep", "build"))
    run.add_argument("lesson", help="its name, or the number it begins with")
    _knobs(run, "turn a knob of the lesson")
    for verb in (verify, sweep):
        verb.add_argument("lesson", nargs="*", help="only these (all)")
    _knobs(sweep, "of one lesson, over 1:20, 0:1:0.1 or a,b,c (all seeds 1:20)")
    run.add_argument("-o", dest="page", type=Path, metavar="PAGE.html",
                     help="write it as a page, too; or print it: PAGE.pdf")  # fmt: skip
    run.add_argument("--edition", choices=(*EDITIONS, "paper"), default="solution",
                     help="of the page (solution)")  # fmt: skip
    sweep.add_argument("-o", dest="table", type=Path, metavar="TABLE.csv",
                       help="(build/sweeps/LESSON.csv)")  # fmt: skip
    verify.add_argument("--accept", action="store_true",
                        help="expect what is found; published ones stay")  # fmt: skip
    sweep.add_argument("--accept", action="store_true",
                       help="keep how often each verdict came out")  # fmt: skip
    sweep.add_argument("--against-expected", action="store_true",
                       help="fail if that is not what is kept")  # fmt: skip
    sweep.add_argument("--chosen-by", metavar="COMMIT",
                       help="only the two lessons that it chooses")  # fmt: skip
    for verb, profile in ((run, "full"), (sweep, "fast"), (verify, "fast")):
        both = ("both",) if verb is verify else ()
        verb.add_argument("--profile", choices=("fast", "full", *both),
                          default=profile, help=f"({profile})")  # fmt: skip
    build.add_argument("--zip", action="store_true",
                       help="also one file for a memory stick")  # fmt: skip
    for verb in (run, verify, sweep, build):
        verb.add_argument("--fresh", action="store_true",
                          help="run what is in the cache, too")  # fmt: skip
    for verb in (run, verify, sweep):
        verb.add_argument("--kernel", choices=("auto", "forked", "ordinary"),
                          help="kind of kernel (auto: forked on Linux)")  # fmt: skip
        verb.add_argument("--time-limit", type=_seconds, metavar="SECONDS",
                          help="that a lesson may run (300)")  # fmt: skip
    for verb in (verify, sweep, build):
        verb.add_argument("--workers", type=_count, help="how many at once (cores)")


def _for_tables(data: argparse.ArgumentParser) -> None:
    """Give `cxlab data` its three verbs and what settles how a file is read."""
    verbs = data.add_subparsers(dest="what", metavar="WHAT", required=True)
    made = {
        "template": verbs.add_parser("template", help="a file to fill (all, by name)"),
        "check": verbs.add_parser("check", help="say all that is wrong with a file"),
        "describe": verbs.add_parser("describe", help="tell a file in aggregates"),
    }
    made["template"].add_argument("table", nargs="?", help="contacts, surveys, ...")
    for name in ("template", "check"):
        made[name].add_argument("-o", dest="output", type=Path, metavar="FILE",
                                help="write it there; never over a file")  # fmt: skip
    for verb in (made["check"], made["describe"]):
        verb.add_argument("table", help="which it is: contacts, surveys, ...")
        verb.add_argument("file", type=Path, help="CSV, Excel or Parquet; only read")
        for option, words in _SETTLES.items():
            verb.add_argument(option, default="", help=words)
        for option, (name, metavar, words) in _SETTLES_COLUMNS.items():
            verb.add_argument(option, dest=name, action="append", default=[],
                              metavar=metavar, help=words)  # fmt: skip
        verb.add_argument("--show", type=_count, default=20, help="violations (20)")


# Of a file that can be read in two ways, what says which.
_SETTLES = {
    "--encoding": "utf-8, cp1252, cp1251, ...",
    "--separator": "comma, semicolon, tab or bar",
    "--decimal": "point or comma",
    "--dates": "day-first, month-first or iso",
    "--sheet": "of an Excel file",
}
_SETTLES_COLUMNS = {
    "--reversed": ("reverse", "COLUMN", "its scale runs the other way; turn it"),
    "--not-reversed": ("as_is", "COLUMN", "its scale looks reversed and is not"),
    "--scale": ("scale", "COLUMN=1-5", "its ends in the file; stretch it to ours"),
    "--column": ("column", "OURS=THEIRS", "the column's header in the file"),
    "--blank": ("blank", "WORD", "stands for an empty cell"),
}


def _knobs(verb: argparse.ArgumentParser, words: str) -> None:
    verb.add_argument("-p", dest="parameters", action="append", default=[],
                      metavar="NAME=VALUE", help=words)  # fmt: skip


def _count(text: str) -> int:
    """Read a number of workers: at least one."""
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 upwards")
    return int(text)


def _seconds(text: str) -> float:
    """Read a number of seconds: more than none."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not seconds > 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds above 0")
    return seconds


def _first(verb: Callable[[argparse.Namespace], int]) -> str:
    return (verb.__doc__ or "").split("\n")[0].rstrip(".")


if __name__ == "__main__":
    sys.exit(main())
