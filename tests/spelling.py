"""Private persons' numbers as people write them, and as other people read them all the same."""

from __future__ import annotations

import re
import unicodedata
from random import Random

PHONE, CARD, ACCOUNT, MAIL = "0912345687", "079203001234", "19036789012345", "lan.tranthi@gmail.com"
NUMBERS = (PHONE, CARD, ACCOUNT, MAIL)

_UNSEEN = ("", "", "", "\u200b", "\u00ad", "\u2060", "\u0301", "\ufe0f")
_PARTED = (" ", ".", "-", "\u00a0", "\u2009", " - ", "–", "\u2011", "_", "  ")
_SCRIPTS = (0x30, 0x30, 0x30, 0xFF10, 0x0660, 0x1D7CE)
"""The zero of ASCII, of full width, of Arabic, of bold mathematics."""


def spelled(number: str, rng: Random) -> str:
    """The number in some spelling."""
    if number == MAIL:
        at = rng.choice(("@", " @ ", "(at)", " [at] ", "＠", " a còng "))
        name, host = number.split("@")
        return name + at + host.replace(".", rng.choice((".", " . ", " [dot] ", " chấm ", "．")))
    groups = _grouped(number, rng)
    if number == PHONE and rng.random() < 0.5:
        prefix = rng.choice(("+84", "(84)", "(+84)", "0084", "84", "00 84", "+84 (0)"))
        groups[0] = prefix + rng.choice(("", " ", ".", "-")) + groups[0][1:] if len(groups[0]) > 1 else prefix
    zero, unseen = rng.choice(_SCRIPTS), rng.choice(_UNSEEN)
    text = rng.choice(_PARTED).join(groups)
    text = f"+{text}" if text.startswith("84.9") else text  # without "+" an amount looks like that
    text = "".join(chr(zero + int(c)) + unseen if c in "0123456789" else c for c in text)
    return f"STK {text}" if number == ACCOUNT else text


def _grouped(number: str, rng: Random) -> list[str]:
    """Digits as one says them: in twos, threes, fours, one by one, or all together."""
    size = rng.choice((1, 3, 4, len(number)))
    head = len(number) % size or size
    return [number[:head], *(number[at : at + size] for at in range(head, len(number), size))]


class _Plain(dict[int, int | str | None]):
    """What a sign is to whoever reads digits: its figure; nothing, where it only parts or adorns them."""

    def __missing__(self, code: int) -> int | str | None:
        sign = chr(code)
        parts = sign == "\n" or unicodedata.category(sign) in _PARTING
        self[code] = str(unicodedata.decimal(sign)) if sign.isdecimal() else None if parts else code
        return self[code]


_PARTING = ("Mn", "Cf", "Zs", "Pd", "Po", "Pc", "Ps", "Pe")
_PLAIN = _Plain()


def readable(number: str, text: str) -> bool:
    """Whether a person still reads the number in a text: by its digits, or its letters, in their order."""
    text = unicodedata.normalize("NFKD", text)
    if number == MAIL:
        return "lan.tranthi" in re.sub(r"[^a-z.]", "", text.lower())
    return number.removeprefix("0") in text.translate(_PLAIN)
