"""Returns that say a day in time and arrived after the deadline: what is asked of them all, and decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from dvctt_report.decide.decisions import Grounds, officer, put_figure
from dvctt_report.files.cells import Workbook
from dvctt_report.forms.layout import KeyedColumn
from dvctt_report.intake.mend_lists import marked_columns
from dvctt_report.model import ArrivedBy, Control, Override, State
from dvctt_report.plan.fields import STATUS_NOT_AVAILABLE
from dvctt_report.plan.model import Target
from dvctt_report.report.remarks import Remark
from dvctt_report.store.register import keep_remarks_read, open_register
from dvctt_report.store.workspace import Workspace
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import format_count, format_date, format_small_count
from dvctt_report.year.corrections import details_beneath
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.summary.controls import control_tally
from dvctt_report.year.summary.returns import ReturnLine


def arrival_fact(line: ReturnLine, last_day: date) -> str:
    """Name what is to be decided of a unit's first return, in the words of a ``base``; "" for nothing."""
    said = line.first
    if not said or not said.sent_on or not said.arrived_on or said.timing:
        return ""
    return fact_of_days(line.unit.code, said.days) if said.sent_on <= last_day < said.arrived_on else ""


def fact_of_days(unit: str, days: str) -> str:
    """Name a unit with the days that are decided about; other days are another fact."""
    return f"arrived.{unit}.{days}"


def ask_arrival(lines: Sequence[ReturnLine], dataset: Dataset) -> tuple[str, str]:
    """Ask of all units together whether they were in time; and how they count until then, by which days."""
    who = "Đơn vị" if len(lines) == 1 else f"{format_small_count(len(lines))} đơn vị"
    quote = dataset.profile.plan.deadline.of(dataset.period).quote
    sent = [(line.unit.short_name, line.first) for line in lines if line.first is not None]
    when = []
    arrived = [(said.arrived_by is ArrivedBy.MISSING, said.arrived_on) for _, said in sent]
    for was_missing, words in ((False, "văn bản đến {}"), (True, "đến {} vẫn chưa nhận được")):
        if days := sorted(day for missing, day in arrived if day is not None and missing is was_missing):
            begin = f"từ ngày {days[0].day}/{days[0].month} đến " if days[0] < days[-1] else ""
            when.append(words.format(f"{begin}ngày {format_date(days[-1])}"))
    asked = f"{who} ghi ngày gửi {quote} nhưng {', hoặc '.join(when)}. Tính là đúng hạn hay sau thời hạn?"
    told = (f"{name} (ghi ngày {format_date(s.sent_on)}, {s.arrived})" for name, s in sent if s.sent_on)
    return asked, f"Đang tính là sau thời hạn, theo ngày đến: {'; '.join(told)}."


# ------- The sheet of the workbook of decisions with what units wrote beside their figures, and its one mark

TITLE = "Lời ghi"
_MARK = "#loi-ghi"
_ALL = "all"
"""Stands in the hidden column beside the one cell to be marked."""
_COLUMNS = (
    KeyedColumn("who", "Đơn vị", 18),
    KeyedColumn("place", "Ở đâu", 18),
    KeyedColumn("about", "Nội dung, đã ghi", 46),
    KeyedColumn("text", "Lời ghi của đơn vị", 62),
    KeyedColumn("read", "Đã đọc", 12),
)
_HOW = (
    "Lời đơn vị ghi ở cột ghi chú, lý do, nguyên văn; số bên cạnh vẫn được tính. Lời có từ nói đến đơn vị "
    "tính, kỳ, số khác đứng trước. Đọc xong thì đánh x ở ô “Đã đọc” nền trắng, một lần cho cả trang. Lời nào "
    "làm số không dùng được thì quyết định về ô đó: dvctt-report decide."
)
_ROW_SIZE = 10


def write_remarks(
    book: Any, formats: Mapping[str, Any], remarks: Sequence[Remark], read: Collection[str], footer: str
) -> Any:
    """Write the sheet: the remarks that nobody has read yet first, one cell to mark them all."""
    from dvctt_report.forms import sheets  # only here: it brings what writes workbooks

    unread = [remark for remark in remarks if remark.digest not in read]
    lines = (
        ("LỜI GHI CỦA CÁC ĐƠN VỊ", "title"),
        (f"{len(unread)} lời chưa đọc, {len(remarks) - len(unread)} lời đã đọc. {_HOW}", "instruction"),
    )
    sheet, first = sheets.keyed_sheet(book, TITLE, _COLUMNS, formats, lines, _MARK)
    last = sheets.column_of(_COLUMNS, "read")
    sheet.write_string(first, 0, _ALL)
    asked = "Đã đọc mọi lời ghi dưới đây: đánh x" if unread else "Không có lời nào chưa đọc."
    sheets.merge(sheet, first, sheets.FIRST, last - 1, asked, formats["note"])
    if unread:
        sheet.write_blank(first, last, None, formats["choice"])
    for at, one in enumerate((*unread, *(o for o in remarks if o.digest in read)), first + 1):
        sheet.write_string(at, 0, one.digest)
        told = (one.unit, one.place, one.about, one.text, "đã đọc" if one.digest in read else "")
        for n, text in enumerate(told, sheets.FIRST):
            sheets.write_typed(sheet, at, n, text, formats, "cell")
        sheets.fit_row(sheet, at, zip(told, (column.width for column in _COLUMNS), strict=True), _ROW_SIZE)
    sheets.finish_keyed(sheet, first, sheets.FIRST + 1, footer)
    return sheet


def marked_as_read(book: Workbook) -> frozenset[str]:
    """The remarks that a workbook shows and that somebody marked as read; none where the cell is blank."""
    for sheet in book.sheets:
        found = marked_columns(sheet, {_MARK, *(column.key for column in _COLUMNS)})
        if found is not None:
            marker, at = found
            names = {row: sheet.text(row, at[_MARK]) for row, _ in sheet.rows() if row > marker + 1}
            marks = [sheet.text(row, at["read"]) for row, name in names.items() if name == _ALL]
            return frozenset(filter(None, names.values())) - {_ALL} if any(marks) else frozenset()
    return frozenset()


def keep_marks(workspace: Workspace, marked: frozenset[str]) -> None:
    """Keep in the register that these remarks were read."""
    with open_register(workspace.register) as register:
        keep_remarks_read(register, workspace.period, marked, officer(), datetime.now())


# ---------- Figures of the systems in charge for units that answered "Chưa có số liệu": one decision an item


def figures_held(dataset: Dataset) -> dict[str, list[Control]]:
    """By item, the figures that systems hold for units without any of their own.

    A unit with a figure in the item or beneath it is none of them, nor is one of which a number isn't held.
    """
    held: list[Control] = []
    for control in dataset.controls:
        unit = dataset.units_by_code.get(control.unit)
        target = dataset.profile.plan.items_by_code.get(control.item)
        if unit is None or control_tally(control) is None or control.item not in dataset.item_codes(unit):
            continue
        if isinstance(target, Target) and target.asked_as == "ratio":
            answers = [dataset.observation(unit.code, target.code, name) for name in ("total", "done")]
            lacking = [o for o in answers if o is not None and o.state is State.NOT_AVAILABLE]
            if lacking == answers and all(details_beneath(dataset, o.key, unit) is None for o in lacking):
                held.append(control)
    return by_key((control.item, control) for control in held)


def put_held(dataset: Dataset, controls: Iterable[Control], grounds: Grounds) -> Iterator[Override]:
    """Yield what puts the figures into the cells of their units; a reason of the officer's stands behind."""
    for control in controls:
        why = (
            f"dùng số của hệ thống ({control.source}, số liệu đến ngày {format_date(control.cut_off)}), "
            f"đơn vị chọn “{STATUS_NOT_AVAILABLE}”"
        )
        reason = f"{why}; {grounds.reason}" if grounds.reason else why
        own = replace(grounds, reason=reason, document=control.document)
        unit = dataset.units_by_code[control.unit]
        for name, number in (("total", control.total), ("done", control.done)):
            if put := put_figure(dataset, unit, f"{control.item}.{name}", str(number), own):
                yield put


def format_held(control: Control) -> str:
    """Write both numbers: how many done of how many."""
    return f"{format_count(control.done or 0)}/{format_count(control.total or 0)}"


def fact_of(control: Control) -> str:
    """Name what is held for a unit, in the words of a row's ``base``: other numbers are another fact."""
    return f"held.{control.item}.{control.unit}.{control.total}.{control.done}.{control.cut_off}"
