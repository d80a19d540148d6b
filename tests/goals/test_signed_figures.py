"""Whatever a signed document of the year prints is explained for good, annexes in a file of their own too."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from dvctt_report.explain.papers import figures_of
from dvctt_report.store.workspace import read_workspace
from tests.goals.conftest import LATE, run, supplement_to


@pytest.fixture(scope="module")
def signed(rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of a report with annexes apart and its supplement, both published."""
    root = tmp_path_factory.mktemp("signed") / "Báo cáo"
    file = supplement_to(rendered, root, LATE, '"theo_don_vi"')
    assert run(root, "render", "--supplement", "--final") in (0, 1)
    said = ("--file", str(file), "--number", "430", "--date", f"{datetime.now():%d/%m/%Y}")
    assert run(root, "publish", *said) == 0
    return root


def test_every_figure_of_a_signed_annex_is_explained_after_a_supplement(
    signed: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    first = signed / "ky-bao-cao" / "2026" / "phat-hanh" / "1"
    source = figures_of(first / "bao-cao-2026.json", read_workspace(signed))
    (annex,) = (paper for paper in source.read_papers() if paper.title.startswith("phu-luc"))
    asked = {
        (" ".join((*block.block.cells[1:2], span.text)), span.text)
        for block in annex
        for spans in block.figures
        for span in spans
        if span.text[:1].isdigit() and any(map(str.isalpha, block.block.cells[1]))
    }
    assert len(asked) > 30
    for said, number in sorted(asked)[::3]:
        for typed in (said, number):
            capfd.readouterr()
            code = run(signed, "explain", typed)
            found = capfd.readouterr()
            assert code == 0 or "cần con số nào" in found.err, (typed, found.err)
