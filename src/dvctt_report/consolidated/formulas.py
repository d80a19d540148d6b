"""The formulas of the workbook: sums and counts over the tables below them, and the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor

from dvctt_report.consolidated.answers import YES
from dvctt_report.consolidated.table import quoted
from dvctt_report.model import Compared, Goal, Grade, State, Verdict
from dvctt_report.plan.fields import YES as ANSWERED_YES
from dvctt_report.plan.model import Profile, Target

ANSWERS = "ChiTiet"
BY_UNIT = "TheoDonVi"
BY_FIELD = "LinhVuc"
CONTROLS = "DoiChieu"
NOT_DUE, NO_DOCUMENT, NO_LEVEL = "chưa đến hạn", "chưa có tài liệu hướng dẫn", "không đặt mức"
IN_YEAR = "chưa hết năm"
CLOSED = "đã kết thúc thu nhận"
OF_UNITS, OF_CONTROL = "số của các đơn vị", "số đối chiếu"
YES_NO = "có, không"
HOW = {"answer": YES_NO, "ratio": "tổng số, đã thực hiện", "count": "số lượng"}


def whose(profile: Profile, target: Target, *, by_control: bool) -> str:
    """Say whose figure of a target is printed: the units', that of the body in charge, or of a system."""
    if by_control:
        return OF_CONTROL
    if target.answered_by == "authority":
        return f"số của {profile.roster.short_names.get(target.authority, target.authority)}"
    return OF_UNITS


def over(table: str, header: str, where: Mapping[str, str]) -> str:
    """The sum of a column where others say so ("": anything); how many rows where ``header`` is ""."""
    criteria = ",".join(f"{table}[{column}],{quoted(word)}" for column, word in where.items() if word)
    return f"SUMIFS({table}[{header}],{criteria})" if header else f"COUNTIFS({criteria})"


def _used(item: str, field: str, unit: str) -> dict[str, str]:
    """What marks the answers that were added up, of ``unit`` alone where it is named."""
    return {"Mã": item, "Mã chỉ số": field, "Mã đơn vị": unit, "Đã cộng": YES}


def summed(item: str, field: str, unit: str = "") -> str:
    """Return the sum of the figures of ``item`` that were added up."""
    return over(ANSWERS, "Giá trị", _used(item, field, unit))


def counted(item: str, field: str, unit: str = "", value: str = "") -> str:
    """Return how many answers were given and added up, or how many of them are ``value``."""
    where = _used(item, field, unit) | {"Tình trạng": State.GIVEN.word, "Giá trị": value}
    return over(ANSWERS, "", where)


def summed_or_empty(item: str, field: str) -> tuple[str, str]:
    """Return that sum, nothing, not 0, where no unit gave a number, and how many gave one."""
    n_given = counted(item, field)
    return f'IF({n_given}=0,"",{summed(item, field)})', n_given


def total_of(target: Target, unit: str = "") -> str:
    """Return the denominator: a sum, or of answers how many count."""
    code = target.same_as or target.code
    if target.asked_as == "ratio":
        return "=" + summed(code, "total", unit)
    if target.asked_as == "count":
        return "=" + over(ANSWERS, "", _used(code, "done", unit)) if target.each else '=""'
    outside = "".join(f"-{counted(code, 'answer', unit, choice)}" for choice in target.choices_outside)
    return f"={counted(code, 'answer', unit)}{outside}"


def done_of(target: Target, unit: str = "", by: date | None = None) -> str:
    """Return the numerator: a sum, of answers how many are "Có", of a milestone how many days are in time."""
    code = target.same_as or target.code
    if by is not None:
        days = over(ANSWERS, "", _used(code, "done_on", unit)).removesuffix(")")
        return f'={days},{ANSWERS}[Giá trị],"<="&DATE({by.year},{by.month},{by.day}))'
    if target.each:
        return "=" + over(ANSWERS, "", _used(code, "done", unit) | {"Giá trị": f">={target.each}"})
    if target.asked_as != "answer":
        return "=" + summed(code, "done", unit)
    return "=" + counted(code, "answer", unit, ANSWERED_YES)


_TOTAL, _DONE = "N([@Tổng số])", "N([@Đã thực hiện])"
"""The two numbers, 0 for a cell that says nothing."""
_PERCENT = f"{_DONE}*100/{_TOTAL}"
_SIDES = {Compared.AT_LEAST: ">=", Compared.MORE_THAN: ">", Compared.AT_MOST: "<=", Compared.LESS_THAN: "<"}
_ROUND_UP = (Compared.MORE_THAN, Compared.AT_MOST)
"""Goals whose number itself is judged like what lies below it: what lies above may not round to it."""


def rate_formula(goal: Goal | None) -> str:
    """The percentage with two decimals that never lands on or beyond the goal, 100 or 0 by rounding."""
    rounded = f"ROUND({_PERCENT},2)"
    near = f"IF(AND({_DONE}>0,{rounded}=0),0.01,{rounded})"
    done, number = _scaled(goal, _DONE, _TOTAL)
    if goal is not None and goal.compared in _ROUND_UP:
        near = f"IF(AND({done}>{number},{rounded}<=[@Ngưỡng]),ROUNDUP({_PERCENT},2),{near})"
    reaches_goal = f"AND({done}<{number},{rounded}>=[@Ngưỡng])"
    reaches_all = f"AND({_DONE}<{_TOTAL},{rounded}>=100)"
    return f'=IF({_TOTAL}=0,"",IF(OR({reaches_goal},{reaches_all}),ROUNDDOWN({_PERCENT},2),{near}))'


def _scaled(goal: Goal | None, done: str, total: str) -> tuple[str, str]:
    """The two whole numbers that are compared; one with decimals is taken as often as makes it whole."""
    if goal is not None and goal.counted:
        return done, "[@Ngưỡng]"
    if goal is None or goal.number.denominator == 1:
        return f"{done}*100", f"[@Ngưỡng]*{total}"
    step, per_total = 100 * goal.number.denominator, goal.number.numerator
    return f"{done}*{step}", f"{per_total}*{total}"


def rate(share: Fraction | None, goal: Goal | None) -> float | str:
    """Return what ``rate_formula`` gives; "" where there is no share."""
    if share is None:
        return ""
    percent = share * 100
    rounded = Fraction(floor(percent * 100 + Fraction(1, 2)), 100)
    lines = (Fraction(100), *([goal.line] if goal and goal.line is not None else []))
    if any(percent < line <= rounded for line in lines):
        rounded = Fraction(floor(percent * 100), 100)
    elif goal and goal.line is not None and goal.compared in _ROUND_UP and rounded <= goal.line < percent:
        rounded = Fraction(ceil(percent * 100), 100)
    return float(max(rounded, Fraction(1, 100)) if percent > 0 else rounded)


GRADES = {Grade.CERTAIN: "chắc chắn", Grade.PROVISIONAL: "tạm tính", Grade.INSUFFICIENT: "chưa kết luận"}
"""How sure a verdict is, in the words of the workbook."""


def judged(
    words: Mapping[Verdict, str], partial: int, goal: Goal | None = None, by_field: str = ""
) -> tuple[str, str]:
    """Return the formulas of the verdict, in the order of ``summary.verdict``, and of how sure it is.

    They count with whole numbers alone. ``words``: those of the report for each verdict. ``partial``: the
    coverage in percent that allows a judgement while units are missing. ``by_field``: the code of a target
    whose verdict is that of its fields, which stand in a table of their own.
    """
    said = {verdict: quoted(word) for verdict, word in words.items()}
    certain, unsure, insufficient = (quoted(GRADES[g]) for g in Grade)
    sure = dict.fromkeys(Verdict, quoted("")) | {Verdict.INSUFFICIENT: insufficient}
    sure |= dict.fromkeys((Verdict.MET, Verdict.MISSED), certain)
    steps, graded = _steps(said, partial, goal), _steps(sure, partial, goal)
    missed, met, open_ = words[Verdict.MISSED], words[Verdict.MET], words[Verdict.INSUFFICIENT]
    if by_field:
        told = (Verdict.MISSED, Verdict.INSUFFICIENT, Verdict.MET)
        fields = [(f"{_fields(by_field, words[verdict])}>0", said[verdict]) for verdict in told]
        steps = [*steps[:_BEFORE_FIELDS], (_NONE_ARISEN, said[Verdict.NONE_ARISING]), *fields]
        of_fields = [
            (f"{_fields(by_field, missed, Grade.CERTAIN)}>0", certain),
            (f"{_fields(by_field, missed)}>0", unsure),
            (f"{_fields(by_field, open_)}>0", insufficient),
            (f"{_fields(by_field, met, Grade.PROVISIONAL)}>0", unsure),
            (f"{_fields(by_field, met)}>0", certain),
        ]
        graded = [*graded[:_BEFORE_FIELDS], (_NONE_ARISEN, quoted("")), *of_fields]
    elif not (goal and goal.counted):
        graded[-1] = (graded[-1][0], unsure)
    return _first_of(steps, said[Verdict.INSUFFICIENT]), _first_of(graded, insufficient)


def _fields(code: str, word: str, sure: Grade | None = None) -> str:
    """Return how many fields of a target came out so, and as sure as that where it is said."""
    where = {"Mã": f"{code}.*", "Đánh giá": word, "Mức chắc chắn": GRADES[sure] if sure else ""}
    return over(BY_FIELD, "", where)


_BEFORE_FIELDS = 6
"""Steps of a verdict that come before its fields are looked at."""
_NONE_ARISEN = f"AND({_TOTAL}=0,[@Tổng số đã biết thêm]=0,[@Đơn vị có số liệu]=[@Đơn vị phải báo cáo])"


def _first_of(steps: Sequence[tuple[str, str]], formula: str) -> str:
    """Return the formula that gives what belongs to the first condition that holds, else ``formula``."""
    for condition, then in reversed(steps):
        formula = f"IF({condition},{then},{formula})"
    return "=" + formula


def _steps(w: Mapping[Verdict, str], partial: int, of: Goal | None) -> list[tuple[str, str]]:
    """The conditions in their order with the words for each; the last is that of an unsure verdict, but of a
    number of things, which has none."""
    goal, total, done, given, owed = of or _ANY, _TOTAL, _DONE, _GIVEN, _OWED
    known, unknown = "[@Tổng số đã biết thêm]", "[@Đơn vị chưa rõ tổng số]"
    met, missed, insufficient, arisen = (
        w[v] for v in (Verdict.MET, Verdict.MISSED, Verdict.INSUFFICIENT, Verdict.NONE_ARISING)
    )
    reaches = _held(goal, done, total)
    reached = f"IF({reaches},{met},{missed})"
    nothing = f"AND({_NONE_ARISEN},[@Số được dùng]<>{quoted(OF_CONTROL)})"
    progress = w[Verdict.PROGRESS]
    in_year = progress if goal.counted else f"IF({nothing},{arisen},{progress})"
    before = [  # what is looked at before any figure of the units
        (f"{owed}=0", w[Verdict.NOT_APPLICABLE]),
        (f"[@Điều kiện]={quoted(NO_LEVEL)}", w[Verdict.NO_LEVEL]),
        (f"[@Điều kiện]={quoted(NOT_DUE)}", w[Verdict.NOT_DUE]),
        (f"[@Điều kiện]={quoted(IN_YEAR)}", in_year),
        (f"[@Số được dùng]={quoted(OF_CONTROL)}", reached),
        (f"[@Điều kiện]={quoted(NO_DOCUMENT)}", insufficient),
    ]
    if goal.counted:  # missing units can only make a number of things greater: no share of them tells
        settled = (reaches, met) if goal.rising else (_held(goal, done, total, missed=True), missed)
        return [*before, (f"OR({given}={owed},[@Điều kiện]={quoted(CLOSED)})", reached), settled]
    best, worst = (f"({done}+{known})", done) if goal.rising else (done, f"({done}+{known})")
    in_the_end = f"({total}+{known})"
    broken = f"{done}<{total}" if goal.rising else f"{done}>0"
    return [
        *before,
        (f"AND({total}=0,{known}=0)", f"IF({given}={owed},{arisen},{insufficient})"),
        (f"{given}={owed}", reached),
        (f"[@Ngưỡng]={100 if goal.rising else 0}", f"IF({broken},{missed},{insufficient})"),
        (f"AND({unknown}=0,{_held(goal, best, in_the_end, missed=True)})", missed),
        (f"AND({unknown}=0,{_held(goal, worst, in_the_end)})", met),
        (
            f"AND({total}>0,{given}*100>={partial}*{owed},OR([@Cách hỏi]={quoted(YES_NO)},{unknown}>0,"
            f"{total}*100>={partial}*({total}+{known})))",
            reached,
        ),
    ]


_GIVEN, _OWED = "[@Đơn vị có số liệu]", "[@Đơn vị phải báo cáo]"
_ANY = Goal(Compared.AT_LEAST, Fraction(0))
"""Stands where no goal is: what is judged comes to nothing before it is looked at."""
_OPPOSITE = {">=": "<", ">": "<=", "<=": ">", "<": ">="}


def _held(goal: Goal, done: str, total: str, *, missed: bool = False) -> str:
    """Return the condition that two numbers reach a goal, or that they miss it."""
    figure, number = _scaled(goal, done, total)
    side = _SIDES[goal.compared]
    return f"{figure}{_OPPOSITE[side] if missed else side}{number}"
