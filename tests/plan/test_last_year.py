"""Last year's figures: read from the manifest that the report wrote, compared where that is fair."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dvctt_report.model import Tally, Verdict
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import definition
from dvctt_report.plan.items import Target, Threshold
from dvctt_report.plan.last_year import (
    LastResult,
    LastYear,
    YearsBeside,
    parse_last_year,
    read_last_year,
    with_bases,
)
from dvctt_report.plan.model import Profile
from dvctt_report.plan.roster import Group, RosterChange
from dvctt_report.plan.sources import goals_text
from dvctt_report.report.manifest import manifest_bytes
from dvctt_report.text.errors import CannotRun
from dvctt_report.year.rules import check
from tests.explain.conftest import manifest_data
from tests.year.rules.tables import dataset, last_year_of, profile

RETURNS = """
    unit | item | total | done
    A | T1 | 100 | 90
    B | T1 | 50 | ?
    C | T1 | *** | ***
    unit | item | answer
    A | T3 | Có
    unit | item | events | people
    A | HT.b | 3 | 120
    unit | item | integrated | spent
    A | KP.a | x | 5000000
"""


def written(folder: Path, year: int = 2025) -> Path:
    """The manifest of the report of ``year`` on ``RETURNS``."""
    path = folder / f"bao-cao-{year}.json"
    path.write_bytes(manifest_bytes(manifest_data(dataset(RETURNS, year=year))))
    return path


def test_a_manifest_gives_back_what_was_reported(tmp_path: Path) -> None:
    last = read_last_year(written(tmp_path), Period(2025))
    assert last is not None
    assert last.figure("A", "T1", "done") == 90
    assert last.figure("B", "T1", "total") == 50
    assert last.figure("A", "HT.b", "people") == 120
    assert last.figure("A", "KP.a", "spent") == 5000000
    assert (last.figure("B", "T1", "done"), last.figure("A", "T3", "answer")) == (None, None)
    assert last.results["T1"].tally == Tally(90, 100)
    assert last.results["T1"].verdict is Verdict.MISSED
    assert (last.results["T1"].reported, last.results["T1"].expected) == (1, 3)


@pytest.mark.parametrize(
    "content",
    [
        *(b"{", b"[]", b"null", b"\xff\xfe", b'{"year": 2025}'),
        b'{"year": 2025, "indicators": [{}], "figures": []}',
    ],
)
def test_a_file_that_is_no_manifest_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bao-cao-2025.json"
    path.write_bytes(content)
    with pytest.raises(CannotRun, match=r"bao-cao-2025\.json"):
        read_last_year(path, Period(2025))


def test_none_a_folder_and_the_manifest_of_another_year_are_never_taken_for_last_years(
    tmp_path: Path,
) -> None:
    assert read_last_year(tmp_path / "bao-cao-2025.json", Period(2025)) is None
    with pytest.raises(CannotRun, match="là một thư mục, không phải tệp"):
        read_last_year(tmp_path, Period(2025))
    path = written(tmp_path)
    said = json.loads(path.read_text(encoding="utf-8")) | {"year": 2024}
    path.write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(CannotRun, match="không phải bảng nguồn số liệu của báo cáo năm 2025"):
        read_last_year(path, Period(2025))


def with_roster(of: Profile, **changes: object) -> Profile:
    return of.model_copy(update={"roster": of.roster.model_copy(update=changes)})


def with_units(of: Profile, **changes: dict[str, object]) -> Profile:
    return with_roster(of, units=tuple(u.model_copy(update=changes.get(u.code, {})) for u in of.roster.units))


def changed(kind: str, before: str, after: str, /, **more: object) -> RosterChange:
    """The change of July 2026 by which bodies, a letter each, became others."""
    said = {"on": date(2026, 7, 1), "document": "NQ 1", "kind": kind}
    return RosterChange.model_validate(said | {"before": tuple(before), "after": tuple(after)} | more)


def areas(**changes: dict[str, object]) -> Profile:
    """The test roster with the district H as an area of two communes."""
    before = with_units(profile(), H={"parts": ("Xã Một", "Xã Hai")})
    return with_units(before, **changes)


def two_areas() -> Profile:
    """The test roster with the districts H and I, of one commune each."""
    of = areas(H={"parts": ("Xã Một",)})
    h = of.roster.unit("H")
    i = h.model_copy(update={"code": "I", "short_name": "Huyện I", "parts": ("Xã Hai",)})
    return with_roster(of, units=(*of.roster.units, i))


def merged(**change: object) -> Profile:
    """The same, H and I merged to J in July 2026."""
    gone: dict[str, object] = {"valid_to": date(2026, 6, 30)}
    of = with_units(two_areas(), H=gone, I=gone)
    new = {"valid_from": date(2026, 7, 1), "valid_to": None, "group": change.pop("group", "huyen")}
    j = of.roster.unit("H").model_copy(update={"code": "J", "parts": ("Xã Một", "Xã Hai"), **new})
    told = (changed("merged", "HI", "J", **change),)
    return with_roster(of, groups=with_communes(of), units=(*of.roster.units, j), changes=told)


def with_communes(of: Profile) -> tuple[Group, ...]:
    return (*of.roster.groups, of.roster.group("huyen").model_copy(update={"code": "xa", "form": "commune"}))


def beside(now: Profile, before: Profile | None = None) -> YearsBeside:
    """``now`` in 2026 beside the report of ``before`` on 2025."""
    return YearsBeside(now, Period(2026), last_year_of(before or two_areas(), Period(2025)))


def came() -> Profile:
    """The same two areas, and a commune without a code of its own that nothing tells of."""
    of = two_areas()
    new = of.roster.unit("I").model_copy(
        update={"code": "N", "group": "xa", "parts": (), "valid_from": date(2026, 4, 1)}
    )
    return with_roster(of, groups=with_communes(of), units=(*of.roster.units, new))


def followed() -> Profile:
    """H and I merged to J in July 2026, J renamed K in August."""
    now = merged()
    k = now.roster.unit("J").model_copy(update={"code": "K", "valid_from": date(2026, 8, 1)})
    ended = with_units(now, J={"valid_to": date(2026, 7, 31)})
    later = changed("renamed", "J", "K", on=date(2026, 8, 1))
    return with_roster(ended, units=(*ended.roster.units, k), changes=(*now.roster.changes, later))


GONE = with_units(two_areas(), H={"valid_to": date(2026, 6, 30)})
MOVED = with_units(two_areas(), H={"parts": ("Xã Một", "Xã Hai")}, I={"parts": ()})


@pytest.mark.parametrize(
    ("now", "spoilt", "same"),
    [
        (two_areas(), (), "ABCHI"),
        (GONE, ("H",), "ABCI"),
        (came(), ("N",), "ABCHI"),
        (MOVED, ("H", "I"), "ABC"),
        (merged(), (), "ABC"),
        (followed(), (), "ABC"),
    ],
    ids=["the same", "gone without a word", "came without a word", "moved", "merged", "followed on"],
)
def test_areas_are_spoilt_by_what_no_change_accounts_for(
    now: Profile, spoilt: tuple[str, ...], same: str
) -> None:
    years = beside(now)
    assert years.spoilt == spoilt
    assert "".join(u.code for u in years.profile.roster.units if years.same_body(u)) == same


@pytest.mark.parametrize(
    ("change", "spoilt"),
    [
        ({"on": date(2025, 1, 1)}, {"H", "I", "J"}),
        ({"on": date(2027, 7, 1)}, {"H", "I", "J"}),
        ({"after": ()}, {"H", "I", "J"}),
        ({"before": ("H",)}, {"I"}),
        ({"group": "xa"}, {"H", "I", "J"}),
    ],
)
def test_a_change_of_another_time_level_or_body_accounts_for_nothing(
    change: dict[str, object], spoilt: set[str]
) -> None:
    assert set(beside(merged(**change)).spoilt) == spoilt


def renamed(**update: object) -> Profile:
    """The roster of two districts, I since July 2026 called J."""
    of = with_units(two_areas(), I={"valid_to": date(2026, 6, 30)})
    new = {"code": "J", "short_name": "Huyện J", "valid_from": date(2026, 7, 1), "valid_to": None}
    j = of.roster.unit("I").model_copy(update=new | update)
    return with_roster(of, units=(*of.roster.units, j), changes=(changed("renamed", "I", "J"),))


def test_a_body_that_was_renamed_is_compared_with_itself_under_its_new_code() -> None:
    years = beside(renamed())
    assert years.same_body(years.profile.roster.unit("J"))
    assert not years.same_body(years.profile.roster.unit("I"))
    last = replace(years.last, figures={("I", "T1", "total"): 7, ("H", "T1", "total"): 9})
    now = YearsBeside(years.profile, years.period, last).by_present_codes
    assert (now.figure("J", "T1", "total"), now.figure("H", "T1", "total")) == (7, 9)
    assert beside(two_areas()).by_present_codes.figures == beside(two_areas()).last.figures


def test_a_renamed_body_of_another_area_is_not_the_same_and_one_of_the_same_code_is() -> None:
    years = beside(renamed(parts=("Xã Hai", "Xã Ba")))
    assert not years.same_body(years.profile.roster.unit("J"))
    years = beside(with_roster(two_areas(), changes=(changed("renamed", "I", "I"),)))
    assert years.same_body(years.profile.roster.unit("I"))


def test_another_province_has_no_body_in_common() -> None:
    years = beside(two_areas())
    elsewhere = replace(years, last=replace(years.last, province="tỉnh Nọ"))
    assert not elsewhere.same_province
    assert not elsewhere.same_body(years.profile.roster.unit("A"))
    assert replace(years, last=replace(years.last, province="TỈNH MẪU")).same_province


def test_a_manifest_tells_province_areas_and_definitions() -> None:
    of = replace(dataset(RETURNS, two_areas()), last_year=None)
    last = parse_last_year(manifest_data(of), Period(2025))
    expected = last_year_of(two_areas(), Period(2025))
    assert (last.province, last.areas, last.definitions) == (
        expected.province,
        expected.areas,
        expected.definitions,
    )


def test_the_year_in_a_question_is_no_part_of_what_it_counts() -> None:
    plan = profile().plan
    t1 = plan.item("T1")
    asked, again, other = (
        t1.model_copy(update={"total": f"người đến ngày {day}"})
        for day in ("31/10/2025", "31/10/2026", "30/9/2026")
    )
    assert definition(plan, asked) == definition(plan, again) != definition(plan, other)


GROWN = """
    unit | item | total | done
    A | T1 | 900 | 90
"""


def grown(now: Profile, **told: object) -> list[str]:
    """The codes of the rules about last year, A having told 100 then."""
    last = last_year_of(two_areas(), Period(2025), figures={("A", "T1", "total"): 100})
    data = dataset(GROWN, now, year=2026, today=date(2026, 12, 31))
    found = check(replace(data, last_year=replace(last, **told)))  # type: ignore[arg-type]
    return [f.code for f in found if f.code.startswith("NT")]


def test_a_body_is_compared_with_itself_alone_in_its_province_on_the_same_question() -> None:
    """One area that ended leaves the other bodies comparable."""
    assert grown(two_areas()) == grown(GONE) == ["NT03"]
    assert grown(with_units(two_areas(), A={"valid_from": date(2026, 1, 1)})) == []
    assert grown(two_areas(), province="tỉnh Nọ") == grown(two_areas(), definitions={}) == []


BY_A_TENTH = Threshold(year=2026, growth=10, base_year=2025)


def growing(level: Threshold) -> Profile:
    """The plan with T1 counted, and asked for growth."""
    of = profile()
    items = [
        item.model_copy(update={"measure": "count", "thresholds": (level,)}) if item.code == "T1" else item
        for item in of.plan.items
    ]
    return of.model_copy(update={"plan": of.plan.model_copy(update={"items": tuple(items)})})


def reported_of(of: Profile, **changes: object) -> LastYear:
    """A signed year that counted 1,205, of every unit."""
    result = LastResult(Tally(1205), Verdict.MET, 3, 3, None)
    told = LastYear(
        Period(2025), {"T1": result}, province=of.plan.province, signed=True,
        definitions={"T1": definition(of.plan, of.plan.items_by_code["T1"])},
    )  # fmt: skip
    return replace(told, **changes)  # type: ignore[arg-type] # names and values are the test's


def counted(of: Profile) -> Target:
    target = of.plan.items_by_code["T1"]
    assert isinstance(target, Target)
    return target


def test_growth_is_reckoned_from_what_was_signed_of_its_year() -> None:
    of = growing(BY_A_TENTH)
    target = counted(with_bases(of, lambda period: reported_of(of) if period == Period(2025) else None))
    goal = target.goal(Period(2026))
    assert goal is not None
    assert (goal.things, goal.growth and goal.growth.base) == (1326, 1205)
    assert target.without_base(Period(2026)) is None
    whole = LastResult(Tally(1205), Verdict.MET, 2, 3, None, by_control=True)  # of the system in charge
    found = counted(with_bases(of, lambda period: reported_of(of, results={"T1": whole})))
    assert found.thresholds[0].base == 1205


@pytest.mark.parametrize(
    ("changes", "unusable"),
    [
        ({"signed": False}, None),
        ({"province": "tỉnh khác"}, (1205, "other")),
        ({"definitions": {"T1": "another count"}}, (1205, "other")),
        ({"results": {}}, None),
        ({"results": {"T1": LastResult(Tally(1205), Verdict.MET, 2, 3, None)}}, (1205, "partial")),
        ({"results": {"T1": LastResult(Tally(0), Verdict.MET, 3, 3, None)}}, (0, "zero")),
    ],
)
def test_a_figure_that_cannot_stand_there_is_no_base(
    changes: dict[str, object], unusable: tuple[int, str] | None
) -> None:
    of = growing(BY_A_TENTH)
    level = counted(with_bases(of, lambda period: reported_of(of, **changes))).thresholds[0]
    assert (level.base, level.unusable_base) == (None, unusable)


def test_without_a_report_of_that_year_growth_has_no_goal() -> None:
    profile = with_bases(growing(BY_A_TENTH), lambda period: None)
    assert counted(profile).goal(Period(2026)) is None
    assert goals_text(profile, counted(profile), Period(2026)) == "tăng 10% so với năm 2025"
    of = growing(BY_A_TENTH.model_copy(update={"base": 900}))
    assert with_bases(of, lambda period: reported_of(of)) is of, "a number of the plan's own stays"
