"""Is the addressee right: named where it belongs, each on a line of its own?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dvctt_report.lint.check import (
    Answers,
    Fault,
    NotApplicable,
    NotEvaluated,
    capital_fault,
    check,
    dash_fault,
    ended_with,
    ending_found,
    ending_mend,
    look_faults,
    signs_mend,
)
from dvctt_report.lint.checks_recipients import SAME
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece, entries_of
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.titles import ADDRESSEE as ADDRESSED_TO
from dvctt_report.lint.titles import ALSO_TO
from dvctt_report.nd30.format import component
from dvctt_report.nd30.kinds import ADDRESSED
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity

ADDRESSEE = "Kính gửi"
_NEAR, _LONG = 10, 120
"""Lines of the body among which an addressee may have slipped, and characters of a line that is text."""


@check(
    "TT52",
    Severity.ERROR,
    "“Kính gửi” thiếu hoặc trình bày sai",
    rationale="Công văn, tờ trình và báo cáo gửi cấp trên có “Kính gửi”; chữ in thường, cỡ 13-14, đứng, "
    "không đậm. Gửi nhiều nơi thì mỗi nơi một dòng, có gạch đầu dòng, dấu chấm phẩy, dòng cuối "
    "dấu chấm.",
    source="Phụ lục I, mục II.9b, II.9d",
)
def addressee(paper: Paper, settings: Settings) -> Answers:
    """Report a missing addressee where one belongs, a wrong look, and several addressees on one line.

    Sai: KÍNH GỬI: - Cơ quan A; - Cơ quan B (cùng một dòng, in hoa)
    Đúng: Kính gửi: xuống dòng “- Cơ quan A;” xuống dòng “- Cơ quan B.”
    """
    piece = paper.title.addressee
    if (late := _below_text(paper)) is not None:
        fix = "Chuyển “Kính gửi” lên trên nội dung, dưới tên loại và trích yếu"
        yield Fault(ADDRESSEE, late, "“Kính gửi” đứng sau lời văn", "trên phần nội dung", fix)
        return
    if piece is None:
        if paper.kind in ADDRESSED:
            fix = "Thêm “Kính gửi:” trước phần nội dung"
            yield Fault(ADDRESSEE, "", "không có “Kính gửi”", f"{paper.kind} có “Kính gửi: …”", fix)
        elif paper.kind == "Báo cáo" and not any(SAME.match(p.plain) for p in paper.signature.recipients):
            yield NotEvaluated(
                "không biết báo cáo có gửi cấp trên hay không; gửi cấp trên thì phải có “Kính gửi”"
            )
        else:
            yield NotApplicable("văn bản không có “Kính gửi”")
        return
    if not ADDRESSED_TO.match(piece.plain):
        yield from _listed(piece, paper.title.addressees)
        return
    lines = (piece, *paper.title.addressees)
    yield from look_faults(ADDRESSEE, lines, component("addressee"), upper=False if piece.is_upper else None)
    if piece.text[:8].isupper() and not piece.is_upper:
        fix = "Viết “Kính gửi:” bằng chữ in thường"
        yield Fault(ADDRESSEE, piece, f"“{piece.text[:8]}” viết hoa", "“Kính gửi:”", fix)
    elif wrong := capital_fault(ADDRESSEE, piece, ADDRESSEE):
        yield wrong
    if not paper.title.addressees and not re.search(r"[^\W\d_]", piece.text[len(ADDRESSEE) :]):
        fix = "Ghi tên nơi nhận sau “Kính gửi:”"
        yield Fault(ADDRESSEE, piece, "“Kính gửi” không ghi nơi nhận", "“Kính gửi: …”", fix)
    yield from _colon(piece)
    yield from _one_alone(piece) if not paper.title.addressees else ()
    yield from _listed(piece, paper.title.addressees)


def _below_text(paper: Paper) -> Piece | None:
    """The line "Kính gửi" where text stands above it; None where it is at its place or missing."""
    piece = paper.title.addressee
    if piece is None:
        return next((p for p in paper.body[:_NEAR] if ADDRESSED_TO.match(p.plain)), None)
    top = [p.paragraph.number for p in (paper.head.number, paper.head.place_date, paper.title.kind) if p]
    between = (p for p in paper.pieces if max(top, default=0) < p.paragraph.number < piece.paragraph.number)
    plain = (p for p in between if p.paragraph.cell is None and p.paragraph.box is None)
    text = any(len(p.text) > _LONG and p.text.endswith(".") and not p.any_bold for p in plain)
    return piece if text else None


_SHORT = lazy_pattern(r"\bUBND(?= (?:tỉnh|xã|phường|đặc khu)\b)")


def _one_alone(piece: Piece) -> Iterator[Fault]:
    """The one addressee beside "Kính gửi", whose name is written out."""
    if short := _SHORT.search(piece.text):
        right = "“Ủy ban nhân dân”"
        found, fix = f"“{short[0]}” viết tắt", "Viết đầy đủ tên cơ quan nhận"
        yield Fault(ADDRESSEE, piece, found, right, fix, severity=Severity.INFO)


def _colon(piece: Piece) -> Iterator[Fault]:
    found = re.match(r"kính\s+gửi(\s*:?)", piece.text, re.IGNORECASE)
    if found is not None and found[1] != ":":
        yield Fault(
            ADDRESSEE,
            piece,
            f"“{found[0].strip()}”",
            "“Kính gửi:”",
            "Ghi dấu hai chấm liền sau “gửi”",
            with_consent=signs_mend(
                piece, re.sub(r"(gửi)\s*:?", r"\1:", piece.raw, count=1, flags=re.IGNORECASE)
            ),
        )


_RANKED = r"(?:Sở|Bộ|UBND|HĐND|Ủy ban|Uỷ ban|Hội đồng nhân dân|Tỉnh ủy|Thành ủy|Công an tỉnh)"
_TWO_BODIES = lazy_pattern(rf"{_RANKED}\s[^,;]+(?:,| và)\s+{_RANKED}\s[^\W\d_]")
"""Two bodies of a rank of their own in one line; "Phòng A, cơ quan B" is one."""


def _listed(piece: Piece, others: tuple[Piece, ...]) -> Iterator[Fault]:
    inline = piece.text.partition(":")[2]
    listed_inline = re.search(r";\s*-?\s*\w", inline) or len(re.findall(r"(?:^|\s)-\s", inline)) > 1
    if listed_inline or _TWO_BODIES.match(inline.strip()):
        found = "nhiều nơi nhận trên cùng một dòng"
        fix = "Xuống dòng sau mỗi nơi nhận, thêm gạch đầu dòng"
        yield Fault(ADDRESSEE, piece, found, "mỗi nơi một dòng, có gạch đầu dòng", fix)
    # One who is named beside "Kính gửi" needs no sign, wherever the name goes on.
    entries = entries_of((piece, *others))[1:]
    listed = [entry[0] for entry in entries if not ALSO_TO.match(entry[0].plain)]
    for line in listed if len(listed) > 1 else ():
        if wrong := dash_fault(ADDRESSEE, line):
            yield wrong
    for at, entry in enumerate(entries):
        right, line = "." if at == len(entries) - 1 else ";", entry[-1]
        if not ALSO_TO.match(entry[0].plain) and not line.text.endswith(right):
            found, expected = ending_found(line.text), f"kết thúc bằng “{right}”"
            fix = ending_mend(line.text, right)
            yield Fault(ADDRESSEE, line, found, expected, fix, with_consent=ended_with(line, right))
