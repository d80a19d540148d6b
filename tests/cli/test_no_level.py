"""A target for which the plan sets no level is asked and told like any other, and never judged."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import docx
import pytest

from dvctt_report.cli import door
from dvctt_report.text.resources import resource_path
from tests.conftest import tell_targets_twice
from tests.pytest_types import Capture

OPEN = ("T2", "T10", "T3")
"""People, dossiers, answers yes or no."""


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace with a plan that sets no level of some targets, rendered."""
    root = tmp_path_factory.mktemp("no-level") / "Báo cáo"
    shutil.copytree(resource_path("sample_data"), root)
    shutil.copytree(resource_path("templates") / "ninh_thuan", root / "cau-hinh")
    plan = root / "cau-hinh" / "plan.toml"
    text = plan.read_text(encoding="utf-8")
    for code in OPEN:
        head, mark, rest = text.partition(f'code = "{code}"\n')
        assert mark
        text = head + mark + "".join(rest.partition("thresholds = [")[0::2]).replace("{ year", "#", 1)
    plan.write_text(text, encoding="utf-8")
    settings = root / "dvctt.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('ho_so = "ninh_thuan"', 'ho_so = "cau-hinh"'),
        encoding="utf-8",
    )
    tell_targets_twice(root)
    assert door.main(["--workspace", str(root), "plan", "check"]) == 0
    assert door.main(["--workspace", str(root), "collect"]) == 1
    assert door.main(["--workspace", str(root), "render", "--as-of", "20/11/2025 17:00"]) == 0
    return root


def report(root: Path) -> docx.document.Document:
    return docx.Document(str(root / "ket-qua" / "2025" / "bao-cao-2025.docx"))


def indicators(root: Path) -> dict[str, dict[str, object]]:
    manifest = json.loads((root / "ket-qua" / "2025" / "bao-cao-2025.json").read_text(encoding="utf-8"))
    return {one["code"]: one for one in manifest["indicators"]}


def test_it_has_a_figure_and_no_verdict(rendered: Path) -> None:
    found = indicators(rendered)
    for code in OPEN:
        assert (found[code]["at_least"], found[code]["verdict"]) == (None, "no_level")
        assert found[code]["percent"]
        assert found[code]["basis"] is None
    assert found["T1"]["at_least"] == 100


def test_the_report_tells_it_and_says_why_it_is_not_judged(rendered: Path) -> None:
    text = "\n".join(paragraph.text for paragraph in report(rendered).paragraphs)
    assert text.count("Kế hoạch không đặt mức năm 2025 nên không đánh giá") == len(OPEN)
    assert "; 03 chỉ tiêu Kế hoạch không đặt mức" in text
    rows = [row for table in report(rendered).tables for row in table.rows]
    told = [[cell.text for cell in row.cells] for row in rows]
    without = [cells for cells in told if "Không đặt mức" in cells]
    assert len(without) == 2 * len(OPEN)
    assert all("x" in cells for cells in without)
    assert "0%" not in " ".join(" ".join(cells) for cells in without).replace("100%", "")


def test_every_other_command_takes_it(rendered: Path, capfd: Capture) -> None:
    shared = ["--workspace", str(rendered)]
    capfd.readouterr()
    assert door.main([*shared, "explain", "T10"]) == 0
    assert "Kế hoạch không đặt mức nên không đánh giá." in capfd.readouterr().out
    made = rendered / "ket-qua" / "2025"
    assert door.main([*shared, "check", str(made / "bao-cao-2025.docx")]) == 0
    assert door.main([*shared, "lint", str(made / "bao-cao-2025.docx")]) == 0
    for command in (["render", "--ministry"], ["export"], ["validate"], ["plan", "show"]):
        assert door.main([*shared, *command]) in (0, 1), command
    assert "Traceback" not in capfd.readouterr().err
    page = (made / "tinh-hinh.html").read_text(encoding="utf-8")
    assert 'id="d-no_level"' in page
    assert "Không đặt mức" in page
