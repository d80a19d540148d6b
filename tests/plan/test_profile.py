"""The shipped plan says what the plan says: every threshold, who is asked what, which roster on which day."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from dvctt_report.cli.sample import TABLE, Invented
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import fields
from dvctt_report.plan.folders import shipped_profile
from dvctt_report.plan.load import load_profile
from dvctt_report.plan.model import Profile, Target, Threshold, Unit
from dvctt_report.plan.references import check_references
from dvctt_report.text.resources import resource_path

THRESHOLDS_2025 = {
    "T1": 100, "T2": 100, "T3": 100, "T4": 100, "T5": 100, "T6": 100, "T7": 100, "T8": 100, "T9": 100,
    "T10": 80, "T11": 50, "T12": 90, "T12a": 85, "T13": 100, "T14": 80,
}  # fmt: skip
THRESHOLDS_2030 = {"U1": 100, "U2": 70, "U3": 100}

ASKED = """
group        | units                                    | targets
vp           | VPUB                                     | 1 2 3 4 8 9 10 11 12 13
skhcn        | SKHCN                                    | 1 2 3 4 10 12 13
noi_vu       | SNV                                      | 1 2 3 4 10 12 13
cong_an      | CAT                                      | 1 2 3 4 10 12 13
bhxh         | BHXH                                     | 1 2 3 4 10 12 13
gddt         | SGDDT                                    | 1 2 3 4 10 12 13 14
so           | STP SCT SVHTTDL SYT SDTTG TTT            | 1 2 3 4 10 12 13
so_linh_vuc  | STC SNNMT SXD BQLKCN                     | 1 2 3 4 10 12 12a 13
huyen        | PRTC BAI NSN NHI NPC TBC TNM             | 1 2 3 4 5 6 7 10 12 12a 13
truong       | PHDHNL VDTMT CDN                         | 3 14
bao_chi      | BPTTH                                    | 1 3 6
"""
"""Who answers which target in 2025, for itself or for the province."""
ASKED_COMMUNE = "1 2 3 4 5 7 10 12 12a 13"

COMMUNES = {"PRTC": 13, "BAI": 9, "NSN": 8, "NHI": 9, "NPC": 9, "TBC": 6, "TNM": 8}
FOR_THE_PROVINCE = {"T8": "VPUB", "T9": "VPUB", "T11": "VPUB"}


@pytest.fixture(scope="module")
def profile() -> Profile:
    return load_profile(resource_path("templates") / "ninh_thuan")


def matrix() -> dict[str, tuple[set[str], set[str]]]:
    rows = [[cell.strip() for cell in line.split("|")] for line in ASKED.strip().splitlines()[1:]]
    return {group: (set(units.split()), {f"T{n}" for n in targets.split()}) for group, units, targets in rows}


def asked_targets(profile: Profile, unit: Unit) -> set[str]:
    return {i.code for i in profile.asked(unit) if isinstance(i, Target) and i.code.startswith("T")}


def test_the_invented_year_has_an_answer_to_whatever_is_asked() -> None:
    told = tomllib.loads((resource_path("templates") / "minh-hoa-2026" / TABLE).read_text(encoding="utf-8"))
    invented = load_profile(shipped_profile(told["ho_so"]))

    for number, unit in enumerate(invented.units(Period(2026)), 1):
        assert Invented(invented, unit, number, 2026, told).table["answers"]


def test_topics_channels_and_tasks_stand_at_every_point_of_the_plan(profile: Profile) -> None:
    by_kind = {
        kind: [i.code for i in profile.plan.items if i.kind == kind] for kind in ("topic", "channel", "task")
    }

    assert len(profile.plan.targets) == 15 + 3
    assert by_kind["topic"] == [f"ND.{x}" for x in ("a", "b", "c", "d", "dd", "e", "g", "h", "i")]
    assert by_kind["channel"] == [f"HT.{x}" for x in ("a", "b", "c", "d", "dd", "e", "g", "h", "i", "k")]
    tasks = "1a 1b 1c 1d 2a 2b 2c 2d 3 4a 4b 4c 5 6 7a 7b 7c 7d 7dd 7e 8a 8b 8c 8d"
    assert by_kind["task"] == [f"NV.{x}" for x in tasks.split()]


def test_each_target_falls_due_in_its_year_stays_and_nothing_is_interpolated(profile: Profile) -> None:
    stay = dict.fromkeys(range(2025, 2030), THRESHOLDS_2025)
    for year, due in {2024: {}, **stay, 2030: THRESHOLDS_2025 | THRESHOLDS_2030}.items():
        goals = ((t.code, t.goal(Period(year))) for t in profile.plan.targets)
        assert {code: goal.number for code, goal in goals if goal is not None} == due, year
    assert {t.code for t in profile.plan.targets if t.first_year == 2030} == set(THRESHOLDS_2030)


@pytest.mark.parametrize("group", sorted(matrix()))
def test_each_group_is_asked_its_own_targets(profile: Profile, group: str) -> None:
    members, targets = matrix()[group]
    units = [u for u in profile.units(Period(2025)) if u.group == group]

    assert {u.code for u in units} == members
    for unit in units:
        assert asked_targets(profile, unit) == targets


def test_communes_are_asked_from_2026_on_and_27_units_before_in_protocol_order(profile: Profile) -> None:
    communes = [u for u in profile.units(Period(2026)) if u.group == "xa"]
    assert len(communes) == 24
    for unit in communes:
        assert asked_targets(profile, unit) == {f"T{n}" for n in ASKED_COMMUNE.split()}
    codes = [u.code for u in profile.units(Period(2025))]

    assert len(codes) == 27
    assert codes[:3] == ["VPUB", "SKHCN", "SNV"]
    assert codes[-5:] == ["TNM", "BPTTH", "PHDHNL", "VDTMT", "CDN"]
    assert {u.duty for u in profile.units(Period(2025)) if u.group in ("bao_chi", "truong")} == {"asked"}


def test_2025_is_reported_on_the_roster_of_before_july_with_districts_and_says_so(profile: Profile) -> None:
    districts = {u.code: len(u.parts) for u in profile.roster.on(date(2025, 6, 30)) if u.parts}
    assert districts == COMMUNES
    assert sum(districts.values()) == 62
    before, after = (
        {u.group for u in profile.roster.on(day)} for day in (date(2025, 6, 30), date(2025, 7, 1))
    )
    assert ("xa" in before, "huyen" in before, "xa" in after, "huyen" in after) == (False, True, True, False)
    scope = profile.plan.scope(Period(2025))
    assert scope is not None
    assert scope.note == "theo tổ chức bộ máy trước ngày 01/7/2025"
    assert profile.plan.scope(Period(2026)) is None
    days = [profile.plan.roster_date(Period(year)) for year in (2025, 2026)]
    assert days == [date(2025, 6, 30), date(2026, 10, 31)]


def test_one_authority_answers_for_the_province(profile: Profile) -> None:
    authorities = {t.code: t.authority for t in profile.plan.targets if t.answered_by == "authority"}

    assert authorities == FOR_THE_PROVINCE
    for code, body in authorities.items():
        asked = [u.code for u in profile.units(Period(2025)) if code in asked_targets(profile, u)]
        assert asked == [body]


def test_nothing_of_2030_is_asked_again_that_2025_asks(profile: Profile) -> None:
    same = {t.code: t.same_as for t in profile.plan.targets if t.same_as}

    assert same == {"U2": "T11", "U3": "T14"}
    assert all(fields(profile.plan.item(code)) == () for code in same)


@pytest.mark.parametrize(
    ("allowed", "shifted", "last"),
    [
        (False, False, date(2025, 11, 9)),  # a Sunday
        (True, False, date(2025, 11, 10)),
        (False, True, date(2025, 11, 10)),
        (True, True, date(2025, 11, 10)),
        (False, True, date(2026, 11, 9)),  # a Monday
    ],
)
def test_the_last_day_follows_both_settings(
    profile: Profile, allowed: bool, shifted: bool, last: date
) -> None:
    deadline = profile.plan.deadline.model_copy(
        update={"day_itself_on_time": allowed, "shift_day_off": shifted}
    )

    assert deadline.quote == "trước ngày 10/11"
    assert deadline.last_day(Period(last.year)) == last


def test_only_the_police_may_withhold_figures(profile: Profile) -> None:
    t1, t2, t3 = (profile.plan.item(code) for code in ("T1", "T2", "T3"))
    police, health = profile.roster.unit("CAT"), profile.roster.unit("SYT")

    assert [profile.may_withhold(police, item) for item in (t1, t2, t3)] == [True, True, False]
    assert not profile.may_withhold(health, t1)


def test_a_copy_with_another_part_forgets_what_was_derived_from_the_old_one() -> None:
    profile = load_profile(resource_path("templates") / "ninh_thuan")
    plan, roster = profile.plan, profile.roster
    assert plan.item("T1") is plan.items_by_code["T1"]
    fewer = plan.model_copy(update={"items": plan.items[1:]})
    nobody = roster.model_copy(update={"units": roster.units[:1]})

    assert plan.items[0].code not in fewer.items_by_code
    assert roster.units[1].code not in nobody.units_by_code
    assert plan.model_copy() == plan


def test_profiles_are_equal_that_say_the_same_and_no_others(profile: Profile, tmp_path: Path) -> None:
    folder = tmp_path / "ho-so"
    folder.mkdir()
    for file in ("plan.toml", "units.toml"):
        content = (resource_path("templates") / "ninh_thuan" / file).read_bytes()
        (folder / file).write_bytes(content + b"\n# a remark that says nothing\n")
    again = load_profile(folder)
    assert again is not profile
    assert again == profile
    assert hash(again) == hash(profile)
    other = profile.model_copy(update={"plan": profile.plan.model_copy(update={"province": "Khánh Hòa"})})
    assert other != profile
    assert profile != "ninh_thuan"


def test_names_as_they_are_printed_shorten_no_word_but_those_that_everyone_writes_short(
    profile: Profile,
) -> None:
    shortened = {word for u in profile.roster.units for word in u.short_name.split() if word[1:2].isupper()}
    assert shortened <= {"UBND", "TP."}


@pytest.mark.parametrize(
    ("code", "end"),
    [
        ("HT.a", "để cho người dân và các doanh nghiệp thuận tiện thực hiện"),
        ("HT.b", "thay đổi lề lối làm việc chuyên nghiệp, giản dị, gần gũi với Nhân dân"),
        ("HT.d", "nắm bắt kịp thời, thực hiện dịch vụ công trực tuyến"),
        ("HT.dd", "để xây dựng các biện pháp thông tin, tuyên truyền hiệu quả"),
        ("HT.e", "cung cấp lại thông tin khi thực hiện dịch vụ công trực tuyến"),
        ("KP.a", "kinh phí thực hiện được giao trong dự toán hàng năm của đơn vị"),
        ("KP.b", "trình cấp có thẩm quyền phê duyệt theo quy định"),
        ("NV.7d", "có thể tự hiểu và tự thực hiện một cách dễ dàng, thuận tiện"),
        ("NV.8a", "hưởng ứng Ngày Chuyển đổi số quốc gia 10/10 hằng năm"),
    ],
)
def test_titles_are_the_whole_points_of_the_plan(profile: Profile, code: str, end: str) -> None:
    assert profile.plan.item(code).title.endswith(end)


def test_what_a_plan_does_not_say_or_only_tells_of_a_target_is_no_part_of_its_edition(
    profile: Profile,
) -> None:
    """Else every form that is out would be one of another edition as soon as plans can say more."""
    assert Threshold(year=2025, at_least=100).model_dump_json() == '{"year":2025,"at_least":100}'
    (target,) = (t for t in profile.plan.targets if t.code == "T1")
    assert "each" not in target.model_dump()
    told = {"lead": True, "in_charge": "VPUB", "proposal": "rà soát, báo cáo kết quả"}
    items = tuple(item.model_copy(update=told) if item.code == "T1" else item for item in profile.plan.items)
    changed = profile.model_copy(update={"plan": profile.plan.model_copy(update={"items": items})})
    assert changed.edition == profile.edition
    assert changed != profile


def test_few_targets_lead(profile: Profile) -> None:
    targets = ("T1", "T2", "T3", "T5", "T6", "T7")
    items = tuple(item.model_copy(update={"lead": item.code in targets}) for item in profile.plan.items)
    plan = profile.plan.model_copy(update={"items": items})
    assert [*check_references(plan, profile.roster)] == [
        ("plan.toml: items", "6 chỉ tiêu trọng tâm (lead = true): giữ nhiều nhất 5")
    ]
