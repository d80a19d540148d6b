"""Word's XML as text: runs, paragraphs, tables, sections, rules. Pure functions, every text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape as html_escape

from dvctt_report.text.opening import parse_toml, read_text
from dvctt_report.text.resources import PACKAGE
from dvctt_report.word.nd30 import EMU_PER_MM, LINE_EM, PAGE, POINTS_PER_MM, component, twips

escape = partial(html_escape, quote=False)
"""Text as it stands between tags; `xml.sax` would load all of urllib for it."""

_TEMPLATES = parse_toml(read_text(PACKAGE / "word" / "xml.toml"))
TEMPLATES: dict[str, str] = {name: text.replace("\n", "") for name, text in _TEMPLATES.items()}
"""The longer XML by name, with places to fill in."""
BOLD = "NdBold"
ITALIC = "NdItalic"
BOLD_ITALIC = "NdBoldItalic"
GRID_TABLE = "NdGrid"
PLAIN_TABLE = "NdPlain"
RULE_NAME = "Đường kẻ"
"""Name of every rule under a component, followed by the component's key in the description."""


def run(text: str, style: str = "") -> str:
    """Write a run; ``\\n`` becomes a line break. ``style`` is a character style's identifier."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{properties}{lines}</w:r>"


def paragraph(key: str, *runs: str, section: str = "") -> str:
    """Write a paragraph set as the component ``key``; ``section`` is a sectPr that ends with it."""
    style = f'<w:pStyle w:val="{component(key).style_id}"/>'
    return f"<w:p><w:pPr>{style}{section}</w:pPr>{''.join(runs)}</w:p>"


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell: finished paragraphs, columns spanned, whether it starts or continues a vertical merge."""

    paragraphs: str
    span: int = 1
    merge: str = ""


def cell(key: str, text: str, span: int = 1, merge: str = "") -> WordCell:
    """Make a cell of one paragraph set as ``key``."""
    return WordCell(paragraph(key, run(text)), span, merge)


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row; ``header`` rows are repeated on every page. No row is ever split over two pages."""

    cells: tuple[WordCell, ...]
    header: bool = False


def table(widths: Sequence[float], rows: Iterable[WordRow], style: str = GRID_TABLE) -> str:
    """Write a table of fixed columns; ``widths`` in mm."""
    return table_around("".join(table_rows(widths, rows)), widths, style)


def table_rows(widths: Sequence[float], rows: Iterable[WordRow]) -> Iterator[str]:
    """Write the rows of a table one by one."""
    columns = [twips(width) for width in widths]
    for row in rows:
        head = "<w:tblHeader/>" if row.header else ""
        cells, at = "", 0
        for each in row.cells:
            width = sum(columns[at : at + each.span])
            span = f'<w:gridSpan w:val="{each.span}"/>' if each.span > 1 else ""
            merge = f'<w:vMerge w:val="{each.merge}"/>' if each.merge else ""
            properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}</w:tcPr>'
            cells += f"<w:tc>{properties}{each.paragraphs}</w:tc>"
            at += each.span
        yield f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>"


def table_around(rows: str, widths: Sequence[float], style: str = GRID_TABLE) -> str:
    """Write the table that ``rows`` are in."""
    columns = [twips(width) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0000"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def section(headers: str = "", *, landscape: bool = False, restart: bool = False) -> str:
    """A sectPr; first page unnumbered, ``restart`` from 1; later sections inherit its ``headers``."""
    width, height = (PAGE.height, PAGE.width) if landscape else (PAGE.width, PAGE.height)
    return TEMPLATES["section"].format(
        headers=headers,
        width=twips(width),
        height=twips(height),
        orient=' w:orient="landscape"' if landscape else "",
        start='<w:pgNumType w:start="1"/>' if restart else "",
        **{side: twips(getattr(PAGE, side)) for side in ("top", "right", "bottom", "left", "header")},
    )


PAGE_FIELD = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
"""The field that prints the page's number."""


def rule(key: str, number: int, length: float) -> str:
    """Write the run of a horizontal line of ``length`` mm, drawn under the paragraph set as ``key``.

    A line shape anchored to the paragraph and centred in its column: it stands the same in Word and
    LibreOffice, costs no empty paragraph, and ``place_rules`` sets length and depth once the text is known.
    """
    offset = round((component(key).size * LINE_EM + 3.5) / POINTS_PER_MM * EMU_PER_MM)
    said = {"key": key, "number": number, "name": RULE_NAME, "line": round(0.75 * 12700)}
    return TEMPLATES["rule"].format(offset=offset, width=round(length * EMU_PER_MM), **said)
