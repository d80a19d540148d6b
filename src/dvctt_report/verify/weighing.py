"""Words that a sentence has lost or gained beside figures it kept, and that change what it claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence

from dvctt_report.verify.pairing import Pair
from dvctt_report.verify.reading import Reworded, TextPlace, excerpt, section_of
from dvctt_report.vietnamese import key

_WEIGHING = tuple(
    tuple(key(word) for word in said.split())
    for said in (
        *("cơ bản", "gần như", "hầu hết", "phần lớn", "đa số", "tất cả", "toàn bộ", "chắc chắn"),
        *(
            "bình quân",
            "trung bình",
            "lũy kế",
            "luỹ kế",
            "dự kiến",
            "ước tính",
            "bắt buộc",
            "duy nhất",
            "lồng ghép",
        ),
        *("trước ngày", "sau ngày"),
    )
)
"""What makes a claim wider, narrower, surer or another day's."""
_LEAST_GONE = 3
"""Words of a sentence in one piece whose mere deletion is told: "được định danh, xác thực"."""
_UNSURE = key("chưa")
_DAY, _DATE = key("ngày"), "#d"
_NUMBER = "#"
_AROUND = 2
"""Words that are quoted around what differs."""


def read_weighing(pair: Pair, kept: Container[tuple[int, int]], told: Container[int]) -> Iterator[Reworded]:
    """Tell what weighs that a paragraph lost or gained, and what was cut beside a figure it kept.

    ``kept``: the sentences, as printed and as edited, that have one in common; ``told``: the edited ones
    that state something new, which is told by itself.
    """
    one, other = pair.one, pair.other
    was, now = _weights(one.words), _weights(other.words)
    for n, m in pair.clauses.items():
        turned = (_weights(one.clauses[n]) & (was - now)) + (_weights(other.clauses[m]) & (now - was))
        if m in told:
            continue
        compared = (n, m) in kept or not any(word.startswith(_NUMBER) for word in one.clauses[n])
        if turned or (compared and _is_cut(one.clauses[n], other.clauses[m], other.words)):
            token = next((t for t in other.tokens if t.clause == m), None)
            context = excerpt(token.paragraph.text, token.fact.start, token.fact.end) if token else ""
            place = TextPlace(section_of(other.section, one.section), "", context)
            yield Reworded(*_differing(one.exact[n], other.exact[m]), place)


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


def _differing(was: Sequence[str], now: Sequence[str]) -> tuple[str, str]:
    """Quote both sentences from where they part to where they meet again, with a word or two around."""
    first = next(
        (n for n, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now))
    )
    pairs = zip(reversed(was[first:]), reversed(now[first:]), strict=False)
    last = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(was), len(now)) - first)
    start = max(0, first - _AROUND)
    quoted = (" ".join(words[start : max(start, len(words) - last + _AROUND)]) for words in (was, now))
    expected, found = (f"“{words}”" for words in quoted)
    return expected, found
