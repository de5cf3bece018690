"""What a kept run depends on, and what happens when it cannot be read or kept."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cxlab.course import cache as caching
from cxlab.course.cache import Cache, Entry, key_of, surroundings
from cxlab.course.run import Run, run_jobs, source_job

ENTRY = Entry(summary={"seconds": 1.5, "records": [{"name": "é"}]}, executed="{}\né")


def test_what_is_put_is_got(cache):
    assert cache.get("k") is None
    cache.put("k", ENTRY)
    assert cache.get("k") == ENTRY


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: b"",
        lambda data: data.replace(b"1.5", b"2.5"),
        lambda data: b"\x00" + data,
        lambda data: data + b"x",
    ],
)
def test_a_damaged_entry_is_a_miss_with_a_note(cache, damage, caplog):
    cache.put("k", ENTRY)
    path = cache.folder / "k.run"
    path.write_bytes(damage(path.read_bytes()))
    assert cache.get("k") is None
    assert "was damaged (k.run); it runs again" in caplog.text
    cache.put("k", ENTRY)
    assert cache.get("k") == ENTRY


def test_an_entry_that_cannot_be_read_is_a_miss_with_a_note(cache, caplog):
    (cache.folder / "k.run").mkdir(parents=True)
    assert cache.get("k") is None
    assert "could not be read" in caplog.text


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_a_run_that_cannot_be_kept_still_counts(
    run_cells, cache, monkeypatch, caplog, code
):
    def full(*_, **__):
        raise OSError(code, "cannot")

    monkeypatch.setattr("tempfile.mkstemp", full)
    assert run_cells("n").ok
    assert "could not be kept; it runs again next time" in caplog.text
    assert list(cache.folder.glob("*.run*")) == []


def test_the_least_used_go_first(tmp_path):
    cache = Cache(tmp_path, kept=2)
    for number, key in enumerate("ab"):
        cache.put(key, ENTRY)
        os.utime(cache.folder / f"{key}.run", (number, number))
    cache.get("a")  # used just now
    cache.put("c", ENTRY)
    assert sorted(path.stem for path in cache.folder.glob("*.run")) == ["a", "c"]


def test_of_a_sweep_only_the_records_are_kept(tmp_path):
    cache = Cache(tmp_path, records_only=True)
    cache.put("a", ENTRY)
    assert cache.get("a") == Entry(summary=ENTRY.summary, executed="")


@pytest.fixture
def counted(shared_pool, lesson_text, tmp_path, cache):
    """Run a lesson that reads a file, and say whether it really ran."""

    def run(cell="n", *, source=None, **given):
        text = source or lesson_text(cell)
        parameters = given.pop("parameters", {})
        path = tmp_path / "lesson.ipynb"
        job = source_job(Run(lesson="x"), text, path, parameters)
        [result] = run_jobs([job], pool=shared_pool, cache=cache, **given)
        return not result.cached

    return run


def test_an_unchanged_lesson_runs_once(counted):
    assert [counted(), counted()] == [True, False]


def test_fresh_runs_what_is_kept(counted):
    assert [counted(), counted(fresh=True), counted()] == [True, True, False]


def test_a_changed_notebook_or_parameter_runs(counted):
    assert counted()
    assert counted("n + 1")
    assert counted(parameters={"n": 4})
    assert not counted(parameters={"n": 3})  # its default


def test_a_changed_file_parameter_runs(counted, lesson_text, tmp_path):
    table = tmp_path / "mine.csv"
    table.write_text("a\n", encoding="utf-8")
    line = 'table: str = ""  # path of your own table; empty: the built-in data'
    source = lesson_text("n").replace("[1 .. 100000]", f"[1 .. 9]\\n{line!r}"[:-1])
    source = source.replace("\\n'table", "\\ntable").replace('""', '\\"\\"')
    given = {"source": source, "parameters": {"table": "mine.csv"}}
    assert [counted(**given), counted(**given)] == [True, False]
    table.write_text("b\n", encoding="utf-8")
    assert counted(**given)


def test_a_run_of_what_has_changed_meanwhile_is_not_kept(
    counted, shared_pool, monkeypatch
):
    """The warm process has our source as it was; its runs are no news of the new."""
    monkeypatch.setattr(shared_pool, "surroundings", "as they were")
    assert [counted(), counted()] == [True, True]


def test_a_failed_lesson_is_not_kept(counted):
    assert [counted("1 / 0"), counted("1 / 0")] == [True, True]


@pytest.mark.parametrize(
    "change",
    [
        "src/cxlab/lesson.py",
        "src/cxlab/course/worker.py",
        "course/claims.toml",
        "datasets/registry.toml",
    ],
)
def test_a_change_of_what_lessons_use_changes_every_key(tmp_path, change):
    root = copied_course(tmp_path)
    before = key_in(root)
    assert key_in(root) == before
    with (root / change).open("a", encoding="utf-8") as file:
        file.write("\n# a remark\n")
    assert key_in(root) != before


def test_a_change_of_what_lessons_do_not_see_changes_no_key(tmp_path):
    root = copied_course(tmp_path)
    before = key_in(root)
    with (root / "src/cxlab/course/cli.py").open("a", encoding="utf-8") as file:
        file.write("\n# a remark\n")
    assert key_in(root) == before


def test_a_changed_table_changes_every_key(tmp_path):
    root = copied_course(tmp_path)
    before = key_in(root)
    registry = (root / "datasets" / "registry.toml").read_text(encoding="utf-8")
    tables = (root / "datasets" / "published").glob("*.csv")
    table = next(path for path in tables if path.name in registry)
    with table.open("a", encoding="utf-8") as file:
        file.write("1\n")
    assert key_in(root) != before


def copied_course(folder: Path) -> Path:
    root = Path(__file__).resolve().parents[2]
    for name in ("src", "course", "datasets"):
        shutil.copytree(root / name, folder / name)
    return folder


def key_in(root: Path) -> str:
    code = "from cxlab.course.cache import surroundings as s; print(s('forked'))"
    return subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_python_platform_kernel_and_distributions_are_in_the_key(monkeypatch, tmp_path):
    seen = {surroundings("forked"), surroundings("ordinary")}
    monkeypatch.setattr(caching.platform, "machine", lambda: "another")
    seen.add(surroundings("forked"))
    monkeypatch.setattr(sys, "version", "9.9")
    seen.add(surroundings("forked"))
    (tmp_path / "thing-1.0.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    seen.add(surroundings("forked"))
    assert len(seen) == 5


def test_a_key_tells_types_apart():
    assert len({key_of(1), key_of(True), key_of("1"), key_of(1.0)}) == 4


def test_nothing_slow_is_imported_on_the_way_to_a_kept_run():
    """An unchanged course is verified again in under 2 s, all in all."""
    slow = ("pandas", "numpy", "papermill", "nbformat", "matplotlib", "tomlkit")
    code = "import cxlab.course.verify, sys; "
    code += f"print([name for name in {slow} if name in sys.modules])"
    asked = [sys.executable, "-c", code]
    said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert said == "[]\n"


def test_two_at_once_run_it_once(tmp_path, lesson_text):
    """Each waits for what the other runs, and takes what it kept."""
    (tmp_path / "lesson.ipynb").write_text(
        lesson_text("import time\ntime.sleep(1)\nopen('log', 'a').write('ran ')"),
        encoding="utf-8",
    )
    code = (
        "import pathlib\n"
        "from cxlab.course.cache import Cache\n"
        "from cxlab.course.run import Run, run_jobs, source_job\n"
        "path = pathlib.Path('lesson.ipynb').resolve()\n"
        "job = source_job(Run(lesson='x'), path.read_text('utf-8'), path, {})\n"
        "[result] = run_jobs([job], cache=Cache(pathlib.Path('cache')))\n"
        "print(result.ok)"
    )
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code], cwd=tmp_path, stdout=subprocess.PIPE
        )
        for _ in "ab"
    ]
    assert [one.communicate(timeout=60)[0] for one in both] == [b"True\n"] * 2
    assert (tmp_path / "log").read_text(encoding="utf-8") == "ran "
