"""What stands in the sample's report on paper: every item of the plan, every figure by an independent sum."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.document import Document
from docx.table import Table

from dvctt_report.plan.model import Channel, Funding, Task, Topic
from dvctt_report.store.workspace import Workspace, read_workspace
from dvctt_report.text.resources import resource_path
from tests.cli.officer import AS_OF, do
from tests.oracle.recompute import results
from tests.oracle_sample import AIMS, read_world

THRESHOLDS = {
    **dict.fromkeys(("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T13"), 100),
    **{"T10": 80, "T11": 50, "T12": 90, "T12a": 85, "T14": 80, "U1": 100, "U2": 70, "U3": 100},
}
"""The plan's own numbers, restated from its section I.2."""

MORE = '"hoat_dong", "nhiem_vu", "hai_long", "lo_trinh"'
"""The annexes that a report has where it is asked for them."""

Rows = list[list[str]]

VERDICT_WORDS = {
    "met": "Đạt",
    "missed": "Chưa đạt",
    "insufficient": "Chưa kết luận",
    "not_due": "Theo lộ trình",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample, rendered with every annex."""
    root = Path(shutil.copytree(resource_path("sample_data"), tmp_path_factory.mktemp("in") / "mẫu"))
    settings = root / "dvctt.toml"
    said = settings.read_text(encoding="utf-8").replace('"van_ban"]', f'"van_ban", {MORE}]')
    settings.write_text(said, encoding="utf-8")
    return read_workspace(do(root, "collect", f"render {AS_OF}"))


@pytest.fixture(scope="module")
def report(workspace: Workspace) -> Document:
    return docx.Document(str(workspace.results / "bao-cao-2025.docx"))


@pytest.fixture(scope="module")
def tables(report: Document) -> list[Rows]:
    return [rows(table) for table in report.tables]


@pytest.fixture(scope="module")
def manifest(workspace: Workspace) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((workspace.results / "bao-cao-2025.json").read_text(encoding="utf-8"))
    return loaded


def rows(table: Table) -> Rows:
    """A table's rows as texts; a cell merged over several columns stands once."""
    return [[cell.text for cell in dict.fromkeys(row.cells)] for row in table.rows]


def table_with(tables: list[Rows], *headers: str) -> Rows:
    return next(t for t in tables if set(headers) <= {text.replace("\n", " ") for text in t[0]})


def printed_count(text: str) -> int | None:
    return int(text.replace(".", "")) if re.fullmatch(r"[\d.]*\d", text) else None


def test_the_annex_prints_every_target_with_independent_sums_and_verdicts(
    tables: list[Rows], workspace: Workspace
) -> None:
    told = results(read_world(sorted(workspace.inbox.iterdir()), 2025)[0])
    annex = table_with(tables, "Mã", "Chỉ tiêu")
    found = {row[1]: row for row in annex if len(row) > 5 and row[1] in THRESHOLDS}
    assert set(found) == set(THRESHOLDS)
    for code, row in found.items():
        expected = told[code]
        goal, total, done, rate, verdict = row[4], row[5], row[6], row[7], row[9]
        assert goal == ("100" if THRESHOLDS[code] == 100 else f"≥ {THRESHOLDS[code]}")
        if not expected["den"]:
            assert {total, done, rate} == {"..."}, code
            continue
        assert (printed_count(total), printed_count(done)) == (expected["den"], expected["num"]), code
        exact = Fraction(expected["num"], expected["den"]) * 100
        places = len(rate.partition(",")[2])
        assert abs(Fraction(rate.replace(",", ".")) - exact) <= Fraction(1, 2 * 10**places), code
        unsure = ", tạm tính" if expected["basis"] == "partial" else ""
        assert VERDICT_WORDS[expected["verdict"]] + unsure == verdict, code
        if expected["verdict"] in ("met", "missed"):  # the printed rate is on the verdict's side
            assert (Fraction(rate.replace(",", ".")) >= THRESHOLDS[code]) is (expected["verdict"] == "met")


def test_the_body_names_every_target_and_what_it_lacks(tables: list[Rows], workspace: Workspace) -> None:
    rows = [row for row in table_with(tables, "Còn thiếu")[1:] if "." not in row[0]]
    assert len(rows) == len([t for t in workspace.profile.plan.targets if (t.first_year or 0) <= 2025])
    judged = [row for row in rows if "/" in row[4]]
    assert len(judged) > 8
    assert [row for row in judged if (row[5] == "0") is not row[6].startswith("Đạt")] == []


def test_topics_channels_and_tasks_are_printed_one_by_one(
    report: Document, tables: list[Rows], workspace: Workspace
) -> None:
    items = workspace.profile.plan.items
    topics = [r[1] for r in table_with(tables, "Nội dung tuyên truyền")[1:]]
    channels = dict.fromkeys(r[1] for r in table_with(tables, "Hình thức")[1:])
    tasks = [r[1] for r in table_with(tables, "Nhiệm vụ", "Số đơn vị được giao")[1:]]
    assert topics == [i.label for i in items if isinstance(i, Topic)]
    assert list(channels) == [i.label for i in items if isinstance(i, Channel)]
    assert tasks == [i.label for i in items if isinstance(i, Task)]
    assert (len(topics), len(channels), len(tasks)) == (9, 10, 24)
    body = "\n".join(p.text for p in report.paragraphs)
    funding = [i.label for i in items if isinstance(i, Funding)]
    assert len(funding) == 3
    assert all(f"- {label}" in body for label in funding)
    planned = "dự toán được giao 915 triệu đồng (số liệu của 11 đơn vị)"
    spent = "đã thực hiện 883 triệu đồng (số liệu của 12 đơn vị)"
    assert f"{planned}; {spent}; hai số không phải của cùng các đơn vị, không so sánh với nhau." in body


def test_the_cells_of_an_indicator_hold_what_it_says(manifest: dict[str, Any], workspace: Workspace) -> None:
    """Pairs of value in the manifest, number typed in the workbook; formulas and texts are left out."""
    sheets: dict[tuple[str, str], dict[str, Any]] = {}
    seen = []
    for cell in (cell for indicator in manifest["indicators"] for cell in indicator["cells"]):
        if cell["state"] == "given" and isinstance(cell["value"], int) and cell["file"].endswith(".xlsx"):
            where = cell["file"], cell["sheet"]
            if where not in sheets:
                book = openpyxl.load_workbook(workspace.root / cell["file"], read_only=True)
                for sheet in book.worksheets:
                    held = (c for row in sheet.iter_rows() for c in row if c.value is not None)
                    sheets[cell["file"], sheet.title] = {c.coordinate: c.value for c in held}
            typed = sheets[where].get(cell["cell"])
            seen += [(cell["value"], typed)] if isinstance(typed, int) else []
    assert len(seen) > 100
    assert [s for s in seen if s[0] != s[1]] == []


def test_thresholds_of_the_oracle_are_the_plans(workspace: Workspace) -> None:
    assert {aim.code: aim.aim for aim in AIMS} == THRESHOLDS
    for target in workspace.profile.plan.targets:
        assert target.thresholds[-1].at_least == THRESHOLDS[target.code]


def test_the_report_names_no_code_no_file_and_no_leftover(report: Document) -> None:
    body = "\n".join(p.text for p in report.paragraphs)
    assert not re.findall(r"\b[TU]\d+a?\b|\bSL\d\d\b|\bDL\d\d\b|\.xlsx?\b|\{\{|\}\}|None|nan", body)
    assert not re.findall(r"tử số|mẫu số|độ phủ|KHÔNG KIỂM ĐƯỢC|yêu cầu", body)
    assert Path(str(report.core_properties.author)).name == "Sở Khoa học và Công nghệ"


def test_bodies_that_have_done_all_their_tasks_share_one_line(report: Document) -> None:
    lines = [p.text for p in report.paragraphs if p.text.startswith("- ") and " nhiệm vụ (đạt " in p.text]
    (together, *apart) = (re.findall(r" nhiệm vụ \(đạt ([\d,]+%)\)", line) for line in lines)
    assert len(together) > 1
    assert set(together) == {"100%"}
    assert len(apart) > 1
    assert all(len(rates) == 1 and rates != ["100%"] for rates in apart)


def test_channel_sums_are_printed_as_an_independent_program_adds_them_up(
    tables: list[Rows], workspace: Workspace
) -> None:
    _, sums = read_world(sorted(workspace.inbox.iterdir()), 2025)
    expected = [
        sums[f"{item.code}:{measure.code}"]
        for item in workspace.profile.plan.items
        if isinstance(item, Channel)
        for measure in item.measures
    ]
    printed = [printed_count(r[-2]) for r in table_with(tables, "Hình thức")[1:]]
    assert printed == expected


def test_unit_rows_add_up_to_the_total_rows(tables: list[Rows]) -> None:
    """Phụ lục II: in each table the units' numbers give the total that Phụ lục I prints."""
    annex = [r for r in table_with(tables, "Mã", "Chỉ tiêu") if len(r) > 5 and r[1] in THRESHOLDS]
    n_checked = 0
    for found in tables:
        last = found[-1]
        if last[0] != "Tổng cộng" and (len(last) < 2 or last[1] != "Tổng cộng"):
            continue
        offset = len(found[-2]) - len(last)
        units = [r for r in found if r[0].isdigit()]
        for at, text in enumerate(last):
            if printed_count(text) is not None and at + offset < len(units[0]) and "," not in text:
                column = [printed_count(r[at + offset]) for r in units]
                if any(n is not None for n in column) and text in {c for r in annex for c in r[5:7]}:
                    assert sum(n or 0 for n in column) == printed_count(text)
                    n_checked += 1
    assert n_checked >= 12


def test_a_printed_count_is_as_large_as_what_it_is_of(manifest: dict[str, Any], workspace: Workspace) -> None:
    """Papers, page and workbooks: a count is as large as what its name is counted of, a sum what it says."""
    printed, named = list(manifest["printed"]), {name["id"]: name for name in manifest["names"]}
    for path in sorted(workspace.indexes.glob("*.gz")):
        printed += json.loads(gzip.decompress(path.read_bytes()))["printed"]
    checked, wrong = Counter[str](), []
    for figure in (figure for place in printed for figure in place["figures"] if figure["id"] in named):
        name, shown = named[figure["id"]], re.findall(r"\d+", figure["text"].replace(".", ""))
        added = re.match(r"Cộng số của \d+ đơn vị: ([\d.]+) ", name.get("how", ""))
        if added or "how" not in name:
            checked[re.sub(r"\d+$", "", figure["id"].rpartition(".")[2])] += 1
            meant = added[1].replace(".", "") if added else str(len(name["of"]))
            wrong += [(figure["id"], shown, meant)] * (
                [n.lstrip("0") or "0" for n in shown or "0"] != [meant]
            )
    assert wrong == []
    assert min(checked[role] for role in ("below", "missing", "errors", "reported", "received", "sum")) > 3
