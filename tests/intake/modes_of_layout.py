"""Failure modes 18 to 34, 72, 73, 95 to 99: whose form it is, where its answers stand, what is seen."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.intake.excel import Edit, Parts, edited, in_texts, part_of, put
from tests.intake.excel_layout import picture_on
from tests.intake.matrix import ANSWERS, BLANK, NAMES, UNREADABLE, Row, row
from tests.intake.returns import written
from tests.intake.test_xlsx import package
from tests.made import rows_beside

A = "01-A số liệu"
DRAFT = '<row r="1"><c r="A1" t="inlineStr"><is><t>Tổng số</t></is></c><c r="B1"><v>99</v></c></row>'
OF_T2 = ("total", "done", "rate", "estimate", "source", "note")


def unusable(*targets: str) -> dict[str, object]:
    """Every answer given in the rows of these targets as one that can't be used."""
    names = {f"{target}.{name}" for target in targets for name in OF_T2}
    return {name: UNREADABLE for name in names if name in ANSWERS or name.endswith(".rate")}


FIGURES: dict[str, object] = {
    name: UNREADABLE
    for name in (*ANSWERS, *(f"T{n}.rate" for n in (1, 2, 10, 12, 13)))
    if name.startswith(("T1.", "T2.", "T10.", "T12.", "T13."))
}
"""Every answer given on the sheet of targets as one that can't be used."""


def two_rows_exchanged(parts: Parts) -> None:
    """All that is seen of T1 and T13 exchanged: label, unit, figures; the hidden keys stay."""
    xml = parts[part_of(parts, A)].decode()
    of = {n: dict(re.findall(rf'<c r="([D-M]){n}"([^>]*?(?:/>|>.*?</c>))', xml)) for n in (8, 12)}
    for here, there in ((8, 12), (12, 8)):
        for column, content in of[here].items():
            cell = f'<c r="{column}{here}"{content}'
            xml = xml.replace(cell, f'<c r="{column}#{here}"{of[there].get(column, "/>")}')
    parts[part_of(parts, A)] = xml.replace('#8"', '8"').replace('#12"', '12"').encode()


def banner(sheet: str, text: str) -> Edit:
    return put(f"{sheet}!C3", text)


def unseen(done: str, *edits: Edit) -> Row:
    return row(95, done, *edits, reads={"T1.total": UNREADABLE, "T1.rate": BLANK}, told=f"DL14 error {A}!F8")


def remark(done: str, where: str, text: str, told: str, reads: Mapping[str, object]) -> Row:
    return row(98, done, put(where, text), reads=reads, told=f"{told} {where}")


def letters(old: str, new: str) -> Edit:
    """These letters become others in every text."""
    return in_texts(lambda text: text.replace(old, new))


def texts(**change: str) -> Edit:
    """Whole texts become others, wherever they stand."""
    return in_texts(lambda text: change.get(text, text))


def another_book(_: bytes) -> bytes:
    return package(f"<sheetData>{DRAFT}</sheetData>")


def pictured(_: bytes) -> bytes:
    """A picture, and no figure in the whole form."""
    return edited(written({"DG.hanche.text": "Thiếu kinh phí"}), picture_on(A))


YEARLESS = in_texts(lambda text: "" if "2025" in text else text)
ROWS: tuple[Row, ...] = tuple(
    made for table in ("rows", "seen", "lost") for made in rows_beside(__file__, NAMES | globals(), table)
)
