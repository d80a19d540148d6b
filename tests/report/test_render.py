"""Rendering loses nothing, evaluates nothing, and says where a template is at fault."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import fields, replace
from pathlib import Path

import pytest
from docx import Document
from docxtpl import DocxTemplate
from lxml import etree

from dvctt_report.report.citing import Head
from dvctt_report.report.context import Body, ReportContext, Tail
from dvctt_report.report.layout import PARAGRAPH, paragraph_text
from dvctt_report.report.render import fill
from dvctt_report.report.tags import environment
from dvctt_report.report.word_template import WordTemplate
from dvctt_report.report.wording import Voice, fit_for_print, map_strings, strings
from dvctt_report.text.errors import CannotRun
from dvctt_report.word.tree import NAMESPACES, W
from tests.report.conftest import DATASET, FINDINGS, ISSUER, VOICE, Fill, Render, build, say
from tests.shipped import BASE

HOSTILE = "Sở A & B <C> {{ x }} {% y %} {_{ “q” ]]> &amp; ${z} {n}"


def body_of(content: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def texts(content: bytes) -> list[str]:
    return [paragraph_text(p) for p in body_of(content).iter(PARAGRAPH)]


def drawn_texts(content: bytes) -> list[str]:
    """What charts say: beside bars, at their ends, in the legend, and in words for who can't see them."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        charts = [etree.fromstring(package.read(n)) for n in package.namelist() if "word/charts/bieu-do" in n]
    said = [one.get("descr", "") for one in body_of(content).iter(f"{{{NAMESPACES['wp']}}}docPr")]
    return [*said, *(text for chart in charts for text in chart.itertext())]


def edited(template: Path, old: str, new: str) -> Path:
    """Change the one run that holds ``old``, as an officer would in Word."""
    document = Document(str(template))
    for node in document.element.body.iter(f"{W}t"):
        if node.text and old in node.text:
            node.text = node.text.replace(old, new)
            document.save(str(template))
            return template
    raise AssertionError(f"the template has no {old}")


def test_template_and_context_agree(template: Path) -> None:
    used = DocxTemplate(template).get_undeclared_template_variables(environment())
    assert used == {"notice", *(f.name for part in (Head, Body, Tail) for f in fields(part))}


def test_every_string_of_the_context_stands_in_the_document(context: ReportContext, filled: Fill) -> None:
    content = filled()
    whole = "\n".join([*texts(content), *drawn_texts(content)])
    said = strings((context.head, context.body, context.tail))
    assert [text for text in said if text not in whole] == []


def test_hostile_text_comes_out_as_typed_and_changes_nothing_else(
    context: ReportContext, filled: Fill
) -> None:
    hostile = map_strings(context, lambda text: f"{text} {HOSTILE}" if text else "")
    plain, attacked = (texts(filled()), texts(filled(hostile)))
    assert len(attacked) == len(plain)
    assert [t.replace(f" {HOSTILE}", "") for t in attacked] == plain


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("a\x0bb", "a\nb"),
        ("a\x00b\x07c", "abc"),
        ("a\x0cb", "a\nb"),
        ("a\ud800b", "ab"),
        ("a\tb", "a b"),
        ("Sơ\u0309", "Sở"),
        ("x\ue000y", "xy"),
        ("Số:        /BC", "Số:        /BC"),
        ("_x000B_", ""),
    ],
)
def test_what_xml_cannot_carry_is_gone_at_the_door(typed: str, printed: str) -> None:
    assert fit_for_print(typed) == printed


def test_a_name_with_control_characters_renders(template: Path) -> None:
    bad = replace(ISSUER, signer_name="A\x0bB\ud800 & C", notice=("\x07 {{ 1/0 }}",))
    built = say(DATASET, Voice(VOICE.phrases, bad), *FINDINGS)
    found = texts(fill(template, built, bad).content())
    assert "A\nB & C" in found
    assert "{{ 1/0 }}" in [t.strip() for t in found]


def test_the_document_carries_the_issuers_name_and_no_other(filled: Fill) -> None:
    properties = Document(io.BytesIO(filled())).core_properties
    assert properties.author == properties.last_modified_by == "Sở Một"
    assert properties.title.startswith("Báo cáo Kết quả thực hiện Kế hoạch")
    assert properties.created is not None
    assert properties.created.date() == ISSUER.as_of.date()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{{ row.verdict }}", "{{ row.verdic }}", "{{ row.verdic }}"),
        ("{%p for line in returns %}", "{%p for line in returns %} xem thêm", "xem thêm"),
    ],
)
def test_a_faulty_tag_is_told_with_its_paragraph(
    template: Path, old: str, new: str, told: str, filled: Fill
) -> None:
    edited(template, old, new)
    with pytest.raises(CannotRun) as caught:
        filled()
    assert told in caught.value.message


def test_braces_may_be_printed_by_the_template_and_are_left_as_typed_in_data(
    context: ReportContext, template: Path
) -> None:
    said = replace(context, body=replace(context.body, overview="ghi {_{ x }_} và {_% y %_}"))
    changed = edited(template, "{{ overview }}", "Mẫu: {_{ x }_}. {{ overview }}")
    assert "Mẫu: {{ x }}. ghi {_{ x }_} và {_% y %_}" in texts(fill(changed, said, ISSUER).content())


def test_what_the_officer_hides_is_not_lost(context: ReportContext, template: Path, filled: Fill) -> None:
    document = Document(str(template))
    hidden = next(p for p in document.paragraphs if p.text == "{{ overview }}")
    hidden.runs[0].font.hidden = True
    document.save(str(template))
    assert context.body.overview in texts(filled())


def test_tags_are_joined_as_docxtpl_joins_them() -> None:
    for path in sorted(BASE.glob("*.docx")):
        document = WordTemplate(path)
        xml = document.get_xml()
        assert document.patch_xml(xml) == DocxTemplate(path).patch_xml(xml)


def test_a_file_that_is_not_word_is_told(context: ReportContext, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_text("không phải Word", encoding="utf-8")
    with pytest.raises(CannotRun, match="không phải là tệp Word"):
        fill(path, context, ISSUER).content()
    with pytest.raises(CannotRun, match="Không tìm thấy"):
        fill(tmp_path / "none.docx", context, ISSUER).content()


def test_an_officer_may_take_a_tag_out(context: ReportContext, template: Path, filled: Fill) -> None:
    edited(template, "{{ overview }}", "Đã phối hợp.")
    found = texts(filled())
    assert "Đã phối hợp." in found
    assert context.body.overview not in found


def test_lines_under_names_follow_the_names(context: ReportContext, filled: Fill) -> None:
    def length(name: str) -> int:
        changed = replace(context, head=replace(context.head, issuer_name=name))
        root = body_of(filled(changed))
        anchors = root.iter(f"{{{NAMESPACES['wp']}}}anchor")
        found = {
            a.find("wp:docPr", NAMESPACES).get("descr"): a.find("wp:extent", NAMESPACES) for a in anchors
        }
        return int(found["issuer"].get("cx"))

    assert length("SỞ MỘT") * 2 < length("SỞ VĂN HÓA, THỂ THAO")


def test_the_same_input_gives_the_same_bytes(render: Render, tmp_path: Path) -> None:
    one, two = render(tmp_path / "a" / "r.docx"), render(tmp_path / "b" / "r.docx")
    assert one.report.read_bytes() == two.report.read_bytes()
    assert one.manifest.read_bytes() == two.manifest.read_bytes()
    assert one.notes == ()
    assert sorted(p.name for p in one.report.parent.iterdir()) == ["r.docx", "r.json"]


def test_a_report_that_is_open_elsewhere_is_written_beside(
    render: Render, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "bao-cao-2025.docx"
    out.write_bytes(b"open in Word")
    original = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if Path(target) == out:
            raise PermissionError(13, "in use", str(target))
        return original(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    rendered = render(out)
    assert rendered.report.name == "bao-cao-2025 (2).docx"
    assert "đang mở" in rendered.notes[0]
    assert out.read_bytes() == b"open in Word"
    assert json.loads(rendered.manifest.read_text(encoding="utf-8"))["report"]["file"] == rendered.report.name
    assert not list(tmp_path.glob(".*.tmp"))


def test_the_manifest_traces_every_figure_to_its_cells(render: Render, tmp_path: Path) -> None:
    rendered = render(tmp_path / "r.docx")
    found = json.loads(rendered.manifest.read_text(encoding="utf-8"))
    keys = {"id", "year", "as_of", "indicators", "figures", "overrides", "acceptances", "returns", "inputs"}
    assert keys | {"printed", "report"} <= set(found)
    one = {i["code"]: i for i in found["indicators"]}["T1"]
    totals = [c["value"] for c in one["cells"] if c["field"] == "total"]
    assert (sum(totals), one["percent"], one["verdict"]) == (one["denominator"], "88,9%", "missed")
    assert one["coverage"] == {"reported": 4, "expected": 5}
    assert found["answering"] == {"directives": 4, "topics": 4, "channels": 4}
    assert one["cells"][0] == {
        "unit": "VP", "field": "total", "value": 100, "state": "given",
        "file": "nhan-ve/2025/VP.xlsx", "sheet": "01-A", "cell": "G5", "used": True,
        "raw": "100", "reading": "", "part": "",
    }  # fmt: skip
    figures = {f["id"]: f for f in found["figures"]}
    assert figures["H.a.people"]["value"] == sum(c["value"] for c in figures["H.a.people"]["cells"]) == 4800
    assert figures["K.a.spent"]["value"] == 10_000_000
    assert figures["directives"]["value"] == 4
    assert found["returns"] == {"expected": 6, "received": 5, "late": 1, "missing": ["H2"]}
    assert found["inputs"][0]["file"] == "nhan-ve/2025/VP.xlsx"
    assert found["report"]["sha256"] == hashlib.sha256(rendered.report.read_bytes()).hexdigest()


def test_nothing_sent_at_all_still_makes_a_report(filled: Fill) -> None:
    found = "\n".join(texts(filled(say(build([]), VOICE))))
    assert "chưa có cơ quan, đơn vị, địa phương nào" in found
    assert "0 cơ quan, đơn vị, địa phương gửi báo cáo" not in found
