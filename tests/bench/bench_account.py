"""How long do the balances of ten million unsorted touches take, in what memory?

Run it: ``python tests/bench/bench_account.py``. Two logs: ten million touches of a
million customers over ten years, and ten million of customers who are touched every
day for ten years. Both come in no order. Beside the course's one door stands the plain
loop over events, on a sample, to which the balances must be equal to 1e-12. Each log
runs in a process of its own, on one core, so that its memory can be read off.
"""

import argparse
import os
import resource
import subprocess
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in a lesson's kernel

import numpy as np
import pandas as pd

from cxlab.account import Rules, balances, replay

TOUCHES, CUSTOMERS = 10_000_000, 1_000_000
DAYS = 3653  # ten years
SAMPLE = 200  # customers for the plain loop
SECONDS, GIGABYTES, EQUAL = 5.0, 4.0, 1e-12  # targets
RULES = Rules(loss_weight=2.25, decay_deposit=0.1, decay_withdrawal=0.2)


def many_customers(touches: int) -> pd.DataFrame:
    """Draw touches of ten customers in a hundred touches, at any time, in no order."""
    rng = np.random.default_rng(1)
    return pd.DataFrame(
        {
            "customer": rng.integers(max(1, touches // 10), size=touches),
            "month": rng.uniform(0, 120, touches),
            "kind": "touch",
            "size": rng.normal(0.5, 1.0, touches),
            "expectation": 0.0,
        }
    )


def every_day(touches: int) -> pd.DataFrame:
    """Draw a touch a day for ten years, shuffled."""
    rng = np.random.default_rng(2)
    place = rng.permutation(touches)
    return pd.DataFrame(
        {
            "customer": place // DAYS,
            "month": (place % DAYS) / 30.4375,
            "kind": "touch",
            "size": rng.normal(0.5, 1.0, touches),
            "expectation": 0.0,
        }
    )


LOGS = {"many customers": many_customers, "every day": every_day}


def difference(touches: pd.DataFrame, after: pd.Series) -> tuple[float, float]:
    """Return the largest difference from the plain loop, and its seconds per touch.

    Relative to all that was booked, weighted, so that a balance near zero counts fair.
    """
    rng = np.random.default_rng(3)
    size = SAMPLE if touches["customer"].max() > 10_000 else 3
    chosen = rng.choice(touches["customer"].max(), size, replace=False)
    own = touches[touches["customer"].isin(chosen)]
    worst, events, start = 0.0, 0, time.perf_counter()
    for _, one in own.sort_values("month").groupby("customer"):
        rows = one[["month", "size", "expectation"]].to_numpy().tolist()
        events += len(rows)
        end = replay([tuple(row) for row in rows], rules=RULES).balance(RULES)
        booked = RULES.loss_weight * one["size"].abs().sum()
        worst = max(worst, abs(after[one.index[-1]] - end) / booked)
    return worst, (time.perf_counter() - start) / events


def measure(name: str, touches: int) -> None:
    """Print seconds, peak memory (gigabytes), difference, and seconds of the loop."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    log = LOGS[name](touches)
    balances(log.head(1000), rules=RULES)
    start = time.perf_counter()
    after = balances(log, rules=RULES)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unit = 1e9 if sys.platform == "darwin" else 1e6  # bytes there, kilobytes here
    worst, each = difference(log, after)
    print(seconds, peak / unit, worst, each * touches)


def main(argv: list[str] | None = None) -> int:
    """Print the table; 1 if a target is missed or the balances differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--touches", type=int, default=TOUCHES)
    parser.add_argument(
        "--log", choices=list(LOGS), help="this one only, in this process"
    )
    options = parser.parse_args(argv)
    if options.log:
        measure(options.log, options.touches)
        return 0
    heads = ("seconds", "peak GB", "from loop", "loop, s")
    print(f"{'log':<16}" + "".join(f"{head:>12}" for head in heads))
    missed = False
    for name in LOGS:
        words = [sys.executable, __file__, "--log", name]
        words += ["--touches", str(options.touches)]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        seconds, peak, worst, loop = (float(word) for word in done.stdout.split())
        print(f"{name:<16}{seconds:>12.2f}{peak:>12.2f}{worst:>12.1e}{loop:>12.0f}")
        missed |= seconds > SECONDS or peak > GIGABYTES or worst > EQUAL
    print(
        f"{options.touches:,} touches on one core, target {SECONDS} s and {GIGABYTES} "
        f"GB, equal to the plain loop to {EQUAL:g}: {'MISSED' if missed else 'met'}"
    )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
