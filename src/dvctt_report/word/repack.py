"""Write a package anew with changed and added parts; all others stay byte for byte."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Any

from lxml import etree

from dvctt_report.word.source import Source

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def snapshot(source: Source) -> dict[str, bytes]:
    """How the parts stand that have been looked at: what ``repack`` tells changed ones by."""
    return {name: etree.tostring(root) for name, root in source.trees.items()}


def add_part(source: Source, base: str, kind: str, relation: str) -> str | None:
    """Name a new part beside the main one in relations and types; its full name, None where it can't be.

    ``kind`` is "header" or "comments", ``relation`` the identifier it gets.
    """
    folder, main = posixpath.split(source.main)
    relations = source.tree(posixpath.join(folder, "_rels", f"{main}.rels"))
    types = source.tree("[content_types].xml")
    if relations is None or types is None:
        return None
    name = posixpath.join(folder, base)
    etree.SubElement(relations, _RELATION, Id=relation, Type=f"{_OFFICE}/{kind}", Target=base)
    etree.SubElement(types, _OVERRIDE, PartName=f"/{name}", ContentType=f"{_WORD}.{kind}+xml")
    return name


def repack(
    source: Source, before: dict[str, bytes], added: dict[str, bytes] | None = None, mark: bytes = b""
) -> bytes:
    """The bytes of the package with the trees as they stand now; ``mark`` is put beside it as zip comment."""
    written = dict(added or {})
    for name, root in source.trees.items():
        if etree.tostring(root) != before.get(name):
            written.setdefault(name, serialise(root))
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(source.data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            name = member.filename.replace("\\", "/").lstrip("/").lower()
            content = written.pop(name, None)
            new.writestr(member, old.read(member) if content is None else content, zipfile.ZIP_DEFLATED)
        for name, content in written.items():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
        new.comment = mark
    return buffer.getvalue()


def serialise(root: Any) -> bytes:
    """A part's bytes as Word writes them."""
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content
