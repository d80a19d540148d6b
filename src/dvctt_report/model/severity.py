"""How grave a finding is, the same for figures, plans and the format of documents."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """``error``: not used, or a choice is open; ``warning``: used, to be confirmed; ``info``: disclosed."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """How many are graver."""
        return list(Severity).index(self)

    @property
    def word(self) -> str:
        """What it is called wherever findings are told."""
        return _WORDS[self]


_WORDS = {Severity.ERROR: "lỗi", Severity.WARNING: "cảnh báo", Severity.INFO: "thông tin"}
