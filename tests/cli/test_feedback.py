"""From the list that a unit is sent to its answer in the inbox, as an officer does it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from dvctt_report.cli import door
from dvctt_report.store.workspace import read_workspace
from tests.cli.test_commands import run_json
from tests.cli.test_register import send
from tests.papers.mending.mended import answer
from tests.pytest_types import Capture, Patch

AS_OF = ("--as-of", "20/11/2025 17:00")
LISTS = Path("ket-qua/2025/chinh-ly")
INBOX = Path("nhan-ve/2025")


@pytest.fixture
def sample(questioned: Path, tmp_path: Path, monkeypatch: Patch, capfd: Capture) -> Path:
    """A copy of the returns asked about, with the current folder in it."""
    return here(questioned, tmp_path, monkeypatch, capfd)


@pytest.fixture(scope="module")
def sent_lists(questioned: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same with the lists of errors made, and with those of questions too; not to be written to."""
    made = {}
    for name, more in (("errors", ()), ("questions", ("--questions",))):
        root = shutil.copytree(questioned, tmp_path_factory.mktemp(name) / "Báo cáo")
        assert door.main(["feedback", *AS_OF, *more, "--workspace", str(root)]) == 0
        made[name] = root
    return made


@pytest.fixture
def listed(sent_lists: dict[str, Path], tmp_path: Path, monkeypatch: Patch, capfd: Capture) -> Path:
    """A copy of the returns asked about with the lists of their errors, as the current folder."""
    return here(sent_lists["errors"], tmp_path, monkeypatch, capfd)


@pytest.fixture
def listed_questions(sent_lists: dict[str, Path], tmp_path: Path, monkeypatch: Patch, capfd: Capture) -> Path:
    """A copy of the same with the questions in the lists."""
    return here(sent_lists["questions"], tmp_path, monkeypatch, capfd)


def here(made: Path, folder: Path, patch: Patch, said: Capture) -> Path:
    root = shutil.copytree(made, folder / "Báo cáo")
    patch.chdir(root)
    said.readouterr()
    return root


def lists() -> list[str]:
    """The units for which a file was written."""
    return sorted(p.name.split("_")[1] for p in LISTS.glob("*"))


def sent_to(unit: str) -> Path:
    """What goes to the unit."""
    return next(LISTS.glob(f"BM2025_{unit}_*_ra-soat.xlsx"))


def finding(capfd: Capture, unit: str, code: str) -> dict[str, Any]:
    _, said = run_json(capfd, "validate", *AS_OF)
    found: dict[str, Any] = next(f for f in said["findings"] if (f["unit"], f["code"]) == (unit, code))
    return found


def reply(unit: str, name: str, opinion: str, reason: str = "") -> None:
    """Put the unit's answered list into the inbox."""
    data = answer(sent_to(unit).read_bytes(), {name: (opinion, reason)})
    (INBOX / f"Tra loi {unit}.xlsx").write_bytes(data)


def status(capfd: Capture, unit: str) -> dict[str, Any]:
    _, said = run_json(capfd, "status", *AS_OF)
    return next(u for u in said["units"] if u["unit"] == unit)


def test_each_unit_with_an_error_gets_a_list_and_nobody_else(sample: Path, capfd: Capture) -> None:
    """Two faulty cells, last year's form: three lists; late, missing and duplicate returns: none."""
    assert door.main(["feedback", *AS_OF]) == 0
    said = capfd.readouterr()
    assert lists() == ["BQLKCN", "CDN", "SYT"]
    assert "Đã lập 3 bảng kê" in said.out
    assert "Chỉ có nội dung cần xác nhận" in said.err
    assert door.main(["feedback", *AS_OF, "--questions", "--unit", "Thanh tra"]) == 0
    assert "TTT" in lists()


def test_a_kept_figure_waits_for_the_officer_who_accepts_it_by_its_name_alone(
    listed_questions: Path, capfd: Capture
) -> None:
    name = finding(capfd, "TTT", "SL06")["id"]
    reply("TTT", name, "Giữ nguyên", '"; rm -rf $HOME; "')
    capfd.readouterr()
    door.main(["collect"])
    out = capfd.readouterr().out
    assert "Thanh tra tỉnh trả lời bảng kê chỉnh lý: 1 “Giữ nguyên”" in out
    assert "không phải biểu mẫu" not in out
    told = finding(capfd, "TTT", "SL06")["reply"]
    assert (told["opinion"], told["standing"], told["cell"][:1]) == ("kept", "to_accept", "H")
    door.main(["validate", *AS_OF])
    out = capfd.readouterr().out
    assert "→ đơn vị đề nghị giữ nguyên: " in out
    commands = [line.strip() for line in out.splitlines() if "dvctt-report decide" in line]
    assert commands == [
        f"Chấp nhận: dvctt-report decide {name} --accept",
        f"Không chấp nhận, hỏi lại đơn vị: dvctt-report decide {name} --undo",
    ]
    assert status(capfd, "TTT")["to_accept"] == 1
    door.main(["status", *AS_OF])
    assert "Đơn vị đề nghị giữ nguyên, chờ xem xét: Thanh tra tỉnh 1" in capfd.readouterr().out
    assert door.main(["decide", name, "--accept"]) == 0
    accepted = finding(capfd, "TTT", "SL06")
    assert (accepted["state"], accepted["reply"]) == ("accepted", None)
    assert accepted["acceptance"]["document"] == "Bảng kê chỉnh lý đơn vị trả lời, lập ngày 20/11/2025"
    door.main(["collect"])  # the reply is still there, and the decision stands
    assert finding(capfd, "TTT", "SL06")["state"] == "accepted"


def test_what_was_turned_down_is_asked_again(listed_questions: Path, capfd: Capture) -> None:
    name = finding(capfd, "TTT", "SL06")["id"]
    reply("TTT", name, "Giữ nguyên", "không thuộc lĩnh vực")
    door.main(["collect"])
    capfd.readouterr()
    door.main(["feedback", *AS_OF, "--questions"])
    assert "Thanh tra tỉnh đã trả lời 1 nội dung" in capfd.readouterr().err
    assert door.main(["decide", "--undo", "--accept", "--all"]) == 2, "by its name alone"
    assert door.main(["decide", "--undo", name]) == 0
    assert "Không đồng ý: " in capfd.readouterr().out
    door.main(["collect"])
    assert finding(capfd, "TTT", "SL06")["reply"]["standing"] == "turned_down"
    assert status(capfd, "TTT")["to_accept"] == 0
    door.main(["feedback", *AS_OF, "--questions", "--unit", "TTT", "--text"])
    assert "Ý kiến giữ nguyên chưa được chấp nhận" in capfd.readouterr().out


def test_a_wish_that_is_withdrawn_no_longer_waits(listed_questions: Path, capfd: Capture) -> None:
    name = finding(capfd, "TTT", "SL06")["id"]
    reply("TTT", name, "Giữ nguyên", "không thuộc lĩnh vực")
    door.main(["collect"])
    reply("TTT", name, "Đã sửa")
    door.main(["collect"])
    assert status(capfd, "TTT")["to_accept"] == 0
    _, said = run_json(capfd, "decide")
    assert [(a["proposed"], a["name"]) for a in said["decisions"]] == [(True, None)]


def test_an_impossible_figure_can_be_kept_by_no_one(listed: Path, capfd: Capture) -> None:
    name = finding(capfd, "SYT", "SL02")["id"]
    reply("SYT", name, "Giữ nguyên", "đúng theo hệ thống")
    door.main(["collect"])
    capfd.readouterr()
    door.main(["validate", *AS_OF, "--unit", "SYT"])
    out = capfd.readouterr().out
    assert "Chưa chấp nhận được: " in out
    assert f"dvctt-report decide {name} --accept" not in out
    assert f"dvctt-report decide {name} --undo" in out
    assert "dvctt-report decide --unit SYT --set" in out


def test_a_figure_said_to_be_mended_that_is_not_is_seen(listed: Path, capfd: Capture) -> None:
    reply("SYT", finding(capfd, "SYT", "SL02")["id"], "Đã sửa")
    door.main(["collect"])
    assert finding(capfd, "SYT", "SL02")["reply"]["standing"] == "same_again"


def mend(unit: str, change: Callable[[Workbook], None]) -> None:
    """Put what the unit was sent into the inbox with ``change`` in it, and no word on the list."""
    book = openpyxl.load_workbook(sent_to(unit))
    change(book)
    book.save(INBOX / f"{unit} gui lai.xlsx")


def test_a_form_sent_back_mended_takes_the_place_of_the_first_without_a_question(
    sample: Path, capfd: Capture
) -> None:
    """The same day of signing stands in both files; nobody has to choose, whatever the names."""
    _, said = run_json(capfd, "validate", *AS_OF)
    before = {f["id"] for f in said["findings"] if f["severity"] != "info"}
    door.main(["feedback", *AS_OF])

    def change(book: Workbook) -> None:
        (sheet, cell) = own["sheet"], own["cell"]
        assert book[sheet][cell].comment is not None
        book[sheet][cell] = 1990

    own = finding(capfd, "SYT", "SL02")
    mend("SYT", change)
    door.main(["collect"])
    capfd.readouterr()
    _, said = run_json(capfd, "validate", *AS_OF)
    after = {f["id"] for f in said["findings"] if f["severity"] != "info"}
    assert after - before == set()
    assert own["id"] not in after
    states = {r["file"]: r["status"] for r in run_json(capfd, "collect")[1]["returns"] if r["unit"] == "SYT"}
    assert states == {
        "nhan-ve/2025/BM2025_SYT_So-Y-te.xlsx": "superseded",
        "nhan-ve/2025/SYT gui lai.xlsx": "effective",
    }


def test_no_figure_is_shown_as_such_and_the_unit_is_not_asked_again(listed: Path, capfd: Capture) -> None:
    name = finding(capfd, "BQLKCN", "DL01")["id"]
    reply("BQLKCN", name, "Chưa có số liệu", "bổ sung trước 30/11")
    door.main(["collect"])
    capfd.readouterr()
    door.main(["validate", *AS_OF, "--unit", "BQLKCN"])
    assert "đơn vị trả lời chưa có số liệu: bổ sung trước 30/11" in capfd.readouterr().out
    door.main(["feedback", *AS_OF])
    assert sent_to("BQLKCN").name in capfd.readouterr().err  # the earlier list is out of date


def test_a_form_sent_back_stands_by_itself(listed: Path, capfd: Capture) -> None:
    """The file that it took the place of may be gone."""
    own = finding(capfd, "SYT", "SL02")
    reply("SYT", own["id"], "Giữ nguyên", "đúng")
    Path(own["file"]).unlink()
    door.main(["collect"])
    assert status(capfd, "SYT")["status"] == "received"
    assert finding(capfd, "SYT", "SL02")["state"] == "open"


def test_an_answered_list_is_never_written_over(listed: Path, capfd: Capture) -> None:
    path = sent_to("SYT")
    answered = answer(path.read_bytes(), {finding(capfd, "SYT", "SL02")["id"]: ("Đã sửa", "")})
    path.write_bytes(answered)
    door.main(["feedback", *AS_OF])
    assert path.read_bytes() == answered
    assert lists().count("SYT") == 2
    assert "đã có ý kiến của đơn vị" in capfd.readouterr().err


def test_the_message_stands_alone_on_stdout(sample: Path, capfd: Capture) -> None:
    door.main(["feedback", *AS_OF, "--text", "--unit", "SYT", "--reply-by", "25/11/2025"])
    said = capfd.readouterr()
    assert said.out.startswith("Kính gửi Sở Y tế,\n")
    assert said.out.endswith("Trân trọng cảm ơn.\n")
    assert "trước ngày 25/11/2025" in said.out
    assert "Đã lập 1 bảng kê" in said.err
    assert door.main(["feedback", "--reply-by", "mai"]) == 2
    assert door.main(["feedback", *AS_OF, "--reply-by", "20/11/2025"]) == 2


def test_a_unit_without_a_fault_gets_neither_list_nor_message(sample: Path, capfd: Capture) -> None:
    assert door.main(["feedback", *AS_OF, "--unit", "SNV", "--text"]) == 0
    said = capfd.readouterr()
    assert said.out.strip() == ""
    assert "không lập bảng kê" in said.err
    assert not LISTS.exists()


def test_what_the_office_enters_from_paper_says_so(sample: Path, capfd: Capture) -> None:
    """The unit's own form, filled in by the office: seen in print, told with the return, no fault."""
    assert door.main(["forms", "--from-paper"]) == 2
    assert door.main(["forms", "--unit", "SDTTG", "--from-paper"]) == 0
    (path,) = Path("bieu-mau/2025").glob("*SDTTG*_nhap-tu-ban-giay.xlsx")
    book = openpyxl.load_workbook(path)
    page = book["01-A số liệu"]
    assert any("Nhập từ bản giấy" in str(c.value) for c in page[1])
    page["F8"], page["G8"] = 12, 11
    book.save(INBOX / path.name)
    door.main(["collect"])
    capfd.readouterr()
    told = finding(capfd, "SDTTG", "NH86")
    assert told["severity"] == "info"
    assert "nhập số liệu từ bản giấy" in told["message"]
    assert status(capfd, "SDTTG")["channel"] == "giấy"
    _, said = run_json(capfd, "validate", "--unit", "SDTTG", *AS_OF)
    assert not [f["message"] for f in said["findings"] if "Nhập từ bản giấy" in f["message"]]


@pytest.fixture(scope="module")
def unusable(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files that don't count any more: turned down, written over by a damaged one, taken out of the inbox.

    And one turned down of a unit that has sent another one. Not to be written to.
    """
    root = shutil.copytree(begun, tmp_path_factory.mktemp("unusable") / "Sổ")
    workspace, here = read_workspace(root), ["--workspace", str(root)]
    sent = {
        code: send(workspace, f"{code}.xlsx", 2, None, code) for code in ("SYT", "STP", "SNV", "SXD", "STC")
    }
    assert door.main([*here, "collect"]) in (0, 1)
    for code in ("SYT", "SXD"):
        assert door.main([*here, "decide", f"{code}.xlsx", "--reject", "--reason", "đơn vị xin rút"]) == 0
    send(workspace, "SXD lần 2.xlsx", 3, date(2025, 11, 7), "SXD")
    sent["STP"].write_bytes(sent["STP"].read_bytes()[:3000])
    sent["SNV"].unlink()
    door.main([*here, "collect"])
    assert door.main([*here, "feedback", *AS_OF]) == 0
    assert door.main([*here, "letter", "list", *AS_OF]) == 0
    return root


_WHY = {
    "SYT": "Biểu đã gửi không được dùng, lý do: đơn vị xin rút.",
    "STP": "Tệp gửi sau, cùng tên, không dùng được: tệp nén của Excel bị hỏng",
    "SNV": "Biểu đã nhận không còn dùng được.",
}


def test_a_unit_that_has_nothing_usable_is_asked_to_send_again_and_told_why(
    unusable: Path, monkeypatch: Patch, capfd: Capture
) -> None:
    """Whoever is told everywhere to be asked to send again is asked: by list, message and letter."""
    monkeypatch.chdir(unusable)
    by_status = {
        u["unit"] for u in run_json(capfd, "status", *AS_OF)[1]["units"] if u["status"] == "unusable"
    }
    assert by_status == {*_WHY}
    assert lists() == sorted(_WHY)
    book = openpyxl.load_workbook(Path("ket-qua/2025/gui-di.xlsx"))
    texts = [str(row[5]) for row in book["Rà soát"].iter_rows(min_row=2, values_only=True)]
    for unit, why in _WHY.items():
        rows = [*openpyxl.load_workbook(sent_to(unit)).worksheets[0].iter_rows(values_only=True)]
        (row,) = (row for row in rows if any(why in str(cell) for cell in row))
        assert "Gửi lại biểu số liệu theo mẫu đã cấp." in row
        assert f"“{unit}.xlsx”" in row
        assert any(f"“{unit}.xlsx”" in text and why[1:] in text for text in texts)
        assert door.main(["letter", "feedback", "--unit", unit, *AS_OF]) == 0
        n = 2 if unit == "STP" else 1  # its damaged file, and the one that stood in its place
        assert f": {n} cần chỉnh lý, 0 cần xác nhận" in capfd.readouterr().out


def test_a_unit_whose_file_does_not_count_is_not_called_one_that_has_sent_nothing(
    unusable: Path, monkeypatch: Patch, capfd: Capture
) -> None:
    monkeypatch.chdir(unusable)
    _, said = run_json(capfd, "validate", *AS_OF)
    assert {*_WHY}.isdisjoint(f["unit"] for f in said["findings"] if f["code"] == "TH02")
    for unit in _WHY:
        door.main(["letter", "remind", "--unit", unit, *AS_OF])
        out = capfd.readouterr().out
        assert f"chưa dùng được; đề nghị gửi lại: dvctt-report letter feedback --unit {unit}" in out
        assert "đã gửi báo cáo" not in out
