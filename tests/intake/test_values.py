"""What a cell's content is read as, what is asked back, what is refused; and that nothing is guessed."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dvctt_report.intake.cells import Cell, CellKind, CellValue
from dvctt_report.intake.values import Reading, read_value
from dvctt_report.model import State
from dvctt_report.plan.model import FieldKind, Words

WORDS = Words(
    none_arising=("không phát sinh", "kps", "-", "–", "—"),
    not_available=("chưa có số liệu", "chưa tổng hợp", "…"),
    not_applicable=("không áp dụng", "N/A"),
    ambiguous=("không", "không có", "x", "/", "nt", "100%"),
    units=(),
    periods=(),
    drafts=(),
    withdrawals=(),
    corrections=(),
)
YES_NO = ("Có", "Không")


def number(value: str, number_format: str = "General", formula: str = "") -> Cell:
    return Cell(14, 7, CellKind.NUMBER, Decimal(value), value, formula, number_format=number_format)


def text(value: str) -> Cell:
    return Cell(14, 7, CellKind.TEXT, value, value)


def cell(kind: CellKind, value: CellValue, raw: str) -> Cell:
    return Cell(14, 7, kind, value, raw)


def count(content: Cell | str, *, unit: str = "", grouping: str = "") -> Reading:
    content = text(content) if isinstance(content, str) else content
    return read_value(content, "count", WORDS, unit=unit, grouping=grouping)


def code(reading: Reading) -> str:
    assert (reading.problem is not None) == (reading.state is State.UNREADABLE)
    assert reading.state is State.GIVEN or reading.value is None
    return reading.problem.code if reading.problem else ""


@pytest.mark.parametrize("value", ["0", "7", "61734", "-0"])
def test_a_whole_number_is_taken_as_it_stands(value: str) -> None:
    assert count(number(value)) == Reading(int(value), State.GIVEN, value)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0", 0),
        ("1234", 1234),
        ("1.234.567", 1234567),
        ("1,234,567", 1234567),
        ("29 000", 29000),
        ("29\u00a0000", 29000),
        ("29\u202f000", 29000),
        ("\u200b29", 29),
        ("１２３", 123),
        ("'123", 123),
        ("12,0", 12),
    ],
)
def test_a_number_typed_as_text_is_taken_and_its_reading_told(typed: str, value: int) -> None:
    reading = count(typed)

    assert (reading.value, reading.state, reading.to_confirm) == (value, State.GIVEN, False)
    assert reading.reading.startswith("số ghi dạng chữ")
    assert reading.reading.endswith(f"→ {value}")


def test_the_reading_quotes_what_was_typed() -> None:
    assert count("1.234.567").reading == 'số ghi dạng chữ "1.234.567" → 1234567'


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("120 người", "người", 120),
        ("120 NGƯỜI.", "người", 120),
        ("15 tin, bài", "tin, bài", 15),
        ("3 lớp", "", 3),
    ],
)
def test_a_number_with_its_unit_is_taken_and_to_be_confirmed(typed: str, unit: str, value: int) -> None:
    reading = count(typed, unit=unit)

    assert (reading.value, reading.to_confirm) == (value, True)
    assert reading.reading


def test_money_takes_the_word_for_dong() -> None:
    reading = read_value(text("1.250.000.000 đồng"), "money", WORDS)

    assert (reading.value, reading.to_confirm) == (1_250_000_000, False)


@pytest.mark.parametrize(
    ("typed", "expected", "because"),
    [
        ("khoảng 50", "DL01", "ước chừng"),
        ("trên 100", "DL01", "ước chừng"),
        ("≥ 80", "DL01", "ước chừng"),
        ("50-60", "DL01", "khoảng số"),
        ("từ 50 đến 60", "DL01", "khoảng số"),
        ("5 nghìn", "DL01", "nghìn"),
        ("1,2 tỷ", "DL01", "tỷ"),
        ("1O0", "DL01", "lẫn chữ cái"),
        ("l2", "DL01", "lẫn chữ cái"),
        ("1500/1600", "DL21", "hai số"),
        ("12+5+7", "DL22", "phép cộng"),
        ("3 lớp (150 lượt)", "DL01", "nhiều con số"),
        ("01/02/2025", "DL01", "ngày tháng"),
        ("=SUM(A1:A3)", "DL01", "công thức"),
        ("0 (chưa họp)", "DL01", "chữ kèm theo số"),
        ("+40", "DL01", "có dấu “+” kèm theo số"),
        ("40.", "DL01", "có dấu “.” kèm theo số"),
        (";40#", "DL01", "có dấu “;” và “#” kèm theo số"),
        ("4e1", "DL01", "dạng lũy thừa"),
        ("1,5E+06", "DL01", "dạng lũy thừa"),
        ("rất nhiều", "DL01", "không phải là số"),
        ("1234567890123456", "DL01", "15 chữ số"),
        ("-5", "DL02", "số âm"),
        ("(123)", "DL02", "số âm"),
        ("12,5", "DL03", "phần lẻ"),
        ("không có", "DL04", "nhiều cách"),
        ("X", "DL04", "nhiều cách"),
        ("100%", "DL04", "nhiều cách"),
        ("1.234", "DL08", "1234 hoặc 1,234"),
        ("1,234", "DL08", "1234 hoặc 1,234"),
        ("1.234 người", "DL08", "1234 hoặc 1,234"),
        ("80%", "DL10", "tỷ lệ phần trăm"),
        ("đạt 80 %", "DL10", "tỷ lệ phần trăm"),
    ],
)
def test_a_text_that_is_no_exact_count_is_refused_with_its_reason(
    typed: str, expected: str, because: str
) -> None:
    reading = count(typed, unit="người")

    assert code(reading) == expected
    assert reading.problem is not None
    assert because in reading.problem.because
    assert typed in reading.problem.because
    assert reading.problem.fix.endswith(".")


def test_another_unit_behind_a_number_is_a_question() -> None:
    assert code(count("3 lớp", unit="người")) == "DL01"


def test_a_single_group_is_thousands_once_the_column_has_shown_it() -> None:
    reading = count("1.234", grouping=".")

    assert (reading.value, reading.to_confirm) == (1234, True)
    assert code(count("1,234", grouping=".")) == "DL08"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (number("-5"), "DL02"),
        (number("12.5"), "DL03"),
        (number("0.8", "0%"), "DL10"),
        (number("35", '0"%"'), "DL10"),
        (cell(CellKind.BOOL, True, "TRUE"), "DL01"),
        (cell(CellKind.ERROR, "#REF!", "#REF!"), "DL05"),
        (Cell(1, 1, CellKind.BLANK, None, "", "SUM(A1:A3)", has_cached=False), "DL06"),
        (cell(CellKind.DATE, date(2025, 2, 1), "01/02/2025"), "DL07"),
    ],
)
def test_a_cell_that_holds_no_count_is_refused(content: Cell, expected: str) -> None:
    assert code(count(content)) == expected


def test_a_number_turned_date_shows_the_number_behind_it() -> None:
    turned = Cell(1, 1, CellKind.DATE, date(1900, 2, 14), "14/02/1900", serial=Decimal(45))
    problem = count(turned).problem

    assert problem is not None
    assert "14/02/1900" in problem.because
    assert "số 45" in problem.because


def test_a_formula_never_calculated_is_never_zero_and_quotes_itself() -> None:
    for kind in ("count", "money", "percent", "text", "date", "tick", "yes_no", "choice"):
        uncached = Cell(1, 1, CellKind.BLANK, None, "", "SUM(A1:A3)", has_cached=False)
        reading = read_value(uncached, kind, WORDS, YES_NO)
        assert reading.problem is not None
        assert "=SUM(A1:A3)" in reading.problem.because


def test_a_sum_that_floats_beside_a_whole_number_is_that_number() -> None:
    assert count(number("119.99999999999999", formula="SUM(A1:A3)")).value == 120
    assert code(count(number("119.999"))) == "DL03"


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("KPS", State.NONE_ARISING),
        (" - ", State.NONE_ARISING),
        ("–", State.NONE_ARISING),
        ("Không phát sinh.", State.NONE_ARISING),
        (unicodedata.normalize("NFD", "Chưa có số liệu"), State.NOT_AVAILABLE),
        ("...", State.NOT_AVAILABLE),
        ("(không áp dụng)", State.NOT_APPLICABLE),
        ("n/a", State.NOT_APPLICABLE),
        ("Không cung cấp", State.WITHHELD),
        ("", State.BLANK),
        (" \u00a0\u200b\n", State.BLANK),
    ],
)
@pytest.mark.parametrize("kind", ["count", "money", "percent", "date"])
def test_words_for_no_number_are_states_and_never_zero(kind: FieldKind, typed: str, state: State) -> None:
    reading = read_value(text(typed), kind, WORDS)

    assert (reading.value, reading.state, reading.problem) == (None, state, None)


def test_an_empty_cell_and_a_formula_that_shows_nothing_are_blank() -> None:
    shows_nothing = Cell(1, 1, CellKind.BLANK, None, "", 'IF(A1="","",A1)', has_cached=True)

    assert read_value(None, "count", WORDS).state is State.BLANK
    assert count(shows_nothing).state is State.BLANK


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (number("0.8", "0%"), "80"),
        (number("0.955", "0.0%"), "95.5"),
        (number("0.07", "0%"), "7"),
        (number("0.8"), "0.8"),
        (number("0.8", "0.0;-0%"), "0.8"),
        (number("0.8", '"tỷ lệ; " 0%;0'), "80"),
        (number("80"), "80"),
        (number("35", '0"%"'), "35"),
        (text("80%"), "80"),
        (text("80,5 %"), "80.5"),
        (text("80.5"), "80.5"),
        (text("77,934%"), "77.934"),
    ],
)
def test_a_percentage_follows_the_cells_format_and_never_its_size(content: Cell, value: str) -> None:
    reading = read_value(content, "percent", WORDS)

    assert reading.value == Decimal(value)
    assert bool(reading.reading) == (
        content.kind is CellKind.TEXT or content.number_format in ("0%", "0.0%", '"tỷ lệ; " 0%;0')
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (text("khoảng 80%"), "DL01"),
        (text("77.934%"), "DL08"),
        (number("-0.1", "0%"), "DL02"),
        (cell(CellKind.BOOL, True, "TRUE"), "DL01"),
        (cell(CellKind.ERROR, "#DIV/0!", "#DIV/0!"), "DL05"),
        (cell(CellKind.DATE, date(2025, 2, 1), "01/02/2025"), "DL07"),
    ],
)
def test_a_percentage_that_is_none_is_refused(content: Cell, expected: str) -> None:
    assert code(read_value(content, "percent", WORDS)) == expected


def test_a_date_is_a_date_cell_or_a_text_day_first() -> None:
    for content in (
        cell(CellKind.DATE, date(2025, 11, 9), "09/11/2025"),
        cell(CellKind.DATE, datetime(2025, 11, 9, 8, 30), "09/11/2025 08:30"),
        text("9/11/2025"),
    ):
        reading = read_value(content, "date", WORDS)
        assert (reading.value, type(reading.value)) == (date(2025, 11, 9), date)


@pytest.mark.parametrize(
    "content",
    [
        text("11/25/2025"),
        text("tháng 11"),
        number("45970"),
        cell(CellKind.DATE, date(1900, 2, 14), "14/02/1900"),
    ],
)
def test_what_is_no_date_of_our_time_is_refused(content: Cell) -> None:
    assert code(read_value(content, "date", WORDS)) == "DL09"


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (text("x"), True),
        (text("X"), True),
        (text("✓"), True),
        (text("có"), True),
        (cell(CellKind.BOOL, True, "TRUE"), True),
        (number("1"), True),
        (number("0"), False),
        (text("không"), False),
    ],
)
def test_a_tick_is_ticked_in_many_ways(content: Cell, value: bool) -> None:
    assert read_value(content, "tick", WORDS).value is value


def test_a_tick_left_blank_is_blank_and_any_other_content_refused() -> None:
    assert read_value(None, "tick", WORDS).state is State.BLANK
    assert read_value(text("kps"), "tick", WORDS).state is State.NONE_ARISING
    assert code(read_value(text("tháng 5"), "tick", WORDS)) == "DL09"
    assert code(read_value(number("5"), "tick", WORDS)) == "DL09"


@pytest.mark.parametrize("typed", ["Không", "KHÔNG ", unicodedata.normalize("NFD", "không"), "khô\u200bng"])
def test_a_choice_is_the_plans_own_word_whatever_its_spelling(typed: str) -> None:
    reading = read_value(text(typed), "yes_no", WORDS, YES_NO)

    assert (reading.value, reading.state) == ("Không", State.GIVEN)
    assert bool(reading.reading) == (typed != "Không")


def test_a_choice_that_names_a_state_is_that_choice() -> None:
    reading = read_value(text("Không phát sinh"), "choice", WORDS, ("Có số liệu", "Không phát sinh"))

    assert (reading.value, reading.state) == ("Không phát sinh", State.GIVEN)


def test_a_word_that_is_no_choice_is_refused_with_the_choices() -> None:
    reading = read_value(text("đang làm"), "choice", WORDS, YES_NO)

    assert code(reading) == "DL09"
    assert reading.problem is not None
    assert "Có; Không" in reading.problem.because
    assert code(read_value(text("nt"), "choice", WORDS, YES_NO)) == "DL04"
    assert read_value(text("không áp dụng"), "choice", WORDS, YES_NO).state is State.NOT_APPLICABLE


def test_a_text_is_kept_whole_and_cleaned() -> None:
    typed = unicodedata.normalize("NFD", "Đề nghị:") + "\x0b=HYPERLINK(1)_x000B_{{ x }} & <b>\x07"
    reading = read_value(text(typed), "text", WORDS)

    assert reading.value == "Đề nghị:\n=HYPERLINK(1)\n{{ x }} & <b>"
    assert reading.reading
    assert reading.raw == typed


def test_a_text_field_takes_any_content_as_its_author_saw_it() -> None:
    assert read_value(number("912345678"), "text", WORDS).value == "912345678"
    assert read_value(text("Không có"), "text", WORDS).value == "Không có"
    assert read_value(text("chưa tổng hợp"), "text", WORDS).value == "chưa tổng hợp"
    assert read_value(text("-"), "text", WORDS).state is State.NONE_ARISING
    assert read_value(text("/"), "text", WORDS).value == "/"
    assert code(read_value(cell(CellKind.ERROR, "#N/A", "#N/A"), "text", WORDS)) == "DL05"


def strictly_read(typed: str) -> int | None:
    """An independent reading, character by character: what every Vietnamese reader takes it for.

    Digits with nothing between; or groups of three, the first of one to three digits, parted by the same
    one mark (dots or commas at least twice, a space once or more); then nothing, or a decimal mark other
    than the groups' with nothing but zeros behind, unless those could be a group of three.
    """
    kept = [" " if c in " \u00a0\u2009\u202f\u3000" else c for c in typed if c != "\u200b"]
    shown = (
        "".join(chr(ord(c) - 0xFEE0) if "０" <= c <= "９" else c for c in kept)
        .strip()
        .removeprefix("'")
        .strip()
    )
    groups, marks = [""], []
    for c in shown:
        if c in "0123456789":
            groups[-1] += c
        elif c in "., ":
            marks.append(c)
            groups.append("")
        else:
            return None
    if not all(groups):
        return None
    ends_in_zeros = bool(marks) and not groups[-1].strip("0") and marks[-1] != " "
    zeros = groups[-1]
    if ends_in_zeros and marks[-1] not in marks[:-1] and (len(zeros) != 3 or groups[:-1] == ["0"]):
        groups, marks = groups[:-1], marks[:-1]
    if not marks:
        return int(groups[0])
    grouped = len(set(marks)) == 1 and all(len(g) == 3 for g in groups[1:])
    enough = len(marks) >= 2 or marks == [" "] or zeros is not groups[-1]
    starts_well = 1 <= len(groups[0]) <= 3 and groups[0][0] != "0"
    return int("".join(groups)) if grouped and enough and starts_well else None


DIGITS_AND_MARKS = (*"0123456789", "000", "234", "00", "0", *".,-%/()'–+_ \u00a0\u200b\n\t")
STRANGERS = (*"５²٣½Ⅳ", "e", "O", "k", "x", "tr", "triệu", "khoảng")
PIECES = st.sampled_from(DIGITS_AND_MARKS + STRANGERS)


@settings(max_examples=2000)
@given(st.lists(PIECES, max_size=7).map("".join))
@example("1.234")
@example("1234.000")
@example("1.234,000")
@example("0,000")
@example("12 345.000")
@example("1\n234")
@example("1\t234")
def test_no_text_is_read_as_a_number_that_a_vietnamese_reader_would_read_otherwise(typed: str) -> None:
    reading = count(typed)

    if reading.state is State.GIVEN:
        assert reading.value == strictly_read(typed)


@given(st.text(alphabet=st.characters(codec=None), max_size=12))
def test_any_text_at_all_is_a_value_a_state_or_a_problem(typed: str) -> None:
    for kind in ("count", "money", "percent", "text", "date", "tick", "yes_no", "choice"):
        code(read_value(text(typed), kind, WORDS, YES_NO))
