"""Parts told with their share of a whole in one sentence: "40 hộ, trong đó 10 hộ (25%)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from dvctt_report.lint.amounts import CHANGED, Amount, Question
from dvctt_report.lint.divisions import are_opposed
from dvctt_report.lint.numerals import PERCENT, is_rounded, read_number, shown, step_of, written
from dvctt_report.lint.passages import Passage
from dvctt_report.patterns import begun, lazy_pattern

PLANNED = lazy_pattern(r"\b(?:kế hoạch|dự toán|chỉ tiêu|giao)\b")
MEAN = lazy_pattern(r"\b(?:bình quân|trung bình)(?: đầu người)?\b")
_WHOLE = 100
_SHARE = lazy_pattern(
    rf"(?:{begun(*(f'{word}(?: tỷ lệ)?' for word in ('chiếm', 'đạt', 'bằng')), 'tỷ lệ(?: đạt)?')}|\()"
    rf" ?(?P<percent>{PERCENT}) ?%(?=\s*(?:[.,;)]|$))"
)
_OF_A_WHOLE = ("chiếm", "(", "tỷ lệ")
"""What says the share of the one whole that was told before; "đạt" may be of a plan."""
_OF_PLAN = lazy_pattern(r"\b(?:đạt|bằng)(?: tỷ lệ)? [\d,]+ ?%")
"""What tells of a whole how far a plan was reached, and then of each part the same."""
_DONE_OF = lazy_pattern(r"\bđã\b|\bthu về\b|\bgiải quyết|\bxử lý|\bhoàn thành")
"""What "đạt" behind it is a share of what was told before: "có 40 hồ sơ, đã giải quyết 30 hồ sơ, đạt 75%"."""
_NOT_FAR = 60
"""Characters from a part to its percentage."""


def shares_in(sentence: Passage) -> Iterator[Question]:
    """Parts told with a percentage that no whole of their sentence gives: "40 hộ, trong đó 10 hộ (30%)"."""
    asked = [*_shares_of_wholes(sentence)]
    yield from asked or _complements(sentence)


def _shares_of_wholes(sentence: Passage) -> Iterator[Question]:
    """Parts of a sentence with a percentage that none of its wholes gives."""
    shares = [*_SHARE.finditer(sentence)]
    told, cues = sentence.apart, sentence.cues
    for share in shares:
        part = next((a for a in reversed(told) if a.end <= share.start()), None)
        if part is None or part.is_changed or not _tells_share(sentence, part, share):
            continue
        known = [a for a in told if a.end <= part.start and part.counts(a.noun) and a.noun]
        known = [a for a in known if not MEAN.search(a.before)]
        wholes = [a for a in known if a.value >= part.value]
        cue = next((c.start() for c in reversed(cues) if c.end() <= part.start), 0)
        # A part that is more than its whole is no share of it at all.
        wholes = wholes or [a for a in known if cue and a.is_of(part.noun)]
        opened = [a for a in wholes if a.end <= cue]
        if not cues and _is_of_one_whole(sentence, part, known, share):
            opened = wholes = wholes[:1]
        said = read_number(share["percent"]) or Decimal(0)
        evened = are_evened(read_number(one["percent"]) or Decimal(0) for one in shares)
        of_plan = opened and _OF_PLAN.match(share[0]) and _OF_PLAN.search(sentence, opened[-1].end, cue)
        sure = opened and not of_plan and not part.is_vague and not any(a.is_vague for a in wholes)
        if sure and not any(is_share(said, part.value, a.value, evened) for a in wholes):
            yield share_question(part.text, opened[-1].text, share["percent"], part.value, opened[-1].value)


def _complements(sentence: Passage) -> Iterator[Question]:
    """Shares of two parts that are the whole, "đúng hạn … 95%; quá hạn … 4%", and don't make a hundred."""
    told = sentence.percents
    if are_evened(one.value for one in told):
        return
    for one, other in pairwise(told):
        first, second = one.value, other.value
        missing = abs(first + second - 100)
        slack = (step_of(first) + step_of(second)) / 2
        if not slack < missing <= _NEAR_HUNDRED:
            continue
        if _OF_ITS_OWN.search(sentence, one.end, other.start):
            continue
        labels = [_label(sentence, share.start).lower() for share in (one, other)]
        if not any(map(CHANGED.search, labels)) and are_opposed(*labels):
            yield f"{one.text}% và {other.text}% cộng lại được {shown(first + second)}%", "100%"


_OF_ITS_OWN = lazy_pattern(r"[,;] (?:trong số|(?:trong|trên) tổng số(?= \d))\b")
"""What gives the second of two shares another whole: "chưa có 11,1%; trong số 910 thủ tục đã có …, 85,1%"."""


def _label(sentence: Passage, start: int) -> str:
    """The words before a percentage, back to the one before it or to the sentence's begin."""
    return re.split(r"[%.]", sentence[max(0, start - _LABEL) : start])[-1]


_LABEL = 100
"""Characters before a percentage that may say of what it is."""
_NEAR_HUNDRED = 10
"""How far two shares are from a hundred that were meant to make it."""


def _is_of_one_whole(sentence: Passage, part: Amount, known: Sequence[Amount], share: re.Match[str]) -> bool:
    """Whether a part is told behind one amount, with no share or one that fits behind each between them.

    "40 hộ; 10 hộ, chiếm 30%"; "40 hộ, trong hạn 30 hộ, đạt 75%; quá hạn 10 hộ, chiếm 30%".
    """
    if not part.noun or not known:
        return False
    whole, *others = known
    if share[0].startswith("đạt"):
        done = _DONE_OF.search(part.before) and not CHANGED.search(PLANNED.sub("", whole.before.lower()))
        of_whole = bool(done) and (read_number(share["percent"]) or 0) <= 100
    else:
        of_whole = share[0].startswith(_OF_A_WHOLE)
    return of_whole and (
        all(_fits_whole(sentence, one, whole) for one in others)
        if others
        else "%" not in sentence[whole.end : part.start]
    )


def _fits_whole(sentence: Passage, part: Amount, whole: Amount) -> bool:
    """Whether the percentage right behind a part is that of the whole."""
    share = _SHARE.search(sentence, part.end)
    said = read_number(share["percent"]) if share and _tells_share(sentence, part, share) else None
    return said is not None and is_share(said, part.value, whole.value)


def _tells_share(sentence: Passage, part: Amount, share: re.Match[str]) -> bool:
    """Whether a percentage is said of the amount before it, and of nothing else between."""
    between = sentence[part.end : share.start()]
    return (
        len(between) <= _NOT_FAR
        and not re.search(r"[\d.;:()]", between.rstrip(" ("))
        and not CHANGED.search(between)
    )


def is_share(said: Decimal, part: Decimal, whole: Decimal, evened: bool = False) -> bool:
    """Whether a percentage is that of a part, rounded or cut off."""
    return bool(whole) and is_rounded(said, 100 * part / whole, evened)


def share_question(part: str, whole: str, printed: str, n: Decimal, of: Decimal) -> Question:
    """What to ask of a part, its whole and a percentage that isn't theirs."""
    right = written(100 * n / of, min(step_of(read_number(printed) or n), Decimal("0.1")))
    return f"{part}/{whole} mà ghi {printed}%", f"{part}/{whole} là khoảng {right}%"


def are_evened(shares: Iterable[Decimal]) -> bool:
    """Whether shares make a hundred, or two."""
    added = sum(shares, Decimal(0))
    return bool(added) and added % _WHOLE == 0


def wholes_of(said: Decimal, part: Amount) -> tuple[Decimal, Decimal]:
    """The least and the most that an amount may be so many percent of."""
    step = step_of(said)
    least, most = 100 * (part.value - part.slack), 100 * (part.value + part.slack)
    return least / (said + step), most / (said - step / 2)
