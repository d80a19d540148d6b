"""``python -m dvctt_report.lint`` stands alone: same findings, nothing of the rest of the program loaded."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import dvctt_report
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
        [sys.executable, *map(str, arguments)], capture_output=True, text=True, encoding="utf-8", timeout=600
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


def compiled_at_once(tree: ast.AST) -> Iterator[int]:
    """The lines of a module that compile a pattern when it is imported."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile":
            yield node.lineno
        if not isinstance(node, ast.FunctionDef | ast.Lambda):
            yield from compiled_at_once(node)


def test_no_pattern_is_compiled_before_it_is_used() -> None:
    home = Path(dvctt_report.__file__).parent
    found = [
        f"{path.relative_to(home)}:{line}"
        for room in ("lint", "nd30", "word")
        for path in sorted((home / room).glob("*.py"))
        for line in compiled_at_once(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []
    assert [*compiled_at_once(ast.parse("A = (re.compile('a'),)\ndef b(): re.compile('b')"))] == [1]


def test_what_cannot_be_run_is_said_in_words(document: Path) -> None:
    for wrong in (("khong-co.docx",), (document, "--kind", "Hóa đơn")):
        done = run("-m", "dvctt_report.lint", *wrong)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("Lỗi: ")
