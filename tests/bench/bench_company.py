"""How long does a company of a million customers take, in what memory?

Run it: ``python tests/bench/bench_company.py``. Four sizes, each twice the one before,
over 24 months, in a process of its own on one core, so that its memory can be read off;
a last column says what a customer costs more or less than at the size before. Time and
memory are linear if that stays near 1. Seconds are those of the core: what else the
machine does does not count, or not much.
"""

import argparse
import os
import resource
import subprocess
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in a lesson's kernel

from itertools import pairwise

from cxlab.company import company

CUSTOMERS, MONTHS = 1_000_000, 24
SIZES = 4
PER_BRANCH = 5_000  # customers; a larger company has more branches
SECONDS, GIGABYTES = 60.0, 8.0  # targets of the largest
LINEAR = 1.5  # a customer may cost so many times what she cost at half the size


def measure(customers: int) -> None:
    """Print seconds, the process's peak memory before and after (gigabytes), rows."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    company(1000, months=2, n_branches=5)
    before = _peak()
    start = time.process_time()
    branches = max(2, customers // PER_BRANCH)
    made = company(customers, months=MONTHS, n_branches=branches, seed=1)
    seconds = time.process_time() - start
    rows = sum(len(table) for table in made.tables.values())
    print(seconds, before, _peak(), rows)


def _peak() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e9 if sys.platform == "darwin" else 1e6)  # bytes; kilobytes


def main(argv: list[str] | None = None) -> int:
    """Print the table; 1 if a target is missed or a customer costs ever more."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int, default=CUSTOMERS)
    parser.add_argument("--alone", action="store_true", help="in this process")
    options = parser.parse_args(argv)
    if options.alone:
        measure(options.customers)
        return 0
    heads = ("rows", "seconds", "peak GB", "s, times", "GB, times")
    print(f"{'customers':>10}" + "".join(f"{head:>13}" for head in heads))
    cost: list[tuple[float, float]] = []
    for k in reversed(range(SIZES)):
        size = options.customers // 2**k
        words = [sys.executable, __file__, "--alone", "--customers", str(size)]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        seconds, before, peak, rows = (float(word) for word in done.stdout.split())
        cost.append((seconds / size, (peak - before) / size))
        ratios = (
            [b / a for a, b in zip(*cost[-2:], strict=True)] if k < SIZES - 1 else []
        )
        print(
            f"{size:>10,}{rows:>13,.0f}{seconds:>13.1f}{peak:>13.2f}"
            + "".join(f"{ratio:>13.2f}" for ratio in ratios)
        )
        last = seconds, peak
    steps = [b / a for both in pairwise(cost) for a, b in zip(*both, strict=True)]
    linear = max(steps) <= LINEAR
    fits = last[0] <= SECONDS and last[1] <= GIGABYTES
    print(
        f"{options.customers:,} customers over {MONTHS} months on one core: target "
        f"{SECONDS:g} s and {GIGABYTES:g} GB {'met' if fits else 'MISSED'}; linear "
        f"(a customer costs at most {LINEAR:g} times what she cost at half the size): "
        f"{linear}"
    )
    return 0 if fits and linear else 1


if __name__ == "__main__":
    sys.exit(main())
