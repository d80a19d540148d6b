"""What a report is dated: the month that is set, never one that was over when its figures were taken."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from dvctt_report.report.issuers import issuer_of
from dvctt_report.store.workspace import SETTINGS, read_workspace
from dvctt_report.text.resources import resource_path


@pytest.mark.parametrize(
    ("month", "as_of", "dated"),
    [
        (11, datetime(2025, 11, 30, 17), (11, 2025)),
        (11, datetime(2025, 10, 31), (11, 2025)),
        (11, datetime(2025, 12, 1), (None, 2025)),
        (11, datetime(2026, 1, 5), (None, 2026)),
        (1, datetime(2025, 11, 20), (1, 2026)),
        (1, datetime(2026, 1, 5), (1, 2026)),
        (1, datetime(2026, 2, 1), (None, 2026)),
        (0, datetime(2025, 12, 31), (None, 2025)),
        (0, datetime(2026, 1, 2), (None, 2026)),
    ],
)
@pytest.mark.parametrize("text", ["department", "ministry"])
def test_a_report_is_dated_in_the_month_that_is_set_unless_that_is_over(
    text: str, month: int, as_of: datetime, dated: tuple[int | None, int], tmp_path: Path
) -> None:
    root = tmp_path / "w"
    shutil.copytree(resource_path("sample_data"), root)
    settings = root / SETTINGS
    lines = settings.read_text("utf-8").splitlines()
    said = "\n".join(f"thang = {month}" if line.startswith("thang") else line for line in lines)
    settings.write_text(said, "utf-8")
    issuer = issuer_of(read_workspace(root), as_of, text)
    assert (issuer.month, issuer.year) == dated
