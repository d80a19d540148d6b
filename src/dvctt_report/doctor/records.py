"""What can't be made anew: the register, the received files in it, the manifests of reports."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from dvctt_report.doctor.check import Diagnosis, Health, KnownWorkspace, absent, failure, note, ok
from dvctt_report.manifests import identity_of, kept_manifests, parse_json, read_manifest_text
from dvctt_report.period import Period
from dvctt_report.register import RegisterBusy, RegisterLost, find_loss
from dvctt_report.register.soundness import (
    check_contents,
    check_structure,
    connect_unchanged,
    open_unchanged,
)
from dvctt_report.register.store import UNREADABLE
from dvctt_report.vietnamese import format_count

if TYPE_CHECKING:
    from dvctt_report.published.record import Publication

_SHOWN = 3
_MEGABYTE = 1_000_000


def check_register(place: KnownWorkspace) -> Diagnosis:
    """Say whether the register's file is whole and of this program's version."""
    path = _register(place)
    if (lost := _loss(place)) is not None:
        return Diagnosis(Health.ERROR if lost.anew else Health.NOTE, lost.message, lost.fix)
    if not path.exists():
        return absent("chưa có sổ nhận: chưa nhận báo cáo nào", "Lệnh collect đầu tiên tự lập sổ.")
    try:
        check_structure(path)
    except RegisterBusy as busy:
        return note(busy.message, busy.fix)
    return ok("nguyên vẹn, đúng phiên bản")


def check_received(place: KnownWorkspace) -> Diagnosis:
    """Say whether every received file in the register still is what was received."""
    path = _register(place)
    if (lost := _loss(place)) is not None and lost.anew:
        return failure("không còn tệp nào trong sổ nhận", "Xem dòng Sổ nhận.")
    if not path.exists():
        return absent("chưa nhận tệp nào")
    try:
        kept = check_contents(path)
    except RegisterBusy as busy:
        return note(busy.message, busy.fix)
    if kept.spoilt:
        more = f" và {len(kept.spoilt) - _SHOWN} tệp khác" if len(kept.spoilt) > _SHOWN else ""
        return failure(
            f"nội dung lưu trong sổ đã khác lúc nhận: {', '.join(kept.spoilt[:_SHOWN])}{more}",
            "Chạy dvctt-report doctor --repair: bản lưu hỏng được thay bằng tệp gốc trong thư mục nhận.",
        )
    size = format_count(round(kept.n_bytes / _MEGABYTE))
    return ok(f"{format_count(kept.n_files)} tệp ({size} MB), từng tệp đúng như lúc nhận")


def check_readings(place: KnownWorkspace) -> Diagnosis:
    """Say whether the cache beside the register is of use; without it everything is read anew."""
    from dvctt_report.workspace import READINGS

    path = place.root / READINGS
    if not path.exists():
        return absent("chưa có; lần đọc sau tự lập, không ảnh hưởng kết quả")
    try:
        with closing(connect_unchanged(path)) as cache:
            sound = cache.execute("pragma quick_check").fetchall() == [("ok",)]
    except UNREADABLE:
        sound = False
    if sound:
        return ok("dùng được (chỉ để đọc nhanh, xóa đi cũng không mất gì)")
    return note(
        "hỏng hoặc đang bận; kết quả vẫn đúng vì mọi tệp được đọc lại, chỉ chậm hơn",
        f"Không lệnh nào đang chạy thì xóa tệp {READINGS}.",
    )


def check_published(place: KnownWorkspace) -> Diagnosis:
    """Say whether the files of everything that was signed are still what was published."""
    from dvctt_report.published.record import changed_files

    published = dict(_publications(place))
    if not published:
        return absent("chưa phát hành văn bản nào")
    wrong = [(period, line) for one, period in published.items() for line in changed_files(one)]
    if not wrong:
        return ok(f"{len(published)} văn bản, từng tệp đúng như lúc phát hành")
    root = f"{place.root.resolve()}{os.sep}"
    lines = [line.replace(root, "") for _, line in wrong[:_SHOWN]]
    lines += [f"và {len(wrong) - _SHOWN} chỗ khác"] if len(wrong) > _SHOWN else []
    periods = dict.fromkeys(str(period) for period, _ in wrong)
    commands = "; ".join(f"dvctt-report verify --year {period}" for period in periods)
    return failure(
        "\n".join(lines),
        f"Chép lại đúng tệp đó từ hồ sơ đã lập (archive) hoặc bản sao lưu. Xem đủ: {commands}",
    )


def _publications(place: KnownWorkspace) -> Iterator[tuple[Publication, Period]]:
    """Everything that the register says was published, each with its period."""
    from dvctt_report.published.record import Publication, folder_of
    from dvctt_report.register import read_publications
    from dvctt_report.workspace import PUBLISHED, period_folders

    path = _register(place)
    if not path.exists() or path.stat().st_size == 0:
        return
    with open_unchanged(path) as register:
        for period, folder in period_folders(place.root):
            parent = folder.resolve() / PUBLISHED
            for row in read_publications(register, period):
                yield Publication(row, folder_of(row, parent)), period


def check_manifests(place: KnownWorkspace) -> Diagnosis:
    """Say whether the sources of the figures of every report made here can still be read."""
    from dvctt_report.workspace import MANIFESTS

    kept = kept_manifests(place.root / MANIFESTS)
    beside = sorted(
        p for name in ("bao-cao", "to-trinh") for p in place.root.glob(f"ket-qua/*/{name}-*.json")
    )
    if not kept and not beside:
        return absent("chưa lập báo cáo nào")
    wrong = [p.relative_to(place.root).as_posix() for p in kept if _identity(p) != identity_of(p)]
    wrong += [p.relative_to(place.root).as_posix() for p in beside if _identity(p) is None]
    if wrong:
        return failure(
            f"không đọc được: {', '.join(wrong[:_SHOWN])}; con số của bản đó không còn tra ngược được",
            "Khôi phục từ bản sao lưu hoặc từ nơi lưu cùng báo cáo đã ký; bản chưa ký thì lập lại báo cáo.",
        )
    return ok(f"{len(kept)} văn bản đã lập, nguồn của từng con số đọc được")


def _identity(path: Path) -> str | None:
    try:
        found = parse_json(read_manifest_text(path))["id"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, str) else None


def _loss(place: KnownWorkspace) -> RegisterLost | None:
    from dvctt_report.workspace import MANIFESTS, READINGS

    root, period = place.root, "" if place.period is None else str(place.period)
    inbox = root / "nhan-ve" / period
    manifests = (*kept_manifests(root / MANIFESTS), *(root / "ket-qua" / period).glob("*.json"))
    return find_loss(_register(place), root / READINGS, manifests, inbox)


def _register(place: KnownWorkspace) -> Path:
    from dvctt_report.workspace import REGISTER

    return place.root / REGISTER
