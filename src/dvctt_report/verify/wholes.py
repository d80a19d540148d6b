"""What is gone, or was put in, as a whole: a paragraph or a part of one; told once and not by its numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from dvctt_report.verify.paragraphs import ParsedParagraph, Token

LEAST_WHOLE, LEAST_PART = 2, 3
"""Figures from which on a paragraph, and a part of one, is told as a whole."""
SHOWN = 60
"""Characters by which it is named."""

_CUT = re.compile(r"[.;:]\s")


def name_wholes(
    paragraph: ParsedParagraph, figures: Sequence[Token], is_out: Callable[[Token], bool], added: str = ""
) -> Mapping[Token, str]:
    """Name for each of the ``figures`` that are out what is out with it: "đoạn “…”", "phần “…”"."""
    text = paragraph.text
    if len(figures) >= LEAST_WHOLE and all(map(is_out, figures)):
        return dict.fromkeys(figures, f"đoạn{added} “{opening(text)}”")
    found: dict[Token, str] = {}
    for out, run in groupby(figures, key=is_out):
        tokens = list(run)
        if out and len(tokens) >= LEAST_PART:
            starts = [cut.end() for cut in _CUT.finditer(text, 0, tokens[0].fact.start)]
            found |= dict.fromkeys(tokens, f"phần{added} “{opening(text[starts[-1] if starts else 0 :])}”")
    return found


def opening(text: str) -> str:
    """The first words of a text."""
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rpartition(' ')[0]} …"
