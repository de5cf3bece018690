"""What the warm process imports before it forks a kernel: what the lessons import.

Read from their code, without running it. Only libraries that are known to start no
thread when they are imported: a thread does not survive a fork.
"""

import ast
import json
from collections import deque
from collections.abc import Iterable
from pathlib import Path

_KNOWN = {"cxlab", "matplotlib", "numpy", "pandas", "scipy", "statsmodels"}


def modules_of(sources: Iterable[str]) -> list[str]:
    """Return the modules that these notebooks import, themselves or through ours.

    Parameters
    ----------
    sources
        Texts of notebooks.

    Returns
    -------
    list of str
        Some may be no modules but functions of one: nothing was imported to find out.
    """
    return sorted(_reached(name for text in sources for name in _imports(text)))


def _imports(source: str) -> Iterable[str]:
    """Give what the code cells of a notebook import."""
    for cell in json.loads(source)["cells"]:
        if cell["cell_type"] == "code":
            yield from _imported("".join(cell["source"]))


def _reached(names: Iterable[str]) -> set[str]:
    """Return what the warm process may import of these, and of what they import.

    Our modules import some things only where they use them; in the warm process they
    might as well be there.
    """
    reached: set[str] = set()
    ahead = deque(names)
    while ahead:
        name = ahead.popleft()
        if name in reached or name.split(".")[0] not in _KNOWN:
            continue
        reached.add(name)
        path = Path(__file__).resolve().parents[2].joinpath(*name.split("."))
        for file in (path.with_suffix(".py"), path / "__init__.py"):
            if file.is_file():
                ahead += _imported(file.read_text(encoding="utf-8"))
    return reached


def _imported(code: str) -> Iterable[str]:
    try:
        tree = ast.parse(code)
    except SyntaxError:  # a magic, or a mistake that the lesson will show
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
