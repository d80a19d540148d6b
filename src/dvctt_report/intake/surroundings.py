"""Hold what is printed around the tables of a return against the form: banner, titles, footnotes, cover.

A text is the form's own in other words where it stands in its place, or resembles it; any other is a remark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dvctt_report.forms import wording
from dvctt_report.forms.form import COVER, Form
from dvctt_report.forms.layout import PlacedSheet, place
from dvctt_report.forms.surroundings import PrintedText, Purpose, printed_around
from dvctt_report.intake.block import SheetBlock
from dvctt_report.intake.cells import Cell, Sheet
from dvctt_report.intake.issued import Difference, keys_in, speaks_for_all
from dvctt_report.intake.likeness import is_rewording
from dvctt_report.intake.printed import compared, contrasts
from dvctt_report.intake.saying import SaidKind, names_of, periods, said_beside
from dvctt_report.intake.whose import Offices
from dvctt_report.model import CellRef
from dvctt_report.period import Period
from dvctt_report.plan.model import Profile, Unit
from dvctt_report.vietnamese import key

_BARRING: tuple[SaidKind, ...] = ("corrected", "withdrawn", "unit", "period", "draft")


@lru_cache(maxsize=8)
def own_periods(profile: Profile, period: Period) -> frozenset[str]:
    """What texts call the period that a form asks about."""
    days = profile.plan.period
    return names_of(days.start(period), days.cut_off(period)) | periods(wording.period_line(profile, period))


@dataclass(frozen=True)
class Surroundings:
    """What each sheet of a unit's form prints around its tables, by the table's id."""

    form: Form
    sheets: Mapping[str, PlacedSheet]
    printed: Mapping[str, tuple[PrintedText, ...]]
    offices: Offices
    own: frozenset[str]
    """What texts call the period of the figures."""

    @classmethod
    def of(cls, form: Form, profile: Profile, unit: Unit, author: Unit) -> Surroundings:
        """Those of the form of ``unit``, on which the unit ``author`` answers."""
        placed = place(form)
        printed = {s.sheet.name: tuple(printed_around(s, form, profile, unit)) for s in placed}
        sheets = {t.table.id: s for s in placed for t in s.tables}
        own = own_periods(profile, form.period)
        return cls(form, sheets, printed, Offices.of(profile, author, form.period), own)

    def texts(self) -> Iterator[str]:
        """All that is printed."""
        return (one.text for printed in self.printed.values() for one in printed)

    def name_of(self, blocks: Iterable[SheetBlock]) -> str:
        """The name under which the sheet of some tables was issued."""
        return next(self.sheets[block.table.id].sheet.name for block in blocks)

    def edited(
        self, blocks: list[SheetBlock], foreign: Mapping[tuple[int, int], Cell], at: CellRef
    ) -> Iterator[tuple[tuple[int, int], Difference | None]]:
        """Pair the texts of a sheet that aren't the form's with those that it lost.

        Yields each place that was taken by an edited text, with what the edit makes of the figures.
        """
        sheet = blocks[0].sheet
        printed = self.printed[self.name_of(blocks)]
        if all(_is_in_place(one, sheet) for one in printed):
            return
        issued = Counter(key(one.text) for one in printed)
        there = Counter(said for cell in sheet.cells.values() if (said := key(cell.raw)) in issued)
        lost = [one for one in printed if there[key(one.text)] < issued[key(one.text)]]
        taken: set[tuple[int, int]] = set()
        for one in lost:
            found = self._in_place(one, blocks, foreign.keys() - taken)
            found = found or _most_alike(one, {p: c for p, c in foreign.items() if p not in taken})
            if found is not None:
                taken.add(found)
                yield found, self._judged(one, foreign[found], blocks, at)

    def _in_place(
        self, one: PrintedText, blocks: list[SheetBlock], free: Collection[tuple[int, int]]
    ) -> tuple[int, int] | None:
        """The place of a printed text, moved with the tables or not; tables without keys tell no places."""
        keyed = [block for block in blocks if not block.by_label]
        moves = dict.fromkeys((*_moves(self.sheets, keyed, one.table), *_moves(self.sheets, keyed, ""), 0))
        places = ((one.row + move, one.column) for move in moves) if keyed else ()
        return next((place for place in places if place in free), None)

    def _judged(
        self, one: PrintedText, cell: Cell, blocks: list[SheetBlock], at: CellRef
    ) -> Difference | None:
        kind = self._kind(one, cell.raw)
        if kind is None:
            return None
        about = [block for block in blocks if one.table in ("", block.table.id)]
        place = CellRef(at.file, at.sheet, cell.address)
        keys, scope = keys_in(about), "cả bảng" if one.table else "cả trang tính"
        whole = speaks_for_all(about) or all(k.item == COVER for k in keys)
        return Difference(kind, place, one.text, cell.raw, _WHERE[one.kind], keys, whole, scope)

    def _kind(self, one: PrintedText, seen: str) -> SaidKind | None:
        """What an edit makes of the figures; None where it says the same, or others tell what it says."""
        if one.kind is Purpose.NAME and self.offices.is_own_letterhead(seen):
            return None
        if one.kind is Purpose.PERIOD and periods(seen) <= periods(one.text) and periods(seen):
            return None
        if is_rewording(seen, one.text):
            return None
        said = said_beside(seen, periods(one.text) | self.own)
        if said in _BARRING and said_beside(one.text, periods(one.text)) != said:
            return said
        if one.kind is Purpose.SIGNER:
            return "changed" if self.offices.foreign(seen) else None
        if one.kind is Purpose.CLAIM:
            return None
        if one.kind is not Purpose.TITLE:
            return "changed"
        kind = compared(one.text, seen, self.own)
        if kind == "other" and contrasts(seen) == contrasts(one.text):
            return "changed"
        return None if kind == "reworded" else kind


_WHERE = {
    Purpose.NAME: "tên đơn vị đầu trang",
    Purpose.PERIOD: "kỳ báo cáo đầu trang",
    Purpose.TITLE: "tên biểu",
    Purpose.NOTE: "lời dẫn của biểu",
    Purpose.LINE: "phần in sẵn",
    Purpose.CLAIM: "phần in sẵn",
    Purpose.SIGNER: "phần ký",
}


def _is_in_place(one: PrintedText, sheet: Sheet) -> bool:
    """Whether a printed text stands where it was issued; each has a cell of its own."""
    cell = sheet.cell(one.row, one.column)
    return cell is not None and (cell.raw == one.text or key(cell.raw) == key(one.text))


def _moves(sheets: Mapping[str, PlacedSheet], blocks: Iterable[SheetBlock], table: str) -> Iterator[int]:
    """By how many rows tables were moved: that of the id ``table``, or any."""
    for block in blocks:
        if table in ("", block.table.id):
            placed = next(t for t in sheets[block.table.id].tables if t.table.id == block.table.id)
            rows = {row.key: at + 1 for at, _, row in placed.rows if row.key}
            yield from (row.number - rows[row.key] for row in block.rows if row.key in rows)


def _most_alike(one: PrintedText, foreign: Mapping[tuple[int, int], Cell]) -> tuple[int, int] | None:
    from rapidfuzz import fuzz

    scores = {place: fuzz.ratio(key(cell.raw), key(one.text)) for place, cell in foreign.items()}
    best = max(scores, key=lambda place: scores[place], default=None)
    return best if best is not None and scores[best] >= _ALIKE else None


_ALIKE = 75
"""Of 100, from which a text in another place is a printed one that was edited."""
