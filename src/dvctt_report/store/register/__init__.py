"""What can't be recomputed: received bytes, receipts, the officer's decisions, what the tracking book said.

An SQLite file in the workspace. Observations are not kept here: reading them again costs milliseconds, and
an edited plan then applies by itself.
"""

from __future__ import annotations

from dvctt_report.store.register.books import (
    keep_controls,
    keep_entries,
    keep_remarks_read,
    read_controls,
    read_entries,
    read_remarks_read,
    told_control,
    told_entry,
)
from dvctt_report.store.register.decided import keep_decided, read_decided, undo_decided
from dvctt_report.store.register.inbox import inbox_files, name_in, unreceived
from dvctt_report.store.register.loss import RegisterLost, find_loss
from dvctt_report.store.register.publications import (
    PublicationRow,
    correct_publication,
    keep_publication,
    read_publications,
)
from dvctt_report.store.register.receipts import (
    Receipt,
    keep_look,
    keep_receipts,
    latest_receipt,
    read_contents,
    read_former_receipts,
    read_looks,
    read_receipts,
)
from dvctt_report.store.register.store import RegisterBusy, open_register
