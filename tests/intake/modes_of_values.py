"""Failure modes 35 to 66: what stands in a cell, and what it is read as."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from dvctt_report.model import State
from tests.intake.edits import opened, saved
from tests.intake.excel import Content, Formula, Parts, blanked, in_part, part_of, put
from tests.intake.matrix import NAMES, UNREADABLE, Row, row, typed
from tests.made import rows_beside

A, B, MONEY, LIST = "01-A số liệu", "02 hoạt động", "05-A nhiệm vụ, kinh phí", "05-B đánh giá, kiến nghị"
PEOPLE, SPENT, DAY = f"{B}!G11", f"{MONEY}!G20", f"{LIST}!E17"
"""A count (HT.b.people, "lượt người"), a sum of money (KP.a.spent), a day (VB.issued_on@1)."""


def count(mode: int, typed: Content, read: object, told: str = "", fmt: str = "", done: str = "") -> Row:
    """``typed`` in a cell that counts people, and what it is read as."""
    about = done or f"a count {typed!r}"
    findings = [f"{one} {PEOPLE}" for one in told.split(", ") if one]
    return row(mode, about, put(PEOPLE, typed, fmt=fmt), reads={"HT.b.people": read}, told=findings)


def asked(mode: int, typed: Content, code: str, done: str = "") -> Row:
    """``typed`` in a cell that counts people is a question: an error with that code at that cell."""
    return count(mode, typed, UNREADABLE, f"{code} error", done=done)


def rate(mode: int, typed: Content, read: object, told: str = "", fmt: str = "") -> Row:
    """``typed`` over the formula of the rate of T1, 100 of 120."""
    findings = f"{told} {A}!I8" if told else ()
    about = f"a rate {typed!r}" + (f" shown as {fmt}" if fmt else "")
    return row(mode, about, put(f"{A}!I8", typed, fmt=fmt), reads={"T1.rate": read}, told=findings)


def money(mode: int, typed: Content, read: object, told: str = "") -> Row:
    findings = f"{told} {SPENT}" if told else ()
    return row(mode, f"money {typed!r}", put(SPENT, typed), reads={"KP.a.spent": read}, told=findings)


def day(mode: int, typed: Content, read: object, told: str = "", like: str = "") -> Row:
    findings = f"{told} {DAY}" if told else ()
    return row(
        mode, f"a day {typed!r}", put(DAY, typed, like=like), reads={"VB.issued_on@1": read}, told=findings
    )


def days(mode: int, done: str, *typed: tuple[str, date, str]) -> Row:
    """Days typed as text below each other: as what day each is read, and what is told of it."""
    return row(
        mode,
        done,
        *(put(f"{LIST}!E{n}", text) for n, (text, _, _) in enumerate(typed, 17)),
        put(f"{LIST}!D19", "7/KH-SYT"),
        reads={f"VB.issued_on@{n}": read for n, (_, read, _) in enumerate(typed, 1)}
        | {"VB.number@3": "7/KH-SYT"},
        told=[f"{told} {LIST}!E{n}" for n, (_, _, told) in enumerate(typed, 17) if told],
    )


def no_document(word: str) -> Row:
    """A word where the number of a second document is asked, and nothing beside it."""
    nothing = blanked(LIST, "E18 F18")
    reads = {"VB.number@2": State.NONE_ARISING, "VB.issued_on@2 VB.subject@2": State.BLANK}
    return row(94, f"the word {word} for a document", put(f"{LIST}!D18", word), nothing, reads=reads)


def unclear(number: str) -> Row:
    """A number in the list of documents that is not clearly one document of the unit."""
    reads = {"VB.number@2": UNREADABLE}
    return typed(94, f"listed as {number}", f"{LIST}!D18", number, "DL33 error", reads)


def of_1904(parts: Parts) -> None:
    """The same days in the other date system of Excel."""
    in_part("xl/workbook.xml", lambda x: x.replace("<workbookPr ", '<workbookPr date1904="1" '))(parts)
    for sheet, cells in ((LIST, ("E17", "E18")), ("Trang ký", ("E8",))):
        for cell in cells:
            serial = rf'(<c r="{cell}"[^>]*><v>)(\d+)'
            change = lambda x, serial=serial: re.sub(serial, lambda m: f"{m[1]}{int(m[2]) - 1462}", x)  # noqa: E731
            in_part(part_of(parts, sheet), change)(parts)


def pair(mode: int, about: str, typed: tuple[int | None, int | None], told: str, **reads: object) -> Row:
    """T1: so many in all, so many of them done."""
    total, part = typed
    rate = Formula("G8/F8*100", round(part / total * 100, 12) if total and part is not None else "")
    names = {"T1.total": total, "T1.done": part, **{f"T1.{name}": read for name, read in reads.items()}}
    findings = [f"{one} {A}!{cell}" for one, _, cell in (t.partition("@") for t in told.split(", ") if t)]
    return row(
        mode,
        about,
        put(f"{A}!F8", total),
        put(f"{A}!G8", part),
        put(f"{A}!I8", rate),
        reads=names,
        told=findings,
    )


def by_a_library(data: bytes) -> bytes:
    """Opened and saved by a program that calculates nothing."""
    return saved(opened(data))


def invented(text: str, made: int) -> Row:
    """A number done that is no count: ``made`` of the 120 of T1."""
    rate = Formula("G8/F8*100", made / 120 * 100)
    return row(
        89,
        f"={text}",
        put(f"{A}!G8", Formula(text, made)),
        put(f"{A}!I8", rate),
        reads={"T1.done": made, "T1.rate": Decimal(made) / 120 * 100},
        told=f"DL16 error {A}!G8",
    )


BY_HAND = in_part("xl/workbook.xml", lambda x: x.replace("<calcPr ", '<calcPr calcMode="manual" '))
ROWS: tuple[Row, ...] = rows_beside(__file__, NAMES | globals())
