"""Where the course lives on disk: the one place that knows.

cxlab is used from a clone, installed editable, so the root is found from this
file and not from the folder in which somebody happens to stand.
"""

from pathlib import Path


def project_root() -> Path:
    """Return the folder that holds ``notebooks/``, ``course/`` and ``datasets/``.

    Raises
    ------
    FileNotFoundError
        If this copy of the package does not stand inside a clone of the course.
    """
    root = Path(__file__).resolve().parents[2]
    if not (root / "course" / "course.toml").is_file():
        raise FileNotFoundError(
            f"No course was found at {root}: course/course.toml is missing. cxlab is "
            "used from a clone of its repository, installed with `pip install -e .`; "
            "clone it and run `make course` there."
        )
    return root
