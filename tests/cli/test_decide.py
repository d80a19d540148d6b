"""``decide``: what it lists, what it keeps, what it refuses, what it takes back; and ``control``."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from dvctt_report.cli import door
from dvctt_report.model import Key
from dvctt_report.store.workspace import Workspace
from tests.cli.officer import (
    AS_OF,
    UNIT,
    Run,
    filled,
    manifest_of,
    plain_answers,
    report_of,
    send,
    type_control,
    type_into,
    words_of,
)
from tests.made import rows_beside

WHY = "--reason 'đơn vị gõ nhầm' --document 'Công văn số 12/SYT-VP'"
ZALO = "--reason 'đơn vị gõ nhầm' --basis 'Zalo: chị Lan, ngày 12/11'"
CANNOT = door.CANNOT_RUN


@pytest.fixture
def wrong(workspace: Workspace, run: Run) -> Workspace:
    """SYT has sent 5 done of 4."""
    send(workspace, "syt.xlsx", 5, date(2025, 11, 5))
    run("collect")
    return workspace


def put(said: str) -> str:
    return f"decide --unit {UNIT} --set '{said}' {WHY}"


# ------------------------------------------------------------------------------- figures put


@pytest.mark.usefixtures("asked")
def test_a_cell_is_named_as_it_is_seen(run: Run) -> None:
    for cell in ("Biểu 01-A ô G10", "bieu 01-a, ô g10", "01-A G10", "T10.done", "t10.done"):
        said = run(f"decide --unit 'sở y tế' --set '{cell}=2000' {ZALO}")
        assert "T10.done: “2.410” → “2.000”" in said
        assert "Trở lại như đơn vị ghi, còn lỗi" in run(f"decide --undo --unit {UNIT} '{cell}'")
    said = run(f"decide --unit {UNIT} --set '01-A G10=1999' {ZALO}")
    run(said.partition("Bỏ: dvctt-report ")[2])
    assert {one["name"] for one in run.decided("figure")} == {None}


def test_what_rests_on_no_document_is_listed_and_never_printed(asked: Workspace, run: Run) -> None:
    run(f"decide --unit SYT --set '01-A G10=2000' {ZALO}")
    run("decide --leave-out --unit BQLKCN '01-A G10' --basis 'Zalo: chị Lan, ngày 12/11'")
    assert "Zalo: chị Lan" in run("decide")
    run(f"render {AS_OF}")
    text = asked.manifest_of(asked.period).read_text(encoding="utf-8")
    assert "đơn vị gõ nhầm" in json.dumps(json.loads(text)["printed"], ensure_ascii=False).lower()
    assert "Zalo" not in text


def test_a_figure_that_is_put_mends_is_listed_and_is_taken_back(wrong: Workspace, run: Run) -> None:
    before = (wrong.inbox / "syt.xlsx").read_bytes()
    run(put("T1.total=4; T1.done=3"))
    assert run.findings("SL02") == []
    (one,) = run.decided("figure")  # the total was right as it was
    assert (one["item"], one["field"], one["over"], one["text"]) == ("T1", "done", "5", "3")
    assert (one["reason"], one["document"], bool(one["who"])) == (
        "đơn vị gõ nhầm",
        "Công văn số 12/SYT-VP",
        True,
    )
    assert "còn lỗi, chưa đưa vào tổng hợp" in run(f"decide --undo {one['name']}")
    assert len(run.findings("SL02")) == 1
    (again,) = run.decided("figure")
    assert (again["name"], bool(again["undone_by"] and again["undone_on"])) == (None, True)
    run(f"decide --undo {one['name']}", CANNOT)
    assert (wrong.inbox / "syt.xlsx").read_bytes() == before


@pytest.mark.usefixtures("wrong")
def test_a_figure_that_leaves_an_error_says_so_at_once_and_the_later_takes_its_place(run: Run) -> None:
    said = run(put("T1.done=9"), 1)
    assert "vẫn còn lỗi" in said
    assert "SL02-" in said
    run(put("T1.done=3"))
    assert [(one["text"], bool(one["name"])) for one in run.decided("figure")] == [("9", False), ("3", True)]
    assert run.json(put("T1.done=2"))["decisions"][-1]["text"] == "2"


def test_a_unit_that_sent_paper_alone_is_entered_by_hand(wrong: Workspace, run: Run) -> None:
    type_into(wrong, "SNV", {"C": "12/BC-SNV"})
    run.lax("collect")
    assert "chưa có số liệu" in run.findings("NH67")[0]["message"]
    run(f"decide --unit SNV --set 'T1.total=30; T1.done=30' {WHY}")
    assert run.findings("NH67")[0]["message"] == "chỉ gửi bản giấy, số 12/BC-SNV; đã nhập 2 ô từ bản giấy"
    run(f"render {AS_OF}")
    (first,) = [i for i in manifest_of(wrong)["indicators"] if i["code"] == "T1"]
    assert (first["numerator"], first["denominator"]) == (30, 30)
    own = [c for c in first["cells"] if c["unit"] == "SNV"]
    assert [(c["field"], c["value"], c["file"], c["override"]["document"]) for c in own] == [
        ("total", 30, "", "Công văn số 12/SYT-VP"),
        ("done", 30, "", "Công văn số 12/SYT-VP"),
    ]


# ---------------------------------------------------------------------------------- refused


@pytest.mark.usefixtures("asked")
def test_what_cannot_be_decided_is_told_and_nothing_is_kept(run: Run) -> None:
    names = {f["code"]: f["id"] for f in run.findings()}
    for case, command, told in rows_beside(
        __file__, {}, "what_cannot_be_decided_is_told_and_nothing_is_kept"
    ):
        line = command.format_map(names).replace("WHY", WHY)
        assert told in run(f"decide {line}", CANNOT), case
    assert run.decided() == []


# --------------------------------------------------------------------------------- accepted


@pytest.fixture
def claims(workspace: Workspace, run: Run) -> list[dict[str, Any]]:
    """Three units say that a target does not concern them."""
    for code in ("TTT", "STC", "SCT"):
        answers = plain_answers(workspace.profile, workspace.profile.roster.unit(code))
        del answers[Key("T1", "total")], answers[Key("T1", "done")]
        answers |= {Key("T1", "status"): "Không áp dụng", Key("T1", "note"): "không có"}
        (workspace.inbox / f"{code}.xlsx").write_bytes(filled(workspace, code, answers))
    run("collect")
    return run.findings("SL06")


def test_an_accepted_claim_is_shown_and_taken_back(claims: list[dict[str, Any]], run: Run) -> None:
    name = claims[0]["id"]
    run(f"decide {name.lower()} --accept --reason 'không có TTHC' --document 'CV 9'")
    claim = run.findings("SL06")[0]
    assert (claim["state"], claim["acceptance"]["reason"]) == ("accepted", "không có TTHC")
    page = run.lax("validate --all")
    assert f"{name} · Biểu 01-A · ô {claim['cell']} (đã chấp nhận)" in page
    assert "Chấp nhận: không có TTHC; CV 9" in page
    assert "đã quyết định" in run(f"decide {name} --accept {WHY}", CANNOT), "it is taken back first"
    run(f"decide --undo {name}")
    claim = run.findings("SL06")[0]
    assert (claim["state"], claim["acceptance"]) == ("open", None)
    assert [one["name"] for one in run.decided("accepted")] == [None]


def test_all_of_a_kind_are_accepted_and_taken_back_alone(claims: list[dict[str, Any]], run: Run) -> None:
    earlier = claims[0]["id"]
    run(f"decide {earlier} --accept {WHY}")
    said = run(f"decide SL06 --accept {WHY}", CANNOT)
    assert ("Có 2 việc như vậy" in said, earlier in said) == (True, False)
    said = run(f"decide SL06 --accept --all {WHY}")
    assert {f["state"] for f in run.findings("SL06")} == {"accepted"}
    run(said.rpartition("Bỏ: dvctt-report ")[2])
    assert [f["id"] for f in run.findings("SL06") if f["state"] == "accepted"] == [earlier]
    run(f"decide --undo --unit {claims[1]['unit']} 'Biểu 01-A ô G10'", CANNOT)
    run(f"decide --undo SL06 --unit {claims[0]['unit']}")
    assert {f["state"] for f in run.findings("SL06")} == {"open"}


# --------------------------------------------------------------------------- listed, by two people


@pytest.mark.usefixtures("asked")
def test_what_waits_is_listed_with_names_that_stay_when_something_else_is_settled(run: Run) -> None:
    before = run.json("decide")["matters"]
    names = {row["name"] for row in before}
    assert len(names) == len(before) == 9
    shown = run("decide")
    assert all(name in shown for name in names)
    settled = next(name for name in names if name.startswith("SL02"))
    run(f"decide {settled} --leave-out")
    assert {row["name"] for row in run.json("decide")["matters"]} == names - {settled}
    assert {row["unit"] for row in run.json("decide --unit NHI")["matters"]} == {"NHI"}
    assert "đã quyết định" in run(f"decide {settled} --set 2014 {WHY}", CANNOT)
    assert "Chấp nhận DL12-" in run(f"decide --unit NHI 'Biểu 02 ô G11' --accept {WHY}")


def test_a_name_that_was_read_before_the_unit_sent_again_decides_nothing(wrong: Workspace, run: Run) -> None:
    (row,) = [r for r in run.json("decide")["matters"] if r["name"].startswith("SL02")]
    send(wrong, "syt.xlsx", 6, date(2025, 11, 12))
    run.lax("collect")
    assert "nội dung nay đã khác" in run(f"decide {row['name']} --set 3 {WHY}", CANNOT)
    assert run.decided("figure") == []


@pytest.mark.usefixtures("asked")
def test_a_row_shows_what_may_be_chosen_and_is_decided_by_these_words_or_their_number(run: Run) -> None:
    (name,) = [r["name"] for r in run.json("decide")["matters"] if r["name"].startswith("SL06")]
    said = run(f"decide {name}")
    assert "1 Số đúng" in said
    assert "2 Không áp dụng" in said
    run(f"decide {name} --choose 2 {WHY}")
    run(f"decide {name} --undo")
    run(f"decide {name} --choose 'không áp dụng' {WHY}")
    assert [bool(one["name"]) for one in run.decided("accepted")] == [False, True]


# ------------------------------------------------------------------------------------------ control


def test_control_figures_go_from_the_workbook_to_the_report(wrong: Workspace, run: Run) -> None:
    assert "Chưa có số đối chiếu" in run("control list")
    run("control read", CANNOT)
    run("control make")
    assert "không ghi đè" in run("control make", CANNOT)
    said = {"E": 2000, "F": "khoảng 1599", "J": "Số đối chiếu", "K": "đủ"}
    row = type_control(wrong, "T10", said)
    told = run("control read", 1)
    assert "Chưa lưu số nào" in told
    assert f"ô F{row}" in told
    type_control(wrong, "T10", {"F": 1599})
    run("control read")
    (one,) = run.json("control list")["controls"]
    assert (one["control"], one["printed"], one["reason"]) == ({"total": 2000, "done": 1599}, "control", "đủ")
    assert "In số đối chiếu: đủ." in run("control list")
    run(f"render {AS_OF}")
    (found,) = [i for i in manifest_of(wrong)["indicators"] if i["code"] == "T10"]
    assert (found["percent"], found["verdict"], found["basis"]) == ("79,95%", "missed", "complete")
    assert run.json(f"check '{report_of(wrong)}'")["changes"] == []


def test_the_systems_figures_are_taken_by_a_command_and_given_back(workspace: Workspace, run: Run) -> None:
    """SYT answers T1 with "Chưa có số liệu"; the system has 8 and 7 of it."""

    def numerator() -> object:
        return run.json(f"explain T1 {AS_OF}")["indicator"]["numerator"]

    answers = plain_answers(workspace.profile, workspace.profile.roster.unit(UNIT))
    answers = {key: answer for key, answer in answers.items() if key.item != "T1"}
    answers |= {Key("T1", "status"): "Chưa có số liệu", Key("T1", "note"): "đang thống kê"}
    (workspace.inbox / "syt.xlsx").write_bytes(filled(workspace, UNIT, answers))
    type_control(workspace, "T1", {"E": 8, "F": 7}, UNIT)
    run("control read")
    run.lax("collect")
    before = numerator()
    assert "T1: dùng 7/8 của" in run("control use t1")
    assert numerator() == 7
    run(f"render {AS_OF}")
    printed = words_of(report_of(workspace))
    assert "Dùng số của hệ thống (" in printed
    assert "CV 8" in printed
    run("control use T1", CANNOT)
    run(f"decide --undo --unit {UNIT} T1.total T1.done")
    assert numerator() == before
