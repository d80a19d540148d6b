"""What is said about a figure: meaning, formula, cells, what stands outside; its counts counted again."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dvctt_report.explain.account import Account, explain_figure, explain_target, explain_unit
from dvctt_report.explain.answer import explain_name
from dvctt_report.explain.manifest import Manifest
from dvctt_report.explain.units import UnitAccount, unit_account
from dvctt_report.model import Decision, Finding, Severity
from tests.explain.conftest import TABLE, Make, named


def by_unit(of: Account) -> dict[str, UnitAccount]:
    return {u.code: u for u in (*of.counted, *of.left_out)}


def test_the_formula_can_be_checked_with_a_pocket_calculator(make: Make) -> None:
    district = "\nunit | item | total | done\nH | T10 | - | -"
    district += "\nunit | item | resolved_total\nH | HS.T | -\nH | HS.X | -"
    told = explain_target(make(TABLE + district), "T10")
    assert told.formula[0] == "1.599 / 2.000 hồ sơ = 79,95%"
    assert told.formula[-1] == "So sánh trên số nguyên: 1.599 × 100 = 159.900 < 160.000 = 80 × 2.000"
    assert told.verdict == "Chưa đạt chỉ tiêu tối thiểu 80%: thiếu 1 hồ sơ."
    assert told.coverage == "4/4 đơn vị phải báo cáo (100%)"
    just = explain_target(make("unit | item | total | done\nA | T8 | 4 | 4"), "T8")
    assert just.formula[-1] == "So sánh trên số nguyên: 4 × 100 = 400 = 400 = 100 × 4"


def test_every_cell_is_named_with_what_stands_in_it_and_the_sum_shows_what_it_is_made_of(make: Make) -> None:
    a = by_unit(explain_target(make(), "T10"))["A"]
    assert (a.figure, a.file) == ("1.000/1.200 hồ sơ = 83,3%", "A.xlsx")
    assert [(c.label, c.value, c.beneath) for c in a.cells] == [
        ("Tổng số", "1.200", False),
        ("Đã thực hiện", "1.000", False),
        ("Nội dung HS.T: Đã giải quyết: tổng số", "1.200", True),
    ]
    assert all(c.place.startswith("Biểu 0") and ", ô " in c.place for c in a.cells)
    assert by_unit(explain_target(make(), "T10"))["C"].figure == "không phát sinh (0/0)"
    manifest = make()
    given = next(c for c in manifest.contributions["T10"] if c["unit"] == "A")
    total, *others = given["cells"]
    summed = {**given, "cells": [{**total, "reading": "cộng 1 ô chi tiết"}, *others]}
    lines = unit_account(manifest, manifest.targets["T10"], summed).cells
    assert [line.beneath for line in lines] == [False, True, False], "right under the answer summed from them"


def test_who_is_left_out_is_told_with_the_reason(make: Make) -> None:
    barred = Finding("SL99", Severity.ERROR, "số không hợp lý", unit="C", item="T2", field="done")
    told = explain_target(make(TABLE, (), barred), "T2")
    assert {u.code: u.reason for u in told.left_out} == {
        "B": "đơn vị ghi “Chưa có số liệu”",
        "C": "bị loại, chờ chỉnh lý",
    }
    assert told.left_out[0].code == "C"
    assert told.left_out[0].findings[0].endswith("(lỗi, chưa xử lý): số không hợp lý.")
    assert "đang thống kê" in [c.value for c in by_unit(told)["B"].cells]
    assert "chưa được chấp nhận" in by_unit(explain_target(make(), "T3"))["C"].reason
    assert by_unit(explain_target(make(), "T10"))["H"].reason == "chưa gửi báo cáo"
    source = Finding("SL98", Severity.ERROR, "sai", unit="A", item="HS.T", field="resolved_total")
    assert "SL98" in by_unit(explain_target(make(TABLE, (), source), "T10"))["A"].findings[0]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("C | T1 | *** | ***", "không cung cấp theo quy định về bảo vệ bí mật nhà nước"),
        ("A | T1 | *** | ***", "ghi “Không cung cấp” nhưng không thuộc diện được phép"),
        ("A | T1 | | ", "để trống"),
        ("A | T1 | 5 | ?", "số liệu không dùng được, chờ chỉnh lý"),
    ],
)
def test_the_reason_says_what_the_unit_wrote(make: Make, row: str, reason: str) -> None:
    told = by_unit(explain_target(make(f"unit | item | total | done\n{row}"), "T1"))
    assert told[row[0]].reason.startswith(reason)


def test_the_meaning_names_the_plan_and_the_one_deciding_source(make: Make) -> None:
    meaning = dict(explain_target(make(), "T12").meaning)
    assert meaning["Kế hoạch"] == "Mục tiêu T12 (I.2)"
    assert meaning["Tổng số"] == "tổng"
    assert "Hệ thống" in meaning["Nguồn"]
    assert "không cộng vào" in meaning["Nguồn"]
    assert dict(explain_target(make(), "T8").meaning)["Nguồn"].startswith("Cơ quan A")
    assert dict(explain_target(make(), "U2").meaning)["Số liệu"] == "dùng chung với chỉ tiêu T10"


@pytest.mark.parametrize(
    ("table", "code", "verdict", "basis"),
    [
        ("A | T8 | 4 | 4", "T8", "Đạt chỉ tiêu 100%.", "mọi đơn vị phải báo cáo đều đã có"),
        ("A | T2 | 4 | 3", "T2", "Chưa đạt chỉ tiêu 100%: thiếu 1 người.", "đã có phần chưa thực hiện"),
        ("A | T2 | 4 | 4", "T2", "Chưa đủ cơ sở", "khi còn đơn vị chưa có số liệu"),
        ("A | T12a | 9 | 9", "T12a", "Chưa đủ cơ sở", "chưa đủ mức 80%"),
        ("A | T8 | - | -", "T8", "Trong kỳ không phát sinh", ""),
        ("A | T10 | 9 | 9", "U2", "Chưa đến hạn (chỉ tiêu tối thiểu 70% của năm 2030)", "chưa tính được"),
        (
            "A | T12a | 90 | 90\nB | T12a | 5 | ...\nC | T12a | 5 | ...",
            "T12a",
            "Đạt",
            "từ 90% (các đơn vị còn thiếu đều chưa thực hiện) đến 100%",
        ),
        ("A | T12a | 90 | 9\nB | T12a | 5 | ...\nC | T12a | 5 | ...", "T12a", "Chưa đạt", "cao nhất là 19%"),
    ],
)
def test_verdict_and_basis_are_said_in_a_sentence(
    make: Make, table: str, code: str, verdict: str, basis: str
) -> None:
    told = explain_target(make(f"unit | item | total | done\n{table}"), code)
    assert told.verdict.startswith(verdict)
    assert basis in " ".join(told.reliability)
    if table.count("...") == 2:  # every total is known: coverage is told by weight
        assert told.coverage == "1/3 đơn vị phải báo cáo (33,3%); chiếm 90% tổng số hồ sơ"


def test_units_below_the_years_ahead_and_estimates_stand_beside(make: Make) -> None:
    assert explain_target(make(), "T2").beside == (
        "Đơn vị có tỷ lệ dưới 100%: Cơ quan C.",
        "Ước cả năm của 1 đơn vị có số ước: 95 người (trong đó đến nay đã thực hiện 90); "
        "không tính vào kết quả.",
    )
    assert explain_target(make(), "T3").beside == ("Đơn vị trả lời chưa thực hiện: Cơ quan B.",)
    table = "unit | item | answer\nA | U1 | Có\nB | U1 | Không\nC | U1 | Có"
    assert any("Đến năm 2030 cần 100%: còn 33,3 điểm" in b for b in explain_target(make(table), "U1").beside)


def test_units_that_weigh_most_come_first_and_one_is_told_alone_with_the_result_of_all(make: Make) -> None:
    assert [u.code for u in explain_target(make(), "T10").counted] == ["A", "B", "C"]
    assert [u.code for u in explain_target(make(), "T3").counted] == ["B", "A"]
    told = explain_target(make(), "T10", "B")
    assert [u.code for u in told.counted] == ["B"]
    assert told.left_out == ()
    assert told.formula[0].startswith("1.599 / 2.000")


def test_other_findings_are_listed_with_their_unit_and_not_twice(make: Make) -> None:
    barred = Finding("SL99", Severity.ERROR, "sai", unit="C", item="T2", field="done")
    said = " ".join(explain_target(make(TABLE, (), barred), "T2").findings)
    assert "SL99" not in said
    note = Finding("DL12", Severity.WARNING, "đọc là 400", unit="A", item="T2", field="total")
    assert any(f.startswith("Cơ quan A: DL12-") for f in explain_target(make(TABLE, (), note), "T2").findings)


def test_decisions_about_the_units_files_are_told(make: Make, choice: Decision) -> None:
    line = "Cơ quan B: chọn tệp “b.xlsx” (abababab), Lê A, 12/11/2025 09:30; lý do: bản có chữ ký."
    assert explain_target(make(TABLE, (choice,)), "T10").decisions == (line,)
    assert explain_target(make(TABLE, (choice,)), "T10", "A").decisions == ()


def test_a_sum_is_told_with_its_units_and_those_it_lacks(make: Make) -> None:
    told = explain_figure(make(), "HT.b.people")
    assert told.name == "Nội dung HT.b: Số người"
    assert told.formula[0].startswith("Cộng số của 1 đơn vị: 120")
    assert [(u.code, u.figure) for u in told.counted] == [("A", "120")]
    assert {u.code: u.reason for u in told.left_out} == {"B": "không phát sinh", "C": "để trống"}
    assert explain_figure(make(), "HT.b.people", "B").counted == ()
    given_by_nobody = explain_figure(make("unit | item | events\nB | HT.b | -"), "HT.b.people")
    assert "chưa có số liệu" in given_by_nobody.formula[0], "not zero"


def test_every_figure_of_the_manifest_can_be_asked_for(make: Make) -> None:
    manifest = make()
    for code, name in (
        ("directives", "Văn bản chỉ đạo, triển khai"),
        ("NV.1.done", "Nội dung NV.1"),
        ("tasks.NV.3.done", "Nhóm nhiệm vụ từ “Nội dung NV.3”, giao Cơ quan B"),
        ("KP.a.integrated", "Nội dung KP.a: Lồng ghép"),
    ):
        assert explain_figure(manifest, code).name == name
    for code in manifest.figures:
        assert explain_figure(manifest, code).formula
    for code in manifest.targets:
        assert explain_target(manifest, code).verdict


def test_a_unit_is_told_target_by_target(make: Make, choice: Decision) -> None:
    told = explain_unit(make(TABLE, (choice,)), "B")
    assert dict(told.meaning)["Tệp"] == "B.xlsx"
    assert "ngày 01/12/2025" in dict(told.meaning)["Văn bản"]
    assert [u.code for u in told.counted] == ["T3", "T10", "U2"]
    assert "T2" in [u.code for u in told.left_out]
    assert len(told.decisions) == 1
    assert dict(explain_unit(make(), "H").meaning)["Văn bản"] == "chưa gửi"


# ---------------------------------------------------------------------------- of a printed figure by its name

_COUNT = re.compile(r"Đếm được ([\d.]+)\.")
AT_MOST = {"compared": "at_most"}


def judged(manifest: Manifest, code: str, goal: dict[str, str]) -> Manifest:
    """The same with another goal of that target."""
    indicator = manifest.indicators[code]
    other = {**indicator, "goal": {**indicator["goal"], **goal}}
    return replace(manifest, indicators={**manifest.indicators, code: other})


def test_every_printed_figure_is_explained_and_counted_again(make: Make) -> None:
    manifest = make()
    n_counted = 0
    for block in manifest.index:
        row = block.block.cells if block.block.table is not None else ()
        for span in (span for spans in block.figures for span in spans):
            account = explain_name(manifest, span.id, row)
            assert account is not None, span.id
            assert account.code == span.id
            if counted := _COUNT.fullmatch("".join(account.formula)):
                assert int(span.text.replace(".", "")) == int(counted[1]) == len(account.counted), span.id
                n_counted += 1
            elif span.id.endswith(".percent") and re.search(r"\d", span.text) and account.formula:
                assert account.formula[0].endswith(f"= {span.text.rstrip('%')}%"), span.id
    assert n_counted > 30


def test_a_count_names_its_units_and_their_cells(make: Make) -> None:
    below = named(make(), "T2.below")
    assert [(u.code, u.figure) for u in below.counted] == [("C", "90/100 người = 90%")]
    assert below.counted[0].cells
    assert [u.code for u in named(make(), "T2.missing.not_available").counted] == ["B"]
    assert named(make(), "T2.communes").meaning[0][1] == "số xã trong các đơn vị đó"


@pytest.mark.parametrize(
    ("role", "said"), [("difference", "79,95 − 80 = -0,05"), ("distance", "80 − 79,95 = 0,05")]
)
def test_a_difference_shows_what_was_subtracted(make: Make, role: str, said: str) -> None:
    assert named(make(), f"T10.{role}").formula[0] == f"{said} điểm phần trăm"


@pytest.mark.parametrize(
    ("goal", "said"),
    [({}, "100 − 90 = 10 người (100"), (AT_MOST | {"number": "80/1"}, "90 − 80 = 10 người (80")],
)
def test_what_one_unit_lacks_is_told_by_the_subtraction(make: Make, goal: dict[str, str], said: str) -> None:
    """By the level of the target: so many there have to be, or at most may be."""
    lacks = named(judged(make(), "T2", goal), "T2.C.short")
    assert lacks.formula[-1] == f"{said}: số vừa đủ theo mức của chỉ tiêu)"


def test_the_sum_of_a_group_is_added_up_from_its_units(make: Make) -> None:
    account = named(make(), "T10.sum1.percent", ("", "I", "2.000", "1.599", "79,95"))
    assert account.formula == ("1.599 / 2.000 hồ sơ = 79,95%",)
    assert {u.code for u in account.counted} <= {"A", "B", "C"}
    tag = named(make(), "T10.sum1.percent", ("{{ T10: tỷ lệ: Sở }}", "", "79,95%"))
    assert (tag.formula, tag.counted) == (account.formula, account.counted)
    assert explain_name(make(), "HT.b.people.sum1") is not None
    assert named(make(), "HT.b.people.A").formula == ("Lấy số của Cơ quan A: 120",)


@pytest.mark.parametrize(
    "name",
    [
        *("T10.nothing", "returns.nothing", "targets.nothing", "documents.99.sign", "documents.x.sign"),
        *("x.y", "NV.1.x", "HT.b.people.sum9"),
    ],
)
def test_what_no_name_means_is_not_explained(make: Make, name: str) -> None:
    assert explain_name(make(), name) is None


@pytest.mark.parametrize(
    ("name", "goal", "what"),
    [
        ("T10.last_year.points", {}, "mức thay đổi so với năm trước"),
        ("T10.last_year.percent", {}, "tỷ lệ năm trước"),
        ("T10.last_year.now", {}, "tỷ lệ năm nay, làm tròn"),
        ("T10.short", {}, "số còn thiếu để đạt mức"),
        ("T10.short", AT_MOST, "số vượt quá mức"),
    ],
)
def test_a_part_of_a_result_is_told_in_words(make: Make, name: str, goal: dict[str, str], what: str) -> None:
    assert named(judged(make(), "T10", goal), name).meaning[0][1].startswith(what)
