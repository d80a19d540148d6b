"""Conclusions and caveats that an edited paragraph no longer draws, though it still gives the figures."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from dvctt_report.verify.matching import Matching
from dvctt_report.verify.pairing import Pair
from dvctt_report.verify.paragraphs import ParsedParagraph, Token
from dvctt_report.verify.reading import FactsFound
from dvctt_report.verify.statements import UNDECIDED, UNSURE, StatementKind

ENOUGH = 0.4
"""Least share of the words of a caveat that a reworded one keeps."""
_OF_RESULT = ("percent", "numerator", "denominator", "distance")
_JUDGING = (StatementKind.VERDICT, StatementKind.WISH)


def read_conclusions(
    pair: Pair, found: Mapping[Token, Token], taken: Container[Token], reading: FactsFound
) -> set[Token]:
    """Tell the verdicts and caveats of a printed paragraph that nothing in the edited one stands for.

    A verdict beside a target's figures that are still there, and one that no data allow, is a difference;
    a caveat is a loss. Returns them.
    """
    told: set[Token] = set()
    free = [t for t in pair.other.tokens if t not in taken]
    judged = any(t.fact.kind in _JUDGING for t in free)
    hedged = any(t.fact.kind is StatementKind.CHANGED for t in free)
    for token in (t for t in pair.one.tokens if t not in found):
        if token.fact.kind is StatementKind.VERDICT and not judged and _is_result(token, pair.one, found):
            reading.differ(f"“{token.fact.text.lower()}”", "", token.place())
        elif token.fact.kind is StatementKind.CHANGED and not (hedged or _is_said_otherwise(token, pair)):
            reading.lose("", f"“{token.fact.text.lower()}”", token.place())
        else:
            continue
        told.add(token)
    return told


def read_gone(known: Iterable[ParsedParagraph], matching: Matching, reading: FactsFound) -> None:
    """Tell the caveats of paragraphs without figures that are gone as a whole, one of each."""
    for paragraph in known:
        caveats = [t for t in paragraph.tokens if t.fact.kind is StatementKind.CHANGED]
        there = any(t.id or t in matching.paired or t in matching.found for t in paragraph.tokens)
        if caveats and not there:
            reading.lose("", f"“{caveats[0].fact.text.lower()}”", caveats[0].place())


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
