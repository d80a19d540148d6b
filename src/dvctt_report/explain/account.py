"""An account of one figure: what it means, how it was computed, from which cells, and what stands outside.

The judgement on a target stands in sentences that an inspector can check with a pocket calculator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from dvctt_report.explain.manifest import Entry, Manifest
from dvctt_report.explain.units import (
    UnitAccount,
    decision_lines,
    document_text,
    figure_name,
    figure_unit,
    format_day,
    left_out_unit,
    other_findings,
    unit_account,
)
from dvctt_report.model import Tally
from dvctt_report.model.goals import read_goal
from dvctt_report.model.period import Period
from dvctt_report.report.unit_lists import shortly
from dvctt_report.text.file_names import format_file
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import first_letter_capital, format_count, format_decimal, format_percent

_ADDED = ("Đã đưa vào", "Chưa đưa vào")
_COUNTED = ("Được đếm", "Không được đếm")
_BY_CONTROL = ("Số của các đơn vị, để đối chiếu", "Chưa có số")
MOST_PLACES = 3
"""Places of a figure that are quoted."""
FIGURE, FORMULA, JUDGED, COVERAGE = "Con số", "Công thức", "Kết luận", "Số liệu đã có"
"""The labels of what an account says first: what is printed, how it came about, of how many units."""
BESIDE = "Kèm theo"
"""The label of what stands beside the result and is no part of it."""


@dataclass(frozen=True, slots=True)
class Account:
    """Everything that is to be said about a figure, in finished sentences.

    meaning: labels with texts. verdict: "" for a figure without a threshold. counted: the units that weigh
    most first; left_out: those to be mended first. findings: those that bar no figure named here. control:
    the figure of the system in charge beside the units' sum; where it is printed the ``titles`` of the lists
    say so. places: those that print what was asked about.
    """

    code: str
    name: str
    meaning: tuple[tuple[str, str], ...]
    formula: tuple[str, ...] = ()
    verdict: str = ""
    reliability: tuple[str, ...] = ()
    coverage: str = ""
    counted: tuple[UnitAccount, ...] = ()
    left_out: tuple[UnitAccount, ...] = ()
    decisions: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    control: tuple[str, ...] = ()
    titles: tuple[str, str] = _ADDED
    places: tuple[str, ...] = ()

    def facts(self, version: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield what is said under each label, meaning first; ``version`` names the report explained."""
        yield from ((label, (text,)) for label, text in self.meaning)
        more = len(self.places) - MOST_PLACES
        for label, lines in (
            (FORMULA, self.formula),
            ("Đối chiếu", self.control),
            (JUDGED, (self.verdict, *self.reliability)),
            (COVERAGE, (self.coverage,)),
            (BESIDE, self.beside),
            ("In ở", (*self.places[:MOST_PLACES], f"và {more} chỗ khác" if more > 0 else "")),
            ("Báo cáo", tuple(version)),
        ):
            if texts := tuple(filter(None, lines)):
                yield label, texts


def account_of(
    name: str, what: str, units: Iterable[UnitAccount], formula: Sequence[str] = (), coverage: str = ""
) -> Account:
    """Give account of a count: everything that is counted, each with where it is seen."""
    listed = tuple(units)
    how = tuple(formula) or (f"Đếm được {format_count(len(listed))}.",)
    return Account("", name, ((FIGURE, what),), how, coverage=coverage, counted=listed, titles=_COUNTED)


_ASKED = {
    "yes_no": (("Câu hỏi", "question"),),
    "milestone": (("Câu hỏi", "question"),),
    "count": (("Số lượng", "done"),),
}
_INCOMPARABLE = {
    "province": "báo cáo của hai năm là của hai tỉnh",
    "geography": "địa bàn báo cáo của hai năm khác nhau",
    "no_figure": "một trong hai năm chưa có số liệu",
    "definition": "cách tính của hai năm khác nhau",
    "source": "hai năm dùng hai nguồn số liệu",
    "coverage": "số đơn vị có số liệu chưa đủ để so sánh",
}
_BELOW = {"yes_no": "trả lời chưa thực hiện", "milestone": "chưa hoàn thành, hoặc hoàn thành sau thời hạn"}


def explain_target(manifest: Manifest, code: str, unit: str = "") -> Account:
    """Give account of a target, of all units or of ``unit`` alone."""
    indicator, target = manifest.indicators[code], manifest.targets[code]
    given = [c for c in manifest.contributions.get(code, ()) if unit in ("", c["unit"])]
    # The greatest total first, then what is least done: a "Không" comes before a "Có".
    counted = sorted(
        (c for c in given if c["numerator"] is not None),
        key=lambda c: (-(c["denominator"] or 0), c["numerator"] if c["denominator"] else -c["numerator"]),
    )
    left_out = sorted((c for c in given if c["numerator"] is None), key=lambda c: not c["barred_by"])
    units = {c["unit"] for c in given}
    names = {code, target["same_as"] or code} | {x["item"] for c in given for x in c["cells"]}
    # What stands beside the result and is no part of it
    beside: list[str] = []
    goal, each = read_goal(indicator), target.get("each")
    if target["below"]:
        why = f"có tỷ lệ {goal.outside}" if goal else "chưa đạt mức của nhóm"
        why = f"chưa đủ {format_count(each)} {target['unit_of_count']}" if each else why
        named = shortly([manifest.unit_name(u) for u in target["below"]])
        beside.append(f"Đơn vị {_BELOW.get(target['measure'], why)}: {named}.")
    if goal and (ahead := target["outlook"]):
        turn, needed = ("tăng", goal.number_text) if goal.rising else ("giảm", goal.text)
        beside.append(
            f"Đến năm {ahead['due']} cần {needed}: "
            f"còn {ahead['distance']} điểm phần trăm, bình quân mỗi năm cần {turn} {ahead['per_year']} điểm "
            f"trong {ahead['years']} năm."
        )
    if last := target.get("last_year"):
        then, points, things = Period.of_manifest(last).words, last["points"], is_of_things(target)
        if last["why"]:
            beside.append(f"Không so với {then}: {_INCOMPARABLE[last['why']]}.")
        else:
            turn = f"{'giảm' if points[0] == '-' else 'tăng'} {points.removeprefix('-')} "
            turn += target["unit_of_count"] if things else "điểm phần trăm"
            now = "" if things or last["now"] == indicator["percent"] else f", năm nay {last['now']}"
            beside.append(f"So với {then} ({last['figure']}{now}): {'không đổi' if points == '0' else turn}.")
    if estimate := target["estimate"]:
        beside.append(
            f"Ước cả năm của {len(estimate['cells'])} đơn vị có số ước: {format_count(estimate['value'])} "
            f"{target['unit_of_count']} (trong đó đến nay đã thực hiện "
            f"{format_count(estimate['so_far'])}); không tính vào kết quả."
        )
    item, source = manifest.items[code], target["source"]
    meaning = [("Kế hoạch", f"{item['title']} ({item['point']})")]
    asked = _ASKED.get(target["measure"], (("Tổng số", "total"), ("Đã thực hiện", "done")))
    meaning += [(label, target[key]) for label, key in asked]
    if target["same_as"]:
        meaning.append(("Số liệu", f"dùng chung với chỉ tiêu {target['same_as']}"))
    whose = source["authority"] or "Các đơn vị được giao, mỗi đơn vị báo cáo phần của mình"
    only = "các nguồn khác chỉ để đối chiếu, không cộng vào" if source["survey"] else ""
    meaning.append(("Nguồn", "; ".join(filter(None, (whose, source["survey"] or source["note"], only)))))
    return Account(
        code=code,
        name=item["name"],
        meaning=tuple(meaning),
        formula=(*formula_lines(indicator, target), *field_lines(target)),
        verdict=verdict_text(indicator, target),
        reliability=reliability_lines(indicator, target),
        coverage=coverage_text(indicator, target),
        counted=tuple(unit_account(manifest, target, c) for c in counted),
        left_out=tuple(unit_account(manifest, target, c) for c in left_out),
        decisions=decision_lines(manifest, units, names),
        findings=other_findings(manifest, units, names, given),
        beside=() if unit else tuple(beside),
        control=tuple(control_lines(indicator, target)),
        titles=_BY_CONTROL if is_by_control(indicator) else _ADDED,
    )


def explain_figure(manifest: Manifest, code: str, unit: str = "") -> Account:
    """Give account of a counted or summed figure that is no target."""
    figure, total = manifest.figures[code], manifest.totals.get(code)
    by_unit = by_key((c["unit"], c) for c in figure["cells"] if unit in ("", c["unit"]))
    # The greatest number first; what is no number stays behind.
    own = [figure_unit(manifest, *its) for its in by_unit.items()]
    digits = [account.figure.split(" ")[0].replace(".", "") for account in own]
    order = sorted(range(len(own)), key=lambda n: -int(digits[n]) if digits[n].isdecimal() else 0)
    counted = tuple(own[n] for n in order)
    left_out = [x for x in (total or {}).get("left_out", ()) if unit in ("", x["unit"])]
    names, fields = {c["item"] for c in figure["cells"]}, {c["field"] for c in figure["cells"]}
    units = {u.code for u in counted} | {x["unit"] for x in left_out}
    value = "chưa có số liệu" if figure["value"] is None else format_count(figure["value"])
    n_units = len({c["unit"] for c in figure["cells"]})
    how = f"{'Cộng số của' if total else 'Đếm theo trả lời của'} {n_units} đơn vị"
    whole = f"{how}: {value} {figure['unit_of_count']}".rstrip()
    item = manifest.items.get(code.removeprefix("tasks.").rpartition(".")[0])
    done = ((FIGURE, "số cơ quan, đơn vị đã thực hiện"),) if code.endswith(".done") else ()
    return Account(
        code=code,
        name=figure_name(manifest, code),
        meaning=(*done, *((("Kế hoạch", f"{item['title']} ({item['point']})"),) if item else ())),
        formula=tuple(f"Lấy số của {u.name}: {u.figure}" for u in counted) if unit else (whole,),
        coverage=coverage_text(total, {}) if total else f"số liệu của {n_units} đơn vị",
        counted=counted,
        left_out=tuple(left_out_unit(manifest, x) for x in left_out),
        decisions=decision_lines(manifest, units, names, fields),
        findings=other_findings(manifest, units, names, left_out),
    )


def explain_unit(manifest: Manifest, code: str) -> Account:
    """Give account of what a unit has added to each target, and of its return."""
    mine = [c for given in manifest.contributions.values() for c in given if c["unit"] == code]
    accounts = []
    for given in mine:
        target = given["indicator"]
        name = f"{target} · {manifest.items[target]['name']}"
        account = unit_account(manifest, manifest.targets[target], given)
        accounts.append(replace(account, code=target, name=name, document="", file=""))
    unit = manifest.units[code]
    counted = tuple(account for account in accounts if not account.reason)
    items = {f["item"] for f in manifest.findings.values() if f["unit"] == code}
    return Account(
        code=code,
        name=unit["name"],
        meaning=(
            ("Văn bản", document_text(unit)),
            ("Tệp", format_file(unit["file"] or "") or "không có tệp dùng được"),
            ("Mã tệp", unit["sha256"][:8] if unit["sha256"] else "không có"),
        ),
        coverage=f"đã đưa vào {len(counted)}/{len(mine)} chỉ tiêu đơn vị được hỏi",
        counted=counted,
        left_out=tuple(account for account in accounts if account.reason),
        decisions=decision_lines(manifest, {code}, set()),
        findings=other_findings(manifest, {code}, items, mine),
    )


# ------------------------------------------------------------------------------------ how a target was judged

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
            sign = ">" if done > goal.number else "=" if done == goal.number else "<"
            yield f"So sánh: {format_count(done)} {sign} {format_count(goal.things)}"
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
            f"So sánh trên số nguyên: {format_count(done)} × {times} = {format_count(a)} "
            f"{'>' if a > b else '=' if a == b else '<'} {format_count(b)} = {number} × {format_count(total)}"
        )


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
    if n_missing and (target["joint"] or not target.get("fields")) and not is_of_things(target):
        bounds = f"từ {low} (các đơn vị còn thiếu đều chưa thực hiện) đến {high} (đều thực hiện hết)."
        if low is None:
            bounds = f"chưa tính được vì chưa biết đủ tổng số của {n_missing} đơn vị còn thiếu."
        bounds = f"Giới hạn: {bounds}"
    return tuple(filter(None, (_basis(indicator, target), bounds)))


def _basis(indicator: Entry, target: Entry) -> str:
    goal, covered = read_goal(indicator), indicator["coverage"]
    part = "nhóm" if target.get("by_group") else "lĩnh vực"
    by_field = () if target["joint"] else target.get("fields") or ()
    match indicator["basis"]:
        case "complete":
            return "Căn cứ: mọi đơn vị phải báo cáo đều đã có số liệu."
        case "safe":  # why the verdict holds whatever the units say that are still missing
            low, high = indicator["bounds"]["low"], indicator["bounds"]["high"]
            rising, met = goal is None or goal.rising, indicator["verdict"] == "met"
            if by_field:
                held = f"vẫn đạt ở mọi {part} kể cả khi các đơn vị còn thiếu đều chưa thực hiện"
                why = held if met else f"đã có {part} không thể đạt"
            elif goal and goal.counted:
                why = "số của các đơn vị còn thiếu chỉ làm tăng thêm"
            elif met:
                worst = "chưa thực hiện" if rising else "thực hiện hết"
                why = f"vẫn đạt kể cả khi các đơn vị còn thiếu đều {worst}"
            elif (goal and goal.is_extreme) or high is None:
                there, reach = ("phần chưa thực hiện", "100%") if rising else ("trường hợp phát sinh", "0%")
                why = f"đã có {there}, nên không thể đạt {reach}"
            elif rising:
                why = f"kể cả khi các đơn vị còn thiếu đều thực hiện hết, cao nhất là {high}"
            else:
                why = f"kể cả khi các đơn vị còn thiếu đều chưa thực hiện, thấp nhất là {low}"
            return f"Căn cứ chắc chắn: {why}."
        case "partial":  # by what it may be turned, and how much of it where that is known
            enough = f"Tạm tính: mới có số liệu của {covered['reported']}/{covered['expected']} đơn vị"
            if target["turn"] is None:
                return f"{enough}; có thể thay đổi khi các đơn vị còn lại có số liệu."
            met, rising = indicator["verdict"] == "met", goal is None or goal.rising
            done_as = target.get("done_as")
            what = f"{'chưa' if met is rising else 'đã'} {done_as or 'thực hiện'}"
            if not rising and not done_as:
                what = f"{'không ' if met is rising else ''}thuộc loại nêu ở chỉ tiêu"
            if by_field:
                what += f" ở một {part}" if met else f" ở các {part} còn thiếu"
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
    alone = {**target, "fields": ()}
    if unsettled := [f for f in by_field if f["verdict"] == "insufficient"]:
        return " ".join(
            f"{first_letter_capital(part)} {field['name']}: {_basis(field, alone)}" for field in unsettled
        )
    if goal and goal.counted and covered["reported"]:
        return (
            f"Số của các đơn vị còn thiếu chỉ làm tăng thêm: chỉ kết luận {'chưa ' * goal.rising}đạt "
            "khi mọi đơn vị đã có số liệu, hoặc khi kết thúc thu nhận số liệu."
        )
    if goal and goal.is_extreme and covered["reported"]:
        return f"Chỉ tiêu {goal.number_text} không thể kết luận đạt khi còn đơn vị chưa có số liệu."
    needed = target["partial_coverage"]
    return f"Số đơn vị, phần của tổng số đã có số liệu chưa đủ mức {needed}% cần có để kết luận."


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
