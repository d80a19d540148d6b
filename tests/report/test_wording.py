"""Abbreviations are spelt out where they stand first."""

from __future__ import annotations

import pytest

from dvctt_report.report.wording import introduce_abbreviations, join_terms, lower_first

SHORT = {"UBND": "Ủy ban nhân dân", "TTHC": "thủ tục hành chính"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("Ủy ban nhân dân tỉnh", "UBND huyện"), ("Ủy ban nhân dân (UBND) tỉnh", "UBND huyện")),
        (("hồ sơ TTHC", "TTHC"), ("hồ sơ thủ tục hành chính (TTHC)", "TTHC")),
        (("TTHC đủ điều kiện",), ("Thủ tục hành chính (TTHC) đủ điều kiện",)),
        (("Ủy ban nhân dân tỉnh",), ("Ủy ban nhân dân tỉnh",)),
        (("số 5/KH-UBND",), ("số 5/KH-UBND",)),
        (
            ("Đề án “về thủ tục hành chính”", "TTHC"),
            ("Đề án “về thủ tục hành chính”", "Thủ tục hành chính (TTHC)"),
        ),
        (("thủ tục hành chính (TTHC)", "TTHC"), ("thủ tục hành chính (TTHC)", "TTHC")),
    ],
)
def test_first_use_is_in_full(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    assert introduce_abbreviations(before, SHORT) == after


def test_terms_that_hold_commas_are_joined_by_semicolons() -> None:
    assert join_terms(["A", "B", "C"]) == "A, B và C"
    assert (
        join_terms(["Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế"])
        == "Sở Văn hóa, Thể thao và Du lịch; Sở Y tế"
    )


def test_an_abbreviation_keeps_its_capitals_inside_a_sentence() -> None:
    assert lower_first("TTHC đủ điều kiện") == "TTHC đủ điều kiện"
    assert lower_first("Đài truyền thanh") == "đài truyền thanh"
