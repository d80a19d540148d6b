"""Numbers that only count out what a text lists: "(1) …; (2) …", "1) …, 2) …"; and marks of notes: "[1]"."""

from __future__ import annotations

import re

_MARKER = re.compile(
    r"""\((?P<in>\d{1,2})\)(?=\s)
      | (?:^|(?<=[:;,.]\s)|(?<=\bvà\s)) (?: (?P<half>\d{1,2})\)(?=\s) | (?P<dot>\d{1,2})\.(?=\s+[^\W\d]) )
    """,
    re.VERBOSE,
)
_SPELT = re.compile(r"\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|mốt|tư|lăm)\s$", re.IGNORECASE)
"""A number in words, which the one in brackets after it repeats: "hai (2) đơn vị"."""
_NOTE = re.compile(r"\[\d{1,2}\]")


def find_enumerated(text: str) -> list[range]:
    """Find the markers of a series 1, 2, … and of notes; their extents."""
    found = [range(*match.span()) for match in _NOTE.finditer(text)]
    for group in ("in", "half", "dot"):
        series: list[range] = []
        for match in _MARKER.finditer(text):
            if match[group] == str(len(series) + 1) and not _SPELT.search(text, 0, match.start()):
                series.append(range(*match.span()))
        found += series if len(series) > 1 else []
    return found
