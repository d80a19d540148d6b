"""The official electronic identifiers of bodies: dated, several or none, never the key, asked where odd."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

import pytest

from dvctt_report.forms.plan_book.codecs import IDENTIFIERS
from dvctt_report.plan.model import Profile, Roster
from tests.forms.fill import real

Said: TypeAlias = dict[str, object]
H43: Said = {"code": "H43", "valid_to": date(2025, 6, 30)}
H32: Said = {"code": "H32", "valid_from": date(2025, 7, 1)}
OLD: Said = {"code": "000.00.01.H32"}


def roster_with(**of: tuple[Mapping[str, object], ...]) -> Roster:
    """The shipped roster with identifiers of the units named."""
    said = real().roster.model_dump()
    for unit in said["units"]:
        unit["identifiers"] = of.get(unit["code"], ())
    return Roster.model_validate(said)


def test_several_hold_at_a_time_each_on_its_days() -> None:
    unit = roster_with(VPUB=(H43, H32, OLD)).unit("VPUB")
    assert unit.identified(date(2025, 6, 30)) == "H43; 000.00.01.H32"
    assert unit.identified(date(2025, 7, 1)) == "H32; 000.00.01.H32"
    assert real().roster.unit("VPUB").identified(date(2025, 7, 1)) == ""


@pytest.mark.parametrize("code", ["H32", "G06", "H01.151", "000.00.01.H29", "000.12.34.H32", "H32.1.2"])
def test_both_ways_of_writing_are_usual(code: str) -> None:
    assert roster_with(VPUB=({"code": code},)).odd_identifiers == ()


@pytest.mark.parametrize("code", ["32", "H3", "h32", "H32-1", "SKHCN", "000.00.01", "H32."])
def test_any_other_is_asked_about_and_kept(code: str) -> None:
    roster = roster_with(VPUB=({"code": code},))
    (asked,) = roster.odd_identifiers
    assert code in asked
    assert roster.unit("VPUB").identified(date(2025, 7, 1)) == code


def test_one_that_two_bodies_have_is_asked_about() -> None:
    (asked,) = roster_with(VPUB=(H32,), SNV=(H32,)).odd_identifiers
    assert "H32" in asked
    assert "ghi cho cả" in asked
    assert roster_with(VPUB=(H43,), SNV=(H43,)).odd_identifiers == ()
    assert real().roster.odd_identifiers == ()


def test_no_form_depends_on_them() -> None:
    known = Profile(plan=real().plan, roster=roster_with(VPUB=(H43, H32)))
    assert known.edition == real().edition


def test_a_cell_says_them_a_line_each() -> None:
    cell = IDENTIFIERS.to_cell([H43, H32, OLD])
    assert cell == "H43 đến 30/06/2025\nH32 từ 01/07/2025\n000.00.01.H32"
    assert IDENTIFIERS.from_cell(cell) == [H43, H32, OLD]
    with pytest.raises(ValueError, match="ghi mã"):
        IDENTIFIERS.from_cell("H32 từ hôm qua")
