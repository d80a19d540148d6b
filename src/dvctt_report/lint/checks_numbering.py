"""Are headings, articles, clauses and points counted right, and which one is it that is wrong?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dvctt_report.lint.check import Answers, Block, Fault, NotApplicable, check
from dvctt_report.lint.parts import Paper
from dvctt_report.lint.settings import Settings
from dvctt_report.lint.structure import Level, Mark, marks
from dvctt_report.patterns import lazy_pattern
from dvctt_report.severity import Severity
from dvctt_report.vietnamese import POINTS
from dvctt_report.word.numbering import arabic, roman

_ORDER: tuple[Level, ...] = ("part", "roman", "article", "clause", "point")
_PARTS = ("phần", "chương", "mục", "tiểu mục")
_BEGIN_AGAIN: frozenset[Level] = frozenset({"part", "clause", "point"})
"""Levels that may begin at 1 again without a heading above them."""
_LETTER = lazy_pattern(r"([A-H])\s?[.)/-]\s*\w")
_UNCOUNTED = lazy_pattern(r"[A-ZĐ]\s?[.)/-]\s*\w")
"""Headings of a kind that isn't counted here, under which Roman numerals begin anew: "A."."""


@check("TT45", Severity.ERROR, Block.TEXT, texts=True)
def numbering(paper: Paper, settings: Settings) -> Answers:
    """Số thứ tự nhảy, lặp hoặc chữ cái điểm sai thứ tự.

    Sai: I, II, IV; 1, 2, 2, 3; d), e)
    Đúng: I, II, III; 1, 2, 3; d), đ), e)
    Căn cứ: Phụ lục I, mục II.6đ
    """
    found = list(marks(paper))
    if not any(mark.level in _ORDER for mark in found):
        yield NotApplicable("nội dung không chia đề mục")
    found, mixed = _mixed(_stand_ins(found))
    yield from mixed
    faults = [told for siblings in _siblings(found) for told in _faults(siblings)]
    at = {id(mark): n for n, mark in enumerate(found)}
    yield from (fault for mark, fault in sorted(faults, key=lambda told: at[id(told[0])]))


def _mixed(found: Sequence[Mark]) -> tuple[list[Mark], list[Fault]]:
    """Take "A." before "II." for a Roman heading with a letter, not for a level of its own."""
    made: list[Mark] = []
    faults: list[Fault] = []
    last = 0
    lettered = [m for m in found if m.level == "text" and m.piece.is_bold and _LETTER.match(m.piece.text)]
    for at, mark in enumerate(found):
        letter = _LETTER.match(mark.piece.text) if mark in lettered else None
        n = "ABCDEFGH".index(letter[1]) + 1 if letter is not None else 0
        after = next((arabic(m.number) for m in found[at + 1 :] if m.level == "roman"), 0) if n else 0
        # The last heading of all may be it; where "A." stands before, "B." is of a level of its own.
        if n and n == last + 1 and (after == n + 1 or (not after and len(lettered) == 1)):
            mark = replace(mark, level="roman", number=roman(n), sign=".")
            fault = f"“{letter[1] if letter else ''}.” lẫn với số La Mã"
            right = f"“{roman(n)}.”"
            faults.append(Fault(mark.place, mark.piece, fault, right, f"Sửa thành {right}"))
        last = arabic(mark.number) if mark.level == "roman" else 0 if mark.level == "part" else last
        made.append(mark)
    return made, faults


def _stand_ins(found: Sequence[Mark]) -> list[Mark]:
    """Count "2.1." for the point in whose place it stands, before "b)": TT46 says what is wrong with it."""
    made: list[Mark] = []
    last = 0
    for at, mark in enumerate(found):
        later = found[at + 1 :] if mark.level == "decimal" else ()
        after = next((m for m in later if m.level in (*_ORDER, "decimal")), None)
        if after and after.level == "point" and _value(after) == last + 2:
            mark = replace(mark, level="point", number=POINTS[last], sign=")")
        last = (_value(mark) or last) if mark.level == "point" else 0 if mark.level in _ORDER else last
        made.append(mark)
    return made


def _siblings(found: Sequence[Mark]) -> Iterator[list[Mark]]:
    """Group the marks that are counted together: of one level below one heading; articles run through."""
    open_: dict[str, list[Mark]] = {}
    for mark in found:
        ended: set[str] = set()
        if mark.level in _ORDER:
            ended = {level for level in _ORDER[_ORDER.index(mark.level) + 1 :] if level != "article"}
            if mark.level == "roman" and _runs_through(open_.get("clause", ()), found, mark):
                ended.remove("clause")
        elif mark.level == "text" and mark.piece.is_bold and _UNCOUNTED.match(mark.piece.text):
            ended = {"roman", "clause", "point"}
        name: str = mark.level
        if mark.level == "part":
            name = mark.word.lower()
            # Chapters may run through the parts or begin again in each.
            lower = _PARTS[_PARTS.index(name) + 1 :] if name in _PARTS else ()
            ended |= {other for other in lower if _next_of(other, found, mark) == 1}
        for level in ended & set(open_):
            yield open_.pop(level)
        if mark.level in _ORDER:
            open_.setdefault(name, []).append(mark)
    yield from open_.values()


def _runs_through(clauses: Sequence[Mark], found: Sequence[Mark], heading: Mark) -> bool:
    """Whether the clauses go on below the next Roman heading: I. 1, 2; II. 3, 4."""
    at = next(n for n, mark in enumerate(found) if mark is heading)
    following = next((m for m in found[at + 1 :] if m.level in ("clause", "roman")), None)
    if len(clauses) < 2 or following is None or following.level != "clause":
        return False
    return _value(following) == (_value(clauses[-1]) or 0) + 1


def _next_of(word: str, found: Sequence[Mark], after: Mark) -> int | None:
    """The number of the first part called ``word`` behind a mark."""
    at = next(n for n, mark in enumerate(found) if mark is after)
    return next((_value(m) for m in found[at + 1 :] if m.level == "part" and m.word.lower() == word), None)


def _faults(siblings: Sequence[Mark]) -> Iterator[tuple[Mark, Fault]]:
    """Blame each mark that goes on neither from the right count nor from what was written before it."""
    count = written = 0
    seen: set[int | None] = set()
    for at, mark in enumerate(siblings):
        n, right = _value(mark), count + 1
        after = _value(siblings[at + 1]) if at + 1 < len(siblings) else None
        again = n == 1 and mark.level in _BEGIN_AGAIN and written > 1 and after != right + 1
        if n is not None and (n in (right, written + 1) or again):
            count = written = n
            seen = {n} if again else seen | {n}
            continue
        repeats = n in seen or (after == n and n is not None)
        yield mark, _fault(mark, n, right, repeats, after is None or after == right + 1)
        count, written = right, written if n is None else n
        seen.add(n)


def _fault(mark: Mark, n: int | None, right: int, repeats: bool, alone: bool) -> Fault:
    """``alone``: what follows is right by the count, so that nothing else has to be changed."""
    shown, wanted = (mark.number + mark.sign if n is None else _written(mark, n)), _written(mark, right)
    if n is None:
        what = f"“{shown}” không có trong thứ tự điểm: {', '.join(POINTS[:9])} …"
    elif repeats:
        what = f"“{shown}” lặp lại"
    elif n > right:
        what = f"“{shown}” {'nhảy chữ' if mark.level == 'point' else 'nhảy số'}"
    else:
        what = f"“{shown}” sai thứ tự"
    mend = f"Sửa thành “{wanted}”" + ("" if alone else ", đánh lại các số tiếp theo")
    if n is not None and n > right and not alone:
        mend += f"; hoặc bổ sung “{wanted}” còn thiếu"
    return Fault(mark.place, mark.piece, what, f"“{wanted}”", mend)


def _value(mark: Mark) -> int | None:
    if mark.level == "point":
        letter = mark.number.lower()
        return POINTS.index(letter) + 1 if letter in POINTS else None
    return arabic(mark.number)


def _written(mark: Mark, n: int) -> str:
    match mark.level:
        case "point":
            return f"{POINTS[n - 1] if n <= len(POINTS) else '?'})"
        case "clause":
            return f"{n}."
        case "article":
            return f"Điều {n}"
        case "part":
            return f"{mark.word} {n if mark.number.isdigit() else roman(n)}"
    return f"{roman(n)}."
