"""How letters and paragraphs look, each layer over the one before, and what automatic numbering prints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from dvctt_report.text.patterns import lazy_pattern
from dvctt_report.word.nd30 import TWIPS_PER_MM, Align
from dvctt_report.word.source import Source
from dvctt_report.word.tree import NAMES, A, W, child, is_on, number, value, written

Properties: TypeAlias = dict[str, Any]

TOGGLES = ("b", "i", "caps", "smallCaps", "vanish", "strike", "dstrike")
"""Properties that two styles switch off again. Source: ECMA-376 Part 1, 17.7.3."""
HEX = lazy_pattern("[0-9A-Fa-f]{6}")
_AUTO_SPACING = 14.0  # Points that Word puts where "automatic" is chosen for the space between paragraphs
_SWITCHES = {"keepNext": "keep_next", "contextualSpacing": "contextual", "pageBreakBefore": "page_break"}
_WORD_DEFAULT_FONT = "Times New Roman"


def paragraph_properties(element: Any) -> Properties:
    """What a w:pPr says, by the names of ``Shape``; nothing where there is none."""
    made: Properties = {}
    if element is None:
        return made
    for part in element:
        name = part.tag.rpartition("}")[2]
        if name == "spacing":
            for side in ("before", "after"):
                lines, auto = part.get(f"{W}{side}Lines"), part.get(f"{W}{side}Autospacing")
                if auto in ("1", "true", "on"):
                    made[side] = _AUTO_SPACING
                elif lines is not None and number(lines) != 0:
                    made[side] = number(lines) * 0.12
                elif part.get(f"{W}{side}") is not None:
                    made[side] = number(part.get(f"{W}{side}")) / 20
            if part.get(f"{W}line") is not None:
                made["rule"] = part.get(f"{W}lineRule", "auto")
                made["line"] = number(part.get(f"{W}line")) / (240 if made["rule"] == "auto" else 20)
        elif name == "ind":
            for side, other in (("left", "start"), ("right", "end")):
                if indent := part.get(f"{W}{side}") or part.get(f"{W}{other}"):
                    made[side] = number(indent) / TWIPS_PER_MM
            hanging, first = part.get(f"{W}hanging"), part.get(f"{W}firstLine")
            if hanging is not None or first is not None:
                made["first"] = (number(first) if hanging is None else -number(hanging)) / TWIPS_PER_MM
        elif name == "tabs":
            made |= {f"tab {t.get(f'{W}pos')}": t.get(f"{W}val", "left") for t in part}
        elif name == "jc":
            made["align"] = NAMES["aligns"].get(part.get(f"{W}val", "left"), "left")
        elif name in _SWITCHES:
            made[_SWITCHES[name]] = is_on(part)
        elif name == "outlineLvl":
            level = int(number(part.get(f"{W}val"), 9))
            made["outline"] = level if level < 9 else None
        elif name == "numPr":
            num, at = value(part, "numId"), value(part, "ilvl")
            made |= {"num": num} if num is not None else {}
            made |= {"level": int(number(at))} if at is not None else {}
        elif name == "pBdr":
            drawn = {e.tag for e in part if e.get(f"{W}val") not in ("nil", "none")}
            across, upright = {f"{W}bottom", f"{W}top", f"{W}between"}, {f"{W}left", f"{W}right"}
            made["border"] = bool(drawn & across) and not drawn & upright  # a frame is no line
    return made


@dataclass(frozen=True, slots=True)
class Face:
    """How characters look. ``size`` and ``spacing`` in points, ``scale`` 1.0 for normal width.

    ``fonts`` are those for ASCII, other letters and East Asian; ``colour`` is "" for black or automatic.
    ``properties`` is all that the layers say together.
    """

    fonts: tuple[str, str, str]
    size: float
    bold: bool
    italic: bool
    underline: bool
    colour: str
    highlight: str
    hidden: bool
    struck: bool
    caps: bool
    raised: bool
    spacing: float
    scale: float
    east_hint: bool
    properties: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paragraph is set: lengths in mm, ``before`` and ``after`` in points.

    ``line``: a multiple of single spacing where ``rule`` is "auto", else points. ``first`` is relative to
    ``left``, negative when hanging. ``tabs`` are the stops with their kinds ("center"), from left to right.
    """

    align: Align = "left"
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    rule: str = "auto"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    keep_next: bool = False
    contextual: bool = False
    page_break: bool = False
    outline: int | None = None
    numbering: tuple[str, int] | None = None
    border: bool = False
    tabs: tuple[tuple[float, str], ...] = ()


class Cascade:
    """The styles of one document; ``face`` and ``shape`` answer what a run or paragraph looks like."""

    def __init__(self, source: Source) -> None:
        theme = source.beside("theme/theme1.xml")
        self._fonts: dict[str, str] = {}
        self._colours: dict[str, str] = {"lt1": "FFFFFF", "dk1": "000000"}
        for which in ("major", "minor"):
            for slot, tag in (("Ascii", "latin"), ("HAnsi", "latin"), ("EastAsia", "ea"), ("Bidi", "cs")):
                face = theme.find(f".//{A}{which}Font/{A}{tag}")
                self._fonts[f"{which}{slot}"] = "" if face is None else face.get("typeface", "")
        scheme = theme.find(f".//{A}clrScheme")
        for colour in scheme if scheme is not None else ():
            if len(colour):
                name = colour.tag.rpartition("}")[2]
                self._colours[name] = colour[0].get("lastClr") or colour[0].get("val", "")
        styles = source.beside("styles.xml")
        self._styles: dict[str, Any] = {}
        self._default: dict[str, str] = {}
        self.lists = Lists(source.beside("numbering.xml"))
        self._run_default: Properties = {}
        self._paragraph_default: Properties = {}
        self._chains: dict[tuple[str, str], Properties] = {}
        self.names: dict[str, str] = {}
        self._shapes: dict[tuple[str, Any], tuple[str, Shape]] = {}
        self._faces: dict[tuple[str, str, Any], Face] = {}
        defaults = styles.find(f"{W}docDefaults")
        if defaults is not None:
            self._run_default = self._run(defaults.find(f"{W}rPrDefault/{W}rPr"))
            self._paragraph_default = paragraph_properties(defaults.find(f"{W}pPrDefault/{W}pPr"))
        for style in styles.iter(f"{W}style"):
            name, kind = style.get(f"{W}styleId", ""), style.get(f"{W}type", "paragraph")
            self._styles[name] = style
            self.names[name] = value(style, "name") or name
            if style.get(f"{W}default") in ("1", "true"):
                self._default[kind] = name

    def shade(self, element: Any) -> str:
        """The colour of a w:shd as six hexadecimal digits, of a solid pattern that one; "" for none."""
        is_solid = element.get(f"{W}val") == "solid"
        names = ("themeColor", f"{W}color") if is_solid else ("themeFill", f"{W}fill")
        colour = self._colour(element, *names)
        return colour if HEX.fullmatch(colour) else ""

    def _colour(self, element: Any, themed: str = "themeColor", plain: str = f"{W}val") -> str:
        """The colour that is shown: the theme's, lighter or darker if it says so, else the one it names."""
        base = self._colours.get(NAMES["theme"].get(name := element.get(f"{W}{themed}", ""), name), "")
        if not HEX.fullmatch(base):
            return base or element.get(plain) or ""
        channels = [int(base[at : at + 2], 16) for at in (0, 2, 4)]
        prefix = "themeFill" if themed == "themeFill" else "theme"
        for name, end in ((f"{prefix}Tint", 255), (f"{prefix}Shade", 0)):
            if (share := element.get(f"{W}{name}")) and re.fullmatch("[0-9A-Fa-f]{2}", share):
                channels = [round(end + (c - end) * int(share, 16) / 255) for c in channels]
        return "".join(f"{c:02X}" for c in channels)

    def style_of(self, properties: Any, kind: str = "paragraph") -> str:
        """The style of a paragraph or table with these properties, the default one where they name none."""
        named = value(properties, "pStyle" if kind == "paragraph" else "tblStyle")
        return named if named in self._styles else self._default.get(kind, "")

    def style_elements(self, style: str) -> list[Any]:
        """The style and those it is based on, the most basic first."""
        elements: list[Any] = []
        while style in self._styles and self._styles[style] not in elements and len(elements) < 20:
            elements.append(self._styles[style])
            style = value(self._styles[style], "basedOn") or ""
        return elements[::-1]

    def shape(self, direct: Any, table_style: str) -> tuple[str, Shape]:
        """The style of a paragraph with these properties, and how it is set within a table of that style."""
        key = (table_style, None if direct is None else written(direct))
        if key in self._shapes:
            return self._shapes[key]
        style = self.style_of(direct)
        made = self._paragraph_default | self._chain("p", table_style) | self._chain("p", style)
        own = paragraph_properties(direct)
        if "num" in own or "level" in own:
            both = made | own
            level_here = self.lists.levels.get((both.get("num", ""), both.get("level", 0)))
            made |= paragraph_properties(child(level_here, "pPr"))
        made |= own
        num, level = made.pop("num", None), made.pop("level", 0)
        stops = [(name[4:], made.pop(name)) for name in [*made] if name.startswith("tab ")]
        tabs = sorted((number(at) / TWIPS_PER_MM, kind) for at, kind in stops if kind != "clear")
        numbering = (num, level) if num and num != "0" else None
        self._shapes[key] = style, Shape(numbering=numbering, tabs=tuple(tabs), **made)
        return self._shapes[key]

    def face(self, run_properties: Any, paragraph_style: str, table_style: str) -> Face:
        """How a run with these direct properties looks in a paragraph of that style."""
        key = (table_style, paragraph_style, None if run_properties is None else written(run_properties))
        if key not in self._faces:
            own, style = self._run(run_properties), value(run_properties, "rStyle") or ""
            self._faces[key] = self._make_face(own, paragraph_style, style, table_style)
        return self._faces[key]

    def label_face(self, properties: Any, table_style: str, numbering: tuple[str, int]) -> Face:
        """How the label of automatic numbering looks: as the paragraph's mark, unless its level says else."""
        mark, level = child(properties, "rPr"), self.lists.levels.get(numbering)
        own = self._run(mark) | self._run(child(level, "rPr"))
        return self._make_face(own, self.style_of(properties), value(mark, "rStyle") or "", table_style)

    def _make_face(self, direct: Properties, paragraph: str, character: str, table: str) -> Face:
        layers = [self._chain("r", name) for name in (table, paragraph, character)]
        made = dict(self._run_default)
        for layer in layers:
            made |= layer
        for toggle in TOGGLES:
            states = [bool(layer[toggle]) for layer in layers if toggle in layer]
            if states:
                made[toggle] = sum(states) % 2 == 1
        made |= direct
        ascii_font = made.get("ascii") or _WORD_DEFAULT_FONT
        colour = (made.get("color") or "auto").upper()
        grounds = (made.get("highlight") or "none", (made.get("shd") or "auto").upper())
        return Face(
            fonts=(ascii_font, made.get("hAnsi") or ascii_font, made.get("eastAsia") or ascii_font),
            size=number(made.get("sz"), 20) / 2,
            bold=bool(made.get("b")),
            italic=bool(made.get("i")),
            underline=(made.get("u") or "none") != "none",
            colour="" if colour in ("AUTO", "000000") else colour,
            highlight=next((c for c in grounds if c not in ("none", "white", "AUTO", "FFFFFF")), ""),
            hidden=bool(made.get("vanish")),
            struck=bool(made.get("strike") or made.get("dstrike")),
            caps=bool(made.get("caps") or made.get("smallCaps")),
            raised=(made.get("vertAlign") or "baseline") != "baseline",
            spacing=number(made.get("spacing")) / 20,
            scale=number(made.get("w"), 100) / 100,
            east_hint=made.get("hint") == "eastAsia",
            properties=made,
        )

    def _chain(self, kind: str, style: str) -> Properties:
        """What a style and its ancestors say about runs ("r") or paragraphs ("p")."""
        if (kind, style) not in self._chains:
            made: Properties = {}
            for element in self.style_elements(style):
                if kind == "r":
                    made |= self._run(element.find(f"{W}rPr"))
                    continue
                own = paragraph_properties(element.find(f"{W}pPr"))
                if "num" in own:
                    level = self.lists.levels.get((own["num"], own.get("level", 0)))
                    made |= paragraph_properties(child(level, "pPr"))
                made |= own
            self._chains[kind, style] = made
        return self._chains[kind, style]

    def _run(self, element: Any) -> Properties:
        """What a w:rPr says; nothing where there is none."""
        made: Properties = {}
        for part in element if element is not None else ():
            name = part.tag.rpartition("}")[2]
            if name in TOGGLES:
                made[name] = is_on(part)
            elif name == "rFonts":
                for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
                    themed = part.get(f"{W}{'cstheme' if slot == 'cs' else slot + 'Theme'}")
                    if font := self._fonts.get(themed) or part.get(f"{W}{slot}"):
                        made[slot] = font
                if part.get(f"{W}hint"):
                    made["hint"] = part.get(f"{W}hint")
            elif name == "color":
                made["color"] = self._colour(part)
            elif name == "shd":
                made |= {"shd": part.get(f"{W}fill") or "", "ground": self.shade(part)}
            elif name in ("sz", "spacing", "w", "highlight", "u", "vertAlign"):
                made[name] = part.get(f"{W}val")
        return made


_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_FIGURES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")

ORDINAL = rf"thứ\s+(?:{'|'.join(_ORDINALS)})"
"""The pattern of a number in words: "thứ nhất"."""


def roman(n: int) -> str:
    """Write a number (1 to 399) in Roman numerals."""
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


class Lists:
    """The lists that numbering.xml declares, and their counters: labels are asked for in page order.

    Instances of one list go on from each other; one that counts anew does so from where it is used first.
    Source: ECMA-376 Part 1, 17.9.15 (num), 17.9.27 (startOverride).
    """

    def __init__(self, root: Any) -> None:
        self.levels: dict[tuple[str, int], Any] = {}
        """The w:lvl of each instance and level, its own one before that of its list."""
        self._starts: dict[tuple[str, int], int] = {}
        self._counted_as: dict[str, str] = {}
        self._begins: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._used: set[str] = set()
        abstract = {a.get(f"{W}abstractNumId", ""): a for a in root.findall(f"{W}abstractNum")}
        for num in root.findall(f"{W}num"):
            name, base = num.get(f"{W}numId", ""), value(num, "abstractNumId") or ""
            self._counted_as[name] = base
            levels = [*abstract[base].findall(f"{W}lvl")] if base in abstract else []
            for override in num.findall(f"{W}lvlOverride"):
                levels += override.findall(f"{W}lvl")
                if (begin := value(override, "startOverride")) is not None:
                    self._begins[name, int(number(override.get(f"{W}ilvl")))] = int(number(begin))
            for level in levels:
                at = name, int(number(level.get(f"{W}ilvl")))
                self.levels[at], self._starts[at] = level, int(number(value(level, "start"), 1))
        self._starts |= self._begins

    def label(self, num: str, level: int) -> str:
        """Count the paragraph and return the text before it; "" for a level that isn't declared."""
        of_level = self.levels.get((num, level))
        if of_level is None:
            return ""
        counts = self._counts.setdefault(self._counted_as.get(num, num), {})
        if num not in self._used:
            self._used.add(num)
            for begun in [at for name, at in self._begins if name == num]:
                counts.pop(begun, None)
        counts[level] = counts.get(level, self._starts.get((num, level), 1) - 1) + 1
        for deeper in [d for d in counts if d > level]:
            del counts[deeper]
        if value(of_level, "numFmt") == "bullet":
            return "-" if (value(of_level, "lvlText") or "").strip() in ("-", "–") else "•"

        def shown(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            of = self.levels.get((num, at))
            kind = value(of, "numFmt") or "decimal"
            n = counts.get(at, self._starts.get((num, at), 1))
            if of is None or kind == "none":
                return ""
            if kind in ("upperRoman", "lowerRoman"):
                return roman(n) if kind == "upperRoman" else roman(n).lower()
            if kind in ("upperLetter", "lowerLetter"):
                return chr(ord("A" if kind == "upperLetter" else "a") + (n - 1) % 26)
            return f"{n:02}" if kind == "decimalZero" else str(n)

        return re.sub(r"%(\d)", shown, value(of_level, "lvlText") or "")
