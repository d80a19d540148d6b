"""The rows of long tables, kept out of the document's tree: parsed, read and written a hundred at a time.

The tree of a table of all communes takes a hundred times the memory of its packed text. The first rows and
the last, which are set in another way than the rest, stay in the tree; a processing instruction stands for
those between.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree

from dvctt_report.report.marks import lift_marks
from dvctt_report.word.tree import DECLARATIONS

AT_ONCE = 100
"""Rows that are parsed at once; a table of fewer stays whole."""
_TARGET = "hang"
_STANDS_FOR = re.compile(rb"<\?hang (\d+)\?>")


class RowsApart:
    """Rows by the number of their instruction, packed: as given, then as the document has them."""

    def __init__(self) -> None:
        self._given: list[bytes] = []
        self._written: dict[int, bytes] = {}

    def shortened(self, rows: Iterable[str], n_first: int, n_last: int) -> str:
        """The rows of one table as text, those between the first and the last apart where there are many."""
        coming = iter(rows)
        text = [*islice(coming, n_first)]
        waiting: list[str] = []
        for row in coming:
            waiting.append(row)
            if len(waiting) == AT_ONCE + n_last:
                text.append(f"<?{_TARGET} {len(self._given)}?>")
                self._given.append(zlib.compress("".join(waiting[:AT_ONCE]).encode(), 1))
                del waiting[:AT_ONCE]
        return "".join((*text, *waiting))

    def rows(self, stands_for: etree._Element) -> tuple[etree._Element, ...]:
        """The rows that an instruction of the tree stands for; none for another node."""
        if stands_for.tag is not etree.ProcessingInstruction or stands_for.target != _TARGET:
            return ()
        number = int(stands_for.text or "")
        rows = zlib.decompress(self._given[number]).decode()
        root = etree.fromstring(f"<all {DECLARATIONS}>{rows}</all>")
        content = etree.tostring(root, encoding="UTF-8")
        inner = content[content.index(b">") + 1 : content.rindex(b"<")]
        self._written[number] = zlib.compress(lift_marks(inner), 1)
        return tuple(root)

    def put_back(self, document: bytes) -> Iterator[bytes]:
        """Yield a written document, all rows that were read in their places."""
        pieces = iter(_STANDS_FOR.split(document))
        yield next(pieces)
        for number, piece in zip(pieces, pieces, strict=True):
            yield zlib.decompress(self._written[int(number)])
            yield piece
