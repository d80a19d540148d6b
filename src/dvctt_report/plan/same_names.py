"""Words of the roster that name two of a period's units: who writes them can't be understood."""

from __future__ import annotations

from collections.abc import Iterator

from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile
from dvctt_report.plan.references import Fault, fault
from dvctt_report.plan.unit_names import UnitNames, listed, name_key
from dvctt_report.text.grouping import by_key
from dvctt_report.text.vietnamese import unaccented


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
