"""The one-page slip that goes back to the author: what is wrong, where, why, how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from dvctt_report.lint.check import quote
from dvctt_report.lint.outcome import Outcome, Verdict
from dvctt_report.lint.summary import LEVEL_NAMES, Told, told_together
from dvctt_report.model import Severity
from dvctt_report.nd30.format import component
from dvctt_report.nd30.metrics import break_lines
from dvctt_report.nd30.package import HEADERS, write_package
from dvctt_report.nd30.page import LINE_EM, POINTS_PER_MM
from dvctt_report.nd30.wordxml import Cell, Row, cell, paragraph, run, section, table

ROOM = 195.0
"""Height in mm that the table may take, so that head and foot of the slip stand on the same page."""
_WIDTHS = (12.0, 42.0, 38.0, 23.0, 50.0)
_HEADS = ("STT", "Lỗi", "Vị trí", "Căn cứ", "Cách sửa")
_PADDING = 3.0
_TEXT = component("cell_text")


def write_slip(verdict: Verdict) -> bytes:
    """Return the bytes of the slip for one checked document: errors and warnings, a row a check.

    What doesn't fit on the page is told by its codes.
    """
    return write_package("".join(_document(verdict)), "Phiếu kiểm tra thể thức", "dvctt-report")


def _document(verdict: Verdict) -> Iterator[str]:
    told = [t for t in told_together(verdict.findings) if t.finding.level is not Severity.INFO]
    rows = [tuple(own) for _, own in groupby(told, key=lambda t: t.finding.code)]
    shown = _fitting([_texts(own) for own in rows])
    yield paragraph("kind", run("PHIẾU KIỂM TRA THỂ THỨC"))
    yield paragraph(
        "annex_of", run("(Theo Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ)")
    )
    yield paragraph("note", run(_about(verdict)))
    yield paragraph("note", run(_result(verdict)))
    if shown:
        yield paragraph("section_end")
        yield table(_WIDTHS, _rows(shown))
    if len(rows) > len(shown):
        rest = ", ".join(own[0].finding.code for own in rows[len(shown) :])
        yield paragraph("note", run(f"Còn các nội dung khác, xem kết quả trên màn hình: {rest}."))
    pending = sorted({f.code for f in verdict.findings if f.outcome is Outcome.NOT_EVALUATED})
    if pending:
        yield paragraph(
            "note", run(f"Chưa xét được (chỗ để trống, thông tin không có): {', '.join(pending)}.")
        )
    signed = f"Người kiểm tra: {'.' * 40}   Ngày {'.' * 8} tháng {'.' * 8} năm {'.' * 10}"
    yield paragraph("note", run(signed))
    yield section(HEADERS)


def _about(verdict: Verdict) -> str:
    number = f", {verdict.number[:1].lower()}{verdict.number[1:]}" if verdict.number else ""
    return f"Văn bản: {verdict.kind}{number}; tệp {verdict.file}"


def _result(verdict: Verdict) -> str:
    counts = verdict.count()
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    if not errors and not warnings:
        return "Kết quả: không phát hiện lỗi thể thức trong các nội dung được kiểm tra."
    return f"Kết quả: {errors} chỗ sai quy định (lỗi), {warnings} chỗ khác mẫu hoặc thông lệ (cảnh báo)."


def _texts(own: tuple[Told, ...]) -> tuple[str, str, str, str]:
    """What stands in the columns of a check's row, its number apart."""
    first = own[0].finding
    n_places = len(own) + sum(told.n_more for told in own)
    more = f" (và {n_places - 1} chỗ khác)" if n_places > 1 else ""
    where = f"{first.place}: “{quote(first.text, 30)}”" if first.text else first.place
    found = "; ".join(dict.fromkeys(told.finding.found for told in own))
    fixes = "; ".join(dict.fromkeys(told.finding.fix for told in own))
    lead = f"{first.code} ({LEVEL_NAMES[first.level]}): "
    return f"{lead}{quote(found, 70)}", f"{where}{more}", first.source.partition(";")[0], quote(fixes, 85)


def _fitting(rows: list[tuple[str, str, str, str]]) -> list[tuple[str, str, str, str]]:
    """The first rows that fit into ``ROOM``."""
    line = _TEXT.size * LINE_EM / POINTS_PER_MM
    used, shown = 0.0, []
    for texts in rows:
        n_lines = max(
            break_lines(text, width - _PADDING, _TEXT).count("\n") + 1
            for text, width in zip(texts, _WIDTHS[1:], strict=True)
        )
        used += n_lines * line + (_TEXT.before + _TEXT.after) / POINTS_PER_MM
        if used > ROOM:
            break
        shown.append(texts)
    return shown


def _rows(rows: list[tuple[str, str, str, str]]) -> Iterator[Row]:
    yield Row(tuple(cell("column", head) for head in _HEADS), header=True)
    for at, texts in enumerate(rows, 1):
        written = (Cell(paragraph("cell_text", run(text))) for text in texts)
        yield Row((cell("cell_center", str(at)), *written))
