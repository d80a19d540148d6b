"""The page that one officer hands to the next: whom to call, what was promised, what waits, which numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dvctt_report.left_out import awaits_choice, is_whole
from dvctt_report.loader import OpenYear
from dvctt_report.mending.replies import ReplyStanding, answered, format_standing
from dvctt_report.model import finding_id
from dvctt_report.nd30.package import HEADERS, write_package
from dvctt_report.nd30.wordxml import WordRow, cell, paragraph, run, section, table
from dvctt_report.published.record import publications
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.citing import moment
from dvctt_report.report.marks import mark, without_marks
from dvctt_report.report.printed import PrintedBlock, read_printed
from dvctt_report.report.ways import BESIDE
from dvctt_report.vietnamese import clean_text, format_date

_STATES = {
    "on_time": "đã gửi, đúng hạn",
    "late": "đã gửi, muộn",
    "undated": "đã gửi, không rõ ngày",
    "paper": "chỉ gửi bản giấy",
    "unusable": "tệp chưa dùng được",
    "missing": "chưa gửi",
}
_OPEN_ANSWERS = frozenset(
    (ReplyStanding.NO_NEW_FILE, ReplyStanding.NOT_AVAILABLE, ReplyStanding.REASON_MISSING)
)
"""What a unit answered that it still has to make good."""

Rows = Sequence[Sequence[str]]


def handover_bytes(year: OpenYear) -> bytes:
    """Write the page as it stands at the moment the period was opened at."""
    period, settings = year.period, year.workspace.settings
    title = f"Bàn giao công việc báo cáo {period.words}"
    about = (
        f"Tính đến {moment(year.as_of)}. Thư mục làm việc: {year.workspace.root}. Tài liệu làm việc nội bộ."
    )
    body = paragraph("kind", run(title.upper())) + "".join(
        paragraph("memo_note", run(clean_text(line))) for line in (about, *year.workspace.notice)
    )
    for one in _parts(year):
        body += paragraph("memo_label", run(one.heading)) + _table(one)
    return write_package(body + section(HEADERS), title=title, author=settings.co_quan.ten)


def handover_index(year: OpenYear) -> Iterator[PrintedBlock]:
    """What the page prints of which figure, row by row."""
    for n, one in enumerate(_parts(year)):
        for row in one.rows:
            place = f"Trang bàn giao, mục {one.heading}"
            yield read_printed(TextBlock(place, tuple(map(clean_text, row)), n, heads=tuple(one.heads)))


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the page: its heading, and a table with ``heads``; figures of its ``rows`` are marked."""

    heading: str
    heads: Sequence[str]
    widths: Sequence[float]
    rows: Rows


def _parts(year: OpenYear) -> Iterator[_Part]:
    yield _Part("1. Văn bản và số đã ghi", ("Văn bản", "Số, ngày"), (95, 70), tuple(_documents(year)))
    yield _Part("2. Việc đang chờ", ("Đơn vị, tệp", "Việc"), (60, 105), tuple(_waiting(year)))
    yield _Part("3. Đơn vị đã hẹn, đã trả lời", ("Đơn vị", "Nội dung"), (60, 105), tuple(_promised(year)))
    heads = "Đơn vị", "Liên hệ", "Tình hình gửi"
    yield _Part("4. Người để gọi", heads, (65, 62, 38), tuple(_contacts(year)))


def _table(one: _Part) -> str:
    if not one.rows:
        return paragraph("memo_line", run("Không có."))
    head = WordRow(tuple(cell("column", text) for text in one.heads), header=True)
    rows = (map(clean_text, map(without_marks, row)) for row in one.rows)
    below = (WordRow(tuple(cell("cell_text", text) for text in row)) for row in rows)
    return table(one.widths, (head, *below)) + paragraph("section_end")


def _documents(year: OpenYear) -> Iterator[tuple[str, str]]:
    said = year.workspace.settings
    plan = year.profile.plan.document
    yield plan.kind, " ngày ".join(filter(None, (plan.number, plan.date))) or "chưa ghi"
    yield "Công văn phát hành biểu mẫu", said.cong_van.phat_hanh_bieu_mau or "chưa ghi"
    for n, letter in enumerate(said.cong_van.da_don_doc, 1):
        yield f"Công văn đôn đốc lần {n}", letter
    published = publications(year.workspace, year.period)
    for one in published:
        yield "Báo cáo đã phát hành", ". ".join((one.cited, *one.corrections))
    if not published:
        yield "Báo cáo đã phát hành", "chưa ghi số, ngày, bản đã ký"


def _waiting(year: OpenYear) -> Iterator[tuple[str, str]]:
    for one in year.dataset.nameless:
        yield one.file, "chưa rõ của đơn vị nào"
    dataset, found = year.dataset, year.findings
    errors = Counter(f.unit for f in dataset.to_mend(found))
    beside = Counter(f.unit for f in dataset.open_beside(found))
    for line in year.lines:
        code = line.unit.code
        waits = [_STATES[line.status]] if line.status in ("missing", "unusable", "paper") else []
        waits += ["nhiều tệp, chưa chọn tệp dùng"] if line.undecided else []
        waits += [f"{mark(f'units.{code}.to_mend', str(n))} lỗi chưa chỉnh lý" for n in [errors[code]] if n]
        waits += [f"{mark(f'units.{code}.beside', str(n))} lỗi ở {BESIDE}" for n in [beside[code]] if n]
        waits += [_left_out(year, code)] if line.left_out else []
        if waits:
            yield line.unit.short_name, "; ".join(waits)


def _left_out(year: OpenYear, unit: str) -> str:
    """Say what of ``unit`` is left out of the totals and what it waits for."""
    found = [one for one in year.left_out if one.unit == unit]
    n = mark(f"units.{unit}.left_out", str(len(found)))
    what = "cả báo cáo" if any(map(is_whole, found)) else f"{n} nội dung"
    chosen = awaits_choice(year.dataset, unit)
    return f"{what} để ngoài tổng hợp, chờ đơn vị {'cho biết tệp chính thức' if chosen else 'chỉnh lý'}"


def _promised(year: OpenYear) -> Iterator[tuple[str, str]]:
    dataset, names = year.dataset, year.profile.roster.short_names
    replies = answered(year.findings, dataset.returns, dataset.acceptances)
    for one in year.findings:
        found = replies.get(finding_id(one))
        if found is not None and found.standing in _OPEN_ANSWERS:
            yield names.get(one.unit or "", one.unit or ""), f"{one.message}: {format_standing(found)}"


def _contacts(year: OpenYear) -> Iterator[tuple[str, str, str]]:
    dataset = year.asked_about.dataset
    for line in year.lines:
        day = format_date(line.sent_on) if line.sent_on else ""
        sent = f", {mark(f'returns.{line.unit.code}.sent_on', day)}" if day else ""
        contact = without_marks(dataset.contact(line.unit))
        yield line.unit.short_name, contact or "chưa có", _STATES[line.status] + sent
