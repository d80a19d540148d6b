"""A return of a body that has ended is told where it belongs to now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvctt_report.files.cells import Cell, CellKind, Workbook
from dvctt_report.files.container import read_workbook
from dvctt_report.forms.layout import META_SHEET
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake.identity import identify
from dvctt_report.model import CellRef, Finding
from dvctt_report.model.period import Period
from tests.forms.fill import real

AT = CellRef("nhan-ve/a.xlsx")
ENDED = next(u for u in real().roster.units if u.valid_to is not None and "Ninh Phước" in u.name)


def book(period: Period) -> Workbook:
    """The form of an ended district, said to be of that period."""
    sheets = []
    for sheet in read_workbook(form_bytes(real(), ENDED, Period(2025))).sheets:
        cells = {place: _as_of(cell, period) for place, cell in sheet.cells.items()}
        sheets.append(replace(sheet, cells=cells))
    return replace(read_workbook(form_bytes(real(), ENDED, Period(2025))), sheets=tuple(sheets))


def _as_of(cell: Cell, period: Period) -> Cell:
    text = cell.raw.replace("2025", str(period))
    return cell._replace(kind=CellKind.TEXT, value=text, raw=text) if text != cell.raw else cell


def with_unit(code: str) -> Workbook:
    """The form with the code of a unit that no roster has."""
    found = book(Period(2026))
    sheets = (
        replace(
            s,
            cells={
                p: c._replace(value=code, raw=code) if c.raw == ENDED.code else c for p, c in s.cells.items()
            },
        )
        for s in found.sheets
    )
    return replace(found, sheets=tuple(sheets))


def without_keys(found: Workbook) -> Workbook:
    return replace(found, sheets=tuple(s for s in found.sheets if s.name != META_SHEET))


def refused(found: Workbook, period: Period) -> Finding:
    refusal = identify(found, real(), period, AT).refusal
    assert refusal is not None
    return refusal


@pytest.mark.parametrize("with_keys", [True, False])
def test_a_form_of_an_ended_body_names_those_that_took_over(with_keys: bool) -> None:
    period = Period(2026)
    found = book(period) if with_keys else without_keys(book(period))
    refusal = refused(found, period)
    assert refusal.code == "NH04"
    assert "từ 01/07/2025 nay thuộc: " in refusal.message
    assert refusal.message.endswith("Xã Ninh Phước, Xã Phước Hậu, Xã Phước Hữu và Xã Phước Dinh")


def test_a_body_that_nobody_knows_is_not_explained() -> None:
    assert "nay thuộc" not in refused(with_unit("XYZ"), Period(2026)).message


def test_within_the_old_borders_nothing_is_said_of_the_new_ones() -> None:
    assert identify(book(Period(2025)), real(), Period(2025), AT).refusal is None
