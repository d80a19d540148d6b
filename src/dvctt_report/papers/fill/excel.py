"""A workbook with tags: where they stand, and the workbook with figures in their place.

A cell that is nothing but a tag gets a number and keeps its format; formulas stay, only what they last gave
is taken out, so that no program shows a sum of what stood there before.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from lxml import etree

from dvctt_report.files.formats import BUILTIN, is_date_format, is_percent_format, written_beside
from dvctt_report.files.packages import Package
from dvctt_report.forms.sheets import fit_margin
from dvctt_report.papers.fill.values import TAG, FigureValue, Tag, TextFor, put_texts, text_of
from dvctt_report.word.source import Source, repack, snapshot

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRINGS = "xl/sharedstrings.xml"
_BEHIND_HEADER = frozenset(
    (
        f"{S}rowBreaks", f"{S}colBreaks", f"{S}customProperties", f"{S}cellWatches", f"{S}ignoredErrors",
        f"{S}smartTags", f"{S}drawing", f"{S}legacyDrawing", f"{S}legacyDrawingHF", f"{S}picture",
        f"{S}oleObjects", f"{S}controls", f"{S}webPublishItems", f"{S}tableParts", f"{S}extLst",
    )
)  # fmt: skip
"""What stands behind a sheet's headers. Source: ECMA-376 part 1, 18.3.1.99 (CT_Worksheet)."""
_AS_TEXT = "@"
_BESIDE = frozenset(("", "%", "đ", "đồng", "vnđ"))
"""Words that a format may write beside a number without making it another one."""


class ExcelForm:
    """An Excel form, opened, and the tags in its cells."""

    def __init__(self, data: bytes) -> None:
        package = Package(data)
        parts = {name: package.read(name) for name in sorted(package.names) if not name.endswith("/")}
        kinds = package.relations("").values()
        main = next(target.lower() for kind, target in kinds if kind == "officeDocument")
        self.source = Source(data, parts, main)
        tree = self.source.tree
        there = {id: target.lower() for id, (_, target) in package.relations(main).items()}
        listed = [one for one in self.source.main_tree.iter(f"{S}sheet") if one.get(_ID) in there]
        self._sheets: dict[str, Any] = {one.get("name"): tree(there[one.get(_ID)]) for one in listed}
        strings = tree(_STRINGS)
        self._strings = [_text_nodes(one) for one in strings.iter(f"{S}si")] if strings is not None else []
        looks = tree(posixpath.join(posixpath.dirname(main), "styles.xml"))
        self._formats: dict[int, str] = {}  # by the number of the style
        if looks is not None:
            own = {one.get("numFmtId"): one.get("formatCode", "") for one in looks.iter(f"{S}numFmt")}
            ids = (one.get("numFmtId", "0") for one in looks.iterfind(f"{S}cellXfs/{S}xf"))
            self._formats = {n: own.get(id) or BUILTIN.get(int(id), "General") for n, id in enumerate(ids)}
        self.tags = tuple(
            Tag(
                tag[1].strip(),
                f"trang “{name}”, ô {cell.get('r')}",
                in_table=True,
                number_format=self._format(cell) if TAG.fullmatch(text.strip()) else None,
            )
            for name, sheet in self._sheets.items()
            for cell, text in self._tagged(sheet)
            for tag in TAG.finditer(text)
        )

    def fill(self, value_for: Callable[[str], FigureValue], text_for: TextFor, above: str) -> bytes:
        """The workbook with its figures; ``above`` is said at the head of every printed page."""
        before, sheets = snapshot(self.source), self._sheets.values()
        tagged = [(cell, TAG.fullmatch(text.strip())) for one in sheets for cell, text in self._tagged(one)]
        for cell, alone in tagged:
            if alone is None:
                continue
            value, shown = value_for(alone[1]), self._format(cell)
            number = value.number if shown != _AS_TEXT else None
            if number is None and text_for(True, alone[1]):
                continue  # a text, which is put below
            cell.attrib.pop("t", None)
            for child in list(cell):
                cell.remove(child)
            if number is not None:
                number = number / 100 if value.unit == "%" and is_percent_format(shown) else number
                etree.SubElement(cell, f"{S}v").text = str(number.normalize() if number % 1 else int(number))
        inline = (_text_nodes(one) for sheet in sheets for one in sheet.iter(f"{S}is"))
        for nodes in (*self._strings, *inline):
            put_texts(nodes, partial(text_for, True))
        for sheet in sheets:
            if above:
                _say_above(sheet, above)
            for cell in sheet.iter(f"{S}c"):  # what formulas gave before
                result = cell.find(f"{S}v")
                if cell.find(f"{S}f") is not None and result is not None:
                    cell.remove(result)
                    cell.attrib.pop("t", None)
        book = self.source.main_tree  # every program computes all formulas when it opens the workbook
        reckoning = book.find(f"{S}calcPr")
        if reckoning is None:
            reckoning = etree.Element(f"{S}calcPr")
            before_it = ("definedNames", "externalReferences", "functionGroups", "sheets")
            next(one for name in before_it if (one := book.find(f"{S}{name}")) is not None).addnext(reckoning)
        reckoning.set("fullCalcOnLoad", "1")
        return repack(self.source, before)

    def _tagged(self, sheet: Any) -> Iterator[tuple[Any, str]]:
        """The cells of a sheet that hold a tag, and no formula, each with its text."""
        for cell in sheet.iter(f"{S}c"):
            number = cell.findtext(f"{S}v") or ""
            text = ""
            if cell.get("t") == "inlineStr":
                text = text_of(_text_nodes(cell))
            elif cell.get("t") == "s" and number.isdecimal() and int(number) < len(self._strings):
                text = text_of(self._strings[int(number)])
            if "{" in text and TAG.search(text) and cell.find(f"{S}f") is None:
                yield cell, text

    def _format(self, cell: Any) -> str:
        return self._formats.get(int(cell.get("s", "0")), "General")


def _say_above(sheet: Any, above: str) -> None:
    """Have a sheet's pages say that at their head, where nothing stands on the right of it."""
    headers = sheet.find(f"{S}headerFooter")
    if headers is None:
        headers = etree.Element(f"{S}headerFooter")
        behind = next((child for child in sheet if child.tag in _BEHIND_HEADER), None)
        if behind is None:
            sheet.append(headers)
        else:
            behind.addprevious(headers)
    first = headers.find(f"{S}oddHeader")
    if first is None:
        first = etree.Element(f"{S}oddHeader")
        headers.insert(0, first)
    if "&R" not in (first.text or ""):
        first.text = f"{first.text or ''}&R{fit_margin(above)}"


def _text_nodes(holder: Any) -> list[Any]:
    """The texts that a cell shows, without how its words are pronounced."""
    return [t for t in holder.iter(f"{S}t") if next(t.iterancestors(f"{S}rPh"), None) is None]


# ------------------------------------------------------------------------------------- what a format shows


def misshown(value: FigureValue, number_format: str | None) -> str:
    """Why a cell of that format would show another figure than is put into it; "" where it doesn't."""
    if number_format in (None, _AS_TEXT) or value.number is None:
        return ""
    assert number_format is not None
    said = (written_beside(number_format, 1) or "").strip().lower()
    if is_date_format(number_format):
        return "ô định dạng ngày tháng"
    percent = is_percent_format(number_format)
    if not percent and written_beside(number_format, 1) is None:
        return f"định dạng “{number_format}” hiện số khác"
    if not percent and said not in _BESIDE and said != value.unit.lower():
        return f"định dạng “{number_format}” ghi thêm “{said}” bên cạnh số"
    if percent and value.unit != "%":
        return "ô định dạng phần trăm, số này không phải là tỷ lệ"
    section, line, shown = number_format.partition(";")[0], value.line, value.number
    if "general" not in section.lower():  # with the decimals that it has room for
        decimals = section.partition(".")[2]
        room = next((n for n, char in enumerate(decimals) if char not in "0#?"), len(decimals))
        shown = round(shown, room)
    if line is not None and (shown >= line) != (value.number >= line):
        return f"ô hiện {str(shown).replace('.', ',')}, báo cáo in {value.text}: làm tròn qua mức {line}"
    return ""
