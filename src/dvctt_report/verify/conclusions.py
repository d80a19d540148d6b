"""Conclusions and caveats that an edited paragraph no longer draws, though it still gives the figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from dvctt_report.report.blocks import OPENING
from dvctt_report.verify.matching import Matching
from dvctt_report.verify.pairing import Pair
from dvctt_report.verify.paragraphs import ParsedParagraph, Token
from dvctt_report.verify.reading import FactsFound, TextPlace, opening
from dvctt_report.verify.statements import UNDECIDED, UNSURE, StatementKind
from dvctt_report.vietnamese import key

ENOUGH = 0.4
"""Least share of the words of a caveat that a reworded one keeps."""
_NOTE = 6
"""Words from which on a paragraph is a note and no heading."""
_KEPT = 75
"""Least likeness, of 100, of a paragraph and a part of an edited one that still says it."""
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


def read_gone(
    known: Sequence[ParsedParagraph],
    edited: Sequence[ParsedParagraph],
    matching: Matching,
    reading: FactsFound,
) -> None:
    """Tell what has no figures and is gone: notes, requests, sentences of them; not hints in brackets."""
    said = [key(one.text) for one in edited]
    for pair in matching.pairs:
        for n, words in enumerate(pair.one.said):
            if n not in pair.clauses and _is_note(pair.one, n, matching.found):
                text = " ".join(words)
                if not _is_still_said(key(text), said):
                    reading.lose("", f"“{opening(text)}”", TextPlace(pair.one.section))
    sections, sections_now = _sections(known), _sections(edited)
    for paragraph in known:
        there = any(t.id or t in matching.paired or t in matching.found for t in paragraph.tokens)
        if there or paragraph.section == OPENING or paragraph.text.startswith("["):
            continue
        text = key(paragraph.text)
        gone_from = sections[text] - sections_now[text] if len(sections[text]) > 1 else set()
        if len(paragraph.words) >= _NOTE and (gone_from or not _is_still_said(text, said)):
            section = min(gone_from, default=paragraph.section)
            reading.lose("", f"“{opening(paragraph.text)}”", TextPlace(section))


def _sections(paragraphs: Iterable[ParsedParagraph]) -> Mapping[str, set[str]]:
    """In which sections each text stands: the legend of several annexes."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in paragraphs:
        found[key(one.text)].add(one.section)
    return found


def _is_note(paragraph: ParsedParagraph, n: int, found: Container[Token]) -> bool:
    """Whether a sentence states nothing that is told of otherwise, and is no hint."""
    stated = any(t.clause == n and (t.is_number or t in found) for t in paragraph.tokens)
    return len(paragraph.clauses[n]) >= _NOTE and not stated and not paragraph.text.startswith("[")


def _is_still_said(text: str, said: Iterable[str]) -> bool:
    """Whether a text stands, hardly changed, in one that is no shorter by much."""
    longer = (one for one in said if len(one) >= len(text) * _KEPT / 100)
    return any(text in one or fuzz.partial_ratio(text, one, score_cutoff=_KEPT) for one in longer)


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
