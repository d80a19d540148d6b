"""After the signature there are three ways: a supplement, a report that takes its place, a correction."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import datetime
from pathlib import Path

import docx
import pytest
from openxml_audit import OpenXmlValidator

from dvctt_report.cli import door, menu
from dvctt_report.cli.menu import YearState, number_of
from dvctt_report.forms.writer import form_bytes
from dvctt_report.model.period import Period
from dvctt_report.store.published.record import published_manifest
from dvctt_report.store.workspace import read_workspace
from tests.cli.officer import Run, plain_answers, use_menu
from tests.conftest import go_on
from tests.report.test_golden import as_text
from tests.shipped import BASE
from tests.store.published.test_publish import REPORT

LATER = "--as-of '26/11/2025 9:00'"
RESULTS = Path("ket-qua/2025")
SUPPLEMENT = RESULTS / "bao-cao-bo-sung-2025.docx"
CORRECTION = RESULTS / "cong-van-dinh-chinh-2025.docx"
SECOND = "--number 401 --date 27/11/2025"


def lint(path: Path, run: Run) -> dict[str, int]:
    """What the linter counts in a document."""
    totals = run.json(f"lint {path}")["files"][0]["totals"]
    return {name: totals[name] for name in ("error", "warning")}


def send_late(root: Path, run: Run, unanswered: str = "") -> str:
    """The return of a unit that had not sent comes in, perhaps with a target unanswered."""
    workspace = read_workspace(root, Period(2025))
    unit = workspace.profile.roster.unit("BAI")
    answers = plain_answers(workspace.profile, unit)
    given = {key: value for key, value in answers.items() if key.item != unanswered}
    form = form_bytes(workspace.profile, unit, Period(2025), given)
    (workspace.inbox / "bac-ai.xlsx").write_bytes(form)
    return run.lax("collect")


def supplement(run: Run, publish: str = "") -> str:
    """The text of a supplement to be signed, which is published by number and day where these are named."""
    run(f"render --supplement --final {LATER}")
    if publish:
        run(f"publish --file {SUPPLEMENT} {publish}")
    return as_text(SUPPLEMENT.read_bytes())


def correct(unit: str = "SYT", number: int = 1000) -> None:
    told = ("--reason", "Đơn vị gửi lại", "--document", "Công văn số 5")
    assert door.main(["decide", "--unit", unit, "--set", f"T10.done={number}", *told]) == 0


def reword(root: Path) -> None:
    """A slip of wording in the text of the report is put right in the phrases, and applied to the period."""
    go_on(root)
    said = tomllib.loads((BASE / "phrases.toml").read_text(encoding="utf-8"))["lead"]["closing"]
    changed = said.replace("kính báo cáo Ủy ban nhân dân {area} xem xét", "kính báo cáo UBND tỉnh xem xét")
    assert changed != said
    with (root / "tinh" / "phrases.toml").open("a", encoding="utf-8") as own:
        own.write(f'\n[lead]\nclosing = "{changed}"\n')
    assert door.main(["--workspace", str(root), "apply", "--yes"]) == 0


def test_a_signed_report_is_not_written_over_and_the_three_ways_are_named(signed: Path, run: Run) -> None:
    before = REPORT.read_bytes()
    said = run(f"render {LATER}", 2)
    assert all(way in said for way in ("--supplement", "--replace", "--correct"))
    run(f"render --supplement --replace {LATER}", 2)
    assert REPORT.read_bytes() == before


def test_nothing_signed_is_nothing_to_amend(final_sample: Path, run: Run) -> None:
    for way in ("--supplement", "--replace", "--correct"):
        assert "chưa phát hành" in run(f"--workspace '{final_sample}' render {way}", 2)


def test_a_late_return_is_told_by_a_supplement_with_its_own_manifest(signed: Path, run: Run) -> None:
    told = "Gửi sau Báo cáo số 386/BC-SKHCN ngày 25/11/2025, chưa có trong báo cáo đã ký: UBND huyện Bác Ái."
    assert told in send_late(signed, run)
    assert YearState(read_workspace(signed), datetime.now()).next_step().line == "amend"
    correct()
    text = supplement(run)
    assert "Bổ sung Báo cáo số 386/BC-SKHCN" in text
    assert re.search(r"huyện Bác Ái đã gửi báo cáo \(số\s\S+ ngày \d+/\d+/2025\)", text)
    assert "giữ nguyên" not in text, "the report's other counts move with what came"
    assert "Các nội dung khác của Báo cáo số 386/BC-SKHCN là theo số liệu tại thời điểm lập Báo cáo" in text
    assert "đã bổ sung, đính chính" not in text
    old = json.loads((signed / "ky-bao-cao/2025/phat-hanh/1/bao-cao-2025.json").read_text(encoding="utf-8"))
    was = next(one for one in old["indicators"] if one["code"] == "T10")
    assert f"{was['percent']} (" in text
    assert "DỰ THẢO" not in text
    assert lint(SUPPLEMENT, run) == {"error": 0, "warning": 0}
    run(f"publish --file {SUPPLEMENT} {SECOND}")
    assert YearState(read_workspace(signed), datetime.now()).next_step().line == "archive"
    assert [str(error) for error in OpenXmlValidator().validate(SUPPLEMENT).errors] == []
    run(f"check {SUPPLEMENT} --no-register")


def test_the_supplement_to_sign_is_made_by_the_menu(
    signed: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    correct()
    monkeypatch.setattr(menu, "open_file", lambda path: path.name == SUPPLEMENT.name)
    assert "Kết quả:" not in use_menu(monkeypatch, capfd, str(number_of("amend")), "4", "")
    assert "DỰ THẢO" not in as_text(SUPPLEMENT.read_bytes())


def test_a_published_supplement_gives_the_years_figures_from_then_on(signed: Path, run: Run) -> None:
    correct()
    supplement(run, SECOND)
    run("publish --check")
    path = published_manifest(read_workspace(signed, Period(2025)), Period(2025))
    assert path is not None
    assert path.parent.name == "2"
    now = {one["code"]: one for one in json.loads(path.read_text(encoding="utf-8"))["indicators"]}
    first = json.loads((path.parents[1] / "1" / path.name).read_text(encoding="utf-8"))
    then = {one["code"]: one for one in first["indicators"]}
    assert now["T10"]["numerator"] == then["T10"]["numerator"] - 1041
    assert {code for code in now if now[code]["percent"] != then[code]["percent"]} == {"T10"}
    record = json.loads((path.parent / "phat-hanh.json").read_text(encoding="utf-8"))
    assert (record["type"], record["text"], record["document"]) == ("Báo cáo", "supplement", "401/BC-SKHCN")
    correct("SNV", 100)
    run(f"render --supplement {LATER}")
    text = as_text(SUPPLEMENT.read_bytes())
    assert "Bổ sung Báo cáo số 386/BC-SKHCN" in text, "what is added to is still the report"
    assert "(đã bổ sung, đính chính tại các văn bản số 401/BC-SKHCN ngày" in text
    assert f"{now['T10']['percent']} (" in text, "what was reported last is what is compared with"
    assert "DỰ THẢO" in text, "a draft says so"
    run(f"publish --file {SUPPLEMENT} --number 402 --date 28/11/2025", 2)


def test_a_supplement_numbers_and_heads_the_targets_as_the_report_does(signed: Path, run: Run) -> None:
    """A target of the year has the name of one of a later year: each stands below its own heading."""
    correct()
    run(f"render --supplement {LATER}")
    (table,) = (t for t in docx.Document(str(SUPPLEMENT)).tables if "STT" in t.cell(0, 0).text)
    assert [row.cells[0].text for row in table.rows] == ["STT ở Báo cáo", "10"]
    run("decide --unit SYT --set U1.answer=Không --reason 'Đơn vị gửi lại' --document 'Công văn số 5'")
    run(f"render --supplement {LATER}")
    (table,) = (t for t in docx.Document(str(SUPPLEMENT)).tables if "STT" in t.cell(0, 0).text)
    rows = [tuple(cell.text for cell in row.cells) for row in table.rows[1:]]
    assert [row[0] for row in rows] == ["", "10", "", "1"]
    assert rows[0][1:] == ("I. Chỉ tiêu năm 2025", "", "")
    assert rows[2][1:] == ("II. Chỉ tiêu đến năm 2030", "", "")
    assert "Số thứ tự" not in run.lax(f"lint --format json {SUPPLEMENT}"), "they are the report's"


def explained(run: Run, said: str) -> tuple[str, list[str]]:
    """The document that a number is explained by, and the places that it is said to be printed at."""
    told = run.json(f"explain '{said}' --pick 1")
    return told["version"][0], told["account"]["places"]


def test_a_number_is_explained_by_the_document_that_prints_it(signed: Path, run: Run) -> None:
    """No place is named that the document hasn't: a supplement's figures are kept as a whole report's."""
    folder = signed / "ky-bao-cao/2025/phat-hanh"
    then = json.loads((folder / "1" / "bao-cao-2025.json").read_text(encoding="utf-8"))
    correct()
    supplement(run, SECOND)
    now = json.loads((folder / "2" / "bao-cao-2025.json").read_text(encoding="utf-8"))
    before, since = (next(i for i in m["indicators"] if i["code"] == "T10")["percent"] for m in (then, now))
    report, added = "Báo cáo số 386/BC-SKHCN", "Báo cáo bổ sung số 401/BC-SKHCN"
    document, places = explained(run, since)
    assert document.startswith(added)
    assert [place.split(",")[:2] for place in places] == [["bao-cao-bo-sung-2025.docx", " mục 2"]]
    document, places = explained(run, before)
    assert document.startswith(report), "the supplement only quotes it"
    assert any(place.startswith("mục III.2") for place in places)
    sentence = next(b["text"] for b in then["printed"] if "chỉ tiêu chưa đạt" in b.get("text", ""))
    counted = re.findall(r"\d+ chỉ tiêu chưa đạt", sentence)[0]
    assert explained(run, counted)[0].startswith(report)


def test_a_number_stands_on_one_document_of_a_year_and_days_go_forward(signed: Path, run: Run) -> None:
    correct()
    run("render --supplement --final --as-of 24/11/2025")
    publish = f"publish --file {SUPPLEMENT}"
    taken = "Số 386/BC-SKHCN năm 2025 đã ghi cho Báo cáo số 386/BC-SKHCN ngày 25/11/2025"
    assert taken in run(f"{publish} --number 386 --date 27/11/2025", 2)
    before = "trước ngày của Báo cáo số 386/BC-SKHCN"
    assert before in run(f"{publish} --number 401 --date 24/11/2025", 2)
    run(f"{publish} {SECOND}")


def test_a_whole_report_takes_the_place_of_the_signed_one_and_says_so(signed: Path, run: Run) -> None:
    correct()
    run(f"render --replace --final {LATER}")
    text = as_text(REPORT.read_bytes())
    assert (
        "Báo cáo này thay thế Báo cáo số 386/BC-SKHCN ngày 25/11/2025 của Sở Khoa học và Công nghệ." in text
    )
    assert lint(REPORT, run) == {"error": 0, "warning": 0}
    run(f"publish --file {REPORT} {SECOND}")
    reword(signed)
    run(f"render --correct {LATER}")
    text = as_text(CORRECTION.read_bytes())
    assert "đính chính lỗi thể thức, kỹ thuật trình bày tại Báo cáo số 401/BC-SKHCN" in text
    assert "thay thế" not in text, "that it takes another's place is no slip"
    correct("SNV", 100)
    run(f"render --supplement {LATER}")
    assert "Bổ sung Báo cáo số 401/BC-SKHCN" in as_text(SUPPLEMENT.read_bytes())


def test_a_slip_of_wording_is_put_right_by_letter(signed: Path, run: Run) -> None:
    reword(signed)
    run(f"render --correct --final {LATER}")
    text = as_text(CORRECTION.read_bytes())
    assert "V/v đính chính / Báo cáo số 386/BC-SKHCN" in text
    assert "Ủy ban nhân dân tỉnh xem xét, chỉ đạo./.” sửa thành “" in text
    assert "kính báo cáo UBND tỉnh xem xét" in text
    assert "2. " not in text.partition("như sau:")[2].partition("Nơi nhận")[0], "one slip, one line"
    assert lint(CORRECTION, run) == {"error": 0, "warning": 0}
    said = run(f"publish --file {CORRECTION} {SECOND}")
    assert "Đã ghi: Công văn số 401/SKHCN-CĐS" in said
    path = published_manifest(read_workspace(signed, Period(2025)), Period(2025))
    assert path is not None
    assert path.read_bytes() == (path.parents[1] / "1" / path.name).read_bytes(), "no figure is another one"
    (rate,) = (i["percent"] for i in json.loads(path.read_bytes())["indicators"] if i["code"] == "T10")
    assert explained(run, rate)[0].startswith("Báo cáo số 386/BC-SKHCN"), "the letter prints none"


def test_a_figure_is_never_corrected_as_a_slip(signed: Path, run: Run) -> None:
    reword(signed)
    correct()
    assert "khoản 3 Điều 18" in run("render --correct", 2)
    assert not CORRECTION.exists()


def test_without_anything_new_there_is_no_supplement_and_without_a_slip_no_letter(
    signed: Path, run: Run
) -> None:
    assert "Không có số liệu nào khác" in run(f"render --supplement {LATER}", 2)
    assert "Không có chỗ nào khác" in run("render --correct", 2)


def test_figures_that_cannot_be_used_keep_a_supplement_from_being_final_and_are_told_in_it(
    signed: Path, run: Run
) -> None:
    send_late(signed, run, "T10")
    assert "UBND huyện Bác Ái · " in run(f"render --supplement --final {LATER}", 1)
    assert not SUPPLEMENT.exists()
    told = "Số liệu của UBND huyện Bác Ái về các chỉ tiêu sau chưa chỉnh lý, chưa tính vào kết quả bổ sung: “"
    run(f"render --supplement {LATER}")
    assert told in as_text(SUPPLEMENT.read_bytes())
    run("decide --leave-out --all --reason 'chưa kịp'")
    assert told in supplement(run), "what is left out is told as well"


@pytest.mark.parametrize(
    "new",
    [
        "Nội dung do cán bộ viết, đạt 95%.",
        "Nội dung không do cán bộ viết.",
        "Đã tổ chức 12 cuộc họp chuyên đề về nhiệm vụ.",
    ],
)
def test_a_change_of_content_is_no_slip(new: str, signed: Path, run: Run) -> None:
    prose = docx.Document("noi-dung/2025.docx")
    written = next(p for p in prose.paragraphs if "Nội dung do cán bộ viết." in p.text)
    written.runs[0].text = new
    prose.save("noi-dung/2025.docx")
    said = run("render --correct", 2)
    assert "Mục II.1: thay đổi nội dung" in said
    assert "--replace" in said
    assert not CORRECTION.exists()


def test_the_letter_is_of_today_and_names_the_signature_as_such(signed: Path, run: Run) -> None:
    settings = signed / "dvctt.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('ho_ten = "Nguyễn Văn A"', 'ho_ten = "Nguyễn Văn An"'), encoding="utf-8")
    run.lax("apply --yes")
    run("render --correct --as-of '2/12/2025 9:00'")
    text = as_text(CORRECTION.read_bytes())
    assert "1. Phần ký, nơi nhận: “Nguyễn Văn A” sửa thành “Nguyễn Văn An”." in text
    assert "tháng 12 năm 2025" in text or "tháng      năm 2025" in text
    assert "tháng 11 năm 2025" not in text
    assert "V/v đính chính / Báo cáo số 386/BC-SKHCN" in text
