"""Numbers beside words, percentages and days: read as an independent reader reads them, or not at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dvctt_report.intake.values import COUNT_WORDS, read_value
from dvctt_report.model import State
from tests.intake.test_values import WORDS, read, strictly_read, text

NUMERALS = ("0", "5", "12", "120", "350", "1.234", "1.234.567", "29 000", "12,5", "1,234")
BESIDE = (*COUNT_WORDS, "nữ", "triệu", "nghìn", "tr", "k", "và", "trên", "khoảng", "không có", "tổng", "%")
MARKS = (" ", " ", "", "(", ")", "/", "-", "+", ",", ".", ";", ":", "\n")


def read_beside_a_unit(typed: str) -> int | None:
    """One number, and behind it, perhaps after a space and before full stops, one unit of counting."""
    shown = typed.strip().lower()
    for bare in (shown, shown.rstrip(". ")):
        for word in COUNT_WORDS:
            head = bare.removesuffix(word)
            if head != bare and head.strip()[-1:].isdigit():
                return strictly_read(head)
    return None


@settings(max_examples=800)
@given(st.lists(st.sampled_from(NUMERALS + BESIDE + MARKS), max_size=6).map("".join))
@example("120 người")
@example("3 lớp (150 lượt)")
@example("120 người 30 nữ")
@example("1 lớp.")
@example("0người..")
def test_a_number_beside_words_is_the_only_number_there_and_its_word_a_unit(typed: str) -> None:
    reading = read(typed)

    if reading.state is State.GIVEN and reading.value != strictly_read(typed):
        none = typed.replace(" ", "").lower().startswith("0(khôngcó")
        assert reading.to_confirm
        assert reading.value == (0 if none else read_beside_a_unit(typed))


def read_as_percentage(typed: str) -> Decimal | None:
    """A number, perhaps with a decimal mark and decimals behind it, perhaps with a % sign.

    Before the decimals thousands may be grouped by the other mark. A dot before three digits may be either
    mark, unless a 0 alone stands before it.
    """
    shown = "".join(c for c in typed if c not in " \u00a0\u200b").removesuffix("%")
    for mark, other in (".,", ",."):
        whole, found, decimals = shown.rpartition(mark)
        groups = whole.split(other)
        if not found or not all(part.isascii() and part.isdecimal() for part in (*groups, decimals)):
            continue
        if len(groups) > 1 and not _are_thousands(groups):
            return None
        if len(decimals) == 3 and (len(groups) > 1 or (mark == "." and whole.strip("0"))):
            return None
        return Decimal(f"{''.join(groups)}.{decimals}")
    value = strictly_read(typed.strip().removesuffix("%"))
    return None if value is None else Decimal(value)


def _are_thousands(groups: list[str]) -> bool:
    return len(groups[0]) <= 3 and groups[0][0] != "0" and all(len(g) == 3 for g in groups[1:])


@settings(max_examples=600)
@given(st.lists(st.sampled_from((*"0123456789", *".,% \u00a0-", "95", "955", "00")), max_size=6).map("".join))
@example("95,5%")
@example("95.5 %")
@example("0.955")
@example("1.234%")
@example("77,934%")
@example("100%")
@example("1,095.1")
@example("1.234,5%")
def test_a_percentage_is_what_a_vietnamese_reader_reads(typed: str) -> None:
    reading = read_value(text(typed), "percent", WORDS)

    if reading.state is State.GIVEN:
        assert reading.value == read_as_percentage(typed)


def read_as_day(typed: str) -> date | None:
    """Day, month, year in this order; a year of four digits alone may come first."""
    parts = "".join(c if c.isdigit() else " " for c in typed).split()
    if len(parts) != 3:
        return None
    if len(parts[0]) == 4:
        parts.reverse()
    day, month, year = map(int, parts)
    try:
        return date(year if len(parts[2]) == 4 else 2000 + year, month, day)
    except ValueError:
        return None


@settings(max_examples=600)
@given(
    st.lists(
        st.sampled_from((*"0123456789", "20", "25", "2025", "12", *"/-. ", "/", "ngày ", " tháng ", " năm ")),
        max_size=9,
    ).map("".join)
)
@example("20/3/2025")
@example("03/04/2025")
@example("3-4-25")
@example("2025-03-20")
@example("ngày 20 tháng 3 năm 2025")
@example("10/25/2025")
def test_a_day_typed_as_text_is_day_first_or_no_day(typed: str) -> None:
    reading = read_value(text(typed), "date", WORDS)

    if reading.state is State.GIVEN:
        assert reading.value == read_as_day(typed)
