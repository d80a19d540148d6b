"""Whether what stands in the place of a printed text still says the same."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from dvctt_report.intake.likeness import is_rewording, likeness
from dvctt_report.intake.remark import is_of_no_matter, may_matter
from dvctt_report.intake.saying import SaidKind, periods, said_behind, said_beside
from dvctt_report.vietnamese import even_tones, key

_REWORDED = 60
"""Of 100, from which a text may still be the form's own in other words: "Số CBCC được tập huấn"."""

_MULTIPLES = re.compile(
    r"\b(nghìn|ngàn|triệu|tỷ(?! lệ)|tỉ(?! lệ)|lượt)\b|\b(1[.,]?000)\s*(?:đ|đồng|vnd|vnđ)\b|(%)"
)
_ALIKE = {"ngàn": "nghìn", "1000": "nghìn", "1.000": "nghìn", "1,000": "nghìn", "tỉ": "tỷ"}
_CONTRASTS: Final = (
    *("trực tuyến", "trực tiếp", "bưu chính", "đã", "chưa", "không", "trước hạn", "đúng hạn", "quá hạn"),
    *("trong hạn", "nam", "nữ", "tổng số", "tỷ lệ", "kế hoạch", "ước", "kỳ trước", "năm trước", "lũy kế"),
    *("phát ra", "thu về", "hợp lệ", "hài lòng", "tiếp nhận", "đã giải quyết", "đang giải quyết"),
    *("hoàn toàn", "một phần", "cấp tỉnh", "cấp huyện", "cấp xã", "dự kiến", "ước tính", "hủy", "thu hồi"),
    *("năm sau", "dự thảo", "hết hiệu lực"),
)
"""Words of the forms by which two contents differ that are written almost alike."""
_OF_WHAT_IS_DONE = "đã"
"""A word of contrast in a text, none in a remark behind it: "(đã rà soát với phòng Tổ chức)"."""


def compared(issued: str, seen: str, own: frozenset[str] = frozenset()) -> SaidKind:
    """How far the words of a printed text differ from those issued, for figures of the periods ``own``."""
    said, meant = key(seen), key(issued)
    added = said.removeprefix(meant) if said.startswith(meant) else ""
    is_remark = bool(added) and (
        "\n" in seen.strip()[len(issued.strip()) - 1 :] or added.lstrip()[0] in _REMARK_BEGINS
    )
    if is_remark and is_of_no_matter(added, own):
        return "reworded"
    if _multiples(seen) != _multiples(issued):
        return "unit"
    if periods(seen) - own != periods(issued) - own:
        return "period"
    if is_remark:
        return _appended(added, own)
    if said_behind(added) == "draft":
        return "draft"
    if is_rewording(seen, issued):
        return "reworded"
    if _telling(seen) != _telling(issued) or likeness(seen, issued) < _REWORDED:
        return "other"
    return "changed"


_REMARK_BEGINS = "([*-:;,./"
"""What stands between a label and a remark behind it."""


def _appended(text: str, own: frozenset[str]) -> SaidKind:
    """What a remark behind an issued text makes of it: "(ước)", "(gồm cả liên thông)", a note."""
    kind = said_behind(text) or said_beside(text, own)
    if kind is not None:
        return kind
    if contrasts(text) - {_OF_WHAT_IS_DONE}:
        return "other"
    return "changed" if may_matter(text, own) else "reworded"


@lru_cache(maxsize=4096)
def _multiples(text: str) -> frozenset[str]:
    words = (next(filter(None, groups)) for groups in _MULTIPLES.findall(key(text)))
    return frozenset(_ALIKE.get(word, word) for word in words)


@lru_cache(maxsize=4096)
def _telling(text: str) -> frozenset[str]:
    """The numbers and the words of contrast in a text."""
    return frozenset((*re.findall(r"[0-9]+", key(text)), *contrasts(text)))


def contrasts(text: str) -> frozenset[str]:
    """The words of contrast in a text."""
    said = key(text)
    return frozenset(word for word, pattern in _contrast_patterns().items() if pattern.search(said))


@cache
def _contrast_patterns() -> dict[str, re.Pattern[str]]:
    return {word: re.compile(rf"\b{even_tones(word)}\b") for word in _CONTRASTS}
