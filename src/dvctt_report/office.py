"""Where LibreOffice is, which prints Word files without anybody at the screen."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_NAMES = ("soffice", "libreoffice")
_FOLDERS = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)", "LOCALAPPDATA")
"""Variables of Windows that name the folders programs are installed in."""
_BELOW = ("LibreOffice/program/soffice.exe", "Programs/LibreOffice/program/soffice.exe")
_ELSEWHERE = ("/Applications/LibreOffice.app/Contents/MacOS/soffice",)


def find_libreoffice() -> Path | None:
    """Return the program, from the search path or where its installer puts it; None where there is none."""
    for name in _NAMES:
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    installed = [Path(os.environ[v], below) for v in _FOLDERS if os.environ.get(v) for below in _BELOW]
    return next((path for path in (*installed, *map(Path, _ELSEWHERE)) if path.is_file()), None)
