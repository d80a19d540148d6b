"""A large text on its way into files: held compressed, read piece by piece as often as it is asked for."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from io import BytesIO

_PIECE = 1 << 20
QUICKLY, SMALL = 1, 9


class Packed:
    """The text of ``pieces``; ``content`` is the .gz file that it is held as, the same for the same text."""

    def __init__(self, pieces: Iterable[bytes], level: int = QUICKLY) -> None:
        held = BytesIO()
        with gzip.GzipFile(fileobj=held, mode="wb", compresslevel=level, mtime=0) as out:
            for piece in pieces:
                out.write(piece)
        self.content = held.getvalue()

    def __iter__(self) -> Iterator[bytes]:
        with gzip.GzipFile(fileobj=BytesIO(self.content)) as text:
            while piece := text.read(_PIECE):
                yield piece
