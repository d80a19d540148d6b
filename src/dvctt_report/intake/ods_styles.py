"""What the styles of an .ods say of cells, rows, columns and shapes, each with what it takes from its parent.

Source: OpenDocument 1.3, part 3, sections 16 (styles), 17 (formatting), 20 (attributes).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from dvctt_report.intake.cells import Mark
from dvctt_report.intake.package import local
from dvctt_report.intake.paint import BLACK, SMALLEST_FONT, WHITE, Colour, hexadecimal, is_seen
from dvctt_report.intake.xlsx_styles import DifferentialFormat

_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "pc": 12.0, "px": 0.75}
_LENGTH = re.compile(r"(-?(?:[0-9]++(?:\.[0-9]++)?|\.[0-9]++))(pt|in|cm|mm|pc|px)")
_PARENTS = 20
"""Styles above each other that are followed: LibreOffice has three."""
_FORMATS = ("number-style", "currency-style", "percentage-style", "date-style", "time-style", "text-style")
_CODES = {
    **{"number": "#,##0.##", "text-content": "@", "fill-character": "* ", "day": "dd", "month": "mm"},
    **{"year": "yyyy", "currency-symbol": "", "text": ""},
}
"""What the parts of a number format are in Excel's; any other shows something else than the number."""
_PAGE_ENDS = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")


def points(length: str) -> float | None:
    """A length in points: "0.0102in"; None where it is none."""
    found = _LENGTH.fullmatch(length.strip())
    return float(found[1]) * _POINTS[found[2]] if found else None


_DIAGONALS = ("bl-tr", "tl-br")


@dataclass
class OdsStyle:
    """A style: its own properties, by local name."""

    said: dict[str, str] = field(default_factory=dict)

    @property
    def font(self) -> str:
        return self.said.get("font-name", "")

    @property
    def mark(self) -> Mark:
        """The mark that it sets by itself, whatever its ground."""
        struck = self.said.get("text-line-through-type", self.said.get("text-line-through-style", "none"))
        if struck != "none" or any(self.said.get(f"diagonal-{way}", "none") != "none" for way in _DIAGONALS):
            return "struck"
        if self.said.get("repeat-content") == "true":
            return "repeated"
        size = points(self.said.get("font-size", ""))
        if size is not None and size <= SMALLEST_FONT:
            return "faint"
        raised = self.said.get("text-position", "").split(" ")[0]
        return "raised" if raised not in ("", "0%") else ""

    @property
    def own_ink(self) -> Colour | None:
        """The colour of its letters; None for the automatic one."""
        return hexadecimal(self.said["color"]) if self.said.get("color", "").startswith("#") else None

    @property
    def own_ground(self) -> Colour | None:
        ground = self.said.get("background-color", "")
        return hexadecimal(ground) if ground.startswith("#") else None

    @property
    def ground(self) -> Colour:
        return WHITE if self.own_ground is None else self.own_ground

    @property
    def ink(self) -> Colour:
        """The colour of its letters; the automatic one is the one that is seen."""
        if self.own_ink is not None:
            return self.own_ink
        return BLACK if is_seen(BLACK, self.ground) else WHITE

    def is_flat(self, name: str, least: float) -> bool:
        """Whether a row or column of it is too small to show anything."""
        size = points(self.said.get(name, ""))
        return size is not None and size <= least


_PROPERTIES = (
    *("text-properties", "table-cell-properties", "table-properties", "table-row-properties"),
    *("table-column-properties", "graphic-properties"),
)


class OdsStyles:
    """The styles of both parts that have any, the number formats, what pages have at head and foot."""

    def __init__(self) -> None:
        self.faces: dict[tuple[str, str], OdsStyle] = {}
        self.names: dict[str, str] = {}
        self.formats: dict[str, list[str]] = {}
        self.format_maps: dict[str, list[str]] = {}
        self.margins: dict[str, list[str]] = {}
        self.resolved: dict[tuple[str, str], OdsStyle] = {}
        self.face = OdsStyle()
        self.format = self.page = ""
        self.in_text = False
        self.margin: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        said = {local(name): value for name, value in attributes.items()}
        match local(tag):
            case "style" | "default-style":
                self.format = ""
                self.face = self.faces.setdefault((said.get("family", ""), said.get("name", "")), OdsStyle())
                self.face.said.update(said)
                self.names[said.get("display-name", "")] = said.get("name", "")
            case name if name in _FORMATS:
                self.face, self.format = OdsStyle(), said.get("name", "")
                self.formats[self.format] = []
            case "map" if self.format:
                self.format_maps.setdefault(self.format, []).append(said.get("apply-style-name", ""))
            case name if self.format:
                self._start_format(name, said)
            case name if name in _PROPERTIES:
                self.face.said.update(said)
            case "master-page":
                self.page = said.get("name", "")
            case name if name in _PAGE_ENDS and said.get("display") != "false":
                self.margin = []

    def _start_format(self, name: str, said: Mapping[str, str]) -> None:
        self.in_text = name == "text"
        odd = said.get("display-factor", "1") != "1" or name not in _CODES
        if name != "text-properties":
            self.formats[self.format].append('"?"' if odd else _CODES[name])

    def text(self, chunk: str) -> None:
        """Take characters, which say something in a number format and at the head or foot of a page."""
        if self.in_text and chunk.strip():
            self.formats[self.format].append(f'"{chunk}"')
        if self.margin is not None:
            self.margin.append(chunk)

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == "text":
            self.in_text = False
        elif name in _FORMATS:
            self.format = ""
        elif name in _PAGE_ENDS and self.margin is not None:
            self.margins.setdefault(self.page, []).append("".join(self.margin))
            self.margin = None
        elif name == "p" and self.margin is not None:
            self.margin.append(" ")

    def of(self, family: str, name: str) -> OdsStyle:
        """A style with all that it takes from its parents."""
        found = self.resolved.get((family, name))
        if found is None:
            found = self.resolved[family, name] = self._resolve(family, name)
        return found

    def _resolve(self, family: str, name: str) -> OdsStyle:
        chain: list[OdsStyle] = []
        while (own := self.faces.get((family, name))) is not None and len(chain) < _PARENTS and name:
            chain.append(own)
            name = own.said.get("parent-style-name", "")
        made = OdsStyle()
        for one in (self.faces.get((family, ""), OdsStyle()), *reversed(chain)):
            made.said.update(one.said)
        return made

    def look(self, name: str) -> DifferentialFormat:
        """What a style makes of a cell where its condition holds."""
        own = self.faces.get(("table-cell", self.names.get(name, name)), OdsStyle())
        data = own.said.get("data-style-name", "")
        code = self._code(data) if data in self.formats else None
        return DifferentialFormat(code, own.mark == "struck", own.own_ink, own.own_ground)

    def _code(self, name: str) -> str:
        """A number format as Excel writes it, as far as it shows a number's own digits."""
        names = [*self.format_maps.get(name, ()), name]
        return ";".join("".join(self.formats.get(one, ('"?"',))) for one in names)
