"""A sample year that is ready to be signed, and the same once it was."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest

from dvctt_report.cli import door
from tests.report.test_prose import HEADINGS, add_after, slot

AS_OF = ("--as-of", "20/11/2025 17:00")


def make_final(root: Path) -> None:
    """Do by commands and by hand what ``render --final`` still asks of the sample; then run it."""
    settings = root / "dvctt.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('ho_ten = ""', 'ho_ten = "Nguyễn Văn A"', 1), encoding="utf-8")
    own = ("--workspace", str(root), "override", "set")
    told = ("--reason", "Đơn vị xác nhận", "--document", "Công văn số 12/SKHCN-CĐS")
    assert door.main([*own, "BQLKCN", "T10.done=50", *told]) == 0
    assert door.main([*own, "SYT", "T10.done=2041", *told]) == 0
    prose = root / "noi-dung" / "2025.docx"
    document = docx.Document(str(prose))
    for heading in HEADINGS:
        add_after(slot(document, heading, drop=True), "Nội dung do cán bộ viết.")
    document.save(str(prose))
    assert door.main(["--workspace", str(root), "render", "--final", *AS_OF]) == 0


@pytest.fixture(scope="session")
def final_sample(rendered_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace with its report rendered to be signed; not to be written to."""
    root = tmp_path_factory.mktemp("final") / "Báo cáo"
    shutil.copytree(rendered_sample, root)
    make_final(root)
    return root


@pytest.fixture
def final(final_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it that may be written to, as the current folder."""
    root = tmp_path / "Báo cáo"
    shutil.copytree(final_sample, root)
    monkeypatch.chdir(root)
    return root
