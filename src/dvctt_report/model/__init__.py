"""The words of the domain: what a return says, what is wrong with it, what it adds up to.

Everything here is frozen and imports nothing of ours but ``Severity``, ``Period`` and what writes
Vietnamese: reading this package is reading the glossary.
Counts are whole numbers, a share is a ``Fraction`` between 0 and 1, a percentage exists only as text.
"""

from __future__ import annotations

from dvctt_report.model.answers import CellRef, Key, Observation, Override, State, Value, part_at
from dvctt_report.model.findings import (
    Acceptance,
    FieldRef,
    Finding,
    FindingState,
    LeftOut,
    Reply,
    ReplyKind,
    count_open,
    finding_id,
    grounds_of,
)
from dvctt_report.model.goals import Compared, Goal, Number, Open, Tally
from dvctt_report.model.results import (
    Basis,
    Bounds,
    Comparison,
    Contribution,
    Control,
    Coverage,
    Estimate,
    Grade,
    Incomparable,
    Outlook,
    Printed,
    Progress,
    Result,
    Summary,
    TaskState,
    TaskStatus,
    Total,
    Verdict,
    Weight,
)
from dvctt_report.model.returns import (
    TO_ENTER,
    ArrivedBy,
    Choice,
    Decision,
    Entry,
    Return,
    ReturnStatus,
    Sign,
    Submission,
    Timing,
)
from dvctt_report.model.severity import Severity
