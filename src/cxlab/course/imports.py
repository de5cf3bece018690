"""What a lesson imports, read from its code without running it.

So the warm process can import it once for all. Our modules import some things only
where they use them; in the warm process these might as well be there.
"""

import ast
import json
from collections import deque
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

OURS = "cxlab"
# Libraries known to start no thread when imported: a thread does not survive a fork.
_THREADLESS = {OURS, "matplotlib", "numpy", "pandas", "scipy", "statsmodels"}


def modules_of(sources: Iterable[str]) -> list[str]:
    """Return what the warm process may import for these notebooks.

    Parameters
    ----------
    sources
        Texts of notebooks.

    Returns
    -------
    list of str
        Some may be no modules but functions of one: nothing was imported to find out.
    """
    names = {name for source in sources for name in reached(source)}
    return sorted(name for name in names if name.split(".")[0] in _THREADLESS)


def reached(source: str) -> set[str]:
    """Return the names that a notebook imports, itself or through our modules."""
    found: set[str] = set()
    ahead = deque(
        name
        for cell in json.loads(source)["cells"]
        if cell["cell_type"] == "code"
        for name in imported("".join(cell["source"]))
    )
    while ahead:
        name = ahead.popleft()
        if name not in found:
            found.add(name)
            ahead += _by_file(name)
    return found


def _by_file(name: str) -> Iterable[str]:
    """Give what importing one of our modules imports besides: its package first."""
    file = _file(name)
    if file is None:
        return []
    package = name.rpartition(".")[0]
    inside = imported(file.read_text(encoding="utf-8"))
    return [package, *inside] if package else inside


def _file(name: str) -> Path | None:
    """Return the file of one of our modules; None if it is none of ours."""
    if name.split(".", maxsplit=1)[0] != OURS:
        return None
    path = Path(__file__).resolve().parents[2].joinpath(*name.split("."))
    files = (path.with_suffix(".py"), path / "__init__.py")
    return next((file for file in files if file.is_file()), None)


@cache
def imported(code: str) -> tuple[str, ...]:
    """Return the names that some code imports, and perhaps some that are no modules.

    Examples
    --------
    >>> imported("import numpy as np; from cxlab import paths")
    ('numpy', 'cxlab', 'cxlab.paths')
    """
    try:
        tree = ast.parse(code)
    except SyntaxError:  # a magic, or a mistake that the lesson will show
        return ()
    return tuple(_imported(tree))


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
