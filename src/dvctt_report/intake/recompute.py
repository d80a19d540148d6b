"""Work out again the few formulas that totals and rates are made of, to tell a result that is out of date.

Knows + - * /, SUM, COUNT, ROUND, IF with one comparison, IFERROR; anything else is left alone, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from dvctt_report.intake.cells import Cell, CellKind, Range, Sheet, Workbook, parse_range

Result: TypeAlias = Fraction | str
"""A number, or the text that a formula shows instead of one."""

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"[^"]*")|(?P<number>\d+(?:\.\d+)?(?![\w!]))
    |(?P<ref>(?:(?:'(?:[^']|'')+'|[\w.]+)!)?\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?(?![\w(]))
    |(?P<name>[A-Za-z]+)(?=\()|(?P<sign><=|>=|<>|[-+*/(),<>=]))""",
    re.VERBOSE,
)
_ONE = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})")
_MOST_CELLS = 10_000
_MOST_TOKENS = 300
_DEEPEST = 20
_MOST_PLACES = 15


class NotSimple(Exception):
    """A formula, or a cell it stands on, that is not worked out here."""


@dataclass
class Formula:
    """A formula being worked out: its tokens, the last first, and how many cells it has met.

    ``shift``: by how many rows and columns its relative references are moved.
    """

    book: Workbook
    sheet: Sheet
    text: str
    shift: tuple[int, int] = (0, 0)
    n_cells: int = 0
    tokens: list[tuple[str, str]] = field(default_factory=list)
    depth: int = 0

    def result(self) -> Result:
        """What the formula gives for the cells as they are. Raises NotSimple."""
        self.tokens = [*_tokens(self.text)][::-1]
        if len(self.tokens) > _MOST_TOKENS:
            raise NotSimple
        made = self._compared()
        if self.tokens:
            raise NotSimple
        return made

    def _next(self) -> tuple[str, str]:
        return self.tokens[-1] if self.tokens else ("", "")

    def _take(self, sign: str) -> bool:
        if self._next() != ("sign", sign):
            return False
        self.tokens.pop()
        return True

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            raise NotSimple

    def _compared(self) -> Result:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise NotSimple
        left: Result = self._sum()
        kind, sign = self._next()
        if kind == "sign" and sign in ("<", ">", "=", "<=", ">=", "<>"):
            self.tokens.pop()
            a, b = _number(left), _number(self._sum())
            holds = {"<": a < b, ">": a > b, "=": a == b, "<=": a <= b, ">=": a >= b, "<>": a != b}[sign]
            left = Fraction(int(holds))
        self.depth -= 1
        return left

    def _sum(self) -> Result:
        left = self._product()
        while self._next() in (("sign", "+"), ("sign", "-")):
            factor = 1 if self.tokens.pop()[1] == "+" else -1
            left = _number(left) + factor * _number(self._product())
        return left

    def _product(self) -> Result:
        left = self._factor()
        while self._next() in (("sign", "*"), ("sign", "/")):
            divides = self.tokens.pop()[1] == "/"
            right = _number(self._factor())
            if divides and not right:
                raise NotSimple
            left = _number(left) / right if divides else _number(left) * right
        return left

    def _factor(self) -> Result:
        if not self.tokens:
            raise NotSimple
        kind, text = self.tokens.pop()
        match kind, text:
            case "text", _:
                return text[1:-1]
            case "number", _:
                return Fraction(text)
            case "ref", _ if ":" not in text:
                (cell,) = self._cells(text)
                return Fraction(0) if cell is None else _value(cell)
            case "name", _:
                self._need("(")
                return self._call(text.upper())
            case "sign", "-":
                return -_number(self._factor())
            case "sign", "(":
                inner = self._compared()
                self._need(")")
                return inner
        raise NotSimple

    def _call(self, name: str) -> Result:
        if name in ("SUM", "COUNT"):
            numbers = [*self._listed()]
            return sum(numbers, Fraction(0)) if name == "SUM" else Fraction(len(numbers))
        if name not in ("IF", "ROUND", "IFERROR"):
            raise NotSimple
        arguments = [self._compared()]
        while self._take(","):
            # The branch not taken may divide by zero; then the whole is left alone, which says nothing wrong.
            arguments.append(self._compared())
        self._need(")")
        if name == "IF" and len(arguments) == 3:
            return arguments[1] if _number(arguments[0]) else arguments[2]
        if name == "ROUND" and len(arguments) == 2:
            return _rounded(_number(arguments[0]), int(_number(arguments[1])))
        if name == "IFERROR" and len(arguments) == 2:
            return arguments[0]
        raise NotSimple

    def _listed(self) -> Iterator[Fraction]:
        """The numbers among the arguments of SUM and COUNT; text in cells counts for nothing."""
        while True:
            if self._next()[0] == "ref":
                for cell in self._cells(self.tokens.pop()[1]):
                    if cell is not None and cell.kind not in (CellKind.TEXT, CellKind.BOOL):
                        value = _value(cell)
                        if isinstance(value, Fraction):
                            yield value
            else:
                yield _number(self._compared())
            if not self._take(","):
                break
        self._need(")")

    def _cells(self, ref: str) -> Iterator[Cell | None]:
        name, _, address = ref.rpartition("!")
        name = name.strip("'").replace("''", "'") if name else self.sheet.name
        sheet = self.book.sheet(name)
        area = self._area(address)
        if sheet is None or area is None:
            raise NotSimple
        size = (area.last_row - area.first_row + 1) * (area.last_column - area.first_column + 1)
        self.n_cells += size
        if self.n_cells > _MOST_CELLS:
            raise NotSimple
        for place in area.places():
            yield sheet.cell(*place)

    def _area(self, ref: str) -> Range | None:
        """The range meant; a member of a shared formula means the first cell's range, moved with it."""
        area = parse_range(ref)
        if area is None or self.shift == (0, 0):
            return area
        down, right = self.shift
        ends = _ONE.findall(ref)
        (row1, column1), (row2, column2) = (
            (0 if end[2] else down, 0 if end[0] else right) for end in (ends[0], ends[-1])
        )
        return Range(
            area.first_row + row1,
            area.first_column + column1,
            area.last_row + row2,
            area.last_column + column2,
        )


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None or len(text) > 2000:
            raise NotSimple
        yield match.lastgroup, match[match.lastgroup]
        at = match.end()


def _value(cell: Cell) -> Result:
    """A cell's number, or "" where a formula in it shows nothing."""
    if isinstance(cell.value, Decimal) and cell.kind is CellKind.NUMBER:
        return Fraction(cell.value)
    if cell.kind is CellKind.DATE and cell.serial is not None:
        return Fraction(cell.serial)
    if cell.kind is CellKind.BLANK and cell.has_cached:
        return ""
    raise NotSimple


def _number(value: Result) -> Fraction:
    if isinstance(value, str):
        raise NotSimple
    return value


def _rounded(value: Fraction, places: int) -> Fraction:
    """Round half away from zero, as Excel does."""
    if abs(places) > _MOST_PLACES:
        raise NotSimple
    scale = Fraction(10) ** places
    whole = int(abs(value) * scale + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole) / scale
