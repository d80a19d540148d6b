"""What Excel shows of a cell counts, whatever the cell holds: looks, sizes, what is drawn over it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.styles import Alignment, Border, Font, GradientFill, Side
from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet.datavalidation import DataValidation

from dvctt_report.intake.collect import read_return
from tests.forms.fill import fill, real
from tests.intake.edits import opened, saved
from tests.intake.test_comparison import A, S, asked, filled
from tests.libreoffice import LibreOffice, unpaged


def _over(cell: str) -> Callable[[Book], None]:
    def put_over(made: Book) -> None:
        from PIL import Image as Picture

        white = io.BytesIO()
        Picture.new("RGB", (300, 40), "white").save(white, "PNG")
        made[S].add_image(Image(white), cell)

    return put_over


def _styled(**style: object) -> Callable[[Book], None]:
    def change(made: Book) -> None:
        made[A]["G8"].value = 91
        for name, value in style.items():
            setattr(made[A]["G8"], name, value)

    return change


def _without_zeros(made: Book) -> None:
    made[A]["G8"].value = 0
    made[A].sheet_view.showZeros = False


def _black(made: Book) -> None:
    made[A]["G8"].value = 91
    made[A].conditional_formatting.add(
        "G8", ColorScaleRule("min", None, "000000", end_type="max", end_color="000000")
    )


def _hint(made: Book) -> None:
    rule = DataValidation(
        "whole", operator="greaterThan", formula1="0", showInputMessage=True, prompt="Số đúng là 61"
    )
    made[A].data_validations.dataValidation = []
    made[A].add_data_validation(rule)
    rule.add("G8")


BLACK = "FF000000"
CROSS = Border(diagonal=Side("thick"), diagonalUp=True)


@pytest.mark.parametrize(
    ("change", "code", "at"),
    [
        (_styled(alignment=Alignment(horizontal="fill")), "DL14", "G8"),
        (_styled(alignment=Alignment(horizontal="right", indent=60)), "DL14", "G8"),
        (_styled(fill=GradientFill(stop=(BLACK, BLACK)), font=Font(color=BLACK)), "DL14", "G8"),
        (_styled(border=CROSS), "DL15", "G8"),
        (_styled(value="\u202e19"), "DL14", "G8"),
        (_without_zeros, "NH44", "G8"),
        (lambda made: setattr(made[A].column_dimensions["D"], "hidden", True), "NH44", "D8"),
        (_black, "DL14", "G8"),
        (_over("E8"), "NH48", "E8"),
        (_hint, "NH69", "G8"),
    ],
)
def test_what_excel_shows_of_a_cell_counts(change: Callable[[Book], None], code: str, at: str) -> None:
    made = opened(filled().data)
    change(made)

    assert (code, at) in asked(read_return("a.xlsx", saved(made), real(), filled().period).findings)


@pytest.mark.requires("soffice")
def test_what_is_seen_and_said_counts_in_an_xls_too(tmp_path: Path, libreoffice: LibreOffice) -> None:
    made = opened(filled().data)
    for cell, name, value in (
        ("F8", "alignment", Alignment(horizontal="fill")),
        ("G8", "border", CROSS),
        ("F9", "font", Font(name="Wingdings")),
    ):
        made[A][cell].value = 91
        setattr(made[A][cell], name, value)
    made[A]["D17"].value = "Toàn bộ số liệu trang này đã thu hồi"
    made[A].title = "01-A nháp"
    (tmp_path / "a.xlsx").write_bytes(unpaged(saved(made)))
    libreoffice.convert([tmp_path / "a.xlsx"], "xls", tmp_path / "xls")

    found = read_return("a.xls", (tmp_path / "xls" / "a.xls").read_bytes(), real(), filled().period)

    seen = {("DL14", "F8"), ("DL15", "G8"), ("DL14", "F9")}
    assert asked(found.findings) == seen | {("NH69", "D17"), ("NH69", "")}


def test_a_total_that_adds_up_other_cells_is_asked_about_though_it_was_never_calculated() -> None:
    form = fill("NHI", 1)
    made = opened(form.data)
    made[A]["F8"].value = "=SUM('Chi tiết theo xã'!E9:E11)"

    found = read_return("a.xlsx", saved(made), real(), form.period)

    assert ("DL23", "F8") in asked(found.findings)
