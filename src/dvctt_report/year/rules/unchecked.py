"""The rules that had nothing to compare with, for print."""

from __future__ import annotations

from dvctt_report.model.codes import RULES_BY_CODE
from dvctt_report.year.dataset import Dataset


def unchecked_rules(dataset: Dataset) -> tuple[tuple[str, str, str], ...]:
    """Code, title and reason of each rule that had nothing to compare with, so that it said nothing."""
    there = {"last_year": dataset.last_year is not None, "controls": bool(dataset.controls)}
    return tuple(
        (about.code, about.title, _LACKING[about.needs])
        for about in RULES_BY_CODE.values()
        if about.needs and not there[about.needs]
    )


_LACKING = {
    "last_year": "chưa có báo cáo năm trước để so",
    "controls": "chưa có số đối chiếu (so-doi-chieu.xlsx)",
}
