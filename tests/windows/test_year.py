"""A year on Windows gives what it gives here, part by part."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.windows.machine import Machine

AS_OF = ("--as-of", "20/11/2025 17:00")
WIDTH = 100
"""Columns of the printed tables; on Windows rich leaves the last one empty."""


@dataclass(frozen=True)
class Years:
    """The demonstration's workspace here and on Windows, and how to run a command in both."""

    machine: Machine
    here: Path
    there: Path

    def run(self, *arguments: str) -> tuple[str, str]:
        """What a command says here and there; the folder is taken out, "\\" is "/"."""
        environment = {**os.environ, "COLUMNS": str(WIDTH)}
        done = subprocess.run(
            [sys.executable, "-m", "dvctt_report", *arguments],
            cwd=self.here,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            text=True,
            encoding="utf-8",
        )
        said = self.machine.program(self.there, *arguments, code=done.returncode)
        there = said.replace(self.machine.name(self.there), "").replace("\\", "/")
        return done.stdout.replace(str(self.here), "").replace("\\", "/"), there


@pytest.fixture(scope="module")
def years(machine: Machine, documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Years:
    machine.wine.more["COLUMNS"] = str(WIDTH + 1)  # type: ignore[index]
    above = tmp_path_factory.mktemp("here")
    pair = Years(machine, above, documents)
    name, day = "demo", date.today()
    here, there = pair.run("demo", name)
    if date.today() != day:  # midnight came in between: what was received here and there is a day apart
        name = "demo 2"
        here, there = pair.run("demo", name)
    assert here == there
    return Years(machine, above / name, documents / name)


def contents(name: str, data: bytes) -> Any:
    """What a file holds, without what tells when and by which zlib it was written."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {part: contents(part, archive.read(part)) for part in archive.namelist()}
    if name.endswith(".json"):
        value = json.loads(data)
        value.get("report", {}).pop("sha256", None)
        return value
    if name == "docProps/core.xml":
        return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"", data)
    if name.endswith(".xml"):
        data = re.sub("lập lúc [^<,.]*".encode(), b"", data)  # the moment at which a list was made
    # The seal of a document is a digest of its parts, the workbooks behind its charts among them.
    return b"" if name == "docProps/custom.xml" else data


def results(root: Path) -> dict[str, Any]:
    """The contents of every file of a workspace but its own records."""
    files = (path for path in root.rglob("*") if path.is_file() and ".dvctt" not in path.parts)
    return {path.relative_to(root).as_posix(): contents(path.name, path.read_bytes()) for path in files}


def test_the_demonstration_gives_the_same_files(years: Years) -> None:
    here, there = results(years.here), results(years.there)
    assert here.keys() == there.keys()
    assert len(here) > 60
    assert [name for name in here if here[name] != there[name]] == []


@pytest.mark.parametrize(
    "command",
    [
        ("letter", "remind", *AS_OF),
        ("letter", "forms", *AS_OF),
        ("lint", "ket-qua/2025/bao-cao-2025.docx", *AS_OF),
        ("check", "ket-qua/2025/bao-cao-2025.docx"),
        ("explain", "T10", *AS_OF),
        ("export", *AS_OF),
        ("validate", "--format", "json", *AS_OF),
        ("status", *AS_OF),
        ("status", "--files"),
    ],
    ids=" ".join,
)
def test_a_command_says_and_writes_the_same(command: tuple[str, ...], years: Years) -> None:
    here, there = years.run(*command)
    assert here == there
    made_here, made_there = results(years.here), results(years.there)
    assert made_here.keys() == made_there.keys()
    assert [name for name in made_here if made_here[name] != made_there[name]] == []


HELD = """
import subprocess, sys
with open(sys.argv[1], "rb"):
    sys.exit(subprocess.call([sys.executable, "-m", "dvctt_report", *sys.argv[2:]]))
"""


def test_a_report_that_is_open_elsewhere_stays_and_the_new_one_stands_beside_it(years: Years) -> None:
    report = years.there / "ket-qua" / "2025" / "bao-cao-2025.docx"
    before = report.read_bytes()
    command = [years.machine.python, "-c", HELD, years.machine.name(report), "render", *AS_OF]
    assert "bao-cao-2025 (2).docx" in years.machine.run(command, years.there)
    assert report.read_bytes() == before
    assert report.with_stem("bao-cao-2025 (2)").exists()
