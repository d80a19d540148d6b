"""Do the figures of a text agree? Questions alone: which of them is right a program can't know."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain
from math import prod

from dvctt_report.lint.amounts import SCALES, Amount, Passage, amounts_in, passage
from dvctt_report.lint.balances import balances_in
from dvctt_report.lint.check import Answers, Fault, NotApplicable, check, quote, quote_about, quote_end
from dvctt_report.lint.compared import compared_in
from dvctt_report.lint.counted import counted, entries_below
from dvctt_report.lint.figure_tables import Grid, grids
from dvctt_report.lint.mixes import mixes_in
from dvctt_report.lint.numerals import NUMBER, read_number, shown, step_of
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.pieces import Piece
from dvctt_report.lint.places import place_of
from dvctt_report.lint.products import products_in
from dvctt_report.lint.reckoning import sums_in
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.shares import is_of_time, percentages_in, shares_in
from dvctt_report.lint.spelled import spelled_number
from dvctt_report.lint.structure import Mark, marks
from dvctt_report.lint.sums_below import sums_below
from dvctt_report.lint.told_totals import exchanged, in_other_rows, spelt, totals_told, voted
from dvctt_report.lint.what_is_left import left_in
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity

_WHOLE = r"\d{1,3}(?:\.\d{3})+|\d+"
_PAIR = (
    r"(?P<part>\d(?<![\d/.,]\d)(?:\d{0,2}(?:\.\d{3})+|\d*))"
    r"(?:\s*/\s*|(?: [^\W\d]+){0,3} (?:trên|trong(?= (?:tổng )?số )) (?:tổng )?(?:số )?)"
    rf"(?P<whole>{_WHOLE})(?![\d/.,])"
)
_COUNTED = lazy_pattern(
    rf"{_PAIR} (?:thành viên|đại biểu|đơn vị|cơ sở|phiếu|xã|phường|thôn|bản|hộ|người|cán bộ|đảng viên"
    r"|học sinh|tổ|hồ sơ|thủ tục|văn bản|trường|lớp|doanh nghiệp|cá nhân|tập thể|chi bộ|tổ dân phố|khu phố"
    r"|ấp|trạm|sở|cơ quan|địa phương|phòng|công chức|viên chức|giáo viên|học viên|ý kiến|dự án|vụ|nhiệm vụ"
    r"|kiến nghị|công trình|đơn)\b",
    re.IGNORECASE,
)
"""Things that are counted one by one, so that a part is no more than its whole; money and plans may be."""
_SCORE = lazy_pattern(
    rf"(?<![\d/.,])(?P<part>{NUMBER.pattern})/(?P<whole>{NUMBER.pattern}) điểm\b(?! (?:thưởng|cộng|phần))"
)
"""A score and the most that it may be: "91,24/100 điểm"."""
_BESIDE = lazy_pattern(_PAIR)
_BEYOND = lazy_pattern(r"vượt|kế hoạch|chỉ tiêu|tăng|so với", re.IGNORECASE)
_PRODUCT = lazy_pattern(
    rf"(?<![\d.,])(?P<factors>{NUMBER.pattern} [^\d,;.()%=]{{2,40}}"
    rf"(?: ?[x×*] ?{NUMBER.pattern} [^\d;.()%=]{{2,30}}){{1,4}})= ?(?P<total>{NUMBER.pattern})(?![\d,.]\d)"
)
"""Numbers, a price and what they come to: "24 lớp x 120.000.000 đồng/lớp = 2.880.000.000 đồng"."""
_PRODUCT_BEHIND = lazy_pattern(
    rf"(?<![\d.,])(?P<total>{NUMBER.pattern}) (?P<scale>(?:triệu |tỷ )?đồng) \((?P<factors>{NUMBER.pattern}"
    rf" [^\d,;.()%=]{{2,30}} ?[x×*] ?{NUMBER.pattern}) (?P=scale)(?:/[^\d;,.()%=]{{1,30}})?\)"
)
"""The same told behind what they come to."""
_TIMES = ("x ", "×", "*")
_SPELLED = lazy_pattern(
    rf"(?<![\d.,])(?P<figures>{NUMBER.pattern})(?: (?P<scale>{'|'.join(SCALES)}))? ?(?:đồng|đ)\b"
    r"[^()\d]{0,20}\(\s*(?:[Vv]iết )?"
    r"(?:[Bb]ằng chữ:?|[Gg]hi bằng chữ:?)? ?(?P<words>[^()\d]{6,200}? đồng(?: chẵn)?)[./ ]*\)"
)
_NAMED_TOTAL = lazy_pattern(
    rf"\b[Tt]ổng (?:số|cộng)\b[^.;\d]{{0,60}}?(?P<total>{NUMBER.pattern})(?![\d/,%]|\.\d|\s?%)[^.;]{{0,200}}?"
    r"\b[Bb]ảng\s+(?:số\s+)?(?P<table>\d+)\b"
)


_SIGNS = (
    "%", "gồm", "ảng ", "/", "trong đó", "tổng ", "giảm", "Giảm", "ăng ", "đồng", "cụ thể", "chia ra",
    "còn ", "Còn ", "Tổng ", "bình quân", "trung bình", "mỗi ", "=", "ừ ", "(", "rong ", "không ", "trượt ",
    "nữ ", "vắng ", "đang ",
)  # fmt: skip
"""Without one of these a line tells nothing that could be reckoned."""
_FIGURE = lazy_pattern(r"\d")
_FIGURES = lazy_pattern(r"\d(?<![\d.,]\d)(?:[\d.,]*\d)?")
"""A number with all its points and commas."""
_TWICE = 2


@check(
    "TT71",
    Severity.INFO,
    "Số liệu trong văn bản không khớp nhau, cần xem lại",
    rationale="Phần trên tổng và tỷ lệ, hai tỷ lệ và số điểm chênh lệch, tổng và các phần liệt kê, bình "
    "quân, mức tăng giảm, phần đã làm và phần còn lại, số người, số mục được nêu và danh sách, dòng tổng, "
    "cột tỷ lệ, số lượng và thành tiền của bảng phải khớp. Câu nêu rõ hai số thì tỷ lệ được tính lại; câu "
    "không nêu rõ thì chỉ hỏi khi không hai số nào cho tỷ lệ ấy và hai số cùng loại cho gần đúng. "
    "Chương trình chỉ hỏi: số nào đúng thì người soạn biết.",
    source="khuyến nghị của chương trình",
    asks=True,
)
def figures(paper: Paper, settings: Settings) -> Answers:
    """Ask about shares, points, lists and tables whose figures don't give each other.

    Sai: 12/15 đơn vị (85%); 45 cán bộ, trong đó 25 nam, 22 nữ; “Tổng cộng” 30, các dòng 10, 12, 9
    Đúng: 12/15 đơn vị (80%); 45 cán bộ, trong đó 25 nam, 20 nữ; “Tổng cộng” 31
    """
    tables, reckoned, above = grids(paper), False, deque[Passage](maxlen=_ABOVE)
    for piece in paper.whole_text.holding(_FIGURE):
        if piece.text.strip("0123456789.,%-"):
            reckoned = reckoned or any(sign in piece.text for sign in _SIGNS)
            if asked := [*_asked_once(piece.told, tables, above)]:
                found, right = ("; ".join(dict.fromkeys(words)) for words in zip(*asked, strict=True))
                place, words = place_of(paper, piece.paragraph), quote_about(piece, found)
                yield Fault(place, words, found, right, "Xem lại các số này")
            above.append(piece.told)
    ways = (
        _below(paper),
        _balances(paper),
        totals_told(paper, tables),
        in_other_rows(paper, tables),
        voted(paper),
        exchanged(paper),
        spelt(paper),
        counted(paper, tables),
    )
    for piece, found, right in chain.from_iterable(ways):
        yield Fault(place_of(paper, piece.paragraph), quote_end(piece), found, right, "Xem lại các số này")
    for grid in tables:
        for paragraph, found, right in grid.questions():
            place = place_of(paper, paragraph)
            yield Fault(place, quote(paragraph), found, right, "Xem lại số này và các số của dòng, cột này")
    if not tables and not reckoned:
        yield NotApplicable("không có tổng, tỷ lệ, mức tăng giảm hay bảng để tính lại")


_ABOVE = 6
"""Paragraphs with figures above one, among which the whole is looked for that it speaks of."""


def _asked_once(text: Passage, tables: tuple[Grid, ...], above: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What in one line doesn't agree; a percentage that is asked about is not asked about again."""
    asked = [*dict.fromkeys((*_asked(text, tables, above), *left_in(text, above)))]
    yield from asked
    known = {_percent_in(found) for found, _ in asked}
    yield from (one for one in percentages_in(text, above) if _percent_in(one[0]) not in known)


def _percent_in(found: str) -> Decimal | None:
    """The percentage that a question ends with."""
    return read_number(found.rpartition(" ")[2].removesuffix("%"))


def _asked(text: Passage, tables: tuple[Grid, ...], above: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What in one line doesn't agree, and what would."""
    yield from sums_in(text) if len(text.amounts) > 1 else ()
    yield from shares_in(text) if "%" in text else ()
    yield from products_in(text, above)
    yield from balances_in(text)
    yield from _changes(text, above)
    for found in _SPELLED.finditer(text) if " đồng" in text else ():
        yield from _spelt(found)
    pairs = [*_BESIDE.finditer(text)] if "/" in text else []
    larger = any(_int(found["part"]) > _int(found["whole"]) for found in pairs)
    for found in _COUNTED.finditer(text) if larger else ():
        part, whole = _int(found["part"]), _int(found["whole"])
        sentence = re.split(r"[.;]\s", text[: found.start()])[-1] + text[found.end() : found.end() + 60]
        if part > whole and not _BEYOND.search(sentence) and not is_of_time(text, found.start("part")):
            yield f"{found['part']}/{found['whole']}", "phần không lớn hơn tổng"
    for found in _SCORE.finditer(text) if " điểm" in text and "/" in text else ():
        score, most = read_number(found["part"]), read_number(found["whole"])
        if score is not None and most is not None and score > most:
            yield found[0], f"không quá {found['whole']} điểm"
    beside = pairs if tables and "%" in text else []
    n_told = Counter(_FIGURES.findall(text)) if beside else {}
    for found in beside:
        # What is told twice was meant: "đã giải quyết 4.507 hồ sơ … (4.446/4.507)".
        if n_told[found["part"]] < _TWICE > n_told[found["whole"]]:
            yield from _beside_tables(found, tables)
    for found in _NAMED_TOTAL.finditer(text) if tables and "ảng " in text and "ổng " in text else ():
        table = next((grid for grid in tables if grid.name == found["table"]), None)
        if table is not None and table.has_total and not table.holds(read_number(found["total"])):
            yield f"tổng {found['total']} không có trong Bảng {table.name}", "như dòng tổng của bảng"


def _below(paper: Paper) -> Iterator[tuple[Piece, str, str]]:
    """Amounts of a line that opens a list and of the entries below it."""
    found = marks(paper)
    for at, mark in enumerate(found):
        if mark.piece.text.endswith(":") and any(char.isdigit() for char in mark.rest):
            entries = [one.rest for one in entries_below(found, at)]
            above = [one.rest for one in found[max(0, at - _LINES) : at]]
            for said, right in sums_below(mark.rest, entries, above):
                yield mark.piece, said, right
        if mark.piece.text.endswith(":"):
            yield from _as_one(mark.piece, entries_below(found, at))


def _as_one(piece: Piece, entries: Sequence[Mark]) -> Iterator[tuple[Piece, str, str]]:
    """A list of amounts of one thing, each alone in its entry, held against each other as in a sentence."""
    lines = [mark.rest.strip(" .;").replace(": ", " ") for mark in entries]
    told = [amounts_in(line) for line in lines]
    alone = len(lines) in _LISTED and all(len(amounts) == 1 for amounts in told)
    if alone and all(a[0].noun and a[0].is_of(told[0][0].noun) for a in told):
        text = passage("; ".join(lines))
        yield from ((piece, *question) for question in dict.fromkeys((*sums_in(text), *left_in(text))))


_LISTED = range(3, 7)
"""Entries of a list that tells of one thing how far it has come."""


_LINES = 3
"""Lines above a list among which its total is looked for."""
_BALANCE = lazy_pattern(r"(?:Kết dư|Chênh lệch|Còn lại|Thặng dư|Tồn cuối)\b")


def _balances(paper: Paper) -> Iterator[tuple[Piece, str, str]]:
    """What is left, told as the third of three lines: "1. Tổng thu …; 2. Tổng chi …; 3. Kết dư …"."""
    for level in ("clause", "point", "dash"):
        found = [mark for mark in marks(paper) if mark.level == level]
        for lines in zip(found, found[1:], found[2:], strict=False):
            if _BALANCE.match(lines[2].rest):
                came, went, left = (next(iter(amounts_in(mark.rest)), None) for mark in lines)
                yield from _balance(lines[2].piece, came, went, left)


def _balance(
    piece: Piece, came: Amount | None, went: Amount | None, left: Amount | None
) -> Iterator[tuple[Piece, str, str]]:
    if came and went and left and came.is_of(went.noun) and came.is_of(left.noun):
        apart = came.value - went.value
        if abs(apart - left.value) > came.slack + went.slack + left.slack:
            yield piece, f"{came.text} trừ {went.text} mà ghi {left.text}", left.told(apart)


def _changes(text: str, above: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Growths, steps, products and mixes that their own amounts don't give."""
    yield from compared_in(text, above)
    for pattern in (_PRODUCT, _PRODUCT_BEHIND) if any(sign in text for sign in _TIMES) else ():
        for found in pattern.finditer(text):
            yield from _multiplied(found)
    yield from mixes_in(text) if "%" in text else ()


def _multiplied(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    factors = [read_number(n) for n in NUMBER.findall(found["factors"])]
    total, made = read_number(found["total"]), prod(n for n in factors if n is not None)
    if total is not None and made != total:
        yield f"“{quote(found[0], 80)}”", shown(Decimal(made))


def _spelt(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    said, figures = spelled_number(found["words"]), read_number(found["figures"])
    power = SCALES.get(found["scale"] or "", 0)
    if said is None or figures is None:
        return
    # What is told in millions with decimals may be rounded.
    if abs(said - figures.scaleb(power)) >= (step_of(figures).scaleb(power) if step_of(figures) < 1 else 1):
        scale = f" {found['scale']}" if found["scale"] else ""
        yield f"{found['figures']}{scale} đồng mà bằng chữ là “{found['words']}”", "số và chữ như nhau"


def _beside_tables(found: re.Match[str], tables: tuple[Grid, ...]) -> Iterator[tuple[str, str]]:
    """A part and a whole of which a table's total has the one, and beside it the other a little otherwise."""
    part, whole = Decimal(_int(found["part"])), Decimal(_int(found["whole"]))
    pair = f"{found['part']}/{found['whole']}"
    for one, other in ((whole, part), (part, whole)):
        rows = [row for grid in tables if (row := grid.total_row) and one in row.values()]
        if rows and not any(grid.holds(other) for grid in tables):
            near = (n for row in rows for n in row.values() if n != one)
            if (meant := next((n for n in near if abs(n - other) <= other * _ALMOST), None)) is not None:
                told = (meant, whole) if one is whole else (part, meant)
                yield f"{pair}, dòng tổng của bảng ghi {shown(meant)}", "/".join(map(shown, told))


_ALMOST = Decimal("0.04")
"""How near a number told in words is to the one in the table beside the other, to be meant for it."""


def _int(text: str) -> int:
    return int(text.replace(".", ""))
