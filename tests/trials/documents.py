"""Fifteen documents right by NĐ 30/2020/NĐ-CP, and ninety-six faults of their format, each planted alone.

    nice -n 5 .venv/bin/python -m tests.trials.documents                  # all, and the tables
    .venv/bin/python -m tests.trials.documents 12 33 --keep /tmp/kept     # two faults; the files are kept
    .venv/bin/python -m tests.trials.documents --write tests/trials/documents.md

The documents are built as a careful clerk writes them: a letterhead and a signature block in tables without
borders, lines drawn or bordered or set in raised underscores, page numbers in the head from page 2. They are
issued papers, so `lint --stage phat-hanh` reads them, as on 1 March 2026.

What is written, and what is expected of a fault, stands in documents.toml. The latter was decided before the
first run: a sentence for the reader, and words (regular expressions of small letters) that one finding must
hold, all of them. Only what the right document does not bring as well can be that finding. A right document
is to have no error and no warning; information does not count there. The reason why a paper is not read as
one of NĐ 30 is no finding, and is shown beside the fault.

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
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType
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
from tests.trials.hands import hand

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
        joined = re.sub(r"\n {4}", " ", text)
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

    def foot_of_page(self, words: str) -> None:
        """The address of the office at the foot of page 1, below a line."""
        foot = self.paper.sections[0].first_page_footer
        foot.is_linked_to_previous = False
        rule(self.put(foot.paragraphs[0], words, 11), "top", "w:spacing", "w:ind", "w:jc")

    def enclosed(self, kind: str, about: str, enclosed: str) -> None:
        """The head of a text that a decision puts in force."""
        size = self.sizes.title
        self.put(self.paper.add_paragraph(), kind, size, bold=True, before=14)
        self.put(self.paper.add_paragraph(), about, size, bold=True)
        under = self.put(self.paper.add_paragraph(), enclosed, size, italic=True)
        self.line(under, 60, self.width, size, rows=2)
        self.after_line = True

    def signatures(self, *sides: tuple[str, str]) -> None:
        """Who signs at the left and at the right, without recipients."""
        self.put(self.paper.add_paragraph(), "", 6)
        table = self.table(1, self.style.foot)
        for column, (post, name) in enumerate(sides):
            if post:
                self.signed(table.cell(0, column), [post], name)

    def recipients_alone(self, *names: str) -> None:
        self.put(self.paper.add_paragraph(), "", 6)
        self.recipients(self.table(1, self.style.foot).cell(0, 0), names)

    def copy_head(self, above: str, issuer: str, line: float, form: str, number: str, date: str) -> None:
        """The head of the block of a copy (sao y), below a line."""
        rule(self.put(self.paper.add_paragraph(), "", 6, after=6), "bottom", "w:spacing", "w:jc")
        head = self.table(2, self.style.head)
        self.put(new(head.cell(0, 0), 0), above, 13)
        self.line(self.put(new(head.cell(0, 0), 1), issuer, 13, bold=True), line, 61.2, 13)
        self.put(new(head.cell(0, 1), 0), form, 14, bold=True)
        self.put(new(head.cell(1, 0), 0), number, 13, before=8)
        self.put(new(head.cell(1, 1), 0), date, 14, italic=True, before=8)

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


def rule(paragraph: Paragraph, side: str, *behind: str) -> None:
    """A line above or below a paragraph."""
    border = f'<w:{side} w:val="single" w:sz="6" w:space="1" w:color="auto"/>'
    xml = parse_xml(f"<w:pBdr {NAMESPACES}>{border}</w:pBdr>")
    paragraph._p.get_or_add_pPr().insert_element_before(xml, *behind)


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
                    run.font.color.rgb = RGBColor.from_string(value)
                else:
                    setattr(run.font, name, Pt(value) if name == "size" else value)

    return plant


def form(words: str, nth: int = 0, **how: Any) -> Plant:
    def plant(paper: Paper) -> None:
        for name, value in how.items():
            measured: Mapping[str, Callable[[Any], Any]]
            measured = {"alignment": lambda _: LEFT, "first_line_indent": Mm, "line_spacing": float}
            setattr(at(paper, words, nth).paragraph_format, name, measured.get(name, Pt)(value))

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
            setattr(paper.sections[nth], name, value if isinstance(value, bool) else Mm(value))

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


def addressees_together(paper: Paper) -> None:
    drop("- Các sở, ban, ngành tỉnh;")(paper)
    drop("- Ủy ban nhân dân các xã, phường.")(paper)
    swap("Kính gửi:", "Kính gửi: Các sở, ban, ngành tỉnh; Ủy ban nhân dân các xã, phường.")(paper)


def annex_one(paper: Paper) -> None:
    label = next(each for each in paragraphs(paper) if each.text == "Phụ lục I")
    label.runs[0].text = "Phụ lục 1"


# The tables: what is written, and what is planted.


@dataclass(frozen=True)
class Fault:
    paper: str
    part: str
    what: str
    expected: str
    say: Say
    """Regular expressions, of small letters: one new finding holds all of them."""
    plant: Plant


HANDS: Final = {name: each for name, each in globals().items() if isinstance(each, FunctionType)}
TABLES: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
RIGHT: Final[Mapping[str, Any]] = {name: each for name, each in TABLES.items() if name != "fault"}
FAULTS: Final[Sequence[Fault]] = tuple(
    Fault(**{**each, "say": tuple(each["say"]), "plant": hand(each["plant"], HANDS, both)})
    for each in TABLES["fault"]
)


def right(name: str) -> Paper:
    """A right document, as its clerk writes it."""
    style = dict(RIGHT[name].get("style", {}))
    if "sizes" in style:
        style["sizes"] = SMALL
    clerk = Clerk(Style(**style))
    for step, *words in RIGHT[name]["write"]:
        getattr(clerk, step)(*words)
    return clerk.paper


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
    for name in RIGHT:
        if name in wanted:
            path = folder / "right" / f"{name}.docx"
            path.parent.mkdir(parents=True, exist_ok=True)
            right(name).save(str(path))
            bases[name] = lint(path)
    results = []
    for number in numbers:
        fault = FAULTS[number - 1]
        path = folder / f"{number:02}" / f"{fault.paper}.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        paper = right(fault.paper)
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
        told = RIGHT[name]["is"].rstrip(".")
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
