"""What a workbook's styles part says about a cell: its number format, its font, whether it shows a date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dvctt_report.intake.formats import BUILTIN, is_date_format, is_percent_format
from dvctt_report.intake.package import local, parse_xml, remembered


class Style(NamedTuple):
    """A cell's number format and font name; ``plain``: a whole number shows its digits as they are."""

    number_format: str = "General"
    font: str = ""
    plain: bool = True
    is_date: bool = False

    @classmethod
    def of(cls, number_format: str, font: str) -> Style:
        """Make the style of a number format, whose two questions are answered once for all its cells."""
        is_date = is_date_format(number_format)
        return cls(number_format, font, not is_date and not is_percent_format(number_format), is_date)


@remembered
def read_styles(xml: bytes, part: str) -> dict[str, Style]:
    """Read the cell styles by their number as text, as a cell's ``s`` names them.

    A format or font the part does not define falls back to "General" and "". Raises Unreadable.
    """
    reader = _Styles()
    parse_xml(xml, part, reader.start, reader.end)
    return {str(number): reader.style(*keys) for number, keys in enumerate(reader.cells)}


class _Styles:
    def __init__(self) -> None:
        self.formats = {str(number): code for number, code in BUILTIN.items()}
        self.fonts: list[str] = []
        self.cells: list[tuple[str, str]] = []
        self.section = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        match self.section, local(tag):
            case "", "numFmts" | "fonts" | "cellXfs" | "dxfs" | "extLst" as name:
                self.section = name
            case "numFmts", "numFmt":
                self.formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "General")
            case "fonts", "font":
                self.fonts.append("")
            case "fonts", "name" if self.fonts:
                self.fonts[-1] = attributes.get("val", "")
            case "cellXfs", "xf":
                self.cells.append((attributes.get("numFmtId", "0"), attributes.get("fontId", "0")))

    def end(self, tag: str) -> None:
        if self.section and local(tag) == self.section:
            self.section = ""

    def style(self, number_format: str, font: str) -> Style:
        code = self.formats.get(number_format, "General")
        known = font.isascii() and font.isdigit() and int(font[:6]) < len(self.fonts)
        return Style.of(code, self.fonts[int(font[:6])] if known else "")
