"""The *Phiếu giải trình số liệu*, for an inspector who asks where a figure comes from.

One page holds the result, what weighs most and the signatures; lists that it has no room for stand whole in
an annex behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from dvctt_report.explain.account import COVERAGE, FIGURE, FORMULA, JUDGED, Account
from dvctt_report.explain.units import UnitAccount
from dvctt_report.nd30.format import component
from dvctt_report.nd30.metrics import text_width
from dvctt_report.nd30.page import LINE_EM, PAGE, POINTS_PER_MM
from dvctt_report.report.layout import LAST_ROWS
from dvctt_report.report.word_package import HEADERS, write_package
from dvctt_report.report.word_xml import (
    BOLD,
    PLAIN_TABLE,
    WordCell,
    WordRow,
    cell,
    paragraph,
    run,
    section,
    table,
)
from dvctt_report.vietnamese import clean_text, format_count

TITLE = "Phiếu giải trình số liệu"
_ANNEX, _ANNEX_TITLE = "Phụ lục", "Số liệu đầy đủ của phiếu"
_FIRST = (FIGURE, FORMULA, JUDGED, COVERAGE)
"""What stands before the units; everything else behind them, and gives way to them."""
_DETAILS = "Ý nghĩa, nguồn, nơi in"
_TEXT = component("cell_text")
_CELL_MARGINS = 2.5
_USED_ELSEWHERE = 58.0
"""Millimetres of the page that names, a title of one line and the room for signatures take."""

_MOST_ROWS = 25
"""Rows of one line each that a page could hold at most."""

_MOST_ANNEXED = 400
"""Rows of a list that the annex shows: every body of a province, or all cells of one."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A list of the sheet: its title, heads ("" where it has none), rows of texts, how many are shown."""

    title: str
    widths: tuple[float, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shown: int

    @property
    def height(self) -> float:
        """Estimated height in mm: title, heads, rows shown, and the line that says how many are left."""
        head = (self.heads,) if self.heads else ()
        lines = sum(_n_lines(row, self.widths) for row in (*head, *self.rows[: self.shown]))
        n_rows = self.shown + len(head) + (self.shown < len(self.rows))
        return _mm(lines + (self.shown < len(self.rows))) + 0.9 * n_rows + (9 if self.title else 0)


def sheet_bytes(
    account: Account,
    office: Sequence[str],
    version: Sequence[str],
    *,
    notice: Sequence[str] = (),
    whole: bool = False,
) -> bytes:
    """Return the sheet as .docx; the same account gives the same bytes.

    ``office`` are the lines naming who gives account, ``version`` those naming the report that is explained,
    ``notice`` what its figures need said. Long lists are cut on the first page to what weighs most and stand
    whole in the annex; ``whole`` shows everything at once, however much it is.
    """
    parts = _parts(account, version, notice)
    first_page = parts if whole else _fitted(parts, _subject(account))
    body = "".join(_body(account, office, first_page, tuple(_annexed(parts, first_page))))
    return write_package(body, f"{TITLE}: {account.code}", office[-1])


def _parts(account: Account, version: Sequence[str], notice: Sequence[str]) -> tuple[_Part, ...]:
    width = PAGE.text_width
    facts = [(label, "\n".join(lines)) for label, lines in account.facts(version)]
    said = (("Lưu ý", "\n".join(notice)),) if notice else ()
    (used, _), (outside, _) = account.lists
    counted = tuple((str(n), u.name, u.figure, _where(u)) for n, u in enumerate(account.counted, 1))
    left_out = tuple(
        (str(n), u.name, "\n".join((u.reason, *u.findings))) for n, u in enumerate(account.left_out, 1)
    )
    found = (
        _part("", (30.0, width - 30), (), (*said, *(fact for fact in facts if fact[0] in _FIRST))),
        _part(
            used,
            (12.0, 45.0, 47.0, 61.0),
            ("STT", "Đơn vị", "Số liệu", "Ô số liệu; văn bản"),
            counted,
        ),
        _part(
            "Từng ô số liệu",
            (38.0, 60.0, 27.0, 40.0),
            ("Ô", "Nội dung", "Số liệu", "Đã ghi; cách đọc"),
            _cells(account),
        ),
        _part(outside, (12.0, 50.0, 103.0), ("STT", "Đơn vị", "Lý do"), left_out),
        _part("Quyết định của cơ quan tổng hợp", (width,), (), tuple((d,) for d in account.decisions)),
        _part(_DETAILS, (30.0, width - 30), (), tuple(fact for fact in facts if fact[0] not in _FIRST)),
    )
    return tuple(part for part in found if part.rows)


def _annexed(parts: Sequence[_Part], first_page: Sequence[_Part]) -> Iterator[_Part]:
    """What the first page has no room for, whole."""
    for part, shown in zip(parts, first_page, strict=True):
        if shown.shown < len(part.rows):
            yield replace(part, shown=min(len(part.rows), _MOST_ANNEXED))


def _part(
    title: str, widths: tuple[float, ...], heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> _Part:
    cleaned = tuple(tuple(clean_text(text) or "-" for text in row) for row in rows)
    return _Part(title, widths, heads, cleaned, len(rows))


def _subject(account: Account) -> str:
    return f"{account.code} - {account.name}"


def _cells(account: Account) -> tuple[tuple[str, ...], ...]:
    """Every cell, where one unit alone is asked about."""
    units = (*account.counted, *account.left_out)
    if len(units) > 1:
        return ()
    return tuple(
        (c.place, c.label, c.value, "\n".join(filter(None, (c.raw, c.reading))))
        for u in units
        for c in u.cells
    )


def _where(account: UnitAccount) -> str:
    """The cells of the unit's own answer, those of one sheet together, and the document."""
    by_sheet: dict[str, list[str]] = {}
    for one in [c for c in account.cells if not c.beneath] or account.cells:
        sheet, _, address = one.place.rpartition(", ")
        if one.place:
            by_sheet.setdefault(sheet, []).append(address.removeprefix("ô "))
    places = "; ".join(f"{sheet}, ô {', '.join(cells)}" for sheet, cells in by_sheet.items())
    return "\n".join(line for line in (places, account.document) if line)


# ------------------------------------------------------------------------------------------------ one page


def _fitted(parts: Sequence[_Part], title: str) -> list[_Part]:
    """Shorten the parts until the page holds all: the details first, then the longest list row by row."""
    set_as = component("subject")
    n_more = int(text_width(title, set_as.size, bold=True) * 1.02 / PAGE.text_width)
    room = (
        PAGE.height
        - PAGE.top
        - PAGE.bottom
        - _USED_ELSEWHERE
        - n_more * set_as.size * LINE_EM / POINTS_PER_MM
    )
    fitted = [replace(part, shown=min(part.shown, _MOST_ROWS)) for part in parts]
    while sum(part.height for part in fitted) > room:
        lists = [n for n in range(1, len(fitted)) if fitted[n].shown]
        if not lists:
            break
        longest = max(lists, key=lambda n: (fitted[n].title == _DETAILS, fitted[n].shown, fitted[n].height))
        fitted[longest] = replace(fitted[longest], shown=fitted[longest].shown - 1)
    return fitted


def _n_lines(row: Sequence[str], widths: Sequence[float]) -> int:
    return max(
        sum(
            max(1, ceil(text_width(line, _TEXT.size) * 1.02 / (width - _CELL_MARGINS)))
            for line in text.split("\n")
        )
        for text, width in zip(row, widths, strict=True)
    )


def _mm(n_lines: int) -> float:
    return n_lines * (_TEXT.size * LINE_EM) / POINTS_PER_MM


# ---------------------------------------------------------------------------------------------------- Word


def _body(
    account: Account, office: Sequence[str], parts: Sequence[_Part], annexed: Sequence[_Part]
) -> Iterator[str]:
    for line in office[:-1]:
        yield _text("parent", line.upper())
    yield _text("issuer", office[-1].upper())
    yield _text("kind", TITLE.upper())
    yield _text("subject", _subject(account))
    for part in parts:
        yield from _written(part, "nêu đủ ở Phụ lục.")
    yield paragraph("note")
    half = PAGE.text_width / 2
    names = ("NGƯỜI LẬP PHIẾU", "THỦ TRƯỞNG ĐƠN VỊ")
    yield table((half, half), (WordRow(tuple(cell("authority", name) for name in names)),), PLAIN_TABLE)
    if annexed:
        yield paragraph("section_end", section=section(HEADERS))
        yield _text("annex", _ANNEX)
        yield _text("annex_title", _ANNEX_TITLE.upper())
        for part in annexed:
            yield from _written(part, "bản đủ do người tổng hợp lập khi được yêu cầu.")
    yield paragraph("section_end")
    yield section(HEADERS)


def _written(part: _Part, rest_is: str) -> Iterator[str]:
    """Write a list; ``rest_is`` says where what it doesn't show is to be had."""
    if part.title:
        yield _text("table_title", f"{part.title} ({format_count(len(part.rows))})")
    rows = [WordRow(tuple(cell("column", head) for head in part.heads), header=True)] if part.heads else []
    for n, texts in enumerate(part.rows[: part.shown], 1):
        kind = "last" if part.shown - LAST_ROWS < n < part.shown else "cell"
        first = _first(texts[0], part, kind)
        rows.append(WordRow((first, *(_cell(f"{kind}_text", text) for text in texts[1:]))))
    if rest := len(part.rows) - part.shown:
        other = "dòng khác" if part.shown else "dòng"
        said = f"… {'và ' if part.shown else ''}{format_count(rest)} {other}; {rest_is}"
        rows.append(WordRow((cell("cell_text", said, span=len(part.widths)),)))
    yield table(part.widths, rows)


def _first(text: str, part: _Part, kind: str) -> WordCell:
    """A number in the lists by unit, a bold label among the facts, the text itself in plain lists."""
    if part.heads:
        return _cell(f"{kind}_center" if part.heads[0] == "STT" else f"{kind}_text", text)
    if len(part.widths) > 1:
        return WordCell(paragraph(f"{kind}_text", run(text, BOLD)))
    return _cell(f"{kind}_text", text)


def _cell(key: str, text: str) -> WordCell:
    return WordCell("".join(_text(key, line) for line in text.split("\n")))


def _text(key: str, text: str) -> str:
    return paragraph(key, run(clean_text(text)))
