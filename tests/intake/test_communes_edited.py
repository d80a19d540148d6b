"""The sheet of a district's communes, edited: whose a figure is may not be guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from dvctt_report.files.cells import parse_address
from dvctt_report.files.container import read_workbook
from dvctt_report.intake.collect import interpret
from dvctt_report.model import State
from tests.forms.fill import fill, real
from tests.intake.edits import put, with_sheet

COMMUNES = "Chi tiết theo xã"
Names = Mapping[int, str]
"""The communes by their rows, below the district's own offices."""


def sorted_backwards(names: Names) -> dict[str, str]:
    return {f"D{row}": name for row, name in zip(names, sorted(names.values(), reverse=True), strict=True)}


@pytest.mark.parametrize(
    ("edit", "code", "out"),
    [
        (lambda names: {"D10": names[11], "D11": names[10]}, "NH57", "EFGH"),
        (sorted_backwards, "NH57", "EFGH"),
        (lambda names: {"D10": f"{names[10]} (lấy số năm 2024)"}, "NH59", "EFGH"),
        (lambda names: {"D9": "Toàn huyện (gồm các xã)"}, "NH57", "EFGH"),
        (lambda names: {"K6": "Hộ dân được Tổ công nghệ số cộng đồng hướng dẫn (hộ)"}, "NH57", "KL"),
        (lambda names: {"D10": names[10].upper()}, "", ""),
    ],
    ids=["exchanged", "sorted", "another year's", "all of the district", "head of a column", "capitals"],
)
def test_a_name_that_is_not_the_forms_own_is_a_question_and_its_figures_are_out(
    edit: Callable[[Names], dict[str, str]], code: str, out: str
) -> None:
    filled = fill("NHI", 0)
    book = read_workbook(filled.data)
    changed = sheet = next(one for one in book.sheets if one.name == COMMUNES)
    names = {r: c.raw for (r, column), c in sorted(sheet.cells.items()) if column == 4 and r >= 10}
    del names[max(names)]  # the line of the sum
    edits = {address: text for address, text in edit(names).items() if names.get(int(address[1:])) != text}
    for address, text in edits.items():
        place = parse_address(address)
        assert place is not None
        changed = put(changed, *place, text)
    found = interpret(with_sheet(book, changed), "a.xlsx", "h", real(), filled.period)

    asked = {(f.code, f.at.cell) for f in found.findings if f.at and f.at.sheet == COMMUNES}
    assert asked == ({(code, address) for address in edits} if code else set())
    rows = {address[1:] for address in edits} if out == "EFGH" else {str(row) for row in names}
    for o in found.observations:
        if o.at and o.at.sheet == COMMUNES and o.at.cell[0] in out and o.at.cell[1:] in rows and o.raw:
            assert o.state is State.UNREADABLE, o
