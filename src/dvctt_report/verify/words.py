"""A text cut into words, numbers and verdicts as placeholders, sentence by sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dvctt_report.verify.names import spelt_out
from dvctt_report.verify.numbers import NumberKind, SaidNumber
from dvctt_report.verify.statements import Statement, StatementKind
from dvctt_report.vietnamese import key

_PLACEHOLDERS = {NumberKind.PERCENT: "#%", NumberKind.DATE: "#d", NumberKind.TIME: "#h"}
WHOLE = (StatementKind.VERDICT, StatementKind.TIMELY)
"""Statements for which a placeholder stands among the words."""
VERDICTS = tuple(f"{kind}:" for kind in WHOLE)
"""How the placeholders of verdicts begin."""
BODIES = frozenset((
    "đơn", "vị", "cơ", "quan", "địa", "phương", "ubnd", "sở", "ngành", "thành", "phố", "huyện", "xã",
    "phường",
))  # fmt: skip
_JOINING = BODIES | {"và", "cùng", "với", "các", "gồm", "là", "đạt", "#%"}
"""Words that a list of units may hold beside their names and shares."""
_OF_NAME = re.compile(r"\s*:\s*(?:đạt\s+)?\d", re.IGNORECASE)
"""A colon between a name and its figure, which parts nothing."""
_SIGN = re.compile(r"(?:[a-zđ]|\d{1,2})[.)]\s+|\(\d{1,2}\)\s*|[-+*•]\s*", re.IGNORECASE)
"""What stands before the first clause of a paragraph in a list."""

_LIGHT = frozenset(map(key, (
    *("có", "là", "gồm", "đạt", "với", "đã", "được", "còn", "đến", "nay", "tổng", "cộng", "số"),
    *("các", "những", "của", "cho", "và", "thì", "tại", "trong", "này", "đó", "về", "theo", "khi", "nếu"),
)))  # fmt: skip
"""Words that come and go without another claim."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its key; ``exact`` is what a placeholder stands for."""

    start: int
    end: int
    said: str
    exact: str
    clause: int


def cut_words(
    text: str, numbers: Iterable[SaidNumber], stated: Iterable[Statement], names: Container[int]
) -> list[Word]:
    """Cut a text into words, numbers and verdicts as placeholders; stops, semicolons, colons end a clause.

    ``names`` are the ends of names: a colon between one and its figure parts nothing.
    """
    words: list[Word] = []
    clause = done = 0

    def take(start: int, end: int) -> None:
        nonlocal clause
        for found in re.finditer(r"\w+|/|[.;:](?=\s|$)", text[start:end]):
            said = found.group()
            at = start + found.start()
            if said == ":" and at in names and _OF_NAME.match(text, at):
                continue
            if said in ".;:":
                clause += bool(words) and words[-1].clause == clause
            else:
                word = key(said)
                words.append(Word(start + found.start(), start + found.end(), word, word, clause))

    whole: list[SaidNumber | Statement] = [s for s in stated if s.kind in WHOLE]
    for fact in sorted((*numbers, *whole), key=lambda one: one.start):
        if fact.start < done:
            continue
        take(done, fact.start)
        said = _placeholder(fact)
        # a reference has no value: "(1)" is another entry than "(2)"
        exact = said if fact.kind is NumberKind.REFERENCE else str(fact.value)
        words.append(Word(fact.start, fact.end, said, exact, clause))
        done = fact.end
    take(done, len(text))
    return words


def _placeholder(fact: SaidNumber | Statement) -> str:
    """What stands for a number or verdict among the words: other words for the same are the same."""
    if isinstance(fact, Statement):
        return f"{fact.kind}:{fact.value}"
    if fact.kind in (NumberKind.REFERENCE, NumberKind.DOCUMENT):
        return key(fact.text)
    return _PLACEHOLDERS.get(fact.kind, "#")


def find_lists(words: Iterable[Word], named: list[Statement]) -> Iterable[int]:
    """The clauses that hold names of units and neither a number nor hardly a word beside them."""
    others: dict[int, bool] = {}
    for word in words:
        of_name = any(unit.start <= word.start < unit.end for unit in named)
        others[word.clause] = others.get(word.clause, False) or not (of_name or word.said in _JOINING)
    return (clause for clause, has_others in others.items() if not has_others)


def find_head(text: str) -> tuple[str, ...]:
    before, colon, behind = text.partition(":")
    if not colon or behind[:1].strip():
        return ()
    sign = _SIGN.match(before.strip())
    head = before.strip()[sign.end() :] if sign else before.strip()
    if re.search(r"[.;]\s", head):
        return ()
    return tuple("#" if word.isdigit() else key(word) for word in re.findall(r"\w+", head))


def find_leads(text: str, words: Sequence[Word], listing: Container[int]) -> list[int]:
    """The clause that introduces each clause: the last one of its sentence that ends in a colon.

    A colon within a list (one of the clauses ``listing``) introduces nothing: "A; các huyện: B, C".
    """
    leads = [-1] * (words[-1].clause + 1 if words else 0)
    for one, other in pairwise(words):
        if other.clause != one.clause:
            parts = text[one.end : other.start]
            opens = ":" in parts and not (one.clause in listing and leads[one.clause] >= 0)
            leads[other.clause] = one.clause if opens else -1 if "." in parts else leads[one.clause]
    return leads


def exchanged(was: Iterable[str], now: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """The telling words that one sentence has and another one has not, and the other way round."""
    one, other = (Counter(filter(_tells, key(spelt_out(" ".join(words))).split())) for words in (was, now))
    return one - other, other - one


def _tells(word: str) -> bool:
    return word not in _LIGHT and word[0] not in "#(/" and ":" not in word
