"""A year's returns with all that follows from them: findings, results, the state of every unit.

Rules and sums are imported where they are first needed: most commands find the answers kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from dvctt_report.model import Finding, LeftOut, State, Summary, finding_id
from dvctt_report.model.codes import CODES, Settled
from dvctt_report.model.period import Period
from dvctt_report.plan.model import Profile, Unit

if TYPE_CHECKING:
    from pandas import DataFrame

    from dvctt_report.year.dataset import Dataset
    from dvctt_report.year.summary.returns import ReturnLine
    from dvctt_report.year.summary.standing import Standing


class Year:
    """What every command, paper and document starts from; each part is made when first asked for, once."""

    def __init__(
        self, dataset: Dataset, findings: Iterable[Finding] | None = None, summary: Summary | None = None
    ) -> None:
        """``findings`` and ``summary`` are given where they are not to be made from ``dataset``."""
        self._dataset = dataset
        if findings is not None:
            self.__dict__["findings"] = self.__dict__["_about_figures"] = tuple(findings)
        if summary is not None:
            self.__dict__["summary"] = summary

    @property
    def dataset(self) -> Dataset:
        """The returns laid against plan and roster."""
        return self._dataset

    @property
    def kept(self) -> Path | None:
        """Where findings are kept of units that have not changed; None where none are."""
        return None

    @property
    def profile(self) -> Profile:
        """Plan and roster."""
        return self.dataset.profile

    @property
    def period(self) -> Period:
        return self.dataset.period

    @property
    def units(self) -> tuple[Unit, ...]:
        """The roster that is asked, in protocol order."""
        return self.dataset.units

    @property
    def today(self) -> date:
        """The day the question is asked on."""
        return self.dataset.today

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding: of files, of figures, then of results; what the officer decided is their state."""
        from dvctt_report.year.corrections import accept
        from dvctt_report.year.rules import check_results

        of_results = check_results(self.dataset, self.summary.results)
        return (*self._about_figures, *accept(of_results, self.dataset.acceptances))

    @cached_property
    def summary(self) -> Summary:
        """What the figures add up to, those barred by an open error left out."""
        from dvctt_report.year.rules import check_results
        from dvctt_report.year.summary import summarise

        found = summarise(self.dataset, self._about_figures)
        accepted = {acceptance.finding for acceptance in self.dataset.acceptances if not acceptance.proposed}
        waiting = check_results(self.dataset, found.results) if accepted else ()
        if any(CODES[f.code].settled is Settled.CLOSED and finding_id(f) in accepted for f in waiting):
            return summarise(replace(self.dataset, closed=True), self._about_figures)
        return found

    @cached_property
    def standing(self) -> Standing:
        """Which figures may be used: none that an open error or a decision keeps out."""
        from dvctt_report.year.summary.standing import read_overridden, read_standing

        return read_standing(self._about_figures, read_overridden(self.dataset))

    @cached_property
    def lines(self) -> tuple[ReturnLine, ...]:
        """Every unit of the roster and what became of its return, in protocol order."""
        from dvctt_report.year.summary.returns import return_lines

        return return_lines(self.dataset, self.findings)

    @cached_property
    def by_unit(self) -> Mapping[str, ReturnLine]:
        """What became of a unit's return, by its code."""
        return {line.unit.code: line for line in self.lines}

    def to_frame(self) -> DataFrame:
        """Units × items: a row for each target, each of its fields or groups, and each unit asked for it.

        Columns: ``item`` and ``unit``, the codes; ``total`` and ``done``, whole numbers, None where the unit
        has no usable figure (``total`` also where things are counted); ``share``, their exact quotient or
        None; ``standing``, in words why there is a figure or none; ``owed``, whether the unit is not excused;
        ``known``, what a missing unit counts for the bounds, None where that is not known.
        """
        from pandas import DataFrame

        targets, rows = self.profile.plan.targets_by_code, []
        for result in self.summary.results:
            target = targets[result.item]
            for part in (result, *result.fields):
                for given in part.contributions:
                    tally, missing = given.tally, given.unit in part.missing
                    standing = given.state.word
                    if self.dataset.effective(given.unit) is None:
                        standing = "chưa có báo cáo dùng được"
                    elif given.state is State.GIVEN and tally is None:
                        standing = "chưa đưa vào tổng hợp, đang chỉnh lý"
                    rows.append(
                        (
                            part.item,
                            given.unit,
                            tally.denominator if tally and not target.of_things else None,
                            tally.numerator if tally else None,
                            tally.share if tally else None,
                            standing,
                            tally is not None or missing,
                            (1 if target.of_units else given.known_denominator) if missing else None,
                        )
                    )
        columns = ("item", "unit", "total", "done", "share", "standing", "owed", "known")
        return DataFrame(rows, columns=[*columns], dtype=object)

    @cached_property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What is left out now: nothing that is gone since, or that the unit has replaced."""
        from dvctt_report.year.left_out import in_force

        return in_force(self.dataset, self.findings)

    @cached_property
    def _about_figures(self) -> tuple[Finding, ...]:
        """What is known before anything is added up."""
        from dvctt_report.intake.mend_lists import still_asked
        from dvctt_report.year.corrections import accept
        from dvctt_report.year.left_out import leave_out
        from dvctt_report.year.rules import check

        dataset = self.dataset
        of_files = (f for received in dataset.returns for f in received.findings)
        found = accept((*dataset.notes, *of_files, *check(dataset, self.kept)), dataset.acceptances)
        replied = any(f.about for f in found)
        open_names = {finding_id(f) for f in found if replied and f.is_open}
        return leave_out(still_asked(found, open_names), dataset)
