"""LibreOffice as a person uses it: files saved as another kind, or printed."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

XLSX: Final = "xlsx:Calc MS Excel 2007 XML"
DOCX: Final = "docx:MS Word 2007 XML"
_LONGEST: Final = 3_000
"""Seconds: some hundred files in one run, on a machine with much else to do."""


@dataclass(frozen=True)
class LibreOffice:
    """Any number of files are converted in one run: a start takes longer than a file.

    ``profile`` is a folder, made at the first start; one program at a time can use it.
    """

    profile: Path

    def convert(self, files: Iterable[Path], kind: str, folder: Path) -> None:
        """Save files as ``kind`` (or as a filter of LibreOffice says) in a folder, under their names."""
        command = ["soffice", f"-env:UserInstallation={self.profile.as_uri()}", "--headless"]
        command += ["--convert-to", kind, "--outdir", str(folder), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=_LONGEST)

    def pdf(self, file: Path) -> Path:
        """Print a file beside itself."""
        self.convert([file], "pdf", file.parent)
        return file.with_suffix(".pdf")


def without_results(data: bytes) -> bytes:
    """A workbook without any formula's stored result, so that LibreOffice has none to copy."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as changed:
        for name in package.namelist():
            content = package.read(name)
            if name.startswith("xl/worksheets/"):
                content = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", content)
                assert b"</f><v" not in content
            changed.writestr(name, content)
    return out.getvalue()
