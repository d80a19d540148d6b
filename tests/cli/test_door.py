"""The program and its door: Vietnamese in every message and help, UTF-8 on every console, few exit codes.

Also how little is loaded before a command runs, and that Ctrl+C at any moment ends it in words.
"""

from __future__ import annotations

import errno
import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperArgument, TyperOption

from dvctt_report import __version__
from dvctt_report.cli import ask, door
from dvctt_report.cli.app import COMMANDS
from dvctt_report.cli.help import CommandGroup
from dvctt_report.store.workspace import Workspace
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.interrupts import INTERRUPTED, STOPPED
from tests.cli.officer import Run, leaves
from tests.pytest_types import Capture, Patch

SRC = Path(door.__file__).parents[2]
CANNOT = door.CANNOT_RUN


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: Patch) -> None:
    monkeypatch.chdir(tmp_path)


def started(code: str, *argv: str, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """Run Python code in a process of its own."""
    env = {**os.environ, "PYTHONPATH": str(SRC), **more.pop("env", {})}
    more.setdefault("stdout", subprocess.PIPE)
    arguments = [sys.executable, "-c", code, *argv]
    return subprocess.run(arguments, env=env, stderr=subprocess.PIPE, check=False, timeout=3_000, **more)


# ------------------------------------------------------------------------------ commands and their help

ENGLISH = re.compile(
    r"(?i)\b(aborted|and|any|are|arguments?|available|be|by|commands?|current|date|default|dir|directory|error"
    r"|exit|files?|folder|for|from|given?|help|if|input|integer|int|invalid|is|items?|missing|must|name|number"
    r"|of|or|options?|output|path|print|prompt|range|read|report|required|show|str|text|the|this|try|units?"
    r"|usage|values?|version|warning|will|with|workspace|write|year|float|bool)\b"
)


def english_words(page: str) -> set[str]:
    """English words in a help page, outside of what is typed (options, commands, choices)."""
    names = "|".join(sorted(COMMANDS, key=len, reverse=True))
    prose = re.sub(r"--?[a-z][\w-]*(?: [\w-]+(?:\|[\w-]+)+)?", " ", page)
    named = rf"dvctt-report(?: (?:{names})(?: [a-z]+)?)?|^  [a-z]+(?=  )"
    prose = re.sub(named, " ", prose, flags=re.MULTILINE)
    return set(ENGLISH.findall(prose))


def test_the_search_for_english_finds_what_typer_would_say() -> None:
    page = "Usage: dvctt-report init [OPTIONS]\n  --help  Show this message and exit.  [default: x; required]"
    assert english_words(page) == {"Usage", "OPTIONS", "Show", "this", "and", "exit", "default", "required"}


@pytest.mark.parametrize("line", ["--help", ""])
def test_the_programs_own_help_is_vietnamese_and_lists_every_command(line: str, run: Run) -> None:
    code, page, _ = run.raw(line)
    assert (code, english_words(page)) == (0, set())
    assert page.startswith("Cách dùng: dvctt-report ")
    for name, entry in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(entry['says'])}$", page, re.MULTILINE)


@pytest.mark.parametrize("name", leaves())
def test_every_command_is_explained_without_an_english_word(name: str, run: Run) -> None:
    code, page, _ = run.raw(f"{name} --help")
    assert (code, english_words(page) - {*name.split()[1:]}) == (0, set())
    assert page.startswith(f"Cách dùng: dvctt-report {name} ")
    assert "-\n" not in page, "no name of a file is broken at its hyphens"
    assert "......" not in page
    assert "[mặc định: 0]" not in page
    assert "--workspace" in page
    assert "--quiet" not in page, "what is no command's own"
    for param in leaves()[name].params:
        assert isinstance(param, TyperArgument | TyperOption)
        assert param.help, f"{name}: {param.name}"
        assert getattr(param, "prompt", None) is None, (
            "Typer prompts in English; dvctt_report.cli.ask does not"
        )


def test_the_version_is_shown(run: Run) -> None:
    runs_on = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    assert run.raw("--version") == (0, f"dvctt-report {__version__} ({runs_on})\n", "")


def test_the_workspace_is_named_anywhere(
    two: Workspace, tmp_path: Path, monkeypatch: Patch, run: Run
) -> None:
    monkeypatch.chdir(tmp_path)
    here = f"--workspace '{two.root}'"
    for line in (f"{here} status", f"status {here}", f"--workspace '{tmp_path}' status {here}"):
        assert "đã gửi 2/" in run(line)
    assert "không dùng được “không có”; cần thư mục có sẵn" in run("status --workspace 'không có'", 2)
    page = run.raw("status -h")[1]
    for words in ("  --workspace THƯ-MỤC  ", "  -h, --help           "):
        assert words in page
    assert COMMANDS["collect"]["more"].split("\n")[0][:40] in run("collect -h")


HEAVY = (
    *("pandas", "numpy", "openpyxl", "xlsxwriter", "docx"),
    *("docxtpl", "lxml", "jinja2", "rich", "rapidfuzz"),
)


def test_nothing_heavy_is_imported_before_a_command_runs() -> None:
    done = started(
        "import sys; from dvctt_report.cli.door import main\n"
        "for argv in ['--help'], ['--version'], [], ['khong-co']:\n"
        "    main(argv)\n"
        f"    print(argv, [name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    told = [line for line in done.stderr.decode().splitlines() if line.startswith("[")]
    assert told == ["['--help'] []", "['--version'] []", "[] []", "['khong-co'] []"]


def test_pandas_waits_for_the_command_that_cuts_tables(two: Workspace) -> None:
    done = started(
        "import sys; from dvctt_report.cli import door;"
        "lines = 'collect', 'status', 'validate', 'plan check';"
        "done = [door.main(line.split()) for line in lines]; before = 'pandas' in sys.modules;"
        "done.append(door.main(['export']));"
        "print(done, before, 'pandas' in sys.modules, file=sys.stderr)",
        cwd=two.root,
    )
    assert done.stderr.splitlines()[-1] == b"[0, 0, 0, 0, 0] False True"


# ------------------------------------------------------------------------------ what was typed wrongly


def program_that(end: Callable[[], object] | BaseException | int) -> typer.Typer:
    """A program that does, raises or returns that."""
    program = typer.Typer(cls=CommandGroup, add_completion=False, rich_markup_mode=None)

    @program.callback(invoke_without_command=True)
    def start() -> object:
        if isinstance(end, BaseException):
            raise end
        return end() if callable(end) else end

    return program


FOLDER = "cần thư mục có sẵn, được phép đọc"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("explain", "Thiếu tham số CON-SỐ."),
        ("validte", "Không có lệnh “validte”. Có phải ý bạn là validate?"),
        ("qqq", "Không có lệnh “qqq”."),
        ("status --yaer 2025", "Không có tùy chọn --yaer. Có phải ý bạn là --year?"),
        ("status -x", "Không có tùy chọn -x."),
        ("letter remind --round", "Câu lệnh thừa hoặc thiếu: --round."),
        ("status --files=1", "Câu lệnh thừa hoặc thiếu: --files."),
        *(
            (
                f"letter remind --round {n}",
                f"Tùy chọn --round: không dùng được “{n}”; cần số nguyên từ 1 đến 9.",
            )
            for n in ("hai", "2.5", "0", "10")
        ),
        ("demo --year hai", "Tùy chọn --year: không dùng được “hai”; cần số nguyên."),
        (
            "validate --format tím",
            "Tùy chọn --format: không dùng được “tím”; chọn một trong: table, json, csv, xlsx.",
        ),
        ("status a b", "Câu lệnh thừa hoặc thiếu: a b."),
        (f"export --to '{__file__}'", f"Tùy chọn --to: không dùng được “{__file__}”; {FOLDER}."),
        ("status --workspace khôngcó", f"Tùy chọn --workspace: không dùng được “khôngcó”; {FOLDER}."),
        (
            "roll abc",
            "Tham số NĂM: “abc” không phải kỳ báo cáo: ghi năm, hoặc 2026-3T (quý I), 2026-6T, 2026-9T.",
        ),
        ("\x1b[31mđỏ", "Không có lệnh “�[31mđỏ”."),
    ],
)
def test_what_was_typed_wrongly_is_said_in_vietnamese(line: str, expected: str, run: Run) -> None:
    code, out, err = run.raw(line)
    assert (code, out, err.count("\n")) == (CANNOT, "", 2)
    assert err.startswith(f"Lỗi: {expected}\nGõ “dvctt-report")


def test_a_vietnamese_reason_is_printed_as_it_stands(capfd: Capture) -> None:
    said = {"weird thing.": "không dùng được.", "năm phải sau 2020.": "năm phải sau 2020."}
    for reason, printed in said.items():
        assert door.run(program_that(typer.BadParameter(reason)), []) == CANNOT
        assert f"Lỗi: Một tham số: {printed}\n" in capfd.readouterr().err


def test_help_tells_types_limits_and_defaults(run: Run) -> None:
    page = run.raw("letter remind --help")[1]
    for words in (
        "Cách dùng: dvctt-report letter remind [TÙY CHỌN]\n\n  Công văn đôn đốc ",
        "\nTùy chọn:\n  --unit ĐƠN-VỊ        Chỉ đơn vị này, ",
        "\n  --round LẦN          Đôn đốc lần thứ mấy.  [mặc định: 1; từ 1 đến 9]\n",
        "\n  -h, --help           Xem trợ giúp rồi thôi.\n",
    ):
        assert words in page
    page += run.raw("check --help")[1]
    assert "Tham số:\n  TỆP  Văn bản Word (.docx) đã sửa.  [bắt buộc]\n" in page
    assert max(map(len, page.splitlines())) <= 80


# ------------------------------------------------------------------------------ how it ends


@pytest.mark.parametrize(
    ("end", "code", "said"),
    [
        *((end, n, "") for n in range(3) for end in (typer.Exit(n), n)),
        (KeyboardInterrupt(), INTERRUPTED, "Đã dừng theo yêu cầu.\n"),
        (typer.Abort(), CANNOT, "Đã dừng theo yêu cầu.\n"),
        (CannotRun("plan.toml hỏng.", "Sửa dòng 3."), CANNOT, "Lỗi: plan.toml hỏng.\nSửa dòng 3.\n"),
        (CannotRun("plan.toml hỏng."), CANNOT, "Lỗi: plan.toml hỏng.\n"),
        (CannotRun("Có hai lỗi:\n  - một\n  - hai\x07"), CANNOT, "Lỗi: Có hai lỗi:\n  - một\n  - hai�\n"),
    ],
)
def test_whatever_a_command_raises_or_returns_is_an_exit_code_and_a_line(
    end: BaseException | int, code: int, said: str, capfd: Capture
) -> None:
    assert door.run(program_that(end), []) == code
    assert capfd.readouterr() == ("", said)


def test_failures_of_the_file_system_name_path_and_remedy(tmp_path: Path, capfd: Capture) -> None:
    def os_error(kind: int, *paths: Path) -> OSError:
        first, second, *_ = (*map(str, paths), None, None)
        return OSError(kind, "in English", first, None, second)

    report = tmp_path / "bao-cao-2025.docx"
    report.touch()
    for error, place, remedy in (
        (os_error(errno.EACCES, report), f"tệp “{report}”", "đang mở trong Word hoặc Excel thì đóng lại"),
        (os_error(errno.EACCES, tmp_path / "tạm", report), f"tệp “{report}”", "đóng lại"),
        (os_error(errno.EACCES, tmp_path / "mới.docx"), f"thư mục “{tmp_path}”", "Chọn thư mục khác"),
        (os_error(errno.EACCES, tmp_path), f"thư mục “{tmp_path}”", "Chọn thư mục khác"),
        (os_error(errno.EROFS, report), f"“{report}” chỉ cho đọc", "ổ đĩa khác"),
        (os_error(errno.ENOSPC), "ổ đĩa đã đầy", "Xóa bớt"),
        (os_error(errno.ENOENT, report), f"Không tìm thấy “{report}”", "đường dẫn"),
        (os_error(errno.EISDIR, tmp_path), "là một thư mục", "Nêu tên một tệp"),
        (os_error(errno.EEXIST, report), "đã có sẵn", "Đổi tên"),
        (os_error(errno.ENAMETOOLONG, report), "quá dài", "ngắn hơn"),
        (os_error(errno.EIO, report), f"“{report}”", "đường truyền"),
    ):
        assert door.run(program_that(error), []) == CANNOT
        err = capfd.readouterr().err
        assert place in err
        assert remedy in err
        assert "English" not in err


@pytest.mark.parametrize(
    "bug",
    [
        ZeroDivisionError("chia"),
        EOFError("cắt cụt"),
        OSError(errno.EINVAL, "không tên"),
        BrokenPipeError(errno.EPIPE, "không phải stdout"),
    ],
    ids=repr,
)
def test_a_bug_of_ours_is_reported_and_ends_with_70(bug: Exception, tmp_path: Path, capfd: Capture) -> None:
    assert door.run(program_that(bug), []) == door.BUG
    (report,) = tmp_path.glob("dvctt-loi-????????-??????.txt")
    out, err = capfd.readouterr()
    assert (out, err.count("\n"), f"“{report}”" in err) == ("", 1, True)
    text = report.read_text(encoding="utf-8-sig")
    for words in (
        f"Phiên bản: dvctt-report {__version__}",
        "Lệnh: dvctt-report",
        "Traceback",
        type(bug).__name__,
    ):
        assert words in text


def test_the_report_of_a_bug_names_no_private_person(tmp_path: Path) -> None:
    bug = ValueError("không hiểu “0912345678”")
    assert door._report_bug(bug, ["--reason", "gọi 0988111222, thư an.nguyen@gmail.com"]) == door.BUG
    (report,) = tmp_path.glob("dvctt-loi-*.txt")
    text = report.read_text(encoding="utf-8-sig")
    assert "Lệnh: dvctt-report --reason gọi …" in text
    for private in ("0912345678", "0988111222", "an.nguyen@gmail.com"):
        assert private not in text


@pytest.mark.skipif(os.name == "nt", reason="a current folder can't be removed there")
def test_the_report_of_a_bug_goes_to_the_temporary_folder_where_the_current_one_takes_none(
    tmp_path: Path, monkeypatch: Patch, capfd: Capture
) -> None:
    for name in ("gone", "kept"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "kept"))
    assert door.run(program_that(ZeroDivisionError()), []) == door.BUG
    (report,) = (tmp_path / "kept").iterdir()
    assert str(report) in capfd.readouterr().err


@pytest.mark.parametrize(
    ("typed", "default", "answer"),
    [
        ("c\n", None, True),
        ("Có\n", None, True),
        ("k\n", True, False),
        ("\n", True, True),
        ("hả\nkhông\n", None, False),
    ],
)
def test_questions_take_vietnamese(
    typed: str, default: bool | None, answer: bool, monkeypatch: Patch
) -> None:
    Path("keyboard").write_text(typed, encoding="utf-8")
    with Path("keyboard").open(encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert ask.confirm("Ghi đè?", default) is answer


def test_a_question_that_nobody_answers_stops_the_program(monkeypatch: Patch, capfd: Capture) -> None:
    with Path(os.devnull).open() as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert door.run(program_that(lambda: ask.confirm("Ghi đè?", default=False)), []) == CANNOT
    assert capfd.readouterr().err == "Ghi đè? [c/K]: Đã dừng theo yêu cầu.\n"


# ------------------------------------------------------------------------------ the standard streams

PROGRAM = """
import sys, typer
from dvctt_report.cli.door import run
from dvctt_report.cli.help import CommandGroup
app = typer.Typer(cls=CommandGroup, add_completion=False, rich_markup_mode=None)
@app.callback(invoke_without_command=True)
def start() -> None:
    {does}
sys.exit(run(app, []))
"""
MANY_LINES = PROGRAM.format(does="[print('dòng', n) for n in range(100_000)]")


@pytest.mark.parametrize(
    ("code", "gone", "ended"),
    [
        (MANY_LINES, True, CANNOT),
        *(
            (PROGRAM.format(does=f"sys.stdin.readline(); raise OSError({number}, 'không tên')"), gone, ended)
            for number in (errno.EINVAL, errno.EPIPE)
            for gone, ended in ((True, CANNOT), (False, door.BUG))
        ),
    ],
)
def test_an_error_without_a_name_is_the_readers_where_he_is_gone(code: str, gone: bool, ended: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(SRC)},
    )
    assert process.stdout is not None
    if gone:
        if code == MANY_LINES:
            assert process.stdout.readline().rstrip() == "dòng 0".encode()
        process.stdout.close()
        process.stdout = None
    _, said = process.communicate(b"\n", timeout=600)
    assert (process.returncode, said == b"") == (ended, gone)


def test_the_streams_are_set_once_so_that_one_that_was_read_from_does_no_harm() -> None:
    code = "import sys; from dvctt_report.cli import door; door.speak_utf8(); input(); door.speak_utf8()"
    done = started(code, input=b"a\nb\n", env={"PYTHONIOENCODING": "cp1258"})
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_behind_stdout_is_said_once() -> None:
    with Path("/dev/full").open("wb") as full:
        done = started(MANY_LINES, stdout=full)
    assert done.returncode == CANNOT
    assert done.stderr.decode().startswith("Lỗi: Không ghi được vì ổ đĩa đã đầy.\n")
    assert done.stderr.count(b"\n") == 2


STREAMS = ("<&- >&- 2>&-", ">&-", "2>&-", ">/dev/full", "2>/dev/full", ">/dev/full 2>/dev/full")
"""What a shell makes of standard streams: closed, or a disk behind them that is full."""


def ended_with(said: str, command: str) -> int:
    """The exit code of a command in a copy of this process whose streams are as a shell would start it."""
    if (child := os.fork()) == 0:
        code = door.BUG
        try:
            for number, where in re.findall(r"(2?[<>])(\S+)", said):
                n, name = {"<": (0, "stdin"), ">": (1, "stdout"), "2>": (2, "stderr")}[number]
                os.close(n)
                setattr(sys, name, None if where == "&-" else os.fdopen(os.open(where, os.O_WRONLY), "w"))
            code = door.main([command])
            for stream in (sys.stdout, sys.stderr):  # as Python does when it ends
                stream.flush()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.skipif(sys.platform != "linux", reason="needs a shell and /dev/full")
@pytest.mark.parametrize("command", ["collect", "validate"])
def test_closed_or_full_streams_are_no_fault_of_ours(command: str, workspace: Workspace) -> None:
    (workspace.inbox / "a.xlsx").write_bytes(b"")
    assert {said: code for said in STREAMS if (code := ended_with(said, command)) not in (0, 1, 2)} == {}
    for said in (STREAMS[0], STREAMS[-1]):  # and with processes that it starts
        script = f'"{sys.executable}" -m dvctt_report {command} {said}'
        done = subprocess.run(["sh", "-c", script], capture_output=True, timeout=600)
        assert done.returncode in (0, 1, 2)
        assert b"Traceback" not in done.stdout + done.stderr
    assert not [*workspace.root.glob("dvctt-loi-*")]


# ------------------------------------------------------------------------------ Ctrl+C

START_INTERRUPTED = """
import runpy, sys
class Interrupt:
    def find_spec(self, name, *rest):
        if name == "dvctt_report.cli.door":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupt())
runpy.run_module("dvctt_report", run_name="__main__", alter_sys=True)
"""


def test_an_interrupt_while_the_program_is_loaded_is_said_in_vietnamese() -> None:
    done = started(START_INTERRUPTED, env={"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1258"})
    assert (done.returncode, done.stderr.decode().splitlines()) == (INTERRUPTED, ["Đã dừng theo yêu cầu."])


PRESSED_EVERYWHERE = """
import json, os, runpy, signal, sys
out, step, *argv = sys.argv[1:]
step, n, begun, ended, found = int(step), 0, False, False, []

def look(frame, event, arg):
    # At every so many calls of Python a copy of the program is interrupted; the program itself goes on.
    global n, begun, ended
    if ended:
        return
    name = frame.f_code.co_name
    begun = begun or name == "_listen"
    if not begun:
        return
    n += 1
    ended = name == "_hush"  # it is ignored from here on
    if ended or (n % step and n > 5):
        return
    theirs, ours = os.pipe()
    if not (copy := os.fork()):
        sys.settrace(None)
        os.dup2(ours, 2)
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        os.kill(os.getpid(), signal.SIGINT)
        return
    os.close(ours)
    with os.fdopen(theirs, encoding="utf-8") as pipe:
        said = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
    found.append((f"{n} {frame.f_code.co_filename}:{frame.f_lineno} {name}", code, said))

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.argv = ["dvctt-report", *argv]
mine = os.getpid()
sys.settrace(look)
try:
    runpy.run_module("dvctt_report", run_name="__main__", alter_sys=True)
finally:
    sys.settrace(None)
    if os.getpid() == mine:
        with open(out, "w", encoding="utf-8") as file:
            json.dump(found, file)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no forks")
@pytest.mark.parametrize(("command", "step"), [("--version", "5003"), ("collect", "40009")])
def test_an_interrupt_ends_in_words(command: str, step: str, two: Workspace, tmp_path: Path) -> None:
    """In a workspace of two returns: more units do more of the same."""
    started(PRESSED_EVERYWHERE, str(tmp_path / "found"), step, command, cwd=two.root)
    found = json.loads((tmp_path / "found").read_text(encoding="utf-8"))
    assert len(found) > 8
    in_words = [
        code == INTERRUPTED and said.splitlines()[-1:] == [STOPPED] and "Traceback" not in said
        for _, code, said in found
    ]
    assert [one for one, ended in zip(found, in_words, strict=True) if not ended] == []


SWALLOWED = (
    PROGRAM.format(does="exec(sys.argv[1])").replace("sys.exit(run(app, []))", "")
    + """
import signal
from dvctt_report.text.interrupts import ending_in_words

press = lambda *_: signal.raise_signal(signal.SIGINT)

class Dying:
    __del__ = press

class HalfMade:
    __enter__ = __exit__ = press
    def __del__(self):
        raise ValueError("still open")

signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(ending_in_words(lambda: run(app, [])))
"""
)
FAULT = "try: press()\nexcept KeyboardInterrupt as fault: raise RuntimeError('SchemaError') from fault"
HELD = "try: press()\nfinally:\n  for _ in range(50): press()\n  print('whole')"


@pytest.mark.parametrize(
    ("how", "out"),
    [
        ("Dying()", b""),
        (FAULT, b""),
        ("with HalfMade(): pass", b""),
        (HELD, b"whole"),
    ],
    ids=["where nothing can be raised", "an error of a library's own", "what closes itself", "held down"],
)
def test_an_interrupt_that_something_swallows_ends_in_words(how: str, out: bytes, tmp_path: Path) -> None:
    done = started(SWALLOWED, how)
    said = (done.returncode, done.stdout.strip(), done.stderr.splitlines())
    assert said == (INTERRUPTED, out, [STOPPED.encode()])
    assert [*tmp_path.iterdir()] == []
