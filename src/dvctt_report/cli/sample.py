"""Invented returns: what units answer, told by tables or drawn within them, made into the forms they send.

The same table gives the same year on every computer: only ``Random.random`` is asked, which never changes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from dvctt_report.files.container import read_workbook
from dvctt_report.forms.build import build_form
from dvctt_report.forms.form import COVER
from dvctt_report.forms.formulas import Answer
from dvctt_report.forms.layout import place
from dvctt_report.forms.wording import OFFICE_PART
from dvctt_report.forms.writer import form_bytes, form_name
from dvctt_report.intake.locate import Located, locate
from dvctt_report.model import Key
from dvctt_report.model.period import Period
from dvctt_report.plan.fields import DONE, NO, ONGOING, YES, fields
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

Change = Callable[[bytes, Located], bytes]
"""What a unit does to the file itself, beyond answering."""
TABLE = "tra-loi.toml"
README = "README.md.in"
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class ToldReturn:
    """One unit's return: ``file`` "" keeps the form's own name, ``copy`` is a second name it is sent under.

    ``year`` None is the year of the sample.
    """

    unit: Unit
    answers: Mapping[Key, Answer]
    file: str = ""
    copy: str = ""
    year: int | None = None


def told_return(profile: Profile, code: str, table: Mapping[str, Any], year: int) -> ToldReturn:
    """What a table tells of a unit's return. Raises ValueError where its form has no such cell."""
    unit = profile.roster.unit(code)
    told: dict[Key, Answer] = {Key(COVER, name): value for name, value in table["cover"].items()}
    told |= {Key(code, "ticked"): "x" for code in table.get("ticks", ())}
    for item, given in table["answers"].items():  # by its fields, or in the order of the form
        named = given
        if not isinstance(given, dict):
            values = given if isinstance(given, list) else [given]
            named = dict(zip((f.code for f in fields(profile.plan.item(item))), values, strict=False))
        told |= {Key(item, name): value for name, value in named.items()}
    if documents := table.get("documents"):
        (listing,) = (item for item in profile.asked(unit) if isinstance(item, Listing))
        for line, document in enumerate(documents, 1):
            for column, value in zip(listing.columns, document, strict=True):
                told[Key(listing.code, column.code, str(line))] = value
    if "parts" in table:
        targets = [t for t in profile.asked(unit) if isinstance(t, Target) and t.by_part != "no"]
        rows = {OFFICE_PART: ([t for t in targets if t.by_part == "office_and_parts"], table["office"])}
        rows |= {part: (targets, numbers) for part, numbers in table["parts"].items()}
        for part, (of, numbers) in rows.items():
            keys = [Key(t.code, name, part) for t in of for name in ("total", "done")]
            told |= zip(keys, numbers, strict=True)
    answers = {key: value for key, value in told.items() if value != ""}
    form = place(build_form(profile, unit, Period(table.get("year", year))))
    known = {key for sheet in form for t in sheet.tables for _, _, _, key in t.answers()}
    if unknown := sorted(str(key) for key in answers.keys() - known):
        raise ValueError(f"{code}: the form has no {', '.join(unknown)}")
    return ToldReturn(unit, answers, table.get("file", ""), table.get("copy", ""), table.get("year"))


@dataclass(frozen=True, slots=True)
class Made:
    """A return as an .xlsx, with the name it was sent under; one named .xls is still to be converted."""

    name: str
    unit: Unit
    year: int
    data: bytes


def made_files(profile: Profile, told: ToldReturn, year: int, change: Change | None = None) -> Iterator[Made]:
    """The return as its unit sends it: once, or once more under a second name."""
    year = told.year or year
    data = form_bytes(profile, told.unit, Period(year), told.answers)
    if change is not None:
        data = change(data, located(profile, told.unit, year, data))
    for name in filter(None, (told.file or form_name(told.unit, Period(year)), told.copy)):
        yield Made(name, told.unit, year, data)


def located(profile: Profile, unit: Unit, year: int, data: bytes) -> Located:
    """Return where the answers of a return stand."""
    return locate(
        read_workbook(data), build_form(profile, unit, Period(year)), "", profile.plan.items_by_code
    )


def settings_text(shipped: str, said: Mapping[str, str]) -> str:
    """The shipped ``dvctt.toml`` with what the sample says where that is blank."""
    text = shipped
    for name, value in said.items():
        text, n = re.subn(rf'(?m)^{name} = "" *', f'{name} = "{value}"  ', text)
        if n != 1:
            raise ValueError(f"the shipped {SETTINGS} has no blank {name}")
    return text


def readme_text(profile: Profile, returns: Sequence[Made], template: str) -> str:
    """Fill the README's placeholders.

    ``[[UNIT]]`` is that unit's file, ``[[UNIT copy]]`` the name it was sent under once more, and
    ``[[UNIT ITEM.field]]`` the sheet and the cell of an answer.
    """

    def say(match: re.Match[str]) -> str:
        made, *again = (m for m in returns if m.unit.code == match[1])
        if match[2] in (None, "copy"):
            return f"`{again[0].name if match[2] else made.name}`"
        item, _, name = match[2].rpartition(".")
        at = located(profile, made.unit, made.year, made.data).places[Key(item, name)].at
        return f"trang tính “{at.sheet}”, ô {at.cell}"

    return re.sub(r"\[\[(\w+)(?: ([\w.]+))?\]\]", say, template)


class Invented:
    """One unit and what it answers; ``ranges`` are those of its kind, ``words`` what people write."""

    def __init__(self, profile: Profile, unit: Unit, number: int, year: int, told: Mapping[str, Any]) -> None:
        self.profile, self.unit, self.number, self.year = profile, unit, number, year
        self.words = told["words"]
        self.one_sheet = profile.roster.group(unit.group).form == "commune"
        is_commune = self.one_sheet or bool(unit.area_code)
        self.kind = unit.group if unit.group in told else "cap_xa" if is_commune else "so_nganh"
        self.ranges = told[self.kind]
        self.not_asked: list[str] = self.ranges.get("not_asked", [])
        # What isn't asked is drawn all the same, so that the others' figures stay as they are.
        drawn = profile.asked_codes(unit).union(self.not_asked)
        self.drawn = [item for item in profile.plan.items if item.code in drawn]
        self.office = "UBND" if is_commune else unit.code
        self.symbol = f"{self.office}-{self.ranges['department']}"
        self.luck = Random(f"{year} {unit.code}")

    @cached_property
    def table(self) -> dict[str, Any]:
        """Its return, as ``told_return`` takes it."""
        asked, codes = self.profile.asked(self.unit), self.profile.asked_codes(self.unit)
        drawn = {item.code: self._answer(item) for item in self.drawn}
        answers = {code: answer for code, answer in drawn.items() if code in codes and answer is not None}
        last_day = self.profile.plan.deadline.last_day(Period(self.year))
        cover: dict[str, Any] = {
            "contact": f"{self._person()}, {self._one_of(self.ranges['positions'])}",
            "phone": f"{self.words['phone']} {self.number:03d}",
            "email": f"vanthu@{self.unit.code.lower()}.example.com",
            "document_number": f"{self._between(80, 900)}/BC-{self.office}",
            "sent_on": last_day - timedelta(days=7 - self._between(0, 7)),
        }
        signer = f"{self._one_of(self.ranges['signers'])} {self._person()}"
        cover |= {} if self.one_sheet else {"signer": signer}
        cover = {name: answer for name, answer in cover.items() if name not in self.not_asked}
        table: dict[str, Any] = {"cover": cover, "answers": answers}
        if any(isinstance(item, Listing) for item in asked):
            table["documents"] = []
            for n in range(self._between(1, 3)):
                number = f"{self._between(100 + 300 * n, 399 + 300 * n)}/{self.symbol}"
                day = date(self.year, 4 + 2 * n, self._between(1, 28))
                table["documents"].append([number, day, self.words["subjects"][n]])
        table["ticks"] = [i.code for i in asked if isinstance(i, Topic) and self.luck.random() < 0.6]
        return table

    def _answer(self, item: Item) -> Any:
        match item:
            case Target():
                return self._target(item)
            case Dossier():
                return self._dossiers[item.code]
            case Survey():
                valid = self._between(*self._range(item.code))
                issued = valid if "HT" in item.code.split(".") else valid + self._between(1, 9)
                satisfied = self._share(valid, *self.ranges["satisfied"])
                if self.not_asked:
                    return {"valid": valid, "satisfied": satisfied}
                return [issued, valid, valid, satisfied]
            case Channel():
                return [self._between(*span) for span in self._range(item.code)]
            case Funding() if any(measure.kind == "yes_no" for measure in item.measures):
                return YES if self.luck.random() < 0.7 else NO
            case Funding() if item.code in self.ranges:
                planned = self._between(*self.ranges[item.code])
                spent = self._share(planned, 0.8, 1.0)
                return {"planned": planned * _MILLION, "spent": spent * _MILLION}
            case Task() if item.answered_by == "unit" and not item.derived_from:
                return DONE if self.luck.random() < 0.8 else ONGOING
            case Prose():
                return self._one_of(self.words[item.code]) if self.luck.random() < 0.5 else None
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
            if not target.shown_by and self.luck.random() >= 0.95:
                return [NO]
            if target.needs_document:
                return [YES, self.words["guidance"]]
            if target.shown_by:
                return [YES, f"https://{self.unit.code.lower()}.example.com/dvctt"]
            return [YES, self._paper(date(self.year, 5, self._between(1, 28)))]
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
        return [total, total if self.luck.random() < span["full"] else self._share(total, *span["done"])]

    def _paper(self, day: date) -> str:
        return f"Văn bản số {self._between(30, 900)}/{self.symbol} ngày {day:%d/%m/%Y}"

    @cached_property
    def _dossiers(self) -> dict[str, list[int]]:
        """Eleven columns of dossiers for each level that the unit decides, both balances kept."""
        asked = [item.code for item in self.drawn if isinstance(item, Dossier)]
        counted = [span["of"] for span in self.ranges.values() if isinstance(span, dict) and "of" in span]
        dossiers: dict[str, list[int]] = {}
        for code in dict.fromkeys((*asked, *counted)):
            least, most = self._range(code)
            resolved, carried = self._between(least, most), self._between(least // 50, most // 50)
            pending = self._share(resolved, 0.02, 0.05)
            online = self._share(resolved + pending - carried, 0.72, 0.97)
            late, on_time = self._share(resolved, 0.0, 0.02), self._share(resolved, 0.2, 0.4)
            overdue = self._share(pending, 0.0, 0.1)
            dossiers[code] = [
                *(resolved + pending, online, resolved + pending - carried - online, carried),
                *(resolved, resolved - on_time - late, on_time, late),
                *(pending, pending - overdue, overdue),
            ]
        return dossiers

    def _person(self) -> str:
        family, middle = self._one_of(self.words["families"]), self._one_of(self.words["middles"])
        return f"{family} {middle} {self._one_of('ABCDEGHKLMNPQSTVX')}"

    def _between(self, least: int, most: int) -> int:
        return least + int(self.luck.random() * (most - least + 1))

    def _share(self, whole: int, least: float, most: float) -> int:
        return round(whole * (least + self.luck.random() * (most - least)))

    def _one_of(self, texts: Sequence[str]) -> str:
        return texts[int(self.luck.random() * len(texts))]


def invented_workspace(source: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the sample workspace that a folder of tables tells, by its path, in roster order."""
    told = tomllib.loads(read_text(source / TABLE))
    folder, year = shipped_profile(told["ho_so"]), int(told["nam"])
    profile = load_profile(folder)
    returns: list[Made] = []
    drawn: dict[str, Any] = {}
    for number, unit in enumerate(profile.roster.on(date(year, 12, 31)), 1):
        fault = dict(told["don_vi"].get(unit.code, {}))
        if fault.get("absent"):
            continue
        table = Invented(profile, unit, number, year, told).table
        answers, only = drawn.get(fault.pop("figures_of", ""), table["answers"]), fault.pop("only", None)
        answers = {code: answer for code, answer in answers.items() if only is None or code in only}
        answers |= fault.get("answers", {})
        table = {**table, **fault, "cover": table["cover"] | fault.get("cover", {}), "answers": answers}
        drawn[unit.code] = answers
        returns += made_files(profile, told_return(profile, unit.code, table, year), year)
    for made in returns:
        yield f"nhan-ve/{year}/{made.name}", made.data
    yield SETTINGS, settings_text(read_text(folder / SETTINGS), told["dvctt"]).encode()
    yield "README.md", readme_text(profile, returns, read_text(source / README)).encode()
