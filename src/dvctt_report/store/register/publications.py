"""What was signed and issued: a row for each publication, which the folder that it is kept in has to fit."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from dvctt_report.model.period import Period
from dvctt_report.store.register.store import insert, parse_moment


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """A signed document of a period.

    number: counts the publications of the period, from 1; its folder is called so.
    document: number and symbol, "386/BC-SKHCN".
    dated: the day it bears.
    record: SHA-256 of the record in its folder, which names every file with its hash.
    who, when: who put it down, and when.
    """

    number: int
    document: str
    dated: date
    record: str
    who: str
    when: datetime


def keep_publication(register: sqlite3.Connection, period: Period, row: PublicationRow) -> None:
    """Keep it; none is ever taken away, and of none more than its number and day is ever put right."""
    kept_on = row.when.replace(microsecond=0)
    told = {"number": row.number, "document": row.document, "dated": row.dated, "record": row.record}
    insert(register, "publication", {"period": period, **told, "who": row.who, "kept_on": kept_on})


def correct_publication(
    register: sqlite3.Connection, period: Period, former: PublicationRow, row: PublicationRow
) -> bool:
    """Put ``row`` in the place of ``former``, whose number or day was mistyped; False where that is gone."""
    changed = register.execute(
        "update publication set document = ?, dated = ?, record = ? "
        "where period = ? and number = ? and record = ?",
        (row.document, row.dated.isoformat(), row.record, period, former.number, former.record),
    )
    return changed.rowcount == 1


def read_publications(register: sqlite3.Connection, period: Period) -> tuple[PublicationRow, ...]:
    """Return what was published of ``period``, the earliest first."""
    rows = register.execute(
        "select number, document, dated, record, who, kept_on from publication "
        "where period = ? order by number",
        (period,),
    )
    return tuple(
        PublicationRow(number, document, parse_moment(dated).date(), record, who, parse_moment(kept_on))
        for number, document, dated, record, who, kept_on in rows
    )
