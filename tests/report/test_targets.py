"""A target is said by its verdict and basis, in the words of the office."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dvctt_report.model import Finding, Return, State, Verdict
from dvctt_report.report.context import build_context
from dvctt_report.report.marks import without_marks
from dvctt_report.report.settings import NO_ANNEXES
from dvctt_report.report.target_sentences import target_notes, target_sentence
from dvctt_report.report.targets import target_views
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year
from tests.report.conftest import DATASET, FINDINGS, VOICE, build, full, returned, speaking
from tests.year.rules import tables


def said(dataset: Dataset, voice: Voice, findings: Iterable[Finding] = ()) -> dict[str, str]:
    kept = tuple(findings)
    views = target_views(Year(dataset, kept), voice)
    return {view.target.code: target_sentence(view) for view in views}


UNITS = ("VP", "SO1", "SO2", "H1", "H2", "BAO")


def everyone(**own: Any) -> list[Return]:
    """Returns of all units that answer alike, but for those named with answers of their own."""
    return [returned(unit, full() | own.get(unit, {})) for unit in UNITS]


TOLD = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("others", "code", "expected"), TOLD["said"])
def test_a_target_is_said_by_how_it_came_out_and_who_is_below(
    others: list[Any], code: str, expected: str
) -> None:
    own: dict[str, Any] = {}
    for unit, item, field, answer in others:
        own.setdefault(unit, {})[item, field] = answer
    assert said(build(everyone(**own)), VOICE)[code] == expected


def test_a_target_of_which_nothing_arose_anywhere_is_not_judged() -> None:
    none = {("T4", "total"): State.NONE_ARISING, ("T4", "done"): State.NONE_ARISING}
    assert said(build(everyone(**dict.fromkeys(UNITS[:5], none))), VOICE)["T4"] == (
        "trong kỳ báo cáo, 05/05 đơn vị có báo cáo đều không phát sinh, "
        "do đó không tính tỷ lệ và không đánh giá chỉ tiêu này."
    )


def test_a_target_that_is_met_says_nothing_of_a_unit_below_its_level() -> None:
    dataset = build(everyone(SO1={("T4", "done"): 80}))
    notes = target_notes(dataset, target_views(Year(dataset, ()), VOICE), VOICE)
    assert not [note for note in notes if note.startswith("- Số đơn vị chưa đạt mức Kế hoạch")]


@pytest.mark.parametrize(
    ("sense", "step", "most"), [("at_least", -1, "thiếu nhiều nhất: "), ("at_most", 1, "; vượt nhiều nhất: ")]
)
def test_of_many_units_beyond_the_level_those_are_named_that_lack_or_exceed_most(
    sense: str, step: int, most: str
) -> None:
    level = 80 if step < 0 else 20
    rows = [
        f"{unit} | T2 | 100 | {level + step * (20 + n)}"
        for n, unit in enumerate("ABCDEFGHIJKL")
        if unit != "H"
    ]
    target = tables.target("T2", 80, thresholds=[{"year": 2025, sense: level}])
    year = tables.dataset("\n".join(["unit | item | total | done", *rows]), tables.profile(target, units=12))
    named = said(year, VOICE)["T2"].partition(most)[2]
    assert re.findall(r"Cơ quan (\w \(\d+) hồ sơ", named) == ["L (31", "K (30", "J (29", "I (28", "G (26"]


@pytest.mark.parametrize(
    ("sense", "done", "turning"),
    [
        ("at_most", 19, "thuộc loại nêu ở chỉ tiêu"),
        ("at_most", 21, "không thuộc loại nêu ở chỉ tiêu"),
        ("at_least", 21, "chưa thực hiện"),
        ("at_least", 19, "đã thực hiện"),
    ],
)
def test_what_turns_a_verdict_is_what_carries_the_figure_across_the_level(
    sense: str, done: int, turning: str
) -> None:
    rows = [f"{unit} | T2 | 100 | {done}" for unit in "ABCDEFGIJKL"]
    target = tables.target("T2", 80, thresholds=[{"year": 2025, sense: 20}])
    year = tables.dataset("\n".join(["unit | item | total | done", *rows]), tables.profile(target, units=12))
    (view,) = (v for v in target_views(Year(year, ()), VOICE) if v.target.code == "T2")
    assert without_marks(view.turned_by).partition(" hồ sơ ")[2] == turning


@pytest.mark.parametrize(
    ("level", "verdict"), [("0.7421", Verdict.MET), ("0.742", Verdict.MET), ("0.7422", Verdict.MISSED)]
)
def test_an_index_of_four_decimals_is_judged_and_printed_as_it_is(level: str, verdict: Verdict) -> None:
    by_one = {"answered_by": "authority", "authority": "A", "measure": "score", "unit_of_count": "điểm"}
    target = tables.target("T9", 0, thresholds=[{"year": 2025, "at_least": Decimal(level)}], **by_one)
    year = tables.dataset("unit | item | done\nA | T9 | 0.7421", tables.profile(target))
    (view,) = (v for v in target_views(Year(year, ()), VOICE) if v.target.code == "T9")
    assert view.result.verdict is verdict
    assert "0,7421" in said(year, VOICE)["T9"]


def test_a_missing_unit_is_said_with_its_reason_and_what_it_cannot_change() -> None:
    due = [view for view in target_views(Year(DATASET, FINDINGS), VOICE) if view.is_due]
    notes = target_notes(DATASET, due, VOICE)
    assert any("(1, 4a) 04/05 đơn vị (01 đơn vị chưa gửi báo cáo)" in note for note in notes)
    assert not any("(1) " in note for note in notes if "chỉ đổi khi" in note)


def test_too_little_data_is_no_verdict_and_none_at_all_no_figure() -> None:
    assert said(build([returned("SO1", full())]), VOICE)["T1"] == (
        "chưa đủ cơ sở đánh giá; số liệu của 01/05 đơn vị. "
        "Kết quả theo số liệu hiện có: đạt 100% (100/100 người)."
    )
    assert (
        said(build([]), VOICE)["T1"] == "chưa đủ cơ sở đánh giá do chưa có đơn vị nào cung cấp được số liệu."
    )


def test_an_authority_is_named_as_the_source() -> None:
    dataset = build(everyone(VP={("T3", "total"): 1000, ("T3", "done"): 400}))
    due = [view for view in target_views(Year(dataset, ()), VOICE) if view.is_due]
    (whose,) = (note for note in target_notes(dataset, due, VOICE) if "một cơ quan theo dõi" in note)
    assert whose.endswith(": (3) Văn phòng UBND tỉnh, Hệ thống thông tin.")


def test_a_later_target_is_a_distance_never_a_verdict() -> None:
    schools = {("U2", "total"): 1000, ("U2", "done"): 829}
    sentences = said(build(everyone(SO1=schools, SO2=schools)), VOICE)
    assert sentences["U2"] == (
        "Học sinh được phổ cập: năm 2025 đạt 82,9% (1.658/2.000 người); theo lộ trình đến năm 2030 (100%) "
        "còn 17,1 điểm phần trăm, bình quân mỗi năm cần tăng 3,4 điểm phần trăm."
    )
    assert "chưa đủ số liệu để xác định khoảng cách" in sentences["U1"]


def test_many_units_are_not_all_named_where_an_annex_names_them() -> None:
    dataset = build(everyone(**{unit: {("T1", "done"): 50} for unit in ("VP", "SO1", "H1", "H2")}))
    voice = speaking(max_named=2)
    few = said(dataset, voice)["T1"]
    assert "Văn phòng UBND tỉnh (50%), Sở Một (50%) và 02 đơn vị khác (Phụ lục II)" in few
    every = said(dataset, replace(voice, annexes=NO_ANNEXES))["T1"]
    assert "UBND huyện Tây (50%)" in every
    assert "đơn vị khác" not in every


def test_small_counts_lose_their_nought_by_setting() -> None:
    assert "có 6/6 cơ quan" in said(build(everyone()), speaking(leading_zero=False))["T2"]


@pytest.mark.parametrize(
    ("answers", "said_there"),
    [
        (
            "Có Có Có Có Có ...",
            "năm 2025 có 05/05 cơ quan, đạt 100%; chưa đủ cơ sở đánh giá so với mức đề ra đến năm 2030 "
            "(100%) do còn 01 đơn vị chưa có số liệu.",
        ),
        ("Có Có Có Có Có Có", "đã bằng hoặc vượt mức đề ra đến năm 2030 (100%)."),
        ("Có Có Có Có Không ...", "đến năm 2030 (100%) còn 20 điểm phần trăm"),
    ],
)
def test_a_later_target_of_100_is_not_reached_with_a_unit_missing(answers: str, said_there: str) -> None:
    later = tables.target(
        "U1", 100, measure="yes_no", unit_of_count="cơ quan", thresholds=[{"year": 2030, "at_least": 100}]
    )
    rows = [f"{unit} | U1 | {answer}" for unit, answer in zip("ABCDEF", answers.split(), strict=True)]
    year = tables.dataset("\n".join(["unit | item | answer", *rows]), tables.profile(later, units=6))
    assert said_there in said(year, VOICE)["U1"]


def test_a_later_target_reached_by_those_that_answered_is_not_sure() -> None:
    later = tables.target("U5", 70, thresholds=[{"year": 2030, "at_least": 70}])
    rows = [f"{unit} | U5 | 100 | 80" for unit in "ABCDE"]
    year = tables.dataset("\n".join(["unit | item | total | done", *rows]), tables.profile(later, units=6))
    assert "đến năm 2030 (tối thiểu 70%) (tạm tính); số liệu của 05/06 đơn vị" in said(year, VOICE)["U5"]


def test_there_are_letters_for_more_targets_than_the_alphabet_has() -> None:
    plan = DATASET.profile.plan
    more = [plan.targets[0].model_copy(update={"code": f"X{n}"}) for n in range(30)]
    longer = plan.model_copy(update={"items": (*more, *plan.items)})
    of = replace(DATASET, profile=DATASET.profile.model_copy(update={"plan": longer}))
    told = build_context(Telling(Year(of, ()), VOICE)).body.targets
    letters = [one.letter for one in told]
    assert (letters[:6], letters[21:26]) == ([*"abcdđe"], ["x", "y", "aa", "bb", "cc"])
    assert len(letters) == len({*letters}) > 30
