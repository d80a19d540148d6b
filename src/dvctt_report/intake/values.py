"""Turn a cell's content into a value of its field's kind, or say why it cannot be used: pure functions.

Refuse with the cell rather than guess; every normalisation is told in the reading. None of the states that
stand for "no number" is ever zero.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from decimal import Context, Decimal
from typing import Literal

from dvctt_report.files.cells import Cell, CellKind
from dvctt_report.files.formats import (
    date_from_serial,
    is_date_format,
    is_percent_format,
    parts_of_date,
    places_shown,
    shows_text,
    written_beside,
)
from dvctt_report.intake.reading import NOTHING, Reading, plain, quote, read_words, refused, with_proposal
from dvctt_report.model import State
from dvctt_report.plan.model import FieldKind, Words
from dvctt_report.text.vietnamese import (
    clean_text,
    format_date,
    format_decimal,
    is_ambiguous_number,
    join_names,
    key,
    parse_date,
    parse_date_figures,
    parse_decimal,
    plain_number_text,
)

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

    GIVEN values: count and money int, decimal and percent Decimal (80 for 80%), text str, date date, tick
    bool, yes_no and choice str as ``choices`` spells it. ``unit`` is what a count counts, accepted behind it;
    ``grouping``: the mark by which this column groups thousands ("." makes "1.234" 1234); ``date_order``:
    how the column writes its dates.

    Problems: DL01 to DL10, DL14, DL15, DL21, DL22, as the registry of codes has them.
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
        # Whole, cleaned of what cannot be printed; a lone mark ("-", "…") is the state it stands for
        text = clean_text(cell.raw)
        if not text[:1].isalnum() and not any(unicodedata.category(c)[0] in "LNS" for c in text):
            marked = read_words(cell, words)
            if marked is not None and marked.problem is None:
                return marked
        how = "" if text == cell.raw else "bỏ khoảng trắng thừa ở đầu, cuối"
        if text != cell.raw.strip():
            how = "đã chuẩn hóa ký tự (dạng Unicode, dấu xuống dòng, ký tự không in được)"
        return Reading(text, State.GIVEN, cell.raw, how)
    if (own_reading := _read_own(cell, kind, choices, date_order)) is not None:
        return own_reading
    if cell.kind is CellKind.TEXT and (state := read_words(cell, words)) is not None:
        return state
    match kind:
        case "count" | "money":
            number = read_number_cell(cell, unit=unit, money=kind == "money", grouping=grouping)
            return with_proposal(number, words)
        case "decimal":
            return with_proposal(read_decimal_cell(cell, unit), words)
        case "percent":
            return with_proposal(read_percent_cell(cell), words)
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


_MONTH_FIRST: dict[DateOrder, tuple[bool, ...]] = {"month": (True,), "mixed": (False, True)}
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
            is_mark = cell.raw.strip().lower() == "x"
            reading = "" if is_mark else f"{quote(cell.raw)} hiểu là {'có' if value else 'không'} đánh dấu"
            return Reading(value, State.GIVEN, cell.raw, reading)
        case "date":
            # A date cell without its time, or a text read in the order in which its column writes dates.
            if isinstance(cell.value, date):
                # The day that the cell shows; to be confirmed where it shows the month before the day
                own = cell.value.date() if isinstance(cell.value, datetime) else cell.value
                if own.year not in _YEARS:
                    return None
                parts, shown = parts_of_date(cell.number_format), quote(cell.number_format)
                letters = [part[0] for part in parts]
                if is_date_format(cell.number_format) and not {"d", "m"} <= set(letters):
                    because = f"ô đang lưu ngày {format_date(own)} nhưng chỉ hiện theo {shown}"
                    return refused("DL14", cell.raw, because, "Ghi đủ ngày, tháng, năm.")
                if letters[:2] == ["m", "d"] and len(parts[0]) < 3 and own.day <= 12 and own.day != own.month:
                    reading = f"ô hiện tháng trước, ngày sau (định dạng {shown})"
                    return Reading(own, State.GIVEN, cell.raw, reading, to_confirm=True)
                reading = f"bỏ giờ trong {quote(cell.raw)}" if own is not cell.value else ""
                return Reading(own, State.GIVEN, cell.raw, reading)
            figures = parse_date_figures(cell.raw) if isinstance(cell.value, str) else None
            if figures is None and not isinstance(cell.value, str):
                return None
            day, month_first = parse_date(cell.raw) if figures is None else None, False
            if figures is not None:
                first, second, year = figures
                # Whether the month stands first is never told by the cell itself, only as its column writes.
                for month_first in _MONTH_FIRST.get(date_order, (False,)):
                    with suppress(ValueError):
                        day = date(year, first, second) if month_first else date(year, second, first)
                        break
            if day is None or day.year not in _YEARS:
                return None
            how = "tháng trước, ngày sau" if month_first else "ngày trước, tháng sau"
            short_year = figures is not None and parse_date(cell.raw) is None and not month_first
            to_confirm = month_first or short_year or (date_order == "mixed" and figures is not None)
            return Reading(day, State.GIVEN, cell.raw, f"ngày ghi dạng chữ, {how}", to_confirm=to_confirm)
        case "yes_no" | "choice":
            alike = [c for c in choices if key(c) == key(cell.raw)][:1]
            alike = alike or [c for c in choices if plain(c) == plain(cell.raw)]
            if len(alike) != 1:
                return None
            reading = "" if cell.raw == alike[0] else f'{quote(cell.raw)} hiểu là "{alike[0]}"'
            return Reading(alike[0], State.GIVEN, cell.raw, reading)
        case "count" | "money" if cell.kind is CellKind.TEXT and parse_decimal(cell.raw) is not None:
            return read_number_cell(cell, unit="", money=False, grouping="")
    return None


# ---------- Read counts, sums of money and percentages: what can be read in one way only, else why it cannot

_MAX_DIGITS = 15
"""What Excel itself keeps of a number."""

_AS_SHOWN = Context(prec=_MAX_DIGITS)

COUNT_WORDS = (
    *("người", "lượt", "lượt người", "hồ sơ", "phiếu", "lớp", "buổi", "cuộc", "tin", "bài", "tin bài"),
    *("đơn vị", "cơ quan", "thủ tục", "văn bản", "ý kiến", "cái"),
)
"""Units that clerks write behind a number, where the field does not name its own."""

MONEY_WORDS = tuple(key(word) for word in ("đồng", "đ", "VNĐ", "VND", "₫"))
_NUMBER = r"[0-9][0-9., ]*"
_APPROXIMATE = re.compile(
    r"[~≈≥≤<>±]|\b(?:khoảng|chừng|trên|dưới|gần|hơn|ước|độ|tối thiểu|tối đa|ít nhất|nhiều nhất|xấp xỉ|tầm)\b"
)
_MULTIPLE = re.compile(r"[0-9]\s*(nghìn|ngàn|triệu|tỷ|tỉ|trăm|chục|vạn|tr|k)\b")
_STROKE = re.compile(r"([0-9][0-9.]*) ?/ ?([0-9][0-9.]*)")
_SUM = re.compile(r"[0-9][0-9., ]*(?:\+[0-9., ]*[0-9][0-9., ]*)+")
_PERCENTAGE = "{} là tỷ lệ phần trăm, ô này cần số lượng"
_LETTER_INSIDE = re.compile(r"[0-9][oil]|[oil][0-9]")


def read_number_cell(cell: Cell, *, unit: str, money: bool, grouping: str) -> Reading:
    """Read a count, or whole đồng, from a cell that holds something and no word for "no number"."""
    if cell.kind is CellKind.DATE:
        return refused("DL07", cell.raw, _both_readings(cell))
    raw = cell.raw
    if isinstance(cell.value, Decimal):
        if "%" in cell.number_format:
            return refused("DL10", raw, _PERCENTAGE.format(quote(raw)))
        number = _as_shown(cell.value)
        told = f"số lẻ do máy tính {format_decimal(cell.value)}" if number != cell.value else ""
        read = _whole(number, raw, told)
        return read if read.problem else _shown_otherwise(cell, cell.value, unit, money) or read
    text = plain_number_text(raw).removeprefix("'")
    value = parse_decimal(text)
    if value is not None:
        return _whole(value, raw, "số ghi dạng chữ")
    if (value := _one_group(text, grouping)) is not None:
        return _whole(value, raw, f"cả cột dùng dấu “{grouping}” ngăn hàng nghìn", to_confirm=True)
    if is_ambiguous_number(text):
        return _ambiguous(raw, text)
    beside = re.fullmatch(rf"({_NUMBER}?)\s*([^\W\d_][^\d]*)", text)
    if beside and _is_unit(beside[2], unit, money):
        head, word = beside[1].strip(), beside[2].strip()
        value = parse_decimal(head)
        if value is None:
            value = _one_group(head, grouping)
        if value is not None:
            return _whole(value, raw, f"bỏ chữ “{word}”", to_confirm=not money)
        if is_ambiguous_number(head):
            return _ambiguous(raw, head)
    if re.fullmatch(r"0 ?\((?:không|không có|không phát sinh)\)", key(text)):
        return _whole(Decimal(0), raw, "bỏ chữ kèm theo", to_confirm=True)
    return _diagnosed(raw, text, money)


def _shown_otherwise(cell: Cell, value: Decimal, unit: str, money: bool) -> Reading | None:
    """The question about a number that its format shows as another thing; None where it is seen itself."""
    beside = written_beside(cell.number_format, int(value.compare(0)))
    if beside is not None and (not beside or _is_unit(beside, unit, money)):
        return None
    how = f"kèm “{beside}”" if beside else "khác con số đó" if value else "trống"
    stored, shown = format_decimal(value), quote(cell.number_format)
    return refused("DL14", cell.raw, f"ô đang lưu số {stored} nhưng hiện {how} (định dạng {shown})")


def read_decimal_cell(cell: Cell, unit: str) -> Reading:
    """Read points, a number of at most four decimals; what is none is read as a count would be, and asked."""
    typed = cell.kind is not CellKind.NUMBER
    bare = plain_number_text(cell.raw).removesuffix(unit).rstrip()
    value = parse_decimal(bare) if typed else cell.value
    if not isinstance(value, Decimal) or value < 0 or "%" in cell.number_format:
        refusal = read_number_cell(cell, unit=unit, money=False, grouping="")
        if (p := refusal.problem) is None:
            return refusal
        because, fix = (said.replace("số nguyên", "số") for said in (p.because, p.fix))
        return replace(refusal, problem=replace(p, because=because, fix=fix))
    value = _as_shown(value).normalize()
    places = max(-int(value.as_tuple().exponent), 0)
    if places > _PLACES:
        because = f"{quote(cell.raw)} có quá {_PLACES} chữ số thập phân"
        return refused("DL03", cell.raw, because, f"Ghi nhiều nhất {_PLACES} chữ số thập phân.")
    shown = None if typed else places_shown(cell.number_format)
    if shown is not None and shown < places:
        because = f"ô đang lưu số {format_decimal(value)} nhưng định dạng của ô chỉ hiện {shown} chữ số lẻ"
        return refused("DL14", cell.raw, because, "Đặt lại định dạng của ô, ghi lại số đúng.")
    exact = value.quantize(Decimal(1).scaleb(-places))
    asked = None if typed else _shown_otherwise(cell, value, unit, False)
    with_word = typed and bare != plain_number_text(cell.raw)
    how = "số ghi dạng chữ" if typed else ""
    return asked or Reading(exact, State.GIVEN, cell.raw, how, to_confirm=with_word)


_PLACES = 4
"""Decimals of points, as plans and rankings give them: 88,5; the index of digital transformation 0,7421."""


def read_percent_cell(cell: Cell) -> Reading:
    """Read a percentage: 0.8 under a percent format is 80, without one 0.8; never guessed by size."""
    match cell.kind:
        case CellKind.NUMBER if isinstance(cell.value, Decimal):
            value, told = _as_shown(cell.value), ""
            if is_percent_format(cell.number_format):
                told = f"ô định dạng phần trăm đang lưu {format_decimal(value)}"
                value = _AS_SHOWN.multiply(value, Decimal(100))
        case CellKind.DATE:
            return refused("DL07", cell.raw, _both_readings(cell))
        case CellKind.TEXT:
            text, told = plain_number_text(cell.raw).removesuffix("%").rstrip(), "tỷ lệ ghi dạng chữ"
            typed = parse_decimal(text)
            if typed is None and re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", text):
                typed = Decimal(text.replace(",", "."))  # no one groups a percentage by commas
            if typed is None and is_ambiguous_number(text):
                return _ambiguous(cell.raw, text)
            if typed is None:
                fix = "Nhập tỷ lệ bằng số, ví dụ 79,5."
                return refused("DL01", cell.raw, f"{quote(cell.raw)} không phải là một tỷ lệ", fix)
            value = typed
        case _:
            return refused("DL01", cell.raw, f"{quote(cell.raw)} không phải là số")
    if value < 0:
        return refused("DL02", cell.raw, f"{quote(cell.raw)} là số âm")
    return Reading(value, State.GIVEN, cell.raw, told)


def _one_group(text: str, grouping: str) -> Decimal | None:
    """The number that "1.234" is in a column that groups by that mark; None for any other text."""
    one_group = grouping and re.fullmatch(rf"[1-9][0-9]{{0,2}}{re.escape(grouping)}[0-9]{{3}}", text)
    return Decimal(text.replace(grouping, "")) if one_group else None


def _is_unit(text: str, unit: str, money: bool) -> bool:
    """Whether a word beside a number is what this field counts in."""
    word, own = key(text).strip(" ."), key(unit)
    if money:
        return word in MONEY_WORDS
    if own:
        return word == own or f" {word} " in f" {own} ".replace(",", " ").replace("  ", " ")
    return word in COUNT_WORDS


def _whole(value: Decimal, raw: str, how: str, *, to_confirm: bool = False) -> Reading:
    """A count or whole đồng of that value, unless it is negative, broken or too long."""
    if value < 0:
        return refused("DL02", raw, f"{quote(raw)} là số âm")
    if value != value.to_integral_value():
        fix = 'Nhập số nguyên, không gõ dấu chấm, dấu phẩy (gõ "1.234" thì Excel có thể hiểu là 1,234).'
        return refused("DL03", raw, f"{quote(raw)} có phần lẻ, cần số nguyên", fix)
    if value and value.adjusted() >= _MAX_DIGITS:
        return refused("DL01", raw, f"{quote(raw)} dài hơn {_MAX_DIGITS} chữ số, Excel không giữ được đủ")
    return Reading(int(value), State.GIVEN, raw, how, to_confirm=to_confirm)


def _as_shown(value: Decimal) -> Decimal:
    """The number to Excel's 15 digits: a sum that comes to 119.99999999999999 is shown, and meant, as 120."""
    return value if value == value.to_integral_value() else _AS_SHOWN.plus(value)


def _both_readings(cell: Cell) -> str:
    """What a date in a number's place may have been: the figures typed, or a number shown as a date."""
    shown = f"Excel đã hiểu con số thành ngày {cell.raw}"
    readings = []
    if isinstance(cell.value, date) and cell.value.year >= 1980:
        day, month = cell.value.day, cell.value.month
        readings.append(f'có thể đã gõ "{day}-{month}" hoặc "{day}/{month}"')
    if cell.serial is not None:
        readings.append(f"ô đang lưu số {format_decimal(_as_shown(cell.serial))}")
    return f"{shown} ({'; '.join(readings)})" if readings else shown


def _ambiguous(raw: str, text: str) -> Reading:
    digits = re.sub(r"[^0-9]", "", text)
    head, _, tail = text.replace(",", ".").rpartition(".")
    broken = f"{head.replace('.', '')},{tail}"
    return refused("DL08", raw, f"{quote(raw)} có thể là {digits} hoặc {broken}")


def _diagnosed(raw: str, text: str, money: bool) -> Reading:
    """Say what a text is that is no number: the reason its author will recognise."""
    words = key(text)
    if not re.search(r"[0-9]", words):
        return refused("DL01", raw, f"{quote(raw)} không phải là số")
    if "%" in words:
        return refused("DL10", raw, _PERCENTAGE.format(quote(raw)))
    if parse_date(words):
        return refused("DL01", raw, f"{quote(raw)} là ngày tháng, không phải là số")
    bare = re.sub(r"^[-(]\s*|\)$", "", words)
    if bare != words and parse_decimal(bare) is not None:
        return refused("DL02", raw, f"{quote(raw)} là số âm")
    if words.startswith("="):
        return refused("DL01", raw, f"{quote(raw)} là công thức gõ dưới dạng chữ, không có kết quả")
    if _APPROXIMATE.search(words):
        return refused("DL01", raw, f"{quote(raw)} là con số ước chừng, cần số nguyên chính xác")
    if multiple := _MULTIPLE.search(words):
        whole = "số đồng đầy đủ" if money else "con số đầy đủ"
        return refused("DL01", raw, f'{quote(raw)} ghi theo "{multiple[1]}", ô này cần {whole}')
    if stroke := _STROKE.fullmatch(words):  # perhaps a numerator over its total; offered, never split
        part, total = stroke[1], stroke[2]
        fix = f'Nếu là {part} trên tổng số {total}: ghi {part} vào ô "Đã thực hiện", '
        fix += f'{total} vào ô "Tổng số"; nếu không, ghi một con số nguyên.'
        return refused("DL21", raw, f"{quote(raw)} là hai số trong một ô", fix)
    if _SUM.fullmatch(words):  # what it comes to is offered, never taken
        terms = [parse_decimal(term) for term in words.split("+")]
        known = [term for term in terms if term is not None]
        comes_to = f" ({format_decimal(sum(known, Decimal(0)))})" if len(known) == len(terms) else ""
        because = f"{quote(raw)} là phép cộng gõ dưới dạng chữ, chưa có kết quả"
        return refused("DL22", raw, because, f"Ghi kết quả{comes_to} bằng một con số nguyên.")
    if re.fullmatch(rf"(?:từ )?{_NUMBER}(?:-|đến|tới) ?{_NUMBER}", words):
        return refused("DL01", raw, f"{quote(raw)} là một khoảng số, cần một con số")
    if re.fullmatch(r"[0-9][0-9.,]*e[+-]?[0-9]+", words):
        return refused("DL01", raw, f"{quote(raw)} là số ghi dạng lũy thừa (chữ e), cần đủ các chữ số")
    if _LETTER_INSIDE.search(words):
        because = f"{quote(raw)} lẫn chữ cái trong con số (chữ O với số 0, chữ l với số 1)"
        meant = words.translate(str.maketrans("oil", "011"))
        return refused("DL01", raw, because + (f", có thể là {meant}" if meant.isdigit() else ""))
    if len(re.findall(r"[0-9][0-9.,]*", words)) > 1:
        return refused("DL01", raw, f"{quote(raw)} có nhiều con số, không rõ lấy số nào")
    signs = join_names(f"“{sign}”" for sign in dict.fromkeys(re.findall(r"[^\w\s]", words)))
    what = "chữ" if any(map(str.isalpha, words)) or not signs else f"dấu {signs}"
    return refused("DL01", raw, f"{quote(raw)} có {what} kèm theo số, không chắc là số gì")
