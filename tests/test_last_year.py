"""Last year's figures: read from the manifest that the report wrote, compared where that is fair."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from dvctt_report.errors import CannotRun
from dvctt_report.last_year import LastYear, read_last_year, same_body, same_geography
from dvctt_report.model import Tally, Verdict
from dvctt_report.period import Period
from dvctt_report.plan.model import Profile
from dvctt_report.report.figures import collect_figures
from dvctt_report.report.manifest import build_manifest, manifest_text
from dvctt_report.rules import check
from dvctt_report.summary import summarise
from tests.rules.tables import dataset, profile

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
    of = dataset(RETURNS, year=year)
    summary = summarise(of, check(of))
    manifest = build_manifest(of, summary, collect_figures(of, summary), (), (), datetime(2025, 11, 20))
    path = folder / f"bao-cao-{year}.json"
    path.write_text(manifest_text(manifest), encoding="utf-8")
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


def test_no_file_is_no_last_year(tmp_path: Path) -> None:
    assert read_last_year(tmp_path / "bao-cao-2025.json", Period(2025)) is None


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"[]",
        b'{"year": 2025}',
        b'{"year": 2025, "indicators": [{}], "figures": []}',
        b"\xff\xfe",
        b"null",
    ],
)
def test_a_file_that_is_no_manifest_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bao-cao-2025.json"
    path.write_bytes(content)
    with pytest.raises(CannotRun, match=r"bao-cao-2025\.json"):
        read_last_year(path, Period(2025))


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="không đọc được"):
        read_last_year(tmp_path, Period(2025))


def test_the_manifest_of_another_year_is_never_taken_for_last_years(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_text(
        json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"year": 2024}), encoding="utf-8"
    )
    with pytest.raises(CannotRun, match="không phải bảng nguồn số liệu của báo cáo năm 2025"):
        read_last_year(path, Period(2025))


def with_units(of: Profile, **changes: dict[str, object]) -> Profile:
    units = tuple(u.model_copy(update=changes.get(u.code, {})) for u in of.roster.units)
    return of.model_copy(update={"roster": of.roster.model_copy(update={"units": units})})


def areas(**changes: dict[str, object]) -> Profile:
    """The test roster with the district H as an area of two communes."""
    before = with_units(profile(), H={"parts": ("Xã Một", "Xã Hai")})
    return with_units(before, **changes)


def test_the_same_districts_with_the_same_communes_are_the_same_geography() -> None:
    assert same_geography(areas(), Period(2026))


def test_a_district_dissolved_between_two_years_is_another_geography() -> None:
    assert not same_geography(areas(H={"parts": ("Xã Một",), "valid_to": date(2026, 6, 30)}), Period(2026))


def test_a_body_that_began_after_last_years_roster_is_not_the_same() -> None:
    of = profile()
    assert same_body(of, Period(2026), of.roster.unit("A"))
    assert not same_body(of, Period(2025), of.roster.unit("A"))


GROWN = """
    unit | item | total | done
    A | T1 | 900 | 90
"""


def test_nothing_is_compared_between_years_where_the_areas_changed() -> None:
    last = LastYear(Period(2025), figures={("A", "T1", "total"): 100})
    gone = areas(H={"parts": ("Xã Một",), "valid_to": date(2026, 6, 30)})
    for of, expected in ((areas(), ["NT03"]), (gone, [])):
        data = replace(dataset(GROWN, of, year=2026, today=date(2026, 12, 31)), last_year=last)
        assert [f.code for f in check(data) if f.code.startswith("NT")] == expected


def test_a_unit_is_not_compared_with_what_another_body_of_its_code_gave() -> None:
    last = LastYear(Period(2025), figures={("A", "T1", "total"): 100})
    new = with_units(profile(), A={"valid_from": date(2026, 1, 1)})
    data = replace(dataset(GROWN, new, year=2026, today=date(2026, 12, 31)), last_year=last)
    assert not [f for f in check(data) if f.code.startswith("NT")]
