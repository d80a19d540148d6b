"""The letter commands on the sample: which files they write, whom they name, when they refuse."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import docx
import pytest

from dvctt_report.cli import door
from dvctt_report.text.resources import resource_path
from tests.pytest_types import Capture, Patch

AS_OF = ("--as-of", "20/11/2025 17:00")


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, collected once."""
    root = tmp_path_factory.mktemp("in") / "Báo cáo năm 2025"
    shutil.copytree(resource_path("sample_data"), root)
    door.main(["collect", "--workspace", str(root)])
    return root


@pytest.fixture
def sample(collected: Path, tmp_path: Path, monkeypatch: Patch) -> Path:
    root = tmp_path / "x"
    shutil.copytree(collected, root)
    monkeypatch.chdir(root)
    return root


def text_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def written(root: Path) -> list[str]:
    folder = root / "ket-qua" / "2025"
    return sorted(p.name for p in folder.glob("*.docx")) if folder.exists() else []


def test_the_reminder_names_exactly_those_who_owe_and_asks_the_others_apart(
    sample: Path, capfd: Capture
) -> None:
    assert door.main(["letter", "remind", "--due", "28/11/2025", *AS_OF]) == 0
    assert written(sample) == ["cong-van-de-nghi-phoi-hop-2025.docx", "cong-van-don-doc-2025.docx"]
    said = text_of(sample / "ket-qua/2025/cong-van-don-doc-2025.docx")
    assert re.findall(r"(?m)^- (.+?)[;.]$", said)[:2] == [
        "Sở Dân tộc và Tôn giáo",
        "Ủy ban nhân dân huyện Bác Ái",
    ]
    assert "trước ngày 28/11/2025" in said
    asked = text_of(sample / "ket-qua/2025/cong-van-de-nghi-phoi-hop-2025.docx")
    assert "Kính gửi: Viện Đào tạo và Khoa học ứng dụng miền Trung" in asked
    out = capfd.readouterr().out
    assert "Sở Dân tộc và Tôn giáo, UBND huyện Bác Ái" in out
    assert "Còn để trống: [Họ và tên]" in out


def test_a_second_reminder_has_a_file_of_its_own_and_may_go_to_some(sample: Path) -> None:
    assert door.main(["letter", "remind", "--unit", "BAI", "--round", "2", *AS_OF]) in (0, 2)
    code = door.main(["letter", "remind", "--unit", "SDTTG", "--round", "2", *AS_OF])
    assert code == 0
    assert "cong-van-don-doc-2025-lan-2.docx" in written(sample)


def test_feedback_tells_one_unit_its_own_and_several_only_that_they_are_asked(sample: Path) -> None:
    letter = sample / "ket-qua/2025/cong-van-de-nghi-chinh-ly-2025.docx"
    assert door.main(["letter", "feedback", "--unit", "SYT", "--due", "28/11/2025", *AS_OF]) == 0
    assert "CỦA SỞ Y TẾ" in text_of(letter)
    assert "lớn hơn tổng số" in text_of(letter)
    assert door.main(["letter", "feedback", "--due", "28/11/2025", *AS_OF]) == 0
    said = text_of(letter)
    assert "Sở Y tế" in said
    assert "lớn hơn tổng số" not in said
    assert "Sở Khoa học và Công nghệ;" not in said


def test_the_letter_goes_to_the_units_that_get_a_list(sample: Path, capfd: Capture) -> None:
    for more in ((), ("--questions",)):
        assert door.main(["feedback", *more, *AS_OF]) == 0
        lists = [path.stem for path in (sample / "ket-qua/2025/chinh-ly").glob("*.xlsx")]
        capfd.readouterr()
        assert door.main(["letter", "feedback", *more, *AS_OF]) == 0
        out, err = capfd.readouterr()
        assert out.count(" cần chỉnh lý, ") == len(lists)
        assert (": 0 cần chỉnh lý" in out) == bool(more)
        assert ("thêm --questions" in err) == (not more)


def test_the_forms_letter_needs_no_returns(begun: Path, tmp_path: Path, monkeypatch: Patch) -> None:
    shutil.copytree(begun, tmp_path / "y")
    monkeypatch.chdir(tmp_path / "y")
    assert door.main(["letter", "forms", *AS_OF]) == 0
    assert written(tmp_path / "y") == ["cong-van-phat-hanh-bieu-mau-2025.docx"]


def test_a_final_letter_is_refused_while_something_is_blank(sample: Path, capfd: Capture) -> None:
    assert door.main(["letter", "forms", "--final", *AS_OF]) == 1
    assert written(sample) == []
    assert "[Họ và tên]" in capfd.readouterr().out
    settings = sample / "dvctt.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('ho_ten = ""', 'ho_ten = "Nguyễn Văn A"'), encoding="utf-8")
    assert door.main(["letter", "forms", "--final", *AS_OF]) == 0
    said = text_of(sample / "ket-qua/2025/cong-van-phat-hanh-bieu-mau-2025.docx")
    assert "DỰ THẢO" not in said
    assert "Nguyễn Văn A" in said


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["remind", "--unit", "XYZ"], "Không có đơn vị “XYZ”"),
        (["remind", "--due", "hôm nay"], "Không hiểu ngày"),
        (["feedback", "--due", "01/11/2025"], "không sau ngày lập văn bản"),
    ],
)
def test_what_cannot_be_meant_is_refused(sample: Path, capfd: Capture, argv: list[str], told: str) -> None:
    assert door.main(["letter", *argv, *AS_OF]) == 2
    assert told in capfd.readouterr().err


def test_where_nobody_owes_no_letter_is_written(sample: Path, capfd: Capture) -> None:
    assert door.main(["letter", "remind", "--unit", "SYT", *AS_OF]) == 0
    assert written(sample) == []
    assert "không lập công văn" in capfd.readouterr().out


def test_render_writes_the_signers_page_and_tells_what_changed(sample: Path) -> None:
    page = sample / "ket-qua/2025/tom-tat-trinh-ky.docx"
    assert door.main(["render", *AS_OF]) == 0
    assert "Đây là dự thảo đầu tiên." in text_of(page)
    assert door.main(["render", *AS_OF]) == 0
    assert "Số liệu không thay đổi." in text_of(page)


def test_a_file_of_a_unit_unknown_is_warned_of_before_the_reminder_is_signed(
    sample: Path, capfd: Capture
) -> None:
    assert door.main(["letter", "remind"]) == 0
    assert "chưa rõ của đơn vị nào" not in capfd.readouterr().out
    (sample / "nhan-ve" / "2025" / "tai ve.xlsx").write_bytes(b"PK\x03\x04 broken")
    door.main(["collect"])
    capfd.readouterr()
    assert door.main(["letter", "remind"]) == 0
    assert "có thể đôn đốc đơn vị đã gửi tệp đó" in capfd.readouterr().out


def test_a_letter_edited_by_hand_is_kept_when_it_is_written_anew(sample: Path, capfd: Capture) -> None:
    remind = ["letter", "remind", "--due", "28/11/2025", *AS_OF]
    path = sample / "ket-qua/2025/cong-van-don-doc-2025.docx"
    assert door.main(remind) == 0
    assert door.main(remind) == 0
    assert not [name for name in written(sample) if "sửa tay" in name]
    document = docx.Document(str(path))
    document.paragraphs[-1].add_run(" thêm")
    document.save(str(path))
    edited = path.read_bytes()
    capfd.readouterr()
    assert door.main(remind) == 0
    kept = path.with_stem(f"{path.stem} (bản sửa tay)")
    assert kept.read_bytes() == edited
    assert kept.name in capfd.readouterr().out
    assert path.read_bytes() != edited


@pytest.mark.parametrize(
    ("command", "concerned", "other"), [("remind", "SDTTG", "SYT"), ("feedback", "SYT", "STC")]
)
def test_units_named_that_the_letter_does_not_concern_are_told(
    command: str, concerned: str, other: str, sample: Path, capfd: Capture
) -> None:
    names = {"SYT": "Sở Y tế", "STC": "Sở Tài chính"}
    assert door.main(["letter", command, "--unit", concerned, "--unit", other, *AS_OF]) == 0
    assert f"Không gửi {names[other]}: " in capfd.readouterr().out
    assert door.main(["letter", command, "--unit", concerned, *AS_OF]) == 0
    assert "Không gửi" not in capfd.readouterr().out
