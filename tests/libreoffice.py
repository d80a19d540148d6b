"""LibreOffice as a person uses it: files saved as another kind, or printed."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from dvctt_report.files import libreoffice as office

XLSX: Final = "xlsx:Calc MS Excel 2007 XML"
DOCX: Final = "docx:MS Word 2007 XML"
RUN_ALONE: Final = office._run
"""How the program starts LibreOffice: each time anew, with a profile of its own."""
_LONGEST: Final = 3_000
"""Seconds: some hundred files in one run, on a machine with much else to do."""
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Save/Document">
<prop oor:name="GenerateThumbnail" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""
"""A picture of its first page, which every file would get, takes a fifth of the time to save it."""
_PATH: Final = os.environ.get("PATH")
_UNHEARD: Final = subprocess.DEVNULL


class LibreOffice:
    """An office that stays up for whatever it is handed: its start takes longer than most files.

    ``profile`` is a folder, made at the first start; of all that are started with it the first does the work.
    """

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        self._up: subprocess.Popen[bytes] | None = None

    def convert(self, files: Iterable[Path], kind: str, folder: Path) -> None:
        """Save files as ``kind`` (or as a filter of LibreOffice says) in a folder, under their names."""
        named = [*files]
        made = [folder / f"{file.stem}.{kind.partition(':')[0]}" for file in named]
        command = [*self._command(), "--convert-to", kind, "--outdir", str(folder), *map(str, named)]
        for _ in range(2):  # one that has just made its profile starts again, and may drop what it was handed
            self._stay_up()
            subprocess.run(command, check=True, capture_output=True, timeout=_LONGEST)
            if all(one.exists() for one in made):
                break

    def pdf(self, file: Path) -> Path:
        """Print a file beside itself."""
        self.convert([file], "pdf", file.parent)
        return file.with_suffix(".pdf")

    def run(self, program: Path, folder: Path, longest: float) -> None:
        """Print as the program does (``office._run``); only what stands in for LibreOffice is started."""
        if shutil.which("soffice", path=_PATH) == str(program):
            self.convert([folder / "in.docx"], "pdf", folder)
        else:
            RUN_ALONE(program, folder, longest)

    def close(self) -> None:
        if self._up is None or self._up.poll() is not None:
            return
        for how in (signal.SIGTERM, signal.SIGKILL):
            os.killpg(self._up.pid, how)
            with suppress(subprocess.TimeoutExpired):
                self._up.wait(20)
                return

    def _command(self) -> list[str]:
        return ["soffice", f"-env:UserInstallation={self.profile.as_uri()}", "--headless", "--norestore"]

    def _stay_up(self) -> None:
        """Start the office with a document of its own: once it has none open, it ends."""
        if self._up is not None and self._up.poll() is None:
            return
        held = self.profile.with_suffix(".txt")
        held.write_text("", encoding="utf-8")
        settings = self.profile / "user" / "registrymodifications.xcu"
        if not settings.exists():
            settings.parent.mkdir(parents=True, exist_ok=True)
            settings.write_text(_SETTINGS, encoding="utf-8")
        self._up = subprocess.Popen(
            [*self._command(), str(held)], stdout=_UNHEARD, stderr=_UNHEARD, start_new_session=True
        )


def without_results(data: bytes) -> bytes:
    """A workbook without any formula's stored result, so that LibreOffice has none to copy."""

    def change(name: str, content: bytes) -> bytes:
        if name.startswith("xl/worksheets/"):
            content = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
            assert b"</f><v" not in content
        return content

    return _changed(data, change)


_REPEATED: Final = rb'<definedName name="_xlnm\.Print_Titles"[^>]*>[^<]*</definedName>'


def unpaged(data: bytes) -> bytes:
    """A workbook in which no rows are repeated on each page: LibreOffice opens it in half the time.

    It counts the pages of every sheet that has such rows.
    """

    def change(name: str, content: bytes) -> bytes:
        if name == "xl/workbook.xml":
            content = re.sub(rb"<definedNames>\s*</definedNames>", b"", re.sub(_REPEATED, b"", content))
        return content

    return _changed(data, change)


def _changed(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A workbook with every part as ``change`` makes it of its name and content."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as changed:
        for name in package.namelist():
            changed.writestr(name, change(name, package.read(name)))
    return out.getvalue()
