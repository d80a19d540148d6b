"""Does who signs, and in whose name, fit the office that issues the document?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dvctt_report.lint.check import Answers, Fault, check, quote
from dvctt_report.lint.checks_authority import AUTHORITY, NO_SIGNATURE, Signed, signed_lines
from dvctt_report.lint.heads import is_joint
from dvctt_report.lint.offices import COMMITTEE, COUNCIL, head_of, issuer_of, title_in
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.settings import Settings
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import unaccented

_CHAIRMAN = lazy_pattern(r"chu tich (?:uy ban nhan dan|ubnd|hoi dong nhan dan)\b")
_MEMBER = lazy_pattern(r"uy vien|truong ban|pho truong ban")
_ONE_HEAD = lazy_pattern(
    r"(?:so|chi cuc|cuc|phong|trung tam|benh vien|truong(?! (?:ban|phong|doan))|thanh tra|van phong)\b"
)
"""Offices that one head leads in his own name. Source: A1 II.7b; Điều 13."""
_CALLED = {
    "giam doc": "GIÁM ĐỐC",
    "chu tich": "CHỦ TỊCH",
    "chi cuc truong": "CHI CỤC TRƯỞNG",
    "cuc truong": "CỤC TRƯỞNG",
    "truong phong": "TRƯỞNG PHÒNG",
    "chanh thanh tra": "CHÁNH THANH TRA",
    "chanh van phong": "CHÁNH VĂN PHÒNG",
    "hieu truong": "HIỆU TRƯỞNG",
}


@check(
    "TT74",
    Severity.ERROR,
    "Chức vụ, tập thể ở phần ký không phải của cơ quan ban hành",
    rationale="Người đứng đầu sở là giám đốc, ủy ban nhân dân là chủ tịch, trường là hiệu trưởng …; chỉ ký "
    "thay mặt (TM.) tập thể ban hành văn bản, cơ quan theo chế độ thủ trưởng không ghi TM.; văn bản của Chủ "
    "tịch thì không ký thay mặt Ủy ban.",
    source="Phụ lục I, mục II.7b; Điều 13",
)
def signer_fits(paper: Paper, settings: Settings) -> Answers:
    """Report titles and collectives of other offices than the one that issues the document.

    Sai: báo cáo của sở do CHỦ TỊCH ký; báo cáo của Ủy ban ký TM. HỘI ĐỒNG NHÂN DÂN; TM. SỞ A
    Đúng: sở: GIÁM ĐỐC; Ủy ban: TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH
    """
    signers = paper.signature.signers
    if not signers:
        yield NO_SIGNATURE
        return
    office = issuer_of(paper)
    if is_joint(paper.head.issuer) or len(signers) > 1 or not (head := head_of(office)):
        return
    lines = signed_lines(signers[0])
    yield from _collective(paper, office, lines)
    of_others = lines[0].mark == "TM" and not COMMITTEE.match(behind := unaccented(lines[0].rest))
    if of_others and not COUNCIL.match(behind):
        return
    if any(line.mark in ("TL", "TUQ") or _MEMBER.match(unaccented(line.rest)) for line in lines):
        return
    titled = ((line, title_in(line.rest)) for line in lines if line.mark != "TM")
    line, named = next(((line, title) for line, title in titled if title), (lines[0], head))
    if named != head:
        right = f"“{_CALLED[head]}” hoặc cấp phó"
        found = f"“{line.piece.text}” không phải chức vụ của {_shown(paper)}"
        fix = "Sửa chức vụ, hoặc tên cơ quan ở đầu văn bản"
        yield Fault(AUTHORITY, line.piece, found, right, fix)


def _collective(paper: Paper, office: str, lines: Sequence[Signed]) -> Iterator[Fault]:
    first = lines[0]
    behind = unaccented(first.rest)
    if first.mark != "TM":
        return
    for body in (COMMITTEE, COUNCIL):
        if body.match(behind) and not body.match(office):
            fix = "Sửa tên tập thể, hoặc tên cơ quan ở đầu văn bản"
            found = f"ký thay mặt “{first.rest}”, văn bản của {_shown(paper)}"
            yield Fault(AUTHORITY, first.piece, found, "“TM.” và tên tập thể ban hành văn bản", fix)
            return
    if _ONE_HEAD.match(office) and _ONE_HEAD.match(behind):
        fix = "Bỏ dòng này, ghi chức vụ người ký"
        yield Fault(
            AUTHORITY, first.piece, f"“{first.piece.text}”", "chức vụ người đứng đầu, không “TM.”", fix
        )
    decided = next((p for p in paper.body[:20] if p.is_upper and _CHAIRMAN.match(p.plain)), None)
    if decided is not None and COMMITTEE.match(behind):
        found = f"thẩm quyền là “{quote(decided, 40)}” mà ký “{first.piece.text}”"
        yield Fault(AUTHORITY, first.piece, found, "“CHỦ TỊCH”, hoặc “KT. CHỦ TỊCH”", "Bỏ dòng “TM. …”")


def _shown(paper: Paper) -> str:
    return quote(paper.head.issuer, 50)
