"""Bases are told from the sentences of the text that open with the same words, and counted to their end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.word.lint.drafts import GOOD, LETTER
from tests.word.lint.papers import BODY, Line, Look
from tests.word.lint.test_ways import paper_of

LAW, DECREE = GOOD.bases


@pytest.mark.parametrize("dash", ["", "- "])
@pytest.mark.parametrize("look", [BODY, {"align": "left"}], ids=["set as text", "set as a list"])
@pytest.mark.parametrize(
    "to", [("Kính gửi:", "- Sở A;", "- Sở B."), ("Kính gửi: Sở A",)], ids=["nhiều", "một"]
)
def test_what_stands_below_the_addressees_and_begins_with_can_cu_is_a_basis(
    to: tuple[str, ...], dash: str, look: Look
) -> None:
    """Not one more addressee, which would be set and mended as one."""
    lines = tuple(Line(f"{dash}{text}", look) for text in (LAW, DECREE))
    paper = paper_of(replace(LETTER, addressee=to, bases=(), body=(*lines, *LETTER.body)))
    assert not any("Căn cứ" in line.text for line in paper.title.addressees)
    assert [line.text for line in paper.bases] == [f"{dash}{text}" for text in (LAW, DECREE)]
