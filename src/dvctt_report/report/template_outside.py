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
_ACTIVE = ("vbaproject.bin", "vbadata.xml", "/activex/", "oleobject", "/afchunk")
_WHAT = {
    "attachedTemplate": "liên kết với tệp mẫu khác",
    "image": "ảnh lấy từ nơi khác khi mở",
    "oleObject": "đối tượng lấy từ nơi khác khi mở",
}
_TO_A_PAGE = re.compile(r"(?:https?|mailto):|(?!\\\\|//)[^:]*$", re.IGNORECASE)
"""Links that open a page, a mail or a place beside; any other scheme runs something or opens a file."""
_LINK = re.compile(r'\s*HYPERLINK\s+"?([^"\s]+)', re.IGNORECASE)
_UNLINK = "Xóa liên kết này trong Word; nếu không thấy nó, chép nội dung sang một văn bản Word mới."
_COPY = "Chép nội dung sang một văn bản Word mới rồi lưu làm tệp mẫu."


def brought_in(source: Source) -> Iterator[tuple[str, str]]:
    """Yield what of a template reaches outside or acts, and what to do; a link to a web page does neither.

    A link is looked at whether the text shows it or not. Raises Refused where a part is damaged.
    """
    for name in source.parts:
        if any(mark in f"/{name}" for mark in _ACTIVE):
            yield f"có mã lệnh hoặc đối tượng nhúng ({name})", _COPY
        if name.endswith(".rels"):
            yield from _from_elsewhere(source.tree(name))
        elif name.startswith("word/") and name.endswith(".xml"):
            yield from _acting_fields(source.tree(name))


def _from_elsewhere(relations: Any) -> Iterator[tuple[str, str]]:
    for one in relations.iter(_RELATION):
        kind = one.get("Type", "").rpartition("/")[2]
        target = one.get("Target", "")
        if kind == "hyperlink":
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
        if link := _LINK.match(instruction):
            yield from _unsafe(link[1])
        if found := _FIELD.match(instruction):
            yield f"có trường {found[1].upper()}, lấy hoặc chạy thứ khác khi mở", "Xóa trường này trong Word."
