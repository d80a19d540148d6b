"""What commands say in passing: short, once, counted alike; hints that can be typed, lines that fit, links.

And the words for a unit, which every command takes alike.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from dvctt_report.cli import ask, screen
from dvctt_report.cli.menu import YearState
from dvctt_report.cli.received_files import answer_words
from dvctt_report.cli.screen import Right, print_table, progress, say
from dvctt_report.model import Key, Observation, State
from dvctt_report.store.workspace import Workspace
from tests.cli.officer import AS_OF, Run, do, filled, inside, leaves, page_of, plain_answers, send, type_into
from tests.pytest_types import Capture, Patch
from tests.report.page.conftest import rows

VALIDATE = f"validate {AS_OF}"
WHY = "--reason 'bài đăng chung của tỉnh' --document 'Công văn số 9/SKHCN'"

# ------------------------------------------------------------------------------ short, once, alike


def test_the_first_check_of_a_year_fits_on_a_hundred_lines(workspace: Workspace, run: Run) -> None:
    """Every unit has sent more done than there is, under a link that all of them give."""
    shared = {Key(item, "answer"): "Có" for item in ("T3", "T4")}
    shared |= {Key(item, "evidence"): "https://mau.vn/tin-chung" for item in ("T3", "T4")}
    for unit in workspace.profile.units(workspace.period):
        answers = plain_answers(workspace.profile, unit)
        del answers[Key("_", "sent_on")]
        answers |= {Key("T1", "done"): 9, **shared, **({Key("T2", "done"): 9} if unit.code == "SXD" else {})}
        (workspace.inbox / f"BM2025_{unit.code}.xlsx").write_bytes(filled(workspace, unit.code, answers))
    run.lax("collect")
    _, out, err = run.raw(VALIDATE)
    assert len((out + err).splitlines()) < 100
    assert re.findall(r"(?m)^\S.* \((\w+)\): (\d+) lỗi", out)[0] == ("SXD", "2"), "the worst comes first"
    worst = "nhiều lỗi nhất: Sở Xây dựng 2; "
    for words in (worst, "kê đủ trong tệp Excel", "kiem-tra-so-lieu.xlsx", "Chưa kiểm tra được: 5 quy tắc"):
        assert words in out + err
    book = openpyxl.load_workbook(workspace.results / "kiem-tra-so-lieu.xlsx", read_only=True)
    assert {f["id"] for f in run.findings()} <= {r[0] for r in book.worksheets[0].iter_rows(values_only=True)}
    unchecked = [row[0] for row in book["Chưa kiểm tra được"].iter_rows(min_row=2, values_only=True)]
    assert unchecked == ["NT01", "NT02", "NT03", "NT04", "DC10"]
    assert len(run.raw(f"{VALIDATE} --all")[1].splitlines()) > 100
    (found,) = run.findings("DV04")
    assert "đơn vị dùng chung đường dẫn minh chứng https://mau.vn/tin-chung" in found["message"]
    run(f"decide DV04 --accept {WHY}")
    assert [f["state"] for f in run.findings("DV04")] == ["accepted"]


def test_decisions_are_counted_and_headings_count_what_is_open(asked: Workspace, run: Run) -> None:
    to_mend = "đang chỉnh lý số liệu 2"
    on_page = [row for row in rows(page_of(asked.root), "don-vi") if "đang chỉnh lý" in row[2]]
    assert len(on_page) == 2
    assert to_mend in run(f"status {AS_OF}")
    assert to_mend in YearState(asked, datetime.now()).told()
    run(f"decide --unit BQLKCN --set T10.done=50 {WHY}")
    decided = "Ban Quản lý các khu công nghiệp (BQLKCN): 1 đã quyết định"
    said = run.lax("collect")
    assert decided not in said
    assert "khi đọc tệp, chưa kể đối chiếu giữa các số liệu." in said
    assert decided in run.lax(f"{VALIDATE} --all")
    run(f"decide {run.findings('DL12', 'NHI')[0]['id']} --accept {WHY}")
    run("decide --leave-out --unit SYT --all")
    assert "Đã quyết định: chấp nhận 1, đính chính 1, để ngoài tổng hợp 1" in run.lax(VALIDATE)
    assert run.findings("MK01")
    type_into(asked, "SNNMT", {"G": "6895"})
    run.lax("collect")
    assert not run.findings("MK01"), "the code on the signed document takes the place of the file's own"


def test_a_quiet_command_prints_nothing_but_what_is_wrong(workspace: Workspace, run: Run) -> None:
    send(workspace, "a.xlsx", 2, date(2025, 11, 4))
    run("collect")
    for line in ("validate", "validate --format json", "render", "status --files"):
        assert run.raw(f"--quiet {line}")[1:] == ("", ""), line
        assert run.raw(line)[1] != ""
    _, out, err = run.raw("--quiet --workspace .. status")
    assert (out, err[:5]) == ("", "Lỗi: ")


def test_a_rate_that_the_form_worked_out_is_shown_with_two_digits() -> None:
    rates = {"99.5893223819302": "99,59", "80": "80", "79.9": "79,9"}
    made = {text: Observation("SYT", "T1", "rate", Decimal(text), State.GIVEN) for text in rates}
    assert {text: answer_words(one) for text, one in made.items()} == rates


# ------------------------------------------------------------------------------ the year in hints


def test_the_year_stands_behind_the_commands_words() -> None:
    with screen.hints_for("2026"):
        assert screen.hinted("Loại: dvctt-report decide TỆP --reject; xem: dvctt-report menu --guide") == (
            "Loại: dvctt-report decide --year 2026 TỆP --reject; xem: dvctt-report menu --guide"
        )
        assert screen.hinted("dvctt-report --help") == "dvctt-report --help"
        for words, command in leaves().items():
            takes_year = any("--year" in param.opts for param in command.params)
            goes_on = words not in ("demo", "init") and takes_year  # what these make is told with its year
            said = f"dvctt-report {words}{' --year 2026' if goes_on else ''} X"
            assert screen.hinted(f"dvctt-report {words} X") == said
    assert screen.hinted("dvctt-report decide --undo X") == "dvctt-report decide --undo X"


def test_before_the_first_collect_status_answers_reminders_wait(workspace: Workspace, run: Run) -> None:
    assert "Chưa nhận báo cáo nào" in run("status")
    assert {unit["status"] for unit in run.units().values()} == {"missing"}
    assert len(run.units()) == len(workspace.profile.units(workspace.period))
    assert "chưa có tệp nào cũng chạy: dvctt-report collect" in run("letter remind", 2)
    send(workspace, "a.xlsx", 2, date(2025, 11, 4))
    said = run("status")
    assert "đã gửi 0/" in said
    assert "1 tệp trong nhan-ve/2025 chưa qua dvctt-report collect: a.xlsx" in said
    assert "chưa mở" not in said


# ------------------------------------------------------------------------------ lines that fit


def test_on_a_terminal_a_line_breaks_between_words_and_never_in_a_command_or_path() -> None:
    text = (
        "Tiếp theo: dvctt-report feedback để lập bảng kê gửi từng đơn vị; dvctt-report render để lập báo cáo."
    )
    broken = screen.fitted(text, 80)
    assert broken.replace("\n", " ") == text
    assert max(map(len, broken.splitlines())) <= 80
    command = 'dvctt-report decide 12345678 --reject --reason "đơn vị xin rút lại tệp đã gửi nhầm hôm trước"'
    assert command in screen.fitted(f"Tệp không dùng: {command}; hoặc để nguyên.", 80)
    path = "/home/officer/Báo cáo tuyên truyền dịch vụ công trực tuyến năm 2025/ket-qua/2025/x.docx"
    assert screen.fitted(f"Đã lập dự thảo báo cáo: {path}", 80) == f"Đã lập dự thảo báo cáo: {path}"
    assert path[:70] in screen.fitted(f"Đã lập dự thảo báo cáo: {path[:70]}", 80).splitlines()
    assert screen.fitted("   → Kiểm tra lại ô G10 hoặc F10.", 20).splitlines() == [
        "   → Kiểm tra lại ô",
        "   G10 hoặc F10.",
    ]
    assert screen.fitted("ngắn:    " + "a" * 20, 80) == "ngắn:    " + "a" * 20


def test_a_table_of_long_file_names_fits_80_columns(monkeypatch: Patch, capfd: Capture) -> None:
    file = "Bieu_mau_tong_hop_cua_UBND_huyen_Thuan_Bac_nam_2025_ban_chinh_thuc.xlsx"
    monkeypatch.setenv("COLUMNS", "80")
    headers = ("Đơn vị", "Tệp", "Tình trạng", Right("Số ô"))
    print_table(headers, [("UBND huyện Thuận Bắc", file, "không dùng được", "1.033")])
    lines = [line.rstrip() for line in capfd.readouterr().out.splitlines()]
    assert max(map(len, lines)) <= 80
    assert any("1.033" in line for line in lines)
    assert file in "".join(line[22:].lstrip().partition(" ")[0] for line in lines)


def test_a_long_question_is_broken_between_words(monkeypatch: Patch, capfd: Capture) -> None:
    question = "Thư mục hoặc tệp .zip vừa tải về (kéo thả vào đây; Enter nếu đã chép vào nhan-ve)"
    monkeypatch.setattr(ask, "is_terminal", lambda _: True)
    monkeypatch.setattr(ask, "get_terminal_size", lambda: os.terminal_size((80, 24)))
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    ask.ask(question)
    shown = capfd.readouterr().err
    assert max(map(len, shown.split("\n"))) <= 72
    assert shown.split() == f"{question}:".split()


@pytest.mark.parametrize("looks_on", [True, False])
def test_who_looks_on_is_told_what_is_being_done(looks_on: bool, monkeypatch: Patch, capfd: Capture) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr("dvctt_report.cli.screen.is_terminal", lambda _: looks_on)
    with progress(None, "Đang kiểm tra 3 tệp…"):
        pass
    said = capfd.readouterr()
    assert said.out == ""
    assert ("Đang kiểm tra 3 tệp…" in said.err) is looks_on


# ------------------------------------------------------------------------------ links


class Terminal(io.StringIO):
    """Where a person reads."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def on_terminal(monkeypatch: Patch) -> Patch:
    """A wide terminal that says nothing of what it can show."""
    monkeypatch.setenv("COLUMNS", "400")
    for name in ("FORCE_HYPERLINK", *screen._LINKING):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def shown_on(stream: io.StringIO, text: str, patch: Patch) -> str:
    patch.setattr(sys, "stdout", stream)
    say(text)
    return stream.getvalue()


LINKS = (
    *(("WT_SESSION", "0d1a", True), ("VTE_VERSION", "7006", True), ("TERM", "xterm-kitty", True)),
    *(("TERM_PROGRAM", "vscode", True), ("FORCE_HYPERLINK", "1", True)),
    *(("TERM", "xterm-256color", False), ("VTE_VERSION", "4999", False), ("TERM", "", False)),
)


@pytest.mark.parametrize(("name", "value", "linked"), LINKS)
@pytest.mark.skipif(sys.platform == "win32", reason="a console there is asked itself")
def test_a_result_is_a_link_where_the_terminal_shows_them_and_plain_elsewhere(
    name: str, value: str, linked: bool, tmp_path: Path, on_terminal: Patch
) -> None:
    path = tmp_path / "Báo cáo & biểu (2025).docx"
    path.touch()
    on_terminal.setenv(name, value)
    line = f"Tóm tắt trình ký:       {path}"
    link = line.replace(str(path), f"\x1b]8;;{path.as_uri()}\x1b\\{path}\x1b]8;;\x1b\\")
    assert shown_on(Terminal(), line, on_terminal) == f"{link if linked else line}\n"
    for text in ("1/ Sở Y tế", "Kết quả: /không/có/tệp", "Kết quả: /" + 300 * "x"):
        assert shown_on(Terminal(), text, on_terminal) == f"{text}\n", "no file, no link"
    if name != "FORCE_HYPERLINK":
        assert shown_on(io.StringIO(), line, on_terminal) == f"{line}\n"
        on_terminal.setenv("FORCE_HYPERLINK", "0")
        assert shown_on(Terminal(), line, on_terminal) == f"{line}\n"


# ------------------------------------------------------------------------------ the words for a unit

COMMANDS = (
    "validate --unit {}",
    "feedback --unit {}",
    "forms --unit {}",
    "letter feedback --unit {}",
    "letter remind --unit {}",
    "explain {}",
    "explain T10 --unit {}",
    "explain {} --report ket-qua/2025/bao-cao-2025.json",
    f"decide --unit {{}} --set T99.done=1 {WHY}",
    "decide --undo --unit {} T10.done",
    "status --files --unit {}",
)
SAME = ("so khoa hoc va cong nghe", "Sở KH&CN", "Sở TTTT", "HỌC VÀ CÔNG")
"""One unit by its name without accents, a short form, initials of a former name, a part of its name."""


@pytest.fixture(scope="module")
def office(questioned_rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The returns asked about, their forms gone out, with a report and lists of today."""
    root = Path(shutil.copytree(questioned_rendered, tmp_path_factory.mktemp("units") / "Báo cáo"))
    return do(root, "forms --unit SYT --unit SKHCN", "render", "validate")


spoken = inside("office", "It, as the current folder.")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.usefixtures("spoken")
def test_every_command_takes_the_same_words_for_a_unit(command: str, run: Run) -> None:
    def said_of(unit: str) -> tuple[int, str]:
        code, out, err = run.raw(command.format(f"'{unit}'"))
        return code, " ".join((out + err).split())

    by_code = said_of("SKHCN")
    assert "Sở Khoa học và Công nghệ" in by_code[1] or by_code[0] == 0
    unit = SAME[COMMANDS.index(command) % len(SAME)]
    assert said_of(unit) == by_code, unit
    code, said = said_of("thuan")
    assert code == 2
    assert "“thuan” có thể là nhiều đơn vị: UBND huyện Thuận Bắc (TBC); UBND huyện Thuận Nam (TNM)" in said
    code, said = said_of("Sở I tế")
    assert (code, "Sở Y tế (SYT)" in said) == (2, True)
