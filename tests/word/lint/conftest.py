"""What every test of the linter may use."""

from __future__ import annotations

import pytest

from dvctt_report.word.lint import command
from tests.word.lint.linted import lint_and_keep, read_again


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what the linter says while it mends, for ``verdict_on``."""
    monkeypatch.setattr(command, "lint_source", lint_and_keep)
    monkeypatch.setattr(command, "read_source", read_again)
