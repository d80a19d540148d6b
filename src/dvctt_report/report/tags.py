"""What a template asks of the context, may not do or bring in, and in which paragraph it goes wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import SandboxedEnvironment

from dvctt_report.text.errors import CannotRun
from dvctt_report.word.source import Source
from dvctt_report.word.tree import W

_ALLOWED = (
    *(nodes.Template, nodes.Scope, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If),
    *(nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.CondExpr),
)
_FILTERS = ("upper", "lower", "capitalize", "title", "trim", "first", "last", "length", "count")
_MOST_COLUMNS = 10_000
_IN_ATTRIBUTE = re.compile(r'<w:\w+ [^<>]*="$')
_ONLY_NAMES = "thẻ chỉ được ghi tên nội dung, điều kiện, vòng lặp; không được ghi lệnh, phép tính"
_TOO_DEEP = "thẻ có quá nhiều dấu ngoặc, vòng lặp hoặc điều kiện lồng nhau"


class TooDeep(TemplateSyntaxError):
    """Brackets or tags stand in one another deeper than can be read."""


@dataclass(eq=False)
class NotAllowed(SecurityError):
    """A tag that no template may hold, in that line of it."""

    said: str
    line: int


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


def parse(source: str) -> nodes.Template:
    """Read a template that may name, choose and repeat, and nothing else. Raises TemplateError.

    So an edited template costs time in proportion to what it prints: a loop within a loop goes over a part
    of the outer one's entry, no filter makes a text longer, and nothing is called.
    """
    try:
        tree = environment().parse(source)
        _check_language(tree, None)
    except RecursionError:
        raise TooDeep("nested too deep", 1) from None
    return tree


def _check_language(node: nodes.Node, within: str | None, line: int = 1) -> None:
    """Raise NotAllowed for what a template may not say; ``within`` is the variable of the loop around it."""
    line = node.lineno or line
    if not _is_allowed(node):
        raise NotAllowed(_ONLY_NAMES, line)
    # What it prints or goes over; not the widths and colours that docxtpl sets in Word's XML
    told = [node.iter] if isinstance(node, nodes.For) else []
    before = ""
    for one in node.nodes if isinstance(node, nodes.Output) else ():
        if isinstance(one, nodes.TemplateData):
            before = one.data
        elif not _IN_ATTRIBUTE.search(before):
            told.append(one)
    if wrong := next((one for one in told if not _names_content(one)), None):
        raise NotAllowed(_ONLY_NAMES, wrong.lineno)
    inner = within
    if isinstance(node, nodes.For):
        if within is not None and _root(node.iter, {}) != within:
            raise NotAllowed("vòng lặp bên trong phải lặp một phần của vòng lặp bên ngoài", line)
        inner = node.target.name if isinstance(node.target, nodes.Name) else ""
    for child in node.iter_child_nodes():
        _check_language(child, inner, line)


def _is_allowed(node: nodes.Node) -> bool:
    match node:
        case nodes.Getattr(attr=attr):
            return not attr.startswith("_")
        case nodes.Getitem(arg=arg):
            return isinstance(arg, nodes.Const)
        case nodes.For(recursive=recursive, test=test):
            return not recursive and test is None
        case nodes.Filter(name=name, node=inner, args=args, kwargs=kwargs):
            return name in _FILTERS and not isinstance(inner, nodes.Filter) and not (args or kwargs)
        case nodes.Mul(left=left, right=right):  # what docxtpl makes of a cell that is merged over columns
            return all(
                isinstance(side.value, int) and side.value <= _MOST_COLUMNS
                if isinstance(side, nodes.Const)
                else isinstance(side, nodes.Getattr) and _root(side, {}) == "loop"
                for side in (left, right)
            )
    return isinstance(node, _ALLOWED)


def _names_content(told: nodes.Node) -> bool:
    """Whether it is a part of the context by its name, filtered or chosen: no text or number of its own."""
    match told:
        case nodes.Getattr(node=inner) | nodes.Getitem(node=inner) | nodes.Filter(node=nodes.Node() as inner):
            return _names_content(inner)
        case nodes.CondExpr(expr1=chosen, expr2=other):
            return _names_content(chosen) and (other is None or _names_content(other))
    return isinstance(told, nodes.Name)


_BLOCK = re.compile(r"\{%(?:p|tr)\s.*?%\}")


def paragraph_faults(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the tags of a paragraph by itself, and what to do."""
    blocks = [found[0] for found in _BLOCK.finditer(text)]
    if text.count("{{") != text.count("}}") or text.count("{%") != text.count("%}"):
        yield "thẻ mở mà không đóng trong đoạn", "Gõ đủ {{ … }} hoặc {% … %} trong một đoạn."
    elif len(blocks) > 1:
        yield f"{len(blocks)} thẻ lệnh đứng chung một đoạn", "Đặt mỗi thẻ ở một đoạn riêng."
    elif blocks and text.replace(blocks[0], "", 1).strip():
        yield f"thẻ {blocks[0]} đứng chung với chữ khác, chữ đó sẽ bị mất", "Đặt thẻ ở một đoạn riêng."


def read_tags(tree: nodes.Template) -> Tags:
    """Read which names a parsed template uses; a loop's variable stands for the field that it runs over."""
    used: dict[str, set[str]] = defaultdict(set)

    def read(node: nodes.Node, scope: Mapping[str, str]) -> None:
        if isinstance(node, nodes.Getattr):
            used[_root(node.node, scope)].add(node.attr)
        elif isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
            read(node.iter, scope)
            scope = {**scope, node.target.name: _root(node.iter, scope)}
        for child in node.iter_child_nodes():
            read(child, scope)

    read(tree, {})
    try:
        roots = frozenset(find_undeclared_variables(tree))
    except RecursionError:
        raise TooDeep("nested too deep", 1) from None
    attributes = {root: frozenset(names) for root, names in used.items()}
    computing = (nodes.Compare, nodes.Filter, nodes.Mul, nodes.Getitem)
    return Tags(roots, attributes, any(tree.find(kind) is not None for kind in computing))


def _root(node: nodes.Node, scope: Mapping[str, str]) -> str:
    while isinstance(node, nodes.Getattr):
        node = node.node
    return scope.get(node.name, node.name) if isinstance(node, nodes.Name) else ""


_KINDS = re.compile(r"\{([%{])(?:tr|tc|p|r)\b")
_CELLS = re.compile(r"\{%\s*(?:vm|hm|(?:cellbg|colspan)\s.*?)\s*%\}")


def explain_template_error(template: Path, error: TemplateError, texts: Iterable[str]) -> CannotRun:
    """Say in which paragraph of the template the fault stands."""
    where, said = place_of(error, texts)
    place = f"đoạn “{where}”: " if where else ""
    return CannotRun(
        f"Tệp mẫu “{template}”, {place}{said}.",
        "Sửa đoạn này trong Word theo bảng tên thẻ của hướng dẫn, hoặc chép lại tệp mẫu gốc.",
    )


def place_of(error: TemplateError, texts: Iterable[str]) -> tuple[str, str]:
    """The paragraph at fault, as far as it can be told, and what is wrong with it.

    The paragraphs are read once more, each as a line: what Jinja says of a line is then said of a paragraph.
    """
    lines = [" ".join(text.split()) for text in texts]
    if not isinstance(error, TemplateSyntaxError | SecurityError):
        *_, name = ("", *re.findall(r"'([^']+)'", str(error)))
        in_tag = re.compile(rf"\{{[{{%][^{{}}]*\b{re.escape(name)}\b")
        where = next((line for line in lines if in_tag.search(line)), "")
        return where, f"không có nội dung nào mang tên “{name}”"
    try:
        parse(_CELLS.sub("", _KINDS.sub(r"{\1", "\n".join(lines))))
    except TooDeep:
        return max((line for line in lines if "{" in line), key=len)[:60], _TOO_DEEP
    except NotAllowed as fault:
        return lines[fault.line - 1], fault.said
    except TemplateSyntaxError as fault:
        return lines[min(fault.lineno, len(lines)) - 1], "thẻ viết sai, hoặc vòng lặp mở mà không đóng"
    return "", "thẻ viết sai, hoặc vòng lặp mở mà không đóng"


_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_FIELD = re.compile(
    r"\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|MACROBUTTON|DATABASE|RD|CONTROL)\b",
    re.IGNORECASE,
)
_ACTING = ("vbaproject", "wordvbadata", "oleobject", "control", "activexcontrolbinary", "afchunk")
"""Kinds of relations by which Word runs, or takes in, what the part of whatever name holds."""
_ACTING_TYPES = re.compile(r"macroEnabled|vbaProject|activeX|oleObject", re.IGNORECASE)
_TYPES = "[content_types].xml"
_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_WHAT = {
    "attachedTemplate": "liên kết với tệp mẫu khác",
    "image": "ảnh lấy từ nơi khác khi mở",
    "oleObject": "đối tượng lấy từ nơi khác khi mở",
}
_TO_A_PAGE = re.compile(r"(?:https?|mailto):|#|[^:\\/]+\.(?:docx|xlsx|pdf)$", re.IGNORECASE)
"""Links that open a page, a mail, a place in the text or a document beside; any other may run something."""
_LINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)|(\S+))', re.IGNORECASE)
_SWITCHES = re.compile(r'\\(?:[lot]\s+(?:"[^"]*"|\S+)|[mn]\b)\s*', re.IGNORECASE)
_UNLINK = "Xóa liên kết này trong Word; nếu không thấy nó, chép nội dung sang một văn bản Word mới."
_COPY = "Chép nội dung sang một văn bản Word mới rồi lưu làm tệp mẫu."


def brought_in(source: Source) -> Iterator[tuple[str, str]]:
    """Yield what of a template reaches outside or acts, and what to do; a link to a web page does neither.

    A link is looked at whether the text shows it or not. Raises Refused where a part is damaged.
    """
    acting = "có mã lệnh hoặc đối tượng nhúng"
    for name in source.parts:
        if name == _TYPES:
            types: Any = source.tree(name)
            for one in types.iter("{*}Default", "{*}Override"):
                if _ACTING_TYPES.search(one.get("ContentType", "")):
                    yield f"{acting} ({one.get('PartName', '')})", _COPY
        elif name.endswith(".rels"):
            relations: Any = source.tree(name)
            for one in relations.iter(_RELATION):
                kind, target = one.get("Type", "").rpartition("/")[2], one.get("Target", "")
                if kind.lower() in _ACTING:
                    yield f"{acting} ({target[:80]})", _COPY
                elif kind == "hyperlink":
                    yield from _unsafe(target)
                elif one.get("TargetMode") == "External":
                    yield f"{_WHAT.get(kind, 'nội dung lấy từ nơi khác khi mở')} ({target[:80]})", _COPY
        elif name.startswith("word/") and name.endswith(".xml"):
            part: Any = source.tree(name)
            if next(part.iter(f"{W}mailMerge"), None) is not None:
                yield "trộn thư, lấy dữ liệu từ nơi khác khi mở", _COPY
            if next(part.iter(_OBJECT), None) is not None:
                yield "có đối tượng nhúng", _COPY
            told = [one.get(f"{W}instr", "") for one in part.iter(f"{W}fldSimple")]
            for paragraph in part.iter(f"{W}p"):
                said = ""
                for one in paragraph.iter(f"{W}fldChar", f"{W}instrText"):
                    if one.tag == f"{W}instrText":
                        said += one.text or ""
                    else:
                        told.append(said)
                        said = ""
                told.append(said)
            for instruction in told:
                if link := _LINK.match(_SWITCHES.sub("", instruction)):
                    yield from _unsafe(link[1] or link[2] or "")
                if found := _FIELD.match(instruction):
                    yield (
                        f"có trường {found[1].upper()}, lấy hoặc chạy thứ khác khi mở",
                        "Xóa trường này trong Word.",
                    )


def _unsafe(target: str) -> Iterator[tuple[str, str]]:
    """A link that leads elsewhere than to a page or a mail."""
    if not _TO_A_PAGE.match(target.strip()):
        yield f"liên kết không mở trang web mà mở tệp hoặc chạy lệnh ({target[:80]})", _UNLINK
