"""What a name of a lesson stands for: its code followed from cell to cell, unrun."""

import ast
import copy
from collections.abc import Iterator

Names = dict[str, list[ast.expr]]  # name -> the values that it may have


def after(tree: ast.Module, before: Names) -> Names:
    r"""Return what each name stands for once a cell has run.

    A name may be given one of several values, in the branches of an `if`. A text that
    is lengthened, as in `text = text + "more"`, stands for the whole.

    Examples
    --------
    >>> names = after(ast.parse("a = 'x'\na += 'y'\nif b:\n    a = 'z'"), {})
    >>> [ast.unparse(value) for value in names["a"]]
    ["'x' + 'y'", "'z'"]
    """
    names = dict(before)
    for statement in tree.body:
        top = isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign)
        for node in [statement] if top else ast.walk(statement):
            for name, value in _given(node):
                was = names.get(name, [])
                whole = _Lengthened(name, was).visit(copy.deepcopy(value))
                names[name] = [whole] if top else [*was, whole]
    return names


def _given(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Give (name, value) of an assignment."""
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from _pairs(target, value)
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            yield from _pairs(target, value)
        case ast.AugAssign(target=ast.Name(id=name), op=op, value=value):
            yield name, ast.BinOp(left=ast.Name(id=name), op=op, right=value)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """Give (name, value), also where several stand side by side."""
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, other in zip(target.elts, value.elts, strict=False):
            yield from _pairs(one, other)


class _Lengthened(ast.NodeTransformer):
    """Put what a name stood for in its place, where it is given anew from itself."""

    def __init__(self, name: str, before: list[ast.expr]) -> None:
        self.name, self.before = name, before

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.before[-1] if node.id == self.name and self.before else node
