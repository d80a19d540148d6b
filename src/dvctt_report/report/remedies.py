"""What can be done about an open error, so that a report may be final: only what is possible is advised."""

from __future__ import annotations

from collections.abc import Iterator

from dvctt_report.codes import CODES, Settled, Trait, has
from dvctt_report.corrections import cells_of, name_cell
from dvctt_report.dataset import Dataset
from dvctt_report.forms.form import Key
from dvctt_report.model import Finding, finding_id
from dvctt_report.summary.acceptable import why_not_acceptable
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
    if has(finding.code, Trait.WHOSE_UNKNOWN) and (sha256 := _file(dataset, finding)):
        yield f"cho biết của đơn vị nào: dvctt-report register assign {sha256[:8]} ĐƠN-VỊ"
    if cell := _overridable(dataset, finding):
        yield f'đính chính: dvctt-report override set {finding.unit} "{cell}=SỐ" {_BY}'
    if why_not_acceptable(dataset, finding) is None:
        yield f"chấp nhận: dvctt-report accept {finding_id(finding)} {_BY}"
    elif not finding.item and not _in_cell(finding) and (sha256 := _file(dataset, finding)):
        yield f"không dùng tệp này: dvctt-report register reject {sha256[:8]} {_WHY}"
    decided = CODES[finding.code].settled is Settled.OVERRIDDEN
    if finding.bars and not decided and dataset.effective(finding.unit) is not None:
        yield f"để ngoài tổng hợp: dvctt-report leave-out {finding_id(finding)}"


def _overridable(dataset: Dataset, finding: Finding) -> str:
    """Name the cell that an override can be put in, "…" for the field that isn't known; "" for none.

    Of an empty row of a commune that is its first cell.
    """
    about = finding.figures[:1] if finding.item or _in_cell(finding) else ()
    unit = next((u for u in dataset.units if u.code == finding.unit), None)
    item = next((i for ref in about for i in dataset.profile.plan.items if i.code == ref.item), None)
    if unit is None or item is None or item.kind == "listing":
        return ""
    if dataset.effective(unit.code) is None and dataset.paper(unit.code) is None:
        return ""
    asked = cells_of(dataset.profile, unit)
    fields = {key.field for key in asked if key.item == item.code and key.part == finding.part}
    field = about[0].field
    if not fields or (field and field not in fields):
        return ""
    return name_cell(Key(item.code, field or "…", finding.part))


def _in_cell(finding: Finding) -> bool:
    return finding.at is not None and bool(finding.at.cell)


def _file(dataset: Dataset, finding: Finding) -> str:
    """The digest of the received file that a finding is about; "" where it is about none."""
    at = finding.at
    return next((r.sha256 for r in dataset.returns if at is not None and r.file == at.file), "")


def _joined(ways: list[str]) -> str:
    said = "; hoặc ".join(way.rstrip(".") for way in ways if way)
    return f"{said[:1].upper()}{said[1:]}." if said else "Xem: dvctt-report validate."
