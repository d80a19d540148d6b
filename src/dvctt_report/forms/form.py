"""What stands in one unit's form: sheets, tables, rows, columns. Where it stands is ``layout``'s business.

A form is built from the items the unit is asked and nothing else, in one of three shapes (standard,
district, commune) that its group names. Writer and reader build the same Form from the same plan, so
a key written into the hidden column means the same when the file comes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from dvctt_report.model import Key
from dvctt_report.model.period import Period
from dvctt_report.text.vietnamese import key

FORM_VERSION = "1"
NUMBERED = {
    "01-A": "01-A số liệu",
    "01-B": "01-B có không",
    "02": "02 hoạt động",
    "03": "03 hồ sơ TTHC",
    "04": "04 hài lòng",
    "05-A": "05-A nhiệm vụ, kinh phí",
    "05-B": "05-B đánh giá, kiến nghị",
}
"""The names of the numbered sheets, by their numbers."""


class Role(StrEnum):
    """What a column is for: printed text, an answer, a state chosen from a list, or a formula."""

    LABEL = "label"
    ANSWER = "answer"
    STATUS = "status"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``key`` stands in the hidden marker row: the field, or ``item:field`` where rows are parts.

    ``span`` counts grid columns.
    """

    key: str
    header: str
    role: Role = Role.ANSWER
    span: int = 1
    group: str = ""


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of a table. ``key`` stands in the hidden column; ``closed`` names columns not asked here.

    ``labels`` fill the LABEL columns in order. ``inserted``: a line that the unit added to a list, which
    comes back without its key as it came.
    """

    key: str
    labels: tuple[str, ...]
    closed: frozenset[str] = frozenset()
    inserted: bool = False


@dataclass(frozen=True)
class FormTable:
    """A block of rows under one header. ``id`` stands in the marker row after ``#``.

    A form that many units are asked has one and the same table for all of them (``build``), so what follows
    from a table is found once.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[FormRow, ...]
    numbered: bool = False
    total_row: bool = False
    note: str = ""
    bare: bool = False

    @cached_property
    def closed(self) -> Mapping[str, frozenset[str]]:
        """The columns that are not asked in each row, by their keys."""
        return {row.key: row.closed for row in self.rows}

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The keys of the columns in which something is answered."""
        return tuple(c.key for c in self.columns if c.role is not Role.LABEL)

    @cached_property
    def labels(self) -> frozenset[str]:
        """What is printed in its rows, as keys."""
        return frozenset(key(text) for row in self.rows for text in row.labels)

    @cached_property
    def prints(self) -> frozenset[str]:
        """What is printed in its rows and over its columns, and what they are called, as keys."""
        names = (text for c in self.columns for text in (c.header, c.group, c.key))
        return self.labels.union(key(text) for text in (*names, *(row.key for row in self.rows)) if text)


@dataclass(frozen=True)
class FormSheet:
    """A worksheet: ``grid`` gives its column widths in characters, tables stand one below the other."""

    name: str
    title: str
    grid: tuple[float, ...]
    tables: tuple[FormTable, ...]
    landscape: bool = False
    notes: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.name, self.title, self.tables, self.notes))


@dataclass(frozen=True, slots=True)
class Form:
    """One unit's form for one year."""

    unit: str
    period: Period
    sheets: tuple[FormSheet, ...]


COVER = "_"
"""The item code of what is asked about the return itself (contact, document, signature)."""

LIST = "list."
"""How the ids of tables begin whose rows are the lines of a list, which a unit may add to."""

VALUE = "value"
"""The key of the one answer column of tables whose rows name the field themselves."""


@lru_cache(maxsize=16_384)
def key_of(row: str, column: str) -> Key:
    """Return what the cell under ``column`` in the row keyed ``row`` answers.

    ``@Part`` × ``ITEM:field``; ``ITEM:field`` × ``value``; ``ITEM/3`` × ``field``; ``ITEM`` × ``field``.
    """
    if row.startswith("@"):
        item, _, field = column.partition(":")
        return Key(item, field, row[1:])
    if ":" in row:
        item, _, field = row.partition(":")
        return Key(item, field if column == VALUE else column)
    item, _, line = row.partition("/")
    return Key(item, column, line)


def answer_tables(form: Form) -> dict[str, FormTable]:
    """The tables of a form in which something is answered, by id."""
    return {
        t.id: t for s in form.sheets for t in s.tables if any(c.role is not Role.LABEL for c in t.columns)
    }


def format_sheet(title: str) -> str:
    """Name a sheet as people do: "Biểu 01-A" for "01-A số liệu"; one of another name than issued by it."""
    number = title.partition(" ")[0]
    issued = (key(number), key(NUMBERED[number])) if number in NUMBERED else ()
    return f"Biểu {number}" if key(title) in issued else title
