"""The section that opens the report, and the notes under the table of targets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from dvctt_report.model import Finding, Return, ReturnStatus, Severity, State, Submission, Tally, Verdict
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import definition
from dvctt_report.plan.last_year import LastResult, LastYear, area_of
from dvctt_report.report.context import Body, build_context
from dvctt_report.report.figures import Answering, collect_figures
from dvctt_report.report.marks import read_marks, without_marks
from dvctt_report.report.narrative import MOST_LINES, count_lines, limits, recommendations, returns_text
from dvctt_report.report.prose.taking import SlotProse, with_prose
from dvctt_report.report.prose.word import ProseLine, ProsePiece
from dvctt_report.report.tables import return_groups
from dvctt_report.report.target_sentences import missing_reasons
from dvctt_report.report.targets import target_views
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice, map_strings
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import check
from dvctt_report.year.summary.returns import return_lines
from dvctt_report.year.year import Year
from tests.report.conftest import (
    DATASET,
    FINDINGS,
    ISSUER,
    PHRASES,
    PROVINCE,
    RETURNS,
    VOICE,
    amended,
    build,
    full,
    returned,
    say,
    speaking,
)


def body(marking: bool = False, **changes: Any) -> Body:
    """The small year's body, with settings of the issuer changed."""
    return say(DATASET, replace(VOICE, issuer=replace(ISSUER, **changes), marking=marking), *FINDINGS).body


POINTER = ("Sở Một kính đề nghị chỉ đạo các nội dung tại Mục VI.",)
LEADS = {
    "T1": {"lead": True, "proposal": "truyền thông cho cán bộ còn lại, báo cáo kết quả"},
    "T2": {"lead": True, "proposal": "đăng tin, bài trên trang thông tin", "in_charge": "VP"},
}


def with_leads(dataset: Dataset, **named: dict[str, Any]) -> Dataset:
    """The year by a plan that says this of some targets."""
    items = (item.model_copy(update=named.get(item.code, {})) for item in dataset.profile.plan.items)
    return by_plan(dataset, items=tuple(items))


def by_plan(dataset: Dataset, **changes: object) -> Dataset:
    plan = dataset.profile.plan.model_copy(update=changes)
    return replace(dataset, profile=dataset.profile.model_copy(update={"plan": plan}))


def lead_body(**changes: Any) -> Body:
    """The body by a plan that names two targets to be told first, with settings of the issuer changed."""
    spoken = replace(VOICE, issuer=replace(ISSUER, **changes))
    return say(with_leads(DATASET, **LEADS), spoken, *FINDINGS).body


def test_targets_that_the_plan_names_are_told_first_with_what_is_asked_for_them() -> None:
    said = lead_body(ask_until=date(2025, 12, 31))
    first, *lines = said.general
    assert first.endswith("Chỉ tiêu trọng tâm:")
    assert lines == [
        "- Cán bộ được truyền thông: 88,9% (Kế hoạch: 100%), thiếu 50 người; 01 cơ quan cấp tỉnh chưa đạt: "
        "Sở Một (75%).",
        "- Cơ quan tuyên truyền trên trang thông tin: 80% (Kế hoạch: 100%), thiếu 01 đơn vị; 01 cơ quan cấp "
        "tỉnh chưa đạt: Sở Một.",
    ]
    asked = (
        "các cơ quan, đơn vị, địa phương chưa đạt mức Kế hoạch (Phụ lục II) truyền thông cho cán bộ còn lại, "
        "báo cáo kết quả trước ngày 31/12/2025",
        "Văn phòng UBND tỉnh chủ trì đăng tin, bài trên trang thông tin trước ngày 31/12/2025",
    )
    assert said.general_ask == (
        f"Sở Một kính đề nghị UBND tỉnh chỉ đạo: (1) {asked[0]}; (2) {asked[1]} (Mục VI).",
    )
    own = said.recommendations[0].lines
    assert own[:2] == tuple(f"- Đề nghị UBND tỉnh chỉ đạo {one}." for one in asked)
    assert "trước ngày [ngày] (Mục VI)." in lead_body().general_ask[0]


@pytest.mark.parametrize(
    ("naming", "told"),
    [
        ("than_bai", "; 02 cơ quan cấp tỉnh chưa đạt, trong đó có Sở Một (75%), Sở Hai và Ba (90%)."),
        ("phu_luc", "; 02 cơ quan cấp tỉnh chưa đạt, trong đó có Sở Một (75%) (Phụ lục II)."),
        ("khong", "; 02 cơ quan cấp tỉnh chưa đạt, trong đó có Sở Một (75%)."),
    ],
)
def test_units_are_named_as_the_setting_allows_and_the_office_itself_always(naming: str, told: str) -> None:
    own: dict[str, Any] = {"SO1": {("T1", "done"): 75}, "SO2": {("T1", "done"): 90}}
    units = ("VP", "SO1", "SO2", "H1", "H2", "BAO")
    dataset = with_leads(build([returned(u, full() | own.get(u, {})) for u in units]), **LEADS)
    lead = Telling(Year(dataset, ()), speaking(naming=naming)).leads[0]
    assert lead.line.endswith(told)
    assert "Sở Một (75%)" in replace(lead, most="").line


def test_the_text_to_the_ministry_asks_nothing_of_the_province_and_names_no_office() -> None:
    told = Telling(Year(with_leads(DATASET, **LEADS), FINDINGS), Voice(PHRASES, PROVINCE))
    body = with_prose(build_context(told).body, {}, told.voice)
    assert body.general[1].endswith("thiếu 50 người; 01 cơ quan cấp tỉnh chưa đạt (Phụ lục II).")
    assert body.general_ask == ("Ủy ban nhân dân tỉnh An Bình kính đề nghị xem xét các nội dung tại Mục VI.",)
    nothing = replace(body, recommendations=(replace(body.recommendations[0], lines=("[Ghi kiến nghị.]",)),))
    assert with_prose(nothing, {}, told.voice).general_ask == ()


def test_what_is_asked_is_said_as_far_as_it_is_asked_in_the_last_section() -> None:
    body = lead_body()
    drafted = tuple(texts_of(line) for line in body.recommendations[0].lines)
    own = texts_of("Đề nghị UBND tỉnh bố trí kinh phí.")
    kept = with_prose(body, said_to_province(*drafted, own), VOICE)
    assert kept.general_ask == body.general_ask
    assert with_prose(body, said_to_province(*drafted[1:], own), VOICE).general_ask == POINTER
    assert with_prose(body, {"to_province": SlotProse(left_out=True)}, VOICE).general_ask == POINTER


@pytest.mark.parametrize(("signed", "told"), [(True, "; năm 2024: 80%."), (False, "Sở Một (75%).")])
def test_last_years_figure_stands_beside_where_it_was_signed_and_counted_alike(
    signed: bool, told: str
) -> None:
    t1 = DATASET.profile.plan.targets_by_code["T1"]
    last = LastYear(
        Period(2024),
        {"T1": LastResult(Tally(320, 400), Verdict.MISSED, 5, 5, Fraction(100))},
        province=DATASET.profile.plan.province,
        definitions={"T1": definition(DATASET.profile.plan, t1)},
        areas={unit.code: area_of(DATASET.profile, unit) for unit in DATASET.units},
        signed=signed,
    )
    beside = replace(with_leads(DATASET, **LEADS), last_year=last)
    assert Telling(Year(beside, ()), VOICE).leads[0].line.endswith(told)


def texts_of(text: str) -> ProseLine:
    return ProseLine((ProsePiece(text),))


def said_to_province(*blocks: ProseLine) -> dict[str, SlotProse]:
    return {"to_province": SlotProse(blocks, drafted=False)}


def test_its_figures_are_those_of_the_body() -> None:
    said = body(marking=True)
    figures = {span.id: span.text for text in said.general for span in read_marks(text)[1]}
    assert figures["T1.short"] == "50 người"
    assert figures["returns.received"] == "05"
    told = {s.id: s.text for t in said.targets for s in read_marks(t.sentence)[1]}
    assert all(told[id] == text for id, text in figures.items() if id in told)


def test_the_lines_hold_as_much_of_the_leads_as_there_is_room_for() -> None:

    def said(n_times: int) -> Body:
        named = {
            code: own | {"label": f"Việc {code} {'dài ' * n_times}".strip()} for code, own in LEADS.items()
        }
        return say(with_leads(DATASET, **named), VOICE, *FINDINGS).body

    found = []
    for n_times in range(1, 400, 4):
        body = said(n_times)
        assert count_lines((*body.general, *body.general_ask)) <= MOST_LINES, n_times
        told = len(body.general) - 1, "Sở Một (75%)" in str(body.general)
        found += [told] if told not in found else []
    assert found == [(2, True), (1, True), (0, False)]


@pytest.mark.parametrize(
    ("told_as", "n_rows", "n_paragraphs"), [("bang", 5, 0), ("doan", 0, 4), ("ca_hai", 5, 4)]
)
def test_targets_are_told_in_a_table_or_in_paragraphs_and_caveats_in_the_annex(
    told_as: str, n_rows: int, n_paragraphs: int
) -> None:
    said = body(targets_as=told_as)
    assert (len(said.target_rows), len(said.targets)) == (n_rows, n_paragraphs)
    assert said.target_notes == (
        "Ghi chú: “tạm tính”: kết luận có thể thay đổi khi có số liệu của các đơn vị còn lại; số đơn vị có "
        "số liệu, nguồn, điều kiện của từng kết luận nêu tại Phụ lục I.",
    )


def test_without_the_annex_the_caveats_stand_in_the_body_by_name_where_nothing_has_a_number() -> None:
    notes = body(targets_as="doan", annexes=()).target_notes
    assert any("(mức độ hài lòng về đất đai) 01 đơn vị còn lại có ít nhất 03 phiếu" in note for note in notes)


def test_each_caveat_is_a_note_that_names_its_targets_by_number() -> None:
    said = map_strings(body(marking=True, targets_as="bang", annexes=()), without_marks)
    assert said.target_notes == (
        "Ghi chú: “tạm tính”: kết luận có thể thay đổi khi có số liệu của các đơn vị còn lại.",
        "Ghi chú: số trong ngoặc đơn là số thứ tự của chỉ tiêu năm 2025, cụ thể:",
        "- Kết luận tạm tính, chỉ đổi khi: (4a) 01 đơn vị còn lại có ít nhất 03 phiếu chưa thực hiện.",
        "- Chưa đủ số liệu của các đơn vị: (1) 04/05 đơn vị (01 đơn vị chưa gửi báo cáo); (2) 05/06 đơn vị "
        "(01 đơn vị chưa gửi báo cáo); (4) 03/05 đơn vị (01 đơn vị chưa gửi báo cáo, 01 đơn vị đang chỉnh lý "
        "số liệu); (4a) 04/05 đơn vị (01 đơn vị chưa gửi báo cáo).",
        "- Số liệu do một cơ quan theo dõi thống nhất toàn tỉnh: (3) Văn phòng UBND tỉnh, "
        "Hệ thống thông tin.",
        "- Số đơn vị chưa đạt mức Kế hoạch hoặc chưa thực hiện: (1) 01: Sở Một (75%); (2) 01: Sở Một.",
        "- Trừ kết luận tạm tính, các kết luận không thay đổi dù các đơn vị còn lại đều đã "
        "hay đều chưa thực hiện.",
    )
    rows = [(row.number, row.counts, row.lacking, row.verdict) for row in said.target_rows]
    assert rows[:3] == [
        ("1", "400/450", "50 người", "Chưa đạt"),
        ("2", "4/5", "01 đơn vị", "Chưa đạt"),
        ("3", "...", "...", "Chưa kết luận"),
    ]


# ------------------------------------------------------------------------------ the sentence over the targets


def test_a_body_that_ended_without_a_successor_is_named_as_missing() -> None:
    roster = DATASET.profile.roster
    said = "không rõ đơn vị nào báo cáo thay"
    assert said not in " ".join(say(DATASET, VOICE).body.returns)
    units = tuple(
        one.model_copy(update={"valid_to": date(2025, 6, 30)}) if one.code == "SO2" else one
        for one in roster.units
    )
    profile = DATASET.profile.model_copy(update={"roster": roster.model_copy(update={"units": units})})
    told = " ".join(say(replace(DATASET, profile=profile), VOICE).body.returns)
    assert f"{said}: {roster.unit('SO2').short_name} đến hết ngày 30/06/2025." in told


def issued(dataset: Dataset, day: str) -> Dataset:
    document = dataset.profile.plan.document.model_copy(update={"date": day})
    return by_plan(dataset, document=document)


def test_a_plan_issued_in_the_year_that_its_levels_begin_with_is_in_its_first_year() -> None:
    """Not one that was issued before, or on a day nobody knows, nor a year after one that was reported."""
    after_another = replace(DATASET, last_year=LastYear(Period(2024)))
    others = (issued(DATASET, ""), issued(DATASET, "15/12/2024"), after_another)
    said = [say(of, VOICE).body.overview for of in (DATASET, *others)]
    assert ["năm đầu thực hiện Kế hoạch" in text for text in said] == [True, False, False, False]


# --------------------------------------------------------------------------------- a signed paper and no file


PAPER = Return(
    "so-theo-doi.xlsx",
    "",
    ReturnStatus.PAPER,
    "H2",
    Period(2025),
    Submission("15/BC-UBND", date(2025, 11, 6), channel="giấy"),
)


def test_a_paper_is_a_return_with_its_number_and_date() -> None:
    line, without = (
        next(line for line in return_lines(of, ()) if line.unit.code == "H2")
        for of in (build((*RETURNS, PAPER)), DATASET)
    )
    assert (line.status, line.received, line.number) == ("paper", True, "15/BC-UBND")
    assert (line.sent_on, without.status) == (date(2025, 11, 6), "missing")


def test_the_report_says_that_only_a_paper_came() -> None:
    dataset = build((*RETURNS, PAPER))
    lines = return_lines(dataset, ())
    views = target_views(Year(dataset, ()), VOICE)
    (first,) = returns_text(Year(dataset, ()), VOICE)
    assert "có 06/6" in first or "có 06/06" in first
    assert "01 đơn vị chỉ gửi bản giấy, chưa có biểu số liệu" in first
    assert "chưa gửi" not in first
    assert "01 đơn vị chỉ gửi bản giấy" in missing_reasons(next(v for v in views if v.target.code == "T1"))
    assert any("chỉ gửi bản giấy" in said for said in limits(lines, VOICE))
    asked = [said for _, all_said in recommendations(lines, views, (), VOICE) for said in all_said]
    assert any("01 đơn vị chỉ gửi bản giấy" in said and "UBND huyện Tây" in said for said in asked)
    rows = [row for group in return_groups(Year(dataset, ()), VOICE) for row in group.rows]
    assert any("Chỉ gửi bản giấy" in row.status and row.document == "15/BC-UBND" for row in rows)


def test_it_is_not_missing_for_the_rules_and_can_be_late() -> None:
    late = replace(PAPER, submission=Submission("1", date(2025, 11, 30)))
    for paper, expected in ((PAPER, []), (late, ["TH01"])):
        found = [f.code for f in check(build((*RETURNS, paper))) if f.unit == "H2"]
        assert found == expected
    assert [f.code for f in check(build(RETURNS)) if f.unit == "H2"] == ["TH02"]


# ----------------------------------------------------------------------------------------------- who answered


def answering(of: Dataset, *findings: Finding) -> tuple[int, int, int]:
    answered: Answering = collect_figures(Year(of, findings)).answering
    return len(answered.directives), len(answered.topics), len(answered.channels)


def test_a_unit_that_is_not_asked_is_no_part_of_the_whole() -> None:
    assert len([r for r in DATASET.returns if r.unit == "BAO"]) == 1  # has sent, and is asked for none of it
    assert answering(DATASET) == (4, 4, 4)
    told_body = say(DATASET, VOICE).body
    assert "04/04 cơ quan, đơn vị, địa phương có báo cáo về nội dung này" in told_body.directives[0]
    assert "trong tổng số 04 cơ quan, đơn vị, địa phương có báo cáo về nội dung này" in told_body.topics_lead
    assert "số liệu sử dụng được của 04 cơ quan, đơn vị, địa phương" in told_body.channels_lead


def test_a_unit_whose_answer_can_not_be_used_is_no_part_of_the_whole() -> None:
    office, first, *rest = RETURNS
    undecided = build((office, replace(first, status=ReturnStatus.UNDECIDED), *rest))
    assert answering(undecided) == (3, 3, 3)
    assert answering(without_value(State.UNREADABLE, "VB", "N.a", "H.a")) == (3, 3, 3)


def without_value(state: State, *items: str) -> Dataset:
    """The year in which one unit gave no figure of those items, but that word."""
    return amended(DATASET, *(("SO1", item) for item in items), value=None, state=state)


def test_of_channels_only_units_with_a_figure_in_the_sums_or_none_arising_are_told() -> None:
    barred = [
        Finding("DL01", Severity.ERROR, "m", unit="SO1", item="H.a", field=f) for f in ("events", "people")
    ]
    assert answering(DATASET, *barred) == (4, 4, 3)
    assert answering(DATASET, barred[0]) == (4, 4, 4)
    assert answering(without_value(State.NONE_ARISING, "H.a")) == (4, 4, 4)
    assert answering(without_value(State.BLANK, "H.a")) == (4, 4, 3)
