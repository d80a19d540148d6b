"""A period as it is told: who has sent, each target in words, what was decided, the voice that says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dvctt_report.dataset import Dataset
from dvctt_report.model import Finding, Summary
from dvctt_report.report.decided import Decided, decided_of
from dvctt_report.report.figures import Figures, collect_figures
from dvctt_report.report.targets import TargetView, target_views
from dvctt_report.report.wording import Voice
from dvctt_report.summary.returns import ReturnLine, return_lines


@dataclass(frozen=True)
class Telling:
    """What every text of a period starts from; its parts are made when they are first asked for."""

    dataset: Dataset
    summary: Summary
    findings: tuple[Finding, ...]
    voice: Voice

    @cached_property
    def lines(self) -> tuple[ReturnLine, ...]:
        """What became of each unit's return, in protocol order."""
        return return_lines(self.dataset, self.findings)

    @cached_property
    def by_unit(self) -> Mapping[str, ReturnLine]:
        """What became of a unit's return, by its code."""
        return {line.unit.code: line for line in self.lines}

    @cached_property
    def decided(self) -> Decided:
        return decided_of(self.dataset, self.findings)

    @cached_property
    def views(self) -> tuple[TargetView, ...]:
        """The targets in the plan's order, each marked where it rests on a decision."""
        views = target_views(self.dataset, self.summary, self.by_unit, self.voice)
        return tuple(view.with_decided(self.decided) for view in views)

    @cached_property
    def figures(self) -> Figures:
        """What was counted beside the targets."""
        return collect_figures(self.dataset, self.summary)

    @property
    def year(self) -> str:
        return str(self.dataset.period.year)

    def names(self, status: str, duty: str = "") -> list[str]:
        """The short names of the units whose return stands so, of those of one duty where it is given."""
        found = (line.unit for line in self.lines if line.status == status)
        return [unit.short_name for unit in found if duty in ("", unit.duty)]
