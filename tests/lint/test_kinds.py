"""Right documents of every kind that the decree names are passed in silence; contracts are declined."""

from __future__ import annotations

import pytest

from dvctt_report.lint.kinds import KINDS, OF_SEVERAL_PARTIES
from tests.lint.papers import Draft
from tests.lint.right_papers import RIGHT_PAPERS
from tests.lint.test_checks import faults, verdict_of


@pytest.mark.parametrize("draft", RIGHT_PAPERS.values(), ids=RIGHT_PAPERS)
def test_a_right_document_of_any_kind_has_no_fault(draft: Draft) -> None:
    assert faults(draft) == []


def test_there_is_a_right_document_of_every_kind_that_has_a_form() -> None:
    assert {name for name in KINDS if name in RIGHT_PAPERS} == set(KINDS) - OF_SEVERAL_PARTIES
    assert {verdict_of(RIGHT_PAPERS[name]).kind for name in KINDS if name in RIGHT_PAPERS} == (
        set(KINDS) - OF_SEVERAL_PARTIES
    )
