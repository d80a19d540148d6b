"""An Office package opened with distrust: a zip whose members are counted, measured and parsed in bounds.

Nothing is ever extracted to disk and no reference that leads out of the package is followed. What is wrong
with one is told as a fact; whoever reads workbooks or documents puts it into words.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, wraps
from io import BytesIO
from typing import Concatenate, ParamSpec, TypeVar
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from dvctt_report.text.limits import MAX_INFLATED, MAX_MEMBERS, MAX_RATIO, MAX_TAGS, RATIO_FLOOR
from dvctt_report.text.vietnamese import format_count

P = ParamSpec("P")
T = TypeVar("T")
_CHUNK = 1 << 20
_SMALL_PART = 50_000
ZIP_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, OSError, ValueError, OverflowError, NotImplementedError),
)


class Wrong(StrEnum):
    """What may be wrong with a package."""

    NO_ZIP = "no_zip"
    LEAVES = "leaves"
    LOCKED = "locked"
    PACKED = "packed"
    DAMAGED = "damaged"
    TWICE = "twice"
    TOO_LARGE = "too_large"
    DOCTYPE = "doctype"


@dataclass(eq=False)
class PackageFault(Exception):
    """A package that isn't opened; ``detail`` is the part that is wrong, or what is too large."""

    wrong: Wrong
    detail: str = ""


class Package:
    """The members of a zip by name in lower case with "/"; reading counts against one limit for all.

    Raises PackageFault: no zip, too many members, a member that would leave the package, one that is
    encrypted, damaged or too large for an honest file.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except ZIP_FAULTS as fault:
            raise PackageFault(Wrong.NO_ZIP) from fault
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise PackageFault(Wrong.TOO_LARGE, f"tệp chứa {len(members)} thành phần")
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._twice: set[str] = set()
        for member in members:
            name = member.filename.replace("\\", "/").lstrip("/").lower()
            if ".." in name.split("/") or ":" in name.partition("/")[0]:
                raise PackageFault(Wrong.LEAVES)
            if name in self._members:
                self._twice.add(name)
            self._members[name] = member
        self._read = self._n_tags = 0

    @property
    def names(self) -> frozenset[str]:
        """The names of all members, in lower case."""
        return frozenset(self._members)

    def parts(self) -> dict[str, bytes]:
        """All members by their names as they are written."""
        return {member.filename: self.read(name) for name, member in self._members.items()}

    def has(self, name: str) -> bool:
        return name.lower() in self._members

    def read(self, name: str) -> bytes:
        """Inflate one member in chunks, counting; KeyError where there is none of that name."""
        member = self._members[name.lower()]
        if name.lower() in self._twice:  # readers differ in which of them they show
            raise PackageFault(Wrong.TWICE, name)
        if member.flag_bits & 1:
            raise PackageFault(Wrong.LOCKED)
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise PackageFault(Wrong.PACKED)
        try:
            part = inflated(self._zip, member, self._count)
        except ZIP_FAULTS as fault:
            raise PackageFault(Wrong.DAMAGED, name) from fault
        self._n_tags += part.count(b"<")
        if self._n_tags > MAX_TAGS:
            raise PackageFault(Wrong.TOO_LARGE, f"nội dung quá {format_count(MAX_TAGS)} thẻ")
        return part

    def _count(self, n_new: int) -> None:
        self._read += n_new
        if self._read > MAX_INFLATED:
            raise PackageFault(Wrong.TOO_LARGE, f"nội dung giải nén vượt {MAX_INFLATED // 1_000_000} MB")

    def relations(self, part: str) -> Mapping[str, tuple[str, str]]:
        """Relationships within the package: id → (last word of the type, name of the target part)."""
        folder, _, base = part.rpartition("/")
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        return _relations(self.read(rels), rels) if self.has(rels) else {}


def inflated(archive: zipfile.ZipFile, member: zipfile.ZipInfo, count: Callable[[int], None]) -> bytes:
    """A member, whose chunks are told to ``count``. Raises PackageFault, and what zipfile does."""
    chunks: list[bytes] = []
    size = 0
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            count(len(chunk))
            if size > RATIO_FLOOR and size > MAX_RATIO * max(member.compress_size, 1):
                raise PackageFault(Wrong.TOO_LARGE, f"tỷ lệ nén vượt {MAX_RATIO} lần")
            chunks.append(chunk)
    return b"".join(chunks)


def run_xml(
    data: bytes,
    part: str,
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object],
    text: Callable[[str], object],
) -> None:
    """Run the handlers over one part. Raises PackageFault where it is no XML or declares a DOCTYPE."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text

    def refuse(*_: object) -> None:
        raise PackageFault(Wrong.DOCTYPE)

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, UnicodeError, LookupError) as fault:
        raise PackageFault(Wrong.DAMAGED, part) from fault


def read_tree(data: bytes, part: str) -> Element:
    """One part as a tree, its tags without their prefixes. Raises PackageFault as ``run_xml`` does."""
    tree = TreeBuilder()
    run_xml(data, part, tree.start, tree.end, tree.data)
    root = tree.close()
    for node in root.iter():
        if ":" in node.tag:
            node.tag = local(node.tag)
    return root


def remembered(parse: Callable[Concatenate[bytes, P], T]) -> Callable[Concatenate[bytes, P], T]:
    """Let a function of a part's bytes and more remember what it gave, which nobody may then change.

    Returns of one form have most of their small parts in common. Large parts are not kept.
    """
    known = lru_cache(maxsize=128)(parse)

    @wraps(parse)
    def parsed(xml: bytes, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return known(xml, *args, **kwargs) if len(xml) <= _SMALL_PART else parse(xml, *args, **kwargs)  # type: ignore[arg-type]  # hashable

    return parsed


@remembered
def _relations(xml: bytes, rels: str) -> dict[str, tuple[str, str]]:
    """The relationships in the part ``rels``, which stands in a folder beside what it is about."""
    folder = posixpath.dirname(posixpath.dirname(rels))
    relations: dict[str, tuple[str, str]] = {}
    for relation in read_tree(xml, rels).iter("Relationship"):
        if relation.get("TargetMode") != "External":
            target = relation.get("Target", "").replace("\\", "/")
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = relation.get("Type", "").rpartition("/")[2]
            relations[relation.get("Id", str(len(relations)))] = (kind, target)
    return relations


def local(tag: str) -> str:
    """The name of a tag without its prefix."""
    return tag.rpartition(":")[2]
