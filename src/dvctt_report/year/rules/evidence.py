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
_SAYS_NOTHING = frozenset(
    key(words)
    for words in (
        "có",
        "đã có",
        "x",
        "ok",
        "đủ",
        "đầy đủ",
        "đã thực hiện",
        "đã đăng",
        "đã đăng tải",
        "kèm theo",
        "có kèm theo",
        "gửi kèm",
        "đính kèm",
        "như trên",
        "nt",
        "xem phụ lục",
        "trang web",
        "website",
        "trên trang thông tin điện tử",
        "cổng thông tin điện tử",
    )
)


def first_link(text: str) -> str:
    """Return the first web address in ``text`` without the punctuation behind it, "" where there is none."""
    found = _LINK.search(text)
    return found[0].rstrip(".,;:)]”\"'") if found else ""


def said_yes(dataset: Dataset) -> Iterator[tuple[Unit, Target, Observation, Observation | None]]:
    """Yield each unit and question that it answers "Có", with the answer and the evidence for it."""
    for unit, item in asked(dataset, Target):
        answer = dataset.observation(unit.code, item.code, "answer") if is_yes_no(item) else None
        if answer is not None and answer.value == YES:
            yield unit, item, answer, dataset.observation(unit.code, item.code, "evidence")


@rule("BC02")
def evidence_not_traceable(dataset: Dataset) -> Iterator[RuleFault]:
    """Report evidence under a "Có" that is a broken or local address, or words that name nothing."""
    for _, _, _, evidence in said_yes(dataset):
        said = raw(evidence).strip()
        why = "" if is_blank(evidence) else what_is_amiss(said)
        if why:
            where = format_cells(evidence, otherwise="cột Đường dẫn hoặc số văn bản")
            fault = about(
                evidence,
                f"minh chứng “{said}” {why}",
                f"Chép lại cả đường dẫn từ trình duyệt (https://…) hoặc ghi số, ngày văn bản vào {where}.",
            )
            yield replace(fault, value=said)


def what_is_amiss(text: str) -> str:
    """Say why the evidence can't be looked up, "" where it may be: a name, a number, a good address."""
    if key(text.strip(" .")) in _SAYS_NOTHING:
        return "không phải là đường dẫn hay số văn bản"
    if _LOCAL.search(text):
        return "là địa chỉ trên máy tính hoặc mạng nội bộ, nơi khác không mở được"
    link = first_link(text)
    if link:
        host = _HOST.fullmatch(link)
        return "" if host and _DOMAIN.fullmatch(host[1]) else "có đường dẫn gõ chưa đúng"
    return "có đường dẫn gõ chưa đúng" if _BROKEN.search(text) else ""
