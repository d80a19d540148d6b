"""What is drawn over the cells of a sheet of an .xlsx: pictures, boxes, and the cells that they hide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dvctt_report.intake.cells import Range, TextBox
from dvctt_report.intake.extents import Extents
from dvctt_report.packages import local, run_xml

_EMU = 12_700
"""Units of a drawing in a point."""
_SHAPES = ("pic", "sp", "graphicFrame", "cxnSp")


@dataclass
class _Anchor:
    """Where something is drawn: its corners as (column, dx, row, dy), or its size; in EMU.

    ``clear``: it is a shape without a fill, through which the cells are seen.
    """

    corners: dict[str, dict[str, int]] = field(default_factory=dict)
    extent: tuple[int, int] = (0, 0)
    drawn: bool = False
    clear: bool = False

    @property
    def place(self) -> tuple[int, int]:
        """The cell under its upper left corner."""
        start = self.corners.get("from", {})
        return max(start.get("row", 0), 0) + 1, max(start.get("col", 0), 0) + 1


@dataclass
class Drawing:
    """What lies over a sheet: how many pictures, the texts of boxes and shapes, where all of it is."""

    n_pictures: int = 0
    texts: tuple[TextBox, ...] = ()
    anchors: list[_Anchor] = field(default_factory=list)

    def covered(self, extents: Extents) -> tuple[Range, ...]:
        """The cells that something is drawn over."""
        shown = (anchor for anchor in self.anchors if anchor.drawn and not anchor.clear)
        return tuple(area for anchor in shown if (area := _hidden(anchor, extents)) is not None)


def _hidden(anchor: _Anchor, extents: Extents) -> Range | None:
    start, end = anchor.corners.get("from"), anchor.corners.get("to")
    if start is None:
        return None
    top, left = _at(start, extents)
    if end is not None:
        return extents.under(top, left, *_at(end, extents))
    width, height = anchor.extent
    return extents.under(top, left, top + height / _EMU, left + width / _EMU)


def _at(corner: Mapping[str, int], extents: Extents) -> tuple[float, float]:
    """How far a corner is from the sheet's own, down and to the right."""
    top = extents.top(corner.get("row", 0) + 1) + corner.get("rowOff", 0) / _EMU
    return top, extents.left(corner.get("col", 0) + 1) + corner.get("colOff", 0) / _EMU


def read_drawing(xml: bytes, part: str) -> Drawing:
    """Read a drawing part. Raises Unreadable."""
    reader = _Reader()
    run_xml(xml, part, reader.start, reader.end, reader.chunks.append)
    boxes = ((anchor, "".join(boxed).strip()) for anchor, boxed in reader.texts)
    texts = tuple(TextBox(text, *anchor.place) for anchor, text in boxes if text)
    return Drawing(reader.n_pictures, texts, reader.anchors)


class _Reader:
    def __init__(self) -> None:
        self.chunks: list[str] = []
        self.texts: list[tuple[_Anchor, list[str]]] = []
        self.anchors: list[_Anchor] = []
        self.n_pictures = 0
        self.corner = ""
        self.path: list[str] = []

    def start(self, tag: str, said: Mapping[str, str]) -> None:
        name = local(tag)
        self.n_pictures += name == "pic"
        parent = self.path[-1] if self.path else ""
        self.path.append(name)
        if name.endswith("Anchor"):
            self.anchors.append(_Anchor())
        elif name == "txBody":
            self.texts.append((self.anchors[-1] if self.anchors else _Anchor(), []))
        elif name == "t" or parent in ("from", "to"):
            self.chunks.clear()
        elif name in ("p", "br") and self.texts and self.texts[-1][1]:
            self.texts[-1][1].append("\n")
        elif self.anchors:
            anchor = self.anchors[-1]
            if name in _SHAPES:
                anchor.drawn = True
            elif name == "noFill" and parent == "spPr" and "sp" in self.path:
                anchor.clear = True
            elif name == "ext" and parent.endswith("Anchor"):
                anchor.extent = _number(said.get("cx", "")), _number(said.get("cy", ""))
            elif name in ("from", "to") and parent.endswith("Anchor"):
                anchor.corners[name] = {}

    def end(self, tag: str) -> None:
        name = local(tag)
        self.path.pop()
        parent = self.path[-1] if self.path else ""
        if name == "t" and self.texts:
            self.texts[-1][1].append("".join(self.chunks))
        elif parent in ("from", "to") and self.anchors:
            self.anchors[-1].corners.setdefault(parent, {})[name] = _number("".join(self.chunks))


def _number(text: str) -> int:
    text = text.strip()
    return int(text[:12]) if text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() else 0
