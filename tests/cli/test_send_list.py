"""What goes to whom: each unit its own file and words, one message for the group."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from dvctt_report.cli import door
from tests.pytest_types import Capture

AS_OF = ("--as-of", "20/11/2025 17:00")
LIST = Path("ket-qua/2025/gui-di.xlsx")


@pytest.fixture(scope="module")
def made(collected: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The collected sample with forms, lists and a reminder made, and the list of what to send."""
    root = shutil.copytree(collected, tmp_path_factory.mktemp("gui") / "x")
    here = ["--workspace", str(root)]
    for command in (["forms"], ["feedback", *AS_OF], ["letter", "remind", *AS_OF]):
        assert door.main([*here, *command]) in (0, 1)
    assert door.main([*here, "letter", "list", *AS_OF, "--reply-by", "25/11/2025"]) == 0
    return root


def rows(root: Path, sheet: str) -> dict[str, tuple[str, str, str]]:
    """E-mail, file and text by unit."""
    page = openpyxl.load_workbook(io.BytesIO((root / LIST).read_bytes()))[sheet]
    lines = page.iter_rows(min_row=2, values_only=True)
    return {str(r[2]): (str(r[3] or ""), str(r[4] or ""), str(r[5])) for r in lines}


def message(root: Path) -> str:
    return str(openpyxl.load_workbook(root / LIST)["Nhóm Zalo"]["A2"].value)


def test_each_unit_gets_its_own_file_and_hears_of_no_other(made: Path) -> None:
    asked = rows(made, "Rà soát")
    assert set(asked) == {"Sở Y tế", "Ban Quản lý các khu công nghiệp", "Trường Cao đẳng nghề Ninh Thuận"}
    for name, (_, file, text) in asked.items():
        assert (made / "ket-qua/2025/chinh-ly" / file).exists()
        assert text.startswith("Kính gửi ")
        assert "trước ngày 25/11/2025" in text
        assert not [other for other in asked if other != name and other in text]


def test_who_has_sent_hears_so_and_who_has_not_is_reminded(made: Path) -> None:
    thanked, owing = rows(made, "Đã nhận"), rows(made, "Đôn đốc")
    assert not thanked.keys() & owing.keys()
    assert "đã nhận báo cáo số 4002/BC-SYT ngày 07/11/2025" in thanked["Sở Y tế"][2]
    assert {file for _, file, _ in owing.values()} <= {
        "cong-van-don-doc-2025.docx",
        "",
        "cong-van-de-nghi-phoi-hop-2025.docx",
    }
    forms = rows(made, "Biểu mẫu")
    assert forms.keys() == owing.keys()
    assert all((made / "bieu-mau/2025" / file).exists() for _, file, _ in forms.values())


def test_the_office_that_has_not_sent_itself_is_not_said_to_be_among_those_received(
    begun: Path, tmp_path: Path
) -> None:
    root = shutil.copytree(begun, tmp_path / "x")
    assert door.main(["--workspace", str(root), "letter", "list", *AS_OF]) in (0, 1)
    said = message(root)
    assert "đã nhận 0/27 báo cáo, chưa có báo cáo của chính Sở Khoa học và Công nghệ." in said


def test_one_message_names_the_missing_by_group_and_thanks_the_rest(made: Path) -> None:
    said = message(made)
    assert "đã nhận 23/27 báo cáo, kể cả Sở Khoa học và Công nghệ." in said  # as the report counts
    assert "Chưa nhận được báo cáo của:" in said
    assert "- " in said
    assert "Đã nhận, cảm ơn: " in said
    assert "Đề nghị gửi trước ngày 25/11/2025" in said
    assert "lỗi" not in said.casefold()


def test_no_sheet_says_fault_to_a_unit(made: Path) -> None:
    book = openpyxl.load_workbook(made / LIST)
    texts = [str(c.value) for page in book for r in page.iter_rows() for c in r if c.value]
    assert [text for text in texts if "lỗi" in text.casefold()] == []


def test_before_anything_came_all_get_their_forms(begun: Path, tmp_path: Path, capfd: Capture) -> None:
    root = shutil.copytree(begun, tmp_path / "x")
    here = ["--workspace", str(root)]
    assert door.main([*here, "forms"]) == 0
    capfd.readouterr()
    assert door.main([*here, "letter", "list", "--as-of", "10/10/2025 08:00"]) == 0
    said = capfd.readouterr().out
    counted = re.search(r"đã nhận 0+/([0-9]+) báo cáo", said)
    assert counted is not None
    assert len(rows(root, "Biểu mẫu")) + 1 == int(counted[1])  # the office itself needs no letter
    assert re.search(r"- [^(:]+: cả [0-9]+ đơn vị\.", said)
