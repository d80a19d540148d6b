"""Steps from one amount to another, and growths of an amount that isn't told or whose base stands apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dvctt_report.lint.amounts import Question
from dvctt_report.lint.check import quote
from dvctt_report.lint.numerals import NUMBER, PERCENT, read_number, shown, written
from dvctt_report.lint.passages import Passage, alone
from dvctt_report.lint.shares import is_share, share_question
from dvctt_report.patterns import lazy_pattern

_UNIT = r"(?: (?:[^\d,;.()%]|(?<=m)[23]){2,30}?)?(?: \((?!\d)[^()%]{2,30}\))?"
"""What an amount of a step is of, and of which time: "90 hộ (năm 2024)", "215 nghìn đồng/m3"."""
_SO = r"(?:tương (?:ứng|đương)(?: với)? |tức (?:là )?)?(?:mức )?"
_STEP = lazy_pattern(
    rf"\b[Tt]ừ (?P<then>{NUMBER.pattern}){_UNIT} (?:lên|xuống)(?: còn| đến)? (?P<now>{NUMBER.pattern})"
    r"(?! ?%|[,.]?\d)"
)
"""A step: "từ 100 lên 120 lớp"."""
_SAID_BEHIND = lazy_pattern(
    rf"{_UNIT}[,(;] ?\(?{_SO}(?P<way>tăng|giảm)(?: thêm)? "
    rf"(?:(?P<by>(?>{NUMBER.pattern}))(?! ?%|[,.]?\d| điểm| lần)"
    rf"(?: [^\d,;.()%]{{2,30}}(?:, | \(){_SO}(?:(?:tăng|giảm) )?(?P<behind>{PERCENT}) ?%)?"
    rf"|(?P<percent>{PERCENT}) ?%)"
)
"""How large it is, told behind it: ", tăng 20 lớp", " hộ (giảm 10 hộ, giảm 20%"."""
_SAID_BEFORE = lazy_pattern(
    rf"\b(?P<way>[Gg]iảm|[Tt]ăng) (?:(?P<by>{NUMBER.pattern}) [^\d,;.()%]{{2,30}}"
    rf"|(?P<percent>{PERCENT}) ?%(?: so với [^().,;%]{{2,60}})?),? \(?(?P<behind>)$"
)
"""The same told before it: "giảm 11 phòng, từ …", "tăng 15% (từ …"."""
_BEFORE = 110
"""Characters before a step among which it is said how large it is."""
_COUNTED = rf"{NUMBER.pattern} [^\d,;.()%]{{2,30}}"
_SINCE_BRACKET = lazy_pattern(
    rf"(?<![\d.,])(?P<now>{_COUNTED}) "
    rf"\((?:cùng kỳ|năm|quý|tháng|kỳ)\b[^().;%]{{2,50}}? "
    rf"(?P<then>{NUMBER.pattern}(?: [^\d,;.()%]{{2,30}})?)\)"
    rf",? {_SO}(?P<way>tăng|giảm)(?: thêm)? (?:(?P<by>{_COUNTED})|(?P<percent>{PERCENT}) ?%)(?=[,.;)]|$)"
)
"""The amount of another time in a bracket, then by how much: "12 vụ (cùng kỳ 17 vụ), giảm 05 vụ"."""
_WAY = lazy_pattern(
    rf"\b(?P<way>[Gg]iảm|[Tt]ăng)\b[^%.;\d]{{0,30}}\btừ (?P<one>{NUMBER.pattern})(?![\d/])[^.;]{{0,40}}?"
    rf"\b(?:xuống|lên)(?: còn| đến)? (?P<other>{NUMBER.pattern})(?![\d/])"
)


def steps_in(text: Passage) -> Iterator[Question]:
    """Steps that aren't as large as is said, or go the other way."""
    for step in _STEP.finditer(text):
        before = _SAID_BEFORE.search(text[max(0, step.start() - _BEFORE) : step.start()])
        for said in filter(None, (_SAID_BEHIND.match(text, step.end()), before)):
            yield from _stepped(step, said)
    for found in _WAY.finditer(text):
        yield from _turned(found)


def grown_since(text: Passage) -> Iterator[Question]:
    """What an amount has grown by since the one in the bracket behind it."""
    for found in _SINCE_BRACKET.finditer(text):
        yield from _since(found)


def _stepped(step: re.Match[str], said: re.Match[str]) -> Iterator[Question]:
    now, then = (read_number(step[n]) or Decimal(0) for n in ("now", "then"))
    way, by = said["way"].lower(), read_number(said["by"] or "")
    apart = (now - then) * (1 if way == "tăng" else -1)
    if by is not None and by != apart > 0:
        yield f"từ {step['then']} đến {step['now']} mà ghi {way} {said['by']}", shown(apart)
    for told in filter(None, (said["percent"], said["behind"])):
        if then and apart > 0 and not is_share(read_number(told) or Decimal(0), apart, then):
            yield share_question(shown(apart), step["then"], told, apart, then)


def _since(found: re.Match[str]) -> Iterator[Question]:
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


def _turned(found: re.Match[str]) -> Iterator[Question]:
    """ "Giảm từ" a smaller to a larger number, or the other way round."""
    one, other = read_number(found["one"]), read_number(found["other"])
    if one is None or other is None or one == other:
        return
    right = "tăng" if one < other else "giảm"
    if found["way"].lower() != right:
        yield f"“{quote(found[0], 60)}”", f"từ {found['one']} đến {found['other']} là {right}"
