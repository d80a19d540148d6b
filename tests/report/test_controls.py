"""Both figures are said wherever one of them is printed: in the sentence, the annex, the manifest."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from dvctt_report.consolidated import consolidated_bytes
from dvctt_report.model import Control, Printed
from dvctt_report.plan.phrases import Phrases
from dvctt_report.report.context import ReportContext, build_context
from dvctt_report.report.figures import collect_figures
from dvctt_report.report.manifest import build_manifest
from dvctt_report.report.tables import ControlRow
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.summary import summarise
from dvctt_report.year.year import Year


def held(of: Dataset, printed: Printed, total: int | None = 500, done: int | None = 480) -> Dataset:
    control = Control(
        "T1", "", total, done, "Hệ thống", date(2025, 10, 31), "Công văn số 9", printed, "đầy đủ hơn", "lan"
    )
    return Dataset.build(of.profile, of.period, of.returns, of.today, controls=(control,))


def said(of: Dataset, voice: Voice) -> ReportContext:
    return build_context(Telling(Year(of, ()), voice))


def test_the_figure_that_is_printed_names_its_source_and_the_sum_beside_it(
    dataset: Dataset, voice: Voice
) -> None:
    own = next(r for r in summarise(dataset, ()).results if r.item == "T1").tally
    found = said(held(dataset, Printed.CONTROL), voice)
    (text,) = (note for note in found.tail.annex_notes if note.startswith("- Số liệu đối chiếu"))
    assert "(1) theo số liệu của Hệ thống, đến ngày 31/10/2025 (Công văn số 9), đạt 96%" in text
    assert f"{own.numerator}/{own.denominator} người" in text
    assert "vì đầy đủ hơn (Phụ lục V)" in text
    row = found.body.target_rows[0]
    assert (row.total, row.done, row.rate, row.source) == ("500", "480", "96*", "Hệ thống")
    assert found.tail.controls == (
        ControlRow(
            "1",
            "Cán bộ được truyền thông",
            f"{own.numerator} / {own.denominator}",
            "480 / 500",
            f"+{480 - own.numerator} / +{500 - own.denominator}",
            "Hệ thống, đến ngày 31/10/2025 (Công văn số 9)",
            "Số đối chiếu. Đầy đủ hơn",
        ),
    )
    assert "“*”" in found.tail.legend


def test_the_figure_that_is_not_printed_is_said_all_the_same(dataset: Dataset, voice: Voice) -> None:
    before = said(dataset, voice)
    found = said(held(dataset, Printed.UNITS, done=None), voice)
    assert found.body.target_rows == before.body.target_rows
    assert found.body.targets == before.body.targets
    text = " ".join(found.tail.annex_notes)
    assert "Số liệu đối chiếu của Hệ thống" in text
    assert "tổng số 500 người" in text
    (row,) = found.tail.controls
    assert (row.control, row.difference[:3]) == ("... / 500", "...")
    assert row.printed == "Số của các đơn vị. Đầy đủ hơn"
    assert "“*”" not in found.tail.legend
    assert before.tail.controls == ()


def test_a_rate_beside_a_threshold_is_never_rounded_over_it(dataset: Dataset, voice: Voice) -> None:
    text = " ".join(said(held(dataset, Printed.UNITS, 2000, 1999), voice).tail.annex_notes)
    assert "1.999/2.000 người (99,95%)" in text


@pytest.mark.parametrize(("printed", "used"), [(Printed.CONTROL, False), (Printed.UNITS, True)])
def test_manifest_and_workbook_carry_both_figures(
    printed: Printed, used: bool, dataset: Dataset, phrases: Phrases
) -> None:
    of = held(dataset, printed)
    figures, moment = collect_figures(Year(of, ())), datetime(2025, 11, 20)
    manifest: dict[str, Any] = build_manifest(Year(of, ()), figures, (), moment)
    (found,) = [i for i in manifest["indicators"] if i["code"] == "T1"]
    assert found["control"]["printed"] is not used
    assert (found["control"]["numerator"], found["control"]["document"]) == (480, "Công văn số 9")
    assert (found["numerator"] == found["own"]["numerator"]) is used
    assert any(c["used"] for c in found["cells"]) is used
    assert all("control" not in i for i in manifest["indicators"] if i["code"] != "T1")
    book = openpyxl.load_workbook(BytesIO(consolidated_bytes(Year(of, ()), phrases, ())), data_only=True)
    _, row = book["Đối chiếu"].iter_rows(values_only=True)
    own = found["own"]
    assert row[3:9] == (
        own["denominator"],
        own["numerator"],
        500,
        480,
        500 - own["denominator"],
        480 - own["numerator"],
    )
    assert row[12] == ("số của các đơn vị" if used else "số đối chiếu")
