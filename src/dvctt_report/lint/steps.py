"""Steps from one amount to another, and growths of an amount that isn't told or whose base stands apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from dvctt_report.lint.amounts import Amount, Question, alone, amounts_in, amounts_told, sentences_of
from dvctt_report.lint.check import quote
from dvctt_report.lint.numerals import NUMBER, PERCENT, read_number, shown, step_of, written
from dvctt_report.lint.shares import is_share, share_question
from dvctt_report.patterns import lazy_pattern

_UNIT = r"(?: (?:[^\d,;.()%]|(?<=m)[23]){2,30}?)?(?: \((?!\d)[^()%]{2,30}\))?"
"""What an amount of a step is of, and of which time: "90 hộ (năm 2024)", "215 nghìn đồng/m3"."""
_SO = r"(?:tương (?:ứng|đương)(?: với)? |tức (?:là )?)?(?:mức )?"
_STEP = lazy_pattern(
    rf"\b[Tt]ừ (?P<then>{NUMBER.pattern}){_UNIT} (?:lên|xuống)(?: còn| đến)?"
    rf" (?P<now>{NUMBER.pattern}){_UNIT}[,(;] ?\(?{_SO}(?P<way>tăng|giảm)(?: thêm)? "
    rf"(?:(?P<by>(?>{NUMBER.pattern}))(?! ?%|[,.]?\d| điểm| lần)"
    rf"(?: [^\d,;.()%]{{2,30}}(?:, | \(){_SO}(?:(?:tăng|giảm) )?(?P<behind>{PERCENT}) ?%)?"
    rf"|(?P<percent>{PERCENT}) ?%)"
)
"""A step and how large it is: "từ 100 lên 120 lớp, tăng 20 lớp"; "từ 50 hộ xuống còn 40 hộ (giảm 20%)"."""
_STEP_BEHIND = lazy_pattern(
    rf"\b(?P<way>[Gg]iảm|[Tt]ăng) (?P<by>{NUMBER.pattern}) [^\d,;.()%]{{2,30}},? \(?"
    rf"từ (?P<then>{NUMBER.pattern}){_UNIT} (?:lên|xuống)(?: còn| đến)?"
    rf" (?P<now>{NUMBER.pattern})(?! ?%|[,.]?\d)(?P<percent>)(?P<behind>)"
)
"""How large a step is, told before it: "giảm 11 phòng, từ 45 phòng xuống còn 34 phòng"."""
_STEP_IN_BRACKET = lazy_pattern(
    rf"\b(?P<way>tăng|giảm) (?P<percent>{PERCENT}) ?%(?: so với [^().,;%]{{2,60}})?,? \(?"
    rf"từ (?P<then>{NUMBER.pattern}){_UNIT} (?:lên|xuống)(?: còn| đến)? (?P<now>{NUMBER.pattern})"
    r"(?! ?%|[,.]?\d)(?P<by>)(?P<behind>)"
)
"""A step behind the percentage that it makes: "tăng 15% (từ 240 lên 276 doanh nghiệp)"."""
_COUNTED = rf"{NUMBER.pattern} [^\d,;.()%]{{2,30}}"
_SINCE_BRACKET = lazy_pattern(
    rf"(?<![\d.,])(?P<now>{_COUNTED}) "
    rf"\((?:cùng kỳ|năm|quý|tháng|kỳ)\b[^().;%]{{2,50}}? "
    rf"(?P<then>{NUMBER.pattern}(?: [^\d,;.()%]{{2,30}})?)\)"
    rf",? {_SO}(?P<way>tăng|giảm)(?: thêm)? (?:(?P<by>{_COUNTED})|(?P<percent>{PERCENT}) ?%)(?=[,.;)]|$)"
)
"""The amount of another time in a bracket, then by how much: "12 vụ (cùng kỳ 17 vụ), giảm 05 vụ"."""
_TIME_IN_BRACKET = lazy_pattern(r"\((?:cùng kỳ|năm|quý|tháng|kỳ)\b")
"""What every such bracket begins with; few lines have one."""
_BASED = lazy_pattern(
    rf"(?:\b(?P<way>tăng|giảm)(?: thêm)? (?P<percent>{PERCENT}) ?% so với"
    rf"|\b(?:bằng|đạt) (?P<share>{PERCENT}) ?%) [^().;%]{{2,60}} \((?P<then>\d[^()%;]{{1,40}})\)"
)
"""A growth, or a share of a plan, with what it is of: one number comes of it."""
_RANK = lazy_pattern(
    r"\b(?:hạng|thứ|vị trí)(?: thứ)? (?P<now>\d{1,3})(?:/\d{1,3})?\b[^.;%\d]{0,40}?, (?P<way>tăng|giảm)"
    r" (?P<by>\d{1,3}) (?:bậc|hạng)\b[^.;()]{0,60}"
    r"\([^()\d]{0,30}(?P<then>\d{1,3})(?:/\d{1,3})?[^()\d]{0,20}\)"
)
"""A rank and by how many it is better: "xếp hạng 15/34, tăng 6 bậc so với năm 2025 (xếp thứ 21)"."""
_JOINTS = (" và ", ", ", ", và ", ", nhưng ", " nhưng ", ", đồng thời ", " và cũng ")
_WAY = lazy_pattern(
    rf"\b(?P<way>[Gg]iảm|[Tt]ăng)\b[^%.;\d]{{0,30}}\btừ (?P<one>{NUMBER.pattern})(?![\d/])[^.;]{{0,40}}?"
    rf"\b(?:xuống|lên)(?: còn| đến)? (?P<other>{NUMBER.pattern})(?![\d/])"
)


def steps_in(text: str) -> Iterator[Question]:
    """Steps that aren't as large as is said, and growths that give one number two values."""
    if "từ " in text or "Từ " in text:
        for found in (
            m for pattern in (_STEP, _STEP_BEHIND, _STEP_IN_BRACKET) for m in pattern.finditer(text)
        ):
            yield from _stepped(found)
        for found in _WAY.finditer(text):
            yield from _turned(found)
    for found in _RANK.finditer(text) if "bậc" in text or "hạng" in text else ():
        now, then, by = (int(found[name]) for name in ("now", "then", "by"))
        if then - now != (by if found["way"] == "tăng" else -by):
            way = "tăng" if then > now else "giảm"
            yield f"hạng {now} so với {then} mà ghi {found['way']} {by}", f"{way} {abs(then - now)}"
    if "(" in text and len(amounts_told(text)) > 1:
        for found in _SINCE_BRACKET.finditer(text) if _TIME_IN_BRACKET.search(text) else ():
            yield from _since(found)
        for sentence in sentences_of(text) if "%" in text else ():
            yield from _of_two_bases(sentence)


def _stepped(found: re.Match[str]) -> Iterator[Question]:
    now, then, by = (read_number(found[n] or "") for n in ("now", "then", "by"))
    if now is None or not then:
        return
    apart = (now - then) * (1 if found["way"].lower() == "tăng" else -1)
    if by is not None and by != apart > 0:
        yield f"từ {found['then']} đến {found['now']} mà ghi {found['way']} {found['by']}", shown(apart)
    for told in filter(None, (found["percent"], found["behind"])):
        if apart > 0 and not is_share(read_number(told) or Decimal(0), apart, then):
            yield share_question(shown(apart), found["then"], told, apart, then)


def _since(found: re.Match[str]) -> Iterator[Question]:
    """What an amount has grown by since the one in the bracket behind it."""
    now, then, by = (alone(found[name] or "") for name in ("now", "then", "by"))
    if now is None or not then or not then.value or not then.counts(now.noun):
        return
    grown = now.value - then.value
    way, percent = "tăng" if grown > 0 else "giảm", read_number(found["percent"] or "")
    turned = way != found["way"]
    said = f"{now.text} so với {then.text} mà ghi {found['way']}"
    slack = now.slack + then.slack + by.slack if by else Decimal(0)
    if by and (turned or abs(abs(grown) - by.value) > slack):
        yield f"{said} {by.text}", f"{way} {by.told(abs(grown))}"
    if percent is not None and (turned or not is_share(percent, abs(grown), then.value)):
        yield f"{said} {found['percent']}%", f"{way} khoảng {written(100 * abs(grown) / then.value, _TENTH)}%"


_TENTH = Decimal("0.1")


def _of_two_bases(sentence: str) -> Iterator[Question]:
    """Two growths of one number, which isn't told, from two others: each gives it, and both the same."""
    for one, other in pairwise(_BASED.finditer(sentence)):
        first, second = alone(one["then"]), alone(other["then"])
        if sentence[one.end() : other.start()] not in _JOINTS or not first or not second:
            continue
        told = [a for a in amounts_in(sentence, 0, one.start()) if a.is_of(first.noun)]
        (least, most), (low, high) = _come_to(one, first), _come_to(other, second)
        if first.is_of(second.noun) and not told and (high < least or most < low):
            both = f"{_said(one, first)} và {_said(other, second)}"
            a, b = (
                then.told(((low + high) / 2).quantize(Decimal(1)))
                for then, low, high in ((first, least, most), (second, low, high))
            )
            yield both, f"cùng một số, tính ra khoảng {a} và {b}"


def _come_to(found: re.Match[str], then: Amount) -> tuple[Decimal, Decimal]:
    """Between which two numbers the one lies that has grown since, or is a share of, another."""
    said = read_number(found["percent"] or found["share"]) or Decimal(0)
    step = step_of(said)
    ways = {"tăng": (100, 1), "giảm": (100, -1)}.get(found["way"] or "", (0, 1))
    edges = [(ways[0] + ways[1] * (said + off)) / 100 for off in (-step, step)]
    return min(edges) * (then.value - then.slack), max(edges) * (then.value + then.slack)


def _said(found: re.Match[str], then: Amount) -> str:
    return (
        f"{found['way']} {found['percent']}% so với {then.text}"
        if found["way"]
        else f"{found['share']}% của {then.text}"
    )


def _turned(found: re.Match[str]) -> Iterator[Question]:
    """ "Giảm từ" a smaller to a larger number, or the other way round."""
    one, other = read_number(found["one"]), read_number(found["other"])
    if one is None or other is None or one == other:
        return
    right = "tăng" if one < other else "giảm"
    if found["way"].lower() != right:
        yield f"“{quote(found[0], 60)}”", f"từ {found['one']} đến {found['other']} là {right}"
