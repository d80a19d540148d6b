"""Commands take a cell as people see it, and what a decision rests on beside a document."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest

from dvctt_report.cli import door
from dvctt_report.workspace import Workspace, read_workspace

WHY = ("--reason", "đơn vị gõ nhầm")
ZALO = ("--basis", "Zalo: chị Lan, ngày 12/11")
AS_OF = ("--as-of", "20/11/2025 17:00")


@pytest.fixture
def here(
    questioned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Workspace:
    shutil.copytree(questioned, tmp_path / "w")
    monkeypatch.chdir(tmp_path / "w")
    capfd.readouterr()
    return read_workspace(tmp_path / "w")


@pytest.mark.parametrize("cell", ["Biểu 01-A ô G10", "bieu 01-a, ô g10", "01-A G10", "T10.done"])
def test_a_cell_is_named_as_it_is_seen(here: Workspace, capfd: pytest.CaptureFixture[str], cell: str) -> None:
    assert door.main(["override", "set", "SYT", f"{cell}=2000", *WHY, *ZALO]) == 0
    told = capfd.readouterr().out
    assert "T10.done: “2.410” → “2.000”" in told
    assert door.main(shlex.split(told.partition("Bỏ đính chính: dvctt-report ")[2])) == 0
    assert door.main(["override", "set", "SYT", f"{cell}=2000", *WHY, *ZALO]) == 0
    assert door.main(["override", "drop", "Sở Y tế", cell]) == 0
    assert "Ô trở lại như đơn vị ghi, còn lỗi" in capfd.readouterr().out


def test_a_cell_that_is_not_there_is_told_as_people_name_it(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    assert door.main(["override", "set", "SYT", "ZZ99=1", *WHY, *ZALO]) == 2
    assert "“Biểu 01-A ô G10”" in capfd.readouterr().err


def test_an_address_in_several_sheets_is_asked(here: Workspace, capfd: pytest.CaptureFixture[str]) -> None:
    assert door.main(["override", "set", "NHI", "F11=1", *WHY, *ZALO]) == 2
    told = capfd.readouterr().err
    assert "có ở nhiều biểu" in told
    assert "Biểu 04 ô F11" in told


def test_what_is_no_document_is_kept_and_never_printed(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    assert door.main(["override", "set", "SYT", "01-A G10=2000", *WHY, *ZALO]) == 0
    assert door.main(["leave-out", "BQLKCN", "01-A G10", *ZALO]) == 0
    assert door.main(["override", "list"]) == 0
    assert "Zalo: chị Lan" in capfd.readouterr().out
    assert door.main(["render", *AS_OF]) == 0
    kept = here.manifest_of(here.period).read_text(encoding="utf-8")
    assert "đơn vị gõ nhầm" in json.dumps(json.loads(kept)["printed"], ensure_ascii=False).lower()
    assert "Zalo" not in kept


def test_a_finding_is_accepted_by_its_unit_and_cell(
    here: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    document = ("--document", "Công văn số 3/NHI")
    assert door.main(["accept", "NHI", "Biểu 02 ô G11", *WHY, *document]) == 0
    assert "Đã chấp nhận DL12-" in capfd.readouterr().out
    assert door.main(["accept", "NHI", "Biểu 02 ô G12", *WHY, *document]) == 2
    assert "Không có phát hiện nào như vậy" in capfd.readouterr().err
    assert door.main(["accept", "Biểu 02 ô G11", *WHY, *document]) == 2
    assert "của đơn vị nào" in capfd.readouterr().err
