"""Every printed figure is what its name says: the text equals the value worked out anew from the summary."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from dvctt_report.explain.answer import explain_name
from dvctt_report.explain.manifest import Manifest
from dvctt_report.model import Grade, Number, Result, State, Tally, TaskState, Verdict
from dvctt_report.model.period import Period
from dvctt_report.report.figures import Figures, collect_figures
from dvctt_report.report.unit_lists import KINDS, n_by_kind
from dvctt_report.store.workspace import read_workspace
from dvctt_report.year.loader import OpenYear
from dvctt_report.year.summary.returns import why_missing

Value = Number | Fraction | str | None
"""A count, a percentage; words; None for what no number stands for."""
WORDS = ("verdict", "answer", "document", "sent_on", "status", "sign", "issued_on")


class RenderedYear:
    """A rendered year: what was summed up, and what was printed of it."""

    def __init__(self, root: Path, period: str, stem: str) -> None:
        path = root / "ket-qua" / period / f"{stem}-{period}.json"
        self.manifest = Manifest.of(json.loads(path.read_text(encoding="utf-8")))
        as_of = datetime.fromisoformat(self.manifest.data["as_of"])
        year = OpenYear(read_workspace(root, Period.parse(period)), as_of, tell=lambda _: None)
        self.dataset, self.summary, self.lines = year.dataset, year.summary, year.lines
        self.figures: Figures = collect_figures(year)
        self.results = {r.item: r for r in self.summary.results}
        self.printed = {s.id: s.text for b in reversed(self.manifest.index) for f in b.figures for s in f}

    def value(self, id: str, row: tuple[str, ...]) -> Value:
        """What the name says, from results, lines, statuses and observations; KeyError for no such name."""
        head, _, role = id.partition(".")
        if head in self.results:
            return self._of_target(head, role, row)
        if head == "returns":
            return self._of_returns(role)
        if head == "targets":
            return self._of_verdicts(role)
        if head == "tasks" or (id.rpartition(".")[2] in TASKS and id.startswith("NV.")):
            return self._of_tasks(id)
        return self._of_figure(id)

    # ------------------------------------------------------------------------------------------- targets

    def _of_target(self, code: str, role: str, row: tuple[str, ...]) -> Value:
        result = self.results[code]
        first, _, rest = role.partition(".")
        codes = [f["code"] for f in self.manifest.targets[code].get("fields") or ()]
        if f"{code}.{first}" in codes:
            return self._result(result.fields[codes.index(f"{code}.{first}")], f"{code}.{first}", rest)
        given = {c.unit: c.tally for c in result.contributions if c.unit not in result.missing}
        if first in self.manifest.units:
            asked = self.dataset.profile.plan.item(code)
            if getattr(asked, "each", 0) and rest == "numerator" and first in given:
                seen = self.dataset.observation(
                    first, code, "done"
                )  # a unit's own number, not whether it counts
                return seen.value if seen and isinstance(seen.value, int) else None
            if rest == "short" and (lacking := given.get(first)):
                return self._short(result, lacking)
            return _tally(given.get(first), rest)
        if re.fullmatch(r"sum\d+", first):
            of = [u for u, one in self.manifest.units.items() if one["group"] in row]
            return _tally(sum((t for u in of if (t := given.get(u))), Tally()), rest)
        return self._result(result, code, role)

    def _result(self, result: Result, code: str, role: str) -> Value:
        goal, tally = result.goal, result.tally
        unit, _, of_unit = role.partition(".")
        if unit in self.manifest.units:
            return _tally(next(c.tally for c in result.contributions if c.unit == unit), of_unit)
        if role in ("numerator", "denominator", "percent"):
            return _tally(tally, role)
        if role == "below":
            assert result.verdict is Verdict.MISSED, code
            return len(self._below(result))
        if role in KINDS:
            names = self.dataset.profile.roster.short_names
            return n_by_kind([names[unit] for unit in self._below(result)])[role]
        if role == "missing":
            return len(result.missing)
        if role.startswith("coverage."):
            expected = result.coverage.expected
            return {"expected": expected, "reported": expected - len(result.missing)}[of_unit]
        if role.startswith("missing."):
            lines = {line.unit.code: line for line in self.lines}
            given = {c.unit: (c.state, c.left_out) for c in result.contributions}
            told = ((unit, *given.get(unit, (None, False))) for unit in result.missing)
            why = [why_missing(self.dataset, lines.get(u), u, state, left_out=out) for u, state, out in told]
            return why.count(of_unit)
        if role == "awaited":
            parts = result.fields or (result,)
            deciding = [p for p in parts if p.verdict is result.verdict and p.grade is not Grade.CERTAIN]
            return len({unit for part in deciding for unit in part.missing})
        if role in STATES:
            return sum(c.state is STATES[role] and c.unit not in result.missing for c in result.contributions)
        if role == "fields":
            return sum(f.grade is not None for f in result.fields)
        if role == "fields.missed":
            return sum(f.verdict is Verdict.MISSED for f in result.fields)
        if role == "turn":
            return result.turn
        if role == "high":
            return None if result.bounds.high is None else result.bounds.high * 100
        if role == "others":
            return len(self._below(result)) - len(_named(self.manifest, code))
        assert goal is not None, (code, role)
        if role == "at_least":
            return goal.number
        if role in ("distance", "difference", "way.distance"):
            shown = Fraction(_number(self.printed[f"{code}.percent"]))
            return abs(shown - goal.number)
        if role in ("per_year", "way.per_year"):
            return None
        if role == "short":
            return self._short(result, tally)
        raise KeyError(f"{code}.{role}")

    def _short(self, result: Result, tally: Tally) -> int:
        """The fewest that would have to be more, or fewer, for the level to be reached; counted out."""
        goal = result.goal
        assert goal is not None
        return next(k for k in range(10**6) if goal.reached_by(_moved(tally, k, goal.rising)))

    def _below(self, result: Result) -> list[str]:
        parts = [result] if result.goal else result.fields
        below = {
            c.unit
            for part in parts
            for c in part.contributions
            if c.tally and c.tally.denominator and part.goal and not part.goal.reached_by(c.tally)
        }
        return [c.unit for c in result.contributions if c.unit in below]

    # ------------------------------------------------------------------------------ returns, verdicts, tasks

    def _of_returns(self, role: str) -> Value:
        lines = list(self.lines)
        if role.partition(".")[0] in ("required", "asked"):
            duty, _, role = role.partition(".")
            lines = [line for line in lines if line.unit.duty == duty]
            role = role or "expected"
        n_sent = sum(line.received for line in lines)
        statuses = dict.fromkeys(STATUSES, 0) | Counter(line.status for line in lines)
        found: dict[str, Value] = {
            **statuses,
            "expected": len(lines),
            "received": n_sent,
            "percent": Fraction(100 * n_sent, len(lines)),
            "correcting": sum(line.correcting for line in lines),
            "left_out": sum(line.left_out for line in lines),
            "to_correct": sum(line.correcting or line.status == "unusable" for line in lines),
        }
        return found[role]

    def _of_verdicts(self, role: str) -> Value:
        due = [r for r in self.results.values() if r.verdict is not Verdict.NOT_DUE]
        verdict, _, unsure = role.partition(".")
        if role == "due":
            return len(due)
        found = [r for r in due if r.verdict is Verdict(verdict)]
        if unsure == "others":  # those that the sentence does not name
            said = {id.partition(".")[0] for id in _beside(self.manifest, f"targets.{role}")}
            return sum(r.item not in said for r in found)
        return (
            sum(r.basis is not None and r.basis.value == "partial" for r in found) if unsure else len(found)
        )

    def _of_tasks(self, id: str) -> Value:
        statuses = self.summary.tasks
        if id == "tasks":
            return len({s.item for s in statuses})
        about, _, role = id.rpartition(".")
        if about != "tasks":
            block = next((b for b in self.figures.tasks if about == f"tasks.{b.tasks[0].code}"), None)
            of = {t.code for t in block.tasks} if block else {about}
            if about == "tasks.single":
                of = {t.code for b in self.figures.tasks if b.body for t in b.tasks}
            statuses = tuple(s for s in statuses if s.item in of)
        states = [s.state for s in statuses]
        known = len(states) - states.count(TaskState.UNKNOWN)
        if role == "percent":
            return Fraction(100 * states.count(TaskState.DONE), known)
        if role == "units":
            return len({s.unit for s in statuses if s.state is not TaskState.UNKNOWN})
        return {"known": known, "bodies": len(states)}.get(role) or states.count(TaskState(role))

    # ---------------------------------------------------------------------------------------------- the rest

    def _of_figure(self, id: str) -> Value:
        known = {f.id: f for f in self.figures.all()}
        answering = {f"{n}.answered": len(getattr(self.figures.answering, n)) for n in ("topics", "channels")}
        answering["directives.answered"] = len(self.figures.answering.directives)
        if id in answering:
            return answering[id]
        about, _, role = id.rpartition(".")
        if id in known:
            cells = known[id].observations
            counts = [o.value for o in cells if isinstance(o.value, int) and not isinstance(o.value, bool)]
            return sum(counts) if counts else known[id].value
        if role in ("units", "own"):
            compiler = self.dataset.profile.plan.compiler
            units = [o.unit for o in known[about].observations]
            return units.count(compiler) if role == "own" else len(set(units))
        if re.fullmatch(r"sum\d+", role):
            groups = list(dict.fromkeys(u["group"] for u in self.manifest.units.values()))
            group = groups[int(role.removeprefix("sum")) - 1]
            mine = {u for u, one in self.manifest.units.items() if one["group"] == group}
            own = [o.value for o in known[about].observations if o.unit in mine]
            return sum(value for value in own if isinstance(value, int)) if own else None
        survey = about.removesuffix(".coverage")
        valid, satisfied = known[f"{survey}.valid"], known[f"{survey}.satisfied"]
        if role == "percent":
            return _tally(Tally(satisfied.value or 0, valid.value or 0), "percent")
        coverage = next(t.coverage for t in self.summary.totals if t.item == survey)
        return coverage.reported if role == "reported" else coverage.expected


STATES = {"none_arising": State.NONE_ARISING, "withheld": State.WITHHELD, "exempt": State.NOT_APPLICABLE}
STATUSES = ("on_time", "late", "undated", "paper", "to_enter", "unusable", "missing")
TASKS = {*(state.value for state in TaskState), "bodies", "known", "percent"}


def _tally(tally: Tally | None, role: str) -> Value:
    if role == "answer" or tally is None or tally.share is None:
        return None
    return {"numerator": tally.numerator, "denominator": tally.denominator}.get(role, tally.share * 100)


def _moved(tally: Tally, k: int, rising: bool) -> Tally:
    return Tally(tally.numerator + (k if rising else -k), tally.denominator)


def _named(manifest: Manifest, code: str) -> list[str]:
    """The units that the sentence names before "và … đơn vị khác"."""
    ids = _beside(manifest, f"{code}.others")
    return [id for id in ids if re.fullmatch(rf"{code}\.[A-Z]\w*\.percent", id)]


def _beside(manifest: Manifest, id: str) -> list[str]:
    """The figures of the paragraph that prints one first, itself among them."""
    blocks = ([s.id for f in block.figures for s in f] for block in manifest.index)
    return next(ids for ids in blocks if id in ids)


def _number(text: str) -> Decimal:
    found = re.search(r"[+-]?\d[\d.]*(?:,\d+)?", text)
    assert found, text
    return Decimal(found[0].replace(".", "").replace(",", "."))


def says(text: str, value: Value) -> bool:
    """Whether a printed text says the value: a count to the last digit, a share rounded at its last place."""
    if value is None or isinstance(value, str):
        return True
    said = _number(text)
    places = -int(said.as_tuple().exponent)
    if "triệu" in text:
        return abs(Fraction(said) * 10**6 - Fraction(value)) <= 50_000
    off = abs(abs(Fraction(said)) - Fraction(value))
    return off <= Fraction(10) ** -places if isinstance(value, Fraction) else off == 0


@pytest.fixture(scope="module")
def sample(rendered_sample: Path) -> RenderedYear:
    return RenderedYear(rendered_sample, "2025", "bao-cao")


@pytest.fixture(scope="module")
def golden(rendered: Path) -> RenderedYear:
    return RenderedYear(rendered, "2026", "bao-cao")


@pytest.mark.parametrize("which", ["sample", "golden"])
def test_every_printed_text_is_the_value_that_its_name_says(
    which: str, request: pytest.FixtureRequest
) -> None:
    year: RenderedYear = request.getfixturevalue(which)
    wrong, n = [], 0
    for block in year.manifest.index:
        row = block.block.cells if block.block.table is not None else ()
        for span in (span for spans in block.figures for span in spans):
            if span.id.rpartition(".")[2] in WORDS or not re.search(r"\d", span.text):
                continue
            n += 1
            value = year.value(span.id, row)
            if not says(span.text, value):
                wrong.append((span.id, span.text, value))
    assert wrong == []
    assert n > 200


@pytest.mark.parametrize("which", ["sample", "golden"])
def test_every_printed_figure_is_explained_by_what_it_counts(
    which: str, request: pytest.FixtureRequest
) -> None:
    year: RenderedYear = request.getfixturevalue(which)
    counted: Callable[[str], re.Match[str] | None] = re.compile(r"Đếm được ([\d.]+)\.").fullmatch
    for block in year.manifest.index:
        row = block.block.cells if block.block.table is not None else ()
        for span in (span for spans in block.figures for span in spans):
            account = explain_name(year.manifest, span.id, row)
            assert account is not None, span.id
            if found := counted("".join(account.formula)):
                assert int(re.sub(r"\D", "", span.text)) == int(found[1].replace(".", "")), span.id
                assert len(account.counted) == int(found[1].replace(".", "")), span.id
