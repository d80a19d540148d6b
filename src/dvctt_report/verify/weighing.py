"""Whether a sentence that kept its figures says them of others now, or names another body."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from dvctt_report.verify.pairing import Pair
from dvctt_report.verify.reading import FactsFound, TextPlace
from dvctt_report.verify.statements import StatementKind
from dvctt_report.verify.words import exchanged
from dvctt_report.vietnamese import key

_FEW_OF_NAME = 5
"""Words of a name that were cut or exchanged at most where it is taken for another one, and not reworded."""
_TOLD_OTHERWISE = (StatementKind.UNIT, StatementKind.BODY, StatementKind.VERDICT)
"""What is compared by itself where a name speaks of it."""
_NUMBER = "#"
_SIGN = re.compile(r"“(\W{1,3}|x)”: ([^;.]+)")
"""A sign of an annex and what it means."""
_LEVELS = frozenset(map(key, ("xã", "phường", "huyện", "sở", "bộ")))
"""Levels of bodies: another one names bodies that there are not."""
_DROPPED = 3
"""Words of a name that were dropped at most where it is another's by now: "Bắc Nha Trang", "Nha Trang"."""
_AROUND = 2
"""Words that are quoted around what differs."""


def read_weighing(pair: Pair, told: Container[int], reading: FactsFound) -> None:
    """Tell where a paragraph kept its figures and gave them, or what it says, to another one.

    ``told``: the edited sentences that name a unit or judge anew, which is told by itself.
    """
    one, other = pair.one, pair.other
    _read_legend(pair, reading)
    for n, m in pair.clauses.items():
        if m not in told and (
            _is_of_others(pair, n, m) or _is_other_name(pair, n, m) or _is_turned(pair, n, m)
        ):
            token = next((t for t in other.tokens if t.clause == m), None)
            place = token.place(pair.section) if token else TextPlace(pair.section)
            first, last = _differing(one.exact[n], other.exact[m])
            expected, now_said = (
                " ".join(said[first : max(first, len(said) - last)]) for said in (one.said[n], other.said[m])
            )
            reading.reword(expected, now_said, place)


def _read_legend(pair: Pair, reading: FactsFound) -> None:
    """Tell the signs of an annex that were given the meaning of another one."""
    meant: dict[str, str] = dict(_SIGN.findall(pair.one.text))
    means: dict[str, str] = dict(_SIGN.findall(pair.other.text))
    for sign, said in meant.items():
        now = means.get(sign, said)
        if key(now) != key(said) and now in meant.values():
            reading.reword(f"“{sign}”: {said}", f"“{sign}”: {now}", TextPlace(pair.section))


def _is_of_others(pair: Pair, n: int, m: int) -> bool:
    """Whether a sentence kept its numbers and took what another one of its paragraph said of others."""
    one, other = pair.one, pair.other
    if sorted(one.words) != sorted(other.words) or not all(exchanged(one.clauses[n], other.clauses[m])):
        return False
    was, now = _numbers(one.clauses[n], one.exact[n]), _numbers(other.clauses[m], other.exact[m])
    return bool(was) and was == now


def _numbers(words: Sequence[str], exact: Sequence[str]) -> Sequence[str]:
    return [said for said, word in zip(exact, words, strict=True) if word.startswith(_NUMBER)]


def _is_turned(pair: Pair, n: int, m: int) -> bool:
    """Whether hardly more was changed than a name, which lost a word, or a level of bodies."""
    one, other = pair.one, pair.other
    gone, new = exchanged(one.clauses[n], other.clauses[m])
    if all(_LEVELS & words.keys() for words in (gone, new)) and gone.total() + new.total() <= _FEW_OF_NAME:
        return True
    names = {key(word) for word in one.said[n][1:] if word.istitle()}
    if new or gone.total() > _DROPPED or not names & gone.keys():
        return False
    return not gone.keys() <= exchanged(other.words, one.words)[0].keys()


def _is_other_name(pair: Pair, n: int, m: int) -> bool:
    """Whether the name of what a paragraph gives figures of was cut, or a word of it exchanged."""
    one, other = pair.one, pair.other
    named = any(t.clause == n and t.fact.kind in _TOLD_OTHERWISE for t in one.tokens)
    if n or named or not one.head or not other.head or not one.figures:
        return False
    gone, new = exchanged(one.clauses[n], other.clauses[m])
    few = gone.total() + new.total() <= _FEW_OF_NAME
    return few and not gone.keys() <= exchanged(other.words, ())[0].keys()


def _differing(was: Sequence[str], now: Sequence[str]) -> tuple[int, int]:
    """Where two sentences part, and how many words from the end they meet again, a word or two around."""
    first = next(
        (n for n, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now))
    )
    pairs = zip(reversed(was[first:]), reversed(now[first:]), strict=False)
    last = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(was), len(now)) - first)
    return max(0, first - _AROUND), max(0, last - _AROUND)
