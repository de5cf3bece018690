"""The rule on how firmly verdicts stand: they are counted, and doubts are said."""

import re
from collections.abc import Iterable, Mapping

from cxlab.course.expected import Expected
from cxlab.course.rules.base import LessonRule, Problem, Source

_SEED = re.compile(r"\bseeds?\b")


class VerdictsStand(LessonRule):
    """Each verdict was counted over seeds, and one that hangs on the seed says so."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Count it: `cxlab sweep LESSON --accept`. If it wavers, tell of the `seed`."""
        held = lesson.course.held.get(lesson.name)
        if held is None:
            return
        judged = {c for verdicts in held.verdicts.values() for c in verdicts}
        for claim in sorted(judged - set(held.stability)):
            yield Problem(says=f"the verdict on {claim} was never counted over seeds")
        for claim in sorted(set(held.stability) - judged):
            yield Problem(says=f"counts are kept of {claim}, which is not judged")
        if not _tells_of_the_seed(lesson):
            for claim, says in _wavering(held).items():
                yield Problem(says=f"{claim} is {says}, and no word tells of the seed")


def _wavering(held: Expected) -> Mapping[str, str]:
    """Return the claims whose verdict is another at another seed, and how often."""
    return {
        claim: str(one)
        for claim, one in held.stability.items()
        if not one.steady
        or any(one.verdict != v.get(claim, one.verdict) for v in held.verdicts.values())
    }


def _tells_of_the_seed(lesson: Source) -> bool:
    return any(_SEED.search(cell.source) for cell in lesson.of_kind("markdown"))
