"""The zip is the same wherever it is made, and works wherever it is unpacked."""

import time
import zipfile
from pathlib import Path

import pytest

from cxlab.course import archive as module
from cxlab.course import build, cli
from cxlab.course.archive import DOOR, FOLDER, NotPortable, archive, check_names
from cxlab.course.build import Built
from cxlab.course.manifest import manifest

pytestmark = pytest.mark.once  # pages do not differ between Pythons


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of a few files, one of them printed."""
    folder = tmp_path / "site"
    lesson = folder / "lessons" / "10_effort_and_disloyalty"
    lesson.mkdir(parents=True)
    (folder / "index.html").write_text("<h1>Hello</h1>", encoding="utf-8")
    (folder / "teach.pdf").write_bytes(b"%PDF-1.4")
    (lesson / "handout.pdf").write_bytes(b"%PDF-1.4")
    return folder


def _names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as packed:
        return packed.namelist()


def test_everything_is_in_it_below_one_folder(site: Path, tmp_path: Path) -> None:
    """Unpacking it litters no desktop."""
    made = archive(site, tmp_path / "course.zip")
    names = _names(made.path)
    assert {name.split("/")[0] for name in names} == {FOLDER}
    assert {f"{FOLDER}/{DOOR}", f"{FOLDER}/site/index.html"} <= set(names)
    assert f"{FOLDER}/templates/contacts.csv" in names
    assert made.files == len(names) == len(set(names))
    assert made.size == made.path.stat().st_size


def test_the_same_site_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    """Neither the hour nor the order on disk counts."""
    one = archive(site, tmp_path / "one.zip").path.read_bytes()
    for path in sorted(site.rglob("*.*"), reverse=True):
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)
    time.sleep(0.01)
    two = archive(site, tmp_path / "two.zip").path.read_bytes()
    assert one == two
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        assert {entry.date_time for entry in packed.infolist()} == {module._DATE}
        assert packed.testzip() is None


def test_the_door_leads_to_what_is_there(site: Path, tmp_path: Path) -> None:
    """A handout is a PDF where there is one, else the page that prints itself."""
    with zipfile.ZipFile(archive(site, tmp_path / "course.zip").path) as packed:
        door = packed.read(f"{FOLDER}/{DOOR}").decode("utf-8")
    assert 'href="site/lessons/10_effort_and_disloyalty/handout.pdf"' in door
    assert 'href="site/lessons/00_start_here/handout.html"' in door
    assert 'href="site/teach.pdf"' in door
    assert "site/agendas.pdf" not in door
    assert 'href="templates/contacts.csv"' in door
    assert all(lesson.title in door for lesson in manifest().lessons.values())


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("site/con.html", "Windows keeps"),
        ("site/Aux", "Windows keeps"),
        ("site/a b .html/x", None),
        ("site/trailing./x", "ends with a dot"),
        ("site//x", "a part of it is empty"),
        ("site/../x", "a part of it is empty"),
        ("site/what?.html", "not every file system"),
        ("site/grün.html", "not every file system"),
        ("site/a\\b.html", "not every file system"),
        (f"site/{'x' * 100}.html", "more than 100 characters"),
    ],
)
def test_names_that_some_machine_refuses_are_refused_here(
    name: str, why: str | None
) -> None:
    """Better now than in front of the room."""
    if why is None:
        check_names([name])
        return
    with pytest.raises(NotPortable, match=why):
        check_names([name, "site/index.html"])


def test_a_page_that_tells_a_path_of_this_machine_is_refused(
    site: Path, tmp_path: Path
) -> None:
    """It would be a dead link elsewhere, and it is nobody's business."""
    path = tmp_path / "course.zip"
    before = archive(site, path).path.read_bytes()
    (site / "index.html").write_text(f"see {module.project_root()}", encoding="utf-8")
    with pytest.raises(NotPortable, match=r"index\.html tells"):
        archive(site, path)
    assert path.read_bytes() == before


def test_the_verb_builds_and_packs(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The zip lies beside the site."""
    built = Built(site=site, pages=1, seconds=1.0, left_out=())
    monkeypatch.setattr(build, "build", lambda **_: built)
    assert cli.main(["build", "--zip"]) == 0
    assert (site.parent / "cxlab-course.zip").is_file()
    assert f"open its {DOOR}" in capsys.readouterr().out
