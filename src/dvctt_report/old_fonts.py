"""Fonts of before Unicode, whose glyphs are a code of their own."""

from __future__ import annotations

from typing import Literal, TypeAlias

from dvctt_report.patterns import lazy_pattern

Code: TypeAlias = Literal["TCVN3", "VNI"]

_FONT = lazy_pattern(r"(?i)(?P<tcvn3>\.vn\w)|(?P<vni>vni[-_ ])")


def font_code(font: str) -> Code | None:
    """The code that a font's glyphs stand for: ".VnTime" TCVN3, "VNI-Times" VNI; None: Unicode."""
    match = _FONT.match(font.strip())
    return None if match is None else "TCVN3" if match["tcvn3"] else "VNI"
