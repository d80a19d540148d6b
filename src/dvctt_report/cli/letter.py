"""``dvctt-report letter``: the year's letters in Word, ready for number and signature; what goes to whom."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

import typer

from dvctt_report.cli.options import find_unit, find_units, parse_due, parse_moment
from dvctt_report.cli.screen import is_in_menu, say, tell
from dvctt_report.cli.session import open_workspace, open_year, tell_nameless, tell_uncollected
from dvctt_report.files.writing import write_beside
from dvctt_report.forms.writer import form_name
from dvctt_report.intake.collect import read_return
from dvctt_report.model import TO_ENTER, ReturnStatus
from dvctt_report.model.period import Period
from dvctt_report.papers.letters import forms
from dvctt_report.papers.letters.letter import Letter, LetterTerms, find_blanks, with_recipients
from dvctt_report.papers.letters.sending import Sender, Sending, group_message, sending_bytes, sending_index
from dvctt_report.papers.letters.write import FEEDBACK, FORMS, REMIND, write_letter
from dvctt_report.papers.mending import workbook
from dvctt_report.papers.mending.lists import MendingList, format_message, mending_index, mending_lists
from dvctt_report.plan.model import Unit
from dvctt_report.report.issuers import voice_of
from dvctt_report.report.manifest import letter_origin
from dvctt_report.report.marks import without_marks
from dvctt_report.report.wording import Voice
from dvctt_report.report.written import Origin, keep_index
from dvctt_report.store.frozen import tell_altered
from dvctt_report.store.workspace import THEN_APPLY, Workspace
from dvctt_report.text.opening import read_file
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.loader import OpenYear, reported_last_year
from dvctt_report.year.receiving import keep_reminded
from dvctt_report.year.year import Year

FOLDER = "chinh-ly"
_REMINDERS: dict[forms.Duty, str] = {"required": REMIND, "asked": "cong-van-de-nghi-phoi-hop"}
"""What the letters to those who owe a return, and to those who are asked for one, are called."""
_OWN_SHEETS = 2
"""Sheets of a list that has no form behind it: the list, and the hidden one with its keys."""


def letter_terms(
    workspace: Workspace, as_of: datetime, due: str | None = None, final: bool = False
) -> tuple[Voice, LetterTerms]:
    """The office's voice as it signs letters, and what is said about one. Raises CannotRun for a bad day."""
    settings, voice = workspace.settings.cong_van, voice_of(workspace, as_of)
    signing = with_recipients(voice.issuer, settings.noi_nhan, settings.nguoi_ky, settings.ho_ten)
    day = parse_due(due, as_of.date())
    terms = LetterTerms(day, settings.dau_moi, settings.phat_hanh_bieu_mau, settings.da_don_doc, final)
    return replace(voice, issuer=signing, marking=True), terms


def _chosen(year: OpenYear, named: Sequence[str] | None, concerned: Iterable[Unit], why: str) -> list[str]:
    """The codes of the units that are named; those that the letter doesn't concern are told, with ``why``."""
    wanted = find_units(year.profile, year.dataset.units, named or ())
    there = {unit.code for unit in concerned}
    if left := [unit.short_name for unit in wanted if unit.code not in there]:
        say(f"Không gửi {', '.join(left)}: {why}.")
    return [unit.code for unit in wanted]


def _put_down(
    workspace: Workspace,
    letter: Letter,
    template: str,
    stem: str,
    voice: Voice,
    final: bool,
    source: Mapping[str, Any],
) -> int:
    """Write the letter and say where; returns 1, and writes nothing, where a final one has blanks, or the
    period's frozen files were edited. ``source``: ``letter_origin``.
    """
    blanks = ", ".join(find_blanks(letter, voice))
    if final and (altered := tell_altered(workspace)):
        say(f"Chưa lập bản trình ký {stem}.docx. {'. '.join(altered)}.")
        return 1
    if final and blanks:
        say(f"Chưa lập bản trình ký {stem}.docx, còn chỗ để trống: {blanks}.")
        here = "ở mục 1, hạn gửi ghi khi được hỏi" if is_in_menu() else "hạn gửi bằng --due"
        say(f"Điền ở dvctt.toml (mục ke_hoach, bao_cao, cong_van; {THEN_APPLY}), {here}, rồi lập lại.")
        return 1
    path, out = workspace.profile_file(f"{template}.docx"), workspace.results / f"{stem}.docx"
    written = write_letter(letter, path, out, voice.issuer, Origin(source, workspace.manifests))
    say(*written.notes, f"Đã lập {'công văn' if final else 'dự thảo công văn'}: {written.path}")
    say(*([f"  Còn để trống: {blanks}."] if blanks else []))
    return 0


def write_forms_letter(
    ctx: typer.Context, period: Period | None = None, as_of: str | None = None, final: bool = False
) -> int:
    """Write the letter that issues forms, outline and deadline. Returns 1 where a final one has blanks."""
    workspace, moment = open_workspace(ctx, period), parse_moment(as_of)
    dataset = Dataset(workspace.profile, workspace.period, (), moment.date())
    voice, terms = letter_terms(workspace, moment, None, final)
    letter, source = forms.forms_letter(dataset, voice, terms), letter_origin(Year(dataset, ()), moment)
    failed = _put_down(workspace, letter, FORMS, f"{FORMS}-{workspace.period}", voice, final, source)
    if not failed:
        say("Gửi kèm tệp biểu mẫu của từng đơn vị (dvctt-report forms).")
        say(
            "Khi có số, ngày công văn, ghi vào dvctt.toml, mục cong_van, dòng phat_hanh_bieu_mau "
            f"để các công văn sau dẫn lại; {THEN_APPLY}."
        )
    return failed


def write_reminder(
    ctx: typer.Context,
    units: list[str] | None = None,
    nth: int = 1,
    due: str | None = None,
    period: Period | None = None,
    as_of: str | None = None,
    final: bool = False,
) -> int:
    """Write the reminder, and apart the letter to bodies without duty; 1 where a final one has blanks."""
    year = open_year(ctx, period, as_of)
    workspace, moment, dataset = year.workspace, year.as_of, year.dataset
    voice, terms = letter_terms(workspace, moment, due, final)
    failed, written = 0, False
    source = letter_origin(year, moment)
    silent = {duty: forms.units_without_return(year, duty) for duty in _REMINDERS}
    unusable = [line.unit for line in year.lines if line.status == "unusable"]
    concerned = (*chain(*silent.values()), *unusable)
    named = _chosen(year, units, concerned, "đã gửi báo cáo hoặc không phải báo cáo")
    for line in year.lines:
        why, code = "", line.unit.code
        if line.status == "to_enter":
            why = f"{TO_ENTER}."
        elif code in dataset.contested and line.status == "unusable":
            why = "có tệp chờ xác định của đơn vị nào."
        elif code in named and line.status == "unusable":
            why = "đã gửi biểu nhưng chưa dùng được; đề nghị gửi lại: "
            why += f"dvctt-report letter feedback --unit {code}"
        say(*([f"Không đôn đốc {line.unit.short_name}: {why}"] if why else []))
    for duty, name in _REMINDERS.items():
        stem = f"{name}-{workspace.period}" + (f"-lan-{nth}" if nth > 1 else "")
        owing = tuple(unit for unit in silent[duty] if not named or unit.code in named)
        if owing:
            written = True
            say(f"{stem}.docx: {', '.join(unit.short_name for unit in owing)}")
            letter = forms.remind_letter(dataset, owing, duty, nth, voice, terms)
            failed |= _put_down(workspace, letter, REMIND, stem, voice, final, source)
            keep_reminded(workspace, owing, min(moment, datetime.now()))
    tell_uncollected(workspace)
    tell_nameless(dataset, "công văn có thể đôn đốc đơn vị đã gửi tệp đó")
    if not written:
        say("Không có đơn vị nào phải đôn đốc; không lập công văn.")
    elif moment.date() <= workspace.profile.plan.deadline.last_day(workspace.period):
        say("Lưu ý: chưa hết thời hạn gửi báo cáo.")
    return failed


def write_feedback_letter(
    ctx: typer.Context,
    units: list[str] | None = None,
    due: str | None = None,
    period: Period | None = None,
    as_of: str | None = None,
    final: bool = False,
    questions: bool = False,
) -> int:
    """Write one letter to the units that get a list. Returns 1 where a final one has blanks."""
    year = open_year(ctx, period, as_of)
    workspace, moment, dataset = year.workspace, year.as_of, year.dataset
    voice, terms = letter_terms(workspace, moment, due, final)
    lists = [m for m in mending_lists(year.asked_about) if m.to_mend or m.to_confirm]
    tell_uncollected(workspace)
    named = _chosen(year, units, [m.unit for m in lists], "không có nội dung phải chỉnh lý, xác nhận")
    chosen = [m for m in lists if not named or m.unit.code in named]
    mending = tuple(m for m in chosen if m.goes_out(questions))
    _tell_only_questions([m for m in chosen if not m.goes_out(questions)], "không gửi công văn")
    if not mending:
        say("Không có nội dung nào phải chỉnh lý; không lập công văn.")
        return 0
    for one in mending:
        say(f"{one.unit.short_name}: {len(one.to_mend)} cần chỉnh lý, {len(one.to_confirm)} cần xác nhận")
    letter, source = forms.mending_letter(dataset, mending, voice, terms), letter_origin(year, moment)
    stem = f"{FEEDBACK}-{workspace.period}"
    return _put_down(workspace, letter, REMIND if len(mending) > 1 else FEEDBACK, stem, voice, final, source)


def write_send_list(
    ctx: typer.Context, period: Period | None = None, reply_by: str | None = None, as_of: str | None = None
) -> None:
    """Write the list of what is to be sent, and print the message for the group."""
    year = open_year(ctx, period, as_of).even_before_anything_came()
    workspace, period, contact = year.workspace, year.period, year.workspace.settings.cong_van.dau_moi
    letters = {duty: workspace.results.glob(f"{name}-{period}*.docx") for duty, name in _REMINDERS.items()}
    reminders: dict[str, str] = {
        duty: max((path.name for path in paths), default="") for duty, paths in letters.items()
    }
    lying = []
    for one in mending_lists(year.asked_about):
        path, sheets = workspace.results / FOLDER / file_name(one), list[str]()
        with suppress(OSError, zipfile.BadZipFile), zipfile.ZipFile(BytesIO(read_file(path))) as package:
            sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        if path.exists():
            lying.append((one, path.name, len(sheets) > _OWN_SHEETS))  # more: the unit's form stands behind
    forms = frozenset(path.name for path in (workspace.forms / str(period)).glob("BM*.xlsx"))
    sending = Sending(year, forms, tuple(lying), reminders)
    sender = Sender(workspace.office.ten, year.as_of, contact, parse_due(reply_by, year.as_of.date()))
    path = write_beside(year.workspace.results / "gui-di.xlsx", sending_bytes(sending, sender))
    keep_index(year.workspace, path, sending_index(sending, sender))
    say(without_marks(group_message(year, sender)))
    say(f"\nDanh sách gửi từng đơn vị: {path}")
    tell_uncollected(year.workspace)


def write_mending_lists(
    ctx: typer.Context,
    period: Period | None = None,
    unit: str | None = None,
    reply_by: str | None = None,
    text: bool = False,
    questions: bool = False,
    as_of: str | None = None,
) -> None:
    """Write the list of each unit that has something to mend."""
    year = open_year(ctx, period, as_of)
    workspace, profile, made = year.workspace, year.profile, year.as_of
    chosen = find_unit(profile, profile.units(workspace.period), unit)
    reply_by_day, notice = parse_due(reply_by, made.date()), workspace.notice
    head = workbook.WorkbookHead(
        workspace.office.ten, made, reply_by_day, workspace.settings.cong_van.dau_moi, notice
    )
    lists = [m for m in mending_lists(year.asked_about) if chosen in (None, m.unit)]
    asked = [m for m in lists if m.goes_out(questions)]
    folder = workspace.results / FOLDER
    written: list[tuple[MendingList, Path]] = []
    messages = []
    for one in asked:
        content, has_form = _content(one, year, head)
        path = folder / file_name(one)
        if path.exists() and read_return(path.name, read_file(path), profile, one.period).replies:
            tell(f"{path.name} đã có ý kiến của đơn vị nên được giữ lại: chép vào nhan-ve rồi chạy collect.")
            path = path.with_stem(f"{path.stem} (2)")
        path = write_beside(path, content)
        written.append((one, path))
        message = (head.sender, head.reply_by, path.name)
        marked = format_message(one, *message, with_form=has_form, contact=head.contact)
        messages.append(without_marks(marked))
    if text:
        say("\n\n".join(messages))
    out = tell if text else say
    if not written:
        out("Không đơn vị nào có nội dung cần chỉnh lý; không lập bảng kê.")
    else:
        keep_index(workspace, folder, mending_index(lists))
        out(f"Đã lập {len(written)} bảng kê trong {folder}:")
        for one, path in written:
            parts = ((len(one.to_mend), "chỉnh lý"), (len(one.to_confirm), "xác nhận"))
            counts = ", ".join(f"{n} nội dung {what}" for n, what in parts if n)
            out(f"  {path.name}: {one.unit.short_name} – {counts}")
        out("Gửi kèm thư cho từng đơn vị; tệp gửi lại thì chép vào nhan-ve rồi chạy: dvctt-report collect")
    left = [m for m in lists if not m.goes_out(questions) and m.to_confirm]
    _tell_only_questions(left, "không lập bảng kê")
    for one in (m for m in lists if m.n_waiting):
        tell(f"{one.unit.short_name} đã trả lời {one.n_waiting} nội dung, chờ xem xét: dvctt-report validate")
    known = {path.name for _, path in written} | {file_name(m) for m in (*asked, *left)}
    old = sorted(p.name for p in folder.glob("*.xlsx") if p.name not in known) if chosen is None else []
    if old:
        tell(f"Bảng kê cũ, nay không còn nội dung để gửi: {', '.join(old)} (trong {folder}).")
    tell_uncollected(workspace)


def file_name(asked: MendingList) -> str:
    """The name of what is sent to a unit: its form's, and what it is for."""
    return form_name(asked.unit, asked.period).replace(".xlsx", "_ra-soat.xlsx")


def _content(asked: MendingList, year: OpenYear, head: workbook.WorkbookHead) -> tuple[bytes, bool]:
    """The list, and whether the unit's form is behind it: not where several files wait for a choice."""
    returns = {r.status: r for r in year.collected.returns if r.unit == asked.unit.code}
    read, last = returns.get(ReturnStatus.EFFECTIVE), reported_last_year(year.workspace)
    made = None
    if read is not None and (content := year.content_of(read)) is not None:
        made = workbook.own_form(asked, read, content, year.profile, head, last)
    elif read is None and ReturnStatus.UNDECIDED not in returns:
        made = workbook.blank_form(asked, year.profile, head, last)
    return made or workbook.mending_bytes(asked, year.profile, head), made is not None


def _tell_only_questions(lists: Sequence[MendingList], what: str) -> None:
    """Name the units that are left out as they have nothing to mend; ``what`` is not done for them."""
    if lists:
        names = "; ".join(m.unit.short_name for m in lists)
        tell(f"Chỉ có nội dung cần xác nhận, {what} (thêm --questions để gửi): {names}.")
