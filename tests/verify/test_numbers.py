"""Numbers as they are typed in Vietnamese documents, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dvctt_report.verify.numbers import (
    NumberKind,
    even_text,
    find_number_words,
    find_numbers,
    parse_value,
    printed_value,
)
from dvctt_report.vietnamese import format_count, format_decimal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("63.245", "63245"),
        ("63 245", "63245"),
        ("63245", "63245"),
        ("1.234.567,5", "1234567.5"),
        ("77,9%", "77.9"),
        ("77.9 %", "77.9"),
        ("79,096", "79.096"),
        ("03", "3"),
        ("-1,1", "-1.1"),
        ("+2,6", "2.6"),
        ("883,02 triệu", "883020000"),
        ("1,5 tỷ", "1500000000"),
    ],
)
def test_a_number_is_read_as_a_vietnamese_reader_does(text: str, value: str) -> None:
    assert parse_value(text) == Decimal(value)


def figures(text: str) -> list[str]:
    return [n.text for n in find_numbers(even_text(text)) if n.figure]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("đạt 77,9 % (61.734/79.218 hồ sơ)", ["77,9 %", "61.734", "79.218"]),
        ("có 10/11 đơn vị", ["10", "11"]),
        ("Trong số 23 cơ quan, tổng số 37 văn bản", ["23", "37"]),
        ("còn 05 đơn vị; đang thực hiện 08.", ["05", "08"]),
        ("giảm (-1,1) điểm", ["-1,1"]),
        ("- 09 mục tiêu", ["09"]),
        ("từ 5-10 người", ["5", "10"]),
        ("mục tiêu 100%", ["100%"]),
        ("trong năm 2025 có 1 234 lượt", ["1 234"]),
        ("hai mươi hai (22) đơn vị", ["22"]),
        ("đạt 10/10 đơn vị, đến 10/10 đơn vị", ["10", "10", "10", "10"]),
        ("đạt chỉ tiêu 10 đơn vị", ["10"]),
        ("mục tiêu 99,5%", ["99,5%"]),
        ("Cột 2 Tỷ lệ, 03 tỉ lệ", ["2", "03"]),
    ],
)
def test_figures_are_found(text: str, found: list[str]) -> None:
    assert figures(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "ngày 25 tháng 11 năm 2025",
        "đến hết ngày 31/10/2025",
        "trước ngày 10/11",
        "17 giờ 00",
        "năm 2025, giai đoạn 2026-2030",
        "số 1234/KH-UBND và 30/2020/NĐ-CP",
        "theo điểm e khoản 7 Mục III, Điều 12",
        "Bảng 2. Kết quả",
        "1. Đối với tỉnh",
        "2.1. Kết quả",
        "mã T10, biểu 01A, mục 12a",
        "Đề án 06",
        "Covid-19",
        "các chỉ tiêu 1, 2, 3 và 12a",
        "gồm: (1) triển khai; (2) kiểm tra. (9) báo cáo",
        "từ 01/01 đến 31/10",
        "BHXH khu vực 27, mức độ 4",
    ],
)
def test_dates_references_and_names_are_no_figures(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("còn ba đơn vị", [("ba", 3)]),
        ("hai mươi ba đơn vị và mười lăm nhiệm vụ", [("hai mươi ba", 23), ("mười lăm", 15)]),
        ("Bốn mươi văn bản", [("Bốn mươi", 40)]),
        ("một trăm linh năm hồ sơ", [("một trăm linh năm", 105)]),
        ("ba trăm hai mươi mốt người", [("ba trăm hai mươi mốt", 321)]),
        ("năm đơn vị", [("năm", 5)]),
        ("ba (03)", [("ba", 3)]),
        ("Phường Ba (75%), Sở Một (3/4 hồ sơ), ba (3,5 điểm)", []),
        ("các đơn vị; trong năm đơn vị đã gửi; hằng năm báo cáo; nửa năm, đơn vị", []),
        ("một số báo cáo, hai bên, ba là, một mặt, một trong những đơn vị, năm 2025, tư pháp", []),
    ],
)
def test_numbers_in_words_are_read_where_they_count_something(
    text: str, found: list[tuple[str, int]]
) -> None:
    assert [(n.text, n.value) for n in find_number_words(text)] == [(t, Decimal(n)) for t, n in found]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("đạt 77,9 phần trăm", NumberKind.PERCENT, Decimal("77.9")),
        ("thấp hơn 1,1 điểm phần trăm", NumberKind.POINTS, Decimal("1.1")),
        ("thấp hơn 1,1 điểm %", NumberKind.POINTS, Decimal("1.1")),
        ("25 triệu đồng", NumberKind.MONEY, Decimal(25_000_000)),
        ("25.000.000 đồng", NumberKind.MONEY, Decimal(25_000_000)),
        ("25.000.000đ", NumberKind.MONEY, Decimal(25_000_000)),
        ("500đ/hồ sơ", NumberKind.MONEY, Decimal(500)),
        ("25 đơn vị", NumberKind.COUNT, Decimal(25)),
        ("ngày 18/3/2025", NumberKind.DATE, (18, 3, 2025)),
        ("ngày 18 tháng 3 năm 2025", NumberKind.DATE, (18, 3, 2025)),
        ("2025-03-18", NumberKind.DATE, (18, 3, 2025)),
        ("trước ngày 10/11", NumberKind.DATE, (10, 11, None)),
        ("tháng 4/2025", NumberKind.DATE, (None, 4, 2025)),
        ("năm 2025", NumberKind.DATE, (None, None, 2025)),
        ("17 giờ 30 phút", NumberKind.TIME, (17, 30)),
        ("17h", NumberKind.TIME, (17, 0)),
        ("số 1234 /KH-UBND", NumberKind.DOCUMENT, "1234/kh-ubnd"),
        ("khoản 7", NumberKind.REFERENCE, None),
    ],
)
def test_each_kind_of_number_is_told_from_the_others(text: str, kind: NumberKind, value: object) -> None:
    (found,) = find_numbers(text)
    assert (found.kind, found.value) == (kind, value)


@pytest.mark.parametrize("text", ["05/11/2025", "1987/BC-VPUB", "Chưa đạt", "...", "x", "-", "Có", "21/23"])
def test_what_is_no_single_number_has_no_value(text: str) -> None:
    assert printed_value(text) is None


@given(st.integers(0, 10**12))
def test_every_count_the_report_prints_is_read_back(n: int) -> None:
    assert printed_value(format_count(n)) == n
    assert [parse_value(text) for text in figures(f"có {format_count(n)} hồ sơ")] == [n]


@given(st.decimals(0, 1000, places=2, allow_nan=False))
def test_every_percentage_the_report_prints_is_read_back(value: Decimal) -> None:
    assert printed_value(f"{format_decimal(value)}%") == value
