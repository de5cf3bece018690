"""What lessons import, found without running them, for the warm process."""

from cxlab.course.imports import modules_of, reached


def test_our_modules_are_followed_into_what_they_import(lesson_text):
    """Even where it stands inside a function, as in this lesson and in steps.py."""
    found = reached(lesson_text("def later():\n    from cxlab import steps"))
    assert {"cxlab", "cxlab.steps", "cxlab.results"} <= found
    assert "statsmodels.discrete.discrete_model" in found


def test_a_package_comes_with_any_of_its_modules(lesson_text):
    assert "cxlab.paths" in reached(lesson_text("import cxlab.paths.engine"))


def test_only_what_starts_no_thread_is_preloaded(lesson_text):
    lesson = lesson_text("import numpy as np, tornado\nfrom scipy import stats\n%magic")
    assert modules_of([lesson]) == []  # a cell with a magic is no Python
    lesson = lesson_text("import numpy as np, tornado", "from scipy import stats")
    assert modules_of([lesson]) == ["numpy", "scipy", "scipy.stats"]


def test_a_lesson_reaches_no_module_of_the_course_floor(lesson_text):
    assert not any("course" in n for n in reached(lesson_text("import cxlab.lesson")))
