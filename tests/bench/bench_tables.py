"""How long is a table of five million rows checked, in what memory?

Run it: ``python tests/bench/bench_tables.py``. Contacts as CSV: good ones, the same
with the day first and decimal commas, and with two bad cells in every hundredth row.
Beside stands the named peer, pandas.read_csv and pandera with rules that look at one
element at a time, on a tenth of the rows. Each runs in a process of its own, so that
its memory can be read off.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in a lesson's kernel

import numpy as np
import pandas as pd

from cxlab.tables import BadTable, read_table

ROWS = 5_000_000
PEER = 10  # the peer gets a tenth
SECONDS, GIGABYTES = 20.0, 3.0  # targets
KINDS = ("good", "day first, decimal commas", "bad in every 100th row")


def contacts(rows: int) -> pd.DataFrame:
    """Draw contacts of a fifth as many customers over two years."""
    rng = np.random.default_rng(1)
    seconds = rng.integers(2 * 365 * 86_400, size=rows)
    effort = rng.integers(1, 8, rows)
    customers = rng.integers(rows // 5 + 1, size=rows)
    return pd.DataFrame(
        {
            "contact_id": "k" + pd.Series(np.arange(rows)).astype("str"),
            "customer_id": "c" + pd.Series(customers).astype("str"),
            "time": pd.Timestamp("2023-01-01") + pd.to_timedelta(seconds, unit="s"),
            "channel": rng.choice(["web", "phone", "email", "branch", "chat"], rows),
            "issue": rng.choice(["bill", "delivery", "fault", "contract"], rows),
            "effort": effort,
            "resolved": np.where(rng.random(rows) < 1 - effort / 10, "true", "false"),
            "transfers": rng.poisson(effort / 6),
            "repeated_information": np.where(rng.random(rows) < 0.2, "true", "false"),
            "minutes": np.round(rng.exponential(8, rows), 1),
            "employee_id": "e" + pd.Series(rng.integers(2000, size=rows)).astype("str"),
        }
    )  # fmt: skip


def write(folder: Path, rows: int) -> None:
    """Write the three tables."""
    frame = contacts(rows)
    frame.to_csv(folder / f"{KINDS[0]}.csv", index=False)
    frame.to_csv(
        folder / f"{KINDS[1]}.csv",
        index=False, sep=";", decimal=",", date_format="%d/%m/%Y %H:%M:%S",
    )  # fmt: skip
    frame.loc[::100, "effort"] = 9
    frame.loc[::100, "minutes"] = -1.0
    frame.to_csv(folder / f"{KINDS[2]}.csv", index=False)


def ours(path: Path) -> int:
    """Check a table; return how many things are wrong with it."""
    try:
        read_table(path, "contacts")
    except BadTable as refusal:
        return refusal.count
    return 0


def peer(path: Path, rows: int) -> int:
    """Check some rows as the manuals show it; return how many things are wrong."""
    import pandera.pandas as pa

    def every(rule):
        return pa.Check(rule, element_wise=True)

    channels = {"web", "phone", "email", "branch", "chat", "other"}
    schema = pa.DataFrameSchema(
        {
            "contact_id": pa.Column(str, every(lambda x: len(x) > 0), unique=True),
            "customer_id": pa.Column(str, every(lambda x: len(x) > 0)),
            "time": pa.Column("datetime64[us]", every(lambda x: x.year >= 1900)),
            "channel": pa.Column(str, every(lambda x: x in channels)),
            "issue": pa.Column(str, every(lambda x: len(x) > 0)),
            "effort": pa.Column(int, every(lambda x: 1 <= x <= 7)),
            "resolved": pa.Column(bool),
            "transfers": pa.Column(int, every(lambda x: x >= 0)),
            "repeated_information": pa.Column(bool),
            "minutes": pa.Column(float, every(lambda x: x >= 0)),
            "employee_id": pa.Column(str, every(lambda x: len(x) > 0)),
        }
    )
    frame = pd.read_csv(path, nrows=rows, parse_dates=["time"])
    frame["time"] = frame["time"].astype("datetime64[us]")
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        return len(errors.failure_cases)
    return 0


def measure(path: Path, who: str, rows: int) -> None:
    """Print seconds, the processor's seconds, peak memory (gigabytes) and findings."""
    import pandera.pandas  # noqa: F401 - its import is no part of the check

    start, used = time.perf_counter(), time.process_time()
    count = ours(path) if who == "ours" else peer(path, rows)
    seconds, used = time.perf_counter() - start, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unit = 1e9 if sys.platform == "darwin" else 1e6  # bytes there, kilobytes here
    print(seconds, used, peak / unit, count)


def run(path: Path, who: str, rows: int) -> tuple[float, ...]:
    """Measure one check in a process of its own."""
    words = [sys.executable, __file__, "--file", str(path), "--who", who]
    words += ["--rows", str(rows)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return tuple(map(float, done.stdout.split()))


def main(argv: list[str] | None = None) -> int:
    """Print the table; 1 if a target is missed or a violation was not found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--file", type=Path, help="this one only, in this process")
    parser.add_argument("--who", choices=("ours", "peer"), default="ours")
    options = parser.parse_args(argv)
    if options.file:
        measure(options.file, options.who, options.rows)
        return 0
    missed = False
    heads = ("seconds", "of a core", "peak GB", "violations")
    print(f"{'contacts':<28}" + "".join(f"{head:>12}" for head in heads))
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), options.rows)
        for kind in KINDS:
            path = Path(folder) / f"{kind}.csv"
            seconds, used, peak, count = run(path, "ours", options.rows)
            print(
                f"{kind:<28}{seconds:>12.1f}{used:>12.1f}{peak:>12.2f}{count:>12,.0f}"
            )
            wrong = 2 * -(-options.rows // 100) if kind == KINDS[2] else 0
            missed |= seconds > SECONDS or peak > GIGABYTES or count != wrong
        some = options.rows // PEER
        good = Path(folder) / f"{KINDS[0]}.csv"
        seconds, used, peak, _ = run(good, "peer", some)
        name = f"pandas + pandera, 1/{PEER}"
        print(f"{name:<28}{seconds:>12.1f}{used:>12.1f}{peak:>12.2f}")
        ratio = PEER * used / run(good, "ours", options.rows)[1]
    print(
        f"{options.rows:,} rows, target {SECONDS:g} s and {GIGABYTES:g} GB: "
        f"{'MISSED' if missed else 'met'}; the peer, by the element, takes {ratio:.1f} "
        "times as long of a core"
    )
    if hasattr(os, "getloadavg"):
        busy, cores = os.getloadavg()[0], os.cpu_count()
        print(f"Meanwhile {busy:.1f} processes wanted the {cores} cores.")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
