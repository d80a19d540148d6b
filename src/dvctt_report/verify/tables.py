"""Tables: what became of each printed cell, and what an edited table holds that was never printed."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import groupby

from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.verify.cells import match_cell, says_the_same
from dvctt_report.verify.columns import Columns
from dvctt_report.verify.counted import noun_of
from dvctt_report.verify.names import means
from dvctt_report.verify.numbers import even_text, find_numbers
from dvctt_report.verify.reading import FactsFound, TextPlace, few, section_of
from dvctt_report.verify.table_pairing import (
    ORDINAL,
    EditedTable,
    KnownTable,
    is_renamed,
    name_rows,
    pair_rows,
    pair_tables,
)
from dvctt_report.vietnamese import key

_WORDS = 4
"""Words from which on a cell with a figure is a text: the subject of a document."""


def read_tables(
    printed: Sequence[PrintedBlock],
    blocks: Sequence[TextBlock],
    cited: Mapping[str, Container[str]],
    reading: FactsFound,
) -> None:
    """Lay the edited tables against the printed ones; ``cited`` are the rows that notes cite, by section."""
    known = [KnownTable(tuple(rows)) for _, rows in groupby(printed, key=lambda one: one.block.table)]
    edited = [EditedTable(tuple(rows)) for _, rows in groupby(blocks, key=lambda block: block.table)]
    pairs = pair_tables(known, edited)
    for one in known:
        other = pairs.get(one)
        if other is not None:
            _read_table(one, other, cited.get(one.section, ()), reading)
        else:
            for gone in one.rows:
                _lose(gone, TextPlace(one.section, _where(one.place, "cả bảng")), reading)
    paired = {part for table in pairs.values() for part in (table.parts or (table,))}
    for table in (table for table in edited if table not in paired):
        for row, name in zip(table.rows, table.row_names, strict=True):
            _add_unknown(row, name, row.cells, reading)


def _lose(row: PrintedBlock, place: TextPlace, reading: FactsFound) -> None:
    """Note all figures of a row as gone."""
    for span in (span for spans in row.figures for span in spans):
        reading.lose(span.id, span.text, place)


def _read_table(one: KnownTable, other: EditedTable, cited: Container[str], reading: FactsFound) -> None:
    rows = pair_rows(one, other)
    columns = Columns(one, other, rows)
    for n, row in enumerate(one.rows):
        at = rows.get(n, _head_at(n, row, other))
        if at is not None:
            names = one.row_names[n], _name(row, other.rows[at], one.row_names[n], other.row_names[at])
            _read_row(row, other.rows[at], names, columns, reading)
        else:
            _lose(row, TextPlace(one.section, _where(one.place, one.row_names[n])), reading)
    _read_places(one, other, rows, cited, reading)
    taken = set(rows.values())
    for at, block in enumerate(other.rows):
        if at not in taken and not block.header:
            name = other.row_names[at].replace("dòng", "dòng thêm", 1)
            _add_unknown(block, name, block.cells, reading, new=True)
    for column in columns.added:
        _add_column(other, column, columns, reading)


_GROUP = re.compile(r"[IVXLC]+(?:[.)]|$)")
"""The number of a row that opens a group of rows."""


def _read_places(
    one: KnownTable,
    other: EditedTable,
    rows: Mapping[int, int],
    cited: Container[str],
    reading: FactsFound,
) -> None:
    """Tell the rows that went to another group, and those that a note would find under another number."""
    were, are = _groups([row.block.cells for row in one.rows]), _groups([row.cells for row in other.rows])
    for n, at in rows.items():
        place = TextPlace(one.section, _where(one.place, one.row_names[n]))
        was, now = even_text(one.rows[n].block.cells[0]), even_text(other.rows[at].cells[0])
        if 0 <= were[n] != n and are[at] >= 0 and rows.get(were[n], are[at]) != are[at]:
            names = one.row_names[were[n]], other.row_names[are[at]]
            group, another = (name.removeprefix("dòng ").strip("“”") for name in names)
            reading.reword(group, another, place)
        elif was != now and was in cited and ORDINAL.fullmatch(now):
            reading.reword(was, now, place)


def _groups(rows: Iterable[Sequence[str]]) -> Sequence[int]:
    """For each row the last one up to it that opens a group: "I. Sở, ban, ngành"; -1 for none."""
    found, group = [], -1
    for n, cells in enumerate(rows):
        group = n if cells and _GROUP.match(even_text(cells[0])) else group
        found.append(group)
    return found


def _head_at(n: int, row: PrintedBlock, other: EditedTable) -> int | None:
    """The row of heads that stands where one was printed, whatever it says by now."""
    there = other.rows[n] if n < len(other.rows) else None
    same = there is not None and there.header and len(there.cells) == len(row.block.cells)
    return n if row.block.header and same else None


def _name(row: PrintedBlock, block: TextBlock, printed: str, edited: str) -> str:
    """Name an edited row; not by a figure that was changed, which would be no name to find it by."""
    if printed == edited or len(row.block.cells) != len(block.cells):
        return edited
    cells = zip(block.cells, row.block.cells, row.figures, strict=True)
    (name,) = name_rows([["" if spans and text != was else text for text, was, spans in cells]])
    return name


def _read_row(
    row: PrintedBlock, block: TextBlock, names: tuple[str, str], columns: Columns, reading: FactsFound
) -> None:
    row_name, name = names
    became = columns.of(len(row.block.cells), len(block.cells))
    section = section_of(block.section, row.block.section)
    for n, spans in enumerate(row.figures):
        if not spans:
            continue
        at = became.get(n)
        heads = row.block.heads if at is None else block.heads
        where = _where(block.title or row.block.title, name, heads[n if at is None else at])
        if at is None:
            column = columns.removed(n, len(row.block.cells))
            whole = f"cột “{column}”" if column else ""
            there = TextPlace(section, row.block.title if column else where)
            for span in spans:
                reading.lose(span.id, span.text, there, whole)
        else:
            place = TextPlace(section, where)
            reading.matches += match_cell(row.block.cells[n], spans, block.cells[at], place)
    came = {at: row.block.cells[n] for n, at in became.items()}
    if block.header:
        others_named = {at: was for at, was in came.items() if not _is_head_of(was, block.cells[at])}
        _add_reworded(row, block, "tên cột", others_named, reading)
    else:
        compared = {at for n, at in became.items() if row.figures[n]}
        added = {at for at in range(len(block.cells)) if columns.full(at, len(block.cells)) in columns.added}
        others = [at for at in range(1, len(block.cells)) if at not in compared | added]
        changed = [at for at in others if not says_the_same(came.get(at, ""), even_text(block.cells[at]))]
        known = {number for at in changed for number in _numbers_in(even_text(came.get(at, "")))}
        _add_unknown(block, name, [block.cells[at] for at in changed], reading, known)
        _add_reworded(row, block, name, {at: came[at] for at in changed if at in came}, reading)
        if is_renamed(row.block.cells, block.cells):
            here = TextPlace(section, _where(block.title or row.block.title, name))
            reading.add(f"tên dòng (bản lập: {row_name})", here)


def _add_reworded(
    row: PrintedBlock, block: TextBlock, name: str, changed: Mapping[int, str], reading: FactsFound
) -> None:
    """Note the texts of a row behind its name that say something else: what is counted in, an answer."""
    name_at = -1 if block.header else next((at for at, text in enumerate(block.cells) if _is_text(text)), 0)
    for at, printed in changed.items():
        was, now = even_text(printed), even_text(block.cells[at])
        other = block.header or not means(now, was) or noun_of(now) != noun_of(was)
        fewer = bool(_numbers_in(was) - _numbers_in(now)) and _is_list(was) and _is_list(now)
        if at != name_at and ((_is_text(was) and _is_text(now) and other) or fewer):
            head = block.heads[at] if at < len(block.heads) and not block.header else ""
            place = TextPlace(
                section_of(block.section, row.block.section),
                _where(block.title or row.block.title, name, head),
            )
            reading.reword(was, now, place)


def _is_head_of(printed: str, found: str) -> bool:
    """Whether a column still has its name: as it was, longer or shorter."""
    one, other = (set(re.findall(r"\w+", key(even_text(text)))) for text in (printed, found))
    units = [re.findall(r"\(([^)]*[^\W\d_][^)]*|%)\)", key(even_text(text))) for text in (printed, found)]
    return (one <= other or other <= one) and (units[0] == units[1] or not all(units))


def _is_text(text: str) -> bool:
    """Whether a cell is a text: of several words, "kết quả quý III/2025", or of words and no figure."""
    words = re.findall(r"[^\W\d_]+", text)
    return len(words) >= _WORDS or (bool(words) and not any(number.figure for number in find_numbers(text)))


def _is_list(text: str) -> bool:
    """Whether a cell lists what has no figures: the forms of a unit, "Biểu 01-A, 02"."""
    return "," in text and any(char.isalpha() for char in text)


def _numbers_in(text: str) -> set[str]:
    """The numbers of a text as they are typed, and those in its names: "BHXH khu vực 27"."""
    return {number.text for number in find_numbers(text)} | set(re.findall(r"\d+", text))


def _add_unknown(
    row: TextBlock,
    name: str,
    cells: Sequence[str],
    reading: FactsFound,
    known: Iterable[str] = frozenset(),
    new: bool = False,
) -> None:
    """Note the numbers of a row that nothing was printed for, as one entry; of a ``new`` one dates too."""
    held = set(known)
    texts = [even_text(text) for text in cells]
    if row.cells and texts[:1] == [even_text(row.cells[0])] and ORDINAL.fullmatch(texts[0]):
        del texts[0]
    numbers = (number for text in texts for number in find_numbers(text))
    found = [n.text for n in numbers if n.text not in held and (n.figure or (new and n.value is not None))]
    if found:
        reading.add(", ".join(found), TextPlace(row.section, _where(row.title, name)))


def _add_column(table: EditedTable, column: int, columns: Columns, reading: FactsFound) -> None:
    """Note a column that was put in, as one entry, where there are numbers in it."""
    found: list[str] = []
    head = ""
    for row in table.rows:
        at = next((i for i in range(len(row.cells)) if columns.full(i, len(row.cells)) == column), None)
        if at is None:
            continue
        head = head or row.heads[at]
        if not row.header:
            found += [number.text for number in find_numbers(even_text(row.cells[at]))]
    if found:
        first = table.rows[0]
        where = _where(first.title, f"cột thêm “{head}”" if head else "cột thêm")
        reading.add(few(found), TextPlace(first.section, where))


def _where(table: str, row: str = "", column: str = "") -> str:
    return ", ".join(filter(None, (table, row, f"cột “{column}”" if column else "")))
