"""The body's structure: which level each paragraph opens, and under which headings it stands."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from dvctt_report.text.patterns import lazy_pattern
from dvctt_report.word.document import Span
from dvctt_report.word.lint.parts import Paper, Piece
from dvctt_report.word.numbering import ORDINAL, arabic
from dvctt_report.word.strokes import typed_stroke

Level: TypeAlias = Literal["part", "roman", "article", "clause", "decimal", "point", "dash", "plus", "text"]

_PATTERNS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (
        "part",
        lazy_pattern(
            rf"(?P<word>phần|chương|mục|tiểu mục)\s+(?P<n>[IVXLC]+|\d+|{ORDINAL})\b(?P<sign>\s*[.:]?)",
            re.IGNORECASE,
        ),
    ),
    (
        "article",
        lazy_pattern(
            r"(?P<word>điều)\s*(?P<n>\d+)(?P<sign>\s*[.:]?)(?:(?=\s|$)|(?<=[.:])(?=[^\W\d_]))", re.IGNORECASE
        ),
    ),
    ("decimal", lazy_pattern(r"(?P<n>\d{1,2}(?:\.\d{1,2})+)(?P<sign>[.)/-]?)\s+(?=\D)")),
    ("roman", lazy_pattern(r"(?P<n>[IVX]+)(?P<sign>\s?[./),:-]|(?=\s))\s*(?=[^\W\d_])")),
    ("clause", lazy_pattern(r"(?P<n>\d{1,2})(?P<sign>\s?[./):-])\s*(?=[^\W\d_“\"(])")),
    ("clause", lazy_pattern(r"(?P<n>\d{1,2})(?P<sign>[.)])\s+(?=[\d*])")),
    ("point", lazy_pattern(r"(?P<sign0>\(?)(?P<n>[a-zđ])(?P<sign>\s?[).:/-])\s*(?=\S)")),
    ("point", lazy_pattern(r"(?P<n>[A-ZĐ])(?P<sign>\))\s*(?=\S)")),
    ("dash", lazy_pattern(r"(?P<n>[-–—])(?P<sign>)\s*(?=\S)")),
    ("plus", lazy_pattern(r"(?P<n>[+*•])(?P<sign>)\s*(?=\S)")),
)
_CAPTION = lazy_pattern(
    r"(?:bang|bieu|bieu do|hinh|so do|phu bieu)\s+(?:so\s+)?[\divx]+"
    r"|\(?\s*(?:don vi(?: tinh)?|dvt)\s*:|\(?\s*ghi chu\s*:"
)
_NOTE = lazy_pattern(r"\(?\s*(?:nguon(?: (?:so|du) lieu)?|chu thich|chu giai|luu y)\s*:")
"""What says where the figures of the table or picture right above come from."""
_MARK = lazy_pattern(r"\(?\*+\)?\s*\S|\(\d\)\s*\S")
"""What explains a mark in the table right above; only in smaller or slanting letters, else it is text."""
_LISTED = lazy_pattern(r"[-–+*•]\s*\S|\(?[\da-zđ*]{1,2}[.)]\s*\S")
_DOCUMENT = lazy_pattern(r"(?:của |tại )?(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp|Ngh|Quy|Thông tư|Hướng dẫn)")
"""How the document begins that an article belongs to which a sentence cites."""
_HEADINGS = ("part", "roman", "article", "clause")
_DECIDES = lazy_pattern(r"QUYẾT (?:ĐỊNH|NGHỊ)\s*:?")


@dataclass(frozen=True)
class Mark:
    """A paragraph of the body: level, its number as written, the signs around it, the words behind.

    ``where`` names the headings above: "mục II.1", "Điều 3"; "" before the first.
    """

    piece: Piece
    level: Level
    number: str
    sign: str
    rest: str
    where: str
    word: str = ""

    @property
    def place(self) -> str:
        """The place as it is told to the reader."""
        return f"Nội dung, {self.where}" if self.where else "Nội dung"


@lru_cache(maxsize=4)
def captions(paper: Paper) -> frozenset[int]:
    """The ids of the paragraphs that name a table or picture, its unit of count, or are notes to it."""
    count: Counter[float | None] = Counter()
    for piece in paper.body:
        count[piece.size] += len(piece.text)
    size = count.most_common(1)[0][0] if count else None
    found: set[int] = set()
    above: Piece | None = None
    for piece in paper.body:
        # A list of notes goes on below "Ghi chú:" in lines of its size with a sign each.
        below = above is not None and id(above.paragraph) in found and above.size == piece.size
        opened = below and above and (above.text.endswith((":", ";")) or _LISTED.match(above.text))
        listed = opened and _LISTED.match(piece.text)
        marked = listed or _MARK.match(piece.plain)
        small = marked and (piece.is_italic or (piece.size or 0) < (size or 0))
        is_note = (small or _NOTE.match(piece.plain)) and _is_below_table(paper, piece, found)
        if _CAPTION.match(piece.plain) or (small and listed) or is_note:
            found.add(id(piece.paragraph))
        above = piece
    return frozenset(found)


def _is_below_table(paper: Paper, piece: Piece, known: set[int]) -> bool:
    """Whether nothing but empty paragraphs stands between a line and a table, picture or caption above."""
    for paragraph in reversed(paper.document.paragraphs[: piece.paragraph.number]):
        if paragraph.cell is not None or paragraph.has_picture or id(paragraph) in known:
            return True
        if paragraph.text.strip():
            return False
    return False


@lru_cache(maxsize=4)
def marks(paper: Paper) -> tuple[Mark, ...]:
    """The paragraphs of the body, captions and drawn lines left out, each with its level and place."""
    found: list[Mark] = []
    headings: list[tuple[str, str]] = []
    last_roman = 0
    left_out = captions(paper)
    for piece in paper.body:
        if piece.line or typed_stroke(piece.text) or id(piece.paragraph) in left_out:
            continue
        level, number, sign, rest, word = _read(piece)
        if level == "roman":
            # Without a sign the numeral may be a word ("VI PHẠM"): it has to be the next one.
            if not sign and not (piece.is_bold and arabic(number) == last_roman + 1):
                level, number, rest = "text", "", piece.text
            else:
                last_roman = arabic(number)
        if level in _HEADINGS:
            at = _HEADINGS.index(level)
            name = f"{word} {number}".strip() if word else number
            headings = [h for h in headings if _HEADINGS.index(h[0]) < at] + [(level, name)]
        names = [name for of, name in headings if of != "clause"]
        clause = next((name for of, name in headings if of == "clause"), "")
        where = names[-1] if names else ""
        is_number = bool(where) and " " not in where
        where = f"mục {where}" if is_number else where
        if clause:
            where = f"{where}.{clause}" if is_number else f"khoản {clause} {where}".strip()
        found.append(Mark(piece, level, number, sign, rest, where, word))
    return tuple(found)


def _read(piece: Piece) -> tuple[Level, str, str, str, str]:
    for level, pattern in _PATTERNS:
        found = pattern.match(piece.text)
        if found is None:
            continue
        groups = found.groupdict()
        rest = piece.text[found.end() :].strip()
        # In words it may be a sentence about a part, "Phần thứ hai: kết quả …".
        signed = groups["sign"].strip() and not groups["n"].lower().startswith("thứ")
        if level == "part" and not (len(piece.text) < 90 and (not rest or rest.isupper() or signed)):
            continue
        # "Điều 2" opens an article by the sign behind it, or in bold and with words of its own.
        opened = found[0].strip().endswith((".", ":"))
        bold = all(span.face.bold for span in start_of(piece, found[0].strip())[0])
        own = opened or (bold and not _DOCUMENT.match(rest))
        if level == "article" and (groups["word"][0] not in "ĐÐ" or not own):
            continue
        if groups["sign"].strip() in ("-", "/", ":") and rest[:1].islower():
            continue
        if level == "roman" and groups["sign"].strip() in ("", ",", ":") and not rest.isupper():
            continue
        sign = (groups.get("sign0") or "") + groups["sign"].strip()
        return level, groups["n"], sign, rest, groups.get("word") or ""
    return "text", "", "", piece.text, ""


def start_of(piece: Piece, text: str) -> tuple[list[Span], bool]:
    """The spans that the first letters of a line, ``text``, stand in, and whether they hold nothing more.

    None where automatic numbering prints them.
    """
    left, found = len("".join(text.split())), list[Span]()
    for span in () if piece.paragraph.label else piece.visible:
        if left <= 0:
            break
        found.append(span)
        left -= len("".join(span.text.split()))
    return found, left == 0


@lru_cache(maxsize=4)
def running_text(paper: Paper) -> tuple[Mark, ...]:
    """The paragraphs that body rules are about: no headings set apart, no bases."""
    bases = {id(piece.paragraph) for piece in paper.bases}
    found: list[Mark] = []
    for mark in marks(paper):
        # A centred line that is no sentence: the issuing authority, a title over two lines; "QUYẾT ĐỊNH:".
        no_sentence = not mark.rest.endswith((".", ";", ",")) and len(mark.rest) < 150
        centred = mark.piece.paragraph.shape.align == "center"
        set_apart = (centred and (mark.piece.is_upper or no_sentence)) or _DECIDES.fullmatch(mark.piece.text)
        if mark.level != "part" and id(mark.piece.paragraph) not in bases and not set_apart:
            found.append(mark)
    return tuple(found)
