"""``dvctt-report menu``: the way in for people who do not use a terminal.

Every choice runs the command that its line names, shows that line, and opens what came out of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from pathlib import Path

import typer

from dvctt_report.cli.app import chosen_workspace
from dvctt_report.cli.ask import ask, confirm
from dvctt_report.cli.open_file import open_file
from dvctt_report.cli.screen import console, say
from dvctt_report.errors import CannotRun
from dvctt_report.vietnamese import format_date, format_days_left, key
from dvctt_report.workspace import Workspace, find_workspace, stands_in_workspace

HELP = "Bảng chọn các việc trong năm; mỗi mục chạy đúng lệnh ghi bên cạnh rồi mở kết quả."


@dataclass(frozen=True, slots=True)
class MenuLine:
    """A line of the menu: the command it runs, what it asks for first, where its result lies.

    ``asked`` is the question for the command's last argument, put behind ``option`` where there is one;
    ``needed``: without an answer nothing is run. ``result`` is a pattern below the workspace, of which
    the newest is opened ("": nothing is). ``then`` is offered afterwards; its ``text`` is the question.
    ``every``: the answer "tất cả" stands for the option ``--all``.
    """

    text: str
    command: tuple[str, ...]
    result: str = ""
    asked: str = ""
    option: str = ""
    needed: bool = False
    then: MenuLine | None = None
    every: bool = False


FOR_MINISTRY = MenuLine(
    "Lập luôn dự thảo báo cáo của UBND tỉnh gửi Bộ, kèm Tờ trình?",
    ("render", "--ministry"),
    "ket-qua/{year}/bao-cao-ubnd-*.docx",
)

_DOCUMENT = "Tệp .docx cần kiểm tra (kéo thả vào đây)"
MEND = MenuLine(
    "Lập bản sao đã sửa? Mỗi chỗ cần đồng ý được nêu trước, sau rồi mới hỏi",
    ("lint", "--fix-all", "--ask"),
    asked=_DOCUMENT,
    needed=True,
)

CHOICES = (
    MenuLine("Phát hành biểu mẫu", ("forms",), "bieu-mau/{year}"),
    MenuLine(
        "Nhận báo cáo",
        ("collect",),
        "ket-qua/{year}/tinh-hinh*.html",
        "Thư mục hoặc tệp .zip vừa tải về (kéo thả vào đây; Enter nếu đã chép vào nhan-ve)",
        "--from",
    ),
    MenuLine("Kiểm tra số liệu", ("validate",), "ket-qua/{year}/kiem-tra-so-lieu*.xlsx"),
    MenuLine(
        "Công văn đôn đốc",
        ("letter", "remind"),
        "ket-qua/{year}/cong-van-don-doc*.docx",
        "Gửi trước ngày, ví dụ 18/11/2025 (Enter để chừa trống)",
        "--due",
    ),
    MenuLine("Bảng kê đề nghị chỉnh lý", ("feedback",), "ket-qua/{year}/chinh-ly"),
    MenuLine("Lập dự thảo báo cáo", ("render",), "ket-qua/{year}/bao-cao-{year}*.docx", then=FOR_MINISTRY),
    MenuLine(
        "Kiểm tra thể thức",
        ("lint", "--mark", "--pages"),
        asked=_DOCUMENT,
        needed=True,
        then=MEND,
    ),
    MenuLine(
        "Con số này ở đâu ra?",
        ("explain",),
        asked="Số như in trong báo cáo, ví dụ 79,96%; hoặc mã, ví dụ T10",
        needed=True,
    ),
    MenuLine("Sửa thông tin chung", ("settings",)),
    MenuLine("Ghi số, ngày, bản đã ký", ("publish",)),
    MenuLine(
        "Để ngoài số liệu chưa chỉnh lý",
        ("leave-out",),
        asked="Đơn vị, hoặc mã phát hiện; “tất cả” là mọi lỗi còn mở (Enter để thôi)",
        needed=True,
        every=True,
    ),
    MenuLine("Mở năm sau", ("roll",)),
    MenuLine("Lập hồ sơ của kỳ", ("archive",), "luu-tru/ho-so-{year}*/muc-luc-van-ban.xlsx"),
    MenuLine("Bàn giao công việc", ("handover",), "ket-qua/{year}/ban-giao-*.docx"),
)
_QUIT = "0"
_ALL = "tất cả"
BESIDE = {
    "?": MenuLine("Có trục trặc: kiểm tra máy, chương trình, thư mục làm việc", ("doctor",)),
    "h": MenuLine("Hướng dẫn sử dụng", ("guide",)),
}
"""Choices that are no step of the year, by the key they are chosen with."""


def run(ctx: typer.Context) -> None:
    """Show the menu until it is left."""
    workspace = _workspace(chosen_workspace(ctx) or Path.cwd())
    while workspace is not None:
        _show(workspace)
        answer = ask("Chọn số")
        if answer == _QUIT:
            return
        if answer.lower() in BESIDE:
            choice = BESIDE[answer.lower()]
        elif answer.isdecimal() and 1 <= int(answer) <= len(CHOICES):
            choice = CHOICES[int(answer) - 1]
        else:
            say(f"Gõ một số từ 0 đến {len(CHOICES)} rồi bấm Enter.")
            continue
        _do(choice, workspace)
        ask("\nBấm Enter để trở lại bảng chọn")
        workspace = find_workspace(workspace.root)


def _workspace(folder: Path) -> Workspace | None:
    """The workspace that ``folder`` stands in; a new one there where the officer wishes it."""
    if not stands_in_workspace(folder):
        say(f"Thư mục {folder.resolve()} chưa phải là thư mục làm việc.")
        if not confirm("Tạo thư mục làm việc tại đây?", default=True):
            return None
        if _call(["init", str(folder)]) != 0:
            return None
    return find_workspace(folder)


def _show(workspace: Workspace) -> None:
    """Print the state in two lines, and the choices in two columns."""
    out = console()
    title = f"Báo cáo DVCTT {workspace.period.words}"
    out.print(f"\n{workspace.settings.co_quan.ten.upper()} · {title}", style="bold")
    try:
        out.print(menu_state(workspace))
    except CannotRun as error:
        out.print(error.message)
    lines = [f"{n} {choice.text}" for n, choice in enumerate(CHOICES, 1)]
    lines.append(f"{_QUIT} Thoát")
    half = (len(lines) + 1) // 2
    for left, right in zip_longest(lines[:half], lines[half:], fillvalue=""):
        out.print(f"  {left:<36}{right}".rstrip())
    for sign, choice in BESIDE.items():
        out.print(f"  {sign} {choice.text}")


def menu_state(workspace: Workspace) -> str:
    """The deadline, and how many have sent, have to mend, have not sent."""
    from collections import Counter

    from dvctt_report.cli.session import opened
    from dvctt_report.loader import has_register
    from dvctt_report.summary.returns import TO_ENTER

    now = datetime.now()
    today = now.date()
    last_day = workspace.profile.plan.deadline.last_day(workspace.period)
    deadline = f"Ngày cuối để gửi: {format_date(last_day)} ({format_days_left(last_day, today)})"
    if not has_register(workspace):
        return f"{deadline} · chưa nhận báo cáo nào"
    year = opened(workspace, now)
    states = Counter(line.state for line in year.lines)
    n_sent = len(year.lines) - states["unusable"] - states["missing"]
    unusable = f" · chưa dùng được {states['unusable']}" if states["unusable"] else ""
    undecided = f" · chờ chọn tệp {states['undecided']}" if states["undecided"] else ""
    undecided += f" · {TO_ENTER} {states['to_enter']}" if states["to_enter"] else ""
    return (
        f"{deadline}\nĐã gửi {n_sent}/{len(year.lines)}{undecided}{unusable} · chưa gửi "
        f"{states['missing']} · cần chỉnh lý {sum(line.correcting for line in year.lines)}"
    )


def _do(choice: MenuLine, workspace: Workspace, about: str = "") -> None:
    """Run the command of a choice and open its result; findings (exit code 1) are no obstacle.

    ``about`` answers what the choice would ask for, "" where it has to be asked.
    """
    argument = about or (_clean(ask(choice.asked)) if choice.asked else "")
    if choice.needed and not argument:
        return
    if choice.every and key(argument) == _ALL:
        argument = "--all"
    argv = [
        *choice.command,
        *([choice.option] if choice.option and argument else []),
        *([argument] if argument else []),
    ]
    say("Lệnh: dvctt-report " + " ".join(f'"{a}"' if " " in a else a for a in argv) + "\n")
    if _call(["--workspace", str(workspace.root), *argv]) > 1:
        return
    if choice.result:
        results = workspace.root.glob(choice.result.format(year=workspace.period))
        found = max(results, key=lambda p: p.stat().st_mtime, default=None)
        if found is not None and not open_file(found):
            say(f"Kết quả: {found}")
    if choice.then is not None and confirm(choice.then.text, default=False):
        _do(choice.then, workspace, argument if choice.then.asked else "")


def _clean(typed: str) -> str:
    """What was typed or dropped: a terminal quotes a dropped path with a space in it."""
    return typed.strip().strip("\"'")


def _call(argv: list[str]) -> int:
    from dvctt_report.cli.door import main

    return main(argv)
