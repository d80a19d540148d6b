"""What the linter does with files and folders, no terminal known: judge; write notes, slip, mended copy.

What is mended is how letters, paragraphs and pages look; no letter, figure or sign of the text changes, and
the document itself is never written to. python-docx makes the changes; XML of its own has what it has no word
for: fonts of other scripts, rows, borders, lines that are drawn, where page numbers begin.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, get_args

from lxml import etree

from dvctt_report.files.writing import write_beside
from dvctt_report.model.severity import Severity
from dvctt_report.text.grouping import by_key
from dvctt_report.text.opening import read_file
from dvctt_report.text.patterns import lazy_pattern
from dvctt_report.word.document import Paragraph
from dvctt_report.word.lint import lint_source, outcome
from dvctt_report.word.lint.check import BLOCK_NAMES, Block, Mend, OfLetters, Settings, quote
from dvctt_report.word.nd30 import EMU_PER_MM, FONT, LINE_EM, POINTS_PER_MM, component, count_lines
from dvctt_report.word.package import HEADERS, MARK, open_to_change, with_comments, write_package
from dvctt_report.word.source import Refused, Source, parse_source, read_source, repack, snapshot
from dvctt_report.word.tree import AUTHOR, DECLARATIONS, MC, NAMES, WP, W, children, descendants
from dvctt_report.word.xml import PAGE_FIELD, WordCell, WordRow, cell, paragraph, rule, run, section, table

_MARKED, _SLIP, _MENDED = " (ghi chú)", "Phiếu kiểm tra - ", " (đã sửa)"
_OURS = lazy_pattern(
    rf"{re.escape(_SLIP)}.*|.*(?:{re.escape(_MARKED)}|{re.escape(_MENDED)})(?: \(\d+\))?|~\$.*"
)
"""How the names of files are made that the linter wrote itself, and of locks that Word leaves."""
_NUMBERED = lazy_pattern(rf"{re.escape(_MARKED)}(?: \(\d+\))?$")
_UNMARK = 'Tệp có ghi chú của chương trình, không xét đến; bỏ hẳn: dvctt-report lint --unmark "{}"'


@dataclass(frozen=True, slots=True)
class Done:
    """One file: what was found, and in Vietnamese what was written or why not."""

    path: Path
    verdict: outcome.FileVerdict
    messages: tuple[str, ...] = ()


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The Word files among ``paths`` and in folders below them, without those the linter wrote itself."""
    files: list[Path] = []
    for path in paths:
        within = path.rglob("*") if path.is_dir() else ()
        word = (file for file in within if file.suffix.lower() in (".docx", ".doc") and file.is_file())
        files += sorted(file for file in word if not _OURS.fullmatch(file.stem)) if path.is_dir() else [path]
    return list(dict.fromkeys(files))


def judge(
    path: Path, settings: Settings, *, marked: bool = False, slip: bool = False, mended: bool = False
) -> Done:
    """Judge one file; write beside it a marked copy, a slip, a mended copy. Raises OSError as files do."""
    try:
        source = read_source(path)
        was_marked = bool(our_comments(source))
        if was_marked:
            source = parse_source(unmark(source))
        verdict = lint_source(source, path.name, settings)
    except Refused as refused:
        status, why, remedy = outcome.Status.REFUSED, refused.reason, refused.remedy
        return Done(path, outcome.FileVerdict(path.name, status, reason=why, remedy=remedy))
    if verdict.status is not outcome.Status.CHECKED:
        return Done(path, verdict)
    messages = [_UNMARK.format(path)] if was_marked else []
    if slip:
        written = write_beside(path.with_name(f"{_SLIP}{path.stem}.docx"), write_slip(verdict))
        messages.append(f"Phiếu kiểm tra thể thức: {written}")
    if marked and verdict.count():
        try:
            # Beside the original, over an earlier copy unless someone has worked in that.
            stem, numbers = _NUMBERED.sub("", path.stem), ("" if n == 1 else f" ({n})" for n in count(1))
            copies = (path.with_name(f"{stem}{_MARKED}{number}.docx") for number in numbers)
            ours = (c for c in copies if not c.exists() or read_file(c)[-len(MARK) :] == MARK)
            target = next(copy for copy in ours if copy != path)
            written = write_beside(target, mark(source, verdict))
            messages.append(f"Bản có ghi chú trong Word: {written}")
        except Refused as refused:
            messages.append(f"{refused.reason}. {refused.remedy}")
    elif marked:
        messages.append("Không có gì để ghi chú; không ghi bản sao.")
    if mended:
        try:
            content, done = mend_file(path, settings)
        except Refused as refused:
            return Done(path, verdict, (*messages, f"{refused.reason}. {refused.remedy}"))
        if done:
            written = write_beside(path.with_name(f"{path.stem}{_MENDED}.docx"), content)
            changes = Counter(f"  {f.code}: {f.found} → {f.expected}" for f in done)
            messages.append(f"Bản sao đã sửa: {written}")
            messages += [change + (f" ({n} chỗ)" if n > 1 else "") for change, n in changes.items()]
        else:
            messages.append("Không có nội dung nào sửa tự động được; không ghi bản sao.")
    return Done(path, verdict, tuple(messages))


def clear(path: Path) -> str:
    """Write the document without our comments beside the marked copy and say so. Raises Refused, OSError."""
    source = read_source(path)
    if not our_comments(source):
        return f"“{path.name}” không có ghi chú của chương trình."
    target = path.with_name(f"{_NUMBERED.sub('', path.stem)} (bỏ ghi chú).docx")
    written = write_beside(target, unmark(source))
    return f"Bản không còn ghi chú của chương trình: {written}"


_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_SHORTLY = 20  # How many further places of one fact are marked, with a few words each; the rest is counted
ROOM = 420.0
"""Height in mm that the table may take, so that head and foot of the slip stand on the same two pages."""
_WIDTHS = (12.0, 42.0, 38.0, 23.0, 50.0)
_HEADS = ("STT", "Lỗi", "Vị trí", "Căn cứ", "Cách sửa")
_PADDING = 3.0
_TEXT = component("cell_text")
_LINE = _TEXT.size * LINE_EM / POINTS_PER_MM
_QUOTED = 40  # Characters of the document's words that a row quotes


def mark(source: Source, verdict: outcome.FileVerdict) -> bytes:
    """Return the marked copy's bytes. ``source`` is the one that was judged; its trees are changed."""
    paragraphs = list(source.main_tree.iter(f"{W}p"))
    order = {id(p): at for at, p in enumerate(paragraphs)}
    notes: dict[int, list[str]] = {}
    for group in outcome.group_faults(verdict.findings):
        first, level = group.finding, group.finding.level.word.capitalize()
        right = f"; đúng: {first.expected}" if first.expected else ""
        more = f" Còn {group.n_more} chỗ khác như vậy." if group.n_more else ""
        # Where the paragraph doesn't show what it is about, the place is named.
        place = f"{first.place}: " if first.spot.paragraph is None or "trang" in first.place.lower() else ""
        whole = f"{level}: {place}{first.found}{right}. Cách sửa: {first.fix}.{more}"
        for n, finding in enumerate(group.findings[: _SHORTLY + 1]):
            again = f"{level}: {finding.found} (như đã ghi chú ở trên)."
            line = again if n else f"{whole} ({first.source}; {first.code})"
            lines = notes.setdefault(order[id(_in_body(source, finding.spot.paragraph))], [])
            lines += [line] if line not in lines else []
    return with_comments(source, [(paragraphs[at], notes[at]) for at in sorted(notes)])


def unmark(source: Source) -> bytes:
    """Return the document without our comments, those of people left in. The trees are changed."""
    beside = [part for kind, part in source.related.values() if kind in ("commentsExtended", "commentsIds")]
    roots = [root for part in beside if (root := source.tree(part)) is not None]
    comments = our_comments(source)
    source.tree(source.main)
    before = snapshot(source)
    gone, paragraphs = set[str](), set[str]()
    for comment in comments:
        gone.add(comment.get(f"{W}id", ""))
        paragraphs |= {p.get(f"{_W14}paraId", "") for p in comment.iter(f"{W}p")}
        comment.getparent().remove(comment)
    for entry in [entry for root in roots for entry in root]:
        named = {etree.QName(name).localname: value for name, value in entry.attrib.items()}
        if named.get("paraId") in paragraphs:
            entry.getparent().remove(entry)
        elif named.get("paraIdParent") in paragraphs:  # the answer to a comment of ours stands by itself
            del entry.attrib[f"{_W15}paraIdParent"]
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for element in list(source.main_tree.iter(f"{W}{tag}")):
            if element.get(f"{W}id") in gone:
                around = element.getparent()
                around.remove(element)
                if tag == "commentReference" and all(c.tag == f"{W}rPr" for c in around):
                    around.getparent().remove(around)
    return repack(source, before)


def our_comments(source: Source) -> list[Any]:
    """The comments of a document that the linter wrote."""
    parts = (source.tree(part) for kind, part in source.related.values() if kind == "comments")
    comments = (comment for root in parts if root is not None for comment in root)
    return [comment for comment in comments if comment.get(f"{W}author") == AUTHOR]


def _in_body(source: Source, paragraph: Paragraph | None) -> Any:
    """The paragraph of the body that may bear a comment: around a text box, else the nearest with text."""
    # LibreOffice drops one of two comments at a paragraph without letters of its own.
    main, here = source.main_tree, None
    if paragraph is not None and paragraph.part == source.main:
        here = [paragraph.element, *paragraph.element.iterancestors(f"{W}p")][-1]
        if here is paragraph.element or _has_letters(here):
            return here
    boxes = (f"{W}txbxContent", f"{MC}Fallback")
    plain = [p for p in main.iter(f"{W}p") if next(p.iterancestors(*boxes), None) is None]
    behind = plain[plain.index(here) :] if here is not None else plain
    return next(filter(_has_letters, behind), here if here is not None else next(main.iter(f"{W}p")))


def _has_letters(paragraph: Any) -> bool:
    """Whether a paragraph holds text that isn't its boxes'."""
    return any(t.text and next(t.iterancestors(f"{W}p")) is paragraph for t in paragraph.iter(f"{W}t"))


def write_slip(verdict: outcome.FileVerdict) -> bytes:
    """Return the bytes of the slip for one checked document: errors and warnings, alike ones in a row.

    No mend is shortened; what doesn't fit on two pages is told by its codes.
    """
    # What one check finds wrong with the same words is one row: a day and a month are mended in one go.
    together = [t for t in outcome.group_faults(verdict.findings) if t.finding.level is not Severity.INFO]
    keys = ((t.finding.code, t.finding.level, t.finding.place, t.finding.text, t.n_more) for t in together)
    rows = list(by_key(zip(keys, together, strict=True)).values())
    undecided = outcome.group_faults(verdict.findings, outcome.Outcome.NOT_EVALUATED)
    pending = list(dict.fromkeys(f"{t.finding.found} ({t.finding.code})" for t in undecided))
    pending += filter(None, (outcome.left_blank(verdict),))
    counts = verdict.count()
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    joined = f"; các chỗ cùng một lỗi gộp lại, còn {len(rows)} dòng" if len(rows) < errors + warnings else ""
    found = f"{errors} chỗ sai quy định (lỗi), {warnings} chỗ khác mẫu hoặc thông lệ (cảnh báo){joined}"
    if not errors and not warnings:
        found = "không phát hiện lỗi thể thức trong các nội dung được kiểm tra"
        if pending:
            found = "chưa thấy lỗi thể thức ở các nội dung xét được; còn nội dung chưa xét được, nêu ở dưới"
    number = re.sub(r"^số\s*:?\s*", "", verdict.number, flags=re.IGNORECASE)
    above = (
        f"Văn bản: {verdict.kind}{f', số: {number}' if number else ''}; tệp {verdict.file}",
        f"Kết quả: {found}.",
    )
    # The first rows that fit, each block of the page under its name.
    used, room = 0.0, ROOM - (len(pending) + len(Block)) * _LINE
    shown, n_shown = [WordRow(tuple(cell("column", head) for head in _HEADS), header=True)], 0
    for row in rows:
        texts, block = _row_texts(row), row[0].finding.spot.block
        widths = (width - _PADDING for width in _WIDTHS[1:])
        n_lines = [count_lines(text, width, _TEXT) for text, width in zip(texts, widths, strict=True)]
        used += max(n_lines) * _LINE + (_TEXT.before + _TEXT.after) / POINTS_PER_MM
        if used > room:
            break
        if not n_shown or block is not rows[n_shown - 1][0].finding.spot.block:
            shown.append(WordRow((cell("group_text", BLOCK_NAMES[block], span=len(_HEADS)),)))
        n_shown += 1
        written = (WordCell(paragraph("cell_text", run(text))) for text in texts)
        shown.append(WordRow((cell("cell_center", str(n_shown)), *written)))
    below: list[str] = []
    if left_out := rows[n_shown:]:
        codes = ", ".join(dict.fromkeys(row[0].finding.code for row in left_out))
        below.append(f"Còn {len(left_out)} lỗi, cảnh báo khác, xem kết quả trên màn hình: {codes}.")
    below += ["Chưa xét được, người kiểm tra tự xem:"] if pending else []
    below += [f"- {reason}{'.' if at == len(pending) else ';'}" for at, reason in enumerate(pending, 1)]
    below.append(f"Người kiểm tra: {'.' * 40}   Ngày {'.' * 8} tháng {'.' * 8} năm {'.' * 10}")
    decree = "(Theo Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ)"
    parts = [paragraph("kind", run("PHIẾU KIỂM TRA THỂ THỨC")), paragraph("annex_of", run(decree))]
    parts += [paragraph("note", run(text)) for text in above]
    parts += [paragraph("section_end"), table(_WIDTHS, shown)] if n_shown else []
    parts += [paragraph("note", run(text)) for text in below]
    return write_package("".join(parts) + section(HEADERS), "Phiếu kiểm tra thể thức", "dvctt-report")


def _row_texts(row: Sequence[outcome.FaultGroup]) -> tuple[str, str, str, str]:
    """What stands in the columns of a row, its number apart; only the document's own words are shortened."""
    first = row[0].finding
    more = f" (và {row[0].n_more} chỗ khác)" if row[0].n_more else ""
    found = "; ".join(dict.fromkeys(group.finding.found for group in row))
    mend = "; ".join(dict.fromkeys(group.finding.fix for group in row))
    where = f"{first.place}: “{quote(first.text, _QUOTED)}”" if first.text else first.place
    page = f", trang {first.spot.page}" if first.spot.page else ""
    lead = f"{first.level.word.capitalize()} ({first.code}): "
    return f"{lead}{found}", f"{where}{more}{page}", first.source.partition(";")[0], mend


_ROUNDS = 4  # larger letters may make a paragraph of one line one of two


def mend_file(path: Path, settings: Settings) -> tuple[bytes, tuple[outcome.LintFinding, ...]]:
    """Check a file and return a copy with its looks mended, and the findings that were.

    Raises Refused where it can't be read, or is protected or digitally signed.
    """
    source, mended = read_source(path), list[outcome.LintFinding]()
    if any(name.startswith("_xmlsignatures/") for name in source.parts):
        raise Refused("Tệp đã ký số, không sửa", "Sửa trên bản chưa ký rồi ký lại.")
    protection = source.beside("settings.xml").find(f"{W}documentProtection")
    if protection is not None and protection.get(f"{W}enforcement") in ("1", "true", "on"):
        raise Refused(
            "Tệp đang khóa chỉnh sửa, không sửa",
            "Mở khóa trong Word (Xem lại, Hạn chế chỉnh sửa) rồi chạy lại.",
        )
    for _ in range(_ROUNDS):
        content, done = fix(source, lint_source(source, path.name, settings).findings)
        if not done:
            break
        mended += done
        source = parse_source(content)
    return source.data, tuple(mended)


def fix(source: Source, findings: Iterable[outcome.LintFinding]) -> tuple[bytes, list[outcome.LintFinding]]:
    """Mend the looks that the findings are about, and return the bytes of the copy with what was done.

    ``source`` must be the one that the findings were made from. Raises Refused as ``open_to_change`` does.
    """
    wanted = [f for f in findings if f.outcome is outcome.Outcome.FAIL and f.mends]
    if not wanted:
        return source.data, []
    document, theirs = open_to_change(source)
    done: list[outcome.LintFinding] = []
    for finding in wanted:
        # One that can't be made whole is left as it is: what was changed of it would be told nowhere.
        # A field without a run has no look of its own.
        of_letters = get_args(OfLetters)
        mends = [m for m in finding.mends if m.kind not in of_letters or m.element.tag == f"{W}r"]
        if len(mends) == len(finding.mends) and all(mend.element in theirs for mend in mends):
            for mend in mends:
                _apply_mend(document, mend, theirs[mend.element])
            done.append(finding)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue(), done


def _apply_mend(document: Any, mend: Mend, element: Any) -> None:
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
            shape.keep_with_next = mend.value
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
            _child_made(element, "pgNumType", NAMES["behind_numbers"]).set(f"{W}start", str(mend.value))
        case "repeat_head" | "whole_rows":
            rows = [child for child in children(element) if child.tag == f"{W}tr"]
            for row in rows[:1] if mend.kind == "repeat_head" else rows:
                name = "tblHeader" if mend.kind == "repeat_head" else "cantSplit"
                _child_made(row.get_or_add_trPr(), name, ()).attrib.clear()
        case "borderless":
            borders = _child_made(element.tblPr, "tblBorders", NAMES["behind_borders"])
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
        case "gone" if shape:  # a typed line
            alone = len(element.getparent().findall(f"{W}p")) == 1
            for gone in [*element.iter(f"{W}r")] if alone else [element]:
                gone.getparent().remove(gone)
        case "gone":  # a drawing, with the run that it stands alone in
            outer = [element, *element.iterancestors(f"{MC}AlternateContent")][-1]
            run = outer.getparent()
            bare = run.tag == f"{W}r" and all(child in (outer, run.find(f"{W}rPr")) for child in run)
            gone = run if bare else outer
            gone.getparent().remove(gone)


def _child_made(parent: Any, name: str, behind: Iterable[str]) -> Any:
    """The child ``name`` of ``parent``, made before those ``behind`` it where there is none."""
    from docx.oxml import OxmlElement

    made = parent.find(f"{W}{name}")
    if made is None:
        made = OxmlElement(f"w:{name}")
        parent.insert_element_before(made, *behind)
    return made


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


def _add_page_number(section: Any) -> None:
    """Give the section a header with a centred PAGE field, as the last paragraph of one that is there."""
    # A number at the foot is taken out where it is a paragraph of its own.
    footers = (section.footer, section.first_page_footer, section.even_page_footer)
    footers_here = (footer._element for footer in footers if not footer.is_linked_to_previous)
    for numbered in [p for footer in footers_here for p in footer.iter(f"{W}p")]:
        fields = numbered.iter(f"{W}fldSimple", f"{W}instrText")
        codes = [field.get(f"{W}instr") or field.text or "" for field in fields]
        text = "".join(t.text or "" for t in numbered.iter(f"{W}t")).strip()
        if any("PAGE" in code.split() for code in codes) and (not text or text.isdigit()):
            for child in [c for c in numbered if c.tag != f"{W}pPr"]:
                numbered.remove(child)
    if section.header.is_linked_to_previous:
        section.header.is_linked_to_previous = False
        for empty in [*section.header._element]:
            section.header._element.remove(empty)
    size = round(component("page_number").size * 2)
    fonts = "".join(f' w:{slot}="{FONT}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    look = f'<w:rPr><w:rFonts{fonts}/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    field = PAGE_FIELD.replace("<w:r>", f"<w:r>{look}")
    xml = f'<w:p {DECLARATIONS}><w:pPr><w:jc w:val="center"/></w:pPr>{field}</w:p>'
    section.header._element.append(etree.fromstring(xml))
    section.different_first_page_header_footer = True
