"""What an officer does and sees: commands typed, files put into the inbox, texts of what was made."""

from __future__ import annotations

import io
import json
import shlex
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import docx
import openpyxl
import pytest
from lxml import html
from typer.main import get_command

from dvctt_report.cli import door
from dvctt_report.cli.app import LazyCommands, app
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.writer import form_bytes
from dvctt_report.model import Key
from dvctt_report.plan.fields import NO, YES, fields
from dvctt_report.plan.model import Listing, Profile, Prose, Survey, Target, Task, Unit
from dvctt_report.store.workspace import Workspace, read_workspace
from tests.pytest_types import Capture, Patch

UNIT = "SYT"
AS_OF = "--as-of '20/11/2025 17:00'"
NOTHING: Mapping[Key, Answer] = MappingProxyType({})
PDF = b"%PDF-1.4\n%%EOF\n"


class Run:
    """Commands as they are typed, in one line each."""

    def __init__(self, capfd: Capture) -> None:
        self._capfd = capfd

    def raw(self, line: str) -> tuple[int, str, str]:
        """The exit code, what went to stdout and what to stderr."""
        self._capfd.readouterr()
        code = door.main(shlex.split(line))
        said = self._capfd.readouterr()
        return code, said.out, said.err

    def __call__(self, line: str, *codes: int) -> str:
        """All that was said, its lines joined; it ended with one of the codes, with 0 where none is named."""
        code, out, err = self.raw(line)
        assert code in (codes or (0,)), (line, code, out, err)
        return " ".join((out + err).split())

    def lax(self, line: str) -> str:
        """The same, where something may be wrong with the figures."""
        return self(line, 0, 1)

    def json(self, line: str) -> Any:
        code, out, err = self.raw(f"{line} --format json")
        assert code < 2, (line, code, err)
        return json.loads(out)

    def statuses(self) -> dict[str, str]:
        """What became of each file, by the end of its name, after a collect."""
        return {r["file"].rpartition("/")[2]: r["status"] for r in self.json("collect")["returns"]}

    def units(self) -> dict[str, dict[str, Any]]:
        return {u["unit"]: u for u in self.json(f"status {AS_OF}")["units"]}

    def findings(self, code: str = "", unit: str = "") -> list[dict[str, Any]]:
        """What ``validate`` finds, of a kind and a unit."""
        found = self.json(f"validate {AS_OF}")["findings"]
        return [f for f in found if code in ("", f["code"]) and unit in ("", f["unit"])]

    def decided(self, kind: str = "") -> list[dict[str, Any]]:
        """The decisions of a kind, the earliest first; those in force have a name."""
        return [one for one in self.json("decide")["decisions"] if kind in ("", one["kind"])]


def leaves() -> dict[str, Any]:
    """Each command by the words that call it, those of groups one by one."""

    def of(group: Any, above: str = "") -> Iterator[tuple[str, Any]]:
        for name in group.entries:
            command = group.get_command(None, name)
            inner = (
                of(command, f"{name} ")
                if isinstance(command, LazyCommands)
                else [(f"{above}{name}", command)]
            )
            yield from inner

    return dict(of(get_command(app)))


def do(root: Path, *lines: str) -> Path:
    """Carry out commands in a workspace, in their order; the workspace again, for a fixture to give."""
    for line in lines:
        assert door.main(["--workspace", str(root), *shlex.split(line)]) in (0, 1), line
    return root


def copied(original: str, about: str) -> Any:
    """A fixture: a copy of another's folder, with the current folder in it."""

    def copy(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: Patch, capfd: Capture) -> Workspace:
        root = Path(shutil.copytree(request.getfixturevalue(original), tmp_path / "Báo cáo"))
        monkeypatch.chdir(root)
        capfd.readouterr()
        return read_workspace(root)

    copy.__doc__ = about
    return pytest.fixture(copy)


def inside(original: str, about: str) -> Any:
    """A fixture: another's folder itself, as the current one, for tests that leave it as it is."""

    def enter(request: pytest.FixtureRequest, monkeypatch: Patch) -> Workspace:
        root: Path = request.getfixturevalue(original)
        monkeypatch.chdir(root)
        return read_workspace(root)

    enter.__doc__ = about
    return pytest.fixture(enter)


def run_json(capfd: Capture, *argv: str) -> tuple[int, Any]:
    capfd.readouterr()
    code = door.main([*argv, "--format", "json"])
    return code, json.loads(capfd.readouterr().out)


def use_menu(monkeypatch: Patch, capfd: Capture, *lines: str) -> str:
    """Type the lines into the menu and leave it; returns all that was shown."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in (*lines, "0"))))
    assert door.main(["menu"]) == 0
    told = capfd.readouterr()
    return told.out + told.err


def plain_answers(profile: Profile, unit: Unit) -> dict[Key, Answer]:
    """Answers to everything that a unit's form asks, all of them in order."""
    given: dict[Key, Answer] = {
        Key("_", "contact"): "Nguyễn Văn A, chuyên viên",
        Key("_", "phone"): "0259 000 001",
        Key("_", "sent_on"): date(2025, 11, 5),
    }
    items = {i.code: i for i in profile.asked(unit)}
    for item in items.values():
        if isinstance(item, Task):
            given[Key(item.code, "status")] = "Đã thực hiện"
        elif isinstance(item, Target) and item.measure == "yes_no":
            given[Key(item.code, "answer")] = YES
            given[Key(item.code, "evidence")] = "Công văn số 12/VP"
        elif not isinstance(item, Target | Listing | Prose):
            for spec in fields(item):
                if spec.kind == "money":
                    given[Key(item.code, spec.code)] = 6_000_000
                elif spec.kind == "count":
                    part = isinstance(item, Survey) and item.code.rpartition(".")[2] != "chung"
                    number = 2 if part else 0 if "received_direct" in spec.code else 6
                    given[Key(item.code, spec.code)] = number
                elif spec.kind == "yes_no":
                    given[Key(item.code, spec.code)] = NO
        elif isinstance(item, Target) and not item.same_as:
            for name, number in (("total", 4), ("done", 3)):
                sources = item.total_sources if name == "total" else item.done_sources
                if unit.parts and item.by_part != "no":
                    office = ("Cơ quan cấp huyện",) if item.by_part == "office_and_parts" else ()
                    given |= {Key(item.code, name, part): number for part in (*office, *unit.parts)}
                elif not any(s.rpartition(".")[0] in items for s in sources):
                    given[Key(item.code, name)] = number
    dossiers = [code for code in items if code.startswith("HS.")]
    return given | {Key(row, column): n for row in dossiers for column, n in _DOSSIERS.items()}


_DOSSIERS = {
    "received_total": 10,
    "received_online": 7,
    "received_direct": 2,
    "carried_over": 1,
    "resolved_total": 8,
    "resolved_early": 4,
    "resolved_on_time": 3,
    "resolved_late": 1,
    "pending_total": 2,
    "pending_in_time": 2,
    "pending_late": 0,
}


def filled(workspace: Workspace, code: str, answers: Mapping[Key, Answer]) -> bytes:
    """The form of a unit with these answers."""
    return form_bytes(workspace.profile, workspace.profile.roster.unit(code), workspace.period, answers)


def send(
    workspace: Workspace,
    name: str,
    done: int | str,
    sent_on: date | None,
    code: str = UNIT,
    more: Mapping[Key, Answer] = NOTHING,
) -> Path:
    """Put a filled form into the inbox; ``done`` of 4 is its answer to the first target."""
    answers = plain_answers(workspace.profile, workspace.profile.roster.unit(code))
    del answers[Key("_", "sent_on")]
    dated = {} if sent_on is None else {Key("_", "sent_on"): sent_on}
    path = workspace.inbox / name
    path.write_bytes(filled(workspace, code, answers | dated | {Key("T1", "done"): done} | dict(more)))
    return path


def send_as(
    workspace: Workspace,
    name: str,
    form_of: str,
    number: str,
    done: int = 3,
    more: Mapping[Key, Answer] = NOTHING,
) -> Path:
    """Put the form of one unit into the inbox, with the number of a document."""
    numbered = {Key("_", "document_number"): number, **more}
    return send(workspace, name, done, date(2025, 11, 5), form_of, numbered)


def type_into(workspace: Workspace, unit: str, said: Mapping[str, Any]) -> int:
    """Type into the unit's row of the tracking book, by column letter; return the row."""
    book = openpyxl.load_workbook(workspace.book)
    sheet = book.worksheets[0]
    row = next(cell.row for cell in sheet["A"] if cell.value == unit)
    for column, value in said.items():
        sheet[f"{column}{row}"] = value
    book.save(workspace.book)
    return int(row)


def type_control(workspace: Workspace, item: str, said: Mapping[str, Any], unit: str | None = None) -> int:
    """Type what the system in charge holds, of the province or a unit; make the book where there is none."""
    if not workspace.control.exists():
        assert door.main(["control", "make"]) == 0
    book = openpyxl.load_workbook(workspace.control)
    sheet = book.worksheets[0]
    row = next(c.row for c in sheet["A"] if c.value == item and (sheet[f"C{c.row}"].value or None) == unit)
    for column, value in {"H": date(2025, 10, 31), "I": "CV 8", **said}.items():
        sheet[f"{column}{row}"] = value
    book.save(workspace.control)
    return int(row)


def edit(path: Path, old: str, new: str, most: int = -1) -> None:
    """Replace what stands in a text file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, most), encoding="utf-8")


def words_of(path: Path) -> str:
    """The paragraphs of a Word file, then those of its tables; the cells of a workbook."""
    if path.suffix == ".xlsx":
        return "\n".join(cells_of(path))
    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(p.text for p in document.paragraphs), *cells))


def cells_of(path: Path) -> list[str]:
    """What is shown in the cells of a workbook, sheet by sheet."""
    book = openpyxl.load_workbook(path, data_only=True)
    return [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]


def page_of(root: Path) -> Any:
    return html.fromstring((root / "ket-qua" / "2025" / "tinh-hinh.html").read_bytes())


def manifest_of(workspace: Workspace) -> dict[str, Any]:
    table: dict[str, Any] = json.loads(workspace.manifest_of(workspace.period).read_text(encoding="utf-8"))
    return table


def report_of(workspace: Workspace) -> Path:
    return workspace.manifest_of(workspace.period).with_suffix(".docx")
