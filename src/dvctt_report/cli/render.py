"""``dvctt-report render``: the report in Word, and the manifest that traces its figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from dvctt_report.cli.options import AsOf, When
from dvctt_report.cli.page import leave_page
from dvctt_report.cli.rendered import read_last, render_text, tell_changes, tell_data, tell_pdf
from dvctt_report.cli.screen import say
from dvctt_report.cli.session import open_period, tell_uncollected
from dvctt_report.files import write_beside

if TYPE_CHECKING:
    from dvctt_report.report.final import Obstacle

HELP = (
    "Ghi ket-qua/<năm>/bao-cao-<năm>.docx và tệp .json cùng tên, cho biết mỗi con số lấy từ ô nào; "
    "thêm bảng kê Excel gồm số liệu của từng đơn vị và địa chỉ từng ô. Lời đánh giá, kiến nghị do cán bộ "
    "viết lấy ở noi-dung/<năm>.docx; ý kiến của đơn vị chọn ở noi-dung/tap-hop-y-kien-<năm>.docx."
)

Final = Annotated[
    bool,
    typer.Option(
        "--final",
        help="Bản trình ký: bỏ dấu DỰ THẢO; nêu hết lý do và không ghi gì nếu còn việc chưa xong.",
    ),
]
Ministry = Annotated[
    bool,
    typer.Option(
        "--ministry",
        help="Lập dự thảo báo cáo của UBND tỉnh gửi Bộ (bao-cao-ubnd-<năm>.docx) và Tờ trình "
        "(to-trinh-<năm>.docx), thay cho báo cáo của Sở.",
    ),
]
Diff = Annotated[
    bool, typer.Option("--diff", help="Nêu những chỗ khác với lần lập trước, ghi thêm thay-doi-<năm>.docx.")
]

AsPdf = Annotated[
    bool,
    typer.Option(
        "--pdf",
        help="Ghi thêm bao-cao-<năm>.pdf để xem, không phải để ký; cần có LibreOffice trên máy.",
    ),
]


def run(
    ctx: typer.Context,
    period: When = None,
    as_of: AsOf = None,
    final: Final = False,
    diff: Diff = False,
    pdf: AsPdf = False,
    ministry: Ministry = False,
) -> int:
    """Write the year's report; 1, and nothing written, where a final one can't be yet."""
    from dvctt_report.cli.render_ministry import render_ministry
    from dvctt_report.letters.changes import changes_since, read_snapshot
    from dvctt_report.letters.signing import signing_page
    from dvctt_report.letters.write import SIGNING, write_signing_page
    from dvctt_report.report.consolidated import consolidated_bytes
    from dvctt_report.report.final import NotFinal
    from dvctt_report.report.issuers import voice_of
    from dvctt_report.report.texts import DEPARTMENT

    opened = open_period(ctx, period, as_of)
    workspace = opened.workspace
    tell_uncollected(workspace)
    if ministry:
        return render_ministry(opened, final, diff, pdf)
    dataset, findings, summary = opened.dataset, opened.findings, opened.summary
    voice = voice_of(workspace, opened.as_of)
    previous = read_snapshot(workspace.manifest_of(workspace.period))
    former = read_last(workspace, DEPARTMENT) if diff else None
    signing_file = workspace.results / f"{SIGNING}.docx"
    table_file = workspace.results / f"bang-ke-so-lieu-{workspace.period}.xlsx"
    try:
        rendered = render_text(opened, voice, final, (signing_file, table_file))
    except NotFinal as refused:
        _tell_obstacles(refused.obstacles)
        return 1
    page = signing_page(dataset, summary, findings, changes_since(previous, rendered.manifest), voice)
    signing = write_signing_page(
        page,
        workspace.profile_folder / f"{SIGNING}.docx",
        signing_file,
        voice.issuer,
    )
    table = write_beside(table_file, consolidated_bytes(dataset, summary, findings, voice.phrases))
    tell_data(dataset, findings)
    for note in (*rendered.notes, *signing.notes):
        say(note)
    say(f"Đã lập {'báo cáo trình ký' if final else 'dự thảo báo cáo'}: {rendered.report}")
    say(f"Tóm tắt trình ký:       {signing.path}")
    say(f"Nguồn của từng con số:  {rendered.manifest}")
    say(f"Bảng kê số liệu các ô:  {table}")
    leave_page(opened, say)
    if diff:
        tell_changes(workspace, former, rendered, voice.issuer, "thay-doi")
    tell_pdf(rendered.report, pdf)
    return 0


def _tell_obstacles(obstacles: Sequence[Obstacle]) -> None:
    say(f"Chưa lập bản trình ký, còn {len(obstacles)} việc:")
    for n, one in enumerate(obstacles, 1):
        say(f"{n}. {one.what}")
        say(f"   → {one.remedy}")
    say("Đơn vị gửi muộn, chưa gửi, mục tiêu chưa đạt được nêu trong báo cáo, không phải là lý do.")
