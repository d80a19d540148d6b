"""What the officer decided and what a unit answered, as an account tells it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from dvctt_report.explain.account import explain_figure, explain_target, explain_unit
from dvctt_report.explain.manifest import Manifest
from dvctt_report.explain.sheet import sheet_bytes
from dvctt_report.explain.units import decision_lines
from dvctt_report.model import (
    Acceptance,
    Control,
    Finding,
    Override,
    Printed,
    Reply,
    ReplyKind,
    Return,
    ReturnStatus,
    Severity,
    finding_id,
)
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile
from dvctt_report.year.corrections import accept, correct
from dvctt_report.year.dataset import Dataset
from tests.explain.conftest import manifest_of, named, text_of
from tests.year.rules.tables import ITEMS, TODAY, dataset, profile, target

WHEN = datetime(2025, 11, 18, 9, 30)
TABLE = """
unit | item | total | done
A    | T2   | 400   | 390
B    | T2   | 100   | 90
unit | item | events | people
A    | HT.b | 3      | 120
B    | HT.b | 2      | 80
"""
PUT = Override("B", "T2", "done", "1100", "90", "gõ thiếu một chữ số", "Công văn số 7/B", "Lê A", WHEN)
HELD = Control("T2", "", 600, 540, "Cơ sở dữ liệu cán bộ", date(2025, 10, 31), "CV 9")
ODD = Finding("SL99", Severity.ERROR, "số khác thường", unit="A", item="T2", field="done", value="390")


def account_of(
    *,
    overrides: tuple[Override, ...] = (),
    controls: tuple[Control, ...] = (),
    accepted: bool = False,
    replies: tuple[Reply, ...] = (),
    of: Profile | None = None,
) -> Manifest:
    base = dataset(TABLE, of)
    returns, _ = correct(base.returns, overrides, base.profile)
    answers = [
        Return("tra-loi.xlsx", "f", ReturnStatus.REPLY, r.unit, Period(2025), replies=(r,)) for r in replies
    ]
    name, why = finding_id(ODD), "đúng theo danh sách"
    taken = (
        (Acceptance(name, "A", "số khác thường", why, "Công văn số 8/A", "Lê A", WHEN),) if accepted else ()
    )
    made = Dataset(
        base.profile, base.period, (*returns, *answers), TODAY, (), None, taken, overrides, controls
    )
    return manifest_of(made, (), *accept((ODD,), made.acceptances))


def test_an_override_is_told_with_both_figures_reason_document_and_who() -> None:
    told = explain_target(account_of(overrides=(replace(PUT, text="100"),)), "T2")
    assert told.decisions == (
        "Cơ quan B: đính chính T2 · Người vận hành hệ thống được tập huấn (Đã thực hiện): đơn vị ghi “90”, "
        "dùng “100”; lý do: gõ thiếu một chữ số; văn bản: Công văn số 7/B; Lê A, 18/11/2025 09:30.",
    )
    (own,) = (u for u in told.counted if u.code == "B")
    assert own.figure == "100/100 người = 100% (đã đính chính)"
    (cell,) = (c for c in own.cells if c.value == "100" and c.reading)
    assert cell.reading.startswith('đính chính (đơn vị ghi "90"): gõ thiếu')
    assert "dùng “100”" in text_of(sheet_bytes(told, ("Sở Mẫu",), ("bản",)))


def test_an_override_stands_with_its_own_field_and_unit_alone() -> None:
    people = replace(PUT, item="HT.b", field="people", text="1234", over="80")
    made = account_of(overrides=(people,))
    assert "dùng “1.234”" in explain_figure(made, "HT.b.people").decisions[0]
    assert explain_figure(made, "HT.b.people").counted[0].figure == "1.234 (đã đính chính)"
    assert explain_figure(made, "HT.b.events").decisions == ()
    assert explain_target(made, "T2").decisions == ()
    assert explain_unit(made, "A").decisions == ()
    assert len(explain_unit(made, "B").decisions) == 1
    people_decided = explain_figure(made, "HT.b.people").decisions
    assert named(made, "tasks.done").decisions == people_decided, "a task is read off that answer"


def test_figures_put_by_a_document_are_counted_apart_from_those_without() -> None:
    by_call = replace(PUT, unit="A", text="395", over="390", document="")
    made = account_of(overrides=(replace(PUT, text="100"), by_call))
    for name, units in (("documented", ["B"]), ("undocumented", ["A"])):
        assert [unit.code for unit in named(made, f"overrides.{name}").counted] == units
    assert len(named(made, "overrides").counted) == 2


def test_a_paper_return_wrote_nothing_and_an_override_that_does_not_stand_is_no_decision() -> None:
    made = account_of(overrides=(replace(PUT, text="100", over="70"),))
    assert decision_lines(made, {"B"}, {"T2"}) == ()
    empty = {"unit": "B", "item": "T2", "field": "done", "part": "Xã Một", "over": "", "text": "..."}
    taken = {"reason": "r", "document": "d", "who": "w", "when": "2025-11-18T09:30:00"}
    (line,) = decision_lines(replace(made, data={**made.data, "overrides": [empty | taken]}), {"B"}, ())
    assert "Xã Một: T2" in line
    assert "đơn vị không ghi, dùng “...”" in line


def test_an_acceptance_is_told_and_the_finding_carries_its_state() -> None:
    made = account_of(accepted=True)
    told = explain_target(made, "T2")
    assert told.decisions == (
        f"Cơ quan A: chấp nhận T2 theo phát hiện {finding_id(ODD)} (số khác thường); lý do: đúng theo danh "
        "sách; văn bản: Công văn số 8/A; Lê A, 18/11/2025 09:30.",
    )
    assert told.counted[0].figure.endswith("(được chấp nhận có lý do)")
    assert any("(lỗi, đã chấp nhận)" in line for line in told.findings)
    assert [f["state"] for f in made.data["findings"] if f["id"] == finding_id(ODD)] == ["accepted"]
    assert explain_figure(made, "HT.b.people").decisions == ()


@pytest.mark.parametrize(
    ("kind", "accepted", "said"),
    [
        (ReplyKind.NOT_AVAILABLE, False, "đơn vị trả lời chưa có số liệu: chờ tổng hợp."),
        (ReplyKind.KEPT, False, "đơn vị đề nghị giữ nguyên nhưng không được chấp nhận: chờ tổng hợp."),
        (ReplyKind.KEPT, True, "đơn vị đề nghị giữ nguyên: chờ tổng hợp."),
        (ReplyKind.MENDED, True, "đơn vị trả lời đã sửa: chờ tổng hợp."),
    ],
)
def test_what_the_unit_answered_stands_with_the_finding(kind: ReplyKind, accepted: bool, said: str) -> None:
    reply = Reply(finding_id(ODD), "A", kind, "chờ tổng hợp", "2025-11-14")
    told = explain_target(account_of(replies=(reply,), accepted=accepted), "T2")
    lines = (*told.findings, *(f for u in told.left_out for f in u.findings))
    assert next(line for line in lines if finding_id(ODD) in line).endswith(f"; {said}")


def plan(printed: str) -> Profile:
    by = {"source": "Cơ sở dữ liệu cán bộ", "printed": printed, "reason": "đủ toàn ngành"}
    held = target("T2", 80, unit_of_count="người", control=by)
    return profile(*(held if item["code"] == "T2" else item for item in ITEMS))


def test_the_control_figure_stands_beside_the_units_sum() -> None:
    controlled = account_of(controls=(HELD,), of=plan("units"))
    told = explain_target(controlled, "T2")
    assert told.control == (
        "Số đối chiếu của Cơ sở dữ liệu cán bộ, đến ngày 31/10/2025 (CV 9): 540/600 người.",
        "Các đơn vị cộng lại: 90/100 người; số đối chiếu trừ số các đơn vị: +450/+500.",
        "Báo cáo dùng số của các đơn vị, theo kế hoạch; lý do: đủ toàn ngành.",
    )
    assert told.titles[0] == "Đã đưa vào"
    assert explain_target(account_of(), "T2").control == ()


def test_the_control_figure_that_is_printed_is_never_said_to_be_a_sum_of_the_units() -> None:
    chosen = replace(HELD, printed=Printed.CONTROL, reason="đủ hơn", who="Lê A", when=WHEN)
    told = explain_target(account_of(controls=(chosen,)), "T2")
    assert told.formula[:2] == (
        "540 / 600 người = 90%",
        "Là số đối chiếu của Cơ sở dữ liệu cán bộ, không phải số cộng của các đơn vị.",
    )
    assert told.control[-1] == "Báo cáo dùng số đối chiếu, do Lê A chọn, 18/11/2025 09:30; lý do: đủ hơn."
    assert told.reliability[0].startswith("Căn cứ: số đối chiếu")
    assert len(told.reliability) == 1
    assert told.titles == ("Số của các đơn vị, để đối chiếu", "Chưa có số")
    assert "Số của các đơn vị, để đối chiếu" in text_of(sheet_bytes(told, ("Sở Mẫu",), ("bản",)))


@pytest.mark.parametrize(
    ("total", "done", "said"),
    [(600, None, "tổng số 600 người"), (None, 540, "đã thực hiện 540 người"), (None, None, "chưa có")],
)
def test_half_a_control_figure_is_said_as_far_as_it_is_known(
    total: int | None, done: int | None, said: str
) -> None:
    told = explain_target(account_of(controls=(replace(HELD, total=total, done=done),)), "T2")
    assert told.control[0].endswith(f": {said}.")
    assert not any("trừ" in line for line in told.control)
