"""The judgement on a target in sentences that an inspector can check with a pocket calculator."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from dvctt_report.explain.manifest import Entry
from dvctt_report.explain.units import format_day
from dvctt_report.model import Number, Tally
from dvctt_report.model.goals import read_goal
from dvctt_report.text.vietnamese import first_letter_capital, format_count, format_decimal, format_percent

_HOW = {
    "milestone": "Số đơn vị hoàn thành trong thời hạn chia cho số đơn vị đã trả lời.",
    "yes_no": "Số đơn vị trả lời “Có” chia cho số đơn vị đã trả lời.",
}


def formula_lines(indicator: Entry, target: Entry) -> Iterator[str]:
    """Write the sum as it was done, and the comparison with the threshold on whole numbers."""
    done, total, goal = indicator["numerator"], indicator["denominator"], read_goal(indicator)
    n, counted = indicator["coverage"]["reported"], target["unit_of_count"]
    if is_of_things(target):
        if not n:
            yield "Chưa có đơn vị nào cho số liệu."
            return
        is_single = target["measure"] in ("score", "rank")
        how = "số do một cơ quan trả lời, không cộng" if is_single else f"cộng số của {n} đơn vị"
        yield f"{format_count(done)} {counted}, {how}."
        if goal is not None:
            yield f"So sánh: {format_count(done)} {_sign(done, goal.number)} {format_count(goal.things)}"
        return
    if not total:
        yield "Chưa có tổng số nào để tính tỷ lệ."
        return
    yield f"{format_count(done)} / {format_count(total)} {target['counted']} = {indicator['percent']}"
    if is_by_control(indicator):
        yield f"Là số đối chiếu của {indicator['control']['source']}, không phải số cộng của các đơn vị."
    elif target["measure"] in _HOW:
        yield _HOW[target["measure"]]
    elif target.get("each"):
        each = f"{format_count(target['each'])} {counted}"
        yield f"Số đơn vị có từ {each} trở lên chia cho số đơn vị đã trả lời."
    elif n > 1:
        yield f"Cộng số đã thực hiện, tổng số của {n} đơn vị rồi mới chia; không lấy trung bình tỷ lệ."
    if goal is not None:
        (times, number), (a, b) = goal.steps, goal.sides(Tally(done, total))
        yield (
            f"So sánh trên số nguyên: {format_count(done)} × {times} = {format_count(a)} {_sign(a, b)} "
            f"{format_count(b)} = {number} × {format_count(total)}"
        )


def _sign(left: Number | Fraction, right: Number | Fraction) -> str:
    return ">" if left > right else "=" if left == right else "<"


def field_lines(target: Entry) -> tuple[str, ...]:
    """Write the fields of procedures that a target is made of, each with its figures and how it stands."""
    fields, things = target.get("fields") or (), is_of_things(target)
    how = "Xét chung các lĩnh vực" if target["joint"] else "Đạt khi từng lĩnh vực đều đạt"
    if target.get("by_group"):
        how = "Đạt khi từng nhóm đơn vị đều đạt mức của nhóm"
    lines = [f"{how}:"] if fields else []
    for field in fields:
        done, total = format_count(field["numerator"]), format_count(field["denominator"])
        reported, expected = field["coverage"]["reported"], field["coverage"]["expected"]
        figure = "chưa có tỷ lệ"
        if things and reported:
            figure = f"{done} {target['unit_of_count']}"
        elif field["percent"]:
            figure = f"{done}/{total} {target['counted']} = {field['percent']}"
        judged = "" if target["joint"] else f" {verdict_text(field, {**target, 'short': field['short']})}"
        lines.append(f"- {field['name']}: {figure}, số liệu của {reported}/{expected} đơn vị.{judged}")
    return tuple(lines)


def _part(target: Entry) -> str:
    return "nhóm" if target.get("by_group") else "lĩnh vực"


def _by_field(target: Entry) -> bool:
    return bool(target.get("fields")) and not target["joint"]


def is_by_control(indicator: Entry) -> bool:
    """Whether the figure of the system in charge is printed, and not what the units add up to."""
    return bool(indicator.get("control") and indicator["control"]["printed"])


def difference_lines(judged: Entry, target: Entry, role: str) -> tuple[str, ...]:
    """Write the subtraction, or the division by years, that a figure in points is the result of."""
    goal = read_goal(judged)
    if goal is None or not judged["percent"]:
        return ()
    if role.endswith("per_year") and (ahead := target["outlook"]):
        return (f"{ahead['distance']} điểm / {ahead['years']} năm ≈ {ahead['per_year']} điểm mỗi năm",)
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
    until, counted, said = format_day(control["cut_off"]), target["counted"], []
    for of in (control, own):  # the two numbers as far as they are known
        done, total = of["numerator"], of["denominator"]
        if done is not None and total:
            said.append(f"{format_count(done)}/{format_count(total)} {counted}")
        elif total:
            said.append(f"tổng số {format_count(total)} {counted}")
        else:
            said.append(f"đã thực hiện {format_count(done)} {counted}" if done else "chưa có")
    held, added = said
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


_UNJUDGED = {
    "none_arising": "Trong kỳ không phát sinh: không tính tỷ lệ, không đánh giá.",
    "not_applicable": "Không đơn vị nào thuộc phạm vi áp dụng: không đánh giá.",
    "progress": "Chưa hết năm ({goal} là mức của cả năm): nêu tiến độ, không đánh giá.",
    "not_due": "Chưa đến hạn ({goal} của năm {due}): không đánh giá.",
    "insufficient": "Chưa đủ cơ sở để đánh giá {goal}.",
}


def verdict_text(indicator: Entry, target: Entry) -> str:
    """Say the verdict against the threshold in one sentence."""
    verdict, asked, short = indicator["verdict"], read_goal(indicator), target.get("short")
    if verdict == "no_level":
        if target.get("words"):
            return f"Kế hoạch đặt chỉ tiêu “{target['words']}”, không nêu mức bằng số: không đánh giá."
        return "Kế hoạch không đặt mức nên không đánh giá."
    goal = f"chỉ tiêu {asked.text if asked else target['lacks_base'] or 'theo từng nhóm đơn vị'}"
    lacking = f"{format_count(short)} {_counted_in(target)}" if short else ""
    if verdict in ("met", "missed"):
        said = f"{goal}{' (tạm tính)' if indicator['basis'] == 'partial' else ''}"
        judged = asked or next(filter(None, map(read_goal, target.get("fields") or ())), None)
        short_by = f": {judged.lacking if judged else 'thiếu'} {lacking}" if lacking else ""
        return f"Đạt {said}." if verdict == "met" else f"Chưa đạt {said}{short_by}."
    if verdict == "insufficient" and asked and asked.counted and indicator["coverage"]["reported"]:
        return f"Chưa kết luận {goal}{f': còn thiếu {lacking}' if lacking and asked.rising else ''}."
    return _UNJUDGED[verdict].format(goal=goal, due=target.get("due"))


def reliability_lines(indicator: Entry, target: Entry) -> tuple[str, ...]:
    """Say what the verdict rests on, and within which bounds the share can still lie."""
    if is_by_control(indicator):
        return ("Căn cứ: số đối chiếu, không phụ thuộc đơn vị nào đã gửi báo cáo.",)
    coverage, low, high = indicator["coverage"], *map(indicator["bounds"].get, ("low", "high"))
    n_missing, bounds = coverage["expected"] - coverage["reported"], ""
    if n_missing and not _by_field(target) and not is_of_things(target):
        bounds = f"từ {low} (các đơn vị còn thiếu đều chưa thực hiện) đến {high} (đều thực hiện hết)."
        if low is None:
            bounds = f"chưa tính được vì chưa biết đủ tổng số của {n_missing} đơn vị còn thiếu."
        bounds = f"Giới hạn: {bounds}"
    return tuple(filter(None, (_basis(indicator, target), bounds)))


def _basis(indicator: Entry, target: Entry) -> str:
    goal, covered = read_goal(indicator), indicator["coverage"]
    match indicator["basis"]:
        case "complete":
            return "Căn cứ: mọi đơn vị phải báo cáo đều đã có số liệu."
        case "safe":
            return f"Căn cứ chắc chắn: {_surely(indicator, target)}."
        case "partial":  # by what it may be turned, and how much of it where that is known
            enough = f"Tạm tính: mới có số liệu của {covered['reported']}/{covered['expected']} đơn vị"
            if target["turn"] is None:
                return f"{enough}; có thể thay đổi khi các đơn vị còn lại có số liệu."
            met, rising = indicator["verdict"] == "met", goal is None or goal.rising
            done_as = target.get("done_as")
            what = f"{'chưa' if met is rising else 'đã'} {done_as or 'thực hiện'}"
            if not rising and not done_as:
                what = f"{'không ' if met is rising else ''}thuộc loại nêu ở chỉ tiêu"
            if _by_field(target):
                what += f" ở một {_part(target)}" if met else f" ở các {_part(target)} còn thiếu"
            return (
                f"{enough}; kết luận chỉ đổi khi {len(target['awaited'])} đơn vị còn lại có ít nhất "
                f"{format_count(target['turn'])} {_counted_in(target)} {what}."
            )
        case "closed":
            given = f"{covered['reported']}/{covered['expected']} đơn vị"
            return f"Căn cứ: đã kết thúc thu nhận số liệu; tính theo số của {given}."
    if indicator["verdict"] != "insufficient":
        return ""
    if target["lacks_document"]:
        return "Chưa có văn bản ban hành tài liệu hướng dẫn thống nhất làm căn cứ đánh giá."
    if target["lacks_base"]:
        return "Không có số đã công bố của năm gốc đủ để tính mức tăng."
    part, alone = first_letter_capital(_part(target)), {**target, "fields": ()}
    unsettled = [f for f in target["fields"] if f["verdict"] == "insufficient"] if _by_field(target) else []
    if unsettled:
        return " ".join(f"{part} {field['name']}: {_basis(field, alone)}" for field in unsettled)
    if goal and goal.counted and covered["reported"]:
        return (
            f"Số của các đơn vị còn thiếu chỉ làm tăng thêm: chỉ kết luận {'chưa ' * goal.rising}đạt "
            "khi mọi đơn vị đã có số liệu, hoặc khi kết thúc thu nhận số liệu."
        )
    if goal and goal.is_extreme and covered["reported"]:
        return f"Chỉ tiêu {goal.number_text} không thể kết luận đạt khi còn đơn vị chưa có số liệu."
    needed = target["partial_coverage"]
    return f"Số đơn vị, phần của tổng số đã có số liệu chưa đủ mức {needed}% cần có để kết luận."


def _surely(indicator: Entry, target: Entry) -> str:
    """Why a verdict holds whatever the units say that are still missing."""
    low, high, goal = indicator["bounds"]["low"], indicator["bounds"]["high"], read_goal(indicator)
    rising, met = goal is None or goal.rising, indicator["verdict"] == "met"
    if _by_field(target):
        part = _part(target)
        held = f"vẫn đạt ở mọi {part} kể cả khi các đơn vị còn thiếu đều chưa thực hiện"
        return held if met else f"đã có {part} không thể đạt"
    if goal and goal.counted:
        return "số của các đơn vị còn thiếu chỉ làm tăng thêm"
    if met:
        return f"vẫn đạt kể cả khi các đơn vị còn thiếu đều {'chưa thực hiện' if rising else 'thực hiện hết'}"
    if (goal and goal.is_extreme) or high is None:
        there, reach = ("phần chưa thực hiện", "100%") if rising else ("trường hợp phát sinh", "0%")
        return f"đã có {there}, nên không thể đạt {reach}"
    if not rising:
        return f"kể cả khi các đơn vị còn thiếu đều chưa thực hiện, thấp nhất là {low}"
    return f"kể cả khi các đơn vị còn thiếu đều thực hiện hết, cao nhất là {high}"


def is_of_things(target: Entry) -> bool:
    return bool(target["measure"] in ("count", "score", "rank") and not target.get("each"))


def _counted_in(target: Entry) -> str:
    of_units = target["measure"] in ("yes_no", "milestone") or target.get("each")
    return "đơn vị" if of_units else str(target["unit_of_count"])


def coverage_text(counted: Entry, target: Entry) -> str:
    """Say how many of the units asked stand behind a figure, and how much of what is counted if known."""
    reported, expected = counted["coverage"]["reported"], counted["coverage"]["expected"]
    share = f" ({format_percent(Fraction(reported, expected))})" if expected else ""
    text, weight = f"{reported}/{expected} đơn vị phải báo cáo{share}", target.get("weight")
    if weight is None or reported == expected:
        return text
    part = format_percent(Fraction(weight["reported"], weight["expected"]))
    return f"{text}; chiếm {part} tổng số {target['unit_of_count']}"
