"""What a statement is said of: the number it counts, the units it names, the sentence that follows its colon.

A sentence may be said anew in other words; of the same 3 units it must not say the opposite.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dvctt_report.verify.likeness import agrees
from dvctt_report.verify.pairing import Pair
from dvctt_report.verify.paragraphs import ParsedParagraph, Token
from dvctt_report.verify.statements import MET, MISSED, StatementKind

_SAID = frozenset(
    (
        *(StatementKind.SENT, StatementKind.DONE, StatementKind.ARISEN, StatementKind.KNOWN),
        *(StatementKind.TIMELY, StatementKind.VERDICT),
    )
)
_CLOSE = 12
"""Characters between a statement and the number after it that it counts: "chưa thực hiện 07"."""
_ENDED = re.compile(r"\bhoàn thành\b", re.IGNORECASE)
_ALREADY = re.compile(r"\bđã\s$", re.IGNORECASE)

Subject = Token | int
"""A number or unit, or a sentence by its number in the paragraph."""


def match_subjects(pair: Pair, found: Mapping[Token, Token], free: set[Token]) -> dict[Token, Token]:
    """Match the statements left over by what they are said of, those that agree first."""
    matched: dict[Token, Token] = {}
    waiting = [t for t in pair.other.tokens if t in free and t.fact.kind in _SAID]
    for one in (t for t in pair.one.tokens if t not in found and t.fact.kind in _SAID):
        of = {_became(subject, pair, found) for subject in _subjects(one, pair.one)}
        there = [t for t in waiting if _are_of_one_thing(one, t) and of & _subjects(t, pair.other)]
        if there:
            matched[one] = next((t for t in there if agrees(one, t)), there[0])
            waiting.remove(matched[one])
    return matched


def counted_by(one: Token) -> Token | None:
    """The number that a statement of what was done or not, sent or not, judged is said of."""
    if one.fact.kind not in _SAID:
        return None
    tokens = one.paragraph.tokens
    return _counted(one, [t for t in tokens if t.clause == one.clause and t.paragraph is one.paragraph])


def _became(subject: Subject, pair: Pair, found: Mapping[Token, Token]) -> Subject | None:
    return found.get(subject) if isinstance(subject, Token) else pair.clauses.get(subject)


def _subjects(one: Token, paragraph: ParsedParagraph) -> set[Subject]:
    led = {n for n, lead in enumerate(paragraph.leads) if lead == one.clause}
    here = [t for t in paragraph.tokens if t.clause == one.clause and t.paragraph is one.paragraph]
    units = {
        t for t in paragraph.tokens if t.fact.kind is StatementKind.UNIT and t.clause in {one.clause, *led}
    }
    counted = _counted(one, here)
    return {*units, *([counted] if counted else []), *led}


def _counted(one: Token, here: list[Token]) -> Token | None:
    """The number close after a statement, or else the last one before it of which nothing else is said."""
    text, end = one.paragraph.text, one.fact.end
    before: Token | None = None
    for token in here:
        if token.is_figure and token.fact.start < one.fact.start:
            before = token
        elif token.is_figure and token.fact.start <= end + _CLOSE:
            if not re.search(r"[,(]", text[end : token.fact.start]):
                return token
        elif token.fact.kind is one.fact.kind and token.fact.start < one.fact.start:
            before = None
    return before


def _are_of_one_thing(one: Token, other: Token) -> bool:
    """Whether two statements are of one kind, or the other says done what the one says is not."""
    a, b = one.fact, other.fact
    if a.kind is b.kind:
        return True
    if a.kind is StatementKind.DONE and b.kind is StatementKind.VERDICT:
        return a.value == "no" and b.value == MET and bool(_ENDED.search(b.text))
    if a.kind is StatementKind.VERDICT and b.kind is StatementKind.DONE:
        already = _ALREADY.search(other.paragraph.text[: b.start])
        return a.value == MISSED and b.value == "yes" and bool(_ENDED.search(a.text) and already)
    return False
