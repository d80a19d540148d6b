"""What a Word template would bring in from outside, or set going: a report must not carry it on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dvctt_report.word.source import Source

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
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
    for name in source.parts:
        if name == _TYPES:
            types: Any = source.tree(name)
            for one in types.iter("{*}Default", "{*}Override"):
                if _ACTING_TYPES.search(one.get("ContentType", "")):
                    yield f"có mã lệnh hoặc đối tượng nhúng ({one.get('PartName', '')})", _COPY
        elif name.endswith(".rels"):
            yield from _from_elsewhere(source.tree(name))
        elif name.startswith("word/") and name.endswith(".xml"):
            yield from _acting_fields(source.tree(name))


def _from_elsewhere(relations: Any) -> Iterator[tuple[str, str]]:
    for one in relations.iter(_RELATION):
        kind = one.get("Type", "").rpartition("/")[2]
        target = one.get("Target", "")
        if kind.lower() in _ACTING:
            yield f"có mã lệnh hoặc đối tượng nhúng ({target[:80]})", _COPY
        elif kind == "hyperlink":
            yield from _unsafe(target)
        elif one.get("TargetMode") == "External":
            yield f"{_WHAT.get(kind, 'nội dung lấy từ nơi khác khi mở')} ({target[:80]})", _COPY


def _unsafe(target: str) -> Iterator[tuple[str, str]]:
    """A link that leads elsewhere than to a page or a mail."""
    if not _TO_A_PAGE.match(target.strip()):
        yield f"liên kết không mở trang web mà mở tệp hoặc chạy lệnh ({target[:80]})", _UNLINK


def _acting_fields(part: Any) -> Iterator[tuple[str, str]]:
    if next(part.iter(f"{_W}mailMerge"), None) is not None:
        yield "trộn thư, lấy dữ liệu từ nơi khác khi mở", _COPY
    if next(part.iter(_OBJECT), None) is not None:
        yield "có đối tượng nhúng", _COPY
    told = [one.get(f"{_W}instr", "") for one in part.iter(f"{_W}fldSimple")]
    for paragraph in part.iter(f"{_W}p"):
        said = ""
        for one in paragraph.iter(f"{_W}fldChar", f"{_W}instrText"):
            if one.tag == f"{_W}instrText":
                said += one.text or ""
            else:
                told.append(said)
                said = ""
        told.append(said)
    for instruction in told:
        if link := _LINK.match(_SWITCHES.sub("", instruction)):
            yield from _unsafe(link[1] or link[2] or "")
        if found := _FIELD.match(instruction):
            yield f"có trường {found[1].upper()}, lấy hoặc chạy thứ khác khi mở", "Xóa trường này trong Word."
