"""Every finding of a year as the rows of a table: as CSV, and as a workbook to filter in Excel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

import xlsxwriter

from dvctt_report.forms import styles
from dvctt_report.forms.form import format_sheet
from dvctt_report.forms.sheets import A4, fit_row, merge, print_across, write_typed
from dvctt_report.intake.mend_lists import answered, format_standing
from dvctt_report.model import Finding, Severity, finding_id
from dvctt_report.report.about import AnswerPlaces, format_content, format_whose, format_written, shorten
from dvctt_report.report.blocks import TextBlock
from dvctt_report.report.marks import mark_numbers
from dvctt_report.report.printed import PrintedBlock, read_printed
from dvctt_report.text.file_names import last_name
from dvctt_report.text.vietnamese import first_letter_capital
from dvctt_report.year.dataset import Dataset

FOR_INFORMATION = "Để biết"
_LONGEST = 900


COLUMNS: tuple[tuple[str, float], ...] = (
    ("Mã phát hiện", 14),
    ("Đơn vị", 19),
    ("Mức độ", 9.5),
    ("Biểu", 12),
    ("Ô", 6),
    ("Nội dung", 24),
    ("Đã ghi", 15),
    ("Vì sao", 32),
    ("Đề nghị", 30),
    ("Tình trạng", 11),
    ("Đơn vị trả lời", 20),
    ("Tệp", 24),
)


def finding_rows(dataset: Dataset, findings: Iterable[Finding]) -> tuple[tuple[str, ...], ...]:
    """Return one row (``COLUMNS``) a finding: errors, warnings, information, each in roster order."""
    kept, roster = tuple(findings), dataset.profile.roster
    places = AnswerPlaces.of(dataset)
    replies = answered(kept, dataset.returns, dataset.acceptances)
    rows = []
    for found in sorted(kept, key=lambda f: (f.severity.rank, roster.place(f.unit))):
        at, reply = found.at, replies.get(finding_id(found))
        informs = found.severity is Severity.INFO
        cells = (
            finding_id(found),
            format_whose(found, dataset.profile),
            found.severity.word.capitalize(),
            format_sheet(at.sheet) if at else "",
            at.cell if at else "",
            format_content(found, places),
            "" if informs or at is None else format_written(found, places),
            first_letter_capital(found.message),
            found.fix,
            FOR_INFORMATION if informs else first_letter_capital(found.state.word),
            first_letter_capital(format_standing(reply)) if reply else "",
            last_name(at.file) if at else "",
        )
        rows.append(tuple(shorten(text, _LONGEST) for text in cells))
    return tuple(rows)


_FONT_SIZE = 9.5
_SPOKEN = frozenset(("Nội dung", "Đã ghi", "Vì sao", "Đề nghị", "Đơn vị trả lời"))
"""The columns whose numbers are those of what was found."""


def findings_index(rows: Iterable[Sequence[str]]) -> Iterator[PrintedBlock]:
    """What the table prints of which finding, row by row."""
    heads = tuple(header for header, _ in COLUMNS)
    for row in rows:
        name = f"findings.{row[0]}"
        said = (mark_numbers(name, t) if h in _SPOKEN else t for h, t in zip(heads, row, strict=True))
        yield read_printed(TextBlock("Bảng kiểm tra số liệu", tuple(said), 0, heads=heads))


_UNCHECKED = (("Mã", 8), ("Quy tắc", 60), ("Vì sao chưa kiểm tra", 50))


def findings_xlsx(
    rows: Sequence[Sequence[str]],
    title: str,
    notice: Sequence[str],
    unchecked: Sequence[tuple[str, str, str]] = (),
) -> bytes:
    """Return the rows as an .xlsx with a filter, a header that stays, and A4 pages across.

    What a unit typed stays text, also where it begins with "=". ``unchecked``: the rules that had nothing to
    compare with, on a sheet of their own. ``notice``: what stands above the heads.
    """
    book = xlsxwriter.Workbook(BytesIO(), styles.BOOK)
    book.set_properties({"title": title, "author": styles.PROGRAM, "created": styles.ISSUED})
    sheet = book.add_worksheet("Kiểm tra số liệu")
    cell = {**styles.STYLES["label"], "font_size": _FONT_SIZE, "valign": "top", "bg_color": "#FFFFFF"}
    formats = {
        "notice": book.add_format({**styles.STYLES["instruction"], "font_size": _FONT_SIZE}),
        "header": book.add_format(styles.STYLES["header"]),
        "": book.add_format(cell),
        "quoted": book.add_format({**cell, "quote_prefix": True}),
        Severity.ERROR.word.capitalize(): book.add_format({**cell, **styles.RED, "bold": True}),
        Severity.WARNING.word.capitalize(): book.add_format({**cell, **styles.AMBER}),
        Severity.INFO.word.capitalize(): book.add_format({**cell, "font_color": "#595959"}),
    }
    for at, line in enumerate(notice):
        merge(sheet, at, 0, len(COLUMNS) - 1, line, formats["notice"])
    head = len(notice)
    for n, (header, width) in enumerate(COLUMNS):
        sheet.set_column(n, n, width)
        sheet.write_string(head, n, header, formats["header"])
    sheet.set_row(head, 30)
    for at, row in enumerate(rows, head + 1):
        for n, text in enumerate(row):
            write_typed(sheet, at, n, text, formats, text if COLUMNS[n][0] == "Mức độ" else "")
        fit_row(sheet, at, zip(row, (width for _, width in COLUMNS), strict=True), _FONT_SIZE)
    sheet.autofilter(head, 0, head + max(len(rows), 1), len(COLUMNS) - 1)
    sheet.freeze_panes(head + 1, 2)
    print_across(sheet, "&L&8" + title.replace("&", "&&") + "&R&8Trang &P/&N")
    sheet.repeat_rows(0, head)
    if unchecked:
        sheet = book.add_worksheet("Chưa kiểm tra được")
        for n, (header, width) in enumerate(_UNCHECKED):
            sheet.set_column(n, n, width)
            sheet.write_string(0, n, header, formats["header"])
        for at, row in enumerate(unchecked, 1):
            for n, text in enumerate(row):
                sheet.write_string(at, n, text, formats[""])
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
    return styles.finished(book)
