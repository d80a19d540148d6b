"""What every test of papers may ask for: commands to type; the text that a paper had when it was seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from tests.cli.officer import Run
from tests.pytest_types import Capture

Golden: TypeAlias = Callable[[str, str], None]


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Hold a text against the file of that name in the folder ``golden`` beside the test."""

    def reads_as_it_did(name: str, text: str) -> None:
        path = request.path.parent / "golden" / name
        if request.config.getoption("--update-golden", default=False):
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return reads_as_it_did


@pytest.fixture
def run(capfd: Capture) -> Run:
    return Run(capfd)
