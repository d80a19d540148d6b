"""Tables hold no empty cell, and their sums are those of the results."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from lxml import etree

from dvctt_report.model import Finding, Return, ReturnStatus, State
from dvctt_report.model.period import Period
from dvctt_report.report import layout
from dvctt_report.report.blocks import TextBlock, read_blocks
from dvctt_report.report.layout import RowsApart, keep_rows_together, unit_table_xml
from dvctt_report.report.marks import lift_marks, mark
from dvctt_report.report.narrative import returns_text
from dvctt_report.report.tables import numbers, return_groups
from dvctt_report.report.targets import target_views
from dvctt_report.report.unit_tables import UnitColumn, UnitRow, UnitTable, unit_tables
from dvctt_report.report.wording import Voice
from dvctt_report.word.nd30 import PAGE, component, component_width, twips
from dvctt_report.word.tree import DECLARATIONS, W
from dvctt_report.word.xml import paragraph, run
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year
from tests.report.conftest import DATASET, RETURNS, VOICE, build, full, returned, speaking


def by_unit(dataset: Dataset, voice: Voice, findings: Iterable[Finding] = ()) -> tuple[UnitTable, ...]:
    kept = tuple(findings)
    return unit_tables(dataset, target_views(Year(dataset, kept), voice), voice)


def row(one: UnitTable, name: str) -> tuple[str, ...]:
    return next(r.cells for r in one.rows if r.name == name)


def test_no_line_breaks_a_number_and_three_rows_follow_the_heads_of_a_table() -> None:
    numbers = ("1.652.000", "759.051", "45,9")
    columns = tuple(UnitColumn(f"Chỉ tiêu {n}", ("Tổng số", "Đã thực hiện", "Tỷ lệ (%)")) for n in range(4))
    rows = tuple(UnitRow(str(n), f"Cơ quan {n}", numbers * 4) for n in range(1, 9))
    xml = unit_table_xml(UnitTable("Bảng 1", columns, rows, "Cơ quan"), RowsApart())
    root = etree.fromstring(f"<w:body {DECLARATIONS}>{xml}</w:body>")
    widths = [int(one.get(f"{W}w", "0")) for one in root.iter(f"{W}gridCol")]
    assert sum(widths) <= twips(PAGE.landscape_text_width) + len(widths)
    needed = [component_width(number, component("cell_figure")) for number in numbers * 4]
    assert all(twips(least) < width for least, width in zip(needed, widths[2:], strict=True))
    keep_rows_together(root)
    looks = [next(row.iter(f"{W}pStyle")).get(f"{W}val", "") for row in root.iter(f"{W}tr")][3:]
    assert "".join("x" if look.startswith("NdLast") else "." for look in looks) == "xx...xx."


@pytest.mark.parametrize(
    ("answer", "cells"),
    [
        (State.NONE_ARISING, ("-", "-", "-")),
        (State.NOT_AVAILABLE, ("...", "...", "...")),
        (State.NOT_APPLICABLE, ("...", "...", "...")),
        (State.UNREADABLE, ("...", "...", "...")),
    ],
)
def test_every_reason_for_no_figure_has_its_sign(answer: State, cells: tuple[str, ...]) -> None:
    sent = returned("SO1", full() | {("T1", "total"): answer, ("T1", "done"): answer})
    assert row(by_unit(build([sent]), VOICE)[0], "Sở Một")[:3] == cells


@pytest.mark.parametrize(("others", "sign"), [(State.NONE_ARISING, "-"), (State.NOT_AVAILABLE, "...")])
def test_a_sum_says_that_none_arose_only_where_that_is_so_of_every_unit(others: State, sign: str) -> None:
    states = {"SO1": State.NONE_ARISING} | dict.fromkeys(("VP", "SO2", "H1", "H2"), others)
    returns = [
        returned(unit, {("T1", f): state for f in ("total", "done")}) for unit, state in states.items()
    ]
    assert row(by_unit(build(returns), VOICE)[0], "Tổng cộng")[:3] == (sign,) * 3


def test_parts_of_a_target_take_its_number_with_a_letter() -> None:
    due = [t for t in DATASET.profile.plan.targets if t.goal(DATASET.period) is not None]
    assert numbers(due) == ["1", "2", "3", "4", "4a"]
    assert numbers([*due, *due[-1:] * 12])[-9:] == ["4đ", "4e", "4g", "4h", "4i", "4k", "4l", "4m", "4n"]


def test_lateness_is_not_shown_where_units_are_not_to_be_named() -> None:
    groups = return_groups(Year(DATASET, ()), speaking(naming="khong"))
    assert {r.status for group in groups for r in group.rows} == {"Đã gửi", "..."}


@pytest.mark.parametrize(
    ("naming", "said"),
    [
        ("than_bai", "còn 01 đơn vị chưa gửi: UBND huyện Tây."),
        ("phu_luc", "còn 01 đơn vị chưa gửi (nêu tại Phụ lục III)."),
        ("khong", "còn 01 đơn vị chưa gửi."),
    ],
)
def test_missing_units_are_named_as_the_setting_wants(naming: str, said: str) -> None:
    assert said in returns_text(Year(DATASET, ()), speaking(naming=naming))[0]


def test_a_return_without_a_date_is_neither_late_nor_in_time() -> None:
    dataset = build([returned("SO1", full(), None)])
    assert "trong đó 01 đơn vị không ghi ngày gửi" in returns_text(Year(dataset, ()), VOICE)[0]


def test_a_unit_whose_file_cannot_be_used_is_not_said_to_have_sent_nothing() -> None:
    refused = Return("nhan-ve/2025/H2 năm 2024.xlsx", "0" * 64, ReturnStatus.REFUSED, "H2", Period(2024))
    dataset = build([*RETURNS, refused])
    said = returns_text(Year(dataset, ()), VOICE)[0]
    assert "01 đơn vị gửi biểu chưa sử dụng được, đang được đề nghị gửi lại: UBND huyện Tây." in said
    assert "chưa gửi:" not in said
    rows = [r for group in return_groups(Year(dataset, ()), VOICE) for r in group.rows]
    assert [r.status for r in rows if r.unit == "UBND huyện Tây"] == [
        "Biểu chưa sử dụng được, đề nghị gửi lại"
    ]


# -------------------------------------------------------------------------------------------- rows kept apart


def table_of(n: int) -> UnitTable:
    columns = (UnitColumn("Hồ sơ", ("Tổng số", "Trực tuyến")), UnitColumn("Có bài đăng", ()))
    rows = (
        UnitRow(str(k), f"Xã <{k}> & “{k}”", (mark(f"T1.u{k}", f"{k}.000"), "7\n8", "Có")) for k in range(n)
    )
    return UnitTable("Bảng 1. Theo đơn vị", columns, (*rows, UnitRow("", "Tổng", ("1", "2", ""))), "Xã")


def apart_document(n: int) -> tuple[bytes, tuple[TextBlock, ...], int]:
    """What two tables of ``n`` rows and a note give: bytes, places, and how many rows were in the tree."""
    apart = RowsApart()
    tables = "".join(unit_table_xml(one, apart) for one in (table_of(n), table_of(3)))
    body = tables + paragraph("note", run("Ghi chú."))
    root = etree.fromstring(f"<w:apart_document {DECLARATIONS}><w:body>{body}</w:body></w:apart_document>")
    keep_rows_together(root)
    blocks = read_blocks(root, rows_apart=apart.rows)
    n_rows = len(root.findall(".//{*}tr"))
    written = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return b"".join(apart.put_back(lift_marks(written))), blocks, n_rows


@pytest.mark.parametrize("n", [1, 99, 101, 102, 250])
def test_rows_kept_apart_change_nothing(n: int, monkeypatch: pytest.MonkeyPatch) -> None:
    made, blocks, n_rows = apart_document(n)
    assert n_rows < 120
    monkeypatch.setattr(layout, "AT_ONCE", 10_000)
    whole, in_one, _ = apart_document(n)
    assert made == whole
    assert blocks == in_one
    assert blocks[-2].table == 1
    assert len([b for b in blocks if b.table == 0 and not b.header]) == n + 1
