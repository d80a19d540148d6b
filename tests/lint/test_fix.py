"""The corrected copy: what is safe is mended, no word changes, the file it was made from stays as it was."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from dvctt_report.lint import lint_source, mend_file
from dvctt_report.lint.check import Mend
from dvctt_report.lint.fix import describe_fixes, fix
from dvctt_report.lint.outcome import Finding, Outcome
from dvctt_report.lint.reading import read_document
from dvctt_report.lint.reference import FIXED
from dvctt_report.lint.source import Refused, parse_source
from dvctt_report.model import Severity
from dvctt_report.nd30.package import write_package
from dvctt_report.nd30.wordxml import DECLARATIONS, paragraph, run, section
from tests.lint.breakages import BREAKAGES, GOOD, Breakage
from tests.lint.papers import Draft, Sheet, build, page_number
from tests.lint.test_checks import SETTINGS, findings_of

ZEROS = frozenset({"TT20", "TT27"})


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in read_document(parse_source(data)).paragraphs]


def mended(tmp_path: Path, draft: Draft) -> bytes:
    path = tmp_path / "van-ban.docx"
    path.write_bytes(build(draft))
    return mend_file(path, SETTINGS)[0]


SAFE = {
    "TT02": "lề",
    "TT04": "phông",
    "TT08": "không có số trang|số trang ở chân trang|số trang canh phải",
    "TT09": "hiện ở trang đầu",
    "TT10": "số trang cỡ 11",
    "TT11": "số trang tiếp tục",
    "TT12": "cỡ 11",
    "TT16": "ban hành cỡ 14",
    "TT20": "số 5",
    "TT25": "cỡ 14",
    "TT27": "ngày",
    "TT34": "cách 0 pt",
    "TT40": "cách 0 pt",
    "TT41": "",
    "TT42": "",
    "TT54": "cỡ 14",
    "TT55": "cỡ 12",
    "TT58": "cỡ 13",
}
"""Code and name of the breakages that are mended wholly."""
MENDED = [b for b in BREAKAGES if b.code in SAFE and re.match(SAFE[b.code], b.name)]


@pytest.mark.parametrize("breakage", MENDED, ids=lambda b: f"{b.code} {b.name}")
def test_what_is_mended_is_right_and_reads_as_before(tmp_path: Path, breakage: Breakage) -> None:
    before = build(breakage.draft)
    after = mended(tmp_path, breakage.draft)
    left = lint_source(parse_source(after), "x", SETTINGS)
    assert [(f.code, f.found) for f in left.findings if f.outcome is Outcome.FAIL] == []
    if breakage.code in ZEROS:
        assert [re.sub(r"\b0(?=\d\b)", "", t) for t in texts(after)] == [
            re.sub(r"\b0(?=\d\b)", "", t) for t in texts(before)
        ]
    else:
        assert texts(after) == texts(before)
    assert (tmp_path / "van-ban.docx").read_bytes() == before


def test_the_page_tells_truly_what_is_mended() -> None:
    mended_codes = {f.code for n in range(len(BREAKAGES)) for f in findings_of(n) if f.mends}
    assert mended_codes <= FIXED
    assert set(SAFE) <= FIXED


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
        assert "word/header-so-trang.xml" in package.namelist()


def test_the_copy_of_a_report_from_our_own_template_is_clean(tmp_path: Path) -> None:
    path = tmp_path / "van-ban.docx"
    body = paragraph("kind", run("BÁO CÁO")) + paragraph("body", run("Số liệu.")) + section()
    path.write_bytes(write_package(body, "Báo cáo", "Cơ quan"))
    source = parse_source(path.read_bytes())
    sheet = read_document(source).sections[0].element
    mends = (Mend("page_number", sheet, "add"), Mend("margin", sheet, ("left", 1984)))
    fault = Finding("TT08", "", Severity.ERROR, Outcome.FAIL, "", "", "a", "b", "", "", mends)
    path.write_bytes(fix(source, [fault])[0])
    result = OpenXmlValidator().validate(path)
    assert result.is_valid, result.errors


def test_what_was_done_is_told_once_for_alike_places(tmp_path: Path) -> None:
    path = tmp_path / "van-ban.docx"
    lines = tuple(replace(line, look={**line.look, "font": "Arial"}) for line in GOOD.body)
    path.write_bytes(build(replace(GOOD, body=lines)))
    told = [(code, change) for code, change, n in describe_fixes(mend_file(path, SETTINGS)[1]) if n > 5]
    assert told == [("TT04", "phông Arial → phông Times New Roman")]


@pytest.mark.parametrize("part", ["_xmlsignatures/sig1.xml", "word/settings.xml"])
def test_a_signed_or_locked_file_is_not_mended(tmp_path: Path, part: str) -> None:
    locked = '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'
    settings = f"<w:settings {DECLARATIONS}>{locked}</w:settings>"
    path = tmp_path / "van-ban.docx"
    path.write_bytes(build(replace(GOOD, extra={part: settings if "settings" in part else "<a/>"})))
    with pytest.raises(Refused, match="không sửa"):
        mend_file(path, SETTINGS)
