"""What a unit's own formulas may hide: a figure made up, an error, what is left out, an old result."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from dvctt_report.codes import finding
from dvctt_report.forms.form import COVER
from dvctt_report.intake.cells import Cell, CellKind, Sheet, Workbook, address, parse_range
from dvctt_report.intake.fold import Sheets
from dvctt_report.intake.locate import Located, Place
from dvctt_report.intake.reading import quote
from dvctt_report.intake.recompute import Calculator, Unchecked, moved, parsed, references, walk
from dvctt_report.model import Finding, Key, State
from dvctt_report.vietnamese import format_count, format_decimal, join_names, parse_decimal

if TYPE_CHECKING:
    from formualizer import ASTNode

_CLOSE = Fraction(1, 10**6)
"""By which share a stored result may differ from the exact one."""

_OTHER_FILE = re.compile(r"\[[^\[\]]+\]|\.xl[st][xmb]?\b|'?\w:\\", re.IGNORECASE)
_SUMS: Final = ("SUM", "SUBTOTAL", "SUMPRODUCT", "SUMIF", "SUMIFS", "AGGREGATE")
_DEEPEST = 20
"""Formulas below each other that are followed: a form filled from two drafts has three."""

_AGAIN = "Mở tệp bằng Excel, bấm F9 để tính lại, lưu rồi gửi lại; hoặc xác nhận con số đúng."


def check_formulas(book: Workbook, located: Located, read: Sheets) -> Iterator[Finding]:
    """Yield what is to be asked about formulas (DL16 to DL19, DL23, DL24, DL30).

    A stated rate is the rules' to compare; a total of the form is taken from its cells anyway.
    """
    calculator = Calculator(book)
    unchecked: list[Place] = []
    own = [*_own_formulas(book, located, read)]
    for name, place, sheet, cell in own:
        if _OTHER_FILE.search(cell.formula):
            continue
        try:
            yield from _about_formula(calculator, read, name, place, sheet, cell)
        except Unchecked:
            unchecked.append(place)
    yield from _sums_of_the_form(located, read)
    yield from _other_sums(calculator, located, read, unchecked)
    yield from _other_files(located, read)
    if own and book.by_hand:
        name, place, _, _ = own[0]
        message = "tệp để chế độ tính tay (Manual), kết quả công thức có thể đã cũ"
        yield about(read, name, place, "DL30", message, _AGAIN, "", tuple(p for _, p, _, _ in own[1:]))
    if unchecked:
        cells = join_names(f"{p.at.sheet}!{p.at.cell}" for p in unchecked)
        message = f"chưa kiểm tra được công thức ở {len(unchecked)} ô ({cells}); dùng kết quả đã lưu"
        related = tuple(p.at for p in unchecked[1:])
        yield finding("DL19", message, "", unchecked[0].at, read.unit, related=related)


def _own_formulas(book: Workbook, located: Located, read: Sheets) -> Iterator[tuple[Key, Place, Sheet, Cell]]:
    """The answers that a formula of the unit gives: none of the form's own, and a number that is used."""
    for name, place in located.places.items():
        cell, sheet, observation = place.cell, book.sheet(place.at.sheet), read.observations.get(name)
        if cell is None or sheet is None or not cell.formula or cell.kind is not CellKind.NUMBER:
            continue
        of_the_form = name.field == "rate" or name in read.sums
        if observation is not None and observation.state is State.GIVEN and not of_the_form:
            yield name, place, sheet, cell


def _sums_of_the_form(located: Located, read: Sheets) -> Iterator[Finding]:
    """Totals whose stored result is seen and isn't what their cells come to."""
    for name, sources in read.sums.items():
        place, observation = located.places[name], read.observations[name]
        cell = place.cell
        if cell is None or not cell.formula or cell.kind is not CellKind.NUMBER:
            continue
        if observation.state is State.GIVEN and observation.value != cell.value:
            message = f"công thức đang ghi {cell.raw}, cộng các ô chi tiết được {_figure(observation.value)} "
            message += "(lấy số này): Excel chưa tính lại, hoặc bỏ qua ô số ghi dạng chữ"
            yield about(read, name, place, "DL23", message, _AGAIN, cell.raw)
        elif observation.state is State.BLANK and cell.value != _given(read, sources):
            message = f"công thức đang ghi {cell.raw} mà ô chi tiết của nó để trống; chưa dùng số này"
            fix = "Đề nghị đơn vị ghi số vào các ô chi tiết, hoặc gõ con số đúng thay công thức."
            yield about(read, name, place, "DL23", message, fix, cell.raw)


def _given(read: Sheets, sources: Iterable[Key]) -> int:
    """What those of the cells come to that hold a number."""
    values = (read.observations[name].value for name in sources)
    return sum(value for value in values if isinstance(value, int))


def _other_sums(
    calculator: Calculator, located: Located, read: Sheets, unchecked: list[Place]
) -> Iterator[Finding]:
    """Totals of the form whose formula adds up other cells, and has no stored result that would show it."""
    for name, sources in read.sums.items():
        place, observation = located.places[name], read.observations[name]
        cell, sheet = place.cell, calculator.book.sheet(place.at.sheet)
        if cell is None or sheet is None or not cell.formula or cell.has_cached:
            continue
        added = _added_up(cell, place)
        own = {(at.sheet, at.cell) for at in (located.places[source].at for source in sources)}
        if _CONSTANT.search(_REFERENCE.sub("", cell.formula)):
            added = set()
        renamed = any(calculator.book.sheet(name) is None for name, _ in added)
        if observation.state is not State.GIVEN or added == own or renamed:
            continue
        try:
            made = calculator.result(sheet, cell, cell.formula)
        except Unchecked:
            unchecked.append(place)
            continue
        if made != observation.value:
            written = quote(f"={cell.formula}")
            message = f"công thức {written} tính được {_figure(made)}, cộng các ô chi tiết được "
            message += f"{_figure(observation.value)} (lấy số này)"
            yield about(read, name, place, "DL23", message, _AGAIN, f"={cell.formula}")


def _added_up(cell: Cell, place: Place) -> set[tuple[str, str]]:
    """The cells to which a formula refers, by sheet and address."""
    found: set[tuple[str, str]] = set()
    for quoted, name, ref in _REFERENCE.findall(cell.formula):
        area = parse_range(ref.replace("$", ""))
        if area is not None and area.last_row - area.first_row < _MOST_ROWS:
            sheet = quoted.replace("''", "'") or name or place.at.sheet
            found.update((sheet, address(*at)) for at in area.places())
    return found


_CONSTANT = re.compile(r"(?<![<=])[0-9]")
"""A number in a formula but the least that the form's own counts: "<3"."""
_MOST_ROWS = 400
"""Rows of a range whose cells are told one by one; no district has so many communes."""
_REFERENCE = re.compile(
    r"(?:'((?:[^']|''){1,40})'!|([\w.]{1,40})!)?(\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?)(?![\w(])"
)


def _other_files(located: Located, read: Sheets) -> Iterator[Finding]:
    for name, place in located.places.items():
        cell, observation = place.cell, read.observations.get(name)
        if observation is not None and observation.state is State.UNREADABLE:
            continue  # there is no number that could be used
        if cell is not None and cell.formula and _OTHER_FILE.search(cell.formula):
            message = (
                f"công thức lấy số từ tệp khác ({quote('=' + cell.formula)}); dùng con số đã lưu trong ô"
            )
            fix = "Kiểm tra con số; nên chép thành giá trị (Paste Values) trước khi gửi."
            yield about(read, name, place, "DL24", message, fix, cell.raw)


def _about_formula(
    calculator: Calculator, read: Sheets, name: Key, place: Place, sheet: Sheet, cell: Cell
) -> Iterator[Finding]:
    """What one formula of the unit hides. Raises Unchecked, perhaps after what was certain."""
    text = _meant(calculator, sheet, cell)
    node = parsed(text)
    written = quote(f"={text}")
    factor = _constant_factor(node) if read.context.specs[name].kind == "count" else None
    if factor is not None:
        message = f"con số suy ra từ hệ số cố định {_figure(factor)} ({written}), không phải số đã đếm"
        fix = "Ghi số đã thống kê được; nếu chưa có thì chọn “Chưa có số liệu”."
        yield about(read, name, place, "DL16", message, fix, cell.raw)
    if (hidden := _swallowed(calculator, sheet, cell, node)) is not None:
        message = f"công thức {written} che phần không tính được {quote(hidden)}, ô hiện {cell.raw}"
        yield about(read, name, place, "DL17", message, "Sửa chỗ lỗi, hoặc nhập thẳng con số đúng.", cell.raw)
    if texts := _texts_in_sums(calculator, sheet, node):
        cells = join_names(f"{c.address} ghi {quote(c.raw)}" for c in texts[:5])
        message = f"công thức {written} bỏ qua số ghi dạng chữ: {cells}"
        fix = "Nhập lại các ô đó bằng số rồi kiểm tra kết quả."
        yield about(read, name, place, "DL18", message, fix, cell.raw)
    if (stale := _out_of_date(calculator, sheet, cell, text)) is not None:
        yield about(read, name, place, "DL23", stale, _AGAIN, cell.raw)


def _meant(calculator: Calculator, sheet: Sheet, cell: Cell) -> str:
    """The formula of a cell.

    A member of a shared formula carries the text of its first cell, so a text that stands in several cells
    is read both as it stands and moved along; the one that gives the stored number is meant.
    """
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


# ------------------------------------------------------------------------------- what is hidden


def _constant_factor(node: ASTNode) -> Fraction | None:
    """A constant by which a formula multiplies or divides what it counts, no half of a SUM; None for none."""
    for part in walk(node):
        if part.get_operator() not in ("*", "/") or len(part.children()) != 2:
            continue
        left, right = part.children()
        a, b = _constant(left), _constant(right)
        if part.get_operator() == "/":
            halved = b == 2 and (left.get_function_name() or "").upper() == "SUM"
            if a is None and b not in (None, 1) and not halved:
                return b
        elif a is not None and b is not None:
            rates = [c for c in (a, b) if 0 < c < 1]
            if rates:
                return rates[0]
        elif (a if b is None else b) not in (None, 1):
            return a if b is None else b
    return None


def _constant(node: ASTNode) -> Fraction | None:
    """The number that a part without references is; None for any other."""
    value = node.get_literal_value()
    parts = [_constant(child) for child in node.children()]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Fraction(repr(value))
    match node.get_operator(), parts:
        case "%", [Fraction() as one]:
            return one / 100
        case "-", [Fraction() as one]:
            return -one
        case "+", [Fraction() as a, Fraction() as b]:
            return a + b
        case "-", [Fraction() as a, Fraction() as b]:
            return a - b
        case "*", [Fraction() as a, Fraction() as b]:
            return a * b
        case "/", [Fraction() as a, Fraction() as b] if b:
            return a / b
    return None


def _swallowed(calculator: Calculator, sheet: Sheet, cell: Cell, node: ASTNode) -> str | None:
    """The part of a formula whose error IFERROR shows as something else; None for none. Raises Unchecked."""
    for part in walk(node):
        if (part.get_function_name() or "").upper() in ("IFERROR", "IFNA"):
            inner = part.children()[0].to_formula().removeprefix("=")
            if calculator.result(sheet, cell, inner) is None:
                return inner
    return None


def _texts_in_sums(calculator: Calculator, sheet: Sheet, node: ASTNode) -> list[Cell]:
    """The numbers typed as text in what a formula adds up."""
    sums = [p for p in walk(node) if (p.get_function_name() or "").upper() in _SUMS]
    found = {}
    for part in sums:
        for reference in references(part):
            for where, cell in calculator.cells_at(sheet, reference):
                if cell.kind is CellKind.TEXT and parse_decimal(cell.raw) is not None:
                    found[where.name, cell.address] = cell
    return list(found.values())


def _out_of_date(calculator: Calculator, sheet: Sheet, cell: Cell, text: str) -> str | None:
    """Say in which cell a stored result isn't what its formula gives; None where all agree."""
    made = calculator.result(sheet, cell, text)
    if not _is_close(made, cell):
        if made is None or isinstance(made, str):
            given = quote(made) if isinstance(made, str) else "lỗi"
        else:
            given = _figure(made)
        return f"công thức đang ghi {cell.raw}, tính lại được {given} (đang dùng số đã lưu)"
    for where, below in _below(calculator, sheet, text):
        again = calculator.result(where, below, _meant(calculator, where, below))
        if not _is_close(again, below):
            stood = f"ô {where.name}!{below.address} mà công thức dùng đang ghi {below.raw}"
            return f"{stood}, tính lại được {_figure(again)} (đang dùng số đã lưu)"
    return None


def _below(calculator: Calculator, sheet: Sheet, text: str) -> Iterator[tuple[Sheet, Cell]]:
    """The formulas that give numbers to a formula, directly or through others."""
    waiting = [(sheet, text, 0)]
    seen = set()
    while waiting:
        where, formula, depth = waiting.pop()
        for at, cell in calculator.cells(where, parsed(formula)):
            known = (at.name, cell.row, cell.column)
            if cell.formula and cell.kind is CellKind.NUMBER and known not in seen and depth < _DEEPEST:
                seen.add(known)
                yield at, cell
                waiting.append((at, _meant(calculator, at, cell), depth + 1))


# ------------------------------------------------------------------------------------ findings


def _figure(value: object) -> str:
    if isinstance(value, Fraction):
        thousandths = Decimal(round(value * 1000)) / 1000
        return format_decimal(thousandths.normalize() if thousandths % 1 else thousandths.to_integral_value())
    return format_count(value) if isinstance(value, int) else "lỗi" if value is None else quote(str(value))


def about(
    read: Sheets,
    name: Key,
    place: Place,
    code: str,
    message: str,
    fix: str,
    value: str,
    others: tuple[Place, ...] = (),
) -> Finding:
    """The finding about one answer."""
    item = "" if name.item == COVER else name.item
    related = tuple(other.at for other in others)
    return finding(code, message, fix, place.at, read.unit, item, name.field, value, related)
