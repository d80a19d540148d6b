"""Fill the Word template with a context and check that nothing was lost; write it and its manifest.

docxtpl drops text silently in several ways, so: a sandbox, autoescape, undefined names as errors, clean
strings at the door, and afterwards a look whether every string stands in the document.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree

from dvctt_report.report import layout
from dvctt_report.report.blocks import TextBlock, read_blocks
from dvctt_report.report.charts import charts_xml, with_charts
from dvctt_report.report.context import ReportContext
from dvctt_report.report.identity import PROPERTY, with_property, with_seal
from dvctt_report.report.layout import RowsApart
from dvctt_report.report.marks import lift_marks, without_marks
from dvctt_report.report.printed import PrintedBlock, read_printed
from dvctt_report.report.settings import Annexes, Issuer
from dvctt_report.report.tags import paragraph_faults
from dvctt_report.report.word_template import WordTemplate
from dvctt_report.report.wording import for_print, map_strings, strings
from dvctt_report.store.workspace import THEN_APPLY
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.visible import legible
from dvctt_report.word.package import pack
from dvctt_report.word.tree import DECLARATIONS

DOCUMENT = "word/document.xml"
PLACED: Mapping[str, Callable[[Any, RowsApart], str]] = {
    "target_chart": lambda charts, _: charts_xml(charts),
    "unit_tables": lambda tables, apart: "".join(layout.unit_table_xml(one, apart) for one in tables),
    "return_chart": lambda charts, _: charts_xml(charts),
    "activities": lambda tables, apart: "".join(layout.unit_table_xml(one, apart) for one in tables),
}
"""The fields that go in whole as Word's XML, whatever the template says of them, and what writes it."""
CHARTS = ("target_chart", "return_chart")
_MARKER = "\ue000"
"""Begins what stands where such a field goes; the private-use character can't come in with data."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The filled document's parts, what is printed where in it, and which fragments the template placed.

    ``absent`` are the labels of annexes that the text refers to and the template has no place for.
    """

    parts: dict[str, bytes]
    printed: tuple[PrintedBlock, ...]
    placed: frozenset[str] = frozenset()
    absent: tuple[str, ...] = ()

    def content(self, identity: str = "") -> bytes:
        """Return the bytes of the sealed document; ``identity`` is what it shares with its manifest."""
        return pack(with_seal(with_property(self.parts, PROPERTY, identity) if identity else self.parts))


def fill(
    template: Path,
    context: ReportContext,
    issuer: Issuer,
    written: Mapping[str, str] | None = None,
    annexes_alone: bool = False,
) -> Filled:
    """Fill the report's template; a faulty one raises CannotRun with its paragraph.

    ``written`` is Word's XML by the text of the paragraph it stands in place of. ``annexes_alone`` keeps the
    annexes that ``context`` has something for, and no text; it raises CannotRun for a template whose text
    doesn't end with a section of its own.
    Marks of figures in ``context`` are lifted. A template that compares or changes texts gets them without.
    """
    title, tail = without_marks(f"Báo cáo {context.head.subject}"), context.tail
    if annexes_alone:
        title = without_marks(f"Phụ lục Báo cáo {context.head.subject}")
        tail = replace(tail, recipients=(), authority="", signer_name="")
    parts, order = (context.head, context.body, tail), () if annexes_alone else context.order
    return fill_parts(template, parts, title, issuer, written, not annexes_alone, order)


def fill_parts(
    template: Path,
    parts: tuple[Any, ...],
    title: str,
    issuer: Issuer,
    written: Mapping[str, str] | None = None,
    whole_text: bool = True,
    order: tuple[str, ...] = (),
) -> Filled:
    """Fill a template with dataclasses seen side by side. Raises CannotRun with a faulty paragraph."""
    document = WordTemplate(template)
    # What reaches outside or acts when it is opened, a tag not closed in its paragraph, text beside a tag.
    for what, fix in document.outside:
        raise CannotRun(f"Tệp mẫu “{template}”: {what}.", fix)
    document.order_sections(order)
    for text in document.texts:
        for what, fix in paragraph_faults(text):
            raise CannotRun(f"Tệp mẫu “{template}”, đoạn “{text.strip()}”: {what}.", fix)
    tags = document.read_tags()
    if tags.computes:
        parts = tuple(map_strings(part, without_marks) for part in parts)
    values = {one.name: getattr(part, one.name) for part in parts for one in fields(part)}
    whole = {name: values[name] for name in PLACED if values.get(name)}
    apart = RowsApart()
    in_place = {f"{_MARKER}{name}": PLACED[name](value, apart) for name, value in whole.items()}
    values |= {name: f"{_MARKER}{name}" if name in whole else "" for name in PLACED if name in values}
    notice = values["notice"] = for_print(issuer.notice)
    written = written or {}
    root = document.fill(values, {**in_place, **written})
    if not layout.cut_sections(root, annexes_alone=not whole_text):
        raise CannotRun(
            f"Tệp mẫu “{template.name}” không ngắt trang giữa thân báo cáo và phụ lục, không tách được.",
            f"Chép lại tệp mẫu gốc, hoặc để trống dòng phu_luc_rieng của dvctt.toml; {THEN_APPLY}.",
        )
    parts = parts if whole_text else parts[-1:]
    layout.put_on_top(root, notice, "" if whole_text else "annex_of")
    layout.keep_rows_together(root)
    layout.place_rules(root)
    placed = document.placed
    blocks = read_blocks(root, rows_apart=apart.rows)
    expected = list[str]()
    for part in parts:
        for name in (one.name for one in fields(part) if one.name in tags.roots):
            # What goes in whole does so whatever the template says of it; of a chart the caption is text.
            wanted = None if name in PLACED else tags.attributes.get(name, frozenset())
            expected += strings(getattr(part, name), ("caption",) if name in CHARTS else wanted)
    for xml in (written[name] for name in placed if name in written):
        fragment = etree.fromstring(f"<all {DECLARATIONS}>{xml}</all>", etree.XMLParser(huge_tree=True))
        expected += map(layout.paragraph_text, fragment.iter(layout.PARAGRAPH))
    _check_nothing_lost(root, blocks, expected)
    _set_properties(document, title, issuer)
    printed = tuple(map(read_printed, blocks))
    content = lift_marks(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
    del blocks, root  # of all communes they are the most of the memory, and the whole text comes now
    buffer = io.BytesIO()
    document.docx.save(buffer)
    with zipfile.ZipFile(buffer) as filled:
        package = {name: filled.read(name) for name in filled.namelist()}
    package[DOCUMENT] = b"".join(apart.put_back(content))
    drawn = [one for name in CHARTS if f"{_MARKER}{name}" in placed for one in whole[name]]
    asked, annexes = tags.attributes.get("annexes", ()), values.get("annexes")
    absent = []  # labels of annexes left out of a template that places annexes by their labels
    for name in (one.name for one in fields(Annexes)) if asked and isinstance(annexes, Annexes) else ():
        if name not in asked and (label := getattr(annexes, name)):
            absent.append(label)
    return Filled(with_charts(package, drawn), printed, placed, tuple(absent))


# ------------------------------------------------------------------------------------------ nothing is lost


def _check_nothing_lost(root: etree._Element, blocks: Iterable[TextBlock], expected: Iterable[str]) -> None:
    """Look for every string that the template prints; a loss is our fault, never the officer's."""
    lost = [text for text in expected if not text.startswith("\ue000")]
    cells = (cell for block in blocks for cell in block.cells)
    # What the officer set as hidden, or moves, is in no block, and there all the same.
    for there in (cells, (layout.paragraph_text(p) for p in root.iter(layout.PARAGRAPH))):
        whole = set(there) if lost else set[str]()
        lost = [text for text in lost if text not in whole]
        joined = "\n".join(whole) if lost else ""
        lost = [text for text in lost if text not in joined]
    if lost:
        raise AssertionError(f"text lost while rendering: {lost[0]!r}")


# -------------------------------------------------------------------------------------------------- the file


_MOST = 255  # Characters of a property that a document has. Source: ECMA-376 part 2, as python-docx holds it


def _set_properties(document: WordTemplate, title: str, issuer: Issuer) -> None:
    """Put in the issuer's name and fixed dates: the same report gives the same bytes."""
    properties = document.docx.core_properties
    properties.title = legible(" ".join(title.split()))[:_MOST]
    properties.author = properties.last_modified_by = legible(issuer.name)[:_MOST]
    properties.created = properties.modified = datetime(
        issuer.as_of.year, issuer.as_of.month, issuer.as_of.day
    )
    properties.revision = 1
