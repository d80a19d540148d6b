"""The files of a workspace that are double-clicked, or dropped onto, on Windows.

Plain ASCII with CRLF, since cmd reads batch files in the console's old code page; ``pushd``, since it can't
stand in a ``\\\\server\\share`` folder; no ``call`` with a dropped name, since that expands ``%`` twice.
"""

from __future__ import annotations

from pathlib import Path

from dvctt_report.files.writing import replace_file

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
    """Write the launchers into the workspace ``root``."""
    for name, text in LAUNCHERS.items():
        replace_file(root / name, text.replace("\n", "\r\n").encode("ascii"))
