"""A Word package from nothing, or a copy of one that python-docx changes or gives comments.

python-docx' default template carries a part that validators reject, so documents of our own start from here.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from dvctt_report.text.opening import parse_toml, read_text
from dvctt_report.text.resources import PACKAGE
from dvctt_report.word.nd30 import COMPONENTS, FONT, LANGUAGE, twips
from dvctt_report.word.source import Refused, Source
from dvctt_report.word.tree import AUTHOR, DECLARATIONS
from dvctt_report.word.xml import PAGE_FIELD, TEMPLATES, escape, paragraph

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_GREY = "7F7F7F"
_STAMP = (1980, 1, 1, 0, 0, 0)
HEADERS = (
    '<w:headerReference w:type="default" r:id="rIdPage"/><w:headerReference w:type="first" r:id="rIdFirst"/>'
)
MARK = b"dvctt-report: ban co ghi chu"
"""Stands in the package of a copy as it was written; whoever saves it drops it."""
_POINTS = 10
_UNUSUAL = (
    "Tệp không phải .docx thông thường, không ghi được bản sao",
    "Mở tệp bằng Word, chọn “Lưu thành”, loại “Word Document (*.docx)” rồi chạy lại.",
)


def write_package(body: str, title: str, author: str) -> bytes:
    """Return the bytes of a .docx whose document holds ``body`` (its last element a sectPr).

    What is the same in every package, and how the rest is put around, stands in ``parts.toml``.
    """
    filled_in = {"font": FONT, "language": LANGUAGE, "title": escape(title), "author": escape(author)}
    filled_in["styles"] = ""
    for c in COMPONENTS:
        built_in, first = c.outline is not None, "hanging" if c.first_indent < 0 else "firstLine"
        looks = ("<w:b/><w:bCs/>" if c.bold else "") + ("<w:i/><w:iCs/>" if c.italic else "")
        filled_in["styles"] += TEMPLATES["style"].format(
            custom="" if built_in else ' w:customStyle="1"',
            id=c.style_id,
            name=c.style,
            keep=("<w:keepNext/>" if c.keep_next else "") + ("<w:keepLines/>" if c.keep_lines else ""),
            frame=TEMPLATES["frame"] if c.frame else "",
            before=round(c.before * 20),
            after=round(c.after * 20),
            line=round(c.line * 240),
            left=twips(c.left_indent),
            right=f' w:right="{twips(c.right_indent)}"' if c.right_indent else "",
            first=f'{first}="{twips(abs(c.first_indent))}"',
            align=c.align,
            level=f'<w:outlineLvl w:val="{c.outline}"/>' if built_in else "",
            looks=looks + (f'<w:color w:val="{_GREY}"/>' if c.grey else ""),
            size=round(c.size * 2),
        )
    parts = {
        "word/document.xml": f"<w:document {DECLARATIONS}><w:body>{body}</w:body></w:document>",
        "word/header1.xml": f"<w:hdr {DECLARATIONS}>{paragraph('page_number', PAGE_FIELD)}</w:hdr>",
        "word/header2.xml": f"<w:hdr {DECLARATIONS}>{paragraph('page_number')}</w:hdr>",
    }
    for name, text in parse_toml(read_text(PACKAGE / "word" / "parts.toml")).items():
        parts[name] = re.sub(r"\{(\w+)\}", lambda place: filled_in[place[1]], text.replace("\n", ""))
    return pack({name: (_XML + content).encode() for name, content in parts.items()})


def pack(parts: dict[str, bytes]) -> bytes:
    """Zip ``parts`` so that the same parts give the same bytes: fixed order, fixed time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda n: (n != "[Content_Types].xml", n)):
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            package.writestr(info, parts[name])
    return buffer.getvalue()


def with_comments(source: Source, notes: Sequence[tuple[Any, list[str]]], author: str = AUTHOR) -> bytes:
    """The document's bytes with a comment of these lines at each paragraph. Raises as ``open_to_change``."""
    from docx.shared import Pt
    from docx.text.paragraph import Paragraph

    document, theirs = open_to_change(source)
    initials = "".join(word[0].upper() for word in author.split())
    for element, lines in notes:
        paragraph = Paragraph(theirs[element], document._body)
        comment = document.add_comment(paragraph.runs or [paragraph.add_run()], "", author, initials)
        for n, line in enumerate(lines):
            written = comment.paragraphs[0] if n == 0 else comment.add_paragraph()
            written.add_run(line).font.size = Pt(_POINTS)
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer, "a") as package:
        package.comment = MARK
    return buffer.getvalue()


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
