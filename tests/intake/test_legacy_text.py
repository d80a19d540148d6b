"""TCVN3 and VNI become Unicode letter by letter; Unicode, other languages and digits stay as they are."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dvctt_report.text.old_fonts import (
    TCVN3,
    VNI,
    Converted,
    count_misspelt,
    decode,
    font_code,
    suspect,
    to_unicode,
)
from tests.made import tabled

SMALL = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
"""The 67 letters that ASCII lacks; with their capitals the 134 of Vietnamese."""

SENTENCE = "Quyết định về việc đẩy mạnh truyền thông, hướng dẫn người dân sử dụng dịch vụ công trực tuyến"


def encode(text: str, table: dict[str, str]) -> str:
    """The other way round: type a text in the old code."""
    back = {letter: code for code, letter in table.items()}
    return "".join(back.get(c, c) for c in text)


@tabled(("typed", "font", "meant"))
def test_text_in_a_legacy_font_is_converted(typed: str, font: str, meant: str) -> None:
    assert to_unicode(typed, font) == Converted(font_code(font) or "TCVN3", meant)


def test_all_134_letters_come_back() -> None:
    assert len(set(SMALL)) == 67
    assert decode(encode(SMALL, TCVN3), "TCVN3") == SMALL
    assert decode(encode(SMALL, TCVN3), "TCVN3", capitals=True) == SMALL.upper()
    for letter in "ĂÂĐÊÔƠƯ":
        assert decode(encode(letter, TCVN3), "TCVN3") == letter
    for letter in SMALL + SMALL.upper():
        assert decode(encode(letter, VNI), "VNI") == letter
    assert decode("Où", "VNI") == "Ó"


@pytest.mark.parametrize(("table", "font"), [(TCVN3, ".VnTime"), (VNI, "VNI-Times")])
def test_a_sentence_comes_back_and_digits_are_safe(table: dict[str, str], font: str) -> None:
    made = to_unicode(encode(f"{SENTENCE} 0123456789 1.234,5%", table), font)

    assert made is not None
    assert made.text == f"{SENTENCE} 0123456789 1.234,5%"
    assert unicodedata.is_normalized("NFC", made.text)


@tabled(("typed", "font"))
def test_unicode_in_a_legacy_font_and_anything_in_another_font_stays(typed: str, font: str) -> None:
    assert to_unicode(typed, font) is None
    assert to_unicode("Cã", ".VnTime", proven=True) == Converted("TCVN3", "Có")  # as the rest of its font


def test_garbled_text_in_an_ordinary_font_is_suspected_and_other_languages_are_not() -> None:
    assert suspect("§· triÓn khai ®Çy ®ñ") == Converted("TCVN3", "Đã triển khai đầy đủ")
    assert suspect("Ñaõ trieån khai ñaày ñuû") == Converted("VNI", "Đã triển khai đầy đủ")
    for text in ("Société à Hanoï", "Đã triển khai", "Café", "20° ± 5 m²", "naïve façade", "Đạt 100%"):
        assert suspect(text) is None


def test_a_syllable_is_known_by_its_spelling_and_what_is_none_is_counted() -> None:
    for word in ("Gì", "giếng", "quyết", "khuỷu", "nghiêng", "hoà", "hòa", "Đ/c", "QĐ", "đ", "ưu"):
        assert count_misspelt(word) == 0, word
    for word in ("kh«ng", "Société", "Khoâng", "tóe̋", "các̀", "bặn̈", "àá", "cằt"):
        assert count_misspelt(word) == 1, word


@given(st.text(max_size=30), st.sampled_from([".VnTime", ".VnTimeH", "VNI-Times", "Arial"]))
def test_converting_keeps_digits_and_never_fails(typed: str, font: str) -> None:
    made = to_unicode(typed, font, proven=True)

    if made is not None:
        assert [c for c in made.text if c in "0123456789"] == [c for c in typed if c in "0123456789"]
