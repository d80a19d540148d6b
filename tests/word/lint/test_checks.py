"""Each check names what it is about, at its place, and nothing else is named."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from dvctt_report.word.document import read_document
from dvctt_report.word.lint import CHECKS
from dvctt_report.word.lint.check import ENTRIES, Block
from dvctt_report.word.lint.command import mend_file
from dvctt_report.word.lint.outcome import LintFinding, Outcome
from dvctt_report.word.source import parse_source
from tests.word.lint.breakages import BREAKAGES
from tests.word.lint.linted import SETTINGS, verdict_of, verdict_on
from tests.word.lint.papers import build


@cache
def findings_of(n: int) -> tuple[LintFinding, ...]:
    """What the linter finds in the n-th broken document."""
    return verdict_of(BREAKAGES[n].draft).findings


BLOCKS = {
    Block.HEAD: ("Quốc hiệu", "Tiêu ngữ", "Tên cơ quan", "Số, ký hiệu", "Địa danh", "Tên loại", "Trích yếu"),
    Block.TEXT: ("Nội dung", "Cuối nội dung", "Căn cứ", "Bảng"),
    Block.END: ("Nơi nhận", "Chức vụ", "Họ tên"),
    Block.ANNEX: ("Phụ lục",),
}
ASKED = {check.code for check in CHECKS if check.block is Block.ASKED}
"""Questions stand in a block of their own, wherever their words stand."""


@pytest.mark.parametrize("n", range(len(BREAKAGES)), ids=lambda n: f"{BREAKAGES[n].code} {BREAKAGES[n].name}")
def test_what_is_broken_is_told_at_its_place_by_its_check_alone_and_mended_if_so_called(
    tmp_path: Path, n: int
) -> None:
    path, broken = tmp_path / "van-ban.docx", BREAKAGES[n]
    path.write_bytes(data := build(broken.draft))
    faults = [f for f in findings_of(n) if f.outcome is Outcome.FAIL]
    assert {(f.code, f.place) for f in faults} == {(broken.code, broken.place)}, faults
    assert all(f.found and f.expected and f.fix and f.source for f in faults)
    for finding in findings_of(n):
        assert_stands_at_its_words(finding)
    after = mend_file(path, SETTINGS)[0]
    assert path.read_bytes() == data
    assert (after != data) == any(f.mends for f in faults)
    if after != data:
        assert left_of(after) == {(f.code, f.place, f.found) for f in faults if not f.mends}
        assert said_in(after) == said_in(data)


def assert_stands_at_its_words(finding: LintFinding) -> None:
    """In the block of its part, at the paragraph whose words are quoted."""
    expected = {block for block, places in BLOCKS.items() if finding.place.startswith(places)}
    expected = {Block.ASKED} if finding.code in ASKED else expected
    assert finding.spot.block in (expected or set(Block)), finding
    assert finding.spot.paragraph is not None or finding.outcome is Outcome.NOT_EVALUATED, finding
    # A page number's words are those of a field, which the page shows in its margin.
    if finding.text and finding.spot.paragraph is not None and "trang" not in finding.place:
        words = " ".join(finding.spot.paragraph.text.split()).lower()
        assert words[:12] in finding.text.lower() or finding.text.strip("…").lower() in words, finding


def left_of(data: bytes) -> set[tuple[str, str, str]]:
    """Code, place and what is found of the faults that are left."""
    found = verdict_on(data, SETTINGS).findings
    return {(f.code, f.place, f.found) for f in found if f.outcome is Outcome.FAIL}


def said_in(data: bytes) -> list[str]:
    """What its paragraphs say, letter by letter and sign by sign; a line typed of dashes says nothing."""
    texts = (paragraph.text for paragraph in read_document(parse_source(data)).paragraphs)
    return [text.strip() for text in texts if any(map(str.isalnum, text))]


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


def test_every_check_has_a_breakage_that_fires_it() -> None:
    assert ENTRIES.keys() == {check.code for check in CHECKS}, "a function for each entry of checks.toml"
    without = {check.code for check in CHECKS} ^ {b.code for b in BREAKAGES}
    assert sorted(without) == [], "a line in tests/word/lint/breakages.toml for each check"
