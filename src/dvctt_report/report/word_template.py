"""A Word template, read once: its tags, and the document they give.

docxtpl fills it. What it would do twice, or to the whole text where a paragraph is concerned, and how it
would mend broken XML without a word, is done here in its stead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment, Template, TemplateError, nodes
from lxml import etree

from dvctt_report.report.layout import PARAGRAPH, paragraph_text
from dvctt_report.report.tags import (
    Tags,
    TooDeep,
    brought_in,
    environment,
    explain_template_error,
    parse,
    read_tags,
)
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.vietnamese import first_letter_small
from dvctt_report.word.source import Refused, read_source

_ESCAPED = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
"""How a template says braces that are no tag's."""

_PARSER = etree.XMLParser(huge_tree=True)

_COLUMNS = re.compile(r"\{%\s*(?:tc|hm|colspan)\b")  # Tags that change how many columns a table has

_FORMATTING = re.compile(
    r"<(w:pPr|w:rPr|w:tblPr|w:trPr|w:tblGrid|w:sectPr|mc:AlternateContent)>[^{]*?</\1>|<w:tcW [^>]*/>"
)
_ASIDE = re.compile(r"<(\d+)/>")

_SECTION = re.compile(r"\{%p if parts\.(\w+) or clauses\.\w+ %\}")
_OPENS, _CLOSES = re.compile(r"\{%p (?:if|for) "), re.compile(r"\{%p end")

_MARKUP = re.compile(r"<[^<>]*>")
_FILLED_AGAIN = 8  # Templates that are kept parsed: each unit's letter is filled into the same one

_MOVING = re.compile(r"[\t\n\a\f]")  # What docxtpl turns into Word's tabs, line and page breaks


class WordTemplate(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """An open template; raises CannotRun where it isn't there or is no Word document."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path
        self._written: Mapping[str, str] = {}
        try:
            self.outside = tuple(brought_in(read_source(path)))
            self.init_docx()
        except FileNotFoundError:
            raise CannotRun(f"Không tìm thấy tệp mẫu “{path}”.", "Chép lại tệp mẫu rồi chạy lại.") from None
        except Refused as refused:
            reason = first_letter_small(refused.reason)
            told = f"Tệp mẫu “{path}” không phải là tệp Word (.docx) dùng được: {reason}."
            raise CannotRun(told, refused.remedy) from refused
        except (ValueError, KeyError, etree.XMLSyntaxError) as error:
            raise CannotRun(
                f"Tệp mẫu “{path}” không phải là tệp Word (.docx).", "Mở tệp bằng Word, lưu lại dạng .docx."
            ) from error

    @cached_property
    def texts(self) -> list[str]:
        """The text of each paragraph as it stands in the template, those of headers and footers last."""
        uris = (self.HEADER_URI, self.FOOTER_URI)
        margins = [self.get_part_xml(part) for uri in uris for _, part in self.get_headers_footers(uri)]
        roots = [self.docx.element.body, *map(etree.fromstring, margins)]
        return [paragraph_text(p) for root in roots for p in root.iter(PARAGRAPH)]

    @cached_property
    def tree(self) -> nodes.Template:
        """The tags and the XML between them; raises TemplateSyntaxError."""
        return _parse(self.patch_xml(str(self.xml_to_string(self.docx.element))))

    def order_sections(self, order: Sequence[str]) -> None:
        """Put the sections, each what its condition encloses, into ``order``; before tags are read."""
        blocks: dict[str, list[etree._Element]] = {}
        name, depth = "", 0
        for one in self.docx.element.body:
            said = paragraph_text(one) if one.tag == PARAGRAPH else ""
            if not name and (found := _SECTION.match(said)):
                name, depth = found[1], 0
            if name:
                blocks.setdefault(name, []).append(one)
                depth += bool(_OPENS.match(said)) - bool(_CLOSES.match(said))
                name = name if depth else ""
        wanted = [
            *(name for name in order if name in blocks),
            *(name for name in blocks if name not in order),
        ]
        if wanted == [*blocks]:
            return
        slots = [etree.Element("slot") for _ in blocks]
        for slot, block in zip(slots, blocks.values(), strict=True):
            block[0].addprevious(slot)
        for slot, name in zip(slots, wanted, strict=True):
            for one in blocks[name]:
                slot.addprevious(one)
            slot.getparent().remove(slot)

    def read_tags(self) -> Tags:
        """Read which names the template uses; raises CannotRun where it can't be parsed."""
        try:
            return read_tags(self.tree)
        except TemplateError as error:
            raise explain_template_error(self.path, error, self.texts) from error

    def fill(self, values: Mapping[str, Any], written: Mapping[str, str]) -> etree._Element:
        """Return the filled document; ``written`` is Word's XML by the text of the paragraph it replaces.

        The names of those that were placed stand in ``placed``. Raises CannotRun with the paragraph at fault.
        """
        self._written = written
        try:
            self.render(values, environment(), autoescape=True)
        except TemplateError as error:
            raise explain_template_error(self.path, error, self.texts) from error
        filled = self.filled
        del self.filled  # so large that it goes as soon as it has been written
        return filled

    # ------------------------------------------------------------------------ what docxtpl's render asks for

    def patch_xml(self, src_xml: str) -> str:
        """Join tags that Word has split; formatting is set aside, as docxtpl goes over the text 20 times."""
        aside: list[str] = []

        def set_aside(found: re.Match[str]) -> str:
            aside.append(found.group())
            return f"<{len(aside) - 1}/>"

        patched = super().patch_xml(_FORMATTING.sub(set_aside, src_xml))
        return _ASIDE.sub(lambda found: aside[int(found.group(1))], patched)

    def build_xml(self, context: Mapping[str, Any], jinja_env: Environment) -> str:
        # What goes in whole does so as text, before anything is parsed: moving thousands of rows from tree to
        # tree is quadratic in lxml.
        xml, placed = self.resolve_listing(_compiled(self.tree).render(context)), set[str]()
        for marker, fragment in self._written.items():
            at = xml.find(marker)
            while at >= 0:
                start = max(xml.rfind("<w:p>", 0, at), xml.rfind("<w:p ", 0, at))
                end = xml.find("</w:p>", at) + len("</w:p>")
                holder = xml[start:end]
                if holder.count("</w:p>") == 1 and _MARKUP.sub("", holder).strip() == marker:
                    xml = xml[:start] + fragment + xml[end:]
                    end = start + len(fragment)
                    placed.add(marker)
                at = xml.find(marker, end)
        self.placed = frozenset(placed)
        return xml

    def render_properties(self, context: Mapping[str, Any], jinja_env: Environment | None = None) -> None:
        """Fill no properties: they are set when all is filled."""

    def render_xml_part(
        self, src_xml: str, part: object, context: Mapping[str, Any], jinja_env: Environment
    ) -> str:
        if "{" not in src_xml:
            return src_xml
        return self.resolve_listing(_compiled(_parse(src_xml)).render(context))

    def resolve_listing(self, xml: str) -> str:
        """Set line breaks and tabs, looking only at paragraphs that hold some."""
        end, whole = "</w:p>", super().resolve_listing
        pieces = xml.split(end) if _MOVING.search(xml) else ()
        return end.join(whole(p + end).removesuffix(end) if _MOVING.search(p) else p for p in pieces) or xml

    def fix_tables(self, xml: str) -> etree._Element:
        """Parse the document; docxtpl would look at every table, and close what is open as it sees fit."""
        if any(_COLUMNS.search(text) for text in self.texts):
            return super().fix_tables(xml)
        try:
            return etree.fromstring(xml, _PARSER)
        except etree.XMLSyntaxError:
            lines, where = re.sub(r"<w:p(?=[ >])", "\n<w:p", xml), ""
        try:  # the parser counts lines, so each paragraph becomes one
            etree.fromstring(lines, _PARSER)
        except etree.XMLSyntaxError as error:
            where = re.sub(r"<[^>]*>", "", lines.splitlines()[error.lineno - 1]).strip()
        raise CannotRun(
            f"Tệp mẫu “{self.path}”, đoạn “{where}”: vòng lặp hay điều kiện mở ở một chỗ mà đóng ở chỗ khác "
            "(trong và ngoài một ô, một bảng), hoặc thẻ bị thay đổi được theo dõi cắt ngang.",
            "Đặt thẻ mở, thẻ đóng cùng trong một ô hoặc cùng ngoài bảng; chấp nhận hết thay đổi trong Word.",
        )

    def map_tree(self, tree: etree._Element) -> None:
        self.filled = tree


@lru_cache(maxsize=_FILLED_AGAIN)
def _compiled(tree: nodes.Template) -> Template:
    try:
        return environment().from_string(tree)
    except (RecursionError, SyntaxError):  # Python's, of what Jinja makes of a tag
        raise TooDeep("nested too deep", 1) from None


@lru_cache(maxsize=_FILLED_AGAIN)
def _parse(xml: str) -> nodes.Template:
    tree = parse(xml)
    if any(escaped in xml for escaped, _ in _ESCAPED):
        # In the template's own words only: what a unit typed stays as it was typed.
        for data in tree.find_all(nodes.TemplateData):
            for escaped, meant in _ESCAPED:
                data.data = data.data.replace(escaped, meant)
    return tree
