"""Mend what is safe in a copy: how letters, paragraphs and pages look, and leading zeros; nothing else.

The document itself is never written to. Changes are direct formatting put into the parts in schema order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from lxml import etree

from dvctt_report.lint.check import Mend, letters_of
from dvctt_report.lint.headers import add_page_number
from dvctt_report.lint.outcome import Finding, Outcome
from dvctt_report.nd30.wordxml import W
from dvctt_report.word.repack import repack, snapshot
from dvctt_report.word.source import Source
from dvctt_report.word.tree import descendants

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
_RUN, _PARAGRAPH, _SECTION = _RUN_ORDER.split(), _PARAGRAPH_ORDER.split(), _SECTION_ORDER.split()


def fix(
    source: Source, findings: Iterable[Finding], consent: bool = False
) -> tuple[bytes, tuple[tuple[Finding, int], ...]]:
    """Apply what the findings know to be safe and return the bytes of the copy with what was mended.

    ``consent``: someone has agreed to other indents and signs too.

    Each finding that was mended wholly comes with its number of changes. ``source`` must be the one that the
    findings were made from; its trees are changed.
    """
    done: list[tuple[Finding, int]] = []
    before = snapshot(source)
    added: dict[str, bytes] = {}
    for finding in findings:
        mends = finding.mends or (finding.with_consent if consent else ())
        if finding.outcome is Outcome.FAIL and mends:
            applied = [_apply(source, mend, added) for mend in mends]
            if all(applied):
                done.append((finding, len(applied)))
    return repack(source, before, added), tuple(done)


_OF_RUNS = frozenset({"font", "size", "bold", "italic", "underline"})


def _apply(source: Source, mend: Mend, added: dict[str, bytes]) -> bool:
    if mend.kind in _OF_RUNS and mend.element.tag != f"{W}r":
        return False
    match mend.kind:
        case "font":
            _set_font(mend.element, str(mend.value))
        case "size":
            for name in ("sz", "szCs"):
                put(_properties(mend.element, "rPr"), name, _RUN).set(f"{W}val", str(round(mend.value * 2)))
        case "bold" | "italic":
            toggle = put(_properties(mend.element, "rPr"), mend.kind[0], _RUN)
            toggle.set(f"{W}val", "1" if mend.value else "0")
        case "underline":
            put(_properties(mend.element, "rPr"), "u", _RUN).set(f"{W}val", "none")
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
        case "signs":
            return _set_signs(mend.element, *mend.value)
        case "zero":
            return _set_zero(mend.element, *mend.value)
        case "title_page":
            put(mend.element, "titlePg", _SECTION).attrib.clear()
        case "restart":
            put(mend.element, "pgNumType", _SECTION).set(f"{W}start", str(mend.value))
        case "page_number":
            added.update(add_page_number(source, mend.element))
            put(mend.element, "titlePg", _SECTION).attrib.clear()
    return True


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


def _properties(element: Any, name: str) -> Any:
    found = element.find(f"{W}{name}")
    if found is None:
        found = etree.Element(f"{W}{name}")
        element.insert(0, found)
    return found


def _set_font(run: Any, font: str) -> None:
    fonts = put(_properties(run, "rPr"), "rFonts", _RUN)
    fonts.attrib.clear()
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(f"{W}{slot}", font)


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


def _set_signs(paragraph: Any, old: str, new: str) -> bool:
    """Replace signs and blanks of a line; False where the line isn't found or a letter would change."""
    nodes = list(descendants(paragraph, f"{W}t"))
    at = "".join(node.text or "" for node in nodes).find(old)
    if at < 0 or letters_of(old) != letters_of(new):
        return False
    changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for tag, start, end, first, last in reversed(changes):
        if tag != "equal":
            _replace(nodes, at + start, at + end, new[first:last])
    return True


def _replace(nodes: list[Any], start: int, end: int, text: str) -> None:
    """Put ``text`` in the place of some characters, in the look of those before it."""
    at = 0
    for n, node in enumerate(nodes):
        own = node.text or ""
        low, high = max(start - at, 0), min(end - at, len(own))
        at += len(own)
        if low > len(own) or (low == len(own) and n < len(nodes) - 1 and start == end and not own):
            continue
        if low <= high:
            node.text = own[:low] + text + own[high:]
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            text = ""
        if end <= at:
            return


def _set_zero(paragraph: Any, pattern: str, group: int) -> bool:
    """Put a zero before the figures that ``pattern`` finds, or take away the one they begin with."""
    nodes = list(descendants(paragraph, f"{W}t"))
    text = "".join(node.text or "" for node in nodes)
    found = re.search(pattern, text, re.IGNORECASE)
    if found is None:
        return False
    at = found.start(group)
    for node in nodes:
        own = node.text or ""
        if at < len(own):
            zero = own[at] == "0"
            node.text = own[:at] + (own[at + 1 :] if zero else f"0{own[at:]}")
            return True
        at -= len(own)
    return False


def describe_fixes(done: Iterable[tuple[Finding, int]]) -> tuple[tuple[str, str, int], ...]:
    """What was mended, told once for alike places: code, "found → right", at how many places."""
    count = Counter((f.code, f"{f.found} → {f.expected}") for f, _ in done)
    return tuple((code, change, n) for (code, change), n in count.items())
