"""What does it cost to run a lesson, beyond the lesson itself?

Run it: ``python tests/bench/bench_run.py``. Three ways to execute the same notebooks,
in a clone of their own: ``cxlab verify --fresh``; ``pytest --nbmake -n2``; and the
papermill command line, one notebook after the other. Each notebook is a lesson in its
fast profile under another seed, its parameters already in their cell.

Overhead per lesson = (wall time x cores - cell time) / runs, where cell time is the sum
of the durations that each way recorded of its own cells. The imports of a lesson are
part of its cells; forked kernels have them already, and get no credit for that here.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cxlab.course.manifest import Lesson, manifest
from cxlab.course.parameters import parameters_of
from cxlab.root import project_root

RATIO = 0.35  # target: our overhead, as a share of nbmake's
FACTOR, START = 1.3, 3.0  # target: wall time within 1.3 x (cell time / cores) + 3 s
LONG = 2.0  # s of cells a lesson, from which that target holds
AGAIN = 2.0  # s: target for an unchanged course, verified again
HELP = 0.3  # s: target for `cxlab --help`
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way to execute all the notebooks."""

    name: str
    wall: float  # s
    cells: float  # s, as it recorded them itself
    runs: int

    @property
    def overhead(self) -> float:
        """Seconds of a core for each run, beyond its cells."""
        return (self.wall * CORES - self.cells) / self.runs


class Clone:
    """A copy of the course whose lessons are the notebooks to be run."""

    def __init__(self, folder: Path, runs: int) -> None:
        self.root = folder
        for name in ("src", "course", "datasets"):
            shutil.copytree(project_root() / name, folder / name)
        self.notebooks = folder / "notebooks"
        self.notebooks.mkdir()
        lessons = list(manifest().lessons.values())
        seeds = -(-runs // len(lessons))
        named = {
            f"{lesson.name}_seed_{seed:02d}": with_parameters(lesson, seed)
            for seed in range(1, seeds + 1)
            for lesson in lessons
        }
        for name, text in named.items():
            (self.notebooks / f"{name}.ipynb").write_text(text, encoding="utf-8")
        path = folder / "course" / "course.toml"
        path.write_text(with_lessons(path, named), encoding="utf-8")
        self.names = list(named)
        self.env = {
            **{k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
            "PYTHONPATH": str(folder / "src"),
            "OPENBLAS_NUM_THREADS": "1",  # for all alike
        }
        self("compileall", "-q", str(folder / "src"))

    def __call__(self, module: str, *words: str) -> float:
        """Run a Python module in the clone; return the seconds it took."""
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-P", "-m", module, *words],
            cwd=self.root,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.perf_counter() - begun
        if done.returncode:
            sys.exit(
                f"{module} {' '.join(words)} failed:\n{done.stdout}\n{done.stderr}"
            )
        return seconds

    def copies(self, name: str) -> Path:
        """Copy the notebooks to a folder, for what writes over them."""
        return Path(shutil.copytree(self.notebooks, self.root / name))


def with_parameters(lesson: Lesson, seed: int) -> str:
    """Write the fast profile and a seed into the parameters cell of a lesson."""
    text = lesson.notebook.read_text(encoding="utf-8")
    notebook = json.loads(text)
    values = {**lesson.fast, "seed": seed}
    [cell] = (
        c for c in notebook["cells"] if "parameters" in c["metadata"].get("tags", ())
    )
    knobs = parameters_of(text)
    lines = [
        line.replace(
            f"= {text_of(knobs[name].default)}", f"= {text_of(values[name])}", 1
        )
        if name in values
        else line
        for line in "".join(cell["source"]).splitlines()
        for name in [line.split(":")[0].strip()]
    ]
    cell["source"] = "\n".join(lines)
    notebook["metadata"]["bench"] = seed  # no two are the same, whatever they take
    return json.dumps(notebook, ensure_ascii=False)


def text_of(value: object) -> str:
    return json.dumps(value) if isinstance(value, str) else repr(value)


def with_lessons(path: Path, names: Iterable[str]) -> str:
    """Write a manifest that lists the notebooks in place of the lessons."""
    import tomlkit

    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    lessons: Mapping[str, Mapping[str, object]] = document["lessons"]  # type: ignore[assignment]
    rows = {
        name: {
            **{
                k: v for k, v in lessons[name.split("_seed_")[0]].items() if k != "fast"
            },
            "needs": [],
        }
        for name in names
    }
    document["lessons"] = rows
    for route in document["routes"].values():  # type: ignore[union-attr]
        route["lessons"] = list(rows)
    return tomlkit.dumps(document)


def by_cxlab(clone: Clone) -> Way:
    """Verify all of them; every one is executed."""
    wall = clone("cxlab.course.cli", "verify", "--fresh")
    kept = (clone.root / "build" / "cache").glob("*.run")
    newest = sorted(kept, key=lambda path: path.stat().st_mtime)[-len(clone.names) :]
    summaries = [json.loads(path.read_bytes().split(b"\n")[1]) for path in newest]
    cells = sum(summary["cell_seconds"] for summary in summaries)
    return Way(
        name="`cxlab verify --fresh`", wall=wall, cells=cells, runs=len(clone.names)
    )


def by_nbmake(clone: Clone) -> Way:
    """Let nbmake run them in two processes; it writes what it ran, times and all."""
    folder = clone.copies("nbmake")
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    words = ["--nbmake", "-n2", "--overwrite", "-q", "-p", "no:cacheprovider"]
    wall = clone("pytest", "-c", str(folder / "pytest.ini"), *words, str(folder))
    cells = sum(
        between(cell["metadata"]["execution"])
        for path in folder.glob("*.ipynb")
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code" and cell["metadata"].get("execution")
    )
    return Way(
        name="`pytest --nbmake -n2`", wall=wall, cells=cells, runs=len(clone.names)
    )


def between(times: Mapping[str, str]) -> float:
    first, last = (
        datetime.fromisoformat(times[name])
        for name in ("iopub.execute_input", "shell.execute_reply")
    )
    return (last - first).total_seconds()


def by_papermill(clone: Clone) -> Way:
    """Call the papermill command line for one notebook after the other."""
    folder = clone.copies("papermill")
    wall = cells = 0.0
    for name in clone.names:
        path = str(folder / f"{name}.ipynb")
        words = ["--cwd", str(folder), "--no-progress-bar", "--log-level", "ERROR"]
        wall += clone("papermill", path, path, *words)
        notebook = json.loads(Path(path).read_text(encoding="utf-8"))
        cells += sum(
            cell["metadata"]["papermill"]["duration"]
            for cell in notebook["cells"]
            if cell["cell_type"] == "code"
        )
    return Way(
        name="`papermill` in a loop", wall=wall, cells=cells, runs=len(clone.names)
    )


def table(ways: Sequence[Way]) -> list[str]:
    """Return the table that README quotes."""
    peer = next(way for way in ways if "nbmake" in way.name)
    lines = [
        f"{ways[0].runs} runs on {CORES} cores | wall | cells | overhead a run | ratio",
        "--- | ---: | ---: | ---: | ---:",
        *(
            f"{way.name} | {way.wall:.1f} s | {way.cells:.1f} s | "
            f"{way.overhead:.2f} s | {way.overhead / peer.overhead:.2f}"
            for way in ways
        ),
    ]
    return [f"| {line} |" for line in lines]


def targets(ways: Sequence[Way], *, again: float, help_: float) -> dict[str, bool]:
    """Say of each target whether it is met."""
    ours, peer = ways[0], ways[1]
    ratio = ours.overhead / peer.overhead
    bound = FACTOR * ours.cells / CORES + START
    said = {
        f"overhead a run {ratio:.2f} of nbmake's, at most {RATIO}": ratio <= RATIO,
        f"unchanged course verified again in {again:.2f} s, under {AGAIN:g}": (
            again < AGAIN
        ),
        f"`cxlab --help` in {help_:.2f} s, under {HELP:g}": help_ < HELP,
    }
    mean = ours.cells / ours.runs
    within = f"wall time {ours.wall:.1f} s, within {bound:.1f} s"
    if mean < LONG:
        within += f" (asked from {LONG:g} s of cells a run; here {mean:.1f})"
    said[within] = ours.wall <= bound or mean < LONG
    return said


def main() -> int:
    """Measure, print the table and the targets; 1 if one is missed."""
    parser = argparse.ArgumentParser(description="What running a lesson costs.")
    parser.add_argument("--runs", type=int, default=24, help="at least so many (24)")
    asked = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} (a busy machine measures itself)")
    with tempfile.TemporaryDirectory() as folder:
        clone = Clone(Path(folder), asked.runs)
        clone("cxlab.course.cli", "verify", "--accept")  # and everything is read once
        ways = [by_cxlab(clone), by_nbmake(clone), by_papermill(clone)]
        again = clone("cxlab.course.cli", "verify")
        help_ = min(clone("cxlab.course.cli", "--help") for _ in range(3))
    print("\n".join(table(ways)))
    met = targets(ways, again=again, help_=help_)
    for said, reached in met.items():
        print(f"{'met   ' if reached else 'MISSED'} {said}")
    return 0 if all(met.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
