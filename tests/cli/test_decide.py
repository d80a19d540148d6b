"""The command ``decide``: what it lists, what it keeps, what it refuses, what it takes back."""

from __future__ import annotations

import json
import shlex
import shutil
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dvctt_report.cli import door
from dvctt_report.cli.app import COMMANDS, app
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.writer import form_bytes
from dvctt_report.model import Acceptance, Key
from dvctt_report.model.period import Period
from dvctt_report.store.register import keep_decided, open_register
from dvctt_report.store.workspace import Workspace, read_workspace
from tests.cli.test_app import english_words
from tests.cli.test_commands import plain_answers, run_json
from tests.cli.test_register import UNIT, send, type_into, workspace
from tests.made import tabled
from tests.pytest_types import Capture, Patch

__all__ = ["workspace"]

WHY = ("--reason", "đơn vị gõ nhầm", "--document", "Công văn số 12/SYT-VP")
ZALO = ("--reason", "đơn vị gõ nhầm", "--basis", "Zalo: chị Lan, ngày 12/11")
PUT = ("--unit", UNIT, "--set")


def findings(capfd: Capture, code: str) -> list[dict[str, Any]]:
    _, said = run_json(capfd, "validate", "--as-of", "20/11/2025")
    return [f for f in said["findings"] if f["code"] == code]


def run(capfd: Capture, *argv: str) -> tuple[int, str]:
    capfd.readouterr()
    code = door.main(list(argv))
    out, err = capfd.readouterr()
    return code, " ".join((out + err).split())


def kept(capfd: Capture, kind: str) -> list[dict[str, Any]]:
    """The decisions of a kind, the earliest first; those in force have a name."""
    _, said = run_json(capfd, "decide")
    return [one for one in said["decisions"] if one["kind"] == kind]


@pytest.fixture
def wrong(workspace: Workspace) -> Workspace:
    """SYT has sent 5 done of 4."""
    send(workspace, "syt.xlsx", 5, date(2025, 11, 5))
    assert door.main(["collect"]) == 0
    return workspace


@pytest.fixture
def asked(questioned: Path, tmp_path: Path, monkeypatch: Patch, capfd: Capture) -> Workspace:
    """The sample, collected: three errors and six warnings are open."""
    shutil.copytree(questioned, tmp_path / "asked")
    monkeypatch.chdir(tmp_path / "asked")
    capfd.readouterr()
    return read_workspace(tmp_path / "asked")


@pytest.mark.parametrize(
    "argv", [["decide"], *(["control", name] for name in COMMANDS["control"]["commands"])]
)
def test_the_commands_explain_themselves_in_vietnamese(argv: list[str], capfd: Capture) -> None:
    assert door.run(app, [*argv, "--help"]) == door.DONE
    page = capfd.readouterr().out
    assert page.startswith(f"Cách dùng: dvctt-report {' '.join(argv)} ")
    assert english_words(page) <= {*argv}


@pytest.mark.parametrize("by", ["figure", "acceptance"])
def test_collect_counts_what_is_open_as_validate_does(by: str, workspace: Workspace, capfd: Capture) -> None:
    send(workspace, "syt.xlsx", "khoảng 3", date(2025, 11, 5))
    assert door.main(["collect"]) == 1
    (found,) = findings(capfd, "DL01")
    if by == "figure":
        assert door.main(["decide", found["id"], "--set", "3", *WHY]) == 0
    else:
        made = Acceptance(found["id"], "SYT", "x", WHY[1], WHY[3], "a", datetime(2025, 11, 6))
        with open_register(workspace.register) as register:
            keep_decided(register, Period(2025), made)
    code, said = run(capfd, "collect")
    assert (code, "0 lỗi" in said) == (0, True), said
    _, listed = run_json(capfd, "collect")
    states = [f["state"] for r in listed["returns"] for f in r["findings"] if f["code"] == "DL01"]
    assert states == [{"figure": "overridden", "acceptance": "accepted"}[by]]


# ------------------------------------------------------------------------------- figures put


@pytest.mark.parametrize("cell", ["Biểu 01-A ô G10", "bieu 01-a, ô g10", "01-A G10", "T10.done", "t10.done"])
def test_a_cell_is_named_as_it_is_seen(asked: Workspace, capfd: Capture, cell: str) -> None:
    code, said = run(capfd, "decide", "--unit", "sở y tế", "--set", f"{cell}=2000", *ZALO)
    assert (code, "T10.done: “2.410” → “2.000”" in said) == (0, True), said
    undo = said.partition("Bỏ: dvctt-report ")[2].split()
    assert run(capfd, *undo)[0] == 0
    assert run(capfd, "decide", "--unit", UNIT, "--set", f"{cell}=2000", *ZALO)[0] == 0
    assert "Trở lại như đơn vị ghi, còn lỗi" in run(capfd, "decide", "--undo", "--unit", UNIT, cell)[1]
    assert [one["name"] for one in kept(capfd, "figure")] == [None, None]


def test_what_rests_on_no_document_is_listed_and_never_printed(asked: Workspace, capfd: Capture) -> None:
    assert run(capfd, "decide", "--unit", "SYT", "--set", "01-A G10=2000", *ZALO)[0] == 0
    assert run(capfd, "decide", "--leave-out", "--unit", "BQLKCN", "01-A G10", *ZALO[2:])[0] == 0
    assert "Zalo: chị Lan" in run(capfd, "decide")[1]
    assert run(capfd, "render", "--as-of", "20/11/2025 17:00")[0] == 0
    text = asked.manifest_of(asked.period).read_text(encoding="utf-8")
    assert "đơn vị gõ nhầm" in json.dumps(json.loads(text)["printed"], ensure_ascii=False).lower()
    assert "Zalo" not in text


def test_a_figure_that_is_put_mends_is_listed_and_is_taken_back(wrong: Workspace, capfd: Capture) -> None:
    before = (wrong.inbox / "syt.xlsx").read_bytes()
    assert run(capfd, "decide", *PUT, "T1.total=4; T1.done=3", *WHY)[0] == 0
    assert findings(capfd, "SL02") == []
    (one,) = kept(capfd, "figure")  # the total was right as it was
    assert (one["item"], one["field"], one["over"], one["text"]) == ("T1", "done", "5", "3")
    assert (one["reason"], one["document"], bool(one["who"])) == (WHY[1], WHY[3], True)
    code, said = run(capfd, "decide", "--undo", one["name"])
    assert (code, "còn lỗi, chưa đưa vào tổng hợp" in said) == (0, True)
    assert len(findings(capfd, "SL02")) == 1
    (again,) = kept(capfd, "figure")
    assert (again["name"], bool(again["undone_by"] and again["undone_on"])) == (None, True)
    assert run(capfd, "decide", "--undo", one["name"])[0] == door.CANNOT_RUN
    assert (wrong.inbox / "syt.xlsx").read_bytes() == before


def test_a_figure_that_leaves_an_error_says_so_at_once_and_the_later_takes_its_place(
    wrong: Workspace, capfd: Capture
) -> None:
    code, said = run(capfd, "decide", *PUT, "T1.done=9", *WHY)
    assert (code, "vẫn còn lỗi" in said, "SL02-" in said) == (1, True, True)
    assert run(capfd, "decide", *PUT, "T1.done=3", *WHY)[0] == 0
    assert [(one["text"], bool(one["name"])) for one in kept(capfd, "figure")] == [("9", False), ("3", True)]
    code, told = run_json(capfd, "decide", *PUT, "T1.done=2", *WHY)
    assert (code, told["decisions"][-1]["text"]) == (0, "2")


def test_of_a_total_typed_over_its_details_neither_is_accepted_and_the_officer_puts_one(
    workspace: Workspace, capfd: Capture
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
    code, said = run(capfd, "decide", found["id"], "--accept", *WHY)
    assert (code, found["message"] in said) == (door.CANNOT_RUN, True)
    assert f'decide --unit TBC --set "T5.total@{unit.parts[0]}=SỐ"' in said
    _, said = run(capfd, "decide", found["id"], "--set", "2015", *WHY)
    assert "“2.015” → “2.015”" in said
    assert "được dùng nhưng khác tổng các ô chi tiết" in said
    assert f"Đính chính T5.total là 2.015, cộng các ô chi tiết được {details}" in said
    assert findings(capfd, "DL13")[0]["state"] == "overridden"
    assert findings(capfd, "QD04")[0]["severity"] == "warning"


def test_a_corrected_return_that_says_something_else_opens_the_choice_again(
    wrong: Workspace, capfd: Capture
) -> None:
    run(capfd, "decide", *PUT, "T1.done=3", *WHY)
    send(wrong, "syt.xlsx", 2, date(2025, 11, 12))
    run(capfd, "collect")
    (found,) = findings(capfd, "QD01")
    assert (found["severity"], found["item"], found["state"]) == ("error", "T1", "open")
    code, said = run(capfd, "decide", found["id"], "--accept", *WHY)
    assert (code, "--undo" in said) == (door.CANNOT_RUN, True)
    run(capfd, "decide", found["id"], "--set", "3", *WHY)
    assert findings(capfd, "QD01") == []
    send(wrong, "syt.xlsx", 3, date(2025, 11, 14))
    run(capfd, "collect")
    assert findings(capfd, "QD01") == []


def test_a_unit_that_sent_paper_alone_is_entered_by_hand(wrong: Workspace, capfd: Capture) -> None:
    type_into(wrong, "SNV", {"C": "12/BC-SNV"})
    run(capfd, "collect")
    assert run(capfd, "decide", "--unit", "SNV", "--set", "T1.total=30; T1.done=30", *WHY)[0] == 0
    assert run(capfd, "render", "--as-of", "20/11/2025 17:00")[0] == 0
    manifest = json.loads((wrong.results / "bao-cao-2025.json").read_text(encoding="utf-8"))
    (first,) = [i for i in manifest["indicators"] if i["code"] == "T1"]
    assert (first["numerator"], first["denominator"]) == (30, 30)
    own = [c for c in first["cells"] if c["unit"] == "SNV"]
    assert [(c["field"], c["value"], c["file"], c["override"]["document"]) for c in own] == [
        ("total", 30, "", WHY[3]),
        ("done", 30, "", WHY[3]),
    ]


# ---------------------------------------------------------------------------------- refused


@pytest.fixture(scope="module")
def refusing(questioned: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """One copy of the sample for all that is refused; the names of its findings, once asked."""
    return shutil.copytree(questioned, tmp_path_factory.mktemp("refusing") / "w"), {}


@tabled(("case", "command", "told"))
def test_what_cannot_be_decided_is_told_and_nothing_is_kept(
    case: str,
    command: str,
    told: str,
    refusing: tuple[Path, dict[str, str]],
    monkeypatch: Patch,
    capfd: Capture,
) -> None:
    root, names = refusing
    monkeypatch.chdir(root)
    if not names:
        _, said = run_json(capfd, "validate", "--as-of", "20/11/2025")
        names |= {f["code"]: f["id"] for f in said["findings"]}
    argv = (WHY if word == "WHY" else (word.format_map(names),) for word in shlex.split(command))
    code, answer = run(capfd, "decide", *chain.from_iterable(argv))
    assert (code, told in answer) == (door.CANNOT_RUN, True), answer
    assert run_json(capfd, "decide")[1]["decisions"] == []


# --------------------------------------------------------------------------------- accepted


def claim_nothing(workspace: Workspace, code: str) -> None:
    """Send a return that says of the first target that it does not concern the unit."""
    unit = workspace.profile.roster.unit(code)
    answers = plain_answers(workspace.profile, unit)
    del answers[Key("T1", "total")], answers[Key("T1", "done")]
    answers |= {Key("T1", "status"): "Không áp dụng", Key("T1", "note"): "không có"}
    form = form_bytes(workspace.profile, unit, Period(2025), answers)
    (workspace.inbox / f"{code}.xlsx").write_bytes(form)


@pytest.fixture
def claims(workspace: Workspace, capfd: Capture) -> list[dict[str, Any]]:
    """Three units say that a target does not concern them."""
    for unit in ("TTT", "STC", "SCT"):
        claim_nothing(workspace, unit)
    assert door.main(["collect"]) == 0
    return findings(capfd, "SL06")


def test_an_accepted_claim_is_shown_and_taken_back(claims: list[dict[str, Any]], capfd: Capture) -> None:
    name = claims[0]["id"]
    assert (
        run(capfd, "decide", name.lower(), "--accept", "--reason", "không có TTHC", "--document", "CV 9")[0]
        == 0
    )
    claim = findings(capfd, "SL06")[0]
    assert (claim["state"], claim["acceptance"]["reason"]) == ("accepted", "không có TTHC")
    _, page = run(capfd, "validate", "--all")
    assert f"{name} · Biểu 01-A · ô {claim['cell']} (đã chấp nhận)" in page
    assert "Chấp nhận: không có TTHC; CV 9" in page
    code, said = run(capfd, "decide", name, "--accept", *WHY)
    assert (code, "đã quyết định" in said) == (door.CANNOT_RUN, True), "it is taken back first"
    assert run(capfd, "decide", "--undo", name)[0] == 0
    claim = findings(capfd, "SL06")[0]
    assert (claim["state"], claim["acceptance"]) == ("open", None)
    assert [one["name"] for one in kept(capfd, "accepted")] == [None]


def test_all_of_a_kind_are_accepted_where_that_is_said_and_taken_back_with_none_besides(
    claims: list[dict[str, Any]], capfd: Capture
) -> None:
    earlier = claims[0]["id"]
    assert run(capfd, "decide", earlier, "--accept", *WHY)[0] == 0
    code, said = run(capfd, "decide", "SL06", "--accept", *WHY)
    assert (code, "Có 2 việc như vậy" in said, earlier in said) == (door.CANNOT_RUN, True, False)
    code, said = run(capfd, "decide", "SL06", "--accept", "--all", *WHY)
    assert code == 0
    assert {f["state"] for f in findings(capfd, "SL06")} == {"accepted"}
    assert run(capfd, *said.rpartition("Bỏ: dvctt-report ")[2].split())[0] == 0
    assert [f["id"] for f in findings(capfd, "SL06") if f["state"] == "accepted"] == [earlier]
    other = run(capfd, "decide", "--undo", "--unit", claims[1]["unit"], "Biểu 01-A ô G10")
    assert other[0] == door.CANNOT_RUN
    assert run(capfd, "decide", "--undo", "SL06", "--unit", claims[0]["unit"])[0] == 0
    assert {f["state"] for f in findings(capfd, "SL06")} == {"open"}


def test_a_finding_is_accepted_by_its_unit_and_cell(asked: Workspace, capfd: Capture) -> None:
    code, said = run(capfd, "decide", "--unit", "NHI", "Biểu 02 ô G11", "--accept", *WHY)
    assert (code, "Chấp nhận DL12-" in said) == (0, True), said


# --------------------------------------------------------------------------- listed, by two people


def test_what_waits_is_listed_with_names_that_stay_when_something_else_is_settled(
    asked: Workspace, capfd: Capture
) -> None:
    _, before = run_json(capfd, "decide")
    names = {row["name"] for row in before["matters"]}
    assert len(names) == len(before["matters"]) == 9
    assert all(name in run(capfd, "decide")[1] for name in names)
    settled = next(row["name"] for row in before["matters"] if row["name"].startswith("SL02"))
    assert run(capfd, "decide", settled, "--leave-out")[0] == 0
    _, after = run_json(capfd, "decide")
    assert {row["name"] for row in after["matters"]} == names - {settled}
    assert {row["unit"] for row in run_json(capfd, "decide", "--unit", "NHI")[1]["matters"]} == {"NHI"}
    code, said = run(capfd, "decide", settled, "--set", "2014", *WHY)
    assert (code, "đã quyết định" in said) == (door.CANNOT_RUN, True)


def test_a_name_that_was_read_before_the_unit_sent_again_decides_nothing(
    wrong: Workspace, capfd: Capture
) -> None:
    (row,) = [r for r in run_json(capfd, "decide")[1]["matters"] if r["name"].startswith("SL02")]
    send(wrong, "syt.xlsx", 6, date(2025, 11, 12))
    run(capfd, "collect")
    code, said = run(capfd, "decide", row["name"], "--set", "3", *WHY)
    assert (code, "nội dung nay đã khác" in said) == (door.CANNOT_RUN, True)
    assert kept(capfd, "figure") == []


def test_a_row_shows_what_may_be_chosen_and_is_decided_by_these_words_or_their_number(
    asked: Workspace, capfd: Capture
) -> None:
    (name,) = [r["name"] for r in run_json(capfd, "decide")[1]["matters"] if r["name"].startswith("SL06")]
    said = run(capfd, "decide", name)[1]
    assert "1 Số đúng" in said
    assert "2 Không áp dụng" in said
    assert run(capfd, "decide", name, "--choose", "2", *WHY)[0] == 0
    assert run(capfd, "decide", name, "--undo")[0] == 0
    assert run(capfd, "decide", name, "--choose", "không áp dụng", *WHY)[0] == 0
    assert [bool(one["name"]) for one in kept(capfd, "accepted")] == [False, True]


# ------------------------------------------------------------------------------------------ control


def test_control_figures_go_from_the_workbook_to_the_report(wrong: Workspace, capfd: Capture) -> None:
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
