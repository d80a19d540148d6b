"""The commands, and the options that all of them share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Annotated, ClassVar, TypeAlias

import typer
from typer.main import get_command

from dvctt_report import __version__
from dvctt_report.cli.help import Command, CommandGroup
from dvctt_report.cli.options import flag, option
from dvctt_report.cli.terminal import is_terminal
from dvctt_report.cli.typer_inside import AnyCommand, Context, Parameter

COMMANDS: tuple[tuple[str, str], ...] = (
    ("menu", "Mở bảng chọn: làm mọi việc bằng cách gõ một số."),
    ("init", "Tạo thư mục làm việc cho một năm báo cáo."),
    ("plan", "Kế hoạch, đơn vị, thông tin chung: xem, kiểm tra, sửa, lập mới."),
    ("apply", "Áp dụng phần đã sửa cho kỳ đã phát hành biểu mẫu."),
    ("forms", "Xuất biểu mẫu Excel cho từng đơn vị."),
    ("collect", "Đọc các biểu mẫu đơn vị gửi về và lưu lại."),
    ("status", "Xem đơn vị nào đã gửi, chưa gửi; các tệp đã nhận."),
    ("validate", "Kiểm tra số liệu đã nhận, nêu từng ô có lỗi."),
    ("feedback", "Lập bảng kê nội dung đề nghị chỉnh lý gửi từng đơn vị."),
    ("letter", "Công văn phát hành biểu, đôn đốc, chỉnh lý; danh sách gửi."),
    ("decide", "Xem, quyết định việc cần xử lý; bỏ quyết định."),
    ("control", "Đối chiếu với số liệu của cơ quan quản lý hệ thống."),
    ("render", "Lập báo cáo Word của năm."),
    ("explain", "Cho biết một con số lấy từ đâu, tính thế nào."),
    ("check", "Đối chiếu số liệu trong báo cáo đã sửa tay."),
    ("lint", "Kiểm tra thể thức văn bản Word theo NĐ 30/2020/NĐ-CP."),
    ("publish", "Ghi số, ngày, bản đã ký; kiểm tra bản đã giữ có bị đổi."),
    ("export", "Xuất bảng tổng hợp Excel, CSV, JSON; so sánh các xã, phường."),
    ("fill", "Điền số vào biểu của Bộ, công văn trả lời, tệp Excel có thẻ."),
    ("archive", "Lập hồ sơ của kỳ: thư mục, tệp .zip, mục lục văn bản."),
    ("roll", "Mở năm báo cáo tiếp theo, giữ nguyên năm trước."),
    ("doctor", "Kiểm tra máy, chương trình, thư mục làm việc, sổ nhận."),
    ("demo", "Chạy thử cả quy trình với số liệu minh họa."),
)
"""Name and one line of help. ``cli/<name>.py`` holds the function ``run`` and, where one line does not
do, ``HELP``; it is imported when the command is called. A group's module holds ``COMMANDS`` of its own
instead: name, one line of help, the function, the rest of the help."""

GroupEntry: TypeAlias = tuple[str, str, Callable[..., object], str]

_WORKSPACE = "dvctt_report.workspace"
_SHARED = ("workspace", "quiet", "debug", "open_result")


def _remember_workspace(ctx: typer.Context, value: Path | None) -> Path | None:
    if value is not None:
        ctx.meta[_WORKSPACE] = value
    return value


def _be_quiet(ctx: typer.Context, value: bool) -> None:
    if value:
        from dvctt_report.cli.screen import silence

        ctx.with_resource(silence())


def _open_result(ctx: typer.Context, value: bool) -> None:
    if value:
        from dvctt_report.cli.made import opened

        ctx.with_resource(opened())


def _be_watched(value: bool) -> None:
    if value:
        from dvctt_report.cli.debug import watch

        watch()


def chosen_workspace(ctx: typer.Context) -> Path | None:
    """The folder given by ``--workspace``, before or after the command's name; None where not given."""
    found: Path | None = ctx.meta.get(_WORKSPACE)
    return found


def use_workspace(ctx: typer.Context, folder: Path) -> None:
    """Make ``folder`` the workspace of the commands that are called from this one."""
    ctx.meta[_WORKSPACE] = folder


class LazyCommands(CommandGroup):
    """Commands by name, whose modules in ``package`` are imported when they are called; see ``entries``."""

    entries: ClassVar[tuple[tuple[str, str], ...]] = COMMANDS
    package: ClassVar[str] = "dvctt_report.cli"

    def list_commands(self, ctx: Context) -> list[str]:
        return [name for name, _ in self.entries]

    def summaries(self, ctx: Context) -> Iterator[tuple[str, str]]:
        yield from self.entries

    @cached_property
    def _made(self) -> dict[str, AnyCommand]:
        """The commands that were called before, by name."""
        return {}

    def get_command(self, ctx: Context, cmd_name: str) -> AnyCommand | None:
        summary = dict(self.entries).get(cmd_name)
        if summary is None:
            return None
        if cmd_name not in self._made:
            self._made[cmd_name] = self._make(cmd_name, summary)
        return self._made[cmd_name]

    def _make(self, cmd_name: str, summary: str) -> AnyCommand:
        module = import_module(f"{self.package}.{cmd_name.replace('-', '_')}")
        text = f"{summary}\n\n{getattr(module, 'HELP', '')}".rstrip()
        if hasattr(module, "COMMANDS"):
            return self._make_group(cmd_name, text, module.COMMANDS)
        return self._make_command(cmd_name, text, module.run)

    def _make_command(self, name: str, text: str, function: Callable[..., object]) -> AnyCommand:
        maker = typer.Typer(add_completion=False, rich_markup_mode=None)
        maker.command(name, cls=Command, help=text)(function)
        command = get_command(maker)
        if name != "menu" and not any("--format" in param.opts for param in command.params):
            from dvctt_report.cli.made import json_option

            command.params.append(json_option())
        command.params.extend(self._shared())
        return command

    def _make_group(self, name: str, text: str, commands: Sequence[GroupEntry]) -> AnyCommand:
        known = {own: (f"{summary}\n\n{more}".rstrip(), run) for own, summary, run, more in commands}

        class Commands(LazyCommands):
            entries = tuple((own, summary) for own, summary, _, _ in commands)

            def _make(self, cmd_name: str, summary: str) -> AnyCommand:
                return self._make_command(cmd_name, *known[cmd_name])

        maker = typer.Typer(cls=Commands, name=name, help=text, rich_markup_mode=None)
        maker.callback(invoke_without_command=True)(_show_help)
        group = get_command(maker)
        group.params = self._shared()
        return group

    def _shared(self) -> list[Parameter]:
        """The options that may stand behind a command's name, too; its help page tells of the first alone."""
        shared = [copy(param) for param in self.params if param.name in _SHARED]
        for param in shared:
            param.hidden = param.name != _SHARED[0]  # type: ignore[attr-defined]  # of options
        return shared


def _show_help(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def _say_version(value: bool) -> None:
    if value:
        import platform

        runs_on = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
        typer.echo(f"dvctt-report {__version__} ({runs_on})")
        raise typer.Exit


def make_app(group: type[CommandGroup] = LazyCommands) -> typer.Typer:
    """Make the program out of a group of commands."""
    app = typer.Typer(
        cls=group,
        name="dvctt-report",
        help="Phát biểu mẫu, thu nhận, kiểm tra số liệu và lập báo cáo tuyên truyền dịch vụ công trực tuyến.",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )

    @app.callback(invoke_without_command=True)
    def start(
        ctx: typer.Context,
        workspace: Annotated[
            Path | None,
            option(
                "--workspace",
                "THƯ-MỤC",
                "Thư mục làm việc; không nêu thì tìm từ thư mục hiện tại trở lên.",
                exists=True,
                file_okay=False,
                expose_value=False,
                callback=_remember_workspace,
            ),
        ] = None,
        quiet: Annotated[
            bool,
            flag(
                "--quiet",
                "Không in kết quả ra màn hình, chỉ in lỗi, lời nhắc; xem mã thoát, tệp đã ghi.",
                expose_value=False,
                callback=_be_quiet,
            ),
        ] = False,
        debug: Annotated[
            bool,
            flag(
                "--debug",
                "Cho người hỗ trợ: in từng tệp được đọc, ghi và nơi phát sinh lỗi.",
                expose_value=False,
                callback=_be_watched,
            ),
        ] = False,
        open_result: Annotated[
            bool,
            flag("--open", "Xong thì mở tệp kết quả đầu tiên.", expose_value=False, callback=_open_result),
        ] = False,
        version: Annotated[
            bool, flag("--version", "Xem số phiên bản rồi thôi.", callback=_say_version, is_eager=True)
        ] = False,
    ) -> None:
        if ctx.invoked_subcommand is None and is_terminal(sys.stdin) and is_terminal(sys.stdout):
            import_module(f"{LazyCommands.package}.menu").run(ctx)
        elif ctx.invoked_subcommand is None:
            typer.echo(ctx.get_help())

    return app


app = make_app()
