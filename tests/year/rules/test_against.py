"""Of cells that contradict each other any may be the wrong one: none is used until that is answered."""

from __future__ import annotations

import pytest

from dvctt_report.model import FieldRef, Number, Severity
from dvctt_report.model.codes import RULES_BY_CODE
from dvctt_report.plan.model import Profile
from dvctt_report.year.rules import check
from dvctt_report.year.summary import summarise
from tests.year.rules.cases import firing
from tests.year.rules.tables import dataset, profile

TWO_CELLS = ("SL02", "HS01", "HS02", "HS03", "HS04", "HS05", "PK01", "QH02")
"""The errors that compare cells of one return."""


@pytest.mark.parametrize("code", TWO_CELLS)
def test_an_error_about_cells_that_contradict_each_other_keeps_each_of_them_out(code: str) -> None:
    of = firing(code)
    found = [f for f in check(of) if f.code == code]
    assert found
    for finding in found:
        there = {o.at: o for o in of.observations(finding.unit, finding.item)}
        there |= {o.at: o for r in of.returns for o in r.observations}
        compared = [there[at] for at in (finding.at, *finding.related)]
        assert {FieldRef(o.item, o.field) for o in compared} <= set(finding.figures)


def test_every_error_that_compares_cells_of_one_return_says_so_in_the_reference() -> None:
    told = {one.code for one in RULES_BY_CODE.values() if one.further and one.severity is Severity.ERROR}
    assert told == {*TWO_CELLS, "DV01"}


SATISFIED = """
    unit 8 | item | valid | satisfied
    A      | KS.C | 200   | {whole}
    B      | KS.C | 100   | 95
    unit 8 | item | total | done
    A      | T12  | 200   | {whole}
    B      | T12  | 100   | 95
    A      | T12a | 190   | 185
"""


def tallies(table: str, of: Profile | None = None) -> dict[str, tuple[Number, int]]:
    given = dataset(table, of)
    results = summarise(given, check(given)).results
    return {r.item: (r.tally.numerator, r.tally.denominator) for r in results}


def test_a_percentage_typed_for_the_whole_takes_the_whole_out_with_the_part() -> None:
    wrong = tallies(SATISFIED.format(whole=80))
    assert (wrong["T12"], wrong["T12a"]) == ((95, 100), (0, 0))
    right = tallies(SATISFIED.format(whole=186))
    assert (right["T12"], right["T12a"]) == ((281, 300), (185, 190))


def test_a_balance_that_does_not_hold_keeps_the_resolved_dossiers_out_of_their_target() -> None:
    table = """
        unit 8 | item | received_total | received_online | received_direct | carried_over | \
               resolved_total | resolved_early | resolved_on_time | resolved_late | pending_total
        A | HS.T | {received} | ~ | ~ | ~ | 100 | ~ | ~ | ~ | 15
        unit 8 | item | total | done
        A | T10 | 100 | 90
    """
    assert tallies(table.format(received=120), profile())["T10"] == (0, 0)
    assert tallies(table.format(received=115), profile())["T10"] == (90, 100)
