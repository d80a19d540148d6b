"""What a paragraph denies and its edited form affirms, or the other way: "chưa thống nhất", "đã thống nhất".

Whatever is done or not: two words after "chưa" or "không".
Where a rewording drops them, nothing is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dvctt_report.verify.pairing import Pair
from dvctt_report.verify.reading import FactsFound, TextPlace, excerpt
from dvctt_report.verify.statements import UNCHANGED, find_statements
from dvctt_report.vietnamese import key

_NOT = frozenset(("chưa", "không", "chẳng"))
_BETWEEN = frozenset(("được", "hề", "thể", "từng", "có"))
_DONE = frozenset(("đã", "có", "được", "cũng", "đều"))
_SO_WHAT = frozenset(("nếu", "khi", "để", "cần", "phải", "sẽ", "sớm", "việc", "tiếp"))
"""Words before which a doing is none yet: "để thống nhất", "sớm thống nhất"."""


@dataclass(frozen=True, slots=True)
class _Said:
    """Two words in a text, with "chưa" or "đã" before them from ``start`` on."""

    start: int
    end: int
    denied: bool


def read_denials(pair: Pair, reading: FactsFound) -> None:
    """Tell what one of two paired paragraphs denies and the other one affirms in the same words."""
    one, other = _doings(pair.one.text), _doings(pair.other.text)
    for words in one.keys() & other.keys():
        were, are = one[words], other[words]
        more = sum(s.denied for s in are) - sum(s.denied for s in were)
        affirmed = sum(not s.denied for s in are) - sum(not s.denied for s in were)
        if more * affirmed < 0:
            was = next(s for s in were if s.denied is (more < 0))
            now = next(s for s in are if s.denied is (more > 0))
            place = TextPlace(pair.section, "", excerpt(pair.other.text, now.start, now.end))
            reading.differ(_quoted(pair.one.text, was), _quoted(pair.other.text, now), place)


def _doings(text: str) -> Mapping[str, Sequence[_Said]]:
    """Any two words that follow each other in a sentence, by their key, but those of a statement.

    "không đổi" is the denial of "đổi" as well, which states nothing where it stands alone: "chỉ đổi khi …".
    """
    stated = [range(s.start, s.end) for s in find_statements(text) if not UNCHANGED.fullmatch(s.text)]
    found: dict[str, list[_Said]] = defaultdict(list)
    for part in re.finditer(r"[^.;:,()]+", text):
        words = [
            (part.start() + w.start(), part.start() + w.end()) for w in re.finditer(r"\w+", part.group())
        ]
        said = [key(text[start:end]) for start, end in words]
        for n in range(len(words) - 1):
            if any(words[n][0] in one for one in stated) or said[n] in _NOT | _BETWEEN | _DONE:
                continue
            first, denied = _denial(said, n)
            if not denied and n and said[n - 1] in _SO_WHAT:
                continue
            end = words[n + 1][1]
            found[" ".join(said[n : n + 2])].append(_Said(words[first][0], end, denied))
    return found


def _denial(said: Sequence[str], n: int) -> tuple[int, bool]:
    """Where what is said before a word begins, and whether it denies it."""
    first = n
    while first and said[first - 1] in _BETWEEN | _DONE:
        first -= 1
    if first and said[first - 1] in _NOT:
        return first - 1, True
    return first, False


def _quoted(text: str, said: _Said) -> str:
    return f"“{text[said.start : said.end].lower()}”"
