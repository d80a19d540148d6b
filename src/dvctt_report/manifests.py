"""The manifests of everything that was rendered, kept for good under their identifiers.

Compressed, to a fifteenth: at the size of the whole country one has 66 MB. Those of earlier versions, which
are not, are read as well.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

from dvctt_report.files import write_beside
from dvctt_report.limits import MAX_MANIFEST
from dvctt_report.opening import read_file

_PACKED, _PLAIN = ".json.gz", ".json"


def keep_manifest(folder: Path, identity: str, text: bytes) -> Path:
    """Keep a manifest; the same one again gives the same bytes under the same name."""
    return write_beside(folder / f"{identity}{_PACKED}", gzip.compress(text, mtime=0))


def kept_manifests(folder: Path) -> tuple[Path, ...]:
    """The manifests in ``folder``, by name."""
    found = (path for path in folder.glob("*.json*") if path.name.endswith((_PACKED, _PLAIN)))
    return tuple(sorted(found))


def kept_manifest(folder: Path, identity: str) -> Path | None:
    """The manifest that is kept under ``identity``; None where there is none."""
    there = (folder / f"{identity}{suffix}" for suffix in (_PACKED, _PLAIN))
    return next((path for path in there if path.exists()), None)


def identity_of(path: Path) -> str:
    """The identifier under which a manifest is kept."""
    return path.name.removesuffix(_PACKED).removesuffix(_PLAIN)


def read_manifest_text(path: Path) -> str:
    """The text of a manifest, kept or beside its document. Raises OSError, ValueError where it is damaged."""
    return unpacked(path).decode("utf-8-sig")


def parse_json(text: str | bytes) -> Any:
    """What a JSON text says. Raises ValueError where it is none, or nested deeper than it can be read."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None


def read_entry(text: str, name: str) -> Any:
    """What a manifest says under ``name``, read alone where it has a line to itself, as we write it.

    Raises ValueError, KeyError, TypeError where it says nothing of the kind.
    """
    line = re.search(rf'^ "{name}": (.*?),?$', text, re.MULTILINE)
    if line is not None:
        with suppress(ValueError):
            return parse_json(line[1])
    return parse_json(text)[name]


def unpacked(path: Path) -> bytes:
    """The bytes of a file; of a kept manifest those before it was compressed. Raises OSError, ValueError."""
    content = read_file(path, MAX_MANIFEST)
    if not path.name.endswith(_PACKED):
        return content
    try:
        with gzip.open(BytesIO(content)) as packed:
            text = packed.read(MAX_MANIFEST + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise ValueError(f"{path.name} is no whole manifest") from fault
    if len(text) > MAX_MANIFEST:
        raise ValueError(f"{path.name} is too large for a manifest")
    return text
