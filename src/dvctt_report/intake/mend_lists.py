"""Read back the list of what a unit was asked to mend, with the replies that it wrote into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from typing import NamedTuple

from dvctt_report.files.cells import Sheet, Workbook, address
from dvctt_report.forms.joint import UNITS_SHEET
from dvctt_report.forms.layout import META_SHEET, KeyedColumn
from dvctt_report.forms.sent_back import ENTERED, LIST_ABOUT, LIST_ISSUED, without_ours
from dvctt_report.intake.mend_replies import contradictions
from dvctt_report.intake.reading import quote
from dvctt_report.model import CellRef, Finding, Reply, ReplyKind, Return, ReturnStatus
from dvctt_report.model.codes import finding
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile
from dvctt_report.text.file_names import format_file
from dvctt_report.text.personal import masked
from dvctt_report.text.vietnamese import unaccented

FORM = "dvctt-chinh-ly"
VERSION = "1"
META_KEYS = ("form", "version", "plan", "year", "unit", "issued", "about")
MARK = "#chinh-ly"
"""Stands in the marker row, above the names of the findings."""
REPLY = "opinion"
REASON = "reason"

REPLY_WORDS: dict[ReplyKind, str] = {
    ReplyKind.MENDED: "Đã sửa",
    ReplyKind.KEPT: "Giữ nguyên",
    ReplyKind.NOT_AVAILABLE: "Chưa có số liệu",
}
"""What the unit chooses from, word for word."""

COLUMNS = (
    KeyedColumn("number", "STT", 5),
    KeyedColumn("place", "Vị trí", 17),
    KeyedColumn("about", "Nội dung", 25),
    KeyedColumn("written", "Đơn vị đã ghi", 15),
    KeyedColumn("why", "Lý do chưa sử dụng được hoặc cần xác nhận", 31),
    KeyedColumn("asked", "Đề nghị", 29),
    KeyedColumn(REPLY, "Ý kiến của đơn vị (chọn)", 14),
    KeyedColumn(REASON, "Lý do, thời gian bổ sung", 24),
)


_WORDS = {unaccented(words): kind for kind, words in REPLY_WORDS.items()}
_ONE_OF = f"Chọn một trong: {', '.join(REPLY_WORDS.values())}."
_AFTER = ",.;:–-()"
"""What may stand between a reply and a reason written beside it."""
_ROWS = 19
"""Rows of the hidden sheet that are looked through: its keys, and what a form says of its list."""
_SEND_AGAIN = "Đề nghị đơn vị ghi ý kiến vào đúng bảng kê đã gửi."


class _ListTable(NamedTuple):
    """Where the list stands in a sheet: its marker row, the column of names, those of the answers."""

    sheet: Sheet
    marker: int
    names: int
    reply: int
    reason: int


def is_mending_list(book: Workbook) -> bool:
    """Whether a workbook is a list of what a unit was asked to mend, by its own keys."""
    return hidden_keys(book).get("form") == FORM


def read_replies(file: str, digest: str, book: Workbook, profile: Profile, period: Period) -> Return:
    """Return what a unit answered on its list: a REPLY, in which a row without a reply says nothing.

    Findings: NH90 a list of another year, plan or unit, or without its columns; NH91 a reply that is
    none; NH92 no reply at all. Never raises for what is in the file.
    """
    keys = hidden_keys(book)
    at = CellRef(file)
    unit = keys["unit"] if profile.unit_asked(keys.get("unit", ""), period) else ""
    table = _table(book)
    fault = _fault(keys, profile, period, unit)
    if table is None and not fault:
        fault = "bảng kê chỉnh lý không còn cột ý kiến của đơn vị"
    if fault or table is None:
        refusal = finding("NH90", fault, _SEND_AGAIN, at, unit)
        return Return(file, digest, ReturnStatus.REPLY, unit, findings=(refusal,))
    findings: list[Finding] = []
    told = Reply("", unit, ReplyKind.KEPT, "", keys.get("issued", ""), keys.get("about", ""))
    replies = tuple(_replies(table, file, told, findings))
    if not replies and not findings:
        note = "bảng kê chỉnh lý gửi lại chưa ghi ý kiến nào"
        findings.append(finding("NH92", note, _SEND_AGAIN, at, unit))
    return Return(file, digest, ReturnStatus.REPLY, unit, period, findings=tuple(findings), replies=replies)


class FormApart(NamedTuple):
    """A workbook of a form, without what the office put into it when it sent it back to its unit.

    replies: what the unit answered on the list in it; findings: what of that can't be understood.
    follows: the files, by SHA-256, whose answers the form was sent back with.
    entered_by: the office that filled it in from what its unit sent on paper; "" for the unit itself.
    """

    form: Workbook
    replies: tuple[Reply, ...] = ()
    findings: tuple[Finding, ...] = ()
    follows: tuple[str, ...] = ()
    entered_by: str = ""


def take_apart(book: Workbook, file: str, profile: Profile, period: Period) -> FormApart:
    """Take out of a form the list, the units to choose from and the office's own notes."""
    keys = hidden_keys(book)
    table = _table(book) if LIST_ISSUED in keys else None
    ours = (table.sheet if table is not None else None, book.sheet(UNITS_SHEET))
    pages = []
    for sheet in (s for s in book.sheets if not any(s is own for own in ours)):
        own = {place: note for place, said in sheet.notes.items() if (note := without_ours(said)).strip()}
        pages.append(replace(sheet, notes=own) if sheet.notes else sheet)
    form = replace(book, sheets=tuple(pages))
    unit = keys.get("unit", "")
    if LIST_ISSUED not in keys or _fault(keys, profile, period, unit):
        return FormApart(form, entered_by=keys.get(ENTERED, ""))
    follows = tuple(keys.get(LIST_ABOUT, "").split())
    if table is None:
        return FormApart(form, follows=follows)
    told = Reply("", unit, ReplyKind.KEPT, "", keys[LIST_ISSUED], " ".join(follows))
    findings: list[Finding] = []
    replies = tuple(_replies(table, file, told, findings))
    return FormApart(form, replies, tuple(findings), follows)


def check_replies(returns: Iterable[Return]) -> Iterator[Finding]:
    """Yield NH93 for each finding about which two lists made at the same moment say different things."""
    for replies in contradictions(returns):
        first, *others = replies
        files = ", ".join(format_file(r.at.file) for r in replies if r.at)
        yield finding(
            "NH93",
            f"về {first.finding}, các bảng kê chỉnh lý trả lời khác nhau ({files}); chưa dùng câu nào",
            "Hỏi đơn vị câu trả lời nào đúng, rồi loại tệp kia: dvctt-report decide TỆP --reject",
            first.at or CellRef(""),
            first.unit,
            related=tuple(r.at for r in others if r.at),
        )


def hidden_keys(book: Workbook) -> dict[str, str]:
    """What the hidden sheet of a workbook that came back says; nothing where there is none."""
    sheet = book.sheet(META_SHEET)
    return sheet.keys(_ROWS) if sheet is not None else {}


def marked_columns(sheet: Sheet, needed: Set[str]) -> tuple[int, dict[str, int]] | None:
    """The row of a sheet that names its columns, and where each is; None where a needed one is missing."""
    for row, cells in sheet.rows():
        at = {cell.raw.strip(): cell.column for cell in cells}
        if needed <= at.keys():
            return row, at
    return None


def _fault(keys: Mapping[str, str], profile: Profile, period: Period, unit: str) -> str:
    """Why the list isn't one of this year's; "" where it is."""
    if keys.get("plan") != profile.plan.code:
        return "bảng kê chỉnh lý thuộc kế hoạch khác"
    if keys.get("year") != str(period):
        return f"bảng kê chỉnh lý của {Period.named(keys.get('year', ''))}, đang làm {period.words}"
    return "" if unit else f"mã đơn vị {quote(keys.get('unit', ''))} của bảng kê không có trong danh sách"


def _table(book: Workbook) -> _ListTable | None:
    for sheet in book.sheets:
        if (found := marked_columns(sheet, {MARK, REPLY, REASON})) is not None:
            row, at = found
            return _ListTable(sheet, row, at[MARK], at[REPLY], at[REASON])
    return None


def _replies(table: _ListTable, file: str, told: Reply, findings: list[Finding]) -> Iterator[Reply]:
    """The rows that hold a reply; what can't be understood as one goes to ``findings``."""
    for row, _ in table.sheet.rows():
        name, said, reason = (table.sheet.text(row, at) for at in (table.names, table.reply, table.reason))
        if row <= table.marker or not name or not (said or reason):
            continue
        at = CellRef(file, table.sheet.name, address(row, table.reply))
        # Known without accents too, and with a reason behind it ("Giữ nguyên: đúng theo hệ thống").
        kind, beside = None, ""
        for words, meant in _WORDS.items():
            rest = said[len(words) :].lstrip()
            if unaccented(said[: len(words)]) == words and (not rest or rest[0] in _AFTER):
                kind, beside = meant, rest.strip(_AFTER + " ")
                break
        if kind is None:
            what = "có lý do nhưng chưa chọn ý kiến"
            what = f"{quote(said)} không phải câu trả lời có sẵn" if said else what
            message = f"ý kiến của đơn vị về {name}: {what}"
            unclear = finding("NH91", message, _ONE_OF, at, told.unit, value=said or reason)
            findings.append(replace(unclear, about=name))
        else:
            because = masked("; ".join(filter(None, (beside, reason))))
            yield Reply(name, told.unit, kind, because, told.issued, told.about, at)
