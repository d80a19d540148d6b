"""The consolidated workbook: the annexes as Excel tables, every sum a formula over one table of answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from typing import Any

import xlsxwriter

from dvctt_report.consolidated import counts, formulas, targets
from dvctt_report.consolidated.answers import COLUMNS, N_PRINTED, answers
from dvctt_report.consolidated.table import (
    RATE,
    Cell,
    Live,
    LongSheet,
    SheetColumn,
    SheetKind,
    SheetTable,
    columns,
    laid_in,
    open_desk,
    quoted,
    set_page,
    write_table,
)
from dvctt_report.forms import styles
from dvctt_report.forms.officer_sheet import open_book
from dvctt_report.forms.sheets import PlainSheet
from dvctt_report.model import State, Tally
from dvctt_report.plan.model import Prose, Target
from dvctt_report.plan.phrases import Phrases
from dvctt_report.report.marks import CELL
from dvctt_report.report.printed import PrintedBlock
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.personal import said_of, shown
from dvctt_report.text.vietnamese import clean_text, first_letter_capital, format_count, whole_of
from dvctt_report.year.summary.controls import why
from dvctt_report.year.year import Year

_OF_CONTROL = columns(
    ("Mã", 7, "centre"),
    ("Nội dung", 44),
    ("Đơn vị", 22),
    ("Tổng số đơn vị", 13, "count", "own"),
    ("Đã thực hiện đơn vị", 13, "count", "own"),
    ("Tổng số đối chiếu", 13, "count", "pair.control"),
    ("Đã thực hiện đối chiếu", 13, "count", "pair.control"),
    ("Chênh lệch tổng số", 13, "count", "pair.difference"),
    ("Chênh lệch đã thực hiện", 13, "count", "pair.difference"),
    ("Nguồn", 30),
    ("Đến ngày", 12, "date", "pair.control"),
    ("Văn bản", 26),
    ("Số được in", 16),
    ("Lý do", 30),
    ("Người lưu", 12),
)
CONTROLS = SheetKind(formulas.CONTROLS, "Đối chiếu", _OF_CONTROL, "{Mã}", frozen=3)


def controls_table(year: Year) -> SheetTable:
    """Return the figures of the systems in charge, for the province and its units, beside the units' own."""
    results = {r.item: r for r in year.summary.results}
    profile, rows = year.profile, []
    names, whole = profile.roster.short_names, whole_of(profile.plan.province)
    for control in year.dataset.controls:
        result, unit = results.get(control.item), control.unit
        target = profile.plan.items_by_code.get(control.item)
        if result is None or not isinstance(target, Target):
            continue
        tally: Tally | None = result.own_tally or result.tally
        if unit:
            tally = next((c.tally for c in result.contributions if c.unit == unit), None)
        given = tally if tally is not None and tally.denominator > 0 else None
        sums = (given.denominator, given.numerator) if given else (None, None)
        formula = formulas.total_of(target, unit), formulas.done_of(target, unit)
        differences = [
            None if n is None or own is None else Live(f"=[@{name} đối chiếu]-[@{name} đơn vị]", n - own)
            for name, n, own in (("Tổng số", control.total, sums[0]), ("Đã thực hiện", control.done, sums[1]))
        ]
        printed = formulas.whose(profile, target, by_control=result.own_tally is not None)
        rows.append(
            (
                control.item,
                target.label,
                names.get(unit, unit) or whole,
                *(None if n is None else Live(text, n) for text, n in zip(formula, sums, strict=True)),
                control.total,
                control.done,
                *differences,
                control.source,
                control.cut_off,
                control.document,
                "" if unit else printed,
                "" if unit else clean_text(why(target, control)),
                control.who,
            )
        )
    title = f"Đối chiếu với số liệu của cơ quan quản lý hệ thống {year.period.words}"
    return SheetTable(CONTROLS, title, tuple(rows))


_COLUMNS = columns(("Mục của báo cáo", 30), ("Nội dung", 40), ("Đơn vị", 32), ("Ý kiến của đơn vị", 100))
OPINIONS = SheetKind("YKien", "Ý kiến", _COLUMNS)


def opinions_table(year: Year, phrases: Phrases) -> SheetTable:
    """The free texts of the units whose returns count, topic by topic, units in their order, by line."""
    rows: list[tuple[Cell, ...]] = []
    for item in year.profile.plan.items:
        if not isinstance(item, Prose):
            continue
        head = phrases.fill(f"prose.{item.into}") if item.into else None, first_letter_capital(item.title)
        for unit in year.units:
            lines: dict[str, None] = {}
            for read in year.dataset.observations(unit.code, item.code):
                if read.state is State.GIVEN and not year.standing.bars_answer(read):
                    text = clean_text(read.value if isinstance(read.value, str) else read.raw)
                    for line in filter(None, map(str.strip, text.split("\n"))):
                        lines[shown(f"{read.part}: {line}" if read.part else line)] = None
            rows += [(*head, unit.short_name, line) for line in lines]
    return SheetTable(OPINIONS, f"Ý kiến của các đơn vị {year.period.words}", tuple(rows))


STEM = "bang-ke-so-lieu"
"""How the names of the workbook's files begin."""
_EXPLAINED = SheetKind("GiaiThich", "Giải thích", columns(("Bảng, cột", 30), ("Ý nghĩa", 110)))
_NOTES = (
    "Ô nền xám là công thức: cộng hoặc đếm lại từ bảng “Từng ô số liệu”. Sửa bảng đó thì các tổng tính lại "
    "theo; báo cáo đã lập không đổi.",
    "Cột “Khớp báo cáo” so số tính lại với số in trong báo cáo; khác thì hiện chữ KHÁC nền đỏ.",
    "Tỷ lệ bằng tổng số đã thực hiện chia cho tổng số, không lấy bình quân tỷ lệ; làm tròn hai chữ số "
    "nhưng không vượt qua ngưỡng. Đơn vị chưa có số liệu để trống, không tính là 0.",
)
_LEFT_OUT_EMPTY = (targets.FIELDS, OPINIONS, CONTROLS)
"""The tables that the workbook has only where there is something in them."""
MOST_ROWS = 1_048_575
"""Rows of Excel under the head of a table: the answers of five times the communes of the country."""

_OF_ANSWER = ("value", "raw", "reading", "replaced")
"""The columns that say what an answer is."""
_ANSWERS = tuple(SheetColumn(c.header, c.width, role="" if c.key in _OF_ANSWER else None) for c in COLUMNS)
_ABOUT = CELL + ".{Mã}.{Mã chỉ số}.{Mã đơn vị}"
_CELLS = SheetKind(formulas.ANSWERS, "Từng ô số liệu", _ANSWERS, _ABOUT, n_printed=N_PRINTED)
_NAMED = (
    *(targets.TARGETS, targets.FIELDS, targets.BY_UNIT),
    *(counts.FIGURES, counts.TASKS, counts.RETURNS, CONTROLS, _CELLS),
)
"""The tables whose figures have names, in their order."""
_MORE = (
    (
        "Tổng hợp: Tổng số đã biết thêm",
        "Tổng số của các đơn vị chưa có số đã thực hiện, dùng để xét cận dưới, cận trên",
    ),
    (
        "Tổng hợp: Đơn vị chưa rõ tổng số",
        "Đơn vị thiếu số liệu mà tổng số cũng chưa biết; còn đơn vị như vậy thì không có cận",
    ),
    ("Tổng hợp: Đánh giá", "Theo thứ tự ở hướng dẫn sử dụng, phần Cách tính; tính trên số nguyên"),
    (
        "Tổng hợp: Mức chắc chắn",
        "chắc chắn: số còn thiếu không làm thay đổi đánh giá; tạm tính: có thể thay đổi",
    ),
    (
        "Mục tiêu theo đơn vị: Phải báo cáo",
        "không: được miễn (không cung cấp theo luật, hoặc “không áp dụng” đã được chấp nhận)",
    ),
)


def consolidated_bytes(year: Year, phrases: Phrases, notice: Sequence[str]) -> bytes:
    """Return the workbook of the year: what the report says, recomputed by formulas from every answer.

    Where the systems in charge have given figures, a sheet sets them beside the units' own. The verdicts are
    in the words of ``phrases``. The lines of ``notice`` stand above the first table and below every page.
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(out, styles.BOOK)
    title = f"Bảng tổng hợp số liệu {year.period.words}{said_of()}"
    book.set_properties({"title": title, "author": styles.PROGRAM, "created": styles.ISSUED})
    tables = _tables(year, phrases)
    desk = open_desk(book, " ".join(notice))
    checked = []
    for table in tables:
        if table.rows or table.kind not in _LEFT_OUT_EMPTY:
            first_row = 1 if notice and table is tables[0] else 0
            sheet = write_table(desk, table, first_row=first_row)
            heads = [column.header for column in table.kind.columns]
            if targets.AS_PRINTED in heads:
                n, red = heads.index(targets.AS_PRINTED), desk.formats["wrong"]
                rule = {"type": "cell", "criteria": "==", "value": f'"{targets.OTHER}"', "format": red}
                sheet.conditional_format(first_row + 1, n, first_row + max(len(table.rows), 1), n, rule)
                checked.append(table.kind.name)
    # What the sheets are, and whether what they add up is what the report says
    sheet = book.add_worksheet(_EXPLAINED.sheet, worksheet_class=PlainSheet)
    set_page(desk, sheet, title)
    for n, column in enumerate(_EXPLAINED.columns):
        sheet.set_column(n, n, column.width)
    sheet.write_string(0, 0, title, desk.formats["title"])
    for row, note in enumerate(_NOTES, 1):
        sheet.merge_range(row, 0, row, 1, note, desk.formats["note"])
        sheet.set_row(row, 32)
    other = "+".join(f"COUNTIFS({t}[{targets.AS_PRINTED}],{quoted(targets.OTHER)})" for t in checked)
    meanings: tuple[tuple[Cell, ...], ...] = (
        ("Số dòng khác với báo cáo", Live(f"={other}", 0)),
        *((f"Từng ô số liệu: {c.header}", c.meaning) for c in COLUMNS),
        ("Tình trạng", "; ".join(state.word for state in State)),
        *_MORE,
    )
    write_table(desk, SheetTable(_EXPLAINED, title, meanings), sheet, len(_NOTES) + 2)
    content = styles.finished(book)
    long = [sheet for sheet in book.worksheets() if isinstance(sheet, LongSheet)]
    return laid_in(content, long) if long else content


def _tables(year: Year, phrases: Phrases) -> tuple[SheetTable, ...]:
    """Every table of the workbook in its order. Raises CannotRun for more answers than a sheet holds."""
    rows = tuple(row for _, row in answers(year))
    if len(rows) > MOST_ROWS:
        raise CannotRun(
            f"Có {format_count(len(rows))} ô số liệu, một trang tính Excel không chứa hết.",
            "Xóa dòng thừa ở các bảng danh sách của đơn vị (dvctt-report status), rồi lập lại.",
        )
    return (
        *targets.targets_tables(year, phrases),
        targets.units_table(year),
        counts.figures_table(year),
        *counts.tasks_tables(year),
        counts.returns_table(year),
        opinions_table(year, phrases),
        controls_table(year),
        SheetTable(_CELLS, f"{_CELLS.sheet} {year.period.words}", rows),
    )


def workbook_index(year: Year, phrases: Phrases) -> Iterator[PrintedBlock]:
    """What the workbook of the present data prints of which figure, row by row."""
    named = (one for one in _tables(year, phrases) if one.kind.about)
    for n, table in enumerate(named):
        yield from table.kind.read([column.header for column in table.kind.columns], table.rows, n)


def written_index(content: bytes) -> Iterator[PrintedBlock]:
    """The same of a workbook as it was written, by its tables; nothing of one that can't be read."""
    try:
        book = open_book(content, results=True)
    except Exception:  # openpyxl raises whatever its parts raise
        return
    for n, kind in enumerate(_NAMED):
        sheet = book[kind.sheet] if kind.sheet in book.sheetnames else None
        if sheet is not None and kind.name in sheet.tables:
            seen: list[Any] = []
            for row in sheet[sheet.tables[kind.name].ref]:
                rates = (cell.number_format == RATE and type(cell.value) is int for cell in row)
                # A whole number in a column of rates is a rate all the same
                pairs = zip(row, rates, strict=True)
                seen.append(tuple(float(c.value) if is_rate else c.value for c, is_rate in pairs))
            with suppress(KeyError):  # made before its columns named their figures
                yield from kind.read(seen[0], seen[1:], n)
