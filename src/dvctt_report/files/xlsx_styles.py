"""What a workbook's styles part says about a cell: its number format, font, colours, whether it shows a date.

And what its conditional formats make of a cell where they hold.
"""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias

from dvctt_report.files.cells import Cell, CellKind, Mark, Range, places_in, too_large
from dvctt_report.files.extents import LARGE, USUAL
from dvctt_report.files.formats import (
    BUILTIN,
    colours_of,
    date_from_serial,
    date_text,
    is_date_format,
    is_percent_format,
    number_text,
    parts_of_date,
    shows_text,
    written_beside,
)
from dvctt_report.files.packages import local, remembered, run_xml
from dvctt_report.text.limits import MAX_CONDITIONS
from dvctt_report.text.vietnamese import format_count

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
    try:
        share = min(max(float(attributes.get("tint") or 0), -1.0), 1.0)
    except ValueError:
        share = 0.0
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
    totals = (sum(colour >> shift & 255 for colour in colours) for shift in (16, 8, 0))
    red, green, blue = (round(total / len(colours)) for total in totals)
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


@remembered
def read_theme(xml: bytes, part: str) -> Theme:
    """The colours of a theme: light, dark, light 2, dark 2, the accents, the links. Raises Unreadable."""
    colours: list[Colour | None] = []
    in_scheme = False

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal in_scheme
        name = local(tag)
        in_scheme = in_scheme or name == "clrScheme"
        if in_scheme and name in ("srgbClr", "sysClr"):
            colours.append(hexadecimal(attributes.get("lastClr") or attributes.get("val", "")))

    def end(tag: str) -> None:
        nonlocal in_scheme
        in_scheme = in_scheme and local(tag) != "clrScheme"

    run_xml(xml, part, start, end)
    own = [other if one is None else one for one, other in zip(colours, _in_file_order(OFFICE), strict=False)]
    return _in_file_order(tuple(own)) if len(own) == len(OFFICE) else OFFICE


def _in_file_order(theme: Theme) -> Theme:
    """A theme names each dark colour before its light one, a cell numbers them the other way round."""
    return (theme[1], theme[0], theme[3], theme[2], *theme[4:])


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
        inks = (ink, *(format_colour(name) for name in colours_of(number_format)))
        is_date = is_date_format(number_format)
        plain = not is_date and not is_percent_format(number_format)
        seen: Mark = "" if all(is_seen(one, ground) for one in inks) else "faint"
        unusual = (ink, ground) != (BLACK, WHITE) or size > LARGE
        return cls(number_format, font, plain, is_date, mark or seen, ink, ground, unusual, size)


def number_content(
    number: Decimal, style: Style, date1904: bool
) -> tuple[CellKind, Decimal | date, str, Decimal | None]:
    """What a number is under a style: kind, value, text as seen, the number behind a date."""
    if style.is_date and (day := date_from_serial(number, date1904)):
        return CellKind.DATE, day, date_text(day), number
    return CellKind.NUMBER, number, number_text(number, style.number_format), None


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
        if code is not None and cell.kind is CellKind.NUMBER and is_percent_format(code):
            shown = is_percent_format(cell.number_format)
        elif code is not None and cell.kind is CellKind.NUMBER:
            sign = int(cell.value.compare(0)) if isinstance(cell.value, Decimal) else 0
            shown = written_beside(code, sign) == ""
        elif code is not None and cell.kind is CellKind.DATE:
            shown = {part[0] for part in parts_of_date(code)} == {"d", "m", "y"}
        elif code is not None and cell.kind is CellKind.TEXT:
            shown = shows_text(code)
        return self.struck or not shown or not is_seen(ink, ground)


def mark_varying(
    cells: dict[tuple[int, int], Cell],
    conditions: Iterable[tuple[Sequence[Range], DifferentialFormat]],
    colours: Callable[[tuple[int, int]], tuple[Colour, Colour]],
) -> None:
    """Mark the cells that a conditional format may make show something else; ``colours``: ink and ground.

    Raises Unreadable where too many areas or cells have one.
    """
    hiding = [(areas, look) for areas, look in conditions if look.may_hide]
    if sum(len(areas) for areas, _ in hiding) > MAX_CONDITIONS:
        n_most = format_count(MAX_CONDITIONS)
        raise too_large(f"định dạng có điều kiện của trang tính áp dụng cho quá {n_most} vùng")
    each = [(area, look) for areas, look in hiding for area in areas]
    within = places_in(cells, [area for area, _ in each], "ô có định dạng có điều kiện")
    for places, (_, look) in zip(within, each, strict=True):
        for place in places:
            cell = cells[place]
            if not cell.mark and look.hides(cell, *colours(place)):
                cells[place] = cell._replace(mark="varies")


HIDING = DifferentialFormat(number_format=";;;")
"""What bars and icons without the number make of a cell."""


class Styles(NamedTuple):
    """The styles of cells by their number as text, and the looks of conditional formats in their order."""

    cells: dict[str, Style]
    looks: tuple[DifferentialFormat, ...] = ()


@remembered
def read_styles(xml: bytes, part: str, theme: Theme = OFFICE) -> Styles:
    """The styles by number, and the conditional looks; undefined ones are plain. Raises Unreadable."""
    reader = _Styles(theme)
    run_xml(xml, part, reader.start, reader.end)
    cells = {str(number): reader.style(*keys) for number, keys in enumerate(reader.cells)}
    return Styles(cells, tuple(reader.looks))


def mark_of(tag: str, attributes: Mapping[str, str]) -> Mark:
    """The mark that a property of a font sets: ``strike``, ``vertAlign``, ``sz``; "" for any other."""
    value = attributes.get("val", "1")
    if tag == "strike" and value not in ("0", "false", "off"):
        return "struck"
    if tag == "sz" and 0 < points_of(value) <= SMALLEST_FONT:
        return "faint"
    return "raised" if tag == "vertAlign" and value in ("superscript", "subscript") else ""


def points_of(size: str) -> float:
    """The size of letters; the usual one where none is stated."""
    try:
        return float(size)
    except ValueError:
        return USUAL


class Painter:
    """What a font, a fill and a number format say, taken tag by tag."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.inside = self.font = self.pattern = ""
        self.mark: Mark = ""
        self.size = USUAL
        self.number_format: str | None = None
        self.ink: Colour | None = None
        self.fills: dict[str, Colour | None] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match self.inside, name:
            case "", "font" | "fill" | "border":
                self.inside = name
            case "font", "name":
                self.font = attributes.get("val", "")
            case "font", "color":
                self.ink = colour_of(attributes, self.theme)
            case "font", "strike" | "vertAlign" | "sz":
                self.mark = self.mark or mark_of(name, attributes)
                self.size = points_of(attributes.get("val", "")) if name == "sz" else self.size
            case "fill", "patternFill":
                self.pattern = attributes.get("patternType", "")
            case "fill", "fgColor" | "bgColor":
                self.fills[name] = colour_of(attributes, self.theme)
            case "fill", "color":  # of a gradient
                self.fills[f"stop {len(self.fills)}"] = colour_of(attributes, self.theme)
            case "", "numFmt":
                self.number_format = attributes.get("formatCode", "General")

    def end(self, name: str) -> None:
        if name == self.inside:
            self.inside = ""

    def ground(self) -> Colour:
        """What a cell's fill is as a ground."""
        stops = [c for name, c in self.fills.items() if name.startswith("stop") and c is not None]
        if stops:
            return mixed(stops)
        fore, back = self.fills.get("fgColor"), self.fills.get("bgColor")
        if self.pattern in ("", "none"):
            return WHITE
        if self.pattern == "solid":
            return WHITE if fore is None else fore
        return patterned(fore, back)

    def look(self) -> DifferentialFormat:
        """What they make of a cell as a conditional format, whose solid fill is its background."""
        ground = self.fills.get("bgColor", self.fills.get("fgColor")) if self.fills else None
        return DifferentialFormat(self.number_format, self.mark == "struck", self.ink, ground)


class _Styles:
    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.formats = {str(number): code for number, code in BUILTIN.items()}
        self.fonts: list[Painter] = []
        self.grounds: list[Colour] = []
        self.crossed: list[bool] = []
        self.looks: list[DifferentialFormat] = []
        self.cells: list[list[str]] = []
        self.section = ""
        self.crossing = False
        self.painter = Painter(theme)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local(tag)
        match self.section, name:
            case "", "numFmts" | "fonts" | "fills" | "borders" | "cellXfs" | "dxfs" | "extLst":
                self.section = name
            case "numFmts", "numFmt":
                self.formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "General")
            case ("fonts", "font") | ("fills", "fill") | ("dxfs", "dxf"):
                self.painter = Painter(self.theme)
                self.painter.start(name, attributes)
            case "fonts" | "fills" | "dxfs", _:
                self.painter.start(name, attributes)
            case "cellXfs", "xf":
                names = ("numFmtId", "fontId", "fillId", "borderId")
                self.cells.append([*(attributes.get(one, "0") for one in names), ""])
            case "cellXfs", "alignment" if self.cells:
                indent = attributes.get("indent", "0")
                out_of_it = indent.isdecimal() and int(indent[:4]) >= FARTHEST_INDENT
                if out_of_it or attributes.get("horizontal") == "fill":  # repeated until the cell is full
                    self.cells[-1][-1] = "fill"
            case "borders", "border":
                ways = ("diagonalUp", "diagonalDown")
                self.crossing = any(attributes.get(way) in ("1", "true") for way in ways)
                self.crossed.append(False)
            case "borders", "diagonal" if self.crossed and attributes.get("style", "none") != "none":
                self.crossed[-1] = self.crossing

    def end(self, tag: str) -> None:
        name = local(tag)
        match self.section, name:
            case "fonts", "font":
                self.fonts.append(self.painter)
            case "fills", "fill":
                self.grounds.append(self.painter.ground())
            case "dxfs", "dxf":
                self.looks.append(self.painter.look())
        self.painter.end(name)
        if self.section and name == self.section:
            self.section = ""

    def style(self, number_format: str, font: str, fill: str, border: str, alignment: str) -> Style:
        code = self.formats.get(number_format, "General")
        ground = self.grounds[int(fill)] if _is_index(fill, len(self.grounds)) else WHITE
        crossed = _is_index(border, len(self.crossed)) and self.crossed[int(border)]
        drawn: Mark = "struck" if crossed else "repeated" if alignment == "fill" else ""
        if not _is_index(font, len(self.fonts)):
            return Style.of(code, "", drawn, ground=ground)
        own = self.fonts[int(font)]
        ink = BLACK if own.ink is None else own.ink
        return Style.of(code, own.font, own.mark or drawn, ink, ground, own.size)


FARTHEST_INDENT = 15
"""Steps of indent, of three spaces each, from which a number is out of any column of the forms."""


def _is_index(text: str, n: int) -> bool:
    return text.isascii() and text.isdigit() and int(text[:6]) < n and len(text) <= 6
