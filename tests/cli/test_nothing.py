"""Nothing is not zero: no document says 0 of what nobody has told, with no return, with one, with all."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from lxml import html

from dvctt_report.cli import door
from dvctt_report.store.workspace import Workspace, read_workspace
from tests.cli.test_register import send

AS_OF = ("--as-of", "20/11/2025 17:00")
ALL = (
    ("render",),
    ("render", "--quick"),
    ("export",),
    ("letter", "remind"),
    ("letter", "feedback"),
    ("feedback",),
)
ZERO = re.compile(r"(?<![\d/.,])0+(?:[.,]0+)?%?(?![\d/.,%])|(?<![\d/.,])0+\s*/\s*0+(?!\d)")
"""A bare zero, or a share of nothing; "0/27" tells how many answered."""


def written(root: Path) -> Workspace:
    """Every document that can be made of the year."""
    here = ("--workspace", str(root))
    assert door.main([*here, "collect"]) in (0, 1)
    for command in ALL:
        assert door.main([*here, *command, *AS_OF]) in (0, 1), command
    return read_workspace(root)


@pytest.fixture(scope="module")
def none(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("none") / "Sổ"
    shutil.copytree(begun, root)
    return written(root)


@pytest.fixture(scope="module")
def one(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("one") / "Sổ"
    shutil.copytree(begun, root)
    send(read_workspace(root), "y-te.xlsx", 2, date(2025, 11, 4), "SYT")
    return written(root)


def rows(document: Path) -> Iterator[list[str]]:
    """The paragraphs of a document and the rows of its tables, each cell behind its heading."""
    read = Document(str(document))
    yield from ([p.text] for p in read.paragraphs)
    for table in read.tables:
        head = [cell.text for cell in table.rows[0].cells]
        yield from (
            [*map(": ".join, zip(head, [c.text for c in row.cells], strict=True))] for row in table.rows
        )


_OF_UNITS = re.compile(r"(?i)đơn vị có số liệu|đủ số liệu")
"""A count of the units that have told: 0 of them is a figure."""


def zeros(workspace: Workspace) -> list[str]:
    """What is printed as 0 in the documents of the year, with what it is printed of."""
    found = []
    for path in sorted(workspace.results.rglob("*.docx")):
        said = (text for row in rows(path) for text in row if not _OF_UNITS.search(text.partition(": ")[0]))
        found += [f"{path.name}: {text}" for text in said if ZERO.search(re.sub(r"\d+ giờ 00", "", text))]
    page = html.fromstring((workspace.results / "tinh-hinh.html").read_text(encoding="utf-8"))
    found += [
        f"page: {cell.getparent().text_content()}" for cell in page.iter("td") if ZERO.search(cell.text or "")
    ]
    return found


def test_with_nothing_received_no_document_prints_a_zero(none: Workspace) -> None:
    kept = [said for said in zeros(none) if "Chưa" not in said]
    assert kept == []
    text = "\n".join(" ".join(row) for row in rows(none.manifest_of(none.period).with_suffix(".docx")))
    assert "lượt nhiệm vụ có thông tin" not in text
    assert "đến nay chưa có thông tin về kết quả thực hiện" in text


def test_with_nothing_received_the_workbook_and_the_files_for_programs_hold_no_zero(none: Workspace) -> None:
    book = openpyxl.load_workbook(none.results / "bang-ke-so-lieu-2025.xlsx", data_only=True)
    sheet = book["Hoạt động, kinh phí"]
    heads = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2, values_only=True):
        told = dict(zip(heads, row, strict=True))
        assert told["Cộng"] in (None, ""), told
        assert told["Trong báo cáo"] is None, told
    said = json.loads((none.results / "so-lieu-2025.json").read_text(encoding="utf-8"))
    assert {one["numerator"] for one in said["indicators"]} == {None}
    assert {one["value"] for one in said["figures"]} == {None}


def test_with_one_return_nothing_is_said_of_those_that_told_nothing(one: Workspace) -> None:
    """What that unit has ticked, or left empty, is told of one unit; of all else nothing is."""
    said = [text for text in zeros(one) if "tinh-hinh" not in text]
    assert not [text for text in said if "nhiệm vụ có thông tin" in text]
    document = one.manifest_of(one.period).with_suffix(".docx")
    text = "\n".join(" ".join(row) for row in rows(document))
    assert "Sở Khoa học và Công nghệ: chưa có thông tin" in text
    assert "Công an tỉnh: chưa có thông tin" in text


def test_with_nothing_received_from_communes_neither_report_nor_comparison_prints_a_zero(
    tmp_path: Path,
) -> None:
    root = tmp_path / "Sổ"
    assert door.main(["init", str(root), "--year", "2026"]) == 0
    here, day = ("--workspace", str(root)), ("--as-of", "20/11/2026 17:00")
    for command in (["collect"], ["render", *day], ["export", "--communes", *day]):
        assert door.main([*here, *command]) in (0, 1)
    assert [said for said in zeros(read_workspace(root)) if "Chưa" not in said] == []
    book = openpyxl.load_workbook(root / "ket-qua" / "2026" / "so-sanh-cap-xa-2026.xlsx", data_only=True)
    assert not [c.coordinate for s in book for row in s.iter_rows() for c in row if c.value == 0]


def test_with_all_returns_the_topics_have_their_numbers(rendered_sample: Path) -> None:
    kept = read_workspace(rendered_sample)
    document = kept.manifest_of(kept.period).with_suffix(".docx")
    topics = [text for row in rows(document) for text in row if text.startswith("Số đơn vị thực hiện: ")]
    assert topics
    assert not [text for text in topics if "..." in text]
