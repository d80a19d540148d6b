"""The catalogue of provinces and communes: whole, consistent in itself and with what profiles say."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from dvctt_report.model.catalogue import TWO_LEVELS, catalogue
from dvctt_report.plan.folders import shipped_profile
from dvctt_report.plan.load import load_profile
from dvctt_report.text.vietnamese import key

ALL = catalogue()


def test_it_holds_every_province_and_commune_once_and_no_name_twice_in_one() -> None:
    assert len(ALL.provinces) == 34
    assert sum(province.is_city for province in ALL.provinces) == 7
    assert len(ALL.communes) == len({commune.code for commune in ALL.communes}) == 3321
    assert Counter(commune.name.split()[0] for commune in ALL.communes) == {
        "Xã": 2611,
        "Phường": 697,
        "Đặc": 13,
    }
    assert sum(len(ALL.communes_of(province)) for province in ALL.provinces) == 3321
    for province in ALL.provinces:
        names = [key(commune.name) for commune in ALL.communes_of(province)]
        assert len(set(names)) == len(names), province.name


def test_every_former_unit_went_into_what_there_is_and_nothing_else_did() -> None:
    assert len(ALL.former) == len({(f.province, f.district, f.name) for f in ALL.former}) == 10040
    for former in ALL.former:
        home = ALL.successor(former.province)
        assert home is not None
        assert former.successors
        assert {commune.province for commune in former.successors} == {home.code}, former
    made = {commune for former in ALL.former for commune in former.successors}
    assert made == set(ALL.communes)
    merged = Counter(old for province in ALL.provinces for old in province.merged)
    assert len(merged) == 63
    assert set(merged.values()) == {1}
    assert set(merged) == {former.province for former in ALL.former}


def test_the_communes_of_the_shipped_rosters_stand_in_it() -> None:
    profile = load_profile(shipped_profile("ninh_thuan"))
    home = ALL.successor(profile.plan.province)
    assert home is not None
    known = {key(commune.name) for commune in ALL.communes_of(home)}
    communes = [u for u in profile.roster.units if profile.roster.group(u.group).form == "commune"]
    assert communes
    for unit in communes:
        if unit.valid_from >= TWO_LEVELS:
            assert key(unit.short_name).removeprefix("ubnd ") in known, unit.short_name


@pytest.mark.parametrize(
    ("day", "is_city"), [(date(2025, 3, 1), False), (date(2026, 4, 29), False), (date(2026, 4, 30), True)]
)
def test_a_province_is_a_city_from_its_day_on(day: date, is_city: bool) -> None:
    cities = ALL.cities(day)
    assert ("Đồng Nai" in cities) is is_city
    assert "Cần Thơ" in cities


@pytest.mark.parametrize(
    ("words", "now"),
    [
        ("UBND xã Phước Sơn", ["Xã Phước Hậu"]),
        ("Ủy ban nhân dân xã Phước Sơn", ["Xã Phước Hậu"]),
        ("huyện Ninh Phước", ["Xã Ninh Phước", "Xã Phước Hậu", "Xã Phước Hữu", "Xã Phước Dinh"]),
        ("Ủy ban nhân dân xã Phước Hữu", []),
        ("Sở Thông tin và Truyền thông", []),
        ("xã Không Có", []),
    ],
)
def test_a_former_body_is_told_what_it_belongs_to(words: str, now: list[str]) -> None:
    for province in ("tỉnh Ninh Thuận", "Khánh Hòa", "56"):
        assert [commune.name for commune in ALL.now(words, province)] == now


def test_a_name_that_several_had_or_an_unknown_province_means_none() -> None:
    twice = Counter((f.province, f.name) for f in ALL.former if f.name)
    (province, name), n = twice.most_common(1)[0]
    assert n > 1
    assert ALL.now(name, province) == ()
    assert ALL.province("tỉnh Không Có") is None
    assert ALL.now("xã Phước Sơn", "tỉnh Không Có") == ()
