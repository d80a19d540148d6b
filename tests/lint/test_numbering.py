"""Of numbers out of order the wrong one is named, not the right one behind it, and the mend does no harm."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvctt_report.word.lint.outcome import Outcome
from tests.lint.breakages import GOOD
from tests.lint.papers import BODY, CENTRE, HEADING, LONG, Line, Look
from tests.lint.right_papers import named
from tests.lint.test_checks import faults, verdict_of

SET_APART: Look = {**CENTRE, "bold": True, "before": 6, "keep": True}


def lines_of(numbers: str) -> tuple[Line, ...]:
    """Paragraphs of the body by their numbers: "I" and "A" headings, "1" clauses, "a" points, "P1" parts."""
    made: list[Line] = []
    for number in numbers.split():
        if number[0] in "CM" and len(number) > 1:
            word, n = {"C": "Chương", "M": "Mục"}[number[0]], number[1:]
            made += [Line(f"{word} {n}", SET_APART), Line("QUY ĐỊNH", SET_APART)]
        elif number.isupper():
            made.append(Line(f"{number}. KẾT QUẢ", HEADING))
        elif number.isdigit():
            made.append(Line(f"{number}. {LONG}.", BODY))
        else:
            made.append(Line(f"{number}) {LONG}.", BODY))
    return tuple(made)


def told(numbers: str) -> list[tuple[str, str]]:
    """What is found and how it is to be mended, of a report with paragraphs so numbered."""
    draft = replace(GOOD, annexes=(), body=(Line(f"{LONG}."), *lines_of(numbers), Line(f"{LONG}./.")))
    found = [f for f in verdict_of(draft).findings if f.outcome is Outcome.FAIL]
    assert {f.code for f in found} <= {"TT45"}
    return [(f.found, f.fix) for f in found]


REST = ", đánh lại các số tiếp theo"


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("I II IV V", [("“IV.” nhảy số", f"Sửa thành “III.”{REST}; hoặc bổ sung “III.” còn thiếu")]),
        ("I II IV", [("“IV.” nhảy số", "Sửa thành “III.”")]),
        ("I II II III", [("“II.” lặp lại", f"Sửa thành “III.”{REST}")]),
        ("I II II IV", [("“II.” lặp lại", "Sửa thành “III.”")]),
        ("1 2 2 3", [("“2.” lặp lại", f"Sửa thành “3.”{REST}")]),
        ("1 3 3 4", [("“3.” lặp lại", "Sửa thành “2.”")]),
        ("1 2 30 4", [("“30.” nhảy số", "Sửa thành “3.”")]),
        ("1 2 1 4", [("“1.” lặp lại", "Sửa thành “3.”")]),
        ("2 3 4", [("“2.” nhảy số", f"Sửa thành “1.”{REST}; hoặc bổ sung “1.” còn thiếu")]),
        (
            "1 3 2 4",
            [
                ("“3.” nhảy số", f"Sửa thành “2.”{REST}; hoặc bổ sung “2.” còn thiếu"),
                ("“2.” sai thứ tự", "Sửa thành “3.”"),
            ],
        ),
        ("a b c d e g", [("“e)” nhảy chữ", f"Sửa thành “đ)”{REST}; hoặc bổ sung “đ)” còn thiếu")]),
        ("a b d d đ", [("“d)” lặp lại", "Sửa thành “c)”")]),
        ("CI M1 M3", [("“Mục 3” nhảy số", "Sửa thành “Mục 2”")]),
    ],
)
def test_the_number_that_is_wrong_is_blamed_alone(numbers: str, expected: list[tuple[str, str]]) -> None:
    assert told(numbers) == expected


def test_letters_of_the_english_alphabet_are_each_told_the_letter_that_belongs_there() -> None:
    assert [fix[:13] for _, fix in told("a b c d e f g")] == ["Sửa thành “đ)", "Sửa thành “e)"]
    assert [found[:4] for found, _ in told("a b c d đ e f g")] == ["“f)”"]


@pytest.mark.parametrize(
    "numbers",
    [
        "I 1 2 II 1 2 III",
        "I 1 a b 2 a b II 1",
        "1 2 3 1 2",
        "I 1 2 II 3 4 III 5",
        "1 a b a b c",
        "A I II B I II",
        "CI M1 CII M1 M2 CIII M1",
        "CI M1 M2 CII M1",
    ],
)
def test_numbers_that_begin_again_are_right(numbers: str) -> None:
    assert told(numbers) == []


def test_parts_counted_in_words_are_counted() -> None:
    def found(*labels: str) -> list[tuple[str, str]]:
        lines = [Line(text, SET_APART) for label in labels for text in (label, "QUY ĐỊNH")]
        draft = replace(GOOD, annexes=(), body=(*lines, Line("I. KẾT QUẢ", HEADING), Line(f"{LONG}./.")))
        findings = verdict_of(draft).findings
        return [(f.code, f.fix) for f in findings if f.outcome is Outcome.FAIL]

    assert found("Phần thứ nhất", "Phần II") == [("TT61", "Sửa “Phần thứ nhất” thành “Phần I”")]
    assert found("Phần I", "Phần thứ ba") == [
        ("TT45", "Sửa thành “Phần II”"),
        ("TT61", "Sửa “Phần thứ ba” thành “Phần III”"),
    ]


def test_roman_headings_begin_anew_below_parts_counted_in_words() -> None:
    def part(label: str) -> tuple[Line, ...]:
        return (Line(label, SET_APART), Line("KẾT QUẢ", SET_APART), *lines_of("I II"))

    draft = replace(
        GOOD, annexes=(), body=(*part("Phần thứ nhất"), *part("PHẦN THỨ HAI"), Line(f"{LONG}./."))
    )
    found = [f.code for f in verdict_of(draft).findings if f.outcome is Outcome.FAIL]
    assert found == ["TT61", "TT61"]


def test_a_sentence_about_a_part_is_no_part() -> None:
    body = (Line(f"{LONG}:", BODY), Line("Phần thứ hai: kết quả thực hiện.", BODY), Line(f"{LONG}./."))
    assert not any(f.code == "TT61" for f in verdict_of(replace(GOOD, annexes=(), body=body)).findings)


def test_a_part_in_words_right_below_the_subject_is_no_line_of_it() -> None:
    lines = tuple(Line(text, SET_APART) for text in ("Phần thứ nhất", "KẾT QUẢ", "Phần II", "KẾT QUẢ"))
    draft = named("Đề án", body=(*lines, Line(f"{LONG}./.")))
    assert {f.code for f in verdict_of(draft).findings if f.outcome is Outcome.FAIL} == {"TT61"}


@pytest.mark.parametrize("words", ["100% cơ sở Hội có kế hoạch", "05 lớp tập huấn được mở", "*Công tác hội"])
def test_a_clause_may_begin_with_a_figure_or_a_sign(words: str) -> None:
    lines = (Line("I. KẾT QUẢ", HEADING), Line(f"1. {words} {LONG}.", BODY), Line(f"2. {LONG}.", BODY))
    body = (Line(f"{LONG}."), *lines, Line(f"{LONG}./."))
    found = verdict_of(replace(GOOD, annexes=(), body=body)).findings
    assert [f for f in found if f.code == "TT45" and f.outcome is Outcome.FAIL] == []


def test_a_clause_that_begins_with_a_figure_is_counted() -> None:
    lines = (Line(f"1. {LONG}.", BODY), Line(f"3. 05 lớp {LONG}.", BODY))
    body = (Line(f"{LONG}."), *lines, Line(f"{LONG}./."))
    found = verdict_of(replace(GOOD, annexes=(), body=body)).findings
    assert [f.found for f in found if f.code == "TT45" and f.outcome is Outcome.FAIL] == ["“3.” nhảy số"]


def test_a_list_longer_than_the_alphabet_is_counted_as_any_other() -> None:
    letters = (*"abcdđeghiklmnopqrstuvxy", "z")
    points = [Line(f"{letter}) Việc thứ {n} của cơ quan, đơn vị:") for n, letter in enumerate(letters, 1)]
    above = Line(f"1. Kết quả tại {len(letters)} địa phương:")
    found = faults(replace(GOOD, body=(above, *points, *GOOD.body)))
    assert {(code, said) for code, _, said in found} == {
        ("TT45", "“z)” không có trong thứ tự điểm: a, b, c, d, đ, e, g, h, i …")
    }
