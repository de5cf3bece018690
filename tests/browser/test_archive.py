"""The zip on somebody else's machine: unpacked elsewhere, with the network cut."""

import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from cxlab.course.archive import DOOR, FOLDER, archive

pytestmark = pytest.mark.browser

WAYS = (
    ("Learn", "Effort and disloyalty", "Slides"),
    ("Teach", "Agendas", "Start here"),
    ("Teach", "A sheet for each lesson", "Slides of Effort and disloyalty"),
    ("Check", "Glossary", "Data"),
)


def test_from_a_memory_stick_every_door_opens(
    site: Path, open_page: Any, tmp_path: Path
) -> None:
    """No page asks the network for anything, and no link leads out of the zip."""
    stick = tmp_path / "Диск E (мой)"
    with zipfile.ZipFile(archive(site, tmp_path / "course.zip").path) as packed:
        packed.extractall(stick)
    door = stick / FOLDER / DOOR
    for href in re.findall(r'href="([^"#:]+)"', door.read_text(encoding="utf-8")):
        assert (door.parent / href).is_file(), href
    with open_page(door) as opened:
        page = opened.page
        assert opened.violations() == ""
        for way in WAYS:
            page.goto(door.as_uri())
            for link in way:
                page.get_by_role("link", name=link).first.click()
                page.wait_for_load_state()
                here = Path(unquote(page.url.removeprefix("file://")).split("#")[0])
                assert here.is_relative_to(stick / FOLDER)
                assert page.locator("h1").count() >= 1
        asked = [url for url in opened.requests if not url.startswith("data:")]
        assert all(unquote(url).startswith(f"file://{stick}") for url in asked)
        assert opened.complaints == []
