"""What kind of document it is and what its parts are, however it was built; or why NĐ 30 does not rule it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dvctt_report.text.opening import parse_toml, read_text
from dvctt_report.text.resources import PACKAGE
from dvctt_report.text.vietnamese import key, parse_date
from dvctt_report.word import nd30
from dvctt_report.word.document import Document, typed_stroke
from dvctt_report.word.lint import signatures, top
from dvctt_report.word.lint.check import quote
from dvctt_report.word.lint.parts import (
    Letterhead,
    Number,
    Paper,
    Piece,
    Signature,
    Title,
    columns_of,
    lines_of,
)
from dvctt_report.word.lint.patterns import patterns_of

_RE = patterns_of("recognise")

_LONGEST_NAME = 120
_OF_PERSONS = ("Lý lịch", "Giấy tờ của cá nhân")
_ENOUGH = 2  # Signs that must speak for a letter, and parts that an office's document with a name must have
_SIGNS_OF_LETTER = ("ký hiệu của công văn", "“V/v” dưới số", "“Kính gửi”", "“Nơi nhận”")
_SIGNS_OF_OFFICE = ("tên cơ quan ban hành", "số, ký hiệu", "địa danh, ngày", "“Nơi nhận”")
"""What speaks for a letter, and what only an office's document has."""
SAY_THE_KIND = (
    'Nếu đây là văn bản hành chính, chạy lại với --kind và tên loại, ví dụ --kind "Công văn" hoặc --kind BC; '
    "nếu không phải thì không cần kiểm tra theo NĐ 30/2020/NĐ-CP."
)
FRONT = 60  # Lines from the top among which the letterhead is looked for
_LONGEST_HEAD = 8  # Lines that a letterhead typed without a table takes at most


_TOP_OF_ANNEX = 12
"""Lines among which the label of an annex in a file of its own stands, below a letterhead or not."""
DECREE_IN_FORCE = date(2020, 3, 5)
"""NĐ 30/2020/NĐ-CP, Điều 37; documents before that day follow other rules and are declined."""
_TOP = 25  # Lines among which number and title stand, also where a law site sets every line as a paragraph

_DECLINED: dict[str, Any] = parse_toml(read_text(PACKAGE / "word" / "lint" / "declined.toml"))
FAMILIES: dict[str, str] = _DECLINED.pop("families")
"""How the names of other papers open, from the narrow to the wide, and what they are."""


def read_kind(
    head: Letterhead, title: Title, groups: Sequence[str], signature: Signature
) -> tuple[str, dict[str, bool]]:
    """The kind that title, number, "V/v", "Kính gửi", "Nơi nhận" agree upon, or "", and what is there."""
    lettered = bool(groups) and bool(re.search(r"[^\W\d_]", groups[0]))
    signs = {
        "Quốc hiệu, Tiêu ngữ": head.state is not None or head.motto is not None,
        "tên cơ quan ban hành": any(
            top.NAME_OF_AGENCY.match(line.key) for line in (*head.parent, *head.issuer)
        ),
        "số, ký hiệu": head.number is not None,
        "địa danh, ngày": head.place_date is not None,
        "tên loại": title.kind is not None,
        "ký hiệu của công văn": lettered and groups[0] not in nd30.BY_ABBREVIATION,
        "“V/v” dưới số": bool(head.matter),
        "“Kính gửi”": title.addressee is not None,
        "“Nơi nhận”": signature.recipients_title is not None,
    }
    named = top.kind_of(title.kind) if title.kind else None
    by_symbol = nd30.BY_ABBREVIATION.get(groups[0]) if groups else None
    if named is not None:
        of_office = sum(signs[name] for name in _SIGNS_OF_OFFICE)
        kind = named.name if of_office >= _ENOUGH or title.enclosed_in else ""
    elif title.other is None and by_symbol and not (head.matter and title.addressee):
        kind = by_symbol
    else:
        of_letter = sum(signs[name] for name in _SIGNS_OF_LETTER)
        kind = nd30.LETTER if of_letter >= _ENOUGH and (title.other is None or head.matter) else ""
    return kind, signs


def forced_kind(word: str) -> str | None:
    """The kind that a clerk means by its name or abbreviation, "báo cáo" or "BC"; None: there is no such."""
    known = {key(short): name for short, name in nd30.BY_ABBREVIATION.items()} | nd30.BY_KEY
    known |= {key(nd30.LETTER): nd30.LETTER, "cv": nd30.LETTER, key(nd30.ANNEX): nd30.ANNEX}
    return known.get(key(word))


def _name_of_other(front: Sequence[Piece], head: Letterhead) -> Piece | None:
    """The name that stands in a title's place and is none of the decree's kinds; None: there is none."""
    parts = [p for p in (head.state, head.motto, head.number, head.place_date, *head.matter) if p is not None]
    upper = max((p.paragraph.number for p in (head.state, head.motto) if p is not None), default=-1)
    for line in front:
        taken = top.NAME_OF_AGENCY.match(line.key) or any(line.paragraph is p.paragraph for p in parts)
        if taken or line.paragraph.number < upper or top.stands_aside(line) or len(line.text) > _LONGEST_NAME:
            continue
        if typed_stroke(line.text) or top.is_stamp(line.text) or top.ENCLOSED.match(line.plain):
            continue
        set_apart = (line.is_centred and (line.is_upper or line.is_bold)) or (line.is_upper and line.is_bold)
        if set_apart and not _RE["in_place_of_a_name"].fullmatch(line.plain):
            return line
    return None


def recognise(document: Document, kind: str = "") -> Paper:
    """Lay the document's lines out in parts; what isn't there is None or empty.

    ``kind`` is what a person says it is, by name or abbreviation; "" leaves it to the signs.
    """
    lines = [line for paragraph in document.paragraphs for line in lines_of(paragraph)]
    forced = (forced_kind(kind) or "") if kind else ""
    label = next((i for i, line in enumerate(lines[:_TOP_OF_ANNEX]) if signatures.read_label(line)), None)
    if label is not None and forced in ("", nd30.ANNEX):
        # Above an annex alone nothing is a document of its own, and it says to what it belongs.
        opens_document = any(
            top.kind_of(p) or _RE["number"].match(p.text) or _is_running(p) for p in lines[:label]
        )
        belongs = signatures.read_annexes(lines[label : label + _TOP_OF_ANNEX])[0].attached
        if forced or (belongs and not opens_document):
            head = top.read_letterhead(document, [piece for line in lines[:label] for piece in _split(line)])
            cell = head.state.paragraph.cell if head.state else None
            return Paper(
                document=document,
                kind=nd30.ANNEX,
                head=head,
                annexes=signatures.read_annexes(lines[label:]),
                pieces=tuple(lines),
                layout_tables=(cell.table,) if cell else (),
            )
    paper = _read_parts(document, lines)
    return replace(paper, kind=forced) if forced else paper


def _read_parts(document: Document, lines: Sequence[Piece]) -> Paper:
    """The parts of the document that ``lines`` are; a text put into force by another is one of its own."""
    # The letterhead ends at the title, "Kính gửi", the first basis or the first running text.
    end_of_front, n_typed = min(len(lines), FRONT), 0
    for at, line in enumerate(lines[:FRONT]):
        # The name of a list far down is that of something enclosed.
        titled = top.opens_text(line) and (top.kind_of(line) is not None or n_typed <= _LONGEST_HEAD)
        if titled or top.ADDRESSEE.match(line.plain) or top.BASIS.match(line.plain) or _is_running(line):
            end_of_front = at
            break
        n_typed += not top.stands_aside(line)
    head = top.read_letterhead(document, [piece for line in lines[:end_of_front] for piece in _split(line)])
    title, title_end = top.read_title(document, lines[end_of_front:])
    at = end_of_front + title_end
    end = signatures.end_of_text(lines, at)
    signed = signatures.signature_start(lines, at, end)
    behind = signatures.next_text(document, lines, signed, end)
    at_end = [piece for line in lines[signed:behind] for piece in columns_of(line)]
    signature = signatures.read_signature(at_end)
    first_annex = next((i for i in range(behind, len(lines)) if signatures.read_label(lines[i])), len(lines))
    # The texts behind the signature, each with its own lines alone.
    inner = _read_parts(document, lines[behind:first_annex]) if first_annex > behind else None
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
    symbol = top.with_hyphens(top.symbol_of(number), top.issuer_letters(head)) if number else ""
    groups = [group.strip() for group in symbol.split("-")] if symbol else []
    name, signs = read_kind(head, title, groups, signature)
    kind = top.kind_of(title.kind) if title.kind else None
    words_behind = len(kind.behind.split()) if kind else 0
    tables = [table for text in enclosed for table in text.layout_tables]
    titles = (signature.authority, *(signer.authority for signer in signature.co_signers))
    for piece in (head.state, signature.recipients_title, *(own[0] for own in titles if own)):
        cell = piece.paragraph.cell if piece else None
        tables += [cell.table] if cell and cell.table not in tables else []
    return Paper(
        document=document,
        kind=name,
        head=head,
        title=title,
        body=body,
        signature=signature,
        annexes=signatures.read_annexes(lines[first_annex:]),
        number=number,
        groups=groups,
        day=parse_day(head.place_date.text) if head.place_date else None,
        pieces=tuple(lines),
        bases=top.read_bases(body, name),
        layout_tables=tuple(tables),
        not_missed=nd30.parts_not_missed(name, words_behind=words_behind, enclosed=bool(title.enclosed_in)),
        enclosed=enclosed,
        signs=signs,
    )


def parse_number(text: str) -> Number | None:
    """Read "Số: 05/BC-SKHCN"; a blank or dotted figure is ""; None where there is no "/"."""
    match = _RE["number"].match(text)
    if match is None:
        return None
    figure = (match["figure"] or match["bare"] or "").strip()
    return Number("" if _RE["dots"].fullmatch(figure) else figure, match["symbol"].strip())


def parse_day(text: str) -> date | None:
    """Read the day of "…, ngày 05 tháng 11 năm 2025"; None where it is left blank or impossible."""
    day = _RE["day"].search(text)
    if day is None:
        return None
    return parse_date(day[4] or f"{day[1]}/{day[2]}/{day[3]}")


def _split(line: Piece) -> tuple[Piece, ...]:
    in_grid = line.paragraph.cell is not None and line.paragraph.cell.table.n_rows > 6
    return (line,) if in_grid else columns_of(line)


def _is_running(line: Piece) -> bool:
    """Whether a line is running text and none of the letterhead: long, or a sentence with its end."""
    if line.paragraph.cell is not None or line.paragraph.box is not None or top.MATTER.match(line.plain):
        return False
    ended = len(line.text.split()) > 3 and line.text.endswith((".", ";", ":"))
    is_text = (ended and not _RE["of_head"].match(line.plain)) or len(line.text) > 120
    return is_text and len(columns_of(line)) == 1


def why_declined(why: str, **words: str) -> tuple[str, str]:
    """What ``declined.toml`` says of a reason, the words filled in."""
    reason, remedy = (text.format_map(words) for text in _DECLINED[why])
    return reason, remedy


def other_papers(paper: Paper) -> Iterator[tuple[str, str]]:
    upmost, head, title, other = paper.pieces[:_TOP], paper.head, paper.title.kind, paper.title.other
    number, kind = head.number.text if head.number else "", top.kind_of(title) if title else None
    # A ruling, a penalty or a law, told by its number, its letterhead and what it is about.
    if any(_RE["court"].match(piece.plain) for piece in upmost[:12]):
        # One about a court's own staff is none of a case.
        subject = " ".join(line.plain for line in paper.title.subject)
        of_case = _RE["ruling"].search(subject) or any(
            _RE["procedure"].search(line.plain) for line in paper.bases
        )
        is_ruling = _RE["ruling_number"].search(number) or (of_case and not _RE["of_office"].match(subject))
        if any(_RE["judgment"].fullmatch(p.plain) for p in upmost) or (
            paper.kind == "Quyết định" and is_ruling
        ):
            yield why_declined("court")
    if _RE["penalty"].search(number):
        yield why_declined("penalty")
    above = [p for p in upmost if title is None or p.paragraph.number < title.paragraph.number]
    makes_law = not any(_RE["no_lawgiver"].match(line.plain) for line in head.issuer[:1])
    if any(
        (line.is_upper and not top.stands_aside(line) and _RE["law"].fullmatch(line.text))
        or (makes_law and _RE["law_number"].fullmatch(line.text))
        for line in above
    ):
        if kind is None:
            yield why_declined("law", hint="")
        else:
            yield why_declined(
                "law", hint=why_declined("one_case", kind=kind.name.lower(), name=kind.name)[1]
            )
    # A paper of several parties, of a person or of an office's own form, told by its name.
    if other is None and title is not None and not paper.title.enclosed_in:
        name, shown = kind.name if kind else "", quote(title.text, 60)
        if name in nd30.OF_SEVERAL_PARTIES or _RE["of_parties"].match(title.key):
            called = name if name in nd30.OF_SEVERAL_PARTIES else shown.capitalize()
            yield why_declined("parties", called=called)
        if name == "Giấy ủy quyền" and head.number is None and not paper.signature.recipients:
            yield why_declined("own_proxy", name=shown)
    if other is not None and not head.matter:
        shown = quote(other.text, 60)
        if _RE["of_parties"].match(other.key):
            yield why_declined("parties", called=f"Văn bản nhiều bên “{shown}”")
        for opening, called in FAMILIES.items():
            if re.match(rf"(?:{opening})\b", other.key):
                family = "persons" if called in _OF_PERSONS else "offices"
                yield why_declined(family, called=f"{called} “{shown}”")
    # A paper of the Party, of the youth union, of no office, or a form to be filled in.
    signature, front = paper.signature, paper.pieces[:12]
    by_name = any(_RE["party"].fullmatch(p.plain.strip(" .")) for p in front)
    if head.state is None and (by_name or any(_RE["party_number"].fullmatch(p.text) for p in front)):
        sign = "có tiêu đề “Đảng Cộng sản Việt Nam”" if by_name else "số, ký hiệu dạng “Số 12-BC/TU”"
        yield why_declined("party", sign=sign)
    if head.state is None and any(_RE["youth"].fullmatch(p.plain) for p in front):
        yield why_declined("youth")
    bare = head.state is None and head.motto is None and (head.number is None or head.place_date is None)
    closed = paper.title.kind is not None and signature.recipients_title is not None and signature.authority
    if bare and not paper.title.enclosed_in and not (closed and paper.title.addressee):
        yield why_declined("unknown")
    marked = any(_RE["form_mark"].fullmatch(line.text) for line in front[:4])
    if marked and paper.day is None and not (paper.number and paper.number.figure):
        yield why_declined("blank")
    if head.number is None and any(_RE["open_letter"].match(p.plain) for p in paper.pieces[:20]):
        yield why_declined("offices", called="Thư công")
