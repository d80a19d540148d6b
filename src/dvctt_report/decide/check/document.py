"""An edited Word file as it reaches us: its blocks, its identity, or the reason why it cannot be read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dvctt_report.decide.check.long_tables import SeenDocument
from dvctt_report.decide.check.passages import closing_apart
from dvctt_report.report.beside import blocks_beside, is_beside
from dvctt_report.report.blocks import TextBlock, read_blocks
from dvctt_report.report.identity import CUSTOM, parse_identity
from dvctt_report.text.errors import CannotRun
from dvctt_report.word.source import Refused, read_source

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
