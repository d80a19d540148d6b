"""Days are asked about where they stand with another weekday than theirs, or end before they begin."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.lint.breakages import GOOD
from tests.lint.papers import BODY, Line
from tests.lint.test_checks import faults_by


def asked(text: str) -> list[str]:
    return faults_by(replace(GOOD, body=(Line(text, BODY), *GOOD.body)), "TT72")


@pytest.mark.parametrize(
    "text",
    [
        "Họp vào thứ Tư, ngày 05/3/2025; chiều Chủ nhật, ngày 02 tháng 3 năm 2025.",
        "Tổ chức trong hai ngày 11 và 12/6/2026 (thứ Năm, thứ Sáu).",
        "Thứ nhất, ngày 05/3/2025 là hạn cuối; thứ 2 ngày 31/9/2025.",
        "Số liệu từ ngày 15/12/2023 đến hết ngày 14/12/2024.",
        "Đăng ký từ ngày 20/12 đến ngày 10/01, từ ngày 15/12/2025 đến ngày 14/01.",
        "Từ 08 giờ 00 ngày 14/02/2026 đến hết Chủ nhật, ngày 22/02/2026; từ ngày 09 đến 11/11/2026.",
        "Trực từ 22 giờ 00 ngày 12/5/2026 đến 06 giờ 00 ngày 13/5/2026.",
        "Mưa to từ đêm ngày 05 đến ngày 08 tháng 10 năm 2025.",
        "Từ tháng 12 năm 2025 đến tháng 3 năm 2026; giai đoạn 2021 - 2025; năm học 2024 - 2025.",
    ],
)
def test_days_that_agree_or_say_something_else_are_not_asked_about(text: str) -> None:
    assert asked(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Họp vào thứ Hai, ngày 05/3/2025.", "ngày 05/03/2025 không phải thứ Hai"),
        ("Họp vào thứ 2 ngày 05/3/2025.", "ngày 05/03/2025 không phải thứ Hai"),
        ("Thời gian: ngày 05/3/2025 (Chủ nhật).", "ngày 05/03/2025 không phải Chủ nhật"),
        ("Họp ngày 05 tháng 3 năm 2025, thứ Sáu.", "ngày 05/03/2025 không phải thứ Sáu"),
        ("Số liệu từ ngày 15/12/2024 đến ngày 14/12/2024.", "“từ ngày 15/12/2024 đến ngày 14/12/2024”"),
        ("Thi từ ngày 20/4 đến hết ngày 05/3/2026.", "“từ ngày 20/4 đến hết ngày 05/3/2026”"),
        (
            "Mưa to từ đêm ngày 08 đến ngày 05 tháng 10 năm 2025.",
            "“từ đêm ngày 08 đến ngày 05 tháng 10 năm 2025”",
        ),
        ("Từ tháng 12 năm 2025 đến tháng 3 năm 2025.", "“Từ tháng 12 năm 2025 đến tháng 3 năm 2025”"),
        ("Giai đoạn 2030 - 2027.", "“Giai đoạn 2030 - 2027”"),
    ],
)
def test_days_that_contradict_are_asked_about(text: str, found: str) -> None:
    assert asked(text) == [found]
