"""docs/lint.md is what the checks say about themselves, and misses none of the decree's points."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from dvctt_report.word import lint
from dvctt_report.word.lint import CHECKS
from dvctt_report.word.lint.check import ABSENT, Check
from dvctt_report.word.lint.looks import LOOKS
from dvctt_report.word.lint.parts import LEVELS
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


def test_what_a_check_fills_in_stands_in_the_table_of_words_and_each_row_is_said() -> None:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in Path(lint.__file__).parent.glob("*.py"))
    nodes = (node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    said, rows = {words for words in nodes if isinstance(words, str)}, {r for c in CHECKS for r in c.always}
    assert {words for words in said if re.search(r"\{[a-z]+\}", words)} <= rows
    assert rows <= {*said, *ABSENT.values(), *(row.missing for row in LOOKS)}


@pytest.mark.parametrize("file", ["patterns.toml", "words.toml"])
def test_each_module_looks_for_all_that_its_tables_have(file: str) -> None:
    folder = Path(lint.__file__).parent
    text = (folder / file).read_text(encoding="utf-8")
    for module, entries in tomllib.loads(text).items():
        path = next(path for path in folder.glob("*.py") if path.stem.removeprefix("checks_") == module)
        code = path.read_text(encoding="utf-8").replace("'", '"')
        named = {*re.findall(r'_(?:RE|LISTS)\["(\w+)"\]', code), *re.findall(r"‹(\w+)›", text)}
        named |= {*re.findall(r'"(signs_of_\w+)"', code), *(name for _, name in LEVELS)}
        assert entries.keys() <= named, module
        assert {*re.findall(r'_RE\["(\w+)"\]', code)} <= entries.keys() or file == "words.toml"


def test_the_command_writes_the_page_in_utf_8(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    main()
    assert capsysbinary.readouterr().out.decode().splitlines() == list(lint_page())


def test_the_checks_judge_by_the_table_that_the_template_is_built_from() -> None:
    assert component("recipients_title").sizes == (12, 12)
    assert {rule.under for rule in RULES} >= {"motto", "issuer", "subject"}
