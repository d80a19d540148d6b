"""Tables fit the width of the screen, and a long file name is broken where a reader would break it."""

from __future__ import annotations

import io
import os

import pytest

from dvctt_report.cli.screen import Right, print_table, progress
from tests.pytest_types import Capture, Patch

FILE = "Bieu_mau_tong_hop_cua_UBND_huyen_Thuan_Bac_nam_2025_ban_chinh_thuc.xlsx"


def test_a_table_of_long_file_names_fits_80_columns(monkeypatch: Patch, capfd: Capture) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    headers = ("Đơn vị", "Tệp", "Tình trạng", Right("Số ô"))
    print_table(headers, [("UBND huyện Thuận Bắc", FILE, "không dùng được", "1.033")])
    lines = [line.rstrip() for line in capfd.readouterr().out.splitlines()]
    assert max(map(len, lines)) <= 80
    assert any("1.033" in line for line in lines)
    assert FILE in "".join(line[22:].lstrip().partition(" ")[0] for line in lines)


def test_a_long_question_is_broken_between_words(monkeypatch: Patch, capfd: Capture) -> None:
    from dvctt_report.cli import ask as asking

    question = "Thư mục hoặc tệp .zip vừa tải về (kéo thả vào đây; Enter nếu đã chép vào nhan-ve)"
    monkeypatch.setattr(asking, "is_terminal", lambda _: True)
    monkeypatch.setattr(asking, "get_terminal_size", lambda: os.terminal_size((80, 24)))
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    asking.ask(question)
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
