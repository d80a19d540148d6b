"""Turn a cell's content into a value of its field's kind, or say why it cannot be used: pure functions.

Refuse with the cell rather than guess; every normalisation is told in the reading. None of the states that
stand for "no number" is ever zero.
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from dvctt_report.intake.cells import Cell, CellKind
from dvctt_report.intake.numerals import read_number_cell, read_percent_cell
from dvctt_report.intake.reading import NOTHING, Problem, Reading, quote, refused
from dvctt_report.model import State
from dvctt_report.plan.fields import (
    STATUS_NONE_ARISING,
    STATUS_NOT_APPLICABLE,
    STATUS_NOT_AVAILABLE,
    STATUS_WITHHELD,
)
from dvctt_report.plan.model import FieldKind, Words
from dvctt_report.vietnamese import clean_text, format_date, key, parse_date, parse_decimal

__all__ = ["Problem", "Reading", "read_value"]

STATE_NAMES: dict[State, str] = {
    State.NONE_ARISING: STATUS_NONE_ARISING,
    State.NOT_AVAILABLE: STATUS_NOT_AVAILABLE,
    State.NOT_APPLICABLE: STATUS_NOT_APPLICABLE,
    State.WITHHELD: STATUS_WITHHELD,
}
_STATE_KEYS = {key(name): state for state, name in STATE_NAMES.items()}
_YEARS = range(2000, 2101)
_TICKS = ("x", "v", "✓", "✔", "☑", "☒", "√", "có", "co", "yes", "đúng", "true", "1")
_NO_TICKS = ("không", "khong", "no", "sai", "false", "0", "☐", "□")
_TICKED, _NOT_TICKED = (frozenset(map(key, words)) for words in (_TICKS, _NO_TICKS))


def read_value(
    cell: Cell | None,
    kind: FieldKind,
    words: Words,
    choices: tuple[str, ...] = (),
    *,
    unit: str = "",
    grouping_settled: bool = False,
) -> Reading:
    """Read one cell as ``kind``; None is an empty cell.

    GIVEN values: count and money int, percent Decimal (80 for 80%), text str, date date, tick bool, yes_no
    and choice str as ``choices`` spells it. ``unit`` is what a count counts ("người"), accepted behind it;
    ``grouping_settled``: the column has shown that its dots group thousands, so "1.234" is 1234.

    Problems: DL01 no number, DL02 negative, DL03 not whole, DL04 a word of several meanings, DL05 Excel
    error, DL06 formula never calculated, DL07 number turned date, DL08 "1.234", DL09 not what such a field
    holds, DL10 a percentage in a count.
    """
    if cell is None:
        return NOTHING
    if cell.kind is CellKind.ERROR:
        return refused("DL05", cell.raw, f"ô báo lỗi {cell.raw} của Excel")
    if cell.kind is CellKind.BLANK and not cell.has_cached:
        shown = quote(f"={cell.formula}")
        return refused("DL06", f"={cell.formula}", f"công thức {shown} chưa được Excel tính, chưa có kết quả")
    if not clean_text(cell.raw):
        return Reading(None, State.BLANK, cell.raw)
    if kind == "text":
        return _read_text(cell, words)
    if (found := _read_own(cell, kind, choices)) is not None:
        return found
    if cell.kind is CellKind.TEXT and (state := _read_words(cell, words)) is not None:
        return state
    match kind:
        case "count" | "money":
            return read_number_cell(cell, unit=unit, money=kind == "money", grouping_settled=grouping_settled)
        case "percent":
            return read_percent_cell(cell)
        case "date":
            because = f"{quote(cell.raw)} không phải là ngày, tháng, năm trong khoảng báo cáo"
            return refused("DL09", cell.raw, because, "Ghi ngày theo dạng ngày/tháng/năm, ví dụ 09/11/2025.")
        case "tick":
            because = f"{quote(cell.raw)} không phải là dấu đánh"
            return refused("DL09", cell.raw, because, 'Đánh dấu "x" nếu có, để trống nếu không.')
    because = f"{quote(cell.raw)} không thuộc các lựa chọn: {'; '.join(choices)}"
    return refused("DL09", cell.raw, because, "Chọn một mục trong danh sách của ô.")


def _read_own(cell: Cell, kind: FieldKind, choices: tuple[str, ...]) -> Reading | None:
    """What a field of that kind holds of its own right, before any word that stands for "no number"."""
    match kind:
        case "tick":
            return _read_tick(cell)
        case "date":
            return _read_date(cell)
        case "yes_no" | "choice":
            return _read_choice(cell, choices)
        case "count" | "money" if cell.kind is CellKind.TEXT and parse_decimal(cell.raw) is not None:
            return read_number_cell(cell, unit="", money=False, grouping_settled=False)
    return None


def _read_words(cell: Cell, words: Words) -> Reading | None:
    """One of the words clerks write instead of a number; None where the text is none of them."""
    meanings = _meanings(words)
    bare = key(cell.raw)
    word = bare if bare in meanings else bare.strip(" .;:,()[]")
    if word not in meanings:
        return None
    state = meanings[word]
    if state is None:
        because = f"{quote(cell.raw)} có thể hiểu nhiều cách (số 0, không phát sinh, chưa có số liệu)"
        return refused("DL04", cell.raw, because)
    name = STATE_NAMES[state]
    reading = "" if cell.raw.strip() == name else f'ghi {quote(cell.raw)}, hiểu là "{name}"'
    return Reading(None, state, cell.raw, reading)


@lru_cache(maxsize=16)
def _meanings(words: Words) -> dict[str, State | None]:
    """The words by key → state; None: ambiguous, which wins over every other meaning."""
    tables = (
        (State.NONE_ARISING, words.none_arising),
        (State.NOT_AVAILABLE, words.not_available),
        (State.NOT_APPLICABLE, words.not_applicable),
        (None, words.ambiguous),
    )
    return {**_STATE_KEYS, **{key(word): state for state, table in tables for word in table}}


def _read_text(cell: Cell, words: Words) -> Reading:
    """A text, whole: cleaned of what cannot be printed. A lone mark ("-", "…") is the state it stands for."""
    text = clean_text(cell.raw)
    if not any(unicodedata.category(c)[0] in "LNS" for c in text):
        marked = _read_words(cell, words)
        if marked is not None and marked.problem is None:
            return marked
    changed = text != cell.raw.strip()
    reading = "đã chuẩn hóa ký tự (dạng Unicode, dấu xuống dòng, ký tự không in được)" if changed else ""
    return Reading(text, State.GIVEN, cell.raw, reading)


def _read_date(cell: Cell) -> Reading | None:
    day: date | None = None
    reading = ""
    if isinstance(cell.value, date):
        day = cell.value.date() if isinstance(cell.value, datetime) else cell.value
    elif isinstance(cell.value, str) and (day := parse_date(cell.raw)) is not None:
        reading = f"ngày ghi dạng chữ {quote(cell.raw)} → {format_date(day)} (ngày trước, tháng sau)"
    return Reading(day, State.GIVEN, cell.raw, reading) if day is not None and day.year in _YEARS else None


def _read_tick(cell: Cell) -> Reading | None:
    value: bool | None = None
    if isinstance(cell.value, bool):
        value = cell.value
    elif isinstance(cell.value, Decimal):
        value = {Decimal(1): True, Decimal(0): False}.get(cell.value)
    elif isinstance(cell.value, str):
        word = key(cell.raw)
        value = True if word in _TICKED else False if word in _NOT_TICKED else None
    if value is None:
        return None
    plain = cell.raw.strip().lower() == "x"
    reading = "" if plain else f"{quote(cell.raw)} hiểu là {'có' if value else 'không'} đánh dấu"
    return Reading(value, State.GIVEN, cell.raw, reading)


def _read_choice(cell: Cell, choices: tuple[str, ...]) -> Reading | None:
    word = key(cell.raw)
    choice = next((c for c in choices if key(c) == word), None)
    if choice is None:
        return None
    reading = "" if cell.raw == choice else f'{quote(cell.raw)} hiểu là "{choice}"'
    return Reading(choice, State.GIVEN, cell.raw, reading)
