"""The verbs of the command line: each calls what does the work, and prints.

The first line of a verb's docstring is its line in ``cxlab --help``. Whatever costs
time to import is imported in the verb that needs it.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cxlab.course.run import RunResult
    from cxlab.course.verify import Row

FINE, FAILED, WRONG, STOPPED = 0, 1, 2, 130


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


def _data(asked: argparse.Namespace) -> int:
    """Give a template of a table of your own; check or describe one."""
    from cxlab.course.data import data

    return data(asked)


def _status(asked: argparse.Namespace) -> int:
    """Say how far a trainee's folder has come; make its certificate."""
    from cxlab.course.told import tell

    print("\n".join(tell(asked.folder, asked.certificate)))
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
        [result] = run_many([run], **_how(asked))
        step(1, 1, str(run))
    if not result.ok:
        print(f"{result.run}: {result.failure}", file=sys.stderr)
        blamed = str(result.failure and result.failure.message).startswith(_OWN)
        return WRONG if blamed else FAILED
    _print_results(result.records)
    if asked.page is not None:
        _write_page(result, asked.edition, asked.page)
    return FINE


def _verify(asked: argparse.Namespace) -> int:
    """Run lessons, and hold them to their numbers and verdicts."""
    from cxlab.course.manifest import PROFILES, manifest
    from cxlab.course.progress import counted, progress
    from cxlab.course.verify import verify

    profiles = PROFILES if asked.profile == "both" else (asked.profile,)
    count = len(profiles) * len(asked.lesson or manifest().lessons)
    with progress("verifying") as step:
        done = counted(step, count)
        found = verify(
            asked.lesson or None,
            profiles=profiles,
            accepting=asked.accept,
            workers=asked.workers,
            **_how(asked),
            on_done=lambda result: done(result.run),
        )
    _print_rows(found.rows)
    for change in found.changes:
        print(change)
    for complaint in (said for row in found.rows for said in row.complaints()):
        print(f"\n{complaint}", file=sys.stderr)
    return FINE if found.ok else FAILED


def _print_rows(rows: "Sequence[Row]") -> None:
    head = ("lesson", "profile", "seconds", "held", "drifted", "verdicts")
    print_table(head, [
        (
            row.lesson,
            row.profile,
            "cached" if row.cached else f"{row.seconds:.1f}",
            row.held,
            row.drifted,
            "FAILED" if row.failure
            else ", ".join(f"{claim} {word}" for claim, word in row.verdicts.items()),
        )
        for row in rows
    ])  # fmt: skip


def _sweep(asked: argparse.Namespace) -> int:
    """Run lessons over seeds or a grid: how often does each verdict and sign hold."""
    from cxlab.course.sweeping import sweep_grid, sweep_over_seeds

    if asked.parameters:
        return sweep_grid(asked, _pairs(asked.parameters), _how(asked))
    return sweep_over_seeds(asked, _how(asked))


def _print_results(records: Sequence[Mapping[str, Any]]) -> None:
    results = [one for one in records if one["kind"] == "result"]
    rows = [(one["name"], _short(one["value"]), one["unit"]) for one in results]
    print_table(("result", "value", "unit"), rows)


def _write_page(result: "RunResult", edition: str, page: Path) -> None:
    from cxlab.course.render.lesson import render_run
    from cxlab.course.render.paper import write_paper

    write_paper(render_run(result, edition), page)
    print(f"Open {page.absolute()}")


def _paper(asked: argparse.Namespace) -> int:
    """Print the board paper of a notebook that you have run and saved."""
    from cxlab.course.notebooks import read_notebook
    from cxlab.course.render.paper import render_paper, write_paper

    page = asked.page or Path("board-paper.pdf")
    write_paper(render_paper(read_notebook(asked.notebook)), page)
    print(f"Open {page.absolute()}")
    return FINE


def _how(asked: argparse.Namespace) -> dict[str, Any]:
    """Say how lessons are to be run, as every verb that runs them lets one choose."""
    how = {name: getattr(asked, name) for name in ("fresh", "kernel", "time_limit")}
    return {name: value for name, value in how.items() if value is not None}


def _pairs(given: Sequence[str]) -> dict[str, str]:
    """Read NAME=VALUE, as often as it was given."""
    for one in given:
        if "=" not in one:
            raise ValueError(f"-p {one} says no value. Write it as -p {one}=VALUE")
    return {name.strip(): value for name, _, value in (p.partition("=") for p in given)}


def _short(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


_OWN = ("BadTable", "CannotRead")  # errors that blame a table of the reader's own
_RIGHT = ("seconds", "held", "drifted", "share", "runs", "value")  # numbers


def print_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under a head, each column as wide as it must be."""
    columns = []
    for name, *cells in zip(head, *rows, strict=True):
        texts = [str(name), *map(str, cells)]
        width = max(map(len, texts))
        columns.append([
            text.rjust(width) if name in _RIGHT else text.ljust(width) for text in texts
        ])  # fmt: skip
    for line in zip(*columns, strict=True):
        print("  ".join(line).rstrip())


def _build(asked: argparse.Namespace) -> int:
    """Run every lesson and render the whole site into build/site."""
    from cxlab.course.build import build
    from cxlab.course.progress import progress

    with progress("building") as step:
        built = build(fresh=asked.fresh, workers=asked.workers, on_step=step)
    print(built)
    if asked.zip:
        from cxlab.course.archive import archive

        print(archive(built.site, built.site.with_name("cxlab-course.zip")))
    return FINE


def _check(asked: argparse.Namespace) -> int:
    """Hold every lesson and the course to the house rules."""
    from cxlab.course.rules import check_course

    findings = check_course()
    for finding in findings:
        print(finding)
    places = "1 place" if len(findings) == 1 else f"{len(findings)} places"
    print(f"{places} to mend" if findings else "All rules hold.")
    return FAILED if findings else FINE


# Every verb: what it does, in the words of --help, and its function.
VERBS: dict[str, Callable[[argparse.Namespace], int]] = {
    "list": _list,
    "start": _start,
    "lab": _lab,
    "status": _status,
    "run": _run,
    "verify": _verify,
    "sweep": _sweep,
    "build": _build,
    "present": _present,
    "paper": _paper,
    "check": _check,
    "data": _data,
    "doctor": _doctor,
}
