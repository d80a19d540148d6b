"""What the officer has to decide, one row a kind of question about one unit or file, most harmful first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property, partial
from hashlib import sha256
from itertools import chain, filterfalse
from typing import NamedTuple, TypeAlias, TypeVar

from dvctt_report.decide import arrivals
from dvctt_report.decide.cells import format_seen
from dvctt_report.intake.mend_lists import Answered, ReplyStanding, answered, format_standing
from dvctt_report.model import (
    Acceptance,
    Choice,
    Decision,
    Finding,
    Grade,
    Key,
    LeftOut,
    Override,
    Return,
    ReturnStatus,
    Severity,
    Timing,
    finding_id,
)
from dvctt_report.model.codes import CODES, RULES_BY_CODE, Asked, Settled, Trait, has
from dvctt_report.plan.fields import STATUS_NOT_AVAILABLE, fields
from dvctt_report.report.about import (
    LEFT_BLANK,
    UNKNOWN_UNIT,
    AnswerPlaces,
    format_content,
    format_position,
    format_whose,
    format_written,
)
from dvctt_report.report.ways import Way, about_beside, file_of, named_cell, ways_of
from dvctt_report.store.register.decided import Decided
from dvctt_report.text.file_names import last_name, own_name
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import (
    first_letter_capital,
    format_date,
    format_small_count,
    sentence,
    whole_of,
)
from dvctt_report.year.corrections import format_put, name_cell
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.loader import OpenYear


class Part(StrEnum):
    """The sheets of the workbook: whose turn it is."""

    MINE = "Tôi quyết"
    UNITS = "Đơn vị sửa"
    USED = "Tạm dùng"
    DECIDED = "Đã quyết định"


One = TypeVar("One", Override, Acceptance, LeftOut)

OTHER_UNIT = "Của đơn vị khác (ghi tên ở cột bên)"
_DIGITS = 6
"""Of a matter's name, as of a finding's."""
_FIELDS_TOLD = 4
"""Cells of one row that are named; a form of 65 communes may have as many of one kind."""


@dataclass(frozen=True, slots=True)
class Option:
    """A decision that may be made.

    words: what the officer chooses.
    way: the kind of decision.
    about: the unit's code or the file's digest that it names; "" where it names none.
    """

    words: str
    way: Way
    about: str = ""


class Said(NamedTuple):
    """What a row of the workbook says.

    place: where, in the words of the form.
    about: what is asked there and what was written.
    why: what is wrong with it, what the unit said of it.
    """

    place: str
    about: str
    why: str


@dataclass(frozen=True)
class Matter:
    """One row of the workbook.

    facts: gives ``base``, the facts that it is about, worked out when they are first asked for.
    part: the sheet it stands on.
    unit: the unit's code; "" where it isn't known.
    who: the unit in words.
    says: gives what it says, worked out when it is first asked for: of thousands only the first are shown.
    options: the decisions that are possible.
    findings: what it is made of.
    file: the digest of the file it is about; "" where it is about figures.
    decided: the decisions in force, of a matter that is decided: all that were made of one row.
    number: its place among all of them.
    """

    facts: Callable[[], tuple[str, ...]] = field(repr=False)
    part: Part
    unit: str
    who: str
    says: Callable[[], Said] = field(repr=False)
    options: tuple[Option, ...]
    findings: tuple[Finding, ...] = ()
    file: str = ""
    decided: tuple[Decided, ...] = ()
    number: int = 0

    @cached_property
    def base(self) -> tuple[str, ...]:
        """The facts that it is about; a decision holds for no others."""
        return self.facts()

    @cached_property
    def name(self) -> str:
        """What the workbook, the page and commands call it; where other facts are asked, it has another name.

        Of one finding that is the finding's own.
        """
        names = [*map(finding_id, self.findings)]
        if len(names) == 1:
            return names[0]
        kind = self.findings[0].code if names else "QD" if self.decided else "VC"
        asked = sorted(names) if names and not self.decided else self.base
        return f"{kind}-{sha256(chr(10).join(asked).encode()).hexdigest()[:_DIGITS]}"

    @cached_property
    def said(self) -> Said:
        """What its row says."""
        return self.says()

    @property
    def urgent(self) -> bool:
        """Whether it is asked right after collecting: whose a file is, which one counts."""
        return any(option.way in (Way.USE, Way.ASSIGN) for option in self.options)

    @property
    def follows(self) -> bool:
        """Whether it is asked right after the answer that brings it up: also of which period a return is."""
        return self.urgent or (bool(self.options) and any(finding.whole for finding in self.findings))


def matters_of(year: OpenYear) -> tuple[Matter, ...]:
    """Return what is open, numbered through the sheets, then what is decided."""
    made = _Matters(year)
    order = [*Part]
    asked = [*made.files, *made.questions(), *made.wanting(), *made.arrived()]
    ranked = sorted(asked, key=lambda m: (order.index(m.part), *made.harm(m)))
    return tuple(replace(m, number=n) for n, m in enumerate((*ranked, *made.decided()), 1))


def rows_of(matters: Iterable[Matter]) -> dict[str, str]:
    """The name of the row of each open finding, by the finding's own."""
    return {finding_id(f): m.name for m in matters if not m.decided for f in m.findings}


@dataclass(frozen=True)
class _Matters:
    """What a period's matters are made from."""

    year: OpenYear

    @cached_property
    def open_findings(self) -> tuple[Finding, ...]:
        """What is to be decided: no warning about a figure that the officer has left out."""
        asked = (f for f in self.year.findings if f.is_open and f.severity is not Severity.INFO)
        out = {(one.unit, *one.key) for one in self.year.left_out if not one.finding}
        return tuple(f for f in asked if not f.item or (f.unit, *f.key) not in out)

    @cached_property
    def open_names(self) -> frozenset[str]:
        return frozenset(map(finding_id, self.open_findings))

    @cached_property
    def places(self) -> AnswerPlaces:
        return AnswerPlaces.of(self.year.dataset)

    @cached_property
    def replies(self) -> dict[str, Answered]:
        dataset = self.year.dataset
        return answered(self.year.findings, dataset.returns, dataset.acceptances)

    @cached_property
    def uncertain(self) -> frozenset[str]:
        """The targets whose verdict may still turn."""
        results = self.year.summary.results
        return frozenset(r.item for r in results if r.grade not in (None, Grade.CERTAIN))

    def name(self, code: str) -> str:
        return self.year.profile.roster.short_names.get(code, code or UNKNOWN_UNIT)

    def harm(self, matter: Matter) -> tuple[int, ...]:
        """The smaller the worse: a whole return, then by the verdicts that it leaves open, by its figures."""
        figures = {(f.unit, figure.item) for f in matter.findings for figure in f.figures}
        n_turning = sum(item in self.uncertain for _, item in figures)
        place = self.year.profile.roster.place(matter.unit)
        of_file = matter.file and not any(map(self.year.dataset.is_beside, matter.findings))
        whole = of_file or any(f.whole for f in matter.findings)
        return (0 if whole else 1, -n_turning, -len(figures), place)

    @cached_property
    def files(self) -> tuple[Matter, ...]:
        """Whose a file is, and which of several counts; nothing of one that couldn't be opened."""
        returns = self.year.dataset.returns
        rivals = by_key(
            (one.unit, one)
            for one in returns
            if one.status is ReturnStatus.UNDECIDED and not one.named and one.unit
        )
        whose: dict[str, Return] = {}
        for one in (received for received in returns if received.sha256 and not received.rejected):
            asked = [f for f in one.findings if finding_id(f) in self.open_names]
            waits = one.status in (ReturnStatus.UNDECIDED, ReturnStatus.REFUSED)
            doubtful = one.named or not one.unit or any(has(f.code, Trait.WHOSE_UNKNOWN) for f in asked)
            if any(has(f.code, Trait.CONFIRMED_FIRST) for f in asked) or (waits and doubtful and asked):
                whose.setdefault(one.sha256, one)
        return (
            *(self._which(unit, several) for unit, several in rivals.items()),
            *map(self._whose, whose.values()),
        )

    def _which(self, unit: str, several: Sequence[Return]) -> Matter:
        findings = tuple(f for one in several for f in one.findings if finding_id(f) in self.open_names)
        codes = [one.sha256[:6] for one in several]  # by them two of one name are told apart
        names = [f"{last_name(one.file)} ({code})" for one, code in zip(several, codes, strict=True)]
        whole = [f"{own_name(one.file)} ({code})" for one, code in zip(several, codes, strict=True)]
        options = [Option(f"Dùng {n}", Way.USE, one.sha256) for n, one in zip(names, several, strict=True)]
        return Matter(
            lambda: tuple(sorted(one.sha256 for one in several)),
            Part.MINE,
            unit,
            self.name(unit),
            lambda: Said("Cả biểu", "; ".join(whole), _sentences(findings)),
            (*options, Option(Way.LEAVE_OUT, Way.LEAVE_OUT)),
            findings,
            file=several[0].sha256,
        )

    def _whose(self, received: Return) -> Matter:
        names = self.year.profile.roster.short_names
        codes = [code for code in dict.fromkeys((received.unit, *received.named)) if code in names]
        findings = tuple(f for f in received.findings if finding_id(f) in self.open_names)
        options = [Option(f"Của {names[code]}", Way.ASSIGN, code) for code in codes]
        return Matter(
            lambda: (received.sha256,),
            Part.MINE,
            received.unit,
            " hoặc ".join(map(self.name, codes)) or self.name(""),
            lambda: Said("Cả tệp", own_name(received.file), _sentences(findings)),
            (*options, Option(OTHER_UNIT, Way.ASSIGN), Option(Way.SEND_BACK, Way.SEND_BACK)),
            findings,
            file=received.sha256,
        )

    def questions(self) -> Iterator[Matter]:
        """What is open about figures, books and refused files: of one kind and unit together."""
        of_files = {finding_id(f) for m in self.files for f in m.findings}
        asked = [f for f in self.open_findings if finding_id(f) not in of_files]
        dataset = self.year.dataset
        proposed = (((f,), ways_of(dataset, f)) for f in asked if self._is_proposed(f))
        doubts = by_cause(dataset, filterfalse(self._is_proposed, asked))
        groups: dict[tuple[str, tuple[str, ...], tuple[Way, ...]], list[Finding]] = {}
        for cause, ways in chain(proposed, ((one.findings, one.ways) for one in doubts)):
            first = cause[0]
            if self._is_proposed(first):
                ways = (*ways, Way.ASK_AGAIN)
            whose = first.unit or (first.at.file if first.at is not None else "")
            groups.setdefault((whose, tuple(dict.fromkeys(f.code for f in cause)), ways), []).extend(cause)
        for (_, _, ways), alike in groups.items():
            yield self._question(ways, tuple(alike))

    def _is_proposed(self, finding: Finding) -> bool:
        """Whether its unit keeps what it wrote for a reason, so that it is the officer's turn."""
        reply = self.replies.get(finding_id(finding)) if self.replies else None
        return reply is not None and reply.standing is ReplyStanding.TO_ACCEPT

    def _question(self, ways: tuple[Way, ...], found: tuple[Finding, ...]) -> Matter:
        first, dataset = found[0], self.year.dataset
        settled, is_error = CODES[first.code].settled, first.severity is Severity.ERROR
        by_officer = settled.asked is Asked.OFFICER and (is_error or settled is not Settled.LOOKED_AT)
        if by_officer or self._is_proposed(first) or dataset.is_beside(first):
            part = Part.MINE
        else:
            part = Part.UNITS if is_error else Part.USED

        def facts() -> tuple[str, ...]:
            """The findings, and the cells that a figure can be put in."""
            cells = dict.fromkeys(f"={cell}" for f in found if (cell := named_cell(dataset, f)))
            return (*sorted(map(finding_id, found)), *cells)

        return Matter(
            facts,
            part,
            first.unit,
            format_whose(first, self.year.profile),
            lambda: Said(self._place(found), *self._about(found)),
            tuple(Option(way, way) for way in ways),
            found,
            file=file_of(dataset, first) if Way.SEND_BACK in ways else "",
        )

    def _place(self, found: Sequence[Finding]) -> str:
        """Where it is: one place as on the list that the unit gets; of several the sheets and cells."""
        first = found[0]
        if len(_places(found)) == 1:
            unit = self.year.profile.roster.units_by_code.get(first.unit)
            if unit is None:
                return format_seen(first.at.sheet, first.at.cell) if first.at and first.at.cell else "Cả tệp"
            return format_position(first, unit, self.places)
        told = dict.fromkeys((f.at.sheet, f.at.cell) for f in found if f.at is not None and f.at.cell)
        by_sheet = by_key((sheet, cell) for sheet, cell in [*told][:_FIELDS_TOLD])
        more = f" và {len(told) - _FIELDS_TOLD} ô khác" if len(told) > _FIELDS_TOLD else ""
        return (
            "; ".join(format_seen(s, ", ".join(cells)) for s, cells in by_sheet.items()) + more or "Cả biểu"
        )

    def _about(self, found: Sequence[Finding]) -> tuple[str, str]:
        """What is asked and what was written there; and what is wrong with it, what its unit said of it.

        Of several kinds of questions with one cause each is told once, and all of them are named.
        """
        first, codes, n = found[0], [*dict.fromkeys(f.code for f in found)], len(_places(found))
        about = format_content(first, self.places)
        written = format_written(first, self.places) if first.at is not None else ""
        if n > 1:
            items = [*dict.fromkeys(format_content(f, self.places) for f in found)]
            more = f"; … ({n} chỗ)" if n > 2 else ""
            about = f"{CODES[first.code].title}: {'; '.join(filter(None, items[:2]))}{more}"
        elif not written or written == LEFT_BLANK:
            about = about or (own_name(first.at.file) if first.at else "")
        else:
            about = f"{about} – đã ghi {written}" if about else written
        told = found[:2] if len(codes) == 1 else [next(f for f in found if f.code == code) for code in codes]
        replies = [self.replies[name] for f in found if (name := finding_id(f)) in self.replies]
        said = dict.fromkeys(first_letter_capital(format_standing(reply)) for reply in replies)
        why = [_sentences(told), *(f"{text}." for text in said)]
        if len(codes) > 1:
            why.append(f"Cùng một nguyên nhân, quyết định một lần cho cả {', '.join(codes)}.")
        if self.year.dataset.is_beside(first):
            why.append(about_beside(f"chọn “{Way.SEND_BACK}”"))
        return about, " ".join(filter(None, why))

    def wanting(self) -> Iterator[Matter]:
        """The items of which a system holds the figures of units that have none yet."""
        labels = {item.code: item.label for item in self.year.profile.plan.items}
        for item, held in arrivals.figures_held(self.year.dataset).items():
            numbers = "; ".join(f"{self.name(c.unit)} {arrivals.format_held(c)}" for c in held)
            sources = dict.fromkeys(f"{c.source} đến ngày {format_date(c.cut_off)}" for c in held)
            why = f"Chưa tính vào tổng hợp. Số của {', '.join(sources)}: {numbers}."
            yield Matter(
                partial(lambda held: tuple(map(arrivals.fact_of, held)), held),
                Part.UNITS,
                "",
                f"{len(held)} đơn vị",
                partial(Said, "Cả dòng", f"{labels[item]}: chọn “{STATUS_NOT_AVAILABLE}”", why),
                (Option(Way.SYSTEM, Way.SYSTEM, item),),
            )

    def arrived(self) -> Iterator[Matter]:
        """The returns that say a day in time and arrived after the deadline: one question for all."""
        last_day = self.year.profile.plan.deadline.last_day(self.year.period)
        lines = [line for line in self.year.lines if arrivals.arrival_fact(line, last_day)]
        if lines:
            yield Matter(
                lambda: tuple(arrivals.arrival_fact(line, last_day) for line in lines),
                Part.MINE,
                "",
                _those(line.unit.short_name for line in lines),
                lambda: Said("Ngày đến", *arrivals.ask_arrival(lines, self.year.dataset)),
                tuple(Option(way, way) for way in (Way.IN_TIME, Way.LATE, Way.IN_TIME_BUT)),
            )

    def decided(self) -> Iterator[Matter]:
        """What was decided and is in force, as it was decided: what one row decided is taken back as one."""
        known, dataset = self.year.known, self.year.dataset
        for file in known.decisions:
            yield self._done((file,), (file.sha256,), "Cả tệp", own_name(file.file))
        for puts in _made_together(known.overrides):
            stood = (f"Đơn vị ghi “{put.over}”" if put.over else "Đơn vị để trống" for put in puts)
            there = [(put, dataset.observation(put.unit, *put.key)) for put in puts]
            seen = (
                format_seen(o.at.sheet, o.at.cell) if o and o.at and o.at.cell else name_cell(put.key)
                for put, o in there
            )
            facts = [f"={name_cell(put.key)}" for put in puts]
            yield self._done(puts, facts, _listed(seen), _listed(stood))
        accepted = {finding_id(f): f for f in self.year.findings if f.acceptance is not None}
        for ones in _made_together(a for a in known.acceptances if not a.proposed):
            standing = [accepted[a.finding] for a in ones if a.finding in accepted]
            gone = f"{_listed(a.said for a in ones)} – nội dung nay đã khác, không còn áp dụng"
            about = _sentences(standing[:_FIELDS_TOLD]) if standing else gone
            place = self._place(standing) if standing else ""
            done = self._done(ones, [a.finding for a in ones], place, about)
            of_province = not ones[0].unit and ones[0].finding.partition("-")[0] in RULES_BY_CODE
            whole = whole_of(self.year.profile.plan.province)
            yield replace(done, who=whole) if of_province else done
        for outs in _made_together(self.year.left_out):
            facts = [out.finding or f"={name_cell(out.key)}" for out in outs]
            yield self._done(outs, facts, "", _listed(out.said for out in outs))
        for timings in by_key((one.when, one) for one in known.timings).values():
            told = (
                f"{self.name(timing.unit)}: {'đúng hạn' if timing.in_time else 'sau thời hạn'}"
                for timing in timings
            )
            facts = [arrivals.fact_of_days(one.unit, one.over) for one in timings]
            done = self._done(timings, facts, "Ngày đến", "; ".join(told))
            yield replace(done, who=_those(self.name(one.unit) for one in timings))

    def _done(self, ones: Sequence[Decided], facts: Sequence[str], place: str, about: str) -> Matter:
        """The row of what was decided about ``facts`` in one moment."""
        first = ones[0]
        return Matter(
            lambda: (*dict.fromkeys(facts), first.when.isoformat()),
            Part.DECIDED,
            first.unit,
            self.name(first.unit),
            lambda: Said(place, about, f"{first.who} ghi ngày {format_date(first.when.date())}."),
            (Option(Way.UNDO, Way.UNDO),),
            decided=tuple(ones),
        )


def _made_together(decided: Iterable[One]) -> list[tuple[One, ...]]:
    """Decisions about one unit that were made in the same moment: one row of the workbook, one command."""
    return [tuple(ones) for ones in by_key(((one.unit, one.when), one) for one in decided).values()]


def _those(names: Iterable[str]) -> str:
    """Name the only unit, or say how many there are."""
    told = [*names]
    return told[0] if len(told) == 1 else f"{format_small_count(len(told))} đơn vị"


def _listed(texts: Iterable[str]) -> str:
    """A few of the texts, and how many more there are."""
    told = [*dict.fromkeys(filter(None, texts))]
    more = f"; … ({len(told)} chỗ)" if len(told) > _FIELDS_TOLD else ""
    return "; ".join(told[:_FIELDS_TOLD]) + more


def chosen(ones: Sequence[Decided], names: Mapping[str, str]) -> tuple[str, str]:
    """What was decided, in the words it is chosen by, and the figures or the unit that was typed."""
    match ones[0]:
        case Decision(choice=Choice.USE) as one:
            return f"Dùng {last_name(one.file)} ({one.sha256[:6]})", ""
        case Decision(choice=Choice.ASSIGN) as one:
            return f"Của {names.get(one.unit, one.unit)}", ""
        case Decision():
            return Way.SEND_BACK, ""
        case Override():
            return Way.PUT, "; ".join(format_put(put) for put in ones if isinstance(put, Override))
        case LeftOut():
            return Way.LEAVE_OUT, ""
        case Timing():
            late = [names.get(o.unit, o.unit) for o in ones if isinstance(o, Timing) and not o.in_time]
            way = Way.IN_TIME if not late else Way.LATE if len(late) == len(ones) else Way.IN_TIME_BUT
            return way, "; ".join(late) if way is Way.IN_TIME_BUT else ""
        case Acceptance(finding=name):
            code = CODES.get(name.rpartition("-")[0])
            return Way.CLOSE if code and code.settled is Settled.CLOSED else Way.ACCEPT, ""


def _places(found: Iterable[Finding]) -> set[tuple[str, str]]:
    """Where findings stand: sheets and cells; a whole file or form has neither."""
    return {(f.at.sheet, f.at.cell) if f.at is not None else ("", "") for f in found}


def _sentences(found: Iterable[Finding]) -> str:
    messages = dict.fromkeys(first_letter_capital(f.message) for f in found)
    return " ".join(map(sentence, messages))


# ---------- Which findings have one cause: those that doubt one figure of a unit, or a figure summed from it

Cause: TypeAlias = tuple[Finding, ...]
_OF_ONE_ALONE = frozenset((Way.NOT_APPLICABLE, Way.KEEP))
"""Decisions that answer one finding: what a unit claims, what the officer decided before."""


@dataclass(frozen=True)
class Doubt:
    """Findings that one of ``ways`` settles, the gravest first; ``cells``: the figures that they doubt."""

    findings: Cause
    cells: frozenset[Key]
    ways: tuple[Way, ...]


def by_cause(dataset: Dataset, findings: Iterable[Finding]) -> list[Doubt]:
    """Put together what one decision settles, the gravest first; what stands alone is a cause by itself.

    A finding doubts its figures, and those that they are summed from; none where no unit is asked.
    """
    items = dataset.profile.plan.items_by_code
    by_unit: dict[str, list[Doubt]] = {}
    for finding in findings:
        is_asked = finding.unit and CODES[finding.code].settled.asked is Asked.UNIT
        cells = set[Key]()
        for figure in finding.figures if is_asked else ():
            cells.add(Key(figure.item, figure.field, finding.part))
            specs = fields(items[figure.item]) if figure.item in items else ()
            sources = (source for spec in specs if spec.code == figure.field for source in spec.sources)
            cells.update(Key(*source.rpartition(".")[::2]) for source in sources)
        doubt = Doubt((finding,), frozenset(cells), ways_of(dataset, finding))
        apart = []
        for other in by_unit.get(finding.unit, ()):
            rows = by_key(((cell.part, cell.item), cell.field) for cell in doubt.cells)
            doubt_one = any(
                field == cell.field or not (field and cell.field)  # a field "" is all of its row
                for cell in other.cells
                for field in rows.get((cell.part, cell.item), ())
            )
            ways = tuple(way for way in other.ways if way in doubt.ways)
            if doubt_one and ways and _OF_ONE_ALONE.isdisjoint((*doubt.ways, *other.ways)):
                doubt = Doubt((*other.findings, *doubt.findings), other.cells | doubt.cells, ways)
            else:
                apart.append(other)
        by_unit[finding.unit] = [*apart, doubt]
    return [
        replace(doubt, findings=tuple(sorted(doubt.findings, key=lambda f: f.severity.rank)))
        for doubts in by_unit.values()
        for doubt in doubts
    ]
