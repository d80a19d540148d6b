"""Lines that hold a word are found in the whole text as they would be by a look into each."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dvctt_report.lint.parts import Sought, Text
from dvctt_report.lint.recognise import recognise
from dvctt_report.word.reading import read_document
from dvctt_report.word.source import parse_source
from tests.lint.breakages import GOOD
from tests.lint.papers import build

PAPER = recognise(read_document(parse_source(build(GOOD))))


def holds(text: str, sought: Sought) -> bool:
    return sought in text if isinstance(sought, str) else sought.search(text) is not None


@pytest.mark.parametrize(
    "sought",
    [
        ("của",),
        ("Điều ", "của", "không có ở đâu"),
        ("không có ở đâu",),
        (),
        (re.compile(r"[IVX]+\. "), "Sở"),
        (re.compile(r"\d(?<![\d/]\d)"),),
    ],
    ids=["một từ", "nhiều từ", "không có", "không tìm gì", "mẫu và từ", "mẫu nhìn lại"],
)
def test_the_lines_that_hold_what_is_sought_are_found_in_their_order(sought: tuple[Sought, ...]) -> None:
    found = Text(PAPER.pieces).holding(*sought)
    assert found == [p for p in PAPER.pieces if any(holds(p.text, one) for one in sought)]


def test_a_paragraph_is_found_by_the_words_behind_its_line_break() -> None:
    broken = replace(GOOD, issuer="SỞ NỘI\nVỤ")
    paragraphs = read_document(parse_source(build(broken))).paragraphs
    found = Text(paragraphs).holding("VỤ")
    assert [p.text for p in found] == ["SỞ NỘI\nVỤ"]


def test_what_is_searched_may_be_another_form_of_the_line() -> None:
    plain = Text(PAPER.body, lambda piece: piece.plain)
    assert plain.holding("can cu") == [p for p in PAPER.body if "can cu" in p.plain]
    assert plain.count("can cu") == sum(p.plain.count("can cu") for p in PAPER.body)
