"""At a prompt, before a report is written: edits of the draft, outdated sentences, on one yes each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from dvctt_report.cli import door
from tests.report.test_prose import add_after, slot

AS_OF = ("--as-of", "20/11/2025 17:00")


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is typed, in its order; all of it has to be asked for."""
    typed: list[str] = []
    monkeypatch.setattr("dvctt_report.cli.render.is_terminal", lambda _: True)
    monkeypatch.setattr("builtins.input", lambda: typed.pop(0))
    yield typed
    assert not typed


def test_edits_of_the_draft_and_outdated_sentences_are_taken_on_one_yes_each(
    rendered_sample: Path, tmp_path: Path, answers: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "Báo cáo"
    shutil.copytree(rendered_sample, root)
    prose, draft = root / "noi-dung" / "2025.docx", root / "ket-qua" / "2025" / "bao-cao-2025.docx"
    document = docx.Document(str(prose))
    drafted = next(p for p in document.paragraphs if p.text.startswith("[dự thảo gợi ý] - Số liệu của 02"))
    drafted.text = (
        "- Số liệu của 07 đơn vị còn nội dung chưa thống nhất, đang được đề nghị chỉnh lý, kéo dài."
    )
    document.save(str(prose))
    document = docx.Document(str(draft))
    (asked,) = (p for p in document.paragraphs if p.text.startswith("[Nội dung do Sở bổ sung: nguyên nhân"))
    asked.text = "Do nguồn lực."
    document.save(str(draft))

    answers += ["", "c", "", ""]  # no day for what page 1 asks, now and the next time
    assert door.main(["--workspace", str(root), "render", *AS_OF]) == 0
    said = capfd.readouterr()
    assert "Đưa 1 chỗ đã sửa trong bao-cao-2025.docx vào noi-dung/2025.docx?" in said.err
    assert "nay ghi:  Do nguồn lực." in said.out
    assert "Thay 1 đoạn ghi số đã cũ ở noi-dung/2025.docx bằng lời theo số liệu nay?" in said.err
    written = [p.text for p in docx.Document(str(prose)).paragraphs]
    mended = "- Số liệu của 02 đơn vị còn nội dung chưa thống nhất, đang được đề nghị chỉnh lý, kéo dài."
    assert {"Do nguồn lực.", mended} <= {*written}
    printed = [p.text for p in docx.Document(str(draft)).paragraphs]
    assert {"Do nguồn lực.", mended} <= {*printed}
    assert (prose.parent / "2025 (trước khi thay).docx").exists()

    assert door.main(["--workspace", str(root), "render", *AS_OF]) == 0, "no change is asked about again"
    document = docx.Document(str(draft))
    add_after(slot(document, "2. Nguyên nhân"), "Do thời tiết.")
    document.save(str(draft))
    before = prose.read_bytes()
    answers += ["", "k"]
    assert door.main(["--workspace", str(root), "render", *AS_OF]) == 0
    assert prose.read_bytes() == before
    assert draft.with_stem("bao-cao-2025 (bản sửa tay 2)").exists()
