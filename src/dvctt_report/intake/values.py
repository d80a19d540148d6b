"""Turn a cell's content into a value of its field's kind, or say why it cannot be used: pure functions.

Refuse with the cell rather than guess; every normalisation is told in the reading. None of the states that
stand for "no number" is ever zero.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from dvctt_report.files.cells import Cell, CellKind
from dvctt_report.files.formats import date_from_serial, is_date_format, parts_of_date, shows_text
from dvctt_report.intake.numerals import read_number_cell, read_percent_cell
from dvctt_report.intake.reading import NOTHING, Problem, Reading, quote, refused
from dvctt_report.intake.words import STATE_NAMES, nearest_state, plain, read_words
from dvctt_report.model import State
from dvctt_report.model.codes import Trait, has
from dvctt_report.plan.model import FieldKind, Words
from dvctt_report.text.vietnamese import (
    clean_text,
    format_date,
    key,
    parse_date,
    parse_date_figures,
    parse_decimal,
)

__all__ = ["STATE_NAMES", "Problem", "Reading", "read_value"]

DateOrder = Literal["", "day", "month", "mixed"]
"""What a column's dates have shown: nothing, day first, month first, both ways."""

_YEARS = range(2000, 2101)
_TICKS = ("x", "v", "✓", "✔", "☑", "☒", "√", "có", "co", "yes", "đúng", "true", "1")
_NO_TICKS = ("không", "khong", "ko", "k", "no", "sai", "false", "0", "☐", "□")
_TICKED, _NOT_TICKED = (frozenset(map(key, words)) for words in (_TICKS, _NO_TICKS))


def read_value(
    cell: Cell | None,
    kind: FieldKind,
    words: Words,
    choices: tuple[str, ...] = (),
    *,
    unit: str = "",
    grouping: str = "",
    date_order: DateOrder = "",
) -> Reading:
    """Read one cell as ``kind``; None is an empty cell.

    GIVEN values: count and money int, percent Decimal (80 for 80%), text str, date date, tick bool, yes_no
    and choice str as ``choices`` spells it. ``unit`` is what a count counts ("người"), accepted behind it;
    ``grouping``: the mark by which this column groups thousands ("." makes "1.234" 1234); ``date_order``:
    how the column writes its dates.

    Problems: DL01 no number, DL02 negative, DL03 not whole, DL04 a word of several meanings, DL05 Excel
    error, DL06 formula never calculated, DL07 number turned date, DL08 "1.234", DL09 not what such a field
    holds, DL10 a percentage in a count, DL14 shown as something else, DL15 struck out, DL21 "44/50",
    DL22 "12+5+7".
    """
    if cell is None:
        return NOTHING
    if cell.kind is CellKind.ERROR:
        return refused("DL05", cell.raw, f"ô hiện {cell.raw}: công thức của Excel không tính được")
    if cell.kind is CellKind.BLANK and not cell.has_cached:
        shown = quote(f"={cell.formula}")
        return refused("DL06", f"={cell.formula}", f"công thức {shown} chưa được Excel tính, chưa có kết quả")
    if not clean_text(cell.raw):
        return Reading(None, State.BLANK, cell.raw)
    if cell.mark and (cell.mark != "raised" or kind != "text"):
        code, because, fix = _MARKED[cell.mark]
        return refused(code, cell.raw, because.format(quote(cell.raw)), fix)
    turned = "có ký tự đảo chiều chữ" if _TURNED.search(cell.raw) else ""
    how = f"phông {cell.font}" if cell.font.lower().startswith(_PICTURES) else turned
    if kind not in ("text", "tick") and how:
        return refused("DL14", cell.raw, f"ô lưu {quote(cell.raw)} nhưng hiện khác ({how})")
    if cell.kind is CellKind.TEXT and not shows_text(cell.number_format):
        because = f"ô lưu {quote(cell.raw)} nhưng hiện khác (định dạng {quote(cell.number_format)})"
        return refused("DL14", cell.raw, because)
    if kind == "text":
        return _read_text(cell, words)
    if (found := _read_own(cell, kind, choices, date_order)) is not None:
        return found
    if cell.kind is CellKind.TEXT and (state := read_words(cell, words)) is not None:
        return state
    match kind:
        case "count" | "money":
            number = read_number_cell(cell, unit=unit, money=kind == "money", grouping=grouping)
            return _with_proposal(number, words)
        case "percent":
            return _with_proposal(read_percent_cell(cell), words)
        case "date":
            because = f"{quote(cell.raw)} không phải là ngày, tháng, năm trong khoảng báo cáo"
            serial = cell.value if isinstance(cell.value, Decimal) else None
            is_whole = serial is not None and serial == serial.to_integral_value()
            day = date_from_serial(serial, date1904=False) if serial is not None and is_whole else None
            if day is not None and day.year in _YEARS:
                because += f" (nếu là số thứ tự ngày của Excel thì là {format_date(day)})"
            fix = "Ghi ngày theo dạng ngày/tháng/năm, năm đủ bốn chữ số."
            return refused("DL09", cell.raw, because, fix)
        case "tick":
            because = f"{quote(cell.raw)} không phải là dấu đánh"
            return refused("DL09", cell.raw, because, 'Đánh dấu "x" nếu có, để trống nếu không.')
    because = f"{quote(cell.raw)} không thuộc các lựa chọn: {'; '.join(choices)}"
    return refused("DL09", cell.raw, because, "Chọn một mục trong danh sách của ô.")


_TURNED = re.compile("[\u202d\u202e]")
"""Signs that turn the order of letters and digits about: "19" behind one is seen as 91."""
_PICTURES = ("wingdings", "webdings", "marlett", "zapfdingbats", "zapf dingbats")
"""Fonts that show pictures in place of digits and letters."""


_MARKED: dict[str, tuple[str, str, str]] = {
    "faint": (
        *("DL14", "ô lưu {} nhưng chữ trùng màu nền hoặc nhỏ đến mức không nhìn thấy"),
        "Đặt lại màu, cỡ chữ của ô, ghi lại nội dung đúng.",
    ),
    "repeated": (
        *("DL14", "ô lưu {} nhưng căn lề của ô (Fill, thụt lề) làm ô hiện khác"),
        "Đặt lại căn lề của ô, ghi lại nội dung đúng.",
    ),
    "varies": (
        *("DL14", "ô lưu {} nhưng định dạng có điều kiện làm ô hiện khác, bị gạch hoặc ẩn đi"),
        "Bỏ định dạng có điều kiện, ghi lại nội dung đúng.",
    ),
    "struck": ("DL15", "{} có phần bị gạch ngang, không rõ lấy phần nào", ""),
    "raised": ("DL15", "{} có phần viết ở chỉ số trên hoặc dưới, không rõ lấy phần nào", ""),
}
"""Code, reason and remedy by the mark of a cell that shows something else than it holds."""


def _read_own(cell: Cell, kind: FieldKind, choices: tuple[str, ...], date_order: DateOrder) -> Reading | None:
    """What a field of that kind holds of its own right, before any word that stands for "no number"."""
    match kind:
        case "tick":
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
        case "date":
            # A date cell without its time, or a text read in the order in which its column writes dates.
            if isinstance(cell.value, date):
                return _from_date_cell(cell, cell.value)
            figures = parse_date_figures(cell.raw) if isinstance(cell.value, str) else None
            if figures is None and not isinstance(cell.value, str):
                return None
            day, month_first = _day_of(figures, date_order) if figures else (parse_date(cell.raw), False)
            if day is None or day.year not in _YEARS:
                return None
            how = "tháng trước, ngày sau" if month_first else "ngày trước, tháng sau"
            short_year = figures is not None and parse_date(cell.raw) is None and not month_first
            to_confirm = month_first or short_year or (date_order == "mixed" and figures is not None)
            return Reading(day, State.GIVEN, cell.raw, f"ngày ghi dạng chữ, {how}", to_confirm=to_confirm)
        case "yes_no" | "choice":
            return _read_choice(cell, choices)
        case "count" | "money" if cell.kind is CellKind.TEXT and parse_decimal(cell.raw) is not None:
            return read_number_cell(cell, unit="", money=False, grouping="")
    return None


def _with_proposal(reading: Reading, words: Words) -> Reading:
    """Add to a text that is no number the state it was perhaps meant for ("Khôg phát sinh")."""
    problem = reading.problem
    if problem is None or not has(problem.code, Trait.NO_NUMBER):
        return reading
    name = nearest_state(reading.raw, words)
    if not name:
        return reading
    fix = f'Nếu ý là "{name}" thì ghi đúng như vậy; nếu có số thì nhập một con số nguyên chính xác.'
    return replace(reading, problem=replace(problem, fix=fix))


def _read_text(cell: Cell, words: Words) -> Reading:
    """A text, whole: cleaned of what cannot be printed. A lone mark ("-", "…") is the state it stands for."""
    text = clean_text(cell.raw)
    if not text[:1].isalnum() and not any(unicodedata.category(c)[0] in "LNS" for c in text):
        marked = read_words(cell, words)
        if marked is not None and marked.problem is None:
            return marked
    reading = ""
    if text != cell.raw.strip():
        reading = "đã chuẩn hóa ký tự (dạng Unicode, dấu xuống dòng, ký tự không in được)"
    elif text != cell.raw:
        reading = "bỏ khoảng trắng thừa ở đầu, cuối"
    return Reading(text, State.GIVEN, cell.raw, reading)


def _from_date_cell(cell: Cell, stored: date) -> Reading | None:
    """The day in a date cell that shows it; to be confirmed where it shows the month before the day."""
    day = stored.date() if isinstance(stored, datetime) else stored
    if day.year not in _YEARS:
        return None
    parts = parts_of_date(cell.number_format)
    letters = [part[0] for part in parts]
    if is_date_format(cell.number_format) and not {"d", "m"} <= set(letters):
        because = f"ô đang lưu ngày {format_date(day)} nhưng chỉ hiện theo {quote(cell.number_format)}"
        return refused("DL14", cell.raw, because, "Ghi đủ ngày, tháng, năm.")
    if letters[:2] == ["m", "d"] and len(parts[0]) < 3 and day.day <= 12 and day.day != day.month:
        reading = f"ô hiện tháng trước, ngày sau (định dạng {quote(cell.number_format)})"
        return Reading(day, State.GIVEN, cell.raw, reading, to_confirm=True)
    return Reading(day, State.GIVEN, cell.raw, f"bỏ giờ trong {quote(cell.raw)}" if day is not stored else "")


def _day_of(figures: tuple[int, int, int], order: DateOrder) -> tuple[date | None, bool]:
    """The day, and whether its month stood first: never by the cell itself, only as its column writes."""
    first, second, year = figures
    orders = {"month": ((second, first, True),), "mixed": ((first, second, False), (second, first, True))}
    for day, month, month_first in orders.get(order, ((first, second, False),)):
        try:
            return date(year, month, day), month_first
        except ValueError:
            continue
    return None, False


def _read_choice(cell: Cell, choices: tuple[str, ...]) -> Reading | None:
    word = key(cell.raw)
    choice = next((c for c in choices if key(c) == word), None)
    if choice is None:
        alike = [c for c in choices if plain(c) == plain(cell.raw)]
        if len(alike) != 1:
            return None
        choice = alike[0]
    reading = "" if cell.raw == choice else f'{quote(cell.raw)} hiểu là "{choice}"'
    return Reading(choice, State.GIVEN, cell.raw, reading)
