"""Forms filled in as nobody would are read or refused, in time, with a reason."""

from __future__ import annotations

import pytest

from dvctt_report.intake.collect import read_return
from dvctt_report.model import ReturnStatus
from dvctt_report.model.period import Period
from tests.forms.fill import real
from tests.intake.fuzz import faults, hostile


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_no_form_is_borne_badly(first: int) -> None:
    assert [told for seed in range(first, first + 20) for told in faults(seed)] == []


@pytest.mark.parametrize("seed", [919263101], ids=["a table without any column of answers"])
def test_no_form_that_was_once_borne_badly_is(seed: int) -> None:
    assert faults(seed) == []


def test_the_forms_are_neither_all_read_nor_all_refused() -> None:
    found = {read_return("a.xlsx", hostile(seed), real(), Period(2025)).status for seed in range(60, 80)}

    assert found == {ReturnStatus.EFFECTIVE, ReturnStatus.REFUSED}
    assert hostile(1) == hostile(1)
