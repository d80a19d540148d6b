"""Amounts that a text tells of one thing and that must give each other: sums, shares, averages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, permutations

from dvctt_report.lint.amounts import CHANGED, PERSONS, Amount, Question
from dvctt_report.lint.divisions import FEWEST, LEFT, SEX, TWO, Division, are_all, are_opposed
from dvctt_report.lint.enumerated import entries_in
from dvctt_report.lint.numerals import NUMBER, is_rounded, read_number
from dvctt_report.lint.passages import CUES, Passage, Relation, Relations
from dvctt_report.lint.relations import (
    are_roles,
    behind_colon,
    in_brackets,
    of_both,
    within,
)
from dvctt_report.nd30.kinds import KINDS, LETTER
from dvctt_report.patterns import lazy_pattern
from dvctt_report.word.numbering import arabic

_LISTING = ("gồm", "bao gồm", "chia ra")
"""Words behind which a whole is told to its end, where "trong đó" may tell a part of it."""
_PARTED = lazy_pattern(
    r"(?<=trong đó)(?P<part>:? [^;]{1,120}?)(?P<parts>,? (?:bao )?gồm:? [^;]{1,200});", re.IGNORECASE
)
"""A part with parts of its own, up to the next part of the whole: "trong đó 52 xã, gồm 9 xã …; 36 xã …"."""
_GOES_ON = lazy_pattern(r";\s+(?:đã|đang|hiện|còn(?! lại))\b|,\s+(?:bình quân|trung bình)\b")
"""Where a sentence has done with the parts of a whole: "trong đó …; đang giải quyết 387 hồ sơ"."""
_REST = lazy_pattern(r"\bkhác\s*$|\bcòn lại\b")
"""A last part that holds all the others: "và 9 hồ sơ lĩnh vực khác"."""
_OF_SERIES = lazy_pattern(r"\b(?P<what>khối|lớp|quý|tháng|tổ|đợt|nhóm|vùng|thôn) (?P<n>\d{1,2}|[ivx]{1,4})\b")
"""What stands before a part that is one of a series: "khối 6", "quý I"; nothing is in two of them."""
_NEAR = 80
"""Characters from a whole to "trong đó", brackets left out."""
_FAR = 160
"""The same to the "Trong đó" of a sentence of its own; between them stand its share and its growth."""
_DOCUMENTS = frozenset(name.lower() for name in (*KINDS, LETTER))
"""Documents are of one kind each, so that those of two kinds are no more than all."""


def sums_in(sentence: Passage) -> Iterator[Question]:
    """What doesn't add up within one sentence."""
    lines = (plain for line in _unbracketed(sentence) for plain in _unnested(line))
    for line in (one for one in lines if len(one.amounts) >= FEWEST):
        for division in _DIVISIONS.asked_of(line):
            yield from (q for q in division.questions() if not _comes_to(line, division.whole))


def _comes_to(line: str, whole: Amount) -> bool:
    """Whether figures told one behind the other make the whole: "…, 498 biên chế, 142 biên chế, 16 thầy"."""
    total = read_number(whole.text) or Decimal(0)
    figures = [n for m in _FIGURE.finditer(line) if (n := read_number(m[0]))] if total >= _NO_CHANCE else []
    return any(total in [*accumulate(figures[first:])][FEWEST - 1 :] for first in range(len(figures)))


_NO_CHANCE = 100
"""From how much on three figures come to an amount by no chance."""
_FIGURE = lazy_pattern(rf"(?<![\d.,]){NUMBER.pattern}(?! ?%|[\d]|[.,]\d)")
COUNTED_TWICE = (
    "nhiều đợt)|nhiều lần)|nhiều lớp)|nhiều lĩnh vực)|nhiều nội dung)|thuộc nhiều |cùng lúc|nêu trên)"
    "|tính trùng"
)
"""What says that some are counted in several parts: "(một số người tham gia nhiều đợt)"."""


def _unbracketed(sentence: Passage) -> Iterator[Passage]:
    """A sentence, and what stands before and in each of its brackets as a sentence of its own."""
    yield sentence
    for begin, end in sentence.brackets:
        inside = sentence.within(begin, end)
        if sum(a.of_all is None for a in inside) >= TWO:
            cue = (
                ""
                if any(begin < cue.start() < end for cue in sentence.cues)
                else "gồm "
                if _are_documents(inside)
                else "trong đó "
            )
            yield sentence.opened(sentence.phrase_before(begin), begin, end, f", {cue}")


def _unnested(sentence: Passage) -> Iterator[Passage]:
    """A sentence without the parts of its parts, and each part that has them as a sentence of its own."""
    parted = [*_PARTED.finditer(sentence)] if "ồm" in sentence and ";" in sentence else []
    yield Passage(_PARTED.sub(lambda m: m["part"] + ";", sentence)) if parted else sentence
    yield from (Passage(m["part"] + m["parts"]) for m in parted)


def _opened(sentence: Passage) -> Iterator[Division]:
    """Parts behind "gồm" or "trong đó": "45 cán bộ, trong đó 25 nam, 20 nữ"."""
    cues = sentence.cues
    before = [*(_wholes(sentence, cue) for cue in cues), []]
    for cue, wholes, later in zip(cues, before, before[1:], strict=False):
        goes_on = _GOES_ON.search(sentence, cue.end()) if wholes else None
        end = min(goes_on.start() if goes_on else len(sentence), later[0].start if later else len(sentence))
        if wholes and wholes[-1].end < end:
            divided = _divided(sentence, wholes, cue, end)
            yield from (one for one in divided if not _holds_its_part(sentence, one))


def _holds_its_part(sentence: Passage, division: Division) -> bool:
    """Whether the percentage behind a part makes it one of another part, and not of the whole.

    "1.640 đơn, trong đó chuyển hòa giải 982 đơn (59,88%); hòa giải thành 598 đơn, đạt 60,9%" of those 982.
    """
    pairs = permutations(division.parts, 2)
    return any(part.value < other.value and _is_share(sentence, part, other) for part, other in pairs)


def _is_share(sentence: Passage, part: Amount, other: Amount) -> bool:
    """Whether the percentage right behind an amount is its share of another one."""
    near = (one.value for one in sentence.percents if 0 < one.start - part.end <= _BEHIND)
    said = next(near, None)
    return said is not None and is_rounded(said, 100 * part.value / other.value)


_BEHIND = 30
"""Characters behind a part within which its percentage stands."""


def _make_a_hundred(sentence: Passage) -> bool:
    """Whether a sentence tells the shares of all parts of something: each may be half of a tenth off."""
    shares = [one.value for one in sentence.percents]
    return len(shares) > TWO and abs(sum(shares, Decimal(0)) - _HUNDRED) * _TENTHS <= len(shares)


_HUNDRED, _TENTHS = 100, 20


def _remaining(sentence: Passage) -> Iterator[Division]:
    """A whole, a part, and what is left: "120 hồ sơ, đã giải quyết 100 hồ sơ, còn 20"."""
    told = sentence.apart
    if len(told) == FEWEST and not any(a.is_changed for a in told) and not _make_a_hundred(sentence):
        whole, *parts = told
        if whole.noun and LEFT.search(parts[1].before) and all(part.counts(whole.noun) for part in parts):
            yield Division(whole, parts, is_near=True, is_close=True)


_DIVISIONS = Relations(
    Relation(_opened, (CUES,)),
    Relation(_remaining, ("còn",), unless=CUES),
    Relation(within, ("rong ",), unless=CUES),
    Relation(of_both),
    Relation(behind_colon, (": ",)),
    Relation(in_brackets, ("(",)),
)
"""How a sentence tells a whole and its parts."""


def _wholes(sentence: Passage, cue: re.Match[str]) -> list[Amount]:
    """The amounts that stand right before a cue, in the words that it belongs to."""
    before, begin = sentence.bare[: cue.start()].rstrip(" ;,:"), sentence.phrase_before(cue.start())
    told = [a for a in sentence.amounts if not a.inside and begin <= a.start and a.end <= cue.start()]
    if told and _OF_EACH.search(told[-1].before):
        return []
    found = [a for a in told if a.noun and not a.is_changed]
    # A plan is a whole where nothing else is told: "tổng dự toán chi … là 96.400 triệu đồng, gồm".
    found = found or [a for a in told if a.noun and not CHANGED.search(_PLANS.sub("", a.before))][-1:]
    near = _NEAR if sentence[cue.start()].islower() else _FAR
    return found if found and len(re.sub(" {2,}", "", before[found[-1].end :])) <= near else []


_PLANS = lazy_pattern(r"\b(?:kế hoạch|dự toán|chỉ tiêu|giao)\b")
_OF_EACH = lazy_pattern(r"\bmỗi\b")
"""What says that parts are of each of several: "09 ca trực, mỗi ca 02 người, gồm …"."""


def _divided(sentence: Passage, wholes: Sequence[Amount], cue: re.Match[str], end: int) -> Iterator[Division]:
    entries = entries_in(sentence, cue.end(), end)
    listed = cue["cue"] in _LISTING
    first = next((a.start for a in sentence.between(cue.end(), end)), end)
    if _WITH_UNTOLD.search(sentence, cue.end(), first):
        return
    # Of two amounts of the same things the last one is what has the parts.
    last = {whole.noun: whole for whole in wholes}.values()
    columns = [(whole, [a for entry in entries for a in entry if a.is_of(whole.noun)]) for whole in last]
    each = [(whole, parts) for whole, parts in columns if len(parts) == len(entries) > 1]
    alone = [entry[0] for entry in entries if len(entry) == 1]
    same = [a for a in alone if a.is_of(wholes[-1].noun)]
    if len(same) > 1 and sum(a.value for a in same) == wholes[-1].value:
        # What is told behind the parts is about something else: "…, trung cấp 500 chỉ tiêu, theo 02 đợt".
        return
    if listed and each:
        yield from (Division(whole, parts, is_whole=True) for whole, parts in each)
    elif len(alone) == len(entries) > 1 and (_is_rest(alone[-1]) or (listed and _are_alike(alone))):
        yield Division(wholes[-1], alone, is_whole=True)
    elif len(alone) == len(entries) > TWO and (_OTHERS.search(alone[-1].before) or are_roles(alone)):
        yield Division(wholes[-1], alone, are_apart=True, is_near=True, is_close=True)
    elif len(alone) == len(entries) > 1 and _are_documents(alone):
        yield Division(wholes[-1], alone, are_apart=True)
    elif len(alone) == len(entries) > 1 and all(_GRADE.search(a.label) for a in alone):
        yield Division(wholes[-1], alone, are_apart=True, is_close=True)
    elif each and not any(PERSONS.match(whole.noun) and not _are_classes(parts) for whole, parts in each):
        ends = sentence[: cue.end()].endswith(":")
        apart = not _WITHIN.search(sentence, cue.end(), end)
        for whole, parts in each:
            opposed = are_all([part.label for part in parts])
            sure = apart and not _may_overlap(parts)
            yield Division(whole, parts, is_whole=opposed, are_apart=sure, is_most=ends and apart)
    else:
        behind = sentence.between(cue.end(), end)
        # Behind what changed, or was more than planned, other parts may be left out.
        changed = (a.start for a in behind if a.is_changed and a.is_of(wholes[-1].noun))
        stop = next(changed, end)
        told = [a for a in behind if a.start < stop and not CHANGED.search(a.label)]
        for whole, column in columns:
            loose = [a for a in told if a.counts(whole.noun) or SEX.match(a.noun) or _are_persons(whole, a)]
            yield from _parts(sentence, whole, column if len(column) == len(entries) > 1 else loose, listed)


_WITH_UNTOLD = lazy_pattern(r"\w và (?:có )?$")
"""What says that a part stands before the first amount: "trong đó trụ sở xã và 02 trạm y tế"."""
_OTHERS = lazy_pattern(r"\bkhác\s*$")
"""What the last of several parts is called that holds all others: "chi phí khác 2.550 triệu đồng"."""
_WITHIN = lazy_pattern(r"\b(?:nâng cao|kiểu mẫu)\b")
"""What is counted again among those that have reached a standard."""


_GRADE = lazy_pattern(r"\bhoàn thành (?:xuất sắc|tốt)?(?: ?nhiệm vụ)?|\b(?:xếp )?loại|\bmức")
"""What parts are called that are marked: each person has one mark."""


def _may_overlap(parts: Sequence[Amount]) -> bool:
    """Whether parts are told by what they have: of ten villages eight have light and seven a school."""
    return sum(bool(_HAS.search(part.label)) for part in parts) > 1


_HAS = lazy_pattern(r"\b(?:có|đạt|được|bị|sử dụng|tham gia)\b")


def _are_classes(parts: Sequence[Amount]) -> bool:
    """Whether all say what each one is, by trade: "24 cá nhân là giáo viên, 12 cá nhân là nhân viên"."""
    return all(_IS_A.search(part.label) for part in parts)


_IS_A = lazy_pattern(r"\blà (?!nam\b|nữ\b|phụ nữ|đảng viên|đoàn viên|hội viên|người|dân tộc|thanh niên|trẻ)")


def _is_rest(part: Amount) -> bool:
    return bool(LEFT.search(part.before) or _REST.search(part.label))


def _are_alike(amounts: Sequence[Amount]) -> bool:
    """Whether all say what they count, or none does."""
    return len({bool(a.noun) for a in amounts}) == 1


def _are_documents(amounts: Sequence[Amount]) -> bool:
    return len(amounts) > 1 and all(a.noun in _DOCUMENTS for a in amounts)


def _parts(sentence: Passage, whole: Amount, parts: Sequence[Amount], listing: bool) -> Iterator[Division]:
    """Parts told one behind the other; what follows them may be about something else."""
    sums = [sum((p.value for p in parts[:n]), Decimal(0)) for n in range(2, len(parts) + 1)]
    if not sums or whole.value in sums:
        return
    if any(_OF_ANOTHER_TIME.search(part.before) for part in parts):
        return
    left = next((n for n, part in enumerate(parts) if n and LEFT.search(part.before)), 0)
    if left:
        yield Division(whole, parts[: left + 1], is_whole=True)
    elif len(parts) == 2:
        one, other = parts
        between = sentence[one.end : other.start]
        joined = " và " in between and not re.search(r"[;:]|\.\s", between)
        same = one.is_of(whole.noun) and other.is_of(whole.noun)
        apart = (joined and same) or _are_levels(parts)
        opposed = are_opposed(one.label, other.label)
        yield Division(whole, parts, is_whole=opposed, is_near=opposed, are_apart=apart)
    else:
        series = _are_series(parts) or _are_levels(parts)
        all_ = are_all([part.label for part in parts])
        alike = listing and all(a.is_of(whole.noun) for a in parts)
        yield Division(whole, parts, is_whole=all_, are_apart=series, is_most=series, is_near=alike)


def _are_persons(one: Amount, other: Amount) -> bool:
    """Whether both count persons, by whatever name; a household is none."""
    return one.noun != "hộ" and other.noun == "người" and bool(PERSONS.match(one.noun))


def _are_levels(parts: Sequence[Amount]) -> bool:
    """Whether each part is of another level of offices or schools: "cấp tỉnh 120 người, cấp xã 200 người"."""
    levels = [m["level"] for a in parts if (m := _LEVEL.match(a.before.strip()))]
    return len({*levels}) == len(parts)


_LEVEL = lazy_pattern(
    r"(?:(?:cấp|tuyến|bậc|ngành|khối) )?(?P<level>trung ương|tỉnh|xã|nhà trẻ|mầm non|mẫu giáo|tiểu học"
    r"|trung học cơ sở|thcs|trung học phổ thông|thpt)\b"
)
_OF_ANOTHER_TIME = lazy_pattern(
    r"\b(?:đầu|cuối) (?:kỳ|năm)\b|\b(?:hiện|nay) (?:còn|là|có)\b|\bnăm (?:trước|nay)\b|\bcũ\b"
)
"""What says that two parts are one thing at two times: "đầu kỳ 214 hộ, hiện còn 187 hộ"."""


def _are_series(parts: Sequence[Amount]) -> bool:
    """Whether each part is the next one of a series: "khối 6 có …, khối 7 có …"."""
    named = [_OF_SERIES.search(part.before) for part in parts]
    ranks = [(m["what"], int(m["n"]) if m["n"].isdigit() else arabic(m["n"])) for m in named if m]
    what, first = ranks[0] if ranks else ("", 0)
    return len(ranks) == len(parts) and ranks == [(what, (first or 0) + n) for n in range(len(parts))]
