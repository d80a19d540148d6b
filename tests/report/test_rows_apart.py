"""Long tables by unit: rows kept out of the tree give the same document and the same printed places."""

from __future__ import annotations

import pytest
from lxml import etree

from dvctt_report.report import layout
from dvctt_report.report.blocks import TextBlock, read_blocks
from dvctt_report.report.layout import RowsApart, keep_rows_together, unit_tables_xml
from dvctt_report.report.marks import lift_marks, mark
from dvctt_report.report.unit_tables import UnitColumn, UnitRow, UnitTable
from dvctt_report.word.tree import DECLARATIONS
from dvctt_report.word.xml import paragraph, run


def table_of(n: int) -> UnitTable:
    columns = (UnitColumn("Hồ sơ", ("Tổng số", "Trực tuyến")), UnitColumn("Có bài đăng", ()))
    rows = (
        UnitRow(str(k), f"Xã <{k}> & “{k}”", (mark(f"T1.u{k}", f"{k}.000"), "7\n8", "Có")) for k in range(n)
    )
    return UnitTable("Bảng 1. Theo đơn vị", columns, (*rows, UnitRow("", "Tổng", ("1", "2", ""))), "Xã")


def document(n: int) -> tuple[bytes, tuple[TextBlock, ...], int]:
    """What two tables of ``n`` rows and a note give: bytes, places, and how many rows were in the tree."""
    apart = RowsApart()
    body = unit_tables_xml((table_of(n), table_of(3)), apart) + paragraph("note", run("Ghi chú."))
    root = etree.fromstring(f"<w:document {DECLARATIONS}><w:body>{body}</w:body></w:document>")
    keep_rows_together(root)
    blocks = read_blocks(root, rows_apart=apart.rows)
    n_rows = len(root.findall(".//{*}tr"))
    written = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return b"".join(apart.put_back(lift_marks(written))), blocks, n_rows


@pytest.mark.parametrize("n", [1, 99, 101, 102, 250])
def test_rows_kept_apart_change_nothing(n: int, monkeypatch: pytest.MonkeyPatch) -> None:
    made, blocks, n_rows = document(n)
    assert n_rows < 120
    monkeypatch.setattr(layout, "AT_ONCE", 10_000)
    whole, in_one, _ = document(n)
    assert made == whole
    assert blocks == in_one
    assert blocks[-2].table == 1
    assert len([b for b in blocks if b.table == 0 and not b.header]) == n + 1
