"""A report on six months: the same form, its own words, progress and no verdicts."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from lxml import html

from dvctt_report.cli import door
from dvctt_report.forms.form import COVER
from dvctt_report.forms.writer import form_bytes, form_name
from dvctt_report.model import Key
from dvctt_report.model.period import Period, PeriodPart
from dvctt_report.store.workspace import read_workspace
from dvctt_report.text.resources import resource_path
from scripts.sample.answers import read_told
from tests.cli.officer import Run, do, edit, inside, words_of
from tests.pytest_types import Patch

HALF = Period(2025, PeriodPart.HALF)
AS_OF = "--as-of '23/6/2025 17:00'"
JUDGING = re.compile(
    r"(?i)(?:chưa|không) đạt|đạt (?:và vượt|(?:mục|chỉ) tiêu|mức)|(?:so với|đúng) (?:mục|chỉ) tiêu"
)
"""What judges a target; "đạt 85,4%" only tells a figure."""
RESULTS = Path("ket-qua/2025-6T")
REPORT = RESULTS / "bao-cao-2025-6T.docx"


def send(root: Path) -> None:
    """Put the sample's answers into forms of the half year."""
    profile = read_workspace(root, HALF).profile
    inbox = root / "nhan-ve" / str(HALF)
    inbox.mkdir(parents=True, exist_ok=True)
    for told in (one for one in read_told(profile, HALF.year) if not one.year):
        answers = {**told.answers, Key(COVER, "sent_on"): date(2025, 6, 19)}
        (inbox / form_name(told.unit, HALF)).write_bytes(form_bytes(profile, told.unit, HALF, answers))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that reports on half a year, with the sample's answers, drafts and letters."""
    root = tmp_path_factory.mktemp("half") / "Báo cáo"
    assert door.main(["init", str(root), "--profile", "ninh_thuan", "--year", "2025-6T"]) == 0
    shutil.copy(resource_path("sample_data") / "dvctt.toml", root)
    edit(root / "dvctt.toml", "nam = 2025 ", 'nam = "2025-6T" ')
    assert door.main(["--workspace", str(root), "forms"]) == 2  # nobody has said until when
    edit(root / "dvctt.toml", 'sau_thang = ""', 'sau_thang = "20/6"')
    do(root, "forms --unit SYT")
    send(root)
    do(root, "collect", f"render {AS_OF}", f"render --ministry {AS_OF}", "export", "letter forms")
    return do(root, f"letter remind {AS_OF}", f"letter feedback {AS_OF}")


root = inside("made", "It, as the current folder; not to be written to.")


@cache
def said_in(path: Path) -> str:
    """All text of a file that was made, and isn't made anew."""
    if path.suffix in (".docx", ".xlsx"):
        return words_of(path)
    return path.read_text(encoding="utf-8")


def flat(path: Path) -> str:
    return " ".join(said_in(path.absolute()).split())


@pytest.mark.usefixtures("root")
def test_every_document_names_the_half_year_and_its_deadline() -> None:
    title = "Kết quả 6 tháng đầu năm 2025, phương hướng, nhiệm vụ 6 tháng cuối năm 2025 thực hiện Kế hoạch"
    for path in (REPORT, RESULTS / "bao-cao-ubnd-2025-6T.docx"):
        assert title in flat(path)
    assert f"k{title[1:]}" in flat(RESULTS / "to-trinh-2025-6T.docx")
    for path in RESULTS.glob("*.docx"):
        assert "6 tháng đầu năm 2025" in flat(path), path.name
        assert "năm 2025-6T" not in flat(path)
    page = flat(RESULTS / "tinh-hinh.html")
    assert "6 tháng đầu năm 2025" in page
    assert "trước ngày 20/6" in page
    assert "trước ngày 10/11" not in page
    form = next(Path("bieu-mau/2025-6T").glob("BM2025-6T_SYT_*.xlsx"))
    assert "6 tháng đầu năm 2025 – số liệu từ ngày 01/01/2025 đến hết ngày 14/06/2025" in flat(form)
    letter = flat(RESULTS / "cong-van-phat-hanh-bieu-mau-2025-6T.docx")
    assert "trước ngày 20/6 (năm 2025), theo điểm d khoản 1 Mục III của Kế hoạch" in letter
    for words in ("gửi sau thời hạn", "điểm e khoản 7", "tháng 11 năm 2025"):
        assert words not in flat(REPORT)


@pytest.mark.usefixtures("root")
def test_nothing_judges_a_target_and_progress_is_told_against_the_years_level(run: Run) -> None:
    made = [p for p in RESULTS.rglob("*") if p.suffix in (".docx", ".xlsx", ".html", ".csv")]
    assert len(made) > 8
    judged = {path.name: JUDGING.search(said_in(path.absolute())) for path in made}
    assert {name: found for name, found in judged.items() if found} == {}
    indicators = json.loads(REPORT.with_suffix(".json").read_text(encoding="utf-8"))["indicators"]
    assert {one["verdict"] for one in indicators} <= {
        *("progress", "not_due", "none_arising", "not_applicable", "no_level")
    }
    assert {one["basis"] for one in indicators} == {None}
    report = said_in(REPORT.absolute())
    assert re.search(r"Trong 15 chỉ tiêu năm 2025, có \d+ chỉ tiêu đang đáp ứng mức cả năm", report)
    for words in ("Tiến độ\n", "theo lộ trình đến năm 2030"):
        assert words in report
    for words in (
        "Đánh giá\n",
        "Kết quả theo đơn vị",
        "nêu tại khoản 2 Mục III Báo cáo này",
        "chưa bằng mức cả năm",
        "bình quân mỗi năm",
    ):
        assert words not in report
    assert "chưa đáp ứng mức cả năm" in run("explain targets.progress.below")
    assert "là mức của cả năm): nêu tiến độ, không đánh giá." in run("explain T10")
    page = html.fromstring((RESULTS / "tinh-hinh.html").read_bytes())
    heads = [head.text for head in page.xpath("//table[contains(@class,'muc-tieu')]/thead//th")]
    assert ("Tiến độ" in heads, "Đánh giá" in heads) == (True, False)
    assert not page.xpath("//*[@class='khoang-cach']")
    drawn = {use.get("href").removeprefix("#") for use in page.iter("use")}
    assert "d-progress" in drawn
    assert drawn <= {symbol.get("id") for symbol in page.iter("symbol")}


@pytest.mark.usefixtures("root")
def test_its_documents_have_the_decrees_form(run: Run) -> None:
    drafts = " ".join(str(p) for p in RESULTS.glob("*.docx") if p.stem != "tom-tat-trinh-ky")
    assert "0 lỗi, 0 cảnh báo" in run(f"lint {drafts}")


def test_json_names_the_half_year_and_the_doctor_knows_that_a_register_was_there(
    made: Path, tmp_path: Path, monkeypatch: Patch, run: Run
) -> None:
    monkeypatch.chdir(shutil.copytree(made, tmp_path / "Báo cáo"))
    for line in (
        *("collect", "validate", "status", "explain T10", "status --files", "decide", "control list"),
        f"check {REPORT}",
    ):
        told = run.json(line)
        assert (told["year"], told.get("period")) == (2025, str(HALF)), line
    shutil.rmtree(".dvctt")
    shutil.rmtree("nhan-ve")
    assert "Lỗi Sổ nhận" in run("doctor", 1)
