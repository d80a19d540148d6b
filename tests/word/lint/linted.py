"""What the linter said, kept: who mends a draft has it looked at, before and after, and so has a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from lxml import etree

from dvctt_report.word import lint
from dvctt_report.word.document import read_document
from dvctt_report.word.lint import CHECKS, FileVerdict
from dvctt_report.word.lint.check import Settings, read_settings
from dvctt_report.word.lint.outcome import Outcome
from dvctt_report.word.lint.parts import Paper
from dvctt_report.word.lint.recognise import recognise
from dvctt_report.word.source import Source, parse_source, read_source
from tests.word.lint.papers import Draft, build

SETTINGS = replace(read_settings(), today=date(2026, 6, 1))
_MOST = 8
"""Drafts that are kept: a test asks about what it has just had mended."""
_lint_source = lint.lint_source
_said: dict[frozenset[tuple[str, bytes]], tuple[Settings, Source, FileVerdict]] = {}


def lint_and_keep(source: Source, name: str, settings: Settings) -> FileVerdict:
    """Look at a file in place of ``lint_source``: whoever mends it needs findings of that very tree."""
    parts = frozenset(source.parts.items())
    asked, kept, verdict = _said.pop(parts, (None, None, None))
    if verdict is None or kept is not source or asked != settings:
        verdict = _lint_source(source, name, settings)
    _said[parts] = settings, source, verdict
    if len(_said) > _MOST:
        del _said[next(iter(_said))]
    return verdict


def read_again(path: Path) -> Source:
    """Open a file in place of ``read_source``: as it was just looked at, if nobody has mended it since."""
    source = read_source(path)
    _, kept, _ = _said.get(frozenset(source.parts.items()), (None, None, None))
    return source if kept is None or _is_mended(kept) else kept


def _is_mended(source: Source) -> bool:
    anew = Source(source.data, source.parts, source.main, source.related)
    return any(etree.tostring(tree) != etree.tostring(anew.tree(name)) for name, tree in source.trees.items())


def verdict_on(data: bytes, settings: Settings) -> FileVerdict:
    """What the linter says of a file, or has just said of the same parts."""
    source = parse_source(data)
    asked, _, verdict = _said.get(frozenset(source.parts.items()), (None, None, None))
    return verdict if verdict is not None and asked == settings else lint_and_keep(source, "x", settings)


def verdict_by(data: bytes, settings: Settings, codes: tuple[str, ...]) -> FileVerdict:
    """What those checks alone say of a file."""
    checks = tuple(check for check in CHECKS if check.code in codes)
    return _lint_source(parse_source(data), "x", settings, checks)


def verdict_of(draft: Draft, settings: Settings = SETTINGS) -> FileVerdict:
    return verdict_on(build(draft), settings)


def faults_by(draft: Draft, *codes: str) -> list[str]:
    """What those checks find, no other being asked."""
    found = verdict_by(build(draft), SETTINGS, codes).findings
    return [f.found for f in found if f.outcome is Outcome.FAIL]


def faults(draft: Draft) -> list[tuple[str, str, str]]:
    return [(f.code, f.place, f.found) for f in verdict_of(draft).findings if f.outcome is Outcome.FAIL]


def paper_of(draft: Draft) -> Paper:
    return recognise(read_document(parse_source(build(draft))))
