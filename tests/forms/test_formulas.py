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
from tests.forms.fill import ONE_OF_EACH_GROUP, fill, real
from tests.libreoffice import LibreOffice, unpaged, without_results

FACTORS = {
    "a": ("total", "done", "pending", "estimate"),
    "parts": tuple(f"{t}:{f}" for t in ("T1", "T2", "T5", "T7") for f in ("total", "done")),
    "channels": ("value",),
    "funding": ("value",),
    "surveys": ("issued", "returned", "valid", "satisfied"),
    "dossiers": (
        "received_total", "received_online", "received_direct", "carried_over", "resolved_total",
        "resolved_early", "resolved_on_time", "resolved_late", "pending_total", "pending_in_time",
        "pending_late",
    ),
}  # fmt: skip
"""The columns of numbers of each table; the first counts once, the second 7 times, the third 13 times …"""


def ledger(code: str, answers: dict[Key, Answer]) -> Ledger:
    unit, year = real().roster.unit(code), ONE_OF_EACH_GROUP[code]
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
    # The rows of this form before T14's: seven on the cover, three about the document … none: T14 is row 11.
    weights = {
        row.key: w
        for s in place(build_form(real(), unit, Period(2025)))
        for t in s.tables
        for _, w, row in t.rows
    }
    assert weights["T14"] == 11
    answers: dict[Key, Answer] = {Key("T14", "total"): 1234, Key("T14", "done"): 1000}

    # 11·1·1234 + 11·7·1000 = 13574 + 77000 = 90574 = 9·9973 + 817
    assert shown_code(form_bytes(real(), unit, Period(2025), answers)) == "0817"


@pytest.mark.parametrize("code", ONE_OF_EACH_GROUP)
@pytest.mark.parametrize("seed", [0, 1])
def test_the_control_code_is_a_weighted_sum_of_all_numbers(code: str, seed: int) -> None:
    data = fill(code, seed).data

    assert shown_code(data) == code_by_other_arithmetic(data)


def test_words_dashes_and_blanks_leave_the_control_code_as_it_is() -> None:
    unit = real().roster.unit("SYT")
    numbers: dict[Key, Answer] = {Key("T1", "total"): 29, Key("T1", "done"): 28}
    words: dict[Key, Answer] = {
        Key("T2", "total"): "-",
        Key("T2", "done"): "…",
        Key("KP.a", "integrated"): "x",
    }

    plain = form_bytes(real(), unit, Period(2025), numbers)
    worded = form_bytes(real(), unit, Period(2025), numbers | words)

    assert shown_code(plain) == shown_code(worded) == code_by_other_arithmetic(worded)


def test_another_figure_gives_another_control_code() -> None:
    unit = real().roster.unit("SYT")
    codes = {
        shown_code(
            form_bytes(real(), unit, Period(2025), {Key("T1", "total"): total, Key("T1", "done"): done})
        )
        for total, done in ((100, 98), (98, 100), (100, 99), (101, 98))
    }

    assert len(codes) == 4


@pytest.mark.parametrize(
    ("weighted_sum", "code"),
    [
        (0, "0000"),
        (9972, "9972"),
        (9973, "0000"),
        (10**15 + 7, "6278"),
        (12.5, "0013"),
        (12.4, "0012"),
        (-1, "9972"),
    ],
)
def test_the_code_is_the_rest_modulo_9973(weighted_sum: float, code: str) -> None:
    made = code_formula("B9", weighted_sum)

    assert made == Formula('=TEXT(B9-9973*INT(B9/9973),"0000")', code)


@pytest.mark.parametrize(
    ("total", "done", "rate"),
    [
        (200, 190, 95.0),
        (0, 0, ""),
        (0, 5, ""),
        (-5, 1, ""),
        (200, "", ""),
        ("", 5, ""),
        ("khoảng 50", 5, ""),
        (3, 0, 0),
    ],
)
def test_a_rate_needs_both_numbers_and_a_total_above_zero(total: Answer, done: Answer, rate: Answer) -> None:
    made = formula("SYT", Key("T1", "rate"), {"T1.total": total, "T1.done": done})

    assert made.text == '=IF(COUNT(F8,G8)<2,"",IF(F8>0,G8/F8*100,""))'
    assert made.value == rate


def test_the_rate_of_a_survey_is_of_its_valid_answers() -> None:
    key = Key("KS.HT.chung", "rate")
    made = ledger("SYT", {Key("KS.HT.chung", "valid"): 50, Key("KS.HT.chung", "satisfied"): 45}).formula(
        key, "04 hài lòng"
    )

    assert made is not None
    assert made.value == 90.0


@pytest.mark.parametrize(
    ("answers", "value"),
    [
        ({"T1.total": 5, "T1.done": 5}, "Có số liệu"),
        ({"T1.total": 5}, ""),
        ({"T1.total": 5, "T1.done": "x"}, ""),
        ({}, ""),
    ],
)
def test_a_row_has_figures_once_both_numbers_stand_there(answers: dict[str, Answer], value: str) -> None:
    made = formula("SYT", Key("T1", "status"), answers)

    assert made == Formula('=IF(COUNT(F8,G8)=2,"Có số liệu","")', value, locked=False)


def test_a_sum_of_parts_waits_for_every_part_and_is_one_range() -> None:
    parts = real().roster.unit("TBC").parts
    unit = real().roster.unit("TBC")
    items = {i.code: i for i in real().plan.items}
    sheets = place(build_form(real(), unit, Period(2025)))
    all_but_one: dict[Key, Answer] = {Key("T5", "total", p): 10 for p in parts[1:]}

    waiting = Ledger.of(items, sheets, all_but_one).formula(Key("T5", "total"), "01-A số liệu")
    complete = Ledger.of(items, sheets, all_but_one | {Key("T5", "total", parts[0]): 3}).formula(
        Key("T5", "total"), "01-A số liệu"
    )

    range_ = "'Chi tiết theo xã'!I10:I15"
    assert waiting == Formula(f'=IF(COUNT({range_})<6,"",SUM({range_}))', "")
    assert complete == Formula(f'=IF(COUNT({range_})<6,"",SUM({range_}))', 53)


def test_a_sum_over_named_sources_needs_one_of_them() -> None:
    cells = [Key("HS.H", "resolved_total"), Key("HS.X", "resolved_total")]
    key = Key("T10", "total")

    both = "'03 hồ sơ TTHC'!I9,'03 hồ sơ TTHC'!I10"
    text = f'=IF(COUNT({both})<1,"",SUM({both}))'
    for typed, value in (({}, ""), ({cells[0]: 7}, 7), ({cells[0]: 7, cells[1]: 5}, 12)):
        made = ledger("NHI", dict(typed)).formula(key, "01-A số liệu")
        assert made == Formula(text, value)


@pytest.mark.parametrize(
    ("task", "answers", "value"),
    [
        ("NV.7b", {"HT.b.events": 3}, "Đã thực hiện"),
        ("NV.7b", {"HT.b.events": 0}, ""),
        ("NV.7b", {"HT.b.events": "nhiều"}, ""),
        ("NV.7c", {"T2.total": 5, "T2.done": 2}, "Đã thực hiện"),
        ("NV.7c", {"T2.total": 5}, ""),
        ("NV.7dd", {"T3.answer": "Có"}, "Đã thực hiện"),
        ("NV.7dd", {"T3.answer": "Không có trang riêng"}, ""),
    ],
)
def test_a_task_is_shown_done_where_other_answers_say_so(
    task: str, answers: dict[str, Answer], value: str
) -> None:
    made = formula("SYT", Key(task, "status"), answers)

    assert made.value == value
    assert not made.locked


def test_a_task_is_shown_done_by_a_ticked_topic() -> None:
    for typed, value in (({}, ""), ({Key("ND.d", "ticked"): "x"}, "Đã thực hiện")):
        made = ledger("BPTTH", dict(typed)).formula(Key("NV.8d", "status"), "x")
        assert made is not None
        assert made.value == value


def test_what_the_unit_types_has_no_formula() -> None:
    for key in (Key("NV.7a", "status"), Key("NV.7b", "note"), Key("T1", "total"), Key("T3", "answer")):
        assert ledger("SYT", {}).formula(key, "x") is None


def test_a_cell_shows_what_was_typed_before_its_formula() -> None:
    key = Key("T10", "total")

    assert ledger("SYT", {Key("HS.T", "resolved_total"): 7}).value(key) == 7
    assert ledger("SYT", {Key("HS.T", "resolved_total"): 7, key: 9}).value(key) == 9
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
