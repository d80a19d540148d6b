"""Marks that stand beside the text: urgency, secrecy, circulation, and that it is a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dvctt_report.nd30.kinds import KINDS
from dvctt_report.patterns import lazy_pattern
from dvctt_report.vietnamese import unaccented
from dvctt_report.word.tree import V, descendants

_LASTING = lazy_pattern(
    r"hoa toc|thuong khan|khan|(?:tuyet |toi )?mat|tai lieu thu hoi|luu hanh noi bo|xem xong tra lai"
)
_COUNT = r"\d{1,2}|[ivx]+|nhat|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi|cuoi"
_KIND = "|".join(re.escape(unaccented(kind)) for kind in (*KINDS, "văn bản", "công văn"))
_DRAFT = lazy_pattern(
    rf"(?:ban\s+)?(?:du thao|nhap)(?P<kind>\s+(?:{_KIND}))?"
    rf"(?:[\s,-]+\(?(?:(?:lan|so|ban)\s*)?(?:thu\s+)?(?:{_COUNT})\)?)?"
    r"(?:[\s,-]+\(?ngay\s+[\d\s/.-]+(?:thang\s+\d+\s+nam\s+\d+)?\)?)?"
    r"|draft(?:\s+\d{1,2})?"
)
WORDS_OF_DRAFT = ("du thao", "nhap", "draft")
"""One of these every mark of a draft has, without its marks."""
_LONGEST = 100
"""Characters of the longest mark: "DỰ THẢO BÁO CÁO LẦN THỨ HAI, NGÀY 05 THÁNG 11 NĂM 2025" has 54."""
_BEHIND = lazy_pattern(r"[(\[]\s*(?:ban\s+)?(?:du thao|nhap)\b[^)\]]*[)\]]$")


def is_draft_mark(text: str) -> bool:
    """Whether a line says nothing but that this is a draft, the first or the n-th, as of a day or not.

    With the kind of document behind it, it must be in capitals: "Dự thảo báo cáo" may name another document.
    """
    if len(text) > _LONGEST:
        return False
    found = _DRAFT.fullmatch(unaccented(text).strip(" .:;()[]*-"))
    return found is not None and (not found["kind"] or text.isupper())


def ends_as_draft(text: str) -> bool:
    """Whether a line ends in "(dự thảo)"."""
    return _BEHIND.search(unaccented(text)) is not None


def is_stamp(text: str) -> bool:
    """Whether a line is a mark that has a colour and frame of its own: urgency, secrecy, draft."""
    if len(text) > _LONGEST:
        return False
    return bool(_LASTING.fullmatch(unaccented(text).strip(" .()"))) or is_draft_mark(text)


def watermarks(paragraph: Any) -> Iterator[str]:
    """Yield the words drawn behind the page by shapes that are anchored in a paragraph (WordArt)."""
    for path in descendants(paragraph, f"{V}textpath"):
        yield path.get("string", "")
