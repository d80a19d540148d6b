"""Warnings about what was read and is used: what an officer should look at before the figures go further."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from dvctt_report.files.cells import CellKind, Workbook
from dvctt_report.files.formats import serial_of
from dvctt_report.forms.form import COVER
from dvctt_report.intake.computed import about, check_formulas
from dvctt_report.intake.context import converted_text
from dvctt_report.intake.fold import Sheets
from dvctt_report.intake.locate import Located
from dvctt_report.intake.reading import quote
from dvctt_report.model import Finding, Key
from dvctt_report.model.codes import CODES
from dvctt_report.plan.model import Prose
from dvctt_report.text.old_fonts import Converted, suspect
from dvctt_report.text.vietnamese import format_count, format_date

TEXT_LIMIT = 32_767
"""Characters that a cell of Excel holds at most."""

LEAST_MONEY = 100_000
MOST_MONEY = 10**13
"""Sums in đồng outside these are likely in another unit: one return's funding is neither."""


def check_doubts(
    book: Workbook, located: Located, read: Sheets, period: tuple[date, date]
) -> Iterator[Finding]:
    """Yield the doubts about the cells (DL16–DL20, DL23–DL30, DL34); ``period``: its first and last day."""
    yield from check_formulas(book, located, read)
    # Sums that are likely not in đồng, by their size
    for name, spec in read.context.specs.items():
        place, observation = located.places[name], read.observations.get(name)
        amount = observation.value if observation is not None and spec.kind == "money" else None
        if observation is None or not isinstance(amount, int) or amount == 0:
            continue
        if LEAST_MONEY <= amount < MOST_MONEY:
            continue
        size = "nhỏ" if amount < LEAST_MONEY else "lớn"
        message = f"số tiền {format_count(amount)} đồng {size} bất thường; đơn vị tính có đúng là đồng không"
        fix = "Xác nhận số tiền, hoặc ghi lại đủ số theo đồng."
        yield about(read, name, place, "DL25", message, fix, observation.raw)
    yield from _serials(located, read, period)
    yield from _lost_thousands(located, read)
    yield from _texts(located, read)
    yield from _dates(located, read, period)


def _serials(located: Located, read: Sheets, period: tuple[date, date]) -> Iterator[Finding]:
    """Counts that may be days: a date typed into a number cell is kept as Excel's number of that day."""
    first, last = (int(serial_of(date(day.year, *end))) for day, end in zip(period, _YEAR, strict=True))
    for name, spec in read.context.specs.items():
        observation = read.observations.get(name)
        value = observation.value if observation is not None and spec.kind == "count" else None
        if observation is None or type(value) is not int or not first <= value <= last:
            continue
        place = located.places[name]
        if place.cell is None or place.cell.kind is not CellKind.NUMBER or place.cell.formula:
            continue
        day = date(1899, 12, 30) + timedelta(days=value)
        message = f"số {format_count(value)} cũng là số thứ tự của ngày {format_date(day)} trong Excel"
        fix = "Nếu ô này đã gõ một ngày tháng thì ghi lại con số; nếu đúng là số lượng thì xác nhận."
        yield about(read, name, place, "DL29", message, fix, observation.raw)


_YEAR = ((1, 1), (12, 31))


def _lost_thousands(located: Located, read: Sheets) -> Iterator[Finding]:
    """Small counts in a column where others lost zeros behind their dot: "1.250" became 1.25, "1.000" 1."""
    typed = {
        name: (located.places[name], cell.value)
        for name, spec in read.context.specs.items()
        if spec.kind == "count"
        and (cell := located.places[name].cell) is not None
        and isinstance(cell.value, Decimal)
        and not (cell.formula or "%" in cell.number_format)
    }
    lost = [place for place, value in typed.values() if value % 1 and value * 1000 % 1 == 0]
    example = {place.column: place for place in reversed(lost)} if len(lost) >= _PROOFS else {}
    for name, (place, value) in typed.items():
        other = example.get(place.column)
        if other is not None and other.cell is not None and value in _FEW_THOUSANDS:
            message = f"số {value} ở cùng cột với {quote(other.cell.raw)} (ô {other.at.cell}): có thể đã gõ"
            message += f' "{value}.000" mà Excel hiểu dấu chấm là dấu thập phân'
            fix = CODES["DL34"].fix
            yield about(read, name, place, "DL34", message, fix, read.observations[name].raw, (other,))


_PROOFS = 2
"""Broken counts in one file that tell of its computer; one may be a slip, as 12.5 people are."""
_FEW_THOUSANDS = range(1, 10)
"""What whole thousands look like then; a commune has hardly more in one cell."""


def _texts(located: Located, read: Sheets) -> Iterator[Finding]:
    """One finding a file for text in an old code, converted or only suspected; one a cell that's too long."""
    converted: dict[Key, Converted] = {}
    suspected: dict[Key, Converted] = {}
    for name, place in located.places.items():
        cell, spec = place.cell, read.context.specs.get(name)
        if cell is None or cell.kind is not CellKind.TEXT or spec is None:
            continue
        item = read.items.get(name.item)
        if isinstance(item, Prose) and item.max_length < len(cell.raw) < TEXT_LIMIT:
            length = format_count(len(cell.raw))
            message = (
                f"nội dung dài {length} ký tự, biểu dành cho {format_count(item.max_length)}: bản in bị cắt"
            )
            fix = "Rút gọn nội dung, hoặc gửi phần còn lại bằng văn bản."
            yield about(read, name, place, "DL26", message, fix, quote(cell.raw))
        if len(cell.raw) >= TEXT_LIMIT:
            length = format_count(len(cell.raw))
            message = f"nội dung dài {length} ký tự, đúng giới hạn của một ô Excel, có thể bị cắt"
            fix = "Kiểm tra phần cuối của nội dung; nếu thiếu, đề nghị đơn vị gửi phần còn lại."
            yield about(read, name, place, "DL26", message, fix, quote(cell.raw))
        observation = read.observations.get(name)
        as_it_stands = spec.kind != "text" and not (observation and observation.reading.startswith("chữ "))
        made = None if as_it_stands and observation else converted_text(cell, spec, read.context)
        if made is not None:
            converted[name] = made
        elif spec.kind == "text" and (perhaps := suspect(cell.raw)):
            suspected[name] = perhaps
    done = "đã chuyển sang Unicode"
    kept = "không phải phông của bảng mã này nên giữ nguyên như đã ghi"
    fix = "Xem lại chữ đã chuyển; đề nghị đơn vị dùng phông Unicode (Times New Roman)."
    for cells, what in ((converted, done), (suspected, kept)):
        for first, made in [*cells.items()][:1]:
            place = located.places[first]
            assert place.cell is not None
            raw, font = place.cell.raw, f", phông {place.cell.font}" if place.cell.font else ""
            where = f"{len(cells)} ô" if len(cells) > 1 else "nội dung"
            message = f"{where} gõ bằng bảng mã {made.code}{font}: {quote(raw)} là {quote(made.text)}; {what}"
            others = tuple(located.places[name] for name in [*cells][1:])
            yield about(read, first, place, "DL20", message, fix, raw, others)


def _dates(located: Located, read: Sheets, period: tuple[date, date]) -> Iterator[Finding]:
    """Days outside the period; of the signing day another year, or one that only a swap lets follow it."""
    first, last = period

    def swapped(day: date) -> date | None:
        """The date with day and month changed over; None where that is none, or the same."""
        return None if day.day > 12 or day.day == day.month else date(day.year, day.day, day.month)

    def amiss(day: date, signed: bool) -> bool:
        other = swapped(day)
        if signed:
            return day < first or day.year > last.year + 1 or (other is not None and other >= last > day)
        return not first <= day <= last

    for name, place in located.places.items():
        signed = name == Key(COVER, "sent_on")
        observation = read.observations.get(name)
        day = read.submission.sent_on if signed else observation.value if observation else None
        if not isinstance(day, date) or not amiss(day, signed):
            continue
        message = f"ngày {format_date(day)} ngoài kỳ báo cáo ({format_date(first)}–{format_date(last)})"
        other = swapped(day)
        if other is not None and not amiss(other, signed):
            message += f"; nếu đảo ngày và tháng thì là {format_date(other)}"
        fix = "Kiểm tra lại ngày, tháng, năm."
        yield about(read, name, place, "DL28", message, fix, place.cell.raw if place.cell else "")
