"""The manifests of everything that was rendered, kept for good under their identifiers.

Compressed, to a fifteenth: at the size of the whole country one has 66 MB.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from codecs import BOM_UTF8
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterator, Mapping
from contextlib import closing, suppress
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from dvctt_report.files.writing import write_beside
from dvctt_report.text.limits import MAX_MANIFEST, MAX_RECEIVED
from dvctt_report.text.opening import open_file, read_file
from dvctt_report.text.packed import Packed

PACKED = ".json.gz"
"""How the names of kept manifests and indexes end."""


def keep_manifest(folder: Path, identity: str, text: Packed) -> Path:
    """Keep a manifest; the same one again gives the same bytes under the same name."""
    return write_beside(folder / f"{identity}{PACKED}", text.content)


def kept_manifests(folder: Path) -> tuple[Path, ...]:
    """The manifests in ``folder``, by name."""
    return tuple(sorted(folder.glob(f"*{PACKED}")))


def kept_manifest(folder: Path, identity: str) -> Path | None:
    """The manifest that is kept under ``identity``; None where there is none."""
    path = folder / f"{identity}{PACKED}"
    return path if path.exists() else None


def read_manifest_text(path: Path) -> str:
    """The text of a manifest, kept or beside its document. Raises OSError, ValueError where it is damaged."""
    return unpacked(path).decode("utf-8-sig")


def parse_json(text: str | bytes) -> Any:
    """What a JSON text says. Raises ValueError where it is none, or nested deeper than it can be read."""
    try:
        return json.loads(text, parse_float=Decimal)
    except RecursionError:
        raise ValueError("nested too deep") from None


def read_parts(
    path: Path, names: Collection[str], slim: Callable[[Any], Any] = lambda entry: entry
) -> dict[str, Any]:
    """What a manifest says under those of ``names`` that it has; entries of lists as ``slim`` leaves them.

    As we write it, an entry to a line, never more than one line of it is held; one of another layout is
    parsed whole. Raises OSError, ValueError where it is damaged.
    """
    with suppress(ValueError), closing(_lines(path)) as lines:
        parts: dict[str, Any] = {}
        if next(lines, b"").strip() != b"{":
            raise ValueError("not laid out by us")
        while len(parts) < len(names) and (line := next(lines, b"")).rstrip() != b"}":
            entry = _NAME.fullmatch(line)
            if entry is None:
                raise ValueError("not laid out by us")
            name, is_list = entry[1].decode(), entry[2] == b"["
            entries = _entries(lines) if is_list else iter(())
            if name in names:
                value = [slim(parse_json(one)) for one in entries] if is_list else parse_json(entry[2])
                parts[name] = value
            deque(entries, 0)
        return parts
    found = parse_json(read_manifest_text(path))
    if not isinstance(found, dict):
        raise ValueError(f"{path.name} is no manifest")
    slimmed = {name: [*map(slim, said)] if isinstance(said, list) else said for name, said in found.items()}
    return {name: said for name, said in slimmed.items() if name in names}


def without_cells(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry of a manifest but for the cells its figure stands on: nearly all of it."""
    return {key: value for key, value in entry.items() if key != "cells"}


_NAME = re.compile(rb' "(\w+)": (.*?),?\r?\n', re.DOTALL)
"""A line with which something begins that a manifest says."""


def _entries(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the lines of a list's entries. Raises ValueError where it has no end."""
    for line in lines:
        if line.startswith(b" ]"):
            return
        yield line.rstrip(b"\r\n").removesuffix(b",")
    raise ValueError("broken off")


def _lines(path: Path) -> Generator[bytes, None, None]:
    """The lines of a manifest; one that is longer than any entry comes in pieces, which are no JSON.

    Raises OSError, ValueError.
    """
    n_read = 0
    try:
        with open_file(path) as file:
            content = gzip.GzipFile(fileobj=file) if path.name.endswith(PACKED) else file
            while line := content.readline(MAX_RECEIVED):
                n_read += len(line)
                if n_read > MAX_MANIFEST:
                    raise ValueError(f"{path.name} is too large for a manifest")
                yield line.removeprefix(BOM_UTF8)
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise ValueError(f"{path.name} is no whole manifest") from fault


def unpacked(path: Path) -> bytes:
    """The bytes of a file; of a kept manifest those before it was compressed. Raises OSError, ValueError."""
    content = read_file(path, MAX_MANIFEST)
    if not path.name.endswith(PACKED):
        return content
    try:
        with gzip.open(BytesIO(content)) as packed:
            text = packed.read(MAX_MANIFEST + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise ValueError(f"{path.name} is no whole manifest") from fault
    if len(text) > MAX_MANIFEST:
        raise ValueError(f"{path.name} is too large for a manifest")
    return text
