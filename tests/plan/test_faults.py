"""A wrong profile is told whole, in one run, with the place in the file and in Vietnamese."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from dvctt_report.plan.load import PlanFault, load_profile, read_toml
from dvctt_report.plan.model import Profile
from dvctt_report.text.errors import CannotRun

HERE = Path(__file__).parent
PLAN, UNITS = ((HERE / "small" / name).read_text(encoding="utf-8") for name in ("plan.toml", "units.toml"))
"""A small plan and its roster, which have no fault."""
TABLE = tomllib.loads((HERE / "faults.toml").read_text(encoding="utf-8"))


def write(folder: Path, plan: str = PLAN, units: str = UNITS) -> Path:
    (folder / "plan.toml").write_text(plan, encoding="utf-8")
    (folder / "units.toml").write_text(units, encoding="utf-8")
    return folder


def load(folder: Path, *changes: tuple[str, str], units: tuple[tuple[str, str], ...] = ()) -> Profile:
    """Load the small profile with every (old, new) applied; each old text has to be there."""
    plan, roster = PLAN, UNITS
    for old, new in changes:
        assert old in plan
        plan = plan.replace(old, new, 1)
    for old, new in units:
        assert old in roster
        roster = roster.replace(old, new, 1)
    return load_profile(write(folder, plan, roster))


def faults(
    folder: Path, *changes: tuple[str, str], units: tuple[tuple[str, str], ...] = ()
) -> dict[str, str]:
    with pytest.raises(PlanFault) as caught:
        load(folder, *changes, units=units)
    return dict(caught.value.faults)


def test_the_small_profile_has_no_fault(tmp_path: Path) -> None:
    assert [i.code for i in load(tmp_path).plan.items] == ["T1", "T2", "HS", "NV", "KP"]


@pytest.mark.parametrize(("old", "new", "where", "what"), TABLE["faults"])
def test_a_fault_is_told_with_its_place(tmp_path: Path, old: str, new: str, where: str, what: str) -> None:
    if where.startswith(("units", "groups")):
        assert faults(tmp_path, units=((old, new),)) == {f"units.toml: {where}": what}
    else:
        assert faults(tmp_path, (old, new)) == {f"plan.toml: {where}": what}


def test_figures_of_two_surveys_are_not_mixed_in_one_target(tmp_path: Path) -> None:
    survey = '[[items]]\ncode = "{0}"\nkind = "survey"\ntitle = "{0}"\nlabel = "{0}"\npoint = "điểm c"\n'
    survey += 'source = "{1}"\narea = "Chung"\n'
    both = (survey.format("KS.A", "Khảo sát"), survey.format("KS.B", "{0}"), '[[items]]\ncode = "NV"')
    sources = ('total_sources = ["HS.resolved_total"]', 'total_sources = ["KS.A.valid", "KS.B.valid"]')
    with pytest.raises(CannotRun) as told:
        load(tmp_path, sources, (both[2], "".join(both).format("SIPAS")))
    assert "nguồn (Khảo sát; SIPAS); mỗi mục tiêu chỉ có một nguồn quyết định" in str(told.value)
    load(tmp_path, sources, (both[2], "".join(both).format("Khảo sát")))


def test_every_fault_of_both_files_is_told_in_one_run(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        ("version = 1", "verison = 1"),
        ('before = "11-10"', 'before = "13-10"'),
        ('measure = "flow"', 'measure = "x"'),
        units=(('name = "Cơ quan A"\n', ""),),
    )

    assert set(found) == {
        "plan.toml: version",
        "plan.toml: verison",
        "plan.toml: deadline.before",
        "plan.toml: items[1] (T1).measure",
        "units.toml: units[1] (A).name",
    }


def test_the_message_counts_the_faults_and_names_the_check(tmp_path: Path) -> None:
    with pytest.raises(PlanFault) as caught:
        load(
            tmp_path, ('compiler = "A"', 'compiler = "B"'), ('derived_from = ["T2"]', 'derived_from = ["Z"]')
        )

    text = str(caught.value)
    assert f"{tmp_path} có 2 lỗi:" in text
    assert f'dvctt-report plan check --profile "{tmp_path}"' in text
    assert not re.search(r"\b(input|should|field|valid)\b", text)


def test_a_missing_file_and_one_in_utf_16_are_told_and_a_byte_order_mark_is_allowed(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(PLAN, encoding="utf-8-sig")
    with pytest.raises(PlanFault, match=r"Không tìm thấy tệp .*units\.toml"):
        load_profile(tmp_path)
    (tmp_path / "units.toml").write_text(UNITS, encoding="utf-8")
    assert load_profile(tmp_path).plan.code == "K1"
    plan.write_text(PLAN, encoding="utf-16")
    with pytest.raises(PlanFault, match=r"không lưu theo bảng mã UTF-8.*Notepad.*UTF-8"):
        load_profile(tmp_path)


DEEP = (
    ["[zz]\nx = " + "[" * 5000 + "]" * 5000, "viết sai cú pháp: quá nhiều dấu ngoặc", "bản sao lưu"],
    ["a = 1\n" + "x." * 50_000 + "x = 1", "viết sai cú pháp: dòng 2", "quá nhiều dấu chấm (trên 20)"],
    ["b = {" + ".".join(["'x'"] * 30) + " = 1}", "sai cú pháp: dòng 1", "quá nhiều dấu chấm (trên 20)"],
)


@pytest.mark.parametrize(("text", "message", "fix"), [*TABLE["syntax"], *DEEP])
def test_a_syntax_error_is_told_with_its_line_and_remedy(
    tmp_path: Path, text: str, message: str, fix: str
) -> None:
    path = tmp_path / "a.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CannotRun) as caught:
        read_toml(path)

    assert message in caught.value.message
    assert fix in caught.value.fix
