"""A year is signed, filed and followed by the next on Windows as it is here."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from dvctt_report.cli import door
from scripts.sample.following import make_final, run
from tests.windows.machine import Machine
from tests.windows.test_year import WIDTH, Years, results

REPORT = "ket-qua/2025/bao-cao-2025.docx"
RECORD = "phat-hanh.json"


@pytest.fixture(scope="module")
def signed(machine: Machine, documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Years:
    """The demonstration with its report ready to be signed, made here, and the same files on Windows."""
    machine.wine.more["COLUMNS"] = str(WIDTH + 1)  # type: ignore[index]
    here = tmp_path_factory.mktemp("signed") / "demo"
    assert door.main(["demo", str(here)]) == 0
    settings = here / "dvctt.toml"
    said = settings.read_text(encoding="utf-8")
    settings.write_text(said.replace('ho_ten = ""', 'ho_ten = "Nguyễn Văn A"'), encoding="utf-8")
    run(here, "apply", "--yes")
    make_final(here)
    there = documents / "signed"
    shutil.copytree(here, there)
    return Years(machine, here, there)


@pytest.mark.parametrize(
    "command",
    [
        ("publish", "--file", REPORT, "--number", "386", "--date", "25/11/2025"),
        ("archive", "--year", "2025"),
        ("roll", "2026", "--profile", "khanh_hoa", "--number", "77/KH-UBND", "--date", "18/3/2026"),
        ("publish", "--check", "--year", "2025"),
    ],
    ids=" ".join,
)
def test_a_year_is_closed_and_the_next_opened_alike(command: tuple[str, ...], signed: Years) -> None:
    here, there = signed.run(*command)
    assert here == there
    made_here, made_there = (timeless(root) for root in (signed.here, signed.there))
    assert made_here.keys() == made_there.keys()
    assert [name for name in made_here if made_here[name] != made_there[name]] == []


def timeless(root: Path) -> dict[str, Any]:
    """What a workspace holds, without the moments of its writing and the hashes that follow from them."""
    return {name: _timeless(name, held) for name, held in results(root).items()}


def _timeless(name: str, held: Any) -> Any:
    if name.endswith(RECORD):
        return held | {"when": ""}
    if name.endswith("ma-bam-sha256.txt"):
        return [line for line in held.decode().splitlines() if not line.endswith(RECORD)]
    if isinstance(held, dict):  # the parts of a package
        return {part: _timeless(part, inner) for part, inner in held.items()}
    if isinstance(held, bytes) and name.endswith(".xml"):
        moment = rb"[0-9a-f]{64}|T\xc3\xadnh \xc4\x91\xe1\xba\xbfn [^<]*"
        return re.sub(moment, b"", held)
    return held
