"""Whether the register has lost what it held: the file is gone, emptied, or knows of nothing received.

An SQLite file of 0 bytes is a sound empty database, and a missing one is made anew. So the other things in
the workspace are asked whether there has been work: versions of reports, readings, files in the inbox.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dvctt_report.errors import CannotRun
from dvctt_report.file_names import is_to_be_read
from dvctt_report.manifests import parse_json, read_manifest_text
from dvctt_report.register.copies import BOOK_SAID, Decided, decisions_in, latest, latest_file
from dvctt_report.register.inbox import inbox_files
from dvctt_report.register.soundness import connect_unchanged
from dvctt_report.register.store import UNREADABLE

_DECISIONS = (
    ("decisions", "chọn hoặc loại tệp"),
    ("overrides", "đính chính"),
    ("acceptances", "chấp nhận"),
    ("left_out", "để ngoài tổng hợp"),
)
"""Keys of a manifest that list the officer's decisions, and what these are called."""


class RegisterLost(CannotRun):
    """The register no longer holds what was received.

    ``anew`` tells that one was made anew; "" where nothing is known to have been in it. ``decisions`` names
    those that stand in no copy, "" where there is a copy or the register still holds what was decided.
    ``received`` are the names and SHA-256 of the files that went into the latest report.
    ``collectable``: there are files to make it anew of, or nothing is known to have been in it.
    """

    def __init__(
        self,
        message: str,
        fix: str,
        anew: str = "",
        decisions: str = "",
        received: Mapping[str, str] = MappingProxyType({}),
        *,
        collectable: bool = True,
    ) -> None:
        super().__init__(message, fix)
        self.anew = anew
        self.decisions = decisions
        self.received = received
        self.collectable = collectable


def find_loss(
    register: Path,
    readings: Path,
    manifests: Iterable[Path],
    inbox: Path,
) -> RegisterLost | None:
    """Tell what happened to the register in ``register``; None where nothing is known to be lost.

    Earlier work is witnessed by the cache ``readings``, by the ``manifests`` of rendered reports, by copies
    of decisions, and, for a register that is there, by files in ``inbox`` that are to be read: no collect
    takes in others.
    A file of 0 bytes is lost anyhow. One that can't be looked at is left to those who open it.
    """
    missing = not register.exists()
    empty = not missing and register.stat().st_size == 0
    if not (missing or empty) and _has_received(register):
        return None
    reports = tuple(_reports(manifests))
    told = [f"{len(reports)} văn bản đã lập từ số liệu đã nhận"] if reports else []
    told += [f"bản đọc sẵn của {n} tệp đã nhận"] if (n := _n_read(readings)) else []
    held = _held(register)
    decided = any(rows for table, rows in held.items() if table != BOOK_SAID)
    copy = None if held == latest(register) else latest_file(register)
    told += [f"bản sao các quyết định “{copy.name}”"] if copy else []
    worked = empty or bool(told)
    waiting = tuple(filter(is_to_be_read, inbox_files(inbox)))
    told += [f"{len(waiting)} tệp trong thư mục nhận"] if waiting and not missing else []
    if not (told or worked):
        return None
    how = "không còn" if missing else "là tệp rỗng (0 byte)" if empty else "không có tệp nào đã nhận"
    witness = f", trong khi thư mục làm việc có {', '.join(told)}" if told else ""
    message = f"Sổ nhận báo cáo “{register}” {how}{witness}."
    if not worked:
        return RegisterLost(message, "Chạy dvctt-report collect để nhận các tệp đó trước.")
    last = max(reports, key=lambda r: str(r.get("as_of", "")), default={})
    decisions = "" if copy or decided else _decisions(last)
    if decided:
        again = "các quyết định đã có trong sổ, không phải ghi lại"
    elif copy:
        again = f"quyết định được lấy lại từ bản sao “{copy.name}”"
    else:
        again = f"khi đó phải ghi lại {decisions}"
    collectable = bool(waiting) or not told
    first = "" if collectable else f"chép lại tệp các đơn vị đã gửi vào “{inbox}”, rồi "
    return RegisterLost(
        f"{message} Dừng lại, vì sẽ ghi nhầm đơn vị đã gửi là chưa gửi.",
        f"Khôi phục tệp này từ bản sao lưu. Không có bản sao thì {first}chạy dvctt-report collect để lập lại "
        f"sổ từ các tệp trong thư mục nhận; {again}.",
        f"{message} Đã lập sổ mới từ các tệp trong thư mục nhận.",
        decisions,
        {str(one["file"]): str(one["sha256"]) for one in last.get("inputs", ())},
        collectable=collectable,
    )


def _has_received(register: Path) -> bool:
    """Whether a file or control figures were received once; True also where that can't be told."""
    with suppress(*UNREADABLE), closing(connect_unchanged(register)) as there:
        tables = {name for (name,) in there.execute("select name from sqlite_schema")}
        if "receipt" not in tables:
            return bool(tables)
        received = tables & {"receipt", "control"}
        return any(there.execute(f"select 1 from {table}").fetchone() for table in received)
    return True


def _held(register: Path) -> Decided:
    """What people said and a register still holds that nothing was received by; {} where it can't be read."""
    with suppress(*UNREADABLE), closing(connect_unchanged(register)) as there:
        return decisions_in(there)
    return {}


def _n_read(readings: Path) -> int:
    with suppress(*UNREADABLE), closing(connect_unchanged(readings)) as there:
        (n,) = there.execute("select count(distinct sha256) from reading").fetchone()
        return int(n)
    return 0


def _reports(manifests: Iterable[Path]) -> Iterator[Mapping[str, Any]]:
    """Yield the manifests of reports that returns went into, each once."""
    told = set()
    for path in sorted(manifests):
        with suppress(OSError, ValueError):
            found = parse_json(read_manifest_text(path))
            if isinstance(found, dict) and found.get("inputs") and found.get("id") not in told:
                told.add(found.get("id"))
                yield found


def _decisions(latest: Mapping[str, Any]) -> str:
    """Name what only the register held, counted as in the latest report where there is one."""
    kinds = "các quyết định (chọn, loại tệp, đính chính, chấp nhận, số đối chiếu)"
    if not latest:
        return kinds
    counts = ", ".join(f"{len(latest[key])} {name}" for key, name in _DECISIONS if latest.get(key))
    return f"{kinds}; ở bản lập gần nhất: {counts or 'không có'}"
