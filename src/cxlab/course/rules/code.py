"""Rules on the code of a lesson: plain Python, short, and seeded section by section."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cxlab.course.notebooks import cell_headings, tags
from cxlab.course.rules.base import LessonRule, Problem, Source, argument, parsed

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class ReadsAsPython(LessonRule):
    """Code cells are plain Python, without magics or shell commands."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Say it in Python, or leave it out: a lesson runs in any kernel of Python."""
        for cell in lesson.of_kind("code"):
            if parsed(cell.source) is None:
                yield Problem(says="it does not read as Python", cell=cell.id)


class NoCourseImport(LessonRule):
    """Lessons never import cxlab.course: that floor is above them."""

    requires = (ReadsAsPython,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Import ideas from cxlab itself; the words of a lesson are in cxlab.lesson."""
        for cell, tree in lesson.trees:
            if any(name.startswith("cxlab.course") for name in _imported(tree)):
                yield Problem(says="it imports cxlab.course", cell=cell.id)


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


class ShortFunctions(LessonRule):
    """A function defined in a lesson has at most six lines."""

    requires = (ReadsAsPython,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Move it to src/cxlab, with a docstring and a test, and import it."""
        for cell, tree in lesson.trees:
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    lines = (node.end_lineno or node.lineno) - node.lineno + 1
                    if lines > 6:
                        says = f"{node.name} has {lines} lines"
                        yield Problem(says=says, cell=cell.id)


class NoGlobalRandom(LessonRule):
    """Chance comes from a seeded generator, never from a global one."""

    requires = (ReadsAsPython,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Draw from `rng = np.random.default_rng([seed, k])`, and pass `rng` on."""
        for cell, tree in lesson.trees:
            for node in ast.walk(tree):
                if says := _global_random(node):
                    yield Problem(says=says, cell=cell.id)


def _global_random(node: ast.AST) -> str:
    """Return how a node draws from a global generator; "" if it does not."""
    match node:
        case ast.Attribute(value=ast.Attribute(attr="random"), attr=name) if (
            name not in ("default_rng", "Generator")
        ):
            return f"it uses np.random.{name}"
        case ast.Import() | ast.ImportFrom():
            names = [n for n in _imported(node) if n.split(".")[0] == "random"]
            names += [n for n in _imported(node) if n.startswith("numpy.random")]
            return f"it imports {names[0]}" if names else ""
        case ast.Call(func=ast.Attribute(attr="rvs" | "sample" as name)):
            seeded = any(argument(node, one) for one in ("random_state", "rng"))
            return "" if seeded else f"it calls .{name}() without a generator"
    return ""


class OwnSeeds(LessonRule):
    """Every generator is made from the lesson's seed and a number k of its own."""

    requires = (ReadsAsPython,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Write `np.random.default_rng([seed, k])` with a k that no other cell has."""
        seen: dict[int, str] = {}
        for cell, call in lesson.calls("default_rng"):
            k = _stream(call)
            if k is None:
                yield Problem(says="its seed is not [seed, k]", cell=cell.id)
            elif k in seen:
                yield Problem(says=f"k = {k} is that of {seen[k]}", cell=cell.id)
            else:
                seen[k] = cell.id


def _stream(call: ast.Call) -> int | None:
    match call:
        case ast.Call(
            args=[ast.List(elts=[ast.Name(id="seed"), ast.Constant(value=int(k))])],
            keywords=[],
        ):
            return k
    return None


class OwnGenerators(LessonRule):
    """Every section that draws makes its own rng first, and in every edition alike."""

    requires = (ReadsAsPython,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Begin the section with `rng = np.random.default_rng([seed, k])`.

        A solution that draws leaves rng elsewhere than the trainee's: after it, the
        section must make its rng anew, or the editions show different numbers.
        """
        state = "of another section"
        for cell in lesson.cells:
            if any(heading.level <= 2 for heading in cell_headings(cell)):
                state = "of another section"
            if cell.cell_type != "code":
                continue
            use = _use_of_rng(cell.source)
            if use.before_made and state:
                yield Problem(says=f"it draws from the rng {state}", cell=cell.id)
            if use.made:
                state = ""
            if "solution" in tags(cell) and (use.made or use.before_made):
                state = "that a solution has used"


@dataclass(frozen=True, kw_only=True)
class _Use:
    made: bool  # the cell makes rng
    before_made: bool  # it reads rng that it has not made


def _use_of_rng(source: str) -> _Use:
    reads: list[tuple[int, int]] = []
    makes: list[tuple[int, int]] = []
    tree = parsed(source)
    for node in _outside_own_rng(tree) if tree else ():
        if isinstance(node, ast.Name) and node.id == "rng":
            made = isinstance(node.ctx, ast.Store)
            (makes if made else reads).append((node.lineno, node.col_offset))
    first = min(makes, default=(10**9, 0))
    return _Use(made=bool(makes), before_made=any(read < first for read in reads))


def _outside_own_rng(node: ast.AST) -> Iterator[ast.AST]:
    """Walk a tree, but not into functions that are given an rng of their own."""
    yield node
    for child in ast.iter_child_nodes(node):
        own = isinstance(child, _FUNCTIONS) and "rng" in {
            one.arg for one in (*child.args.args, *child.args.kwonlyargs)
        }
        if not own:
            yield from _outside_own_rng(child)


class NamedResults(LessonRule):
    """A recorded result has a name of its own and a value that is computed."""

    requires = (ReadsAsPython,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Name each result once, as in `record("odds_ratio", odds, "ratio")`."""
        seen: set[str] = set()
        for cell, call in lesson.calls("record"):
            name = argument(call, "name", 0)
            if isinstance(name, ast.Constant):
                if name.value in seen:
                    yield Problem(
                        says=f"{name.value!r} is recorded twice", cell=cell.id
                    )
                seen.add(str(name.value))
            if isinstance(argument(call, "value", 1), ast.Constant):
                yield Problem(says="its value is typed in", cell=cell.id)


class GuessFirst(LessonRule):
    """A lesson asks for a guess, and comes back to it."""

    requires = (ReadsAsPython,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Call `predict(id, None)` before the answer, and `predicted(id)` after it."""
        guesses = [_id(call) for _cell, call in lesson.calls("predict")]
        if not guesses:
            yield Problem(says="it asks for no guess")
        answered = {_id(call) for _cell, call in lesson.calls("predicted")}
        for guess in guesses:
            if guess not in answered:
                yield Problem(says=f"the guess {guess!r} is never compared")


def _id(call: ast.Call) -> str:
    node = argument(call, "prediction_id", 0)
    return str(node.value) if isinstance(node, ast.Constant) else ""
