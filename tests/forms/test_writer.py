"""The .xlsx that a unit gets: what is locked, what Excel checks, how it prints, and that it is sound."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator

from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import COVER, Role
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.layout import PlacedColumn, cell_name, place
from dvctt_report.forms.writer import form_bytes, form_name
from dvctt_report.intake.collect import read_return
from dvctt_report.model import Key
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import required_fields
from dvctt_report.plan.load import load_profile
from dvctt_report.text.resources import resource_path
from dvctt_report.year import rules as year_rules
from dvctt_report.year.dataset import Dataset
from tests.forms.fill import ONE_OF_EACH_GROUP, cells, field_of, fill, real, sources

EXCEL_2007 = {"AND", "COUNT", "IF", "INT", "ISNUMBER", "LEFT", "MID", "N", "OR", "SUM", "SUMPRODUCT", "TEXT"}
SHAPES = ("SYT", "NHI", "X22759", "BPTTH", "CDN")
POINTS_PER_INCH = 72


@cache
def data_of(code: str) -> bytes:
    """A unit's blank form; a warning of XlsxWriter (a validation left out) is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return form_bytes(real(), real().roster.unit(code), ONE_OF_EACH_GROUP[code])


@cache
def book_of(code: str) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data_of(code)))


def answer_cells(code: str) -> Iterator[tuple[Worksheet, Cell, PlacedColumn, Key]]:
    """Every cell of a unit's form that takes or shows an answer."""
    unit = real().roster.unit(code)
    for placed in place(build_form(real(), unit, ONE_OF_EACH_GROUP[code])):
        sheet = book_of(code)[placed.sheet.name]
        for table in placed.tables:
            for row, column, _, key in table.answers():
                yield sheet, sheet[cell_name(row, column.at)], column, key


def formulas(book: Workbook) -> Iterator[tuple[str, str]]:
    """Every formula of a workbook, of cells, conditional formats and validations, with its place."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield f"{sheet.title}!{cell.coordinate}", cell.value.removeprefix("=")
        for area in sheet.conditional_formatting:
            for rule in area.rules:
                for formula in rule.formula:
                    yield f"{sheet.title}!{area.sqref}", formula
        for check in sheet.data_validations.dataValidation:
            if check.type != "list":
                yield f"{sheet.title}!{check.sqref}", f"{check.formula1},{check.formula2}"


def visible(book: Workbook) -> list[Worksheet]:
    return [s for s in book.worksheets if s.sheet_state == "visible"]


@pytest.mark.parametrize("code", ONE_OF_EACH_GROUP)
def test_answers_are_open_and_everything_printed_or_computed_is_locked(code: str) -> None:
    unit, open_cells = real().roster.unit(code), set()
    keys = [key for _, _, _, key in answer_cells(code)]
    for sheet, cell, column, key in answer_cells(code):
        computed = column.column.role is Role.RATE or sources(key, keys) or key == Key(COVER, "control_code")
        assert cell.protection.locked is bool(computed), (unit.code, sheet.title, cell.coordinate)
        if not computed:
            open_cells.add((sheet.title, cell.coordinate))
    for sheet in visible(book_of(code)):
        merged = {c for area in sheet.merged_cells.ranges for row in area.rows for c in row[0:]}
        for row in sheet.iter_rows():
            for cell in row:
                inside = (cell.row, cell.column) in merged
                if not cell.protection.locked and not inside:
                    assert (sheet.title, cell.coordinate) in open_cells


@pytest.mark.parametrize("code", SHAPES)
def test_the_identity_is_very_hidden_keys_are_hidden_and_sheets_protected(code: str) -> None:
    book = book_of(code)
    assert book["_meta"].sheet_state == "veryHidden"
    assert {row[0].value: row[1].value for row in book["_meta"].iter_rows()} == {
        "form": "dvctt",
        "version": "1",
        "plan": "NT1588",
        "plan_version": str(real().plan.version),
        "year": str(ONE_OF_EACH_GROUP[code]),
        "unit": code,
    }
    for sheet in visible(book):
        columns = [d for d in sheet.column_dimensions.values() if d.hidden]
        assert [(d.min, d.max) for d in columns] == [(1, 2)]
        markers = [r for r in range(1, sheet.max_row + 1) if str(sheet.cell(r, 1).value).startswith("#")]
        assert markers
        assert all(sheet.row_dimensions[row].hidden for row in markers)
        protection = sheet.protection
        assert protection.sheet
        assert protection.password is None
        # In the file format these say what is forbidden.
        assert (protection.formatColumns, protection.formatRows, protection.insertRows) == (False,) * 3
        assert protection.deleteRows
        assert protection.formatCells
        if sheet.title in ("01-A số liệu", "01-B có không", "03 hồ sơ TTHC"):  # one table: its head stays
            assert sheet.print_title_rows
            assert sheet.freeze_panes is not None
        (number,) = [c for c in sheet[1] if "Mẫu BM" in str(c.value)]  # its column is narrow on some
        assert number.alignment.shrink_to_fit or code == "X22759"
        assert not number.alignment.wrap_text
        formats = {cell.number_format for row in sheet.iter_rows() for cell in row}
        assert formats <= {"General", "#,##0", "0.0", "dd/mm/yyyy", "@"}, "none as accountants have them"
    with zipfile.ZipFile(io.BytesIO(data_of(code))) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}
    assert [name for name, text in parts.items() if re.search(r"(?i)lỗi|màu đỏ", text)] == []
    assert "FFC7CE" not in parts["xl/styles.xml"], "what has to be looked at again is amber"


@pytest.mark.parametrize("code", ONE_OF_EACH_GROUP)
def test_every_number_list_and_date_is_checked_by_excel_in_vietnamese(code: str) -> None:
    expected = {
        "count": "whole",
        "money": "whole",
        "tick": "list",
        "yes_no": "list",
        "choice": "list",
        "date": "date",
    }
    checks = {
        (sheet.title, str(area)): check
        for sheet in visible(book_of(code))
        for check in sheet.data_validations.dataValidation
        for area in check.sqref.ranges
    }
    keys = [key for _, _, _, key in answer_cells(code)]
    for sheet, cell, column, key in answer_cells(code):
        spec = field_of(key)
        if column.column.role is Role.RATE:
            continue
        kind = "choice" if column.column.role is Role.STATUS else spec.kind if spec else ""
        check = checks.pop((sheet.title, cell.coordinate), None)
        assert (check.type if check else None) == expected.get(kind), (sheet.title, cell.coordinate, key)
        if check and not sources(key, keys):
            assert check.errorTitle in ("Chỉ nhập số nguyên", "Chọn trong danh sách", "Ngày chưa đúng")
            assert check.error
            assert len(check.errorTitle) <= 32
            assert len(check.error) <= 255
            assert len(check.formula1) <= 257
    (signer,) = checks.values()
    assert (signer.promptTitle, signer.errorStyle) == ("Chức vụ người ký", "information")
    assert len(signer.formula1) <= 257


def choices(code: str, wanted: Key) -> str:
    sheet, cell = next((s, c) for s, c, _, key in answer_cells(code) if key == wanted)
    found = [c for c in sheet.data_validations.dataValidation if cell.coordinate in c.sqref]
    return str(found[0].formula1)


STATES = '"Có số liệu,Không phát sinh,Chưa có số liệu,Không áp dụng"'
DOING = '"Đã thực hiện,Đang thực hiện,Chưa thực hiện"'


@pytest.mark.parametrize(
    ("code", "item", "field", "words"),
    [
        ("SYT", "T1", "status", STATES),
        ("NHI", "KS.HT.chung", "status", STATES),
        ("CAT", "T10", "status", STATES),
        ("CAT", "T1", "status", f'{STATES[:-1]},Không cung cấp"'),
        ("SYT", "T3", "answer", '"Có,Không,Không có trang riêng"'),
        ("SYT", "NV.7a", "status", DOING),
        ("X22759", "NV.7a", "status", DOING),
    ],
)
def test_states_and_answers_are_chosen_in_full_words(code: str, item: str, field: str, words: str) -> None:
    """Only who may withhold a figure can choose so."""
    assert choices(code, Key(item, field)) == words


@pytest.mark.parametrize("code", ONE_OF_EACH_GROUP)
def test_formulas_use_only_functions_of_excel_2007(code: str) -> None:
    used = {name for _, text in formulas(book_of(code)) for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", text)}

    assert used <= EXCEL_2007
    assert {"IF", "SUMPRODUCT", "TEXT"} <= used


def test_numbers_of_documents_and_telephones_stay_as_they_are_typed() -> None:
    exact = {Key(COVER, "phone"), Key(COVER, "document_number"), Key("VB", "number", "1")}
    for _, cell, _, key in answer_cells("SYT"):
        if key in exact | {Key("T3", "evidence")}:
            assert cell.number_format == "@"
        if key.item == "DG.ketqua":
            assert cell.number_format == "General"


@pytest.mark.parametrize("code", ONE_OF_EACH_GROUP)
def test_every_sheet_prints_on_a4_one_page_wide(code: str) -> None:
    for sheet in visible(book_of(code)):
        assert sheet.page_setup.paperSize == 9
        if code != "X22759":
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((None, 0), (1, 0))
            assert scale_to_width(sheet) > 0.62


@pytest.mark.parametrize("province", ["ninh_thuan", "khanh_hoa"])
def test_a_commune_has_two_portrait_pages_printed_as_they_are_in_no_type_below_11(province: str) -> None:
    profile = load_profile(resource_path("templates") / province)
    unit = next(u for u in profile.units(Period(2026)) if u.group == "xa")
    book = openpyxl.load_workbook(io.BytesIO(form_bytes(profile, unit, Period(2026))))
    (sheet,) = visible(book)

    assert sheet.page_setup.orientation in (None, "portrait")
    assert (sheet.page_setup.fitToHeight, sheet.page_setup.scale) in ((None, None), (None, 100))
    assert scale_to_width(sheet) > 1.02  # LibreOffice draws the columns a little wider
    shown = [cell for row in sheet.iter_rows(min_col=3) for cell in row if cell.value is not None]
    assert min(cell.font.size for cell in shown) == 11
    assert not any(cell.alignment.shrink_to_fit for cell in shown)
    assert re.findall(r"&(\d+)", sheet.oddFooter.left.text or "") in ([], ["11"])
    usual = sheet.sheet_format.defaultRowHeight
    tall = [
        0 if (d := sheet.row_dimensions[row]).hidden else d.height or usual
        for row in range(1, sheet.max_row + 1)
    ]
    (second,) = (b.id for b in sheet.row_breaks.brk)
    page = 841.9 - (sheet.page_margins.top + sheet.page_margins.bottom) * POINTS_PER_INCH
    assert max(sum(tall[:second]), sum(tall[second:])) < page


def scale_to_width(sheet: Worksheet) -> float:
    paper = 841.9 if sheet.page_setup.orientation == "landscape" else 595.3
    columns = [d for d in sheet.column_dimensions.values() if not d.hidden]
    wide = sum(d.width * 7 * 0.75 * (d.max - d.min + 1) for d in columns)
    margins = sheet.page_margins
    return float((paper - (margins.left + margins.right) * POINTS_PER_INCH) / wide)


def rules(sheet: Worksheet) -> dict[str, list[str]]:
    return {str(a.sqref): [str(r.formula[0]) for r in a.rules] for a in sheet.conditional_formatting}


def test_what_is_written_wrong_is_marked_where_it_stands() -> None:
    """A word or a part in a number's cell, a numerator above its total, a reason that is missing."""
    figures = rules(book_of("SYT")["01-A số liệu"])
    whole = '(G8<>"")*(G8<>"-")*(1-ISNUMBER(G8)*(G8>=0)*(TEXT(G8,"0")=G8&""))'
    assert figures["G8:G12"] == [whole, "ISNUMBER(G8)*ISNUMBER(F8)*(G8>F8)"]
    assert figures["M8:M12"] == ['(M8="")*((J8="Chưa có số liệu")+(J8="Không áp dụng"))']
    parts = rules(book_of("NHI")["Chi tiết theo xã"])
    assert parts["F9:F18"][-1] == "ISNUMBER(F9)*ISNUMBER(E9)*(F9>E9)"
    assert sum("*ISNUMBER(" in found[-1] for found in parts.values()) == 4
    money = rules(book_of("SYT")["05-A nhiệm vụ, kinh phí"]).values()
    assert sum("100000" in f for found in money for f in found) == 3, "money that was meant in thousands"


def test_file_names_are_ascii_with_the_code_first_and_different() -> None:
    names = {u.code: form_name(u, Period(2025)) for u in real().roster.units}
    assert names["SYT"] == "BM2025_SYT_So-Y-te.xlsx"
    assert names["PRTC"] == "BM2025_PRTC_UBND-thanh-pho-Phan-Rang-Thap-Cham.xlsx"
    assert all(name.isascii() and len(name) < 120 for name in names.values())
    assert len({name.lower() for name in names.values()}) == len(names)


@pytest.mark.parametrize("code", SHAPES)
def test_the_package_is_sound_and_the_same_form_has_the_same_bytes(code: str, tmp_path: Path) -> None:
    unit, period = real().roster.unit(code), ONE_OF_EACH_GROUP[code]
    assert form_bytes(real(), unit, period) == form_bytes(real(), unit, period) == data_of(code)
    assert fill(code, 0).data != data_of(code)
    path = tmp_path / "form.xlsx"
    path.write_bytes(fill(code, 1).data)
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


def test_every_formula_carries_its_result() -> None:
    for code in ("SYT", "NHI", "X22759"):
        with zipfile.ZipFile(io.BytesIO(data_of(code))) as package:
            for name in package.namelist():
                if name.startswith("xl/worksheets/sheet"):
                    cells = re.findall(r"<c [^>]*>(?:(?!</c>).)*<f>.*?</c>", package.read(name).decode())
                    assert all("<v>" in cell for cell in cells)
                    assert all('t="str"' in cell for cell in cells if "<v></v>" in cell)


def test_the_cover_and_the_banner_say_who_reports_to_whom_by_when_and_on_what() -> None:
    sheet, cover = book_of("SYT")["01-A số liệu"], book_of("SYT")["Bìa"]
    assert (sheet["C1"].value, sheet["M1"].value) == ("SỞ Y TẾ", "Mẫu BM2025-SYT")
    assert sheet["C3"].value == "Năm 2025 – số liệu từ ngày 01/01/2025 đến hết ngày 31/10/2025"
    said = {row[2].value: row[4].value for row in cover.iter_rows(max_row=14) if row[4].value}
    assert said == {
        "Đơn vị báo cáo": "Sở Y tế",
        "Mã đơn vị": "SYT",
        "Đơn vị nhận báo cáo": "Sở Khoa học và Công nghệ",
        "Kỳ báo cáo": "Năm 2025",
        "Số liệu": "từ ngày 01/01/2025 đến hết ngày 31/10/2025",
        "Hạn gửi": "trước ngày 10/11 (điểm e khoản 7 Mục III của Kế hoạch)",
        "Phạm vi": "Tỉnh Ninh Thuận, theo tổ chức bộ máy trước ngày 01/7/2025",
    }


@pytest.mark.parametrize(
    ("code", "signed_by"),
    [
        ("SYT", ("THỦ TRƯỞNG ĐƠN VỊ",)),
        ("NHI", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("X22759", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
    ],
)
def test_the_last_sheet_is_signed_by_two(code: str, signed_by: tuple[str, ...]) -> None:
    """The title is open, so that a deputy may sign."""
    cells = {c.value: c for row in visible(book_of(code))[-1].iter_rows() for c in row if c.value}

    assert {"NGƯỜI LẬP BIỂU", "(Ký số, hoặc ký, đóng dấu)", *signed_by} <= cells.keys()
    assert not cells[signed_by[-1]].protection.locked


def said_line(code: str, answers: dict[Key, Answer]) -> str:
    """What the line over a form's first page says: by its own formulas, whose results stand with them."""
    data = form_bytes(real(), real().roster.unit(code), ONE_OF_EACH_GROUP[code], answers)
    sheets = visible(openpyxl.load_workbook(io.BytesIO(data), data_only=True))
    lines = {str(c.value) for s in sheets for c in s[4] if c.value and c.coordinate == "C4"}
    assert len(lines) == 1
    return lines.pop()


def complete(code: str) -> dict[Key, Answer]:
    """Answers that leave nothing of a form open: a number wherever one is asked, none above its total."""
    keys = cells(real().roster.unit(code), ONE_OF_EACH_GROUP[code])
    asked = {k: spec for k in keys if (spec := field_of(k)) is not None and not sources(k, keys)}
    tasks = {item.code for item in real().plan.items if item.kind == "task"}
    return {
        **{Key("_", name): "x" for name in ("contact", "phone")},
        **{k: "Có" for k, spec in asked.items() if spec.kind == "yes_no"},
        **{k: 500_000 for k, spec in asked.items() if spec.kind in ("count", "money")},
        **{k: "Đã thực hiện" for k in keys if k.field == "status" and k.item in tasks},
    }


@pytest.mark.parametrize("code", ["SYT", "NHI", "X22759"])
def test_a_line_counts_the_cells_still_to_be_filled(code: str) -> None:
    blank = said_line(code, {})
    assert re.match(r"Còn \d{2,} ô chưa ghi(: Bìa \(2\), 01-A \(\d+\), .+)?$", blank)
    some = said_line(code, {k: v for k, v in fill(code, 3).answers.items() if k.item in ("T1", "T2")})
    assert int(some.split()[1]) < int(blank.split()[1])
    assert said_line(code, complete(code)) == DONE


DONE, ONE_WRONG = "Đã ghi đủ, có thể trình ký", "Có 01 ô ghi chưa đúng"
NO_FIGURES: dict[str, Answer] = {"T1.total": "", "T1.done": "", "T1.status": "Chưa có số liệu"}
WRONG: dict[str, tuple[dict[str, Answer], str]] = {
    "a word": ({"T1.done": "không có"}, ONE_WRONG),
    "a number with its words": ({"T1.done": "Tổng số 45"}, ONE_WRONG),
    "a share": ({"T1.done": 0.5}, ONE_WRONG),
    "below zero": ({"T1.done": -1}, ONE_WRONG),
    "the dash": ({"T1.done": "-"}, DONE),
    "more done than there is": ({"T1.total": 10, "T1.done": 12}, ONE_WRONG),
    "a number and none": ({"T1.status": "Không phát sinh"}, ONE_WRONG),
    "zero and none": ({"T1.total": 0, "T1.done": 0, "T1.status": "Không phát sinh"}, DONE),
    "numbers and not applicable": ({"T1.status": "Không áp dụng", "T1.note": "lý do"}, ONE_WRONG),
    "no reason": (NO_FIGURES, ONE_WRONG),
    "a reason": (NO_FIGURES | {"T1.note": "Chờ đối soát"}, DONE),
    "one of two, the other later": (NO_FIGURES | {"T1.total": 9, "T1.note": "Chờ đối soát"}, DONE),
    "blank and a word": ({"T1.total": "", "T1.done": "50%"}, "Còn 01 ô chưa ghi, 01 ô ghi chưa đúng"),
    "money in words": ({"KP.a.planned": "15 triệu"}, ONE_WRONG),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_line_tells_what_is_written_wrong_before_it_is_signed(case: str) -> None:
    """Words in a number's cell, shares, more than all, a state that the numbers deny, no reason."""
    answers, said = WRONG[case]
    typed = {Key(*name.rsplit(".", 1)): value for name, value in answers.items()}
    kept = {k: v for k, v in complete("SYT").items() if k not in typed}
    line = said_line("SYT", kept | {k: v for k, v in typed.items() if v != ""})
    assert line.partition(":")[0] == said


def test_a_line_says_on_which_sheets_cells_are_open_or_wrong() -> None:
    answers = complete("SYT")
    answers[Key("T1", "done")] = "không có"
    row = [k for k in answers if k.item == "KS.HT.chung"]
    for key in row:
        del answers[key]
    line = said_line("SYT", answers)
    assert line == f"Còn {len(row):02d} ô chưa ghi, 01 ô ghi chưa đúng: 01-A (1), 04 ({len(row)})"


def test_what_a_unit_typed_is_never_a_formula_or_a_link() -> None:
    answers: dict[Key, Answer] = {
        Key("DG.ketqua", "text"): "=HYPERLINK(1)",
        Key("T3", "evidence"): "https://a.vn",
    }
    book = openpyxl.load_workbook(
        io.BytesIO(form_bytes(real(), real().roster.unit("SYT"), Period(2025), answers))
    )

    cells = {c.value: c for s in book for row in s.iter_rows() for c in row if c.value in answers.values()}
    assert set(cells) == set(answers.values())
    assert {c.data_type for c in cells.values()} == {"s"}
    assert not any(c.hyperlink for c in cells.values())


def test_the_line_counts_what_the_check_asks_for_and_nothing_else() -> None:
    """Complete answers, each time without those of one item: what the line counts the check reports."""
    unit, period, n_open = real().roster.unit("SYT"), Period(2025), 0
    items = dict.fromkeys(key.item for key in cells(unit, period) if key.item != COVER)
    for item in items:
        answers = {key: answer for key, answer in complete("SYT").items() if key.item != item}
        data = form_bytes(real(), unit, period, answers)
        line = openpyxl.load_workbook(io.BytesIO(data), True, data_only=True).worksheets[0]["C4"].value
        read = read_return("a.xlsx", data, real(), period)
        dataset = Dataset(real(), period, [read], date(2025, 11, 20))
        asked = [f for f in year_rules.check(dataset) if f.code in ("SL01", "SL03", "SL04")]
        assert line.startswith("Còn") == bool(asked), (item, line)
        n_open += bool(asked)
    assert 5 < n_open < len(items)


def test_a_survey_that_no_target_is_summed_from_may_be_left_blank() -> None:
    asked = tuple(real().asked(real().roster.unit("SYT")))
    required = {item.code: required_fields(item, asked) for item in asked}
    assert required["KS.HT.chung"] == ("issued", "returned", "valid", "satisfied")
    assert [code for code in required if code.startswith("KS.") and not required[code]]
