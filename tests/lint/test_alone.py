"""``python -m dvctt_report.lint`` stands alone: same findings, nothing of the rest of the program loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.lint.breakages import GOOD
from tests.lint.papers import build

HEAVY = (
    "pandas",
    "openpyxl",
    "typer",
    "rich",
    "docx",
    "docxtpl",
    "pydantic",
    "jinja2",
    "sqlite3",
    "xlsxwriter",
)
LOADED = (
    "import sys; from dvctt_report.lint.__main__ import main; code = main(sys.argv[1:]); "
    "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr); sys.exit(code)"
)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "van-ban.docx"
    path.write_bytes(build(replace(GOOD, motto="Độc lập – Tự do – Hạnh phúc")))
    return path


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", timeout=60
    )


def test_it_judges_and_marks_a_document_in_an_empty_folder(document: Path) -> None:
    done = run("-m", "dvctt_report.lint", document, "--mark")
    assert done.returncode == 1, done.stderr
    assert "Tiêu ngữ" in done.stdout
    assert (document.parent / "van-ban (ghi chú).docx").exists()
    told = json.loads(run("-m", "dvctt_report.lint", document, "--json").stdout)
    assert [f["code"] for f in told["files"][0]["findings"]] == ["TT14"]


def test_nothing_else_is_loaded(document: Path) -> None:
    done = run("-c", LOADED, document)
    assert done.returncode == 1
    assert set(done.stderr.split()) & set(HEAVY) == set()


def test_what_cannot_be_run_is_said_in_words(document: Path) -> None:
    for wrong in (("khong-co.docx",), (document, "--kind", "Hóa đơn")):
        done = run("-m", "dvctt_report.lint", *wrong)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("Lỗi: ")
