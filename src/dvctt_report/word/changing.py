"""A document opened by python-docx, which changes and saves it; what is to be changed was read by ours."""

from __future__ import annotations

import io
from typing import Any

from dvctt_report.word.source import Refused, Source

_UNUSUAL = (
    "Tệp không phải .docx thông thường, không ghi được bản sao",
    "Mở tệp bằng Word, chọn “Lưu thành”, loại “Word Document (*.docx)” rồi chạy lại.",
)


def open_to_change(source: Source) -> tuple[Any, dict[Any, Any]]:
    """python-docx's document, and its element for each of those that were read of ``source``.

    Raises Refused for a package that is none of an ordinary .docx (Strict, with macros).
    """
    from docx import Document

    try:
        document = Document(io.BytesIO(source.data))
    except (KeyError, ValueError) as fault:
        raise Refused(*_UNUSUAL) from fault
    theirs: dict[Any, Any] = {}
    for part in document.part.package.iter_parts():
        root = source.trees.get(part.partname.lstrip("/").lower())
        if root is not None and hasattr(part, "element"):
            theirs |= zip(root.iter("*"), part.element.iter("*"), strict=True)
    return document, theirs


def saved(document: Any) -> bytes:
    """The bytes of the document as it stands now."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
