"""Whether a printed label and what the form says are the same words, or nearly so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from dvctt_report.intake.names import without_marks
from dvctt_report.vietnamese import key

SIMILAR = 90
"""Of 100, from which an edited label still counts as the form's own."""

_Found = TypeVar("_Found")
_Wanted = TypeVar("_Wanted")


def keys(text: str) -> frozenset[str]:
    """The keys of a label: of its first line and of the whole, which some programs save as one line."""
    first = text.strip().partition("\n")[0]
    return frozenset(k for k in (key(first), key(text)) if k)


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
    return any(without_marks(a) == without_marks(b) for a in keys(written) for b in keys(printed))


def pair_up(scores: Mapping[tuple[_Found, _Wanted], float]) -> dict[_Found, _Wanted]:
    """Pair what was found with what is wanted where each is the other's best by a clear lead."""
    near = {pair: score for pair, score in scores.items() if score >= SIMILAR}
    return {
        found: wanted
        for (found, wanted), score in near.items()
        if all(
            score > other
            for pair, other in near.items()
            if pair != (found, wanted) and (pair[0] == found or pair[1] == wanted)
        )
    }


def row_likeness(written: Sequence[str], printed: Sequence[str], is_name: bool) -> float:
    """How alike two rows are: as their least alike label; names only by their letters."""
    if is_name:
        return 100 if all(map(is_same_name, written, printed)) else 0
    return min(map(likeness, written, printed), default=0)


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)
