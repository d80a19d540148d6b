"""``dvctt-report leave-out``: what its unit hasn't mended stays out of the totals, and is said in print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated

import typer

from dvctt_report.cli.decide import (
    Basis,
    Chosen,
    Document,
    format_grounds,
    format_undone,
    read_words,
    require_all,
    with_rows,
)
from dvctt_report.cli.options import Format, Output, When, argument, flag, option
from dvctt_report.cli.screen import print_json, record_json, say
from dvctt_report.cli.session import open_year
from dvctt_report.codes import CODES, Settled
from dvctt_report.dataset import Dataset
from dvctt_report.deciding.cells import find_cell, is_address
from dvctt_report.deciding.decisions import cell_left_out, figure_left_out, finding_left_out, return_left_out
from dvctt_report.deciding.grounds import Grounds, officer
from dvctt_report.deciding.record import record, recorded
from dvctt_report.errors import CannotRun
from dvctt_report.left_out import count_contents
from dvctt_report.loader import OpenYear
from dvctt_report.model import Finding, LeftOut, ReturnStatus, Severity, finding_id
from dvctt_report.plan.model import Unit
from dvctt_report.report.ways import Way, ways_of
from dvctt_report.vietnamese import format_date, one_line

HELP = (
    "Dùng khi đơn vị chưa chỉnh lý mà báo cáo phải trình: số đó tính là chưa có số liệu, báo cáo in “chưa "
    "chỉnh lý đến ngày …”, kê ở phụ lục; render --final không dừng vì số đó nữa. Đơn vị gửi số khác thì số "
    "mới được xét như thường lệ.\n\n"
    "Một lỗi: nêu mã phát hiện. Một ô: nêu đơn vị rồi ô (SYT T10.done). Cả báo cáo của đơn vị: chỉ nêu đơn "
    "vị. Mọi lỗi, mọi đơn vị chờ chọn tệp còn mở: --all. Không nêu gì: liệt kê.\n\n"
    "Ví dụ: dvctt-report leave-out --all"
)

_OFFICE_ONLY = (Settled.TRACKED, Settled.CONTROLLED)
"""Settled in a book of the office: its own row is put right, there is nothing to leave out."""


def run(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        argument(
            "MÃ|ĐƠN-VỊ [Ô]",
            "Số của việc trong sổ việc cần xử lý, mã phát hiện, mã loại, đơn vị, hoặc đơn vị và các ô "
            "(T10.done).",
        ),
    ] = None,
    all_: Annotated[bool, flag("--all", "Mọi lỗi còn mở (của các mã loại, đơn vị đã nêu).")] = False,
    reason: Annotated[str, option("--reason", "LÝ-DO", "Vì sao; câu này được in ở phụ lục.")] = "",
    document: Document = None,
    basis: Basis = None,
    drop: Annotated[bool, flag("--drop", "Đưa lại vào tổng hợp.")] = False,
    period: When = None,
    output: Output = Format.TABLE,
) -> None:
    """Leave figures out of the totals, take that back, or list what is left out."""
    year = open_year(ctx, period)
    words = with_rows(words or (), year)
    cells = [word for word in words if _is_cell(word, year.dataset)]
    said = read_words([word for word in words if word not in cells], year.dataset)
    if cells and len(said.units) != 1:
        raise CannotRun("Chưa nêu ô đó của đơn vị nào.", "Nêu một đơn vị rồi đến các ô, ví dụ SYT T10.done.")
    if drop:
        _drop(year, said, cells, all_)
    elif words or all_:
        grounds = Grounds(officer(), datetime.now(), one_line(reason), one_line(document), one_line(basis))
        _leave_out(year, [*_meant(year, said, cells, all_, words, grounds)])
    else:
        _list(year, output)


def _is_cell(word: str, dataset: Dataset) -> bool:
    """Whether a word names a cell: by its place, or by an item of the plan, a point, a field."""
    item = word.partition("@")[0].rpartition(".")[0]
    return is_address(word) or item.lower() in {code.lower() for code in dataset.profile.plan.items_by_code}


def _meant(
    year: OpenYear, said: Chosen, cells: Sequence[str], all_: bool, words: Sequence[str], grounds: Grounds
) -> Iterator[LeftOut]:
    """What is to be left out. Raises CannotRun where there is nothing, or it isn't clear."""
    dataset = year.dataset
    able = [f for f in year.findings if _can_be_left_out(f, dataset)]
    asked = {finding_id(f): f for f in year.findings if f.is_open}
    for name in said.named:
        one = asked.get(name)
        if one is None or (one not in able and not _is_doubted(one, dataset)):
            raise CannotRun(
                f"Không có lỗi, cảnh báo nào còn mở mang mã {name} về số để ngoài được.",
                "Xem mã: dvctt-report validate",
            )
        yield figure_left_out(dataset, one, grounds)
    units = dataset.units_by_code
    if cells:
        yield from (cell_left_out(dataset, units[said.units[0]], cell, grounds) for cell in cells)
    elif said.codes:
        found = said.among(able)
        require_all(found, all_, "leave-out", words)
        yield from (finding_left_out(dataset, f, grounds) for f in found)
    elif said.units and not all_:
        yield from (return_left_out(dataset, units[code], grounds) for code in said.units)
    elif all_ and not said.named:
        whole = {r.unit for r in dataset.returns if r.status is ReturnStatus.UNDECIDED}
        yield from (
            return_left_out(dataset, unit, grounds)
            for unit in dataset.units
            if unit.code in whole and dataset.effective(unit.code) is None and _is_said(unit, said)
        )
        chosen = said.among(able) if said.units else able
        yield from (
            finding_left_out(dataset, f, grounds)
            for f in chosen
            if f.whole or dataset.effective(f.unit) is not None
        )


def _is_said(unit: Unit, said: Chosen) -> bool:
    return not said.units or unit.code in said.units


def _can_be_left_out(finding: Finding, dataset: Dataset) -> bool:
    """Whether it is an open error about a return that counts: not about the office's own books."""
    refused = {r.file for r in dataset.returns if r.status is ReturnStatus.REFUSED}
    return (
        finding.bars
        and finding.is_open
        and CODES[finding.code].settled not in _OFFICE_ONLY
        and not (finding.at is not None and finding.at.file in refused)
    )


def _is_doubted(finding: Finding, dataset: Dataset) -> bool:
    """Whether it is a warning about a figure that is used."""
    return finding.severity is Severity.WARNING and Way.LEAVE_OUT in ways_of(dataset, finding)


def _leave_out(year: OpenYear, made: Sequence[LeftOut]) -> None:
    if not made:
        say("Không còn lỗi nào phải để ngoài tổng hợp.")
        return
    for one, new in zip(made, record(year.workspace, made), strict=True):
        say(f"{'Để ngoài tổng hợp' if new else 'Đã để ngoài từ trước'}: {one.said}")
    say(f"{count_contents(made)} nội dung; tính là chưa có số liệu, báo cáo in “chưa chỉnh lý đến ngày …”.")
    say("Đưa lại vào tổng hợp: dvctt-report leave-out --drop, kèm mã, đơn vị, ô hoặc --all.")


def _drop(year: OpenYear, said: Chosen, cells: Sequence[str], all_: bool) -> None:
    known = year.known.left_out
    keys = []
    if cells:
        unit = year.dataset.units_by_code[said.units[0]]
        keys = [find_cell(year.dataset, unit, cell)[0] for cell in cells]
    meant = [
        one
        for one in known
        if one.finding in said.named
        or (one.unit in said.units and one.key in keys)
        or (not keys and one.unit in said.units)
        or (said.codes and one.finding.partition("-")[0] in said.codes)
        or (all_ and not (said.named or said.codes or said.units))
    ]
    if not meant:
        raise CannotRun("Chưa để ngoài tổng hợp nội dung nào như vậy.", "Xem: dvctt-report leave-out")
    record(year.workspace, undone=meant)
    for one in meant:
        say(f"Đưa lại vào tổng hợp: {one.said}")


def _list(year: OpenYear, output: Format) -> None:
    kept = recorded(year.workspace, LeftOut)
    there = frozenset(year.left_out)
    if output is Format.JSON:
        listed = [{"status": _status(one, there), **record_json(one)} for one in kept]
        print_json({**year.period.as_json(), "left_out": listed})
        return
    if not kept:
        say(f"{year.period.title} không để ngoài tổng hợp nội dung nào.")
    for one in kept:
        status = _STATUS[_status(one, there)]
        say(f"{one.said} – {format_undone(one) or status}")
        why = f"Lý do: {told}" if (told := format_grounds(one)) else "Chưa chỉnh lý"
        say(f"  {one.finding} {why} ({one.who}, {format_date(one.when.date())})".replace("   ", "  "))


_STATUS = {
    "in_force": "để ngoài tổng hợp",
    "moot": "đơn vị đã gửi nội dung khác, không còn để ngoài",
    "undone": "đã đưa lại vào tổng hợp",
}


def _status(one: LeftOut, there: frozenset[LeftOut]) -> str:
    if one.undone_on is not None:
        return "undone"
    return "in_force" if one in there else "moot"
