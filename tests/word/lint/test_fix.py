"""The corrected copy: what is safe is mended, no word changes, the file it was made from stays as it was."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from dvctt_report.model import Severity
from dvctt_report.word.document import read_document
from dvctt_report.word.lint.check import Mend
from dvctt_report.word.lint.command import fix, judge, mend_file
from dvctt_report.word.lint.outcome import LintFinding, Outcome
from dvctt_report.word.package import write_package
from dvctt_report.word.source import Refused, parse_source
from dvctt_report.word.tree import DECLARATIONS
from dvctt_report.word.xml import paragraph, run, section
from tests.word.lint.drafts import GOOD
from tests.word.lint.linted import SETTINGS, faults, verdict_of
from tests.word.lint.office_papers import OFFICE_PAPERS
from tests.word.lint.papers import BODY, LONG, Draft, Line, Sheet, build, page_number, para
from tests.word.lint.right_papers import RIGHT_PAPERS
from tests.word.lint.test_checks import left_of, said_in
from tests.word.lint.test_slip import TERRIBLE


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in read_document(parse_source(data)).paragraphs]


def mend(tmp_path: Path, draft: Draft) -> tuple[bytes, set[str]]:
    """The mended copy, and the checks of which something was mended."""
    path = tmp_path / "van-ban.docx"
    path.write_bytes(build(draft))
    content, done = mend_file(path, SETTINGS)
    return content, {f.code for f in done}


def mended(tmp_path: Path, draft: Draft) -> bytes:
    return mend(tmp_path, draft)[0]


ALL_RIGHT = {**RIGHT_PAPERS, **OFFICE_PAPERS}


@pytest.mark.parametrize("draft", ALL_RIGHT.values(), ids=ALL_RIGHT)
def test_mending_a_missing_page_number_makes_no_new_fault(tmp_path: Path, draft: Draft) -> None:
    bare = replace(draft, header="", sheet=Sheet(title_page=False))
    assert left_of(mended(tmp_path, bare)) <= {(f.code, f.place, f.found) for f in verdict_of(bare).findings}


@pytest.mark.parametrize("starts", [(None, None), (1, None)])
def test_a_number_put_into_the_header_begins_anew_in_each_annex(
    tmp_path: Path, starts: tuple[int | None, ...]
) -> None:
    annexes = tuple(replace(a, sheet=Sheet(start=n)) for a, n in zip(GOOD.annexes, starts, strict=True))
    assert left_of(mended(tmp_path, replace(GOOD, annexes=annexes, header=""))) == set()


def test_no_number_is_put_where_it_would_go_on_into_an_annex(tmp_path: Path) -> None:
    behind = "".join(para("", inner='<w:r><w:br w:type="page"/></w:r>') + a.xml() for a in GOOD.annexes)
    draft = replace(GOOD, annexes=(), behind=behind, header="", body=(*GOOD.body[:-1],) * 5 + GOOD.body[-1:])
    before = {code for code, _, _ in faults(draft)}
    assert "TT08" in before
    assert {code for code, _, _ in left_of(mended(tmp_path, draft))} <= before


def test_a_first_page_whose_own_header_shows_the_number_is_left_to_its_author(tmp_path: Path) -> None:
    draft = replace(GOOD, sheet=Sheet(title_page=False, first_header=True))
    assert left_of(mended(tmp_path, draft)) == set(faults(draft)) != set()


def test_what_can_be_mended_only_in_part_is_left_whole_to_its_author(tmp_path: Path) -> None:
    """One page number is a field without a run, as some programs write it: nothing can be set in 14 pt."""
    twice = page_number(size=12).replace("</w:pPr>", '</w:pPr><w:fldSimple w:instr="PAGE"/>', 1)
    content, codes = mend(tmp_path, replace(GOOD, header=twice, looks={"recipients": {"size": 12}}))
    assert codes == {"TT55"}
    assert left_of(content) == {("TT10", "Đầu trang (header)", "số trang cỡ 10, 12")}


def test_a_copy_is_looked_at_again_until_nothing_is_left_to_mend(tmp_path: Path) -> None:
    text = "Kính đề nghị Ủy ban nhân dân tỉnh xem xét, quyết định nội dung nêu trên theo quy định./."
    last = Line(text, {**BODY, "size": 12, "align": "left"})
    content, codes = mend(tmp_path, replace(GOOD, body=(*GOOD.body[:-1], last)))
    assert codes == {"TT38", "TT42"}
    (tmp_path / "again.docx").write_bytes(content)
    assert mend_file(tmp_path / "again.docx", SETTINGS) == (content, ())


def test_a_run_shared_with_another_part_is_left_to_its_author(tmp_path: Path) -> None:
    draft = replace(GOOD, parent="UBND TỈNH A\nSỞ NỘI VỤ", issuer="")
    assert left_of(mended(tmp_path, draft)) == {("TT16", "Tên cơ quan ban hành", "không đậm")}


def test_text_is_never_mended_even_beside_what_is(tmp_path: Path) -> None:
    draft = replace(GOOD, motto="Độc lập – Tự do – Hạnh phúc", looks={"motto": {"size": 16}})
    assert "Độc lập – Tự do – Hạnh phúc" in texts(mended(tmp_path, draft))


def test_a_number_at_the_foot_moves_to_the_head_and_the_package_stays_whole(tmp_path: Path) -> None:
    draft = replace(
        GOOD, header="", footer=page_number(), sheet=Sheet(title_page=False, headers=False), annexes=()
    )
    after = mended(tmp_path, draft)
    first = read_document(parse_source(after)).sections[0]
    assert first.title_page
    assert any(span.field == "PAGE" for p in first.headers["default"] for span in p.spans)
    assert not any(span.field == "PAGE" for p in first.footers["default"] for span in p.spans)
    with zipfile.ZipFile(io.BytesIO(after)) as package:
        assert package.testzip() is None


def test_the_copy_of_a_report_from_our_own_template_is_clean(tmp_path: Path) -> None:
    path = tmp_path / "van-ban.docx"
    body = paragraph("kind", run("BÁO CÁO")) + paragraph("body", run("Số liệu.")) + section()
    path.write_bytes(write_package(body, "Báo cáo", "Cơ quan"))
    source = parse_source(path.read_bytes())
    sheet = read_document(source).sections[0].element
    mends = (Mend("page_number", sheet, "add"), Mend("margin", sheet, ("left", 1984)))
    fault = LintFinding("TT08", "", Severity.ERROR, Outcome.FAIL, "", "", "a", "b", "", "", mends)
    path.write_bytes(fix(source, [fault])[0])
    result = OpenXmlValidator().validate(path)
    assert result.is_valid, result.errors


def test_what_was_done_is_told_once_for_alike_places(tmp_path: Path) -> None:
    path = tmp_path / "van-ban.docx"
    lines = tuple(replace(line, look={**line.look, "font": "Arial"}) for line in GOOD.body)
    path.write_bytes(build(replace(GOOD, body=lines)))
    (change,) = (line for line in judge(path, SETTINGS, mended=True).messages if "Arial" in line)
    assert re.fullmatch(r"  TT04: phông Arial → phông Times New Roman \(\d\d chỗ\)", change)


@pytest.mark.parametrize("part", ["_xmlsignatures/sig1.xml", "word/settings.xml"])
def test_a_signed_or_locked_file_is_not_mended(tmp_path: Path, part: str) -> None:
    locked = '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'
    settings = f"<w:settings {DECLARATIONS}>{locked}</w:settings>"
    locked_draft = replace(GOOD, extra={part: settings if "settings" in part else "<a/>"})
    with pytest.raises(Refused, match="không sửa"):
        mended(tmp_path, locked_draft)


@pytest.mark.parametrize("wrong", [None, 20.0, "dashes", "underline"], ids=str)
@pytest.mark.parametrize("strokes", ["shape", "vml", "underscores"])
def test_a_line_is_drawn_anew_where_it_is_missing_or_wrong(
    tmp_path: Path, wrong: float | str | None, strokes: str
) -> None:
    draft = replace(GOOD, strokes=strokes, lines={"motto": wrong, "issuer": wrong, "subject": wrong})
    assert {code for code, _, _ in faults(draft)} == {"TT15", "TT17", "TT33"}
    assert left_of(mended(tmp_path, draft)) == set()


def test_signs_and_zeros_are_left_to_the_author_and_tabs_become_an_indent(tmp_path: Path) -> None:
    line = Line(f"\tMột là: {LONG}, hai  dấu cách.", {**BODY, "first": 0})
    draft = replace(GOOD, number="Số: 5/BC-SNV", annexes=(), body=(line, *GOOD.body[1:]))
    draft = replace(draft, recipients=("- Như trên,", *GOOD.recipients[1:]))
    before = faults(draft)
    left = left_of(after := mended(tmp_path, draft))
    assert {code for code, _, _ in before} - {code for code, _, _ in left} == {"TT39"}
    assert {code for code, _, _ in left} == {"TT07", "TT20", "TT55"}
    assert said_in(after) == said_in(build(draft))


def test_a_copy_with_drawn_lines_colours_and_capitals_is_a_valid_document(tmp_path: Path) -> None:
    draft = replace(
        GOOD,
        lines={"motto": None, "issuer": 33.0},
        issuer="Sở Nội vụ",
        signature_bordered=True,
        body=(Line(f"{LONG}.", {**BODY, "colour": "FF0000"}), *GOOD.body),
    )
    path = tmp_path / "van-ban.docx"
    path.write_bytes(build(draft))
    told = {str(e.description) for e in OpenXmlValidator().validate(path).errors}
    path.write_bytes(mended(tmp_path, draft))
    assert left_of(path.read_bytes()) == set()
    assert {str(e.description) for e in OpenXmlValidator().validate(path).errors} <= told


def test_the_looks_of_a_terrible_document_are_mended() -> None:
    found = [f for f in verdict_of(TERRIBLE).findings if f.outcome is Outcome.FAIL]
    assert sum(bool(f.mends) for f in found) / len(found) > 0.7
