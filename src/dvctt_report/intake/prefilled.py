"""Prefilled figures of a returned form: what the unit says of them decides what its answer is.

Nothing counts silently: a prefilled figure is the unit's answer where the unit agrees with it, and nowhere
else. Where the figure is a sum of other cells, what the unit agrees with has to be that sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from dvctt_report.codes import finding
from dvctt_report.forms.joint import AT
from dvctt_report.forms.layout import META_KEYS, META_SHEET
from dvctt_report.forms.prefill import (
    AGREES,
    DISAGREES,
    HELD,
    NUMBERS,
    OPINION,
    OWN,
    PREFILL_FIELDS,
    REASON,
    held_number,
    parse_held,
)
from dvctt_report.intake.cells import Workbook
from dvctt_report.intake.context import read_in_context
from dvctt_report.intake.fold import Sheets, finding_about
from dvctt_report.intake.locate import Located, Place
from dvctt_report.intake.reading import NOTHING, Reading, quote
from dvctt_report.intake.values import STATE_NAMES
from dvctt_report.model import CellRef, Control, Key, Observation, State
from dvctt_report.plan.fields import NUMBER_NAMES
from dvctt_report.vietnamese import format_count, format_date


def held_of(book: Workbook, unit: str) -> tuple[Control, ...]:
    """The figures on the form's hidden sheet, for all or for each unit of a joint form; empty for none."""
    sheet = next((sheet for sheet in book.sheets if sheet.name.startswith(META_SHEET)), None)
    if sheet is None:
        return ()
    found: list[Control] = []
    for row, _ in sheet.rows():
        name, value = sheet.cell(row, 1), sheet.cell(row, 2)
        if name is None or value is None or row <= len(META_KEYS):
            continue
        said, at, code = name.raw.strip().partition(AT)
        control = parse_held(said, value.raw, unit) if not at or code == unit else None
        found += [control] if control is not None else []
    return tuple(found)


def prefilled_keys(held: Iterable[Control]) -> frozenset[Key]:
    """The targets' own cells that are prefilled."""
    return frozenset(Key(c.item, name) for c in held for name in NUMBERS if held_number(c, name) is not None)


@dataclass(frozen=True)
class Opinions:
    """What a unit says about the figures it was sent: by item the opinion, by key the cells beside it.

    ``chosen`` is "" where nothing that can be used was chosen.
    """

    held: Mapping[str, Control]
    chosen: Mapping[str, str]
    cells: Mapping[Key, tuple[Reading, Place]]

    def reading(self, item: str, name: str) -> Reading:
        return self.cells[Key(item, name)][0] if Key(item, name) in self.cells else NOTHING

    def at(self, item: str, *names: str) -> CellRef | None:
        """The first of these cells that the file has."""
        return next((self.cells[k][1].at for n in names if (k := Key(item, n)) in self.cells), None)

    def figures(self, sheets: Sheets) -> Iterator[tuple[Key, Control, int]]:
        """Yield the target's cell of each prefilled number, with what was prefilled."""
        for item, control in self.held.items():
            for name in NUMBERS:
                number = held_number(control, name)
                if number is not None and Key(item, name) in sheets.observations:
                    yield Key(item, name), control, number


def read_opinions(sheets: Sheets, located: Located, held: Iterable[Control]) -> Opinions:
    """Read the cells about the prefilled figures; a row that stands twice says nothing that can be used."""
    twice = {key for key, _ in located.doubled} | {key for _, keys, _ in located.shared for key in keys}
    controls = {c.item: c for c in held}
    numbers = {
        Key(c.item, f"{HELD}_{name}"): held_number(c, name) for c in controls.values() for name in NUMBERS
    }
    cells = {
        key: (
            _uncalculated(place, numbers.get(key))
            or read_in_context(key, place.cell, PREFILL_FIELDS[key.field], sheets.words, sheets.context),
            place,
        )
        for key, place in located.places.items()
        if key.item in controls and key.field in PREFILL_FIELDS and key not in twice
    }
    said = {item: cells.get(Key(item, OPINION), (NOTHING, None))[0] for item in controls}
    chosen = {item: str(one.value or "") if one.state is State.GIVEN else "" for item, one in said.items()}
    return Opinions(controls, chosen, cells)


def _uncalculated(place: Place, number: int | None) -> Reading | None:
    """A prefilled figure that a form for many looks up, of a file saved by what calculates nothing."""
    cell = place.cell
    if cell is None or number is None or cell.has_cached or not cell.formula:
        return None
    return Reading(number, State.GIVEN, str(number))


def take_opinions(sheets: Sheets, said: Opinions) -> None:
    """Put what the unit's opinion makes of each prefilled figure into the place of the target's cell.

    A sum stands for itself; where the unit agrees with the figure, it has to be that sum (DC15, by
    ``fold.add_up``). Adds DC15, DC16 and what is to be said about the unit's own cells.
    """
    for key, control, number in said.figures(sheets):
        own, is_sum = sheets.observations[key], key in sheets.sums
        if said.chosen[key.item] == AGREES:
            settled = _agreed(sheets, said, key, control, number)
        elif is_sum:
            continue
        elif said.chosen[key.item] == DISAGREES:
            settled = _own(sheets, said, key)
        else:
            sheets.observations[key] = replace(own, value=None, state=State.BLANK)
            continue
        if _was_typed_over(sheets, own, settled):
            message = f"ghi {quote(own.raw)} đè lên ô máy tự lấy số, khác với ý kiến về số điền sẵn"
            fix = "Ghi số của đơn vị ở bảng số liệu điền sẵn, không ghi vào ô này."
            _add(sheets, "DC15", key, message, fix, own.at, own.raw, (said.at(key.item, OPINION),))
            settled = replace(settled, value=None, state=State.UNREADABLE)
        sheets.observations[key] = settled
        if is_sum:
            sheets.agreed.add(key)


def _agreed(sheets: Sheets, said: Opinions, key: Key, control: Control, number: int) -> Observation:
    """The prefilled figure as the unit's answer; unusable where it was changed, or another one stands by."""
    held, own = (said.reading(key.item, f"{whose}_{key.field}") for whose in (HELD, OWN))
    at = said.at(key.item, f"{HELD}_{key.field}", OPINION)
    reading = f"thống nhất với số của {control.source} đến ngày {format_date(control.cut_off)}"
    before = sheets.observations[key]
    made = replace(before, value=number, state=State.GIVEN, raw=held.raw, reading=reading, at=at or before.at)
    unusable = replace(made, value=None, state=State.UNREADABLE)
    if held.value != number:
        message = f"{_changed(key, held, number)}; đã chọn “{AGREES}” nên không rõ thống nhất với số nào"
        _add(sheets, "DC16", key, message, _RESTORE.format(format_count(number)), at, held.raw)
        return unusable
    if own.state is not State.BLANK and own.value != number:
        message = (
            f"chọn “{AGREES}” với {NUMBER_NAMES[key.field]} điền sẵn ({format_count(number)}) nhưng lại ghi "
        )
        message += f"số của đơn vị là {quote(own.raw)}"
        fix = f"Xóa số của đơn vị, hoặc chọn “{DISAGREES}” và ghi lý do."
        opinion = (said.at(key.item, OPINION),)
        _add(sheets, "DC15", key, message, fix, said.at(key.item, f"{OWN}_{key.field}"), own.raw, opinion)
        return unusable
    return made


def _own(sheets: Sheets, said: Opinions, key: Key) -> Observation:
    """The unit's own figure as its answer, read like any other."""
    before = sheets.observations[key]
    name = Key(key.item, f"{OWN}_{key.field}")
    if name not in said.cells:
        return replace(before, value=None, state=State.BLANK)
    reading, place = said.cells[name]
    found = finding_about(sheets, key, place, reading)
    if found is not None:
        sheets.findings.append(found)
    read = (reading.value, reading.state, reading.raw, reading.reading)
    return Observation(sheets.unit, key.item, key.field, *read, place.at)


def _was_typed_over(sheets: Sheets, cell: Observation, settled: Observation) -> bool:
    """Whether something else stands in the target's cell than its formula gives.

    LibreOffice 24 saves an empty result as 0 in .xls, where formulas can't be seen.
    """
    key = Key(cell.item, cell.field)
    if key in sheets.computed or cell.state is State.BLANK or cell.raw.strip() == "0":
        return False
    return settled.state is not State.UNREADABLE and cell.value != settled.value


def check_opinions(sheets: Sheets, said: Opinions) -> None:
    """Ask about what is missing beside the prefilled figures, and disclose where the unit has another one.

    DC11 its own figure with a reason, DC12 without one, DC13 no figure, DC14 no opinion, DC17 no opinion
    about a figure that its other cells give, DC18 its own is the same, DC19 a prefilled cell was changed.
    """
    for item, control in said.held.items():
        keys = [(key, number) for key, c, number in said.figures(sheets) if c is control]
        if said.at(item, OPINION) is None or not keys:
            continue  # the row is gone, or stands twice: that is told
        chosen = said.chosen[item]
        if chosen == DISAGREES:
            _check_own(sheets, said, keys)
        elif chosen != AGREES:
            _ask_for_opinion(sheets, said, keys)
        for key, number in keys if chosen != AGREES else ():
            held = said.reading(item, f"{HELD}_{key.field}")
            at = said.at(item, f"{HELD}_{key.field}")
            if at is not None and held.value != number:
                fix = _RESTORE.format(format_count(number))
                _add(sheets, "DC19", key, _changed(key, held, number), fix, at, held.raw)


def _check_own(sheets: Sheets, said: Opinions, keys: list[tuple[Key, int]]) -> None:
    item = keys[0][0].item
    reason = said.reading(item, REASON)
    given = reason.state is State.GIVEN
    differs = False
    for key, number in keys:
        own = sheets.observations[key]
        if own.state is State.UNREADABLE or (own.state is State.BLANK and key in sheets.sums):
            differs = True  # what is wrong there is told about that cell
        elif own.state is State.BLANK:
            differs = True
            message = f"không thống nhất với {NUMBER_NAMES[key.field]} điền sẵn ({format_count(number)}) "
            message += "nhưng chưa ghi số của đơn vị" + ("" if given else " và lý do")
            fix = f"Ghi số của đơn vị và lý do, hoặc chọn “{AGREES}”."
            _add(sheets, "DC13", key, message, fix, said.at(item, f"{OWN}_{key.field}", OPINION))
        elif own.value != number:
            differs = True
            shown = format_count(own.value) if isinstance(own.value, int) else f"“{STATE_NAMES[own.state]}”"
            message = f"{NUMBER_NAMES[key.field]} của đơn vị là {shown}, không thống nhất với số điền sẵn "
            message += f"({format_count(number)})"
            message += f"; lý do: {reason.value}" if given else ", chưa ghi lý do"
            fix = "" if given else "Ghi lý do không thống nhất."
            at = own.at if given else said.at(item, REASON) or own.at
            related = (said.at(item, f"{HELD}_{key.field}"),)
            _add(sheets, "DC11" if given else "DC12", key, message, fix, at, str(number), related)
    if not differs:
        message = f"chọn “{DISAGREES}” nhưng số của đơn vị giống số điền sẵn"
        fix = f"Chọn “{AGREES}”, hoặc kiểm tra lại số của đơn vị."
        _add(sheets, "DC18", Key(item, ""), message, fix, said.at(item, OPINION), DISAGREES)


def _ask_for_opinion(sheets: Sheets, said: Opinions, keys: list[tuple[Key, int]]) -> None:
    item = keys[0][0].item
    shown = ", ".join(f"{NUMBER_NAMES[key.field]} {format_count(number)}" for key, number in keys)
    wrote = said.reading(item, OPINION)
    found = f"ý kiến {quote(wrote.raw)} không rõ" if wrote.raw.strip() else "chưa cho ý kiến"
    message = f"{found} về số điền sẵn ({shown})"
    own = [c for name in NUMBERS if (c := said.reading(item, f"{OWN}_{name}")).state is not State.BLANK]
    if all(key in sheets.sums and sheets.observations[key].state is State.GIVEN for key, _ in keys):
        code, message = "DC17", f"{message}; dùng số cộng từ biểu chi tiết của đơn vị"
    else:
        code = "DC14"
        wrote_own = f"; số của đơn vị ({', '.join(quote(c.raw) for c in own)}) chưa được dùng" if own else ""
        message += wrote_own or "; số điền sẵn chưa được tính"
    fix = f"Chọn “{AGREES}”, hoặc “{DISAGREES}” và ghi số của đơn vị, lý do; ghi đủ các ô còn lại của dòng."
    _add(sheets, code, Key(item, ""), message, fix, said.at(item, OPINION), wrote.raw)


def _changed(key: Key, held: Reading, number: int) -> str:
    now = quote(held.raw) if held.raw.strip() else "trống"
    return f"{NUMBER_NAMES[key.field]} điền sẵn là {format_count(number)}, nay ô khóa ghi {now}"


_RESTORE = "Ghi lại {} vào ô này; số của đơn vị khác thì chọn “" + DISAGREES + "” và ghi ở dòng dưới."


def _add(
    sheets: Sheets,
    code: str,
    key: Key,
    message: str,
    fix: str,
    at: CellRef | None,
    value: str = "",
    related: tuple[CellRef | None, ...] = (),
) -> None:
    assert at is not None
    known = tuple(ref for ref in related if ref is not None)
    sheets.findings.append(finding(code, message, fix, at, sheets.unit, key.item, key.field, value, known))
