"""What units do to a form: exchange rows, type over a formula, save it in another format."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from dvctt_report.files.cells import CellValue
from dvctt_report.files.container import read_workbook

_ROW = re.compile(r'<row r="(\d+)".*?</row>|<row r="(\d+)"[^>]*/>', re.DOTALL)
_REFERENCE = re.compile(
    r"(?:'(?P<sheet>[^']+)'!)?(?P<from>\$?[A-Z]{1,3}\$?)(?P<row>\d+)"
    r"(?P<to>:\$?[A-Z]{1,3}\$?\d+)?(?![\d(])"
)


def swap_rows(data: bytes, sheet: str, first: int, second: int) -> bytes:
    """Exchange two rows of ``sheet`` as cutting and inserting them in Excel does: formulas follow."""
    moved = {str(first): str(second), str(second): str(first)}

    def change(name: str, xml: str) -> str:
        text = re.sub(r"(?<=<f>)[^<]*(?=</f>)", lambda f: _follow(f[0], name, sheet, moved), xml)
        return _exchange(text, first, second, moved) if name == sheet else text

    return _change_sheets(data, change)


def overtype(data: bytes, sheet: str, cell: str, text: str) -> bytes:
    """Type ``text`` over the formula that stands in ``cell``."""

    def change(name: str, xml: str) -> str:
        if name != sheet:
            return xml
        pattern = rf'(<c r="{cell}"(?: s="\d+")?) t="str"><f>[^<]*</f><v>[^<]*</v></c>'
        typed = rf'\1 t="inlineStr"><is><t>{escape(text)}</t></is></c>'
        changed, n = re.subn(pattern, typed, xml)
        if n != 1:
            raise ValueError(f"{sheet}!{cell} holds no formula with a text as result")
        return changed

    return _change_sheets(data, change)


_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""
"""LibreOffice 25.2 writes 0 for a formula's text into an .xls, unless it has calculated it itself."""


def convert_to_xls(data: bytes) -> bytes | None:
    """Save a workbook as .xls with LibreOffice; None where that is not installed."""
    program = shutil.which("soffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "return.xlsx"
        source.write_bytes(data)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_RECALCULATE, encoding="utf-8")
        subprocess.run(
            [
                program,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                "xls:MS Excel 97",
                "--outdir",
                str(folder),
                str(source),
            ],
            check=True,
            capture_output=True,
        )
        return source.with_suffix(".xls").read_bytes()


def says_the_same(xlsx: bytes, xls: bytes) -> bool:
    """Whether every cell that shows something in ``xlsx`` shows the same in ``xls``.

    LibreOffice makes 0 of an empty formula result, hence not the other way round as well.
    """
    return not _shown(xlsx) - _shown(xls)


def _shown(data: bytes) -> set[tuple[str, str, CellValue]]:
    return {
        (sheet.name, cell.address, cell.value)
        for sheet in read_workbook(data).sheets
        for cell in sheet.cells.values()
        if cell.value not in (None, "")
    }


def _follow(formula: str, own: str, sheet: str, moved: Mapping[str, str]) -> str:
    """Rewrite what a formula in sheet ``own`` says of the rows moved; a range around both stays."""

    def reference(match: re.Match[str]) -> str:
        if (match["sheet"] or own) != sheet or match["to"] or match["row"] not in moved:
            return match[0]
        return match[0].removesuffix(match["row"]) + moved[match["row"]]

    return _REFERENCE.sub(reference, formula)


def _exchange(xml: str, first: int, second: int, moved: Mapping[str, str]) -> str:
    rows = {int(m[1] or m[2]): m[0] for m in _ROW.finditer(xml)}
    for at, other in ((first, second), (second, first)):
        row = rows[at].replace(f'<row r="{at}"', f'<row r="{moved[str(at)]}"', 1)
        rows[at] = re.sub(rf'(<c r="[A-Z]+){at}"', rf'\g<1>{other}"', row)
    rows[first], rows[second] = rows[second], rows[first]
    return _ROW.sub(lambda m: rows[int(m[1] or m[2])], xml)


def _change_sheets(data: bytes, change: Callable[[str, str], str]) -> bytes:
    """Rewrite the XML of each sheet, given with its name; everything else stays byte for byte."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = re.findall(r'<sheet name="([^"]+)"', old.read("xl/workbook.xml").decode())
        parts = {f"xl/worksheets/sheet{n}.xml": name for n, name in enumerate(names, 1)}
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename in parts:
                content = change(parts[entry.filename], content.decode()).encode()
            new.writestr(entry, content)
    return out.getvalue()
