"""Words that a sentence has lost or gained beside figures it kept, and that change what it claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence

from dvctt_report.verify.pairing import Pair
from dvctt_report.verify.reading import FactsFound, TextPlace, section_of
from dvctt_report.vietnamese import key

_WEIGHING = tuple(
    tuple(key(word) for word in said.split())
    for said in (
        "cơ bản", "gần như", "hầu hết", "phần lớn", "đa số", "tất cả", "toàn bộ", "chắc chắn",
        "bình quân", "trung bình", "lũy kế", "luỹ kế", "dự kiến", "ước tính", "bắt buộc", "duy nhất",
        "lồng ghép", "trước ngày", "sau ngày", "năm đầu", "mỗi năm", "mỗi quý", "mỗi tháng", "ước", "cần",
        "hoặc", "khác", "giống",
    )
)  # fmt: skip
"""What makes a claim wider, narrower, surer, another day's, only wished for, or of other things."""
_FEW = 2
"""Words of a sentence that were exchanged at most where one short word among them is told."""
_LEAST_GONE = 3
"""Words of a sentence in one piece whose mere deletion is told: "được định danh, xác thực"."""
_UNSURE = key("chưa")
_DAY, _DATE = key("ngày"), "#d"
_NUMBER = "#"
_AROUND = 2
"""Words that are quoted around what differs."""


def read_weighing(
    pair: Pair, kept: Container[tuple[int, int]], told: Container[int], reading: FactsFound
) -> None:
    """Tell what weighs that a paragraph lost or gained, and what was cut beside a figure it kept.

    ``kept``: the sentences, as printed and as edited, that have one in common; ``told``: the edited ones
    that state something new, which is told by itself.
    """
    one, other = pair.one, pair.other
    was, now = _weights(one.words), _weights(other.words)
    for n, m in pair.clauses.items():
        if m in told:
            continue
        turned = (_weights(one.clauses[n]) & (was - now)) + (_weights(other.clauses[m]) & (now - was))
        exchanged = Counter(one.clauses[n]), Counter(other.clauses[m])
        if ((exchanged[0] - exchanged[1]) + (exchanged[1] - exchanged[0])).total() > _FEW:
            turned = Counter({said: n for said, n in turned.items() if len(said) > 1})
        compared = (n, m) in kept or not any(word.startswith(_NUMBER) for word in one.clauses[n])
        if turned or (compared and _is_cut(one.clauses[n], other.clauses[m], other.words)):
            token = next((t for t in other.tokens if t.clause == m), None)
            section = section_of(other.section, one.section)
            place = token.place(section) if token else TextPlace(section)
            first, last = _differing(one.exact[n], other.exact[m])
            expected, now_said = (
                " ".join(said[first : max(first, len(said) - last)]) for said in (one.said[n], other.said[m])
            )
            reading.reword(expected, now_said, place)


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


def _differing(was: Sequence[str], now: Sequence[str]) -> tuple[int, int]:
    """Where two sentences part, and how many words from the end they meet again, a word or two around."""
    first = next(
        (n for n, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now))
    )
    pairs = zip(reversed(was[first:]), reversed(now[first:]), strict=False)
    last = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(was), len(now)) - first)
    return max(0, first - _AROUND), max(0, last - _AROUND)
