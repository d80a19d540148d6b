"""The symbol behind the number, "BC-SNV": its groups of letters, and those that a letterhead asks for."""

from __future__ import annotations

import re

from dvctt_report.lint.parts import Letterhead, Number, Paper
from dvctt_report.nd30.kinds import BY_ABBREVIATION, WRITTEN_OUT
from dvctt_report.vietnamese import key


def symbol_of(number: Number) -> str:
    """The symbol without a year that stands before it."""
    return re.sub(r"^20\d\d\s*/\s*", "", number.symbol)


def with_hyphens(symbol: str, issuer: str) -> str:
    """A symbol with plain hyphens between its groups, whatever stands there: "QĐ.UBND", "BC – SNV".

    ``issuer``: the letters of the issuer's name. A dot is such a sign behind the first group alone, where
    that is a kind's or the issuer's letters; within an agency's letters ("TT.HĐND") it is the agency's.
    """
    plain = re.sub(r"(?<=[^\W_])\s*[–—_]\s*(?=[^\W_])|\s*-\s*", "-", symbol)
    first = re.match(r"\w+", plain)
    if first is not None and (first[0] in BY_ABBREVIATION or first[0] == issuer):
        return re.sub(r"^(\w+)\s*[.,\s]\s*(?=\w)", r"\1-", plain)
    return plain


def groups_of(paper: Paper) -> list[str]:
    """The groups of letters in the document's symbol."""
    return groups_in(paper.number, paper.head)


def groups_in(number: Number | None, head: Letterhead) -> list[str]:
    """The groups of letters in a symbol, each as it is written; none where there is no symbol."""
    symbol = with_hyphens(symbol_of(number), _letters_of(head)) if number else ""
    return [group.strip() for group in symbol.split("-")] if symbol else []


def issuer_letters(paper: Paper) -> str:
    """The letters of the issuer's name as the letterhead gives it: "SNV", "UBND"; "" where it names none."""
    return _letters_of(paper.head)


def _letters_of(head: Letterhead) -> str:
    return abbreviation(" ".join(p.text for p in head.issuer))


def abbreviation(agency: str) -> str:
    """The letters of an agency's name as symbols give them: "SỞ NỘI VỤ" → "SNV", without its place's name."""
    for letters, body in WRITTEN_OUT.items():
        if key(agency).startswith((key(body), key(letters))):
            return letters
    words = [word for word in re.findall(r"\w+", agency.upper()) if word != "VÀ"]
    return "".join(word[0] for word in words)
