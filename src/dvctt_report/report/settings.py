"""Who issues the report, to whom, and how it speaks: what the workspace knows and the plan does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dvctt_report.plan.texts import DEPARTMENT, ReportText
from dvctt_report.store.workspace import DEFAULT_ANNEXES, AnnexChoice, Naming, TargetsAs

USUAL_PLACES = (
    ("at_targets", "khoản 2 Mục III"),
    ("at_recommendations", "Mục VI"),
)
"""Where sentences point to in a report with the usual sections."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """The letterhead, the signature and the choices of one report.

    ``as_of`` is the moment up to which returns are counted. ``month`` is the month the report is dated in,
    None to leave it blank like the day; ``year`` stands beside it. ``notice`` are the lines above each text
    that its figures need (``Workspace.notice``). ``signer_name`` may be "". ``max_named`` is how many units a
    sentence names before it says how many others there are.
    ``compares_years``: whether results stand beside last year's.
    ``targets_as``: whether the body tells the targets in a table with notes, in paragraphs, or in both.
    ``annexes`` are printed where they have something to say, those of ``apart`` in a file of their own;
    ``charts``: whether annexes hold charts.

    ``parent_name`` is "" for a body that has none above itself in the letterhead. ``name_lines`` are the
    lines its name has there (empty: as they come). ``compiler`` is the office that adds the figures up,
    where that is another ("": the issuer). ``electronic``: the document is issued as an electronic one.
    ``ask_until``: the day until which what is asked of the province is to be done, None where it isn't known.
    ``replaces``: the signed report that this one takes the place of, by number and day. ``places``: where
    sentences point to in the text (``sections.places``).
    """

    parent_name: str
    name: str
    symbol: str
    place: str
    addressee: str
    signer_lines: tuple[str, ...]
    recipients: tuple[str, ...]
    as_of: datetime
    signer_name: str = ""
    drafting_unit: str = ""
    month: int | None = None
    year: int | None = None
    notice: tuple[str, ...] = ()
    naming: Naming = "than_bai"
    leading_zero: bool = True
    max_named: int = 7
    compares_years: bool = True
    targets_as: TargetsAs = "ca_hai"
    annexes: tuple[AnnexChoice, ...] = DEFAULT_ANNEXES
    apart: tuple[AnnexChoice, ...] = ()
    charts: bool = True
    text: ReportText = DEPARTMENT
    name_lines: tuple[str, ...] = ()
    compiler: str = ""
    electronic: bool = False
    ask_until: date | None = None
    replaces: str = ""
    places: tuple[tuple[str, str], ...] = USUAL_PLACES
