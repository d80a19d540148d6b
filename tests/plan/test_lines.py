"""On which line of a TOML file stands what a fault's path names."""

from __future__ import annotations

from pathlib import Path

import pytest

from dvctt_report.plan.load import find_line

TEXT = (Path(__file__).parent / "small" / "lines.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "start"),
    [
        ("version", "version = 1"),
        ("deadline", "[deadline]"),
        ("deadline.before", "before ="),
        ("deadline.missing", "[deadline]"),
        ("items[1] (T1).code", 'code = "T1"'),
        ("items[1] (T1).names[2]", "names ="),
        ("items[1] (T1).control.name", 'name = "x"'),
        ("items[1] (T1).thresholds[1].at_least", "at_least = 1"),
        ("items[2] (T2).thresholds[1].at_least", "at_least = 2"),
        ("items[2] (T2).thresholds[1].other.kind", "other.kind"),
    ],
)
def test_the_line_is_that_of_the_key_or_of_what_it_stands_in(path: str, start: str) -> None:
    line = find_line(TEXT, path)
    assert line is not None
    assert TEXT.splitlines()[line - 1].startswith(start)


def test_what_is_not_written_at_all_has_no_line() -> None:
    assert find_line(TEXT, "key") is None
    assert find_line(TEXT, "items[7].code") is None
    assert find_line("", "version") is None
