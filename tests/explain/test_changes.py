"""What has changed since a report was made."""

from __future__ import annotations

from dataclasses import replace

from dvctt_report.dataset import Dataset
from dvctt_report.explain.changes import changes
from dvctt_report.explain.subject import Subject
from dvctt_report.model import Return, Submission
from dvctt_report.period import Period
from tests.explain.conftest import TABLE, Make, manifest_of
from tests.rules.tables import dataset

T10 = Subject("target", "T10")
LATE = (
    TABLE
    + """
unit | item | resolved_total
H    | HS.T | 500
H    | HS.X | 500
unit | item | total | done
H    | T10  | 1000  | 900
"""
)


def test_nothing_changed_is_an_empty_list(make: Make) -> None:
    for kind, code in (("target", "T10"), ("figure", "HT.b.people"), ("unit", "A")):
        assert changes(make(), make(), Subject(kind, code)) == ()  # type: ignore[arg-type]  # a literal each


def test_a_late_return_changes_result_verdict_coverage_and_its_unit(make: Make) -> None:
    assert changes(make(), make(LATE), T10) == (
        "Kết quả: 1.599/2.000 (79,95%) → 2.499/3.000 (83,3%).",
        "Kết luận: Chưa đủ cơ sở để đánh giá chỉ tiêu tối thiểu 80%. → Đạt chỉ tiêu tối thiểu 80%.",
        "Phạm vi: 3/4 đơn vị → 4/4 đơn vị.",
        "Huyện H: chưa gửi báo cáo → 900/1.000 (văn bản không ghi số ngày 01/12/2025)",
    )
    assert changes(make(), make(LATE), T10, "A") == ()
    assert len(changes(make(), make(LATE), T10, "H")) == 1


def test_a_corrected_return_is_named_by_its_document(make: Make) -> None:
    def corrected(received: Return) -> Return:
        if received.unit != "A":
            return received
        sent = Submission(document_number="15/BC-A", sent_on=received.submission.sent_on)
        return replace(received, sha256="new", submission=sent)

    before = dataset(TABLE)
    after = dataset(TABLE.replace("A    | T10  | 1200  | 1000", "A    | T10  | 1200  | 1100"))
    again = Dataset.build(after.profile, Period(2025), map(corrected, after.returns), after.today)
    said = changes(manifest_of(before), manifest_of(again), T10, "A")
    assert said == ("Cơ quan A: 1.000/1.200 → 1.100/1.200 (15/BC-A ngày 01/12/2025)",)
    about_a = changes(manifest_of(before), manifest_of(again), Subject("unit", "A"))
    assert about_a[0].startswith("Báo cáo của đơn vị: văn bản không ghi số ngày 01/12/2025 → 15/BC-A")
    assert "T10: 1.000/1.200 → 1.100/1.200" in about_a[1]


def test_a_sum_and_its_units_are_compared(make: Make) -> None:
    figure = Subject("figure", "HT.b.people")
    more = TABLE.replace("B    | HT.b | -      | -", "B    | HT.b | 1 | 30")
    assert changes(make(), make(more), figure) == (
        "Kết quả: 120 → 150.",
        "Cơ quan B: chưa có → 30",
    )
    assert changes(make(), make(more), figure, "A") == ()


def test_what_the_plan_no_longer_has_is_said(make: Make) -> None:
    before, now = make(), make()
    gone = replace(now, indicators={}, figures={}, units={})
    assert changes(before, gone, T10) == ("Kế hoạch nay không còn chỉ tiêu T10.",)
    assert changes(before, gone, Subject("figure", "directives")) == ("Kế hoạch nay không còn con số này.",)
    assert changes(before, gone, Subject("unit", "A")) == ("Đơn vị nay không còn trong danh sách.",)


def test_a_unit_that_came_or_went_is_said(make: Make) -> None:
    whole = make()
    without = replace(
        whole, contributions={"T10": tuple(c for c in whole.contributions["T10"] if c["unit"] != "H")}
    )
    assert changes(whole, without, T10) == ("Huyện H: nay không còn thuộc phạm vi báo cáo",)
    assert changes(without, whole, T10) == ("Huyện H: nay thuộc phạm vi báo cáo",)
