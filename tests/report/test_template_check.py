"""An edited template is looked over: every fault by its paragraph, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Word

from dvctt_report.cli import door
from dvctt_report.errors import CannotRun
from dvctt_report.report.render import PLACED
from dvctt_report.report.tag_reference import ENTRIES, TAGS
from dvctt_report.report.template_check import check_template, entries_of, tags_of, unused_tags
from dvctt_report.resources import resource_path

SHIPPED = resource_path("templates") / "ninh_thuan" / "report.docx"


def edited(folder: Path, change: Callable[[Word], None]) -> Path:
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
        ("{{ closing }}", "{{ closign }}", "{{ closign }}", "không có nội dung nào", "“closing”"),
        ("{{ closing }}", "Trân trọng. {{ x }}", "Trân trọng. {{ x }}", "mang tên “x”", "bảng tên thẻ"),
        ("{{ closing }}", "{{ closing }", "{{ closing }", "mở mà không đóng", "Gõ đủ"),
        ("{{ closing }}", "Chữ {%p if closing %}", "Chữ {%p if", "chữ đó sẽ bị mất", "đoạn riêng"),
        ("{{ closing }}", "{%p if closing %}{%p endif %}", "{%p if closing", "02 thẻ|2 thẻ", "đoạn riêng"),
        ("{%p for line in funding %}", "{{ funding }}", "", "vòng lặp mở mà không đóng", "Sửa đoạn"),
        ("in funding %}", "in closing %}", "in closing %}", "không lặp được", "thay cho vòng lặp"),
        ("{{ line }}", "{{ line.name }}", "{{ line.name }}", "không có phần nào tên “name”", "bảng tên thẻ"),
        ("{{ target.sentence }}", "{{ target.sentense }}", "target.sentense", "“sentense”", "“sentence”"),
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


def test_faults_of_several_paragraphs_are_all_named(tmp_path: Path) -> None:
    def change(document: Word) -> None:
        replaced("{{ closing }}", "{{ ket }}")(document)
        replaced("{{ lead_in }}", "{{ mo_dau }}")(document)

    assert len(check_template(edited(tmp_path, change))) == 2


def test_another_order_and_words_of_ones_own_are_no_fault(tmp_path: Path) -> None:
    def change(document: Word) -> None:
        lead = next(p for p in document.paragraphs if "{{ lead_in }}" in p.text)
        closing = next(p for p in document.paragraphs if "{{ closing }}" in p.text)
        lead._p.addprevious(closing._p)
        lead.insert_paragraph_before("Ghi thêm 100% {nội dung} của Sở")

    assert check_template(edited(tmp_path, change)) == ()


def test_what_is_left_out_is_told_and_the_command_ends_with_its_code(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    fine = edited(tmp_path, replaced("{{ closing }}", "Trân trọng./."))
    assert unused_tags(fine) == ("closing",)
    assert door.main(["template", "check", str(fine)]) == 0
    assert "closing" in capfd.readouterr().out
    assert door.main(["template", "check", str(edited(tmp_path, replaced("{{ closing }}", "{{ x }}")))]) == 1
    assert "Đoạn “{{ x }}”" in capfd.readouterr().out
    other = tmp_path / "a.docx"
    other.write_bytes(b"no Word")
    assert door.main(["template", "check", str(other)]) == 2
    with pytest.raises(CannotRun):
        check_template(tmp_path / "none.docx")


def test_every_tag_and_every_part_is_told_in_the_page() -> None:
    assert tags_of().keys() == TAGS.keys()
    below = [entries_of(kind) for name, kind in tags_of().items() if name not in PLACED]
    deeper = [entries_of(kind) for entries in below for kind in entries.values()]
    assert {name for entries in (*below, *deeper) for name in entries} == ENTRIES.keys()
