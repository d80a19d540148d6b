"""A workspace that the first version of the program left, with a draft and a final report, opens as it was.

``first_version.zip`` was made by that version: sample returns, two overrides, an acceptance, a paper return
in the tracking book, prose, a final report kept beside a later draft.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from dvctt_report.cli import door
from dvctt_report.register.store import VERSION

AS_OF = ("--as-of", "21/11/2025 17:00")
ADDED = ("HT.e.shared",)
"""Figures that the plan asks for since then."""
ADDED_OF_UNITS = ("form", "area_code", "parts", "duty", "left_out")
"""What a manifest says of a unit since then; its names differ by those the roster has learnt."""
ADDED_OF_INDICATORS = ("goal", "measure", "each", "counted", "parts")
"""What it says of an indicator since then."""
FORMER = 4
"""The version of the register that the first program wrote."""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "Báo cáo 2025"
    with ZipFile(Path(__file__).with_name("first_version.zip")) as archive:
        archive.extractall(root)
    monkeypatch.chdir(root)
    return root


def figures(manifest: Path) -> dict[str, Any]:
    """What a manifest says of the year, less its moment and identity and what has been added since."""
    table = json.loads(manifest.read_text(encoding="utf-8"))
    kept = ("year", "indicators", "figures", "overrides", "acceptances")
    table["figures"] = [one for one in table["figures"] if one["id"] not in ADDED or one["cells"]]
    for figure in table["figures"]:
        # The first version took a formula of an .xls for what was typed, and named it as a task's source.
        if figure["id"].startswith(("tasks.", "NV.")):
            figure["cells"] = [cell for cell in figure["cells"] if not cell["file"].endswith(".xls")]
    without(table["indicators"], ADDED_OF_INDICATORS)
    without(table["units"], ("names", *ADDED_OF_UNITS))
    return {name: table[name] for name in (*kept, "units")}


def without(rows: list[dict[str, Any]], names: tuple[str, ...]) -> None:
    for row in rows:
        for name in names:
            row.pop(name, None)


def hashes(folder: Path) -> dict[str, str]:
    return {p.name: sha256(p.read_bytes()).hexdigest() for p in folder.iterdir() if "trình ký" in p.name}


def test_it_renders_the_same_figures_and_keeps_what_was_final(workspace: Path) -> None:
    report = workspace / "ket-qua" / "2025" / "bao-cao-2025.json"
    before, final = figures(report), hashes(report.parent)
    assert len(final) == 3
    assert len(before["overrides"]) == 2
    assert len(before["acceptances"]) == 1

    assert door.main(["collect"]) == 1
    assert door.main(["render", *AS_OF]) == 0

    assert figures(report) == before
    assert hashes(report.parent) == final


def test_its_register_is_brought_up_and_a_copy_kept(workspace: Path) -> None:
    register = workspace / ".dvctt" / "so-nhan.sqlite"
    before = rows(register)

    assert door.main(["status", *AS_OF]) == 0

    assert version(register) == VERSION
    width = {table: max(map(len, kept), default=0) for table, kept in before.items()}
    now = rows(register)
    assert {table: [row[: width[table]] for row in there] for table, there in now.items()} == {
        table: as_periods(kept) for table, kept in before.items()
    }
    assert {said for table, there in now.items() for row in there for said in row[width[table] :]} <= {""}
    copy = register.with_name(f"so-nhan.ban-{FORMER}.sqlite")
    assert version(copy) == FORMER
    assert rows(copy) == before


def test_its_books_go_into_the_folder_of_their_period(
    workspace: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    former = (workspace / "so-theo-doi.xlsx").read_bytes()

    assert door.main(["collect"]) == 1
    capfd.readouterr()
    assert door.main(["status", "--format", "json", *AS_OF]) == 0

    by_unit = {u["unit"]: u["status"] for u in json.loads(capfd.readouterr().out)["units"]}
    assert by_unit["SDTTG"] == "paper"
    assert not (workspace / "so-theo-doi.xlsx").exists()
    assert (workspace / "ky-bao-cao" / "2025" / "so-theo-doi.xlsx").is_file()
    assert (workspace / "ky-bao-cao" / "2025" / "so-doi-chieu.xlsx").is_file()
    assert (workspace / ".dvctt" / "truoc-khi-nang-cap" / "so-theo-doi.xlsx").read_bytes() == former


def test_an_older_program_is_told_of_a_newer_register(
    workspace: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(workspace / ".dvctt" / "so-nhan.sqlite")) as register:
        register.execute(f"pragma user_version = {VERSION + 1}")

    assert door.main(["status"]) == 2
    assert "do một phiên bản mới hơn của chương trình ghi" in capfd.readouterr().err


def version(register: Path) -> int:
    with closing(sqlite3.connect(register)) as there:
        found: int = there.execute("pragma user_version").fetchone()[0]
    return found


def rows(register: Path) -> dict[str, list[tuple[Any, ...]]]:
    tables = ("receipt", "decision", "entry", "acceptance", "override", "control", "content")
    with closing(sqlite3.connect(register)) as there:
        return {t: there.execute(f"select * from {t} order by rowid").fetchall() for t in tables}


def as_periods(kept: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows with the year, the only whole number of that size in them, as the key of a period."""
    return [tuple("2025" if value == 2025 else value for value in row) for row in kept]
