"""Right documents of every kind that the decree names are passed in silence; contracts are declined."""

from __future__ import annotations

import pytest

from dvctt_report.lint.kinds import KINDS, OF_SEVERAL_PARTIES
from tests.lint.papers import BODY, LONG, Draft, Line
from tests.lint.right_papers import RIGHT_PAPERS, named, table_of, text
from tests.lint.test_checks import faults, verdict_of


@pytest.mark.parametrize("draft", RIGHT_PAPERS.values(), ids=RIGHT_PAPERS)
def test_a_right_document_of_any_kind_has_no_fault(draft: Draft) -> None:
    assert faults(draft) == []


def test_there_is_a_right_document_of_every_kind_that_has_a_form() -> None:
    assert {name for name in KINDS if name in RIGHT_PAPERS} == set(KINDS) - OF_SEVERAL_PARTIES
    assert {verdict_of(RIGHT_PAPERS[name]).kind for name in KINDS if name in RIGHT_PAPERS} == (
        set(KINDS) - OF_SEVERAL_PARTIES
    )


@pytest.mark.parametrize(
    "line",
    ["Nguồn kinh phí: ngân sách tỉnh.", "Kết quả chi tiết như sau.", "- Số liệu của các xã."],
)
def test_text_in_small_letters_below_a_table_is_no_note_unless_it_says_so(line: str) -> None:
    body = (table_of(("STT", "Nội dung"), ("1", "Số cuộc")), Line(line, {**BODY, "size": 12}), *text(LONG))
    assert [code for code, _, _ in faults(named("Kế hoạch", body=body))] == ["TT42"]


@pytest.mark.parametrize("line", ["Nguồn: ngân sách tỉnh cấp.", "* Về nguồn lực: ngân sách tỉnh."])
def test_words_of_notes_that_stand_below_no_table_are_text(line: str) -> None:
    body = (Line(f"{LONG}."), Line(line, {**BODY, "first": 0}), *text(LONG))
    assert [code for code, _, _ in faults(named("Kế hoạch", body=body))] == ["TT39"]
