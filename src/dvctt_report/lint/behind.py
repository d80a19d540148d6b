"""What follows a document's signature: annexes, and the texts that it puts into force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dvctt_report.lint.parts import Annex
from dvctt_report.lint.pieces import Piece, start_of_table
from dvctt_report.lint.signatures import is_authority
from dvctt_report.lint.titles import ENCLOSED, opens_text
from dvctt_report.patterns import lazy_pattern
from dvctt_report.word.document import Document
from dvctt_report.word.strokes import typed_stroke

_ANNEX = lazy_pattern(
    r"(?P<name>phụ lục(?:\s+(?:số\s+)?(?P<n>[ivxlc]+|\d+)\b)?)\s*+(?P<sign>[.:–-]?)(?:\s*(?P<title>\w.*))?",
    re.IGNORECASE,
)
_STATE = lazy_pattern(r"cong\s*hoa\s+xa\s*hoi.{0,25}")
_LONGEST_STATE = 60
"""Characters of a line with the state name; it has 34."""
_COPY = lazy_pattern(r"(?:ban )?(?:sao y|trich sao|sao luc)(?: ban chinh)?")
"""What heads the block of a copy. Source: A3, Mẫu 3.1."""


def is_annex_label(line: Piece) -> bool:
    """Whether a line is the label of an annex, its title behind it or not."""
    return line.paragraph.cell is None and _read_label(line) is not None


def _read_label(line: Piece) -> tuple[str, str] | None:
    """Name and title of an annex as one line gives them; a line of the text that opens so isn't centred."""
    found = _ANNEX.fullmatch(line.text)
    if found is None:
        return None
    title = found["title"] or ""
    set_apart = line.paragraph.shape.align == "center" and title.isupper() and (found["n"] or found["sign"])
    return (found["name"], title) if not title or set_apart else None


def end_of_text(lines: Sequence[Piece], at: int) -> int:
    """Where the document must have ended: at its first annex or at the next letterhead."""
    for i in range(at, len(lines)):
        if is_annex_label(lines[i]) or _is_state_name(lines[i]):
            return start_of_table(lines, i, at)
    return len(lines)


def _is_state_name(line: Piece) -> bool:
    return len(line.text) < _LONGEST_STATE and bool(_STATE.fullmatch(line.plain))


def next_text(document: Document, lines: Sequence[Piece], signed: int, end: int) -> int:
    """The first line behind the signature that begins at ``signed``: of a new page, text or copy."""
    for i in range(signed + 1, end):
        line = lines[i]
        new = opens_text(line) or _COPY.fullmatch(line.plain) or _is_title(lines, i)
        if new or _on_new_page(document, lines[i - 1], line):
            return start_of_table(lines, i, signed)
    return end


def _is_title(lines: Sequence[Piece], i: int) -> bool:
    """Whether a line in capitals is the title of a list that says below to what it belongs."""
    line = lines[i]
    if line.paragraph.cell is not None or not line.is_upper or is_authority(line):
        return False
    return any(ENCLOSED.match(p.plain) for p in lines[i + 1 : i + 6])


def _on_new_page(document: Document, before: Piece, line: Piece) -> bool:
    one, other = before.paragraph, line.paragraph
    if one.section != other.section:
        return not document.sections[min(other.section, len(document.sections) - 1)].continuous
    passed = document.paragraphs[one.number + 1 : other.number + 1]
    return any(p.breaks_page and p.cell is None for p in passed)


def read_annexes(lines: Sequence[Piece]) -> tuple[Annex, ...]:
    """The annexes among the lines behind the signature, each with its title lines."""
    return tuple(_annex(lines, at) for at, line in enumerate(lines) if is_annex_label(line))


def _annex(lines: Sequence[Piece], at: int) -> Annex:
    name, beside = _read_label(lines[at]) or (lines[at].text, "")
    title: list[Piece] = []
    attached: list[Piece] = []
    for line in _following(lines[at + 1 : at + 8]):
        if ENCLOSED.match(line.plain) or (attached and line.paragraph is attached[0].paragraph):
            attached.append(line)
        elif attached or line.paragraph.cell is not None or len(title) > 3:
            break
        elif line.is_upper or not (title or beside):
            title.append(line)
    return Annex(lines[at], name, beside, tuple(title), tuple(attached))


def _following(lines: Sequence[Piece]) -> Iterator[Piece]:
    for line in lines:
        if is_annex_label(line):
            return
        if not typed_stroke(line.text):
            yield line
