"""``dvctt-report explain``: where a figure comes from, of the present data or of a report signed earlier."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from textwrap import wrap
from typing import TypeVar

import typer

from dvctt_report.cli.ask import ask
from dvctt_report.cli.options import Format
from dvctt_report.cli.screen import console, is_terminal, print_json, say, tell
from dvctt_report.cli.session import open_year
from dvctt_report.explain.account import Account
from dvctt_report.explain.answer import explain_subject, title_of
from dvctt_report.explain.manifest import read_manifest
from dvctt_report.explain.papers import FigureSource, figures_now, figures_of, version_of
from dvctt_report.explain.subject import SeveralFigures, Subject, UnknownSubject, find_subject
from dvctt_report.explain.units import UnitAccount
from dvctt_report.files.writing import write_beside
from dvctt_report.model.period import Period
from dvctt_report.report.issuers import issuer_of
from dvctt_report.store.published.record import Publication, publications
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.file_names import format_file, last_name
from dvctt_report.text.vietnamese import file_stem
from dvctt_report.year.loader import OpenYear

Entry = TypeVar("Entry")
_MOST = 5
"""Entries of a list that are told where not all are asked for."""
_LABEL = 15


def run(
    ctx: typer.Context,
    subject: str,
    unit: str | None = None,
    report: Path | None = None,
    everything: bool = False,
    docx: bool = False,
    pick: int = 0,
    period: Period | None = None,
    output: Format = Format.TABLE,
    as_of: str | None = None,
) -> None:
    """Explain one figure."""
    year = open_year(ctx, read_manifest(report).period if report else period, as_of)
    workspace = year.workspace
    published = publications(workspace, year.period)
    sources = _sources(year, report, published, is_asked=as_of is not None)
    source, about = _find(sources, subject, unit or "", pick, everything=everything)
    told = source.named_figures if about.places else source.figures
    one = told.unit_names.pick(unit).code if unit else ""
    account = replace(explain_subject(told, about, one), places=about.places)
    version = version_of(told, source.report, published)
    if output is Format.JSON:
        said = asdict(account)
        said["meaning"] = [{"label": label, "text": text} for label, text in account.meaning]
        print_json(
            {
                **told.period.as_json(),
                "subject": {"kind": about.kind, "code": about.code, "unit": one or None},
                "report": told.data["report"] if told.data["report"]["file"] else None,
                "version": list(version),
                "indicator": told.indicators.get(about.code) if about.kind == "target" else None,
                "account": said,
            }
        )
    else:
        print_account(account, version, everything=everything, cells=bool(one) or everything)
        for other in published if as_of is None or report is not None else ():
            if source.report is None or other.folder != source.report.resolve().parent:
                say(f'\nGiải trình theo {other.titled}: thêm --report "{other.manifest}"')
    if docx:
        from dvctt_report.explain.sheet import sheet_bytes

        issuer = issuer_of(workspace, year.as_of)
        office = (issuer.parent_name, issuer.name)
        name = "-".join(
            filter(None, ("phieu-giai-trinh", file_stem(about.code), file_stem(one) if one else ""))
        )
        content = sheet_bytes(account, office, version, notice=issuer.notice, whole=everything)
        path = write_beside(workspace.results / "giai-trinh" / f"{name}.docx", content)
        if output is Format.TABLE:
            say(f"\nĐã lập phiếu giải trình: {path}")


def _sources(
    year: OpenYear, report: Path | None, published: Sequence[Publication], *, is_asked: bool
) -> Iterator[FigureSource]:
    """Where it is looked up: the report that was named, else what was signed, the latest first; then now.

    A number of a signed report is asked for long after a supplement has put another in its place.
    """
    from dvctt_report.decide.check.finals import manifest_now

    if report is not None:
        yield figures_of(report, year.workspace)
        return
    if not is_asked:
        yield from (figures_of(one.manifest, year.workspace) for one in reversed(published))
    yield figures_now(year, manifest_now, as_asked=is_asked)


def _find(
    sources: Iterable[FigureSource], said: str, unit: str, pick: int, *, everything: bool
) -> tuple[FigureSource, Subject]:
    """What was asked about, by the first source that has all of it, else the most; of several the picked."""
    answers: list[tuple[FigureSource, Subject | SeveralFigures]] = []
    refused: CannotRun | None = None
    for source in sources:
        try:
            told = source.figures
            code = told.unit_names.pick(unit).code if unit else ""
            answers.append((source, find_subject(told, said, source.read_papers, code)))
        except SeveralFigures as asked:
            answers.append((source, asked))
        except UnknownSubject as nothing:
            refused = refused or nothing
        if answers and answers[-1][1].share == 1:
            break
    if not answers:
        raise refused or AssertionError("no source")
    source, answer = max(answers, key=lambda one: one[1].share)
    if isinstance(answer, Subject):
        return source, answer
    several = answer.titled(lambda one: title_of(source.named_figures, one), everything=everything)
    offered = several.subjects
    if not pick and is_terminal(sys.stdin):
        tell(several.message)
        pick = int(typed) if (typed := ask("Chọn số thứ tự (Enter: thôi)")).isdecimal() else 0
    if not 1 <= pick <= len(offered):
        raise several from None
    return source, offered[pick - 1]


def print_account(account: Account, version: Iterable[str], *, everything: bool, cells: bool) -> None:
    """Print ``account``, of lists the first entries or ``everything``; ``cells``: with what was typed."""
    from rich.text import Text

    out = console()
    width = max(40, min(out.width, 100))
    by_name = "." in account.code
    name = f"{account.name} (mã {account.code})" if by_name else f"{account.code} · {account.name}"
    lines = [("", name, "bold")]  # what stands before a text, the text, its style
    for label, texts in account.facts(version):
        lines += [(f"{'' if n else label:<{_LABEL}}", text, "") for n, text in enumerate(texts)]
    most = None if everything else _MOST
    lists = []  # title, how many entries, the lines of those that are told
    for title, own in zip(account.titles, (account.counted, account.left_out), strict=True):
        told = [_unit_lines(n, unit, cells) for n, unit in enumerate(own[:most], 1)]
        lists.append((f"{title} ({len(own)})", len(own), told))
    for title, said in (
        ("Quyết định", account.decisions),
        ("Lỗi, cảnh báo khác liên quan", account.findings),
    ):
        lists.append((title, len(said), [iter([("  - ", text)]) for text in said[:most]]))
    for title, n_entries, entries in lists:
        lines += [("", "", ""), ("", title, "bold")] if entries else []
        lines += [(lead, text, "") for entry in entries for lead, text in entry]
        if left := n_entries - len(entries):
            lines.append(("     ", f"… và {left} dòng khác; thêm --all để xem đủ.", ""))
    for lead, text, style in lines:  # later lines of a text are set under the first
        for n, piece in enumerate(wrap(text, width - len(lead), break_on_hyphens=False) or [""]):
            out.print(Text((" " * len(lead) if n else lead) + piece, style=style), soft_wrap=True)


def _unit_lines(n: int, unit: UnitAccount, cells: bool) -> Iterator[tuple[str, str]]:
    """What is said of the ``n``-th unit of a list: what stands before each line, and the line."""
    yield f"{n:>3}. ", f"{unit.name}: {unit.figure or unit.reason}"
    source = " · ".join(part for part in (unit.document, last_name(unit.file)) if part)
    if source and unit.figure:
        yield "     ", source
    yield from (("     ! ", finding) for finding in unit.findings)
    if cells and unit.file:
        yield "     ", f"Tệp {format_file(unit.file)}"
    for one in unit.cells if cells else ():
        as_read = ("", one.value, one.value.replace(".", ""))
        typed = f"; ghi “{one.raw}”" if one.raw not in as_read else ""
        reading = f"; {one.reading}" if one.reading else ""
        place = f"{one.place}: " if one.place else ""
        yield "       · " if one.beneath else "     - ", f"{place}{one.label} = {one.value}{typed}{reading}"
    places = "; ".join(f"{c.place}: {c.value}" for c in unit.cells if not c.beneath and c.place)
    if places and not cells:
        yield "     ", places
