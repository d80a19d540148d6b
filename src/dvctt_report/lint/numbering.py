"""What Word's automatic numbering prints before a paragraph: "II.", "1.", "a)"."""

from __future__ import annotations

import re
from typing import Any

from dvctt_report.lint.wordtree import number, value

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_FIGURES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_PLACE = re.compile(r"%(\d)")


ORDINAL = rf"thứ\s+(?:{'|'.join(_ORDINALS)})"
"""The pattern of a number in words: "thứ nhất"."""


def roman(n: int) -> str:
    """Write a number up to a few dozen in Roman numerals."""
    made = ""
    for figure, letters in _ROMAN:
        while n >= figure:
            made += letters
            n -= figure
    return made


def arabic(text: str) -> int:
    """Read a number in Arabic figures, Roman numerals or words ("thứ hai"); nothing else may stand."""
    if text.isdigit():
        return int(text)
    if (word := text.lower().removeprefix("thứ").strip()) in _ORDINALS:
        return _ORDINALS.index(word) + 1
    figures = [_FIGURES[letter] for letter in text.upper()]
    return sum(-f if f < max(figures[i:]) else f for i, f in enumerate(figures))


class Numbering:
    """The counters of one document; ``label`` must be asked in the order of the paragraphs."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[int, int]] = {}

    def label(self, num: str, level: int, levels: dict[int, Any]) -> str:
        """Count the paragraph and return the text before it; "" for a bullet or a level without text."""
        own = levels.get(level)
        if own is None:
            return ""
        counts = self._counts.setdefault(num, {})
        counts[level] = counts.get(level, int(number(value(own, "start"), 1)) - 1) + 1
        for deeper in [d for d in counts if d > level]:
            del counts[deeper]
        if value(own, "numFmt") == "bullet":
            return "-" if (value(own, "lvlText") or "").strip() in ("-", "–") else "•"

        def shown(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            of = levels.get(at)
            if of is None:
                return ""
            start = int(number(value(of, "start"), 1))
            return _format(counts.get(at, start), value(of, "numFmt") or "decimal")

        return _PLACE.sub(shown, value(own, "lvlText") or "")


def _format(n: int, how: str) -> str:
    match how:
        case "upperRoman":
            return roman(n)
        case "lowerRoman":
            return roman(n).lower()
        case "lowerLetter":
            return chr(ord("a") + (n - 1) % 26)
        case "upperLetter":
            return chr(ord("A") + (n - 1) % 26)
        case "decimalZero":
            return f"{n:02}"
        case "none":
            return ""
    return str(n)
