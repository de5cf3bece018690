"""A notebook is read exactly as it lies there, and a wrong name is answered."""

import json

import nbformat
import pytest

from cxlab.course import notebooks
from cxlab.course.manifest import UnknownLesson


def test_reading_repairs_nothing(tmp_path):
    """The rules must see two cells of one id, which nbformat would repair."""
    cells = [nbformat.v4.new_markdown_cell("Hi", id="same") for _ in range(2)]
    path = tmp_path / "a.ipynb"
    path.write_text(
        json.dumps({"nbformat": 4, "metadata": {}, "cells": cells}), "utf-8"
    )
    read = notebooks.read_notebook(path)
    assert [cell.id for cell in read.cells] == ["same", "same"]


@pytest.mark.parametrize("data", ['{"cells": [', "[]", '{"cells": [], "nbformat": 4}'])
def test_what_is_no_notebook_is_named(data, tmp_path):
    path = tmp_path / "broken.ipynb"
    path.write_text(data, "utf-8")
    with pytest.raises(notebooks.DamagedNotebook, match=r"broken\.ipynb is not a"):
        notebooks.read_notebook(path)


def test_a_lesson_name_is_no_path():
    """`../secrets` must not be looked up outside notebooks/."""
    with pytest.raises(UnknownLesson, match="There is no lesson"):
        notebooks.read_notebook("../README")


def test_a_fence_within_a_longer_fence_does_not_close_it():
    text = "````\n```\n# not a heading\n````\n# A heading"
    assert list(notebooks.unfenced_lines(text)) == ["# A heading"]


def test_what_is_written_can_be_read_back(tmp_path):
    cell = nbformat.v4.new_code_cell("x = 'ä'\nx", id="umlaut")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    text = notebooks.write_notebook(notebook)
    assert notebooks.parse_notebook(text).cells[0].source == "x = 'ä'\nx"
    assert notebooks.write_notebook(notebooks.parse_notebook(text)) == text
