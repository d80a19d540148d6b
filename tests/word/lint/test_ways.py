"""Documents built in different ways are recognised alike; what isn't ours to judge is declined or refused."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from docx.enum.text import WD_COLOR_INDEX

from dvctt_report.text.errors import CannotRun
from dvctt_report.word.lint import lint_source
from dvctt_report.word.lint.check import Settings, read_settings
from dvctt_report.word.lint.command import judge
from dvctt_report.word.lint.outcome import Outcome, Status
from dvctt_report.word.lint.parts import Paper
from dvctt_report.word.source import Refused, parse_source
from tests.word.lint.breakages import BREAKAGES, counted_article, counted_heading
from tests.word.lint.drafts import GOOD, LETTER, PLAN
from tests.word.lint.linted import SETTINGS, faults, paper_of, verdict_of
from tests.word.lint.papers import (
    BODY,
    CENTRE,
    LONG,
    Draft,
    Line,
    build,
    head,
    package,
    page_number,
    para,
    runs,
    signature,
    text_box,
)


def parts_of(paper: Paper) -> dict[str, object]:
    """The texts of the parts, whatever they stand in."""
    head, title, signature = paper.head, paper.title, paper.signature

    def text(piece: object) -> str:
        return getattr(piece, "text", "")

    return {
        "state": text(head.state),
        "motto": text(head.motto),
        "parent": [p.text for p in head.parent],
        "issuer": [p.text for p in head.issuer],
        "number": text(head.number),
        "date": text(head.place_date),
        "kind": text(title.kind),
        "subject": [p.text for p in title.subject],
        "addressee": text(title.addressee),
        "bases": len(paper.bases),
        "authority": [p.text for p in signature.authority],
        "name": text(signature.name),
        "recipients": [p.text for p in signature.recipients],
        "annexes": [a.label.text for a in paper.annexes],
        "motto line": head.motto_line is not None and 55 < (head.motto_line.length or 0) < 66,
        "issuer line": head.issuer_line is not None and 9 < (head.issuer_line.length or 0) < 13,
    }


@pytest.mark.parametrize("manner", ["one paragraph", "tabs", "blanks", "boxes"])
def test_a_letterhead_is_recognised_whatever_it_is_made_of(manner: str) -> None:
    assert parts_of(paper_of(replace(GOOD, manner=manner))) == parts_of(paper_of(GOOD))
    assert faults(replace(GOOD, manner=manner)) == []


@pytest.mark.parametrize(
    "line", ["Kt. GIÁM ĐỐC", "K/t GIÁM ĐỐC", "Ký thay GIÁM ĐỐC", "kt: GIÁM ĐỐC", "q. GIÁM ĐỐC"]
)
def test_a_mark_of_authority_in_small_letters_is_no_name(line: str) -> None:
    paper = paper_of(replace(GOOD, authority=(line, "PHÓ GIÁM ĐỐC")))
    assert [p.text for p in paper.signature.authority] == [line, "PHÓ GIÁM ĐỐC"]
    assert paper.signature.name is not None
    assert paper.signature.name.text == GOOD.name


@pytest.mark.parametrize("strokes", ["vml", "underscores", "border"])
def test_a_line_is_a_line_however_it_was_drawn(strokes: str) -> None:
    assert parts_of(paper_of(replace(GOOD, strokes=strokes))) == parts_of(paper_of(GOOD))
    assert faults(replace(GOOD, strokes=strokes)) == []


def test_decomposed_letters_are_told_once_and_ask_nothing_else() -> None:
    def apart(line: Line) -> Line:
        return replace(line, text=unicodedata.normalize("NFD", line.text))

    short = Line("1. Thủ trưởng các cơ quan, đơn vị trực thuộc", BODY)
    body = (*GOOD.body[:9], short, *GOOD.body[9:])
    composed, built = (
        [f for f in verdict_of(replace(GOOD, body=lines)).findings if f.outcome is Outcome.FAIL]
        for lines in (body, tuple(map(apart, body)))
    )
    assert sorted(f.code for f in built) == sorted(["TT07", *(f.code for f in composed)])
    (told,) = (f.found for f in built if f.code == "TT07")
    assert told.endswith(" đoạn")


def test_a_draft_mark_in_a_text_box_that_stands_twice_is_left_alone() -> None:
    mark = para("DỰ THẢO", size=14, bold=True, colour="FF0000", font="Arial")
    body = (Line(raw=para("", inner=text_box(mark, 40))), *GOOD.body)
    paper = paper_of(replace(GOOD, body=body))
    assert sum("DỰ THẢO" in p.text for p in paper.document.paragraphs) == 1
    assert {code for code, _, _ in faults(replace(GOOD, body=body))} <= {"TT40"}


def test_districts_are_a_matter_of_the_documents_date_and_of_the_settings() -> None:
    draft = replace(LETTER, addressee=("Kính gửi: UBND huyện B",), date="Bình An, ngày 05 tháng 6 năm 2025")
    assert faults(draft) == []
    late = replace(draft, date="Bình An, ngày      tháng 7 năm 2025")
    assert [code for code, _, _ in faults(late)] == ["TT63"]
    assert [c for c, _, _ in faults(replace(late, date="Bình An, ngày      tháng      năm 2026"))] == ["TT63"]
    unknown = verdict_of(replace(late, date="Bình An, ngày      tháng      năm 2025")).findings
    assert [f.outcome for f in unknown if f.code == "TT63"] == [Outcome.NOT_EVALUATED]
    kept = lint_source(parse_source(build(late)), "x", replace(SETTINGS, districts_end=None))
    assert kept.count().total() == 0


def test_a_text_that_is_no_administrative_document_is_declined() -> None:
    story = package(para("Ngày xửa ngày xưa", **CENTRE) + para(LONG, **BODY) + GOOD.sheet.xml(), GOOD)
    verdict = lint_source(parse_source(story), "truyen.docx", SETTINGS)
    assert (verdict.status, "Không nhận ra văn bản hành chính" in verdict.reason) == (Status.DECLINED, True)


def ole(stream: str) -> bytes:
    name = stream.encode("utf-16-le")
    entry = name.ljust(64, b"\0") + (len(name) + 2).to_bytes(2, "little") + b"\2"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entry.ljust(128, b"\0")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "rỗng"),
        (b"%PDF-1.7 ...", "PDF"),
        (ole("WordDocument"), "Word cũ"),
        (ole("EncryptedPackage"), "mật khẩu"),
        (b"{\\rtf1 abc}", "RTF"),
        (b"<html><body>x</body></html>", "HTML"),
        (build(GOOD)[:3000], "hỏng"),
        ("Văn bản".encode(), "thuần"),
        (b"\x00\x01\x02", "Không nhận ra"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_true_reason(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    path = tmp_path / "van-ban.docx"
    path.write_bytes(data)
    verdict = judge(path, Settings()).verdict
    assert verdict.status is Status.REFUSED
    assert reason in verdict.reason
    assert verdict.remedy


def test_a_doctype_is_refused() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><styles/>'
    data = package("", replace(GOOD, extra={"word/styles.xml": bomb}))
    with pytest.raises(Refused, match="DOCTYPE"):
        lint_source(parse_source(data), "x", SETTINGS)


@pytest.mark.parametrize("draft", [counted_article(), counted_heading()], ids=["article", "heading"])
def test_what_word_counts_in_bold_is_right(draft: Draft) -> None:
    assert faults(draft) == []


def test_levels_come_from_the_settings(tmp_path: Path) -> None:
    own = tmp_path / "rieng.toml"
    own.write_text('[muc]\nTT14 = "canh_bao"\nTT16 = "bo_qua"\n', encoding="utf-8")
    broken = replace(GOOD, motto="Độc lập – Tự do – Hạnh phúc", looks={"parent": {"bold": True}})
    verdict = lint_source(parse_source(build(broken)), "x", read_settings(own))
    assert [(f.code, str(f.level)) for f in verdict.findings] == [("TT14", "warning")]


@pytest.mark.parametrize(
    "text", ["[muc]\nTT14 = 'nang'", "la = 1", "bo_cap_huyen_tu = '2025'", "ten_co_quan = 3", "x = ["]
)
def test_a_faulty_settings_file_is_named(tmp_path: Path, text: str) -> None:
    own = tmp_path / "rieng.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(CannotRun, match=r"rieng\.toml"):
        read_settings(own)


def test_a_long_document_has_no_other_faults_than_a_short_one() -> None:
    many = (*GOOD.body[:-1], *(Line(f"{LONG}. {LONG}. {LONG}.") for _ in range(200)), GOOD.body[-1])
    assert faults(replace(GOOD, body=many)) == []


def test_of_several_lines_the_one_that_looks_wrong_is_quoted_and_pointed_to() -> None:
    light = replace(GOOD, body=GOOD.body[1:], annexes=(), looks={"subject": {**CENTRE, "bold": False}})
    front = head(light)
    end = "".join(line.xml() for line in light.body) + signature(light) + light.sheet.xml()
    at = front.rindex("<w:p>", 0, front.index(GOOD.subject))
    above = para("Kết quả rà soát, đơn giản hóa thủ tục hành chính và", **CENTRE, bold=True)
    made = package(front[:at] + above + front[at:] + end, light)
    (found,) = (f for f in lint_source(parse_source(made), "x.docx", SETTINGS).findings)
    assert (found.code, found.text, found.found) == ("TT32", GOOD.subject, "không đậm")
    assert found.spot.paragraph is not None
    assert found.spot.paragraph.text == GOOD.subject


def test_every_colour_of_the_highlighter_has_a_vietnamese_name() -> None:
    names = [str(colour.xml_value) for colour in WD_COLOR_INDEX if colour > 0]
    lines = (Line(f"{LONG}.", {**BODY, "highlight": name}) for name in names)
    found = [told for code, _, told in faults(replace(GOOD, body=(*lines, *GOOD.body))) if code == "TT05"]
    assert len({*found}) == len(names) - 1 == 15  # white is no ground
    assert all(told.startswith("tô nền màu ") and "khác" not in told for told in found)


@pytest.mark.parametrize("link", ["element", "field"])
def test_a_link_may_be_underlined(link: str) -> None:
    words = runs("tại đây", underline=True)
    if link == "element":
        inner = f'<w:hyperlink w:anchor="a">{words}</w:hyperlink>'
    else:
        inner = f'<w:fldSimple w:instr=" HYPERLINK &quot;a&quot; ">{words}</w:fldSimple>'
    line = Line(raw=para("Xem ", **BODY, inner=inner + runs(".")))
    assert faults(replace(GOOD, body=(*GOOD.body[:11], line, *GOOD.body[11:]))) == []


@pytest.mark.parametrize("parted", ["section", "break"])
def test_one_page_of_text_and_one_of_annex_need_no_number(parted: str) -> None:
    lines = (Line(f"{LONG} (Phụ lục kèm theo)./."),)
    attached = GOOD.annexes[0].attached.replace("Báo cáo", "Kế hoạch").replace("/BC-", "/KH-")
    annex = replace(GOOD.annexes[0], label="Phụ lục", attached=attached)
    draft = replace(PLAN, body=lines, header="")
    if parted == "section":
        draft = replace(draft, annexes=(annex,))
    else:
        draft = replace(draft, behind=para("", inner='<w:r><w:br w:type="page"/></w:r>') + annex.xml())
    assert faults(draft) == []
    longer = replace(draft, body=lines * 20)
    assert "TT08" in {code for code, _, _ in faults(longer)}


def test_faults_of_a_letterhead_in_text_boxes_are_found_as_in_a_table() -> None:
    # Where a box stands is set freely: two lines in one row, a column, the page's edge can't be told by it.
    placed = re.compile("thấp hơn|bên trái|lệch cột|lấn ra")
    heads = [b for b in BREAKAGES if "TT12" <= b.code <= "TT33" and not placed.search(b.name)]
    missed = [
        (b.code, b.name)
        for b in heads
        if {(c, p) for c, p, _ in faults(replace(b.draft, manner="boxes"))} != {(b.code, b.place)}
    ]
    assert len(heads) > 30
    assert missed == []


@pytest.mark.parametrize(("side", "codes"), [("center", set()), ("right", {"TT08"})])
def test_a_page_number_in_a_text_box_stands_where_the_box_does(side: str, codes: set[str]) -> None:
    placed = f'<wp:positionH relativeFrom="margin"><wp:align>{side}</wp:align></wp:positionH>'
    box = text_box(page_number(align="left"), 10)
    box = box.replace("<wp:inline>", f"<wp:anchor>{placed}").replace("</wp:inline>", "</wp:anchor>")
    assert {code for code, _, _ in faults(replace(GOOD, header=para("", inner=box)))} == codes
