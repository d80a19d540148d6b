"""Horizontal lines however drawn: DrawingML or VML shapes, paragraph borders, underscores, dashes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from dvctt_report.text.patterns import lazy_pattern
from dvctt_report.word.nd30.page import EMU_PER_MM, POINTS_PER_MM
from dvctt_report.word.tree import WP, WPS, A, V, W, descendants, number

Drawn: TypeAlias = Literal["shape", "dotted", "border", "underscores", "dashes", "underline"]

_FLAT = 1.5
"""A shape of at most so many mm in height is a line."""
_LINES = lazy_pattern(r"line|straightConnector\d|bentConnector\d")
_UNDERSCORES = lazy_pattern(r"[_\s]+")
_DASHES = lazy_pattern(r"[-–—―─⎯=*.\s]+")
_THREE_DASHES = lazy_pattern(r"[-–—―─⎯=*]{3}")
_LENGTH = lazy_pattern(r"(-?[\d.]+)\s*(pt|in|cm|mm|px)?")
_TO_MM = {"pt": 1 / POINTS_PER_MM, "in": 25.4, "cm": 10.0, "mm": 1.0, "px": 25.4 / 96, "": 1 / POINTS_PER_MM}


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line: how it was drawn, its length in mm, None where it can't be known.

    ``element`` holds the line and nothing else: the drawing, or the paragraph it is typed in; None: unknown.
    """

    drawn: Drawn
    length: float | None
    element: Any = None


def shapes_of(paragraph: Any) -> Iterator[Stroke]:
    """Yield the flat shapes that are anchored in a paragraph."""
    for drawing in descendants(paragraph, f"{W}drawing"):
        extent = next(drawing.iter(f"{WP}extent"), None)
        shapes = [*drawing.iter(f"{WPS}wsp")]
        for shape in shapes:
            geometry, size = next(shape.iter(f"{A}prstGeom"), None), next(shape.iter(f"{A}ext"), None)
            if size is None or size.get("cx") is None:
                size = extent
            if size is None:
                continue
            width, height = (number(size.get(n)) / EMU_PER_MM for n in ("cx", "cy"))
            named = geometry is not None and _LINES.fullmatch(geometry.get("prst", ""))
            if (named or height <= 0.6) and _is_line(shape, width, height):
                yield Stroke(_drawn(shape), width, drawing if len(shapes) == 1 else None)
    for picture in descendants(paragraph, f"{W}pict", f"{W}object"):
        shapes = [*picture.iter(f"{V}line", f"{V}shape", f"{V}rect")]
        for shape in shapes:
            style = vml_style(shape.get("style", ""))
            if shape.tag == f"{V}line" and "width" not in style:
                ends = [shape.get(end, "0,0").split(",") for end in ("from", "to")]
                (x1, y1), (x2, y2) = (map(length_mm, e if len(e) == 2 else ("0", "0")) for e in ends)
                width, height = abs(x2 - x1), abs(y2 - y1)
            else:
                width, height = length_mm(style.get("width", "0")), length_mm(style.get("height", "0"))
            flat = shape.tag == f"{V}line" or "t32" in shape.get("type", "") or height <= 0.6
            if flat and _is_line(shape, width, height):
                yield Stroke(_drawn(shape), width, picture if len(shapes) == 1 else None)


def _is_line(shape: Any, width: float, height: float) -> bool:
    return height <= _FLAT and width > 2 and next(shape.iter(f"{W}txbxContent"), None) is None


def _drawn(shape: Any) -> Drawn:
    """How a flat shape is drawn: in one stroke, or in dots and dashes."""
    styles = [dash.get("val") for dash in shape.iter(f"{A}prstDash")]
    styles += [stroke.get("dashstyle") for stroke in shape.iter(f"{V}stroke")]
    return "dotted" if any(style not in (None, "solid") for style in styles) else "shape"


def vml_style(style: str) -> dict[str, str]:
    """What a shape's style says by name: "width:10pt;height:0" → width, height."""
    pairs = (part.partition(":") for part in style.split(";"))
    return {name.strip(): text.strip() for name, _, text in pairs}


def length_mm(text: str) -> float:
    found = _LENGTH.match(text.strip())
    return number(found[1]) * _TO_MM[found[2] or ""] if found else 0.0


def typed_stroke(text: str) -> Drawn | None:
    """Whether a text is nothing but a line typed with signs: of underscores, or of dashes."""
    if "___" in text and _UNDERSCORES.fullmatch(text):
        return "underscores"
    return "dashes" if _DASHES.fullmatch(text) and _THREE_DASHES.search(text) else None


def has_picture(paragraph: Any) -> bool:
    """Whether a paragraph shows a drawing or picture of any kind."""
    return any(True for _ in descendants(paragraph, f"{W}drawing", f"{W}pict", f"{W}object"))


def text_boxes(paragraph: Any) -> Iterator[tuple[Any, float | None]]:
    """Yield the content of each text box anchored in a paragraph, and the width for its text in mm."""
    for drawing in descendants(paragraph, f"{W}drawing", f"{W}pict"):
        extent = next(drawing.iter(f"{WP}extent"), None)
        for content in drawing.iter(f"{W}txbxContent"):
            outer = next(content.iterancestors(f"{W}txbxContent"), None)
            if outer is not None and drawing in outer.iterancestors():
                continue  # a box within it
            width = None if extent is None else number(extent.get("cx")) / EMU_PER_MM
            if extent is None:
                style = next((s.get("style", "") for s in content.iterancestors() if s.get("style")), "")
                said = vml_style(style).get("width")
                width = length_mm(said) if said else None
            # What a box keeps free at both sides; Word's own is a tenth of an inch each.
            body = content.getparent().getparent().find(f"{WPS}bodyPr")
            sides = (body.get("lIns"), body.get("rIns")) if body is not None else (None, None)
            inset = sum(number(side, 91440) / EMU_PER_MM for side in sides)
            yield content, None if width is None else width - inset


def has_outline(inside: Any) -> bool:
    """Whether lines are drawn around the text box that an element stands in."""
    for shape in inside.iterancestors(f"{WPS}wsp", f"{V}shape", f"{V}rect"):
        if shape.tag == f"{WPS}wsp":
            return shape.find(f"{WPS}spPr/{A}ln/{A}noFill") is None
        return str(shape.get("stroked", "t")) not in ("f", "false")
    return True
