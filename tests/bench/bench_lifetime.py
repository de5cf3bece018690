"""How long does it take to fit what a customer is worth, beside the package lifetimes?

Run it: ``python tests/bench/bench_lifetime.py``. Three models on the same real tables
with the course and with lifetimes, each in a process of its own, best of several runs;
then BG/NBD on a million drawn customers, as counts of frequency, recency and age, and
on a fourth of them: four times the rows may cost four times the seconds, and a little.
"""

import argparse
import os
import subprocess
import sys
import time
import warnings
from collections.abc import Callable

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in a lesson's kernel

import numpy as np
import pandas as pd

from cxlab import datasets
from cxlab.lifetime import (
    Buyers,
    count_alike,
    count_histories,
    fit_buyers,
    fit_donors,
    fit_spend,
)
from cxlab.simulate.lifetime import buyers

CUSTOMERS, RUNS = 1_000_000, 5
SECONDS, GROWTH = 10.0, 6.0  # targets: a million, and times for four times the rows
MODELS = ("buyers", "spend", "donors")


def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the music shop's histories after 39 weeks, and the givers."""
    shop = count_histories(datasets.load_cdnow_sample(), weeks=39)
    return shop, datasets.load_donors()


def ours() -> dict[str, Callable[[], object]]:
    """Return the course's three fits."""
    shop, givers = tables()
    again = shop[shop["repeats"] > 0]
    return {
        "buyers": lambda: fit_buyers(shop).values,
        "spend": lambda: fit_spend(again["repeats"], again["spend"]).values,
        "donors": lambda: fit_donors(givers).values,
    }


def theirs() -> dict[str, Callable[[], object]]:
    """Return the same fits with lifetimes, which is imported here and nowhere else."""
    warnings.simplefilter("ignore")
    from lifetimes import BetaGeoBetaBinomFitter, BetaGeoFitter, GammaGammaFitter

    shop, givers = tables()
    again = shop[shop["repeats"] > 0]
    three = (shop["repeats"], shop["last"], shop["age"])
    four = [givers[c] for c in ("gifts", "last", "occasions", "givers")]
    spent = (again["repeats"], again["spend"])
    return {
        "buyers": lambda: BetaGeoFitter().fit(*three).params_,
        "spend": lambda: GammaGammaFitter().fit(*spent).params_,
        "donors": lambda: BetaGeoBetaBinomFitter().fit(*four).params_,
    }


def measure(side: str) -> None:
    """Print a line per model: its name, the best seconds, and the parameters."""
    fits = ours() if side == "ours" else theirs()
    for name in MODELS:
        seconds = []
        for _ in range(RUNS):
            start = time.perf_counter()
            values = np.asarray(fits[name](), dtype=float)
            seconds.append(time.perf_counter() - start)
        print(name, min(seconds), *values)


def million(customers: int) -> None:
    """Print the seconds of a fit to so many customers, and how many rows they make."""
    truth = Buyers(r=0.243, alpha=4.414, a=0.793, b=2.426)
    rng = np.random.default_rng(1)
    table, _ = buyers(truth, n=customers, weeks=39, rng=rng)
    # days, as a till would give them
    table["age"] = np.round(7 * table["age"]) / 7
    days = np.maximum(1, np.round(7 * table["last"])) / 7
    table["last"] = np.where(table["repeats"] > 0, np.minimum(days, table["age"]), 0)
    counted = count_alike(table[["repeats", "last", "age"]])
    start = time.perf_counter()
    fit_buyers(counted)
    print(time.perf_counter() - start, len(counted))


def child(*words: str) -> list[list[str]]:
    """Run this file with these words in its own process; return what it printed."""
    call = [sys.executable, __file__, *words]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    return [line.split() for line in done.stdout.splitlines()]


def main(argv: list[str] | None = None) -> int:
    """Print both tables; 1 if a target is missed or the fits disagree."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int, default=CUSTOMERS)
    parser.add_argument("--side", choices=["ours", "theirs"], help="this one only")
    parser.add_argument("--draw", type=int, help="fit so many customers, only")
    options = parser.parse_args(argv)
    if options.side:
        measure(options.side)
        return 0
    if options.draw:
        million(options.draw)
        return 0
    missed = False
    print(f"{'model':<10}{'ours, ms':>12}{'lifetimes, ms':>16}{'apart':>10}")
    both = zip(child("--side", "ours"), child("--side", "theirs"), strict=True)
    for own, other in both:
        mine, yours = float(own[1]), float(other[1])
        apart = max(
            abs(float(a) / float(b) - 1)
            for a, b in zip(own[2:], other[2:], strict=True)
        )
        print(f"{own[0]:<10}{1e3 * mine:>12.1f}{1e3 * yours:>16.1f}{apart:>10.1e}")
        missed |= mine > yours or apart > 0.01
    seconds = {}
    for customers in (options.customers // 4, options.customers):
        took, rows = child("--draw", str(customers))[0]
        seconds[customers] = float(took)
        print(f"{customers:>9,} customers, {int(rows):,} counted rows: {took:.5} s")
    small, large = seconds.values()
    missed |= large > SECONDS or large > GROWTH * max(small, 0.05)
    verdict = "MISSED" if missed else "met"
    print(f"no slower than lifetimes, a million within {SECONDS:g} s: {verdict}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
