"""What can't be recomputed: received bytes, receipts, the officer's decisions, what the tracking book said.

An SQLite file in the workspace. Observations are not kept here: reading them again costs milliseconds, and
an edited plan then applies by itself.
"""

from __future__ import annotations

from dvctt_report.register.about_figures import (
    keep_acceptance,
    keep_left_out,
    keep_override,
    read_acceptances,
    read_left_out,
    read_overrides,
    undo_acceptance,
    undo_left_out,
    undo_override,
)
from dvctt_report.register.books import (
    keep_controls,
    keep_entries,
    read_controls,
    read_entries,
    told_control,
    told_entry,
)
from dvctt_report.register.decisions import keep_decision, read_decisions, undo_decision
from dvctt_report.register.inbox import inbox_files, name_in, unreceived
from dvctt_report.register.loss import RegisterLost, find_loss
from dvctt_report.register.publications import (
    PublicationRow,
    correct_publication,
    keep_publication,
    read_publications,
)
from dvctt_report.register.receipts import (
    Receipt,
    keep_receipts,
    latest_receipt,
    read_contents,
    read_former_receipts,
    read_receipts,
)
from dvctt_report.register.store import RegisterBusy, open_register
