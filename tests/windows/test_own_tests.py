"""Tests that mean something else on Windows, run there: files and locks, processes, names."""

from __future__ import annotations

import re
from pathlib import Path

from tests.windows.machine import Machine

TESTS = (
    "tests/files/test_files.py",
    "tests/store/test_workspace.py",
    "tests/store/register/test_store.py",
    "tests/store/register/test_register.py",
    "tests/intake/test_workers.py",
    "tests/intake/test_unpack.py",
    "tests/cli/test_take_in.py",
    "tests/cli/test_door.py",
)


def test_they_pass_on_windows(machine: Machine, documents: Path) -> None:
    said = machine.test(documents, TESTS)
    passed = re.search(r"(\d+) passed", said)
    assert passed is not None
    assert int(passed[1]) > 150
