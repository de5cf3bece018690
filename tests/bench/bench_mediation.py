"""How long do 5,000 bootstrap draws of what is carried take, beside pingouin?

Run it: ``python tests/bench/bench_mediation.py``. Three ways, on the same 1,000
customers and with as many draws: the course's, pingouin's, and a loop that refits each
draw with numpy, as a notebook would. It also asks whether ours and pingouin's draws
are equal in distribution: their quantiles may differ by what chance allows and no more.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in a lesson's kernel

import numpy as np
import pandas as pd
from pingouin import mediation_analysis
from scipy.stats import ks_2samp

from cxlab.mediation import bootstrap

CUSTOMERS, DRAWS = 1000, 5000
RATIO = 10  # target against pingouin
CHANCE = 0.001  # a p-value below this says that the two are not the same draws
NAMES = {"x": "quality", "m": "satisfaction", "y": "loyalty"}


def customers() -> pd.DataFrame:
    """Draw a chain of three that is neither strong nor weak."""
    rng = np.random.default_rng(1)
    quality, first, second = rng.standard_normal((3, CUSTOMERS))
    satisfaction = 0.5 * quality + first
    loyalty = 0.2 * quality + 0.4 * satisfaction + second
    columns = {"quality": quality, "satisfaction": satisfaction, "loyalty": loyalty}
    return pd.DataFrame(columns)


def course(data: pd.DataFrame, draws: int) -> np.ndarray:
    """Resample the cross-products: the course's way."""
    rng = np.random.default_rng(1)
    return bootstrap(data, **NAMES, n_boot=draws, rng=rng).of_one()


def pingouin(data: pd.DataFrame, draws: int) -> np.ndarray:
    """Ask pingouin for its draws."""
    _, found = mediation_analysis(data, **NAMES, n_boot=draws, seed=1, return_dist=True)
    return np.asarray(found)


def refitting(data: pd.DataFrame, draws: int) -> np.ndarray:
    """Refit both regressions to each draw of the customers."""
    rng, table = np.random.default_rng(1), data.to_numpy()
    found = []
    for _ in range(draws):
        q, s, loyal = table[rng.integers(CUSTOMERS, size=CUSTOMERS)].T
        one = np.ones_like(q)
        a = np.linalg.lstsq(np.column_stack([one, q]), s)[0][1]
        b = np.linalg.lstsq(np.column_stack([one, q, s]), loyal)[0][2]
        found.append(a * b)
    return np.array(found)


def best_of(times: int, run: Callable[[], object]) -> float:
    """Seconds of the quickest of several runs: the one least disturbed."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main(argv: list[str] | None = None) -> int:
    """Print the table; 1 if the target is missed or the draws differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draws", type=int, default=DRAWS, help="draws of each way")
    draws = parser.parse_args(argv).draws
    data = customers()
    ways = {"course": (5, course), "pingouin": (3, pingouin), "loop": (1, refitting)}
    seconds = {
        name: best_of(times, lambda way=way: way(data, draws))
        for name, (times, way) in ways.items()
    }
    print(f"{'way':<10}{'draws':>7}{'seconds':>9}{'times slower':>14}")
    for name, spent in seconds.items():
        ratio = spent / seconds["course"]
        print(f"{name:<10}{draws:>7}{spent:>9.3f}{ratio:>14.1f}")
    ours, theirs = course(data, draws), pingouin(data, draws)
    for name, found in (("course", ours), ("pingouin", theirs)):
        low, middle, high = np.quantile(found, [0.025, 0.5, 0.975])
        print(f"{name:<10} 2.5% {low:.4f}, middle {middle:.4f}, 97.5% {high:.4f}")
    p = ks_2samp(ours, theirs).pvalue
    ratio = seconds["pingouin"] / seconds["course"]
    met = ratio >= RATIO and p > CHANCE
    print(
        f"{CUSTOMERS:,} customers, {draws:,} draws: {ratio:.0f} times as fast as "
        f"pingouin (target {RATIO}); equal in distribution, Kolmogorov-Smirnov p = "
        f"{p:.2f}: {'met' if met else 'MISSED'}"
    )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
