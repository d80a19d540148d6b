"""Marks of a draft: left alone in a draft, faults of what goes to be signed, however they were put there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dvctt_report.word.lint import lint_source
from dvctt_report.word.lint.check import Stage
from dvctt_report.word.lint.outcome import Outcome
from dvctt_report.word.source import parse_source
from tests.word.lint.drafts import GOOD, LETTER
from tests.word.lint.papers import Draft, Line, V, build, page_number, para, text_box
from tests.word.lint.test_checks import SETTINGS, verdict_of

WATERMARK = (
    '<w:r><w:pict><v:shape {v} style="width:400pt;height:100pt">'
    '<v:textpath string="{text}"/></v:shape></w:pict></w:r>'
)


def boxed(text: str) -> str:
    return para("", inner=text_box(para(text, size=14, bold=True), 40))


def watermarked(text: str) -> str:
    return page_number() + para("", inner=WATERMARK.format(v=V, text=text))


MARKED = {
    "hộp chữ": ("Hộp chữ (text box)", replace(LETTER, body=(Line(raw=boxed("DỰ THẢO")), *LETTER.body))),
    "hộp chữ, lần": (
        "Hộp chữ (text box)",
        replace(LETTER, body=(Line(raw=boxed("DỰ THẢO LẦN 2")), *LETTER.body)),
    ),
    "dưới số": ("Phần đầu văn bản", replace(LETTER, matter=f"{LETTER.matter}\n(Dự thảo)")),
    "trên tên cơ quan": ("Phần đầu văn bản", replace(LETTER, parent=f"Dự thảo\n{LETTER.parent}")),
    "dưới số, có ngày": (
        "Phần đầu văn bản",
        replace(LETTER, number=f"{LETTER.number}\n(Dự thảo lần thứ hai, ngày 05/3/2025)"),
    ),
    "tên loại": ("Trích yếu", replace(GOOD, subject=f"{GOOD.subject}\n(Dự thảo 3)")),
    "đầu trang": ("Đầu trang (header)", replace(LETTER, header=page_number() + para("DỰ THẢO"))),
    "hộp chữ ở đầu trang": (
        "Đầu trang (header)",
        replace(LETTER, header=page_number() + boxed("Bản dự thảo")),
    ),
    "chữ chìm": ("Đầu trang (header), chữ chìm (watermark)", replace(LETTER, header=watermarked("DỰ THẢO"))),
    "chữ chìm, nháp": (
        "Đầu trang (header), chữ chìm (watermark)",
        replace(LETTER, header=watermarked("BẢN NHÁP")),
    ),
}


@pytest.mark.parametrize(("place", "draft"), MARKED.values(), ids=MARKED)
def test_a_draft_mark_is_a_fault_of_what_goes_to_be_signed_and_of_nothing_else(
    place: str, draft: Draft
) -> None:
    marked = [f for f in verdict_of(draft).findings if f.code == "TT64"]
    assert [(f.outcome, f.place) for f in marked] == [(Outcome.NOT_EVALUATED, place)]
    final = lint_source(parse_source(build(draft)), "x", replace(SETTINGS, stage=Stage.SIGNING)).findings
    assert [(f.outcome, f.place) for f in final if f.code == "TT64"] == [(Outcome.FAIL, place)]
