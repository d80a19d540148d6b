"""Plans that can't be: by themselves, refused when they are read; in one year, named by ``plan check``."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dvctt_report.cli import door
from dvctt_report.model.period import Period, PeriodPart
from dvctt_report.plan.contradictions import find_contradictions, same_names
from dvctt_report.plan.load import PlanFault, load_profile, tell_faults
from dvctt_report.plan.model import Profile
from dvctt_report.text.resources import resource_path
from tests.plan.test_faults import PLAN, TABLE, UNITS, load, write


@pytest.mark.parametrize(("changes", "told"), TABLE["itself"])
def test_a_plan_that_contradicts_itself_is_refused_with_its_line(
    changes: list[tuple[str, str]], told: str, tmp_path: Path
) -> None:
    with pytest.raises(PlanFault) as caught:
        load(tmp_path, *changes)
    written = (tmp_path / "plan.toml").read_text(encoding="utf-8").splitlines()
    (line,) = caught.value.lines
    at = line.partition("(dòng ")[2].partition(")")[0]
    assert told.format(line=at) in line
    assert written[int(at) - 1].split(" =")[0] in line


@pytest.mark.parametrize(
    ("quote", "otherwise"),
    [
        ("trước ngày 10/11", False),
        ("trước ngày 10 tháng 11 hằng năm", False),
        ("trước giữa tháng 11", False),
        ("trước ngày 15/11", True),
        ("trước ngày 10 tháng 12", True),
    ],
)
def test_a_deadline_that_is_quoted_otherwise_is_named(quote: str, otherwise: bool, tmp_path: Path) -> None:
    found = told(load(tmp_path, ('quote = "trước ngày 10/11"', f'quote = "{quote}"')), 2025)
    assert ("plan.toml: deadline.quote" in found) is otherwise


@pytest.mark.parametrize(("title", "named"), [("Kế hoạch chuyển đổi số", True), ("Chuyển đổi số", False)])
def test_a_title_that_says_the_kind_again_is_named(title: str, named: bool, tmp_path: Path) -> None:
    profile = load(tmp_path, ('title = "Thử nghiệm"', f'title = "{title}"'))
    places = [place for place, _ in find_contradictions(profile, Period(2025))]
    assert ("plan.toml: title" in places) == named


@pytest.mark.parametrize("percent", [8, 49])
def test_judging_on_a_minority_of_the_units_is_refused(percent: int, tmp_path: Path) -> None:
    write(tmp_path, f"partial_coverage = {percent}\n{PLAN}", UNITS)
    with pytest.raises(PlanFault, match=rf"dòng 1\): phải lớn hơn hoặc bằng 50 \(đang ghi: {percent}\)"):
        load_profile(tmp_path)


@pytest.mark.parametrize(("level", "named"), [("at_least = 0.8", True), ("at_most = 0.5", False)])
def test_a_level_below_one_percent_is_named_with_its_line(level: str, named: bool, tmp_path: Path) -> None:
    said = f"thresholds = [{{ year = 2025, {level} }}]"
    text = PLAN.replace("thresholds = [{ year = 2025, at_least = 80 }]", said)
    profile = load_profile(write(tmp_path, text, UNITS))
    found = [
        line for line in tell_faults(tmp_path, find_contradictions(profile, Period(2025))) if "1%" in line
    ]
    at = text.splitlines().index(said) + 1
    assert [f"(T1).thresholds[1].at_least (dòng {at}): ghi 0,8, tức là" in line for line in found] == [
        True
    ] * named


def test_a_deadline_of_the_year_after_and_a_period_across_the_year_are_none_to_refuse(tmp_path: Path) -> None:
    plan = load(tmp_path, ('before = "11-10"', 'before = "01-15"\nnext_year = true')).plan
    assert plan.deadline.last_day(Period(2026)) == date(2027, 1, 14)
    days = ('first = "01-01"', 'first = "12-15"'), ('last = "10-31"', 'last = "12-14"\nhalf_last = "06-14"')
    plan = load(tmp_path, *days, ('before = "11-10"', 'before = "12-25"')).plan
    assert plan.period.start(Period(2026)) == date(2025, 12, 15)
    assert plan.period.cut_off(Period(2026, PeriodPart.HALF)) == date(2026, 6, 14)


# ------------------------------------------------------------------------------------------- in one year


def shipped(change: Callable[[Profile], Profile] = lambda profile: profile) -> Profile:
    return change(load_profile(resource_path("templates") / "ninh_thuan"))


def told(profile: Profile, year: int = 2026) -> dict[str, str]:
    return dict(find_contradictions(profile, Period(year)))


def test_the_shipped_profile_is_sound_in_its_own_year() -> None:
    assert told(shipped(), 2025) == {}


def test_what_the_next_year_has_nobody_for_is_named() -> None:
    found = told(shipped())
    assert "nay thuộc tỉnh Khánh Hòa" in found["plan.toml: ended"]
    nobody = [
        where.partition("(")[2].rstrip(")") for where, what in found.items() if "không hỏi đơn vị nào" in what
    ]
    assert nobody == ["HS.H", "HS.X"]
    assert "nhắc đến “cấp huyện”" in found["plan.toml: items[6] (T6).label"]


def unit(code: str, name: str, short_name: str, group: str = "g") -> str:
    """A further unit of the small roster."""
    told = {"code": code, "name": name, "short_name": short_name, "group": group, "duty": "required"}
    return "\n".join(("\n[[units]]", *(f'{key} = "{value}"' for key, value in told.items()), ""))


def test_a_unit_without_a_question_and_a_task_without_a_body_are_named(tmp_path: Path) -> None:
    groups = "".join(f'[[groups]]\ncode = "{code}"\ntitle = "Khác"\nheading = "II"\n' for code in "xy")
    gone = UNITS + groups + unit("B", "Cơ quan B", "B", "x") + unit("C", "Cơ quan C", "C", "y")
    plan = PLAN.replace('binds = ["A", "group:g"]', 'binds = ["C"]')
    found = told(load_profile(write(tmp_path, plan, gone + "valid_to = 2025-12-31\n")))
    assert "không có nội dung để trả lời" in found["units.toml: units[2] (B)"]
    assert any("không còn đơn vị nào được giao" in what for what in found.values())
    assert any("không hỏi đơn vị nào" in what for where, what in found.items() if "(KP)" in where)


def test_an_authority_or_a_name_that_is_gone_is_named(tmp_path: Path) -> None:
    units = UNITS + unit("B", "Sở Thông tin và Truyền thông", "Sở TTTT") + "valid_to = 2025-12-31\n"
    plan = PLAN.replace('label = "Hồ sơ"', 'label = "Hồ sơ của Sở Thông tin và Truyền thông"')
    plan = plan.replace('compiler = "A"', 'compiler = "B"')
    found = told(load_profile(write(tmp_path, plan, units)))
    assert "không còn trong danh sách năm 2026" in found["plan.toml: compiler"]
    assert any("nhắc đến “Sở Thông tin và Truyền thông”" in what for what in found.values())


def test_plan_check_names_them_with_lines_and_ends_with_1(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = resource_path("templates") / "ninh_thuan"
    assert door.main(["plan", "check", "--profile", str(folder), "--year", "2026"]) == 1
    said = capfd.readouterr().out
    assert "mâu thuẫn nhau ở năm 2026" in said
    assert f"trong {folder}:" in said
    assert re.search(r"items\[\d+\] \(HS\.H\) \(dòng \d", said)
    assert door.main(["plan", "check", "--profile", str(folder), "--year", "2025"]) == 0
    assert "Ở năm 2025, kế hoạch và danh sách đơn vị không mâu thuẫn nhau." in capfd.readouterr().out


def test_a_folder_is_checked_for_the_year_of_the_workspace_one_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert door.main(["init", str(tmp_path / "w"), "--year", "2026", "--profile", "khanh_hoa"]) == 0
    monkeypatch.chdir(tmp_path / "w")
    assert door.main(["plan", "check", "--profile", str(resource_path("templates") / "ninh_thuan")]) == 1
    assert "mâu thuẫn nhau ở năm 2026" in capfd.readouterr().out


# ----------------------------------------------------------------------------------- words of two units

SECOND = unit("B", "Cơ quan B", "CQ B")


@pytest.mark.parametrize(("line", "told"), TABLE["second"])
def test_a_word_for_two_units_is_named_with_its_line(
    line: str, told: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path, PLAN, UNITS + SECOND + line)
    assert door.main(["plan", "check", "--profile", str(folder), "--year", "2025"]) == 1
    at = (UNITS + SECOND).count("\n") + 1
    assert told.format(at) in capfd.readouterr().out


@pytest.mark.parametrize("name", ["Cơ quan A", "CƠ QUAN A"])
def test_a_second_unit_of_the_same_name_is_named_once(name: str, tmp_path: Path) -> None:
    units = UNITS + SECOND.replace("Cơ quan B", name).replace("CQ B", name)
    found = find_contradictions(load_profile(write(tmp_path, PLAN, units)), Period(2025))
    (line,) = [line for line in tell_faults(tmp_path, found) if "tên đang dùng" in line]
    at = UNITS.count("\n") + 4
    assert f"units[2] (B).name (dòng {at}): “{name}” cũng là tên đang dùng của A (A):" in line


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('former_names = ["Cơ quan cũ"]', 'former_names = ["Cơ quan cũ"]'),
        ("valid_to = 2025-06-30", 'former_names = ["Cơ quan A"]\naliases = ["A"]\nvalid_from = 2025-07-01'),
        ('aliases = ["A"]\nformer_names = ["Cơ quan A"]', 'aliases = ["B", "Cơ quan C"]'),
    ],
)
def test_what_was_divided_renamed_or_said_twice_of_one_unit_is_nothing_to_name(
    first: str, second: str, tmp_path: Path
) -> None:
    profile = load_profile(write(tmp_path, PLAN, f"{UNITS}{first}\n{SECOND}{second}"))
    assert [*same_names(profile, Period(2025))] == []


# ---------------------------------------------------------------------------------------- days of documents


BASIS = '[[legal_basis]]\nkind = "Quyết định"\nnumber = "1588/QĐ-TTg"\ndate = "{}"'


def dated(day: str, document: str = "") -> str:
    """The small plan on a legal basis of ``day``, itself of the day ``document``."""
    text = PLAN.replace("legal_basis = []\n", "") + BASIS.format(day)
    return text.replace('kind = "Kế hoạch"', f'kind = "Kế hoạch"\ndate = "{document}"')


@pytest.mark.parametrize(("day", "document", "told"), TABLE["days"])
def test_a_document_of_a_day_that_can_not_be_is_named_with_its_line(
    day: str, document: str, told: str, tmp_path: Path
) -> None:
    text = dated(day, document)
    profile = load_profile(write(tmp_path, text, UNITS))
    found = tell_faults(tmp_path, find_contradictions(profile, Period(2025)))
    (line,) = [line for line in found if ".date" in line]
    assert told.format(text.splitlines().index(f'date = "{document or day}"') + 1) in line


@pytest.mark.parametrize("day", ["17/12/2024", "31/10/2025", "ngày 30 tháng 6 năm 2025", "", "tháng 12/2024"])
def test_a_document_of_before_or_without_a_day_is_nothing_to_name(day: str, tmp_path: Path) -> None:
    profile = load_profile(write(tmp_path, dated(day, day), UNITS))
    for period in (Period(2025), Period(2025, PeriodPart.HALF)):
        assert [where for where, _ in find_contradictions(profile, period) if ".date" in where] == []


def test_a_day_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    text = dated("31/02/2024")
    with pytest.raises(PlanFault) as caught:
        load_profile(write(tmp_path, text, UNITS))
    line = text.splitlines().index('date = "31/02/2024"') + 1
    (said,) = caught.value.lines
    assert f"legal_basis[1].date (dòng {line}): phải là ngày có thật" in said
