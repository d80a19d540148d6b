"""What the manifest holds so that a figure can be explained from it alone, whatever arrives later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from dvctt_report.intake.mend_lists import answered, latest_replies
from dvctt_report.model import Decision, FindingState, LeftOut, State, Verdict, finding_id
from dvctt_report.plan.fields import DECIDING, definition, fields
from dvctt_report.plan.model import Item, Unit
from dvctt_report.plan.sources import TargetGroup, survey_sources, target_parts
from dvctt_report.report.cells import (
    cell_json,
    cells_json,
    finding_json,
    judged_json,
    tally_json,
    unit_json,
    why_json,
)
from dvctt_report.report.decided import accepted, left_out_figures
from dvctt_report.report.figures import issued_documents
from dvctt_report.report.manifest import Entries
from dvctt_report.report.meanings import ROLES, names_json
from dvctt_report.report.targets import carried_from
from dvctt_report.report.telling import Telling
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import format_decimal, format_percent
from dvctt_report.year.rows import source_names
from dvctt_report.year.summary import below_target
from dvctt_report.year.summary.compare import compare_years, look_ahead
from dvctt_report.year.summary.returns import why_missing
from dvctt_report.year.summary.standing import read_overridden, read_standing
from dvctt_report.year.summary.totals import deciding_cells
from dvctt_report.year.summary.verdict import progress, tells_enough
from dvctt_report.year.year import Year


def lay_out_trace(told: Telling, decisions: Iterable[Decision]) -> dict[str, Any]:
    """Lay out the keys that explain; ``decisions`` about files are those in force."""
    year = told.year
    dataset, plan = year.dataset, year.profile.plan
    document, period = plan.document, plan.period
    dated = f" ngày {document.date}" if document.date else ""
    # What units answered about findings that there still are; ``standing`` null once it was decided on
    waiting = answered(year.findings, dataset.returns, dataset.acceptances)
    taken = frozenset(finding_id(f) for f in year.findings if f.state is FindingState.ACCEPTED)
    of_no_figure = taken - frozenset(map(finding_id, accepted(year)))
    latest, replies = latest_replies(dataset.returns), []
    for found in year.findings:
        name = finding_id(found)
        if (reply := latest.get((found.unit, name))) is not None:
            replies.append(
                {
                    "finding": name,
                    "unit": reply.unit,
                    "opinion": reply.kind.value,
                    "reason": reply.reason,
                    "standing": waiting[name].standing.value if name in waiting else None,
                    "file": reply.at.file if reply.at else None,
                }
            )
    return {
        "plan": {
            "title": plan.title,
            "document": f"{document.kind} số {document.number or '…'}{dated}",
            "province": plan.province,
            "compiler": plan.compiler,
            "least_compared": plan.least_compared,
            "first_day": period.start(dataset.period).isoformat(),
            "cut_off": period.cut_off(dataset.period).isoformat(),
        },
        "items": [
            {
                "code": item.code,
                "name": item.label,
                "title": item.title,
                "point": item.point,
                "fields": {spec.code: spec.label for spec in fields(item)},
                "definition": definition(plan, item),
            }
            for item in plan.items
        ],
        "units": Entries(lambda: (unit_json(dataset, line) for line in year.lines)),
        "targets": _targets(year),
        "contributions": Entries(lambda: _contributions(told)),
        "documents": Entries(
            lambda: ({"unit": d.unit.code, "cells": cells_json(d.cells)} for d in issued_documents(year))
        ),
        "totals": Entries(lambda: _totals(told)),
        "roles": [{"role": role, "what": what} for role, what in ROLES.items()],
        "names": Entries(lambda: names_json(year, told.figures)),
        # Beside a used file stands one that keeps no figure out; some are accepted that are about none.
        "findings": Entries(
            lambda: (
                finding_json(found)
                | ({"beside": True} if dataset.is_beside(found) else {})
                | ({"no_figure": True} if finding_id(found) in of_no_figure else {})
                for found in year.findings
            )
        ),
        "replies": replies,
        "decisions": [
            {
                "kind": decision.choice.value,
                "unit": decision.unit,
                "file": decision.file,
                "sha256": decision.sha256,
                "over": list(decision.over),
                "reason": decision.reason,
                "who": decision.who,
                "when": decision.when.isoformat(timespec="seconds"),
            }
            for decision in decisions
        ],
        "left_out": left_out_json(year),
    }


# ------------------------------------------------------------------------------------------------- targets


def _targets(year: Year) -> list[dict[str, Any]]:
    plan, period, results = year.profile.plan, year.period, year.summary.results
    compared = {one.item: one for one in compare_years(year.dataset, results)}
    estimates = {one.item: one for one in reversed(year.summary.estimates)}
    told = []
    for result in results:
        target = plan.targets_by_code[result.item]
        asked = plan.targets_by_code[target.same_as or target.code]
        parts = target_parts(year.profile, target, period)
        ahead = look_ahead(result, target, period) if tells_enough(result, plan.partial_coverage) else None
        estimate, grown = estimates.get(target.code), target.without_base(period)
        short = result.short  # of a target judged field by field, what is lacking in the fields that miss it
        if result.fields and not target.joint:
            behind = (Verdict.MISSED, Verdict.PROGRESS)
            short = sum((part.short for part in result.fields if part.verdict in behind), start=0)
        beside, of = compared.get(target.code), f" {target.counted}" if target.of_things else "%"
        way = {}
        if result.verdict is Verdict.PROGRESS:
            way["progress"] = progress(result, target, plan.partial_coverage).value
        told.append(
            {
                "code": target.code,
                "measure": target.measure,
                "each": target.each or None,
                "words": target.words(period) or None,
                "unit_of_count": target.unit_of_count,
                "counted": target.counted,
                "total": asked.total,
                "done": asked.done,
                "question": asked.question,
                "part_of": target.part_of or None,
                "same_as": target.same_as or None,
                "due": target.due_year(period),
                "carried_from": carried_from(target, result, period),
                "source": {
                    "answered_by": asked.answered_by,
                    "authority": year.profile.roster.unit(asked.authority).short_name
                    if asked.authority
                    else None,
                    "survey": next(iter(survey_sources(asked, plan.items_by_code)), None),
                    "note": target.source_note or None,
                },
                "partial_coverage": plan.partial_coverage,
                "lacks_base": grown.said if grown else None,
                "lacks_document": target.needs_document and not plan.guidance_document,
                "weight": asdict(result.weight) if result.weight else None,
                "grade": result.grade.value if result.grade else None,
                **way,
                "turn": result.turn,
                "awaited": list(result.awaited),
                "short": short,
                "done_as": target.done_as or None,
                "fields": [
                    {
                        "code": part.target.code,
                        "name": part.target.label,
                        **judged_json(one),
                        "grade": one.grade.value if one.grade else None,
                        "turn": one.turn,
                        "awaited": list(one.awaited),
                        "short": one.short,
                        "missing": list(one.missing),
                        "contributions": [
                            {"unit": c.unit, **tally_json(c.tally), "cells": cells_json(c.observations)}
                            for c in one.contributions
                        ],
                    }
                    for part, one in zip(parts, result.fields, strict=False)
                ],
                "joint": target.joint,
                "by_group": any(isinstance(part, TargetGroup) for part in parts),
                "below": list(below_target(result)),
                "outlook": ahead
                and {
                    "due": ahead.due,
                    "years": ahead.years,
                    "distance": format_decimal(ahead.distance),
                    "per_year": format_decimal(ahead.per_year),
                },
                "estimate": estimate
                and {
                    "value": estimate.value,
                    "so_far": estimate.so_far,
                    "cells": [cell_json(o) for o in estimate.observations],
                },
                "last_year": beside
                and {
                    **beside.period.as_json(),
                    "figure": None if beside.before is None else f"{format_decimal(beside.before)}{of}",
                    "now": None if beside.now is None else f"{format_decimal(beside.now)}{of}",
                    "points": None if beside.points is None else format_decimal(beside.points),
                    "why": beside.why.value if beside.why else None,
                },
            }
        )
    return told


# ------------------------------------------------------------------------- what each unit adds, and why not


def _contributions(told: Telling) -> Iterator[dict[str, Any]]:
    dataset, units = told.year.dataset, told.year.dataset.units_by_code
    targets, bars = told.year.profile.plan.targets_by_code, _barring(told.year)
    for result in told.year.summary.results:
        asked = targets[targets[result.item].same_as or result.item]
        deciding = ((asked, DECIDING[asked.asked_as]),)
        names = (*DECIDING[asked.asked_as], *(("evidence",) if asked.asked_as == "answer" else ()), "note")
        sources = [(asked.code, name) for name in names]
        sources += [pair for name in names for pair in source_names(asked, name)]
        for c in result.contributions:
            # The cells beneath the unit's answer, its own row first, with note and evidence
            told_by = () if asked.by_part == "no" else dataset.observations(c.unit, asked.code)
            communes = [o for o in told_by if o.part and o.field in names]
            own = [dataset.observation(c.unit, *source) for source in sources]
            beneath = dict.fromkeys((*own, *c.observations, *communes))
            excused = c.tally is None and c.unit not in result.missing
            share, line = c.tally.share if c.tally else None, result.line_of(c.unit)
            reason = why_missing(dataset, told.year.by_unit.get(c.unit), c.unit, c.state, left_out=c.left_out)
            yield {
                "indicator": result.item,
                "unit": c.unit,
                "state": c.state.value,
                **tally_json(c.tally),
                "percent": None if share is None else format_percent(share, line),
                "known_denominator": c.known_denominator,
                "excused": excused,
                "reason": None if excused or c.tally else reason,
                "barred_by": [] if c.tally else bars(units[c.unit], deciding),
                "cells": cells_json(o for o in beneath if o is not None and o.state is not State.BLANK),
            }


def _barring(year: Year) -> Callable[[Unit, Sequence[tuple[Item, tuple[str, ...]]]], list[str]]:
    """What tells which findings bar a unit's figure by the summary's rule: its cells are those given."""
    overridden = read_overridden(year.dataset)
    by_unit = by_key((f.unit, f) for f in year.findings if f.bars and (f.whole or f.figures))
    return lambda unit, deciding: [
        finding_id(found)
        for found in by_unit.get(unit.code, ())
        if found.whole
        or any(read_standing([found], overridden).bars(unit, item, *fields) for item, fields in deciding)
    ]


# ---------------------------------------------------------------------------------------------------- sums


def _totals(told: Telling) -> Iterator[dict[str, Any]]:
    dataset = told.year.dataset
    bars = _barring(told.year)
    for total in told.year.summary.totals:
        item = dataset.profile.plan.item(total.item)
        deciding = deciding_cells(dataset, item, total.field)
        counted = {o.unit for o in total.contributions}
        left_out = []
        for unit in dataset.asked(item):
            if unit.code in counted:
                continue
            found = dataset.observation(unit.code, total.item, total.field)
            state = found.state if found else State.BLANK
            answered = state in (State.NONE_ARISING, State.WITHHELD)
            reason = why_missing(dataset, told.year.by_unit.get(unit.code), unit.code, state)
            said = {"unit": unit.code, "state": state.value, "reason": None if answered else reason}
            left_out.append(said | {"barred_by": bars(unit, deciding)})
        yield {"id": f"{total.item}.{total.field}", "coverage": asdict(total.coverage), "left_out": left_out}


def left_out_json(year: Year) -> list[dict[str, Any]]:
    """Write what was left out of the totals; ``used``: still is; ``figures``: those it takes out."""
    figures: dict[LeftOut, list[dict[str, Any]]] = defaultdict(list)
    for _, at, _, one in left_out_figures(year):
        if at.item:
            figures[one].append({"item": at.item, "field": at.field or None, "part": at.part})
    return [
        {
            "unit": one.unit,
            "finding": one.finding or None,
            "item": one.item or None,
            "field": one.field or None,
            "part": one.part,
            "used": one in year.left_out,
            "figures": figures[one],
            "said": one.said,
            **why_json(one),
        }
        for one in year.dataset.left_out
    ]
