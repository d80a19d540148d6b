"""A sample year as a manifest, and the same year after a late return."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeAlias

import pytest

from dvctt_report.dataset import Dataset
from dvctt_report.explain.manifest import Manifest
from dvctt_report.model import Choice, Decision, Finding
from dvctt_report.report.figures import collect_figures
from dvctt_report.report.manifest import build_manifest
from dvctt_report.report.trace import build_trace
from dvctt_report.rules import check
from dvctt_report.summary import summarise
from dvctt_report.summary.returns import return_lines
from tests.rules.tables import dataset

Make: TypeAlias = Callable[..., Manifest]

TABLE = """
unit | item | total | done | note | estimate
A    | T2   | 400   | 400  |      | 
B    | T2   | ...   | ...  | đang thống kê |
C    | T2   | 100   | 90   |      | 95
unit | item | resolved_total
A    | HS.T | 1200
B    | HS.T | 800
C    | HS.T | -
unit | item | total | done
A    | T10  | 1200  | 1000
B    | T10  | 800   | 599
C    | T10  | -     | -
unit | item | answer | evidence
A    | T3   | Có     | 12/VP
B    | T3   | Không có trang |
C    | T3   | x      |
unit | item | events | people
A    | HT.b | 3      | 120
B    | HT.b | -      | -
"""


def manifest_of(of: Dataset, decisions: Iterable[Decision] = (), *more: Finding) -> Manifest:
    """The manifest that a report of ``of`` would have."""
    findings = (*check(of), *more)
    summary = summarise(of, findings)
    lines = return_lines(of, findings)
    made = build_manifest(of, summary, collect_figures(of, summary), lines, (), datetime(2025, 11, 20))
    made["report"] = {"file": "bao-cao-2025.docx", "sha256": "00ff"}
    return Manifest.of(made | build_trace(of, summary, findings, lines, decisions))


@pytest.fixture
def make() -> Make:
    def made(table: str = TABLE, decisions: Iterable[Decision] = (), *more: Finding) -> Manifest:
        return manifest_of(dataset(table), decisions, *more)

    return made


@pytest.fixture
def choice() -> Decision:
    when = datetime(2025, 11, 12, 9, 30)
    return Decision(Choice.USE, "nhan-ve/2025/b.xlsx", "ab" * 32, "B", "bản có chữ ký", "Lê A", when)
