"""Colours of a workbook: whether what is written in one is seen on another."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from dvctt_report.files.packages import local, remembered, run_xml

Colour: TypeAlias = int
"""Red, green and blue in a number: 0xFFC7CE."""
Theme: TypeAlias = tuple[Colour, ...]
"""The colours of a workbook's theme in the order in which cells number them."""

BLACK: Final[Colour] = 0x000000
WHITE: Final[Colour] = 0xFFFFFF

LEAST_CONTRAST: Final = 1.3
"""Of the two colours (WCAG 2.2, 1.4.3): white on white is 1.0, on the grey of the form's own cells 1.2;
the palest grey that is still used to write in, BFBFBF, is 1.8 on white."""

SMALLEST_FONT: Final = 2.0
"""Points up to which letters are specks: Excel's least size is 1."""

_AUTOMATIC_INDEXES = ("64", "65", "81")
_PALETTE_START: Final = {0: BLACK, 1: WHITE, 8: BLACK, 9: WHITE}
"""The colours of the fixed palette that every workbook names."""

OFFICE: Final[Theme] = (
    *(WHITE, BLACK, 0xEEECE1, 0x1F497D, 0x4F81BD, 0xC0504D),
    *(0x9BBB59, 0x8064A2, 0x4BACC6, 0xF79646, 0x0000FF, 0x800080),
)
"""The theme of Office where a workbook has none of its own."""


def is_seen(ink: Colour, ground: Colour) -> bool:
    """Whether letters of one colour are told from a ground of another."""
    light, dark = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05) >= LEAST_CONTRAST


def _luminance(colour: Colour) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _parts(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _parts(colour: Colour) -> tuple[float, float, float]:
    return (colour >> 16 & 255) / 255, (colour >> 8 & 255) / 255, (colour & 255) / 255


def colour_of(said: Mapping[str, str], theme: Theme) -> Colour | None:
    """The colour that the attributes of a ``color`` name; None for the automatic one, or none at all."""
    if (rgb := said.get("rgb")) is not None:
        return hexadecimal(rgb)
    found = None
    if (number := _whole(said.get("theme", ""))) is not None and number < len(theme):
        found = theme[number]
    elif said.get("indexed", "") not in _AUTOMATIC_INDEXES:
        found = _indexed(_whole(said.get("indexed", "")))
    return found if found is None else _tinted(found, said.get("tint", ""))


def hexadecimal(text: str) -> Colour | None:
    """The colour behind "FFC7CE", "FFFFC7CE" or "#ffc7ce"; None where it is none."""
    try:
        return int(text.removeprefix("#")[-6:], 16)
    except ValueError:
        return None


_NAMED: Final = {
    **{"black": BLACK, "white": WHITE, "red": 0xFF0000, "green": 0x00FF00, "blue": 0x0000FF},
    **{"yellow": 0xFFFF00, "magenta": 0xFF00FF, "cyan": 0x00FFFF},
}
"""The colours that a number format has names for."""


def format_colour(name: str) -> Colour:
    """The colour that a number format names: "white", or "color2" by its number in the palette."""
    if name in _NAMED:
        return _NAMED[name]
    found = _indexed((_whole(name.removeprefix("color")) or 1) + _BEFORE_PALETTE)
    return BLACK if found is None else found


_BEFORE_PALETTE = 7
"""Colours that stand in the palette before the one that formats call the first."""


def mixed(colours: Sequence[Colour]) -> Colour:
    """The mean of some colours: what a pattern or a gradient of them is as a ground."""
    means = (round(sum(one >> shift & 255 for one in colours) / len(colours)) for shift in (16, 8, 0))
    red, green, blue = means
    return red << 16 | green << 8 | blue


def patterned(fore: Colour | None, back: Colour | None) -> Colour:
    """The ground that a pattern of two colours makes; None: the automatic one."""
    return mixed((BLACK if fore is None else fore, WHITE if back is None else back))


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _indexed(number: int | None) -> Colour | None:
    if number is None or number in _PALETTE_START:
        return _PALETTE_START.get(number) if number is not None else None
    from openpyxl.styles.colors import COLOR_INDEX

    return hexadecimal(COLOR_INDEX[number]) if number < len(COLOR_INDEX) else None


def _tinted(colour: Colour, tint: str) -> Colour:
    """A colour made lighter (tint above 0) or darker, as Excel does (ISO 29500-1, 18.8.19)."""
    try:
        share = min(max(float(tint or 0), -1.0), 1.0)
    except ValueError:
        share = 0.0
    if share != share or not share:  # "NaN" is a float
        return colour
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(colour))
    light = light * (1 + share) if share < 0 else light * (1 - share) + share
    red, green, blue = (round(part * 255) for part in colorsys.hls_to_rgb(hue, light, saturation))
    return red << 16 | green << 8 | blue


@remembered
def read_theme(xml: bytes, part: str) -> Theme:
    """The colours of a theme: light, dark, light 2, dark 2, the accents, the links. Raises Unreadable."""
    found: list[Colour | None] = []
    in_scheme = False

    def start(tag: str, said: Mapping[str, str]) -> None:
        nonlocal in_scheme
        name = local(tag)
        in_scheme = in_scheme or name == "clrScheme"
        if in_scheme and name in ("srgbClr", "sysClr"):
            found.append(hexadecimal(said.get("lastClr") or said.get("val", "")))

    def end(tag: str) -> None:
        nonlocal in_scheme
        in_scheme = in_scheme and local(tag) != "clrScheme"

    run_xml(xml, part, start, end)
    own = [other if one is None else one for one, other in zip(found, _in_file_order(OFFICE), strict=False)]
    return _in_file_order(tuple(own)) if len(own) == len(OFFICE) else OFFICE


def _in_file_order(theme: Theme) -> Theme:
    """A theme names each dark colour before its light one, a cell numbers them the other way round."""
    return (theme[1], theme[0], theme[3], theme[2], *theme[4:])
