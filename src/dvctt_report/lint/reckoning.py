"""Amounts that a text tells of one thing and that must give each other: sums, shares, averages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from dvctt_report.lint.amounts import CHANGED, PERSONS, SLIP_FROM, Amount, amounts_in, amounts_told, is_slip
from dvctt_report.lint.figure_tables import PERCENT, read_number, shown, step_of
from dvctt_report.nd30.kinds import KINDS, LETTER
from dvctt_report.patterns import lazy_pattern
from dvctt_report.word.numbering import arabic

_OPENS = lazy_pattern(r"\b(?P<cue>trong đó|(?:bao )?gồm|cụ thể|chia ra)(?: là| có| gồm| như sau)?,?\s*:?")
"""What opens the parts of a whole, in a text in small letters."""
_CUES = ("trong đó", "gồm", "cụ thể", "chia ra")
_LISTING = ("gồm", "bao gồm", "chia ra")
"""Words behind which a whole is told to its end, where "trong đó" may tell a part of it."""
_SENTENCES = lazy_pattern(r"\.\s+(?!Trong đó\b)(?=[^\W\d_])")
"""Where one sentence ends and the next begins; "Trong đó" goes on with the one before."""
_BRACKETS = lazy_pattern(r"\([^()]*\)")
_FIGURES = lazy_pattern(r"\d+")
_PARTED = lazy_pattern(
    r"(?<=trong đó)(?P<part>:? [^;]{1,120}?)(?P<parts>,? (?:bao )?gồm:? [^;]{1,200});", re.IGNORECASE
)
"""A part with parts of its own, up to the next part of the whole: "trong đó 52 xã, gồm 9 xã …; 36 xã …"."""
_GOES_ON = lazy_pattern(r";\s+(?:đã|đang|hiện)\b")
"""Where a sentence has done with the parts of a whole: "trong đó …; đang giải quyết 387 hồ sơ"."""
_TOTAL = lazy_pattern(r"\btổng (?:số|cộng)(?: [^\d,;.()]{1,30})?(?: là)?\s*$|\btất cả(?: là)?\s*$")
_IN_ALL = lazy_pattern(r"\btổng (?!số|cộng)[^,;]{0,20}$")
"""What names an amount a whole though a plan is spoken of before it: "kế hoạch … với tổng vốn 24 tỷ"."""
_SUMMED = lazy_pattern(r"\btổng\b[^,;]{0,50}$")
_REST = lazy_pattern(r"\bkhác\s*$|\bcòn lại\b")
"""A last part that holds all the others: "và 9 hồ sơ lĩnh vực khác"."""
_MOST = Decimal("0.9")
"""How much of a whole the parts behind "trong đó:" make, to be meant for all of it."""
_OF_SERIES = lazy_pattern(r"\b(?P<what>khối|lớp|quý|tháng|tổ|đợt|nhóm|vùng|thôn) (?P<n>\d{1,2}|[ivx]{1,4})\b")
"""What stands before a part that is one of a series: "khối 6", "quý I"; nothing is in two of them."""
_OUT_OF = lazy_pattern(r"(?:^|[,;:] |^\d{1,2}\. |^[a-zđ]\) |^- )[Tt]rong (?:tổng )?(?:số )?(?=\d)")
"""How a phrase opens that tells the whole first: "Trong 09 chỉ tiêu được giao, …"."""
_LEFT = lazy_pattern(r"\bcòn(?: lại\b[^,;]*| là| có)?\s*$")
_NEAR = 80
"""Characters from a whole to "trong đó", brackets left out."""
_OPPOSED = (
    (r"trực tuyến", r"trực tiếp"),
    (r"(?:đúng|trong|trước) hạn", r"(?:quá|trễ) hạn"),
    (r"\bnam\b", r"\bnữ\b"),
    (r"nông thôn", r"thành thị|đô thị"),
    (r"trong nước", r"nước ngoài"),
    (r"toàn trình", r"một phần"),
    (r"\bđã\b", r"\bchưa\b"),
    (r"chính thức", r"dự bị"),
    (r"biên chế", r"hợp đồng"),
    (r"công lập", r"ngoài công lập|tư thục"),
    (r"còn hiệu lực", r"hết hiệu lực"),
    (r"\bđỗ\b|\bđậu\b", r"\btrượt\b|\bhỏng\b"),
    (r"\btán thành\b|\bđồng ý\b", r"\bphản đối\b"),
    (r"chuyển tiếp", r"khởi công mới"),
    (r"\bcó mặt\b", r"\bvắng\b"),
)
"""Labels of two parts that have nothing beside them: together they are the whole."""
_OF_A_SIDE = lazy_pattern("|".join(side for sides in _OPPOSED for side in sides))
_NEGATED = lazy_pattern(r"\b(?:không|chưa) (?P<word>\w+(?: \w+)?)")
_SEX = lazy_pattern(r"(?:nam|nữ)\b")
"""What parts of a number of people are called without saying "người" again."""
_DOCUMENTS = frozenset(name.lower() for name in (*KINDS, LETTER))
"""Documents are of one kind each, so that those of two kinds are no more than all."""

Question = tuple[str, str]
"""What doesn't agree, and what would."""


@dataclass(frozen=True)
class Division:
    """A whole and what is told as its parts.

    ``is_whole``: nothing else can be a part of it; ``are_apart``: nothing is counted in two of the parts;
    ``is_most``: they are meant for the whole where they come near to it; ``is_near``: a slip of two digits
    is enough to tell that they are; ``is_close``: so is that they come near to it.
    """

    whole: Amount
    parts: Sequence[Amount]
    is_whole: bool = False
    are_apart: bool = False
    is_most: bool = False
    is_near: bool = False
    is_close: bool = False

    @cached_property
    def total(self) -> Decimal:
        return sum((part.value for part in self.parts), Decimal(0))

    @property
    def _misses(self) -> bool:
        slack = self.whole.slack + sum((part.slack for part in self.parts), Decimal(0))
        return abs(self.total - self.whole.value) > slack

    def questions(self) -> Iterator[Question]:
        """Ask where the parts can't come to the whole, or miss it by what looks like a slip."""
        known = [self.whole, *self.parts]
        if len(self.parts) < 2 or not self._misses or any(one.is_vague for one in known):
            return
        whole = self.whole.value
        # What is smaller than one of its entries is no sum of them: "01 đề án gồm 5 chương".
        if whole < max(part.value for part in self.parts) and not self.is_near:
            return
        over = (self.total > whole and self.are_apart) or (self.is_most and self.total >= whole * _MOST)
        fewest = _FEW if self.is_near else SLIP_FROM
        slips = is_slip(whole, self.total, fewest) or any(
            is_slip(part.value, whole - self.total + part.value, fewest) for part in self.parts
        )
        close = self.is_close and abs(self.total - whole) * _CLOSE <= whole
        if self.is_whole or over or slips or close:
            right = self.whole.told(self.total)
            yield (
                f"tổng ghi {self.whole.text}, các phần cộng lại được {right}",
                "tổng bằng các phần (sửa tổng, hoặc sửa một phần)",
            )


def sentences_of(text: str) -> list[str]:
    return _SENTENCES.split(text)


def sums_in(text: str) -> Iterator[Question]:
    """What doesn't add up within one paragraph."""
    for sentence in sentences_of(text):
        lines = (plain for line in _unbracketed(sentence) for plain in _unnested(line))
        several = (line for line in lines if _tells(line, _WHOLE_AND_TWO))
        told = (one for line in several for one in (*_divisions(line), *_in_brackets(line)))
        yield from dict.fromkeys(q for one in (*told, *_of_all(sentence)) for q in one.questions())


def _tells(text: str, fewest: int) -> bool:
    """Whether a text tells so many amounts; its figures are counted first, which takes less."""
    return len(_FIGURES.findall(text)) >= fewest and len(amounts_told(text)) >= fewest


def _unbracketed(sentence: str) -> Iterator[str]:
    """A sentence, and what stands before and in each of its brackets as a sentence of its own."""
    yield sentence
    for found in _BRACKETS.finditer(sentence) if "(" in sentence else ():
        inner = found[0][1:-1]
        if _tells(inner, _TWO) and len(amounts_in(inner)) >= _TWO:
            cue = "" if cues_in(inner) else "trong đó "
            yield f"{sentence[: found.start()].rstrip()}, {cue}{inner}"


def _unnested(sentence: str) -> Iterator[str]:
    """A sentence without the parts of its parts, and each part that has them as a sentence of its own."""
    parted = [*_PARTED.finditer(sentence)] if "gồm" in sentence.lower() else []
    yield _PARTED.sub(lambda m: m["part"] + ";", sentence) if parted else sentence
    yield from (m["part"] + m["parts"] for m in parted)


def cues_in(sentence: str) -> list[re.Match[str]]:
    """The words that open the parts of a whole; no letter of ours is longer when it is small."""
    low = sentence.lower()
    return [*_OPENS.finditer(low)] if any(word in low for word in _CUES) else []


def _divisions(sentence: str) -> Iterator[Division]:
    low = sentence.lower()
    cues = cues_in(sentence)
    for at, cue in enumerate(cues):
        goes_on = _GOES_ON.search(sentence, cue.end())
        end = goes_on.start() if goes_on else len(sentence)
        if at + 1 < len(cues) and (later := _wholes(sentence, cues[at + 1])):
            end = min(end, later[0].start)
        if (wholes := _wholes(sentence, cue)) and wholes[-1].end < end:
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


def _within(sentence: str) -> Iterator[Division]:
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
    if _are_opposed(one.label, other.label):
        return True
    first, second = (a.label.partition(noun)[2].split() for a in (one, other))
    return len(first) == len(second) > 1 and first[:-1] == second[:-1] and first[-1] != second[-1]


def _of_states(sentence: str) -> Iterator[Division]:
    """What came in and how far each part of it has come: "giao 36, đúng hạn 30, quá hạn 03, đang làm 03"."""
    told = amounts_told(sentence)
    if len(told) <= _WHOLE_AND_TWO or any(a.inside or a.of_all is not None for a in told):
        return
    whole, *parts = told
    of_one = all(a.counts(whole.noun) or not whole.noun for a in parts)
    if of_one and _CAME.search(whole.before) and all(_FAR.search(a.before) for a in parts):
        yield Division(whole, parts, is_near=True, is_close=True)


_FAR = lazy_pattern(r"^\s*(?:(?:đã )?hoàn thành|(?:đúng|trước|trong|quá|trễ) hạn|đang|chưa|chậm)\b")


def _of_both(sentence: str, cues: Sequence[re.Match[str]]) -> Iterator[Division]:
    """Two amounts that end a sentence, opposed, and what they are of: "dự thi 120, đỗ 96, trượt 24"."""
    told = amounts_told(sentence)
    if len(told) < _WHOLE_AND_TWO or any(a.inside or a.of_all is not None for a in told[-3:]):
        return
    whole, *parts = told[-3:]
    if any(cue.end() > whole.start for cue in cues):
        return
    nouns = [a.noun for a in (whole, *parts) if a.noun]
    added, most = parts[0].value + parts[1].value, max(parts[0].value, parts[1].value)
    known = () if _CAME.search(whole.before) else [a.value for a in told[:-2]]
    same = all(a.counts(nouns[0]) for a in (whole, *parts)) if nouns else True
    changed = any(CHANGED.search(a.before) for a in (whole, *parts))
    opposed = _are_opposed(parts[0].before, parts[1].before)
    if opposed and same and not changed and added not in known and whole.value >= most:
        yield Division(whole, parts, is_close=True)


_TWO, _WHOLE_AND_TWO = 2, 3
"""Amounts of a sentence that tells parts, and of one that tells a whole and two parts."""


def _in_brackets(sentence: str) -> Iterator[Division]:
    """Parts told in a bracket each: "54 hồ sơ, tập trung ở đất đai (41 hồ sơ), xây dựng (13 hồ sơ)"."""
    told = amounts_told(sentence) if sentence.count("(") > 1 and "%" not in sentence else ()
    parts = [a for a in told if a.inside]
    wholes = [a for a in told if not a.inside]
    if len(parts) < 2 or len(parts) != sentence.count("(") or not wholes or wholes[-1].end > parts[0].start:
        return
    whole = wholes[-1]
    if whole.noun and all(a.is_of(whole.noun) for a in parts) and "so với" not in sentence:
        yield Division(whole, parts, are_apart=True)


def _without_brackets(text: str) -> str:
    """A text as long as it was, with blanks for what stood in brackets."""
    return _BRACKETS.sub(lambda m: " " * len(m[0]), text) if "(" in text else text


def _of_all(sentence: str) -> Iterator[Division]:
    """How many of all, and how many not: "24/25 đại biểu tán thành, không tán thành 01 đại biểu"."""
    for whole, part, rest in _out_of(sentence):
        absent = _ABSENT.search(rest.before) or _are_opposed(part.label, rest.label)
        left = _LEFT.search(rest.before) or _OWED.search(rest.before) or _STILL.search(rest.label)
        if (absent or left) and rest.counts(whole.noun) and not CHANGED.search(rest.before):
            sure = bool(absent or _STILL.search(rest.label))
            if sure or _TO_DO.search(rest.label.partition(rest.before)[2]) or not _is_said_which(rest):
                yield Division(whole, (part, rest), is_whole=sure, is_near=True, is_close=True)


def _is_said_which(amount: Amount) -> bool:
    """Whether more is said of it than what is counted: "còn 12 hồ sơ quá hạn" are some of those left."""
    behind = _SCALE.sub("", amount.label.removeprefix(amount.before).strip(" ."))
    return bool(behind.removeprefix(amount.noun).strip())


_SCALE = lazy_pattern(r"^(?:nghìn|ngàn|triệu|tỷ|tỉ) (?=đồng)")


def _out_of(sentence: str) -> Iterator[tuple[Amount, Amount, Amount]]:
    """A whole, how many of it, and the amount that follows: "28/45 thôn; 17 thôn", "6 trên tổng số 8 ha"."""
    told = amounts_told(sentence) if any(sign in sentence for sign in _OF_ALL) else ()
    for part, rest in pairwise(told):
        if part.of_all is not None and rest.of_all is None:
            yield replace(part, text=shown(part.of_all), value=part.of_all), part, rest
    for part, whole, rest in zip(told, told[1:], told[2:], strict=False):
        if _OUT_OF_TOTAL.search(sentence[part.end : whole.start]) and part.counts(whole.noun):
            yield whole, part, rest


_OWED = lazy_pattern(r"\bcòn phải (?:thu|nộp|thực hiện|giải ngân|giải quyết)\s*$")
_OF_ALL = ("/", "trên", "trong")
_OUT_OF_TOTAL = lazy_pattern(r"^[^,.;]{0,30}\b(?:trên|trong) (?:tổng )?(?:số )?$")
_ABSENT = lazy_pattern(r"\bvắng(?: mặt)?:?\s*$")
_STILL = lazy_pattern(
    r"\bcòn lại\b|\bchưa (?:được )?(?:đạt|hoàn thành|thực hiện|gửi|nộp|báo cáo|giải ngân|giải quyết"
    r"|triển khai|kiểm tra|phê duyệt|xong)[\s.]*$"
)
"""What is said of the rest alone: "17 thôn còn lại", "02 tiêu chí chưa đạt"; not "chưa đạt tiêu chí 5"."""


def _wholes(sentence: str, cue: re.Match[str]) -> list[Amount]:
    """The amounts that stand right before a cue, in the words that it belongs to."""
    before = _without_brackets(sentence[: cue.start()]).rstrip(" ;,:")
    begin = max((m.end() for m in re.finditer(r"[;:]\s", before)), default=0)
    told = (a for a in amounts_told(sentence) if not a.inside and begin <= a.start and a.end <= cue.start())
    found = [a for a in told if a.noun and not CHANGED.search(a.before)]
    return found if found and len(re.sub(" {2,}", "", before[found[-1].end :])) <= _NEAR else []


def _divided(sentence: str, wholes: Sequence[Amount], cue: re.Match[str], end: int) -> Iterator[Division]:
    entries = _entries(sentence, cue.end(), end)
    listed = cue["cue"] in _LISTING
    columns = [(whole, [a for entry in entries for a in entry if a.is_of(whole.noun)]) for whole in wholes]
    each = [(whole, parts) for whole, parts in columns if len(parts) == len(entries) > 1]
    alone = [entry[0] for entry in entries if len(entry) == 1]
    if listed and each:
        yield from (Division(whole, parts, is_whole=True) for whole, parts in each)
    elif len(alone) == len(entries) > 1 and (_is_rest(alone[-1]) or (listed and _are_alike(alone))):
        yield Division(wholes[-1], alone, is_whole=True)
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
            opposed = len(parts) == 2 and _are_opposed(parts[0].label, parts[1].label)
            sure = apart and not _may_overlap(parts)
            yield Division(whole, parts, is_whole=opposed, are_apart=sure, is_most=ends and apart)
    else:
        told = [a for a in amounts_in(sentence, cue.end(), end) if not CHANGED.search(a.label)]
        for whole, column in columns:
            loose = [a for a in told if a.counts(whole.noun) or _SEX.match(a.noun)]
            yield from _parts(sentence, whole, column if len(column) == len(entries) > 1 else loose, listed)


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
    bare = _without_brackets(sentence[:end])
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
    return entries if len(entries) > 1 and all(entries) else []


def _parts(sentence: str, whole: Amount, parts: Sequence[Amount], listing: bool) -> Iterator[Division]:
    """Parts told one behind the other; what follows them may be about something else."""
    sums = [sum((p.value for p in parts[:n]), Decimal(0)) for n in range(2, len(parts) + 1)]
    if not sums or whole.value in sums:
        return
    left = next((n for n, part in enumerate(parts) if n and _LEFT.search(part.before)), 0)
    if left:
        yield Division(whole, parts[: left + 1], is_whole=True)
    elif len(parts) == 2:
        one, other = parts
        between = sentence[one.end : other.start]
        joined = " và " in between and not re.search(r"[;:]|\.\s", between)
        same = one.is_of(whole.noun) and other.is_of(whole.noun)
        yield Division(whole, parts, is_whole=_are_opposed(one.label, other.label), are_apart=joined and same)
    else:
        series = _are_series(parts)
        alike = listing and all(a.is_of(whole.noun) for a in parts)
        yield Division(whole, parts, are_apart=series, is_most=series, is_near=alike)


def _are_series(parts: Sequence[Amount]) -> bool:
    """Whether each part is the next one of a series: "khối 6 có …, khối 7 có …"."""
    named = [_OF_SERIES.search(part.before) for part in parts]
    ranks = [(m["what"], int(m["n"]) if m["n"].isdigit() else arabic(m["n"])) for m in named if m]
    what, first = ranks[0] if ranks else ("", 0)
    return len(ranks) == len(parts) and ranks == [(what, (first or 0) + n) for n in range(len(parts))]


def _are_opposed(one: str, other: str) -> bool:
    opposed = _OPPOSED if _OF_A_SIDE.search(one) and _OF_A_SIDE.search(other) else ()
    for first, second in ((one, other), (other, one)):
        if any(re.search(a, first) and re.search(b, second) and not re.search(b, first) for a, b in opposed):
            return True
        denied = [m["word"] for m in _NEGATED.finditer(second)]
        if any(word in first and not _NEGATED.search(first) for word in denied):
            return True
    return False


def _added(sentence: str, total: Amount, cues: Sequence[re.Match[str]]) -> Iterator[Division]:
    """A total told behind its parts: "18 cơ sở …, 05 cơ sở …, tổng số 23 cơ sở"; "gồm a, b, tổng cộng d"."""
    cue = next((c for c in reversed(cues) if c.end() <= total.start), None)
    if cue is not None and cue["cue"] == "trong đó":
        return
    before = [
        a for a in amounts_in(sentence, cue.end() if cue else 0, total.start) if not CHANGED.search(a.before)
    ]
    same = [a for a in before if a.is_of(total.noun)]
    if total.is_of("văn bản") and _are_documents(before):
        same = before
    if len(same) > 1:
        yield Division(total, same, is_whole=True)
    elif cue is None and len(before) > 1 and not any(a.noun for a in before):
        yield Division(total, before, is_whole=True)
    elif cue is not None and (named := _TOTAL.search(sentence[: total.start].lower())):
        entries = _entries(sentence, cue.end(), len(sentence[: named.start()].rstrip(" ,;")))
        if all(len(entry) == 1 for entry in entries):
            yield Division(total, [entry[0] for entry in entries], is_whole=True)


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
_CLOSE = 5
"""The part of a whole by which what was done and what is left miss it at most."""
_FEW = 2
"""Digits, end zeros left out, of what is left from which one that is wrong is a slip."""


def left_in(text: str, above: Sequence[str] = ()) -> Iterator[Question]:
    """What is left of a whole when what was done is taken away, where it misses that by a slip.

    "Tiếp nhận 18.247 hồ sơ; đã giải quyết 17.860 hồ sơ, …; đang giải quyết 387 hồ sơ". The whole may stand in
    one of the paragraphs above, where it is called a total.
    """
    told = (
        [a for a in amounts_in(text) if a.noun and not a.is_vague]
        if any(word in text for word in _IS_LEFT)
        else []
    )
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


_SHARE = lazy_pattern(
    r"(?:\b(?:chiếm|đạt|bằng)(?: tỷ lệ)?|\btỷ lệ(?: đạt)?|\()"
    rf" ?(?P<percent>{PERCENT}) ?%(?=\s*(?:[.,;)]|$))"
)
_OF_A_WHOLE = ("chiếm", "(", "tỷ lệ")
"""What says the share of the one whole that was told before; "đạt" may be of a plan."""
_DONE = lazy_pattern(r"\bđã\b|\bgiải quyết|\bxử lý|\bhoàn thành")
"""What "đạt" behind it is a share of what was told before: "có 40 hồ sơ, đã giải quyết 30 hồ sơ, đạt 75%"."""
_NOT_FAR = 60
"""Characters from a part to its percentage."""


def shares_in(text: str) -> Iterator[Question]:
    """Parts told with a percentage that no whole of their sentence gives: "40 hộ, trong đó 10 hộ (30%)"."""
    for sentence in sentences_of(text):
        asked = [*_shares_of_wholes(sentence)]
        yield from asked or _complements(sentence)


def _shares_of_wholes(sentence: str) -> Iterator[Question]:
    """Parts of a sentence with a percentage that none of its wholes gives."""
    shares = [*_SHARE.finditer(sentence)]
    told = amounts_in(sentence) if shares else []
    cues = cues_in(sentence) if shares else []
    for share in shares:
        part = next((a for a in reversed(told) if a.end <= share.start()), None)
        if part is None or CHANGED.search(part.before) or not _tells_share(sentence, part, share):
            continue
        known = [a for a in told if a.end <= part.start and part.counts(a.noun) and a.noun]
        wholes = [a for a in known if a.value >= part.value]
        cue = next((c.start() for c in reversed(cues) if c.end() <= part.start), 0)
        opened = [a for a in wholes if a.end <= cue]
        if not cues and _is_of_one_whole(sentence, part, known, share):
            opened = wholes = wholes[:1]
        said = read_number(share["percent"]) or Decimal(0)
        sure = opened and not part.is_vague and not any(a.is_vague for a in wholes)
        if sure and not any(is_share(said, part.value, a.value) for a in wholes):
            yield share_question(part.text, opened[-1].text, share["percent"], part.value, opened[-1].value)


def _complements(sentence: str) -> Iterator[Question]:
    """Shares of two parts that are the whole, "đúng hạn … 95%; quá hạn … 4%", and don't make a hundred."""
    told = [*_PERCENT_TOLD.finditer(sentence)] if sentence.count("%") > 1 else []
    for one, other in pairwise(told):
        first, second = (read_number(m["percent"]) or Decimal(0) for m in (one, other))
        missing = abs(first + second - 100)
        slack = (step_of(first) + step_of(second)) / 2
        if not slack < missing <= _NEAR_HUNDRED:
            continue
        labels = [_label(sentence, m.start()).lower() for m in (one, other)]
        if not any(map(CHANGED.search, labels)) and _are_opposed(*labels):
            yield f"{one['percent']}% và {other['percent']}% cộng lại được {shown(first + second)}%", "100%"


def _label(sentence: str, start: int) -> str:
    """The words before a percentage, back to the one before it or to the sentence's begin."""
    return re.split(r"[%.]", sentence[max(0, start - _LABEL) : start])[-1]


_LABEL = 100
"""Characters before a percentage that may say of what it is."""
_PERCENT_TOLD = lazy_pattern(r"(?P<percent>\d(?<![\d,]\d)\d{0,2}(?:,\d{1,4})?) ?%")
_NEAR_HUNDRED = 10
"""How far two shares are from a hundred that were meant to make it."""


def _is_of_one_whole(sentence: str, part: Amount, known: Sequence[Amount], share: re.Match[str]) -> bool:
    """Whether a part is told behind one amount, with no share or one that fits behind each between them.

    "40 hộ; 10 hộ, chiếm 30%"; "40 hộ, trong hạn 30 hộ, đạt 75%; quá hạn 10 hộ, chiếm 30%".
    """
    if not part.noun or not known:
        return False
    whole, *others = known
    if share[0].startswith("đạt"):
        done = _DONE.search(part.before) and not CHANGED.search(whole.before)
        of_whole = bool(done) and (read_number(share["percent"]) or 0) <= 100
    else:
        of_whole = share[0].startswith(_OF_A_WHOLE)
    return of_whole and (
        all(_fits(sentence, one, whole) for one in others)
        if others
        else "%" not in sentence[whole.end : part.start]
    )


def _fits(sentence: str, part: Amount, whole: Amount) -> bool:
    """Whether the percentage right behind a part is that of the whole."""
    share = _SHARE.search(sentence, part.end)
    said = read_number(share["percent"]) if share and _tells_share(sentence, part, share) else None
    return said is not None and is_share(said, part.value, whole.value)


def _tells_share(sentence: str, part: Amount, share: re.Match[str]) -> bool:
    """Whether a percentage is said of the amount before it, and of nothing else between."""
    between = sentence[part.end : share.start()]
    return (
        len(between) <= _NOT_FAR
        and not re.search(r"[\d.;:()]", between.rstrip(" ("))
        and not CHANGED.search(between)
    )


def written(number: Decimal, step: Decimal) -> str:
    """A number with the decimals of another: 20 beside "22,0" is "20,0"."""
    return shown(number.quantize(step)) if step >= 1 else f"{number.quantize(step):f}".replace(".", ",")


def is_share(said: Decimal, part: Decimal, whole: Decimal) -> bool:
    """Whether a percentage is that of a part, rounded or cut off."""
    return bool(whole) and abs(100 * part / whole - said) < step_of(said)


def share_question(part: str, whole: str, printed: str, n: Decimal, of: Decimal) -> Question:
    """What to ask of a part, its whole and a percentage that isn't theirs."""
    right = written(100 * n / of, min(step_of(read_number(printed) or n), Decimal("0.1")))
    return f"{part}/{whole} mà ghi {printed}%", f"{part}/{whole} là khoảng {right}%"
