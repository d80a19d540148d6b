"""Turn a located form into what its unit says: observations, the submission, and findings about cells.

The story: every answer cell is read as its field's kind; what stands twice is not used; then ``fold`` lets
the cells of a row speak for each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from dvctt_report.files.cells import Cell, CellKind
from dvctt_report.forms.form import COVER
from dvctt_report.forms.formulas import sums_of
from dvctt_report.forms.layout import control_code
from dvctt_report.forms.wording import COVER_SPECS
from dvctt_report.intake.context import context_of, read_in_context
from dvctt_report.intake.fold import Sheets, add_up, apply_statuses, clear_rates, finding_about, share_words
from dvctt_report.intake.lists import read_lists
from dvctt_report.intake.locate import Located, Place
from dvctt_report.intake.reading import NOTHING, Reading, quote
from dvctt_report.intake.words import names_nothing
from dvctt_report.model import Key, Observation, State, Submission
from dvctt_report.plan.model import FieldSpec, Item, Task, Words
from dvctt_report.text.personal import masked


def read_answers(
    located: Located,
    unit: str,
    items: Mapping[str, Item],
    words: Words,
    contested: Iterable[Key] = (),
) -> Sheets:
    """Read every located cell of ``unit``'s return.

    ``contested`` are the answers beside which something else is printed than the form asks.
    """
    sheets = Sheets(unit, items, words, sums_of(located.places, items))
    sheets.context = context_of(located.places, items)
    cover: dict[str, Reading] = {}
    sheets.statuses = {
        (key.item, key.part): place
        for key, place in located.places.items()
        if key.field == "status" and key.item != COVER and not isinstance(items[key.item], Task)
    }
    for key, place in located.places.items():
        if key.item == COVER:
            cover[key.field] = _read_cover(sheets, key, place)
        elif key.field != "status" or (key.item, key.part) not in sheets.statuses:
            _read_answer(sheets, key, place)
    _drop_unclear(sheets, located, contested)
    cells = tuple((name, located.places[Key(COVER, name)].at) for name in cover)
    readings = tuple(
        Observation(unit, COVER, name, r.value, r.state, r.raw, r.reading, at)
        for (name, at), r in zip(cells, cover.values(), strict=True)
        if r.reading
    )
    sheets.submission = replace(_submission(cover, located.weighted_sum), readings=readings, cells=cells)
    plain = {key.item for key in sheets.observations} - {key.item for key in sheets.sums}
    apply_statuses(sheets, plain)
    share_words(sheets)
    add_up(sheets)
    apply_statuses(sheets, {key.item for key in sheets.sums})
    share_words(sheets)
    clear_rates(sheets)
    read_lists(sheets)
    return sheets


def _read_answer(sheets: Sheets, key: Key, place: Place) -> None:
    item = sheets.items[key.item]
    spec = sheets.context.specs.get(key)
    if spec is None:
        return
    if place.cell is not None and place.cell.formula:
        sheets.computed.add(key)
    if _is_derived(item, spec, place.cell):
        reading = NOTHING
    else:
        reading = read_in_context(key, place.cell, spec, sheets.words, sheets.context)
    if key.field == "evidence" and reading.raw and names_nothing(reading.raw, sheets.words):
        told = f"ghi {quote(reading.raw)}, hiểu là không có minh chứng"
        reading = Reading(None, State.BLANK, reading.raw, told)
    is_uncalculated = place.cell is not None and not place.cell.has_cached
    sheets.observations[key] = Observation(
        sheets.unit,
        key.item,
        key.field,
        reading.value,
        reading.state,
        "" if key in sheets.sums and is_uncalculated else reading.raw,
        reading.reading,
        place.at,
        key.part,
    )
    said = finding_about(sheets, key, place, reading)
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
    if spec.kind != "percent":
        return False
    return cell.raw == "#DIV/0!" or (bool(cell.formula) and cell.kind is not CellKind.NUMBER)


def _drop_unclear(sheets: Sheets, located: Located, contested: Iterable[Key]) -> None:
    """What stands twice with different content, across several cells, or under another label is no answer.

    A sum is taken from its cells anyway; the state chosen for a row goes with its label.
    """
    for key in contested:
        if key.field == "status":
            sheets.statuses.pop((key.item, key.part), None)
    shared = [key for _, keys, _ in located.shared for key in keys]
    said = [
        k for k in contested if k in sheets.observations and sheets.observations[k].state is not State.BLANK
    ]
    for key in (*(key for key, _ in located.doubled), *shared, *said):
        if key.field == "status":
            sheets.statuses.pop((key.item, key.part), None)
        if key in sheets.observations and key not in sheets.sums:
            unusable = replace(sheets.observations[key], value=None, state=State.UNREADABLE)
            sheets.observations[key] = unusable


def _read_cover(sheets: Sheets, key: Key, place: Place) -> Reading:
    spec = COVER_SPECS[key.field]
    reading = read_in_context(key, place.cell, spec, sheets.words, sheets.context)
    is_typed = place.cell is not None and place.cell.kind in (CellKind.TEXT, CellKind.NUMBER)
    asked = spec.kind == "date" or (reading.problem is not None and is_typed)
    if asked and (said := finding_about(sheets, key, place, reading)) is not None:
        sheets.findings.append(said)
    is_number = place.cell is not None and place.cell.kind is CellKind.NUMBER
    # Nine digits are left of a telephone number's ten where it was typed as a number.
    lost_its_zero = is_number and len(reading.raw) == 9 and reading.raw.isdecimal()
    if key.field == "phone" and reading.reading == "" and lost_its_zero:
        told = "Excel bỏ số 0 ở đầu của số điện thoại gõ như con số"
        return replace(reading, value=f"0{reading.raw}", reading=told)
    return reading


def _submission(cover: Mapping[str, Reading], weighted_sum: int | None) -> Submission:
    def text(name: str) -> str:
        reading = cover.get(name, NOTHING)
        return str(reading.value) if reading.state is State.GIVEN else ""

    sent, code = cover.get("sent_on", NOTHING).value, text("control_code")
    code = code.zfill(4) if code.isdecimal() and code != "0" else code
    return Submission(
        document_number=masked(text("document_number")),
        sent_on=sent if isinstance(sent, date) else None,
        contact=text("contact"),
        phone=text("phone"),
        email=text("email"),
        control_code="" if code == "0" else code,  # which LibreOffice 25 makes of a text in .xls
        signer=text("signer"),
        computed_code="" if weighted_sum is None else control_code(weighted_sum),
    )
