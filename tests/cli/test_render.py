"""``render``: what it writes and asks, the signer's page, the texts for the ministry, the quick report."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from tests.cli.officer import AS_OF, Run, copied, do, edit, words_of
from tests.pytest_types import Patch
from tests.report.test_prose import add_after, slot

RENDER = f"render {AS_OF}"
RESULTS = Path("ket-qua/2025")
REPORT, PAGE = RESULTS / "bao-cao-2025.docx", RESULTS / "tom-tat-trinh-ky.docx"
DRAFT, SUBMISSION = RESULTS / "bao-cao-ubnd-2025.docx", RESULTS / "to-trinh-2025.docx"
QUICK, MEETING = RESULTS / "bao-cao-nhanh-2025.docx", RESULTS / "trang-hop.docx"
SETTINGS, PROSE = Path("dvctt.toml"), Path("noi-dung/2025.docx")


def page() -> dict[str, str]:
    """The rows of the signer's page by their labels."""
    (table,) = docx.Document(str(PAGE)).tables
    return {row.cells[0].text: row.cells[1].text for row in table.rows}


# ------------------------------------------------------------------------- final, and since the last one


@pytest.mark.usefixtures("drafted")
def test_a_final_report_is_refused_with_what_the_signers_page_says_and_nothing_is_written(run: Run) -> None:
    before = {path: path.read_bytes() for path in Path().rglob("*.docx")}
    code, out, _ = run.raw(f"{RENDER} --final")
    assert code == 1
    for words in (
        "Chưa lập bản trình ký, còn 13 việc:",
        "SL02 · Sở Y tế",
        "Mục “Nguyên nhân” chưa viết",
        "Đơn vị gửi muộn, chưa gửi, mục tiêu chưa đạt được nêu trong báo cáo",
    ):
        assert words in out
    assert {path: path.read_bytes() for path in Path().rglob("*.docx")} == before
    waiting, said = re.findall(r"(?m)^\d+\. (.*)$", out), page()
    row = said["Phòng còn hoàn thiện"]
    headings = [one for one in waiting if re.match("Mục “(.*?)”", one)]
    assert len(headings) > 5
    errors = [one for one in waiting if "·" in one]
    for words in (
        f"Viết, duyệt {len(headings):02d} mục còn in gợi ý.",
        "Điền chỗ để trống: họ và tên người ký.",
        f"Xử lý {len(errors):02d} lỗi số liệu: ",
        "Sở Y tế",
    ):
        assert words in row
    assert "để trống" not in said["Xin quyết định"]


@pytest.mark.usefixtures("asked")
def test_what_is_to_be_decided_stands_on_the_page_with_its_choices_and_the_draft_is_read(run: Run) -> None:
    run(RENDER)
    assert "Đây là dự thảo đầu tiên." in words_of(PAGE)
    said = page()["Xin quyết định"]
    assert "Thanh tra tỉnh" in said
    assert "Chọn: chấp nhận" in said
    assert "Chọn: trong thân báo cáo; chỉ trong phụ lục; không nêu tên." in said
    # the settings let the body name units; that it names those below the level is not so
    assert "chưa gửi nêu ở Mục III.1" in said
    assert re.search(r"chưa đạt nêu ở Phụ lục \w+\.", said)
    run(RENDER)
    assert "Số liệu không thay đổi." in words_of(PAGE)
    edit(SETTINGS, 'neu_ten_don_vi = "than_bai"', 'neu_ten_don_vi = "phu_luc"', 1)
    run(RENDER)
    assert re.search(r"chưa gửi nêu ở Phụ lục \w+[;.]", page()["Xin quyết định"])


def test_what_lacks_most_of_what_is_missed_comes_first(rendered_sample: Path, monkeypatch: Patch) -> None:
    """The page has no room for all: what is hidden is what lacks least."""
    monkeypatch.chdir(rendered_sample)
    lacking = [int(n.replace(".", "")) for n in re.findall(r"thiếu ([\d.]+) ", page()["Chưa đạt khác"])]
    assert len(set(lacking)) > 3
    assert lacking == sorted(lacking, reverse=True)


@pytest.mark.usefixtures("drafted")
def test_the_difference_to_the_last_rendering_is_told_and_written(run: Run) -> None:
    document = docx.Document(str(PROSE))
    asked = next(p for p in document.paragraphs if "nguyên nhân khách quan" in p.text)
    asked.runs[0].text = "Địa bàn rộng, mạng yếu."
    document.save(str(PROSE))
    said = run(f"{RENDER} --diff")
    assert "- Mục IV.2" in said
    assert "nay: Địa bàn rộng, mạng yếu." in said
    table = docx.Document(str(RESULTS / "thay-doi-2025.docx")).tables[0]
    told = [[cell.text for cell in row.cells][1:] for row in table.rows]
    assert ["Mục IV.2", "(chưa có)", "Địa bàn rộng, mạng yếu."] in told
    assert "không có thay đổi" in run(f"{RENDER} --diff")


@pytest.mark.usefixtures("drafted")
def test_a_moment_before_a_return_that_is_counted_was_signed_is_told(run: Run) -> None:
    said = run("render --as-of 5/11/2025")
    assert "“đến 00 giờ 00 ngày 05/11/2025”, nhưng 8 tệp ghi ngày gửi từ đó" in said
    assert "tệp ghi ngày gửi từ đó" not in run(RENDER)


@pytest.mark.usefixtures("workspace")
def test_a_report_of_no_return_says_so_on_the_terminal(run: Run) -> None:
    run("collect")
    assert "mới có báo cáo dùng được của 0/27 đơn vị" in run("render")


# ------------------------------------------------------------------------------------------ as a PDF


@pytest.mark.requires("soffice")
@pytest.mark.usefixtures("drafted")
def test_the_report_as_pdf_stands_beside_it(run: Run) -> None:
    pdf = REPORT.with_suffix(".pdf")
    said = run(f"{RENDER} --pdf")
    assert "(để xem, không phải để ký)" in said
    assert str(pdf) in said
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert "“bao-cao-2025.pdf” là của lần lập trước" in run(RENDER)


# ------------------------------------------------------------------------------- asked at a prompt


@pytest.mark.usefixtures("rendered")
def test_the_day_of_what_is_asked_is_kept_and_waited_for(run: Run, monkeypatch: Patch) -> None:
    def days() -> set[str]:
        texts = [p.text for p in docx.Document(str(REPORT)).paragraphs]
        found = [text for text in texts if "hồ sơ trực tuyến, báo cáo" in text]
        assert len(found) == 2
        return {re.findall(r"trước ngày (\S+?)[.,;]? ", f"{text} ")[0] for text in found}

    assert days() == {"[ngày]"}
    assert "dvctt-report render --due NGÀY" in run(f"{RENDER} --final", 1)
    run(f"{RENDER} --due 20/11/2025", 2)
    monkeypatch.setattr("dvctt_report.cli.render.is_terminal", lambda _: True)
    monkeypatch.setattr("dvctt_report.cli.render.ask", lambda _: "15/12")
    run(RENDER)
    assert days() == {"15/12/2025"}
    monkeypatch.setattr("dvctt_report.cli.render.ask", lambda _: pytest.fail("it is known"))
    run(f"{RENDER} --due 31/12/2025")
    assert days() == {"31/12/2025"}
    assert "[ngày]" not in run(f"{RENDER} --final", 1)


@pytest.fixture
def answers(monkeypatch: Patch) -> Iterator[list[str]]:
    """What is typed, in its order; all of it has to be asked for."""
    typed: list[str] = []
    monkeypatch.setattr("dvctt_report.cli.render.is_terminal", lambda _: True)
    monkeypatch.setattr("builtins.input", lambda: typed.pop(0))
    yield typed
    assert not typed


@pytest.mark.usefixtures("rendered")
def test_edits_and_outdated_sentences_are_taken_on_one_yes_each(answers: list[str], run: Run) -> None:
    document = docx.Document(str(PROSE))
    drafted = next(p for p in document.paragraphs if p.text.startswith("[dự thảo gợi ý] - Số liệu của 02"))
    mended = "- Số liệu của 02 đơn vị còn nội dung chưa thống nhất, đang được đề nghị chỉnh lý, kéo dài."
    drafted.text = mended.replace("02", "07")
    document.save(str(PROSE))
    document = docx.Document(str(REPORT))
    (asked,) = (p for p in document.paragraphs if p.text.startswith("[Nội dung do Sở bổ sung: nguyên nhân"))
    asked.text = "Do nguồn lực."
    document.save(str(REPORT))

    answers += ["", "c", "", ""]  # no day for what page 1 asks, now and the next time
    said = run(RENDER)
    assert "Đưa 1 chỗ đã sửa trong bao-cao-2025.docx vào noi-dung/2025.docx?" in said
    assert "nay ghi: Do nguồn lực." in said
    assert "Thay 1 đoạn ghi số đã cũ ở noi-dung/2025.docx bằng lời theo số liệu nay?" in said
    for path in (PROSE, REPORT):
        assert {"Do nguồn lực.", mended} <= {p.text for p in docx.Document(str(path)).paragraphs}
    assert PROSE.with_stem("2025 (trước khi thay)").exists()

    run(RENDER)  # no change is asked about again
    document = docx.Document(str(REPORT))
    add_after(slot(document, "2. Nguyên nhân"), "Do thời tiết.")
    document.save(str(REPORT))
    before = PROSE.read_bytes()
    answers += ["", "k"]
    run(RENDER)
    assert PROSE.read_bytes() == before
    assert REPORT.with_stem("bao-cao-2025 (bản sửa tay 2)").exists()


# ------------------------------------------------------------------------------------- to the ministry


@pytest.fixture(scope="module")
def ministry(questioned_rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report asked about with the texts for the ministry beside it."""
    root = Path(shutil.copytree(questioned_rendered, tmp_path_factory.mktemp("ministry") / "w"))
    return do(root, f"{RENDER} --ministry")


both = copied("ministry", "Both texts.")


def replaced(source: Path, old: str, new: str, anonymous: bool = False) -> Path:
    """Save a copy of ``source`` with ``old`` replaced once; ``anonymous``: without its identity."""
    document = docx.Document(str(source))
    run = next(r for p in document.paragraphs for r in p.runs if old in r.text)
    run.text = run.text.replace(old, new, 1)
    if anonymous:
        related = document.part.package.rels
        for key in [k for k, rel in related.items() if rel.reltype.endswith("custom-properties")]:
            del related[key]
    document.save("sua.docx")
    return Path("sua.docx")


@pytest.mark.usefixtures("both")
def test_each_is_checked_and_explained_by_what_it_said(run: Run) -> None:
    for path in (SUBMISSION, DRAFT):
        said = run.json(f"check {path}")
        assert (said["untouched"], said["changes"]) == (True, [])
    copy = replaced(DRAFT, "71,9%", "80,1%", anonymous=True)
    code, out, _ = run.raw(f"check {copy} --format json")
    told = json.loads(out)
    identity = json.loads(DRAFT.with_suffix(".json").read_text("utf-8"))["id"]
    own = {"file": "bao-cao-ubnd-2025.json", "id": identity, "same_identity": False}
    assert (code, told["manifest"]) == (1, own)
    assert "T10.percent" in out
    copy = replaced(SUBMISSION, "05 chỉ tiêu chưa đạt", "05 chỉ tiêu đạt", anonymous=True)
    said = run(f"check {copy}", 1)
    assert "Bản lập: to-trinh-2025.docx" in said
    assert "1 chỗ khác (1 kết luận)" in said
    assert "Không đối chiếu, người soát tự đọc: " in said
    assert "bao-cao-ubnd-2025.docx" in run(f"explain T10 --report {DRAFT.with_suffix('.json')} {AS_OF}")
    assert "bảng nguồn của Tờ trình" in run(f"explain T10 --report {SUBMISSION.with_suffix('.json')}", 2)


@pytest.mark.usefixtures("both")
def test_settings_of_before_are_told_what_is_missing(run: Run) -> None:
    head, _, rest = SETTINGS.read_text(encoding="utf-8").partition("[bao_cao_gui_bo]")
    SETTINGS.write_text(head + rest[rest.index("[cong_van]") :], encoding="utf-8")
    assert "Báo cáo gửi Bộ luôn là dự thảo" in run("render --ministry --final", 2)
    told = run(f"{RENDER} --ministry", 2)
    assert "chưa có mục [bao_cao_gui_bo]" in told
    assert "ninh_thuan" in told
    run(RENDER)


@pytest.mark.usefixtures("both")
def test_changes_are_told_against_the_same_text(run: Run) -> None:
    for own in ("", "--ministry"):
        assert "không có thay đổi" in run(f"{RENDER} --diff {own}")
    edit(SETTINGS, 'neu_ten_don_vi = "phu_luc"', 'neu_ten_don_vi = "khong"')
    DRAFT.with_suffix(".json").unlink()  # the kept one of the same text is compared with
    assert "nêu tại Phụ lục III" in run(f"{RENDER} --diff --ministry")
    assert (RESULTS / "thay-doi-ubnd-2025.docx").is_file()
    assert "không có thay đổi" in run(f"{RENDER} --diff")


@pytest.mark.usefixtures("both")
def test_paper_or_electronic_the_linter_finds_nothing_annexes_leave_days_open(run: Run) -> None:
    def attached(file: Path) -> list[str]:
        lines = [" ".join(p.text.split()) for p in docx.Document(str(file)).paragraphs]
        return [line for line in lines if line.startswith("(Kèm theo")]

    def lint() -> None:
        files = run.json(f"lint {REPORT} {DRAFT} {SUBMISSION}")["files"]
        assert [file["kind"] for file in files] == ["Báo cáo", "Báo cáo", "Tờ trình"]
        assert [file["totals"] for file in files] == [{"error": 0, "warning": 0, "info": 0}] * 3

    lint()
    assert "ngày tháng 11 năm 2025 của Sở" in attached(REPORT)[0]
    edit(SETTINGS, 'van_ban = "giay"', 'van_ban = "dien_tu"')
    for line in (RENDER, f"{RENDER} --ministry", f"letter forms {AS_OF}"):
        run(line)
    lint()
    letter = RESULTS / "cong-van-phat-hanh-bieu-mau-2025.docx"
    for file, kind, symbol in (
        (REPORT, "Báo cáo", "/BC-SKHCN"),
        (DRAFT, "Báo cáo", "/BC-UBND"),
        (letter, "Công văn", "/SKHCN-CĐS"),
    ):
        found = attached(file)
        assert len(found) >= 2
        assert {line.partition("của")[0] for line in found} == {
            f"(Kèm theo {kind} số {symbol} ngày tháng năm "
        }


# --------------------------------------------------------------------- quick, and for a meeting


@pytest.mark.usefixtures("whole")
def test_the_leads_are_told_with_how_sure_they_are_and_who_is_missing(run: Run) -> None:
    assert "không có bản trình ký" in run(f"{RENDER} --quick --final", 2)
    assert not QUICK.exists()
    assert "trang-hop.docx" in run(f"{RENDER} --quick")
    text = words_of(QUICK)
    for words in (
        "theo số liệu của 23/27 cơ quan",
        "có 03 chỉ tiêu đạt và vượt, trong đó 02 tạm tính; 09 chỉ tiêu chưa đạt, trong đó 01 tạm tính; 03 ",
        "\n- 03 cơ quan, đơn vị, địa phương chưa gửi báo cáo",
    ):
        assert words in text
    dossiers = (
        "- Hồ sơ thủ tục hành chính được xử lý hoàn toàn trực tuyến: 79,96% (Kế hoạch: tối thiểu 80%), thiếu "
        "32 hồ sơ (tạm tính); 03 cơ quan cấp tỉnh và 05 huyện, thành phố chưa đạt"
    )
    for path in (QUICK, MEETING):
        assert f"\n{dossiers}" in words_of(path)
    counts = run.json(f"lint {QUICK}")["files"][0]["totals"]
    assert (counts["error"], counts["warning"]) == (0, 0)
