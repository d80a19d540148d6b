"""What a Word file says beside its body: in heads and feet of pages, charts, pictures, comments."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from html import unescape

from lxml import etree

from dvctt_report.files.packages import Package, PackageFault
from dvctt_report.report.blocks import TextBlock
from dvctt_report.word.tree import OURS

_RUNNING = re.compile(r"word/(?:header|footer)\d*\.xml")
_CHART = re.compile(r"word/charts/(?!style|colors)[^/]*\.xml")
_SHEET = re.compile(r"xl/worksheets/[^/]*\.xml")
_PAGE_NUMBER = re.compile(r"(?:trang)?[\s\W]*\d*\s*(?:/\s*\d+)?\W*", re.IGNORECASE)
_COMMENTS = "word/comments.xml"
_BODY, _LINKS = "word/document.xml", "word/_rels/document.xml.rels"
_FALLBACK = re.compile(rb"<\w+:Fallback\b.*?</\w+:Fallback>", re.DOTALL)
_SHOWN_CHART = re.compile(rb'<\w+:chart\s[^>]*?\w+:id="([^"]+)"')
_PICTURE = re.compile(rb"<\w+:(?:blip|imagedata)[\s/>]")
_DRAWN_WORDS = re.compile(rb'<\w+:textpath\s[^>]*?string="([^"]+)"')
RUNNING, CHART, DRAWN = "đầu trang, chân trang", "biểu đồ", "hình vẽ"
COMMENT, NUMBERS, LINES, AXES = "ghi chú bên lề", "số trang", "hình, đường kẻ", "cách vẽ biểu đồ"
COUNTED = frozenset((NUMBERS, LINES, AXES))
"""What is kept in a few words: whether or how often it is there, how it is drawn."""
_PLACES = frozenset((RUNNING, DRAWN, COMMENT)) | COUNTED
_PAPER, _ON = "FFFFFF", ("1", "true", "on")
_FIELD = re.compile(rb"(?:<\w+:instrText[^>]*>|instr=[\"'])\s*PAGE\b")
_SHAPE = re.compile(rb"<\w+:(?:wsp|line|rect|oval|roundrect)[\s/>]")


def is_chart(section: str) -> bool:
    """Whether a place is a chart, by its number: "biểu đồ 1"."""
    return section.startswith(f"{CHART} ")


def is_place(section: str) -> bool:
    """Whether a section names what stands beside the body."""
    return section in _PLACES or is_chart(section)


def is_beside(name: str) -> bool:
    """Whether a part of a package is looked into, as a tree."""
    return name == _COMMENTS or bool(_RUNNING.fullmatch(name) or _CHART.fullmatch(name))


def blocks_beside(
    trees: Mapping[str, etree._Element], read: Callable[[str], bytes | None]
) -> tuple[TextBlock, ...]:
    """The lines of heads and feet, once and without page numbers, and all else; ``read`` gives any part."""
    body, links = (read(name) or b"" for name in (_BODY, _LINKS))
    body = _FALLBACK.sub(b"", body) if b"Fallback" in body else body
    running: list[str] = []
    has_numbers = False
    for root in (trees[name] for name in filter(_RUNNING.fullmatch, sorted(trees))):
        lines = ("".join(paragraph.itertext("{*}t")) for paragraph in root.iter("{*}p"))
        running += [line.strip() for line in lines if not _PAGE_NUMBER.fullmatch(line)]
        running += _drawn(etree.tostring(root, encoding="utf-8"))
        has_numbers = has_numbers or bool(_FIELD.search(etree.tostring(root)))
    comments = []  # in which people wrote or drew something; ours are none
    for one in trees[_COMMENTS].iter("{*}comment") if _COMMENTS in trees else ():
        author = next((v for k, v in one.attrib.items() if str(k).endswith("}author")), "")
        text = " ".join(one.itertext("{*}t"))
        if author not in OURS and (text.strip() or next(one.iter("{*}drawing", "{*}pict"), None) is not None):
            comments.append(f"{author or 'không rõ người ghi'}: {text}")
    # The charts that the body shows, in its order; one that was taken out may leave its part behind.
    parts = {name.lower(): name for name in filter(_CHART.fullmatch, trees)}
    shown = [found.decode() for found in _SHOWN_CHART.findall(body)]
    targets = {e.get("Id"): e.get("Target", "") for e in etree.fromstring(links)} if shown else {}
    paths = (f"word/{str(targets.get(id, '')).removeprefix('/word/')}".lower() for id in shown)
    charts = list(enumerate((parts[path] for path in paths if path in parts), 1))
    n_shapes = len(_SHAPE.findall(body))
    aside = (
        TextBlock(section, (text,))
        for section, texts in (
            (RUNNING, dict.fromkeys(running)),
            (DRAWN, _drawn(body)),
            (COMMENT, comments),
            (NUMBERS, ["có số trang"] if has_numbers else []),
            (LINES, [f"{n_shapes} hình, đường kẻ"] if n_shapes else []),
            (AXES, (_drawing(trees[name], n, name, read) for n, name in charts)),
        )
        for text in texts
    )
    return (*(row for n, name in charts for row in _chart_rows(trees[name], n)), *aside)


def _chart_rows(root: etree._Element, number: int) -> Iterator[TextBlock]:
    """A chart as a table: a row for each thing that is compared, of each series its label and its length.

    Word shows a label's own text where it shows the value; LibreOffice keeps the labels, and marks none.
    """
    shows_value = {
        label: (shown := label.find("{*}showVal")) is None or shown.get("val", "1") in _ON
        for label in root.iter("{*}dLbl")
    }
    is_marked = any(shows_value.values())
    names: dict[int, str] = {}
    heads, series = [""], []
    for one in root.iter("{*}ser"):
        labels = {}
        for label in one.iterfind("{*}dLbls/{*}dLbl"):
            n = next((e.get("val", "0") for e in label.iterfind("{*}idx")), "0")
            labels[int(n)] = _said(label.find("{*}tx")) if shows_value[label] or not is_marked else ""
        names |= _points(one.find("{*}cat"))
        series.append((_points(one.find("{*}val")), labels))
        name = _said(one.find("{*}tx"))
        heads += [name, f"{name} (độ dài)"]
    section = f"{CHART} {number}"
    titles = " ".join(filter(None, map(_said, root.iter("{*}title"))))
    yield TextBlock(section, (titles, *heads[1:]), number, "", tuple(heads), True)
    for n, name in sorted(names.items()):
        pairs = ((labels.get(n, ""), values.get(n, "")) for values, labels in series)
        row = (cell for label, value in pairs for cell in (label if value else "", value))
        yield TextBlock(section, (name, *row), number, "", tuple(heads))


def _drawing(root: etree._Element, number: int, chart: str, read: Callable[[str], bytes | None]) -> str:
    """What makes the same figures look otherwise: the axes, how bars are set, those without colour.

    ``chart`` is the part's name; the workbook that it links, by which Word draws it once somebody edits it,
    may be gone, as LibreOffice leaves it.
    """
    said = []
    for axis in root.iter("{*}catAx", "{*}valAx"):
        ends = {one.tag.rpartition("}")[2]: one.get("val", "") for one in axis.iterfind("{*}scaling/*")}
        least, most = (f"{float(ends[name]):g}" if name in ends else "tự động" for name in ("min", "max"))
        turned = ", đảo chiều" if ends.get("orientation") == "maxMin" else ""
        stepped = ", thang lôgarit" if "logBase" in ends else ""
        said.append(f"trục từ {least} đến {most}{turned}{stepped}")
    ways = (one.get("val", "") for one in root.iter("{*}barDir", "{*}grouping", "{*}overlap"))
    said.append(f"xếp cột {' '.join(way for way in ways if way != '0')}")
    n_colourless = 0  # series or points in the paper's white, or not drawn at all
    for series in root.iter("{*}ser"):
        looks = [drawn.find("{*}spPr") for drawn in (series, *series.iter("{*}dPt"))]
        is_bare = [
            look is not None
            and (
                look.find("{*}noFill") is not None
                or any(e.get("val", "").upper() == _PAPER for e in look.iterfind("{*}solidFill/{*}srgbClr"))
            )
            for look in looks
        ]
        n_colourless += is_bare[0] or sum(is_bare)
    if n_colourless:
        said.append(f"{n_colourless} phần không màu")
    folder, _, name = chart.rpartition("/")
    links = read(f"{folder}/_rels/{name}.rels")
    targets = (e.get("Target", "") for e in (etree.fromstring(links) if links else ()))
    linked = (read(posixpath.normpath(posixpath.join(folder, one)).lower()) for one in targets if one)
    book = next((content for content in linked if content and content.startswith(b"PK")), None)
    if book is not None:
        sheets = []  # none of a book that can't be read: it doesn't hold just the numbers that are drawn
        with suppress(PackageFault, etree.XMLSyntaxError):
            package = Package(book)
            sheets = [etree.fromstring(package.read(n)) for n in package.names if _SHEET.fullmatch(n)]
        cells = (one for sheet in sheets for one in sheet.iter("{*}c") if one.get("t", "n") == "n")
        held = Counter(f"{float(text):.6g}" for one in cells if (text := _said(one)))
        drawn = Counter(text for one in root.iter("{*}val") for text in _points(one).values() if text)
        if held != drawn or not sheets:
            said.append("bảng tính bên trong có số khác hình vẽ")
    return f"biểu đồ {number}: {'; '.join(said)}"


def _said(element: etree._Element | None) -> str:
    texts = element.iter("{*}t", "{*}v") if element is not None else ()
    return " ".join(" ".join(text.text or "" for text in texts).split())


def _points(element: etree._Element | None) -> dict[int, str]:
    """The points of a series by their number; a value as a number, however it is written."""
    found = {}
    for point in element.iter("{*}pt") if element is not None else ():
        text = _said(point)
        try:
            found[int(point.get("idx", 0))] = f"{float(text):.6g}"
        except ValueError:
            found[int(point.get("idx", 0))] = text
    return found


def _drawn(body: bytes) -> Iterator[str]:
    """How many pictures there are, which no program reads; words drawn as shapes."""
    if n := len(_PICTURE.findall(body)):
        yield f"{n} ảnh"
    yield from (f"chữ vẽ: {unescape(words.decode())}" for words in _DRAWN_WORDS.findall(body))
