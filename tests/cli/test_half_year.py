"""A report on six months: the same form, its own words, progress and no verdicts; then the year after it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection
from datetime import date
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import html

from dvctt_report.cli import door
from dvctt_report.cli.doctor import Diagnosis, Health, examine
from dvctt_report.forms.form import COVER
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.writer import form_bytes, form_name
from dvctt_report.model import Key
from dvctt_report.model.period import Period, PeriodPart
from dvctt_report.store.workspace import read_workspace
from dvctt_report.text.resources import resource_path
from scripts.sample.answers import read_told
from tests.pytest_types import Capture

HALF, YEAR = Period(2025, PeriodPart.HALF), Period(2025)
AS_OF = ("--as-of", "23/6/2025 17:00")
JUDGING = re.compile(
    r"(?i)(?:chưa|không) đạt|đạt (?:và vượt|(?:mục|chỉ) tiêu|mức)|(?:so với|đúng) (?:mục|chỉ) tiêu"
)
"""What judges a target; "đạt 85,4%" only tells a figure."""


def send(
    root: Path, period: Period, sent_on: date, change: dict[Key, Answer], units: Collection[str] = ()
) -> None:
    """Put the sample's answers into forms of ``period``; ``change`` is laid over those of Sở Y tế.

    Where ``units`` are named, only theirs.
    """
    profile = read_workspace(root, period).profile
    inbox = root / "nhan-ve" / str(period)
    inbox.mkdir(parents=True, exist_ok=True)
    for told in read_told(profile, YEAR.year):
        if told.year or (units and told.unit.code not in units):
            continue
        answers = {**told.answers, Key(COVER, "sent_on"): sent_on}
        answers |= change if told.unit.code == "SYT" else {}
        data = form_bytes(profile, told.unit, period, answers)
        (inbox / form_name(told.unit, period)).write_bytes(data)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that reports on half a year, with the sample's answers, drafts and letters."""
    root = tmp_path_factory.mktemp("half") / "Báo cáo"
    assert door.main(["init", str(root), "--profile", "ninh_thuan", "--year", "2025-6T"]) == 0
    shown = resource_path("sample_data") / "dvctt.toml"
    text = shown.read_text(encoding="utf-8").replace("nam = 2025 ", 'nam = "2025-6T" ')
    (root / "dvctt.toml").write_text(text, encoding="utf-8")
    assert door.main(["--workspace", str(root), "forms"]) == 2  # nobody has said until when
    text = text.replace('sau_thang = ""', 'sau_thang = "20/6"')
    (root / "dvctt.toml").write_text(text, encoding="utf-8")
    run(root, "forms", "--unit", "SYT")
    send(root, HALF, date(2025, 6, 19), {})
    run(root, "collect")
    run(root, "render", *AS_OF)
    run(root, "render", "--ministry", *AS_OF)
    run(root, "export")
    for letter in ("forms", "remind", "feedback"):
        run(root, "letter", letter, *(() if letter == "forms" else AS_OF))
    return root


def run(root: Path, *argv: str) -> None:
    assert door.main(["--workspace", str(root), *argv]) <= 1


def results(root: Path) -> Path:
    return root / "ket-qua" / str(HALF)


@cache
def said_in(path: Path) -> str:
    """All text of a file that was made, and isn't made anew."""
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        cells = (cell.text for table in document.tables for cell in table._cells)
        return "\n".join((*(p.text for p in document.paragraphs), *cells))
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, data_only=True, read_only=True)
        return "\n".join(
            str(c)
            for sheet in book
            for row in sheet.iter_rows(values_only=True)
            for c in row
            if c is not None
        )
    return path.read_text(encoding="utf-8")


def test_every_document_names_the_half_year(root: Path) -> None:
    title = "Kết quả 6 tháng đầu năm 2025, phương hướng, nhiệm vụ 6 tháng cuối năm 2025 thực hiện Kế hoạch"
    for name in ("bao-cao-2025-6T", "bao-cao-ubnd-2025-6T"):
        assert title in " ".join(said_in(results(root) / f"{name}.docx").split())
    lower = title[0].lower() + title[1:]
    assert lower in " ".join(said_in(results(root) / "to-trinh-2025-6T.docx").split())
    for path in results(root).glob("*.docx"):
        assert "6 tháng đầu năm 2025" in " ".join(said_in(path).split()), path.name
        assert "năm 2025-6T" not in said_in(path)
    page = (results(root) / "tinh-hinh.html").read_text(encoding="utf-8")
    assert "6 tháng đầu năm 2025" in page
    assert "trước ngày 20/6" in page
    assert "trước ngày 10/11" not in page
    form = next((root / "bieu-mau" / str(HALF)).glob("BM2025-6T_SYT_*.xlsx"))
    assert "6 tháng đầu năm 2025 – số liệu từ ngày 01/01/2025 đến hết ngày 14/06/2025" in said_in(form)


def test_the_deadline_is_the_half_year_s(root: Path) -> None:
    letter = said_in(results(root) / "cong-van-phat-hanh-bieu-mau-2025-6T.docx")
    assert "trước ngày 20/6 (năm 2025), theo điểm d khoản 1 Mục III của Kế hoạch" in letter
    report = said_in(results(root) / "bao-cao-2025-6T.docx")
    assert "gửi sau thời hạn" not in report
    assert "điểm e khoản 7" not in report
    assert "tháng 11 năm 2025" not in report


def test_nothing_judges_a_target(root: Path) -> None:
    made = [p for p in results(root).rglob("*") if p.suffix in (".docx", ".xlsx", ".html", ".csv")]
    assert len(made) > 8
    for path in made:
        said = said_in(path)
        assert not JUDGING.search(said), (path.name, JUDGING.search(said))
    manifest = json.loads((results(root) / "bao-cao-2025-6T.json").read_text(encoding="utf-8"))
    verdicts = {one["verdict"] for one in manifest["indicators"]}
    assert verdicts <= {"progress", "not_due", "none_arising", "not_applicable", "no_level"}
    assert {one["basis"] for one in manifest["indicators"]} == {None}


def test_the_page_draws_no_distance_to_a_level_and_names_the_column_for_progress(root: Path) -> None:
    page = html.fromstring((results(root) / "tinh-hinh.html").read_bytes())
    heads = [head.text for head in page.xpath("//table[contains(@class,'muc-tieu')]/thead//th")]
    assert "Tiến độ" in heads
    assert "Đánh giá" not in heads
    assert not page.xpath("//*[@class='khoang-cach']")
    drawn = {use.get("href").removeprefix("#") for use in page.iter("use")}
    assert "d-progress" in drawn
    assert drawn <= {symbol.get("id") for symbol in page.iter("symbol")}


def test_progress_is_told_against_the_year_s_level(root: Path) -> None:
    report = said_in(results(root) / "bao-cao-2025-6T.docx")
    assert re.search(r"Trong 15 chỉ tiêu năm 2025, có \d+ chỉ tiêu đang đáp ứng mức cả năm", report)
    assert "Tiến độ\n" in report
    assert "Đánh giá\n" not in report
    assert "Kết quả theo đơn vị" not in report
    assert "nêu tại khoản 2 Mục III Báo cáo này" not in report


def test_what_lies_ahead_names_no_target_that_is_not_known_to_lack_anything(root: Path) -> None:
    report = said_in(results(root) / "bao-cao-2025-6T.docx")
    assert "chưa bằng mức cả năm" not in report
    assert "theo lộ trình đến năm 2030" in report
    assert "bình quân mỗi năm" not in report


def test_a_printed_count_of_progress_is_explained(root: Path, capfd: Capture) -> None:
    capfd.readouterr()
    assert door.main(["--workspace", str(root), "explain", "targets.progress.below"]) == 0
    assert "chưa đáp ứng mức cả năm" in capfd.readouterr().out
    assert door.main(["--workspace", str(root), "explain", "T10"]) == 0
    assert "là mức của cả năm): nêu tiến độ, không đánh giá." in " ".join(capfd.readouterr().out.split())


def test_it_is_set_beside_the_first_half_of_the_year_before(
    root: Path, tmp_path: Path, capfd: Capture
) -> None:
    year = tmp_path / "Báo cáo"
    shutil.copytree(root, year)
    reported = json.loads((results(root) / "bao-cao-2025-6T.json").read_text(encoding="utf-8"))
    before = year / "ket-qua" / "2024-6T" / "bao-cao-2024-6T.json"
    before.parent.mkdir()
    before.write_text(json.dumps({**reported, "year": 2024, "period": "2024-6T"}), encoding="utf-8")
    run(year, "render", *AS_OF)
    report = said_in(year / "ket-qua" / str(HALF) / "bao-cao-2025-6T.docx")
    assert "So với 6 tháng đầu năm 2024 (dự thảo" in report
    assert "năm 2024" not in report.replace("6 tháng đầu năm 2024", "")
    capfd.readouterr()
    run(year, "explain", "T10")
    said = " ".join(capfd.readouterr().out.split())
    assert "So với 6 tháng đầu năm 2024 (" in said


def test_json_names_the_half_year(root: Path, tmp_path: Path, capfd: Capture) -> None:
    half = tmp_path / "Báo cáo"
    shutil.copytree(root, half)
    for command in (
        "collect",
        "validate",
        "status",
        "explain T10",
        "status --files",
        "decide",
        "control list",
        f"check {results(half) / 'bao-cao-2025-6T.docx'}",
    ):
        capfd.readouterr()
        run(half, *command.split(" ", 2 if "T10" in command else 1), "--format", "json")
        told = json.loads(capfd.readouterr().out)
        assert (told["year"], told.get("period")) == (2025, str(HALF)), command


def test_doctor_knows_by_its_report_that_a_register_was_there(root: Path, tmp_path: Path) -> None:
    half = tmp_path / "Báo cáo"
    shutil.copytree(root, half)
    shutil.rmtree(half / ".dvctt")
    shutil.rmtree(half / "nhan-ve")
    assert outcome_of(half, "register").state is Health.ERROR


def outcome_of(root: Path, code: str) -> Diagnosis:
    return next(check.outcome for check in examine(root, None)[1] if check.code == code)


def test_its_documents_have_the_decree_s_form(root: Path, capfd: Capture) -> None:
    drafts = [str(p) for p in results(root).glob("*.docx") if p.stem != "tom-tat-trinh-ky"]
    capfd.readouterr()
    assert door.main(["lint", *drafts]) == 0
    assert "0 lỗi, 0 cảnh báo" in capfd.readouterr().out


def test_the_year_after_it_asks_about_what_has_become_less(
    root: Path, tmp_path: Path, capfd: Capture
) -> None:
    year = tmp_path / "Báo cáo"
    shutil.copytree(root, year)
    run(year, "roll")
    assert read_workspace(year).period == YEAR
    run(year, "forms", "--unit", "SYT")
    less: dict[Key, Answer] = {Key("T13", "total"): 1, Key("T13", "done"): 1}
    send(year, YEAR, date(2025, 11, 5), less, ("SYT", "SNV", "NHI", "BHXH"))
    run(year, "collect")
    capfd.readouterr()
    run(year, "validate", "--unit", "SYT", "--format", "json")
    told = [f for f in json.loads(capfd.readouterr().out)["findings"] if f["code"] == "NT05"]
    assert {(f["unit"], f["item"]) for f in told} == {("SYT", "T13")}
    run(year, "render", "--as-of", "20/11/2025 17:00")
    report = said_in(year / "ket-qua" / "2025" / "bao-cao-2025.docx")
    assert "chưa đạt" in report
    assert "6 tháng" not in report


def test_a_deadline_in_the_year_after_is_told_with_that_year(tmp_path: Path, capfd: Capture) -> None:
    profile, root = tmp_path / "tinh", tmp_path / "Báo cáo"
    shutil.copytree(resource_path("templates") / "ninh_thuan", profile)
    plan = (profile / "plan.toml").read_text(encoding="utf-8")
    plan = plan.replace('before = "11-10"', 'before = "01-15"').replace(
        "trước ngày 10/11", "trước ngày 15/01"
    )
    (profile / "plan.toml").write_text(
        plan.replace("next_year = false", "next_year = true"), encoding="utf-8"
    )
    assert door.main(["init", str(root), "--profile", str(profile), "--year", "2025"]) == 0
    run(root, "forms", "--unit", "SYT")
    run(root, "letter", "forms")
    send(root, YEAR, date(2026, 1, 5), {}, ("SYT",))
    run(root, "collect")
    capfd.readouterr()
    run(root, "status", "--as-of", "10/1/2026 17:00")
    told = [" ".join(capfd.readouterr().out.split())]
    made = root / "ket-qua" / "2025"
    told += [said_in(path) for path in made.glob("cong-van*.docx")]
    told += [said_in(path) for path in (root / "bieu-mau" / "2025").glob("*.docx")]
    told.append((made / "tinh-hinh.html").read_text(encoding="utf-8"))
    assert [re.findall(r"trước ngày 15/01(?:/| \(năm )(\d{4})", one) for one in told] == [["2026"]] * 4
