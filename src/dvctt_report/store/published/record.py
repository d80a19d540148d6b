"""The record of a publication: which files were kept, what of, with hashes; whether they still are so."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from dvctt_report.files.manifests import kept_manifests, parse_json, read_parts
from dvctt_report.model import Return, ReturnStatus
from dvctt_report.model.period import Period
from dvctt_report.plan.texts import CORRECTION, DEPARTMENT, SUPPLEMENT
from dvctt_report.store.register import (
    PublicationRow,
    name_in,
    not_at_hand,
    open_register,
    read_publications,
    read_receipts,
)
from dvctt_report.store.workspace import FROZEN, Workspace, period_folders
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.file_names import format_file, last_name, received_name
from dvctt_report.text.opening import file_digest, read_file
from dvctt_report.text.vietnamese import format_cited_date, format_date

SIGNED = (DEPARTMENT.name, SUPPLEMENT, CORRECTION)
"""The texts that are signed by the office."""
RECORD = "phat-hanh.json"
"""The record's name in the folder of its publication."""
_PREPARED = ".dang-phat-hanh"


@dataclass(frozen=True, slots=True)
class Publication:
    """A signed document as it was kept.

    row: what the register says of it.
    folder: where its files lie.
    """

    row: PublicationRow
    folder: Path

    @property
    def cited(self) -> str:
        """The document by number and day: “số 386/BC-SKHCN ngày 25/11/2025”."""
        return _cited(self.row.document, self.row.dated)

    def record(self) -> Mapping[str, Any]:
        """What was put down. Raises CannotRun where it is not what the register knows."""
        for path in (self.folder / RECORD, rewritten(self.row, self.folder.parent)):
            with suppress(OSError):
                content = read_file(path)
                if sha256(content).hexdigest() == self.row.record:
                    found: dict[str, Any] = parse_json(content)
                    return found
        raise self._changed(RECORD)

    @property
    def corrections(self) -> tuple[str, ...]:
        """How its number and day were put right, a sentence each, the earliest first.

        A record that was changed tells nothing: ``publish --check`` names it.
        """
        try:
            told = self.record().get("corrections", ())
        except CannotRun:
            return ()
        return tuple(
            f"Số, ngày ghi lại ngày {format_date(datetime.fromisoformat(one['when']))} ({one['who']}): trước "
            f"đó ghi {_cited(one['document'], date.fromisoformat(one['dated']))}; lý do: {one['reason']}"
            for one in told
        )

    @property
    def titled(self) -> str:
        """The document by kind, number and day: “Báo cáo bổ sung số 401/BC-SKHCN ngày 27/11/2025”."""
        record = self.record()
        return f"{_KINDS.get(str(record.get('text', '')), str(record['type']))} {self.cited}"

    @property
    def manifest(self) -> Path:
        """The manifest of the signed report. Raises CannotRun where it has changed since."""
        record = self.record()
        path = self.folder / str(record["manifest"])
        if digest_of(path) != next(f["sha256"] for f in record["files"] if f["file"] == path.name):
            raise self._changed(path.name)
        return path

    def _changed(self, name: str) -> CannotRun:
        return CannotRun(
            f"Tệp {self.folder / name} của báo cáo {self.cited} không còn như lúc phát hành.",
            "Xem những gì đã đổi: dvctt-report publish --check; chép lại thư mục này từ bản sao lưu, hồ sơ.",
        )


def _cited(document: str, dated: date) -> str:
    return f"số {document} ngày {format_cited_date(dated)}"


_KINDS = {"supplement": "Báo cáo bổ sung", "correction": "Công văn đính chính"}
"""What a document after the signature is called, by its text; any other by the type in its record."""


def publications(workspace: Workspace, period: Period) -> tuple[Publication, ...]:
    """What was published of ``period``, the earliest first; nothing where there is no register yet."""
    if not workspace.register.exists():
        return ()
    with open_register(workspace.register, reading=True) as register:
        rows = read_publications(register, period)
    folder = workspace.published_of(period)
    return tuple(Publication(row, put_in_place(row, folder)) for row in rows)


def prepared(folder: Path) -> Path:
    """Where the files of a publication stand until the register knows of it."""
    return folder.with_name(f".{folder.name}{_PREPARED}")


def rewritten(row: PublicationRow, parent: Path) -> Path:
    """Where the record with another number or day stands until the register knows of it."""
    return parent / f".{row.number}.{RECORD}"


def folder_of(row: PublicationRow, parent: Path) -> Path:
    """Where the files of a publication lie: where a ``publish`` was stopped, still in the prepared folder."""
    folder = parent / str(row.number)
    if folder.exists():
        return folder
    ready = prepared(folder)
    known = ready.is_dir() and row.record in map(digest_of, (ready / RECORD, rewritten(row, parent)))
    return ready if known else folder


def put_in_place(row: PublicationRow, parent: Path) -> Path:
    """Finish what was stopped: give the folder its name, the record its place; return where it lies."""
    there, folder, record = folder_of(row, parent), parent / str(row.number), rewritten(row, parent)
    with suppress(OSError):  # a drive that may only be read: the files are there all the same
        if there != folder:
            there = there.rename(folder)
        if digest_of(record) == row.record:
            record.replace(there / RECORD)
    return there


def sweep_prepared(parent: Path, rows: Iterable[PublicationRow]) -> tuple[Path, ...]:
    """Take away what a ``publish`` left that was stopped before the register knew of it."""
    known = {put_in_place(row, parent): row for row in rows}
    # A record may wait to be put in place
    records = {rewritten(row, parent): row.record for row in known.values()}
    left = tuple(path for path in parent.glob(f".*{_PREPARED}") if path not in known)
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    stray = tuple(p for p in parent.glob(f".*{RECORD}*") if p not in records or digest_of(p) != records[p])
    for path in stray:
        with suppress(OSError):
            path.unlink()
    return (*left, *stray)


def in_force(returns: Iterable[Return]) -> list[tuple[str, str]]:
    """Unit and digest of each return in force."""
    return [(r.unit, r.sha256) for r in returns if r.status is ReturnStatus.EFFECTIVE and r.unit]


def sent_since(published: Sequence[Publication], used: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """The units whose return in force (``in_force``) is none that the last of ``published`` was made of.

    A record that was changed tells nothing: ``publish --check`` names it.
    """
    with suppress(CannotRun):
        known = {one["sha256"] for last in published[-1:] for one in last.record()["inputs"]}
        return tuple(dict.fromkeys(unit for unit, digest in used if published and digest not in known))
    return ()


def every_publication(workspace: Workspace) -> tuple[Publication, ...]:
    """What was published of any period, the earliest first."""
    periods = (period for period, _ in period_folders(workspace.root))
    return tuple(publication for period in periods for publication in publications(workspace, period))


def whole_reports(published: Iterable[Publication]) -> tuple[Publication, ...]:
    """The reports among them, the last of which stands: not what was added to one or put right in it."""
    return tuple(p for p in published if p.record().get("text", "department") == "department")


def published_manifest(workspace: Workspace, period: Period) -> Path | None:
    """The manifest of what was last published of ``period``; None where nothing was."""
    published = publications(workspace, period)
    return published[-1].manifest if published else None


def final_manifests(workspace: Workspace) -> Iterator[tuple[Path, datetime]]:
    """Yield the manifest of everything that was rendered here to be signed for the period, and as of when."""
    for path in kept_manifests(workspace.manifests):
        with suppress(ValueError, KeyError, TypeError, AttributeError):  # no manifest at all
            said = read_parts(path, ("year", "period", "as_of", "report"))
            report = said["report"]
            is_of_period = Period.of_manifest(said) == workspace.period
            if is_of_period and report.get("final") is True and report.get("text", SIGNED[0]) in SIGNED:
                yield path, datetime.fromisoformat(said["as_of"])


def digest_of(path: Path) -> str:
    """SHA-256 of a file; "" where it can't be read."""
    try:
        return file_digest(path)
    except OSError:
        return ""


def changes(workspace: Workspace, published: Publication) -> Iterator[str]:
    """Yield what differs from the moment of publishing, a sentence each; nothing where all is as it was."""
    yield from changed_files(published)
    with suppress(CannotRun):
        record, period = published.record(), workspace.period
        with open_register(workspace.register, reading=True) as register:
            receipts = [r for gone in (False, True) for r in read_receipts(register, period, former=gone)]
        files = ((one["file"], one["sha256"]) for one in record["inputs"])
        inbox = name_in(workspace.root, workspace.inbox)
        for file in not_at_hand(workspace.register, receipts, files):
            yield (
                f"{format_file(file)}: bản lưu trong sổ nhận không còn như tệp đã dùng để lập báo cáo; "
                f"chép lại “{last_name(received_name(file))}” như khi nhận vào {inbox} "
                f"(còn nguyên ở đó thì thôi), rồi chạy: dvctt-report collect --year {workspace.period}"
            )
        # apply keeps the former edition beside the one in force: either may be the one published with
        wrong = [
            [one["file"] for one in record["settings"] if digest_of(folder / one["file"]) != one["sha256"]]
            for folder in sorted(workspace.frozen.parent.glob(f"{FROZEN}*"))
        ]
        for name in min(wrong, key=len, default=()) if all(wrong) else ():
            yield f"{workspace.frozen / name}: không còn như lúc phát hành"


def changed_files(published: Publication) -> Iterator[str]:
    """Yield which of the files that were kept are not as they were, the record first."""
    try:
        record = published.record()
    except CannotRun as fault:
        yield fault.message
    else:
        kept = {one["file"]: one["sha256"] for one in record["files"]}
        for name, digest in kept.items():
            now = digest_of(published.folder / name)
            if now != digest:
                yield f"{published.folder / name}: {'đã bị sửa' if now else 'không còn hoặc không đọc được'}"
        for path in sorted(published.folder.iterdir()):
            if path.name not in kept and path.name != RECORD:
                yield f"{path}: mới thêm vào sau khi phát hành"
