"""How lists of units are said: by kind of body, the many counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dvctt_report.plan.phrases import Phrases
from dvctt_report.report.settings import Issuer
from dvctt_report.report.unit_lists import kind_of, n_by_kind, shortly, terms
from dvctt_report.report.wording import Voice, join_units

COMMUNES = tuple(f"UBND xã {c}" for c in "ABCDEFGH")
WARDS = ("UBND phường I", "UBND phường K")
MANY = ("Sở Một", *COMMUNES, *WARDS)


@pytest.fixture
def speaking(phrases: Phrases, issuer: Issuer) -> Callable[..., Voice]:
    return lambda **settings: Voice(phrases, replace(issuer, **settings))


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Sở Một", "UBND xã A", "UBND phường B"], "Sở Một, UBND xã A và UBND phường B"),
        (["UBND xã A", "UBND xã B"], "UBND các xã: A, B"),
        (
            ["UBND phường C", "Sở Một", "UBND xã A (88,7%)", "UBND xã B", "UBND đặc khu D"],
            "Sở Một; UBND các xã: A (88,7%), B; UBND phường C; UBND đặc khu D",
        ),
        (["UBND huyện A", "UBND huyện B"], "UBND huyện A và UBND huyện B"),
    ],
)
def test_communes_of_a_kind_stand_together_behind_the_others(names: list[str], said: str) -> None:
    assert join_units(names) == said


def test_nobody_is_lost_or_told_twice() -> None:
    told = " ".join(terms(MANY))
    assert all(told.count(name.split()[-1]) >= 1 for name in MANY)
    assert sum(n_by_kind(MANY).values()) == len(MANY)


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("huyện A", "districts"),
        ("quận 1", "districts"),
        ("thị xã Ninh Hòa", "districts"),
        ("thành phố A", "districts"),
        ("TP. A", "districts"),
        ("thị trấn A", "towns"),
        ("đặc khu A", "zones"),
        ("tỉnh A", "offices"),
    ],
)
def test_a_body_is_of_the_kind_of_what_it_governs(place: str, kind: str) -> None:
    assert kind_of(f"UBND {place}") == kind_of(f"Ủy ban nhân dân {place}") == kind


def test_ten_are_named_and_eleven_counted_by_kind(speaking: Callable[..., Voice]) -> None:
    assert speaking(max_named=10).named(MANY[1:], "Phụ lục II") == (
        ": UBND các xã: A, B, C, D, E, F, G, H; UBND các phường: I, K"
    )
    assert (
        speaking().named(MANY, "Phụ lục II") == ", gồm 01 cơ quan cấp tỉnh, 08 xã và 02 phường (Phụ lục II)"
    )


def test_a_list_on_screen_counts_many_too() -> None:
    assert shortly(MANY[1:]) == "UBND các xã: A, B, C, D, E, F, G, H; UBND các phường: I, K"
    assert shortly(MANY) == "01 cơ quan cấp tỉnh, 08 xã và 02 phường"


def test_of_many_the_five_that_lack_most_are_named(speaking: Callable[..., Voice]) -> None:
    said = speaking().named(MANY, "", [f"{name} (50%)" for name in MANY])
    assert said == (
        ", gồm 01 cơ quan cấp tỉnh, 08 xã và 02 phường; còn thiếu nhiều nhất: "
        "Sở Một (50%); UBND các xã: A (50%), B (50%), C (50%), D (50%)"
    )


def test_where_no_annex_names_them_all_are_named(speaking: Callable[..., Voice]) -> None:
    said = speaking().named(MANY, "")
    assert said == ": Sở Một; UBND các xã: A, B, C, D, E, F, G, H; UBND các phường: I, K"


@pytest.mark.parametrize("naming", ["khong", "phu_luc"])
def test_the_setting_that_forbids_names_holds(naming: str, speaking: Callable[..., Voice]) -> None:
    assert "xã A" not in speaking(naming=naming).named(MANY, "Phụ lục II", MANY)
