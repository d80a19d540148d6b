"""``dvctt-report render``: the report with its manifest, the signer's page, the table of figures; or the text
for the ministry with its submission."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import typer

from dvctt_report.cli.ask import ask, confirm
from dvctt_report.cli.leave import leave_page, read_books
from dvctt_report.cli.options import parse_due
from dvctt_report.cli.screen import is_terminal, progress, say, tell
from dvctt_report.cli.session import open_year, tell_nameless, tell_uncollected
from dvctt_report.decide.check import drafts
from dvctt_report.files.libreoffice import NoPdf, convert_to_pdf
from dvctt_report.files.manifests import kept_manifest
from dvctt_report.files.writing import replace_file, write_beside
from dvctt_report.model.period import Period
from dvctt_report.papers.letters import write
from dvctt_report.papers.letters.documents import make_quick, make_submission
from dvctt_report.papers.letters.signing import signing_page
from dvctt_report.papers.letters.uncertain import Changes, NoDraft, compare, read_snapshot, snapshot_of
from dvctt_report.papers.years.amend import moment_of, write_correction, write_supplement
from dvctt_report.plan.texts import MINISTRY
from dvctt_report.report.citing import moment
from dvctt_report.report.context import build_context
from dvctt_report.report.final import NotFinal
from dvctt_report.report.identity import is_as_written, read_identity
from dvctt_report.report.issuers import keep_ask_until, kept_ask_until, voice_of
from dvctt_report.report.narrative import suggested_by
from dvctt_report.report.prose.rewriting import ProseChange, changed_prose, edits_of
from dvctt_report.report.prose.taking import OwnFiles, read_words
from dvctt_report.report.prose.word import ProsePiece, make_line
from dvctt_report.report.telling import Telling
from dvctt_report.report.wording import Voice
from dvctt_report.report.write import annexes_beside, own_files, render_period
from dvctt_report.report.written import Origin, keep_index, keep_under
from dvctt_report.store.published.record import Publication, publications, whole_reports
from dvctt_report.store.workspace import Workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import file_digest, read_file
from dvctt_report.year.left_out import count_contents
from dvctt_report.year.loader import OpenYear

MOST_SHOWN = 20
"""Changes shown on the screen; the Word file has them all."""


def run(
    ctx: typer.Context,
    period: Period | None = None,
    as_of: str | None = None,
    final: bool = False,
    diff: bool = False,
    pdf: bool = False,
    ministry: bool = False,
    supplement: bool = False,
    replacing: bool = False,
    correct: bool = False,
    quick: bool = False,
    due: str | None = None,
) -> int:
    """Write the year's report; 1, and nothing written, where a final one can't be yet."""
    year = open_year(ctx, period, as_of)
    tell_uncollected(year.workspace)
    # "đến 17 giờ" in print, and yet a return that is signed later counts
    before = (year.as_of - timedelta(minutes=1)).date()
    days = [one.submission.sent_on for one in year.dataset.returns]
    if n_later := sum(day is not None and day > before for day in days):
        when = moment(year.as_of)
        tell(f"Lưu ý: báo cáo ghi “đến {when}”, nhưng {n_later} tệp ghi ngày gửi từ đó về sau.")
    try:
        if ministry:
            report = _render_ministry(year, final, diff)
        elif quick:
            report = _render_quick(year, final)
        else:
            signed = _signed(year, (supplement, replacing, correct))
            if supplement or correct:
                report = _amend(year, signed, correct, final)
            else:
                report = _render_report(year, signed, final, diff, due)
    except NotFinal as refused:
        say(f"Chưa lập bản trình ký, còn {len(refused.obstacles)} việc:")
        for n, one in enumerate(refused.obstacles, 1):
            say(f"{n}. {one.what}", f"   → {one.remedy}")
        say("Đơn vị gửi muộn, chưa gửi, mục tiêu chưa đạt được nêu trong báo cáo, không phải là lý do.")
        return 1
    _tell_pdf(report, pdf)
    return 0


def _signed(year: OpenYear, ways: Sequence[bool]) -> tuple[Publication, ...]:
    """What was signed of the period. Raises CannotRun unless just one way goes on from it, and else none."""
    signed = publications(year.workspace, year.period)
    if signed and sum(ways) != 1:
        raise CannotRun(
            f"Báo cáo {year.period.words} đã phát hành ({signed[-1].cited}); không lập đè lên bản đã ký.",
            "Chọn một cách: --supplement (báo cáo bổ sung: số liệu gửi sau), --replace (báo cáo thay thế: "
            "nội dung sai), --correct (công văn đính chính: sai thể thức, lỗi kỹ thuật).",
        )
    if any(ways) and not signed:
        raise CannotRun(
            f"Báo cáo {year.period.words} chưa phát hành: chưa có gì để bổ sung, thay thế, đính chính.",
            "Lập báo cáo: bỏ tùy chọn đó; ghi bản đã ký: dvctt-report publish",
        )
    return signed


def _render_report(
    year: OpenYear, signed: Sequence[Publication], final: bool, diff: bool, due: str | None
) -> Path:
    """Write report, signer's page, table of figures; in the place of the ``signed`` one if there is any."""
    from dvctt_report.consolidated import STEM, consolidated_bytes, workbook_index

    workspace = year.workspace
    voice = voice_of(workspace, year.as_of)
    may_ask = not due and is_terminal(sys.stdin) and kept_ask_until(workspace, year.as_of) is None
    if may_ask and any(lead.ask for lead in Telling(year, voice).leads):
        due = ask("Hạn của việc đề nghị ở trang 1, ví dụ 31/12/2026 (Enter để chừa trống)")
    if day := parse_due(due, year.as_of.date()):
        keep_ask_until(workspace, day)
        voice = voice_of(workspace, year.as_of)
    if signed:
        voice = Voice(voice.phrases, replace(voice.issuer, replaces=whole_reports(signed)[-1].cited))
    if is_terminal(sys.stdin):
        ask_about_prose(year, voice)
    manifest, of = workspace.manifest_of(workspace.period), voice.issuer.text.name
    former = drafts.read_former(manifest, workspace.manifests, workspace.period, of) if diff else None
    signing_file = workspace.results / f"{write.SIGNING}.docx"
    table_file = workspace.results / f"{STEM}-{workspace.period}.xlsx"
    previous, annexes = read_snapshot(manifest), annexes_beside(manifest)
    apart = (annexes.with_suffix(".docx"), annexes)
    with progress(3, "Viết báo cáo", "bước") as done:
        rendered = render_period(year, voice, final, (signing_file, table_file, *apart))
        done("Viết tóm tắt trình ký")
        if isinstance(previous, NoDraft):
            changes: Changes | NoDraft = previous
        else:
            changes = compare(previous, snapshot_of(rendered.data))
        telling = Telling(year, replace(voice, marking=True))
        page = signing_page(telling, changes, rendered.printed, rendered.obstacles)
        signing = write.write_signing_page(
            page,
            workspace.profile_file(f"{write.SIGNING}.docx"),
            signing_file,
            voice.issuer,
            Origin(rendered.data, workspace.manifests),
        )
        # With a country's communes, memory that the workbook can have
        rendered = replace(rendered, data={}, printed=())
        done("Ghi bảng kê số liệu")
        table = write_beside(table_file, consolidated_bytes(year, voice.phrases, workspace.notice))
        keep_index(workspace, table, workbook_index(year, voice.phrases), digest=file_digest(table))
    _tell_data(year)
    what = "báo cáo trình ký" if final else "dự thảo báo cáo"
    say(*rendered.notes, *signing.notes, f"Đã lập {what}: {rendered.report}")
    if signed:
        say(f"Báo cáo đã phát hành {voice.issuer.replaces} giữ nguyên tới khi bản này được ký, ghi số.")
    say(f"Tóm tắt trình ký:       {signing.path}", f"Nguồn của từng con số:  {rendered.manifest}")
    say(f"Bảng kê số liệu các ô:  {table}")
    leave_page(year, say, books=read_books(year))
    if diff:
        _tell_changes(workspace, voice, former, rendered.manifest, "thay-doi")
    return rendered.report


def _render_quick(year: OpenYear, final: bool) -> Path:
    """Write quick report and page for a meeting, whatever is missing. Raises CannotRun for a final one."""
    if final:
        raise CannotRun(
            "Báo cáo nhanh không có bản trình ký: lập theo số liệu đang có, ký được ngay.", "Bỏ --final."
        )
    telling = Telling(year, replace(voice_of(year.workspace, year.as_of), marking=True))
    written, meeting = write.write_quick_report(*make_quick(telling), year, telling)
    say(
        *(*written.notes, *meeting.notes),
        f"Đã lập báo cáo nhanh:  {written.path}",
        f"Trang họp, một biểu đồ: {meeting.path}",
        f"Nguồn của từng con số: {written.path.with_suffix('.json')}",
    )
    return written.path


def _amend(year: OpenYear, signed: Sequence[Publication], correct: bool, final: bool) -> Path:
    """Write the supplement, or the letter of correction, which is of the moment of the signed report."""
    if correct:
        then = OpenYear(year.workspace, moment_of(signed[-1]), tell=tell)
        written = write_correction(year, then, signed, final)
    else:
        written = write_supplement(year, signed, final)
        _tell_data(year)
    what = "công văn đính chính" if correct else "báo cáo bổ sung"
    say(
        *written.notes,
        f"Đã lập {what}{'' if final else ' (dự thảo)'}: {written.path}",
        f"Nguồn của từng con số: {written.path.with_suffix('.json')}",
    )
    return written.path


def _render_ministry(year: OpenYear, final: bool, diff: bool) -> Path:
    """Write both drafts beside the office's own report. Raises CannotRun for a final one."""
    if final:
        raise CannotRun(
            "Báo cáo gửi Bộ luôn là dự thảo: UBND tỉnh hoàn thiện và ký sau khi nhận Tờ trình.", "Bỏ --final."
        )
    workspace, moment = year.workspace, year.as_of
    period = workspace.period
    office, ministry = voice_of(workspace, moment), voice_of(workspace, moment, MINISTRY.name)
    manifest, of = workspace.manifest_of(period, ministry.issuer.text.stem), ministry.issuer.text.name
    former = drafts.read_former(manifest, workspace.manifests, period, of) if diff else None
    rendered = render_period(year, ministry)
    submission = write.write_submission(
        make_submission(Telling(year, replace(office, marking=True)), ministry.issuer),
        workspace.profile_file(f"{write.SUBMISSION}.docx"),
        workspace.results / f"{write.SUBMISSION}-{period}.docx",
        office.issuer,
        Origin(rendered.data, workspace.manifests),
    )
    _tell_data(year)
    say(
        *(*rendered.notes, *submission.notes),
        f"Đã lập dự thảo báo cáo gửi Bộ: {rendered.report}",
        f"Tờ trình:                      {submission.path}",
        f"Nguồn của từng con số:         {rendered.manifest}",
    )
    if diff:
        _tell_changes(workspace, ministry, former, rendered.manifest, "thay-doi-ubnd")
    return rendered.report


def _tell_pdf(report: Path, wanted: bool) -> None:
    """Print the report as PDF beside it; where that can't be, the report stands all the same."""
    out = report.with_suffix(".pdf")
    if wanted:
        try:
            made = convert_to_pdf(report, out)
        except NoPdf as reason:
            say(str(reason))
        else:
            say(*made.notes)
            say(f"Bản PDF (để xem, không phải để ký): {made.path}")
            return
    if out.exists():
        say(f"Lưu ý: tệp “{out.name}” là của lần lập trước, không phải của báo cáo vừa lập.")


def _tell_data(year: OpenYear) -> None:
    """Say how far the figures of the report are from complete."""
    dataset = year.dataset
    n_usable, n_units = sum(dataset.effective(u.code) is not None for u in year.units), len(year.units)
    told = [f"mới có báo cáo dùng được của {n_usable}/{n_units} đơn vị"] if n_usable < n_units else []
    if n_errors := len([*dataset.to_mend(year.findings)]):
        told.append(f"còn {n_errors} lỗi chưa chỉnh lý (dvctt-report validate)")
    if n_left := count_contents(year.left_out):
        told.append(f"{n_left} nội dung để ngoài tổng hợp (dvctt-report decide)")
    say(*([f"Lưu ý: {'; '.join(told)}."] if told else []))
    tell_nameless(dataset, "báo cáo có thể ghi đơn vị đó là chưa gửi")


def _tell_changes(
    workspace: Workspace, voice: Voice, former: Mapping[str, Any] | None, manifest: Path, stem: str
) -> None:
    """Print what has changed since the text was rendered before (``former``); write all of it in Word."""
    issuer, period = voice.issuer, workspace.period
    now = drafts.read_former(manifest, workspace.manifests, period, issuer.text.name)
    if former is None or now is None:
        say("Chưa có bản lập trước để so sánh.")
        return
    changes = drafts.compare_drafts(former, now)
    since = f"bản lập tính đến {moment(datetime.fromisoformat(former['as_of']))}"
    say(f"So với {since}: {f'{len(changes)} chỗ thay đổi' if changes else 'không có thay đổi'}.")
    for change in changes[:MOST_SHOWN]:
        say(
            f"- {drafts.format_place(change)}",
            f"    trước: {change.old or drafts.NEW}",
            f"    nay:   {change.new or drafts.GONE}",
        )
    if len(changes) > MOST_SHOWN:
        say(f"… và {len(changes) - MOST_SHOWN} chỗ khác, xem tệp Word.")
    content = drafts.changes_bytes(changes, period, since, issuer.name, issuer.notice)
    say(f"Thay đổi: {write_beside(workspace.results / f'{stem}-{period}.docx', content)}")


def ask_about_prose(year: OpenYear, voice: Voice) -> None:
    """Offer to take over what was edited in the draft, then to bring up to date what was suggested once."""
    workspace = year.workspace
    own = own_files(workspace, voice.issuer.text)
    if not own.prose.exists():
        return
    draft = workspace.manifest_of(workspace.period, voice.issuer.text.stem).with_suffix(".docx")
    manifest = kept_manifest(workspace.manifests, read_identity(draft)) if draft.exists() else None
    edited: tuple[ProseChange, ...] = ()
    lost: tuple[str, ...] = ()
    with suppress(ValueError, KeyError, OSError, CannotRun):  # such a draft is kept aside whole
        if manifest is not None and not is_as_written(read_file(draft)):
            edited, lost = edits_of(draft, manifest, voice)
    for slot in lost:
        tell(
            f"{draft.name}: chưa rõ đã sửa gì ở mục “{voice.say(f'prose.{slot}')}”, vì đoạn ngay trên, "
            f"ngay dưới mục cũng đã sửa; chép phần cần giữ vào {own.name}."
        )
    asked = f"Đưa {len(edited)} chỗ đã sửa trong {draft.name} vào {own.name}?"
    _offer(edited, "Đã sửa trong bản dự thảo:", asked, own, voice)
    told = Telling(year, replace(voice, marking=True))
    words = read_words(own, year, build_context(told).body, told.voice, suggested_by(told))
    behind = [
        ProseChange(slot, (stale.text,), (make_line((ProsePiece(stale.now),)),) if stale.now else ())
        for slot, one in words.taken.items()
        for stale in one.stale
    ]
    asked = f"Thay {len(behind)} đoạn ghi số đã cũ ở {own.name} bằng lời theo số liệu nay?"
    _offer(behind, "Gợi ý đã dùng, nay ghi số đã cũ:", asked, own, voice)


def _offer(changes: Sequence[ProseChange], title: str, question: str, own: OwnFiles, voice: Voice) -> None:
    """Show old and new of every change, ask once, and on a yes make them in the officer's file."""
    if not changes:
        return
    say(f"\n{title}")
    for change in changes:
        say(f"- Mục “{voice.say(f'prose.{change.slot}')}”")
        say(
            *(f"    đang ghi: {text}" for text in change.old),
            *(f"    nay ghi:  {one.text}" for one in change.new),
        )
        if not change.new:
            say("    nay: bỏ đoạn này")
    if not confirm(question, default=True):
        return
    try:
        content = changed_prose(own.prose, changes, voice)
        (kept,) = keep_under("trước khi thay", {own.prose: read_file(own.prose)})
        replace_file(own.prose, content)
    except OSError:
        tell(f"Chưa ghi được {own.name}: đóng tệp trong Word rồi chạy lại.")
        return
    say(f"Đã ghi vào {own.name}; bản trước đó giữ ở “{kept.name}”.")
