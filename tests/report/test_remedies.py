"""What keeps a report from being final is told with what really settles it, and with nothing that can't."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dvctt_report.model import CellRef, Finding, ReturnStatus, Severity, finding_id
from dvctt_report.plan.model import Profile
from dvctt_report.report.final import remedy_of
from dvctt_report.store.workspace import BOOK
from dvctt_report.year.rules import check
from tests.report.conftest import DATASET, RETURNS, build
from tests.year.rules.tables import dataset as table_dataset
from tests.year.rules.tables import profile, target, with_communes

FILE = "nhan-ve/2025/H1.xlsx"


def fault(code: str, at: CellRef | None = None, fix: str = "", **more: Any) -> Finding:
    return Finding(code, Severity.ERROR, "sai", unit="H1", at=at, fix=fix, **more)


def test_a_cell_of_the_tracking_book_is_put_right_there() -> None:
    wrong = fault("NH71", CellRef(BOOK, "Năm 2025", "E5"), "Ghi lại ngày, tháng, năm.")
    assert remedy_of(DATASET, wrong) == (
        "Ghi lại ngày, tháng, năm. Sửa ô E5 của so-theo-doi.xlsx, lưu rồi chạy: dvctt-report collect."
    )


def test_a_usable_figure_may_be_overridden_or_accepted_by_commands_to_copy() -> None:
    wrong = fault("SL04", CellRef(FILE, "01-A", "G5"), "Kiểm tra lại", item="T1", field="done")
    assert remedy_of(DATASET, wrong) == (
        "Kiểm tra lại; hoặc đính chính: dvctt-report decide "
        f'{finding_id(wrong)} --set "T1.done=SỐ" --reason "…" --document '
        f'"…"; hoặc chấp nhận: dvctt-report decide {finding_id(wrong)} --accept --reason "…" --document "…"; '
        f"hoặc để ngoài tổng hợp: dvctt-report decide {finding_id(wrong)} --leave-out."
    )


def test_a_cell_without_a_figure_may_only_be_overridden() -> None:
    said = remedy_of(DATASET, fault("DL01", CellRef(FILE, "01-A", "G9"), item="T4", field="done"))
    assert said.startswith('Đính chính: dvctt-report decide DL01-127247 --set "T4.done=SỐ"')
    assert "--accept" not in said


@pytest.mark.parametrize("item", ["VB", "X9", "", "T3"])
def test_what_no_override_can_be_put_in_is_not_to_be_overridden(item: str) -> None:
    """A row of a list, an item that there isn't, none at all, one that the unit isn't asked."""
    assert "--set" not in remedy_of(DATASET, fault("DL01", CellRef(FILE, "01-A", "G9"), item=item))


def test_a_file_as_a_whole_may_be_left_out_and_not_accepted() -> None:
    wrong = fault("NH47", CellRef(FILE, "01-A"), "Đề nghị đơn vị nhập số")
    assert remedy_of(DATASET, wrong) == (
        "Đề nghị đơn vị nhập số; hoặc không dùng tệp này: dvctt-report decide 00000000 --reject --reason "
        f'"…"; hoặc để ngoài tổng hợp: dvctt-report decide {finding_id(wrong)} --leave-out.'
    )


def test_an_override_that_is_asked_about_has_its_own_remedy() -> None:
    fix = "Ghi lại, hoặc bỏ: dvctt-report decide T1.done --unit H1 --undo"
    assert remedy_of(DATASET, fault("QD03", None, fix)) == f"{fix}."


def test_figures_of_a_unit_whose_file_is_not_chosen_yet_are_not_to_be_overridden() -> None:
    undecided = [replace(r, status=ReturnStatus.UNDECIDED) if r.unit == "H1" else r for r in RETURNS]
    wrong = fault("DL01", CellRef(FILE, "01-A", "G9"), "Hỏi đơn vị.", item="T4", field="done")
    assert remedy_of(build(undecided), wrong) == "Hỏi đơn vị."


EMPTY_ROW = """
unit 10  | item | total | done
H        | T1   |       |
H        | T10  |       |
H/Xã Một | T1   | 10    | 12
H/Xã Một | T10  | 10    | 10
H/Xã Hai | T1   |       |
H/Xã Hai | T10  |       |
"""
BY_COMMUNE = profile(target("T1", 100, by_part="parts"), target("T10", 100, by_part="parts"))


def test_what_is_wrong_in_a_communes_row_is_put_right_in_that_communes_cells() -> None:
    of = table_dataset(EMPTY_ROW, Profile(plan=BY_COMMUNE.plan, roster=with_communes().roster))
    said = {f.code: remedy_of(of, f) for f in check(of) if f.part}
    assert '--set "T1.done@Xã Một=SỐ"' in said["SL02"]
    assert '--set "T1.…@Xã Hai=SỐ"' in said["SL04"]
    assert "reject" not in said["SL04"], "one empty row is no reason to do without the whole return"
