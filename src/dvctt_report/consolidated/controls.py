"""What the systems in charge hold, beside what the units gave."""

from __future__ import annotations

from collections.abc import Iterator

from dvctt_report.consolidated import formulas
from dvctt_report.consolidated.table import Cell, Live, SheetKind, SheetTable, columns
from dvctt_report.model import Number, Result, Tally
from dvctt_report.plan.model import Target
from dvctt_report.text.vietnamese import clean_text, first_letter_capital, whole_of
from dvctt_report.year.summary.controls import why
from dvctt_report.year.year import Year

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
CONTROLS = SheetKind(formulas.CONTROLS, "Đối chiếu", _OF_CONTROL, "{Mã}", frozen=3)


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


def _difference(what: str, control: int | None, own: Number | None) -> Cell:
    """What lies between the two figures; empty where one of the two isn't known."""
    if control is None or own is None:
        return None
    name = first_letter_capital(what)
    return Live(f"=[@{name} đối chiếu]-[@{name} đơn vị]", control - own)
