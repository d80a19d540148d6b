"""Whether a unit was in time is judged by its first return, however often it was mended since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from dvctt_report.consolidated.counts import returns_table
from dvctt_report.model import ReturnStatus
from dvctt_report.papers.letters.signing import signing_page
from dvctt_report.papers.letters.uncertain import NoDraft
from dvctt_report.papers.page.view import build_page
from dvctt_report.report.tables import return_groups
from dvctt_report.report.telling import Telling
from dvctt_report.report.trace import lay_out_trace
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import check
from dvctt_report.year.summary.returns import ReturnLine, return_lines
from dvctt_report.year.year import Year
from tests.report.conftest import VOICE, build, returned

IN_TIME, MENDED, LATE = date(2025, 11, 8), date(2025, 11, 14), date(2025, 11, 12)


def sent(
    last: date | None,
    *earlier: date | None,
    status: ReturnStatus = ReturnStatus.SUPERSEDED,
    number: str = "",
    rejected: bool = False,
) -> Dataset:
    """The year of SO1: a return that counts, sent on the last day given, and earlier ones."""
    counts = returned("SO1", {("T2", "answer"): "Có"}, last)
    if number:
        counts = replace(counts, submission=replace(counts.submission, document_number=number))
    before = (
        replace(returned("SO1", {}, day), status=status, sha256=f"{n:064}", rejected=rejected)
        for n, day in enumerate(earlier, 1)
    )
    return build((counts, *before))


def line_of(dataset: Dataset) -> ReturnLine:
    return next(line for line in return_lines(dataset, ()) if line.unit.code == "SO1")


@pytest.mark.parametrize(
    ("last", "earlier", "status", "days", "mended"),
    [
        (MENDED, (IN_TIME,), "on_time", 0, MENDED),
        (MENDED, (LATE,), "late", 3, MENDED),
        (MENDED, (LATE, IN_TIME), "on_time", 0, MENDED),
        (MENDED, (), "late", 5, None),
        (IN_TIME, (), "on_time", 0, None),
        (None, (), "undated", 0, None),
        (MENDED, (date(2024, 11, 8),), "late", 5, None),
    ],
)
def test_the_first_return_says_whether_a_unit_was_in_time(
    last: date | None, earlier: Sequence[date], status: str, days: int, mended: date | None
) -> None:
    dataset = sent(last, *earlier)
    line = line_of(dataset)
    assert (line.status, line.days_late, line.mended_on) == (status, days, mended)
    assert (line.state == "late") == (status == "late")
    assert [f.unit for f in check(dataset) if f.code == "TH01"] == (["SO1"] if status == "late" else [])


@pytest.mark.parametrize(
    "status", [ReturnStatus.REFUSED, ReturnStatus.SKIPPED, ReturnStatus.REPLY, ReturnStatus.DUPLICATE]
)
def test_a_file_that_was_no_return_is_no_first_one(status: ReturnStatus) -> None:
    assert line_of(sent(MENDED, IN_TIME, status=status)).status == "late"
    assert line_of(sent(MENDED, IN_TIME, status=status, rejected=True)).status == "late"


def test_a_choice_between_several_files_is_no_mending() -> None:
    returns = [replace(r, status=ReturnStatus.UNDECIDED) for r in sent(MENDED, IN_TIME).returns]
    line = line_of(build(returns))
    assert (line.status, line.sent_on, line.mended_on) == ("on_time", IN_TIME, None)


def test_a_mended_return_is_told_as_such_everywhere() -> None:
    dataset = sent(MENDED, IN_TIME)
    row = next(r for g in return_groups(Year(dataset, ()), VOICE) for r in g.rows if r.unit == "Sở Một")
    assert (row.document, row.sent_on) == ("7/BC-SO1", "08/11/2025")
    assert row.status == "Đúng hạn; chỉnh lý ngày 14/11/2025"
    page = build_page(Year(dataset, ()), VOICE)
    shown = next(r for g in page.units for r in g.rows if r.row.unit == "Sở Một")
    assert (shown.row.sent_on, shown.day, shown.row.status) == ("08/11/2025", "20251108", row.status)
    signing = signing_page(Telling(Year(dataset, ()), VOICE), NoDraft.FIRST)
    assert "01 đơn vị gửi đúng hạn. 01 đơn vị đã gửi lại bản chỉnh lý." in signing.results[2]
    told = next(r for r in returns_table(Year(dataset, ())).rows if r[1] == "SO1")
    assert told[4:9] == (IN_TIME, None, MENDED, "đúng hạn", None)
    units = lay_out_trace(Telling(Year(dataset, ()), VOICE), ())["units"]
    traced = next(u for u in units if u["code"] == "SO1")
    told_days = [traced[name] for name in ("sent_on", "first_sent_on", "days_late")]
    assert told_days == ["2025-11-14", "2025-11-08", 0]


def test_the_document_of_the_mended_return_is_named_where_it_is_another() -> None:
    dataset = sent(MENDED, IN_TIME, number="444/BC-SO1")
    groups = return_groups(Year(dataset, ()), VOICE)
    row = next(r for g in groups for r in g.rows if r.unit == "Sở Một")
    assert (row.document, row.status) == ("7/BC-SO1", "Đúng hạn; chỉnh lý ngày 14/11/2025 (số 444/BC-SO1)")


def test_a_return_without_a_date_is_judged_and_listed_by_the_earlier_one_that_has_one() -> None:
    dataset = sent(None, IN_TIME)
    groups = return_groups(Year(dataset, ()), VOICE)
    row = next(r for g in groups for r in g.rows if r.unit == "Sở Một")
    assert (row.document, row.sent_on, row.status) == ("7/BC-SO1", "08/11/2025", "Đúng hạn")
    assert undated(dataset).endswith("báo cáo; thời hạn xét theo bản gửi ngày 08/11/2025")
    assert undated(sent(None)).endswith("báo cáo nên chưa xét được thời hạn")


def undated(dataset: Dataset) -> str:
    (found,) = [f for f in check(dataset) if f.code == "TH03"]
    return found.message
