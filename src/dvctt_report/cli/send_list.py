"""``dvctt-report send-list``: what goes to whom, and one message for the group."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import typer

from dvctt_report.cli.feedback import FOLDER, ReplyBy, file_name
from dvctt_report.cli.options import AsOf, When, parse_due
from dvctt_report.cli.screen import say
from dvctt_report.cli.session import open_year, tell_uncollected
from dvctt_report.files import write_beside
from dvctt_report.letters.sending import (
    Sender,
    Sending,
    files_in,
    group_message,
    sending_bytes,
    sending_index,
)
from dvctt_report.letters.write import REMIND
from dvctt_report.loader import OpenYear
from dvctt_report.mending.lists import mending_lists
from dvctt_report.opening import read_file
from dvctt_report.report.written import keep_index

HELP = (
    "Ghi ket-qua/<năm>/gui-di.xlsx: một tin cho nhóm Zalo (đơn vị chưa gửi theo từng nhóm, đơn vị đã nhận), "
    "và từng đơn vị với địa chỉ thư, tệp gửi kèm, lời gửi: biểu mẫu, tệp rà soát, đôn đốc, đã nhận. Chương "
    "trình không gửi gì; chép từ tệp này vào thư, Zalo. In tin cho nhóm ra màn hình."
)
_FILE = "gui-di.xlsx"
_OWN_SHEETS = 2
"""Sheets of a list that has no form behind it: the list, and the hidden one with its keys."""


def run(ctx: typer.Context, period: When = None, reply_by: ReplyBy = None, as_of: AsOf = None) -> None:
    """Write the list of what is to be sent, and print the message for the group."""
    year = open_year(ctx, period, as_of).even_before_anything_came()
    sending, sender = sending_of(year, parse_due(reply_by, year.as_of.date()))
    path = write_beside(list_path(year), sending_bytes(sending, sender))
    keep_index(year.workspace, path, sending_index(sending, sender))
    say(group_message(year, sender))
    say(f"\nDanh sách gửi từng đơn vị: {path}")
    tell_uncollected(year.workspace)


def list_path(year: OpenYear) -> Path:
    """Where the list is written."""
    return year.workspace.results / _FILE


def sending_of(year: OpenYear, reply_by: date | None = None) -> tuple[Sending, Sender]:
    """What there is to send, and who sends it."""
    said = year.workspace.settings
    sender = Sender(said.co_quan.ten, year.as_of, said.cong_van.dau_moi, reply_by)
    return _sending(year), sender


def _sending(year: OpenYear) -> Sending:
    workspace, period = year.workspace, year.period
    folder = workspace.results / FOLDER
    lists = [(one, folder / file_name(one)) for one in mending_lists(year.asked_about)]
    letters = {"required": f"{REMIND}-{period}", "asked": f"cong-van-de-nghi-phoi-hop-{period}"}
    reminders = {
        duty: max(found)
        for duty, stem in letters.items()
        if (found := files_in(workspace.results, f"{stem}*.docx"))
    }
    return Sending(
        year,
        files_in(workspace.forms / str(period), "BM*.xlsx"),
        tuple((one, path.name, _has_form(path)) for one, path in lists if path.exists()),
        reminders,
    )


def _has_form(path: Path) -> bool:
    """Whether the unit's form stands behind the list in a file of ours."""
    try:
        with zipfile.ZipFile(BytesIO(read_file(path))) as package:
            sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    except (OSError, zipfile.BadZipFile):
        return False
    return len(sheets) > _OWN_SHEETS
