"""A reporting period (kỳ báo cáo): which stretch of time one report is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class PeriodPart(StrEnum):
    """How much of its year a period covers, always from the year's first day; the value ends its key."""

    YEAR = ""
    QUARTER = "3T"
    HALF = "6T"
    NINE = "9T"


_WORDS = {
    PeriodPart.YEAR: ("năm {}", "năm sau"),
    PeriodPart.QUARTER: ("quý I năm {}", "9 tháng cuối năm {}"),
    PeriodPart.HALF: ("6 tháng đầu năm {}", "6 tháng cuối năm {}"),
    PeriodPart.NINE: ("9 tháng đầu năm {}", "quý IV năm {}"),
}
"""How sentences name a period of a year, and what comes after it."""

FIRST_YEAR, LAST_YEAR = 2025, 2099
"""The years that can be reported on: the scheme's plans begin in 2025."""

_KEY = re.compile(r"(20[0-9]{2})(?:-([369]T))?")
_PART_SAID = {
    PeriodPart.QUARTER: re.compile(r"(?i)\bquý (?:I|1)\b|-3T\b"),
    PeriodPart.HALF: re.compile(r"(?i)\b(?:6|06|sáu) tháng\b|-6T\b"),
    PeriodPart.NINE: re.compile(r"(?i)\b(?:9|09|chín) tháng\b|-9T\b"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """One reporting period.

    ``str(period)`` is its key, ``2025`` or ``2026-6T`` (``3T``: quarter I, ``9T``: nine months): the name of
    its folders, what the register and the hidden sheet of a form say of it. Its first and last
    day are the plan's (``plan.model.PeriodDays``).

    year: the reporting year whose plan and targets hold.
    part: how much of that year.
    """

    year: int
    part: PeriodPart = PeriodPart.YEAR

    @classmethod
    def parse(cls, key: str) -> Period:
        """The period of that key. Raises ValueError, in Vietnamese, where it is none."""
        match = _KEY.fullmatch(key.strip().upper())
        if match is None:
            raise ValueError(
                f"“{key}” không phải kỳ báo cáo: ghi năm, hoặc 2026-3T (quý I), 2026-6T, 2026-9T"
            )
        return cls(int(match[1]), PeriodPart(match[2] or ""))

    @classmethod
    def known(cls, key: str) -> Period | None:
        """The period of a key that a file gives; None where it is none."""
        try:
            return cls.parse(key)
        except ValueError:
            return None

    @classmethod
    def named(cls, key: str) -> str:
        """How sentences name the period of a key that a file gives, whatever stands there."""
        period = cls.known(key)
        return period.words if period else f"năm {key or 'không rõ'}"

    @classmethod
    def of_text(cls, text: str) -> Period | None:
        """The period that words name: “Năm 2026”, “6 tháng đầu năm 2026”, a key; None without a year."""
        year = re.search(r"\b20[0-9]{2}\b", text)
        part = next((part for part, said in _PART_SAID.items() if said.search(text)), PeriodPart.YEAR)
        return cls(int(year[0]), part) if year else None

    @classmethod
    def of_manifest(cls, table: Mapping[str, Any]) -> Period:
        """The period that a manifest is of, as ``as_json`` says it. Raises KeyError, ValueError."""
        return cls.parse(str(table["period"] if "period" in table else table["year"]))

    def as_json(self) -> dict[str, Any]:
        """How a manifest says it, for ``of_manifest``: the year, and the key of a part of one."""
        return {"year": self.year} | ({"period": str(self)} if self.part else {})

    def __str__(self) -> str:
        return f"{self.year}-{self.part}" if self.part else str(self.year)

    @property
    def words(self) -> str:
        """How titles and sentences name it: “năm 2025”, “6 tháng đầu năm 2026”."""
        return _WORDS[self.part][0].format(self.year)

    @property
    def title(self) -> str:
        """The same with a capital: “Năm 2025”."""
        return self.words[0].upper() + self.words[1:]

    @property
    def is_reportable(self) -> bool:
        """Whether it is of one of the years that can be reported on."""
        return FIRST_YEAR <= self.year <= LAST_YEAR

    @property
    def slots(self) -> dict[str, str]:
        """What a sentence may say of it: ``period`` and what is ``ahead`` of it in words, ``year`` alone."""
        return {"period": self.words, "ahead": _WORDS[self.part][1].format(self.year), "year": str(self.year)}

    @property
    def judged(self) -> bool:
        """Whether targets are judged at its end; of a part of the year only their progress is told."""
        return self.part is PeriodPart.YEAR

    @property
    def place(self) -> tuple[int, int]:
        """Its place among all, by year and months: a year's first half comes before the year."""
        return self.year, int(self.part[:1] or 12)

    @property
    def before_in_year(self) -> tuple[Period, ...]:
        """The shorter parts of its year, the longest first."""
        parts = (Period(self.year, part) for part in reversed(PeriodPart))
        return tuple(one for one in parts if one.place < self.place)

    @property
    def following(self) -> Period:
        """The whole year that is reported on next: after a half-year its own."""
        return Period(self.year + (self.part is PeriodPart.YEAR))

    @property
    def half_ahead(self) -> Period:
        """The first half of the year after this one."""
        return Period(self.year + 1, PeriodPart.HALF)

    @property
    def year_before(self) -> Period:
        """The same part of the year before."""
        return replace(self, year=self.year - 1)
