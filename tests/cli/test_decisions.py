"""Decisions about figures as an officer takes them: accept, override, paper typed in, taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dvctt_report.cli import accept, control, door, override
from dvctt_report.cli.app import app
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.writer import form_bytes
from dvctt_report.model import Acceptance, Key
from dvctt_report.period import Period
from dvctt_report.register import keep_decided, open_register
from dvctt_report.workspace import Workspace
from tests.cli.test_app import english_words
from tests.cli.test_commands import plain_answers, run_json
from tests.cli.test_register import UNIT, send, type_into, workspace

__all__ = ["workspace"]

WHY = ("--reason", "đơn vị gõ nhầm", "--document", "Công văn số 12/SYT-VP")


def findings(capfd: pytest.CaptureFixture[str], code: str) -> list[dict[str, Any]]:
    _, said = run_json(capfd, "validate", "--as-of", "20/11/2025")
    return [f for f in said["findings"] if f["code"] == code]


def run(capfd: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str]:
    capfd.readouterr()
    code = door.main(list(argv))
    out, err = capfd.readouterr()
    return code, " ".join((out + err).split())


@pytest.fixture
def wrong(workspace: Workspace) -> Workspace:
    """SYT has sent 5 done of 4."""
    send(workspace, "syt.xlsx", 5, date(2025, 11, 5))
    assert door.main(["collect"]) == 0
    return workspace


@pytest.mark.parametrize("decide", ["override", "accept"])
def test_collect_counts_what_is_open_as_validate_does(
    decide: str, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    send(workspace, "syt.xlsx", "khoảng 3", date(2025, 11, 5))
    assert door.main(["collect"]) == 1
    (found,) = findings(capfd, "DL01")
    if decide == "override":
        assert door.main(["override", "set", "SYT", "T1.done=3", *WHY]) == 0
    else:
        made = Acceptance(found["id"], "SYT", "x", WHY[1], WHY[3], "a", datetime(2025, 11, 6))
        with open_register(workspace.register) as register:
            keep_decided(register, Period(2025), made)
    code, said = run(capfd, "collect")
    assert (code, "0 lỗi" in said) == (0, True), said
    _, listed = run_json(capfd, "collect")
    states = [f["state"] for r in listed["returns"] for f in r["findings"] if f["code"] == "DL01"]
    assert states == [{"override": "overridden", "accept": "accepted"}[decide]]


@pytest.mark.parametrize(
    ("group", "name"),
    [
        (group, name)
        for group, own in (("override", override), ("control", control))
        for name, *_ in own.COMMANDS
    ],
)
def test_every_command_of_the_groups_explains_itself_in_vietnamese(
    group: str, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert door.run(app, [group, name, "--help"]) == door.DONE
    page = capfd.readouterr().out
    assert page.startswith(f"Cách dùng: dvctt-report {group} {name} ")
    assert english_words(page) <= {name}


def test_an_impossible_figure_is_refused_with_the_command_that_mends_it(
    wrong: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    (found,) = findings(capfd, "SL02")
    code, said = run(capfd, "accept", found["id"], *WHY)
    assert code == door.CANNOT_RUN
    assert "lớn hơn tổng số" in said
    assert 'override set SYT "T1.done=SỐ"' in said


def test_an_override_mends_the_figure_is_listed_and_can_be_taken_back(
    wrong: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    before = (wrong.inbox / "syt.xlsx").read_bytes()
    code, said = run(capfd, "override", "set", "sở y tế", "T1.done=3", *WHY)
    assert code == 0
    assert "Sở Y tế, T1.done: “5” → “3”" in said
    assert findings(capfd, "SL02") == []
    _, listed = run_json(capfd, "override", "list")
    (one,) = listed["overrides"]
    assert (one["unit"], one["item"], one["field"], one["status"]) == (UNIT, "T1", "done", "in_force")
    assert (one["over"], one["text"], one["reason"], one["document"]) == ("5", "3", WHY[1], WHY[3])
    assert one["who"]
    code, said = run(capfd, "override", "drop", UNIT, "t1.done")
    assert "còn lỗi, chưa đưa vào tổng hợp" in said
    assert "được dùng trở lại" not in said, "5 of 4 is no figure to use"
    assert run(capfd, "override", "set", UNIT, "T2.done=1", *WHY)[0] == 0
    said = run(capfd, "override", "drop", UNIT, "T2.done")[1]
    assert said.endswith("Số của đơn vị được dùng trở lại: T2.done.")
    assert (code, len(findings(capfd, "SL02"))) == (0, 1)
    _, said = run(capfd, "override", "list")
    assert "đã bỏ ngày" in said
    assert (wrong.inbox / "syt.xlsx").read_bytes() == before


def test_an_override_that_leaves_an_error_says_so_at_once(
    wrong: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    code, said = run(capfd, "override", "set", UNIT, "T1.done=9", *WHY)
    assert (code, "vẫn còn lỗi" in said) == (1, True)
    assert "SL02-" in said
    assert "override drop SYT T1.done" in said
    code, said = run(capfd, "override", "set", UNIT, "T1.done=3", *WHY)
    assert (code, "vẫn còn lỗi" in said) == (0, False)


def test_of_a_total_typed_over_its_details_neither_is_accepted_and_the_officer_puts_one(
    workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    unit = workspace.profile.roster.unit("TBC")
    answers: dict[Key, Answer] = {Key("T5", f, part): 5 for part in unit.parts for f in ("total", "done")}
    answers |= {Key("T5", "total"): 2015}
    workspace.inbox.mkdir(parents=True, exist_ok=True)
    (workspace.inbox / "tbc.xlsx").write_bytes(form_bytes(workspace.profile, unit, Period(2025), answers))
    door.main(["collect"])
    (found,) = findings(capfd, "DL13")
    details = str(5 * len(unit.parts))
    assert found["message"] == f"ô tổng ghi 2.015, cộng các ô chi tiết được {details}"
    code, said = run(capfd, "accept", found["id"], *WHY)
    assert code == door.CANNOT_RUN
    assert f"ô tổng ghi 2.015, cộng các ô chi tiết được {details}" in said
    assert 'override set TBC "T5.total=2015"' in said
    assert f'override set TBC "T5.total@{unit.parts[0]}=SỐ"' in said
    _, said = run(capfd, "override", "set", "TBC", "T5.total=2015", *WHY)
    assert "“2.015” → “2.015”" in said
    assert "được dùng nhưng khác tổng các ô chi tiết" in said
    assert f"Đính chính T5.total là 2.015, cộng các ô chi tiết được {details}" in said
    assert findings(capfd, "DL13")[0]["state"] == "overridden"
    assert findings(capfd, "QD04")[0]["severity"] == "warning"


def test_a_cell_that_the_unit_has_right_is_passed_over(
    wrong: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    code, said = run(capfd, "override", "set", UNIT, "T1.total=4", "T1.done=3", *WHY)
    assert code == 0
    assert "Không phải ghi T1.total=4" in said
    assert f"override drop {UNIT} T1.done" in said
    _, listed = run_json(capfd, "override", "list")
    assert [(o["item"], o["field"]) for o in listed["overrides"]] == [("T1", "done")]


def test_a_corrected_return_that_says_something_else_opens_the_choice_again(
    wrong: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    run(capfd, "override", "set", UNIT, "T1.done=3", *WHY)
    send(wrong, "syt.xlsx", 2, date(2025, 11, 12))
    run(capfd, "collect")
    (asked,) = findings(capfd, "QD01")
    assert (asked["severity"], asked["item"], asked["state"]) == ("error", "T1", "open")
    code, said = run(capfd, "accept", asked["id"], *WHY)
    assert (code, "override drop" in said) == (door.CANNOT_RUN, True)
    _, listed = run_json(capfd, "override", "list")
    assert [o["status"] for o in listed["overrides"]] == ["not_used"]
    run(capfd, "override", "set", UNIT, "T1.done=3", *WHY)
    assert findings(capfd, "QD01") == []
    send(wrong, "syt.xlsx", 3, date(2025, 11, 14))
    run(capfd, "collect")
    assert findings(capfd, "QD01") == []
    _, listed = run_json(capfd, "override", "list")
    assert [o["status"] for o in listed["overrides"]] == ["replaced", "moot"]


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("XYZ", "T1.done=3", *WHY), "Không có đơn vị “XYZ”"),
        ((UNIT, "T1.dne=3", *WHY), "Có phải ý bạn là T1.done"),
        ((UNIT, "T1.done", *WHY), "chưa có số"),
        ((UNIT, "T1.done=khoảng 3", *WHY), "ước chừng"),
        ((UNIT, "T1.done=5", *WHY), "đã báo cáo đúng như vậy"),
        ((UNIT, "T1.done=3", *WHY[:2]), "Chưa ghi văn bản"),
        ((UNIT, "T1.done=3", "--reason", " ", *WHY[2:]), "Chưa ghi lý do"),
        (("SNV", "T1.done=3", *WHY), "chưa có báo cáo nào được dùng"),
    ],
)
def test_what_can_not_be_put_is_told_and_nothing_is_kept(
    argv: tuple[str, ...], told: str, wrong: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    code, said = run(capfd, "override", "set", *argv)
    assert code == door.CANNOT_RUN
    assert told in said
    assert run(capfd, "override", "list")[1] == "Năm 2025 chưa có đính chính nào."
    assert run(capfd, "override", "drop", UNIT, "T1.done")[0] == door.CANNOT_RUN


def test_one_wrong_cell_among_several_keeps_none(wrong: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(capfd, "override", "set", UNIT, "T1.done=3", "T1.total=x", *WHY)[0] == door.CANNOT_RUN
    assert run(capfd, "override", "list")[1] == "Năm 2025 chưa có đính chính nào."


def test_a_unit_that_sent_paper_alone_is_entered_by_hand(
    wrong: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    type_into(wrong, "SNV", {"C": "12/BC-SNV"})
    run(capfd, "collect")
    code, _ = run(capfd, "override", "set", "SNV", "T1.total=30", "T1.done=30", *WHY)
    assert code == 0
    code, _ = run(capfd, "render", "--as-of", "20/11/2025 17:00")
    assert code == 0
    manifest = json.loads((wrong.results / "bao-cao-2025.json").read_text(encoding="utf-8"))
    (first,) = [i for i in manifest["indicators"] if i["code"] == "T1"]
    assert (first["numerator"], first["denominator"]) == (30, 30)
    own = [c for c in first["cells"] if c["unit"] == "SNV"]
    assert [(c["field"], c["value"], c["file"], c["override"]["document"]) for c in own] == [
        ("total", 30, "", WHY[3]),
        ("done", 30, "", WHY[3]),
    ]


# ------------------------------------------------------------------------------------------ accept


@pytest.fixture
def sample(workspace: Workspace) -> Path:
    """TTT says that a target does not concern it; SNV has sent the form of another year."""
    claim_nothing(workspace, "TTT")
    other = workspace.profile.roster.unit("SNV")
    old = plain_answers(workspace.profile, other)
    (workspace.inbox / "snv.xlsx").write_bytes(form_bytes(workspace.profile, other, Period(2024), old))
    assert door.main(["collect"]) == 1
    return workspace.root


def test_an_accepted_claim_takes_the_unit_out_of_the_target_and_is_shown(
    sample: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (claim,) = findings(capfd, "SL06")
    assert claim["state"] == "open"
    code, _ = run(capfd, "accept", claim["id"].lower(), "--reason", "không có TTHC", "--document", "CV 9")
    assert code == 0
    (claim,) = findings(capfd, "SL06")
    assert claim["state"] == "accepted"
    assert (claim["acceptance"]["reason"], claim["acceptance"]["document"]) == ("không có TTHC", "CV 9")
    _, page = run(capfd, "validate", "--all")
    assert f"{claim['id']} · Biểu 01-A · ô {claim['cell']} (đã chấp nhận)" in page
    assert "Chấp nhận: không có TTHC; CV 9" in page
    _, listed = run_json(capfd, "accept")
    assert [(a["finding"], a["status"]) for a in listed["acceptances"]] == [(claim["id"], "in_force")]
    assert run(capfd, "accept", "--drop", claim["id"])[0] == 0
    (claim,) = findings(capfd, "SL06")
    assert (claim["state"], claim["acceptance"]) == ("open", None)
    assert "đã bỏ ngày" in run(capfd, "accept")[1]
    assert run(capfd, "accept", "--drop", claim["id"])[0] == door.CANNOT_RUN


def test_what_is_wrong_with_an_acceptance_is_told(sample: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (claim,) = findings(capfd, "SL06")
    assert "Chưa có phát hiện nào" in run(capfd, "accept")[1]
    for argv, told in (
        (("SL06-000000", *WHY), "Không có phát hiện “SL06-000000”"),
        (("SL06-zzzz", *WHY), "Không có phát hiện “SL06-zzzz”"),
        (("SL99", *WHY), "Chưa nêu ô đó của đơn vị nào"),
        ((claim["id"], "--reason", "a"), "Chưa ghi văn bản"),
        ((claim["id"], "--reason", "a"), "thì ghi sau --basis"),
        ((claim["id"],), "Chưa ghi lý do"),
        (WHY, "Chưa nêu mã"),
        (("--drop",), "Chưa nêu mã"),
        ((claim["id"], findings(capfd, "NH03")[0]["id"], *WHY), "lỗi của cả tệp"),
    ):
        code, said = run(capfd, "accept", *argv)
        assert (code, told in said) == (door.CANNOT_RUN, True), said
    assert "Chưa có phát hiện nào" in run(capfd, "accept")[1]


def test_what_takes_back_many_acceptances_takes_back_those_and_no_others(
    workspace: Workspace, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for unit in ("TTT", "STC", "SCT"):
        claim_nothing(workspace, unit)
    door.main(["collect"])
    claims = findings(capfd, "SL06")
    monkeypatch.setattr(accept, "_MOST_LISTED", 1)

    def accepted_and_taken_back(*words: str) -> list[str]:
        code, said = run(capfd, "accept", *words, *WHY)
        assert code == 0
        undo = said.rpartition("Bỏ chấp nhận: dvctt-report ")[2].split()
        assert run(capfd, *undo)[0] == 0
        return undo[2:]

    assert accepted_and_taken_back("SL06", "--all") == ["SL06"]
    assert {f["state"] for f in findings(capfd, "SL06")} == {"open"}
    earlier = claims[0]["id"]
    assert run(capfd, "accept", earlier, *WHY)[0] == 0
    assert accepted_and_taken_back("SL06", "--all") == [f["id"] for f in claims[1:]]
    assert [f["id"] for f in findings(capfd, "SL06") if f["state"] == "accepted"] == [earlier]
    other = run(capfd, "accept", "--drop", claims[0]["unit"], "Biểu 01-A ô G10")
    assert (other[0], "Chưa có chấp nhận nào như vậy" in other[1]) == (door.CANNOT_RUN, True)
    assert [f["id"] for f in findings(capfd, "SL06") if f["state"] == "accepted"] == [earlier]


def claim_nothing(workspace: Workspace, code: str) -> None:
    """Send a return that says of the first target that it does not concern the unit."""
    unit = workspace.profile.roster.unit(code)
    answers = plain_answers(workspace.profile, unit)
    del answers[Key("T1", "total")], answers[Key("T1", "done")]
    answers |= {Key("T1", "status"): "Không áp dụng", Key("T1", "note"): "không có"}
    form = form_bytes(workspace.profile, unit, Period(2025), answers)
    (workspace.inbox / f"{code}.xlsx").write_bytes(form)


def test_a_units_wish_to_keep_its_answer_is_confirmed_with_its_own_reason(
    sample: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    from dvctt_report.workspace import read_workspace

    (claim,) = findings(capfd, "SL06")
    wish = Acceptance(
        claim["id"], "TTT", "không áp dụng", "không có TTHC", "BC 7/TTT", "TTT", datetime(2025, 11, 1), True
    )
    with open_register(read_workspace(sample).register) as register:
        assert keep_decided(register, Period(2025), wish)
    assert findings(capfd, "SL06")[0]["state"] == "open"
    assert "đơn vị đề nghị, chờ xác nhận" in run(capfd, "accept")[1]
    assert "Không đồng ý giữ nguyên" in run(capfd, "accept", claim["id"], "--drop")[1]
    with open_register(read_workspace(sample).register) as register:
        assert keep_decided(register, Period(2025), replace(wish, reason="đơn vị không có TTHC"))
    assert run(capfd, "accept", claim["id"])[0] == 0
    (claim,) = findings(capfd, "SL06")
    assert (claim["state"], claim["acceptance"]["document"]) == ("accepted", "BC 7/TTT")
    _, listed = run_json(capfd, "accept")
    assert [a["status"] for a in listed["acceptances"]] == ["undone", "confirmed", "in_force"]
    assert "đơn vị đề nghị, đã được chấp nhận ngày" in run(capfd, "accept")[1]
    assert run(capfd, "accept", claim["id"], "--reason", "đã hỏi lại", "--document", "CV 9")[0] == 0
    _, listed = run_json(capfd, "accept")
    assert [a["status"] for a in listed["acceptances"]] == ["undone", "confirmed", "replaced", "in_force"]
    assert run(capfd, "accept", claim["id"], "--drop")[0] == 0
    _, listed = run_json(capfd, "accept")
    assert [a["status"] for a in listed["acceptances"]] == ["undone", "retracted", "replaced", "undone"]
    said = run(capfd, "accept")[1]
    assert "đã chấp nhận rồi bỏ chấp nhận ngày" in said
    assert "đã được chấp nhận" not in said


def test_what_took_the_place_of_an_earlier_decision_is_not_said_to_be_dropped(
    wrong: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    for done in ("3", "2"):
        assert run(capfd, "override", "set", "SYT", f"T1.done={done}", *WHY)[0] == 0
    _, listed = run_json(capfd, "override", "list")
    assert [o["status"] for o in listed["overrides"]] == ["replaced", "in_force"]
    assert "đã bỏ" not in run(capfd, "override", "list")[1]


# ------------------------------------------------------------------------------------------ control


def test_control_figures_go_from_the_workbook_to_the_report(
    wrong: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    assert "Chưa có số đối chiếu" in run(capfd, "control", "list")[1]
    assert run(capfd, "control", "read")[0] == door.CANNOT_RUN
    assert run(capfd, "control", "make")[0] == 0
    code, said = run(capfd, "control", "make")
    assert (code, "không ghi đè" in said) == (door.CANNOT_RUN, True)
    path = wrong.control
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    row = next(c.row for c in sheet["A"] if c.value == "T10" and not sheet[f"C{c.row}"].value)
    typed = {
        "E": 2000,
        "F": "khoảng 1599",
        "H": date(2025, 10, 31),
        "I": "CV 8",
        "J": "Số đối chiếu",
        "K": "đủ",
    }
    for column, value in typed.items():
        sheet[f"{column}{row}"] = value
    book.save(path)
    code, said = run(capfd, "control", "read")
    assert (code, "Chưa lưu số nào" in said, f"ô F{row}" in said) == (1, True, True)
    sheet[f"F{row}"] = 1599
    book.save(path)
    assert run(capfd, "control", "read")[0] == 0
    _, listed = run_json(capfd, "control", "list")
    (one,) = listed["controls"]
    assert (one["control"], one["printed"], one["reason"]) == ({"total": 2000, "done": 1599}, "control", "đủ")
    assert "In số đối chiếu: đủ." in run(capfd, "control", "list")[1]
    assert run(capfd, "render", "--as-of", "20/11/2025 17:00")[0] == 0
    manifest = json.loads((wrong.results / "bao-cao-2025.json").read_text(encoding="utf-8"))
    (found,) = [i for i in manifest["indicators"] if i["code"] == "T10"]
    assert (found["percent"], found["verdict"], found["basis"]) == ("79,95%", "missed", "complete")
