"""Formulas and the results written with them: by hand, by other arithmetic, and by LibreOffice."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dvctt_report.forms.build import build_form
from dvctt_report.forms.formulas import Answer, Formula, Ledger, code_formula
from dvctt_report.forms.layout import place
from dvctt_report.forms.writer import form_bytes
from dvctt_report.model import Key
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import DOSSIER_FIELDS
from tests.forms.fill import ONE_OF_EACH_GROUP, fill, real
from tests.libreoffice import LibreOffice, unpaged, without_results

FACTORS = {
    "a": ("total", "done", "pending", "estimate"),
    "parts": tuple(f"{t}:{f}" for t in ("T1", "T2", "T5", "T7") for f in ("total", "done")),
    "channels": ("value",),
    "funding": ("value",),
    "surveys": ("issued", "returned", "valid", "satisfied"),
    "dossiers": tuple(field.code for field in DOSSIER_FIELDS),
}
"""The columns of numbers of each table; the first counts once, the second 7 times, the third 13 times …"""


def ledger(code: str, answers: dict[Key, Answer]) -> Ledger:
    unit, year = real().roster.unit(code), ONE_OF_EACH_GROUP.get(code, Period(2025))
    items = {i.code: i for i in real().plan.items}
    return Ledger.of(items, place(build_form(real(), unit, year)), answers)


def formula(code: str, key: Key, answers: dict[str, Answer]) -> Formula:
    """The formula of a cell where ``ITEM.field`` is answered so."""
    typed = {Key(*name.rsplit(".", 1)): value for name, value in answers.items()}
    found = ledger(code, typed).formula(key, "01-A số liệu")
    assert found is not None
    return found


def code_by_other_arithmetic(data: bytes) -> str:
    """The control code from the cells alone: hidden weights, marker rows, and the factors by place."""
    total = 0.0
    for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets:
        factors: dict[int, int] = {}
        for row in sheet.iter_rows():
            key = row[0].value
            if isinstance(key, str) and key.startswith("#"):
                names = [n for n in FACTORS.get(key[1:], ()) if n in {c.value for c in row[2:]}]
                factors = {c.column: 1 + 6 * names.index(c.value) for c in row[2:] if c.value in names}
            elif isinstance(key, str) and sheet.title != "_meta":
                for cell in row[2:]:
                    if cell.column in factors and isinstance(cell.value, int | float):
                        total += row[1].value * factors[cell.column] * cell.value
    return f"{int(total + 0.5) % 9973:04d}"


def shown_code(data: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    rows = (row for sheet in book for row in sheet.iter_rows(min_col=1, max_col=7))
    return str(next(next(c.value for c in r[2:] if re.fullmatch(r"\d{4}", str(c.value)))
                    for r in rows if r[0].value == "_:control_code"))  # fmt: skip


def test_the_control_code_of_a_small_example_is_what_the_hand_computes() -> None:
    unit = real().roster.unit("CDN")
    sheets = place(build_form(real(), unit, Period(2025)))
    assert {row.key: w for s in sheets for t in s.tables for _, w, row in t.rows}["T14"] == 11
    answers: dict[Key, Answer] = {Key("T14", "total"): 1234, Key("T14", "done"): 1000}
    # 11·1·1234 + 11·7·1000 = 13574 + 77000 = 90574 = 9·9973 + 817
    assert shown_code(form_bytes(real(), unit, Period(2025), answers)) == "0817"


@pytest.mark.parametrize("code", ONE_OF_EACH_GROUP)
@pytest.mark.parametrize("seed", [0, 1])
def test_the_control_code_is_a_weighted_sum_of_all_numbers(code: str, seed: int) -> None:
    data = fill(code, seed).data
    assert shown_code(data) == code_by_other_arithmetic(data)


def test_another_figure_gives_another_control_code_and_a_word_the_same() -> None:
    def code_of(total: Answer, done: Answer, **others: Answer) -> str:
        answers = {Key("T1", "total"): total, Key("T1", "done"): done}
        answers |= {Key(*name.split("_")): answer for name, answer in others.items()}
        return shown_code(form_bytes(real(), real().roster.unit("SYT"), Period(2025), answers))

    assert len({code_of(*pair) for pair in ((100, 98), (98, 100), (100, 99), (101, 98))}) == 4
    words: dict[str, Answer] = {"T2_total": "-", "T2_done": "…", "KP.a_integrated": "x"}
    assert code_of(100, 98, **words) == code_of(100, 98)


@pytest.mark.parametrize(
    ("weighted_sum", "code"),
    [(9972, "9972"), (9973, "0000"), (10**15 + 7, "6278"), (12.5, "0013"), (12.4, "0012"), (-1, "9972")],
)
def test_the_code_is_the_rest_modulo_9973(weighted_sum: float, code: str) -> None:
    assert code_formula("B9", weighted_sum) == Formula('=TEXT(B9-9973*INT(B9/9973),"0000")', code)


@pytest.mark.parametrize(
    ("total", "done", "rate", "status"),
    [
        (200, 190, 95.0, "Có số liệu"),
        (0, 5, "", "Có số liệu"),
        (-5, 1, "", "Có số liệu"),
        (200, "", "", ""),
        ("", 5, "", ""),
        ("khoảng 50", 5, "", ""),
        (3, 0, 0, "Có số liệu"),
    ],
)
def test_a_rate_needs_both_numbers_and_a_total_above_zero(
    total: Answer, done: Answer, rate: Answer, status: str
) -> None:
    answers = {"T1.total": total, "T1.done": done}
    made = formula("SYT", Key("T1", "rate"), answers)
    assert made == Formula('=IF(COUNT(F8,G8)<2,"",IF(F8>0,G8/F8*100,""))', rate)
    said = formula("SYT", Key("T1", "status"), answers)
    assert said == Formula('=IF(COUNT(F8,G8)=2,"Có số liệu","")', status, locked=False)


def test_the_rate_of_a_survey_is_of_its_valid_answers() -> None:
    answers: dict[str, Answer] = {"KS.HT.chung.valid": 50, "KS.HT.chung.satisfied": 45}
    assert formula("SYT", Key("KS.HT.chung", "rate"), answers).value == 90.0


def test_a_sum_of_parts_waits_for_every_part_and_is_one_range() -> None:
    first, *others = real().roster.unit("TBC").parts
    all_but_one: dict[Key, Answer] = {Key("T5", "total", part): 10 for part in others}
    range_ = "'Chi tiết theo xã'!I10:I15"
    for typed, total in ((all_but_one, ""), (all_but_one | {Key("T5", "total", first): 3}, 53)):
        made = ledger("TBC", typed).formula(Key("T5", "total"), "01-A số liệu")
        assert made == Formula(f'=IF(COUNT({range_})<6,"",SUM({range_}))', total)


def test_a_sum_over_named_sources_needs_one_of_them() -> None:
    cells = [Key("HS.H", "resolved_total"), Key("HS.X", "resolved_total")]
    both = "'03 hồ sơ TTHC'!I9,'03 hồ sơ TTHC'!I10"
    for typed, value in (({}, ""), ({cells[0]: 7}, 7), ({cells[0]: 7, cells[1]: 5}, 12)):
        made = ledger("NHI", dict(typed)).formula(Key("T10", "total"), "01-A số liệu")
        assert made == Formula(f'=IF(COUNT({both})<1,"",SUM({both}))', value)


def test_a_row_says_that_it_has_none_where_the_one_that_gives_its_figures_does() -> None:
    row, source = Key("T10", "status"), Key("HS.T", "status")
    for said in ("Chưa có số liệu", "Không phát sinh"):
        made = ledger("SYT", {source: said}).formula(row, "01-A số liệu")
        assert made is not None
        assert made.text.startswith("=IF('03 hồ sơ TTHC'!")
        assert made.value == (said if said == "Chưa có số liệu" else "")


@pytest.mark.parametrize(
    ("code", "task", "answers", "is_done"),
    [
        ("SYT", "NV.7b", {"HT.b.events": 3}, True),
        ("SYT", "NV.7b", {"HT.b.events": 0}, False),
        ("SYT", "NV.7b", {"HT.b.events": "nhiều"}, False),
        ("SYT", "NV.7c", {"T2.total": 5, "T2.done": 2}, True),
        ("SYT", "NV.7c", {"T2.total": 5}, False),
        ("SYT", "NV.7dd", {"T3.answer": "Có"}, True),
        ("SYT", "NV.7dd", {"T3.answer": "Không có trang riêng"}, False),
        ("BPTTH", "NV.8d", {}, False),
        ("BPTTH", "NV.8d", {"ND.d.ticked": "x"}, True),
    ],
)
def test_a_task_is_shown_done_where_other_answers_say_so(
    code: str, task: str, answers: dict[str, Answer], is_done: bool
) -> None:
    made = formula(code, Key(task, "status"), answers)
    assert made.value == ("Đã thực hiện" if is_done else "")
    assert not made.locked


def test_a_cell_shows_what_was_typed_before_its_formula_and_most_have_none() -> None:
    for key in (Key("NV.7a", "status"), Key("NV.7b", "note"), Key("T1", "total"), Key("T3", "answer")):
        assert ledger("SYT", {}).formula(key, "x") is None
    key, source = Key("T10", "total"), Key("HS.T", "resolved_total")
    assert ledger("SYT", {source: 7}).value(key) == 7
    assert ledger("SYT", {source: 7, key: 9}).value(key) == 9
    assert ledger("SYT", {}).value(Key("T99", "total")) == ""
    assert ledger("SYT", {Key("T1", "total"): date(2025, 11, 5)}).number(Key("T1", "total")) == 45966


RECALCULATED = (("SYT", 0), ("SYT", 1), ("NHI", 0), ("NHI", 2), ("X22759", 0), ("BPTTH", 1))


@pytest.fixture(scope="module")
def recalculated(
    tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice
) -> dict[str, tuple[Any, Any]]:
    """Filled forms as written, and as LibreOffice calculates them without any stored result."""
    folder = tmp_path_factory.mktemp("calc")
    made = {f"{code}-{seed}": fill(code, seed).data for code, seed in RECALCULATED}
    made["faulty"] = form_bytes(real(), real().roster.unit("SYT"), Period(2025), FAULTY)
    for name, data in made.items():
        (folder / f"{name}.xlsx").write_bytes(unpaged(without_results(data)))
    out = folder / "out"
    libreoffice.convert(sorted(folder.glob("*.xlsx")), "xlsx", out)
    return {name: (io.BytesIO(data), out / f"{name}.xlsx") for name, data in made.items()}


FAULTY: dict[Key, Answer] = {
    Key("T1", "total"): 12.5,
    Key("T1", "done"): "khoảng 50",
    Key("T2", "total"): -3,
    Key("T2", "done"): 4,
    Key("T12", "status"): "Chưa có số liệu",
    Key("HS.T", "resolved_total"): 10**12,
    Key("HS.T", "status"): "Không phát sinh",
    Key("KS.HT.chung", "valid"): "-",
    Key("KS.HT.chung", "satisfied"): "Tổng số 45",
}


@pytest.mark.requires("soffice")
@pytest.mark.parametrize("name", [*(f"{code}-{seed}" for code, seed in RECALCULATED), "faulty"])
def test_libreoffice_calculates_the_results_that_were_stored(
    name: str, recalculated: dict[str, tuple[Any, Path]]
) -> None:
    written, calculated = recalculated[name]
    formulas = openpyxl.load_workbook(written)
    stored = openpyxl.load_workbook(written, data_only=True)
    theirs = openpyxl.load_workbook(calculated, data_only=True)

    n_compared = 0
    for sheet in formulas.worksheets:
        for cell in (c for row in sheet.iter_rows() for c in row if c.data_type == "f"):
            ours, other = (book[sheet.title][cell.coordinate].value for book in (stored, theirs))
            if isinstance(ours, float):
                assert other == pytest.approx(ours)
            else:
                assert (other or "") == (ours or ""), f"{sheet.title}!{cell.coordinate} {cell.value}"
            n_compared += 1
    assert n_compared >= 5
