"""House rules: what every lesson, and the course itself, must keep.

Each rule is a small class (see ``base``). `check_course` asks them all; it is what
`make check` runs, as ``python -m cxlab.course.rules``.
"""

from nbformat import NotebookNode

from cxlab.course.expected import load_expected
from cxlab.course.glossary import glossary
from cxlab.course.manifest import manifest
from cxlab.course.notebooks import lesson_names, read_notebook
from cxlab.course.rules import (
    cells,
    code,
    evidence,
    exercises,
    figures,
    firmness,
    listing,
    room,
    wording,
)
from cxlab.course.rules.base import (
    Course,
    CourseRule,
    Finding,
    LessonRule,
    Problem,
    Source,
    findings,
)
from cxlab.datasets import registry
from cxlab.register import claims
from cxlab.root import project_root

__all__ = [
    "COURSE_RULES",
    "LESSON_RULES",
    "Course",
    "CourseRule",
    "Finding",
    "LessonRule",
    "Problem",
    "Source",
    "check_course",
    "check_lesson",
    "read_course",
]

# In an order in which a rule comes after those that it requires.
LESSON_RULES: tuple[LessonRule, ...] = (
    cells.ValidNotebook(),
    cells.PythonKernel(),
    cells.NothingRun(),
    cells.SpeakingIds(),
    cells.KnownTags(),
    cells.FacilitatorNotes(),
    room.RoomIsReady(),
    cells.OneTitle(),
    cells.HeadingsInMarkdown(),
    cells.NoSkippedLevel(),
    cells.HeadingsSaySomething(),
    cells.ImagesFromHere(),
    cells.NoMachinePath(),
    cells.Formatted(),
    cells.ShortCells(),
    cells.NotThreeInARow(),
    cells.EnoughProse(),
    code.ReadsAsPython(),
    code.NoCourseImport(),
    code.ShortFunctions(),
    code.NoGlobalRandom(),
    code.OwnSeeds(),
    code.OwnGenerators(),
    code.NamedResults(),
    code.GuessFirst(),
    exercises.ExercisesWhole(),
    exercises.ThreeToFive(),
    exercises.QuestionsAreShort(),
    exercises.AnswersAreNamed(),
    exercises.ChecksAreCollapsed(),
    exercises.ChecksAreFair(),
    evidence.VerdictsAreComputed(),
    evidence.ClaimsAgree(),
    evidence.ShownWithSource(),
    evidence.AltTextsSaySomething(),
    evidence.TypedTablesAreLabelled(),
    evidence.TablesAreListed(),
    firmness.VerdictsStand(),
    figures.QuotesAreRegistered(),
    figures.QuotesAreExact(),
    figures.NoTypedResults(),
    figures.MoneyIsEscaped(),
    wording.PlainWords(),
    wording.TwoNamesNeverOne(),
    listing.KnobsFirst(),
    listing.KnobsSpeak(),
    listing.FastProfile(),
    listing.TitleAsListed(),
)
COURSE_RULES: tuple[CourseRule, ...] = (
    listing.LessonsAreListed(),
    listing.EntriesAreComplete(),
    listing.RegisterIsComplete(),
    listing.TablesAreLabelled(),
    listing.GlossaryHolds(),
    wording.PlainTexts(),
)


def read_course() -> Course:
    """Read what the rules need to know of this course."""
    root = project_root()
    texts = {
        path.name: path.read_text(encoding="utf-8")
        for path in (*sorted(root.glob("*.md")), *sorted(root.glob("course/*.toml")))
    }
    expected = [path.stem for path in sorted(root.glob("tests/expected/*.toml"))]
    return Course(
        manifest=manifest(),
        claims=claims(),
        datasets=registry(),
        glossary=glossary(),
        notebooks=tuple(lesson_names()),
        expected=tuple(expected),
        held={name: held for name in expected if (held := load_expected(name))},
        texts=texts,
    )


def check_lesson(name: str, notebook: NotebookNode, course: Course) -> list[Finding]:
    """Hold one lesson to the rules."""
    lesson = Source(name, notebook, course)
    broken = findings(LESSON_RULES[:1], lesson, where=name)
    # The other rules read cells and ids, which a broken notebook may not have.
    return broken or findings(LESSON_RULES[1:], lesson, where=name)


def check_course() -> list[Finding]:
    """Hold the course, and every lesson that is there, to the rules.

    Raises
    ------
    DamagedNotebook
        If a lesson is no notebook.
    """
    course = read_course()
    found = findings(COURSE_RULES, course, where="course")
    for name in course.notebooks:
        path = project_root() / "notebooks" / f"{name}.ipynb"
        found += check_lesson(name, read_notebook(path), course)
    return found
