"""The manifest knows every lesson, and says so when asked for one it has not."""

from pathlib import Path

import pytest

from cxlab.course import manifest as module
from cxlab.datasets import registry
from cxlab.register import claims


def test_every_lesson_of_the_manifest_has_a_notebook_and_the_reverse() -> None:
    """A lesson has the same name everywhere."""
    course = module.manifest()
    names = {p.stem for p in (module.project_root() / "notebooks").glob("*.ipynb")}
    assert names == set(course.lessons)


def test_what_a_lesson_names_exists() -> None:
    """Parts, books, needs, tables and claims are looked up, never guessed."""
    course = module.manifest()
    for lesson in course.lessons.values():
        assert lesson.part in course.parts
        assert set(lesson.books) <= set(course.books)
        assert set(lesson.needs) <= set(course.lessons)
        assert set(lesson.data) <= set(registry())
        assert set(lesson.claims) <= set(claims())


def test_routes_follow_the_order_of_the_course() -> None:
    """A route that jumps back would need what it has not yet taught."""
    course = module.manifest()
    for route in course.routes.values():
        assert list(route.lessons) == sorted(route.lessons)
        assert set(route.lessons) <= set(course.lessons)


def test_a_lesson_is_found_by_its_number() -> None:
    """Nobody types a whole name twice."""
    course = module.manifest()
    assert course.lesson("42").name == "42_path_model"


def test_an_unknown_lesson_names_the_nearest() -> None:
    """The message also lists what there is."""
    with pytest.raises(module.UnknownLesson, match="nearest is '42_path_model'"):
        module.manifest().lesson("42_path_modle")


def test_an_unknown_profile_lists_the_profiles() -> None:
    """A guess would run the wrong sizes for a minute."""
    with pytest.raises(ValueError, match="fast, full"):
        module.manifest().lesson("42").profile("quick")


def test_a_field_nobody_knows_is_refused(tmp_path: Path) -> None:
    """A misspelt field would be lost without a word."""
    text = (module.project_root() / "course" / "course.toml").read_text(
        encoding="utf-8"
    )
    bad = tmp_path / "course.toml"
    bad.write_text(text.replace("outcome =", "outcme =", 1), encoding="utf-8")
    with pytest.raises(TypeError, match="outcme"):
        module.read_manifest(bad)
