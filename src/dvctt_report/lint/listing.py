"""Lists of addressees and recipients: which lines are one entry, where people broke it by hand."""

from __future__ import annotations

from collections.abc import Sequence

from dvctt_report.lint.pieces import Piece
from dvctt_report.patterns import lazy_pattern

_SIGN = lazy_pattern(r"[-–+*•]")
_DEEPER = 0.8
"""Millimetres that a line which goes on stands further in, at least; one typed blank is about one."""


def entries_of(lines: Sequence[Piece]) -> list[list[Piece]]:
    """Join what goes on in the next line, of the same paragraph or of its own, without a dash."""
    entries: list[list[Piece]] = []
    for piece in lines:
        if entries and goes_on(entries[-1], piece):
            entries[-1].append(piece)
        else:
            entries.append([piece])
    return entries


def goes_on(entry: Sequence[Piece], piece: Piece) -> bool:
    """Whether a line without a dash belongs to the entry above, broken by hand: that one isn't ended yet.

    A small first letter, a comma before it or a deeper indent tell it from one that forgot its dash.
    """
    before = entry[-1]
    if _SIGN.match(piece.text):
        return False
    if piece.paragraph is before.paragraph:
        return True
    if before.text.endswith((";", ".", ":")):
        return False
    deeper = _indent(piece) > _indent(entry[0]) + _DEEPER
    return piece.text[:1].islower() or before.text.endswith((",", "-")) or deeper


def _indent(piece: Piece) -> float:
    """How far in a line begins, in mm: its own indent and the blanks typed before it."""
    blanks = len(piece.raw) - len(piece.raw.lstrip())
    return piece.paragraph.shape.left + piece.paragraph.shape.first + blanks * 1.0
