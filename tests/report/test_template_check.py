"""An edited template is looked over: every fault by its paragraph, and nothing else."""

from __future__ import annotations

import re
import shutil
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from docx import Document
from docx.document import Document as Word
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from dvctt_report.cli import door
from dvctt_report.report.render import PLACED, fill_parts
from dvctt_report.report.template_check import check_template, tags_of, unused_tags
from dvctt_report.report.word_template import WordTemplate
from dvctt_report.store.frozen import freeze
from dvctt_report.store.workspace import read_workspace
from dvctt_report.text.errors import CannotRun
from tests.report.conftest import ISSUER
from tests.shipped import BASE, own_file

SHIPPED = BASE / "report.docx"
TOLD = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def edited(folder: Path, change: Callable[[Word], object]) -> Path:
    document = Document(str(SHIPPED))
    change(document)
    path = folder / "mẫu sửa.docx"
    document.save(str(path))
    return path


def replaced(old: str, new: str) -> Callable[[Word], None]:
    """Change the one paragraph that has ``old`` in it."""

    def change(document: Word) -> None:
        paragraph = next(p for p in document.paragraphs if old in p.text)
        text = paragraph.text.replace(old, new)
        for run in paragraph.runs[1:]:
            run.text = ""
        paragraph.runs[0].text = text

    return change


def test_the_shipped_templates_have_no_fault_and_use_what_there_is() -> None:
    assert check_template(SHIPPED) == ()
    assert unused_tags(SHIPPED) == ()


@pytest.mark.parametrize(
    ("old", "new", "paragraph", "what", "fix"),
    [
        *TOLD["faults"],
        ("{{ closing }}", "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "{{ (((", "lồng nhau", "Sửa đoạn"),
        ("{{ closing }}", "{{ closing" + "|e" * 200 + " }}", "{{ closing|e|e", "ghi lệnh", "Sửa đoạn"),
    ],
)
def test_a_fault_is_named_with_its_paragraph(
    old: str, new: str, paragraph: str, what: str, fix: str, tmp_path: Path
) -> None:
    found = check_template(edited(tmp_path, replaced(old, new)))

    assert len(found) == 1
    assert paragraph in found[0].paragraph
    assert re.search(what, found[0].what)
    assert fix in found[0].fix


def test_another_order_and_words_of_ones_own_are_no_fault(tmp_path: Path) -> None:
    def change(document: Word) -> None:
        lead = next(p for p in document.paragraphs if "{{ lead_in }}" in p.text)
        closing = next(p for p in document.paragraphs if "{{ closing }}" in p.text)
        lead._p.addprevious(closing._p)
        lead.insert_paragraph_before("Ghi thêm 100% {nội dung} của Sở")

    assert check_template(edited(tmp_path, change)) == ()


@pytest.fixture
def applied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], int]:
    """Takes over a template, as an officer does who edits it in the workspace of a period that is frozen."""
    assert door.main(["init", str(tmp_path / "ws"), "--year", "2025"]) == 0
    monkeypatch.chdir(tmp_path / "ws")
    assert door.main(["plan", "copy"]) == 0
    assert freeze(read_workspace(Path.cwd()))

    def apply(template: Path) -> int:
        shutil.copy(template, Path("cau-hinh") / "report.docx")
        return door.main(["apply", "--yes"])

    return apply


def test_an_edited_template_is_looked_over_by_its_path_and_taken_over_in_one_step(
    applied: Callable[[Path], int], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    frozen = Path("ky-bao-cao/2025/cau-hinh/report.docx")
    before = frozen.read_bytes()
    assert applied(edited(tmp_path, replaced("{{ closing }}", "{{ x }}"))) == 1
    told = capfd.readouterr().out
    assert f"{Path('cau-hinh/report.docx').resolve()}, 1 lỗi" in told
    assert "Đoạn “{{ x }}”" in told
    assert frozen.read_bytes() == before
    fine = edited(tmp_path, replaced("{{ closing }}", "Trân trọng./."))
    assert unused_tags(fine) == ("closing",)
    assert applied(fine) == 0
    assert "không dùng thẻ: closing" in capfd.readouterr().out
    assert frozen.read_bytes() == fine.read_bytes()
    assert door.main(["apply"]) == 0
    other = tmp_path / "a.docx"
    other.write_bytes(b"no Word")
    assert applied(other) == 2
    with pytest.raises(CannotRun):
        check_template(tmp_path / "none.docx")


def test_a_letters_template_that_cannot_be_filled_is_refused_too(
    applied: Callable[[Path], int], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    reminder = own_file(Path("cau-hinh"), "cong-van-don-doc.docx")
    document = Document(str(reminder))
    document.add_paragraph("{{ mo")
    document.save(str(reminder))
    assert applied(SHIPPED) == 1
    assert f"{reminder.resolve()}, 1 lỗi" in capfd.readouterr().out


def test_the_page_has_a_row_for_each_tag_that_names_its_parts_in_their_order() -> None:
    page = (Path(__file__).parents[2] / "docs" / "tep-mau.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| .+ \| (.*) \|$", page, re.MULTILINE)
    there = {name: [] if name in PLACED else [*parts_of(kind)] for name, kind in tags_of().items()}
    assert [(name, re.findall(r"`\.(\w+)`", parts)) for name, parts in rows] == [*there.items()]


def parts_of(kind: Any) -> Iterator[str]:
    inner = get_args(kind)[0] if get_origin(kind) is tuple else kind
    for name, of in get_type_hints(inner).items() if is_dataclass(inner) else ():
        yield name
        yield from parts_of(of)


NESTED = "{% for a in funding %}{% for b in funding %}x{% endfor %}{% endfor %}"


@pytest.mark.parametrize(
    ("tag", "what"),
    [
        *((tag, "không được ghi lệnh, phép tính") for tag in TOLD["commands"]),
        (NESTED, "một phần của vòng lặp"),
    ],
)
def test_what_computes_or_commands_is_refused_by_the_check_as_by_the_report(
    tag: str, what: str, tmp_path: Path
) -> None:
    path = edited(tmp_path, replaced("{{ closing }}", tag))

    (fault,) = check_template(path)
    assert what in fault.what
    assert fault.paragraph == tag
    with pytest.raises(CannotRun, match=re.escape(what)):
        WordTemplate(path).fill({}, {})


@pytest.mark.parametrize("tag", TOLD["names_and_chooses"])
def test_what_names_and_chooses_is_let_be(tag: str, tmp_path: Path) -> None:
    assert check_template(edited(tmp_path, replaced("{{ closing }}", tag))) == ()


def in_footer(text: str) -> Callable[[Word], None]:
    def change(document: Word) -> None:
        document.sections[0].footer.is_linked_to_previous = False
        document.sections[0].footer.add_paragraph(text)

    return change


def test_what_only_filling_finds_is_found_by_filling(tmp_path: Path) -> None:
    def cut(document: Word) -> None:
        cell = document.tables[0].cell(0, 0)
        cell.paragraphs[0].insert_paragraph_before("{%p if closing %}")
        next(p for p in document.paragraphs if "{{ closing }}" in p.text).insert_paragraph_before(
            "{%p endif %}"
        )

    path = edited(tmp_path, cut)
    (fault,) = check_template(path)
    assert "mở ở một chỗ mà đóng ở chỗ khác" in fault.what


def with_field(*instructions: str) -> Callable[[Word], None]:
    def change(document: Word) -> None:
        run = document.paragraphs[0].add_run()
        for kind in ("begin", "", "end"):
            if kind:
                run._r.append(OxmlElement("w:fldChar", {qn("w:fldCharType"): kind}))
            for text in instructions if not kind else ():
                one = OxmlElement("w:instrText")
                one.text = text
                run._r.append(one)

    return change


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def linked(target: str, kind: str = "hyperlink") -> Callable[[Word], None]:
    """A relation to something outside, which no text shows."""

    def change(document: Word) -> None:
        part = document.part._settings_part if kind == "attachedTemplate" else document.part
        part.relate_to(target, OFFICE + kind, is_external=True)

    return change


def embedded(kind: str, of: str = OFFICE, content_type: str = "image/png") -> Callable[[Word], None]:
    """A part under a harmless name, of that kind of relation and content type."""

    def change(document: Word) -> None:
        part = Part(PackURI("/word/media/anh1.bin"), content_type, b"x", document.part.package)
        document.part.relate_to(part, of + kind)

    return change


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (linked("javascript:alert(1)"), "mở tệp hoặc chạy lệnh (javascript:alert(1))"),
        (linked("file:///c:/windows/system32/calc.exe"), "mở tệp hoặc chạy lệnh (file:"),
        (linked("//server/share/a.exe"), "mở tệp hoặc chạy lệnh"),
        (with_field(' HYPERLINK "ms-msdt:/id PCWDiagnostic" '), "mở tệp hoặc chạy lệnh (ms-msdt:"),
        (with_field(' DDEAUTO c:\\\\windows\\\\cmd.exe "/c calc" '), "trường DDEAUTO"),
        (with_field(" DD", "E a b "), "trường DDE"),
        (with_field(" MACROBUTTON Chay Bấm "), "trường MACROBUTTON"),
        (
            linked("http://example.org/a.dotm", "attachedTemplate"),
            "liên kết với tệp mẫu khác (http://example.org/a.dotm)",
        ),
        (linked("file://server/a.png", "image"), "ảnh lấy từ nơi khác"),
        (linked("..\\..\\evil.exe"), "mở tệp hoặc chạy lệnh (..\\..\\evil.exe)"),
        (with_field(' HYPERLINK \\o "xem" "javascript:alert(1)" '), "mở tệp hoặc chạy lệnh (javascript:"),
        (embedded("oleObject"), "đối tượng nhúng"),
        (embedded("aFChunk"), "đối tượng nhúng"),
        (embedded("vbaProject", of="http://schemas.microsoft.com/office/2006/relationships/"), "mã lệnh"),
        (embedded("image", content_type="application/vnd.ms-office.vbaProject"), "mã lệnh"),
    ],
)
def test_what_reaches_outside_or_acts_is_told_and_not_carried_on(
    change: Callable[[Word], None], what: str, tmp_path: Path
) -> None:
    path = edited(tmp_path, change)

    assert any(what in fault.what and fault.said == fault.what for fault in check_template(path))
    with pytest.raises(CannotRun, match=re.escape(what)):
        fill_parts(path, (), "", ISSUER)


def test_page_numbers_and_links_to_be_clicked_are_let_be(tmp_path: Path) -> None:
    def change(document: Word) -> None:
        with_field(" PAGE ")(document)
        with_field(' HYPERLINK \\l "_Toc1" ')(document)
        for target in ("https://ninhthuan.gov.vn", "HTTP://a.vn/b?c:d", "mailto:a@b.vn", "phụ lục.docx"):
            linked(target)(document)

    assert check_template(edited(tmp_path, change)) == ()


@pytest.mark.parametrize("wrong", ["{{ 1/0 }}", "{{ khong_co }}", "{% include 'x' %}", "{{ mo"])
def test_a_fault_in_a_footer_is_shown_there(tmp_path: Path, wrong: str) -> None:
    (fault,) = check_template(edited(tmp_path, in_footer(wrong)))

    assert fault.paragraph == wrong
    assert check_template(edited(tmp_path, in_footer("{{ closing }}"))) == ()


@pytest.mark.parametrize("added", ["{%p if closing %}", "{%p endfor %}"])
def test_the_tag_that_nothing_answers_is_shown(tmp_path: Path, added: str) -> None:
    (fault,) = check_template(edited(tmp_path, lambda document: bool(document.add_paragraph(added))))
    assert fault.paragraph == added


SPOILT = [
    ("word/document.xml", b"<w:document", b'<!DOCTYPE a [<!ENTITY x "y">]><w:document', "DOCTYPE"),
    ("word/document.xml", b"</w:body>", b"</w:bodi>", "document.xml"),
    ("word/styles.xml", b"</w:styles>", b"", "styles.xml"),
    ("docProps/core.xml", b"</", b"<", "không phải là tệp Word"),
]


@pytest.mark.parametrize(("part", "old", "new", "said"), SPOILT)
def test_a_spoilt_template_is_refused_for_what_is_wrong(
    tmp_path: Path, part: str, old: bytes, new: bytes, said: str
) -> None:
    with pytest.raises(CannotRun, match=re.escape(said)):
        check_template(respelled(tmp_path, part, old, new))


def test_a_template_that_merges_letters_from_a_source_is_told(tmp_path: Path) -> None:
    source = b'<w:mailMerge><w:connectString w:val="DSN=x"/></w:mailMerge></w:settings>'

    (fault,) = check_template(respelled(tmp_path, "word/settings.xml", b"</w:settings>", source))
    assert "trộn thư" in fault.what


def respelled(folder: Path, part: str, old: bytes, new: bytes) -> Path:
    """The shipped template with the first ``old`` in one of its parts replaced."""
    path = folder / "mẫu hỏng.docx"
    with zipfile.ZipFile(SHIPPED) as shipped, zipfile.ZipFile(path, "w") as package:
        for name in shipped.namelist():
            data = shipped.read(name)
            assert name != part or old in data
            package.writestr(name, data.replace(old, new, 1) if name == part else data)
    return path
