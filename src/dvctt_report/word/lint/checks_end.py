"""Are those who sign right, and those whom a document goes to, each on a line?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from dvctt_report.model.severity import Severity
from dvctt_report.text.patterns import lazy_pattern
from dvctt_report.text.vietnamese import unaccented
from dvctt_report.word.lint.check import (
    Answers,
    Fault,
    Mend,
    NotApplicable,
    NotEvaluated,
    Settings,
    Stage,
    capital_faults,
    caps_mends,
    check,
    dash_faults,
    ending_fault,
    look_faults,
    quote,
    span_mends,
    worded,
)
from dvctt_report.word.lint.looks import centring_faults, height_of, looks, stands_left_of
from dvctt_report.word.lint.parts import Paper, Piece, Signer, entries_of
from dvctt_report.word.lint.patterns import LISTS, patterns_of
from dvctt_report.word.lint.signatures import is_authority, read_mark
from dvctt_report.word.lint.top import ADDRESSEE as ADDRESSED_TO
from dvctt_report.word.lint.top import (
    ALSO_TO,
    COMMITTEE,
    COMMUNE,
    COUNCIL,
    HEADED_BY,
    is_joint,
    issuer_of,
    title_in,
)
from dvctt_report.word.nd30 import ADDRESSED, LETTER, NAMES_RECEIVER, POINTS_PER_MM, WRITTEN_OUT, component
from dvctt_report.word.tree import W, descendants

_RE, _LISTS = patterns_of("end"), LISTS["end"]

AUTHORITY = "Chức vụ người ký"
_ORDER = ("TM", "TL", "TUQ", "KT")
_HEADS = ("CHỦ TỊCH", "PHÓ CHỦ TỊCH", "PHÓ CHỦ TỊCH THƯỜNG TRỰC")
NAME = "Họ tên người ký"
_SHORT_TITLES = (r"[.\s]?".join(letters) for letters in _LISTS["short_titles"])
_TITLE = "|".join((*_LISTS["long_titles"], *_SHORT_TITLES))
_TITLES = lazy_pattern(rf"(?:(?:{_TITLE})\b[.,\s]*)+")
_TITLES_BEHIND = lazy_pattern(rf"\s*[,;–(-]\s*(?:(?:{_TITLE})\b[.,\s)]*)+$")

_LONGEST_NAME = 6  # Words of a name; what is longer is no name
_LINE = 16.0  # Points of an empty line at size 14
_FARTHEST = 40.0  # Millimetres between text and signature that nobody leaves but to fill a page
RECIPIENTS = "Nơi nhận"
SAME = lazy_pattern(r"-?\s*nhu (?:tren|kinh gui)\b")
_NO_UNIT = "thiếu đơn vị soạn thảo"
ADDRESSEE = "Kính gửi"
_AMONG, _LONG = 10, 120
"""Lines of the body among which an addressee may have slipped, and characters of a line that is text."""
_RANKED = r"(?:Sở|Bộ|UBND|HĐND|Ủy ban|Uỷ ban|Hội đồng nhân dân|Tỉnh ủy|Thành ủy|Công an tỉnh)"
_TWO_BODIES = lazy_pattern(rf"{_RANKED}\s[^,;]+(?:,| và)\s+{_RANKED}\s[^\W\d_]")
"""Two bodies of a rank of their own in one line; "Phòng A, cơ quan B" is one."""


class Signed(NamedTuple):
    """A line of the authority: the mark it means ("KT"), "" where it has none, and the words behind it."""

    piece: Piece
    mark: str
    rest: str


def signed_lines(signer: Signer) -> tuple[Signed, ...]:
    """The lines of one who signs, each with its mark."""
    return tuple(Signed(piece, *read_mark(piece)) for piece in signer.authority)


@check("TT49")
def authority_marks(signers: Sequence[Signer], paper: Paper, settings: Settings) -> Answers:
    """Marks of authority, "KT.", as they are written."""
    for line in (line for signer in signers for line in signed_lines(signer)):
        if line.mark and not re.match(r"(?:TM|KT|TL|TUQ|Q)\. \S", line.piece.text):
            shown = line.piece.text.removesuffix(line.rest).strip()
            found = "“{shown}” viết liền với chữ sau" if shown == f"{line.mark}." else "“{shown}”"
            yield worded(AUTHORITY, line.piece, found, shown=shown, mark=line.mark, rest=line.rest)


@check("TT50")
def authority_order(signers: Sequence[Signer], paper: Paper, settings: Settings) -> Answers:
    """Marks and titles of who signs, in an order that fits."""
    for signer in signers:
        yield from _order_faults(signed_lines(signer))
    # A collective that is signed for without "TM.", or not named at all.
    lines = signed_lines(signers[0])
    first = lines[0]
    body = re.match(r"(?:ban(?! giam doc)|uy ban|hoi dong|thuong truc)\b", unaccented(first.rest))
    head = "truong ban" if body and body[0] == "ban" else "chu tich"
    by_head = body and re.fullmatch(rf"(?:pho )?{head}", unaccented(lines[1].rest if lines[1:] else ""))
    if not first.mark and re.match(r"(?:uy ban nhan dan|hoi dong nhan dan)\b", first.piece.plain):
        yield worded(AUTHORITY, first.piece, "thiếu “TM.” trước tên tập thể", rest=first.rest)
    elif first.mark in ("TL", "TUQ", "KT") and by_head:
        what = f"“{first.mark}.” trước tên tập thể, người ký là người đứng đầu"
        yield Fault(AUTHORITY, first.piece, what, f"“TM. {first.rest}”")
    elif first.mark == "TM" and (short := re.match(r"UBND|HĐND", first.rest)):
        right = f"“TM. {WRITTEN_OUT[short[0]]}{first.rest[short.end() :]}”"
        yield Fault(AUTHORITY, first.piece, f"“{short[0]}” viết tắt", right)
    elif first.mark in ("", "KT") and first.rest.strip() in _HEADS and COMMITTEE.match(issuer_of(paper)):
        # The chairman decides some things himself; where the document says who decides, it is sure.
        in_capitals = [p.plain for p in paper.body if p.is_upper]
        chairman = any(re.match(r"chu tich (?:uy ban nhan dan|ubnd)\b", plain) for plain in in_capitals)
        named = any(p.is_upper and re.match(r"uy ban nhan dan\b", p.plain) for p in paper.body[:20])
        if paper.kind not in _LISTS["of_the_head"] and not chairman and (paper.kind != "Quyết định" or named):
            found, level = (
                "trên “{title}” không có “TM. ỦY BAN NHÂN DÂN”",
                None if named else Severity.WARNING,
            )
            yield worded(AUTHORITY, first.piece, found, (), level, title=first.piece.text)
    for signer in signers if is_joint(paper.head.issuer) else signers[:1]:
        yield from _deputy(paper, signed_lines(signer))


def _order_faults(lines: Sequence[Signed]) -> Iterator[Fault]:
    """What is wrong between the lines of one who signs, the first fault of their order alone."""
    for at, (piece, mark, rest) in enumerate(lines):
        behind = lines[at + 1 :]
        next_line = behind[0].piece if behind else piece
        below = next_line.plain if behind else ""
        title, deputy = title_in(rest), title_in(below) if below.startswith("pho ") else ""
        if mark == "KT" and (found := re.search(r"[-–/,;]\s*(PHÓ\s.*|THỨ TRƯỞNG.*)", rest)):
            yield worded(AUTHORITY, piece, "quyền hạn và chức vụ người ký cùng một dòng", title=found[1])
        elif mark == "KT" and re.match(r"p\s?\.|p\.?\s?[gctv]", below):
            yield worded(AUTHORITY, next_line, "“{line}” viết tắt", line=next_line.text)
        elif mark == "KT" and title and deputy and title != deputy:
            said = {"line": piece.text, "deputy": next_line.text}
            yield worded(AUTHORITY, next_line, "dưới “{line}” là “{deputy}”", **said)
        elif mark in ("TL", "TUQ") and title and below.removeprefix("pho ") in (unaccented(rest), title):
            said = {"line": piece.text, "same": next_line.text}
            yield worded(AUTHORITY, next_line, "dưới “{line}” là “{same}”", **said)
        elif mark == "TL" and _is_deputy(behind):
            # What Điều 13 says; the mark itself II.7b asks of an office's head alone.
            what = "dưới “{line}” là cấp phó “{deputy}”, không có “KT.”"
            said = {"line": piece.text, "deputy": next_line.text, "head": _head_of(behind[0])}
            yield worded(AUTHORITY, next_line, what, (), Severity.WARNING, **said)
        elif mark == "KT" and not re.match(r"(?:pho|quyen pho|thu truong|t[mlu])\b", below):
            yield worded(AUTHORITY, piece, "dưới “{line}” không phải chức vụ cấp phó", line=piece.text)
        elif mark == "TM" and _RE["one"].match(unaccented(rest)):
            yield worded(AUTHORITY, piece, "sau “TM.” là chức vụ “{title}”", title=rest)
        elif mark in ("TL", "TUQ", "TM") and not below:
            yield worded(AUTHORITY, piece, "dưới “{line}” không có chức vụ người ký", line=piece.text)
    for upper, lower in pairwise([line for line in lines if line.mark in _ORDER]):
        if _ORDER.index(upper.mark) > _ORDER.index(lower.mark):
            said = {"lower": lower.piece.text, "upper": upper.piece.text}
            yield worded(AUTHORITY, lower.piece, "“{lower}” đứng dưới “{upper}”", **said)
            return


def _is_deputy(lines: Sequence[Signed]) -> bool:
    """Whether the first line is a deputy's, and none says that he is in charge."""
    deputy = lines and not lines[0].mark and _RE["deputy"].match(lines[0].rest)
    return bool(deputy) and not any(re.search(r"PHỤ TRÁCH|ĐIỀU HÀNH|QUYỀN ", line.rest) for line in lines)


def _head_of(deputy: Signed) -> str:
    """The title of the one whom a deputy signs for: "PHÓ GIÁM ĐỐC THƯỜNG TRỰC" → "GIÁM ĐỐC"."""
    if deputy.rest.startswith("THỨ TRƯỞNG"):
        return "BỘ TRƯỞNG"
    return deputy.rest.removeprefix("PHÓ ").removesuffix(" THƯỜNG TRỰC")


def _deputy(paper: Paper, lines: Sequence[Signed]) -> Iterator[Fault]:
    """A deputy who signs without saying for whom; one put in charge and a chair of minutes apart."""
    for above, below in pairwise(lines):
        if not above.mark and not below.mark and below.rest == f"PHÓ {above.rest}":
            what, right = f"“{above.rest}” trên “{below.rest}” không có “KT.”", f"“KT. {above.rest}”"
            yield Fault(AUTHORITY, above.piece, what, right, f"Sửa “{above.rest}” thành {right}")
            return
    # Below "TM." only a people's committee's deputy needs "KT."; any member may sign for other collectives.
    by_committee = lines[0].mark == "TM" and COMMITTEE.match(unaccented(lines[0].rest))
    named = not lines[0].mark and not is_authority(lines[0].piece)
    at = int(bool(by_committee or named) and len(lines) > 1)
    if paper.kind != "Biên bản" and _is_deputy(lines[at:]):
        signed, found = lines[at].piece, "cấp phó ký nhưng trên “{line}” không có “KT.”"
        yield worded(AUTHORITY, signed, found, line=signed.text, head=_head_of(lines[at]))


@check("TT74")
def signer_fits(signers: Sequence[Signer], paper: Paper, settings: Settings) -> Answers:
    """Who signs has a title of the issuer's."""
    office = issuer_of(paper)
    head, called = next((titles for opening, *titles in HEADED_BY if re.match(opening, office)), ("", ""))
    if is_joint(paper.head.issuer) or len(signers) > 1 or not head:
        return
    lines = signed_lines(signers[0])
    first, behind, shown = lines[0], unaccented(lines[0].rest), quote(paper.head.issuer, 50)
    if first.mark == "TM":
        bodies = (body for body in (COMMITTEE, COUNCIL) if body.match(behind))
        decided = next((p for p in paper.body[:20] if p.is_upper and _RE["chairman"].match(p.plain)), None)
        if any(not body.match(office) for body in bodies):
            found = "ký thay mặt “{body}”, văn bản của {issuer}"
            yield worded(AUTHORITY, first.piece, found, body=first.rest, issuer=shown)
        elif _RE["one_head"].match(office) and _RE["one_head"].match(behind):
            yield worded(AUTHORITY, first.piece, "“{line}”", line=first.piece.text)
        elif decided is not None and COMMITTEE.match(behind):
            found = "thẩm quyền là “{who}” mà ký “{line}”"
            yield worded(AUTHORITY, first.piece, found, who=quote(decided, 40), line=first.piece.text)
        if not COMMITTEE.match(behind) and not COUNCIL.match(behind):
            return
    if any(line.mark in ("TL", "TUQ") or _RE["member"].match(unaccented(line.rest)) for line in lines):
        return
    titled = ((line, title_in(line.rest)) for line in lines if line.mark != "TM")
    line, named = next(((line, title) for line, title in titled if title), (first, head))
    if named != head:
        found = "“{line}” không phải chức vụ của {issuer}"
        yield worded(AUTHORITY, line.piece, found, line=line.piece.text, issuer=shown, title=called)


@check("TT51")
def signer(paper: Paper, settings: Settings) -> Answers:
    """Titles and name of who signs: there and as they should look."""
    yield from looks(paper, "TT51")
    for signer_here in paper.signature.signers:
        for piece in signer_here.authority:
            # A title in small letters; those of the mark before it ("Kt.") are another check's.
            if not (words := read_mark(piece)[1]).isupper():
                found, mends = (
                    "“{words}” viết chữ thường",
                    caps_mends((piece,)) if words == piece.text else (),
                )
                yield worded(AUTHORITY, piece, found, mends, words=words, right=words.upper())
        name = signer_here.name
        stands_in = name and (name.text.startswith("[") or _RE["stands_for_name"].match(name.plain))
        if name is None or stands_in or not re.search(r"\w", _RE["signed"].sub("", name.plain)):
            text, found = name.text if name else "", "họ tên người ký để trống"
            if settings.stage is not Stage.DRAFT:
                yield Fault(NAME, text, found)
            else:
                yield NotEvaluated(found, NAME, text, "họ tên người ký")
            continue
        yield from look_faults(NAME, (name,), component("signer"), upper=False)
        yield from centring_faults(NAME, (name,), signer_here.authority)
        # Academic titles and honours before and behind the name, as they are written.
        plain = unaccented(name.text)
        opened = _TITLES.match(plain) or _RE["addressed"].match(name.text)
        closed = _TITLES_BEHIND.search(plain)
        before = name.text[: opened.end()] if opened else ""
        behind = name.text[closed.start() :] if closed else ""
        names = _RE["beside"].sub("", name.text.removeprefix(before).removesuffix(behind)).split()
        if (small := [word for word in names if word[0].islower()]) and len(names) <= _LONGEST_NAME:
            yield worded(NAME, name, "“{small}” không viết hoa chữ cái đầu", small=" ".join(small))
        for title in (before, behind):
            if shown := title.strip(" ,;–(-)"):
                yield Fault(NAME, name, f"có “{shown}”", "chỉ ghi họ và tên", f"Bỏ “{shown}”")


def _pushed_away(paper: Paper, first: Piece) -> str:
    """What parts the signature from the last words above it: a break, a section, an empty stretch; or ""."""
    document, cell = paper.document, first.paragraph.cell
    above = (p for p in reversed(document.paragraphs[: first.paragraph.number]) if p.text.strip())
    outside = (p for p in above if not (p.box or (p.cell and cell and p.cell.table is cell.table)))
    last = next(outside, None)
    if last is None or not paper.body or last.number < paper.body[-1].paragraph.number:
        return ""
    passed = document.paragraphs[last.number + 1 : first.paragraph.number + 1]
    sections = document.sections[last.section + 1 : first.paragraph.section + 1]
    # A table on a page across has a section of its own.
    turned = last.cell is None and any(not s.continuous for s in sections)
    marks = [m for m in descendants(last.element, f"{W}t", f"{W}br") if m.tag != f"{W}t" or m.text]
    ends_in_break = bool(marks) and marks[-1].get(f"{W}type") == "page"
    if turned or ends_in_break or any(p.breaks_page for p in passed):
        return "chữ ký bị đẩy sang trang riêng"
    empty = [p for p in passed if not p.text.strip() and p.cell is None and not p.has_picture]
    lines = last.text[len(last.text.rstrip()) :].count("\n")
    gap = sum(map(height_of, empty)) + (lines * _LINE + last.shape.after) / POINTS_PER_MM
    return f"cách nội dung khoảng {round(gap)} mm để trống" if gap > _FARTHEST else ""


@check("TT57")
def layout_tables(paper: Paper, settings: Settings) -> Answers:
    """Recipients and signature stand in one row, on the page where the text ends, in tables without lines."""
    for table in (table for table in paper.layout_tables if table.bordered):
        place = "Phần đầu văn bản" if table.number == 0 else "Nơi nhận, chữ ký"
        words = quote("", at=paper.document.first_in(table))
        mends = (Mend("borderless", table.element, None),)
        yield Fault(place, words, "bảng dàn trang hiện đường kẻ", mends=mends)
    title, authority = paper.signature.recipients_title, paper.signature.authority
    if authority and (found := _pushed_away(paper, authority[0])):
        fix = "Bỏ ngắt trang, dòng trống trước chữ ký; để ít nhất hai dòng cuối cùng trang với chữ ký"
        yield Fault(AUTHORITY, authority[0], found, "cùng trang với cuối nội dung", fix)
    if title is None or not authority:
        yield NotApplicable("không có Nơi nhận hoặc chữ ký")
        return
    one, other = title.paragraph, authority[0].paragraph
    # A table of its own within the cell beside the signature stands in the row of that cell.
    rows = [[*p.element.iterancestors(f"{W}tr")][-1:] for p in (one, other)]
    if paper.signature.co_signers or paper.kind == "Biên bản":
        yield NotApplicable("văn bản nhiều người ký, Nơi nhận đặt ở dưới")
    elif one.box is not None or other.box is not None:
        yield NotEvaluated("Nơi nhận hoặc chữ ký nằm trong hộp chữ", "Nơi nhận", title)
    elif stands_left_of(authority[0], title):
        yield Fault("Nơi nhận", title, "đứng bên phải chữ ký")
    elif (not rows[0] or rows[0] != rows[1]) and one is not other:
        yield Fault("Nơi nhận", title, "không cùng hàng với quyền hạn, chức vụ người ký")


@check("TT53")
def as_above(title: Piece, paper: Paper, settings: Settings) -> Answers:
    """ "Như trên" stands first where there is a "Kính gửi", and only there."""
    recipients, addressee = paper.signature.recipients, paper.title.addressee
    at_lines = [at for at, p in enumerate(recipients) if SAME.match(p.plain)]
    above = {p.key.strip(" -;.") for p in paper.title.addressees}
    for line in recipients if at_lines and len(above) > 1 else ():
        if line.key.strip(" -;.") in above:
            yield Fault(RECIPIENTS, line, "đã có ở “Kính gửi”", severity=Severity.WARNING)
    if addressee is not None and not ADDRESSED_TO.match(addressee.plain):
        yield NotApplicable("văn bản không có “Kính gửi”")
    elif addressee is None:
        if at_lines and paper.kind not in NAMES_RECEIVER:
            yield Fault(RECIPIENTS, recipients[at_lines[0]], "có “Như trên” nhưng không có “Kính gửi”")
    elif not at_lines:
        yield Fault(RECIPIENTS, recipients[:1], "không có “Như trên”")
    elif at_lines[0] != 0:
        yield worded(RECIPIENTS, recipients[at_lines[0]], "“Như trên” ở dòng {n}", n=at_lines[0] + 1)
    elif not re.match(r"-?\s*nhu tren\b", recipients[0].plain):
        yield worded(RECIPIENTS, recipients[0], "“{shown}”", shown=recipients[0].text.strip("- ;."))


@check("TT54")
def recipients_title(paper: Paper, settings: Settings) -> Answers:
    """The words "Nơi nhận:" and their look."""
    piece = paper.signature.recipients_title
    yield from looks(paper, "TT54")
    if piece is None:
        return
    yield from capital_faults(RECIPIENTS, piece, RECIPIENTS)
    if lined := [s for s in piece.visible if s.face.underline]:
        mends = span_mends("underline", False, lined)
        yield Fault(RECIPIENTS, piece, "gạch chân", mends=mends)
    if piece.paragraph.shape.align in ("center", "right"):
        mends = (Mend("align", piece.paragraph.element, "left"),)
        yield Fault(RECIPIENTS, piece, "không canh trái", mends=mends)
    if not piece.text.endswith(":"):
        yield Fault(RECIPIENTS, piece, "thiếu dấu hai chấm")
    elif piece.text.endswith(" :"):
        yield Fault(RECIPIENTS, piece, "dấu cách trước dấu hai chấm")


@check("TT55")
def recipients_look(recipients: Sequence[Piece], paper: Paper, settings: Settings) -> Answers:
    """Recipients: a dash, a semicolon each, their look."""
    yield from looks(paper, "TT55")
    entries = entries_of(recipients)
    for at, entry in enumerate(entries):
        first, last = entry[0], entry[-1]
        yield from dash_faults(RECIPIENTS, first)
        if re.match(r"-\S", first.text):
            yield Fault(RECIPIENTS, first, "gạch đầu dòng viết liền với chữ", severity=Severity.WARNING)
        if odd := _RE["odd_capitals"].match(first.text):
            what = f"“{odd['word']}” {'viết chữ thường' if odd['word'].islower() else 'viết hoa sai'}"
            yield Fault(RECIPIENTS, first, what, f"“{odd['word'].capitalize()}”", severity=Severity.WARNING)
        if at < len(entries) - 1 and not _RE["kept"].match(first.plain) and not last.text.endswith(";"):
            yield ending_fault(RECIPIENTS, last, ";")


@check("TT56")
def kept(title: Piece, paper: Paper, settings: Settings) -> Answers:
    """The line "Lưu: VT, …." is the last one."""
    lines = paper.signature.recipients
    entries = entries_of(lines)
    at = next((i for i, entry in enumerate(entries) if _RE["kept"].match(entry[0].plain)), None)
    if at is None:
        yield Fault(RECIPIENTS, lines[-1:], "không có dòng “Lưu”")
        return
    text = " ".join(piece.text for piece in entries[at])
    wrong = ["không phải dòng cuối"] if at != len(entries) - 1 else []
    word = _RE["word_kept"].match(text.lstrip())
    if word and word["word"] != "Lưu":
        wrong.append(f"“{word['word']}” thay cho “Lưu”")
    if not (word and word["colon"]):
        wrong.append("thiếu dấu hai chấm sau “Lưu”")
    # The clerk, "VT", and the unit that drafted it behind him.
    named = _RE["word_kept"].sub("", text.lstrip(), count=1).rstrip(" ./;,")
    clerk = re.search(r"(?<!\w)(?:VT|văn thư)(?!\w)", named, re.IGNORECASE)
    sign, unit = "", named
    if clerk is None:
        wrong.append("thiếu “VT”")
    else:
        before = named[: clerk.start()].strip(" ,;")
        if behind := _RE["behind_clerk"].match(named, clerk.end()):
            sign, unit = behind["sign"], ", ".join(filter(None, (before, behind["unit"].strip())))
        if clerk[0] != "VT":
            wrong.append(f"“{clerk[0]}” thay cho “VT”")
        elif before:
            wrong.append("“VT” không đứng đầu")
        elif unit and sign != ",":
            wrong.append(f"dấu “{sign}” sau “VT”" if sign else "thiếu dấu phẩy sau “VT”")
    expected = None if unit or not clerk or clerk[0] != "VT" else _unit_expected(paper)
    if expected is not None:
        wrong.append(_NO_UNIT)
    if not text.endswith("."):
        wrong.append("thiếu dấu chấm cuối")
    elif text.endswith("/."):
        wrong.append("cuối dòng là “./.”")
    if wrong:
        right = f"“- Lưu: VT, {unit or '<đơn vị soạn thảo>'}.”"
        severity = expected if wrong == [_NO_UNIT] else None
        yield Fault(RECIPIENTS, entries[at], ", ".join(wrong), right, severity=severity)


def _unit_expected(paper: Paper) -> Severity | None:
    """How surely the line names a unit: the decree asks for it where there is one; a phòng has none."""
    issuer = issuer_of(paper)
    if (
        paper.kind in _LISTS["kept_by_clerk"]
        or any(re.search(r"\b(?:xa|phuong|dac khu)\b", p.plain) for p in paper.head.parent)
        or is_joint(paper.head.issuer)
        or _RE["without_units"].match(issuer)
        # One office serves these: the symbol of a letter alone tells whether a unit of theirs drafted it.
        or (COMMUNE.match(issuer) and (paper.kind != LETTER or len(paper.groups) < 2))
    ):
        return None
    return Severity.ERROR if _RE["with_units"].match(issuer) or COMMUNE.match(issuer) else Severity.WARNING


@check("TT52")
def addressee(paper: Paper, settings: Settings) -> Answers:
    """ "Kính gửi" and those it names: at their place, a line each."""
    piece = paper.title.addressee
    if (late := _below_text(paper)) is not None:
        yield Fault(ADDRESSEE, late, "“Kính gửi” đứng sau lời văn")
        return
    if piece is None:
        if paper.kind in ADDRESSED:
            yield worded(ADDRESSEE, "", "không có “Kính gửi”", kind=paper.kind)
        elif paper.kind == "Báo cáo" and not any(SAME.match(p.plain) for p in paper.signature.recipients):
            reason = "không biết báo cáo có gửi cấp trên hay không; gửi cấp trên thì phải có “Kính gửi”"
            yield NotEvaluated(reason)
        else:
            yield NotApplicable("văn bản không có “Kính gửi”")
        return
    others, inline = paper.title.addressees, piece.text.partition(":")[2]
    if ADDRESSED_TO.match(piece.plain):
        small = False if piece.is_upper else None
        yield from look_faults(ADDRESSEE, (piece, *others), component("addressee"), upper=small)
        if piece.text[:8].isupper() and not piece.is_upper:
            yield worded(ADDRESSEE, piece, "“{shown}” viết hoa", shown=piece.text[:8])
        else:
            yield from capital_faults(ADDRESSEE, piece, ADDRESSEE)
        if not others and not re.search(r"[^\W\d_]", piece.text[len(ADDRESSEE) :]):
            yield Fault(ADDRESSEE, piece, "“Kính gửi” không ghi nơi nhận")
        opened = re.match(r"kính\s+gửi(\s*:?)", piece.text, re.IGNORECASE)
        if opened and opened[1] != ":":
            yield worded(ADDRESSEE, piece, "“{opened}”", opened=opened[0].strip())
        if not others and (short := re.search(r"\bUBND(?= (?:tỉnh|xã|phường|đặc khu)\b)", piece.text)):
            yield worded(ADDRESSEE, piece, "“{short}” viết tắt", (), Severity.INFO, short=short[0])
    listed_inline = re.search(r";\s*-?\s*\w", inline) or len(re.findall(r"(?:^|\s)-\s", inline)) > 1
    if listed_inline or _TWO_BODIES.match(inline.strip()):
        yield Fault(ADDRESSEE, piece, "nhiều nơi nhận trên cùng một dòng")
    # One who is named beside "Kính gửi" needs no sign, wherever the name goes on.
    entries = entries_of((piece, *others))[1:]
    listed = [entry[0] for entry in entries if not ALSO_TO.match(entry[0].plain)]
    for line in listed if len(listed) > 1 else ():
        yield from dash_faults(ADDRESSEE, line)
    for at, entry in enumerate(entries):
        sign = "." if at == len(entries) - 1 else ";"
        if not ALSO_TO.match(entry[0].plain) and not entry[-1].text.endswith(sign):
            yield ending_fault(ADDRESSEE, entry[-1], sign)


def _below_text(paper: Paper) -> Piece | None:
    """The line "Kính gửi" where text stands above it; None where it is at its place or missing."""
    piece = paper.title.addressee
    if piece is None:
        return next((p for p in paper.body[:_AMONG] if ADDRESSED_TO.match(p.plain)), None)
    top = [p.paragraph.number for p in (paper.head.number, paper.head.place_date, paper.title.kind) if p]
    between = (p for p in paper.pieces if max(top, default=0) < p.paragraph.number < piece.paragraph.number)
    plain = (p for p in between if p.paragraph.cell is None and p.paragraph.box is None)
    text = any(len(p.text) > _LONG and p.text.endswith(".") and not p.any_bold for p in plain)
    return piece if text else None
