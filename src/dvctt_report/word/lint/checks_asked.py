"""What the author is asked to read again: figures, days, doubled words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from operator import eq
from typing import NamedTuple

from dvctt_report.text.vietnamese import format_date, format_decimal, key, unaccented
from dvctt_report.word.document import Paragraph
from dvctt_report.word.lint.check import HERE, Answers, Fault, NotApplicable, Settings, check, quote
from dvctt_report.word.lint.parts import Paper, day_in, holding
from dvctt_report.word.lint.patterns import LISTS, patterns_of

_RE, _LISTS = patterns_of("asked"), LISTS["asked"]

SCALES = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
Question = tuple[str, str]
"""What doesn't agree, and what would."""
_DIGITS = {word: n for n, words in enumerate(_LISTS["digits"]) for word in words.split()}
_SILENT = frozenset({"linh", "lẻ", "và", "đồng", "chẵn", "việt", "nam"})
_LONGEST_TOTAL = 30  # Characters of what a total's row is called: "Toàn tỉnh", "Tổng cộng (I + II):"
_FEWEST = 3  # Rows of details from which a total may be doubted: of two, one may be a part of the other
_YEARS = range(1900, 2101)
Rows = dict[int, dict[int, Paragraph]]
"""The paragraphs of a table by row and column."""
_SHARES = (_RE["share_behind"], _RE["share_before"])
"""A number out of another and its percentage behind it, or before it: "12/15 đơn vị (80%)", "80% (12/15)"."""
_MONTHS = 12
_NEAR = 120
_ROUND = 100  # From how many on what is measured, or told in thousands and millions, may have been rounded
_LONGEST = 600  # Characters that a list takes at most to be added up
_NO_PART = (_RE["changed"], _RE["of_others"], _RE["vague"], _RE["names"])
"""What was done with a whole is no part of it, nor is what has parts of its own."""
_NEARLY = (Decimal("0.5"), Decimal(2))
"""How far off a sum may be from the whole that was meant; "01 đề án gồm 5 chương" is none of its parts."""
_WEEKDAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy")
_ON_WEEKDAY = (_RE["weekday_before"], _RE["weekday_behind"], _RE["weekday_last"])


def read_number(text: str) -> Decimal | None:
    """A number written the Vietnamese way; None where something else stands."""
    plain = text.strip()
    return Decimal(plain.replace(".", "").replace(",", ".")) if _RE["number"].fullmatch(plain) else None


def step_of(number: Decimal) -> Decimal:
    """One unit of the last place that a number is written to: 66,7 → 0,1."""
    return Decimal(1).scaleb(int(number.as_tuple().exponent))


def spelled_number(text: str) -> int | None:
    """The number that the words say; None where another word stands among them."""
    total = hundred = 0
    digit: int | None = None
    for word in key(text).replace(",", " ").replace("./.", " ").strip(" .").split():
        if word in _DIGITS:
            hundred += digit or 0
            digit = _DIGITS[word]
        elif word == "mười":
            hundred, digit = hundred + 10, None
        elif word == "mươi":
            hundred, digit = hundred + 10 * (digit or 0), None
        elif word == "trăm":
            hundred, digit = hundred + 100 * (digit or 0), None
        elif word in SCALES:
            group = hundred + (digit or 0)
            # "nghìn tỷ": what came before is counted in the larger group.
            scale = 10 ** SCALES[word]
            total = (total + group) * scale if not group and total else total + group * scale
            hundred, digit = 0, None
        elif word not in _SILENT:
            return None
    return total + hundred + (digit or 0)


def words_in(text: str) -> Iterator[Question]:
    """Numbers and sums of money, and behind them others in words: what was found, what would agree."""
    for sum_of_money in _RE["spelled"].finditer(text):
        in_words, figures = spelled_number(sum_of_money["words"]), read_number(sum_of_money["figures"])
        power = SCALES.get(sum_of_money["scale"] or "", 0)
        if in_words is None or figures is None:
            continue
        # What is told in millions with decimals may be rounded.
        step = step_of(figures).scaleb(power) if step_of(figures) < 1 else 1
        if abs(in_words - figures.scaleb(power)) >= step:
            scale = f" {sum_of_money['scale']}" if sum_of_money["scale"] else ""
            yield (
                f"{sum_of_money['figures']}{scale} đồng mà bằng chữ là “{sum_of_money['words']}”",
                "số và chữ như nhau",
            )
    for sum_of_money in _RE["in_words"].finditer(text):
        in_words = spelled_number(sum_of_money["words"])
        if in_words and in_words != int(sum_of_money["figures"]):
            yield f"“{sum_of_money[0]}”", "số và chữ như nhau"


def _total_in(rows: Rows, above: str) -> Iterator[tuple[Paragraph, str, str]]:
    """What of a total's row the other rows don't give; nothing where some of them sum up others."""
    texts = {r: {c: p.text.strip() for c, p in row.items()} for r, row in rows.items()}
    numbers: dict[int, dict[int, Decimal]] = {}
    for r, cells in texts.items():
        row = {c: number for c, text in cells.items() if (number := read_number(text)) is not None}
        # A row may count the columns, "1, 2, 3", or head them with years.
        counts = len(row) >= _FEWEST and [*row.values()] == [Decimal(n) for n in range(1, len(row) + 1)]
        if r != min(texts) and not counts and not all(number in _YEARS for number in row.values()):
            numbers[r] = row
    short = {r: [unaccented(t) for t in row.values() if len(t) <= _LONGEST_TOTAL] for r, row in texts.items()}
    named = [r for r, row in short.items() if any(map(_RE["total"].fullmatch, row))]
    if len(named) != 1 or named[0] not in (min(numbers, default=-1), max(numbers, default=-1)):
        return
    total = named[0]
    details = [r for r in numbers if r != total]
    headings = defaultdict[int, str](str)
    for r, c, text in ((r, c, text) for r, row in texts.items() for c, text in row.items()):
        headings[c] += f" {unaccented(text)}" if r < min(numbers) else ""
    counting = next((c for c, head in headings.items() if _RE["counted"].match(head.strip())), None)
    marks = [] if counting is None else [texts[r].get(counting, "") for r in details]
    counted = all(re.fullmatch(rf"0?{n}\.?", mark) for n, mark in enumerate(marks, 1))
    spans = (span for r in details for p in rows[r].values() for span in p.spans)
    if len(details) < 2 or not counted or any(span.face.bold and span.text.strip() for span in spans):
        return
    is_rounded = bool(_RE["rounded"].search(f"{above} {' '.join(headings.values())}"))
    sums = dict[int, tuple[Decimal, Decimal]]()
    for c, of_total in numbers[total].items():
        known = [numbers[r][c] for r in details if c in numbers[r]]
        is_mean = step_of(of_total) < 1 and min(known, default=of_total) <= of_total <= max(
            known, default=of_total
        )
        if len(known) == len(details) and not _RE["no_amount"].search(headings[c]) and not is_mean:
            # Each number of the sum, and it itself, may have been rounded on its own.
            step = min(map(step_of, (*known, of_total)))
            slack = step * (len(known) + 1) / 2 if is_rounded or step < 1 else Decimal(0)
            sums[c] = sum(known, Decimal(0)) - of_total, slack
    # Of two rows one may be a part of the other, unless they are counted or another column adds up.
    surely = len(details) >= _FEWEST or marks or any(abs(off) <= slack for off, slack in sums.values())
    for c, (off, slack) in sums.items() if surely else ():
        if abs(off) > slack:
            found = (
                f"dòng tổng ghi {texts[total][c]}, "
                f"các dòng cộng lại được {format_decimal((numbers[total][c] + off).normalize())}"
            )
            yield rows[total][c], found, "tổng bằng các dòng cộng lại (sửa tổng, hoặc sửa một dòng)"


def shares_in(text: str) -> Iterator[Question]:
    """Numbers out of others beside a percentage that isn't theirs."""
    for share in (share for pattern in _SHARES for share in pattern.finditer(text)):
        part, whole = (_Amount.of(share[name], share["noun"]) for name in ("part", "whole"))
        percent = read_number(share["percent"])
        told_before = share.start("percent") < share.start("part")
        about = _clause(share, "percent") if told_before else share["noun"]
        # No day, no number of a paper, no change: a number of things out of others.
        other = (
            _RE["names"].search(_before(share, "part"))
            or _RE["of_time"].match(share["noun"])
            or _RE["changed"].search(about)
        )
        counted = share["noun"] or (whole.value > _MONTHS and whole.value not in _YEARS)
        if percent is None or not whole.value or other or not counted:
            continue
        # The percentage may be the nearest or cut off, however the two themselves were rounded.
        least = 100 * (part.value - part.slack) / (whole.value + whole.slack)
        most = 100 * (part.value + part.slack) / (whole.value - whole.slack)
        if least - percent >= step_of(percent) or most - percent < -step_of(percent) / 2:
            right = f"{100 * part.value / whole.value:.{max(1, -int(percent.as_tuple().exponent))}f}"
            fraction = f"{share['part']}/{share['whole']}"
            yield f"{fraction} mà ghi {share['percent']}%", f"{fraction} là khoảng {right.replace('.', ',')}%"


def _before(found: re.Match[str], group: str) -> str:
    """What stands before a group, as far as it may say something of it."""
    return found.string[max(0, found.start(group) - _NEAR) : found.start(group)]


def _clause(found: re.Match[str], group: str) -> str:
    """The words before a group, back to a sign."""
    return re.split(r"[,;:.(]\s", _before(found, group))[-1]


class _Amount(NamedTuple):
    """A number of things with its unit, how far it may have been rounded, and the words before it."""

    value: Decimal
    slack: Decimal
    unit: str
    before: str = ""

    @classmethod
    def of(cls, number: str, behind: str, before: str = "") -> _Amount:
        figure = read_number(number) or Decimal(0)
        scale = next((power for word, power in SCALES.items() if re.match(rf" {word}\b", behind)), 0)
        is_rounded = "," in number or (figure >= _ROUND and _RE["measures"].match(behind) is not None)
        slack = step_of(figure).scaleb(scale) / 2 if is_rounded else Decimal(0)
        unit = "đồng" if scale and "đồng" in behind else behind.strip()
        return cls(figure.scaleb(scale), slack, unit, before)


def parts_in(text: str) -> Iterator[Question]:
    """Wholes told with their parts in the same sentence, which give another sum."""
    for sentence in _RE["sentences"].split(_RE["brackets"].sub("", text)):
        for listed in _RE["whole"].finditer(sentence):
            whole, before = _Amount.of(listed["number"], listed["behind"]), _clause(listed, "number")
            scaled = _RE["scaled"].search(before)  # "3 tỷ 600 triệu đồng"
            other = (
                _RE["names"].search(before) or _RE["changed"].search(before) or _RE["vague"].search(before)
            )
            is_whole = not (other or scaled or _RE["of_time"].match(listed["behind"]))
            parts = _entries(sentence, listed) if is_whole else []
            if len(parts) > 1 and _differ(listed["cue"], whole, parts):
                total = sum((part.value for part in parts), Decimal(0))
                as_written = total * (read_number(listed["number"]) or 1) / whole.value
                sums = f"các phần cộng lại được {format_decimal(as_written.normalize())}"
                yield f"tổng ghi {listed['number']}, {sums}", "các phần cộng lại bằng tổng"


def _entries(sentence: str, found: re.Match[str]) -> list[_Amount]:
    """The amounts of a list, one an entry; none where an entry has none, several or another than a part."""
    listed = sentence[found.end() : found.end() + _LONGEST]
    if "(" in found["sign"]:
        listed = listed.partition(")")[0]
    # Entries with commas end at a semicolon; those parted by semicolons stand behind a colon.
    texts = re.split(r",\s+|\s+và\s+(?=[^,;]*\d)", listed.partition(";")[0].rstrip(" ."))
    if len(texts) == 1 and ":" in found["colon"]:
        texts = re.split(r";\s*", listed.rstrip(" .;"))
    entries = [_RE["entry"].fullmatch(text.strip()) for text in texts]
    amounts = [
        _Amount.of(m["number"], m["behind"], m["before"])
        for m in entries
        if m and "/" not in m["behind"] and not any(w.search(m["before"]) for w in _NO_PART)
    ]
    return amounts if len(amounts) == len(entries) and len(listed) < _LONGEST else []


def _differ(cue: str, whole: _Amount, parts: list[_Amount]) -> bool:
    """Whether parts that are all there are of a whole don't give it, or such as can't overlap exceed it."""
    is_money = {amount.unit.startswith("đồng") for amount in (whole, *parts)}
    if not whole.value or len(is_money) > 1 or any(part.value > whole.value for part in parts):
        return False
    total, slack = sum(p.value for p in parts), whole.slack + sum(p.slack for p in parts)
    named = [f"{part.before} {part.unit}" for part in parts]
    sexes = sorted(re.findall(r"\b(?:nam|nữ)\b", words) for words in named)
    if "gồm" in cue or re.search(r"\b(?:còn lại|khác)\b", named[-1]) or sexes == [["nam"], ["nữ"]]:
        # The last amount may be of something else: "mầm non 612 cháu, tiểu học 1.254 em, tại 96 lớp".
        sums = (total, total - parts[-1].value)
        nearly = _NEARLY[0] <= total / whole.value <= _NEARLY[1]
        return nearly and all(abs(total_of_parts - whole.value) > slack for total_of_parts in sums)
    return is_money == {True} and total > whole.value + slack


@check("TT71")
def figures(paper: Paper, settings: Settings) -> Answers:
    """Figures of a text or table that contradict each other."""
    for piece in holding(paper.pieces, "%", "gồm", "rong đó", "("):
        text = piece.text
        if asked := dict.fromkeys((*shares_in(text), *parts_in(text), *words_in(text))):
            found, right = ("; ".join(dict.fromkeys(words)) for words in zip(*asked, strict=True))
            yield Fault(HERE, quote(piece, about=found), found, right, "Xem lại các số này")
    # The cells of totals that the rows of their tables don't give.
    tables: dict[int, Rows] = defaultdict(lambda: defaultdict(dict))
    above: dict[int, str] = {}
    last = ""
    for paragraph in paper.document.paragraphs:
        cell, text = paragraph.cell, paragraph.text.strip()
        if cell is None:
            last = text or last
        elif cell.table.bordered and text:
            above.setdefault(cell.table.number, last)
            tables[cell.table.number][cell.row].setdefault(cell.column, paragraph)
    for number, rows in tables.items():
        for total, found, right in _total_in(rows, unaccented(above[number])):
            yield Fault(HERE, total, found, right, "Xem lại số này và các số của cột này")


@check("TT72")
def days(paper: Paper, settings: Settings) -> Answers:
    """Days on another weekday than the calendar's, spans of time that end before they begin."""
    lines = holding(paper.pieces, "hứ ", "hủ nhật", "ừ ", "iai đoạn ", "ăm học ", "hiệm kỳ ")
    for piece in lines:
        asked: list[Question] = []
        for match in (match for pattern in _ON_WEEKDAY for match in pattern.finditer(piece.text)):
            day, word = day_in(match["day"]), (match["weekday"] or "").lower()
            weekday = 6 if not word else int(word) - 2 if word.isdigit() else _WEEKDAYS.index(word)
            if day is not None and day.weekday() != weekday:
                names = [*(f"thứ {name.capitalize()}" for name in _WEEKDAYS), "Chủ nhật"]
                asked.append((f"ngày {format_date(day)} không phải {names[weekday]}", names[day.weekday()]))
        for match in _RE["span"].finditer(piece.text):
            begun, ended = (re.findall(r"\d+", match[part]) for part in ("day", "end"))
            day, end = day_in("/".join(begun + ended[len(begun) :])), day_in(match["end"])
            if day is not None and end is not None and end < day:
                asked.append((f"“{quote(match[0], 60)}”", "ngày bắt đầu không sau ngày kết thúc"))
        for match in _RE["from_month"].finditer(piece.text):
            begin = (int(match["year"] or match["until"]), int(match["month"]))
            if begin > (int(match["until"]), int(match["last"])):
                asked.append((f"“{quote(match[0], 60)}”", "tháng bắt đầu không sau tháng kết thúc"))
        for match in _RE["from_year"].finditer(piece.text):
            if match["year"] > match["until"]:
                asked.append((f"“{match[0]}”", "năm trước rồi đến năm sau"))
        for found, right in dict.fromkeys(asked):
            yield Fault(HERE, piece, found, right, "Xem lại ngày này")
    if not lines:
        yield NotApplicable("văn bản không nêu thứ, khoảng thời gian nào")


@check("TT79")
def wording(paper: Paper, settings: Settings) -> Answers:
    """No word typed twice."""
    for piece in (*paper.title.subject, *paper.head.matter, *paper.body):
        words = piece.text.split()
        # Looking at whole words first is several times faster than the pattern on every line.
        may_be = any(map(eq, words, words[1:])) or any(map(eq, words, words[2:]))
        doubled = _RE["doubled"].finditer(piece.text) if may_be and not piece.is_upper else ()
        for twice, once in dict.fromkeys((m[0], m[1]) for m in doubled):
            yield Fault(HERE, piece, f"“{twice}” lặp từ", f"“{once}”", "Đọc lại chỗ này")
