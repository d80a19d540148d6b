"""docs/lint.md is what the checks say about themselves, and misses none of the decree's points."""

from __future__ import annotations

import pytest

from dvctt_report.word.lint import CHECKS
from dvctt_report.word.lint.check import Check
from dvctt_report.word.nd30 import RULES, component
from scripts.lint_page import LEFT_OUT, lint_page, main


def test_every_number_is_a_check_or_left_out_with_a_reason() -> None:
    codes = {check.code for check in CHECKS} | {code for code, _, _ in LEFT_OUT}
    assert {f"TT{n:02}" for n in range(1, 69)} <= codes
    assert all(why for _, _, why in LEFT_OUT)


def test_codes_stand_once_and_in_order() -> None:
    codes = [check.code for check in CHECKS]
    assert codes == sorted(set(codes))


def test_the_page_goes_down_the_document() -> None:
    """The letterhead before the text, the text before who signs, annexes after them, a line a check."""
    rows = [line.split(" | ")[0][2:] for line in lint_page() if line.startswith("| TT")]
    assert sorted(set(rows) & {check.code for check in CHECKS}) == [check.code for check in CHECKS]
    assert [code for code in rows if code in ("TT12", "TT38", "TT51", "TT58", "TT01")] == [
        *("TT12", "TT38", "TT51", "TT58", "TT01")
    ]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_a_check_says_what_is_wrong_what_would_be_right_and_why(check: Check) -> None:
    assert all((check.title, check.wrong, check.right, check.source))
    assert check.wrong != check.right


def test_the_command_writes_the_page_in_utf_8(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    main()
    assert capsysbinary.readouterr().out.decode().splitlines() == list(lint_page())


def test_the_checks_judge_by_the_table_that_the_template_is_built_from() -> None:
    assert component("recipients_title").sizes == (12, 12)
    assert {rule.under for rule in RULES} >= {"motto", "issuer", "subject"}
