"""Is everything answered that was asked?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from dvctt_report.model import CellRef, FieldRef, Observation, State
from dvctt_report.model.answers import amount, figure, whole
from dvctt_report.model.codes import Trait, has
from dvctt_report.plan.fields import required_fields
from dvctt_report.plan.model import Dossier, Funding, Item, Survey, Target, Task, Unit
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import format_count, with_unit
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import (
    Row,
    asked,
    at,
    cells,
    effective_returns,
    format_cells,
    has_state,
    is_asked_as,
    is_blank,
    raw,
    rows,
    rows_of,
    source_names,
)
from dvctt_report.year.rules.rule import RuleFault, about, rule

MANY = 3
"""As many rows of one sheet of which the same is asked are told of in one finding."""
STATES = "“Không phát sinh”, “Chưa có số liệu” hoặc “Không áp dụng”"


@rule("SL01")
def done_missing(dataset: Dataset) -> Iterator[RuleFault]:
    """Report rows that give the total alone."""
    for row in rows(dataset):
        total = whole(row.total)
        if total is None or _reported_at_source(dataset, row, "done"):
            continue
        if row.done is None and column_is_gone(dataset, row.unit, row.target, "done"):
            continue
        if is_blank(row.done):
            found = "để trống số đã thực hiện"
        elif total > 0 and has_state(row.done, State.NONE_ARISING):
            found = "số đã thực hiện lại ghi “không phát sinh”"
        else:
            continue
        where = format_cells(row.done, otherwise="cột đã thực hiện")
        state = "" if row.part else " hoặc chọn tình trạng “Chưa có số liệu”"
        fix = f"Ghi số đã thực hiện vào {where} (ghi 0 nếu chưa thực hiện){state}."
        yield _row_fault(row, "done", f"có tổng số ({format_count(total)}) nhưng {found}", fix)


@rule("SL03")
def total_missing(dataset: Dataset) -> Iterator[RuleFault]:
    """Report rows with a numerator and no total, or a numerator above a total of 0."""
    for row in rows(dataset):
        done = amount(row.done)
        if done is None or _reported_at_source(dataset, row, "total"):
            continue
        if row.total is None and column_is_gone(dataset, row.unit, row.target, "total"):
            continue
        if is_blank(row.total):
            found = "tổng số để trống"
        elif done > 0 and amount(row.total) == 0:
            found = "tổng số bằng 0"
        else:
            continue
        fix = f"Ghi tổng số vào {format_cells(row.total, otherwise='cột tổng số')}."
        yield _row_fault(row, "total", f"có số đã thực hiện ({format_count(done)}) nhưng {found}", fix)


@rule("SL04")
def nothing_answered(dataset: Dataset) -> Iterator[RuleFault]:
    """Report asked rows in which nothing stands; a sum over empty rows is reported there alone.

    A sheet in which nothing stands at all is reported once, so are several empty rows one under another; a
    block of empty rows of communes once an item or once a commune. A row that the return does not have at all
    is intake's to report.
    """
    for unit, found in effective_returns(dataset):
        asked_here = {item.code for item in dataset.profile.asked(unit)}
        begun = {
            o.at.sheet for o in found.observations if o.at and o.item in asked_here and says_something(o)
        }
        untouched: dict[str, list[Blank]] = {}
        of_communes: list[Blank] = []
        of_unit: list[Blank] = []
        for item in dataset.profile.asked(unit):
            if is_asked_as(item, "ratio"):
                places = [(where, row.part) for row, where in _blank_rows(dataset, unit, item) if where]
            else:
                places = [(where, "") for where in cells(*(blank_cells(dataset, unit, item) or ()))[:1]]
            for where, part in places:
                blank = Blank(item, where, part)
                if where.sheet not in begun:
                    untouched.setdefault(where.sheet, []).append(blank)
                else:
                    (of_communes if part else of_unit).append(blank)
        by_row = sorted(
            ((b.where.sheet, int("".join(filter(str.isdigit, b.where.cell))), b) for b in of_unit),
            key=lambda placed: placed[:2],
        )
        by_run = by_key(((sheet, row - n), blank) for n, (sheet, row, blank) in enumerate(by_row))
        for own in by_run.values():  # rows that follow each other on a sheet
            if len(own) < MANY:
                yield from (_blank_fault(unit, item, where) for item, where, _ in own)
            else:
                yield _blank_rows_fault(unit, f"bỏ trống {len(own)} dòng liền nhau", own)
        yield from _blank_communes(dataset, unit, of_communes)
        for blanks in untouched.values():
            if len(blanks) == 1:
                yield _blank_fault(unit, *blanks[0])
            else:
                yield _blank_rows_fault(unit, "bỏ trống cả biểu", blanks)


class Blank(NamedTuple):
    """An item left empty: the cell to fill, and the commune that it speaks of ("": the unit as a whole)."""

    item: Item
    where: CellRef
    part: str


def _blank_communes(dataset: Dataset, unit: Unit, blanks: list[Blank]) -> Iterator[RuleFault]:
    """Report the empty cells of communes: by the commune where its whole row is empty, else by the item.

    Where more rows are empty than items are asked, all go by the item: nobody reads one block as many faults.
    """
    ratios = [item for item in dataset.profile.asked(unit) if is_asked_as(item, "ratio")]
    asked_of = Counter(row.part for item in ratios for row in rows_of(dataset, unit, item) if row.part)
    by_row = by_key((blank.part, blank) for blank in blanks)
    empty = {part: own for part, own in by_row.items() if 1 < len(own) == asked_of[part]}
    if len(empty) > len({blank.item.code for own in empty.values() for blank in own}):
        empty = {}
    by_item = by_key((blank.item.code, blank) for blank in blanks if blank.part not in empty)
    for own in (*empty.values(), *by_item.values()):
        (item, where, part), others = own[0], tuple(blank.where for blank in own[1:])
        if part in empty:
            labels = "; ".join(f"“{blank.item.label}”" for blank in own)
            message = f"{part}: bỏ trống cả dòng, chưa trả lời {len(own)} nội dung: {labels}"
            against = tuple(FieldRef(blank.item.code, "") for blank in own)
            yield RuleFault(message, _FILL_IN, unit.code, at=where, related=others, against=against)
        elif not others:
            yield _blank_fault(unit, item, where, part)
        else:
            names = ", ".join(blank.part for blank in own)
            message = f"chưa trả lời nội dung “{item.label}” ở {len(own)} dòng: {names}"
            yield RuleFault(message, _FILL_IN, unit.code, item.code, at=where, related=others)


_FILL_IN = "Điền số liệu; không có thì ghi số 0."


def says_something(observation: Observation) -> bool:
    """Whether the cell holds an answer of any kind; a box that isn't ticked holds none."""
    return not is_blank(observation) and observation.value is not False


def _row_fault(row: Row, field: str, message: str, fix: str) -> RuleFault:
    """Return a fault of ``field`` of ``row``, pointing at its cell and at the other one's."""
    own, other = (row.done, row.total) if field == "done" else (row.total, row.done)
    of = row.unit.code, row.target.code, field
    return RuleFault(row.say(message), fix, *of, at(own) or at(other), raw(own), cells(other))


def _blank_fault(unit: Unit, item: Item, where: CellRef, part: str = "") -> RuleFault:
    fix = f"Điền số liệu hoặc chọn tình trạng {STATES}." if _offers_states(item) else _FILL_IN
    message = f"chưa trả lời nội dung “{item.label}”"
    if part:
        fix = _FILL_IN
    elif isinstance(item, Task) or is_asked_as(item, "answer"):
        fix = "Chọn câu trả lời."
    elif isinstance(item, Funding):
        fix = "Điền số liệu hoặc chọn câu trả lời."
    return RuleFault(f"{part}: {message}" if part else message, fix, unit=unit.code, item=item.code, at=where)


def _offers_states(item: Item) -> bool:
    """Whether the form has a column for the state of the row's figures beside it."""
    return is_asked_as(item, "ratio", "count") or isinstance(item, Dossier | Survey)


def _blank_rows_fault(unit: Unit, said: str, blanks: list[Blank]) -> RuleFault:
    labels = dict.fromkeys(f"“{blank.item.label}”" for blank in blanks)
    return RuleFault(
        f"{said}, chưa trả lời {len(labels)} nội dung: {'; '.join(labels)}",
        f"Trả lời từng dòng; không có số liệu thì chọn tình trạng {STATES}."
        if any(_offers_states(blank.item) for blank in blanks)
        else "Trả lời từng dòng: chọn câu trả lời, hoặc điền số liệu.",
        unit=unit.code,
        at=blanks[0].where,
        related=tuple(blank.where for blank in blanks[1:]),
        against=tuple(FieldRef(blank.item.code, "") for blank in blanks),
    )


def _blank_rows(dataset: Dataset, unit: Unit, target: Target) -> Iterator[tuple[Row, CellRef | None]]:
    """Yield the rows of a target that are to be filled, and where: its own, or the communes it waits for.

    A district that has filled in no commune is told once, at the first of them.
    """
    own, *parts = rows_of(dataset, unit, target)
    blank_parts = [p for p in parts if is_blank(p.total) and is_blank(p.done)]
    started = len(blank_parts) < len(parts)
    waits = started and any(is_blank(p.total) or is_blank(p.done) for p in parts)
    if is_blank(own.total) and is_blank(own.done):
        if waits:
            yield from ((p, p.cell) for p in blank_parts)
        elif not _reported_at_source(dataset, own, "total", "done"):
            yield own, blank_parts[0].cell if blank_parts else own.cell
    elif started and (has_state(own.total, State.GIVEN) or has_state(own.done, State.GIVEN)):
        yield from ((p, p.cell) for p in blank_parts)


def column_is_gone(dataset: Dataset, unit: Unit, item: Item, field: str) -> bool:
    """Whether the file no longer has the column of that field: told once (NH09), not again in each row."""
    found = dataset.effective(unit.code)
    gone = {f.value for f in (found.findings if found else ()) if has(f.code, Trait.PLACE_LOST)}
    return not gone.isdisjoint((field, f"{item.code}:{field}"))


def blank_cells(dataset: Dataset, unit: Unit, item: Item) -> tuple[Observation | None, ...] | None:
    """Return the cells of a row in which nothing stands; None where something does, or that may be empty."""
    required = () if is_asked_as(item, "ratio") else required_fields(item, dataset.profile.asked(unit))
    found = tuple(dataset.observation(unit.code, item.code, f) for f in required)
    filled = any(o is not None and says_something(o) for o in found)
    return None if filled or not required else found


@rule("SL11")
def off_scale(dataset: Dataset) -> Iterator[RuleFault]:
    """Report points and ranks that can't be: none at all, or beyond how many there are."""
    for unit, target in asked(dataset, Target):
        told = dataset.observation(unit.code, target.code, "done") if target.is_single else None
        number = figure(told)
        if number is None or target.is_on_scale(number):
            continue
        least = "từ 1" if target.measure == "rank" else "lớn hơn 0"
        most = f" đến {format_count(target.scale)}" if target.scale else ""
        yield about(
            told,
            f"{with_unit(format_count(number), target.pattern)} nằm ngoài thang, phải {least}{most}",
            f"Kiểm tra lại {format_cells(told, otherwise='số này')}.",
        )


def _reported_at_source(dataset: Dataset, row: Row, *names: str) -> bool:
    """Whether each of these fields is a sum over a row that is reported empty itself."""
    if row.part:
        return False
    own = {item.code: item for item in dataset.profile.asked(row.unit)}
    return all(
        any(
            code in own and blank_cells(dataset, row.unit, own[code]) is not None
            for code, _ in source_names(row.target, name)
        )
        for name in names
    )
