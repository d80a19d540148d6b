"""A .zip whose bytes depend on nothing but its files and one date."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime


def pack(files: Mapping[str, bytes], moment: int) -> bytes:
    """Return a .zip of ``files`` in the order of their names, all dated ``moment`` (seconds, Unix).

    A constant date would not do: Python takes a compiled module of an earlier version for that of the
    present one where date and size of the source are the same.
    """
    date = datetime.fromtimestamp(moment, UTC).timetuple()[:6]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date)
            # As from Unix: of MS-DOS, Info-ZIP takes names for an old code page even where they say UTF-8.
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return held.getvalue()
