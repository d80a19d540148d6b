"""Put a workspace in order again: what a killed command left, a spoilt file, a damaged register.

Nothing is thrown away but temporary files: a damaged register stays under another name.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from dvctt_report.files.writing import sweep
from dvctt_report.store.published.record import sweep_prepared
from dvctt_report.store.register.copies import FOLDER, latest, passed_over, put_back
from dvctt_report.store.register.inbox import inbox_files
from dvctt_report.store.register.loss import check_structure, connect_unchanged, name_of, spoilt
from dvctt_report.store.register.receipts import read_publications
from dvctt_report.store.register.store import UNREADABLE, RegisterDamaged, open_register
from dvctt_report.store.workspace import PUBLISHED, REGISTER, period_folders
from dvctt_report.text.opening import read_file


def repair(root: Path, now: datetime) -> Iterator[str]:
    """Mend what can be mended in the workspace ``root``, and say each time what was done."""
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
    yield from _healed(register, root)
    yield from _swept_publications(register, root)


def _made_anew(register: Path, aside: Path | None) -> Iterator[str]:
    """Make a register of what can be read of the damaged one, which goes ``aside``, and of the copies."""
    anew = register.with_name(f".{register.name}.{os.getpid()}.tmp")
    anew.unlink(missing_ok=True)
    copy, skipped = latest(register), passed_over(register)
    with open_register(anew) as made:
        n_contents = _salvaged(register, made) if aside else 0
        restored = put_back(made, copy.decided if copy else {})
    if aside:
        register.rename(aside)
    anew.replace(register)
    yield f"Sổ nhận bị hỏng được giữ ở “{aside.name}”." if aside else "Sổ nhận không còn."
    yield f"Đã lập sổ mới: lấy lại {n_contents} tệp còn nguyên, {restored.n_back} dòng quyết định từ bản sao."
    yield from skipped
    if restored.n_lost:
        yield f"Không lấy lại được {restored.n_lost} dòng của bản sao: xem thư mục .dvctt/{FOLDER}."
    yield "Chạy dvctt-report collect để nhận lại các tệp trong thư mục nhận."


def _salvaged(damaged: Path, made: sqlite3.Connection) -> int:
    """Copy the received files that are still what was received, with their receipts; return how many."""
    whole: set[str] = set()
    with suppress(*UNREADABLE), closing(connect_unchanged(damaged)) as old:
        for digest, data in _rows(old, "content", "sha256, bytes"):
            if isinstance(data, bytes) and sha256(data).hexdigest() == digest:
                made.execute("insert or ignore into content values (?, ?)", (digest, data))
                whole.add(str(digest))
        for row in _rows(old, "receipt", "period, file, sha256, first_seen, present"):
            if row[2] in whole:
                made.execute("insert or ignore into receipt values (?, ?, ?, ?, ?)", row)
    return len(whole)


def _rows(old: sqlite3.Connection, table: str, columns: str) -> Iterator[tuple[object, ...]]:
    """Yield what can be read of a damaged table, from both ends: damage ends a reading where it is met."""
    for order in ("rowid", "rowid desc"):
        with suppress(*UNREADABLE):
            yield from old.execute(f"select {columns} from {table} order by {order}")


def _healed(register: Path, root: Path) -> Iterator[str]:
    """Replace spoilt bytes in the register by the files themselves, where they still lie in the inbox."""
    n_back = 0
    with open_register(register) as opened:
        lost = spoilt(opened)
        for path in inbox_files(root / "nhan-ve") if lost else ():
            with suppress(OSError):
                data = read_file(path)
                if (digest := sha256(data).hexdigest()) in lost:
                    opened.execute("update content set bytes = ? where sha256 = ?", (data, digest))
                    lost.remove(digest)
                    n_back += 1
        names = sorted(name_of(opened, digest) for digest in lost)
    if n_back:
        yield f"Đã thay {n_back} bản lưu bị hỏng trong sổ nhận bằng tệp gốc ở thư mục nhận."
    for name in names:
        yield f"Bản lưu của “{name}” bị hỏng, không còn tệp gốc: xin đơn vị gửi lại, chép vào thư mục nhận."


def _swept_publications(register: Path, root: Path) -> Iterator[str]:
    """Finish what a ``publish`` left that the register knows of, take away what it left otherwise."""
    with open_register(register, reading=True) as opened:
        known = {
            folder / PUBLISHED: read_publications(opened, period) for period, folder in period_folders(root)
        }
    if left := sum(len(sweep_prepared(parent, rows)) for parent, rows in known.items()):
        yield f"Đã xóa {left} thư mục, tệp do lệnh publish bị dừng giữa chừng; lệnh đó chưa ghi gì vào sổ."
