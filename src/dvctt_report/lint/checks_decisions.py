"""Is a decision opened as in its models: who decides, in capitals, then "QUYẾT ĐỊNH:" above Điều 1?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dvctt_report.lint.check import Answers, Fault, Mend, NotApplicable, centre_fault, check, quote
from dvctt_report.lint.heads import is_joint
from dvctt_report.lint.offices import PLACE_WORDS, TITLE_WORDS, letterhead_words, words_of
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.structure import marks
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity

_OPENING = {"Quyết định": "QUYẾT ĐỊNH:", "Nghị quyết": "QUYẾT NGHỊ:"}
"""What stands above the first article. Source: A3, Mẫu 1.1, 1.2."""
_OPENED = lazy_pattern(r"quyet (?:dinh|nghi)\s*:?")
_WHO = lazy_pattern(
    r"(?:chu tich|giam doc|tong giam doc|bo truong|hieu truong|chi cuc truong|cuc truong|vien truong"
    r"|truong (?:ban|phong)|chanh (?:thanh tra|van phong|an)|uy ban nhan dan|hoi dong nhan dan|thu truong"
    r"|thu tuong)\b"
)


@check(
    "TT70",
    Severity.WARNING,
    "Quyết định, nghị quyết thiếu dòng “QUYẾT ĐỊNH:”; thẩm quyền ban hành thiếu, lệch, viết chữ thường",
    rationale="Các mẫu có thẩm quyền ban hành viết hoa, đậm, canh giữa trên các căn cứ, và dòng “QUYẾT "
    "ĐỊNH:” (nghị quyết: “QUYẾT NGHỊ:”) trên Điều 1; phần lời của nghị định không nêu nên chỉ nhắc.",
    source="Phụ lục III, Mẫu 1.1, Mẫu 1.2",
)
def decision_opening(paper: Paper, settings: Settings) -> Answers:
    """Report a decision with articles but without the line above them, and who decides in small letters.

    Sai: căn cứ, rồi ngay Điều 1; Giám đốc Trung tâm A (chữ thường)
    Đúng: GIÁM ĐỐC TRUNG TÂM A, các căn cứ, QUYẾT ĐỊNH:, Điều 1
    """
    right = _OPENING.get(paper.kind)
    articles = [mark for mark in marks(paper) if mark.level == "article"]
    if right is None or not articles:
        yield NotApplicable("không phải quyết định, nghị quyết gồm các điều")
        return
    first = articles[0].piece.paragraph.number
    above = [piece for piece in paper.body if piece.paragraph.number < first]
    if not any(_OPENED.fullmatch(piece.plain.strip()) for piece in above):
        found = f"không có dòng “{right}” trên Điều {articles[0].number}"
        fix = f"Thêm dòng “{right}” trên điều đầu tiên"
        yield Fault("Nội dung", articles[0].piece, found, f"“{right}” in hoa, đậm, canh giữa", fix)
    yield from _who_decides(paper, above)
    for piece in above:
        if _OPENED.fullmatch(piece.plain.strip()) and piece.text != right:
            fix = f"Sửa dòng này thành “{right}”"
            yield Fault("Nội dung", piece, f"“{piece.text}”", f"“{right}” in hoa, có dấu hai chấm", fix)
        elif _OPENED.fullmatch(piece.plain.strip()):
            yield from _opening_look(piece)
        named = piece.paragraph.shape.align == "center" and _WHO.match(piece.plain)
        if named and not piece.is_upper and not piece.text.endswith((".", ";", ":", ",")):
            fix = "Chọn dòng này, đổi thành chữ in hoa (Shift+F3)"
            yield Fault(
                "Nội dung", piece, "thẩm quyền ban hành viết chữ thường", f"“{piece.text.upper()}”", fix
            )


def _opening_look(piece: Piece) -> Iterator[Fault]:
    """The line "QUYẾT ĐỊNH:" that isn't bold or doesn't stand in the middle."""
    if piece.paragraph.shape.align != "center":
        yield centre_fault("Nội dung", (piece,))
    if not piece.is_bold:
        mends = tuple(Mend("bold", span.element, True) for span in piece.visible)
        yield Fault("Nội dung", piece, "không đậm", "chữ đậm", "Chọn dòng này, đặt chữ đậm (Ctrl+B)", mends)


def _who_decides(paper: Paper, above: Sequence[Piece]) -> Iterator[Fault]:
    """The line above the bases that says who decides: missing, or of another office than the letterhead."""
    named = [p for p in above if p.paragraph.shape.align == "center" and _WHO.match(p.plain)]
    if not named:
        at = (paper.bases or above or paper.body)[0]
        right = "thẩm quyền ban hành (“CHỦ TỊCH …”, “GIÁM ĐỐC …”) in hoa, đậm, canh giữa"
        fix = "Thêm dòng ghi thẩm quyền ban hành trên các căn cứ"
        yield Fault("Nội dung", at, "không có dòng thẩm quyền ban hành trên căn cứ", right, fix)
    elif paper.head.issuer and not is_joint(paper.head.issuer):
        _, _, office = named[0].plain.partition(" ")
        strange = words_of(named) - letterhead_words(paper) - TITLE_WORDS or _of_the_superior(paper, named)
        if strange and office:
            found = f"thẩm quyền “{quote(named, 60)}” không phải của {quote(paper.head.issuer, 50)}"
            fix = "Sửa thẩm quyền hoặc tên cơ quan ở đầu văn bản"
            yield Fault("Nội dung", named, found, "như tên cơ quan ban hành", fix)


def _of_the_superior(paper: Paper, named: Sequence[Piece]) -> bool:
    """Whether who decides bears the name of the body above the issuer, and nothing of the issuer's own."""
    issuer, said = words_of(paper.head.issuer), words_of(named)
    own = issuer - TITLE_WORDS - PLACE_WORDS
    return bool(own and not own & said and (said & words_of(paper.head.parent)) - issuer - TITLE_WORDS)
