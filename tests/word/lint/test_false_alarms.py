"""Right documents that look odd to a program are passed in silence, and what is offered as right is right."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from dvctt_report.word.lint import lint_source
from dvctt_report.word.lint.outcome import Outcome
from dvctt_report.word.source import parse_source
from dvctt_report.word.tree import DECLARATIONS
from tests.word.lint.drafts import GOOD, LETTER
from tests.word.lint.papers import (
    CENTRE,
    Draft,
    build,
    letterhead,
    package,
    page_number,
    para,
    signature,
)
from tests.word.lint.test_checks import SETTINGS

FRAME = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="1"/>' for side in ("top", "left", "bottom", "right")
)


def with_even_header(settings: str) -> bytes:
    """A report with a header for even pages, in another look, which Word shows only where settings say so."""
    even = f"<w:hdr {DECLARATIONS}>{page_number(size=9, align='right')}</w:hdr>"
    extra = {
        "word/header8.xml": even,
        "word/settings.xml": f"<w:settings {DECLARATIONS}>{settings}</w:settings>",
    }
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(build(replace(GOOD, extra=extra)))) as old,
        zipfile.ZipFile(made, "w") as new,
    ):
        for name in old.namelist():
            reference = b'<w:headerReference w:type="even" r:id="rIdheader8"/><w:pgSz'
            new.writestr(name, old.read(name).replace(b"<w:pgSz", reference))
    return made.getvalue()


@pytest.mark.parametrize(
    ("settings", "codes"),
    [("", set()), ("<w:evenAndOddHeaders/>", {"TT08", "TT10"})],
    ids=["không dùng", "dùng"],
)
def test_a_header_for_even_pages_counts_only_where_it_is_shown(settings: str, codes: set[str]) -> None:
    verdict = lint_source(parse_source(with_even_header(settings)), "x.docx", SETTINGS)
    assert {f.code for f in verdict.findings if f.outcome is Outcome.FAIL} == codes


def test_a_frame_around_a_draft_mark_is_no_line_under_the_letterhead() -> None:
    framed = para("DỰ THẢO", **CENTRE, bold=True, size=13, border=f"<w:pBdr>{FRAME}</w:pBdr>")
    head = letterhead(replace(LETTER, lines={"issuer": None}))
    at = head.rindex("</w:tc>", 0, head.index("Bình An"))  # the end of the number's cell
    made = package(head[:at] + framed + head[at:] + tail(LETTER), LETTER)
    found = lint_source(parse_source(made), "x.docx", SETTINGS).findings
    assert [(f.code, f.found) for f in found if f.code == "TT17"] == [("TT17", "không có đường kẻ")]


def tail(draft: Draft) -> str:
    """What follows the letterhead of a letter."""
    body = "".join(line.xml() for line in draft.body)
    return para(draft.addressee[0], **CENTRE, before=12) + body + signature(draft) + draft.sheet.xml()
