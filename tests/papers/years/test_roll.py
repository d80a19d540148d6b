"""The next year is opened from this one, and nothing of this one ever changes by it."""

from __future__ import annotations

import io
import re
import shutil
from hashlib import sha256
from pathlib import Path

import docx
import openpyxl
import pytest

from dvctt_report.cli import door
from dvctt_report.forms.writer import form_bytes
from dvctt_report.model.period import Period, PeriodPart
from dvctt_report.plan.model import Target
from dvctt_report.store.workspace import read_workspace
from dvctt_report.year.loader import reported_last_year
from tests.cli.officer import Run, plain_answers

TODAY = "--as-of '20/11/2026 17:00'"


def hashes(root: Path, year: int) -> dict[str, str]:
    """Every file of that year with its hash."""
    own = (p for p in root.rglob("*") if p.is_file() and ".dvctt" not in p.parts)
    return {
        str(p.relative_to(root)): sha256(p.read_bytes()).hexdigest()
        for p in own
        if str(year) in str(p.relative_to(root))
    }


def test_the_next_year_is_open_with_what_carries_and_without_what_does_not(office: Path, run: Run) -> None:
    with (office / "tinh" / "units.toml").open("a", encoding="utf-8") as units:
        units.write('[[changes]]\non = 2026-01-15\ndocument = "NQ số 9"\nkind = "new_superior"\n')
        units.write('before = ["SYT"]\nafter = ["SYT"]\n')
    said = run(
        "roll 2026 --number 77/KH-UBND --date 18/3/2026 --level T10=85", 1
    )  # districts are still asked
    workspace = read_workspace(office)
    assert workspace.period == Period(2026)
    assert (workspace.settings.ke_hoach.so, workspace.settings.ke_hoach.ngay) == ("77/KH-UBND", "18/3/2026")
    assert workspace.settings.cong_van.phat_hanh_bieu_mau == ""
    assert workspace.settings.bao_cao.ho_ten == "Nguyễn Văn A"
    assert workspace.profile.plan.item("T10").goal(Period(2026)).text == "tối thiểu 85%"  # type: ignore[union-attr]
    assert "công văn phát hành biểu mẫu: Công văn số 1830/SKHCN-CĐS" in said
    assert "T8 " in said
    assert "theo mức năm 2025" in said
    assert "T10 " not in said.partition("Kế hoạch không đặt mức")[2].partition("Mâu thuẫn")[0]
    assert "không còn, 7 đơn vị: " in said
    assert "mới, 24 đơn vị: " in said
    assert "Danh sách đơn vị thay đổi, 32 đơn vị:" in said
    assert "đổi cơ quan cấp trên: Sở Y tế (NQ số 9, từ 15/01/2026)" in said
    assert "HS.H" in said.partition("Mâu thuẫn cần sửa")[2]
    text = (office / "dvctt.toml").read_text(encoding="utf-8")
    assert "# năm báo cáo" in text, "comments stay"


def test_every_file_of_the_closed_year_keeps_its_hash_through_a_whole_further_year(
    office: Path, run: Run
) -> None:
    own = docx.Document("noi-dung/2025.docx")
    own.add_paragraph().add_run("1. Ở cấp xã").bold = True  # a heading of the officer's own
    own.save("noi-dung/2025.docx")
    before = hashes(office, 2025)
    assert len(before) > 40
    run.lax("roll 2026 --level T10=85")
    run.lax("forms")
    workspace = read_workspace(office)
    unit = workspace.profile.roster.unit("SYT")
    answers, last = plain_answers(workspace.profile, unit), reported_last_year(workspace)
    form = form_bytes(workspace.profile, unit, Period(2026), answers, last=last)
    (workspace.inbox / "SYT.xlsx").write_bytes(form)
    run("collect")  # what is shown beside an answer is none
    run.lax("validate")
    run(f"render {TODAY}")
    run("letter remind")
    assert hashes(office, 2025) == before
    run("publish --check --year 2025")
    run("render --year 2025 --as-of '20/11/2025 17:00'", 2)
    text = (office / "ket-qua" / "2026" / "bao-cao-2026.json").read_text(encoding="utf-8")
    for told in (
        "Kế hoạch không đặt mức năm 2026 cho 14 chỉ tiêu; các chỉ tiêu này được đánh giá theo mức năm 2025.",
        "14 chỉ tiêu Kế hoạch không đặt mức năm 2026, đánh giá theo mức năm 2025.",  # on page one too
        "Không so với năm 2025: địa bàn báo cáo của hai năm khác nhau (31 địa bàn).",
    ):
        assert told in text
    prose = "\n".join(p.text for p in docx.Document(str(office / "noi-dung" / "2026.docx")).paragraphs)
    assert "[Đề mục của báo cáo năm 2025, dùng tiếp thì bỏ ngoặc vuông và phần này: 1. Ở cấp xã]" in prose
    assert prose.count("[Đề mục của báo cáo") == 1
    assert "Nội dung do cán bộ viết" not in prose


def test_who_is_to_be_called_goes_on(office: Path, run: Run) -> None:
    path = office / "ky-bao-cao" / "2025" / "so-theo-doi.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[3]}
    row = next(r for r in range(4, 60) if sheet.cell(r, heads["Mã"]).value == "SYT")
    sheet.cell(row, heads["Liên hệ (họ tên, điện thoại)"], "bà Lan, 0259.3000000")
    book.save(path)
    told = run.lax("roll")
    new = openpyxl.load_workbook(office / "ky-bao-cao" / "2026" / "so-theo-doi.xlsx").worksheets[0]
    column = next(cell.column for cell in new[3] if cell.value == "Liên hệ (họ tên, điện thoại)")
    known = [value for row in range(4, new.max_row + 1) if (value := new.cell(row, column).value)]
    assert f"Người để gọi ở {len(known)} đơn vị" in told
    assert len(known) > 7
    assert "bà Lan, 0259.3000000" in known
    assert "Lý Văn P, 0259 000 013" in known, "whoever signed for it in the unit's own form"


def test_a_units_own_figure_of_a_year_ago_stands_beside_the_cell_that_asks_for_it(
    office: Path, run: Run
) -> None:
    run.lax("roll 2026")
    workspace = read_workspace(office)
    last = reported_last_year(workspace)
    assert last is not None
    given = last.figure("SYT", "T1", "total")
    unit = workspace.profile.roster.unit("SYT")
    form = form_bytes(workspace.profile, unit, Period(2026), last=last)
    (office / "bieu.xlsx").write_bytes(form)
    checks = [
        check
        for sheet in openpyxl.load_workbook(office / "bieu.xlsx").worksheets
        for check in sheet.data_validations.dataValidation
    ]
    told = [check.prompt for check in checks if check.promptTitle == "Năm 2025"]
    assert f"Đơn vị đã báo cáo: {given:,} người".replace(",", ".") in told
    assert not [c for c in checks if c.promptTitle == "Năm 2025" and c.type is None]
    plain = form_bytes(workspace.profile, unit, Period(2026))
    assert plain != form


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        ("2025", "không mở năm 2025 tiếp theo được"),
        ("2024", "Năm báo cáo từ 2025"),
        ("2028", "là bỏ qua năm 2026"),
        ("2026 --level T10", "Không hiểu mức “T10”"),
        ("2026 --level T99=80", "Kế hoạch không có mục tiêu T99"),
        ("2026 --level T10=180", "phải nhỏ hơn hoặc bằng 100"),
        ("2026 --date mai", "Không hiểu ngày “mai”"),
        ("2026 --number 'số 77'", "chỉ ghi số, ký hiệu"),
        ("2026 --profile ninh_thuan", "nay thuộc tỉnh Khánh Hòa"),
    ],
)
def test_what_cannot_be_opened_is_refused_and_changes_nothing(
    argv: str, told: str, office: Path, run: Run
) -> None:
    settings = (office / "dvctt.toml").read_bytes()
    assert told in run(f"roll {argv}", 2)
    assert (office / "dvctt.toml").read_bytes() == settings
    assert not (office / "ho-so").exists() or not list((office / "ho-so").iterdir())
    assert not (office / "ky-bao-cao" / "2026").exists()


@pytest.mark.parametrize(
    "levels",
    [
        '[{ year = 2025, groups = ["so"], at_least = 100 }, { year = 2025, groups = ["vp"], at_least = 90 }]',
        '[{ year = 2025, words = "đa số" }]',
    ],
)
def test_a_level_that_is_no_number_is_not_made_one(levels: str, office: Path, run: Run) -> None:
    plan = office / "tinh" / "plan.toml"
    before, item, after = plan.read_text(encoding="utf-8").partition('code = "T3"')
    after = after.replace("[{ year = 2025, at_least = 100 }]", levels, 1)
    plan.write_text(before + item + after, encoding="utf-8")
    assert "Mức của T3 không phải một số" in run("roll 2026 --level T3=85", 2)
    assert not (office / "ky-bao-cao" / "2026").exists()


def test_a_year_is_opened_once_and_not_rolled_on_where_nothing_was_done_in_it(office: Path, run: Run) -> None:
    run.lax("roll 2026")
    settings = (office / "dvctt.toml").read_bytes()
    assert "Năm 2026 vừa mở" in run("roll", 2), "typed twice"
    assert (office / "dvctt.toml").read_bytes() == settings
    run("forms --unit SYT")
    (office / "dvctt.toml").write_bytes((office / "ky-bao-cao/2025/cau-hinh/dvctt.toml").read_bytes())
    assert "Năm 2026 đã được mở" in run("roll 2026", 2)
    (office / "dvctt.toml").write_bytes(settings)
    run.lax("roll 2027")


def test_a_year_is_left_out_only_where_that_is_said(office: Path, run: Run) -> None:
    said = run("roll 2027", 2)
    assert "Làm năm 2026 trước: dvctt-report roll 2026" in said
    assert "thêm --skip" in said
    run.lax("roll 2027 --skip")
    assert read_workspace(office).period == Period(2027)


def test_a_half_year_is_opened_and_its_year_after_it(office: Path, run: Run) -> None:
    settings = office / "dvctt.toml"
    before = hashes(office, 2025)
    assert 'sau_thang = "20/6"' in run("roll 2026-6T", 2), "nobody has said when returns are due"
    assert read_workspace(office).period == Period(2025)
    said = settings.read_text(encoding="utf-8").replace('sau_thang = ""', 'sau_thang = "20/6"')
    settings.write_text(said, encoding="utf-8")
    said = run.lax("roll 2026-6T --number 77/KH-UBND --date 18/3/2026 --level T10=85")
    assert "Đã mở 6 tháng đầu năm 2026" in said
    assert "số Kế hoạch" in said
    half = read_workspace(office)
    assert (half.period, half.settings.ke_hoach.so) == (Period(2026, PeriodPart.HALF), "77/KH-UBND")
    run("roll", 2)  # nothing done in it
    run("forms --unit SYT")
    assert "là bỏ qua năm 2026" in run("roll 2027", 2)
    made = hashes(office, 2026)
    said = run.lax("roll")
    assert "Đã mở năm 2026. Tệp của 6 tháng đầu năm 2026 giữ nguyên; xem lại: --year 2026-6T" in said
    assert "số Kế hoạch" not in said, "one plan for both"
    year = read_workspace(office)
    assert (year.period, year.settings.ke_hoach.so) == (Period(2026), "77/KH-UBND")
    assert year.profile.plan.item("T10").goal(Period(2026)).text == "tối thiểu 85%"  # type: ignore[union-attr]
    assert hashes(office, 2025) == before
    assert {name: digest for name, digest in hashes(office, 2026).items() if name in made} == made
    run("status --year 2026-6T")
    assert "Năm 2026 vừa mở" in run("roll", 2)


def answer(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """What is typed at the terminal that the command then stands at."""
    monkeypatch.setattr("dvctt_report.cli.roll.is_terminal", lambda _: True)
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_where_the_province_is_no_more_another_profile_is_asked_for(
    office: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    settings = office / "dvctt.toml"
    said = settings.read_text(encoding="utf-8").replace('ho_so = "tinh"', 'ho_so = "ninh_thuan"')
    settings.write_text(said, encoding="utf-8")
    answer(monkeypatch, "khong_co", "khanh_hoa", "", "T10=85")
    told = run.lax("roll 2026")
    for words in ("nay thuộc tỉnh Khánh Hòa", "Không có bộ cấu hình “khong_co”", "Đã mở năm 2026"):
        assert words in told
    profile = read_workspace(office).profile
    assert profile.plan.province == "tỉnh Khánh Hòa"
    assert profile.plan.item("T10").goal(Period(2026)).number == 85  # type: ignore[union-attr]


def test_forms_of_a_year_that_is_not_open_are_refused_and_what_a_killed_roll_left_is_none(
    office: Path, run: Run
) -> None:
    assert "Mở: dvctt-report roll 2026" in run("forms --year 2026", 2)
    assert not (office / "ky-bao-cao" / "2026").exists()
    left = office / "ky-bao-cao" / "2026"
    left.mkdir()
    (left / ".so-theo-doi.xlsx.1234.tmp").write_bytes(b"PK")
    run("roll 2026", 1)
    assert read_workspace(office).period == Period(2026)


def last_years_plan(office: Path) -> None:
    """Let the plan of 2025 say all it can of its year: its title, number, day, and a milestone."""
    plan = office / "tinh" / "plan.toml"
    text = plan.read_text(encoding="utf-8")
    for old, new in (
        ('number = ""', 'number = "61/KH-UBND"'),
        ('date = ""', 'date = "15/3/2025"'),
        ('short_title = "tuyên truyền,', 'short_title = "năm 2025 tuyên truyền,'),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    before, item, after = text.partition('code = "T3"')
    after = after.replace('measure = "yes_no"', 'measure = "milestone"', 1)
    after = after.replace("[{ year = 2025, at_least = 100 }]", "[{ year = 2025, by = 2025-06-30 }]", 1)
    plan.write_text(before + item + after, encoding="utf-8")
    settings = office / "dvctt.toml"
    text = settings.read_text(encoding="utf-8")
    text = re.sub('(?m)^so = "[^"]*"', 'so = ""', text)
    settings.write_text(re.sub('(?m)^ngay = "[^"]*"', 'ngay = ""', text), encoding="utf-8")
    assert door.main(["apply", "--yes"]) == 0


def test_nothing_of_last_years_plan_is_printed_as_this_years(office: Path, run: Run) -> None:
    last_years_plan(office)
    said = run("roll 2026", 1)
    cleared = said.partition("Đã xóa")[2].partition("Người để gọi")[0]
    assert "số Kế hoạch: 61/KH-UBND" in cleared
    assert "ngày Kế hoạch: 15/3/2025" in cleared
    assert "tên Kế hoạch: Tuyên truyền Đề án" in cleared
    lapsed = said.partition("Mốc đã qua, không là mức năm 2026")[2]
    assert lapsed.partition(": - ")[2].startswith("T3 ")
    assert "T3 " not in said.partition("Kế hoạch không đặt mức năm 2026")[2].partition("Mốc đã qua")[0]
    said = run("plan check", 1)
    assert re.search(r"short_title \(dòng \d+\): ghi năm 2025, không ghi năm 2026", said)
    run("forms --unit SYT")
    shutil.copyfile(office / "bieu-mau/2026/BM2026_SYT_So-Y-te.xlsx", office / "nhan-ve/2026/a.xlsx")
    run.lax("collect")
    run(f"render {TODAY}")
    printed = (office / "ket-qua/2026/bao-cao-2026.json").read_text(encoding="utf-8")
    assert "Kế hoạch số [số, ký hiệu] ngày [ngày ban hành]" in printed
    assert "về [tên Kế hoạch] (sau đây" in printed
    told = run(f"render --final {TODAY}", 1)
    assert "Còn để trống: [tên Kế hoạch]." in told
    assert "short_title: ghi năm 2025, không ghi năm 2026" in told
    target = read_workspace(office).profile.plan.item("T3")
    assert isinstance(target, Target)
    assert target.levels(Period(2026)) == ()


def test_the_new_years_plan_is_told_with_its_title(office: Path, run: Run) -> None:
    last_years_plan(office)
    title = "Tuyên truyền, phổ biến về dịch vụ công trực tuyến năm 2026"
    run.lax(f"roll 2026 --number 77/KH-UBND --date 18/3/2026 --title '{title}'")
    plan = read_workspace(office).profile.plan
    assert (plan.title, plan.document.number, plan.document.date) == (title, "77/KH-UBND", "18/3/2026")
    before = read_workspace(office, Period(2025)).profile.plan
    assert (before.document.number, before.title[:20]) == ("61/KH-UBND", "Tuyên truyền Đề án “")


def test_the_plan_is_asked_for_with_what_stands_now_where_the_year_can_be_opened(
    office: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    last_years_plan(office)
    answer(monkeypatch)
    refused = run("roll 2025", 2)
    assert "Nêu kỳ sau năm 2025, ví dụ: dvctt-report roll 2026" in refused
    assert "Số, ký hiệu" not in refused
    answer(monkeypatch, "77/KH-UBND", "18/3/2026", "=", "")
    _, out, err = run.raw("roll 2026")
    for words in ("61/KH-UBND", "15/3/2025", "đang ghi: “Tuyên truyền Đề án"):
        assert words in err
    assert "≥ 80%" in out.partition("Mức đang có")[2].partition("Đã mở")[0]
    assert "đến 30/06/2025" in out.partition("Mốc đã qua")[2].partition("Đã mở")[0]
    assert read_workspace(office).profile.plan.title.startswith("Tuyên truyền Đề án “"), (
        "kept, since it was said so"
    )
