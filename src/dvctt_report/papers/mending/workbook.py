"""Write the list of what a unit is asked to mend as an .xlsx working sheet, which ``collect`` reads back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any, NamedTuple

import xlsxwriter

from dvctt_report.forms import styles
from dvctt_report.forms.layout import cell_name
from dvctt_report.forms.sheets import (
    FIRST,
    column_of,
    finish_keyed,
    fit_row,
    keyed_sheet,
    merge,
    write_head,
    write_keys,
)
from dvctt_report.intake.mend_lists import COLUMNS, FORM, MARK, META_KEYS, REASON, REPLY, REPLY_WORDS, VERSION
from dvctt_report.papers.mending.lists import MendingList, Question
from dvctt_report.plan.model import Profile
from dvctt_report.text.vietnamese import format_date, format_small_count

SHEET = "Bảng kê chỉnh lý"
TITLE = "BẢNG KÊ NỘI DUNG ĐỀ NGHỊ CHỈNH LÝ SỐ LIỆU"
TO_MEND = "I. Nội dung đề nghị chỉnh lý (chưa đưa vào tổng hợp)"
TO_CONFIRM = "II. Nội dung đề nghị xác nhận (đã tạm sử dụng)"
_HOW = (
    "Cách làm: {where} (không ghi số ở bảng kê này); ở mỗi dòng ghi vào ô trắng, chọn một ý kiến: "
    "“Đã sửa” nếu đã sửa trong biểu; “Giữ nguyên” nếu số đã ghi là đúng, ghi rõ lý do; “Chưa có số liệu” "
    "nếu chưa tổng hợp được, ghi lý do và thời gian bổ sung. Gửi lại {what}{when}."
)
_HERE = "sửa ngay trong tệp này, ở các ô nền vàng của các trang sau, mỗi ô có lời đề nghị gắn kèm"
_OWN_ANSWERS = (
    "Các trang sau là biểu của đơn vị với nội dung đơn vị đã ghi; chỉ sửa chỗ cần sửa. Ghi chú gắn vào ô, "
    "hình, trang tính ngoài biểu của đơn vị không chép sang{formulas}{blanked}."
)
_FORMULAS = "; {n} ô đơn vị đặt công thức nay là con số"
_BLANKED = "; {n} ô để trống để ghi lại, nội dung đã ghi nêu trong lời đề nghị ở ô"
_NEW_FORM = "Các trang sau là biểu mẫu {period} của đơn vị, chưa ghi."
_LAST = len(COLUMNS)


class WorkbookHead(NamedTuple):
    """Whose working sheet it is and when it was made.

    reply_by: None where no day is set.
    contact: whom to call, "" where the office has named nobody.
    notice: what the period's figures need said.
    """

    sender: str
    made: datetime
    reply_by: date | None = None
    contact: str = ""
    notice: tuple[str, ...] = ()


class FormBehind(NamedTuple):
    """What stands on the sheets behind the list: the unit's form.

    n_formulas: cells in which the unit had put a formula and now finds its result.
    n_blanked: cells whose content could not be written again as it was seen.
    answered: whether the form holds the unit's answers.
    moved: whether cells stand elsewhere than in the unit's own file.
    """

    n_formulas: int = 0
    n_blanked: int = 0
    answered: bool = True
    moved: bool = False


def mending_bytes(asked: MendingList, profile: Profile, head: WorkbookHead) -> bytes:
    """Return the unit's list as the bytes of an .xlsx file: no letterhead, no signature, keys hidden."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, styles.BOOK)
    book.set_properties({"title": SHEET, "author": head.sender, "created": styles.ISSUED})
    write_list(book, asked, head)
    issued = head.made.isoformat(timespec="minutes")
    values = (FORM, VERSION, profile.plan.code, str(asked.period), asked.unit.code, issued, asked.about)
    write_keys(book, zip(META_KEYS, values, strict=True))  # by which it is recognised when it comes back
    book.close()
    return out.getvalue()


def write_list(book: Any, asked: MendingList, head: WorkbookHead, behind: FormBehind | None = None) -> None:
    """Write the list as a sheet of ``book``; ``behind``: the form that follows it there."""
    sheet = keyed_sheet(book, SHEET, COLUMNS)
    names = ("title", "period", "instruction", "header", "label", "label_centre", "note")
    small = {"font_size": styles.SMALL_SIZE, "valign": "top"}
    made = {name: book.add_format(styles.STYLES[name]) for name in names}
    text = {**styles.STYLES["label"], **small}
    formats = {
        **made,
        "section": book.add_format({**styles.STYLES["label"], "bold": True, "bg_color": styles.HEADER}),
        "cell": book.add_format(text),
        "quoted": book.add_format({**text, "quote_prefix": True}),
        "centre": book.add_format({**text, "align": "center"}),
        "reply": book.add_format({**styles.STYLES["choice"], **small}),
        "reason": book.add_format({**styles.STYLES["text"], **small}),
    }
    first = write_head(sheet, formats, COLUMNS, _head_lines(asked, head, behind), MARK)
    at, number = first, 0
    for heading, questions in ((TO_MEND, asked.to_mend), (TO_CONFIRM, asked.to_confirm)):
        if questions:
            merge(sheet, at, FIRST, _LAST, heading, formats["section"])
            sheet.set_row(at, 18)
            at += 1
        for question in questions:
            number += 1
            _write_question(sheet, formats, at, number, question)
            at += 1
    to = f"Nơi nhận lại: {head.sender}." + (f" Đầu mối: {head.contact}." if head.contact else "")
    merge(sheet, at + 1, FIRST, _LAST, to, formats["note"])
    # The drop-down, and a coloured cell where a reason has to stand and doesn't
    last = at - 1
    reply, reason = (column_of(COLUMNS, key) for key in (REPLY, REASON))
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
    rule = {"type": "formula", "criteria": criteria, "format": book.add_format(styles.AMBER)}
    sheet.conditional_format(first, reason, last, reason, rule)
    finish_keyed(sheet, first, 0, f"&L&8{asked.unit.code} · {SHEET} {asked.period}", sortable=True)


def _head_lines(
    asked: MendingList, head: WorkbookHead, behind: FormBehind | None
) -> Iterator[tuple[str, str]]:
    """Yield what stands above the table, each line with its style."""
    made = format_date(head.made.date())
    said = (asked.document, f"Tệp: {asked.file}" if asked.file else "")
    yield TITLE, "title"
    yield f"Kỳ báo cáo {asked.period.words} – tài liệu làm việc, lập ngày {made}", "period"
    unit = f"Đơn vị: {asked.unit.name} (mã {asked.unit.code})"
    yield " · ".join(filter(None, (unit, *said))), "instruction"
    when = f" trước ngày {format_date(head.reply_by)}" if head.reply_by else ""
    where = "sửa ngay trên tệp biểu đã gửi" if asked.file else "gửi lại tệp biểu đúng"
    if behind is not None:
        where = _HERE if behind.answered else "ghi số liệu vào biểu ở các trang sau"
    what = "tệp này" if behind is not None else "bảng kê này cùng tệp biểu đã sửa"
    lead = "Đề nghị quý cơ quan, đơn vị phối hợp thực hiện. " if asked.unit.duty == "asked" else ""
    yield lead + _HOW.format(where=where, what=what, when=when and f",{when}"), "instruction"
    if behind is not None and behind.answered:
        formulas = _FORMULAS.format(n=format_small_count(behind.n_formulas)) if behind.n_formulas else ""
        blanked = _BLANKED.format(n=format_small_count(behind.n_blanked)) if behind.n_blanked else ""
        form = _OWN_ANSWERS.format(formulas=formulas, blanked=blanked)
        yield f"{form} {_MOVED}" if behind.moved else form, "instruction"
    elif behind is not None:
        yield _NEW_FORM.format(period=asked.period.words), "instruction"
    yield from ((line, "instruction") for line in head.notice)


_MOVED = "Tên ô nêu dưới đây theo tệp đơn vị đã gửi; trong tệp này, tìm theo nội dung và nền vàng."


def _write_question(sheet: Any, formats: dict[str, Any], at: int, number: int, question: Question) -> None:
    sheet.write_string(at, 0, question.name)
    place = question.place.replace("ô ", "ô\u00a0")  # a cell's name stays on one line
    texts = (place, question.about, question.written, question.why, question.asked)
    sheet.write_number(at, FIRST, number, formats["centre"])
    for n, text in enumerate(texts, FIRST + 1):
        sheet.write_string(at, n, text, formats["quoted" if text[:1] in "=+-@" else "cell"])
    for key, name in ((REPLY, "reply"), (REASON, "reason")):
        sheet.write_blank(at, column_of(COLUMNS, key), None, formats[name])
    told = zip(texts, (column.width for column in COLUMNS[1:]), strict=False)
    fit_row(sheet, at, told, styles.SMALL_SIZE, 30)
