"""Of numbers out of order the wrong one is named, not the right one behind it, and the mend does no harm."""

from __future__ import annotations

from dataclasses import replace

from dvctt_report.word.lint.outcome import Outcome
from tests.word.lint.drafts import GOOD
from tests.word.lint.papers import BODY, CENTRE, HEADING, LONG, Line, Look
from tests.word.lint.test_checks import faults, verdict_of

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


def test_roman_headings_begin_anew_below_parts_counted_in_words() -> None:
    def part(label: str) -> tuple[Line, ...]:
        return (Line(label, SET_APART), Line("KẾT QUẢ", SET_APART), *lines_of("I II"))

    draft = replace(
        GOOD, annexes=(), body=(*part("Phần thứ nhất"), *part("PHẦN THỨ HAI"), Line(f"{LONG}./."))
    )
    found = [f.code for f in verdict_of(draft).findings if f.outcome is Outcome.FAIL]
    assert found == ["TT61", "TT61"]


def test_a_list_longer_than_the_alphabet_is_counted_as_any_other() -> None:
    letters = (*"abcdđeghiklmnopqrstuvxy", "z")
    points = [Line(f"{letter}) Việc thứ {n} của cơ quan, đơn vị:") for n, letter in enumerate(letters, 1)]
    above = Line(f"1. Kết quả tại {len(letters)} địa phương:")
    found = faults(replace(GOOD, body=(above, *points, *GOOD.body)))
    assert {(code, said) for code, _, said in found} == {
        ("TT45", "“z)” không có trong thứ tự điểm: a, b, c, d, đ, e, g, h, i …")
    }
