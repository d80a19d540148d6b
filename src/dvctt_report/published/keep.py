"""Keep what was signed: all of it or nothing, whenever the computer stops.

The files are written to a folder of another name, which is renamed whole; then the register takes the row
that makes it a publication. A folder without a row is none: a stopped command left it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from dvctt_report import __version__
from dvctt_report.files import write_folder
from dvctt_report.published.record import RECORD, Publication, hashed
from dvctt_report.register import PublicationRow, keep_publication, open_register, read_publications
from dvctt_report.walls import freeze
from dvctt_report.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SignedDocument:
    """What the officer says of a signed document, and what it consists of.

    document: number and symbol, "386/BC-SKHCN".
    dated: the day it bears.
    manifest: the name of its manifest among ``files``.
    signed: the name of the signed file among them.
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
        record = _record(workspace, signed, number, who, now)
        folder = parent / str(number)
        if folder.exists():
            folder.rename(_aside(folder))
        write_folder(folder, {**signed.files, RECORD: record})
        row = PublicationRow(
            number, signed.document, signed.dated, sha256(record).hexdigest(), who, now.replace(microsecond=0)
        )
        keep_publication(register, workspace.period, row)
    return Publication(row, folder)


def _record(workspace: Workspace, signed: SignedDocument, number: int, who: str, now: datetime) -> bytes:
    manifest = json.loads(signed.files[signed.manifest])
    settings = sorted(path.name for path in workspace.frozen.iterdir() if path.is_file())
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
        "settings": hashed(workspace.frozen, settings),
        "who": who,
        "when": now.isoformat(timespec="seconds"),
        "program": __version__,
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _aside(folder: Path) -> Path:
    """A name for what a stopped command left, or what a lost register knew: it is never thrown away."""
    names = (
        folder.with_name(f"{folder.name} (không có trong sổ{n})")
        for n in ("", *map(" {}".format, range(2, 99)))
    )
    return next(name for name in names if not name.exists())
