"""The glossary: one word for one thing, with its formula and its Russian term."""

import tomllib
from dataclasses import dataclass
from functools import cache

from cxlab.root import project_root


@dataclass(frozen=True, kw_only=True)
class Term:
    """One term of the course."""

    key: str
    term: str
    definition: str
    formula: str = ""  # TeX
    function: str = ""  # dotted name of the function that computes it
    russian: str = ""


@cache
def glossary() -> tuple[Term, ...]:
    """Read course/glossary.toml, in the order of the alphabet.

    Raises
    ------
    TypeError
        If a term lacks its definition, or has a field that is not known.
    """
    path = project_root() / "course" / "glossary.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    terms = (Term(key=key, **row) for key, row in rows.items())
    return tuple(sorted(terms, key=lambda term: term.term.casefold()))
