"""One registry of codes: what is raised is registered, what is registered is raised, and each is tried."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from typer.main import get_command

import dvctt_report
from dvctt_report.cli.app import app
from dvctt_report.model import Severity
from dvctt_report.model.codes import CODES, RULES_BY_CODE, Asked, Bars, Code, Scope, Settled, Trait
from tests.intake.test_matrix import ROWS
from tests.model.codes.cases import CASES

PACKAGE = Path(dvctt_report.__file__).parent
FAMILIES = sorted({code[:2] for code in CODES})
CODE = re.compile(rf"({'|'.join(FAMILIES)})\d\d")
ELSEWHERE = ("model/codes", "word/lint", "word/nd30")
"""Where such words are something else: the registry itself, the checks of a document's format."""


@cache
def literals() -> tuple[tuple[str, str, ast.AST, ast.AST | None], ...]:
    """Every code that stands as a word of its own in the source: module, code, node, what it stands in."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        module = str(path.relative_to(PACKAGE))
        if module.startswith(ELSEWHERE):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for parent in ast.walk(tree):
            for node in ast.iter_child_nodes(parent):
                if isinstance(node, ast.Constant) and CODE.fullmatch(str(node.value)):
                    found.append((module, str(node.value), node, parent))
    return tuple(found)


def test_whatever_looks_like_a_code_is_registered() -> None:
    assert sorted({f"{module}: {code}" for module, code, _, _ in literals() if code not in CODES}) == []


def test_every_code_is_raised() -> None:
    """What only looks a code up raises none: ``CODES["DL34"]``, ``limit_of(plan, "NT02")``."""
    raised = {code for _, code, _, parent in literals() if not looks_up(parent)}
    assert sorted(set(CODES) - raised) == []


def looks_up(place: ast.AST | None) -> bool:
    if isinstance(place, ast.Call):
        return getattr(place.func, "id", "") in ("limit_of", "severity_of", "has")
    return isinstance(place, ast.Subscript)


def test_a_rule_is_raised_by_its_function_alone() -> None:
    """A rule's code stands at its function, and where that function asks for its limit."""
    homes = defaultdict(set)
    for module, code, _, _ in literals():
        homes[code].add(module)
    scattered = {code: homes[code] for code in RULES_BY_CODE if len(homes[code]) > 1}
    assert scattered == {}
    assert all(module.startswith("year/rules/") for code in RULES_BY_CODE for module in homes[code])


def test_no_part_of_the_program_keeps_a_list_of_codes_or_asks_for_one_by_name() -> None:
    """What has to be known of a code stands in the registry: a comparison, a list or a table is a second."""
    assert sorted(second_homes()) == []


def second_homes() -> Iterator[str]:
    inside: dict[tuple[str, int], list[str]] = defaultdict(list)
    for module, code, node, parent in literals():
        where = f"{module}:{getattr(node, 'lineno', 0)} {code}"
        if isinstance(parent, ast.Compare | ast.MatchValue) or (
            isinstance(parent, ast.Dict) and node in parent.keys
        ):
            yield where
        elif isinstance(parent, ast.Tuple | ast.List | ast.Set):
            inside[module, id(parent)].append(where)
    for several in inside.values():
        if len(several) > 1:
            yield from several


def test_every_entry_is_whole() -> None:
    assert [f"{one.code}: {fault}" for one in CODES.values() for fault in faults(one)] == []


def faults(one: Code) -> Iterator[str]:
    asked = one.settled.asked
    if not (one.title and one.why):
        yield "no title or reason"
    if bool(one.source) != bool(one.example):
        yield "a rule has both a source and an example, what is no rule neither"
    if one.scope not in get_args(Scope):
        yield "no such scope"
    if one.severity is Severity.ERROR and asked is Asked.NOBODY:
        yield "an error is somebody's to settle"
    if one.severity is not Severity.ERROR and one.bars is not Bars.FIGURES:
        yield "what isn't an error bars nothing"
    if asked is not Asked.UNIT and Trait.SENT_AGAIN not in one.traits and one.asks + one.tells:
        yield "words for a unit that isn't asked"


def test_the_commands_that_settle_something_are_there() -> None:
    unknown = [command for how in Settled for command in how.command.split(", ") if not is_command(command)]
    assert unknown == []


def is_command(words: str) -> bool:
    step: Any = get_command(app)
    for word in words.split():
        if word.startswith("--"):
            return any(word in param.opts for param in step.params)
        step = step and step.get_command(None, word)
    return step is not None


def test_every_way_to_settle_and_every_trait_is_some_codes() -> None:
    assert {one.settled for one in CODES.values()} == set(Settled)
    assert {trait for one in CODES.values() for trait in one.traits} == set(Trait)


# ------------------------------------------------------------------------- where each speaks


def by_modes() -> set[str]:
    """The codes that a failure mode tells and a variation of the same mode doesn't."""
    modes = defaultdict(list)
    for row in ROWS:
        modes[row.mode].append({told[:4] for told in row.told})
    return {code for of in modes.values() for told in of for code in told if not all(code in t for t in of)}


def test_every_code_of_intake_has_a_case_where_it_speaks_and_one_where_it_is_silent() -> None:
    assert CODES.keys() - RULES_BY_CODE.keys() - by_modes() == set(CASES)


@pytest.mark.parametrize("code", CASES)
def test_a_code_speaks_where_it_must_and_asks_a_unit_in_its_own_words(code: str) -> None:
    spoken = [f for f in CASES[code].speaks() if f.code == code]
    about = CODES[code]
    assert spoken
    assert {f.severity for f in spoken} == {about.severity}
    if about.settled.asked is Asked.UNIT:
        assert not [f for f in spoken if "dvctt-report" in (about.asks or f.fix)]


@pytest.mark.parametrize("code", CASES)
def test_a_code_is_silent_where_it_must_be(code: str) -> None:
    assert [f for f in CASES[code].silent() if f.code == code] == []
