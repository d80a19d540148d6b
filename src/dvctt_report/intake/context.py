"""Read a cell in the light of its file: its column's way of writing, the fonts of old codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from dvctt_report.files.cells import Cell, CellKind
from dvctt_report.forms.form import COVER
from dvctt_report.forms.wording import COVER_SPECS
from dvctt_report.intake.locate import Place
from dvctt_report.intake.numerals import read_number_cell
from dvctt_report.intake.reading import Reading, quote
from dvctt_report.intake.values import DateOrder, read_value
from dvctt_report.model import Key
from dvctt_report.plan.fields import DOSSIER_SUMS, fields
from dvctt_report.plan.model import FieldSpec, Item, Words
from dvctt_report.text.grouping import by_key
from dvctt_report.text.old_fonts import Converted, to_unicode
from dvctt_report.text.vietnamese import parse_date_figures, plain_number_text

_WHOLE_OF: dict[str, str] = {
    **{"done": "total", "satisfied": "valid", "valid": "returned", "returned": "issued"},
    **{part: total for total, parts in DOSSIER_SUMS for part in parts},
}
"""Fields that can't exceed another field of the same row."""
_FLOATS = Decimal("1e-9")
"""By how much a number computed by Excel may miss the whole number it is."""
_TYPED = re.compile(r"'?([0-9][0-9.,]*)(?:\s*[^\W\d][^\d]*)?")
_DOTS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_COMMAS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+")


@dataclass(frozen=True, slots=True)
class Context:
    """What the whole file tells about a cell.

    ``specs``: what each cell is asked as; one that only names the state of its row is not in it.
    ``legacy_fonts``: those that the file uses in their own code for sure.
    """

    specs: Mapping[Key, FieldSpec] = field(default_factory=dict)
    hints: Mapping[Key, Hints] = field(default_factory=dict)
    legacy_fonts: frozenset[str] = frozenset()


def context_of(places: Mapping[Key, Place], items: Mapping[str, Item]) -> Context:
    """Gather from the located cells what a single one of them can't tell."""
    by_item: dict[str, Mapping[str, FieldSpec]] = {COVER: COVER_SPECS}
    specs = {}
    for key in places:
        if key.item not in by_item:
            by_item[key.item] = {f.code: f for f in fields(items[key.item])} if key.item in items else {}
        if spec := by_item[key.item].get(key.field):
            specs[key] = spec
    texts = (p.cell for p in places.values() if p.cell is not None and p.cell.kind is CellKind.TEXT)
    fonts = frozenset(cell.font for cell in texts if to_unicode(cell.raw, cell.font) is not None)
    return Context(specs, column_hints(places, specs), fonts)


def read_in_context(key: Key, cell: Cell | None, spec: FieldSpec, words: Words, context: Context) -> Reading:
    """Read a cell as ``read_value`` does, as its column suggests and out of the code of its font.

    ``raw`` stays what stands in the file. A word chosen from a list is Unicode whatever the font, so only a
    free text is converted where it could be read as it stands.
    """
    hints = context.hints.get(key, NO_HINTS)

    def read(one: Cell | None) -> Reading:
        return read_value(
            one,
            spec.kind,
            words,
            spec.choices,
            unit=spec.unit,
            grouping=hints.grouping,
            date_order=hints.date_order,
        )

    reading = read(cell)
    if cell is None or (spec.kind != "text" and reading.problem is None):
        return reading
    converted = converted_text(cell, spec, context)
    if converted is None:
        return reading
    again = read(in_unicode(cell, converted))
    told = f"chữ {converted.code} {quote(cell.raw)} → {quote(converted.text)}"
    told = f"{told}; {again.reading}" if again.reading else told
    return replace(again, raw=cell.raw, reading=told if again.problem is None else "")


def converted_text(cell: Cell, spec: FieldSpec, context: Context) -> Converted | None:
    """A cell's text out of the old code of its font; None where it needs no conversion."""
    if cell.kind is not CellKind.TEXT:
        return None
    proven = spec.kind != "text" or cell.font in context.legacy_fonts
    return to_unicode(cell.raw, cell.font, proven=proven)


def in_unicode(cell: Cell, converted: Converted) -> Cell:
    """The cell as if it had been typed in Unicode."""
    return cell._replace(value=converted.text, raw=converted.text)


@dataclass(frozen=True, slots=True)
class Hints:
    """What the column tells: the mark its numbers are grouped by ("": not known), the order of its dates."""

    grouping: str = ""
    date_order: DateOrder = ""


NO_HINTS = Hints()


def column_hints(places: Mapping[Key, Place], specs: Mapping[Key, FieldSpec]) -> dict[Key, Hints]:
    """The hints of each cell that needs one, by the cells of its kind above and below it in the sheet."""
    columns = by_key(((*places[key].column, spec.kind), key) for key, spec in specs.items())
    hints: dict[Key, Hints] = {}
    for (_, _, kind), keys in columns.items():
        cells = [cell for key in keys if (cell := places[key].cell) is not None]
        if kind in ("count", "money") and (mark := grouping_mark(cells)):
            hints |= dict.fromkeys(keys, Hints(grouping=mark))
        elif kind == "date" and (order := date_order(cells)):
            hints |= dict.fromkeys(keys, Hints(date_order=order))
    apart = _apart(hints, places, specs)
    return {key: hint for key, hint in hints.items() if key not in apart}


def grouping_mark(cells: Iterable[Cell]) -> str:
    """The mark that groups thousands in a column of whole numbers; "" where the column doesn't allow it.

    Dots: every number with a mark is in groups of three by dots. Commas: likewise, and at least one of them
    has two groups, since a comma is the decimal mark here. One decimal anywhere forbids both.
    """
    dots = commas = proofs = 0
    for cell in cells:
        if isinstance(cell.value, Decimal) and abs(cell.value - cell.value.to_integral_value()) > _FLOATS:
            return ""
        match = _TYPED.fullmatch(plain_number_text(cell.raw)) if cell.kind is CellKind.TEXT else None
        number = match[1] if match else ""
        if _DOTS.fullmatch(number):
            dots += 1
        elif _COMMAS.fullmatch(number):
            commas += 1
            proofs += number.count(",") > 1
        elif not number.isdigit() and number:
            return ""
    if dots and not commas:
        return "."
    return "," if proofs and not dots else ""


def date_order(cells: Iterable[Cell]) -> DateOrder:
    """How the dates typed in a column are written, by those that can be read in one way only."""
    shown: set[DateOrder] = set()
    for cell in cells:
        figures = parse_date_figures(cell.raw) if cell.kind is CellKind.TEXT else None
        if figures is not None and max(figures[:2]) > 12 >= min(figures[:2]):
            shown.add("day" if figures[0] > 12 else "month")
    return "mixed" if len(shown) > 1 else next(iter(shown), "")


def _apart(
    hints: Mapping[Key, Hints], places: Mapping[Key, Place], specs: Mapping[Key, FieldSpec]
) -> set[Key]:
    """The numbers that, read by their column's mark, disagree with their row: a part exceeds its whole."""

    def number(one: Key) -> int | None:
        cell = places[one].cell
        if cell is None or specs[one].kind not in ("count", "money") or cell.kind is CellKind.BLANK:
            return None
        mark = hints.get(one, NO_HINTS).grouping
        value = read_number_cell(cell, unit=specs[one].unit, money=False, grouping=mark).value
        return value if isinstance(value, int) else None

    found: set[Key] = set()
    for part in specs:
        whole = Key(part.item, _WHOLE_OF.get(part.field, ""), part.part)
        if whole in specs and (part in hints or whole in hints):
            low, high = number(part), number(whole)
            if low is not None and high is not None and low > high:
                found |= {part, whole}
    return found
