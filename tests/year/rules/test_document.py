"""docs/rules.md is what the rules say about themselves."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dvctt_report.model.codes import CODES, RULES_BY_CODE
from dvctt_report.year.rules.document import main, rules_page

SOURCE = Path(__file__).parents[3] / "src"


def test_every_code_stands_on_the_page_and_a_rule_with_its_example() -> None:
    page = "\n".join(rules_page())
    for about in CODES.values():
        assert f"\n### {about.code}. " in page if about.code in RULES_BY_CODE else f"**{about.code}. " in page
        assert about.title in page
        assert about.why in page
        assert about.example in page


def test_the_page_is_written_in_utf_8_with_plain_ends_of_lines(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    main()
    assert capsysbinary.readouterr().out.decode("utf-8") == "\n".join((*rules_page(), ""))


def test_importing_rules_and_summary_loads_no_heavy_library() -> None:
    code = (
        "import sys, dvctt_report.year.rules, dvctt_report.year.summary;"
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
