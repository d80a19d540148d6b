"""An edited Word file as it reaches us: its blocks, its identity, or the reason why it cannot be read."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lxml import etree

from dvctt_report.decide.check.passages import closing_apart
from dvctt_report.report.beside import blocks_beside, is_beside
from dvctt_report.report.blocks import TextBlock, read_blocks
from dvctt_report.report.identity import CUSTOM, parse_identity
from dvctt_report.text.errors import CannotRun
from dvctt_report.word.sight import Sight, read_sight
from dvctt_report.word.source import SAFELY, Refused, Source, read_source, within_bounds
from dvctt_report.word.tree import W

_CUSTOM = CUSTOM.lower()
NOTES = ("word/footnotes.xml", "word/endnotes.xml")


@dataclass(frozen=True, slots=True)
class EditedDocument:
    """What was read; ``identity`` "": the file carries none. ``n_revisions`` counts tracked changes.

    ``beside`` is what stands in page headers, footers, charts, comments …; ``unsaid`` are the texts that
    nobody sees as they are written, and how that comes; ``things``: see ``Sight``.
    """

    name: str
    sha256: str
    identity: str
    blocks: tuple[TextBlock, ...]
    n_revisions: int
    beside: tuple[TextBlock, ...] = ()
    unsaid: Mapping[str, str] = field(default_factory=dict)
    things: tuple[tuple[str, str], ...] = ()


def read_document(path: Path) -> EditedDocument:
    """Read a .docx as a reader sees it. Raises CannotRun with the true reason where it is none."""
    try:
        source = read_source(path)
        seen = SeenDocument(source)
        notes = [source.tree(name) for name in NOTES if name in source.parts]
        blocks = tuple(closing_apart(read_blocks(seen.tree, notes, seen.rows, seen.sight)))
        trees = {name: source.tree(name) for name in filter(is_beside, source.parts)}
        beside = blocks_beside(trees, source.parts.get)
    except Refused as refused:
        raise CannotRun(f"“{path.name}”: {refused.reason}.", refused.remedy) from refused
    identity = parse_identity(source.parts[_CUSTOM]) if _CUSTOM in source.parts else ""
    digest = hashlib.sha256(source.data).hexdigest()
    return EditedDocument(
        path.name, digest, identity, blocks, seen.n_revisions, beside, seen.unsaid, seen.sight.things
    )


# Long tables of a Word file, read some rows at a time: the tree of all takes a hundred times their text

AT_ONCE = 300
"""Rows that stay in the tree, and that are read at once."""
_TARGET = "hang"


class SeenDocument:
    """A document's tree without most rows of its long tables, and what is seen of it.

    tree: the root element of the text; ``sight`` is what is seen of it, and, while :meth:`rows` gives them,
    of the rows apart. ``unsaid`` are the texts that nobody sees, and how that comes; ``n_revisions`` counts
    the tracked insertions, deletions and moves that were neither accepted nor rejected.
    """

    def __init__(self, source: Source) -> None:
        self._packed: list[bytes] = []
        self._tables: list[Any] = []
        self.n_revisions = 0
        self.tree = self._shortened(source)
        self.n_revisions += count_revisions(self.tree)
        self._source = replace(source, trees={**source.trees, source.main: self.tree})
        self._unseen: dict[Any, str] = {}
        self._raised: dict[Any, str] = {}
        seen = read_sight(self._source)
        self.unsaid: dict[str, str] = {}
        self._add(seen)
        self.sight = Sight(self._unseen, self._raised, seen.labels, seen.things)

    def rows(self, stands_for: Any) -> Iterator[Any]:
        """Yield the rows that a processing instruction stands for; they are seen as long as they are read."""
        if stands_for.tag is not etree.ProcessingInstruction or stands_for.target != _TARGET:
            return
        number = int(stands_for.text or "")
        table = etree.fromstring(zlib.decompress(self._packed[number]), etree.XMLParser(**SAFELY))
        for properties in reversed(self._tables[number]):
            table.insert(0, deepcopy(properties))
        root = etree.Element(self.tree.tag, nsmap=self.tree.nsmap)
        etree.SubElement(root, f"{W}body").append(table)
        seen = read_sight(replace(self._source, trees={**self._source.trees, self._source.main: root}))
        self._add(seen)
        yield from table.iterchildren(f"{W}tr")
        for run in (*seen.unseen, *seen.raised):
            self._unseen.pop(run, None)
            self._raised.pop(run, None)

    def _add(self, seen: Sight) -> None:
        self._unseen |= seen.unseen
        self._raised |= seen.raised
        texts = (("".join(run.itertext(f"{W}t")), how) for run, how in seen.unseen.items())
        self.unsaid |= {text: how for text, how in texts if text.strip()}

    def _shortened(self, source: Source) -> Any:
        """Take rows out of long tables while they are read; return the root. Raises Refused."""
        waiting: list[bytes] = []
        table, n_rows = None, 0

        def take(row: Any) -> None:
            nonlocal table, n_rows
            parent = row.getparent()
            if parent.getparent() is None or parent.getparent().tag != f"{W}body":
                return
            if parent is not table:
                self._pack(table, waiting)
                table, n_rows = parent, 0
            n_rows += 1
            before = row.getprevious()
            if n_rows > AT_ONCE + 1 and before is not None and before.tag == f"{W}tr":
                self.n_revisions += count_revisions(before)
                waiting.append(etree.tostring(within_bounds(before), with_tail=False))
                parent.remove(before)
                if len(waiting) == AT_ONCE:
                    self._pack(parent, waiting, row)

        root = source.read(source.main, take)
        self._pack(table, waiting)
        return within_bounds(root)

    def _pack(self, table: Any, waiting: list[bytes], before: Any = None) -> None:
        """Put an instruction in the place of the rows that wait, before ``before`` or the last row."""
        if not waiting:
            return
        mark = etree.ProcessingInstruction(_TARGET, str(len(self._packed)))
        (table[-1] if before is None else before).addprevious(mark)
        content = b'<w:tbl xmlns:w="%s">%s</w:tbl>' % (W[1:-1].encode(), b"".join(waiting))
        self._packed.append(zlib.compress(content, 1))
        self._tables.append([e for e in table if e.tag in (f"{W}tblPr", f"{W}tblGrid")])
        waiting.clear()


def count_revisions(root: Any) -> int:
    """Count the tracked changes in an element."""
    return sum(1 for _ in root.iter("{*}ins", "{*}del", "{*}moveFrom", "{*}moveTo"))
