"""Lengths of lines of Times New Roman, without a word processor."""

from __future__ import annotations

import pytest

from dvctt_report.word.nd30 import (
    MOTTO,
    STATE_NAME,
    break_lines,
    component,
    component_width,
    count_lines,
    text_width,
)


@pytest.mark.parametrize(
    ("text", "size", "width"),
    [(STATE_NAME, 13, 95.7), (STATE_NAME, 12, 88.3), (MOTTO, 14, 60.5), (MOTTO, 13, 56.1)],
)
def test_widths_are_those_of_times_new_roman(text: str, size: float, width: float) -> None:
    assert text_width(text, size, bold=True) == pytest.approx(width, abs=0.1)


def test_accents_do_not_widen_a_letter_but_horns_do() -> None:
    assert text_width("ề", 14) == text_width("e", 14)
    assert text_width("ữ", 14) == text_width("ư", 14) > text_width("u", 14)


def test_a_short_line_stays_whole() -> None:
    assert break_lines("SỞ Y TẾ", 65, component("issuer")) == "SỞ Y TẾ"


def test_a_long_name_is_broken_into_even_lines_that_fit() -> None:
    broken = break_lines("SỞ KHOA HỌC VÀ CÔNG NGHỆ", 65, component("issuer"))
    assert broken == "SỞ KHOA HỌC\nVÀ CÔNG NGHỆ"
    assert component_width(broken, component("issuer")) < 65


def test_compounds_are_kept_on_one_line() -> None:
    text = "Kết quả sử dụng hiệu quả dịch vụ công trực tuyến"
    broken = break_lines(text, 80, component("subject"), ["dịch vụ công trực tuyến"])
    assert any("dịch vụ công trực tuyến" in line for line in broken.split("\n"))


def test_a_break_already_made_stays() -> None:
    assert break_lines("A\nB", 65, component("issuer")) == "A\nB"


def test_a_word_wider_than_the_line_stands_alone() -> None:
    assert break_lines("một " + "W" * 40, 65, component("subject")) == "một\n" + "W" * 40


@pytest.mark.parametrize("text", ["", "Ngắn", "một " * 60, "A\n\nB và C", "một " + "W" * 40])
def test_as_many_lines_are_counted_as_are_made(text: str) -> None:
    for width in (12.5, 40, 65):
        made = break_lines(text, width, component("cell_text"))
        assert count_lines(text, width, component("cell_text")) == made.count("\n") + 1
