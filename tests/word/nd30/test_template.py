"""The template is built from the table of format facts, and from nothing else."""

from __future__ import annotations

import io
import zipfile
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
    Component,
    component,
    component_width,
)
from dvctt_report.word.tree import NAMESPACES, W
from scripts.word_templates.report import build_template, main


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture
def body() -> etree._Element:
    return etree.fromstring(parts(build_template())["word/document.xml"])


def test_validators_find_nothing(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(build_template())
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []


def test_the_shipped_template_is_the_built_one(tmp_path: Path) -> None:
    built = tmp_path / "sub" / "report.docx"
    assert main([str(built)]) == 0
    for path in resource_path("templates").glob("*/report.docx"):
        assert parts(path.read_bytes()) == parts(built.read_bytes())


@pytest.mark.parametrize("one", COMPONENTS, ids=lambda one: one.key)
def test_every_size_is_one_the_decree_allows(one: Component) -> None:
    assert one.sizes[0] <= one.size <= one.sizes[1]


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.under)
def test_every_line_has_a_length_the_decree_allows(one) -> None:  # type: ignore[no-untyped-def]  # parametrised
    assert one.shares[0] <= one.share <= one.shares[1]


def test_margins_are_within_the_ranges_and_the_grids_within_the_margins() -> None:
    for side in ("top", "bottom", "left", "right"):
        low, high = getattr(PAGE, f"{side}_range")
        assert low <= getattr(PAGE, side) <= high
    assert sum(LETTERHEAD_GRID) <= PAGE.text_width
    assert sum(SIGNATURE_GRID) <= PAGE.text_width


def test_state_name_and_motto_fit_on_one_line_each() -> None:
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
    assert all(
        width == pytest.approx(PAGE.text_width, abs=0.5)
        or width == pytest.approx(PAGE.landscape_text_width, abs=0.5)
        for width in widths
    )


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
