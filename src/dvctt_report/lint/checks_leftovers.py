"""Is anything left that the reader must not see: tags, dummies, comments, revisions, prompts, draft marks?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter

from dvctt_report.lint.check import Answers, Block, Fault, NotEvaluated, check, quote
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece, Text, columns_of, lines_of
from dvctt_report.lint.places import place_of
from dvctt_report.lint.settings import Settings, Stage
from dvctt_report.lint.stamps import WORDS_OF_DRAFT, ends_as_draft, is_draft_mark, watermarks
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import CAPITALS
from dvctt_report.word.document import Paragraph
from dvctt_report.word.strokes import typed_stroke

_PROMPT = lazy_pattern(
    r"\[(?:[^\[\]\d][^\[\]]*)?\]|…{2,}|…[.…]{2,}|\.{6,}"
    r"|\b(?:ngày|tháng|năm|số)\s*(?:20\d?)?(?:…|\.{2,}|_{2,})[.…]*"
    r"|(?:…|\.{2,}|_{2,})\s?/\s?(?:…|\.{2,}|_{2,}|\d)|(?<=[^\s_])[ \t\u00a0]?_{3,}"
    r"|(?<=[^\s,;.] )(?:\.{3,5}|…)(?=\s?%| (?:giờ|phút|đồng|triệu|tỷ|người|hồ sơ|hộ)\b)"
    r"|\b[Ôô]ng ?(?:\([Bb]à\)|/ ?[Bb]à)(?= (?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô"
    r"|Dương|Lý|Đinh|Trịnh|Mai|Đào|Lương|Hà|Trương|Nông|Tô|Cao|Châu|Tạ|Đoàn|Lâm|Phùng|Vương|Quách)"
    rf" [{CAPITALS}])"
    r"|\((?:sẽ )?(?:bổ sung|cập nhật|điền|xác nhận) sau\)|\((?:đang )?chờ [^()]{1,30}\)"
    r"|\((?:cần )?(?:kiểm tra|xem|hỏi|xác minh) lại\b[^()]{0,40}\)"
    r"|(?-i:\(Tên (?:cơ quan|đơn vị|tổ chức|văn bản))[^()]{0,40}\)"
    r"|\((?:ký, )?ghi rõ [^()]{1,40}\)|<[^\W\d_][^<>\d]{1,40}>|\bxx/xx\b|(?-i:\bxx\b)",
    re.IGNORECASE,
)
_LEFT_OVER = lazy_pattern(
    r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\bx{3,}\b|\bX{3,}\b|\d[xX]{3,}|Lorem ipsum|#REF!|#N/A|#VALUE!"
    r"|#DIV/0!|#NAME\?"
    r"|\bXX(?= ?%)|\*\*(?=\w)[^*\n]{1,120}(?<=\w)\*\*|theo yêu cầu của bạn|@example\."
    r"|Error! |«[^«»\s]{1,40}»|<<[^<>]{1,40}>>|\?{2,}|\bTODO\b|\bFIXME\b|\bTBD\b|@@+|(?<![\w.])asdf\w*"
    r"|Click or tap (?:here )?to enter|Click here to|Choose an item|Bấm hoặc gõ nhẹ vào đây|Nhấp để nhập"
    r"|\b0123456789\b|\b0?987654321\b"
    r"|\(\s*(?:anh|chị|em|a\.|c\.)\s+[^()]{1,30}\b(?:xem|sửa|bổ sung|kiểm tra|rà|cho ý kiến)\b[^()]*\)"
)
"""What programs and people put where words are to come: fields, dummies, prompts, notes to a colleague."""
_DUMMY = lazy_pattern(rf"\b(?:Nguyễn|Trần|Lê|Phạm|Hoàng) (?:Văn|Thị) [A-C](?![\w.])(?! [{CAPITALS}])")
"""A person of examples; a draft may still have one in the place of who signs."""
_LONG = 300
"""Characters of a paragraph below the letterhead that is text and no mark of a draft."""
_SIGNS_OF_PROMPT = (
    "[", "…", "..", "__", "ông (", "Ông (", "ÔNG (", "ông/", "Ông/", "ÔNG/", "sau)",
    "(chờ", "(đang chờ", "(Tên", "ghi rõ", "<", "xx", "XX/", lazy_pattern(r"\([^()]{1,20} lại"),
)  # fmt: skip
_SIGNS_OF_LEFT_OVER = (
    "{{", "{%", "xxx", "XX", "**", "của bạn", "@example", "Lorem", "#", "Error!", "«", "<<", "??", "TODO",
    "FIXME", "TBD", "@@", "asdf", "Click", "Choose", "Bấm", "Nhấp", "0123", "9876", "(anh", "(chị", "(em",
    "(a.", "(c.", "(A", "(C", "(E",
)  # fmt: skip
"""Without one of these a text can't match; looking for them is much faster on a hundred pages."""


@check("TT64", Severity.WARNING, Block.PAGE, annexes=True)
def left_overs(paper: Paper, settings: Settings) -> Answers:
    """Còn chỗ chưa điền, ghi chú, dấu vết sửa, chữ ẩn, chữ gạch ngang, chữ “Dự thảo”.

    Sai: {{ ten_don_vi }}, xxx, còn dấu vết sửa (Track Changes); bản trình ký còn chữ “DỰ THẢO”
    Đúng: đã điền đủ; đã chấp nhận hoặc từ chối mọi sửa đổi, xóa ghi chú, xóa chữ “DỰ THẢO”
    Căn cứ: khuyến nghị của chương trình
    """
    yield from _of_the_whole(paper)
    if settings.stage is Stage.ISSUED and not settings.electronic:
        yield from _not_filled_in(paper)
    later = _filled_in_later(paper)
    printed = Text(paper.document.printed)
    marked, named = {*printed.holding(*_SIGNS_OF_LEFT_OVER)}, {*printed.holding("Văn ", "Thị ")}
    dotted = {p for p in printed.holding(*_SIGNS_OF_PROMPT) if id(p) not in later}
    unseen = {*paper.document.having(lambda face: face.struck or face.hidden)}
    odd = marked | named | dotted | unseen
    for paragraph in (p for p in printed.lines if p in odd):
        text = paragraph.text
        place = place_of(paper, paragraph)
        if paragraph in marked and (found := _LEFT_OVER.search(text)):
            fix = "Điền nội dung hoặc xóa chỗ này"
            yield Fault(place, paragraph, f"còn “{found[0]}”", "đã điền đủ nội dung", fix)
        if any(s.face.struck and s.text.strip() and not s.face.hidden for s in paragraph.spans):
            fix = "Xóa chữ đã gạch; nếu còn dùng, chọn chữ, bỏ gạch ngang ở mục Phông (Strikethrough)"
            yield Fault(place, paragraph, "có chữ gạch ngang", "không có chữ gạch ngang", fix)
        if any(s.face.hidden and s.text.strip() for s in paragraph.spans):
            fix = "Chọn đoạn này, bỏ Ẩn (Hidden) ở mục Phông hoặc xóa"
            yield Fault(place, paragraph, "có chữ ẩn", "không có chữ ẩn", fix)
        text = _without_lines(paper, paragraph) if paragraph in dotted and "___" in text else text
        dummy = _DUMMY.search(text) if paragraph in named else None
        if prompt := (_PROMPT.search(text) if paragraph in dotted else None) or dummy:
            shown = quote(prompt[0], 50)
            if settings.final:
                fix = "Điền nội dung hoặc xóa lời nhắc"
                yield Fault(place, paragraph, f"còn lời nhắc “{shown}”", "đã điền đủ nội dung", fix)
            else:
                yield NotEvaluated(
                    f"lời nhắc của dự thảo: “{shown}”", place, paragraph, "chỗ chưa điền trong nội dung"
                )
    for place, paragraph, text in _draft_marks(paper):
        shown = quote(text, at=paragraph)
        if settings.final:
            fix = "Xóa chữ này; chữ chìm thì vào Thiết kế (Design), Hình mờ (Watermark), bỏ hình mờ"
            yield Fault(place, shown, f"còn chữ “{quote(text, 50)}”", "bản trình ký không có", fix)
        else:
            reason = f"văn bản còn là dự thảo: “{quote(text, 50)}”"
            yield NotEvaluated(reason, place, shown, "dấu DỰ THẢO")


def _without_lines(paper: Paper, paragraph: Paragraph) -> str:
    """The text but for the lines typed with signs below words of the letterhead or beside them."""
    first = paper.body[0].paragraph.number if paper.body else 0
    if paragraph.number >= first or paragraph.part != paper.document.source.main:
        return paragraph.text
    columns = (column for line in lines_of(paragraph) for column in columns_of(line))
    return "\n".join(column.text for column in columns if typed_stroke(column.text) is None)


def _filled_in_later(paper: Paper) -> frozenset[int]:
    """The ids of the paragraphs that bear number and day, which are written when the document is issued.

    What an annex holds with dots is a form to be filled in by others.
    """
    own = [p for p in (paper.head.number, paper.head.place_date) if p is not None]
    own += [piece for annex in paper.annexes for piece in annex.attached] + [*paper.title.enclosed_in]
    behind = min((annex.label.paragraph.number for annex in paper.annexes), default=None)
    forms = paper.document.paragraphs[behind:] if behind is not None else ()
    dotted = (p for p in forms if not p.text.lstrip().startswith("["))
    return frozenset((*(id(piece.paragraph) for piece in own), *map(id, dotted)))


def _not_filled_in(paper: Paper) -> Iterator[Fault]:
    """Number and day of what goes out on paper."""
    number, day = paper.head.number, paper.head.place_date
    if number is not None and paper.number is not None and not paper.number.figure:
        yield _blank("Số, ký hiệu", number, "số", "Ghi số theo sổ đăng ký văn bản đi")
    # A day that no calendar has is filled in, if wrongly.
    if day is not None and paper.day is None and len(re.findall(r"\d+", day.text)) < _DAY_MONTH_YEAR:
        yield _blank("Địa danh, thời gian", day, "ngày, tháng", "Ghi ngày, tháng, năm ban hành")


_DAY_MONTH_YEAR = 3


def _blank(place: str, piece: Piece, what: str, fix: str) -> Fault:
    found = f"{what} để trống ở bản phát hành"
    return Fault(place, piece, found, f"đã ghi {what}", fix, severity=Severity.ERROR)


def _of_the_whole(paper: Paper) -> Iterator[Fault]:
    """Comments and tracked changes, counted for the whole document."""
    document = paper.document
    for count, what, fix in (
        (document.n_comments, "ghi chú (comment)", "Vào Xem lại (Review), xóa mọi ghi chú"),
        (
            document.n_revisions,
            "dấu vết sửa (Track Changes)",
            "Vào Xem lại (Review), chấp nhận hoặc từ chối mọi sửa đổi",
        ),
    ):
        if count:
            yield Fault("Toàn văn bản", "", f"còn {count} {what}", f"không còn {what}", fix)


def _draft_marks(paper: Paper) -> Iterator[tuple[str, Paragraph, str]]:
    """Place, paragraph, words of each mark of a draft: a line, a title's end, words behind the page."""
    text_begins = paper.body[0].paragraph.number if paper.body else 0
    main = paper.document.source.main
    named = {p.paragraph for p in Text(paper.pieces, attrgetter("plain")).holding(*WORDS_OF_DRAFT)}
    for paragraph in paper.document.printed:
        if paragraph.part == main and paragraph not in named and not paragraph.has_picture:
            continue
        grid = paragraph.cell is not None and paragraph.cell.table.bordered
        above = paragraph.number < text_begins and paragraph.part == main
        lines = lines_of(paragraph) if above or len(paragraph.text) <= _LONG else ()
        for piece in (column for line in lines for column in columns_of(line)):
            if (not grid and is_draft_mark(piece.text)) or (above and ends_as_draft(piece.text)):
                yield _place(paper, paragraph), paragraph, piece.text
        for text in watermarks(paragraph.element):
            if is_draft_mark(text):
                yield f"{place_of(paper, paragraph)}, chữ chìm (watermark)", paragraph, text


def _place(paper: Paper, paragraph: Paragraph) -> str:
    head = paper.head.state or paper.head.number
    cell = paragraph.cell
    if cell and head and head.paragraph.cell and cell.table is head.paragraph.cell.table:
        return "Phần đầu văn bản"
    return place_of(paper, paragraph)
