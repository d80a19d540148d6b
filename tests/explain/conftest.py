"""A sample year as a manifest, and the same year after a late return."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeAlias, get_args

import pytest
from docx import Document

from dvctt_report.explain.account import Account
from dvctt_report.explain.answer import explain_name
from dvctt_report.explain.manifest import Manifest
from dvctt_report.model import Choice, Decision, Finding
from dvctt_report.report.context import build_context
from dvctt_report.report.manifest import lay_out, whole
from dvctt_report.report.printed import said_places
from dvctt_report.report.settings import Issuer
from dvctt_report.report.telling import Telling
from dvctt_report.report.trace import lay_out_trace
from dvctt_report.report.wording import Voice
from dvctt_report.store.workspace import AnnexChoice
from dvctt_report.year.dataset import Dataset
from dvctt_report.year.rules import check
from dvctt_report.year.year import Year
from tests.shipped import shipped_phrases
from tests.year.rules.tables import dataset

Make: TypeAlias = Callable[..., Manifest]

ISSUER = Issuer(
    parent_name="UBND tỉnh An Bình",
    name="Sở Một",
    symbol="SM",
    place="An Bình",
    addressee="Ủy ban nhân dân tỉnh An Bình",
    signer_lines=("GIÁM ĐỐC",),
    recipients=("Lưu: VT.",),
    as_of=datetime(2025, 11, 20),
    annexes=get_args(AnnexChoice),
    charts=False,
)

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


def manifest_data(of: Dataset, decisions: Iterable[Decision] = (), *more: Finding) -> dict[str, Any]:
    """The manifest that a report of ``of`` would have, as it is written."""
    findings = (*check(of), *more)
    voice = Voice(shipped_phrases(), ISSUER, marking=True)
    told = Telling(Year(of, findings), voice)
    printed = said_places(build_context(told))
    made = whole(lay_out(told.year, told.figures, printed, datetime(2025, 11, 20)))
    made["report"] = {"file": "bao-cao-2025.docx", "sha256": "00ff"}
    return made | whole(lay_out_trace(told, decisions))


def manifest_of(of: Dataset, decisions: Iterable[Decision] = (), *more: Finding) -> Manifest:
    """The same, as it is read back."""
    return Manifest.of(manifest_data(of, decisions, *more))


def text_of(content: bytes) -> str:
    """All that a Word file says."""
    document = Document(io.BytesIO(content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def named(manifest: Manifest, id: str, row: Sequence[str] = ()) -> Account:
    """The account of a printed figure that can be explained."""
    account = explain_name(manifest, id, row)
    assert account is not None
    return account


@pytest.fixture
def make() -> Make:
    def made(table: str = TABLE, decisions: Iterable[Decision] = (), *more: Finding) -> Manifest:
        manifest: Manifest = pickle.loads(_packed(table, tuple(decisions), more))
        return manifest

    return made


@cache
def _packed(table: str, decisions: tuple[Decision, ...], more: tuple[Finding, ...]) -> bytes:
    """The manifest of a year, made once and handed out to each test as its own."""
    return pickle.dumps(manifest_of(dataset(table), decisions, *more))


@pytest.fixture
def choice() -> Decision:
    when = datetime(2025, 11, 12, 9, 30)
    return Decision(Choice.USE, "nhan-ve/2025/b.xlsx", "ab" * 32, "B", "bản có chữ ký", "Lê A", when)
