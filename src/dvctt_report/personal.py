"""Numbers of private persons in a text: found, and left out of what leaves the office.

They stand whole only where they belong: in the unit's own papers, in the office's line of contact, and where
an officer asks to see what was written (``in_full``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_IDENTITY = re.compile(r"(?<!\d)0\d{2}(?:[ .]?\d{3}){3}(?!\d)")
_MOBILE = re.compile(
    r"(?<!\d)(?:\+?84[ .-]?|0)[35789]\d"
    r"(?:\d[ .-]?\d{3}[ .-]?\d{3}|[ .-]?\d{3}[ .-]?\d{4}|\d(?:[ .-]?\d{2}){3})(?!\d)"
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++")
_ACCOUNT = re.compile(
    r"(?P<said>(?<!\w)(?:số tài khoản|tài khoản số|tài khoản|stk|tk)\s*+(?:số\s*+)?[:.]?\s*+)"
    r"\d(?:[ .-]?\d){5,18}(?!\d)",
    re.IGNORECASE,
)
_asked = ContextVar("asked for in full", default=False)

KINDS = (("số căn cước", _IDENTITY), ("số điện thoại di động", _MOBILE))
"""What a form must not hold at all, with its name; an office's e-mail address may stand in one."""


def kinds_in(text: str) -> list[str]:
    """Name what looks like a private person's number in a text; what stands in a link is none."""
    without_links = _ADDRESS.sub(" ", text)
    return [name for name, pattern in KINDS if pattern.search(without_links)]


def masked(text: str) -> str:
    """Put "…" for what looks like the number of an identity card, a mobile telephone, an account, an e-mail.

    A link stays whole: its digits are an address.
    """
    if not any(c.isdigit() or c == "@" for c in text):
        return text
    parts, at = [], 0
    for link in _ADDRESS.finditer(text):
        parts += [_masked(text[at : link.start()]), link[0]]
        at = link.end()
    return "".join((*parts, _masked(text[at:])))


@contextmanager
def in_full(wanted: bool) -> Iterator[None]:
    """Let ``shown`` leave nothing out meanwhile, where that is ``wanted``."""
    before = _asked.set(wanted)
    try:
        yield
    finally:
        _asked.reset(before)


IN_FULL = " (đầy đủ)"
"""What the name of a file ends with, and a heading, where nothing was left out."""


def said_of() -> str:
    """``IN_FULL`` where nothing is left out now, else ""."""
    return IN_FULL if _asked.get() else ""


def shown(text: str) -> str:
    """``masked``, but for an officer who has asked to see what was written."""
    return text if _asked.get() else masked(text)


def _masked(text: str) -> str:
    text = _ACCOUNT.sub(lambda found: f"{found['said']}…", text)
    return _MAIL.sub("…", _MOBILE.sub("…", _IDENTITY.sub("…", text)))
