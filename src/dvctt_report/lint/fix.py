"""Mend in a copy how letters, paragraphs and pages look; no letter, figure or sign of the text changes.

The document itself is never written to. Changes are direct formatting put into the parts in schema order.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable
from typing import Any, TypeAlias

from lxml import etree

from dvctt_report.lint.check import Mend
from dvctt_report.lint.outcome import LintFinding, Outcome
from dvctt_report.nd30.format import component
from dvctt_report.nd30.page import EMU_PER_MM, FONT
from dvctt_report.nd30.wordxml import DECLARATIONS, NAMESPACES, W, page_field, rule
from dvctt_report.word.repack import add_part, repack, serialise, snapshot
from dvctt_report.word.source import Source
from dvctt_report.word.tree import MC, WP, R, children, descendants

_RUN_ORDER = """
rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs
em lang eastAsianLayout specVanish oMath
"""
_PARAGRAPH_ORDER = """
pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange
"""
_SECTION_ORDER = """
headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType
cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange
"""
_ROW_ORDER = "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing"
_TABLE_ORDER = """
tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd
tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription
"""
_RUN, _PARAGRAPH, _SECTION = _RUN_ORDER.split(), _PARAGRAPH_ORDER.split(), _SECTION_ORDER.split()
_ROW, _TABLE = _ROW_ORDER.split(), _TABLE_ORDER.split()


Mended: TypeAlias = tuple[tuple[LintFinding, int], ...]
"""The findings that were mended wholly, each with its number of changes."""


def fix(source: Source, findings: Iterable[LintFinding]) -> tuple[bytes, Mended]:
    """Mend the looks that the findings are about, and return the bytes of the copy with what was done.

    ``source`` must be the one that the findings were made from; its trees are changed.
    """
    wanted = [f for f in findings if f.outcome is Outcome.FAIL and f.mends]
    if not wanted:
        return source.data, ()
    done: list[tuple[LintFinding, int]] = []
    before = snapshot(source)
    added: dict[str, bytes] = {}
    for finding in wanted:
        # One that can't be made whole is left as it is: what was changed of it would be told nowhere.
        if all(map(_applies, finding.mends)):
            for mend in finding.mends:
                _apply(source, mend, added)
            done.append((finding, len(finding.mends)))
    return repack(source, before, added), tuple(done)


_OF_RUNS = frozenset({"font", "size", "bold", "italic", "underline", "caps", "black"})


def _applies(mend: Mend) -> bool:
    """Whether a change can be made: a field without a run has no look of its own."""
    return mend.kind not in _OF_RUNS or bool(mend.element.tag == f"{W}r")


def _apply(source: Source, mend: Mend, added: dict[str, bytes]) -> None:
    match mend.kind:
        case "font":
            font = str(mend.value)
            fonts = put(_properties(mend.element, "rPr"), "rFonts", _RUN)
            fonts.attrib.clear()
            for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
                fonts.set(f"{W}{slot}", font)
        case "size":
            for name in ("sz", "szCs"):
                put(_properties(mend.element, "rPr"), name, _RUN).set(f"{W}val", str(round(mend.value * 2)))
        case "bold" | "italic":
            toggle = put(_properties(mend.element, "rPr"), mend.kind[0], _RUN)
            toggle.set(f"{W}val", "1" if mend.value else "0")
        case "underline":
            put(_properties(mend.element, "rPr"), "u", _RUN).set(f"{W}val", "none")
        case "caps":
            put(_properties(mend.element, "rPr"), "caps", _RUN).attrib.clear()
        case "black":
            properties = _properties(mend.element, "rPr")
            for name in ("highlight", "shd"):
                for old in properties.findall(f"{W}{name}"):
                    properties.remove(old)
            colour = put(properties, "color", _RUN)
            colour.attrib.clear()
            colour.set(f"{W}val", "auto")
        case "keep_next":
            put(_properties(mend.element, "pPr"), "keepNext", _PARAGRAPH).attrib.clear()
        case "repeat_head" | "whole_rows":
            rows = [child for child in children(mend.element) if child.tag == f"{W}tr"]
            for row in rows[:1] if mend.kind == "repeat_head" else rows:
                put(_properties(row, "trPr", after="tblPrEx"), _OF_ROWS[mend.kind], _ROW).attrib.clear()
        case "borderless":
            _clear_borders(mend.element)
        case "rule":
            _draw_rule(mend.element, *mend.value)
        case "gone":
            _take_away(mend.element)
        case "align":
            put(_properties(mend.element, "pPr"), "jc", _PARAGRAPH).set(f"{W}val", mend.value)
        case "before":
            _set_before(mend.element, float(mend.value))
        case "line":
            spacing = put(_properties(mend.element, "pPr"), "spacing", _PARAGRAPH)
            spacing.set(f"{W}line", str(round(mend.value[1] * 240)))
            spacing.set(f"{W}lineRule", "auto")
        case "margin":
            side, length = mend.value
            put(mend.element, "pgMar", _SECTION).set(f"{W}{side}", str(length))
        case "indent":
            _set_indent(mend.element, int(mend.value))
        case "title_page":
            put(mend.element, "titlePg", _SECTION).attrib.clear()
        case "restart":
            put(mend.element, "pgNumType", _SECTION).set(f"{W}start", str(mend.value))
        case "page_number":
            added.update(add_page_number(source, mend.element))
            put(mend.element, "titlePg", _SECTION).attrib.clear()


def put(parent: Any, name: str, order: list[str]) -> Any:
    """The child ``name`` of ``parent``, made at its place in the schema's order where there is none."""
    found = parent.find(f"{W}{name}")
    if found is not None:
        return found
    made = etree.Element(f"{W}{name}")
    later = {f"{W}{n}" for n in order[order.index(name) + 1 :]}
    at = next((i for i, child in enumerate(parent) if child.tag in later), len(parent))
    parent.insert(at, made)
    return made


def _properties(element: Any, name: str, after: str = "") -> Any:
    """The properties of an element, made in the first place or behind its child ``after``."""
    found = element.find(f"{W}{name}")
    if found is None:
        found = etree.Element(f"{W}{name}")
        element.insert(int(bool(after) and element.find(f"{W}{after}") is not None), found)
    return found


_OF_ROWS = {"repeat_head": "tblHeader", "whole_rows": "cantSplit"}
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _clear_borders(table: Any) -> None:
    borders = put(_properties(table, "tblPr"), "tblBorders", _TABLE)
    for old in [*borders, *table.iter(f"{W}tcBorders")]:
        old.getparent().remove(old)
    for edge in _EDGES:
        etree.SubElement(borders, f"{W}{edge}").set(f"{W}val", "nil")


def _draw_rule(paragraph: Any, length: float, depth: float) -> None:
    """Draw a line of so many mm in the middle below a paragraph whose letters end at ``depth`` mm."""
    root = paragraph.getroottree().getroot()
    taken = [int(p.get("id", "0")) for p in root.iter(f"{WP}docPr") if p.get("id", "").isdigit()]
    run = rule("motto", max(taken, default=0) + 1, length).replace("<w:r>", f"<w:r {DECLARATIONS}>", 1)
    made = etree.fromstring(run)
    next(made.iter(f"{WP}posOffset")).text = str(round(depth * EMU_PER_MM))
    paragraph.append(made)


def _take_away(element: Any) -> None:
    """Take away a drawing with the run that it stands alone in, or a paragraph that is a typed line."""
    if element.tag == f"{W}p":
        alone = len(element.getparent().findall(f"{W}p")) == 1
        for run in list(element.iter(f"{W}r")) if alone else ():
            run.getparent().remove(run)
        if not alone:
            element.getparent().remove(element)
        return
    outer = [element, *element.iterancestors(f"{MC}AlternateContent")][-1]
    run = outer.getparent()
    bare = run.tag == f"{W}r" and all(child in (outer, run.find(f"{W}rPr")) for child in run)
    gone = run if bare else outer
    gone.getparent().remove(gone)


def _set_before(paragraph: Any, points: float) -> None:
    spacing = put(_properties(paragraph, "pPr"), "spacing", _PARAGRAPH)
    for name in ("beforeLines", "beforeAutospacing"):
        spacing.attrib.pop(f"{W}{name}", None)
    spacing.set(f"{W}before", str(round(points * 20)))


def _set_indent(paragraph: Any, first: int) -> None:
    """Let the first line alone begin ``first`` twips in, and take away tabs and blanks typed before it."""
    indent = put(_properties(paragraph, "pPr"), "ind", _PARAGRAPH)
    indent.attrib.clear()
    indent.set(f"{W}left", "0")
    indent.set(f"{W}firstLine", str(first))
    for node in list(descendants(paragraph, f"{W}t", f"{W}tab")):
        if node.tag == f"{W}tab":
            if node.getparent().tag == f"{W}r":
                node.getparent().remove(node)
        elif (node.text or "").strip():
            node.text = (node.text or "").lstrip(" \u00a0")
            return
        else:
            node.text = ""


def describe_fixes(done: Iterable[tuple[LintFinding, int]]) -> tuple[tuple[str, str, int], ...]:
    """What was mended, told once for alike places: code, "found → right", at how many places."""
    count = Counter((f.code, f"{f.found} → {f.expected}") for f, _ in done)
    return tuple((code, change, n) for (code, change), n in count.items())


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
