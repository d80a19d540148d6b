"""``explain`` as it is typed: of the present data, and of a report signed earlier."""

from __future__ import annotations

import json
import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from dvctt_report.cli import door
from dvctt_report.consolidated import written_index
from dvctt_report.decide.check.finals import manifest_now
from dvctt_report.explain.answer import explain_name
from dvctt_report.explain.papers import figures_now
from dvctt_report.explain.subject import find_subject
from dvctt_report.store.workspace import read_workspace
from dvctt_report.year.loader import OpenYear
from tests.made import tabled
from tests.pytest_types import Capture, Patch

AS_OF = ("--as-of", "20/11/2025 17:00")


@pytest.fixture(scope="module")
def collected(rendered_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample workspace with its returns collected and the report made."""
    return shutil.copytree(rendered_sample, tmp_path_factory.mktemp("explain") / "Báo cáo")


def said(capfd: Capture, root: Path, *argv: str) -> tuple[int, str]:
    capfd.readouterr()
    code = door.main(["explain", *argv, "--workspace", str(root), *AS_OF])
    found = capfd.readouterr()
    return code, found.out + found.err


def as_json(capfd: Capture, root: Path, *argv: str) -> Any:
    capfd.readouterr()
    assert door.main(["explain", *argv, "--format", "json", "--workspace", str(root), *AS_OF]) == 0
    return json.loads(capfd.readouterr().out)


def test_a_target_is_explained_within_80_columns(collected: Path, capfd: Capture, monkeypatch: Patch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    code, text = said(capfd, collected, "T10")
    assert code == 0
    assert max(map(len, text.splitlines())) <= 80
    for part in (
        "63.245 / 79.096 hồ sơ = 79,96%",
        "6.324.500 < 6.327.680",
        "19/23 đơn vị",
        "Sở Y tế: bị loại",
    ):
        assert part in text
    assert "… và 14 dòng khác; thêm --all" in text
    assert "dòng khác" not in said(capfd, collected, "T10", "--all")[1]


def test_one_unit_is_explained_cell_by_cell(collected: Path, capfd: Capture) -> None:
    code, text = said(capfd, collected, "T10", "--unit", "ban quản lý các khu công nghiệp")
    assert code == 0
    assert "nhan-ve/2025/BM2025_BQLKCN_Ban-Quan-ly-cac-khu-cong-nghiep.xlsx" in text
    assert "Biểu 01-A, ô G10: Đã thực hiện = chưa dùng được; ghi “khoảng 50”" in text


def test_json_holds_figures_cells_and_sentences(collected: Path, capfd: Capture) -> None:
    told = as_json(capfd, collected, "T10")
    assert (told["year"], told["subject"]) == (2025, {"kind": "target", "code": "T10", "unit": None})
    assert (told["indicator"]["numerator"], told["indicator"]["denominator"]) == (63245, 79096)
    assert (len(told["account"]["counted"]), len(told["account"]["left_out"])) == (19, 4)
    assert told["report"]["file"] == "bao-cao-2025.docx"
    assert told["account"]["counted"][0]["cells"][0]["place"] == "Biểu 01-A, ô F12"


@pytest.mark.parametrize("what", ["HT.b.people", "NV.1a.done", "directives", "SYT", "U3", "KP.a.spent"])
def test_other_figures_and_units_are_explained(collected: Path, capfd: Capture, what: str) -> None:
    code, text = said(capfd, collected, what)
    assert code == 0
    assert "Đã đưa vào" in text


def test_the_sheet_is_written_beside_the_report(collected: Path, capfd: Capture) -> None:
    code, text = said(capfd, collected, "T10", "--unit", "SYT", "--docx")
    path = collected / "ket-qua" / "2025" / "giai-trinh" / "phieu-giai-trinh-T10-SYT.docx"
    assert code == 0
    assert text.rstrip().endswith(str(path))
    assert any("PHIẾU GIẢI TRÌNH" in p.text for p in Document(str(path)).paragraphs)


@pytest.mark.parametrize(
    ("argv", "why"),
    [
        (("T99",), "không có chỉ tiêu, con số hay đơn vị"),
        (("T10", "--unit", "XYZ"), "Không có đơn vị “XYZ”"),
        (("T8", "--unit", "SYT"), "không được hỏi chỉ tiêu T8"),
        (("T10", "--report", "khong-co.json"), "Không tìm thấy tệp"),
    ],
)
def test_what_cannot_be_explained_is_refused(
    collected: Path, capfd: Capture, argv: tuple[str, ...], why: str
) -> None:
    code, text = said(capfd, collected, *argv)
    assert code == 2
    assert why in text


def test_a_signed_report_is_explained_from_its_manifest_alone(
    collected: Path, capfd: Capture, tmp_path: Path
) -> None:
    office = tmp_path / "office"
    assert door.main(["init", str(office), "--year", "2025"]) == 0
    signed = tmp_path / "bao-cao-2025.json"
    shutil.copy(collected / "ket-qua" / "2025" / "bao-cao-2025.json", signed)
    code, text = said(capfd, office, "T10", "--report", str(signed))
    assert code == 0
    assert "63.245 / 79.096 hồ sơ = 79,96%" in text
    assert "Không có tệp Word của báo cáo ở cạnh" in text
    assert said(capfd, office, "T10")[0] == 2


def test_a_draft_is_read_as_long_as_nothing_has_come_since(
    collected: Path, capfd: Capture, tmp_path: Path, monkeypatch: Patch
) -> None:
    """Without a moment the draft is told as of its own; what has come since is added up anew."""
    root = shutil.copytree(collected, tmp_path / "w")
    with monkeypatch.context() as patched:
        patched.setattr("dvctt_report.decide.check.finals.manifest_now", None)  # nothing is added up
        assert door.main(["explain", "T10", "--workspace", str(root)]) == 0
        assert "số liệu tính đến 17 giờ 00 ngày 20/11/2025" in " ".join(capfd.readouterr().out.split())
        assert as_json(capfd, root, "T10")["report"]["file"] == "bao-cao-2025.docx"
    (root / ".dvctt" / "da-doc.sqlite").unlink()  # what was kept may go at any time
    told = as_json(capfd, root, "T10")
    assert (told["report"], told["indicator"]["numerator"]) == (None, 63245)
    assert told["version"] == ["Số liệu hiện có trong sổ nhận, chưa phải một báo cáo đã lập."]


def test_a_report_edited_after_it_was_made_is_told(collected: Path, capfd: Capture, tmp_path: Path) -> None:
    for name in ("bao-cao-2025.json", "bao-cao-2025.docx"):
        shutil.copy(collected / "ket-qua" / "2025" / name, tmp_path / name)
    signed = tmp_path / "bao-cao-2025.json"
    code, text = said(capfd, collected, "T10", "--report", str(signed))
    assert code == 0
    assert "đã được sửa sau khi lập" not in text
    (tmp_path / "bao-cao-2025.docx").write_bytes(b"edited")
    assert "đã được sửa sau khi lập" in said(capfd, collected, "T10", "--report", str(signed))[1]


@tabled(("asked", "code"))
def test_rows_cells_and_fractions_are_explained_as_they_are_pasted(
    collected: Path, capfd: Capture, asked: str, code: str
) -> None:
    assert as_json(capfd, collected, asked)["subject"]["code"] == code


def test_every_figure_of_the_page_is_explained_and_counted_again(collected: Path) -> None:
    year = OpenYear(read_workspace(collected), datetime(2025, 11, 20, 17))
    source = figures_now(year, manifest_now, as_asked=True)
    index = [
        b for paper in source.read_papers() for b in paper if b.block.section.startswith("Trang tình hình")
    ]
    n_counted = 0
    for span in (span for block in index for spans in block.figures for span in spans):
        account = explain_name(source.told, span.id)
        assert account is not None, span.id
        if counted := re.fullmatch(r"Đếm được ([\d.]+)\.", "".join(account.formula)):
            assert int(span.text) == int(counted[1]) == len(account.counted), span.id
            n_counted += 1
    assert n_counted > 50
    (said,) = (one.block.text for one in index if one.block.text.startswith("Đang chỉnh lý số liệu"))
    found = find_subject(source.told, said, lambda: [index])
    assert found.code == "returns.correcting"
    assert found.places == (f"Trang tình hình, mục 1. Tiến độ gửi báo cáo: “{said}”",)
    row = next(one for one in index if any(s.id == "units.SYT.warnings" for f in one.figures for s in f))
    number = row.block.cells[row.block.heads.index("Cảnh báo")]
    asked = find_subject(source.told, f"Sở Y tế Cảnh báo {number}", lambda: [index])
    assert asked.code == "units.SYT.warnings"


def test_a_workbook_is_explained_by_what_was_kept_of_it_or_by_itself(collected: Path) -> None:
    """One by one every figure of it is; its own tables tell the same as what was kept when it was written."""
    workspace = read_workspace(collected)
    year = OpenYear(workspace, datetime(2025, 11, 20, 17))
    source = figures_now(year, manifest_now, as_asked=True)
    kept = [b for paper in source.read_papers() for b in paper if b.block.section == "Bảng tổng hợp"]
    content = (workspace.results / "bang-ke-so-lieu-2025.xlsx").read_bytes()
    assert [one.figures for one in written_index(content)] == [one.figures for one in kept]
    assert [*written_index(b"PK")] == []
    named = [(s.id, one.block.cells) for one in kept for spans in one.figures for s in spans]
    assert len(named) > 2000
    assert [id for id, row in named if explain_name(source.told, id, row) is None] == []


def test_one_of_several_figures_is_picked_by_its_number(collected: Path, capfd: Capture) -> None:
    """The list says what each figure is called and where it stands, not its code; it is no error."""
    code, told = said(capfd, collected, "100%")
    offered = dict(re.findall(r"^  (\d+)\. (.+)$", told, re.MULTILINE))
    assert (code, list(offered)[:2]) == (2, ["1", "2"])
    assert "--pick" in told
    assert "Lỗi:" not in told
    of_users = (n for n, one in offered.items() if one.startswith("100 – Người dân, doanh nghiệp sử dụng"))
    picked = next(n for n in of_users if offered[n].endswith("mức của chỉ tiêu theo Kế hoạch"))
    assert re.search(r"^     mục I\S*: “", told, re.MULTILINE)
    assert as_json(capfd, collected, "100%", "--pick", picked)["subject"]["code"] == "T9.at_least"
    assert said(capfd, collected, "100%", "--pick", "9999")[0] == 2


def test_a_row_is_listed_with_its_column_and_the_figure_itself(collected: Path, capfd: Capture) -> None:
    row = "8 Sở Xây dựng 2.874 2.561 89,1 1.036 902 87,1"
    for pasted in (row, re.sub(r" (?=\d)", "\t", row.replace("8 ", "8\t"))):
        _, told = said(capfd, collected, pasted)
        assert re.findall(r"^  \d+\. ([\d.,]+) – Sở Xây dựng, ", told, re.MULTILINE) == row.split()[4:]
        assert told.count("tổng số\n") == told.count("Tổng số”: “") == 2
    _, told = said(capfd, collected, "Ban Quản lý các khu công nghiệp 29")
    assert "dòng “Ban Quản lý các khu công nghiệp”, cột “" in told
    assert told.count("”: “29”") == 5
