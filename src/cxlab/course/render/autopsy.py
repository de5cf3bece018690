"""The page on which any slide with two bars is taken apart, in the browser.

What stands in the file are the book's own bars, computed by the package. The page's
script fills other numbers into the same places; it is small, our own, and held to the
package's numbers by a test.
"""

from collections.abc import Mapping

from markupsafe import Markup, escape

from cxlab.course.manifest import Manifest
from cxlab.course.render.frame import Link
from cxlab.course.render.site import folder_of, frame_at, whole_page
from cxlab.course.render.text import Writer
from cxlab.course.render.theme import script
from cxlab.datasets import load_published, source_line
from cxlab.effort import QUESTIONS, Cut, autopsy
from cxlab.effort.autopsy import REASONS, SENTENCE
from cxlab.register import Claim

PAGE = "autopsy.html"
LESSON = "10_effort_and_disloyalty"
_TABLE = "effort_printed"
_FOOT, _HIGH, _ABOVE = 127, 100, 6  # of the bars, px; the script draws by the same


def render_autopsy(manifest: Manifest, *, claims: Mapping[str, Claim]) -> str:
    """Return the page, opened on the book's slide.

    Parameters
    ----------
    manifest
        The course; it holds the lesson that explains the page.
    claims
        The register, by claim id.
    """
    table = load_published(_TABLE)
    row = table[table["name"] == "disloyal"].iloc[0]
    high, low = float(row["hard"]), float(row["easy"])
    slide = autopsy(high / 100, low / 100)
    slots = {name: _slot(name, said) for name, said in slide.words.items()}
    writer = Writer(lambda claim_id: f"register.html#{claim_id}", claims)
    ids = [one.strip() for one in row["claims"].split(",")]
    quoted = {
        bar: Markup(writer.inline(f"{share:g}% [{one}]"))  # noqa: S704
        for bar, share, one in zip(("high", "low"), (high, low), ids, strict=True)
    }
    return whole_page(
        "autopsy.html",
        frame=frame_at(manifest, PAGE),
        one=f"{high:g}",
        other=f"{low:g}",
        quoted=quoted,
        slots=slots,
        sentence=Markup(SENTENCE).format(**slots),  # noqa: S704
        cuts=[_strip(cut, slide.words, slots) for cut in slide.cuts],
        questions=[
            {"asks": QUESTIONS[key], "why": Markup(why).format(**slots)}  # noqa: S704
            for key, why in REASONS.items()
        ],
        source=source_line([_TABLE]),
        lesson=Link(
            label=manifest.lesson(LESSON).title,
            href=f"{folder_of(LESSON)}/trainee.html",
        ),
        script=script("autopsy", "autopsy_page"),
    )


def _slot(name: str, said: str) -> Markup:
    """Return a number in a place that the script finds again."""
    return Markup('<span data-show="{}">{}</span>').format(name, said)


def _strip(
    cut: Cut, words: Mapping[str, str], slots: Mapping[str, Markup]
) -> dict[str, object]:
    """Return what is drawn and said for one cut-off."""
    edges, shares = 100 * cut.link.edges, [float(x) for x in 100 * cut.link.shares]
    counts = [f"{x:.0f}" if 0.95 < x < 99.05 else f"{x:.1f}" for x in shares]
    named = {key: slots[f"{cut.name}_{key}"] for key in ("link", "between_yes", "all")}
    between = words[f"{cut.name}_between"]
    return {
        **named,
        "name": cut.name,
        "left": f"{edges[1]:.3f}",
        "right": f"{edges[-2]:.3f}",
        "between_plain": _slot_in_picture(f"{cut.name}_between", between),
        "alt": "Five groups of customers, from one bar to the other. Of 100 in each, "
        f"{', '.join(counts[:4])} and {counts[4]} say so. The three between, {between} "
        "of 100 customers, are not on the slide.",
        "bars": [
            {
                "left": f"{left:.3f}",
                "width": f"{right - left:.3f}",
                "middle": f"{(left + right) / 2:.3f}",
                "top": f"{_FOOT - _HIGH * share / 100:.1f}",
                "height": f"{_HIGH * share / 100:.1f}",
                "label_y": f"{_FOOT - _ABOVE - _HIGH * share / 100:.1f}",
                "said": said,
                "end": place in (0, len(shares) - 1),
            }
            for place, (left, right, share, said) in enumerate(
                zip(edges, edges[1:], shares, counts, strict=False)
            )
        ],
    }


def _slot_in_picture(name: str, said: str) -> Markup:
    return Markup('<tspan data-show="{}">{}</tspan>').format(name, escape(said))
