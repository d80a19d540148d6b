"""A .zip whose bytes depend on nothing but its files and one date."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime


def pack(files: Mapping[str, bytes], moment: int, *, stored: bool = False) -> bytes:
    """Return a .zip of ``files`` in the order of their names, all dated ``moment`` (seconds, Unix).

    ``stored``: as they are, instead of as small as they can be.
    """
    date = datetime.fromtimestamp(moment, UTC).timetuple()[:6]
    held = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(held, "w", method, compresslevel=None if stored else 9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date)
            # As from Unix: of MS-DOS, Info-ZIP takes names for an old code page even where they say UTF-8.
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            entry.compress_type = method
            archive.writestr(entry, files[name])
    return held.getvalue()
