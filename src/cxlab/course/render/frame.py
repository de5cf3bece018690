"""What stands around the cells of a lesson: its place in the course, and its links."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link around a page."""

    label: str
    href: str
    current: bool = False  # the page that is open


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What stands around the cells of a lesson on its page."""

    course: str = "cxlab"
    edition: str = ""  # such as "solutions"; part of the page's title
    part: str = ""
    facts: tuple[str, ...] = ()  # minutes and routes, in words
    decision: str = ""  # what the lesson helps to decide; the handout's card says it
    settings: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    site: tuple[Link, ...] = ()
    wide: bool = False  # the first screen uses the width of the window
    editions: tuple[Link, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    # Page of the register as seen from here; "" lists the entries on the page itself.
    register: str = ""
