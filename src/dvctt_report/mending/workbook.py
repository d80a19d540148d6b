"""Write the list of what a unit is asked to mend as an .xlsx working sheet, which ``collect`` reads back."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any, NamedTuple

import xlsxwriter

from dvctt_report.forms import styles
from dvctt_report.forms.layout import META_SHEET, cell_name
from dvctt_report.forms.measure import PADDING, column_points, text_height
from dvctt_report.forms.pen import merge
from dvctt_report.mending.keys import COLUMNS, FORM, MARK, META_KEYS, REASON, REPLY, REPLY_WORDS, VERSION
from dvctt_report.mending.lists import MendingList, Question
from dvctt_report.plan.model import Profile
from dvctt_report.vietnamese import format_date

SHEET = "Bảng kê chỉnh lý"
TITLE = "BẢNG KÊ NỘI DUNG ĐỀ NGHỊ CHỈNH LÝ SỐ LIỆU"
TO_MEND = "I. Nội dung đề nghị chỉnh lý (chưa đưa vào tổng hợp)"
TO_CONFIRM = "II. Nội dung đề nghị xác nhận (đã tạm sử dụng)"
_HOW = (
    "Cách làm: {where} (không ghi số ở bảng kê này); ở mỗi dòng ghi vào ô trắng, chọn một ý kiến: "
    "“Đã sửa” nếu đã sửa trong tệp biểu; “Giữ nguyên” nếu số đã ghi là đúng, ghi rõ lý do; “Chưa có số liệu” "
    "nếu chưa tổng hợp được, ghi lý do và thời gian bổ sung. Gửi lại bảng kê này cùng tệp biểu đã sửa{when}."
)
_FIRST = 1
"""The column of the row numbers; the hidden keys stand in front of it."""
_LAST = len(COLUMNS)
_HIGHEST = 400.0
"""Points of a row; Excel allows 409."""
_A4 = 9


class WorkbookHead(NamedTuple):
    """Whose working sheet it is and when it was made; ``reply_by`` None: no day is set."""

    sender: str
    made: datetime
    reply_by: date | None = None


def mending_bytes(asked: MendingList, profile: Profile, head: WorkbookHead) -> bytes:
    """Return the unit's list as the bytes of an .xlsx file: no letterhead, no signature, keys hidden."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, styles.BOOK)
    book.set_properties({"title": SHEET, "author": head.sender, "created": styles.ISSUED})
    sheet = book.add_worksheet(SHEET)
    formats = _formats(book)
    sheet.set_column(0, 0, 4, None, {"hidden": True})
    for n, column in enumerate(COLUMNS, _FIRST):
        sheet.set_column(n, n, column.width)
    at = _write_head(sheet, formats, asked, head)
    first = _write_header(sheet, formats, at)
    at, number = first, 0
    for heading, questions in ((TO_MEND, asked.to_mend), (TO_CONFIRM, asked.to_confirm)):
        if questions:
            merge(sheet, at, _FIRST, _LAST, heading, formats["section"])
            sheet.set_row(at, 18)
            at += 1
        for question in questions:
            number += 1
            _write_question(sheet, formats, at, number, question)
            at += 1
    merge(sheet, at + 1, _FIRST, _LAST, f"Nơi nhận lại: {head.sender}.", formats["note"])
    _write_checks(book, sheet, first, at - 1)
    _set_up(sheet, first, asked)
    _write_meta(book, asked, profile, head.made)
    book.close()
    return out.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    names = ("title", "period", "instruction", "header", "label", "label_centre", "note")
    small = {"font_size": styles.SMALL_SIZE, "valign": "top"}
    made = {name: book.add_format(styles.STYLES[name]) for name in names}
    text = {**styles.STYLES["label"], **small}
    return {
        **made,
        "section": book.add_format({**styles.STYLES["label"], "bold": True, "bg_color": styles.HEADER}),
        "cell": book.add_format(text),
        "quoted": book.add_format({**text, "quote_prefix": True}),
        "centre": book.add_format({**text, "align": "center"}),
        "reply": book.add_format({**styles.STYLES["choice"], **small}),
        "reason": book.add_format({**styles.STYLES["text"], **small}),
    }


def _write_head(sheet: Any, formats: dict[str, Any], asked: MendingList, head: WorkbookHead) -> int:
    """Write what stands above the table; returns the row of its marker."""
    said = (asked.document, f"Tệp: {asked.file}" if asked.file else "")
    unit = " · ".join(filter(None, (f"Đơn vị: {asked.unit.name} (mã {asked.unit.code})", *said)))
    when = f", trước ngày {format_date(head.reply_by)}" if head.reply_by else ""
    where = "sửa ngay trên tệp biểu đã gửi" if asked.file else "gửi lại tệp biểu đúng"
    lead = "Đề nghị quý cơ quan, đơn vị phối hợp thực hiện. " if asked.unit.duty == "asked" else ""
    lines = (
        (TITLE, "title"),
        (
            f"Kỳ báo cáo {asked.period.words} – tài liệu làm việc, lập ngày {format_date(head.made.date())}",
            "period",
        ),
        (unit, "instruction"),
        (lead + _HOW.format(where=where, when=when), "instruction"),
    )
    width = column_points(sum(c.width for c in COLUMNS), len(COLUMNS))
    for at, (text, name) in enumerate(lines):
        merge(sheet, at, _FIRST, _LAST, text, formats[name])
        size = 14 if name == "title" else 11
        sheet.set_row(at, text_height(text, width, size, bold=name == "title") + PADDING)
    return len(lines)


def _write_header(sheet: Any, formats: dict[str, Any], at: int) -> int:
    """Write the hidden marker row and the header; returns the first row below."""
    sheet.write_string(at, 0, MARK)
    heights = []
    for n, column in enumerate(COLUMNS, _FIRST):
        sheet.write_string(at, n, column.key)
        sheet.write_string(at + 1, n, column.header, formats["header"])
        width = column_points(column.width)
        heights.append(text_height(column.header, width, styles.HEADER_SIZE, bold=True))
    sheet.set_row(at, None, None, {"hidden": True})
    sheet.set_row(at + 1, max(heights) + PADDING)
    return at + 2


def _write_question(sheet: Any, formats: dict[str, Any], at: int, number: int, question: Question) -> None:
    sheet.write_string(at, 0, question.name)
    place = question.place.replace("ô ", "ô\u00a0")  # a cell's name stays on one line
    texts = (place, question.about, question.written, question.why, question.asked)
    sheet.write_number(at, _FIRST, number, formats["centre"])
    for n, text in enumerate(texts, _FIRST + 1):
        sheet.write_string(at, n, text, formats["quoted" if text[:1] in "=+-@" else "cell"])
    for key, name in ((REPLY, "reply"), (REASON, "reason")):
        sheet.write_blank(at, _column(key), None, formats[name])
    heights = (
        text_height(text, column_points(column.width), styles.SMALL_SIZE)
        for text, column in zip(texts, COLUMNS[1:], strict=False)
    )
    sheet.set_row(at, min(max(*heights, 30.0) + PADDING, _HIGHEST))


def _column(key: str) -> int:
    return _FIRST + next(n for n, column in enumerate(COLUMNS) if column.key == key)


def _write_checks(book: Any, sheet: Any, first: int, last: int) -> None:
    """The drop-down, and a red cell where a reason has to stand and doesn't."""
    reply, reason = _column(REPLY), _column(REASON)
    words = list(REPLY_WORDS.values())
    check = {
        "validate": "list",
        "source": words,
        "error_title": "Chọn trong danh sách",
        "error_message": f"Chọn một trong: {'; '.join(words)}. Lý do ghi ở cột bên cạnh.",
    }
    sheet.data_validation(first, reply, last, reply, check)
    x, y = cell_name(first, reply), cell_name(first, reason)
    needed = ",".join(f'{x}="{word}"' for word in words[1:])
    criteria = f'=AND(OR({needed}),{y}="")'
    rule = {"type": "formula", "criteria": criteria, "format": book.add_format(styles.RED)}
    sheet.conditional_format(first, reason, last, reason, rule)


def _set_up(sheet: Any, first: int, asked: MendingList) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first - 1)
    sheet.freeze_panes(first, 0)
    sheet.hide_gridlines(2)
    sheet.set_footer(f"&L&8{asked.unit.code} · {SHEET} {asked.period}&R&8Trang &P/&N")
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})


def _write_meta(book: Any, asked: MendingList, profile: Profile, made: datetime) -> None:
    """Write the keys by which the list is recognised when it comes back, on a very hidden sheet."""
    sheet = book.add_worksheet(META_SHEET)
    issued = made.isoformat(timespec="minutes")
    values = (FORM, VERSION, profile.plan.code, str(asked.period.year), asked.unit.code, issued, asked.about)
    for at, (name, value) in enumerate(zip(META_KEYS, values, strict=True)):
        sheet.write_string(at, 0, name)
        sheet.write_string(at, 1, value)
    sheet.very_hidden()
