"""Find the parts of an administrative document, however it was built, and what kind of document it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dvctt_report.lint.check import quote
from dvctt_report.lint.heads import MATTER, is_agency, is_stamp, read_letterhead
from dvctt_report.lint.offices import groups_in
from dvctt_report.lint.parts import (
    Letterhead,
    Number,
    Paper,
    Piece,
    Signature,
    Signs,
    Title,
    columns_of,
    lines_of,
)
from dvctt_report.lint.signatures import (
    end_of_text,
    is_annex_label,
    next_text,
    read_annexes,
    read_signature,
    signature_start,
)
from dvctt_report.lint.titles import (
    ADDRESSEE,
    BASIS,
    ENCLOSED,
    kind_of,
    opens_text,
    read_bases,
    read_title,
    stands_aside,
)
from dvctt_report.nd30.kinds import ANNEX, BY_ABBREVIATION, BY_KEY, LETTER, parts_not_missed
from dvctt_report.patterns import lazy_pattern
from dvctt_report.vietnamese import key, parse_date
from dvctt_report.word.document import Document, Table
from dvctt_report.word.strokes import typed_stroke

_LONGEST_NAME = 120
_ENOUGH = 2
"""Signs that must speak for a letter, and parts that an office's document with a name must have."""
_IN_PLACE_OF_A_NAME = lazy_pattern(r"(?:so|luat so|ngay)\b.*\d|\(.*\)|.*[.;:]$")


def read_signs(head: Letterhead, title: Title, number: Number | None, signature: Signature) -> Signs:
    """Look at the whole document for what only some kinds have."""
    groups = groups_in(number, head)
    lettered = bool(groups) and bool(re.search(r"[^\W\d_]", groups[0]))
    have: dict[str, bool] = {
        "Quốc hiệu, Tiêu ngữ": head.state is not None or head.motto is not None,
        "tên cơ quan ban hành": any(is_agency(line) for line in (*head.parent, *head.issuer)),
        "số, ký hiệu": head.number is not None,
        "địa danh, ngày": head.place_date is not None,
        "tên loại": title.kind is not None,
        "ký hiệu của công văn": lettered and groups[0] not in BY_ABBREVIATION,
        "“V/v” dưới số": bool(head.matter),
        "“Kính gửi”": title.addressee is not None,
        "“Nơi nhận”": signature.recipients_title is not None,
    }
    of_letter = ("ký hiệu của công văn", "“V/v” dưới số", "“Kính gửi”", "“Nơi nhận”")
    of_office = ("tên cơ quan ban hành", "số, ký hiệu", "địa danh, ngày", "“Nơi nhận”")
    return Signs(
        seen=tuple(name for name, found in have.items() if found),
        missing=tuple(name for name, found in have.items() if not found),
        of_letter=sum(have[name] for name in of_letter),
        of_office=sum(have[name] for name in of_office),
    )


def kind_by_signs(head: Letterhead, title: Title, number: Number | None, signs: Signs) -> str:
    """The kind that title, number, "V/v", "Kính gửi" and "Nơi nhận" agree upon; "" where they don't."""
    named = kind_of(title.kind) if title.kind else None
    if named is not None:
        return named.name if signs.of_office >= _ENOUGH or title.enclosed_in else ""
    groups = groups_in(number, head)
    by_symbol = BY_ABBREVIATION.get(groups[0]) if groups else None
    if title.other is None and by_symbol and not (head.matter and title.addressee):
        return by_symbol
    if title.other is not None and not head.matter:
        return ""
    return LETTER if signs.of_letter >= _ENOUGH else ""


def forced_kind(word: str) -> str | None:
    """The kind that a clerk means by its name or abbreviation, "báo cáo" or "BC"; None: there is no such."""
    wanted = key(word)
    if wanted in (key(LETTER), "cv"):
        return LETTER
    if wanted == key(ANNEX):
        return ANNEX
    by_short = {key(short): name for short, name in BY_ABBREVIATION.items()}
    return BY_KEY.get(wanted) or by_short.get(wanted)


def _name_of_other(front: Sequence[Piece], head: Letterhead) -> Piece | None:
    """The name that stands in a title's place and is none of the decree's kinds; None: there is none."""
    parts = [p for p in (head.state, head.motto, head.number, head.place_date, *head.matter) if p is not None]
    top = max((p.paragraph.number for p in (head.state, head.motto) if p is not None), default=-1)
    for line in front:
        taken = any(line.paragraph is part.paragraph for part in parts)
        if taken or line.paragraph.number < top or stands_aside(line) or len(line.text) > _LONGEST_NAME:
            continue
        if typed_stroke(line.text) or is_stamp(line.text) or is_agency(line) or ENCLOSED.match(line.plain):
            continue
        centred = line.paragraph.shape.align == "center"
        set_apart = (centred and (line.is_upper or line.is_bold)) or (line.is_upper and line.is_bold)
        if set_apart and not _IN_PLACE_OF_A_NAME.fullmatch(line.plain):
            return line
    return None


SAY_THE_KIND = (
    'Nếu đây là văn bản hành chính, chạy lại với --kind và tên loại, ví dụ --kind "Công văn" hoặc --kind BC; '
    "nếu không phải thì không cần kiểm tra theo NĐ 30/2020/NĐ-CP."
)


def unclear_reason(paper: Paper) -> str:
    """Say that the kind isn't clear, what was seen and what wasn't."""
    title = paper.title.kind or paper.title.other
    named = f"tên “{quote(title.text, 60)}”, " if title else ""
    seen, missing = ", ".join(paper.signs.seen), ", ".join(paper.signs.missing)
    return f"Chưa rõ loại văn bản: thấy {named}{seen or 'lời văn'}; không thấy {missing}"


FRONT = 60
"""Lines from the top among which the letterhead is looked for."""
_OF_HEAD = lazy_pattern(r"so\b|.*\bngay\b.*\bthang\b|doc lap\b|cong hoa\b")
_LONGEST_HEAD = 8
"""Lines that a letterhead typed without a table takes at most."""
_NUMBER = lazy_pattern(
    r"(?:s[ốo](?:\s*:)?(?P<figure>[^/:]*)|(?P<bare>\d{1,5})\s*)/\s*(?P<symbol>.*)", re.IGNORECASE
)
_DAY = lazy_pattern(
    r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})(?!\d)|(\d{1,2}/\d{1,2}/\d{4})(?!\d)", re.IGNORECASE
)
_DOTS = lazy_pattern(r"[.…_\s]+")


_TOP_OF_ANNEX = 12
"""Lines among which the label of an annex in a file of its own stands, below a letterhead or not."""


def recognise(document: Document, kind: str = "") -> Paper:
    """Lay the document's lines out in parts; what isn't there is None or empty.

    ``kind`` is what a person says it is, by name or abbreviation; "" leaves it to the signs.
    """
    lines = [line for paragraph in document.paragraphs for line in lines_of(paragraph)]
    said = (forced_kind(kind) or "") if kind else ""
    label = next((i for i, line in enumerate(lines[:_TOP_OF_ANNEX]) if is_annex_label(line)), None)
    if label is not None and said in ("", ANNEX):
        # Above an annex alone nothing is a document of its own, and it says to what it belongs.
        own = any(kind_of(p) or _NUMBER.match(p.text) or _is_running(p) for p in lines[:label])
        belongs = read_annexes(lines[label : label + _TOP_OF_ANNEX])[0].attached
        if said or (belongs and not own):
            head = read_letterhead(document, [piece for line in lines[:label] for piece in _split(line)])
            return Paper(
                document=document,
                kind=ANNEX,
                head=head,
                annexes=read_annexes(lines[label:]),
                pieces=tuple(lines),
                layout_tables=_layout_tables(head.state, Signature(), ()),
            )
    paper = _paper(document, lines)
    return replace(paper, kind=said) if said else paper


def _paper(document: Document, lines: Sequence[Piece]) -> Paper:
    """The parts of the document that ``lines`` are; a text put into force by another is one of its own."""
    # The letterhead ends at the title, "Kính gửi", the first basis or the first running text.
    end_of_front, n_typed = min(len(lines), FRONT), 0
    for at, line in enumerate(lines[:FRONT]):
        # The name of a list far down is that of something enclosed.
        titled = opens_text(line) and (kind_of(line) is not None or n_typed <= _LONGEST_HEAD)
        if titled or ADDRESSEE.match(line.plain) or BASIS.match(line.plain) or _is_running(line):
            end_of_front = at
            break
        n_typed += not stands_aside(line)
    front = [piece for line in lines[:end_of_front] for piece in _split(line)]
    head = read_letterhead(document, front)
    title, title_end = read_title(document, lines[end_of_front:])
    at = end_of_front + title_end
    end = end_of_text(lines, at)
    signed = signature_start(lines, at, end)
    behind = next_text(document, lines, signed, end)
    signature = read_signature([piece for line in lines[signed:behind] for piece in columns_of(line)])
    first_annex = next((i for i in range(behind, len(lines)) if is_annex_label(lines[i])), len(lines))
    # The texts behind the signature, each with its own lines alone.
    inner = _paper(document, lines[behind:first_annex]) if first_annex > behind else None
    n_own = len(inner.pieces) - sum(len(text.pieces) for text in inner.enclosed) if inner else 0
    enclosed = (replace(inner, pieces=inner.pieces[:n_own], enclosed=()), *inner.enclosed) if inner else ()
    # The body is outside of tables and boxes; a table of one column without lines is text like any.
    cells = [cell for line in lines[at:signed] if (cell := line.paragraph.cell) is not None]
    several = {cell.table for cell in cells if cell.column or cell.table.bordered}
    places = ((line, line.paragraph.cell, line.paragraph.box) for line in lines[at:signed])
    body = tuple(p for p, cell, box in places if box is None and (not cell or cell.table not in several))
    number = parse_number(head.number.text) if head.number else None
    if title.kind is None and title.other is None:
        title = replace(title, other=_name_of_other(lines[: at + 1], head))
    signs = read_signs(head, title, number, signature)
    name = kind_by_signs(head, title, number, signs)
    kind = kind_of(title.kind) if title.kind else None
    words_behind = len(kind.behind.split()) if kind else 0
    return Paper(
        document=document,
        kind=name,
        head=head,
        title=title,
        body=body,
        signature=signature,
        annexes=read_annexes(lines[first_annex:]),
        number=number,
        day=parse_day(head.place_date.text) if head.place_date else None,
        pieces=tuple(lines),
        bases=read_bases(body, name),
        layout_tables=_layout_tables(head.state, signature, enclosed),
        not_missed=parts_not_missed(name, words_behind=words_behind, enclosed=bool(title.enclosed_in)),
        enclosed=enclosed,
        signs=signs,
    )


def parse_number(text: str) -> Number | None:
    """Read "Số: 05/BC-SKHCN"; a blank or dotted figure is ""; None where there is no "/"."""
    found = _NUMBER.match(text)
    if found is None:
        return None
    figure = (found["figure"] or found["bare"] or "").strip()
    return Number("" if _DOTS.fullmatch(figure) else figure, found["symbol"].strip())


def parse_day(text: str) -> date | None:
    """Read the day of "…, ngày 05 tháng 11 năm 2025"; None where it is left blank or impossible."""
    found = _DAY.search(text)
    if found is None:
        return None
    return parse_date(found[4] or f"{found[1]}/{found[2]}/{found[3]}")


def _split(line: Piece) -> tuple[Piece, ...]:
    in_grid = line.paragraph.cell is not None and line.paragraph.cell.table.n_rows > 6
    return (line,) if in_grid else columns_of(line)


def _is_running(line: Piece) -> bool:
    """Whether a line is running text and none of the letterhead: long, or a sentence with its end."""
    if line.paragraph.cell is not None or line.paragraph.box is not None or MATTER.match(line.plain):
        return False
    ended = (
        len(line.text.split()) > 3 and line.text.endswith((".", ";", ":")) and not _OF_HEAD.match(line.plain)
    )
    return (ended or len(line.text) > 120) and len(columns_of(line)) == 1


def _layout_tables(state: Piece | None, signature: Signature, enclosed: Sequence[Paper]) -> tuple[Table, ...]:
    found = [table for paper in enclosed for table in paper.layout_tables]
    titles = (signature.authority, *(signer.authority for signer in signature.co_signers))
    for piece in (state, signature.recipients_title, *(lines[0] for lines in titles if lines)):
        cell = piece.paragraph.cell if piece else None
        found += [cell.table] if cell and cell.table not in found else []
    return tuple(found)
