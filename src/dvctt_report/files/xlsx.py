"""Read .xlsx and .xlsm cell by cell with every fact that decides whether a figure can be used.

A streaming reader of its own on zipfile and expat: other readers show an error or a formula that was
never calculated as an empty cell, hide the number format, or hang on cells far out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from dvctt_report.files.cells import Mark, Sheet, SheetState, Unreadable, Workbook, add_run, parse_address
from dvctt_report.files.container import missing, unopened
from dvctt_report.files.extents import Drawing
from dvctt_report.files.packages import Package, PackageFault, local, remembered, run_xml
from dvctt_report.files.xlsx_sheet import TRUE, Runs, SheetPart, Strings, unescape
from dvctt_report.files.xlsx_styles import OFFICE, Colour, Styles, Theme, read_styles, read_theme

_STATES: dict[str, SheetState] = {"hidden": "hidden", "veryHidden": "very_hidden"}


def read_xlsx(data: bytes) -> Workbook:
    """Read a workbook, transitional or Strict, whatever its parts are called.

    Raises Unreadable (reason and remedy in Vietnamese) where the package or one of its parts is missing,
    hostile or too large; nothing else, whatever the bytes.
    """
    try:
        package = Package(data)
        known = (target for kind, target in package.relations("").values() if kind == "officeDocument")
        main = next((part for part in (*known, "xl/workbook.xml") if package.has(part)), None)
        if main is None:
            raise missing("xl/workbook.xml")
        relations, book = package.relations(main), _read_book(package.read(main), main)
        shared, styled, painted = (
            _part_of_kind(package, relations, kind) for kind in ("sharedStrings", "styles", "theme")
        )
        theme = read_theme(package.read(painted), painted) if painted else OFFICE
        styles = read_styles(package.read(styled), styled, theme) if styled else Styles({})
        strings = _shared_strings(package.read(shared), shared, theme) if shared else Strings()

        def reader(notes: Mapping[tuple[int, int], str]) -> SheetPart:
            return SheetPart(theme, strings, styles, notes, date1904=book.date1904)

        sheets = tuple(_sheets(package, relations, book, reader))
    except PackageFault as fault:
        raise unopened(fault) from fault
    if not sheets:
        raise Unreadable("Tệp Excel không có sheet nào đọc được", "Đề nghị đơn vị mở lại tệp gốc và gửi lại.")
    has_macros = any(n.endswith("vbaproject.bin") for n in package.names)
    return Workbook(sheets, book.date1904, has_macros, book.by_hand)


def _part_of_kind(package: Package, relations: Mapping[str, tuple[str, str]], kind: str) -> str:
    return next((t for k, t in relations.values() if k == kind and package.has(t)), "")


@remembered
def _read_book(xml: bytes, part: str) -> _BookPart:
    book = _BookPart()
    run_xml(xml, part, book.start)
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
    package: Package,
    relations: Mapping[str, tuple[str, str]],
    book: _BookPart,
    reader_of: Callable[[Mapping[tuple[int, int], str]], SheetPart],
) -> Iterator[Sheet]:
    for name, state, relation in book.sheets:
        kind, part = relations.get(relation, ("", ""))
        if kind and kind != "worksheet":
            continue  # a chart sheet holds no cells
        if not package.has(part):
            raise missing(part or f"sheet {name}")
        comments = _part_of_kind(package, package.relations(part), "comments")
        reader = reader_of(_notes(package.read(comments), comments) if comments else {})
        reader.parse(package.read(part), part)
        sheet = reader.sheet(name, state)
        drawing = _part_of_kind(package, package.relations(part), "drawing")
        if drawing:
            over = Drawing(package.read(drawing), drawing)
            texts, covered = tuple(over.texts()), tuple(over.covered(*reader.edges))
            sheet = replace(sheet, n_pictures=over.n_pictures, text_boxes=texts, covered=covered)
        yield sheet


def _shared_strings(xml: bytes, part: str, theme: Theme) -> Strings:
    texts: list[str] = []
    runs: Runs | None = None  # of the string that is being read, where it isn't one plain text
    marks: dict[int, Mark] = {}
    inks: dict[int, frozenset[Colour]] = {}
    chunks: list[str] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal runs
        name = local(tag)
        if name == "t":
            chunks.clear()
        elif name == "si":
            texts.append("")
            runs = None
        elif texts:
            runs = runs or Runs(theme)
            runs.start(name, attributes)

    def end(tag: str) -> None:
        nonlocal runs
        name = local(tag)
        if name == "t" and texts:
            text = "".join(chunks)
            chunks.clear()  # a tag around this one has no text of its own
            if runs is None and not texts[-1]:
                texts[-1] = text
            elif text:
                runs = runs or Runs(theme)
                runs.add(text)
        elif name == "rPh" and runs is not None:
            runs.phonetic = False
        elif name == "si" and runs is not None:
            texts[-1] += runs.text
            if runs.mark:
                marks[len(texts) - 1] = runs.mark
            if runs.inks:
                inks[len(texts) - 1] = frozenset(runs.inks)

    run_xml(xml, part, start, end, chunks.append)
    return Strings(tuple(map(unescape, texts)), marks, inks)


def _notes(xml: bytes, part: str) -> dict[tuple[int, int], str]:
    """The notes of a sheet by (row, column)."""
    chunks: list[str] = []
    notes: dict[tuple[int, int], list[str]] = {}
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
            add_run(notes.setdefault(place, []), unescape("".join(chunks)))
            chunks.clear()

    run_xml(xml, part, start, end, chunks.append)
    return {place: "".join(runs) for place, runs in notes.items()}
