"""The officer's prose: made once, never written over, placed in the report's own styles."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from openxml_audit import OpenXmlValidator

from dvctt_report.decide.check.check import check_document
from dvctt_report.decide.check.document import read_document, read_manifest
from dvctt_report.model import Finding, Return, ReturnStatus, Severity
from dvctt_report.report.final import NotFinal, Obstacle
from dvctt_report.report.prose.taking import OwnFiles
from dvctt_report.report.settings import Issuer
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice
from dvctt_report.report.write import Rendered, render_report
from dvctt_report.text.errors import CannotRun
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year
from scripts.word_templates.report import build_template
from tests.report.conftest import DATASET, FINDINGS, ISSUER, PHRASES, RETURNS, build
from tests.report.test_golden import as_text

HEADINGS = (
    "Văn bản chỉ đạo của cơ quan tổng hợp",
    "Công tác phối hợp, kiểm tra, đôn đốc",
    "Ưu điểm, kết quả nổi bật, mô hình, cách làm hay",
    "Tồn tại, hạn chế",
    "Nguyên nhân",
    "Phương hướng, nhiệm vụ",
    "Kiến nghị đối với UBND tỉnh",
    "Kiến nghị đối với bộ, ngành Trung ương",
    "Kiến nghị đối với các sở, ban, ngành, địa phương",
)
OTHERS = ("Văn bản chỉ đạo của UBND tỉnh (dùng cho báo cáo gửi Bộ)",)
"""The headings of the officer's file that the office's own report has no place for."""


class Desk:
    """A folder with the officer's files, and the small plan's report rendered from them."""

    def __init__(self, folder: Path, issuer: Issuer = ISSUER) -> None:
        self.folder, self.issuer, self.phrases = folder, issuer, PHRASES
        own = folder / "noi-dung"
        self.files = OwnFiles(own / "2025.docx", folder / "goi-y.txt")
        self.template = folder / "report.docx"
        self.template.write_bytes(build_template())
        self.out, self.kept = folder / "bao-cao.docx", folder / "ban-lap"

    def render(self, dataset: Dataset, findings: Iterable[Finding] = (), final: bool = False) -> Rendered:
        kept = tuple(findings)
        voice = Voice(self.phrases, self.issuer, marking=True)
        told = Telling(Year(dataset, kept), voice)
        return render_report(told, self.template, self.out, own=self.files, final=final, kept_in=self.kept)

    def write(self, heading: str, *texts: str, drop: bool = True) -> None:
        """Write under a heading, as an officer does; ``drop``: what stood there is deleted."""
        document = docx.Document(str(self.files.prose))
        after = slot(document, heading, drop)
        for text in reversed(texts):
            add_after(after, text)
        document.save(str(self.files.prose))

    def text(self) -> str:
        return as_text(self.out.read_bytes())


def slot(document: Docx, heading: str, drop: bool = False) -> Paragraph:
    """The heading's paragraph; with ``drop`` what stands between it and the next heading goes."""
    found = next(p for p in document.paragraphs if p.text == heading)
    at = found._p.getnext()
    headings = (*HEADINGS, *OTHERS)
    while (
        drop
        and at is not None
        and at.tag.endswith("}p")
        and Paragraph(at, found._parent).text not in headings
    ):
        at, gone = at.getnext(), at
        gone.getparent().remove(gone)
    return found


def add_after(paragraph: Paragraph, text: str) -> Paragraph:
    new = Paragraph(OxmlElement("w:p"), paragraph._parent)
    paragraph._p.addnext(new._p)
    new.add_run(text)
    return new


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def written(desk: Desk) -> Desk:
    """A desk whose file was made and then filled in everywhere."""
    desk.render(DATASET)
    for n, heading in enumerate(HEADINGS):
        desk.write(heading, f"Lời của cán bộ số {'abcdeghik'[n]}.")
    return desk


def audit(path: Path) -> list[str]:
    return [str(error) for error in OpenXmlValidator().validate(path).errors]


def section_of(text: str, start: str, end: str) -> str:
    return text[text.index(start) : text.index(end)]


def test_the_file_is_made_with_a_heading_a_prompt_and_drafts_for_every_slot(desk: Desk) -> None:
    made = desk.render(DATASET, FINDINGS)
    assert any(str(desk.files.prose) in note for note in made.notes)
    lines = as_text(desk.files.prose.read_bytes()).splitlines()
    made_for = [line.partition(" | ")[2] for line in lines if line.startswith("Heading 1 |")]
    assert made_for == [*HEADINGS, *OTHERS]
    drafts = [line for line in lines if line.startswith("Dự thảo gợi ý |")]
    assert any("[dự thảo gợi ý] - Về chế độ báo cáo: còn 01" in line for line in drafts)
    at = next(n for n, line in enumerate(lines) if line.endswith("| Nguyên nhân"))
    assert lines[at + 1].startswith("Lời nhắc | [")
    assert lines[at + 2].startswith("Heading 1 |"), "a cause is never deduced"
    assert audit(desk.files.prose) == []
    assert "\ue001" not in desk.files.prose.read_bytes().decode("latin-1")


def test_an_untouched_file_leaves_the_drafts_marked_in_the_report(desk: Desk) -> None:
    desk.render(DATASET)
    first = desk.text()
    desk.render(DATASET)
    assert desk.text() == first
    assert first.count("[dự thảo gợi ý]") == 2
    assert "[Nội dung do Sở bổ sung: nguyên nhân khách quan" in first


def test_three_renderings_keep_the_prose_byte_by_byte_and_print_it(written: Desk) -> None:
    before = written.files.prose.read_bytes()
    for data in (DATASET, build(RETURNS[:2]), DATASET):
        written.render(data)
        said = written.text()
        assert all(f"Nội dung | Lời của cán bộ số {letter}." in said for letter in "abcdeghik")
        assert "[" not in said
    assert written.files.prose.read_bytes() == before


def test_formatting_is_kept_in_the_styles_of_the_report(written: Desk) -> None:
    document = docx.Document(str(written.files.prose))
    found = add_after(slot(document, "Nguyên nhân", drop=True), "")
    for text, bold, italic in (
        ("Khách quan: ", True, False),
        ("mạng yếu ", False, False),
        ("(3 xã)", False, True),
    ):
        run = found.add_run(text)
        run.bold, run.italic = bold, italic
        run.font.name, run.font.size, run.font.color.rgb = "Comic Sans MS", Pt(22), RGBColor(255, 0, 0)
    document.save(str(written.files.prose))
    written.render(DATASET)
    out = docx.Document(str(written.out))
    placed = next(p for p in out.paragraphs if p.text == "Khách quan: mạng yếu (3 xã)")
    assert placed.style is not None
    assert placed.style.name == "Nội dung"
    assert [(r.text, r.style.name) for r in placed.runs] == [
        ("Khách quan: ", "Chữ đậm"),
        ("mạng yếu ", "Default Paragraph Font"),
        ("(3 xã)", "Chữ nghiêng"),
    ]
    assert b"Comic" not in written.out.read_bytes()
    assert all(r._r.rPr is None or len(r._r.rPr) == 1 for r in placed.runs)
    assert audit(written.out) == []


def number_lists(document: Docx, *levels: tuple[str, str]) -> None:
    """Give a document Word's own numbering, list 7, by format and text of each level."""
    said = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{of}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (of, text) in enumerate(levels)
    )
    xml = (
        f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="7">{said}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
    part = Part(PackURI("/word/numbering.xml"), kind, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)


def listed(paragraph: Paragraph, level: int) -> None:
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>')
    )


def test_lists_become_lines_with_signs_and_numbers(written: Desk) -> None:
    document = docx.Document(str(written.files.prose))
    number_lists(document, ("bullet", "\uf0b7"), ("decimal", "%2)"))
    after = slot(document, "Tồn tại, hạn chế", drop=True)
    add_after(after, "• Gõ tay")
    for text, level in (("Hai", 1), ("Một", 1), ("Gạch", 0)):
        listed(add_after(after, text), level)
    document.save(str(written.files.prose))
    written.render(DATASET)
    said = section_of(written.text(), "1. Tồn tại, hạn chế", "2. Nguyên nhân").splitlines()[1:]
    assert said[:4] == ["Nội dung | - Gạch", "Nội dung | 1) Một", "Nội dung | 2) Hai", "Nội dung | - Gõ tay"]


PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def hostile(document: Docx) -> None:
    """Put under "Nguyên nhân" everything that a person may paste from elsewhere."""
    after = slot(document, "Nguyên nhân", drop=True)
    pictured = add_after(after, "Có hình.")
    pictured.add_run().add_picture(io.BytesIO(base64.b64decode(PIXEL)))
    add_after(after, "Dài " + "rất dài " * 2_000)
    add_after(after, "{{ lead_in }} {% for x in y %} <w:p> & \x85 {_{ \ue001giả\ue003 \u200b hết.")
    add_after(after, "Hẹn\tdòng\nmới.")
    add_after(after, "")
    tracked = add_after(after, "Giữ ")
    tracked._p.append(
        parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="A"><w:r><w:t>thêm</w:t></w:r></w:ins>')
    )
    tracked._p.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="2" w:author="A"><w:r><w:delText>xóa</w:delText></w:r></w:del>'
        )
    )
    hidden = add_after(after, "Hiện.")
    hidden.add_run("ẩn").font.hidden = True
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "Gộp dọc"
    table.cell(0, 0).add_table(1, 1)
    after._p.addnext(table._tbl)


def test_hostile_prose_comes_out_valid_and_what_is_lost_is_told(written: Desk) -> None:
    document = docx.Document(str(written.files.prose))
    hostile(document)
    document.add_comment(document.paragraphs[0].runs, "nhận xét", "A", "A")
    document.save(str(written.files.prose))
    notes = "\n".join(written.render(DATASET).notes)
    said = section_of(written.text(), "2. Nguyên nhân", "V. PHƯƠNG HƯỚNG")
    assert "Nội dung | {{ lead_in }} {% for x in y %} <w:p> & {_{ giả hết." in said
    assert "Nội dung | Hẹn dòng\nNội dung | mới." in said
    assert "Nội dung | Giữ thêm" in said
    assert "xóa" not in said
    assert "Nội dung | Hiện.\n" in said
    assert said.count("rất dài") == 2_000
    assert "Gộp dọc" not in said
    assert "2 bảng không đưa vào báo cáo; chèn vào tệp Word của báo cáo sau khi lập" in notes
    assert "1 hình ảnh không đưa vào báo cáo" in notes
    assert "2 chỗ theo dõi thay đổi chưa duyệt" in notes
    assert "1 nhận xét" in notes
    assert audit(written.out) == []
    out = docx.Document(str(written.out))
    assert not any(p.text.strip() == "" and p.style and p.style.name == "Nội dung" for p in out.paragraphs)
    outcome = check_document(read_document(written.out), read_manifest(written.out.with_suffix(".json")))
    assert outcome.untouched
    assert outcome.changes == ()


def test_what_stands_before_the_first_heading_and_a_lost_heading_are_told(written: Desk) -> None:
    """A heading may carry a number and other capitals."""
    document = docx.Document(str(written.files.prose))
    add_after(document.paragraphs[1], "Ý chung không có chỗ.")
    slot(document, "Nguyên nhân").runs[0].text = "Vì sao"
    slot(document, "Tồn tại, hạn chế").runs[0].text = "1. TỒN TẠI, HẠN CHẾ:"
    document.save(str(written.files.prose))
    notes = "\n".join(written.render(DATASET).notes)
    assert "đoạn “Ý chung không có chỗ.” đứng trước đề mục đầu tiên" in notes
    assert "không thấy đề mục “Nguyên nhân”" in notes
    assert "không thấy đề mục “Tồn tại, hạn chế”" not in notes
    assert "Ý chung" not in written.text()
    assert "Nội dung | Vì sao" in section_of(written.text(), "1. Tồn tại, hạn chế", "V. PHƯƠNG")


def adopt(path: Path, words: str, change: Callable[[str], str] = lambda text: text) -> None:
    """Take the mark off the draft that holds ``words``; other drafts under its heading are deleted."""
    document = docx.Document(str(path))
    for paragraph in list(document.paragraphs):
        is_draft = paragraph.style is not None and paragraph.style.name == "Dự thảo gợi ý"
        if is_draft and "[dự thảo gợi ý]" in paragraph.text and words in paragraph.text:
            text = change(paragraph.text.removeprefix("[dự thảo gợi ý] "))
            for run in paragraph.runs[1:]:
                run._r.getparent().remove(run._r)
            paragraph.runs[0].text = text
    document.save(str(path))


def test_a_draft_taken_over_and_not_rewritten_follows_the_data(desk: Desk) -> None:
    """It stands alone, with its figures traced, and the drafts beside it are not printed."""
    desk.render(DATASET, FINDINGS)
    adopt(desk.files.prose, "Về chế độ báo cáo")
    now = build([r for r in RETURNS if r.unit != "H1"])
    notes = desk.render(now, FINDINGS).notes
    assert any("đoạn còn chữ gợi ý nên không in" in note for note in notes)
    (told,) = (note for note in notes if "theo số liệu hiện có" in note)
    fresh = (
        "- Về chế độ báo cáo: còn 02 cơ quan, đơn vị, địa phương chưa gửi báo cáo, 01 đơn vị gửi sau thời "
        "hạn quy định."
    )
    assert told.splitlines()[1:] == [f"  {fresh}"]
    said = section_of(desk.text(), "1. Tồn tại, hạn chế", "2. Nguyên nhân")
    assert said.splitlines()[1:-1] == [f"Nội dung | {fresh}"]
    printed = json.loads(desk.out.with_suffix(".json").read_text(encoding="utf-8"))["printed"]
    (place,) = (p for p in printed if p.get("text", "").startswith("- Về chế độ báo cáo"))
    assert place["text"] == fresh
    assert {f["id"] for f in place["figures"]} == {"returns.missing", "returns.late"}
    assert not any("số liệu nay đã khác" in one.what for one in obstacles(desk, now))


def test_a_rewritten_draft_whose_figures_have_changed_since_is_told_and_not_final(desk: Desk) -> None:
    desk.render(DATASET)
    adopt(desk.files.prose, "Về chế độ báo cáo", lambda text: f"{text[:-1]}, cần rút kinh nghiệm.")
    now = build([r for r in RETURNS if r.unit != "H1"])
    (told,) = (note for note in desk.render(now).notes if "ghi số đã cũ" in note)
    assert told.splitlines()[1:] == [
        "  đang ghi: - Về chế độ báo cáo: còn 01 cơ quan, đơn vị, địa phương chưa gửi báo cáo, 01 đơn vị "
        "gửi sau thời hạn quy định, cần rút kinh nghiệm.",
        "  thay bằng: - Về chế độ báo cáo: còn 02 cơ quan, đơn vị, địa phương chưa gửi báo cáo, 01 đơn vị "
        "gửi sau thời hạn quy định, cần rút kinh nghiệm.",
    ]
    assert any("số liệu nay đã khác" in one.what for one in obstacles(desk, now))
    assert not any("ghi số đã cũ" in note for note in desk.render(DATASET).notes)


def test_a_draft_taken_over_whose_count_no_draft_gives_any_more_is_told(written: Desk) -> None:
    written.render(DATASET, FINDINGS)
    gone = "Số liệu của 01 đơn vị còn nội dung chưa thống nhất, đang được đề nghị chỉnh lý."
    own = "Một số chỉ tiêu chưa đạt, nguyên nhân do nguồn lực; năm 2024 có 11 chỉ tiêu chưa đạt."
    written.write("Tồn tại, hạn chế", gone, own)
    stale = [one.what for one in obstacles(written, DATASET) if "số của lần lập trước" in one.what]
    assert len(stale) == 1
    assert "01 đơn vị" in stale[0]


def test_a_part_may_be_left_out(written: Desk) -> None:
    written.write("Kiến nghị đối với bộ, ngành Trung ương", "Không nêu.")
    written.write("Ưu điểm, kết quả nổi bật, mô hình, cách làm hay", "Không nêu")
    written.render(DATASET)
    said = written.text()
    assert "Trung ương" not in said
    assert "Kết quả nổi bật" not in said
    assert "Không nêu" not in said
    assert "Heading 2 | 2. Đối với các sở, ban, ngành, địa phương" in said


def test_a_file_that_is_no_word_file_is_refused_and_left_alone(desk: Desk) -> None:
    desk.render(DATASET)
    before = desk.out.read_bytes()
    desk.files.prose.write_bytes(b"%PDF-1.7 ...")
    with pytest.raises(CannotRun, match=r"“[^”/]+/2025\.docx”") as refused:
        desk.render(DATASET)
    assert "đổi tên tệp" in refused.value.fix
    assert desk.files.prose.read_bytes() == b"%PDF-1.7 ..."
    assert desk.out.read_bytes() == before


def test_prose_that_the_template_has_no_place_for_is_told(written: Desk) -> None:
    document = docx.Document(str(written.template))
    for paragraph in list(document.paragraphs):
        if "causes" in paragraph.text:
            paragraph.runs[0].text = paragraph.runs[0].text.replace("in causes", "in notice")
    document.save(str(written.template))
    notes = written.render(DATASET).notes
    assert "Tệp mẫu báo cáo không có chỗ cho mục “Nguyên nhân”." in notes


# --------------------------------------------------------------------------------------------- final or not


def obstacles(desk: Desk, dataset: Dataset, findings: Iterable[Finding] = ()) -> tuple[Obstacle, ...]:
    with pytest.raises(NotFinal) as refused:
        desk.render(dataset, findings, final=True)
    return refused.value.obstacles


def test_a_final_report_is_refused_with_every_reason_and_writes_nothing(desk: Desk) -> None:
    obstacles(desk, DATASET)
    assert not desk.files.prose.exists()
    desk.issuer = replace(desk.issuer, signer_name="")
    desk.render(DATASET, FINDINGS)
    before = {p: p.read_bytes() for p in desk.folder.rglob("*") if p.is_file()}
    found = [one.what for one in obstacles(desk, DATASET, FINDINGS)]
    assert found[0] == "DL01 · UBND huyện Đông: không đọc được."
    assert found[1] == "Còn để trống: [Họ và tên]."
    assert [what.split("”")[0].removeprefix("Mục “") for what in found[2:]] == list(HEADINGS)
    assert {p: p.read_bytes() for p in desk.folder.rglob("*") if p.is_file()} == before


def test_missing_and_late_units_and_missed_targets_do_not_keep_a_report_back(written: Desk) -> None:
    written.render(DATASET)
    assert "DỰ THẢO" in written.text()
    written.render(DATASET, final=True)
    said = written.text()
    assert "DỰ THẢO" not in said
    assert "[" not in said
    assert "chưa gửi báo cáo" in said
    assert "Sau thời hạn" in said
    assert "Chưa đạt" in said


def test_a_draft_left_beside_the_prose_keeps_the_report_back(written: Desk) -> None:
    written.write("Nguyên nhân", "[dự thảo gợi ý] Gợi ý còn sót.", drop=False)
    written.render(DATASET)
    assert "Gợi ý còn sót" not in written.text()
    assert [one.what for one in obstacles(written, DATASET)] == [
        "Mục “Nguyên nhân” còn 1 đoạn [dự thảo gợi ý]."
    ]


def test_an_undecided_unit_and_a_file_of_nobody_keep_the_report_back(written: Desk) -> None:
    undecided: Any = replace(RETURNS[1], status=ReturnStatus.UNDECIDED)
    nobody = Return("nhan-ve/2025/x.xlsx", "1" * 64, ReturnStatus.REFUSED)
    found = obstacles(written, build((*RETURNS[2:], undecided, nobody)))
    assert [one.what for one in found] == [
        "Tệp “nhan-ve/2025/x.xlsx” không dùng được, chưa rõ của đơn vị nào.",
        "Sở Một: chưa chọn tệp được dùng: “nhan-ve/2025/SO1.xlsx”.",
    ]
    decided = obstacles(written, build((*RETURNS[2:], undecided, replace(nobody, rejected=True))))
    assert [one.what for one in decided] == [found[1].what]
    assert "--reject" in found[0].remedy
    assert "--use" in found[1].remedy


@pytest.mark.parametrize(("code", "waits"), [("NH44", True), ("DL24", True), ("DL20", False)])
def test_a_figure_used_though_nobody_sees_it_is_confirmed_first(
    written: Desk, code: str, waits: bool
) -> None:
    doubt = Finding(code, Severity.WARNING, "ở chỗ bị ẩn", unit="SO1", item="T1", field="done")
    if waits:
        (told,) = obstacles(written, DATASET, (doubt,))
        assert code in told.what
    else:
        written.render(DATASET, (doubt,), final=True)


def test_words_typed_over_a_prompt_are_upright_and_black(desk: Desk) -> None:
    desk.render(DATASET)
    document = docx.Document(str(desk.files.prose))
    asked = next(p for p in document.paragraphs if "nguyên nhân khách quan" in p.text)
    asked.runs[0].text = "Mạng yếu."
    document.save(str(desk.files.prose))
    desk.render(DATASET)
    placed = next(p for p in docx.Document(str(desk.out)).paragraphs if p.text == "Mạng yếu.")
    assert placed.style is not None
    assert placed.style.name == "Nội dung"
    assert [run.style.name for run in placed.runs] == ["Default Paragraph Font"]
