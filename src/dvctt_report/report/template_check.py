"""Look a template over as an officer edited it: every fault with the paragraph it stands in.

What tags there are, and what each of their entries has, is read off the classes of the report's context, so
that list and report can't differ.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints

from jinja2 import TemplateError, nodes

from dvctt_report.errors import CannotRun
from dvctt_report.report.context import Body
from dvctt_report.report.head import Head
from dvctt_report.report.tags import explain_template_error, paragraph_faults, place_of
from dvctt_report.report.tail import Tail
from dvctt_report.report.word_template import WordTemplate

Kind: TypeAlias = Any
"""What a tag holds: ``str``, ``tuple[str, ...]``, or a tuple of one of the context's classes."""

_ANY_TAG = re.compile(r"\{[{%][^{}]*\}?\}")


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """A fault: the text of the paragraph where it stands, what is wrong, what to do."""

    paragraph: str
    what: str
    fix: str

    @property
    def said(self) -> str:
        """Place and fault in one sentence; what is no paragraph's has no place."""
        place = f"đoạn “{self.paragraph}”: " if self.paragraph else ""
        return f"{place}{self.what}"


def tags_of() -> dict[str, Kind]:
    """Return every tag of the report by name, in the order of the report, with what it holds."""
    return {**_fields(Head), "notice": tuple[str, ...], **_fields(Body), **_fields(Tail)}


def entries_of(kind: Kind) -> dict[str, Kind]:
    """Return what an entry of a list holds, by the name after the dot; empty for plain texts."""
    inner = _entry(kind) or kind
    return _fields(inner) if isinstance(inner, type) and is_dataclass(inner) else {}


def check_template(path: Path) -> tuple[TemplateFault, ...]:
    """Every fault of a template in the order of paragraphs. Raises CannotRun where it is no Word document."""
    template = WordTemplate(path)
    outside = tuple(TemplateFault("", what, fix) for what, fix in template.outside)
    texts = template.texts
    faults = [TemplateFault(" ".join(t.split()), *fault) for t in texts for fault in paragraph_faults(t)]
    if faults:
        return (*outside, *faults)  # a tag left open moves all that comes after it
    try:
        trees = [template.tree, *template.margins]
    except TemplateError as error:
        return (*outside, _explained(path, error, texts))
    unknown = dict.fromkeys(fault for tree in trees for fault in _unknown(tree, tags_of()))
    faults = [TemplateFault(_paragraph_with(texts, name), what, fix) for name, what, fix in unknown]
    return (*outside, *faults, *(_trial(path) if not faults else ()))


def _trial(path: Path) -> Iterator[TemplateFault]:
    """Fill the template with words in place of what a report holds, then with as little as it may hold."""
    for n in (2, 0):
        values = {name: _sample(kind, n) for name, kind in tags_of().items()}
        template = WordTemplate(path)
        try:
            template.fill(values, {})
        except CannotRun as error:
            cause = error.__cause__
            yield (
                _explained(path, cause, template.texts)
                if isinstance(cause, TemplateError)
                else TemplateFault("", error.message.rstrip("."), error.fix)
            )
            return


def _explained(path: Path, error: TemplateError, texts: list[str]) -> TemplateFault:
    return TemplateFault(*place_of(error, texts), explain_template_error(path, error, texts).fix)


def _sample(kind: Kind, n: int) -> Any:
    """Something of that kind: words for a text, ``n`` entries for a list."""
    if (entry := _entry(kind)) is not None:
        return tuple(_sample(entry, n) for _ in range(n))
    if isinstance(kind, type) and is_dataclass(kind):
        return SimpleNamespace(**{name: _sample(inner, n) for name, inner in _fields(kind).items()})
    return "chữ" if n else ""


def unused_tags(path: Path) -> tuple[str, ...]:
    """Return the tags that the template doesn't use: what they hold will not stand in the report."""
    used = {node.name for node in WordTemplate(path).tree.find_all(nodes.Name)}
    return tuple(name for name in tags_of() if name not in used)


def _entry(kind: Kind) -> Kind:
    """What one entry of a list is; None for what is no list."""
    origin: object = get_origin(kind)
    return get_args(kind)[0] if origin is tuple else None


def _fields(kind: type) -> dict[str, Kind]:
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind)}


def _unknown(node: nodes.Node, scope: Mapping[str, Kind]) -> Iterator[tuple[str, str, str]]:
    """Yield each name that nothing goes by: the name, what is wrong, what was perhaps meant."""
    if isinstance(node, nodes.For):
        yield from _unknown(node.iter, scope)
        kind = _kind(node.iter, scope)
        target = {node.target.name: _entry(kind)} if isinstance(node.target, nodes.Name) else {}
        if kind is str:
            yield _name_of(node.iter), "chỉ là một đoạn chữ, không lặp được", "Ghi {{ … }} thay cho vòng lặp."
        for child in (*node.body, *node.else_):
            yield from _unknown(child, {**scope, **target, "loop": None})
        return
    if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in scope:
        yield node.name, f"không có nội dung nào mang tên “{node.name}”", _meant(node.name, scope)
    if isinstance(node, nodes.Getattr):
        kind = _kind(node.node, scope)
        known = entries_of(kind) if isinstance(kind, type) else {}
        if kind is not None and node.attr not in known:
            what = f"“{_name_of(node.node)}” không có phần nào tên “{node.attr}”"
            yield node.attr, what, _meant(node.attr, known)
    for child in node.iter_child_nodes():
        yield from _unknown(child, scope)


def _kind(node: nodes.Node, scope: Mapping[str, Kind]) -> Kind:
    """What an expression holds; None where that isn't known."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name)
    if isinstance(node, nodes.Getattr):
        kind = _kind(node.node, scope)
        return entries_of(kind).get(node.attr) if isinstance(kind, type) else None
    return None


def _name_of(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_name_of(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else ""


def _meant(name: str, known: Mapping[str, Kind]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        return f"Có phải là “{near[0]}”? Xem bảng tên thẻ."
    return "Xem bảng tên thẻ, hoặc chép lại tệp mẫu gốc."


def _paragraph_with(texts: list[str], name: str) -> str:
    word = re.compile(rf"\b{re.escape(name)}\b")
    for text in texts:
        if any(word.search(tag) for tag in _ANY_TAG.findall(text)):
            return " ".join(text.split())
    return ""
