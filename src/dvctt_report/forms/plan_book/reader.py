"""Read a plan's workbook back, every fault with the cell where it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import ValidationError

from dvctt_report.files.cells import CellKind, Sheet, Unreadable, Workbook, address
from dvctt_report.files.container import read_workbook
from dvctt_report.forms.officer_sheet import OfficerColumn, find_columns
from dvctt_report.forms.plan_book import sheets
from dvctt_report.forms.plan_book.codecs import LINES, PATTERN, TEXT, Codec
from dvctt_report.forms.plan_book.levels import LEVELS
from dvctt_report.forms.plan_book.matrix import read_marks
from dvctt_report.forms.plan_book.sheets import PLAN, UNITS, BookColumn, BookTable
from dvctt_report.plan.items import Frozen
from dvctt_report.plan.load import explain_faults
from dvctt_report.plan.model import Plan, Profile, Roster
from dvctt_report.plan.references import check_references
from dvctt_report.plan.roster import matcher
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.vietnamese import key

_LEVEL = re.compile(r"(?i)mức năm (\d{4})")
_CODE = re.compile(r" \([^()]*\)")
M = TypeVar("M", bound=Frozen)


@dataclass(frozen=True, slots=True)
class PlanBook:
    """What a workbook says: a profile, and the table of ``phrases.toml``."""

    profile: Profile
    phrases: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BookFault:
    """What is wrong in a workbook, and where: the sheet, and the cell where it is one cell's fault."""

    sheet: str
    cell: str
    what: str

    def __str__(self) -> str:
        return f"{self.sheet}{f', ô {self.cell}' if self.cell else ''}: {self.what}"


@dataclass(frozen=True, slots=True)
class _Place:
    """A record's row, and in which columns its fields stand; under "" that of all others."""

    sheet: str
    row: int
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet with the row of its headers and the column of each field."""

    sheet: Sheet
    head: int
    at: dict[str, int]

    @property
    def rows(self) -> list[int]:
        """The rows below the headers that hold something."""
        return [n for n, _ in self.sheet.rows() if n > self.head]

    def raw(self, row: int, name: str) -> str:
        cell = self.sheet.cell(row, self.at[name])
        return cell.raw.strip() if cell else ""

    def place(self, row: int, name: str = "") -> _Place:
        """Where a record stands that is a row, or one cell of it."""
        return _Place(self.sheet.name, row, {"": self.at[name]} if name else self.at)

    def levels(self) -> Iterator[tuple[str, int]]:
        """The years of which there is a column of levels, and where."""
        for cell in self.sheet.by_row[self.head]:
            if found := _LEVEL.match(cell.raw.strip()):
                yield found[1], cell.column


@dataclass
class _Reading:
    """``places``: where each record stands, by file and path ("plan.toml: items[3]"); faults grow."""

    book: Workbook
    faults: list[BookFault] = field(default_factory=list)
    places: dict[str, _Place] = field(default_factory=dict)


def read_plan_workbook(data: bytes, file: str, phrases: Mapping[str, Any]) -> PlanBook:
    """What the workbook says. Raises CannotRun with all faults by cell. ``phrases`` tells which are lists."""
    try:
        reading = _Reading(read_workbook(data))
    except Unreadable as error:
        fix = "Mở sổ bằng Excel rồi lưu lại thành .xlsx; hoặc ghi sổ mới: dvctt-report plan write"
        raise CannotRun(f"Không đọc được “{file}”: {error.reason}.", f"{fix} TỆP.xlsx") from None
    plan = _plan(reading)
    roster, said = (
        _roster(reading, [str(item.get("code")) for item in plan["items"]]),
        _phrases(reading, phrases),
    )
    checked_plan = _validated(reading, PLAN, Plan, plan)
    checked_roster = _validated(reading, UNITS, Roster, roster)
    if checked_plan and checked_roster:
        _tell(reading, check_references(checked_plan, checked_roster))
        if not reading.faults:
            return PlanBook(Profile(plan=checked_plan, roster=checked_roster), said)
    listed = "\n".join(f"  - {fault}" for fault in dict.fromkeys(map(str, reading.faults)))
    raise CannotRun(
        f"Sổ kế hoạch “{file}” có {len(reading.faults)} chỗ chưa dùng được:\n{listed}",
        "Sửa các ô nêu trên, lưu lại rồi chạy lại lệnh.",
    )


# ---------------------------------------------------------------------------------------- sheets


def _plan(reading: _Reading) -> dict[str, Any]:
    plan = _info(reading)
    plan["words"] = _words(reading)
    asked: dict[str, list[dict[str, Any]]] = {}
    for place, record in _records(reading, sheets.FIELDS):
        code = str(record.pop("item", ""))
        there = asked.setdefault(code, [])
        there.append(record)
        reading.places[f"fields of {code}[{len(there)}]"] = place
    items: list[tuple[int, _Place, dict[str, Any]]] = []
    for table in sheets.TABLES:
        if table.kinds:
            last = 0
            for place, record in _records(reading, table):
                last = record.pop(sheets.ORDER, last)
                items.append((last, place, _as_item(record, table, asked)))
    items.sort(key=lambda entry: entry[0])
    plan["items"] = [item for _, _, item in items]
    for n, (_, place, item) in enumerate(items, 1):
        reading.places[f"{PLAN}: items[{n}]"] = place
        for m, level in enumerate(item.get("thresholds", ()), 1):
            column = place.columns[f"thresholds.{level['year']}"]
            reading.places[f"{PLAN}: items[{n}].thresholds[{m}]"] = replace(place, columns={"": column})
        for name in ("measures", "columns"):
            for m in range(1, len(item.get(name, ())) + 1):
                reading.places[f"{PLAN}: items[{n}].{name}[{m}]"] = reading.places[
                    f"fields of {item.get('code')}[{m}]"
                ]
    known = {item.get("code") for item in plan["items"]}
    for code in asked.keys() - known:
        place = reading.places[f"fields of {code}[1]"]
        _fault(reading, place, "item", f"không có hoạt động “{code}”")
    for table in sheets.TABLES:
        if table.file == PLAN and not table.kinds and table is not sheets.FIELDS:
            plan[table.path] = _listed(reading, table)
    return plan


def _as_item(
    record: dict[str, Any], table: BookTable, asked: Mapping[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    if len(table.kinds) == 1:
        record["kind"] = table.kinds[0]
    if table is sheets.TARGETS:
        levels = record.pop("thresholds", {})
        record["thresholds"] = [{"year": int(year), **one} for year, said in levels.items() for one in said]
    name = {"channel": "measures", "funding": "measures", "listing": "columns"}.get(str(record.get("kind")))
    return record | ({name: asked[record["code"]]} if name and record.get("code") in asked else {})


def _roster(reading: _Reading, items: Collection[str]) -> dict[str, Any]:
    """The roster; ``items`` are the codes there are: the marks of one that was taken out mean nothing."""
    roster: dict[str, Any] = {t.path: _listed(reading, t) for t in sheets.TABLES if t.file == UNITS}
    codes = [str(group.get("code", "")) for group in roster[sheets.GROUPS.path]]
    columns = [BookColumn("pattern", "Mã"), *(BookColumn(code, code) for code in codes if code)]
    table = _opened(reading, sheets.MATRIX_TITLE, columns, ("pattern",))
    if table is None:
        return roster
    for group in roster[sheets.GROUPS.path]:
        code = str(group.get("code", ""))
        if code not in table.at:
            reading.faults.append(BookFault(sheets.MATRIX_TITLE, "", f"không có cột của nhóm “{code}”"))
            continue
        marks = (
            (said, table.raw(row, code))
            for row in table.rows
            if (said := table.raw(row, "pattern")).strip("*") and any(map(matcher(said), items))
        )
        try:
            group |= read_marks(marks)
        except ValueError as error:
            reading.faults.append(BookFault(sheets.MATRIX_TITLE, f"cột {code}", str(error)))
    return roster


def _listed(reading: _Reading, table: BookTable) -> list[dict[str, Any]]:
    records = []
    for n, (place, record) in enumerate(_records(reading, table), 1):
        reading.places[f"{table.file}: {table.path}[{n}]"] = place
        records.append(record)
    return records


def _info(reading: _Reading) -> dict[str, Any]:
    plan: dict[str, Any] = {}
    table = _opened(reading, sheets.INFO_TITLE, (BookColumn("label", "Mục"), BookColumn("value", "Giá trị")))
    by_label = {key(info.label): info for info in sheets.INFO}
    if table is None:
        return plan
    for row in table.rows:
        info = by_label.get(key(table.raw(row, "label")))
        if info is not None:
            reading.places[f"{PLAN}: {info.path}"] = table.place(row, "value")
            value = _value(reading, table, row, "value", info.codec)
            if value is not None:
                _put(plan, info.path, value)
    return plan


def _words(reading: _Reading) -> dict[str, list[str]]:
    columns = [BookColumn(name, header) for name, header in sheets.WORD_COLUMNS.items()]
    table = _opened(reading, sheets.WORDS_TITLE, columns)
    rows = (
        [[_value(reading, table, row, c.field, TEXT) for c in columns] for row in table.rows] if table else []
    )
    return {c.field: [said[n] for said in rows if said[n]] for n, c in enumerate(columns)}


def _phrases(reading: _Reading, known: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    table = _opened(reading, sheets.PHRASES_TITLE, (BookColumn("name", "Tên câu"), BookColumn("text", "Câu")))
    if table is None:
        return said
    for row in table.rows:
        if name := table.raw(row, "name"):
            codec = LINES if isinstance(known.get(name), list) else PATTERN
            value = _value(reading, table, row, "text", codec)
            _put(said, name, list(value) if isinstance(value, tuple) else value or "")
    return said


# --------------------------------------------------------------------------------------- records


def _records(reading: _Reading, table: BookTable) -> Iterator[tuple[_Place, dict[str, Any]]]:
    """Yield each row that says anything: its place, and its values by field."""
    needed = [column.field for column in table.columns if column.field != sheets.ORDER]
    found = _opened(reading, table.title, table.columns, needed)
    if found is None:
        return
    codecs = {column.field: column.codec for column in table.columns}
    for year, column in found.levels() if table is sheets.TARGETS else ():
        found.at[f"thresholds.{year}"] = column
        codecs[f"thresholds.{year}"] = LEVELS
    for row in found.rows:
        record: dict[str, Any] = {}
        for path in found.at:
            value = _value(reading, found, row, path, codecs[path])
            if value is not None:
                _put(record, path, value)
        if record.keys() - {sheets.ORDER}:
            yield found.place(row), record


def _put(table: dict[str, Any], path: str, value: Any) -> None:
    *steps, last = path.split(".")
    for step in steps:
        table = table.setdefault(step, {})
    table[last] = value


def _opened(
    reading: _Reading, title: str, columns: Sequence[BookColumn], needed: Sequence[str] = ()
) -> _Table | None:
    """The sheet of that title; a fault where it is gone, or a header that is ``needed`` (none said: each)."""
    sheet = next((s for s in reading.book.sheets if key(s.name) == key(title)), None)
    if sheet is None:
        reading.faults.append(BookFault(title, "", "sổ không còn trang tính này"))
        return None
    needed = needed or [column.field for column in columns]
    specs = [OfficerColumn(column.field, column.header, column.width) for column in columns]
    rows = ((n, {cell.column: cell.raw for cell in cells}) for n, cells in sheet.rows())
    head, at = find_columns(rows, specs, frozenset(needed[:1])) or (0, {})
    missing = [c.header for c in columns if c.field in needed and c.field not in at]
    for header in missing:
        reading.faults.append(BookFault(sheet.name, "", f"không có cột “{header}”"))
    return None if missing else _Table(sheet, head, at)


def _value(reading: _Reading, table: _Table, row: int, name: str, codec: Codec) -> Any:
    """What a cell says; None where it is blank or can't be taken, which is told."""
    cell = table.sheet.cell(row, table.at[name])
    if cell is None or not (cell.formula or cell.raw.strip()):
        return None
    try:
        if cell.formula or cell.kind is CellKind.ERROR:
            raise ValueError("phải là giá trị, không phải công thức")
        return codec.from_cell(cell.value)
    except ValueError as error:
        shown = f"={cell.formula}" if cell.formula else cell.raw
        reading.faults.append(BookFault(table.sheet.name, cell.address, f"{error} (đang ghi: {shown})"))
        return None


# ---------------------------------------------------------------------------------------- faults


def _validated(reading: _Reading, file: str, model: type[M], table: dict[str, Any]) -> M | None:
    try:
        return model.model_validate(table)
    except ValidationError as error:
        _tell(reading, explain_faults(file, error, table))
        return None


def _tell(reading: _Reading, faults: Iterator[tuple[str, str]] | Sequence[tuple[str, str]]) -> None:
    """Tell faults of the plan, which name a path of a file, with the cells that they come from."""
    for where, what in faults:
        place, rest = _find(reading, _CODE.sub("", where))
        if place is None:
            file, _, path = where.partition(": ")
            title = next(
                (t.title for t in sheets.TABLES if (t.file, t.path) == (file, path)), sheets.INFO_TITLE
            )
            reading.faults.append(
                BookFault(title, "", what if title != sheets.INFO_TITLE else f"{path}: {what}")
            )
        else:
            _fault(reading, place, rest, what)


def _find(reading: _Reading, where: str) -> tuple[_Place | None, str]:
    """The record that a path leads to, and what of the path lies inside of it."""
    path = where
    while path:
        if path in reading.places:
            return reading.places[path], where[len(path) :].lstrip(".")
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
        if path.endswith(":"):
            break
    return None, where


def _fault(reading: _Reading, place: _Place, inside: str, what: str) -> None:
    field_name = re.sub(r"\[\d+\]", "", inside)
    columns = place.columns
    names = (inside, field_name, field_name.split(".")[0], "")
    column = next((columns[name] for name in names if name in columns), None)
    if column is None:
        column = next((at for name, at in columns.items() if name.startswith(f"{field_name}.")), None)
    cell = address(place.row, column) if column else f"dòng {place.row}"
    if not any((told.sheet, told.cell) == (place.sheet, cell) for told in reading.faults):
        reading.faults.append(BookFault(place.sheet, cell, what))
