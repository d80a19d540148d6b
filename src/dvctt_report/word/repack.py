"""Write a package anew with changed parts; all others stay byte for byte."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

from dvctt_report.word.source import Source


def snapshot(source: Source) -> dict[str, bytes]:
    """How the parts stand that have been looked at: what ``repack`` tells changed ones by."""
    return {name: etree.tostring(root) for name, root in source.trees.items()}


def repack(source: Source, before: dict[str, bytes]) -> bytes:
    """The bytes of the package with the trees as they stand now."""
    written = {
        name: serialise(root)
        for name, root in source.trees.items()
        if etree.tostring(root) != before.get(name)
    }
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(source.data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            name = member.filename.replace("\\", "/").lstrip("/").lower()
            content = written.pop(name, None)
            new.writestr(member, old.read(member) if content is None else content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def serialise(root: Any) -> bytes:
    """A part's bytes as Word writes them."""
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content
