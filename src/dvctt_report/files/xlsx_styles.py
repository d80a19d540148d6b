"""What a workbook's styles part says about a cell: its number format, font, colours, whether it shows a date.

And what its conditional formats make of a cell where they hold.
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias, TypeVar
from xml.etree.ElementTree import Element

from dvctt_report.files import formats
from dvctt_report.files.cells import Cell, CellKind, Mark, Range, places_in, too_large
from dvctt_report.files.extents import LARGE, USUAL
from dvctt_report.files.packages import read_tree, remembered
from dvctt_report.text.limits import MAX_CONDITIONS
from dvctt_report.text.vietnamese import format_count

T = TypeVar("T")
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
    luminances = []
    for colour in (ink, ground):
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _parts(colour)
        )
        luminances.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(luminances) + 0.05) / (min(luminances) + 0.05) >= LEAST_CONTRAST


def _parts(colour: Colour) -> tuple[float, float, float]:
    return (colour >> 16 & 255) / 255, (colour >> 8 & 255) / 255, (colour & 255) / 255


def colour_of(attributes: Mapping[str, str], theme: Theme) -> Colour | None:
    """The colour that the attributes of a ``color`` name; None for the automatic one, or none at all."""
    if (rgb := attributes.get("rgb")) is not None:
        return hexadecimal(rgb)
    colour = None
    if (number := _whole(attributes.get("theme", ""))) is not None and number < len(theme):
        colour = theme[number]
    elif attributes.get("indexed", "") not in _AUTOMATIC_INDEXES:
        colour = _indexed(_whole(attributes.get("indexed", "")))
    share = min(max(float_of(attributes.get("tint", ""), 0.0), -1.0), 1.0)
    if colour is None or share != share or not share:  # "NaN" is a float
        return colour
    # Lighter (tint above 0) or darker, as Excel does (ISO 29500-1, 18.8.19).
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(colour))
    light = light * (1 + share) if share < 0 else light * (1 - share) + share
    red, green, blue = (round(part * 255) for part in colorsys.hls_to_rgb(hue, light, saturation))
    return red << 16 | green << 8 | blue


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


def mixed(colours: Sequence[Colour]) -> Colour:
    """The mean of some colours: what a pattern or a gradient of them is as a ground."""
    totals = (sum(colour >> shift & 255 for colour in colours) for shift in (16, 8, 0))
    red, green, blue = (round(total / len(colours)) for total in totals)
    return red << 16 | green << 8 | blue


def patterned(fore: Colour | None, back: Colour | None) -> Colour:
    """The ground that a pattern of two colours makes; None: the automatic one."""
    return mixed((BLACK if fore is None else fore, WHITE if back is None else back))


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def _indexed(number: int | None) -> Colour | None:
    if number is None or number in _PALETTE_START:
        return _PALETTE_START.get(number) if number is not None else None
    from openpyxl.styles.colors import COLOR_INDEX

    return hexadecimal(COLOR_INDEX[number]) if number < len(COLOR_INDEX) else None


_IN_FILE = (1, 0, 3, 2, *range(4, len(OFFICE)))
"""A theme names each dark colour before its light one, a cell numbers them the other way round."""


@remembered
def read_theme(xml: bytes, part: str) -> Theme:
    """The colours of a theme: light, dark, light 2, dark 2, the accents, the links. Raises PackageFault."""
    scheme = read_tree(xml, part).find(".//clrScheme")
    colours = [
        hexadecimal(colour.attrib.get("lastClr") or colour.attrib.get("val", ""))
        for colour in (scheme.iter() if scheme is not None else ())
        if colour.tag in ("srgbClr", "sysClr")
    ]
    if len(colours) < len(OFFICE):
        return OFFICE
    own = (colours[at] for at in _IN_FILE)
    return tuple(usual if colour is None else colour for colour, usual in zip(own, OFFICE, strict=True))


class Style(NamedTuple):
    """A cell's number format, font name, ``mark``, colours; ``plain``: a whole number is read as its digits.

    ``unusual``: its letters aren't black on white, or are large; ``size``: their points.
    """

    number_format: str = "General"
    font: str = ""
    plain: bool = True
    is_date: bool = False
    mark: Mark = ""
    ink: Colour = BLACK
    ground: Colour = WHITE
    unusual: bool = False
    size: float = USUAL

    @classmethod
    def of(
        cls,
        number_format: str,
        font: str,
        mark: Mark = "",
        ink: Colour = BLACK,
        ground: Colour = WHITE,
        size: float = USUAL,
    ) -> Style:
        """Make the style of a number format, whose two questions are answered once for all its cells."""
        inks = [ink]
        for name in formats.colours_of(number_format):  # "white", or "color2" by its number in the palette
            number = (
                _whole(name.removeprefix("color")) or 1
            ) + 7  # behind seven others that formats don't call
            named = _NAMED[name] if name in _NAMED else _indexed(number)
            inks.append(BLACK if named is None else named)
        is_date = formats.is_date_format(number_format)
        plain = not is_date and not formats.is_percent_format(number_format)
        seen: Mark = "" if all(is_seen(one, ground) for one in inks) else "faint"
        unusual = (ink, ground) != (BLACK, WHITE) or size > LARGE
        return cls(number_format, font, plain, is_date, mark or seen, ink, ground, unusual, size)


def number_content(
    number: Decimal, style: Style, date1904: bool
) -> tuple[CellKind, Decimal | date, str, Decimal | None]:
    """What a number is under a style: kind, value, text as seen, the number behind a date."""
    if style.is_date and (day := formats.date_from_serial(number, date1904)):
        return CellKind.DATE, day, formats.date_text(day), number
    return CellKind.NUMBER, number, formats.number_text(number, style.number_format), None


class DifferentialFormat(NamedTuple):
    """What a conditional format sets where it holds; None: it leaves what the cell has."""

    number_format: str | None = None
    struck: bool = False
    ink: Colour | None = None
    ground: Colour | None = None

    @property
    def may_hide(self) -> bool:
        """Whether it can make any cell show something else than the cell's own style does."""
        if self.struck or self.number_format is not None:
            return True
        if self.ink is None or self.ground is None:
            return self != DifferentialFormat()
        return not is_seen(self.ink, self.ground)

    def hides(self, cell: Cell, ink: Colour, ground: Colour) -> bool:
        """Whether a cell of those colours shows something else, or nothing, where it holds."""
        ink = ink if self.ink is None else self.ink
        ground = ground if self.ground is None else self.ground
        code, shown = self.number_format, True
        if code is not None and cell.kind is CellKind.NUMBER and formats.is_percent_format(code):
            shown = formats.is_percent_format(cell.number_format)
        elif code is not None and cell.kind is CellKind.NUMBER:
            sign = int(cell.value.compare(0)) if isinstance(cell.value, Decimal) else 0
            shown = formats.written_beside(code, sign) == ""
        elif code is not None and cell.kind is CellKind.DATE:
            shown = {part[0] for part in formats.parts_of_date(code)} == {"d", "m", "y"}
        elif code is not None and cell.kind is CellKind.TEXT:
            shown = formats.shows_text(code)
        return self.struck or not shown or not is_seen(ink, ground)


def mark_varying(
    cells: dict[tuple[int, int], Cell],
    conditions: Iterable[tuple[Sequence[Range], DifferentialFormat]],
    styles: Mapping[tuple[int, int], Style],
) -> None:
    """Mark the cells that a conditional format may make show something else; ``styles``: all unusual ones.

    Raises Unreadable where too many areas or cells have one.
    """
    hiding = [(areas, look) for areas, look in conditions if look.may_hide]
    if sum(len(areas) for areas, _ in hiding) > MAX_CONDITIONS:
        n_most = format_count(MAX_CONDITIONS)
        raise too_large(f"định dạng có điều kiện của trang tính áp dụng cho quá {n_most} vùng")
    each = [(area, look) for areas, look in hiding for area in areas]
    within = places_in(cells, [area for area, _ in each], "ô có định dạng có điều kiện")
    usual = Style()
    for places, (_, look) in zip(within, each, strict=True):
        for place in places:
            cell, style = cells[place], styles.get(place, usual)
            if not cell.mark and look.hides(cell, style.ink, style.ground):
                cells[place] = cell._replace(mark="varies")


HIDING = DifferentialFormat(number_format=";;;")
"""What bars and icons without the number make of a cell."""


class Styles(NamedTuple):
    """The styles of cells by their number as text, and the looks of conditional formats in their order."""

    cells: dict[str, Style]
    looks: tuple[DifferentialFormat, ...] = ()


@remembered
def read_styles(xml: bytes, part: str, theme: Theme = OFFICE) -> Styles:
    """The styles by number, and the conditional looks; undefined ones are plain. Raises PackageFault."""
    tree = read_tree(xml, part)
    codes = {str(number): code for number, code in formats.BUILTIN.items()}
    codes |= {f.get("numFmtId", ""): f.get("formatCode", "General") for f in tree.iterfind("numFmts/numFmt")}
    fonts = [_font(font, theme) for font in tree.iterfind("fonts/font")]
    grounds = [_ground(fill, theme) for fill in tree.iterfind("fills/fill")]
    crossed = []
    for border in tree.iterfind("borders/border"):
        line = border.find("diagonal")
        is_drawn = line is not None and line.get("style", "none") != "none"
        crossed.append(
            is_drawn and any(border.get(w) in ("1", "true") for w in ("diagonalUp", "diagonalDown"))
        )
    cells = {}
    for number, xf in enumerate(tree.iterfind("cellXfs/xf")):
        drawn: Mark = "struck" if _numbered(crossed, xf.get("borderId", "0"), False) else ""
        for alignment in xf.iterfind("alignment") if not drawn else ():
            indent = alignment.get("indent", "0")
            pushed_out = indent.isdecimal() and int(indent[:4]) >= FARTHEST_INDENT
            if pushed_out or alignment.get("horizontal") == "fill":  # repeated until the cell is full
                drawn = "repeated"
        code = codes.get(xf.get("numFmtId", "0"), "General")
        ground = _numbered(grounds, xf.get("fillId", "0"), WHITE)
        name, mark, ink, size = _numbered(fonts, xf.get("fontId", "0"), _PLAIN)
        cells[str(number)] = Style.of(code, name, mark or drawn, ink, ground, size)
    return Styles(cells, tuple(look_of(dxf, theme) for dxf in tree.iterfind("dxfs/dxf")))


FARTHEST_INDENT = 15
"""Steps of indent, of three spaces each, from which a number is out of any column of the forms."""


def _numbered(defined: Sequence[T], number: str, other: T) -> T:
    """The one that a cell's style names by its number; ``other`` where none is defined."""
    at = _whole(number)
    return defined[at] if at is not None and at < len(defined) else other


def mark_of(tag: str, attributes: Mapping[str, str]) -> Mark:
    """The mark that a property of a font sets: ``strike``, ``vertAlign``, ``sz``; "" for any other."""
    value = attributes.get("val", "1")
    if tag == "strike" and value not in ("0", "false", "off"):
        return "struck"
    if tag == "sz" and 0 < float_of(value, USUAL) <= SMALLEST_FONT:
        return "faint"
    return "raised" if tag == "vertAlign" and value in ("superscript", "subscript") else ""


def float_of(text: str, default: float) -> float:
    """A length or size as the file states it; ``default`` where it states none."""
    try:
        return float(text)
    except ValueError:
        return default


_PLAIN: Final[tuple[str, Mark, Colour, float]] = ("", "", BLACK, USUAL)


def _font(font: Element, theme: Theme) -> tuple[str, Mark, Colour, float]:
    """The name, mark, ink and size of a font."""
    name, mark, ink, size = _PLAIN
    for part in font:
        mark = mark or mark_of(part.tag, part.attrib)
        if part.tag == "name":
            name = part.get("val", "")
        elif part.tag == "sz":
            size = float_of(part.get("val", ""), USUAL)
        elif part.tag == "color" and (colour := colour_of(part.attrib, theme)) is not None:
            ink = colour
    return name, mark, ink, size


def _ground(fill: Element, theme: Theme) -> Colour:
    """What a cell's fill is as a ground."""
    stops = [c for stop in fill.iter("color") if (c := colour_of(stop.attrib, theme)) is not None]
    if stops:  # of a gradient
        return mixed(stops)
    pattern = fill.find("patternFill")
    kind = pattern.get("patternType", "") if pattern is not None else ""
    if pattern is None or kind in ("", "none"):
        return WHITE
    colours = {part.tag: colour_of(part.attrib, theme) for part in pattern}
    fore, back = colours.get("fgColor"), colours.get("bgColor")
    if kind == "solid":
        return WHITE if fore is None else fore
    return patterned(fore, back)


def look_of(dxf: Element, theme: Theme) -> DifferentialFormat:
    """What a conditional format makes of a cell; of its solid fills the background is seen."""
    number_format, font = dxf.find("numFmt"), dxf.find("font")
    parts = () if font is None else tuple(font)
    marks = (mark for part in parts if (mark := mark_of(part.tag, part.attrib)))
    inks = [colour_of(part.attrib, theme) for part in parts if part.tag == "color"]
    fills = {part.tag: part.attrib for part in dxf.iter() if part.tag in ("fgColor", "bgColor")}
    fill = fills.get("bgColor", fills.get("fgColor"))
    return DifferentialFormat(
        number_format.get("formatCode", "General") if number_format is not None else None,
        next(marks, "") == "struck",
        inks[-1] if inks else None,
        colour_of(fill, theme) if fill is not None else None,
    )
