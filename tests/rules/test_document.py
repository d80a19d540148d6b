"""docs/rules.md is what the rules say about themselves."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dvctt_report.codes import INTAKE_CODES, RULE_CODES
from dvctt_report.rules.document import main, rules_page

SOURCE = Path(__file__).parents[2] / "src"


def test_every_rule_stands_on_the_page_with_its_example() -> None:
    page = "\n".join(rules_page())
    for rule in RULE_CODES:
        assert f"## {rule.code}\n" in page
        assert rule.example in page
    for code in INTAKE_CODES:
        assert f"\n| {code.code} | " in page


def test_the_page_is_written_in_utf_8_with_plain_ends_of_lines(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    main()
    assert capsysbinary.readouterr().out.decode("utf-8") == "\n".join((*rules_page(), ""))


def test_importing_rules_and_summary_loads_no_heavy_library() -> None:
    code = (
        "import sys, dvctt_report.rules, dvctt_report.summary;"
        "print([m for m in ('pandas', 'numpy', 'openpyxl', 'docx', 'lxml') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        text=True,
        env={"PYTHONPATH": str(SOURCE)},
    )
    assert run.stdout.strip() == "[]"
