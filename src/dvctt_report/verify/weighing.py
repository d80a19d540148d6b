"""Words that a sentence has lost or gained beside figures it kept, and that change what it claims."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence

from dvctt_report.verify.pairing import Pair
from dvctt_report.verify.reading import FactsFound, TextPlace
from dvctt_report.verify.statements import StatementKind
from dvctt_report.verify.words import BODIES, exchanged
from dvctt_report.vietnamese import key

_WEIGHING = tuple(
    tuple(key(word) for word in said.split())
    for said in (
        "cơ bản", "gần như", "hầu hết", "phần lớn", "đa số", "tất cả", "toàn bộ", "chắc chắn",
        "bình quân", "trung bình", "lũy kế", "luỹ kế", "dự kiến", "ước tính", "bắt buộc", "duy nhất",
        "lồng ghép", "trước ngày", "sau ngày", "năm đầu", "mỗi năm", "mỗi quý", "mỗi tháng", "cần",
        "hoặc", "khác", "giống", "bước đầu", "chính thức",
    )
)  # fmt: skip
"""What makes a claim wider, narrower, surer, another day's, only wished for, or of other things."""
_FEW = 2
"""Words of a sentence that were exchanged at most where one short word among them is told."""
_FEW_OF_NAME = 5
"""Words of a name that were cut or exchanged at most where it is taken for another one, and not reworded."""
_TOLD_OTHERWISE = (StatementKind.UNIT, StatementKind.BODY, StatementKind.VERDICT)
"""What is compared by itself where a name speaks of it."""
_LEAST_GONE = 3
"""Words of a sentence in one piece whose mere deletion is told: "được định danh, xác thực"."""
_UNSURE = key("chưa")
_DAY, _DATE = key("ngày"), "#d"
_NUMBER = "#"
_SIGN = re.compile(r"“(\W{1,3}|x)”: ([^;.]+)")
"""A sign of an annex and what it means."""
_UNFINISHED, _FINISHED = frozenset(map(key, ("đang", "chờ", "tạm", "sẽ"))), key("đã")
"""What goes on, waits or holds for the time being, and what is done."""
_LEVELS = frozenset(map(key, ("xã", "phường", "huyện", "sở", "bộ")))
"""Levels of bodies: another one names bodies that there are not."""
_DROPPED = 3
"""Words of a name that were dropped at most where it is another's by now: "Bắc Nha Trang", "Nha Trang"."""
_PHRASE = 5
"""Words that make a phrase of the report: "người dân hài lòng khi"."""
_AROUND = 2
"""Words that are quoted around what differs."""


def read_weighing(
    pair: Pair,
    kept: Container[tuple[int, int]],
    told: Container[int],
    phrases: Container[tuple[str, ...]],
    reading: FactsFound,
) -> None:
    """Tell what weighs that a paragraph lost or gained, and what was cut beside a figure it kept.

    ``kept``: the sentences, as printed and as edited, that have one in common; ``told``: the edited ones
    that name a unit or judge anew, which is told by itself. ``phrases`` are those of all that was printed.
    """
    one, other = pair.one, pair.other
    _read_legend(pair, reading)
    was, now = _weights(one.words), _weights(other.words)
    for n, m in pair.clauses.items():
        if m in told:
            continue
        turned = (_weights(one.clauses[n]) & (was - now)) + (_weights(other.clauses[m]) & (now - was))
        words = Counter(one.clauses[n]), Counter(other.clauses[m])
        if ((words[0] - words[1]) + (words[1] - words[0])).total() > _FEW:
            turned = Counter({said: n for said, n in turned.items() if len(said) > 1})
        compared = (n, m) in kept or not any(word.startswith(_NUMBER) for word in one.clauses[n])
        cut = compared and _is_cut(one.clauses[n], other.clauses[m], other.words)
        done = _is_done_since(one.clauses[n], other.clauses[m]) and _is_done_since(one.words, other.words)
        others = _is_of_others(pair, n, m) or _is_other_name(pair, n, m)
        if turned or cut or done or others or _is_turned(pair, n, m, phrases):
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


def _weights(words: Sequence[str]) -> Counter[tuple[str, ...]]:
    found = Counter[tuple[str, ...]]()
    words = " ".join(words).replace(f"{_DAY} {_DATE}", _DATE).replace(_DATE, _DAY).split()
    for said in _WEIGHING:
        for at in range(len(words) - len(said) + 1):
            caveat = at > 0 and words[at - 1] == _UNSURE  # "chưa chắc chắn" is told as a caveat
            found[said] += tuple(words[at : at + len(said)]) == said and not caveat
    return +found


def _is_cut(was: Sequence[str], now: Sequence[str], said: Sequence[str]) -> bool:
    """Whether nothing but one stretch of words was taken out of a sentence, no figure with them.

    ``said`` are the words of the whole paragraph: what went to another place of it is not gone.
    """
    n_gone = len(was) - len(now)
    if n_gone < _LEAST_GONE:
        return False
    first = next((n for n, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), len(now))
    taken = was[first : first + n_gone]
    whole = list(was[first + n_gone :]) == list(now[first:])
    if not any(word.startswith(_NUMBER) for word in was) and _UNSURE not in taken:
        return False
    moved = f" {' '.join(taken)} " in f" {' '.join(said)} "
    return whole and not moved and not any(word.startswith(_NUMBER) for word in taken)


def _is_of_others(pair: Pair, n: int, m: int) -> bool:
    """Whether a sentence kept its numbers and took what another one of its paragraph said of others."""
    one, other = pair.one, pair.other
    if sorted(one.words) != sorted(other.words) or not all(exchanged(one.clauses[n], other.clauses[m])):
        return False
    was, now = _numbers(one.clauses[n], one.exact[n]), _numbers(other.clauses[m], other.exact[m])
    return bool(was) and was == now


def _numbers(words: Sequence[str], exact: Sequence[str]) -> Sequence[str]:
    return [said for said, word in zip(exact, words, strict=True) if word.startswith(_NUMBER)]


def _is_done_since(was: Sequence[str], now: Sequence[str]) -> bool:
    """Whether what a sentence says to go on is done in the other, or the other way round."""
    more = now.count(_FINISHED) - was.count(_FINISHED)
    going_on = sum(word in _UNFINISHED for word in now) - sum(word in _UNFINISHED for word in was)
    return abs(more) == 1 and more * going_on < 0


def _is_turned(pair: Pair, n: int, m: int, phrases: Container[tuple[str, ...]]) -> bool:
    """Whether hardly more was changed than a name, a level of bodies, or one phrase of the report."""
    one, other = pair.one, pair.other
    gone, new = exchanged(one.clauses[n], other.clauses[m])
    if not gone and not new:
        return False
    levels = [_LEVELS & words.keys() for words in (gone, new)]
    if all(levels) and gone.total() + new.total() <= _FEW_OF_NAME:
        return True
    names = {key(word) for word in one.said[n][1:] if word.istitle()}
    if not new and gone.total() <= _DROPPED and names & gone.keys():
        return not gone.keys() <= exchanged(other.words, one.words)[0].keys()
    said = other.clauses[m]
    if any(word.startswith(_NUMBER) for word in said):  # what a figure is said to be is compared by itself
        return False
    windows = (tuple(said[at : at + _PHRASE]) for at in range(len(said) - _PHRASE + 1))
    few = gone.total() + new.total() <= _FEW_OF_NAME and bool(gone) and bool(new.keys() - BODIES)
    return few and any(new.keys() & set(window) and window in phrases for window in windows)


def phrases_of(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """All phrases of what was printed, tables too."""
    found: set[tuple[str, ...]] = set()
    for part in {part for text in set(texts) for part in re.split(r"[.;:,()]", text)}:
        words = re.findall(r"\w+", key(part))
        found.update(tuple(words[at : at + _PHRASE]) for at in range(len(words) - _PHRASE + 1))
    return frozenset(found)


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
