"""A year as it is told: each target in words, what was decided, the voice that says it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dvctt_report.report.decided import Decided, decided_of
from dvctt_report.report.figures import Figures, collect_figures
from dvctt_report.report.lead import LeadTarget, lead_targets
from dvctt_report.report.targets import TargetView, target_views
from dvctt_report.report.wording import Voice
from dvctt_report.year.year import Year


@dataclass(frozen=True)
class Telling:
    """What every text of a period starts from; its parts are made when they are first asked for."""

    year: Year
    voice: Voice

    @cached_property
    def decided(self) -> Decided:
        return decided_of(self.year)

    @cached_property
    def views(self) -> tuple[TargetView, ...]:
        """The targets in the plan's order, each marked where it rests on a decision."""
        return tuple(view.with_decided(self.decided) for view in target_views(self.year, self.voice))

    @cached_property
    def leads(self) -> tuple[LeadTarget, ...]:
        """The targets that are told first, wherever few are told."""
        return lead_targets(self.year, self.views, self.voice)

    @cached_property
    def figures(self) -> Figures:
        """What was counted beside the targets."""
        return collect_figures(self.year)

    def names(self, status: str, duty: str = "") -> list[str]:
        """The short names of the units whose return stands so, of those of one duty where it is given."""
        found = (line.unit for line in self.year.lines if line.status == status)
        return [unit.short_name for unit in found if duty in ("", unit.duty)]
