"""The profile of a province that the program has none for: whole, usable at once, nothing invented."""

from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dvctt_report.cli import door
from dvctt_report.files.container import read_workbook
from dvctt_report.forms.plan_book.reader import read_plan_workbook
from dvctt_report.forms.plan_book.taking import take_workbook, workbook_of
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake.identity import identify
from dvctt_report.model import CellRef
from dvctt_report.model.catalogue import catalogue
from dvctt_report.model.period import Period
from dvctt_report.plan.contradictions import find_contradictions
from dvctt_report.plan.folders import phrases_of
from dvctt_report.plan.load import load_profile, read_toml
from dvctt_report.plan.model import Profile
from dvctt_report.plan.phrases import read_phrases
from dvctt_report.store.new_profile import find_province, new_profile
from dvctt_report.text.errors import CannotRun


def made(name: str, folder: Path) -> Profile:
    return new_profile(find_province(name), folder / "moi")


@pytest.mark.parametrize("province", [p.bare_name for p in catalogue().provinces])
def test_every_province_gets_a_profile_that_loads(province: str, tmp_path: Path) -> None:
    profile = made(province, tmp_path)
    assert load_profile(tmp_path / "moi") == profile
    read_phrases(tmp_path / "moi" / "phrases.toml")
    found = find_province(province)
    communes = [u for u in profile.roster.units if u.group == "xa"]
    assert len(communes) == len(catalogue().communes_of(found))
    assert profile.plan.province == found.name[0].lower() + found.name[1:]
    assert [*find_contradictions(profile, Period(2026))] == []


def test_a_merged_province_asks_its_82_bodies_and_nothing_of_the_old_one_is_left(tmp_path: Path) -> None:
    profile = made("Khánh Hoà", tmp_path)
    assert len(profile.units(Period(2026))) == 82
    assert profile.plan.code.startswith("KH")
    assert profile.plan.document.number == ""
    assert all(not target.thresholds for target in profile.plan.targets)
    assert not any(re.match(r"\D{0,12}\d+%", target.title) for target in profile.plan.targets)
    for name in ("plan.toml", "phrases.toml", "dvctt.toml"):
        assert "Ninh Thuận" not in str(read_toml(tmp_path / "moi" / name)), name
    units = str([u.model_dump(exclude={"former_names"}) for u in profile.roster.units])
    assert "Ninh Thuận" not in units
    assert "huyện" not in units


def test_communes_are_asked_on_one_sheet_and_what_is_only_likely_is_to_be_confirmed(tmp_path: Path) -> None:
    profile = made("Khánh Hòa", tmp_path)
    commune = next(u for u in profile.roster.units if u.group == "xa")
    asked = {item.code for item in profile.asked(commune)}
    assert profile.roster.group("xa").form == "commune"
    assert {"VB", "T5", "T7", "T10", "HT.i", "KS.HT.datdai"} <= asked
    assert {"HS.H", "HS.X"}.isdisjoint(item.code for item in profile.plan.items)
    assert "T6" not in asked, "a ward is no press body"
    assert not any(target.same_as for target in profile.plan.targets), "a later level is not known"
    assert any("báo chí" in assumption.about for assumption in profile.roster.unsettled)
    settled = [a for a in profile.roster.assumptions if a.settled]
    assert [a.about[:20] for a in settled] == ["65 xã, phường, đặc k"]


def test_a_city_is_called_a_city_in_every_sentence(tmp_path: Path) -> None:
    made("Đồng Nai", tmp_path)
    tables = [read_toml(tmp_path / "moi" / name) for name in ("plan.toml", "dvctt.toml", "units.toml")]
    tables.append(phrases_of(tmp_path / "moi" / "phrases.toml"))
    left = [said for table in tables for said in re.findall(r".{12}\b[Tt]ỉnh\b.{12}", str(table))]
    assert [s for s in left if not re.search(r"cấp tỉnh|các tỉnh|tỉnh Ninh Thuận|tỉnh, thành", s)] == []


def test_forms_can_go_out_at_once_and_are_known_again_and_its_workbook_says_the_same(tmp_path: Path) -> None:
    profile = made("Đà Nẵng", tmp_path)
    for unit in (profile.units(Period(2026))[0], profile.units(Period(2026))[-1]):
        book = read_workbook(form_bytes(profile, unit, Period(2026)))
        assert identify(book, profile, Period(2026), CellRef("a.xlsx")).unit == unit
    phrases = phrases_of(tmp_path / "moi" / "phrases.toml")
    read = read_plan_workbook(workbook_of(tmp_path / "moi"), "x", phrases)
    assert read == (profile, phrases)


@pytest.mark.parametrize("said", ["Ninh Thuận", "tỉnh Ninh Thuận", "tinh ninh thuan"])
def test_a_province_that_has_ended_names_its_successor(said: str) -> None:
    with pytest.raises(CannotRun, match="nay thuộc Tỉnh Khánh Hòa"):
        find_province(said)


def test_an_unknown_province_lists_all(capfd: pytest.CaptureFixture[str]) -> None:
    assert door.main(["plan", "new", "Atlantis"]) == 2
    told = capfd.readouterr().err
    assert "Không có tỉnh, thành phố “Atlantis”" in told
    assert "An Giang" in told
    assert door.main(["plan", "new"]) == 2
    assert "Chưa nêu tỉnh, thành phố" in capfd.readouterr().err


def test_the_command_makes_folder_and_workbook(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "cau-hinh"
    assert door.main(["plan", "new", "Lai Châu", "--to", str(home)]) == 0
    assert (tmp_path / "cau-hinh.xlsx").is_file()
    assert "55 đơn vị (cấp xã: 38), 16 chỉ tiêu chưa có mức" in capfd.readouterr().out
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    assert door.main(["plan", "new", "Lai Châu", "--to", str(home)]) == 2
    assert {path.name: path.read_bytes() for path in home.iterdir()} == before
    assert door.main(["init", str(tmp_path / "ws"), "--profile", str(home), "--year", "2026"]) == 0
    assert door.main(["forms", "--workspace", str(tmp_path / "ws")]) == 0
    assert len(list((tmp_path / "ws" / "bieu-mau" / "2026").glob("BM2026*.xlsx"))) == 55


def test_a_plan_about_another_matter_gets_the_roster_and_no_word_of_the_first(tmp_path: Path) -> None:
    home = tmp_path / "moi"
    profile = new_profile(find_province("Bắc Ninh"), home, topic="chuyển đổi số")
    assert profile.plan.topic == "chuyển đổi số"
    assert profile.plan.targets == ()
    assert len(profile.units(Period(2026))) > 100
    assert [a.about[:19] for a in profile.roster.holding] == ["Cơ quan tổng hợp, n"], (
        "no report is final before"
    )
    for path in home.iterdir():
        assert not re.search(r"tuyên truyền|dịch vụ công|phóng viên|1588|Mục III", path.read_text("utf-8")), (
            path
        )
    whole = load_workbook(io.BytesIO(workbook_of(home)))
    said = [str(cell.value) for sheet in whole for row in sheet.iter_rows() for cell in row]
    assert not re.search(r"(?i)tuyên truyền|dịch vụ công|phóng viên|1588", "\n".join(said))


def test_what_is_written_into_the_workbook_of_another_plan_is_asked_of_everybody(tmp_path: Path) -> None:
    home = tmp_path / "moi"
    new_profile(find_province("Bắc Ninh"), home, topic="chuyển đổi số")
    book = load_workbook(io.BytesIO(workbook_of(home)))
    target = {"Mã": "C1", "Nguyên văn trong Kế hoạch": "90% hồ sơ", "Vị trí trong Kế hoạch": "mục 1"}
    target |= {"Cách đếm": "phát sinh trong kỳ", "Đơn vị tính": "hồ sơ", "Mức năm 2026": "90"}
    target |= {"Giải thích tổng số": "Hồ sơ", "Giải thích số đã thực hiện": "Hồ sơ trên mạng"}
    rank = {"Mã": "C2", "Nguyên văn trong Kế hoạch": "Hạng 10", "Cách đếm": "thứ hạng", "Đơn vị tính": "hạng"}
    rank |= {"Giải thích số đã thực hiện": "Hạng", "Ai trả lời": "một cơ quan", "Mã cơ quan trả lời": "SKHCN"}
    sheet = book["Chỉ tiêu"]
    at = {str(cell.value): cell.column for cell in sheet[3]}
    for row, cells in enumerate((target, rank), 4):
        for header, value in cells.items():
            sheet.cell(row, at[header]).value = value
    out = io.BytesIO()
    book.save(out)
    take_workbook(home, out.getvalue(), "x.xlsx", datetime(2026, 1, 5))
    profile = load_profile(home)
    assert [*find_contradictions(profile, Period(2026))] == []
    asked = {
        code: [u.code for u in profile.units(Period(2026)) if code in profile.asked_codes(u)]
        for code in ("C1", "C2")
    }
    assert asked == {"C1": [u.code for u in profile.units(Period(2026))], "C2": ["SKHCN"]}


def test_what_a_copy_still_says_of_another_plan_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "moi"
    assert door.main(["plan", "copy", str(home), "--profile", "khanh_hoa"]) == 0
    check = ["plan", "check", "--profile", str(home), "--year", "2026"]
    assert door.main(check) == 0
    assert "kế hoạch khác" not in capfd.readouterr().out
    plan = home / "plan.toml"
    text = re.sub('(?m)^letter_topic = ".*?"', 'letter_topic = "chuyển đổi số"', plan.read_text("utf-8"))
    plan.write_text(text, "utf-8")
    assert door.main(check) == 0
    told = capfd.readouterr().out
    assert "Chữ còn của kế hoạch khác, 7 chỗ" in told
    assert "phrases.toml: prose.ask_coordination = “[Nội dung do Sở bổ sung: phối hợp" in told
    assert "dvctt.toml: bao_cao_gui_bo.kinh_gui = “Bộ Khoa học và Công nghệ”" in told
    assert "UBND tỉnh Khánh Hòa" not in told, "its own province"
    assert "Văn phòng UBND tỉnh" not in told, "which plans about several matters say alike"


def test_levels_of_the_first_plan_are_none_of_a_plan_about_another_matter(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "moi"
    assert door.main(["plan", "new", "Huế", "--topic", "chuyển đổi số", "--levels", "--to", str(home)]) == 2
    assert "Mức của kế hoạch gốc không dùng được cho kế hoạch về chuyển đổi số" in capfd.readouterr().err
    assert not home.exists()


def test_what_a_plan_is_about_is_asked_with_the_province(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("dvctt_report.cli.plan.is_terminal", lambda _: True)
    for answers, topic in (
        ("Huế\n\n", "tuyên truyền dịch vụ công trực tuyến"),
        ("Huế\nChuyển đổi số\n", "chuyển đổi số"),
    ):
        monkeypatch.setattr("sys.stdin", io.StringIO(answers))
        home = tmp_path / topic
        assert door.main(["plan", "new", "--to", str(home)]) == 0
        assert load_profile(home).plan.topic == topic
    assert "Biểu mẫu phát hành được ngay" in capfd.readouterr().out
