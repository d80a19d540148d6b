"""What goes to whom, to be copied into an e-mail or a group of Zalo: forms, lists, reminders, thanks.

The officer's own working list: nothing is sent by the program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Final, TypeAlias

import xlsxwriter

from dvctt_report.forms import styles
from dvctt_report.forms.sheets import fit_row, print_across, write_typed
from dvctt_report.forms.writer import form_name
from dvctt_report.papers.mending.lists import MendingList, format_message
from dvctt_report.plan.model import Unit
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.marks import mark, without_marks
from dvctt_report.report.printed import PrintedBlock, read_printed
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import clean_text, format_date, format_small_count
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.year import Year

OFFICIAL_MAIL: Final = ".gov.vn"
"""How an address ends that a return may be answered to; any other is a person's own."""
COLUMNS = (
    ("STT", 5),
    ("Nhóm", 16),
    ("Đơn vị", 30),
    ("Thư điện tử", 26),
    ("Tệp gửi kèm", 34),
    ("Lời gửi (chép vào thư, Zalo)", 78),
)


SendRow: TypeAlias = tuple[str, ...]
"""One thing that goes to one unit, by ``COLUMNS`` but its number; the figures of its text are marked."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends, and what the officer has said about it.

    contact: whom to call; "" for nobody.
    reply_by: the day by which answers are asked for; None for none.
    """

    name: str
    as_of: datetime
    contact: str = ""
    reply_by: date | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """What there is to send: the year as it stands, and the files that were made.

    forms: the names of the forms that were written.
    mending: for each unit that is asked to mend, its list, the file that was written, and whether the unit's
    form stands in it.
    reminder: the file of the reminder, by the unit's duty.
    """

    year: Year
    forms: frozenset[str] = frozenset()
    mending: tuple[tuple[MendingList, str, bool], ...] = ()
    reminder: Mapping[str, str] = field(default_factory=dict)


def send_pages(sending: Sending, sender: Sender) -> dict[str, list[SendRow]]:
    """Return the sheets that have anything to send, one for each occasion, each unit in roster order."""
    year, dataset = sending.year, sending.year.dataset
    plan, period = dataset.profile.plan, dataset.period
    end = [f"Đầu mối: {sender.contact}."] if sender.contact else []
    until = f" trước ngày {format_date(sender.reply_by)}" if sender.reply_by else ""
    asked = {one.unit.code: (one, file, has_form) for one, file, has_form in sending.mending}
    pages: dict[str, list[SendRow]] = {"Biểu mẫu": [], "Rà soát": [], "Đôn đốc": [], "Đã nhận": []}

    def add(page: str, unit: Unit, file: str, text: str) -> None:
        """Write to the unit at its address by the roster, else the official one that its return names."""
        received = dataset.effective(unit.code)
        own = clean_text(received.submission.email).strip() if received is not None else ""
        email = unit.email or (own if own.endswith(OFFICIAL_MAIL) and " " not in own else "")
        group = dataset.profile.roster.group(unit.group).title
        pages[page].append((group, unit.name, email, file, text))

    def letter(page: str, unit: Unit, file: str, text: str) -> None:
        add(page, unit, file, "\n".join([f"Kính gửi {unit.name},", text, *end, "Trân trọng cảm ơn."]))

    for line in (line for line in year.lines if line.unit.code != plan.compiler):
        unit, polite = line.unit, "đề nghị phối hợp" if line.unit.duty == "asked" else "đề nghị"
        is_missing = line.status == "missing" and unit.duty != "none"
        if is_missing and (file := form_name(unit, period)) in sending.forms:
            letter(
                "Biểu mẫu",
                unit,
                file,
                f"{sender.name} gửi biểu số liệu {plan.topic} {period.words} ({file}); {polite} ghi trực "
                f"tiếp vào tệp và gửi lại {plan.deadline.quote}.",
            )
        if unit.code in asked:
            mending, file, has_form = asked[unit.code]
            by, contact = sender.reply_by, sender.contact
            text = format_message(mending, sender.name, by, file, with_form=has_form, contact=contact)
            add("Rà soát", unit, file, text)
        if is_missing:
            letter(
                "Đôn đốc",
                unit,
                sending.reminder.get(unit.duty, ""),
                f"Đến ngày {format_date(sender.as_of.date())}, {sender.name} chưa nhận được báo cáo kết quả "
                f"{plan.topic} {period.words}; {polite} gửi báo cáo và tệp biểu số liệu{until}. Đã gửi trước "
                "khi nhận thư này thì cho biết số, ngày văn bản để đối chiếu.",
            )
        if line.received:
            number = f" số {clean_text(line.number)}" if line.number else ""
            day = f" ngày {format_date(line.sent_on)}" if line.sent_on else ""
            said = f"{sender.name} đã nhận báo cáo{number}{day} của {unit.short_name}."
            letter("Đã nhận", unit, "", said)
    return {name: rows for name, rows in pages.items() if rows}


def group_message(year: Year, sender: Sender) -> str:
    """Write one message, figures marked, for the group of all units: who has not sent, who was heard from."""
    compiler = year.profile.plan.compiler
    asked = [line for line in year.lines if line.unit.code != compiler and line.unit.duty != "none"]
    sent = [line for line in asked if line.received]
    unusable = [line for line in asked if line.status == "unusable"]
    missing = [line for line in asked if line.status == "missing"]
    own = ""
    for line in year.lines:
        if line.unit.code == compiler:
            own = f", {'kể cả' if line.received else 'chưa có báo cáo của chính'} {line.unit.short_name}"
    when = f"{sender.as_of:%H giờ %M} ngày {format_date(sender.as_of.date())}"
    counted = {"received": sum(line.received for line in year.lines), "expected": len(year.lines)}
    received = "/".join(mark(f"returns.{role}", format_small_count(n)) for role, n in counted.items())
    said = [
        f"{sender.name}: báo cáo {year.profile.plan.topic} {year.period.words}. Đến {when} đã "
        f"nhận {received} báo cáo{own}."
    ]
    for duty, words in (("required", "Chưa nhận được báo cáo của"), ("asked", "Đề nghị phối hợp gửi")):
        owing = [line.unit for line in missing if line.unit.duty == duty]
        said += [f"{words}:", *_by_group(year.dataset, owing)] if owing else []
    if unusable:
        names = "; ".join(line.unit.short_name for line in unusable)
        said.append(f"Đã nhận tệp nhưng chưa dùng được, đề nghị gửi lại theo biểu đã cấp: {names}.")
    if missing or unusable:
        deadline = year.profile.plan.deadline
        ask = f"Đề nghị gửi {deadline.quote}."
        if sender.reply_by:
            ask = f"Đề nghị gửi trước ngày {format_date(sender.reply_by)}."
        elif sender.as_of.date() > deadline.last_day(year.period):
            ask = f"Thời hạn ({deadline.quote}) đã hết, đề nghị gửi ngay."
        said.append(f"{ask} Đã gửi trước khi nhận tin này thì cho biết số, ngày văn bản để đối chiếu.")
    if sent:
        said.append(f"Đã nhận, cảm ơn: {'; '.join(line.unit.short_name for line in sent)}.")
    said += [f"Đầu mối: {sender.contact}."] if sender.contact else []
    return "\n".join(said)


def _by_group(dataset: Dataset, units: Sequence[Unit]) -> Iterator[str]:
    """Name the units under the headings of the roster, a line each; of many the whole is only counted."""
    full = {u.code: dataset.profile.roster.group(u.group).heading for u in dataset.units}
    heading_of = {u.code: full[u.code].partition(". ")[2] or u.group for u in dataset.units}
    every = Counter(heading_of[u.code] for u in dataset.units if u.duty == units[0].duty)
    kinds = [*dict.fromkeys(heading_of.values())]
    headings = by_key((heading_of[unit.code], unit.short_name) for unit in units)
    for heading, names in headings.items():
        name = f"returns.missing.{units[0].duty}.sum{kinds.index(heading) + 1}"
        n = mark(name, format_small_count(len(names)))
        whole = len(names) == every[heading] > _FEW
        yield f"- {heading}: cả {n} đơn vị." if whole else f"- {heading} ({n}): {'; '.join(names)}."


_FEW = 3
"""Units that are named even where they are all of a group."""


# ----------------------------------------------------------------------------------- workbook


def sending_bytes(sending: Sending, sender: Sender) -> bytes:
    """Return the list as an .xlsx: the message for the group first, then a sheet for each occasion."""
    book = xlsxwriter.Workbook(BytesIO(), styles.BOOK)
    book.set_properties({"title": "Danh sách gửi", "author": sender.name, "created": styles.ISSUED})
    names = ("title", "header", "instruction", "label", "label_centre")
    formats = {name: book.add_format(styles.STYLES[name]) for name in names}
    text_style = {**styles.STYLES["label"], "valign": "top", "bg_color": "#FFFFFF"}
    formats["text"] = book.add_format(text_style)
    formats["quoted"] = book.add_format({**text_style, "quote_prefix": True})
    message = without_marks(group_message(sending.year, sender))
    sheet = book.add_worksheet(_GROUP)
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, "Một tin cho nhóm: chọn ô dưới, sao chép, dán vào Zalo", formats["instruction"])
    sheet.write_string(1, 0, message, formats["text"])
    fit_row(sheet, 1, [(message, 110)])
    print_across(sheet, bottom=0.5)
    sheet.hide_gridlines(2)
    for name, rows in send_pages(sending, sender).items():
        sheet = book.add_worksheet(name)
        for n, (header, width) in enumerate(COLUMNS):
            sheet.set_column(n, n, width)
            sheet.write_string(0, n, header, formats["header"])
        for at, row in enumerate(rows, 1):
            texts = tuple(map(without_marks, (str(at), *row)))
            for n, text in enumerate(texts):
                write_typed(sheet, at, n, text, formats, "text")
            fit_row(sheet, at, zip(texts, (width for _, width in COLUMNS), strict=True))
        sheet.freeze_panes(1, 3)
        sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
        sheet.repeat_rows(0)
        print_across(sheet, bottom=0.5)
        sheet.hide_gridlines(2)
    return styles.finished(book)


def sending_index(sending: Sending, sender: Sender) -> Iterator[PrintedBlock]:
    """What the list prints of which figure: the lines of the message for the group, then row by row."""
    place, heads = "Danh sách gửi, trang “{}”", tuple(head for head, _ in COLUMNS)
    for line in group_message(sending.year, sender).splitlines():
        yield read_printed(TextBlock(place.format(_GROUP), (line,)))
    for n, (name, rows) in enumerate(send_pages(sending, sender).items()):
        for at, row in enumerate(rows, 1):
            yield read_printed(TextBlock(place.format(name), (str(at), *row), n, heads=heads))


_GROUP = "Nhóm Zalo"
"""The sheet of the message for all."""
