"""What SECURITY.md promises is held by tests that are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.syntax import statements

ROOT = Path(__file__).parents[1]
NETWORK = frozenset(
    ("asyncio", "ftplib", "http", "imaplib", "poplib", "requests", "smtplib", "socket", "ssl", "xmlrpc")
)


def promises() -> list[str]:
    policy = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    promised = policy.partition("## What is promised\n")[2].partition("\n## ")[0]
    return re.findall(r"^- .*(?:\n  .*)*", promised, re.MULTILINE)


def test_every_promise_names_the_tests_that_hold_it() -> None:
    held = {promise: re.findall(r"`(tests/[^`]+)`", promise) for promise in promises()}

    assert len(held) >= 9
    assert [promise for promise, tests in held.items() if not tests] == []
    for name in {name for tests in held.values() for name in tests}:
        assert "\ndef test_" in (ROOT / name).read_text(encoding="utf-8"), name


def test_no_module_of_the_program_can_open_a_connection() -> None:
    nodes = [
        (path.name, node)
        for path in (ROOT / "src").rglob("*.py")
        for node in statements(ast.parse(path.read_text(encoding="utf-8")))
    ]
    names = {(file, one.name) for file, node in nodes if isinstance(node, ast.Import) for one in node.names}
    names |= {(file, str(node.module)) for file, node in nodes if isinstance(node, ast.ImportFrom)}
    assert len(names) > 1_000
    assert [one for one in names if one[1].partition(".")[0] in NETWORK or one[1] == "urllib.request"] == []
