"""Charts draw what the tables print; Word draws them itself and an officer can edit them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
from lxml import etree
from openxml_audit import OpenXmlValidator

from dvctt_report.report.context import ReportContext
from dvctt_report.word.package import pack
from dvctt_report.word.tree import NAMESPACES
from tests.report.conftest import DATASET, VOICE, Fill, build, say

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


OF_UNITS = "T2"
"""The target that is a share of units: one unit has no bar beside people."""


def test_bars_of_targets_are_the_points_that_the_table_says_are_lacking(context: ReportContext) -> None:
    (chart,) = context.tail.target_chart
    (gaps,) = chart.series
    rows = [row for row in context.tail.target_groups[0].rows if row.code != OF_UNITS]
    assert len(chart.categories) == len(rows)
    for name, label, value, row in zip(chart.categories, gaps.labels, gaps.values, rows, strict=True):
        verdict = row.verdict.removesuffix(", tạm tính")
        lacking = row.difference.removeprefix("-")
        assert label == {"Đạt": "đạt", "Chưa đạt": lacking}.get(verdict, "")
        assert (value is None) is (verdict not in ("Đạt", "Chưa đạt"))
        assert not value or str(value).replace(".", ",") == lacking
        flag = " (tạm tính)" if row.verdict.endswith(", tạm tính") else ""
        said = f": {row.rate}%" if value is not None else " (chưa kết luận)"
        assert name == f"{row.number}. {row.name}{flag}{said}"


def test_bars_of_returns_add_up_to_the_units_of_each_kind(context: ReportContext) -> None:
    (chart,) = context.tail.return_chart
    groups = context.tail.return_groups
    assert chart.categories == tuple(g.heading for g in groups)
    for n, group in enumerate(groups):
        values = [series.values[n] or Decimal(0) for series in chart.series]
        assert sum(values) == len(group.rows)
    assert [s.name for s in chart.series] == ["Đúng hạn", "Sau thời hạn", "Chưa gửi"]
    assert len({s.look for s in chart.series}) == len(chart.series)


def test_words_tell_the_chart_to_those_who_cannot_see_it(context: ReportContext) -> None:
    (targets,), (returns,) = context.tail.target_chart, context.tail.return_chart
    rows = [row for row in context.tail.target_groups[0].rows if row.code != OF_UNITS]
    for end, flag in (("đạt", ""), ("đạt, tạm tính", " (tạm tính)")):
        judged = [r for r in rows if r.verdict.lower().removeprefix("chưa ") == end]
        assert judged
        assert all(f"{r.name}{flag}: {r.rate}%: " in targets.alt for r in judged)
    assert "II. Địa phương: đúng hạn 1, chưa gửi 1" in returns.alt


def test_there_is_no_chart_without_anything_to_draw_or_where_it_is_not_wanted() -> None:
    assert say(build(()), VOICE).tail.target_chart == ()
    plain = replace(VOICE, issuer=replace(VOICE.issuer, charts=False))
    none = say(DATASET, plain).tail
    assert (none.target_chart, none.return_chart) == ((), ())
    alone = replace(VOICE, issuer=replace(VOICE.issuer, annexes=("gui_bao_cao",)))
    (only,) = say(DATASET, alone).tail.return_chart
    assert (only.number, only.caption[:11]) == (1, "Biểu đồ 1. ")


def test_the_package_holds_a_chart_with_cached_values_and_the_workbook_behind_it(
    context: ReportContext, tmp_path: Path, filled: Fill
) -> None:
    content = filled()
    path = tmp_path / "r.docx"
    path.write_bytes(content)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    found = parts(content)
    for number, (chart,) in enumerate((context.tail.target_chart, context.tail.return_chart), 1):
        drawn = etree.fromstring(found[f"word/charts/bieu-do-{number}.xml"])
        cached = [
            {int(p.get("idx")): p.findtext(f"{C}v") for p in s.iter(f"{C}pt") if s.tag == f"{C}numCache"}
            for s in drawn.iter(f"{C}numCache")
        ]
        expected = [{n: str(float(v)) for n, v in enumerate(s.values) if v is not None} for s in chart.series]
        assert [{n: str(float(v)) for n, v in c.items()} for c in cached] == expected
        book = openpyxl.load_workbook(io.BytesIO(found[f"word/embeddings/bieu-do-{number}.xlsx"]))
        rows = list(book.active.iter_rows(values_only=True))
        assert [r[0] for r in rows[1:]] == list(chart.categories)
        assert [r[1] for r in rows[1:]] == [None if v is None else float(v) for v in chart.series[0].values]
        assert not book.active._charts
        xml = found[f"word/charts/bieu-do-{number}.xml"].decode()
        colours = set(re.findall(r'srgbClr val="(\w{6})"', xml))
        assert colours
        assert all(len({c[:2], c[2:4], c[4:]}) == 1 for c in colours), "black and white"
        assert set(re.findall(r'latin typeface="([^"]+)"', xml)) == {"Times New Roman"}
    # Labels show the comma whatever the computer is set to
    rates = [label for label in context.tail.target_chart[0].series[0].labels if "," in label]
    drawn = etree.fromstring(found["word/charts/bieu-do-1.xml"])
    assert rates
    assert set(rates) <= {node.text for node in drawn.iter("{*}t")}


def test_a_template_without_the_tag_has_no_chart_and_no_part_of_one(template: Path, filled: Fill) -> None:
    from dvctt_report.word.package import write_package
    from dvctt_report.word.xml import paragraph, run, section

    body = paragraph("body", run("{{ lead_in }}")) + section()
    template.write_bytes(write_package(body, title="Mẫu", author="x"))
    assert not [name for name in parts(filled()) if "chart" in name]


def test_text_from_outside_beside_a_chart_changes_nothing_else(filled: Fill) -> None:
    context = say(DATASET, VOICE)
    (chart,) = context.tail.return_chart
    hostile = 'Sở “A” & <B> {{ x }} "c" =1+1'
    changed = replace(chart, categories=(hostile, *chart.categories[1:]), alt=hostile)
    tail = replace(context.tail, return_chart=(changed,))
    found = parts(filled(replace(context, tail=tail)))
    body = etree.fromstring(found["word/document.xml"])
    described = [d.get("descr") for d in body.iter(f"{{{NAMESPACES['wp']}}}docPr")]
    assert hostile in described
    assert hostile in "".join(etree.fromstring(found["word/charts/bieu-do-2.xml"]).itertext())
    book = openpyxl.load_workbook(io.BytesIO(found["word/embeddings/bieu-do-2.xlsx"]))
    assert book.active["A2"].value == hostile
    assert book.active["A2"].data_type == "s"


def test_a_chart_that_the_template_holds_already_stays_beside_ours(template: Path, filled: Fill) -> None:
    held = parts(template.read_bytes())
    kind = "application/vnd.openxmlformats-officedocument"
    held["word/charts/chart1.xml"] = b"<own/>"
    types = held["[Content_Types].xml"].decode()
    added = (
        f'<Default Extension="xlsx" ContentType="{kind}.spreadsheetml.sheet"/>'
        f'<Override PartName="/word/charts/chart1.xml" ContentType="{kind}.drawingml.chart+xml"/>'
    )
    held["[Content_Types].xml"] = types.replace("</Types>", added + "</Types>").encode()
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="rId77" Type="{office}/chart" Target="charts/chart1.xml"/>'
    links = held["word/_rels/document.xml.rels"].decode()
    end = "</Relationships>"
    held["word/_rels/document.xml.rels"] = links.replace(end, link + end).encode()
    template.write_bytes(pack(held))
    found = parts(filled())
    assert found["word/charts/chart1.xml"] == b"<own/>"
    types = found["[Content_Types].xml"].decode()
    assert types.count('Extension="xlsx"') == 1
    charts = re.findall(r"/word/charts/[^\"]+", types)
    assert len(charts) == len(set(charts)) == 3
