"""Looking through the code of the program by its syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_LISTS = ("body", "orelse", "finalbody", "handlers", "cases")
"""Where statements stand in what isn't a part of one."""


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """Yield whatever stands below ``node`` as a statement, in whichever block: a tenth of all nodes."""
    for name in _LISTS:
        for inner in getattr(node, name, ()):
            yield inner
            yield from statements(inner)
