"""Lists of units in a sentence: communes of a kind together, bodies of the province apart from them.

Names may bear something behind them, as their rate in brackets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from dvctt_report.text.vietnamese import format_small_count, join_names

MANY = 10  # More names than these are counted by kind, as more addressees than these go into an annex
FARTHEST = 5  # Units named of so many: those that lack most
ALIKE = 3  # Communes named of one rate: more are counted

COMMUNES: Mapping[str, str] = {"xã": "communes", "phường": "wards", "đặc khu": "zones", "thị trấn": "towns"}
"""The kinds of communes in the order of print, and what the patterns of their numbers are called."""
KINDS: Mapping[str, str] = {
    "offices": "cơ quan cấp tỉnh",
    "districts": "huyện, thành phố",
    **{said: kind for kind, said in COMMUNES.items()},
}
"""Every kind of body in the order of print, and its words."""
_COMMUNE = re.compile(rf"(?:UBND|Ủy ban nhân dân) ({'|'.join(COMMUNES)}) ")
_DISTRICT = re.compile(r"(?:UBND|Ủy ban nhân dân) (?:huyện|quận|thị xã|thành phố|TP\.?) ")


def commune_kind(name: str) -> str:
    """What kind of commune the body of that name governs; "" for a body that governs none."""
    found = _COMMUNE.match(name)
    return found[1] if found else ""


def bare_name(name: str) -> str:
    """What a list calls a body among others of its kind: a commune by its own name, others in full."""
    return _COMMUNE.sub("", name, count=1)


def terms(names: Iterable[str]) -> list[str]:
    """The names as terms of a sentence: "Thanh tra tỉnh", "UBND các xã: B, C"; communes come last."""
    listed = list(names)
    said = [name for name in listed if not commune_kind(name)]
    for kind in COMMUNES:
        own = [name for name in listed if commune_kind(name) == kind]
        places = ", ".join(map(bare_name, own))
        said += [f"UBND các {kind}: {places}"] if len(own) > 1 else own
    return said


def shortly(names: Sequence[str], most: int = MANY) -> str:
    """The names as a list on screen; more than ``most`` are counted by kind: "32 xã và 10 phường"."""
    if len(names) <= most:
        return "; ".join(terms(names))
    return join_names(f"{format_small_count(n)} {KINDS[kind]}" for kind, n in n_by_kind(names).items())


def n_by_kind(names: Sequence[str]) -> dict[str, int]:
    """How many of the bodies are of which kind, by what the patterns are called."""
    counted = Counter(map(kind_of, names))
    return {kind: counted[kind] for kind in KINDS if counted[kind]}


def kind_of(name: str) -> str:
    """Which of ``KINDS`` the body of that name is."""
    if kind := commune_kind(name):
        return COMMUNES[kind]
    return "districts" if _DISTRICT.match(name) else "offices"
