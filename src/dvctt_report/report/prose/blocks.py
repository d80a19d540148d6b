"""A text that somebody wrote in Word, as the report takes it over: paragraphs, bold and italic words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from dvctt_report.report.marks import without_marks


@dataclass(frozen=True, slots=True)
class ProsePiece:
    """Words of one look; a piece holds no line break."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class ProseLine:
    """A paragraph; the sign or number of a list stands in its text."""

    pieces: tuple[ProsePiece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


_SIGN = re.compile(r"(?:[-+*•]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivxlc]{1,5}|[a-zđ])[.):])\s*", re.IGNORECASE)
"""The sign or number of a list, typed or Word's own, before the words of a line."""

_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u2060\ue000-\uf8ff\ufeff\ufff0-\uffff\ud800-\udfff]"
)


def fit(text: str) -> str:
    """Make typed words fit to print: NFC; what XML forbids, no one sees or marks are made of is gone."""
    composed = unicodedata.normalize("NFC", text.replace("\t", " ").replace("\xad", ""))
    return _UNFIT.sub("", without_marks(composed))


def without_sign(text: str) -> str:
    """Take the sign or number of a list off the beginning of a line: "- 05 mục", "1) 05 mục" → "05 mục"."""
    found = _SIGN.match(text)
    return text[found.end() :] if found else text


def make_line(pieces: Iterable[ProsePiece]) -> ProseLine:
    """Join pieces of one look, even out blanks within and take them away at both ends."""
    joined: list[ProsePiece] = []
    for piece in pieces:
        text = re.sub(" {2,}", " ", fit(piece.text))
        if not joined or joined[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if not text:
            continue
        if joined and (joined[-1].bold, joined[-1].italic) == (piece.bold, piece.italic):
            joined[-1] = ProsePiece(joined[-1].text + text, piece.bold, piece.italic)
        else:
            joined.append(ProsePiece(text, piece.bold, piece.italic))
    if joined:
        last = joined[-1]
        joined[-1] = ProsePiece(last.text.rstrip(" "), last.bold, last.italic)
    return ProseLine(tuple(piece for piece in joined if piece.text))
