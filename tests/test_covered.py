"""What tests have to reach is held: by a line, by a branch, by a file that nobody imports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.covered import COMPUTING, PACKAGE, Places, main

FILES = sorted(Places(COMPUTING).files())
LINES = [*range(1, 21)]


def reached(file: Path, **but: list[Any]) -> dict[str, Any]:
    """What SlipCover tells of a file all of whose lines were reached, and its two branches, but for some."""
    lines, branches = but.get("lines", []), but.get("branches", [])
    executed = [branch for branch in ([1, 2], [1, 3]) if branch not in branches]
    found = {"executed_lines": [n for n in LINES if n not in lines], "executed_branches": executed}
    return {**found, "missing_lines": lines, "missing_branches": branches}


def bounds_are_kept(folder: Path, *workers: dict[Path, dict[str, Any]]) -> bool:
    """Whether what each worker tells is enough; files that are not named were reached in full."""
    for n, told in enumerate(workers):
        files = {str(file): told.get(file, reached(file)) for file in FILES}
        text = json.dumps({"meta": {"software": "slipcover", "branch_coverage": True}, "files": files})
        (folder / f"gw{n}.json").write_text(text, encoding="utf-8")
    return main(folder) == 0


def test_what_judges_is_reached_in_full_by_all_workers_together_and_most_of_what_computes(
    tmp_path: Path,
) -> None:
    judging = PACKAGE / "plan/last_year.py"
    line, branch = reached(judging, lines=[7]), reached(judging, branches=[[1, 3]])
    assert bounds_are_kept(tmp_path, {judging: line}, {judging: branch})
    assert not bounds_are_kept(tmp_path, {judging: line}, {judging: line})
    assert not bounds_are_kept(tmp_path, {judging: branch}, {judging: branch})
    computing = [file for file in FILES if "intake" in file.parts]
    few = {file: reached(file, lines=LINES[:5]) for file in computing}
    assert bounds_are_kept(tmp_path, few, few)
    none = {file: reached(file, lines=LINES, branches=[[1, 2], [1, 3]]) for file in computing}
    assert not bounds_are_kept(tmp_path, none, none)


def test_a_file_that_no_test_imports_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bounds_are_kept(tmp_path, {}, {})
    monkeypatch.setattr("tests.covered.COMPUTING", (*COMPUTING, "files/libreoffice.py"))
    with pytest.raises(SystemExit, match=r"office\.py"):
        main(tmp_path)
