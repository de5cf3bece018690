"""A file is found whole or not at all, and one that must stay stays."""

import errno
import os

import pytest

from cxlab.course import files


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def no_space(*_args):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_new_file_never_replaces_one_that_is_there(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text("my work", "utf-8")
    with pytest.raises(FileExistsError):
        files.write_new(path, "theirs")
    assert path.read_text("utf-8") == "my work"
    assert names(tmp_path) == ["mine.txt"]


def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path):
    """`exists()` says no to a dangling link; writing through it would surprise."""
    path = tmp_path / "link.txt"
    path.symlink_to(tmp_path / "elsewhere.txt")
    with pytest.raises(FileExistsError):
        files.write_new(path, "theirs")
    assert not (tmp_path / "elsewhere.txt").exists()


def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch):
    path = tmp_path / "page.html"
    files.write_over(path, "old")
    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(files.CannotWrite, match="No space left on device"):
        files.write_over(path, "new")
    assert path.read_text("utf-8") == "old"
    assert names(tmp_path) == ["page.html"]


def test_without_hard_links_a_new_file_still_keeps_off(tmp_path, monkeypatch):
    """A memory stick has no hard links; the promise is the same there."""

    def no_links(*_args):
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "a.txt"
    files.write_new(path, "first")
    with pytest.raises(FileExistsError):
        files.write_new(path, "second")
    assert path.read_text("utf-8") == "first"
    assert names(tmp_path) == ["a.txt"]


def test_a_file_may_be_read_by_those_who_may_read_the_folder(tmp_path):
    """Temporary files are private by default; what is built must not stay so."""
    files.write_new(tmp_path / "a.txt", "text")
    (tmp_path / "b.txt").write_text("text", "utf-8")
    modes = {path.stat().st_mode for path in tmp_path.iterdir()}
    assert len(modes) == 1
