"""How alike a printed and an edited number or statement are, and from where on they are taken for one."""

from __future__ import annotations

from collections import Counter
from enum import IntEnum

from rapidfuzz.distance import LCSseq

from dvctt_report.verify.numbers import NumberKind, is_round_one, is_turned
from dvctt_report.verify.paragraphs import Token
from dvctt_report.verify.statements import UNDECIDED, StatementKind
from dvctt_report.verify.words import VERDICTS

_NEIGHBOURS = (
    frozenset((NumberKind.PERCENT, NumberKind.POINTS)),
    frozenset((NumberKind.COUNT, NumberKind.MONEY)),
)
"""Kinds that are typed for each other: "1,1%" for points, an amount without "đồng"; only for one value."""

_OTHER_SIDE = 0.6
"""What a word weighs that has gone to the other side: "chưa thực hiện 07" became "07 chưa thực hiện"."""


NAMED = 3
"""Words before a telling figure that also name what the printed one is of."""
AGAIN = 0.5
"""Least likeness of the words around a figure that is repeated."""


class Rank(IntEnum):
    """How sure it is that two tokens are one."""

    NOT = 0
    LIKELY = 1
    SURE = 2


def may_be_one(one: Token, other: Token) -> bool:
    """Whether two tokens are of one kind; what is counted in a share is never what it is counted from."""
    a, b = one.fact.kind, other.fact.kind
    if one.id and _marker(one) and _marker(other) and _marker(one) != _marker(other):
        return False
    if a is b:
        if {one.slot, other.slot} == {"/", "over"} or (
            other.slot == "/" != one.slot and a is NumberKind.COUNT
        ):
            return agrees(one, other) and "over" not in (one.slot, other.slot)
        return _same_parts(one, other)
    return frozenset((a, b)) in _NEIGHBOURS and agrees(one, other)


def _marker(token: Token) -> str:
    """The number in brackets of the entry that a token stands in: of which target a note speaks."""
    return next((word for word in token.before if word.startswith("(")), "")


def may_count_one(one: Token, other: Token) -> bool:
    """Whether nothing speaks against two numbers counting one thing: neither says what, or both the same."""
    return not one.counted or not other.counted or one.counted == other.counted


def _same_parts(one: Token, other: Token) -> bool:
    """Whether two dates say as much: a year alone is no other day."""
    a, b = one.fact.value, other.fact.value
    if not isinstance(a, tuple) or not isinstance(b, tuple):
        return True
    return agrees(one, other) or [p is None for p in a] == [p is None for p in b]


def agrees(one: Token, other: Token) -> bool:
    """Whether an edited token says what a printed one says, be it in round figures.

    Dates agree as far as both say something, thresholds in one sense.
    """
    a, b = one.fact.value, other.fact.value
    if is_turned(one.fact, other.fact):
        return False
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(p == q or p is None or q is None for p, q in zip(a, b, strict=True))
    return a == b or is_round_one(one.fact, other.fact)


def likeness(one: Token, other: Token, same_clause: bool) -> float:
    """Weigh words around, sentence and value; the words of another place outweigh a value."""
    less = 0.1 * (one.written or other.written) + 0.2 * is_round_one(one.fact, other.fact)
    return context_likeness(one, other) + 0.25 * same_clause + 0.4 * agrees(one, other) - less


def context_likeness(one: Token, other: Token) -> float:
    """How alike the words on both sides are, up to about 1.

    What is counted weighs most; a number of another unit, or with another verdict, is less alike.
    """
    mine, theirs = _after(one, other), _after(other, one)
    length = len(one.before) + len(other.before) + len(mine) + len(theirs)
    if not length:
        return 1.0
    if {*one.before, *mine}.isdisjoint((*other.before, *theirs)):
        return _with_subject(0.0, one, other)
    common = LCSseq.similarity(one.before, other.before) + LCSseq.similarity(mine, theirs)
    shared = (Counter(one.before + mine) & Counter(other.before + theirs)).total()
    return _with_subject(2.0 * max(common, _OTHER_SIDE * shared) / length, one, other)


def _with_subject(share: float, one: Token, other: Token) -> float:
    """The likeness of words around two tokens, more or less by what is counted, stated and named beside."""
    if one.is_figure and one.after and other.after and "/" not in (one.after[0], other.after[0]):
        share += 0.1 if one.after[0] == other.after[0] else -0.1
    if one.is_figure:
        stated = _stated(one), _stated(other)
        share -= 0.2 * (all(stated) and stated[0] != stated[1])
        if one.unit and other.unit:
            share += 0.3 if one.unit == other.unit else -0.3
    return share


def _after(one: Token, other: Token) -> tuple[str, ...]:
    """The words after a token, less what it is a share of where the other is none: "03/15 mục tiêu"."""
    return one.after[2:] if one.slot == "over" != other.slot else one.after


def repeats(one: Token, other: Token) -> bool:
    """Whether an edited figure says once more what a printed one says: its value, of the same thing."""
    if not may_be_one(one, other) or not agrees(one, other):
        return False
    about = one.paragraph.head or tuple(one.paragraph.words)
    around = max(sum(word in about for word in side) for side in (other.before, other.after))
    if around >= NAMED and (one.is_telling or _is_result(one, other)):
        return True
    if other.slot == "/" and one.after[:2] == other.after[:2]:
        return True
    return bool(one.is_telling or other.slot) and context_likeness(one, other) >= AGAIN


def _is_result(one: Token, other: Token) -> bool:
    """Whether a printed figure is the result of a target: of "100%" nothing else would tell it."""
    return one.id.endswith(".percent") and other.fact.kind is NumberKind.PERCENT


def _stated(token: Token) -> str:
    """What is said of a number: the verdict that follows it; "" for none."""
    return next((word for word in token.after if word.startswith(VERDICTS)), "")


def rank(one: Token, other: Token, same_clause: bool, lone: bool) -> Rank:
    """Rank two tokens of paired paragraphs; ``lone``: they are the only ones of their kind left in them."""
    context = context_likeness(one, other)
    if agrees(one, other):
        sure = one.is_telling or lone or not one.is_number or context >= 0.2
        return Rank.SURE if sure else Rank.NOT
    if one.fact.kind is StatementKind.UNIT:
        return Rank.SURE if context >= 0.5 else Rank.NOT
    if one.fact.value == UNDECIDED and lone:
        return Rank.SURE  # the whole verdict of its paragraph
    if not one.is_figure:
        if one.fact.kind is StatementKind.CHANGED and lone:
            return Rank.SURE
        return Rank.SURE if context >= (0.4 if same_clause else 0.6) else Rank.NOT
    if context >= 0.6 and not (one.written or (other.written and not one.id)):
        return Rank.SURE
    if not one.id or (other.written and context < 0.5):
        return Rank.NOT
    return Rank.LIKELY if context >= (0.15 if lone else 0.3) else Rank.NOT


def is_far_one(one: Token, other: Token) -> bool:
    """Whether two tokens of unlike paragraphs are one: moved with their words, or a name or value alone."""
    context = context_likeness(one, other)
    if not one.is_figure:
        return agrees(one, other)
    if agrees(one, other):
        return context >= (0.25 if one.is_telling else 0.5)
    return context >= 0.75 and not other.written
