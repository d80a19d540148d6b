"""Documents that a text cites by kind and number, and what it says of each beside that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dvctt_report.patterns import lazy_pattern
from dvctt_report.vietnamese import CAPITALS

CITED = (
    r"(?:Nghị định|Nghị quyết|Quyết định|Thông tư(?: liên tịch)?|Chỉ thị|Kế hoạch|Công văn|Công điện"
    r"|Báo cáo|Tờ trình|Hướng dẫn|Thông báo|Kết luận)"
)
"""Kinds that are cited with number and symbol; laws are cited by their names."""
CITING = lazy_pattern(rf"{CITED} (?:số|\d)")
"""What a line must hold to cite one."""
_CITATION = lazy_pattern(
    rf"\b(?P<kind>{CITED})\s+(?P<word>số\s*:?\s*)?(?P<figure>\d{{1,6}}[a-z]?)"
    r"(?P<symbol>(?:/\d{4})?[/-][A-ZĐ][\w&]*(?:[/-][\w&]+)*)?(?![\w/-])"
)
_BARE_END = lazy_pattern(r"\s*(?:$|[.,;:)]|của\b|ngày\s+[\d…._]|về\b)")
_YEAR = lazy_pattern(r"(?:19|20)\d\d")
_SENTENCE = lazy_pattern(r"(?<=[.;])(?<!\bTP\.)(?<!\bTp\.)\s+(?=[^\W\d_a-z])|;\s*")
_DAY = lazy_pattern(
    r"(?<!trước )(?<!trong )(?<!đến )(?<!hết )(?<!từ )(?<!vào )(?<!nhất )(?<!là )\bngày\s+[\d…._]",
    re.IGNORECASE,
)
"""The day of a document; what stands behind "trước", "đến" is a day by which something is due."""
_ABOUT = lazy_pattern(r"\bvề\b|,\s")
"""Where it begins what a document is about; who is named behind it has not issued it, unless by "của"."""
_NO_ISSUER = r"(?:Bộ luật|Luật|Nghị|Quyết|Thông tư|Pháp lệnh|Quy)\b"
"""Documents, which have issued none: "quy định chi tiết một số điều của Luật …"."""
_OF = lazy_pattern(rf"\b(?:của|do)\s+(?!{_NO_ISSUER})[{CAPITALS}]")
_ISSUER = lazy_pattern(
    rf"\b(?:của|do)\s+(?!{_NO_ISSUER})\w"
    r"|\b(?:ban hành|gửi|trình)\b|\bcó\s*$"
    r"|\b(?:UBND|HĐND|Ủy ban|Uỷ ban|Hội đồng|Bộ|Sở|Chính phủ|Thủ tướng|Quốc hội|Tỉnh ủy|Ban|Trung ương)\b"
    r"|\b(?:Hiệp hội|Hội|Cục|Chi cục|Trung tâm|Công ty|Văn phòng|Thanh tra|Công an|Tòa án|Viện|Trường|Đoàn)\b"
    r"|\b(?:Liên đoàn|Phòng|Kho bạc|Thuế|Ngân hàng|Bệnh viện|Tập đoàn|Tổng công ty|Đảng ủy)\b"
    r"|(?<!Luật )\bBảo hiểm xã hội\b"
)


@dataclass(frozen=True)
class Citation:
    """A cited document: figure and symbol as written, "" where there is none, and what else is told.

    ``numbered``: the word "số" stands before the number. ``dated``: the day is told behind it, or before it
    where it is the first that the sentence cites. ``issued``: a body is named behind it or anywhere before.
    """

    text: str
    kind: str
    figure: str
    symbol: str
    numbered: bool
    dated: bool
    issued: bool

    @property
    def name(self) -> tuple[str, str, str]:
        """What two citations of the same document share, where both have a symbol."""
        return (self.kind, self.figure.lstrip("0"), self.symbol.upper())

    def is_same(self, other: Citation) -> bool:
        """Whether both are the same document; a symbol that is left out may be any."""
        alike = self.name[:2] == other.name[:2]
        return alike and (not self.symbol or not other.symbol or self.name == other.name)


def citations_in(text: str) -> Iterator[Citation]:
    """Yield the documents that a paragraph cites, in their order; "Kế hoạch 5 năm" is none."""
    above = ""
    for sentence in _SENTENCE.split(text):
        found = [m for m in _CITATION.finditer(sentence) if _is_number(m, sentence)]
        for at, match in enumerate(found):
            until = found[at + 1].start() if at + 1 < len(found) else len(sentence)
            behind = sentence[match.end() : until]
            before = sentence[: match.start()] if at == 0 else ""
            yield Citation(
                match[0],
                match["kind"],
                match["figure"],
                match["symbol"] or "",
                match["word"] is not None,
                bool(_DAY.search(behind) or _DAY.search(before)),
                # One body may be named for all that it issued: "Sở đã ban hành: Công văn …; Công văn …".
                _names_issuer(behind) or bool(_ISSUER.search(above + sentence[: match.start()])),
            )
        above += f"{sentence} "


def _names_issuer(behind: str) -> bool:
    return bool(_ISSUER.search(_ABOUT.split(behind)[0]) or _OF.search(behind))


def _is_number(match: re.Match[str], sentence: str) -> bool:
    if match["symbol"] or match["word"]:
        return True
    return not _YEAR.fullmatch(match["figure"]) and bool(_BARE_END.match(sentence[match.end() :]))
