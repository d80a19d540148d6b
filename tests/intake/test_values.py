"""What a cell's content is read as, what is asked back, what is refused; and that nothing is guessed."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dvctt_report.files.cells import Cell, CellKind, CellValue
from dvctt_report.intake.reading import Reading
from dvctt_report.intake.values import COUNT_WORDS, read_value
from dvctt_report.model import State
from dvctt_report.plan.model import FieldKind, Words
from tests.forms.fill import real
from tests.made import tabled

WORDS = Words(
    none_arising=("không phát sinh", "kps", "-", "–", "—"),
    not_available=("chưa có số liệu", "chưa tổng hợp", "…"),
    not_applicable=("không áp dụng", "N/A"),
    ambiguous=("không", "không có", "x", "/", "nt", "100%"),
    **dict.fromkeys(("units", "periods", "drafts", "withdrawals", "corrections"), ()),
)
YES_NO = ("Có", "Không")


def number(value: str, number_format: str = "General", formula: str = "") -> Cell:
    return Cell(14, 7, CellKind.NUMBER, Decimal(value), value, formula, number_format=number_format)


def text(value: str) -> Cell:
    return Cell(14, 7, CellKind.TEXT, value, value)


def cell(kind: CellKind, value: CellValue, raw: str) -> Cell:
    return Cell(14, 7, kind, value, raw)


def code(reading: Reading) -> str:
    assert (reading.problem is not None) == (reading.state is State.UNREADABLE)
    assert reading.state is State.GIVEN or reading.value is None
    return reading.problem.code if reading.problem else ""


def read(content: Cell | str, kind: FieldKind = "count", *, unit: str = "", grouping: str = "") -> Reading:
    content = text(content) if isinstance(content, str) else content
    return read_value(content, kind, WORDS, YES_NO, unit=unit, grouping=grouping)


@tabled(("content", "value"))
def test_points_have_their_decimals(content: Cell, value: str) -> None:
    told = read(content, "decimal", unit="điểm")
    assert (str(told.value), told.state) == (value, State.GIVEN)


@pytest.mark.parametrize("value", ["0", "7", "61734", "-0"])
def test_a_whole_number_is_taken_as_it_stands(value: str) -> None:
    assert read(number(value)) == Reading(int(value), State.GIVEN, value)


@tabled(("typed", "value"))
def test_a_number_typed_as_text_is_taken_and_its_reading_told(typed: str, value: int) -> None:
    reading = read(typed)

    assert (reading.value, reading.state, reading.to_confirm) == (value, State.GIVEN, False)
    assert reading.reading == "số ghi dạng chữ"


@tabled(("typed", "kind", "unit", "value"))
def test_a_number_with_its_unit_is_taken_and_to_be_confirmed_but_for_money(
    typed: str, kind: FieldKind, unit: str, value: int
) -> None:
    reading = read(typed, kind, unit=unit)

    assert (reading.value, reading.to_confirm) == (value, kind == "count")
    assert reading.reading


@tabled(("expected", "typed", "because"))
def test_a_text_that_is_no_exact_count_is_refused_with_its_reason(
    expected: str, typed: str, because: str
) -> None:
    reading = read(typed, unit="người")

    assert (code(reading), reading.problem is not None) == (expected, True)
    if problem := reading.problem:
        assert (because in problem.because, typed in problem.because, problem.fix[-1]) == (True, True, ".")


def test_a_single_group_is_thousands_once_the_column_has_shown_it() -> None:
    reading = read("1.234", grouping=".")

    assert (reading.value, reading.to_confirm) == (1234, True)
    assert code(read("1,234", grouping=".")) == "DL08"


ERROR, DAY = cell(CellKind.ERROR, "#REF!", "#REF!"), cell(CellKind.DATE, date(2025, 2, 1), "01/02/2025")
OF_1900 = cell(CellKind.DATE, date(1900, 2, 14), "14/02/1900")
YES = cell(CellKind.BOOL, True, "TRUE")
UNCALCULATED = Cell(1, 1, CellKind.BLANK, None, "", "SUM(A1:A3)", has_cached=False)


@tabled(("kind", "content", "expected"))
def test_a_cell_that_holds_nothing_of_its_kind_is_refused(
    kind: FieldKind, content: Cell | str, expected: str
) -> None:
    assert code(read(content, kind)) == expected


def test_a_question_quotes_what_its_author_will_recognise() -> None:
    def because(content: Cell | str, kind: FieldKind = "count") -> str:
        problem = read(content, kind).problem
        return problem.because if problem else ""

    turned = because(OF_1900._replace(serial=Decimal(45)))
    assert "14/02/1900" in turned
    assert "số 45" in turned
    assert "Có; Không" in because("đang làm", "yes_no")
    assert all("=SUM(A1:A3)" in because(UNCALCULATED, kind) for kind in KINDS)


KINDS: tuple[FieldKind, ...] = (
    *("count", "decimal", "money", "percent"),
    *("text", "date", "tick", "yes_no", "choice"),
)
STATES = {
    **dict.fromkeys(("KPS", " - ", "–", "Không phát sinh."), State.NONE_ARISING),
    **dict.fromkeys((unicodedata.normalize("NFD", "Chưa có số liệu"), "..."), State.NOT_AVAILABLE),
    **dict.fromkeys(("(không áp dụng)", "n/a"), State.NOT_APPLICABLE),
    **{"Không cung cấp": State.WITHHELD, "": State.BLANK, " \u00a0\u200b\n": State.BLANK},
}


@pytest.mark.parametrize("typed", STATES)
@pytest.mark.parametrize("kind", ["count", "money", "percent", "date"])
def test_words_for_no_number_are_states_and_never_zero(kind: FieldKind, typed: str) -> None:
    reading = read(typed, kind)

    assert (reading.value, reading.state, reading.problem) == (None, STATES[typed], None)


def test_an_empty_cell_and_a_formula_that_shows_nothing_are_blank() -> None:
    shows_nothing = Cell(1, 1, CellKind.BLANK, None, "", 'IF(A1="","",A1)', has_cached=True)

    assert {read_value(None, kind, WORDS).state for kind in KINDS} == {State.BLANK}
    assert read(shows_nothing).state is State.BLANK


@tabled(("content", "value"))
def test_a_percentage_follows_the_cells_format_and_never_its_size(content: Cell, value: str) -> None:
    reading = read(content, "percent")

    assert reading.value == Decimal(value)
    assert bool(reading.reading) == (
        content.kind is CellKind.TEXT or content.number_format in ("0%", "0.0%", '"tỷ lệ; " 0%;0')
    )


@tabled(("kind", "content", "value"))
def test_what_a_field_holds_of_its_own_right_is_its_value(
    kind: FieldKind, content: Cell | str, value: object
) -> None:
    reading = read(content, kind)

    assert (reading.value, type(reading.value), reading.state) == (value, type(value), State.GIVEN)


@tabled(("kind", "typed", "state"))
def test_a_word_for_nothing_is_a_state_of_other_kinds_too(kind: FieldKind, typed: str, state: State) -> None:
    assert read(typed, kind).state is state


@pytest.mark.parametrize("typed", ["Không", "KHÔNG ", unicodedata.normalize("NFD", "không"), "khô\u200bng"])
def test_a_choice_is_the_plans_own_word_whatever_its_spelling(typed: str) -> None:
    reading = read(typed, "yes_no")

    assert (reading.value, reading.state) == ("Không", State.GIVEN)
    assert bool(reading.reading) == (typed != "Không")


def test_a_choice_that_names_a_state_is_that_choice() -> None:
    reading = read_value(text("Không phát sinh"), "choice", WORDS, ("Có số liệu", "Không phát sinh"))

    assert (reading.value, reading.state) == ("Không phát sinh", State.GIVEN)


def test_a_text_is_kept_whole_and_cleaned() -> None:
    typed = unicodedata.normalize("NFD", "Đề nghị:") + "\x0b=HYPERLINK(1)_x000B_{{ x }} & <b>\x07"
    reading = read(typed, "text")

    assert reading.value == "Đề nghị:\n=HYPERLINK(1)\n{{ x }} & <b>"
    assert reading.reading
    assert reading.raw == typed


def strictly_read(typed: str) -> int | None:
    """An independent reading, character by character: what every Vietnamese reader takes it for.

    Digits with nothing between; or groups of three, the first of one to three digits, parted by the same
    one mark (dots or commas at least twice, a space once or more); then nothing, or a decimal mark other
    than the groups' with nothing but zeros behind, unless those could be a group of three.
    """
    kept = [" " if c in " \u00a0\u2009\u202f\u3000" else c for c in typed if c != "\u200b"]
    shown = "".join(chr(ord(c) - 0xFEE0) if "０" <= c <= "９" else c for c in kept)
    shown = shown.strip().removeprefix("'").strip()
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
    reading = read(typed)

    if reading.state is State.GIVEN:
        assert reading.value == strictly_read(typed)


@given(st.text(alphabet=st.characters(codec=None), max_size=12))
def test_any_text_at_all_is_a_value_a_state_or_a_problem(typed: str) -> None:
    for kind in KINDS:
        code(read(typed, kind))


# ------------------ beside words, as percentages, as days: as an independent reader reads, or not at all

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


# ----------------------------------------- every word that clerks write where there is no number

NONE, NOT_YET, NOT_OURS = State.NONE_ARISING, State.NOT_AVAILABLE, State.NOT_APPLICABLE


def read_real(typed: str, kind: str = "count") -> Reading:
    """As the shipped plan's words have it."""
    return read_value(text(typed), kind, real().plan.words, ("Có", "Không"))  # type: ignore[arg-type]  # the table's


@tabled(("typed", "state"))
def test_a_word_is_its_state_with_or_without_its_marks(typed: str, state: State) -> None:
    for form in ("NFC", "NFD"):
        reading = read_real(unicodedata.normalize(form, typed))
        assert (reading.value, reading.state, reading.problem) == (None, state, None)


@tabled("typed")
def test_an_ambiguous_word_is_a_question(typed: str) -> None:
    assert code(read_real(typed)) == "DL04"


@tabled(("typed", "proposed"))
def test_what_is_only_near_a_word_is_a_question_that_proposes_it(typed: str, proposed: str) -> None:
    reading = read_real(typed)

    assert (code(reading), proposed in str(reading.problem)) == ("DL01", True)


def test_no_other_word_becomes_a_state() -> None:
    for typed in ("kps3", "không phát sinh 3", "rất nhiều", "phát sinh", "5 ko", "so", "đang", "k1"):
        reading = read_real(typed)
        assert (code(reading), typed in str(reading.problem)) == ("DL01", True)


def test_a_choice_is_known_without_its_marks_and_with_letters_that_only_look_latin() -> None:
    choices = {typed: read_real(typed, "yes_no").value for typed in ("khong", "Ko", "co", "CÓ", "Сó")}
    assert choices == {"khong": "Không", "Ko": "Không", "co": "Có", "CÓ": "Có", "Сó": "Có"}
