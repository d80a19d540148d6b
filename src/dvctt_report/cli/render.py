"""``dvctt-report render``: the report in Word, and the manifest that traces its figures."""

from __future__ import annotations

import typer

from dvctt_report.cli.options import AsOf, Year
from dvctt_report.cli.screen import say
from dvctt_report.cli.session import (
    check_all,
    count_open,
    issuer_of,
    load_dataset,
    open_workspace,
    parse_moment,
    read_registered,
)
from dvctt_report.files import write_beside
from dvctt_report.model import ReturnStatus, Severity

HELP = (
    "Ghi ket-qua/<năm>/bao-cao-<năm>.docx và tệp .json cùng tên, cho biết mỗi con số lấy từ ô nào; "
    "thêm bảng kê Excel gồm số liệu của từng đơn vị và địa chỉ từng ô."
)


def run(ctx: typer.Context, year: Year = None, as_of: AsOf = None) -> None:
    """Write the year's report."""
    from dvctt_report.letters.changes import changes_since, read_snapshot
    from dvctt_report.letters.signing import signing_page
    from dvctt_report.letters.write import SIGNING, write_signing_page
    from dvctt_report.report.consolidated import consolidated_bytes
    from dvctt_report.report.phrases import read_phrases
    from dvctt_report.report.wording import Voice
    from dvctt_report.report.write import render_report
    from dvctt_report.summary import summarise

    workspace = open_workspace(ctx, year)
    moment = parse_moment(as_of)
    dataset = load_dataset(workspace, moment.date())
    findings = check_all(dataset)
    summary = summarise(dataset, findings)
    voice = Voice(read_phrases(workspace.profile_folder / "phrases.toml"), issuer_of(workspace, moment))
    previous = read_snapshot(workspace.results / f"bao-cao-{workspace.year}.json")
    rendered = render_report(
        dataset,
        summary,
        findings,
        voice.issuer,
        voice.phrases,
        workspace.profile_folder / "report.docx",
        workspace.results / f"bao-cao-{workspace.year}.docx",
        read_registered(workspace).decisions,
        workspace.manifests,
    )
    page = signing_page(dataset, summary, findings, changes_since(previous, rendered.manifest), voice)
    signing = write_signing_page(
        page,
        workspace.profile_folder / f"{SIGNING}.docx",
        workspace.results / f"{SIGNING}.docx",
        voice.issuer,
    )
    table = write_beside(
        workspace.results / f"bang-ke-so-lieu-{workspace.year}.xlsx",
        consolidated_bytes(dataset, summary, findings, voice.phrases),
    )
    n_usable = sum(dataset.effective(u.code) is not None for u in dataset.units)
    n_errors = count_open(findings)[Severity.ERROR]
    if n_usable < len(dataset.units) or n_errors:
        say(
            f"Lưu ý: mới có báo cáo dùng được của {n_usable}/{len(dataset.units)} đơn vị; "
            f"còn {n_errors} lỗi chưa chỉnh lý (dvctt-report validate)."
        )
    nameless = [r for r in dataset.returns if r.status is ReturnStatus.REFUSED and not r.unit]
    if nameless:
        say(
            f"Có {len(nameless)} tệp không dùng được, chưa rõ của đơn vị nào: kiểm tra trước khi ký, "
            "vì báo cáo có thể ghi đơn vị đó là chưa gửi."
        )
    for note in (*rendered.notes, *signing.notes):
        say(note)
    say(f"Đã lập dự thảo báo cáo: {rendered.report}")
    say(f"Tóm tắt trình ký:       {signing.path}")
    say(f"Nguồn của từng con số:  {rendered.manifest}")
    say(f"Bảng kê số liệu các ô:  {table}")
