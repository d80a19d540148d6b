"""``dvctt-report check``: an edited copy of the report against the figures it was made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from dvctt_report.cli.options import Format, Output, When, argument, flag, option
from dvctt_report.cli.screen import console, print_json, say, tell
from dvctt_report.cli.session import open_workspace, year_at
from dvctt_report.errors import CannotRun
from dvctt_report.files import write_beside
from dvctt_report.loader import has_register
from dvctt_report.period import Period
from dvctt_report.report.issuers import voice_of
from dvctt_report.verify.check import Collation, check_document, for_reading
from dvctt_report.verify.document import EditedDocument
from dvctt_report.verify.known import PrintedReport
from dvctt_report.verify.marked import marked_copy
from dvctt_report.verify.message import (
    NOT_COMPARED,
    by_section,
    deviation_json,
    edit_json,
    edit_name,
    format_changes,
    format_deviation,
    format_edit,
    format_elsewhere,
    format_section,
)
from dvctt_report.verify.reading import Deviation, DeviationKind
from dvctt_report.verify.rewritten import WordEdit, gathered
from dvctt_report.vietnamese import first_letter_capital, format_count
from dvctt_report.word.source import Refused
from dvctt_report.workspace import Workspace, stands_in_workspace

HELP = (
    "Đối chiếu báo cáo, Tờ trình, công văn, tóm tắt đã sửa tay với bản lập: từng con số, kết luận (đạt, chưa "
    "đạt, thấp hơn …), ngày, số văn bản, tên đơn vị; và với số liệu hiện có trong sổ nhận; mọi lời khác đã "
    "sửa thì kê ra, trước và sau. Không sửa tệp.\n\n"
    "Mã thoát: 0 khớp (lời đã sửa, nếu có, được kê để đọc lại); 1 có chỗ khác; 2 không chạy được (không phải "
    "văn bản của bản lập đó, tệp hỏng); 3 không có chỗ khác, nhưng có chỗ người soát phải đọc (bớt, thêm, số "
    "giữ mà chữ đi cùng đã đổi, số đúng mà viết sai, chữ không nhìn thấy, lời về nơi gửi, tình trạng số "
    "liệu, viện dẫn, quyền ký, biểu đồ)."
)
NAMES = {
    "differs": "KHÁC",
    "contradiction": "MÂU THUẪN",
    "changed_since": "ĐÃ ĐỔI",
    "missing": "KHÔNG CÒN",
    "unknown": "CHƯA RÕ",
    "reworded": "CẦN ĐỌC",
    "slip": "CÁCH VIẾT",
}
TO_READ = 3
"""The exit code where nothing differs but something is to be read."""
FIRST_EDITS = 10
"""Edits of words that are shown where not all are asked for."""
STYLES = {"differs": "bold red", "contradiction": "bold red", "changed_since": "yellow"}


def run(
    ctx: typer.Context,
    file: Annotated[Path, argument("TỆP", "Văn bản Word (.docx) đã sửa.", show_default=False)],
    manifest: Annotated[
        Path | None,
        option(
            "--manifest",
            "TỆP",
            "Bảng nguồn số liệu (.json) của bản lập; không nêu thì tìm trong thư mục làm việc.",
        ),
    ] = None,
    register: Annotated[
        bool, flag("--register/--no-register", "So hay không so với số liệu hiện có trong sổ nhận.")
    ] = True,
    everything: Annotated[
        bool,
        flag("--all", "Nêu hết: mọi chỗ sửa lời, từng số liệu trong bảng đã đổi, từng con số không còn."),
    ] = False,
    comments: Annotated[
        bool, flag("--comments", "Ghi thêm một bản sao có ghi chú của Word ở từng chỗ khác, cần đọc.")
    ] = False,
    period: When = None,
    output: Output = Format.TABLE,
) -> int:
    """Check an edited report. Returns 1 where a figure differs, 3 where something is only to be read."""
    from dvctt_report.verify.document import read_document
    from dvctt_report.verify.known import latest_printed, read_manifest

    workspace = _workspace(ctx, manifest, period)
    file = _among_results(file, workspace)
    document = read_document(file)
    if manifest:
        known = read_manifest(manifest)
    else:
        assert workspace is not None
        known = latest_printed(workspace, document)
    if period is not None and period != known.period:
        tell(
            f"Văn bản được lập cho {known.period.words}: đối chiếu với bản lập đó, không xét --year {period}."
        )
    now = _figures_now(workspace, known) if register else None
    outcome = check_document(document, known, now, named=manifest is not None)
    if output is Format.JSON:
        print_json(_json(document, known, outcome, now is not None))
    else:
        _print(document, known, outcome, everything, compared=now is not None)
    if comments:
        _write_comments(file, document, outcome, output)
    if not outcome.agrees:
        return 1
    return TO_READ if outcome.n_to_read else 0


def _among_results(file: Path, workspace: Workspace | None) -> Path:
    """The file as it was named; where there is none, that of the period's results with this name."""
    there = workspace.results / file.name if workspace else file
    return there if not file.exists() and there.is_file() else file


def _write_comments(file: Path, document: EditedDocument, outcome: Collation, output: Format) -> None:
    """Write the copy with comments beside the file; a file where nothing is to be told gets none."""
    told, _ = for_reading(outcome.deviations)
    if not told and not outcome.edits:
        return
    path = file.with_name(f"{file.stem} (đối chiếu).docx")
    try:
        written = write_beside(path, marked_copy(file, document.blocks, told, NAMES, outcome.edits))
    except Refused as refused:
        tell(f"{refused.reason}. {refused.remedy}")
        return
    if output is Format.TABLE:
        say(f"\nBản có ghi chú: {written}")


def _workspace(ctx: typer.Context, manifest: Path | None, period: Period | None) -> Workspace | None:
    """The workspace; None where there is none and a manifest was named."""
    from dvctt_report.cli.app import chosen_workspace

    try:
        return open_workspace(ctx, period)
    except CannotRun as error:
        if manifest is not None:
            return None
        if chosen_workspace(ctx) is not None or stands_in_workspace(Path.cwd()):
            raise
        raise CannotRun(
            error.message,
            "Chuyển vào thư mục làm việc đã lập văn bản hoặc nêu thư mục đó bằng --workspace; nếu chỉ có "
            "tệp .json ghi cùng văn bản thì nêu tệp đó bằng --manifest.",
        ) from error


def _figures_now(workspace: Workspace | None, known: PrintedReport) -> Mapping[str, str] | None:
    """What the register gives today; None where there is no register, or it is of another year."""
    from dvctt_report.verify.now import figures_now

    if workspace is None or not has_register(workspace):
        tell("Không có sổ nhận nên không so với số liệu hiện nay.")
        return None
    workspace = Workspace(workspace.root, workspace.settings, known.period)
    then = year_at(workspace, known.as_of)
    voice = voice_of(workspace, known.as_of, known.text)
    return figures_now(then, voice, known.texts)


def _json(
    document: EditedDocument, known: PrintedReport, outcome: Collation, compared: bool
) -> dict[str, object]:
    return {
        "file": document.name,
        **known.period.as_json(),
        "manifest": {"file": known.path.name, "id": known.id, "same_identity": bool(document.identity)},
        "untouched": outcome.untouched,
        "register_compared": compared,
        "tracked_changes": document.n_revisions,
        "findings": [deviation_json(one) for one in outcome.deviations],
        "edits": [edit_json(one) for one in outcome.edits],
        "totals": {"figures": outcome.n_figures, "agree": outcome.n_agree, "edits": len(outcome.edits)}
        | {kind.value: outcome.count(kind) for kind in DeviationKind},
    }


def _print(
    document: EditedDocument, known: PrintedReport, outcome: Collation, everything: bool, compared: bool
) -> None:
    say(f"Văn bản: {document.name}")
    say(f"Bản lập: {known.report}, mã {known.id[:8]}, số liệu đến {known.as_of:%H giờ %M ngày %d/%m/%Y}")
    if outcome.untouched:
        say("Tệp còn nguyên như lúc lập.")
    if not document.identity:
        say("Tệp không còn mang mã của bản lập; đã đối chiếu theo nội dung.")
    if document.n_revisions:
        say(
            f"Tệp còn {document.n_revisions} chỗ theo dõi thay đổi chưa chấp nhận, chưa bỏ; đối chiếu như đã "
            "chấp nhận tất cả."
        )
    kept, n_in_tables = for_reading(outcome.deviations, everything)
    for section, deviations in by_section(kept).items():
        _print_section(section, deviations, everything)
    to_read = [one for one in outcome.edits if one.to_read]
    _print_edits("LỜI ĐÃ SỬA CẦN ĐỌC", to_read, everything)
    touched = "có thể gồm cả lời quanh các chỗ nêu trên" if kept else "không đụng số liệu của bản lập"
    others = [one for one in outcome.edits if not one.to_read]
    _print_edits(f"LỜI ĐÃ SỬA ({touched}): người soát đọc lại lời", others, everything)
    counts = {kind: outcome.count(kind) for kind in DeviationKind}
    if n_in_tables:
        say(f"\nNgoài ra, {n_in_tables} số liệu chỉ có trong bảng đã thay đổi (xem hết: thêm --all).")
    n_printed, n_agree = outcome.n_figures, outcome.n_agree
    unnamed = [d for d in outcome.deviations if d.kind is DeviationKind.DIFFERS and not d.figure]
    n_numbers = sum(d.number for d in unnamed)
    n_differ = counts[DeviationKind.DIFFERS] - len(unnamed)
    say(
        f"\nGIỮ NGUYÊN: {format_count(n_agree)}/{format_count(n_printed)} chỗ in số liệu.\n"
        f"KHÁC: {n_differ} chỗ in số liệu, {n_numbers} số do người soạn ghi, "
        f"{len(unnamed) - n_numbers} kết luận, ngày, tên.\n"
        f"CẦN ĐỌC: {counts[DeviationKind.MISSING]} không còn, {counts[DeviationKind.UNKNOWN]} số hoặc "
        f"nhận định thêm, {counts[DeviationKind.REWORDED]} giữ số mà đổi chữ{_words(outcome.n_words)}."
    )
    if n_edits := len(outcome.edits) - outcome.n_words:
        say(f"LỜI ĐÃ SỬA: {n_edits} chỗ, kê ở trên; các số 0 không có nghĩa là lời đã sửa đúng.")
    else:
        told = kept or outcome.edits
        say(f"LỜI ĐÃ SỬA: không{' (ngoài các chỗ nêu trên)' if told else ', câu chữ như bản lập'}.")
    if compared:
        say(f"ĐÃ ĐỔI trong sổ nhận: {counts[DeviationKind.CHANGED_SINCE]} số liệu.")
    if counts[DeviationKind.SLIP]:
        say(f"{counts[DeviationKind.SLIP]} chỗ đúng số liệu nhưng chưa đúng cách viết.")
    console().print(NOT_COMPARED)


def _words(n: int) -> str:
    return f", {n} lời đã sửa" if n else ""


def _print_section(section: str, deviations: list[Deviation], everything: bool) -> None:
    """Print a section's deviations; what changed since in one line, or line by line for ``everything``."""
    from rich.table import Table
    from rich.text import Text

    out = console()
    out.print(Text(f"\n{first_letter_capital(format_section(section))}", style="bold"))
    lines = Table.grid(padding=(0, 1))
    changes = "" if everything else format_changes(deviations)
    if changes:
        name = Text(NAMES[DeviationKind.CHANGED_SINCE], style=STYLES[DeviationKind.CHANGED_SINCE])
        lines.add_row(" ", name, Text(changes))
    for one in (d for d in deviations if not changes or d.kind is not DeviationKind.CHANGED_SINCE):
        said = Text(format_deviation(one))
        elsewhere = format_elsewhere(one)
        if elsewhere:
            said.append(f"; {elsewhere}")
        if one.place.context:
            said.append(f"\n{one.place.context}", style="dim")
        lines.add_row(" ", Text(NAMES[one.kind], style=STYLES.get(one.kind, "cyan")), said)
    out.print(lines)


def _print_edits(title: str, edits: Sequence[WordEdit], everything: bool) -> None:
    """Print what words were edited, place by place: the first ones, or all for ``everything``."""
    from rich.table import Table
    from rich.text import Text

    if not edits:
        return
    out = console()
    out.print(Text(f"\n{title}", style="bold cyan"))
    told = list(edits) if everything else gathered(edits)
    lines = Table.grid(padding=(0, 1))
    for one in told if everything else told[:FIRST_EDITS]:
        place = Text(f"{first_letter_capital(format_section(one.section))}: ", style="bold")
        lines.add_row(
            " ", Text(edit_name(one), style="cyan"), place.append(format_edit(one, everything), "none")
        )
    out.print(lines)
    left = len(told) - FIRST_EDITS
    if left > 0 and not everything:
        say(f"  … và {left} chỗ khác (xem hết: thêm --all; hoặc --comments để đọc ngay trong Word).")
