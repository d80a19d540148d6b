"""Put a page number into the header of a document that has none, or has it at the foot."""

from __future__ import annotations

import posixpath
from typing import Any

from lxml import etree

from dvctt_report.nd30.format import component
from dvctt_report.nd30.page import FONT
from dvctt_report.nd30.wordxml import NAMESPACES, W, page_field
from dvctt_report.word.repack import add_part, serialise
from dvctt_report.word.source import Source
from dvctt_report.word.tree import R

_NAME = "header-so-trang.xml"
_ID = "rIdSoTrang"


def add_page_number(source: Source, section: Any) -> dict[str, bytes]:
    """Give the section a header with a centred PAGE field and return the new parts by name.

    A header that is there is kept and gets the number as its last paragraph; a number typed or set at the
    foot is left for its author to take out, unless it is a paragraph of its own.
    """
    folder, base = posixpath.split(source.main)
    relations = source.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
    if relations is None or source.tree("[content_types].xml") is None:
        return {}
    own = next((r for r in section.findall(f"{W}headerReference") if r.get(f"{W}type") == "default"), None)
    targets = {r.get("Id"): r.get("Target", "") for r in relations}
    _clear_footers(source, section, targets, folder)
    if own is not None:
        part = source.tree(
            posixpath.normpath(posixpath.join(folder, targets.get(own.get(f"{R}id"), ""))).lower()
        )
        if part is not None:
            part.append(_paragraph())
            return {}
    reference = etree.Element(f"{W}headerReference", {f"{W}type": "default", f"{R}id": _ID})
    section.insert(0, reference)
    name = add_part(source, _NAME, "header", _ID)
    header = etree.Element(f"{W}hdr", nsmap={"w": NAMESPACES["w"], "r": NAMESPACES["r"]})
    header.append(_paragraph())
    return {name: serialise(header)} if name else {}


def _paragraph() -> Any:
    size = round(component("page_number").size * 2)
    fonts = "".join(f' w:{slot}="{FONT}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    look = f'<w:rPr><w:rFonts{fonts}/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    field = page_field().replace("<w:r>", f"<w:r>{look}")
    xml = f'<w:p xmlns:w="{NAMESPACES["w"]}"><w:pPr><w:jc w:val="center"/></w:pPr>{field}</w:p>'
    return etree.fromstring(xml)


def _clear_footers(source: Source, section: Any, targets: dict[str | None, str], folder: str) -> None:
    """Take the page number out of footer paragraphs that hold nothing else."""
    for reference in section.findall(f"{W}footerReference"):
        target = targets.get(reference.get(f"{R}id"), "")
        part = source.tree(posixpath.normpath(posixpath.join(folder, target)).lower())
        for paragraph in part.iter(f"{W}p") if part is not None else ():
            codes = [
                e.get(f"{W}instr") or e.text or "" for e in paragraph.iter(f"{W}fldSimple", f"{W}instrText")
            ]
            text = "".join(t.text or "" for t in paragraph.iter(f"{W}t")).strip()
            if any("PAGE" in code.split() for code in codes) and (not text or text.isdigit()):
                for child in [c for c in paragraph if c.tag != f"{W}pPr"]:
                    paragraph.remove(child)
