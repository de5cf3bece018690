"""The first cell of a lesson under test: our modules are read anew, and altered.

A test puts the text of this file before a lesson, and a call of ``alter`` after it.
What the warm process of the kernels has imported of ours is forgotten; what the lesson
then imports of ours passes through here: with one line planted, or with every function
noting that it was called. No file is touched, and nothing else is imported again.
"""

import ast
import builtins
import os
import sys
from importlib.machinery import PathFinder, SourceFileLoader


def alter(module=None, line="", changed=""):
    """Plant one line in one module, and have all others note what is called."""
    os.environ["CXLAB_UNSEEN"] = "1"  # nobody looks at what it draws
    builtins.called_in_this_lesson = set()
    for name in [name for name in sys.modules if is_ours(name)]:
        parent, _, child = name.rpartition(".")
        if parent == "cxlab":
            vars(sys.modules[parent]).pop(child, None)
        del sys.modules[name]

    class Loader(SourceFileLoader):
        def get_code(self, fullname):
            path = self.get_filename(fullname)
            text = self.get_data(path).decode()
            if module is None:
                return compile(noting(text, path), path, "exec")
            if path.replace("\\", "/").endswith(f"/cxlab/{module}"):
                assert line in text
                text = text.replace(line, changed)
            return compile(text, path, "exec", dont_inherit=True)

    class Finder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            if not is_ours(name):
                return None
            spec = PathFinder.find_spec(name, path, target)
            if spec is not None and spec.origin is not None:
                spec.loader = Loader(name, spec.origin)
            return spec

    sys.meta_path.insert(0, Finder)


def is_ours(name):
    """Say whether a lesson may import this; the course floor runs the kernel itself."""
    return name.startswith("cxlab.") and not name.startswith("cxlab.course")


def noting(text, path):
    """Return the code of a module whose every function notes that it was called."""
    tree = ast.parse(text)
    for node in list(ast.walk(tree)):
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            note = ast.parse(f"called_in_this_lesson.add(({path!r}, {first}))").body
            place = int(ast.get_docstring(node) is not None)
            node.body[place:place] = note
    return tree
