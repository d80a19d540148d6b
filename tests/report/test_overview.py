"""What the sentence over the targets claims of the year itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dvctt_report.model.period import Period
from dvctt_report.plan.last_year import LastYear
from dvctt_report.plan.phrases import Phrases
from dvctt_report.report.context import Body, build_context
from dvctt_report.report.settings import Issuer
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year


@pytest.fixture
def voice(phrases: Phrases, issuer: Issuer) -> Voice:
    return Voice(phrases, issuer)


def body(dataset: Dataset, voice: Voice) -> Body:
    return build_context(Telling(Year(dataset, ()), voice)).body


def test_a_body_that_ended_without_a_successor_is_named_as_missing(dataset: Dataset, voice: Voice) -> None:
    roster = dataset.profile.roster
    said = "không rõ đơn vị nào báo cáo thay"
    assert said not in " ".join(body(dataset, voice).returns)
    units = tuple(
        one.model_copy(update={"valid_to": date(2025, 6, 30)}) if one.code == "SO2" else one
        for one in roster.units
    )
    profile = dataset.profile.model_copy(update={"roster": roster.model_copy(update={"units": units})})
    told = " ".join(
        body(replace(dataset, profile=profile, units=profile.units(dataset.period)), voice).returns
    )
    assert f"{said}: {roster.unit('SO2').short_name} đến hết ngày 30/06/2025." in told


def claims_first_year(dataset: Dataset, voice: Voice) -> bool:
    said = build_context(Telling(Year(dataset, ()), voice)).body.overview
    return "năm đầu thực hiện Kế hoạch" in said


def issued(dataset: Dataset, day: str) -> Dataset:
    plan = dataset.profile.plan
    document = plan.document.model_copy(update={"date": day})
    profile = dataset.profile.model_copy(update={"plan": plan.model_copy(update={"document": document})})
    return replace(dataset, profile=profile)


def test_a_plan_issued_in_the_year_that_its_levels_begin_with_is_in_its_first_year(
    dataset: Dataset, voice: Voice
) -> None:
    assert claims_first_year(dataset, voice)


@pytest.mark.parametrize("day", ["", "15/12/2024"])
def test_levels_that_begin_with_the_year_do_not_make_it_the_plans_first(
    day: str, dataset: Dataset, voice: Voice
) -> None:
    assert not claims_first_year(issued(dataset, day), voice)


def test_a_year_after_one_that_was_reported_is_not_the_first(dataset: Dataset, voice: Voice) -> None:
    assert not claims_first_year(replace(dataset, last_year=LastYear(Period(2024))), voice)
