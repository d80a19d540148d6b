"""The door: Vietnamese in every message, UTF-8 on every console, exit codes 0, 1, 2 and 70."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pytest
import typer

from dvctt_report import __version__
from dvctt_report.cli import ask, door
from dvctt_report.cli.help import Command, CommandGroup
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.interrupts import INTERRUPTED
from tests.made import tabled
from tests.pytest_types import Capture, Patch

SRC = Path(door.__file__).parents[2]


class Colour(StrEnum):
    RED = "đỏ"
    BLUE = "xanh"


def make_program() -> typer.Typer:
    """A program of its own with a parameter of each kind."""
    program = typer.Typer(
        cls=CommandGroup, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
    )

    @program.callback()
    def start() -> None:
        pass

    @program.command("dem", cls=Command, help="Đếm các thứ.")
    def count(
        folder: Annotated[
            Path, typer.Argument(metavar="THƯ-MỤC", help="Nơi để.", exists=True, file_okay=False)
        ],
        others: Annotated[list[Path] | None, typer.Argument(metavar="TỆP-KHÁC", exists=True)] = None,
        year: Annotated[int, typer.Option("--year", min=2020, max=2040, help="Năm.")] = 2025,
        day: Annotated[date | None, typer.Option("--day", help="Ngày.", parser=date.fromisoformat)] = None,
        colour: Annotated[Colour, typer.Option("--colour", "-c", help="Màu.")] = Colour.RED,
        share: Annotated[float | None, typer.Option("--muc", help="Tỷ lệ.")] = None,
        quiet: Annotated[bool, typer.Option("--quiet", help="Không nói.")] = False,
    ) -> None:
        typer.echo(f"{year} {colour.value} {len(others or ())}")

    @program.command("mau", cls=Command, help="Chọn màu.")
    def choose(colour: Annotated[Colour, typer.Argument(metavar="MÀU")]) -> None:
        typer.echo(colour.value)

    return program


def program_that(fails: BaseException) -> typer.Typer:
    program = typer.Typer(cls=CommandGroup, add_completion=False, rich_markup_mode=None)

    @program.callback(invoke_without_command=True)
    def start() -> None:
        raise fails

    return program


YEARS = "cần số nguyên từ 2020 đến 2040"


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (["dem"], "Thiếu tham số THƯ-MỤC; cần thư mục có sẵn, được phép đọc."),
        (["mau"], "Thiếu tham số MÀU; chọn một trong: đỏ, xanh."),
        (["den"], "Không có lệnh “den”. Có phải ý bạn là dem?"),
        (["qqq"], "Không có lệnh “qqq”."),
        ([], "Chưa nêu lệnh nào, hoặc gõ chưa đúng."),
        (["dem", ".", "--yaer", "2025"], "Không có tùy chọn --yaer. Có phải ý bạn là --year?"),
        (["dem", ".", "-x"], "Không có tùy chọn -x."),
        (["dem", ".", "--year"], "Câu lệnh thừa hoặc thiếu: --year."),
        (["dem", ".", "--quiet=1"], "Câu lệnh thừa hoặc thiếu: --quiet."),
        (["dem", ".", "--year", "hai"], f"Tùy chọn --year: không dùng được “hai”; {YEARS}."),
        (["dem", ".", "--year", "2025.5"], f"Tùy chọn --year: không dùng được “2025.5”; {YEARS}."),
        (["dem", ".", "--year", "1999"], f"Tùy chọn --year: không dùng được “1999”; {YEARS}."),
        (["dem", ".", "--year", "2099"], f"Tùy chọn --year: không dùng được “2099”; {YEARS}."),
        (["dem", ".", "--muc", "x"], "Tùy chọn --muc: không dùng được “x”; cần số."),
        (["dem", ".", "-c", "tím"], "Tùy chọn --colour: không dùng được “tím”; chọn một trong: đỏ, xanh."),
        (["mau", "tím"], "Tham số MÀU: không dùng được “tím”; chọn một trong: đỏ, xanh."),
        (["mau", "đỏ", "a", "b"], "Câu lệnh thừa hoặc thiếu: a b."),
        (
            ["dem", "không có"],
            "Tham số THƯ-MỤC: không dùng được “không có”; cần thư mục có sẵn, được phép đọc.",
        ),
        (
            ["dem", __file__],
            f"Tham số THƯ-MỤC: không dùng được “{__file__}”; cần thư mục có sẵn, được phép đọc.",
        ),
        (
            ["dem", ".", "không có"],
            "Tham số TỆP-KHÁC: không dùng được “không có”.",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_was_typed_wrongly_is_said_in_vietnamese(argv: list[str], expected: str, capfd: Capture) -> None:
    assert door.run(make_program(), argv) == door.CANNOT_RUN
    out, err = capfd.readouterr()
    command = f" {argv[0]}" if argv and argv[0] in ("dem", "mau") else ""
    assert out == ""
    assert err == f"Lỗi: {expected}\nGõ “dvctt-report{command} --help” để xem cách dùng.\n"


def test_a_message_that_nobody_translated_is_said_in_a_vietnamese_sentence(capfd: Capture) -> None:
    assert door.run(program_that(typer.BadParameter("weird thing.")), []) == door.CANNOT_RUN
    assert "Một tham số: không dùng được." in capfd.readouterr().err
    assert door.run(make_program(), ["dem", ".", "--day", "x"]) == door.CANNOT_RUN
    assert "Tùy chọn --day: không dùng được" in capfd.readouterr().err


def test_a_vietnamese_reason_is_printed_as_it_stands(capfd: Capture) -> None:
    assert door.run(program_that(typer.BadParameter("năm phải sau 2020.")), []) == door.CANNOT_RUN
    assert "Lỗi: Một tham số: năm phải sau 2020.\n" in capfd.readouterr().err


def test_control_characters_in_a_typed_name_do_not_reach_the_terminal(capfd: Capture) -> None:
    door.run(make_program(), ["\x1b[31mđỏ"])
    assert "Không có lệnh “�[31mđỏ”." in capfd.readouterr().err


def test_help_of_a_command_is_vietnamese_with_types_limits_and_defaults(capfd: Capture) -> None:
    assert door.run(make_program(), ["dem", "--help"]) == door.DONE
    assert capfd.readouterr().out == (
        "Cách dùng: dvctt-report dem [TÙY CHỌN] THƯ-MỤC [TỆP-KHÁC]...\n"
        "\n"
        "  Đếm các thứ.\n"
        "\n"
        "Tham số:\n"
        "  THƯ-MỤC   Nơi để.  [bắt buộc]\n"
        "  TỆP-KHÁC\n"
        "\n"
        "Tùy chọn:\n"
        "  --year SỐ             Năm.  [mặc định: 2025; từ 2020 đến 2040]\n"
        "  --day GIÁ-TRỊ         Ngày.\n"
        "  -c, --colour đỏ|xanh  Màu.  [mặc định: đỏ]\n"
        "  --muc SỐ              Tỷ lệ.\n"
        "  --quiet               Không nói.\n"
        "  --help                Xem trợ giúp rồi thôi.\n"
    )


def test_help_of_a_group_lists_its_commands(capfd: Capture) -> None:
    assert door.run(make_program(), ["--help"]) == door.DONE
    out = capfd.readouterr().out
    assert out.startswith("Cách dùng: dvctt-report [TÙY CHỌN] LỆNH [THAM SỐ]...\n")
    assert "\nLệnh:\n  dem  Đếm các thứ.\n  mau  Chọn màu.\n" in out


@pytest.mark.parametrize("code", [0, 1, 2])
def test_a_command_chooses_its_exit_code_by_exception_or_by_return(code: int) -> None:
    assert door.run(program_that(typer.Exit(code)), []) == code

    returning = typer.Typer(cls=CommandGroup, add_completion=False, rich_markup_mode=None)

    @returning.callback(invoke_without_command=True)
    def start() -> int:
        return code

    assert door.run(returning, []) == code


@pytest.mark.parametrize(
    ("stop", "code"), [(KeyboardInterrupt(), INTERRUPTED), (typer.Abort(), door.CANNOT_RUN)]
)
def test_an_interrupt_and_an_unanswered_question_end_with_a_vietnamese_line(
    stop: BaseException, code: int, capfd: Capture
) -> None:
    assert door.run(program_that(stop), []) == code
    assert capfd.readouterr() == ("", "Đã dừng theo yêu cầu.\n")


def test_what_keeps_the_program_from_running_is_printed_with_its_remedy(capfd: Capture) -> None:
    assert door.run(program_that(CannotRun("plan.toml hỏng.", "Sửa dòng 3.")), []) == door.CANNOT_RUN
    assert capfd.readouterr().err == "Lỗi: plan.toml hỏng.\nSửa dòng 3.\n"
    assert door.run(program_that(CannotRun("plan.toml hỏng.")), []) == door.CANNOT_RUN
    assert capfd.readouterr().err == "Lỗi: plan.toml hỏng.\n"


def os_error(kind: int, first: Path | None = None, second: Path | None = None) -> OSError:
    names = [str(path) if path else None for path in (first, second)]
    return OSError(kind, "in English", names[0], None, names[1])


def test_failures_of_the_file_system_name_path_and_remedy(tmp_path: Path, capfd: Capture) -> None:
    report = tmp_path / "bao-cao-2025.docx"
    report.touch()
    cases: Sequence[tuple[OSError, str, str]] = (
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
    )
    for error, place, remedy in cases:
        assert door.run(program_that(error), []) == door.CANNOT_RUN
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
def test_a_bug_of_ours_writes_a_report_and_ends_with_70(
    bug: Exception, tmp_path: Path, monkeypatch: Patch, capfd: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    assert door.run(program_that(bug), []) == door.BUG
    (report,) = tmp_path.glob("dvctt-loi-????????-??????.txt")
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert f"“{report}”" in err
    text = report.read_text(encoding="utf-8-sig")
    assert f"Phiên bản: dvctt-report {__version__}" in text
    assert "Lệnh: dvctt-report" in text
    assert "Traceback" in text
    assert type(bug).__name__ in text


def test_the_report_of_a_bug_names_no_private_person(
    tmp_path: Path, monkeypatch: Patch, capfd: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
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
    gone = tmp_path / "gone"
    gone.mkdir()
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    monkeypatch.setattr("tempfile.tempdir", str(kept))
    assert door.run(program_that(ZeroDivisionError()), []) == door.BUG
    (report,) = kept.iterdir()
    assert str(report) in capfd.readouterr().err


@tabled(("typed", "default", "answer"))
def test_a_question_is_answered_in_vietnamese(
    typed: str, default: bool | None, answer: bool, monkeypatch: Patch, tmp_path: Path
) -> None:
    keyboard = tmp_path / "keyboard"
    keyboard.write_text(typed, encoding="utf-8")
    with keyboard.open(encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert ask.confirm("Ghi đè?", default) is answer


def test_a_question_without_anybody_to_answer_it_stops_the_program(
    monkeypatch: Patch, capfd: Capture
) -> None:
    program = typer.Typer(cls=CommandGroup, add_completion=False, rich_markup_mode=None)

    @program.callback(invoke_without_command=True)
    def start() -> None:
        ask.confirm("Ghi đè?", default=False)

    with Path(os.devnull).open() as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert door.run(program, []) == door.CANNOT_RUN
    assert capfd.readouterr().err == "Ghi đè? [c/K]: Đã dừng theo yêu cầu.\n"


def run_python(code: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(SRC), "PYTHONUTF8": "0", **environment},
    )


WRONG_AND_HELP = """
from dvctt_report.cli.door import main
main(["--sai", "\\udcff"])
main(["--help"])
"""
MANY_LINES = """
import sys, typer
from dvctt_report.cli.door import run
from dvctt_report.cli.help import CommandGroup
app = typer.Typer(cls=CommandGroup, add_completion=False, rich_markup_mode=None)
@app.callback(invoke_without_command=True)
def start() -> None:
    for n in range(100_000):
        print('dòng', n)
sys.exit(run(app, []))
"""


@pytest.mark.parametrize("encoding", ["cp1252", "cp1258", "ascii", "utf-16"])
def test_output_is_utf8_whatever_the_console_says(encoding: str) -> None:
    out, err = run_python(WRONG_AND_HELP, PYTHONIOENCODING=encoding).communicate()
    assert out.decode("utf-8").startswith("Cách dùng: ")
    assert err.decode("utf-8").startswith("Lỗi: Không có tùy chọn --sai.")
    assert b"Traceback" not in err


def test_a_reader_that_goes_away_leaves_no_complaint() -> None:
    process = run_python(MANY_LINES)
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline().rstrip() == "dòng 0".encode()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == door.CANNOT_RUN


UNNAMED = """
import sys, typer
from dvctt_report.cli.door import run
from dvctt_report.cli.help import CommandGroup
app = typer.Typer(cls=CommandGroup, add_completion=False, rich_markup_mode=None)
@app.callback(invoke_without_command=True)
def start() -> None:
    sys.stdin.readline()
    raise OSError({number}, "không tên")
sys.exit(run(app, []))
"""


@pytest.mark.parametrize(
    ("gone", "code"), [(True, door.CANNOT_RUN), (False, door.BUG)], ids=["reader gone", "reader there"]
)
@pytest.mark.parametrize("number", [errno.EINVAL, errno.EPIPE])
def test_an_error_without_a_name_is_the_readers_only_where_stdout_takes_nothing_more(
    number: int, gone: bool, code: int, tmp_path: Path
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", UNNAMED.format(number=number)],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(SRC)},
    )
    assert process.stdout is not None
    if gone:
        process.stdout.close()
        process.stdout = None
    _, said = process.communicate(b"\n", timeout=600)
    assert process.returncode == code
    assert (said == b"") is gone


def test_the_streams_are_set_once_so_that_one_that_was_read_from_does_no_harm() -> None:
    code = "import sys; from dvctt_report.cli import door; door.speak_utf8(); input(); door.speak_utf8()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=b"a\nb\n",
        env={**os.environ, "PYTHONPATH": str(SRC), "PYTHONIOENCODING": "cp1258"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


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
    process = run_python(START_INTERRUPTED, PYTHONIOENCODING="cp1258")
    _, said = process.communicate()
    assert process.returncode == INTERRUPTED
    assert said.decode("utf-8").splitlines() == ["Đã dừng theo yêu cầu."]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_behind_stdout_is_said_once() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", MANY_LINES],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(SRC)},
            check=False,
        )
    assert done.returncode == door.CANNOT_RUN
    assert done.stderr.decode().startswith("Lỗi: Không ghi được vì ổ đĩa đã đầy.\n")
    assert done.stderr.count(b"\n") == 2


def test_a_message_of_several_lines_is_printed_in_lines(capfd: Capture) -> None:
    app = typer.Typer()

    @app.command()
    def fail() -> None:
        raise CannotRun("Có hai lỗi:\n  - một\n  - hai\x07")

    assert door.run(app, []) == 2
    assert capfd.readouterr().err.splitlines()[:3] == ["Lỗi: Có hai lỗi:", "  - một", "  - hai�"]


STREAMS = ("<&- >&- 2>&-", ">&-", "2>&-", ">/dev/full", "2>/dev/full", ">/dev/full 2>/dev/full")
"""What a shell makes of standard streams: closed, or a disk behind them that is full."""


@pytest.fixture
def with_an_empty_file(begun: Path, tmp_path: Path) -> Path:
    root = Path(shutil.copytree(begun, tmp_path / "x"))
    (root / "nhan-ve" / "2025" / "a.xlsx").write_bytes(b"")
    return root


@contextmanager
def streams(said: str) -> Iterator[None]:
    """This process's standard streams as a program finds them that a shell has started so."""
    names = ("stdin", "stdout", "stderr")
    before = [(os.dup(n), getattr(sys, name)) for n, name in enumerate(names)]
    for number, where in re.findall(r"(2?[<>])(\S+)", said):
        n = {"<": 0, ">": 1, "2>": 2}[number]
        os.close(n)
        if where != "&-":
            assert os.open(where, os.O_WRONLY) == n
        setattr(sys, names[n], None if where == "&-" else os.fdopen(n, "w"))
    try:
        yield
    finally:
        for n, (held, stream) in enumerate(before):
            if getattr(sys, names[n]) not in (stream, None):
                getattr(sys, names[n]).close()
            setattr(sys, names[n], stream)
            os.dup2(held, n)
            os.close(held)


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
@pytest.mark.parametrize("said", STREAMS)
@pytest.mark.parametrize("command", ["collect", "validate"])
def test_streams_that_are_closed_or_full_are_no_fault_of_the_program(
    command: str, said: str, with_an_empty_file: Path, monkeypatch: Patch
) -> None:
    monkeypatch.chdir(with_an_empty_file)
    with streams(said):
        code = door.main([command])
        for stream in (sys.stdout, sys.stderr):  # as Python does when it ends
            stream.flush()
    assert code in (0, 1, 2)
    assert not [*with_an_empty_file.glob("dvctt-loi-*")]


@pytest.mark.skipif(sys.platform != "linux", reason="needs a shell and /dev/full")
@pytest.mark.parametrize("said", [STREAMS[0], STREAMS[-1]])
def test_a_program_with_workers_runs_where_streams_are_closed_or_full(
    said: str, with_an_empty_file: Path
) -> None:
    script = f'"{sys.executable}" -m dvctt_report collect {said}'
    run = subprocess.run(["sh", "-c", script], cwd=with_an_empty_file, capture_output=True, timeout=600)

    assert run.returncode in (0, 1, 2)
    assert b"Traceback" not in run.stdout + run.stderr
    assert not [*with_an_empty_file.glob("dvctt-loi-*")]
