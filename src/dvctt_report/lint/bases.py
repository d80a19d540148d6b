"""The bases of a document, "Căn cứ …;", told from sentences of the text that open with the same words."""

from __future__ import annotations

from collections.abc import Sequence

from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.titles import HEADING, opens_basis, undashed
from dvctt_report.nd30.kinds import DECIDING
from dvctt_report.patterns import lazy_pattern

_ALSO = lazy_pattern(r"(?:xet|thuc hien|tren co so|theo|sau khi|duoc su)\b")
"""How a basis may open beside "Căn cứ" and "Theo đề nghị của"; sentences of the text often open so too."""
_CLAUSE = lazy_pattern(r"(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s")
_AMONG = 40
"""Paragraphs of the body among which the bases are looked for."""
_VERB = (
    r"(?:(?:đã|xin|kính|trân trọng|có|được|nay)\s+)*"
    r"(?:báo cáo|đề nghị|trình|ban hành|thông báo|xây dựng|tổ chức|triển khai|hướng dẫn|yêu cầu|ý kiến"
    r"|trả lời|phúc đáp|gửi|cung cấp|quyết định|đăng ký|tổng hợp|đề xuất|thống nhất|công bố|giới thiệu|mời|cử"
    r"|cấp|phê duyệt|giao|kiến nghị|nhận thấy|thấy|tiến hành|chủ trì|phối hợp|lập|thực hiện|rà soát"
    r"|thẩm định|gồm)\b"
)
_WHO = (
    r"(?:Ủy ban|Uỷ ban|UBND|HĐND|Hội đồng|Sở|Ban|Bộ|Cục|Chi cục|Tổng cục|Văn phòng|Phòng|Trung tâm|Trường|Hội"
    r"|Công an|Bệnh viện|Viện|Thanh tra|Thuế|Kho bạc|Bảo hiểm|Đoàn|Tổ|Đảng ủy|Đảng uỷ|Chủ tịch|Giám đốc"
    r"|Hiệu trưởng|Tòa án|Hạt|Trạm|Quỹ|Công ty|Nhà trường|[Cc]húng tôi|[Tt]ôi)\b"
)
_ACTS = rf"{_WHO}(?:\s+(?!(?:tại|về|theo|số|ngày|trong|quy định)\b)[^\s,;.]+){{0,12}}?\s+{_VERB}"
_SAYS, _SAYS_ALONE = lazy_pattern(rf"[,;.]\s+{_ACTS}"), lazy_pattern(_ACTS)
"""Who does something on that basis: ", cơ quan A đề nghị …"; what a basis itself is about isn't meant."""
_DOES = lazy_pattern(rf"[,;.]\s+{_VERB}")
_AS_FOLLOWS = lazy_pattern(r"\bsau(?: đây)?\s*:$")


def read_bases(body: Sequence[Piece], kind: str) -> tuple[Piece, ...]:
    """The paragraphs that are bases of a document of this kind: one list of clauses, above all headings."""
    found: list[Piece] = []
    for line in body[:_AMONG]:
        if found and not _goes_on(found[-1], line, kind):
            break
        if not found and _is_counted(line):
            return ()
        if found or _begins(line, kind):
            found.append(line)
    return tuple(found) if len(found) > 1 or _stands_alone(body, found, kind) else ()


def clauses_go_on(body: Sequence[Piece], bases: Sequence[Piece]) -> bool:
    """Whether one more reason stands below the bases, as the begin of a sentence: "Theo đề nghị của …, …"."""
    at = next((n for n, line in enumerate(body) if bases and line is bases[-1]), len(body))
    return any(opens_basis(line) or _ALSO.match(undashed(line)) for line in body[at + 1 : at + 2])


def text_goes_on(body: Sequence[Piece], bases: Sequence[Piece]) -> bool:
    """Whether the sentence that the bases open goes on below: "Theo đề nghị của …, cơ quan A … như sau:"."""
    at = next((n for n, line in enumerate(body) if bases and line is bases[-1]), len(body))
    says = any(_SAYS_ALONE.match(line.text) for line in body[at + 1 : at + 2])
    return says or clauses_go_on(body, bases)


def _is_counted(line: Piece) -> bool:
    return bool(HEADING.match(line.plain) or _CLAUSE.match(line.plain))


def _begins(line: Piece, kind: str) -> bool:
    if _is_sentence(line, kind):
        return False
    return opens_basis(line) or (bool(_ALSO.match(undashed(line))) and line.text.endswith(";"))


def _goes_on(above: Piece, line: Piece, kind: str) -> bool:
    """Whether a line is one more basis below another: by its words, else by how both end and slant."""
    if _is_sentence(line, kind) or line.is_upper or _is_counted(line):
        return False
    open_ = not above.text.endswith(".")
    alike = above.is_italic and line.is_italic
    if opens_basis(line):
        return open_ or alike or not above.is_italic or line.text.endswith(";")
    if _ALSO.match(undashed(line)):
        return open_ or alike or line.text.endswith(";")
    return open_ and alike and line.text.endswith((";", "."))


def _stands_alone(body: Sequence[Piece], found: Sequence[Piece], kind: str) -> bool:
    """Whether one line is a basis though no other stands beside it, not the first half of a sentence."""
    if any(kind in DECIDING or line.is_italic for line in found):
        return True
    return any(line.text.endswith((";", ",")) for line in found) and not text_goes_on(body, found)


def _is_sentence(line: Piece, kind: str) -> bool:
    """Whether a line says what is done on the basis that it names, so that it is text."""
    if line.text.endswith(";"):
        return False
    if _AS_FOLLOWS.search(line.text):
        return True
    if kind in DECIDING:
        return False
    return bool(_SAYS.search(line.text) or (line.text.endswith(":") and _DOES.search(line.text)))
