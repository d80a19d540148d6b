"""What units wrote in their own words, by topic and unit: the officer takes into his text what he wants."""

from __future__ import annotations

from collections.abc import Iterator

from dvctt_report.consolidated.table import Cell, SheetKind, SheetTable, columns
from dvctt_report.model import Observation, State
from dvctt_report.plan.model import Prose
from dvctt_report.plan.phrases import Phrases
from dvctt_report.text.personal import shown
from dvctt_report.text.vietnamese import clean_text, first_letter_capital
from dvctt_report.year.year import Year

_COLUMNS = columns(
    ("Mục của báo cáo", 30),
    ("Nội dung", 40),
    ("Đơn vị", 32),
    ("Ý kiến của đơn vị", 100),
)
OPINIONS = SheetKind("YKien", "Ý kiến", _COLUMNS)


def opinions_table(year: Year, phrases: Phrases) -> SheetTable:
    """The free texts of the units whose returns count, topic by topic, units in their order, by line."""
    rows = tuple(
        (_section(item, phrases), first_letter_capital(item.title), unit.short_name, line)
        for item in year.profile.plan.items
        if isinstance(item, Prose)
        for unit in year.units
        for line in dict.fromkeys(_said(year, unit.code, item))
    )
    return SheetTable(OPINIONS, f"Ý kiến của các đơn vị {year.period.words}", rows)


def _section(item: Prose, phrases: Phrases) -> Cell:
    """The section of the report that a topic belongs to; None where the plan names none."""
    return phrases.fill(f"prose.{item.into}") if item.into else None


def _said(year: Year, unit: str, item: Prose) -> Iterator[str]:
    read: Observation
    for read in year.dataset.observations(unit, item.code):
        if read.state is State.GIVEN and not year.standing.bars_answer(read):
            said = read.value if isinstance(read.value, str) else read.raw
            for line in filter(None, map(str.strip, clean_text(said).split("\n"))):
                yield shown(f"{read.part}: {line}" if read.part else line)
