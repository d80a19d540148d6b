"""The figures of the report that are not targets, each with the cells it stands on.

The text prints them and the manifest traces them: both read the same objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dvctt_report.model import Observation, State, TaskState, TaskStatus
from dvctt_report.plan.fields import YES, fields
from dvctt_report.plan.model import Channel, FieldSpec, Funding, Item, Listing, Survey, Task, Topic, Unit
from dvctt_report.report.decided import NOTHING_DECIDED, Decided
from dvctt_report.report.wording import Voice
from dvctt_report.text.grouping import by_key
from dvctt_report.text.personal import masked
from dvctt_report.text.vietnamese import clean_text, format_cited_date
from dvctt_report.word.nd30 import BY_ABBREVIATION, LETTER
from dvctt_report.year.summary.totals import SATISFIED, VALID
from dvctt_report.year.year import Year


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """One line of a unit's list that gives a number; ``sign`` is that without a personal number."""

    unit: Unit
    number: Observation
    sign: str
    issued_on: date | None
    subject: str | None
    cells: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in the annex; ``sign`` is its number and sign."""

    number: str
    sign: str
    issued_on: str
    issuer: str
    subject: str


def issued_documents(year: Year) -> tuple[IssuedDocument, ...]:
    """List the documents of all effective returns, by unit in protocol order, as their lists have them.

    A line counts where its first column is given and usable; the first dates and texts are day and subject.
    """
    dataset, documents = year.dataset, []
    for item in (item for item in year.profile.plan.items if isinstance(item, Listing)):
        dated = next((c.code for c in item.columns if c.kind == "date"), "")
        about = next((c.code for c in item.columns[1:] if c.kind == "text"), "")
        for unit in year.units:
            for number in dataset.observations(unit.code, item.code):
                if number.field != item.columns[0].code:
                    continue
                of_line = (dataset.observation(unit.code, item.code, f, number.part) for f in (dated, about))
                used = [
                    o if o and o.state is State.GIVEN and not year.standing.bars_answer(o) else None
                    for o in (number, *of_line)
                ]
                if used[0] is None:
                    continue
                _, on, subject = used
                issued = on.value if on and isinstance(on.value, date) else None
                text = clean_text(masked(str(subject.value))) if subject else ""
                sign = clean_text(masked(str(number.value)))
                cells = tuple(o for o in used if o is not None)
                documents.append(IssuedDocument(unit, number, sign, issued, text or None, cells))
    return tuple(documents)


def document_rows(year: Year, voice: Voice) -> tuple[DocumentRow, ...]:
    """One row a document."""
    none = voice.say("sign.not_available")
    return tuple(
        DocumentRow(
            number=str(n),
            sign=voice.mark(f"documents.{n}.sign", one.sign),
            issued_on=voice.mark(
                f"documents.{n}.issued_on", format_cited_date(one.issued_on) if one.issued_on else none
            ),
            issuer=one.unit.short_name,
            subject=one.subject or none,
        )
        for n, one in enumerate(issued_documents(year), 1)
    )


def own_documents(year: Year, voice: Voice) -> tuple[str, ...]:
    """Cite the documents of the body that compiles the report; nothing where it lists none."""
    own = [one for one in issued_documents(year) if one.unit.code == year.profile.plan.compiler]
    if not own:
        return ()
    most, cited = voice.issuer.max_named, []
    for one in own[:most]:
        kind, day = kind_of(one.sign), one.issued_on
        number = voice.say("directives.of_kind", kind=kind, number=one.sign) if kind else one.sign
        dated = voice.say("directives.dated", date=format_cited_date(day)) if day else ""
        about = voice.say("directives.about", subject=one.subject) if one.subject else ""
        cited.append(voice.say("directives.document", number=number, date=dated, subject=about))
    documents = "; ".join(cited)
    if len(own) > most:
        others, annex = voice.count(len(own) - most), voice.refer(voice.annexes.documents)
        documents = voice.say("directives.others", names=documents, n=others, annex=annex)
    issuer = own[0].unit.short_name
    return (voice.say("directives.own", issuer=issuer, n=voice.count(len(own)), documents=documents),)


_SIGN = re.compile(r"\d+[a-zA-ZđĐ]?/(?P<first>[\w]+)-[\w-]+")
_NO_KIND = frozenset({"CT"})
"""Signs of kinds that are those of offices as well (Cục Thuế): what isn't sure stays as the unit wrote it."""


def kind_of(sign: str) -> str:
    """Tell the kind of a document from its bare number and sign: "12/KH-UBND" is a Kế hoạch.

    A sign that begins with an office is that of a letter; "" where the kind is written out or isn't sure.
    Source: NĐ 30/2020/NĐ-CP, Phụ lục I, mục II, khoản 3; Phụ lục III, mục I.
    """
    found = _SIGN.fullmatch(sign)
    if found is None or found["first"] in _NO_KIND:
        return ""
    return BY_ABBREVIATION.get(found["first"], LETTER)


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number: ``value`` None where no unit gave one; ``observations`` are the cells behind it."""

    id: str
    value: int | None
    unit_of_count: str
    observations: tuple[Observation, ...] = ()

    @property
    def n_units(self) -> int:
        """How many units stand behind it."""
        return len({o.unit for o in self.observations})


@dataclass(frozen=True, slots=True)
class TaskBlock:
    """Tasks that the plan gives to the same bodies, with every body's status of each."""

    tasks: tuple[Task, ...]
    statuses: tuple[TaskStatus, ...]

    @property
    def body(self) -> str:
        """The unit that alone has the block's tasks; "" where several have."""
        units = {status.unit for status in self.statuses}
        return units.pop() if len(units) == 1 else ""

    def overdue(self, cut_off: date) -> tuple[TaskStatus, ...]:
        """The statuses of tasks that were to be done by ``cut_off`` and aren't."""
        due = {task.code for task in self.tasks if task.by and task.by <= cut_off}
        still_open = (TaskState.ONGOING, TaskState.NOT_DONE)
        return tuple(s for s in self.statuses if s.item in due and s.state in still_open)

    def count(self, state: TaskState) -> int:
        return sum(s.state is state for s in self.statuses)

    def single(self) -> Iterator[TaskBlock]:
        """The block's tasks one by one."""
        for task in self.tasks:
            yield TaskBlock((task,), tuple(s for s in self.statuses if s.item == task.code))


@dataclass(frozen=True, slots=True)
class Answering:
    """The units that were asked and gave usable answers: what a count of units is a part of."""

    directives: tuple[str, ...]
    topics: tuple[str, ...]
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything counted beside the targets, in the plan's order; ``decided`` tells which to mark."""

    directives: Figure
    topics: tuple[tuple[Topic, Figure], ...]
    channels: tuple[tuple[Channel, FieldSpec, Figure], ...]
    funding: tuple[tuple[Funding, FieldSpec, Figure], ...]
    tasks: tuple[TaskBlock, ...]
    answering: Answering
    surveys: tuple[tuple[Survey, FieldSpec, Figure], ...] = ()
    decided: Decided = NOTHING_DECIDED

    def all(self) -> Iterator[Figure]:
        """Every figure that can be traced, in the order of the report."""
        yield self.directives
        yield from (figure for _, figure in self.topics)
        yield from (figure for *_, figure in self.channels)
        yield from (figure for *_, figure in self.funding)
        tasks = list[tuple[str, str, TaskBlock]]()
        for block in self.tasks:
            tasks += [(f"tasks.{block.tasks[0].code}.done", "nhiệm vụ", block)] if block.body else []
            tasks += [(f"{task.tasks[0].code}.done", "đơn vị", task) for task in block.single()]
        if alone := self.tasks_of_single_bodies():
            tasks.append(("tasks.single.done", "nhiệm vụ", alone))
        for name, unit_of_count, block in tasks:  # how often they are done; None where nobody has told
            cells = tuple(o for s in block.statuses for o in s.observations)
            is_told = block.count(TaskState.UNKNOWN) < len(block.statuses)
            yield Figure(name, block.count(TaskState.DONE) if is_told else None, unit_of_count, cells)
        yield from (figure for *_, figure in self.surveys)

    def tasks_of_single_bodies(self) -> TaskBlock | None:
        """The tasks that one body alone has, as one block; None where there is none."""
        alone = [block for block in self.tasks if block.body]
        if not alone:
            return None
        tasks = tuple(task for block in alone for task in block.tasks)
        return TaskBlock(tasks, tuple(status for block in alone for status in block.statuses))


def collect_figures(year: Year) -> Figures:
    """Count documents, topics, channels, money and tasks over the effective returns."""
    items = year.profile.plan.items
    totals = {(t.item, t.field): t for t in year.summary.totals}

    def figure(item: Item, spec: FieldSpec, unit: str) -> Figure:
        total = totals.get((item.code, spec.code))
        if total is not None:
            given = tuple(o for o in total.contributions if o.state is State.GIVEN)
            return Figure(f"{item.code}.{spec.code}", total.value, spec.unit, given)
        told = _usable(year, item, spec.code)
        said = tuple(o for o in told if o.state is State.GIVEN and (o.value is True or o.value == YES))
        return Figure(f"{item.code}.{spec.code}", len({o.unit for o in said}) if told else None, unit, said)

    topics, channels, funding, surveys = [], [], [], []
    for item in items:
        match item:
            case Topic():
                topics.append((item, figure(item, _TICK, "đơn vị")))
            case Channel():
                counts = (m for m in item.measures if m.kind == "count")
                channels += [(item, m, figure(item, m, m.unit)) for m in counts]
            case Funding():
                told = (m for m in item.measures if m.kind != "text")
                funding += [(item, m, figure(item, m, "đơn vị")) for m in told]
            case Survey():
                counts = (m for m in fields(item) if m.code in (VALID, SATISFIED))
                surveys += [(item, m, figure(item, m, m.unit)) for m in counts]
    tasks = []
    for members in by_key((task.binds, task) for task in items if isinstance(task, Task)).values():
        if statuses := tuple(s for s in year.summary.tasks if s.item in {task.code for task in members}):
            tasks.append(TaskBlock(tuple(members), statuses))
    listing, lines = _answering(year, Listing), tuple(one.number for one in issued_documents(year))
    # Behind the sums of channels stand the units with a number that is used, or with none arising.
    behind = {o.unit for *_, counted in channels for o in counted.observations}
    for channel, measure, _ in channels:
        behind |= {o.unit for o in _usable(year, channel, measure.code) if o.state is State.NONE_ARISING}
    counting = tuple(unit.code for unit in year.units if unit.code in behind)
    return Figures(
        directives=Figure("directives", len(lines) if listing else None, "văn bản", lines),
        topics=tuple(topics),
        channels=tuple(channels),
        funding=tuple(funding),
        tasks=tuple(tasks),
        answering=Answering(listing, _answering(year, Topic), counting),
        surveys=tuple(surveys),
    )


_TICK = FieldSpec(code="ticked", label="Đã thực hiện", kind="tick")


def _usable(year: Year, item: Item, field: str = "") -> tuple[Observation, ...]:
    """What units answered, be it with a box left empty, as far as it can be read and may be used."""
    return tuple(
        o
        for unit in year.dataset.asked(item)
        for o in year.dataset.observations(unit.code, item.code)
        if field in ("", o.field) and o.state is not State.UNREADABLE and not year.standing.bars_answer(o)
    )


def _answering(year: Year, kind: type[Item]) -> tuple[str, ...]:
    """The units asked such items whose form has the table: no tick and no line are answers, too."""
    items = (item for item in year.profile.plan.items if isinstance(item, kind))
    told = {o.unit for item in items for o in _usable(year, item)}
    return tuple(unit.code for unit in year.units if unit.code in told)
