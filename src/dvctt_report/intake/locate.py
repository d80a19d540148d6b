"""Find the form's cells in a workbook by the keys in it: sheets, rows and columns may have moved."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeAlias
from unicodedata import normalize

from dvctt_report.files.cells import Cell, CellKind, Range, Workbook, address
from dvctt_report.forms.form import COVER, LIST, Form, FormTable, Role, answer_tables, key_of
from dvctt_report.forms.formulas import number_columns
from dvctt_report.forms.layout import MARKER, META_SHEET, WEIGHT_KEY, multiplier
from dvctt_report.forms.layout import place as place_tables
from dvctt_report.intake.remark_words import RemarkWords
from dvctt_report.intake.tables import ADDED, FoundRow, SheetBlock, complete, label_blocks, lacks
from dvctt_report.model import CellRef, Key
from dvctt_report.plan.fields import STATUS_GIVEN, field_of
from dvctt_report.plan.model import Item, Target, Task


class Place(NamedTuple):
    """Where an answer stands in the file: its address, and the cell (None where it is empty)."""

    at: CellRef
    cell: Cell | None

    @property
    def column(self) -> tuple[str, str]:
        """Its sheet and the letters of its column."""
        return self.at.sheet, self.at.cell.rstrip("0123456789")


@dataclass(frozen=True)
class Located:
    """Every answer cell of a form found in a workbook.

    ``missing``: (table, row or column key), or (table, "") for whole tables, that the file no longer has.
    ``doubled``: keys found again with other content, with the second place. ``weighted_sum``: what the
    control code is made of, from the number cells as they stand; None where one of them is a formula never
    calculated, or not whole. ``blocks``: where each table stands. ``copies``: (table, sheet used, others)
    where the others say nothing or the same; ``rivals``: (table, sheets) that say different things.
    ``shared``: merged ranges that show or hide one thing for several answers, with the keys and the
    sheet. ``numbers``: the keys of the columns that hold figures, by table.
    """

    places: dict[Key, Place] = field(default_factory=dict)
    missing: tuple[tuple[FormTable, str], ...] = ()
    doubled: tuple[tuple[Key, Place], ...] = ()
    weighted_sum: int | None = None
    blocks: tuple[SheetBlock, ...] = ()
    copies: tuple[tuple[FormTable, str, tuple[str, ...]], ...] = ()
    rivals: tuple[tuple[FormTable, tuple[str, ...]], ...] = ()
    shared: tuple[tuple[Range, tuple[Key, ...], str], ...] = ()
    numbers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def locate(
    book: Workbook, form: Form, file: str, items: Mapping[str, Item], words: RemarkWords | None = None
) -> Located:
    """Return where each answer of ``form`` stands: by its keys, where they are gone by what is printed.

    ``words``: a sheet whose name has one of them, as a draft's has, is no copy that is meant.
    """
    tables = answer_tables(form)
    places: dict[Key, Place] = {}
    doubled: list[tuple[Key, Place]] = []
    seen: dict[str, set[str]] = {name: set() for name in tables}
    lost: list[tuple[FormTable, str]] = []
    total: Fraction | None = Fraction()
    used, copies, rivals = _choose(_find(book, form, tables, items, words), items)
    numbers = {name: number_columns(table, items) for name, table in tables.items()}
    by_label = any(row.weight is None for block in used for row in block.rows)
    placed = [table for sheet in place_tables(form) for table in sheet.tables] if by_label else []
    weights = {(t.table.id, row.key): weight for t in placed for _, weight, row in t.rows}
    factors = {name: {c: multiplier(table, c) for c in numbers[name]} for name, table in tables.items()}
    for block in used:
        table = block.table
        there = {*block.columns, *block.twice}  # one that stands twice is no lost one
        lost += [(table, c.key) for c in table.columns if c.role is not Role.LABEL and c.key not in there]
        for row, column, key in block.answers:
            seen[table.id].add(row.key)
            cell = block.cell(row, column)
            place = Place(CellRef(file, block.sheet.name, address(*block.place(row, column))), cell)
            if key not in places:
                places[key] = place
                if column in factors[table.id] and cell is not None and total is not None:
                    # As the form's own formula adds up: texts count 0, a date its number.
                    number = cell.serial if cell.kind is CellKind.DATE else cell.value
                    if cell.kind is CellKind.BLANK and not cell.has_cached:
                        total = None
                    elif isinstance(number, Decimal):
                        weight = weights.get((table.id, row.key), 0) if row.weight is None else row.weight
                        total += weight * factors[table.id][column] * Fraction(number)
            elif _content(cell) != _content(places[key].cell):
                doubled.append((key, place))
    for name, table in tables.items():
        keys = [row.key for row in table.rows if row.key and not name.startswith(LIST)]
        lost += [(table, key) for key in (keys if seen[name] else [""]) if key not in seen[name]]
    shared = tuple(_shared(used, items))
    weighted = None if total is None else math.floor(total + Fraction(1, 2))
    return Located(
        places, tuple(lost), tuple(doubled), weighted, tuple(used), copies, rivals, shared, numbers
    )


def _find(
    book: Workbook,
    form: Form,
    tables: Mapping[str, FormTable],
    items: Mapping[str, Item],
    words: RemarkWords | None,
) -> list[SheetBlock]:
    """Every table in the workbook; those that no key leads to, or only to an empty copy, by their labels."""
    blocks = list(_blocks(book, tables))
    sheets = {block.sheet.name for block in blocks}
    keyed = {block.table.id for block in blocks}
    others = [s for s in book.sheets if s.cells and s.name != META_SHEET and s.name not in sheets]
    if not (others or keyed != tables.keys() or any(any(lacks(block)) for block in blocks)):
        return blocks
    found = [complete(block) for block in blocks]
    answered = {block.table.id for block in found if others and _answers_in([block], items)}
    every = [t for s in form.sheets for t in s.tables]
    # Tables without keys on further sheets that say otherwise than the keyed one: which is the right one?
    told = {block.table.id: _answers_in([block], items) for block in found}
    filled = [table for table in tables.values() if told.get(table.id)]
    for sheet in others if told else ():
        if sheet.state == "visible" and not (words and words.kind_of(sheet.name)):
            for block in label_blocks(sheet, filled, every):
                said, own = _answers_in([block], items), told[block.table.id]
                if any(said[k] != own[k] for k in said.keys() & own.keys()):
                    found.append(block)
    for sheet in book.sheets:
        known = keyed if sheet.name in sheets else tables.keys()
        if any(sheet is other for other in others):
            known = answered
        wanted = [t for t in tables.values() if t.id not in known]
        if wanted:
            found += label_blocks(sheet, wanted, every)
    return found


_Copies: TypeAlias = tuple[tuple[FormTable, str, tuple[str, ...]], ...]
_Rivals: TypeAlias = tuple[tuple[FormTable, tuple[str, ...]], ...]


def _choose(
    blocks_found: list[SheetBlock], items: Mapping[str, Item]
) -> tuple[list[SheetBlock], _Copies, _Rivals]:
    """Of a table in several sheets take the one that is filled in; where more are, they must agree."""
    by_table: dict[str, dict[str, list[SheetBlock]]] = {}
    for block in blocks_found:
        by_table.setdefault(block.table.id, {}).setdefault(block.sheet.name, []).append(block)
    used: list[SheetBlock] = []
    copies, rivals = [], []
    for sheets in by_table.values():
        if len(sheets) == 1:
            used += next(iter(sheets.values()))
            continue
        told = {name: _answers_in(blocks, items) for name, blocks in sheets.items()}
        filled = [name for name, answers in told.items() if answers] or list(sheets)[:1]
        table = sheets[filled[0]][0].table
        if any(told[name] != told[filled[0]] for name in filled):
            if all(key_of(row.key, "").item == COVER for row in table.rows):
                used += [block for name in filled for block in sheets[name]]  # told line by line
                continue
            rivals.append((table, tuple(filled)))
        else:
            copies.append((table, filled[0], tuple(name for name in sheets if name != filled[0])))
        used += sheets[filled[0]]
    return used, tuple(copies), tuple(rivals)


def _answers_in(blocks: list[SheetBlock], items: Mapping[str, Item]) -> dict[Key, str]:
    """What was typed into a table's answer cells: what the form makes, also unseen (.xls), is no answer."""
    answers = {}
    for block in blocks:
        rates = {c.key for c in block.table.columns if c.role is Role.RATE}
        for row, column, key in block.answers:
            cell, item = block.cell(row, column), items.get(key.item)
            if cell is None or cell.formula or column in rates or key == Key(COVER, "control_code"):
                continue
            said = cell.raw.strip()
            is_made = False
            if key.field == "status":
                is_made = said in ("0", STATUS_GIVEN) or (isinstance(item, Task) and bool(item.derived_from))
            elif isinstance(item, Target) and not key.part:
                is_made = key.field in item.summed_from or (item.by_part != "no" and said == "0")
            if said and not is_made:
                answers[key] = said
    return answers


def _shared(
    blocks: list[SheetBlock], items: Mapping[str, Item]
) -> Iterator[tuple[Range, tuple[Key, ...], str]]:
    """Merged ranges that show one figure or state for several answers, or hide one: whose is it?"""
    for block in blocks:
        answers = sorted(block.columns.values())
        areas = []
        for area in block.sheet.merged:
            # The form's own reach over one row and begin with the answer that they show.
            inside = [c for c in answers if area.first_column <= c <= area.last_column]
            hides = area.last_row > area.first_row or inside != [area.first_column]
            if area.last_row >= block.first and inside and hides:
                areas.append(area)
        if not areas:
            continue
        cells = {
            block.place(row, column): key
            for row, column, key in block.answers
            if (spec := field_of(items[key.item], key.field) if key.item in items else None) is None
            or spec.kind != "text"
        }
        for area in areas:
            start = area.first_row, area.first_column
            covered = [place for place in cells if area.holds(*place) and place != start]
            if start in cells and _content(block.sheet.cell(*start)):
                covered = covered and [start, *covered]
            elif not any(_content(block.sheet.cell(*place)) for place in covered):
                continue
            if covered:
                yield area, tuple(cells[place] for place in covered), block.sheet.name


def _content(cell: Cell | None) -> str:
    return cell.raw.strip() if cell is not None else ""


def _blocks(book: Workbook, tables: Mapping[str, FormTable]) -> Iterator[SheetBlock]:
    for sheet in book.sheets:
        rows = tuple(sheet.rows())
        markers = []  # which name the form's tables; a unit's own "#a" stands beside no "%"
        for n, (_, cells) in enumerate(rows):
            texts = [c for c in cells if c.kind is CellKind.TEXT and (WEIGHT_KEY in c.raw or MARKER in c.raw)]
            if any(c.raw.strip() == WEIGHT_KEY for c in texts):
                ids = ((c, c.raw.strip().removeprefix(MARKER)) for c in texts if c.raw.startswith(MARKER))
                markers += [(n, c, tables[table]) for c, table in ids if table in tables][:1]
        ends = [*(n for n, _, _ in markers), len(rows)][1:]
        for (start, marker, table), end in zip(markers, ends, strict=False):
            lines = rows[start:end]  # from the marker's own row to the next marker
            columns: dict[str, int] = {}
            weights = 0
            for cell in lines[0][1]:
                if cell.column != marker.column and cell.kind is CellKind.TEXT:
                    if cell.raw.strip() == WEIGHT_KEY:
                        weights = cell.column
                    else:
                        columns.setdefault(cell.raw.strip(), cell.column)
            found, last_key, is_list = [], "", table.id.startswith(LIST)
            for number, cells in lines[1:]:
                key = sheet.cell(number, marker.column)
                if key is not None and key.kind is CellKind.TEXT and key.raw.strip():
                    last_key = normalize("NFC", key.raw.strip())  # a key may name a commune
                    weight = sheet.cell(number, weights)
                    value = weight.value if weight is not None else None
                    factor = int(value) if isinstance(value, Decimal) else 0
                    found.append(FoundRow(last_key, number, factor))
                elif is_list and last_key and any(c.column in columns.values() for c in cells):
                    found.append(FoundRow(f"{last_key}{ADDED}{number}", number, 0, added=True))
            yield SheetBlock(table, sheet, columns, tuple(found), marker.row + 1, lines[-1][0])


def closed_cells(block: SheetBlock) -> Iterator[tuple[FoundRow, str, Key]]:
    """Yield each cell of a block that the form shades grey: nothing is asked there."""
    for row in block.rows:
        if closed := block.table.closed.get(row.key):
            for column in block.columns:
                if column in closed:
                    yield row, column, key_of(row.key, column)
