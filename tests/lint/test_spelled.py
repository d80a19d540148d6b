"""Every digit has its words; larger numbers are read from them."""

from __future__ import annotations

import pytest

from dvctt_report.lint.spelled import spelled_number

_WORDS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


@pytest.mark.parametrize(("number", "word"), list(enumerate(_WORDS)))
def test_every_digit_is_read_alone_and_in_a_number(number: int, word: str) -> None:
    assert spelled_number(word) == number
    assert spelled_number(f"hai nghìn ba trăm linh {word}") == 2300 + number
