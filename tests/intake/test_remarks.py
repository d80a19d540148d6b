"""What is printed on a form and said beside its figures: what matters is asked about, with its cell."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.styles import Alignment, Border, Font, GradientFill, Side
from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet.datavalidation import DataValidation

from dvctt_report.intake.cells import Range, TextBox, Workbook, parse_address
from dvctt_report.intake.collect import interpret, read_return
from dvctt_report.intake.container import read_workbook
from dvctt_report.intake.unpack import unpack
from dvctt_report.model import CellRef, Return, Severity
from tests.forms.fill import Filled, fill, real
from tests.intake.edits import opened, put, saved, with_sheet
from tests.intake.outlook import mail
from tests.libreoffice import LibreOffice, unpaged

A, B, H, T, K = "01-A số liệu", "01-B có không", "02 hoạt động", "03 hồ sơ TTHC", "04 hài lòng"
N, P, V, S, C = (
    "05-A nhiệm vụ, kinh phí",
    "05-B đánh giá, kiến nghị",
    "05-C văn bản chỉ đạo",
    "Trang ký",
    "Bìa",
)


@cache
def filled() -> Filled:
    return fill("SNV", 2)


@cache
def book() -> Workbook:
    return read_workbook(filled().data)


def read(changed: Workbook) -> Return:
    return interpret(changed, "a.xlsx", "hash", real(), filled().period)


def with_text(where: str, text: str | int) -> Workbook:
    name, _, cell = where.partition("!")
    sheet, place = book().sheet(name), parse_address(cell)
    assert sheet is not None
    assert place is not None
    return with_sheet(book(), put(sheet, *place, text))


def asked(found: Return) -> set[tuple[str, str]]:
    """The codes of what is asked, each with its cell."""
    return {(f.code, f.at.cell) for f in found.findings if f.severity is not Severity.INFO and f.at}


@pytest.mark.parametrize(
    ("where", "text", "code"),
    [
        (f"{T}!C2", "Biểu 03. HỒ SƠ DỰ KIẾN TIẾP NHẬN", "NH57"),
        (f"{K}!C2", "Biểu 04. MỨC ĐỘ KHÔNG HÀI LÒNG CỦA NGƯỜI DÂN", "NH57"),
        (f"{H}!C2", "Biểu 02. TUYÊN TRUYỀN Ở CẤP TRÊN", "NH51"),
        (f"{S}!C2", "TRANG KÝ THU HỒI SỐ LIỆU", "NH69"),
        (f"{A}!C1", "SỞ NỘI VỤ TỈNH KHÁNH HÒA", "NH51"),
        (f"{C}!C1", "SỞ NỘI VỤ TỈNH KHÁNH HÒA", "NH51"),
        (f"{C}!E11", "trước ngày 10/11/2024", "NH51"),
        (f"{C}!E10", "từ ngày 01/01/2025 đến hết ngày 30/6/2025", "NH59"),
        (f"{C}!E12", "Tỉnh Bình Thuận", "NH51"),
        (f"{C}!C6", "Đơn vị lập hộ", "NH51"),
        (f"{H}!E10", "Số cuộc bị hủy", "NH57"),
        (f"{H}!E11", "Số lượt người được mời", "NH51"),
        (f"{A}!G6", "Đã thực hiện (lũy kế)", "NH57"),
        (f"{A}!F6", "Tổng số năm trước", "NH57"),
        (f"{A}!C8", "9", "NH51"),
        (f"{A}!F7", "(9)", "NH51"),
        (f"{A}!C6", "Số liệu năm 2024", "NH59"),
        (f"{A}!G6", "Đã thực hiện\n(số liệu 9 tháng)", "NH59"),
        (f"{A}!G6", "Đã thực hiện\n(lấy đại)", "NH51"),
    ],
)
def test_an_edit_of_what_the_form_prints_is_asked_about(where: str, text: str, code: str) -> None:
    assert (code, where.partition("!")[2]) in asked(read(with_text(where, text)))


@pytest.mark.parametrize(
    ("where", "text", "code"),
    [
        (f"{A}!D17", "Toàn bộ số liệu trang này đã thu hồi", "NH69"),
        (f"{H}!H11", "sai", "NH69"),
        (f"{H}!H10", "bỏ số này", "NH69"),
        (f"{H}!I11", "gồm cả lượt trùng, thực 100", "NH69"),
        (f"{H}!I9", "nhân 10", "NH58"),
        (f"{H}!I9", "làm trong 3 đợt", "NH79"),
        (f"{A}!D17", "Các số trên gấp đôi thực tế", "NH58"),
        (f"{T}!Q9", "(số của Sở Y tế)", "NH79"),
        (f"{S}!E17", "Báo cáo này thay thế bằng báo cáo số 99", "NH69"),
        (f"{S}!E17", "CHƯA KÝ", "NH69"),
        (f"{C}!C22", "THU HỒI", "NH69"),
        *(
            (f"{A}!M8", text, "NH79")
            for text in (
                "thực ra là 61",
                "không dùng số này",
                "lũy kế từ năm 2021",
                "lấy theo số năm 2023",
                "Số ước tính",
                "số năm ngoái",
                "chưa chính xác",
                "chỉ tính 3 phòng",
                "đã cộng cả cấp huyện",
                "số này của Sở Xây dựng",
                "xem tệp gửi lại",
                "Số trên tính 6 tháng đầu năm",
                "Số trên là của 06 tháng",
                "số này mới tính 9 tháng",
                "khong dung so nay",
            )
        ),
        (f"{A}!L8", "năm 2024", "NH79"),
        (f"{A}!L8", 1300, "NH79"),
        (f"{A}!J8", "Số tạm tính", "NH79"),
        (f"{P}!E8", "Thiếu kinh phí. Số liệu tại Biểu 01-A là số năm 2024", "NH79"),
        (f"{P}!E8", "Báo cáo này thay cho Sở Y tế", "NH79"),
        (f"{P}!E8", "Đề nghị sửa dòng 1 Biểu 01-A thành 38 người", "NH79"),
        (f"{P}!E8", "Đề nghị Sở điều chỉnh ô G8 còn 38", "NH79"),
        (f"{S}!E7", "3391/BC-SNV (thu hồi)", "NH79"),
        (f"{S}!E7", "12/BC-SNV-2024", "NH79"),
        (f"{S}!E9", "(chưa ký)", "NH79"),
        (f"{V}!D8", "chưa ban hành", "DL31"),
        (f"{V}!D8", "3 văn bản", "DL33"),
        (f"{V}!D8", "1033/SNV-VP (năm 2021)", "DL33"),
        (f"{V}!D8", "77/SYT-VP", "DL33"),
        (f"{V}!F8", "THU HỒI: Triển khai Kế hoạch", "DL31"),
        (f"{V}!F8", "Về việc bãi bỏ Kế hoạch", "DL31"),
    ],
)
def test_what_is_said_against_the_figures_is_asked_about(where: str, text: str | int, code: str) -> None:
    changed = with_text(where, text)
    if where.startswith(f"{V}!"):
        for cell, said in ((f"{V}!D8", "15/SNV-VP"), (f"{V}!E8", "21/04/2025"), (f"{V}!F8", "Triển khai")):
            sheet, place = changed.sheet(V), parse_address(cell.partition("!")[2])
            assert sheet is not None
            assert place is not None
            changed = changed if cell == where else with_sheet(changed, put(sheet, *place, said))

    if where == f"{A}!J8":
        for place in ((8, 6), (8, 7)):
            sheet = changed.sheet(A)
            assert sheet is not None
            changed = with_sheet(changed, put(sheet, *place, 90))

    assert (code, where.partition("!")[2]) in asked(read(changed))


@pytest.mark.parametrize(
    ("where", "text"),
    [
        *(
            (f"{A}!M8", text)
            for text in (
                "02 người nghỉ thai sản",
                "Theo Quyết định số 12/QĐ-UBND ngày 05/3/2024",
                "Kế hoạch số 45 năm 2024 giao",
                "So với năm 2024 tăng 5%",
                "Bao gồm hợp đồng lao động",
                "Có 02 viên chức mới tuyển dụng tháng 6/2025",
                "Không tính người nghỉ không lương",
                "Theo báo cáo của Trung tâm Phục vụ hành chính công",
                "Liên hệ 0259123456",
                "Trong đó 02 người nghỉ 6 tháng",
                "Số người mới tuyển trên 6 tháng",
            )
        ),
        (f"{A}!L8", "Quyết định số 100/QĐ-UBND năm 2024"),
        (f"{A}!L8", "Báo cáo của Sở Tư pháp"),
        (f"{A}!D17", "Nơi nhận: Sở Khoa học và Công nghệ"),
        (f"{A}!D17", "Tỷ lệ = Đã thực hiện / Tổng số x 100"),
        (f"{A}!C1", "UBND TỈNH NINH THUẬN\nSỞ NỘI VỤ"),
        (f"{A}!F6", "Tổng  số "),
        (f"{C}!E10", "từ 01/01/2025 đến 31/10/2025"),
        (f"{S}!E9", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC Nguyễn Văn A"),
        (f"{S}!E9", "Giám đốc Sở Nguyễn Trường Sơn"),
        (f"{S}!E9", "Phó Giám đốc Sở x700523@gmail.com"),
        (f"{S}!E13", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"),
        (f"{S}!E7", "77/BC-SNV"),
        (f"{P}!E8", "Năm 2024 đã có hạn chế tương tự; năm 2025 đã khắc phục một phần"),
        (f"{P}!E8", "Đề nghị bãi bỏ thủ tục không còn phù hợp"),
        (f"{P}!E8", "Đề nghị điều chỉnh Biểu 01-A cho phù hợp với cấp xã"),
        (f"{P}!E8", "Đề nghị sửa đổi thủ tục, giảm còn 3 ngày"),
        (f"{P}!E8", "Đề nghị điều chỉnh mức chỉ tiêu xuống 50%"),
    ],
)
def test_what_says_nothing_against_the_figures_raises_no_question(where: str, text: str) -> None:
    assert asked(read(with_text(where, text))) == set()


@pytest.mark.parametrize("name", ["01-A nháp", "KHÔNG DÙNG", "6 tháng", "Năm 2024", "01-A Sở Y tế"])
def test_a_sheet_that_was_named_otherwise_is_asked_about(name: str) -> None:
    sheets = tuple(replace(s, name=name) if s.name == A else s for s in book().sheets)

    told = read(replace(book(), sheets=sheets)).findings
    places = [(f.at.sheet, f.at.cell) for f in told if f.at and f.severity is not Severity.INFO]
    assert places == [(name, "")]


@pytest.mark.parametrize("text", ["THU HỒI BÁO CÁO NÀY", "Tất cả số liệu trong tệp tính bằng nghìn"])
def test_what_a_sheet_beside_the_form_says_is_asked_about_with_its_cell(text: str) -> None:
    sheet = book().sheet(A)
    assert sheet is not None
    extra = put(replace(sheet, name="Sheet1", cells={}, merged=(), notes={}, hints=()), 3, 2, text)

    assert asked(read(with_sheet(book(), extra))) == {("NH79", "B3")}


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"text_boxes": (TextBox("THU HỒI", 3, 16),)}, "P3"),
        ({"notes": {(8, 7): "lấy tạm số tháng trước"}}, "G8"),
        ({"notes": {(8, 7): "cột này là số lượt"}}, "G8"),
        ({"hints": ((Range(8, 7, 8, 7), "Số đúng là 61"),)}, "G8"),
        ({"margins": ("&CDỰ THẢO",)}, "C1"),
    ],
)
def test_what_is_drawn_or_pinned_is_asked_about_with_a_cell(change: dict[str, object], at: str) -> None:
    sheet = book().sheet(A)
    assert sheet is not None

    assert at in {cell for _, cell in asked(read(with_sheet(book(), replace(sheet, **change))))}  # type: ignore[arg-type]


def test_a_correction_takes_out_the_figures_that_it_names_and_no_others() -> None:
    found = read(with_text(f"{A}!D17", "Đính chính: dòng 1 cột (5) là 61"))

    told = [f for f in found.findings if f.severity is not Severity.INFO]
    assert [(f.code, f.item, f.field, f.against) for f in told] == [("NH69", "T1", "done", ())]


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


def _narrow(made: Book) -> None:
    made[A]["G8"].value = 214
    made[A].column_dimensions["G"].width = 2.5


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
        (_styled(font=Font(name="Wingdings")), "DL14", "G8"),
        (_styled(fill=GradientFill(stop=(BLACK, BLACK)), font=Font(color=BLACK)), "DL14", "G8"),
        (_styled(border=CROSS), "DL15", "G8"),
        (_styled(value="\u202e19"), "DL14", "G8"),
        (_without_zeros, "NH44", "G8"),
        (_narrow, "NH44", "G8"),
        (lambda made: setattr(made[A].column_dimensions["D"], "hidden", True), "NH44", "D8"),
        (_black, "DL14", "G8"),
        (_over("E8"), "NH48", "E8"),
        (_hint, "NH69", "G8"),
    ],
)
def test_what_excel_shows_of_a_cell_counts(change: Callable[[Book], None], code: str, at: str) -> None:
    made = opened(filled().data)
    change(made)

    assert (code, at) in asked(read_return("a.xlsx", saved(made), real(), filled().period))


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
    assert asked(found) == seen | {("NH69", "D17"), ("NH69", "")}


def test_a_total_that_adds_up_other_cells_is_asked_about_though_it_was_never_calculated() -> None:
    form = fill("NHI", 1)
    made = opened(form.data)
    made[A]["F8"].value = "=SUM('Chi tiết theo xã'!E9:E11)"

    found = read_return("a.xlsx", saved(made), real(), form.period)

    assert ("DL23", "F8") in asked(found)


def test_a_mail_of_outlook_gives_its_files_also_those_of_a_mail_within() -> None:
    data = mail({"Biểu 01.xlsx": filled().data, "ghi chú.txt": b"abc"}, "vp@snv.example.com", b"PK")

    members = unpack("thu.msg", data)

    names = [(one.file, one.sender) for one in members]
    sender = "vp@snv.example.com"
    assert names == [(f"thu.msg!/{name}", sender) for name in ("Biểu 01.xlsx", "ghi chú.txt", "bieu.xlsx")]
    assert [one.data for one in members] == [filled().data, b"abc", b"PK"]


def test_the_cell_of_the_control_code_is_known() -> None:
    assert read(book()).submission.cell("control_code") == CellRef("a.xlsx", S, "E10")
