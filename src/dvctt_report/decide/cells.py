"""Which cell of a unit's form words mean: "Biểu 03 ô I9" as people say it, "T10.done" as the plan does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import format_sheet
from dvctt_report.forms.layout import KeyedColumn, cell_name, place
from dvctt_report.model import Key
from dvctt_report.plan.model import FieldSpec, Unit
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.vietnamese import join_names, key
from dvctt_report.year.corrections import cells_of, name_cell
from dvctt_report.year.dataset import Dataset

_SEEN = re.compile(r"(?i)(?P<before>.*?)\b(?P<cell>[a-z]{1,2}[1-9][0-9]{0,3})\s*")
"""Words that end in the address of a cell."""
_SAID_BEFORE = re.compile(r"(?i)\b(?:biểu|bieu|trang|ô|o|stt\s*[0-9]+)\b|[,.:!·]")


def find_cell(dataset: Dataset, unit: Unit, wanted: str) -> tuple[Key, FieldSpec]:
    """Find the cell that ``wanted`` names among those asked of ``unit``: by item and field, or by address.

    Raises CannotRun where there is none, or where several sheets have one of that address.
    """
    cells = cells_of(dataset.profile, unit)
    path, _, part = wanted.partition("@")
    item, _, field = path.strip().rpartition(".")
    for cell, spec in cells.items():
        if (key(cell.item), key(cell.field), key(cell.part)) == (key(item), key(field), key(part)):
            return cell, spec
    if (address := _SEEN.fullmatch(wanted.strip())) is not None:
        sheet = " ".join(_SAID_BEFORE.sub(" ", address["before"]).split())
        there = [
            (answered, where)
            for answered, where in seen_at(dataset, unit).items()
            if answered in cells
            and where[1].upper() == address["cell"].upper()
            and (not sheet or key(sheet) in (key(where[0].partition(" ")[0]), key(where[0])))
        ]
        if len(there) > 1:
            told = join_names(format_seen(*where) for _, where in there)
            raise CannotRun(f"Ô {address['cell'].upper()} có ở nhiều biểu: {told}.", "Ghi cả tên biểu.")
        if there:
            return there[0][0], cells[there[0][0]]
    names = [name_cell(cell) for cell in cells]
    near = get_close_matches(wanted, names, 4, 0.5) or [n for n in names if n.startswith(f"{path}.")][:4]
    hint = f" Có phải ý bạn là {', '.join(near)}?" if near else ""
    raise CannotRun(
        f"Biểu của {unit.short_name} không có ô “{wanted}”.{hint}",
        "Ghi biểu và ô như thấy trong Excel, ví dụ “Biểu 01-A ô G10”; hoặc mã nội dung, dấu chấm, tên cột "
        "như trong plan.toml, ví dụ T10.done.",
    )


def is_address(text: str) -> bool:
    """Whether words may name a cell by where it stands."""
    found = _SEEN.fullmatch(text.strip())
    return found is not None and len(_SAID_BEFORE.sub(" ", found["before"]).split()) <= 1


def seen_at(dataset: Dataset, unit: Unit) -> dict[Key, tuple[str, str]]:
    """Where each cell of the unit's form stands: sheet and address, in its own file where it sent one."""
    found = dataset.effective(unit.code)
    own = {
        o.key: (o.at.sheet, o.at.cell)
        for o in (found.observations if found is not None else ())
        if o.at is not None and o.at.cell
    }
    return own or {
        answered: (sheet.sheet.name, cell_name(at, column.at))
        for sheet in place(build_form(dataset.profile, unit, dataset.period))
        for table in sheet.tables
        for at, column, _, answered in table.answers()
    }


def format_seen(sheet: str, cell: str) -> str:
    """Name a cell as people see it: "Biểu 03 ô I9"."""
    return f"{format_sheet(sheet)} ô {cell}"


# What the writer and the reader of the workbook of decisions share: its keys, its columns, what is typed

FORM = "dvctt-viec"
VERSION = "1"
META_KEYS = ("form", "version", "plan", "period", "digest")
MARK = "#viec"
"""Stands in the marker row, above the facts that each row is about."""


class Typed(NamedTuple):
    """What the officer types into a row."""

    choice: str = ""
    value: str = ""
    reason: str = ""
    kind: str = ""
    basis: str = ""
    authority: str = ""
    follower: str = ""


NOTHING_TYPED = Typed()


@dataclass(frozen=True, slots=True)
class BookStatement:
    """One row of a workbook.

    book: the name of the workbook.
    sheet: the sheet it stands on.
    base: the facts it was written about, see ``Matter.base``; none where its hidden cell is empty.
    shown: what stood in the row for the officer to read, as in ``SHOWN``.
    typed: what the officer typed.
    outcome: what was said of it when the workbook was written.
    """

    book: str
    sheet: str
    base: tuple[str, ...]
    shown: tuple[str, ...]
    typed: Typed
    outcome: str = ""


SHOWN = (
    KeyedColumn("name", "Mã", 11.5),
    KeyedColumn("who", "Đơn vị", 13),
    KeyedColumn("place", "Ở đâu", 12),
    KeyedColumn("about", "Nội dung, đã ghi", 22),
    KeyedColumn("why", "Vì sao", 25),
)
TYPED = (
    KeyedColumn("choice", "Quyết định (chọn)", 15),
    KeyedColumn("value", "Số đúng, đơn vị đúng", 10),
    KeyedColumn("reason", "Lý do", 16),
    KeyedColumn("kind", "Căn cứ (chọn)", 9),
    KeyedColumn("basis", "Số văn bản; hoặc ai, ngày nào", 13),
    KeyedColumn("authority", "Thẩm quyền", 10),
    KeyedColumn("follower", "Người theo dõi", 9.5),
)
OUTCOME = KeyedColumn("outcome", "Kết quả", 16)
COLUMNS = (*SHOWN, *TYPED, OUTCOME)

SIGNED = ("NGƯỜI TỔNG HỢP", "LÃNH ĐẠO DUYỆT")
"""Who signs a printed sheet: stands below its rows."""
BETWEEN = "|"
"""Between the facts of a row in its hidden cell."""
