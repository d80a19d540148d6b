"""Which findings an officer may accept: those about a figure that can be printed as it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from dvctt_report.forms.formulas import sums_of
from dvctt_report.model import Finding, FindingState, Key, Severity, State
from dvctt_report.model.answers import whole
from dvctt_report.model.codes import CODES, RULES_BY_CODE, Bars, Settled, Trait, has
from dvctt_report.plan.fields import fields
from dvctt_report.plan.model import Item, Unit
from dvctt_report.year.corrections import cells_of, name_cell
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import is_asked_as, is_blank
from dvctt_report.year.summary.contributions import contribution
from dvctt_report.year.summary.standing import Standing


class Refusal(NamedTuple):
    """Why a finding can't be accepted, as a clause, and what to do instead, as a sentence."""

    because: str
    instead: str


def why_not_acceptable(dataset: Dataset, finding: Finding) -> Refusal | None:
    """Say why accepting ``finding`` would leave nothing to print; None where it may be accepted.

    Not acceptable: what is only disclosed, a file that can't be used, a cell without a usable figure, a part
    that is greater than its whole, and one of two figures of the unit that contradict each other: an
    acceptance would pick one. A figure that is merely doubted may be.
    """
    about = CODES[finding.code]
    if finding.severity is Severity.INFO:
        return Refusal("chỉ nêu để biết, không chờ quyết định", "")
    if finding.state is FindingState.OVERRIDDEN:
        return Refusal("ô này đã được đính chính", "Xem: dvctt-report decide")
    if about.settled is Settled.OVERRIDDEN:
        return Refusal("đây là câu hỏi về một đính chính", finding.fix)
    if about.settled is Settled.LEFT_OUT:
        return Refusal("đây là số để ngoài tổng hợp", "Đưa lại vào: dvctt-report decide --undo")
    if has(finding.code, Trait.WHOSE_OPEN):
        return Refusal("phải quyết định tệp này là của đơn vị nào", finding.fix)
    if finding.severity is not Severity.ERROR or finding.whole:
        return None
    if not finding.item and finding.against:
        first = finding.against[0]
        return why_not_acceptable(dataset, replace(finding, item=first.item, field=first.field, against=()))
    if not finding.item:
        at_file = finding.at is not None and not finding.at.cell and finding.code not in RULES_BY_CODE
        whole_file = about.bars is Bars.RETURN or at_file
        return Refusal("lỗi của cả tệp, không có số liệu để chấp nhận", finding.fix) if whole_file else None
    unit = dataset.units_by_code.get(finding.unit)
    item = dataset.profile.plan.items_by_code.get(finding.item)
    if unit is None or item is None:
        return None
    return _without_figure(dataset, unit, item, finding)


def _without_figure(dataset: Dataset, unit: Unit, item: Item, finding: Finding) -> Refusal | None:
    """Say why no figure would be left to print of what a finding is about; None where one is.

    That is the answers in its cell, else in its field, else in its row. A figure is to be put into the cell
    that it points at, else into the one that it names.
    """
    answers = dataset.observations(unit.code, finding.item)
    in_cell = tuple(o for o in answers if finding.at is not None and finding.at.cell and o.at == finding.at)
    named = tuple(o for o in answers if o.field == finding.field and not o.part)
    row = tuple(o for o in answers if not o.part and o.field in ("total", "done", "answer"))
    about = in_cell or (named if finding.field else row)
    known = finding.field if finding.field in {f.code for f in fields(item)} else "…"
    pointed = next((o.key for o in about if finding.at is not None and o.at == finding.at), None)
    instead = f"Ghi số đúng bằng: {_put(unit, pointed or Key(item.code, known), 'SỐ')}"
    if not about or any(is_blank(o) or o.state is State.UNREADABLE for o in about):
        return Refusal("ô này chưa có con số dùng được", instead)
    if has(finding.code, Trait.CONTRADICTION):
        total = about[0].key
        sums = sums_of(cells_of(dataset.profile, unit), dataset.profile.plan.items_by_code)
        detail = next(iter(sums.get(total, ())), total)
        return Refusal(
            f"hai số của đơn vị trái nhau ({finding.message}), chấp nhận là tự chọn một trong hai",
            f"Ghi số đúng của ô tổng: {_put(unit, total, about[0].raw.strip() or 'SỐ')}; hoặc của ô chi "
            f"tiết: {_put(unit, detail, 'SỐ')}",
        )
    for part in dict.fromkeys(o.part for o in about):
        n_total, n_done = (
            whole(dataset.observation(unit.code, item.code, f, part)) for f in ("total", "done")
        )
        if n_total is not None and n_done is not None and n_done > n_total:
            return Refusal("số đã thực hiện lớn hơn tổng số thì không tính được tỷ lệ", instead)
    if not is_asked_as(item, "ratio", "answer", "count"):
        return None
    tally = contribution(dataset, item, unit, Standing()).tally
    return None if tally else Refusal("nội dung này chưa có đủ số liệu dùng được", instead)


def _put(unit: Unit, cell: Key, text: str) -> str:
    """The command that puts a figure in the place of a cell."""
    return f'dvctt-report decide --unit {unit.code} --set "{name_cell(cell)}={text}" --reason … --document …'
