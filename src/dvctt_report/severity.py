"""How grave a finding is, the same for figures, plans and the format of documents."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """``error``: not used, or a choice is open; ``warning``: used, to be confirmed; ``info``: disclosed."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
