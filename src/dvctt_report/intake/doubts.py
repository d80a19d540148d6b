"""Warnings about what was read and is used: what an officer should look at before the figures go further.

A unit's formula that adds up or counts is believed once its result is current; any other is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from dvctt_report.files.cells import Cell, CellKind, Sheet, Workbook
from dvctt_report.forms.form import COVER
from dvctt_report.forms.formulas import EXCEL_DAY_0
from dvctt_report.intake.locate import Located, Place
from dvctt_report.intake.reading import quote
from dvctt_report.intake.recompute import Calculator, Unchecked, moved, parsed, walk
from dvctt_report.intake.sheets import AnswersRead, converted_text
from dvctt_report.model import Finding, Key, State
from dvctt_report.model.codes import finding
from dvctt_report.plan.model import Prose
from dvctt_report.text.old_fonts import Converted, suspect
from dvctt_report.text.vietnamese import format_count, format_date, format_decimal, join_names, parse_decimal

if TYPE_CHECKING:
    from formualizer import ASTNode

TEXT_LIMIT = 32_767
"""Characters that a cell of Excel holds at most."""

LEAST_MONEY = 100_000
MOST_MONEY = 10**13
"""Sums in đồng outside these are likely in another unit: one return's funding is neither."""


def check_doubts(
    book: Workbook, located: Located, read: AnswersRead, period: tuple[date, date]
) -> Iterator[Finding]:
    """Yield the doubts about the cells (DL16–DL20, DL23–DL30, DL34); ``period``: its first and last day."""
    yield from check_formulas(book, located, read)
    # Sums that are likely not in đồng, by their size
    for name, spec in read.context.specs.items():
        observation = read.observations.get(name)
        amount = observation.value if observation is not None and spec.kind == "money" else None
        if observation is None or not isinstance(amount, int) or amount == 0:
            continue
        if not LEAST_MONEY <= amount < MOST_MONEY:
            size = f"{'nhỏ' if amount < LEAST_MONEY else 'lớn'} bất thường"
            message = f"số tiền {format_count(amount)} đồng {size}; đơn vị tính có đúng là đồng không"
            yield doubt(read, name, located.places[name], "DL25", message, observation.raw)
    # Counts that may be days: a date typed into a number cell is kept as Excel's number of that day
    first, last = ((date(day.year, *end) - EXCEL_DAY_0).days for day, end in zip(period, _YEAR, strict=True))
    for name, spec in read.context.specs.items():
        observation, place = read.observations.get(name), located.places[name]
        value = observation.value if observation is not None and spec.kind == "count" else None
        if observation is None or type(value) is not int or not first <= value <= last:
            continue
        if place.cell is not None and place.cell.kind is CellKind.NUMBER and not place.cell.formula:
            day = date(1899, 12, 30) + timedelta(days=value)
            message = f"số {format_count(value)} cũng là số thứ tự của ngày {format_date(day)} trong Excel"
            yield doubt(read, name, place, "DL29", message, observation.raw)
    # Small counts in a column where others lost zeros behind their dot: "1.250" became 1.25, "1.000" 1
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
            yield doubt(read, name, place, "DL34", message, read.observations[name].raw, (other,))
    yield from _texts(located, read)
    yield from _dates(located, read, period)


_YEAR = ((1, 1), (12, 31))


_PROOFS = 2
"""Broken counts in one file that tell of its computer; one may be a slip, as 12.5 people are."""
_FEW_THOUSANDS = range(1, 10)
"""What whole thousands look like then; a commune has hardly more in one cell."""


def _texts(located: Located, read: AnswersRead) -> Iterator[Finding]:
    """One finding a file for text in an old code, converted or only suspected; one a cell that's too long."""
    converted: dict[Key, Converted] = {}
    suspected: dict[Key, Converted] = {}
    for name, place in located.places.items():
        cell, spec = place.cell, read.context.specs.get(name)
        if cell is None or cell.kind is not CellKind.TEXT or spec is None:
            continue
        item = read.items.get(name.item)
        message = ""
        if len(cell.raw) >= TEXT_LIMIT:
            message = "đúng giới hạn của một ô Excel, có thể bị cắt"
            fix = "Kiểm tra phần cuối của nội dung; nếu thiếu, đề nghị đơn vị gửi phần còn lại."
        elif isinstance(item, Prose) and item.max_length < len(cell.raw):
            message = f"biểu dành cho {format_count(item.max_length)}: bản in bị cắt"
            fix = "Rút gọn nội dung, hoặc gửi phần còn lại bằng văn bản."
        if message:
            message = f"nội dung dài {format_count(len(cell.raw))} ký tự, {message}"
            yield doubt(read, name, place, "DL26", message, quote(cell.raw), fix=fix)
        observation = read.observations.get(name)
        as_it_stands = spec.kind != "text" and not (observation and observation.reading.startswith("chữ "))
        made = None if as_it_stands and observation else converted_text(cell, spec, read.context)
        if made is not None:
            converted[name] = made
        elif spec.kind == "text" and (perhaps := suspect(cell.raw)):
            suspected[name] = perhaps
    done = "đã chuyển sang Unicode"
    kept = "không phải phông của bảng mã này nên giữ nguyên như đã ghi"
    for cells, what in ((converted, done), (suspected, kept)):
        for first, made in [*cells.items()][:1]:
            place = located.places[first]
            assert place.cell is not None
            raw, font = place.cell.raw, f", phông {place.cell.font}" if place.cell.font else ""
            where = f"{len(cells)} ô" if len(cells) > 1 else "nội dung"
            message = f"{where} gõ bằng bảng mã {made.code}{font}: {quote(raw)} là {quote(made.text)}; {what}"
            others = tuple(located.places[name] for name in [*cells][1:])
            yield doubt(read, first, place, "DL20", message, raw, others)


def _dates(located: Located, read: AnswersRead, period: tuple[date, date]) -> Iterator[Finding]:
    """Days outside the period; of the signing day another year, or one that only a swap lets follow it."""
    first, last = period
    for name, place in located.places.items():
        signed = name == Key(COVER, "sent_on")
        observation = read.observations.get(name)
        day = read.submission.sent_on if signed else observation.value if observation else None
        if not isinstance(day, date):
            continue
        # The date with day and month changed over, where that is another one
        other = None if day.day > 12 or day.day == day.month else date(day.year, day.day, day.month)
        amiss = []
        for one, swapped in ((day, other), (other or day, day if other else None)):
            if signed:
                is_later = swapped is not None and swapped >= last > one
                amiss.append(one < first or one.year > last.year + 1 or is_later)
            else:
                amiss.append(not first <= one <= last)
        if not amiss[0]:
            continue
        message = f"ngày {format_date(day)} ngoài kỳ báo cáo ({format_date(first)}–{format_date(last)})"
        if other is not None and not amiss[1]:
            message += f"; nếu đảo ngày và tháng thì là {format_date(other)}"
        yield doubt(read, name, place, "DL28", message, place.cell.raw if place.cell else "")


# -------------------- What a unit's own formulas may hide: a figure made up, what is left out, an old result

_CLOSE = Fraction(1, 10**6)
"""By which share a stored result may differ from the exact one."""

_OTHER_FILE = re.compile(r"\[[^\[\]]+\]|\.xl[st][xmb]?\b|'?\w:\\", re.IGNORECASE)
_SUMS: Final = ("SUM", "SUBTOTAL", "SUMIF", "SUMIFS")
_COUNTS: Final = ("COUNT", "COUNTA", "COUNTIF", "COUNTIFS")
_DEEPEST = 20
"""Formulas below each other that are followed: a form filled from two drafts has three."""


def check_formulas(book: Workbook, located: Located, read: AnswersRead) -> Iterator[Finding]:
    """Yield what is to be asked about formulas (DL16 to DL19, DL23, DL24, DL30).

    A stated rate is the rules' to compare; a total of the form is taken from its cells anyway.
    """
    calculator = Calculator(book)
    unchecked: list[Place] = []
    own = []  # answers that a formula of the unit gives: none of the form's own, and a number that is used
    for name, place in located.places.items():
        cell, sheet, observation = place.cell, book.sheet(place.at.sheet), read.observations.get(name)
        if cell is None or sheet is None or not cell.formula or cell.kind is not CellKind.NUMBER:
            continue
        of_the_form = name.field == "rate" or name in read.sums
        if observation is not None and observation.state is State.GIVEN and not of_the_form:
            own.append((name, place, sheet, cell))
    for name, place, sheet, cell in own:
        if _OTHER_FILE.search(cell.formula):
            continue
        try:  # it may be unchecked after what was certain
            if not _is_plain(parsed(cell.formula), factors=read.context.specs[name].kind != "count"):
                said = quote("=" + cell.formula)
                message = f"con số do công thức {said} mà có, không phải cộng hoặc đếm các ô"
                yield doubt(read, name, place, "DL16", message, cell.raw)
            text = _formula_of(calculator, sheet, cell)
            sums = [p for p in walk(parsed(text)) if (p.get_function_name() or "").upper() in _SUMS]
            added = (cell for part in sums for cell in calculator.cells(sheet, part))
            texts = {(s.name, c.address): c for s, c in added if c.kind is CellKind.TEXT}
            # A sum leaves out a number that was typed as text.
            if numbers := [c for c in texts.values() if parse_decimal(c.raw) is not None]:
                listed = join_names(f"{c.address} ghi {quote(c.raw)}" for c in numbers[:5])
                message = f"công thức {quote(f'={text}')} bỏ qua số ghi dạng chữ: {listed}"
                yield doubt(read, name, place, "DL18", message, cell.raw)
            if (stale := _out_of_date(calculator, sheet, cell, text)) is not None:
                yield doubt(read, name, place, "DL23", stale, cell.raw)
        except Unchecked:
            unchecked.append(place)
    yield from _sums_of_the_form(calculator, located, read)
    for name, place in located.places.items():
        cell, observation = place.cell, read.observations.get(name)
        if observation is not None and observation.state is State.UNREADABLE:
            continue  # there is no number that could be used
        if cell is not None and cell.formula and _OTHER_FILE.search(cell.formula):
            text = quote("=" + cell.formula)
            message = f"công thức lấy số từ tệp khác ({text}); dùng con số đã lưu trong ô"
            yield doubt(read, name, place, "DL24", message, cell.raw)
    if own and book.by_hand:
        name, place, _, _ = own[0]
        message = "tệp để chế độ tính tay (Manual), kết quả công thức có thể đã cũ"
        yield doubt(read, name, place, "DL30", message, "", tuple(p for _, p, _, _ in own[1:]))
    if unchecked:
        cells = join_names(f"{p.at.sheet}!{p.at.cell}" for p in unchecked)
        message = f"chưa kiểm tra được công thức ở {len(unchecked)} ô ({cells}); dùng kết quả đã lưu"
        related = tuple(p.at for p in unchecked[1:])
        yield finding("DL19", message, "", unchecked[0].at, read.unit, related=related)


def _sums_of_the_form(calculator: Calculator, located: Located, read: AnswersRead) -> Iterator[Finding]:
    """Totals of the form whose result, stored or worked out, isn't what their cells come to."""
    for name, sources in read.sums.items():
        place, observation = located.places[name], read.observations[name]
        cell, sheet = place.cell, calculator.book.sheet(place.at.sheet)
        if cell is None or sheet is None or not cell.formula:
            continue
        is_given = observation.state is State.GIVEN
        if not cell.has_cached:
            with suppress(Unchecked):
                made = calculator.result(sheet, cell, cell.formula) if is_given else None
                if isinstance(made, Fraction) and made != observation.value:
                    message = f"công thức {quote('=' + cell.formula)} tính được {_figure(made)}, cộng các ô "
                    message += f"chi tiết được {_figure(observation.value)} (lấy số này)"
                    yield doubt(read, name, place, "DL23", message, f"={cell.formula}")
        elif cell.kind is CellKind.NUMBER and is_given and observation.value != cell.value:
            message = f"công thức đang ghi {cell.raw}, cộng các ô chi tiết được {_figure(observation.value)} "
            message += "(lấy số này): Excel chưa tính lại, hoặc bỏ qua ô số ghi dạng chữ"
            yield doubt(read, name, place, "DL23", message, cell.raw)
        elif cell.kind is CellKind.NUMBER and observation.state is State.BLANK:
            values = (read.observations[source].value for source in sources)
            if cell.value != sum(value for value in values if isinstance(value, int)):
                message = f"công thức đang ghi {cell.raw} mà ô chi tiết của nó để trống; chưa dùng số này"
                fix = "Đề nghị đơn vị ghi số vào các ô chi tiết, hoặc gõ con số đúng thay công thức."
                yield doubt(read, name, place, "DL23", message, cell.raw, fix=fix)


def _formula_of(calculator: Calculator, sheet: Sheet, cell: Cell) -> str:
    """The formula of a cell; one that it shares stands in it as in its first cell, or moved along."""
    first = next(c for c in sheet.cells.values() if c.formula == cell.formula)
    down, right = cell.row - first.row, cell.column - first.column
    if (down, right) == (0, 0):
        return cell.formula
    along = moved(cell.formula, down, right)
    return along if _is_close(calculator.result(sheet, cell, along), cell) else cell.formula


def _is_close(made: object, cell: Cell) -> bool:
    stored = Fraction(cell.value) if isinstance(cell.value, Decimal) else None
    if stored is None or not isinstance(made, Fraction):
        return False
    return abs(made - stored) <= _CLOSE * max(Fraction(1), abs(made))


def _is_plain(node: ASTNode, *, factors: bool) -> bool:
    """Whether a formula only adds up or counts; ``factors``: it may also multiply, as money by a million.

    Else only whole numbers multiply each other: "7*50" is no share of what was counted.
    """
    parts = node.children()
    if (name := (node.get_function_name() or "").upper()) in _COUNTS:
        return True
    if name:
        added = name in _SUMS or (factors and name == "ROUND")
        return added and all(_is_plain(part, factors=factors) for part in parts)
    match node.get_operator():
        case "*" if not factors:
            return all(_is_whole(part) for part in parts)
        case "/" | "%" | "^" if not factors:
            return False
        case None | "+" | "-" | "*" | "/" | "%" | "^":
            return all(_is_plain(part, factors=factors) for part in parts)
    return False


def _is_whole(node: ASTNode) -> bool:
    """Whether a part is a whole number, or a product of such."""
    if node.get_operator() == "*":
        return all(_is_whole(part) for part in node.children())
    value = node.get_literal_value()
    return isinstance(value, int | float) and value == int(value)


def _out_of_date(calculator: Calculator, sheet: Sheet, cell: Cell, text: str) -> str | None:
    """Say in which cell a stored result isn't what its formula gives; None where all agree."""
    made = calculator.result(sheet, cell, text)
    if not _is_close(made, cell):
        return f"công thức đang ghi {cell.raw}, tính lại được {_figure(made)} (đang dùng số đã lưu)"
    waiting, seen = [(sheet, text, 0)], set()  # the formulas that give numbers to it, directly or not
    while waiting:
        where, formula, depth = waiting.pop()
        for at, below in calculator.cells(where, parsed(formula)):
            place = (at.name, below.row, below.column)
            if not below.formula or below.kind is not CellKind.NUMBER or place in seen or depth >= _DEEPEST:
                continue
            seen.add(place)
            meant = _formula_of(calculator, at, below)
            again = calculator.result(at, below, meant)
            if not _is_close(again, below):
                stood = f"ô {at.name}!{below.address} mà công thức dùng đang ghi {below.raw}"
                return f"{stood}, tính lại được {_figure(again)} (đang dùng số đã lưu)"
            waiting.append((at, meant, depth + 1))
    return None


def _figure(value: object) -> str:
    if isinstance(value, Fraction):
        thousandths = Decimal(round(value * 1000)) / 1000
        return format_decimal(thousandths.normalize() if thousandths % 1 else thousandths.to_integral_value())
    return format_count(value) if isinstance(value, int) else "lỗi" if value is None else quote(str(value))


def doubt(
    read: AnswersRead,
    name: Key,
    place: Place,
    code: str,
    message: str,
    value: str,
    others: tuple[Place, ...] = (),
    fix: str | None = None,
) -> Finding:
    """The finding about one answer."""
    item = "" if name.item == COVER else name.item
    related = tuple(other.at for other in others)
    return finding(code, message, fix, place.at, read.unit, item, name.field, value, related)
