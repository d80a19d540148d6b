"""A data set, checked and added up: its findings, its results and the state of every unit, each made once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dvctt_report.corrections import accept
from dvctt_report.dataset import Dataset
from dvctt_report.left_out import leave_out
from dvctt_report.mending.replies import still_asked
from dvctt_report.model import Finding, Summary, finding_id
from dvctt_report.rules import check, check_results
from dvctt_report.summary import summarise
from dvctt_report.summary.returns import ReturnLine, return_lines


@dataclass(frozen=True)
class Checked:
    """What follows from ``dataset`` alone; nothing of it is computed before it is asked for, or twice.

    kept: where findings are kept of units that have not changed; None where none are.
    """

    dataset: Dataset
    kept: Path | None = None

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding: of files, of figures, then of results; what the officer decided is their state."""
        of_results = check_results(self.dataset, self.summary.results)
        return (*self._about_figures, *accept(of_results, self.dataset.acceptances))

    @cached_property
    def summary(self) -> Summary:
        """What the figures add up to, those barred by an open error left out."""
        return summarise(self.dataset, self._about_figures)

    @cached_property
    def lines(self) -> tuple[ReturnLine, ...]:
        """Every unit of the roster and what became of its return, in protocol order."""
        return return_lines(self.dataset, self.findings)

    @cached_property
    def _about_figures(self) -> tuple[Finding, ...]:
        """What is known before anything is added up."""
        dataset = self.dataset
        of_files = (f for one in dataset.returns for f in one.findings)
        found = accept((*dataset.notes, *of_files, *check(dataset, self.kept)), dataset.acceptances)
        replied = any(f.about for f in found)
        open_names = {finding_id(f) for f in found if replied and f.is_open}
        return leave_out(still_asked(found, open_names), dataset)
