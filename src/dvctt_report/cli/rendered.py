"""Write a report, whichever text it is, and tell what is to be told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dvctt_report.cli.screen import say
from dvctt_report.cli.session import nameless_warning
from dvctt_report.files import write_beside
from dvctt_report.model import Finding, Severity, count_open

if TYPE_CHECKING:
    from dvctt_report.dataset import Dataset
    from dvctt_report.loader import OpenPeriod
    from dvctt_report.report.settings import Issuer
    from dvctt_report.report.texts import Text
    from dvctt_report.report.wording import Voice
    from dvctt_report.report.write import Rendered
    from dvctt_report.workspace import Workspace


MOST_SHOWN = 20
"""Changes shown on the screen; the Word file has them all."""


def read_last(workspace: Workspace, text: Text) -> Mapping[str, Any] | None:
    """What was printed when this text was last rendered; None for the first time."""
    from dvctt_report.verify.drafts import read_former

    manifest = workspace.manifest_of(workspace.period, text.stem)
    return read_former(manifest, workspace.manifests, workspace.period, text.name)


def render_text(
    opened: OpenPeriod,
    voice: Voice,
    final: bool = False,
    companions: Sequence[Path] = (),
) -> Rendered:
    """Write the voice's text of the year and its manifest among the results.

    ``companions`` are written with it: where a final one stands there, it is kept with them.

    Raises NotFinal with everything that a final one waits for, CannotRun for what the officer has edited.
    """
    from dvctt_report.report.prose.files import OwnFiles
    from dvctt_report.report.texts import DEPARTMENT
    from dvctt_report.report.write import render_report

    workspace, period, text = opened.workspace, opened.period, voice.issuer.text
    own = OwnFiles(
        workspace.prose / f"{period}.docx",
        workspace.prose / f"tap-hop-y-kien-{period}.docx",
        made=text == DEPARTMENT,
    )
    return render_report(
        opened.dataset,
        opened.summary,
        opened.findings,
        voice.issuer,
        voice.phrases,
        workspace.profile_folder / "report.docx",
        workspace.manifest_of(period, text.stem).with_suffix(".docx"),
        opened.known.decisions,
        workspace.manifests,
        own,
        final,
        companions,
    )


def tell_pdf(report: Path, wanted: bool) -> None:
    """Print the report as PDF beside it; where that can't be, the report stands all the same."""
    from dvctt_report.office import NoPdf, convert_to_pdf

    out = report.with_suffix(".pdf")
    if wanted:
        try:
            made = convert_to_pdf(report, out)
        except NoPdf as reason:
            say(str(reason))
        else:
            for note in made.notes:
                say(note)
            say(f"Bản PDF (để xem, không phải để ký): {made.path}")
            return
    if out.exists():
        say(f"Lưu ý: tệp “{out.name}” là của lần lập trước, không phải của báo cáo vừa lập.")


def tell_data(dataset: Dataset, findings: Sequence[Finding]) -> None:
    """Say how far the figures of the report are from complete."""
    n_usable = sum(dataset.effective(u.code) is not None for u in dataset.units)
    n_errors = count_open(findings)[Severity.ERROR]
    if n_usable < len(dataset.units) or n_errors:
        say(
            f"Lưu ý: mới có báo cáo dùng được của {n_usable}/{len(dataset.units)} đơn vị; "
            f"còn {n_errors} lỗi chưa chỉnh lý (dvctt-report validate)."
        )
    if warning := nameless_warning(dataset, "báo cáo có thể ghi đơn vị đó là chưa gửi"):
        say(warning)


def tell_changes(
    workspace: Workspace, former: Mapping[str, Any] | None, rendered: Rendered, issuer: Issuer, stem: str
) -> None:
    """Print what changed since the last rendering of a text, and write all of it as a Word file."""
    from dvctt_report.report.citing import moment
    from dvctt_report.verify.drafts import compare_drafts, read_former
    from dvctt_report.verify.drafts_paper import GONE, NEW, changes_bytes, format_place

    now = read_former(rendered.manifest, workspace.manifests, workspace.period, issuer.text.name)
    if former is None or now is None:
        say("Chưa có bản lập trước để so sánh.")
        return
    changes = compare_drafts(former, now)
    since = f"bản lập tính đến {moment(datetime.fromisoformat(former['as_of']))}"
    say(f"So với {since}: {f'{len(changes)} chỗ thay đổi' if changes else 'không có thay đổi'}.")
    for change in changes[:MOST_SHOWN]:
        say(f"- {format_place(change)}")
        say(f"    trước: {change.old or NEW}")
        say(f"    nay:   {change.new or GONE}")
    if len(changes) > MOST_SHOWN:
        say(f"… và {len(changes) - MOST_SHOWN} chỗ khác, xem tệp Word.")
    content = changes_bytes(changes, workspace.period, since, issuer.name)
    say(f"Thay đổi: {write_beside(workspace.results / f'{stem}-{workspace.period}.docx', content)}")
