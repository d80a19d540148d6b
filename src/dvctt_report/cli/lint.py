"""``dvctt-report lint``: is a Word file in the format of Nghị định 30/2020/NĐ-CP?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from dvctt_report.cli.app import chosen_workspace
from dvctt_report.cli.options import AsOf, Format, Output, argument, flag, option, parse_moment
from dvctt_report.cli.screen import Whole, console, print_json, print_table, say, tell
from dvctt_report.errors import CannotRun
from dvctt_report.lint import FileVerdict, Settings
from dvctt_report.lint.command import Done, Wanted, clear, find_files, is_missing, judge
from dvctt_report.lint.outcome import lines_of, table_of, verdict_json
from dvctt_report.lint.recognise import forced_kind
from dvctt_report.lint.settings import FILE_NAME, Stage, read_settings
from dvctt_report.nd30.kinds import ANNEX, KINDS, LETTER
from dvctt_report.workspace import find_workspace, stands_in_workspace

HELP = (
    "Kiểm tra báo cáo, công văn, kế hoạch, quyết định, tờ trình, thông báo … (.docx) theo Phụ lục I, II, III "
    "của NĐ 30/2020/NĐ-CP. Nêu tệp hoặc cả thư mục; không cần thư mục làm việc.\n\n"
    "Mã thoát: 0 không có lỗi; 1 có lỗi, có tệp không đọc được hoặc chưa rõ loại; 2 không chạy được."
)
_STYLES = {"": "", "bold": "bold", "dim": "dim", "error": "bold red", "warning": "yellow", "info": "dim"}


def run(
    ctx: typer.Context,
    files: Annotated[list[Path], argument("TỆP", "Các tệp Word (.docx) hoặc thư mục cần kiểm tra.")],
    output: Output = Format.TABLE,
    marked: Annotated[
        bool,
        flag(
            "--mark", "Ghi thêm bản có ghi chú (comment) trong Word ngay tại chỗ cần sửa; bản gốc giữ nguyên."
        ),
    ] = False,
    unmarked: Annotated[
        bool, flag("--unmark", "Bỏ ghi chú của chương trình khỏi bản có ghi chú, ghi ra bản khác.")
    ] = False,
    slip: Annotated[
        bool, flag("--docx", "Ghi thêm Phiếu kiểm tra thể thức (.docx) bên cạnh mỗi tệp.")
    ] = False,
    mend: Annotated[
        bool,
        flag(
            "--fix",
            "Ghi một bản sao đã sửa hình thức: phông, cỡ chữ, đậm, nghiêng, màu, in hoa, canh lề, lùi đầu "
            "dòng, khoảng cách, đường kẻ, số trang; không đổi chữ, số, dấu nào. Bản gốc giữ nguyên.",
        ),
    ] = False,
    stage: Annotated[
        str,
        option(
            "--stage",
            "BƯỚC",
            "du-thao (chỗ trống chỉ nhắc một dòng); trinh-ky (chỉ được trống số, ngày); phat-hanh (đủ "
            "số, ngày, họ tên).",
        ),
    ] = "du-thao",
    final: Annotated[bool, flag("--final", "Như --stage trinh-ky.")] = False,
    electronic: Annotated[
        bool, flag("--electronic", "Bản phát hành là văn bản điện tử: số, ngày đóng lên bản đã ký.")
    ] = False,
    kind: Annotated[
        str | None,
        option(
            "--kind",
            "LOẠI",
            "Loại văn bản khi chương trình không tự nhận ra: “Công văn”, “Báo cáo” hay BC, “Phụ lục” …",
        ),
    ] = None,
    profile: Annotated[
        Path | None,
        option("--profile", "TỆP", "Tệp thiết lập riêng (.toml): mức lỗi, tên cơ quan, mốc thời gian."),
    ] = None,
    as_of: AsOf = None,
) -> int:
    """Check files and folders. Returns 1 where one has errors, can't be read or isn't known."""
    from dataclasses import replace

    settings = replace(_settings(ctx, profile, as_of), kind=_kind(kind), stage=_stage(stage, final))
    settings = replace(settings, electronic=electronic or settings.electronic)
    if missing := is_missing(files):
        raise CannotRun(f"Không tìm thấy “{missing}”.", "Kiểm tra lại đường dẫn của tệp hoặc thư mục.")
    found = find_files(files)
    if not found:
        raise CannotRun(f"Không có tệp Word nào trong “{files[0]}”.", "Nêu thư mục khác hoặc tên tệp .docx.")
    if unmarked:
        for path in found:
            say(clear(path))
        return 0
    wanted = Wanted(marked=marked, slip=slip, mended=mend)
    done = [judge(path, settings, wanted) for path in found]
    if output is Format.JSON:
        print_json({"files": [verdict_json(one.verdict) for one in done]})
    else:
        _print_all(done, brief=any(path.is_dir() for path in files))
    for said in (said for one in done for said in one.said) if output is Format.JSON else ():
        tell(f"  {said}")
    return 1 if any(one.is_bad for one in done) else 0


def _settings(ctx: typer.Context, profile: Path | None, as_of: str | None) -> Settings:
    from dataclasses import replace

    files: list[Path] = []
    start = chosen_workspace(ctx) or Path.cwd()
    if profile is not None:
        if not profile.exists():
            raise CannotRun(f"Không tìm thấy tệp thiết lập “{profile}”.", "Kiểm tra lại đường dẫn.")
        files.append(profile)
    elif chosen_workspace(ctx) is not None or stands_in_workspace(start):
        own = find_workspace(start, None).profile_folder / FILE_NAME
        files += [own] if own.exists() else []
    today: date = parse_moment(as_of).date()
    return replace(read_settings(*files), today=today)


def _stage(word: str, final: bool) -> Stage:
    if word not in list(Stage):
        raise CannotRun(f"Không có bước “{word}”.", f"Ghi một trong: {', '.join(Stage)}.")
    return Stage.SIGNING if final and word == Stage.DRAFT else Stage(word)


def _kind(word: str | None) -> str:
    if word is None:
        return ""
    kind = forced_kind(word)
    if kind is None:
        names = ", ".join((LETTER, *KINDS, ANNEX))
        raise CannotRun(f"Không có loại văn bản “{word}”.", f"Ghi một trong: {names}.")
    return kind


def _print_all(done: Sequence[Done], brief: bool) -> None:
    """Print every file's findings; of a folder the table alone."""
    for one in done:
        if not brief:
            _print_verdict(one.verdict)
        for said in one.said:
            say(f"  {said}")
    if brief or len(done) > 1:
        heads, rows = table_of([one.verdict for one in done])
        print_table([Whole(heads[0]), *heads[1:]], rows)
    if brief:
        say("Chi tiết một tệp: dvctt-report lint TỆP, thêm --mark để có ghi chú trong Word.")


def _print_verdict(verdict: FileVerdict) -> None:
    from rich.text import Text

    out = console()
    out.print()
    for line in lines_of(verdict, out.width):
        text = Text(line.text)
        text.stylize(_STYLES[line.style], 0, len(line.lead) or None)
        out.print(text, soft_wrap=True)
