"""The sheet of the workbook of decisions with what units wrote beside their figures, and its one mark."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from dvctt_report.decide.grounds import officer
from dvctt_report.files.cells import Workbook
from dvctt_report.forms.layout import KeyedColumn
from dvctt_report.intake.mend_lists import marked_columns
from dvctt_report.report.remarks import Remark
from dvctt_report.store.register import keep_remarks_read, open_register
from dvctt_report.store.workspace import Workspace

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

    unread = [one for one in remarks if one.digest not in read]
    sheet = sheets.keyed_sheet(book, TITLE, _COLUMNS)
    lines = (
        ("LỜI GHI CỦA CÁC ĐƠN VỊ", "title"),
        (f"{len(unread)} lời chưa đọc, {len(remarks) - len(unread)} lời đã đọc. {_HOW}", "instruction"),
    )
    first = sheets.write_head(sheet, formats, _COLUMNS, lines, _MARK)
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


def names_shown(remarks: Iterable[Remark], read: Collection[str]) -> tuple[str, ...]:
    """What the sheet is made of: each remark, and whether it is read."""
    return tuple(f"{one.digest} {one.digest in read}" for one in remarks)


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
