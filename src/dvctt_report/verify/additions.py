"""What an edited text claims anew: a unit's rate is held against the annex, the rest a person has to read."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from dvctt_report.verify.numbers import NumberKind, SaidNumber
from dvctt_report.verify.paragraphs import ParsedParagraph, Token
from dvctt_report.verify.reading import FactsFound, Match, TextPlace
from dvctt_report.verify.statements import StatementKind

_CLAIMING = frozenset(
    (
        *(StatementKind.VERDICT, StatementKind.EXTREME, StatementKind.SENT, StatementKind.TIMELY),
        *(StatementKind.DONE, StatementKind.KNOWN, StatementKind.ARISEN),
    )
)
_OF_TARGETS = re.compile(r"\b(?:mục tiêu|chỉ tiêu|kế hoạch)\b", re.IGNORECASE)
_OF_ALL = re.compile(
    r"\b(?:tất cả|toàn bộ|hầu hết|đa số|các|mọi|100 ?%)\s+(?:\w+\s+){0,2}"
    r"(?:cơ quan|đơn vị|địa phương|sở|ngành|huyện|xã)\b",
    re.IGNORECASE,
)
_SHOWN = 90
"""Characters of a claim that are quoted."""


def read_rate(token: Token, target: str, rates: Mapping[str, Mapping[str, str]]) -> Match | None:
    """Hold the rate that a text gives a unit against the annex; None where the annex has none of it.

    ``target`` is what the sentence is about, "" where that isn't clear: then any of the unit's rates will do.
    """
    known = rates.get(token.unit, {})
    if token.fact.kind is not NumberKind.PERCENT or not isinstance(token.fact, SaidNumber) or not known:
        return None
    place = token.place()
    by_id = {f"{of}.{token.unit}.percent": text for of, text in known.items() if target in ("", of)}
    said = token.fact.amount
    for id, text in by_id.items():
        if said is not None and f"{said.normalize():f}".replace(".", ",") == text.rstrip("%"):
            return Match(id, text, text, True, said, place, number=True)
    if not target or not by_id or said is None:
        return None
    ((id, text),) = by_id.items()
    return Match(id, text, token.fact.text, False, said, place, number=True)


def read_claims(
    paragraph: ParsedParagraph,
    taken: Collection[Token],
    known: Collection[tuple[str, ...]],
    reading: FactsFound,
) -> None:
    """Tell the sentences without a figure that were put in and judge a unit, or how the targets came out.

    ``known`` are the sentences that were printed, as their words.
    """
    told: set[int] = set()
    for token in paragraph.tokens:
        if token in taken or token.clause in told or token.fact.kind not in _CLAIMING:
            continue
        if paragraph.exact[token.clause] in known:
            continue
        here = [t for t in paragraph.tokens if t.clause == token.clause and t.paragraph is token.paragraph]
        known_or_counted = any(t in taken or t.is_figure for t in here)
        if known_or_counted and token.fact.kind is not StatementKind.EXTREME:
            continue
        sentence = _sentence(token)
        named = any(t.fact.kind is StatementKind.UNIT for t in here) or bool(_OF_ALL.search(sentence))
        judged = token.fact.kind in (StatementKind.VERDICT, StatementKind.EXTREME)
        if named or (judged and _OF_TARGETS.search(sentence)):
            told.add(token.clause)
            said = f"“{sentence[:_SHOWN]}{'…' if len(sentence) > _SHOWN else ''}”"
            reading.add(said, TextPlace(token.paragraph.section), "nhận định thêm")


def _sentence(token: Token) -> str:
    """The sentence, or the entry of a list, that a token stands in."""
    text, at = token.paragraph.text, token.fact.start
    start = max((found.end() for found in re.finditer(r"[.;:]\s", text[:at])), default=0)
    end = re.search(r"[.;:](?:\s|$)", text[at:])
    return text[start : at + end.start() if end else len(text)].strip()
