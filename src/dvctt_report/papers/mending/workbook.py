"""What a unit is asked to mend as an .xlsx, alone or before its own form; ``collect`` reads it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import partial
from io import BytesIO
from typing import Any, NamedTuple

import xlsxwriter

from dvctt_report.forms import sheets, styles
from dvctt_report.forms.build import build_form, with_more_lines
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.issue import LIST_ABOUT, LIST_ISSUED, SentBack
from dvctt_report.forms.layout import cell_name, place
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake.collect import RawAnswers, raw_answers, read_return
from dvctt_report.intake.mend_lists import COLUMNS, FORM, MARK, META_KEYS, REASON, REPLY, REPLY_WORDS, VERSION
from dvctt_report.intake.tables import ADDED
from dvctt_report.model import Key, Return, Severity, State
from dvctt_report.papers.mending.lists import MendingList, Question
from dvctt_report.plan.last_year import LastYear
from dvctt_report.plan.model import Profile
from dvctt_report.text.personal import shown
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
    "hình, trang tính ngoài biểu của đơn vị không chép sang"
)
_FORMULAS = "; {n} ô đơn vị đặt công thức nay là con số"
_BLANKED = "; {n} ô để trống để ghi lại, nội dung đã ghi nêu trong lời đề nghị ở ô"
_MOVED = "Tên ô nêu dưới đây theo tệp đơn vị đã gửi; trong tệp này, tìm theo nội dung và nền vàng."
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
    sheets.write_keys(
        book, zip(META_KEYS, values, strict=True)
    )  # by which it is recognised when it comes back
    return styles.finished(book)


def write_list(book: Any, asked: MendingList, head: WorkbookHead, behind: FormBehind | None = None) -> None:
    """Write the list as a sheet of ``book``; ``behind``: the form that follows it there."""
    names = ("title", "period", "instruction", "header", "label", "label_centre", "note")
    small = {"font_size": styles.SMALL_SIZE, "valign": "top"}
    text = {**styles.STYLES["label"], **small}
    formats = {
        **{name: book.add_format(styles.STYLES[name]) for name in names},
        "section": book.add_format({**styles.STYLES["label"], "bold": True, "bg_color": styles.HEADER}),
        "cell": book.add_format(text),
        "quoted": book.add_format({**text, "quote_prefix": True}),
        "centre": book.add_format({**text, "align": "center"}),
        "reply": book.add_format({**styles.STYLES["choice"], **small}),
        "reason": book.add_format({**styles.STYLES["text"], **small}),
    }
    lines = _head_lines(asked, head, behind)
    sheet, first = sheets.keyed_sheet(book, SHEET, COLUMNS, formats, lines, MARK)
    at, number = first, 0
    for heading, questions in ((TO_MEND, asked.to_mend), (TO_CONFIRM, asked.to_confirm)):
        if questions:
            sheets.merge(sheet, at, sheets.FIRST, _LAST, heading, formats["section"])
            sheet.set_row(at, 18)
            at += 1
        for question in questions:
            number += 1
            _write_question(sheet, formats, at, number, question)
            at += 1
    to = f"Nơi nhận lại: {head.sender}." + (f" Đầu mối: {head.contact}." if head.contact else "")
    sheets.merge(sheet, at + 1, sheets.FIRST, _LAST, to, formats["note"])
    # The drop-down, and a coloured cell where a reason has to stand and doesn't
    last = at - 1
    reply, reason = (sheets.column_of(COLUMNS, key) for key in (REPLY, REASON))
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
    sheets.finish_keyed(sheet, first, 0, f"&L&8{asked.unit.code} · {SHEET} {asked.period}", sortable=True)


def _head_lines(
    asked: MendingList, head: WorkbookHead, behind: FormBehind | None
) -> Iterator[tuple[str, str]]:
    """Yield what stands above the table, each line with its style."""
    made = format_date(head.made.date())
    yield TITLE, "title"
    yield f"Kỳ báo cáo {asked.period.words} – tài liệu làm việc, lập ngày {made}", "period"
    unit = f"Đơn vị: {asked.unit.name} (mã {asked.unit.code})"
    file = f"Tệp: {asked.file}" if asked.file else ""
    yield " · ".join(filter(None, (unit, asked.document, file))), "instruction"
    where = "sửa ngay trên tệp biểu đã gửi" if asked.file else "gửi lại tệp biểu đúng"
    what = "bảng kê này cùng tệp biểu đã sửa"
    if behind is not None:
        where = _HERE if behind.answered else "ghi số liệu vào biểu ở các trang sau"
        what = "tệp này"
    when = f", trước ngày {format_date(head.reply_by)}" if head.reply_by else ""
    lead = "Đề nghị quý cơ quan, đơn vị phối hợp thực hiện. " if asked.unit.duty == "asked" else ""
    yield lead + _HOW.format(where=where, what=what, when=when), "instruction"
    if behind is not None and behind.answered:
        counts = ((_FORMULAS, behind.n_formulas), (_BLANKED, behind.n_blanked))
        more = "".join(text.format(n=format_small_count(n)) for text, n in counts if n)
        form = f"{_OWN_ANSWERS}{more}."
        yield f"{form} {_MOVED}" if behind.moved else form, "instruction"
    elif behind is not None:
        yield _NEW_FORM.format(period=asked.period.words), "instruction"
    yield from ((line, "instruction") for line in head.notice)


def _write_question(sheet: Any, formats: dict[str, Any], at: int, number: int, question: Question) -> None:
    sheet.write_string(at, 0, question.name)
    place = question.place.replace("ô ", "ô\u00a0")  # a cell's name stays on one line
    texts = (place, question.about, question.written, question.why, question.asked)
    sheet.write_number(at, sheets.FIRST, number, formats["centre"])
    for n, text in enumerate(texts, sheets.FIRST + 1):
        sheet.write_string(at, n, text, formats["quoted" if text[:1] in "=+-@" else "cell"])
    for key, name in ((REPLY, "reply"), (REASON, "reason")):
        sheet.write_blank(at, sheets.column_of(COLUMNS, key), None, formats[name])
    told = zip(texts, (column.width for column in COLUMNS[1:]), strict=False)
    sheets.fit_row(sheet, at, told, styles.SMALL_SIZE, 30)


# -------------------------- the unit's form with its own answers behind the list, what is asked marked in it
# Nothing gets into it that wasn't read so from the unit's file: it is read back before it goes out, and a
# cell that would then say more than it did is left blank, with what stood there in its note.

_ROUNDS = 3
"""How often cells are left blank before the form is given up: blanking one may change a sum."""


def own_form(
    asked: MendingList,
    sent: Return,
    content: bytes,
    profile: Profile,
    head: WorkbookHead,
    last: LastYear | None = None,
) -> bytes | None:
    """Return the unit's form with what it ``sent``; None where that can't be written again as it was read."""
    raw = raw_answers(sent.file, content, profile, asked.unit, asked.period)
    if raw is None:
        return None
    typed = dict(raw.answers)
    for _ in range(_ROUNDS):
        data = _written(asked, sent, raw, typed, profile, head, last)
        wrong = {*_said_otherwise(sent, read_return("", data, profile, asked.period))}
        if not wrong:
            return data
        gone = {
            own
            for key in wrong
            for own in typed
            if (own.item, own.part) == (key.item, key.part) and key.field in ("", own.field)
        }
        if not gone:
            return None
        typed = {key: answer for key, answer in typed.items() if key not in gone}
    return None


def blank_form(asked: MendingList, profile: Profile, head: WorkbookHead, last: LastYear | None) -> bytes:
    """Return the form as it was issued to a unit of which no usable one came, with the list in front."""
    back = SentBack(
        partial(write_list, asked=asked, head=head, behind=FormBehind(answered=False)), meta=_meta(head, "")
    )
    return form_bytes(profile, asked.unit, asked.period, edition=profile.edition, last=last, back=back)


def _written(
    asked: MendingList,
    sent: Return,
    raw: RawAnswers,
    typed: Mapping[Key, Answer],
    profile: Profile,
    head: WorkbookHead,
    last: LastYear | None,
) -> bytes:
    """The form with the answers ``typed``; what stood in a cell left blank is told in its note."""
    notes: dict[Key, list[str]] = {}  # of what is asked about, or whose sum is
    for n, question in enumerate((*asked.to_mend, *asked.to_confirm), 1):
        key = raw.keys.get(question.at) if question.at is not None else None
        for source in raw.sources.get(key, (key,)) if key is not None else ():
            notes.setdefault(source, []).append(f"Nội dung {n}: {question.why} {question.asked}")
    blanked = {key: answer for key, answer in raw.answers.items() if key not in typed}
    for key, answer in blanked.items():
        text = f"Đơn vị đã ghi: “{shown(str(answer))}”. Đề nghị ghi lại vào ô này."
        notes.setdefault(key, []).append(text)
    form = with_more_lines(build_form(profile, asked.unit, asked.period), raw.added)
    places = {
        key: (table.sheet, cell_name(row, column.at))
        for sheet in place(form)
        for table in sheet.tables
        for row, column, _, key in table.answers()
    }
    sent_at = {key: (at.sheet, at.cell) for at, key in raw.keys.items()}
    moved = any(places.get(key, cell) != cell for key, cell in sent_at.items())
    behind = FormBehind(len(raw.formulas & typed.keys()), len(blanked), moved=moved)
    back = SentBack(
        partial(write_list, asked=asked, head=head, behind=behind),
        {key: "\n".join(lines) for key, lines in notes.items()},
        raw.added,
        _meta(head, " ".join(dict.fromkeys((sent.sha256, *sent.follows)))),
        raw.formats,
    )
    return form_bytes(profile, asked.unit, asked.period, typed, edition=profile.edition, last=last, back=back)


def _meta(head: WorkbookHead, about: str) -> tuple[tuple[str, str], ...]:
    return (LIST_ISSUED, head.made.isoformat(timespec="minutes")), (LIST_ABOUT, about)


def _said_otherwise(sent: Return, written: Return) -> Iterator[Key]:
    """Yield what the form would say that the file didn't, or without the fault that it had there."""
    before = {o.key: o for o in sent.observations}
    lines = {(o.item, o.field, o.value) for o in before.values() if ADDED in o.part}
    still_wrong = {(f.code, *f.key) for f in written.findings}
    cured = {
        Key(ref.item, ref.field, finding.part)
        for finding in sent.findings
        if finding.severity is Severity.ERROR and (finding.code, *finding.key) not in still_wrong
        for ref in finding.figures
    }
    for key, now in {o.key: o for o in written.observations}.items():
        if now.state is not State.GIVEN or key.field == "rate":
            continue
        is_line = ADDED in key.part and (key.item, key.field, now.value) in lines
        is_cured = key in cured or Key(key.item, "", key.part) in cured
        own = before.get(key)
        is_same = own is not None and own.state is State.GIVEN and own.value == now.value
        if is_cured or not (is_line or is_same):
            yield key
