"""Turn a located form into what its unit says: observations, the submission, and findings about cells.

The story: every answer cell is read as its field's kind; what stands twice is not used; then ``fold`` lets
the cells of a row speak for each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from dvctt_report.forms.form import COVER, Key
from dvctt_report.forms.layout import control_code
from dvctt_report.forms.wording import COVER_FIELDS, SIGNATURE_FIELDS
from dvctt_report.intake.cells import Cell, CellKind
from dvctt_report.intake.codes import finding
from dvctt_report.intake.fold import Sheets, add_up, apply_statuses, clear_rates, share_words, sums_of
from dvctt_report.intake.locate import Located, Place
from dvctt_report.intake.reading import NOTHING, Problem, Reading
from dvctt_report.intake.values import read_value
from dvctt_report.model import Finding, Observation, State, Submission
from dvctt_report.plan.fields import fields
from dvctt_report.plan.model import FieldSpec, Item, Task, Words
from dvctt_report.vietnamese import format_count

_COVER_SPECS: Final = {f.code: f for f in (*COVER_FIELDS, *SIGNATURE_FIELDS)}


def read_answers(located: Located, unit: str, items: Mapping[str, Item], words: Words) -> Sheets:
    """Read every located cell of ``unit``'s return."""
    sheets = Sheets(unit, items, words, sums_of(located.places, items))
    cover: dict[str, Reading] = {}
    for key, place in located.places.items():
        if key.item == COVER:
            cover[key.field] = _read_cover(sheets, key, place)
        elif key.field == "status" and not isinstance(items[key.item], Task):
            sheets.statuses[key.item, key.part] = place
        else:
            _read_answer(sheets, key, place)
    _drop_doubled(sheets, located)
    sheets.submission = _submission(cover, located.weighted_sum)
    plain = {key.item for key in sheets.observations} - {key.item for key in sheets.sums}
    apply_statuses(sheets, plain)
    share_words(sheets)
    add_up(sheets)
    apply_statuses(sheets, {key.item for key in sheets.sums})
    share_words(sheets)
    clear_rates(sheets)
    return sheets


def _read_answer(sheets: Sheets, key: Key, place: Place) -> None:
    item = sheets.items[key.item]
    spec = next((f for f in fields(item) if f.code == key.field), None)
    if spec is None:
        return
    if place.cell is not None and place.cell.formula:
        sheets.computed.add(key)
    if _is_derived(item, spec, place.cell):
        reading = NOTHING
    else:
        reading = read_value(place.cell, spec.kind, sheets.words, spec.choices, unit=spec.unit)
    sheets.observations[key] = Observation(
        sheets.unit,
        key.item,
        key.field,
        reading.value,
        reading.state,
        reading.raw,
        reading.reading,
        place.at,
        key.part,
    )
    said = _said(sheets, key, place, reading)
    if said is not None and key in sheets.sums:
        sheets.doubts[key] = said  # counts only where the cells it is the sum of give none
    elif said is not None:
        sheets.findings.append(said)


def _is_derived(item: Item, spec: FieldSpec, cell: Cell | None) -> bool:
    """Whether a cell shows the form's own formula, which the program derives again from what it stands on.

    A rate that is a number is read all the same: it may have been typed. LibreOffice 24 turns an empty
    result into 0 when it saves as .xls, where formulas can't be seen.
    """
    if cell is None:
        return False
    if isinstance(item, Task):
        zero = cell.kind is CellKind.NUMBER and cell.value == Decimal(0)
        return bool(cell.formula) or (zero and bool(item.derived_from) and spec.code == "status")
    return spec.kind == "percent" and bool(cell.formula) and cell.kind is not CellKind.NUMBER


def _said(sheets: Sheets, key: Key, place: Place, reading: Reading) -> Finding | None:
    """The finding about one cell: its problem, or how it was read where that is to be confirmed."""
    if reading.problem is not None:
        return _problem(sheets, key, place, reading.problem, reading.raw)
    if not reading.to_confirm:
        return None
    shown = format_count(reading.value) if isinstance(reading.value, int) else str(reading.value)
    message = f"đọc là {shown}: {reading.reading}"
    fix = "Đề nghị đơn vị xác nhận, hoặc nhập lại con số."
    return finding("DL12", message, fix, place.at, sheets.unit, key.item, key.field, reading.raw)


def _problem(sheets: Sheets, key: Key, place: Place, problem: Problem, raw: str) -> Finding:
    return finding(
        problem.code, problem.because, problem.fix, place.at, sheets.unit, key.item, key.field, raw
    )


def _drop_doubled(sheets: Sheets, located: Located) -> None:
    """What stands twice with different content is nobody's answer; a sum is taken from its cells anyway."""
    for key, _ in located.doubled:
        if key.field == "status":
            sheets.statuses.pop((key.item, key.part), None)
        if key in sheets.observations and key not in sheets.sums:
            unusable = replace(sheets.observations[key], value=None, state=State.UNREADABLE)
            sheets.observations[key] = unusable


def _read_cover(sheets: Sheets, key: Key, place: Place) -> Reading:
    spec = _COVER_SPECS[key.field]
    reading = read_value(place.cell, spec.kind, sheets.words)
    if reading.problem is not None and spec.kind == "date":
        sheets.findings.append(_problem(sheets, key, place, reading.problem, reading.raw))
    return reading


def _submission(cover: Mapping[str, Reading], weighted_sum: int | None) -> Submission:
    def text(name: str) -> str:
        reading = cover.get(name, NOTHING)
        return str(reading.value) if reading.state is State.GIVEN else ""

    sent = cover.get("sent_on", NOTHING).value
    return Submission(
        document_number=text("document_number"),
        sent_on=sent if isinstance(sent, date) else None,
        contact=text("contact"),
        phone=text("phone"),
        email=text("email"),
        control_code=_four_digits(text("control_code")),
        computed_code="" if weighted_sum is None else control_code(weighted_sum),
    )


def _four_digits(code: str) -> str:
    """The control code as the form shows it, also where a number was typed for it.

    LibreOffice 25 saves the text of a formula as the number 0 in .xls: then nothing is stated.
    """
    return "" if code == "0" else code.zfill(4) if code.isdecimal() else code
