"""Each check names what it is about, at its place, and nothing else is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from dvctt_report.word.lint import CHECKS, FileVerdict
from dvctt_report.word.lint.check import Block, Settings, read_settings
from dvctt_report.word.lint.outcome import LintFinding, Outcome
from tests.lint.breakages import BREAKAGES, DECISION, GOOD, LETTER
from tests.lint.linted import verdict_by, verdict_on
from tests.lint.papers import CENTRE, Draft, Line, Look, build

SETTINGS = replace(read_settings(), today=date(2026, 6, 1))


def verdict_of(draft: Draft, settings: Settings = SETTINGS) -> FileVerdict:
    return verdict_on(build(draft), settings)


def faults_by(draft: Draft, *codes: str) -> list[str]:
    """What those checks find, no other being asked."""
    found = verdict_by(build(draft), SETTINGS, codes).findings
    return [f.found for f in found if f.outcome is Outcome.FAIL]


def faults(draft: Draft) -> list[tuple[str, str, str]]:
    return [(f.code, f.place, f.found) for f in verdict_of(draft).findings if f.outcome is Outcome.FAIL]


@pytest.mark.parametrize("draft", [GOOD, LETTER, DECISION], ids=["báo cáo", "công văn", "quyết định"])
def test_a_good_document_has_no_fault(draft: Draft) -> None:
    assert faults(draft) == []


@cache
def findings_of(n: int) -> tuple[LintFinding, ...]:
    """What the linter finds in the n-th broken document."""
    return verdict_of(BREAKAGES[n].draft).findings


@pytest.mark.parametrize("n", range(len(BREAKAGES)), ids=lambda n: f"{BREAKAGES[n].code} {BREAKAGES[n].name}")
def test_a_broken_document_is_named_by_its_check_at_its_place_and_by_no_other(n: int) -> None:
    found = [f for f in findings_of(n) if f.outcome is Outcome.FAIL]
    assert {(f.code, f.place) for f in found} == {(BREAKAGES[n].code, BREAKAGES[n].place)}, found
    assert all(f.found and f.expected and f.fix and f.source for f in found)


BLOCKS = {
    Block.HEAD: ("Quốc hiệu", "Tiêu ngữ", "Tên cơ quan", "Số, ký hiệu", "Địa danh", "Tên loại", "Trích yếu"),
    Block.TEXT: ("Nội dung", "Cuối nội dung", "Căn cứ", "Bảng"),
    Block.END: ("Nơi nhận", "Chức vụ", "Họ tên"),
    Block.ANNEX: ("Phụ lục",),
}
ASKED = {check.code for check in CHECKS if check.block is Block.ASKED}
"""Questions stand in a block of their own, wherever their words stand."""


@pytest.mark.parametrize("n", range(len(BREAKAGES)), ids=lambda n: f"{BREAKAGES[n].code} {BREAKAGES[n].name}")
def test_a_finding_stands_at_the_words_it_quotes_in_the_block_of_its_part(n: int) -> None:
    for finding in findings_of(n):
        expected = {block for block, places in BLOCKS.items() if finding.place.startswith(places)}
        expected = {Block.ASKED} if finding.code in ASKED else expected
        assert finding.spot.block in (expected or set(Block)), finding
        assert finding.spot.paragraph is not None or finding.outcome is Outcome.NOT_EVALUATED, finding
        # A page number's words are those of a field, which the page shows in its margin.
        if finding.text and finding.spot.paragraph is not None and "trang" not in finding.place:
            shown = " ".join(finding.spot.paragraph.text.split())[:12].lower()
            assert shown in finding.text.lower() or finding.text.strip("…").lower() in (
                " ".join(finding.spot.paragraph.text.split()).lower()
            ), finding


def test_the_page_tells_truly_what_is_mended() -> None:
    wholly: dict[str, set[bool]] = {}
    for n in range(len(BREAKAGES)):
        for finding in findings_of(n):
            if finding.outcome is Outcome.FAIL:
                wholly.setdefault(finding.code, set()).add(bool(finding.mends))
    declared = {check.code: check.mends for check in CHECKS}
    assert {code for code, mends in wholly.items() if mends == {True}} >= {
        code for code in wholly if declared[code] == "có"
    }
    assert {code for code, mends in wholly.items() if True in mends} == {
        code for code, mends in declared.items() if mends
    }


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (replace(GOOD, bases=(GOOD.bases[0][:-1], GOOD.bases[1])), "TT36"),
        (replace(LETTER, addressee=("Kính gửi:", "- Cơ quan A;", "- Cơ quan B")), "TT52"),
        (replace(GOOD, recipients=("- Như trên", "- Lưu: VT, CCHC.")), "TT55"),
    ],
    ids=["căn cứ", "Kính gửi", "Nơi nhận"],
)
def test_a_line_without_a_sign_at_its_end_is_told_so(draft: Draft, code: str) -> None:
    (found,) = (f for f in verdict_of(draft).findings if f.outcome is Outcome.FAIL)
    assert (found.code, found.found) == (code, "thiếu dấu cuối dòng")
    assert found.fix in ("Thêm “;” vào cuối dòng", "Thêm “.” vào cuối dòng")


def test_a_blank_that_is_missing_behind_a_mark_of_authority_is_told_in_words() -> None:
    (found,) = verdict_of(replace(GOOD, authority=("KT.GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"))).findings
    assert (found.found, found.expected) == ("“KT.” viết liền với chữ sau", "“KT.” rồi một dấu cách")


@pytest.mark.parametrize(
    ("label", "mend"),
    [
        ("PHẦN I", "Sửa “PHẦN I” thành “Phần I”"),
        ("PHẦN I. MỞ ĐẦU", "Sửa “PHẦN I” thành “Phần I”; tách tiêu đề xuống dòng dưới"),
        ("Chương 1.", "Sửa “Chương 1.” thành “Chương I”"),
    ],
)
def test_a_label_of_a_part_is_mended_in_what_is_wrong_and_no_more(label: str, mend: str) -> None:
    set_apart: Look = {**CENTRE, "bold": True, "before": 6, "keep": True}
    title = () if "MỞ ĐẦU" in label else (Line("MỞ ĐẦU", set_apart),)
    draft = replace(GOOD, body=(Line(label, set_apart), *title, *GOOD.body))
    (found,) = (f for f in verdict_of(draft).findings if f.outcome is Outcome.FAIL)
    assert (found.code, found.fix) == ("TT61", mend)


def test_every_check_has_a_breakage_that_fires_it() -> None:
    without = {check.code for check in CHECKS} ^ {b.code for b in BREAKAGES}
    assert sorted(without) == [], "a Breakage in tests/lint/breakages.py for each check"
