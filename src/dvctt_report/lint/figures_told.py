"""What a sentence tells twice of its figures: a share beside its percentage, a whole and its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from dvctt_report.lint.numerals import NUMBER, SCALES, read_number, shown, step_of
from dvctt_report.patterns import lazy_pattern

Question = tuple[str, str]
"""What doesn't agree, and what would."""
_SCALE = "|".join(SCALES)
_WORDS = r"(?: [^\W\d_]+)"
_BEGINS = r"(?<![\w.,/+-])"
_ENDS = r"(?![\w%/]|[.,]\d| ?%)"
_PERCENT = r"(?P<percent>\d{1,3}(?:,\d{1,4})?) ?%"
_OUT_OF = (
    rf"(?P<part>{NUMBER})(?:{_WORDS}{{0,4}}?(?:/| trên tổng số ))(?P<whole>{NUMBER}){_ENDS}"
    rf"(?P<noun>{_WORDS}{{0,6}}?)"
)
_TELLS = r"(?:đạt tỷ lệ|đạt|chiếm tỷ lệ|chiếm|bằng|tỷ lệ|tương ứng|tương đương)"
_SHARES = (
    lazy_pattern(rf"{_BEGINS}{_OUT_OF}(?: ?\((?:{_TELLS} )?|, {_TELLS} | chiếm ){_PERCENT}(?=[),.;:]|\s*$)"),
    lazy_pattern(rf"(?<![\d.,]){_PERCENT} ?\({_OUT_OF}(?=[),;])"),
)
"""A number out of another and its percentage behind it, or before it: "12/15 đơn vị (80%)", "80% (12/15)"."""
_NAMES = lazy_pattern(
    r"\b(?:năm|tháng|ngày|quý|giờ|lần|thứ|(?<!tổng )số|điều|khoản|điểm|mục|bảng|biểu|phụ lục|khóa|kỳ|loại|cấp"
    r"|hạng|mức|nhóm|tuổi|đến|từ|lúc) $",
    re.IGNORECASE,
)
"""What stands before a number that names something, a day or an article, and counts nothing."""
_OF_TIME = lazy_pattern(r" (?:giờ|hằng|hàng|năm|tháng|ngày)\b")
_MONTHS, _CENTURIES = 12, range(1900, 2101)
_CHANGED = lazy_pattern(
    r"\b(?:tăng|giảm(?! nghèo)|vượt|thêm|bớt|so với|cùng kỳ|kế hoạch|chỉ tiêu|dự toán|lũy kế|luỹ kế|bình quân"
    r"|mỗi)\b",
    re.IGNORECASE,
)
"""What makes a number something else than a whole or a part of one: a change, a plan, a mean."""
_VAGUE = lazy_pattern(
    r"\b(?:khoảng|gần|hơn|trên|dưới|tối thiểu|tối đa|không quá|ít nhất|đến|tới)(?: đạt| là| có)? $",
    re.IGNORECASE,
)


def shares_in(text: str) -> Iterator[Question]:
    """Numbers out of others beside a percentage that isn't theirs."""
    for pattern in _SHARES:
        for found in pattern.finditer(text):
            part, whole = (_Amount.of(found[name], found["noun"]) for name in ("part", "whole"))
            said = read_number(found["percent"])
            if said is not None and _is_share(found, whole) and not _gives(part, whole, said):
                right = f"{100 * part.value / whole.value:.{max(1, -int(said.as_tuple().exponent))}f}"
                told = f"{found['part']}/{found['whole']}"
                yield f"{told} mà ghi {found['percent']}%", f"{told} là khoảng {right.replace('.', ',')}%"


def _is_share(found: re.Match[str], whole: _Amount) -> bool:
    """Whether it is a number of things out of others: no day, no number of a paper, no change."""
    if not whole.value or _NAMES.search(_before(found, "part")) or _OF_TIME.match(found["noun"]):
        return False
    told_before = found.start("percent") < found.start("part")
    if _CHANGED.search(_clause(found, "percent") if told_before else found["noun"]):
        return False
    return bool(found["noun"]) or (whole.value > _MONTHS and whole.value not in _CENTURIES)


def _before(found: re.Match[str], group: str) -> str:
    """What stands before a group, as far as it may say something of it."""
    return found.string[max(0, found.start(group) - _NEAR) : found.start(group)]


_NEAR = 120


def _clause(found: re.Match[str], group: str) -> str:
    """The words before a group, back to a sign."""
    return re.split(r"[,;:.(]\s", _before(found, group))[-1]


def _gives(part: _Amount, whole: _Amount, said: Decimal) -> bool:
    """Whether a percentage is theirs, the nearest or cut off, however the two themselves were rounded."""
    least = 100 * (part.value - part.slack) / (whole.value + whole.slack)
    most = 100 * (part.value + part.slack) / (whole.value - whole.slack)
    return least - said < step_of(said) and most - said >= -step_of(said) / 2


_MEASURES = lazy_pattern(rf" ?(?:{_SCALE}|ha|tấn|tạ|km|m|m2|m3|kg|lít)\b")
_ROUND = 100
"""From how many on what is measured, or told in thousands and millions, may have been rounded."""


class _Amount(NamedTuple):
    """A number of things with its unit, how far it may have been rounded, and the words before it."""

    value: Decimal
    slack: Decimal
    unit: str
    before: str = ""

    @classmethod
    def of(cls, number: str, behind: str, before: str = "") -> _Amount:
        told = read_number(number) or Decimal(0)
        scale = next((power for word, power in SCALES.items() if re.match(rf" {word}\b", behind)), 0)
        is_rounded = "," in number or (told >= _ROUND and _MEASURES.match(behind) is not None)
        slack = step_of(told).scaleb(scale) / 2 if is_rounded else Decimal(0)
        unit = "đồng" if scale and "đồng" in behind else behind.strip()
        return cls(told.scaleb(scale), slack, unit, before)

    @property
    def is_money(self) -> bool:
        return self.unit.startswith("đồng")


_BRACKETS = lazy_pattern(r"\s?\((?!gồm|trong đó|bao gồm)[^()]*\)")
_SENTENCES = lazy_pattern(r"\.\s+(?=[^\W\d_])")
_WHOLE = lazy_pattern(
    rf"{_BEGINS}(?P<number>{NUMBER}){_ENDS}(?P<behind>{_WORDS}{{0,8}}?)"
    r" ?(?P<sign>[,:;]? \(?|\()(?P<cue>(?:bao )?gồm(?: có)?|trong đó(?: có| gồm)?)(?P<colon>,?:|,|) "
)
"""A number of things right before what opens its parts: "16 văn bản, gồm: "."""
_ENTRY = lazy_pattern(rf"(?P<before>[^\d]*?)(?<![\w.,/+-])(?P<number>{NUMBER}){_ENDS}(?P<behind>[^\d]*)")
_REST = lazy_pattern(r"\b(?:còn lại|khác)\b")
_SEXES = lazy_pattern(r"\b(?:nam|nữ)\b")


def parts_in(text: str) -> Iterator[Question]:
    """Wholes told with their parts in the same sentence, which give another sum."""
    bare = _BRACKETS.sub("", text)
    for sentence in _SENTENCES.split(bare):
        for found in _WHOLE.finditer(sentence):
            whole = _Amount.of(found["number"], found["behind"])
            parts = [] if _is_no_whole(found) else _entries(sentence, found)
            if len(parts) > 1 and _differ(found["cue"], whole, parts):
                total = sum((part.value for part in parts), Decimal(0))
                told = total * (read_number(found["number"]) or 1) / whole.value
                what = f"tổng ghi {found['number']}, các phần cộng lại được {shown(told.normalize())}"
                yield what, "các phần cộng lại bằng tổng"


def _is_no_whole(found: re.Match[str]) -> bool:
    before = _clause(found, "number")
    scaled = re.search(rf"\b(?:{_SCALE}) $", before)  # "3 tỷ 600 triệu đồng"
    other = _NAMES.search(before) or _CHANGED.search(before) or _VAGUE.search(before)
    return bool(other or scaled or _OF_TIME.match(found["behind"]))


def _entries(sentence: str, found: re.Match[str]) -> list[_Amount]:
    """The amounts of a list, one an entry; none where an entry has none, several or another than a part."""
    listed = sentence[found.end() : found.end() + _LONGEST]
    if "(" in found["sign"]:
        listed = listed.partition(")")[0]
    # Entries with commas end at a semicolon; those parted by semicolons stand behind a colon.
    texts = re.split(_COMMAS, listed.partition(";")[0].rstrip(" ."))
    if len(texts) == 1 and ":" in found["colon"]:
        texts = re.split(r";\s*", listed.rstrip(" .;"))
    if len(listed) == _LONGEST:
        return []
    entries = [_ENTRY.fullmatch(text.strip()) for text in texts]
    amounts = [_Amount.of(m["number"], m["behind"], m["before"]) for m in entries if m and not _is_odd(m)]
    return amounts if len(amounts) == len(entries) else []


_LONGEST = 600
"""Characters that a list takes at most to be added up."""
_COMMAS = r",\s+|\s+và\s+(?=[^,;]*\d)"


def _is_odd(entry: re.Match[str]) -> bool:
    before = entry["before"]
    of_another = any(words.search(before) for words in (_CHANGED, _DONE, _VAGUE, _NAMES))
    return of_another or "/" in entry["behind"]


_DONE = lazy_pattern(r"\bđã\b|\bgồm\b|\btrong đó\b")
"""What was done with a whole is no part of it, nor is what has parts of its own."""


def _differ(cue: str, whole: _Amount, parts: list[_Amount]) -> bool:
    """Whether parts that are all there are of a whole don't give it, or such as can't overlap exceed it."""
    is_money = {amount.is_money for amount in (whole, *parts)}
    if not whole.value or len(is_money) > 1 or any(part.value > whole.value for part in parts):
        return False
    total, slack = sum(p.value for p in parts), whole.slack + sum(p.slack for p in parts)
    all_told = "gồm" in cue or _REST.search(f"{parts[-1].before} {parts[-1].unit}")
    sexes = [_SEXES.findall(f"{part.before} {part.unit}") for part in parts]
    if all_told or sorted(map(tuple, sexes)) == [("nam",), ("nữ",)]:
        # The last amount may be of something else: "mầm non 612 cháu, tiểu học 1.254 em, tại 96 lớp".
        sums = (total, total - parts[-1].value)
        return _NEARLY[0] <= total / whole.value <= _NEARLY[1] and all(
            abs(one - whole.value) > slack for one in sums
        )
    return whole.is_money and total > whole.value + slack


_NEARLY = (Decimal("0.5"), Decimal(2))
"""How far off a sum may be from the whole that was meant; "01 đề án gồm 5 chương" is none of its parts."""
