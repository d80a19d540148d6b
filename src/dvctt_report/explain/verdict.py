"""The judgement on a target in sentences that an inspector can check with a pocket calculator."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from dvctt_report.explain.manifest import Entry
from dvctt_report.model import Goal, Tally
from dvctt_report.model.goals import read_goal
from dvctt_report.vietnamese import (
    first_letter_capital,
    format_count,
    format_date,
    format_decimal,
    format_percent,
)


def formula_lines(indicator: Entry, target: Entry) -> Iterator[str]:
    """Write the sum as it was done, and the comparison with the threshold on whole numbers."""
    done, total, goal = indicator["numerator"], indicator["denominator"], read_goal(indicator)
    n = indicator["coverage"]["reported"]
    if is_of_things(target):
        yield from _count(indicator, target, goal)
        return
    if not total:
        yield "Chưa có tổng số nào để tính tỷ lệ."
        return
    unit = target["counted"]
    yield f"{format_count(done)} / {format_count(total)} {unit} = {indicator['percent']}"
    if is_by_control(indicator):
        yield f"Là số đối chiếu của {indicator['control']['source']}, không phải số cộng của các đơn vị."
    elif target["measure"] == "milestone":
        yield "Số đơn vị hoàn thành trong thời hạn chia cho số đơn vị đã trả lời."
    elif target["measure"] == "yes_no":
        yield "Số đơn vị trả lời “Có” chia cho số đơn vị đã trả lời."
    elif target.get("each"):
        each = f"{format_count(target['each'])} {target['unit_of_count']}"
        yield f"Số đơn vị có từ {each} trở lên chia cho số đơn vị đã trả lời."
    elif n > 1:
        yield f"Cộng số đã thực hiện, tổng số của {n} đơn vị rồi mới chia; không lấy trung bình tỷ lệ."
    if goal is None:
        return
    left, right = goal.sides(Tally(done, total))
    times, number = goal.steps
    sign = ">" if left > right else "=" if left == right else "<"
    yield (
        f"So sánh trên số nguyên: {format_count(done)} × {times} = {format_count(left)} {sign} "
        f"{format_count(right)} = {number} × {format_count(total)}"
    )


def _count(indicator: Entry, target: Entry, goal: Goal | None) -> Iterator[str]:
    """A number of things: of how many units it was added up, and what it is held against."""
    done, n = indicator["numerator"], indicator["coverage"]["reported"]
    if not n:
        yield "Chưa có đơn vị nào cho số liệu."
        return
    yield f"{format_count(done)} {target['unit_of_count']}, cộng số của {n} đơn vị."
    if goal is not None:
        sign = ">" if done > goal.number else "=" if done == goal.number else "<"
        yield f"So sánh trên số nguyên: {format_count(done)} {sign} {format_count(goal.things)}"


def field_lines(target: Entry) -> tuple[str, ...]:
    """Write the fields of procedures that a target is made of, each with its figures and how it stands."""
    fields = target.get("fields") or ()
    if not fields:
        return ()
    how = "Xét chung các lĩnh vực" if target["joint"] else "Đạt khi từng lĩnh vực đều đạt"
    if target.get("by_group"):
        how = "Đạt khi từng nhóm đơn vị đều đạt mức của nhóm"
    return (f"{how}:", *(f"- {_field(one, target)}" for one in fields))


def _part(target: Entry) -> str:
    return "nhóm" if target.get("by_group") else "lĩnh vực"


def _by_field(target: Entry) -> bool:
    return bool(target.get("fields")) and not target["joint"]


def _field(one: Entry, target: Entry) -> str:
    counts = f"{format_count(one['numerator'])}/{format_count(one['denominator'])} {target['counted']}"
    figure = f"{counts} = {one['percent']}" if one["percent"] else "chưa có tỷ lệ"
    if is_of_things(target) and one["coverage"]["reported"]:
        figure = f"{format_count(one['numerator'])} {target['unit_of_count']}"
    covered = f"số liệu của {one['coverage']['reported']}/{one['coverage']['expected']} đơn vị"
    judged = "" if target["joint"] else f" {verdict_text(one, {**target, 'short': one['short']})}"
    return f"{one['name']}: {figure}, {covered}.{judged}"


def is_by_control(indicator: Entry) -> bool:
    """Whether the figure of the system in charge is printed, and not what the units add up to."""
    return bool(indicator.get("control") and indicator["control"]["printed"])


def difference_lines(judged: Entry, target: Entry, role: str) -> tuple[str, ...]:
    """Write the subtraction, or the division by years, that a figure in points is the result of."""
    goal = read_goal(judged)
    if goal is None or not judged["percent"]:
        return ()
    if role.endswith("per_year") and (ahead := target["outlook"]):
        return (f"{ahead['distance']} điểm / {ahead['years']} năm = {ahead['per_year']} điểm mỗi năm",)
    if role not in ("difference", "distance", "way.distance"):
        return ()
    rate = Decimal(judged["percent"].rstrip("%").replace(".", "").replace(",", "."))
    level = Decimal(goal.number.numerator) / Decimal(goal.number.denominator)
    one, other = (rate, level) if role == "difference" else (max(rate, level), min(rate, level))
    left, right, between = map(format_decimal, (one, other, one - other))
    return (f"{left} − {right} = {between} điểm phần trăm",)


def control_lines(indicator: Entry, target: Entry) -> Iterator[str]:
    """Write the figure of the system in charge beside the units' sum, and who chose between them and why."""
    control, own = indicator.get("control"), indicator.get("own", {})
    if not control:
        return
    until = format_date(date.fromisoformat(control["cut_off"]))
    held, added = (_counts(n, target) for n in (control, own))
    yield f"Số đối chiếu của {control['source']}, đến ngày {until} ({control['document']}): {held}."
    pairs = [(control[k], own[k]) for k in ("numerator", "denominator")]
    difference = ""
    if own["denominator"] and all(a is not None for a, _ in pairs):
        between = "/".join(f"{'+' if a > b else ''}{format_count(a - b)}" for a, b in pairs)
        difference = f"; số đối chiếu trừ số các đơn vị: {between}"
    yield f"Các đơn vị cộng lại: {added}{difference}."
    printed = "số đối chiếu" if control["printed"] else "số của các đơn vị"
    by = "theo kế hoạch"
    if control["chosen"]:
        when = f", {datetime.fromisoformat(control['when']):%d/%m/%Y %H:%M}" if control["when"] else ""
        by = f"do {control['who']} chọn{when}"
    reason = f"; lý do: {control['reason']}" if control["reason"] else ""
    yield f"Báo cáo dùng {printed}, {by}{reason}."


def _counts(of: Entry, target: Entry) -> str:
    """The two numbers as far as they are known, of nothing "chưa có"."""
    done, total, unit = of["numerator"], of["denominator"], target["counted"]
    if done is not None and total:
        return f"{format_count(done)}/{format_count(total)} {unit}"
    if total:
        return f"tổng số {format_count(total)} {unit}"
    return f"đã thực hiện {format_count(done)} {unit}" if done else "chưa có"


def verdict_text(indicator: Entry, target: Entry) -> str:
    """Say the verdict against the threshold in one sentence."""
    if indicator["verdict"] == "no_level":
        if target.get("words"):
            return f"Kế hoạch đặt chỉ tiêu “{target['words']}”, không nêu mức bằng số: không đánh giá."
        return "Kế hoạch không đặt mức nên không đánh giá."
    asked = read_goal(indicator)
    goal = f"chỉ tiêu {asked.text if asked else target['lacks_base'] or 'theo từng nhóm đơn vị'}"
    unsure = " (chưa chắc chắn)" if indicator["basis"] == "partial" else ""
    match indicator["verdict"]:
        case "met":
            return f"Đạt {goal}{unsure}."
        case "missed":
            judged = asked or next(filter(None, map(read_goal, target.get("fields") or ())), None)
            lacking = judged.lacking if judged else "thiếu"
            said = f"Chưa đạt {goal}{unsure}"
            if not target.get("short"):
                return f"{said}."
            return f"{said}: {lacking} {format_count(target['short'])} {_counted_in(target)}."
        case "none_arising":
            return "Trong kỳ không phát sinh: không tính tỷ lệ, không đánh giá."
        case "not_applicable":
            return "Không đơn vị nào thuộc phạm vi áp dụng: không đánh giá."
        case "progress":
            return f"Chưa hết năm ({goal} là mức của cả năm): nêu tiến độ, không đánh giá."
        case "not_due":
            return f"Chưa đến hạn ({goal} của năm {target['due']}): không đánh giá."
        case _ if asked and asked.counted and indicator["coverage"]["reported"]:
            short = target.get("short") if asked.rising else 0
            lacking = f": còn thiếu {format_count(short)} {_counted_in(target)}" if short else ""
            return f"Chưa kết luận {goal}{lacking}."
        case _:
            return f"Chưa đủ cơ sở để đánh giá {goal}."


def reliability_lines(indicator: Entry, target: Entry) -> tuple[str, ...]:
    """Say what the verdict rests on, and within which bounds the share can still lie."""
    if is_by_control(indicator):
        return ("Căn cứ: số đối chiếu, không phụ thuộc đơn vị nào đã gửi báo cáo.",)
    said = (_basis(indicator, target), _bounds(indicator, target))
    return tuple(line for line in said if line)


def _basis(indicator: Entry, target: Entry) -> str:
    match indicator["basis"]:
        case "complete":
            return "Căn cứ: mọi đơn vị phải báo cáo đều đã có số liệu."
        case "safe":
            low, high, goal = indicator["bounds"]["low"], indicator["bounds"]["high"], read_goal(indicator)
            rising = goal is None or goal.rising
            if _by_field(target):
                part = _part(target)
                met = f"vẫn đạt ở mọi {part} kể cả khi các đơn vị còn thiếu đều chưa thực hiện"
                missed = f"đã có {part} không thể đạt"
                return f"Căn cứ chắc chắn: {met if indicator['verdict'] == 'met' else missed}."
            if indicator["verdict"] == "met" and not (goal and goal.counted):
                worst = "đều chưa thực hiện" if rising else "đều thực hiện hết"
                return f"Căn cứ chắc chắn: vẫn đạt kể cả khi các đơn vị còn thiếu {worst}."
            if goal and goal.counted:
                return "Căn cứ chắc chắn: số của các đơn vị còn thiếu chỉ làm tăng thêm."
            if (goal and goal.is_extreme) or high is None:
                there = "phần chưa thực hiện" if rising else "trường hợp phát sinh"
                reach = "100%" if rising else "0%"
                return f"Căn cứ chắc chắn: đã có {there}, nên không thể đạt {reach}."
            if not rising:
                unmet = "đều chưa thực hiện"
                return f"Căn cứ chắc chắn: kể cả khi các đơn vị còn thiếu {unmet}, thấp nhất là {low}."
            return f"Căn cứ chắc chắn: kể cả khi các đơn vị còn thiếu đều thực hiện hết, cao nhất là {high}."
        case "partial":
            return _unsure(indicator, target)
        case "closed":
            covered = indicator["coverage"]
            given = f"{covered['reported']}/{covered['expected']} đơn vị"
            return f"Căn cứ: đã kết thúc thu nhận số liệu; tính theo số của {given}."
    if indicator["verdict"] != "insufficient":
        return ""
    if target["lacks_document"]:
        return "Chưa có văn bản ban hành tài liệu hướng dẫn thống nhất làm căn cứ đánh giá."
    if target["lacks_base"]:
        return "Không có số đã công bố của năm gốc đủ để tính mức tăng."
    if _by_field(target) and (said := _unsettled_fields(target)):
        return said
    asked = read_goal(indicator)
    if asked and asked.counted and indicator["coverage"]["reported"]:
        until = "chưa đạt" if asked.rising else "đạt"
        return (
            "Số của các đơn vị còn thiếu chỉ làm tăng thêm: chỉ kết luận "
            f"{until} khi mọi đơn vị đã có số liệu, hoặc khi kết thúc thu nhận số liệu."
        )
    if asked and asked.is_extreme and indicator["coverage"]["reported"]:
        return f"Chỉ tiêu {asked.number_text} không thể kết luận đạt khi còn đơn vị chưa có số liệu."
    needed = target["partial_coverage"]
    return f"Số đơn vị, phần của tổng số đã có số liệu chưa đủ mức {needed}% cần có để kết luận."


def _unsettled_fields(target: Entry) -> str:
    """Say of each field that can't be judged why it can't."""
    part = first_letter_capital(_part(target))
    return " ".join(
        f"{part} {field['name']}: {_basis(field, {**target, 'fields': ()})}"
        for field in target["fields"]
        if field["verdict"] == "insufficient"
    )


def _unsure(indicator: Entry, target: Entry) -> str:
    """Say by what a provisional verdict may be turned, and how much of it where that is known."""
    coverage = indicator["coverage"]
    enough = f"Chưa chắc chắn: mới có số liệu của {coverage['reported']}/{coverage['expected']} đơn vị"
    if target["turn"] is None:
        return f"{enough}; có thể thay đổi khi các đơn vị còn lại có số liệu."
    met = indicator["verdict"] == "met"
    goal = read_goal(indicator)
    rising = goal is None or goal.rising
    not_done = met is rising
    what = f"{'chưa' if not_done else 'đã'} {target.get('done_as') or 'thực hiện'}"
    if not rising and not target.get("done_as"):
        what = f"{'không ' if not_done else ''}thuộc loại nêu ở chỉ tiêu"
    if _by_field(target):
        part = _part(target)
        what += f" ở một {part}" if met else f" ở các {part} còn thiếu"
    unit = _counted_in(target)
    return (
        f"{enough}; kết luận chỉ đổi khi {len(target['awaited'])} đơn vị còn lại có ít nhất "
        f"{format_count(target['turn'])} {unit} {what}."
    )


def is_of_things(target: Entry) -> bool:
    return bool(target["measure"] == "count" and not target.get("each"))


def _counted_in(target: Entry) -> str:
    of_units = target["measure"] in ("yes_no", "milestone") or target.get("each")
    return "đơn vị" if of_units else str(target["unit_of_count"])


def _bounds(indicator: Entry, target: Entry) -> str:
    coverage, bounds = indicator["coverage"], indicator["bounds"]
    n_missing = coverage["expected"] - coverage["reported"]
    if not n_missing or _by_field(target) or is_of_things(target):
        return ""
    if bounds["low"] is None:
        return f"Giới hạn: chưa tính được vì chưa biết đủ tổng số của {n_missing} đơn vị còn thiếu."

    return (
        f"Giới hạn: từ {bounds['low']} (các đơn vị còn thiếu đều chưa thực hiện) đến {bounds['high']} "
        "(đều thực hiện hết)."
    )


def coverage_text(counted: Entry, target: Entry) -> str:
    """Say how many of the units asked stand behind a figure, and how much of what is counted if known."""
    reported, expected = counted["coverage"]["reported"], counted["coverage"]["expected"]
    share = f" ({format_percent(Fraction(reported, expected))})" if expected else ""
    text = f"{reported}/{expected} đơn vị phải báo cáo{share}"
    weight = target.get("weight")
    if weight is None or reported == expected:
        return text
    return (
        f"{text}; chiếm {format_percent(Fraction(weight['reported'], weight['expected']))} "
        f"tổng số {target['unit_of_count']}"
    )
