"""Find the parts of an administrative document, however its letterhead and signature were built."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from dvctt_report.lint.document import Document, Paragraph, Table
from dvctt_report.lint.heads import read_letterhead
from dvctt_report.lint.kinds import BY_KEY, LETTER
from dvctt_report.lint.parts import Annex, Number, Paper, Signature, Title
from dvctt_report.lint.pieces import Piece, columns_of, lines_of
from dvctt_report.lint.strokes import Stroke, typed_stroke
from dvctt_report.vietnamese import key, parse_date

FRONT = 60
"""Lines from the top among which the letterhead is looked for."""
_ADDRESSEE = re.compile(r"kinh\s+gui\b")
_ANNEX = re.compile(r"phu luc(?:\s+(?:so\s+)?[ivxlc\d]+)?\s*[.:]?")
_ATTACHED = re.compile(r"\(?\s*(?:ban hanh\s+)?kem theo\b")
_HEADING = re.compile(r"(?:phan|chuong|muc|dieu)\s+[ivxlc\d]+\b|[ivx]+\.")
_RECIPIENTS = re.compile(r"noi\s+nhan\s*[:.]?")
_BASIS = re.compile(r"(?:can cu|theo de nghi cua|xet de nghi)\b")
_NUMBER = re.compile(r"s[ốo]\s*:?\s*(?P<figure>[^/:]*?)\s*/\s*(?P<symbol>.*)", re.IGNORECASE)
_DAY = re.compile(
    r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})|(\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE
)
_DOTS = re.compile(r"[.…_\s]+")
_LONG_TITLE = 300


def recognise(document: Document) -> Paper:
    """Lay the document's lines out in parts; what isn't there is None or empty."""
    lines = [line for paragraph in document.paragraphs for line in lines_of(paragraph)]
    end_of_front = _front_end(lines)
    front = [piece for line in lines[:end_of_front] for piece in _split(line)]
    head = read_letterhead(document, front)
    title, title_end = _title(document, lines[end_of_front:], head.number is not None)
    at = end_of_front + title_end
    signed = _signature_start(lines, at)
    annexes = _annexes(lines[signed:] if signed < len(lines) else [])
    behind = next((i for i, p in enumerate(lines) if annexes and p is annexes[0].label), len(lines))
    signature = _signature([piece for line in lines[signed:behind] for piece in columns_of(line)])
    body_end = min(signed, behind)
    body = tuple(p for p in lines[at:body_end] if p.paragraph.cell is None and p.paragraph.box is None)
    kind = BY_KEY.get(title.kind.key.rstrip(" :"), "") if title.kind else LETTER
    return Paper(
        document=document,
        kind=kind or LETTER,
        head=head,
        title=title,
        body=body,
        signature=signature,
        annexes=annexes,
        number=parse_number(head.number.text) if head.number else None,
        day=parse_day(head.place_date.text) if head.place_date else None,
        pieces=tuple(lines),
        bases=_bases(body),
        layout_tables=_layout_tables(head.state, signature),
    )


def parse_number(text: str) -> Number | None:
    """Read "Số: 05/BC-SKHCN"; a blank or dotted figure is ""; None where there is no "/"."""
    found = _NUMBER.match(text)
    if found is None:
        return None
    figure = found["figure"].strip()
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


def _front_end(lines: Sequence[Piece]) -> int:
    """Where the letterhead ends: at the kind, "Kính gửi", the first basis or the first running text."""
    for at, line in enumerate(lines[:FRONT]):
        if line.paragraph.cell is None and line.paragraph.box is None and _is_kind(line):
            return at
        if _ADDRESSEE.match(line.plain) or _BASIS.match(line.plain) or _is_running(line):
            return at
    return min(len(lines), FRONT)


def _is_running(line: Piece) -> bool:
    """Whether a line is running text rather than a line of the letterhead."""
    if line.paragraph.cell is not None or line.paragraph.box is not None or line.plain.startswith("v/v"):
        return False
    return len(line.text) > 120 and len(columns_of(line)) == 1


def _is_kind(line: Piece) -> bool:
    name = re.split(r"\s+v/v\b", line.key)[0].rstrip(" :.")
    return (name in BY_KEY or name == key(LETTER)) and (
        line.is_upper or line.paragraph.shape.align == "center"
    )


def _title(document: Document, lines: Sequence[Piece], numbered: bool) -> tuple[Title, int]:
    """Kind, subject, addressees, and how many lines they take."""
    at = 0
    kind: Piece | None = None
    subject: list[Piece] = []
    if lines and _is_kind(lines[0]):
        kind, at = lines[0], 1
        while at < len(lines) and _is_subject(lines[at], subject):
            subject.append(lines[at])
            at += 1
    if kind is not None and at < len(lines) and _ATTACHED.match(lines[at].plain):
        at += 1
    line, at = _line_under(document, kind, subject, lines, at)
    addressee, addressees, at = _addressees(lines, at)
    return Title(kind, tuple(subject), line, addressee, addressees), at


def _is_subject(line: Piece, before: Sequence[Piece]) -> bool:
    if typed_stroke(line.text) or line.paragraph.cell is not None or line.paragraph.box is not None:
        return False
    if _ADDRESSEE.match(line.plain) or _BASIS.match(line.plain) or len(line.text) > _LONG_TITLE:
        return False
    if not before:
        return not (line.is_upper and re.match(r"(bo truong|chu tich|giam doc|uy ban|hoi dong)", line.plain))
    same = line.paragraph is before[-1].paragraph
    if not same and (before[-1].paragraph.strokes or _HEADING.match(line.plain)):
        return False
    centred = line.paragraph.shape.align == "center" and before[0].paragraph.shape.align == "center"
    return same or (centred and not line.is_upper and line.any_bold == before[0].any_bold)


def _line_under(
    document: Document, kind: Piece | None, subject: Sequence[Piece], lines: Sequence[Piece], at: int
) -> tuple[Stroke | None, int]:
    """The line under the subject: drawn in its paragraphs or the next one, or typed below."""
    if kind is None:
        return None, at
    typed: Stroke | None = None
    if at < len(lines) and (drawn := typed_stroke(lines[at].text)):
        typed, at = Stroke(drawn, lines[at].width), at + 1
    until = lines[at].paragraph.number if at < len(lines) else kind.paragraph.number + len(subject) + 1
    between = document.paragraphs[kind.paragraph.number : until]
    strokes = [stroke for paragraph in between for stroke in paragraph.strokes]
    if not strokes and at < len(lines):
        strokes = [s for s in lines[at].paragraph.strokes if s.drawn == "shape"]
    if not strokes and typed is None and any(s.face.underline for p in subject for s in p.visible):
        return Stroke("underline", None), at
    return (strokes[0] if strokes else typed), at


def _addressees(lines: Sequence[Piece], at: int) -> tuple[Piece | None, tuple[Piece, ...], int]:
    """ "Kính gửi" and those it names; it may stand some lines below in a letter."""
    for ahead in range(at, min(at + 3, len(lines))):
        if _ADDRESSEE.match(lines[ahead].plain):
            end = ahead + 1
            while end < len(lines) and re.match(r"[-–+•]\s*\S", lines[end].text) and end - ahead < FRONT:
                end += 1
            return lines[ahead], tuple(lines[ahead + 1 : end]), end
    return None, (), at


def _bases(body: Sequence[Piece]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for line in body[:40]:
        if _BASIS.match(line.plain):
            found.append(line)
        elif found:
            break
    return tuple(found)


def _signature_start(lines: Sequence[Piece], at: int) -> int:
    """The line at which recipients or signature begin, whichever comes first; ``len(lines)``: none."""
    marks = [
        i for i in range(at, len(lines)) if _RECIPIENTS.match(lines[i].plain) and len(lines[i].text) < 120
    ]
    before_annex = next((i for i in range(at, len(lines)) if is_annex_label(lines[i])), len(lines))
    marks = [i for i in marks if i < before_annex] or marks
    if marks:
        start = marks[-1]
        cell = lines[start].paragraph.cell
        while cell and start > at and _same_table(lines[start - 1].paragraph, cell.table):
            start -= 1
        while start > at and lines[start - 1].paragraph.cell is None and _is_authority(lines[start - 1]):
            start -= 1
        return start
    return next((i for i in range(at, before_annex) if _is_authority(lines[i])), len(lines))


def _same_table(paragraph: Paragraph, table: Table) -> bool:
    return paragraph.cell is not None and paragraph.cell.table is table


_AUTHORITY = re.compile(
    r"(?:t\s*/?\s*m|k\s*/?\s*t|t\s*/?\s*l|t\s*/?\s*u\s*/?\s*q|q)\s*[./]?\s+\w"
    r"|(?:pho\s+)?(?:chu tich|giam doc|cuc truong|chi cuc truong|vu truong|bo truong|thu truong|hieu truong"
    r"|vien truong|truong|pho|chanh|tong)\b"
)


def _is_authority(line: Piece) -> bool:
    return line.is_upper and len(line.text) < 80 and bool(_AUTHORITY.match(line.plain))


def _signature(pieces: Sequence[Piece]) -> Signature:
    """Take recipients and signature apart: by cell, by box, by column, else by what the lines say."""
    start = next((i for i, p in enumerate(pieces) if _RECIPIENTS.match(p.plain)), None)
    if start is None:
        recipients_title, recipients, rest = None, [], list(pieces)
    else:
        recipients_title = pieces[start]
        home = _home(recipients_title)
        others = [p for i, p in enumerate(pieces) if i != start]
        recipients = [p for p in others if _home(p) == home and _is_recipient(p, home)]
        rest = [p for p in others if not any(p is r for r in recipients)]
    rest = [p for p in rest if not typed_stroke(p.text)]
    authority = [p for p in rest if p.is_upper and not _is_name(p, rest)]
    first = rest.index(authority[0]) if authority else 0
    names = [p for p in rest[first:] if not any(p is a for a in authority)]
    return Signature(tuple(authority), names[-1] if names else None, recipients_title, tuple(recipients))


def _home(piece: Piece) -> tuple[object, ...]:
    cell = piece.paragraph.cell
    place = (cell.table.number, cell.column) if cell else ()
    return (*place, piece.paragraph.box)


def _is_recipient(piece: Piece, home: tuple[object, ...]) -> bool:
    """Whether a line of the recipients' cell or column is theirs; outside of cells it must look like it."""
    if len(home) > 1 or home[-1] is not None:
        return True
    return piece.column == 0 and not piece.is_upper and (piece.text[:1] in "-–+" or piece.text[-1:] in ";.")


def _is_name(piece: Piece, rest: Sequence[Piece]) -> bool:
    """A name in capitals: last, some lines below titles, and itself neither title nor authority."""
    return (
        piece is rest[-1]
        and len(rest) > 1
        and not _AUTHORITY.match(piece.plain)
        and 2 <= len(piece.text.split()) <= 6
        and piece.paragraph is not rest[-2].paragraph
    )


def is_annex_label(line: Piece) -> bool:
    """Whether a line is the label of an annex."""
    return line.paragraph.cell is None and bool(_ANNEX.fullmatch(line.plain))


def _annexes(lines: Sequence[Piece]) -> tuple[Annex, ...]:
    return tuple(_annex(lines, at) for at, line in enumerate(lines) if is_annex_label(line))


def _annex(lines: Sequence[Piece], at: int) -> Annex:
    title: list[Piece] = []
    attached: list[Piece] = []
    for line in _following(lines[at + 1 : at + 8]):
        if _ATTACHED.match(line.plain) or (attached and line.paragraph is attached[0].paragraph):
            attached.append(line)
        elif attached or line.paragraph.cell is not None or len(title) > 3:
            break
        elif line.is_upper or not title:
            title.append(line)
    return Annex(lines[at], tuple(title), tuple(attached))


def _following(lines: Sequence[Piece]) -> Iterator[Piece]:
    for line in lines:
        if is_annex_label(line):
            return
        if not typed_stroke(line.text):
            yield line


def _layout_tables(state: Piece | None, signature: Signature) -> tuple[Table, ...]:
    found: list[Table] = []
    for piece in (state, signature.recipients_title):
        cell = piece.paragraph.cell if piece else None
        if cell and all(cell.table is not table for table in found):
            found.append(cell.table)
    return tuple(found)
