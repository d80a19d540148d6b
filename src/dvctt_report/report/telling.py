"""A year as it is told: each target in words, what was decided, the voice that says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from dvctt_report.model import Comparison, Progress, State, Verdict
from dvctt_report.model.goals import Number
from dvctt_report.plan.items import MOST_LEADS
from dvctt_report.plan.texts import DEPARTMENT
from dvctt_report.report.decided import Decided, accepted, let_in, pointed_at
from dvctt_report.report.figures import Figures, collect_figures
from dvctt_report.report.targets import TargetView, farthest_below, target_views, units_below, verdict_name
from dvctt_report.report.wording import Voice, join_terms, join_units, lower_first
from dvctt_report.text.vietnamese import format_date, format_decimal
from dvctt_report.year.summary.compare import compare_years
from dvctt_report.year.year import Year

_NAMED = 3  # Units named of a target: those that lack most


@dataclass(frozen=True, slots=True)
class LeadTarget:
    """A target as it is told first; strings, their figures marked, "" where there is nothing to say.

    figure: the result alone: "74,8%".
    level: what the plan asks for: "tối thiểu 80%".
    standing: what is lacking, else how it came out, behind a comma: ", thiếu 17.027 hồ sơ".
    where: at how many units of each kind; ``most``: those that lack most, as far as they may be named.
    before: last year's published figure.
    ask: what the province is asked to have done, by whom, until when.
    """

    view: TargetView
    figure: str
    level: str
    standing: str
    where: str
    most: str
    before: str
    ask: str

    @property
    def line(self) -> str:
        """All of it but what is asked, as one sentence."""
        told = {"standing": self.standing, "where": self.where + self.most, "before": self.before}
        slots = {"name": self.view.target.label, "figure": self.figure, "goal": self.level}
        return self.view.voice.say("focus.line", **slots, **told)


def lead_targets(year: Year, views: Sequence[TargetView], voice: Voice) -> tuple[LeadTarget, ...]:
    """The targets of the year that the plan names, in its order.

    Where it names none: those with a total of people, dossiers and the like, that lack most first.
    """
    due = [view for view in views if view.is_due]
    leads = [view for view in due if view.target.lead]
    if not leads:
        own = [view for view in due if view.target.asked_as == "ratio" and not view.target.part_of]
        own = [view for view in own if view.result.verdict is not Verdict.NO_LEVEL]
        lacking: list[Number] = []  # how many are known to be, -1 where the level isn't missed
        for view in own:
            parts = [part for part in view.fields if part.is_behind] if view.by_field else [view]
            short: list[Number] = [part.result.short for part in parts]
            lacking.append(sum(short) if view.is_behind else -1)
        leads = [own[n] for n in sorted(range(len(own)), key=lambda n: lacking[n], reverse=True)[:MOST_LEADS]]
    last = year.dataset.last_year
    former: dict[str, Comparison] = {}
    if voice.issuer.compares_years and last is not None and last.signed:
        compared = compare_years(year.dataset, tuple(view.result for view in leads))
        former = {one.item: one for one in compared if one.why is None}
    told = []
    for view in leads:
        before_of = former.get(view.target.code)
        voice, verdict, of_things = view.voice, view.result.verdict, view.target.of_things
        figure = view.value if of_things else voice.say("focus.rate", rate=view.rate)
        # At how many units it is missed, by kind, the office itself named; those that lack most
        missed, where, most = units_below(view) if view.is_behind and not view.authority else [], "", ""
        if missed:
            how = "where" if view.year.period.judged else "where_half"
            where = voice.say(f"focus.{how}", kinds=voice.kinds(missed))
            office = view.year.profile.roster.unit(view.year.profile.plan.compiler).short_name
            is_own = voice.issuer.text == DEPARTMENT
            of_office = [name for name in missed if is_own and name.partition(" (")[0] == office]
            if of_office:
                where += voice.say("focus.own" if len(missed) > 1 else "focus.named", names=of_office[0])
            named: list[str] = []
            if voice.issuer.naming == "than_bai":
                listed = missed if len(missed) <= _NAMED else farthest_below(view)
                named = [name for name in listed if not of_office or name.partition(" (")[0] != office][
                    :_NAMED
                ]
            if named:
                many = "most_over" if view.result.falling else "most"
                how = many if len(missed) > _NAMED else "others" if of_office else "named"
                most = voice.say(f"focus.{how}", names=join_units(named))
            is_all = len(named) + len(of_office) == len(missed)
            most += voice.refer("" if voice.issuer.naming == "khong" or is_all else voice.annexes.by_unit)
        standing = ""
        if view.is_behind or (view.is_open_count and not view.result.falling and not view.by_field):
            shorts = [
                f"{part.mark('short', part.short)} ({part.name})" for part in view.fields if part.is_behind
            ]
            how = "over" if view.result.falling else "short"
            if view.by_field:
                standing = voice.say(f"focus.{how}_parts", short=join_terms(shorts))
            else:
                standing = voice.say(f"focus.{how}", short=view.short)
        is_open = verdict is Verdict.INSUFFICIENT or (
            verdict is Verdict.PROGRESS and view.progress is Progress.UNKNOWN
        )
        if is_open or not standing:
            name = verdict_name(view.target, view.result, view.year)
            standing += voice.say("focus.verdict", verdict=lower_first(voice.say(f"verdict.{name}")))
        if is_open and view.has_figure:
            standing += voice.say("focus.coverage", **view.coverage)
        before = ""
        if before_of is not None and before_of.before is not None:
            unit, name = (f" {view.target.counted}", "before_count") if of_things else ("%", "before")
            said = f"{format_decimal(before_of.before)}{unit}"
            before = voice.say(f"focus.{name}", figure=said, period=before_of.period.words)
        ask = ""  # what the plan says is to be done, by whom, and until which day
        if verdict is Verdict.MISSED and view.target.proposal:
            annex = voice.refer(voice.annexes.by_unit) if voice.issuer.naming != "khong" else ""
            who = voice.say("focus.those_behind" if where else "focus.all_bodies", annex=annex)
            if view.target.in_charge:
                body = view.year.profile.roster.unit(view.target.in_charge).short_name
                who = voice.say("focus.in_charge", body=body)
            until = voice.issuer.ask_until
            day = format_date(until) if until else voice.say("focus.blank_day")
            ask = voice.say("focus.ask", who=who, proposal=view.target.proposal, day=day)
        told.append(
            LeadTarget(
                view=view,
                figure=figure if view.has_figure else view.voice.say("focus.no_figure"),
                level=view.goal,
                standing=view.flag(standing),
                where=where,
                most=most,
                before=before,
                ask=ask,
            )
        )
    return tuple(told)


def fitting(
    leads: Sequence[LeadTarget], told: Callable[[Sequence[str]], Iterable[str]], fits: Callable[..., bool]
) -> tuple[str, ...]:
    """What ``told`` makes of the lines of the targets, the most of them that ``fits``.

    Names of units and last year give way first, then targets, the last first, those that are reached before.
    """
    order = sorted(range(len(leads)), key=lambda n: leads[n].view.result.verdict is Verdict.MET)
    brief = [replace(lead, most="", before="") for lead in leads]
    tried = (
        [(leads if n in order[:n_whole] else brief)[n] for n in sorted(order[:n_told])]
        for n_told in range(len(leads), -1, -1)
        for n_whole in range(n_told, -1, -1)
    )
    texts: Iterator[tuple[str, ...]] = (tuple(told([lead.line for lead in some])) for some in tried)
    return next((text for text in texts if fits(text)), tuple(told(())))


@dataclass(frozen=True)
class Telling:
    """What every text of a period starts from; its parts are made when they are first asked for."""

    year: Year
    voice: Voice

    @cached_property
    def decided(self) -> Decided:
        """What acceptances have let into the figures, or taken out of them."""
        found = set[tuple[str, str, str]]()
        for one in accepted(self.year):
            given = (o.key for o in pointed_at(self.year.dataset, one) if o.state is not State.BLANK)
            found |= {(one.unit, at.item, at.field) for at in let_in(one) or given}
        return Decided(frozenset(found))

    @cached_property
    def views(self) -> tuple[TargetView, ...]:
        """The targets in the plan's order, each marked where it rests on a decision."""
        return target_views(self.year, self.voice, self.decided)

    @cached_property
    def leads(self) -> tuple[LeadTarget, ...]:
        """The targets that are told first, wherever few are told."""
        return lead_targets(self.year, self.views, self.voice)

    @cached_property
    def figures(self) -> Figures:
        """What was counted beside the targets."""
        return replace(collect_figures(self.year), decided=self.decided)

    def names(self, status: str, duty: str = "") -> list[str]:
        """The short names of the units whose return stands so, of those of one duty where it is given."""
        found = (line.unit for line in self.year.lines if line.status == status)
        return [unit.short_name for unit in found if duty in ("", unit.duty)]
