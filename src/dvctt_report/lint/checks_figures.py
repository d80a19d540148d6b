"""Do the figures of a text agree? Questions alone: what they are about a program can't know."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from dvctt_report.lint.check import Answers, Fault, NotApplicable, check, quote
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.places import place_of
from dvctt_report.lint.settings import Settings
from dvctt_report.model import Severity
from dvctt_report.vietnamese import unaccented
from dvctt_report.word.document import Paragraph

_NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+"
_SHARE = re.compile(
    rf"(?<![\d/.,])(?P<part>{_NUMBER})\s*/\s*(?P<whole>{_NUMBER})(?![\d/.,])[^\d(%;.]{{0,60}}?"
    r"(?:\((?:đạt |chiếm |tỷ lệ |bằng |đạt tỷ lệ )*|,?\s*(?:chiếm|đạt tỷ lệ|bằng|tỷ lệ)\s+)"
    r"(?P<percent>\d{1,3}(?:,\d{1,4})?)\s*%(?:\)|(?=[\s.,;]))"
)
"""A part of a whole and its percentage told in one breath: "12/15 đơn vị (80%)", "chiếm 80%".

"12/15 chỉ tiêu đạt 100%" says something else.
"""
_OF_TIME = re.compile(r"(?:ngày|tháng|quý|năm|kỳ|số)\s*$", re.IGNORECASE)
"""What a stroke behind it parts: days, months, numbers of documents."""
_TOTAL = re.compile(r"(?:tong(?: so| cong)?|cong|toan tinh)[\s:.]*")
_PERCENT = re.compile(r"%|ty le|ty trong|binh quan|trung binh|stt|so tt|nam\b|ghi chu")
_INTEGER = re.compile(rf"(?:{_NUMBER})")
_FEWEST = 3
"""Rows of details from which a total may be doubted: of two, one may be a part of the other."""


@check(
    "TT71",
    Severity.INFO,
    "Số liệu trong văn bản không khớp nhau, cần xem lại",
    rationale="Phần trên tổng và tỷ lệ ghi cùng một chỗ, dòng tổng và các dòng của bảng phải khớp. "
    "Chương trình chỉ hỏi: số nào đúng thì người soạn biết.",
    source="khuyến nghị của chương trình",
)
def figures(paper: Paper, settings: Settings) -> Answers:
    """Ask about shares that aren't the percentage beside them, and totals that aren't the sum of their rows.

    Sai: 12/15 đơn vị (85%); dòng “Tổng cộng” 30, các dòng 10, 12, 9
    Đúng: 12/15 đơn vị (80%); dòng “Tổng cộng” 31
    """
    for piece in paper.pieces:
        yield from _shares(paper, piece)
    tables: dict[int, list[Paragraph]] = defaultdict(list)
    for paragraph in paper.document.paragraphs:
        if paragraph.cell is not None and paragraph.cell.table.bordered and paragraph.text.strip():
            tables[paragraph.cell.table.number].append(paragraph)
    for within in tables.values():
        yield from _totals(paper, within)
    if not tables and not any(_SHARE.search(piece.text) for piece in paper.pieces):
        yield NotApplicable("không có tỷ lệ ghi cùng phần trên tổng, không có bảng số liệu")


def _shares(paper: Paper, piece: Piece) -> Iterator[Fault]:
    for found in _SHARE.finditer(piece.text):
        part, whole = (int(found[name].replace(".", "")) for name in ("part", "whole"))
        said = Decimal(found["percent"].replace(",", "."))
        if not whole or _OF_TIME.search(piece.text[: found.start()]):
            continue
        right = Decimal(100) * part / whole
        step = Decimal(1).scaleb(int(said.as_tuple().exponent))
        if abs(right - said) >= step:  # neither rounded nor cut off
            shown = f"{right.quantize(max(step, Decimal('0.01')).normalize())}".replace(".", ",")
            yield Fault(
                place_of(paper, piece.paragraph),
                quote(piece),
                f"{found['part']}/{found['whole']} mà ghi {found['percent']}%",
                f"{found['part']}/{found['whole']} là khoảng {shown}%",
                "Xem lại ba số này",
            )


def _totals(paper: Paper, within: list[Paragraph]) -> Iterator[Fault]:
    """A row "Tổng" of a plain table held against the other rows; groups within it would count twice."""
    rows: dict[int, dict[int, list[Paragraph]]] = defaultdict(lambda: defaultdict(list))
    for paragraph in within:
        if paragraph.cell is not None:
            rows[paragraph.cell.row][paragraph.cell.column].append(paragraph)
    texts = {
        r: {c: " ".join(p.text for p in ps).strip() for c, ps in cells.items()} for r, cells in rows.items()
    }
    total = [r for r, cells in texts.items() if any(_TOTAL.fullmatch(_plain(t)) for t in cells.values())]
    if len(total) != 1 or total[0] != max(texts):
        return
    details = [r for r in sorted(texts) if r != total[0] and r != min(texts) and _counts(texts[r])]
    bold = any(
        s.face.bold for r in details for ps in rows[r].values() for p in ps for s in p.spans if s.text.strip()
    )
    if len(details) < _FEWEST or bold:
        return
    for column, shown in texts[total[0]].items():
        head = " ".join(_plain(texts[r].get(column, "")) for r in texts if r < details[0])
        values = [texts[r].get(column, "") for r in details]
        if _PERCENT.search(head) or not _INTEGER.fullmatch(shown) or not all(map(_INTEGER.fullmatch, values)):
            continue
        summed, told = sum(map(_int, values)), _int(shown)
        if summed != told:
            first = rows[total[0]][column][0]
            yield Fault(
                place_of(paper, first),
                quote(first),
                f"dòng tổng ghi {shown}, các dòng cộng lại được {summed}",
                f"tổng các dòng: {summed}",
                "Xem lại dòng tổng và các dòng của cột này",
            )


def _counts(cells: dict[int, str]) -> bool:
    return any(_INTEGER.fullmatch(text) for text in cells.values())


def _int(text: str) -> int:
    return int(text.replace(".", ""))


def _plain(text: str) -> str:
    return unaccented(text).strip()
