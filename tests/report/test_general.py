"""The section that opens the report, and the notes under the table of targets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from dvctt_report.model import Finding, Return
from dvctt_report.report.charts import gap_rows
from dvctt_report.report.context import Body, build_context
from dvctt_report.report.general import MOST_LINES, count_lines, missed_said
from dvctt_report.report.marks import read_marks, without_marks
from dvctt_report.report.prose.blocks import ProseLine, ProsePiece
from dvctt_report.report.prose.taking import SlotProse, with_prose
from dvctt_report.report.targets import target_views
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice, map_strings
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year


@pytest.fixture
def body(dataset: Dataset, findings: tuple[Finding, ...], voice: Voice) -> Callable[..., Body]:
    """Say the small year's body, with settings of the issuer changed."""

    def said(marking: bool = False, **changes: object) -> Body:
        spoken = replace(voice, issuer=replace(voice.issuer, **changes), marking=marking)  # type: ignore[arg-type]
        return build_context(Telling(Year(dataset, findings), spoken)).body

    return said


def test_the_first_section_says_who_sent_what_was_reached_and_what_is_asked(
    body: Callable[..., Body],
) -> None:
    first, second = body().general
    assert first == (
        "Đến ngày 20/11/2025, 05/06 cơ quan, đơn vị, địa phương đã gửi báo cáo. Trong 05 chỉ tiêu năm 2025, "
        "có 01 chỉ tiêu đạt và vượt, trong đó 01 tạm tính; 02 chỉ tiêu chưa đạt; 02 chỉ tiêu chưa kết "
        "luận."
    )
    assert second == (
        "Chỉ tiêu còn cách Kế hoạch nhiều nhất: cơ quan tuyên truyền trên trang thông tin đạt 80% "
        "(Kế hoạch: 100%), còn thiếu 01 đơn vị; cán bộ được truyền thông đạt 88,9% (Kế hoạch: 100%), còn "
        "thiếu 50 người, tại 01 đơn vị."
    )
    assert body().general_ask == (
        "Sở Một kính đề nghị UBND tỉnh chỉ đạo thực hiện 02 chỉ tiêu chưa đạt; đôn đốc 01 đơn vị chưa gửi "
        "(Mục VI).",
    )


def test_what_is_asked_is_said_as_far_as_it_is_asked_in_the_last_section(
    dataset: Dataset, voice: Voice, findings: tuple[Finding, ...]
) -> None:
    body = build_context(Telling(Year(dataset, findings), voice)).body
    drafted = tuple(texts_of(line) for line in body.recommendations[0].lines)
    own = texts_of("Đề nghị UBND tỉnh bố trí kinh phí.")
    kept = with_prose(body, said_to_province(*drafted, own), voice)
    assert kept.general_ask == body.general_ask
    pointer = ("Sở Một kính đề nghị chỉ đạo các nội dung tại Mục VI.",)
    assert with_prose(body, said_to_province(*drafted[1:], own), voice).general_ask == pointer
    assert with_prose(body, {"to_province": SlotProse(left_out=True)}, voice).general_ask == pointer


def texts_of(text: str) -> ProseLine:
    return ProseLine((ProsePiece(text),))


def said_to_province(*blocks: ProseLine) -> dict[str, SlotProse]:
    return {"to_province": SlotProse(blocks, drafted=False)}


def test_its_figures_are_those_of_the_body(body: Callable[..., Body]) -> None:
    said = body(marking=True)
    figures = {span.id: span.text for text in said.general for span in read_marks(text)[1]}
    assert figures["T1.short"] == "50 người"
    assert figures["returns.received"] == "05"
    told = {s.id: s.text for t in said.targets for s in read_marks(t.sentence)[1]}
    assert all(told[id] == text for id, text in figures.items() if id in told)


def test_the_target_named_first_is_the_one_whose_bar_is_longest(
    build: Callable[..., Dataset],
    make_return: Callable[..., Return],
    answer_all: Callable[..., Any],
    voice: Voice,
) -> None:
    """Nine points to a level of 100 are more than 8.6 to one of 90, though these are a bigger part of it."""
    own = {"H1": {("T1", "done"): 55, ("T4", "done"): 7}}
    units = ("VP", "SO1", "SO2", "H1", "H2", "BAO")
    dataset = build([make_return(unit, answer_all() | own.get(unit, {})) for unit in units])
    views = target_views(Year(dataset, ()), voice)
    said = missed_said(views, 1, voice)
    assert said.startswith("Chỉ tiêu còn cách Kế hoạch nhiều nhất: cán bộ được truyền thông đạt 91% ")
    drawn = {row.view.target.code: row.gap for row in gap_rows(views, voice)}
    assert drawn["T1"] == max(gap for gap in drawn.values() if gap is not None)
    assert drawn["T4"] == Decimal("8.6")


def test_ten_lines_hold_as_many_targets_as_there_is_room_for(
    dataset: Dataset, voice: Voice, findings: tuple[Finding, ...]
) -> None:
    plan = dataset.profile.plan
    long = "được truyền thông, nâng cao nhận thức về dịch vụ công trực tuyến trên địa bàn toàn tỉnh " * 3
    items = tuple(
        item.model_copy(update={"label": f"{item.label} {long}".strip()}) if item.kind == "target" else item
        for item in plan.items
    )
    profile = dataset.profile.model_copy(update={"plan": plan.model_copy(update={"items": items})})
    lengthy = replace(dataset, profile=profile)
    said = build_context(Telling(Year(lengthy, findings), voice)).body
    assert count_lines((*said.general, *said.general_ask)) <= MOST_LINES
    assert "; 01 chỉ tiêu chưa đạt khác nêu tại khoản 2 Mục III." in said.general[-1]


@pytest.mark.parametrize(
    ("told_as", "n_rows", "n_paragraphs"), [("bang", 5, 0), ("doan", 0, 4), ("ca_hai", 5, 4)]
)
def test_targets_are_told_in_a_table_or_in_paragraphs_and_caveats_in_the_annex(
    body: Callable[..., Body], told_as: str, n_rows: int, n_paragraphs: int
) -> None:
    said = body(targets_as=told_as)
    assert (len(said.target_rows), len(said.targets)) == (n_rows, n_paragraphs)
    assert said.target_notes == (
        "Ghi chú: “tạm tính”: kết luận có thể thay đổi khi có số liệu của các đơn vị còn lại; số đơn vị có "
        "số liệu, nguồn, điều kiện của từng kết luận nêu tại Phụ lục I.",
    )


def test_without_the_annex_the_caveats_stand_in_the_body_by_name_where_nothing_has_a_number(
    body: Callable[..., Body],
) -> None:
    notes = body(targets_as="doan", annexes=()).target_notes
    assert any("(mức độ hài lòng về đất đai) 01 đơn vị còn lại có ít nhất 03 phiếu" in note for note in notes)


def test_what_the_body_cannot_draw_from_figures_is_asked_of_its_author(body: Callable[..., Body]) -> None:
    said = body()
    assert said.limits[-1] == "[Nội dung do Sở bổ sung: tồn tại, hạn chế.]"
    assert not any("chỉ tiêu" in line for line in said.limits)
    assert all(line.startswith("[Nội dung do Sở") for line in (*said.strengths, *said.directions))


def test_each_caveat_is_a_note_that_names_its_targets_by_number(body: Callable[..., Body]) -> None:
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


def test_the_section_stands_first_in_the_report_and_points_to_what_is_asked(
    rendered_sample: Path,
) -> None:
    report = docx.Document(BytesIO((rendered_sample / "ket-qua/2025/bao-cao-2025.docx").read_bytes()))
    said = [p.text for p in report.paragraphs]
    at = said.index("I. KẾT QUẢ CHUNG")
    assert said[at + 3] == (
        "Sở Khoa học và Công nghệ kính đề nghị UBND tỉnh chỉ đạo thực hiện 09 chỉ tiêu chưa đạt, "
        "trong đó 01 tạm tính; đôn đốc 02 đơn vị chưa gửi (Mục VI)."
    )
    assert "VI. ĐỀ XUẤT, KIẾN NGHỊ" in said
