"""What changes nothing that matters raises no question; what LibreOffice saves is seen as before."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from functools import cache
from typing import Any, Final, TypeAlias

import pytest
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import ColorScaleRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, GradientFill, PatternFill, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from dvctt_report.forms.form import COVER
from dvctt_report.forms.layout import META_SHEET
from dvctt_report.forms.officer_sheet import save_book
from dvctt_report.intake.collect import read_return
from dvctt_report.model import Severity, State
from tests.forms.fill import Filled, fill, real
from tests.intake.conftest import SHAPES
from tests.intake.edits import opened, saved
from tests.intake.excel import Content, Runs, edited, put
from tests.intake.excel_layout import conditional, low_row
from tests.intake.test_comparison import A, H, S, asked, filled
from tests.libreoffice import LibreOffice, unpaged

KINDS: Final = ("xlsx", "xls")
Prettier: TypeAlias = Callable[[Workbook, random.Random], None]

REMARKS: Final = (
    "Ghi chú: số liệu đã được rà soát, thống nhất trong đơn vị",
    "Người lập biểu ký, ghi rõ họ tên",
    "Ninh Thuận, ngày 05 tháng 11 năm 2025",
    "Lưu: VT, phòng chuyên môn",
    "Biểu kèm theo Công văn của đơn vị",
)
PALE: Final = ("FFFFF2CC", "FFE2EFDA", "FFDDEBF7", "FFFCE4D6", "FFFFFF00", "FF92D050")
DARK: Final = ("FF000000", "FF1F4E78", "FFC00000", "FF375623", "FF7030A0", "FF595959")


def _wider(book: Workbook, rng: random.Random) -> None:
    for sheet in book.worksheets:
        for letter in rng.sample("CDEFGHIJKLM", 4):
            sheet.column_dimensions[letter].width = rng.uniform(8, 70)
        for row in rng.sample(range(6, 30), 5):
            if not sheet.row_dimensions[row].hidden:
                sheet.row_dimensions[row].height = rng.uniform(15, 90)


def _remark(book: Workbook, rng: random.Random) -> None:
    for sheet in book.worksheets:
        if sheet.title != META_SHEET:
            sheet.cell(sheet.max_row + 3, 4, rng.choice(REMARKS))


def _coloured(book: Workbook, rng: random.Random) -> None:
    """Pale fills and dark letters of a colour in some cells that hold something."""
    for sheet in book.worksheets:
        cells = [c for row in sheet.iter_rows(min_row=6, min_col=3) for c in row if c.value is not None]
        for cell in rng.sample(cells, min(6, len(cells))):
            cell.fill = PatternFill("solid", fgColor=rng.choice(PALE))
            cell.font = Font(size=rng.choice((9, 11, 13)), bold=True, color=rng.choice(DARK))
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _zebra(book: Workbook, rng: random.Random) -> None:
    """Every other row in a pale colour, by a condition."""
    for sheet in book.worksheets:
        if sheet.title != META_SHEET:
            rule = FormulaRule(["MOD(ROW(),2)=0"], fill=PatternFill(bgColor=rng.choice(PALE)))
            sheet.conditional_formatting.add(f"C6:M{sheet.max_row}", rule)


EDITS: Final[tuple[Prettier, ...]] = (_wider, _remark, _coloured, _zebra)


def prettier(data: bytes, seed: int) -> bytes:
    """The form after harmless edits: all of them for the first seeds, then some."""
    rng, book = random.Random(seed), opened(data)
    for edit in EDITS if seed % 3 == 0 else rng.sample(EDITS, 3):
        edit(book, rng)
    return save_book(book)


Files: TypeAlias = Callable[[str, str], bytes]


@cache
def careful() -> dict[str, tuple[Filled, bytes]]:
    """Forms filled in by careful units who made them prettier."""
    forms = [(f"{code}-{n}", fill(code, n), n) for code in SHAPES for n in range(2)]
    return {name: (form, prettier(form.data, n)) for name, form, n in forms}


WHITE, BLACK = '<color rgb="FFFFFFFF"/>', '<color rgb="FF000000"/>'
SOLID = '<patternFill patternType="solid"><fgColor rgb="{}"/></patternFill>'
STRIKE, CROSS = "<strike/>", Border(diagonal=Side("thick"), diagonalUp=True)
LOOKS: dict[str, tuple[Content, dict[str, str], str]] = {
    f"{A}!F8": (31, {"fmt": '#,##0" nghìn"'}, "DL14"),
    f"{A}!G8": (0, {"fmt": "#,###"}, "DL14"),
    f"{A}!F9": (31, {"font": "Wingdings"}, "DL14"),
    f"{A}!G9": (31, {"fmt": "0%"}, "DL10"),
    f"{H}!G9": (31, {"font": WHITE}, "DL14"),
    f"{H}!G10": (31, {"font": '<color theme="0"/>'}, "DL14"),
    f"{H}!G11": (31, {"font": BLACK, "fill": SOLID.format("FF000000")}, "DL14"),
    f"{H}!G12": (31, {"font": '<color rgb="FFEDEDED"/>', "fill": SOLID.format("FFEFEFEF")}, "DL14"),
    f"{H}!G13": (31, {"font": '<sz val="1"/>'}, "DL14"),
    f"{H}!G14": (31, {"font": STRIKE}, "DL15"),
    f"{H}!G15": (Runs(((STRIKE, "2"), ("", "21"))), {}, "DL15"),
    f"{A}!G10": (31, {}, "DL14"),
    f"{A}!F12": (31, {}, "DL14"),
}
"""Counts made to look otherwise, by their cells, and what is asked."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice) -> Files:
    """Every workbook, as it is or saved by LibreOffice as another kind, all in one run."""
    folder = tmp_path_factory.mktemp("seen")
    everything = {name: data for name, (_, data) in careful().items()}
    everything |= {"looks": looking_otherwise(), "said": said_beside()}
    for name, data in everything.items():
        (folder / f"{name}.xlsx").write_bytes(unpaged(data))

    @cache
    def convert() -> None:
        libreoffice.convert([folder / f"{name}.xlsx" for name in everything], "xls", folder / "xls")

    def read(name: str, kind: str) -> bytes:
        if kind == "xlsx":
            return everything[name]
        convert()
        return (folder / kind / f"{name}.{kind}").read_bytes()

    return read


def said_beside() -> bytes:
    """A sheet that is withdrawn by a line and by its name, with two odd cells."""
    made = opened(filled().data)
    sheet = made[A]
    sheet["F8"].value, sheet["G8"].value = 91, 91
    sheet["F8"].alignment, sheet["G8"].border = Alignment(horizontal="fill"), CROSS
    sheet["D17"].value = "Toàn bộ số liệu trang này đã thu hồi"
    sheet.title = "01-A nháp"
    return saved(made)


def looking_otherwise() -> bytes:
    edits = [put(where, content, **looks) for where, (content, looks, _) in LOOKS.items()]
    edits += [conditional(f"{A}!G10", f"<font>{WHITE}</font>")]
    edits += [conditional(f"{A}!F12", "<font><strike/></font>")]
    return edited(filled().data, *edits, low_row(f"{H}!G9", 2))


@pytest.mark.requires("soffice")
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_seen_of_a_count_is_asked_about_whatever_the_cell_holds(kind: str, files: Files) -> None:
    found = read_return(f"a.{kind}", files("looks", kind), real(), filled().period)

    assert asked(found.findings) >= {(code, where.partition("!")[2]) for where, (*_, code) in LOOKS.items()}
    states = {f"{o.at.sheet}!{o.at.cell}": o.state for o in found.observations if o.at}
    assert {where for where in LOOKS if states[where] is State.UNREADABLE} == LOOKS.keys()


@pytest.mark.requires("soffice")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [f"{code}-{n}" for code in SHAPES for n in range(2)])
def test_what_changes_nothing_that_matters_raises_no_question(name: str, kind: str, files: Files) -> None:
    form, _ = careful()[name]

    found = read_return(f"a.{kind}", files(name, kind), real(), form.period)

    assert [f.message for f in found.findings if f.severity is not Severity.INFO] == []
    read = {o.key: (o.value, o.state) for o in found.observations}
    typed = {key: said for key, said in form.expected.items() if key.field not in ("rate", "status")}
    assert {key: read.get(key) for key in typed if key.item != COVER} == typed


def _covered(made: Workbook) -> None:
    from PIL import Image as Picture

    white = io.BytesIO()
    Picture.new("RGB", (300, 40), "white").save(white, "PNG")
    made[S].add_image(Image(white), "E8")


def _styled(**style: object) -> Callable[[Workbook], None]:
    def change(made: Workbook) -> None:
        made[A]["G8"].value = 91
        for name, value in style.items():
            setattr(made[A]["G8"], name, value)

    return change


def _without_zeros(made: Workbook) -> None:
    made[A]["G8"].value = 0
    made[A].sheet_view.showZeros = False


def _black(made: Workbook) -> None:
    made[A]["G8"].value = 91
    rule = ColorScaleRule("min", None, "000000", end_type="max", end_color="000000")
    made[A].conditional_formatting.add("G8", rule)


def _hint(made: Workbook) -> None:
    shown: dict[str, Any] = {"showInputMessage": True, "prompt": "Số đúng là 61"}
    rule = DataValidation("whole", operator="greaterThan", formula1="0", **shown)
    made[A].data_validations.dataValidation = []
    made[A].add_data_validation(rule)
    rule.add("G8")


@pytest.mark.parametrize(
    ("change", "code", "at"),
    [
        (_styled(alignment=Alignment(horizontal="fill")), "DL14", "G8"),
        (_styled(alignment=Alignment(horizontal="right", indent=60)), "DL14", "G8"),
        (_styled(fill=GradientFill(stop=("FF000000",) * 2), font=Font(color="FF000000")), "DL14", "G8"),
        (_styled(border=CROSS), "DL15", "G8"),
        (_styled(value="\u202e19"), "DL14", "G8"),
        (_without_zeros, "NH44", "G8"),
        (lambda made: setattr(made[A].column_dimensions["D"], "hidden", True), "NH44", "D8"),
        (_black, "DL14", "G8"),
        (_covered, "NH48", "E8"),
        (_hint, "NH69", "G8"),
    ],
)
def test_what_excel_shows_of_a_cell_counts(change: Callable[[Workbook], None], code: str, at: str) -> None:
    made = opened(filled().data)
    change(made)

    assert (code, at) in asked(read_return("a.xlsx", saved(made), real(), filled().period).findings)


@pytest.mark.requires("soffice")
def test_what_is_said_beside_the_figures_counts_in_an_xls_too(files: Files) -> None:
    found = read_return("a.xls", files("said", "xls"), real(), filled().period)

    seen = {("DL14", "F8"), ("DL15", "G8")}
    assert asked(found.findings) == seen | {("NH69", "D17"), ("NH69", "")}


def test_a_total_that_adds_up_other_cells_is_asked_about_though_it_was_never_calculated() -> None:
    form = fill("NHI", 1)
    made = opened(form.data)
    made[A]["F8"].value = "=SUM('Chi tiết theo xã'!E9:E11)"

    found = read_return("a.xlsx", saved(made), real(), form.period)

    assert ("DL23", "F8") in asked(found.findings)
