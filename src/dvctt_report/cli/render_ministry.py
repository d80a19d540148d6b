"""``render --ministry``: the draft of the province's report to the ministry, and the submission with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dvctt_report.cli.rendered import read_last, render_text, tell_changes, tell_data, tell_pdf
from dvctt_report.cli.screen import say
from dvctt_report.errors import CannotRun

if TYPE_CHECKING:
    from dvctt_report.loader import OpenPeriod

CHANGES = "thay-doi-ubnd"


def render_ministry(opened: OpenPeriod, final: bool, diff: bool, pdf: bool) -> int:
    """Write both drafts beside the office's own report, whose files stay as they are.

    Raises CannotRun for a final one: the office of the province finishes the text.
    """
    from dvctt_report.letters.submission import make_submission
    from dvctt_report.letters.write import SUBMISSION, write_submission
    from dvctt_report.report.issuers import voice_of
    from dvctt_report.report.texts import MINISTRY

    if final:
        raise CannotRun(
            "Báo cáo gửi Bộ luôn là dự thảo: UBND tỉnh hoàn thiện và ký sau khi nhận Tờ trình.", "Bỏ --final."
        )
    workspace, moment = opened.workspace, opened.as_of
    period, folder = workspace.period, workspace.profile_folder
    office, ministry = voice_of(workspace, moment), voice_of(workspace, moment, MINISTRY.name)
    dataset, findings, summary = opened.dataset, opened.findings, opened.summary
    former = read_last(workspace, MINISTRY) if diff else None
    rendered = render_text(opened, ministry)
    submission = write_submission(
        make_submission(dataset, summary, findings, replace(office, marking=True), ministry.issuer),
        folder / f"{SUBMISSION}.docx",
        workspace.results / f"{SUBMISSION}-{period}.docx",
        office.issuer,
        rendered.manifest,
        workspace.manifests,
    )
    tell_data(dataset, findings)
    for note in (*rendered.notes, *submission.notes):
        say(note)
    say(f"Đã lập dự thảo báo cáo gửi Bộ: {rendered.report}")
    say(f"Tờ trình:                      {submission.path}")
    say(f"Nguồn của từng con số:         {rendered.manifest}")
    if diff:
        tell_changes(workspace, former, rendered, ministry.issuer, CHANGES)
    tell_pdf(rendered.report, pdf)
    return 0
