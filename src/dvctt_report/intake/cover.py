"""What a workbook says in print about whose return it is: its cover and the rows above its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from dvctt_report.forms.layout import MARKER, META_SHEET, WEIGHT_KEY
from dvctt_report.intake.cells import Cell, CellKind, Sheet, Workbook
from dvctt_report.model import CellRef
from dvctt_report.period import Period
from dvctt_report.vietnamese import clean_text, key

Kind: TypeAlias = Literal["name", "code", "year", "period", "receiver", "addressee", "heading"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing said: a unit's ``name`` or ``code`` or the ``year`` where the form has a place for it.

    ``period``: the year in the line above a sheet's tables; ``receiver``: the office that the return goes to,
    in the form's own line, ``addressee`` in a line of the unit's;
    ``heading``: any other text above the tables, which may name a unit or the form.
    """

    kind: Kind
    text: str
    at: CellRef


_LABELS: dict[str, Kind] = {
    **dict.fromkeys(("đơn vị báo cáo", "tên đơn vị", "đơn vị", "cơ quan", "cơ quan, đơn vị"), "name"),
    **dict.fromkeys(("mã đơn vị", "mã cơ quan"), "code"),
    **dict.fromkeys(("kỳ báo cáo", "năm báo cáo", "năm"), "year"),
    "đơn vị nhận báo cáo": "receiver",
    "kính gửi": "addressee",
}
_OTHER_LABELS = frozenset(("số liệu", "hạn gửi", "phạm vi", "nơi nhận"))
_HEADER = frozenset(("stt", "tt", "số tt"))
_NUMBER = re.compile(r"(?i)BM[\s_]*(\d{4}(?:-6T)?)\s*[-_–]\s*([A-Z][A-Z0-9]*)")
_BANNERS = ("năm ", "6 tháng ")
"""How the line begins that says above a sheet's tables which period they are of."""
_YEAR = re.compile(r"(?i)\bnăm\s+(\d{4})\b")
_BANNER_ROWS = 6
_COVER_ROWS = 40
_LONG = 150


def read_claims(book: Workbook, file: str) -> tuple[Claim, ...]:
    """Return what the sheets say about unit and year, in the order of sheets and rows."""
    return tuple(c for s in book.sheets if s.name != META_SHEET for c in _claims(s, file))


def _claims(sheet: Sheet, file: str) -> Iterator[Claim]:
    in_banner = True
    for n, (_, cells) in enumerate(sheet.rows()):
        if n >= _COVER_ROWS:
            return
        if n >= _BANNER_ROWS and not any(_is_label(cell.raw) for cell in cells if cell.kind is CellKind.TEXT):
            continue
        texts = [(cell, _clean(cell.raw)) for cell in cells if len(cell.raw) <= _LONG and cell.raw.strip()]
        in_banner = in_banner and n < _BANNER_ROWS and not _starts_table(texts)
        labelled = list(_labelled(texts, sheet.name, file))
        yield from labelled
        if in_banner and not labelled and not any(_label(text) in _OTHER_LABELS for _, text in texts):
            for cell, text in texts:
                yield from _heading(text, CellRef(file, sheet.name, cell.address))


def _starts_table(texts: list[tuple[Cell, str]]) -> bool:
    said = {text for _, text in texts}
    return any(_label(text) in _HEADER for text in said) or (
        WEIGHT_KEY in said and any(text.startswith(MARKER) for text in said)
    )


@lru_cache(maxsize=8192)
def _clean(raw: str) -> str:
    return clean_text(raw)


@lru_cache(maxsize=8192)
def _label(text: str) -> str:
    return key(text.partition(":")[0])


@lru_cache(maxsize=8192)
def _is_label(raw: str) -> bool:
    return len(raw) <= _LONG and _label(clean_text(raw)) in _LABELS


def _labelled(texts: list[tuple[Cell, str]], sheet: str, file: str) -> Iterator[Claim]:
    """What stands behind a label, in the same cell after a colon or in the next one of the row."""
    following = (*texts[1:], (None, ""))
    for (cell, text), (after, beside) in zip(texts, following, strict=False):
        kind = _LABELS.get(_label(text))
        if kind is None:
            continue
        _, colon, own = text.partition(":")
        said, place = (own.strip(), cell) if own.strip() else (beside, after)
        if place is None or (kind == "year" and not re.search(r"\d{4}", said)):
            continue
        if colon or place is after:
            yield Claim(kind, _year(said) if kind == "year" else said, CellRef(file, sheet, place.address))


def _year(text: str) -> str:
    """The key of the period that a text names; the number of any other year as it stands; "" for none."""
    period = Period.said(text)
    match = re.search(r"\d{4}", text)
    return str(period) if period else match[0] if match else ""


def _heading(text: str, at: CellRef) -> Iterator[Claim]:
    if number := _NUMBER.search(text):
        yield Claim("code", number[2].upper(), at)
        yield Claim("year", number[1].upper(), at)
    elif key(text).startswith(_BANNERS) and _YEAR.search(text):
        yield Claim("period", _year(text), at)
    else:
        yield Claim("heading", text, at)
