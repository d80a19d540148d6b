"""An edited Word file as it reaches us: its blocks, its identity, or the reason why it cannot be read."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from dvctt_report.errors import CannotRun
from dvctt_report.report.blocks import TextBlock, count_revisions, read_blocks
from dvctt_report.report.identity import CUSTOM, parse_identity
from dvctt_report.word.source import Refused, read_source

_CUSTOM = CUSTOM.lower()
_RUNNING = re.compile(r"word/(?:header|footer)\d*\.xml")
NOTES = ("word/footnotes.xml", "word/endnotes.xml")


@dataclass(frozen=True, slots=True)
class EditedDocument:
    """What was read; ``identity`` "": the file carries none. ``n_revisions`` counts tracked changes.

    ``running`` are the blocks of its page headers and footers.
    """

    name: str
    sha256: str
    identity: str
    blocks: tuple[TextBlock, ...]
    n_revisions: int
    running: tuple[TextBlock, ...] = ()


def read_document(path: Path) -> EditedDocument:
    """Read a .docx as a reader sees it. Raises CannotRun with the true reason where it is none."""
    try:
        source = read_source(path)
        blocks = read_blocks(source.main_tree, [source.tree(name) for name in NOTES if name in source.parts])
        running = [
            block
            for name in sorted(filter(_RUNNING.fullmatch, source.parts))
            for block in read_blocks(source.tree(name))
        ]
    except Refused as refused:
        raise CannotRun(f"“{path.name}”: {refused.reason}.", refused.remedy) from refused
    identity = parse_identity(source.parts[_CUSTOM]) if _CUSTOM in source.parts else ""
    digest = hashlib.sha256(source.data).hexdigest()
    n_revisions = count_revisions(source.main_tree)
    return EditedDocument(path.name, digest, identity, blocks, n_revisions, tuple(running))
