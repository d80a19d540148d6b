"""The form of a unit written anew with its own answers, the list in front, what is asked marked in its cells.

Nothing gets into it that wasn't read so from the unit's file: it is read back before it goes out, and a
cell that would then say more than it did is left blank, with what stood there in its note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from dvctt_report.forms.build import build_form, with_more_lines
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.issue import LIST_ABOUT, LIST_ISSUED, SentBack
from dvctt_report.forms.layout import cell_name, place
from dvctt_report.forms.writer import form_bytes
from dvctt_report.intake.collect import RawAnswers, raw_answers, read_return
from dvctt_report.intake.tables import ADDED
from dvctt_report.model import CellRef, Key, Observation, Return, Severity, State
from dvctt_report.papers.mending.lists import MendingList
from dvctt_report.papers.mending.workbook import FormBehind, WorkbookHead, write_list
from dvctt_report.plan.last_year import LastYear
from dvctt_report.plan.model import Profile
from dvctt_report.text.personal import shown

_ROUNDS = 3
"""How often cells are left blank before the form is given up: blanking one may change a sum."""


@dataclass(frozen=True)
class SentReturn:
    """A return as it was received: what was read, and its bytes."""

    read: Return
    data: bytes

    @property
    def digests(self) -> str:
        """The SHA-256 of its file, and of those that it took the place of itself."""
        return " ".join(dict.fromkeys((self.read.sha256, *self.read.follows)))


def own_form(
    asked: MendingList, sent: SentReturn, profile: Profile, head: WorkbookHead, last: LastYear | None = None
) -> bytes | None:
    """Return the unit's form with what it ``sent``; None where that can't be written again as it was read."""
    raw = raw_answers(sent.read.file, sent.data, profile, asked.unit, asked.period)
    if raw is None:
        return None
    typed = dict(raw.answers)
    for _ in range(_ROUNDS):
        data = _written(asked, sent, raw, typed, profile, head, last)
        wrong = {*_said_otherwise(sent.read, read_return("", data, profile, asked.period))}
        if not wrong:
            return data
        gone = {
            own
            for key in wrong
            for own in typed
            if (own.item, own.part) == (key.item, key.part) and key.field in ("", own.field)
        }
        if not gone:
            return None
        typed = {key: answer for key, answer in typed.items() if key not in gone}
    return None


def blank_form(asked: MendingList, profile: Profile, head: WorkbookHead, last: LastYear | None) -> bytes:
    """Return the form as it was issued to a unit of which no usable one came, with the list in front."""
    back = SentBack(
        partial(write_list, asked=asked, head=head, behind=FormBehind(answered=False)), meta=_meta(head, "")
    )
    return form_bytes(profile, asked.unit, asked.period, edition=profile.edition, last=last, back=back)


def _written(
    asked: MendingList,
    sent: SentReturn,
    raw: RawAnswers,
    typed: Mapping[Key, Answer],
    profile: Profile,
    head: WorkbookHead,
    last: LastYear | None,
) -> bytes:
    """The form with the answers ``typed``; what stood in a cell left blank is told in its note."""
    notes: dict[Key, list[str]] = {}  # of what is asked about, or whose sum is
    for n, question in enumerate((*asked.to_mend, *asked.to_confirm), 1):
        key = raw.keys.get(question.at) if question.at is not None else None
        for source in raw.sources.get(key, (key,)) if key is not None else ():
            notes.setdefault(source, []).append(f"Nội dung {n}: {question.why} {question.asked}")
    blanked = {key: answer for key, answer in raw.answers.items() if key not in typed}
    for key, answer in blanked.items():
        text = f"Đơn vị đã ghi: “{shown(str(answer))}”. Đề nghị ghi lại vào ô này."
        notes.setdefault(key, []).append(text)
    form = with_more_lines(build_form(profile, asked.unit, asked.period), raw.added)
    places = {
        key: (table.sheet, cell_name(row, column.at))
        for sheet in place(form)
        for table in sheet.tables
        for row, column, _, key in table.answers()
    }
    last_at: dict[Key, CellRef] = {key: at for at, key in raw.keys.items()}
    moved = any(places.get(key, (at.sheet, at.cell)) != (at.sheet, at.cell) for key, at in last_at.items())
    behind = FormBehind(len(raw.formulas & typed.keys()), len(blanked), moved=moved)
    back = SentBack(
        partial(write_list, asked=asked, head=head, behind=behind),
        {key: "\n".join(lines) for key, lines in notes.items()},
        raw.added,
        _meta(head, sent.digests),
        raw.formats,
    )
    return form_bytes(profile, asked.unit, asked.period, typed, edition=profile.edition, last=last, back=back)


def _meta(head: WorkbookHead, about: str) -> tuple[tuple[str, str], ...]:
    return (LIST_ISSUED, head.made.isoformat(timespec="minutes")), (LIST_ABOUT, about)


# --------------------------------------------------------------------------------- read back


def _said_otherwise(sent: Return, written: Return) -> Iterator[Key]:
    """Yield what the form would say that the file didn't, or without the fault that it had there."""
    before = _by_key(sent.observations)
    lines = {(o.item, o.field, o.value) for o in before.values() if ADDED in o.part}
    told = {(f.code, *f.key) for f in written.findings}
    cured = {
        Key(ref.item, ref.field, finding.part)
        for finding in sent.findings
        if finding.severity is Severity.ERROR and (finding.code, *finding.key) not in told
        for ref in finding.figures
    }
    for key, now in _by_key(written.observations).items():
        if now.state is not State.GIVEN or key.field == "rate":
            continue
        is_line = ADDED in key.part and (key.item, key.field, now.value) in lines
        is_cured = key in cured or Key(key.item, "", key.part) in cured
        own = before.get(key)
        is_same = own is not None and own.state is State.GIVEN and own.value == now.value
        if is_cured or not (is_line or is_same):
            yield key


def _by_key(observations: Iterable[Observation]) -> dict[Key, Observation]:
    return {o.key: o for o in observations}
