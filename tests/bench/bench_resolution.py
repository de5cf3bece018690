"""How long does it take to reduce a million unsorted contacts, and in what memory?

Run it: ``python tests/bench/bench_resolution.py``. Two ways to the same rows: the
course's one door, and grouping by customer and issue with pandas, as a notebook would.
Both measures and the four ways out are counted from the rows as well. Each way runs in
a process of its own, on one core, so that its memory can be read off.
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

from cxlab.resolution import doors_taken, first_contact_measures, first_contacts
from cxlab.simulate.contacts import ContactWorld, contact_log

CONTACTS = 1_000_000
SECONDS, GIGABYTES = 3.0, 1.0  # targets


def a_log(contacts: int) -> pd.DataFrame:
    """Draw as many contacts, in no order, with keys of text as in an export."""
    world = ContactWorld()
    log, _ = contact_log(world, n=int(contacts / 1.6), rng=np.random.default_rng(1))
    log = log.head(contacts)
    keys = {name: log[name].astype(str) for name in ("issue", "channel")}
    return log.assign(**keys, customer="C" + log["customer"].astype(str))


def one_door(log: pd.DataFrame) -> float:
    """Reduce the log as the course does; return the company's share."""
    cases = first_contacts(log)
    doors_taken(cases)
    return first_contact_measures(cases).company.estimate


def grouping(log: pd.DataFrame) -> float:
    """Sort, group and shift with pandas; return the company's share."""
    log = log.sort_values(["customer", "issue", "day"], kind="stable")
    groups = log.groupby(["customer", "issue"])
    first = groups[["day", "channel"]].transform("first")
    later = groups.cumcount() > 0
    back = later & (log["channel"] == first["channel"])
    since = (log["day"] - first["day"]).where(back, np.inf)
    soonest = since.groupby([log["customer"], log["issue"]]).min()
    start = groups["day"].first()
    watched = log["day"].max() - start >= 7
    return float((soonest[watched] > 7).mean())


WAYS = {"one door": one_door, "grouping": grouping}


def measure(way: str, contacts: int) -> None:
    """Print contacts, seconds, the process's peak memory (gigabytes) and the share."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    log = a_log(contacts)
    WAYS[way](log.head(1000))
    start = time.perf_counter()
    share = WAYS[way](log)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unit = 1e9 if sys.platform == "darwin" else 1e6  # bytes there, kilobytes here
    print(len(log), seconds, peak / unit, share)


def main(argv: list[str] | None = None) -> int:
    """Print the table; 1 if a target is missed or the ways disagree."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--contacts", type=int, default=CONTACTS)
    parser.add_argument(
        "--way", choices=list(WAYS), help="this one only, in this process"
    )
    options = parser.parse_args(argv)
    if options.way:
        measure(options.way, options.contacts)
        return 0
    print(f"{'way':<10}{'contacts':>11}{'seconds':>9}{'peak GB':>9}{'company':>9}")
    rows = {}
    for way in WAYS:
        words = [
            sys.executable,
            __file__,
            "--way",
            way,
            "--contacts",
            str(options.contacts),
        ]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
        rows[way] = [float(word) for word in done.stdout.split()]
        n, seconds, peak, share = rows[way]
        print(f"{way:<10}{n:>11,.0f}{seconds:>9.2f}{peak:>9.2f}{share:>9.4f}")
    _, seconds, peak, share = rows["one door"]
    agree = abs(share - rows["grouping"][3]) < 1e-12
    met = seconds <= SECONDS and peak <= GIGABYTES and agree
    print(
        f"reduced and measured in {seconds:.2f} s on one core (target {SECONDS} s), "
        f"peak of the whole process {peak:.2f} GB (target {GIGABYTES} GB), "
        f"{rows['grouping'][1] / seconds:.1f} times faster than grouping, the ways "
        f"agree: {agree}: {'met' if met else 'MISSED'}"
    )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
