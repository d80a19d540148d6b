"""What is seen of a copy beside its text, what it costs, and which manifest it is checked against."""

from __future__ import annotations

import copy
import io
import random
import re
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from dvctt_report.decide.check import document
from dvctt_report.decide.check import passages as alignment
from dvctt_report.decide.check.check import Collation, check_document, marked_copy
from dvctt_report.decide.check.compare import EditKind, Gravity, gathered
from dvctt_report.decide.check.document import read_document
from dvctt_report.decide.check.passages import differing
from dvctt_report.text.errors import CannotRun
from dvctt_report.word.tree import NAMESPACES, W
from tests.decide.check.conftest import Rendered
from tests.decide.check.edits import Edit, Report, plant, reworded, set_text, table, text_of
from tests.libreoffice import DOCX, LibreOffice

Check = Callable[[bytes], Collation]
After = Callable[[Edit], Collation]
WORD = W[1:-1]
_RUN = f"<w:r xmlns:w='{WORD}' xmlns:v='urn:schemas-microsoft-com:vml'>%s</w:r>"


@pytest.mark.annexes
@pytest.mark.requires("soffice")
@pytest.mark.parametrize("through", ["docx", "odt", "doc"])
def test_a_copy_saved_by_libreoffice_is_as_printed(
    rendered: Rendered, check: Check, tmp_path: Path, libreoffice: LibreOffice, through: str
) -> None:
    source = tmp_path / "báo cáo.docx"
    source.write_bytes(rendered.content)
    if through != "docx":
        libreoffice.convert([source], through, tmp_path)
        source = source.with_suffix(f".{through}")
    libreoffice.convert([source], DOCX, tmp_path / "lo")
    outcome = check((tmp_path / "lo" / "báo cáo.docx").read_bytes())
    assert outcome.changes == ()
    assert outcome.n_agree == outcome.n_figures
    assert read_document(tmp_path / "lo" / "báo cáo.docx").identity == rendered.manifest.id


LOOKS = (
    ("Sở Khoa học và Công nghệ", "<w:strike/>", "gạch ngang"),
    ("Đến nay", "<w:vanish/>", "chữ ẩn"),
    ("Trong đó", "<w:color w:val='FEFEFE'/>", "chữ trắng"),
    ("Tính", "<w:sz w:val='4'/>", "chữ quá nhỏ"),
    ("Kế hoạch giao", "<w:highlight w:val='black'/>", "chữ trùng màu nền"),
    ("k) Hồ sơ", "<w:rFonts w:ascii='Wingdings' w:hAnsi='Wingdings'/>", "phông chữ ký hiệu"),
)


def test_words_made_unreadable_are_told_as_such(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    for start, look, _ in LOOKS:
        run = next(report.paragraph(start).iter(f"{W}r"))
        run.insert(0, etree.fromstring(f"<w:rPr xmlns:w='{WORD}'>{look}</w:rPr>"))
    assert {one.unseen for one in check(report.content()).changes} == {how for *_, how in LOOKS}


def chart_of(report: Report) -> str:
    return min(n for n in report.parts if n.startswith("word/charts/") and n.endswith(".xml"))


def test_labels_and_lengths_of_a_chart_are_compared(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    name = chart_of(report)
    chart = report.parts[name]
    label = re.search(rb"<a:t>([^<]*[0-9][^<]*)</a:t>", chart)
    assert label is not None
    report.parts[name] = chart.replace(label[0], b"<a:t>0,1</a:t>", 1)
    (change,) = check(report.content()).changes
    assert (change.section, change.after, change.gravity) == ("biểu đồ 1", "0,1", Gravity.DIFFERS)
    assert "cột “Còn cách mức Kế hoạch”" in change.where
    report.parts[name] = chart.replace(b'<c:showVal val="1"/>', b'<c:showVal val="0"/>', 1)
    (change,) = check(report.content()).changes
    assert (change.section, change.before) == ("biểu đồ 1", label[1].decode())
    drawing = next(d for d in report.root.iter(f"{W}drawing") if next(d.iter("{*}chart"), None) is not None)
    drawing.getparent().remove(drawing)
    (change,) = gathered(check(report.content()).changes)
    assert (change.section, change.kind, change.whole) == ("biểu đồ 1", EditKind.REMOVED, "dòng")


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        (rb'<c:min val="0"/>', rb'<c:min val="4"/>', "từ 4"),
        (rb'<c:min val="0"/>', rb'<c:min val="0"/><c:logBase val="10"/>', "lôgarit"),
        (rb'<c:grouping val="clustered"/>', rb'<c:grouping val="percentStacked"/>', "percentStacked"),
        (rb'<c:orientation val="maxMin"/>', rb'<c:orientation val="minMax"/>', "đảo chiều"),
        (rb'<a:srgbClr val="A6A6A6"/>', rb'<a:srgbClr val="FFFFFF"/>', "không màu"),
    ],
)
def test_a_chart_drawn_otherwise_is_to_be_read(
    rendered: Rendered, check: Check, was: bytes, now: bytes, said: str
) -> None:
    report = rendered.report()
    name = chart_of(report)
    assert was in report.parts[name]
    report.parts[name] = report.parts[name].replace(was, now, 1)
    changes = check(report.content()).changes
    assert {one.section for one in changes} == {"cách vẽ biểu đồ"}
    assert any(said in f"{one.was} {one.now} {one.before}" for one in changes)


def test_another_figure_in_a_charts_own_workbook_is_to_be_read(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    name = min(n for n in report.parts if n.startswith("word/embeddings/"))
    book = load_workbook(io.BytesIO(report.parts[name]))
    assert book.active is not None
    book.active["B2"] = 99.5
    book.save(saved := io.BytesIO())
    report.parts[name] = saved.getvalue()
    (change,) = check(report.content()).changes
    assert "bảng tính bên trong có số khác hình vẽ" in change.after


def _add_run(report: Report, inner: str) -> None:
    next(report.root.iter(f"{W}p")).append(etree.fromstring(_RUN % inner))


def _comment(report: Report) -> None:
    report.parts["word/comments.xml"] = (
        f"<w:comments xmlns:w='{WORD}'><w:comment w:id='0' w:author='Trưởng phòng'>"
        "<w:p><w:r><w:t>Đã duyệt</w:t></w:r></w:p></w:comment>"
        "<w:comment w:id='1' w:author='Kiểm tra thể thức'><w:p><w:r><w:t>Lề</w:t></w:r></w:p></w:comment>"
        "<w:comment w:id='2' w:author='Trần Văn D'><w:p/></w:comment></w:comments>"
    ).encode()


def _in_header(report: Report, name: str, change: Callable[[etree._Element], None]) -> None:
    header = etree.fromstring(report.parts[f"word/{name}.xml"])
    for paragraph in header.iter(f"{W}p"):
        change(paragraph)
    report.parts[f"word/{name}.xml"] = etree.tostring(header)


def _without_numbers(report: Report) -> None:
    for name in ("header1", "header2"):
        _in_header(report, name, lambda p: p.__setitem__(slice(None), p.findall(f"{W}pPr")))


def _drop_line(report: Report) -> None:
    drawing = next(report.root.iter("{*}AlternateContent"))
    drawing.getparent().remove(drawing)


def _drawn_across_pages(report: Report) -> None:
    drawn = "<w:pict><v:shape><v:textpath string='BẢN CHÍNH THỨC'/></v:shape></w:pict>"
    _in_header(report, "header1", lambda p: p.append(etree.fromstring(_RUN % drawn)))


def _in_headers(report: Report) -> None:
    for n, text in enumerate(("Tỷ lệ 99,96%", "2", "Trang 2/15")):
        header = f'<w:hdr xmlns:w="{WORD}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:hdr>'
        report.parts[f"word/header9{n}.xml"] = header.encode()


def _footnote(report: Report) -> None:
    reference = etree.SubElement(report.paragraph("k) Hồ sơ"), f"{W}r")
    etree.SubElement(reference, f"{W}footnoteReference").set(f"{W}id", "2")
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>Đạt 81,5% hồ sơ.</w:t></w:r></w:p></w:footnote>'
    report.parts["word/footnotes.xml"] = f'<w:footnotes xmlns:w="{WORD}">{note}</w:footnotes>'.encode()


def _listed(sign: str) -> Edit:
    """Set a paragraph as an entry of a list; ``sign`` says what stands before it."""

    def edit(report: Report) -> None:
        report.parts["word/numbering.xml"] = (
            f"<w:numbering xmlns:w='{WORD}'><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'>{sign}"
            "</w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
        ).encode()
        properties = report.paragraph("Sở Khoa học và Công nghệ").find(f"{W}pPr")
        numbered = f"<w:numPr xmlns:w='{WORD}'><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
        properties.append(etree.fromstring(numbered))

    return edit


CLAIM = "<w:numFmt w:val='bullet'/><w:lvlText w:val='Đã vượt mọi chỉ tiêu.'/>"
BESIDE: tuple[tuple[Edit, str, str], ...] = (
    (lambda r: _add_run(r, "<w:pict><v:textpath string='ĐÃ DUYỆT'/></w:pict>"), "hình vẽ", "ĐÃ DUYỆT"),
    (lambda r: _add_run(r, "<w:sym w:font='Wingdings' w:char='F0FD'/>"), "phần mở đầu", "□"),
    (_comment, "ghi chú bên lề", "Trưởng phòng: Đã duyệt"),
    (_drawn_across_pages, "đầu trang, chân trang", "chữ vẽ: BẢN CHÍNH THỨC"),
    (_listed("<w:lvlText w:val='Trích:'/>"), "I", "Trích"),
    (_footnote, "III.2.k", "Đạt 81,5% hồ sơ."),
)


@pytest.mark.parametrize(
    "edits",
    [
        BESIDE,
        [(_listed(CLAIM), "I", "Đã vượt mọi chỉ tiêu.")],
        [(_in_headers, "đầu trang, chân trang", "Tỷ lệ 99,96%")],
        [(lambda r: _add_run(r, "<w:pict><v:imagedata/></w:pict>"), "hình vẽ", "1 ảnh")],
        [(_without_numbers, "số trang", "có số trang")],
        pytest.param([(_drop_line, "hình, đường kẻ", "76")], marks=pytest.mark.annexes),
    ],
)
def test_what_stands_beside_the_body_is_to_be_read(
    after: Callable[[Edit], Collation], edits: Sequence[tuple[Edit, str, str]]
) -> None:
    changes = after(lambda report: [edit(report) for edit, _, _ in edits]).changes
    assert {one.gravity for one in changes} == {Gravity.READ}
    found = {one.section: one.before + one.after for one in changes}
    assert found.keys() == {section for _, section, _ in edits}
    for _, section, said in edits:
        assert said in found[section]


@pytest.mark.annexes
def test_the_copy_bears_a_comment_where_something_is_told(
    rendered: Rendered, check: Check, tmp_path: Path
) -> None:
    report = rendered.report()
    cell = next(c for c in report.root.iter(f"{W}tc") if text_of(c).strip() == "Thanh tra tỉnh")
    set_text(cell, "Thanh tra của tỉnh")
    content = report.content()
    outcome = check(content)
    assert [one.after for one in outcome.changes] == ["Thanh tra của tỉnh"]
    path = tmp_path / "sửa.docx"
    path.write_bytes(content)
    parts = Report(marked_copy(path, read_document(path).blocks, outcome.changes), rendered.table).parts
    assert "KHÁC: " in parts["word/comments.xml"].decode()
    body = parts["word/document.xml"].decode()
    marked = body[body.index("commentRangeStart") : body.index("commentRangeEnd")]
    assert "Thanh tra của tỉnh" in marked


# -------------------------- What somebody puts into a copy costs in proportion, and all of it is told


CLAIMS = "Sở Y tế chưa đạt mục tiêu; tổng số hồ sơ là {}000 trên {}500 hồ sơ, đạt {},5%."


def with_paragraphs(report: Report, n: int) -> None:
    at = next(p for p in report.paragraphs() if len(text_of(p)) > 80)
    for k in range(n):
        new = copy.deepcopy(at)
        set_text(new, CLAIMS.format(*[k + 11] * 3))
        at.addnext(new)


def with_footnotes(report: Report, n: int) -> None:
    texts = (CLAIMS.format(*[k + 11] * 3) for k in range(n))
    notes = "".join(f"<w:footnote><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>" for text in texts)
    part = f'<w:footnotes xmlns:w="{NAMESPACES["w"]}">{notes}</w:footnotes>'
    report.parts["word/footnotes.xml"] = part.encode()


def with_rows(report: Report, n: int) -> None:
    row = table(report, 1)[3][0].getparent()
    for k in range(n):
        new = copy.deepcopy(row)
        set_text(next(new.findall(f"{W}tc")[1].iter(f"{W}p")), CLAIMS.format(*[k + 11] * 3))
        row.addnext(new)


def rewritten_throughout(report: Report, n: int) -> None:
    for paragraph in report.paragraphs()[10:]:
        set_text(paragraph, text_of(paragraph).replace(" của ", " thuộc ", 1) + " Thêm.")
    with_paragraphs(report, n)


@pytest.mark.parametrize("put_in", [with_paragraphs, with_footnotes, with_rows, rewritten_throughout])
def test_all_that_was_added_is_told(
    put_in: Callable[[Report, int], None], after: After, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alignment, "MOST_LAID", 500)
    outcome = after(lambda report: put_in(report, 400))
    assert len(outcome.of(Gravity.READ)) >= 400
    assert outcome.of(Gravity.DIFFERS) == []


@pytest.mark.annexes
def test_what_was_changed_beside_many_additions_is_still_told(
    rendered: Rendered, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alignment, "MOST_LAID", 500)
    report = rendered.report()
    planted = plant(report, 10, seed=7)
    with_paragraphs(report, 50)
    assert planted <= {id for one in check(report.content()).of(Gravity.DIFFERS) for id in one.figures}


def test_a_cell_said_to_span_a_hundred_million_columns_takes_no_memory(
    rendered: Rendered, check: Check
) -> None:
    report = rendered.report()
    properties = table(report, 1)[3][1].find(f"{W}tcPr")
    etree.SubElement(properties, f"{W}gridSpan").set(f"{W}val", "100000000")
    content = report.content()
    tracemalloc.start()
    check(content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 60_000_000


@pytest.mark.annexes
def test_rows_read_apart_are_seen_as_those_in_the_tree(
    rendered: Rendered, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = rendered.report()
    cells = table(report, 7)
    for look, row in (("<w:vanish/>", 20), ("<w:color w:val='FEFEFE'/>", 25)):
        run = next(cells[row][1].iter(f"{W}r"))
        run.insert(0, etree.fromstring(f"<w:rPr xmlns:w='{W[1:-1]}'>{look}</w:rPr>"))
    content = report.content()
    whole = check(content)
    monkeypatch.setattr(document, "AT_ONCE", 4)
    assert check(content) == whole
    assert {one.unseen for one in whole.changes} == {"chữ ẩn", "chữ trắng"}


@pytest.mark.parametrize("most", [alignment.MOST_LAID, 20])
def test_two_sequences_differ_where_they_do(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment, "MOST_LAID", most)
    draw = random.Random(most)
    for _ in range(300):
        one = [draw.randrange(12) for _ in range(draw.randrange(30))]
        other = [n for n in one if draw.random() < 0.8]
        other.insert(draw.randrange(len(other) + 1), 99)
        rebuilt: list[int] = []
        at = 0
        for a, b in differing(one, other):  # each stretch replaced by what stands there in the other one
            rebuilt += [*one[at : a.start], *other[b]]
            at = a.stop
        assert [*rebuilt, *one[at:]] == other


# --- Which manifest a copy is checked against, and what is refused; what the register gives otherwise today


def without_identity(report: Report) -> bytes:
    report.parts["docProps/custom.xml"] = b"<Properties/>"
    return report.content()


def test_a_file_that_lost_its_identity_is_known_by_its_content(rendered: Rendered, check: Check) -> None:
    report = rendered.report()
    assert check(without_identity(report)).changes == ()
    cell = next(c for c in report.root.iter(f"{W}tc") if text_of(c).startswith("Số:"))
    reworded(cell, lambda text: text.replace("BC-SKHCN", "BC-UBND"))
    with pytest.raises(CannotRun, match=r"ký hiệu BC-UBND.*ký hiệu BC-SKHCN.*không phải là bản sửa"):
        check(without_identity(report))
    other = rendered.report()
    for paragraph in list(other.root[0])[5:-1]:
        other.root[0].remove(paragraph)
    with pytest.raises(CannotRun, match="không phải là bản sửa"):
        check(without_identity(other))


def test_the_report_of_another_manifest_is_refused(rendered: Rendered, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(rendered.content)
    other = replace(rendered.manifest, id="0" * 32)
    with pytest.raises(CannotRun, match="là của lần lập có mã 00000000"):
        check_document(read_document(path), other)


def test_figures_that_changed_in_the_register_are_told(rendered: Rendered, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(rendered.content)
    document = read_document(path)
    now = dict(rendered.manifest.texts)
    assert check_document(document, rendered.manifest, now).since == ()
    now["T10.numerator"] = "63.300"
    (found,) = check_document(document, rendered.manifest, now).since
    assert (found.section, found.figure, found.printed, found.now) == (
        *("III.2.k", "T10.numerator"),
        *("63.245", "63.300"),
    )
