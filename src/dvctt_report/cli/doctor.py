"""``dvctt-report doctor``: what is in order and what isn't, and what to do about it.

Every check in its order; none may keep another from being made, whatever is broken.
"""

from __future__ import annotations

import os
import platform
import sqlite3
import textwrap
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import typer

import dvctt_report
from dvctt_report.cli.app import chosen_workspace
from dvctt_report.cli.options import Format
from dvctt_report.cli.screen import print_json, say, tell
from dvctt_report.files.writing import sweep
from dvctt_report.model.period import Period
from dvctt_report.store.published.record import sweep_prepared
from dvctt_report.store.register.copies import FOLDER, latest, put_back
from dvctt_report.store.register.loss import check_structure, connect_unchanged
from dvctt_report.store.register.receipts import read_publications
from dvctt_report.store.register.store import UNREADABLE, RegisterDamaged, open_register
from dvctt_report.store.workspace import PUBLISHED, REGISTER, find_root, find_workspace, period_folders
from dvctt_report.text.errors import CannotRun, explain_os_error
from dvctt_report.text.resources import PACKAGE
from dvctt_report.text.vietnamese import first_letter_capital


class Health(StrEnum):
    """``NOTE`` hinders nothing yet, ``ABSENT`` is not there and perhaps not needed."""

    OK = "ok"
    NOTE = "note"
    ERROR = "error"
    ABSENT = "absent"


class Diagnosis(NamedTuple):
    """What a check found and what to do about it; ``fix`` "" where there is nothing to do."""

    state: Health
    found: str
    fix: str = ""


class CheckMade(NamedTuple):
    """A check that was made: its name in JSON, that for people, and what it says."""

    code: str
    title: str
    outcome: Diagnosis


_WORDS = {Health.OK: "Tốt", Health.NOTE: "Lưu ý", Health.ERROR: "Lỗi", Health.ABSENT: "Chưa có"}
_WORKSPACE = "Thư mục làm việc"
_NO_WORKSPACE = Diagnosis(
    Health.ABSENT,
    "nơi này không nằm trong thư mục làm việc nào nên chỉ kiểm tra phần cài đặt",
    "Chạy trong thư mục làm việc, hoặc tạo mới bằng lệnh: dvctt-report init THƯ-MỤC",
)
_REINSTALL = (
    "Có thể phần mềm diệt virus đã chặn hoặc xóa tệp. Cài lại chương trình (bản .zip: giải nén lại rồi bấm "
    "đúp Cai-dat.bat), cho phép thư mục chương trình."
)
MODULES = (
    *("docx", "docxtpl", "formualizer", "jinja2", "lxml.etree", "olefile", "openpyxl"),
    *("pandas", "pydantic", "pypdf", "rapidfuzz", "rich", "tomlkit", "typer", "xlrd", "xlsxwriter"),
)
"""What the libraries of pyproject.toml are imported as."""


def run(
    ctx: typer.Context, period: Period | None = None, output: Format = Format.TABLE, repair_: bool = False
) -> int:
    """Make every check, after mending what can be mended if asked. Returns 1 where one found an error."""
    start = chosen_workspace(ctx) or Path.cwd()
    if repair_:
        for done in repair(find_workspace(start).root, datetime.now()):
            tell(done)
    root, checks = examine(start, period)
    n = Counter(str(check.outcome.state) for check in checks)
    totals = {str(state): n[state] for state in Health}
    if output is Format.JSON:
        told = [{"check": one.code, "title": one.title, **one.outcome._asdict()} for one in checks]
        print_json({"workspace": str(root) if root else None, "checks": told, "totals": totals})
    else:
        for check in checks:
            # By hand, so that a library which is missing or blocked keeps nobody from reading this.
            outcome, head = check.outcome, f"{_WORDS[check.outcome.state]:<9}{check.title:<20}"
            texts = first_letter_capital(outcome.found).splitlines()
            for text in (*texts, f"→ {outcome.fix}") if outcome.fix else texts:
                for line in textwrap.wrap(text, 51, break_long_words=False, break_on_hyphens=False):
                    say(f"{head}{line}")
                    head = " " * len(head)
        said = ", ".join(f"{totals[state]} {word.lower()}" for state, word in _WORDS.items())
        say(f"\n{len(checks)} nội dung: {said}.")
    return 1 if n[Health.ERROR] else 0


def examine(start: Path, period: Period | None) -> tuple[Path | None, tuple[CheckMade, ...]]:
    """Make every check on the computer, and in the workspace round ``start``; its root is None for none."""
    python = f"Python {platform.python_version()}, {platform.system()} {platform.release()}"
    program = f"phiên bản {dvctt_report.__version__}, {python}; đặt tại {PACKAGE}"
    libraries, broken = Diagnosis(Health.OK, f"{len(MODULES)} thư viện, nạp được"), []
    for name in MODULES:
        try:
            import_module(name)
        except Exception as error:  # a library may be missing, or fail in any way of its own
            broken.append(f"{name.partition('.')[0]} ({error})")
    if broken:
        libraries = Diagnosis(Health.ERROR, f"không nạp được {', '.join(broken)}", _REINSTALL)
    made = [
        CheckMade("program", "Chương trình", Diagnosis(Health.OK, program)),
        CheckMade("libraries", "Thư viện", libraries),
    ]
    try:
        from dvctt_report.cli import soundness  # which needs the libraries

        root = find_root(start)
    except Exception as error:
        return None, (*made, CheckMade("workspace", _WORKSPACE, _failed(error)))
    if root is None:
        return None, (*made, CheckMade("workspace", _WORKSPACE, _NO_WORKSPACE))
    for code, title, check in (
        ("workspace", _WORKSPACE, soundness.check_workspace),
        ("profile", "Bộ cấu hình", soundness.check_profile),
        ("frozen", "Bản giữ cùng kỳ", soundness.check_frozen),
        ("register", "Sổ nhận", soundness.check_register),
        ("published", "Văn bản phát hành", soundness.check_published),
    ):
        try:
            outcome = check(root, period)
        except Exception as error:
            outcome = _failed(error)
        made.append(CheckMade(code, title, outcome))
    return root, tuple(made)


def _failed(error: Exception) -> Diagnosis:
    """What is said of a check that could not be made."""
    explained = explain_os_error(error) if isinstance(error, OSError) else error
    if isinstance(explained, CannotRun):
        return Diagnosis(Health.ERROR, explained.message, explained.fix)
    fix = "Xem dòng Thư viện; dòng đó tốt thì gửi dòng này cho người hỗ trợ."
    return Diagnosis(Health.ERROR, f"chưa kiểm tra được: {type(error).__name__} {error}", fix)


def repair(root: Path, now: datetime) -> Iterator[str]:
    """Mend what can be mended in the workspace ``root``, and say each time what was done.

    Nothing is thrown away but temporary files: a damaged register stays under another name.
    """
    folders = [root, *(path for path in sorted(root.rglob("*")) if path.is_dir())]
    if swept := sum(len(sweep(folder)) for folder in folders):
        yield f"Đã xóa {swept} tệp tạm do lệnh bị dừng giữa chừng để lại."
    register = root / REGISTER
    if not register.exists() or register.stat().st_size == 0:
        if latest(register) is not None:
            yield from _made_anew(register, None)
        return
    try:
        check_structure(register)
    except RegisterDamaged:
        aside = register.with_name(f"{register.stem}.hong-{now:%Y%m%d-%H%M%S}{register.suffix}")
        yield from _made_anew(register, aside)
    with open_register(register, reading=True) as opened:
        known = {
            folder / PUBLISHED: read_publications(opened, period) for period, folder in period_folders(root)
        }
    if left := sum(len(sweep_prepared(parent, rows)) for parent, rows in known.items()):
        yield f"Đã xóa {left} thư mục, tệp do lệnh publish bị dừng giữa chừng; lệnh đó chưa ghi gì vào sổ."


def _made_anew(register: Path, aside: Path | None) -> Iterator[str]:
    """Make a register of what can be read of the damaged one, which goes ``aside``, and of the copies."""
    anew = register.with_name(f".{register.name}.{os.getpid()}.tmp")
    anew.unlink(missing_ok=True)
    copy, copies = latest(register), sorted((register.parent / FOLDER).glob("*.json"), reverse=True)
    skipped = [path.name for path in copies if copy is None or path > copy.path]
    with open_register(anew) as made:
        whole: set[str] = set()  # the received files that are still what was received, with their receipts
        if aside:
            with suppress(*UNREADABLE), closing(connect_unchanged(register)) as old:
                for digest, data in _rows(old, "content", "sha256, bytes"):
                    if isinstance(data, bytes) and sha256(data).hexdigest() == digest:
                        made.execute("insert or ignore into content values (?, ?)", (digest, data))
                        whole.add(str(digest))
                for row in _rows(old, "receipt", "period, file, sha256, first_seen, present"):
                    if row[2] in whole:
                        made.execute("insert or ignore into receipt values (?, ?, ?, ?, ?)", row)
        restored = put_back(made, copy.decided if copy else {})
    if aside:
        register.rename(aside)
    anew.replace(register)
    yield f"Sổ nhận bị hỏng được giữ ở “{aside.name}”." if aside else "Sổ nhận không còn."
    yield f"Đã lập sổ mới: lấy lại {len(whole)} tệp còn nguyên, {restored.n_back} dòng quyết định từ bản sao."
    for name in skipped:
        yield f"Bỏ qua bản sao “{name}”: không đọc được trọn vẹn, hoặc đã bị sửa sau khi ghi."
    if restored.n_lost:
        yield f"Không lấy lại được {restored.n_lost} dòng của bản sao: xem thư mục .dvctt/{FOLDER}."
    yield "Chạy dvctt-report collect để nhận lại các tệp trong thư mục nhận."


def _rows(old: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple[object, ...]]:
    """Yield what can be read of a damaged table, from both ends: damage ends a reading where it is met."""
    for order in ("rowid", "rowid desc"):
        with suppress(*UNREADABLE):
            yield from old.execute(f"select {columns} from {table} order by {order}")
