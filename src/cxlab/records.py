"""What a lesson leaves behind for the tests: records of a MIME type of their own.

A record is a small JSON object in the output of a cell. It is the only bridge from a
lesson to its expected numbers; pages drop it before they are rendered.
"""

from collections.abc import Iterator, Mapping
from typing import Any

MIME = "application/vnd.cxlab.record+json"
FIGURE_MIME = "application/vnd.cxlab.figure+json"  # for phones and slides
# Environment variable, set where records are wanted and nobody looks, as in a sweep:
# nothing is drawn then, and drawing is most of a lesson's time.
UNSEEN = "CXLAB_UNSEEN"
KINDS = ("result", "prediction", "outcome", "claim", "check")


def records_of(notebook: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Give every record of an executed notebook, in the order of its cells.

    Parameters
    ----------
    notebook
        An executed notebook in the notebook format, version 4.

    Yields
    ------
    dict
        The payload of the record, with ``cell`` (the cell's id) added.
    """
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            payload = output.get("data", {}).get(MIME)
            if payload is not None:
                yield {**payload, "cell": cell.get("id", "")}
