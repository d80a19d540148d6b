"""Hold what a return prints against the form that was issued: labels, units, headings, period.

Who fills a form in answers what he reads, not the hidden keys. A text that belongs to another row or
column, another unit or another period takes the figures that it stands for out; a rewording is disclosed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from dvctt_report.forms.form import LIST, Column, Form, Role
from dvctt_report.forms.layout import MARKER, PlacedColumn, PlacedTable, column_letters, place
from dvctt_report.forms.surroundings import SIGNATURES
from dvctt_report.grouping import by_key
from dvctt_report.intake.block import SheetBlock
from dvctt_report.intake.cells import Cell, CellKind, Sheet, address
from dvctt_report.intake.locate import Located
from dvctt_report.intake.numerals import MONEY_WORDS
from dvctt_report.intake.page import SheetTexts, page_of
from dvctt_report.intake.printed import compared
from dvctt_report.intake.saying import HARMLESS, SaidKind
from dvctt_report.model import CellRef, Key
from dvctt_report.vietnamese import key


@dataclass(frozen=True, slots=True)
class Difference:
    """A text that isn't as issued; ``issued`` "" where the form has none there."""

    kind: SaidKind
    at: CellRef
    issued: str
    seen: str
    where: str
    """What it stands for, as a reader would say: "dòng 8", "cột F", "cả trang tính", "tên biểu"."""
    keys: tuple[Key, ...] = field(default=())
    """The answers that it speaks for."""
    whole: bool = False
    """Whether it speaks for the whole return: what stands on the cover, and where one signs."""
    scope: str = ""
    """What it speaks for, where ``where`` is a name of the text."""

    @property
    def out(self) -> str:
        """What isn't used where it contradicts the form."""
        return "cả báo cáo" if self.whole else self.scope or self.where


WHOLE_RETURN = ("cover", SIGNATURES)
"""Tables that speak for the whole return, and so does what stands around them."""


def speaks_for_all(blocks: Iterable[SheetBlock]) -> bool:
    """Whether what these tables print is about the whole return."""
    return any(block.table.id in WHOLE_RETURN for block in blocks)


def differences(located: Located, form: Form, file: str, own: frozenset[str]) -> list[Difference]:
    """Every printed text that differs from the form; ``own``: what texts call the period of its figures."""
    tables = {t.table.id: t for s in place(form) for t in s.tables}
    pages: dict[str, SheetTexts] = {}
    found: list[Difference] = []
    for block in located.blocks:
        view = _View(block, tables[block.table.id], file, own, pages)
        told = (*_rows(view), *_headings(view), *_column_numbers(view), *_row_numbers(view))
        found += [replace(one, whole=speaks_for_all([block])) for one in told]
    return [*found, *_titles(located, form, file)]


@dataclass
class _View:
    """A table in a sheet, beside where the form placed it; texts are laid out only when they are needed."""

    block: SheetBlock
    placed: PlacedTable
    file: str
    own: frozenset[str]
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
        """What is seen in a cell: nothing where a merge hides it, where it is struck out or faint."""
        cell = self.block.sheet.cells.get((row, column))
        return cell.raw if cell is not None and not (cell.is_covered or cell.is_withdrawn) else ""

    @cached_property
    def moved(self) -> bool:
        """Whether the printed columns may stand elsewhere: the table is found by labels, or columns moved."""
        placed = {p.column.key: p.at + 1 for p in self.placed.columns}
        return self.block.by_label or any(placed.get(k) != at for k, at in self.block.columns.items())

    def withdrawn(self, row: int, column: int) -> Cell | None:
        """The cell there, if its text is struck out or can't be seen."""
        cell = self.block.sheet.cells.get((row, column))
        return cell if cell is not None and cell.is_withdrawn and not cell.is_covered else None


# ------------------------------------------------------------------------------------------- rows


def _rows(view: _View) -> Iterator[Difference]:
    """Rows whose printed texts aren't those of their keys; what puts a row out is told once."""
    if view.block.table.id.startswith(LIST):
        return
    out: set[int] = set()
    told = {row.number for row in view.block.rows if row.label}  # as a label that was edited
    labels = [p for p in view.placed.columns if p.column.role is Role.LABEL]
    for n, placed in enumerate(labels):
        if placed.column.key == "stt":
            continue
        for row, one in _labels(view, n, placed):
            if row not in out and not (one.kind in HARMLESS and row in told):
                yield one
            if one.kind not in HARMLESS:
                out.add(row)


def _labels(view: _View, n: int, placed: PlacedColumn) -> Iterator[tuple[int, Difference]]:
    """The rows, by number, whose label number ``n`` isn't the one of their keys."""
    issued = {row.key: row.labels[n] for row in view.block.table.rows if row.key}
    rows = [(row.number, text) for row in view.block.rows if (text := issued.get(row.key))]
    column = placed.at + 1
    odd = [(row, text) for row, text in rows if view.raw(row, column) != text]
    if not odd:
        return
    if 2 * len(odd) >= len(rows):
        column = _column_of(view.page, rows, column)
    labels = {row.key: frozenset(map(key, row.labels)) for row in view.block.table.rows}
    own = {row.number: labels.get(row.key, frozenset()) for row in view.block.rows}
    others = {key(text) for text in issued.values()}
    for row, text in odd:
        seen = view.page.shown(row, column)
        if seen != view.page.text(row, column) and key(seen) in own[row]:
            continue  # merged with another part of its own label
        gone = view.withdrawn(row, column)
        kind = "unseen" if gone else _judged(placed.column, text, seen, others, view.own)
        if kind is not None:
            about = tuple(k for found, _, k in view.block.answers if found.number == row)
            yield row, Difference(kind, view.at(row, column), text, seen, f"dòng {row}", about)


def _column_of(page: SheetTexts, wanted: Sequence[tuple[int, str]], default: int) -> int:
    """The column in which most rows, or else the sheet's rows in any order, say what they should."""
    votes: Counter[int] = Counter()
    labels = {key(text) for _, text in wanted}
    for number, _ in wanted:
        votes.update(c for c, text in page.texts.get(number, {}).items() if key(text) in labels)
    return min(votes, key=lambda column: (-votes[column], column)) if votes else default


def _judged(
    column: Column, issued: str, seen: str, others: Iterable[str], own: frozenset[str]
) -> SaidKind | None:
    """What a text that stands in place of an issued one says; None where it says the same, or nothing."""
    said, meant = key(seen), key(issued)
    if not said or _is_issued(seen, issued):
        return None
    if column.key == "unit":
        return None if said in MONEY_WORDS and meant in MONEY_WORDS else "unit"
    if said in others:
        return "other"
    return compared(issued if "\n" in seen else issued.partition("\n")[0], seen, own)


def _is_issued(seen: str, issued: str) -> bool:
    return key(seen) == key(issued) or _is_one_line(seen, issued)


def _is_one_line(seen: str, issued: str) -> bool:
    """Whether a label of several lines came back with its first one alone, as page layouts show it."""
    return "\n" in issued and key(seen) == key(issued.partition("\n")[0])


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
    if rows and not view.moved:
        yield from _label_headings(view, rows)
    if not rows or _as_issued(view, asked, rows):
        return
    names = {p.column.key: key(f"{p.column.group} {p.column.header}") for p in asked}
    for placed in asked:
        column, at = placed.column, block.columns[placed.column.key]
        over, own = _over(view.page, at, rows, column)
        issued, seen = f"{column.group} {column.header}".strip(), f"{over} {own}".strip()
        keys = tuple(k for _, name, k in block.answers if name == column.key)
        where = f"cột {column_letters(at)}"
        row = rows[-1] if view.raw(rows[-1], at) or view.withdrawn(rows[-1], at) else rows[0]
        if view.withdrawn(row, at):
            yield Difference("unseen", view.at(row, at), issued, seen, where, keys)
            continue
        if not own or key(seen) == key(issued) or (not over and _is_issued(own, column.header)):
            continue
        others = {said for name, said in names.items() if name != column.key}
        kind: SaidKind = "other" if key(seen) in others else compared(issued, seen, view.own)
        if kind in HARMLESS and column.key in block.headers:
            continue  # told as a label that was edited
        yield Difference(kind, view.at(row, at), issued, seen, where, keys)


def _label_headings(view: _View, rows: Sequence[int]) -> Iterator[Difference]:
    """Headings over the printed columns whose words aren't the form's."""
    for placed in view.placed.columns:
        issued, seen = placed.column.header, view.raw(rows[0], placed.at + 1)
        if placed.column.role is Role.LABEL and seen != issued and key(seen) not in ("", key(issued)):
            kind = compared(issued, seen, view.own)
            if kind in ("unit", "period", "other"):
                where = f"cột {column_letters(placed.at + 1)}"
                kind = "other" if kind == "unit" else kind
                keys = tuple(k for _, _, k in view.block.answers)
                yield Difference(
                    "changed" if kind == "other" else kind,
                    view.at(rows[0], placed.at + 1),
                    issued,
                    seen,
                    where,
                    keys,
                )


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
    labels = {p.column.key: p.at + 1 for p in view.placed.columns if p.column.role is Role.LABEL}
    row = first - 1
    for n, placed in enumerate(view.placed.columns, 1):
        name = placed.column.key
        if (at := block.columns.get(name, 0 if view.moved else labels.get(name, 0))) != 0:
            issued[name], shown[name] = f"({n})", view.raw(row, at).strip()
    if shown == issued:
        return
    kind: SaidKind = "other" if sorted(shown.values()) == sorted(issued.values()) else "changed"
    for name in (name for name in shown if shown[name] != issued[name]):
        if kind == "changed" and not _COLUMN_NUMBER.fullmatch(shown[name]):
            continue  # another row, or none: what stands there is compared as a heading
        at = block.columns.get(name, labels.get(name, 0))
        keys = tuple(k for _, column, k in block.answers if column == name)
        where = f"cột {column_letters(at)}"
        yield Difference(kind, view.at(row, at), issued[name], shown[name], where, keys)


_COLUMN_NUMBER = re.compile(r"\([0-9]{1,2}\)")


def _row_numbers(view: _View) -> Iterator[Difference]:
    """Rows whose number isn't the form's, where they weren't numbered anew."""
    placed = next((p for p in view.placed.columns if p.column.key == "stt"), None)
    if placed is None or view.moved or view.block.table.id.startswith(LIST):
        return
    issued = {row.key: row.labels[0] for row in view.block.table.rows if row.key}
    rows = [(row, issued.get(row.key, "")) for row in view.block.rows]
    shown = [(row, text, view.raw(row.number, placed.at + 1).strip()) for row, text in rows]
    odd = [(row, text, seen) for row, text, seen in shown if text and seen.isdigit() and seen != text]
    for row, text, seen in odd if len(odd) <= _FEW else ():
        about = tuple(k for found, _, k in view.block.answers if found.number == row.number)
        yield Difference(
            "changed", view.at(row.number, placed.at + 1), text, seen, f"dòng {row.number}", about
        )


_FEW = 2
"""Numbers of rows that were edited by themselves; a row put in between moves all that follow."""


# ------------------------------------------------------------------------------------- titles


def _titles(located: Located, form: Form, file: str) -> Iterator[Difference]:
    """Sheets that bear the title of another one."""
    titles = {key(s.title): s for s in form.sheets}
    for blocks in by_sheet(located):
        ids = {block.table.id for block in blocks}
        for cell in _texts_above(blocks[0].sheet, min(block.first for block in blocks)):
            other = titles.get(key(cell.raw))
            if other is not None and not ids & {t.id for t in other.tables}:
                mine = next((s.title for s in form.sheets if ids & {t.id for t in s.tables}), "")
                at = CellRef(file, blocks[0].sheet.name, cell.address)
                whole = speaks_for_all(blocks)
                yield Difference("other", at, mine, cell.raw, "cả trang tính", keys_in(blocks), whole)


def by_sheet(located: Located) -> Iterable[list[SheetBlock]]:
    """The tables of each sheet."""
    return by_key((block.sheet.name, block) for block in located.blocks).values()


def keys_in(blocks: Iterable[SheetBlock]) -> tuple[Key, ...]:
    """What is answered in these tables."""
    return tuple(key for block in blocks for _, _, key in block.answers)


def _texts_above(sheet: Sheet, row: int) -> Iterator[Cell]:
    """The texts above a sheet's first table, those of its hidden rows left out."""
    for place_, cell in sheet.cells.items():
        if place_[0] < row and cell.kind is CellKind.TEXT and not cell.raw.startswith(MARKER):
            yield cell
