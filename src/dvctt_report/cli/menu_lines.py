"""The lines of the menu: which commands they run, what they ask for first, when they can (``menu.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from dvctt_report.cli import year_state
from dvctt_report.cli.year_state import Reason, YearState, always
from dvctt_report.opening import read_text
from dvctt_report.period import Period
from dvctt_report.vietnamese import format_small_count


class StepQuestion(NamedTuple):
    """What a step asks for its command's last argument; "{due}" stands for a day behind the deadline.

    option: what the answer is put behind. needed: without an answer nothing is run.
    files: patterns among the results of the period, of which the newest are offered by number.
    """

    question: str
    option: str = ""
    needed: bool = False
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a line of the menu does.

    text: what it is called where a line has several.
    command: the command it runs, as it is typed; "{root}" stands for the workspace, "{half}" for the
        half-year ahead. None is run where it is empty.
    result: a pattern among the results of the period, or with "/" below the workspace, of which the newest is
        opened ("": nothing is).
    ready: why it can't be done now; "" where it can.
    asked: what it asks for first.
    then: is offered where the command found something; its ``text`` is the question.
    all_or_nothing: where it found something, nothing was written that could be opened.
    sure: what is asked before it is done; "" for nothing. "{this}", "{next}", "{half}" stand for the period,
        the year that follows, the half-year ahead.
    kind: what the menu itself does around it: "urgent" asks whose files are afterwards, "book" waits for the
        workbook of decisions and reads it, "paper" asks of which unit, waits for its form and takes it in,
        "plan" copies the plan into the workspace first, "plan_read" offers to apply what was read.
    """

    text: str
    command: str = ""
    result: str = ""
    ready: Reason = always
    asked: StepQuestion | None = None
    then: Step | None = None
    all_or_nothing: bool = False
    sure: str = ""
    kind: str = ""


def below(pattern: str, period: Period) -> str:
    """The pattern of a step's result, or of files it offers, as one below the workspace."""
    whole = pattern.removeprefix("/") if pattern.startswith("/") else f"ket-qua/{{year}}/{pattern}"
    return whole.format(year=period)


@dataclass(frozen=True, slots=True)
class MenuLine:
    """A line of the menu; ``name`` is what a next step is called by, ``waiting`` what is counted there."""

    season: str
    name: str
    text: str
    steps: tuple[Step, ...]
    waiting: str = ""

    def words(self, state: YearState | None) -> str:
        """The line with how much waits there."""
        n = state.n(self.waiting) if state is not None and self.waiting else 0
        return f"{self.text} ({format_small_count(n)})" if n else self.text


_TABLE: dict[str, Any] = tomllib.loads(read_text(Path(__file__).with_name("menu.toml")))


def _step(said: dict[str, Any]) -> Step:
    named: dict[str, Any] = {}
    if "ready" in said:
        named["ready"] = getattr(year_state, said["ready"])
    if "asked" in said:
        named["asked"] = StepQuestion(**_TABLE["asked"][said["asked"]])
    if "then" in said:
        named["then"] = Step(**_TABLE["then"][said["then"]])
    return Step(**said | named)


LINES = tuple(MenuLine(**said | {"steps": tuple(map(_step, said["steps"]))}) for said in _TABLE["line"])
"""Every line, in the order in which they are numbered from 1."""

BESIDE = {sign: _step(said) for sign, said in _TABLE["beside"].items()}
"""Choices that are no step of the year, by the key they are chosen with."""

DECIDING = ("decide",)
"""Commands that make decisions: from the menu they are made in the workbook of what is open."""


def number_of(name: str) -> int:
    """The number of the line of that name."""
    return next(n for n, line in enumerate(LINES, 1) if line.name == name)
