"""Text from files and names as it may be shown to a person: nothing in it acts, nothing in it hides.

A control character moves the cursor or clears the screen, a mark of direction turns digits around, one
without width hides a difference: each is shown as "�".
"""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = "�"


_BLANK_LETTERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0d\uffa0\U000e0100-\U000e01ef]"
)
"""Letters and marks by their category that no font shows (Unicode: Default_Ignorable_Code_Point, U+2800)."""


def legible(text: str) -> str:
    """The text with every character that is none to look at made visible; its line breaks stay."""
    if not text.isascii():
        text = _BLANK_LETTERS.sub(_UNSEEN, text)
    if text.isprintable():
        return text
    return "".join(
        char
        if char.isprintable() or char == "\n"
        else " "
        if char == "\t" or unicodedata.category(char) == "Zs"
        else _UNSEEN
        for char in text
    )


def on_one_line(text: str) -> str:
    """The same text without line breaks: what is quoted in a sentence must not begin a line of its own."""
    return text if text.isprintable() else " ".join(line.strip() for line in text.splitlines())


def legible_name(name: str) -> str:
    """The name of a file so that two names never look alike: what can't be shown stands as its code.

    "a\\x1b[2J.xlsx"; bytes that are no UTF-8 as they are, "\\xff". A name that needs none of it stays.
    """
    if name.isprintable() and "\\" not in name and not _BLANK_LETTERS.search(name):
        return name
    coded = ""
    for char in name:
        code = ord(char)
        if char == "\\":
            coded += "\\\\"
        elif not _BLANK_LETTERS.match(char) and (char.isprintable() or unicodedata.category(char) == "Zs"):
            coded += char
        elif 0xDC80 <= code <= 0xDCFF:  # Python's stand-in for a byte that is no UTF-8
            coded += f"\\x{code - 0xDC00:02x}"
        else:
            coded += (
                f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
            )
    return coded
