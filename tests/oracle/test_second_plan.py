"""The plan on administrative reform, from ``demo --plan`` on: every sum anew from the workbooks.

Who is asked what, which figure is kept out and what each level asks is written down here once more; nothing
of the program computes it. The workbooks are read by openpyxl (``tests.oracle_sample.read_cells``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from dvctt_report.cli import door
from dvctt_report.cli.demo import make_sample
from dvctt_report.plan.folders import default_profile
from tests.oracle_sample import Cells, read_cells

PLAN = "cai-cach-hanh-chinh"
OFFICES = ("VPUB", "SNV", "STP", "STC", "SKHCN", "SYT", "SGDDT", "SXD", "SNNMT", "SCT")
COMMUNES = ("XA1", "XA2", "XA3", "XA4", "XA5", "XA6")
EVERYBODY = OFFICES + COMMUNES
BARRED = {("SYT", "MT1")}
"""A figure that is no answer: more done than there was."""

Units = dict[str, Cells]
Pair = tuple[Any, int]
Summed = Callable[[Units, str, tuple[str, ...]], tuple[Pair, int]]


def ratio(units: Units, code: str, asked: tuple[str, ...]) -> tuple[Pair, int]:
    there = (units[u] for u in asked if u in units and (u, code) not in BARRED)
    pairs = [(u[code, "done"], u[code, "total"]) for u in there if isinstance(u[code, "done"], int)]
    return (sum(d for d, _ in pairs), sum(t for _, t in pairs)), len(pairs)


def count(units: Units, code: str, asked: tuple[str, ...]) -> tuple[Pair, int]:
    given = [units[u][code, "done"] for u in asked if u in units]
    return (sum(given), 0), len(given)


def that(holds: Callable[[Cells, str], bool]) -> Summed:
    """How many there are of whom that holds."""

    def counted(units: Units, code: str, asked: tuple[str, ...]) -> tuple[Pair, int]:
        given = [holds(units[u], code) for u in asked if u in units]
        return (sum(given), len(given)), len(given)

    return counted


LAST = datetime(2026, 1, 30)
each_two = that(lambda cells, code: cells[code, "done"] >= 2)
yes = that(lambda cells, code: cells[code, "answer"] == "Có")
by_january = that(lambda cells, code: cells[code, "answer"] == "Có" and cells[code, "done_on"] <= LAST)

DEPARTMENTS = OFFICES[1:]
TARGETS: dict[str, tuple[Summed, tuple[str, ...]]] = {
    **dict.fromkeys(("MT1", "MT2", "MT3", "MT4"), (ratio, EVERYBODY)),
    "MT5": (count, OFFICES),
    "MT6": (count, DEPARTMENTS),
    "MT7": (each_two, COMMUNES),
    "MT8": (by_january, EVERYBODY),
    "MT9": (yes, EVERYBODY),
    **dict.fromkeys(("MT10", "MT11", "MT12"), (count, ("SNV",))),
}
MET: dict[str, Callable[[Any, int], bool]] = {
    "MT1": lambda done, total: Fraction(done, total) >= Fraction(98, 100),
    "MT3": lambda done, total: Fraction(done, total) <= Fraction(2, 100),
    "MT4": lambda done, total: done == total,
    "MT5": lambda done, _: done >= 120,
    "MT6": lambda done, _: done <= 62,
    "MT7": lambda done, total: Fraction(done, total) >= Fraction(80, 100),
    "MT8": lambda done, total: done == total,
    "MT9": lambda done, total: done == total,
    "MT10": lambda points, _: points >= 88.5,
    "MT11": lambda rank, _: rank <= 15,
    "MT12": lambda points, _: points >= 43.5,
}
ACTIVITIES = {
    "HD.kiemtra": (("checks", "findings", "mended"), OFFICES),
    "HD.doithoai": (("talks", "people"), EVERYBODY),
    "KP.ns": (("planned", "spent"), EVERYBODY),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("cchc") / "thử"
    assert door.main(["demo", str(root), "--plan", PLAN]) == 0
    return root


@pytest.fixture(scope="module")
def manifest(office: Path) -> Any:
    return json.loads((office / "ket-qua/2026/bao-cao-2026.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def units(office: Path) -> Units:
    read = [read_cells(path) for path in sorted((office / "nhan-ve/2026").glob("*.xlsx"))]
    return {meta["unit"]: cells for meta, cells in read}


def words(office: Path, key: str = "2026") -> Iterator[str]:
    document = Document(str(office / f"ket-qua/{key}/bao-cao-{key}.docx"))
    yield from (p.text for p in document.paragraphs)
    yield from (cell.text for table in document.tables for row in table.rows for cell in row.cells)


def reported(root: Path, as_of: str) -> None:
    for command in (["forms"], ["collect"], ["render", "--as-of", as_of]):
        assert door.main(["--workspace", str(root), *command, "--quiet"]) in (0, 1)


def test_every_target_is_the_sum_that_the_workbooks_give(manifest: Any, units: Units) -> None:
    found = {one["code"]: one for one in manifest["indicators"]}
    assert set(found) == {*TARGETS, "MT13"}
    for code, (of, asked) in TARGETS.items():
        (done, total), reported = of(units, code, asked)
        told = found[code]
        assert (told["numerator"], told["denominator"]) == (done, total), code
        assert told["coverage"] == {"reported": reported, "expected": len(asked)}, code
        if code in MET:
            assert told["verdict"] == ("met" if MET[code](done, total) else "missed"), code


def test_each_group_is_held_against_its_own_level(manifest: Any, units: Units) -> None:
    (target,) = (one for one in manifest["targets"] if one["code"] == "MT2")
    for part, group, level in zip(target["fields"], (OFFICES, COMMUNES), (90, 75), strict=True):
        (done, total), _ = ratio(units, "MT2", group)
        assert (part["numerator"], part["denominator"]) == (done, total)
        assert (part["verdict"] == "met") is (100 * done >= level * total)


def test_what_can_not_be_added_is_one_bodys_word_and_told_as_such(manifest: Any, office: Path) -> None:
    text = "\n".join(words(office))
    assert {"89,14\xa0điểm", "hạng\xa018"} <= {*text.replace(" ", "\xa0").split("\n")}
    assert "xếp hạng 18" in text
    given = [c for c in manifest["contributions"] if c["indicator"] in ("MT10", "MT11", "MT12")]
    assert {c["unit"] for c in given} == {"SNV"}
    (aim,) = (one["goal"]["text"] for one in manifest["indicators"] if one["code"] == "MT11")
    assert aim == "từ hạng 15 trở lên"


def test_activities_money_documents_and_tasks_are_counted_once(manifest: Any, units: Units) -> None:
    told = {one["id"]: one["value"] for one in manifest["figures"]}
    for item, (fields, asked) in ACTIVITIES.items():
        for field in fields:
            cells = (units[u].get((f"{item}:{field}", "value")) for u in asked if u in units)
            assert told[f"{item}.{field}"] == sum(n for n in cells if isinstance(n, int)), (item, field)
    lines = [key for cells in units.values() for key, value in cells.items() if value and key[1] == "number"]
    assert told["directives"] == sum(row.startswith("VB/") for row, _ in lines)
    states = {"Đã thực hiện": "done", "Đang thực hiện": "ongoing", "Chưa thực hiện": "not_done"}
    for one in manifest["tasks"]:
        said = units.get(one["unit"], {}).get((one["task"], "status"))
        if one["task"] != "NV.6":
            assert one["state"] == states.get(str(said), "unknown"), one
    late = {
        (task, unit)
        for task in ("NV.1", "NV.2", "NV.3", "NV.4")
        for unit, cells in units.items()
        if cells.get((task, "status")) in ("Đang thực hiện", "Chưa thực hiện")
    }
    (overdue,) = (one["of"] for one in manifest["names"] if one["id"] == "tasks.overdue")
    assert set(overdue) == {f"{task}/{unit}" for task, unit in late}


def test_the_sections_are_the_plans_own_in_its_order_and_none_is_empty(office: Path) -> None:
    said = [text for text in words(office) if re.match(r"(?:[IVX]+|\d)\. ", text)]
    heads = [text for text in said if text[0] in "IVX" and text.isupper()]
    reform = "CẢI CÁCH HÀNH CHÍNH"
    first = ["I. ĐÁNH GIÁ CHUNG", f"II. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH {reform}", f"III. KẾT QUẢ {reform}"]
    assert heads[:3] == first
    order = [said.index(one) for one in ("2. Kết quả thực hiện nhiệm vụ", "3. Kiểm tra, đối thoại")]
    assert order == sorted(order)
    text = "\n".join(words(office))
    assert "nêu tại khoản 1 Mục III" in text
    assert "Bảng 3. Kết quả theo hoạt động" in text
    assert "Bảng 3. Kết quả theo" not in text.partition("Phụ lục I")[0]
    assert "không giao tổng hợp" not in text
    assert "Về nội dung" not in text


def test_a_plan_of_ones_own_puts_its_sections_where_it_likes(tmp_path: Path) -> None:
    assert default_profile(datetime(2027, 1, 1).date()) == "khanh_hoa", "no new workspace gets the other one"
    root = make_sample(tmp_path / "kỳ", plan=PLAN)
    assert door.main(["--workspace", str(root), "plan", "copy", "--quiet"]) == 0
    plan = root / "cau-hinh/plan.toml"
    text = plan.read_text(encoding="utf-8")
    section = '[[sections]]\ntitle = "{}"\nshows = "{}"\nwithin = true\n'
    first, second = (
        section.format(*one)
        for one in (("Kết quả thực hiện các chỉ tiêu", "targets"), ("Kiểm tra, đối thoại", "activities"))
    )
    assert first in text
    plan.write_text(text.replace(second, "").replace(first, second + first), encoding="utf-8")
    reported(root, "20/12/2026 17:00")
    text = "\n".join(words(root))
    assert text.index("1. Kiểm tra, đối thoại") < text.index("2. Kết quả thực hiện các chỉ tiêu")
    assert text.index("Bảng 1. Kết quả theo hoạt động") < text.index("Bảng 2. Tổng hợp kết quả")
    assert "nêu tại khoản 2 Mục III" in text


@pytest.mark.parametrize(
    ("key", "words_of", "title"),
    [
        ("2026-3T", "quý I năm 2026", "nhiệm vụ 9 tháng cuối năm 2026"),
        ("2026-9T", "9 tháng đầu năm 2026", "nhiệm vụ quý IV năm 2026"),
    ],
)
def test_a_quarter_and_nine_months_are_told_and_not_judged(
    key: str, words_of: str, title: str, tmp_path: Path
) -> None:
    root = make_sample(tmp_path / "kỳ", plan=PLAN)
    settings = root / "dvctt.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"(?m)^nam = \d+", f'nam = "{key}"', text), encoding="utf-8")
    reported(root, "25/9/2026 17:00")
    manifest = json.loads((root / f"ket-qua/{key}/bao-cao-{key}.json").read_text(encoding="utf-8"))
    assert {one["verdict"] for one in manifest["indicators"]} <= {"progress", "none_arising", "not_due"}
    said = " ".join(" ".join(words(root, key)).split())
    assert words_of in said
    assert title in said
