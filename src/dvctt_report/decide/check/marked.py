"""The edited copy with Word's comments: what differs or is to be read, at the paragraph it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dvctt_report.decide.check.compare import Change
from dvctt_report.decide.check.message import GRAVITY_NAMES, format_change
from dvctt_report.decide.check.values import even_text
from dvctt_report.report.blocks import TextBlock
from dvctt_report.word.package import with_comments
from dvctt_report.word.source import read_source
from dvctt_report.word.tree import COLLATOR, W

_AHEAD = 400
"""Paragraphs looked ahead for the next block: a row of many cells has one each."""


def marked_copy(path: Path, blocks: Iterable[TextBlock], changes: Iterable[Change]) -> bytes:
    """Return the document at ``path`` with a comment at the paragraph of each change.

    ``blocks`` are those of the document.
    """
    source = read_source(path)
    places = _Places(source.main_tree, tuple(blocks))
    notes: dict[int, tuple[Any, list[str]]] = {}
    for change in changes:
        at = places.of_block(change.at, even_text(change.now))
        said = f"{GRAVITY_NAMES[change.gravity]}: {format_change(change, everything=True)}."
        lines = notes.setdefault(at, (places.paragraphs[at], []))[1]
        lines += [said] if said not in lines else []
    return with_comments(source, [notes[at] for at in sorted(notes)], COLLATOR)


class _Places:
    """The paragraphs of a document by what they say."""

    def __init__(self, root: Any, blocks: tuple[TextBlock, ...]) -> None:
        self.paragraphs = [p for p in root.iter(f"{W}p") if next(p.iter(f"{W}t"), None) is not None]
        self._texts = [even_text("".join(t.text or "" for t in p.iter(f"{W}t"))) for p in self.paragraphs]
        self._blocks = blocks
        self._firsts = list(self._first_paragraphs())

    def _first_paragraphs(self) -> Iterator[int]:
        """For each block the paragraph it begins with; for one that isn't found, where the search stands."""
        at = 0
        for block in self._blocks:
            said = [even_text(text.strip().split("\n")[0]) for text in block.cells if text.strip()]
            ahead = range(at, min(at + _AHEAD, len(self._texts)))
            first = next((n for n in ahead if said and self._texts[n] == said[0]), None)
            yield at if first is None else first
            at = at if first is None else first + len(said)

    def of_block(self, n: int, said: str) -> int:
        """The paragraph of the ``n``-th block, or of its row, that says it; else its first one."""
        if not 0 <= n < len(self._firsts):
            return 0
        first, last = self._firsts[n], self._firsts[n + 1] if n + 1 < len(self._firsts) else len(self._texts)
        return next((at for at in range(first, max(last, first)) if said and said in self._texts[at]), first)
