"""Every finding knows where to look: its block in reading order and the paragraph that it is about."""

from __future__ import annotations

import pytest

from dvctt_report.lint import CHECKS
from dvctt_report.lint.blocks import Block
from dvctt_report.lint.outcome import Outcome
from tests.lint.breakages import BREAKAGES
from tests.lint.test_checks import findings_of

BLOCKS = {
    Block.HEAD: ("Quốc hiệu", "Tiêu ngữ", "Tên cơ quan", "Số, ký hiệu", "Địa danh", "Tên loại", "Trích yếu"),
    Block.TEXT: ("Nội dung", "Cuối nội dung", "Căn cứ", "Bảng"),
    Block.END: ("Nơi nhận", "Chức vụ", "Họ tên"),
    Block.ANNEX: ("Phụ lục",),
}
ASKED = {check.code for check in CHECKS if check.asks}
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
