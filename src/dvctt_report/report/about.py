"""What a finding is about, in the words of the form: which content, where, what was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import Role, key_of
from dvctt_report.intake.reading import STATE_NAMES
from dvctt_report.model import CellRef, Finding, Key, Observation, Override, ReturnStatus
from dvctt_report.model.answer_columns import Answers
from dvctt_report.model.codes import CODES
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import field_label, field_of
from dvctt_report.plan.model import Profile, Target, Unit
from dvctt_report.text.personal import shown
from dvctt_report.text.vietnamese import clean_text, format_count, whole_of
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rows import place_names, source_names

UNKNOWN_UNIT = "Chưa rõ đơn vị"
SIGNATURE_PAGE = "Trang ký"
LEFT_BLANK = "(để trống)"
WHOLE_FORM = "Cả biểu"
LONGEST = 300  # Characters of what a unit wrote; the rest stands in its own file


@dataclass(frozen=True)
class AnswerPlaces:
    """The answers of a year's returns by their files and cells, and the line numbers of the units' forms."""

    profile: Profile
    period: Period
    _answers: dict[str, list[Answers]] = field(default_factory=dict)
    _numbers: dict[tuple[str, frozenset[str], tuple[str, ...]], dict[Key, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, dataset: Dataset) -> AnswerPlaces:
        """Index the returns that a finding may speak of: those that count, and those that wait."""
        spoken_of = (ReturnStatus.EFFECTIVE, ReturnStatus.UNDECIDED, ReturnStatus.QUESTIONED)
        by_file: dict[str, list[Answers]] = {}
        for one in (r for r in dataset.returns if r.status in spoken_of):
            answers = Answers.of(one.observations)
            for file in answers.files:
                by_file.setdefault(file, []).append(answers)
        return cls(dataset.profile, dataset.period, by_file)

    def answer(self, at: CellRef | None) -> Observation | None:
        """What was read from a cell; None where that is no answer's."""
        answers = reversed(self._answers.get(at.file, ())) if at is not None else ()
        found = (one.at(at) for one in answers if at is not None)
        return next((one for one in found if one is not None), None)

    def summed(self, finding: Finding) -> Iterator[tuple[CellRef, tuple[CellRef, ...]]]:
        """Yield the cells of the finding that the form fills by a sum, with the cells to mend instead."""
        for at in dict.fromkeys((finding.at, *finding.related)):
            read = self.answer(at)
            item = self.profile.plan.items_by_code.get(read.item) if read is not None else None
            if at is not None and read is not None and isinstance(item, Target) and not read.part:
                names = source_names(item, read.field)
                total = read.item, read.field
                in_file = (o for answers in self._answers.get(at.file, ()) for o in answers)
                own = [(o.at, o) for o in in_file if o.at is not None and o.at.file == at.file]
                added = [cell for cell, o in own if (o.item, o.field) in names]
                added += [cell for cell, o in own if o.part and (o.item, o.field) == total]
                if added:
                    yield at, tuple(added)

    def put(self, finding: Finding) -> tuple[Override, ...]:
        """What the officer has put into the cells that the finding compares, each once."""
        read = map(self.answer, (finding.at, *finding.related))
        return tuple(dict.fromkeys(o.override for o in read if o is not None and o.override is not None))

    def number(self, unit: Unit, key: Key) -> str:
        """The number (STT) before the line of ``key``, "" for none; made once for forms that are alike."""
        same = self.profile.roster.group(unit.group).form, self.profile.asked_codes(unit), unit.parts
        form = None if same in self._numbers else build_form(self.profile, unit, self.period)
        numbers = self._numbers.setdefault(same, {})
        for table in (table for sheet in form.sheets for table in sheet.tables) if form else ():
            columns, last = [c for c in table.columns if c.role is not Role.LABEL], ""
            for row in table.rows if table.columns[0].key == "stt" else ():  # without one a line has the last
                last = (row.labels[0] if row.labels else "") or last
                numbers |= {key_of(row.key, c.key): last for c in columns if row.key}
        of_item = (n for k, n in numbers.items() if k.item == key.item and not k.part and not key.field)
        return numbers.get(key) or next(of_item, "")


def format_position(finding: Finding, unit: Unit, places: AnswerPlaces) -> str:
    """Say where a clerk finds it on the form: "Biểu 01-A, STT 3, ô G10"; "Cả biểu" for the whole file."""
    at = finding.at
    if CODES[finding.code].signing:  # whatever cell of the tracking book it names
        return SIGNATURE_PAGE
    if at is None or not at.sheet:
        return WHOLE_FORM
    read = places.answer(at)
    key = read.key if read else Key(finding.item, finding.field)
    number = places.number(unit, key) if key.item and (at.cell or not finding.against) else ""
    sheet, *cell = place_names(at)
    return ", ".join((sheet, *([f"STT {number}"] if number else []), *cell))


def format_content(finding: Finding, places: AnswerPlaces) -> str:
    """Name what is asked there: the commune, the item, the column ("… (Đã thực hiện)"); "" for the file."""
    read = places.answer(finding.at)
    code, name = (read.item, read.field) if read else (finding.item, finding.field)
    item = places.profile.plan.items_by_code.get(code)
    if item is None:
        return CODES[finding.code].signing
    label = field_label(item, name)
    told = item.label if label in ("", item.label) else f"{item.label} ({label})"
    return f"{read.part}: {told}" if read and read.part else told


def format_whose(finding: Finding, profile: Profile) -> str:
    """Name whom a finding concerns: a unit, nobody known yet, or the province."""
    nobody = whole_of(profile.plan.province) if finding.at is None else UNKNOWN_UNIT
    return profile.roster.short_names.get(finding.unit, finding.unit) or nobody


def format_written(finding: Finding, places: AnswerPlaces) -> str:
    """What the unit wrote, without personal numbers: a number and its unit, a quoted text, "(để trống)"."""
    read = places.answer(finding.at)
    if read is not None and read.override is not None:
        read = read.replaced  # what the officer put there is nothing the unit wrote
        if read is None:
            return LEFT_BLANK
    if read is None:
        return _quoted(shown(finding.value))
    if isinstance(read.value, int) and not isinstance(read.value, bool) and not read.reading:
        spec = field_of(places.profile.plan.item(read.item), read.field)
        unit = "" if spec is None else "đồng" if spec.kind == "money" else spec.unit
        return f"{format_count(read.value)} {unit}".rstrip()
    if read.raw.strip():
        return _quoted(shown(read.raw))
    return _quoted(shown(finding.value)) or _quoted(STATE_NAMES.get(read.state, "")) or LEFT_BLANK


def shorten(text: str, longest: int) -> str:
    """Clean a text for printing; behind ``longest`` characters an ellipsis stands for its further words."""
    text = clean_text(text)
    if len(text) <= longest:
        return text
    words = text[:longest].rpartition(" ")[0] or text[: longest - 1]
    return words.rstrip(" ,;:") + "…"


def _quoted(text: str) -> str:
    text = shorten(text, LONGEST)
    return f"“{text}”" if text else ""
