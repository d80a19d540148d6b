"""Do the figures of a text agree? Questions alone: which of them is right a program can't know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dvctt_report.lint.check import Answers, Fault, NotApplicable, check, quote, quote_end
from dvctt_report.lint.figure_tables import NUMBER, Grid, grids, read_number, shown
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.places import place_of
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.spelled import spelled_number
from dvctt_report.lint.structure import marks
from dvctt_report.severity import Severity

_WHOLE = r"\d{1,3}(?:\.\d{3})+|\d+"
_PERCENT = r"\d{1,3}(?:,\d{1,4})?"
_PAIR = rf"(?<![\d/.,])(?P<part>{_WHOLE})\s*/\s*(?P<whole>{_WHOLE})(?![\d/.,])"
_SHARES = (
    re.compile(
        rf"{_PAIR}[^\d(%;.]{{0,60}}?"
        r"(?:\((?:đạt |chiếm |tỷ lệ |bằng |đạt tỷ lệ )*|,?\s*(?:chiếm|đạt tỷ lệ|bằng|tỷ lệ)\s+)"
        rf"(?P<percent>{_PERCENT})\s*%(?:\)|(?=[\s.,;]))"
    ),
    re.compile(rf"{_PAIR}[^\d(%;.,]{{0,60}},\s*đạt\s+(?P<percent>{_PERCENT})\s*%(?=\s*(?:[.,;]|$))"),
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
        rf"(?P<one>{_PERCENT})\s*%(?:;\s|[^%.;]{{0,60}}?\b){_CHANGE}[^%.;]{{0,20}}so với[^%.;]{{0,80}}?"
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
_COUNTED = re.compile(
    rf"{_PAIR} (?:thành viên|đại biểu|đơn vị|cơ sở|phiếu|xã|phường|thôn|bản|hộ|người|cán bộ|đảng viên"
    r"|học sinh)\b"
)
"""Things that are counted one by one, so that a part is no more than its whole; money and plans may be."""
_BESIDE = re.compile(_PAIR)
_BEYOND = re.compile(r"vượt|kế hoạch|chỉ tiêu|tăng|so với", re.IGNORECASE)
_PARTS = re.compile(
    rf"(?<![\d/.,])(?P<total>{_WHOLE}) (?P<noun>[^\W\d]+(?: [^\W\d]+)?)\b[^\d.;:()%]{{0,40}}, trong đó:? "
    r"[^\d.;:()%]{0,30}"
    rf"(?P<one>{_WHOLE}) (?P=noun)\b[^\d.;:()%]{{0,40}} và [^\d.;:()%]{{0,30}}(?P<other>{_WHOLE}) (?P=noun)\b"
)
"""Two parts of a whole, told in its own word: "412 cơ sở, trong đó 350 cơ sở … và 62 cơ sở …"."""
_AMONG = re.compile(
    rf"(?<![\d/.,])(?P<whole>{_WHOLE}) (?P<noun>[^\W\d]+)\b[^\d.;:()%]{{0,40}}, trong đó:? "
    rf"[^\d.;:()%]{{0,30}}(?P<part>{_WHOLE}) (?P=noun)\b[^\d;:()%.]{{0,60}}[,(] ?"
    rf"(?:chiếm|đạt|bằng)(?: tỷ lệ)? (?P<percent>{_PERCENT})\s*%(?=\s*(?:[.,;)]|$))"
)
"""A part of a whole, told in its own word with its share: "120 hộ, trong đó 30 hộ nghèo, chiếm 25%"."""
_TOTAL_BEHIND = re.compile(rf"\btổng (?:số|cộng)(?: là)? (?P<total>{_WHOLE}) (?P<noun>[^\W\d]+)\b")
"""A total behind its parts, all counted in one word: "18 cơ sở …, 05 cơ sở …, tổng số 23 cơ sở"."""
_UNIT = r"(?:nghìn |triệu |tỷ )?đồng"
_MONEY = re.compile(
    rf"(?<![\d.,])(?P<total>{NUMBER.pattern}) (?P<unit>{_UNIT})[,;:]? (?:bao )?gồm:?"
    r"(?P<entries>(?:[^.;]|\.(?=\d)){10,300})"
)
_GROWN = re.compile(
    rf"(?<![\d.,])(?P<now>{NUMBER.pattern}) (?P<unit>[^\d,;.()%]{{2,30}}), (?P<way>tăng|giảm)"
    rf" (?P<percent>{_PERCENT})\s*%"
    rf" so với [^().;%]{{2,60}} \((?P<then>{NUMBER.pattern}) (?P=unit)\)"
)
_WAY = re.compile(
    rf"\b(?P<way>[Gg]iảm|[Tt]ăng)\b[^%.;\d]{{0,30}}\btừ (?P<one>{NUMBER.pattern})(?![\d/])[^.;]{{0,40}}?"
    rf"\b(?:xuống|lên)(?: còn| đến)? (?P<other>{NUMBER.pattern})(?![\d/])"
)
_SPELLED = re.compile(
    r"(?P<figures>\d{1,3}(?:\.\d{3})+) ?(?:đồng|đ)\b[^()\d]{0,20}\(\s*(?:[Vv]iết )?"
    r"(?:[Bb]ằng chữ:?|[Gg]hi bằng chữ:?)? ?(?P<words>[^()\d]{6,200}? đồng(?: chẵn)?)[./ ]*\)"
)
_NAMED_NUMBER = re.compile(
    r"(?<![\d/.,])(?P<n>\d{1,2}) (?:thành viên|ông, bà|đồng chí|cá nhân|tập thể|nội dung|nhiệm vụ|giải pháp"
    r"|vấn đề|nhóm)\b"
    r"[^.;:\d]{0,40}\bsau(?: đây)?:$"
)
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
        if any(
            sign in piece.text
            for sign in ("%", "gồm", "ảng ", "/", "trong đó", "tổng ", "giảm", "Giảm", "ăng ", " đồng")
        ):
            for found, right in _asked(piece.text, tables):
                place = place_of(paper, piece.paragraph)
                yield Fault(place, quote(piece), found, right, "Xem lại các số này")
    yield from _counted_below(paper)
    for grid in tables:
        for paragraph, found, right in grid.questions():
            place = place_of(paper, paragraph)
            yield Fault(place, quote(paragraph), found, right, "Xem lại số này và các số của dòng, cột này")
    if not tables and not any("%" in piece.text for piece in paper.pieces):
        yield NotApplicable("không có tỷ lệ, không có bảng số liệu")


def _asked(text: str, tables: tuple[Grid, ...]) -> Iterator[tuple[str, str]]:
    """What in one line doesn't agree, and what would."""
    for pattern in _SHARES if "%" in text and "/" in text else ():
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
    yield from _sums(text)
    yield from _changes(text)
    for found in _SPELLED.finditer(text) if " đồng" in text else ():
        said = spelled_number(found["words"])
        if said is not None and said != _int(found["figures"]):
            yield f"{found['figures']} đồng mà bằng chữ là “{found['words']}”", "số và chữ như nhau"
    for found in _COUNTED.finditer(text) if "/" in text else ():
        part, whole = _int(found["part"]), _int(found["whole"])
        sentence = re.split(r"[.;]\s", text[: found.start()])[-1] + text[found.end() : found.end() + 60]
        if part > whole and not _BEYOND.search(sentence) and not _OF_TIME.search(text[: found.start("part")]):
            yield f"{found['part']}/{found['whole']}", "phần không lớn hơn tổng"
    for found in _BESIDE.finditer(text) if tables and "/" in text and "%" in text else ():
        yield from _beside_tables(found, tables)
    for found in _NAMED_TOTAL.finditer(text) if tables else ():
        table = next((grid for grid in tables if grid.name == found["table"]), None)
        if table is not None and table.has_total and not table.holds(read_number(found["total"])):
            yield f"tổng {found['total']} không có trong Bảng {table.name}", "như dòng tổng của bảng"


def _sums(text: str) -> Iterator[tuple[str, str]]:
    """Parts told in a sentence that come to more than their whole, or amounts that aren't its sum."""
    for found in _PARTS.finditer(text) if "trong đó" in text else ():
        one, other, total = (_int(found[name]) for name in ("one", "other", "total"))
        if one + other > total >= max(one, other):
            yield (
                f"{found['one']} và {found['other']} trong tổng {found['total']}",
                f"cộng lại là {shown(Decimal(one + other))}",
            )
    for found in _AMONG.finditer(text) if "trong đó" in text and "%" in text else ():
        if _int(found["part"]) <= _int(found["whole"]):
            yield from _share(found)
    for found in _TOTAL_BEHIND.finditer(text) if "tổng " in text else ():
        before = re.split(r"\.\s", text[: found.start()])[-1]
        parts = [_int(n) for n in re.findall(rf"(?<![\d/.,])({_WHOLE}) {re.escape(found['noun'])}\b", before)]
        if len(parts) > 1 and "trong đó" not in before and sum(parts) != _int(found["total"]) >= max(parts):
            right = shown(Decimal(sum(parts)))
            yield f"tổng ghi {found['total']}, các phần cộng lại được {right}", f"tổng các phần: {right}"
    for found in _MONEY.finditer(text) if "gồm" in text else ():
        amounts = re.findall(rf"(?<![\d.,])({NUMBER.pattern}) {found['unit']}", found["entries"])
        entries, whole = [read_number(n) for n in amounts], read_number(found["total"])
        known = [n for n in entries if n is not None]
        if len(known) > 1 and whole is not None and sum(known) != whole >= max(known):
            right = f"{shown(Decimal(sum(known)))} {found['unit']}"
            yield (
                f"tổng ghi {found['total']} {found['unit']}, các phần cộng lại được {right}",
                f"tổng các phần: {right}",
            )


def _changes(text: str) -> Iterator[tuple[str, str]]:
    """A growth that both amounts don't give, and "giảm từ" a smaller to a larger number."""
    for found in _GROWN.finditer(text) if "so với" in text else ():
        now, then, percent = (read_number(found[name]) for name in ("now", "then", "percent"))
        if now is None or percent is None or not then:
            continue
        right = 100 * (now - then) / then * (1 if found["way"] == "tăng" else -1)
        # Both amounts may have been rounded on their own.
        step = (
            Decimal(1).scaleb(int(percent.as_tuple().exponent))
            + 100 * Decimal(1).scaleb(int(then.as_tuple().exponent)) / then
        )
        if abs(right - percent) > step:
            told = f"{found['now']} so với {found['then']}"
            yield (
                f"{told} mà ghi {found['way']} {found['percent']}%",
                f"khoảng {shown(abs(right).quantize(Decimal('0.1')))}%",
            )
    for found in _WAY.finditer(text) if "từ " in text and ("xuống" in text or "lên" in text) else ():
        one, other = read_number(found["one"]), read_number(found["other"])
        if (
            one is not None
            and other is not None
            and one != other
            and (one < other) == (found["way"][1:] == "iảm")
        ):
            yield (
                f"“{quote(found[0], 60)}”",
                f"từ {found['one']} đến {found['other']} là {'tăng' if one < other else 'giảm'}",
            )


def _beside_tables(found: re.Match[str], tables: tuple[Grid, ...]) -> Iterator[tuple[str, str]]:
    """A part of a total of a table that stands beside that total a little otherwise."""
    part, whole = Decimal(_int(found["part"])), Decimal(_int(found["whole"]))
    rows = [row for grid in tables if (row := grid.total_row) and whole in row.values()]
    if rows and not any(grid.holds(part) for grid in tables):
        near = [n for row in rows for n in row.values() if n != whole and abs(n - part) <= part * _ALMOST]
        if near:
            pair = f"{found['part']}/{found['whole']}"
            yield f"{pair}, dòng tổng của bảng ghi {shown(near[0])}", f"{shown(near[0])}/{found['whole']}"


_ALMOST = Decimal("0.02")
"""How near a part told in words is to the one in the table beside its whole, to be meant for it."""


def _counted_below(paper: Paper) -> Iterator[Fault]:
    """ "05 thành viên có tên sau:" above a list of another length."""
    found = marks(paper)
    for at, mark in enumerate(found):
        told = _NAMED_NUMBER.search(mark.piece.text) if mark.piece.text.endswith(":") else None
        level = found[at + 1].level if told and at + 1 < len(found) else "text"
        if told is None or level not in ("clause", "point", "dash"):
            continue
        levels = (level, *_DEEPER.get(level, ()))
        listed = [m.level for m in found[at + 1 :]]
        end = next((n for n, one in enumerate(listed) if one not in levels), len(listed))
        n = listed[:end].count(level)
        if n > 1 and n != int(told["n"]):
            what = f"ghi {told['n']}, dưới liệt kê {n}"
            yield Fault(
                mark.place, quote_end(mark.piece), what, f"{n}", "Xem lại số lượng hoặc danh sách này"
            )


_DEEPER: dict[str, tuple[str, ...]] = {
    "clause": ("point", "dash", "plus"),
    "point": ("dash", "plus"),
    "dash": ("plus",),
}


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
