"""``dvctt-report lint``: is a Word file in the format of Nghị định 30/2020/NĐ-CP?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dvctt_report.cli.app import chosen_workspace
from dvctt_report.cli.options import AsOf, Format, Output
from dvctt_report.cli.screen import console, print_json, say, tell
from dvctt_report.errors import CannotRun

if TYPE_CHECKING:
    from dvctt_report.lint import Settings, Verdict

HELP = (
    "Kiểm tra báo cáo, công văn, kế hoạch, quyết định, tờ trình, thông báo … (.docx) theo Phụ lục I, II, III "
    "của "
    "NĐ 30/2020/NĐ-CP. Không cần thư mục làm việc.\n\n"
    "Mã thoát: 0 không có lỗi; 1 có lỗi, có tệp không đọc được hoặc chưa rõ loại; 2 không chạy được."
)


def run(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="TỆP", help="Các tệp Word (.docx) cần kiểm tra.")],
    output: Output = Format.TABLE,
    slip: Annotated[
        bool, typer.Option("--docx", help="Ghi thêm Phiếu kiểm tra thể thức (.docx) bên cạnh mỗi tệp.")
    ] = False,
    mend: Annotated[
        bool,
        typer.Option(
            "--fix",
            help="Ghi một bản sao đã sửa phông, cỡ chữ, đậm, nghiêng, canh lề, khoảng cách, số trang, số 0 "
            "đứng trước; bản gốc giữ nguyên.",
        ),
    ] = False,
    final: Annotated[
        bool,
        typer.Option("--final", help="Bản trình ký: lời nhắc, chỗ chưa điền, chữ “Dự thảo” cũng bị nêu."),
    ] = False,
    profile: Annotated[
        Path | None,
        typer.Option(
            "--profile",
            metavar="TỆP",
            help="Tệp thiết lập riêng (.toml): mức lỗi, tên cơ quan, mốc thời gian.",
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="LOẠI",
            help="Loại văn bản khi chương trình không tự nhận ra: “Công văn”, “Báo cáo” hay BC, “Phụ lục” …",
        ),
    ] = None,
    as_of: AsOf = None,
) -> int:
    """Check files. Returns 1 where one has errors or can't be read."""
    from dataclasses import replace

    from dvctt_report.lint import lint_file

    settings = replace(_settings(ctx, profile, as_of, final), kind=_kind(kind))
    for path in files:
        if not path.is_file():
            raise CannotRun(f"Không tìm thấy tệp “{path}”.", "Kiểm tra lại đường dẫn của tệp Word.")
    verdicts = [lint_file(path, settings) for path in files]
    if output is Format.JSON:
        from dvctt_report.lint.summary import verdict_json

        print_json({"files": [verdict_json(v) for v in verdicts]})
    for path, verdict in zip(files, verdicts, strict=True):
        if output is Format.TABLE:
            _print_verdict(verdict)
        _write(path, verdict, settings, slip, mend, tell if output is Format.JSON else say)
    return 1 if any(_is_bad(verdict) for verdict in verdicts) else 0


def _settings(ctx: typer.Context, profile: Path | None, as_of: str | None, final: bool) -> Settings:
    from dataclasses import replace

    from dvctt_report.cli.days import parse_moment
    from dvctt_report.lint.settings import FILE_NAME, read_settings
    from dvctt_report.workspace import find_workspace, stands_in_workspace

    files: list[Path] = []
    start = chosen_workspace(ctx) or Path.cwd()
    if profile is not None:
        if not profile.is_file():
            raise CannotRun(f"Không tìm thấy tệp thiết lập “{profile}”.", "Kiểm tra lại đường dẫn.")
        files.append(profile)
    elif chosen_workspace(ctx) is not None or stands_in_workspace(start):
        own = find_workspace(start, None).profile_folder / FILE_NAME
        files += [own] if own.is_file() else []
    today: date = parse_moment(as_of).date()
    return replace(read_settings(*files), today=today, final=final)


def _kind(word: str | None) -> str:
    from dvctt_report.lint.naming import forced_kind
    from dvctt_report.nd30.kinds import ANNEX, KINDS, LETTER

    if word is None:
        return ""
    kind = forced_kind(word)
    if kind is None:
        names = ", ".join((LETTER, *KINDS, ANNEX))
        raise CannotRun(f"Không có loại văn bản “{word}”.", f"Ghi một trong: {names}.")
    return kind


def _is_bad(verdict: Verdict) -> bool:
    from dvctt_report.lint.outcome import Status
    from dvctt_report.model import Severity

    return verdict.status in (Status.REFUSED, Status.UNCLEAR) or verdict.count()[Severity.ERROR] > 0


def _print_verdict(verdict: Verdict) -> None:
    from rich.table import Table
    from rich.text import Text

    from dvctt_report.cli.screen import STYLES
    from dvctt_report.lint.outcome import Outcome, Status
    from dvctt_report.lint.summary import LEVEL_NAMES, told_together
    from dvctt_report.model import Severity

    out = console()
    out.print(Text(f"\n{verdict.file}", style="bold"), soft_wrap=True)
    if verdict.status is not Status.CHECKED:
        out.print(Text(f"  {verdict.reason}. {verdict.remedy}"))
        return
    lines = Table.grid(padding=(0, 1))
    for told in told_together(verdict.findings):
        finding = told.finding
        text = Text(f"{finding.code} · {told.place}\n{finding.found}; đúng: {finding.expected} ")
        text.append(f"({finding.source})", style="dim").append(f".\nCách sửa: {finding.fix}.")
        lines.add_row(" ", Text(LEVEL_NAMES[finding.level], style=STYLES[finding.level]), text)
    if lines.row_count:
        out.print(lines)
    pending = told_together(verdict.findings, Outcome.NOT_EVALUATED)
    if pending:
        out.print(Text("  Chưa xét được:", style="dim"))
        waiting = Table.grid(padding=(0, 1))
        for told in pending:
            line = f"{told.finding.code} · {told.place}: {told.finding.found}"
            waiting.add_row("   ", Text(line, style="dim"))
        out.print(waiting)
    counts = verdict.count()
    passed = sum(r.outcome is Outcome.PASS for r in verdict.results)
    skipped = sum(r.outcome is Outcome.NOT_APPLICABLE for r in verdict.results)
    out.print(
        Text(
            f"  {verdict.kind}: {counts[Severity.ERROR]} lỗi, {counts[Severity.WARNING]} cảnh báo, "
            f"{counts[Severity.INFO]} thông tin; {passed} nội dung đạt, {skipped} không áp dụng."
        )
    )


def _write(
    path: Path, verdict: Verdict, settings: Settings, slip: bool, mend: bool, speak: Callable[[str], None]
) -> None:
    """Write the slip and the mended copy beside the file and say so."""
    from dvctt_report.files import write_beside
    from dvctt_report.lint.outcome import Status

    if verdict.status is not Status.CHECKED:
        return
    if slip:
        from dvctt_report.lint.slip import write_slip

        written = write_beside(path.with_name(f"Phiếu kiểm tra - {path.stem}.docx"), write_slip(verdict))
        speak(f"  Phiếu kiểm tra thể thức: {written}")
    if mend:
        from dvctt_report.lint import mend_file
        from dvctt_report.lint.fix import describe_fixes
        from dvctt_report.lint.source import Refused

        try:
            content, done = mend_file(path, settings)
        except Refused as refused:
            speak(f"  {refused.reason}. {refused.remedy}")
            return
        if not done:
            speak("  Không có nội dung nào sửa tự động được; không ghi bản sao.")
            return
        written = write_beside(path.with_name(f"{path.stem} (đã sửa).docx"), content)
        speak(f"  Bản sao đã sửa: {written}")
        for code, change, n in describe_fixes(done):
            speak(f"    {code}: {change}" + (f" ({n} chỗ)" if n > 1 else ""))
