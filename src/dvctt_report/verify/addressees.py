"""Whom recommendations are addressed to: one that stands under another heading asks somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from dvctt_report.verify.names import spelt_out
from dvctt_report.verify.paragraphs import ParsedParagraph
from dvctt_report.verify.reading import FactsFound, TextPlace, excerpt, section_of
from dvctt_report.vietnamese import key

_HEADING = re.compile(r"\W*(?:\w{1,4}[.)]\s*)?(Đối với [^:;.]+)[:.]?\s*")
_ASKING = re.compile(r"\W*(?:Đề nghị|Kiến nghị)\b")


def read_addressees(
    pairs: Iterable[tuple[ParsedParagraph, ParsedParagraph]],
    known: Sequence[ParsedParagraph],
    edited: Sequence[ParsedParagraph],
    reading: FactsFound,
) -> None:
    """Tell the recommendations that were moved from under one heading ("Đối với …") to another."""
    before, after = _headings(known), _headings(edited)
    for one, other in pairs:
        was, now = before.get(one.text, ""), after.get(other.text, "")
        if was and now and key(spelt_out(was)) != key(spelt_out(now)) and _ASKING.match(one.text):
            place = TextPlace(section_of(other.section, one.section), "", excerpt(other.text, 0, 1))
            reading.reword(was, now, place)


def _headings(paragraphs: Sequence[ParsedParagraph]) -> Mapping[str, str]:
    """The last heading before each paragraph that asks something, by its text."""
    found: dict[str, str] = {}
    heading = ""
    for one in paragraphs:
        said = _HEADING.fullmatch(one.text)
        heading = said[1] if said else heading
        if _ASKING.match(one.text):
            found[one.text] = heading
    return found
