"""The figures that tags name: each is what the report prints under that name, and none is made up."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

import pytest

from dvctt_report.explain.manifest import Manifest
from dvctt_report.papers.fill.values import NONE_PRINTED, FigureValue, FigureValues


def bare(printed: str) -> str:
    """A printed figure without what tables and sentences write beside it."""
    said = re.sub(r"^(≥|tối thiểu) ", "", printed).split(" ")[0].rstrip("%")
    return said.lstrip("0") or "0"


def test_every_printed_figure_can_be_put_in_and_is_the_same(manifest: Manifest, values: FigureValues) -> None:
    printed: dict[str, set[str]] = {}
    for block in manifest.index:
        for span in (span for spans in block.figures for span in spans):
            printed.setdefault(span.id, set()).add(span.text)
    assert len(printed) > 1000
    differing = {
        name: (texts, one.text)
        for name, texts in printed.items()
        for one in [values.all[name]]
        if not agrees(one, texts)
    }
    assert differing == {}


def agrees(one: FigureValue, texts: set[str]) -> bool:
    if one.missing:
        return texts <= NONE_PRINTED
    if any(text.endswith("triệu đồng") for text in texts):
        millions = {Decimal(bare(text).replace(".", "").replace(",", ".")) for text in texts}
        return one.number is not None and all(abs(one.number - 1_000_000 * n) <= 50_000 for n in millions)
    if one.number is None:
        return one.text in texts
    return bare(one.text) in {*map(bare, texts)}


def test_no_two_figures_have_one_tag(values: FigureValues) -> None:
    tags = Counter(one.tag for one in values.all.values())
    assert [tag for tag, n in tags.items() if n > 1] == []
    assert all(values.find(one.tag) == one == values.find(one.name) for one in values.all.values())


def test_of_a_count_no_unit_has_a_part_taken_from_a_number_beside_its_answer(
    manifest: Manifest, values: FigureValues
) -> None:
    parts = [name.rpartition(".") for name in values.all]
    counted = [code for code, _, unit in parts if unit in manifest.units and code in manifest.figures]
    assert set(counted) <= set(manifest.totals)
    assert counted


def test_a_missing_figure_has_a_reason_and_no_number(values: FigureValues) -> None:
    missing = [one for one in values.all.values() if one.missing]
    assert {one.number for one in missing} == {None}
    assert {one.text for one in missing} == {""}
    said = {name: values.all[name].missing for name in ("U2.percent", "U2.numerator", "T10.SYT.percent")}
    assert said == {
        "U2.percent": "chưa đơn vị nào có số liệu",
        "U2.numerator": "chưa đơn vị nào có số liệu",
        "T10.SYT.percent": "bị loại, chờ chỉnh lý",
    }
    assert values.all["T10.VPUB.numerator"].missing == "không phát sinh"
    assert values.all["KP.a.spent"].of == "12/24 đơn vị", "of how many units it is"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("T10: tỷ lệ", "T10.percent"),
        ("t10 – TY LE", "T10.percent"),
        ("T10.percent", "T10.percent"),
        ("T10: tỷ lệ: STC", "T10.STC.percent"),
        ("T10: tỷ lệ: Sở Tài chính", "T10.STC.percent"),
        ("T10: tổng số: Sở, ban, ngành", "T10.sum1.denominator"),
        ("HT.b: số cuộc", "HT.b.events"),
        ("Gửi báo cáo: số đơn vị gửi đúng hạn", "returns.on_time"),
    ],
)
def test_officers_words_name_a_figure(values: FigureValues, said: str, name: str) -> None:
    assert values.find(said) == values.all[name]


def test_the_nearest_are_proposed_for_what_names_none(values: FigureValues) -> None:
    assert values.find("gửi báo cáo: chưa gửi") is None
    assert values.nearest("gửi báo cáo: chưa gửi")[0] == "Gửi báo cáo: số đơn vị chưa gửi báo cáo"
    assert "T10: tỷ lệ" in values.nearest("T10: tỉ lệ phần trăm")
    assert values.nearest("zzzz qqqq") == []
