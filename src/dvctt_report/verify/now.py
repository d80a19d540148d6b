"""What the register gives today for each figure that a report prints."""

from __future__ import annotations

from collections.abc import Iterable

from dvctt_report.dataset import Dataset
from dvctt_report.model import Finding
from dvctt_report.report.context import build_context
from dvctt_report.report.figures import collect_figures
from dvctt_report.report.phrases import Phrases
from dvctt_report.report.printed import said_figures
from dvctt_report.report.settings import Issuer
from dvctt_report.report.wording import Voice
from dvctt_report.summary import summarise


def figures_now(
    dataset: Dataset, findings: Iterable[Finding], issuer: Issuer, phrases: Phrases
) -> dict[str, str]:
    """Say the report again in memory and return what it prints of each figure, by identifier."""
    kept = tuple(findings)
    summary = summarise(dataset, kept)
    voice = Voice(phrases, issuer, marking=True)
    return said_figures(build_context(dataset, summary, collect_figures(dataset, summary), kept, voice))
