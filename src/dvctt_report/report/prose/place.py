"""Put what people wrote into the rendered document, set in the report's own styles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dvctt_report.report.prose.blocks import Block, GridCell, ProseLine, ProseTable
from dvctt_report.report.prose.taking import PLACE, SlotProse
from dvctt_report.word.nd30.page import PAGE
from dvctt_report.word.xml import BOLD, BOLD_ITALIC, ITALIC, WordCell, WordRow, paragraph, run, table

_STYLES = {(False, False): "", (True, False): BOLD, (False, True): ITALIC, (True, True): BOLD_ITALIC}
_CELLS = {"right": "cell_figure", "center": "cell_center"}


def fragments(taken: Mapping[str, SlotProse]) -> dict[str, str]:
    """Write each slot's blocks as Word's XML, by the text of the paragraph they stand in place of."""
    return {PLACE + name: blocks_xml(one.blocks) for name, one in taken.items() if one.blocks}


def blocks_xml(blocks: Iterable[Block]) -> str:
    """Write paragraphs as body text, tables with lines over the width of the page."""
    return "".join(
        line_xml("body", block) if isinstance(block, ProseLine) else grid_xml(block) for block in blocks
    )


def line_xml(key: str, line: ProseLine) -> str:
    """Write a paragraph set as ``key``; bold and italic words by character styles."""
    return paragraph(key, *(run(p.text, _STYLES[p.bold, p.italic]) for p in line.pieces))


def grid_xml(grid: ProseTable) -> str:
    """Write a table; heading rows are set as such and repeated, no row splits."""
    widths = [share * PAGE.text_width for share in grid.widths]
    rows = (
        WordRow(tuple(_cell(cell, n < grid.n_heads) for cell in row), header=n < grid.n_heads)
        for n, row in enumerate(grid.rows)
    )
    # Word joins two tables that follow each other; the space after one is that of the paragraph below it.
    return table(widths, rows) + paragraph("section_end")


def _cell(cell: GridCell, heading: bool) -> WordCell:
    lines = cell.lines or (ProseLine(()),)
    written = "".join(
        paragraph("column", *(run(p.text, ITALIC if p.italic else "") for p in line.pieces))
        if heading
        else line_xml(_CELLS.get(line.align, "cell_text"), line)
        for line in lines
    )
    return WordCell(written, cell.span, cell.merge)
