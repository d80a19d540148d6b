"""A few small returns read in the program's own process: starting a worker takes longer than reading them.

Only by plain Python and its XML parser, in a package that inflates to little, and where no formula has to be
worked out: that engine is other people's compiled code. Whatever isn't a usable return then is read in a
worker, as if it had not been tried.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final

from dvctt_report.intake.collect import read_received
from dvctt_report.intake.recompute import without_engine
from dvctt_report.model import Return, ReturnStatus
from dvctt_report.packages import ZIP_FAULTS
from dvctt_report.period import Period
from dvctt_report.plan.model import Profile

if TYPE_CHECKING:
    from dvctt_report.intake.worker import Reader

FEW: Final = 8
"""Files up to which a worker isn't worth its start, some forty times the reading of a commune's form."""
_MOST_PARTS: Final = 100
_MOST_INFLATED: Final = 5_000_000
"""Parts and bytes of a package that is read here; a return of eleven sheets has forty and one million."""


def read_few(
    files: Iterable[tuple[str, bytes]],
    profile: Profile,
    period: Period,
    step: Callable[[], None],
    tell: Callable[[str], None],
    *,
    reader: Reader = read_received,
) -> Iterator[Sequence[Return]]:
    """Yield the returns of each file in the order given, as ``isolate.read_each`` does."""
    given = tuple(files)
    here = [_read_here(reader, *one, profile, period) for one in given]
    unusual = (one for one, said in zip(given, here, strict=True) if said is None)
    rest: Iterator[Sequence[Return]] = iter(())
    if None in here:  # only then: it loads all of multiprocessing
        from dvctt_report.intake import isolate

        rest = isolate.read_each(unusual, profile, period, step, tell, reader=reader)
    for said in here:
        if said is None:
            yield next(rest)
        else:
            step()
            yield (said,)


def _read_here(reader: Reader, file: str, data: bytes, profile: Profile, period: Period) -> Return | None:
    """The return of a small and plain file; None for any other."""
    if not _is_small(data):
        return None
    try:
        with without_engine():
            said = reader(file, data, profile, period)
    except Exception:
        return None  # in a worker it becomes a refusal with its reason
    return said if isinstance(said, Return) and said.status is ReturnStatus.EFFECTIVE else None


def _is_small(data: bytes) -> bool:
    """Whether a package holds little. zipfile inflates no part beyond the size that is declared for it."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
    except ZIP_FAULTS:
        return False
    return len(parts) <= _MOST_PARTS and sum(part.file_size for part in parts) <= _MOST_INFLATED
