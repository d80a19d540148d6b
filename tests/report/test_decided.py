"""A figure that the officer has decided about is marked wherever it is printed, and explained in an annex."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from dvctt_report.consolidated import consolidated_bytes
from dvctt_report.intake.sheets import disagreement
from dvctt_report.model import (
    Acceptance,
    CellRef,
    Control,
    Finding,
    Override,
    Printed,
    Severity,
    State,
    finding_id,
)
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Plan, Profile, Roster
from dvctt_report.report.context import ReportContext
from dvctt_report.report.figures import collect_figures
from dvctt_report.report.manifest import lay_out, whole
from dvctt_report.report.tables import ControlRow
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice, strings
from dvctt_report.report.write import render_report
from dvctt_report.year.corrections import accept, correct
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import check
from dvctt_report.year.summary import summarise
from dvctt_report.year.year import Year
from tests.report.conftest import DATASET, ISSUER, ITEMS, PHRASES, PLAN, ROSTER, VOICE, amended, returned, say
from tests.shipped import BASE

NOW = datetime(2025, 11, 20, 8, 30)


def put(item: str, field: str, text: str, over: str, unit: str = "SO1") -> Override:
    return Override(unit, item, field, text, over, "gõ nhầm", "Công văn số 2", "lan", NOW)


def decided(of: Dataset, *overrides: Override) -> Dataset:
    returns, notes = correct(of.returns, overrides, of.profile)
    return Dataset(of.profile, of.period, returns, of.today, notes, overrides=overrides)


def marked(of: ReportContext) -> list[str]:
    return [text for text in strings(of) if text.endswith("*")]


def notes_of(said: ReportContext) -> str:
    return " ".join(said.tail.annex_notes)


def test_an_override_is_marked_in_tables_said_in_the_sentence_and_explained_in_the_annex() -> None:
    of = decided(DATASET, put("T1", "done", "190", "150"))
    said = say(of, VOICE)
    (row,) = said.tail.decided
    assert (row.number, row.own, row.used, row.reason) == ("1", "150", "190", "Gõ nhầm (Công văn số 2)")
    assert row.what == "Cán bộ được truyền thông (đã thực hiện)"
    assert "(1) Kết quả gồm số liệu đã đính chính" in notes_of(said)
    assert said.body.target_rows[0].rate.endswith("*")
    assert not said.body.target_rows[1].rate.endswith("*")
    unit_rows = [r for t in said.tail.unit_tables for r in t.rows if r.name == row.unit]
    assert any(c.endswith("*") for r in unit_rows for c in r.cells)
    assert "“*”: gồm số liệu đã đính chính" in said.tail.legend


def test_figures_put_in_for_one_reason_are_one_row_of_the_annex() -> None:
    slip = put("K.a", "spent", "45000000", "2.500.000")
    said = say(
        decided(DATASET, slip, put("H.a", "people", "12", "1.200"), put("T1", "done", "90", "100", "SO2")),
        VOICE,
    )
    first, second = said.tail.decided
    assert first.what == "(1) Ngân sách nhà nước (đã thực hiện)\n(2) Hội nghị (số lượt người)"
    assert (first.own, first.used) == ("(1) 2.500.000\n(2) 1.200", "(1) 45.000.000\n(2) 12")
    assert (first.number, second.number, second.own) == ("1", "2", "100")


@pytest.mark.parametrize(
    ("wrote", "put_there", "own"),
    [
        ("200", "200", "200; cộng các ô chi tiết được 242"),
        ("200", "242", "200; cộng các ô chi tiết được 242"),
        ("242", "250", "242; cộng các ô chi tiết được 242"),
    ],
)
def test_over_a_total_the_annex_says_what_the_unit_wrote_and_what_its_details_add_up_to(
    wrote: str, put_there: str, own: str
) -> None:
    items = [item | {"by_part": "parts"} if item["code"] == "T1" else item for item in ITEMS]
    units = [u | {"parts": ["Xã Một", "Xã Hai"]} if u["code"] == "H1" else u for u in ROSTER["units"]]
    of = Profile(
        plan=Plan.model_validate(PLAN | {"items": items}),
        roster=Roster.model_validate(ROSTER | {"units": units}),
    )
    sent = returned("H1", {("T1", "total"): int(wrote), ("T1", "done"): 100})
    total = sent.observations[0]
    parts = tuple(replace(total, value=n, part=p) for p, n in (("Xã Một", 200), ("Xã Hai", 42)))
    told = disagreement("DL13", total, replace(total, value=242), parts)
    sent = replace(sent, observations=(*sent.observations, *parts), findings=(told,))
    given = Dataset(of, Period(2025), (sent,), date(2025, 11, 20))
    (row,) = say(decided(given, put("T1", "total", put_there, wrote, "H1")), VOICE).tail.decided
    assert (row.own, row.used) == (own, put_there)


def test_of_two_figures_that_were_accepted_beside_each_other_both_are_told_and_marked() -> None:
    of = amended(DATASET, ("SO1", "T4", "done"), value=8)
    (found,) = (f for f in check(of) if f.code == "QH02")
    said = say(of, VOICE, *accepting(found))
    assert [(row.own, row.used) for row in said.tail.decided] == [("(1) 9\n(2) 8", "Dùng số của đơn vị")]
    assert [said.body.target_rows[n].rate.endswith("*") for n in (0, 3, 4)] == [False, True, True]


@pytest.mark.parametrize("how", ["put", "accepted"])
def test_a_decided_figure_of_a_channel_is_marked_in_its_table_alone(how: str) -> None:
    doubt = Finding("KP03", Severity.WARNING, "lệch", unit="SO1", item="H.a", field="events", value="3")
    if how == "put":
        said = say(decided(DATASET, put("H.a", "events", "7", "3")), VOICE)
    else:
        said = say(DATASET, VOICE, *accepting(doubt))
    values = [r.value for g in said.body.channels for r in g.rows]
    assert [v.endswith("*") for v in values].count(True) == 1
    assert "số có dấu “*” gồm số liệu đã đính chính hoặc được chấp nhận" in said.body.channels_lead
    assert "số có dấu “*”" not in said.body.topics_lead
    assert "đã đính chính" not in notes_of(said)
    assert not any(r.rate.endswith("*") for r in said.body.target_rows)


def test_an_override_of_a_task_is_said_of_those_known_before_those_nothing_is_known_of() -> None:
    lead = say(
        decided(DATASET, put("V.2", "status", "Chưa thực hiện", "Đã thực hiện")), VOICE
    ).body.tasks_lead
    counted, _, unknown = lead.partition(", gồm số liệu đã đính chính hoặc được chấp nhận có lý do")
    assert counted.endswith("%)")
    assert "; chưa có thông tin " in unknown
    assert "gồm số liệu" not in say(DATASET, VOICE).body.tasks_lead


def accepting(doubt: Finding) -> tuple[Finding, ...]:
    return accept(
        [doubt], [Acceptance(finding_id(doubt), doubt.unit, "", "đúng là như vậy", "CV 3", "lan", NOW)]
    )


@pytest.mark.parametrize("severity", [Severity.ERROR, Severity.WARNING])
def test_a_figure_that_was_accepted_is_marked_and_explained(severity: Severity) -> None:
    doubt = Finding("KP03", severity, "nghi ngờ", unit="SO1", item="T1", field="total", value="7")
    said = say(DATASET, VOICE, *accepting(doubt))
    (row,) = said.tail.decided
    assert (row.used, row.reason) == ("Dùng số của đơn vị", "Đúng là như vậy (CV 3)")
    assert said.body.target_rows[0].rate.endswith("*")
    assert "được chấp nhận có lý do của 01 đơn vị" in notes_of(said)


@pytest.mark.parametrize(("item", "field"), [("T1", "note"), ("T1", "source"), ("", ""), ("XX", "total")])
def test_an_answered_question_about_no_figure_is_not_marked(item: str, field: str) -> None:
    doubt = Finding("KP03", Severity.WARNING, "thiếu lý do", unit="SO1", item=item, field=field)
    said = say(DATASET, VOICE, *accepting(doubt))
    assert said.tail.decided == ()
    assert marked(said) == []


def test_figures_accepted_by_their_cells_are_told_and_marked_and_a_note_among_them_is_not() -> None:
    """A row that is hidden (NH44): what is asked about it names no figure, but where the figures stand."""
    sent = DATASET.effective("SO1")
    assert sent is not None
    row = [o.at for o in sent.observations if o.item == "T1" and o.at is not None]
    rate = replace(sent.observations[0], field="rate", value=75, at=CellRef(row[0].file, "01-A", "I5"))
    held = replace(sent, observations=(*sent.observations, rate))
    of = Dataset(DATASET.profile, DATASET.period, (held,), DATASET.today)
    doubt = Finding("NH44", Severity.WARNING, "chỗ bị ẩn: dòng 5", unit="SO1", at=row[0])
    said = say(of, VOICE, *accepting(replace(doubt, related=(*row[1:], rate.at or row[0]))))
    (told,) = said.tail.decided
    name = "Cán bộ được truyền thông"
    assert told.what == f"(1) {name} (tổng số)\n(2) {name} (đã thực hiện)"
    assert (told.own, told.used) == ("(1) 200\n(2) 150", "Dùng số của đơn vị")
    assert told.reason == "Đúng là như vậy (CV 3)"
    assert said.body.target_rows[0].rate.endswith("*")
    assert "được chấp nhận có lý do của 01 đơn vị" in notes_of(said)


def test_what_was_accepted_as_left_empty_is_told_and_marks_no_figure() -> None:
    """A sheet in which nothing stands (SL04): nothing is used of it."""
    of = amended(DATASET, ("SO1", "T2"), value=None, state=State.BLANK, raw="")
    where = next(o.at for r in of.returns for o in r.observations if (o.unit, o.item) == ("SO1", "T2"))
    empty = Finding("SL04", Severity.ERROR, "bỏ trống cả biểu", unit="SO1", at=where)
    said = say(of, VOICE, *accepting(empty))
    (told,) = said.tail.decided
    assert told.what == "Cơ quan tuyên truyền trên trang thông tin (trả lời)"
    assert (told.own, told.used, told.reason) == ("...", "Không có số liệu", "Đúng là như vậy (CV 3)")
    assert marked(said) == []
    doubted = accepting(replace(empty, severity=Severity.WARNING))
    assert say(of, VOICE, *doubted).tail.decided == (), "a question about an empty cell is about no figure"


def test_a_unit_left_out_by_acceptance_is_marked_and_led_to_the_annex() -> None:
    of = amended(DATASET, ("VP", "T1", "done"), value=None, state=State.NOT_APPLICABLE)
    (claim,) = (f for f in check(of) if f.code == "SL06")
    said = say(of, VOICE, *accepting(claim))
    (row,) = said.tail.decided
    assert row.used == "Không tính đơn vị"
    assert said.body.target_rows[0].rate.endswith("*")
    mine = [r for t in said.tail.unit_tables for r in t.rows if r.name == row.unit]
    assert any(c.endswith("*") for r in mine for c in r.cells)
    assert "Số đơn vị không thuộc phạm vi áp dụng, không tính vào kết quả: (1) 01" in notes_of(said)
    assert "gồm số liệu đã đính chính" not in notes_of(said)


def test_the_workbook_and_the_manifest_carry_the_decision() -> None:
    one = put("T1", "done", "190", "150")
    of = decided(DATASET, one)
    book = openpyxl.load_workbook(BytesIO(consolidated_bytes(Year(of, ()), PHRASES, ())))
    heads, *answers = book["Từng ô số liệu"].iter_rows(values_only=True)
    at = heads.index("Đơn vị ghi")
    assert [a[at] for a in answers if a[at]] == ["150"]
    figures, moment = collect_figures(Year(of, ())), datetime(2025, 11, 20)
    manifest: dict[str, Any] = whole(lay_out(Year(of, ()), figures, (), moment))
    assert [(o["unit"], o["item"], o["who"]) for o in manifest["overrides"]] == [("SO1", "T1", "lan")]
    cells = [c for i in manifest["indicators"] if i["code"] == "T1" for c in i["cells"] if "override" in c]
    assert [(c["value"], c["override"]["over"]) for c in cells] == [(190, "150")]


@pytest.mark.parametrize("decides", [True, False])
def test_the_annex_stands_in_the_document_only_where_something_was_decided(
    decides: bool, tmp_path: Path
) -> None:
    of = decided(DATASET, put("T1", "done", "190", "150")) if decides else DATASET
    template = BASE / "report.docx"
    told = Telling(Year(of, ()), Voice(PHRASES, ISSUER, marking=True))
    rendered = render_report(told, template, tmp_path / "r.docx")
    document = docx.Document(str(rendered.report))
    titles = [p.text for p in document.paragraphs]
    assert ("ĐÍNH CHÍNH, CHẤP NHẬN, ĐỐI CHIẾU SỐ LIỆU" in titles) is decides
    assert len(document.sections) == (6 if decides else 5)


# ---------------------------------------------------------------------- the system in charge beside the units


def held(of: Dataset, printed: Printed, total: int | None = 500, done: int | None = 480) -> Dataset:
    control = Control(
        "T1", "", total, done, "Hệ thống", date(2025, 10, 31), "Công văn số 9", printed, "đầy đủ hơn", "lan"
    )
    return Dataset(of.profile, of.period, of.returns, of.today, controls=(control,))


def test_the_figure_that_is_printed_names_its_source_and_the_sum_beside_it() -> None:
    own = next(r for r in summarise(DATASET, ()).results if r.item == "T1").tally
    found = say(held(DATASET, Printed.CONTROL), VOICE)
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


def test_the_figure_that_is_not_printed_is_said_all_the_same() -> None:
    before = say(DATASET, VOICE)
    found = say(held(DATASET, Printed.UNITS, done=None), VOICE)
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


def test_a_rate_beside_a_threshold_is_never_rounded_over_it() -> None:
    text = " ".join(say(held(DATASET, Printed.UNITS, 2000, 1999), VOICE).tail.annex_notes)
    assert "1.999/2.000 người (99,95%)" in text


@pytest.mark.parametrize(("printed", "used"), [(Printed.CONTROL, False), (Printed.UNITS, True)])
def test_manifest_and_workbook_carry_both_figures(printed: Printed, used: bool) -> None:
    of = held(DATASET, printed)
    figures, moment = collect_figures(Year(of, ())), datetime(2025, 11, 20)
    manifest: dict[str, Any] = whole(lay_out(Year(of, ()), figures, (), moment))
    (found,) = [i for i in manifest["indicators"] if i["code"] == "T1"]
    assert found["control"]["printed"] is not used
    assert (found["control"]["numerator"], found["control"]["document"]) == (480, "Công văn số 9")
    assert (found["numerator"] == found["own"]["numerator"]) is used
    assert any(c["used"] for c in found["cells"]) is used
    assert all("control" not in i for i in manifest["indicators"] if i["code"] != "T1")
    book = openpyxl.load_workbook(BytesIO(consolidated_bytes(Year(of, ()), PHRASES, ())), data_only=True)
    _, row = book["Đối chiếu"].iter_rows(values_only=True)
    own = found["own"]
    units, held_by = (own["denominator"], own["numerator"]), (500, 480)
    assert row[3:9] == (*units, *held_by, *map(int.__sub__, held_by, units))
    assert row[12] == ("số của các đơn vị" if used else "số đối chiếu")
