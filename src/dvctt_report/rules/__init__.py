"""What makes a figure unusable or worth a question: one small function a rule, in one literal list."""

from __future__ import annotations

from dvctt_report.dataset import Dataset
from dvctt_report.model import Finding, Result
from dvctt_report.rules import (
    arithmetic,
    between_units,
    between_years,
    claims,
    completeness,
    controls,
    evidence,
    funding,
    outcomes,
    plausibility,
    relations,
    returns,
    texts,
)
from dvctt_report.rules.message import format_finding
from dvctt_report.rules.rule import Judged, Rule

RULES: tuple[Rule[Dataset], ...] = (
    completeness.done_missing,
    arithmetic.done_exceeds_total,
    completeness.total_missing,
    completeness.nothing_answered,
    claims.reason_missing,
    claims.not_applicable_claimed,
    claims.not_asked,
    arithmetic.rate_differs,
    claims.withheld_without_right,
    claims.evidence_missing,
    evidence.evidence_not_traceable,
    arithmetic.received_differs,
    arithmetic.resolved_differs,
    arithmetic.pending_differs,
    arithmetic.received_not_accounted_for,
    arithmetic.satisfied_exceeds_valid,
    arithmetic.survey_steps_grow,
    relations.group_exceeds_whole,
    relations.part_exceeds_whole,
    relations.more_done_than_filed_online,
    relations.answer_contradicts_activities,
    relations.fields_exceed_whole_survey,
    funding.money_without_activities,
    funding.spent_exceeds_planned,
    funding.money_too_small,
    between_units.counted_by_parent,
    between_units.reported_with_parent,
    between_units.same_as_another_unit,
    between_units.link_of_another_unit,
    between_years.same_as_last_year,
    between_years.done_changed,
    between_years.total_changed,
    between_years.magnitude_changed,
    plausibility.all_at_hundred,
    plausibility.few_answers,
    texts.placeholder_left,
    texts.personal_data,
    controls.control_differs,
    returns.late,
    returns.not_sent,
    returns.date_missing,
    returns.sent_in_the_future,
    returns.signed_before_cut_off,
    returns.control_code_differs,
    returns.signed_code_differs,
)

RESULT_RULES: tuple[Rule[Judged], ...] = (outcomes.target_missed, outcomes.few_answers_in_all)


def check(dataset: Dataset) -> tuple[Finding, ...]:
    """Return what the rules find in the returns of a year, rule by rule, units in roster order."""
    return tuple(finding for rule in RULES for finding in rule.findings(dataset))


def check_results(dataset: Dataset, results: tuple[Result, ...]) -> tuple[Finding, ...]:
    """Return what the rules have to say about the results that ``dataset`` gave."""
    judged = Judged(dataset, results)
    return tuple(finding for rule in RESULT_RULES for finding in rule.findings(judged))


__all__ = ["RESULT_RULES", "RULES", "Rule", "check", "check_results", "format_finding"]
