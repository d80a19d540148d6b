"""What changed between two renderings: sentences and cells by their places, and nothing else."""

from __future__ import annotations

import copy
import json
from gzip import compress
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator

from dvctt_report.decide.check.drafts import (
    DraftChange,
    changes_bytes,
    compare_drafts,
    format_place,
    read_former,
)
from dvctt_report.model.period import Period
from tests.decide.check.conftest import Rendered


def paragraph(section: str, text: str) -> dict[str, Any]:
    return {"section": section, "text": text, "figures": []}


def row(*cells: str, heads: tuple[str, ...] = (), id: str = "") -> dict[str, Any]:
    figures = [{"cell": len(cells) - 1, "id": id, "at": 0, "text": cells[-1]}] if id else []
    place = {"section": "Phụ lục II", "table": 0, "title": "Bảng 1", "cells": list(cells), "figures": figures}
    return place | ({"header": True, "heads": list(heads)} if heads else {})


def draft(*places: dict[str, Any], as_of: str = "2025-11-20T17:00:00") -> dict[str, Any]:
    targets = [{"code": "T1", "name": "cán bộ"}]
    return {"year": 2025, "as_of": as_of, "indicators": targets, "printed": list(places)}


HEAD = row("STT", "Đơn vị", "Tỷ lệ (%)", heads=("STT", "Đơn vị", "Tỷ lệ (%)"))


def test_the_same_report_has_no_changes(rendered: Rendered) -> None:
    assert compare_drafts(rendered.table, copy.deepcopy(rendered.table)) == ()


KEPT, MOVED = "Câu này vẫn ở nguyên chỗ.", "Câu này đổi chỗ trong bài."
SAID = "a) Cán bộ: đạt {0}% ({0}/100 người). "
HOUR = "Tính đến {} ngày 20/11/2025, có {}/27 đơn vị gửi báo cáo."
Places = tuple[dict[str, Any], ...]
CASES: dict[str, tuple[Places, Places, tuple[DraftChange, ...]]] = {
    "only the sentence that changed": (
        (paragraph("II.2.a", SAID.format(79) + "Có 02 đơn vị dưới mức: A, B. Hết."),),
        (paragraph("II.2.a", SAID.format(81) + "Có 02 đơn vị dưới mức: A, B. Hết."),),
        (DraftChange("II.2.a", "", SAID.format(79).strip(), SAID.format(81).strip()),),
    ),
    "new and lost ones whole, a shifted one not at all": (
        (paragraph("I.1", "Một. Hai."), paragraph("I.2", KEPT)),
        (paragraph("I.1", KEPT), paragraph("I.2", "Nội dung mới. Thêm nữa.")),
        (
            DraftChange("I.1", "", "Một. Hai.", ""),
            DraftChange("I.2", "", "", "Nội dung mới."),
            DraftChange("I.2", "", "", "Thêm nữa."),
        ),
    ),
    "a sentence that moved is gone and come": (
        tuple(paragraph("I.1", text) for text in (MOVED, KEPT, f"{KEPT} Một.", f"{KEPT} Hai.")),
        tuple(paragraph("I.1", text) for text in (KEPT, f"{KEPT} Một.", f"{KEPT} Hai.", MOVED)),
        (DraftChange("I.1", "", MOVED, ""), DraftChange("I.1", "", "", MOVED)),
    ),
    "a cell by row and column though rows were added": (
        (HEAD, row("1", "Sở A", "50", id="T1.A.percent"), row("2", "Sở B", "60")),
        (HEAD, row("1", "Sở X", "10"), row("2", "Sở A", "55", id="T1.A.percent"), row("3", "Sở B", "60")),
        (
            DraftChange("Phụ lục II", "Bảng 1, dòng 1 “Sở X”", "", "1; Sở X; 10"),
            DraftChange("Phụ lục II", "Bảng 1, dòng 2 “Sở A”, cột “Tỷ lệ (%)”", "50", "55"),
        ),
    ),
    "another hour of the same day": (
        (paragraph("II.1", HOUR.format("17 giờ 00", 23)),),
        (paragraph("II.1", HOUR.format("8 giờ 05 phút", 23)),),
        (),
    ),
    "another count at another hour": (
        (paragraph("II.1", HOUR.format("17 giờ 00", 23)),),
        (paragraph("II.1", HOUR.format("8 giờ 05 phút", 24)),),
        (DraftChange("II.1", "", HOUR.format("giờ", 23), HOUR.format("giờ", 24)),),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_changed_is_told_where_it_stands(case: str) -> None:
    old, new, told = CASES[case]
    assert compare_drafts(draft(*old), draft(*new)) == told


GROUPED = row(
    *("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"),
    heads=(
        *("STT", "Đơn vị", "Cán bộ – Tổng số", "Cán bộ – Tỷ lệ (%)", "Cổng, Trang"),
        *("Hồ sơ – Tổng số", "Hồ sơ – Tỷ lệ (%)"),
    ),
)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("I. Sở|10|50|1/2|20|80", "I. Sở|11|50|1/2|20|80", "dòng “I. Sở”, cột “Cán bộ – Tổng số”"),
        ("Tổng cộng|10|50|1/2|20|80", "Tổng cộng|10|50|2/2|20|80", "dòng “Tổng cộng”, cột “Cổng, Trang”"),
        (
            "Tổng cộng|10|50|1/2|20|80",
            "Tổng cộng|10|50|1/2|20|90",
            "dòng “Tổng cộng”, cột “Hồ sơ – Tỷ lệ (%)”",
        ),
        ("1|Sở A|10|50|Có|20|80", "1|Sở A|10|50|Có|21|80", "dòng 1 “Sở A”, cột “Hồ sơ – Tổng số”"),
        ("1|Sở A|10|50|Có|20|80", "1|Sở A|10|50|Không|20|80", "dòng 1 “Sở A”, cột “Cổng, Trang”"),
    ],
)
def test_a_column_is_named_with_its_group_also_in_rows_whose_first_cells_are_joined(
    old: str, new: str, where: str
) -> None:
    drafts = [draft(GROUPED, row(*cells.split("|"))) for cells in (old, new)]
    (change,) = compare_drafts(*drafts)
    assert change.where == f"Bảng 1, {where}"


@pytest.mark.annexes
def test_every_changed_figure_of_the_sample_is_found_and_nothing_else(rendered: Rendered) -> None:
    table = copy.deepcopy(rendered.table)
    places = [p for p in table["printed"] if "cells" in p and p["title"] and p["figures"]]
    for place in places[::7]:
        place["cells"][place["figures"][-1]["cell"]] += "9"
    changes = compare_drafts(table, rendered.table)
    assert len(changes) == len(places[::7]) > 10
    assert all(change.old == f"{change.new}9" for change in changes)


def test_the_former_manifest_is_the_one_beside_the_report_else_the_latest_of_the_year(tmp_path: Path) -> None:
    kept = tmp_path / "ban-lap"
    kept.mkdir()
    for name, day, year in (("a", "19", 2025), ("b", "20", 2025), ("c", "21", 2024)):
        one = draft(as_of=f"2025-11-{day}T17:00:00") | {"year": year, "id": name}
        (kept / f"{name}.json.gz").write_bytes(compress(json.dumps(one).encode()))
    (kept / "d.json.gz").write_bytes(compress(b"{"))
    beside = tmp_path / "bao-cao-2025.json"
    assert (read_former(beside, kept, Period(2025)) or {})["id"] == "b"
    beside.write_text(json.dumps(draft() | {"id": "z"}), encoding="utf-8")
    assert (read_former(beside, kept, Period(2025)) or {})["id"] == "z"
    assert read_former(tmp_path / "x.json", tmp_path / "none", Period(2025)) is None


def test_the_list_is_a_valid_word_file(tmp_path: Path) -> None:
    changes = (DraftChange("II.2.k", "", "cũ <C> & \x0b", ""), DraftChange("phần mở đầu", "", "", "mới"))
    assert [format_place(one) for one in changes] == ["Mục II.2.k", "Phần mở đầu"]
    for n, some in enumerate((changes, ())):
        path = tmp_path / f"{n}.docx"
        path.write_bytes(changes_bytes(some, Period(2025), "bản trước", "Sở A", ()))
        assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
