"""Numbers of private persons in a text: found, and left out of what leaves the office.

They stand whole only where they belong: in the unit's own papers and in the office's line of contact.
"""

from __future__ import annotations

import re

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


def _masked(text: str) -> str:
    text = _ACCOUNT.sub(lambda found: f"{found['said']}…", text)
    return _MAIL.sub("…", _MOBILE.sub("…", _IDENTITY.sub("…", text)))
