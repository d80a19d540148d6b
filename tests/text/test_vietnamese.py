"""Numbers, shares, dates, names as Vietnamese offices write and read them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dvctt_report.text import vietnamese as vn

TABLE = tomllib.loads(Path(__file__).with_name("vietnamese.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("write", "texts"),
    [
        (vn.format_count, {0: "0", 999: "999", 1234567: "1.234.567", -1500: "-1.500", 1000: "1.000"}),
        (vn.format_small_count, {0: "0", 3: "03", 9: "09", 10: "10", 1200: "1.200"}),
        (vn.format_money, {1_250_000_000: "1.250.000.000 đồng"}),
        (vn.format_money_million, {1_250_000_000: "1.250 triệu đồng", 1_250_500_000: "1.250,5 triệu đồng"}),
        (vn.format_money_million, {3_422_903_249: "3.422,9 triệu đồng", 0: "0 triệu đồng"}),
    ],
)
def test_counts_group_by_dots_and_money_in_million_has_one_place(
    write: Callable[[int], str], texts: dict[int, str]
) -> None:
    assert {n: write(n) for n in texts} == texts


@pytest.mark.parametrize(("share", "threshold", "text"), TABLE["rates"])
def test_a_printed_rate_never_contradicts_its_verdict(share: str, threshold: int, text: str) -> None:
    assert vn.format_percent(Fraction(share), None if threshold < 0 else threshold) == text


@given(st.integers(0, 5000), st.integers(1, 5000), st.integers(0, 100))
def test_a_printed_rate_stands_on_the_side_of_the_threshold_of_the_exact_one(
    done: int, total: int, threshold: int
) -> None:
    share = Fraction(done, total)
    printed = vn.printed_percent(share, threshold)
    for line in (0, threshold, 100):
        assert (printed > line) == (share * 100 > line)
        assert (printed < line) == (share * 100 < line)
    assert abs(Fraction(printed) - share * 100) <= Fraction(1, 20)
    assert vn.format_percent(share, threshold) == f"{vn.format_decimal(printed)}%"


def test_a_difference_is_what_a_reader_gets_who_subtracts_the_printed_rates() -> None:
    printed = vn.printed_percent(Fraction(61734, 79218), 80)

    assert vn.format_points(Decimal(80), printed) == "2,1 điểm phần trăm"
    assert vn.format_points(printed, Decimal(80)) == "2,1 điểm phần trăm"


@pytest.mark.parametrize(("text", "day"), TABLE["days"])
def test_a_date_is_read_day_first_with_a_full_year(text: str, day: str) -> None:
    assert vn.parse_date(text) == (date.fromisoformat(day) if day else None)


@given(st.dates())
def test_a_written_date_reads_back(day: date) -> None:
    assert vn.parse_date(vn.format_date(day)) == day


@pytest.mark.parametrize(("text", "value"), TABLE["numbers"])
def test_a_number_is_read_only_where_it_can_be_read_in_one_way(text: str, value: str) -> None:
    assert vn.parse_decimal(text) == (Decimal(value) if value else None)


@given(st.integers(0, 10**12))
def test_a_written_count_reads_back_or_is_a_question(n: int) -> None:
    text = vn.format_count(n)

    assert vn.is_ambiguous_number(text) if 1000 <= n < 1_000_000 else vn.parse_decimal(text) == n


@given(st.decimals(0, 10**9, allow_nan=False, places=2))
def test_a_written_decimal_reads_back(value: Decimal) -> None:
    assert vn.parse_decimal(vn.format_decimal(value)) == value


@pytest.mark.parametrize(("one", "other"), TABLE["same"])
def test_two_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    """Also the tone mark inside a syllable stays where it is."""
    assert vn.key(one) == vn.key(other)
    assert vn.key("hoàn toán khoẻn huỳnh") == "hoàn toán khoẻn huỳnh"


@pytest.mark.parametrize(("one", "other"), TABLE["different"])
def test_words_that_differ_keep_different_keys(one: str, other: str) -> None:
    assert vn.key(one) != vn.key(other)


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert vn.key(vn.key(text)) == vn.key(text)


def test_typed_text_is_made_fit_to_print() -> None:
    dirty = " \ufeffdo\u0300ng\u200b một_x000B_dòng hai\x0bba\r\nbốn\x00\ud800\x07 \u00a0năm\u2028sáu \n"

    assert vn.clean_text(dirty) == "dòng một\ndòng hai\nba\nbốn  năm\nsáu"


@given(st.text(alphabet=st.characters(codec=None)))
def test_cleaned_text_holds_nothing_that_xml_forbids_and_stays_clean(text: str) -> None:
    clean = vn.clean_text(text)

    assert all(
        c == "\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff") for c in clean
    )
    assert vn.clean_text(clean) == clean


@given(
    st.text(
        st.characters(
            exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zs", "Zl", "Zp"), include_characters=" _x0"
        )
    )
)
def test_a_text_of_printable_characters_is_cleaned_as_any_other(text: str) -> None:
    assert vn.clean_text(text) == vn.clean_text(f"\x0b{text}")


def test_names_are_joined_as_in_a_sentence() -> None:
    assert vn.join_names(()) == ""
    assert vn.join_names(("A",)) == "A"
    assert vn.join_names(("A", "B")) == "A và B"
    assert vn.join_names(("A", "B", "C")) == "A, B và C"
    assert vn.join_names(("A và B", "C"), "; ") == "A và B; C"
    assert vn.first_letter_capital(vn.join_names(("đơn vị A",))) == "Đơn vị A", "only the first letter"


@pytest.mark.parametrize(("name", "stem"), TABLE["stems"])
def test_a_file_name_is_ascii_and_safe_everywhere(name: str, stem: str) -> None:
    assert vn.file_stem(name) == stem


def test_a_last_day_on_which_no_office_works_says_so() -> None:
    said = [vn.format_last_day(date(2025, 11, day)) for day in (8, 9, 10)]
    assert said == ["08/11/2025, thứ Bảy", "09/11/2025, Chủ nhật", "10/11/2025"]
