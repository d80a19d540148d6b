"""Forty and more kinds of visible edits of a filled form, each with what a person then sees in its cells.

The oracle is what was typed and what the edit shows, never what the program reads.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Final

from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import COVER
from dvctt_report.forms.layout import PlacedTable, cell_name, place
from dvctt_report.model import Key
from dvctt_report.plan.model import Listing
from tests.forms.fill import Filled, cells, field_of, fill, real, sources
from tests.intake.excel import Content, Edit, Error, Formula, Runs, put
from tests.intake.excel_layout import conditional, low_row

ASKED: Final = object()
"""What stands for a cell in which nobody can say what is seen: it has to be asked about."""

WHITE_LETTERS, BLACK_LETTERS = '<color rgb="FFFFFFFF"/>', '<color rgb="FF000000"/>'
XLSX_ONLY = ("xlsx",)
"""Formulas, and conditional formats of numbers, are lost on the way to .xls, and with them what was seen."""
STRIKE, RAISED = "<strike/>", '<vertAlign val="superscript"/>'
ALL = ("xlsx", "xls")


@dataclass(frozen=True)
class Mutation:
    """An edit, and what is then seen in the answers it touches."""

    kind: str
    edits: tuple[Edit, ...]
    seen: Mapping[Key, object]
    formats: tuple[str, ...] = ALL


@dataclass
class Draft:
    """A filled form whose answers are handed out, each to one edit."""

    filled: Filled
    rng: random.Random
    used: set[tuple[str, str]] = field(default_factory=set)

    @cached_property
    def tables(self) -> list[tuple[str, PlacedTable]]:
        form = build_form(real(), self.filled.unit, self.filled.period)
        return [(s.sheet.name, t) for s in place(form) for t in s.tables]

    @cached_property
    def at(self) -> dict[Key, tuple[str, str]]:
        found = {}
        for sheet, table in self.tables:
            for row, placed, _, key in table.answers():
                found[key] = (sheet, cell_name(row, placed.at))
        return found

    def take(self, kind: str) -> Key:
        """An answer of that kind that was given and that no formula makes; its row is used up."""
        plain = [key for key, spec in self.asked.items() if spec == kind and key in self.filled.answers]
        free = [key for key in plain if self.row(key) not in self.used]
        key = self.rng.choice(free)
        self.used.add(self.row(key))
        return key

    def row(self, key: Key) -> tuple[str, str]:
        sheet, cell = self.at[key]
        return sheet, cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    @cached_property
    def asked(self) -> dict[Key, str]:
        """The kind of every answer that is typed and no line of a list."""
        keys = cells(self.filled.unit, self.filled.period)
        lists = {item.code for item in real().plan.items if isinstance(item, Listing)}
        typed = (k for k in keys if k.item != COVER and k.item not in lists and not sources(k, keys))
        return {k: spec.kind for k in typed if (spec := field_of(k)) is not None}


def where(draft: Draft, key: Key) -> str:
    return "!".join(draft.at[key])


def _put(kind: str, content: Content | Callable[[int], Content], seen: object = ASKED, **looks: str) -> Kind:
    """An edit of one count."""

    def make(draft: Draft) -> Mutation:
        key = draft.take("count")
        value = draft.filled.answers[key]
        assert isinstance(value, int)
        typed = content(value) if callable(content) else content
        shown = value if seen is SAME else seen
        edit = put(where(draft, key), typed, **looks)
        return Mutation(kind, (edit,), {key: shown})

    return make


Kind = Callable[[Draft], Mutation]
SAME: Final = object()


def _is(value: int) -> int:
    return value


def _only(formats: tuple[str, ...], kind: Kind) -> Kind:
    """The same edit, to be told only in these formats."""
    return lambda draft: replace(kind(draft), formats=formats)


def _dressed(kind: str, dress: Callable[[str], Edit], formats: tuple[str, ...] = ALL) -> Kind:
    """A count as it was, in a cell that is made to look otherwise."""

    def make(draft: Draft) -> Mutation:
        key = draft.take("count")
        value = draft.filled.answers[key]
        assert isinstance(value, int)
        edits = put(where(draft, key), value or 7), dress(where(draft, key))
        return Mutation(kind, edits, {key: ASKED}, formats)

    return make


def _when(kind: str, dxf: str, formats: tuple[str, ...] = ALL) -> Kind:
    return _dressed(f"a conditional {kind}", lambda cell: conditional(cell, dxf), formats)


def _formula(kind: str, text: str, cached: int, seen: object = ASKED) -> Kind:
    return _only(XLSX_ONLY, _put(kind, Formula(text, cached), seen))


def _day(draft: Draft) -> Mutation:
    """A day of the period typed into the cell of a number, which keeps its format."""
    return _put("a day in a number's cell", date(draft.filled.period.year, 3, 20))(draft)


def _solid(rgb: str) -> str:
    return f'<patternFill patternType="solid"><fgColor rgb="{rgb}"/></patternFill>'


CELLS: Final[tuple[Kind, ...]] = (
    *(
        _put(f"a format {code}", lambda v: v or 7, fmt=code)
        for code in (
            *('#,##0" nghìn"', '0" tr"', '0"K"', '0"00"', '">"0', '"khoảng "0', '"Không"', "0,", ";;;"),
            *("0%", "0.00E+00", "-0", "0.0,,", '0" đơn vị nghìn"'),
        )
    ),
    *(
        _put(f"a format {code}", _is, SAME, fmt=code)
        for code in ("General", "0", "#,##0.00", "[Red]0", "0_)", '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)')
    ),
    _put("a zero that is not shown", 0, fmt="#,###"),
    _day,
    _put("a number turned date", date(2025, 2, 1), fmt="d-mmm"),
    _put("a month for a number", date(2025, 2, 1), fmt="mm/yyyy"),
    _put("struck out", _is, font=STRIKE),
    _put("in a font of pictures", lambda v: v or 7, font="Wingdings"),
    _put("half struck out", Runs(((STRIKE, "2"), ("", "21")))),
    _put("a raised sign", Runs((("", "69"), (RAISED, "1")))),
    _only(("xlsx",), _put("raised as a whole", _is, font=RAISED)),  # LibreOffice knows raised letters alone
    _only(("xlsx",), _put("true", True)),  # which it saves, and shows, as 1
    _put("an error", Error("#N/A")),
    _put("negative", -5),
    _put("broken", 12.5),
    _put("a text under a format", "31", fmt='@" nghìn"'),
    *(
        _put(f"the text {text}", text)
        for text in ("khoảng 50", "50-60", "1O0", "12+5+7", "44/50", "80%", "không", "x", "3 lớp (150 lượt)")
    ),
    *(_put(f"the text {text!r}", text, 123) for text in (" 123 ", "１２３", "'123", "123\u00a0")),
    *(
        _put(f"unseen {kind}", lambda v: v or 7, font=font, fill=fill)
        for kind, font, fill in (
            ("white on white", WHITE_LETTERS, ""),
            ("white by its theme", '<color theme="0"/>', ""),
            ("black made white", '<color theme="1" tint="0.999"/>', ""),
            ("white by its number", '<color indexed="9"/>', ""),
            ("black on black", BLACK_LETTERS, _solid("FF000000")),
            ("grey on grey", '<color rgb="FFEDEDED"/>', _solid("FFEFEFEF")),
            ("specks", '<sz val="1"/>', ""),
        )
    ),
    _put("a run of white letters", Runs(((BLACK_LETTERS, "2"), (WHITE_LETTERS, "21")))),
    _when("format", '<numFmt numFmtId="199" formatCode="0&quot;0&quot;"/>', XLSX_ONLY),
    _when("format of nothing", '<numFmt numFmtId="198" formatCode=";;;"/>', XLSX_ONLY),
    _when("line through", "<font><strike/></font>"),
    _when("white", f"<font>{WHITE_LETTERS}</font>"),
    _when("black ground", '<fill><patternFill><bgColor rgb="FF000000"/></patternFill></fill>'),
    _dressed("a row of no height", low_row),
    _dressed("a row of two points", lambda cell: low_row(cell, 2)),
    _formula("a constant rate", "ROUND(120*95%,0)", 114),
    _formula("a swallowed error", "IFERROR(1/0,0)", 0),
    _formula("a sum of constants", "3+4", 7, 7),
)


def drafts(code: str, seed: int) -> Iterator[tuple[Draft, list[Mutation]]]:
    """Workbooks with edits of every kind, as many in each as fit."""
    rng = random.Random(f"{code} {seed}")

    def new() -> Draft:
        return Draft(fill(code, rng.randrange(1000)), rng)

    draft, made = new(), list[Mutation]()
    for kind in CELLS:
        try:
            made.append(kind(draft))
        except IndexError:  # no room left
            yield draft, made
            draft = new()
            made = [kind(draft)]
    yield draft, made
