"""A line that opens a list, and what the entries of that list come to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dvctt_report.lint.amounts import Question
from dvctt_report.lint.divisions import SUMMED, Division, are_all
from dvctt_report.lint.passages import Passage
from dvctt_report.patterns import lazy_pattern

_IN_ALL = lazy_pattern(r"\btổng (?!số|cộng)[^,;]{0,20}$")
"""What names an amount a whole though a plan is spoken of before it: "kế hoạch … với tổng vốn 24 tỷ"."""


def sums_below(
    line: Passage, entries: Sequence[Passage], above: Sequence[Passage] = ()
) -> Iterator[Question]:
    """What doesn't add up between a line that opens a list and the entries of that list.

    Where that line tells no total, one of the lines ``above`` may: "Tổng kinh phí: 12 tỷ đồng".
    """
    sentence = line.sentences[-1]
    cue = next((c for c in sentence.cues if not sentence[c.end() :].strip(" :")), None)
    own = [*_opened(sentence, cue, entries)] if cue or re.search(r"\bsau(?: đây)?:$", sentence) else []
    for division in own or (_listed_below(sentence, entries, above) if cue is None else ()):
        yield from division.questions()


def _opened(sentence: Passage, cue: re.Match[str] | None, entries: Sequence[Passage]) -> Iterator[Division]:
    """What a line tells whose last words open the list below it: "… gồm:", "… như sau:"."""
    end = cue.start() if cue else len(sentence)
    told = (a for a in sentence.between(0, end) if a.noun)
    for whole in (a for a in told if _IN_ALL.search(a.before) or not a.is_changed):
        found = [[a for a in entry.apart if a.is_of(whole.noun)] for entry in entries]
        if len(found) > 1 and all(len(one) == 1 for one in found):
            listed = cue is None or cue["cue"] != "trong đó"
            named = bool(_IN_ALL.search(whole.before) or SUMMED.search(whole.before))
            parts = [one[0] for one in found]
            money = whole.noun == "đồng"
            listed = listed or are_all([entry.lower() for entry in entries])
            yield Division(whole, parts, is_whole=listed, is_most=named or money, are_apart=money)


def _listed_below(line: Passage, entries: Sequence[Passage], above: Sequence[Passage]) -> Iterator[Division]:
    """ "Có 03 Hội đồng thi, tổng số 98 phòng thi:", "Phân bổ 12 tỷ đồng cho 04 đơn vị:" above their lists."""
    told = [(line, a) for a in line.apart if _SHARED_OUT.search(line[: a.start])]
    told += [(one, a) for one in above for a in one.apart if _ALL_OF_IT.search(one[: a.start])]
    for text, whole in told:
        found = [[a for a in entry.apart if a.is_of(whole.noun)] for entry in entries if whole.noun]
        if len(found) > 1 and all(len(one) == 1 for one in found):
            named = text is line and bool(_ALL_OF_IT.search(line[: whole.start]))
            parts = [one[0] for one in found]
            yield Division(whole, parts, is_whole=named, is_near=True, is_close=True)
            return


_ALL_OF_IT = lazy_pattern(r"\b[Tt]ổng\b[^.;]{0,60}$")
_SHARED_OUT = lazy_pattern(
    r"(?:\b[Tt]ổng\b|\b(?:[Pp]hân bổ|[Gg]iao|[Hh]ỗ trợ|[Bb]ố trí|[Cc]ấp)\b)[^.;]{0,60}$"
)
