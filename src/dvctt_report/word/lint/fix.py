"""Mend in a copy how letters, paragraphs and pages look; no letter, figure or sign of the text changes.

The document itself is never written to. python-docx makes the changes; XML of its own has what it has no word
for: fonts of other scripts, rows, borders, lines that are drawn, where page numbers begin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, TypeAlias, get_args

from lxml import etree

from dvctt_report.word.lint.check import Mend, OfLetters
from dvctt_report.word.lint.outcome import LintFinding, Outcome
from dvctt_report.word.nd30.format import component
from dvctt_report.word.nd30.metrics import EMU_PER_MM, FONT
from dvctt_report.word.package import open_to_change, saved
from dvctt_report.word.source import Source
from dvctt_report.word.tree import DECLARATIONS, MC, WP, W, children, descendants
from dvctt_report.word.xml import page_field, rule

Mended: TypeAlias = tuple[tuple[LintFinding, int], ...]
"""The findings that were mended wholly, each with its number of changes."""
_BEHIND_NUMBERS = (
    *("w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi"),
    *("w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange"),
)
_BEHIND_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption", "w:tblDescription")
"""What stands behind the two in the schema's order."""


def fix(source: Source, findings: Iterable[LintFinding]) -> tuple[bytes, Mended]:
    """Mend the looks that the findings are about, and return the bytes of the copy with what was done.

    ``source`` must be the one that the findings were made from. Raises Refused as ``open_to_change`` does.
    """
    wanted = [f for f in findings if f.outcome is Outcome.FAIL and f.mends]
    if not wanted:
        return source.data, ()
    document, theirs = open_to_change(source)
    done: list[tuple[LintFinding, int]] = []
    for finding in wanted:
        # One that can't be made whole is left as it is: what was changed of it would be told nowhere.
        # A field without a run has no look of its own.
        of_letters = get_args(OfLetters)
        mends = [m for m in finding.mends if m.kind not in of_letters or m.element.tag == f"{W}r"]
        if len(mends) == len(finding.mends) and all(mend.element in theirs for mend in mends):
            for mend in mends:
                _apply(document, mend, theirs[mend.element])
            done.append((finding, len(mends)))
    return saved(document), tuple(done)


def _apply(document: Any, mend: Mend, element: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.section import Section
    from docx.shared import Pt, Twips
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    shape = Paragraph(element, document._body).paragraph_format if element.tag == f"{W}p" else None
    match mend.kind:
        case "bold" | "italic" | "underline" | "caps":
            switch = "all_caps" if mend.kind == "caps" else mend.kind
            setattr(Run(element, document._body).font, switch, mend.value)
        case "size":
            Run(element, document._body).font.size = Pt(mend.value)
        case "font":
            fonts = element.get_or_add_rPr().get_or_add_rFonts()
            fonts.attrib.clear()
            for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
                fonts.set(f"{W}{slot}", FONT)
        case "black":
            properties = element.get_or_add_rPr()
            for old in [*properties.iterchildren(f"{W}highlight", f"{W}shd")]:
                properties.remove(old)
            colour = properties.get_or_add_color()
            colour.attrib.clear()
            colour.set(f"{W}val", "auto")
        case "align" if shape:
            shape.alignment = WD_ALIGN_PARAGRAPH.from_xml(mend.value)
        case "keep_next" if shape:
            shape.keep_with_next = True
        case "line" if shape:
            shape.line_spacing = mend.value
        case "before" if shape:
            shape.space_before = Pt(mend.value)
            for name in ("beforeLines", "beforeAutospacing"):
                element.pPr.spacing.attrib.pop(f"{W}{name}", None)
        case "indent" if shape:
            element.get_or_add_pPr().get_or_add_ind().attrib.clear()
            shape.left_indent, shape.first_line_indent = Twips(0), Twips(mend.value)
            _clear_start(element)
        case "margin":
            setattr(Section(element, document.part), f"{mend.value[0]}_margin", Twips(mend.value[1]))
        case "title_page":
            Section(element, document.part).different_first_page_header_footer = True
        case "page_number":
            _add_page_number(Section(element, document.part))
        case "restart":
            _put(element, "pgNumType", _BEHIND_NUMBERS).set(f"{W}start", str(mend.value))
        case "repeat_head" | "whole_rows":
            rows = [child for child in children(element) if child.tag == f"{W}tr"]
            for row in rows[:1] if mend.kind == "repeat_head" else rows:
                name = "tblHeader" if mend.kind == "repeat_head" else "cantSplit"
                _put(row.get_or_add_trPr(), name, ()).attrib.clear()
        case "borderless":
            borders = _put(element.tblPr, "tblBorders", _BEHIND_BORDERS)
            for old in [*borders, *element.iter(f"{W}tcBorders")]:
                old.getparent().remove(old)
            for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
                etree.SubElement(borders, f"{W}{edge}").set(f"{W}val", "nil")
        case "rule":
            # A line of so many mm in the middle below a paragraph whose letters end so many mm below its top.
            length, depth = mend.value
            root = element.getroottree().getroot()
            taken = [int(p.get("id", "0")) for p in root.iter(f"{WP}docPr") if p.get("id", "").isdigit()]
            xml = rule("motto", max(taken, default=0) + 1, length)
            made = etree.fromstring(xml.replace("<w:r>", f"<w:r {DECLARATIONS}>", 1))
            next(made.iter(f"{WP}posOffset")).text = str(round(depth * EMU_PER_MM))
            element.append(made)
        case "gone":
            _take_away(element)


def _put(parent: Any, name: str, behind: Iterable[str]) -> Any:
    """The child ``name`` of ``parent``, made before those ``behind`` it where there is none."""
    from docx.oxml import OxmlElement

    made = parent.find(f"{W}{name}")
    if made is None:
        made = OxmlElement(f"w:{name}")
        parent.insert_element_before(made, *behind)
    return made


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


def _clear_start(paragraph: Any) -> None:
    """Take away tabs and blanks typed before the first letter."""
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


def _add_page_number(section: Any) -> None:
    """Give the section a header with a centred PAGE field, as the last paragraph of one that is there.

    A number at the foot is taken out where it is a paragraph of its own.
    """
    footers = (section.footer, section.first_page_footer, section.even_page_footer)
    own = (footer._element for footer in footers if not footer.is_linked_to_previous)
    for paragraph in [p for footer in own for p in footer.iter(f"{W}p")]:
        fields = paragraph.iter(f"{W}fldSimple", f"{W}instrText")
        codes = [field.get(f"{W}instr") or field.text or "" for field in fields]
        text = "".join(t.text or "" for t in paragraph.iter(f"{W}t")).strip()
        if any("PAGE" in code.split() for code in codes) and (not text or text.isdigit()):
            for child in [c for c in paragraph if c.tag != f"{W}pPr"]:
                paragraph.remove(child)
    if section.header.is_linked_to_previous:
        section.header.is_linked_to_previous = False
        for empty in [*section.header._element]:
            section.header._element.remove(empty)
    size = round(component("page_number").size * 2)
    fonts = "".join(f' w:{slot}="{FONT}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    look = f'<w:rPr><w:rFonts{fonts}/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    field = page_field().replace("<w:r>", f"<w:r>{look}")
    xml = f'<w:p {DECLARATIONS}><w:pPr><w:jc w:val="center"/></w:pPr>{field}</w:p>'
    section.header._element.append(etree.fromstring(xml))
    section.different_first_page_header_footer = True
