"""Hold the course to its rules: ``python -m cxlab.course.rules``."""

import sys

from cxlab.course.rules import COURSE_RULES, LESSON_RULES, check_course


def main() -> int:
    """Print every finding; return 1 if there is any."""
    found = check_course()
    for finding in found:
        sys.stdout.write(f"{finding}\n")
    count = len(LESSON_RULES) + len(COURSE_RULES)
    sys.stdout.write(f"{len(found)} findings by {count} rules.\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
