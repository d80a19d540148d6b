"""A year of a whole province, invented: what its units answer is drawn within the ranges of a table.

The same table gives the same year on every computer: only ``Random.random`` is asked, which never changes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from dvctt_report.cli.sample.answers import Made, made_files, readme_text, settings_text, told_return
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import DONE, NO, ONGOING, YES
from dvctt_report.plan.folders import shipped_profile
from dvctt_report.plan.load import load_profile
from dvctt_report.plan.model import (
    Channel,
    Dossier,
    Funding,
    Item,
    Listing,
    Profile,
    Prose,
    Survey,
    Target,
    Task,
    Topic,
    Unit,
)
from dvctt_report.store.workspace import SETTINGS
from dvctt_report.text.opening import read_text

TABLE = "tra-loi.toml"
README = "README.md.in"
_MILLION = 1_000_000


class Invented:
    """One unit and what it answers; ``ranges`` are those of its kind, ``words`` what people write."""

    def __init__(self, profile: Profile, unit: Unit, number: int, year: int, told: Mapping[str, Any]) -> None:
        self.profile = profile
        self.unit = unit
        self.number = number
        self.year = year
        self.words = told["words"]
        self.one_sheet = profile.roster.group(unit.group).form == "commune"
        self.is_commune = self.one_sheet or bool(unit.area_code)
        self.kind = unit.group if unit.group in told else "cap_xa" if self.is_commune else "so_nganh"
        self.ranges = told[self.kind]
        self.luck = Random(f"{year} {unit.code}")

    @cached_property
    def table(self) -> dict[str, Any]:
        """Its return, as ``answers.told_return`` takes it."""
        asked, codes = self.profile.asked(self.unit), self.profile.asked_codes(self.unit)
        drawn = {item.code: self._answer(item) for item in self._drawn}
        answers = {code: told for code, told in drawn.items() if code in codes and told is not None}
        cover = {name: said for name, said in self._cover().items() if name not in self._not_asked}
        table: dict[str, Any] = {"cover": cover, "answers": answers}
        if any(isinstance(item, Listing) for item in asked):
            table["documents"] = [self._document(n) for n in range(self._between(1, 3))]
        table["ticks"] = [i.code for i in asked if isinstance(i, Topic) and self._chance(0.6)]
        return table

    @cached_property
    def _drawn(self) -> tuple[Item, ...]:
        """What it is asked, and what is drawn though it isn't: the others' figures are the same then."""
        drawn = self.profile.asked_codes(self.unit).union(self._not_asked)
        return tuple(item for item in self.profile.plan.items if item.code in drawn)

    @property
    def _not_asked(self) -> list[str]:
        return list(self.ranges.get("not_asked", ()))

    def _answer(self, item: Item) -> Any:
        match item:
            case Target():
                return self._target(item)
            case Dossier():
                return self._dossiers[item.code]
            case Survey():
                return self._survey(item.code)
            case Channel():
                return [self._between(*span) for span in self._range(item.code)]
            case Funding():
                return self._money(item)
            case Task() if item.answered_by == "unit" and not item.derived_from:
                return DONE if self._chance(0.8) else ONGOING
            case Prose():
                return self._one_of(self.words[item.code]) if self._chance(0.5) else None
        return None

    def _range(self, code: str) -> Any:
        """What an item is drawn within. Raises ValueError where the table forgot it."""
        if code not in self.ranges:
            raise ValueError(f"{TABLE} has no range for {code} in [{self.kind}]: {self.unit.code} is asked")
        return self.ranges[code]

    def _target(self, target: Target) -> Any:
        if target.same_as or target.done_sources:
            return None
        if target.measure == "yes_no":
            yes = target.shown_by or self._chance(0.95)
            return [YES, self._evidence(target)] if yes else [NO]
        if target.measure == "milestone":
            by = next(level.by for level in target.thresholds if level.by)
            return [YES, day := by - timedelta(days=self._between(0, 20)), self._paper(day)]
        span = self._range(target.code)
        if target.asked_as == "count":
            return [span[0] if target.is_single else self._between(*span)]
        if "of" in span:
            dossiers = self._dossiers[span["of"]]
            could_be = dossiers[1] + dossiers[3]
            alone = span["of"] not in self.profile.asked_codes(self.unit)
            done = min(self._share(dossiers[4], *span["done"]), could_be)
            return {"total": dossiers[4], "done": done} if alone else {"done": done}
        total = self._between(*span["total"])
        return [total, total if self._chance(span["full"]) else self._share(total, *span["done"])]

    def _evidence(self, target: Target) -> str:
        if target.needs_document:
            return str(self.words["guidance"])
        if target.shown_by:
            return f"https://{self.unit.code.lower()}.example.com/dvctt"
        return self._paper(self._day())

    def _paper(self, day: date) -> str:
        return f"Văn bản số {self._between(30, 900)}/{self._symbol} ngày {day:%d/%m/%Y}"

    @cached_property
    def _dossiers(self) -> dict[str, list[int]]:
        """The dossiers of each level that the unit decides, asked of it as such or in its target alone."""
        asked = [item.code for item in self._drawn if isinstance(item, Dossier)]
        counted = [span["of"] for span in self.ranges.values() if isinstance(span, dict) and "of" in span]
        return {code: self._of_dossiers(*self._range(code)) for code in dict.fromkeys((*asked, *counted))}

    def _of_dossiers(self, least: int, most: int) -> list[int]:
        """The eleven columns, with both balances kept."""
        resolved, carried = self._between(least, most), self._between(least // 50, most // 50)
        pending = self._share(resolved, 0.02, 0.05)
        online = self._share(resolved + pending - carried, 0.72, 0.97)
        late, on_time = self._share(resolved, 0.0, 0.02), self._share(resolved, 0.2, 0.4)
        overdue = self._share(pending, 0.0, 0.1)
        return [
            *(resolved + pending, online, resolved + pending - carried - online, carried),
            *(resolved, resolved - on_time - late, on_time, late),
            *(pending, pending - overdue, overdue),
        ]

    def _survey(self, code: str) -> list[int] | dict[str, int]:
        valid = self._between(*self._range(code))
        issued = valid if "HT" in code.split(".") else valid + self._between(1, 9)
        satisfied = self._share(valid, *self.ranges["satisfied"])
        if self._not_asked:
            return {"valid": valid, "satisfied": satisfied}
        return [issued, valid, valid, satisfied]

    def _money(self, item: Funding) -> Any:
        spans = self.ranges.get(item.code)
        if any(m.kind == "yes_no" for m in item.measures):
            return YES if self._chance(0.7) else NO
        if spans is None:
            return None
        planned = self._between(*spans) * _MILLION
        return {"planned": planned, "spent": self._share(planned // _MILLION, 0.8, 1.0) * _MILLION}

    def _cover(self) -> dict[str, Any]:
        person = self._person()
        cover = {
            "contact": f"{person}, {self._one_of(self.ranges['positions'])}",
            "phone": f"{self.words['phone']} {self.number:03d}",
            "email": f"vanthu@{self.unit.code.lower()}.example.com",
            "document_number": f"{self._between(80, 900)}/BC-{self._office}",
            "sent_on": last_day(self.profile, self.year) - timedelta(days=7 - self._between(0, 7)),
        }
        signer = f"{self._one_of(self.ranges['signers'])} {self._person()}"
        return cover if self.one_sheet else cover | {"signer": signer}

    def _document(self, n: int) -> list[Any]:
        subject = self.words["subjects"][n]
        return [
            f"{self._between(100 + 300 * n, 399 + 300 * n)}/{self._symbol}",
            self._day(4 + 2 * n),
            subject,
        ]

    @property
    def _office(self) -> str:
        return "UBND" if self.is_commune else self.unit.code

    @property
    def _symbol(self) -> str:
        return f"{self._office}-{self.ranges['department']}"

    def _person(self) -> str:
        family, middle = self._one_of(self.words["families"]), self._one_of(self.words["middles"])
        return f"{family} {middle} {self._one_of('ABCDEGHKLMNPQSTVX')}"

    def _day(self, month: int = 5) -> date:
        return date(self.year, month, self._between(1, 28))

    def _chance(self, share: float) -> bool:
        return self.luck.random() < share

    def _between(self, least: int, most: int) -> int:
        return least + int(self.luck.random() * (most - least + 1))

    def _share(self, whole: int, least: float, most: float) -> int:
        return round(whole * (least + self.luck.random() * (most - least)))

    def _one_of(self, texts: Sequence[str]) -> str:
        return texts[int(self.luck.random() * len(texts))]


def last_day(profile: Profile, year: int) -> date:
    """The last day on which the returns of a year are on time."""
    return profile.plan.deadline.last_day(Period(year))


def invented_returns(profile: Profile, year: int, told: Mapping[str, Any]) -> Iterator[Made]:
    """Every file that the units send, in the roster's order; what is faulty of them stands in the table."""
    tables: dict[str, dict[str, Any]] = {}
    faults: Mapping[str, Any] = told["don_vi"]
    for number, unit in enumerate(profile.roster.on(date(year, 12, 31)), 1):
        fault = faults.get(unit.code, {})
        if fault.get("absent"):
            continue
        table = Invented(profile, unit, number, year, told).table
        if original := fault.get("figures_of"):
            table |= {"answers": dict(tables[original]["answers"])}
        tables[unit.code] = _laid_over(table, fault)
        yield from made_files(profile, told_return(profile, unit.code, tables[unit.code], year), year)


def _laid_over(table: Mapping[str, Any], fault: Mapping[str, Any]) -> dict[str, Any]:
    """The table with what is faulty in the place of what was drawn; of "only" the other answers are blank."""
    answers = {code: said for code, said in table["answers"].items() if code in fault.get("only", (code,))}
    answers |= fault.get("answers", {})
    kept = {name: said for name, said in fault.items() if name not in ("figures_of", "only")}
    return {**table, **kept, "cover": table["cover"] | fault.get("cover", {}), "answers": answers}


def invented_workspace(source: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the sample workspace that a folder of tables tells, by its path in the workspace."""
    told = tomllib.loads(read_text(source / TABLE))
    folder, year = shipped_profile(told["ho_so"]), int(told["nam"])
    profile = load_profile(folder)
    returns = tuple(invented_returns(profile, year, told))
    for made in returns:
        yield f"nhan-ve/{year}/{made.name}", made.data
    settings = settings_text(read_text(folder / SETTINGS), told["dvctt"])
    yield SETTINGS, settings.encode()
    template = read_text(source / README)
    yield "README.md", readme_text(profile, returns, template).encode()
