"""Hold what a return prints against the form that was issued: labels, units, headings, period.

Who fills a form in answers what he reads, not the hidden keys. A text that belongs to another row or
column, another unit or another period takes the figures that it stands for out; a rewording is disclosed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal

from dvctt_report.forms import wording
from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import LIST, Column, Form, Key, Role
from dvctt_report.forms.layout import MARKER, PlacedColumn, PlacedTable, place
from dvctt_report.forms.prefill import spec_of
from dvctt_report.intake.block import Grid
from dvctt_report.intake.cells import Cell, CellKind, Sheet, address
from dvctt_report.intake.likeness import is_same, likeness
from dvctt_report.intake.locate import Located, answers_of
from dvctt_report.intake.numerals import MONEY_WORDS
from dvctt_report.intake.page import SheetTexts, page_of
from dvctt_report.model import CellRef, Control
from dvctt_report.period import Period
from dvctt_report.plan.model import Item, Profile, Unit
from dvctt_report.vietnamese import key

Kind = Literal["other", "unit", "period", "reworded"]

_REWORDED = 60
"""Of 100, from which a text may still be the form's own in other words: "Số CBCC được tập huấn"."""

_MULTIPLES = re.compile(
    r"\b(nghìn|ngàn|triệu|tỷ(?! lệ)|tỉ(?! lệ)|lượt)\b|\b(1[.,]?000)\s*(?:đ|đồng|vnd|vnđ)\b|(%)"
)
_ALIKE = {"ngàn": "nghìn", "1000": "nghìn", "1.000": "nghìn", "1,000": "nghìn", "tỉ": "tỷ"}
_NUMERALS = {"một": "1", "ba": "3", "sáu": "6", "chín": "9"}
_PERIODS = re.compile(
    r"\b([0-9]+ tháng|quý (?:[0-9]|[iv]+)\b|tháng [0-9]+(?![0-9/])|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"
    r"|(?:đầu|giữa|cuối) năm)"
)
_OTHER_MONEY = re.compile(
    r"(?:đvt|đơn vị(?: tính)?)\s*:?\s*(?:là )?(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)\b|1[.,]?000)"
    r"|\((?:nghìn|ngàn|triệu|tỷ|tỉ|tr|1[.,]?000)\.? ?(?:đồng|đ|đ\.)?\)"
)
_CONTRASTS: Final = (
    *("trực tuyến", "trực tiếp", "bưu chính", "đã", "chưa", "không", "trước hạn", "đúng hạn", "quá hạn"),
    *("trong hạn", "nam", "nữ", "tổng số", "tỷ lệ", "kế hoạch", "ước", "kỳ trước", "năm trước", "lũy kế"),
    *("phát ra", "thu về", "hợp lệ", "hài lòng", "tiếp nhận", "đã giải quyết", "đang giải quyết"),
    *("hoàn toàn", "một phần", "cấp tỉnh", "cấp huyện", "cấp xã", "dự kiến", "ước tính"),
)
"""Words of the forms by which two contents differ that are written almost alike."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A text that isn't the one the form was issued with.

    ``kind``: "other" it is another's text or another content, "unit" another unit of count or money,
    "period" another period, "reworded" nothing but other words.
    """

    kind: Kind
    at: CellRef
    issued: str
    seen: str
    where: str
    """What it stands for, as a reader would say: "dòng 8", "cột F", "cả trang tính"."""
    keys: tuple[Key, ...] = field(default=())
    """The answers that it is about."""


def issued_form(profile: Profile, unit: Unit, period: Period, held: Sequence[Control] = ()) -> Form:
    """The form of a unit as it was issued, with the figures that it was prefilled with."""
    return build_form(profile, unit, period, held)


def differences(located: Located, form: Form, file: str, profile: Profile, unit: Unit) -> list[Difference]:
    """Return every printed text of a return that differs from the form issued to ``unit``."""
    items = {i.code: i for i in profile.plan.items}
    tables = {t.table.id: t for s in place(form) for t in s.tables}
    own = _own_texts(form, profile, unit)
    period = _period(form, profile)
    pages: dict[str, SheetTexts] = {}
    found: list[Difference] = []
    for block in located.blocks:
        view = _View(block, tables[block.table.id], file, pages)
        found += [*_rows(view), *_headings(view), *_column_numbers(view)]
    told = {one.at for one in found}
    money = (one for one in _other_money(located, items, file) if one.at not in told)
    return [*found, *_around(located, form, own, period, file), *money]


@dataclass
class _View:
    """A table in a sheet, beside where the form placed it; texts are laid out only when they are needed."""

    block: Grid
    placed: PlacedTable
    file: str
    pages: dict[str, SheetTexts]

    @property
    def page(self) -> SheetTexts:
        sheet = self.block.sheet
        if sheet.name not in self.pages:
            self.pages[sheet.name] = page_of(sheet)
        return self.pages[sheet.name]

    def at(self, row: int, column: int) -> CellRef:
        return CellRef(self.file, self.block.sheet.name, address(row, column))

    def raw(self, row: int, column: int) -> str:
        cell = self.block.sheet.cells.get((row, column))
        return cell.raw if cell is not None else ""


# ------------------------------------------------------------------------------------------- rows


def _rows(view: _View) -> Iterator[Difference]:
    """Rows whose printed texts aren't those of their keys; what puts a row out is told once."""
    if view.block.table.id.startswith(LIST):
        return
    out: set[int] = set()
    labels = [p for p in view.placed.columns if p.column.role is Role.LABEL]
    for n, placed in enumerate(labels):
        if placed.column.key == "stt":
            continue
        for row, one in _labels(view, n, placed):
            if row not in out and not (one.kind == "reworded" and view.block.by_label):
                yield one
            if one.kind != "reworded":
                out.add(row)


def _labels(view: _View, n: int, placed: PlacedColumn) -> Iterator[tuple[int, Difference]]:
    """The rows, by number, whose label number ``n`` isn't the one of their keys."""
    issued = {row.key: row.labels[n] for row in view.block.table.rows if row.key}
    rows = [(row.number, text) for row in view.block.rows if (text := issued.get(row.key))]
    column = placed.at + 1
    odd = [(row, text) for row, text in rows if view.raw(row, column) != text]
    if odd and 2 * len(odd) >= len(rows):
        column = _column_of(view.page, rows, column)
    others = {key(text) for text in issued.values()}
    for row, text in odd:
        seen = view.page.text(row, column)
        kind = _judged(placed.column, text, seen, others)
        if kind is not None:
            about = tuple(k for found, _, k in answers_of(view.block) if found.number == row)
            yield row, Difference(kind, view.at(row, column), text, seen, f"dòng {row}", about)


def _column_of(page: SheetTexts, wanted: Sequence[tuple[int, str]], default: int) -> int:
    """The column in which most rows, or else the sheet's rows in any order, say what they should."""
    votes: Counter[int] = Counter()
    labels = {key(text) for _, text in wanted}
    for number, _ in wanted:
        votes.update(c for c, text in page.texts.get(number, {}).items() if key(text) in labels)
    return min(votes, key=lambda column: (-votes[column], column)) if votes else default


def _judged(column: Column, issued: str, seen: str, others: Iterable[str]) -> Kind | None:
    """What a text that stands in place of an issued one says; None where it says the same, or nothing."""
    said, meant = key(seen), key(issued)
    if not said or said == meant or _is_one_line(seen, issued):
        return None
    if column.key == "unit":
        return None if said in MONEY_WORDS and meant in MONEY_WORDS else "unit"
    if said in others:
        return "other"
    return compared(issued if "\n" in seen else issued.partition("\n")[0], seen)


def _is_one_line(seen: str, issued: str) -> bool:
    """Whether a label of several lines came back with its first one alone, as page layouts show it."""
    return "\n" in issued and key(seen) == key(issued.partition("\n")[0])


def compared(issued: str, seen: str) -> Kind:
    """How far the words of two texts differ."""
    if _multiples(seen) != _multiples(issued):
        return "unit"
    if _periods(seen) != _periods(issued):
        return "period"
    if key(seen).startswith(key(issued)):
        return "reworded"  # a note was added
    if _telling(seen) != _telling(issued) or likeness(seen, issued) < _REWORDED:
        return "other"
    return "reworded"


@lru_cache(maxsize=4096)
def _multiples(text: str) -> frozenset[str]:
    words = (next(filter(None, groups)) for groups in _MULTIPLES.findall(key(text)))
    return frozenset(_ALIKE.get(word, word) for word in words)


@lru_cache(maxsize=4096)
def _periods(text: str) -> frozenset[str]:
    """The spans, quarters and days that a text names, however their numbers are written."""
    said = " ".join(_NUMERALS.get(word, word) for word in key(text).split())
    return frozenset(_PERIODS.findall(re.sub(r"\b0+(?=[0-9])", "", said)))


@lru_cache(maxsize=4096)
def _telling(text: str) -> frozenset[str]:
    """The numbers and the words of contrast in a text."""
    said = key(text)
    words = (word for word in _CONTRASTS if re.search(rf"\b{word}\b", said))
    return frozenset((*re.findall(r"[0-9]+", said), *words))


# --------------------------------------------------------------------------------------- headings


def _headings(view: _View) -> Iterator[Difference]:
    """Columns whose heading isn't the one of their key."""
    block, table = view.block, view.block.table
    if table.bare:
        return
    asked = [
        p for p in view.placed.columns if p.column.role is not Role.LABEL and p.column.key in block.columns
    ]
    rows = _header_rows(view)
    if not rows or _as_issued(view, asked, rows):
        return
    names = {p.column.key: key(f"{p.column.group} {p.column.header}") for p in asked}
    for placed in asked:
        column, at = placed.column, block.columns[placed.column.key]
        over, own = _over(view.page, at, rows, column)
        issued, seen = f"{column.group} {column.header}".strip(), f"{over} {own}".strip()
        if not own or key(seen) == key(issued) or (is_same(own, column.header) and not over):
            continue
        others = {said for name, said in names.items() if name != column.key}
        kind: Kind = "other" if key(seen) in others else compared(issued, seen)
        if kind == "reworded" and block.by_label:
            continue  # told as a label that was edited
        keys = tuple(k for _, name, k in answers_of(block) if name == column.key)
        where = f"cột {address(1, at)[:-1]}"
        yield Difference(kind, view.at(rows[-1], at), issued, seen, where, keys)


def _header_rows(view: _View) -> list[int]:
    """The rows of a table's headings, where they can be told."""
    block, n = view.block, view.placed.n_header_rows
    if block.by_label:
        numbers = [r for r in view.page.numbers if r < block.first]
        return numbers[-n:]
    first = min((row.number for row in block.rows), default=block.first)
    rows = [r for r in range(block.first, first) if any(view.raw(r, c) for c in block.columns.values())]
    return rows[:n]


def _as_issued(view: _View, asked: Sequence[PlacedColumn], rows: Sequence[int]) -> bool:
    """Whether every heading stands in its cell as the form was issued."""
    start = 0
    group = ""
    for placed in asked:
        column, at = placed.column, view.block.columns[placed.column.key]
        if column.group != group:
            group, start = column.group, at
        if group and view.raw(rows[0], start) != group:
            return False
        if view.raw(rows[-1] if group else rows[0], at) != column.header:
            return False
    return True


def _over(page: SheetTexts, column: int, rows: Sequence[int], issued: Column) -> tuple[str, str]:
    """The heading over a run of columns and a column's own."""
    own = page.text(rows[-1], column) or page.text(rows[0], column)
    if not issued.group or len(rows) == 1:
        return "", own
    run = [c for c in page.texts.get(rows[0], {}) if c <= column]
    return (page.text(rows[0], max(run)) if run else ""), own


def _column_numbers(view: _View) -> Iterator[Difference]:
    """Columns whose numbers were exchanged."""
    block = view.block
    if not block.table.numbered or not block.rows:
        return
    first = min(row.number for row in block.rows)
    shown: dict[str, str] = {}
    issued: dict[str, str] = {}
    row = first - 1
    for n, placed in enumerate(view.placed.columns, 1):
        name = placed.column.key
        if name in block.columns:
            issued[name], shown[name] = f"({n})", view.raw(row, block.columns[name]).strip()
    if shown == issued or sorted(shown.values()) != sorted(issued.values()):
        return
    for name in (name for name in shown if shown[name] != issued[name]):
        at = block.columns[name]
        keys = tuple(k for _, column, k in answers_of(block) if column == name)
        where = f"cột {address(1, at)[:-1]}"
        yield Difference("other", view.at(row, at), issued[name], shown[name], where, keys)


# ------------------------------------------------------------------------------- around the tables


def _period(form: Form, profile: Profile) -> str:
    """The line that the form prints over every sheet."""
    return f"{form.period.title} – số liệu {wording.period_line(profile, form.period)}"


def _own_texts(form: Form, profile: Profile, unit: Unit) -> frozenset[str]:
    """The keys of all that the form prints around its tables."""
    period = _period(form, profile)
    cover = [text for pair in wording.cover_lines(profile, unit, form.period) for text in pair]
    sheets = [text for s in form.sheets for text in (s.title, *s.notes)]
    tables = [text for s in form.sheets for t in s.tables for text in (t.title, t.note)]
    return frozenset(key(text) for text in (period, unit.name, *cover, *sheets, *tables) if text)


def _around(
    located: Located, form: Form, own: frozenset[str], period: str, file: str
) -> Iterator[Difference]:
    """What stands above a sheet's tables against the form issued; a cover speaks for the whole return."""
    titles = {key(s.title): s for s in form.sheets}
    for blocks in _by_sheet(located):
        sheet = blocks[0].sheet
        ids = {block.table.id for block in blocks}
        for cell in _texts_above(sheet, min(block.first for block in blocks)):
            said = key(cell.raw)
            at = CellRef(file, sheet.name, cell.address)
            if said in titles and not ids & {t.id for t in titles[said].tables}:
                mine = next((s.title for s in form.sheets if ids & {t.id for t in s.tables}), "")
                yield Difference("other", at, mine, cell.raw, "cả trang tính", _keys_in(blocks))
            elif said not in own and (told := _periods(cell.raw)) and not told <= _own_periods(own):
                about = _keys_in(located.blocks if "cover" in ids else blocks)
                yield Difference("period", at, period, cell.raw, "cả trang tính", about)


def _by_sheet(located: Located) -> Iterable[list[Grid]]:
    sheets: dict[str, list[Grid]] = {}
    for block in located.blocks:
        sheets.setdefault(block.sheet.name, []).append(block)
    return sheets.values()


def _keys_in(blocks: Iterable[Grid]) -> tuple[Key, ...]:
    return tuple(key for block in blocks for _, _, key in answers_of(block))


def _other_money(located: Located, items: Mapping[str, Item], file: str) -> Iterator[Difference]:
    """Sheets that say somewhere, but in an answer, that their money isn't in đồng."""
    for blocks in _by_sheet(located):
        sheet = blocks[0].sheet
        said = [*other_money(sheet)]
        keys = [k for k in _keys_in(blocks) if _is_money(k, items)] if said else []
        if not keys:
            continue
        answers = {where.at.cell for where in located.places.values() if where.at.sheet == sheet.name}
        printed = next((c for c in said if c.address not in answers), None)
        if printed is not None:
            at = CellRef(file, sheet.name, printed.address)
            yield Difference("unit", at, "đồng", printed.raw, "số tiền của trang tính", tuple(keys))


def _is_money(name: Key, items: Mapping[str, Item]) -> bool:
    asked = spec_of(items[name.item], name.field) if name.item in items else None
    return asked is not None and asked.kind == "money"


def other_money(sheet: Sheet) -> Iterator[Cell]:
    """The cells of a sheet that say that money isn't in đồng: "ĐVT: nghìn đồng", "(triệu đồng)"."""
    texts = (c for c in sheet.cells.values() if c.kind is CellKind.TEXT and len(c.raw) < 200)
    return (c for c in texts if _names_other_money(c.raw))


@lru_cache(maxsize=4096)
def _names_other_money(text: str) -> bool:
    return bool(_OTHER_MONEY.search(key(text)))


@lru_cache(maxsize=16)
def _own_periods(own: frozenset[str]) -> frozenset[str]:
    return frozenset(period for text in own for period in _periods(text))


def _texts_above(sheet: Sheet, row: int) -> Iterator[Cell]:
    """The texts above a sheet's first table, those of its hidden rows left out."""
    for place_, cell in sheet.cells.items():
        if place_[0] < row and cell.kind is CellKind.TEXT and not cell.raw.startswith(MARKER):
            yield cell
