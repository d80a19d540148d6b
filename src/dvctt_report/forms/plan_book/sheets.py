"""The sheets of the workbook: ``sheets.toml`` says what they are called, the models what their cells hold."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin

from dvctt_report.forms.plan_book import codecs
from dvctt_report.forms.plan_book.codecs import TEXT, Codec
from dvctt_report.plan import items, model, roster
from dvctt_report.plan.items import FieldSpec, Frozen
from dvctt_report.plan.model import Group, Item
from dvctt_report.plan.roster import matcher
from dvctt_report.text.opening import read_text
from dvctt_report.text.resources import PACKAGE

PLAN, UNITS, PHRASES = "plan.toml", "units.toml", "phrases.toml"
ABOVE, EARLIER = "above", "earlier"
MEANS = "IF($"
"""How the formulas begin that show, in a blank cell, what it means."""


@dataclass(frozen=True, slots=True)
class BookColumn:
    """A column of a sheet, or a row of the first one.

    field: the record's own, dotted.
    width: in characters.
    typed: by an officer, or not.
    seldom: few plans need it; it is folded away behind the "+" above it.
    blank: what a cell means that was left blank in a row with something in it: the one ABOVE, or that of
    another column of its row; EARLIER: the level of an earlier year holds; "" where it means nothing.
    """

    field: str
    header: str
    codec: Codec = TEXT
    width: float = 16
    typed: bool = True
    seldom: bool = False
    blank: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BookTable:
    """A sheet with a record a row. ``file``, ``path``: where the records stand.

    kinds: of the plan's items those of these kinds; the only one is not a column.
    """

    title: str
    file: str
    path: str
    introduction: str
    columns: tuple[BookColumn, ...]
    kinds: tuple[str, ...] = ()


ORDER = "order"
"""The column that says where an item stands among all items of the plan."""
_RECORDS: Final[dict[str, tuple[type[Frozen], ...]]] = {
    "items": (
        *(items.Target, items.Topic, items.Channel, items.Funding, items.Task),
        *(items.Dossier, items.Survey, items.Prose, items.Listing),
    ),
    "measures": (FieldSpec,),
    "units": (roster.Unit,),
    "groups": (roster.Group,),
    "changes": (roster.RosterChange,),
    "assumptions": (roster.Assumption,),
    "legal_basis": (model.PlanDocument,),
    "scopes": (model.Scope,),
    "sections": (items.PlanSection,),
    "corrections": (model.Correction,),
}
"""What the records of a table may be, by its path."""
_BY_TYPE: Final = {int: codecs.WHOLE, bool: codecs.MARK, date: codecs.DAY, tuple: codecs.LINES}


def _column(models: tuple[type[Frozen], ...], said: dict[str, Any]) -> BookColumn:
    """The column of a value of ``models``: its codec is that of its type, unless it is said."""
    named, choices = said.pop("codec", ""), said.pop("words", None)
    codec = TEXT
    if choices:
        codec = codecs.words({"": ""} | choices)
    elif named:
        codec = getattr(codecs, named.upper())
    elif said["field"] == ORDER:
        codec = codecs.WHOLE
    else:
        types: list[Any] = []
        for step in said["field"].split("."):
            of = [one.model_fields[step].annotation for one in models if step in one.model_fields]
            types = [kind for one in of for kind in (get_args(one) if get_origin(one) in _UNIONS else (one,))]
            models = tuple(kind for kind in types if isinstance(kind, type) and issubclass(kind, Frozen))
        kinds = (get_origin(one) or one for one in types)
        codec = next((_BY_TYPE[kind] for kind in kinds if kind in _BY_TYPE), TEXT)
    return BookColumn(codec=codec, **said)


_UNIONS = (Union, UnionType)
_SAID = tomllib.loads(read_text(PACKAGE / "forms" / "plan_book" / "sheets.toml"))
INFO = tuple(_column((model.Plan,), said) for said in _SAID["info"])
"""The rows of the first sheet: one value of the plan each."""
TABLES = tuple(
    BookTable(
        **said
        | {
            "columns": tuple(_column(_RECORDS[said["path"]], column) for column in said["columns"]),
            "kinds": tuple(said.get("kinds", ())),
        }
    )
    for said in _SAID["sheet"]
)
"""Every sheet with a record a row, in the order in which they are read."""
TARGETS, FIELDS = (
    next(table for table in TABLES if table.title == title) for title in ("Chỉ tiêu", "Số liệu hỏi")
)
INFO_TITLE, MATRIX_TITLE, WORDS_TITLE, PHRASES_TITLE = _SAID["introductions"]
INTRODUCTIONS: dict[str, str] = _SAID["introductions"] | {table.title: table.introduction for table in TABLES}
ORDER_OF_SHEETS: list[str] = _SAID["order"]
WORD_COLUMNS = tuple(BookColumn(name, header, TEXT, 30) for name, header in _SAID["words"].items())


MARK = "x"


def rows_of(groups: Sequence[Group], items: Sequence[Item]) -> list[str]:
    """Return the codes and beginnings of codes that any group answers, in the order of the items.

    An item that nobody answers has a row of its own, without a mark.
    """
    codes = [item.code for item in items]
    used = dict.fromkeys(pattern for group in groups for pattern in group.own)
    answered = matcher(*used)
    used |= dict.fromkeys(
        item.code
        for item in items
        if not answered(item.code)
        and item.kind != "task"
        and not (getattr(item, "same_as", "") or getattr(item, "authority", ""))
    )
    first = {p: next((n for n, said in enumerate(map(matcher(p), codes)) if said), len(codes)) for p in used}
    return sorted(used, key=lambda pattern: first[pattern])


def ask_as_above(
    groups: Sequence[dict[str, Any]], items: Sequence[Mapping[str, Any]], rows: Sequence[str]
) -> None:
    """Have items that no row of the sheet stands for asked as the one of their kind before them.

    Where there is none, of all groups that answer anything. ``groups`` get the code into ``own``. Tasks, and
    targets that another or one body answers, name whom they ask, or aren't asked at all.
    """
    answering = [group for group in groups if group.get("own")]
    above: dict[str, str] = {}
    stands = matcher(*rows)
    for item in items:
        code, kind = str(item.get("code") or ""), str(item.get("kind") or "")
        if kind == "task" or item.get("same_as") or item.get("authority"):
            continue
        for group in () if stands(code) else answering:
            if kind not in above or any(matcher(pattern)(above[kind]) for pattern in group["own"]):
                group["own"] = (*group["own"], code)
        above[kind] = code
