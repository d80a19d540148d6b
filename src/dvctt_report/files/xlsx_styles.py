"""What a workbook's styles part says about a cell: its number format, font, colours, whether it shows a date.

And what its conditional formats make of a cell where they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

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
from dvctt_report.files.paint import (
    BLACK,
    OFFICE,
    SMALLEST_FONT,
    WHITE,
    Colour,
    Theme,
    colour_of,
    format_colour,
    is_seen,
    mixed,
    patterned,
)
from dvctt_report.text.limits import MAX_CONDITIONS
from dvctt_report.text.vietnamese import format_count


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
        shown = self.number_format is None or _shows(self.number_format, cell)
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


def _shows(number_format: str, cell: Cell) -> bool:
    """Whether a cell's content shows as it is under a number format."""
    if cell.kind is CellKind.NUMBER:
        if is_percent_format(number_format):
            return is_percent_format(cell.number_format)
        sign = int(cell.value.compare(0)) if isinstance(cell.value, Decimal) else 0
        return written_beside(number_format, sign) == ""
    if cell.kind is CellKind.DATE:
        return {part[0] for part in parts_of_date(number_format)} == {"d", "m", "y"}
    return cell.kind is not CellKind.TEXT or shows_text(number_format)


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

    def start(self, name: str, said: Mapping[str, str]) -> None:
        match self.inside, name:
            case "", "font" | "fill" | "border":
                self.inside = name
            case "font", "name":
                self.font = said.get("val", "")
            case "font", "color":
                self.ink = colour_of(said, self.theme)
            case "font", "strike" | "vertAlign" | "sz":
                self.mark = self.mark or mark_of(name, said)
                self.size = points_of(said.get("val", "")) if name == "sz" else self.size
            case "fill", "patternFill":
                self.pattern = said.get("patternType", "")
            case "fill", "fgColor" | "bgColor":
                self.fills[name] = colour_of(said, self.theme)
            case "fill", "color":  # of a gradient
                self.fills[f"stop {len(self.fills)}"] = colour_of(said, self.theme)
            case "", "numFmt":
                self.number_format = said.get("formatCode", "General")

    def end(self, name: str) -> None:
        if name == self.inside:
            self.inside = ""

    def ground(self) -> Colour:
        """What a cell's fill is as a ground."""
        stops = [
            colour for name, colour in self.fills.items() if name.startswith("stop") and colour is not None
        ]
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
            case "cellXfs", "alignment" if self.cells and _is_pushed_about(attributes):
                self.cells[-1][-1] = "fill"
            case "borders", "border":
                self.crossing = any(
                    attributes.get(f"diagonal{way}") in ("1", "true") for way in ("Up", "Down")
                )
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


def _is_pushed_about(alignment: Mapping[str, str]) -> bool:
    """Whether a cell's content is repeated until the cell is full, or indented out of it."""
    indent = alignment.get("indent", "0")
    return alignment.get("horizontal") == "fill" or (
        indent.isdecimal() and int(indent[:4]) >= FARTHEST_INDENT
    )


FARTHEST_INDENT = 15
"""Steps of indent, of three spaces each, from which a number is out of any column of the forms."""


def _is_index(text: str, n: int) -> bool:
    return text.isascii() and text.isdigit() and int(text[:6]) < n and len(text) <= 6
