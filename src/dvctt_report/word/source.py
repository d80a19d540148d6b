"""A Word file opened with distrust, its parts as bytes and as trees, and written anew with changed parts.

Nothing is extracted to disk, no reference that leads out of the package is followed, no entity is resolved.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from dvctt_report.files.container import FileKind, sniff, zip_kind
from dvctt_report.files.packages import Package, PackageFault, Wrong
from dvctt_report.text.limits import MAX_DOCUMENT, MAX_FIGURES, MAX_FILE, MAX_PARAGRAPH
from dvctt_report.text.opening import TooLarge, parse_toml, read_file, read_text
from dvctt_report.text.patterns import lazy_pattern
from dvctt_report.text.resources import PACKAGE
from dvctt_report.text.vietnamese import format_count
from dvctt_report.word.tree import NAMESPACES, W

_WORKBOOKS = frozenset(
    {FileKind.XLSX, FileKind.XLS, FileKind.XLSB, FileKind.ODS, FileKind.NUMBERS, FileKind.OLD_XLS}
)
REASONS: dict[str, tuple[str, str]] = parse_toml(read_text(PACKAGE / "word" / "refused.toml"))
_OF_PACKAGE = {
    **{Wrong.NO_ZIP: "damaged", Wrong.LOCKED: "encrypted", Wrong.LEAVES: "leaves", Wrong.PACKED: "packed"},
    **{Wrong.DOCTYPE: "doctype", Wrong.TOO_LARGE: "huge"},
}
"""What is wrong with a package, by the names of that table; of all else a part is damaged."""
SAFELY = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True}
_STRICT = lazy_pattern(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
"""How the names of the Strict dialect begin; the rest is that of the common one behind the year."""
_N_LETTERS = etree.XPath("string-length()")
_LONG_PARAGRAPHS = etree.XPath(
    f"descendant-or-self::w:p[string-length() > {MAX_FIGURES}]", namespaces={"w": NAMESPACES["w"]}
)
_FIGURE = lazy_pattern(r"[0-9]+")


class Refused(Exception):
    """The file can't be looked at; ``reason`` is the true one, ``remedy`` what to do. Both are sentences."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy


def refused(why: str, **words: str) -> Refused:
    """The refusal that ``refused.toml`` has under that name, the words filled in."""
    return Refused(*(text.format_map(words) for text in REASONS[why]))


@dataclass(frozen=True)
class Source:
    """The parts of a .docx: name (in lower case) → bytes, and the XML of those that were asked for.

    ``related``: what stands beside the text, by relationship id: the last word of its type, its part.
    """

    data: bytes
    parts: dict[str, bytes]
    main: str
    related: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    trees: dict[str, Any] = field(default_factory=dict)

    def tree(self, name: str) -> Any | None:
        """The root element of a part, the same one every time; None where there is no such part.

        Raises Refused where it is no XML, declares a DOCTYPE or has a paragraph that no one writes.
        """
        if name not in self.parts:
            return None
        if name not in self.trees:
            self.trees[name] = within_bounds(self.read(name))
        return self.trees[name]

    def read(self, name: str, of_row: Callable[[Any], None] = lambda _: None) -> Any:
        """Read a part anew; ``of_row`` is called with each row of its tables as soon as that has been read.

        Raises Refused as ``tree`` does, but for paragraphs that are too long.
        """
        data = self.parts[name]
        if b"http://purl.oclc.org/" in data:  # of the Strict dialect
            data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)
        reading = etree.iterparse(BytesIO(data), tag=f"{W}tr", **SAFELY)
        try:
            for _, row in reading:
                if row.getroottree().docinfo.doctype:
                    raise refused("doctype")
                of_row(row)
        except etree.XMLSyntaxError as fault:
            raise refused("part", part=name) from fault
        if reading.root.getroottree().docinfo.doctype:
            raise refused("doctype")
        return reading.root

    def beside(self, name: str) -> Any:
        """The root element of a part in the text's folder; one without children where there is none."""
        folder, slash, _ = self.main.rpartition("/")
        root = self.tree(f"{folder}{slash}{name}")
        return etree.Element("none") if root is None else root

    @property
    def main_tree(self) -> Any:
        """The root element of the part that holds the text. Raises Refused as ``tree`` does."""
        return self.tree(self.main)


def read_source(path: Path) -> Source:
    """Read the file at ``path``. Raises Refused with reason and remedy, OSError where it can't be read."""
    try:
        return parse_source(read_file(path, MAX_FILE))
    except TooLarge as fault:
        raise refused("large", size=str(fault.strerror)) from fault


def parse_source(data: bytes) -> Source:
    """Open the bytes of a .docx. Raises Refused: no Word file, protected, damaged, unsafe to open."""
    kind = sniff(data)
    try:
        if kind is FileKind.DAMAGED and data.startswith(b"PK"):
            zip_kind(Package(data))
        if kind is not FileKind.WORD:
            name = "workbook" if kind in _WORKBOOKS else kind.name.lower()
            raise refused(name if name in REASONS else "other")
        if not data.startswith(b"PK"):
            raise refused("old_word", format="RTF (.rtf)" if data.startswith(b"{") else "Word cũ (.doc)")
        package = Package(data)
        documents = (target for name, target in package.relations("").values() if name == "officeDocument")
        main = next(documents, "").lower()
        related = {id: (kind, part.lower()) for id, (kind, part) in package.relations(main).items()}
        parts = {name: package.read(name) for name in sorted(package.names) if not name.endswith("/")}
    except PackageFault as fault:
        raise refused(_OF_PACKAGE.get(fault.wrong, "part"), part=fault.detail, size=fault.detail) from fault
    if "mimetype" in parts:
        raise refused("old_word", format="OpenDocument (.odt)")
    if main not in parts:
        raise refused("no_text")
    return Source(data, parts, main, related)


def within_bounds(root: Any) -> Any:
    """The tree of a part whose paragraphs are as long as people write them. Raises Refused.

    A figure of 150,000 digits, or 40,000 figures in one paragraph, would be taken apart for minutes.
    """
    if _N_LETTERS(root) > MAX_DOCUMENT:
        raise refused("long", what="nội dung", most=format_count(MAX_DOCUMENT), of="ký tự")
    for paragraph in _LONG_PARAGRAPHS(root):
        text = "".join(paragraph.itertext(f"{W}t", f"{W}delText", with_tail=False))
        if len(text) > MAX_PARAGRAPH:
            raise refused("long", what="một đoạn văn", most=format_count(MAX_PARAGRAPH), of="ký tự")
        if len(_FIGURE.findall(text)) > MAX_FIGURES:
            raise refused("long", what="một đoạn văn", most=format_count(MAX_FIGURES), of="con số")
    return root


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
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(source.data)) as old,
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
