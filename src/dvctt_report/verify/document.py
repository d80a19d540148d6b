"""An edited Word file as it reaches us: its blocks, its identity, or the reason why it cannot be read."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath

from lxml import etree

from dvctt_report.errors import CannotRun
from dvctt_report.report.blocks import Block, count_revisions, read_blocks
from dvctt_report.report.identity import CUSTOM, RELATIONS, parse_identity

MOST_BYTES = 400_000_000
"""Largest part that is unpacked; a report of all communes of the country has a tenth of it."""
CORE = "docProps/core.xml"
_RUNNING = re.compile(r"word/(?:header|footer)\d*\.xml")
NOTES = ("word/footnotes.xml", "word/endnotes.xml")

_REMEDY = "Mở tệp bằng Word, lưu lại dạng .docx rồi chạy lại."


@dataclass(frozen=True, slots=True)
class Document:
    """What was read; ``identity`` "": the file carries none. ``n_revisions`` counts tracked changes.

    ``title`` is that of the file's properties; ``running`` are the blocks of its page headers and footers.
    """

    name: str
    sha256: str
    identity: str
    blocks: tuple[Block, ...]
    n_revisions: int
    title: str = ""
    running: tuple[Block, ...] = ()


def read_document(path: Path) -> Document:
    """Read a .docx as a reader sees it. Raises CannotRun with the true reason where it is none."""
    content = path.read_bytes()
    parts = _unpack(path.name, content)
    main = _main_part(parts)
    if main not in parts:
        raise CannotRun(f"Tệp “{path.name}” không phải là văn bản Word (.docx).", _REMEDY)
    root = _parse(path.name, parts[main])
    blocks = read_blocks(root, [_parse(path.name, parts[name]) for name in NOTES if name in parts])
    running = [
        block
        for name in sorted(filter(_RUNNING.fullmatch, parts))
        for block in read_blocks(_parse(path.name, parts[name]))
    ]
    identity = parse_identity(parts[CUSTOM]) if CUSTOM in parts else ""
    title = _title(_parse(path.name, parts[CORE])) if CORE in parts else ""
    digest = hashlib.sha256(content).hexdigest()
    return Document(path.name, digest, identity, blocks, count_revisions(root), title, tuple(running))


def _title(core: etree._Element) -> str:
    found = (one.text or "" for one in core if str(one.tag).endswith("}title"))
    return next(found, "").strip()


def _unpack(name: str, content: bytes) -> dict[str, bytes]:
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        reason = "là tệp Word đời cũ (.doc) hoặc có mật khẩu mở"
        raise CannotRun(f"Tệp “{name}” {reason}.", "Mở bằng Word, bỏ mật khẩu nếu có, lưu lại dạng .docx.")
    if content[:5] == b"%PDF-":
        raise CannotRun(f"Tệp “{name}” là PDF.", "Đối chiếu bản Word (.docx) của văn bản.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            wanted = [i for i in package.infolist() if i.filename.endswith((".xml", ".rels"))]
            if sum(info.file_size for info in wanted) > MOST_BYTES:
                raise CannotRun(f"Tệp “{name}” lớn bất thường nên không mở.", _REMEDY)
            return {info.filename: package.read(info) for info in wanted}
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, zlib.error) as error:
        if content[:2] == b"PK":
            raise CannotRun(f"Tệp “{name}” bị hỏng hoặc có mật khẩu nên không mở được.", _REMEDY) from error
        raise CannotRun(f"Tệp “{name}” không phải là văn bản Word (.docx).", _REMEDY) from error


def _main_part(parts: dict[str, bytes]) -> str:
    """Name the part that holds the text, by the package's relations; any dialect of the format."""
    if RELATIONS in parts:
        for one in _parse(RELATIONS, parts[RELATIONS]):
            if one.get("Type", "").endswith("/officeDocument"):
                target = normpath(one.get("Target", "").lstrip("/"))
                return target if target.startswith("word/") else ""
    return ""


def _parse(name: str, content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise CannotRun(f"Tệp “{name}” bị hỏng nên không đọc được.", _REMEDY) from error
