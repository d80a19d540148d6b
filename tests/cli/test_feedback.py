"""From the list that a unit is sent to its answer in the inbox, as an officer does it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dvctt_report.store.workspace import Workspace
from tests.cli.officer import AS_OF, Run, copied, do, send
from tests.papers.mending.mended import answer

LISTS = Path("ket-qua/2025/chinh-ly")
INBOX = Path("nhan-ve/2025")


@pytest.fixture(scope="module")
def sent_lists(questioned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The returns asked about with the lists made of their errors and questions; not to be written to."""
    root = Path(shutil.copytree(questioned, tmp_path_factory.mktemp("lists") / "Báo cáo"))
    return do(root, f"feedback {AS_OF} --questions")


listed = copied("sent_lists", "A copy of that, as the current folder.")


@pytest.fixture
def question(listed: Workspace, run: Run) -> str:
    """The name of a question to the Thanh tra, in a copy of that."""
    return str(finding(run, "TTT", "SL06")["id"])


def lists() -> list[str]:
    """The units for which a file was written."""
    return sorted(p.name.split("_")[1] for p in LISTS.glob("*"))


def sent_to(unit: str) -> Path:
    """What goes to the unit."""
    return next(LISTS.glob(f"BM2025_{unit}_*_ra-soat.xlsx"))


def finding(run: Run, unit: str, code: str) -> dict[str, Any]:
    return run.findings(code, unit)[0]


def reply(unit: str, name: str, opinion: str, reason: str = "") -> None:
    """Put the unit's answered list into the inbox."""
    data = answer(sent_to(unit).read_bytes(), {name: (opinion, reason)})
    (INBOX / f"Tra loi {unit}.xlsx").write_bytes(data)


@pytest.mark.usefixtures("asked")
def test_each_unit_with_an_error_gets_a_list_and_nobody_else(run: Run) -> None:
    """Two faulty cells, last year's form: three lists; late, missing and duplicate returns: none."""
    said = run(f"feedback {AS_OF} --unit SNV --text")
    assert "không lập bảng kê" in said
    assert "Kính gửi" not in said
    assert not LISTS.exists()
    said = run(f"feedback {AS_OF}")
    assert lists() == ["BQLKCN", "CDN", "SYT"]
    assert "Đã lập 3 bảng kê" in said
    assert "Chỉ có nội dung cần xác nhận" in said
    run(f"feedback {AS_OF} --questions --unit 'Thanh tra'")
    assert "TTT" in lists()


def test_a_kept_figure_waits_for_the_officer_to_accept_it_by_name(question: str, run: Run) -> None:
    reply("TTT", question, "Giữ nguyên", '"; rm -rf $HOME; "')
    said = run.lax("collect")
    assert "Thanh tra tỉnh trả lời bảng kê chỉnh lý: 1 “Giữ nguyên”" in said
    assert "không phải biểu mẫu" not in said
    told = finding(run, "TTT", "SL06")["reply"]
    assert (told["opinion"], told["standing"], told["cell"][:1]) == ("kept", "to_accept", "H")
    out = run.raw(f"validate {AS_OF}")[1]
    assert "→ đơn vị đề nghị giữ nguyên: " in out
    assert [line.strip() for line in out.splitlines() if "dvctt-report decide" in line] == [
        f"Chấp nhận: dvctt-report decide {question} --accept",
        f"Không chấp nhận, hỏi lại đơn vị: dvctt-report decide {question} --undo",
    ]
    assert run.units()["TTT"]["to_accept"] == 1
    assert "Đơn vị đề nghị giữ nguyên, chờ xem xét: Thanh tra tỉnh 1" in run(f"status {AS_OF}")
    run(f"decide {question} --accept")
    run.lax("collect")  # the reply is still there, and the decision stands
    accepted = finding(run, "TTT", "SL06")
    assert (accepted["state"], accepted["reply"]) == ("accepted", None)
    assert accepted["acceptance"]["document"] == "Bảng kê chỉnh lý đơn vị trả lời, lập ngày 20/11/2025"


def test_what_was_turned_down_is_asked_again(question: str, run: Run) -> None:
    reply("TTT", question, "Giữ nguyên", "không thuộc lĩnh vực")
    run.lax("collect")
    assert "Thanh tra tỉnh đã trả lời 1 nội dung" in run(f"feedback {AS_OF} --questions")
    run("decide --undo --accept --all", 2)  # by its name alone
    assert "Không đồng ý: " in run(f"decide --undo {question}")
    run.lax("collect")
    assert finding(run, "TTT", "SL06")["reply"]["standing"] == "turned_down"
    assert run.units()["TTT"]["to_accept"] == 0
    said = run(f"feedback {AS_OF} --questions --unit TTT --text")
    assert "Ý kiến giữ nguyên chưa được chấp nhận" in said


@pytest.mark.usefixtures("listed")
def test_an_impossible_figure_can_be_kept_by_no_one_and_one_that_is_not_mended_is_seen(run: Run) -> None:
    name = finding(run, "SYT", "SL02")["id"]
    reply("SYT", name, "Giữ nguyên", "đúng theo hệ thống")
    run.lax("collect")
    said = run.lax(f"validate {AS_OF} --unit SYT")
    assert "Chưa chấp nhận được: " in said
    assert f"dvctt-report decide {name} --accept" not in said
    assert f"dvctt-report decide {name} --undo" in said
    assert "dvctt-report decide --unit SYT --set" in said
    reply("SYT", name, "Đã sửa")
    run.lax("collect")
    assert finding(run, "SYT", "SL02")["reply"]["standing"] == "same_again"


@pytest.mark.usefixtures("listed")
def test_an_answered_list_is_never_written_over(run: Run) -> None:
    path = sent_to("SYT")
    answered = answer(path.read_bytes(), {finding(run, "SYT", "SL02")["id"]: ("Đã sửa", "")})
    path.write_bytes(answered)
    assert "đã có ý kiến của đơn vị" in run(f"feedback {AS_OF}")
    assert path.read_bytes() == answered
    assert lists().count("SYT") == 2


@pytest.mark.usefixtures("asked")
def test_the_message_stands_alone_on_stdout(run: Run) -> None:
    code, out, err = run.raw(f"feedback {AS_OF} --text --unit SYT --reply-by 25/11/2025")
    assert code == 0
    assert out.startswith("Kính gửi Sở Y tế,\n")
    assert out.endswith("Trân trọng cảm ơn.\n")
    assert "trước ngày 25/11/2025" in out
    assert "Đã lập 1 bảng kê" in err
    run("feedback --reply-by mai", 2)
    run(f"feedback {AS_OF} --reply-by 20/11/2025", 2)


WHY = {
    "SYT": "Biểu đã gửi không được dùng, lý do: đơn vị xin rút.",
    "STP": "Tệp gửi sau, cùng tên, không dùng được: tệp nén của Excel bị hỏng",
    "SNV": "Biểu đã nhận không còn dùng được.",
}


def test_who_has_nothing_usable_is_asked_to_send_again_and_why(workspace: Workspace, run: Run) -> None:
    """Turned down, written over by a damaged one, taken out of the inbox: asked by list, message and letter.

    Not that which has sent another one; and none of them is called one that has sent nothing.
    """
    units = ("SYT", "STP", "SNV", "SXD", "STC")
    sent = {code: send(workspace, f"{code}.xlsx", 2, None, code) for code in units}
    run.lax("collect")
    for code in ("SYT", "SXD"):
        run(f"decide {code}.xlsx --reject --reason 'đơn vị xin rút'")
    send(workspace, "SXD lần 2.xlsx", 3, date(2025, 11, 7), "SXD")
    sent["STP"].write_bytes(sent["STP"].read_bytes()[:3000])
    sent["SNV"].unlink()
    run.lax("collect")
    run(f"feedback {AS_OF}")
    run(f"letter list {AS_OF}")
    assert {code for code, unit in run.units().items() if unit["status"] == "unusable"} == {*WHY}
    assert {*WHY}.isdisjoint(f["unit"] for f in run.findings("TH02"))
    assert lists() == sorted(WHY)
    book = openpyxl.load_workbook(Path("ket-qua/2025/gui-di.xlsx"))
    texts = [str(row[5]) for row in book["Rà soát"].iter_rows(min_row=2, values_only=True)]
    for unit, why in WHY.items():
        rows = [*openpyxl.load_workbook(sent_to(unit)).worksheets[0].iter_rows(values_only=True)]
        (row,) = (row for row in rows if any(why in str(cell) for cell in row))
        assert "Gửi lại biểu số liệu theo mẫu đã cấp." in row
        assert f"“{unit}.xlsx”" in row
        assert any(f"“{unit}.xlsx”" in text and why[1:] in text for text in texts)
    said = run(f"letter feedback --unit STP {AS_OF}")
    assert ": 2 cần chỉnh lý, 0 cần xác nhận" in said  # its damaged file, and the one that stood in its place
    said = run(f"letter remind --unit SYT {AS_OF}")
    assert "chưa dùng được; đề nghị gửi lại: dvctt-report letter feedback --unit SYT" in said
    assert "đã gửi báo cáo" not in said
