"""The identity that a report and its manifest share: a custom property of the Word file.

Word and LibreOffice keep it when the file is edited, renamed and saved again.
"""

from __future__ import annotations

from lxml import etree

PROPERTY = "dvctt-report"
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


def with_identity(parts: dict[str, bytes], identity: str) -> dict[str, bytes]:
    """Return a package's parts with ``identity`` among its custom properties."""
    changed = dict(parts)
    if CUSTOM in parts:
        root = etree.fromstring(parts[CUSTOM])
        for old in [e for e in root if e.get("name") == PROPERTY]:
            root.remove(old)
    else:
        root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={None: _PROPERTIES, "vt": _VALUES})
        changed |= _announced(parts)
    number = max((int(e.get("pid", "1")) for e in root), default=1) + 1
    one = etree.SubElement(root, f"{{{_PROPERTIES}}}property")
    one.attrib.update({"fmtid": _FORMAT, "pid": str(number), "name": PROPERTY})
    etree.SubElement(one, f"{{{_VALUES}}}lpwstr").text = identity
    return changed | {CUSTOM: _bytes(root)}


def _announced(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Name the new part in the package's types and relations."""
    types, relations = etree.fromstring(parts[TYPES]), etree.fromstring(parts[RELATIONS])
    override = etree.SubElement(types, f"{{{_CONTENT}}}Override")
    override.attrib.update({"PartName": f"/{CUSTOM}", "ContentType": _TYPE})
    relation = etree.SubElement(relations, f"{{{_RELATION}}}Relationship")
    relation.attrib.update({"Id": f"rId{PROPERTY}", "Type": _KIND, "Target": CUSTOM})
    return {TYPES: _bytes(types), RELATIONS: _bytes(relations)}


def parse_identity(custom: bytes) -> str:
    """Read the identity out of a package's custom properties; "" where there is none."""
    root = etree.fromstring(custom, etree.XMLParser(resolve_entities=False, no_network=True))
    for one in root:
        if one.get("name") == PROPERTY:
            return "".join(one.itertext()).strip()
    return ""


def _bytes(root: etree._Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
