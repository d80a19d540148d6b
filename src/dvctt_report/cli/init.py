"""``dvctt-report init``: make a workspace."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from dvctt_report.cli.ask import ask, ask_settings
from dvctt_report.cli.screen import is_in_menu, is_terminal, say
from dvctt_report.files.writing import replace_file
from dvctt_report.model.period import FIRST_YEAR, LAST_YEAR, Period, PeriodPart
from dvctt_report.store.workspace import LONGEST_FOLDER, SETTINGS, Workspace, make_workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.year.receiving import write_book

_LOST = "(echo Khong thay chuong trinh: hay bam dup Cai-dat.bat. & pause & exit /b 2)"
_START = rf"""@echo off
setlocal
chcp 65001 >nul
set "PYTHONUTF8=1"
set RUN=dvctt-report
if defined DVCTT_HOME set RUN="%DVCTT_HOME%\python\python.exe" -m dvctt_report
if defined DVCTT_HOME if not exist "%DVCTT_HOME%\python\python.exe" {_LOST}
if not defined DVCTT_HOME where /q dvctt-report || {_LOST}
"""
_HERE = r"""pushd "%~dp0" || (echo Khong mo duoc thu muc nay. & pause & exit /b 2)
"""
_END = r"""set "CODE=%ERRORLEVEL%"
popd
{pause}
endlocal & exit /b %CODE%
"""
_ALWAYS, _ON_FAILURE = "pause", 'if not "%CODE%"=="0" pause'


def run(folder: Path, profile: str = "", year: Period | None = None) -> None:
    """Make the folders and the settings of one reporting year."""
    from dvctt_report.cli.status import PLAN_BOOK, levels_wanted
    from dvctt_report.plan.folders import default_profile

    asking, period = is_terminal(sys.stdin), year
    this_year = max(date.today().year, FIRST_YEAR)
    whole, half = Period(this_year), Period(this_year, PeriodPart.HALF)
    while asking and not period:
        answer = ask(f"Năm báo cáo (1: {whole.words}; 2: {half.words}; hoặc ghi năm khác)", "1")
        period = {"1": whole, "2": half}.get(answer) or Period.known(answer)
        if not period or not period.is_reportable:
            period = None
            say(
                f"Xin ghi một năm từ {FIRST_YEAR} đến {LAST_YEAR}, hoặc 6 tháng đầu năm dạng {this_year}-6T."
                " Quý I: 3T; 9 tháng: 9T."
            )
    period = period or whole
    told: list[str] = []

    def furnish(made: Workspace) -> None:
        told.append(write_book(made, ()))
        write_launchers(made.root)

    if not profile:
        usual = default_profile(date(period.year, 1, 1))
        profile = _province(usual, period, folder) if asking else usual
    workspace = make_workspace(folder, profile, period, furnish)
    say(f"Đã tạo thư mục làm việc: {workspace.root}")
    other = "" if is_in_menu() else " Tỉnh khác: init --profile."
    say(f"Báo cáo {period.words} của {workspace.profile.plan.province}.{other}")
    n_characters = len(str(workspace.root))
    if n_characters > LONGEST_FOLDER:
        say(
            f"Đường dẫn này dài {n_characters} ký tự. Excel không mở được tệp có đường dẫn quá 218 ký tự: "
            f"nên chuyển thư mục đến nơi có đường dẫn không quá {LONGEST_FOLDER} ký tự."
        )
    say(*told)
    if asking:
        ask_settings(workspace.root)
    say(f"Sửa thông tin cơ quan, số Kế hoạch, người ký: dvctt-report plan settings, hoặc tệp {SETTINGS}.\n")
    if is_in_menu():
        return
    say("Mở bảng chọn: bấm đúp DVCTT.bat, hoặc gõ dvctt-report trong thư mục này. Các lệnh tiếp theo:")
    if wanted := levels_wanted(workspace):
        say(f"  0. dvctt-report plan write {PLAN_BOOK}, plan read {PLAN_BOOK}: {wanted}")
    say("  1. dvctt-report forms      xuất biểu mẫu cho từng đơn vị vào bieu-mau")
    say(f"  2. dvctt-report collect    nhận các tệp đã chép vào nhan-ve/{workspace.period}")
    say("  3. dvctt-report validate   kiểm tra số liệu; sau đó dvctt-report render để lập báo cáo")


def _province(usual: str, period: Period, folder: Path) -> str:
    """The profile of the province that is answered: one that comes with the program, else a new one."""
    from dvctt_report.cli.plan import make_profile
    from dvctt_report.cli.status import PLAN_BOOK
    from dvctt_report.plan.folders import profile_of, shipped_profile
    from dvctt_report.plan.load import load_profile
    from dvctt_report.store.new_profile import find_province
    from dvctt_report.store.workspace import refuse_ended

    default = load_profile(shipped_profile(usual)).plan.province
    while True:
        answer = ask("Tỉnh, thành phố", default)
        if found := profile_of(answer):
            try:
                refuse_ended(load_profile(shipped_profile(found)), period)
            except CannotRun as fault:
                say(fault.message)
                continue
            return found
        try:
            province = find_province(answer)
        except CannotRun as fault:
            say(str(fault))
            continue
        if found := profile_of(province.name):
            return found
        home = folder / "cau-hinh-tinh"
        make_profile(province, home, named=PLAN_BOOK)
        return str(home)


def _drop(what: str, command: str, option: str = "") -> str:
    """Give ``command`` what was dropped, each behind ``option``, by full names, taken before ``pushd``."""
    gather = (
        f'if "%~1"=="" (echo Hay keo tha {what} vao bieu tuong nay. & pause & exit /b 2)\n'
        "set DROPPED=\n"
        ":next\n"
        f'set DROPPED=%DROPPED% {option}"%~f1"\n'
        "shift\n"
        'if not "%~1"=="" goto next\n'
    )
    return _START + gather + _HERE + f"%RUN% {command}%DROPPED%\n" + _END.format(pause=_ALWAYS)


LAUNCHERS = {
    "DVCTT.bat": _START + _HERE + "%RUN% menu\n" + _END.format(pause=_ON_FAILURE),
    "Nhan-bao-cao.bat": _drop("thu muc, tep .zip, .xlsx, .eml", "collect --open", "--from "),
    "Kiem-tra-the-thuc.bat": _drop("tep .docx, thu muc", "lint --mark --open"),
    "Huong-dan.bat": _START + _HERE + "%RUN% menu --guide\n" + _END.format(pause=_ON_FAILURE),
}
"""Name and text of each file."""


def write_launchers(root: Path) -> None:
    """Write into the workspace what is double-clicked, or dropped onto, on Windows.

    Plain ASCII with CRLF, since cmd reads batch files in the console's old code page; ``pushd``, since it
    can't stand in a ``\\\\server\\share`` folder; no ``call`` with a dropped name: that expands ``%`` twice.
    """
    for name, text in LAUNCHERS.items():
        replace_file(root / name, text.replace("\n", "\r\n").encode("ascii"))
