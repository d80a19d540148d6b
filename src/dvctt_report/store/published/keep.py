"""Keep what was signed: all of it or nothing, whenever the computer stops.

The files are written to a folder of another name, the register takes the row that makes it a publication,
then the folder is renamed whole. A prepared folder without a row is nothing, and the next ``publish`` takes
its place; one with a row gets its name by whoever looks next (``record.put_in_place``). A mistyped number or
day is put right in the same way: the record is written anew beside the folder, then the row, then its place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from dvctt_report import __version__
from dvctt_report.files.manifests import parse_json
from dvctt_report.files.writing import prepare_folder, replace_file
from dvctt_report.store.frozen import freeze
from dvctt_report.store.published.record import (
    RECORD,
    Publication,
    digest_of,
    prepared,
    put_in_place,
    rewritten,
)
from dvctt_report.store.register import (
    PublicationRow,
    correct_publication,
    keep_publication,
    open_register,
    read_publications,
)
from dvctt_report.store.workspace import PUBLISHED, Workspace, period_folders
from dvctt_report.text.errors import CannotRun
from dvctt_report.text.opening import read_file


@dataclass(frozen=True, slots=True)
class SignedDocument:
    """What the officer says of a signed document, and what it consists of.

    document, dated: number and symbol, "386/BC-SKHCN", and the day it bears.
    manifest, signed: the names of its manifest and of the signed file among ``files``.
    files: everything that is kept, by name.
    told: what else the record says: kind, subject, differences, their reason.
    """

    document: str
    dated: date
    manifest: str
    signed: str
    files: Mapping[str, bytes]
    told: Mapping[str, Any]


def publish(workspace: Workspace, signed: SignedDocument, who: str, now: datetime) -> Publication:
    """Keep ``signed`` under its period and in the register. Raises CannotRun or OSError: nothing is kept."""
    freeze(workspace)
    parent = workspace.published_of(workspace.period)
    parent.mkdir(parents=True, exist_ok=True)
    with open_register(workspace.register) as register:
        number = len(read_publications(register, workspace.period)) + 1
        manifest = parse_json(signed.files[signed.manifest])
        settings = sorted(path for path in workspace.frozen.iterdir() if path.is_file())
        said = {
            "number": number,
            "period": str(workspace.period),
            "document": signed.document,
            "dated": signed.dated.isoformat(),
            **signed.told,
            "signed": signed.signed,
            "manifest": signed.manifest,
            "files": [{"file": n, "sha256": sha256(c).hexdigest()} for n, c in signed.files.items()],
            "inputs": manifest["inputs"],
            "settings": [{"file": path.name, "sha256": digest_of(path)} for path in settings],
            "who": who,
            "when": now.isoformat(timespec="seconds"),
            "program": __version__,
        }
        record = (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
        folder = parent / str(number)
        if folder.exists():
            # What a lost register knew is never thrown away
            names = (f"{number} (không có trong sổ{n})" for n in ("", *map(" {}".format, range(2, 99))))
            folder.rename(next(p for p in map(folder.with_name, names) if not p.exists()))
        prepare_folder(prepared(folder), {**signed.files, RECORD: record})
        digest, kept_on = sha256(record).hexdigest(), now.replace(microsecond=0)
        row = PublicationRow(number, signed.document, signed.dated, digest, who, kept_on)
        keep_publication(register, workspace.period, row)
    return Publication(row, put_in_place(row, parent))


@dataclass(frozen=True, slots=True)
class RightNumber:
    """The number and day that a publication has in the place of mistyped ones.

    document, dated: as in ``SignedDocument``.
    differences: what the signed file says otherwise than what was rendered, with these filled in.
    reason: why they are put down anew.
    """

    document: str
    dated: date
    differences: Sequence[Mapping[str, str]]
    reason: str


def put_right(
    workspace: Workspace, published: Publication, right: RightNumber, who: str, now: datetime
) -> Publication:
    """Put number and day right; the record tells what was. Raises CannotRun or OSError: nothing changed."""
    said = published.record()
    before = {"document": said["document"], "dated": said["dated"], "reason": right.reason}
    before |= {"who": who, "when": now.isoformat(timespec="seconds")}
    record = {**said, "document": right.document, "dated": right.dated.isoformat()}
    record |= {"differences": right.differences, "corrections": [*said.get("corrections", ()), before]}
    content = (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
    former, parent = published.row, published.folder.parent
    row = replace(former, document=right.document, dated=right.dated, record=sha256(content).hexdigest())
    with open_register(workspace.register) as register:
        replace_file(rewritten(former, parent), content)
        if not correct_publication(register, workspace.period, former, row):
            told = f"Văn bản {published.cited} vừa được một lệnh khác ghi lại."
            raise CannotRun(told, "Xem: dvctt-report publish --check")
    return Publication(row, put_in_place(row, parent))


def put_back_lost(workspace: Workspace) -> tuple[Publication, ...]:
    """Give a register that was made anew the rows of the publications whose folders are whole.

    The record in the folder says all that the row does. A folder that is not as it was published stays
    unknown to the register, and ``publish --check`` names it.
    """
    found = []
    with open_register(workspace.register) as register:
        for period, home in period_folders(workspace.root):
            known = {str(one.number) for one in read_publications(register, period)}
            for folder in sorted((home / PUBLISHED).glob("*")):
                with suppress(OSError, ValueError, KeyError, TypeError):  # no record, or none that tells it
                    content = read_file(folder / RECORD)
                    said = parse_json(content)
                    is_whole = all(digest_of(folder / one["file"]) == one["sha256"] for one in said["files"])
                    if is_whole and str(said["number"]) == folder.name and folder.name not in known:
                        dated, when = date.fromisoformat(said["dated"]), datetime.fromisoformat(said["when"])
                        told = (said["number"], said["document"], dated, sha256(content).hexdigest())
                        row = PublicationRow(*told, said["who"], when)
                        keep_publication(register, period, row)
                        found.append(Publication(row, folder))
    return tuple(found)
