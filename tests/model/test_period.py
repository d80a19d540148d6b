"""A reporting period: its key, its words, its days by the plan, whether targets are judged at its end."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from dvctt_report.model import Compared, Goal
from dvctt_report.model.period import Period, PeriodPart
from dvctt_report.plan.model import PeriodDays
from tests.forms.fill import real

YEAR, HALF = Period(2026), Period(2026, PeriodPart.HALF)


@pytest.mark.parametrize(
    ("period", "key", "words", "title"),
    [
        (YEAR, "2026", "năm 2026", "Năm 2026"),
        (HALF, "2026-6T", "6 tháng đầu năm 2026", "6 tháng đầu năm 2026"),
    ],
)
def test_a_period_is_named_by_its_key_and_told_in_words(
    period: Period, key: str, words: str, title: str
) -> None:
    assert (str(period), period.words, period.title) == (key, words, title)
    assert Period.parse(key) == period
    assert Period.parse(f" {key.lower()} ") == period
    assert Period.of_manifest(period.as_json()) == period
    assert period.year_before == Period(2025, period.part)


@pytest.mark.parametrize("key", ["", "26", "2026-7T", "2026-", "²026", "năm 2026", "20260"])
def test_another_word_is_no_period(key: str) -> None:
    assert Period.known(key) is None
    with pytest.raises(ValueError, match="không phải kỳ báo cáo"):
        Period.parse(key)


@pytest.mark.parametrize(
    ("first", "last", "period", "start", "cut_off"),
    [
        ("01-01", "10-31", YEAR, date(2026, 1, 1), date(2026, 10, 31)),
        ("01-01", "10-31", HALF, date(2026, 1, 1), date(2026, 6, 14)),
        ("12-15", "12-14", YEAR, date(2025, 12, 15), date(2026, 12, 14)),
        ("12-15", "12-14", HALF, date(2025, 12, 15), date(2026, 6, 14)),
    ],
)
def test_its_days_are_the_plan_s_and_may_cross_a_year_s_end(
    first: str, last: str, period: Period, start: date, cut_off: date
) -> None:
    days = PeriodDays(first=first, last=last, half_last="06-14")
    assert (days.start(period), days.cut_off(period)) == (start, cut_off)


def test_a_part_of_a_year_has_the_year_s_level_and_is_not_judged_by_it() -> None:
    (target, *_) = real().plan.targets
    assert target.goal(YEAR) == target.goal(HALF) == Goal(Compared.AT_LEAST, Fraction(100))
    assert (YEAR.judged, HALF.judged) == (True, False)


def test_a_half_year_ends_on_14_june_unless_the_plan_says_otherwise() -> None:
    assert PeriodDays(first="01-01", last="10-31").cut_off(HALF) == date(2026, 6, 14)
    assert PeriodDays(first="01-01", last="10-31", half_last="05-31").cut_off(HALF) == date(2026, 5, 31)
    assert not PeriodDays(first="07-01", last="12-31").covers(HALF)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Năm 2026", YEAR),
        ("6 tháng đầu năm 2026 – số liệu từ ngày 01/01/2026", HALF),
        ("SÁU THÁNG ĐẦU NĂM 2026", HALF),
        ("2026-6T", HALF),
        ("16 tháng 6 năm 2026", YEAR),
        ("năm nay", None),
    ],
)
def test_words_name_a_period(text: str, period: Period | None) -> None:
    assert Period.of_text(text) == period


def test_whatever_a_file_names_as_its_period_is_told_in_words() -> None:
    named = [Period.named(key) for key in ("2026-6t", "2026", "²025", "")]
    assert named == ["6 tháng đầu năm 2026", "năm 2026", "năm ²025", "năm không rõ"]
