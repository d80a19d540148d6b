"""What one w:rPr or w:pPr says, as plain values: lengths in mm, spacing in points, theme names resolved."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from dvctt_report.nd30.wordxml import W
from dvctt_report.patterns import lazy_pattern
from dvctt_report.word.tree import A, is_on, number, value

Properties: TypeAlias = dict[str, Any]

TOGGLES = ("b", "i", "caps", "smallCaps", "vanish", "strike", "dstrike")
"""Properties that two styles switch off again. Source: ECMA-376 Part 1, 17.7.3."""
_THEME_NAMES = {
    **dict.fromkeys(("text1", "dark1", "tx1"), "dk1"),
    **dict.fromkeys(("background1", "light1", "bg1"), "lt1"),
    **dict.fromkeys(("text2", "dark2", "tx2"), "dk2"),
    **dict.fromkeys(("background2", "light2", "bg2"), "lt2"),
    "hyperlink": "hlink",
}
"""What documents call the colours of a theme that it calls otherwise."""
_SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")


class Theme:
    """Fonts and colours of the theme by the names that Word uses in documents."""

    def __init__(self, root: Any | None) -> None:
        self.fonts: dict[str, str] = {}
        self.colours: dict[str, str] = {"lt1": "FFFFFF", "dk1": "000000"}
        if root is None:
            return
        for which in ("major", "minor"):
            for slot, tag in (("Ascii", "latin"), ("HAnsi", "latin"), ("EastAsia", "ea"), ("Bidi", "cs")):
                face = root.find(f".//{A}{which}Font/{A}{tag}")
                self.fonts[f"{which}{slot}"] = "" if face is None else face.get("typeface", "")
        scheme = root.find(f".//{A}clrScheme")
        for colour in scheme if scheme is not None else ():
            name = colour.tag.rpartition("}")[2]
            inner = colour[0] if len(colour) else None
            if inner is not None:
                self.colours[name] = inner.get("lastClr") or inner.get("val", "")

    def colour(self, name: str) -> str:
        """The colour of that name as six hexadecimal digits, "" where the theme has none."""
        return self.colours.get(_THEME_NAMES.get(name, name), "")


def run_properties(element: Any, theme: Theme) -> Properties:
    """What a w:rPr says."""
    made: Properties = {}
    for child in element:
        name = child.tag.rpartition("}")[2]
        val = child.get(f"{W}val")
        if name in TOGGLES:
            made[name] = is_on(child)
        elif name == "rFonts":
            made |= _fonts(child, theme)
        elif name == "color":
            made["color"] = _colour(child, theme)
        elif name == "shd":
            made |= {"shd": child.get(f"{W}fill") or "", "ground": shade(child, theme)}
        elif name == "textFill":
            made["ink"] = _text_fill(child, theme)
        elif name == "rtl":
            made["rtl"] = is_on(child)
        elif name in ("sz", "spacing", "w", "highlight", "u", "vertAlign", "position", "fitText"):
            made[name] = val
    return made


def shade(element: Any, theme: Theme) -> str:
    """The colour of a w:shd as six hexadecimal digits, its pattern mixed in; "" for none."""
    fill = _colour(element, theme, "themeFill", f"{W}fill")
    ink = _colour(element, theme, "themeColor", f"{W}color")
    pattern = element.get(f"{W}val", "clear")
    percent = _PERCENT.fullmatch(pattern)
    share = 1.0 if pattern == "solid" else int(percent[1]) / 100 if percent else 0.0
    if not share:
        return fill if _HEX.fullmatch(fill) else ""
    pairs = zip(_channels(fill, "FFFFFF"), _channels(ink, "000000"), strict=True)
    return "".join(f"{round(below + (above - below) * share):02X}" for below, above in pairs)


def _channels(colour: str, default: str) -> list[int]:
    text = colour if _HEX.fullmatch(colour) else default
    return [int(text[at : at + 2], 16) for at in (0, 2, 4)]


_HEX = lazy_pattern("[0-9A-Fa-f]{6}")
_PERCENT = lazy_pattern(r"pct(\d{1,2})")
_CLEAR = 90_000
"""Thousandths of a percent of transparency from which on a fill isn't seen."""


def _text_fill(element: Any, theme: Theme) -> str:
    """The colour that letters are filled with by Word 2010 and later; "none" for letters without any."""
    for fill in element:
        for colour in fill:
            clear = next((number(v) for e in colour.iterfind("{*}alpha") for v in e.attrib.values()), 0.0)
            said = next((str(v) for v in colour.attrib.values()), "")
            return "none" if clear >= _CLEAR else theme.colour(said) or said
        return "none" if fill.tag.endswith("}noFill") else ""
    return ""


def _colour(element: Any, theme: Theme, themed: str = "themeColor", plain: str = f"{W}val") -> str:
    """The colour that is shown: the theme's, lighter or darker where it says so, else the one it names."""
    base = theme.colour(element.get(f"{W}{themed}", ""))
    if not _HEX.fullmatch(base):
        return base or element.get(plain) or ""
    channels = _channels(base, "")
    prefix = "themeFill" if themed == "themeFill" else "theme"
    for name, end in ((f"{prefix}Tint", 255), (f"{prefix}Shade", 0)):
        if (share := element.get(f"{W}{name}")) and re.fullmatch("[0-9A-Fa-f]{2}", share):
            channels = [round(end + (c - end) * int(share, 16) / 255) for c in channels]
    return "".join(f"{c:02X}" for c in channels)


def _fonts(element: Any, theme: Theme) -> Properties:
    made: Properties = {}
    for slot in _SLOTS:
        themed = element.get(f"{W}{'cstheme' if slot == 'cs' else slot + 'Theme'}")
        name = (theme.fonts.get(themed) if themed else "") or element.get(f"{W}{slot}")
        if name:
            made[slot] = name
    if element.get(f"{W}hint"):
        made["hint"] = element.get(f"{W}hint")
    return made


_MM = 25.4 / 1440
_AUTO_SPACING = 14.0
"""Points that Word puts where "automatic" is chosen for the space between paragraphs."""


def paragraph_properties(element: Any) -> Properties:
    """What a w:pPr says; nothing where there is none."""
    made: Properties = {}
    if element is None:
        return made
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name == "spacing":
            made |= _spacing(child)
        elif name == "ind":
            made |= _indents(child)
        elif name == "tabs":
            made |= {f"tab {t.get(f'{W}pos')}": t.get(f"{W}val", "left") for t in child}
        elif name == "jc":
            made["jc"] = child.get(f"{W}val", "left")
        elif name in ("keepNext", "contextualSpacing", "pageBreakBefore"):
            made[name] = is_on(child)
        elif name == "outlineLvl":
            made["outline"] = int(number(child.get(f"{W}val"), 9))
        elif name == "numPr":
            num, level = value(child, "numId"), value(child, "ilvl")
            made |= {"num": num} if num is not None else {}
            made |= {"level": int(number(level))} if level is not None else {}
        elif name == "pBdr":
            drawn = {e.tag for e in child if e.get(f"{W}val") not in ("nil", "none")}
            across, upright = {f"{W}bottom", f"{W}top", f"{W}between"}, {f"{W}left", f"{W}right"}
            made["border"] = bool(drawn & across) and not drawn & upright  # a frame is no line
    return made


def _spacing(element: Any) -> Properties:
    made: Properties = {}
    for side in ("before", "after"):
        lines, auto = element.get(f"{W}{side}Lines"), element.get(f"{W}{side}Autospacing")
        if auto in ("1", "true", "on"):
            made[side] = _AUTO_SPACING
        elif lines is not None and number(lines) != 0:
            made[side] = number(lines) * 0.12
        elif element.get(f"{W}{side}") is not None:
            made[side] = number(element.get(f"{W}{side}")) / 20
    if element.get(f"{W}line") is not None:
        made["rule"] = element.get(f"{W}lineRule", "auto")
        made["line"] = number(element.get(f"{W}line")) / (240 if made["rule"] == "auto" else 20)
    return made


def _indents(element: Any) -> Properties:
    made: Properties = {}
    for name, others in (("left", ("start",)), ("right", ("end",))):
        found = next((element.get(f"{W}{n}") for n in (name, *others) if element.get(f"{W}{n}")), None)
        if found is not None:
            made[name] = number(found) * _MM
    if element.get(f"{W}hanging") is not None:
        made["first"] = -number(element.get(f"{W}hanging")) * _MM
    elif element.get(f"{W}firstLine") is not None:
        made["first"] = number(element.get(f"{W}firstLine")) * _MM
    return made
