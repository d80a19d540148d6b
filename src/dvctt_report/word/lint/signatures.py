"""The end of a document: who signs, in whose name, the recipients; and what follows the signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from dvctt_report.text.grouping import by_key
from dvctt_report.text.patterns import lazy_pattern
from dvctt_report.word.document import Document, typed_stroke
from dvctt_report.word.lint.parts import Annex, Piece, Signature, Signer, columns_of, start_of_table
from dvctt_report.word.lint.patterns import patterns_of
from dvctt_report.word.lint.top import ENCLOSED, opens_text

_RE = patterns_of("signatures")

_IN_WORDS = {"THAYMẶT": "TM", "KÝTHAY": "KT", "THỪALỆNH": "TL", "THỪAỦYQUYỀN": "TUQ", "QUYỀN": "Q"}
_APART = r"[\s./]{0,2}"
_SHORT = "|".join(_APART.join(letters) for letters in ("TUQ", "TM", "KT", "TL", "Q"))
_LONG_MARKS = "thay mặt|ký thay|thừa lệnh|thừa (?:ủy|uỷ) quyền|quyền"
_REST = r"[\s./:;,_–-]+(?P<rest>[^\W\d_]{2}.*)"
_ABBREVIATED = lazy_pattern(rf"(?:{_SHORT}){_REST}", re.IGNORECASE)
_MARKED = lazy_pattern(rf"(?P<mark>{_SHORT}|{_LONG_MARKS}){_REST}", re.IGNORECASE)
"""A mark of authority however it was written, "K.T", "KT:", "T/M", "Ký thay"; then a name or title.

In words it is one within a signature alone: "QUYỀN VÀ NGHĨA VỤ" may be a heading.
"""
_LONG, _LONGEST_TITLE, _LONGEST_NAME = 120, 80, 7
"""Characters of a line that is text and of a title, words of a line that may be a name with its rank."""
_FAR = 8  # How many short lines may stand between titles that aren't in a table and the recipients below them
_LONGEST_STATE = 60  # Characters of a line with the state name; it has 34


def is_authority(line: Piece) -> bool:
    """Whether a line in capitals names the title of someone who signs."""
    named = _ABBREVIATED.match(line.text) or _RE["authority"].match(line.plain) or _RE["head"].match(line.key)
    # The words behind a mark of authority tell, "Kt. GIÁM ĐỐC".
    return bool(named) and len(line.text) < _LONGEST_TITLE and read_mark(line)[1].isupper()


def signature_start(lines: Sequence[Piece], at: int, end: int) -> int:
    """The line at which recipients or signature begin, whichever comes first; ``end``: there are none."""
    named = [i for i in range(at, end) if _names_recipients(lines[i])]
    alone = [i for i in named if _RE["recipients"].fullmatch(columns_of(lines[i])[0].plain)]
    if named:
        start = alone[0] if alone else named[-1]
    else:
        long = (i for i in range(at, end) if lines[i].paragraph.cell is None and len(lines[i].text) > _LONG)
        start = next((i for i in range(max(long, default=at - 1) + 1, end) if is_authority(lines[i])), end)
    if start >= end:
        return end
    # Back over the table that it stands in, and over titles and names of who sign above it.
    above = start = start_of_table(lines, start, at)
    for back in range(start - 1, max(at, start - _FAR) - 1, -1):
        line = lines[back]
        if line.paragraph.cell is not None:
            first = start_of_table(lines, back, at)
            return first if any(_is_signers(p) for p in lines[first:start]) else above
        if _is_signers(line):
            above = back
        elif len(line.text) > 60 or line.text.endswith((".", ";", ":", "/")):
            break
    return above


def _names_recipients(line: Piece) -> bool:
    """Whether a line opens the list of recipients; the head of a column in a table of data doesn't."""
    if line.text[:1] not in "Nn" or len(line.text) >= _LONG or not _RE["recipients"].match(line.plain):
        return False
    cell = line.paragraph.cell
    return cell is None or not cell.table.bordered or line.text.rstrip().endswith(":")


def read_signature(pieces: Sequence[Piece]) -> Signature:
    """Take recipients and signature apart: by cell, by box, by column, else by what the lines say."""
    start = next((i for i, p in enumerate(pieces) if _names_recipients(p)), None)
    title, recipients = None, list[Piece]()
    columns_of_cells = {p: (c.table.number, c.column) for p in pieces if (c := p.paragraph.cell)}
    homes = {p: (columns_of_cells.get(p), p.paragraph.box) for p in pieces}
    if start is not None:
        title = pieces[start]
        home = homes[title]
        # A line of their cell or box is theirs; outside of these it must look like it.
        recipients = [
            p
            for p in pieces[start + 1 :]
            if homes[p] == home
            and (
                home != (None, None)
                or (p.column == 0 and not p.is_upper and (p.text[:1] in "-–+" or p.text[-1:] in ";."))
            )
        ]
    # A drawn line is none of a signature, nor is the hint "(Ký, ghi rõ họ tên)".
    others = (p for p in pieces if p is not title and p not in recipients)
    rest = [p for p in others if not typed_stroke(p.text) and not re.fullmatch(r"\(.*\)", p.text)]
    # Those who sign stand side by side in the columns of tables, or all together where none holds a name too.
    columns = by_key((columns_of_cells[p], p) for p in rest if p in columns_of_cells)
    signing = [group for group in columns.values() if any(map(_is_signers, group))]
    whole = len(signing) > 1 or any(not p.is_upper for group in signing for p in group)
    signers = list[Signer]()
    for group in signing if whole else [rest]:
        # The last line may be a name in capitals, some lines below the titles.
        last, beyond = group[-1:], group[-2:-1]
        named = beyond and not is_authority(last[0]) and 2 <= len(last[0].text.split()) <= 6
        name = last if named and last[0].paragraph is not beyond[0].paragraph else []
        titles = (p for p in group if (read_mark(p)[1].isupper() and p not in name) or _is_small_title(p))
        authority = tuple(titles)
        below = (p for p in group[group.index(authority[0]) if authority else 0 :] if p not in authority)
        names = list(takewhile(lambda p: len(p.text.split()) <= _LONGEST_NAME, below))
        signers.append(Signer(authority, names[-1] if names else None))
    rows = [s.authority[0].paragraph.cell if s.authority else None for s in signers]
    row = title.paragraph.cell if title else None
    beside = [row and c and (c.table, c.row) == (row.table, row.row) for c in rows]
    main = next((s for s, is_beside in zip(signers, beside, strict=True) if is_beside), signers[-1])
    if (
        len(recipients) > 1
        and recipients[-2].text.endswith(".")
        and _RE["produced"].fullmatch(recipients[-1].text)
    ):
        recipients.pop()
    co_signers = tuple(s for s in signers if s is not main)
    return Signature(main.authority, main.name, title, tuple(recipients), co_signers)


def _is_signers(line: Piece) -> bool:
    return is_authority(line) or _is_small_title(line)


def read_mark(line: Piece) -> tuple[str, str]:
    """The mark of authority that a line means, or "", and its other words: "K.T BỘ TRƯỞNG" → "KT", …"""
    marked = _MARKED.match(line.text)
    if marked is None:
        return "", line.text
    letters = re.sub(r"[\s./]", "", marked["mark"]).upper().replace("UỶ", "ỦY")
    return _IN_WORDS.get(letters, letters), marked["rest"]


def _is_small_title(line: Piece) -> bool:
    """Whether a line of the signature is a title that should have been in capitals."""
    return (
        len(line.text) < _LONGEST_TITLE
        and bool(_RE["small"].fullmatch(line.key))
        and line.text[-1:].isalpha()
    )


def read_label(line: Piece) -> tuple[str, str] | None:
    """Name and title of an annex as its label gives them; a line of the text that opens so isn't centred."""
    label = _RE["annex"].fullmatch(line.text) if line.paragraph.cell is None else None
    if label is None:
        return None
    title = label["title"] or ""
    set_apart = line.is_centred and title.isupper() and (label["n"] or label["sign"])
    return (label["name"], title) if not title or set_apart else None


def end_of_text(lines: Sequence[Piece], at: int) -> int:
    """Where the document must have ended: at its first annex or at the next letterhead."""
    for i in range(at, len(lines)):
        is_state_name = len(lines[i].text) < _LONGEST_STATE and _RE["state"].fullmatch(lines[i].plain)
        if read_label(lines[i]) or is_state_name:
            return start_of_table(lines, i, at)
    return len(lines)


def next_text(document: Document, lines: Sequence[Piece], signed: int, end: int) -> int:
    """The first line behind the signature that begins at ``signed``: of a new page, text or copy."""
    for i in range(signed + 1, end):
        line, before, here = lines[i], lines[i - 1].paragraph, lines[i].paragraph
        # A line in capitals may be the title of a list that says below to what it belongs.
        titled = line.paragraph.cell is None and line.is_upper and not is_authority(line)
        is_list = titled and any(ENCLOSED.match(p.plain) for p in lines[i + 1 : i + 6])
        passed = document.paragraphs[before.number + 1 : here.number + 1]
        on_new_page = any(p.breaks_page and p.cell is None for p in passed)
        if before.section != here.section:
            on_new_page = not document.sections[min(here.section, len(document.sections) - 1)].continuous
        if opens_text(line) or _RE["copy"].fullmatch(line.plain) or is_list or on_new_page:
            return start_of_table(lines, i, signed)
    return end


def read_annexes(lines: Sequence[Piece]) -> tuple[Annex, ...]:
    """The annexes among the lines behind the signature, each with its title lines."""
    annexes: list[Annex] = []
    for at, label in enumerate(lines):
        if (named := read_label(label)) is None:
            continue
        (name, beside), title, attached = named, list[Piece](), list[Piece]()
        behind = takewhile(lambda line: read_label(line) is None, lines[at + 1 : at + 8])
        for line in (line for line in behind if not typed_stroke(line.text)):
            if ENCLOSED.match(line.plain) or (attached and line.paragraph is attached[0].paragraph):
                attached.append(line)
            elif attached or line.paragraph.cell is not None or len(title) > 3:
                break
            elif line.is_upper or not (title or beside):
                title.append(line)
        annexes.append(Annex(label, name, beside, tuple(title), tuple(attached)))
    return tuple(annexes)
