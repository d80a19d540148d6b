"""The template is built from the table of format facts; lengths of lines of Times New Roman."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from dvctt_report.text.resources import resource_path
from dvctt_report.word.nd30 import (
    COMPONENTS,
    LETTERHEAD_GRID,
    MOTTO,
    PAGE,
    RULES,
    SIGNATURE_GRID,
    STATE_NAME,
    break_lines,
    component,
    component_width,
    count_lines,
    text_width,
)
from dvctt_report.word.tree import NAMESPACES, W
from scripts.word_templates.report import build_template, main
from tests.intake.excel import unzipped


@pytest.fixture
def body() -> etree._Element:
    return etree.fromstring(unzipped(build_template())["word/document.xml"])


def test_validators_find_nothing(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(build_template())
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []


def test_the_shipped_template_is_the_built_one(tmp_path: Path) -> None:
    built = tmp_path / "sub" / "report.docx"
    assert main([str(built)]) == 0
    for path in resource_path("templates").glob("*/report.docx"):
        assert unzipped(path.read_bytes()) == unzipped(built.read_bytes())


def test_every_size_and_every_line_is_one_the_decree_allows() -> None:
    assert [c.key for c in COMPONENTS if not c.sizes[0] <= c.size <= c.sizes[1]] == []
    assert [line.under for line in RULES if not line.shares[0] <= line.share <= line.shares[1]] == []


def test_margins_are_within_the_ranges_and_the_grids_within_the_margins() -> None:
    for side in ("top", "bottom", "left", "right"):
        low, high = getattr(PAGE, f"{side}_range")
        assert low <= getattr(PAGE, side) <= high
    assert sum(LETTERHEAD_GRID) <= PAGE.text_width
    assert sum(SIGNATURE_GRID) <= PAGE.text_width
    assert component_width(STATE_NAME, component("motto_state")) < LETTERHEAD_GRID[1]
    assert component_width(MOTTO, component("motto")) < LETTERHEAD_GRID[1]


def test_nothing_is_formatted_by_hand(body: etree._Element) -> None:
    runs = {child.tag for properties in body.iter(f"{W}rPr") for child in properties}
    assert runs <= {f"{W}rStyle"}
    allowed = {f"{W}pStyle", f"{W}sectPr"}
    assert {child.tag for properties in body.iter(f"{W}pPr") for child in properties} <= allowed


def test_no_paragraph_is_empty_but_the_one_that_ends_the_first_section(body: etree._Element) -> None:
    empty = [
        p
        for p in body.iter(f"{W}p")
        if not "".join(p.itertext()).strip() and p.find(".//w:sectPr", NAMESPACES) is None
    ]
    assert empty == []


def test_every_table_is_as_wide_as_its_page(body: etree._Element) -> None:
    widths = [
        sum(int(column.get(f"{W}w", "0")) for column in grid) * 25.4 / 1440
        for grid in body.iter(f"{W}tblGrid")
    ]
    pages = (PAGE.text_width, PAGE.landscape_text_width)
    assert all(min(abs(width - page) for page in pages) < 0.5 for width in widths)


def test_rows_never_split_and_heads_repeat(body: etree._Element) -> None:
    rows = list(body.iter(f"{W}tr"))
    assert all(row.find("w:trPr/w:cantSplit", NAMESPACES) is not None for row in rows)
    heads = [t for t in body.iter(f"{W}tbl") if t.find("w:tr/w:trPr/w:tblHeader", NAMESPACES) is not None]
    assert len(heads) == len(list(body.iter(f"{W}tbl"))) - 2


def test_page_numbers_hide_on_first_pages_and_start_anew_in_every_annex(body: etree._Element) -> None:
    sections = list(body.iter(f"{W}sectPr"))
    assert len(sections) == 11
    assert all(s.find("w:titlePg", NAMESPACES) is not None for s in sections)
    starts = [s.find("w:pgNumType", NAMESPACES) is not None for s in sections]
    assert starts == [False, *[True] * 10]
    landscape = [s.find("w:pgSz", NAMESPACES).get(f"{W}orient") for s in sections]
    wide = "landscape"
    assert landscape == [None, wide, wide, None, None, wide, None, None, None, wide, None]


@pytest.mark.parametrize(
    ("text", "size", "width"),
    [(STATE_NAME, 13, 95.7), (STATE_NAME, 12, 88.3), (MOTTO, 14, 60.5), (MOTTO, 13, 56.1)],
)
def test_widths_are_those_of_times_new_roman(text: str, size: float, width: float) -> None:
    assert text_width(text, size, bold=True) == pytest.approx(width, abs=0.1)


def test_accents_do_not_widen_a_letter_but_horns_do() -> None:
    assert text_width("ề", 14) == text_width("e", 14)
    assert text_width("ữ", 14) == text_width("ư", 14) > text_width("u", 14)


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("SỞ Y TẾ", "SỞ Y TẾ"),
        ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "SỞ KHOA HỌC\nVÀ CÔNG NGHỆ"),  # into even lines
        ("A\nB", "A\nB"),  # broken already
        (
            "BAN CHỈ ĐẠO CÁC CHƯƠNG TRÌNH",
            "BAN CHỈ ĐẠO\nCÁC CHƯƠNG TRÌNH",
        ),  # no line ends in a word that leans
        ("một " + "W" * 40, "một\n" + "W" * 40),  # a word wider than the line
    ],
)
def test_a_line_is_broken_as_seldom_and_as_evenly_as_it_comes(text: str, broken: str) -> None:
    assert break_lines(text, 65, component("issuer")) == broken


def test_compounds_are_kept_on_one_line() -> None:
    text = "Kết quả sử dụng hiệu quả dịch vụ công trực tuyến"
    broken = break_lines(text, 80, component("subject"), ["dịch vụ công trực tuyến"])
    assert any("dịch vụ công trực tuyến" in line for line in broken.split("\n"))


@pytest.mark.parametrize("text", ["", "Ngắn", "một " * 60, "A\n\nB và C", "một " + "W" * 40])
def test_as_many_lines_are_counted_as_are_made(text: str) -> None:
    for width in (12.5, 40, 65):
        made = break_lines(text, width, component("cell_text"))
        assert count_lines(text, width, component("cell_text")) == made.count("\n") + 1
