"""Rows, columns and sheets of a form changed in Excel; notes, pictures and text boxes laid over them.

Cells and merges follow what moves, as they do in Excel; formulas keep their results and their texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import TypeAlias

from dvctt_report.files.cells import address, parse_address
from tests.intake.excel import BOOK, CELL, ROW, Edit, Parts, column_of, in_part, in_sheet, part_of, with_rows

Move: TypeAlias = Callable[[int], int | None]
"""Where a row or column goes; None: deleted."""

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK_RELS, TYPES = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"


# ------------------------------------------------------------------------------ rows and columns


def moved(sheet: str, rows: Move = lambda n: n, columns: Move = lambda n: n) -> Edit:
    """Insert, delete, move rows and columns: cells and merges follow; formulas keep text and result."""

    return in_sheet(sheet, lambda xml: _moved_cells(xml, rows, columns))


def _moved_cells(xml: str, rows: Move, columns: Move) -> str:
    made: dict[int, str] = {}
    for row in ROW.finditer(xml):
        to = rows(int(row[1]))
        if to is not None:
            kept = {columns(column_of(c[1])): c for c in CELL.finditer(row[3] or "")}
            cells = "".join(_at(kept[n], to, n) for n in sorted(n for n in kept if n is not None))
            made[to] = f'<row r="{to}"{re.sub(r" spans=.[0-9:]*.", "", row[2])}>{cells}</row>'
    xml = with_rows(xml, made)
    xml = re.sub(r'<mergeCell ref="([^"]*)"/>', lambda m: _moved_merge(m[1], rows, columns), xml)
    return re.sub(
        r'<col min="(\d+)" max="(\d+)"([^>]*)/>',
        lambda m: "".join(
            f'<col min="{to}" max="{to}"{m[3]}/>'
            for n in range(int(m[1]), int(m[2]) + 1)
            if (to := columns(n)) is not None
        ),
        xml,
    )


def _at(cell: re.Match[str], row: int, column: int) -> str:
    body = f">{cell[3]}</c>" if cell[3] is not None else "/>"
    return f'<c r="{address(row, column)}"{cell[2]}{body}'


def _moved_merge(ref: str, rows: Move, columns: Move) -> str:
    ends = [_moved_ref(end, rows, columns) for end in ref.split(":")]
    return f'<mergeCell ref="{":".join(ends)}"/>' if "#REF!" not in ends else ""


def _moved_ref(ref: str, rows: Move, columns: Move) -> str:
    place = parse_address(ref)
    assert place is not None
    row, column = rows(place[0]), columns(place[1])
    return "#REF!" if row is None or column is None else address(row, column)


def inserted(before: int, n: int = 1) -> Move:
    return lambda at: at + n if at >= before else at


def deleted(*gone: int) -> Move:
    return lambda at: None if at in gone else at - sum(g < at for g in gone)


def exchanged(one: int, other: int) -> Move:
    return lambda at: {one: other, other: one}.get(at, at)


def merged(sheet: str, ref: str) -> Edit:
    return in_sheet(sheet, lambda xml: xml.replace("</mergeCells>", f'<mergeCell ref="{ref}"/></mergeCells>'))


def hidden_rows(sheet: str, *rows: int, filtered: bool = False) -> Edit:
    def change(xml: str) -> str:
        for row in rows:
            xml = xml.replace(f'<row r="{row}"', f'<row r="{row}" hidden="1"')
        return xml.replace("<mergeCells", '<autoFilter ref="A6:M12"/><mergeCells') if filtered else xml

    return in_sheet(sheet, change)


def low_row(where: str, points: float = 0.75) -> Edit:
    """Drag the row of a cell together until nothing of it is seen."""
    sheet, _, cell = where.rpartition("!")
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    def change(xml: str) -> str:
        head = re.search(rf'<row r="{row}"[^>]*>', xml)
        assert head is not None
        bare = re.sub(r' (?:ht|customHeight)="[^"]*"', "", head[0])
        return xml.replace(head[0], bare.replace(">", f' ht="{points}" customHeight="1">', 1))

    return in_sheet(sheet, change)


def frozen(sheet: str, first: str, held: int) -> Edit:
    """Freeze the rows up to ``held``, scrolled before to ``first``: what is above can't be scrolled to."""
    view = f'topLeftCell="{first}" workbookViewId="0"><pane ySplit="{held}" topLeftCell="A{held + 1}" '
    view += 'activePane="bottomLeft" state="frozen"/></sheetView>'
    return in_sheet(
        sheet, lambda xml: re.sub(r'workbookViewId="0"(?:/>|>.*?</sheetView>)', lambda _: view, xml, count=1)
    )


def narrow_column(where: str, width: float = 0.1) -> Edit:
    """Drag the column of a cell together until nothing of it is seen."""
    sheet, _, cell = where.rpartition("!")
    number = column_of(cell.rstrip("0123456789"))

    def one(match: re.Match[str]) -> str:
        first, last, rest = int(match[1]), int(match[2]), match[3]
        if not first <= number <= last:
            return match[0]
        spans = [(first, number - 1, rest), (number, number, f' width="{width}" customWidth="1"')]
        spans.append((number + 1, last, rest))
        return "".join(f'<col min="{a}" max="{b}"{said}/>' for a, b, said in spans if a <= b)

    return in_sheet(sheet, lambda xml: re.sub(r'<col min="(\d+)" max="(\d+)"([^>]*)/>', one, xml))


def conditional(where: str, dxf: str, kind: str = 'type="expression"', inside: str = "") -> Edit:
    """A conditional format that holds for a cell, or a range: ``dxf`` is the XML of what it sets."""
    sheet, _, cells = where.rpartition("!")
    inside = inside or "<formula>TRUE</formula>"

    def edit(parts: Parts) -> None:
        styles = parts["xl/styles.xml"].decode()
        n = styles[styles.index("<dxfs") :].count("<dxf>")
        styles = styles.replace("</dxfs>", f"<dxf>{dxf}</dxf></dxfs>")
        parts["xl/styles.xml"] = re.sub(r'<dxfs count="\d+"', f'<dxfs count="{n + 1}"', styles).encode()
        rule = f'<cfRule {kind} dxfId="{n}" priority="99">{inside}</cfRule>'
        xml = f'<conditionalFormatting sqref="{cells}">{rule}</conditionalFormatting>'
        in_sheet(sheet, lambda own: _before(own, ("<dataValidations", "<printOptions"), xml))(parts)

    return edit


def _before(xml: str, tags: tuple[str, ...], added: str) -> str:
    tag = next(tag for tag in tags if tag in xml)
    return xml.replace(tag, added + tag, 1)


def hidden_column(sheet: str, number: int) -> Edit:
    col = f'<cols><col min="{number}" max="{number}" width="9" hidden="1"/>'
    return in_sheet(sheet, lambda xml: xml.replace("<cols>", col))


# -------------------------------------------------------------------------------------- sheets


def renamed(sheet: str, new: str) -> Edit:
    """Rename a sheet; the formulas that name it follow."""

    def edit(parts: Parts) -> None:
        for name in parts:
            if name == BOOK or name.startswith("xl/worksheets/sheet"):
                xml = parts[name].decode().replace(f'name="{sheet}"', f'name="{new}"')
                parts[name] = xml.replace(f"'{sheet}'!", f"'{new}'!").encode()

    return edit


def reordered(parts: Parts) -> None:
    """Turn the order of the sheets round."""
    xml = parts[BOOK].decode()
    xml = re.sub(r"<definedNames>.*</definedNames>", "", xml)
    sheets = re.findall(r"<sheet [^>]*/>", xml)
    parts[BOOK] = xml.replace("".join(sheets), "".join(reversed(sheets))).encode()


def hidden(sheet: str) -> Edit:
    tab = f'<sheet name="{sheet}"'
    return in_part(BOOK, lambda xml: xml.replace(tab, f'{tab} state="hidden"'))


def with_sheet(name: str, rows: str = "", *, of: str = "", state: str = "visible") -> Edit:
    """Add a sheet: with these rows, or a copy ``of`` another; last, and with a hidden one's state."""

    def edit(parts: Parts) -> None:
        n = len(re.findall("<sheet ", parts[BOOK].decode())) + 1
        part = f"xl/worksheets/sheet{n}.xml"
        blank = f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetData>{rows}</sheetData></worksheet>'
        parts[part] = parts[part_of(parts, of)] if of else blank.encode()
        tab = f'<sheet name="{name}" sheetId="{n}" state="{state}" r:id="rId9{n}"/>'
        in_part(BOOK, lambda xml: xml.replace("</sheets>", f"{tab}</sheets>"))(parts)
        target = f'<Relationship Id="rId9{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        end = "</Relationships>"
        in_part(BOOK_RELS, lambda xml: xml.replace(end, target + end))(parts)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
        override = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
        in_part(TYPES, lambda xml: xml.replace("</Types>", override))(parts)

    return edit


def without_meta(parts: Parts) -> None:
    """Delete the hidden sheet of keys."""
    xml = parts[BOOK].decode()
    parts[BOOK] = re.sub(r'<sheet name="_meta"[^>]*/>', "", xml).encode()


def without_keys(sheet: str) -> Edit:
    """Delete the two hidden columns of a sheet and its hidden rows of column keys."""

    def edit(parts: Parts) -> None:
        xml = parts[part_of(parts, sheet)].decode()
        markers = [int(row[1]) for row in ROW.finditer(xml) if 'hidden="1"' in row[2]]
        assert markers, sheet
        moved(sheet, deleted(*markers), deleted(1, 2))(parts)

    return edit


def _related(sheet: str, kind: str, part: str, content: str) -> Edit:
    def edit(parts: Parts) -> None:
        name = part_of(parts, sheet).rpartition("/")[2]
        relation = f'<Relationship Id="rIdA" Type="{OFFICE}/{kind}" Target="../{part}"/>'
        parts[f"xl/worksheets/_rels/{name}.rels"] = f"<Relationships>{relation}</Relationships>".encode()
        parts[f"xl/{part}"] = content.encode()

    return edit


def note_on(where: str, text: str) -> Edit:
    """Pin a note to a cell."""
    sheet, _, cell = where.rpartition("!")
    said = f'<comment ref="{cell}" authorId="0"><text><t>{escape(text)}</t></text></comment>'
    xml = f'<comments xmlns="{MAIN}"><commentList>{said}</commentList></comments>'
    return _related(sheet, "comments", "comments1.xml", xml)


def picture_on(sheet: str) -> Edit:
    return _drawing(sheet, "<xdr:pic/>")


def text_box_on(sheet: str, text: str) -> Edit:
    return _drawing(
        sheet, f"<xdr:sp><xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )


def over(sheet: str, first: str, last: str, shape: str, looks: str = "") -> Edit:
    """A picture (``pic``) or a shape (``sp``) over the cells from ``first`` to ``last``, all of both."""
    corners = ""
    for tag, cell, step in (("from", first, 0), ("to", last, 1)):
        place = parse_address(cell)
        assert place is not None
        at = f"<xdr:col>{place[1] - 1 + step}</xdr:col><xdr:colOff>0</xdr:colOff>"
        at += f"<xdr:row>{place[0] - 1 + step}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
        corners += f"<xdr:{tag}>{at}</xdr:{tag}>"
    drawn = f"<xdr:{shape}><xdr:spPr>{looks}</xdr:spPr></xdr:{shape}>"
    return _drawing(sheet, f"<xdr:twoCellAnchor>{corners}{drawn}</xdr:twoCellAnchor>")


def margin(sheet: str, text: str) -> Edit:
    """Print a text at the head of a sheet's pages."""
    head = f"<headerFooter><oddHeader>{text}</oddHeader>"
    return in_sheet(sheet, lambda xml: xml.replace("<headerFooter>", head))


def _drawing(sheet: str, shape: str) -> Edit:
    xml = f'<xdr:wsDr xmlns:xdr="urn:x" xmlns:a="urn:a">{shape}</xdr:wsDr>'
    return _related(sheet, "drawing", f"drawings/{sheet[:4]}.xml", xml)
