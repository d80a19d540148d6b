"""Read a cell in the light of its file: its column's way of writing, the fonts of old codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from dvctt_report.forms.form import COVER, Key
from dvctt_report.forms.wording import COVER_FIELDS, SIGNATURE_FIELDS
from dvctt_report.intake.cells import Cell, CellKind
from dvctt_report.intake.columns import NO_HINTS, Hints, column_hints
from dvctt_report.intake.legacy_text import Converted, proven_fonts, to_unicode
from dvctt_report.intake.locate import Place
from dvctt_report.intake.reading import Reading, quote
from dvctt_report.intake.values import read_value
from dvctt_report.plan.fields import fields
from dvctt_report.plan.model import FieldSpec, Item, Words

COVER_SPECS: Final = {f.code: f for f in (*COVER_FIELDS, *SIGNATURE_FIELDS)}


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
    fonts = proven_fonts(place.cell for place in places.values())
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
