"""An account of one figure: what it means, how it was computed, from which cells, and what stands outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dvctt_report.explain.manifest import Entry, Manifest
from dvctt_report.explain.units import (
    UnitAccount,
    decision_lines,
    document_text,
    figure_name,
    figure_unit,
    left_out_unit,
    other_findings,
    unit_account,
)
from dvctt_report.explain.verdict import (
    control_lines,
    coverage_text,
    field_lines,
    formula_lines,
    is_by_control,
    is_of_things,
    reliability_lines,
    verdict_text,
)
from dvctt_report.model.goals import read_goal
from dvctt_report.model.period import Period
from dvctt_report.report.unit_lists import shortly
from dvctt_report.text.file_names import format_file
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import format_count

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

    ``meaning`` are labels with texts; ``verdict`` is "" for a figure without a threshold. ``counted`` has
    the units that weigh most first, ``left_out`` those to be mended first. ``findings`` are those that bar
    no figure named here. ``control`` sets the figure of the system in charge beside the units' sum; where it
    is the one printed, what the units add is only held against it, as ``titles`` of the two lists say.
    ``places`` are those that print what was asked about.
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

    @property
    def lists(self) -> tuple[tuple[str, tuple[UnitAccount, ...]], ...]:
        """The two lists of units with their titles."""
        return (self.titles[0], self.counted), (self.titles[1], self.left_out)

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
        beside=() if unit else tuple(_beside(manifest, indicator, target)),
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


_INCOMPARABLE = {
    "province": "báo cáo của hai năm là của hai tỉnh",
    "geography": "địa bàn báo cáo của hai năm khác nhau",
    "no_figure": "một trong hai năm chưa có số liệu",
    "definition": "cách tính của hai năm khác nhau",
    "source": "hai năm dùng hai nguồn số liệu",
    "coverage": "số đơn vị có số liệu chưa đủ để so sánh",
}
_BELOW = {"yes_no": "trả lời chưa thực hiện", "milestone": "chưa hoàn thành, hoặc hoàn thành sau thời hạn"}


def _beside(manifest: Manifest, indicator: Entry, target: Entry) -> Iterator[str]:
    goal, each = read_goal(indicator), target.get("each")
    if target["below"]:
        what = f"có tỷ lệ {goal.outside}" if goal else "chưa đạt mức của nhóm"
        what = f"chưa đủ {format_count(each)} {target['unit_of_count']}" if each else what
        names = shortly([manifest.unit_name(u) for u in target["below"]])
        yield f"Đơn vị {_BELOW.get(target['measure'], what)}: {names}."
    if goal and (ahead := target["outlook"]):
        turn, needed = ("tăng", goal.number_text) if goal.rising else ("giảm", goal.text)
        yield (
            f"Đến năm {ahead['due']} cần {needed}: "
            f"còn {ahead['distance']} điểm phần trăm, bình quân mỗi năm cần {turn} {ahead['per_year']} điểm "
            f"trong {ahead['years']} năm."
        )
    if last := target.get("last_year"):
        then, points, things = Period.of_manifest(last).words, last["points"], is_of_things(target)
        if last["why"]:
            yield f"Không so với {then}: {_INCOMPARABLE[last['why']]}."
        else:
            turn = f"{'giảm' if points[0] == '-' else 'tăng'} {points.removeprefix('-')} "
            turn += target["unit_of_count"] if things else "điểm phần trăm"
            now = "" if things or last["now"] == indicator["percent"] else f", năm nay {last['now']}"
            yield f"So với {then} ({last['figure']}{now}): {'không đổi' if points == '0' else turn}."
    if estimate := target["estimate"]:
        yield (
            f"Ước cả năm của {len(estimate['cells'])} đơn vị có số ước: {format_count(estimate['value'])} "
            f"{target['unit_of_count']} (trong đó đến nay đã thực hiện "
            f"{format_count(estimate['so_far'])}); không tính vào kết quả."
        )
