"""What is done to the rendered document besides its text: tables by unit, lines under names.

The tree of a table of all communes takes a hundred times the memory of its packed text. The first rows and
the last, which are set in another way than the rest, stay in the tree; a processing instruction stands for
those between, which are parsed, read and written a hundred at a time.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from dvctt_report.report.marks import lift_marks, without_marks
from dvctt_report.report.unit_tables import UnitTable
from dvctt_report.word.nd30 import EMU_PER_MM, LINE_EM, PAGE, POINTS_PER_MM, RULES, component, component_width
from dvctt_report.word.tree import DECLARATIONS, NAMESPACES, W
from dvctt_report.word.xml import RULE_NAME, WordRow, cell, paragraph, run, table_around, table_rows

AT_ONCE = 100  # Rows that are parsed at once; a table of fewer stays whole
_TARGET = "hang"
_STANDS_FOR = re.compile(rb"<\?hang (\d+)\?>")


@dataclass(eq=False)
class RowsApart:
    """Rows by the number of their instruction, packed: as given, then as the document has them."""

    given: list[bytes] = field(default_factory=list)
    written: dict[int, bytes] = field(default_factory=dict)

    def shortened(self, rows: Iterable[str], n_first: int, n_last: int) -> str:
        """The rows of one table as text, those between the first and the last apart where there are many."""
        coming = iter(rows)
        text = [*islice(coming, n_first)]
        waiting: list[str] = []
        for row in coming:
            waiting.append(row)
            if len(waiting) == AT_ONCE + n_last:
                text.append(f"<?{_TARGET} {len(self.given)}?>")
                self.given.append(zlib.compress("".join(waiting[:AT_ONCE]).encode(), 1))
                del waiting[:AT_ONCE]
        return "".join((*text, *waiting))

    def rows(self, stands_for: etree._Element) -> tuple[etree._Element, ...]:
        """The rows that an instruction of the tree stands for; none for another node."""
        if stands_for.tag is not etree.ProcessingInstruction or stands_for.target != _TARGET:
            return ()
        number = int(stands_for.text or "")
        rows = zlib.decompress(self.given[number]).decode()
        root = etree.fromstring(f"<all {DECLARATIONS}>{rows}</all>")
        content = etree.tostring(root, encoding="UTF-8")
        inner = content[content.index(b">") + 1 : content.rindex(b"<")]
        self.written[number] = zlib.compress(lift_marks(inner), 1)
        return tuple(root)

    def put_back(self, document: bytes) -> Iterator[bytes]:
        """Yield a written document, all rows that were read in their places."""
        pieces = iter(_STANDS_FOR.split(document))
        yield next(pieces)
        for number, piece in zip(pieces, pieces, strict=True):
            yield zlib.decompress(self.written[int(number)])
            yield piece


NUMBER_WIDTH = 11.0
WIDEST_COLUMN = 40.0
CELL_EDGES = 2.5  # Millimetres beside the text of a cell
ANSWER_WEIGHT = 2.0
FIRST_ROWS = 3  # How many rows stand below the heads where a table begins
LAST_ROWS = 3  # How many rows end a table on one page: a single one above the note reads as a slip
RULE_GAP = 3.5  # Points between the text and the line below it
_KEPT = {
    component(f"cell_{kind}").style_id: component(f"last_{kind}").style_id
    for kind in ("text", "center", "figure")
}
"""The style of a cell in a row that stays with the next one, by its usual style."""


PARAGRAPH = f"{W}p"


def paragraph_text(element: etree._Element) -> str:
    """Return the text of a paragraph, a line break as newline, a tab as tab."""
    parts = []
    for node in element.iter(f"{W}t", f"{W}br", f"{W}tab"):
        parts.append((node.text or "") if node.tag == f"{W}t" else "\n" if node.tag == f"{W}br" else "\t")
    return "".join(parts)


def place_rules(root: etree._Element) -> None:
    """Give each line under a component the length and depth its text asks for.

    A component of several lines is measured by its longest one. Source: NĐ 30/2020 Phụ lục I, II.1b, II.2b,
    II.5b.
    """
    shares = {r.under: r.share for r in RULES}
    for drawing in root.iter(f"{{{NAMESPACES['wp']}}}anchor"):
        properties = drawing.find("wp:docPr", NAMESPACES)
        key = properties.get("descr", "") if properties is not None else ""
        if properties is None or not properties.get("name", "").startswith(RULE_NAME) or key not in shares:
            continue
        text, c = paragraph_text(next(drawing.iterancestors(f"{W}p"))), component(key)
        width = round(component_width(text, c) * shares[key] * EMU_PER_MM)
        depth = round((len(text.split("\n")) * c.size * LINE_EM + RULE_GAP) / POINTS_PER_MM * EMU_PER_MM)
        for size in (drawing.find("wp:extent", NAMESPACES), drawing.find(".//a:ext", NAMESPACES)):
            if size is not None:
                size.set("cx", str(width))
        offset = drawing.find("wp:positionV/wp:posOffset", NAMESPACES)
        if offset is not None:
            offset.text = str(depth)


def cut_sections(root: etree._Element, *, annexes_alone: bool) -> bool:
    """Take out the text above ``annexes_alone``, and the empty page that a last section of its own would add.

    The section behind the text takes over the headers, which it had from the first. False where no section
    ends before the annexes.
    """
    body = root.find("w:body", NAMESPACES)
    sections = root.findall("w:body/w:p/w:pPr/w:sectPr", NAMESPACES)
    last = body.find("w:sectPr", NAMESPACES)
    if annexes_alone and not sections:
        return False
    if annexes_alone:
        ending = sections[0].getparent().getparent()
        following = sections[1] if len(sections) > 1 else last
        if following is not None and following.find("w:headerReference", NAMESPACES) is None:
            for n, header in enumerate(sections[0].findall("w:headerReference", NAMESPACES)):
                following.insert(n, header)
        for element in [*ending.itersiblings(preceding=True), ending]:
            body.remove(element)
    before = last.getprevious() if last is not None else None
    own = (
        before.find("w:pPr/w:sectPr", NAMESPACES) if before is not None and before.tag == PARAGRAPH else None
    )
    if own is not None:
        body.replace(last, own)
    return True


def put_on_top(root: etree._Element, lines: Sequence[str], heading: str = "") -> None:
    """Put those lines that stand nowhere in a text above it, each a paragraph; under the first paragraph set
    as the component ``heading``, where there is one.
    """
    waiting = list(lines)
    for one in root.iter(PARAGRAPH) if waiting else ():
        waiting = [line for line in waiting if line not in paragraph_text(one)]
        if not waiting:
            return
    body = root.find("w:body", NAMESPACES)
    added = f"<all {DECLARATIONS}>{''.join(paragraph('draft', run(line)) for line in waiting)}</all>"
    style = component(heading).style_id if heading else ""
    headings = body.xpath("w:p[w:pPr/w:pStyle/@w:val = $style]", namespaces=NAMESPACES, style=style)
    for n, one in enumerate(etree.fromstring(added), body.index(headings[0]) + 1 if headings else 0):
        body.insert(n, one)


def keep_rows_together(root: etree._Element) -> None:
    """Keep rows on one page that say little apart, by the styles made for that.

    These are rows that a merged cell runs over, the first and the last rows of a table: no page begins or
    ends with one row alone, none begins with the note below the table.
    """
    note = component("note").style_id
    for one in root.iter(f"{W}tbl"):
        rows = one.findall("w:tr", NAMESPACES)
        kept = {n for n in range(len(rows) - LAST_ROWS, len(rows) - 1) if n >= 0}
        n_heads = sum(row.find("w:trPr/w:tblHeader", NAMESPACES) is not None for row in rows)
        kept |= {n for n in range(n_heads, n_heads + FIRST_ROWS - 1) if n < len(rows) - 1}
        for n, row in enumerate(rows):
            merges = row.iterfind("w:tc/w:tcPr/w:vMerge", NAMESPACES)
            if n and any(merge.get(f"{W}val", "continue") == "continue" for merge in merges):
                kept.add(n - 1)
        below = one.getnext()
        style = below.find("w:pPr/w:pStyle", NAMESPACES) if below is not None else None
        if style is not None and style.get(f"{W}val") == note:
            kept.add(len(rows) - 1)
        for used in (used for n in kept for used in rows[n].iter(f"{W}pStyle")):
            used.set(f"{W}val", _KEPT.get(used.get(f"{W}val", ""), used.get(f"{W}val", "")))


def unit_table_xml(one: UnitTable, apart: RowsApart) -> str:
    """Write a table by unit across the landscape page, under its title: heads, column numbers, units, sums.

    The most of a long one goes into ``apart``.
    """
    columns, widths = one.columns, _unit_widths(one)
    # One header row, or two where a target heads several columns; merged cells then run over both.
    two = any(column.labels for column in columns)
    merge = "restart" if two else ""
    first = [cell("column", "STT", merge=merge), cell("column", one.head, merge=merge)]
    names = [cell("column", c.name, len(c.labels) or 1, "" if c.labels else merge) for c in columns]
    below = ("", "", *(label for c in columns for label in c.labels or ("",)))
    heads = [WordRow((*first, *names), header=True)]
    if two:
        cells = (cell("column", text, merge="" if text else "continue") for text in below)
        heads.append(WordRow(tuple(cells), header=True))
    heads.append(WordRow(tuple(cell("column_number", f"({n})") for n in range(1, len(widths) + 1)), True))
    kinds = ["figure" if c.labels or c.figures else "center" for c in columns for _ in c.labels or ("",)]

    def rows() -> Iterator[WordRow]:
        yield from heads
        for row in one.rows:
            look = "cell" if row.number else "group"
            cells = [cell(f"{look}_{kind}", text) for kind, text in zip(kinds, row.cells, strict=True)]
            if row.number:
                yield WordRow((cell("cell_center", row.number), cell("cell_text", row.name), *cells))
            else:
                yield WordRow((cell("group_text", row.name, span=2), *cells))

    written = apart.shortened(table_rows(widths, rows()), len(heads) + FIRST_ROWS, LAST_ROWS)
    return paragraph("table_title", run(one.title)) + table_around(written, widths)


def _unit_widths(one: UnitTable) -> tuple[float, ...]:
    """Share the page out in mm: a column that carries a whole name gets more than one of three.

    None is narrower than its longest number, which no line breaks; the others, then the names make room.
    """
    weights = [1.0 if c.labels else ANSWER_WEIGHT for c in one.columns for _ in c.labels or ("",)]
    room = PAGE.landscape_text_width - NUMBER_WIDTH - one.name_width
    longest = [""] * len(weights)
    for row in one.rows:
        for n, text in enumerate(row.cells):
            numbers = (part for part in without_marks(text).split() if part[0].isdigit())
            longest[n] = max((longest[n], *numbers), key=len)
    needed = [component_width(text, component("group_figure")) + CELL_EDGES for text in longest]
    free = [n for n, least in enumerate(needed) if least <= weights[n] * room / sum(weights)]
    taken = sum(least for n, least in enumerate(needed) if n not in free)
    each = min((room - taken) / sum(weights[n] for n in free), WIDEST_COLUMN) if free else 0.0
    widths = [max(least, each * weights[n] if n in free else 0) for n, least in enumerate(needed)]
    return (NUMBER_WIDTH, one.name_width - max(sum(widths) - room, 0), *widths)
