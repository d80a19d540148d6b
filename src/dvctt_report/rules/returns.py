"""Was the return sent, in time, and is the file the one that was signed?"""

from __future__ import annotations

from collections.abc import Iterator

from dvctt_report.dataset import Dataset
from dvctt_report.model import CellRef
from dvctt_report.plan.rule_settings import limit_of
from dvctt_report.rows import effective_returns
from dvctt_report.rules.rule import Fault, rule
from dvctt_report.vietnamese import format_date


@rule(
    code="TH01",
    title="Gửi sau thời hạn quy định",
    rationale="Số liệu gửi muộn vẫn được dùng; báo cáo nêu tình hình chấp hành thời hạn. Đơn vị gửi "
    "lại bản chỉnh lý thì xét theo lần gửi đầu.",
    source="Thời hạn báo cáo trong kế hoạch (mục deadline của plan.toml), tính theo ngày của văn bản gửi.",
    missing="skip",
    example="TH01 · Cơ quan A: báo cáo ngày 18/12/2025, gửi sau thời hạn quy định 3 ngày.",
)
def late(dataset: Dataset) -> Iterator[Fault]:
    """Tell by how many days a return, or a paper without figures, is late.

    By the date of the first one: in the tracking book, else the one that the unit itself gives.
    """
    last_day = dataset.profile.plan.deadline.last_day(dataset.year)
    for unit in dataset.units:
        found = dataset.effective(unit.code) or dataset.paper(unit.code)
        first = dataset.first_sent(unit.code)
        sent_on = first.sent_on if first else None
        if found is not None and sent_on is not None and sent_on > last_day:
            days = (sent_on - last_day).days
            yield Fault(
                f"báo cáo ngày {format_date(sent_on)}, gửi sau thời hạn quy định {days} ngày",
                "",
                unit=unit.code,
                at=CellRef(found.file),
                value=format_date(sent_on),
            )


@rule(
    code="TH02",
    title="Chưa gửi báo cáo",
    rationale="Đơn vị chưa gửi làm giảm độ phủ của mọi kết quả; tên đơn vị đưa vào văn bản đôn đốc. Đơn vị "
    "đã gửi tệp nhưng chưa dùng được thì không nêu ở đây mà nêu theo lỗi của tệp; còn trong thời hạn thì "
    "chưa nêu (xem lệnh status).",
    source="Thời hạn báo cáo trong kế hoạch (mục deadline của plan.toml) và danh sách đơn vị (units.toml).",
    missing="is_the_fault",
    example="TH02 · Cơ quan A: chưa gửi báo cáo; thời hạn là ngày 15/12/2025.",
)
def not_sent(dataset: Dataset) -> Iterator[Fault]:
    """Name the units of which no file has come, of whatever quality, once the last day has passed."""
    last_day = dataset.profile.plan.deadline.last_day(dataset.year)
    if dataset.today <= last_day:
        return
    heard_of = {found.unit for found in dataset.returns}
    for unit in dataset.units:
        if unit.code not in heard_of:
            yield Fault(
                f"chưa gửi báo cáo; thời hạn là ngày {format_date(last_day)}",
                "",
                unit=unit.code,
            )


@rule(
    code="TH03",
    title="Không ghi ngày của văn bản gửi báo cáo",
    rationale="Đúng hạn hay muộn được xét theo ngày của văn bản, không theo giờ của tệp trên máy tính.",
    source="Trang ký của biểu mẫu: ngày ký, gửi báo cáo.",
    missing="is_the_fault",
    example="TH03 · Cơ quan A: chưa ghi ngày của văn bản gửi báo cáo nên chưa xét được thời hạn. Ghi ngày "
    "ký, gửi báo cáo ở phần ký xác nhận của biểu, hoặc ghi ngày gửi vào sổ theo dõi.",
)
def date_missing(dataset: Dataset) -> Iterator[Fault]:
    """Report effective returns that don't say when they were sent; an earlier one may, and is judged by."""
    for unit, found in effective_returns(dataset):
        if found.submission.sent_on is None:
            first = dataset.first_sent(unit.code)
            known = format_date(first.sent_on) if first and first.sent_on else ""
            so = f"; thời hạn xét theo bản gửi ngày {known}" if known else " nên chưa xét được thời hạn"
            yield Fault(
                f"chưa ghi ngày của văn bản gửi báo cáo{so}",
                "Ghi ngày ký, gửi báo cáo ở phần ký xác nhận của biểu, hoặc ghi ngày gửi vào sổ theo dõi.",
                unit=unit.code,
                at=CellRef(found.file),
            )


@rule(
    code="TH04",
    title="Ngày gửi ở sau ngày kiểm tra",
    rationale="Ngày gửi quyết định đúng hạn hay muộn và bản nào có hiệu lực; ngày chưa tới là ghi nhầm.",
    source="Trang ký của biểu mẫu: ngày ký, gửi báo cáo; sổ theo dõi: ngày gửi.",
    missing="skip",
    example="TH04 · Cơ quan A: ngày gửi báo cáo (05/01/2026) ở sau ngày kiểm tra (31/12/2025). Kiểm tra lại "
    "ngày, tháng, năm ở trang ký hoặc ở sổ theo dõi.",
)
def sent_in_the_future(dataset: Dataset) -> Iterator[Fault]:
    """Report returns that were sent on a day still to come."""
    for unit, found in effective_returns(dataset):
        sent_on = found.submission.sent_on
        if sent_on is not None and sent_on > dataset.today:
            yield Fault(
                f"ngày gửi báo cáo ({format_date(sent_on)}) ở sau ngày kiểm tra "
                f"({format_date(dataset.today)})",
                "Kiểm tra lại ngày, tháng, năm ở trang ký hoặc ở sổ theo dõi.",
                unit=unit.code,
                at=CellRef(found.file),
                value=format_date(sent_on),
            )


@rule(
    code="TH05",
    title="Ký trước ngày chốt số liệu",
    rationale="Văn bản ký trước ngày chốt không thể có số liệu đến ngày chốt; hỏi đơn vị số liệu tính đến "
    "ngày nào. Ngưỡng at_most là số ngày trước ngày chốt còn bỏ qua.",
    source="Kỳ số liệu trong kế hoạch (mục period của plan.toml).",
    missing="skip",
    example="TH05 · Cơ quan A: văn bản ngày 12/11/2025, trước ngày chốt số liệu (30/11/2025) 18 ngày. Đề "
    "nghị đơn vị xác nhận số liệu tính đến ngày nào, bổ sung nếu thiếu.",
)
def signed_before_cut_off(dataset: Dataset) -> Iterator[Fault]:
    """Report returns dated well before the last day of the data, within their period."""
    period, tolerated = dataset.profile.plan.period, limit_of(dataset.profile.plan, "TH05")
    first, last = period.start(dataset.year), period.cut_off(dataset.year)
    for unit, found in effective_returns(dataset):
        sent_on = found.submission.sent_on
        if sent_on is not None and first <= sent_on and (last - sent_on).days > tolerated:
            yield Fault(
                f"văn bản ngày {format_date(sent_on)}, trước ngày chốt số liệu ({format_date(last)}) "
                f"{(last - sent_on).days} ngày",
                "Đề nghị đơn vị xác nhận số liệu tính đến ngày nào, bổ sung nếu thiếu.",
                unit=unit.code,
                at=CellRef(found.file),
                value=format_date(sent_on),
            )


@rule(
    code="MK01",
    title="Mã đối chiếu không khớp số liệu trong tệp",
    rationale="Mã đối chiếu in trên trang ký được tính từ mọi ô số; khác nhau nghĩa là số liệu trong tệp đã "
    "đổi sau khi ký, mà bản có chữ ký mới là bản có giá trị.",
    source="Trang ký của biểu mẫu: mã đối chiếu.",
    missing="skip",
    example="MK01 · Cơ quan A: mã đối chiếu ghi trong tệp (3036) khác mã tính lại từ số liệu (3041). Đề nghị "
    "đơn vị xác nhận bản đã ký hoặc gửi lại tệp.",
)
def control_code_differs(dataset: Dataset) -> Iterator[Fault]:
    """Compare the control code that stands in the file with the one that its figures give."""
    for unit, found in effective_returns(dataset):
        stated, computed = found.submission.control_code, found.submission.computed_code
        if stated and computed and stated != computed:
            yield Fault(
                f"mã đối chiếu ghi trong tệp ({stated}) khác mã tính lại từ số liệu ({computed})",
                "Đề nghị đơn vị xác nhận bản đã ký hoặc gửi lại tệp.",
                unit=unit.code,
                at=CellRef(found.file),
                value=stated,
            )


@rule(
    code="MK02",
    title="Bản ký khác tệp Excel",
    rationale="Bản có chữ ký mới là bản có giá trị. Bốn chữ số trên bản ký khác mã tính từ số liệu trong tệp "
    "nghĩa là đơn vị ký một bộ số liệu và gửi một bộ khác.",
    source="Sổ theo dõi: mã đối chiếu trên bản ký; trang ký của biểu mẫu: mã đối chiếu.",
    missing="skip",
    example="MK02 · Cơ quan A · Năm 2025 · ô F5: mã đối chiếu trên bản ký (3036) khác mã của tệp Excel "
    "(3041). Đề nghị đơn vị gửi lại tệp đúng với bản ký, hoặc kiểm tra lại bốn chữ số đã ghi.",
)
def signed_code_differs(dataset: Dataset) -> Iterator[Fault]:
    """Compare the control code on the signed document with the one that the file's figures give."""
    for unit, found in effective_returns(dataset):
        said = found.submission
        own = said.computed_code or said.control_code
        if said.signed_code and own and said.signed_code != own:
            yield Fault(
                f"mã đối chiếu trên bản ký ({said.signed_code}) khác mã của tệp Excel ({own})",
                "Đề nghị đơn vị gửi lại tệp đúng với bản ký, hoặc kiểm tra lại bốn chữ số đã ghi.",
                unit=unit.code,
                at=said.signed_at or CellRef(found.file),
                value=said.signed_code,
                related=(CellRef(found.file),),
            )
