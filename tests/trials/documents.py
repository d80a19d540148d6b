"""Fifteen documents right by NĐ 30/2020/NĐ-CP, and ninety-six faults of their format, each planted alone.

    nice -n 5 .venv/bin/python tests/trials/documents.py                  # all, and the tables
    .venv/bin/python tests/trials/documents.py 12 33 --keep /tmp/kept     # two faults; the files are kept
    .venv/bin/python tests/trials/documents.py --write tests/trials/documents.md

The documents are built as a careful clerk writes them: a letterhead and a signature block in tables without
borders, lines drawn or bordered or set in raised underscores, page numbers in the head from page 2. They are
issued papers, so `lint --stage phat-hanh` reads them, as on 1 March 2026.

What was expected of a fault stands in the table of faults, and was decided before the first run: a sentence
for the reader, and words (regular expressions of small letters) that one finding must hold, all of them. Only
what the right document does not bring as well can be that finding. A right document is to have no error and
no warning; information does not count there. The reason why a paper is not read as one of NĐ 30 is no
finding, and is shown beside the fault.

The first run showed two faults of the set itself, put right since: the line Lưu of two right documents did
not name who drafted, and the two bases of “two in one line” stood in two lines of one paragraph.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import docx
from docx.document import Document as Paper
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from dvctt_report.cli import door

Plant = Callable[[Paper], None]
Say = tuple[str, ...]

LEFT, CENTRE, BOTH = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
FONT: Final = "Times New Roman"
COUNTRY: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"
AS_OF: Final = "01/03/2026 08:00"
EMU_A_MM: Final = 36000
NAMESPACES: Final = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)


# How a clerk sets a page.


@dataclass(frozen=True)
class Sizes:
    country: float
    motto: float
    issuer: float
    date: float
    title: float
    body: float
    sign: float
    about: float
    page: float


LARGE: Final = Sizes(13, 14, 13, 14, 14, 14, 14, 13, 14)
SMALL: Final = Sizes(12, 13, 12, 13, 13, 13, 13, 12, 13)


@dataclass(frozen=True)
class Style:
    sizes: Sizes = LARGE
    margins: tuple[float, float, float, float] = (20, 20, 30, 15)
    """Top, bottom, left, right, in mm."""
    head: tuple[float, float] = (65, 100)
    foot: tuple[float, float] = (75, 90)
    line: str = "shape"
    """shape, vml, border or underscores."""
    indent: float = 12.7
    gap: tuple[float, float] = (6, 0)
    spacing: float = 1.0


class Clerk:
    """Writes one document, from the top to the foot."""

    def __init__(self, style: Style) -> None:
        self.style, self.sizes = style, style.sizes
        self.paper: Paper = docx.Document()
        self.shapes = 0
        normal = self.paper.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(self.sizes.body)
        fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
        section = self.paper.sections[0]
        self.page(section)
        number_pages(section, self.sizes.page)
        self.paper.core_properties.author = "Văn thư"

    def page(self, section: Section) -> None:
        top, bottom, left, right = self.style.margins
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
        section.left_margin, section.right_margin = Mm(left), Mm(right)
        section.header_distance = section.footer_distance = Mm(10)

    @property
    def width(self) -> float:
        return 210 - self.style.margins[2] - self.style.margins[3]

    def put(
        self,
        paragraph: Paragraph,
        text: str,
        size: float,
        align: WD_ALIGN_PARAGRAPH = CENTRE,
        *,
        bold: bool = False,
        italic: bool = False,
        before: float = 0,
        after: float = 0,
    ) -> Paragraph:
        write(paragraph, text, size, bold=bold, italic=italic)
        paragraph.alignment = align
        form = paragraph.paragraph_format
        form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.0
        return paragraph

    def line(self, under: Paragraph, length: float, room: float, size: float, rows: int = 1) -> None:
        """A line of so many mm, in the middle of so much room, below a paragraph of so many rows."""
        kind = self.style.line
        if kind in ("shape", "vml"):
            self.shapes += 1
            xml = shape_of if kind == "shape" else vml_of
            under.add_run()._r.append(
                parse_xml(xml(self.shapes, (room - length) / 2, length, size * (1.15 * rows + 0.1)))
            )
            return
        below = deepcopy(under._p)
        under._p.addnext(below)
        empty = Paragraph(below, under._parent)
        for run in list(empty.runs):
            run._r.getparent().remove(run._r)
        empty.paragraph_format.space_before = Pt(0)
        if kind == "underscores":
            count = round(length / (0.5 * 0.65 * size * 0.352778))
            write(empty, "_" * count, size).font.superscript = True
            return
        write(empty, "", 2)
        mark = empty._p.get_or_add_pPr()
        mark.append(parse_xml(f'<w:rPr {NAMESPACES}><w:sz w:val="4"/></w:rPr>'))
        empty.paragraph_format.left_indent = empty.paragraph_format.right_indent = Mm((room - length) / 2)
        border = f'<w:pBdr {NAMESPACES}><w:top w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
        mark.insert_element_before(
            parse_xml(border), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
        )

    def table(self, rows: int, widths: tuple[float, float]) -> Table:
        table: Table = self.paper.add_table(rows, 2)
        table.autofit = False
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        return table

    def letterhead(
        self,
        above: str,
        issuer: Sequence[str],
        line: float,
        number: str,
        date: str,
        about: Sequence[str] = (),
    ) -> Table:
        sizes, (left, right) = self.sizes, self.style.head
        table = self.table(2 if number else 1, self.style.head)
        names = [(above, False)] * bool(above) + [(name, True) for name in issuer]
        for nth, (name, bold) in enumerate(names):
            last = self.put(new(table.cell(0, 0), nth), name, sizes.issuer, bold=bold)
        self.line(last, line, left - 3.8, sizes.issuer)
        self.put(new(table.cell(0, 1), 0), COUNTRY, sizes.country, bold=True)
        motto = self.put(new(table.cell(0, 1), 1), MOTTO, sizes.motto, bold=True)
        self.line(motto, 60.4 if sizes.motto == 14 else 56.1, right - 3.8, sizes.motto)
        if number:
            self.put(new(table.cell(1, 0), 0), number, 13, before=8)
        for nth, words in enumerate(about):
            self.put(new(table.cell(1, 0), 1 + nth), words, sizes.about, before=0 if nth else 6)
        if date:
            self.put(new(table.cell(1, 1), 0), date, sizes.date, italic=True, before=8)
        return table

    def title(self, kind: str, about: Sequence[str], line: float) -> None:
        size = self.sizes.title
        self.put(self.paper.add_paragraph(), kind, size, bold=True, before=14)
        for words in about:
            last = self.put(self.paper.add_paragraph(), words, size, bold=True)
        self.line(last, line, self.width, size)
        self.after_line = True

    after_line = False

    def centred(self, text: str, *, before: float = 12, after: float = 6) -> None:
        """The office that decides, QUYẾT ĐỊNH:, a chapter."""
        paragraph = self.paper.add_paragraph()
        self.put(paragraph, text, self.sizes.body, bold=True, before=before, after=after)
        paragraph.paragraph_format.keep_with_next = True

    def addressees(self, *names: str) -> None:
        size = self.sizes.body
        first = f"Kính gửi: {names[0]}" if len(names) == 1 else "Kính gửi:"
        paragraph = self.paper.add_paragraph()
        self.put(paragraph, first, size, CENTRE if len(names) == 1 else LEFT, before=16, after=6)
        if len(names) > 1:
            paragraph.paragraph_format.first_line_indent = Mm(35)
            for name in names:
                each = self.put(self.paper.add_paragraph(), f"- {name}", size, LEFT)
                each.paragraph_format.left_indent = Mm(45)

    def say(self, text: str, *, italic: bool = False, heading: bool = False, lead: str = "") -> None:
        """A paragraph of the body: all of it bold, or only its first words."""
        paragraph = self.paper.add_paragraph()
        if lead:
            write(paragraph, lead, self.sizes.body, bold=True)
            write(paragraph, text, self.sizes.body)
        else:
            write(paragraph, text, self.sizes.body, bold=heading, italic=italic)
        paragraph.alignment = BOTH
        form = paragraph.paragraph_format
        form.first_line_indent = Mm(self.style.indent)
        form.space_before, form.space_after = Pt(self.style.gap[0]), Pt(self.style.gap[1])
        form.line_spacing = self.style.spacing
        form.keep_with_next = heading or None
        if self.after_line:
            form.space_before, self.after_line = Pt(18), False

    def body(self, text: str) -> None:
        """One line, and what is pushed in below it, one paragraph; “# ” a heading, “~ ” a base."""
        joined = re.sub(r"\n {12}", " ", text)
        for words in filter(None, map(str.strip, joined.splitlines())):
            article = re.match(r"Điều \d+\. ", words)
            if words.startswith("# "):
                self.say(words[2:], heading=True)
            elif words.startswith("~ "):
                self.say(words[2:], italic=True)
            elif words.startswith("^ "):
                self.centred(words[2:], after=0 if words[2:].startswith("Chương") else 6)
            elif words.startswith("^^ "):
                self.centred(words[3:], before=0)
            elif article:
                self.say(words[article.end() :], lead=article[0])
            else:
                self.say(words)

    def recipients(self, cell: _Cell, names: Sequence[str], start: int = 0) -> None:
        self.put(new(cell, start), "Nơi nhận:", 12, LEFT, bold=True, italic=True)
        for nth, name in enumerate(names, start + 1):
            end = "." if nth == start + len(names) else ";"
            self.put(new(cell, nth), f"- {name}{end}", 11, LEFT)

    def signed(self, cell: _Cell, posts: Sequence[str], name: str) -> None:
        nth, size = 0, self.sizes.sign
        for post in posts:
            self.put(new(cell, nth), post, size, bold=True)
            nth += 1
        for _ in range(4):
            self.put(new(cell, nth), "", size)
            nth += 1
        self.put(new(cell, nth), name, size, bold=True)

    def signature(self, names: Sequence[str], posts: Sequence[str], name: str) -> None:
        last, empty = self.paper.paragraphs[-1], self.put(self.paper.add_paragraph(), "", 6)
        last.paragraph_format.keep_with_next = empty.paragraph_format.keep_with_next = True
        table = self.table(1, self.style.foot)
        self.recipients(table.cell(0, 0), names)
        self.signed(table.cell(0, 1), posts, name)

    def next_part(self) -> Section:
        """A new page with its own numbers from 1: an annex, or the text that a decision puts in force."""
        section: Section = self.paper.add_section(WD_SECTION.NEW_PAGE)
        start = OxmlElement("w:pgNumType")
        start.set(qn("w:start"), "1")
        section._sectPr.insert_element_before(start, "w:cols", "w:titlePg", "w:docGrid")
        return section

    def annex(self, label: str, title: str, enclosed: str, columns: Mapping[str, float], rows: str) -> None:
        self.next_part()
        self.put(self.paper.add_paragraph(), label, 14, bold=True)
        self.put(self.paper.add_paragraph(), title, self.sizes.title, bold=True)
        under = self.put(self.paper.add_paragraph(), enclosed, self.sizes.body, italic=True)
        self.line(under, 40, self.width, self.sizes.body, rows=2)
        self.put(self.paper.add_paragraph(), "", 13)
        lines = [list(columns), *([part.strip() for part in row.split("|")] for row in rows.split("\n"))]
        table = self.paper.add_table(len(lines), len(columns), "Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, columns.values(), strict=True):
            column.width = Mm(width)
        for at, (row, words) in enumerate(zip(table.rows, lines, strict=True)):
            for cell, text, width in zip(row.cells, words, columns.values(), strict=True):
                cell.width = Mm(width)
                align = CENTRE if at == 0 or text.replace(".", "").isdigit() else LEFT
                self.put(new(cell, 0), text, 13, align, bold=at == 0)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def write(paragraph: Paragraph, text: str, size: float, *, bold: bool = False, italic: bool = False) -> Run:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), FONT
    run.bold, run.italic = bold or None, italic or None
    return run


def new(cell: _Cell, nth: int) -> Paragraph:
    """The first paragraph of a cell, or one more."""
    paragraph: Paragraph = cell.paragraphs[0] if nth == 0 else cell.add_paragraph()
    return paragraph


def number_pages(section: Section, size: float) -> None:
    """In the middle of the head, from page 2."""
    section.different_first_page_header_footer = True
    add_number(section.header.paragraphs[0], size)
    section.first_page_header.is_linked_to_previous = False


def add_number(paragraph: Paragraph, size: float) -> None:
    paragraph.alignment = CENTRE
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("text", "2"), ("end", "")):
        run = write(paragraph, text if kind == "text" else "", size)
        if kind == "text":
            continue
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def vml_line(number: int, start: float, length: float, down: float) -> str:
    begin, end = round(start * 2.83465, 1), round((start + length) * 2.83465, 1)
    return (
        f'<w:pict><v:line id="_x0000_s{1026 + number}" style="position:absolute;z-index:25165{number}"'
        f' from="{begin}pt,{down}pt" to="{end}pt,{down}pt" strokecolor="black"'
        ' strokeweight=".75pt"/></w:pict>'
    )


def vml_of(number: int, start: float, length: float, down: float) -> str:
    return vml_line(number, start, length, down).replace("<w:pict>", f"<w:pict {NAMESPACES}>", 1)


def shape_of(number: int, start: float, length: float, down: float) -> str:
    wide, right, low = round(length * EMU_A_MM), round(start * EMU_A_MM), round(down * 12700)
    return (
        f'<mc:AlternateContent {NAMESPACES}><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0"'
        f' distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="{251659264 + number}"'
        ' behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{right}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{low}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{wide}" cy="0"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="Straight Connector {number}"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f'<wps:wsp><wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="0"/></a:xfrm>'
        '<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill>'
        '<a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData>'
        "</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback>"
        f"{vml_line(number, start, length, down)}</mc:Fallback></mc:AlternateContent>"
    )


# The fifteen right documents.


def report_of_department() -> Paper:
    """Báo cáo of a sở to its UBND tỉnh, with two annexes; a deputy signs."""
    clerk = Clerk(Style(spacing=1.15))
    clerk.letterhead(
        "UBND TỈNH LÀO CAI",
        ["SỞ CÔNG THƯƠNG"],
        18,
        "Số: 386/BC-SCT",
        "Lào Cai, ngày 05 tháng 12 năm 2025",
    )
    clerk.title("BÁO CÁO", ["Kết quả thực hiện công tác cải cách hành chính năm 2025"], 50)
    clerk.addressees("Ủy ban nhân dân tỉnh Lào Cai")
    clerk.body(
        """
        Thực hiện Kế hoạch số 45/KH-UBND ngày 20 tháng 01 năm 2025 của Ủy ban nhân dân tỉnh Lào Cai về cải
            cách hành chính năm 2025, Sở Công Thương báo cáo kết quả thực hiện như sau:
        # I. KẾT QUẢ THỰC HIỆN
        # 1. Công tác chỉ đạo, điều hành
        Sở Công Thương đã ban hành 12 văn bản chỉ đạo, tổ chức 04 cuộc họp giao ban chuyên đề; phân công
            lãnh đạo Sở trực tiếp phụ trách công tác cải cách hành chính và gắn kết quả thực hiện với việc
            đánh giá, xếp loại công chức hằng quý.
        # 2. Cải cách thủ tục hành chính
        a) Rà soát, đề xuất đơn giản hóa 08 thủ tục hành chính trong lĩnh vực lưu thông hàng hóa và an
            toàn thực phẩm;
        b) Tiếp nhận 1.245 hồ sơ, giải quyết đúng hạn và trước hạn 1.226 hồ sơ, đạt 98,5%;
        c) Công khai đầy đủ kết quả giải quyết hồ sơ trên Cổng Dịch vụ công quốc gia.
        # 3. Cải cách chế độ công vụ
        Sở đã cử 25 công chức tham gia các lớp bồi dưỡng nghiệp vụ, chuyển đổi vị trí công tác đối với 03
            công chức theo quy định. Số liệu chi tiết tại Phụ lục I và Phụ lục II kèm theo Báo cáo này.
        # II. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN
        # 1. Tồn tại, hạn chế
        Tỷ lệ hồ sơ nộp trực tuyến toàn trình ở một số lĩnh vực còn thấp; việc số hóa kết quả giải quyết
            thủ tục hành chính còn hiệu lực chưa hoàn thành theo tiến độ đề ra.
        # 2. Nguyên nhân
        Một bộ phận tổ chức, cá nhân chưa quen sử dụng chữ ký số; trang thiết bị phục vụ số hóa hồ sơ chưa
            được đầu tư đồng bộ.
        # III. NHIỆM VỤ TRỌNG TÂM NĂM 2026
        1. Tiếp tục rà soát, cắt giảm thời gian giải quyết thủ tục hành chính, bảo đảm tỷ lệ hồ sơ giải
            quyết đúng hạn đạt từ 99% trở lên.
        2. Hoàn thành số hóa toàn bộ kết quả giải quyết thủ tục hành chính còn hiệu lực thuộc thẩm quyền
            của Sở trong quý II năm 2026.
        # IV. KIẾN NGHỊ
        Đề nghị Ủy ban nhân dân tỉnh quan tâm bố trí kinh phí đầu tư trang thiết bị phục vụ số hóa hồ sơ
            trong dự toán ngân sách năm 2026.
        Trên đây là báo cáo kết quả thực hiện công tác cải cách hành chính năm 2025 của Sở Công Thương,
            kính trình Ủy ban nhân dân tỉnh xem xét./.
        """
    )
    clerk.signature(
        ["Như trên", "Sở Nội vụ", "Giám đốc, các Phó Giám đốc Sở", "Các phòng thuộc Sở", "Lưu: VT, VP"],
        ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
        "Nguyễn Văn An",
    )
    enclosed = "(Kèm theo Báo cáo số 386/BC-SCT ngày 05 tháng 12 năm 2025 của Sở Công Thương)"
    clerk.annex(
        "Phụ lục I",
        "KẾT QUẢ GIẢI QUYẾT HỒ SƠ THỦ TỤC HÀNH CHÍNH",
        enclosed,
        {"STT": 15, "Lĩnh vực": 70, "Tiếp nhận": 40, "Đúng hạn": 40},
        "1 | Lưu thông hàng hóa | 640 | 632\n2 | An toàn thực phẩm | 405 | 398\n3 | Điện lực | 200 | 196",
    )
    clerk.annex(
        "Phụ lục II",
        "DANH MỤC LỚP BỒI DƯỠNG NGHIỆP VỤ",
        enclosed,
        {"STT": 15, "Tên lớp": 110, "Số người": 40},
        "1 | Kỹ năng số cơ bản | 15\n2 | Nghiệp vụ kiểm soát thủ tục hành chính | 10",
    )
    return clerk.paper


def report_of_commune() -> Paper:
    """Báo cáo of UBND xã to two addressees; a deputy signs for the chairman on behalf of the body."""
    clerk = Clerk(Style(line="underscores", indent=10, gap=(0, 6)))
    clerk.letterhead(
        "",
        ["ỦY BAN NHÂN DÂN", "XÃ MƯỜNG KHƯƠNG"],
        16.4,
        "Số: 215/BC-UBND",
        "Mường Khương, ngày 20 tháng 11 năm 2025",
    )
    clerk.title("BÁO CÁO", ["Kết quả thực hiện nhiệm vụ kinh tế - xã hội tháng 11 năm 2025"], 60)
    clerk.addressees("Ủy ban nhân dân tỉnh Lào Cai;", "Sở Tài chính tỉnh Lào Cai.")
    clerk.body(
        """
        Thực hiện Nghị quyết số 12/NQ-HĐND ngày 18 tháng 7 năm 2025 của Hội đồng nhân dân xã Mường Khương
            về nhiệm vụ phát triển kinh tế - xã hội 6 tháng cuối năm 2025, Ủy ban nhân dân xã báo cáo kết
            quả thực hiện tháng 11 năm 2025 như sau:
        # I. KẾT QUẢ THỰC HIỆN
        # 1. Lĩnh vực kinh tế
        a) Sản xuất nông nghiệp: hoàn thành thu hoạch 420 ha lúa mùa, năng suất bình quân đạt 52 tạ/ha;
        b) Chăn nuôi: tổng đàn gia súc đạt 8.150 con, tiêm phòng đạt 92% kế hoạch;
        c) Thu ngân sách: đạt 1.240 triệu đồng, lũy kế 11 tháng đạt 96% dự toán;
        d) Đầu tư công: giải ngân 3.600 triệu đồng, đạt 78% kế hoạch vốn;
        đ) Giao thông nông thôn: hoàn thành 2,4 km đường bê tông liên thôn.
        # 2. Lĩnh vực văn hóa - xã hội
        Toàn xã có 12 trường học, duy trì tỷ lệ học sinh chuyên cần đạt 98%. Trạm Y tế xã khám bệnh cho
            1.150 lượt người, không để xảy ra dịch bệnh lớn trên địa bàn. Công tác giảm nghèo được Nhân
            dân đồng tình, hưởng ứng.
        # 3. Giải quyết thủ tục hành chính
        Trung tâm Phục vụ hành chính công xã tiếp nhận 315 hồ sơ, giải quyết đúng hạn 311 hồ sơ, đạt
            98,7%.
        # II. TỒN TẠI, HẠN CHẾ
        Tiến độ giải ngân vốn đầu tư công còn chậm so với kế hoạch; một số tuyến đường liên thôn bị sạt lở
            sau mưa lũ chưa được khắc phục xong.
        # III. NHIỆM VỤ THÁNG 12 NĂM 2025
        1. Tập trung giải ngân vốn đầu tư công, phấn đấu đạt từ 95% kế hoạch trở lên.
        2. Chủ động các phương án phòng, chống rét cho người, cây trồng và vật nuôi.
        Trên đây là báo cáo kết quả thực hiện nhiệm vụ tháng 11 năm 2025 của Ủy ban nhân dân xã Mường
            Khương./.
        """
    )
    clerk.signature(
        ["Như trên", "Thường trực Đảng ủy xã", "Chủ tịch, các Phó Chủ tịch UBND xã", "Lưu: VT, KT"],
        ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        "Sùng Thị Mai",
    )
    return clerk.paper


def letter_of_province() -> Paper:
    """Công văn of UBND tỉnh to several addressees; signed by order, by a deputy of the chief of office."""
    clerk = Clerk(Style(line="vml"))
    clerk.letterhead(
        "",
        ["ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"],
        16,
        "Số: 3954/UBND-NC",
        "Lạng Sơn, ngày 12 tháng 9 năm 2025",
        ["V/v tăng cường kỷ luật,", "kỷ cương hành chính"],
    )
    clerk.addressees("Các sở, ban, ngành tỉnh;", "Ủy ban nhân dân các xã, phường.")
    clerk.body(
        """
        Thời gian qua, việc chấp hành kỷ luật, kỷ cương hành chính tại các cơ quan, đơn vị, địa phương
            trên địa bàn tỉnh có nhiều chuyển biến tích cực. Tuy nhiên, ở một số nơi vẫn còn tình trạng
            chậm trễ trong giải quyết công việc của người dân và doanh nghiệp.
        Để khắc phục tình trạng nêu trên, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn vị, địa
            phương thực hiện các nội dung sau:
        1. Quán triệt đầy đủ quy định về văn hóa công sở và thời gian làm việc đến toàn thể cán bộ, công
            chức, viên chức và người lao động.
        2. Rà soát, xử lý dứt điểm hồ sơ quá hạn; công khai xin lỗi tổ chức, cá nhân khi giải quyết hồ sơ
            chậm theo quy định.
        3. Kiểm tra đột xuất việc chấp hành kỷ luật, kỷ cương tại các đơn vị trực thuộc ít nhất 02 lần
            trong một quý; xử lý nghiêm các trường hợp vi phạm.
        4. Giao Sở Nội vụ theo dõi, đôn đốc, tổng hợp kết quả thực hiện, báo cáo Chủ tịch Ủy ban nhân dân
            tỉnh trước ngày 15 tháng 12 năm 2025.
        Yêu cầu Thủ trưởng các cơ quan, đơn vị, địa phương nghiêm túc triển khai thực hiện./.
        """
    )
    clerk.signature(
        ["Như trên", "Chủ tịch, các Phó Chủ tịch UBND tỉnh", "Các phòng chuyên môn", "Lưu: VT, NC"],
        ["TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"],
        "Hoàng Minh Đức",
    )
    return clerk.paper


def letter_of_department() -> Paper:
    """Công văn of a sở to one addressee, with the address of the office at the foot of page 1."""
    clerk = Clerk(Style(line="border", margins=(20, 20, 30, 20), head=(60, 100), foot=(75, 85)))
    clerk.letterhead(
        "UBND TỈNH NGHỆ AN",
        ["SỞ NỘI VỤ"],
        10,
        "Số: 1215/SNV-TCBC",
        "Nghệ An, ngày 18 tháng 11 năm 2025",
        ["V/v báo cáo kết quả", "tinh giản biên chế năm 2025"],
    )
    clerk.addressees("Sở Tài chính tỉnh Nghệ An")
    clerk.body(
        """
        Sở Nội vụ nhận được Công văn số 2480/STC-NS ngày 05 tháng 11 năm 2025 của Sở Tài chính về việc
            cung cấp số liệu tinh giản biên chế năm 2025 phục vụ lập dự toán. Về nội dung này, Sở Nội vụ
            có ý kiến như sau:
        1. Đến hết ngày 31 tháng 10 năm 2025, toàn tỉnh đã thực hiện tinh giản biên chế đối với 412 trường
            hợp, trong đó có 185 công chức và 227 viên chức.
        2. Kinh phí chi trả chế độ cho các trường hợp nêu trên đã được các cơ quan, đơn vị tổng hợp, thẩm
            định và phê duyệt theo đúng quy định.
        3. Đối với các trường hợp phát sinh trong tháng 12 năm 2025, Sở Nội vụ sẽ tổng hợp và thông báo bổ
            sung trước ngày 10 tháng 01 năm 2026.
        Đề nghị Sở Tài chính tổng hợp, tham mưu cấp có thẩm quyền bố trí kinh phí theo quy định./.
        """
    )
    clerk.signature(
        ["Như trên", "Giám đốc, các Phó Giám đốc Sở", "Lưu: VT, TCBC"], ["GIÁM ĐỐC"], "Trần Thị Hồng Vân"
    )
    foot = clerk.paper.sections[0].first_page_footer
    foot.is_linked_to_previous = False
    words = "Địa chỉ: Số 12, đường Trường Thi, phường Trường Vinh, tỉnh Nghệ An; điện thoại: 0238 3844 111"
    contact = clerk.put(foot.paragraphs[0], words, 11)
    border = f'<w:pBdr {NAMESPACES}><w:top w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
    contact._p.get_or_add_pPr().insert_element_before(parse_xml(border), "w:spacing", "w:ind", "w:jc")
    return clerk.paper


def letter_of_office() -> Paper:
    """Công văn of the office of a ward, whose official name holds abbreviations."""
    clerk = Clerk(Style(SMALL, head=(68, 97), spacing=1.2))
    clerk.letterhead(
        "UBND PHƯỜNG PHAN RANG",
        ["VĂN PHÒNG HĐND VÀ UBND"],
        24,
        "Số: 27/VP-TH",
        "Phan Rang, ngày 09 tháng 01 năm 2026",
        ["V/v đăng ký lịch công tác", "quý I năm 2026"],
    )
    clerk.addressees(
        "Các phòng chuyên môn thuộc Ủy ban nhân dân phường;", "Trung tâm Phục vụ hành chính công phường."
    )
    clerk.body(
        """
        Để kịp thời xây dựng lịch công tác quý I năm 2026 của Ủy ban nhân dân phường, Văn phòng Hội đồng
            nhân dân và Ủy ban nhân dân phường đề nghị các cơ quan, đơn vị thực hiện các nội dung sau:
        1. Đăng ký các nội dung trình phiên họp thường kỳ của Ủy ban nhân dân phường trong quý I năm 2026,
            nêu rõ cơ quan chủ trì, cơ quan phối hợp và thời gian trình.
        2. Phân công 01 công chức làm đầu mối theo dõi, cập nhật tiến độ thực hiện trên hệ thống quản lý
            văn bản và điều hành của phường.
        3. Gửi văn bản đăng ký về Văn phòng Hội đồng nhân dân và Ủy ban nhân dân phường trước ngày 16
            tháng 01 năm 2026 để tổng hợp.
        Đề nghị các cơ quan, đơn vị quan tâm phối hợp thực hiện./.
        """
    )
    clerk.signature(
        ["Như trên", "Chủ tịch, các Phó Chủ tịch UBND phường", "Lưu: VT, TH"],
        ["CHÁNH VĂN PHÒNG"],
        "Lê Quang Huy",
    )
    return clerk.paper


def decision_of_chairman() -> Paper:
    """Quyết định of the chairman of UBND tỉnh, of four articles."""
    clerk = Clerk(Style(spacing=1.3))
    clerk.letterhead(
        "",
        ["ỦY BAN NHÂN DÂN", "TỈNH THANH HÓA"],
        18,
        "Số: 3128/QĐ-UBND",
        "Thanh Hóa, ngày 24 tháng 11 năm 2025",
    )
    clerk.title("QUYẾT ĐỊNH", ["Về việc thành lập Tổ công tác cải cách thủ tục hành chính"], 50)
    clerk.body(
        """
        ^ CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH THANH HÓA
        ~ Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
        ~ Căn cứ Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ về thực hiện thủ tục
            hành chính theo cơ chế một cửa, một cửa liên thông tại Bộ phận Một cửa và Cổng Dịch vụ công
            quốc gia;
        ~ Theo đề nghị của Chánh Văn phòng Ủy ban nhân dân tỉnh tại Tờ trình số 214/TTr-VP ngày 19 tháng
            11 năm 2025 về việc thành lập Tổ công tác cải cách thủ tục hành chính.
        ^ QUYẾT ĐỊNH:
        Điều 1. Thành lập Tổ công tác cải cách thủ tục hành chính tỉnh Thanh Hóa (sau đây gọi là Tổ công
            tác), gồm các thành viên có tên sau:
        1. Ông Lê Đức Thịnh, Phó Chủ tịch Ủy ban nhân dân tỉnh, Tổ trưởng.
        2. Bà Phạm Thị Thu, Chánh Văn phòng Ủy ban nhân dân tỉnh, Tổ phó.
        3. Ông Vũ Quốc Khánh, Phó Giám đốc Sở Tư pháp, Thành viên.
        Điều 2. Tổ công tác có các nhiệm vụ sau:
        1. Giúp Chủ tịch Ủy ban nhân dân tỉnh chỉ đạo, đôn đốc việc thực hiện cải cách thủ tục hành chính
            của các cơ quan, đơn vị, địa phương.
        2. Tổng hợp khó khăn, vướng mắc, đề xuất giải pháp tháo gỡ; báo cáo kết quả hằng quý.
        Điều 3. Tổ công tác hoạt động theo chế độ kiêm nhiệm; được sử dụng con dấu của Văn phòng Ủy ban
            nhân dân tỉnh khi thực hiện nhiệm vụ quy định tại khoản 2 Điều 2 Quyết định này.
        Điều 4. Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc
            Sở Tư pháp, Thủ trưởng các cơ quan, đơn vị liên quan và các ông, bà có tên tại Điều 1 chịu
            trách nhiệm thi hành Quyết định này./.
        """
    )
    clerk.signature(
        ["Như Điều 4", "Chủ tịch, các Phó Chủ tịch UBND tỉnh", "Lưu: VT, KSTTHC"],
        ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        "Lê Đức Thịnh",
    )
    return clerk.paper


def decision_with_rules() -> Paper:
    """Quyết định of the director of a sở, with the rules that it puts in force."""
    clerk = Clerk(Style(line="vml", indent=10, spacing=1.2))
    clerk.letterhead(
        "UBND TỈNH KHÁNH HÒA",
        ["SỞ TÀI CHÍNH"],
        14,
        "Số: 95/QĐ-STC",
        "Khánh Hòa, ngày 10 tháng 10 năm 2025",
    )
    clerk.title("QUYẾT ĐỊNH", ["Ban hành Quy chế làm việc của Sở Tài chính"], 40)
    clerk.body(
        """
        ^ GIÁM ĐỐC SỞ TÀI CHÍNH
        ~ Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
        ~ Căn cứ Nghị định số 150/2025/NĐ-CP ngày 12 tháng 6 năm 2025 của Chính phủ quy định tổ chức các
            cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh, thành phố trực thuộc trung ương và Ủy ban nhân
            dân xã, phường, đặc khu thuộc tỉnh, thành phố trực thuộc trung ương;
        ~ Theo đề nghị của Chánh Văn phòng Sở.
        ^ QUYẾT ĐỊNH:
        Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc của Sở Tài chính.
        Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
        Điều 3. Chánh Văn phòng Sở, Trưởng các phòng, đơn vị thuộc Sở và công chức, viên chức, người lao
            động thuộc Sở chịu trách nhiệm thi hành Quyết định này./.
        """
    )
    clerk.signature(["Như Điều 3", "UBND tỉnh", "Sở Nội vụ", "Lưu: VT, VP"], ["GIÁM ĐỐC"], "Đỗ Hữu Phước")
    clerk.next_part()
    clerk.letterhead("UBND TỈNH KHÁNH HÒA", ["SỞ TÀI CHÍNH"], 14, "", "")
    size = clerk.sizes.title
    clerk.put(clerk.paper.add_paragraph(), "QUY CHẾ", size, bold=True, before=14)
    clerk.put(clerk.paper.add_paragraph(), "Làm việc của Sở Tài chính", size, bold=True)
    enclosed = "(Kèm theo Quyết định số 95/QĐ-STC ngày 10 tháng 10 năm 2025 của Sở Tài chính)"
    under = clerk.put(clerk.paper.add_paragraph(), enclosed, size, italic=True)
    clerk.line(under, 60, clerk.width, size, rows=2)
    clerk.after_line = True
    clerk.body(
        """
        ^ Chương I
        ^^ QUY ĐỊNH CHUNG
        # Điều 1. Phạm vi điều chỉnh và đối tượng áp dụng
        1. Quy chế này quy định nguyên tắc, chế độ trách nhiệm, quan hệ công tác và cách thức giải quyết
            công việc của Sở Tài chính.
        2. Quy chế này áp dụng đối với công chức, viên chức, người lao động thuộc Sở và tổ chức, cá nhân
            có liên quan đến công việc của Sở.
        # Điều 2. Nguyên tắc làm việc
        1. Sở làm việc theo chế độ thủ trưởng, kết hợp phát huy trí tuệ của tập thể lãnh đạo Sở.
        2. Mỗi việc chỉ giao một đơn vị, một người chịu trách nhiệm chính.
        ^ Chương II
        ^^ TRÁCH NHIỆM VÀ QUAN HỆ CÔNG TÁC
        # Điều 3. Trách nhiệm của Giám đốc Sở
        Giám đốc Sở chịu trách nhiệm trước Ủy ban nhân dân tỉnh về toàn bộ hoạt động của Sở; giải quyết
            các công việc sau:
        a) Phân công nhiệm vụ cho các Phó Giám đốc Sở;
        b) Quyết định những vấn đề thuộc thẩm quyền quản lý của Sở;
        c) Ủy quyền giải quyết công việc khi vắng mặt.
        # Điều 4. Trách nhiệm của Trưởng phòng
        Trưởng phòng chịu trách nhiệm trước Giám đốc Sở về kết quả thực hiện nhiệm vụ của phòng.
        ^ Chương III
        ^^ TỔ CHỨC THỰC HIỆN
        # Điều 5. Trách nhiệm thi hành
        Chánh Văn phòng Sở theo dõi, kiểm tra việc thực hiện Quy chế này và báo cáo Giám đốc Sở trước ngày
            31 tháng 12 hằng năm./.
        """
    )
    clerk.put(clerk.paper.add_paragraph(), "", 6)
    clerk.signed(clerk.table(1, clerk.style.foot).cell(0, 1), ["GIÁM ĐỐC"], "Đỗ Hữu Phước")
    return clerk.paper


def decision_of_ward() -> Paper:
    """Quyết định of UBND phường, with one annex: a list of households."""
    clerk = Clerk(Style(line="border", spacing=1.1))
    clerk.letterhead(
        "",
        ["ỦY BAN NHÂN DÂN", "PHƯỜNG CAM ĐƯỜNG"],
        19,
        "Số: 412/QĐ-UBND",
        "Cam Đường, ngày 03 tháng 11 năm 2025",
    )
    clerk.title("QUYẾT ĐỊNH", ["Phê duyệt danh sách hộ gia đình được hỗ trợ sửa chữa nhà ở"], 50)
    clerk.body(
        """
        ^ ỦY BAN NHÂN DÂN PHƯỜNG CAM ĐƯỜNG
        ~ Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
        ~ Căn cứ Nghị quyết số 09/NQ-HĐND ngày 25 tháng 8 năm 2025 của Hội đồng nhân dân phường Cam Đường
            về hỗ trợ sửa chữa nhà ở cho hộ nghèo năm 2025;
        ~ Theo đề nghị của Trưởng phòng Kinh tế, Hạ tầng và Đô thị phường.
        ^ QUYẾT ĐỊNH:
        Điều 1. Phê duyệt danh sách 04 hộ gia đình được hỗ trợ sửa chữa nhà ở với tổng kinh phí
            120.000.000 đồng (Một trăm hai mươi triệu đồng).
        (Chi tiết tại Phụ lục kèm theo Quyết định này)
        Điều 2. Giao Phòng Kinh tế, Hạ tầng và Đô thị phường hướng dẫn các hộ gia đình sửa chữa nhà ở,
            nghiệm thu và thanh toán kinh phí theo quy định.
        Điều 3. Quyết định này có hiệu lực kể từ ngày ký. Chánh Văn phòng Hội đồng nhân dân và Ủy ban nhân
            dân phường, Trưởng phòng Kinh tế, Hạ tầng và Đô thị phường, các cơ quan, đơn vị liên quan và
            các hộ gia đình có tên tại Phụ lục chịu trách nhiệm thi hành Quyết định này./.
        """
    )
    clerk.signature(
        ["Như Điều 3", "Thường trực HĐND phường", "Chủ tịch, các Phó Chủ tịch UBND phường", "Lưu: VT, KTHT"],
        ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
        "Giàng A Páo",
    )
    clerk.annex(
        "Phụ lục",
        "DANH SÁCH HỘ GIA ĐÌNH ĐƯỢC HỖ TRỢ SỬA CHỮA NHÀ Ở",
        "(Kèm theo Quyết định số 412/QĐ-UBND ngày 03 tháng 11 năm 2025 của Ủy ban nhân dân phường Cam Đường)",
        {"STT": 15, "Họ và tên chủ hộ": 60, "Địa chỉ": 50, "Số tiền (đồng)": 40},
        "1 | Lý Văn Sơn | Tổ dân phố số 3 | 30.000.000\n2 | Vàng Thị Dở | Tổ dân phố số 5 | 30.000.000\n"
        "3 | Trần Văn Kiên | Tổ dân phố số 8 | 30.000.000\n4 | Hà Thị Lụa | Tổ dân phố số 9 | 30.000.000",
    )
    return clerk.paper


def plan_of_province() -> Paper:
    """Kế hoạch of UBND tỉnh, with bases; a deputy signs."""
    clerk = Clerk(Style(margins=(25, 20, 35, 15), head=(60, 100), foot=(75, 85)))
    clerk.letterhead(
        "",
        ["ỦY BAN NHÂN DÂN", "TỈNH ĐỒNG THÁP"],
        17,
        "Số: 348/KH-UBND",
        "Đồng Tháp, ngày 15 tháng 12 năm 2025",
    )
    clerk.title("KẾ HOẠCH", ["Triển khai công tác văn thư, lưu trữ năm 2026"], 40)
    clerk.body(
        """
        ~ Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024;
        ~ Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư.
        Ủy ban nhân dân tỉnh Đồng Tháp ban hành Kế hoạch triển khai công tác văn thư, lưu trữ năm 2026 như
            sau:
        # I. MỤC ĐÍCH, YÊU CẦU
        # 1. Mục đích
        Thực hiện thống nhất các quy định của Nhà nước về công tác văn thư, lưu trữ trong các cơ quan, tổ
            chức trên địa bàn tỉnh; nâng cao chất lượng soạn thảo, ban hành văn bản.
        # 2. Yêu cầu
        Các cơ quan, tổ chức chủ động xây dựng kế hoạch, bố trí nhân lực, kinh phí và thực hiện đúng tiến
            độ được giao.
        # II. NỘI DUNG
        # 1. Công tác văn thư
        a) Rà soát thể thức và kỹ thuật trình bày văn bản theo Nghị định số 30/2020/NĐ-CP;
        b) Quản lý văn bản đi, văn bản đến trên hệ thống quản lý văn bản và điều hành;
        c) Lập hồ sơ công việc điện tử đối với 100% hồ sơ thuộc danh mục hồ sơ.
        # 2. Công tác lưu trữ
        a) Chỉnh lý dứt điểm tài liệu tồn đọng trước ngày 30 tháng 9 năm 2026;
        b) Giao nộp hồ sơ, tài liệu đến hạn vào Lưu trữ lịch sử tỉnh.
        # 3. Công tác kiểm tra
        Kiểm tra công tác văn thư, lưu trữ tại ít nhất 20 cơ quan, tổ chức; thông báo kết quả kiểm tra
            bằng văn bản.
        # III. KINH PHÍ THỰC HIỆN
        Kinh phí thực hiện được bố trí trong dự toán ngân sách năm 2026 của các cơ quan, tổ chức theo phân
            cấp ngân sách hiện hành.
        # IV. TỔ CHỨC THỰC HIỆN
        1. Giao Sở Nội vụ chủ trì hướng dẫn, kiểm tra việc thực hiện Kế hoạch này; tổng hợp kết quả, báo
            cáo Ủy ban nhân dân tỉnh trước ngày 15 tháng 12 năm 2026.
        2. Thủ trưởng các sở, ban, ngành tỉnh, Chủ tịch Ủy ban nhân dân các xã, phường tổ chức thực hiện
            Kế hoạch này tại cơ quan, địa phương mình./.
        """
    )
    clerk.signature(
        [
            "Bộ Nội vụ",
            "Thường trực Tỉnh ủy, HĐND tỉnh",
            "Các sở, ban, ngành tỉnh",
            "UBND các xã, phường",
            "Lưu: VT, NC",
        ],
        ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        "Huỳnh Minh Thức",
    )
    return clerk.paper


def plan_of_commune() -> Paper:
    """Kế hoạch of UBND xã, set in the smaller sizes; the chairman signs."""
    clerk = Clerk(Style(SMALL, head=(68, 97), line="shape", gap=(3, 6), spacing=1.15))
    clerk.letterhead(
        "",
        ["ỦY BAN NHÂN DÂN", "XÃ VĨNH HẢI"],
        13.4,
        "Số: 05/KH-UBND",
        "Vĩnh Hải, ngày 06 tháng 01 năm 2026",
    )
    clerk.title("KẾ HOẠCH", ["Tuyên truyền, phổ biến, giáo dục pháp luật năm 2026"], 44)
    clerk.body(
        """
        Thực hiện Kế hoạch số 512/KH-UBND ngày 22 tháng 12 năm 2025 của Ủy ban nhân dân tỉnh Khánh Hòa về
            phổ biến, giáo dục pháp luật năm 2026, Ủy ban nhân dân xã Vĩnh Hải xây dựng kế hoạch như sau:
        # I. MỤC ĐÍCH, YÊU CẦU
        1. Nâng cao nhận thức, ý thức chấp hành pháp luật của cán bộ, công chức và Nhân dân trên địa bàn
            xã.
        2. Nội dung, hình thức phổ biến phù hợp với từng nhóm đối tượng, từng thôn.
        # II. NỘI DUNG VÀ HÌNH THỨC
        # 1. Nội dung
        Tập trung phổ biến các luật mới có hiệu lực thi hành trong năm 2026; các quy định về đất đai, hộ
            tịch, phòng, chống ma túy và trật tự, an toàn giao thông.
        # 2. Hình thức
        a) Tổ chức 06 hội nghị tuyên truyền trực tiếp tại các thôn;
        b) Phát thanh trên hệ thống truyền thanh cơ sở mỗi tuần 02 buổi;
        c) Đăng tải tin, bài trên trang thông tin điện tử của xã.
        # III. TỔ CHỨC THỰC HIỆN
        1. Giao Phòng Văn hóa - Xã hội xã chủ trì thực hiện, định kỳ báo cáo kết quả trước ngày 10 tháng
            12 năm 2026.
        2. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam xã và các tổ chức chính trị - xã hội phối hợp vận động
            đoàn viên, hội viên tham gia.
        3. Trưởng các thôn tổ chức thực hiện tại thôn./.
        """
    )
    clerk.signature(
        ["UBND tỉnh Khánh Hòa", "Thường trực Đảng ủy, HĐND xã", "Trưởng các thôn", "Lưu: VT, VHXH"],
        ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
        "Chamaléa Thị Hiền",
    )
    return clerk.paper


def proposal_of_department() -> Paper:
    """Tờ trình of a sở to its UBND tỉnh; the director signs."""
    clerk = Clerk(Style(line="border"))
    clerk.letterhead(
        "UBND TỈNH NGHỆ AN",
        ["SỞ Y TẾ"],
        8,
        "Số: 31/TTr-SYT",
        "Nghệ An, ngày 04 tháng 12 năm 2025",
    )
    clerk.title("TỜ TRÌNH", ["Về việc ban hành Kế hoạch phòng, chống dịch bệnh năm 2026"], 50)
    clerk.addressees("Ủy ban nhân dân tỉnh Nghệ An.")
    clerk.body(
        """
        Thực hiện Công văn số 9120/UBND-VX ngày 17 tháng 11 năm 2025 của Ủy ban nhân dân tỉnh Nghệ An về
            việc xây dựng kế hoạch phòng, chống dịch bệnh năm 2026, Sở Y tế kính trình Ủy ban nhân dân
            tỉnh dự thảo Kế hoạch với các nội dung chính như sau:
        # I. SỰ CẦN THIẾT
        Năm 2025, trên địa bàn tỉnh ghi nhận 1.820 trường hợp mắc sốt xuất huyết, tăng 12% so với cùng kỳ
            năm 2024. Nguy cơ bùng phát dịch bệnh trong năm 2026 còn cao, nhất là tại các xã, phường ven
            biển.
        # II. NỘI DUNG CHÍNH CỦA DỰ THẢO KẾ HOẠCH
        # 1. Mục tiêu
        Phát hiện sớm, xử lý kịp thời các ổ dịch; giảm từ 10% số trường hợp mắc sốt xuất huyết so với năm
            2025.
        # 2. Giải pháp
        a) Củng cố đội đáp ứng nhanh tại Trung tâm Kiểm soát bệnh tật tỉnh;
        b) Bảo đảm đủ thuốc, hóa chất, vật tư phòng, chống dịch;
        c) Tổ chức chiến dịch vệ sinh môi trường, diệt bọ gậy 02 đợt trong năm.
        # 3. Kinh phí
        Dự kiến 4.500 triệu đồng từ nguồn ngân sách tỉnh giao Sở Y tế năm 2026.
        # III. KIẾN NGHỊ
        Kính đề nghị Ủy ban nhân dân tỉnh xem xét, ban hành Kế hoạch phòng, chống dịch bệnh năm 2026 trên
            địa bàn tỉnh Nghệ An./.
        """
    )
    clerk.signature(
        ["Như trên", "Sở Tài chính (để phối hợp)", "Lưu: VT, NVY"], ["GIÁM ĐỐC"], "Phan Thanh Hải"
    )
    return clerk.paper


def notice_of_office() -> Paper:
    """Thông báo of the office of a sở, set in the smaller sizes."""
    clerk = Clerk(Style(SMALL, head=(70, 95), line="vml", spacing=1.3))
    clerk.letterhead(
        "SỞ XÂY DỰNG TỈNH NGHỆ AN",
        ["VĂN PHÒNG"],
        11,
        "Số: 57/TB-VP",
        "Nghệ An, ngày 02 tháng 02 năm 2026",
    )
    clerk.title("THÔNG BÁO", ["Lịch trực Tết Nguyên đán Bính Ngọ năm 2026"], 38)
    clerk.body(
        """
        Thực hiện Công văn số 214/SXD-VP ngày 26 tháng 01 năm 2026 của Sở Xây dựng tỉnh Nghệ An về việc
            nghỉ Tết Nguyên đán Bính Ngọ năm 2026, Văn phòng Sở thông báo lịch trực như sau:
        1. Thời gian trực: từ 07 giờ 30 phút ngày 14 tháng 02 năm 2026 đến 07 giờ 30 phút ngày 23 tháng 02
            năm 2026.
        2. Thành phần trực: mỗi ca trực gồm 01 lãnh đạo Sở, 01 công chức, 01 nhân viên bảo vệ và 01 lái
            xe.
        3. Nhiệm vụ của ca trực:
        a) Tiếp nhận, xử lý văn bản khẩn theo quy định;
        b) Bảo đảm an ninh, trật tự, phòng cháy và chữa cháy tại trụ sở;
        c) Báo cáo lãnh đạo Sở khi có tình huống phát sinh.
        4. Các phòng, đơn vị thuộc Sở gửi danh sách người trực về Văn phòng Sở trước ngày 06 tháng 02 năm
            2026.
        Văn phòng Sở thông báo để các phòng, đơn vị biết, thực hiện./.
        """
    )
    clerk.signature(
        ["Lãnh đạo Sở", "Các phòng, đơn vị thuộc Sở", "Lưu: VT, HC"],
        ["CHÁNH VĂN PHÒNG"],
        "Nguyễn Thị Thanh Nga",
    )
    return clerk.paper


def invitation_of_commune() -> Paper:
    """Giấy mời of UBND xã, signed by order of the chairman."""
    clerk = Clerk(Style(indent=10, spacing=1.2))
    clerk.letterhead(
        "",
        ["ỦY BAN NHÂN DÂN", "XÃ NINH HẢI"],
        14.5,
        "Số: 18/GM-UBND",
        "Ninh Hải, ngày 26 tháng 01 năm 2026",
    )
    clerk.title("GIẤY MỜI", ["Họp giao ban công tác tháng 01 năm 2026"], 36)
    clerk.body(
        """
        Ủy ban nhân dân xã Ninh Hải trân trọng kính mời lãnh đạo các phòng, đơn vị thuộc Ủy ban nhân dân
            xã và Trưởng các thôn tới dự cuộc họp giao ban công tác tháng 01 năm 2026.
        1. Nội dung: đánh giá kết quả công tác tháng 01 và triển khai nhiệm vụ tháng 02 năm 2026.
        2. Chủ trì: ông Trần Minh Lực, Chủ tịch Ủy ban nhân dân xã.
        3. Thời gian: 08 giờ 00 phút, thứ Sáu, ngày 30 tháng 01 năm 2026.
        4. Địa điểm: Phòng họp số 1, trụ sở Ủy ban nhân dân xã Ninh Hải.
        Đề nghị các đại biểu chuẩn bị nội dung, tham dự đầy đủ và đúng thời gian./.
        """
    )
    clerk.signature(
        ["Như thành phần mời", "Chủ tịch, các Phó Chủ tịch UBND xã", "Lưu: VT, VP"],
        ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"],
        "Võ Thị Kim Oanh",
    )
    return clerk.paper


def minutes_of_department() -> Paper:
    """Biên bản of a meeting of a sở: the secretary and the chair sign side by side, the recipients follow."""
    clerk = Clerk(Style(line="vml", spacing=1.1))
    clerk.letterhead(
        "UBND TỈNH LẠNG SƠN",
        ["SỞ TƯ PHÁP"],
        11.5,
        "Số: 09/BB-STP",
        "Lạng Sơn, ngày 19 tháng 12 năm 2025",
    )
    clerk.title("BIÊN BẢN", ["Họp rà soát văn bản quy phạm pháp luật quý IV năm 2025"], 50)
    clerk.body(
        """
        Thời gian bắt đầu: 14 giờ 00 phút, ngày 19 tháng 12 năm 2025.
        Địa điểm: Phòng họp tầng 2, trụ sở Sở Tư pháp tỉnh Lạng Sơn.
        Thành phần tham dự: lãnh đạo Sở, Trưởng các phòng thuộc Sở; đại diện Sở Nội vụ, Sở Tài chính.
        Chủ trì: ông Nông Văn Bình, Phó Giám đốc Sở.
        Thư ký: bà Lương Thị Hà, chuyên viên Phòng Xây dựng và Thi hành pháp luật.
        Nội dung:
        1. Phòng Xây dựng và Thi hành pháp luật báo cáo kết quả rà soát 46 văn bản do Hội đồng nhân dân,
            Ủy ban nhân dân tỉnh ban hành; đề nghị bãi bỏ 05 văn bản, sửa đổi, bổ sung 11 văn bản.
        2. Đại diện Sở Nội vụ, Sở Tài chính thống nhất với kết quả rà soát; đề nghị bổ sung 02 văn bản về
            chế độ công tác phí vào danh mục đề nghị sửa đổi.
        3. Ông Nông Văn Bình kết luận: thống nhất danh mục văn bản đề nghị bãi bỏ, sửa đổi, bổ sung; giao
            Phòng Xây dựng và Thi hành pháp luật hoàn thiện hồ sơ, trình lãnh đạo Sở trước ngày 25 tháng
            12 năm 2025.
        Cuộc họp kết thúc vào 16 giờ 30 phút, ngày 19 tháng 12 năm 2025./.
        """
    )
    clerk.put(clerk.paper.add_paragraph(), "", 6)
    table = clerk.table(1, clerk.style.foot)
    clerk.signed(table.cell(0, 0), ["THƯ KÝ"], "Lương Thị Hà")
    clerk.signed(table.cell(0, 1), ["CHỦ TỌA"], "Nông Văn Bình")
    clerk.put(clerk.paper.add_paragraph(), "", 6)
    last = clerk.table(1, clerk.style.foot)
    clerk.recipients(last.cell(0, 0), ["Giám đốc Sở", "Các phòng thuộc Sở", "Lưu: VT, hồ sơ"])
    return clerk.paper


def decision_copied() -> Paper:
    """Quyết định of a sở, with the block of a copy (sao y) below it."""
    clerk = Clerk(Style(line="vml"))
    clerk.letterhead(
        "UBND TỈNH ĐỒNG THÁP",
        ["SỞ CÔNG THƯƠNG"],
        18,
        "Số: 78/QĐ-SCT",
        "Đồng Tháp, ngày 08 tháng 12 năm 2025",
    )
    clerk.title("QUYẾT ĐỊNH", ["Về việc điều động công chức"], 25)
    clerk.body(
        """
        ^ GIÁM ĐỐC SỞ CÔNG THƯƠNG TỈNH ĐỒNG THÁP
        ~ Căn cứ Luật Cán bộ, công chức ngày 24 tháng 6 năm 2025;
        ~ Căn cứ Quyết định số 36/QĐ-UBND ngày 07 tháng 7 năm 2025 của Ủy ban nhân dân tỉnh Đồng Tháp quy
            định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Sở Công Thương;
        ~ Theo đề nghị của Chánh Văn phòng Sở.
        ^ QUYẾT ĐỊNH:
        Điều 1. Điều động bà Nguyễn Ngọc Bích, chuyên viên Phòng Quản lý thương mại, đến công tác tại Văn
            phòng Sở kể từ ngày 15 tháng 12 năm 2025.
        Điều 2. Lương và các chế độ khác của bà Nguyễn Ngọc Bích thực hiện theo quy định hiện hành.
        Điều 3. Chánh Văn phòng Sở, Trưởng phòng Quản lý thương mại và bà Nguyễn Ngọc Bích chịu trách
            nhiệm thi hành Quyết định này./.
        """
    )
    clerk.signature(["Như Điều 3", "Sở Nội vụ", "Lưu: VT, VP"], ["GIÁM ĐỐC"], "Cao Thanh Tùng")
    rule = clerk.put(clerk.paper.add_paragraph(), "", 6, after=6)
    border = f'<w:pBdr {NAMESPACES}><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
    rule._p.get_or_add_pPr().insert_element_before(parse_xml(border), "w:spacing", "w:jc")
    head = clerk.table(2, clerk.style.head)
    clerk.put(new(head.cell(0, 0), 0), "UBND TỈNH ĐỒNG THÁP", 13)
    clerk.line(clerk.put(new(head.cell(0, 0), 1), "SỞ CÔNG THƯƠNG", 13, bold=True), 18, 61.2, 13)
    clerk.put(new(head.cell(0, 1), 0), "SAO Y", 14, bold=True)
    clerk.put(new(head.cell(1, 0), 0), "Số: 12/SY-SCT", 13, before=8)
    date = "Đồng Tháp, ngày 12 tháng 01 năm 2026"
    clerk.put(new(head.cell(1, 1), 0), date, 14, italic=True, before=8)
    clerk.signature(
        ["Phòng Quản lý thương mại", "Bà Nguyễn Ngọc Bích", "Lưu: VT"],
        ["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"],
        "Lâm Thị Diễm",
    )
    return clerk.paper


RIGHT: Final[Mapping[str, Callable[[], Paper]]] = {
    "bc-so": report_of_department,
    "bc-xa": report_of_commune,
    "cv-tinh": letter_of_province,
    "cv-so": letter_of_department,
    "cv-vp": letter_of_office,
    "qd-tinh": decision_of_chairman,
    "qd-so": decision_with_rules,
    "qd-phuong": decision_of_ward,
    "kh-tinh": plan_of_province,
    "kh-xa": plan_of_commune,
    "ttr-so": proposal_of_department,
    "tb-vp": notice_of_office,
    "gm-xa": invitation_of_commune,
    "bb-so": minutes_of_department,
    "qd-sao": decision_copied,
}


# What a slip does to a document.


def paragraphs(paper: Paper) -> Iterator[Paragraph]:
    for element in paper.element.body.iter(qn("w:p")):
        yield Paragraph(element, paper._body)


def at(paper: Paper, words: str, nth: int = 0) -> Paragraph:
    """The paragraph that holds these words, first or later."""
    return [each for each in paragraphs(paper) if words in each.text][nth]


def swap(old: str, new_words: str, nth: int = 0) -> Plant:
    def plant(paper: Paper) -> None:
        run = next(run for run in at(paper, old, nth).runs if old in run.text)
        run.text = run.text.replace(old, new_words, 1)

    return plant


def look(words: str, nth: int = 0, **how: Any) -> Plant:
    """bold, italic, underline, size, name, color: of all runs of a paragraph."""

    def plant(paper: Paper) -> None:
        for run in at(paper, words, nth).runs:
            for name, value in how.items():
                if name == "color":
                    run.font.color.rgb = value
                else:
                    setattr(run.font, name, Pt(value) if name == "size" else value)

    return plant


def form(words: str, nth: int = 0, **how: Any) -> Plant:
    def plant(paper: Paper) -> None:
        for name, value in how.items():
            setattr(at(paper, words, nth).paragraph_format, name, value)

    return plant


def drop(words: str, nth: int = 0) -> Plant:
    def plant(paper: Paper) -> None:
        element = at(paper, words, nth)._p
        element.getparent().remove(element)

    return plant


def both(*plants: Plant) -> Plant:
    def plant(paper: Paper) -> None:
        for each in plants:
            each(paper)

    return plant


def section(nth: int = 0, **how: Any) -> Plant:
    def plant(paper: Paper) -> None:
        for name, value in how.items():
            setattr(paper.sections[nth], name, value)

    return plant


def in_run(words: str, part: str, **how: Any) -> Plant:
    """Some words of a paragraph set apart in a run of their own."""

    def plant(paper: Paper) -> None:
        run = next(run for run in at(paper, words).runs if part in run.text)
        start, end = run.text.split(part, 1)
        run.text = start
        middle, last = deepcopy(run._r), deepcopy(run._r)
        run._r.addnext(middle)
        middle.addnext(last)
        Run(middle, run._parent).text, Run(last, run._parent).text = part, end
        for name, value in how.items():
            setattr(Run(middle, run._parent).font, name, value)

    return plant


def drawn(paragraph: Paragraph) -> list[Any]:
    marks = (qn("w:pict"), qn("w:drawing"))
    return [run._r for run in paragraph.runs if any(each.tag in marks for each in run._r.iter())]


def no_line(words: str, nth: int = 0) -> Plant:
    """Whatever draws the line below a paragraph."""

    def plant(paper: Paper) -> None:
        paragraph = at(paper, words, nth)
        shapes = drawn(paragraph)
        for run in shapes:
            run.getparent().remove(run)
        if not shapes:
            below = paragraph._p.getnext()
            if below.find(f".//{qn('w:pBdr')}") is None and "___" not in Paragraph(below, paper._body).text:
                raise ValueError(f"no line below “{words}”")
            below.getparent().remove(below)

    return plant


def line_of(words: str, length: float, room: float, nth: int = 0) -> Plant:
    """The drawn line of another length."""

    def plant(paper: Paper) -> None:
        paragraph = at(paper, words, nth)
        (old,) = drawn(paragraph)
        xml = shape_of if old.find(f".//{qn('w:drawing')}") is not None else vml_of
        for child in list(old):
            old.remove(child)
        old.append(parse_xml(xml(77, (room - length) / 2, length, 17)))

    return plant


def insert(before: str, text: str, nth: int = 0) -> Plant:
    """One more paragraph, set as the one that it stands before."""

    def plant(paper: Paper) -> None:
        model = at(paper, before, nth)
        added = deepcopy(model._p)
        model._p.addprevious(added)
        runs = Paragraph(added, paper._body).runs
        for run in runs[1:]:
            run._r.getparent().remove(run._r)
        runs[0].text = text

    return plant


def empty_between(*words: str) -> Plant:
    return both(*(insert(each, "") for each in words))


def header_of(paper: Paper) -> Paragraph:
    paragraph: Paragraph = paper.sections[0].header.paragraphs[0]
    return paragraph


def no_number(paper: Paper) -> None:
    for run in header_of(paper).runs:
        run._r.getparent().remove(run._r)


def number_below(paper: Paper) -> None:
    no_number(paper)
    add_number(paper.sections[0].footer.paragraphs[0], 14)


def number_worded(paper: Paper) -> None:
    header_of(paper).runs[0]._r.addprevious(deepcopy(header_of(paper).runs[3]._r))
    header_of(paper).runs[0].text = "Trang "


def number_on(paper: Paper) -> None:
    for kind in paper.sections[1]._sectPr.findall(qn("w:pgNumType")):
        paper.sections[1]._sectPr.remove(kind)


def joined_bases(paper: Paper) -> None:
    """Two bases in one line."""
    first, second = at(paper, "Căn cứ Luật Cán bộ"), at(paper, "Căn cứ Quyết định số 36")
    first.runs[-1].text += " "
    for run in list(second.runs):
        first._p.append(run._r)
    second._p.getparent().remove(second._p)


def commented(paper: Paper) -> None:
    runs = at(paper, "Dự kiến 4.500 triệu").runs
    paper.add_comment(runs, "Anh Hải xem lại số này giúp em", author="Văn thư", initials="VT")


def font_of(words: str, name: str) -> Plant:
    return look(words, name=name)


def addressees_together(paper: Paper) -> None:
    drop("- Các sở, ban, ngành tỉnh;")(paper)
    drop("- Ủy ban nhân dân các xã, phường.")(paper)
    swap("Kính gửi:", "Kính gửi: Các sở, ban, ngành tỉnh; Ủy ban nhân dân các xã, phường.")(paper)


def annex_one(paper: Paper) -> None:
    label = next(each for each in paragraphs(paper) if each.text == "Phụ lục I")
    label.runs[0].text = "Phụ lục 1"


# The faults: each decided before the first run.


@dataclass(frozen=True)
class Fault:
    paper: str
    part: str
    what: str
    expected: str
    say: Say
    """Regular expressions, of small letters: one new finding holds all of them."""
    plant: Plant


FAULTS: Final[Sequence[Fault]] = (
    # The page and its number.
    Fault(
        "bc-xa",
        "page",
        "Letter paper instead of A4",
        "khổ giấy không phải A4",
        ("khổ giấy|a4",),
        section(page_width=Mm(215.9), page_height=Mm(279.4)),
    ),
    Fault(
        "kh-tinh",
        "page",
        "right margin 25 mm",
        "lề phải ngoài 15–20 mm",
        ("lề phải",),
        section(right_margin=Mm(25)),
    ),
    Fault(
        "ttr-so",
        "page",
        "bottom margin 30 mm",
        "lề dưới ngoài 20–25 mm",
        ("lề dưới",),
        section(bottom_margin=Mm(30)),
    ),
    Fault(
        "bc-so",
        "page",
        "left margin 20 mm in the section of Phụ lục I alone",
        "lề trái của phần phụ lục",
        ("lề trái",),
        section(1, left_margin=Mm(20)),
    ),
    Fault(
        "kh-tinh", "page number", "none at all", "thiếu số trang", ("số trang", "thiếu|không|chưa"), no_number
    ),
    Fault(
        "bc-xa",
        "page number",
        "in the foot of the page",
        "số trang đặt ở chân trang",
        ("số trang", "chân trang|lề dưới|cuối trang"),
        number_below,
    ),
    Fault(
        "ttr-so",
        "page number",
        "shown on page 1",
        "trang đầu hiện số trang",
        ("trang đầu|trang thứ nhất|trang 1",),
        section(different_first_page_header_footer=False),
    ),
    Fault(
        "qd-tinh",
        "page number",
        "“Trang 2” in words",
        "số trang chỉ là chữ số, không có chữ “Trang”",
        ("số trang", "trang |chữ số"),
        number_worded,
    ),
    Fault(
        "bc-so",
        "page number",
        "Phụ lục I goes on with the numbers of the report",
        "phụ lục đánh số trang riêng, từ 1",
        ("phụ lục", "số trang"),
        number_on,
    ),
    # Font, colour and size of the text.
    Fault(
        "bc-xa",
        "font",
        "one paragraph in Arial",
        "phông Arial ở đoạn “Toàn xã có 12 trường học”",
        ("phông", "arial"),
        font_of("Toàn xã có 12 trường học", "Arial"),
    ),
    Fault(
        "kh-tinh",
        "font",
        "two words in Calibri within a paragraph",
        "phông Calibri trong đoạn",
        ("phông", "calibri"),
        in_run("Kinh phí thực hiện được bố trí", "dự toán", name="Calibri"),
    ),
    Fault(
        "ttr-so",
        "colour",
        "one paragraph in red",
        "chữ màu đỏ, phải đen",
        ("màu",),
        look("Dự kiến 4.500 triệu", color=RGBColor(255, 0, 0)),
    ),
    Fault(
        "bc-so",
        "body",
        "a paragraph of size 12",
        "nội dung cỡ 12, phải 13–14",
        ("cỡ", "12"),
        look("Một bộ phận tổ chức, cá nhân", size=12),
    ),
    # Quốc hiệu, Tiêu ngữ.
    Fault(
        "gm-xa",
        "Quốc hiệu",
        "not bold",
        "Quốc hiệu phải in đậm",
        ("quốc hiệu", "đậm"),
        look(COUNTRY, bold=False),
    ),
    Fault(
        "bc-xa",
        "Quốc hiệu",
        "“CHỦ NGHIÃ”: the tone on the wrong letter",
        "Quốc hiệu viết sai chữ",
        ("quốc hiệu",),
        swap("NGHĨA", "NGHIÃ"),
    ),
    Fault(
        "cv-tinh",
        "Tiêu ngữ",
        "en dashes instead of hyphens",
        "Tiêu ngữ dùng gạch nối “-”",
        ("tiêu ngữ", "gạch|“-”|–"),
        swap(MOTTO, "Độc lập – Tự do – Hạnh phúc"),
    ),
    Fault(
        "kh-xa",
        "Tiêu ngữ",
        "“tự do - hạnh phúc” in small letters",
        "chữ cái đầu các cụm từ viết hoa",
        ("tiêu ngữ",),
        swap(MOTTO, "Độc lập - tự do - hạnh phúc"),
    ),
    Fault(
        "ttr-so",
        "Tiêu ngữ",
        "no line below it",
        "thiếu đường kẻ dưới Tiêu ngữ",
        ("tiêu ngữ", "kẻ"),
        no_line(MOTTO),
    ),
    Fault(
        "kh-tinh",
        "Tiêu ngữ",
        "its line only 25 mm long",
        "đường kẻ dài bằng dòng chữ",
        ("tiêu ngữ", "kẻ", "dài|ngắn"),
        line_of(MOTTO, 25, 96.2),
    ),
    # The issuing office.
    Fault(
        "bc-so",
        "issuer",
        "the office above in bold",
        "tên cơ quan chủ quản không in đậm",
        ("chủ quản", "đậm"),
        look("UBND TỈNH LÀO CAI", bold=True),
    ),
    Fault(
        "cv-so",
        "issuer",
        "no line below it",
        "thiếu đường kẻ dưới tên cơ quan",
        ("cơ quan", "kẻ"),
        no_line("SỞ NỘI VỤ"),
    ),
    Fault(
        "bb-so",
        "issuer",
        "its line longer than the name (50 mm)",
        "đường kẻ dài 1/3–1/2 dòng chữ",
        ("cơ quan", "kẻ"),
        line_of("SỞ TƯ PHÁP", 50, 61.2),
    ),
    Fault(
        "cv-so",
        "issuer",
        "the office above is missing",
        "thiếu tên cơ quan chủ quản của sở",
        ("chủ quản",),
        drop("UBND TỈNH NGHỆ AN"),
    ),
    Fault(
        "kh-xa",
        "issuer",
        "abbreviated: UBND",
        "tên cơ quan ban hành ghi đầy đủ, không viết tắt",
        ("ubnd|viết tắt|đầy đủ", "cơ quan ban hành|tên cơ quan|cơ quan"),
        swap("ỦY BAN NHÂN DÂN", "UBND"),
    ),
    Fault(
        "qd-phuong",
        "issuer",
        "a city of the ended district level above it (UBND THÀNH PHỐ LÀO CAI)",
        "cấp huyện đã kết thúc từ 01/7/2025",
        ("thành phố lào cai|cấp huyện", "huyện|7/2025|chủ quản"),
        both(insert("ỦY BAN NHÂN DÂN", "UBND THÀNH PHỐ LÀO CAI"), look("UBND THÀNH PHỐ LÀO CAI", bold=False)),
    ),
    # Number and symbol.
    Fault(
        "kh-xa", "number", "5 without a zero", "số dưới 10 thêm số 0", ("05|số 0",), swap("Số: 05/", "Số: 5/")
    ),
    Fault(
        "qd-tinh",
        "number",
        "the year within: 3128/2025/QĐ-UBND",
        "số, ký hiệu văn bản hành chính không có năm",
        ("năm", "số|ký hiệu", "2025"),
        swap("3128/QĐ", "3128/2025/QĐ"),
    ),
    Fault(
        "ttr-so",
        "number",
        "symbol turned round: 31/SYT-TTr",
        "tên loại đứng trước tên cơ quan",
        ("ký hiệu|ttr-syt|syt-ttr", "ttr"),
        swap("31/TTr-SYT", "31/SYT-TTr"),
    ),
    Fault(
        "cv-so",
        "number",
        "CV in the symbol of a công văn",
        "công văn không ghi “CV”",
        ("cv", "công văn|ký hiệu"),
        swap("1215/SNV-TCBC", "1215/CV-SNV"),
    ),
    Fault(
        "kh-tinh",
        "number",
        "TB in the symbol of a kế hoạch",
        "ký hiệu không khớp tên loại",
        ("tb", "kế hoạch|tên loại|kh"),
        swap("348/KH-UBND", "348/TB-UBND"),
    ),
    Fault(
        "ttr-so",
        "number",
        "TT instead of TTr",
        "tờ trình viết tắt TTr",
        ("ttr",),
        swap("31/TTr-SYT", "31/TT-SYT"),
    ),
    Fault(
        "bb-so",
        "number",
        "the symbol of another office: 09/BB-UBND",
        "ký hiệu không phải của Sở Tư pháp",
        ("ubnd", "ký hiệu|cơ quan"),
        swap("09/BB-STP", "09/BB-UBND"),
    ),
    # Place and date.
    Fault(
        "bc-so",
        "date",
        "day 5 without a zero",
        "ngày nhỏ hơn 10 thêm số 0",
        ("ngày", "05|số 0"),
        swap("Lào Cai, ngày 05", "Lào Cai, ngày 5"),
    ),
    Fault(
        "kh-xa",
        "date",
        "month 1 without a zero",
        "tháng 1, 2 thêm số 0",
        ("tháng", "01|số 0"),
        swap("ngày 06 tháng 01", "ngày 06 tháng 1"),
    ),
    Fault(
        "cv-tinh",
        "date",
        "month 09 with a zero",
        "tháng 3 đến 12 không thêm số 0",
        ("tháng", "09|số 0"),
        swap("ngày 12 tháng 9", "ngày 12 tháng 09"),
    ),
    Fault(
        "gm-xa",
        "date",
        "upright",
        "địa danh, thời gian in nghiêng",
        ("nghiêng", "địa danh|ngày|thời gian"),
        look("Ninh Hải, ngày", italic=False),
    ),
    Fault(
        "tb-vp",
        "date",
        "the place is missing",
        "thiếu địa danh",
        ("địa danh",),
        swap("Nghệ An, ngày", "ngày"),
    ),
    Fault(
        "qd-sao",
        "date",
        "as figures: 08/12/2025",
        "ghi đầy đủ ngày … tháng … năm",
        ("ngày", "08/12|tháng"),
        swap("ngày 08 tháng 12 năm 2025", "ngày 08/12/2025"),
    ),
    # Kind, abstract, addressees.
    Fault(
        "tb-vp",
        "kind",
        "“Thông báo” in small letters",
        "tên loại in hoa",
        ("tên loại|thông báo", "hoa"),
        swap("THÔNG BÁO", "Thông báo"),
    ),
    Fault(
        "kh-xa",
        "abstract",
        "italic, not bold",
        "trích yếu đứng, đậm",
        ("trích yếu", "đậm|nghiêng|đứng"),
        look("Tuyên truyền, phổ biến, giáo dục pháp luật năm 2026", bold=False, italic=True),
    ),
    Fault(
        "qd-tinh",
        "abstract",
        "V/v in a paper that names its kind",
        "“V/v” chỉ dùng ở công văn",
        ("v/v",),
        swap("Về việc thành lập", "V/v thành lập"),
    ),
    Fault(
        "bc-so",
        "abstract",
        "no line below it",
        "thiếu đường kẻ dưới trích yếu",
        ("trích yếu", "kẻ"),
        no_line("Kết quả thực hiện công tác"),
    ),
    Fault(
        "cv-tinh",
        "abstract",
        "V/v missing in a công văn",
        "trích yếu công văn bắt đầu bằng “V/v”",
        ("v/v",),
        swap("V/v tăng cường", "Tăng cường"),
    ),
    Fault(
        "ttr-so",
        "Kính gửi",
        "missing in a tờ trình",
        "tờ trình phải có Kính gửi",
        ("kính gửi",),
        drop("Kính gửi"),
    ),
    Fault(
        "cv-tinh",
        "Kính gửi",
        "two addressees in one line",
        "mỗi nơi một dòng, có gạch đầu dòng",
        ("kính gửi|nơi", "dòng"),
        addressees_together,
    ),
    # Bases and what is cited.
    Fault(
        "qd-tinh",
        "bases",
        "the first one upright",
        "căn cứ in nghiêng",
        ("căn cứ", "nghiêng"),
        look("Căn cứ Luật Tổ chức", italic=False),
    ),
    Fault(
        "qd-so",
        "bases",
        "the first one ended by a comma",
        "căn cứ kết thúc bằng “;”",
        ("căn cứ", "chấm phẩy|;"),
        swap("ngày 16 tháng 6 năm 2025;", "ngày 16 tháng 6 năm 2025,"),
    ),
    Fault(
        "kh-tinh",
        "bases",
        "the last one ended by a semicolon",
        "căn cứ cuối kết thúc bằng dấu chấm",
        ("căn cứ", "dấu chấm|“.”"),
        swap("về công tác văn thư.", "về công tác văn thư;"),
    ),
    Fault(
        "qd-phuong",
        "bases",
        "a resolution without its date",
        "căn cứ thiếu ngày ban hành",
        ("09/nq-hđnd|căn cứ|viện dẫn", "ngày", "thiếu|chưa|không|ghi"),
        swap(" ngày 25 tháng 8 năm 2025", ""),
    ),
    Fault(
        "qd-so",
        "bases",
        "a decree without who issued it",
        "căn cứ thiếu cơ quan ban hành",
        ("150/2025|căn cứ|viện dẫn", "cơ quan ban hành|chính phủ", "thiếu|chưa|không|ghi"),
        swap(" của Chính phủ", ""),
    ),
    Fault(
        "qd-sao",
        "bases",
        "two in one line",
        "mỗi căn cứ một dòng riêng",
        ("căn cứ", "dòng|đoạn"),
        joined_bases,
    ),
    Fault(
        "kh-tinh",
        "citation",
        "the year missing in a decree's symbol: 30/NĐ-CP",
        "số, ký hiệu nghị định thiếu năm",
        ("30/nđ-cp", "năm|ký hiệu|2020"),
        swap("Căn cứ Nghị định số 30/2020/NĐ-CP", "Căn cứ Nghị định số 30/NĐ-CP"),
    ),
    Fault(
        "bc-so",
        "citation",
        "Quyết định số 45/KH-UBND: kind and symbol disagree",
        "tên loại không khớp ký hiệu KH",
        ("45/kh-ubnd", "quyết định|ký hiệu|kế hoạch"),
        swap("Kế hoạch số 45/KH-UBND", "Quyết định số 45/KH-UBND"),
    ),
    Fault(
        "qd-tinh",
        "citation",
        "a decree NĐ-CP of “Thủ tướng Chính phủ”",
        "NĐ-CP do Chính phủ ban hành",
        ("118/2025|nđ-cp", "thủ tướng|chính phủ"),
        swap("của Chính phủ", "của Thủ tướng Chính phủ"),
    ),
    # The body and its headings.
    Fault(
        "bc-xa",
        "body",
        "one paragraph flush left",
        "nội dung canh đều hai lề",
        ("đều|canh|căn lề",),
        form("Tiến độ giải ngân vốn", alignment=LEFT),
    ),
    Fault(
        "kh-tinh",
        "body",
        "one paragraph without an indent",
        "lùi đầu dòng 1 hoặc 1,27 cm",
        ("đầu dòng|lùi|thụt",),
        form("Kiểm tra công tác văn thư", first_line_indent=Mm(0)),
    ),
    Fault(
        "gm-xa",
        "body",
        "empty paragraphs for space",
        "dùng dòng trống thay cho khoảng cách đoạn",
        ("trống|rỗng", "dòng|đoạn"),
        empty_between("1. Nội dung: đánh giá", "2. Chủ trì", "3. Thời gian"),
    ),
    Fault(
        "bc-so",
        "body",
        "double line spacing in a paragraph",
        "cách dòng tối đa 1,5",
        ("dòng", "1,5"),
        form("Tỷ lệ hồ sơ nộp trực tuyến", line_spacing=2.0),
    ),
    Fault(
        "cv-tinh",
        "body",
        "no space between two paragraphs",
        "cách đoạn tối thiểu 6 pt",
        ("đoạn", "6"),
        form("Quán triệt đầy đủ", space_before=Pt(0), space_after=Pt(0)),
    ),
    Fault(
        "qd-so",
        "body",
        "two blanks between words",
        "thừa khoảng trắng",
        ("khoảng trắng|dấu cách|cách chữ|khoảng trống|thừa",),
        swap("một đơn vị, một người", "một đơn vị,  một người"),
    ),
    Fault(
        "cv-vp",
        "closing",
        "./. is missing",
        "thiếu “./.” cuối nội dung",
        (r"\./\.",),
        swap("phối hợp thực hiện./.", "phối hợp thực hiện."),
    ),
    Fault(
        "bc-so",
        "headings",
        "I, III, IV, V: II is skipped",
        "thứ tự mục nhảy từ I sang III",
        ("iii", "thứ tự|thiếu|nhảy|tiếp|đánh số|liên tục"),
        both(
            swap("IV. KIẾN NGHỊ", "V. KIẾN NGHỊ"),
            swap("III. NHIỆM VỤ", "IV. NHIỆM VỤ"),
            swap("II. TỒN TẠI", "III. TỒN TẠI"),
        ),
    ),
    Fault(
        "bc-xa",
        "headings",
        "a, b, c, d, e: đ is skipped",
        "điểm theo bảng chữ cái tiếng Việt: sau d là đ",
        ("đ\\)|“đ”|chữ cái|điểm đ",),
        swap("đ) Giao thông", "e) Giao thông"),
    ),
    Fault(
        "kh-xa",
        "headings",
        "“II/” instead of “II.”",
        "sau số La Mã là dấu chấm",
        ("ii/|dấu chấm",),
        swap("II. NỘI DUNG", "II/ NỘI DUNG"),
    ),
    Fault(
        "qd-tinh",
        "headings",
        "Điều 2, Điều 4: Điều 3 is skipped",
        "thứ tự điều nhảy từ 2 sang 4",
        ("điều", "thứ tự|thiếu|nhảy|tiếp|đánh số|liên tục"),
        both(swap("Điều 4. ", "Điều 5. "), swap("Điều 3. ", "Điều 4. "), swap("Như Điều 4", "Như Điều 5")),
    ),
    Fault(
        "qd-so",
        "headings",
        "Chương III without its title",
        "chương phải có tiêu đề",
        ("chương", "tiêu đề|tên"),
        drop("TỔ CHỨC THỰC HIỆN"),
    ),
    # What is left over, and capitals.
    Fault(
        "bc-so",
        "leftover",
        "a row of dots for a figure",
        "còn chỗ chấm chưa điền",
        ("…|chấm|trống|điền",),
        swap("đạt 98,5%", "đạt ……%"),
    ),
    Fault(
        "cv-so",
        "leftover",
        "“[điền số]”",
        "còn chỗ “[điền số]”",
        ("điền|trống",),
        swap("412 trường hợp", "[điền số] trường hợp"),
    ),
    Fault(
        "ttr-so",
        "leftover",
        "a comment in the margin",
        "còn ghi chú (comment)",
        ("ghi chú|comment|nhận xét|bình luận",),
        commented,
    ),
    Fault(
        "gm-xa",
        "capitals",
        "“Ủy Ban Nhân Dân xã”",
        "viết hoa tên cơ quan: “Ủy ban nhân dân”",
        ("hoa|ủy ban nhân dân",),
        swap("trụ sở Ủy ban nhân dân", "trụ sở Ủy Ban Nhân Dân"),
    ),
    Fault(
        "qd-tinh",
        "capitals",
        "“Khoản 2 điều 2”",
        "viện dẫn: “khoản” thường, “Điều” hoa",
        ("khoản|điều 2", "hoa|thường"),
        swap("khoản 2 Điều 2", "Khoản 2 điều 2"),
    ),
    # Signature and authority.
    Fault(
        "bc-xa",
        "signature",
        "“TM” without a period",
        "sau TM có dấu chấm",
        ("tm",),
        swap("TM. ỦY BAN", "TM ỦY BAN"),
    ),
    Fault(
        "kh-tinh",
        "signature",
        "KT. CHỦ TỊCH, then CHỦ TỊCH: PHÓ is missing",
        "dưới KT. phải là cấp phó",
        ("kt|phó",),
        swap("PHÓ CHỦ TỊCH", "CHỦ TỊCH"),
    ),
    Fault(
        "qd-phuong",
        "signature",
        "TM. missing on a paper of the UBND",
        "thiếu TM. ỦY BAN NHÂN DÂN",
        ("tm",),
        drop("TM. ỦY BAN NHÂN DÂN"),
    ),
    Fault(
        "bc-so",
        "signature",
        "ThS. before the name",
        "không ghi học vị trước họ tên",
        ("học vị|học hàm|ths",),
        swap("Nguyễn Văn An", "ThS. Nguyễn Văn An"),
    ),
    Fault(
        "qd-tinh",
        "signature",
        "TM. ỦY BAN NHÂN DÂN on a decision of the chairman",
        "thẩm quyền ký không khớp thẩm quyền ban hành",
        ("tm|thẩm quyền",),
        insert("KT. CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN"),
    ),
    Fault(
        "cv-so",
        "signature",
        "the name in capitals",
        "họ tên viết thường",
        ("họ tên|tên người", "hoa|thường"),
        swap("Trần Thị Hồng Vân", "TRẦN THỊ HỒNG VÂN"),
    ),
    Fault(
        "tb-vp",
        "signature",
        "the name is missing in an issued paper",
        "thiếu họ tên người ký",
        ("họ tên|tên người ký",),
        drop("Nguyễn Thị Thanh Nga"),
    ),
    Fault(
        "kh-xa",
        "signature",
        "T/M, as the Party writes",
        "viết “TM.”, không viết “T/M”",
        ("t/m|tm",),
        swap("TM. ỦY BAN", "T/M ỦY BAN"),
    ),
    Fault(
        "gm-xa",
        "signature",
        "TL. CHỦ TỊCH not bold",
        "quyền hạn, chức vụ in đậm",
        ("tl|quyền hạn|chức vụ", "đậm"),
        look("TL. CHỦ TỊCH", bold=False),
    ),
    # Recipients.
    Fault(
        "ttr-so",
        "recipients",
        "Nơi nhận upright and not bold",
        "“Nơi nhận” nghiêng, đậm",
        ("nơi nhận", "nghiêng|đậm"),
        look("Nơi nhận:", bold=False, italic=False),
    ),
    Fault(
        "kh-tinh",
        "recipients",
        "UBND of districts: “UBND các huyện, thị xã, thành phố”",
        "cấp huyện đã kết thúc từ 01/7/2025",
        ("huyện",),
        swap("- UBND các xã, phường", "- UBND các huyện, thị xã, thành phố"),
    ),
    Fault(
        "cv-vp",
        "recipients",
        "the Lưu line is missing",
        "thiếu dòng Lưu",
        ("lưu",),
        both(drop("Lưu: VT, TH"), swap("UBND phường;", "UBND phường.")),
    ),
    Fault(
        "cv-so",
        "recipients",
        "“Như trên” is missing",
        "có Kính gửi thì Nơi nhận có “Như trên”",
        ("như trên",),
        drop("- Như trên"),
    ),
    Fault(
        "kh-xa",
        "recipients",
        "one of size 13",
        "nơi nhận cỡ 11",
        ("nơi nhận", "cỡ"),
        look("- Trưởng các thôn", size=13),
    ),
    Fault(
        "kh-tinh",
        "recipients",
        "one without a dash",
        "mỗi nơi nhận có gạch đầu dòng",
        ("nơi nhận|bộ nội vụ", "gạch|“-"),
        swap("- Bộ Nội vụ", "Bộ Nội vụ"),
    ),
    Fault(
        "qd-so",
        "recipients",
        "no period after Lưu: VT, VP",
        "dòng Lưu kết thúc bằng dấu chấm",
        ("lưu|nơi nhận", "chấm"),
        swap("- Lưu: VT, VP.", "- Lưu: VT, VP"),
    ),
    Fault(
        "gm-xa",
        "recipients",
        "no colon after Nơi nhận",
        "sau “Nơi nhận” có dấu hai chấm",
        ("nơi nhận", "hai chấm|“nơi nhận:|:"),
        swap("Nơi nhận:", "Nơi nhận"),
    ),
    # Annexes and copies.
    Fault(
        "qd-phuong",
        "annex",
        "(Kèm theo …) is missing",
        "thiếu dòng (Kèm theo …)",
        ("kèm theo",),
        drop("(Kèm theo Quyết định"),
    ),
    Fault(
        "bc-so",
        "annex",
        "the report does not point to its annexes",
        "văn bản phải chỉ dẫn về phụ lục",
        ("phụ lục", "nhắc|chỉ dẫn|dẫn|nêu"),
        swap(" Số liệu chi tiết tại Phụ lục I và Phụ lục II kèm theo Báo cáo này.", ""),
    ),
    Fault(
        "qd-so",
        "enclosed text",
        "(Kèm theo …) of another day",
        "ngày ở dòng Kèm theo khác ngày văn bản",
        ("kèm theo|ngày", "01|10 tháng 10"),
        swap("số 95/QĐ-STC ngày 10 tháng 10", "số 95/QĐ-STC ngày 01 tháng 10"),
    ),
    Fault(
        "qd-sao",
        "copy",
        "its symbol is that of a decision: 12/QĐ-SCT",
        "ký hiệu bản sao có SY",
        ("sy|bản sao|sao y|12/qđ",),
        swap("12/SY-SCT", "12/QĐ-SCT"),
    ),
    Fault(
        "qd-phuong",
        "annex",
        "its title is missing",
        "phụ lục thiếu tiêu đề",
        ("phụ lục", "tiêu đề|tên"),
        drop("DANH SÁCH HỘ GIA ĐÌNH"),
    ),
    Fault(
        "bc-so",
        "annex",
        "Phụ lục 1, Phụ lục 2",
        "từ hai phụ lục trở lên: số La Mã",
        ("phụ lục", "la mã"),
        both(
            swap("Phụ lục I và Phụ lục II", "Phụ lục 1 và Phụ lục 2"),
            swap("Phụ lục II", "Phụ lục 2"),
            annex_one,
        ),
    ),
    Fault(
        "bc-so",
        "annex",
        "(Kèm theo …) of another number",
        "số ở dòng Kèm theo khác số văn bản",
        ("kèm theo|số", "368|386"),
        swap("Báo cáo số 386/BC-SCT", "Báo cáo số 368/BC-SCT", 1),
    ),
    Fault(
        "qd-sao",
        "copy",
        "“SAO Y BẢN CHÍNH”",
        "hình thức sao là “SAO Y”",
        ("sao y",),
        swap("SAO Y", "SAO Y BẢN CHÍNH"),
    ),
)


# The running, and the tables.


@dataclass(frozen=True)
class Finding:
    level: str
    text: str
    """All that the program says of it, in one line."""


@dataclass(frozen=True)
class Answer:
    status: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Result:
    number: int
    fault: Fault
    said: Finding | None
    others: tuple[Finding, ...]


def told(each: Mapping[str, Any]) -> Finding:
    """What a reader is shown: its name and place, the words it quotes, what is there, what should be."""
    parts = (each["title"], each["place"], each["text"], each["found"], each["expected"])
    text = " · ".join(part for part in parts if part)
    return Finding(each["level"] or "undecided", unicodedata.normalize("NFC", f"{text} [{each['code']}]"))


def lint(path: Path) -> Answer:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = door.main(["lint", str(path), "--format", "json", "--stage", "phat-hanh", "--as-of", AS_OF])
    if code not in (0, 1):
        raise SystemExit(f"{path}: exit code {code}: {err.getvalue()}")
    (file,) = json.loads(out.getvalue())["files"]
    findings = tuple(told(each) for each in file["findings"])
    if file["status"] != "checked":
        why = " · ".join(part for part in (file["reason"], file["remedy"]) if part)
        findings = (*findings, Finding("refused", unicodedata.normalize("NFC", why)))
    return Answer(file["status"], findings)


def judge(fault: Fault, fresh: Sequence[Finding]) -> Finding | None:
    """The first new finding that holds all the words, the gravest before the others."""
    ranks = ("error", "warning", "info", "undecided")
    found = [each for each in fresh if each.level in ranks]
    for each in sorted(found, key=lambda finding: ranks.index(finding.level)):
        if all(re.search(words, each.text.lower()) for words in fault.say):
            return each
    return None


def run(numbers: Sequence[int], folder: Path) -> tuple[dict[str, Answer], list[Result]]:
    bases: dict[str, Answer] = {}
    wanted = {FAULTS[number - 1].paper for number in numbers}
    for name, build in RIGHT.items():
        if name in wanted:
            path = folder / "right" / f"{name}.docx"
            path.parent.mkdir(parents=True, exist_ok=True)
            build().save(str(path))
            bases[name] = lint(path)
    results = []
    for number in numbers:
        fault = FAULTS[number - 1]
        path = folder / f"{number:02}" / f"{fault.paper}.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        paper = RIGHT[fault.paper]()
        fault.plant(paper)
        paper.save(str(path))
        answer = lint(path)
        before = Counter(bases[fault.paper].findings)
        fresh = tuple((Counter(answer.findings) - before).elements())
        said = judge(fault, fresh)
        others = tuple(each for each in fresh if each is not said)
        results.append(Result(number, fault, said, others))
    return bases, results


def row(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def instead(result: Result) -> str:
    """What is said of a paper whose fault is not."""
    return "".join(f"; said instead ({each.level}): {each.text}" for each in result.others)


def page_of(bases: Mapping[str, Answer], results: Sequence[Result], seconds: float) -> str:
    found = [each for each in results if each.said]
    missed = [each for each in results if not each.said]
    levels = Counter(each.said.level for each in found if each.said)
    false = [
        (name, each)
        for name, answer in bases.items()
        for each in answer.findings
        if each.level in ("error", "warning")
    ]
    lines = [
        "# Right documents and planted faults: what the linter says",
        "",
        "What [documents.py](documents.py) gave: its head says how it is run and how it judges. The",
        "results are those of the code as it was when this page was written.",
        "",
        f"Found: {len(found)} of {len(results)} faults"
        f" ({levels['error']} as errors, {levels['warning']} as warnings, {levels['info']} as information,"
        f" {levels['undecided']} as undecided).",
        f"False: {len(false)} errors and warnings on {len(bases)} right documents.",
        f"{len(bases) + len(results)} documents in {seconds:.0f} s.",
        "",
        f"## Missed: {len(missed)}",
        "",
        *(
            f"- {each.number} {each.fault.paper}, {each.fault.part}: {each.fault.what};"
            f" should say: {each.fault.expected}{instead(each)}"
            for each in missed
        ),
        "",
        f"## False on right documents: {len(false)}",
        "",
        *(f"- {name}, {each.level}: {each.text}" for name, each in false),
        *[""] * bool(false),
        "## The right documents",
        "",
        "| document | what it is | status | errors | warnings | information |",
        "|---|---|---|--:|--:|--:|",
    ]
    for name, answer in bases.items():
        counts = Counter(each.level for each in answer.findings)
        told = (RIGHT[name].__doc__ or "").rstrip(".")
        numbers = [counts[level] or "" for level in ("error", "warning", "info")]
        lines.append(row(name, told, answer.status, *numbers))
    parts = Counter(each.fault.part for each in results)
    hits = Counter(each.fault.part for each in found)
    lines += ["", "## By part", "", "| part | faults | found |", "|---|--:|--:|"]
    lines += [row(part, count, hits[part]) for part, count in parts.items()]
    lines += [
        "",
        "## The faults",
        "",
        "| # | document | part | what is planted | expected | found | said |",
        "|--:|---|---|---|---|---|---|",
    ]
    for each in results:
        fault = each.fault
        level = each.said.level if each.said else "**missed**"
        said = each.said.text if each.said else instead(each).removeprefix("; ")
        lines.append(row(each.number, fault.paper, fault.part, fault.what, fault.expected, level, said))
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("numbers", nargs="*", type=int, help="faults, by number; none: all")
    parser.add_argument("--keep", type=Path, help="folder for the documents")
    parser.add_argument("--write", type=Path, help="file for the page")
    given = parser.parse_args()
    numbers = given.numbers or range(1, len(FAULTS) + 1)
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        bases, results = run(numbers, given.keep or Path(folder))
    page = page_of(bases, results, time.monotonic() - start)
    if given.write:
        given.write.write_text(page, encoding="utf-8")
    print(page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
