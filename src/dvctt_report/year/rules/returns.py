"""Was the return sent, in time, and is the file the one that was signed?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dvctt_report.model import ArrivedBy, CellRef, Return
from dvctt_report.text.vietnamese import format_date
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import effective_returns
from dvctt_report.year.rules.rule import RuleFault, limit_of, rule


@rule("TH01")
def late(dataset: Dataset) -> Iterator[RuleFault]:
    """Tell by how many days a return, or a paper without figures, is late.

    By the day the first one is judged by: its own, or that of its arrival where this is later.
    """
    last_day = dataset.profile.plan.deadline.last_day(dataset.period)
    for unit in dataset.units:
        found = dataset.effective(unit.code) or dataset.paper(unit.code)
        first = dataset.first_sent(unit.code)
        judged_on = first.judged_on if first else None
        if found is not None and first is not None and judged_on is not None and judged_on > last_day:
            days = (judged_on - last_day).days
            own = f"ngày {format_date(first.sent_on)}" if first.sent_on else "không ghi ngày"
            came = "" if first.sent_on == judged_on else f", {first.arrived}"
            least = "ít nhất " if came and first.arrived_by is ArrivedBy.MISSING else ""
            message = f"báo cáo {own}{came}, gửi sau thời hạn quy định {least}{days} ngày"
            yield _of_file(found, message, "", format_date(judged_on))


@rule("TH02")
def not_sent(dataset: Dataset) -> Iterator[RuleFault]:
    """Name the units of which no file has come, of whatever quality, once the last day has passed.

    A unit that a file may be of, whose it isn't decided, is no such unit; nor is one whose file is gone.
    """
    last_day = dataset.profile.plan.deadline.last_day(dataset.period)
    if dataset.today <= last_day:
        return
    heard_of = {received.unit for received in dataset.returns} | dataset.contested | dataset.lost
    for unit in dataset.units:
        if unit.code not in heard_of:
            yield RuleFault(f"chưa gửi báo cáo; thời hạn là ngày {format_date(last_day)}", "", unit=unit.code)


@rule("TH03")
def date_missing(dataset: Dataset) -> Iterator[RuleFault]:
    """Report effective returns that don't say when they were sent; an earlier one may, and is judged by."""
    for unit, found in effective_returns(dataset):
        if found.submission.sent_on is None:
            first = dataset.first_sent(unit.code)
            known = format_date(first.judged_on) if first and first.judged_on else ""
            by = "bản gửi ngày" if first and first.sent_on else "ngày đến"
            so = f"; thời hạn xét theo {by} {known}" if known else " nên chưa xét được thời hạn"
            message = f"chưa ghi ngày của văn bản gửi báo cáo{so}"
            yield _of_file(found, message, "Ghi ngày của văn bản vào sổ theo dõi.")


@rule("TH04")
def sent_in_the_future(dataset: Dataset) -> Iterator[RuleFault]:
    """Report returns that were sent on a day still to come."""
    for _, found in effective_returns(dataset):
        sent_on = found.submission.sent_on
        if sent_on is not None and sent_on > dataset.today:
            sent, now = format_date(sent_on), format_date(dataset.today)
            fix = "Kiểm tra lại ngày, tháng, năm ở trang ký hoặc ở sổ theo dõi."
            yield _of_file(found, f"ngày gửi báo cáo ({sent}) ở sau ngày kiểm tra ({now})", fix, sent)


@rule("TH05")
def signed_before_cut_off(dataset: Dataset) -> Iterator[RuleFault]:
    """Report returns dated well before the last day of the data, within their period."""
    period, tolerated = dataset.profile.plan.period, limit_of("TH05")
    first, last = period.start(dataset.period), period.cut_off(dataset.period)
    for _, found in effective_returns(dataset):
        sent_on = found.submission.sent_on
        if sent_on is not None and first <= sent_on and (last - sent_on).days > tolerated:
            sent, apart = format_date(sent_on), f"({format_date(last)}) {(last - sent_on).days} ngày"
            fix = "Đề nghị đơn vị xác nhận số liệu tính đến ngày nào, bổ sung nếu thiếu."
            yield _of_file(found, f"văn bản ngày {sent}, trước ngày chốt số liệu {apart}", fix, sent)


@rule("MK01")
def control_code_differs(dataset: Dataset) -> Iterator[RuleFault]:
    """Compare the control code that stands in the file with the one that its figures give.

    Where the officer has entered that of the signed document, that is what counts (MK02).
    """
    for _, found in effective_returns(dataset):
        said = found.submission
        stated, computed = said.control_code, said.computed_code
        if stated and computed and stated != computed and not said.signed_code:
            message = f"mã đối chiếu ghi trong tệp ({stated}) khác mã tính lại từ số liệu ({computed})"
            fix = "Đề nghị đơn vị xác nhận bản đã ký hoặc gửi lại tệp."
            yield _of_file(found, message, fix, stated, said.cell("control_code"))


@rule("MK02")
def signed_code_differs(dataset: Dataset) -> Iterator[RuleFault]:
    """Compare the control code on the signed document with the one that the file's figures give."""
    for _, found in effective_returns(dataset):
        said = found.submission
        own = said.computed_code or said.control_code
        if said.signed_code and own and said.signed_code != own:
            message = f"mã đối chiếu trên bản ký ({said.signed_code}) khác mã của tệp Excel ({own})"
            fix = "Đề nghị đơn vị gửi lại tệp đúng với bản ký, hoặc kiểm tra lại bốn chữ số đã ghi."
            fault = _of_file(found, message, fix, said.signed_code, said.signed_at)
            yield replace(fault, related=(CellRef(found.file),))


def _of_file(
    received: Return, message: str, fix: str, value: str = "", at: CellRef | None = None
) -> RuleFault:
    """A fault of a unit's whole return, which stands at its file where no cell is known."""
    return RuleFault(message, fix, unit=received.unit, at=at or CellRef(received.file), value=value)
