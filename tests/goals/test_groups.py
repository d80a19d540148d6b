"""Levels for some groups only: who has none is asked about, told, and no two figures stand under one name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import docx
import openpyxl
import pytest

from dvctt_report.cli import door
from dvctt_report.explain.account import verdict_text
from dvctt_report.model import Compared, Goal
from dvctt_report.model.goals import goal_json
from tests.decide.excel import row_of
from tests.goals.conftest import SENT, answers_of, profile_folder, run, send
from tests.goals.test_matrix import text_of

VP = """
[[groups]]
code = "vp"
title = "Cơ quan tham mưu"
heading = "I. Sở, ban, ngành"
own = ["A1", "A2", "A3", "A4", "A5", "A7", "A8", "A9", "B*", "C*", "KN*"]

[[groups]]
code = "xa"
"""


def workspace(
    folder: Path, sent: Sequence[str] = SENT, *, communes_alone: bool = False, city: bool = False
) -> Path:
    """A plan with levels for the group "so", which is called as the heading it shares with another group.

    ``communes_alone``: what has a level for both has it for the communes alone. ``city``: of a city.
    """
    home = profile_folder(folder / "an_binh")
    plan = home / "plan.toml"
    text = plan.read_text(encoding="utf-8")
    if city:
        text = text.replace("tỉnh An Bình", "thành phố An Bình")
    if communes_alone:
        both = re.compile(r'\{ year = 2026, at_least = \d+, groups = \["so"\] \}, ')
        text, n = both.subn("", text)
        assert n == 2
    plan.write_text(text, encoding="utf-8")
    roster = home / "units.toml"
    text = roster.read_text(encoding="utf-8").replace('\n[[groups]]\ncode = "xa"\n', VP, 1)
    head, sep, rest = text.partition('code = "SNV"')
    roster.write_text(head + sep + rest.replace('group = "so"', 'group = "vp"', 1), encoding="utf-8")
    root = folder / "Báo cáo"
    assert door.main(["init", str(root), "--profile", str(home), "--year", "2026"]) == 0
    assert run(root, "forms") == 0
    for code in sent:
        send(root, code, answers_of(code))
    assert run(root, "collect") in (0, 1)
    assert run(root, "render", "--as-of", "20/11/2026 17:00") == 0
    return root


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workspace(tmp_path_factory.mktemp("groups"))


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two units owe their figures; one of them is of a group for which no level is set."""
    sent = [code for code in SENT if code != "SNV"]
    return workspace(tmp_path_factory.mktemp("waiting"), sent, communes_alone=True)


def test_the_check_of_the_plan_names_who_has_no_level(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    assert run(root, "plan", "check") == 0
    said = capfd.readouterr().out
    assert "chưa có mức cho các đơn vị sau, 3 chỗ" in said
    assert "B1 Hồ sơ được số hóa: Sở Nội vụ (nhóm vp: Cơ quan tham mưu)" in said
    assert run(root, "plan", "show") == 0
    shown = " ".join(capfd.readouterr().out.split())
    assert "≥ 70% (Sở, ban, ngành" in shown
    assert "(02/03 đơn vị)" in shown


def test_a_part_is_never_called_as_what_it_is_a_part_of(root: Path) -> None:
    document = docx.Document(str(root / "ket-qua" / "2026" / "bao-cao-2026.docx"))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    part = next(row for row in rows if row[0] == "9.1" and len(row) == 7)
    assert part[1:5] == ["Nhóm: sở, ban, ngành (02/03 đơn vị)", "≥ 70", "69,5", "139/200"]
    headed = next(row for row in rows if row[1] == "I. Sở, ban, ngành" and "209" in row)
    assert headed[2:5] == ["300", "209", "69,7"]
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    said = "Số đơn vị mà Kế hoạch không đặt mức cho nhóm, chỉ tính vào kết quả chung: "
    (note,) = re.findall(f"{said}.*", text)
    assert note.count("01") == 3


def explained(root: Path, code: str, capfd: pytest.CaptureFixture[str]) -> str:
    capfd.readouterr()
    assert run(root, "explain", code) == 0
    return " ".join(capfd.readouterr().out.split())


def test_only_units_that_can_change_a_verdict_are_said_to(
    waiting: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert re.search(
        r"Kết luận tạm tính, chỉ đổi khi: .*01 đơn vị còn lại có ít nhất 19 hồ sơ chưa thực hiện ở một nhóm",
        text_of(waiting / "ket-qua" / "2026" / "bao-cao-2026.docx"),
    )
    told = text_of(waiting / "ket-qua" / "2026" / "tom-tat-trinh-ky.docx")
    assert "chỉ đổi khi 01 đơn vị còn lại có ít nhất 19 hồ sơ chưa thực hiện ở một nhóm" in told
    assert "có 10 lớp; chưa kết luận do còn 01 đơn vị chưa có số liệu." in told
    assert (
        "Bộ dữ liệu mở được công bố: có 03 bộ dữ liệu, còn thiếu 02 bộ dữ liệu; chưa kết luận do còn 02"
        in told
    )
    assert "kết luận chỉ đổi khi 1 đơn vị còn lại có ít nhất 19 hồ sơ" in explained(waiting, "B1", capfd)


def test_a_target_by_group_says_why_it_is_not_judged(
    waiting: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    said = explained(waiting, "B2", capfd)
    assert "chưa đủ mức 80%" not in said
    assert "Nhóm Ủy ban nhân dân xã: Số của các đơn vị còn thiếu chỉ làm tăng thêm" in said


def test_the_units_that_weigh_most_come_first(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    said = explained(root, "B4", capfd)
    assert "1. Sở Khoa học và Công nghệ: 1.000 giao dịch" in said
    assert "2. Sở Nội vụ: 200 giao dịch" in said


def test_the_question_whether_to_wait_says_of_how_many_units(waiting: Path, tmp_path: Path) -> None:
    root = tmp_path / "Báo cáo"
    shutil.copytree(waiting, root)
    assert run(root, "validate", "--as-of", "20/11/2026 17:00") in (0, 1)
    book = next((root / "ky-bao-cao" / "2026").glob("viec-can-xu-ly-*.xlsx"))
    said = "4 chỉ tiêu đếm số lượng (A5, A7, B2, B4) chưa kết luận: còn 1 đơn vị (B2), 2 đơn vị (A5, A7, B4)"
    assert said in row_of(book, "Toàn tỉnh")["why"]


def test_the_whole_of_a_city_is_called_a_city(tmp_path: Path) -> None:
    root = workspace(tmp_path, city=True)
    results = root / "ket-qua" / "2026"
    assert run(root, "validate", "--as-of", "20/11/2026 17:00") in (0, 1)
    assert run(root, "fill", "--tags") == 0
    assert "Toàn thành phố" in (results / "tinh-hinh.html").read_text(encoding="utf-8")
    books = [*results.glob("*.xlsx"), *(root / "ky-bao-cao" / "2026").glob("*.xlsx")]
    said = {book.name: read_book(book) for book in books}
    assert not [name for name, texts in said.items() if "Toàn tỉnh" in texts]
    named = {name for name, texts in said.items() if "Toàn thành phố" in texts}
    assert {"kiem-tra-so-lieu.xlsx", "the-so-lieu-2026.xlsx"} <= named
    assert any(name.startswith("viec-can-xu-ly") for name in named)


def read_book(path: Path) -> set[str]:
    """The names of the sheets of a workbook, and every text in them."""
    book = openpyxl.load_workbook(path, read_only=True)
    cells = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    return cells | set(book.sheetnames)


def test_what_is_too_much_in_a_group_is_not_told_as_lacking() -> None:
    at_most = goal_json(Goal(Compared.AT_MOST, Fraction(2)))
    told = {"lacks_base": "", "short": 13, "fields": [at_most], "unit_of_count": "hồ sơ", "measure": "flow"}
    said = verdict_text({"verdict": "missed", "basis": "complete", "goal": None}, told)
    assert said == "Chưa đạt chỉ tiêu theo từng nhóm đơn vị: vượt 13 hồ sơ."
