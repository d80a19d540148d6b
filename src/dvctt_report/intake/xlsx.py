"""Read .xlsx and .xlsm cell by cell with every fact that decides whether a figure can be used.

A streaming reader of its own on zipfile and expat: other readers show an error or a formula that was
never calculated as an empty cell, hide the number format, or hang on cells far out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from dvctt_report.intake.cells import Mark, Sheet, SheetState, Unreadable, Workbook, parse_address
from dvctt_report.intake.package import BookPackage, damaged, local, parse_xml, remembered
from dvctt_report.intake.xlsx_rows import Unusual, read_strings
from dvctt_report.intake.xlsx_sheet import TRUE, BookContext, SheetPart, unescape
from dvctt_report.intake.xlsx_styles import mark_of, read_styles

_STATES: dict[str, SheetState] = {"hidden": "hidden", "veryHidden": "very_hidden"}


def read_xlsx(data: bytes, *, quickly: bool = True) -> Workbook:
    """Read a workbook, transitional or Strict, whatever its parts are called.

    ``quickly`` False has expat read every cell; the workbook is the same.
    Raises Unreadable (reason and remedy in Vietnamese) where the package or one of its parts is damaged,
    hostile or too large; nothing else, whatever the bytes.
    """
    package = BookPackage(data)
    main = _main_part(package)
    relations = package.relations(main)
    book = _read_book(package.read(main), main)
    shared = _part_of_kind(package, relations, "sharedStrings")
    styles = _part_of_kind(package, relations, "styles")
    strings, marks = _shared_strings(package.read(shared), shared, quickly) if shared else ((), {})
    known = read_styles(package.read(styles), styles) if styles else {}
    context = BookContext(strings, known, book.date1904, quickly, marks)
    sheets = tuple(_sheets(package, relations, book, context))
    if not sheets:
        raise Unreadable("Tệp Excel không có sheet nào đọc được", "Đề nghị đơn vị mở lại tệp gốc và gửi lại.")
    has_macros = any(n.endswith("vbaproject.bin") for n in package.names)
    return Workbook("xlsx", sheets, book.date1904, has_macros, book.by_hand)


def _main_part(package: BookPackage) -> str:
    for kind, target in package.relations("").values():
        if kind == "officeDocument" and package.has(target):
            return target
    if package.has("xl/workbook.xml"):
        return "xl/workbook.xml"
    raise damaged("xl/workbook.xml")


def _part_of_kind(package: BookPackage, relations: Mapping[str, tuple[str, str]], kind: str) -> str:
    return next((t for k, t in relations.values() if k == kind and package.has(t)), "")


@remembered
def _read_book(xml: bytes, part: str) -> _BookPart:
    book = _BookPart()
    parse_xml(xml, part, book.start)
    return book


class _BookPart:
    """The workbook part: names, states and ids of the sheets, the date system, how it calculates."""

    def __init__(self) -> None:
        self.date1904 = self.by_hand = False
        self.sheets: list[tuple[str, SheetState, str]] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local(tag)
        if name == "workbookPr":
            self.date1904 = attributes.get("date1904", "") in TRUE
        elif name == "calcPr":
            self.by_hand = attributes.get("calcMode") == "manual"
        elif name == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            state = _STATES.get(attributes.get("state", ""), "visible")
            self.sheets.append((unescape(attributes.get("name", "")), state, relation))


def _sheets(
    package: BookPackage, relations: Mapping[str, tuple[str, str]], book: _BookPart, context: BookContext
) -> Iterator[Sheet]:
    for name, state, relation in book.sheets:
        kind, part = relations.get(relation, ("", ""))
        if kind and kind != "worksheet":
            continue  # a chart sheet holds no cells
        if not package.has(part):
            raise damaged(part or f"sheet {name}")
        comments = _part_of_kind(package, package.relations(part), "comments")
        notes = _notes(package.read(comments), comments) if comments else {}
        reader = SheetPart(context, notes)
        reader.parse(package.read(part), part)
        sheet = reader.sheet(name, state)
        drawing = _part_of_kind(package, package.relations(part), "drawing")
        if drawing:
            n_pictures, texts = _drawing(package.read(drawing), drawing)
            sheet = replace(sheet, n_pictures=n_pictures, text_boxes=texts)
        yield sheet


def _shared_strings(xml: bytes, part: str, quickly: bool) -> tuple[tuple[str, ...], Mapping[int, Mark]]:
    """The shared strings in order, runs joined, without phonetic guides; the marks of those that have one."""
    if quickly and not (b"strike" in xml or b"vertAlign" in xml):
        with suppress(Unusual):
            return tuple(map(unescape, read_strings(xml))), {}
    strings = _Strings()
    parse_xml(xml, part, strings.start, strings.end, strings.chunks.append)
    return tuple(unescape("".join(runs)) for runs in strings.runs), strings.marks


class _Strings:
    """The shared strings: the runs of each, and which of them hold a run that is struck out or raised."""

    def __init__(self) -> None:
        self.runs: list[list[str]] = []
        self.marks: dict[int, Mark] = {}
        self.chunks: list[str] = []
        self.phonetic = False
        self.mark: Mark = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        match local(tag):
            case "t":
                self.chunks.clear()
            case "si":
                self.runs.append([])
                self.mark = ""
            case "r":
                self.mark = ""
            case "rPh":
                self.phonetic = True
            case "strike" | "vertAlign" as name:
                self.mark = self.mark or mark_of(name, attributes)

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == "t" and self.runs and not self.phonetic:
            self.runs[-1].append("".join(self.chunks))
            if self.mark and self.runs[-1][-1].strip():
                self.marks.setdefault(len(self.runs) - 1, self.mark)
        elif name == "rPh":
            self.phonetic = False


def _drawing(xml: bytes, part: str) -> tuple[int, tuple[str, ...]]:
    """How many pictures lie over a sheet, and the texts of its boxes and shapes."""
    chunks: list[str] = []
    texts: list[list[str]] = []
    n_pictures = 0

    def start(tag: str, _: Mapping[str, str]) -> None:
        nonlocal n_pictures
        name = local(tag)
        n_pictures += name == "pic"
        if name == "txBody":
            texts.append([])
        elif name == "t":
            chunks.clear()
        elif name in ("p", "br") and texts and texts[-1]:
            texts[-1].append("\n")

    def end(tag: str) -> None:
        if local(tag) == "t" and texts:
            texts[-1].append("".join(chunks))

    parse_xml(xml, part, start, end, chunks.append)
    return n_pictures, tuple(text for boxed in texts if (text := "".join(boxed).strip()))


def _notes(xml: bytes, part: str) -> dict[tuple[int, int], str]:
    """The notes of a sheet by (row, column)."""
    chunks: list[str] = []
    notes: dict[tuple[int, int], str] = {}
    place: tuple[int, int] | None = None

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal place
        name = local(tag)
        if name == "comment":
            place = parse_address(attributes.get("ref", ""))
        elif name == "t":
            chunks.clear()

    def end(tag: str) -> None:
        if local(tag) == "t" and place:
            notes[place] = notes.get(place, "") + unescape("".join(chunks))

    parse_xml(xml, part, start, end, chunks.append)
    return notes
