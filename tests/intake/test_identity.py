"""A return is recognised by the keys in it: plan, version, year, unit; anything else is refused."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from dvctt_report.forms.layout import META_SHEET
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake.cells import Cell, CellKind, Workbook
from dvctt_report.intake.container import read_workbook
from dvctt_report.intake.identity import Identity, identify
from dvctt_report.model import CellRef
from dvctt_report.period import Period
from tests.forms.fill import real

AT = CellRef("nhan-ve/2025/a.xlsx")


@cache
def book() -> Workbook:
    return read_workbook(form_bytes(real(), real().roster.unit("SYT"), Period(2025)))


def with_keys(changes: dict[str, str | None]) -> Workbook:
    """The form of a department with other keys; None takes a key away."""
    sheets = []
    for sheet in book().sheets:
        if sheet.name == META_SHEET:
            cells = dict(sheet.cells)
            for row in range(1, 7):
                name = str(cells[row, 1].value)
                if name in changes:
                    value = changes[name]
                    del cells[row, 2]
                    if value is None:
                        del cells[row, 1]
                    else:
                        cells[row, 2] = Cell(row, 2, CellKind.TEXT, value, value)
            sheet = replace(sheet, cells=cells)
        sheets.append(sheet)
    return replace(book(), sheets=tuple(sheets))


def identified(**changes: str | None) -> Identity:
    return identify(with_keys(changes), real(), Period(2025), AT)


def refusal(**changes: str | None) -> tuple[str, str]:
    found = identified(**changes).refusal
    assert found is not None
    assert found.at == AT
    assert found.fix
    return found.code, found.message


def test_a_form_says_whose_it_is_and_of_which_year() -> None:
    found = identify(book(), real(), Period(2025), AT)

    assert found == Identity(real().roster.unit("SYT"), Period(2025))


def test_the_name_of_the_file_says_nothing() -> None:
    assert identify(
        book(), real(), Period(2025), CellRef("BM2025_SXD_So-Xay-dung.xlsx")
    ).unit == real().roster.unit("SYT")


def test_a_workbook_with_the_keys_of_another_form_is_no_return() -> None:
    assert refusal(form="khác") == ("NH02", "tệp không phải biểu mẫu đã cấp (không có mã nhận dạng của biểu)")


def test_a_workbook_without_key_sheet_and_cover_is_no_return() -> None:
    plain = replace(book(), sheets=tuple(s for s in book().sheets[:0]))

    found = identify(plain, real(), Period(2025), AT)
    assert found.refusal is not None
    assert (found.unit, found.period, found.refusal.code) == (None, None, "NH02")


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("plan", "KH1", "kế hoạch KH1 bản 1, mẫu 1"),
        ("plan_version", "2", "kế hoạch NT1588 bản 2, mẫu 1"),
        ("version", "9", "kế hoạch NT1588 bản 1, mẫu 9"),
        ("plan", None, "kế hoạch ? bản 1, mẫu 1"),
    ],
)
def test_another_plan_or_version_is_refused(key: str, value: str | None, found: str) -> None:
    code, message = refusal(**{key: value})

    assert code == "NH05"
    assert message == (f"biểu thuộc kế hoạch hoặc phiên bản khác ({found}; cần kế hoạch NT1588 bản 1, mẫu 1)")


@pytest.mark.parametrize(
    ("said", "words", "period"),
    [("2024", "2024", Period(2024)), ("", "không rõ", None), ("²025", "²025", None)],
)
def test_another_year_is_refused_and_the_unit_still_known(
    said: str, words: str, period: Period | None
) -> None:
    found = identified(year=said)

    assert found.refusal is not None
    assert (found.unit, found.period) == (real().roster.unit("SYT"), period)
    assert found.refusal.code == "NH03"
    assert found.refusal.message == f"biểu của năm {words}, cần biểu của năm 2025"
    assert found.refusal.unit == "SYT"


@pytest.mark.parametrize("unit", ["SX", "", "X22759"])
def test_a_unit_that_the_roster_of_the_year_has_not_is_refused(unit: str) -> None:
    code, message = refusal(unit=unit)

    assert (code, message) == ("NH04", f"mã đơn vị “{unit}” không có trong danh sách đơn vị năm 2025")


def test_a_form_of_next_year_is_of_another_year_even_if_its_unit_is_not_yet_there() -> None:
    found = identified(year="2026", unit="X22759")

    assert found.refusal is not None
    assert (found.refusal.code, found.refusal.unit, found.period) == ("NH03", "X22759", Period(2026))


def test_an_unknown_unit_of_another_year_is_of_another_year() -> None:
    found = identified(year="2024", unit="SX")

    assert found.refusal is not None
    assert (found.refusal.code, found.refusal.unit, found.unit) == ("NH03", "", None)
