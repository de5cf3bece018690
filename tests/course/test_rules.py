"""Each house rule holds for a small good lesson, and goes red when it is broken.

The table SPOILT breaks one thing at a time; a rule without a line there is an error.
"""

import copy
from dataclasses import replace

import nbformat
import pytest

from cxlab.course import rules
from cxlab.course.expected import Expected
from cxlab.course.glossary import Term
from cxlab.course.manifest import PROFILES, Book, Lesson, Manifest, Part, Route
from cxlab.course.rules import cells as cell_rules
from cxlab.course.rules.base import findings
from cxlab.course.stability import Stability
from cxlab.datasets import Column, Dataset
from cxlab.register import Claim

NAME = "10_effort"
KNOBS = """\
n: int = 2000  # customers in the sample [100 .. 100000]
seed: int = 1  # where chance begins [0 .. 9999]"""
PROSE = "Two shares are shown, and what lies between them is not. " * 15
SPEECH = "from cxlab.lesson import check, claim, predict, predicted, record, say, show"
CHECK = """\
near = {half: "That is half of it.", 2 * odds: "That is twice."}
check("ID", NAME, expect=odds, near_misses=near, hint="Count again.")"""
SHOW = """\
words = "Disloyalty climbs step by step over five fifths of customers."
show(table, alt=words, data="world")"""
CLAIM = """\
verdict = "holds" if odds > 1 else "overstated"
found, because = f"Odds of {odds:.1f}.", "They are above one."
claim("E13", verdict=verdict, found=found, because=because, evidence="arithmetic")"""


NOTE = """\
Ask: "Who stands between the two bars?" Let the silence work.

Wrong answer to expect: 10, the ratio of the shares.

If you are short of time, show the picture alone."""


def md(cell_id, source, *tags):
    return cell(nbformat.v4.new_markdown_cell, cell_id, source, tags)


def code(cell_id, source, *tags):
    made = cell(nbformat.v4.new_code_cell, cell_id, source, tags)
    if "check" in tags:
        made.metadata["jupyter"] = {"source_hidden": True}
    return made


def cell(make, cell_id, source, tags):
    return make(source, id=cell_id, metadata={"tags": list(tags)} if tags else {})


def exercise(name):
    return [
        md(f"{name}-question", f"**Your turn.** Put it in `{name}`.", "exercise"),
        code(f"{name}-start", f"{name} = None", "exercise"),
        code(f"{name}-answer", f"{name} = odds", "solution"),
        code(f"{name}-check", CHECK.replace("ID", name).replace("NAME", name), "check"),
    ]


def good_notebook():
    """Build a lesson that keeps every rule, with one thing of each kind in it."""
    cells = [
        md("title", f"# A small lesson\n\n{PROSE}"),
        code("knobs", KNOBS, "parameters"),
        md("guess", "## What would you say before you look?\n\nGuess the odds."),
        code("words", f"{SPEECH}\n\npredict('odds', None)".replace("'", '"')),
        md("slide", "## The slide leaves the middle out\n\nIt says 96% [E13]."),
        code("draw", "import numpy as np\n\nrng = np.random.default_rng([seed, 1])"),
        code("odds", 'odds = record("odds", 16 + rng.normal(), "ratio")'),
        md(
            "read", "The odds are far apart, and *the middle* is not told to us at all."
        ),
        code("said", 'say("Odds of {odds:.1f}, you said {guess}.", odds=odds)'),
        md("note", NOTE, "facilitator"),
        md("look", "### Look at all five of them"),
        code("picture", f'table = predicted("odds")\n{SHOW}'),
        *exercise("first"),
        *exercise("second"),
        *exercise("third"),
        md("verdict", "## What is left of the claim\n\nOne claim, and its verdict."),
        code("claimed", CLAIM),
    ]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
    metadata = {"kernelspec": {**kernel, "language": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def good_course():
    """Build the rest of a course of this one lesson."""
    lesson = Lesson(
        name=NAME,
        title="A small lesson",
        part=2,
        teach=30,
        practise=10,
        books=("effort",),
        needs=(),
        teaches=("odds",),
        claims=("E13",),
        data=("world",),
        outcome="You can read a slide.",
        decision="What to ask first.",
        room="Draw five bars.",
        fast={"n": 500},
    )
    manifest = Manifest(
        title="A course",
        sentence="It has one lesson.",
        books={"effort": Book(key="effort", title="T", authors="A", year=2013)},
        parts={2: Part(number=2, title="Effort")},
        routes={"core": Route(name="core", title="C", says="All.", lessons=(NAME,))},
        lessons={NAME: lesson},
    )
    claim = Claim(
        id="E13",
        book="effort",
        says="Effort makes customers disloyal.",
        figure="96%",
        numbers=(96.0, 97000.0),
        source="A book, ch. 1",
        status="verified",
        tested="Arithmetic.",
        lesson=NAME,
        answer="Extremes matter.",
    )
    world = Dataset(
        name="world",
        title="A world",
        label="GENERATED",
        origin="cxlab.simulate",
        citation="Made by this course.",
        licence="MIT",
        rows=None,
        columns=(Column(name="effort", unit="points", meaning="effort"),),
        invented="everything",
    )
    term = Term(
        key="odds",
        term="odds",
        definition="A ratio.",
        russian="шансы",
        function="cxlab.results.tidy",
    )
    return rules.Course(
        manifest=manifest,
        claims={"E13": claim},
        datasets={"world": world},
        glossary=(term,),
        notebooks=(NAME,),
        expected=(NAME,),
        held={NAME: held()},
        texts={"README.md": "# cxlab\n\nA course."},
    )


def held(*, verdict="overstated", times=20, claim="E13"):
    """Give what the lesson is held to: one verdict, and how often it came out."""
    one = Stability(verdict="overstated", times=times, runs=20, draws=True)
    verdicts = {profile: {"E13": verdict} for profile in PROFILES}
    return Expected(lesson=NAME, results={}, verdicts=verdicts, stability={claim: one})


class Work:
    """A lesson and its course, to be spoilt."""

    def __init__(self):
        self.notebook = good_notebook()
        self.course = good_course()

    def cell(self, cell_id):
        return next(c for c in self.notebook.cells if c.id == cell_id)

    def put(self, cell_id, source):
        """Give a cell another source."""
        self.cell(cell_id).source = source

    def add(self, new, *, after):
        position = [c.id for c in self.notebook.cells].index(after)
        self.notebook.cells.insert(position + 1, new)

    def drop(self, *cell_ids):
        kept = [c for c in self.notebook.cells if c.id not in cell_ids]
        self.notebook.cells = kept

    def swap(self, cell_id, old, new):
        assert old in self.cell(cell_id).source
        self.put(cell_id, self.cell(cell_id).source.replace(old, new))

    def entry(self, **changes):
        """Change the lesson's entry in the manifest."""
        lessons = {NAME: replace(self.course.manifest.lessons[NAME], **changes)}
        self.change(manifest=replace(self.course.manifest, lessons=lessons))

    def change(self, **changes):
        self.course = replace(self.course, **changes)

    def claim(self, **changes):
        row = replace(self.course.claims["E13"], **changes)
        self.change(claims={row.id: row})

    def table(self, **changes):
        row = replace(self.course.datasets["world"], **changes)
        self.change(datasets={"world": row})

    def found(self):
        """Give every finding, of the lesson and of the course."""
        found = rules.check_lesson(NAME, self.notebook, self.course)
        return found + findings(rules.COURSE_RULES, self.course, where="course")


@pytest.fixture
def work():
    return Work()


def names_of(found):
    return {finding.rule for finding in found}


def set_metadata(cell_id, key, value):
    def spoil(work):
        work.cell(cell_id).metadata[key] = value

    return spoil


def rename(cell_id, new):
    def spoil(work):
        work.cell(cell_id).id = new

    return spoil


def put(cell_id, source):
    return lambda work: work.put(cell_id, source)


def swap(cell_id, old, new):
    return lambda work: work.swap(cell_id, old, new)


def says(text):
    """Let the lesson say something in markdown."""
    return put("read", text)


def run_once(work):
    work.cell("odds").execution_count = 3


def another_kernel(work):
    work.notebook.metadata.kernelspec.name = "conda-env"


def without_ids(work):
    del work.notebook.cells[0]["id"]


def markdown_tagged(work):
    work.cell("note").metadata["tags"] = []
    work.cell("said").metadata["tags"] = ["facilitator"]


def one_exercise_less(work):
    work.drop("third-question", "third-start", "third-answer", "third-check")


def three_exercises_more(work):
    for name in ("fourth", "fifth", "sixth"):
        for new in reversed(exercise(name)):
            work.add(new, after="third-check")


def a_third_cell_in_a_row(work):
    work.add(code("again", "odds"), after="odds")


def draws_in_a_new_section(work):
    work.put("read", SECTION)
    work.put("said", "rng.normal()")


def a_note_that_alone_keeps_code_apart(work):
    """In the trainee's edition the note is gone, and three cells meet."""
    work.drop("read")
    work.add(md("aside", "Ask them.", "facilitator"), after="odds")


def a_note_that_holds_a_heading(work):
    work.put("note", "## What happens in the room\n")
    work.put("slide", "It says 96% [E13].")
    work.put("guess", "Guess the odds.")


def a_random_function(work):
    lines = "\n".join(f"    x = {i}" for i in range(6))
    work.put("said", f"def long(x):\n{lines}\n    return x")


def a_solution_that_draws(work):
    work.put("first-answer", "first = odds + rng.normal()")
    work.add(code("later", "rng.normal()"), after="first-check")


def unlisted(**changes):
    return lambda work: work.entry(**changes)


def course(**changes):
    return lambda work: work.change(**changes)


def claim(**changes):
    return lambda work: work.claim(**changes)


def table(**changes):
    return lambda work: work.table(**changes)


def term(**changes):
    def spoil(work):
        [was] = work.course.glossary
        work.change(glossary=(replace(was, **changes),))

    return spoil


def call_course(work):
    work.add(code("up", "from cxlab.course import run"), after="read")


TABLE = "|a|b|\n|---|---|\n|1|2|\n\n"
SECTION = "## Another world draws anew\n\nAnother section, another stream of chance."

# rule, how it is broken, and what the finding says
SPOILT = [
    ("RoomIsReady", swap("note", "Wrong", "Another"), 'holds "Wrong answer to expect'),
    ("RoomIsReady", swap("note", "?", "."), "no note holds a question to the room"),
    ("ValidNotebook", without_ids, "'id' is a required"),
    ("PythonKernel", another_kernel, "its kernel is 'conda-env'"),
    ("NothingRun", run_once, "an output or a count"),
    ("NothingRun", set_metadata("odds", "ExecuteTime", {}), "holds ExecuteTime"),
    ("SpeakingIds", rename("odds", "read"), "two cells have this id"),
    ("SpeakingIds", rename("odds", "3f2a9c1d"), "this id says nothing"),
    ("SpeakingIds", rename("odds", "Odds_by_hand"), "this id says nothing"),
    ("KnownTags", set_metadata("odds", "tags", ["hide"]), "unknown tag hide"),
    ("KnownTags", set_metadata("odds", "tags", ["check", "solution"]), "both check"),
    ("FacilitatorNotes", markdown_tagged, "it is a code cell"),
    ("OneTitle", put("title", "Good morning."), "it has no h1"),
    ("OneTitle", says("# Another title"), "a second h1"),
    ("HeadingsInMarkdown", says("<h2>A heading in html</h2>"), "a heading in html"),
    ("HeadingsInMarkdown", says("A heading\n---------"), "by underlining"),
    ("NoSkippedLevel", says("#### Four levels down it goes"), "h4"),
    ("NoSkippedLevel", a_note_that_holds_a_heading, "h3"),
    ("HeadingsSaySomething", says("### Results"), "'Results' is a label"),
    ("HeadingsSaySomething", says("### What the slide says:"), "ends in a mark"),
    ("ImagesFromHere", says("![logo](https://a.org/b.png)"), "a picture"),
    ("NoMachinePath", put("said", 'say("/home/me/x.csv")'), "it names /home/"),
    ("Formatted", put("said", "say( 'x' )"), "otherwise"),
    ("Formatted", put("said", "say("), "ruff cannot read"),
    ("ShortCells", put("said", "\n".join(f"x = {i}" for i in range(7))), "7 lines"),
    ("NotThreeInARow", a_third_cell_in_a_row, "the third code cell"),
    ("NotThreeInARow", a_note_that_alone_keeps_code_apart, "the third code cell"),
    ("EnoughProse", says(" ".join(["word"] * 900)), "words a line"),
    ("EnoughProse", put("title", "# A small lesson"), "words a line"),
    ("ReadsAsPython", put("said", "%matplotlib inline"), "not read as Python"),
    ("NoCourseImport", call_course, "imports cxlab.course"),
    ("ShortFunctions", a_random_function, "long has 8 lines"),
    ("NoGlobalRandom", put("said", "np.random.seed(1)"), "np.random.seed"),
    ("NoGlobalRandom", put("said", "import random"), "imports random"),
    ("NoGlobalRandom", put("said", "table.sample(3)"), ".sample() without"),
    ("OwnSeeds", swap("draw", "[seed, 1]", "7"), "not [seed, k]"),
    ("OwnSeeds", put("said", "np.random.default_rng([seed, 1])"), "that of draw"),
    ("OwnGenerators", draws_in_a_new_section, "rng of another section"),
    ("OwnGenerators", a_solution_that_draws, "that a solution has used"),
    ("NamedResults", put("said", 'record("odds", odds)'), "recorded twice"),
    ("NamedResults", put("said", 'record("half", 8.5)'), "typed in"),
    ("GuessFirst", put("words", SPEECH), "asks for no guess"),
    ("GuessFirst", swap("picture", '"odds"', '"other"'), "never compared"),
    ("ExercisesWhole", lambda w: w.drop("first-answer"), "it lacks a solution"),
    ("ExercisesWhole", lambda w: w.drop("first-check"), "it lacks a check"),
    ("ExercisesWhole", lambda w: w.drop("first-start"), "it lacks a starter"),
    ("ThreeToFive", one_exercise_less, "it has 2"),
    ("ThreeToFive", three_exercises_more, "it has 6"),
    ("QuestionsAreShort", put("first-question", "How many?"), "does not begin"),
    (
        "QuestionsAreShort",
        put("first-question", "**Your turn.** One. Two. Three. Four."),
        "4 sentences",
    ),
    ("AnswersAreNamed", put("first-start", "first = 3"), "no starter leaves first"),
    ("AnswersAreNamed", put("first-answer", "other = odds"), "no solution gives first"),
    (
        "ChecksAreCollapsed",
        set_metadata("first-check", "jupyter", {}),
        "not collapsed",
    ),
    ("ChecksAreCollapsed", put("said", 'check("x", odds)'), "is not tagged"),
    ("ChecksAreCollapsed", put("first-check", "odds"), "calls check 0 times"),
    ("ChecksAreFair", swap("first-check", "expect=odds", "expect=16"), "typed in"),
    (
        "ChecksAreFair",
        swap("first-check", "near_misses=near", "tol=1"),
        "no near_misses",
    ),
    ("ChecksAreFair", swap("first-check", '"first"', '"second"'), "text of its own"),
    (
        "ChecksAreFair",
        swap("first-check", "That is twice.", "That is half of it."),
        "share a",
    ),
    (
        "VerdictsAreComputed",
        swap("claimed", '"holds" if odds > 1 else "overstated"', '"holds"'),
        "'holds' is typed in",
    ),
    (
        "VerdictsAreComputed",
        swap("claimed", "odds > 1", "True"),
        "'holds' is typed in",
    ),
    ("VerdictsAreComputed", swap("claimed", '"holds"', '"proved"'), "is no verdict"),
    ("VerdictsAreComputed", swap("claimed", '"arithmetic"', '"sums"'), "of evidence"),
    ("VerdictsAreComputed", swap("claimed", ", because=because", ""), "no because"),
    ("ClaimsAgree", unlisted(claims=()), "judged here and not in course.toml"),
    ("ClaimsAgree", claim(lesson=""), "judged here and not in claims.toml"),
    ("ClaimsAgree", put("claimed", "odds"), "in course.toml and not judged here"),
    ("ShownWithSource", swap("picture", ', data="world"', ""), "without data"),
    ("ShownWithSource", put("said", "plt.show()"), "with show, which has no alt"),
    (
        "AltTextsSaySomething",
        swap("picture", "Disloyalty climbs", "A chart of what climbs"),
        "begins with what it is",
    ),
    (
        "AltTextsSaySomething",
        swap("picture", "step by step over five fifths of customers.", ""),
        "is no sentence",
    ),
    ("TypedTablesAreLabelled", says(TABLE), "without its label"),
    ("TypedTablesAreLabelled", says(TABLE + "*FAKE. A world.*"), "without its label"),
    ("TypedTablesAreLabelled", says(TABLE + "*REAL. A world.*"), "without its label"),
    ("TablesAreListed", swap("picture", '"world"', '"mobi"'), "not in the registry"),
    ("TablesAreListed", put("said", "load_mobi()"), "mobi is not in the registry"),
    ("TablesAreListed", put("said", 'own_table("contacts", path)'), "company is not"),
    (
        "TablesAreListed",
        put("said", 'own = own_table("contacts")\nshow(a, alt="A", data=own)'),
        "company is not in the registry",
    ),
    ("TablesAreListed", unlisted(data=()), "world is not in course.toml"),
    ("TablesAreListed", unlisted(data=("world", "mobi")), "not used here"),
    ("QuotesAreRegistered", says("It says so [E99]."), "E99 is not in"),
    ("QuotesAreRegistered", put("said", 'say("It says so [E99].")'), "E99 is not in"),
    ("QuotesAreRegistered", claim(status="memory"), "known from memory"),
    ("QuotesAreExact", says("It says 69% [E13]."), "69 [E13], which allows"),
    ("QuotesAreExact", says("### It says that 69% [E13]"), "69 [E13]"),
    ("QuotesAreExact", put("said", 'say("Not 69% [E13].")'), "69 [E13]"),
    (
        "QuotesAreExact",
        swap("first-check", "That is half of it.", "That is 69% [E13]."),
        "69 [E13]",
    ),
    ("NoTypedResults", says("We found 42% of them."), "'42%' is typed into markdown"),
    ("NoTypedResults", says("Odds of 16.5 are high."), "'16.5' is typed into markdown"),
    ("NoTypedResults", put("said", 'say("It is .42")'), "typed into say(template)"),
    ("NoTypedResults", swap("claimed", "{odds:.1f}", "1.6"), "into claim(found)"),
    ("MoneyIsEscaped", says("from $5 to $10"), "an amount in dollars"),
    ("MoneyIsEscaped", put("said", 'say("${odds}", odds=odds)'), "an amount"),
    ("MoneyIsEscaped", says("a $ sign"), "without its partner"),
    ("PlainWords", says("It is simply so."), "it says 'simply'"),
    ("PlainWords", says("It is so!"), "an exclamation mark"),
    ("PlainWords", put("said", 'say("Well done 🎉")'), "an emoji"),
    ("PlainWords", put("said", 'say(start() + "it is simply so")'), "says 'simply'"),
    ("PlainWords", put("said", 'say("{a} so", a="It is simply")'), "says 'simply'"),
    (
        "PlainWords",
        swap("first-check", "2 * odds:", "1: 'simply'} | {2:"),
        "says 'simply'",
    ),
    ("PlainWords", swap("first-check", "Count", "Just count"), "it says 'Just'"),
    ("TwoNamesNeverOne", says("The S" + "PC has seven boxes."), "it says S"),
    ("KnobsFirst", lambda w: w.drop("knobs"), "no cell is tagged"),
    ("KnobsFirst", lambda w: w.add(code("early", "1"), after="title"), "not the first"),
    ("KnobsSpeak", swap("knobs", " [100 .. 100000]", ""), "needs its range"),
    ("KnobsSpeak", swap("knobs", "seed: int", "start: int"), "there is no seed"),
    ("KnobsSpeak", swap("knobs", "where", "type: where"), "papermill reads 'seed'"),
    ("KnobsSpeak", swap("knobs", "n: int", "# a comment\nn: int"), "is no knob"),
    ("FastProfile", unlisted(fast={"m": 5}), "no parameter 'm'"),
    ("FastProfile", unlisted(fast={"n": 5}), "outside 100 .. 100000"),
    ("FastProfile", unlisted(fast={"seed": 5}), "changes the seed"),
    ("TitleAsListed", unlisted(title="Another"), "is listed as 'Another'"),
    ("VerdictsStand", course(held={NAME: held(times=19)}), "in 19 of 20 runs, and no"),
    ("VerdictsStand", course(held={NAME: held(verdict="open")}), "overstated in 20 of"),
    ("VerdictsStand", course(held={NAME: held(claim="E14")}), "E13 was never counted"),
    ("VerdictsStand", course(held={NAME: held(claim="E14")}), "kept of E14, which is"),
    ("LessonsAreListed", course(expected=()), "expected/10_effort.toml is not there"),
    ("LessonsAreListed", course(notebooks=(NAME, "11_x")), "11_x is not in course"),
    ("LessonsAreListed", course(notebooks=()), "10_effort.ipynb is not there"),
    ("EntriesAreComplete", unlisted(room=""), "room is empty"),
    ("EntriesAreComplete", unlisted(teach=0), "teach is no number"),
    ("EntriesAreComplete", unlisted(part=9), "there is no part 9"),
    ("EntriesAreComplete", unlisted(needs=(NAME,)), "does not come before it"),
    ("RegisterIsComplete", claim(answer=""), "answer is empty"),
    ("RegisterIsComplete", claim(status="memory"), "status 'memory'"),
    ("RegisterIsComplete", claim(status="partly"), "half seen, and yet"),
    ("RegisterIsComplete", claim(book="other"), "there is no book other"),
    ("TablesAreLabelled", table(label="FAKE"), "label 'FAKE'"),
    ("TablesAreLabelled", table(invented=""), "what is invented is not said"),
    ("TablesAreLabelled", table(label="REAL", rows=9), "it is real and has no file"),
    ("GlossaryHolds", term(russian=""), "russian is empty"),
    ("GlossaryHolds", term(function="cxlab.results.gone"), "no function cxlab.results"),
    ("PlainTexts", course(texts={"README.md": "Unlock it"}), "README.md: it says"),
]


def test_a_good_lesson_keeps_every_rule(work):
    assert [str(finding) for finding in work.found()] == []


@pytest.mark.parametrize(
    ("rule", "spoil", "said"),
    SPOILT,
    ids=[f"{rule}-{number}" for number, (rule, *_rest) in enumerate(SPOILT)],
)
def test_a_rule_that_is_broken_goes_red(rule, spoil, said, work):
    spoil(work)
    found = [str(finding) for finding in work.found() if finding.rule == rule]
    assert any(said in text for text in found), found


def test_every_rule_has_been_seen_to_fail():
    kinds = {type(rule) for rule in (*rules.LESSON_RULES, *rules.COURSE_RULES)}
    assert {kind.__name__ for kind in kinds} == {rule for rule, *_rest in SPOILT}


def test_every_rule_says_itself_and_its_advice_in_words_of_its_own():
    every = (*rules.LESSON_RULES, *rules.COURSE_RULES)
    said = [rule.says() for rule in every]
    assert len(set(said)) == len(every)
    assert all(text.endswith(".") for text in said)
    assert not any("for every place" in rule.advice() for rule in every)


def test_a_rule_comes_after_those_that_it_requires():
    for chosen in (rules.LESSON_RULES, rules.COURSE_RULES):
        seen = set()
        for rule in chosen:
            assert seen >= set(rule.requires), rule
            seen.add(type(rule))


def test_a_rule_keeps_quiet_where_one_that_it_requires_is_broken(work):
    """One missing bracket is one finding, not one for each rule that reads code."""
    work.put("said", "say(")
    assert names_of(work.found()) == {"Formatted", "ReadsAsPython"}


def test_a_finding_says_where_what_and_what_to_do(work):
    work.put("read", "We found 42% of them.")
    [finding] = work.found()
    assert str(finding).startswith(
        "10_effort, cell read: '42%' is typed into markdown [NoTypedResults]\n"
        "    Say a result with"
    )


# --- what must be allowed -------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The level is `0.96` by definition, or $p = 0.96$.",
        "A 95% interval is drawn; so is a 90 percent bootstrap interval.",
        "Of 97,000 customers 96% [E13] say so.",
        "It says 96% of 97,000 [E13].",
        "In 2013, on page 3, a book said 96% [E13].",
        "About three quarters [E13] say so.",
        "See [the paper](https://doi.org/10.1037/0033.78) for more.",
        "It costs \\$5, and $x^2$ is not money.",
        "```\n5% is code here, from $5 to $10, simply!\n```",
        "The years 1997 to 2013, 12 paths and 250 customers.",
        "An unjust verdict is not a just-in-time one.",
        "A formula `a != b` is no exclamation.",
    ],
)
def test_what_is_given_defined_or_quoted_may_stand_in_markdown(text, work):
    work.put("read", f"{text} And so on, in a few more words of prose.")
    assert [str(finding) for finding in work.found()] == []


def test_a_question_may_give_numbers(work):
    work.put("first-question", "**Your turn.** The slide says 96% against 9%.")
    assert work.found() == []


def test_a_hint_may_recall_a_number_that_its_exercise_gave(work):
    work.put("first-start", "odds * 0.9\nfirst = None")
    work.swap("first-check", "That is half of it.", "Change 0.9 in the line.")
    assert work.found() == []
    work.swap("second-check", "That is half of it.", "Change 0.9 in the line.")
    assert [f.cell for f in work.found()] == ["second-check"]


def test_an_alt_text_may_join_two_that_are_computed(work):
    work.swap("picture", "step by step over five fifths of customers.", "{x}")
    work.swap("picture", 'words = "', 'words = f"')
    assert work.found() == []


def test_a_question_may_have_three_sentences_and_a_heading_of_its_own(work):
    title = "### How far apart are the odds?"
    asked = f"{title}\n\n**Your turn: odds.** One. Is it 1.5 or 2? Put it in `first`."
    work.put("first-question", asked)
    assert work.found() == []


@pytest.mark.parametrize("verdict", ["open", "misquoted", "cannot be tested here"])
def test_three_verdicts_may_be_typed(verdict, work):
    work.swap("claimed", '"holds" if odds > 1 else "overstated"', f'"{verdict}"')
    assert work.found() == []


@pytest.mark.parametrize(
    "verdict",
    [
        "verdict_on(odds)",
        '{True: "holds", False: "overstated"}[odds > 1]',
        '"holds" if odds > 1 else "open"',
    ],
)
def test_a_verdict_may_be_computed_in_any_way(verdict, work):
    work.swap("claimed", '"holds" if odds > 1 else "overstated"', verdict)
    assert work.found() == []


def test_a_verdict_that_is_the_same_either_way_is_typed(work):
    work.swap("claimed", '"overstated"', '"holds"')
    assert names_of(work.found()) == {"VerdictsAreComputed"}


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ('verdict = "holds"', True),
        ('verdict, kinds = "holds", "arithmetic"', True),
        ('verdict: str = "holds"', True),
        ('verdict = ("open", "holds")[1]', True),
        ('verdict = ("open", "holds")[odds > 1]', False),
        ('verdict = "open"\nif odds > 1:\n    verdict = "holds"', False),
    ],
)
def test_a_verdict_is_followed_to_where_it_was_given(code, typed, work):
    """A name used for three claims must not hide that one of them was typed in."""
    last = CLAIM.splitlines()[2]
    work.put("claimed", f'{code}\nfound = because = "It is."\n{last}')
    assert names_of(work.found()) == ({"VerdictsAreComputed"} if typed else set())


def test_a_text_that_is_lengthened_is_read_as_a_whole(work):
    work.put("said", 'text = "It says 96% "\ntext = text + "[E13]."\nsay(text)')
    assert work.found() == []
    work.put("said", 'text = "It says 96"\ntext += "% of all. Yes."\nsay(text)')
    assert names_of(work.found()) == {"NoTypedResults"}


def test_a_verdict_may_waver_where_the_lesson_tells_of_the_seed(work):
    work.change(held={NAME: held(times=12)})
    says("Turn the seed, and at some seeds the verdict is another.")(work)
    assert work.found() == []


def test_a_table_may_be_typed_with_its_label(work):
    work.put("read", TABLE + "*GENERATED. A world. Two rows of it, by hand.*")
    assert work.found() == []


def test_alt_texts_may_be_computed(work):
    work.put(
        "picture", 'table = predicted("odds")\nshow(table, alt=told(), data="world")'
    )
    assert work.found() == []


def test_six_lines_are_allowed_and_parameters_may_have_more(work):
    work.put("said", "\n".join(f"x = {i}" for i in range(6)))
    more = [f"k{i}: int = 1  # knob [0 .. 9]" for i in range(8)]
    work.put("knobs", "\n".join([KNOBS, *more]))
    assert "ShortCells" not in names_of(work.found())


def test_an_exercise_counts_as_one_cell_with_a_solution_of_many(work):
    work.add(code("more", "second = first", "solution"), after="first-answer")
    work.add(md("why", "Odds are not shares.", "solution"), after="first-answer")
    work.add(code("next", "odds"), after="first-check")
    assert work.found() == []
    work.add(code("after", "odds"), after="next")
    assert names_of(work.found()) == {"NotThreeInARow"}


def test_a_new_section_may_draw_from_its_own_generator(work):
    work.put("read", SECTION)
    work.put("said", "rng = np.random.default_rng([seed, 2])\nrng.normal()")
    assert work.found() == []


def test_a_function_that_is_given_an_rng_draws_from_that(work):
    work.put("read", SECTION)
    work.put("said", "draw = lambda rng: rng.normal()")
    assert "OwnGenerators" not in names_of(work.found())


def test_a_solution_may_draw_if_nobody_draws_after_it(work):
    work.put("first-answer", "first = odds + rng.normal()")
    assert work.found() == []


def test_the_rules_change_nothing_in_a_lesson(work):
    before = copy.deepcopy(work.notebook)
    work.found()
    assert work.notebook == before


def test_without_ruff_the_remedy_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ruff", None)
    with pytest.raises(FileNotFoundError, match="pip install -r requirements"):
        cell_rules.formatted("{}", "some_lesson")


def test_a_notebook_is_validated_before_anything_is_read_from_it(work):
    del work.notebook.cells[0]["id"]
    found = rules.check_lesson(NAME, work.notebook, work.course)
    assert names_of(found) == {"ValidNotebook"}
