"""How long do 5,000 bootstrap draws of the full path model take?

Run it: ``python tests/bench/bench_paths.py``. Three ways to the same numbers, on the
same survey (250 people, 24 items, 12 paths): side by side, as the course does it; one
draw after the other with `fit`, as a notebook would write it; and the same loop
stripped to bare arithmetic, to show how much of the gain is not pandas.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in a lesson's kernel

import numpy as np
import pandas as pd

from cxlab.datasets import load_mobi
from cxlab.paths import ECSI, bootstrap, engine, fit

SECONDS = 0.5  # target for 5,000 draws
RATIO = 50  # target against a loop that refits each draw


def side_by_side(mobi: pd.DataFrame, draws: int) -> np.ndarray:
    """All draws at once: what the course does."""
    return bootstrap(mobi, ECSI, rng=np.random.default_rng(1), n_boot=draws).draws


def one_by_one(mobi: pd.DataFrame, draws: int) -> np.ndarray:
    """Refit the survey of each draw, as a notebook would."""
    return np.array([fit(mobi.iloc[who], ECSI).paths for who in _people(mobi, draws)])


def bare_loop(mobi: pd.DataFrame, draws: int) -> np.ndarray:
    """Refit each draw with arrays alone: no checks, no tables."""
    table = mobi[list(ECSI.items)].to_numpy(dtype=float)
    start, end = zip(*ECSI.paths, strict=True)
    at = [[ECSI.constructs.index(c) for c in ends] for ends in (start, end)]
    rows = []
    for who in _people(mobi, draws):
        r = np.corrcoef(table[who].T)[None]
        solved = engine.solve(r, ECSI, scheme="centroid")
        rows.append(engine.regress(solved.correlations, ECSI.arrows)[0, at[0], at[1]])
    return np.array(rows)


def _people(mobi: pd.DataFrame, draws: int) -> np.ndarray:
    n = len(mobi)
    return np.random.default_rng(1).integers(0, n, size=(draws, n))


def best_of(times: int, run: Callable[[], object]) -> float:
    """Seconds of the quickest of several runs: the one least disturbed."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main(argv: list[str] | None = None) -> int:
    """Print the table; 1 if a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draws", type=int, default=5000, help="draws side by side")
    parser.add_argument("--loop", type=int, default=1000, help="draws of each loop")
    options = parser.parse_args(argv)
    mobi = load_mobi()
    side_by_side(mobi, 2), one_by_one(mobi, 2), bare_loop(mobi, 2)
    timed = {
        "side by side": (options.draws, 5, side_by_side),
        "loop over fit": (options.loop, 1, one_by_one),
        "bare loop": (options.loop, 1, bare_loop),
    }
    print(f"{'way':<15}{'draws':>7}{'seconds':>9}{'ms a draw':>11}{'times slower':>14}")
    each = {}
    for name, (draws, times, run) in timed.items():
        seconds = best_of(times, lambda run=run, draws=draws: run(mobi, draws))
        each[name] = seconds / draws
        ratio = each[name] / each["side by side"]
        row = f"{name:<15}{draws:>7}{seconds:>9.3f}{1e3 * each[name]:>11.3f}"
        print(f"{row}{ratio:>14.1f}")
    whole = 5000 * each["side by side"]
    ratio = each["loop over fit"] / each["side by side"]
    met = whole <= SECONDS and ratio >= RATIO
    print(
        f"5,000 draws in {whole:.2f} s (target {SECONDS} s), {ratio:.0f} times faster "
        f"than a loop that refits each draw (target {RATIO}): "
        f"{'met' if met else 'MISSED'}"
    )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
