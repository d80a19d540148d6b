"""The edited copy with Word's comments: what differs or is to be read, at the paragraph it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dvctt_report.report.blocks import TextBlock
from dvctt_report.verify.message import edit_name, format_deviation, format_edit
from dvctt_report.verify.numbers import even_text
from dvctt_report.verify.reading import CELL, Deviation
from dvctt_report.verify.rewritten import WordEdit
from dvctt_report.word.comments import with_comments
from dvctt_report.word.source import read_source
from dvctt_report.word.tree import COLLATOR, W

_AHEAD = 400
"""Paragraphs looked ahead for the next block: a row of many cells has one each."""


def marked_copy(
    path: Path,
    blocks: Iterable[TextBlock],
    deviations: Iterable[Deviation],
    names: dict[str, str],
    edits: Iterable[WordEdit] = (),
) -> bytes:
    """Return the document at ``path`` with a comment for each deviation and each edit of words.

    ``names`` are those of the kinds of deviations.

    What is gone is told where its section begins. ``blocks`` are those of the document.
    """
    source = read_source(path)
    places = _Places(source.main_tree, tuple(blocks))
    notes: dict[int, tuple[Any, list[str]]] = {}
    for one in deviations:
        at = places.find(one)
        lines = notes.setdefault(at, (places.paragraphs[at], []))[1]
        said = f"{names[one.kind]}: {format_deviation(one)}."
        lines += [said] if said not in lines else []
    for edit in edits:
        at = places.of_block(edit.at, edit.now)
        name = "CẦN ĐỌC" if edit.to_read else "LỜI ĐÃ SỬA"
        said = f"{name}: {edit_name(edit)}: {format_edit(edit, everything=True)}."
        notes.setdefault(at, (places.paragraphs[at], []))[1].append(said)
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

    def find(self, deviation: Deviation) -> int:
        """The paragraph that says it, else the first of its row, else the first of its section."""
        context = deviation.place.context.removeprefix("… ").removesuffix(" …").strip()
        row = next((b for b in self._blocks if _is_row(b, deviation)), None)
        cells = [even_text(text) for text in row.cells] if row else []
        wanted = [context, deviation.found.strip("“”…"), *sorted(cells, key=len, reverse=True)]
        if not context:
            wanted = wanted[2:] or wanted
        place = deviation.place.section
        there = (b.text for b in self._blocks if place in (b.section, f"{CELL}“{b.text}”"))
        here = next(there, "")
        for text in (*wanted, even_text(here)):
            if text and (at := self._at(text)) is not None:
                return at
        return 0

    def _at(self, text: str) -> int | None:
        return next((n for n, said in enumerate(self._texts) if text in said), None)


def _is_row(block: TextBlock, deviation: Deviation) -> bool:
    """Whether a row of a table is the one that is told of: it is named by its longest text."""
    if block.table is None or block.section != deviation.place.section:
        return False
    name = max((text for text in block.cells if any(c.isalpha() for c in text)), key=len, default="")
    return bool(name) and name[:20] in deviation.place.where
