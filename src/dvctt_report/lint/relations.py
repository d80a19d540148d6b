"""Wholes and parts of one sentence that no “gồm”, no “trong đó” stands between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from dvctt_report.lint.amounts import Amount, Question
from dvctt_report.lint.divisions import CAME, FEWEST, LEFT, SEX, TO_DO, TWO, Division, are_opposed
from dvctt_report.lint.enumerated import entries_in
from dvctt_report.lint.numerals import read_number, shown
from dvctt_report.lint.passages import Passage
from dvctt_report.patterns import lazy_pattern

_OUT_OF = lazy_pattern(r"(?:^|[,;:] |^\d{1,2}\. |^[a-zđ]\) |^- )[Tt]rong (?:tổng )?(?:số )?(?=\d)")
"""How a phrase opens that tells the whole first: "Trong 09 chỉ tiêu được giao, …"."""


def behind_colon(sentence: Passage) -> Iterator[Division]:
    """Parts right behind the whole, each of the same things: "gồm 135 đồng chí: cơ động 30 đồng chí, …"."""
    for colon in _COLON.finditer(sentence):
        whole = next((a for a in reversed(sentence.apart) if a.end <= colon.start()), None)
        if whole is not None and whole.before.endswith("trong số "):
            continue
        if whole is None or not whole.noun or not _WORDS.fullmatch(sentence, whole.end, colon.start()):
            continue
        entries = entries_in(sentence, colon.end(), len(sentence))
        alone = len(entries) > 1 and all(len(entry) == 1 for entry in entries)
        roles = alone and are_roles([entry[0] for entry in entries])
        bare = alone and not any(entry[0].noun for entry in entries)
        if roles or bare or (alone and all(entry[0].is_of(whole.noun) for entry in entries)):
            yield Division(whole, [entry[0] for entry in entries], is_near=True, is_close=True)


def are_roles(parts: Sequence[Amount]) -> bool:
    """Whether all parts are members by what they are: "01 Chủ tịch, 02 Phó Chủ tịch, 05 ủy viên"."""
    return all(_ROLE.match(part.noun) for part in parts)


_ROLE = lazy_pattern(
    r"(?:tổ |nhóm |đoàn )?(?:trưởng|phó|thư ký|[uủ][yỷ] viên|thành viên|chủ tịch|giám đốc|hiệu trưởng"
    r"|chuyên viên|nhân viên|kế toán|văn thư|giáo viên|bác sĩ|điều dưỡng)\b"
)
_COLON, _WORDS = lazy_pattern(r": "), lazy_pattern(r"(?: [^\W\d_]+){1,10}")


def within(sentence: Passage) -> Iterator[Division]:
    """A whole told first, and then how many are which: "Trong 43 hộ này có 21 hộ …, 15 hộ …, 07 hộ …"."""
    opened = _OUT_OF.search(sentence)
    told = sentence.between(opened.end()) if opened else []
    if not opened or len(told) < FEWEST or told[0].start != opened.end():
        return
    whole, *others = told
    parts = [a for a in others if a.counts(whole.noun) or SEX.match(a.noun)]
    if not whole.noun or len(parts) < TWO or any(a.is_changed for a in parts):
        return
    two = len(parts) == TWO and _are_sides(parts[0], parts[1], whole.noun)
    states = [_STATE.match(a.before.strip()) for a in parts]
    kept = {m[0] for m in states if m}
    apart = len(parts) > TWO and len(kept) == len(parts)
    many = len(parts) > TWO
    # Not all of them need to be told, but they are no more than the whole.
    over = sum(part.value for part in parts) > whole.value
    yield Division(whole, parts, is_whole=two or apart, is_close=many and over, is_near=many)


_STATE = lazy_pattern(r"(?:đã|đang|chưa|chậm|quá hạn|còn|không)\b")
"""What is said of how far each part has come; nothing is in two such states."""


def _are_sides(one: Amount, other: Amount, noun: str) -> bool:
    """Whether two parts have nothing beside them: opposed, or one word of a scale apart ("nặng", "nhẹ")."""
    if are_opposed(one.label, other.label):
        return True
    first, second = (a.label.partition(noun)[2].split() for a in (one, other))
    return len(first) == len(second) > 1 and first[:-1] == second[:-1] and first[-1] != second[-1]


def of_both(sentence: Passage) -> Iterator[Division]:
    """Two amounts that end a sentence, opposed, and what they are of: "dự thi 120, đỗ 96, trượt 24"."""
    whole, *parts = told = sentence.amounts[-3:]
    added, most = parts[0].value + parts[1].value, max(parts[0].value, parts[1].value)
    if added == whole.value or any(a.inside or a.of_all is not None for a in told):
        return
    if any(cue.end() > whole.start for cue in sentence.cues):
        return
    # They may be told in one with those before them: "23 chỉ tiêu: 11 vượt, 07 đạt, 05 chưa đạt".
    if whole.value + added in [a.value for a in sentence.amounts[:-3]]:
        return
    if len(sentence.amounts) > FEWEST and not CAME.search(whole.before):
        return
    nouns = [a.noun for a in told if a.noun]
    known = () if CAME.search(whole.before) else [a.value for a in sentence.amounts[:-2]]
    same = all(a.counts(nouns[0]) for a in told) if nouns else True
    if not same or added in known or whole.value < most or any(a.is_changed for a in told):
        return
    one, other = parts
    rest = len(sentence.amounts) == FEWEST and _REST.search(other.before)
    called = (before_colon(sentence, a) for a in parts)
    labels = ((one.before, other.before), (one.label, other.label), (*called,))
    if rest or any(are_opposed(*both) for both in labels):
        yield Division(whole, parts, is_close=True)


def before_colon(sentence: str, amount: Amount) -> str:
    """What an amount is called that stands behind a colon: "có mặt" of "; có mặt: 09 người"."""
    before = sentence[: amount.start].lower()
    return re.split(r"[;,.] ", before)[-1] if before.endswith(": ") else ""


_REST = lazy_pattern(r"\bkhác\s*$")


def in_brackets(sentence: Passage) -> Iterator[Division]:
    """Parts told in a bracket each: "54 hồ sơ, tập trung ở đất đai (41 hồ sơ), xây dựng (13 hồ sơ)"."""
    told = sentence.amounts if sentence.count("(") > 1 and "%" not in sentence else ()
    parts = [a for a in told if a.inside]
    wholes = [a for a in told if not a.inside]
    if len(parts) < 2 or len(parts) != sentence.count("(") or not wholes or wholes[-1].end > parts[0].start:
        return
    whole = wholes[-1]
    if whole.noun and all(a.is_of(whole.noun) for a in parts) and "so với" not in sentence:
        yield Division(whole, parts, are_apart=True)


def out_of_all(sentence: Passage) -> Iterator[Question]:
    """What doesn't come to the whole that a part is told of."""
    return (question for division in _of_all(sentence) for question in division.questions())


def _of_all(sentence: Passage) -> Iterator[Division]:
    """How many of all, and how many not: "24/25 đại biểu tán thành, không tán thành 01 đại biểu"."""
    others = [a for a in sentence.amounts if _OTHERWISE.search(a.label)] if sentence.tells(_AGAINST) else ()
    for whole, part, rest in _out_of(sentence):
        rests = [a for a in others if a.start >= rest.start]
        if len(rests) > 1:
            yield Division(whole, (part, *rests), is_close=True, is_near=True)
            continue
        left, behind = whole.value - part.value, (a for a in sentence.amounts if a.start >= rest.start)
        if not rest.counts(whole.noun) or left == rest.value or left in accumulate(a.value for a in behind):
            continue  # "131/144 lượt; đang thực hiện 08; chưa thực hiện 05": all of them together
        absent = _ABSENT.search(sentence[max(0, rest.start - _NEAR) : rest.start]) or are_opposed(
            part.label, rest.label
        )
        if absent and _THERE_TO_VOTE.match(sentence, part.end):
            continue
        is_left = LEFT.search(rest.before) or _OWED.search(rest.before) or _STILL.search(rest.label)
        if (absent or is_left) and not rest.is_changed:
            sure = bool(absent or _STILL.search(rest.label))
            if sure or TO_DO.search(rest.label.partition(rest.before)[2]) or not _is_said_which(rest):
                yield Division(whole, (part, rest), is_whole=sure, is_near=True, is_close=True)


def _is_said_which(amount: Amount) -> bool:
    """Whether more is said of it than what is counted: "còn 12 hồ sơ quá hạn" are some of those left."""
    behind = _SCALE.sub("", amount.label.removeprefix(amount.before).strip(" ."))
    return bool(behind.removeprefix(amount.noun).strip())


_SCALE = lazy_pattern(r"^(?:nghìn|ngàn|triệu|tỷ|tỉ) (?=đồng)")


def _out_of(sentence: Passage) -> Iterator[tuple[Amount, Amount, Amount]]:
    """A whole, how many of it, and the amount that follows: "28/45 thôn; 17 thôn", "6 trên tổng số 8 ha"."""
    told = sentence.amounts
    for part, rest in pairwise(told):
        if part.of_all is not None and rest.of_all is None:
            number = read_number(part.text)
            all_ = part.of_all * (part.value / number if number else 1)
            yield part._replace(text=shown(part.of_all), value=all_), part, rest
    for part, whole, rest in zip(told, told[1:], told[2:], strict=False):
        between = sentence[part.end : whole.start]
        if between.endswith(_OUT_OF_ENDS) and _OUT_OF_TOTAL.search(between) and part.counts(whole.noun):
            yield whole, part, rest


_AGAINST = "không |ý kiến khác|phiếu trắng"
_OTHERWISE = lazy_pattern(
    r"\b(?:không (?:tán thành|đồng ý|biểu quyết|có ý kiến|hợp lệ)|ý kiến khác|phiếu trắng)"
)
"""How those of a vote are told who weren't for it."""
_OWED = lazy_pattern(r"\bcòn phải (?:thu|nộp|thực hiện|giải ngân|giải quyết)\s*$")
_OUT_OF_ENDS = ("trên ", "trong ", "tổng ", "số ")
_OUT_OF_TOTAL = lazy_pattern(r"^[^,.;]{0,30}\b(?:trên|trong) (?:tổng )?(?:số )?$")
_NEAR = 20
"""Characters before an amount among which it is said that those are absent."""
_ABSENT = lazy_pattern(r"[Vv](?<!\w[Vv])ắng(?: mặt)?:?\s*$")
_THERE_TO_VOTE = lazy_pattern(
    r"/\d+ [^,.;()\d]{2,30} (?:có mặt|(?:tham )?dự(?: họp| hội nghị| đại hội| kỳ họp)?)(?: \([^()]*\))?"
    r"(?: (?:đã|đều|cùng)){0,2} (?:biểu quyết|tán thành|nhất trí|đồng ý|thống nhất|thông qua)\b"
)
"""Who was there as a whole, the absent left out: "54/54 đại biểu có mặt (vắng 02) biểu quyết thông qua"."""
_STILL = lazy_pattern(
    r"\bcòn lại\b|\bchưa (?:được )?(?:đạt|hoàn thành|thực hiện|gửi|nộp|báo cáo|giải ngân|giải quyết"
    r"|triển khai|kiểm tra|phê duyệt|xong)[\s.]*$"
)
"""What is said of the rest alone: "17 thôn còn lại", "02 tiêu chí chưa đạt"; not "chưa đạt tiêu chí 5"."""
