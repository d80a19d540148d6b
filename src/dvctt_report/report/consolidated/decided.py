"""What the officer decided, and what the systems in charge hold: each in a table of its own."""

from __future__ import annotations

from collections.abc import Iterator

from dvctt_report.corrections import format_cell, format_put
from dvctt_report.model import Acceptance, LeftOut, Override, Result, Tally
from dvctt_report.personal import shown
from dvctt_report.plan.model import Target
from dvctt_report.report.consolidated import formulas
from dvctt_report.report.consolidated.table import Cell, Live, SheetKind, SheetTable, columns
from dvctt_report.report.decided import stands
from dvctt_report.summary.controls import why
from dvctt_report.vietnamese import clean_text, first_letter_capital, whole_of
from dvctt_report.year import Year

_OF_DECISION = columns(
    ("Quyết định", 12),
    ("Đơn vị", 26),
    ("Mã", 16),
    ("Nội dung", 44),
    ("Đơn vị ghi", 18, "text", ""),
    ("Số được dùng", 18, "text", ""),
    ("Lý do", 34),
    ("Văn bản", 26),
    ("Người quyết định", 16),
    ("Ngày", 12, "date", ""),
)
_OF_CONTROL = columns(
    ("Mã", 7, "centre"),
    ("Nội dung", 44),
    ("Đơn vị", 22),
    ("Tổng số đơn vị", 13, "count", "own"),
    ("Đã thực hiện đơn vị", 13, "count", "own"),
    ("Tổng số đối chiếu", 13, "count", "pair.control"),
    ("Đã thực hiện đối chiếu", 13, "count", "pair.control"),
    ("Chênh lệch tổng số", 13, "count", "pair.difference"),
    ("Chênh lệch đã thực hiện", 13, "count", "pair.difference"),
    ("Nguồn", 30),
    ("Đến ngày", 12, "date", "pair.control"),
    ("Văn bản", 26),
    ("Số được in", 16),
    ("Lý do", 30),
    ("Người lưu", 12),
)
DECISIONS = SheetKind("QuyetDinh", "Đính chính, chấp nhận", _OF_DECISION, "decisions")
CONTROLS = SheetKind(formulas.CONTROLS, "Đối chiếu", _OF_CONTROL, "{Mã}", frozen=3)


def decisions_table(year: Year) -> SheetTable:
    """Return every decision about figures in force; what a unit only proposes is none."""
    title = f"Đính chính, chấp nhận số liệu {year.period.words}"
    return SheetTable(DECISIONS, title, tuple(_decisions(year)))


def _decisions(year: Year) -> Iterator[tuple[Cell, ...]]:
    dataset, names = year.dataset, year.profile.roster.short_names
    labels = {i.code: i.label for i in year.profile.plan.items}
    for put in dataset.overrides:
        taken = format_put(put) if stands(dataset, put) else "chưa được dùng"
        about = names.get(put.unit, put.unit), format_cell(put), labels.get(put.item, "")
        yield "đính chính", *about, shown(put.over), taken, *_why(put)
    for accepted in dataset.acceptances:
        if not accepted.proposed:
            name = names.get(accepted.unit, accepted.unit)
            yield "chấp nhận", name, accepted.finding, accepted.said, "", "", *_why(accepted)
    for one in year.left_out:
        name = names.get(one.unit, one.unit)
        yield "để ngoài", name, one.finding or one.item, one.said, "", "để ngoài tổng hợp", *_why(one)


def _why(decision: Override | Acceptance | LeftOut) -> tuple[Cell, ...]:
    return decision.reason, decision.document, decision.who, decision.when.date()


def controls_table(year: Year) -> SheetTable:
    """Return the figures of the systems in charge, for the province and its units, beside the units' own."""
    title = f"Đối chiếu với số liệu của cơ quan quản lý hệ thống {year.period.words}"
    return SheetTable(CONTROLS, title, tuple(_controls(year)))


def _controls(year: Year) -> Iterator[tuple[Cell, ...]]:
    results = {r.item: r for r in year.summary.results}
    names, whole = year.profile.roster.short_names, whole_of(year.profile.plan.province)
    for control in year.dataset.controls:
        result = results.get(control.item)
        target = year.profile.plan.items_by_code.get(control.item)
        if result is None or not isinstance(target, Target):
            continue
        own = _own(result, control.unit)
        printed = formulas.whose(year.profile, target, by_control=result.own_tally is not None)
        yield (
            control.item,
            target.label,
            names.get(control.unit, control.unit) or whole,
            Live(formulas.total_of(target, control.unit), own.denominator) if own else None,
            Live(formulas.done_of(target, control.unit), own.numerator) if own else None,
            control.total,
            control.done,
            _difference("tổng số", control.total, own.denominator if own else None),
            _difference("đã thực hiện", control.done, own.numerator if own else None),
            control.source,
            control.cut_off,
            control.document,
            "" if control.unit else printed,
            "" if control.unit else clean_text(why(target, control)),
            control.who,
        )


def _own(result: Result, unit: str) -> Tally | None:
    """The units' own sum, or that of ``unit``; None where nothing was given."""
    own: Tally | None = result.own_tally or result.tally
    if unit:
        own = next((c.tally for c in result.contributions if c.unit == unit), None)
    return own if own is not None and own.denominator > 0 else None


def _difference(what: str, control: int | None, own: int | None) -> Cell:
    """What lies between the two figures; empty where one of the two isn't known."""
    if control is None or own is None:
        return None
    name = first_letter_capital(what)
    return Live(f"=[@{name} đối chiếu]-[@{name} đơn vị]", control - own)
