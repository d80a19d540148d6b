"""Are the bases right, and the line by which a decision is opened?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dvctt_report.lint.bases import clauses_go_on, text_goes_on
from dvctt_report.lint.check import (
    Answers,
    Block,
    Fault,
    Mend,
    NotApplicable,
    centre_fault,
    check,
    ending_found,
    ending_mend,
    quote,
)
from dvctt_report.lint.checks_citations import CITED
from dvctt_report.lint.heads import is_joint
from dvctt_report.lint.offices import PLACE_WORDS, TITLE_WORDS, letterhead_words, words_of
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.structure import marks
from dvctt_report.lint.titles import DASH
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity

BASES = "Căn cứ"
_BARE = lazy_pattern(rf"(?:{CITED} số|(?:Bộ luật|Luật) [^,;]{{2,80}} ngày) ?\d")
"""A document named as a basis without the word for it."""
_NONE = NotApplicable("văn bản không có căn cứ")


@check("TT35", Severity.ERROR, Block.TEXT, mends="một phần")
def bases_look(paper: Paper, settings: Settings) -> Answers:
    """Căn cứ không nghiêng, đậm, có gạch đầu dòng, hoặc nhiều căn cứ trong một đoạn.

    Sai: Căn cứ Luật A; căn cứ Nghị định B; (chữ đứng, cùng một đoạn)
    Đúng: *Căn cứ Luật A;* xuống dòng *Căn cứ Nghị định B;*
    Căn cứ: Phụ lục I, mục II.6a; Phụ lục III, Mẫu 1.1, Mẫu 1.2
    """
    if not paper.bases:
        yield _NONE
    for piece in paper.bases:
        if not piece.is_italic:
            yield Fault(
                BASES,
                piece,
                "chữ đứng",
                "chữ nghiêng",
                "Chọn đoạn này, đặt kiểu nghiêng (Ctrl+I)",
                tuple(Mend("italic", s.element, True) for s in piece.visible if not s.face.italic),
            )
        if piece.any_bold:
            yield Fault(
                BASES,
                piece,
                "chữ đậm",
                "chữ nghiêng, không đậm",
                "Chọn đoạn này, bỏ chữ đậm (Ctrl+B)",
                tuple(Mend("bold", s.element, False) for s in piece.visible if s.face.bold),
            )
        if _BARE.match(piece.text):
            right = "“Căn cứ” ở đầu mỗi căn cứ"
            yield Fault(BASES, piece, "thiếu “Căn cứ”", right, "Thêm “Căn cứ” vào đầu dòng")
        if dash := DASH.match(piece.text):
            right = "không có gạch đầu dòng trước căn cứ"
            fix = f"Xóa “{dash[0].strip()}” ở đầu dòng"
            yield Fault(
                BASES, piece, f"có “{dash[0].strip()}” đầu dòng", right, fix, severity=Severity.WARNING
            )
        if len(re.findall(r";\s*căn cứ\b", piece.text, re.IGNORECASE)):
            fix = "Xuống dòng sau mỗi dấu chấm phẩy"
            yield Fault(BASES, piece, "nhiều căn cứ trong một đoạn", "mỗi căn cứ một dòng", fix)


@check("TT36", Severity.ERROR, Block.TEXT)
def bases_ends(paper: Paper, settings: Settings) -> Answers:
    """Dấu cuối dòng căn cứ sai.

    Sai: Căn cứ Luật A, (dòng cuối kết thúc bằng dấu phẩy)
    Đúng: Căn cứ Luật A; … Theo đề nghị của Chánh Văn phòng.
    Căn cứ: Phụ lục I, mục II.6a
    """
    if not paper.bases:
        yield _NONE
    goes_on = text_goes_on(paper.body, paper.bases)
    open_ = clauses_go_on(paper.body, paper.bases)
    for at, piece in enumerate(paper.bases):
        last = at == len(paper.bases) - 1
        right = "." if last else ";"
        if not piece.text.endswith((";", ".") if last and open_ else right):
            mild = Severity.INFO if last and goes_on and piece.text.endswith(";") else None
            name = "dấu chấm" if right == "." else "dấu chấm phẩy"
            found, expected = ending_found(piece.text), f"kết thúc bằng {name} ({right})"
            fix = ending_mend(piece.text, right)
            yield Fault(BASES, piece, found, expected, fix, severity=mild)


_OPENING = {"Quyết định": "QUYẾT ĐỊNH:", "Nghị quyết": "QUYẾT NGHỊ:"}
"""What stands above the first article. Source: A3, Mẫu 1.1, 1.2."""
_OPENED = lazy_pattern(r"quyet (?:dinh|nghi)\s*:?")
_WHO = lazy_pattern(
    r"(?:chu tich|giam doc|tong giam doc|bo truong|hieu truong|chi cuc truong|cuc truong|vien truong"
    r"|truong (?:ban|phong)|chanh (?:thanh tra|van phong|an)|uy ban nhan dan|hoi dong nhan dan|thu truong"
    r"|thu tuong)\b"
)


@check("TT70", Severity.WARNING, Block.TEXT, mends="một phần")
def decision_opening(paper: Paper, settings: Settings) -> Answers:
    """Quyết định, nghị quyết thiếu dòng “QUYẾT ĐỊNH:”; thẩm quyền ban hành thiếu, lệch, viết chữ thường.

    Sai: căn cứ, rồi ngay Điều 1; Giám đốc Trung tâm A (chữ thường)
    Đúng: GIÁM ĐỐC TRUNG TÂM A, các căn cứ, QUYẾT ĐỊNH:, Điều 1
    Căn cứ: Phụ lục III, Mẫu 1.1, Mẫu 1.2
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
