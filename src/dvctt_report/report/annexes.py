"""Which annexes a report has, in which order, and how the text refers to each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields

from dvctt_report.store.workspace import AnnexChoice

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
CHOSEN_BY: Mapping[AnnexChoice, str] = {
    "muc_tieu": "targets",
    "theo_don_vi": "by_unit",
    "gui_bao_cao": "returns",
    "van_ban": "documents",
    "hoat_dong": "activities",
    "nhiem_vu": "tasks",
    "hai_long": "satisfaction",
    "lo_trinh": "outlook",
}
"""The annex that each word of the setting asks for. ``decided`` has none: marked figures are always told."""


@dataclass(frozen=True, slots=True)
class Annexes:
    """The label of each annex ("Phụ lục III") in the order of print; "" for one that isn't printed."""

    targets: str = ""
    by_unit: str = ""
    returns: str = ""
    documents: str = ""
    activities: str = ""
    tasks: str = ""
    satisfaction: str = ""
    outlook: str = ""
    decided: str = ""


NO_ANNEXES = Annexes()


def names_of(chosen: Collection[AnnexChoice]) -> frozenset[str]:
    """The annexes that words of the setting ask for."""
    return frozenset(CHOSEN_BY[one] for one in chosen)


def label_annexes(
    chosen: Collection[AnnexChoice], there: Collection[str], label: str, apart: Collection[AnnexChoice] = ()
) -> Annexes:
    """Number the annexes that are chosen and have something to say; one alone takes no number.

    ``there`` are those with content; ``label`` is what an annex is called. Those in a file of their own
    (``apart``) come last, so that no number is missing in the report. Source: NĐ 30/2020 Phụ lục I, III.1a.
    """
    asked = names_of(chosen) | {"decided"}
    printed = [one.name for one in fields(Annexes) if one.name in asked and one.name in there]
    printed.sort(key=lambda name: name in names_of(apart))
    if len(printed) == 1:
        return Annexes(**{printed[0]: label})
    return Annexes(**{name: f"{label} {number}" for name, number in zip(printed, ROMAN, strict=False)})
