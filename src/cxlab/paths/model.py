"""A path model says which questions make up each box, and which box points to which.

It holds no data and no result: a small frozen value that can be compared, reused and
drawn. Boxes are called constructs, questions items and arrows paths, here and in the
glossary.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

ARROW = " > "


@dataclass(frozen=True, kw_only=True)
class PathModel:
    """The drawing behind a table of paths: boxes, their questions, and the arrows.

    Build one with `path_model`, which reads a friendlier notation.

    Examples
    --------
    >>> chain = PathModel(
    ...     blocks=(("Value", ("V1", "V2")), ("Loyalty", ("L1",))),
    ...     paths=(("Value", "Loyalty"),),
    ... )
    >>> chain.constructs, chain.items, chain.path_names
    (('Value', 'Loyalty'), ('V1', 'V2', 'L1'), ('Value > Loyalty',))
    """

    blocks: tuple[tuple[str, tuple[str, ...]], ...]  # construct and its items
    paths: tuple[tuple[str, str], ...]  # from, to; in the order of printing

    def __post_init__(self) -> None:
        """Refuse a drawing that no table of paths can come from."""
        _check_blocks(self.blocks)
        _check_paths(self.constructs, self.paths)

    @property
    def constructs(self) -> tuple[str, ...]:
        """Names of the boxes, in the order given."""
        return tuple(name for name, _ in self.blocks)

    @property
    def items(self) -> tuple[str, ...]:
        """Names of the questions, block after block."""
        return tuple(item for _, items in self.blocks for item in items)

    @property
    def path_names(self) -> tuple[str, ...]:
        """Names of the arrows, e.g. ``"Value > Loyalty"``."""
        return tuple(ARROW.join(path) for path in self.paths)

    @property
    def endogenous(self) -> tuple[str, ...]:
        """Constructs that at least one arrow points to."""
        return tuple(c for c in self.constructs if any(c == to for _, to in self.paths))

    def items_of(self, construct: str) -> tuple[str, ...]:
        """Return the questions that make up one box."""
        blocks = dict(self.blocks)
        if construct not in blocks:
            raise ValueError(unknown("construct", construct, self.constructs))
        return blocks[construct]

    @cached_property
    def membership(self) -> Floats:
        """Which item belongs where: shape (items, constructs), 1 or 0."""
        columns = [[float(i in own) for i in self.items] for _, own in self.blocks]
        return np.array(columns, dtype=np.float64).T

    @cached_property
    def arrows(self) -> Flags:
        """Which box points to which: shape (constructs, constructs), [from, to]."""
        place = {name: k for k, name in enumerate(self.constructs)}
        arrows = np.zeros((len(place), len(place)), dtype=np.bool_)
        for start, end in self.paths:
            arrows[place[start], place[end]] = True
        return arrows

    @cached_property
    def routes(self) -> tuple[tuple[str, str], ...]:
        """Every pair in which the first construct reaches the second by arrows."""
        size = len(self.constructs)
        steps = np.linalg.matrix_power(np.eye(size) + self.arrows, size)
        reach = (steps > 0) & ~np.eye(size, dtype=np.bool_)
        pairs = ((a, b) for b in self.constructs for a in self.constructs)
        place = {name: k for k, name in enumerate(self.constructs)}
        return tuple((a, b) for a, b in pairs if reach[place[a], place[b]])

    def __str__(self) -> str:
        """Say the size of the drawing in one line."""
        return (
            f"path model with {len(self.constructs)} constructs, "
            f"{len(self.items)} items and {len(self.paths)} paths"
        )


def path_model(
    blocks: Mapping[str, str | Iterable[str]],
    paths: Iterable[str | tuple[str, str]],
) -> PathModel:
    """Read a path model as one would write it on a whiteboard.

    Parameters
    ----------
    blocks : mapping
        Construct to its items: a list of column names, or one string with spaces.
    paths : iterable
        Arrows, each ``"Value > Loyalty"`` or ``("Value", "Loyalty")``.

    Raises
    ------
    ValueError
        If an item stands in two blocks, a block is empty, an arrow names an unknown
        construct, a construct has no arrow, or the arrows run in a circle.

    Examples
    --------
    >>> chain = path_model(
    ...     {"Value": "PERV1 PERV2", "Loyalty": ["CUSL1", "CUSL3"]},
    ...     ["Value > Loyalty"],
    ... )
    >>> print(chain)
    path model with 2 constructs, 4 items and 1 paths
    >>> path_model({"Value": "V1", "Loyalty": "L1"}, ["Valu > Loyalty"])
    Traceback (most recent call last):
    ...
    ValueError: No construct is called 'Valu'. Use one of Value, Loyalty (did you \
mean 'Value'?).
    """
    tidy = tuple(
        (name, tuple(items.split() if isinstance(items, str) else items))
        for name, items in blocks.items()
    )
    return PathModel(blocks=tidy, paths=tuple(_read_arrow(path) for path in paths))


def unknown(kind: str, given: str, allowed: Iterable[str]) -> str:
    """Say what was given, what is allowed, and what was probably meant."""
    names = [str(name) for name in allowed]
    close = get_close_matches(str(given), names, n=1)
    hint = f" (did you mean {close[0]!r}?)" if close else ""
    return f"No {kind} is called {given!r}. Use one of {', '.join(names)}{hint}."


def _read_arrow(path: str | tuple[str, str]) -> tuple[str, str]:
    ends = [end.strip() for end in path.split(">")] if isinstance(path, str) else path
    if len(ends) != 2 or not all(ends):
        raise ValueError(
            f"A path has a start and an end; {path!r} was given. Write it as "
            "'Satisfaction > Loyalty'."
        )
    return ends[0], ends[1]


def _check_blocks(blocks: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    empty = [name for name, items in blocks if not items]
    if empty:
        raise ValueError(
            f"{empty[0]} has no items. Give every construct at least one column of "
            "answers."
        )
    owner: dict[str, str] = {}
    for name, items in blocks:
        for item in items:
            if item in owner:
                raise ValueError(
                    f"The item {item} stands in both {owner[item]} and {name}. An "
                    "item belongs to one construct: take it out of one of them."
                )
            owner[item] = name


def _check_paths(
    constructs: tuple[str, ...], paths: tuple[tuple[str, str], ...]
) -> None:
    for name in (name for path in paths for name in path):
        if name not in constructs:
            raise ValueError(unknown("construct", name, constructs))
    if len(set(paths)) < len(paths):
        twice = next(path for path in paths if paths.count(path) > 1)
        raise ValueError(f"The path {ARROW.join(twice)} is given twice. Give it once.")
    alone = [c for c in constructs if not any(c in path for path in paths)]
    if alone:
        raise ValueError(
            f"No path starts or ends at {', '.join(alone)}. Draw an arrow, or leave "
            "the construct out."
        )
    # Peel off what nothing points to; whatever cannot be peeled runs in a circle.
    left, arrows = set(constructs), set(paths)
    while free := left - {to for _, to in arrows}:
        left -= free
        arrows = {path for path in arrows if path[0] in left}
    if left:
        circle = ", ".join(c for c in constructs if c in left)
        raise ValueError(
            f"The paths run in a circle among {circle}. A path model is solved from "
            "left to right: remove one of these arrows."
        )


ECSI = path_model(
    {
        "Image": "IMAG1 IMAG2 IMAG3 IMAG4 IMAG5",
        "Expectation": "CUEX1 CUEX2 CUEX3",
        "Quality": "PERQ1 PERQ2 PERQ3 PERQ4 PERQ5 PERQ6 PERQ7",
        "Value": "PERV1 PERV2",
        "Satisfaction": "CUSA1 CUSA2 CUSA3",
        "Complaints": "CUSCO",
        "Loyalty": "CUSL1 CUSL2 CUSL3",
    },
    [
        "Image > Expectation",
        "Expectation > Quality",
        "Expectation > Value",
        "Quality > Value",
        "Image > Satisfaction",
        "Expectation > Satisfaction",
        "Quality > Satisfaction",
        "Value > Satisfaction",
        "Satisfaction > Complaints",
        "Image > Loyalty",
        "Satisfaction > Loyalty",
        "Complaints > Loyalty",
    ],
)
"""The European customer satisfaction index, as Tenenhaus et al. (2005) draw it."""
