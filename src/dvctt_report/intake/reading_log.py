"""The log of normalisations: every cell that was not taken as it stands, what it was read as, and why."""

from __future__ import annotations

import csv
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from types import SimpleNamespace

from dvctt_report.forms.form import COVER, format_sheet
from dvctt_report.forms.wording import COVER_SPECS
from dvctt_report.intake.words import format_value
from dvctt_report.model import Observation, Return, State
from dvctt_report.plan.fields import fields
from dvctt_report.plan.model import Profile
from dvctt_report.text.personal import shown
from dvctt_report.text.vietnamese import clean_text, first_letter_capital

COLUMNS = ("Tệp", "Đơn vị", "Biểu", "Ô", "Nội dung", "Đã ghi", "Đọc là", "Vì sao")


def reading_log(returns: Iterable[Return], profile: Profile) -> Iterator[tuple[str, ...]]:
    """Yield a line (``COLUMNS``) for each cell of each return that was normalised, in the order read."""
    names = profile.roster.short_names
    labels = {(i.code, f.code): (i.label, f.label) for i in profile.plan.items for f in fields(i)}
    labels |= {(COVER, code): (spec.label, "") for code, spec in COVER_SPECS.items()}
    for received in returns:
        for read in (*received.submission.readings, *received.observations):
            if read.reading and not _is_the_forms_own(read):
                about = " · ".join(filter(None, (read.part, *labels.get((read.item, read.field), ()))))
                at = read.at
                yield (
                    received.file,
                    names.get(read.unit, read.unit),
                    format_sheet(at.sheet) if at else "",
                    at.cell if at else "",
                    about,
                    shown(clean_text(read.raw)),
                    shown(clean_text(_read_as(read))),
                    shown(clean_text(read.reading)),
                )


def log_csv(lines: Iterable[tuple[str, ...]]) -> bytes:
    """Write the lines of a log as CSV."""
    return csv_bytes(COLUMNS, lines)


def csv_bytes(columns: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """Write CSV that Excel opens in Vietnamese (UTF-8 with BOM, commas), no text of which is a formula."""
    return b"".join(csv_pieces(columns, lines))


def csv_pieces(columns: Sequence[str], lines: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The same line by line."""
    written: list[bytes] = [BOM_UTF8]
    writer = csv.writer(SimpleNamespace(write=lambda text: written.append(text.encode())))
    for line in chain((columns,), ([_harmless(text) for text in line] for line in lines)):
        writer.writerow(line)
        yield from written
        written.clear()


def _harmless(text: str) -> str:
    # Excel takes a sign of full width ("＝") for the plain one.
    first = unicodedata.normalize("NFKC", text[:1])
    return f"'{text}" if first in tuple("=+-@\t\r") and len(text) > 1 else text


def _is_the_forms_own(read: Observation) -> bool:
    """Whether a reading only says what the form itself does: a sum it shows, a state chosen for the row."""
    summed = read.reading.startswith(("cộng từ ", "lấy từ ô ")) and read.raw == str(read.value)
    return summed or (not read.raw and read.state is not State.GIVEN)


def _read_as(read: Observation) -> str:
    value = read.value
    if read.state is not State.GIVEN:
        return first_letter_capital(read.state.word)
    if isinstance(value, bool):
        return "Có đánh dấu" if value else "Không đánh dấu"
    return f"{format_value(value)}%" if isinstance(value, Decimal) else format_value(value)
