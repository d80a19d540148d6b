"""The letter commands: which files they write, whom they name, when they refuse; the list of what to send."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest

from dvctt_report.store.workspace import Workspace
from tests.cli.officer import AS_OF, Run, cells_of, do, edit, inside, words_of

RESULTS = Path("ket-qua/2025")
REMINDER, APART = RESULTS / "cong-van-don-doc-2025.docx", RESULTS / "cong-van-de-nghi-phoi-hop-2025.docx"
DUE = "--due 28/11/2025"


def written() -> list[str]:
    return sorted(p.name for p in RESULTS.glob("*.docx"))


@pytest.mark.usefixtures("whole")
def test_the_reminder_names_exactly_those_who_owe_and_asks_the_others_apart(run: Run) -> None:
    said = run(f"letter remind {DUE} {AS_OF}")
    assert "Sở Dân tộc và Tôn giáo, UBND huyện Bác Ái" in said
    assert "Còn để trống: [Họ và tên]" in said
    assert written() == [APART.name, REMINDER.name]
    text = words_of(REMINDER)
    assert re.findall(r"(?m)^- (.+?)[;.]$", text)[:2] == [
        "Sở Dân tộc và Tôn giáo",
        "Ủy ban nhân dân huyện Bác Ái",
    ]
    assert "trước ngày 28/11/2025" in text
    assert "Kính gửi: Viện Đào tạo và Khoa học ứng dụng miền Trung" in words_of(APART)
    run(f"letter remind --unit SDTTG --round 2 {AS_OF}")
    assert "cong-van-don-doc-2025-lan-2.docx" in written(), "a second reminder has a file of its own"


@pytest.mark.usefixtures("asked")
def test_the_letter_goes_to_the_units_that_get_a_list(run: Run) -> None:
    for more in ("", "--questions"):
        run(f"feedback {more} {AS_OF}")
        lists = [*(RESULTS / "chinh-ly").glob("*.xlsx")]
        said = run(f"letter feedback {more} {AS_OF}")
        assert said.count(" cần chỉnh lý, ") == len(lists)
        assert (": 0 cần chỉnh lý" in said) == bool(more)
        assert ("thêm --questions" in said) == (not more)


def test_a_final_letter_is_refused_while_something_is_blank(asked: Workspace, run: Run) -> None:
    assert "[Họ và tên]" in run(f"letter forms --final {AS_OF}", 1)
    assert written() == []
    edit(asked.root / "dvctt.toml", 'ho_ten = ""', 'ho_ten = "Nguyễn Văn A"')
    run(f"letter forms --final {AS_OF}")
    assert written() == ["cong-van-phat-hanh-bieu-mau-2025.docx"]
    text = words_of(RESULTS / written()[0])
    assert "DỰ THẢO" not in text
    assert "Nguyễn Văn A" in text


@pytest.mark.usefixtures("asked")
def test_what_cannot_be_meant_is_refused_and_units_without_a_letter_are_told(run: Run) -> None:
    for argv, told in (
        ("remind --unit XYZ", "Không có đơn vị “XYZ”"),
        ("remind --due 'hôm nay'", "Không hiểu ngày"),
        ("feedback --due 01/11/2025", "không sau ngày lập văn bản"),
    ):
        assert told in run(f"letter {argv} {AS_OF}", 2)
    assert "không lập công văn" in run(f"letter remind --unit SYT {AS_OF}")
    assert written() == []
    for command, other in (("remind --unit SDTTG", "SYT"), ("feedback --unit SYT", "STC")):
        said = run(f"letter {command} --unit {other} {AS_OF}")
        assert f"Không gửi {'Sở Y tế' if other == 'SYT' else 'Sở Tài chính'}: " in said
        assert "Không gửi" not in run(f"letter {command} {AS_OF}")


def test_a_file_of_a_unit_unknown_is_warned_of_before_anything_is_signed(asked: Workspace, run: Run) -> None:
    told = "chưa rõ của đơn vị nào"
    assert told not in run(f"letter remind {AS_OF}")
    assert told not in run(f"render {AS_OF}")
    (asked.inbox / "tai ve.xlsx").write_bytes(b"PK\x03\x04 broken")
    run.lax("collect")
    assert "có thể đôn đốc đơn vị đã gửi tệp đó" in run(f"letter remind {AS_OF}")
    assert f"Có 1 tệp không dùng được, {told}" in run(f"render {AS_OF}")
    of_nobody = "4 lỗi: 3 ở 3 đơn vị, chưa đưa vào tổng hợp ("
    said = run.lax(f"validate {AS_OF}")
    assert (of_nobody in said, f"), 1 ở tệp {told}; " in said) == (True, True)


@pytest.mark.usefixtures("asked")
def test_a_letter_edited_by_hand_is_kept_when_it_is_written_anew(run: Run) -> None:
    remind = f"letter remind {DUE} {AS_OF}"
    for _ in range(2):
        run(remind)
    assert not [name for name in written() if "sửa tay" in name]
    document = docx.Document(str(REMINDER))
    document.paragraphs[-1].add_run(" thêm")
    document.save(str(REMINDER))
    edited = REMINDER.read_bytes()
    kept = REMINDER.with_stem(f"{REMINDER.stem} (bản sửa tay)")
    assert kept.name in run(remind)
    assert kept.read_bytes() == edited
    assert REMINDER.read_bytes() != edited


# ------------------------------------------------------------------------- the list of what to send


@pytest.fixture(scope="module")
def made(collected: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The collected sample with forms, lists, a reminder and the list of what to send."""
    root = Path(shutil.copytree(collected, tmp_path_factory.mktemp("gui") / "x"))
    lists = f"letter list {AS_OF} --reply-by 25/11/2025"
    return do(root, "forms", f"feedback {AS_OF}", f"letter remind {AS_OF}", lists)


sending = inside("made", "It, as the current folder.")


def rows(sheet: str) -> dict[str, tuple[str, str]]:
    """File and text by unit."""
    lines = openpyxl.load_workbook(RESULTS / "gui-di.xlsx")[sheet].iter_rows(min_row=2, values_only=True)
    return {str(r[2]): (str(r[4] or ""), str(r[5])) for r in lines}


def message() -> str:
    return str(openpyxl.load_workbook(RESULTS / "gui-di.xlsx")["Nhóm Zalo"]["A2"].value)


@pytest.mark.usefixtures("sending")
def test_each_unit_gets_its_own_file_and_hears_of_no_other() -> None:
    asked = rows("Rà soát")
    assert set(asked) == {"Sở Y tế", "Ban Quản lý các khu công nghiệp", "Trường Cao đẳng nghề Ninh Thuận"}
    for name, (file, text) in asked.items():
        assert (RESULTS / "chinh-ly" / file).exists()
        assert text.startswith("Kính gửi ")
        assert "trước ngày 25/11/2025" in text
        assert not [other for other in asked if other != name and other in text]
    assert [text for text in cells_of(RESULTS / "gui-di.xlsx") if "lỗi" in text.casefold()] == []


@pytest.mark.usefixtures("sending")
def test_who_has_sent_hears_so_and_who_has_not_is_reminded() -> None:
    thanked, owing, forms = rows("Đã nhận"), rows("Đôn đốc"), rows("Biểu mẫu")
    assert not thanked.keys() & owing.keys()
    assert "đã nhận báo cáo số 4002/BC-SYT ngày 07/11/2025" in thanked["Sở Y tế"][1]
    assert {file for file, _ in owing.values()} <= {REMINDER.name, APART.name, ""}
    assert forms.keys() == owing.keys()
    assert all((Path("bieu-mau/2025") / file).exists() for file, _ in forms.values())
    counted = "đã nhận 23/27 báo cáo, kể cả Sở Khoa học và Công nghệ."  # as the report counts
    for words in (
        counted,
        "Chưa nhận được báo cáo của:",
        "Đã nhận, cảm ơn: ",
        "Đề nghị gửi trước ngày 25/11",
    ):
        assert words in message()


@pytest.mark.usefixtures("workspace")
def test_before_anything_came_all_get_their_forms(run: Run) -> None:
    run("forms")
    run(f"letter forms {AS_OF}")
    said = run("letter list --as-of '10/10/2025 08:00'")
    assert len(rows("Biểu mẫu")) == 26  # the office itself needs no letter
    assert re.search(r"đã nhận 0+/27 báo cáo", said)
    assert re.search(r"- [^(:]+: cả [0-9]+ đơn vị\.", said)
    assert "đã nhận 0/27 báo cáo, chưa có báo cáo của chính Sở Khoa học và Công nghệ." in message()
