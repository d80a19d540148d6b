"""Letters from the small invented plan, and from the shipped profile with nobody, or everybody, owing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from dvctt_report.model import CellRef, Finding, FindingState, Return, ReturnStatus, Severity
from dvctt_report.model.period import Period
from dvctt_report.papers.letters.forms import (
    forms_letter,
    mending_letter,
    remind_letter,
    units_without_return,
)
from dvctt_report.papers.letters.letter import Letter, LetterTerms, with_recipients
from dvctt_report.papers.mending.lists import mending_lists
from dvctt_report.plan.folders import shipped_profile
from dvctt_report.plan.load import load_profile
from dvctt_report.plan.model import Plan, Profile, Roster
from dvctt_report.report.settings import Issuer
from dvctt_report.report.wording import Voice
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year
from tests.report.conftest import PLAN, ROSTER, YEAR, as_province, full, returned
from tests.shipped import BASE, shipped_phrases

SHIPPED = BASE
TODAY = date(2025, 11, 20)

SETTINGS = LetterTerms(
    due=date(2025, 11, 28),
    contact="bà Nguyễn Thị B, Phòng Chuyển đổi số, điện thoại 0259 000 002",
    forms_document="Công văn số 1830/SM-CĐS ngày 06/10/2025",
    reminders=("Công văn số 2010/SM-CĐS ngày 21/11/2025",),
)


def found(code: str, unit: str, severity: Severity = Severity.ERROR, **more: Any) -> Finding:
    """Make a finding about cell G10 of the unit's return."""
    at = CellRef(f"nhan-ve/2025/{unit}.xlsx", "01-A số liệu", "G10")
    base = Finding(code, severity, "số đã thực hiện (120) lớn hơn tổng số (100)", "Kiểm tra lại ô G10", unit)
    given: dict[str, Any] = {"item": "T1", "field": "done", "at": at, "value": "120"} | more
    return replace(base, **given)


FINDINGS = (
    found("SL02", "H1"),
    found(
        "DL12", "H1", Severity.WARNING, value="“420 lượt người”", message="đọc là 420", fix="Đề nghị xác nhận"
    ),
    found("BC01", "SO2", Severity.WARNING, item="T2", field="answer"),
    found("TH01", "SO2", Severity.INFO),
    found("SL02", "VP", state=FindingState.ACCEPTED),
    found("SL02", "SO1"),
    found("NH66", "BAO", Severity.WARNING),
)


@pytest.fixture(scope="session")
def small() -> Dataset:
    """The small plan; one unit that owes a return and one that is only asked for it have not sent."""
    profile = Profile(plan=Plan.model_validate(PLAN), roster=Roster.model_validate(ROSTER))
    sent = (returned("VP", full()), returned("SO1", full()), returned("SO2", full()), returned("H1", full()))
    return Dataset(profile, Period(YEAR), sent, TODAY)


@pytest.fixture(scope="session")
def nobody_sent() -> Dataset:
    """The shipped roster of 27 units, of which nothing has come."""
    return Dataset(load_profile(shipped_profile("ninh_thuan")), Period(2025), (), TODAY)


@pytest.fixture(scope="session")
def everybody_sent(nobody_sent: Dataset) -> Dataset:
    sent = tuple(returned(unit.code, {}) for unit in nobody_sent.units)
    return Dataset(nobody_sent.profile, Period(2025), sent, TODAY)


@pytest.fixture(scope="session")
def voice() -> Voice:
    issuer = Issuer(
        parent_name="UBND tỉnh An Bình",
        name="Sở Một",
        symbol="SM",
        place="An Bình",
        addressee="Ủy ban nhân dân tỉnh An Bình",
        signer_lines=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        recipients=(),
        as_of=datetime(2025, 11, 20, 17, 0),
        signer_name="Nguyễn Văn A",
        drafting_unit="CĐS",
        month=11,
        year=2025,
    )
    given = ("Ủy ban nhân dân tỉnh (để báo cáo)", "Giám đốc, các Phó Giám đốc Sở")
    return Voice(shipped_phrases(), with_recipients(issuer, given, (), ""))


@pytest.fixture(scope="session")
def draft(voice: Voice) -> Issuer:
    """Who issues the report that a submission lays before the province."""
    return as_province(voice.issuer)


def with_names(dataset: Dataset, change: Callable[[str], str]) -> Dataset:
    """The same data with every unit's name changed."""
    units = tuple(
        u.model_copy(update={"name": change(u.name), "short_name": change(u.short_name)})
        for u in dataset.profile.roster.units
    )
    roster = dataset.profile.roster.model_copy(update={"units": units})
    profile = dataset.profile.model_copy(update={"roster": roster})
    return Dataset(profile, dataset.period, dataset.returns, dataset.today)


def paper_of(unit: str) -> Return:
    return Return("so-theo-doi.xlsx", "", ReturnStatus.PAPER, unit, Period(YEAR))


@pytest.fixture(scope="session")
def letters(small: Dataset, nobody_sent: Dataset, voice: Voice) -> dict[str, tuple[str, Letter]]:
    """Every kind of letter by its name, with the name of its template."""
    owing = units_without_return(Year(small, ()), "required")
    asked = units_without_return(Year(small, ()), "asked")
    many = units_without_return(Year(nobody_sent, ()), "required")
    mending = mending_lists(Year(small, FINDINGS))
    remind = "cong-van-don-doc"
    return {
        "forms": ("cong-van-phat-hanh-bieu-mau", forms_letter(small, voice, SETTINGS)),
        "remind": (remind, remind_letter(small, owing, "required", 1, voice, SETTINGS)),
        "remind-again": (remind, remind_letter(small, owing, "required", 2, voice, SETTINGS)),
        "remind-asked": (remind, remind_letter(small, asked, "asked", 1, voice, SETTINGS)),
        "remind-some": (remind, remind_letter(nobody_sent, many[:4], "required", 1, voice, LetterTerms())),
        "remind-many": (remind, remind_letter(nobody_sent, many, "required", 1, voice, SETTINGS)),
        "feedback": (remind, mending_letter(small, mending, voice, replace(SETTINGS, final=True))),
        "feedback-one": ("cong-van-de-nghi-chinh-ly", mending_letter(small, mending[:1], voice, SETTINGS)),
    }
