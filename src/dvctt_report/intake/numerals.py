"""Read counts, sums of money and percentages: what can be read in one way only, else why it cannot."""

from __future__ import annotations

import re
from datetime import date
from decimal import Context, Decimal

from dvctt_report.files.cells import Cell, CellKind
from dvctt_report.files.formats import is_percent_format, written_beside
from dvctt_report.intake.reading import Reading, quote, refused
from dvctt_report.model import State
from dvctt_report.text.vietnamese import (
    format_decimal,
    is_ambiguous_number,
    join_names,
    key,
    parse_date,
    parse_decimal,
    plain_number_text,
)

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
_LETTER_INSIDE = re.compile(r"[0-9][oil]|[oil][0-9]")


def read_number_cell(cell: Cell, *, unit: str, money: bool, grouping: str) -> Reading:
    """Read a count, or whole đồng, from a cell that holds something.

    Problems: DL01 no number, DL02 negative, DL03 not whole, DL07 a date, DL08 ambiguous group of three,
    DL10 a percentage, DL14 shown as something else, DL21 two numbers with a stroke, DL22 a sum not worked
    out. Words for "no number" are the caller's, before.
    """
    match cell.kind:
        case CellKind.NUMBER if isinstance(cell.value, Decimal):
            if "%" in cell.number_format:
                return _percentage(cell.raw)
            number = _as_shown(cell.value)
            told = f"số lẻ do máy tính {format_decimal(cell.value)}" if number != cell.value else ""
            read = _whole(number, cell.raw, told)
            beside = written_beside(cell.number_format, int(cell.value.compare(0)))
            as_itself = beside is not None and (not beside or _is_unit(beside, unit, money))
            if read.problem or as_itself:
                return read
            how = f"kèm “{beside}”" if beside else "khác con số đó" if cell.value else "trống"
            number_format = f"(định dạng {quote(cell.number_format)})"
            because = f"ô đang lưu số {format_decimal(cell.value)} nhưng hiện {how} {number_format}"
            return refused("DL14", cell.raw, because)
        case CellKind.DATE:
            return refused("DL07", cell.raw, _both_readings(cell))
        case CellKind.TEXT:
            return _count_from_text(cell.raw, unit, money, grouping)
    return refused("DL01", cell.raw, f"{quote(cell.raw)} không phải là số")


def read_percent_cell(cell: Cell) -> Reading:
    """Read a percentage: 0.8 under a percent format is 80, without one 0.8; never guessed by size."""
    match cell.kind:
        case CellKind.NUMBER if isinstance(cell.value, Decimal):
            stored = _as_shown(cell.value)
            if not is_percent_format(cell.number_format):
                return _not_negative(stored, cell.raw, "")
            told = f"ô định dạng phần trăm đang lưu {format_decimal(stored)}"
            return _not_negative(_AS_SHOWN.multiply(stored, Decimal(100)), cell.raw, told)
        case CellKind.DATE:
            return refused("DL07", cell.raw, _both_readings(cell))
        case CellKind.TEXT:
            raw, text = cell.raw, plain_number_text(cell.raw).removesuffix("%").rstrip()
            value = parse_decimal(text)
            if value is None and re.fullmatch(r"[1-9][0-9]{0,2},[0-9]{3}", text):
                value = Decimal(text.replace(",", "."))  # no one groups a percentage by commas
            if value is not None:
                return _not_negative(value, raw, "tỷ lệ ghi dạng chữ")
            if is_ambiguous_number(text):
                return _ambiguous(raw, text)
            fix = "Nhập tỷ lệ bằng số, ví dụ 79,5."
            return refused("DL01", raw, f"{quote(raw)} không phải là một tỷ lệ", fix)
    return refused("DL01", cell.raw, f"{quote(cell.raw)} không phải là số")


def _count_from_text(raw: str, unit: str, money: bool, grouping: str) -> Reading:
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


def _not_negative(value: Decimal, raw: str, reading: str) -> Reading:
    if value < 0:
        return refused("DL02", raw, f"{quote(raw)} là số âm")
    return Reading(value, State.GIVEN, raw, reading)


def _as_shown(value: Decimal) -> Decimal:
    """The number to Excel's 15 digits: a sum that comes to 119.99999999999999 is shown, and meant, as 120."""
    return value if value == value.to_integral_value() else _AS_SHOWN.plus(value)


def _both_readings(cell: Cell) -> str:
    """What a date in a number's place may have been: the figures typed, or a number shown as a date."""
    shown = f"Excel đã hiểu con số thành ngày {cell.raw}"
    readings = []
    if isinstance(cell.value, date) and cell.value.year >= 1980:
        readings.append(
            f'có thể đã gõ "{cell.value.day}-{cell.value.month}" hoặc "{cell.value.day}/{cell.value.month}"'
        )
    if cell.serial is not None:
        readings.append(f"ô đang lưu số {format_decimal(_as_shown(cell.serial))}")
    return f"{shown} ({'; '.join(readings)})" if readings else shown


def _ambiguous(raw: str, text: str) -> Reading:
    digits = re.sub(r"[^0-9]", "", text)
    head, _, tail = text.replace(",", ".").rpartition(".")
    broken = f"{head.replace('.', '')},{tail}"
    return refused("DL08", raw, f"{quote(raw)} có thể là {digits} hoặc {broken}")


def _percentage(raw: str) -> Reading:
    return refused("DL10", raw, f"{quote(raw)} là tỷ lệ phần trăm, ô này cần số lượng")


def _diagnosed(raw: str, text: str, money: bool) -> Reading:
    """Say what a text is that is no number: the reason its author will recognise."""
    words = key(text)
    if not re.search(r"[0-9]", words):
        return refused("DL01", raw, f"{quote(raw)} không phải là số")
    if "%" in words:
        return _percentage(raw)
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
    if found := _STROKE.fullmatch(words):  # perhaps a numerator over its total; offered, never split
        part, total = found[1], found[2]
        fix = (
            f'Nếu là {part} trên tổng số {total}: ghi {part} vào ô "Đã thực hiện", {total} vào ô "Tổng số"; '
        )
        fix += "nếu không, ghi một con số nguyên."
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
