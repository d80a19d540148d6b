"""A small plan of an invented province, one year of its returns, and what is rendered from them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dvctt_report.model import (
    CellRef,
    Finding,
    Observation,
    Return,
    ReturnStatus,
    Severity,
    State,
    Submission,
    Value,
)
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Plan, Profile, Roster, Words
from dvctt_report.plan.texts import MINISTRY
from dvctt_report.report.context import ReportContext, build_context
from dvctt_report.report.render import fill
from dvctt_report.report.settings import Issuer, label_annexes
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice
from dvctt_report.report.write import Rendered, render_report
from dvctt_report.store.workspace import DEFAULT_ANNEXES
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year
from scripts.word_templates.report import build_template
from tests.shipped import shipped_phrases

YEAR = 2025
ANNEXES = label_annexes(DEFAULT_ANNEXES, ("targets", "by_unit", "returns", "documents", "decided"), "Phụ lục")


def target(code: str, label: str, at_least: int = 100, **more: Any) -> dict[str, Any]:
    year = more.pop("year", YEAR)
    return {
        "code": code,
        "kind": "target",
        "title": label,
        "label": label,
        "print_as": label,
        "point": "điểm a khoản 2 Mục I",
        "measure": "stock",
        "unit_of_count": "người",
        "thresholds": [{"year": year, "at_least": at_least}],
    } | more


def plain(code: str, kind: str, label: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "kind": kind, "title": label, "label": label, "point": "điểm a Mục II"} | more


_SMALL = tomllib.loads(Path(__file__).with_name("small.toml").read_text(encoding="utf-8"))
ITEMS = (*(target(**told) for told in _SMALL["targets"]), *(plain(**told) for told in _SMALL["others"]))
PLAN: dict[str, Any] = {
    **_SMALL["plan"],
    "words": {name: [] for name in Words.model_fields},
    "items": ITEMS,
}
ROSTER: dict[str, Any] = {
    "groups": [
        {"own": group.pop("all", [*_SMALL["shared"], *group.pop("own", ())]), **group}
        for group in _SMALL["groups"]
    ],
    "units": [
        {"code": code, "name": name, "short_name": name, "group": group, "duty": duty}
        for code, name, group, duty in _SMALL["units"]
    ],
}

Answers = dict[tuple[str, str], Value | State]


PROFILE = Profile(plan=Plan.model_validate(PLAN), roster=Roster.model_validate(ROSTER))


def observations(unit: str, answers: Answers) -> tuple[Observation, ...]:
    """Turn answers by item and field into observations; a State stands for the word instead of a number."""
    found = []
    for row, ((item, field), value) in enumerate(answers.items(), 5):
        state = value if isinstance(value, State) else State.GIVEN
        kept = None if isinstance(value, State) else value
        at = CellRef(f"nhan-ve/2025/{unit}.xlsx", "01-A", f"G{row}")
        found.append(Observation(unit, item, field, kept, state, str(value), "", at))
    return tuple(found)


def returned(unit: str, answers: Answers, sent: date | None = date(2025, 11, 5)) -> Return:
    """Make the effective return of one unit."""
    file = f"nhan-ve/2025/{unit}.xlsx"
    submission = Submission(document_number=f"7/BC-{unit}", sent_on=sent)
    return Return(
        file, "0" * 64, ReturnStatus.EFFECTIVE, unit, Period(YEAR), submission, observations(unit, answers)
    )


def full(total: int = 100, done: int = 100, **more: Value | State) -> Answers:
    """Answer everything a unit may be asked; ``T2="Không"`` replaces the answer of that item."""
    answers: Answers = {("T1", "total"): total, ("T1", "done"): done, ("T2", "answer"): "Có"}
    answers |= {("T4", "total"): total, ("T4", "done"): done, ("T4a", "total"): 10, ("T4a", "done"): 9}
    answers |= {("N.a", "ticked"): True, ("H.a", "events"): 3, ("H.a", "people"): 1200}
    answers |= {("K.a", "integrated"): True, ("K.a", "spent"): 2_500_000, ("V.2", "status"): "Đã thực hiện"}
    answers |= {("VB", "number"): "1/KH"}
    return answers | {(item, "answer"): value for item, value in more.items()}


def build(some: Iterable[Return]) -> Dataset:
    """Make a dataset of the small plan from returns of one's own."""
    return Dataset(PROFILE, Period(YEAR), tuple(some), date(2025, 11, 20))


def answered(dataset: Dataset, change: Callable[[Observation], Observation], **more: Any) -> Dataset:
    """The same year where units answered otherwise."""
    returns = [replace(r, observations=tuple(map(change, r.observations))) for r in dataset.returns]
    return Dataset(dataset.profile, dataset.period, returns, dataset.today, **more)


def amended(dataset: Dataset, *at: tuple[str, ...], **changes: Any) -> Dataset:
    """The year in which the answers of those units, items and fields are other."""

    def change(o: Observation) -> Observation:
        told = o.unit, o.item, o.field
        return replace(o, **changes) if any(told[: len(one)] == one for one in at) else o

    return answered(dataset, change)


OFFICE = {("T3", "total"): State.NOT_AVAILABLE, ("T3", "done"): State.NOT_AVAILABLE}
RETURNS = (
    returned("VP", full() | OFFICE | {("V.1", "status"): "Đang thực hiện"}),
    returned("SO1", full(200, 150, T2="Không") | {("U2", "total"): 300, ("U2", "done"): 249}),
    returned("SO2", full() | {("U2", "total"): 100, ("U2", "done"): 80}, date(2025, 11, 12)),
    returned("H1", full(50, 50) | {("T4", "done"): State.UNREADABLE}),
    returned("BAO", {("T2", "answer"): "Có"}),
)
"""All but one unit have sent: one late, one below the targets, one with an unusable figure."""
FINDINGS = (Finding("DL01", Severity.ERROR, "không đọc được", unit="H1", item="T4", field="done"),)
DATASET, PHRASES = build(RETURNS), shipped_phrases()


def _settings(of: str) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in _SMALL[of].items()}


ISSUER = Issuer(**_settings("office"))


def as_province(office: Issuer) -> Issuer:
    """Who issues the report to the ministry that ``office`` drafts."""
    return replace(office, text=MINISTRY, compiler=office.name, **_settings("province"))


PROVINCE, VOICE = as_province(ISSUER), Voice(PHRASES, ISSUER)


def speaking(**changes: Any) -> Voice:
    """Make a voice with some settings changed, in a report with all usual annexes."""
    return Voice(PHRASES, replace(ISSUER, **changes), annexes=ANNEXES)


@pytest.fixture
def context() -> ReportContext:
    """What the small year's report says."""
    return say(DATASET, VOICE, *FINDINGS)


@pytest.fixture(scope="session")
def template_bytes() -> bytes:
    return build_template()


@pytest.fixture
def template(tmp_path: Path, template_bytes: bytes) -> Path:
    """The report's template, to be edited as an officer would."""
    path = tmp_path / "report.docx"
    path.write_bytes(template_bytes)
    return path


def say(dataset: Dataset, voice: Voice, *findings: Finding) -> ReportContext:
    """What the report of a year says."""
    return build_context(Telling(Year(dataset, findings), voice))


Fill = Callable[..., bytes]


@pytest.fixture
def filled(context: ReportContext, template: Path) -> Fill:
    """Fill the template with what the small year's report says, or with other words."""
    return lambda said=context: fill(template, said, ISSUER).content()


Render = Callable[..., Rendered]


@pytest.fixture
def render(template: Path, tmp_path: Path) -> Render:
    """Render the small year's report: "bao-cao-2025.docx", or ``out``, its manifest kept in "kept" too."""

    def rendered(out: Path = tmp_path / "bao-cao-2025.docx", by: Issuer = ISSUER, **more: Any) -> Rendered:
        told = Telling(Year(DATASET, FINDINGS), Voice(PHRASES, by, marking=True))
        return render_report(told, template, out, kept_in=tmp_path / "kept", **more)

    return rendered
