"""Amounts that a text tells of one thing and that must give each other: sums, shares, averages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from dvctt_report.lint.amounts import (
    CHANGED,
    PERSONS,
    Amount,
    Passage,
    Question,
    amounts_in,
    amounts_told,
    cues_in,
    sentences_of,
    without_brackets,
)
from dvctt_report.lint.divisions import Division, are_opposed
from dvctt_report.lint.numerals import shown
from dvctt_report.nd30.kinds import KINDS, LETTER
from dvctt_report.patterns import lazy_pattern
from dvctt_report.word.numbering import arabic

_LISTING = ("gồm", "bao gồm", "chia ra")
"""Words behind which a whole is told to its end, where "trong đó" may tell a part of it."""
_FIGURES = lazy_pattern(r"\d+")
_PARTED = lazy_pattern(
    r"(?<=trong đó)(?P<part>:? [^;]{1,120}?)(?P<parts>,? (?:bao )?gồm:? [^;]{1,200});", re.IGNORECASE
)
"""A part with parts of its own, up to the next part of the whole: "trong đó 52 xã, gồm 9 xã …; 36 xã …"."""
_GOES_ON = lazy_pattern(r";\s+(?:đã|đang|hiện|còn(?! lại))\b")
"""Where a sentence has done with the parts of a whole: "trong đó …; đang giải quyết 387 hồ sơ"."""
_TOTAL = lazy_pattern(r"\btổng (?:số|cộng)(?: [^\d,;.()]{1,30})?(?: là)?\s*$|\btất cả(?: là)?\s*$")
_IN_ALL = lazy_pattern(r"\btổng (?!số|cộng)[^,;]{0,20}$")
"""What names an amount a whole though a plan is spoken of before it: "kế hoạch … với tổng vốn 24 tỷ"."""
_SUMMED = lazy_pattern(r"\btổng\b[^,;]{0,50}$")
_REST = lazy_pattern(r"\bkhác\s*$|\bcòn lại\b")
"""A last part that holds all the others: "và 9 hồ sơ lĩnh vực khác"."""
_OF_SERIES = lazy_pattern(r"\b(?P<what>khối|lớp|quý|tháng|tổ|đợt|nhóm|vùng|thôn) (?P<n>\d{1,2}|[ivx]{1,4})\b")
"""What stands before a part that is one of a series: "khối 6", "quý I"; nothing is in two of them."""
_OUT_OF = lazy_pattern(r"(?:^|[,;:] |^\d{1,2}\. |^[a-zđ]\) |^- )[Tt]rong (?:tổng )?(?:số )?(?=\d)")
"""How a phrase opens that tells the whole first: "Trong 09 chỉ tiêu được giao, …"."""
_LEFT = lazy_pattern(r"\bcòn(?: lại\b[^,;]*| là| có)?\s*$")
_NEAR = 80
"""Characters from a whole to "trong đó", brackets left out."""
_SEX = lazy_pattern(r"(?:nam|nữ)\b")
"""What parts of a number of people are called without saying "người" again."""
_DOCUMENTS = frozenset(name.lower() for name in (*KINDS, LETTER))
"""Documents are of one kind each, so that those of two kinds are no more than all."""


def sums_in(text: str) -> Iterator[Question]:
    """What doesn't add up within one paragraph."""
    for sentence in sentences_of(text):
        lines = (plain for line in _unbracketed(sentence) for plain in _unnested(line))
        several = (line for line in lines if len(line.amounts) >= _WHOLE_AND_TWO)
        divisions = (one for line in several for one in (*_divisions(line), *_in_brackets(line)))
        yield from dict.fromkeys(q for one in (*divisions, *_of_all(sentence)) for q in one.questions())


def _unbracketed(sentence: Passage) -> Iterator[Passage]:
    """A sentence, and what stands before and in each of its brackets as a sentence of its own."""
    yield sentence
    for begin, end in sentence.brackets:
        inside = [a for a in sentence.amounts if begin < a.start < end]
        if sum(a.of_all is None for a in inside) >= _TWO:
            cue = "" if cues_in(sentence[begin + 1 : end - 1]) else "trong đó "
            yield sentence.opened(_phrase_before(sentence, begin), begin, end, f", {cue}")


def _phrase_before(sentence: str, end: int) -> int:
    """Where the words begin that belong to what stands at ``end``: behind a semicolon or a colon."""
    before = without_brackets(sentence[:end]).rstrip(" ;,:")
    return max((m.end() for m in _PHRASES.finditer(before)), default=0)


_PHRASES = lazy_pattern(r"[;:]\s")


def _unnested(sentence: Passage) -> Iterator[Passage]:
    """A sentence without the parts of its parts, and each part that has them as a sentence of its own."""
    parted = [*_PARTED.finditer(sentence)] if "ồm" in sentence and ";" in sentence else []
    yield Passage(_PARTED.sub(lambda m: m["part"] + ";", sentence)) if parted else sentence
    yield from (Passage(m["part"] + m["parts"]) for m in parted)


def _divisions(sentence: Passage) -> Iterator[Division]:
    low, cues = sentence.lower(), sentence.cues
    before = [*(_wholes(sentence, cue) for cue in cues), []]
    for cue, wholes, later in zip(cues, before, before[1:], strict=False):
        goes_on = _GOES_ON.search(sentence, cue.end()) if wholes else None
        end = min(goes_on.start() if goes_on else len(sentence), later[0].start if later else len(sentence))
        if wholes and wholes[-1].end < end:
            yield from _divided(sentence, wholes, cue, end)
    summed = amounts_in(sentence) if "tổng " in low or "tất cả" in low else []
    for total in (a for a in summed if _TOTAL.search(a.before)):
        yield from _added(sentence, total, cues)
    parted = not cues and "còn" in low
    told = amounts_in(sentence) if parted else []
    if len(told) == _WHOLE_AND_TWO and not any(CHANGED.search(a.before) for a in told):
        whole, *parts = told
        left = _LEFT.search(parts[1].before)
        if whole.noun and left and all(part.counts(whole.noun) for part in parts):
            yield Division(whole, parts, is_near=True, is_close=True)
    yield from _within(sentence) if not cues else ()
    yield from _of_both(sentence, cues)
    yield from _of_states(sentence) if not cues else ()
    yield from _carried(sentence)
    yield from _behind_colon(sentence) if ": " in sentence else ()
    yield from _of_quarters(sentence) if "uý " in sentence else ()
    yield from _in_and_out(sentence) if "tổng " in low else ()


def _behind_colon(sentence: Passage) -> Iterator[Division]:
    """Parts right behind the whole, each of the same things: "gồm 135 đồng chí: cơ động 30 đồng chí, …"."""
    for whole in sentence.apart:
        colon = _COLON.match(sentence, whole.end) if whole.noun else None
        entries = _entries(sentence, colon.end(), len(sentence)) if colon else []
        alone = len(entries) > 1 and all(len(entry) == 1 for entry in entries)
        roles = alone and all(_ROLE.match(entry[0].noun) for entry in entries)
        if roles or (alone and all(entry[0].is_of(whole.noun) for entry in entries)):
            yield Division(whole, [entry[0] for entry in entries], is_near=True, is_close=True)


_ROLE = lazy_pattern(r"(?:tổ |nhóm |đoàn )?(?:trưởng|phó|thư ký|[uủ][yỷ] viên|thành viên|chủ tịch)\b")
_COLON = lazy_pattern(r"(?: [^\W\d_]+){1,6}: ")


def _carried(sentence: Passage) -> Iterator[Division]:
    """What came over, what came in and both: "mới 980 hồ sơ, kỳ trước chuyển sang 120, lũy kế 1.100"."""
    for one, other, total in zip(sentence.apart, sentence.apart[1:], sentence.apart[2:], strict=False):
        of_one = total.noun and one.counts(total.noun) and other.counts(total.noun)
        named = of_one and _BOTH.search(sentence[other.end : total.start].lower())
        both = (one.before, other.before) if named else ()
        if any(map(_CARRIED.search, both)) and any(map(_NEW.search, both)):
            yield Division(total, (one, other), is_whole=True, is_near=True)


_BOTH = lazy_pattern(r"\b(?:tổng|l[ũu][yỹ] kế|phải giải quyết)\b")
_CARRIED, _NEW = lazy_pattern(r"\bchuyển sang\b"), lazy_pattern(r"\bmới\b|\btrong (?:kỳ|tháng|quý|năm)\b")


def _of_quarters(sentence: Passage) -> Iterator[Division]:
    """What was done in each quarter, and in all: "quý I 3.215 hồ sơ, quý II 3.485 hồ sơ; 6 tháng 6.700"."""
    told = [
        a for a in sentence.apart if a.noun and not CHANGED.search(a.before) and not _THERE.search(a.label)
    ]
    quarters = [(a, m["n"]) for a in told if (m := _QUARTER.search(a.before))]
    n = len(quarters)
    if n < _TWO or [name for _, name in quarters] != [*_QUARTERS[:n]]:
        return
    parts = [a for a, _ in quarters]
    totals = [a for a in told if _TO_QUARTER[n].search(a.before) and a.is_of(parts[0].noun)]
    alike = len(totals) == 1 and all(a.is_of(parts[0].noun) for a in parts)
    # What is there at the end of each quarter adds up to nothing.
    if alike and totals[0].value not in [a.value for a in parts]:
        yield Division(totals[0], parts, is_whole=True, is_near=True)


_QUARTERS = ("i", "ii", "iii", "iv")
_QUARTER = lazy_pattern(r"\bquý (?P<n>i{1,3}|iv)\b")
_TO_QUARTER = {
    2: lazy_pattern(r"\b(?:0?6|sáu) tháng\b"),
    3: lazy_pattern(r"\b(?:0?9|chín) tháng\b"),
    4: lazy_pattern(r"\bcả năm\b|\b12 tháng\b"),
}
"""What is called the time up to the end of a quarter."""
_THERE = lazy_pattern(r"\b(?:còn|tồn|hiện|đến hết|đến cuối|l[ũu][yỹ] kế|bình quân|trung bình|đạt mức)\b")
"""What is said of amounts that are there at a time, and of means."""


def _in_and_out(sentence: Passage) -> Iterator[Division]:
    """What was taken in, or spent, and all of it behind: "thu thuế …, thu phí …; tổng thu …"."""
    for total in sentence.apart:
        named = _ALL_TAKEN.search(total.before)
        before = [a for a in sentence.apart if a.end <= total.start and a.is_of(total.noun)] if named else []
        parts = [a for a in before if re.search(rf"\b{named[1]}\b", a.before)] if named else []
        if len(parts) == len(before) > 1 and not any(CHANGED.search(a.before) for a in parts):
            yield Division(total, parts, is_near=True, is_close=True)


_ALL_TAKEN = lazy_pattern(r"\btổng (thu|chi)(?: là| đạt)?\s*$")


def _within(sentence: Passage) -> Iterator[Division]:
    """A whole told first, and then how many are which: "Trong 43 hộ này có 21 hộ …, 15 hộ …, 07 hộ …"."""
    opened = _OUT_OF.search(sentence)
    told = amounts_in(sentence, opened.end()) if opened else []
    if not opened or len(told) < _WHOLE_AND_TWO or told[0].start != opened.end():
        return
    whole, *others = told
    parts = [a for a in others if a.counts(whole.noun) or _SEX.match(a.noun)]
    if not whole.noun or len(parts) < _TWO or any(CHANGED.search(a.before) for a in parts):
        return
    two = len(parts) == _TWO and _are_sides(parts[0], parts[1], whole.noun)
    states = [_STATE.match(a.before.strip()) for a in parts]
    kept = {m[0] for m in states if m}
    apart = len(parts) > _TWO and len(kept) == len(parts)
    yield Division(whole, parts, is_whole=two or apart, is_close=len(parts) > _TWO, is_near=len(parts) > _TWO)


_STATE = lazy_pattern(r"(?:đã|đang|chưa|chậm|quá hạn|còn|không)\b")
"""What is said of how far each part has come; nothing is in two such states."""


def _are_sides(one: Amount, other: Amount, noun: str) -> bool:
    """Whether two parts have nothing beside them: opposed, or one word of a scale apart ("nặng", "nhẹ")."""
    if are_opposed(one.label, other.label):
        return True
    first, second = (a.label.partition(noun)[2].split() for a in (one, other))
    return len(first) == len(second) > 1 and first[:-1] == second[:-1] and first[-1] != second[-1]


def _of_states(sentence: Passage) -> Iterator[Division]:
    """What came in and how far each part of it has come: "giao 36, đúng hạn 30, quá hạn 03, đang làm 03"."""
    told = sentence.amounts
    if len(told) <= _WHOLE_AND_TWO or any(a.inside or a.of_all is not None for a in told):
        return
    whole, *parts = told
    of_one = all(a.counts(whole.noun) or not whole.noun for a in parts)
    if of_one and _CAME.search(whole.before) and all(_FAR.search(a.before) for a in parts):
        yield Division(whole, parts, is_near=True, is_close=True)


_FAR = lazy_pattern(r"^\s*(?:(?:đã )?hoàn thành|(?:đúng|trước|trong|quá|trễ) hạn|đang|chưa|chậm)\b")


def _of_both(sentence: Passage, cues: Sequence[re.Match[str]]) -> Iterator[Division]:
    """Two amounts that end a sentence, opposed, and what they are of: "dự thi 120, đỗ 96, trượt 24"."""
    whole, *parts = told = sentence.amounts[-3:]
    added, most = parts[0].value + parts[1].value, max(parts[0].value, parts[1].value)
    if added == whole.value or any(a.inside or a.of_all is not None for a in told):
        return
    if any(cue.end() > whole.start for cue in cues):
        return
    nouns = [a.noun for a in told if a.noun]
    known = () if _CAME.search(whole.before) else [a.value for a in sentence.amounts[:-2]]
    same = all(a.counts(nouns[0]) for a in told) if nouns else True
    if not same or added in known or whole.value < most or any(CHANGED.search(a.before) for a in told):
        return
    one, other = parts
    if are_opposed(one.before, other.before) or are_opposed(one.label, other.label):
        yield Division(whole, parts, is_close=True)


_TWO, _WHOLE_AND_TWO = 2, 3
"""Amounts of a sentence that tells parts, and of one that tells a whole and two parts."""


def _in_brackets(sentence: Passage) -> Iterator[Division]:
    """Parts told in a bracket each: "54 hồ sơ, tập trung ở đất đai (41 hồ sơ), xây dựng (13 hồ sơ)"."""
    told = amounts_told(sentence) if sentence.count("(") > 1 and "%" not in sentence else ()
    parts = [a for a in told if a.inside]
    wholes = [a for a in told if not a.inside]
    if len(parts) < 2 or len(parts) != sentence.count("(") or not wholes or wholes[-1].end > parts[0].start:
        return
    whole = wholes[-1]
    if whole.noun and all(a.is_of(whole.noun) for a in parts) and "so với" not in sentence:
        yield Division(whole, parts, are_apart=True)


def _of_all(sentence: Passage) -> Iterator[Division]:
    """How many of all, and how many not: "24/25 đại biểu tán thành, không tán thành 01 đại biểu"."""
    for whole, part, rest in _out_of(sentence):
        if not rest.counts(whole.noun) or part.value + rest.value == whole.value:
            continue
        absent = _ABSENT.search(rest.before) or are_opposed(part.label, rest.label)
        left = _LEFT.search(rest.before) or _OWED.search(rest.before) or _STILL.search(rest.label)
        if (absent or left) and not CHANGED.search(rest.before):
            sure = bool(absent or _STILL.search(rest.label))
            if sure or _TO_DO.search(rest.label.partition(rest.before)[2]) or not _is_said_which(rest):
                yield Division(whole, (part, rest), is_whole=sure, is_near=True, is_close=True)


def _is_said_which(amount: Amount) -> bool:
    """Whether more is said of it than what is counted: "còn 12 hồ sơ quá hạn" are some of those left."""
    behind = _SCALE.sub("", amount.label.removeprefix(amount.before).strip(" ."))
    return bool(behind.removeprefix(amount.noun).strip())


_SCALE = lazy_pattern(r"^(?:nghìn|ngàn|triệu|tỷ|tỉ) (?=đồng)")


def _out_of(sentence: Passage) -> Iterator[tuple[Amount, Amount, Amount]]:
    """A whole, how many of it, and the amount that follows: "28/45 thôn; 17 thôn", "6 trên tổng số 8 ha"."""
    told = sentence.amounts
    for part, rest in pairwise(told) if "/" in sentence else ():
        if part.of_all is not None and rest.of_all is None:
            yield part._replace(text=shown(part.of_all), value=part.of_all), part, rest
    tells = len(told) >= _WHOLE_AND_TWO and ("trên" in sentence or "trong" in sentence)
    for part, whole, rest in zip(told, told[1:], told[2:], strict=False) if tells else ():
        if _OUT_OF_TOTAL.search(sentence[part.end : whole.start]) and part.counts(whole.noun):
            yield whole, part, rest


_OWED = lazy_pattern(r"\bcòn phải (?:thu|nộp|thực hiện|giải ngân|giải quyết)\s*$")
_OUT_OF_TOTAL = lazy_pattern(r"^[^,.;]{0,30}\b(?:trên|trong) (?:tổng )?(?:số )?$")
_ABSENT = lazy_pattern(r"\bvắng(?: mặt)?:?\s*$")
_STILL = lazy_pattern(
    r"\bcòn lại\b|\bchưa (?:được )?(?:đạt|hoàn thành|thực hiện|gửi|nộp|báo cáo|giải ngân|giải quyết"
    r"|triển khai|kiểm tra|phê duyệt|xong)[\s.]*$"
)
"""What is said of the rest alone: "17 thôn còn lại", "02 tiêu chí chưa đạt"; not "chưa đạt tiêu chí 5"."""


def _wholes(sentence: Passage, cue: re.Match[str]) -> list[Amount]:
    """The amounts that stand right before a cue, in the words that it belongs to."""
    before = without_brackets(sentence[: cue.start()]).rstrip(" ;,:")
    begin = max((m.end() for m in _PHRASES.finditer(before)), default=0)
    told = (a for a in amounts_told(sentence) if not a.inside and begin <= a.start and a.end <= cue.start())
    found = [a for a in told if a.noun and not CHANGED.search(a.before)]
    return found if found and len(re.sub(" {2,}", "", before[found[-1].end :])) <= _NEAR else []


def _divided(sentence: Passage, wholes: Sequence[Amount], cue: re.Match[str], end: int) -> Iterator[Division]:
    entries = _entries(sentence, cue.end(), end)
    listed = cue["cue"] in _LISTING
    columns = [(whole, [a for entry in entries for a in entry if a.is_of(whole.noun)]) for whole in wholes]
    each = [(whole, parts) for whole, parts in columns if len(parts) == len(entries) > 1]
    alone = [entry[0] for entry in entries if len(entry) == 1]
    if listed and each:
        yield from (Division(whole, parts, is_whole=True) for whole, parts in each)
    elif len(alone) == len(entries) > 1 and (_is_rest(alone[-1]) or (listed and _are_alike(alone))):
        yield Division(wholes[-1], alone, is_whole=True)
    elif len(alone) == len(entries) > _TWO and _OTHERS.search(alone[-1].before):
        yield Division(wholes[-1], alone, are_apart=True, is_near=True, is_close=True)
    elif len(alone) == len(entries) > 1 and _are_documents(alone):
        yield Division(wholes[-1], alone, are_apart=True)
    elif len(alone) == len(entries) > 1 and all(_GRADE.search(a.label) for a in alone):
        yield Division(wholes[-1], alone, are_apart=True, is_close=True)
    elif each and not any(PERSONS.match(whole.noun) and not _are_classes(parts) for whole, parts in each):
        ends = sentence[: cue.end()].endswith(":")
        apart = not _WITHIN.search(sentence, cue.end(), end)
        # Of two amounts of the same things the last one is what has the parts.
        last = {whole.noun: (whole, parts) for whole, parts in each}
        for whole, parts in last.values():
            opposed = len(parts) == 2 and are_opposed(parts[0].label, parts[1].label)
            sure = apart and not _may_overlap(parts)
            yield Division(whole, parts, is_whole=opposed, are_apart=sure, is_most=ends and apart)
    else:
        told = [a for a in amounts_in(sentence, cue.end(), end) if not CHANGED.search(a.label)]
        for whole, column in columns:
            loose = [a for a in told if a.counts(whole.noun) or _SEX.match(a.noun) or _are_persons(whole, a)]
            yield from _parts(sentence, whole, column if len(column) == len(entries) > 1 else loose, listed)


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
    return bool(_LEFT.search(part.before) or _REST.search(part.label))


def _are_alike(amounts: Sequence[Amount]) -> bool:
    """Whether all say what they count, or none does."""
    return len({bool(a.noun) for a in amounts}) == 1


def _are_documents(amounts: Sequence[Amount]) -> bool:
    return len(amounts) > 1 and all(a.noun in _DOCUMENTS for a in amounts)


def _entries(sentence: str, start: int, end: int) -> list[list[Amount]]:
    """The amounts of each entry of an enumeration; none where an entry has none.

    Entries with commas end at a semicolon: "03 kế hoạch và 11 công văn; tổ chức 02 hội nghị".
    """
    bare = without_brackets(sentence[:end])
    stop = re.search(r"\)|\.$", bare[start:])
    end = start + stop.start() if stop else end
    first = bare.find(";", start, end)
    if first > 0 and (inner := _cut(sentence, start, first, r",\s| và ")):
        return inner
    return _cut(sentence, start, end, r";\s" if first > 0 else r",\s| và ")


def _cut(sentence: str, start: int, end: int, sign: str) -> list[list[Amount]]:
    cuts = list[tuple[int, int]]()
    for found in re.finditer(sign, sentence[start:end]):
        told = sentence[start + (cuts[-1][1] if cuts else 0) : start + found.start()]
        rest = sentence[start + found.end() : end].partition(", ")[0]
        # "trước hạn và đúng hạn 17.806 hồ sơ" is one entry, as is "17 nhân viên và người lao động".
        if found[0] != " và " or (_FIGURES.search(told) and _FIGURES.search(rest)):
            cuts.append(found.span())
    edges = [start, *(start + b for _, b in cuts)], [*(start + a for a, _ in cuts), end]
    listed = (amounts_in(sentence, a, b) for a, b in zip(*edges, strict=True))
    entries = [[a for a in entry if not CHANGED.search(a.before)] for entry in listed]
    if len(entries) > 1 and all(entries):
        return entries
    without = [sentence[a:b].strip() for a, b, entry in zip(*edges, entries, strict=True) if not entry]
    joined = [entry for entry in entries if entry]
    named = all(words[:1].islower() and not _FIGURES.search(words) for words in without) and entries[-1]
    return joined if named and _are_of_one_kind(joined) else []


def _are_of_one_kind(entries: Sequence[Sequence[Amount]]) -> bool:
    """Whether each entry is one amount of the same things: "khiếu nại 12 đơn, kiến nghị, phản ánh 79 đơn"."""
    noun = entries[0][0].noun if len(entries) > 1 else ""
    return bool(noun) and all(len(entry) == 1 and entry[0].is_of(noun) for entry in entries)


def _parts(sentence: Passage, whole: Amount, parts: Sequence[Amount], listing: bool) -> Iterator[Division]:
    """Parts told one behind the other; what follows them may be about something else."""
    sums = [sum((p.value for p in parts[:n]), Decimal(0)) for n in range(2, len(parts) + 1)]
    if not sums or whole.value in sums:
        return
    if any(_OF_ANOTHER_TIME.search(part.before) for part in parts):
        return
    left = next((n for n, part in enumerate(parts) if n and _LEFT.search(part.before)), 0)
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
        alike = listing and all(a.is_of(whole.noun) for a in parts)
        yield Division(whole, parts, are_apart=series, is_most=series, is_near=alike)


_DONE = lazy_pattern(r"\bđã\b")


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


def _added(sentence: str, total: Amount, cues: Sequence[re.Match[str]]) -> Iterator[Division]:
    """A total told behind its parts: "18 cơ sở …, 05 cơ sở …, tổng số 23 cơ sở"; "gồm a, b, tổng cộng d"."""
    cue = next((c for c in reversed(cues) if c.end() <= total.start), None)
    # "Tổng số giấy đã trao" are those of all that were handed over.
    if (cue is not None and cue["cue"] == "trong đó") or _DONE.search(total.before):
        return
    before = [
        a for a in amounts_in(sentence, cue.end() if cue else 0, total.start) if not CHANGED.search(a.before)
    ]
    same = [a for a in before if a.is_of(total.noun)]
    if total.is_of("văn bản") and _are_documents(before):
        same = before
    if len(same) > 1:
        yield Division(total, same, is_whole=True, is_near=True)
    elif cue is None and len(before) > 1 and _ARE_BODIES.match(total.noun) and _AT_END.search(total.before):
        if all(_BODIES.match(a.noun) for a in before):
            yield Division(total, before, is_whole=True, is_near=True)
    elif cue is None and len(before) > 1 and not any(a.noun for a in before):
        yield Division(total, before, is_whole=True)
    elif cue is not None and (named := _TOTAL.search(sentence[: total.start].lower())):
        entries = _entries(sentence, cue.end(), len(sentence[: named.start()].rstrip(" ,;")))
        if all(len(entry) == 1 for entry in entries):
            yield Division(total, [entry[0] for entry in entries], is_whole=True)


_ARE_BODIES = lazy_pattern(r"(?:đơn vị|cơ quan|địa phương)\b")
_BODIES = lazy_pattern(r"(?:sở|ban|ngành|xã|phường|đặc khu|cơ quan|đơn vị|trung tâm|trường|hội|đoàn thể)\b")
_AT_END = lazy_pattern(r"^\s*(?:tổng cộng|tất cả)(?: là| có)?\s*$")
"""How a total of bodies of several kinds is told: "16 sở, ngành và 64 xã, phường, tổng cộng 80 đơn vị"."""


def sums_below(line: str, entries: Sequence[str], above: Sequence[str] = ()) -> Iterator[Question]:
    """What doesn't add up between a line that opens a list and the entries of that list.

    Where that line tells no total, one of the lines ``above`` may: "Tổng kinh phí: 12 tỷ đồng".
    """
    sentence = sentences_of(line)[-1]
    cue = next((c for c in cues_in(sentence) if not sentence[c.end() :].strip(" :")), None)
    own = [*_opened(sentence, cue, entries)] if cue or re.search(r"\bsau(?: đây)?:$", sentence) else []
    for division in own or (_listed_below(sentence, entries, above) if cue is None else ()):
        yield from division.questions()


def _opened(sentence: str, cue: re.Match[str] | None, entries: Sequence[str]) -> Iterator[Division]:
    """What a line tells whose last words open the list below it: "… gồm:", "… như sau:"."""
    end = cue.start() if cue else len(sentence)
    told = (a for a in amounts_in(sentence, 0, end) if a.noun)
    for whole in (a for a in told if _IN_ALL.search(a.before) or not CHANGED.search(a.before)):
        found = [[a for a in amounts_in(entry) if a.is_of(whole.noun)] for entry in entries]
        if len(found) > 1 and all(len(one) == 1 for one in found):
            listed = cue is None or cue["cue"] != "trong đó"
            named = bool(_IN_ALL.search(whole.before) or _SUMMED.search(whole.before))
            parts = [one[0] for one in found]
            yield Division(whole, parts, is_whole=listed, is_most=named)


def _listed_below(line: str, entries: Sequence[str], above: Sequence[str]) -> Iterator[Division]:
    """ "Có 03 Hội đồng thi, tổng số 98 phòng thi:", "Phân bổ 12 tỷ đồng cho 04 đơn vị:" above their lists."""
    told = [(line, a) for a in amounts_in(line) if _SHARED_OUT.search(line[: a.start])]
    told += [(one, a) for one in above for a in amounts_in(one) if _ALL_OF_IT.search(one[: a.start])]
    for text, whole in told:
        found = [[a for a in amounts_in(entry) if a.is_of(whole.noun)] for entry in entries if whole.noun]
        if len(found) > 1 and all(len(one) == 1 for one in found):
            named = text is line and bool(_ALL_OF_IT.search(line[: whole.start]))
            parts = [one[0] for one in found]
            yield Division(whole, parts, is_whole=named, is_near=True, is_close=True)
            return


_ALL_OF_IT = lazy_pattern(r"\b[Tt]ổng\b[^.;]{0,60}$")
_SHARED_OUT = lazy_pattern(
    r"(?:\b[Tt]ổng\b|\b(?:[Pp]hân bổ|[Gg]iao|[Hh]ỗ trợ|[Bb]ố trí|[Cc]ấp)\b)[^.;]{0,60}$"
)
_DONE_WITH = lazy_pattern(
    r"\b(?:đã|giải quyết|trả lời|xử lý|hoàn thành|xong|thực hiện|giải ngân|đủ|đạt|hợp lệ)\b"
)
_TO_DO = lazy_pattern(r"\b(?:còn|đang|chưa|không)\b")
_IS_LEFT = ("còn", "Còn", "đang", "chưa", "không")
_CAME = lazy_pattern(r"\b(?:tổng|phát ra|thu về|nhận|thụ lý|có|dài|giao|được|đăng ký|phát sinh|kế hoạch)\b")
_GIVEN = lazy_pattern(r"\b(?:được |đã )(?:giao|cấp|tiếp nhận)\b")
"""What has come though its words say that it was done: "đã giao dự toán là 45 tỷ đồng"."""


def left_in(text: str, above: Sequence[str] = ()) -> Iterator[Question]:
    """What is left of a whole when what was done is taken away, where it misses that by a slip.

    "Tiếp nhận 18.247 hồ sơ; đã giải quyết 17.860 hồ sơ, …; đang giải quyết 387 hồ sơ". The whole may stand in
    one of the paragraphs above, where it is called a total.
    """
    tells = any(word in text for word in _IS_LEFT)
    told = [a for a in amounts_in(text) if a.noun and not a.is_vague] if tells else []
    for left in (a for a in told if _TO_DO.search(a.label) and not CHANGED.search(a.before)):
        before = [a for a in told if a.end <= left.start and a.is_of(left.noun)]
        done = next((a for a in reversed(before) if _is_done(a)), None)
        if done is None or CHANGED.search(done.before.replace("lũy kế", "")) or _goes_on(told, done):
            continue
        known = [a for a in before if a.end <= done.start and _CAME.search(a.before) and not _is_done(a)]
        known = known or [a for line in above for a in amounts_in(line) if _is_total_of(a, left)]
        behind = [a for a in told if a.start > left.end and a.is_of(left.noun)]
        if known and not behind and not any(_gives(a, b, left) for a in (*before, *known) for b in before):
            alone = len(before) == _TWO and known[0] in before and "phải" not in left.before
            yield from Division(known[0], (done, left), is_near=True, is_close=alone).questions()


def _goes_on(told: Sequence[Amount], done: Amount) -> bool:
    """Whether something else is told right behind what was done: "đã kiểm tra 40 xã, 12 phường"."""
    near = (a for a in told if done.end < a.start <= done.end + _BESIDE and not a.before.strip())
    return any(not a.is_of(done.noun) for a in near)


_BESIDE = 20
"""Characters between what was done and what was done beside it."""


def _is_done(amount: Amount) -> bool:
    label = amount.label
    return bool(_DONE_WITH.search(label)) and not (_TO_DO.search(label) or _GIVEN.search(amount.before))


def _is_total_of(amount: Amount, left: Amount) -> bool:
    return amount.is_of(left.noun) and bool(_SUMMED.search(amount.before))


def _gives(one: Amount, other: Amount, left: Amount) -> bool:
    return abs(one.value - other.value - left.value) <= one.slack + other.slack + left.slack
