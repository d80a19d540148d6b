"""What a template may say: names, conditions and loops, nothing that computes without bound.

Refused before anything is filled, so that an edited template costs time in proportion to what it prints, on
every machine: a loop within a loop goes over a part of the outer one's entry, and nothing is called.
"""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes
from jinja2.exceptions import SecurityError

_COMMANDS = (
    nodes.Call,
    nodes.Include,
    nodes.Import,
    nodes.FromImport,
    nodes.Extends,
    nodes.Block,
    nodes.Macro,
    nodes.CallBlock,
    nodes.Assign,
    nodes.AssignBlock,
)
_CASES = frozenset(("upper", "lower", "capitalize", "title", "trim"))
_FILTERS = _CASES | {"first", "last", "length", "count", "join", "default", "d", "replace", "e", "escape"}
_MOST_COLUMNS = 100


class NotAllowed(SecurityError):
    """A tag that no template may hold; ``words`` are those that stand in it."""

    def __init__(self, said: str, node: nodes.Node) -> None:
        super().__init__(said)
        self.said = said
        self.words = tuple(dict.fromkeys(_words(node)))


def check_language(tree: nodes.Node, within: str | None = None) -> Iterator[NotAllowed]:
    """Yield what a template may not say; ``within`` is the variable of the loop around ``tree``."""
    for node in tree.iter_child_nodes():
        if fault := _fault(node, within):
            yield NotAllowed(fault, node)
        elif isinstance(node, nodes.For):
            yield from check_language(nodes.Output([node.iter]), within)
            inner = node.target.name if isinstance(node.target, nodes.Name) else ""
            for child in (*node.body, *node.else_):
                yield from check_language(nodes.Template([child]), inner)
        else:
            yield from check_language(node, within)


def _fault(node: nodes.Node, within: str | None) -> str:
    if isinstance(node, _COMMANDS) or (isinstance(node, nodes.Filter) and node.name not in _FILTERS):
        return "thẻ chỉ được ghi tên nội dung, không được ghi lệnh"
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        return "thẻ chỉ được ghi tên nội dung, không được ghi lệnh"
    if isinstance(node, nodes.BinExpr) and not isinstance(node, nodes.And | nodes.Or):
        return "" if _is_width(node) else "thẻ không được ghi phép tính"
    if isinstance(node, nodes.For):
        if node.recursive or node.test is not None:
            return "vòng lặp chỉ được ghi dạng {% for … in … %}"
        if within is not None and _root(node.iter) != within:
            return "vòng lặp bên trong phải lặp một phần của vòng lặp bên ngoài"
    return ""


def _is_width(node: nodes.BinExpr) -> bool:
    """Whether it is what docxtpl makes of a cell that is merged over the columns of a loop."""
    sides = (node.left, node.right)
    return isinstance(node, nodes.Mul) and all(
        (isinstance(side, nodes.Const) and isinstance(side.value, int) and side.value <= _MOST_COLUMNS**2)
        or (isinstance(side, nodes.Getattr) and _root(side) == "loop")
        for side in sides
    )


def _root(node: nodes.Node) -> str:
    while isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Filter):
        if node.node is None:
            return ""
        node = node.node
    return node.name if isinstance(node, nodes.Name) else ""


def _words(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.For):
        yield from _words(node.iter)
        return
    if isinstance(node, nodes.Name | nodes.Filter):
        yield node.name
    if isinstance(node, nodes.Getattr):
        yield node.attr
    for child in node.iter_child_nodes():
        yield from _words(child)
