"""Why something is decided, what it rests on, by whom: what every decision has in common."""

from __future__ import annotations

import getpass
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from dvctt_report.text.vietnamese import key, one_line

DOCUMENT = "Văn bản"
BASES = (DOCUMENT, "Thư điện tử", "Zalo", "Điện thoại")
"""What a decision may rest on. Only a document is cited in print."""
LEADER = "Lãnh đạo"
AUTHORITIES = ("Chuyên viên", LEADER)


@dataclass(frozen=True, slots=True)
class Grounds:
    """The grounds of a decision.

    reason: printed wherever the decision is told.
    document: cited in print; "" where it rests on no document.
    basis: what else it rests on ("Zalo: chị Lan, ngày 12/11"); kept, never printed.
    authority: one of ``AUTHORITIES``, "" where it isn't said.
    follower: who follows it up.
    """

    who: str
    when: datetime
    reason: str = ""
    document: str = ""
    basis: str = ""
    authority: str = ""
    follower: str = ""

    def fields(self) -> dict[str, Any]:
        """The fields that every kind of decision has."""
        return asdict(self)


def officer() -> str:
    """The name this computer knows the user by."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "không rõ"


_SYMBOL = re.compile(r"\b\d{1,5}[A-Za-zĐđ]?/(?:\d{4}/)?[A-ZĐ]")
"""Number and symbol of a document: "12/SYT-VP", "5a/2025/KH-UBND"; never a day ("12/11")."""


def rests_on(kind: str, text: str) -> tuple[str, str]:
    """What a decision rests on: the document cited, else what is only kept; the words may tell the kind."""
    kind, text = one_line(kind), one_line(text)
    if not kind:
        kind = DOCUMENT if _SYMBOL.search(text) else ""
        for one in BASES:
            begins, rest = text[: len(one)], text[len(one) :]
            if key(begins) == key(one) and rest[:1] in tuple(" :,;-"):
                kind, text = one, rest.lstrip(" :,;-")
                break
    if key(kind) == key(DOCUMENT):
        return text, ""
    return "", f"{kind}: {text}" if kind and text else ""
