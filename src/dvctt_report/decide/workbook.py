"""Write the workbook of decisions: what is open on three sheets, what is decided on one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from dvctt_report.decide import cells
from dvctt_report.decide.arrivals import TITLE, write_remarks
from dvctt_report.decide.books import BookRow, digest_of
from dvctt_report.decide.decisions import AUTHORITIES, BASES, DOCUMENT
from dvctt_report.decide.matters import Matter, Part
from dvctt_report.forms import sheets, styles
from dvctt_report.forms.layout import cell_name
from dvctt_report.model import finding_id
from dvctt_report.model.period import Period
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.marks import mark_numbers
from dvctt_report.report.printed import PrintedBlock, read_printed
from dvctt_report.report.remarks import Remark
from dvctt_report.text.vietnamese import first_letter_capital, format_date

_TITLES = {
    Part.MINE: "VIỆC CƠ QUAN TỔNG HỢP QUYẾT ĐỊNH",
    Part.UNITS: "VIỆC ĐỀ NGHỊ ĐƠN VỊ SỬA (số chưa đưa vào tổng hợp)",
    Part.USED: "SỐ ĐANG TẠM DÙNG, CẦN XÁC NHẬN",
    Part.DECIDED: "CÁC QUYẾT ĐỊNH ĐÃ GHI",
}
_HOW = {
    Part.MINE: "Chọn một quyết định ở ô trắng; cần thì ghi số, lý do, căn cứ ở các ô bên cạnh. Lưu, đóng sổ, "
    "rồi nhận báo cáo (collect) hoặc mở bảng chọn: quyết định được đọc vào.",
    Part.UNITS: "Đơn vị được đề nghị sửa qua bảng kê. Không chờ được thì quyết định tại đây: “Số đúng” cần "
    "số (nhiều ô: I9=5319; I10=200) và căn cứ, không ghi lý do thì lấy lời ở cột “Vì sao”; “Để ngoài tổng "
    "hợp” thì báo cáo nêu là chưa chỉnh lý.",
    Part.USED: "Các số này đang được tổng hợp. “Chấp nhận” cần lý do, căn cứ; không quyết định thì số vẫn "
    "được dùng và vẫn còn cảnh báo.",
    Part.DECIDED: "Muốn bỏ một quyết định: chọn “Bỏ quyết định” ở dòng đó. Căn cứ là văn bản thì được dẫn "
    "khi in báo cáo; căn cứ khác chỉ lưu trong sổ.",
}
NOTHING = "Không có việc nào."
MOOT = "Lời đã ghi cho việc không còn như trước (giữ lại để xem; xóa các ô trắng thì dòng này mất đi)"
_SIZE = 10
_LAST = len(cells.COLUMNS)
_CHOICES = _LAST + 1
"""The first of the hidden columns that hold what a row may choose from."""
_MOST_CHOICES = 12


def book_index(matters: Iterable[Matter]) -> Iterator[PrintedBlock]:
    """What the workbook prints of which finding or decision, row by row."""
    heads = tuple(column.header for column in cells.SHOWN)
    for matter in matters:
        name = f"findings.{finding_id(matter.findings[0])}" if matter.findings else "decisions.made"
        about, why = mark_numbers(name, matter.said.about), matter.said.why
        for finding in matter.findings:  # the numbers of each are marked as its own
            said = first_letter_capital(finding.message)
            why = why.replace(said, mark_numbers(f"findings.{finding_id(finding)}", said))
        texts = (matter.name, matter.who, matter.said.place, about, why)
        place = f"Sổ việc cần xử lý, trang “{matter.part}”"
        yield read_printed(TextBlock(place, texts, 0, heads=heads))


def book_bytes(
    rows: Sequence[BookRow],
    plan: str,
    period: Period,
    office: str,
    made: datetime,
    notice: Sequence[str],
    remarks: Sequence[Remark] = (),
    read: Collection[str] = (),
) -> bytes:
    """Return the workbook of ``rows`` under ``notice`` as the bytes of an .xlsx file.

    ``remarks`` of units have a sheet of their own; ``read`` names those that were read.
    """
    book = xlsxwriter.Workbook(BytesIO(), styles.BOOK)
    title = f"Việc cần xử lý {period.words}"
    book.set_properties({"title": title, "author": office, "created": styles.ISSUED})
    text = {**styles.STYLES["label"], "font_size": _SIZE, "valign": "top", "bg_color": "#FFFFFF"}
    typed = {**styles.STYLES["text"], "font_size": _SIZE, "valign": "top"}
    named = ("title", "instruction", "header", "note", "sign", "sign_small")
    formats = {
        **{name: book.add_format(styles.STYLES[name]) for name in named},
        "section": book.add_format({**styles.STYLES["label"], "bold": True, "bg_color": styles.HEADER}),
        "cell": book.add_format(text),
        "quoted": book.add_format({**text, "quote_prefix": True}),
        "centre": book.add_format({**text, "align": "center"}),
        "done": book.add_format({**text, "bg_color": styles.GREY}),
        "said": book.add_format({**text, **styles.AMBER}),
        "choice": book.add_format({**typed, "bold": True}),
        "typed": book.add_format(typed),
        "exact": book.add_format({**typed, "num_format": "@"}),
    }
    made_of = {}
    for part in Part:
        own = [row for row in rows if row.part is part]
        made_of[part] = _write_sheet(book, formats, part, own, period, made, notice)
    told = write_remarks(book, formats, remarks, read, f"&L&8Việc cần xử lý {period.words} · {TITLE}")
    has_work = [made_of[row.part] for row in rows if row.part is not Part.DECIDED]
    unread = [told] if any(remark.digest not in read for remark in remarks) else []
    (*has_work, *unread, made_of[rows[0].part if rows else Part.MINE])[0].activate()
    values = (cells.FORM, cells.VERSION, plan, str(period), digest_of(rows, notice, remarks, read))
    sheets.write_keys(book, zip(cells.META_KEYS, values, strict=True))
    return styles.finished(book)


def _write_sheet(
    book: Any,
    formats: dict[str, Any],
    part: Part,
    rows: Sequence[BookRow],
    period: Period,
    made: datetime,
    notice: Sequence[str],
) -> Any:
    moment = f"{made:%H} giờ {made:%M} ngày {format_date(made.date())}"
    lines = (
        (f"{_TITLES[part]} – báo cáo {period.words}", "title"),
        ("\n".join((*notice, f"{len(rows)} việc, lập lúc {moment}. {_HOW[part]}")), "instruction"),
    )
    sheet, first = sheets.keyed_sheet(book, part.value, cells.COLUMNS, formats, lines, cells.MARK)
    sheet.set_column(_CHOICES, _CHOICES + _MOST_CHOICES, 4, None, {"hidden": True})
    at = first
    if not rows:
        sheets.merge(sheet, at, sheets.FIRST, _LAST, NOTHING, formats["note"])
        at += 1
    for row in (r for r in rows if not r.moot):
        _write_row(sheet, formats, at, row)
        at += 1
    if moot := [r for r in rows if r.moot]:
        sheets.merge(sheet, at, sheets.FIRST, _LAST, MOOT, formats["section"])
        for n, row in enumerate(moot, at + 1):
            _write_row(sheet, formats, n, row)
        at += 1 + len(moot)
    for name, words in (("kind", BASES), ("authority", AUTHORITIES)):
        printed = f" Chỉ “{DOCUMENT}” được dẫn khi in báo cáo." if name == "kind" else ""
        told = f"Chọn một trong: {'; '.join(words)}.{printed}"
        _offer(sheet, first, max(at - 1, first), name, [*words], told)
    middle = sheets.column_of(cells.COLUMNS, "choice")
    for left, right, text in ((sheets.FIRST, middle - 1, cells.SIGNED[0]), (middle, _LAST, cells.SIGNED[1])):
        sheets.merge(sheet, at + 1, left, right, text, formats["sign"])
        sheets.merge(
            sheet, at + 2, left, right, "(ngày, tháng, năm; ký, ghi rõ họ tên)", formats["sign_small"]
        )
    sheets.finish_keyed(sheet, first, sheets.FIRST + 2, f"&L&8Việc cần xử lý {period.words} · {part.value}")
    return sheet


def _write_row(sheet: Any, formats: dict[str, Any], at: int, row: BookRow) -> None:
    sheet.write_string(at, 0, cells.BETWEEN.join(row.base))
    name, *texts = row.shown
    sheet.write_string(at, sheets.FIRST, name, formats["centre"])
    for n, text in enumerate(texts, sheets.FIRST + 1):
        sheets.write_typed(sheet, at, n, text, formats, "cell")
    for n, (column, text) in enumerate(
        zip(cells.TYPED, row.typed, strict=True), sheets.column_of(cells.COLUMNS, cells.TYPED[0].key)
    ):
        name = {"choice": "choice", "value": "exact", "basis": "exact"}.get(column.key, "typed")
        if row.decided and column.key != "choice":
            name = "done"
        sheet.write(at, n, text or None, formats[name])
    outcome = formats["said" if row.outcome and not row.decided else "cell"]
    sheet.write_string(at, sheets.column_of(cells.COLUMNS, cells.OUTCOME.key), row.outcome, outcome)
    # The drop-down of what this row may choose from: in hidden columns, for any length and any comma
    choices = [*row.choices[:_MOST_CHOICES]]
    if row.typed.choice and row.typed.choice not in choices:
        choices.insert(0, row.typed.choice)
    for n, text in enumerate(choices, _CHOICES):
        sheet.write_string(at, n, text)
    if choices:
        last = cell_name(at, _CHOICES + len(choices) - 1, absolute=True)
        source = f"={cell_name(at, _CHOICES, absolute=True)}:{last}"
        told = "Chỉ chọn một mục trong danh sách của dòng này, hoặc xóa ô để chưa quyết định."
        _offer(sheet, at, at, "choice", source, told)
    texts = [*row.shown, *row.typed, row.outcome]
    sheets.fit_row(sheet, at, zip(texts, (column.width for column in cells.COLUMNS), strict=True), _SIZE, 30)


def _offer(sheet: Any, first: int, last: int, name: str, source: str | list[str], told: str) -> None:
    """A drop-down in the rows of a column; ``told`` to whoever types something else."""
    column = sheets.column_of(cells.COLUMNS, name)
    title = "Chọn trong danh sách"
    check = {"validate": "list", "source": source, "error_title": title, "error_message": told}
    sheet.data_validation(first, column, last, column, check)
