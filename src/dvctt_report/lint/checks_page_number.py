"""Are pages numbered as the decree says, in the text and in its annexes?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile

from dvctt_report.lint.check import (
    Answers,
    Block,
    Fault,
    Mend,
    NotApplicable,
    NotEvaluated,
    check,
    format_size,
)
from dvctt_report.lint.geometry import is_one_page_each
from dvctt_report.lint.parts import Annex, Paper
from dvctt_report.lint.settings import Settings
from dvctt_report.nd30.format import component
from dvctt_report.nd30.wordxml import W
from dvctt_report.severity import Severity
from dvctt_report.word.document import Document, Paragraph, Span
from dvctt_report.word.tree import WP, value


def _numbers(paragraphs: tuple[Paragraph, ...]) -> list[Paragraph]:
    """Those of the paragraphs that print the page's number by a field."""
    return [p for p in paragraphs if any(span.field == "PAGE" for span in p.spans)]


def _shown(document: Document, edge: str) -> list[Paragraph]:
    """The paragraphs with a page number in the headers or footers of the first section, first page apart."""
    if not document.sections:
        return []
    edges = getattr(document.sections[0], edge)
    kinds = [kind for kind in edges if kind != "first"]
    found = [p for kind in kinds for p in _numbers(edges[kind])]
    later = [
        p
        for s in document.sections[1:]
        for k, ps in getattr(s, edge).items()
        if k != "first"
        for p in _numbers(ps)
    ]
    return found or later


@check("TT08", Severity.ERROR, Block.PAGE, mends="một phần", annexes=True)
def page_number(paper: Paper, settings: Settings) -> Answers:
    """Số trang thiếu, đặt sai chỗ hoặc gõ tay.

    Sai: số trang ở chân trang, canh phải
    Đúng: số trang ở đầu trang, canh giữa, bằng trường PAGE của Word
    Căn cứ: Phụ lục I, mục I.7
    """
    document = paper.document
    numbers = _shown(document, "headers")
    for paragraph in numbers:
        if not _is_centred(paragraph):
            yield Fault(
                "Đầu trang (header)",
                paragraph.text,
                "số trang không canh giữa",
                "số trang canh giữa theo chiều ngang",
                "Mở đầu trang, chọn số trang, canh giữa (Ctrl+E)",
                () if _frame_align(paragraph) else (Mend("align", paragraph.element, "center"),),
            )
    first = document.sections[0] if document.sections else None
    own = first and any(_numbers(ps) for kind, ps in first.headers.items() if kind != "first")
    below = first and any(_numbers(ps) for kind, ps in first.footers.items() if kind != "first")
    if numbers and (own or not below):
        return
    if _shown(document, "footers"):
        yield _missing("số trang đặt ở chân trang", paper)
    elif any(
        p.text.strip().strip("- ").isdigit()
        for ps in document.sections[:1]
        for q in ps.headers.values()
        for p in q
    ):
        # A typed number would stand beside the field; its author has to take it out.
        yield replace(_missing("số trang gõ tay, không tự tăng", paper), mends=())
    elif (one_page := is_one_page_each(paper)) is None:
        yield NotEvaluated(
            "không biết văn bản có nhiều hơn một trang hay không; nhiều trang thì phải đánh số trang"
        )
    elif one_page:
        yield NotApplicable(f"{'lời văn và mỗi phụ lục' if paper.annexes else 'văn bản'} chỉ có một trang")
    else:
        yield _missing("không có số trang", paper)


def _is_centred(paragraph: Paragraph) -> bool:
    """Whether the number stands in the middle: by a frame, a tab, a cell, or as a centred paragraph."""
    if framed := _frame_align(paragraph):
        return framed == "center"
    before = "".join(s.text for s in takewhile(lambda s: s.field != "PAGE", paragraph.spans))
    return paragraph.shape.align == "center" or "\t" in before or paragraph.cell is not None


def _frame_align(paragraph: Paragraph) -> str:
    """Where the frame or text box stands that a number is set in, "" where there is none or it isn't told."""
    framed = value(paragraph.element.find(f"{W}pPr"), "framePr", "xAlign")
    if framed is not None or paragraph.box is None:
        return framed or ""
    anchor = next(paragraph.element.iterancestors(f"{WP}anchor"), None)
    return (anchor.findtext(f"{WP}positionH/{WP}align") or "").strip() if anchor is not None else ""


def _missing(found: str, paper: Paper) -> Fault:
    sections = paper.document.sections
    own = [sections[number] for number in map(partial(_own_section, paper), paper.annexes) if number]
    # Where an annex has no section of its own, a number put into the header would go on in the annex.
    safe = len(own) == len(paper.annexes)
    restarts = [Mend("restart", s.element, 1) for s in own if s.starts_at != 1]
    added = [Mend("page_number", s.element, "add") for s in sections[:1]]
    return Fault(
        "Đầu trang (header)",
        "",
        found,
        "số trang ở giữa lề trên, bằng trường số trang của Word",
        "Vào Chèn (Insert), Số trang (Page Number), Đầu trang (Top of Page), chọn kiểu giữa",
        (*added, *restarts) if safe else (),
    )


def _on_new_page(paper: Paper, annex: Annex) -> bool:
    """Whether a break stands between an annex and the last words above it."""
    document, label = paper.document, annex.label.paragraph
    passed = document.paragraphs[: label.number + 1]
    above = next((p.number for p in reversed(passed[:-1]) if p.text.strip()), -1)
    return above < 0 or any(p.breaks_page for p in passed[above + 1 :])


def _own_section(paper: Paper, annex: Annex) -> int:
    """The number of the section that an annex opens; 0 where it stands in the text's or another's."""
    document, label = paper.document, annex.label.paragraph
    section = document.sections[min(label.section, len(document.sections) - 1)]
    above = document.paragraphs[section.first : label.number]
    return 0 if any(p.text.strip() for p in above) else section.number


@check("TT09", Severity.ERROR, Block.PAGE, mends="một phần")
def first_page_number(paper: Paper, settings: Settings) -> Answers:
    """Trang thứ nhất hiện số trang.

    Sai: số 1 ở đầu trang thứ nhất
    Đúng: chọn “Trang đầu khác biệt” (Different First Page), để trống đầu trang thứ nhất
    Căn cứ: Phụ lục I, mục I.7
    """
    document = paper.document
    if not document.sections or not _shown(document, "headers"):
        yield NotApplicable("không có số trang ở đầu trang")
        return
    first = document.sections[0]
    shown = (
        _numbers(first.headers.get("first", ()))
        if first.title_page
        else _numbers(first.headers.get("default", ()))
    )
    if shown:
        yield Fault(
            "Đầu trang thứ nhất",
            "",
            "trang thứ nhất hiện số trang",
            "không hiện số trang thứ nhất",
            "Mở đầu trang, chọn “Trang đầu khác biệt” (Different First Page), xóa số ở trang đầu",
            # A first page's own header that shows the number too is for its author to empty.
            () if _numbers(first.headers.get("first", ())) else (Mend("title_page", first.element, True),),
        )


_ARABIC = frozenset({"decimal", "none"})


@check("TT10", Severity.ERROR, Block.PAGE, mends="một phần", annexes=True)
def page_number_style(paper: Paper, settings: Settings) -> Answers:
    """Kiểu số trang sai.

    Sai: Trang 2/5
    Đúng: 2
    Căn cứ: Phụ lục I, mục I.7
    """
    numbers = _shown(paper.document, "headers")
    if not numbers:
        yield NotApplicable("không có số trang ở đầu trang")
    elif any(section.number_format not in _ARABIC for section in paper.document.sections):
        fix = "Vào Chèn (Insert), Số trang (Page Number), Định dạng (Format), chọn 1, 2, 3 …"
        yield Fault(
            "Đầu trang (header)", "", "số trang không phải chữ số Ả Rập", "số trang là chữ số Ả Rập", fix
        )
    seen: set[int] = set()
    for paragraph in numbers:
        if id(paragraph.element) in seen:
            continue
        seen.add(id(paragraph.element))
        spans = [s for s in paragraph.spans if s.field == "PAGE"]
        right = "số Ả Rập, cỡ 13-14, chữ đứng, không đậm, không kèm chữ hay dấu"
        if found := ", ".join(_style_faults(spans)):
            fix = "Mở đầu trang, chọn số trang, đặt cỡ 13-14, chữ đứng, không đậm"
            yield Fault("Đầu trang (header)", paragraph.text, found, right, fix, tuple(_style_mends(spans)))
        if around := "".join(s.text for s in paragraph.spans if s.field != "PAGE").strip():
            fix = "Mở đầu trang, xóa chữ và dấu xung quanh số trang"
            yield Fault("Đầu trang (header)", paragraph.text, f"số trang kèm “{around}”", right, fix)


def _style_faults(spans: Sequence[Span]) -> Iterator[str]:
    low, high = component("page_number").sizes
    wrong = sorted({s.face.size for s in spans if not low <= s.face.size <= high})
    if wrong:
        yield f"số trang cỡ {', '.join(format_size(s) for s in wrong)}"
    if any(s.face.bold for s in spans):
        yield "số trang đậm"
    if any(s.face.italic for s in spans):
        yield "số trang nghiêng"


def _style_mends(spans: Sequence[Span]) -> Iterator[Mend]:
    low, high = component("page_number").sizes
    for span in spans:
        if not low <= span.face.size <= high:
            yield Mend("size", span.element, min(max(span.face.size, low), high))
        if span.face.bold:
            yield Mend("bold", span.element, False)
        if span.face.italic:
            yield Mend("italic", span.element, False)


@check("TT11", Severity.ERROR, Block.ANNEX, mends="một phần")
def annex_page_number(paper: Paper, settings: Settings) -> Answers:
    """Số trang của phụ lục không đánh riêng.

    Sai: Phụ lục I tiếp tục số trang 9 của phần lời văn
    Đúng: Phụ lục I ở phần (section) mới, số trang bắt đầu từ 1
    Căn cứ: Phụ lục I, mục III.1đ
    """
    if not paper.annexes:
        yield NotApplicable("văn bản không có phụ lục")
        return
    if not _shown(paper.document, "headers"):
        for annex in paper.annexes:
            if not _own_section(paper, annex) and not _on_new_page(paper, annex):
                found, right = "phụ lục không bắt đầu ở trang mới", "phụ lục ở trang riêng"
                fix = "Chèn ngắt phần (Section Break, Next Page) trước phụ lục"
                yield Fault("Phụ lục", annex.label.text, found, right, fix)
        yield NotApplicable("văn bản không có số trang ở đầu trang")
        return
    for annex in paper.annexes:
        own = _own_section(paper, annex)
        section = paper.document.sections[own]
        if own and section.starts_at == 1:
            continue
        yield Fault(
            "Phụ lục",
            annex.label.text,
            "số trang tiếp tục số trang của phần trước"
            if own
            else "phụ lục không bắt đầu ở phần (section) mới",
            "số trang của phụ lục bắt đầu lại từ 1",
            "Chèn ngắt phần (Section Break, Next Page) trước phụ lục; Định dạng số trang, chọn bắt đầu từ 1",
            (Mend("restart", section.element, 1),) if own else (),
        )
