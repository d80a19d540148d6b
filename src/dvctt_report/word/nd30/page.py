"""The sheet of an administrative document: paper, margins, units, the grids of letterhead and signature.

Lengths are millimetres. Source: Nghị định 30/2020/NĐ-CP, Phụ lục I (A1), I.
"""

from __future__ import annotations

from dataclasses import dataclass

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
TWIPS_PER_MM = 1440 / 25.4
EMU_PER_MM = 36000
POINTS_PER_MM = 72 / 25.4
LINE_EM = 1.149
"""Height of a single line of Times New Roman, in em: (ascent + descent + gap) of the face."""


def twips(mm: float) -> int:
    """Turn millimetres into twentieths of a point."""
    return round(mm * TWIPS_PER_MM)


@dataclass(frozen=True, slots=True)
class Page:
    """Paper and margins in mm, with the ranges the decree allows. Source: A1 I.1-I.3, I.7."""

    width: float = 210
    height: float = 297
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    header: float = 10
    top_range: tuple[float, float] = (20, 25)
    bottom_range: tuple[float, float] = (20, 25)
    left_range: tuple[float, float] = (30, 35)
    right_range: tuple[float, float] = (15, 20)

    @property
    def text_width(self) -> float:
        """Width between the margins of a portrait page."""
        return self.width - self.left - self.right

    @property
    def landscape_text_width(self) -> float:
        """Width between the same margins, as displayed, on the page turned round."""
        return self.height - self.left - self.right


PAGE = Page()

LETTERHEAD_GRID = (65.0, 100.0)
"""Columns of the letterhead in mm, together the text width: the state name at 13 pt bold takes 95.7 mm."""

SIGNATURE_GRID = (75.0, 90.0)
"""Columns of recipients and signature in mm."""
