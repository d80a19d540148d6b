"""The files of the bundle that are double-clicked, and the rules of cmd that any such file has to keep."""

from __future__ import annotations

import re
from collections.abc import Iterator

_START = r"""@echo off
setlocal
chcp 65001 >nul
set "HERE=%~dp0"
if "%HERE:~-1%"=="\" set "HERE=%HERE:~0,-1%"
if not exist "%HERE%\python\python.exe" (echo Khong thay python\python.exe. {remedy} & pause & exit /b 2)
"""
_REMEDY = "Hay giai nen ca tep .zip ra mot thu muc, roi bam dup lai o do."

_INSTALL = r"""echo Dang thu chay chuong trinh, lan dau co the mat mot phut ...
"%HERE%\python\python.exe" -c "import {libraries}"
if "%ERRORLEVEL%"=="0" "%HERE%\python\python.exe" -m dvctt_report --version
if not "%ERRORLEVEL%"=="0" (echo Chuong trinh chua chay duoc. Xem Huong-dan.html, muc 5. & pause & exit /b 2)
setx DVCTT_HOME "%HERE%" >nul
if not "%ERRORLEVEL%"=="0" (echo Windows khong cho ghi DVCTT_HOME. Xem Huong-dan.html. & pause & exit /b 2)
echo Da cai dat. Buoc tiep theo: bam dup DVCTT-moi.bat de tao thu muc lam viec.
pause
endlocal & exit /b 0
"""
_NEW = r"""if not defined DVCTT_HOME setx DVCTT_HOME "%HERE%" >nul
set "FOLDER=%~f1"
if "%~1"=="" set "FOLDER=%HERE%\..\Bao-cao-DVCTT"
if not exist "%FOLDER%\" mkdir "%FOLDER%"
pushd "%FOLDER%" || (echo Khong tao duoc thu muc. Hay keo tha mot thu muc vao day. & pause & exit /b 2)
"%HERE%\python\python.exe" -m dvctt_report menu
set "CODE=%ERRORLEVEL%"
popd
if not "%CODE%"=="0" pause
endlocal & exit /b %CODE%
"""

COMPILED = (
    "formualizer", "lxml.etree",
    "markupsafe._speedups", "numpy", "pandas", "pydantic_core",
    "rapidfuzz.fuzz", "sqlite3",
)  # fmt: skip
"""Modules with compiled parts, which are loaded once while installing: here Windows or a scanner objects."""

INSTALL, NEW = "Cai-dat.bat", "DVCTT-moi.bat"


def launchers() -> dict[str, bytes]:
    """Return name and content of the bundle's own batch files.

    ``%HERE%`` has no backslash at its end, since ``setx`` takes ``\\"`` for a quotation mark. A crash
    gives a negative code, which ``if errorlevel 1`` overlooks.
    """
    start = _START.format(remedy=_REMEDY)
    texts = {INSTALL: start + _INSTALL.format(libraries=", ".join(COMPILED)), NEW: start + _NEW}
    return {name: text.replace("\n", "\r\n").encode("ascii") for name, text in texts.items()}


def check_batch(data: bytes) -> Iterator[str]:
    """Yield what cmd would not do as written: letters, line ends, quotes, variables outside them, codes."""
    if not data.isascii():
        yield "has letters that the console's code page changes"
    if data.count(b"\n") != data.count(b"\r\n") or not data.endswith(b"\r\n"):
        yield "has line ends that are not CRLF"
    lines = data.decode("ascii", errors="replace").splitlines()
    if not lines or lines[0] != "@echo off":
        yield "shows its own lines"
    for number, line in enumerate(lines, 1):
        if line.count('"') % 2:
            yield f"line {number}: an open quotation mark"
        bare = re.sub(r'"[^"]*"', "", line)
        if re.search(r"%~\w*\d|%(?!CODE%|RUN%|DROPPED%|ERRORLEVEL%)\w+(:[^%]*)?%", bare):
            yield f"line {number}: a path outside quotation marks"
        if re.search(r"(?i)\bcall\b|delayedexpansion", line):
            yield f"line {number}: expands % or ! in a name"
        if re.search(r"(?i)\berrorlevel +\d", line):
            yield f"line {number}: overlooks a negative code"
        if re.search(r"(?i)^\s*setx\b.*\\\"", line):
            yield f"line {number}: a backslash before a quotation mark"
