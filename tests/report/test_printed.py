"""The manifest knows what was printed where, and the report carries its name but none of its marks."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openxml_audit import OpenXmlValidator

from dvctt_report.files.manifests import kept_manifest, unpacked
from dvctt_report.report.blocks import OPENING, read_blocks
from dvctt_report.report.identity import CUSTOM, PROPERTY, parse_identity, with_property
from dvctt_report.report.marks import lift_marks, mark, read_marks, without_marks
from dvctt_report.report.wording import Voice, map_strings, strings
from dvctt_report.report.write import Rendered
from dvctt_report.word.tree import W
from tests.report.conftest import DATASET, FINDINGS, Render, say, speaking


def manifest_of(rendered: Rendered) -> dict[str, Any]:
    table: dict[str, Any] = json.loads(rendered.manifest.read_text(encoding="utf-8"))
    return table


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as package:
        return package.read(name)


@pytest.mark.parametrize("naming", ["than_bai", "phu_luc", "khong"])
def test_marks_change_nothing_that_is_said(naming: str) -> None:
    plain = speaking(naming=naming)
    marking = Voice(plain.phrases, plain.issuer, marking=True)
    marked = say(DATASET, marking, *FINDINGS)
    read = map_strings(marked, without_marks)
    said = say(DATASET, plain, *FINDINGS)
    assert (read.head, read.body) == (said.head, said.body)
    assert replace(read.tail, annex_notes=()) == replace(
        said.tail, annex_notes=()
    )  # alike ones stand together
    assert sum(len(read_marks(text)[1]) for text in strings(marked)) > 100


PLAIN = st.text(st.characters(exclude_categories=("Co", "Cs")))


def test_marks_leave_the_finished_bytes_as_they_leave_a_text() -> None:
    every = "".join(chr(code) for code in (*range(0x20, 0xD800), *range(0xE000, 0x1_1000)))
    assert lift_marks(every.encode()).decode() == without_marks(every)


@given(PLAIN, PLAIN, PLAIN)
def test_what_was_marked_is_read_back(id: str, text: str, around: str) -> None:
    printed, (span,) = read_marks(f"{around}{mark(id, text)}{around}")
    assert printed == f"{around}{text}{around}"
    assert (span.id, span.at, span.text) == (id, len(around), text)


def test_every_place_of_the_manifest_stands_in_the_report(render: Render) -> None:
    rendered = render()
    document = part(rendered.report, "word/document.xml")
    assert not re.search("[\ue000-\uf8ff]", document.decode()), "no mark is left"
    blocks = read_blocks(etree.fromstring(document))
    places = manifest_of(rendered)["printed"]
    said = [(p["section"], p.get("cells") or [p["text"]]) for p in places]
    assert said == [(b.section, list(b.cells)) for b in blocks]
    for place in places:
        for figure in place["figures"]:
            text = place["cells"][figure["cell"]] if "cells" in place else place["text"]
            assert text[figure["at"] :].startswith(figure["text"])


def test_figures_are_named_in_prose_tables_and_annexes(render: Render) -> None:
    places = manifest_of(render())["printed"]
    named = {figure["id"] for place in places for figure in place["figures"]}
    of_targets = {"T1.percent", "T1.numerator", "T1.SO1.percent", "T1.sum1.denominator", "T2.SO1.answer"}
    others = {"returns.received", "targets.missed", "H.a.people", "K.a.spent", "V.2.done", "tasks.percent"}
    assert (of_targets | others) - named == set()
    (sentence,) = (p for p in places if p.get("text", "").startswith("a) Cán bộ"))
    rest = sentence["text"]
    for figure in sorted(sentence["figures"], key=lambda f: -int(f["at"])):
        rest = rest[: figure["at"]] + rest[figure["at"] + len(figure["text"]) :]
    assert not re.search(r"\d", rest)


def test_report_and_manifest_share_an_identity_and_the_manifest_is_kept(render: Render) -> None:
    rendered = render()
    table = manifest_of(rendered)
    assert parse_identity(part(rendered.report, CUSTOM)) == table["id"] == rendered.id
    kept = kept_manifest(rendered.manifest.parent / "kept", rendered.id)
    assert kept is not None
    assert unpacked(kept) == rendered.manifest.read_bytes()
    assert render().id == rendered.id
    assert [str(e) for e in OpenXmlValidator().validate(rendered.report).errors] == []


def test_properties_that_a_template_has_already_stay(template: Path) -> None:
    with zipfile.ZipFile(template) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    once = with_property(parts, PROPERTY, "a" * 32)
    assert parse_identity(with_property(once, PROPERTY, "b" * 32)[CUSTOM]) == "b" * 32
    other = once[CUSTOM].replace(b'name="dvctt-report"', b'name="phong"')
    assert parse_identity(other) == ""
    both = with_property(once | {CUSTOM: other}, PROPERTY, "c" * 32)
    assert parse_identity(both[CUSTOM]) == "c" * 32
    assert b'name="phong"' in both[CUSTOM]
    assert both["[Content_Types].xml"].count(b"custom-properties") == 1


def test_a_template_that_compares_texts_sees_them_as_printed(render: Render, template: Path) -> None:
    document = Document(str(template))
    for node in document.element.body.iter(f"{W}t"):
        if node.text == "{{ closing }}":
            node.text = "{% if 'năm' in closing %}{{ closing }} (đã rà soát){% endif %}"
    document.save(str(template))
    rendered = render()
    assert "(đã rà soát)" in part(rendered.report, "word/document.xml").decode()
    assert not any(place["figures"] for place in manifest_of(rendered)["printed"])


# --------------------------------------------------------------------------------------------------- reading

WORDS = f'xmlns:w="{W[1:-1]}"'
TABLE = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"


def sections(*said: str) -> list[str]:
    paragraphs = (f"<w:p><w:r><w:t>{t}</w:t></w:r></w:p>" if t[0] != "<" else t for t in said)
    body = etree.fromstring(f"<w:body {WORDS}>{''.join(paragraphs)}</w:body>")
    return [block.section for block in read_blocks(body)]


def test_sections_are_named_as_they_are_numbered() -> None:
    said = ("Mở đầu", "I. CHUNG", "1. Một", "a) Điểm", "tiếp", "2. Hai", "b) Điểm", "II. KẾT", "Phụ lục II")
    assert sections(*said) == [OPENING, "I", "I.1", "I.1.a", "I.1.a", "I.2", "I.2.b", "II", "Phụ lục II"]


def test_what_follows_a_table_belongs_to_the_clause() -> None:
    assert sections("1. A", "a) B", "b) C", "2. D", TABLE, "3. E") == ["1", "1.a", "1.b", "2", "2", "3"]
    assert sections("I. A", "1. B", "a) C", TABLE, "D") == ["I", "I.1", "I.1.a", "I.1.a", "I.1"]
    assert sections("I. A", "1. B", "a) C", "Bảng 1. X", TABLE) == ["I", "I.1", "I.1.a", "I.1", "I.1"]


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (f"<w:p>{run('1')}<w:ins>{run('2')}</w:ins></w:p>", ["12"]),
        (f"<w:p>{run('1')}<w:del><w:r><w:delText>2</w:delText></w:r></w:del></w:p>", ["1"]),
        (f"<w:p><w:moveFrom>{run('1')}</w:moveFrom>{run('2')}</w:p>", ["2"]),
        (f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('1')}</w:p><w:p>{run('2')}</w:p>", ["12"]),
        (f"<w:sdt><w:sdtContent><w:p>{run('1')}</w:p></w:sdtContent></w:sdt>", ["1"]),
        ("<w:p><w:r><w:t>1</w:t><w:br/><w:t>2</w:t><w:noBreakHyphen/></w:r></w:p>", ["1\n2-"]),
        (
            f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>{run('1')}</w:p></w:tc></w:tr>"
            f"<w:tr><w:tc><w:p>{run('2')}</w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
            ["2 | "],
        ),
        (
            f"<w:p>{run('1')}<w:r><w:pict><w:txbxContent><w:p>{run('2')}</w:p></w:txbxContent></w:pict>"
            "</w:r></w:p>",
            ["1", "2"],
        ),
    ],
    ids=["inserted", "deleted", "moved away", "joined", "control", "breaks", "deleted row", "box"],
)
def test_text_is_read_as_a_reader_sees_it(xml: str, expected: list[str]) -> None:
    body = etree.fromstring(f"<w:body {WORDS}>{xml}</w:body>")
    assert [" | ".join(block.cells) for block in read_blocks(body)] == expected
