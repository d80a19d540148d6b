"""No text of others acts on the terminal or writes a line of its own: cells, names, settings, arguments."""

from __future__ import annotations

import ast
import io
import json
import re
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from dvctt_report.cli import door
from dvctt_report.files.manifests import unpacked
from dvctt_report.forms.form import COVER
from dvctt_report.forms.writer import form_bytes
from dvctt_report.model import Key
from dvctt_report.model.period import Period
from dvctt_report.store.workspace import SETTINGS, read_workspace
from dvctt_report.text.visible import legible, legible_name, on_one_line
from tests.forms.fill import cells, field_of, fill
from tests.pytest_types import Capture, Patch

CLI = Path(door.__file__).parent
FORGED = "Không có lỗi nào."
ACTING = "\x1b[2J\x1b[1;1H\x9b2J\x07\x08\u202e\u2066\u200b\ufeff\u2028"
PERSONAL = ("079 123 456 789", "0912345678", "an.nguyen@gmail.com", "19036789012345")
DECEIT = f"=lạ{ACTING}\n{FORGED}\r{FORGED}\x85{FORGED}"
PAYLOAD = f"{DECEIT} CCCD {', '.join(PERSONAL[:3])}, STK {PERSONAL[3]}"
COMMANDS = (
    "validate",
    "validate --format json",
    "validate --format csv",
    "status",
    "status --format json",
    "status --files",
    "status --files --format json",
    "status --files --unit SXD",
    "status --files --unit SXD --format json",
    "feedback",
    "decide --format json",
    "decide",
    "render",
    "export",
    "explain T1",
    "letter remind",
    "letter feedback",
    "plan",
    "doctor",
    "check ket-qua/2025/bao-cao-2025.docx",
    "lint ket-qua/2025",
    "collect",
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Sở Y tế", "Sở Y tế"),
        ("a\x1b[2Jb", "a�[2Jb"),
        ("\x9b\x7f\x00", "���"),
        ("\u202e\u2069\u200b\u00ad\ufeff", "�����"),
        ("hai\ndòng\tmột\u00a0chữ\u2028x", "hai\ndòng một chữ�x"),
        ("\udcff", "�"),
        ("tr\u034fùng\u3164 tên\u2800", "tr�ùng� tên�"),
    ],
)
def test_what_cannot_be_seen_is_shown_as_such(text: str, shown: str) -> None:
    assert legible(text) == shown


def test_names_of_files_are_shown_so_that_no_two_look_alike() -> None:
    names = [
        "a.x",
        "a\x1b.x",
        "a\\x1b.x",
        "a\udc9b.x",
        "a\x9b.x",
        "a\\u009b.x",
        "a\n.x",
        "a\u200b.x",
        "ab.x",
        "a\u3164.x",
    ]

    assert len({legible_name(name) for name in names}) == len(names)
    assert all(legible_name(name).isprintable() for name in names)
    assert legible_name("Biểu\u00a001 (2).xlsx") == "Biểu\u00a001 (2).xlsx"
    assert legible_name("a\x1b[2J\udcff.x") == "a\\x1b[2J\\xff.x"


def test_a_quotation_stays_on_its_line() -> None:
    assert on_one_line("“một\n  hai\x85ba”") == "“một hai ba”"
    assert on_one_line("“một  hai”") == "“một  hai”"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which everything that others may write is written to deceive."""
    root = tmp_path_factory.mktemp("hostile") / "x"
    assert door.main(["init", str(root), "--year", "2025"]) == 0
    workspace = read_workspace(root)
    for code in ("SYT", "SNV", "NHI"):
        form = fill(code, 5)
        for key in cells(form.unit, Period(2025)):
            spec = field_of(key)
            if spec is not None and (spec.kind == "text" or (code == "NHI" and key.item != COVER)):
                form.answers[key] = PAYLOAD
        for whom in ("contact", "phone", "email"):
            form.answers[Key(COVER, whom)] = DECEIT
        data = form_bytes(workspace.profile, form.unit, Period(2025), form.answers)
        (workspace.inbox / f"{code}.xlsx").write_bytes(data)
    form = fill("SXD", 5)
    for n in (1, 2):
        form.answers[Key("T1", "done")] = f"{PAYLOAD} ({n})"
        again = form_bytes(workspace.profile, form.unit, Period(2025), form.answers)
        (workspace.inbox / f"SXD lần {n}.xlsx").write_bytes(again)
    try:
        (workspace.inbox / f"lạ{ACTING}\n{FORGED}.xlsx").write_bytes(b"")
        (workspace.inbox / f"\n{FORGED}.pdf").write_bytes(b"%PDF-1")
    except (OSError, UnicodeError):  # a system that holds no such names
        pass
    settings = root / SETTINGS
    text = settings.read_text(encoding="utf-8")
    text = re.sub(r'(?m)^ho_ten = ".*"', lambda _: f"ho_ten = {json.dumps(DECEIT)}", text)
    assert "u001b" in text
    settings.write_text(text, encoding="utf-8")
    (root / "mau.docx").write_bytes(b"PK")
    assert door.main(["collect", "--workspace", str(root)]) == 1
    assert door.main(["render", "--workspace", str(root)]) in (0, 2)
    return root


def acting(text: str) -> set[str]:
    return {c for c in text if not c.isprintable() and c != "\n" and c not in "\u00a0\t"}


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_lets_a_text_act_on_the_terminal(
    command: str, hostile: Path, capfd: Capture, monkeypatch: Patch
) -> None:
    monkeypatch.chdir(hostile)
    monkeypatch.setenv("COLUMNS", "300")
    code = door.main(command.split())
    said = capfd.readouterr()

    assert code in (0, 1, 2, 3), said.err
    assert acting(said.out.removeprefix("\ufeff") + said.err) == set()
    assert [line for line in (said.out + said.err).splitlines() if line.startswith(FORGED)] == []
    assert [number for number in PERSONAL if number in said.out + said.err] == []
    if command.endswith("json"):
        json.loads(said.out)


def test_no_file_tells_a_personal_number_or_lets_a_text_act(
    hostile: Path, capfd: Capture, monkeypatch: Patch
) -> None:
    monkeypatch.chdir(hostile)
    assert door.main(["collect", "--log", "doc.csv"]) == 1
    for command in ("validate", "render", "render --ministry", "export", "letter feedback --questions"):
        assert door.main(command.split()) in (0, 1), command
    made = [p for p in (hostile, *(hostile / "ket-qua").rglob("*")) if p.is_file()]
    made += [*(hostile / ".dvctt" / "ban-lap").iterdir(), hostile / "doc.csv"]
    texts = [(path.name, text_of(path)) for path in made]

    assert {"bao-cao-2025.docx", "tinh-hinh.html", "so-lieu-2025.csv"} <= {name for name, _ in texts}
    assert [(name, number) for name, text in texts for number in PERSONAL if number in text] == []
    assert [name for name, text in texts if _ACTS.search(text)] == []


_ACTS = re.compile(
    r"<(?:f|formula\d?|w:instrText|definedName)\b[^>]*>[^<]*lạ|(?:^|,)\"?[=+@-]lạ", re.MULTILINE
)
"""A text of others as a formula or a field, or as what Excel takes for a formula in a CSV file."""


def text_of(path: Path) -> str:
    """All that stands in a file, also without the tags of a package's parts.

    Of a unit's form that goes back to it: what the office says in it, for the unit's answers are its own.
    """
    if path.stem.endswith("_ra-soat"):
        return said_to_unit(path)
    data = unpacked(path)
    if data.startswith(b"PK"):
        with ZipFile(io.BytesIO(data)) as package:
            data = b"\n".join(package.read(name) for name in package.namelist())
        data += re.sub(rb"<[^>]*>", b"", data)
    return data.decode("utf-8", "replace")


def said_to_unit(path: Path) -> str:
    """The list and the notes; a formula anywhere begins with "=" and is told by its mark."""
    book = openpyxl.load_workbook(path)
    cells = [c for sheet in book.worksheets for row in sheet.iter_rows() for c in row]
    own = [str(c.value) for row in book.worksheets[0].iter_rows() for c in row if c.value is not None]
    notes = [c.comment.text for c in cells if c.comment is not None]
    formulas = [f"<f>{c.value}</f>" for c in cells if c.data_type == "f"]
    return "\n".join([*(f" {text}" for text in own), *notes, *formulas])


def test_an_officer_may_ask_to_see_what_was_written(
    hostile: Path, capfd: Capture, monkeypatch: Patch
) -> None:
    monkeypatch.chdir(hostile)
    for command in (
        "validate",
        "validate --format json",
        "validate --format csv",
        "status --files --unit SXD",
    ):
        capfd.readouterr()
        assert door.main([*command.split(), "--in-full"]) in (0, 1)
        assert PERSONAL[1] in capfd.readouterr().out, command
    page = text_of(hostile / "ket-qua" / "2025" / "tinh-hinh.html")
    assert PERSONAL[1] not in page, "the page goes to others"
    assert door.main(["export", "--in-full", "--to", "đủ"]) == 0
    whole = {path.name for path in (hostile / "đủ").iterdir() if PERSONAL[1] in text_of(path)}
    assert whole == {f"{name} (đầy đủ).{kind}" for name, kind in IN_FULL}
    assert PERSONAL[1] in text_of(hostile / "ket-qua" / "2025" / "kiem-tra-so-lieu (đầy đủ).xlsx")
    assert door.main(["collect", "--in-full", "--log", "đủ.csv"]) == 1
    assert PERSONAL[1] in text_of(hostile / "đủ.csv")


IN_FULL = (("bang-ke-so-lieu-2025", "xlsx"), ("so-lieu-2025", "csv"), ("so-lieu-2025", "json"))
"""What ``export`` writes of the units' own words."""


@pytest.mark.parametrize(
    "argv", [["check", PAYLOAD], ["explain", PAYLOAD], ["validate", "--unit", PAYLOAD], [PAYLOAD]]
)
def test_what_is_typed_is_shown_as_it_is(
    argv: list[str], hostile: Path, capfd: Capture, monkeypatch: Patch
) -> None:
    monkeypatch.chdir(hostile)
    assert door.main([*argv, PAYLOAD]) == 2
    said = capfd.readouterr()
    assert acting(said.out + said.err) == set()


DOORS = ("screen.py", "door.py", "ask.py")
"""The modules through which everything goes to the terminal."""


def test_no_command_goes_to_the_terminal_by_another_door() -> None:
    doors = {"print", "input", "Console", "sys.stdout.write", "sys.stderr.write"}
    for path in CLI.rglob("*.py"):
        calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
        assert path.name in DOORS or doors.isdisjoint(ast.unparse(call.func) for call in calls), path
