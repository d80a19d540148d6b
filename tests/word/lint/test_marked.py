"""The marked copy: the document with comments at its paragraphs, in page order, and nothing else changed."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import etree
from openxml_audit import OpenXmlValidator

from dvctt_report.word.lint import lint_source
from dvctt_report.word.lint.command import mark, our_comments, unmark
from dvctt_report.word.package import pack
from dvctt_report.word.source import parse_source
from dvctt_report.word.tree import AUTHOR, DECLARATIONS, W
from tests.intake.excel import unzipped
from tests.libreoffice import DOCX, LibreOffice
from tests.word.lint.drafts import GOOD, LETTER
from tests.word.lint.linted import SETTINGS
from tests.word.lint.papers import Draft, Line, build, page_number, para, text_box
from tests.word.lint.test_slip import TERRIBLE


def marked(draft: Draft) -> bytes:
    source = parse_source(build(draft))
    return mark(source, lint_source(source, "van-ban.docx", SETTINGS))


def comments(data: bytes) -> list[Any]:
    return list(Document(io.BytesIO(data)).comments)


def anchored(data: bytes) -> list[tuple[str, str]]:
    """The first words of each commented paragraph and the comment's text, in page order."""
    document = Document(io.BytesIO(data))
    texts = {str(c.comment_id): c.text for c in document.comments}
    found = []
    for paragraph in document.element.body.iter(f"{W}p"):
        for start in paragraph.findall(f"{W}commentRangeStart"):
            words = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
            found.append((words[:20], texts[start.get(f"{W}id")]))
    return found


def without_comments(data: bytes) -> dict[str, bytes]:
    """The parts of a package in canonical form, marks of comments taken out."""
    made = {}
    for name, content in unzipped(data).items():
        root = etree.fromstring(content)
        for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            for element in list(root.iter(f"{W}{tag}")):
                gone = element.getparent() if tag == "commentReference" else element
                gone.getparent().remove(gone)
        made[name] = etree.tostring(root, method="c14n")
    return made


def test_a_fault_is_commented_at_its_paragraph_with_what_where_and_how() -> None:
    data = marked(replace(GOOD, motto="Độc lập – Tự do – Hạnh phúc"))
    ((words, text),) = anchored(data)
    assert words == "Độc lập – Tự do – Hạ"
    assert text.startswith("Lỗi: ")
    for told in ("gạch dài", "Cách sửa: ", "Phụ lục I, mục II.1b", "TT14"):
        assert told in text
    (comment,) = comments(data)
    assert (comment.author, bool(comment.initials)) == (AUTHOR, True)
    assert comments(marked(GOOD)) == []


def test_comments_stand_in_page_order_one_a_paragraph_and_each_fact_once() -> None:
    data = marked(TERRIBLE)
    found = anchored(data)
    assert len(found) == len(comments(data)) > 10
    starts = (
        p.findall(f"{W}commentRangeStart") for p in Document(io.BytesIO(data)).element.body.iter(f"{W}p")
    )
    assert max(map(len, starts)) == 1
    ids = [int(c.comment_id) for c in comments(data)]
    assert ids == sorted(ids)
    whole = [text for _, text in found if "phông Calibri" in text]
    assert [("Cách sửa" in text, "chỗ khác" in text) for text in whole][:1] == [(True, True)]
    assert sum("phông Times New Roman" in text and "Cách sửa" in text for text in whole) == 1


@pytest.mark.parametrize("draft", [GOOD, LETTER, TERRIBLE], ids=["báo cáo", "công văn", "nhiều lỗi"])
def test_but_for_its_comments_the_copy_is_the_original(tmp_path: Path, draft: Draft) -> None:
    broken = replace(draft, motto="Độc lập – Tự do – Hạnh phúc", looks={"recipients": {"size": 14}})
    before, after = without_comments(build(broken)), without_comments(marked(broken))
    changed = {name for name in before if name in after and before[name] != after[name]}
    assert set(before) - set(after) <= {"word/footer9.xml"}, "which no relation leads to"
    assert changed <= {"[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert set(after) - set(before) == {"word/comments.xml"}
    paths = [tmp_path / "original.docx", tmp_path / "copy.docx"]
    for path, content in zip(paths, (build(broken), marked(broken)), strict=True):
        path.write_bytes(content)
    told = [{str(e.description) for e in OpenXmlValidator().validate(path).errors} for path in paths]
    bare = "Document references styles but styles.xml is missing"  # as no document of Word is
    assert told[1] <= told[0] | {bare}, "the copy is no less valid than what it was made of"


def test_what_stands_in_a_header_or_a_box_is_commented_in_the_body_beside_it() -> None:
    header = replace(GOOD, header=page_number(size=10))
    assert [words for words, _ in anchored(marked(header))] == ["UBND TỈNH A"]
    boxed = Line(raw=para("Đoạn neo hộp chữ.", inner=text_box(para("{{ ten }}", size=14), 40), align="both"))
    found = [
        w for w, text in anchored(marked(replace(GOOD, body=(boxed, *GOOD.body)))) if "{{ ten }}" in text
    ]
    assert [w.startswith("Đoạn neo hộp chữ") for w in found] == [True]


def test_comments_that_people_wrote_stay_and_ours_can_be_taken_out_again() -> None:
    theirs = (
        f'<w:comments {DECLARATIONS}><w:comment w:id="7" w:author="Lê A">'
        "<w:p><w:r><w:t>Xem lại</w:t></w:r></w:p>"
        "</w:comment></w:comments>"
    )
    draft = replace(GOOD, motto="Độc lập – Tự do – Hạnh phúc", extra={"word/comments.xml": theirs})
    data = marked(draft)
    assert [c.author for c in comments(data)] == ["Lê A", AUTHOR, AUTHOR]
    assert any("còn 1 ghi chú" in c.text for c in comments(data))
    assert our_comments(parse_source(data))
    cleared = unmark(parse_source(data))
    assert [c.author for c in comments(cleared)] == ["Lê A"]
    assert not our_comments(parse_source(cleared))
    assert (
        without_comments(cleared)["word/document.xml"] == without_comments(build(draft))["word/document.xml"]
    )


def answered(data: bytes) -> bytes:
    """A marked copy as Word leaves it where someone has answered each comment and written one of his own."""
    w14, w15 = (f"http://schemas.microsoft.com/office/word/{year}/wordml" for year in (2010, 2012))
    parts = unzipped(data)
    root, main = (etree.fromstring(parts[f"word/{name}.xml"]) for name in ("comments", "document"))
    entries = ""
    for n, comment in enumerate(list(root)):
        own, answer = f"{2 * n + 16:08X}", f"{2 * n + 17:08X}"
        comment.findall(f"{W}p")[-1].set(f"{{{w14}}}paraId", own)
        for at, author, text, paragraph in (
            (100 + n, "Văn thư", "Đã sửa", answer),
            (200 + n, "Lê A", "Xem", ""),
        ):
            made = etree.SubElement(root, f"{W}comment", {f"{W}id": str(at), f"{W}author": author})
            line = etree.SubElement(made, f"{W}p", {f"{{{w14}}}paraId": paragraph} if paragraph else {})
            etree.SubElement(etree.SubElement(line, f"{W}r"), f"{W}t").text = text
            for mark_of in list(
                main.iter(*(f"{W}comment{end}" for end in ("RangeStart", "RangeEnd", "Reference")))
            ):
                if mark_of.get(f"{W}id") == comment.get(f"{W}id"):
                    etree.SubElement(mark_of.getparent(), mark_of.tag, {f"{W}id": str(at)})
        entries += f'<w15:commentEx w15:paraId="{own}"/>'
        entries += f'<w15:commentEx w15:paraId="{answer}" w15:paraIdParent="{own}"/>'
    parts["word/comments.xml"], parts["word/document.xml"] = etree.tostring(root), etree.tostring(main)
    extended = f'<w15:commentsEx xmlns:w15="{w15}">{entries}</w15:commentsEx>'
    parts["word/commentsExtended.xml"] = extended.encode()
    relations = "word/_rels/document.xml.rels"
    kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    one = f'<Relationship Id="rIdEx" Type="{kind}" Target="commentsExtended.xml"/></Relationships>'
    parts[relations] = parts[relations].replace(b"</Relationships>", one.encode())
    return pack(parts)


def test_what_people_answered_to_our_comments_stays_as_their_own_words_do() -> None:
    draft = replace(GOOD, motto="Độc lập – Tự do – Hạnh phúc", looks={"recipients": {"size": 14}})
    data = answered(marked(draft))
    assert [c.author for c in comments(data)].count("Văn thư") == 2
    cleared = unmark(parse_source(data))
    assert sorted(c.author for c in comments(cleared)) == ["Lê A", "Lê A", "Văn thư", "Văn thư"]
    extended = unzipped(cleared)["word/commentsExtended.xml"]
    assert extended.count(b"commentEx ") == 2
    assert b"paraIdParent" not in extended


def test_what_stands_in_a_letterhead_of_boxes_is_commented_at_the_next_words() -> None:
    boxed = replace(GOOD, manner="boxes", motto="Độc lập – Tự do – Hạnh phúc")
    assert [words for words, _ in anchored(marked(boxed))] == [GOOD.kind]


def test_a_marked_copy_is_judged_like_its_original_and_marked_anew() -> None:
    draft = replace(GOOD, motto="Độc lập – Tự do – Hạnh phúc")
    again = parse_source(unmark(parse_source(marked(draft))))
    assert [f.code for f in lint_source(again, "x.docx", SETTINGS).findings] == ["TT14"]
    assert len(comments(mark(again, lint_source(again, "x.docx", SETTINGS)))) == 1


@pytest.mark.requires("soffice")
def test_comments_survive_libreoffice(tmp_path: Path, libreoffice: LibreOffice) -> None:
    (tmp_path / "copy.docx").write_bytes(marked(TERRIBLE))
    libreoffice.convert([tmp_path / "copy.docx"], DOCX, tmp_path / "out")
    before, after = (
        comments(p.read_bytes()) for p in (tmp_path / "copy.docx", tmp_path / "out" / "copy.docx")
    )
    assert [c.text.split() for c in after] == [c.text.split() for c in before]
