"""What NĐ 30/2020/NĐ-CP says of an administrative document: sheet, components, kinds; how long a line is.

The template builder writes Word styles from these facts and a linter reads the same ones; those of a row each
stand in ``nd30.toml``. Sizes are points, lengths millimetres. Source: Điều 7; Phụ lục I (A1), II (A2), III
(A3). Liberation Serif, whose widths are told, is metric-compatible with Times New Roman.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from dvctt_report.text.opening import parse_toml, read_text
from dvctt_report.text.resources import PACKAGE
from dvctt_report.text.vietnamese import key

Align: TypeAlias = Literal["left", "center", "right", "both"]
BODY_INDENT = 12.7
COLON_INDENT = 47.6
"""Where the colon of a "Kính gửi:" that begins at 30 mm stands: dashes are aligned under it (A1 II.9d)."""
_FACTS: dict[str, Any] = parse_toml(read_text(PACKAGE / "word" / "nd30.toml"))


@dataclass(frozen=True, slots=True)
class Component:
    """How one component is set.

    ``sizes`` is what the decree allows, ``size`` what we write: the larger consistent set of the footnote to
    A1 V (13/14/14). ``line`` is a multiple of single spacing; ``upper`` says the text itself is in capitals.
    ``outline`` is the level in the navigation pane, None for text. A negative ``first_indent`` hangs the
    first line out; ``frame`` draws a single border round the paragraph; ``grey`` is for working papers alone.
    """

    key: str
    style: str
    size: float
    sizes: tuple[float, float]
    source: str
    bold: bool = False
    italic: bool = False
    upper: bool = False
    align: Align = "left"
    before: float = 0
    after: float = 0
    line: float = 1.0
    first_indent: float = 0
    left_indent: float = 0
    right_indent: float = 0
    frame: bool = False
    grey: bool = False
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None

    @property
    def style_id(self) -> str:
        """The identifier of the Word style: the key with a prefix of its own."""
        name = self.key.title().replace("_", "")
        return f"Nd{name}" if self.outline is None else f"Heading{self.outline + 1}"


COMPONENTS: tuple[Component, ...] = tuple(
    Component(key, **{**look, "sizes": tuple(look["sizes"])}) for key, look in _FACTS["components"].items()
)


@dataclass(frozen=True, slots=True)
class LineBelow:
    """A horizontal line under a component: as long as its text, or a share of it.

    ``shares`` is the range the decree allows, ``share`` what we draw. Source: A1 II.1b, II.2b, II.5b.
    """

    under: str
    share: float
    shares: Sequence[float]
    source: str


RULES = tuple(LineBelow(**row) for row in _FACTS["rules"])

STATE_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


component = {c.key: c for c in COMPONENTS}.__getitem__
"""The component of that key; KeyError where the table has none."""

KINDS: dict[str, str] = _FACTS["kinds"]
LETTER = "Công văn"  # The kind without a name of its own in the document and without an abbreviation
ANY_KIND = "|".join((*KINDS, LETTER))  # The name of a kind, for the brackets of a pattern
ANNEX = "Phụ lục"  # No kind of the decree: an annex in a file of its own

WRITTEN_OUT = {"UBND": "ỦY BAN NHÂN DÂN", "HĐND": "HỘI ĐỒNG NHÂN DÂN"}
"""The bodies that are often abbreviated, as a letterhead and a signature write them."""

BY_KEY = {key(name): name for name in KINDS}
BY_ABBREVIATION = {short: name for name, short in KINDS.items()}

ADDRESSED = frozenset({LETTER, "Tờ trình"})
"""Kinds that always say to whom they go. A report does so when it goes to a superior. Source: A1 II.9b."""

Part: TypeAlias = Literal["number", "place_date", "subject", "recipients", "signature"]

_SLIPS: list[str] = _FACTS["groups"]["slips"]
_NOT_DRAWN: dict[str, frozenset[Part]] = {"Biên bản": frozenset({"place_date"})}
_NOT_DRAWN |= dict.fromkeys(_SLIPS, frozenset({"subject"}))
_ENCLOSED: frozenset[Part] = frozenset({"number", "place_date", "recipients", "signature"})
_LONGEST_NAME = 3
NAMES_RECEIVER = frozenset({"Công điện", *_SLIPS})
"""Kinds whose own words say for whom they are, so that "Như trên" needs no "Kính gửi".

Source: A3, Mẫu 1.6, 1.7, 1.8, 1.10.
"""

OF_SEVERAL_PARTIES = frozenset({"Hợp đồng", "Bản ghi nhớ", "Bản thỏa thuận"})
"""Kinds of the decree that no form of it draws: their parties agree on the form. Source: A3 II, Mẫu 1.4."""

DECIDING = frozenset({"Quyết định", "Nghị quyết"})
"""Kinds made of articles that put other texts into force. Source: A3, Mẫu 1.1, 1.2, 1.3."""

PUT_INTO_FORCE = frozenset(_FACTS["groups"]["put_into_force"])
"""Kinds that a decision puts into force; what else it encloses is a list or a form. Source: A3, Mẫu 1.3."""


def parts_not_missed(kind: str, *, words_behind: int = 0, enclosed: bool = False) -> frozenset[Part]:
    """The parts that a document of this kind may do without.

    ``words_behind``: how many words the title has behind the kind ("BIÊN BẢN LÀM VIỆC"); a few of them say
    what a subject would. ``enclosed``: it is issued with another document, which has those parts.
    Source: A3, Mẫu 1.3, 1.8, 1.9, 1.10; papers and slips are their own subject in practice.
    """
    parts = _NOT_DRAWN.get(kind, frozenset())
    if 0 < words_behind <= _LONGEST_NAME:
        parts |= {"subject"}
    return parts | _ENCLOSED if enclosed else parts


FONT = "Times New Roman"
LANGUAGE = "vi-VN"
TWIPS_PER_MM = 1440 / 25.4
EMU_PER_MM = 36000
POINTS_PER_MM = 72 / 25.4
LINE_EM = 1.149  # Height of a single line of Times New Roman, in em: (ascent + descent + gap) of the face


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

SIGNATURE_GRID = (75.0, 90.0)  # Columns of recipients and signature in mm


_HORN = "\u031b"
_WIDEST = 1000
_GLUE = "\u2060"
_CLINGING = frozenset({"và", "của", "về", "các", "tại", "theo", "năm", "do", "cho", "VÀ", "CỦA", "CÁC"})
_STEP = 2.0


class _Widths(dict[str, int]):
    """Widths by character; that of a letter with marks is its base's, found once."""

    def __init__(self, groups: dict[str, str]) -> None:
        super().__init__({char: int(width) for width, chars in groups.items() for char in chars})

    def __missing__(self, char: str) -> int:
        bases: list[str] = []
        for part in unicodedata.normalize("NFD", char):
            if part == _HORN and bases:
                bases[-1] = {"o": "ơ", "O": "Ơ", "u": "ư", "U": "Ư"}.get(bases[-1], bases[-1])
            elif not unicodedata.combining(part):
                bases.append(part)
        self[char] = sum(self.get(base, _WIDEST) for base in bases)
        return self[char]


_TABLES = {face: _Widths(groups) for face, groups in _FACTS["widths"].items()}


def text_width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """Return the width of one line of ``text`` in mm at ``size`` points; an unknown character counts as
    widest.

    Bold italic is measured as bold, which is never narrower by more than a tenth.
    """
    widths = _TABLES["bold" if bold else "italic" if italic else "regular"]
    return sum(map(widths.__getitem__, unicodedata.normalize("NFC", text))) * size / 1000 / POINTS_PER_MM


def component_width(text: str, component: Component) -> float:
    """Return the width in mm of the longest line of ``text`` set as ``component``."""
    return max(
        text_width(line, component.size, bold=component.bold, italic=component.italic)
        for line in text.split("\n")
    )


def break_lines(text: str, width: float, component: Component, unbroken: Iterable[str] = ()) -> str:
    """Break ``text`` into the fewest lines of at most ``width`` mm, as even as they come; breaks become
    ``\\n``.

    Lines already broken stay so. A word wider than ``width`` stands alone. The compounds of ``unbroken``
    are kept whole, and no line ends in a word that leans on the next one ("và", "của" …).
    """
    compounds, broken = sorted(filter(None, unbroken), key=len, reverse=True), list[str]()
    for line in text.split("\n"):
        # Words with the blanks behind them, a compound as one word.
        for compound in compounds:
            line = line.replace(compound, compound.replace(" ", _GLUE))
        tokens = [word.replace(_GLUE, " ") for word in re.findall(r"\S+ *", line)]
        # Lines are filled greedily, then narrowed as long as that costs no further line.
        lines, narrower = _filled(tokens, width, component), width - _STEP
        while narrower > 0 and len(even := _filled(tokens, narrower, component)) == len(lines):
            lines, narrower = even, narrower - _STEP
        broken += lines
    return "\n".join(broken)


def count_lines(text: str, width: float, component: Component) -> int:
    """Return how many lines ``break_lines`` makes of ``text`` without compounds."""
    return sum(len(_filled(re.findall(r"\S+ *", line), width, component)) for line in text.split("\n"))


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
