"""The rows of the workbook of decisions, before one is written: what each shows, one name for them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from dvctt_report.deciding.keys import NOTHING_TYPED, Typed
from dvctt_report.deciding.matters import Matter, Part


@dataclass(frozen=True, slots=True)
class BookRow:
    """One row as it is written.

    part: its sheet.
    base: the facts it is about.
    shown: what the officer reads, as in ``SHOWN``.
    typed: what stands in the cells to be typed in.
    choices: what may be chosen; none where nothing may be decided any more.
    outcome: what became of what was typed.
    decided: whether it tells a decision in force.
    moot: whether it is kept for what was typed alone.
    """

    part: Part
    base: tuple[str, ...]
    shown: tuple[str, ...]
    typed: Typed = NOTHING_TYPED
    choices: tuple[str, ...] = ()
    outcome: str = ""
    decided: bool = False
    moot: bool = False


def row_of(matter: Matter, typed: Typed = NOTHING_TYPED, outcome: str = "") -> BookRow:
    """The row of a matter, with what was typed into it before."""
    texts = (matter.name, matter.who, matter.place, matter.about, matter.why)
    choices = tuple(option.words for option in matter.options)
    decided = bool(matter.decided)
    return BookRow(matter.part, matter.base, texts, typed, choices, outcome, decided)


def digest_of(rows: Sequence[BookRow], notice: Sequence[str]) -> str:
    """Name what the rows show, and the ``notice`` above them; a book made of the same need not be written."""
    shown = [(r.part, r.base, r.shown, r.choices, r.outcome, r.moot) for r in rows]
    return sha256(repr((*notice, *shown)).encode()).hexdigest()[:16]
