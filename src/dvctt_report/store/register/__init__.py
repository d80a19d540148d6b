"""What can't be recomputed: received bytes, receipts, the officer's decisions, what the tracking book said.

An SQLite file in the workspace. Observations are not kept here: reading them again costs milliseconds, and
an edited plan then applies by itself.
"""

from __future__ import annotations

from dvctt_report.store.register.decided import (
    keep_controls,
    keep_decided,
    keep_entries,
    keep_remarks_read,
    read_controls,
    read_decided,
    read_entries,
    read_remarks_read,
    undo_decided,
)
from dvctt_report.store.register.inbox import inbox_files, name_in, unreceived
from dvctt_report.store.register.loss import RegisterLost, find_loss
from dvctt_report.store.register.receipts import (
    PublicationRow,
    Receipt,
    content_of,
    correct_publication,
    keep_look,
    keep_publication,
    keep_receipts,
    latest_receipt,
    not_at_hand,
    read_contents,
    read_looks,
    read_publications,
    read_receipts,
)
from dvctt_report.store.register.store import RegisterBusy, open_register
