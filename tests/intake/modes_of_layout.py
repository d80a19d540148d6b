"""Failure modes 18 to 34, 72, 73, 95 to 99: whose form it is, where its answers stand, what is seen."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.intake.excel import Edit, Parts, edited, in_texts, part_of, put
from tests.intake.excel_layout import picture_on, without_keys, without_meta
from tests.intake.matrix import ANSWERS, BLANK, FILE, NAMES, UNREADABLE, Row, row
from tests.intake.returns import written
from tests.intake.test_xlsx import package
from tests.made import rows_beside

A = "01-A số liệu"
DRAFT = '<row r="1"><c r="A1" t="inlineStr"><is><t>Tổng số</t></is></c><c r="B1"><v>99</v></c></row>'
OF_T2 = ("total", "done", "rate", "estimate", "source", "note")
T1_LABEL = "Cán bộ, công chức, viên chức"


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


ROWS: tuple[Row, ...] = (
    *rows_beside(__file__, NAMES | globals()),
    *rows_beside(__file__, NAMES | globals(), "seen"),
    row(
        23,
        "last year's form without its keys",
        without_meta,
        in_texts(lambda text: text.replace("2025", "2024")),
        status="refused",
        told=f"NH03 error {FILE}",
    ),
    row(
        24,
        "another workbook",
        arrives=lambda _: package(f"<sheetData>{DRAFT}</sheetData>"),
        status="refused",
        told=f"NH02 error {FILE}",
    ),
    row(
        26,
        "a label edited a little, the keys deleted",
        in_texts(lambda text: text.replace(T1_LABEL, f"{T1_LABEL},")),
        without_keys(A),
        reads=unusable("T1"),
        told=(f"NH50 warning {FILE}", f"NH57 error {A}!B7"),
    ),
    row(
        30,
        "a picture, and no figure in the whole form",
        arrives=lambda _: edited(written({"DG.hanche.text": "Thiếu kinh phí"}), picture_on(A)),
        status="refused",
        told=f"NH47 error {A}",
    ),
    row(
        72,
        "the sheet of keys deleted, the name short and in capitals",
        without_meta,
        in_texts(lambda text: {"Sở Y tế": "SYT", "SỞ Y TẾ": "SỞ Y TẾ TỈNH NINH THUẬN"}.get(text, text)),
        told="NH40 warning Bìa!C1",
    ),
    row(
        72,
        "the sheet of keys deleted, the name misspelt",
        without_meta,
        in_texts(
            lambda text: {"Sở Y tế": "Sở Y tê", "SỞ Y TẾ": "", "SYT": "", "Mẫu BM2025-SYT": ""}.get(
                text, text
            )
        ),
        status="refused",
        told="NH41 error Bìa!E6",
    ),
    row(
        72,
        "the sheet of keys and every year deleted",
        without_meta,
        in_texts(lambda text: "" if "2025" in text else text),
        status="refused",
        told=f"NH41 error {FILE}",
    ),
)
