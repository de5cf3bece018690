"""Rules on figures: what is quoted is held to the register, what is found is computed.

A quoted figure is followed by its id in the register, as in ``96% [E13]``. A result is
said with ``say`` and ``{fields}``. Where a number is neither quoted nor found, but
given or defined, it stands in inline code, as in ```share / (1 - share)```.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cxlab.course.rules.base import LessonRule, Problem, Source
from cxlab.course.rules.exercises import exercises
from cxlab.course.rules.reading import Spoken, spoken, uncoded
from cxlab.register import Claim

ID = r"[A-Z]{1,6}-?\d{2,3}[a-z]?"
_QUOTE = re.compile(rf"\[({ID}(?:\s*[,;]\s*{ID})*)\]")
_NUMBER = re.compile(r"(?<![\w.])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\.\d+|\d+)")
_UNIT = re.compile(r"\s?(?:%|percent\b|per cent\b)")
# The level of an interval is a setting, and the only percentage said without a source.
_LEVEL = re.compile(
    r"\b(?:80|90|95|99)(?:%| percent)(?=[\s-](?:\w+[\s-]){0,2}(?:intervals?|limits?)\b)"
)
_END = re.compile(r"(?<=[.!?])\s+(?=\S)|\n\s*\n|\n(?=\s*[-*|#>])")


@dataclass(frozen=True, kw_only=True)
class Quote:
    """What stands before an id of the register, in its sentence."""

    ids: tuple[str, ...]
    before: str  # the text since the sentence began, or since the id before


def quotes(sentence: str) -> Iterator[Quote]:
    """Give the quotes of a sentence.

    Examples
    --------
    >>> [(q.before, q.ids) for q in quotes("From 96% [E13] to 9% [E14, E17].")]
    [('From 96% ', ('E13',)), (' to 9% ', ('E14', 'E17'))]
    """
    start = 0
    for found in _QUOTE.finditer(sentence):
        ids = tuple(re.findall(ID, found[1]))
        yield Quote(ids=ids, before=sentence[start : found.start()])
        start = found.end()


def numbers(text: str) -> list[float]:
    """Return the numbers of a text.

    Examples
    --------
    >>> numbers("97,000 customers, 10-20% of cost, .13, and E13 is an id")
    [97000.0, 10.0, 20.0, 0.13]
    """
    return [float(one.replace(",", "")) for one in _NUMBER.findall(text)]


def sentences_of(text: str) -> list[str]:
    """Split a text where a sentence, a paragraph, a row or an item of a list ends."""
    return _END.split(text)


def allowed(ids: Iterable[str], claims: Mapping[str, Claim]) -> set[float]:
    """Return the numbers that may be printed with these ids."""
    known = (claims[one] for one in ids if one in claims)
    return {abs(number) for claim in known for number in claim.numbers}


class QuotesAreRegistered(LessonRule):
    """An id that is quoted stands in the register of claims."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Correct the id. A figure known from memory only has none: do not print it."""
        claims = lesson.course.claims
        for said in spoken(lesson):
            for quote in quotes(said.visible):
                for one in quote.ids:
                    if one not in claims:
                        says = f"{one} is not in course/claims.toml"
                        yield Problem(says=says, cell=said.cell)
                    elif claims[one].status == "memory":
                        says = f"{one} is known from memory only"
                        yield Problem(says=says, cell=said.cell)


class QuotesAreExact(LessonRule):
    """A number that is quoted is one that its claim in the register allows."""

    requires = (QuotesAreRegistered,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Print the figure as claims.toml has it, right before its id, or use words."""
        for said in spoken(lesson):
            for sentence in sentences_of(said.visible):
                for quote in quotes(sentence):
                    printed = numbers(quote.before)[-1:]
                    may = allowed(quote.ids, lesson.course.claims)
                    if printed and printed[0] not in may:
                        ids = ", ".join(quote.ids)
                        listed = ", ".join(f"{x:g}" for x in sorted(may)) or "none"
                        says = f"{printed[0]:g} [{ids}], which allows {listed}"
                        yield Problem(says=says, cell=said.cell)


class NoTypedResults(LessonRule):
    """A percentage or a decimal is quoted with an id, computed, or given as code."""

    requires = (QuotesAreExact,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Say a result with `say("{x:.0%}", x=x)`; follow a figure of a book by its id.

        A number that is given or defined stands in `inline code`. Questions of
        exercises may give numbers freely, and their hints may recall those.
        """
        given = given_numbers(lesson)
        for said in spoken(lesson):
            if said.kind == "markdown" and "exercise" in said.tags:
                continue
            for sentence in sentences_of(said.visible):
                ids = [one for quote in quotes(sentence) for one in quote.ids]
                may = allowed(ids, lesson.course.claims) | given.get(said.cell, set())
                for typed in _typed(sentence, may):
                    says = f"{typed!r} is typed into {_place(said)}"
                    yield Problem(says=says, cell=said.cell)


def given_numbers(lesson: Source) -> dict[str, set[float]]:
    """Return the numbers that each check may recall: those its question has given."""
    return {
        cell.id: {
            number
            for part in (*exercise.of("q"), *exercise.of("s"))
            for number in numbers(part.source)
        }
        for exercise in exercises(lesson)
        for cell in exercise.of("k")
    }


def _typed(sentence: str, may: set[float]) -> Iterator[str]:
    """Give the percentages and decimals of a sentence, but for those it may say."""
    text = _LEVEL.sub("", _QUOTE.sub("", sentence))
    for found in _NUMBER.finditer(text):
        unit = _UNIT.match(text, found.end())
        number = float(found[0].replace(",", ""))
        if (unit or "." in found[0]) and number not in may:
            yield found[0] + (unit[0] if unit else "")


def _place(said: Spoken) -> str:
    return "markdown" if said.kind == "markdown" else f"{said.kind}({said.argument})"


class MoneyIsEscaped(LessonRule):
    """A dollar sign is mathematics unless it is escaped."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        r"""Write money as `\$5`; begin a formula with a letter or a brace."""
        for said in spoken(lesson):
            if said.kind == "show":
                continue  # alt texts are never read as markdown
            text = re.sub(r"\\\$", "", uncoded(said.text))
            money = re.search(r"(?<!\$)\$\s?(?:\d|\ufffc)", text)
            if money:
                yield Problem(says="an amount in dollars", cell=said.cell)
            elif text.count("$") % 2:
                yield Problem(says="a dollar sign without its partner", cell=said.cell)
