"""What can be done about an open error, so that a report may be final: only what is possible is advised."""

from __future__ import annotations

from collections.abc import Iterator

from dvctt_report.codes import CODES, Settled
from dvctt_report.dataset import Dataset
from dvctt_report.model import Finding, finding_id
from dvctt_report.report.ways import Way, file_of, named_cell, ways_of
from dvctt_report.workspace import BOOK

_WHY = '--reason "…"'
_BY = f'{_WHY} --document "…"'


def remedy_of(dataset: Dataset, finding: Finding) -> str:
    """Say what settles an open error, as one sentence: its own remedy, then every decision that may be made.

    What is wrong in the tracking book is put right there; no decision about a figure could do it.
    """
    if CODES[finding.code].settled is Settled.TRACKED and finding.at is not None:
        where = f"ô {finding.at.cell} của {BOOK}" if finding.at.cell else BOOK
        return _joined([finding.fix]) + f" Sửa {where}, lưu rồi chạy: dvctt-report collect."
    return _joined([finding.fix, *_decisions(dataset, finding)])


def _decisions(dataset: Dataset, finding: Finding) -> Iterator[str]:
    """The commands for every decision that may be made about it."""
    name = finding_id(finding)
    for way in ways_of(dataset, finding):
        match way:
            case Way.ASSIGN:
                file = file_of(dataset, finding)[:8]
                yield f"cho biết của đơn vị nào: dvctt-report register assign {file} ĐƠN-VỊ"
            case Way.PUT:
                cell = named_cell(dataset, finding)
                yield f'đính chính: dvctt-report override set {finding.unit} "{cell}=SỐ" {_BY}'
            case Way.ACCEPT | Way.NOT_APPLICABLE:
                yield f"chấp nhận: dvctt-report accept {name} {_BY}"
            case Way.SEND_BACK:
                file = file_of(dataset, finding)[:8]
                yield f"không dùng tệp này: dvctt-report register reject {file} {_WHY}"
            case Way.LEAVE_OUT:
                yield f"để ngoài tổng hợp: dvctt-report leave-out {name}"
            case _:
                pass


def _joined(ways: list[str]) -> str:
    said = "; hoặc ".join(way.rstrip(".") for way in ways if way)
    return f"{said[:1].upper()}{said[1:]}." if said else "Xem: dvctt-report validate."
