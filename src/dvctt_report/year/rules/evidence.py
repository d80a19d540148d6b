"""Can the link or document that stands behind a "Có" be looked up?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dvctt_report.model import Observation
from dvctt_report.plan.fields import YES
from dvctt_report.plan.model import Target, Unit
from dvctt_report.text.vietnamese import key
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import asked, format_cells, is_blank, is_yes_no, raw
from dvctt_report.year.rules.rule import RuleFault, about, rule

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_HOST = re.compile(r"(?:https?://)?(?:[^\s/?#@]+@)?([^\s/?#:@]+)(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[a-z]{2,}", re.IGNORECASE)
_BROKEN = re.compile(r"\bh?t+ps?[:;]?/?(?=[a-z])|\bh?t+ps?(?:[;/]|:(?!//))|\bttps?:", re.IGNORECASE)
_LOCAL = re.compile(
    r"\b[a-z]:[\\/](?!/)|\bfile:|//(?:localhost\b|(?:192\.168|10\.\d+|127\.\d+)\.\d)", re.IGNORECASE
)
_NUMBERED = re.compile(r"\d[\w-]{0,9}/|\b(?:số|ngày):? ?\d", re.IGNORECASE)
"""Number and symbol of a document, or its day: "12/KH-UBND", "45-KH/TU", "số 12", "ngày 2 tháng 4"."""
_BEHIND = ".,;:)]”\"'"
"""What may stand behind an address in a sentence."""


def first_link(text: str) -> str:
    """Return the first web address in ``text`` without the punctuation behind it, "" where there is none."""
    found = _LINK.search(text)
    return found[0].rstrip(_BEHIND) if found else ""


def said_yes(dataset: Dataset) -> Iterator[tuple[Unit, Target, Observation, Observation | None]]:
    """Yield each unit and question that it answers "Có", with the answer and the evidence for it."""
    for unit, item in asked(dataset, Target):
        answer = dataset.observation(unit.code, item.code, "answer") if is_yes_no(item) else None
        if answer is not None and answer.value == YES:
            yield unit, item, answer, dataset.observation(unit.code, item.code, "evidence")


@rule("BC02")
def evidence_not_traceable(dataset: Dataset) -> Iterator[RuleFault]:
    """Report evidence under a "Có" that is a broken or local address, or words that name nothing."""
    for _, item, _, evidence in said_yes(dataset):
        said = raw(evidence).strip()
        why = "" if is_blank(evidence) else what_is_amiss(said, key(item.question))
        if why:
            where = format_cells(evidence, otherwise="cột Đường dẫn hoặc số văn bản")
            fault = about(
                evidence,
                f"minh chứng “{said}” {why}",
                f"Chép lại cả đường dẫn từ trình duyệt (https://…) hoặc ghi số, ngày văn bản vào {where}.",
            )
            yield replace(fault, value=said)


def what_is_amiss(text: str, question: str) -> str:
    """Say why the evidence can't be looked up, "" where it may be: a good address, a document's number.

    A name is as good where the ``question`` itself asks for one: "(ghi tên chuyên mục)".
    """
    if _LOCAL.search(text):
        return "là địa chỉ trên máy tính hoặc mạng nội bộ, nơi khác không mở được"
    if link := first_link(text):
        return "" if _is_host(link) else "có đường dẫn gõ chưa đúng"
    if _BROKEN.search(text):
        return "có đường dẫn gõ chưa đúng"
    named = "ghi tên" in question or _NUMBERED.search(text) or any(map(_is_host, text.split()))
    return "" if named else "không phải là đường dẫn hay số văn bản"


def _is_host(word: str) -> bool:
    """Whether a word is an address that any computer finds: "https://mau.vn/tin", "facebook.com/xa-a"."""
    host = _HOST.fullmatch(word.rstrip(_BEHIND))
    return host is not None and _DOMAIN.fullmatch(host[1]) is not None
