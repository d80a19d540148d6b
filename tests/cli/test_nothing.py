"""Nothing is not zero: no document says 0 of what nobody has told, with no return, with one, with all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from lxml import html

from dvctt_report.cli import door
from dvctt_report.store.workspace import Workspace, read_workspace
from tests.cli.officer import do, report_of, send

ALL = ("render", "render --quick", "export", "letter remind", "letter feedback", "feedback")
ZERO = re.compile(r"(?<![\d/.,])0+(?:[.,]0+)?%?(?![\d/.,%])|(?<![\d/.,])0+\s*/\s*0+(?!\d)")
"""A bare zero, or a share of nothing; "0/27" tells how many answered."""


@pytest.fixture(scope="module", params=[2026, 2025], ids=["no return", "one return"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Every document of a year, of one with communes and no return, of one without them and with a return."""
    root, year = tmp_path_factory.mktemp("made") / "Sổ", request.param
    assert door.main(["init", str(root), "--year", str(year)]) == 0
    workspace = read_workspace(root)
    if year == 2025:
        send(workspace, "y-te.xlsx", 2, date(2025, 11, 4))
    papers = (*ALL, *(("export --communes",) if year == 2026 else ()))
    do(root, "collect", *(f"{line} --as-of '20/11/{year} 17:00'" for line in papers))
    return workspace


def rows(document: Path) -> Iterator[list[str]]:
    """The paragraphs of a document and the rows of its tables, each cell behind its heading."""
    read = Document(str(document))
    yield from ([p.text] for p in read.paragraphs)
    for table in read.tables:
        head = [cell.text for cell in table.rows[0].cells]
        for row in table.rows:
            yield [*map(": ".join, zip(head, [c.text for c in row.cells], strict=True))]


_OF_UNITS = re.compile(r"(?i)đơn vị có số liệu|đủ số liệu")
"""A count of the units that have told: 0 of them is a figure."""


def test_of_what_nobody_has_told_no_document_prints_a_zero(made: Workspace) -> None:
    """What one unit has ticked, or left empty, is told of one unit; of all else nothing is."""
    nothing = not [*made.inbox.iterdir()]
    text = "\n".join(" ".join(row) for row in rows(report_of(made)))
    said = []
    for path in sorted(made.results.rglob("*.docx")):
        texts = (cell for row in rows(path) for cell in row if not _OF_UNITS.search(cell.partition(": ")[0]))
        said += [f"{path.name}: {one}" for one in texts if ZERO.search(re.sub(r"\d+ giờ 00", "", one))]
    assert not [one for one in said if "nhiệm vụ có thông tin" in one]
    if not nothing:
        for office in ("Sở Khoa học và Công nghệ", "Công an tỉnh"):
            assert f"{office}: chưa có thông tin" in text
        return
    assert [one for one in said if "Chưa" not in one] == []
    page = html.fromstring((made.results / "tinh-hinh.html").read_bytes())
    cells = (cell for cell in page.iter("td") if ZERO.search(cell.text or ""))
    on_page = [cell.getparent().text_content() for cell in cells]
    assert [one for one in on_page if "Chưa" not in one] == []
    assert "lượt nhiệm vụ có thông tin" not in text
    assert "đến nay chưa có thông tin về kết quả thực hiện" in text
    book = openpyxl.load_workbook(made.results / "bang-ke-so-lieu-2026.xlsx", data_only=True)
    sheet = book["Hoạt động, kinh phí"]
    heads = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2, values_only=True):
        told = dict(zip(heads, row, strict=True))
        assert (told["Cộng"] or None, told["Trong báo cáo"]) == (None, None), told
    exported = json.loads((made.results / "so-lieu-2026.json").read_text(encoding="utf-8"))
    assert {one["numerator"] for one in exported["indicators"]} == {None}
    assert {one["value"] for one in exported["figures"]} == {None}
    book = openpyxl.load_workbook(made.results / "so-sanh-cap-xa-2026.xlsx", data_only=True)
    assert not [c.coordinate for s in book for row in s.iter_rows() for c in row if c.value == 0]


def test_with_all_returns_the_topics_have_their_numbers(rendered_sample: Path) -> None:
    document = report_of(read_workspace(rendered_sample))
    topics = [text for row in rows(document) for text in row if text.startswith("Số đơn vị thực hiện: ")]
    assert topics
    assert not [text for text in topics if "..." in text]
