"""A Word file with tags: where they stand, and the file with figures in their place.

Body, tables, text boxes, headers, footers, notes, drawings: every paragraph of every part.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from dvctt_report.papers.fill.texts import TAG, Tag, TextFor, put_texts, text_of
from dvctt_report.text.vietnamese import words_around
from dvctt_report.word.source import Source, repack, snapshot
from dvctt_report.word.tree import MC, A, W

_PLACES = {
    "header": "đầu trang",
    "footer": "chân trang",
    "footnotes": "cước chú",
    "endnotes": "chú thích cuối",
}
_SHOWN = 30
"""Characters that are quoted on each side of a tag."""
_ABOVE = (
    f'<w:p xmlns:w="{W.strip("{}")}"><w:pPr><w:jc w:val="center"/></w:pPr>'
    "<w:r><w:rPr><w:b/></w:rPr><w:t>%s</w:t></w:r></w:p>"
)


class WordForm:
    """A Word form, opened."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def tags(self) -> Iterator[Tag]:
        """Every tag once, in the order of the file; what an older program reads instead is no second one."""
        for part, root in self._roots():
            for paragraph in _paragraphs(root):
                if _is_fallback(paragraph):
                    continue
                text = text_of(_nodes(paragraph))
                cell = next(paragraph.iterancestors(f"{W}tc"), None)
                for found in TAG.finditer(text):
                    quoted = words_around(text, found.start(), found.end(), _SHOWN)
                    yield Tag(found[1].strip(), _place(part, root, cell, quoted), cell is not None)

    def fill(self, text_for: TextFor, above: str) -> bytes:
        """The file with a text in the place of each tag; ``above`` is said on top of it where not empty."""
        roots = [root for _, root in self._roots()]
        before = snapshot(self._source)
        for root in roots:
            for paragraph in _paragraphs(root):
                in_table = next(paragraph.iterancestors(f"{W}tc"), None) is not None
                put_texts(_nodes(paragraph), partial(text_for, in_table))
        if above:
            self._source.main_tree.find(f"{W}body").insert(0, etree.fromstring(_ABOVE % escape(above)))
        return repack(self._source, before)

    def _roots(self) -> Iterator[tuple[str, Any]]:
        source = self._source
        names = [name for name in source.parts if name.startswith("word/") and name.endswith(".xml")]
        for name in sorted(names, key=lambda name: (name != source.main, name)):
            if b"{" in source.parts[name]:
                yield name, source.tree(name)


def _paragraphs(root: Any) -> Iterator[Any]:
    yield from root.iter(f"{W}p", f"{A}p")


def _nodes(paragraph: Any) -> list[Any]:
    """The texts of a paragraph's own runs; a text box in it has paragraphs of its own."""
    kind = paragraph.tag
    name = f"{W}t" if kind == f"{W}p" else f"{A}t"
    return [node for node in paragraph.iter(name) if next(node.iterancestors(f"{W}p", f"{A}p")) is paragraph]


def _is_fallback(paragraph: Any) -> bool:
    return next(paragraph.iterancestors(f"{MC}Fallback"), None) is not None


def _place(part: str, root: Any, cell: Any, quoted: str) -> str:
    base = part.rpartition("/")[2].removesuffix(".xml").rstrip("0123456789")
    where = [_PLACES[base]] if base in _PLACES else []
    if cell is not None:
        row = cell.getparent()
        table = next(row.iterancestors(f"{W}tbl"))
        n_table = [*root.iter(f"{W}tbl")].index(table) + 1
        n_row = [*table.iter(f"{W}tr")].index(row) + 1
        where.append(f"bảng {n_table}, dòng {n_row}, ô {[*row.iter(f'{W}tc')].index(cell) + 1}")
    elif not where:
        where.append("đoạn")
    return f"{', '.join(where)}: “{quoted}”"
