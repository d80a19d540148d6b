"""Measure one thing once, in a process of its own: ``python -m scripts.bench.measure WHAT FOLDER``.

Prints JSON: ``seconds`` of the work itself (the interpreter has started and everything is imported) and
``cpu`` seconds of all its processes.
"""

from __future__ import annotations

import gc
import json
import resource
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import asdict
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path

from dvctt_report import OBJECTS_BETWEEN
from dvctt_report.cli import door
from dvctt_report.cli.session import year_at
from dvctt_report.forms.writer import form_bytes
from dvctt_report.report.issuers import issuer_of, phrases_in
from dvctt_report.report.telling import Telling
from dvctt_report.store.workspace import read_workspace

N_PEER = 30
"""Returns that are read by what reads slowly; what one of them took is what is compared."""
WARM = "warm"
"""Beside the workspace that is measured: a small one to start with."""


def calamine(folder: Path) -> Callable[[], None]:
    """Every cell's value of every sheet, by the fastest reader there is."""
    from python_calamine import CalamineWorkbook

    def work() -> None:
        for path in _returns(folder):
            book = CalamineWorkbook.from_path(path)
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python(skip_empty_area=False)

    return work


def pandas(folder: Path) -> Callable[[], None]:
    """What one would write in an afternoon: every sheet as a table, all of them put together."""
    from pandas import concat, read_excel

    def work() -> None:
        tables = []
        for path in _returns(folder)[:N_PEER]:
            for name, table in read_excel(path, sheet_name=None, header=None, engine="openpyxl").items():
                tables.append(table.assign(file=path.name, sheet=name))
        concat(tables)

    return work


def openpyxl_twice(folder: Path) -> Callable[[], None]:
    """Every cell with its formula and with its result, which openpyxl reads one at a time."""
    from openpyxl import load_workbook

    def work() -> None:
        for path in _returns(folder)[:N_PEER]:
            for results in (False, True):
                for sheet in load_workbook(path, data_only=results):
                    for row in sheet.iter_rows(values_only=True):
                        _ignore(row)

    return work


def collect(folder: Path) -> Callable[[], None]:
    """The whole of ``dvctt-report collect``, in a process that has just done it for another workspace."""

    def run(workspace: Path) -> None:
        said = StringIO()
        with redirect_stdout(said):
            code = door.main(["--workspace", str(workspace), "collect", "--format", "json"])
        returns = json.loads(said.getvalue())["returns"]
        used = [r for r in returns if r["status"] == "effective"]
        assert code in (0, 1), said.getvalue()[:2000]
        assert len(used) == len(_returns(workspace))

    gc.set_threshold(OBJECTS_BETWEEN)  # as the program does when it starts
    shutil.rmtree(folder.parent / WARM / ".dvctt", ignore_errors=True)  # what reads files is loaded, too
    run(folder.parent / WARM)
    return lambda: run(folder)


def form(folder: Path) -> Callable[[], None]:
    """Write the form of one unit."""
    workspace = read_workspace(folder)
    unit = workspace.profile.roster.unit(_returns(folder)[0].stem)
    form_bytes(workspace.profile, unit, workspace.period)
    return lambda: _ignore(form_bytes(workspace.profile, unit, workspace.period))


def render(folder: Path) -> Callable[[], None]:
    """Make the report of the year from figures that are there."""
    return _report(folder, alone=False)


def docxtpl(folder: Path) -> Callable[[], None]:
    """Fill the same template with the same values by docxtpl and nothing else."""
    return _report(folder, alone=True)


def lint(folder: Path) -> Callable[[], None]:
    """Check the format of a report of some hundred pages."""
    from dvctt_report.word.lint import lint_source
    from dvctt_report.word.lint.check import read_settings
    from dvctt_report.word.source import read_source

    gc.set_threshold(OBJECTS_BETWEEN)  # as the program does when it starts
    path, settings = _long_report(folder), read_settings()
    assert lint_source(read_source(path), path.name, settings).results
    return lambda: _ignore(lint_source(read_source(path), path.name, settings))


def check(folder: Path) -> Callable[[], None]:
    """Hold an edited copy of the sample's report against its manifest."""
    from dvctt_report.decide.check.check import check_document
    from dvctt_report.decide.check.document import read_document
    from dvctt_report.decide.check.known import read_manifest

    path = _rendered(folder)
    manifest = path.with_suffix(".json")
    return lambda: _ignore(check_document(read_document(path), read_manifest(manifest)))


def docx(folder: Path) -> Callable[[], None]:
    """Read every paragraph's runs with their fonts, in the long report, by python-docx and nothing else."""
    path = _long_report(folder)
    return lambda: _ignore(_fonts(path))


def docx_sample(folder: Path) -> Callable[[], None]:
    """The same, in the sample's own report."""
    path = _rendered(folder)
    return lambda: _ignore(_fonts(path))


def _fonts(path: Path) -> list[tuple[str, object]]:
    from docx import Document

    document = Document(str(path))
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    paragraphs = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
    return [(run.text, run.font.size) for paragraph in paragraphs for run in paragraph.runs]


def _rendered(folder: Path) -> Path:
    year = read_workspace(folder).period
    path = folder / "ket-qua" / str(year) / f"bao-cao-{year}.docx"
    if not path.exists():
        with redirect_stdout(StringIO()):
            door.main(["--workspace", str(folder), "collect", "--format", "json"])
            door.main(["--workspace", str(folder), "render"])
    return path


def _long_report(folder: Path) -> Path:
    """The sample's report, the paragraphs of its text repeated until there are some hundred pages of them.

    Each copy has a word of its own, so that what is known of one paragraph is not yet all about its copies.
    """
    from copy import deepcopy
    from itertools import takewhile

    from docx import Document
    from docx.oxml.ns import qn

    path = folder / "dai.docx"
    if not path.exists():
        document = Document(str(_rendered(folder)))
        text = takewhile(lambda p: not p.text.endswith("./."), document.paragraphs)
        body = [p._p for p in text if len(p.text) > 200]
        for n in range(480):
            copy = deepcopy(body[n % len(body)])
            first = next(text for text in copy.iter(qn("w:t")) if " " in (text.text or ""))
            word = "".join(chr(ord("a") + int(figure)) for figure in str(n))
            first.text = first.text.replace(" ", f" {word} ", 1)
            body[-1].addnext(copy)
        document.save(str(path))
    return path


def _report(folder: Path, alone: bool) -> Callable[[], None]:
    from docxtpl import DocxTemplate

    from dvctt_report.report.context import build_context
    from dvctt_report.report.render import PLACED, fill
    from dvctt_report.report.tags import environment
    from dvctt_report.report.wording import Voice

    workspace = read_workspace(folder)
    template = workspace.profile_file("report.docx")
    with redirect_stdout(StringIO()):
        door.main(["--workspace", str(folder), "collect", "--format", "json"])
    moment = datetime(workspace.period.year, 11, 20, 17)
    year = year_at(workspace, moment)
    issuer = issuer_of(workspace, moment)
    voice = Voice(phrases_in(workspace), issuer, marking=True)
    context = build_context(Telling(year, voice))
    fill(template, context, issuer).content("once, so that both start warm")
    if not alone:
        return lambda: _ignore(fill(template, context, issuer).content("as the command does"))
    given = {name: value for part in asdict(context).values() for name, value in part.items()}
    # What goes in whole, ready-made tables and charts, is nothing that docxtpl would have to fill.
    values = given | dict.fromkeys(PLACED, "")

    def work() -> None:
        document = DocxTemplate(template)
        document.render(values, environment(), autoescape=True)
        document.save(BytesIO())

    return work


def _ignore(_: object) -> None:
    return None


WORK: dict[str, Callable[[Path], Callable[[], None]]] = {
    "calamine": calamine,
    "pandas": pandas,
    "openpyxl_twice": openpyxl_twice,
    "collect": collect,
    "form": form,
    "render": render,
    "docxtpl": docxtpl,
    "lint": lint,
    "docx": docx,
    "check": check,
    "docx_sample": docx_sample,
}


def _returns(folder: Path) -> list[Path]:
    return sorted(folder.glob("nhan-ve/*/*.xlsx"))


def main(what: str, folder: Path) -> None:
    work = WORK[what](folder)
    start, cpu = time.perf_counter(), _cpu()
    work()
    print(json.dumps({"seconds": time.perf_counter() - start, "cpu": _cpu() - cpu}))


_WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def _cpu() -> float:
    usages = [resource.getrusage(who) for who in _WHO]
    return sum(u.ru_utime + u.ru_stime for u in usages)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
