"""``dvctt-report letter``: the year's letters in Word, ready for number and signature; what goes to whom."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from itertools import chain
from typing import Annotated, Any, TypeAlias

import typer

from dvctt_report.cli.feedback import FOLDER, Questions, ReplyBy, file_name, tell_only_questions
from dvctt_report.cli.options import AsOf, UnitNames, When, find_units, flag, option, parse_due, parse_moment
from dvctt_report.cli.screen import is_in_menu, say
from dvctt_report.cli.session import nameless_warning, open_workspace, open_year, tell_uncollected
from dvctt_report.files.writing import write_beside
from dvctt_report.model import TO_ENTER
from dvctt_report.papers.letters import forms
from dvctt_report.papers.letters.letter import Letter, LetterTerms, find_blanks, with_recipients
from dvctt_report.papers.letters.sending import (
    Sender,
    Sending,
    files_in,
    group_message,
    sending_bytes,
    sending_index,
)
from dvctt_report.papers.letters.write import FEEDBACK, FORMS, REMIND, write_letter
from dvctt_report.papers.mending.lists import mending_lists
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
from dvctt_report.year.loader import OpenYear
from dvctt_report.year.receiving import keep_reminded
from dvctt_report.year.year import Year

Due: TypeAlias = Annotated[
    str | None,
    option("--due", "NGÀY", "Đề nghị gửi trước ngày này, ví dụ 18/11/2025; không nêu thì văn bản chừa chỗ."),
]

Final: TypeAlias = Annotated[
    bool, flag("--final", "Bản trình ký: bỏ dấu DỰ THẢO; không lập nếu còn chỗ để trống.")
]


def letter_voice(workspace: Workspace, as_of: datetime) -> Voice:
    """The phrases of the profile, spoken by the office as it signs letters."""
    said = workspace.settings.cong_van
    voice = voice_of(workspace, as_of)
    signing = with_recipients(voice.issuer, said.noi_nhan, said.nguoi_ky, said.ho_ten)
    return replace(voice, issuer=signing, marking=True)


def letter_settings(workspace: Workspace, due: str | None, final: bool, as_of: datetime) -> LetterTerms:
    """What workspace and command line say about a letter. Raises CannotRun for a day that can't be meant."""
    said = workspace.settings.cong_van
    day = parse_due(due, as_of.date())
    return LetterTerms(day, said.dau_moi, said.phat_hanh_bieu_mau, said.da_don_doc, final)


def _chosen(year: OpenYear, named: Sequence[str] | None, concerned: Iterable[Unit], why: str) -> list[str]:
    """The codes of the units that are named; those that the letter doesn't concern are told, with ``why``."""
    wanted = find_units(year.profile, year.dataset.units, named or ())
    there = {unit.code for unit in concerned}
    if left := [unit.short_name for unit in wanted if unit.code not in there]:
        say(f"Không gửi {', '.join(left)}: {why}.")
    return [unit.code for unit in wanted]


def put_down(
    workspace: Workspace,
    letter: Letter,
    template: str,
    stem: str,
    voice: Voice,
    final: bool,
    source: Mapping[str, Any],
) -> int:
    """Write the letter and say where; returns 1, and writes nothing, where a final one has blanks left.

    So it does where the period's frozen files were edited. ``source`` is what its manifest takes of the
    period (``letter_origin``).
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
    ctx: typer.Context, period: When = None, as_of: AsOf = None, final: Final = False
) -> int:
    """Write the letter that issues forms, outline and deadline. Returns 1 where a final one has blanks."""
    workspace, moment = open_workspace(ctx, period), parse_moment(as_of)
    dataset = Dataset.build(workspace.profile, workspace.period, (), moment.date())
    voice = letter_voice(workspace, moment)
    letter = forms.forms_letter(dataset, voice, letter_settings(workspace, None, final, moment))
    source = letter_origin(Year(dataset, ()), moment)
    failed = put_down(workspace, letter, FORMS, f"{FORMS}-{workspace.period}", voice, final, source)
    if not failed:
        say("Gửi kèm tệp biểu mẫu của từng đơn vị (dvctt-report forms).")
        say(
            "Khi có số, ngày công văn, ghi vào dvctt.toml, mục cong_van, dòng phat_hanh_bieu_mau "
            f"để các công văn sau dẫn lại; {THEN_APPLY}."
        )
    return failed


def write_reminder(
    ctx: typer.Context,
    units: UnitNames = None,
    nth: int = 1,
    due: Due = None,
    period: When = None,
    as_of: AsOf = None,
    final: Final = False,
) -> int:
    """Write the reminder, and apart the letter to bodies without duty. Returns 1 as ``put_down`` does."""
    year = open_year(ctx, period, as_of)
    workspace, moment, dataset = year.workspace, year.as_of, year.dataset
    voice = letter_voice(workspace, moment)
    settings = letter_settings(workspace, due, final, moment)
    again = f"-lan-{nth}" if nth > 1 else ""
    kinds: tuple[tuple[forms.Duty, str], ...] = (
        ("required", f"{REMIND}-{workspace.period}{again}"),
        ("asked", f"cong-van-de-nghi-phoi-hop-{workspace.period}{again}"),
    )
    failed, written = 0, False
    source = letter_origin(year, moment)
    silent = {duty: forms.units_without_return(year, duty) for duty, _ in kinds}
    unusable = [line.unit for line in year.lines if line.status == "unusable"]
    concerned = (*chain(*silent.values()), *unusable)
    named = _chosen(year, units, concerned, "đã gửi báo cáo hoặc không phải báo cáo")
    for line in year.lines:
        if line.status == "to_enter":
            say(f"Không đôn đốc {line.unit.short_name}: {TO_ENTER}.")
        elif line.unit.code in dataset.contested and line.status == "unusable":
            say(f"Không đôn đốc {line.unit.short_name}: có tệp chờ xác định của đơn vị nào.")
        elif line.unit.code in named and line.status == "unusable":
            say(
                f"Không đôn đốc {line.unit.short_name}: đã gửi biểu nhưng chưa dùng được; đề nghị gửi lại: "
                f"dvctt-report letter feedback --unit {line.unit.code}"
            )
    for duty, stem in kinds:
        owing = tuple(unit for unit in silent[duty] if not named or unit.code in named)
        if owing:
            written = True
            say(f"{stem}.docx: {', '.join(unit.short_name for unit in owing)}")
            letter = forms.remind_letter(dataset, owing, duty, nth, voice, settings)
            failed |= put_down(workspace, letter, REMIND, stem, voice, final, source)
            keep_reminded(workspace, owing, min(moment, datetime.now()))
    tell_uncollected(workspace)
    if warning := nameless_warning(dataset, "công văn có thể đôn đốc đơn vị đã gửi tệp đó"):
        say(warning)
    if not written:
        say("Không có đơn vị nào phải đôn đốc; không lập công văn.")
    elif moment.date() <= workspace.profile.plan.deadline.last_day(workspace.period):
        say("Lưu ý: chưa hết thời hạn gửi báo cáo.")
    return failed


def write_feedback_letter(
    ctx: typer.Context,
    units: UnitNames = None,
    due: Due = None,
    period: When = None,
    as_of: AsOf = None,
    final: Final = False,
    questions: Questions = False,
) -> int:
    """Write one letter to the units that get a list. Returns 1 where a final one has blanks."""
    year = open_year(ctx, period, as_of)
    workspace, moment, dataset = year.workspace, year.as_of, year.dataset
    voice = letter_voice(workspace, moment)
    settings = letter_settings(workspace, due, final, moment)
    lists = [m for m in mending_lists(year.asked_about) if m.to_mend or m.to_confirm]
    tell_uncollected(workspace)
    named = _chosen(year, units, [m.unit for m in lists], "không có nội dung phải chỉnh lý, xác nhận")
    chosen = [m for m in lists if not named or m.unit.code in named]
    mending = tuple(m for m in chosen if m.goes_out(questions))
    left = [m for m in chosen if not m.goes_out(questions)]
    tell_only_questions(left, "không gửi công văn")
    if not mending:
        say("Không có nội dung nào phải chỉnh lý; không lập công văn.")
        return 0
    for one in mending:
        say(f"{one.unit.short_name}: {len(one.to_mend)} cần chỉnh lý, {len(one.to_confirm)} cần xác nhận")
    letter = forms.mending_letter(dataset, mending, voice, settings)
    source = letter_origin(year, moment)
    stem = f"{FEEDBACK}-{workspace.period}"
    return put_down(workspace, letter, REMIND if len(mending) > 1 else FEEDBACK, stem, voice, final, source)


_OWN_SHEETS = 2
"""Sheets of a list that has no form behind it: the list, and the hidden one with its keys."""


def write_send_list(
    ctx: typer.Context, period: When = None, reply_by: ReplyBy = None, as_of: AsOf = None
) -> None:
    """Write the list of what is to be sent, and print the message for the group."""
    year = open_year(ctx, period, as_of).even_before_anything_came()
    sending, sender = sending_of(year, parse_due(reply_by, year.as_of.date()))
    path = write_beside(year.workspace.results / "gui-di.xlsx", sending_bytes(sending, sender))
    keep_index(year.workspace, path, sending_index(sending, sender))
    say(without_marks(group_message(year, sender)))
    say(f"\nDanh sách gửi từng đơn vị: {path}")
    tell_uncollected(year.workspace)


def sending_of(year: OpenYear, reply_by: date | None = None) -> tuple[Sending, Sender]:
    """What there is to send, and who sends it."""
    workspace, period, contact = year.workspace, year.period, year.workspace.settings.cong_van.dau_moi
    folder = workspace.results / FOLDER
    lists = [(one, folder / file_name(one)) for one in mending_lists(year.asked_about)]
    letters = {"required": f"{REMIND}-{period}", "asked": f"cong-van-de-nghi-phoi-hop-{period}"}
    reminders = {
        duty: max(found)
        for duty, stem in letters.items()
        if (found := files_in(workspace.results, f"{stem}*.docx"))
    }
    lying = []
    for one, path in lists:
        sheets: list[str] = []
        with suppress(OSError, zipfile.BadZipFile), zipfile.ZipFile(BytesIO(read_file(path))) as package:
            sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        if path.exists():
            lying.append((one, path.name, len(sheets) > _OWN_SHEETS))  # more: the unit's form stands behind
    sending = Sending(year, files_in(workspace.forms / str(period), "BM*.xlsx"), tuple(lying), reminders)
    return sending, Sender(workspace.office.ten, year.as_of, contact, reply_by)
