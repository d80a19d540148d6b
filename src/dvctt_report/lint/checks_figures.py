"""Do the figures of a text agree? Questions alone: which of them is right a program can't know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dvctt_report.lint.check import Answers, Fault, NotApplicable, check, quote
from dvctt_report.lint.figure_tables import NUMBER, Grid, grids, read_number, shown
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.places import place_of
from dvctt_report.lint.settings import Settings
from dvctt_report.model import Severity

_WHOLE = r"\d{1,3}(?:\.\d{3})+|\d+"
_PERCENT = r"\d{1,3}(?:,\d{1,4})?"
_PAIR = rf"(?<![\d/.,])(?P<part>{_WHOLE})\s*/\s*(?P<whole>{_WHOLE})(?![\d/.,])"
_SHARES = (
    re.compile(
        rf"{_PAIR}[^\d(%;.]{{0,60}}?"
        r"(?:\((?:đạt |chiếm |tỷ lệ |bằng |đạt tỷ lệ )*|,?\s*(?:chiếm|đạt tỷ lệ|bằng|tỷ lệ)\s+)"
        rf"(?P<percent>{_PERCENT})\s*%(?:\)|(?=[\s.,;]))"
    ),
    re.compile(rf"(?<![\d,.])(?P<percent>{_PERCENT})\s*%\s*\({_PAIR}"),
)
"""A part of a whole and its percentage told in one breath: "12/15 đơn vị (80%)", "80% (12/15 đơn vị)".

"12/15 chỉ tiêu đạt 100%" says something else.
"""
_OF_TIME = re.compile(r"(?:ngày|tháng|quý|năm|kỳ|số)\s*$", re.IGNORECASE)
"""What a stroke behind it parts: days, months, numbers of documents."""
_CHANGE = (
    r"(?:(?P<up>tăng|vượt|cao hơn)|giảm|thấp hơn|kém|hụt)\s+(?:thêm\s+)?(?P<points>\d{1,3}(?:,\d+)?)\s*"
    r"(?:điểm phần trăm|điểm %)"
)
_POINTS = (
    re.compile(
        rf"(?P<one>{_PERCENT})\s*%[^%.;]{{0,60}}?\b{_CHANGE}[^%.;]{{0,20}}so với[^%.;]{{0,80}}?"
        rf"(?<![\d,])(?P<other>{_PERCENT})\s*%"
    ),
    re.compile(
        rf"\b[Tt]ừ\s+(?P<other>{_PERCENT})\s*%[^%.;]{{0,40}}?(?:lên|xuống|còn)\s[^%.;]{{0,20}}?"
        rf"(?<![\d,])(?P<one>{_PERCENT})\s*%[^%.;]{{0,40}}?\b{_CHANGE}"
    ),
)
"""Two percentages and how far they are apart: "82,9%, vượt 2,9 điểm phần trăm so với mục tiêu (80%)"."""
_ENTRY = rf"(?:{_WHOLE}) [^\d,;.:()%]{{2,60}}"
_LISTED = re.compile(
    rf"(?<![\d/.,])(?P<total>{_WHOLE}) [^\d,;.:()%/]{{2,60}}?[,(]? ?(?:bao )?gồm ?:? ?"
    rf"(?P<entries>{_ENTRY}(?:(?:[,;]| và) ?{_ENTRY})+)(?=[.;)]|$)"
)
"""A whole and all that it consists of: "15 văn bản, gồm: 05 quyết định, 07 công văn và 03 kế hoạch"."""
_NAMED_TOTAL = re.compile(
    rf"\b[Tt]ổng (?:số|cộng)\b[^.;\d]{{0,60}}?(?P<total>{NUMBER.pattern})(?![\d/,%]|\.\d|\s?%)[^.;]{{0,200}}?"
    r"\b[Bb]ảng\s+(?:số\s+)?(?P<table>\d+)\b"
)


@check(
    "TT71",
    Severity.INFO,
    "Số liệu trong văn bản không khớp nhau, cần xem lại",
    rationale="Phần trên tổng và tỷ lệ, hai tỷ lệ và số điểm chênh lệch, tổng và các phần liệt kê, dòng "
    "tổng, cột tỷ lệ của bảng phải khớp. Chương trình chỉ hỏi: số nào đúng thì người soạn biết.",
    source="khuyến nghị của chương trình",
    asks=True,
)
def figures(paper: Paper, settings: Settings) -> Answers:
    """Ask about shares, points, lists and tables whose figures don't give each other.

    Sai: 12/15 đơn vị (85%); 82,9%, vượt 3,9 điểm phần trăm so với 80%; “Tổng cộng” 30, các dòng 10, 12, 9
    Đúng: 12/15 đơn vị (80%); 82,9%, vượt 2,9 điểm phần trăm so với 80%; “Tổng cộng” 31
    """
    tables = grids(paper)
    for piece in paper.pieces:
        if any(sign in piece.text for sign in ("%", "gồm", "ảng ")):
            for found, right in _asked(piece.text, tables):
                place = place_of(paper, piece.paragraph)
                yield Fault(place, quote(piece), found, right, "Xem lại các số này")
    for grid in tables:
        for paragraph, found, right in grid.questions():
            place = place_of(paper, paragraph)
            yield Fault(place, quote(paragraph), found, right, "Xem lại số này và các số của dòng, cột này")
    if not tables and not any("%" in piece.text for piece in paper.pieces):
        yield NotApplicable("không có tỷ lệ, không có bảng số liệu")


def _asked(text: str, tables: tuple[Grid, ...]) -> Iterator[tuple[str, str]]:
    """What in one line doesn't agree, and what would."""
    for pattern in _SHARES if "%" in text else ():
        for found in pattern.finditer(text):
            if not _OF_TIME.search(text[: found.start("part")]):
                yield from _share(found)
    for pattern in _POINTS if "điểm" in text else ():
        for found in pattern.finditer(text):
            yield from _points(found)
    for found in _LISTED.finditer(text) if "gồm" in text else ():
        entries = [_int(n) for n in re.findall(rf"(?:^|[,;]|\bvà)\s*({_WHOLE})\s", found["entries"])]
        # What is smaller than one of its entries is no sum of them: "01 đề án gồm 5 chương".
        if sum(entries) != _int(found["total"]) >= max(entries):
            right = shown(Decimal(sum(entries)))
            yield f"tổng ghi {found['total']}, các phần cộng lại được {right}", f"tổng các phần: {right}"
    for found in _NAMED_TOTAL.finditer(text) if tables else ():
        table = next((grid for grid in tables if grid.name == found["table"]), None)
        if table is not None and table.has_total and not table.holds(read_number(found["total"])):
            yield f"tổng {found['total']} không có trong Bảng {table.name}", "như dòng tổng của bảng"


def _share(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    part, whole = _int(found["part"]), _int(found["whole"])
    said = read_number(found["percent"])
    if not whole or said is None:
        return
    right = Decimal(100) * part / whole
    step = Decimal(1).scaleb(int(said.as_tuple().exponent))
    if abs(right - said) >= step:  # neither rounded nor cut off
        told = shown(right.quantize(max(step, Decimal("0.01"))))
        pair = f"{found['part']}/{found['whole']}"
        yield f"{pair} mà ghi {found['percent']}%", f"{pair} là khoảng {told}%"


def _points(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    one, other, points = (read_number(found[name]) for name in ("one", "other", "points"))
    if one is None or other is None or points is None:
        return
    apart = one - other if found["up"] else other - one
    # Each of the three may have been rounded on its own.
    step = Decimal(1).scaleb(min(int(n.as_tuple().exponent) for n in (one, other, points)))
    if abs(apart - points) > step:
        told = f"{shown(abs(one - other))} điểm phần trăm"
        both = f"{found['one']}% so với {found['other']}%"
        yield (
            f"{both} mà ghi {found['points']} điểm phần trăm",
            f"{both} là {'cao' if one > other else 'thấp'} hơn {told}",
        )


def _int(text: str) -> int:
    return int(text.replace(".", ""))
