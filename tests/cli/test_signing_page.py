"""The signer's page says of the draft what stands in it, and leaves the office what it has to do itself."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import docx
import pytest

from dvctt_report.cli import door
from tests.pytest_types import Capture, Patch

AS_OF = ("--as-of", "20/11/2025 17:00")
PAGE = Path("ket-qua/2025/tom-tat-trinh-ky.docx")


@pytest.fixture
def root(questioned: Path, tmp_path: Path, monkeypatch: Patch) -> Path:
    copy = tmp_path / "w"
    shutil.copytree(questioned, copy)
    monkeypatch.chdir(copy)
    return copy


def rows() -> dict[str, str]:
    """The page's rows by their labels."""
    (table,) = docx.Document(str(PAGE)).tables
    return {row.cells[0].text: row.cells[1].text for row in table.rows}


def told_by_final(capfd: Capture) -> list[str]:
    capfd.readouterr()
    assert door.main(["render", "--final", *AS_OF]) == 1
    return re.findall(r"(?m)^\d+\. (.*)$", capfd.readouterr().out)


@pytest.mark.usefixtures("root")
def test_what_the_office_has_to_finish_is_the_list_that_a_final_one_is_refused_with(capfd: Capture) -> None:
    assert door.main(["render", *AS_OF]) == 0
    waiting, said = told_by_final(capfd), rows()
    row = said["Phòng còn hoàn thiện"]
    headings = [found[1] for one in waiting if (found := re.match("Mục “(.*?)”", one))]
    assert len(headings) > 5
    assert f"Viết, duyệt {len(headings):02d} mục còn in gợi ý." in row
    assert "Điền chỗ để trống: họ và tên người ký." in row
    errors = [one for one in waiting if "·" in one]
    assert f"Xử lý {len(errors):02d} lỗi số liệu: " in row
    assert "Sở Y tế" in row
    assert "để trống" not in said["Xin quyết định"]


def test_what_is_decided_stands_with_its_choices_and_the_draft_is_read(root: Path) -> None:
    door.main(["render", *AS_OF])
    asked = rows()["Xin quyết định"]
    assert "Thanh tra tỉnh" in asked
    assert "Chọn: chấp nhận" in asked
    assert "Chọn: trong thân báo cáo; chỉ trong phụ lục; không nêu tên." in asked
    # the settings let the body name units; that it names those below the level is not so
    assert "chưa gửi nêu ở Mục III.1" in asked
    assert re.search(r"chưa đạt nêu ở Phụ lục \w+\.", asked)
    settings = root / "dvctt.toml"
    said = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r'(?m)^neu_ten_don_vi = "than_bai"', 'neu_ten_don_vi = "phu_luc"', said))
    assert door.main(["render", *AS_OF]) == 0
    assert re.search(r"chưa gửi nêu ở Phụ lục \w+[;.]", rows()["Xin quyết định"])


def test_what_lacks_most_of_what_is_missed_comes_first(rendered_sample: Path, monkeypatch: Patch) -> None:
    """The page has no room for all: what is hidden is what lacks least."""
    monkeypatch.chdir(rendered_sample)
    lacking = [int(n.replace(".", "")) for n in re.findall(r"thiếu ([\d.]+) ", rows()["Chưa đạt khác"])]
    assert len(set(lacking)) > 3
    assert lacking == sorted(lacking, reverse=True)
