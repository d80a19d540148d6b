"""``dvctt-report accept``: findings whose figures are used as they stand, for a reason and by a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Annotated

import typer

from dvctt_report.cli.decide import (
    All,
    Basis,
    Chosen,
    Document,
    Reason,
    Words,
    format_grounds,
    format_undone,
    quoted,
    read_words,
    require_all,
    said_grounds,
    successor,
    with_rows,
)
from dvctt_report.cli.options import Format, Output, When, flag
from dvctt_report.cli.screen import print_json, record_json, say
from dvctt_report.cli.session import open_year
from dvctt_report.deciding.decisions import acceptance_of
from dvctt_report.deciding.record import record, recorded
from dvctt_report.errors import CannotRun
from dvctt_report.loader import OpenYear
from dvctt_report.model import Acceptance, finding_id
from dvctt_report.summary.acceptable import why_not_acceptable
from dvctt_report.vietnamese import format_date
from dvctt_report.workspace import Workspace

HELP = (
    "Mã phát hiện (ví dụ HS02-3f9c1a) do lệnh validate nêu. Số liệu được dùng như đơn vị đã ghi, lý do và "
    "văn bản được in kèm; đơn vị ghi khác đi thì phải xét lại. Ô không có con số dùng được thì không chấp "
    "nhận được: dùng lệnh override.\n\n"
    "Thay mã: đơn vị và ô như thấy trong Excel (SYT “Biểu 01-A ô G10”). Nhiều phát hiện cùng một lý do: nêu "
    "nhiều mã; mã loại (DV04) hoặc đơn vị, thêm --all.\n\n"
    "Không nêu mã nào: liệt kê các chấp nhận và đề nghị giữ nguyên của đơn vị. Đề nghị của đơn vị được xác "
    "nhận bằng cách nêu mã; lý do, văn bản không ghi thì lấy của đơn vị."
)

_STATUS = {
    "in_force": "đang áp dụng",
    "proposed": "đơn vị đề nghị, chờ xác nhận",
    "moot": "không còn phát hiện này",
    "confirmed": "đơn vị đề nghị, đã được chấp nhận",
    "retracted": "đơn vị đề nghị, đã chấp nhận rồi bỏ chấp nhận",
    "replaced": "đã thay bằng lần ghi sau",
    "undone": "đã bỏ",
}


def run(
    ctx: typer.Context,
    words: Words = None,
    all_: All = False,
    reason: Reason = None,
    document: Document = None,
    basis: Basis = None,
    drop: Annotated[
        bool, flag("--drop", "Bỏ chấp nhận đã ghi; quyết định đã bỏ vẫn được giữ trong sổ.")
    ] = False,
    period: When = None,
    output: Output = Format.TABLE,
) -> None:
    """Accept findings, take an acceptance back, or list them all."""
    year = open_year(ctx, period)
    if not words and (drop or reason or document or all_):
        raise CannotRun(
            "Chưa nêu mã phát hiện nào.",
            "Xem mã bằng lệnh: dvctt-report validate; --all đi kèm mã loại, đơn vị.",
        )
    if not words:
        _list(year, output)
        return
    words = with_rows(words, year)
    said = read_words(words, year.dataset)
    if drop:
        _drop(year.workspace, [*dict.fromkeys((*said.named, *_decided(year, said)))])
        return
    several = said.among(year.findings)
    require_all(several, all_, "accept", words)
    able = [finding_id(f) for f in several if why_not_acceptable(year.dataset, f) is None]
    if len(able) < len(several):
        n = len(several) - len(able)
        say(f"{n} phát hiện không chấp nhận được: đính chính hoặc để ngoài tổng hợp.")
    if not (said.named or able):
        raise CannotRun("Không có phát hiện nào như vậy để chấp nhận.", "Xem mã: dvctt-report validate")
    wanted = [*dict.fromkeys((*said.named, *able))]
    _accept(year, wanted, reason, document, basis)
    say(f"Bỏ chấp nhận: dvctt-report accept --drop {_undoing(year, wanted, words, said)}")


def _decided(year: OpenYear, said: Chosen) -> list[str]:
    """The findings accepted that a code, a unit or its cells name."""
    if not (said.codes or said.units):
        return []
    places = {finding_id(f): (f.at.sheet, f.at.cell) for f in year.findings if f.at is not None}
    return [
        a.finding
        for a in recorded(year.workspace, Acceptance, undone=False)
        if (not said.codes or a.finding.partition("-")[0] in said.codes)
        and (not said.units or a.unit in said.units)
        and (not said.cells or places.get(a.finding) in said.cells)
    ]


def _undoing(year: OpenYear, wanted: Sequence[str], words: Sequence[str], said: Chosen) -> str:
    """What takes back all that was accepted: the same words, where they mean no more than that."""
    if len(wanted) > _MOST_LISTED and {*said.named, *_decided(year, said)} == {*wanted}:
        return quoted(words)
    return " ".join(wanted)


def _accept(
    year: OpenYear, wanted: Sequence[str], reason: str | None, document: str | None, basis: str | None
) -> None:
    dataset = year.dataset
    proposals = {a.finding: a for a in dataset.acceptances if a.proposed}
    by_id = {finding_id(f): f for f in year.findings}
    if strange := next((name for name in wanted if name not in by_id), None):
        raise CannotRun(
            f"Không có phát hiện “{strange}” của {year.period.words}: mã ghi sai, của năm khác, hoặc đơn "
            "vị đã sửa số liệu.",
            "Xem mã bằng lệnh: dvctt-report validate; của năm khác thì thêm --year NĂM.",
        )
    made = []
    for name in wanted:
        own = proposals.get(name)
        why, by = (reason or own.reason, document or own.document) if own else (reason, document)
        made.append(acceptance_of(dataset, by_id[name], said_grounds(why, by, basis, "chấp nhận")))
    told = [*zip(made, record(year.workspace, made), strict=True)]
    for one, new in told[:_MOST_LISTED]:
        say(f"{'Đã chấp nhận' if new else 'Đã chấp nhận từ trước'} {one.finding}: {one.said}")
    if len(told) > _MOST_LISTED:
        say(f"… và {len(told) - _MOST_LISTED} phát hiện khác (xem: dvctt-report accept)")
    say(f"Lý do: {format_grounds(made[0])}.")


_MOST_LISTED = 20
"""Acceptances of one run that are told one by one."""


def _drop(workspace: Workspace, wanted: Sequence[str]) -> None:
    known = {a.finding: a for a in recorded(workspace, Acceptance, undone=False)}
    if not wanted:
        raise CannotRun("Chưa có chấp nhận nào như vậy.", "Xem: dvctt-report accept")
    if strange := next((name for name in wanted if name not in known), None):
        raise CannotRun(f"Chưa có chấp nhận nào cho “{strange}”.", "Xem: dvctt-report accept")
    record(workspace, undone=[known[name] for name in wanted])
    proposals = [name for name in wanted if known[name].proposed]
    if dropped := [name for name in wanted if name not in proposals]:
        say(f"Đã bỏ chấp nhận: {', '.join(dropped)}. Phát hiện trở lại là chưa giải quyết.")
    if proposals:
        say(f"Không đồng ý giữ nguyên: {', '.join(proposals)}. Đề nghị đơn vị sửa: dvctt-report feedback")


def _list(year: OpenYear, output: Format) -> None:
    kept = _together(recorded(year.workspace, Acceptance))
    there = {finding_id(f) for f in year.findings}
    if output is Format.JSON:
        own_first = sorted(fields(Acceptance), key=lambda field: field.kw_only is True)
        told = [field.name for field in own_first if field.name != "proposed"]
        listed = [{"status": _status(a, kept, there), **record_json(a, *told)} for a in kept]
        print_json({**year.period.as_json(), "acceptances": listed})
        return
    if not kept:
        say(f"Chưa có phát hiện nào của {year.period.words} được chấp nhận. Xem mã: dvctt-report validate")
    names = year.profile.roster.short_names
    for acceptance in kept:
        status = _status(acceptance, kept, there)
        who = names.get(acceptance.who, acceptance.who)
        day = format_date(acceptance.when.date())
        say(f"{acceptance.finding} – {_said(acceptance, status, kept)}")
        say(f"  {acceptance.said}")
        say(f"  Lý do: {format_grounds(acceptance)} ({who}, {day})")


def _together(kept: Sequence[Acceptance]) -> list[Acceptance]:
    """All of one finding together, where the first of them stood."""
    first = {a.finding: n for n, a in reversed(list(enumerate(kept)))}
    return sorted(kept, key=lambda a: first[a.finding])


def _said(acceptance: Acceptance, status: str, kept: Sequence[Acceptance]) -> str:
    if status == "undone" or acceptance.undone_on is None:
        return format_undone(acceptance) or _STATUS[status]
    day = _last_of(acceptance, kept).undone_on if status == "retracted" else acceptance.undone_on
    return f"{_STATUS[status]} ngày {format_date(day.date())}" if day else _STATUS[status]


def _last_of(acceptance: Acceptance, kept: Sequence[Acceptance]) -> Acceptance:
    """What in the end took the place of an acceptance, and of what took it: itself where nothing did."""
    after = successor(acceptance, [a for a in kept if a.finding == acceptance.finding])
    return acceptance if after is None else _last_of(after, kept)


def _status(acceptance: Acceptance, kept: Sequence[Acceptance], there: set[str]) -> str:
    if acceptance.undone_on is not None:
        after = successor(acceptance, [a for a in kept if a.finding == acceptance.finding])
        if after is None:
            return "undone"
        if not acceptance.proposed or after.proposed:
            return "replaced"
        return "confirmed" if _last_of(after, kept).undone_on is None else "retracted"
    if acceptance.finding not in there:
        return "moot"
    return "proposed" if acceptance.proposed else "in_force"
