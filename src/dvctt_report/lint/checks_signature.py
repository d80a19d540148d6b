"""Are authority, titles and names of those who sign right?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from dvctt_report.lint.check import (
    Answers,
    Block,
    Fault,
    Mend,
    NotApplicable,
    NotEvaluated,
    caps_mends,
    check,
    look_faults,
    quote,
)
from dvctt_report.lint.heads import is_joint
from dvctt_report.lint.looks import centring_fault, height_of, looks, stands_left_of
from dvctt_report.lint.offices import COMMITTEE, COUNCIL, head_of, issuer_of, title_in
from dvctt_report.lint.parts import Paper, Piece, Signer
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.signatures import is_authority, read_mark
from dvctt_report.nd30.format import component
from dvctt_report.nd30.kinds import WRITTEN_OUT
from dvctt_report.nd30.page import POINTS_PER_MM
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import unaccented
from dvctt_report.word.tree import W, descendants

AUTHORITY = "Chức vụ người ký"


class Signed(NamedTuple):
    """A line of the authority: the mark it means ("KT"), "" where it has none, and the words behind it."""

    piece: Piece
    mark: str
    rest: str


def signed_lines(signer: Signer) -> tuple[Signed, ...]:
    """The lines of one who signs, each with its mark."""
    return tuple(Signed(piece, *read_mark(piece)) for piece in signer.authority)


@check("TT49", Severity.ERROR, Block.END, needs="signature.signers")
def authority_marks(paper: Paper, settings: Settings) -> Answers:
    """Quyền hạn ký viết sai (TM., KT., TL., TUQ., Q.).

    Sai: KT GIÁM ĐỐC; K.T GIÁM ĐỐC; KT: GIÁM ĐỐC; T/M ỦY BAN NHÂN DÂN; TM.ỦY BAN
    Đúng: KT. GIÁM ĐỐC; TM. ỦY BAN NHÂN DÂN
    Căn cứ: Phụ lục I, mục II.7b
    """
    for line in (line for signer in paper.signature.signers for line in signed_lines(signer)):
        if line.mark and not re.match(r"(?:TM|KT|TL|TUQ|Q)\. \S", line.piece.text):
            found = line.piece.text.removesuffix(line.rest).strip()
            tight = found == f"{line.mark}."
            what = f"“{found}” viết liền với chữ sau" if tight else f"“{found}”"
            right = f"“{line.mark}.”" + (" rồi một dấu cách" if tight else "")
            yield Fault(AUTHORITY, line.piece, what, right, f"Sửa thành “{line.mark}. {line.rest}”")


@check("TT50", Severity.ERROR, Block.END, needs="signature.signers")
def authority_order(paper: Paper, settings: Settings) -> Answers:
    """Thứ tự quyền hạn, chức vụ người ký không hợp lý.

    Sai: KT. GIÁM ĐỐC / GIÁM ĐỐC; chỉ ghi PHÓ GIÁM ĐỐC; ỦY BAN NHÂN DÂN / CHỦ TỊCH; TM. UBND / PHÓ CHỦ
    TỊCH
    Đúng: KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC; TL. CHỦ TỊCH / KT. CHÁNH VĂN PHÒNG / PHÓ CHÁNH VĂN PHÒNG
    Căn cứ: Phụ lục I, mục II.7b; Điều 13
    """
    signers = paper.signature.signers
    for signer in signers:
        yield from _order_faults(signed_lines(signer))
    # A collective that is signed for without "TM.", or not named at all.
    lines = signed_lines(signers[0])
    first = lines[0]
    if not first.mark and re.match(r"(?:uy ban nhan dan|hoi dong nhan dan)\b", first.piece.plain):
        what, right = "thiếu “TM.” trước tên tập thể", f"“TM. {first.rest}”"
        yield Fault(AUTHORITY, first.piece, what, right, "Thêm “TM.” phía trước")
    elif first.mark in ("TL", "TUQ", "KT") and _is_signed_by_head(lines):
        what = f"“{first.mark}.” trước tên tập thể, người ký là người đứng đầu"
        yield Fault(AUTHORITY, first.piece, what, f"“TM. {first.rest}”")
    elif first.mark == "TM" and (short := re.match(r"UBND|HĐND", first.rest)):
        right = f"“TM. {WRITTEN_OUT[short[0]]}{first.rest[short.end() :]}”"
        yield Fault(AUTHORITY, first.piece, f"“{short[0]}” viết tắt", right)
    elif first.mark in ("", "KT") and first.rest.strip() in _HEADS and COMMITTEE.match(issuer_of(paper)):
        # The chairman decides some things himself; where the document says who decides, it is sure.
        said = [p.plain for p in paper.body if p.is_upper]
        chairman = any(re.match(r"chu tich (?:uy ban nhan dan|ubnd)\b", plain) for plain in said)
        named = any(p.is_upper and re.match(r"uy ban nhan dan\b", p.plain) for p in paper.body[:20])
        if paper.kind not in _OF_THE_HEAD and not chairman and (paper.kind != "Quyết định" or named):
            found = f"trên “{first.piece.text}” không có “TM. ỦY BAN NHÂN DÂN”"
            add = "Thêm dòng “TM. ỦY BAN NHÂN DÂN” ở trên"
            fix = f"{add}; nếu Chủ tịch ban hành theo thẩm quyền riêng thì để vậy"
            level = None if named else Severity.WARNING
            yield Fault(
                AUTHORITY, first.piece, found, "“TM. ỦY BAN NHÂN DÂN” ở dòng trên", fix, severity=level
            )
    for signer in signers if is_joint(paper.head.issuer) else signers[:1]:
        yield from _deputy(paper, signed_lines(signer))


def _order_faults(lines: Sequence[Signed]) -> Iterator[Fault]:
    """What is wrong between the lines of one who signs, the first fault of their order alone."""
    for at, (piece, mark, rest) in enumerate(lines):
        behind = lines[at + 1 :]
        next_line = behind[0].piece if behind else piece
        below = next_line.plain if behind else ""
        under = f"dưới “{piece.text}” là “{next_line.text}”"
        title, deputy = title_in(rest), title_in(below) if below.startswith("pho ") else ""
        if mark == "KT" and (found := re.search(r"[-–/,;]\s*(PHÓ\s.*|THỨ TRƯỞNG.*)", rest)):
            what, right = "quyền hạn và chức vụ người ký cùng một dòng", "chức vụ người ký ở dòng dưới"
            yield Fault(AUTHORITY, piece, what, right, f"Xuống dòng trước “{found[1]}”, bỏ dấu nối")
        elif mark == "KT" and re.match(r"p\s?\.|p\.?\s?[gctv]", below):
            fix = "Ghi đủ chức vụ “PHÓ …” không viết tắt"
            yield Fault(AUTHORITY, next_line, f"“{next_line.text}” viết tắt", "“PHÓ …”", fix)
        elif mark == "KT" and title and deputy and title != deputy:
            right = "cấp phó của chính chức vụ ấy"
            yield Fault(AUTHORITY, next_line, under, right, "Sửa một trong hai dòng")
        elif mark in ("TL", "TUQ") and title and below.removeprefix("pho ") in (unaccented(rest), title):
            fix = "Ghi chức vụ của cấp dưới được giao ký; cấp phó ký thì ghi “KT.”"
            yield Fault(AUTHORITY, next_line, under, "chức vụ của cấp dưới", fix)
        elif mark == "TL" and _is_deputy(behind):
            what = f"dưới “{piece.text}” là cấp phó “{next_line.text}”, không có “KT.”"
            right = f"“KT. {_head_of(behind[0])}”"
            # What Điều 13 says; the mark itself II.7b asks of an office's head alone.
            fix, level = f"Thêm dòng {right} ở giữa", Severity.WARNING
            yield Fault(AUTHORITY, next_line, what, f"{right} ở dòng trên", fix, severity=level)
        elif mark == "KT" and not re.match(r"(?:pho|quyen pho|thu truong|t[mlu])\b", below):
            what = f"dưới “{piece.text}” không phải chức vụ cấp phó"
            fix = "Ghi chức vụ cấp phó của người ký ở dòng dưới"
            yield Fault(AUTHORITY, piece, what, "dòng dưới là “PHÓ …”", fix)
        elif mark == "TM" and _ONE.match(unaccented(rest)):
            what, right = f"sau “TM.” là chức vụ “{rest}”", "“TM.” rồi tên tập thể, tên cơ quan"
            other = "cấp phó ký thay thì “KT.”, ký theo thẩm quyền riêng thì bỏ “TM.”"
            yield Fault(AUTHORITY, piece, what, right, f"Ghi tên tập thể sau “TM.”; {other}")
        elif mark in ("TL", "TUQ", "TM") and not below:
            what, right = f"dưới “{piece.text}” không có chức vụ người ký", "dòng dưới là chức vụ người ký"
            yield Fault(AUTHORITY, piece, what, right, "Thêm chức vụ của người ký")
    marked = [line for line in lines if line.mark in _ORDER]
    for one, other in pairwise(marked):
        if _ORDER.index(one.mark) > _ORDER.index(other.mark):
            what = f"“{other.piece.text}” đứng dưới “{one.piece.text}”"
            fix = f"Chuyển “{other.piece.text}” lên trên “{one.piece.text}”"
            yield Fault(AUTHORITY, other.piece, what, "thứ tự TM., TL. hoặc TUQ., KT.", fix)
            return


def _is_deputy(lines: Sequence[Signed]) -> bool:
    """Whether the first line is a deputy's, and none says that he is in charge."""
    deputy = lines and not lines[0].mark and _DEPUTY.match(lines[0].rest)
    return bool(deputy) and not any(re.search(r"PHỤ TRÁCH|ĐIỀU HÀNH|QUYỀN ", line.rest) for line in lines)


def _head_of(deputy: Signed) -> str:
    """The title of the one whom a deputy signs for: "PHÓ GIÁM ĐỐC THƯỜNG TRỰC" → "GIÁM ĐỐC"."""
    found = _DEPUTY.match(deputy.rest)
    if found is None or found[0] == "THỨ TRƯỞNG":
        return "BỘ TRƯỞNG"
    return deputy.rest[found.end() :].removesuffix(" THƯỜNG TRỰC")


def _deputy(paper: Paper, lines: Sequence[Signed]) -> Iterator[Fault]:
    """A deputy who signs without saying for whom; one put in charge and a chair of minutes apart.

    Only a people's committee's deputy needs "KT." below "TM.": any member may sign for other collectives.
    """
    for above, below in pairwise(lines):
        if not above.mark and not below.mark and below.rest == f"PHÓ {above.rest}":
            what, right = f"“{above.rest}” trên “{below.rest}” không có “KT.”", f"“KT. {above.rest}”"
            yield Fault(AUTHORITY, above.piece, what, right, f"Sửa “{above.rest}” thành {right}")
            return
    by_committee = lines[0].mark == "TM" and COMMITTEE.match(unaccented(lines[0].rest))
    named = not lines[0].mark and not is_authority(lines[0].piece)
    at = int(bool(by_committee or named) and len(lines) > 1)
    if paper.kind != "Biên bản" and _is_deputy(lines[at:]):
        right, signed = f"“KT. {_head_of(lines[at])}”", lines[at].piece
        what = f"cấp phó ký nhưng trên “{signed.text}” không có “KT.”"
        fix = f"Thêm dòng {right} phía trên; ký theo ủy quyền, thừa lệnh thì ghi “TUQ.”, “TL.”"
        yield Fault(AUTHORITY, signed, what, f"{right} ở dòng trên", fix)


def _is_signed_by_head(lines: Sequence[Signed]) -> bool:
    """Whether the first line names a collective and the next its head or deputy: "BAN …", "TRƯỞNG BAN"."""
    named = re.match(r"(?:ban(?! giam doc)|uy ban|hoi dong|thuong truc)\b", unaccented(lines[0].rest))
    if named is None or len(lines) < 2:
        return False
    head = "truong ban" if named[0] == "ban" else "chu tich"
    return re.fullmatch(rf"(?:pho )?{head}", unaccented(lines[1].rest)) is not None


_ONE = lazy_pattern(
    r"(?:pho |quyen )?(?:chu tich|giam doc|tong giam doc|chu nhiem|chanh|truong (?:ban|phong|doan|khoa|tram)"
    r"|(?:hieu|vien|cuc|vu|bo|thu|chi cuc) truong)\b"
)
_DEPUTY = lazy_pattern(r"PHÓ (?=\w)|THỨ TRƯỞNG")
_ORDER = ("TM", "TL", "TUQ", "KT")
_HEADS = ("CHỦ TỊCH", "PHÓ CHỦ TỊCH", "PHÓ CHỦ TỊCH THƯỜNG TRỰC")
_OF_THE_HEAD = frozenset(
    {"Công điện", "Chỉ thị", "Giấy mời", "Giấy ủy quyền", "Giấy giới thiệu", "Giấy nghỉ phép", "Thông báo"}
)
"""Kinds that the chairman of a people's committee signs in his own right."""
_CHAIRMAN = lazy_pattern(r"chu tich (?:uy ban nhan dan|ubnd|hoi dong nhan dan)\b")
_MEMBER = lazy_pattern(r"uy vien|truong ban|pho truong ban")
_ONE_HEAD = lazy_pattern(
    r"(?:so|chi cuc|cuc|phong|trung tam|benh vien|truong(?! (?:ban|phong|doan))|thanh tra|van phong)\b"
)
"""Offices that one head leads in his own name. Source: A1 II.7b; Điều 13."""
_CALLED = {
    "giam doc": "GIÁM ĐỐC", "chu tich": "CHỦ TỊCH", "chi cuc truong": "CHI CỤC TRƯỞNG",
    "cuc truong": "CỤC TRƯỞNG", "truong phong": "TRƯỞNG PHÒNG", "chanh thanh tra": "CHÁNH THANH TRA",
    "chanh van phong": "CHÁNH VĂN PHÒNG", "hieu truong": "HIỆU TRƯỞNG",
}  # fmt: skip


@check("TT74", Severity.ERROR, Block.END, needs="signature.signers")
def signer_fits(paper: Paper, settings: Settings) -> Answers:
    """Chức vụ, tập thể ở phần ký không phải của cơ quan ban hành.

    Sai: báo cáo của sở do CHỦ TỊCH ký; báo cáo của Ủy ban ký TM. HỘI ĐỒNG NHÂN DÂN; TM. SỞ A
    Đúng: sở: GIÁM ĐỐC; Ủy ban: TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH
    Căn cứ: Phụ lục I, mục II.7b; Điều 13
    """
    signers, office = paper.signature.signers, issuer_of(paper)
    if is_joint(paper.head.issuer) or len(signers) > 1 or not (head := head_of(office)):
        return
    lines = signed_lines(signers[0])
    first, behind, shown = lines[0], unaccented(lines[0].rest), quote(paper.head.issuer, 50)
    if first.mark == "TM":
        bodies = (body for body in (COMMITTEE, COUNCIL) if body.match(behind))
        decided = next((p for p in paper.body[:20] if p.is_upper and _CHAIRMAN.match(p.plain)), None)
        if any(not body.match(office) for body in bodies):
            found = f"ký thay mặt “{first.rest}”, văn bản của {shown}"
            fix = "Sửa tên tập thể, hoặc tên cơ quan ở đầu văn bản"
            yield Fault(AUTHORITY, first.piece, found, "“TM.” và tên tập thể ban hành văn bản", fix)
        elif _ONE_HEAD.match(office) and _ONE_HEAD.match(behind):
            right, fix = "chức vụ người đứng đầu, không “TM.”", "Bỏ dòng này, ghi chức vụ người ký"
            yield Fault(AUTHORITY, first.piece, f"“{first.piece.text}”", right, fix)
        elif decided is not None and COMMITTEE.match(behind):
            found = f"thẩm quyền là “{quote(decided, 40)}” mà ký “{first.piece.text}”"
            right = "“CHỦ TỊCH”, hoặc “KT. CHỦ TỊCH”"
            yield Fault(AUTHORITY, first.piece, found, right, "Bỏ dòng “TM. …”")
        if not COMMITTEE.match(behind) and not COUNCIL.match(behind):
            return
    if any(line.mark in ("TL", "TUQ") or _MEMBER.match(unaccented(line.rest)) for line in lines):
        return
    titled = ((line, title_in(line.rest)) for line in lines if line.mark != "TM")
    line, named = next(((line, title) for line, title in titled if title), (first, head))
    if named != head:
        right = f"“{_CALLED[head]}” hoặc cấp phó"
        found = f"“{line.piece.text}” không phải chức vụ của {shown}"
        fix = "Sửa chức vụ, hoặc tên cơ quan ở đầu văn bản"
        yield Fault(AUTHORITY, line.piece, found, right, fix)


NAME = "Họ tên người ký"
_SHORT_TITLES = ("gs", "pgs", "ts", "tskh", "ths", "bs", "bscki", "bsckii", "cki", "ckii", "ds", "dscki")
_HONOURS = ("dsckii", "ks", "cn", "ls", "nsut", "nsnd", "ngut", "ngnd")
_LONG_TITLES = (
    "tien si|thac si|giao su|pho giao su|bac si|duoc si|ky su|cu nhan|luat su|anh hung|nha giao|dong chi|d/c"
)
_TITLE = "|".join([_LONG_TITLES, *(r"[.\s]?".join(letters) for letters in _SHORT_TITLES + _HONOURS)])
_TITLES = lazy_pattern(rf"(?:(?:{_TITLE})\b[.,\s]*)+")
_TITLES_BEHIND = lazy_pattern(rf"\s*[,;–(-]\s*(?:(?:{_TITLE})\b[.,\s)]*)+$")
_ADDRESSED = lazy_pattern(r"Bà[:.]?\s+|Ông[:.]?\s+(?=\S+\s+\S+\s+\S)")
"""What a person is addressed by; "Ông" may be a family's name too."""
_SIGNED = lazy_pattern(r"(?:da ky|ky ten)\b")
"""What a copy bears in the place of the signature; it is no name."""

_BESIDE = lazy_pattern(r"\([^()]*\)|^(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy|uý)\b", re.IGNORECASE)
"""What may stand beside a name: hints in brackets, the rank of armed forces."""
_STANDS_FOR_NAME = lazy_pattern(
    r"\W{0,3}(?:(?:ky, ghi ro|ghi ro|ghi|ky ten|chu ky)\W{1,3})?(?:ho va ten|ho,? ten|ten nguoi ky)\b"
)
"""What a template has in the place of the name: "Họ và tên"."""
_LONGEST_NAME = 6
"""Words of a name; what is longer is no name."""


@check("TT51", Severity.ERROR, Block.END, mends="một phần")
def signer(paper: Paper, settings: Settings) -> Answers:
    """Chức vụ, họ tên người ký thiếu hoặc sai kiểu.

    Sai: TS. Nguyễn Văn A; Nguyễn Văn A, ThS; NGUYỄN VĂN A; để trống họ tên khi trình ký
    Đúng: Nguyễn Văn A
    Căn cứ: Phụ lục I, mục II.7c, II.7d
    """
    yield from looks(paper, "TT51")
    for one in paper.signature.signers:
        for piece in one.authority:
            # A title in small letters; those of the mark before it ("Kt.") are another check's.
            if not (words := read_mark(piece)[1]).isupper():
                right, mends = f"“{words.upper()}”", caps_mends((piece,)) if words == piece.text else ()
                found = f"“{words}” viết chữ thường"
                yield Fault(AUTHORITY, piece, found, right, f"Viết hoa toàn bộ: {right}", mends)
        name = one.name
        stands_in = name and (name.text.startswith("[") or _STANDS_FOR_NAME.match(name.plain))
        if name is None or stands_in or not re.search(r"\w", _SIGNED.sub("", name.plain)):
            text, found = name.text if name else "", "họ tên người ký để trống"
            if settings.final:
                fix = "Ghi họ và tên người ký dưới chức vụ"
                yield Fault(NAME, text, found, "họ và tên người ký", fix)
            else:
                yield NotEvaluated(found, NAME, text, "họ tên người ký")
            continue
        yield from look_faults(NAME, (name,), component("signer"), upper=False)
        if off := centring_fault(NAME, (name,), one.authority):
            yield off
        # Academic titles and honours before and behind the name, as they are written.
        plain = unaccented(name.text)
        opened, closed = _TITLES.match(plain) or _ADDRESSED.match(name.text), _TITLES_BEHIND.search(plain)
        before, behind = (
            name.text[: opened.end()] if opened else "",
            name.text[closed.start() :] if closed else "",
        )
        names = _BESIDE.sub("", name.text.removeprefix(before).removesuffix(behind)).split()
        if (small := [word for word in names if word[0].islower()]) and len(names) <= _LONGEST_NAME:
            what = f"“{' '.join(small)}” không viết hoa chữ cái đầu"
            right = "viết hoa chữ cái đầu của từng chữ trong họ tên"
            yield Fault(NAME, name, what, right, "Viết hoa chữ cái đầu")
        for title in (before, behind):
            if shown := title.strip(" ,;–(-)"):
                yield Fault(NAME, name, f"có “{shown}”", "chỉ ghi họ và tên", f"Bỏ “{shown}”")


def _pushed_away(paper: Paper, first: Piece) -> str:
    """What parts the signature from the last words above it: a break, a section, an empty stretch; or ""."""
    document, cell = paper.document, first.paragraph.cell
    above = (
        p for p in reversed(document.paragraphs[: first.paragraph.number]) if p.text.strip() and not p.box
    )
    last = next((p for p in above if not (p.cell and cell and p.cell.table is cell.table)), None)
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


_LINE = 16.0
"""Points of an empty line at size 14."""
_FARTHEST = 40.0
"""Millimetres between text and signature that nobody leaves but to fill a page."""


@check("TT57", Severity.WARNING, Block.END, mends="một phần")
def layout_tables(paper: Paper, settings: Settings) -> Answers:
    """Nơi nhận và chữ ký không ngang hàng, hoặc thấy khung bảng.

    Sai: bảng phần đầu văn bản hiện khung
    Đúng: bảng hai cột không kẻ khung; “Nơi nhận:” cùng hàng với “GIÁM ĐỐC”
    Căn cứ: Phụ lục I, mục II.9d; mục IV
    """
    for table in (table for table in paper.layout_tables if table.bordered):
        place = "Phần đầu văn bản" if table.number == 0 else "Nơi nhận, chữ ký"
        words, mends = (
            quote("", at=paper.document.first_in(table)),
            (Mend("borderless", table.element, None),),
        )
        fix = "Chọn bảng, vào Đường viền (Borders), chọn Không viền (No Border)"
        yield Fault(place, words, "bảng dàn trang hiện đường kẻ", "không hiện đường kẻ", fix, mends)
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
        fix = "Đổi chỗ hai cột: Nơi nhận bên trái, chữ ký bên phải"
        yield Fault("Nơi nhận", title, "đứng bên phải chữ ký", "góc dưới, bên trái", fix)
    elif (not rows[0] or rows[0] != rows[1]) and one is not other:
        found = "không cùng hàng với quyền hạn, chức vụ người ký"
        fix = "Đặt Nơi nhận và chữ ký vào hai ô của một bảng không kẻ khung"
        yield Fault("Nơi nhận", title, found, "“Nơi nhận” ngang hàng với quyền hạn, chức vụ", fix)
