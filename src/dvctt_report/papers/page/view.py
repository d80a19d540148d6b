"""What the page shows: finished strings and positions, all of them from what the report itself says.

No verdict, rate or count of units is worked out here: they are the views and rows that the report prints.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType

from dvctt_report.forms.form import format_sheet
from dvctt_report.model import TO_ENTER, Contribution, Observation, Severity, Verdict
from dvctt_report.papers.page.chart import GapBar, draw_gaps, possible_range
from dvctt_report.papers.page.faults import RefusedRow, UnitFaults, open_faults, refused_rows
from dvctt_report.papers.page.matrix import Matrix, lay_out_matrix
from dvctt_report.plan.model import Unit
from dvctt_report.report import tables
from dvctt_report.report.citing import moment
from dvctt_report.report.marks import CELL
from dvctt_report.report.narrative import results_line, returns_text
from dvctt_report.report.targets import TargetView, contributing_units
from dvctt_report.report.telling import Telling
from dvctt_report.report.ways import BESIDE
from dvctt_report.report.wording import Voice, for_print, join_terms
from dvctt_report.text.vietnamese import (
    first_letter_capital,
    format_count,
    format_days_left,
    format_last_day,
    format_percent,
)
from dvctt_report.year.summary.returns import ReturnLine
from dvctt_report.year.year import Year

STATUSES = {
    "on_time": "Đúng hạn",
    "late": "Sau thời hạn",
    "undated": "Không ghi ngày gửi",
    "paper": "Chỉ gửi bản giấy",
    "to_enter": first_letter_capital(TO_ENTER),
    "unusable": "Biểu chưa sử dụng được",
    "missing": "Chưa gửi",
}
"""What became of a unit's return, in the order of the bar."""
_SELDOM = ("undated", "to_enter")
"""What the bar names only where there is such a return."""
MOST_SOURCES = 100
"""Units whose cells the page shows of a target; the rest stand in the consolidated workbook."""
BAR = 1000
"""Width of the bar of progress in its own units."""


@dataclass(frozen=True, slots=True)
class BarPart:
    """One part of the bar of progress: where it begins, how wide it is, how many units it stands for."""

    status: str
    name: str
    n: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Absent:
    """The units of a kind that have sent nothing: under which heading, and their names."""

    heading: str
    names: str


@dataclass(frozen=True, slots=True)
class PageUnit:
    """One unit: its row of the report's table, what is open, whom to call; ``order``, ``day`` for sorting."""

    number: str
    name: str
    status: str
    status_text: str
    order: int
    sent_on: str
    day: str
    document: str
    errors: str
    warnings: str
    contact: str


@dataclass(frozen=True, slots=True)
class UnitGroup:
    heading: str
    rows: tuple[PageUnit, ...]


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A row of the report's table of targets, and what the result may still become ("" where settled).

    ``sources`` are the cells that the figures are added up from, a line a unit; ``n_more`` says how many
    units are not shown ("" for none); ``missing`` are the units without a figure.
    """

    row: tables.TargetRow
    verdict: str
    possible: str
    sources: tuple[str, ...] = ()
    n_more: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetLines:
    heading: str
    lines: tuple[TargetLine, ...]


@dataclass(frozen=True, slots=True)
class YearPage:
    """The whole page. ``sent`` is the report's own sentence; counts are printed as they are.

    ``mark`` is that of figures which rest on a decision, "" where there is none.
    """

    issuer: str
    period: str
    plan: str
    notice: tuple[str, ...]
    as_of: str
    deadline: str
    n_sent: str
    n_units: str
    sent: str
    correcting: str
    parts: tuple[BarPart, ...]
    absent: tuple[Absent, ...]
    judged: str
    verdict_heading: str
    targets: tuple[TargetLines, ...]
    gaps: tuple[GapBar, ...]
    verdicts: tuple[tuple[str, str], ...]
    matrix: Matrix | None
    units: tuple[UnitGroup, ...]
    refused: tuple[RefusedRow, ...]
    faults: tuple[UnitFaults, ...]
    n_faults: str
    n_faulty: str
    but_beside: str
    legend: str
    mark: str


def build_page(year: Year, voice: Voice, rows: Mapping[str, str] = MappingProxyType({})) -> YearPage:
    """Lay out the year's state as of ``voice.issuer.as_of``; every string is clean and NFC.

    ``rows``: the name of the row of each open finding in the workbook of decisions, by its own.
    Units are named whatever the report's setting: this is a working paper of the office itself.
    """
    issuer = replace(voice.issuer, naming="than_bai")
    named, nameless = (replace(voice, issuer=replace(issuer, naming=how)) for how in ("than_bai", "khong"))
    told = Telling(year, named)
    lines, views = year.lines, told.views
    plan, period = year.profile.plan, year.period
    targets, mark = _targets(told), named.say("decided.mark")
    faults = open_faults(year, named, rows)
    due = plan.deadline
    last_day = due.last_day(period)
    page = YearPage(
        issuer=issuer.name,
        period=period.words,
        plan=plan.short_title,
        notice=issuer.notice,
        as_of=moment(issuer.as_of),
        deadline=f"{due.quote}/{due.year(period)}; ngày cuối để gửi {format_last_day(last_day)} "
        f"({named.mark('page.days', format_days_left(last_day, issuer.as_of.date()))})",
        n_sent=named.mark("returns.received", format_count(sum(line.received for line in lines))),
        n_units=named.mark("returns.expected", format_count(len(lines))),
        sent=returns_text(year, nameless)[0],
        correcting=named.mark("returns.correcting", format_count(sum(line.correcting for line in lines))),
        parts=_parts(lines, named),
        absent=_absent(told),
        judged=results_line(views, named, str(period.year)),
        verdict_heading=tables.verdict_heading(period, named),
        targets=targets,
        gaps=(gaps := draw_gaps(views, named)),
        verdicts=_verdicts(gaps, named),
        matrix=lay_out_matrix(told),
        units=_units(told),
        refused=refused_rows(year.dataset, rows),
        faults=faults,
        n_faults=named.mark("page.faults", format_count(sum(len(unit.rows) for unit in faults))),
        n_faulty=named.mark("page.faulty", format_count(len(faults))),
        but_beside=_but_beside(told),
        legend=named.say("annex.legend"),
        mark=mark if any(mark in line.row.rate for group in targets for line in group.lines) else "",
    )
    return for_print(page)


def _verdicts(gaps: Sequence[GapBar], voice: Voice) -> tuple[tuple[str, str], ...]:
    """The verdicts that occur among the bars: kind and name."""
    found = {bar.verdict for bar in gaps}
    return tuple((one.value, voice.say(f"verdict.{one.value}")) for one in Verdict if one.value in found)


def _parts(lines: Sequence[ReturnLine], voice: Voice) -> tuple[BarPart, ...]:
    """Cut the bar by status: the parts lie edge to edge and fill it."""
    counted = Counter[str](line.status for line in lines)
    parts, before = [], 0
    for status, name in STATUSES.items():
        n = counted[status]
        x, end = (BAR * k // max(len(lines), 1) for k in (before, before + n))
        said = voice.mark(f"returns.{status}", format_count(n))
        parts.append(BarPart(status, name, said, x, end - x))
        before += n
    return tuple(p for p in parts if p.width or p.status not in _SELDOM)


def _absent(told: Telling) -> tuple[Absent, ...]:
    """Who has sent nothing, by kind, in the order of the roster."""
    owing = [line.unit for line in told.year.lines if line.status == "missing"]
    headed = groupby(owing, key=lambda unit: tables.heading_of(told.year.dataset, unit))
    return tuple(Absent(heading, join_terms(unit.short_name for unit in units)) for heading, units in headed)


def _targets(told: Telling) -> tuple[TargetLines, ...]:
    by_code = {view.target.code: view for _, view in tables.numbered(told.views)}
    return tuple(
        TargetLines(group.heading, tuple(_target_line(row, by_code[row.code]) for row in group.rows))
        for group in tables.target_groups(told.views, told.voice)
    )


def _target_line(row: tables.TargetRow, view: TargetView) -> TargetLine:
    given = contributing_units(view)
    known = ((unit, c) for unit, c in given if c.tally is not None)
    shown = [(unit, c) for unit, c in known if any(_is_shown(seen) for seen in c.observations)]
    sources = [_cells(unit, c, view) for unit, c in shown[:MOST_SOURCES]]
    missing = tuple(unit.short_name for unit, c in given if unit.code in view.result.missing)
    more = len(shown) - MOST_SOURCES
    return TargetLine(
        row,
        view.result.verdict.value,
        _possible(view),
        tuple(sources),
        view.voice.mark(f"{row.code}.others", format_count(more)) if more > 0 else "",
        missing[:MOST_SOURCES],
    )


def _cells(unit: Unit, given: Contribution, view: TargetView) -> str:
    """Name a unit with its cells and what stands in them: "Biểu 01-A: F12 = 214, G12 = 197"."""
    by_sheet: dict[str, list[str]] = {}
    for seen in given.observations:
        if seen.at is not None and _is_shown(seen):
            said = format_count(seen.value) if type(seen.value) is int else str(seen.value)
            said = view.voice.mark(f"{CELL}.{seen.item}.{seen.field}.{seen.unit}", said)
            by_sheet.setdefault(format_sheet(seen.at.sheet), []).append(f"{seen.at.cell} = {said}")
    places = "; ".join(f"{sheet}: {', '.join(cells)}" for sheet, cells in by_sheet.items())
    corrected = any(seen.override for seen in given.observations)
    mark = f" {view.voice.say('decided.mark')}" if corrected else ""
    return f"{unit.short_name}: {places}{mark}"


def _is_shown(seen: Observation) -> bool:
    """Whether a cell is one of which place and content can be shown."""
    return seen.at is not None and bool(seen.at.cell) and isinstance(seen.value, int | str)


def _possible(view: TargetView) -> str:
    """Say what the result may still become once all have answered, where that isn't settled."""
    said = [f"chỉ đổi khi {view.turned_by}"] if view.turned_by else []
    if view.is_open_count and not (view.falling or view.by_field):
        said.append(f"còn thiếu {view.mark('short', view.short)}")
    found = possible_range(view)
    if found is not None:
        low, high = (
            view.mark(role, format_percent(share, view.result.line))
            for role, share in zip(("low", "high"), found, strict=True)
        )
        said.insert(0, f"khi đủ số liệu: từ {low} đến {high}")
    return "; ".join(said)


def _but_beside(told: Telling) -> str:
    """Except from what is said of errors those that keep no figure out of the totals, where there are any."""
    beside = any(True for _ in told.year.dataset.open_beside(told.year.findings))
    return f", trừ lỗi ở {BESIDE} (mục 5)" if beside else ""


def _units(told: Telling) -> tuple[UnitGroup, ...]:
    """Lay what is open against each unit beside its row of the report's table."""
    counted = Counter((f.unit, f.severity) for f in told.year.findings if f.is_open)
    by_line = iter(told.year.lines)
    return tuple(
        UnitGroup(group.heading, tuple(_unit(told, row, next(by_line), counted) for row in group.rows))
        for group in tables.return_groups(told.year, told.voice)
    )


def _unit(
    told: Telling, row: tables.ReturnRow, line: ReturnLine, counted: Mapping[tuple[str, Severity], int]
) -> PageUnit:
    code, voice = line.unit.code, told.voice
    sent_on = line.first.sent_on if line.first else line.sent_on
    return PageUnit(
        row.number,
        row.unit,
        line.status,
        row.status,
        [*STATUSES].index(line.status),
        row.sent_on,
        f"{sent_on:%Y%m%d}" if sent_on else "",
        row.document,
        _count("errors", counted[code, Severity.ERROR], line, voice),
        _count("warnings", counted[code, Severity.WARNING], line, voice),
        told.year.dataset.contact(line.unit) or voice.say("sign.not_available"),
    )


def _count(role: str, n: int, line: ReturnLine, voice: Voice) -> str:
    """A count of what is open; a unit that has sent nothing has nothing to be faulty."""
    if not n and line.status == "missing":
        return voice.say("sign.not_applicable")
    return voice.mark(f"units.{line.unit.code}.{role}", format_count(n))
