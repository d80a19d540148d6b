"""No text of others acts on the terminal or writes a line of its own: cells, names, settings, arguments.

And a person's number, planted wherever somebody may write, stands in nothing that leaves the office.
"""

from __future__ import annotations

import ast
import io
import json
import random
import re
import shlex
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.comments import Comment

from dvctt_report.cli import door
from dvctt_report.files.manifests import unpacked
from dvctt_report.forms.form import COVER
from dvctt_report.model import Key, finding_id
from dvctt_report.model.period import Period
from dvctt_report.store.workspace import SETTINGS, read_workspace
from dvctt_report.text.visible import legible, legible_name, on_one_line
from dvctt_report.year.loader import OpenYear
from dvctt_report.year.summary.acceptable import why_not_acceptable
from tests.apart import run_apart
from tests.cli.officer import Run, do, filled, send, type_into
from tests.forms.fill import cells, field_of, fill
from tests.pytest_types import Patch
from tests.spelling import NUMBERS, PHONE, readable, spelled

FORGED = "Không có lỗi nào."
ACTING = "\x1b[2J\x1b[1;1H\x9b2J\x07\x08\u202e\u2066\u200b\ufeff\u2028"
DECEIT = f"=lạ{ACTING}\n{FORGED}\r{FORGED}\x85{FORGED}"
TELLING = (
    *("validate --format json", "validate --format csv", "status", "status --format json", "status --files"),
    *("status --files --format json", "status --files --unit SXD", "status --files --unit SXD --format json"),
    *("decide", "decide --format json", "explain T1", "explain SYT", "doctor", "collect --format json"),
    *("check ket-qua/2025/bao-cao-2025.docx", "lint ket-qua/2025"),
)
"""Commands that tell what others wrote, beside those that make files of it."""


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
        *("a.x", "a\x1b.x", "a\\x1b.x", "a\udc9b.x", "a\x9b.x", "a\\u009b.x"),
        *("a\n.x", "a\u200b.x", "ab.x", "a\u3164.x"),
    ]
    assert len({legible_name(name) for name in names}) == len(names)
    assert all(legible_name(name).isprintable() for name in names)
    assert legible_name("Biểu\u00a001 (2).xlsx") == "Biểu\u00a001 (2).xlsx"
    assert legible_name("a\x1b[2J\udcff.x") == "a\\x1b[2J\\xff.x"


def test_a_quotation_stays_on_its_line() -> None:
    assert on_one_line("“một\n  hai\x85ba”") == "“một hai ba”"
    assert on_one_line("“một  hai”") == "“một  hai”"


class Planter:
    """What others write to deceive, with a person's numbers in one spelling after the other."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)

    def text(self, about: str, deceit: str = "") -> str:
        """A sentence with one of each number."""
        return f"{deceit}{about}: bà Lan, {'; '.join(spelled(number, self._rng) for number in NUMBERS)}"

    def name(self, about: str) -> str:
        """The name of a file with a number in it, such as every system takes."""
        return f"{about} {''.join(c for c in spelled(PHONE, self._rng) if c.isprintable())}.xlsx"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which everything that others may write is written to deceive, and tells of persons."""
    root, plant = tmp_path_factory.mktemp("hostile") / "x", Planter(7)
    assert door.main(["init", str(root), "--year", "2025"]) == 0
    workspace = read_workspace(root)
    inbox = workspace.inbox

    def run(*lines: str) -> None:
        do(root, *(re.sub("WHY", lambda _: shlex.quote(plant.text("Theo lời")), line) for line in lines))

    for code in ("SYT", "NHI"):
        form, payload = fill(code, 5), plant.text("Ghi", DECEIT)
        for key in cells(form.unit, Period(2025)):
            spec = field_of(key)
            if spec is not None and (spec.kind == "text" or (code == "NHI" and key.item != COVER)):
                form.answers[key] = payload
        for whom in ("contact", "phone", "email"):
            form.answers[Key(COVER, whom)] = DECEIT
        (inbox / f"{code}.xlsx").write_bytes(filled(workspace, code, form.answers))
    for n in (1, 2):
        send(workspace, plant.name(f"SXD lần {n}"), plant.text(f"Đã làm {n}", DECEIT), None, "SXD")
    _beside_the_cells(send(workspace, plant.name("tài chính"), 2, date(2025, 11, 4), "STC"), plant)
    send(workspace, "nháp.xlsx", 1, date(2025, 11, 4), "STP")
    try:
        (inbox / f"lạ{ACTING}\n{FORGED}.xlsx").write_bytes(b"")
        (inbox / f"\n{FORGED}.pdf").write_bytes(b"%PDF-1")
    except (OSError, UnicodeError):  # a system that holds no such names
        pass
    settings = root / SETTINGS
    text = settings.read_text(encoding="utf-8")
    text = re.sub(r'(?m)^ho_ten = ".*"', lambda _: f"ho_ten = {json.dumps(DECEIT)}", text)
    assert "u001b" in text
    settings.write_text(text, encoding="utf-8")
    put = "decide --unit STC --set T1.done=3 --reason WHY --document WHY"
    run("collect", put, "decide nháp.xlsx --reject --reason WHY")
    year = OpenYear(workspace, datetime(2025, 11, 20, 17))
    name = next(finding_id(f) for f in year.findings if why_not_acceptable(year.dataset, f) is None)
    run(f"decide {name} --accept --reason WHY --document WHY", "decide --leave-out --unit SYT --reason WHY")
    type_into(workspace, "STC", {"C": plant.text("12/BC-STC"), "I": plant.text("Ghi chú")})
    return do(root, "collect", "render")


@pytest.fixture(autouse=True)
def here(hostile: Path, monkeypatch: Patch) -> None:
    """It, as the current folder, on a wide terminal."""
    monkeypatch.chdir(hostile)
    monkeypatch.setenv("COLUMNS", "300")


def _beside_the_cells(path: Path, plant: Planter) -> None:
    """A number in a note, in a cell of numbers, below a table, on a sheet of its own."""
    book = openpyxl.load_workbook(path)
    sheet = next(s for s in book.worksheets if s.sheet_state == "visible" and s.max_column > 6)
    numbers = [c for row in sheet.iter_rows() for c in row if isinstance(c.value, int)]
    numbers[0].comment = Comment(plant.text("Hỏi"), "x")
    numbers[1].value = plant.text("Số này")
    sheet.cell(sheet.max_row + 2, 2).value = plant.text("Liên hệ")
    book.create_sheet("Ghi chú")["A1"] = plant.text("Tờ thêm")
    book.save(path)


def found_in(text: str) -> list[str]:
    """The numbers of a person that can be read in a text."""
    return [number for number in NUMBERS if readable(number, text)]


def acting(text: str) -> set[str]:
    return {c for c in text if not c.isprintable() and c != "\n" and c not in "\u00a0\t"}


def harmless(run: Run, line: str) -> None:
    """Run a command: nothing that it says acts, stands on a line of its own, or is a person's number."""
    code, out, err = run.raw(line)
    assert code in (0, 1, 2, 3), err
    assert acting(out.removeprefix("\ufeff") + err) == set()
    assert [line for line in (out + err).splitlines() if line.startswith(FORGED)] == []
    assert (found_in(out), found_in(err)) == ([], [])
    if line.endswith("json"):
        json.loads(out)


@pytest.mark.parametrize("line", TELLING)
def test_no_text_acts_on_the_terminal(line: str, run: Run) -> None:
    harmless(run, line)


OWN_PAPERS = ("gui-di", "viec-can-xu-ly", "_ra-soat", "so-theo-doi")
"""What stays in the office or goes to the unit that wrote it."""


def test_no_file_tells_a_number_or_lets_a_text_act(hostile: Path, run: Run) -> None:
    for line in (
        *("collect --log doc.csv", "validate", "render", "render --quick", "render --ministry", "export"),
        *("letter feedback --questions", "letter remind", "feedback", "archive", "explain T1 --docx"),
    ):
        harmless(run, line)
    made = [p for p in hostile.rglob("*") if p.is_file() and _leaves(p.relative_to(hostile))]
    texts = [(path.name, text_of(path)) for path in made]
    names = {name for name, _ in texts}
    assert {"kiem-tra-so-lieu.xlsx", "bao-cao-2025.docx", "muc-luc-van-ban.xlsx", "doc.csv"} <= names
    assert {"tinh-hinh.html", "so-lieu-2025.csv"} <= names
    assert [(name, found) for name, text in texts if (found := found_in(text))] == []
    assert [name for name in names if found_in(name)] == []
    assert [name for name, text in texts if _ACTS.search(text)] == []


def _leaves(path: Path) -> bool:
    received = path.parts[0] == "nhan-ve" or "4-don-vi-gui" in path.parts
    kept = received or path.suffix in (".sqlite", ".toml") or "quyet-dinh" in path.parts
    return not (kept or any(name in path.name for name in OWN_PAPERS))


def test_neither_decide_nor_debug_tells_a_number(hostile: Path, run: Run) -> None:
    why = shlex.quote(Planter(8).text("Theo lời"))
    for line in ("decide nháp.xlsx --reject", "decide --unit STC --set T1.done=1 --document 'Công văn 1'"):
        said = run(f"{line} --reason {why}")
        assert "bà Lan" in said
        assert found_in(said) == []
    said = run_apart(hostile, "--debug", "collect").stderr
    assert "] đọc " in said
    assert found_in(said) == []


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
    shown = [c for sheet in book.worksheets for row in sheet.iter_rows() for c in row]
    own = [str(c.value) for row in book.worksheets[0].iter_rows() for c in row if c.value is not None]
    notes = [c.comment.text for c in shown if c.comment is not None]
    formulas = [f"<f>{c.value}</f>" for c in shown if c.data_type == "f"]
    return "\n".join([*(f" {text}" for text in own), *notes, *formulas])


def test_an_officer_may_ask_to_see_what_was_written(hostile: Path, run: Run) -> None:
    for line in ("validate", *TELLING[:2], "status --files --unit SXD"):
        assert found_in(run.raw(f"{line} --in-full")[1]), line
    results = hostile / "ket-qua" / "2025"
    assert not found_in(text_of(results / "tinh-hinh.html")), "the page goes to others"
    run("export --in-full --to đủ")
    whole = {path.name for path in (hostile / "đủ").iterdir() if found_in(text_of(path))}
    assert whole == {
        "bang-ke-so-lieu-2025 (đầy đủ).xlsx",
        "so-lieu-2025 (đầy đủ).csv",
        "so-lieu-2025 (đầy đủ).json",
    }
    assert found_in(text_of(results / "kiem-tra-so-lieu (đầy đủ).xlsx"))
    run("collect --in-full --log đủ.csv", 1)
    assert found_in(text_of(hostile / "đủ.csv"))


@pytest.mark.parametrize("argv", [["check"], ["explain"], ["validate", "--unit"], []])
def test_what_is_typed_does_not_act(argv: list[str], run: Run) -> None:
    code, out, err = run.raw(shlex.join([*argv, DECEIT, DECEIT]))
    assert (code, acting(out + err)) == (2, set())


DOORS = ("screen.py", "door.py", "ask.py")
"""The modules through which everything goes to the terminal."""


def test_no_command_goes_to_the_terminal_by_another_door() -> None:
    doors = {"print", "input", "Console", "sys.stdout.write", "sys.stderr.write"}
    for path in Path(door.__file__).parent.rglob("*.py"):
        calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
        assert path.name in DOORS or doors.isdisjoint(ast.unparse(call.func) for call in calls), path
