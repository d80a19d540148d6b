"""Where plan and roster contradict each other in one period: each file is right by itself, the year isn't."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dvctt_report.model.period import Period
from dvctt_report.plan.dated import doubtful_day, titles_of_other_years
from dvctt_report.plan.model import Profile, Target, Task
from dvctt_report.plan.references import Fault, fault
from dvctt_report.plan.unit_names import UnitNames, listed, name_key
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import format_date, format_fraction, unaccented

_DISTRICT = ("cấp huyện", "UBND huyện", "Ủy ban nhân dân huyện")
"""How sentences speak of districts, whatever one of them is called."""
_DAY_QUOTED = re.compile(r"\b(\d{1,2})\s*(?:/|tháng)\s*(\d{1,2})\b")
_WORDING = ("label", "print_as", "total", "done", "question", "source_note", "pending", "note")
"""What of an item is our own wording; its title is the plan's."""


def find_contradictions(profile: Profile, period: Period) -> Iterator[Fault]:
    """Yield what can't be in ``period``: where it stands, what is wrong, and what helps."""
    plan, words = profile.plan, period.words
    yield from ended(profile, period)
    bases = ((f"plan.toml: legal_basis[{n}].date", one.date) for n, one in enumerate(plan.legal_basis, 1))
    for place, date in (("plan.toml: document.date", plan.document.date), *bases):
        if doubt := doubtful_day(date, plan, period):
            yield place, doubt
    yield from titles_of_other_years(plan, period)
    if plan.title.casefold().startswith(f"{plan.document.kind.casefold()} "):
        yield fault("plan.toml: title", "title_kind", kind=plan.document.kind)
    month, day = map(int, plan.deadline.before.split("-"))
    quoted = {(int(d), int(m)) for d, m in _DAY_QUOTED.findall(plan.deadline.quote)}
    if quoted and (day, month) not in quoted:
        said = {"quote": plan.deadline.quote, "day": day, "month": month}
        yield fault("plan.toml: deadline.quote", "quote", **said)
    yield from _of_units(profile, period)
    yield from same_names(profile, period)
    asked = {item.code for unit in profile.units(period) for item in profile.asked(unit)}
    gone = _gone(profile, period)
    for n, item in enumerate(plan.items, 1):
        where = f"plan.toml: items[{n}] ({item.code})"
        # Levels that are no percentages, an authority that is gone, and that nobody is asked.
        if isinstance(item, Target):
            for at, level in enumerate(item.thresholds if not item.of_things else (), 1):
                goal = level.goal if level.growth is None else None
                if goal and goal.rising and 0 < goal.number < 1:
                    number, place = format_fraction(goal.number), f"{where}.thresholds[{at}].{goal.compared}"
                    yield fault(place, "below_1", number=number)
            for name in ("authority", "in_charge"):
                unit = getattr(item, name)
                if unit and not profile.unit_asked(unit, period):
                    yield fault(f"{where}.{name}", "gone_unit", unit=unit, period=words)
        is_same = isinstance(item, Target) and item.same_as
        if item.code not in asked and isinstance(item, Task) and item.answered_by == "unit":
            yield fault(f"{where}.binds", "bound_to_none", period=words)
        elif item.code not in asked and not isinstance(item, Task) and not is_same:
            yield fault(where, "asked_of_none", period=words)
        for name in _WORDING:
            if word := next((word for word in gone if word in getattr(item, name, "")), ""):
                yield fault(f"{where}.{name}", "gone_word", word=word, period=words)


def ended(profile: Profile, period: Period) -> Iterator[Fault]:
    """Yield that the province is no more in ``period``, and what it belongs to."""
    plan, end = profile.plan, profile.plan.ended
    if end is not None and plan.period.start(period) > end.on:
        said = {"successor": end.successor, "document": end.document, "day": format_date(end.on)}
        yield fault("plan.toml: ended", "ended", province=plan.province, period=period.words, **said)


def _of_units(profile: Profile, period: Period) -> Iterator[Fault]:
    """Yield bodies for whose figures nobody reports, the compiler that is gone, units without a question."""
    roster, compiler = profile.roster, profile.roster.units_by_code.get(profile.plan.compiler)
    places = {unit.code: f"units.toml: units[{n}] ({unit.code})" for n, unit in enumerate(roster.units, 1)}
    for unit in profile.unreported(period):
        assert unit.valid_to is not None
        remedy = "ghi một mục [[changes]] có đúng một đơn vị ở after, là đơn vị được hỏi"
        for change in roster.changes:
            if unit.code in change.before and len(change.after) > 1:
                codes = " hoặc ".join(f'handed_to = "{code}"' for code in change.after)
                entry = f"ở mục [[changes]] ngày {format_date(change.on)}"
                remedy = f"{entry}, ghi thêm {codes} (đơn vị nhận số liệu đến ngày đó)"
                break
        day = format_date(unit.valid_to)
        yield fault(f"{places[unit.code]}.valid_to", "unreported", day=day, remedy=remedy)
    if compiler is None or not compiler.alive(profile.plan.roster_date(period)):
        yield fault("plan.toml: compiler", "gone_unit", unit=profile.plan.compiler, period=period.words)
    for unit in profile.units(period):
        if not any(profile.asked(unit)):
            yield fault(places[unit.code], "idle")


def _gone(profile: Profile, period: Period) -> tuple[str, ...]:
    """Names that nobody of the roster bears in ``period``, and the words for a level that is no more."""
    there, day = profile.units(period), profile.plan.roster_date(period)
    kept = {name for unit in there for name in unit.names}
    past = (unit for unit in profile.roster.units if unit.valid_to is not None and unit.valid_to < day)
    names = [name for unit in past for name in (unit.name, unit.short_name) if name not in kept]
    before, now = (
        {profile.roster.group(unit.group).form for unit in units} for units in (profile.roster.units, there)
    )
    return (*names, *(_DISTRICT if "district" in before - now else ()))


def same_names(profile: Profile, period: Period) -> Iterator[Fault]:
    """Yield each name of a unit that is another one's code, or a name it goes by today.

    A former name that several have is none: what was divided has several successors. What two units go by
    is told of the second.
    """
    units = profile.units(period)
    spellings = UnitNames(units, profile.plan.province).spellings
    codes = {name_key(unit.code): unit for unit in units}
    today = [
        (said, unit)
        for unit in units
        for name in (unit.name, unit.short_name, *unit.aliases)
        for said in spellings(name)
    ]
    whose, whose_plain = by_key(today), by_key((unaccented(said), unit) for said, unit in today)
    for n, unit in enumerate(units):
        where = f"units.toml: units[{profile.roster.units.index(unit) + 1}] ({unit.code})"
        told = set[str]()
        lists = (("name", (unit.name,)), ("short_name", (unit.short_name,)), ("aliases", unit.aliases))
        for field, names in (*lists, ("former_names", unit.former_names)):
            for name in names:
                said = spellings(name)
                also = [one for key in said for one in whose.get(key, ())]
                if field != "former_names":
                    also = [one for one in also if one in units[:n]]
                if field == "aliases":
                    also += [one for key in said for one in whose_plain.get(key, ())]
                coded = [codes[key] for key in said if codes.get(key, unit) is not unit]
                also = [*dict.fromkeys(one for one in also if one is not unit)]
                if said[0] in told or not (coded or also):
                    continue
                told.add(said[0])
                name_of, told_of = ("is_code", coded) if coded else ("same_name", also)
                yield fault(f"{where}.{field}", name_of, name=name, units=listed(told_of))
