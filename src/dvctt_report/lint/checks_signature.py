"""Is the signature block right? Titles, name, and how it stands beside the recipients."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
from dvctt_report.lint.checks_authority import AUTHORITY
from dvctt_report.lint.geometry import centring_fault, height_of, stands_left_of
from dvctt_report.lint.looks import looks
from dvctt_report.lint.parts import Paper, Signer
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.signatures import read_mark
from dvctt_report.nd30.format import component
from dvctt_report.nd30.page import POINTS_PER_MM
from dvctt_report.nd30.wordxml import W
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import unaccented
from dvctt_report.word.document import Paragraph
from dvctt_report.word.tree import descendants

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


def _titles_of(name: Piece) -> tuple[str, str]:
    """The academic titles and honours before and behind a name, as they are written, "" for none."""
    plain = unaccented(name.text)
    before, behind = _TITLES.match(plain), _TITLES_BEHIND.search(plain)
    before = before or _ADDRESSED.match(name.text)
    return name.text[: before.end()] if before else "", name.text[behind.start() :] if behind else ""


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
            yield from _capitals(piece)
        yield from _name_faults(one, settings)


def _capitals(piece: Piece) -> Iterator[Fault]:
    """A title in small letters; those of the mark before it ("Kt.") are another check's."""
    if not (words := read_mark(piece)[1]).isupper():
        yield Fault(
            AUTHORITY,
            piece,
            f"“{words}” viết chữ thường",
            f"“{words.upper()}”",
            f"Viết hoa toàn bộ: “{words.upper()}”",
            mends=caps_mends((piece,)) if words == piece.text else (),
        )


def _name_faults(signer: Signer, settings: Settings) -> Answers:
    name = signer.name
    stands_in = name is not None and (name.text.startswith("[") or _STANDS_FOR_NAME.match(name.plain))
    if name is None or stands_in or not re.search(r"\w", _SIGNED.sub("", name.plain)):
        text, found = name.text if name else "", "họ tên người ký để trống"
        if settings.final:
            yield Fault(NAME, text, found, "họ và tên người ký", "Ghi họ và tên người ký dưới chức vụ")
        else:
            yield NotEvaluated(found, NAME, text, "họ tên người ký")
        return
    yield from look_faults(NAME, (name,), component("signer"), upper=False)
    if off := centring_fault(NAME, (name,), signer.authority):
        yield off
    before, behind = _titles_of(name)
    words = _BESIDE.sub("", name.text.removeprefix(before).removesuffix(behind)).split()
    if (small := [word for word in words if word[0].islower()]) and len(words) <= _LONGEST_NAME:
        what = f"“{' '.join(small)}” không viết hoa chữ cái đầu"
        fix = "Viết hoa chữ cái đầu"
        yield Fault(NAME, name, what, "viết hoa chữ cái đầu của từng chữ trong họ tên", fix)
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
    if turned or any(p.breaks_page for p in passed) or _ends_in_break(last):
        return "chữ ký bị đẩy sang trang riêng"
    empty = [p for p in passed if not p.text.strip() and p.cell is None and not p.has_picture]
    lines = last.text[len(last.text.rstrip()) :].count("\n")
    gap = sum(map(height_of, empty)) + (lines * _LINE + last.shape.after) / POINTS_PER_MM
    return f"cách nội dung khoảng {round(gap)} mm để trống" if gap > _FARTHEST else ""


_LINE = 16.0
"""Points of an empty line at size 14."""
_FARTHEST = 40.0
"""Millimetres between text and signature that nobody leaves but to fill a page."""


def _ends_in_break(paragraph: Paragraph) -> bool:
    """Whether a page break stands behind the last letter of a paragraph."""
    marks = [m for m in descendants(paragraph.element, f"{W}t", f"{W}br") if m.tag != f"{W}t" or m.text]
    return bool(marks) and marks[-1].get(f"{W}type") == "page"


@check("TT57", Severity.WARNING, Block.END, mends="một phần")
def layout_tables(paper: Paper, settings: Settings) -> Answers:
    """Nơi nhận và chữ ký không ngang hàng, hoặc thấy khung bảng.

    Sai: bảng phần đầu văn bản hiện khung
    Đúng: bảng hai cột không kẻ khung; “Nơi nhận:” cùng hàng với “GIÁM ĐỐC”
    Căn cứ: Phụ lục I, mục II.9d; mục IV
    """
    for table in paper.layout_tables:
        if table.bordered:
            place = "Phần đầu văn bản" if table.number == 0 else "Nơi nhận, chữ ký"
            yield Fault(
                place,
                quote("", at=paper.document.first_in(table)),
                "bảng dàn trang hiện đường kẻ",
                "không hiện đường kẻ",
                "Chọn bảng, vào Đường viền (Borders), chọn Không viền (No Border)",
                mends=(Mend("borderless", table.element, None),),
            )
    title, authority = paper.signature.recipients_title, paper.signature.authority
    if authority and (found := _pushed_away(paper, authority[0])):
        fix = "Bỏ ngắt trang, dòng trống trước chữ ký; để ít nhất hai dòng cuối cùng trang với chữ ký"
        yield Fault("Chức vụ người ký", authority[0], found, "cùng trang với cuối nội dung", fix)
    if title is None or not authority:
        yield NotApplicable("không có Nơi nhận hoặc chữ ký")
        return
    if paper.signature.co_signers or paper.kind == "Biên bản":
        yield NotApplicable("văn bản nhiều người ký, Nơi nhận đặt ở dưới")
        return
    one, other = title.paragraph, authority[0].paragraph
    if one.box is not None or other.box is not None:
        yield NotEvaluated("Nơi nhận hoặc chữ ký nằm trong hộp chữ", "Nơi nhận", title)
        return
    if stands_left_of(authority[0], title):
        fix = "Đổi chỗ hai cột: Nơi nhận bên trái, chữ ký bên phải"
        yield Fault("Nơi nhận", title, "đứng bên phải chữ ký", "góc dưới, bên trái", fix)
    # A table of its own within the cell beside the signature stands in the row of that cell.
    rows = [[*p.element.iterancestors(f"{W}tr")][-1:] for p in (one, other)]
    if (not rows[0] or rows[0] != rows[1]) and one is not other:
        found = "không cùng hàng với quyền hạn, chức vụ người ký"
        fix = "Đặt Nơi nhận và chữ ký vào hai ô của một bảng không kẻ khung"
        yield Fault("Nơi nhận", title, found, "“Nơi nhận” ngang hàng với quyền hạn, chức vụ", fix)
