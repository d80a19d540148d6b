"""Lists of targets by name ("09 chỉ tiêu chưa đạt: …; …"): what a printed one has lost or gained."""

from __future__ import annotations

import re
from collections.abc import Collection

from rapidfuzz import fuzz

from dvctt_report.verify.pairing import Pair
from dvctt_report.verify.paragraphs import ParsedParagraph
from dvctt_report.verify.reading import FactsFound, TextPlace, excerpt
from dvctt_report.vietnamese import key

SAME = 88
"""Least likeness, of 100, of two prints of one name."""
REWORDED = 55
"""The same where the name may have been put otherwise, and is no other target's."""
_BESIDE = re.compile(r"(?<!\s)\s*\([^()]*\)$")
"""What stands in brackets behind a name: how far it still is, that its verdict isn't sure."""
_STOP = re.compile(r"[;:.](?:\s+|$)")
_OF_TARGETS = re.compile(r"\b(?:mục tiêu|chỉ tiêu)\b")
"""What is listed is targets. A sentence that begins with the word, "Chỉ tiêu còn cách …:", tells results."""
_COUNT = re.compile(r"\d+ (?:mục tiêu|chỉ tiêu)\b")
"""What counts targets and names none: "Kết quả: 03 chỉ tiêu đạt; 09 chỉ tiêu chưa đạt"."""
_WHOLE = "danh sách mục tiêu"


def target_names(paragraph: ParsedParagraph) -> list[str]:
    """The names that a printed paragraph lists after a colon, where it speaks of targets before it."""
    names: list[str] = []
    for sentence in re.split(r"(?<=\.)\s+", paragraph.text):
        before, _, after = sentence.partition(": ")
        if _OF_TARGETS.search(before):
            names += [name for entry in after.split(";") if (name := _BESIDE.sub("", entry.strip(" .")))]
    return [name for name in names if not _COUNT.match(name)]


def read_targets(pair: Pair, every: Collection[str], reading: FactsFound) -> None:
    """Compare the targets that two paired paragraphs list; ``every`` are those of all lists."""
    printed = target_names(pair.one)
    if not printed:
        return
    said = [_BESIDE.sub("", part.strip()) for part in _STOP.split(pair.other.text) if part.strip()]
    gone = [name for name in printed if not _is_among(name, said)]
    new = [part for part in said if not _is_among(part, printed)]
    added = [part for part in new if any(_is_same(part, name) for name in every)]
    others = [part for part in new if part not in added]
    for name in list(gone):
        best = max(others, key=lambda part: fuzz.ratio(key(name), key(part)), default="")
        if fuzz.ratio(key(name), key(best)) >= REWORDED:
            others.remove(best)
            gone.remove(name)
    section = pair.one.section
    if len(gone) == len(printed) and not added:
        for name in gone:
            reading.lose("", name, TextPlace(section, _WHOLE))
        return
    for name in gone:
        reading.differ(name, "", _place(section, pair.one.text, name))
    for name in added:
        reading.differ("", name, _place(section, pair.other.text, name))


def _place(section: str, text: str, name: str) -> TextPlace:
    at = text.find(name)
    return TextPlace(section, "", excerpt(text, at, at + len(name)))


def _is_among(name: str, others: Collection[str]) -> bool:
    """Whether a name is one of others, or stands in a longer one as it is."""
    wanted = key(name)
    return any(wanted in key(other) or _is_same(name, other) for other in others)


def _is_same(name: str, other: str) -> bool:
    return fuzz.ratio(key(name), key(other)) >= SAME
