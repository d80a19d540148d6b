"""What is drawn over the cells of a sheet of an .xlsx: pictures, boxes, and the cells that they hide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dvctt_report.intake.cells import Range, TextBox
from dvctt_report.intake.extents import Edges
from dvctt_report.packages import local, run_xml

_EMU = 12_700
"""Units of a drawing in a point."""
_SHAPES = ("pic", "sp", "graphicFrame", "cxnSp")


@dataclass
class _Anchor:
    """Something drawn: its corners by the names of their parts, or its size, in EMU; the texts in it.

    ``clear``: it is a shape without a fill, through which the cells are seen.
    """

    corners: dict[str, dict[str, int]] = field(default_factory=lambda: {"from": {}})
    extent: tuple[int, int] = (0, 0)
    drawn: bool = False
    clear: bool = False
    texts: list[list[str]] = field(default_factory=list)

    def covers(self, rows: Edges, columns: Edges) -> Range | None:
        """The cells that it hides."""
        if not self.drawn or self.clear:
            return None
        (top, left), *end = (_point(corner, rows, columns) for corner in self.corners.values())
        width, height = self.extent
        bottom, right = end[0] if end else (top + height / _EMU, left + width / _EMU)
        (first_row, last_row), (first, last) = rows.reach(top, bottom), columns.reach(left, right)
        return Range(first_row, first, last_row, last) if first_row <= last_row and first <= last else None


def _point(corner: Mapping[str, int], rows: Edges, columns: Edges) -> tuple[float, float]:
    """How far a corner is from the sheet's own, down and to the right."""
    top = rows.start(corner.get("row", 0) + 1) + corner.get("rowOff", 0) / _EMU
    return top, columns.start(corner.get("col", 0) + 1) + corner.get("colOff", 0) / _EMU


class Drawing:
    """What lies over a sheet, read from its part. Raises PackageFault."""

    def __init__(self, xml: bytes, part: str) -> None:
        self.n_pictures = 0
        self.anchors = [_Anchor()]  # what stands outside of any
        self._chunks: list[str] = []
        self._path = [""]
        run_xml(xml, part, self._start, self._end, self._chunks.append)

    def texts(self) -> Iterator[TextBox]:
        """The texts of boxes and shapes, in their order."""
        for anchor in self.anchors:
            corner = anchor.corners["from"]
            row, column = (max(corner.get(name, 0), 0) + 1 for name in ("row", "col"))
            said = ("".join(runs).strip() for runs in anchor.texts)
            yield from (TextBox(text, row, column) for text in said if text)

    def covered(self, rows: Edges, columns: Edges) -> Iterator[Range]:
        """The cells that something is drawn over."""
        areas = (anchor.covers(rows, columns) for anchor in self.anchors[1:])
        return (area for area in areas if area is not None)

    def _start(self, tag: str, said: Mapping[str, str]) -> None:
        name, parent = local(tag), self._path[-1]
        anchor = self.anchors[-1]
        self._path.append(name)
        self.n_pictures += name == "pic"
        if name.endswith("Anchor"):
            self.anchors.append(_Anchor())
        elif name == "txBody":
            anchor.texts.append([])
        elif name == "t" or parent in ("from", "to"):
            self._chunks.clear()
        elif name in ("p", "br") and anchor.texts and anchor.texts[-1]:
            anchor.texts[-1].append("\n")
        elif name in _SHAPES:
            anchor.drawn = True
        elif name == "noFill" and parent == "spPr" and "sp" in self._path:
            anchor.clear = True
        elif name == "ext" and parent.endswith("Anchor"):
            anchor.extent = _number(said.get("cx", "")), _number(said.get("cy", ""))
        elif name in ("from", "to") and parent.endswith("Anchor"):
            anchor.corners[name] = {}

    def _end(self, tag: str) -> None:
        self._path.pop()
        name, parent, anchor = local(tag), self._path[-1], self.anchors[-1]
        if name == "t" and anchor.texts:
            anchor.texts[-1].append("".join(self._chunks))
        elif parent in ("from", "to"):
            anchor.corners.setdefault(parent, {})[name] = _number("".join(self._chunks))


def _number(text: str) -> int:
    text = text.strip()
    return int(text[:12]) if text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() else 0
