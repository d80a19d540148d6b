"""What a document says about itself, as custom properties of the Word file.

The identity that a report and its manifest share stays when Word or LibreOffice saves the edited file under
whatever name. The seal tells whether anybody has saved it at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from dvctt_report.files.manifests import kept_manifest
from dvctt_report.files.packages import Package, PackageFault
from dvctt_report.text.opening import read_file
from dvctt_report.word.source import serialise

PROPERTY, SEAL = "dvctt-report", "dvctt-report-ban-lap"
CUSTOM = "docProps/custom.xml"
TYPES, RELATIONS = "[Content_Types].xml", "_rels/.rels"

_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set of properties that users define. Source: ECMA-376 part 1, 22.3."""


def parse_identity(custom: bytes, name: str = PROPERTY) -> str:
    """Read the identity, or another property, out of a package's custom ones; "" where there is none."""
    for one in etree.fromstring(custom, etree.XMLParser(resolve_entities=False, no_network=True)):
        if one.get("name") == name:
            return "".join(one.itertext()).strip()
    return ""


def read_identity(path: Path) -> str:
    """The identity that a file carries; "" for one that carries none or can't be read."""
    try:
        package = Package(read_file(path))
        return parse_identity(package.read(CUSTOM)) if package.has(CUSTOM) else ""
    except (OSError, PackageFault, etree.XMLSyntaxError):
        return ""


def manifests_of(folder: Path, kept_in: Path) -> Iterator[Path]:
    """The manifests of the documents in ``folder``: beside them, else kept under their identity."""
    beside = sorted(folder.glob("*.json"))
    yield from beside
    for path in sorted(folder.glob("*.docx")):
        if path.with_suffix(".json") not in beside and (identity := read_identity(path)):
            kept = kept_manifest(kept_in, identity)
            if kept is not None:
                yield kept


def with_seal(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts with a digest of all among the custom properties; any word processor's saving breaks it."""
    # Twice: the first announces the properties' part in the package, which the digest covers.
    announced = with_property(parts, SEAL, "")
    return with_property(announced, SEAL, _digest(announced))


def is_as_written(content: bytes) -> bool:
    """Whether these are the bytes of a sealed document that nobody has saved since."""
    try:
        parts = Package(content).parts()
        return CUSTOM in parts and parse_identity(parts[CUSTOM], SEAL) == _digest(parts)
    except (PackageFault, etree.XMLSyntaxError):
        return False


def _digest(parts: dict[str, bytes]) -> str:
    whole = hashlib.sha256()
    for name in sorted(parts.keys() - {CUSTOM}):
        whole.update(name.encode() + hashlib.sha256(parts[name]).digest())
    return whole.hexdigest()


def with_property(parts: dict[str, bytes], name: str, value: str) -> dict[str, bytes]:
    """Return a package's parts with the value among its custom properties, for one of that name."""
    changed = dict(parts)
    if CUSTOM in parts:
        root = etree.fromstring(parts[CUSTOM])
        for old in [e for e in root if e.get("name") == name]:
            root.remove(old)
    else:
        root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={None: _PROPERTIES, "vt": _VALUES})
        # Name the new part in the package's types and relations.
        types, relations = etree.fromstring(parts[TYPES]), etree.fromstring(parts[RELATIONS])
        override = etree.SubElement(types, f"{{{_CONTENT}}}Override")
        override.attrib.update({"PartName": f"/{CUSTOM}", "ContentType": _TYPE})
        relation = etree.SubElement(relations, f"{{{_RELATION}}}Relationship")
        relation.attrib.update({"Id": f"rId{PROPERTY}", "Type": _KIND, "Target": CUSTOM})
        changed |= {TYPES: serialise(types), RELATIONS: serialise(relations)}
    number = max((int(e.get("pid", "1")) for e in root), default=1) + 1
    one = etree.SubElement(root, f"{{{_PROPERTIES}}}property")
    one.attrib.update({"fmtid": _FORMAT, "pid": str(number), "name": name})
    etree.SubElement(one, f"{{{_VALUES}}}lpwstr").text = value
    return changed | {CUSTOM: serialise(root)}
