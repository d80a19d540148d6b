"""Conclusions and caveats that an edited paragraph no longer draws, though it still gives the figures."""

from __future__ import annotations

from collections.abc import Container, Mapping

from dvctt_report.verify.pairing import Pair
from dvctt_report.verify.paragraphs import ParsedParagraph, Token
from dvctt_report.verify.reading import FactsFound, Lost, Match, TextPlace, excerpt
from dvctt_report.verify.statements import UNDECIDED, UNSURE, StatementKind

ENOUGH = 0.4
"""Least share of the words of a caveat that a reworded one keeps."""
_OF_RESULT = ("percent", "numerator", "denominator", "distance")
_JUDGING = (StatementKind.VERDICT, StatementKind.WISH)


def read_conclusions(
    pair: Pair, found: Mapping[Token, Token], taken: Container[Token]
) -> tuple[FactsFound, set[Token]]:
    """Tell the verdicts and caveats of a printed paragraph that nothing in the edited one stands for.

    A verdict beside a target's figures that are still there, and one that no data allow, is a difference;
    a caveat is a loss.
    """
    reading = FactsFound()
    told: set[Token] = set()
    free = [t for t in pair.other.tokens if t not in taken]
    judged = any(t.fact.kind in _JUDGING for t in free)
    hedged = any(t.fact.kind is StatementKind.CHANGED for t in free)
    for token in (t for t in pair.one.tokens if t not in found):
        if token.fact.kind is StatementKind.VERDICT and not judged and _is_result(token, pair.one, found):
            text = f"“{token.fact.text.lower()}”"
            reading.matches.append(Match("", text, "", False, "", _place(token)))
        elif token.fact.kind is StatementKind.CHANGED and not (hedged or _is_said_otherwise(token, pair)):
            reading.lost.append(Lost("", f"“{token.fact.text.lower()}”", _place(token)))
        else:
            continue
        told.add(token)
    return reading, told


def _is_said_otherwise(token: Token, pair: Pair) -> bool:
    """Whether a sentence shares many words with that of a caveat; for "not sure" there are no others."""
    if token.fact.text.lower() in UNSURE:
        return False
    words = set(pair.one.clauses[token.clause])
    return any(len(words & set(clause)) >= ENOUGH * len(words) for clause in pair.other.clauses)


def _is_result(token: Token, paragraph: ParsedParagraph, found: Container[Token]) -> bool:
    """Whether a verdict is one of a target whose figures, if it has any, are still there."""
    figures = [t for t in paragraph.tokens if t.clause == token.clause and t.id]
    own = [t for t in figures if t.id.rpartition(".")[2] in _OF_RESULT]
    return any(t in found for t in own) or (token.fact.value == UNDECIDED and not figures)


def _place(token: Token) -> TextPlace:
    return TextPlace(
        token.paragraph.section, "", excerpt(token.paragraph.text, token.fact.start, token.fact.end)
    )
