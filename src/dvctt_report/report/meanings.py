"""What the name of a printed figure means, as the manifest keeps it: in words, and whom or what it counts.

Names stand in the patterns of ``phrases.toml`` and beside the cells of tables. What is counted is named by
its code: a unit, a target, a finding, "NV.1a/SYT" for what a unit says of an item. A name may go on with a
part of ``ROLES``, a unit, a kind or group of units; what continues another name is counted in both.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from dvctt_report.model import (
    FindingState,
    Number,
    Result,
    Severity,
    State,
    Tally,
    TaskState,
    TaskStatus,
    Verdict,
    finding_id,
)
from dvctt_report.plan.sources import TargetGroup, target_parts
from dvctt_report.report.cells import unit_json
from dvctt_report.report.decided import accepted, stands
from dvctt_report.report.figures import Figures, issued_documents
from dvctt_report.report.targets import carried_from
from dvctt_report.report.unit_lists import KINDS
from dvctt_report.text.grouping import by_key
from dvctt_report.text.opening import parse_toml, read_text
from dvctt_report.text.resources import PACKAGE
from dvctt_report.text.vietnamese import format_count, format_date, format_percent
from dvctt_report.year.rows import has_state
from dvctt_report.year.summary import below_target
from dvctt_report.year.summary.returns import why_missing
from dvctt_report.year.summary.totals import SATISFIED, VALID, deciding_cells
from dvctt_report.year.summary.verdict import progress
from dvctt_report.year.year import Year

Entry: TypeAlias = Mapping[str, Any]

_SAID: dict[str, dict[str, str]] = parse_toml(read_text(PACKAGE / "report" / "meanings.toml"))
ROLES: Mapping[str, str] = _SAID["roles"] | {
    kind: f"số {said} trong các đơn vị đó" for kind, said in KINDS.items()
}
"""What the last part of a name means that says one thing of a target, a field, a unit, a document."""
WHY_MISSING: Mapping[str, str] = _SAID["why_missing"]
"""Why a unit has no figure for a target."""


def name_json(
    id: str, title: str, what: str, of: Iterable[str] = (), how: str = "", **more: Any
) -> dict[str, Any]:
    """What a name means, ``how`` it came about if not counted; ``covered``, ``left``: of whom or not."""
    return {"id": id, "title": title, "what": what, "of": [*of], **({"how": how} if how else {}), **more}


def names_json(year: Year, figures: Figures) -> Iterator[dict[str, Any]]:
    """What every name of the period means that isn't told by the result of a target itself."""
    units = [unit_json(year.dataset, line) for line in year.lines]
    compiler, activity = year.profile.plan.compiler, year.profile.plan.activity
    for role, (what, counts) in _RETURNS.items():
        own = [unit["code"] for unit in units if counts(unit)]
        how = quotient(len(own), len(units), "đơn vị") if role == "percent" else ""
        yield name_json(f"returns.{role}", "Gửi báo cáo", what, own, how)
    # The counts of the period's targets by verdict, and by how sure each is
    targets, at_least = year.profile.plan.targets_by_code, year.profile.plan.partial_coverage
    due = [result for result in year.summary.results if result.verdict is not Verdict.NOT_DUE]
    carried = [r for r in due if carried_from(targets[r.item], r, year.period)]
    counted: list[tuple[str, str, list[Result]]] = [
        ("due", "của năm", due),
        *((v.value, said, [r for r in due if r.verdict is v]) for v, said in _VERDICTS.items()),
        ("carried", "không có mức riêng của năm, đánh giá theo mức năm trước", carried),
    ]
    for name, (grade, said) in _GRADES.items():
        counted.append((name, said, [r for r in due if r.grade is not None and r.grade.value == grade]))
    going = [(progress(r, targets[r.item], at_least).value, r) for r in due if r.verdict is Verdict.PROGRESS]
    for name, said in _PROGRESS.items():
        counted.append((f"progress.{name}", said, [r for value, r in going if value == name]))
    for name, said, results in counted:
        what = said if name in _GRADES else f"số chỉ tiêu {said}"
        yield name_json(f"targets.{name}", "Kết quả các chỉ tiêu", what, (r.item for r in results))
    for result in year.summary.results:
        yield from _of_target(year, result, units)
    yield from _of_findings(year, units)
    # The units behind a counted or summed figure, and what each group of units adds to it
    for figure in figures.all():
        item = figure.id.rpartition(".")[0]
        title = next((i.label for i in year.profile.plan.items if i.code == item), "")
        given = _in_order(year, {o.unit for o in figure.observations})
        yield name_json(f"{figure.id}.units", title, "số đơn vị có số liệu", given)
        for n, heading in enumerate(groups_of(units), 1):
            group = {unit["code"] for unit in units if unit["group"] == heading}
            own = [o for o in figure.observations if o.unit in group]
            total = sum(o.value for o in own if isinstance(o.value, int) and not isinstance(o.value, bool))
            n_units = len({o.unit for o in own})
            how = f"Cộng số của {n_units} đơn vị: {format_count(total)} {figure.unit_of_count}"
            what = f"phần của nhóm “{heading}”"
            yield name_json(f"{figure.id}.sum{n}", title, what, _in_order(year, {o.unit for o in own}), how)
    # The share of the satisfied of each survey, and of how many units it is
    dataset = year.dataset
    of_surveys = by_key((survey.code, (spec.code, figure)) for survey, spec, figure in figures.surveys)
    for code, measured in of_surveys.items():
        of_survey = dict(measured)
        survey_item = year.profile.plan.item(code)
        satisfied, valid = of_survey[SATISFIED], of_survey[VALID]
        how = quotient(satisfied.value or 0, valid.value or 0, "phiếu")
        own = _in_order(year, {o.unit for o in (*satisfied.observations, *valid.observations)})
        yield name_json(f"{code}.percent", survey_item.label, "tỷ lệ hài lòng", own, how)
        deciding = deciding_cells(dataset, survey_item, VALID)
        owing, behind = list[str](), {o.unit for o in valid.observations}
        for asked_unit in dataset.asked(survey_item):
            answer = dataset.observation(asked_unit.code, code, VALID)
            if year.profile.may_withhold(asked_unit, survey_item) and has_state(answer, State.WITHHELD):
                continue
            owing.append(asked_unit.code)
            is_barred = any(year.standing.bars(asked_unit, one, *names) for one, names in deciding)
            if has_state(answer, State.NONE_ARISING) and not is_barred:
                behind.add(asked_unit.code)
        what = "số đơn vị đã có số liệu, kể cả không phát sinh"
        yield name_json(f"{code}.coverage.reported", survey_item.label, what, _in_order(year, behind))
        yield name_json(f"{code}.coverage.expected", survey_item.label, "số đơn vị được hỏi", owing)
    # How far bodies are with tasks: of all, of each block, of those of single bodies, of each task
    every = [status for block in figures.tasks for status in block.statuses]
    title = "Nhiệm vụ của Kế hoạch"
    if every:
        tasks, cut_off = (status.item for status in every), year.profile.plan.period.cut_off(year.period)
        yield name_json("tasks", title, "số nhiệm vụ Kế hoạch giao", dict.fromkeys(tasks))
        yield from _of_block("tasks", title, every)
        late = [s for block in figures.tasks for s in block.overdue(cut_off)]
        what = f"số lượt nhiệm vụ quá hạn, chưa hoàn thành đến ngày {format_date(cut_off)}"
        yield name_json("tasks.overdue", title, what, (f"{s.item}/{s.unit}" for s in late))
    if alone := figures.tasks_of_single_bodies():
        yield from _of_block("tasks.single", "Nhiệm vụ giao riêng cho một cơ quan", alone.statuses)
    for block in figures.tasks:
        if block.body:
            first, body = block.tasks[0], year.profile.roster.short_names[block.body]
            title = f"Nhóm nhiệm vụ từ “{first.label}”, giao {body}"
            yield from _of_block(f"tasks.{first.code}", title, block.statuses)
        for task in block.single():
            yield from _of_block(task.tasks[0].code, task.tasks[0].label, task.statuses)
    issuers = [one.unit for one in figures.directives.observations]
    issued = "Văn bản chỉ đạo, triển khai"
    yield name_json("directives.units", issued, "số đơn vị đã ban hành văn bản", _in_order(year, issuers))
    listed = enumerate((one.unit.code for one in issued_documents(year)), 1)
    if own := [f"documents/{n}" for n, unit in listed if unit == compiler]:
        yield name_json("directives.own", issued, "số văn bản của cơ quan tổng hợp", own)
    for head, asked in (
        ("directives", "văn bản chỉ đạo, triển khai"),
        ("topics", f"nội dung {activity}"),
        ("channels", f"hình thức {activity}"),
    ):
        what = f"số đơn vị được hỏi và có trả lời sử dụng được về {asked}"
        yield name_json(f"{head}.answered", f"Trả lời về {asked}", what, getattr(figures.answering, head))
    others = [unit for unit in units if unit["code"] != compiler]
    for duty, what in (
        ("required", "số nơi nhận có trách nhiệm báo cáo"),
        ("asked", "số nơi nhận được đề nghị phối hợp"),
        ("all", "số nơi nhận biểu mẫu"),
    ):
        got = (unit["code"] for unit in others if duty in (unit["duty"], "all"))
        yield name_json(f"letter.{duty}", "Công văn phát hành biểu mẫu", what, got)
    how = "Đếm các dòng của danh sách, phụ lục kèm theo."
    for role, what in (
        ("listed", "số nơi nhận trong danh sách kèm công văn"),
        ("to_mend", "số nội dung đề nghị chỉnh lý ở phụ lục của công văn, ở lời gửi"),
        ("to_confirm", "số nội dung đề nghị xác nhận ở phụ lục của công văn, ở lời gửi"),
        ("more", "số nội dung không kê ở lời gửi, ghi trong bảng kê gửi kèm"),
    ):
        yield name_json(f"letter.{role}", "Danh sách gửi các đơn vị", what, how=how)
    what = "số ngày còn lại đến hạn gửi, hoặc đã qua từ ngày cuối của hạn đến ngày lập trang"
    yield name_json("page.days", "Hạn gửi báo cáo", what, how="Ngày cuối của hạn trừ ngày lập trang.")


def quotient(done: Number, total: int, unit: str, line: Fraction | None = None) -> str:
    """A division as an inspector does it: "45 / 50 hồ sơ = 90%"."""
    counts = f"{format_count(done)} / {format_count(total)} {unit}"
    return f"{counts} = {format_percent(Fraction(done) / total, line)}" if total else counts


def _in_order(year: Year, units: Collection[str]) -> list[str]:
    return [unit.code for unit in year.units if unit.code in units]


# ------------------------------------------------------------------------------------------------- of returns


_UNSENT = ("missing", "unusable")
_RETURNS: Mapping[str, tuple[str, Callable[[Entry], bool]]] = {
    "expected": ("số cơ quan, đơn vị, địa phương phải gửi hoặc được đề nghị gửi báo cáo", lambda u: True),
    "received": ("số cơ quan, đơn vị, địa phương đã gửi báo cáo", lambda u: u["status"] not in _UNSENT),
    "percent": ("phần đã gửi báo cáo", lambda u: u["status"] not in _UNSENT),
    "on_time": ("số đơn vị gửi đúng hạn", lambda u: u["status"] == "on_time"),
    "usable": ("số đơn vị có biểu số liệu sử dụng được", lambda u: bool(u["file"])),
    "mended": (
        "số đơn vị đã gửi lại bản chỉnh lý",
        lambda u: u["status"] not in _UNSENT and u["first_sent_on"] not in (None, u["sent_on"]),
    ),
    "late": ("số đơn vị gửi sau thời hạn", lambda u: u["status"] == "late"),
    "undated": ("số đơn vị không ghi ngày gửi", lambda u: u["status"] == "undated"),
    "paper": ("số đơn vị chỉ gửi bản giấy", lambda u: u["status"] == "paper"),
    "to_enter": ("số đơn vị đã gửi bản quét, chờ nhập", lambda u: u["status"] == "to_enter"),
    "missing": ("số đơn vị chưa gửi báo cáo", lambda u: u["status"] == "missing"),
    "unusable": ("số đơn vị gửi biểu chưa sử dụng được", lambda u: u["status"] == "unusable"),
    "correcting": ("số báo cáo đang chỉnh lý số liệu", lambda u: u["correcting"]),
    "to_correct": (
        "số đơn vị có số liệu cần chỉnh lý hoặc gửi biểu chưa sử dụng được",
        lambda u: u["correcting"] or u["status"] == "unusable",
    ),
    "left_out": ("số đơn vị có số liệu để ngoài tổng hợp", lambda u: u["left_out"]),
    "required": ("số cơ quan, đơn vị, địa phương có trách nhiệm báo cáo", lambda u: u["duty"] == "required"),
    "asked": ("số cơ quan, đơn vị được đề nghị phối hợp báo cáo", lambda u: u["duty"] == "asked"),
}
"""Names of counts of units by how they have sent."""


# ------------------------------------------------------------------------------------------------- of targets

_VERDICTS = {
    Verdict.MET: "đạt và vượt",
    Verdict.MISSED: "chưa đạt",
    Verdict.INSUFFICIENT: "chưa kết luận",
    Verdict.NONE_ARISING: "không phát sinh",
    Verdict.NOT_APPLICABLE: "không áp dụng",
    Verdict.NO_LEVEL: "không được Kế hoạch đặt mức bằng số",
    Verdict.PROGRESS: "chưa hết năm, chỉ nêu tiến độ",
}
_GRADES = {"unsure": ("provisional", "kết luận tạm tính"), "sure": ("certain", "kết luận chắc chắn")}
_PROGRESS = {
    "reached": "đang đáp ứng mức cả năm",
    "below": "chưa đáp ứng mức cả năm",
    "unknown": "chưa đủ số liệu",
}


def _of_target(year: Year, result: Result, units: Sequence[Entry]) -> Iterator[dict[str, Any]]:
    """The counts of units behind a target, and the sum of each group of units."""
    target = year.profile.plan.targets_by_code[result.item]
    code, title, given, missing = target.code, target.label, result.contributions, result.missing
    due = [c.unit for c in given if c.tally is not None or c.unit in missing]
    below = "dưới mức của chỉ tiêu" + (f" ({result.goal.text})" if result.goal else "")
    known = {c.unit for c in given if c.known_denominator is not None}
    unknown = [u for u in missing if not target.of_units and u not in known]
    estimated = {o.unit for e in year.summary.estimates if e.item == code for o in e.observations}
    whose: dict[str, tuple[str, list[str]]] = {
        "below": (below, [*below_target(result)]),
        "coverage.reported": ("đã có số liệu", [u for u in due if u not in missing]),
        "coverage.expected": ("phải báo cáo", due),
        "missing": ("chưa có số liệu", [*missing]),
        "awaited": ("chưa có số liệu mà kết luận còn chờ", [*result.awaited]),
        "missing.total": ("chưa có số liệu mà tổng số cũng chưa biết", unknown),
        "estimate.units": ("có số ước", _in_order(year, estimated)),
    }
    for role, (state, said) in _STATES.items():
        own = [c.unit for c in given if c.state is state and not (role == "exempt" and c.unit in missing)]
        whose[role] = (said, own)
    if result.fields:
        levelled = {c.unit for part in result.fields for c in part.contributions}
        without = [c.unit for c in given if c.unit not in levelled]
        whose["ungrouped"] = ("thuộc nhóm mà Kế hoạch không đặt mức", without)
    for unit, why in _why_missing(year, result):
        whose.setdefault(f"missing.{why}", (WHY_MISSING[why], []))[1].append(unit)
    for role, (said, own) in whose.items():
        yield name_json(f"{code}.{role}", title, f"số đơn vị {said}", own)
    for n, heading in enumerate(groups_of(units), 1):
        group = {unit["code"] for unit in units if unit["group"] == heading}
        of_group = [c for c in given if c.unit in group]
        used = {c.unit: c.tally for c in of_group if c.tally is not None and c.unit not in missing}
        whole = sum(used.values(), Tally())
        how = quotient(whole.numerator, whole.denominator, target.counted, result.line)
        if target.of_things:
            how = f"{format_count(whole.numerator)} {target.unit_of_count}, cộng số của {len(used)} đơn vị."
        covered = f"{len(used)}/{len(of_group)} đơn vị của nhóm có số liệu"
        left = [c.unit for c in of_group if c.unit not in used]
        what = f"của nhóm “{heading}”"
        yield name_json(f"{code}.sum{n}", title, what, used, how, covered=covered, left=left)


_STATES = {
    "none_arising": (State.NONE_ARISING, "không phát sinh"),
    "withheld": (State.WITHHELD, "không cung cấp số liệu theo quy định về bí mật nhà nước"),
    "exempt": (State.NOT_APPLICABLE, "không thuộc phạm vi áp dụng"),
}


def _why_missing(year: Year, result: Result) -> Iterator[tuple[str, str]]:
    """Each unit that owes a figure for a target, with why it has none."""
    for c in result.contributions:
        if c.unit in result.missing and c.tally is None:
            line = year.by_unit.get(c.unit)
            yield c.unit, why_missing(year.dataset, line, c.unit, c.state, left_out=c.left_out)


def groups_of(units: Iterable[Entry]) -> list[str]:
    """The headings of the kinds of units, in the order that ``T10.sum1`` and its like number them by."""
    return list(dict.fromkeys(unit["group"] for unit in units))


# ------------------------------------------------------------------------- of what is open, decided, exempted


def _of_findings(year: Year, units: Sequence[Entry]) -> Iterator[dict[str, Any]]:
    dataset = year.dataset
    errors = [f for f in year.findings if f.severity is Severity.ERROR]
    open_errors = [f for f in errors if f.is_open]
    about = [f for f in year.findings if f.unit and not dataset.is_beside(f) and f.is_open]
    used = {unit["file"] for unit in units}
    listed = [f for f in open_errors if not f.at or not f.at.file or f.at.file in used]
    barred, warnings = ([f for f in about if f.severity is s] for s in (Severity.ERROR, Severity.WARNING))
    out = [f for f in errors if f.unit and f.state is FindingState.LEFT_OUT]
    review, page, decided = "Rà soát số liệu", "Trang tình hình", "Quyết định"
    for name, title, what, found in (
        ("findings.barred", review, "số nội dung chưa sử dụng được", barred),
        ("findings.unconfirmed", review, "số nội dung đã tạm sử dụng, chờ xác nhận", warnings),
        ("findings.accepted", review, "số nội dung được chấp nhận có lý do", accepted(year)),
        ("findings.left_out", review, "số nội dung để ngoài tổng hợp", out),
        ("page.faults", page, "số lỗi liệt kê ở cuối trang, trừ lỗi của tệp không dùng được", listed),
    ):
        yield name_json(name, title, what, map(finding_id, found))
    faulty = _in_order(year, {f.unit for f in listed})
    yield name_json("page.faulty", page, "số đơn vị có lỗi liệt kê ở cuối trang", faulty)
    # What each unit has open, and the targets of the period that it stands below or owes a figure to.
    open_warnings = (f for f in year.findings if f.is_open and f.severity is Severity.WARNING)
    of_unit = (
        ("errors", "số lỗi chưa xử lý", by_key((f.unit, finding_id(f)) for f in open_errors)),
        ("warnings", "số cảnh báo chưa xử lý", by_key((f.unit, finding_id(f)) for f in open_warnings)),
        ("below", "số chỉ tiêu dưới mức của Kế hoạch", by_key(_asked_and(year, below=True))),
        ("missing", "số chỉ tiêu chưa có số liệu", by_key(_asked_and(year, below=False))),
    )
    for unit in units:
        for role, what, whose in of_unit:
            code = unit["code"]
            yield name_json(f"units.{code}.{role}", unit["name"], what, whose.get(code, ()))
    put = [one for one in dataset.overrides if stands(dataset, one)]
    with_document, without = ([o for o in put if bool(o.document) is has] for has in (True, False))
    for name, more, own in (
        ("overrides", "", put),
        ("overrides.documented", ", có văn bản", with_document),
        ("overrides.undocumented", ", không có văn bản làm căn cứ", without),
    ):
        codes = (f"{one.item}.{one.field}.{one.part}/{one.unit}" for one in own)
        yield name_json(name, decided, f"số số liệu đã đính chính{more}", codes)
    asked = (
        f"{result.item}/{unit}"
        for result in year.summary.results
        for unit, why in _why_missing(year, result)
        if why == "exemption_open"
    )
    what = "số nội dung đơn vị đề nghị không áp dụng, chờ quyết định"
    yield name_json("exemptions", decided, what, asked)


def _asked_and(year: Year, *, below: bool) -> Iterator[tuple[str, str]]:
    """Each unit with the targets that it answers itself, and is ``below`` in, or owes a figure to."""
    targets = year.profile.plan.targets_by_code
    for result in year.summary.results:
        target = targets[result.item]
        if target.authority or target.same_as or result.verdict is Verdict.NOT_DUE:
            continue
        by_group = any(isinstance(p, TargetGroup) for p in target_parts(year.profile, target, year.period))
        by_field = result.fields and not target.joint and not by_group
        if below and (by_field or result.verdict is Verdict.PROGRESS):
            continue
        for unit in below_target(result) if below else result.missing:
            yield unit, f"{result.item}/{unit}"


# ------------------------------------------------------------------------------------------ of figures, tasks


TASK_STATES = {
    TaskState.DONE: "đã thực hiện",
    TaskState.ONGOING: "đang thực hiện",
    TaskState.NOT_DONE: "chưa thực hiện",
    TaskState.UNKNOWN: "chưa có thông tin",
}


def _of_block(about: str, title: str, statuses: Sequence[TaskStatus]) -> Iterator[dict[str, Any]]:
    known = [s for s in statuses if s.state is not TaskState.UNKNOWN]
    done = [s for s in statuses if s.state is TaskState.DONE]
    how = quotient(len(done), len(known), "lượt nhiệm vụ")
    units = dict.fromkeys(status.unit for status in known)
    yield name_json(f"{about}.units", title, "số đơn vị có thông tin", units)
    for role, what, counted in (
        ("bodies", "số cơ quan, đơn vị được giao", statuses),
        ("known", "số lượt nhiệm vụ có thông tin", known),
        ("percent", "phần đã thực hiện", done),
        *(
            (state.value, f"số lượt nhiệm vụ {said}", [s for s in statuses if s.state is state])
            for state, said in TASK_STATES.items()
        ),
    ):
        pairs = (f"{status.item}/{status.unit}" for status in counted)
        yield name_json(f"{about}.{role}", title, what, pairs, how if role == "percent" else "")
