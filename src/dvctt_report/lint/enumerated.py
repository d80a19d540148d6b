"""The entries of an enumeration within a sentence, each with the amounts that it tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dvctt_report.lint.amounts import Amount
from dvctt_report.lint.passages import Passage
from dvctt_report.patterns import lazy_pattern

_FIGURES = lazy_pattern(r"\d+")


def entries_in(sentence: Passage, start: int, end: int) -> list[list[Amount]]:
    """The amounts of each entry of an enumeration; none where an entry has none.

    Entries with commas end at a semicolon: "03 kế hoạch và 11 công văn; tổ chức 02 hội nghị".
    """
    bare = sentence.bare[:end]
    stop = re.search(r"\)|\.$", bare[start:])
    end = start + stop.start() if stop else end
    first = bare.find(";", start, end)
    if first > 0 and (inner := _cut(sentence, start, first, r",\s| và ")):
        return inner
    return _cut(sentence, start, end, r";\s" if first > 0 else r",\s| và ")


def _cut(sentence: Passage, start: int, end: int, sign: str) -> list[list[Amount]]:
    cuts = list[tuple[int, int]]()
    for found in re.finditer(sign, sentence[start:end]):
        told = sentence[start + (cuts[-1][1] if cuts else 0) : start + found.start()]
        rest = sentence[start + found.end() : end].partition(", ")[0]
        # "trước hạn và đúng hạn 17.806 hồ sơ" is one entry, as is "17 nhân viên và người lao động".
        if found[0] != " và " or (_FIGURES.search(told) and _FIGURES.search(rest)):
            cuts.append(found.span())
    edges = [start, *(start + b for _, b in cuts)], [*(start + a for a, _ in cuts), end]
    listed = [sentence.between(a, b) for a, b in zip(*edges, strict=True)]
    entries = [[a for a in entry if not a.is_changed] for entry in listed]
    # What is behind an amount may be its change; before it, "vượt 35, đạt 57", it is a part as well.
    if any(kept and kept[0] is not entry[0] for kept, entry in zip(entries, listed, strict=True)):
        return []
    if len(entries) > 1 and all(entries):
        return entries
    without = [sentence[a:b].strip() for a, b, entry in zip(*edges, entries, strict=True) if not entry]
    joined = [entry for entry in entries if entry]
    named = all(words[:1].islower() and not _FIGURES.search(words) for words in without) and entries[-1]
    return joined if named and _are_of_one_kind(joined) else []


def _are_of_one_kind(entries: Sequence[Sequence[Amount]]) -> bool:
    """Whether each entry is one amount of the same things: "khiếu nại 12 đơn, kiến nghị, phản ánh 79 đơn"."""
    noun = entries[0][0].noun if len(entries) > 1 else ""
    return bool(noun) and all(len(entry) == 1 and entry[0].is_of(noun) for entry in entries)
