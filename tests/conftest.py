"""What all tests share: one hypothesis profile, and one pool of kernels a process."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from cxlab.course.pool import Pool

# Derandomised: a failure is found again. No deadline: CI machines stutter.
settings.register_profile("course", derandomize=True, deadline=None, max_examples=50)
settings.load_profile("course")


@pytest.fixture(scope="session")
def shared_pool() -> Iterator[Pool]:
    """Lend every test of this process the same warm kernels.

    With pytest-xdist each of its processes has a pool of its share of the processors;
    locks and cache see to it that a lesson still runs once in all.
    """
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    workers = max(1, (os.cpu_count() or 1) // processes)
    with Pool(workers=workers, modules=LESSONS_IMPORT) as pool:
        yield pool


LESSONS_IMPORT = (
    "cxlab.lesson",
    "matplotlib.pyplot",
    "numpy",
    "pandas",
    "scipy.stats",
)
