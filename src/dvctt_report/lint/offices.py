"""Offices by their names, and the letters that stand for them in a symbol."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dvctt_report.lint.parts import Letterhead, Number, Paper, Piece
from dvctt_report.nd30.kinds import BY_ABBREVIATION, WRITTEN_OUT
from dvctt_report.patterns import lazy_pattern
from dvctt_report.vietnamese import key, unaccented

_HEADS: tuple[tuple[str, str], ...] = (
    (r"so\b", "giam doc"),
    (r"(?:uy ban nhan dan|ubnd)\b", "chu tich"),
    (r"(?:hoi dong nhan dan|hdnd)\b", "chu tich"),
    (r"chi cuc\b", "chi cuc truong"),
    (r"cuc\b", "cuc truong"),
    (r"phong\b", "truong phong"),
    (r"thanh tra\b", "chanh thanh tra"),
    (r"van phong (?:uy ban|ubnd|hdnd|hoi dong|doan dai bieu)", "chanh van phong"),
    (
        r"truong (?:mam non|mau giao|tieu hoc|trung hoc|th\b|thcs|thpt|pho thong|dai hoc|cao dang)",
        "hieu truong",
    ),
    (r"(?:trung tam|benh vien)\b", "giam doc"),
)
"""How the names of offices open, and the title of who heads them."""
TITLES = frozenset((*(title for _, title in _HEADS), "bo truong", "vu truong", "vien truong", "truong ban"))
COMMITTEE = lazy_pattern(r"(?:uy ban nhan dan|ubnd)\b")
COMMUNE = lazy_pattern(r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd) (?:xa|phuong|dac khu)\b")
"""A commune's committee or council."""
COUNCIL = lazy_pattern(r"(?:thuong truc )?(?:hoi dong nhan dan|hdnd)\b")
_SHORT = {"ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "vp": "văn phòng"}
_RANKS = r"(?:pho|quyen|q)[\s.]+"


def issuer_of(paper: Paper) -> str:
    """The issuer's name in one line, without marks."""
    return " ".join(line.plain for line in paper.head.issuer)


def head_of(office: str) -> str:
    """The title of who heads an office, both without marks; "" where the name doesn't tell."""
    return next((title for opening, title in _HEADS if re.match(opening, office)), "")


def title_in(words: str) -> str:
    """The one of the known titles that a line is, without a deputy's "PHÓ"; "" where it is another."""
    plain = re.sub(rf"^{_RANKS}", "", unaccented(words).strip(" .")).removesuffix(" thuong truc")
    return next(
        (t for t in sorted(TITLES, key=len, reverse=True) if plain == t or plain.startswith(f"{t} ")), ""
    )


def words_of(names: str | Sequence[Piece]) -> frozenset[str]:
    """The words of names by their keys, written out: "UBND tỉnh A" has those of "ỦY BAN NHÂN DÂN TỈNH A"."""
    text = names if isinstance(names, str) else " ".join(line.text for line in names)
    spelt = key(text)
    for short, written in _SHORT.items():
        spelt = re.sub(rf"\b{short}\b", key(written), spelt)
    return frozenset(re.findall(r"\w+", spelt)) - {"và", "của"}


def letterhead_words(paper: Paper) -> frozenset[str]:
    """The words of the names that the letterhead bears."""
    return words_of((*paper.head.parent, *paper.head.issuer))


TITLE_WORDS = words_of(
    "chủ tịch phó giám đốc tổng bộ trưởng hiệu chi cục viện ban phòng chánh thanh tra văn án thủ tướng quyền"
    " thường trực chủ nhiệm đội trạm hạt ủy hội đồng nhân dân quản lý điều hành"
)
"""Words of titles, which stand before an office's own."""
PLACE_WORDS = words_of("tỉnh thành phố xã phường đặc khu huyện")


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
