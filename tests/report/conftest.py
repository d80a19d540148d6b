"""A small plan of an invented province, one year of its returns, and what is rendered from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
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


ITEMS = (
    target("T1", "Cán bộ được truyền thông"),
    target("T2", "Cơ quan tuyên truyền trên trang thông tin", measure="yes_no", unit_of_count="cơ quan"),
    target(
        "T3",
        "Người dân trưởng thành sử dụng dịch vụ công trực tuyến",
        50,
        answered_by="authority",
        authority="VP",
        source_note="Hệ thống thông tin",
    ),
    target("T4", "Người dân hài lòng", 90, measure="flow", unit_of_count="phiếu"),
    target("T4a", "Mức độ hài lòng về đất đai", 85, measure="flow", unit_of_count="phiếu", part_of="T4"),
    target("U1", "Người dân trưởng thành sử dụng dịch vụ công trực tuyến", 70, year=2030, same_as="T3"),
    target("U2", "Học sinh được phổ cập", 100, year=2030),
    plain("N.a", "topic", "Chủ trương, chính sách"),
    plain(
        "H.a",
        "channel",
        "Hội nghị",
        measures=[
            {"code": "events", "label": "Số cuộc", "kind": "count", "unit": "cuộc"},
            {"code": "people", "label": "Số lượt người", "kind": "count", "unit": "lượt người"},
        ],
    ),
    plain(
        "K.a",
        "funding",
        "Ngân sách nhà nước",
        measures=[
            {"code": "integrated", "label": "Lồng ghép, không tách riêng", "kind": "tick"},
            {"code": "spent", "label": "Đã thực hiện", "kind": "money", "unit": "đồng"},
        ],
    ),
    plain("V.1", "task", "Tổ chức triển khai", binds=["VP"]),
    plain("V.2", "task", "Truyền thông trong cơ quan", binds=["group:so", "group:huyen"]),
    plain("VB", "listing", "Văn bản triển khai", columns=[{"code": "number", "label": "Số", "kind": "text"}]),
)

PLAN = {
    "code": "X",
    "version": 1,
    "province": "tỉnh An Bình",
    "title": "Tuyên truyền Đề án “Sử dụng hiệu quả dịch vụ công trực tuyến”",
    "short_title": "tuyên truyền sử dụng hiệu quả dịch vụ công trực tuyến",
    "letter_topic": "tuyên truyền dịch vụ công trực tuyến",
    "form_title": "BIỂU",
    "activity": "tuyên truyền",
    "document": {
        "kind": "Kế hoạch",
        "number": "12/KH-UBND",
        "date": "18/3/2025",
        "issuer": "Ủy ban nhân dân tỉnh",
    },
    "legal_basis": [],
    "issuer": "Ủy ban nhân dân tỉnh An Bình",
    "compiler": "SO1",
    "period": {"first": "01-01", "last": "10-31"},
    "deadline": {"before": "11-10", "quote": "trước ngày 10/11", "point": "điểm e khoản 7 Mục III"},
    "words": {name: [] for name in Words.model_fields},
    "items": ITEMS,
}

SHARED = ["T1", "T2", "T4", "T4a", "N*", "H*", "K*", "VB"]
ROSTER = {
    "groups": [
        {"code": "vp", "title": "Văn phòng", "heading": "I. Sở, ban, ngành", "own": SHARED},
        {"code": "so", "title": "Sở", "heading": "I. Sở, ban, ngành", "own": [*SHARED, "U2"]},
        {"code": "huyen", "title": "Huyện", "heading": "II. Địa phương", "own": SHARED},
        {"code": "bao", "title": "Báo", "heading": "III. Báo chí", "own": ["T2"]},
    ],
    "units": [
        {"code": code, "name": name, "short_name": name, "group": group, "duty": duty}
        for code, name, group, duty in (
            ("VP", "Văn phòng UBND tỉnh", "vp", "required"),
            ("SO1", "Sở Một", "so", "required"),
            ("SO2", "Sở Hai và Ba", "so", "required"),
            ("H1", "UBND huyện Đông", "huyen", "required"),
            ("H2", "UBND huyện Tây", "huyen", "required"),
            ("BAO", "Báo An Bình", "bao", "asked"),
        )
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
ISSUER = Issuer(
    parent_name="UBND tỉnh An Bình",
    name="Sở Một",
    symbol="SM",
    place="An Bình",
    addressee="Ủy ban nhân dân tỉnh An Bình",
    signer_lines=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    recipients=("Văn phòng UBND tỉnh", "Giám đốc, các PGĐ Sở"),
    as_of=datetime(2025, 11, 20, 17, 0),
    signer_name="Nguyễn Văn A",
    drafting_unit="CĐS",
    month=11,
)


def as_province(office: Issuer) -> Issuer:
    """Who issues the report to the ministry that ``office`` drafts."""
    return replace(
        office,
        text=MINISTRY,
        parent_name="",
        name="Ủy ban nhân dân tỉnh An Bình",
        name_lines=("Ủy ban nhân dân", "tỉnh An Bình"),
        compiler=office.name,
        symbol="UBND",
        addressee="Bộ Khoa học và Công nghệ",
        signer_lines=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        recipients=("Chủ tịch, các Phó Chủ tịch UBND tỉnh",),
        drafting_unit="TTPVHCC",
        naming="phu_luc",
    )


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
