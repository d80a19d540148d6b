"""What is no change of a printed text: spelling, its first line alone, a word for đồng, equal days."""

from __future__ import annotations

from collections.abc import Iterable

from dvctt_report.intake.numerals import MONEY_WORDS
from dvctt_report.intake.remark_words import days_in
from dvctt_report.text.old_fonts import suspect
from dvctt_report.text.vietnamese import key


def is_unchanged(seen: str, issued: str) -> bool:
    """Whether a text says what was issued: spaces, case, Unicode forms, the place of tones aside.

    So does the first line of a label alone, as page layouts show it, another word for đồng, a line of days
    with the same days, and what is written in a font of an old code.
    """
    said, meant = key(seen), key(issued)
    if said == meant or ("\n" in issued and said == key(issued.partition("\n")[0])):
        return True
    if said in MONEY_WORDS and meant in MONEY_WORDS:
        return True
    days = days_in(issued)
    if len(days) > 1 and days == days_in(seen):
        return True
    return (converted := suspect(seen)) is not None and key(converted.text) == meant


def added_lines(seen: str, issued: str) -> str:
    """The lines that a text has behind all that was issued, or behind its first line; "" for none."""
    for meant in dict.fromkeys((issued, issued.partition("\n")[0])):
        lines = seen.strip().splitlines()
        for n in range(1, len(lines)):
            if key("\n".join(lines[:n])) == key(meant):
                return "\n".join(lines[n:]).strip()
    return ""


def names_unit(seen: str, names: Iterable[str], province: str) -> bool:
    """Whether one line of a text is a name of the unit, with or without its province."""
    own = {said for name in names for said in (key(name), key(f"{name} {province}"))}
    return any(key(line) in own for line in seen.splitlines())
