"""Whether a text in the place of a printed one still says the same."""

from __future__ import annotations

import pytest

from dvctt_report.intake.printed import compared


@pytest.mark.parametrize(
    ("issued", "seen"),
    [
        ("Hồ sơ được xử lý hoàn toàn trực tuyến", "Hồ sơ được xử lý một phần trực tuyến"),
        ("Thủ tục hành chính cấp tỉnh", "Thủ tục hành chính cấp huyện"),
        ("Ngân sách nhà nước bố trí cho cấp tỉnh", "Ngân sách nhà nước bố trí cho cấp xã"),
        ("Số cuộc đã tổ chức", "Số cuộc dự kiến tổ chức"),
    ],
)
def test_the_opposite_in_almost_the_same_words_is_another_content(issued: str, seen: str) -> None:
    assert compared(issued, seen) == "other"


@pytest.mark.parametrize(
    ("issued", "seen"),
    [
        ("Hồ sơ được xử lý hoàn toàn trực tuyến", "Hồ sơ TTHC được xử lý hoàn toàn trực tuyến"),
        ("Thủ tục hành chính cấp tỉnh", "Các thủ tục hành chính ở cấp tỉnh"),
    ],
)
def test_other_words_for_the_same_are_a_rewording(issued: str, seen: str) -> None:
    assert compared(issued, seen) == "reworded"
