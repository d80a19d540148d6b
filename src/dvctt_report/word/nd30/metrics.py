"""The sheet of an administrative document, and how long a line of text is on it in Times New Roman.

Advance widths in thousandths of an em, the same for every accent of a letter. Source: hmtx tables of
Liberation Serif, which is metric-compatible with Times New Roman; of the sheet NĐ 30/2020/NĐ-CP, A1, I.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from dvctt_report.word.nd30.format import Component

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
TWIPS_PER_MM = 1440 / 25.4
EMU_PER_MM = 36000
POINTS_PER_MM = 72 / 25.4
LINE_EM = 1.149
"""Height of a single line of Times New Roman, in em: (ascent + descent + gap) of the face."""


def twips(mm: float) -> int:
    """Turn millimetres into twentieths of a point."""
    return round(mm * TWIPS_PER_MM)


@dataclass(frozen=True, slots=True)
class Page:
    """Paper and margins in mm, with the ranges the decree allows. Source: A1 I.1-I.3, I.7."""

    width: float = 210
    height: float = 297
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    header: float = 10
    top_range: tuple[float, float] = (20, 25)
    bottom_range: tuple[float, float] = (20, 25)
    left_range: tuple[float, float] = (30, 35)
    right_range: tuple[float, float] = (15, 20)

    @property
    def text_width(self) -> float:
        """Width between the margins of a portrait page."""
        return self.width - self.left - self.right

    @property
    def landscape_text_width(self) -> float:
        """Width between the same margins, as displayed, on the page turned round."""
        return self.height - self.left - self.right


PAGE = Page()

LETTERHEAD_GRID = (65.0, 100.0)
"""Columns of the letterhead in mm, together the text width: the state name at 13 pt bold takes 95.7 mm."""

SIGNATURE_GRID = (75.0, 90.0)
"""Columns of recipients and signature in mm."""


_REGULAR = {
    180: "'", 200: "|", 250: " ,.", 278: "/:;\\ijlt", 333: "!()-I[]`fr‘’", 389: "Js", 400: "°", 408: '"',
    444: "?acez“”", 469: "^", 480: "{}", 500: "#$*0123456789_bdghknopquvxyđ–§", 529: "ơ", 541: "~", 542: "ư",
    549: "≥≤", 556: "FPS", 564: "+<=>×", 611: "ELTZ", 667: "BCR", 722: "ADGHKNOQUVXYwĐƠ", 776: "Ư",
    778: "&m", 833: "%", 889: "M", 921: "@", 944: "W", 1000: "—…",
}  # fmt: skip
_BOLD = {
    220: "|", 250: " ,.", 278: "'/\\il", 333: "!()-:;[]`fjt‘’", 389: "Is", 394: "{}", 400: "°", 444: "cerz",
    500: "#$*0123456789?J_agovxy–“”§", 520: "~", 549: "≥≤", 554: "ơ", 555: '"', 556: "Sbdhknpquđ",
    570: "+<=>×", 581: "^", 600: "ư", 611: "FP", 667: "BELTZ", 722: "ACDNRUVXYwĐ", 778: "GHKOQƠ", 796: "Ư",
    833: "&m", 930: "@", 944: "M", 1000: "%W—…",
}  # fmt: skip
_ITALIC = {
    214: "'", 250: " ,.", 275: "|", 278: "/\\fijlt", 333: "!()-:;I`‘’", 389: "[]rsz", 400: "{}°", 420: '"',
    422: "^", 444: "Jcekvxy", 500: "#$*0123456789?S_abdghnopquđ–§", 534: "ơ", 541: "~", 545: "ư", 549: "≥≤",
    556: "LTYZ“”", 611: "ABEFPRVX", 667: "CKNw", 675: "+<=>×", 722: "DGHOQUmĐƠ", 754: "Ư", 778: "&",
    833: "%MW", 889: "—…", 920: "@",
}  # fmt: skip
_HORN = "\u031b"
_WIDEST = 1000
_GLUE = "\u2060"
_CLINGING = frozenset({"và", "của", "về", "các", "tại", "theo", "năm", "do", "cho", "VÀ", "CỦA", "CÁC"})
_STEP = 2.0


class _Widths(dict[str, int]):
    """Widths by character; that of a letter with marks is its base's, found once."""

    def __init__(self, groups: dict[int, str]) -> None:
        super().__init__({char: width for width, chars in groups.items() for char in chars})

    def __missing__(self, char: str) -> int:
        self[char] = sum(self.get(base, _WIDEST) for base in _bases(char))
        return self[char]


_TABLES = {"regular": _Widths(_REGULAR), "bold": _Widths(_BOLD), "italic": _Widths(_ITALIC)}


def text_width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """Return the width of one line of ``text`` in mm at ``size`` points; an unknown character counts as
    widest.

    Bold italic is measured as bold, which is never narrower by more than a tenth.
    """
    widths = _TABLES["bold" if bold else "italic" if italic else "regular"]
    total = sum(map(widths.__getitem__, unicodedata.normalize("NFC", text)))
    return total * size / 1000 / POINTS_PER_MM


def component_width(text: str, component: Component) -> float:
    """Return the width in mm of the longest line of ``text`` set as ``component``."""
    return max(
        text_width(line, component.size, bold=component.bold, italic=component.italic)
        for line in text.split("\n")
    )


def _bases(text: str) -> list[str]:
    found: list[str] = []
    for char in unicodedata.normalize("NFD", text):
        if char == _HORN and found:
            found[-1] = {"o": "ơ", "O": "Ơ", "u": "ư", "U": "Ư"}.get(found[-1], found[-1])
        elif not unicodedata.combining(char):
            found.append(char)
    return found


def break_lines(text: str, width: float, component: Component, unbroken: Iterable[str] = ()) -> str:
    """Break ``text`` into the fewest lines of at most ``width`` mm, as even as they come; breaks become
    ``\\n``.

    Lines already broken stay so. A word wider than ``width`` stands alone. The compounds of ``unbroken``
    are kept whole, and no line ends in a word that leans on the next one ("và", "của" …).
    """
    keep, broken = tuple(unbroken), list[str]()
    for tokens in (_tokens(line, keep) for line in text.split("\n")):
        # Lines are filled greedily, then narrowed as long as that costs no further line.
        lines, narrower = _filled(tokens, width, component), width - _STEP
        while narrower > 0 and len(even := _filled(tokens, narrower, component)) == len(lines):
            lines, narrower = even, narrower - _STEP
        broken += lines
    return "\n".join(broken)


def count_lines(text: str, width: float, component: Component) -> int:
    """Return how many lines ``break_lines`` makes of ``text`` without compounds."""
    return sum(len(_filled(_tokens(line, ()), width, component)) for line in text.split("\n"))


def _tokens(line: str, unbroken: tuple[str, ...]) -> list[str]:
    """Words with the blanks behind them, a compound as one word."""
    for compound in sorted(filter(None, unbroken), key=len, reverse=True):
        line = line.replace(compound, compound.replace(" ", _GLUE))
    return [word.replace(_GLUE, " ") for word in re.findall(r"\S+ *", line)]


def _filled(tokens: list[str], width: float, component: Component) -> list[str]:
    lines: list[list[str]] = [[]]
    for token in tokens:
        line = lines[-1]
        if line and component_width("".join([*line, token]).rstrip(), component) > width:
            keep = len(line)
            while keep > 1 and line[keep - 1].strip() in _CLINGING:
                keep -= 1
            lines[-1], moved = line[:keep], line[keep:]
            lines.append([*moved, token])
        else:
            line.append(token)
    return ["".join(line).rstrip() for line in lines]
