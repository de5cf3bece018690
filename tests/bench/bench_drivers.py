"""How long does an exact split of R2 among eight drivers take, with its intervals?

Run it: ``python tests/bench/bench_drivers.py``. Three ways to the same numbers, for
2,000 customers: all subsets and all draws side by side, as the course does it; one draw
after the other, solving each of the 256 regressions from the draw's correlations; and
one draw after the other, fitting each regression to the table, as a notebook would.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from itertools import combinations

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in a lesson's kernel

import numpy as np
import pandas as pd

from cxlab.drivers import shapley_shares
from cxlab.drivers.subsets import shapley_weights

DRIVERS, CUSTOMERS, DRAWS = 8, 2000, 1000
SECONDS = 0.5  # target for 1,000 draws


def customers() -> pd.DataFrame:
    """Draw eight drivers that have something in common, and an outcome."""
    rng = np.random.default_rng(1)
    x = rng.standard_normal((CUSTOMERS, DRIVERS)) + rng.standard_normal((CUSTOMERS, 1))
    y = x @ np.arange(DRIVERS) + 10 * rng.standard_normal(CUSTOMERS)
    return pd.DataFrame(x, columns=[f"x{k}" for k in range(DRIVERS)]).assign(y=y)


def side_by_side(data: pd.DataFrame, draws: int) -> np.ndarray:
    """Do all subsets and all draws at once: the course's way."""
    split = shapley_shares(
        data,
        outcome="y",
        drivers=list(data.columns[:-1]),
        n_boot=draws,
        rng=np.random.default_rng(1),
    )
    return np.array([part.estimate for part in split.contributions])


def _subsets() -> list[list[int]]:
    whole = [
        list(chosen)
        for size in range(DRIVERS + 1)
        for chosen in combinations(range(DRIVERS), size)
    ]
    return sorted(whole, key=lambda chosen: sum(2**k for k in chosen))


def solving(data: pd.DataFrame, draws: int) -> np.ndarray:
    """Solve every regression of every draw from its correlations."""
    rng, table, subsets = np.random.default_rng(1), data.to_numpy(), _subsets()
    for draw in range(draws + 1):
        who = rng.integers(CUSTOMERS, size=CUSTOMERS) if draw else slice(None)
        r = np.corrcoef(table[who].T)
        r2 = [
            r[-1, s] @ np.linalg.solve(r[np.ix_(s, s)], r[s, -1]) if s else 0.0
            for s in subsets
        ]
        if not draw:
            found = shapley_weights(DRIVERS) @ np.array(r2)
    return found


def refitting(data: pd.DataFrame, draws: int) -> np.ndarray:
    """Fit every regression of every draw to the table itself."""
    rng, table, subsets = np.random.default_rng(1), data.to_numpy(), _subsets()
    for draw in range(draws + 1):
        who = rng.integers(CUSTOMERS, size=CUSTOMERS) if draw else slice(None)
        x = np.column_stack([np.ones(CUSTOMERS), table[who, :-1]])
        y = table[who, -1]
        rest = [
            y - x[:, [0, *(k + 1 for k in s)]] @ beta
            for s in subsets
            for beta in [np.linalg.lstsq(x[:, [0, *(k + 1 for k in s)]], y)[0]]
        ]
        r2 = np.array([1 - e @ e / ((y - y.mean()) ** 2).sum() for e in rest])
        if not draw:
            found = shapley_weights(DRIVERS) @ r2
    return found


def best_of(times: int, run: Callable[[], object]) -> float:
    """Seconds of the quickest of several runs: the one least disturbed."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main(argv: list[str] | None = None) -> int:
    """Print the table; 1 if the target is missed or the ways disagree."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draws", type=int, default=DRAWS, help="draws side by side")
    parser.add_argument("--loop", type=int, default=20, help="draws of each loop")
    options = parser.parse_args(argv)
    data = customers()
    ways = {
        "side by side": (options.draws, 3, side_by_side),
        "solving each": (options.loop, 1, solving),
        "refitting each": (options.loop // 10 or 1, 1, refitting),
    }
    same = [way(data, 100 if way is side_by_side else 0) for _, _, way in ways.values()]
    agree = np.ptp(same, axis=0).max() < 1e-10
    print(f"{'way':<16}{'draws':>7}{'seconds':>9}{'ms a draw':>11}{'times slower':>14}")
    each = {}
    for name, (draws, times, way) in ways.items():
        seconds = best_of(times, lambda way=way, draws=draws: way(data, draws))
        each[name] = seconds / draws
        ratio = each[name] / each["side by side"]
        row = f"{name:<16}{draws:>7}{seconds:>9.3f}{1e3 * each[name]:>11.3f}"
        print(f"{row}{ratio:>14.0f}")
    whole = DRAWS * each["side by side"]
    met = whole <= SECONDS and agree
    print(
        f"{DRIVERS} drivers, {CUSTOMERS:,} customers, {DRAWS:,} draws in {whole:.2f} s "
        f"(target {SECONDS} s), the three ways agree: {agree}: "
        f"{'met' if met else 'MISSED'}"
    )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
