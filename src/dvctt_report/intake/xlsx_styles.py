"""What a workbook's styles part says about a cell: its number format, its font, whether it shows a date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dvctt_report.intake.cells import Mark
from dvctt_report.intake.formats import BUILTIN, is_date_format, is_percent_format
from dvctt_report.intake.package import local, parse_xml, remembered


class Style(NamedTuple):
    """A cell's number format, font name and ``mark``; ``plain``: a whole number is read as its digits."""

    number_format: str = "General"
    font: str = ""
    plain: bool = True
    is_date: bool = False
    mark: Mark = ""

    @classmethod
    def of(cls, number_format: str, font: str, mark: Mark = "") -> Style:
        """Make the style of a number format, whose two questions are answered once for all its cells."""
        is_date = is_date_format(number_format)
        plain = not is_date and not is_percent_format(number_format)
        return cls(number_format, font, plain, is_date, mark)


@remembered
def read_styles(xml: bytes, part: str) -> dict[str, Style]:
    """Read the cell styles by their number as text, as a cell's ``s`` names them.

    A format or font the part does not define falls back to "General" and "". Raises Unreadable.
    """
    reader = _Styles()
    parse_xml(xml, part, reader.start, reader.end)
    return {str(number): reader.style(*keys) for number, keys in enumerate(reader.cells)}


def mark_of(tag: str, attributes: Mapping[str, str]) -> Mark:
    """The mark that a property of a font sets: ``strike``, ``vertAlign``; "" for any other."""
    value = attributes.get("val", "1")
    if tag == "strike" and value not in ("0", "false", "off"):
        return "struck"
    return "raised" if tag == "vertAlign" and value in ("superscript", "subscript") else ""


class _Styles:
    def __init__(self) -> None:
        self.formats = {str(number): code for number, code in BUILTIN.items()}
        self.fonts: list[str] = []
        self.marks: list[Mark] = []
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
                self.marks.append("")
            case "fonts", "name" if self.fonts:
                self.fonts[-1] = attributes.get("val", "")
            case "fonts", "strike" | "vertAlign" as name if self.fonts:
                self.marks[-1] = self.marks[-1] or mark_of(name, attributes)
            case "cellXfs", "xf":
                self.cells.append((attributes.get("numFmtId", "0"), attributes.get("fontId", "0")))

    def end(self, tag: str) -> None:
        if self.section and local(tag) == self.section:
            self.section = ""

    def style(self, number_format: str, font: str) -> Style:
        code = self.formats.get(number_format, "General")
        known = font.isascii() and font.isdigit() and int(font[:6]) < len(self.fonts)
        return (
            Style.of(code, self.fonts[int(font[:6])], self.marks[int(font[:6])])
            if known
            else Style.of(code, "")
        )
