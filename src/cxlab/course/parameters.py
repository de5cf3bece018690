"""The knobs of a lesson: what its parameters cell offers, and what it refuses.

One knob a line, in a syntax that papermill reads too::

    n: int = 2000  # customers in the sample [100 .. 100000]
    world: str = "flat"  # kind of world [flat | linear | convex]
    contacts_path: str = ""  # your own table of contacts; empty: the example [file]

papermill only warns of a name it does not know; here everything is checked before
anything runs, and every complaint comes with the valid list.
"""

import ast
import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

Value = int | float | str | bool

TYPES: Mapping[str, type] = {"int": int, "float": float, "str": str, "bool": bool}
TAG = "parameters"
_LINE = re.compile(
    r"""(?P<name>[^\W\d]\w*)\s*:\s*(?P<type>\w+)\s*=\s*(?P<default>.+?)
        \s*\#\s*(?P<meaning>[^\[\]]*?)\s*(?:\[(?P<allowed>[^\[\]]*)\])?\s*$""",
    re.VERBOSE,
)
_WORDS = {"true": True, "false": False}
FILE = "file"  # in the brackets of a text: it names a file, or is empty


class BadParameterCell(ValueError):
    """A line of a parameters cell does not say what a knob must say."""


class BadParameters(ValueError):
    """A lesson was asked to run with parameters that it does not take."""


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One knob: its type, its meaning and what it may be turned to.

    Examples
    --------
    >>> n = parse_line("n: int = 2000  # customers in the sample [100 .. 100000]")
    >>> n.default, n.meaning, n.allowed
    (2000, 'customers in the sample', '100 .. 100000')
    >>> n.accept("500")
    500
    >>> n.accept(50)
    Traceback (most recent call last):
    ...
    cxlab.course.parameters.BadParameters: n = 50 is outside 100 .. 100000.
    """

    name: str
    type: str  # a key of TYPES
    default: Value
    meaning: str  # in plain words, with its unit
    low: float | None = None  # smallest value, for numbers
    high: float | None = None
    choices: tuple[Value, ...] = ()  # the only values, if there are only so many
    file: bool = False  # whether a text names a file of the reader's own

    @property
    def allowed(self) -> str:
        """What it may be turned to, as the cell says it; "" if anything of its type."""
        if self.choices:
            return " | ".join(str(choice) for choice in self.choices)
        if self.file:
            return FILE
        if self.low is None or self.high is None:
            return ""
        return f"{_short(self.low)} .. {_short(self.high)}"

    def __str__(self) -> str:
        """Say the knob in one line, as a list of knobs shows it."""
        allowed = f" [{self.allowed}]" if self.allowed else ""
        return f"{self.name}: {self.type} = {self.default!r}  {self.meaning}{allowed}"

    def accept(self, given: object) -> Value:
        """Return a value as this knob takes it, from a value or from its text.

        Raises
        ------
        BadParameters
            If it has another type, or is none of those allowed.
        """
        value = self._typed(given)
        if value is None:
            article = "an" if self.type == "int" else "a"
            raise BadParameters(
                f"{self.name} = {given!r} is not {article} {self.type}."
                + (f" It may be {self.allowed}." if self.allowed else "")
            )
        if self.file and value:
            return self._found(str(value))
        if self.choices and value not in self.choices:
            near = get_close_matches(str(value), map(str, self.choices), n=1)
            raise BadParameters(
                f"{self.name} = {value!r} is none of {self.allowed}."
                + (f" The nearest is {near[0]}." if near else "")
            )
        if self.low is not None and self.high is not None:
            assert not isinstance(value, str)
            if not self.low <= value <= self.high:
                raise BadParameters(f"{self.name} = {value} is outside {self.allowed}.")
        return value

    def _found(self, given: str) -> str:
        """Return the whole path of a file, as seen from where one types."""
        path = Path(given).expanduser().absolute()
        if path.is_file():
            return str(path)
        near = get_close_matches(path.name, _names(path.parent), n=1)
        raise BadParameters(
            f"{self.name} = {given!r}: there is no such file in {path.parent}."
            + (f" The nearest name there is {near[0]!r}." if near else "")
        )

    def _typed(self, given: object) -> Value | None:
        """Return the value in the knob's type; None if it has another."""
        if isinstance(given, str) and self.type != "str":
            return self._typed_text(given)
        if isinstance(given, bool) or self.type in {"bool", "str"}:
            return given if type(given) is TYPES[self.type] else None  # type: ignore[return-value]
        if self.type == "float" and isinstance(given, int | float):
            return float(given) if math.isfinite(given) else None
        return given if isinstance(given, int) else None

    def _typed_text(self, text: str) -> Value | None:
        if self.type == "bool":
            return _WORDS.get(text.strip().lower())
        try:
            number = TYPES[self.type](text.strip())
        except ValueError:
            return None
        return number if math.isfinite(number) else None


def _short(number: float) -> str:
    return f"{number:.15g}"


def _names(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()] if folder.is_dir() else []


def parse_line(line: str) -> Parameter:
    """Read one line of a parameters cell.

    Raises
    ------
    BadParameterCell
        If it does not say a name, a type, a default and a meaning, or its default is
        none that it allows.
    """
    found = _LINE.match(line)
    if found is None or not found["meaning"] or "#" in found["default"]:
        raise BadParameterCell(
            f"{line!r} is no knob. Write one a line, like: "
            "n: int = 2000  # customers in the sample [100 .. 100000]"
        )
    if found["type"] not in TYPES:
        raise BadParameterCell(
            f"{found['name']} is of type {found['type']!r}. Use one of: "
            f"{', '.join(TYPES)}."
        )
    parameter = Parameter(
        name=found["name"],
        type=found["type"],
        default=_literal(found["default"], line),
        meaning=found["meaning"],
        **_allowed(found["allowed"], found["type"], line),
    )
    try:
        parameter.accept(parameter.default)
    except BadParameters as error:
        raise BadParameterCell(f"The default is not allowed: {error}") from error
    if type(parameter.default) is not TYPES[parameter.type]:
        raise BadParameterCell(
            f"{line!r}: write the default as a {parameter.type}, so that it stays one."
        )
    return parameter


def _literal(text: str, line: str) -> Value:
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError) as error:
        raise BadParameterCell(
            f"{line!r}: the default must be written out, and hold no #. One that is "
            "computed would not follow the knob it is computed from."
        ) from error
    if not isinstance(value, int | float | str | bool):
        raise BadParameterCell(f"{line!r}: a knob is one number, text or bool.")
    return value


def _allowed(text: str | None, kind: str, line: str) -> dict[str, Any]:
    """Read what stands in the brackets: a range or a list of choices."""
    if text is None:
        if kind in {"int", "float"}:
            raise BadParameterCell(
                f"{line!r}: a number needs its range, like [0 .. 1], at the end."
            )
        return {}
    try:
        if ".." in text and kind in {"int", "float"}:
            low, high = (float(end) for end in text.split(".."))
            if low < high:
                return {"low": low, "high": high}
        elif kind == "str" and text.strip() == FILE:
            return {"file": True}
        elif kind != "bool":
            choices = [choice.strip() for choice in text.split("|")]
            if len(choices) > 1 and all(choices):
                return {"choices": tuple(TYPES[kind](choice) for choice in choices)}
    except ValueError:
        pass
    raise BadParameterCell(
        f"{line!r}: [{text}] is neither a range like [0 .. 1], smaller end first, nor "
        "a list of choices like [flat | linear | convex]."
    )


def parse_cell(source: str) -> dict[str, Parameter]:
    """Read a whole parameters cell, by name of the knob.

    Raises
    ------
    BadParameterCell
        If a line is no knob, or two have one name.
    """
    parameters: dict[str, Parameter] = {}
    for line in source.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        parameter = parse_line(line)
        if parameter.name in parameters:
            raise BadParameterCell(f"There are two knobs named {parameter.name!r}.")
        parameters[parameter.name] = parameter
    return parameters


def parameters_of(notebook: Mapping[str, Any] | bytes | str) -> dict[str, Parameter]:
    """Return the knobs of a notebook, given as it is read or as its text.

    Raises
    ------
    BadParameterCell
        If it has two parameters cells, or one that is not as it must be.
    """
    read = notebook if isinstance(notebook, Mapping) else json.loads(notebook)
    tagged = [
        cell
        for cell in read["cells"]
        if TAG in cell["metadata"].get("tags", ()) and cell["cell_type"] == "code"
    ]
    if len(tagged) > 1:
        raise BadParameterCell(
            f"{len(tagged)} cells are tagged {TAG!r}; papermill would use the first "
            "and leave the others as they are. Keep one."
        )
    return parse_cell("".join(tagged[0]["source"])) if tagged else {}


def resolve(
    parameters: Mapping[str, Parameter], given: Mapping[str, object]
) -> dict[str, Value]:
    """Return those of the given values that turn a knob away from its default.

    Raises
    ------
    BadParameters
        If a name is unknown or a value is not allowed: every one of them at once, and
        what the lesson takes.

    Examples
    --------
    >>> knobs = parse_cell("n: int = 2000  # customers [100 .. 100000]")
    >>> resolve(knobs, {"n": "500"}), resolve(knobs, {"n": 2000})
    ({'n': 500}, {})
    """
    turned: dict[str, Value] = {}
    complaints: list[str] = []
    for name, value in given.items():
        if name not in parameters:
            complaints.append(_unknown(name, parameters))
            continue
        try:
            accepted = parameters[name].accept(value)
        except BadParameters as error:
            complaints.append(str(error))
        else:
            if accepted != parameters[name].default:
                turned[name] = accepted
    if complaints:
        raise BadParameters("\n".join([*complaints, *_list(parameters.values())]))
    return turned


def _unknown(name: str, parameters: Iterable[str]) -> str:
    near = get_close_matches(name, parameters, n=1, cutoff=0.0)
    return f"There is no parameter {name!r}" + (
        f"; the nearest is {near[0]!r}." if near else "."
    )


def _list(parameters: Iterable[Parameter]) -> list[str]:
    lines = [f"  {parameter}" for parameter in parameters]
    return ["The lesson takes:", *lines] if lines else ["The lesson takes none."]
