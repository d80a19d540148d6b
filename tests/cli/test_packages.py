"""Every Word and Excel file that the program writes is what the schemas of Office say."""

from __future__ import annotations

import shutil
from pathlib import Path

from openxml_audit import OpenXmlValidator

from dvctt_report.cli import door
from dvctt_report.text.resources import resource_path
from tests.pytest_types import Patch

AS_OF = ("--as-of", "20/11/2025 17:00")
SENT = ("SYT", "BQLKCN", "NHI", "SNV")
"""Whose returns there are: three of which something is asked, one of a district, and one in order."""
COMMANDS = (
    ("collect",),
    ("forms", "--unit", "SYT", "--unit", "NPC"),
    ("control", "make"),
    ("collect", "--book"),
    ("validate", *AS_OF),
    ("feedback", *AS_OF),
    ("letter", "forms", *AS_OF),
    ("letter", "remind", *AS_OF),
    ("letter", "feedback", *AS_OF),
    ("render", *AS_OF),
    ("render", "--ministry", *AS_OF),
    ("export", *AS_OF),
    ("explain", "T10", "--docx", *AS_OF),
    ("lint", "ket-qua/2025/bao-cao-2025.docx", "--docx"),
)


def test_no_file_that_is_written_has_a_fault_of_its_schema(tmp_path: Path, monkeypatch: Patch) -> None:
    root = tmp_path / "x"
    shutil.copytree(resource_path("sample_data"), root)
    for path in (root / "nhan-ve" / "2025").iterdir():
        if not any(f"_{unit}_" in path.name for unit in SENT):
            path.unlink()
    monkeypatch.chdir(root)
    before = {p for p in root.rglob("*") if p.suffix in (".xlsx", ".docx") and "nhan-ve" in p.parts}
    for command in COMMANDS:
        assert door.main(list(command)) in (0, 1), command
    written = [p for p in sorted(root.rglob("*")) if p.suffix in (".xlsx", ".docx") and p not in before]
    names = {p.name for p in written}
    assert {"so-theo-doi.xlsx", "so-doi-chieu.xlsx", "kiem-tra-so-lieu.xlsx", "bao-cao-2025.docx"} <= names
    assert {"bang-ke-so-lieu-2025.xlsx", "tom-tat-trinh-ky.docx", "cong-van-don-doc-2025.docx"} <= names
    assert {"bao-cao-ubnd-2025.docx", "to-trinh-2025.docx"} <= names
    # Which of its like an element is takes long to count, and no verdict.
    monkeypatch.setattr("openxml_audit.context._sibling_position", lambda element: 1)
    validator = OpenXmlValidator()
    faults = {p.name: [str(e) for e in validator.validate(p).errors] for p in written}
    assert {name: found for name, found in faults.items() if found} == {}
