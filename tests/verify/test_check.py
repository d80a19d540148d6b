"""An edited report against its manifest: every changed figure is found, and nothing else is."""

from __future__ import annotations

import copy
import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from dvctt_report.errors import CannotRun
from dvctt_report.verify.check import Collation, check_document, for_reading
from dvctt_report.verify.document import read_document
from dvctt_report.verify.known import PrintedReport
from dvctt_report.verify.message import format_changes, format_deviation, format_elsewhere
from dvctt_report.verify.reading import Deviation, DeviationKind
from dvctt_report.word.tree import W
from tests.libreoffice import DOCX, LibreOffice
from tests.verify.conftest import Rendered
from tests.verify.edits import (
    Report,
    flip,
    plant,
    replace_at,
    reworded,
    set_text,
    split_paragraphs,
    split_runs,
    text_of,
)

Check = Callable[[bytes], Collation]


def told(outcome: Collation, kind: DeviationKind) -> list[Deviation]:
    return [d for d in outcome.deviations if d.kind is kind]


def facts(outcome: Collation, kind: DeviationKind = DeviationKind.DIFFERS) -> list[tuple[str, str, str, str]]:
    return [(d.place.section, d.figure, d.found, d.expected) for d in told(outcome, kind)]


REWORDINGS = (
    ("thấp hơn", "còn kém"),
    ("so với chỉ tiêu", "so với mức đề ra"),
    ("tổng hợp từ", "theo số liệu của"),
    ("đơn vị chưa gửi báo cáo", "cơ quan còn chưa gửi"),
    ("có tỷ lệ dưới", "chưa đạt mức"),
    ("điểm phần trăm", "điểm %"),
    ("Kết luận chưa chắc chắn, chỉ đổi khi", "Kết luận còn chưa chắc chắn, có thể đổi nếu"),
    ("đã ban hành văn bản", "ban hành văn bản"),
)


def reword(report: Report, seed: int) -> None:
    """Edit the prose as a head of office does: other words, words put in, sentences moved; no figure."""
    draw = random.Random(seed)
    for paragraph in report.paragraphs():
        text = text_of(paragraph)
        if len(text) < 60 or text.startswith(("Bảng", "(Kèm")) or not re.search(r"\d", text):
            continue
        for old, new in REWORDINGS:
            text = text.replace(old, new) if draw.random() < 0.6 else text
        head = found.group() if (found := re.match(r"[a-zđ]\) .*?: ", text)) else ""
        rest = text[len(head) :]
        sentences = re.split(r"(?<=[^\d]\.) (?=[A-ZĐ])", rest)
        if draw.random() < 0.5 and not text.startswith(("- ", "1.", "2.", "3.", "4.")):
            draw.shuffle(sentences)
        sentences = [re.sub(r"\.$", ", theo báo cáo.", s) if draw.random() < 0.2 else s for s in sentences]
        set_text(paragraph, head + " ".join(sentences))


@pytest.mark.annexes
@pytest.mark.parametrize("seed", [0, 1])
def test_every_one_of_fifty_changed_figures_is_found_in_its_section(
    rendered: Rendered, check: Check, seed: int
) -> None:
    report = rendered.report()
    planted = plant(report, 50, seed)
    outcome = check(report.content())
    assert len(told(outcome, DeviationKind.DIFFERS)) == 50
    assert {(d.place.section, d.figure) for d in told(outcome, DeviationKind.DIFFERS)} == {
        (p.section, p.id) for p in planted
    }
    assert (outcome.count(DeviationKind.MISSING), outcome.count(DeviationKind.UNKNOWN)) == (0, 0)
    assert not outcome.agrees


@pytest.mark.parametrize("seed", [2, 3])
def test_fifty_changed_figures_are_found_amid_edited_prose(
    rendered: Rendered, check: Check, seed: int
) -> None:
    report = rendered.report()
    planted = plant(report, 50, seed)
    reword(report, seed)
    outcome = check(report.content())
    assert {(d.place.section, d.figure) for d in told(outcome, DeviationKind.DIFFERS)} == {
        (p.section, p.id) for p in planted
    }


@pytest.mark.parametrize("seed", [0, 1])
def test_prose_edited_around_the_figures_raises_no_alarm(rendered: Rendered, check: Check, seed: int) -> None:
    report = rendered.report()
    reword(report, seed)
    outcome = check(report.content())
    assert outcome.deviations == ()
    assert not outcome.untouched


@pytest.mark.parametrize("seed", [0, 3])
def test_fifty_changed_figures_are_found_where_paragraphs_were_divided(
    rendered: Rendered, check: Check, seed: int
) -> None:
    report = rendered.report()
    planted = plant(report, 50, seed)
    split_paragraphs(report)
    outcome = check(report.content())
    assert {(d.place.section, d.figure) for d in told(outcome, DeviationKind.DIFFERS)} == {
        (p.section, p.id) for p in planted
    }
    assert (outcome.count(DeviationKind.MISSING), outcome.count(DeviationKind.UNKNOWN)) == (0, 0)


@pytest.mark.parametrize("seed", [2, 3])
def test_divided_and_reworded_paragraphs_raise_no_alarm(rendered: Rendered, check: Check, seed: int) -> None:
    report = rendered.report()
    reword(report, seed)
    split_paragraphs(report)
    assert check(report.content()).deviations == ()


@pytest.mark.parametrize("seed", [0, 1])
def test_every_statement_turned_into_its_opposite_is_found(
    rendered: Rendered, check: Check, seed: int
) -> None:
    report = rendered.report()
    n = flip(report, 12, seed)
    outcome = check(report.content())
    assert {d.kind for d in outcome.deviations} == {DeviationKind.DIFFERS}
    assert len(outcome.deviations) == n
    assert outcome.n_agree == outcome.n_figures


@pytest.mark.annexes
def test_an_untouched_report_raises_no_alarm(rendered: Rendered, check: Check) -> None:
    outcome = check(rendered.content)
    assert outcome.deviations == ()
    assert outcome.untouched
    assert outcome.n_agree == outcome.n_figures > 1500


@pytest.mark.parametrize(
    "change",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: re.sub(r"(?<=\d)\.(?=\d{3})", "\u00a0", text),
        lambda text: re.sub(r"(?<=\d)\.(?=\d{3})", " ", text),
        lambda text: text.replace("%", " %").replace(" ", "\u00a0"),
        lambda text: text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.,%/"}),
        lambda text: re.sub(r"(?<!\d)-(?=\d)", "–", text).replace("...", "…"),
    ],
    ids=["NFD", "hard spaces in numbers", "spaces in numbers", "hard spaces", "full width", "autocorrected"],
)
def test_how_a_number_is_typed_changes_nothing(
    rendered: Rendered, check: Check, change: Callable[[str], str]
) -> None:
    report = rendered.report()
    for paragraph in report.root.iter(f"{W}p"):
        reworded(paragraph, change)
    assert check(report.content()).deviations == ()


def test_runs_may_be_divided_anywhere(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    split_runs(report.root)
    assert check(report.content()).deviations == ()


def test_swapped_numbers_are_two_differences(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    paragraph = report.paragraph("k)")
    at = text_of(paragraph).index("63.245/79.096")
    replace_at(paragraph, at, "63.245/79.096", "79.096/63.245")
    assert facts(check(report.content())) == [
        ("III.2.k", "T10.numerator", "79.096", "63.245"),
        ("III.2.k", "T10.denominator", "63.245", "79.096"),
    ]


@pytest.mark.annexes
def test_a_difference_is_told_with_its_basis_and_what_other_places_say(
    rendered: Rendered, check: Check
) -> None:
    report = rendered.report()
    paragraph = report.paragraph("k)")
    replace_at(paragraph, text_of(paragraph).index("79,96%"), "79,96%", "80%")
    outcome = check(report.content())
    (found,) = told(outcome, DeviationKind.DIFFERS)
    assert format_deviation(found) == "văn bản ghi 80%; số liệu 79,96% (63.245/79.096 hồ sơ)"
    assert "đạt 80% (63.245/79.096 hồ sơ)" in found.place.context
    elsewhere = format_elsewhere(found)
    assert elsewhere == "mục III.2, Bảng 1, Phụ lục I, Phụ lục II, Bảng 2 ghi 79,96"
    (split,) = told(outcome, DeviationKind.CONTRADICTION)
    assert (split.figure, {said for _, said in split.elsewhere}) == ("T10.percent", {"79,96"})


@pytest.mark.annexes
def test_the_same_change_everywhere_contradicts_nothing_and_still_differs(
    rendered: Rendered, check: Check
) -> None:
    report = rendered.report()
    for _place, figure, holder in report.holders():
        if figure["id"] == "T10.percent":
            replace_at(holder, figure["at"], figure["text"], figure["text"].replace("79,96", "80"))
    outcome = check(report.content())
    assert outcome.count(DeviationKind.CONTRADICTION) == 0
    assert outcome.count(DeviationKind.DIFFERS) == 4


@pytest.mark.parametrize(
    ("words", "expected"),
    [("ba", []), ("03 (ba)", []), ("bốn", [("V.4", "targets.met", "bốn", "03")])],
)
def test_numbers_may_be_written_out(
    rendered: Rendered, check: Check, words: str, expected: list[tuple[str, str, str, str]]
) -> None:
    report = rendered.report()
    paragraph = report.paragraph("4. Duy trì")
    replace_at(paragraph, text_of(paragraph).index("03"), "03", words)
    outcome = check(report.content())
    assert facts(outcome) == expected
    assert told(outcome, DeviationKind.MISSING) == []


def test_a_deleted_sentence_is_missing_and_no_difference(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    paragraph = report.paragraph("k)")
    text = text_of(paragraph)
    set_text(paragraph, text.replace(" Có 01 đơn vị không phát sinh.", ""))
    outcome = check(report.content())
    assert [(d.place.section, d.figure) for d in outcome.deviations] == [("III.2.k", "T10.none_arising")]
    assert outcome.deviations[0].kind is DeviationKind.MISSING
    assert outcome.agrees


def test_a_deleted_paragraph_is_told_once_and_its_figures_are_counted(
    rendered: Rendered, check: Check
) -> None:
    report = rendered.report()
    report.root[0].remove(report.paragraph("k) Hồ sơ"))
    (found,), _ = for_reading(check(report.content()).deviations)
    said = format_deviation(found)
    assert said.startswith("không còn đoạn “k) Hồ sơ thủ tục hành chính")
    assert "0,04 điểm phần trăm" in said


def test_a_paragraph_put_in_is_told_once(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    paragraph = report.paragraph("k) Hồ sơ")
    put = copy.deepcopy(paragraph)
    set_text(put, "Sở đã tập huấn cho 45 phóng viên của 07 huyện, 12 xã.")
    paragraph.addnext(put)
    (found,), _ = for_reading(check(report.content()).deviations)
    assert format_deviation(found).startswith("đoạn thêm “Sở đã tập huấn")
    assert found.found == "45, 07, 12"


def test_sentences_may_move_to_another_paragraph(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    paragraph, other = report.paragraph("d)"), report.paragraph("Trong 15 chỉ tiêu")
    moved = "Có 01 đơn vị chưa thực hiện: Sở Công Thương."
    set_text(paragraph, text_of(paragraph).replace(f" {moved}", ""))
    set_text(other, f"{text_of(other)} {moved}")
    assert check(report.content()).deviations == ()


def test_paragraphs_may_change_places(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    first, later = report.paragraph("a) Lãnh đạo"), report.paragraph("n) Ý kiến")
    later.addnext(first)
    assert check(report.content()).deviations == ()


def test_new_numbers_cannot_be_compared_but_dates_and_references_are_left_alone(
    rendered: Rendered, check: Check
) -> None:
    report = rendered.report()
    paragraph = report.paragraph("[Nội dung do Sở bổ sung: phối hợp")
    set_text(
        paragraph,
        "Ngày 12 tháng 3 năm 2025, Sở ban hành Kế hoạch số 45/KH-SKHCN theo điểm b khoản 2 Điều 7 Nghị định "
        "số 30/2020/NĐ-CP và Đề án 06 giai đoạn 2026-2030; trong tháng 4/2025 tổ chức 14 lớp, 1.250 người.",
    )
    outcome = check(report.content())
    assert [(d.place.section, d.found) for d in outcome.deviations] == [("II.2", "14"), ("II.2", "1.250")]
    assert {d.kind for d in outcome.deviations} == {DeviationKind.UNKNOWN}
    assert outcome.agrees


def test_the_blanks_of_number_and_date_may_be_filled(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    for node in report.root.iter(f"{W}t"):
        node.text = re.sub(r"ngày\s{3,}tháng", "ngày 25 tháng", node.text or "")
        node.text = re.sub(r"(?i)số(:?)\s{3,}/BC", r"số\1 312/BC", node.text)
    assert "312/BC" in "".join(report.root.itertext())
    assert check(report.content()).deviations == ()


# ------------------------------------------------------------------------------------------- tracked changes


def track(paragraph: etree._Element, old: str, new: str) -> None:
    """Replace ``old`` by ``new`` as a tracked change."""
    text = text_of(paragraph)
    at = text.index(old)
    run = paragraph.find(f"{W}r")
    for extra in paragraph.findall(f"{W}r"):
        paragraph.remove(extra)

    def piece(words: str, tag: str = "t") -> etree._Element:
        one = copy.deepcopy(run)
        for node in one.findall(f"{W}t"):
            one.remove(node)
        node = etree.SubElement(one, f"{W}{tag}")
        node.text = words
        node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return one

    author = {f"{W}id": "1", f"{W}author": "A", f"{W}date": "2025-11-21T08:00:00Z"}
    gone, come = etree.Element(f"{W}del", author), etree.Element(f"{W}ins", author)
    gone.append(piece(old, "delText"))
    come.append(piece(new))
    for one in (piece(text[:at]), gone, come, piece(text[at + len(old) :])):
        paragraph.append(one)


def test_tracked_changes_are_read_as_accepted(rendered: Rendered, check: Check, tmp_path: Path) -> None:
    report = rendered.report()
    track(report.paragraph("k)"), "63.245", "63.254")
    assert facts(check(report.content())) == [("III.2.k", "T10.numerator", "63.254", "63.245")]
    path = tmp_path / "a.docx"
    path.write_bytes(report.content())
    assert read_document(path).n_revisions == 2


# ---------------------------------------------------------------------------------------------------- tables


def table_rows(report: Report, first: str) -> list[etree._Element]:
    """The rows of the table whose row ``first`` stands in."""
    tables = report.root[0].findall(f"{W}tbl")
    table = next(t for t in tables if any(text_of(r).startswith(first) for r in t.iter(f"{W}tr")))
    return list(table.iter(f"{W}tr"))


def test_rows_may_move_and_a_changed_cell_is_told_with_row_and_column(
    rendered: Rendered, check: Check
) -> None:
    report = rendered.report()
    rows = table_rows(report, "1Chủ trương")
    rows[-1].addnext(rows[1])
    replace_at(rows[2].findall(f"{W}tc")[2], 0, "22", "23")
    (found,) = check(report.content()).deviations
    assert (found.place.section, found.found, found.expected) == ("III.3", "23", "22")
    assert found.place.where.startswith("Bảng 2, dòng 2 “Vai trò")
    assert found.place.where.endswith("cột “Số đơn vị thực hiện”")


def test_a_deleted_row_is_missing(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    rows = table_rows(report, "1Chủ trương")
    rows[3].getparent().remove(rows[3])
    outcome = check(report.content())
    assert [(d.kind, d.figure) for d in outcome.deviations] == [(DeviationKind.MISSING, "ND.c.ticked")]


def test_a_column_may_be_taken_out_or_put_in(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    for row in table_rows(report, "1T1Cán bộ"):
        cells = row.findall(f"{W}tc")
        if len(cells) > 1:  # the rows of groups have one cell across
            row.remove(cells[8])
    outcome = check(report.content())
    assert {d.kind for d in outcome.deviations} == {DeviationKind.MISSING}
    assert all(d.figure.endswith(".difference") for d in outcome.deviations)
    assert len(outcome.deviations) == 21


def test_a_verdict_changed_in_a_table_is_found(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    place, figure, cell = next(
        h for h in report.holders() if h[1]["id"] == "T10.verdict" and h[0]["section"] == "Phụ lục I"
    )
    replace_at(cell, figure["at"], "Chưa đạt", "Đạt")
    assert facts(check(report.content())) == [
        (place["section"], "T10.verdict", "Đạt, chưa chắc chắn", "Chưa đạt, chưa chắc chắn")
    ]


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_a_footnote_stands_in_the_section_that_refers_to_it(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    reference = etree.SubElement(report.paragraph("k) Hồ sơ"), f"{W}r")
    etree.SubElement(reference, f"{W}footnoteReference").set(f"{W}id", "2")
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>Đạt 81,5% hồ sơ.</w:t></w:r></w:p></w:footnote>'
    report.parts["word/footnotes.xml"] = f'<w:footnotes xmlns:w="{WORD}">{note}</w:footnotes>'.encode()
    (found,) = check(report.content()).deviations
    assert (found.kind, found.place.section, found.found) == (DeviationKind.UNKNOWN, "III.2.k", "81,5%")


def test_figures_in_the_header_of_pages_are_told_and_page_numbers_are_not(
    rendered: Rendered, check: Check
) -> None:
    report = rendered.report()
    for n, text in enumerate(("Tỷ lệ 99,96%", "2", "Trang 2/15")):
        header = f'<w:hdr xmlns:w="{WORD}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:hdr>'
        report.parts[f"word/header9{n}.xml"] = header.encode()
    (found,) = check(report.content()).deviations
    assert (found.kind, found.place.section, found.found) == (
        DeviationKind.UNKNOWN,
        "đầu trang, chân trang",
        "99,96%",
    )


# -------------------------------------------------------------------------------------------------- identity


def test_a_file_that_lost_its_identity_is_known_by_its_content(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    report.parts["docProps/custom.xml"] = report.parts["docProps/custom.xml"].replace(
        b'name="dvctt-report"', b'name="khac"'
    )
    outcome = check(report.content())
    assert outcome.deviations == ()


def test_the_report_of_another_manifest_is_refused(rendered: Rendered, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(rendered.content)
    other = replace(rendered.manifest, id="0" * 32)
    with pytest.raises(CannotRun, match="là của lần lập có mã 00000000"):
        check_document(read_document(path), other)


def without_identity(report: Report) -> bytes:
    report.parts["docProps/custom.xml"] = b"<Properties/>"
    return report.content()


def refusal(content: bytes, manifest: PrintedReport, tmp_path: Path) -> str:
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    with pytest.raises(CannotRun) as refused:
        check_document(read_document(path), manifest)
    return str(refused.value)


def test_a_file_that_holds_far_more_than_the_manifest_is_refused(rendered: Rendered, tmp_path: Path) -> None:
    part = tuple(one for one in rendered.manifest.printed if one.block.section in ("III.1", "III.2"))
    said = refusal(without_identity(rendered.report()), replace(rendered.manifest, printed=part), tmp_path)
    assert "chỗ ghi số không có trong" in said
    assert "ký hiệu BC-SKHCN" in said


def test_a_file_of_another_year_is_refused_and_the_year_is_named(rendered: Rendered, tmp_path: Path) -> None:
    report = rendered.report()
    title = report.paragraph("Kết quả thực hiện")
    set_text(title, text_of(title).replace("2025", "2024"))
    said = refusal(without_identity(report), rendered.manifest, tmp_path)
    assert "ghi năm 2024" in said


def test_a_file_of_another_text_is_refused_by_its_symbol(rendered: Rendered, tmp_path: Path) -> None:
    report = rendered.report()
    cell = next(c for c in report.root.iter(f"{W}tc") if text_of(c).startswith("Số:"))
    reworded(cell, lambda text: text.replace("BC-SKHCN", "BC-UBND"))
    said = refusal(without_identity(report), rendered.manifest, tmp_path)
    assert "mang ký hiệu BC-UBND" in said


def test_a_manifest_without_places_of_figures_is_refused(rendered: Rendered, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(rendered.content)
    with pytest.raises(CannotRun, match="không ghi chỗ in"):
        check_document(read_document(path), replace(rendered.manifest, texts={}))


def test_another_document_is_refused(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    report.parts["docProps/custom.xml"] = b"<Properties/>"
    for paragraph in list(report.root[0])[5:-1]:
        report.root[0].remove(paragraph)
    with pytest.raises(CannotRun, match="không phải là bản sửa"):
        check(report.content())


def test_figures_that_changed_in_the_register_are_told(rendered: Rendered, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(rendered.content)
    document = read_document(path)
    now = dict(rendered.manifest.texts)
    assert check_document(document, rendered.manifest, now).deviations == ()
    now["T10.numerator"] = "63.300"
    (found,) = check_document(document, rendered.manifest, now).deviations
    assert (found.kind, found.place.section) == (DeviationKind.CHANGED_SINCE, "III.2.k")
    assert format_deviation(found).startswith("văn bản ghi 63.245; nay là 63.300 (số liệu đã thay đổi")
    assert format_changes([found]) == "số liệu đã thay đổi sau khi lập văn bản: 63.245 nay là 63.300"
    small = ((id, text) for id, text in rendered.manifest.texts.items() if re.fullmatch("0[1-8]", text))
    id, printed = next(small)
    (found,) = check_document(document, rendered.manifest, {**rendered.manifest.texts, id: "9"}).deviations
    assert format_changes([found]).endswith(f": {printed} nay là 09"), "as the document writes it"


@pytest.mark.annexes
@pytest.mark.requires("soffice")
def test_a_copy_saved_by_libreoffice_raises_no_alarm(
    rendered: Rendered, check: Check, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    source, out = tmp_path / "báo cáo.docx", tmp_path / "lo"
    source.write_bytes(rendered.content)
    libreoffice.convert([source], DOCX, out)
    content = (out / source.name).read_bytes()
    assert check(content).deviations == ()
    document = read_document(out / source.name)
    assert document.identity == rendered.manifest.id
