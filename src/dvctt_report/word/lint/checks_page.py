"""Are sheet, margins, fonts, colours and page numbers right?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Literal

from dvctt_report.model.severity import Severity
from dvctt_report.text.vietnamese import unaccented
from dvctt_report.word.document import Paragraph, Section
from dvctt_report.word.lint.check import (
    HERE,
    Answers,
    Fault,
    Mend,
    NotApplicable,
    NotEvaluated,
    Quote,
    Settings,
    check,
    format_mm,
    format_size,
    look_faults,
    quote,
    span_mends,
    worded,
)
from dvctt_report.word.lint.looks import is_one_page_each
from dvctt_report.word.lint.outcome import table_name
from dvctt_report.word.lint.parts import Annex, Paper, lines_of
from dvctt_report.word.lint.patterns import patterns_of
from dvctt_report.word.lint.top import is_stamp
from dvctt_report.word.nd30 import PAGE, Component, component, twips
from dvctt_report.word.tree import WP, W, child, value

_RE = patterns_of("page")

_PAPER_TOLERANCE = 1.0
_MARGIN_TOLERANCE = 0.3  # Millimetres: Word rounds what is typed in centimetres or inches
_HEADER, _FOOTER = "Đầu trang (header)", "Chân trang (footer)"
_SIDES = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}
_MARK = 3  # Letters of a mark that says nothing, as a lone sign
_LONG_TABLE = 25
_LEGIBLE = 8.0  # Points below which nobody reads a table on paper; the decree sets no size for cells
_CONTACT_LOOK = Component("contact", "Địa chỉ, liên hệ", 11, (11, 12), "A1 III.4")
_PLAIN_NUMBER = "số Ả Rập, cỡ 13-14, chữ đứng, không đậm, không kèm chữ hay dấu"


def _sheet(paper: Paper, section: Section) -> tuple[str, Quote]:
    """Place and words, which say nothing, of a fault of a section's sheet."""
    n_sections = len(paper.document.sections)
    part = f", phần (section) {section.number + 1}/{n_sections}" if n_sections > 1 else ""
    return f"Trang giấy{part}", quote("", at=paper.document.first_shown(section))


@check("TT01")
def paper_size(paper: Paper, settings: Settings) -> Answers:
    """The sheet of every section is A4."""
    for section in paper.document.sections:
        short, long = sorted((section.width, section.height))
        if abs(short - PAGE.width) > _PAPER_TOLERANCE or abs(long - PAGE.height) > _PAPER_TOLERANCE:
            size = f"{format_mm(section.width)} × {format_mm(section.height)}"
            yield worded(*_sheet(paper, section), "khổ giấy {size}", size=size)


@check("TT02")
def margins(paper: Paper, settings: Settings) -> Answers:
    """The margins of every section are within their ranges."""
    for section in paper.document.sections:
        wrong, right, mends = [], [], []
        for side, name in _SIDES.items():
            low, high = getattr(PAGE, f"{side}_range")
            gutter = section.gutter if side == "left" else 0
            length = getattr(section, side) + gutter
            if low - _MARGIN_TOLERANCE <= length <= high + _MARGIN_TOLERANCE:
                continue
            wrong.append(f"lề {name} {format_mm(length)}")
            right.append(f"lề {name} {format_mm(low)[:-3]}-{format_mm(high)}")
            mends.append(Mend("margin", section.element, (side, twips(min(max(length, low), high) - gutter))))
        if wrong:
            found, expected = ", ".join(wrong), ", ".join(right)
            fix = f"Vào Bố trí (Layout), Lề (Margins), đặt {expected}"
            severity = Severity.WARNING if section.landscape else None
            yield Fault(*_sheet(paper, section), found, expected, fix, tuple(mends), severity)


@check("TT03")
def landscape(paper: Paper, settings: Settings) -> Answers:
    """A page across holds a table or a picture."""
    document = paper.document
    turned = [s for s in document.sections if s.landscape]
    if not turned:
        yield NotApplicable("không có trang nằm ngang")
    for section in turned:
        tables = any(t.section == section.number and t not in paper.layout_tables for t in document.tables)
        paragraphs = (p for p in document.paragraphs if p.section == section.number)
        if not tables and not any(p.has_picture and not p.strokes for p in paragraphs):
            yield Fault(*_sheet(paper, section), "trang nằm ngang, không có bảng, biểu")


@check("TT78")
def page_frame(paper: Paper, settings: Settings) -> Answers:
    """No frame, no columns, no foreign words at head or foot of the page."""
    for section in paper.document.sections:
        borders = section.element.find(f"{W}pgBorders")
        if borders is not None and any(side.get(f"{W}val") not in (None, "nil", "none") for side in borders):
            yield Fault(*_sheet(paper, section), "trang có đường viền")
        columns = value(section.element, "cols", "num")
        if columns is not None and columns.isdigit() and int(columns) > 1:
            yield worded(*_sheet(paper, section), "chia {n} cột", n=columns)
    seen: set[str] = set()
    for section in paper.document.sections:
        for paragraph in (p for ps in section.headers.values() for p in ps):
            words = "".join(s.text for s in paragraph.spans if not s.field).strip()
            numbered = any(s.field for s in paragraph.spans) or words.strip("- .").isdigit()
            short = sum(map(str.isalpha, words)) <= _MARK
            if not (short or numbered or is_stamp(words) or words in seen):
                seen.add(words)
                yield worded(_HEADER, paragraph, "có chữ “{head}”", head=quote(words, 40))
    # Words at the foot of pages that are neither an address nor beside a page number, each once.
    for paragraph in (p for s in paper.document.sections for ps in s.footers.values() for p in ps):
        words = " ".join("".join(s.text for s in paragraph.spans if not s.field).split())
        letters = sum(map(str.isalpha, re.sub(r"(?i)\b(?:trang|page|of)\b", "", words)))
        if letters > _MARK and words not in seen and not _RE["contact"].search(unaccented(words)):
            seen.add(words)
            yield worded(_FOOTER, paragraph, "có chữ “{foot}”", foot=quote(words, 40))


@check("TT66")
def tables(paper: Paper, settings: Settings) -> Answers:
    """Tables within the margins, legible, long ones with their head on each page."""
    data_tables = [t for t in paper.document.tables if t not in paper.layout_tables]
    if not data_tables:
        yield NotApplicable("văn bản không có bảng số liệu")
    tiny = paper.document.having(lambda face: face.size < _LEGIBLE and not face.raised)
    in_grid = (p for p in tiny if p.part == paper.document.source.main and p.cell and p.cell.table.bordered)
    if (paragraph := next(in_grid, None)) is not None:
        size = min(s.face.size for s in paragraph.spans if s.text.strip() and not s.face.raised)
        yield worded(HERE, paragraph, "chữ trong bảng cỡ {size}", size=format_size(size))
    for table in data_tables:
        place, nothing = table_name(paper, table), quote("", at=paper.document.first_in(table))
        section = paper.document.sections[min(table.section, len(paper.document.sections) - 1)]
        if table.width is not None and table.width > section.text_width + 4:
            said = {"width": format_mm(table.width), "room": format_mm(section.text_width)}
            yield worded(place, nothing, "bảng rộng {width}, khổ chữ {room}", **said)
        if table.n_rows >= _LONG_TABLE and not table.repeats_header:
            mends = (Mend("repeat_head", table.element, True),)
            yield worded(place, nothing, "bảng {n} dòng không lặp dòng tên cột", mends, n=table.n_rows)
        if table.n_rows >= _LONG_TABLE and table.splits_rows:
            mends = (Mend("whole_rows", table.element, True),)
            yield Fault(place, nothing, "dòng của bảng có thể bị ngắt qua hai trang", mends=mends)


@check("TT68")
def contact(paper: Paper, settings: Settings) -> Answers:
    """The address at the foot of the first page alone, below a line."""
    section = next(iter(paper.document.sections), None)
    footers = section.footers if section else {}
    contacts = {
        kind: [p for p in ps if _RE["of_contact"].match(unaccented(p.text).strip())]
        for kind, ps in footers.items()
    }
    first = contacts.get("first", []) if section and section.title_page else []
    others = [p for kind, ps in contacts.items() if kind != "first" for p in ps]
    if others:
        yield Fault(_FOOTER, others[0], "địa chỉ, liên hệ ở chân mọi trang")
    if not (shown := first or others):
        yield NotApplicable("văn bản không có dòng địa chỉ, liên hệ")
        return
    yield from look_faults(_FOOTER, [piece for p in shown for piece in lines_of(p)], _CONTACT_LOOK)
    if not any(p.strokes for p in footers.get("first" if first else "default", ())):
        yield Fault(_FOOTER, shown[0], "không có đường kẻ phía trên")


def _number_fields(paragraphs: tuple[Paragraph, ...]) -> list[Paragraph]:
    """Those of the paragraphs that print the page's number by a field."""
    return [p for p in paragraphs if any(span.field == "PAGE" for span in p.spans)]


def _with_number(sections: Sequence[Section], edge: Literal["headers", "footers"]) -> list[Paragraph]:
    """The paragraphs with a page number in the first section's headers or footers, else in later ones."""
    by_section = [
        [p for kind, ps in getattr(s, edge).items() if kind != "first" for p in _number_fields(ps)]
        for s in sections
    ]
    return (by_section[:1] and by_section[0]) or [p for ps in by_section for p in ps]


@check("TT08")
def page_number(paper: Paper, settings: Settings) -> Answers:
    """A page number at the top, in the middle, by a field."""
    sections = paper.document.sections
    numbers = _with_number(sections, "headers")
    for paragraph in numbers:
        # It may stand in the middle by a frame, a tab or a cell, or as a centred paragraph.
        framed = value(child(paragraph.element, "pPr"), "framePr", "xAlign") or ""
        if not framed and paragraph.box is not None:
            anchors = paragraph.element.iterancestors(f"{WP}anchor")
            aligns = (anchor.findtext(f"{WP}positionH/{WP}align") for anchor in anchors)
            framed = (next(aligns, None) or "").strip()
        before = "".join(s.text for s in takewhile(lambda s: s.field != "PAGE", paragraph.spans))
        centred = paragraph.shape.align == "center" or "\t" in before or paragraph.cell is not None
        if framed != "center" if framed else not centred:
            mends = () if framed else (Mend("align", paragraph.element, "center"),)
            yield Fault(_HEADER, paragraph.text, "số trang không canh giữa", mends=mends)
    if numbers and (_with_number(sections[:1], "headers") or not _with_number(sections[:1], "footers")):
        return
    typed = [p.text.strip().strip("- ") for s in sections[:1] for ps in s.headers.values() for p in ps]
    if _with_number(sections, "footers"):
        yield _missing_number("số trang đặt ở chân trang", paper)
    elif any(map(str.isdigit, typed)):
        # A typed number would stand beside the field; its author has to take it out.
        yield replace(_missing_number("số trang gõ tay, không tự tăng", paper), mends=())
    elif (one_page := is_one_page_each(paper)) is None:
        reason = "không biết văn bản có nhiều hơn một trang hay không; nhiều trang thì phải đánh số trang"
        yield NotEvaluated(reason)
    elif one_page:
        yield NotApplicable(f"{'lời văn và mỗi phụ lục' if paper.annexes else 'văn bản'} chỉ có một trang")
    else:
        yield _missing_number("không có số trang", paper)


def _missing_number(found: str, paper: Paper) -> Fault:
    sections = paper.document.sections
    of_annexes = [sections[number] for annex in paper.annexes if (number := _own_section(paper, annex))]
    # Where an annex has no section of its own, a number put into the header would go on in the annex.
    safe = len(of_annexes) == len(paper.annexes)
    restarts = [Mend("restart", s.element, 1) for s in of_annexes if s.starts_at != 1]
    added = [Mend("page_number", s.element, "add") for s in sections[:1]]
    return Fault(_HEADER, "", found, mends=(*added, *restarts) if safe else ())


def _own_section(paper: Paper, annex: Annex) -> int:
    """The number of the section that an annex opens; 0 where it stands in the text's or another's."""
    document, label = paper.document, annex.label.paragraph
    section = document.sections[min(label.section, len(document.sections) - 1)]
    above = document.paragraphs[section.first : label.number]
    return 0 if any(p.text.strip() for p in above) else section.number


@check("TT09")
def first_page_number(paper: Paper, settings: Settings) -> Answers:
    """The first page shows no number."""
    sections = paper.document.sections
    if not _with_number(sections, "headers"):
        yield NotApplicable("không có số trang ở đầu trang")
    elif _number_fields(sections[0].headers.get("first" if sections[0].title_page else "default", ())):
        # A first page's own header that shows the number too is for its author to empty.
        of_first_page = _number_fields(sections[0].headers.get("first", ()))
        mends = () if of_first_page else (Mend("title_page", sections[0].element, True),)
        yield Fault("Đầu trang thứ nhất", "", "trang thứ nhất hiện số trang", mends=mends)


@check("TT10")
def page_number_style(paper: Paper, settings: Settings) -> Answers:
    """Page numbers are plain Arabic figures."""
    numbers = _with_number(paper.document.sections, "headers")
    if not numbers:
        yield NotApplicable("không có số trang ở đầu trang")
    elif any(section.number_format not in ("decimal", "none") for section in paper.document.sections):
        yield Fault(_HEADER, "", "số trang không phải chữ số Ả Rập")
    right, (low, high) = _PLAIN_NUMBER, component("page_number").sizes
    for paragraph in {id(p.element): p for p in numbers}.values():
        spans = [s for s in paragraph.spans if s.field == "PAGE"]
        odd = [s for s in spans if not low <= s.face.size <= high]
        bold, italic = [s for s in spans if s.face.bold], [s for s in spans if s.face.italic]
        sizes = ", ".join(map(format_size, sorted({s.face.size for s in odd})))
        wrong = [f"số trang cỡ {sizes}"] if odd else []
        wrong += (["số trang đậm"] if bold else []) + (["số trang nghiêng"] if italic else [])
        if wrong:
            mends = tuple(Mend("size", s.element, min(max(s.face.size, low), high)) for s in odd)
            mends += span_mends("bold", False, bold) + span_mends("italic", False, italic)
            fix = "Mở đầu trang, chọn số trang, đặt cỡ 13-14, chữ đứng, không đậm"
            yield Fault(_HEADER, paragraph.text, ", ".join(wrong), right, fix, mends)
        if around := "".join(s.text for s in paragraph.spans if s.field != "PAGE").strip():
            yield worded(_HEADER, paragraph.text, "số trang kèm “{around}”", around=around)


@check("TT11")
def annex_page_number(annexes: Sequence[Annex], paper: Paper, settings: Settings) -> Answers:
    """Each annex begins a section whose pages are numbered from 1."""
    paragraphs, is_numbered = paper.document.paragraphs, _with_number(paper.document.sections, "headers")
    if not is_numbered:
        yield NotApplicable("văn bản không có số trang ở đầu trang")
    for annex in annexes:
        number, label = _own_section(paper, annex), annex.label.paragraph
        section = paper.document.sections[number]
        above = next((p.number for p in reversed(paragraphs[: label.number]) if p.text.strip()), -1)
        on_new_page = above < 0 or any(p.breaks_page for p in paragraphs[above + 1 : label.number + 1])
        if not is_numbered and not number and not on_new_page:
            yield Fault("Phụ lục", annex.label.text, "phụ lục không bắt đầu ở trang mới")
        if is_numbered and not (number and section.starts_at == 1):
            found = "số trang tiếp tục số trang của phần trước"
            found = found if number else "phụ lục không bắt đầu ở phần (section) mới"
            mends = (Mend("restart", section.element, 1),) if number else ()
            yield Fault("Phụ lục", annex.label.text, found, mends=mends)
