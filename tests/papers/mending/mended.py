"""A unit's return with faults in it, and the list that it is sent; filled in as units do."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

import openpyxl

from dvctt_report.model import Acceptance, CellRef, Finding, ReplyKind, Return, Severity, finding_id
from dvctt_report.model.period import Period
from dvctt_report.papers.mending.lists import MendingList, mending_lists
from dvctt_report.papers.mending.workbook import WorkbookHead, mending_bytes
from dvctt_report.store.workspace import BOOK
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year
from tests.forms.fill import real
from tests.intake.returns import collected, observed

HOSTILE = '=cmd|"/c calc"!A1 {{ x }} <C> & \x0b_x000B_'
HEAD = WorkbookHead("Sở A", datetime(2025, 11, 14, 17, 0), date(2025, 11, 18))
_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@cache
def returned() -> Return:
    """What a department sent: a numerator in words, one too large, a hostile text for an evidence."""
    answers: dict[str, Any] = {
        "T1.total": 80,
        "T1.done": "khoảng 50",
        "T2.total": 10,
        "T2.done": 12,
        "T3.evidence": HOSTILE,
        "_.document_number": "12/BC-SYT",
        "_.sent_on": date(2025, 11, 5),
    }
    return replace(collected(answers), findings=())


def found() -> tuple[Finding, ...]:
    """Findings of every kind, in the order in which nobody should read them."""
    own = returned()
    at = {name: observed(own, name).at for name in ("T1.done", "T2.done", "T3.evidence", "T12.total")}
    return (
        Finding("TH01", _INFO, "gửi muộn", "", "SYT", at=CellRef(own.file)),
        Finding("MK01", _WARNING, "mã khác nhau", "Đề nghị đơn vị xác nhận.", "SYT", at=CellRef(own.file)),
        Finding("BC02", _WARNING, f"lạ: {HOSTILE}", "Xem lại.", "SYT", "T3", "evidence", at["T3.evidence"]),
        Finding("SL02", _ERROR, "12 lớn hơn 10", "Kiểm tra ô G9.", "SYT", "T2", "done", at["T2.done"], "12"),
        Finding(
            "DL01", _ERROR, "không phải con số", "Ghi số.", "SYT", "T1", "done", at["T1.done"], "khoảng 50"
        ),
        Finding("SL04", _ERROR, "chưa trả lời", "Điền số liệu.", "SYT", "T12", "", at["T12.total"]),
        Finding("NH65", _WARNING, "mất tệp", "Chép lại tệp.", "SYT", at=CellRef(own.file)),
        Finding("NH64", _WARNING, "ghi đè", "Chạy: dvctt-report decide 1 --use", "SYT", at=CellRef(own.file)),
        Finding("NH73", _WARNING, "kênh lạ", "Chọn.", "SYT", at=CellRef(BOOK, "Năm 2025", "E5")),
        Finding("NH10", _WARNING, "tệp có macro", "", "SYT", at=CellRef(own.file)),
    )


def dataset(*returns: Return) -> Dataset:
    """The year's data with these files; what a unit wishes to keep is proposed, as after ``collect``."""
    kept = (r for received in returns for r in received.replies if r.kind is ReplyKind.KEPT and r.reason)
    wishes = [Acceptance(r.finding, r.unit, "", r.reason, "", r.unit, HEAD.made, True) for r in kept]
    day = date(2025, 11, 14)
    return Dataset(real(), Period(2025), returns or (returned(),), day, acceptances=wishes)


def asked(*replies: Return) -> MendingList:
    """The department's list."""
    (one,) = mending_lists(Year(dataset(returned(), *replies), found()))
    return one


def sheet(head: WorkbookHead = HEAD) -> bytes:
    return mending_bytes(asked(), real(), head)


def name(code: str) -> str:
    """The short name of the finding with that code."""
    return next(finding_id(f) for f in found() if f.code == code)


def answer(data: bytes, said: Mapping[str, tuple[str, str]]) -> bytes:
    """The list with opinion and reason typed in, by the finding's short name; saved by another program."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book.worksheets[0]
    marker = next(c.row for c in page["A"] if c.value == "#chinh-ly")
    at = {page.cell(marker, n).value: n for n in range(1, page.max_column + 1)}
    for row in range(marker + 1, page.max_row + 1):
        if (key := page.cell(row, 1).value) in said:
            for column, text in zip(("opinion", "reason"), said[key], strict=True):
                page.cell(row, at[column]).value = text or None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
