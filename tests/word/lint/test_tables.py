"""What the linter says of the drafts in ``tables/``: whatever a draft is to say stands behind it, all of it.

A group is of the checks that ``of`` names, or of all. ``see`` tells what of a finding is written behind its
code; ``open``: what isn't judged is told too, with a "?"; ``status``: what becomes of the whole document is
told first; ``bases``: how many bases it has.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dvctt_report.word.document import read_document
from dvctt_report.word.lint import FileVerdict
from dvctt_report.word.lint.check import Settings, Stage
from dvctt_report.word.lint.outcome import Outcome
from dvctt_report.word.lint.recognise import recognise
from dvctt_report.word.source import parse_source
from tests.word.lint.drafts import draft
from tests.word.lint.linted import SETTINGS, verdict_by, verdict_on
from tests.word.lint.papers import build


def rows() -> Iterator[Any]:
    for file in sorted((Path(__file__).parent / "tables").glob("*.toml")):
        for name, group in tomllib.loads(file.read_text(encoding="utf-8")).items():
            for n, (said, *told) in enumerate(group["rows"], 1):
                yield pytest.param(group, said, told, id=f"{file.stem}: {name} {n}")


def settings_of(said: dict[str, Any]) -> Settings:
    """The settings that stand among the words of a draft, which are taken out."""
    asked = {name: said.pop(name) for name in ("electronic",) if name in said}
    return replace(SETTINGS, stage=Stage[said.pop("stage", "DRAFT")], **asked)


def told_of(verdict: FileVerdict, group: Mapping[str, Any]) -> Iterator[str]:
    """What a verdict says, in the words of a table."""
    if "status" in group:
        yield " | ".join(filter(None, (verdict.status, verdict.kind, verdict.reason)))
    for found in verdict.findings:
        judged = found.outcome is Outcome.FAIL
        if (judged or "open" in group) and found.code in group.get("of", (found.code,)):
            seen = (str(getattr(found, name)).replace("\n", "\\n") for name in group.get("see", ()))
            yield " | ".join((found.code, *["?"] * (not judged), *seen))


@pytest.mark.parametrize(("group", "said", "told"), rows())
def test_this_is_said_of_it_and_nothing_else(
    group: dict[str, Any], said: dict[str, Any], told: list[str]
) -> None:
    settings = settings_of(said := dict(said))
    data = build(draft(said))
    codes = group.get("of")
    verdict = verdict_by(data, settings, tuple(codes)) if codes else verdict_on(data, settings)
    bases = [f"{len(recognise(read_document(parse_source(data))).bases)} căn cứ"] if "bases" in group else []
    assert [*bases, *told_of(verdict, group)] == told
