"""Whether a printed label and what the form says are the same words, or nearly so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import key, unaccented

SIMILAR = 90
"""Of 100, from which an edited label still counts as the form's own."""

_Found = TypeVar("_Found")
_Wanted = TypeVar("_Wanted")

_LONGEST_LABEL = 500
"""Characters of a text whose keys are remembered; the forms' longest label has 330."""


def keys(text: str) -> frozenset[str]:
    """The keys of a label: of its first line and of the whole, which some programs save as one line."""
    return _known_keys(text) if len(text) <= _LONGEST_LABEL else _keys(text)


def _keys(text: str) -> frozenset[str]:
    first = text.strip().partition("\n")[0]
    return frozenset(k for k in (key(first), key(text)) if k)


_known_keys = lru_cache(maxsize=4096)(_keys)


def keys_of_any(texts: Iterable[str]) -> frozenset[str]:
    """The keys of several labels together: what shares one of them says the same as one of the labels."""
    return frozenset[str]().union(*map(keys, texts))


def is_same(written: str, printed: str) -> bool:
    """Whether two labels say the same, by their first line or as a whole; two empty ones do not."""
    return not keys(written).isdisjoint(keys(printed))


def likeness(written: str, printed: str) -> float:
    """How alike two labels are, 0 to 100; 0 where they hold different numbers."""
    from rapidfuzz import fuzz

    return max(
        (fuzz.ratio(a, b) for a in keys(written) for b in keys(printed) if _digits(a) == _digits(b)),
        default=0,
    )


def is_identical(written: str, printed: str) -> bool:
    """Whether two labels say the same as a whole, line breaks aside."""
    return key(written) == key(printed)


def is_same_name(written: str, printed: str) -> bool:
    """Whether two names differ in marks alone: "Phuoc Hau" for one with its accents."""
    return any(unaccented(a) == unaccented(b) for a in keys(written) for b in keys(printed))


def pair_up(scores: Mapping[tuple[_Found, _Wanted], float]) -> dict[_Found, _Wanted]:
    """Pair what was found with what is wanted where each is the other's best by a clear lead."""
    near = {pair: score for pair, score in scores.items() if score >= SIMILAR}
    of_found = by_key((found, score) for (found, _), score in near.items())
    of_wanted = by_key((wanted, score) for (_, wanted), score in near.items())
    best_of_found = {found: _clear_best(those) for found, those in of_found.items()}
    best_of_wanted = {wanted: _clear_best(those) for wanted, those in of_wanted.items()}
    return {
        found: wanted
        for (found, wanted), score in near.items()
        if score == best_of_found[found] == best_of_wanted[wanted]
    }


def _clear_best(scores: Sequence[float]) -> float | None:
    """The best of some scores; None where it stands among them twice."""
    best = max(scores)
    return best if scores.count(best) == 1 else None


def row_likeness(written: Sequence[str], printed: Sequence[str], is_name: bool) -> float:
    """How alike two rows are: as their least alike label; names only by their letters."""
    if is_name:
        return 100 if all(map(is_same_name, written, printed)) else 0
    return min(map(likeness, written, printed), default=0)


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)
