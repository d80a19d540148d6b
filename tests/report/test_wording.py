"""Abbreviations are spelt out where they stand first."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from dvctt_report.plan.phrases import figure_id, pattern_slots, read_phrases
from dvctt_report.report.unit_lists import kind_of, n_by_kind, shortly, terms
from dvctt_report.report.wording import Voice, join_terms, join_units, lower_first
from dvctt_report.text.errors import CannotRun
from tests.report.conftest import ISSUER, PHRASES, speaking
from tests.shipped import own_file

TOLD = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
SHORT = {"UBND": "Ủy ban nhân dân", "TTHC": "thủ tục hành chính"}


@pytest.mark.parametrize(("before", "after"), TOLD["first_use"])
def test_first_use_is_in_full(before: list[str], after: list[str]) -> None:
    voice = Voice(replace(PHRASES, abbreviations=SHORT), ISSUER)
    assert voice.introduce(tuple(before)) == tuple(after)


def test_terms_that_hold_commas_are_joined_by_semicolons() -> None:
    assert join_terms(["A", "B", "C"]) == "A, B và C"
    assert (
        join_terms(["Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế"])
        == "Sở Văn hóa, Thể thao và Du lịch; Sở Y tế"
    )


def test_an_abbreviation_keeps_its_capitals_inside_a_sentence() -> None:
    assert lower_first("TTHC đủ điều kiện") == "TTHC đủ điều kiện"
    assert lower_first("Đài truyền thanh") == "đài truyền thanh"


# --------------------------------------------------------------------------------------------- lists of units


COMMUNES = tuple(f"UBND xã {c}" for c in "ABCDEFGH")
WARDS = ("UBND phường I", "UBND phường K")
MANY = ("Sở Một", *COMMUNES, *WARDS)


@pytest.mark.parametrize(("names", "said"), TOLD["lists_of_units"])
def test_communes_of_a_kind_stand_together_behind_the_others(names: list[str], said: str) -> None:
    assert join_units(names) == said


def test_nobody_is_lost_or_told_twice() -> None:
    told = " ".join(terms(MANY))
    assert all(told.count(name.split()[-1]) >= 1 for name in MANY)
    assert sum(n_by_kind(MANY).values()) == len(MANY)


@pytest.mark.parametrize(("place", "kind"), TOLD["kinds"])
def test_a_body_is_of_the_kind_of_what_it_governs(place: str, kind: str) -> None:
    assert kind_of(f"UBND {place}") == kind_of(f"Ủy ban nhân dân {place}") == kind


def test_ten_are_named_and_eleven_counted_by_kind() -> None:
    assert speaking(max_named=10).named(MANY[1:], "Phụ lục II") == (
        ": UBND các xã: A, B, C, D, E, F, G, H; UBND các phường: I, K"
    )
    assert (
        speaking().named(MANY, "Phụ lục II") == ", gồm 01 cơ quan cấp tỉnh, 08 xã và 02 phường (Phụ lục II)"
    )


def test_a_list_on_screen_counts_many_too() -> None:
    assert shortly(MANY[1:]) == "UBND các xã: A, B, C, D, E, F, G, H; UBND các phường: I, K"
    assert shortly(MANY) == "01 cơ quan cấp tỉnh, 08 xã và 02 phường"


def test_of_many_the_five_that_lack_most_are_named() -> None:
    said = speaking().named(MANY, "", [f"{name} (50%)" for name in MANY])
    assert said == (
        ", gồm 01 cơ quan cấp tỉnh, 08 xã và 02 phường; còn thiếu nhiều nhất: "
        "Sở Một (50%); UBND các xã: A (50%), B (50%), C (50%), D (50%)"
    )


def test_where_no_annex_names_them_all_are_named() -> None:
    said = speaking().named(MANY, "")
    assert said == ": Sở Một; UBND các xã: A, B, C, D, E, F, G, H; UBND các phường: I, K"


@pytest.mark.parametrize("naming", ["khong", "phu_luc"])
def test_the_setting_that_forbids_names_holds(naming: str) -> None:
    assert "xã A" not in speaking(naming=naming).named(MANY, "Phụ lục II", MANY)


# ------------------------------------------------------------------------------------------ sentence patterns


def changed(tmp_path: Path, old: str, new: str) -> Path:
    path = own_file(tmp_path, "phrases.toml")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_the_shipped_patterns_are_all_there_and_no_more() -> None:
    assert set(PHRASES.patterns) == set(pattern_slots())


@pytest.mark.parametrize(("old", "new", "told"), TOLD["faulty_patterns"])
def test_a_faulty_pattern_is_told_with_its_place(tmp_path: Path, old: str, new: str, told: list[str]) -> None:
    with pytest.raises(CannotRun) as caught:
        read_phrases(changed(tmp_path, old, new))
    assert all(part in caught.value.message for part in told)


def test_a_sentence_that_a_copy_has_not_is_said_as_shipped(tmp_path: Path) -> None:
    copy = read_phrases(changed(tmp_path, 'on_time = "{n:returns.on_time} đơn vị gửi đúng hạn"', ""))
    assert copy.patterns["returns.on_time"] == PHRASES.patterns["returns.on_time"]
    assert set(copy.patterns) == set(pattern_slots())


def test_a_text_says_in_other_words_only_what_its_own_table_has() -> None:
    slots = {"issuer": "A", "period": "năm 2025", "receiver": "B"}
    assert PHRASES.fill("lead.closing", "ministry", **slots).endswith(
        "A kính báo cáo B theo dõi, tổng hợp./."
    )
    assert PHRASES.fill("lead.closing", "department", **slots).endswith("xem xét, chỉ đạo./.")
    assert PHRASES.fill("sign.same", "ministry") == PHRASES.fill("sign.same")


def test_values_are_never_read_as_patterns() -> None:
    assert PHRASES.fill("returns.on_time", n="{names}") == "{names} đơn vị gửi đúng hạn"


def test_a_figure_is_named_in_the_shipped_pattern_whatever_a_copy_says(tmp_path: Path) -> None:
    copy = read_phrases(changed(tmp_path, "{n:returns.on_time}", "{n}"))
    other = read_phrases(changed(tmp_path, "{n:returns.on_time}", "{n:returns.late}"))
    assert copy == other
    assert copy.patterns["returns.on_time"] == PHRASES.patterns["returns.on_time"]
    assert figure_id("returns.on_time", "n", "") == "returns.on_time"
    assert figure_id("target.figure", "rate", "T10") == "T10.percent"
    assert figure_id("target.figure", "unit", "T10") == ""
    assert figure_id("target.figure", "rate", "") == ""
    assert figure_id("funding.units", "n", "KP.a.spent") == "KP.a.spent"
    assert figure_id("lead.closing", "receiver", "") == ""
