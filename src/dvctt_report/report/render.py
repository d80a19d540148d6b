"""Fill the Word template with a context and check that nothing was lost; write it and its manifest.

docxtpl drops text silently in several ways, so: a sandbox, autoescape, undefined names as errors, clean
strings at the door, and afterwards a look whether every string stands in the document.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree

from dvctt_report.errors import CannotRun
from dvctt_report.nd30.chart import charts_xml, with_charts
from dvctt_report.nd30.package import pack
from dvctt_report.nd30.wordxml import DECLARATIONS, W
from dvctt_report.report.context import ReportContext
from dvctt_report.report.identity import with_identity
from dvctt_report.report.layout import (
    end_with_last_section,
    keep_last_rows,
    paragraph_text,
    paragraphs,
    place_fragments,
    place_rules,
    unit_tables_xml,
)
from dvctt_report.report.marks import without_marks
from dvctt_report.report.printed import Printed, lift_marks
from dvctt_report.report.settings import Issuer
from dvctt_report.report.tags import Tags, check_paragraphs, environment, explain_template_error, read_tags
from dvctt_report.report.wording import map_strings

DOCUMENT = "word/document.xml"
PLACED: Mapping[str, Callable[[Any], str]] = {
    "target_chart": charts_xml,
    "unit_tables": unit_tables_xml,
    "return_chart": charts_xml,
    "activities": unit_tables_xml,
}
"""The fields that go in whole as Word's XML, whatever the template says of them, and what writes it."""
CHARTS = ("target_chart", "return_chart")
_MARKER = "\ue000"
"""Begins what stands where such a field goes; the private-use character can't come in with data."""

_ESCAPED_BRACES = re.compile(r"(?<=\{)_(?=[{%])|(?<=[%}])_(?=\})")


@dataclass(frozen=True, slots=True)
class Filled:
    """The filled document's parts, what is printed where in it, and which fragments the template placed."""

    parts: dict[str, bytes]
    printed: tuple[Printed, ...]
    placed: frozenset[str] = frozenset()

    def content(self, identity: str = "") -> bytes:
        """Return the bytes of the document; ``identity`` is what it shares with its manifest."""
        return pack(with_identity(self.parts, identity) if identity else self.parts)


def fill_template(template: Path, context: ReportContext, issuer: Issuer) -> bytes:
    """Return the bytes of the filled report; a faulty template raises CannotRun with its paragraph."""
    return fill(template, context, issuer).content()


def fill_parts(template: Path, parts: tuple[Any, ...], title: str, issuer: Issuer) -> bytes:
    """Return the bytes of a filled document; raises CannotRun as ``fill_template`` does.

    ``parts`` are dataclasses of clean strings; the template sees their fields side by side.
    """
    return _fill(template, parts, title, issuer, {}).content()


def fill(
    template: Path, context: ReportContext, issuer: Issuer, written: Mapping[str, str] | None = None
) -> Filled:
    """Fill the report's template; a faulty one raises CannotRun with its paragraph.

    ``written`` is Word's XML by the text of the paragraph it stands in place of.
    Marks of figures in ``context`` are lifted. A template that compares or changes texts gets them without.
    """
    title = without_marks(f"Báo cáo {context.head.subject}")
    return _fill(template, (context.head, context.body, context.tail), title, issuer, written or {})


def _fill(
    template: Path, parts: tuple[Any, ...], title: str, issuer: Issuer, written: Mapping[str, str]
) -> Filled:
    document = open_template(template)
    texts = [paragraph_text(p) for p in paragraphs(document.get_docx().element.body)]
    check_paragraphs(template, texts)
    tags = read_tags(template, document, texts)
    if tags.computes:
        parts = tuple(map_strings(part, without_marks) for part in parts)
    try:
        document.render(_values(parts), environment(), autoescape=True)
    except TemplateError as error:
        raise explain_template_error(template, error, texts) from error
    _set_properties(document, title, issuer)
    package = _parts(document)
    root = etree.fromstring(package[DOCUMENT], etree.XMLParser(huge_tree=True))
    _restore_braces(root)
    whole = _placed_whole(parts)
    blocks = {f"{_MARKER}{name}": PLACED[name](value) for name, value in whole.items()}
    root, placed = place_fragments(root, {**blocks, **written})
    end_with_last_section(root)
    keep_last_rows(root)
    place_rules(root)
    _check_nothing_lost(root, parts, tags, (written[name] for name in placed if name in written))
    printed = lift_marks(root)
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    drawn = [one for name in CHARTS if f"{_MARKER}{name}" in placed for one in whole[name]]
    return Filled(with_charts(package | {DOCUMENT: content}, drawn), printed, placed)


def open_template(template: Path) -> DocxTemplate:
    try:
        document = DocxTemplate(template)
        document.init_docx()
    except FileNotFoundError:
        raise CannotRun(f"Không tìm thấy tệp mẫu “{template}”.", "Chép lại tệp mẫu rồi chạy lại.") from None
    except (zipfile.BadZipFile, ValueError, KeyError) as error:
        raise CannotRun(
            f"Tệp mẫu “{template}” không phải là tệp Word (.docx).", "Mở tệp bằng Word, lưu lại dạng .docx."
        ) from error
    return document


def _values(parts: tuple[Any, ...]) -> dict[str, Any]:
    values = {name: value for part in parts for name, value in asdict(part).items()}
    values |= {name: f"{_MARKER}{name}" if value else "" for name, value in _placed_whole(parts).items()}
    return {name: _protected(value) for name, value in values.items()}


def _placed_whole(parts: tuple[Any, ...]) -> dict[str, Any]:
    known = {one.name: getattr(part, one.name) for part in parts for one in fields(part)}
    return {name: value for name, value in known.items() if name in PLACED}


def _protected(value: Any) -> Any:
    """Hide "{_{" and its kin from docxtpl, which turns them into tags' braces after rendering."""
    if isinstance(value, str):
        return _ESCAPED_BRACES.sub("\ue000", value)
    if isinstance(value, dict):
        return {name: _protected(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return tuple(_protected(one) for one in value)
    return value


def _restore_braces(root: etree._Element) -> None:
    for node in root.iter(f"{W}t"):
        if "\ue000" in (node.text or "") and not node.text.startswith("\ue000"):
            node.text = node.text.replace("\ue000", "_")


# ------------------------------------------------------------------------------------------ nothing is lost


def _check_nothing_lost(
    root: etree._Element, parts: tuple[Any, ...], tags: Tags, written: Iterable[str]
) -> None:
    """Look for every string that the template prints; a loss is our fault, never the officer's."""
    texts = [paragraph_text(p) for p in paragraphs(root)]
    whole, joined = frozenset(texts), "\n".join(texts)
    expected = (text for text in _printed(parts, tags) if not text.startswith("\ue000"))
    for text in (*expected, *_block_texts(written)):
        if text not in whole and text not in joined:
            raise AssertionError(f"text lost while rendering: {text!r}")


def _block_texts(written: Iterable[str]) -> Iterator[str]:
    for xml in written:
        root = etree.fromstring(f"<all {DECLARATIONS}>{xml}</all>", etree.XMLParser(huge_tree=True))
        yield from (paragraph_text(p) for p in paragraphs(root))


def _printed(parts: tuple[Any, ...], tags: Tags) -> Iterator[str]:
    for part in parts:
        for one in fields(part):
            if one.name in tags.roots:
                if one.name in PLACED:
                    yield from _block_texts([PLACED[one.name](getattr(part, one.name))])
                else:
                    asked = tags.attributes.get(one.name, frozenset())
                    yield from _leaves(getattr(part, one.name), asked)


def _leaves(value: Any, attributes: frozenset[str] | None) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _leaves(one, attributes)
    elif is_dataclass(value):
        for one in fields(value):
            if attributes is None or one.name in attributes:
                yield from _leaves(getattr(value, one.name), attributes)


# -------------------------------------------------------------------------------------------------- the file


def _set_properties(document: DocxTemplate, title: str, issuer: Issuer) -> None:
    """Put in the issuer's name and fixed dates: the same report gives the same bytes."""
    properties = document.docx.core_properties
    properties.title = " ".join(title.split())
    properties.author = properties.last_modified_by = issuer.name
    properties.created = properties.modified = datetime(
        issuer.as_of.year, issuer.as_of.month, issuer.as_of.day
    )
    properties.revision = 1


def _parts(document: DocxTemplate) -> dict[str, bytes]:
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        return {name: package.read(name) for name in package.namelist()}
