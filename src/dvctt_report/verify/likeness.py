"""How alike a printed and an edited number or statement are, and from where on they are taken for one."""

from __future__ import annotations

from collections import Counter
from enum import IntEnum

from rapidfuzz.distance import LCSseq

from dvctt_report.verify.numbers import NumberKind
from dvctt_report.verify.paragraphs import VERDICTS, Token
from dvctt_report.verify.statements import UNDECIDED, StatementKind

_NEIGHBOURS = (
    frozenset((NumberKind.PERCENT, NumberKind.POINTS)),
    frozenset((NumberKind.COUNT, NumberKind.MONEY)),
)
"""Kinds that are typed for each other: "1,1%" for points, an amount without "đồng"; only for one value."""

_OTHER_SIDE = 0.6
"""What a word weighs that has gone to the other side: "chưa thực hiện 07" became "07 chưa thực hiện"."""


class Rank(IntEnum):
    """How sure it is that two tokens are one."""

    NOT = 0
    LIKELY = 1
    SURE = 2


def may_be_one(one: Token, other: Token) -> bool:
    """Whether two tokens are of one kind; what is counted in a share is never what it is counted from."""
    a, b = one.fact.kind, other.fact.kind
    if a is b:
        return {one.slot, other.slot} != {"/", "over"} and _same_parts(one, other)
    return frozenset((a, b)) in _NEIGHBOURS and agrees(one, other)


def _same_parts(one: Token, other: Token) -> bool:
    """Whether two dates say as much: a year alone is no other day."""
    a, b = one.fact.value, other.fact.value
    if not isinstance(a, tuple) or not isinstance(b, tuple):
        return True
    return agrees(one, other) or [p is None for p in a] == [p is None for p in b]


def agrees(one: Token, other: Token) -> bool:
    """Whether two tokens say the same; of dates, as far as both say something."""
    a, b = one.fact.value, other.fact.value
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(p == q or p is None or q is None for p, q in zip(a, b, strict=True))
    return a == b


def likeness(one: Token, other: Token, same_clause: bool) -> float:
    """Weigh words around, sentence and value; the words of another place outweigh a value."""
    written = 0.1 * (one.written or other.written)
    return context_likeness(one, other) + 0.25 * same_clause + 0.4 * agrees(one, other) - written


def context_likeness(one: Token, other: Token) -> float:
    """How alike the words on both sides are, up to about 1.

    What is counted weighs most; a number of another unit, or with another verdict, is less alike.
    """
    length = len(one.before) + len(other.before) + len(one.after) + len(other.after)
    if not length:
        return 1.0
    common = LCSseq.similarity(one.before, other.before) + LCSseq.similarity(one.after, other.after)
    shared = (Counter(one.before + one.after) & Counter(other.before + other.after)).total()
    share = 2.0 * max(common, _OTHER_SIDE * shared) / length
    if one.is_figure and one.after and other.after and "/" not in (one.after[0], other.after[0]):
        share += 0.1 if one.after[0] == other.after[0] else -0.1
    if one.is_figure:
        stated = _stated(one), _stated(other)
        share -= 0.2 * (all(stated) and stated[0] != stated[1])
        if one.unit and other.unit:
            share += 0.3 if one.unit == other.unit else -0.3
    return share


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
