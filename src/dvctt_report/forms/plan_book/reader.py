"""Read a plan's workbook back, every fault with the cell where it stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from dvctt_report.files.cells import Cell, CellKind, Sheet, Unreadable, Workbook, address
from dvctt_report.files.container import read_workbook
from dvctt_report.forms.officer_sheet import OfficerColumn, find_columns
from dvctt_report.forms.plan_book import sheets
from dvctt_report.forms.plan_book.codecs import LEVELS, LINES, PATTERN, TEXT, Codec
from dvctt_report.forms.plan_book.sheets import PLAN, UNITS, BookColumn, BookTable, ask_as_above
from dvctt_report.plan.load import explain_faults
from dvctt_report.plan.model import Plan, Profile, Roster, quoted
from dvctt_report.plan.references import check_references
from dvctt_report.plan.roster import matcher
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.vietnamese import key

_LEVEL = re.compile(r"(?i)mức năm (\d{4})")
_CODE = re.compile(r" \([^()]*\)")


def read_plan_workbook(data: bytes, file: str, phrases: Mapping[str, Any]) -> tuple[Profile, dict[str, Any]]:
    """The profile that the workbook says, and the table of ``phrases.toml``; ``phrases`` tells lists.

    Raises CannotRun with all faults by cell.
    """
    try:
        reading = _Reading(read_workbook(data))
    except Unreadable as error:
        fix = "Mở sổ bằng Excel rồi lưu lại thành .xlsx; hoặc ghi sổ mới: dvctt-report plan write"
        raise CannotRun(f"Không đọc được “{file}”: {error.reason}.", f"{fix} TỆP.xlsx") from None
    plan = reading.plan()
    roster = reading.roster(plan["items"])
    sentences: dict[str, Any] = {}
    said = reading.opened(sheets.PHRASES_TITLE, (BookColumn("name", "Tên câu"), BookColumn("text", "Câu")))
    for row in said.rows if said else ():
        if said and (name := said.raw(row, "name")):
            codec = LINES if isinstance(phrases.get(name), list) else PATTERN
            value = reading.value(said, row, "text", codec)
            _put(sentences, name, list(value) if isinstance(value, tuple) else value or "")
    checked: list[Any] = []
    for name, model, table in ((PLAN, Plan, plan), (UNITS, Roster, roster)):
        try:
            checked.append(model.model_validate(table))
        except ValidationError as error:
            reading.tell(explain_faults(name, error, table))
    if len(checked) == 2:
        reading.tell(check_references(*checked))
        if not reading.faults:
            return Profile(plan=checked[0], roster=checked[1]), sentences
    listed = "\n".join(f"  - {place}: {what}" for place, what in reading.faults.items())
    raise CannotRun(
        f"Sổ kế hoạch “{file}” có {len(reading.faults)} chỗ chưa dùng được:\n{listed}",
        "Sửa các ô nêu trên, lưu lại rồi chạy lại lệnh.",
    )


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

    def cell(self, row: int, name: str) -> Cell | None:
        """The cell of a field; None where it is blank."""
        cell = self.sheet.cell(row, self.at[name])
        return cell if cell is not None and (cell.formula or cell.raw.strip()) else None

    def raw(self, row: int, name: str) -> str:
        cell = self.cell(row, name)
        return cell.raw.strip() if cell else ""


@dataclass
class _Reading:
    """A workbook being read.

    faults: what is wrong, by the sheet or cell where it stands; they grow.
    places: where each record stands, by file and path ("plan.toml: items[3]").
    """

    book: Workbook
    faults: dict[str, str] = field(default_factory=dict)
    places: dict[str, _Place] = field(default_factory=dict)

    def plan(self) -> dict[str, Any]:
        """The table of plan.toml."""
        plan = self._info()
        asked, asked_at = defaultdict[str, list[dict[str, Any]]](list), defaultdict[str, list[_Place]](list)
        for place, record in self._records(sheets.FIELDS):
            asked_at[record.get("item", "")].append(place)
            asked[record.pop("item", "")].append(record)
        items: list[tuple[int, _Place, dict[str, Any]]] = []
        for table in sheets.TABLES:
            order = 0
            for place, record in self._records(table) if table.kinds else ():
                order = record.pop(sheets.ORDER, order)
                if len(table.kinds) == 1:
                    record["kind"] = table.kinds[0]
                if table is sheets.TARGETS:
                    levels = record.pop("thresholds", {}).items()
                    record["thresholds"] = [{"year": int(y), **one} for y, said in levels for one in said]
                items.append((order, place, record))
        items.sort(key=lambda entry: entry[0])
        for n, (_, place, item) in enumerate(items, 1):
            where = f"{PLAN}: items[{n}]"
            self.places[where] = place
            for m, level in enumerate(item.get("thresholds", ()), 1):
                column = place.columns[f"thresholds.{level['year']}"]
                self.places[f"{where}.thresholds[{m}]"] = replace(place, columns={"": column})
            code = item.get("code", "")
            if code in asked and (name := _FIELDS_OF.get(item.get("kind", ""))):
                item[name] = asked.pop(code)
                for m, there in enumerate(asked_at[code], 1):
                    self.places[f"{where}.{name}[{m}]"] = there
        plan["items"] = [item for _, _, item in items]
        known = {item.get("code") for item in plan["items"]}
        for code in asked.keys() - known:
            self._fault(asked_at[code][0], "item", f"không có hoạt động “{code}”")
        return plan | self._lists(PLAN)

    def roster(self, items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """The table of units.toml; the marks of an item that was taken out mean nothing."""
        roster = self._lists(UNITS)
        groups = {str(group.get("code", "")): group for group in roster["groups"]}
        columns = [BookColumn("pattern", "Mã"), *(BookColumn(code, code) for code in groups if code)]
        table = self.opened(sheets.MATRIX_TITLE, columns, ("pattern",))
        if table is None:
            return roster
        codes = [str(item.get("code")) for item in items]
        patterns = {row: said for row in table.rows if (said := table.raw(row, "pattern")).strip("*")}
        for code, group in groups.items():
            place = f"{sheets.MATRIX_TITLE}, ô ở cột {code}"
            if code not in table.at:
                self.faults[place] = f"không có cột của nhóm “{code}”"
                continue
            asked = [row for row, pattern in patterns.items() if any(map(matcher(pattern), codes))]
            marks = {row: re.sub(r"\s+", "", table.raw(row, code).lower()) for row in asked}
            if wrong := next((row for row, mark in marks.items() if mark not in ("", sheets.MARK)), None):
                told = table.raw(wrong, code)
                self.faults[place] = f"“{told}”: ghi x (nhóm trả lời) hoặc để trống"
            else:
                group["own"] = tuple(patterns[row] for row, mark in marks.items() if mark)
        ask_as_above(roster["groups"], items, tuple(patterns.values()))
        return roster

    def _info(self) -> dict[str, Any]:
        """The values of the plan of the first sheet, and its words."""
        plan: dict[str, Any] = {}
        columns = (BookColumn("label", "Mục"), BookColumn("value", "Giá trị"))
        if table := self.opened(sheets.INFO_TITLE, columns):
            by_label = {key(info.header): info for info in sheets.INFO}
            for row in table.rows:
                if info := by_label.get(key(table.raw(row, "label"))):
                    self.places[f"{PLAN}: {info.field}"] = _Place(
                        table.sheet.name, row, {"": table.at["value"]}
                    )
                    if (value := self.value(table, row, "value", info.codec)) is not None:
                        _put(plan, info.field, value)
            deadline = plan.get("deadline", {})
            if before := deadline.get("before"):
                deadline.setdefault("quote", quoted(before))
        lists: dict[str, list[str]] = {column.field: [] for column in sheets.WORD_COLUMNS}
        if table := self.opened(sheets.WORDS_TITLE, sheets.WORD_COLUMNS):
            for row in table.rows:
                for name, words in lists.items():
                    if word := self.value(table, row, name, TEXT):
                        words.append(word)
        return plan | {"words": lists}

    # ------------------------------------------------------------------------------ records

    def _lists(self, file: str) -> dict[str, Any]:
        """The lists of a file that have sheets of their own, by their names."""
        lists: dict[str, Any] = {}
        for table in sheets.TABLES:
            if table.file == file and not table.kinds and table is not sheets.FIELDS:
                lists[table.path] = []
                for n, (place, record) in enumerate(self._records(table), 1):
                    self.places[f"{file}: {table.path}[{n}]"] = place
                    lists[table.path].append(record)
        return lists

    def _records(self, table: BookTable) -> Iterator[tuple[_Place, dict[str, Any]]]:
        """Yield each row that says anything: its place, and its values, of blank cells what they mean."""
        needed = [column.field for column in table.columns if column.field != sheets.ORDER]
        opened = self.opened(table.title, table.columns, needed)
        if opened is None:
            return
        columns = [column for column in table.columns if column.field in opened.at]
        for header in opened.sheet.by_row[opened.head] if table is sheets.TARGETS else ():
            if level := _LEVEL.match(header.raw.strip()):
                columns.append(BookColumn(f"thresholds.{level[1]}", "", LEVELS, blank=sheets.EARLIER))
                opened.at[f"thresholds.{level[1]}"] = header.column
        above: dict[str, Any] = {}
        for row in opened.rows:
            record: dict[str, Any] = {}
            blank: list[BookColumn] = []
            for column in columns:
                cell = opened.cell(row, column.field)
                if column.blank and (cell is None or cell.formula.startswith(sheets.MEANS)):
                    blank.append(column)
                elif (value := self.value(opened, row, column.field, column.codec)) is not None:
                    _put(record, column.field, value)
            if not record.keys() - {sheets.ORDER}:
                continue
            for column in blank:
                of, name = (above, column.field) if column.blank == sheets.ABOVE else (record, column.blank)
                if name in of:
                    record[column.field] = of[name]
                    cell, meant = opened.cell(row, column.field), column.codec.to_cell(of[name])
                    if cell is not None and cell.raw.strip() and key(cell.raw) != key(str(meant)):
                        told = f"đang hiện “{cell.raw}”, mà để trống thì là “{meant}”: ghi giá trị vào ô"
                        self.faults[f"{opened.sheet.name}, ô {cell.address}"] = told
            above = {**record}
            yield _Place(opened.sheet.name, row, opened.at), record

    def opened(self, title: str, columns: Sequence[BookColumn], needed: Sequence[str] = ()) -> _Table | None:
        """The sheet of that title; a fault where it is gone, or a ``needed`` header (none said: each)."""
        sheet = next((s for s in self.book.sheets if key(s.name) == key(title)), None)
        if sheet is None:
            self.faults[title] = "sổ không còn trang tính này"
            return None
        needed = needed or [column.field for column in columns]
        specs = [OfficerColumn(column.field, column.header, column.width) for column in columns]
        rows = ((n, {cell.column: cell.raw for cell in cells}) for n, cells in sheet.rows())
        head, at = find_columns(rows, specs, frozenset(needed[:1])) or (0, {})
        missing = [c.header for c in columns if c.field in needed and c.field not in at]
        if missing:
            self.faults[sheet.name] = "; ".join(f"không có cột “{header}”" for header in missing)
        return None if missing else _Table(sheet, head, at)

    def value(self, table: _Table, row: int, name: str, codec: Codec) -> Any:
        """What a cell says; None where it is blank or can't be taken, which is told."""
        cell = table.cell(row, name)
        if cell is None:
            return None
        try:
            if cell.formula or cell.kind is CellKind.ERROR:
                raise ValueError("phải là giá trị, không phải công thức")
            return codec.from_cell(cell.value)
        except ValueError as error:
            shown = f"={cell.formula}" if cell.formula else cell.raw
            self.faults[f"{table.sheet.name}, ô {cell.address}"] = f"{error} (đang ghi: {shown})"
            return None

    # ------------------------------------------------------------------------------- faults

    def tell(self, faults: Iterable[tuple[str, str]]) -> None:
        """Tell faults of the plan, which name a path of a file, with the cells that they come from."""
        for coded, what in faults:
            where = path = _CODE.sub("", coded)
            while path and path not in self.places:
                path = path[: max(path.rfind("."), path.rfind("["), 0)]
            if not path:
                file, _, rest = where.partition(": ")
                title = next((t.title for t in sheets.TABLES if (t.file, t.path) == (file, rest)), "")
                at, told = (title, what) if title else (sheets.INFO_TITLE, f"{rest}: {what}")
                self.faults[at] = "; ".join(filter(None, (self.faults.get(at), told)))
            else:
                self._fault(self.places[path], where[len(path) :].lstrip("."), what)

    def _fault(self, place: _Place, inside: str, what: str) -> None:
        """Tell a fault of a record's cell; ``inside``: what of the record it is about, dotted."""
        name = re.sub(r"\[\d+\]", "", inside)
        names = (inside, name, name.split(".")[0], "")
        columns = [place.columns[n] for n in names if n in place.columns]
        columns += [at for n, at in place.columns.items() if n.startswith(f"{name}.")]
        cell = f"ô {address(place.row, columns[0])}" if columns else f"dòng {place.row}"
        self.faults.setdefault(f"{place.sheet}, {cell}", what)


_FIELDS_OF = {"channel": "measures", "funding": "measures", "listing": "columns"}
"""Where an item keeps what is asked about it, by its kind."""


def _put(table: dict[str, Any], path: str, value: Any) -> None:
    *steps, last = path.split(".")
    for step in steps:
        table = table.setdefault(step, {})
    table[last] = value
