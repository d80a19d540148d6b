"""Where the text speaks of annexes: of which, and whether of its own or of another document's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from dvctt_report.lint.parts import Number, Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.recognise import parse_number
from dvctt_report.nd30.kinds import ANY_KIND
from dvctt_report.patterns import lazy_pattern
from dvctt_report.vietnamese import key
from dvctt_report.word.numbering import arabic

_WORD = r"(?i:phụ lục)(?:\s+(?i:số))?"
_MORE = rf"\s*(?:,|và|-|–|đến)\s*(?:{_WORD}\s+)?"
_ENDED = r"(?!\w|[./]\d)"
_ROMANS, _FIGURES = (rf"{n}{_ENDED}(?:{_MORE}{n}{_ENDED})*" for n in ("[IVX]+", r"\d{1,2}"))
_MENTION = lazy_pattern(rf"(?P<all>(?i:\bcác)\s+)?\b{_WORD}(?:\s+(?P<list>{_ROMANS}|{_FIGURES}))?")
_NAME = lazy_pattern(r"[IVX]+|\d{1,2}")
_RANGE = lazy_pattern(rf"((?<![IVX])[IVX]+|\d{{1,2}})\s*(?:-|–|đến)\s*(?:{_WORD}\s+)?([IVX]+|\d{{1,2}})")

_NAMES = (
    "danh sách|danh mục|biểu mẫu|biểu|bảng|mẫu|kế hoạch|chương trình|đề cương|phương án|dự toán|lịch|sơ đồ"
    "|bản đồ|phân công|quy chế|quy định|hướng dẫn|nội dung|tài liệu|số liệu"
)
"""What is sent along under a name of its own: "danh sách kèm theo", "(kèm theo biểu mẫu số 1)"."""
_NEAR = 60
"""Characters between such a name and the words that say it is sent along."""
_LAWS = r"Luật|Bộ luật|Pháp lệnh|Nghị định|Thông tư|Hiến pháp"
_KINDS = f"{_LAWS}|{ANY_KIND}"
_OF = lazy_pattern(
    rf"[\s,(]*(?:(?:được\s+)?(?:ban hành\s+)?(?:kèm theo|của|tại|thuộc|trong)\s+)?(?P<kind>{_KINDS})\b"
    r"(?P<this>\s+(?:này|trên|nêu trên))?(?:\s+(?P<number>(?:số\s*:?\s*)?[\d.…_]*\s*/\s*[^\s,;)]+|số\s+\S+))?"
)
"""The document that an annex is said to belong to, right behind the mention."""
_OWN = lazy_pattern(
    r"(?:(?:chi tiết|cụ thể|xem)\s+(?:\w+\s+)?(?:tại|ở|theo)\s+|\((?:tại\s+|theo\s+)?)(?:các\s+)?$",
    re.IGNORECASE,
)
_ATTACHED = lazy_pattern(r"[^.;]{0,20}(?:kèm theo|đính kèm)\b", re.IGNORECASE)
_APART = lazy_pattern(r"[\s,(]*(?:gửi |kèm theo )?(?:ở |tại |trong )?tệp riêng\b", re.IGNORECASE)
"""Behind a mention: the annex is in another file, which isn't to be looked for here."""
_SENT_ALONG = lazy_pattern(r"\b(?:(?:gửi )?kèm theo|đính kèm|gửi kèm)\b", re.IGNORECASE)
_NAME_BEHIND = lazy_pattern(rf"\s+(?:\w+\s+){{0,3}}?(?P<name>{_NAMES})\b", re.IGNORECASE)
_CITED = lazy_pattern(rf"\b(?:{_KINDS})\s+(?:số\s+)?\d")


@dataclass(frozen=True)
class Mention:
    """Annexes that a line names: their numbers as written, () where it names none; ``all_``: "các phụ lục".

    ``pointing``: by its words it points the reader to an annex of this document; False where it may speak
    of another document that the line cites.
    """

    piece: Piece
    names: tuple[str, ...]
    numbers: frozenset[int]
    all_: bool
    pointing: bool


def mentions(paper: Paper, lines: Sequence[Piece]) -> Iterator[Mention]:
    """Yield what the lines say of the document's own annexes; those of other documents are left out."""
    for piece in lines:
        text = piece.text
        for found in _MENTION.finditer(text) if "phụ lục" in text.lower() else ():
            if _is_foreign(paper, text[found.end() :]):
                continue
            named = found["list"] or ""
            numbers = {arabic(name) for name in _NAME.findall(named)}
            for low, high in _RANGE.findall(named):
                numbers.update(range(arabic(low), arabic(high)))
            before, after = text[: found.start("all") if found["all"] else found.start()], text[found.end() :]
            own = bool(_OWN.search(before) or _ATTACHED.match(after))
            pointing = own or (bool(numbers) and not _CITED.search(before))
            if _APART.match(after):
                own = pointing = False
            yield Mention(
                piece,
                tuple(_NAME.findall(named)),
                frozenset(numbers),
                bool(found["all"]) and not numbers,
                pointing if paper.annexes else own,
            )


def names_sent_along(paper: Paper, lines: Sequence[Piece]) -> frozenset[str]:
    """The keys of the names under which the lines point to what is sent along with the document."""
    found: set[str] = set()
    for _, parts in groupby(lines, key=lambda piece: piece.paragraph.number):
        text = " ".join(piece.text for piece in parts)
        if "kèm" not in text.lower():
            continue
        for sent in _SENT_ALONG.finditer(text):
            if _is_foreign(paper, text[sent.end() :]):
                continue
            before = re.split(r"[.;]", text[: sent.start()])[-1][-_NEAR:]
            found.update(map(key, re.findall(rf"\b(?:{_NAMES})\b", before, re.IGNORECASE)))
            behind = _NAME_BEHIND.match(text, sent.end())
            if behind is not None and not _is_foreign(paper, text[behind.start("name") :]):
                found.add(key(behind["name"]))
    return frozenset(found)


def _is_foreign(paper: Paper, behind: str) -> bool:
    found = _OF.match(behind)
    if found is None or found["this"]:
        return False
    if found["number"]:
        number = parse_number(re.sub(r"^(?!số)", "số ", found["number"].strip(" .")))
        return number is None or paper.number is None or differ(number, paper.number)
    return key(found["kind"]) != key(paper.kind)


def differ(one: Number, other: Number) -> bool:
    """Whether two numbers are of different documents; a blank figure is any, a leading zero is none.

    Which signs stand between the letters, and a year before them, is a matter of how they are written.
    """
    figures = {number.figure.lstrip("0") for number in (one, other) if number.figure}
    return len(figures) > 1 or _letters(one) != _letters(other)


def _letters(number: Number) -> list[str]:
    return [group for group in re.split(r"[\W_]+", number.symbol) if group and not group.isdigit()]
