"""Work the formulas of a workbook out again, with formualizer, from the cells as they stand in the file.

The engine says what a formula gives, never whether a figure holds; what it can't work out is Unchecked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

from dvctt_report.files.cells import Cell, CellKind, Sheet, Workbook, column_letters, parse_range

if TYPE_CHECKING:
    import formualizer

Result: TypeAlias = Fraction | str | None
"""A number, a text, or None for an error of Excel."""

_LAST = (5_000, 200)
"""The last row and column that are worked with: the engine holds all cells up to the farthest."""
_VOLATILE = frozenset(("TODAY", "NOW", "RAND", "RANDBETWEEN", "OFFSET", "INDIRECT", "CELL", "INFO"))
_MOST_CELLS = 20_000
_LONGEST = 2_000
_MILLISECONDS = 2_000
"""For one formula; a sum over a whole form takes less than one."""
_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_ROWS = re.compile(r"\$?([0-9]{1,7}):\$?([0-9]{1,7})")
_RELATIVE = re.compile(r"\"[^\"]*\"|'[^']*'!|(?<![\w.$])(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})(?![\w(.!])")


class Unchecked(Exception):
    """A formula, or a cell it stands on, that can't be worked out here."""


class EngineNeeded(Exception):
    """A formula has to be worked out where the engine must not run."""


_engine_runs: ContextVar[bool] = ContextVar("_engine_runs", default=True)


@contextmanager
def without_engine() -> Iterator[None]:
    """Let whatever would need the engine meanwhile raise EngineNeeded."""
    before = _engine_runs.set(False)
    try:
        yield
    finally:
        _engine_runs.reset(before)


@dataclass
class Calculator:
    """The cells of one workbook, each given to the engine when a formula first refers to it."""

    book: Workbook
    engine: formualizer.Workbook | None = None
    given: set[tuple[str, int, int]] = field(default_factory=set)

    def result(self, sheet: Sheet, at: Cell, text: str) -> Result:
        """What a formula gives in the cell ``at`` for the cells as they are. Raises Unchecked."""
        node = parsed(text)
        called = (part.get_function_name() or "" for part in walk(node))
        if not _VOLATILE.isdisjoint(map(str.upper, called)):
            raise Unchecked
        for where, cell in self.cells(sheet, node):
            if cell is at:
                raise Unchecked  # a formula that stands on itself
            name = (where.name, cell.row, cell.column)
            if name in self.given:
                continue
            is_open = cell.kind is CellKind.BLANK and not cell.has_cached
            if len(self.given) >= _MOST_CELLS or is_open or cell.row > _LAST[0] or cell.column > _LAST[1]:
                raise Unchecked
            self.given.add(name)
            if cell.kind is CellKind.ERROR:
                self._engine(where.name).set_formula(*name, "=NA()")
            else:
                number = cell.value if isinstance(cell.value, Decimal) else cell.serial
                held = cell.value if isinstance(cell.value, bool) else cell.raw
                self._engine(where.name).set_value(*name, held if number is None else float(number))
        if at.row > _LAST[0] or at.column > _LAST[1]:
            raise Unchecked
        engine, place = self._engine(sheet.name), (sheet.name, at.row, at.column)
        try:  # whatever goes wrong in the engine is no verdict about the formula
            engine.set_formula(*place, f"={text}")
            made = engine.evaluate_cell(*place)
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException as fault:  # a panic of the engine is no Exception
            raise Unchecked from fault
        finally:
            engine.set_value(*place, None)
            self.given.discard(place)
        match made:
            case bool() | None:
                return Fraction(int(made or 0))
            case int() | float():
                return Fraction(repr(made))
            case str():
                return made
            case {"type": "Error", "kind": kind} if kind not in _OWN_FAULTS:
                return None
        raise Unchecked

    def cells(self, sheet: Sheet, node: formualizer.ASTNode) -> Iterator[tuple[Sheet, Cell]]:
        """Yield the cells that a formula refers to and that hold something. Raises Unchecked."""
        for reference in (text for part in walk(node) if (text := part.get_reference_string())):
            name, _, place = reference.rpartition("!")
            where = self.book.sheet(name.strip("'").replace("''", "'")) if name else sheet
            # Whole columns and rows reach as far as is worked with.
            if columns := _COLUMNS.fullmatch(place):
                place = f"{columns[1]}1:{columns[2]}1048576"
            elif rows := _ROWS.fullmatch(place):
                place = f"A{rows[1]}:GR{rows[2]}"
            area = parse_range(place)
            if where is None or area is None or area.last_column - area.first_column > _LAST[1]:
                raise Unchecked
            for at in sorted(p for p in where.cells if area.holds(*p)):
                yield where, where.cells[at]

    def _engine(self, sheet: str) -> formualizer.Workbook:
        if self.engine is None:
            from formualizer import EvaluationConfig, WorkbookConfig
            from formualizer import Workbook as Engine

            limits = EvaluationConfig()
            limits.enable_parallel = False
            limits.max_eval_time_ms = _MILLISECONDS
            self.engine = Engine(config=WorkbookConfig(eval_config=limits))
        self.engine.add_sheet(sheet)
        return self.engine


def parsed(text: str) -> formualizer.ASTNode:
    """The parts of a formula. Raises Unchecked; EngineNeeded where the engine must not run."""
    if not _engine_runs.get():
        raise EngineNeeded
    from formualizer import ParserError, TokenizerError, parse

    if len(text) > _LONGEST or "[" in text:
        raise Unchecked
    try:
        return parse(f"={text}")
    except (ParserError, TokenizerError, ValueError) as fault:
        raise Unchecked from fault


def walk(node: formualizer.ASTNode) -> Iterator[formualizer.ASTNode]:
    """Yield a part of a formula and all parts of it."""
    yield node
    for child in node.children():
        yield from walk(child)


def moved(text: str, down: int, right: int) -> str:
    """A formula with its relative references moved, as a member of a shared formula means them."""

    def move(match: re.Match[str]) -> str:
        if match[2] is None:
            return match[0]
        area = parse_range(match[2] + match[4])
        assert area is not None
        row = area.first_row + (0 if match[3] else down)
        column = area.first_column + (0 if match[1] else right)
        if row < 1 or column < 1:
            return "#REF!"
        return f"{match[1]}{column_letters(column)}{match[3]}{row}"

    return _RELATIVE.sub(move, text)


_OWN_FAULTS: Final = ("Error", "Name", "NImpl", "Cancelled")
"""Errors by which the engine says that it doesn't know a formula, which Excel perhaps does."""
