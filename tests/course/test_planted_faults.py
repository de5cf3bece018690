"""One line of a copy of the package changed: exactly the lessons that use it fail.

Were a lesson's numbers held by nothing, a method could be wrong and every test green.
The table grows with each module: a line that matters, what it is changed to, and the
lessons that must then fail by name.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cxlab.course.manifest import manifest
from cxlab.root import project_root

START, EFFORT = "00_start_here", "10_effort_and_disloyalty"
DRIVERS, PATHS = "11_effort_drivers", "42_path_model"
EVERY = tuple(manifest().lessons)

# (module, the line as it is, the line as it must not be, lessons that must fail)
FAULTS = [
    ("lesson.py", '"value": plain, "unit"', '"value": str(plain), "unit"', EVERY),
    (
        "fourfold.py",
        "return odds(one) / below",
        "return odds(one) * below",
        (START, EFFORT),
    ),
    ("steps.py", '"step": x >= at', '"step": x > at', (EFFORT,)),
    (
        "simulate/change.py",
        "return self.share_down / self.share_up",
        "return self.share_up / self.share_down",
        (EFFORT,),
    ),
    (
        "latent.py",
        "return Link(correlation=r, base=base_for(r),",
        "return Link(correlation=r, base=low,",
        (EFFORT,),
    ),
    (
        "drivers/subsets.py",
        "(2 * member - 1) / (n_drivers * count[others])",
        "(2 * member - 1) / count[others]",
        (DRIVERS,),
    ),
    (
        "paths/engine.py",
        "(paths * correlations).sum(axis=1)",
        "(paths * paths).sum(axis=1)",
        (PATHS,),
    ),
    (
        "paths/trust.py",
        "return float(k * mean / (1 + (k - 1) * mean))",
        "return float(k * mean / (1 + k * mean))",
        (PATHS,),
    ),
]
VERIFY = """
import json
from cxlab.course.verify import verify
rows = verify(profiles=["fast"], workers=WORKERS).rows
print(json.dumps({row.lesson: row.complaints() for row in rows}))
"""


@pytest.mark.parametrize(
    ("module", "line", "changed", "lessons"), FAULTS, ids=[row[0] for row in FAULTS]
)
def test_a_planted_fault_fails_exactly_the_lessons_that_use_it(
    tmp_path, module, line, changed, lessons
):
    found = complaints_about(tmp_path, module, line, changed)
    failed = {lesson for lesson, complaints in found.items() if complaints}
    assert failed == set(lessons), found
    assert all(lesson in said for lesson in failed for said in found[lesson])


def complaints_about(folder: Path, module: str, line: str, changed: str):
    """Verify a copy of the course in which one line differs."""
    for name in ("src", "course", "datasets", "notebooks", "tests/expected"):
        shutil.copytree(project_root() / name, folder / name)
    path = folder / "src" / "cxlab" / module
    text = path.read_text(encoding="utf-8")
    assert text.count(line) == 1, f"{module} no longer says {line!r} once"
    path.write_text(text.replace(line, changed), encoding="utf-8")
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    workers = max(1, (os.cpu_count() or 1) // processes)
    done = subprocess.run(
        [sys.executable, "-c", VERIFY.replace("WORKERS", str(workers))],
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
