"""The *Phiếu giải trình số liệu*, for an inspector who asks where a figure comes from.

One page holds the result, what weighs most and the signatures; lists that it has no room for stand whole in
an annex behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import TypeAlias

from dvctt_report.explain.account import COVERAGE, FIGURE, FORMULA, JUDGED, Account
from dvctt_report.explain.units import UnitAccount
from dvctt_report.report.layout import LAST_ROWS
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import clean_text, format_count
from dvctt_report.word.nd30 import LINE_EM, PAGE, POINTS_PER_MM, component, text_width
from dvctt_report.word.package import HEADERS, write_package
from dvctt_report.word.xml import BOLD, PLAIN_TABLE, WordCell, WordRow, cell, paragraph, run, section, table

TITLE = "Phiếu giải trình số liệu"
_FIRST = (FIGURE, FORMULA, JUDGED, COVERAGE)
"""What stands before the units; everything else behind them, and gives way to them."""
_DETAILS = "Ý nghĩa, nguồn, nơi in"
_TEXT = component("cell_text")
_LINE = _TEXT.size * LINE_EM / POINTS_PER_MM
"""Millimetres that a line of a table takes."""
_CELL_MARGINS = 2.5
_USED_ELSEWHERE = 58.0
"""Millimetres of the page that names, a title of one line and the room for signatures take."""
_MOST_ROWS = 25
"""Rows of one line each that a page could hold at most."""
_MOST_ANNEXED = 400
"""Rows of a list that the annex shows: every body of a province, or all cells of one."""
_FACTS = (30.0, PAGE.text_width - 30)
_Rows: TypeAlias = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Part:
    """A list of the sheet: its title, heads ("" where it has none), rows of texts, how many are shown."""

    title: str
    widths: tuple[float, ...]
    heads: tuple[str, ...]
    rows: _Rows
    shown: int

    @property
    def height(self) -> float:
        """Estimated height in mm: title, heads, rows shown, and the line that says how many are left."""
        rows, is_cut = (self.heads, *self.rows[: self.shown]), self.shown < len(self.rows)
        n_lines = int(is_cut)
        for row in rows:
            n_in_cells = [
                sum(
                    max(1, ceil(text_width(line, _TEXT.size) * 1.02 / (width - _CELL_MARGINS)))
                    for line in text.split("\n")
                )
                for text, width in zip(row, self.widths, strict=False)
            ]
            n_lines += max(n_in_cells, default=0)
        n_rows = self.shown + bool(self.heads) + is_cut
        return n_lines * _LINE + 0.9 * n_rows + (9 if self.title else 0)


def sheet_bytes(
    account: Account,
    office: Sequence[str],
    version: Sequence[str],
    *,
    notice: Sequence[str] = (),
    whole: bool = False,
) -> bytes:
    """Return the sheet as .docx; the same account gives the same bytes.

    ``office``: who gives account; ``version``: of which report; ``notice``: what its figures need said. Long
    lists are cut on the first page and stand whole in the annex; ``whole`` shows everything at once.
    """
    facts = [(label, "\n".join(lines)) for label, lines in account.facts(version)]
    said = [("Lưu ý", "\n".join(notice))] if notice else []
    counted, left_out = account.counted, account.left_out
    units = (*counted, *left_out)
    cells = [cell for unit in units for cell in unit.cells] if len(units) == 1 else []
    parts = [
        _Part(title, widths, heads, [tuple(clean_text(t) or "-" for t in row) for row in rows], len(rows))
        for title, widths, heads, rows in (
            ("", _FACTS, (), [*said, *(fact for fact in facts if fact[0] in _FIRST)]),
            (
                account.titles[0],
                (12.0, 45.0, 47.0, 61.0),
                ("STT", "Đơn vị", "Số liệu", "Ô số liệu; văn bản"),
                [(str(n), u.name, u.figure, _where(u)) for n, u in enumerate(counted, 1)],
            ),
            (
                "Từng ô số liệu",
                (38.0, 60.0, 27.0, 40.0),
                ("Ô", "Nội dung", "Số liệu", "Đã ghi; cách đọc"),
                [(c.place, c.label, c.value, "\n".join(filter(None, (c.raw, c.reading)))) for c in cells],
            ),
            (
                account.titles[1],
                (12.0, 50.0, 103.0),
                ("STT", "Đơn vị", "Lý do"),
                [(str(n), u.name, "\n".join((u.reason, *u.findings))) for n, u in enumerate(left_out, 1)],
            ),
            (
                "Quyết định của cơ quan tổng hợp",
                (PAGE.text_width,),
                (),
                [(decision,) for decision in account.decisions],
            ),
            (_DETAILS, _FACTS, (), [fact for fact in facts if fact[0] not in _FIRST]),
        )
        if rows
    ]
    title = f"{account.code} - {account.name}"
    first_page = parts if whole else _fitted(parts, title)
    body = "".join(_body(title, office, parts, first_page))
    return write_package(body, f"{TITLE}: {account.code}", office[-1])


def _where(account: UnitAccount) -> str:
    """The cells of the unit's own answer, those of one sheet together, and the document."""
    own = [one for one in account.cells if not one.beneath] or account.cells
    places = (one.place.rpartition(", ")[::2] for one in own if one.place)
    by_sheet = by_key((sheet, address.removeprefix("ô ")) for sheet, address in places)
    said = "; ".join(f"{sheet}, ô {', '.join(cells)}" for sheet, cells in by_sheet.items())
    return "\n".join(filter(None, (said, account.document)))


def _fitted(parts: Sequence[_Part], title: str) -> list[_Part]:
    """Shorten the parts until the page holds all: the details first, then the longest list row by row."""
    set_as = component("subject")
    n_more = int(text_width(title, set_as.size, bold=True) * 1.02 / PAGE.text_width)
    used = _USED_ELSEWHERE + n_more * set_as.size * LINE_EM / POINTS_PER_MM
    room = PAGE.height - PAGE.top - PAGE.bottom - used
    fitted = [replace(part, shown=min(part.shown, _MOST_ROWS)) for part in parts]
    while sum(part.height for part in fitted) > room:
        lists = [n for n in range(1, len(fitted)) if fitted[n].shown]
        if not lists:
            break
        longest = max(lists, key=lambda n: (fitted[n].title == _DETAILS, fitted[n].shown, fitted[n].height))
        fitted[longest] = replace(fitted[longest], shown=fitted[longest].shown - 1)
    return fitted


# ---------------------------------------------------------------------------------------------------- Word


def _body(
    title: str, office: Sequence[str], parts: Sequence[_Part], first_page: Sequence[_Part]
) -> Iterator[str]:
    yield from (_text("parent", line.upper()) for line in office[:-1])
    yield _text("issuer", office[-1].upper())
    yield _text("kind", TITLE.upper())
    yield _text("subject", title)
    for part in first_page:
        yield from _written(part, "nêu đủ ở Phụ lục.")
    yield paragraph("note")
    names = tuple(cell("authority", name) for name in ("NGƯỜI LẬP PHIẾU", "THỦ TRƯỞNG ĐƠN VỊ"))
    yield table((PAGE.text_width / 2,) * 2, (WordRow(names),), PLAIN_TABLE)
    cut = [part for part, shown in zip(parts, first_page, strict=True) if shown.shown < len(part.rows)]
    if cut:
        yield paragraph("section_end", section=section(HEADERS))
        yield _text("annex", "Phụ lục")
        yield _text("annex_title", "SỐ LIỆU ĐẦY ĐỦ CỦA PHIẾU")
    for part in cut:
        annexed = replace(part, shown=min(len(part.rows), _MOST_ANNEXED))
        yield from _written(annexed, "bản đủ do người tổng hợp lập khi được yêu cầu.")
    yield paragraph("section_end")
    yield section(HEADERS)


def _written(part: _Part, rest_is: str) -> Iterator[str]:
    """Write a list; ``rest_is`` says where what it doesn't show is to be had."""
    if part.title:
        yield _text("table_title", f"{part.title} ({format_count(len(part.rows))})")
    rows = [WordRow(tuple(cell("column", head) for head in part.heads), header=True)] if part.heads else []
    is_numbered, is_facts = part.heads[:1] == ("STT",), not part.heads and len(part.widths) > 1
    for n, texts in enumerate(part.rows[: part.shown], 1):
        kind = "last" if part.shown - LAST_ROWS < n < part.shown else "cell"
        styles = [f"{kind}_center" if is_numbered else f"{kind}_text", *[f"{kind}_text"] * (len(texts) - 1)]
        cells = [
            WordCell("".join(_text(style, line) for line in text.split("\n")))
            for style, text in zip(styles, texts, strict=True)
        ]
        if is_facts:
            cells[0] = WordCell(paragraph(f"{kind}_text", run(texts[0], BOLD)))
        rows.append(WordRow(tuple(cells)))
    if rest := len(part.rows) - part.shown:
        said = f"… {f'và {format_count(rest)} dòng khác' if part.shown else f'{format_count(rest)} dòng'}"
        rows.append(WordRow((cell("cell_text", f"{said}; {rest_is}", span=len(part.widths)),)))
    yield table(part.widths, rows)


def _text(key: str, text: str) -> str:
    return paragraph(key, run(clean_text(text)))
