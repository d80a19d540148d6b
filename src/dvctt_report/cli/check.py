"""``dvctt-report check``: an edited copy of the report against the figures it was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import typer

from dvctt_report.cli.options import Format
from dvctt_report.cli.screen import console, print_json, say, tell
from dvctt_report.cli.session import open_workspace
from dvctt_report.decide.check import check
from dvctt_report.decide.check.compare import Change, Gravity, gathered
from dvctt_report.decide.check.document import EditedDocument, PrintedReport
from dvctt_report.decide.check.values import ValueKind
from dvctt_report.files.writing import write_beside
from dvctt_report.model.period import Period
from dvctt_report.report.issuers import voice_of
from dvctt_report.store.workspace import Workspace, find_root
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.vietnamese import first_letter_capital, format_count
from dvctt_report.word.source import Refused
from dvctt_report.year.loader import OpenYear, has_register

TO_READ = 3
"""The exit code where no value differs but something is to be read."""
FIRST = 40
"""Changes of a gravity that are shown where not all are asked for."""
STYLES = {Gravity.DIFFERS: "bold red", Gravity.READ: "cyan", Gravity.LISTED: "dim"}
_TITLES = {
    Gravity.DIFFERS: "KHÁC: giá trị đã in nay khác, hoặc đứng ở dòng, mục khác",
    Gravity.READ: "CẦN ĐỌC: chữ đã in nay sửa, bớt, thêm; số mới",
    Gravity.LISTED: "ĐÃ ĐIỀN: chỗ để trống",
}
_COUNTED = {
    "số liệu": (ValueKind.FIGURE, ValueKind.NUMBER),
    "kết luận": (ValueKind.VERDICT,),
    "ngày, kỳ": (ValueKind.DAY, ValueKind.PERIOD),
    "số văn bản": (ValueKind.DOCUMENT,),
    "tên": (ValueKind.UNIT, ValueKind.TARGET),
}


def run(
    ctx: typer.Context,
    file: Path,
    manifest: Path | None = None,
    register: bool = True,
    everything: bool = False,
    comments: bool = False,
    period: Period | None = None,
    output: Format = Format.TABLE,
) -> int:
    """Check an edited report. Returns 1 where a value differs, 3 where something is only to be read."""
    from dvctt_report.decide.check.document import latest_printed, read_document, read_manifest
    from dvctt_report.decide.check.finals import figures_now

    workspace = _workspace(ctx, manifest, period)
    if workspace and not file.exists() and (workspace.results / file.name).is_file():
        file = workspace.results / file.name
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
    now = None
    if register and (workspace is None or not has_register(workspace)):
        tell("Không có sổ nhận nên không so với số liệu hiện nay.")
    elif register and workspace is not None:
        there = Workspace(workspace.root, workspace.settings, known.period)
        voice = voice_of(there, known.as_of, known.text)
        now = figures_now(OpenYear(there, known.as_of, tell=tell), voice, known.texts)
    outcome = check.check_document(document, known, now)
    if output is Format.JSON:
        totals = {"figures": outcome.n_figures, "agree": outcome.n_agree}
        totals |= {gravity.value: len(outcome.of(gravity)) for gravity in Gravity}
        same = {"same_identity": bool(document.identity)}
        print_json(
            {
                "file": document.name,
                **known.period.as_json(),
                "manifest": {"file": known.path.name, "id": known.id, **same},
                "untouched": outcome.untouched,
                "register_compared": now is not None,
                "tracked_changes": document.n_revisions,
                "changes": [check.change_json(one) for one in outcome.changes],
                "changed_since": [{n: s or None for n, s in asdict(one).items()} for one in outcome.since],
                "totals": {**totals, "changed_since": len(outcome.since)},
            }
        )
    else:
        _print(document, known, outcome, everything)
    if comments and outcome.changes:  # a file where nothing is to be told gets none
        path = file.with_name(f"{file.stem} (đối chiếu).docx")
        try:
            written = write_beside(path, check.marked_copy(file, document.blocks, outcome.changes))
        except Refused as refused:
            tell(f"{refused.reason}. {refused.remedy}")
        else:
            say(*([f"\nBản có ghi chú: {written}"] if output is Format.TABLE else []))
    if outcome.of(Gravity.DIFFERS):
        return 1
    return TO_READ if outcome.of(Gravity.READ) or outcome.since else 0


def _workspace(ctx: typer.Context, manifest: Path | None, period: Period | None) -> Workspace | None:
    """The workspace; None where there is none and a manifest was named."""
    from dvctt_report.cli.app import chosen_workspace

    try:
        return open_workspace(ctx, period)
    except CannotRun as error:
        if manifest is not None:
            return None
        if chosen_workspace(ctx) is not None or find_root(Path.cwd()) is not None:
            raise
        raise CannotRun(
            error.message,
            "Chuyển vào thư mục làm việc đã lập văn bản hoặc nêu thư mục đó bằng --workspace; nếu chỉ có "
            "tệp .json ghi cùng văn bản thì nêu tệp đó bằng --manifest.",
        ) from error


def _print(
    document: EditedDocument, known: PrintedReport, outcome: check.Collation, everything: bool
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
    for gravity in Gravity:
        _print_changes(gravity, outcome.of(gravity), everything)
    if outcome.since:
        console().print("\nĐÃ ĐỔI trong sổ nhận sau khi lập văn bản", style="bold")
    for one in outcome.since if everything else outcome.since[:FIRST]:
        place = ", ".join(filter(None, (first_letter_capital(check.format_section(one.section)), one.where)))
        now = f"nay là {one.now}" if one.now else "nay không còn"
        console().print(f"  {place}: bản lập ghi {one.printed}; {now}")
    if len(outcome.since) > FIRST and not everything:
        say(f"  … và {len(outcome.since) - FIRST} số liệu khác (xem hết: thêm --all).")
    differ = outcome.of(Gravity.DIFFERS)
    kinds = Counter(kind for one in differ for kind in one.values[:1])
    parts = (f"{n} {what}" for what, of in _COUNTED.items() if (n := sum(kinds[kind] for kind in of)))
    of_kinds = f" ({', '.join(parts)})" if differ else ""
    said = [
        f"{len(differ)} chỗ khác{of_kinds}",
        f"{len(outcome.of(Gravity.READ))} chỗ cần đọc",
        f"{len(outcome.of(Gravity.LISTED))} chỗ trống đã điền",
        *([f"{len(outcome.since)} số liệu đã đổi trong sổ nhận"] if outcome.since else ()),
    ]
    kept = f"{format_count(outcome.n_agree)}/{format_count(outcome.n_figures)}"
    console().print(f"\n{'; '.join(said)}; {kept} chỗ in số liệu giữ nguyên.")
    console().print(check.NOT_COMPARED)


def _print_changes(gravity: Gravity, changes: Sequence[Change], everything: bool) -> None:
    """Print the changes of a gravity: the first ones, like ones together, or each for ``everything``."""
    from rich.table import Table
    from rich.text import Text

    if not changes:
        return
    out = console()
    out.print(Text(f"\n{_TITLES[gravity]}", style="bold"))
    told = list(changes) if everything else gathered(changes)
    lines = Table.grid(padding=(0, 1))
    for one in told if everything else told[:FIRST]:
        place = Text(f"{first_letter_capital(check.format_section(one.section))}: ", style="bold")
        said = place.append(check.format_change(one, everything), "none")
        lines.add_row(" ", Text(check.GRAVITY_NAMES[gravity], style=STYLES[gravity]), said)
    out.print(lines)
    if len(told) > FIRST and not everything:
        left = len(told) - FIRST
        say(f"  … và {left} chỗ khác (xem hết: thêm --all; hoặc --comments để đọc ngay trong Word).")
