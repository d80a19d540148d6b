"""Names that a document tells more than once, each time written otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from dvctt_report.lint.alike import Doubt, is_slip_of
from dvctt_report.lint.check import quote
from dvctt_report.lint.offices import NAMED, PLACE_WORDS
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.places import place_of
from dvctt_report.patterns import lazy_pattern
from dvctt_report.vietnamese import CAPITALS, key, unaccented

WORD = rf"[{CAPITALS}][^\W\d_]*"
"""A word of a name."""
PERSON = lazy_pattern(
    r"(?:\b(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí|Giám đốc(?: Sở)?|Chủ tịch|Hiệu trưởng)|:)\s+"
    r"(?!(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí)\b)"
    rf"(?P<name>{WORD}(?: {WORD}){{1,4}})"
)
_BODY = lazy_pattern(
    rf"(?<!\w){NAMED}(?! (?:hành|nghị|thảo|viên|luật|phận|hợp|tiêu)\b)(?: (?!và\b)[^\W\d_]+){{2,7}}"
)
_FEW = 4
"""Persons of a document in which two of nearly one name are taken for one; lists have real ones."""
_SHORTEST, _FEWEST = 3, 3
"""Words of a person's name, and of a body's, that have to be the same."""


def persons(paper: Paper) -> Iterator[Doubt]:
    """One person of the text who is written in two ways: "ông Hồ Đắc Minh", "ông Hồ Đắc Ming"."""
    known: dict[str, tuple[str, Piece]] = {}
    for piece in paper.body:
        for found in PERSON.finditer(piece.text):
            known.setdefault(key(found["name"]), (found["name"], piece))
    if not 1 < len(known) <= _FEW:
        return
    told = sorted(known.values(), key=lambda one: one[1].paragraph.number)
    for at, (name, piece) in enumerate(told):
        for other, where in told[:at]:
            if where is not piece and _are_one(name, other):
                what = f"“{name}”, chỗ trước ghi “{other}”"
                yield place_of(paper, piece.paragraph), quote(piece), what, "cùng một tên"


def _are_one(name: str, other: str) -> bool:
    """Whether two names differ in one word by a letter, or in the end of the last word."""
    one, two = key(name).split(), key(other).split()
    if len(one) != len(two) or len(one) < _SHORTEST:
        return False
    begun = one[:-1] == two[:-1] and unaccented(one[-1])[:3] == unaccented(two[-1])[:3]
    return begun or is_slip_of(name, other)


def bodies(paper: Paper) -> Iterator[Doubt]:
    """A body whose name has capitals here and small letters there."""
    known: dict[str, list[str]] = {}
    lines = (*paper.title.subject, *paper.title.addressees, *paper.body, *paper.signature.recipients)
    for piece in lines:
        for found in _BODY.finditer(piece.text) if not piece.is_upper else ():
            words = found[0].split()
            before = known.setdefault(" ".join(words[:_FEWEST]).lower(), words)
            same = [
                *takewhile(lambda pair: pair[0].lower() == pair[1].lower(), zip(words, before, strict=False))
            ]
            odd = [one for one, other in same if one != other and one.lower() not in PLACE_WORDS]
            if odd:
                here, there = (" ".join(pair[n] for pair in same) for n in (0, 1))
                what = f"“{here}”, chỗ trước ghi “{there}”"
                yield place_of(paper, piece.paragraph), quote(piece), what, "một cách viết hoa"
                return
