"""What the page shows: finished strings and positions, all of them from what the report itself says.

No verdict, rate or count of units is worked out here: they are the views and rows that the report prints.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from itertools import groupby
from types import MappingProxyType
from typing import Generic, TypeAlias, TypeVar

from dvctt_report.forms.form import format_sheet
from dvctt_report.model import TO_ENTER, Grade, ReturnStatus, Severity, Verdict, finding_id
from dvctt_report.plan.model import Unit
from dvctt_report.report import tables
from dvctt_report.report.about import UNKNOWN_UNIT, shorten
from dvctt_report.report.charts import gap_rows
from dvctt_report.report.citing import moment
from dvctt_report.report.findings_table import COLUMNS, finding_rows
from dvctt_report.report.marks import CELL
from dvctt_report.report.narrative import results_line, returns_text
from dvctt_report.report.targets import TargetView, contributing_units
from dvctt_report.report.telling import Telling
from dvctt_report.report.unit_tables import cells_of, sign_of
from dvctt_report.report.ways import BESIDE, about_beside
from dvctt_report.report.wording import Voice, for_print, join_terms
from dvctt_report.text.file_names import format_file
from dvctt_report.text.vietnamese import (
    first_letter_capital,
    format_count,
    format_days_left,
    format_last_day,
    format_percent,
    sentence,
    whole_of,
)
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.summary import below_target
from dvctt_report.year.summary.returns import ReturnLine
from dvctt_report.year.year import Year

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class PageGroup(Generic[Row]):
    heading: str
    rows: tuple[Row, ...]


Cells: TypeAlias = tuple[str, ...]
_LONGEST = 900
UNSAID = "..."


def refused_rows(dataset: Dataset, rows: Mapping[str, str]) -> tuple[Cells, ...]:
    """The refused files of the year in the order received: whose, which file, why, what to do."""
    names = dataset.profile.roster.short_names
    refused = []
    for received in dataset.returns:
        if received.status is ReturnStatus.REFUSED:
            said = [f for f in received.findings if f.is_open]
            why = " ".join(_as_sentence(f.message) for f in said)
            remedy = " ".join(_as_sentence(f.fix) for f in said if f.fix)
            if not received.rejected and dataset.effective(received.unit) is not None:
                remedy = about_beside("loại: dvctt-report decide TỆP --reject")
            row = next((rows[name] for f in said if (name := finding_id(f)) in rows), "")
            told = f"Việc {row}. {remedy}".strip() if row else remedy
            unit = names.get(received.unit, UNKNOWN_UNIT)
            refused.append((unit, format_file(received.file), why, told or UNSAID))
    return tuple(refused)


def open_faults(year: Year, voice: Voice, rows: Mapping[str, str]) -> tuple[PageGroup[Cells], ...]:
    """The open errors by unit in roster order; those of files refused as a whole are not repeated.

    Of each: its place ("Biểu 01-A, ô G10"), what is asked there, what was written, why it is wrong, what to
    do, what the unit replied, and its row in the workbook of decisions, where that is known, with its name.
    """
    dataset = year.dataset
    codes = {unit.short_name: unit.code for unit in year.profile.roster.units}
    refused = {r.file for r in dataset.returns if r.status is ReturnStatus.REFUSED}
    errors = (f for f in year.findings if f.severity is Severity.ERROR and f.is_open)
    apart = (f for f in errors if f.at is None or f.at.file not in refused)
    columns = [header for header, _ in COLUMNS]
    faults = (dict(zip(columns, row, strict=True)) for row in finding_rows(dataset, apart))
    groups: list[PageGroup[Cells]] = []
    for unit, own in groupby(faults, key=lambda row: row["Đơn vị"]):
        cells: list[Cells] = []
        for row in own:
            name = row["Mã phát hiện"]
            asked, marked = rows.get(name, name), f"findings.{name}"
            cell = f"ô {row['Ô']}" if row["Ô"] else ""
            written, why, ask = row["Đã ghi"], _as_sentence(row["Vì sao"]), row["Đề nghị"]
            cells.append(
                (
                    ", ".join(filter(None, (row["Biểu"], cell))) or "Cả biểu",
                    row["Nội dung"] or UNSAID,
                    voice.mark_numbers(marked, written) or UNSAID,
                    voice.mark_numbers(marked, why),
                    voice.mark_numbers(marked, _as_sentence(ask)) if ask else UNSAID,
                    row["Đơn vị trả lời"] or UNSAID,
                    voice.mark(marked, name if asked == name else f"Việc {asked} · {name}"),
                )
            )
        n = voice.mark(f"page.faults.{codes.get(unit, '')}", format_count(len(cells)))
        groups.append(PageGroup(f"{unit}: {n} lỗi", tuple(cells)))
    return tuple(groups)


def _as_sentence(text: str) -> str:
    return sentence(first_letter_capital(shorten(text, _LONGEST)))


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
class GapBar:
    """One target: its result beside the plan's level, and a bar as long as the points that are lacking.

    verdict: the kind of verdict.
    lacking: the points: "còn 1,1", of what is too much "cao hơn 1,1"; "" where none are or it isn't judged.
    said: how many things these are: "thiếu 32 hồ sơ"; else the verdict in words.
    width: per cent of the longest bar; None where there is none.
    unsure: what is still missing may turn the verdict.
    """

    name: str
    verdict: str
    figure: str
    lacking: str
    said: str
    width: float | None
    unsure: bool


@dataclass(frozen=True, slots=True)
class PageUnit:
    """One unit: its row of the report's table, what is open, whom to call; ``order``, ``day`` for sorting."""

    row: tables.ReturnRow
    status: str
    order: int
    day: str
    errors: str
    warnings: str
    contact: str


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


STATES = {
    "met": "Đạt mức Kế hoạch",
    "below": "Chưa đạt mức",
    "given": "Có số liệu; không xét mức của từng đơn vị",
    "none": "Chưa có số liệu (...)",
    "apart": "Không phát sinh (-), không áp dụng (x)",
}
"""How a cell is drawn, and what that means, in the order of the legend."""
_WITHOUT_FIGURE = {"not_available": "none", "none_arising": "apart", "not_applicable": "apart"}
MOST_UNITS = 400
"""Rows above which a browser is slow to sort; the consolidated workbook has them all."""
MANY = 40
"""Rows above which they are printed smaller, so that 82 communes fit on a page."""


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A target: its number in the table of targets, its name, its level ("" where it has none)."""

    number: str
    name: str
    goal: str


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What stands in a cell, which of ``STATES`` it is in, and what it is sorted by ("" behind all)."""

    text: str
    state: str
    order: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A unit: how it has sent, how many levels it has not reached, how many figures it owes."""

    name: str
    status: str
    n_below: str
    n_missing: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The units by heading, the result of the ``whole`` below them; ``states`` are those that occur.

    ``judged``: some level is one that each unit has to reach by the end of the period.
    """

    columns: tuple[MatrixColumn, ...]
    groups: tuple[PageGroup[MatrixRow], ...]
    whole: str
    total: tuple[MatrixCell, ...]
    states: tuple[tuple[str, str], ...]
    many: bool
    judged: bool

    @property
    def n_columns(self) -> int:
        return len(self.columns) + 2 + self.judged


@dataclass(frozen=True, slots=True)
class YearPage:
    """The whole page. ``sent`` is the report's own sentence; counts are printed as they are.

    absent: who has sent nothing, by kind: heading and names.
    unsure: how a verdict is called that what is missing may turn.
    mark: that of figures which rest on a decision, "" where there is none.
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
    absent: tuple[tuple[str, str], ...]
    judged: str
    verdict_heading: str
    targets: tuple[PageGroup[TargetLine], ...]
    gaps: tuple[GapBar, ...]
    verdicts: tuple[tuple[str, str], ...]
    unsure: str
    matrix: Matrix | None
    units: tuple[PageGroup[PageUnit], ...]
    refused: tuple[Cells, ...]
    faults: tuple[PageGroup[Cells], ...]
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
    lines, views, dataset = year.lines, told.views, year.dataset
    plan, period = year.profile.plan, year.period
    by_code = {view.target.code: view for _, view in tables.numbered(views)}
    targets = tuple(
        PageGroup(group.heading, tuple(_target_line(row, by_code[row.code]) for row in group.rows))
        for group in tables.target_groups(views, named)
    )
    missing = (line.unit for line in lines if line.status == "missing")
    owing = groupby(missing, key=partial(tables.heading_of, dataset))
    mark, faults, gaps = named.say("decided.mark"), open_faults(year, named, rows), _gaps(told)
    due = plan.deadline
    last_day = due.last_day(period)
    has_beside = any(True for _ in dataset.open_beside(year.findings))
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
        absent=tuple((kind, join_terms(unit.short_name for unit in units)) for kind, units in owing),
        judged=results_line(views, named, str(period.year)),
        verdict_heading=tables.verdict_heading(period, named),
        targets=targets,
        gaps=gaps,
        verdicts=tuple(
            (one.value, named.say(f"verdict.{one.value}"))
            for one in Verdict
            if any(bar.verdict == one.value for bar in gaps)
        ),
        unsure=named.say("verdict.unsure"),
        matrix=lay_out_matrix(told),
        units=_units(told),
        refused=refused_rows(dataset, rows),
        faults=faults,
        n_faults=named.mark("page.faults", format_count(sum(len(unit.rows) for unit in faults))),
        n_faulty=named.mark("page.faulty", format_count(len(faults))),
        but_beside=f", trừ lỗi ở {BESIDE} (mục 5)" if has_beside else "",
        legend=named.say("annex.legend"),
        mark=mark if any(mark in line.row.rate for group in targets for line in group.rows) else "",
    )
    return for_print(page)


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


def _gaps(told: Telling) -> tuple[GapBar, ...]:
    """Draw the year's rates, what lacks most people or dossiers first; the longest gap is the whole width."""
    voice = told.voice
    rows = sorted(gap_rows(told.views, voice), key=lambda row: -row.view.result.short if row.gap else 0)
    longest = max((row.gap for row in rows if row.gap), default=Decimal(1))
    bars = []
    for row in rows:
        view = row.view
        rate = view.mark("percent", view.rate) or voice.say("sign.not_available")
        lacking, said, width = "", view.verdict, None
        if row.gap:
            lacking = f"{'cao hơn' if view.result.falling else 'còn'} {view.mark('distance', row.label)}"
            said = f"{view.known_goal.lacking} {view.mark('short', view.short)}"
            said += f", {voice.say('verdict.unsure')}" if view.unsure else ""
            width = round(float(100 * row.gap / longest), 1)
        figure = f"{rate} (KH {view.goal_cell})" if view.goal_cell else rate
        verdict, name = view.result.verdict.value, f"{row.number}. {view.row_name}"
        bars.append(GapBar(name, verdict, figure, lacking, said, width, view.unsure))
    return tuple(bars)


def _target_line(row: tables.TargetRow, view: TargetView) -> TargetLine:
    given = contributing_units(view)
    sources = []  # each unit with its cells and what stands in them: "Biểu 01-A: F12 = 214, G12 = 197"
    for unit, contribution in given:
        by_sheet: dict[str, list[str]] = {}
        for seen in contribution.observations if contribution.tally is not None else ():
            if seen.at is not None and seen.at.cell and isinstance(seen.value, int | str):
                value = format_count(seen.value) if type(seen.value) is int else str(seen.value)
                value = view.voice.mark(f"{CELL}.{seen.item}.{seen.field}.{seen.unit}", value)
                by_sheet.setdefault(format_sheet(seen.at.sheet), []).append(f"{seen.at.cell} = {value}")
        if by_sheet:
            places = "; ".join(f"{sheet}: {', '.join(cells)}" for sheet, cells in by_sheet.items())
            is_corrected = any(seen.override for seen in contribution.observations)
            mark = f" {view.voice.say('decided.mark')}" if is_corrected else ""
            sources.append(f"{unit.short_name}: {places}{mark}")
    missing = tuple(unit.short_name for unit, c in given if unit.code in view.result.missing)
    more = len(sources) - MOST_SOURCES
    # Say what the result may still become once all have answered, where that isn't settled
    said, low, high = [], view.result.bounds.low, view.result.bounds.high
    if low is not None and high is not None and view.result.grade is not Grade.CERTAIN and 0 < high - low < 1:
        ends = (("low", low), ("high", high))
        told = (view.mark(role, format_percent(share, view.result.line)) for role, share in ends)
        said.append("khi đủ số liệu: từ {} đến {}".format(*told))
    if view.turned_by:
        said.append(f"chỉ đổi khi {view.turned_by}")
    if view.is_open_count and not (view.result.falling or view.by_field):
        said.append(f"còn thiếu {view.mark('short', view.short)}")
    return TargetLine(
        row,
        view.result.verdict.value,
        "; ".join(said),
        tuple(sources[:MOST_SOURCES]),
        view.voice.mark(f"{row.code}.others", format_count(more)) if more > 0 else "",
        missing[:MOST_SOURCES],
    )


def _units(told: Telling) -> tuple[PageGroup[PageUnit], ...]:
    """Lay what is open against each unit beside its row of the report's table."""
    counted = Counter((f.unit, f.severity) for f in told.year.findings if f.is_open)
    voice, by_line, groups = told.voice, iter(told.year.lines), []
    for group in tables.return_groups(told.year, voice):
        units = []
        for row, line in zip(group.rows, by_line, strict=False):
            sent_on = line.first.sent_on if line.first else line.sent_on
            n_open = []
            for severity, role in ((Severity.ERROR, "errors"), (Severity.WARNING, "warnings")):
                n = counted[line.unit.code, severity]
                text = voice.mark(f"units.{line.unit.code}.{role}", format_count(n))
                # A unit that has sent nothing has nothing to be faulty
                n_open.append(text if n or line.status != "missing" else voice.say("sign.not_applicable"))
            contact = told.year.dataset.contact(line.unit) or voice.say("sign.not_available")
            order, day = [*STATUSES].index(line.status), f"{sent_on:%Y%m%d}" if sent_on else ""
            units.append(PageUnit(row, line.status, order, day, n_open[0], n_open[1], contact))
        groups.append(PageGroup(group.heading, tuple(units)))
    return tuple(groups)


# ------------- units × targets: what each unit answered, and where it stands to the level


def lay_out_matrix(told: Telling) -> Matrix | None:
    """Lay out the year's targets that units answer; None where nothing is asked, or of too many units."""
    dataset, views, lines, voice = told.year.dataset, told.views, told.year.lines, told.voice
    due = [view for view in views if view.is_due]
    numbered = zip(tables.numbers([view.target for view in due]), due, strict=True)
    asked = [(n, view) for n, view in numbered if not view.authority and not view.target.same_as]
    if not asked or len(lines) > MOST_UNITS:
        return None
    columns: list[tuple[TargetView, Collection[str] | None]] = []
    for _, view in asked:  # each with the units below its level; None where no unit has one to reach
        levelled = (view.result.goal is not None and not view.by_field) or view.by_group
        judged = levelled and view.result.verdict is not Verdict.PROGRESS
        columns.append((view, frozenset(below_target(view.result)) if judged else None))
    groups = []
    for heading, members in groupby(lines, key=lambda line: tables.heading_of(dataset, line.unit)):
        rows = []
        for line in members:
            cells = tuple(_cell(view, below, line.unit, voice) for view, below in columns)
            states, name = [cell.state for cell in cells], f"units.{line.unit.code}"
            n_below = voice.mark(f"{name}.below", format_count(states.count("below")))
            if {"below", "met"}.isdisjoint(states):
                n_below = voice.say("sign.not_available")
            n_missing = voice.mark(f"{name}.missing", format_count(states.count("none")))
            rows.append(MatrixRow(line.unit.short_name, line.status, n_below, n_missing, cells))
        groups.append(PageGroup(heading, tuple(rows)))
    there = {cell.state for group in groups for row in group.rows for cell in row.cells}
    return Matrix(
        tuple(MatrixColumn(n, view.row_name, view.goal_cell) for n, view in asked),
        tuple(groups),
        whole_of(dataset.profile.plan.province),
        tuple(MatrixCell(view.rate_cell, view.result.verdict.value, "") for _, view in asked),
        tuple((state, words) for state, words in STATES.items() if state in there),
        len(lines) > MANY,
        any(below is not None for _, below in columns),
    )


def _cell(view: TargetView, below: Collection[str] | None, unit: Unit, voice: Voice) -> MatrixCell:
    text = cells_of(view, unit, voice)[-1]
    given = view.contributions.get(unit.code)
    tally = given.tally if given is not None and unit.code not in view.result.missing else None
    if tally is not None and view.target.of_things:
        return MatrixCell(text, "given", f"{tally.numerator:012}")
    if tally is None or not tally.denominator:
        return MatrixCell(text, _WITHOUT_FIGURE[sign_of(view, unit)], "")
    state = "given" if below is None else "below" if unit.code in below else "met"
    return MatrixCell(text, state, f"{float(tally.numerator / tally.denominator):.6f}")
