"""``fill``: others' forms with figures at their tags, in Word and in Excel, as an officer meets it."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.cell.cell import Cell

from dvctt_report.explain.manifest import Manifest, read_manifest
from dvctt_report.papers.fill.filling import Terms, fill_form, open_form
from dvctt_report.papers.fill.values import NONE_PRINTED, FigureValue, FigureValues
from dvctt_report.text.errors import CannotRun
from tests.cli.officer import AS_OF, Run

TERMS = Terms("", leading_zero=True, signed="", as_of=datetime(2025, 11, 20, 17), notice=())
RESULTS = Path("ket-qua/2025")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder from where forms are named; the workspace's results are written to elsewhere."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def root(rendered_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("fill") / "w"
    shutil.copytree(rendered_sample, root)
    return root


@pytest.fixture(scope="session")
def manifest(rendered_sample: Path) -> Manifest:
    return read_manifest(rendered_sample / "ket-qua/2025/bao-cao-2025.json")


@pytest.fixture(scope="session")
def values(manifest: Manifest) -> FigureValues:
    return FigureValues(manifest)


Fill = Callable[..., str]


@pytest.fixture
def fill(root: Path, run: Run) -> Fill:
    """Fills what is named; all that was said, once it ended with that code."""
    return lambda named, code=0: run(f"--workspace '{root}' fill {named} {AS_OF}", code)


def made(root: Path, name: str) -> Path:
    return root / RESULTS / name


def put_in(root: Path, name: str) -> list[dict[str, object]]:
    """What the manifest of a filled form says was put where."""
    told: dict[str, list[dict[str, object]]] = json.loads(
        made(root, name).with_suffix(".json").read_text(encoding="utf-8")
    )
    return told["filled"]


def word_form(path: Path) -> None:
    form = docx.Document()
    form.add_paragraph(
        "Có {{ returns.received }}/{{ returns.expected }} đơn vị gửi, {{returns.late}} gửi muộn."
    )
    form.add_paragraph("Đạt {{T10: tỷ lệ}}% ({{T10: đã thực hiện}}/{{T10: tổng số}} hồ sơ); năm {{Kỳ: năm}}.")
    split = form.add_paragraph("Kinh phí ")
    for n, piece in enumerate(("{", "{ KP.a: Đã th", "ực hiện }", "} đồng")):
        split.add_run(piece).bold = n == 0
    table = form.add_table(2, 2)
    table.cell(0, 1).text = "{{ T10: tỷ lệ: Sở Y tế }}"
    table.cell(1, 1).text = "{{ returns.late }}"
    form.sections[0].header.paragraphs[0].text = "Kỳ {{ Kỳ: đến ngày }}"
    form.save(str(path))


def test_word_takes_figures_as_the_report_prints_them(here: Path, root: Path, fill: Fill) -> None:
    word_form(here / "biểu.docx")
    before = (here / "biểu.docx").read_bytes()
    said = fill("biểu.docx")
    assert (here / "biểu.docx").read_bytes() == before
    form = docx.Document(str(made(root, "biểu (dự thảo).docx")))
    assert [p.text for p in form.paragraphs] == [
        "DỰ THẢO, số liệu đến ngày 20/11/2025. SỐ LIỆU MINH HỌA, KHÔNG PHẢI SỐ LIỆU THẬT",
        "Có 23/27 đơn vị gửi, 01 gửi muộn.",
        "Đạt 79,96% (63.245/79.096 hồ sơ); năm 2025.",
        "Kinh phí 883.020.000 đồng",
    ]
    assert [run.bold for run in form.paragraphs[3].runs if run.text == "883.020.000"] == [True]
    assert [cell.text for cell in form.tables[0].column_cells(1)] == ["", "1"]
    assert form.sections[0].header.paragraphs[0].text == "Kỳ 31/10/2025"
    assert "T10: tỷ lệ: Sở Y tế (bảng 1, dòng 1, ô 2: " in said
    assert "bị loại, chờ chỉnh lý" in said
    assert "- T10: tỷ lệ: 19/23 đơn vị" in said


def test_the_manifest_says_what_was_put_where(here: Path, root: Path, fill: Fill) -> None:
    word_form(here / "biểu.docx")
    fill("biểu.docx --blank …")
    filled = put_in(root, "biểu (dự thảo).docx")
    assert len(filled) == 11
    rate = next(one for one in filled if one["name"] == "T10.percent")
    assert (rate["value"], rate["text"], rate["units"]) == ("79.96", "79,96%", "19/23 đơn vị")
    missing = next(one for one in filled if one["missing"])
    assert (missing["name"], missing["value"], missing["text"]) == ("T10.SYT.percent", None, "…")


def test_text_boxes_are_filled_in_both_their_copies(here: Path, root: Path, fill: Fill) -> None:
    word_form(here / "hộp.docx")
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>{{ T10.numerator }}</w:t></w:r></w:p>'
        "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>{{ T10.numerator }}</w:t>"
        "</w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p></w:body>"
    )
    parts = contents(here / "hộp.docx")
    body = parts["word/document.xml"].decode()
    head, _, tail = body.rpartition("<w:sectPr")
    parts["word/document.xml"] = (f"{head}<w:p>{box}".replace("</w:body>", "") + f"<w:sectPr{tail}").encode()
    pack(here / "hộp.docx", parts)
    fill("hộp.docx")
    there = contents(made(root, "hộp (dự thảo).docx"))["word/document.xml"].decode()
    assert there.count("63.245") == 3
    assert [one["name"] for one in put_in(root, "hộp (dự thảo).docx")].count("T10.numerator") == 2


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def pack(path: Path, parts: dict[str, bytes]) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    path.write_bytes(raw.getvalue())


def excel_form(path: Path, cells: dict[str, tuple[str, str]]) -> None:
    """A workbook of cells: address → (content, number format)."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Biểu 1"
    for address, (content, number_format) in cells.items():
        cell = sheet[address]
        assert isinstance(cell, Cell)
        cell.value = content
        cell.number_format = number_format
    book.save(path)


def test_cells_take_numbers_and_keep_their_formats(here: Path, root: Path, fill: Fill) -> None:
    excel_form(
        here / "nhập.xlsx",
        {
            "A1": ("Hồ sơ năm {{Kỳ: năm}}", "General"),
            "B1": ("{{T10: tổng số}}", "#,##0"),
            "B2": (" {{T10: đã thực hiện}} ", "#,##0"),
            "B3": ("{{T10: tỷ lệ}}", "0.00;-0.00"),
            "B4": ("{{T12: tỷ lệ}}", "0.0%"),
            "B5": ("=B2/B1", "0.00%"),
            "B6": ("{{U2: tỷ lệ}}", "0.0"),
            "B7": ("{{T10: tỷ lệ}}", "@"),
            "B8": ("{{T10: tỷ lệ}}", "General"),
        },
    )
    fill("nhập.xlsx")
    path = made(root, "nhập (dự thảo).xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    seen = {cell.coordinate: (cell.value, cell.number_format) for row in sheet.iter_rows() for cell in row}
    assert seen["A1"][0] == "Hồ sơ năm 2025"
    assert [seen[f"B{n}"] for n in range(1, 9)] == [
        (79096, "#,##0"),
        (63245, "#,##0"),
        (79.96, "0.00;-0.00"),
        (0.926, "0.0%"),
        ("=B2/B1", "0.00%"),
        (None, "0.0"),
        ("79,96%", "@"),
        (79.96, "General"),
    ]
    above = "DỰ THẢO, số liệu đến ngày 20/11/2025. SỐ LIỆU MINH HỌA, KHÔNG PHẢI SỐ LIỆU THẬT"
    assert sheet.oddHeader.right.text == above
    assert b'fullCalcOnLoad="1"' in contents(path)["xl/workbook.xml"]


def test_one_unknown_tag_and_nothing_is_written(here: Path, root: Path, fill: Fill) -> None:
    excel_form(here / "sai.xlsx", {"C5": ("{{T10: tỷ lệ chung}}", "0.0"), "C6": ("{{T10: tổng số}}", "0")})
    said = fill("sai.xlsx", 1)
    assert not made(root, "sai (dự thảo).xlsx").exists()
    assert "sai.xlsx: 1 thẻ chưa điền được, chưa ghi gì." in said
    assert "trang “Biểu 1”, ô C5" in said
    assert "Gần nhất: {{ T10: tỷ lệ }}" in said


@pytest.mark.parametrize(
    ("tag", "number_format", "said"),
    [
        ("T10: tỷ lệ", "0", "ô hiện 80, báo cáo in 79,96%: làm tròn qua mức 80"),
        ("T10: tỷ lệ", "0.0%", "làm tròn qua mức 80"),
        ("T10: tổng số", "0%", "số này không phải là tỷ lệ"),
        ("T10: tổng số", '#,##0" nghìn"', "ghi thêm “nghìn”"),
        ("T10: tổng số", "#,##0,", "hiện số khác"),
        ("T10: tổng số", "dd/mm/yyyy", "ô định dạng ngày tháng"),
    ],
)
def test_a_cell_that_would_show_something_else_is_not_filled(
    here: Path, values: FigureValues, tag: str, number_format: str, said: str
) -> None:
    excel_form(here / "lệch.xlsx", {"C5": (f"{{{{{tag}}}}}", number_format)})
    filled = fill_form(open_form("lệch.xlsx", (here / "lệch.xlsx").read_bytes()), values, TERMS)
    assert [said in fault.said for fault in filled.faults] == [True]
    assert filled.content == b""


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"A1": ("không có gì", "General")}, "không có thẻ nào"),
        ({"A1": ("{{T10.percent}}", "0.00"), "A2": ('="{{T10.percent}}"', "0")}, "nằm ở chỗ không điền được"),
    ],
)
def test_what_can_not_be_filled_says_why(
    here: Path, values: FigureValues, cells: dict[str, tuple[str, str]], said: str
) -> None:
    excel_form(here / "hỏng.xlsx", cells)
    with pytest.raises(CannotRun, match=said):
        fill_form(open_form("hỏng.xlsx", (here / "hỏng.xlsx").read_bytes()), values, TERMS)


@pytest.mark.parametrize("kind", ["vbaProject", "oleObject"])
def test_what_acts_is_refused(here: Path, values: FigureValues, kind: str) -> None:
    """By its relation, whatever its name is."""
    excel_form(here / "macro.xlsx", {"A1": ("{{T10.percent}}", "0.00")})
    parts, home = contents(here / "macro.xlsx"), "xl/_rels/workbook.xml.rels"
    one = f'<Relationship Id="rId99" Type="http://x/{kind}" Target="media/anh.bin"/></Relationships>'
    pack(here / "macro.xlsx", parts | {home: parts[home].replace(b"</Relationships>", one.encode())})
    with pytest.raises(CannotRun, match="mã lệnh hoặc đối tượng nhúng"):
        fill_form(open_form("macro.xlsx", (here / "macro.xlsx").read_bytes()), values, TERMS)


def test_other_files_and_none_are_told_apart_before_any_figure_is_worked_out(
    here: Path, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dvctt_report.decide.check.finals.manifest_now", lambda _: pytest.fail("asked for"))
    (here / "thư.txt").write_text("{{T10.percent}}", encoding="utf-8")
    assert "Tệp là văn bản thuần" in fill("thư.txt", 2)
    assert "Không tìm thấy tệp “không-có.xlsx”" in fill("không-có.xlsx", 2)
    assert "Chưa nêu tệp cần điền" in fill("", 2)


def test_two_forms_of_one_name_have_a_manifest_each(here: Path, root: Path, fill: Fill) -> None:
    excel_form(here / "đôi.xlsx", {"A1": ("{{T10.percent}}", "0.00")})
    word_form(here / "đôi.docx")
    fill("đôi.xlsx đôi.docx")
    fill("đôi.docx")
    assert made(root, "đôi (dự thảo).xlsx").exists()
    assert made(root, "đôi (dự thảo) 2.docx").exists()
    assert not made(root, "đôi (dự thảo) 3.docx").exists()


def test_the_list_of_tags_can_be_copied_from(root: Path, fill: Fill) -> None:
    fill("--tags")
    book = openpyxl.load_workbook(made(root, "the-so-lieu-2025.xlsx"))
    whole, by_unit = book.worksheets
    rows = {row[0]: row for row in whole.iter_rows(min_row=4, values_only=True)}
    title = "Hồ sơ thủ tục hành chính được xử lý hoàn toàn trực tuyến"
    assert rows["{{ T10: tỷ lệ }}"][1:5] == (title, "79,96%", "%", "19/23 đơn vị")
    assert "{{ T10: tỷ lệ: Sở Tài chính }}" in {cell.value for cell in by_unit["A"]}


# ---- The figures that tags name: each is what the report prints under that name, and none is made up


def bare(printed: str) -> str:
    """A printed figure without what tables and sentences write beside it."""
    said = re.sub(r"^(≥|tối thiểu) ", "", printed).split(" ")[0].rstrip("%")
    return said.lstrip("0") or "0"


def test_every_printed_figure_can_be_put_in_and_is_the_same(manifest: Manifest, values: FigureValues) -> None:
    printed: dict[str, set[str]] = {}
    for block in manifest.index:
        for span in (span for spans in block.figures for span in spans):
            printed.setdefault(span.id, set()).add(span.text)
    assert len(printed) > 1000
    differing = {
        name: (texts, one.text)
        for name, texts in printed.items()
        for one in [values.all[name]]
        if not agrees(one, texts)
    }
    assert differing == {}


def agrees(one: FigureValue, texts: set[str]) -> bool:
    if one.missing:
        return texts <= NONE_PRINTED
    if any(text.endswith("triệu đồng") for text in texts):
        millions = {Decimal(bare(text).replace(".", "").replace(",", ".")) for text in texts}
        return one.number is not None and all(abs(one.number - 1_000_000 * n) <= 50_000 for n in millions)
    if one.number is None:
        return one.text in texts
    return bare(one.text) in {*map(bare, texts)}


def test_no_two_figures_have_one_tag(values: FigureValues) -> None:
    tags = Counter(one.tag for one in values.all.values())
    assert [tag for tag, n in tags.items() if n > 1] == []
    assert all(values.find(one.tag) == one == values.find(one.name) for one in values.all.values())


def test_of_a_count_no_unit_has_a_part_taken_from_a_number_beside_its_answer(
    manifest: Manifest, values: FigureValues
) -> None:
    parts = [name.rpartition(".") for name in values.all]
    counted = [code for code, _, unit in parts if unit in manifest.units and code in manifest.figures]
    assert set(counted) <= set(manifest.totals)
    assert counted


def test_a_missing_figure_has_a_reason_and_no_number(values: FigureValues) -> None:
    missing = [one for one in values.all.values() if one.missing]
    assert {one.number for one in missing} == {None}
    assert {one.text for one in missing} == {""}
    said = {name: values.all[name].missing for name in ("U2.percent", "U2.numerator", "T10.SYT.percent")}
    assert said == {
        "U2.percent": "chưa đơn vị nào có số liệu",
        "U2.numerator": "chưa đơn vị nào có số liệu",
        "T10.SYT.percent": "bị loại, chờ chỉnh lý",
    }
    assert values.all["T10.VPUB.numerator"].missing == "không phát sinh"
    assert values.all["KP.a.spent"].of == "12/24 đơn vị", "of how many units it is"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("T10: tỷ lệ", "T10.percent"),
        ("t10 – TY LE", "T10.percent"),
        ("T10.percent", "T10.percent"),
        ("T10: tỷ lệ: STC", "T10.STC.percent"),
        ("T10: tỷ lệ: Sở Tài chính", "T10.STC.percent"),
        ("T10: tổng số: Sở, ban, ngành", "T10.sum1.denominator"),
        ("HT.b: số cuộc", "HT.b.events"),
        ("Gửi báo cáo: số đơn vị gửi đúng hạn", "returns.on_time"),
    ],
)
def test_officers_words_name_a_figure(values: FigureValues, said: str, name: str) -> None:
    assert values.find(said) == values.all[name]


def test_the_nearest_are_proposed_for_what_names_none(values: FigureValues) -> None:
    assert values.find("gửi báo cáo: chưa gửi") is None
    assert values.nearest("gửi báo cáo: chưa gửi")[0] == "Gửi báo cáo: số đơn vị chưa gửi báo cáo"
    assert "T10: tỷ lệ" in values.nearest("T10: tỉ lệ phần trăm")
    assert values.nearest("zzzz qqqq") == []
