"""A page is one file: nothing in it may be fetched when it is opened."""

import re

_FETCHED = re.compile(
    r"""<(?:img|script|iframe|source|audio|video|embed|object|link|input)\b[^>]*?
        \b(?:src|srcset|href|data)\s*+=\s*+["']?+\s*+(?!data:|\#|["'])[^"'\s>]+
        |url\(\s*+["']?+(?!data:|\#)[^)]+\)
        |@import\b""",
    re.VERBOSE | re.IGNORECASE,
)

_SCRIPT = re.compile(r"<script>.*?</script>", re.DOTALL)


class NotSelfContained(ValueError):
    """A page would have to fetch something when it is opened."""


def self_contained(page: str) -> str:
    """Return the page as it is, once it is sure that it fetches nothing.

    Raises
    ------
    NotSelfContained
        If it would; the first thing that it would fetch is named.
    """
    found = _FETCHED.search(_SCRIPT.sub("<script>", page))
    if found:
        raise NotSelfContained(
            f"The page would fetch {found[0][:120]!r} when it is opened. Pages open "
            "with the network off: put the picture into the notebook with show(), or "
            "leave it out."
        )
    return page
