"""How long does `cxlab --help` take, from the shell and back?

Run it: ``python tests/bench/bench_help.py``. Beside it stands a Python that does
nothing, which no command can be faster than.
"""

import statistics
import subprocess
import sys
import time

SECONDS = 0.3  # target
TIMES = 11


def seconds(*arguments: str) -> float:
    """Return the median time of a Python started with these arguments."""
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def main() -> int:
    """Print both times; return 1 if the target is missed."""
    help_, nothing = seconds("-m", "cxlab.course.cli", "--help"), seconds("-c", "")
    print(f"{'cxlab --help':<24} {help_:6.3f} s   (at most {SECONDS} s)")
    print(f"{'a Python doing nothing':<24} {nothing:6.3f} s")
    return 0 if help_ <= SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
