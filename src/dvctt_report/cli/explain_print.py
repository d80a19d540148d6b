"""An account of a figure on the terminal: what matters most first, 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from dvctt_report.cli.screen import console
from dvctt_report.file_names import format_file, last_name

if TYPE_CHECKING:
    from rich.console import Console

    from dvctt_report.explain.account import Account
    from dvctt_report.explain.units import CellLine, UnitAccount

N_UNITS = 5
N_LINES = 5
_LABEL = 13


def print_account(
    account: Account,
    version: Iterable[str],
    since: Sequence[str] | None,
    *,
    everything: bool,
    cells: bool,
) -> None:
    """Print ``account``; lists are cut to the first entries unless ``everything`` is asked for.

    ``cells``: every cell with what was typed in it and how that was read, not only its address. ``since``:
    what changed after the report that is explained, None where there is nothing to compare with.
    """
    out = console()
    _heading(out, f"{account.code} · {account.name}")
    for label, lines in account.facts(version):
        for n, text in enumerate(lines):
            _fact(out, "" if n else label, text)
    for title, units in account.lists:
        _units(out, title, units, everything, cells)
    _list(out, "Quyết định", account.decisions, everything)
    _list(out, "Lỗi, cảnh báo khác liên quan", account.findings, everything)
    if since is not None:
        _list(out, "Thay đổi từ khi lập báo cáo", since or ("Không thay đổi.",), everything)


def _units(out: Console, title: str, units: Sequence[UnitAccount], everything: bool, cells: bool) -> None:
    if not units:
        return
    out.print()
    _heading(out, f"{title} ({len(units)})")
    shown = units if everything else units[:N_UNITS]
    for n, unit in enumerate(shown, 1):
        _lines(out, f"{n:>3}. ", f"{unit.name}: {unit.figure or unit.reason}")
        source = " · ".join(part for part in (unit.document, last_name(unit.file)) if part)
        if source and unit.figure:
            _lines(out, "     ", source)
        for finding in unit.findings:
            _lines(out, "     ! ", finding)
        if cells:
            if unit.file:
                _lines(out, "     ", f"Tệp {format_file(unit.file)}")
            for one in unit.cells:
                _lines(out, "       · " if one.beneath else "     - ", _cell(one))
        elif places := _places(unit.cells):
            _lines(out, "     ", places)
    _more(out, len(units) - len(shown))


def _cell(one: CellLine) -> str:
    typed = f"; ghi “{one.raw}”" if one.raw not in ("", one.value, one.value.replace(".", "")) else ""
    reading = f"; {one.reading}" if one.reading else ""
    place = f"{one.place}: " if one.place else ""
    return f"{place}{one.label} = {one.value}{typed}{reading}"


def _places(cells: Iterable[CellLine]) -> str:
    return "; ".join(f"{c.place}: {c.value}" for c in cells if not c.beneath and c.place)


def _list(out: Console, title: str, lines: Sequence[str], everything: bool) -> None:
    if not lines:
        return
    out.print()
    _heading(out, title)
    shown = lines if everything else lines[:N_LINES]
    for line in shown:
        _lines(out, "  - ", line)
    _more(out, len(lines) - len(shown))


def _more(out: Console, n: int) -> None:
    if n:
        _lines(out, "     ", f"… và {n} dòng khác; thêm --all để xem đủ.")


def _heading(out: Console, text: str) -> None:
    _lines(out, "", text, "bold")


def _fact(out: Console, label: str, text: str) -> None:
    _lines(out, f"{label:<{_LABEL}}", text)


def _lines(out: Console, lead: str, text: str, style: str = "") -> None:
    """Print ``text`` behind ``lead``, later lines set under the first."""
    from rich.text import Text

    width = max(40, min(out.width, 100))
    indent = " " * len(lead)
    for n, line in enumerate(wrap(text, width - len(lead), break_on_hyphens=False) or [""]):
        out.print(Text((indent if n else lead) + line, style=style), soft_wrap=True)
