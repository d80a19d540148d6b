"""The form's line and the check ask for the same: what the one counts as open the other reports."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import openpyxl

from dvctt_report.forms.form import COVER
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake.collect import read_return
from dvctt_report.model import Key
from dvctt_report.plan.fields import required_fields
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import check
from tests.forms.fill import ONE_OF_EACH_GROUP, cells, real
from tests.forms.test_writer import complete

BLANK = ("SL01", "SL03", "SL04")


def left_out(code: str) -> Iterator[tuple[str, dict[Key, Answer]]]:
    """Complete answers of a unit, each time without those of one item."""
    answers = complete(code)
    for item in dict.fromkeys(k.item for k in cells(real().roster.unit(code), ONE_OF_EACH_GROUP[code])):
        if item != COVER:
            yield item, {k: v for k, v in answers.items() if k.item != item}


def test_the_line_counts_what_is_asked_and_nothing_else() -> None:
    code, n_open = "SYT", 0
    period = ONE_OF_EACH_GROUP[code]
    for item, answers in left_out(code):
        data = form_bytes(real(), real().roster.unit(code), period, answers)
        line = openpyxl.load_workbook(io.BytesIO(data), True, data_only=True).worksheets[0]["C4"].value
        read = read_return("a.xlsx", data, real(), period)
        dataset = Dataset.build(real(), period, [read], date(period.year, 11, 20))
        asked = [f for f in check(dataset) if f.code in BLANK]
        assert line.startswith("Còn") == bool(asked), (item, line)
        n_open += bool(asked)
    assert 5 < n_open < len([*left_out(code)])


def test_a_survey_that_no_target_is_summed_from_may_be_left_blank() -> None:
    asked = tuple(real().asked(real().roster.unit("SYT")))
    required = {item.code: required_fields(item, asked) for item in asked}
    assert required["KS.HT.chung"] == ("issued", "returned", "valid", "satisfied")
    assert [code for code in required if code.startswith("KS.") and not required[code]]
