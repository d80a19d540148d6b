"""What may be decided about an open matter: only what is possible is offered, in commands and in Excel."""

from __future__ import annotations

from enum import StrEnum

from dvctt_report.model import Finding, Key, Severity
from dvctt_report.model.codes import CODES, Settled, Trait, has
from dvctt_report.year.corrections import cells_of, name_cell
from dvctt_report.year.dataset import Dataset, once
from dvctt_report.year.rules.claims import not_applicable_claimed
from dvctt_report.year.summary.acceptable import why_not_acceptable


class Way(StrEnum):
    """A kind of decision, in the words that the officer chooses it by."""

    USE = "Dùng tệp"
    ASSIGN = "Của đơn vị"
    KEEP = "Giữ số đơn vị"
    PUT = "Số đúng"
    ACCEPT = "Chấp nhận"
    NOT_APPLICABLE = "Không áp dụng"
    SYSTEM = "Dùng số của hệ thống"
    CLOSE = "Kết thúc thu nhận số liệu"
    LEAVE_OUT = "Để ngoài tổng hợp"
    IN_TIME = "Đúng hạn"
    LATE = "Sau thời hạn"
    IN_TIME_BUT = "Đúng hạn, trừ (ghi tên ở cột bên)"
    SEND_BACK = "Trả lại"
    ASK_AGAIN = "Không đồng ý, hỏi lại"
    UNDO = "Bỏ quyết định"


BESIDE = "tệp không dùng được của đơn vị đã có tệp khác được dùng"
"""What :meth:`Dataset.is_beside` tells, in the words of every output: its error bars no figure."""


def about_beside(how: str) -> str:
    """Say what is to be done about such a file; ``how``: how it is turned down here."""
    return f"Đơn vị đã có tệp khác được dùng; hỏi lại nếu tệp này gửi sau, không cần nữa thì {how}."


def ways_of(dataset: Dataset, finding: Finding) -> tuple[Way, ...]:
    """Every decision that may be made about an open finding, in the order in which they are offered."""
    settled, cell, ways = CODES[finding.code].settled, named_cell(dataset, finding), []
    if has(finding.code, Trait.WHOSE_UNKNOWN) and file_of(dataset, finding):
        ways.append(Way.ASSIGN)
    about_put = settled is Settled.OVERRIDDEN
    if about_put:
        ways.append(Way.KEEP)
    if cell:
        ways.append(Way.PUT)
    if settled is Settled.CLOSED:
        ways.append(Way.CLOSE)
    elif why_not_acceptable(dataset, finding) is None:
        ways.append(Way.NOT_APPLICABLE if finding.code == not_applicable_claimed.code else Way.ACCEPT)
    elif not finding.item and not in_cell(finding) and file_of(dataset, finding):
        ways.append(Way.SEND_BACK)
    counts = finding.whole or dataset.effective(finding.unit) is not None
    doubted = finding.severity is Severity.WARNING and cell and "…" not in cell
    barring = finding.bars and not dataset.is_beside(finding)
    if counts and not about_put and (barring or doubted):
        ways.append(Way.LEAVE_OUT)
    return tuple(ways)


def named_cell(dataset: Dataset, finding: Finding) -> str:
    """Name the cell that a figure can be put in, "…" for the field that isn't known; "" for none.

    Of an empty row of a commune that is its first cell.
    """
    code, field = finding.item, finding.field
    if not code and finding.against and in_cell(finding):
        code, field = finding.against[0].item, finding.against[0].field
    unit = dataset.units_by_code.get(finding.unit)
    item = dataset.profile.plan.items_by_code.get(code)
    if unit is None or item is None or item.kind == "listing":
        return ""
    if dataset.effective(unit.code) is None and dataset.paper(unit.code) is None:
        return ""
    asked, same = _asked(dataset), (dataset.item_codes(unit), unit.parts)
    if same not in asked:
        asked[same] = {}
        for cell in cells_of(dataset.profile, unit):
            asked[same].setdefault((cell.item, cell.part), set()).add(cell.field)
    fields = asked[same].get((item.code, finding.part), set())
    if not fields or (field and field not in fields):
        return ""
    return name_cell(Key(item.code, field or "…", finding.part))


def in_cell(finding: Finding) -> bool:
    """Whether a finding points at a cell."""
    return finding.at is not None and bool(finding.at.cell)


def file_of(dataset: Dataset, finding: Finding) -> str:
    """The digest of the received file that a finding is about; "" where it is about none."""
    return _files(dataset).get(finding.at.file, "") if finding.at is not None else ""


@once
def _asked(_: Dataset) -> dict[tuple[frozenset[str], tuple[str, ...]], dict[tuple[str, str], set[str]]]:
    """The fields that units are asked, as far as they were looked for, by their items and communes."""
    return {}


@once
def _files(dataset: Dataset) -> dict[str, str]:
    return {one.file: one.sha256 for one in reversed(dataset.returns)}
