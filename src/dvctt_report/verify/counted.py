"""What a number counts: kept with another noun it claims something else ("27 hội nghị", "27 văn bản")."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence

from dvctt_report.verify.likeness import agrees
from dvctt_report.verify.names import are_of_other_levels, level_before
from dvctt_report.verify.numbers import NumberKind, SaidNumber
from dvctt_report.verify.paragraphs import Token
from dvctt_report.verify.reading import FactsFound
from dvctt_report.verify.statements import MET, MISSED, StatementKind
from dvctt_report.verify.subjects import counted_by
from dvctt_report.verify.words import exchanged
from dvctt_report.vietnamese import key

_ALIKE = (
    ("cơ quan", "đơn vị", "địa phương", "sở", "ngành", "nơi", "báo cáo"),
    ("mục tiêu", "chỉ tiêu"),
    ("tin", "bài", "tin bài"),
    ("hồ sơ", "bộ hồ sơ"),
    ("cuộc", "hội nghị", "lớp", "buổi"),
    ("nhiệm vụ", "công việc"),
    ("lượt nhiệm vụ", "lượt"),
    ("người", "cán bộ", "công dân"),
    ("phiếu", "phiếu đánh giá"),
)
"""Nouns that count the same in such a report: a return is a unit's, an event is a meeting."""
_OTHERS = (
    "huyện", "xã", "phường", "thành phố", "tổ", "văn bản", "công văn", "kế hoạch", "quyết định", "thủ tục",
    "ý kiến", "lượt người", "lượt phát thanh", "tờ rơi", "băng rôn", "đài", "cụm loa", "điểm", "kho", "lần",
    "tài liệu", "chuyên mục", "phút", "hoạt động", "lượt phát sóng", "mô hình", "lĩnh vực", "tài khoản",
    "giao dịch", "đồng", "ngày", "tháng",
)  # fmt: skip
_CLASS: Mapping[str, str] = {key(noun): nouns[0] for nouns in _ALIKE for noun in nouns} | {
    key(noun): noun for noun in _OTHERS
}
_LONGEST = sorted(_CLASS, key=len, reverse=True)
_OVER = re.compile(r"\s*(?:/|trên(?: tổng số)?|trong(?: tổng)? số)\s*[\d.]+")
"""What stands between the first number of a fraction and the noun of both."""
_FEW = 4
"""Words of a sentence that were exchanged at most where one of them is taken for another noun."""
_JUDGING = (StatementKind.VERDICT, StatementKind.WISH, StatementKind.TREND)
_JUDGED = re.compile(r"\s*(?:(?:chỉ|mục)\s+tiêu\s+)?(?P<not>(?:chưa|không)\s+)?đạt\b(?!\s*\d)", re.IGNORECASE)
"""What a count of targets is now said to be."""
_SHOWN = 3
"""Words that are quoted behind a number."""


def read_nouns(found: Mapping[Token, Token], reading: FactsFound) -> None:
    """Tell the numbers that were kept and now count something else, and units now of another level."""
    for one, other in found.items():
        if one.fact.value != other.fact.value:
            continue
        said = _said_anew(one, other) if one.is_figure and other.is_figure else None
        if one.fact.kind is StatementKind.UNIT:
            name = f"{level_before(other.paragraph.text[: other.fact.start])}{other.fact.text}"
            said = (one.fact.text, name) if are_of_other_levels(one.fact.text, name) else None
        if said is not None:
            reading.reword(*said, other.place_of(one))


def _said_anew(one: Token, other: Token) -> tuple[str, str] | None:
    """The printed and the edited words of a number that make something else of it."""
    round_one = _round_words(other)
    if round_one and not _round_words(one):
        return one.fact.text, round_one
    was, now = (_before(token) for token in (one, other))
    if was and now and _is_exchanged(one, other, was[-1], now[-1]):
        return " ".join((*was, one.fact.text)), " ".join((*now, other.fact.text))
    if one.fact.kind is not NumberKind.COUNT:
        return None
    before, after = (_behind(token) for token in (one, other))
    noun, new_noun = noun_of(before), noun_of(after)
    known = bool(noun and new_noun)
    changed = noun != new_noun if known else _is_exchanged(one, other, _word(before), _word(after))
    return (_quoted(one, before), _quoted(other, after)) if changed else None


def _round_words(token: Token) -> str:
    fact = token.fact
    return fact.worded if isinstance(fact, SaidNumber) and fact.rounding else ""


def _before(token: Token) -> Sequence[str]:
    """The words right before a number, as they are written."""
    at = token.fact.start
    text = re.split(r"[.,;:()\d]", token.paragraph.text[:at])[-1]
    judged = any(t.fact.kind in _JUDGING and t.fact.end == at - 1 for t in token.paragraph.tokens)
    limit = isinstance(token.fact, SaidNumber) and token.fact.least is not None
    return [] if judged or limit else re.findall(r"\w+", text)[-_SHOWN:]


def read_statements(
    tokens: Iterable[Token], found: Mapping[Token, Token], told: Container[Token], reading: FactsFound
) -> None:
    """Tell the counts that were kept, of which what was said is said no more, in whatever words."""
    for token in tokens:
        counted = counted_by(token)
        kept = found.get(counted) if counted else None
        if token in found or token in told or counted is None or kept is None or not agrees(counted, kept):
            continue
        if token.fact.kind is StatementKind.DONE and token.fact.value == "yes":  # "tập trung thực hiện 09 …"
            continue
        beside = [t for t in kept.paragraph.tokens if t.clause == kept.clause]
        if not any((t.fact.kind, t.fact.value) == (token.fact.kind, token.fact.value) for t in beside):
            ends = counted.fact.start, token.fact.start, counted.fact.end, token.fact.end
            was, now = token.paragraph.text[min(ends) : max(ends)], _quoted(kept, _behind(kept))
            judged = _JUDGED.match(_behind(kept)) if token.fact.kind is StatementKind.VERDICT else None
            if judged and token.fact.value != (MISSED if judged["not"] else MET):
                reading.differ(f"“{was}”", f"“{now}”", kept.place_of(token))
            else:
                reading.reword(was, now, kept.place_of(token))


def read_shares(found: Mapping[Token, Token], reading: FactsFound) -> None:
    """Tell the results in brackets that went from the number they are of to another printed one."""
    became = {other: one for one, other in found.items()}
    for one, other in ((o, t) for o, t in found.items() if o.id.endswith(".percent")):
        was, now = _shared(one), _shared(other)
        kept = {found.get(token) for token in was}
        if was and now and agrees(one, other) and not kept & {*now} and now[0] in became:
            expected, said = (
                f"{of.fact.text} … ({share.fact.text})" for of, share in ((was[0], one), (now[0], other))
            )
            reading.reword(expected, said, other.place_of(one))


def _shared(share: Token) -> Sequence[Token]:
    """The last number before a share in brackets, in its sentence, or both of the last fraction."""
    here = [t for t in share.paragraph.tokens if t.clause == share.clause]
    before = [t for t in here if t.fact.kind is NumberKind.COUNT and t.fact.end <= share.fact.start]
    if not before:
        return ()
    between = share.paragraph.text[before[-1].fact.end : share.fact.start]
    if between.count("(") <= between.count(")"):
        return ()
    return before[-2:] if before[-1].slot == "/" else before[-1:]


def _behind(token: Token) -> str:
    """What follows a number, after what it is counted from."""
    text = token.paragraph.text[token.fact.end :]
    over = _OVER.match(text)
    return text[over.end() :] if over else text


def noun_of(text: str) -> str:
    """What is counted, as the class of its noun; "" where no noun follows that is known."""
    said = " ".join(re.findall(r"\w+", re.split(r"[.,;:()]", text, maxsplit=1)[0])[:_SHOWN])
    even = f"{key(said)} "
    return next((_CLASS[n] for n in _LONGEST if even.startswith(f"{n} ")), "")


def _is_exchanged(one: Token, other: Token, was: str, now: str) -> bool:
    """Whether the word beside a number gave way to one that its sentence did not have."""
    gone, new = exchanged(one.words, other.words)
    return gone.total() + new.total() <= _FEW and key(was) in gone and key(now) in new


def _word(text: str) -> str:
    found = re.match(r"\s*([^\W\d_]+)", text)
    return key(found[1]) if found else ""


def _quoted(token: Token, behind: str) -> str:
    words = re.findall(r"\w+", re.split(r"[.,;:()]", behind, maxsplit=1)[0])[:_SHOWN]
    return " ".join((token.fact.text, *words))
