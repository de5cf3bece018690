"""The nbconvert exporter of the course: cells become html by our own templates.

The stock templates load scripts and fonts from the internet and drop alt texts; ours
stand in course/theme and build on nbconvert's bare skeleton alone.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters.datatypefilter import DataTypeFilter
from nbconvert.filters.highlight import Highlight2HTML
from nbformat import NotebookNode

from cxlab.course.render import outputs
from cxlab.course.render.text import Writer, unnamed
from cxlab.course.render.theme import theme_folder
from cxlab.register import Claim

_PRIORITY = [
    "text/html",
    "text/markdown",
    "text/latex",
    "image/png",
    "text/plain",
]


class _Exporter(TemplateExporter):
    """Turns the cells of a page into html, and nothing around them."""

    file_extension = ".html"
    output_mimetype = "text/html"

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """Add the course's own filters to nbconvert's."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        chosen = DataTypeFilter(parent=self, display_data_priority=_PRIORITY)
        yield "filter_data_type", chosen
        highlight = Highlight2HTML(pygments_lexer="python3")  # type: ignore[no-untyped-call]
        yield "code", outputs.code_html(highlight)
        yield "figure", outputs.figure_html
        yield "slide_figure", outputs.slide_figure_html
        yield "table", outputs.table_html


@cache  # with its templates: they take longer to compile than a page to fill in
def _exporter(template: str, folder: str) -> Any:
    return _Exporter(  # type: ignore[no-untyped-call]
        template_name=template, extra_template_basedirs=[folder]
    )


def cells_html(
    page: NotebookNode,
    *,
    template: str,
    writer: Writer,
    claims: Mapping[str, Claim],
) -> str:
    """Return the cells of a page as html.

    Parameters
    ----------
    page
        What ``views.view`` or ``slides.slides`` gave.
    template
        Name of a folder in ``course/theme``: ``"lesson"`` or ``"slides"``.
    writer
        Turns the page's markdown into html.
    claims
        The register, by claim id.
    """
    exporter = _exporter(template, str(theme_folder()))
    filters: dict[str, Callable[..., str]] = {
        "block": writer.block,
        "inline": writer.inline,
        "block_unnamed": lambda markdown: unnamed(writer.block(markdown)),
        "verdict": partial(
            outputs.verdict_html, "verdict", claims=claims, writer=writer
        ),
        "slide_verdict": partial(
            outputs.verdict_html, "slide_verdict", claims=claims, writer=writer
        ),
    }
    for name, function in filters.items():
        exporter.register_filter(name, function)
    html, _ = exporter.from_notebook_node(page)
    return str(html)
