"""What is odd about the sheets of a return though its figures were found: told, so that nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from dvctt_report.files.cells import CellKind, Sheet, Workbook, address, column_letters
from dvctt_report.files.extents import is_number, page_of
from dvctt_report.forms.form import COVER, key_of
from dvctt_report.forms.layout import WEIGHT_COLUMN
from dvctt_report.intake.comparison import Difference, DifferenceKind, extra_sheets, is_shown
from dvctt_report.intake.locate import Located, closed_cells
from dvctt_report.intake.reading import first_of, quote, shortened
from dvctt_report.intake.remark_words import RemarkWords, without_notice
from dvctt_report.intake.tables import SheetBlock, label_columns
from dvctt_report.model import CellRef, FieldRef, Finding, Key, Submission
from dvctt_report.model.codes import finding
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Item
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import clean_text, join_names, key

_MANY_TOLD = 20
"""Figures and texts that one finding names one by one: a unit that lists its cases adds hundreds."""
_FEW_TOLD = 3
"""Texts of the form that one finding quotes."""
_OF_DOCUMENT = Key(COVER, "document_number"), Key(COVER, "sent_on")
_STATES = {"visible": "", "hidden": " (ẩn)", "very_hidden": " (ẩn)"}


def check_sheets(
    book: Workbook, located: Located, file: str, unit: str, items: Mapping[str, Item]
) -> Iterator[Finding]:
    """Yield what is odd about the layout of a return, what is hidden, drawn over, noted: NH44 to NH56."""
    for used, others in dict.fromkeys((used, others) for _, used, others in located.copies):
        left = f"bỏ qua {join_names(f'“{name}”' for name in others)} (trống hoặc giống hệt)"
        message = f"biểu có hai bản trong tệp; dùng trang tính “{used}”, {left}"
        yield finding("NH45", message, None, CellRef(file, used), unit)
    if recognised := dict.fromkeys(block.sheet.name for block in located.blocks if block.by_label):
        names = join_names(f"“{name}”" for name in recognised)
        message = f"mất mã dòng, cột của biểu; nhận theo tiêu đề và nhãn in sẵn ở trang tính {names}"
        related = tuple(CellRef(file, name) for name in recognised)
        yield finding("NH50", message, None, CellRef(file), unit, related=related)
    for block in located.blocks:
        for name in (c.header for twice in block.twice for c in block.table.columns if c.key == twice):
            fix, at = "Xóa cột chép thừa, giữ một cột.", CellRef(file, block.sheet.name)
            yield finding("NH11", f"bảng có hai cột “{name}”", fix, at, unit)
    for area, keys, name in located.shared:
        which = "dòng" if area.last_row > area.first_row else "cột"
        places = [located.places[key].at for key in keys]
        at = CellRef(file, name, address(area.first_row, area.first_column))
        message = f"ô gộp {area.ref}: số liệu thuộc {which} nào?"
        if places[0].cell != at.cell:
            message = f"ô gộp {area.ref} che nội dung ghi ở ô {places[0].cell}"
        about = keys[0].item if keys[0].item in items else ""
        yield finding("NH53", message, None, at, unit, about, keys[0].field, related=tuple(places[1:]))
    for sheet in book.sheets:
        blocks = [b for b in located.blocks if b.sheet is sheet]
        at = CellRef(file, sheet.name)
        yield from _hidden(sheet, blocks, at, unit)
        # Numbers in cells that the form shades grey; a 0, which formulas leave there, says nothing.
        for block, (row, column, answer) in ((b, cell) for b in blocks for cell in closed_cells(b)):
            cell, item = block.cell(row, column), items.get(answer.item)
            if cell is None or not is_number(cell) or not re.search(r"[1-9]", cell.raw):
                continue
            where, about = f"{answer.part}: " if answer.part else "", f", “{item.label}”" if item else ""
            message = f"{where}ghi {quote(cell.raw)} ở ô này không phải ghi{about}; "
            message += "số không được cộng vào đâu"
            fix = f"Chuyển số vào ô đúng nội dung, hoặc xóa số ở ô {cell.address}."
            refs = (replace(at, cell=cell.address), unit, answer.item if item else "", answer.field, cell.raw)
            yield finding("NH56", message, fix, *refs)
        yield from _drawn(sheet, blocks, located, at, unit)
    if extra := extra_sheets(book, located):
        names = join_names(f"“{s.name}”{_STATES[s.state]}" for s in extra)
        yield finding("NH49", f"trang tính ngoài biểu, không đọc: {names}", "", CellRef(file), unit)
    for block in located.blocks:  # notes pinned to answers, word for word
        for row, column, answer in block.answers if block.sheet.notes else ():
            text = clean_text(without_notice(block.sheet.notes.get(block.place(row, column), "")))
            if text and answer in located.places:
                message = f"ô có ghi chú gắn kèm, không đưa vào báo cáo: {quote(text)}"
                about = answer.item if answer.item in items else ""
                yield finding("NH54", message, "", located.places[answer].at, unit, about, answer.field, text)


def check_pictures(book: Workbook, located: Located, file: str) -> Finding | None:
    """Return the refusal of a file that has pictures where its figures should stand (NH47); else None."""
    pictured = [sheet for sheet in book.sheets if sheet.n_pictures]
    if not pictured or any(_has_numbers(block, located) for block in located.blocks):
        return None
    message = f"bảng là ảnh, không đọc được số liệu (trang tính “{pictured[0].name}”)"
    return finding("NH47", message, None, _under_picture(pictured[0], CellRef(file, pictured[0].name)))


def _under_picture(sheet: Sheet, at: CellRef) -> CellRef:
    """The first cell that a picture hides, where that is known."""
    area = next(iter(sheet.covered), None)
    return replace(at, cell=address(area.first_row, area.first_column)) if area is not None else at


def check_rivals(located: Located, file: str, unit: str, items: Mapping[str, Item]) -> Iterator[Finding]:
    """Yield the tables that several sheets fill in differently (NH46): their figures wait, no others."""
    tables = by_key((sheets, table.id) for table, sheets in located.rivals)
    for sheets, ids in tables.items():
        message = f"các trang tính {join_names(f'“{name}”' for name in sheets)} cùng khớp một bảng của biểu, "
        message += "số liệu khác nhau; chưa dùng số liệu ở đó"
        keys = [k for block in located.blocks if block.table.id in ids for _, _, k in block.answers]
        own, *others = dict.fromkeys(FieldRef(k.item, k.field) for k in keys if k.item in items)
        cell = next((located.places[k].at.cell for k in keys if k in located.places), "")
        at, *related = (CellRef(file, s, cell) for s in sheets)
        rivals = finding("NH46", message, None, at, unit, own.item, own.field, related=tuple(related))
        yield replace(rivals, against=tuple(others))


_CODES: dict[DifferenceKind, str] = {
    **{"other": "NH57", "unseen": "NH57", "unit": "NH58", "period": "NH59", "number": "NH52"},
    **dict.fromkeys(("corrected", "draft", "withdrawn"), "NH69"),
    "beside": "NH79",
}
_SAYS: dict[DifferenceKind, str] = {
    **{"unit": "đơn vị tính hoặc hệ số", "period": "kỳ khác", "corrected": "số khác hoặc phạm vi khác"},
    **{"draft": "số chưa chính thức", "withdrawn": "bỏ, sửa hoặc thu hồi"},
}


def check_differences(
    differences: Iterable[Difference], unit: str, items: Mapping[str, Item]
) -> Iterator[Finding]:
    """What differs from the form as issued (NH52, NH57, NH58, NH59, NH69, NH79); NH87: all that is shown."""
    shown: list[Difference] = []
    for one in differences:
        if one.kind == "shown":
            shown.append(one)
            continue
        refs = tuple(dict.fromkeys(FieldRef(k.item, k.field) for k in one.keys if k.item in items))
        own = refs[0] if refs and not one.whole else FieldRef("", "")
        parts = {k.part for k in one.keys}
        seen, out = quote(one.seen), f"chưa dùng số liệu của {'cả báo cáo' if one.whole else one.where}"
        fix = "Đề nghị đơn vị ghi lại vào biểu mẫu đã cấp, không sửa phần in sẵn."
        if one.kind == "beside":
            message, out = f"trang tính ngoài biểu ghi {seen}", "số trong biểu vẫn được tính"
            fix = "Hỏi lại đơn vị lời ghi đó có nói về số trong biểu không; nếu không thì xác nhận."
        elif one.kind == "number":
            message = f"có số ghi ngoài ô của biểu: {one.seen}"
            fix = "Chuyển số đúng vào ô của biểu, xóa số ghi thêm, hoặc nêu ở cột ghi chú."
        elif one.kind == "unseen":
            message = f"chữ in sẵn bị gạch ngang hoặc không nhìn thấy: {quote(one.issued)}"
        elif one.issued:
            message = f"biểu đã cấp in {quote(one.issued)}, tệp gửi về in {seen}"
        elif one.kind == "other":
            message = f"trang tính mang tên của biểu khác: {seen}"
        else:
            message = f"lời ghi thêm {seen} nói đến {_SAYS[one.kind]}"
            fix = "Đề nghị đơn vị ghi số đúng theo biểu rồi bỏ lời ghi đó; "
            fix += "cần giải thích thì ghi ở cột ghi chú."
        where = (one.at, unit, own.item, own.field, one.seen, one.others)
        difference = finding(_CODES[one.kind], f"{message}; {out}", fix, *where)
        if one.whole:
            difference = replace(difference, whole=True)
        elif one.is_out:
            part = next(iter(parts)) if len(parts) == 1 else ""
            difference = replace(difference, against=refs[1:], part=part)
        yield difference
    if shown:
        texts = (f"{one.at.cell} {quote(one.seen)}" for one in shown)
        message = f"đơn vị ghi thêm ngoài ô trả lời: {first_of(texts, _MANY_TOLD, 'lời nữa', '; ')}"
        value = "\n".join(one.seen for one in shown)
        first, *others = (one.at for one in shown)
        yield finding("NH87", message, "", first, unit, "", "", value, tuple(others))


def signatures(located: Located, file: str) -> Iterator[tuple[str, CellRef]]:
    """The lines below a sheet's last table where whoever signs puts his office; none of its recipients."""
    for blocks in by_key((block.sheet.name, block) for block in located.blocks).values():
        sheet = blocks[0].sheet
        last = max((row.number for block in blocks for row in block.rows), default=0)
        below = [c for c in sheet.cells.values() if c.row > last and c.kind is CellKind.TEXT and is_shown(c)]
        lists = {c.column: c.row for c in below if key(c.raw).startswith("nơi nhận")}
        for cell in below:
            if len(cell.raw) <= _SIGNED and not lists.get(cell.column, cell.row) < cell.row:
                lines = (line.strip() for line in cell.raw.splitlines())
                at = CellRef(file, sheet.name, cell.address)
                yield from ((line, at) for line in lines if not (line.startswith("-") or line.endswith(";")))


_SIGNED = 120
"""Characters of what stands above a signature: an office, a rank, a name."""


def check_document_words(
    submission: Submission, located: Located, words: RemarkWords, period: Period, unit: str
) -> Iterator[Finding]:
    """Doubts about the document that a return comes with: withdrawn, a draft, of another year (NH79)."""
    for name in ("document_number", "signer"):
        text = getattr(submission, name)
        years = set(_YEAR.findall(text.partition("/")[2])) - {str(period.year), str(period.year + 1)}
        kind = words.kind_of(text)
        if (years and name == "document_number") or kind in ("withdrawn", "draft", "corrected"):
            message = f"ghi {quote(text)}: văn bản chưa ban hành, đã thu hồi hoặc của năm khác"
            fix = "Ghi số, ký hiệu và người ký của văn bản đã ban hành kèm biểu này."
            yield finding("NH79", message, fix, located.places[Key(COVER, name)].at, unit, value=text)


_YEAR = re.compile(r"\b20[0-9]{2}\b")


def _hidden(sheet: Sheet, blocks: list[SheetBlock], at: CellRef, unit: str) -> Iterator[Finding]:
    """Answers that the sender may have forgotten about: they count all the same."""
    answers = (block.cell(row, column) for block in blocks for row, column, _ in block.answers)
    cells = [c for c in answers if c is not None and c.raw.strip()]
    some = any(column > WEIGHT_COLUMN + 1 for column in sheet.hidden_columns)
    printed = (
        sheet.cell(row.number, column)
        for block in blocks
        if some and block.columns
        for places in [label_columns(page_of(block.sheet), block.table, block.first, block.last)]
        for row in block.rows
        for column in places.values()
    )
    labels = [c for c in printed if c is not None and c.raw.strip() and c.column in sheet.hidden_columns]
    where: list[str] = []
    if sheet.state != "visible" and cells:
        where.append("cả trang tính")
    rows = sorted({c.row for c in cells if c.row in sheet.hidden_rows})
    columns = sorted({c.column for c in cells if c.column in sheet.hidden_columns})
    unshown = [c for c in cells if (c.row, c.column) in sheet.unshown]
    if rows:
        where.append(f"dòng {', '.join(map(str, rows))}{' (đang lọc)' if sheet.filtered else ''}")
    if columns:
        where.append(f"cột {', '.join(column_letters(column) for column in columns)}")
    if labels:
        hidden_labels = ", ".join(dict.fromkeys(column_letters(c.column) for c in labels))
        where.append(f"nhãn dòng ở cột {hidden_labels}")
    if unshown:
        held = first_of((f"{c.address} = {shortened(c.raw)}" for c in unshown), _MANY_TOLD, "ô nữa", "; ")
        where.append(f"ô không hiện đủ số (####, bị cắt hoặc ẩn số 0): {held}")
    if where:
        message = f"số liệu ở chỗ bị ẩn vẫn được tính: {'; '.join(where)}"
        hidden = [c for c in cells if c.row in rows or c.column in columns or sheet.state != "visible"]
        first, *others = (replace(at, cell=c.address) for c in (*hidden, *labels, *unshown))
        yield finding("NH44", message, None, first, unit, related=tuple(others))


def _drawn(
    sheet: Sheet, blocks: list[SheetBlock], located: Located, at: CellRef, unit: str
) -> Iterator[Finding]:
    """Pictures in place of figures (NH47), elsewhere pictures and boxes that may hold some (NH48)."""
    asks = [block for block in blocks if located.numbers[block.table.id]]
    if sheet.n_pictures and asks and not any(_has_numbers(block, located) for block in asks):
        message = f"trang tính có {sheet.n_pictures} ảnh, không có số: bảng là ảnh, không đọc được"
        yield finding("NH47", message, None, _under_picture(sheet, at), unit)
    elif sheet.n_pictures and not blocks:
        message = f"trang tính ngoài biểu có {sheet.n_pictures} ảnh; nội dung trong ảnh không đọc được"
        fix = "Mở tệp xem ảnh; số liệu cần dùng phải ghi vào ô của biểu."
        yield finding("NH48", message, fix, _under_picture(sheet, at), unit)
    # Answers, labels, headings, the number and day of the document: another text may be seen in their place.
    under = []
    for block in blocks if sheet.covered else ():
        rows = {row.number for row in block.rows if key_of(row.key, "").item != COVER}
        heads, last = range(block.first, min(rows, default=block.first)), max(block.columns.values())
        under += [block.cell(row, column) for row, column, name in block.answers if name in _OF_DOCUMENT]
        cells = (c for c in sheet.cells.values() if c.row in rows or c.row in heads)
        under += [c for c in cells if c.column <= last and not c.hidden]
    for area in sheet.covered:
        hidden = sorted({c for c in under if c is not None and area.holds(c.row, c.column)})
        if hidden:
            told = first_of((f"{c.address} {quote(c.raw)}" for c in hidden), _FEW_TOLD, "ô khác")
            message = f"hình che ô {told}: người xem thấy hình, máy đọc ô; số ở đó vẫn được tính"
            fix = "Mở tệp xem hình; bỏ hình ra khỏi bảng, ghi đúng số vào ô."
            first, *others = (replace(at, cell=c.address) for c in hidden)
            yield finding("NH48", message, fix, first, unit, related=tuple(others))
    fix = "Ghi số liệu vào ô của biểu."
    for box in (box for box in sheet.text_boxes if re.search(r"\d", box.text)):
        message = f"hộp chữ có số, không đưa vào tổng hợp: {quote(box.text)}"
        place = replace(at, cell=address(box.row, box.column))
        yield finding("NH48", message, fix, place, unit, value=box.text)


def _has_numbers(block: SheetBlock, located: Located) -> bool:
    columns = located.numbers[block.table.id]
    return any(column in columns and is_number(block.cell(row, column)) for row, column, _ in block.answers)
