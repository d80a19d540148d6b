"""What is counted beside the targets: activities, money, tasks, and who has sent."""

from __future__ import annotations

from typing import TypeAlias

from dvctt_report.consolidated import formulas
from dvctt_report.consolidated.answers import TICK
from dvctt_report.consolidated.table import Cell, Live, SheetKind, SheetTable, columns, quoted
from dvctt_report.consolidated.targets import AS_PRINTED, OTHER, SAME
from dvctt_report.model import TO_ENTER, TaskState
from dvctt_report.plan.fields import YES as ANSWERED_YES
from dvctt_report.plan.model import Listing
from dvctt_report.report import meanings
from dvctt_report.report.figures import Figure, collect_figures
from dvctt_report.year.summary.totals import ESTIMATE
from dvctt_report.year.year import Year

_OF_FIGURE = columns(
    ("Nhóm", 18),
    ("Mã", 14, "centre"),
    ("Nội dung", 50),
    ("Chỉ số", 30),
    ("Đơn vị tính", 11, "centre"),
    ("Cộng", 18, "count", ""),
    ("Số đơn vị", 10, "count", "units"),
    ("Trong báo cáo", 18, "count", ""),
    (AS_PRINTED, 9, "centre"),
    ("Mã con số", 24),
)
FIGURES = SheetKind("HoatDong", "Hoạt động, kinh phí", _OF_FIGURE, "{Mã con số}", frozen=4)
_OF_TASK = columns(
    ("Mã", 9, "centre"),
    ("Nhiệm vụ", 70),
    ("Số đơn vị", 10, "count", "bodies"),
    ("Đã thực hiện", 10, "count", "done"),
    ("Đang thực hiện", 10, "count", "ongoing"),
    ("Chưa thực hiện", 10, "count", "not_done"),
    ("Chưa rõ", 10, "count", "unknown"),
)
TASKS = SheetKind("NhiemVu", "Nhiệm vụ", _OF_TASK, "{Mã}")
_OF_BODY = columns(
    ("Mã", 9, "centre"),
    ("Nhiệm vụ", 60),
    ("Mã đơn vị", 11, "centre"),
    ("Đơn vị", 36),
    ("Tình trạng", 18),
    ("Căn cứ", 40),
)
_BODIES = SheetKind("NhiemVuDonVi", "Nhiệm vụ theo đơn vị", _OF_BODY, frozen=4)
_OF_RETURN = columns(
    ("STT", 6, "count"),
    ("Mã đơn vị", 11, "centre"),
    ("Đơn vị", 46),
    ("Số, ký hiệu văn bản", 20, "text", "document"),
    ("Ngày gửi", 12, "date", "sent_on"),
    ("Ngày đến", 12, "date", "arrived_on"),
    ("Chỉnh lý ngày", 12, "date", "mended_on"),
    ("Tình trạng", 22),
    ("Số ngày muộn", 9, "count", "days_late"),
    ("Đang chỉnh lý", 9, "centre"),
)
RETURNS = SheetKind("TinhHinhGui", "Tình hình gửi", _OF_RETURN, "returns.{Mã đơn vị}", frozen=3)
_Names: TypeAlias = tuple[str, str, str, str]
"""Group, code, content, field of a figure."""
TASK_STATES = {**meanings.TASK_STATES, TaskState.UNKNOWN: "chưa rõ"}
RETURN_STATES = {
    "on_time": "đúng hạn",
    "late": "sau thời hạn",
    "undated": "đã gửi, không ghi ngày",
    "paper": "chỉ gửi bản giấy",
    "to_enter": TO_ENTER,
    "unusable": "chưa dùng được",
    "missing": "chưa gửi",
}


def figures_table(year: Year) -> SheetTable:
    """Return the documents, topics, channels, money, surveys, estimates, each by formula over the answers."""
    plan, figures, rows = year.profile.plan, collect_figures(year), []
    if lists := [item for item in plan.items if isinstance(item, Listing)]:
        names = "Văn bản", ", ".join(i.code for i in lists), "Văn bản triển khai", "Số văn bản"
        lines = "+".join(formulas.counted(i.code, i.columns[0].code) for i in lists)
        rows.append(_row(names, figures.directives, lines, None))
    for topic, figure in figures.topics:
        ticks = formulas.counted(topic.code, figure.id.rpartition(".")[2], value=TICK)
        rows.append(_row(("Nội dung", topic.code, topic.label, "Đã thực hiện"), figure, ticks, ticks))
    by_group = (("Hình thức", figures.channels), ("Kinh phí", figures.funding), ("Hài lòng", figures.surveys))
    for item, spec, figure, group in ((*one, group) for group, measured in by_group for one in measured):
        names = group, item.code, item.label, spec.label
        if spec.kind in ("count", "money"):
            rows.append(_row(names, figure, *formulas.summed_or_empty(item.code, spec.code)))
        else:
            value = TICK if spec.kind == "tick" else ANSWERED_YES
            told = formulas.counted(item.code, spec.code, value=value)
            rows.append(_row(names, figure, told, told))
    for estimate in year.summary.estimates:
        target = plan.targets_by_code[estimate.item]
        id, cells = f"{estimate.item}.estimate", estimate.observations
        names = "Ước cả năm", target.code, target.label, "Ước thực hiện cả năm"
        figure = Figure(id, estimate.value, target.unit_of_count, cells)
        rows.append(_row(names, figure, *formulas.summed_or_empty(target.code, ESTIMATE)))
    title = f"Hoạt động {plan.activity}, kinh phí {year.period.words}"
    return SheetTable(FIGURES, title, tuple(rows))


def _row(names: _Names, figure: Figure, formula: str, units: str | None) -> tuple[Cell, ...]:
    """Lay out a figure; empty, not 0, where no unit gave a number or nobody has told.

    ``units`` is the formula of how many units stand behind it, None: not by formula.
    """
    is_sum = formula.startswith("IF(")  # which says itself that nobody gave a number
    return (
        *names,
        figure.unit_of_count,
        Live(f"={formula}", "" if figure.value is None else figure.value)
        if is_sum or figure.value is not None
        else "",
        figure.n_units if units is None else Live(f"={units}", figure.n_units),
        figure.value,
        Live(f"=IF([@Cộng]=[@Trong báo cáo],{quoted(SAME)},{quoted(OTHER)})", SAME),
        figure.id,
    )


def tasks_tables(year: Year) -> tuple[SheetTable, SheetTable]:
    """Return the tasks with the bodies counted by how far they are, and the table of all bodies."""
    names, labels = year.profile.roster.short_names, {}
    by_unit: list[tuple[Cell, ...]] = []
    for s in year.summary.tasks:
        labels[s.item] = year.profile.plan.item(s.item).label
        of = ", ".join(f"{o.item}.{o.field}" for o in s.observations)
        by_unit.append((s.item, labels[s.item], s.unit, names[s.unit], TASK_STATES[s.state], of))
    counted: list[tuple[Cell, ...]] = []
    for code, label in labels.items():
        states = [s.state for s in year.summary.tasks if s.item == code]
        numbers = {"": len(states)} | {word: states.count(state) for state, word in TASK_STATES.items()}
        cells = (
            Live("=" + formulas.over(_BODIES.name, "", {"Mã": code, "Tình trạng": word}), n)
            for word, n in numbers.items()
        )
        counted.append((code, label, *cells))
    title = f"Thực hiện nhiệm vụ {year.period.words}"
    by_body = f"{title} theo từng đơn vị"
    return SheetTable(TASKS, title, tuple(counted)), SheetTable(_BODIES, by_body, tuple(by_unit))


def returns_table(year: Year) -> SheetTable:
    """Return what became of the return of every unit of the roster."""
    rows = tuple(
        (
            n,
            line.unit.code,
            line.unit.name,
            line.number,
            line.first.sent_on if line.first else line.sent_on,
            line.first.arrived_on if line.first and not line.at_least else None,
            line.mended_on,
            RETURN_STATES[line.status],
            None if line.at_least else line.days_late or None,
            "có" if line.correcting else "",
        )
        for n, line in enumerate(year.lines, 1)
    )
    return SheetTable(RETURNS, f"Tình hình gửi báo cáo {year.period.words}", rows)
