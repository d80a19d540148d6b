"""What the linter said, kept: who mends a draft has it looked at, before and after, and so has a test."""

from __future__ import annotations

from dvctt_report import lint
from dvctt_report.lint import CHECKS, Verdict
from dvctt_report.lint.settings import Settings
from dvctt_report.word.source import Source, parse_source

_MOST = 8
"""Drafts that are kept: a test asks about what it has just had mended."""
_lint_source = lint.lint_source
_said: dict[frozenset[tuple[str, bytes]], tuple[Settings, Verdict]] = {}


def lint_and_keep(source: Source, name: str, settings: Settings) -> Verdict:
    """Look at a file in place of ``lint_source``: whoever mends it needs findings of that very tree."""
    parts = frozenset(source.parts.items())
    verdict = _lint_source(source, name, settings)
    _said.pop(parts, None)
    _said[parts] = settings, verdict
    if len(_said) > _MOST:
        del _said[next(iter(_said))]
    return verdict


def verdict_on(data: bytes, settings: Settings) -> Verdict:
    """What the linter says of a file, or has just said of the same parts."""
    source = parse_source(data)
    asked, verdict = _said.get(frozenset(source.parts.items()), (None, None))
    return verdict if verdict is not None and asked == settings else lint_and_keep(source, "x", settings)


def verdict_by(data: bytes, settings: Settings, codes: tuple[str, ...]) -> Verdict:
    """What those checks alone say of a file."""
    checks = tuple(check for check in CHECKS if check.code in codes)
    return _lint_source(parse_source(data), "x", settings, checks)
