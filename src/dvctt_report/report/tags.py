"""What a template asks of the context, what it may not do, and in which paragraph it goes wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from dvctt_report.errors import CannotRun
from dvctt_report.report.template_language import NotAllowed, check_language

_SHOWN = 60
"""Characters that are shown of a paragraph too deep to be read."""


class TooDeep(TemplateSyntaxError):
    """Brackets or tags stand in one another deeper than can be read."""

    def __init__(self) -> None:
        super().__init__("nested too deep", 1)


@dataclass(frozen=True, slots=True)
class Tags:
    """The names a template uses, and those it asks of entries; ``computes``: it compares or changes texts."""

    roots: frozenset[str]
    attributes: Mapping[str, frozenset[str]]
    computes: bool = False


def environment() -> SandboxedEnvironment:
    """Make the environment templates run in: nothing but the context's strings can be reached.

    Nothing is worked out before it is filled: Jinja looks for that at every depth of a tag over its whole
    depth again (a tag with two hundred filters took seconds), and there is nothing in a template of Word.
    """
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, optimized=False)


def check_paragraphs(template: Path, texts: Iterable[str]) -> None:
    """Refuse a tag that is not closed in its paragraph, and text beside a tag that would delete it."""
    for text in texts:
        for what, fix in paragraph_faults(text):
            raise CannotRun(f"Tệp mẫu “{template}”, đoạn “{text.strip()}”: {what}.", fix)


_BLOCK = re.compile(r"\{%(?:p|tr)\s.*?%\}")


def paragraph_faults(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the tags of a paragraph by itself, and what to do."""
    blocks = [found[0] for found in _BLOCK.finditer(text)]
    if text.count("{{") != text.count("}}") or text.count("{%") != text.count("%}"):
        yield "thẻ mở mà không đóng trong đoạn", "Gõ đủ {{ … }} hoặc {% … %} trong một đoạn."
    elif len(blocks) > 1:
        yield f"{len(blocks)} thẻ lệnh đứng chung một đoạn", "Đặt mỗi thẻ ở một đoạn riêng."
    elif blocks and text.replace(blocks[0], "", 1).strip():
        what = f"thẻ {blocks[0]} đứng chung với chữ khác, chữ đó sẽ bị mất"
        yield what, "Đặt thẻ ở một đoạn riêng."


def read_tags(tree: nodes.Template) -> Tags:
    """Read which names a parsed template uses."""
    reading = _Reading()
    reading.read(tree, {})
    attributes = {root: frozenset(names) for root, names in reading.used.items()}
    return Tags(frozenset(reading.roots - reading.assigned), attributes, reading.computes)


_COMPUTING = (nodes.Compare, nodes.Filter, nodes.Test, nodes.BinExpr, nodes.Concat, nodes.Getitem)
_CHOOSING = (nodes.And, nodes.Or)
"""Whether a block is there, or one text or another: nothing is changed."""


class _Reading:
    """Walks a template once; loop variables are followed back to the field of the context they run over."""

    def __init__(self) -> None:
        self.roots: set[str] = set()
        self.assigned: set[str] = set()
        self.used: dict[str, set[str]] = defaultdict(set)
        self.computes = False

    def read(self, node: nodes.Node, scope: Mapping[str, str]) -> None:
        match node:
            case nodes.TemplateData():
                return
            case nodes.Name(name=name, ctx=ctx):
                if name not in scope:
                    (self.roots if ctx == "load" else self.assigned).add(name)
            case nodes.Getattr(node=inner, attr=attr):
                self.used[_root(inner, scope)].add(attr)
            case nodes.For(target=nodes.Name(name=name), iter=entries):
                self.read(entries, scope)
                scope = {**scope, name: _root(entries, scope)}
            case _ if isinstance(node, _COMPUTING) and not isinstance(node, _CHOOSING):
                self.computes = True
        for child in node.iter_child_nodes():
            self.read(child, scope)


def _root(node: nodes.Node, scope: Mapping[str, str]) -> str:
    while isinstance(node, nodes.Getattr):
        node = node.node
    return scope.get(node.name, node.name) if isinstance(node, nodes.Name) else ""


def explain_template_error(template: Path, error: TemplateError, texts: list[str]) -> CannotRun:
    """Say in which paragraph of the template the fault stands."""
    where, said = place_of(error, texts)
    place = f"đoạn “{where}”: " if where else ""
    return CannotRun(
        f"Tệp mẫu “{template}”, {place}{said}.",
        "Sửa đoạn này trong Word theo bảng tên thẻ của hướng dẫn, hoặc chép lại tệp mẫu gốc.",
    )


def place_of(error: TemplateError, texts: Iterable[str]) -> tuple[str, str]:
    """The paragraph at fault, as far as it can be told, and what is wrong with it."""
    texts = list(texts)
    names = re.findall(r"'([^']+)'", str(error))
    if isinstance(error, NotAllowed):
        tags = [text for text in texts if _has_tag(text)]
        where = _first(tags, lambda t: _is_at_fault(t, error)) or _first(tags, lambda t: _names(t, error))
        said = error.said
    elif isinstance(error, TooDeep):
        where = max(filter(_has_tag, texts), key=len, default="")[:_SHOWN]
        said = "thẻ có quá nhiều dấu ngoặc, vòng lặp hoặc điều kiện lồng nhau"
    elif isinstance(error, SecurityError):
        where = _first(texts, lambda t: bool(re.search(r"\{[{%][^}]*(\._|\()", t)))
        said = "thẻ chỉ được ghi tên nội dung, không được ghi lệnh"
    elif isinstance(error, TemplateSyntaxError):
        where = _out_of_turn(texts) or _first(texts, lambda t: any(n in t for n in names))
        said = "thẻ viết sai, hoặc vòng lặp mở mà không đóng"
    else:
        wrong = names[-1] if names else ""
        where = _first(texts, lambda t: _has_tag(t) and bool(re.search(rf"\b{re.escape(wrong)}\b", t)))
        said = f"không có nội dung nào mang tên “{wrong}”"
    return " ".join(where.split()), said


def _is_at_fault(text: str, error: NotAllowed) -> bool:
    """Whether the tags of that paragraph alone, if they are whole, have the fault."""
    try:
        return any(fault.said == error.said for fault in check_language(environment().parse(text)))
    except TemplateError:
        return False


def _names(text: str, error: NotAllowed) -> bool:
    return all(word in text for word in error.words)


def _out_of_turn(texts: Iterable[str]) -> str:
    """The paragraph whose condition or loop nothing closes, or that closes none; "" where all are in turn."""
    opened: list[tuple[str, str]] = []
    for text in texts:
        for closes, word in _TURNS.findall(text):
            if not closes:
                opened.append((word, text))
            elif not opened or opened.pop()[0] != word:
                return text
    return opened[-1][1] if opened else ""


_TURNS = re.compile(r"\{%(?:tr|tc|p|r)?-?\s*(end)?(if|for)\b")


def _first(texts: Iterable[str], fits: Callable[[str], bool]) -> str:
    return next((text for text in texts if fits(text)), "")


def _has_tag(text: str) -> bool:
    return "{{" in text or "{%" in text
