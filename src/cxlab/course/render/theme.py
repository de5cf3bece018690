"""The theme on disk: its style sheets, its templates, and what the palette gives them.

Colours and sizes stand in cxlab.palette alone. The style sheets name them as custom
properties, which are written here, so that pages, slides and plots cannot drift apart.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from cxlab import palette
from cxlab.root import project_root

_STEPS = range(-2, 6)  # of the modular scale; 0 is the body text


class MissingPackage(ModuleNotFoundError):
    """A package from which the pages are made is not installed."""


def theme_folder() -> Path:
    """Return the folder that holds templates and style sheets."""
    return project_root() / "course" / "theme"


@cache
def properties() -> str:
    """Return the palette as css custom properties.

    Examples
    --------
    >>> "--book: #b5480a;" in properties()
    True
    """
    body = palette.BODY_PX / 16  # rem, so that the reader's own text size counts
    lines = [
        *(f"--{name}: {value};" for name, value in palette.COLOURS.items()),
        *(f"--size{s}: {body * palette.SCALE**s:.4f}rem;" for s in _STEPS),
        f"--line-height: {palette.LINE_HEIGHT};",
        f"--column: {palette.TEXT_COLUMN_PX}px;",
        f"--slide-width: {palette.SLIDE_PX[0]}px;",
        f"--slide-height: {palette.SLIDE_PX[1]}px;",
    ]
    return ":root {\n  " + "\n  ".join(lines) + "\n}\n"


@cache
def style(*names: str) -> str:
    """Return style sheets of the theme, one after the other, behind the palette.

    Parameters
    ----------
    *names
        Names of files in ``course/theme/css``, without their ending.
    """
    folder = theme_folder() / "css"
    sheets = [(folder / f"{name}.css").read_text(encoding="utf-8") for name in names]
    return properties() + "\n".join(sheets)


@cache
def script(*names: str) -> Markup:
    """Return scripts of the theme, one after the other, to stand in a page.

    Parameters
    ----------
    *names
        Names of files in ``course/theme/js``, without their ending.
    """
    folder = theme_folder() / "js"
    files = [(folder / f"{name}.js").read_text(encoding="utf-8") for name in names]
    return Markup("\n".join(files))  # noqa: S704


@cache
def environment() -> Environment:
    """Return the templates of the pages; what is put into them is escaped."""
    return Environment(
        loader=FileSystemLoader(theme_folder(), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def packaged(package: str, *parts: str) -> Path:
    """Return a file inside an installed package, which is not imported.

    Raises
    ------
    MissingPackage
        If the package is not installed, or does not hold the file.
    """
    spec = find_spec(package)
    places = list(spec.submodule_search_locations or ()) if spec else []
    for place in places:
        path = Path(place).joinpath(*parts)
        if path.is_file():
            return path
    raise MissingPackage(
        f"Pages need {'/'.join(parts)} of the package {package.replace('_', '-')}, and "
        "it is not there. Install the course's packages again: `make course`, or "
        "`pip install -r requirements.lock`."
    )
