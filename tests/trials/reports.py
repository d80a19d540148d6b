"""Edits that officers make to rendered documents by hand, and what ``check`` says of each.

Written by somebody who knows the guide and not the code of ``check``. Each edit was given its exit before
it was tried: 1 where a value that the manifest names was changed or stands at another row or owner, 3 for
any other edit of, loss from or addition to what was printed, and for a new number anywhere, 0 for what
the officer is to write himself, for typed blanks and for what a program changes by saving. Where the manifest
names a value but not at the edited place, 1 and 3 are both right.

    .venv/bin/python tests/trials/reports.py > tests/trials/reports.md      # some minutes
    .venv/bin/python tests/trials/reports.py --only 3,17 --show             # two of them, with what was said
"""

from __future__ import annotations

import argparse
import contextlib
import io
import itertools
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from docx import Document
from lxml import etree
from openpyxl import load_workbook

from dvctt_report.cli.door import main as dvctt_report

YEAR: Final = "2025"
AS_OF: Final = "20/11/2025 17:00"
ROOT: Final = Path(__file__).resolve().parents[2]

BODY: Final = "word/document.xml"
STYLES: Final = "word/styles.xml"
SETTINGS: Final = "word/settings.xml"
CHART: Final = "word/charts/bieu-do-1.xml"
PAGE_HEADER: Final = "word/header1.xml"
SPACES: Final = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
}
W: Final = f"{{{SPACES['w']}}}"
OFFICE: Final = SPACES["r"]
WORDML: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARED: Final = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
_NUMBERS: Final = itertools.count(901)


# --- a document under the pen ---------------------------------------------------------------------------


class Copy:
    """A rendered document opened for editing: its parts, the body of it as a tree."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with zipfile.ZipFile(path) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.before = dict(self.parts)
        self.root: Any = etree.fromstring(self.parts[BODY])
        self.before[BODY] = etree.tostring(self.root)
        self.afterwards: list[Callable[[Path], None]] = []

    @property
    def body(self) -> Any:
        return self.root.find(W + "body")

    def save(self) -> None:
        """Write the edited copy; an edit that changed nothing is a fault of this script."""
        self.parts[BODY] = etree.tostring(self.root)
        if self.parts == self.before and not self.afterwards:
            raise LookupError("the edit changed nothing")
        self.parts[BODY] = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        with zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        for program in self.afterwards:
            program(self.path)

    def paragraph(self, words: str, which: int | None = None) -> Any:
        """The paragraph that holds these words; ``which`` of them, where several do."""
        found = [p for p in self.root.iter(W + "p") if words in text_of(p)]
        if not found or (which is None and len(found) > 1):
            raise LookupError(f"{len(found)} paragraphs hold “{words}”")
        return found[which or 0]

    def table(self, head: str) -> Any:
        """The first table whose first row holds these words."""
        for table in self.root.iter(W + "tbl"):
            if head in text_of(table.find(W + "tr")):
                return table
        raise LookupError(f"no table is headed “{head}”")

    def row(self, head: str, name: str) -> Any:
        """The one row of such a table with a cell that is just this name."""
        found = [
            row
            for row in self.table(head).findall(W + "tr")
            if name in [text_of(cell) for cell in cells_of(row)]
        ]
        if len(found) != 1:
            raise LookupError(f"{len(found)} rows “{name}” below “{head}”")
        return found[0]

    def isolate(self, words: str, part: str, which: int | None = None) -> Any:
        """The run that holds just ``part``, of the paragraph with these words; what stood in it is split."""
        for run in self.paragraph(words, which).iter(W + "r"):
            for text in run.findall(W + "t"):
                if part in (text.text or ""):
                    return _split(run, text, part)
        raise LookupError(f"no run holds “{part}”")

    def substitute(self, part: str, old: str, new: str) -> None:
        """Replace text in a part of the file, once."""
        content = self.parts[part].decode()
        if old not in content:
            raise LookupError(f"{part} doesn't hold “{old}”")
        self.parts[part] = content.replace(old, new, 1).encode()

    def add(self, name: str, content: str | bytes, kind: str, relation: str, owner: str = BODY) -> str:
        """Put a part into the file, of a content type, told of by another part; gives the relation's id."""
        self.parts[name] = content.encode() if isinstance(content, str) else content
        self.substitute(
            "[Content_Types].xml",
            "</Types>",
            f'<Override PartName="/{name}" ContentType="{kind}"/></Types>',
        )
        folder, _, file = owner.rpartition("/")
        told = f"{folder}/_rels/{file}.rels"
        if told not in self.parts:
            empty = "http://schemas.openxmlformats.org/package/2006/relationships"
            self.parts[told] = f'<Relationships xmlns="{empty}"></Relationships>'.encode()
        identity = f"rIdTrial{len(self.parts)}"
        self.substitute(
            told,
            "</Relationships>",
            f'<Relationship Id="{identity}" Type="{relation}" Target="/{name}"/></Relationships>',
        )
        return identity


def text_of(node: Any) -> str:
    """The typed text below a node."""
    return "".join(text.text or "" for text in node.iter(W + "t"))


def cells_of(row: Any) -> list[Any]:
    cells: list[Any] = row.findall(W + "tc")
    return cells


def element(xml: str) -> Any:
    """An element written with the usual prefixes."""
    opening, separator, rest = xml.partition(">")
    if opening.endswith("/"):
        return etree.fromstring(f"{opening[:-1]} {_DECLARED}/>{rest}")
    return etree.fromstring(f"{opening} {_DECLARED}{separator}{rest}")


def run_of(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph_of(text: str, style: str = "NdBody") -> Any:
    return element(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run_of(text)}</w:p>')


def by(number: int | None = None) -> str:
    """Who changed or remarked something, when, under a number of its own."""
    own = next(_NUMBERS) if number is None else number
    return f'w:id="{own}" w:author="Trần Văn D" w:date="2025-11-21T08:00:00Z"'


def drop(node: Any) -> None:
    node.getparent().remove(node)


def properties_of(run: Any) -> Any:
    found = run.find(W + "rPr")
    if found is None:
        found = element("<w:rPr/>")
        run.insert(0, found)
    return found


_IN_ORDER: Final = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof",
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText",
    "vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange",
)
_ORDER: Final = [name for line in _IN_ORDER for name in line.split()]
"""The properties of a run, in the order they have to stand."""


def mark(properties: Any, xml: str) -> None:
    """Give a run, or the runs of a style, a property; one of the same kind goes."""
    given = element(xml)
    for held in properties.findall(given.tag):
        properties.remove(held)
    later = {W + name for name in _ORDER[_ORDER.index(etree.QName(given).localname) :]}
    for held in properties:
        if held.tag in later:
            held.addprevious(given)
            return
    properties.append(given)


def wrap(run: Any, xml: str) -> Any:
    """Put the run into the element of ``xml`` that is called ``w:inside``, in its place."""
    outer = element(xml)
    inside = outer.find(".//" + W + "inside")
    run.addprevious(outer)
    inside.addprevious(run)
    drop(inside)
    return outer


def _split(run: Any, text: Any, part: str) -> Any:
    whole = text.text
    at = whole.index(part)
    place = list(run).index(text)
    first, last = deepcopy(run), deepcopy(run)
    for child in list(first)[place + 1 :]:
        first.remove(child)
    first[place].text = whole[:at]
    for child in list(last)[:place]:
        if child.tag != W + "rPr":
            last.remove(child)
    last.find(W + "t").text = whole[at + len(part) :]
    for child in list(run):
        if child is not text and child.tag != W + "rPr":
            run.remove(child)
    text.text = part
    run.addprevious(first)
    run.addnext(last)
    for piece in (first, text.getparent(), last):
        for node in piece.iter(W + "t"):
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def replace_in(paragraph: Any, old: str, new: str) -> None:
    """Replace typed text, wherever its runs are parted; what is before and after stays in its runs."""
    texts = list(paragraph.iter(W + "t"))
    at = "".join(text.text or "" for text in texts).find(old)
    if at < 0:
        raise LookupError(f"“{old}” isn't there")
    end, start, put = at + len(old), 0, new
    for text in texts:
        held = text.text or ""
        low, high = max(at - start, 0), min(end - start, len(held))
        if low < high:
            text.text, put = held[:low] + put + held[high:], ""
        start += len(held)


# --- edits ----------------------------------------------------------------------------------------------

Edit = Callable[[Copy], None]


def change(words: str, old: str, new: str, which: int | None = None) -> Edit:
    """Type ``new`` over ``old`` in the paragraph with these words."""
    return lambda copy: replace_in(copy.paragraph(words, which), old, new)


def delete(words: str, which: int | None = None) -> Edit:
    """Take out the paragraph with these words."""
    return lambda copy: drop(copy.paragraph(words, which))


def insert(after: str, text: str, style: str = "NdBody") -> Edit:
    """Put a paragraph behind the one with these words."""
    return lambda copy: copy.paragraph(after).addnext(paragraph_of(text, style))


def set_cell(head: str, row: str, column: int, old: str, new: str) -> Edit:
    """Type over what a cell holds, all of it."""

    def edit(copy: Copy) -> None:
        cell = cells_of(copy.row(head, row))[column]
        if text_of(cell) != old:
            raise LookupError(f"the cell holds “{text_of(cell)}”")
        replace_in(cell, old, new)

    return edit


def swap_cells(head: str, one: tuple[str, int], other: tuple[str, int]) -> Edit:
    """Let two cells of a table change places."""

    def edit(copy: Copy) -> None:
        _swap(cells_of(copy.row(head, one[0]))[one[1]], cells_of(copy.row(head, other[0]))[other[1]])

    return edit


def _swap(one: Any, other: Any) -> None:
    held = [[child for child in cell if child.tag == W + "p"] for cell in (one, other)]
    for cell, children in ((other, held[0]), (one, held[1])):
        cell.extend(children)


def both(*edits: Edit) -> Edit:
    def edit(copy: Copy) -> None:
        for each in edits:
            each(copy)

    return edit


def dress(words: str, properties: str, which: int | None = None) -> Edit:
    """Give all runs of a paragraph these properties."""

    def edit(copy: Copy) -> None:
        for run in copy.paragraph(words, which).iter(W + "r"):
            mark(properties_of(run), properties)

    return edit


def exchange(text: str, part: str = BODY) -> Callable[[str], Edit]:
    """``exchange(old)(new)``: replace text of a part that isn't the body."""
    return lambda new: lambda copy: copy.substitute(part, text, new)


def _rows_between_groups(copy: Copy) -> None:
    head = "Ngày gửi"
    one, other = copy.row(head, "Sở Y tế"), copy.row(head, "UBND huyện Ninh Sơn")
    mark = element("<w:tr/>")
    one.addprevious(mark)
    other.addprevious(one)
    mark.addprevious(other)
    drop(mark)


def _duplicate_row(copy: Copy) -> None:
    row = copy.row("Trích yếu nội dung", "988/SXD-VP")
    row.addnext(deepcopy(row))


def _insert_row(copy: Copy) -> None:
    head = "Còn thiếu"
    row = copy.row(head, "14")
    added = deepcopy(row)
    words = ("15", "Hộ gia đình có tài khoản dịch vụ công", "100", "100", "412/412", "0", "Đạt")
    for cell, text in zip(cells_of(added), words, strict=True):
        replace_in(cell, text_of(cell), text)
    row.addnext(added)


def _columns_swapped(copy: Copy) -> None:
    for row in copy.table("truyền thông về dịch vụ công trực tuyến").findall(W + "tr")[3:]:
        cells = cells_of(row)
        _swap(cells[-8], cells[-7])


def _drop_last_annex(copy: Copy) -> None:
    for node in [copy.paragraph("VĂN BẢN CHỈ ĐẠO, TRIỂN KHAI").getprevious(), *_following(copy)]:
        drop(node)


def _following(copy: Copy) -> Iterator[Any]:
    node = copy.paragraph("VĂN BẢN CHỈ ĐẠO, TRIỂN KHAI")
    while node is not None and node.tag != W + "sectPr":
        yield node
        node = node.getnext()


def _move(words: str, before: str) -> Edit:
    return lambda copy: copy.paragraph(before).addprevious(copy.paragraph(words))


def _acting_dropped(copy: Copy) -> None:
    paragraph = copy.paragraph("KT. GIÁM ĐỐC")
    replace_in(paragraph, "KT. GIÁM ĐỐCPHÓ GIÁM ĐỐC", "GIÁM ĐỐC")
    drop(next(paragraph.iter(W + "br")))


def _type_into_header(copy: Copy) -> None:
    copy.substitute(PAGE_HEADER, "</w:p></w:hdr>", f"{run_of('  Đã hoàn thành 98%')}</w:p></w:hdr>")


def _strike_verdict(copy: Copy) -> None:
    cell = cells_of(copy.row("Còn thiếu", "10"))[6]
    for run in cell.iter(W + "r"):
        mark(properties_of(run), "<w:strike/>")
    next(cell.iter(W + "p")).append(element(run_of("Đạt")))


def _hide_style(copy: Copy) -> None:
    styles = etree.fromstring(copy.parts[STYLES])
    style = copy.paragraph("Kết luận tạm tính, chỉ đổi khi").find(f"{W}pPr/{W}pStyle").get(W + "val")
    (found,) = [each for each in styles.iter(W + "style") if each.get(W + "styleId") == style]
    mark(found.find(W + "rPr"), "<w:vanish/>")
    copy.parts[STYLES] = etree.tostring(styles)


def _text_box(copy: Copy) -> None:
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0"'
        ' distL="0" distR="0" simplePos="0" relativeHeight="9" behindDoc="0" locked="0" layoutInCell="1"'
        ' allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset>'
        '</wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:extent cx="2500000" cy="600000"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapSquare'
        ' wrapText="bothSides"/><wp:docPr id="77" name="Hộp chữ 1"/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2500000" cy="600000"/>'
        "</a:xfrm>"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent><w:p>'
        f"{run_of('Mọi chỉ tiêu của Kế hoạch đều đã hoàn thành.')}</w:p></w:txbxContent></wps:txbx>"
        "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        "</mc:AlternateContent></w:r>"
    )
    copy.paragraph("Kết quả nổi bật: người dân").append(element(box))


def _deleted(run: Any) -> None:
    for text in run.findall(W + "t"):
        text.tag = W + "delText"


def _tracked_figure(copy: Copy) -> None:
    run = copy.isolate("đã gửi báo cáo. Trong 15", "23/27")
    _deleted(run)
    wrap(run, f"<w:del {by()}><w:inside/></w:del>").addnext(
        element(f"<w:ins {by()}>{run_of('25/27')}</w:ins>")
    )


def _tracked_deletion(copy: Copy) -> None:
    paragraph = copy.paragraph("Trừ kết luận tạm tính")
    for run in list(paragraph.iter(W + "r")):
        _deleted(run)
        wrap(run, f"<w:del {by()}><w:inside/></w:del>")
    paragraph.find(W + "pPr").append(element(f"<w:rPr><w:del {by()}/></w:rPr>"))


def _comment(copy: Copy, text: str) -> None:
    said = run_of(text) if text else ""
    copy.add(
        "word/comments.xml",
        f'<w:comments {_DECLARED}><w:comment {by(1)} w:initials="D"><w:p>{said}</w:p></w:comment>'
        "</w:comments>",
        f"{WORDML}.comments+xml",
        f"{OFFICE}/comments",
    )
    run = copy.isolate("Tính đến 17 giờ 00", "85,2%")
    run.addprevious(element('<w:commentRangeStart w:id="1"/>'))
    run.addnext(element('<w:r><w:commentReference w:id="1"/></w:r>'))
    run.addnext(element('<w:commentRangeEnd w:id="1"/>'))


def _bar(copy: Copy) -> None:
    chart = copy.parts[CHART].decode()
    longest = re.findall(r"<c:v>(\d+\.\d+)</c:v>", chart)
    if "4.8" not in longest:
        raise LookupError("no bar is 4.8 long")
    copy.substitute(CHART, "<c:v>4.8</c:v>", "<c:v>0.1</c:v>")


def _merge_verdicts(copy: Copy) -> None:
    for row, kind in (("9", "restart"), ("10", "continue")):
        cell = cells_of(copy.row("Còn thiếu", row))[6]
        cell.find(W + "tcPr").append(element(f'<w:vMerge w:val="{kind}"/>'))


def _field(copy: Copy) -> None:
    run = copy.isolate("với tổng số 37 văn bản", "37")
    run.addprevious(element('<w:r><w:fldChar w:fldCharType="begin"/></w:r>'))
    run.addprevious(element('<w:r><w:instrText xml:space="preserve"> = 37 + 15 </w:instrText></w:r>'))
    run.addprevious(element('<w:r><w:fldChar w:fldCharType="separate"/></w:r>'))
    run.addnext(element('<w:r><w:fldChar w:fldCharType="end"/></w:r>'))


def _bound_control(copy: Copy) -> None:
    store, space = "{5B4F0C60-0000-4000-8000-000000000001}", "urn:so-lieu"
    copy.add(
        "customXml/item1.xml",
        f'<so xmlns="{space}"><van-ban>137</van-ban></so>',
        "application/xml",
        f"{OFFICE}/customXml",
    )
    copy.add(
        "customXml/itemProps1.xml",
        '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"'
        f' ds:itemID="{store}"><ds:schemaRefs><ds:schemaRef ds:uri="{space}"/></ds:schemaRefs>'
        "</ds:datastoreItem>",
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        f"{OFFICE}/customXmlProps",
        owner="customXml/item1.xml",
    )
    wrap(
        copy.isolate("với tổng số 37 văn bản", "37"),
        f'<w:sdt><w:sdtPr><w:id w:val="7"/><w:dataBinding w:prefixMappings="xmlns:s=\'{space}\'"'
        f' w:xpath="/s:so[1]/s:van-ban[1]" w:storeItemID="{store}"/><w:text/></w:sdtPr>'
        "<w:sdtContent><w:inside/></w:sdtContent></w:sdt>",
    )


def _numbered_claim(copy: Copy) -> None:
    copy.add(
        "word/numbering.xml",
        f'<w:numbering {_DECLARED}><w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="singleLevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:suff w:val="space"/>'
        '<w:lvlText w:val="Đã vượt mọi chỉ tiêu."/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>',
        f"{WORDML}.numbering+xml",
        f"{OFFICE}/numbering",
    )
    copy.paragraph("với tổng số 37 văn bản").find(W + "pPr").append(
        element('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    )


def _footnote(copy: Copy) -> None:
    copy.add(
        "word/footnotes.xml",
        f'<w:footnotes {_DECLARED}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r>'
        '</w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
        '<w:continuationSeparator/></w:r></w:p></w:footnote><w:footnote w:id="1"><w:p><w:r>'
        "<w:footnoteRef/></w:r>"
        f"{run_of(' Đến nay các đơn vị này đã gửi đủ báo cáo.')}</w:p></w:footnote></w:footnotes>",
        f"{WORDML}.footnotes+xml",
        f"{OFFICE}/footnotes",
    )
    copy.paragraph("Tính đến 17 giờ 00").append(element('<w:r><w:footnoteReference w:id="1"/></w:r>'))


def _png() -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    lines = zlib.compress((b"\0" + b"\x33\x66\x99" * 8) * 8)
    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def _picture(relation: str) -> Any:
    return element(
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="914400"'
        ' cy="914400"/>'
        '<wp:docPr id="91" name="Hình 1"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData'
        ' uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr'
        ' id="0" name="hinh.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _picture_in_body(copy: Copy) -> None:
    relation = copy.add("word/media/hinh.png", _png(), "image/png", f"{OFFICE}/image")
    paragraph = paragraph_of("")
    paragraph.append(_picture(relation))
    copy.paragraph("Bảng 1. Tổng hợp kết quả").addprevious(paragraph)


def _picture_in_header(copy: Copy) -> None:
    relation = copy.add("word/media/logo.png", _png(), "image/png", f"{OFFICE}/image", owner=PAGE_HEADER)
    header = etree.fromstring(copy.parts[PAGE_HEADER])
    header.find(W + "p").insert(1, _picture(relation))
    copy.parts[PAGE_HEADER] = etree.tostring(header)


def _other_file_inside(copy: Copy) -> None:
    relation = copy.add(
        "word/phan-them.html",
        "<html><meta charset='utf-8'><p>Mọi đơn vị đều đã hoàn thành Kế hoạch.</p></html>",
        "text/html",
        f"{OFFICE}/aFChunk",
    )
    copy.paragraph("Kết quả nổi bật: người dân").addnext(element(f'<w:altChunk r:id="{relation}"/>'))


def _two_readings(copy: Copy) -> None:
    wrap(
        copy.isolate("đã gửi báo cáo. Trong 15", "23/27"),
        f'<mc:AlternateContent><mc:Choice Requires="wps">{run_of("26/27")}</mc:Choice>'
        "<mc:Fallback><w:inside/></mc:Fallback></mc:AlternateContent>",
    )


def _by_libreoffice(*kinds: str) -> Edit:
    """Let LibreOffice save the copy, as these kinds one after the other."""

    def program(path: Path) -> None:
        held = path
        for turn, kind in enumerate(kinds):
            folder = path.parent / f"lo-{turn}"
            subprocess.run(
                [
                    shutil.which("soffice") or "soffice",
                    f"-env:UserInstallation={(path.parents[1] / 'lo-profile').as_uri()}",
                    *("--headless", "--convert-to", kind, "--outdir", str(folder), str(held)),
                ],
                check=True,
                timeout=240,
                capture_output=True,
            )
            held = folder / f"{path.stem}.{kind}"
        shutil.copyfile(held, path)

    return lambda copy: copy.afterwards.append(program)


def _by_python_docx(copy: Copy) -> None:
    copy.afterwards.append(lambda path: Document(str(path)).save(str(path)))


def _as_word_saves(copy: Copy) -> None:
    """What Word leaves in a file that was only opened and saved."""
    root = etree.tostring(copy.root).decode()
    opening, rest = root.split(">", 1)
    copy.root = etree.fromstring(f'{opening} xmlns:w14="{SPACES["w14"]}" mc:Ignorable="w14">{rest}')
    for number, paragraph in enumerate(copy.root.iter(W + "p")):
        paragraph.set(f"{{{SPACES['w14']}}}paraId", f"{number + 1:08X}")
        paragraph.set(W + "rsidR", "00A1B2C3")
        paragraph.set(W + "rsidRDefault", "00A1B2C3")
    for number, run in enumerate(list(copy.root.iter(W + "r"))):
        run.set(W + "rsidRPr", "00D4E5F6")
        if number % 7 == 0:
            run.addprevious(element('<w:proofErr w:type="spellStart"/>'))
            run.addnext(element('<w:proofErr w:type="spellEnd"/>'))
        if number % 150 == 0 and run.find(W + "t") is not None:
            run.find(W + "t").addprevious(element("<w:lastRenderedPageBreak/>"))
    first = copy.paragraph("Kính gửi")
    first.append(element('<w:bookmarkStart w:id="0" w:name="_GoBack"/>'))
    first.append(element('<w:bookmarkEnd w:id="0"/>'))
    copy.substitute(PAGE_HEADER, "<w:t>2</w:t>", "<w:t>14</w:t>")
    copy.substitute("docProps/core.xml", "<cp:revision>1<", "<cp:revision>9<")


def _other_fonts(copy: Copy) -> None:
    styles = etree.fromstring(copy.parts[STYLES])
    for style in styles.iter(W + "style"):
        properties = style.find(W + "rPr")
        if properties is not None:
            mark(properties, '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>')
            for size in properties.findall(W + "sz"):
                size.set(W + "val", str(int(size.get(W + "val")) + 2))
            if not properties.findall(W + "color"):
                mark(properties, '<w:color w:val="1F3864"/>')
    copy.parts[STYLES] = etree.tostring(styles)


def _spacing_and_margins(copy: Copy) -> None:
    for paragraph in copy.body.findall(W + "p"):
        properties = paragraph.find(W + "pPr")
        if properties is not None and properties.find(W + "sectPr") is None:
            properties.append(
                element('<w:spacing w:before="60" w:after="60" w:line="360" w:lineRule="auto"/>')
            )
            properties.append(element('<w:ind w:left="120" w:firstLine="567"/>'))
    for margins in copy.root.iter(W + "pgMar"):
        margins.set(W + "left", "1418")
        margins.set(W + "top", "1418")


def _bold_and_italic(copy: Copy) -> None:
    for words, part in (
        ("đã gửi báo cáo. Trong 15", "23/27"),
        ("Kết quả nổi bật: người dân", "95,2%"),
        ("Tính đến 17 giờ 00", "Sở Dân tộc và Tôn giáo"),
    ):
        properties = properties_of(copy.isolate(words, part))
        for look in ("<w:b/>", "<w:i/>", '<w:u w:val="single"/>'):
            mark(properties, look)


def _table_looks(copy: Copy) -> None:
    table = copy.table("Còn thiếu")
    for number, width in enumerate(table.iter(W + "tcW")):
        width.set(W + "w", str(900 + 40 * (number % 7)))
    table.find(f"{W}tblPr/{W}tblW").addnext(element('<w:tblCellSpacing w:w="15" w:type="dxa"/>'))
    for row in table.findall(W + "tr"):
        row.find(W + "trPr").append(element('<w:trHeight w:val="480" w:hRule="atLeast"/>'))
        for cell in cells_of(row):
            cell.find(W + "tcPr").append(element('<w:shd w:val="clear" w:color="auto" w:fill="EAF1DD"/>'))
            cell.find(W + "tcPr").append(element('<w:vAlign w:val="center"/>'))


def _page_breaks(copy: Copy) -> None:
    for heading in ("IV. TỒN TẠI", "VI. ĐỀ XUẤT"):
        copy.paragraph(heading).addprevious(element('<w:p><w:r><w:br w:type="page"/></w:r></w:p>'))
    copy.paragraph("Bảng 3. Kết quả theo hình thức").find(W + "pPr").append(element("<w:pageBreakBefore/>"))


def _section_break(copy: Copy) -> None:
    section = deepcopy(next(copy.root.iter(W + "sectPr")))
    paragraph = element("<w:p><w:pPr/></w:p>")
    paragraph.find(W + "pPr").append(section)
    copy.paragraph("IV. TỒN TẠI").addprevious(paragraph)


def _each_text(retype: Callable[[str], str]) -> Edit:
    def edit(copy: Copy) -> None:
        for text in copy.root.iter(W + "t"):
            text.text = retype(text.text or "")
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    return edit


def _formatting_tracked(copy: Copy) -> None:
    for run in copy.paragraph("Tính đến 17 giờ 00").iter(W + "r"):
        mark(properties_of(run), "<w:b/>")
        mark(properties_of(run), f"<w:rPrChange {by()}><w:rPr/></w:rPrChange>")
    copy.paragraph("với tổng số 37 văn bản").find(W + "pPr").append(
        element(f"<w:pPrChange {by()}><w:pPr/></w:pPrChange>")
    )


def _typed_and_taken_back(copy: Copy) -> None:
    run = element(run_of("Toàn tỉnh đạt 100%."))
    _deleted(run)
    copy.paragraph("với tổng số 37 văn bản").append(run)
    wrap(run, f"<w:ins {by()}><w:del {by()}><w:inside/></w:del></w:ins>")


def _contents(copy: Copy) -> None:
    """A table of contents as Word fills it in: the first level of headings, and their pages."""
    headings = [text_of(p) for p in copy.body.findall(W + "p") if _style(p) == "Heading1"]
    if not headings:
        raise LookupError("no headings")
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-1" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    place = copy.paragraph("Kính gửi")
    for number, heading in reversed(list(enumerate(headings))):
        entry = f"{run_of(heading)}<w:r><w:tab/></w:r>{run_of(str(number + 2))}"
        lead, tail = begin if number == 0 else "", end if number == len(headings) - 1 else ""
        place.addnext(element(f"<w:p><w:pPr/>{lead}{entry}{tail}</w:p>"))


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(W + "val"))


def _other_properties(copy: Copy) -> None:
    copy.substitute("docProps/core.xml", "<dc:title>", "<dc:title>Dự thảo lần 3 - ")
    copy.substitute("docProps/core.xml", "<dc:creator>", "<dc:creator>Trần Văn D, ")
    copy.substitute(
        "docProps/core.xml", "</cp:coreProperties>", "<cp:keywords>95%</cp:keywords></cp:coreProperties>"
    )


def _hyphens(copy: Copy) -> None:
    copy.substitute(SETTINGS, "<w:characterSpacingControl", "<w:autoHyphenation/><w:characterSpacingControl")
    for words, part in (("với tổng số 37 văn bản", "chỉ đạo"), ("Tính đến 17 giờ 00", "quy định")):
        copy.isolate(words, part).addprevious(element("<w:r><w:softHyphen/></w:r>"))


def _languages(copy: Copy) -> None:
    for number, run in enumerate(copy.root.iter(W + "r")):
        if run.find(W + "t") is not None and number % 3 == 0:
            mark(properties_of(run), '<w:lang w:val="en-US" w:eastAsia="ja-JP"/>')
            mark(properties_of(run), "<w:noProof/>")


def _split_runs(copy: Copy) -> None:
    for run in list(copy.root.iter(W + "r")):
        texts = run.findall(W + "t")
        whole = (texts[0].text or "") if len(texts) == 1 else ""
        if len(whole) > 3:
            _split(run, texts[0], whole[len(whole) // 3 : 2 * len(whole) // 3])


def _marks_and_links(copy: Copy) -> None:
    target = copy.paragraph("VĂN BẢN CHỈ ĐẠO, TRIỂN KHAI")
    target.insert(1, element('<w:bookmarkStart w:id="31" w:name="PhuLuc4"/>'))
    target.append(element('<w:bookmarkEnd w:id="31"/>'))
    wrap(
        copy.isolate("với tổng số 37 văn bản", "Phụ lục IV"),
        '<w:hyperlink w:anchor="PhuLuc4"><w:inside/></w:hyperlink>',
    )


def _empty_paragraphs(copy: Copy) -> None:
    for words in ("I. KẾT QUẢ CHUNG", "Bảng 2. Kết quả theo nội dung", "Trên đây là báo cáo"):
        copy.paragraph(words).addprevious(element("<w:p/>"))


def _plain_controls(copy: Copy) -> None:
    for words, part in (("với tổng số 37 văn bản", "37"), ("Tính đến 17 giờ 00", "85,2%")):
        wrap(
            copy.isolate(words, part),
            '<w:sdt><w:sdtPr><w:alias w:val="Số liệu"/><w:text/></w:sdtPr>'
            "<w:sdtContent><w:inside/></w:sdtContent></w:sdt>",
        )


def _line_breaks(copy: Copy) -> None:
    for words, part in (("với tổng số 37 văn bản", " triển khai"), ("Tính đến 17 giờ 00", " Trong số 04")):
        run = copy.isolate(words, part)
        replace_in(run, part, part.strip())
        run.addprevious(element("<w:r><w:br/></w:r>"))


def _tracked_row(copy: Copy) -> None:
    row = copy.row(GOALS, "11")
    row.find(W + "trPr").append(element(f"<w:del {by()}/>"))
    for run in list(row.iter(W + "r")):
        _deleted(run)
        wrap(run, f"<w:del {by()}><w:inside/></w:del>")


def _squeezed_row(copy: Copy) -> None:
    copy.row(GOALS, "10").find(W + "trPr").append(element('<w:trHeight w:val="1" w:hRule="exact"/>'))


def _squeezed_column(copy: Copy) -> None:
    table = copy.table(GOALS)
    table.findall(f"{W}tblGrid/{W}gridCol")[-1].set(W + "w", "1")
    for row in table.findall(W + "tr"):
        cells_of(row)[-1].find(f"{W}tcPr/{W}tcW").set(W + "w", "1")


def _dress_paragraph(words: str, properties: str) -> Edit:
    return lambda copy: copy.paragraph(words).find(W + "pPr").append(element(properties))


def _symbols(copy: Copy) -> None:
    for run in cells_of(copy.row(GOALS, "10"))[6].iter(W + "r"):
        mark(properties_of(run), '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings" w:cs="Wingdings"/>')


def _heads_swapped(copy: Copy) -> None:
    cells = cells_of(copy.table("truyền thông về dịch vụ công trực tuyến").findall(W + "tr")[1])
    totals = [cell for cell in cells if text_of(cell) == "Tổng số"]
    done = [cell for cell in cells if text_of(cell) == "Đã thực hiện"]
    for one, other in zip(totals, done, strict=True):
        _swap(one, other)


def _relabel_saved_chart(copy: Copy) -> None:
    """LibreOffice saves the chart first, in its own way; then a label of it is changed."""

    def program(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        changed = {
            name: content.replace(b"79,96%", b"80,96%")
            for name, content in parts.items()
            if name.startswith("word/charts/") and b"79,96%" in content
        }
        if not changed:
            raise LookupError("no chart says 79,96%")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in (parts | changed).items():
                archive.writestr(name, content)

    _by_libreoffice("docx")(copy)
    copy.afterwards.append(program)


CAUSES: Final = "[Nội dung do Sở bổ sung: nguyên nhân"
COORDINATION: Final = "[Nội dung do Sở bổ sung: phối hợp"
OWN_DIRECTIVES: Final = "[Nội dung do Sở bổ sung: các văn bản"


def write_own(prompt: str, *texts: str) -> Edit:
    """Write a section that is the officer's, over the program's prompt."""

    def edit(copy: Copy) -> None:
        place = copy.paragraph(prompt)
        for text in reversed(texts):
            place.addnext(paragraph_of(text))
        drop(place)

    return edit


def _own_table(copy: Copy) -> None:
    row = "<w:tr><w:tc><w:tcPr/>{0}</w:tc><w:tc><w:tcPr/>{1}</w:tc></w:tr>"
    said = (("Đơn vị", "Nội dung phối hợp"), ("Hội Nông dân", "tuyên truyền tại thôn, xóm"))
    rows = "".join(row.format(*(f"<w:p>{run_of(text)}</w:p>" for text in line)) for line in said)
    place = copy.paragraph(COORDINATION)
    place.addnext(element(f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{rows}</w:tbl>"))
    replace_in(place, text_of(place), "Sở phối hợp với các hội, đoàn thể như sau:")


def _own_tracked(copy: Copy) -> None:
    paragraph = copy.paragraph(CAUSES)
    for run in list(paragraph.iter(W + "r")):
        _deleted(run)
        wrap(run, f"<w:del {by()}><w:inside/></w:del>")
    paragraph.append(
        element(f"<w:ins {by()}>{run_of('Thiết bị ở cơ sở còn thiếu, đường truyền yếu.')}</w:ins>")
    )


# --- the cases ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Printed:
    """A document that the program printed: of the draft's workspace, or of the signed report's."""

    name: str
    signed: bool = False

    def __str__(self) -> str:
        return f"{self.name} (signed year)" if self.signed else self.name


REPORT: Final = Printed("bao-cao-2025.docx")
BRIEF: Final = Printed("tom-tat-trinh-ky.docx")
QUICK: Final = Printed("bao-cao-nhanh-2025.docx")
REMINDER: Final = Printed("cong-van-don-doc-2025.docx")
FORMS: Final = Printed("cong-van-phat-hanh-bieu-mau-2025.docx")
MENDING: Final = Printed("cong-van-de-nghi-chinh-ly-2025.docx")
MEETING: Final = Printed("trang-hop.docx")
MINISTRY: Final = Printed("bao-cao-ubnd-2025.docx")
SUBMISSION: Final = Printed("to-trinh-2025.docx")
SIGNED: Final = Printed("bao-cao-2025.docx", signed=True)
ANNEX: Final = Printed("phu-luc-2025.docx", signed=True)
SUPPLEMENT: Final = Printed("bao-cao-bo-sung-2025.docx", signed=True)

Kind = Literal["harmful", "harmless"]
VALUE: Final = (1,)
READ: Final = (3,)
QUIET: Final = (0,)
EITHER: Final = (1, 3)
"""The manifest names the value, though not at the place that was edited."""
LOOK: Final = (0, 3)
"""An addition that says nothing by itself: to be read, or let pass."""


@dataclass(frozen=True)
class Case:
    """One edit: what it is, which exits are right, the words of it that ``check`` is to print."""

    kind: Kind
    line: str
    document: Printed
    exits: tuple[int, ...]
    edit: Edit
    shown: tuple[str, ...] = ()


def harmful(line: str, document: Printed, exits: tuple[int, ...], edit: Edit, *shown: str) -> Case:
    return Case("harmful", line, document, exits, edit, shown)


def harmless(line: str, document: Printed, exits: tuple[int, ...], edit: Edit) -> Case:
    return Case("harmless", line, document, exits, edit)


GOALS: Final = "Còn thiếu"
GOALS_ANNEX: Final = "Chênh lệch (điểm %)"
BY_UNIT: Final = "Hệ thống thông tin cơ sở thực hiện tuyên truyền"
SENT: Final = "Ngày gửi"
DIRECTIVES: Final = "Trích yếu nội dung"
UNSURE: Final = "Kết luận tạm tính, chỉ đổi khi"
COVERED: Final = "Chưa đủ số liệu của các đơn vị"

CASES: Final = (
    harmful(
        "A figure of the text: the 159 files that would turn a verdict become 195",
        REPORT,
        VALUE,
        change(UNSURE, "159", "195"),
        "159",
        "195",
    ),
    harmful(
        "The decimal comma of a rate in table 1 is moved: 79,96 becomes 7,996",
        REPORT,
        VALUE,
        set_cell(GOALS, "10", 3, "79,96", "7,996"),
        "79,96",
        "7,996",
    ),
    harmful(
        "The thousands dot is moved: 1.121/1.174 becomes 11.21/1.174",
        REPORT,
        VALUE,
        set_cell(GOALS, "7", 4, "1.121/1.174", "11.21/1.174"),
        "1.121",
        "11.21",
    ),
    harmful(
        "The sign of a gap in annex I is turned: -0,04 becomes +0,04",
        REPORT,
        VALUE,
        set_cell(GOALS_ANNEX, "T10", 8, "-0,04", "+0,04"),
        "+0,04",
    ),
    harmful(
        "Percentage points become per cent: 23,8 điểm phần trăm, 23,8%",
        REPORT,
        EITHER,
        change("cải tiến chất lượng: năm", "23,8 điểm phần trăm", "23,8%"),
        "23,8%",
    ),
    harmful(
        "Millions become billions, and LibreOffice saves it",
        REPORT,
        VALUE,
        both(change("dự toán được giao 915", "883 triệu", "883,02 tỷ"), _by_libreoffice("docx")),
        "883 triệu",
        "883 tỷ",
    ),
    harmful(
        "The names of two units are swapped in annex II; their figures stay",
        REPORT,
        VALUE,
        swap_cells(BY_UNIT, ("Sở Tư pháp", 1), ("Sở Tài chính", 1)),
        "Sở Tư pháp",
        "Sở Tài chính",
    ),
    harmful(
        "Two rows of annex III change places, each into the other's group of units",
        REPORT,
        EITHER,
        _rows_between_groups,
        "Ninh Sơn",
    ),
    harmful(
        "In a list of the text two units change places, the rates behind them stay",
        SIGNED,
        VALUE,
        both(
            change("Có 08 đơn vị có tỷ lệ", "Sở Xây dựng (72,1%)", "@ (72,1%)"),
            change("Có 08 đơn vị có tỷ lệ", "Thanh tra tỉnh (0%)", "Sở Xây dựng (0%)"),
            change("Có 08 đơn vị có tỷ lệ", "@ (72,1%)", "Thanh tra tỉnh (72,1%)"),
        ),
        "Thanh tra tỉnh (72,1%)",
    ),
    harmful(
        "A verdict is turned in table 1: Chưa đạt, tạm tính becomes Đạt, tạm tính",
        REPORT,
        VALUE,
        set_cell(GOALS, "10", 6, "Chưa đạt, tạm tính", "Đạt, tạm tính"),
        "Chưa đạt",
    ),
    harmful(
        "A verdict of annex I loses its doubt: Đạt, tạm tính becomes Đạt",
        REPORT,
        EITHER,
        set_cell(GOALS_ANNEX, "T12", 9, "Đạt, tạm tính", "Đạt"),
        "tạm tính",
    ),
    harmful(
        "“chưa” is dropped: the doubtful verdicts are said to be certain",
        REPORT,
        READ,
        change(UNSURE, "Kết luận tạm tính", "Kết luận chắc chắn"),
        "tạm tính",
    ),
    harmful(
        "The note that says which verdicts may still turn is deleted",
        REPORT,
        READ,
        delete(UNSURE),
        "chỉ đổi khi",
    ),
    harmful(
        "The coverage of a result is made whole: 19/23 becomes 23/23",
        REPORT,
        VALUE,
        change(COVERED, "(10) 19/23", "(10) 23/23"),
        "19",
        "23/23",
    ),
    harmful(
        "The day of the Plan is changed: 18/3/2025 becomes 18/5/2025",
        REPORT,
        EITHER,
        change("Thực hiện Kế hoạch số 1234", "18/3/2025", "18/5/2025"),
        "18/3/2025",
        "18/5/2025",
    ),
    harmful(
        "The number of a cited document is changed: 318/SKHCN-CĐS becomes 381/SKHCN-CĐS",
        REPORT,
        EITHER,
        change("đã ban hành 03 văn bản", "318/SKHCN", "381/SKHCN"),
        "318",
        "381",
    ),
    harmful(
        "A mark that turns the order of writing round makes 159 show as 951",
        REPORT,
        EITHER,
        change(UNSURE, "159", "\u202e159\u202c"),
        "159",
    ),
    harmful(
        "A late return becomes one in time in annex III, with another day",
        REPORT,
        VALUE,
        both(
            set_cell(SENT, "UBND huyện Ninh Sơn", 3, "12/11/2025", "09/11/2025"),
            set_cell(SENT, "UBND huyện Ninh Sơn", 4, "Sau thời hạn 03 ngày", "Đúng hạn"),
        ),
        "12/11/2025",
        "Sau thời hạn 03 ngày",
    ),
    harmful(
        "What isn't known becomes nought: ... of a unit in annex II is written 0",
        REPORT,
        VALUE,
        set_cell(BY_UNIT, "UBND huyện Bác Ái", 7, "...", "0"),
        "Bác Ái",
    ),
    harmful(
        "A level is turned round: ≥ 80 becomes ≤ 80",
        REPORT,
        VALUE,
        set_cell(GOALS, "10", 2, "≥ 80", "≤ 80"),
        "≥ 80",
        "≤ 80",
    ),
    harmful(
        "An annex gets the contrary title: TÌNH HÌNH KHÔNG GỬI BÁO CÁO",
        REPORT,
        READ,
        change("TÌNH HÌNH GỬI BÁO CÁO", "HÌNH GỬI", "HÌNH KHÔNG GỬI"),
        "KHÔNG GỬI",
    ),
    harmful(
        "A unit is taken out of the list of those that haven't reported",
        REPORT,
        EITHER,
        change("Tính đến 17 giờ 00", "; UBND huyện Bác Ái", ""),
        "Bác Ái",
    ),
    harmful(
        "A unit is put into the list of those with figures to be mended",
        REPORT,
        EITHER,
        change("sớm gửi lại để tổng hợp", "Sở Y tế,", "Sở Y tế, Sở Nội vụ,"),
        "Sở Nội vụ",
    ),
    harmful(
        "What was counted becomes something else: 32 hồ sơ, 32 người",
        REPORT,
        EITHER,
        set_cell(GOALS, "10", 5, "32 hồ sơ", "32 người"),
        "32 hồ sơ",
        "32 người",
    ),
    harmful(
        "The title says another year: 2025 becomes 2024",
        REPORT,
        EITHER,
        change("Kết quả thực hiện Kế hoạch tuyên truyền, nâng cao", "tuyến năm 2025", "tuyến năm 2024"),
        "2024",
    ),
    harmful(
        "Kính gửi names another province",
        REPORT,
        EITHER,
        change("Kính gửi", "Ninh Thuận", "Khánh Hòa"),
        "Khánh Hòa",
    ),
    harmful(
        "A paragraph is added: Toàn tỉnh đã hoàn thành 100%",
        REPORT,
        READ,
        insert("kính đề nghị UBND tỉnh chỉ đạo thực hiện", "Toàn tỉnh đã hoàn thành 100% các chỉ tiêu."),
        "Toàn tỉnh đã hoàn thành 100%",
    ),
    harmful(
        "A claim without a number is added to a printed paragraph",
        REPORT,
        READ,
        change(
            "Có 02 báo cáo đang được đề nghị",
            "Chi tiết tại",
            "Đến nay không còn đơn vị nào chậm. Chi tiết tại",
        ),
        "không còn đơn vị nào chậm",
    ),
    harmful(
        "The paragraph on returns that are still being mended is deleted",
        REPORT,
        READ,
        delete("Có 02 báo cáo đang được đề nghị chỉnh lý"),
        "được nêu tại từng chỉ tiêu",
    ),
    harmful(
        "A recommendation is moved to the section of another addressee",
        REPORT,
        READ,
        _move("ngành, địa phương có kết quả dưới mức", "Đề nghị 03 đơn vị có số liệu"),
        "có kết quả dưới mức Kế hoạch",
    ),
    harmful(
        "A row of table 1 is deleted: the target that no verdict is given on",
        REPORT,
        READ,
        lambda copy: drop(copy.row(GOALS, "11")),
        "Người dân trưởng thành",
    ),
    harmful("A row of annex IV is there twice", REPORT, READ, _duplicate_row, "988/SXD-VP"),
    harmful(
        "A row is inserted into table 1: a target that was met",
        REPORT,
        READ,
        _insert_row,
        "Hộ gia đình",
        "412/412",
    ),
    harmful(
        "In the annex file the columns of the total and of what was done are swapped below their heads",
        ANNEX,
        VALUE,
        _columns_swapped,
        "1.047",
    ),
    harmful(
        "In the annex file the note on the signs and on how rates are computed is deleted",
        ANNEX,
        READ,
        delete("không tính bình quân tỷ lệ"),
        "không tính bình quân",
    ),
    harmful("The last annex is dropped", REPORT, READ, _drop_last_annex, "Phụ lục IV"),
    harmful(
        "A recipient is changed for another",
        REPORT,
        READ,
        change("- Văn phòng UBND tỉnh;", "Văn phòng UBND tỉnh", "Thanh tra tỉnh"),
        "Văn phòng UBND tỉnh",
        "Thanh tra tỉnh",
    ),
    harmful(
        "The signer's title is changed: KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC becomes GIÁM ĐỐC",
        REPORT,
        READ,
        _acting_dropped,
        "KT.",
    ),
    harmful(
        "A heading is renamed: the shortcomings become achievements",
        REPORT,
        READ,
        change("IV. TỒN TẠI", "TỒN TẠI, HẠN CHẾ, NGUYÊN NHÂN", "THÀNH TÍCH NỔI BẬT"),
        "TỒN TẠI",
        "THÀNH TÍCH NỔI BẬT",
    ),
    harmful(
        "A number is typed into the header of every page",
        REPORT,
        READ,
        _type_into_header,
        "98%",
    ),
    harmful(
        "The note on doubtful verdicts is hidden instead of deleted",
        REPORT,
        READ,
        dress(UNSURE, "<w:vanish/>"),
        "chỉ đổi khi",
    ),
    harmful(
        "The note on units without figures is written in white",
        REPORT,
        READ,
        dress(COVERED, '<w:color w:val="FFFFFF"/>'),
        "Chưa đủ số liệu",
    ),
    harmful(
        "A verdict is struck through, another typed behind it",
        REPORT,
        EITHER,
        _strike_verdict,
        "Chưa đạt",
    ),
    harmful(
        "The style of all notes below tables is made hidden",
        REPORT,
        READ,
        _hide_style,
        "chỉ đổi khi",
    ),
    harmful(
        "A text box lies beside the text, with a claim in it",
        REPORT,
        READ,
        _text_box,
        "Mọi chỉ tiêu của Kế hoạch đều đã hoàn thành",
    ),
    harmful(
        "A tracked change, not accepted: 23/27 becomes 25/27",
        REPORT,
        VALUE,
        _tracked_figure,
        "25/27",
    ),
    harmful(
        "A tracked deletion, not accepted: the note that only doubtful verdicts may turn",
        REPORT,
        READ,
        _tracked_deletion,
        "các kết luận không thay đổi",
    ),
    harmful(
        "A comment holds a number",
        REPORT,
        READ,
        lambda copy: _comment(copy, "Anh Ba bảo ghi 95,7% cho khớp năm trước"),
        "95,7% cho khớp",
    ),
    harmful(
        "A letter stands for a digit that looks like it: 1.416 with an l",
        REPORT,
        EITHER,
        set_cell(GOALS, "8", 4, "1.416/1.432", "1.4l6/1.432"),
        "1.4l6",
    ),
    harmful(
        "A label of the chart says another rate: 79,96% becomes 80,96%",
        REPORT,
        EITHER,
        exchange("79,96%", CHART)("80,96%"),
        "80,96",
    ),
    harmful(
        "A bar of the chart is drawn shorter; the label at it stays",
        REPORT,
        EITHER,
        _bar,
        "biểu đồ",
    ),
    harmful(
        "A cell is merged with the one above it, so that its verdict no longer shows",
        REPORT,
        EITHER,
        _merge_verdicts,
        "Chưa đạt",
    ),
    harmful(
        "A printed number becomes a field that Word will compute anew, as another number",
        REPORT,
        EITHER,
        _field,
        "37",
    ),
    harmful(
        "A printed number becomes a control that Word fills from data in the file, with another number",
        REPORT,
        EITHER,
        _bound_control,
        "37",
    ),
    harmful(
        "A claim is put before a paragraph as the sign of a list",
        REPORT,
        READ,
        _numbered_claim,
        "Đã vượt mọi chỉ tiêu",
    ),
    harmful(
        "The summary for the signer: 32 files short becomes 02",
        BRIEF,
        VALUE,
        change("79,96%, thiếu 32", "thiếu 32", "thiếu 02"),
        "32",
        "02",
    ),
    harmful(
        "The letter to units: what wasn't received was received",
        REMINDER,
        READ,
        change("chưa nhận được báo cáo của", "chưa nhận", "đã nhận"),
        "đã nhận",
    ),
    harmful(
        "The letter with the forms: a second “không” is dropped, nought may stand for what isn't known",
        FORMS,
        READ,
        change("không ghi số 0 thay cho", "không ghi số 0", "ghi số 0"),
        "không ghi số",
    ),
    harmful(
        "The supplement: what was reported and what holds now are swapped",
        SUPPLEMENT,
        VALUE,
        swap_cells("Sau khi bổ sung", ("10", 2), ("10", 3)),
        "79,96",
    ),
    harmful(
        "The quick report: first figures are called final",
        QUICK,
        READ,
        change("Số liệu nêu trên là bước đầu", "bước đầu", "chính thức"),
        "chính thức",
    ),
    harmful(
        "A footnote is added that says the contrary of its sentence",
        REPORT,
        READ,
        _footnote,
        "đã gửi đủ báo cáo",
    ),
    harmful("A picture is pasted before table 1", REPORT, READ, _picture_in_body, "ảnh"),
    harmful(
        "A part of another kind is taken in when Word opens the file, with a claim in it",
        REPORT,
        READ,
        _other_file_inside,
    ),
    harmful(
        "Two readings of a figure, the printed one for programs that don't know text boxes",
        REPORT,
        EITHER,
        _two_readings,
        "26/27",
    ),
    harmful(
        "The line that says the figures are invented is deleted",
        REPORT,
        READ,
        delete("SỐ LIỆU MINH HỌA"),
        "SỐ LIỆU MINH HỌA",
    ),
    harmful(
        "The signer's blank is filled with his name and a claim",
        REPORT,
        READ,
        change("[Họ và tên]", "[Họ và tên]", "Nguyễn Văn A (mọi chỉ tiêu đều đạt)"),
        "mọi chỉ tiêu đều đạt",
    ),
    harmful(
        "The clause that obliges units to report is cited wrongly: điểm e becomes điểm đ",
        REPORT,
        READ,
        change("Tính đến 17 giờ 00", "điểm e khoản 7", "điểm đ khoản 7"),
        "điểm đ",
    ),
    harmful(
        "The note on which verdicts may turn is written so small that nobody reads it",
        REPORT,
        READ,
        dress("Trừ kết luận tạm tính", '<w:sz w:val="2"/>'),
        "Trừ kết luận",
    ),
    harmful(
        "The letter to units with errors: a unit without one is put under Kính gửi",
        MENDING,
        EITHER,
        insert("- Sở Y tế;", "- Sở Nội vụ;", "NdAddresseeItem"),
        "Sở Nội vụ",
    ),
    harmful(
        "Two targets of the text change rates: 95,7% and 95,2%",
        SIGNED,
        VALUE,
        both(
            change("có 22/23 cơ quan, đơn vị", "đạt 95,7%", "đạt 95,2%"),
            change("có 20/21 cơ quan, đơn vị", "đạt 95,2%", "đạt 95,7%"),
        ),
        "95,7%",
        "95,2%",
    ),
    # Behind what is let pass: blanks, the officer's own sections, looks, what a program saves.
    harmful(
        "The number's blank is filled, and the issuer's sign behind it changed: /BC-UBND",
        REPORT,
        READ,
        change("/BC-SKHCN", "Số:        /BC-SKHCN", "Số: 386/BC-UBND", 0),
        "BC-UBND",
    ),
    harmful(
        "The day's blank is filled, and the printed year behind it changed to 2024",
        REPORT,
        EITHER,
        change("Ninh Thuận, ngày", "ngày      tháng 11 năm 2025", "ngày 25 tháng 11 năm 2024"),
        "2024",
    ),
    harmful(
        "The own section is written, the printed paragraph before it goes",
        REPORT,
        READ,
        both(write_own(CAUSES, "Nhân lực còn mỏng."), delete("Số liệu của 02 đơn vị còn nội dung")),
        "còn nội dung chưa thống nhất",
    ),
    harmful(
        "The own section is written, the heading behind it goes",
        REPORT,
        READ,
        both(write_own(CAUSES, "Nhân lực còn mỏng."), delete("V. PHƯƠNG HƯỚNG, NHIỆM VỤ")),
        "V. PHƯƠNG HƯỚNG",
    ),
    harmful(
        "A printed paragraph is moved into the officer's own section",
        REPORT,
        READ,
        _move("kết luận không thay đổi", CAUSES),
        "kết luận không thay đổi",
    ),
    harmful(
        "A claim in brackets, in the style of a prompt, is put below table 1",
        REPORT,
        READ,
        insert(
            "kết luận không thay đổi",
            "[Nội dung do Sở bổ sung: toàn tỉnh đã hoàn thành Kế hoạch.]",
            "NdDraft",
        ),
        "toàn tỉnh đã hoàn thành Kế hoạch",
    ),
    harmful(
        "A paragraph of the summary is there twice",
        REPORT,
        READ,
        lambda copy: copy.paragraph("Kết quả nổi bật: người dân").addnext(
            deepcopy(copy.paragraph("Kết quả nổi bật: người dân"))
        ),
        "Kết quả nổi bật",
    ),
    harmful(
        "A space is put into a number: 37 becomes 3 7",
        REPORT,
        EITHER,
        change("với tổng số 37 văn bản", "37 văn bản", "3 7 văn bản"),
        "3 7",
    ),
    harmful(
        "A cell of table 1 is emptied: how many files are short",
        REPORT,
        EITHER,
        set_cell(GOALS, "10", 5, "32 hồ sơ", ""),
        "32 hồ sơ",
    ),
    harmful(
        "In the annex file the heads of two columns are swapped, what stands below them stays",
        ANNEX,
        EITHER,
        _heads_swapped,
        "Tổng số",
        "Đã thực hiện",
    ),
    harmful(
        "The text points to another annex: Phụ lục IV becomes Phụ lục II",
        REPORT,
        READ,
        change("với tổng số 37 văn bản", "Phụ lục IV", "Phụ lục II"),
        "Phụ lục II",
    ),
    harmful("DỰ THẢO is taken off the draft", REPORT, READ, delete("DỰ THẢO"), "DỰ THẢO"),
    harmful(
        "A row of table 1 is deleted as a tracked change, not accepted",
        REPORT,
        READ,
        _tracked_row,
        "Người dân trưởng thành",
    ),
    harmful(
        "A row of table 1 is made too low to be seen",
        REPORT,
        EITHER,
        _squeezed_row,
        "79,96",
    ),
    harmful(
        "The column of verdicts is made too narrow to be seen",
        REPORT,
        EITHER,
        _squeezed_column,
        "Đánh giá",
    ),
    harmful(
        "The note on doubtful verdicts is indented off the page",
        REPORT,
        READ,
        _dress_paragraph(UNSURE, '<w:ind w:left="-16000" w:right="16000"/>'),
        "chỉ đổi khi",
    ),
    harmful(
        "The lines of that note are too low to be seen",
        REPORT,
        READ,
        _dress_paragraph(UNSURE, '<w:spacing w:before="0" w:after="0" w:line="1" w:lineRule="exact"/>'),
        "chỉ đổi khi",
    ),
    harmful(
        "That note is blacked out",
        REPORT,
        READ,
        both(
            dress(UNSURE, '<w:color w:val="000000"/>'),
            dress(UNSURE, '<w:shd w:val="clear" w:color="auto" w:fill="000000"/>'),
        ),
        "chỉ đổi khi",
    ),
    harmful(
        "A verdict is set in a font of symbols, where nobody reads it",
        REPORT,
        EITHER,
        _symbols,
        "Chưa đạt",
    ),
    harmful(
        "A label of the chart says another rate, in a file that LibreOffice saved",
        REPORT,
        EITHER,
        _relabel_saved_chart,
        "80,96",
    ),
    harmful(
        "The note on doubtful verdicts is deleted, LibreOffice saves it",
        REPORT,
        READ,
        both(delete(UNSURE), _by_libreoffice("docx")),
        "chỉ đổi khi",
    ),
    harmful(
        "The letter to units, saved as .odt and .docx: before the day becomes after it",
        REMINDER,
        EITHER,
        both(
            change("trước ngày 10/11", "trước ngày 10/11", "sau ngày 10/11"), _by_libreoffice("odt", "docx")
        ),
        "sau ngày",
    ),
    harmful(
        "The supplement: what it doesn't reckon with is said to be in",
        SUPPLEMENT,
        READ,
        change("chưa tính số liệu bổ sung", "chưa tính", "đã tính"),
        "đã tính",
    ),
    harmful(
        "The page for a meeting: 03 targets met become 12",
        MEETING,
        VALUE,
        change("có 03 chỉ tiêu đạt", "03 chỉ tiêu đạt", "12 chỉ tiêu đạt"),
        "12 chỉ tiêu đạt",
    ),
    harmful(
        "The report to the ministry goes to another one",
        MINISTRY,
        EITHER,
        change("Kính gửi", "Bộ Khoa học và Công nghệ", "Bộ Nội vụ"),
        "Bộ Nội vụ",
    ),
    harmful(
        "The submission: a target's doubt is dropped from the list of those missed",
        SUBMISSION,
        READ,
        change("(63.245/79.096 hồ sơ)", " (tạm tính)", ""),
        "tạm tính",
    ),
    harmful(
        "The printed name of the signer becomes another",
        SIGNED,
        READ,
        change("Lê Văn C", "Lê Văn C", "Phạm Thị E"),
        "Phạm Thị E",
    ),
    harmless(
        "Number and day are filled in, at the head and below each annex's title",
        REPORT,
        QUIET,
        both(
            change("/BC-SKHCN", "Số:        /BC", "Số: 386/BC", 0),
            change("Ninh Thuận, ngày", "ngày      tháng", "ngày 25 tháng"),
            *(
                change("(Kèm theo Báo cáo số", old, new, which)
                for which in range(4)
                for old, new in (("số         /BC", "số 386/BC"), ("ngày      tháng", "ngày 25 tháng"))
            ),
        ),
    ),
    harmless(
        "The signer's name is filled in",
        REPORT,
        QUIET,
        change("[Họ và tên]", "[Họ và tên]", "Nguyễn Văn A"),
    ),
    harmless(
        "The letter's deadline, left blank, is filled in",
        REMINDER,
        QUIET,
        change("trước ngày [ngày", "[ngày, tháng, năm]", "18/11/2025"),
    ),
    harmless(
        "The officer's own section is written, in prose",
        REPORT,
        QUIET,
        write_own(
            CAUSES,
            "Nguyên nhân khách quan: trang thiết bị ở cơ sở còn thiếu.",
            "Nguyên nhân chủ quan: một số cơ quan chưa quan tâm đúng mức.",
        ),
    ),
    harmless(
        "All of the officer's own sections are written, one with a table of his",
        REPORT,
        QUIET,
        both(
            write_own(OWN_DIRECTIVES, "Sở tham mưu Ủy ban nhân dân tỉnh ban hành văn bản đôn đốc."),
            _own_table,
            write_own(CAUSES, "- Nhân lực còn mỏng;", "- Người dân quen nộp hồ sơ giấy."),
        ),
    ),
    harmless(
        "The officer's own section holds numbers of his own: a new number is to be read",
        REPORT,
        READ,
        write_own(CAUSES, "Toàn tỉnh còn 37 thôn chưa có cáp quang, chiếm 9,4% số thôn."),
    ),
    harmless(
        "The officer's own section repeats a figure and a name of the report",
        REPORT,
        QUIET,
        write_own(CAUSES, "Mới có 23/27 cơ quan, đơn vị, địa phương gửi báo cáo, thiếu UBND huyện Bác Ái."),
    ),
    harmless(
        "The officer's own section is written with tracked changes, not accepted",
        REPORT,
        QUIET,
        _own_tracked,
    ),
    harmless(
        "The prompts of sections that the program has drafted are taken out, once they were read",
        REPORT,
        QUIET,
        both(*(delete("[dự thảo gợi ý] Lập từ số liệu", 0) for _ in range(2))),
    ),
    harmless("LibreOffice saves it", REPORT, QUIET, _by_libreoffice("docx")),
    harmless(
        "LibreOffice saves the letter as .odt and that as .docx",
        REMINDER,
        QUIET,
        _by_libreoffice("odt", "docx"),
    ),
    harmless(
        "The quick report is filled in, number, day and name, and LibreOffice saves it",
        QUICK,
        QUIET,
        both(
            change("/BC-SKHCN", "Số:        /BC", "Số: 377/BC"),
            change("Ninh Thuận, ngày", "ngày      tháng", "ngày 21 tháng"),
            change("[Họ và tên]", "[Họ và tên]", "Nguyễn Văn A"),
            _by_libreoffice("docx"),
        ),
    ),
    harmless("LibreOffice saves the summary for the signer", BRIEF, QUIET, _by_libreoffice("docx")),
    harmless(
        "Words that the officer had written, printed from his file, are written better",
        SIGNED,
        LOOK,
        change("Các đơn vị phối hợp tốt.", "phối hợp tốt", "phối hợp chặt chẽ", 0),
    ),
    harmless("LibreOffice saves the annex file", ANNEX, QUIET, _by_libreoffice("docx")),
    harmless("python-docx saves it", REPORT, QUIET, _by_python_docx),
    harmless(
        "Word saves it: revision marks, spelling marks, page numbers drawn anew",
        REPORT,
        QUIET,
        _as_word_saves,
    ),
    harmless("Other fonts, sizes and a dark blue throughout", REPORT, QUIET, _other_fonts),
    harmless("Other spacing, indents and margins", REPORT, QUIET, _spacing_and_margins),
    harmless("Bold, italic and underlined figures and names", REPORT, QUIET, _bold_and_italic),
    harmless("Table 1 gets other widths, heights and a light ground", REPORT, QUIET, _table_looks),
    harmless("Page breaks", REPORT, QUIET, _page_breaks),
    harmless("A section break", REPORT, QUIET, _section_break),
    harmless(
        "Non-breaking spaces between numbers and words",
        REPORT,
        QUIET,
        _each_text(lambda text: re.sub(r"(?<=\d) (?=[^\W\d])", "\u00a0", text)),
    ),
    harmless(
        "Double spaces after full stops, spaces at the end of paragraphs",
        REPORT,
        QUIET,
        _each_text(
            lambda text: re.sub(r"([.;]) (?=\S)", r"\1  ", text) + ("  " if text.endswith(".") else "")
        ),
    ),
    harmless(
        "Vietnamese letters written apart from their marks (NFD)",
        REPORT,
        QUIET,
        _each_text(lambda text: unicodedata.normalize("NFD", text)),
    ),
    harmless(
        "Tracking is switched on, nothing was tracked",
        REPORT,
        QUIET,
        exchange("<w:defaultTabStop", SETTINGS)("<w:trackRevisions/><w:defaultTabStop"),
    ),
    harmless("Tracked changes of format only", REPORT, QUIET, _formatting_tracked),
    harmless("Words typed and taken back again, both tracked", REPORT, QUIET, _typed_and_taken_back),
    harmless("A table of contents: the printed headings, and pages", REPORT, LOOK, _contents),
    harmless(
        "Other title, author and keywords among the file's properties", REPORT, QUIET, _other_properties
    ),
    harmless("A comment without content", REPORT, QUIET, lambda copy: _comment(copy, "")),
    harmless("A logo in the header", REPORT, LOOK, _picture_in_header),
    harmless("Hyphenation, with optional hyphens", REPORT, QUIET, _hyphens),
    harmless("Language and spelling tags", REPORT, QUIET, _languages),
    harmless("Every run is split in three", REPORT, QUIET, _split_runs),
    harmless("A bookmark, and a link to it over printed words", REPORT, QUIET, _marks_and_links),
    harmless("Empty paragraphs", REPORT, QUIET, _empty_paragraphs),
    harmless("Content controls around printed numbers", REPORT, QUIET, _plain_controls),
    harmless("Line breaks for spaces within sentences", REPORT, QUIET, _line_breaks),
)


# --- the year, and the trial ----------------------------------------------------------------------------


def run(*arguments: str) -> tuple[int, str]:
    """Run the program in this process: its exit code and what it printed."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = dvctt_report(arguments)
    return code, said.getvalue()


def must(workspace: Path, *arguments: str) -> None:
    code, said = run(*arguments, "--workspace", str(workspace))
    if code not in (0, 1):
        raise SystemExit(f"{' '.join(arguments)}: {code}\n{said}")


def make_year(folder: Path) -> tuple[Path, Path]:
    """The sample year: a workspace with drafts and letters, one with a signed report and its supplement."""
    draft, signed = folder / "du-thao", folder / "da-ky"
    code, said = run("demo", str(draft))
    if code not in (0, 1):
        raise SystemExit(said)
    shutil.copytree(draft, signed)
    for arguments in (
        ("render", "--quick"),
        ("letter", "remind"),
        ("letter", "forms"),
        ("letter", "feedback"),
        ("render", "--ministry"),
    ):
        must(draft, *arguments, "--as-of", AS_OF)
    _sign(signed)
    return draft, signed


def _sign(workspace: Path) -> None:
    settings = workspace / "dvctt.toml"
    text = settings.read_text(encoding="utf-8")
    for old, new in (
        ("phu_luc_rieng = []", 'phu_luc_rieng = ["theo_don_vi"]'),
        ('ho_ten = ""', 'ho_ten = "Lê Văn C"'),
        ('muc_tieu = "bang"', 'muc_tieu = "ca_hai"'),
    ):
        if old not in text:
            raise SystemExit(f"dvctt.toml doesn't hold {old}")
        text = text.replace(old, new)
    settings.write_text(text, encoding="utf-8")
    words = workspace / "noi-dung" / f"{YEAR}.docx"
    document = Document(str(words))
    for paragraph in document.paragraphs:
        if "[dự thảo gợi ý]" in paragraph.text and not paragraph.text.startswith("[Viết"):
            paragraph._p.getparent().remove(paragraph._p)
        elif paragraph.text.startswith("[Nội dung"):
            paragraph.text = "Không nêu" if "Không nêu" in paragraph.text else "Các đơn vị phối hợp tốt."
    document.save(str(words))
    must(workspace, "apply", "--yes")
    must(workspace, "decide", "--leave-out", "--all", "--reason", "chưa chỉnh lý")
    _read_remarks(workspace)
    must(workspace, "render", "--final", "--as-of", AS_OF)
    signed = workspace / "da-ky.docx"
    shutil.copyfile(workspace / "ket-qua" / YEAR / SIGNED.name, signed)
    must(
        workspace,
        *("publish", "--file", str(signed), "--number", "386", "--date", "25/11/2025", "--reason", "ký giấy"),
    )
    must(
        workspace,
        *("decide", "--unit", "STC", "--set", "T10.done=2404", "--reason", "đếm thiếu"),
        *("--document", "Công văn số 4100/STC-VP ngày 26/11/2025"),
    )
    must(workspace, "render", "--supplement")


def _read_remarks(workspace: Path) -> None:
    """Mark in the workbook of decisions that what units wrote beside their figures was read."""
    path = workspace / "ky-bao-cao" / YEAR / f"viec-can-xu-ly-{YEAR}.xlsx"
    book = load_workbook(path)
    sheet = book["Lời ghi"]
    row = next(
        cell.row for cells in sheet.iter_rows() for cell in cells if str(cell.value).startswith("Đã đọc mọi")
    )
    sheet.cell(row, sheet.max_column, "x")
    book.save(path)
    must(workspace, "decide")


@dataclass(frozen=True)
class Outcome:
    """What ``check`` said of one edit; ``seen`` is None where there are no words to look for."""

    number: int
    case: Case
    code: int
    seen: bool | None
    said: str
    broken: str = ""

    @property
    def verdict(self) -> str:
        if self.broken:
            return f"not tried: {self.broken}"
        if self.code in self.case.exits:
            return "" if self.seen is not False else "not shown"
        if self.code not in (0, 1, 3):
            return "**not checked**"
        if self.case.kind == "harmless":
            return "**false**"
        return "**unseen**" if self.code == 0 else "other exit"


def bare(text: str) -> str:
    """Text without what a screen does to it: breaks, spaces, capitals."""
    return "".join(unicodedata.normalize("NFC", text).casefold().split())


class Trial:
    """The cases, tried on one sample year."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.draft, self.signed = make_year(folder)
        self.silent: dict[Printed, str] = {}

    def check(self, document: Printed, path: Path) -> tuple[int, str]:
        workspace = self.signed if document.signed else self.draft
        # What was decided after the signing is no edit of the signed report.
        register = ("--no-register",) if document.signed else ()
        return run("check", str(path), "--all", *register, "--workspace", str(workspace))

    def source(self, document: Printed) -> Path:
        return (self.signed if document.signed else self.draft) / "ket-qua" / YEAR / document.name

    def unedited(self, document: Printed) -> str:
        """What is said of the document as it was printed."""
        if document not in self.silent:
            code, said = self.check(document, self.source(document))
            if code:
                raise SystemExit(f"{document}, not edited: {code}\n{said}")
            self.silent[document] = bare(said)
        return self.silent[document]

    def try_case(self, number: int, case: Case) -> Outcome:
        path = self.folder / f"{number:03}" / case.document.name
        path.parent.mkdir()
        shutil.copyfile(self.source(case.document), path)
        before = self.unedited(case.document)
        try:
            copy = Copy(path)
            case.edit(copy)
            copy.save()
        except (LookupError, OSError, ValueError, subprocess.SubprocessError) as error:
            return Outcome(number, case, -1, None, "", f"{type(error).__name__}: {error}")
        code, said = self.check(case.document, path)
        after = bare(said)
        seen = all(after.count(bare(words)) > before.count(bare(words)) for words in case.shown)
        return Outcome(number, case, code, seen if case.shown else None, said)


def table_of(outcomes: list[Outcome], seconds: float) -> str:
    """The results as a page."""
    head = ("#", "kind", "document", "what was done", "expected", "got", "shown", "")
    lines = [
        "# Documents edited by hand: what `check` says of each edit",
        "",
        "Made by `.venv/bin/python tests/trials/reports.py > tests/trials/reports.md`; the exits were",
        "written down before any was tried. Shown: whether the words of the edit are in what",
        "`check --all` printed.",
        "",
        *(f"- {line}" for line in summary(outcomes)),
        f"- {seconds / 60:.1f} minutes, on the code of {_code()}",
        "",
        "| " + " | ".join(head) + " |",
        "|--" * len(head) + "|",
    ]
    for outcome in outcomes:
        case = outcome.case
        expected = " or ".join(str(code) for code in case.exits)
        shown = {True: "yes", False: "no", None: "–"}[outcome.seen]
        got = "–" if outcome.broken else str(outcome.code)
        cells = (str(outcome.number), case.kind, str(case.document), case.line, expected, got, shown)
        lines.append("| " + " | ".join((*cells, outcome.verdict)) + " |")
    return "\n".join(lines)


def summary(outcomes: list[Outcome]) -> list[str]:
    told = []
    for kind in ("harmful", "harmless"):
        of_kind = [outcome for outcome in outcomes if outcome.case.kind == kind]
        right = sum(not outcome.broken and outcome.code in outcome.case.exits for outcome in of_kind)
        told.append(f"{len(of_kind)} {kind}: {right} as expected")
    for words, sought in (
        ("unseen (harmful, exit 0, as if there were nothing to read)", "**unseen**"),
        ("seen, but with another exit", "other exit"),
        ("right exit, words of the edit not shown", "not shown"),
        ("false (harmless, not the expected exit)", "**false**"),
        ("not checked (refused, fallen over)", "**not checked**"),
        ("not tried", "not tried"),
    ):
        found = [outcome for outcome in outcomes if outcome.verdict.startswith(sought)]
        numbers = ", ".join(str(outcome.number) for outcome in found)
        told.append(f"{words}: {len(found)}" + (f" ({numbers})" if found else ""))
        if sought == "**unseen**":
            hidden = [str(outcome.number) for outcome in found if not outcome.seen]
            told.append(f"of these, not shown either: {len(hidden)} ({', '.join(hidden) or 'none'})")
    return told


def _code() -> str:
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        told = subprocess.run(
            ["git", "rev-parse", "--short=8", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True
        )
        return told.stdout.strip()
    return "unknown"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", help="numbers of cases, with commas between them")
    parser.add_argument("--show", action="store_true", help="print what check said, too")
    options = parser.parse_args()
    wanted = {int(number) for number in options.only.split(",")} if options.only else None
    os.environ.update(NO_COLOR="1", COLUMNS="200", FORCE_HYPERLINK="0")
    start = time.monotonic()
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="reports-") as folder:
        trial = Trial(Path(folder))
        for number, case in enumerate(CASES, 1):
            if wanted is not None and number not in wanted:
                continue
            outcome = trial.try_case(number, case)
            outcomes.append(outcome)
            if options.show:
                print(f"--- {number} {case.line}\n{outcome.said}", file=sys.stderr)
            expected = "/".join(str(code) for code in case.exits)
            print(f"{number:3} {expected:>3} {outcome.code:2} {outcome.verdict}", file=sys.stderr, flush=True)
    print(table_of(outcomes, time.monotonic() - start))
    return int(any(outcome.verdict for outcome in outcomes))


if __name__ == "__main__":
    raise SystemExit(main())
